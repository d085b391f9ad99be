"""The cells of rows as their reader has them, lists of rows or frames of text, joined and cut without a copy of a cell.

Polars loads only where a reader has given a frame.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Union, overload

if TYPE_CHECKING:
    import polars as pl

Part = Union[Sequence[list[str]], "pl.DataFrame"]
"""Rows, each with its cells; or a frame of text without a null, with a column for each place."""


class RowCells(Sequence[list[str]]):
    """Rows in parts; one that is asked for is a list of its cells, whatever its part is."""

    __slots__ = ("_parts", "_rows")

    def __init__(self, parts: Sequence[Part]) -> None:
        self._parts = [part for part in parts if len(part)]
        self._rows = sum(map(len, self._parts))

    @property
    def parts(self) -> Sequence[Part]:
        return self._parts

    def __len__(self) -> int:
        return self._rows

    def __iter__(self) -> Iterator[list[str]]:
        for part in self._parts:
            yield from part if isinstance(part, Sequence) else map(list, part.iter_rows())

    @overload
    def __getitem__(self, at: int) -> list[str]: ...
    @overload
    def __getitem__(self, at: slice) -> RowCells: ...
    def __getitem__(self, at: int | slice) -> list[str] | RowCells:
        """A row, or rows that follow each other.

        Raises:
            IndexError: there is no such row.
            ValueError: a slice leaves rows out.
        """
        if isinstance(at, slice):
            start, stop, step = at.indices(self._rows)
            if step != 1:
                raise ValueError("rows are cut as they follow each other")
            return RowCells(list(self._cut(start, stop)))
        place = range(self._rows)[at]
        part = next(self._cut(place, place + 1))
        return part[0] if isinstance(part, Sequence) else list(part.row(0))

    def _cut(self, start: int, stop: int) -> Iterator[Part]:
        for part in self._parts:
            if start < len(part) and stop > 0:
                yield part[max(start, 0) : stop]
            start, stop = start - len(part), stop - len(part)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(one == two for one, two in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]  # as of any list


def parts_of(cells: Sequence[list[str]]) -> Sequence[Part]:
    """The rows as the parts in which they are held."""
    return cells.parts if isinstance(cells, RowCells) else [cells]


def joined(cells: Sequence[Sequence[list[str]]]) -> Sequence[list[str]]:
    """Rows behind one another; a plain list where all of them are."""
    if all(isinstance(some, list) for some in cells):
        return [row for some in cells for row in some]
    return RowCells([part for some in cells for part in parts_of(some)])
