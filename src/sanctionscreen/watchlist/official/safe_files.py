"""List files opened safely: packed or not, XML without a document type, CSV of any encoding, bounded workbooks.

A list file is untrusted. Whatever is read here is bounded in size, never fetches anything and runs nothing.
"""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import zipfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any
from xml.etree import ElementTree
from xml.parsers import expat

from sanctionscreen.errors import Location, WatchlistError

MAX_BYTES = 2_000_000_000
"""Uncompressed; the largest official list has about 150 MB."""
MAX_RATIO = 200
"""Times that a file may grow when it is unpacked; lists of names pack to a tenth or less."""
MAX_CELL = 200_000
MAX_DEPTH = 60
_BLOCK = 1 << 16
_ENCODINGS = ("utf-8", "cp1252")


class _Bounded(io.RawIOBase):
    """A stream that ends with an error when more comes out than may be."""

    def __init__(self, stream: IO[bytes], most: int, name: str) -> None:
        self._stream, self._left, self._name = stream, most, name

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            block = self._stream.read(len(buffer))
        except (EOFError, gzip.BadGzipFile, OSError, zipfile.BadZipFile) as error:
            raise WatchlistError(f"is damaged or cut: {error}", Location(self._name)) from error
        self._left -= len(block)
        if self._left < 0:
            raise WatchlistError("grows without bound when it is unpacked", Location(self._name))
        buffer[: len(block)] = block
        return len(block)


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """A file as bytes, unpacked where it is gzip (by its first bytes, whatever its name).

    Raises:
        WatchlistError: it is not there, is damaged, or grows without bound.
    """
    try:
        size = path.stat().st_size
        raw = path.open("rb")
    except OSError as error:
        raise WatchlistError(f"cannot be read: {error.strerror}", Location(path.name)) from error
    with raw:
        is_packed = raw.read(2) == b"\x1f\x8b"
        raw.seek(0)
        stream: Any = gzip.GzipFile(fileobj=raw) if is_packed else raw
        most = min(MAX_BYTES, max(size * MAX_RATIO, 1 << 20)) if is_packed else MAX_BYTES
        yield io.BufferedReader(_Bounded(stream, most, path.name), _BLOCK)


def xml_root(path: Path) -> tuple[str, str]:
    """Namespace and name of the root element.

    Raises:
        WatchlistError: it is no XML, or declares a document type: lists need none, and bombs do.
    """
    found: list[str] = []
    parser = expat.ParserCreate(namespace_separator="}")

    def start(name: str, _: Any) -> None:
        found.append(name)

    def doctype(*_: Any) -> None:
        raise WatchlistError("declares a document type; a list has none, and it is not read", Location(path.name))

    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = doctype
    with opened(path) as stream:
        try:
            while not found and (block := stream.read(_BLOCK)):
                parser.Parse(block, False)
        except expat.ExpatError as error:
            if not found:
                raise WatchlistError(f"is not XML: {error}", Location(path.name)) from error
    if not found:
        raise WatchlistError("is not XML: it holds no element", Location(path.name))
    namespace, _, name = found[0].rpartition("}")
    return namespace, name


def xml_records(path: Path, tags: Collection[str]) -> Iterator[ElementTree.Element]:
    """The elements of some names, whole, one after the other, namespaces taken off; memory holds one at a time.

    Elements of these names within one another are given as parts of the outer one. Attributes of the root element and
    what stands outside the records is given where its name is among the tags.

    Raises:
        WatchlistError: as `xml_root`, or the file ends or breaks within.
    """
    xml_root(path)
    stack: list[ElementTree.Element] = []
    inside = 0
    with opened(path) as stream:
        try:
            for event, element in ElementTree.iterparse(stream, events=("start", "end")):  # noqa: S314  # no document type, bounded
                if event == "start":
                    element.tag = element.tag.rpartition("}")[2]
                    stack.append(element)
                    inside += element.tag in tags
                    if len(stack) > MAX_DEPTH:
                        raise WatchlistError(f"nests deeper than {MAX_DEPTH}", Location(path.name))
                    continue
                stack.pop()
                if element.tag in tags:
                    inside -= 1
                    if not inside:
                        yield element
                if not inside and stack:
                    stack[-1].remove(element)
        except ElementTree.ParseError as error:
            line = error.position[0] if error.position else None
            raise WatchlistError(f"is not XML, or is cut: {error}", Location(path.name, line)) from error


def text_of(path: Path, encodings: Collection[str] = _ENCODINGS) -> io.TextIOWrapper | io.StringIO:
    """A file as text: UTF-8, UTF-16 by its mark, else Windows-1252; NUL and 0x1A at the end are dropped."""
    with opened(path) as stream:
        data = stream.read()
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return io.StringIO(_decoded(data, (encoding,), path), newline="")
    return io.StringIO(_decoded(data, encodings, path), newline="")


def _decoded(data: bytes, encodings: Collection[str], path: Path) -> str:
    for encoding in encodings:
        try:
            return data.decode(encoding).rstrip("\x1a\x00\r\n \t").replace("\x00", "")
        except UnicodeDecodeError:
            continue
    raise WatchlistError(f"is no text in {' or '.join(encodings)}", Location(path.name))


def csv_rows(
    path: Path, *, delimiter: str = ",", encodings: Collection[str] = _ENCODINGS
) -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV file with the number of the line on which each ends; blank rows are left out.

    Raises:
        WatchlistError: it is no text, or a cell has more than `MAX_CELL` characters.
    """
    csv.field_size_limit(MAX_CELL)
    reader = csv.reader(text_of(path, encodings), delimiter=delimiter)
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield reader.line_num, row
    except csv.Error as error:
        raise WatchlistError(f"is not CSV: {error}", Location(path.name, reader.line_num)) from error


def workbook_rows(path: Path, sheet: str = "") -> Iterator[tuple[int, list[str]]]:
    """The rows of a sheet (the first without a name) as text, from 1; numbers without a fraction are written whole.

    Formulas give the value that was stored with them.

    Raises:
        WatchlistError: it is no workbook, grows without bound when unpacked, or has no such sheet.
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


def _check_archive(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            sizes = [(entry.file_size, entry.compress_size) for entry in archive.infolist()]
    except (OSError, zipfile.BadZipFile) as error:
        raise WatchlistError(f"is no workbook: {error}", Location(path.name)) from error
    unpacked, packed = (sum(column) for column in zip(*sizes, strict=True)) if sizes else (0, 0)
    if unpacked > MAX_BYTES or unpacked > max(packed * MAX_RATIO, 1 << 24):
        raise WatchlistError("grows without bound when it is unpacked", Location(path.name))


def _cell(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()
