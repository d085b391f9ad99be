"""Records of delimited text: quotes, line ends within them, quotes that never close, and blank lines."""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import NamedTuple, cast

from sanctionscreen.ingest.encodings import Encoding
from sanctionscreen.ingest.headers import known_columns
from sanctionscreen.ingest.plain_lines import can_be_plain, plain_rows
from sanctionscreen.ingest.row_cells import RowCells
from sanctionscreen.ingest.rows import MOST_TITLES, Batch
from sanctionscreen.ingest.sources import Source, open_lines

DELIMITERS = (",", ";", "\t", "|")
UNCLOSED = "a quotation mark is opened and not closed where a cell ends"
_LARGEST_CELL = 2**31 - 1
_LONGEST_RECORD = 500
"""Lines within one record; a cell of more is a quotation mark that was never closed, and costs a rescan of as many."""
_MOST_CHARACTERS = 64 << 20
"""Characters within one record, for the same reason."""
_BATCH_LINES = 4096
"""Lines that are cut together where nothing is odd: enough to forget the price of a call, few enough to read again."""
_BLOCK_BATCHES = 4
"""Batches that Polars cuts at once: its price for a call is that of some hundred lines."""
_BLOCK_CHARACTERS = 8 << 20
"""Characters from which on no further batch is added: lines are held, and their columns beside them."""
_SAMPLE_LINES = 200
_SEPARATOR_LINE = re.compile(r"sep=(?P<mark>.)\s*$", re.IGNORECASE)


class Record(NamedTuple):
    """The cells of one record as written, and the number of its first line; a fault says why they cannot be trusted."""

    cells: list[str]
    line: int
    fault: str = ""


