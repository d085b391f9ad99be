"""Bytes and lines of a source that can be read more than once: a file, or a stream that was copied; gzip unpacked."""

from __future__ import annotations

import gzip
import io
import shutil
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

from sanctionscreen.errors import InputError, Location
from sanctionscreen.ingest.encodings import Encoding

Source = Path | BinaryIO
"""A file, which is opened for each reading, or a stream that can go back to its start."""

GZIP = b"\x1f\x8b"
_SPOOLED = 64 << 20
"""Bytes of a stream that are held in memory; what is longer waits on disk."""
_BLOCK = 1 << 18
_LONGEST_LINE = 64 << 20
"""Bytes between two line ends; a table with more in one line is none, and would be held in memory whole."""
_MOST_GROWTH = 200
"""Times that a packed file may grow; tables pack to a tenth, a hundredth at most, and deflate ends at a thousandth."""
_FREE_GROWTH = 1 << 30
"""Bytes that any packed file may give: a small test file of equal rows packs better than real ones."""


def readable(path: Path) -> Source:
    """The file itself, or a copy of what a pipe gives.

    Raises:
        InputError: there is no such file, or it is a folder or may not be read.
    """
    at = Location(str(path))
    if path.is_dir():
        raise InputError("is a folder; give one file", at)
    if not path.exists():
        raise InputError("there is no such file", at)
    if path.is_file():
        return path
    with open_bytes(path) as stream:  # a pipe can be read once only
        return spooled(stream)


def spooled(stream: BinaryIO) -> BinaryIO:
    """A copy of a stream that can be read more than once; it is gone when it is closed."""
    held = tempfile.SpooledTemporaryFile(max_size=_SPOOLED)  # noqa: SIM115 - lives as long as its table
    shutil.copyfileobj(stream, held)
    return held  # type: ignore[return-value]  # a binary stream in all but name


@contextmanager
def open_bytes(source: Source) -> Iterator[BinaryIO]:
    """The bytes of a source from its start, as they are."""
    if not isinstance(source, Path):
        source.seek(0)
        yield source
        return
    try:
        stream = source.open("rb")
    except OSError as bad:
        raise InputError(f"cannot be opened: {bad.strerror or bad}", Location(str(source))) from bad
    with stream:
        yield stream


@contextmanager
def open_unpacked(source: Source, name: str, longest_line: int | None = None) -> Iterator[BinaryIO]:
    """The bytes of a source from its start, unpacked where it is gzip (by its first bytes, whatever its name).

    Raises:
        InputError: while it is read: it is damaged or cut, grows without bound, or has a line without an end.
    """
    with open_bytes(source) as stream:
        is_packed = stream.read(2) == GZIP
        size = stream.seek(0, io.SEEK_END)
        stream.seek(0)
        inner: IO[bytes] = cast("IO[bytes]", gzip.GzipFile(fileobj=stream, mode="rb")) if is_packed else stream
        most = max(size * _MOST_GROWTH, _FREE_GROWTH) if is_packed else None
        yield cast("BinaryIO", io.BufferedReader(_Bounded(inner, name, most, longest_line), _BLOCK))


@contextmanager
def open_lines(source: Source, encoding: Encoding, name: str) -> Iterator[Iterator[str]]:
    """The lines of a source from its start, with their ends as they are."""
    with open_unpacked(source, name, _LONGEST_LINE) as stream:
        text = TextIOWrapper(stream, encoding.codec, encoding.errors, newline="")
        try:
            yield iter(text)
        finally:
            text.detach()  # the stream is closed by whoever opened it


class _Bounded(io.RawIOBase):
    """A stream that ends with an error when more comes out than may be."""

    def __init__(self, stream: IO[bytes], name: str, most: int | None, longest_line: int | None) -> None:
        self._stream, self._name = stream, name
        self._left, self._longest_line = most, longest_line
        self._open_line = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            block = self._stream.read(len(buffer))
        except (EOFError, zlib.error, gzip.BadGzipFile) as bad:
            raise InputError(f"is packed with gzip and damaged or cut: {bad}", Location(self._name)) from bad
        except OSError as bad:
            raise InputError(f"cannot be read: {bad.strerror or bad}", Location(self._name)) from bad
        if self._left is not None:
            self._left -= len(block)
            if self._left < 0:
                raise InputError("grows without bound when it is unpacked; unpack it and look", Location(self._name))
        if self._longest_line is not None:
            self._measure(block, self._longest_line)
        buffer[: len(block)] = block
        return len(block)

    def _measure(self, block: bytes, longest: int) -> None:
        end = max(block.rfind(b"\n"), block.rfind(b"\r"))
        self._open_line = self._open_line + len(block) if end < 0 else len(block) - end
        if self._open_line > longest:
            raise InputError(f"has a line of more than {longest >> 20} MB; it is no table", Location(self._name))
