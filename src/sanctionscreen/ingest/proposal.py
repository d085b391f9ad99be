"""What each column of a table probably holds, how sure that is and why, for a person to confirm or correct."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import NamedTuple

from sanctionscreen import countries
from sanctionscreen.fields import FIELDS, PARTY_HINTS, FieldType
from sanctionscreen.figures import is_open_date
from sanctionscreen.ingest.header_forms import words_of
from sanctionscreen.ingest.header_words import ENGLISH, SAID, VAGUE, field_of
from sanctionscreen.ingest.headers import can_be_screened, near_fields
from sanctionscreen.ingest.tables import Table
from sanctionscreen.ingest.value_fit import MONTHS, fields_like, fit
from sanctionscreen.values import ORIGIN, Habit, is_empty

_SAMPLE_ROWS = 10_000
_FEW_ROWS = 1_000
"""Rows looked at before a screening: enough to see that values are something else."""
_MOST_VALUES = 200
"""Different values of a column that are looked at: a share of them is known to a few percent."""
_NO_DAYS = "its values are months, and a date needs its day"
_NO_ORIGIN = "names no single country: such rows have no country of origin"
_MOST_SAMPLES = 3
_LONGEST_SAMPLE = 80
LITTLE = VAGUE
"""Up to this confidence a column is worth a look: a header that may mean something else, or values that are none."""
_BUT = "but "
_BY_VALUES = 0.3
"""For a field that the values fit and the header does not name: dates are of many things."""


class Candidate(NamedTuple):
    """A field that a column might hold."""

    field: str
    confidence: float
    why: str


@dataclass(frozen=True, slots=True)
class ProposedColumn:
    """What a column probably holds."""

    header: str
    field: str
    """Empty: none."""
    is_part: bool
    """Its text is joined to the field's."""
    confidence: float
    """0 to 1; how sure the field is, 0 where there is none."""
    reasons: tuple[str, ...]
    samples: tuple[str, ...]
    nth: int = 0
    """Place among the columns of its field; the first counts first."""
    candidates: tuple[Candidate, ...] = ()
    """Other fields that it comes near, the nearest first; most for a column without one."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the columns of a table probably hold."""

    name: str
    form: Mapping[str, str]
    """How the file is read: format, and encoding, delimiter or sheet where it has one."""
    header_row: int
    columns: tuple[ProposedColumn, ...]
    constants: Mapping[str, str]
    habits: Mapping[str, Habit]
    notes: tuple[str, ...]
    rows: int
    """Rows that were looked at for values."""
    open_dates: tuple[str, ...] = ()
    """Date fields in which a date could be two days and nothing proves which."""
    warnings: tuple[str, ...] = field(default=())
    """What should be looked at before anything is screened."""

    @property
    def can_be_screened(self) -> bool:
        """A column holds a party, the goods or a vessel."""
        return any(can_be_screened(column.field) for column in self.columns if column.field)


def propose(table: Table) -> Proposal:
    """What each column of a table probably holds, by its header and the values of its first rows."""
    sample = _sample(table, _SAMPLE_ROWS)
    columns = tuple(_columns(table, sample))
    return Proposal(
        table.name,
        table.form,
        table.header_row,
        columns,
        table.header_map.constants,
        table.habits,
        tuple(table.notes),
        sample.rows,
        tuple(
            name
            for name, place in table.header_map.positions.items()
            if _is_open(name, sample.values[place], table.habits)
        ),
        tuple(_warnings(columns)),
    )


def doubts(table: Table) -> tuple[str, ...]:
    """What to say once of a table that was mapped by its headers: columns that may hold something else, or a party."""
    return tuple(_warnings(list(_columns(table, _sample(table, _FEW_ROWS), has_candidates=False))))


def _columns(table: Table, sample: _Sample, *, has_candidates: bool = True) -> Iterator[ProposedColumn]:
    held, headers = table.header_map, table.headers
    fields = {place: name for name, place in held.positions.items()}
    fields |= {place: name for more in (held.others, held.parts) for name, places in more.items() for place in places}
    parts = {place for places in held.parts.values() for place in places}
    order = {place: nth for places in held.others.values() for nth, place in enumerate(places, 1)}
    for place, (header, values) in enumerate(zip(headers, sample.values, strict=True)):
        name = fields.get(place, "")
        if not name:
            yield _unmapped(header, values, held.collected if has_candidates else None)
            continue
        column = _mapped(header, name, values, is_part=place in parts)
        first = headers[held.positions[name]]
        beside = () if first == header else (f"read beside {first!r}",)
        yield replace(column, reasons=(*column.reasons, *beside), nth=order.get(place, 0))


def _is_open(name: str, values: Sequence[str], habits: Mapping[str, Habit]) -> bool:
    """Dates of a column could be two days, and nothing has settled which."""
    return FIELDS[name].type is FieldType.DATE and name not in habits and any(map(is_open_date, values))


class _Sample(NamedTuple):
    rows: int
    values: list[list[str]]
    """Different filled cells by column, in the order of their first rows."""


