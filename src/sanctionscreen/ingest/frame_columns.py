"""Data frames of any make as headers and columns of Python values. Polars loads on first use."""

from __future__ import annotations

from typing import Any

from sanctionscreen.errors import InputError
from sanctionscreen.ingest.tables import unique


def read_frame_columns(frame: Any) -> tuple[list[str], list[list[Any]]]:
    """The headers, made unique, and the cells of a Polars, pandas or Arrow frame, column by column.

    Numbers, dates, lists and missing values come as Python's own; an integer HS code stays the digits it has.

    Raises:
        InputError: it is no frame.
    """
    if hasattr(frame, "iloc") and hasattr(frame, "columns"):  # pandas; by way of Arrow it would refuse mixed columns
        names = [str(name) for name in frame.columns]
        return unique(names), [frame.iloc[:, place].tolist() for place in range(len(names))]
    import polars as pl

    if isinstance(frame, pl.LazyFrame):
        frame = frame.collect()
    if not isinstance(frame, pl.DataFrame):
        if not hasattr(frame, "__arrow_c_stream__"):
            raise InputError(f"a frame is one of Polars, pandas or Arrow, not {type(frame).__name__}")
        frame = pl.DataFrame(frame)
    return unique(frame.columns), [series.to_list() for series in frame.get_columns()]
