"""The rows of a table as columns, part by part, whatever the chunks in which it was read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

from sanctionscreen.ingest import Chunk, HeaderMap
from sanctionscreen.ingest.chunks import aligned, in_chunks
from sanctionscreen.screening.file_screening import Rows

if TYPE_CHECKING:
    import polars as pl


def as_columns(chunk: Chunk, header_map: HeaderMap) -> Rows:
    """The rows of a chunk as columns; a rejected row is empty there and keeps its cells beside them."""
    import polars as pl

    parts = [
        list(zip(*part, strict=True)) if isinstance(part, Sequence) else part.get_columns()
        for part in aligned(chunk, len(header_map.headers))
    ]
    cells = [_whole(pieces) for pieces in zip(*parts, strict=True)]
    at_fault = {at for column in cells if not isinstance(column, pl.Series) for at in _unfit(column)}
    odd = {at: chunk.cells[at] for at in sorted(at_fault | chunk.rejects.keys())}
    held = [column if isinstance(column, pl.Series) else _fitting(column) for column in cells]
    return Rows(header_map.by_field(cells), held, odd, chunk.rejects)


def _whole(pieces: Sequence[Any]) -> Any:
    """A column of its pieces, as text; a list where a cell cannot be in it: no text, or half of a surrogate pair."""
    import polars as pl

    texts = [text for piece in pieces if (text := _text(piece)) is not None]
    if len(texts) < len(pieces):
        return list(chain.from_iterable(pieces))
    return texts[0] if len(texts) == 1 else pl.concat(texts)


def _text(cells: Sequence[Any]) -> pl.Series | None:
    """Cells as a column of text; None where one cannot be in it: no text, or half of a surrogate pair."""
    import polars as pl

    try:
        return pl.Series(cells, dtype=pl.String, strict=True)
    except (TypeError, UnicodeEncodeError):
        return None


def _fitting(cells: Sequence[Any]) -> pl.Series:
    """A column of the cells that can be in one; empty for the others."""
    import polars as pl

    unfit = set(_unfit(cells))
    return pl.Series(["" if at in unfit else cell for at, cell in enumerate(cells)], dtype=pl.String)


def _unfit(cells: Sequence[Any]) -> list[int]:
    return [at for at, cell in enumerate(cells) if not isinstance(cell, str) or _has_half_a_pair(cell)]


def _has_half_a_pair(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def few_of(chunks: Iterator[Chunk], most: int) -> tuple[Chunk, Iterator[Chunk]]:
    """The first rows, a few more than so many where there are more, and the chunks behind them."""
    held: list[Chunk] = []
    count = 0
    for chunk in chunks:
        held.append(chunk)
        count += len(chunk.cells)
        if count > most:
            break
    return next(in_chunks(held, count), Chunk(1, [], {})), chunks
