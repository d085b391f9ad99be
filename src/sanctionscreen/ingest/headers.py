"""Which field each column of a table holds: real headers in five languages against the registry, without guessing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cache
from typing import Any, NamedTuple

from sanctionscreen.errors import InputError, Location
from sanctionscreen.fields import FIELDS, GIVEN, ROLE_WORDS, ROLE_WORDS_AFTER, ROLES, header_key
from sanctionscreen.ingest.cells import all_names, first_filled

_SHOWN_UNREAD = 12
_LONGEST = 120
"""A longer header is a sentence or a cell of data."""
_ENGLISH = ("en", "eng", "english")
"""Customs extracts carry a column twice: as declared, and with this ending as translated by the vendor."""


class Match(NamedTuple):
    """A field that a header names; the lower the rank, the better the name."""

    field: str
    rank: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class HeaderMap:
    """The columns that are read, by field, and what a person should know about the others."""

    headers: tuple[str, ...]
    positions: Mapping[str, int]
    """Column of each mapped field, counted from 0."""
    notes: tuple[str, ...] = ()
    others: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """Further columns of a field, best first: names are screened together, other cells fill what the first leaves."""

    @property
    def fields(self) -> tuple[str | None, ...]:
        """Field of each column; None where it is not read."""
        held = {position: name for name, position in self.positions.items()}
        return tuple(held.get(position) for position in range(len(self.headers)))

    @property
    def mapping(self) -> Mapping[str, str]:
        """Field by header, in the order of the fields."""
        return {self.headers[position]: name for name, position in self.positions.items()}

    @property
    def unmapped(self) -> tuple[str, ...]:
        read = {*self.positions.values(), *(place for places in self.others.values() for place in places)}
        return tuple(header for place, header in enumerate(self.headers) if place not in read)

    def by_field(self, columns: Sequence[Sequence[Any]]) -> dict[str, list[Any]]:
        """The cells of each mapped field, from the cells of all columns."""
        found = {}
        for name, first in self.positions.items():
            places = (first, *self.others.get(name, ()))
            merge = all_names if name.endswith(".name") else first_filled
            rows = zip(*(columns[place] for place in places), strict=True)
            found[name] = list(columns[first]) if len(places) == 1 else [merge(row) for row in rows]
        return found


def map_headers(headers: Sequence[str], at: Location | None = None) -> HeaderMap:
    """Give each field the column whose header names it best.

    A header matches when it is a field's dotted name or one of the registry's words for it; case, accents,
    punctuation and spaces do not matter. Where two columns name one field, the better name comes first, and a note
    says what becomes of the other.

    Raises:
        InputError: no column holds a party, the goods or a vessel; the message lists headers and nearest fields.
    """
    offers: dict[str, list[tuple[tuple[int, ...], int]]] = {}
    for position, header in enumerate(headers):
        match = field_of(header)
        if match is not None:
            offers.setdefault(match.field, []).append((match.rank, position))
    ordered = {name: tuple(place for _, place in sorted(offers[name])) for name in GIVEN if name in offers}
    positions = {name: places[0] for name, places in ordered.items()}
    others = {name: places[1:] for name, places in ordered.items() if len(places) > 1}
    if not any(_can_be_screened(name) for name in positions):
        raise InputError(_nothing_to_screen(headers), at)
    notes = [_other(name, headers[place], headers[positions[name]]) for name in others for place in others[name]]
    found = HeaderMap(tuple(headers), positions, tuple(notes), others)
    unread = ", ".join(repr(header[:40]) for header in found.unmapped[:_SHOWN_UNREAD])
    more = len(found.unmapped) - _SHOWN_UNREAD
    unread += f" and {more} more" if more > 0 else ""
    return replace(found, notes=(*notes, f"columns that are kept but not read: {unread}")) if unread else found


def _other(name: str, header: str, first: str) -> str:
    if name.endswith(".name"):
        return f"column {header!r} gives {name} too, as {first!r} does: both are screened"
    return f"column {header!r} gives {name} where {first!r} is empty"


def field_of(header: str) -> Match | None:
    """The field that a header names, or None.

    >>> field_of("IMPORTER_NAME").field, field_of("Страна получателя").field, field_of("consignee.address").field
    ('consignee.name', 'consignee.country', 'consignee.address')
    """
    if len(header) > _LONGEST:
        return None
    exact = header.strip().casefold()
    if exact in FIELDS and not FIELDS[exact].derived:
        return Match(exact, (0,))
    words = [word for word in header_key(header).split() if word != "s"]  # the buyer's name
    translated = len(words) > 1 and words[-1] in _ENGLISH
    found = _named("".join(words)) or (_named("".join(words[:-1])) if translated else None)
    return found and Match(found.field, (1, int(translated), *found.rank))


def nearest(header: str) -> str | None:
    """The field whose usual header looks most like this one; a hint for people, never used to map."""
    known = {**{_word(name): name for name in GIVEN}, **{word: match.field for word, match in _plain_words().items()}}
    close = get_close_matches(header_key(header[:_LONGEST]).replace(" ", ""), list(known), n=1, cutoff=0.75)
    return known[close[0]] if close else None


def known_columns(headers: Sequence[str]) -> int:
    """How many of these headers name a field: the sign that a line is a header, and was cut at the right character."""
    return sum(field_of(header) is not None for header in headers)


def _can_be_screened(name: str) -> bool:
    return name.partition(".")[0] in (*ROLES, "goods", "vessel")


def _nothing_to_screen(headers: Sequence[str]) -> str:
    shown = ", ".join(repr(header[:40]) for header in headers[:12]) + (", …" if len(headers) > 12 else "")
    hints = [f"{header[:40]!r} is near {near}" for header in headers[:200] if (near := nearest(header)) is not None]
    hint = "; ".join(hints[:5]) or "name a column consignee.name or goods.hs_code, say"
    return f"no column holds a party, the goods or a vessel; headers: {shown}; {hint}"


def _named(key: str) -> Match | None:
    """The field of a header without spaces; the longest word for a role is tried first."""
    return _plain_words().get(key) or next(_party_matches(key), None)


def _party_matches(key: str) -> Iterator[Match]:
    for word, role, place in _role_words():
        if key.startswith(word) and (found := _attributes(role).get(key[len(word) :])) is not None:
            yield Match(f"{role}.{found[0]}", (place, found[1]))
    for word, role, place in _role_words_after():
        if key.endswith(word) and key != word and (found := _attributes(role).get(key[: -len(word)])) is not None:
            yield Match(f"{role}.{found[0]}", (place, found[1]))


@cache
def _word(text: str) -> str:
    """A word of the registry in the form that headers are compared in."""
    return header_key(text).replace(" ", "")


@cache
def _plain_words() -> Mapping[str, Match]:
    """Fields that are no attribute of a party, by the words for them."""
    found: dict[str, Match] = {}
    for name in GIVEN:
        role, _, attribute = name.partition(".")
        if role not in ROLES or attribute == "bic":
            for place, word in enumerate((name, *FIELDS[name].aliases)):
                found.setdefault(_word(word), Match(name, (place,)))
    return found


@cache
def _attributes(role: str) -> Mapping[str, tuple[str, int]]:
    names = (name for name in GIVEN if name.startswith(f"{role}.") and name != "bank.bic")
    return {
        _word(word): (attribute, place)
        for name, attribute in ((name, name.partition(".")[2]) for name in names)
        for place, word in enumerate((attribute, *FIELDS[name].aliases))
    }


@cache
def _role_words() -> tuple[tuple[str, str, int], ...]:
    """Word, role and place of what stands in front of an attribute, the longest first."""
    words = [(_word(word), role, place) for role in ROLES for place, word in enumerate((role, *ROLE_WORDS[role]))]
    return tuple(sorted(words, key=_longest_first))


@cache
def _role_words_after() -> tuple[tuple[str, str, int], ...]:
    """Word, role and place of what stands behind an attribute, the longest first."""
    words = [(_word(word), role, place) for role in ROLES for place, word in enumerate(ROLE_WORDS_AFTER[role])]
    joints = [(joint + word, role, place) for word, role, place in _role_words() for joint in ("of", "ofthe", "del")]
    return tuple(sorted([*words, *joints], key=_longest_first))


def _longest_first(entry: tuple[str, str, int]) -> tuple[int, int]:
    return -len(entry[0]), entry[2]
