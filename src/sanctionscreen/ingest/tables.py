"""Tables out of files: delimited text of any usual make, as chunks of cells that stay in their places."""

from __future__ import annotations

import codecs
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from sanctionscreen.errors import InputError, Location
from sanctionscreen.ingest.delimited import Record, RecordReader, find_delimiter, large_cells
from sanctionscreen.ingest.encodings import Encoding, find_encoding
from sanctionscreen.ingest.habits import Habits, find_habits, may_be_open
from sanctionscreen.ingest.headers import HeaderMap, known_columns, map_headers
from sanctionscreen.ingest.sources import Source, open_bytes, open_lines, readable, refuse_other_formats, spooled
from sanctionscreen.values import Habit

CHUNK_ROWS = 100_000
_SAMPLE_LINES = 200
_SAMPLE_ROWS = 10_000
"""Rows in which open dates and decimal commas are looked for; a fixed number, so that chunks never matter."""
_MOST_TITLES = 20
"""Records before the header, at most, that name a report and not its columns."""
_SURELY_A_HEADER = 3
"""So many known headers in one record are no accident."""
_SEPARATOR_LINE = re.compile(r"sep=(?P<mark>.)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Chunk:
    """Rows of a table, in order."""

    first_row: int
    """Number of the first row, counted from 1; the header is not counted."""
    cells: list[list[str]]
    """The cells of each row as they are in the file. A row without a reject has one for each header."""
    rejects: dict[int, str]
    """Why a row does not fit the header, by its place in `cells`; it stays there with all its cells."""


@dataclass(slots=True)
class Table:
    """A delimited file whose header is known; close it, or use it as a context, when it came from a stream."""

    name: str
    header_map: HeaderMap
    header_cells: tuple[str, ...]
    """Headers exactly as written; `headers` are the same made unique."""
    encoding: Encoding
    delimiter: str
    chunk_rows: int
    _source: Source
    _skipped: int
    """Lines before the header."""
    habits: Mapping[str, Habit] = field(default_factory=dict)
    """How columns write what could be read two ways, by field: for `read_columns`."""
    notes: list[str] = field(default_factory=list)
    """What a person should know about the reading; blank lines are known once the chunks have been read."""
    _blank_lines: list[int] = field(default_factory=list)

    @property
    def headers(self) -> tuple[str, ...]:
        return self.header_map.headers

    @property
    def mapping(self) -> Mapping[str, str]:
        """Field by header."""
        return self.header_map.mapping

    @property
    def unmapped(self) -> tuple[str, ...]:
        return self.header_map.unmapped

    def chunks(self) -> Iterator[Chunk]:
        """The rows, in chunks; every record of the file is in one of them."""
        yield from self._chunks(self.chunk_rows)
        if self._blank_lines and (note := _blank_note(self._blank_lines)) not in self.notes:
            self.notes.append(note)

    def _chunks(self, rows: int) -> Iterator[Chunk]:
        with open_lines(self._source, self.encoding) as lines:
            reader = RecordReader(lines, self.delimiter, len(self.header_cells))
            records = islice(iter(reader), self._skipped + 1, None)
            first_row = 1
            while batch := _batch(records, rows):
                yield self._chunk(first_row, batch)
                first_row += len(batch)
            self._blank_lines = reader.blank_lines

    def columns(self, chunk: Chunk) -> dict[str, list[str]]:
        """The cells of the mapped columns by field; those of rejected rows are empty."""
        blank = [""] * len(self.headers)
        rows = [blank if at in chunk.rejects else row for at, row in enumerate(chunk.cells)]
        columns = list(zip(*rows, strict=True)) if rows else [() for _ in self.headers]
        return self.header_map.by_field(columns)

    def close(self) -> None:
        if not isinstance(self._source, Path):
            self._source.close()

    def __enter__(self) -> Table:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _chunk(self, first_row: int, batch: Sequence[Record]) -> Chunk:
        cells: list[list[str]] = []
        rejects: dict[int, str] = {}
        for at, record in enumerate(batch):
            row, fault = self._aligned(record)
            cells.append(row)
            if fault:
                rejects[at] = f"line {record.line}: {fault}"
        return Chunk(first_row, cells, rejects)

    def _aligned(self, record: Record) -> tuple[list[str], str]:
        """The cells with one for each header, or the reason why that cannot be."""
        cells, width = record.cells, len(self.header_cells)
        if record.fault or len(cells) == width:
            return cells, record.fault
        if len(cells) > width and not any(cell.strip() for cell in cells[width:]):
            return cells[:width], ""  # delimiters at the end of the line
        if len(cells) < width and not any(header.strip() for header in self.header_cells[len(cells) :]):
            return [*cells, *[""] * (width - len(cells))], ""  # only columns without a name are missing
        return cells, f"{len(cells)} cells, but the header has {width}"


def open_table(
    source: Path | BinaryIO,
    *,
    chunk_rows: int = CHUNK_ROWS,
    encoding: str | None = None,
    delimiter: str | None = None,
) -> Table:
    """A table of delimited text, with its encoding, delimiter, header and columns found out.

    Args:
        source: a file, `Path("-")` for standard input, or a binary stream. A stream is copied to a temporary file.
        chunk_rows: rows in a chunk; no result depends on it.
        encoding: a codec of Python, when it is known.
        delimiter: the character between cells, when it is known.

    Raises:
        InputError: it cannot be opened, is empty or no delimited text, or has no column that can be screened.
    """
    name = str(source) if isinstance(source, Path) else str(getattr(source, "name", "the stream"))
    if isinstance(source, Path) and name == "-":
        name, source = "standard input", sys.stdin.buffer
    held = readable(source) if isinstance(source, Path) else spooled(source)
    try:
        return _table(held, name, chunk_rows, encoding, delimiter)
    except BaseException:
        if not isinstance(held, Path):
            held.close()
        raise


def _table(source: Source, name: str, chunk_rows: int, encoding: str | None, delimiter: str | None) -> Table:
    at = Location(name)
    with open_bytes(source) as stream:
        refuse_other_formats(stream, at)
        found = Encoding(_known(encoding, at), "replace") if encoding else find_encoding(stream)
    with open_lines(source, found) as lines:
        sample = list(islice(lines, _SAMPLE_LINES))
    said = _SEPARATOR_LINE.match(sample[0]) if sample else None  # Excel writes and obeys such a first line
    delimiter = delimiter or (said["mark"] if said else find_delimiter(sample))
    header, before = _header(sample[1:] if said else sample, delimiter, at)
    header_map = map_headers(unique(header), at)
    skipped = f"the header is record {before + 1}; what stands before it is no row" if before else ""
    notes = [note for note in (found.note, skipped, *header_map.notes) if note]
    table = Table(
        name, header_map, tuple(header), found, delimiter, chunk_rows, source, before + bool(said), notes=notes
    )
    habits = _habits(table)
    table.habits = habits.proved
    table.notes.extend(habits.notes)
    return table


def _known(encoding: str, at: Location) -> str:
    try:
        return codecs.lookup(encoding).name
    except LookupError as bad:
        raise InputError(
            f"{encoding!r} is no encoding; use utf-8, cp1251, gb18030 or another codec of Python", at
        ) from bad


def unique(headers: Sequence[str]) -> list[str]:
    """Headers as keys: one without a name is called by its place, a repeated one gets a number.

    >>> unique(["Name", "", "Name"])
    ['Name', 'column 2', 'Name (2)']
    """
    taken: set[str] = set()
    found = []
    for place, header in enumerate(headers, 1):
        wanted = header if header.strip() else f"column {place}"
        name, count = wanted, 1
        while name in taken:
            count += 1
            name = f"{wanted} ({count})"
        taken.add(name)
        found.append(name)
    return found


def _habits(table: Table) -> Habits:
    """Only a table whose first rows hold open dates or commas in numbers is read through for proof."""
    first = next(table._chunks(_SAMPLE_ROWS), None)  # one class, in two halves
    cells = {} if first is None else table.columns(first)
    wanted = [name for name in cells if any(may_be_open(name, cell) for cell in cells[name])]
    if not wanted:
        return Habits()
    parts = (table.columns(chunk) for chunk in table._chunks(_SAMPLE_ROWS))
    return find_habits({name: columns[name] for name in wanted} for columns in parts)


def _header(sample: Sequence[str], delimiter: str, at: Location) -> tuple[list[str], int]:
    """The cells of the header, and how many records stand before it: the titles of an extract."""
    with large_cells():
        records = list(islice(RecordReader(sample, delimiter), _MOST_TITLES + 1))
    if not records:
        raise InputError("the file is empty; its first line must name the columns", at)
    if not known_columns(records[0].cells):
        for before, record in enumerate(records):
            if known_columns(record.cells) >= _SURELY_A_HEADER:
                return record.cells, before
    return records[0].cells, 0


def _batch(records: Iterator[Record], rows: int) -> list[Record]:
    with large_cells():
        return list(islice(records, rows))


def _blank_note(lines: Sequence[int]) -> str:
    count = "1 blank line is" if len(lines) == 1 else f"{len(lines)} blank lines are"
    return f"{count} no row and not counted, the first at line {lines[0]}"
