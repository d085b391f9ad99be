"""How the columns of a table write dates and decimals, where one cell alone could be read two ways."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sanctionscreen.fields import FIELDS, FieldType
from sanctionscreen.figures import Habit, Unreadable, date_habit, day, decimal_habit, is_day_number, is_open_date
from sanctionscreen.values import is_empty

_PROOF = {FieldType.DATE: date_habit, FieldType.NUMBER: decimal_habit, FieldType.MONEY: decimal_habit}
_MAY_BE_OPEN = re.compile(
    r"\s*(?:\d{1,2}[-/.\s]{1,2}(?:\d{1,2}|[^\W\d_]{3,9})[-/.\s]{1,2}(?:\d{2}|\d{4})\b|[2-6]\d{4}(?:\.|\s*$))"
)


@dataclass(frozen=True, slots=True)
class Habits:
    """What the cells of a table prove about its columns, by field."""

    proved: Mapping[str, Habit] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Seen:
    """What was seen in the cells of one column."""

    proofs: dict[Habit, str] = field(default_factory=dict)
    """The first cell that proves each habit."""
    open: int = 0
    """Rows whose date could be two days."""
    an_open_one: str = ""
    numbered: int = 0
    """Rows that hold the day number of a spreadsheet."""
    a_numbered_one: str = ""
    others: int = 0
    """Filled rows that hold something else."""

    def add(self, kind: FieldType, cell: str, rows: int) -> None:
        habit = _PROOF[kind](cell)
        if habit is not None:
            self.proofs.setdefault(habit, cell.strip())
        if kind is not FieldType.DATE:
            return
        if is_day_number(cell):
            self.numbered += rows
            self.a_numbered_one = self.a_numbered_one or cell.strip()
        elif not is_empty(cell):
            self.others += rows
        if is_open_date(cell):
            self.open += rows
            self.an_open_one = self.an_open_one or cell.strip()

    @property
    def proved(self) -> Habit | None:
        if self.numbered and not self.others:
            return Habit.DAY_NUMBER
        return next(iter(self.proofs)) if len(self.proofs) == 1 else None


def find_habits(
    tables: Iterable[Mapping[str, Sequence[object]]], with_points: Callable[[], Container[str]] = tuple
) -> Habits:
    """The habit of every column in which cells prove one, and none proves the other.

    Args:
        tables: the cells of a table by field, as one mapping or in parts; only text proves anything.
        with_points: asked behind the last part for the fields in which a cell is a number with a decimal point.
    """
    seen: dict[str, _Seen] = {}
    for columns in tables:
        for name in (name for name in columns if FIELDS[name].type in _PROOF):
            column = seen.setdefault(name, _Seen())
            for cell, rows in Counter(cell for cell in columns[name] if isinstance(cell, str)).items():
                column.add(FIELDS[name].type, cell, rows)
    pointed = with_points()
    for name in (name for name in seen if name in pointed and FIELDS[name].type is not FieldType.DATE):
        seen[name].proofs.setdefault(Habit.DECIMAL_POINT, "a number of the workbook")
    proved = {name: habit for name, column in seen.items() if (habit := column.proved) is not None}
    return Habits(proved, tuple(note for name, column in seen.items() for note in _notes(name, column)))


def may_be_open(name: str, cell: str) -> bool:
    """The cell is written in a form in which cells of its column may be open to two readings."""
    kind = FIELDS[name].type
    if kind is FieldType.DATE:
        return _MAY_BE_OPEN.match(cell) is not None
    return kind in _PROOF and "," in cell


def _notes(name: str, seen: _Seen) -> Iterator[str]:
    """What a person should know about how a column was read."""
    if FIELDS[name].type is FieldType.DATE:
        yield from _of_dates(name, seen)
    elif len(seen.proofs) > 1:
        shown = " and ".join(repr(cell) for cell in seen.proofs.values())
        yield f"{name} has decimal commas and decimal points: {shown}; each number is read by itself"
    elif Habit.DECIMAL_COMMA in seen.proofs:
        yield f"{name} has a {Habit.DECIMAL_COMMA}: {seen.proofs[Habit.DECIMAL_COMMA]!r}"


def _of_dates(name: str, seen: _Seen) -> Iterator[str]:
    shown = " and ".join(repr(cell) for cell in seen.proofs.values())
    count = "1 date" if seen.open == 1 else f"{seen.open:,} dates"
    if len(seen.proofs) > 1:
        yield (
            f"{name} writes days before months and months before days: {shown}; a date that could be both is not read"
            + (f" ({count}, the first {seen.an_open_one!r})" if seen.open else "")
        )
    elif seen.proofs:
        habit = next(iter(seen.proofs))
        so = (
            f"; {count} that could be two days {'is' if seen.open == 1 else 'are'} read so, {seen.an_open_one!r} as "
            if seen.open
            else ""
        )
        yield f"{name} is read {habit}, as {shown} proves" + (so and so + _as_read(seen.an_open_one, habit))
    elif seen.open:
        yield (
            f"{name}: {count}, the first {seen.an_open_one!r}, could be two days and no cell proves which;"
            f" not read. A mapping file can settle it (formats: {name}: day first)"
        )
    if seen.numbered and seen.others:
        cells, numbers, are = ("1 cell", "a day number", "it is")
        if seen.numbered > 1:
            cells, numbers, are = (f"{seen.numbered:,} cells", "day numbers", "they are")
        yield (
            f"{name}: {cells} such as {seen.a_numbered_one!r} may be {numbers} of a spreadsheet;"
            f" other cells hold dates, so {are} not read"
        )
    elif seen.numbered:
        day_read = _as_read(seen.a_numbered_one, Habit.DAY_NUMBER)
        yield f"{name} holds day numbers of a spreadsheet: {seen.a_numbered_one!r} is read as {day_read}"


def _as_read(cell: str, habit: Habit) -> str:
    try:
        return day(cell, habit).isoformat()
    except Unreadable:
        return "no day"
