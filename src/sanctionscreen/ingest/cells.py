"""One cell: its value, or the warning that says why it has none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sanctionscreen import values
from sanctionscreen.fields import Field, FieldType
from sanctionscreen.model import CellWarning

COUNTRY_TYPES = (FieldType.COUNTRY, FieldType.COUNTRIES)


class Cell(NamedTuple):
    """What was read; a warning stands only where something is written that cannot be read."""

    value: Any
    warning: CellWarning | None = None


EMPTY = Cell(None)


def read_cell(entry: Field, raw: object, habit: values.Habit | None = None) -> Cell:
    """The value of a cell; a bad one costs only itself."""
    try:
        return Cell(values.read(entry, raw, habit))
    except values.Unreadable as bad:
        return Cell(None, CellWarning(entry.name, str(bad)))


def first_filled(cells: Sequence[Any]) -> Any:
    """The first cell that holds something, of several columns for one field."""
    return next((cell for cell in cells if not values.is_empty(cell)), cells[0])


def all_names(cells: Sequence[Any]) -> Any:
    """The names of several columns for one party, as one cell that holds several: each of them is screened."""
    filled = list(dict.fromkeys(written(cell).strip() for cell in cells if not values.is_empty(cell)))
    return " | ".join(filled) if len(filled) > 1 else first_filled(cells)


def all_parts(cells: Sequence[Any]) -> Any:
    """The parts of an address that stand in several columns, as one text; what is there already is not repeated."""
    text = ""
    for cell in cells:
        part = "" if values.is_empty(cell) else written(cell).strip()
        if part and part.casefold() not in text.casefold():
            text = f"{text}, {part}" if text else part
    return text or first_filled(cells)


def written(raw: object) -> str:
    """A cell as text, for the stages that look at what was written: `Crimea` reads as UA, and is more than that."""
    if values.is_blank(raw):
        return ""
    if isinstance(raw, (list, tuple)):
        return "; ".join(written(part) for part in raw)
    return "" if isinstance(raw, Mapping) else values.sound(str(raw))
