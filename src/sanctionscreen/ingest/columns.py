"""Columns of cells to a typed frame: each distinct cell of a column is read once. Polars loads on first use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sanctionscreen.errors import InputError, suggestion
from sanctionscreen.fields import FIELDS, GIVEN
from sanctionscreen.frames import UNREADABLE, column
from sanctionscreen.ingest.cells import COUNTRY_TYPES, written
from sanctionscreen.model import CellWarning
from sanctionscreen.values import Habit, read_all

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class ReadColumns:
    """The lines of a table, column by column."""

    frame: pl.DataFrame
    """A typed column for each field, and a bool column `<field>#unreadable` where a cell could not be read."""
    warnings: Mapping[int, tuple[CellWarning, ...]] = field(default_factory=dict)
    """Warnings by row, counted from 0, in the order of the fields."""
    raw: Mapping[str, list[str]] = field(default_factory=dict)
    """Country cells as written, by field."""


def read_columns(columns: Mapping[str, Sequence[Any]], habits: Mapping[str, Habit] | None = None) -> ReadColumns:
    """Columns of one length as a frame; every cell reads exactly as `read_line` would read it.

    Args:
        columns: the cells of each collected field, as text or as typed values; None and white space are empty.
        habits: how a column writes what could be read two ways, where its table proves it (`Table.habits`).

    Raises:
        InputError: a key is no field, or one that the program derives; or the columns differ in length.
    """
    import polars as pl

    _check(columns)
    series: list[pl.Series] = []
    warnings: dict[int, tuple[CellWarning, ...]] = {}
    raw: dict[str, list[str]] = {}
    for name in (name for name in GIVEN if name in columns):
        entry = FIELDS[name]
        codes, distinct = _distinct(columns[name])
        found, problems = read_all(entry, distinct, (habits or {}).get(name))
        series.append(column(entry, found).gather(codes))
        if problems:
            bad = {code: CellWarning(name, problem) for code, problem in problems.items()}
            marks = [code in bad for code in codes]
            series.append(pl.Series(name + UNREADABLE, marks, dtype=pl.Boolean))
            for row in (row for row, is_bad in enumerate(marks) if is_bad):
                warnings[row] = (*warnings.get(row, ()), bad[codes[row]])
        if entry.type in COUNTRY_TYPES:
            texts = [written(cell) for cell in distinct]
            raw[name] = [texts[code] for code in codes]
    return ReadColumns(pl.DataFrame(series), dict(sorted(warnings.items())), raw)


def _distinct(cells: Sequence[Any]) -> tuple[list[int], list[Any]]:
    """The place of each cell among the distinct ones, and these."""
    kinds = set(map(type, cells))
    if any(kind.__hash__ is None or issubclass(kind, tuple) for kind in kinds):  # lists, and what may hold them
        return list(range(len(cells))), list(cells)
    # True, 1 and 1.0 are equal, and read differently
    keys: Sequence[Any] = cells if kinds <= {str} else list(zip(map(type, cells), cells, strict=True))
    places = {key: place for place, key in enumerate(dict.fromkeys(keys))}
    codes = list(map(places.__getitem__, keys))
    return codes, [*places] if keys is cells else [cell for _, cell in places]


def _check(columns: Mapping[str, Sequence[Any]]) -> None:
    for name in columns:
        if name not in FIELDS:
            raise InputError(f"{name!r} is no field{suggestion(name, GIVEN)}")
        if FIELDS[name].derived:
            raise InputError(f"{name!r} is derived by the program; a column cannot give it")
    lengths = {name: len(cells) for name, cells in columns.items()}
    if len(set(lengths.values())) > 1:
        shortest, longest = min(lengths, key=lengths.__getitem__), max(lengths, key=lengths.__getitem__)
        raise InputError(
            f"columns differ in length: {shortest!r} has {lengths[shortest]} cells, {longest!r} has {lengths[longest]}"
        )
