"""Polars columns for shipment fields: types come from the registry, never from the data. Polars loads on first use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import count
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

    kind = dtype(entry.type, entry.item)
    if not entry.type.is_list:
        return pl.Series(entry.name, values, dtype=kind, strict=True)
    items = [item for value in values if value for item in value]
    sizes = [len(value) for value in values if value]
    # Lists of structs are built from their items, all at once: one by one they take ten times as long.
    held = pl.DataFrame({"of": pl.Series(range(len(sizes)), dtype=pl.UInt32).repeat_by(pl.Series(sizes)).explode()})
    held = held.with_columns(_items(entry, items)).group_by("of", maintain_order=True).agg("item")
    distinct = pl.concat([pl.Series("item", [None, []], dtype=kind), held.get_column("item")])
    at = count(2)
    return distinct.gather([0 if value is None else next(at) if value else 1 for value in values]).alias(entry.name)


def _items(entry: Field, items: Sequence[Any]) -> pl.Series:
    import polars as pl

    if not entry.item:
        return pl.Series("item", items, dtype=pl.String, strict=True)
    parts = [
        pl.Series(name, [item.get(name) for item in items], dtype=dtype(kind, {}), strict=True)
        for name, kind in entry.item.items()
    ]
    return pl.DataFrame(parts).to_struct("item")


def frame_of(lines: Iterable[Line], features: Iterable[Field] = ()) -> pl.DataFrame:
    """The frame that stands for these lines: a column per field, or feature, that any of them collected."""
    import polars as pl

    held = list(lines)
    collected = set().union(*(line.values.keys() for line in held))
    marked = frozenset().union(*(line.unreadable for line in held))
    entries = {**FIELDS, **{one.name: one for one in features}}
    names = [name for name in entries if name in collected]
    columns = [column(entries[name], [line.values.get(name) for line in held]) for name in names]
    for name in names:
        if name in marked:
            marks = [name in line.unreadable for line in held]
            columns.append(pl.Series(name + UNREADABLE, marks, dtype=pl.Boolean))
    return pl.DataFrame(columns) if columns else pl.DataFrame({"#": [None] * len(held)})
