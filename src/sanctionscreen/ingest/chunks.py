"""Rows of a table in chunks of one size, whatever the batches in which they were read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sanctionscreen.ingest.row_cells import Part, RowCells, joined, parts_of
from sanctionscreen.ingest.rows import Batch


@dataclass(frozen=True, slots=True)
class Chunk:
    """Rows of a table, in order."""

    first_row: int
    """Number of the first row, counted from 1; the header is not counted."""
    cells: Sequence[list[str]]
    """The cells of each row as they are in the file. A row without a reject has one for each header."""
    rejects: dict[int, str]
    """Why a row does not fit the header, by its place in `cells`; it stays there with all its cells."""


def in_chunks(batches: Iterable[Batch | Chunk], rows: int) -> Iterator[Chunk]:
    """The same rows, so many in each chunk but the last."""
    first_row, count = 1, 0
    parts: list[Sequence[list[str]]] = []
    rejects: dict[int, str] = {}
    for batch in batches:
        start = 0
        while start < len(batch.cells):
            stop = min(start + rows - count, len(batch.cells))
            parts.append(batch.cells[start:stop])
            rejects |= {count + at - start: why for at, why in batch.rejects.items() if start <= at < stop}
            count, start = count + stop - start, stop
            if count == rows:
                yield Chunk(first_row, joined(parts), rejects)
                first_row, count, parts, rejects = first_row + rows, 0, [], {}
    if count:
        yield Chunk(first_row, joined(parts), rejects)


def aligned(chunk: Chunk, width: int) -> list[Part]:
    """The rows as the parts in which they are held, with so many cells in each; a rejected row is empty."""
    if not chunk.rejects:
        return list(parts_of(chunk.cells))
    found: list[Part] = []
    start = 0
    for part in parts_of(chunk.cells):
        places = range(start, start + len(part))
        if chunk.rejects.keys().isdisjoint(places):
            found.append(part)
        else:
            rows = zip(places, RowCells([part]), strict=True)
            found.append([[""] * width if at in chunk.rejects else row for at, row in rows])
        start += len(part)
    return found
