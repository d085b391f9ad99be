"""Which field a header names: real headers in nine languages against the words of the registry, without guessing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import NamedTuple

from sanctionscreen.fields import (
    ADDRESS_PARTS,
    BIC_WORDS,
    DECLARATION_BOXES,
    FIELDS,
    GIVEN,
    ROLE_WORDS,
    ROLE_WORDS_AFTER,
    ROLES,
    VAGUE_WORDS,
    FieldType,
    header_key,
)
from sanctionscreen.ingest.header_forms import (
    amount_and_currency,
    box_of,
    is_some_dollar,
    undressed,
    without_explanation,
    without_nation,
    without_remarks,
    words_of,
)

_LONGEST = 120
"""A longer header is a sentence or a cell of data."""
ENGLISH = ("en", "eng", "english")
"""Customs extracts carry a column twice: as declared, and with this ending as translated by the vendor."""
_KILOGRAMS = ("kg", "kgs", "inkg", "inkgs", "кг", "вкг", "千克", "公斤", "kilogramme")
_DOLLARS = ("usd", "us", "inusd", "usdollars", "вusd")
_CODED = ("code", "codes", "name", "isocode")
"""What may follow the words for a country or a port: the column holds its code or its name."""
_NUMBER_WORDS = {
    "номер": ("no",),
    "numerode": ("n", "no", "nr", "nro", "nde", "node", "nrode"),
    "numero": ("n", "no", "nr", "nro"),
}
"""Words for `number` in front of what is counted, and how they are cut short: №, N°, Nº and Nro."""
_PRICED = ("goods.value", "goods.unit_price")
_OF = ("ofthe", "dela", "della", "dell", "dello", "del", "des", "der", "of", "de", "di", "du", "do", "da")
"""What joins an attribute to a role's word: name of consignee, dirección del consignatario, adresse du destinataire."""

_BETWEEN = re.compile(r"\s*[/|\r\n]+\s*|\s+[-–—]\s+|\s*[(（\[]\s*")
_SCRIPTS = re.compile(
    r"[\u3400-\u9fff]+|[A-Za-z\u00c0-\u024f][A-Za-z\u00c0-\u024f\s]*|[\u0400-\u052f][\u0400-\u052f\s]*"
)

_SCRIPT_ENDS = ("\u024f", "\u052f", "\uffff")
"""The last letters of Latin, of Cyrillic, and of what comes after."""

SURE = 1.0
"""The header is the field's own name."""
SAID = 0.9
"""A word that documents use for this field, and for nothing else we know."""
VAGUE = 0.6
"""A word that documents use for other things as well: more likely right than wrong, and worth a look."""


class Match(NamedTuple):
    """A field that a header names; the lower the rank, the better the name."""

    field: str
    rank: tuple[int, ...]
    confidence: float = SAID
    """How sure the words alone make it, 0 to 1."""
    why: str = ""
    """The reason in words, where it is more than that the registry has the word."""
    is_part: bool = False
    """A part of the field, such as the city of an address, which is joined to the others."""
    currency: str = ""
    """The currency that the header names; then the field counts only where no column gives the currency."""


def field_of(header: str) -> Match | None:
    """The field that a header names, or None.

    >>> field_of("IMPORTER_NAME").field, field_of("Страна получателя").field, field_of("consignee.address").field
    ('consignee.name', 'consignee.country', 'consignee.address')
    """
    if len(header) > _LONGEST:
        return None
    exact = header.strip().casefold()
    if exact in FIELDS and not FIELDS[exact].derived:
        return Match(exact, (0,), SURE, "is the name of the field")
    box, beside = box_of(header)
    boxed, said = _boxes().get(box), _said(beside)
    if boxed is not None and (said is None or said.field == boxed.field):
        return boxed
    if said is not None and said.field in ("goods.value_usd", *_PRICED) and is_some_dollar(header):
        return said._replace(confidence=VAGUE, why="a dollar, taken for that of the United States")
    shorter = without_explanation(beside)
    return said if said is not None or shorter == beside else _said(shorter)


def _said(header: str) -> Match | None:
    """The field that the words of a header name."""
    bare = undressed(header)
    words = words_of(bare)
    found = _named("".join(words)) or _translated(words) or _priced(words) or _twice(bare) or _attribute_first(words)
    if found is not None:
        return found
    plainer = without_remarks(words)
    if len(plainer) < len(words):
        found = _named("".join(plainer)) or _attribute_first(plainer)
        if found is not None and found.field not in _PRICED:
            return found._replace(rank=(1, 4, *found.rank[2:]))
    abroad = without_nation(plainer)
    found = _named("".join(abroad)) if len(abroad) < len(plainer) else None
    return found if found is not None and _role(found) else None