class _Lines:
    """Lines of which some may be given back."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._back: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        return self._back.pop() if self._back else next(self._lines)

    def take(self, most: int) -> list[str]:
        """The next lines, so many where there are as many."""
        given = self._back[-most:]
        del self._back[-most:]
        return [*reversed(given), *islice(self._lines, most - len(given))]

    def give_back(self, lines: Sequence[str]) -> None:
        """They come again, as the next ones."""
        self._back.extend(reversed(lines))


class RecordReader:
    """Reads records off lines.

    A quotation mark that is never closed swallows the lines behind it. Such a record is taken apart: its first line
    stands for itself, and the others are read again.
    """

    def __init__(self, lines: Iterable[str], delimiter: str, width: int = 0) -> None:
        """Read the lines; the width is the number of cells a record should have, 0 while it is not known."""
        self.width = width
        self.blank_lines = 0
        """Lines between records on which nothing stands."""
        self.first_blank = 0
        """Number of the first of them; 0 while there is none."""
        self._lines = _Lines(lines)
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
                self.blank_lines += 1
                self.first_blank = self.first_blank or line

    def together(self) -> Iterator[Sequence[list[str]] | list[Record]]:
        """The records in lists: what is not odd is cut together, to the same cells as one by one.

        Behind a batch in which nothing is odd, blocks are cut as columns for as long as nothing is.
        """
        while lines := self._lines.take(_BATCH_LINES):
            cells, taken = self._plain(lines)
            self._line += taken
            if cells:
                yield cells
            if taken == len(lines):
                yield from self._as_columns()
                continue
            self._waiting.extend(self._without_blanks(lines[taken:]))
            while self._waiting and (records := list(islice(self._until_read(), _BATCH_LINES))):
                yield records

    def _as_columns(self) -> Iterator[RowCells]:
        """The records up to the first line that is not surely one."""
        if not can_be_plain(self._delimiter, self.width):
            return
        while lines := self._block():
            frame = plain_rows(lines, self._delimiter, self.width)
            taken = 0 if frame is None else len(frame)
            self._line += taken
            if frame is not None:
                yield RowCells([frame])
            if taken < len(lines):
                self._lines.give_back(lines[taken:])
                return

    def _block(self) -> list[str]:
        lines: list[str] = []
        characters = 0
        for _ in range(_BLOCK_BATCHES):
            batch = self._lines.take(_BATCH_LINES)
            lines += batch
            characters += sum(map(len, batch))
            if characters > _BLOCK_CHARACTERS:
                break
        return lines

    def _plain(self, lines: list[str]) -> tuple[list[list[str]], int]:
        """The records before the first that is odd, does not fit or is cut by the end; and the lines they take."""
        cells: list[list[str]] = []
        taken = 0
        if self.width < 2:  # a blank line would look like a record
            return cells, taken
        reader = csv.reader(lines, delimiter=self._delimiter, strict=True)
        try:
            for row in reader:
                if len(row) != self.width or reader.line_num - taken >= _LONGEST_RECORD:
                    break
                cells.append(row)
                taken = reader.line_num
        except csv.Error:
            pass
        return cells, taken

    def _without_blanks(self, lines: list[str]) -> list[str]:
        """The lines, or none of them where nothing stands on any: a file may end in millions."""
        if not lines or "".join(lines).strip("\r\n"):
            return lines
        self.first_blank = self.first_blank or self._line + 1
        self.blank_lines += len(lines)
        self._line += len(lines)
        return []

    def _until_read(self) -> Iterator[Record]:
        """Records one by one, up to the first behind the lines that wait."""
        for record in self:
            yield record
            if not self._waiting:
                return

    def _reader(self) -> Iterator[list[str]]:
        return csv.reader(self._feed(), delimiter=self._delimiter, strict=True)

    def _feed(self) -> Iterator[str]:
        characters = 0
        while True:
            characters = characters if self._taken else 0
            if len(self._taken) >= _LONGEST_RECORD or characters > _MOST_CHARACTERS:
                return
            line = self._waiting.popleft() if self._waiting else next(self._lines, None)
            if line is None:
                return
            self._taken.append(line)
            characters += len(line)
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


class DelimitedRows:
    """The rows of delimited text."""

    def __init__(self, source: Source, name: str, encoding: Encoding, delimiter: str | None = None) -> None:
        """Find out what cuts the cells, where it is not given."""
        with open_lines(source, encoding, name) as lines:
            sample = list(islice(lines, _SAMPLE_LINES))
        said = _SEPARATOR_LINE.match(sample[0]) if sample else None  # Excel writes and obeys such a first line
        self._source, self._name, self._encoding = source, name, encoding
        self._is_said = bool(said)
        self._sample = sample[1:] if said else sample
        self._delimiter = delimiter or (said["mark"] if said else find_delimiter(sample))
        self._last: RecordReader | None = None

    @property
    def form(self) -> Mapping[str, str]:
        return {"format": "delimited text", "encoding": self._encoding.codec, "delimiter": self._delimiter}

    @property
    def notes(self) -> Sequence[str]:
        return [self._encoding.note] if self._encoding.note else []

    def head(self) -> list[list[str]]:
        with large_cells():
            records = islice(RecordReader(self._sample, self._delimiter), MOST_TITLES + 1)
            return [record.cells for record in records]

    def place(self, before: int) -> str:
        return f"record {before + 1}"

    def batches(self, before: int, header: Sequence[str]) -> Iterator[Batch]:
        with open_lines(self._source, self._encoding, self._name) as lines:
            reader = self._last = RecordReader(lines, self._delimiter, len(header))
            for _ in islice(reader, before + self._is_said + 1):
                pass
            parts = reader.together()
            while True:
                with large_cells():  # one limit for the whole process: it is as it was between two batches
                    part = next(parts, None)
                if part is None:
                    return
                yield _batch(part, header)

    def closing_notes(self) -> Sequence[str]:
        count = self._last.blank_lines if self._last else 0
        if not count or self._last is None:
            return []
        said = "1 blank line is" if count == 1 else f"{count} blank lines are"
        return [f"{said} no row and not counted, the first at line {self._last.first_blank}"]


def _batch(part: Sequence[list[str]] | list[Record], header: Sequence[str]) -> Batch:
    if not isinstance(part[0], Record):  # it is all of one kind
        return Batch(cast("Sequence[list[str]]", part), {})
    cells: list[list[str]] = []
    rejects: dict[int, str] = {}
    for at, record in enumerate(cast("list[Record]", part)):
        row, fault = _aligned(record, header)
        cells.append(row)
        if fault:
            rejects[at] = f"line {record.line}: {fault}"
    return Batch(cells, rejects)


def _aligned(record: Record, header: Sequence[str]) -> tuple[list[str], str]:
    """The cells with one for each header, or the reason why that cannot be."""
    cells, width = record.cells, len(header)
    if record.fault or len(cells) == width:
        return cells, record.fault
    if len(cells) > width and not any(cell.strip() for cell in cells[width:]):
        return cells[:width], ""  # delimiters at the end of the line
    if len(cells) < width and not any(title.strip() for title in header[len(cells) :]):
        return [*cells, *[""] * (width - len(cells))], ""  # only columns without a name are missing
    return cells, f"{len(cells)} cells, but the header has {width}"


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
