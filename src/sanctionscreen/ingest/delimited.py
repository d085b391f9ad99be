"""Records of delimited text: quotes, line ends within them, quotes that never close, and blank lines."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from sanctionscreen.ingest.headers import known_columns

DELIMITERS = (",", ";", "\t", "|")
UNCLOSED = "a quotation mark is opened and not closed where a cell ends"
_LARGEST_CELL = 2**31 - 1
_LONGEST_RECORD = 500
"""Lines within one record; a cell of more is a quotation mark that was never closed, and costs a rescan of as many."""


class Record(NamedTuple):
    """The cells of one record as written, and the number of its first line; a fault says why they cannot be trusted."""

    cells: list[str]
    line: int
    fault: str = ""


class RecordReader:
    """Reads records off lines.

    A quotation mark that is never closed swallows the lines behind it. Such a record is taken apart: its first line
    stands for itself, and the others are read again.
    """

    def __init__(self, lines: Iterable[str], delimiter: str, width: int = 0) -> None:
        """Read the lines; the width is the number of cells a record should have, 0 while it is not known."""
        self.width = width
        self.blank_lines: list[int] = []
        """Numbers of the lines between records on which nothing stands."""
        self._lines = iter(lines)
        self._delimiter = delimiter
        self._waiting: deque[str] = deque()
        self._taken: list[str] = []
        self._line = 0

    def __iter__(self) -> Iterator[Record]:
        reader = self._reader()
        while True:
            self._taken.clear()
            try:
                cells = next(reader, None)
            except csv.Error:
                yield self._alone(self._line + 1)
                reader = self._reader()
                continue
            if cells is None:
                return
            line = self._line + 1
            if self._swallowed(cells):
                yield self._alone(line)
                reader = self._reader()
                continue
            self._line += len(self._taken)
            if len(cells) > 1 or "".join(cells).strip(" \t\x00\x1a"):
                yield Record(cells, line)
            else:
                self.blank_lines.append(line)

    def _reader(self) -> Iterator[list[str]]:
        return csv.reader(self._feed(), delimiter=self._delimiter, strict=True)

    def _feed(self) -> Iterator[str]:
        while len(self._taken) < _LONGEST_RECORD:
            line = self._waiting.popleft() if self._waiting else next(self._lines, None)
            if line is None:
                return
            self._taken.append(line)
            yield line

    def _swallowed(self, cells: Sequence[str]) -> bool:
        """The record runs over lines and does not fit, and its first line alone would."""
        return len(self._taken) > 1 and len(cells) != self.width and len(self._first_line()) == self.width

    def _alone(self, line: int) -> Record:
        self._line += 1
        self._waiting.extendleft(reversed(self._taken[1:]))
        cells = self._first_line()
        return Record(cells, line, UNCLOSED if self.width and len(cells) != self.width else "")

    def _first_line(self) -> list[str]:
        """The first line as cells: with its quotation marks as they are, if it fits so, else with them read."""
        text = self._taken[0].rstrip("\r\n")
        plain = text.split(self._delimiter)
        return plain if len(plain) == self.width else next(csv.reader([text], delimiter=self._delimiter), [])


@contextmanager
def large_cells() -> Iterator[None]:
    """While the block runs, csv reads cells of any size; its limit is one for the whole process."""
    before = csv.field_size_limit(_LARGEST_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def find_delimiter(lines: Sequence[str]) -> str:
    """The character that cuts the first lines best: most known headers, then most rows that fit, then most columns."""

    def fitness(delimiter: str) -> tuple[int, float, int]:
        header, *rows = [record.cells for record in RecordReader(lines, delimiter)] or [[]]
        fitting = sum(len(row) == len(header) for row in rows) / len(rows) if rows else 1.0
        return known_columns(header), fitting if len(header) > 1 else 0.0, len(header)

    with large_cells():
        return max(DELIMITERS, key=fitness)
