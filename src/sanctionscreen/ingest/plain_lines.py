"""Lines of delimited text cut by Polars, where that surely gives the cells that `csv` gives. Polars loads on first use.

Sure is a line whose cells are as many as the columns, each without a quotation mark or wholly between two of them with
those within doubled, and which ends with a line feed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

_MOST_COLUMNS = 256
"""From some hundred columns on the pattern of a line is slower than `csv`: measured at 300 alike, at 1,000 by five."""
_NEVER = r"\r\n\x00\x{feff}"
"""In no cell of a plain line: ends of lines, NUL, and the byte order mark, which Polars skips at the start of text."""


def can_be_plain(delimiter: str, width: int) -> bool:
    """Lines of such a table can be cut by Polars; one column is left out, as a blank line would be a row."""
    return 2 <= width <= _MOST_COLUMNS and delimiter.isascii() and delimiter not in '"\r\n\x00'


def plain_rows(lines: Sequence[str], delimiter: str, width: int) -> pl.DataFrame | None:
    """The rows of the lines before the first that is not plain, as columns of text; None where there are none."""
    import polars as pl

    try:
        odd = (~pl.Series(lines, dtype=pl.String).str.contains(_pattern(delimiter, width))).arg_true()
    except UnicodeEncodeError:  # half of a surrogate pair
        return None
    count = odd[0] if len(odd) else len(lines)
    if not count:
        return None
    return pl.read_csv(
        "".join(lines[:count]).encode(),
        has_header=False,
        separator=delimiter,
        schema={f"{place}": pl.String for place in range(width)},
    ).with_columns(pl.all().fill_null(""))


def _pattern(delimiter: str, width: int) -> str:
    between = rf"\x{ord(delimiter):02x}"
    cell = rf'(?:[^"{between}{_NEVER}]*|"(?:[^"{_NEVER}]|"")*")'
    return rf"^{cell}(?:{between}{cell}){{{width - 1}}}\r?\n$"