def known_columns(headers: Sequence[str]) -> int:
    """How many of these headers name a field: the sign that a line is a header, and was cut at the right character."""
    return sum(field_of(header) is not None for header in headers)


def compared(text: str) -> str:
    """A word of the registry in the form that headers are compared in."""
    return header_key(text).replace(" ", "")


def _translated(words: Sequence[str]) -> Match | None:
    """A column that a vendor translated: it comes after the original."""
    if len(words) < 2 or words[-1] not in ENGLISH:
        return None
    found = _named("".join(words[:-1]))
    return found and found._replace(rank=(1, 1, *found.rank[2:]), why=found.why or "the vendor's translation")


def _priced(words: Sequence[str]) -> Match | None:
    """An amount whose header names the currency."""
    before, currency = amount_and_currency(words)
    found = _named("".join(before)) if currency else None
    if found is None or found.field not in _PRICED:
        return None
    if currency == "USD" and found.field == "goods.value":
        return found._replace(field="goods.value_usd", why="an amount in USD")
    why = "; ".join(filter(None, (f"an amount in {currency}", found.why)))
    return found._replace(rank=(1, 2, *found.rank[2:]), why=why, currency=currency)


def _twice(header: str) -> Match | None:
    """A header that says one thing in two languages (`收货人 Consignee`), or two names of one party."""
    halves = [half for half in _BETWEEN.split(header.rstrip(" )）]")) if half.strip()]
    if len(halves) < 2:
        halves = _in_two_scripts(header)
    if len(halves) != 2:
        return None
    words = [words_of(half) for half in halves]
    first, second = (_named("".join(half)) or _attribute_first(half) for half in words)
    first, second = first or _bare_role(words[0], second), second or _bare_role(words[1], first)
    if first is None or second is None:
        return None
    if "".join(words[0]) in role_words() and _role(second) and _attribute(second) != "name":
        first = first._replace(field=f"{_role(first)}.{_attribute(second)}", is_part=second.is_part)
    if first.field == second.field:
        return first._replace(rank=(1, 0, *first.rank[2:]), why=first.why or "says so in two ways")
    if _attribute(first) == _attribute(second) and _role(first) and _role(second):
        why = f"names two roles, {first.field} and {second.field}; it is read as the first"
        return first._replace(rank=(1, 3, *first.rank[2:]), confidence=VAGUE, why=why)
    return None


def _attribute(match: Match) -> str:
    return match.field.partition(".")[2]


def _role(match: Match) -> str:
    """The role whose attribute a match is; "" for other fields."""
    role = match.field.partition(".")[0]
    return role if role in ROLES else ""


def _bare_role(words: Sequence[str], beside: Match | None) -> Match | None:
    """A role in the form that follows an attribute, which stands at the other one (`Адрес отправителя/экспортера`)."""
    if beside is None or not _role(beside):
        return None
    roles = _words_behind().get("".join(words), ())
    return next((beside._replace(field=f"{role}.{_attribute(beside)}") for role, _ in roles), None)


def _in_two_scripts(header: str) -> list[str]:
    """The runs of letters of a header, where they are of two scripts."""
    runs = [run for run in _SCRIPTS.findall(header) if run.strip()]
    scripts = {next(index for index, ends in enumerate(_SCRIPT_ENDS) if run[0] <= ends) for run in runs}
    return runs if len(scripts) > 1 else []


def _attribute_first(words: Sequence[str]) -> Match | None:
    """What of a party, and then who, with nothing between: `NIF exportador`, `Land Warenempfänger`."""
    for cut in range(1, len(words)):
        head, tail = "".join(words[:cut]), "".join(words[cut:])
        for role, place in _words_before().get(tail, ()):
            if role != "bank" and (found := _attributes(role).get(head)) is not None:  # a State Bank has a name
                match = _party_match(role, tail, place, found)
                return match._replace(rank=(1, 0, *match.rank))
    return None


def _named(key: str) -> Match | None:
    """The field of a header without spaces; the longest word for a role is tried first."""
    found = plain_words().get(key) or next(_party_matches(key), None)
    return found and found._replace(rank=(1, 0, *found.rank))


def _party_matches(key: str) -> Iterator[Match]:
    before, behind = _words_before(), _words_behind()
    for cut in range(len(key), 0, -1):
        for role, place in before.get(key[:cut], ()):
            if (found := _attributes(role).get(key[cut:])) is not None:
                yield _party_match(role, key[:cut], place, found)
    for cut in range(1, len(key)):
        head, word = key[:cut], key[cut:]
        for role, place in behind.get(word, ()):
            if (found := _attributes(role).get(head)) is not None:
                yield _party_match(role, word, place, found)
        for of in (of for of in _OF if word in before and head.endswith(of)):
            for role, place in before[word]:
                if (found := _attributes(role).get(head.removesuffix(of))) is not None:
                    yield _party_match(role, word, place, found)


