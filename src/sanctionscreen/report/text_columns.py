"""Lines of text formats made column by column, for rows of which many are alike: the same bytes as row by row.

Nearly all cells are written as they are; a compiled search finds the others, and each distinct one of these is written
once, by the function that writes single cells.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

    from sanctionscreen.screening.judged_rows import JudgedRows

_IN_CSV = r"\p{L}\p{N} .()/&'_:+*#-"
PLAIN_CSV = rf"^(?:[\p{{L}}\p{{N}}](?:[{_IN_CSV}]*[\p{{L}}\p{{N}}.)])?)?$"
"""Cells that CSV holds as they are: a letter, a digit or a bracket at both ends, and nothing that needs quotes."""
QUOTED_CSV = rf"^[\p{{L}}\p{{N}}](?:[{_IN_CSV},;|]*[\p{{L}}\p{{N}}.)])?$"
"""Cells that only need quotes around them."""
PLAIN_JSON = r'^[^"\\\x00-\x1f]*$'
"""Texts that JSON holds as they are."""


def csv_cells(
    cells: pl.Series, write: Callable[[str], str], is_formula: Callable[[str], bool]
) -> tuple[pl.Series, int]:
    """A column of cells as CSV has them, and how many of them a spreadsheet would run.

    Args:
        write: writes a single cell.
    """
    import polars as pl

    others = cells.filter(~cells.str.contains(PLAIN_CSV))
    if not len(others):
        return cells, 0
    quoted = cells.to_frame("cell").select(
        pl.when(pl.col("cell").str.contains(PLAIN_CSV))
        .then(pl.col("cell"))
        .when(pl.col("cell").str.contains(QUOTED_CSV))
        .then(pl.concat_str(pl.lit('"'), pl.col("cell"), pl.lit('"')))
    )
    rows = quoted.to_series().is_null().arg_true()
    if not len(rows):
        return quoted.to_series(), 0
    odd = cells.gather(rows).to_list()
    known = {cell: (write(cell), is_formula(cell)) for cell in dict.fromkeys(odd)}
    texts = pl.Series([known[cell][0] for cell in odd], dtype=pl.String)
    return quoted.to_series().scatter(rows, texts), sum(known[cell][1] for cell in odd)


def written(cells: pl.Series, is_plain: str, write: Callable[[str], str]) -> pl.Series:
    """A column of cells as they are written; those that match are as they are."""
    import polars as pl

    rows = (~cells.str.contains(is_plain)).arg_true()
    if not len(rows):
        return cells
    others = cells.gather(rows).to_list()
    known = {cell: write(cell) for cell in dict.fromkeys(others)}
    return cells.clone().scatter(rows, pl.Series([known[cell] for cell in others], dtype=pl.String))


def joined(pieces: Sequence[pl.Series | str], rows: int) -> pl.Series:
    """Columns and fixed texts written one behind the other, row by row."""
    import polars as pl

    columns = [piece.alias(str(at)) for at, piece in enumerate(pieces) if not isinstance(piece, str)]
    parts = [pl.lit(piece) if isinstance(piece, str) else pl.col(str(at)) for at, piece in enumerate(pieces)]
    if not columns:
        return pl.Series(["".join(str(piece) for piece in pieces)] * rows, dtype=pl.String)
    return pl.DataFrame(columns).select(pl.concat_str(parts)).to_series()


def of_verdicts(texts: Sequence[str], rows: JudgedRows) -> pl.Series:
    """A text of each row's verdict."""
    import polars as pl

    return pl.Series(list(texts), dtype=pl.String).gather(rows.which)


def row_numbers(rows: JudgedRows) -> pl.Series:
    """The number of each row."""
    import polars as pl

    return pl.int_range(rows.first_row, rows.first_row + len(rows), eager=True).cast(pl.String)


def outcome_words(rows: JudgedRows) -> pl.Series:
    """What the shipment of each row came to; empty where that is not known."""
    import polars as pl

    outcomes = [None] * len(rows) if rows.outcomes is None else rows.outcomes
    return pl.Series(["" if outcome is None else outcome.value for outcome in outcomes], dtype=pl.String)


def with_odd(lines: pl.Series, rows: JudgedRows, write: Callable[[int], str]) -> str:
    """All lines, one behind the other; those of odd rows are written one by one."""
    if not rows.odd:
        return str(lines.str.join("").item())
    held = lines.to_list()
    for at in rows.odd:
        held[at] = write(at)
    return "".join(held)