def _sample(table: Table, rows: int) -> _Sample:
    chunk = table.first_rows(rows)
    aligned = [cells for at, cells in enumerate(chunk.cells) if at not in chunk.rejects]
    filled = (
        (cell for cell in dict.fromkeys(cells[place] for cells in aligned) if not is_empty(cell))
        for place in range(len(table.headers))
    )
    return _Sample(len(chunk.cells), [list(islice(values, _MOST_VALUES)) for values in filled])


def _mapped(header: str, name: str, values: Sequence[str], *, is_part: bool) -> ProposedColumn:
    """A column that has a field: how sure its header makes it, and what the values say to that."""
    match = field_of(header)
    same = match is not None and match.field == name
    confidence = match.confidence if match is not None and same else SAID
    reasons = [(match.why or "a usual header for it") if match is not None and same else "as the mapping says"]
    if not is_part:
        confidence, said = _judged(name, values, confidence)
        reasons.append(said)
    if name == ORIGIN and (stated := list(filter(countries.is_no_single, values))):
        reasons.append(f"{', '.join(map(repr, stated[:_MOST_SAMPLES]))} {_NO_ORIGIN}")
    others = tuple(_by_values(values, {name})) if confidence <= LITTLE else ()
    return ProposedColumn(header, name, is_part, round(confidence, 2), tuple(reasons), _shown(values), 0, others)


def _judged(name: str, values: Sequence[str], confidence: float) -> tuple[float, str]:
    """The confidence with what the values say, and that in words.

    Values that hardly anything else looks like take half of the doubt; values that are something else count as they
    are: where half of them fit, the header is worth half.
    """
    if not values:
        return confidence, "no filled cells to check it by"
    found = fit(name, values)
    of = f"values: {found.fitting} of {found.seen}"
    if found.contradicts:
        return confidence * found.share, f"{_BUT}{of} are {found.kind.what}"
    if found.confirms:
        return (1 + confidence) / 2, f"{of} are {found.kind.what}"
    return confidence, f"{of} could be {found.kind.what}"


def _unmapped(header: str, values: Sequence[str], taken: Sequence[str] | None) -> ProposedColumn:
    """A column without a field, with the fields that its header or its values come near.

    Args:
        taken: fields that other columns have; None where nobody asks what it comes near.
    """
    near: list[Candidate] = []
    if taken is not None:
        near = [Candidate(name, likeness, "the header looks like it") for name, likeness in near_fields(header)]
        near += [one for one in _by_values(values, set(taken)) if one.field not in {held.field for held in near}]
    reasons = ["no word of the registry names it"] if values or header else ["an empty column"]
    if values and all(map(MONTHS.fits, values)):
        reasons.append(_NO_DAYS)
    return ProposedColumn(header, "", False, 0.0, tuple(reasons), _shown(values), 0, tuple(near[:_MOST_SAMPLES]))


def _by_values(values: Sequence[str], taken: set[str]) -> Iterator[Candidate]:
    if values:
        for name, what in fields_like(values):
            if name not in taken:
                yield Candidate(name, _BY_VALUES, f"its values look like {what}")


def _shown(values: Sequence[str]) -> tuple[str, ...]:
    cut = (" ".join(value[: 2 * _LONGEST_SAMPLE].split()) for value in islice(values, _MOST_SAMPLES))
    return tuple(text if len(text) <= _LONGEST_SAMPLE else text[: _LONGEST_SAMPLE - 1] + "…" for text in cut)


def _warnings(columns: Sequence[ProposedColumn]) -> Iterator[str]:
    doubtful: dict[str, list[str]] = {}
    for one in columns:
        if one.field and one.samples and one.confidence <= LITTLE:
            doubtful.setdefault(_doubt(one), []).append(f"{one.header!r} as {one.field}")
    if doubtful:
        shown = "; ".join(f"{', '.join(read)} ({why})" for why, read in doubtful.items())
        yield f"columns read with little confidence: {shown}"
    unread = [column.header for column in columns if not column.field and column.samples]
    if parties := [header for header in unread if _names_a_party(header)]:
        yield f"columns that may name a party and are not screened: {', '.join(map(repr, parties))}"
    yield from (f"{one.header!r}: {said}" for one in columns for said in one.reasons if said.endswith(_NO_ORIGIN))
    months = [one.header for one in columns if _NO_DAYS in one.reasons]
    if months and not any(one.field == "shipment.date" for one in columns):
        yield f"no day of the shipment is known: {', '.join(map(repr, months))} holds months without a day"


def _doubt(column: ProposedColumn) -> str:
    said = [reason.removeprefix(_BUT) for reason in column.reasons if reason.startswith(_BUT)]
    return said[0] if said else column.reasons[0]


def _names_a_party(header: str) -> bool:
    words = [word for word in words_of(header) if word not in ENGLISH]
    return bool(PARTY_HINTS & set(words)) and (len(words) == 1 or words[-1] in ("name", *PARTY_HINTS))
