"""Bytes and lines of a source that can be read more than once: a file, or a stream that was copied."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO

from sanctionscreen.errors import InputError, Location
from sanctionscreen.ingest.encodings import Encoding

Source = Path | BinaryIO
"""A file, which is opened for each reading, or a stream that can go back to its start."""

_SPOOLED = 64 << 20
"""Bytes of a stream that are held in memory; what is longer waits on disk."""
_SIGNATURES = (
    (b"PK\x03\x04", "a ZIP file, such as an Excel workbook; save the sheet as CSV"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file; save the sheet as CSV"),
    (b"%PDF", "a PDF; give the table as CSV"),
    (b"\x1f\x8b", "compressed with gzip; unpack it first"),
    (b"PAR1", "a Parquet file; save it as CSV"),
    (b"\x89PNG", "a picture; give the table as CSV"),
    (b"\xff\xd8\xff", "a picture; give the table as CSV"),
)
_MARKUP = re.compile(rb"\s*(?:(?P<json>\{\s*\"|\[\s*[\[{])|<(?:\?xml|!doctype|html|[a-z]+[ >]))", re.IGNORECASE)


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
    """The bytes of a source from its start."""
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
def open_lines(source: Source, encoding: Encoding) -> Iterator[Iterator[str]]:
    """The lines of a source from its start, with their ends as they are."""
    with open_bytes(source) as stream:
        text = TextIOWrapper(stream, encoding.codec, encoding.errors, newline="")
        try:
            yield iter(text)
        finally:
            text.detach()  # the stream is closed by whoever opened it


def refuse_other_formats(stream: BinaryIO, at: Location) -> None:
    """Raise an `InputError` that names the format when the bytes begin like one that is not delimited text."""
    head = stream.read(4096).removeprefix(b"\xef\xbb\xbf")
    for signature, what in _SIGNATURES:
        if head.startswith(signature):
            raise InputError(f"is {what}", at)
    found = _MARKUP.match(head)
    if found is not None:
        raise InputError(f"is {'JSON' if found['json'] else 'XML or HTML'}; give the table as CSV", at)
