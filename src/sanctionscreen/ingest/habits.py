"""How the columns of a table write dates and decimals, where one cell alone could be read two ways."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sanctionscreen.fields import FIELDS, FieldType
from sanctionscreen.figures import Habit, date_habit, decimal_habit

_PROOF = {FieldType.DATE: date_habit, FieldType.NUMBER: decimal_habit, FieldType.MONEY: decimal_habit}
_OPEN_DATE = re.compile(r"\s*\d{1,2}[-/\s]\d{1,2}[-/\s]\d{4}\b")
_OPPOSITE = {Habit.DAY_FIRST: Habit.MONTH_FIRST, Habit.MONTH_FIRST: Habit.DAY_FIRST}


@dataclass(frozen=True, slots=True)
class Habits:
    """What the cells of a table prove about its columns, by field."""

    proved: Mapping[str, Habit] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def find_habits(tables: Iterable[Mapping[str, Sequence[object]]]) -> Habits:
    """The habit of every column in which cells prove one, and none proves the other.

    Args:
        tables: the cells of a table by field, as one mapping or in parts; only text proves anything.
    """
    proofs: dict[str, dict[Habit, str]] = {}
    for columns in tables:
        for name in (name for name in columns if FIELDS[name].type in _PROOF):
            for cell in dict.fromkeys(cell for cell in columns[name] if isinstance(cell, str)):
                habit = _PROOF[FIELDS[name].type](cell)
                if habit is not None:
                    proofs.setdefault(name, {}).setdefault(habit, cell.strip())
    proved = {name: next(iter(found)) for name, found in proofs.items() if len(found) == 1}
    return Habits(proved, tuple(_note(name, found) for name, found in proofs.items() if _is_worth_a_note(found)))


def may_be_open(name: str, cell: str) -> bool:
    """The cell is written in a form in which cells of its column may be open to two readings."""
    kind = FIELDS[name].type
    if kind is FieldType.DATE:
        return _OPEN_DATE.match(cell) is not None
    return kind in _PROOF and "," in cell


def _is_worth_a_note(found: Mapping[Habit, str]) -> bool:
    return len(found) > 1 or next(iter(found)) is not Habit.DECIMAL_POINT


def _note(name: str, found: Mapping[Habit, str]) -> str:
    if len(found) == 1:
        habit, cell = next(iter(found.items()))
        return (
            f"{name} is read {habit}, as {cell!r} proves" if habit in _OPPOSITE else f"{name} has a {habit}: {cell!r}"
        )
    shown = " and ".join(repr(cell) for cell in found.values())
    if FIELDS[name].type is FieldType.DATE:
        return (
            f"{name} writes days before months and months before days: {shown}; a date that could be both is not read"
        )
    return f"{name} has decimal commas and decimal points: {shown}; each number is read by itself"
