"""List files opened safely: packed or not, CSV of any encoding; XML: `safe_xml`, workbooks: `safe_workbooks`.

A list file is untrusted. Whatever is read here is bounded in size, never fetches anything and runs nothing.
"""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from sanctionscreen.errors import Location, WatchlistError

MAX_BYTES = 2_000_000_000
"""Uncompressed; the largest official list has about 150 MB."""
MAX_RATIO = 200
"""Times that a file may grow when it is unpacked; lists of names pack to a tenth or less."""
MAX_CELL = 200_000
MAX_LINE = 1 << 24
"""Characters. Ours: a hundred cells as large as they may be."""
_BLOCK = 1 << 16
_MOST_HELD = 1000
_BLANK = "\x1a\x00\r\n \t"
_NO_UTF8 = re.compile("[\udc80-\udcff]")
_WINDOWS = {0xDC00 + byte: bytes([byte]).decode("cp1252", "ignore") or 0xDC00 + byte for byte in range(0x80, 0x100)}
"""Bytes as `surrogateescape` gives them; five have no meaning in Windows-1252."""


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


def text_lines(path: Path, encoding: str = "", unknown: Counter[str] | None = None) -> Iterator[str]:
    """The lines of a file, as they end there; NUL is dropped, as are blanks and 0x1A behind the last line.

    Args:
        encoding: of a file without a mark. Without, UTF-8, and bytes that are none as Windows-1252: older lists are
            written in it, and others were put together from parts in both.
        unknown: where such bytes are counted.

    Raises:
        WatchlistError: it is no text in its encoding, or has a line of more than `MAX_LINE` characters.
    """
    held: list[str] = []  # the last line that is not blank, and blank ones behind it
    with opened(path) as stream:
        try:
            for line in _decoded(stream, encoding):
                if len(line) == MAX_LINE:
                    raise WatchlistError(f"has a line of {MAX_LINE:,} characters and more", Location(path.name))
                is_blank = not line.strip(_BLANK)
                if not is_blank or len(held) > _MOST_HELD:
                    yield from held
                    held.clear()
                held.append(_clean(line, path, "" if encoding else "utf-8 or cp1252", unknown))
        except UnicodeError as error:
            raise WatchlistError(f"is no text in {encoding or 'utf-16'}: {error}", Location(path.name)) from error
    if last := "".join(held).rstrip(_BLANK):
        yield last


def _decoded(stream: IO[bytes], encoding: str) -> Iterator[str]:
    start = stream.peek(4)[:4]  # type: ignore[attr-defined]  # `opened` gives a buffered reader
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = io.TextIOWrapper(stream, "utf-16", newline="")
    elif encoding and not start.startswith(codecs.BOM_UTF8):
        text = io.TextIOWrapper(stream, encoding, newline="")
    else:
        text = io.TextIOWrapper(stream, "utf-8-sig", "surrogateescape", newline="")
    return iter(lambda: text.readline(MAX_LINE), "")


def _clean(line: str, path: Path, either: str, unknown: Counter[str] | None) -> str:
    """A line without NUL; where two encodings are possible, bytes of the second one become its letters."""
    if either and not line.isascii() and (lost := len(_NO_UTF8.findall(line))):
        line = line.translate(_WINDOWS)
        if _NO_UTF8.search(line):
            raise WatchlistError(f"is no text in {either}", Location(path.name))
        if unknown is not None:
            unknown["bytes that are no UTF-8, read as Windows-1252"] += lost
    return line.replace("\x00", "")


def csv_rows(
    path: Path, *, delimiter: str = ",", encoding: str = "", unknown: Counter[str] | None = None
) -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV file with the number of the line on which each ends; blank rows are left out.

    Args:
        encoding, unknown: as `text_lines`.

    Raises:
        WatchlistError: it is no text, or a cell has more than `MAX_CELL` characters.
    """
    csv.field_size_limit(MAX_CELL)
    reader = csv.reader(text_lines(path, encoding, unknown), delimiter=delimiter)
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield reader.line_num, row
    except csv.Error as error:
        raise WatchlistError(f"is not CSV: {error}", Location(path.name, reader.line_num)) from error
