"""Tables out of files of every usual format, as chunks of cells that stay in their places."""

from __future__ import annotations

import codecs
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from sanctionscreen.errors import InputError, Location
from sanctionscreen.fields import PARTY_NAMES
from sanctionscreen.ingest.chunks import Chunk, aligned, in_chunks
from sanctionscreen.ingest.habits import Habits, find_habits, may_be_open
from sanctionscreen.ingest.headers import HeaderMap, field_of
from sanctionscreen.ingest.mapping import ColumnMapping
from sanctionscreen.ingest.openers import Wanted, open_rows
from sanctionscreen.ingest.row_cells import Part
from sanctionscreen.ingest.rows import Rows, fractions_of
from sanctionscreen.ingest.sheet_choice import SURELY_A_HEADER
from sanctionscreen.ingest.sources import Source, readable, spooled
from sanctionscreen.values import Habit

CHUNK_ROWS = 100_000
_LONGEST_TITLE = 200
_SAMPLE_ROWS = 10_000
"""Rows in which open dates and decimal commas are looked for; a fixed number, so that chunks never matter."""


@dataclass(slots=True)
class Table:
    """A file whose header is known; close it, or use it as a context, when it came from a stream."""

    name: str
    header_map: HeaderMap
    header_cells: tuple[str, ...]
    """Headers exactly as written; `headers` are the same made unique."""
    form: Mapping[str, str]
    """How it is read: format, and encoding, delimiter or sheet where it has one."""
    chunk_rows: int
    _rows: Rows
    _source: Source
    _before: int
    """Records before the header."""
    habits: Mapping[str, Habit] = field(default_factory=dict)
    """How columns write what could be read two ways, by field: for `read_columns`."""
    notes: list[str] = field(default_factory=list)
    """What a person should know about the reading; some is known only once the chunks have been read."""

    @property
    def headers(self) -> tuple[str, ...]:
        return self.header_map.headers

    @property
    def mapping(self) -> Mapping[str, str]:
        """Field by header."""
        return self.header_map.mapping

    @property
    def header_row(self) -> int:
        """Number of the row or record that names the columns, as the format counts them."""
        return _number(self._rows, self._before)

    @property
    def unmapped(self) -> tuple[str, ...]:
        return self.header_map.unmapped

    def chunks(self) -> Iterator[Chunk]:
        """The rows, in chunks; every record of the file is in one of them."""
        yield from self._chunks(self.chunk_rows)
        self.notes.extend(note for note in self._rows.closing_notes() if note not in self.notes)

    def _chunks(self, rows: int) -> Iterator[Chunk]:
        return in_chunks(self._rows.batches(self._before, self.header_cells), rows)

    def first_rows(self, rows: int) -> Chunk:
        """Up to so many rows from the start, as a look into the file."""
        return next(self._chunks(rows), Chunk(1, [], {}))

    def columns(self, chunk: Chunk) -> dict[str, list[str]]:
        """The cells of the mapped columns by field; those of rejected rows are empty."""
        parts, read = aligned(chunk, len(self.headers)), self.header_map.read
        return self.header_map.by_field(
            [_column(parts, place) if place in read else [] for place in range(len(self.headers))]
        )

    def close(self) -> None:
        if not isinstance(self._source, Path):
            self._source.close()

    def __enter__(self) -> Table:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_table(
    source: Path | BinaryIO,
    *,
    chunk_rows: int = CHUNK_ROWS,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | int | None = None,
    mapping: ColumnMapping | None = None,
) -> Table:
    """A table of any usual format, with its format, encoding, header and columns found out.

    Read are delimited text, JSON, JSON lines and invoices in XML (UBL 2.1, Cross Industry Invoice), each also packed
    with gzip, workbooks (XLSX, XLS, XLSB, ODS) and Parquet. The bytes of a file say which it is, not its name.

    Args:
        source: a file, `Path("-")` for standard input, or a binary stream. A stream is copied to a temporary file.
        chunk_rows: rows in a chunk; no result depends on it.
        encoding: a codec of Python, when it is known (text formats).
        delimiter: the character between cells, when it is known (delimited text).
        sheet: name or number (from 1) of a workbook's sheet; default: the one whose header is known best.
        mapping: which column holds which field, and how the file is read, where a person has said so; encoding,
            delimiter and sheet count before what it says of them.

    Raises:
        InputError: it cannot be opened, is empty or of no such format, or has no column that can be screened.
    """
    name = str(source) if isinstance(source, Path) else str(getattr(source, "name", "the stream"))
    if isinstance(source, Path) and name == "-":
        name, source = "standard input", sys.stdin.buffer
    held = readable(source) if isinstance(source, Path) else spooled(source)
    said = mapping or ColumnMapping()
    try:
        codec = _codec(encoding or said.encoding, Location(name))
        wanted = Wanted(codec, delimiter or said.delimiter, said.sheet if sheet is None else sheet, said.known)
        return _table(held, name, chunk_rows, wanted, said)
    except BaseException:
        if not isinstance(held, Path):
            held.close()
        raise


