"""Cells as nearly all of a column are written, read together; each has the value that `values.read` gives it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sanctionscreen.fields import Field, FieldType
from sanctionscreen.values import DESCRIPTION, SUM_MARKS, SUMS, Habit, read_all

if TYPE_CHECKING:
    import polars as pl

_FEW = 256
"""Cells for which one pass in Python is as fast."""
_NUMBER = r"^[0-9]{1,15}(?:\.[0-9]{1,15})?$"
_MONEY = r"^([0-9]{1,15})(?:\.([0-9]{1,2}))?$"
_TEXT = r"^[^\s\p{C}]+(?: [^\s\p{C}]+)*$"
"""Words between single spaces, nothing that cannot be seen: read as it is written."""
_SHORT = 4
"""Text up to here may stand for nothing: N/A, null."""


def read_distinct(entry: Field, cells: pl.Series, habit: Habit | None) -> tuple[list[Any], dict[int, str]]:
    """The values of different cells of text, and by place what is wrong with those that cannot be read."""
    usual = _usual(entry, cells, habit) if len(cells) > _FEW else None
    if usual is None:
        return read_all(entry, cells.to_list(), habit)
    values = usual.to_list()
    places = usual.is_null().arg_true()
    others, wrong = read_all(entry, cells.gather(places).to_list(), habit)
    where = places.to_list()
    for place, value in zip(where, others, strict=True):
        values[place] = value
    return values, {where[at]: problem for at, problem in wrong.items()}


def _usual(entry: Field, cells: pl.Series, habit: Habit | None) -> pl.Series | None:
    """The values of cells that are written as usual, null for the others; None where the type knows no usual way."""
    import polars as pl

    cell = pl.col("cell")
    said: pl.Expr
    if entry.type in (FieldType.TEXT, FieldType.CODE):
        is_usual = (cell.str.len_chars() > _SHORT) & cell.str.contains(_TEXT)
        if entry.name == DESCRIPTION:
            is_usual &= ~cell.str.to_lowercase().str.strip_chars(SUM_MARKS).is_in(SUMS)
        said = pl.when(is_usual).then(cell)
    elif habit is Habit.DECIMAL_COMMA:
        return None
    elif entry.type is FieldType.NUMBER:
        said = pl.when(cell.str.contains(_NUMBER)).then(cell).cast(pl.Float64)
    elif entry.type is FieldType.MONEY:
        whole, cents = cell.str.extract(_MONEY, 1), cell.str.extract(_MONEY, 2).fill_null("")
        said = whole.cast(pl.Int64) * 100 + cents.str.pad_end(2, "0").cast(pl.Int64)
    else:
        return None
    return cells.alias("cell").to_frame().select(said.alias("value")).to_series()
