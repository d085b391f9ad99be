"""Which field each column of a table holds, and how the columns of one field come together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from sanctionscreen.errors import InputError, Location
from sanctionscreen.fields import GIVEN, ROLE_WORDS, ROLES
from sanctionscreen.ingest.cells import all_names, all_parts, first_filled
from sanctionscreen.ingest.header_forms import words_of
from sanctionscreen.ingest.header_words import (
    Match,
    compared,
    field_of,
    known_columns,
    plain_words,
    role_words,
)

__all__ = [
    "HeaderMap",
    "Match",
    "can_be_screened",
    "field_of",
    "known_columns",
    "map_headers",
    "near_fields",
    "nearest",
]

_SHOWN_UNREAD = 12
_LONGEST_HINT = 120
_NEAR = 0.75
"""Two letters wrong in eight are a slip, three are another word."""
_SAID_WITHIN = 0.6
"""For a role's word among others: it says who, and not what of them."""


@dataclass(frozen=True, slots=True)
class HeaderMap:
    """The columns that are read, by field, and what a person should know about the others."""

    headers: tuple[str, ...]
    positions: Mapping[str, int]
    """Column of each mapped field, counted from 0."""
    notes: tuple[str, ...] = ()
    others: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """Further columns of a field, best first: names are screened together, other cells fill what the first leaves."""
    parts: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """Columns whose text is joined to the field's, such as the city of an address."""
    constants: Mapping[str, str] = field(default_factory=dict)
    """What every row says of a field for which there is no column."""

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
    def collected(self) -> tuple[str, ...]:
        """Fields of which the rows say something, be it nothing but an empty cell."""
        return (*self.positions, *self.constants)

    @property
    def read(self) -> frozenset[int]:
        """Columns that are read."""
        further = (place for more in (self.others, self.parts) for places in more.values() for place in places)
        return frozenset((*self.positions.values(), *further))

    @property
    def unmapped(self) -> tuple[str, ...]:
        read = self.read
        return tuple(header for place, header in enumerate(self.headers) if place not in read)

    def by_field(self, columns: Sequence[Any]) -> dict[str, Any]:
        """The cells of each mapped field, from the cells of all columns; those that are not read may be empty.

        Args:
            columns: lists or series. What alone gives a field is passed on as it is; of several, a list is made.
        """
        found: dict[str, Any] = {}
        rows = 0
        for name, first in self.positions.items():
            places = (first, *self.others.get(name, ()))
            merge = all_names if name.endswith(".name") else first_filled
            found[name] = _merged([columns[place] for place in places], merge)
            if parts := [columns[place] for place in self.parts.get(name, ()) if place != first]:
                found[name] = _merged([found[name], *parts], all_parts)
            rows = len(found[name])
        return {**found, **{name: [value] * rows for name, value in self.constants.items()}}


def _merged(columns: Sequence[Any], merge: Callable[[Sequence[Any]], Any]) -> Any:
    """Several columns as one; rows that hold the same are merged once."""
    if len(columns) == 1:
        return columns[0]
    rows = list(zip(*columns, strict=True))
    try:
        known = {row: merge(row) for row in dict.fromkeys(rows)}
    except TypeError:  # lists, of records and frames
        return [merge(row) for row in rows]
    return [known[row] for row in rows]


def map_headers(headers: Sequence[str], at: Location | None = None, *, must_screen: bool = True) -> HeaderMap:
    """Give each field the column whose header names it best.

    A header matches when it is a field's dotted name or one of the registry's words for it; case, accents,
    punctuation and spaces do not matter. Where two columns name one field, the better name comes first, and a note
    says what becomes of the other.

    Args:
        must_screen: refuse headers of which none names a party, the goods or a vessel.

    Raises:
        InputError: no column holds a party, the goods or a vessel; the message lists headers and nearest fields.
    """
    matches = {place: match for place, header in enumerate(headers) if (match := field_of(header)) is not None}
    currency, left_out = _currency_of(matches)
    found = arranged(
        headers,
        {place: (match.field, match.rank, match.is_part) for place, match in matches.items() if place not in left_out},
        {"goods.currency": currency} if currency else {},
    )
    if must_screen and not any(can_be_screened(name) for name in found.positions):
        raise InputError(nothing_to_screen(headers), at)
    said = [f"column {headers[place]!r} is not read: {why}" for place, why in left_out.items()]
    if currency:
        said.append(f"goods.currency is {currency} in every row, as the header of the amount says")
    unread = ", ".join(repr(header[:40]) for header in found.unmapped[:_SHOWN_UNREAD])
    more = len(found.unmapped) - _SHOWN_UNREAD
    unread += f" and {more} more" if more > 0 else ""
    last = (f"columns that are kept but not read: {unread}",) if unread else ()
    return replace(found, notes=(*found.notes, *said, *last))