def _table(source: Source, name: str, chunk_rows: int, wanted: Wanted, mapping: ColumnMapping) -> Table:
    at = Location(name)
    rows = open_rows(source, name, wanted)
    head = rows.head()
    if mapping.header_row is None:
        header, before = find_header(head, wanted.known, at)
    else:
        header, before = _said_header(rows, head, mapping.header_row, at)
    header_map = mapping.header_map(unique(header), at)
    skipped = f"the header is {rows.place(before)}; what stands before it is no row" if before else ""
    letterhead = _letterhead(head[:before], header_map)
    notes = [note for note in (*rows.notes, skipped, letterhead, *header_map.notes) if note]
    table = Table(name, header_map, tuple(header), rows.form, chunk_rows, rows, source, before, notes=notes)
    habits = mapping.settle(_habits(table))
    table.habits = habits.proved
    table.notes.extend(habits.notes)
    return table


def _letterhead(records: Sequence[list[str]], header_map: HeaderMap) -> str:
    """What to say of parties that stand over the table, as on an invoice: no row holds them."""
    found: dict[str, str] = {}
    for cell in (cell for record in records for cell in record):
        said = cell[:_LONGEST_TITLE].partition(":")[0].strip()
        match = field_of(said) if said else None
        if match is not None and match.field in PARTY_NAMES and match.field not in header_map.collected:
            found.setdefault(match.field, said)
    if not found:
        return ""
    shown = ", ".join(f"{said!r} ({name})" for name, said in found.items())
    return (
        f"over the table stands {shown}: nobody there is screened; name them as constants of a mapping"
        f" (constants: {next(iter(found))}: …)"
    )


def _column(parts: Sequence[Part], place: int) -> list[str]:
    cells: list[str] = []
    for part in parts:
        cells += [row[place] for row in part] if isinstance(part, Sequence) else part.to_series(place).to_list()
    return cells


def _codec(encoding: str | None, at: Location) -> str | None:
    try:
        return None if encoding is None else codecs.lookup(encoding).name
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


def find_header(
    records: Sequence[list[str]], known: Callable[[Sequence[str]], int], at: Location
) -> tuple[list[str], int]:
    """The cells of the header among the first records, and how many stand before it: the titles of an extract.

    Raises:
        InputError: there are no records.
    """
    if not records:
        raise InputError("the file is empty; its first line must name the columns", at)
    before, count = 0, known(records[0])
    for place, record in enumerate(records[1:], 1):
        # A title may hold a known word or two beside its text; the header holds more of them. Of a header over two
        # lines, the second is the finer.
        if count >= SURELY_A_HEADER and place > before + 1:
            break
        found = known(record)
        if found >= SURELY_A_HEADER and found > count:
            before, count = place, found
    return records[before], before


def _said_header(rows: Rows, head: Sequence[list[str]], row: int, at: Location) -> tuple[list[str], int]:
    """The header where the mapping says that it is.

    Raises:
        InputError: nothing stands there, or it is too far down.
    """
    for before, cells in enumerate(head):
        if _number(rows, before) == row:
            return cells, before
    last = _number(rows, len(head) - 1) if head else 0
    raise InputError(f"the mapping says header_row: {row}; headers are looked for in filled rows up to {last}", at)


def _number(rows: Rows, before: int) -> int:
    """The number of a record in the words of its format: row 6 of the sheet, record 2."""
    found = re.search(r"\d+", rows.place(before))
    return int(found[0]) if found else before + 1


def _habits(table: Table) -> Habits:
    """Only a table whose first rows hold open dates or commas in numbers is read through for proof."""
    first = table.first_rows(_SAMPLE_ROWS)
    cells = table.columns(first) if first.cells else {}
    wanted = [name for name in cells if any(may_be_open(name, cell) for cell in cells[name])]
    if not wanted:
        return Habits()
    parts = (table.columns(chunk) for chunk in table._chunks(_SAMPLE_ROWS))
    return find_habits(({name: columns[name] for name in wanted} for columns in parts), lambda: _pointed(table))


def _pointed(table: Table) -> frozenset[str]:
    """The fields of columns in which a cell read so far is a number with a fraction."""
    places = fractions_of(table._rows)
    held = (
        (name, {first, *table.header_map.others.get(name, ())}) for name, first in table.header_map.positions.items()
    )
    return frozenset(name for name, columns in held if not places.isdisjoint(columns))
