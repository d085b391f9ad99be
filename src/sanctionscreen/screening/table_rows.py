"""The rows of a table as columns, part by part, whatever the chunks in which it was read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from sanctionscreen.ingest import Chunk, HeaderMap
from sanctionscreen.screening.file_screening import Rows

if TYPE_CHECKING:
    import polars as pl


def in_chunks_of(chunks: Iterable[Chunk], rows: int) -> Iterator[Chunk]:
    """The same rows, so many in each chunk but the last."""
    cells: list[list[str]] = []
    rejects: dict[int, str] = {}
    first_row = 1
    for chunk in chunks:
        rejects.update({len(cells) + at: why for at, why in chunk.rejects.items()})
        cells += chunk.cells
        while len(cells) >= rows:
            yield Chunk(first_row, cells[:rows], {at: why for at, why in rejects.items() if at < rows})
            rejects = {at - rows: why for at, why in rejects.items() if at >= rows}
            cells, first_row = cells[rows:], first_row + rows
    if cells:
        yield Chunk(first_row, cells, rejects)


def as_columns(chunk: Chunk, header_map: HeaderMap) -> Rows:
    """The rows of a chunk as columns; a rejected row is empty there and keeps its cells beside them."""
    blank = [""] * len(header_map.headers)
    kept = (
        [blank if at in chunk.rejects else row for at, row in enumerate(chunk.cells)] if chunk.rejects else chunk.cells
    )
    cells = list(zip(*kept, strict=True))
    texts = [_text(column) for column in cells]
    columns: dict[str, Any] = {**header_map.by_field(cells)}
    columns |= {name: text for name, place in _alone(header_map).items() if (text := texts[place]) is not None}
    at_fault = {at for place, text in enumerate(texts) if text is None for at in _unfit(cells[place])}
    odd = {at: chunk.cells[at] for at in sorted(at_fault | chunk.rejects.keys())}
    held = [_fitting(column) if text is None else text for column, text in zip(cells, texts, strict=True)]
    return Rows(columns, held, odd, chunk.rejects)


def _alone(header_map: HeaderMap) -> dict[str, int]:
    """The columns that give a field by themselves."""
    others, parts = header_map.others, header_map.parts
    return {
        name: place
        for name, place in header_map.positions.items()
        if {place, *others.get(name, ()), *parts.get(name, ())} == {place}
    }


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
    cells: list[list[str]] = []
    rejects: dict[int, str] = {}
    for chunk in chunks:
        rejects.update({len(cells) + at: why for at, why in chunk.rejects.items()})
        cells += chunk.cells
        if len(cells) > most:
            break
    return Chunk(1, cells, rejects), chunks