def arranged(
    headers: Sequence[str], offers: Mapping[int, tuple[str, tuple[int, ...], bool]], constants: Mapping[str, str]
) -> HeaderMap:
    """The columns of each field in order, with a note for every one that is not the only one.

    Args:
        offers: field, rank and whether it is a part of the field, by column.
    """
    ordered: dict[str, list[tuple[tuple[int, ...], int]]] = {}
    parts: dict[str, tuple[int, ...]] = {}
    for place, (name, rank, is_part) in sorted(offers.items()):
        if is_part:
            parts[name] = (*parts.get(name, ()), place)
        else:
            ordered.setdefault(name, []).append((rank, place))
    columns = {name: tuple(place for _, place in sorted(ordered.get(name, []))) for name in GIVEN}
    columns = {name: places or parts.get(name, ())[:1] for name, places in columns.items()}
    positions = {name: places[0] for name, places in columns.items() if places}
    others = {name: places[1:] for name, places in columns.items() if len(places) > 1}
    notes = list(_of_others(headers, positions, others))
    joined = {name: tuple(place for place in places if place != positions[name]) for name, places in parts.items()}
    joined = {name: places for name, places in joined.items() if places}
    notes += [_joined(name, [headers[place] for place in places]) for name, places in joined.items()]
    return HeaderMap(tuple(headers), positions, tuple(notes), others, joined, dict(constants))


def _currency_of(matches: Mapping[int, Match]) -> tuple[str, dict[int, str]]:
    """The currency that headers of amounts name, and the amounts that must be left out, with why.

    An amount in a currency of its own stands beside the invoice's amount, or the currency's column would be wrong.
    """
    priced = {place: match for place, match in matches.items() if match.currency}
    named = {match.currency for match in priced.values()}
    plain = {match.field for match in matches.values() if not match.currency}
    if not priced:
        return "", {}
    if "goods.currency" in plain:
        return "", dict.fromkeys(priced, "another column gives the currency, which need not be that of this amount")
    if "goods.value" in plain:
        return "", dict.fromkeys(priced, "another column gives the amount")
    if len(named) > 1:
        return "", dict.fromkeys(priced, f"amounts stand there in {' and '.join(sorted(named))}")
    return next(iter(named)), {}


def _of_others(
    headers: Sequence[str], positions: Mapping[str, int], others: Mapping[str, Sequence[int]]
) -> Iterator[str]:
    """What becomes of columns whose field another column gives, too: most extracts repeat themselves in English."""
    named = [
        f"{headers[place]!r} with {headers[positions[name]]!r}"
        for name, places in others.items()
        for place in places
        if name.endswith(".name")
    ]
    filling = [
        f"{headers[place]!r} for {headers[positions[name]]!r}"
        for name, places in others.items()
        for place in places
        if not name.endswith(".name")
    ]
    if named:
        yield f"columns that name the same party and are screened, too: {', '.join(named)}"
    if filling:
        yield f"columns that fill what is empty in another: {', '.join(filling)}"


def _joined(name: str, headers: Sequence[str]) -> str:
    shown = ", ".join(repr(header) for header in headers)
    return f"{name} is joined from several columns, with {shown}"


def can_be_screened(name: str) -> bool:
    """The field belongs to a party, the goods or a vessel."""
    return name.partition(".")[0] in (*ROLES, "goods", "vessel")


def nothing_to_screen(headers: Sequence[str]) -> str:
    """What to say of headers of which none can be screened: they and the fields that they come near."""
    shown = ", ".join(repr(header[:40]) for header in headers[:12]) + (", …" if len(headers) > 12 else "")
    hints = [f"{header[:40]!r} is near {near}" for header in headers[:200] if (near := nearest(header)) is not None]
    hint = "; ".join(hints[:5]) or "name a column consignee.name or goods.hs_code, say"
    return f"no column holds a party, the goods or a vessel; headers: {shown}; {hint}"


def nearest(header: str) -> str | None:
    """The field whose usual header looks most like this one; a hint for people, never used to map."""
    return next((name for name, _ in near_fields(header)), None)


def near_fields(header: str, limit: int = 3) -> list[tuple[str, float]]:
    """Fields whose usual headers look like this one, with their likeness from 0 to 1, the nearest first.

    >>> near_fields("consignee nmae")[0][0], near_fields("qwertz")
    ('consignee.name', [])
    """
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    key = compared(header[:_LONGEST_HINT])
    known = _usual_words()
    found: dict[str, float] = {}
    alike = process.extract(key, list(known), scorer=OSA.normalized_similarity, score_cutoff=_NEAR, limit=20)
    for word, likeness, _ in alike:
        found[known[word]] = max(likeness, found.get(known[word], 0.0))
    for name in _roles_within(words_of(header[:_LONGEST_HINT])):
        found.setdefault(name, _SAID_WITHIN)
    best = sorted(found.items(), key=lambda item: (-item[1], GIVEN.index(item[0])))
    return [(name, round(likeness, 2)) for name, likeness in best[:limit]]


def _roles_within(words: Sequence[str]) -> list[str]:
    """The names of the roles whose word stands among others: `foreign buyer group`."""
    own = {word: role for word, role in role_words().items() if len(word) > 3}
    runs = ("".join(words[start:end]) for end in range(len(words) + 1) for start in range(end))
    return list(dict.fromkeys(f"{own[run]}.name" for run in runs if run in own))


@cache
def _usual_words() -> Mapping[str, str]:
    """Field by header word: plain ones, and those of parties with the words that are used most."""
    names = ("name", "address", "country", "identifier")
    parties: Iterable[tuple[str, str]] = (
        (compared(word) + compared(attribute if attribute != "name" or not alone else ""), f"{role}.{attribute}")
        for role in ROLES
        for word in (role, *ROLE_WORDS[role])
        for attribute in names
        for alone in (False, True)
    )
    return {
        **{compared(name): name for name in GIVEN},
        **dict(parties),
        **{w: m.field for w, m in plain_words().items()},
    }
