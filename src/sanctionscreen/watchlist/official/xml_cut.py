"""Sections cut out of the text of an XML list before it is parsed: what one reading does not need, another one reads.

To build the tree of a section takes as long whether it is used or not. In a text without comments, CDATA sections and
processing instructions a `<` begins a tag and nothing else, so tags are found without a parser; other texts stay whole.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import IO

from sanctionscreen.errors import Location, WatchlistError
from sanctionscreen.watchlist.official.safe_files import opened

MAX_TAG = 1 << 22
"""Bytes from one `<` to the next. Ours: in real lists some hundred, and in long remarks some thousand."""
_BLOCK = 1 << 16
_FIRST_LINE = 1 << 10
_MARK = b"\xef\xbb\xbf"
_DECLARATION = re.compile(rb"<\?xml[^<>]*\?>")
_HIDES_TAGS = (b"<!", b"<?")


def blocks(path: Path, without: Collection[str] = ()) -> Iterator[bytes]:
    """The text of a file, block by block, where it is safe without the elements of some names.

    Lines keep their numbers. What is cut out need not be well-formed within.

    Raises:
        WatchlistError: as `opened`, or a tag has more than `MAX_TAG` bytes.
    """
    is_cut = bool(without) and _is_plain(path)
    with opened(path) as stream:
        yield from _cut(stream, without, path.name) if is_cut else _all(stream)


def _all(stream: IO[bytes]) -> Iterator[bytes]:
    while block := stream.read(_BLOCK):
        yield block


def _is_plain(path: Path) -> bool:
    """Whether each `<` begins a tag, in an encoding in which it is one byte."""
    with opened(path) as stream:
        before = stream.read(_FIRST_LINE).removeprefix(_MARK)
        if before[:1] != b"<" or before[1:2] == b"\0":
            return False
        before = _DECLARATION.sub(b"", before, count=1) if before.startswith(b"<?xml") else before
        for block in _all(stream):
            if any(sign in before for sign in _HIDES_TAGS):
                return False
            before = before[-1:] + block
    return not any(sign in before for sign in _HIDES_TAGS)


def _cut(stream: IO[bytes], names: Collection[str], file: str) -> Iterator[bytes]:
    wanted = sorted(name.encode() for name in names)
    any_of = b"|".join(map(re.escape, wanted))
    tags = re.compile(rb"<(/?)(?:" + any_of + rb")(?=[\s/>])(?:[^<>\"']|\"[^<\"]*\"|'[^<']*')*>")
    rest, depth = b"", 0
    for block in _all(stream):
        whole, begin, end = (rest + block).rpartition(b"<")
        rest = begin + end  # the last tag goes on in the next block, perhaps
        if len(rest) > MAX_TAG:
            raise WatchlistError(f"has a tag or a text of more than {MAX_TAG:,} bytes", Location(file))
        if any(name in whole for name in wanted):
            whole, depth = _kept(whole, tags, depth)
        elif depth:
            whole = b"\n" * whole.count(b"\n")
        yield whole
    yield _kept(rest, tags, depth)[0]


def _kept(text: bytes, tags: re.Pattern[bytes], depth: int) -> tuple[bytes, int]:
    """What stands outside of the elements, and how many of them are still open behind it."""
    kept, at = [], 0
    for tag in tags.finditer(text):
        is_end, is_empty = bool(tag[1]), tag[0].endswith(b"/>")
        if not depth:
            if is_end:
                continue  # of nothing: the parser will say so
            kept.append(text[at : tag.start()])
            at = tag.start()
        depth += -1 if is_end else 0 if is_empty else 1
        if not depth:
            kept.append(b"\n" * text.count(b"\n", at, tag.end()))
            at = tag.end()
    kept.append(b"\n" * text.count(b"\n", at) if depth else text[at:])
    return b"".join(kept), depth
