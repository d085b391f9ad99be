"""Polars columns for shipment fields: types come from the registry, never from the data. Polars loads on first use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sanctionscreen.fields import FIELDS, Field, FieldType
from sanctionscreen.model import Line

if TYPE_CHECKING:
    import polars as pl

UNREADABLE = "#unreadable"
"""Suffix of the companion column that marks cells which could not be read."""


def dtype(kind: FieldType, item: Mapping[str, FieldType]) -> pl.DataType:
    """The Polars type of a field type; a list of items is a list of structs."""
    import polars as pl

    if kind is FieldType.ITEMS:
        return pl.List(pl.Struct({name: dtype(part, {}) for name, part in item.items()}))
    simple: dict[FieldType, pl.DataType] = {
        FieldType.DATE: pl.Date(),
        FieldType.NUMBER: pl.Float64(),
        FieldType.MONEY: pl.Int64(),
        FieldType.BOOL: pl.Boolean(),
        FieldType.COUNTRIES: pl.List(pl.String),
        FieldType.CODES: pl.List(pl.String),
    }
    return simple.get(kind, pl.String())


def column(entry: Field, values: Sequence[Any]) -> pl.Series:
    """A column of read values; tuples become lists."""
    import polars as pl

    cells = [list(value) if isinstance(value, tuple) else value for value in values] if entry.type.is_list else values
    return pl.Series(entry.name, cells, dtype=dtype(entry.type, entry.item), strict=True)


def frame_of(lines: Iterable[Line]) -> pl.DataFrame:
    """The frame that stands for these lines: a column per field that any of them collected."""
    import polars as pl

    held = list(lines)
    names = [name for name in FIELDS if any(name in line.values for line in held)]
    columns = [column(FIELDS[name], [line.values.get(name) for line in held]) for name in names]
    for name in names:
        marks = [name in line.unreadable for line in held]
        if any(marks):
            columns.append(pl.Series(name + UNREADABLE, marks, dtype=pl.Boolean))
    return pl.DataFrame(columns) if columns else pl.DataFrame({"#": [None] * len(held)})