def _party_match(role: str, word: str, place: int, found: tuple[str, int, bool]) -> Match:
    attribute, nth, is_part = found
    why = _vague().get(word, "")
    return Match(f"{role}.{attribute}", (place, nth), VAGUE if why else SAID, why, is_part)


@cache
def plain_words() -> Mapping[str, Match]:
    """Fields that are no attribute of a party, by the words for them."""
    found: dict[str, Match] = {}
    for name in GIVEN:
        role, _, attribute = name.partition(".")
        if role in ROLES and attribute != "bic":
            continue
        for place, alias in enumerate((name, *FIELDS[name].aliases)):
            for word in _spellings(name, _word(alias)):
                why = _vague().get(word, "")
                found.setdefault(word, Match(name, (place,), VAGUE if why else SAID, why))
    for place, alias in enumerate(FIELDS["goods.value"].aliases):
        for dollars in _DOLLARS:
            found.setdefault(_word(alias) + dollars, Match("goods.value_usd", (place,), SAID, "an amount in USD"))
    return found


def _spellings(name: str, word: str) -> Iterator[str]:
    """A word, with the unit that many headers repeat, with № for `номер`, and with `code` or `name` behind a place."""
    yield word
    if name == "goods.net_weight":
        yield from (word + unit for unit in _KILOGRAMS)
    is_place = FIELDS[name].type is FieldType.COUNTRY or name.startswith("route.")
    if is_place and word not in _vague():
        yield from (word + said for said in _CODED)
    for long, short in _NUMBER_WORDS.items():
        if word.startswith(long):
            yield from (number + word.removeprefix(long) for number in short)
        elif word.endswith(long):
            yield from (word.removesuffix(long) + number for number in short)


@cache
def _boxes() -> Mapping[str, Match]:
    """Fields by the boxes of the Russian declaration."""
    why = "a box of the declaration"
    return {
        code: Match(name, (1, 0, place), SAID, why)
        for name, codes in DECLARATION_BOXES.items()
        for place, code in enumerate(codes)
    }


@cache
def _vague() -> Mapping[str, str]:
    return {_word(word): why for why, words in VAGUE_WORDS.items() for word in words.split("|")}


@cache
def _attributes(role: str) -> Mapping[str, tuple[str, int, bool]]:
    """Attribute, place of the word, and whether it is a part of an address, by the words beside the role's."""
    names = (name for name in GIVEN if name.startswith(f"{role}.") and name != "bank.bic")
    found = {
        _word(word): (attribute, place, False)
        for name, attribute in ((name, name.partition(".")[2]) for name in names)
        for place, word in enumerate((attribute, *FIELDS[name].aliases))
    }
    for place, word in enumerate(ADDRESS_PARTS):
        found.setdefault(_word(word), ("address", place, True))
        found.setdefault("address" + _word(word), ("address", place, True))
    if role == "bank":
        found |= {_word(word): ("bic", place, False) for place, word in enumerate(BIC_WORDS)}
    return found


@cache
def role_words() -> Mapping[str, str]:
    """Role by the word that stands in front of an attribute, or alone for the name."""
    return {word: roles[0][0] for word, roles in _words_before().items()}


@cache
def _words_before() -> Mapping[str, tuple[tuple[str, int], ...]]:
    """Roles that a word in front of an attribute may mean, with its place among their words, the best first."""
    return _by_word((_word(word), role, nth) for role in ROLES for nth, word in enumerate((role, *ROLE_WORDS[role])))


@cache
def _words_behind() -> Mapping[str, tuple[tuple[str, int], ...]]:
    """The same for forms of the words that follow an attribute by themselves."""
    return _by_word((_word(word), role, nth) for role in ROLES for nth, word in enumerate(ROLE_WORDS_AFTER[role]))


def _by_word(words: Iterable[tuple[str, str, int]]) -> Mapping[str, tuple[tuple[str, int], ...]]:
    found: dict[str, list[tuple[str, int]]] = {}
    for word, role, nth in words:
        found.setdefault(word, []).append((role, nth))
    return {word: tuple(sorted(roles, key=itemgetter(1))) for word, roles in found.items()}


@cache
def _word(text: str) -> str:
    """A word of the registry in the form that headers are compared in; many roles share one."""
    bare = text.replace(" ", "")
    return bare.casefold() if bare.isascii() and bare.isalnum() else compared(text)
