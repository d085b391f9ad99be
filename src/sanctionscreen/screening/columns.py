"""From the columns of a file to its lines: a few one by one, many by way of a frame."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sanctionscreen.fields import FIELDS
from sanctionscreen.frames import UNREADABLE
from sanctionscreen.ingest import ReadColumns, read_columns, read_line
from sanctionscreen.model import Line
from sanctionscreen.values import Habit

FEW_ROWS = 1_000
"""Up to so many lines at once are judged one by one: loading Polars takes as long as judging ten thousand."""


def lines_of(columns: Mapping[str, Sequence[Any]], habits: Mapping[str, Habit], rows: int) -> Iterator[Line]:
    """The lines of columns of cells, in order."""
    if rows <= FEW_ROWS:
        yield from single_lines(columns, habits, rows)
    else:
        yield from _lines(read_columns(columns, habits), rows)


def single_lines(columns: Mapping[str, Sequence[Any]], habits: Mapping[str, Habit], rows: int) -> Iterator[Line]:
    """The lines of a few columns, each read by itself."""
    for i in range(rows):
        yield read_line({name: cells[i] for name, cells in columns.items()}, habits)


def _lines(read: ReadColumns, rows: int) -> Iterator[Line]:
    """The lines of a typed frame, in order."""
    names = [name for name in read.frame.columns if not name.endswith(UNREADABLE)]
    marks = {
        name: read.frame.get_column(name + UNREADABLE) for name in names if name + UNREADABLE in read.frame.columns
    }
    marked = {name: column.to_list() for name, column in marks.items()}
    values = [_cells_of(read.frame.get_column(name).to_list(), FIELDS[name].type.is_list) for name in names]
    for i in range(rows):
        unreadable = frozenset(name for name, column in marked.items() if column[i])
        raw = {name: texts[i] for name, texts in read.raw.items() if texts[i]}
        row = dict(zip(names, (column[i] for column in values), strict=True))
        yield Line(row, unreadable, read.warnings.get(i, ()), raw)


def _cells_of(values: list[Any], is_list: bool) -> list[Any]:
    return [None if value is None else tuple(value) for value in values] if is_list else values
