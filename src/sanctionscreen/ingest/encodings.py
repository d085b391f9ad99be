"""How the bytes of a text file are to be read: byte order mark, NUL pattern, strict UTF-8, then older code pages."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

_BLOCK = 1 << 20
_SAMPLE = 1 << 16
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")


@dataclass(frozen=True, slots=True)
class Encoding:
    """A codec, how it treats bytes that it cannot read, and what a person should know about the choice."""

    codec: str
    errors: str = "strict"
    note: str = ""


def find_encoding(stream: BinaryIO) -> Encoding:
    """The encoding of a text file; the stream is read through and left at its start.

    A byte order mark decides; else NULs at every other byte mean UTF-16; else text that is strict UTF-8 throughout is
    UTF-8. Text in which more letters read as UTF-8 than fail is UTF-8 with damaged bytes. What is left is an older
    code page, decided by runs of bytes above 127 (`_code_page`), and a note says which was taken.
    """
    stream.seek(0)
    sample = stream.read(_SAMPLE)
    found = _marked(sample) or _wide(sample) or _utf8(stream) or _code_page(stream)
    stream.seek(0)
    return found


def _marked(sample: bytes) -> Encoding | None:
    codec = next((codec for mark, codec in _MARKS if sample.startswith(mark)), None)
    return None if codec is None else Encoding(codec, "replace")


def _wide(sample: bytes) -> Encoding | None:
    """UTF-16 without a mark: separators and digits have a NUL beside them, always on the same side."""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if not max(even, odd) or max(even, odd) < len(sample) / 20 or min(even, odd) * 10 > max(even, odd):
        return None
    codec = "utf-16-le" if odd > even else "utf-16-be"
    return Encoding(
        codec, "replace", f"read as {codec.upper()}: it has no byte order mark, but NULs at every other byte"
    )


def _utf8(stream: BinaryIO) -> Encoding | None:
    failed, letters = 0, 0
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    for block in _blocks(stream):
        if block.isascii() and not decoder.getstate()[0]:
            continue
        text = decoder.decode(block)
        failed += text.count("\ufffd")
        letters += sum(not c.isascii() for c in text) if failed else 0
    failed += len(decoder.decode(b"", final=True))
    if not failed:
        return Encoding("utf-8")
    if letters <= 2 * failed:  # the failed ones are counted among the letters
        return None
    return Encoding("utf-8", "replace", f"read as UTF-8; {failed} damaged bytes are shown as \ufffd")


def _code_page(stream: BinaryIO) -> Encoding:
    """Windows-1252, Windows-1251 or GB18030, by how bytes above 127 stand together.

    In Latin text an accented letter stands mostly alone between plain ones. Cyrillic words are runs of any length;
    Chinese characters are pairs, so that nearly every run is even.
    """
    runs = [len(run) for block in _blocks(stream) for run in _HIGH_RUN.findall(block)]
    together = sum(length for length in runs if length > 1)
    if 2 * together < sum(runs):
        return _taken("cp1252", "Windows-1252 (Latin letters)")
    even = sum(length % 2 == 0 for length in runs)
    if even >= 0.95 * len(runs):  # one Cyrillic word in two would be odd; a block's edge may cut a pair
        return _taken("gb18030", "GB18030 (Chinese)")
    return _taken("cp1251", "Windows-1251 (Cyrillic)")


def _taken(codec: str, name: str) -> Encoding:
    return Encoding(
        codec, "replace", f"it is not UTF-8; read as {name}, by the look of its letters. Save it as UTF-8 to be sure"
    )


def _blocks(stream: BinaryIO) -> Iterator[bytes]:
    stream.seek(0)
    while block := stream.read(_BLOCK):
        yield block
