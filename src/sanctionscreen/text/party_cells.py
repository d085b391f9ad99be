"""What the party cell of a document holds: names, TO ORDER, a reference to another party, or nothing comparable."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Literal

from sanctionscreen.text.comparable import MOST_TEXT, PARTIES, SPACES, is_filled, lacking, spaced
from sanctionscreen.text.names import LONGEST_NAME
from sanctionscreen.text.party_words import (
    Token,
    address_begins,
    are_places,
    ends_with_form,
    form_at,
    has_certain_form,
    is_cue,
    is_place,
    is_street,
    names_somebody,
    tokens_of,
)
from sanctionscreen.text.plain_cells import is_plain_name

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
    numbers: tuple[str, ...] = ()
    """Tax and registration numbers that stand beside a name, with their labels."""
    addresses: tuple[str, ...] = ()
    """Addresses glued to a name or on lines below it, one for each party that has one."""


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
_NUMBER_LABEL = (
    r"(?:(?:код|code|no)\s+)?(?:inn|инн|ogrn(?:ip)?|огрн(?:ип)?|vat|tax\s?(?:id|no)|tin|nit|rut|eori|trn|gstin|gst|iec|pan|uscc|унп|unp"
    r"|бин|bin|иин|iin|едрпоу|єдрпоу|edrpou|vkn|tckn|vergi\s(?:kimlik\s)?no|mersis(?:\sno)?|cnpj|cuit|rfc|ruc|kpp|кпп"
    r"|reg(?:istration)?(?:\s?(?:no|nr|number))?|统一社会信用代码|社会信用代码|纳税人识别号|税号)(?:\s?/\s?(?:kpp|кпп))?(?![^\W\d_])"
    r"[\s.:：#№]{0,3}(?:(?:no|nr|number)(?![^\W\d_]))?[\s.:：#№]{0,3}"
)
_BARE_USCC = r"(?<![^\W_])9[1-3]\d{6}[\dA-HJ-NPQRTUWXY]{10}(?![\dA-Z])"
"""The number of a Chinese firm (GB 32100), which needs no label: 18 characters, and no other number opens so."""
_NUMBER_FIRST = re.compile(
    rf"^\s*(?:{_NUMBER_LABEL}[A-Z]{{0,3}}\d[\dA-Z./-]{{4,40}}|{_BARE_USCC}|\d[\d./-]{{6,40}})"
    r"(?:[\s,;:/，；：-]+|(?=(?-i:[\u3400-\u9fff])))",  # without case: a tenth of the time to compile
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
    r"(?:[\s,;(，；（]|^)(?:tel|telephone|phone|fax|mob|mobile|cell|e-?mail|whatsapp|contact|тел|факс|моб|телефон|电话|传真)(?![^\W\d_])"
    r"[\s.:：№#]{0,4}(?:(?:no|number|nr)\b[\s.:]{0,3})?[+(]{0,2}(?:[A-Z]{0,3}\d|[\w.+-]{1,64}@).*$"
    rf"|(?:[\s,;(，；（]|^){_NUMBER_LABEL}[A-Z]{{0,3}}\d.*$|[\s,;(，；（]{_BARE_USCC}.*$"
    r"|(?:[\s,;(]|^)(?:https?://|www\.|[\w.+-]{1,64}@)\S*.*$|[\s,;(]\+\d[\d\s()-]{6,}.*$",
    re.IGNORECASE | re.DOTALL,
)
_NUMBER = re.compile(
    rf"(?<![^\W_]){_NUMBER_LABEL}[A-Z]{{0,3}}\d[\dA-Z]{{4,20}}(?:[ ./-][\dA-Z]*\d[\dA-Z]*){{0,4}}|{_BARE_USCC}",
    re.IGNORECASE,
)
"""A number with its label, wherever it stands in a cell."""
_MALAYSIAN = re.compile(r"\d{4,7}[\s-]?[A-Z]", re.IGNORECASE)
"""Number of the Companies Commission of Malaysia as firms write it behind their name: SYNTETIK SDN BHD 37437 T."""
_ADDRESS_LABEL = re.compile(
    r"(?:[\s,;(，；（。]|^)(?:(?:registered|legal|postal|юридический|юр\.?|почтовый|фактический|注册)?\s?(?:address|addr?|адрес|адреса|地址|住所|adres"
    r"|adresi|dirección|direccion|endereço|endereco|anschrift|adresse))\s?[:：]\s?",
    re.IGNORECASE,
)
_NO_ADDRESS = re.compile(
    r"(?:tel|telephone|phone|fax|mob|mobile|cell|e-?mail|whatsapp|contact|тел|факс|моб|телефон)\b[\s.:№#]{0,4}|https?://\S+|www\.\S+"
    r"|[\w.+-]{1,64}@[\w.-]+|[+(]{0,2}\d[\d\s()-]{6,18}\d",
    re.IGNORECASE,
)
"""What stands behind a contact and is no address: other contacts."""
_BRACKETS = re.compile(r"[(（\[]([^()（）\[\]]{2,160})(?:[)）\]]|$)")
_OTHER_NAME = re.compile(
    r"^(?:ex|f\.?/?k\.?/?a|a\.?/?k\.?/?a|n\.?/?k\.?/?a|formerly(?:\s+known)?(?:\s+as)?|former|previously(?:\s+known)?(?:\s+as)?|also\s+known\s+as|now|d\.?b\.?a|t/a"
    r"|бывш\w{0,3}|ранее|он\s+же|она\s+же|also|или|原名|曾用名|旧名)(?![^\W\d_])[\s.:,-]*",
    re.IGNORECASE,
)
_JOINER = re.compile(r"\s*(?:,|\s&\s|\s\+\s|\s(?:and|и|та|und|y|et)\s|(?<=[^\s])/(?=[^\s]))\s*", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]")
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_POSTCODE = re.compile(r"\d{5,6}")
_FIRST_HAN = "\u3400"
_MOST_NAMES = 32
_MOST_PIECES = 128
_NEXT_NAME = 120
"""Characters in which the name of a next party shows."""
_MOST_JOINERS = 32
_FEWEST_HAN = 4
"""A Chinese company name has a place or brand and a form; shorter runs are remarks."""
_NOTHING = re.compile(r"[(（]\s*[)）]|(?:\s*,){2,}\s*")
_EDGES = " \t,;:/，；：。-"


def read_party_cell(text: str) -> PartyCell:
    """The names in a party cell, or what stands there instead of one.

    >>> [read_party_cell(cell).kind for cell in ("TO ORDER OF SHIPPER", "Same as consignee", "???")]
    ['to_order', 'same_as', 'unreadable']
    >>> read_party_cell("INN 7701234567 Romashka OOO c/o Vektor Logistics LLC").names
    ('Romashka OOO', 'Vektor Logistics LLC')
    """
    cut = len(text) > MOST_TEXT
    text = spaced(text)
    if is_plain_name(text):
        return PartyCell("named", (text,))
    if lack := lacking(text):
        return PartyCell(lack, cut=cut)
    if _SAME_AS.match(text):
        return PartyCell("same_as", cut=cut)
    order = _TO_ORDER.match(text)
    rest = _one_a_line(text[order.end() :] if order else text)
    pieces = [piece for piece in _BREAK.split(rest) if piece]
    found, numbers, addresses = _parties(pieces[:_MOST_PIECES])
    cut = (
        cut or len(pieces) > _MOST_PIECES or len(found) > _MOST_NAMES or any(len(name) > LONGEST_NAME for name in found)
    )
    parts = PARTIES.split(text)
    lost = len(parts) > 1 and any(lacking(part) == "unreadable" for part in parts)
    if order is not None:
        return PartyCell("to_order", found[:_MOST_NAMES], cut, lost, numbers, addresses)
    return PartyCell("named", found[:_MOST_NAMES] or (text,), cut, lost, numbers, addresses)


def _one_a_line(text: str) -> str:
    """Numbered parties on lines of their own: 1) … 2) …"""
    numbers = [found[1] for found in _NUMBERED.finditer(text)]
    if numbers[:2] != ["1", "2"]:
        return text
    return _NUMBERED.sub("\n", text)


def _parties(pieces: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """The names in the pieces of a cell, each once, the numbers beside them and the address of each that has one.

    Lines of an address are names only where nothing else is there.
    """
    found: dict[str, list[str]] = {}
    numbers: dict[str, None] = {}
    last: list[str] = []
    for piece in pieces:
        for party in _several(piece):
            for name in _with_other_names(party):
                if found and (_is_address_line(name) or _ADDRESS_LABEL.match(name)):
                    last.append(_ADDRESS_LABEL.sub("", name).strip(_EDGES))
                    continue
                clean, beside, address = _taken_apart(name)
                numbers.update(dict.fromkeys(beside))
                if clean and not _SAME_AS.match(clean) and is_filled(clean):
                    last = found.setdefault(clean, [])
                last.append(address)
    joined = (", ".join(filter(None, parts)) for parts in found.values())
    addresses = dict.fromkeys(address for address in joined if address)
    return tuple(found), tuple(numbers)[:_MOST_NAMES], tuple(addresses)[:_MOST_NAMES]


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


def _may_hold_han(text: str) -> bool:
    return not text.isascii() and max(text) >= _FIRST_HAN


@cache
def _han() -> re.Pattern[str]:
    """A run of Chinese characters; compiled with the first, because a range of so many letters takes milliseconds."""
    return re.compile(r"[\u3400-\u9fff\uf900-\ufaff][\u3400-\u9fff\uf900-\ufaff（）()·]*")


def _by_script(name: str) -> Iterator[str]:
    """A Chinese name beside its Latin form comes apart; Cyrillic and Latin mix in one name: ООО Vektor."""
    runs = [run[0] for run in _han().finditer(name)] if _may_hold_han(name) else []
    latin = (_han().sub(" ", name) if runs else name).strip(" \t,;:/-")
    if not runs or len(runs[0]) < _FEWEST_HAN or len(tokens_of(latin)) < 2 or not names_somebody(tokens_of(latin)):
        halves = re.split(r"\s[-–—=]\s", name, maxsplit=1)
        scripts = {_script(half) for half in halves}
        both = (
            len(halves) == 2 and scripts == {"latin", "cyrillic"} and all(names_somebody(tokens_of(h)) for h in halves)
        )
        yield from halves if both else (name,)
        return
    yield latin
    yield from (run for run in runs if len(run) >= _FEWEST_HAN)


def _script(text: str) -> str:
    """The script of most letters among the three that parties of one trade are written in."""
    counts = [(len(script.findall(text)), name) for name, script in (("cyrillic", _CYRILLIC), ("latin", _LATIN))]
    if _may_hold_han(text):
        counts.append((len(_han().findall(text)), "han"))
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


def _taken_apart(piece: str) -> tuple[str, list[str], str]:
    """The name in one piece, the numbers around it, and the address behind it; labels and contacts are dropped."""
    name = _LABEL.sub("", piece).strip()
    numbers = []
    first = _NUMBER_FIRST.match(name)
    if first is not None:
        numbers.append(first[0].strip(_EDGES))
        name = name[first.end() :]
    contact = _CONTACT.search(name)
    rest = "" if contact is None else name[contact.start() :]
    name = name if contact is None else name[: contact.start()]
    label = _ADDRESS_LABEL.search(name)
    if label is not None and label.start():
        address, name = name[label.end() :], name[: label.start()]
    else:
        begins = address_begins(tokens_of(name), name)
        address, name = name[begins:], name[:begins]
    whole = name
    name = _without_places(name)
    numbers += [number.strip(_EDGES) for number in _NUMBER.findall(rest)]
    rest = _NO_ADDRESS.sub(" ", _NUMBER.sub(" ", rest)) if rest else ""
    parts = (part.strip(_EDGES) for part in (whole[len(name) :], address, rest))
    address = _NOTHING.sub(" ", ", ".join(part for part in parts if _has_letters(part)))
    address = SPACES.sub(" ", address).strip(_EDGES)
    if _MALAYSIAN.fullmatch(address):
        numbers, address = [*numbers, address], ""
    name = name.strip(_EDGES)
    if name.count("(") != name.count(")"):
        name = name.replace("(", " ").replace(")", " ").strip()
    return (name if _has_letters(name) else ""), numbers, address


def _without_places(name: str) -> str:
    """The name without ", Moscow, Russia" or ", 125009, г. Москва" at its end."""
    kept = name
    while "," in kept:
        rest, _, last = kept.rpartition(",")
        tokens = tokens_of(last)
        is_code = kept is not name and _POSTCODE.fullmatch(last.strip()) is not None
        if (tokens and not is_code and not are_places(tokens)) or not names_somebody(tokens_of(rest)):
            break
        kept = rest
    return kept


def _has_letters(text: str) -> bool:
    return any(c.isalpha() for c in text)
