"""Columns of cells to a typed frame: each distinct cell of a column is read once. Polars loads on first use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sanctionscreen.errors import InputError, suggestion
from sanctionscreen.fields import FIELDS, GIVEN, Field
from sanctionscreen.frames import UNREADABLE, column
from sanctionscreen.ingest.cells import COUNTRY_TYPES, written
from sanctionscreen.ingest.usual_cells import read_distinct
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


@dataclass(frozen=True, slots=True)
class CodedColumn:
    """One column of a table: its distinct cells, each read once, and where they stand."""

    field: Field
    codes: pl.Series
    """For each row the place of its cell among the distinct ones."""
    values: list[Any]
    """By place; None where nothing is written, or nothing that can be read."""
    problems: Mapping[int, str]
    """What is wrong with a cell, by place."""
    cells: list[Any]
    """As written, by place."""

    def series(self) -> pl.Series:
        """The value of each row."""
        return column(self.field, self.values).gather(self.codes)

    def written(self) -> list[str]:
        """The cells as text, by place."""
        return [written(cell) for cell in self.cells]


def read_coded(columns: Mapping[str, Sequence[Any]], habits: Mapping[str, Habit] | None = None) -> list[CodedColumn]:
    """Columns of one length, in the order of the fields; every cell reads exactly as `read_line` would read it.

    Args, Raises: as `read_columns`.
    """
    _check(columns)
    found = []
    for entry in (FIELDS[name] for name in GIVEN if name in columns):
        codes, distinct = _distinct(columns[entry.name])
        found.append(CodedColumn(entry, codes, *_read(entry, distinct, (habits or {}).get(entry.name))))
    return found


def _read(
    entry: Field, cells: pl.Series | list[Any], habit: Habit | None
) -> tuple[list[Any], dict[int, str], list[Any]]:
    """The values of distinct cells, what is wrong with some, and the cells."""
    if isinstance(cells, list):
        return *read_all(entry, cells, habit), cells
    return *read_distinct(entry, cells, habit), cells.to_list()


def read_columns(columns: Mapping[str, Sequence[Any]], habits: Mapping[str, Habit] | None = None) -> ReadColumns:
    """Columns of one length as a frame; every cell reads exactly as `read_line` would read it.

    Args:
        columns: the cells of each collected field, as text or as typed values, or as a Polars series of text; None and
            white space are empty.
        habits: how a column writes what could be read two ways, where its table proves it (`Table.habits`).

    Raises:
        InputError: a key is no field, or one that the program derives; or the columns differ in length.
    """
    return typed(read_coded(columns, habits))


def typed(columns: Iterable[CodedColumn]) -> ReadColumns:
    """Coded columns as a frame."""
    import polars as pl

    series: list[pl.Series] = []
    warnings: dict[int, tuple[CellWarning, ...]] = {}
    raw: dict[str, list[str]] = {}
    for one in columns:
        name = one.field.name
        series.append(one.series())
        if one.problems:
            bad = {code: CellWarning(name, problem) for code, problem in one.problems.items()}
            marks = one.codes.is_in(list(bad))
            series.append(marks.alias(name + UNREADABLE))
            for row in marks.arg_true():
                warnings[row] = (*warnings.get(row, ()), bad[one.codes[row]])
        if one.field.type in COUNTRY_TYPES:
            raw[name] = pl.Series(one.written(), dtype=pl.String).gather(one.codes).to_list()
    return ReadColumns(pl.DataFrame(series), dict(sorted(warnings.items())), raw)


def _distinct(cells: Sequence[Any]) -> tuple[pl.Series, pl.Series | list[Any]]:
    """The place of each cell among the distinct ones, and these, in the order of their first rows."""
    import polars as pl

    if isinstance(cells, pl.Series):
        kinds, text = set(), cells
    else:
        kinds = set(map(type, cells))
        text = _text_series(cells) if kinds <= {str} else None
    if text is not None:
        table = text.to_frame("cell")
        known = table.unique(maintain_order=True).with_row_index("place")
        return table.join(known, on="cell", how="left", maintain_order="left")["place"], known["cell"]
    if any(kind.__hash__ is None or issubclass(kind, tuple) for kind in kinds):  # lists, and what may hold them
        return pl.int_range(len(cells), eager=True), list(cells)
    keys = list(zip(map(type, cells), cells, strict=True))  # True, 1 and 1.0 are equal, and read differently
    places = {key: place for place, key in enumerate(dict.fromkeys(keys))}
    return pl.Series([places[key] for key in keys], dtype=pl.UInt32), [cell for _, cell in places]


def _text_series(cells: Sequence[str]) -> pl.Series | None:
    """The cells as Arrow holds them; None where one has half of a surrogate pair, for which Arrow has no place."""
    import polars as pl

    try:
        return pl.Series(cells, dtype=pl.String)
    except UnicodeEncodeError:
        return None


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
