"""What the party cell of a document holds: names, TO ORDER, a reference to another party, or nothing comparable."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from sanctionscreen.text.folding import fold, plain
from sanctionscreen.text.names import LONGEST_NAME, take_apart

CellKind = Literal["named", "to_order", "same_as", "blank", "unreadable"]


@dataclass(frozen=True, slots=True)
class PartyCell:
    """A party cell taken apart."""

    kind: CellKind
    names: tuple[str, ...] = ()
    """As written, without tax numbers and addresses; empty unless the kind is `named`, or TO ORDER names somebody."""
    cut: bool = False
    """A name is longer than is compared, or there are more than are compared."""
    is_partly_unreadable: bool = False
    """One of several parties in the cell holds nothing comparable."""


_ROLE = (
    r"(?:consignee|notify(?:\s+party)?|shipper|buyer|importer|applicant|above|receiver|получател\w*|грузополучател\w*)"
)
_TO_ORDER = re.compile(
    r"^[\W_]*(?:consigned\s+)?(?:un)?to\s+(?:the\s+)?order(?:s)?(?:\s+of)?\b[\W_]*(?:(?:the\s+)?(?:shipper|bearer|holder|any|same)\b[\W_]*)?"
    r"|^[\W_]*(?:по\s+приказу|на\s+предъявителя|a\s+la\s+orden(?:\s+de)?|al\s+portador|emrine|凭指示|憑指示|待指示)[\W_]*",
    re.IGNORECASE,
)
_SAME_AS = re.compile(
    rf"^[\W_]*(?:same(?:\s+as)?(?:\s+the)?(?:\s+{_ROLE})?|as\s+(?:per\s+)?{_ROLE}|idem|ditto|same\s+party"
    rf"|тот\s+же|он\s+же|то\s+же|см\.?\s+{_ROLE}|同上|同收货人|同收貨人|el\s+mismo|mismo|aynı|ayni)[\W_]*$",
    re.IGNORECASE,
)
_EMPTY = frozenset({"n/a", "na", "nan", "none", "null", "nil", "-", "--", "—", "нет", "无"})
_NUMBER_FIRST = re.compile(
    r"^\s*(?:(?:inn|инн|ogrn|огрн|vat|tax\s*id|tin|nit|rut|eori|bin|бин|унп|едрпоу|edrpou|uscc|cnpj|reg(?:istration)?)\b"
    r"[\s.:#№]*(?:no|nr|number)?[\s.:#№]*[A-Z]{0,3}\d[\dA-Z./-]{4,}|\d[\d./-]{6,})[\s,;:/-]+",
    re.IGNORECASE,
)
_LABEL = re.compile(rf"^\s*(?:{_ROLE}|m/s|messrs)\s*[:.]\s*|^\s*(?:m/s|messrs)\s+", re.IGNORECASE)
_BREAK = re.compile(
    r"\s*[\r\n;|]+\s*"
    r"|[\s,(]+c\s*/\s*o[\s.:]+|^\s*c\s*/\s*o[\s.:]+"
    r"|[\s,;(]+(?:on\s+behalf\s+of|o\s*/\s*b\s*/\s*o|obo|as\s+agents?\s+(?:for|of)|for\s+(?:the\s+)?account\s+of|f/a/o"
    r"|notify(?:\s+party)?\s*:|also\s+notify|attn\s*[.:]|по\s+поручению|для\s+передачи|в\s+интересах)[\s:]+"
    r"|(?<=\s)/(?=\s)|\s+//+\s*",
    re.IGNORECASE,
)
_FORM_END = (
    r"(?:l\.?l\.?c|llp|ltd|limited|inc|incorporated|corp|gmbh|ag|s\.?p\.?a|s\.?r\.?l|s\.?a|sarl|b\.?v|n\.?v|fze|fzco|fzc|dmcc"
    r"|sp\.?\s?z\.?\s?o\.?\s?o|ooo|ооо|зао|пао|оао|ао|тоо|тов|mchj|ltd\.?\s?[sş]ti|a\.?[sş]|pte\.?\s?ltd|co\.?,?\s?ltd|plc|jsc)"
)
_ADDRESS_CUE = (
    r"(?:ul|ул|вул|street|st|str|road|rd|avenue|ave|prospekt|пр|пр-т|via|calle|crta|ctra|carretera|avenida|av|rue|strasse|straße"
    r"|sokak|sok|cad|mah|mahallesi|no|№|office|of|оф|офис|room|rm|floor|fl|bldg|building|block|unit|suite|plot|p\.?\s?o\.?\s?box"
    r"|дом|д|г|город|город|обл|area|industrial\s+zone|zone|district|km|адрес|address|add|tel|тел|phone)"
)
_ADDRESS_BEHIND_FORM = re.compile(
    rf"^(?P<name>.{{3,}}?\b{_FORM_END}\.?)(?:\s*,\s*|\s+)(?=(?:{_ADDRESS_CUE}\b[.\s:№]*|\d).*\d)",
    re.IGNORECASE | re.DOTALL,
)
_CONTACT = re.compile(
    r"[\s,;(]+(?:tel|phone|fax|e-?mail|тел|факс|моб|电话|tax\s*id|vat|inn|инн|кпп|огрн|eori)\b"
    r"[\s.:№#]*[+(]?[\w\d].*$",
    re.IGNORECASE | re.DOTALL,
)
_MOST_TEXT = 4096
_LONGEST_FORM = 12
"""Characters of a short legal form; a cell that is longer is taken for a name, at the least for its initials."""
_MOST_NAMES = 32
_PARTIES = re.compile(r"[|\r\n]+")
"""What stands between parties that were several cells or lines."""
_SPACES = re.compile(r"[^\S\r\n]+")


def read_party_cell(text: str) -> PartyCell:
    """The names in a party cell, or what stands there instead of one.

    >>> [read_party_cell(cell).kind for cell in ("TO ORDER OF SHIPPER", "Same as consignee", "???")]
    ['to_order', 'same_as', 'unreadable']
    >>> read_party_cell("INN 7701234567 Romashka OOO c/o Vektor Logistics LLC").names
    ('Romashka OOO', 'Vektor Logistics LLC')
    """
    cut = len(text) > _MOST_TEXT
    text = _SPACES.sub(" ", text[:_MOST_TEXT]).strip()
    if not text or plain(text) in _EMPTY:
        return PartyCell("blank", cut=cut)
    if not _is_comparable(text):
        return PartyCell("unreadable", cut=cut)
    if _SAME_AS.match(text):
        return PartyCell("same_as", cut=cut)
    order = _TO_ORDER.match(text)
    pieces = [piece for piece in _BREAK.split(text[order.end() :] if order else text) if piece]
    found = tuple(dict.fromkeys(name for name in map(_name, pieces) if name and not _SAME_AS.match(name)))
    cut = cut or len(found) > _MOST_NAMES or any(len(name) > LONGEST_NAME for name in found)
    parts = _PARTIES.split(text)
    lost = len(parts) > 1 and any(_is_filled(part) and not _is_comparable(part) for part in parts)
    if order is not None:
        return PartyCell("to_order", found[:_MOST_NAMES], cut, lost)
    return PartyCell("named", found[:_MOST_NAMES] or (text,), cut, lost)


def _is_filled(part: str) -> bool:
    return bool(part.strip()) and plain(part) not in _EMPTY


def _name(piece: str) -> str:
    """The name in one piece: labels, numbers in front, contacts and an address behind the legal form taken off."""
    name = _LABEL.sub("", piece).strip()
    name = _NUMBER_FIRST.sub("", name, count=1)
    without_contact = _CONTACT.sub("", name)
    name = without_contact if _has_letters(without_contact) else name
    address = _ADDRESS_BEHIND_FORM.match(name)
    name = address["name"] if address else name
    name = name.strip(" \t,;:/-")
    return name if _has_letters(name) else ""


def _is_comparable(text: str) -> bool:
    """Something is left that can name somebody: LLC alone names nobody, PLC S.p.A. does."""
    if not any(c.isalnum() for c in (text if text.isascii() else fold(text[: 4 * LONGEST_NAME]).text)):
        return False
    if len(text) > _LONGEST_FORM:
        return True
    words = take_apart(text).words
    return len(words) > 1 or any(word.kind not in ("form", "particle") for word in words)


def _has_letters(text: str) -> bool:
    return any(c.isalpha() for c in text)
