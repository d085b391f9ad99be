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
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from sanctionscreen.errors import Location, WatchlistError

MAX_BYTES = 2_000_000_000
"""Uncompressed; the largest official list has about 150 MB."""
MAX_RATIO = 200
"""Times that a file may grow when it is unpacked; lists of names pack to a tenth or less."""
MAX_CELL = 200_000
_BLOCK = 1 << 16
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


def text_of(path: Path, encodings: Collection[str] = (), unknown: Counter[str] | None = None) -> io.StringIO:
    """A file as text; NUL, and 0x1A at the end, are dropped.

    Args:
        encodings: one of them; without, UTF-8 or UTF-16 by its mark, and bytes that are no UTF-8 as Windows-1252: older
            lists are written in it, and others were put together from parts in both.
        unknown: where such bytes are counted.

    Raises:
        WatchlistError: it is no text in any of them.
    """
    with opened(path) as stream:
        data = stream.read()
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = _decoded(data, ("utf-16",), path)
    elif encodings and not data.startswith(codecs.BOM_UTF8):
        text = _decoded(data, encodings, path)
    else:
        text = _mixed(data.removeprefix(codecs.BOM_UTF8), path, unknown)
    return io.StringIO(text.rstrip("\x1a\x00\r\n \t").replace("\x00", ""), newline="")


def _decoded(data: bytes, encodings: Collection[str], path: Path) -> str:
    for encoding in encodings:
        with suppress(UnicodeDecodeError):
            return data.decode(encoding)
    raise WatchlistError(f"is no text in {' or '.join(encodings)}", Location(path.name))


def _mixed(data: bytes, path: Path, unknown: Counter[str] | None) -> str:
    text = data.decode("utf-8", "surrogateescape")
    lost = len(_NO_UTF8.findall(text))
    if not lost:
        return text
    text = text.translate(_WINDOWS)
    if _NO_UTF8.search(text):
        raise WatchlistError("is no text in utf-8 or cp1252", Location(path.name))
    if unknown is not None:
        unknown["bytes that are no UTF-8, read as Windows-1252"] += lost
    return text


def csv_rows(
    path: Path, *, delimiter: str = ",", encodings: Collection[str] = (), unknown: Counter[str] | None = None
) -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV file with the number of the line on which each ends; blank rows are left out.

    Args:
        encodings, unknown: as `text_of`.

    Raises:
        WatchlistError: it is no text, or a cell has more than `MAX_CELL` characters.
    """
    csv.field_size_limit(MAX_CELL)
    reader = csv.reader(text_of(path, encodings, unknown), delimiter=delimiter)
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield reader.line_num, row
    except csv.Error as error:
        raise WatchlistError(f"is not CSV: {error}", Location(path.name, reader.line_num)) from error
