"""What the party cell of a document holds: names, TO ORDER, a reference to another party, or nothing comparable."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from sanctionscreen.text.folding import fold, plain
from sanctionscreen.text.names import LONGEST_NAME, take_apart
from sanctionscreen.text.party_words import (
    Token,
    address_begins,
    ends_with_form,
    form_at,
    has_certain_form,
    is_cue,
    is_place,
    is_street,
    names_somebody,
    tokens_of,
)

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
    r"^\s*(?:(?:inn|инн|ogrn|огрн|vat|tax\s*id|tin|nit|rut|eori|bin|бин|иин|унп|unp|едрпоу|єдрпоу|edrpou|uscc|cnpj|ruc|kpp|кпп"
    r"|reg(?:istration)?)(?:\s?/\s?(?:kpp|кпп))?\b[\s.:#№]{0,3}(?:no|nr|number)?[\s.:#№]{0,3}[A-Z]{0,3}\d[\dA-Z./-]{4,40}"
    r"|\d[\d./-]{6,40})[\s,;:/-]+",
    re.IGNORECASE,
)
_LABEL = re.compile(
    rf"^\s*(?:{_ROLE}|m/s|messrs|attn|attention|kind\s+attn|company|company\s+name|name|наименование|фио|seller|продавец|покупатель|отправитель)\s*[:.]\s*|^\s*(?:m/s|messrs)\s+",
    re.IGNORECASE,
)
_ROLES = (
    r"(?:consignee|shipper|consignor|exporter|importer|buyer|seller|manufacturer|end[\s-]?user|agent|forwarder"
    r"|получатель|отправитель|покупатель|продавец)"
)
_BREAK = re.compile(
    r"\s*[\r\n;|]+\s*"
    r"|(?:[\s,(]|^)c\s?/\s?o[\s.:]+|[\s,(]care\s+of[\s:]+"
    r"|[\s,;(](?:on\s+behalf\s+of|o\s?/\s?b\s?/\s?o|obo|as\s+(?:an?\s+)?agents?\s+(?:for|of)|for\s+(?:the\s+)?account\s+of|f/a/o"
    r"|for\s+(?:further\s+)?delivery\s+to|in\s+transit\s+to|owned\s+by|represented\s+by|by\s+order\s+of|t\s?/\s?a|d\s?/\s?b\s?/\s?a|dba|trading\s+as|doing\s+business\s+as"
    r"|a\s?\.?/?k\s?\.?/?a\.?|f\s?\.?/?k\s?\.?/?a\.?|n\s?\.?/?k\s?\.?/?a\.?|also\s+known\s+as|formerly(?:\s+known\s+as)?|previously\s+known\s+as|also\s+notify"
    r"|по\s+поручению|от\s+имени|для\s+передачи|в\s+интересах|в\s+лице|он\s+же|она\s+же|ранее)[\s:]+"
    rf"|(?:[\s,;(]|^)(?:(?:1st|2nd|3rd|also|second)\s)?notify(?:\sparty)?(?:\s?\d)?\s?[:.-]+\s*|[\s,;(]{_ROLES}\s?:\s*|[\s,;(]attn\s?[.:]+\s*"
    r"|(?<=\s)/(?=\s)|\s+//+\s*|,?\s/(?=[^\W\d_]{3})",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(?:(?<=^)|(?<=[\s,;.]))\(?([1-9])\s?[).]\s{0,3}(?=[^\W\d_])")
_CONTACT = re.compile(
    r"(?:[\s,;(]|^)(?:tel|telephone|phone|fax|mob|mobile|cell|e-?mail|whatsapp|contact|тел|факс|моб|телефон|tax\s?(?:id|no)|vat|inn|инн|кпп"
    r"|kpp|огрн|ogrn|eori|trn|gstin|gst|iec|pan|uscc|унп|бин|иин|едрпоу|єдрпоу)\b"
    r"[\s.:№#]{0,4}(?:(?:no|number|nr)\b[\s.:]{0,3})?[+(]{0,2}(?:[A-Z]{0,3}\d|[\w.+-]{1,64}@).*$"
    r"|(?:[\s,;(]|^)(?:https?://|www\.|[\w.+-]{1,64}@)\S*.*$|[\s,;(]\+\d[\d\s()-]{6,}.*$",
    re.IGNORECASE | re.DOTALL,
)
_BRACKETS = re.compile(r"[(（\[]([^()（）\[\]]{2,160})(?:[)）\]]|$)")
_OTHER_NAME = re.compile(
    r"^(?:ex|f\.?/?k\.?/?a|a\.?/?k\.?/?a|n\.?/?k\.?/?a|formerly(?:\s+known)?(?:\s+as)?|former|previously(?:\s+known)?(?:\s+as)?|also\s+known\s+as|now|d\.?b\.?a|t/a"
    r"|бывш\w{0,3}|ранее|он\s+же|она\s+же|also|или|原名|曾用名|旧名)(?![^\W\d_])[\s.:,-]*",
    re.IGNORECASE,
)
_JOINER = re.compile(r"\s*(?:,|\s&\s|\s\+\s|\s(?:and|и|та|und|y|et)\s|(?<=[^\s])/(?=[^\s]))\s*", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff][\u3400-\u9fff\uf900-\ufaff（）()·]*")
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_MOST_TEXT = 4096
_LONGEST_FORM = 12
"""Characters of a short legal form; a cell that is longer is taken for a name, at the least for its initials."""
_MOST_NAMES = 32
_MOST_PIECES = 128
_NEXT_NAME = 120
"""Characters in which the name of a next party shows."""
_MOST_JOINERS = 32
_FEWEST_HAN = 4
"""A Chinese company name has a place or brand and a form; shorter runs are remarks."""
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
    rest = _one_a_line(text[order.end() :] if order else text)
    pieces = [piece for piece in _BREAK.split(rest) if piece]
    found = _names(pieces[:_MOST_PIECES])
    cut = (
        cut or len(pieces) > _MOST_PIECES or len(found) > _MOST_NAMES or any(len(name) > LONGEST_NAME for name in found)
    )
    parts = _PARTIES.split(text)
    lost = len(parts) > 1 and any(_is_filled(part) and not _is_comparable(part) for part in parts)
    if order is not None:
        return PartyCell("to_order", found[:_MOST_NAMES], cut, lost)
    return PartyCell("named", found[:_MOST_NAMES] or (text,), cut, lost)


def _is_filled(part: str) -> bool:
    return bool(part.strip()) and plain(part) not in _EMPTY


def _one_a_line(text: str) -> str:
    """Numbered parties on lines of their own: 1) … 2) …"""
    numbers = [found[1] for found in _NUMBERED.finditer(text)]
    if numbers[:2] != ["1", "2"]:
        return text
    return _NUMBERED.sub("\n", text)


def _names(pieces: Sequence[str]) -> tuple[str, ...]:
    """The names in the pieces of a cell, each once; lines of an address only where nothing else is there."""
    found: dict[str, None] = {}
    for piece in pieces:
        for party in _several(piece):
            for name in _with_other_names(party):
                clean = "" if found and _is_address_line(name) else _name(name)
                if clean and not _SAME_AS.match(clean):
                    found.setdefault(clean)
    return tuple(found)


def _several(piece: str) -> Iterator[str]:
    """Parties side by side, each with its legal form: Romashka LLC & Vektor GmbH; Johnson & Johnson is one."""
    start = 0
    for joiner in islice(_JOINER.finditer(piece), _MOST_JOINERS):
        before = piece[max(start, joiner.start() - _NEXT_NAME) : joiner.start()]
        behind = piece[joiner.end() : joiner.end() + _NEXT_NAME]
        if _are_two(before, joiner[0].strip(), behind):
            yield piece[start : joiner.start()]
            start = joiner.end()
    yield piece[start:]


def _are_two(before: str, joiner: str, behind: str) -> bool:
    left, right = tokens_of(before), tokens_of(behind)
    if joiner == "/" and _script(before) != _script(behind) and _script(before) and _script(behind):
        return True
    return ends_with_form(left) and names_somebody(left) and _is_party(right, joiner)


def _is_party(tokens: Sequence[Token], joiner: str) -> bool:
    """Words with a legal form; behind "and" two words of their own are somebody as well."""
    until = next((at for at in range(1, len(tokens)) if form_at(tokens, at)[1]), None)
    if until is not None and names_somebody(tokens[:until]):
        return not any(any(map(str.isdigit, token.text)) for token in tokens[:until])
    opens = bool(tokens) and form_at(tokens, 0)[1]
    return names_somebody(tokens, 1 if opens else 2) and (opens or joiner not in (",", "/"))


def _with_other_names(party: str) -> Iterator[str]:
    """The name, and names in brackets that are not a part of it: former ones, translations, other scripts."""
    names: list[str] = []
    outside = party
    for bracket in _BRACKETS.finditer(party):
        content = bracket[1].strip()
        label = _OTHER_NAME.match(content)
        if label is not None and names_somebody(tokens_of(content[label.end() :])):
            names.append(content[label.end() :])
        elif _is_name_of_its_own(content, party[: bracket.start()], party[bracket.end() :]):
            names.append(content)
        else:
            continue
        outside = outside.replace(bracket[0], " ", 1)
    if not _LETTERS.search(outside):
        yield party
        return
    yield from _by_script(outside)
    yield from names


def _is_name_of_its_own(content: str, before: str, behind: str) -> bool:
    tokens = tokens_of(content)
    if not _LETTERS.search(before) or all(is_place(token.text) for token in tokens):
        return False
    if _script(content) != _script(before) and "" not in (_script(content), _script(before)):
        return names_somebody(tokens)
    if _LETTERS.search(behind) or any(any(map(str.isdigit, token.text)) for token in tokens):
        return False
    # What closes a cell in brackets is a branch or a role in one or two words, and a translated name in more.
    return len(tokens) > 2 or names_somebody(tokens, 2) or (len(tokens) > 1 and ends_with_form(tokens))


def _by_script(name: str) -> Iterator[str]:
    """A Chinese name beside its Latin form comes apart; Cyrillic and Latin mix in one name: ООО Vektor."""
    han = _HAN.search(name)
    latin = _HAN.sub(" ", name).strip(" \t,;:/-")
    if han is None or len(han[0]) < _FEWEST_HAN or len(tokens_of(latin)) < 2 or not names_somebody(tokens_of(latin)):
        halves = re.split(r"\s[-–—=]\s", name, maxsplit=1)
        scripts = {_script(half) for half in halves}
        both = (
            len(halves) == 2 and scripts == {"latin", "cyrillic"} and all(names_somebody(tokens_of(h)) for h in halves)
        )
        yield from halves if both else (name,)
        return
    yield latin
    yield from (run[0] for run in _HAN.finditer(name) if len(run[0]) >= _FEWEST_HAN)


def _script(text: str) -> str:
    """The script of most letters among the three that parties of one trade are written in."""
    counts = [
        (len(script.findall(text)), name)
        for name, script in (("cyrillic", _CYRILLIC), ("han", _HAN), ("latin", _LATIN))
    ]
    most = max(counts)
    return most[1] if most[0] else ""


def _is_address_line(line: str) -> bool:
    """A line below a name that opens with a number or a word of addresses and holds both, or nothing but places."""
    tokens = tokens_of(line)
    if not tokens or has_certain_form(tokens):
        return False
    cues = [at for at, token in enumerate(tokens) if is_cue(token.text, behind_form=True)]
    numbers = [at for at, token in enumerate(tokens) if any(map(str.isdigit, token.text))]
    if len(cues) + len(numbers) == len(tokens) or all(
        at in cues or at in numbers or is_place(token.text) for at, token in enumerate(tokens)
    ):
        return True
    if not cues or not numbers:
        return False
    # Syntetika street 5; but "Vektor Logistics, Office 5" names somebody.
    street = is_street(tokens[cues[0]].text) and cues[0] < 3 and cues[0] + 1 in numbers and "," not in line
    return 0 in (cues[0], numbers[0]) or street


def _name(piece: str) -> str:
    """The name in one piece: labels, numbers in front, contacts and an address behind it taken off."""
    name = _LABEL.sub("", piece).strip()
    name = _NUMBER_FIRST.sub("", name, count=1)
    name = _CONTACT.sub("", name)
    name = name[: address_begins(tokens_of(name), name)]
    name = _without_places(name).strip(" \t,;:/-")
    if name.count("(") != name.count(")"):
        name = name.replace("(", " ").replace(")", " ").strip()
    return name if _has_letters(name) else ""


def _without_places(name: str) -> str:
    """The name without ", Moscow, Russia" at its end."""
    while "," in name:
        rest, _, last = name.rpartition(",")
        tokens = tokens_of(last)
        if (tokens and not all(is_place(token.text) for token in tokens)) or not names_somebody(tokens_of(rest)):
            break
        name = rest
    return name


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
