"""Workbooks of strangers (xlsx) read safely: no formula runs, and nothing in them can fill memory.

The library that reads them holds a sheet as a full grid. One cell in the last corner of an empty sheet makes a grid of
seventeen thousand million, and ends the process. So the sheets are looked through before the library sees them.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any
from xml.parsers import expat

from sanctionscreen.errors import Location, WatchlistError

MAX_UNPACKED = 150_000_000
"""Bytes. Ours: ten times the largest list that is published as a workbook."""
MAX_RATIO = 200
"""Times that a workbook may grow when it is unpacked; those of lists grow tenfold."""
MAX_CELLS = 3_000_000
"""Of the grid of a sheet, empty ones too. Ours: four times the largest list, which has 19,000 rows of 36 cells."""
_ANY_RATIO = 1 << 24
"""Bytes that every workbook may have, however small it is packed."""
_BLOCK = 1 << 16
_MARKUP = (".xml", ".rels")
_GRID = b"sheetData"


def workbook_rows(path: Path, sheet: str = "") -> Iterator[tuple[int, list[str]]]:
    """The rows of a sheet (the first without a name) as text, from 1; numbers without a fraction are written whole.

    Formulas give the value that was stored with them.

    Raises:
        WatchlistError: it is no workbook, has no such sheet, or more in it than a list has.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    _check_archive(path)
    try:
        workbook = CalamineWorkbook.from_path(str(path))
        name = sheet or workbook.sheet_names[0]
        rows = workbook.get_sheet_by_name(name).iter_rows()
        for number, row in enumerate(rows, 1):
            cells = [_cell(value) for value in row]
            if any(cells):
                yield number, cells
    except (CalamineError, IndexError, OSError) as error:
        raise WatchlistError(f"is no workbook that can be read: {error}", Location(path.name)) from error


def _cell(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()


def _check_archive(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            unpacked = sum(entry.file_size for entry in entries)
            packed = sum(entry.compress_size for entry in entries)
            if unpacked > min(MAX_UNPACKED, max(packed * MAX_RATIO, _ANY_RATIO)):
                raise WatchlistError("grows without bound when it is unpacked", Location(path.name))
            for entry in entries:
                with archive.open(entry) as part:
                    _check_part(part, path.name, is_markup=entry.filename.casefold().endswith(_MARKUP))
    except (OSError, EOFError, RuntimeError, NotImplementedError, zipfile.BadZipFile, zlib.error) as error:
        raise WatchlistError(f"is no workbook: {error}", Location(path.name)) from error


def _check_part(part: IO[bytes], file: str, *, is_markup: bool) -> None:
    grid, before = _Grid(file), b""
    try:
        while block := part.read(_BLOCK):
            if is_markup:
                grid.take(block)
            elif _GRID in (before := before[-len(_GRID) :] + block):
                raise WatchlistError("has a sheet under a name that is none of a sheet", Location(file))
        if is_markup:
            grid.take(b"", is_last=True)
    except expat.ExpatError as error:
        raise WatchlistError(f"is no workbook: a part of it is not XML: {error}", Location(file)) from error


class _Grid:
    """How far the cells of a sheet reach: at least as far as any reader takes them to."""

    def __init__(self, file: str) -> None:
        self._file, self._row, self._rows, self._columns = file, "0", {"0"}, {""}
        self._more_rows = self._more_columns = self._step = 0
        """Rows and cells that do not say where they are stand behind those that do."""
        self._parser = expat.ParserCreate(namespace_separator="}")
        self._parser.StartElementHandler, self._parser.StartDoctypeDeclHandler = self._start, self._refuse

    def take(self, block: bytes, *, is_last: bool = False) -> None:
        self._parser.Parse(block, is_last)
        rows, columns = max(map(int, self._rows)), max(map(_column, self._columns))
        if (rows + self._more_rows) * (columns + self._more_columns) > MAX_CELLS:
            problem = f"has a sheet that reaches to row {rows:,} and column {columns:,}; no list does"
            raise WatchlistError(problem, Location(self._file))
        self._rows, self._columns = {str(rows)}, {max(self._columns, key=_column)}

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name.endswith("}c") or name == "c":
            if place := attributes.get("r"):
                letters = place.rstrip("0123456789")
                self._columns.add(letters[:4])
                if place[len(letters) :] != self._row:
                    self._found_row(place[len(letters) :])
            else:
                self._step += 1
                self._more_columns = max(self._more_columns, self._step)
        elif name.endswith("}row") or name == "row":
            self._step = 0
            self._found_row(attributes.get("r", ""))

    def _found_row(self, number: str) -> None:
        self._row = number
        self._rows.add(number[:9] if number.isdecimal() else "0")
        self._more_rows += not number.isdecimal()

    def _refuse(self, *_: Any) -> None:
        raise WatchlistError("declares a document type; a workbook has none, and it is not read", Location(self._file))


def _column(letters: str) -> int:
    """The number of a column from its letters: A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
