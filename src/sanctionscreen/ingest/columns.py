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
            marks = codes.is_in(list(bad))
            series.append(marks.alias(name + UNREADABLE))
            for row in marks.arg_true():
                warnings[row] = (*warnings.get(row, ()), bad[codes[row]])
        if entry.type in COUNTRY_TYPES:
            raw[name] = pl.Series([written(cell) for cell in distinct], dtype=pl.String).gather(codes).to_list()
    return ReadColumns(pl.DataFrame(series), dict(sorted(warnings.items())), raw)


def _distinct(cells: Sequence[Any]) -> tuple[pl.Series, list[Any]]:
    """The place of each cell among the distinct ones, and these, in the order of their first rows."""
    import polars as pl

    kinds = set(map(type, cells))
    text = _text_series(cells) if kinds <= {str} else None
    if text is not None:
        table = text.to_frame("cell")
        known = table.unique(maintain_order=True).with_row_index("place")
        return table.join(known, on="cell", how="left", maintain_order="left")["place"], known["cell"].to_list()
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
