"""Files that only grow while a run is under way, with the digest of what they hold, and rows that wait in one."""

from __future__ import annotations

import hashlib
import os
import struct
import sys
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any, BinaryIO

from sanctionscreen.errors import InputError, Location
from sanctionscreen.model import Outcome

_BLOCK = 1 << 20
_BUFFER = 1 << 20
_OUTCOMES = tuple(Outcome)
_PLACES = {outcome: place for place, outcome in enumerate(Outcome)}
_NO_SHIPMENT = -1
_FRAME = 1000
"""Rows in a frame."""


class Growing:
    """A hidden file under way; nobody else writes to it meanwhile."""

    def __init__(self, path: Path, *, is_result: bool = True) -> None:
        """Begin it anew.

        Args:
            is_result: its digest is SHA-256, which users compare; else BLAKE2b, which is faster.

        Raises:
            InputError: another run is writing it.
            OSError: it cannot be written.
        """
        self.path = path
        self.length = 0
        self._digest = _new_digest(is_result=is_result)
        self._is_result = is_result
        number = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
        try:
            lock(number, path)
            os.ftruncate(number, 0)
            self._stream: BinaryIO = os.fdopen(number, "r+b", buffering=_BUFFER)
        except BaseException:
            os.close(number)
            raise

    @classmethod
    def continued(cls, path: Path, state: Mapping[str, Any], *, is_result: bool = True) -> Growing:
        """Go on behind the last point at which it was noted; what was written after it is cut off.

        Raises:
            InputError: it is not there any more, or not what it was; or another run is writing it.
        """
        grown = cls.__new__(cls)
        try:
            stream = path.open("r+b", buffering=_BUFFER)
        except OSError as bad:
            raise InputError(f"cannot go on: {bad.strerror or bad}; run without --resume", Location(str(path))) from bad
        try:
            lock(stream.fileno(), path)
            grown.path, grown._stream, grown.length = path, stream, int(state["length"])
            grown._is_result = is_result
            grown._digest = _prefix_digest(stream, grown.length, is_result=is_result)
            if grown.digest != state["digest"]:
                raise InputError("was changed since the run stopped; run without --resume", Location(str(path)))
            stream.seek(grown.length)
            stream.truncate()
        except BaseException:
            stream.close()
            raise
        return grown

    def write(self, data: bytes) -> None:
        self._stream.write(data)
        self._digest.update(data)
        self.length += len(data)

    def note(self) -> dict[str, Any]:
        """Hand all to the system; how far it is valid."""
        self._stream.flush()
        return {"length": self.length, "digest": self.digest}

    @property
    def digest(self) -> str:
        """Of what it holds so far."""
        return str(self._digest.hexdigest())

    @property
    def stream(self) -> BinaryIO:
        """For a writer that goes back in its file: then `rehash` before `note` is asked."""
        return self._stream

    def rehash(self) -> None:
        """Read again what a writer has left here."""
        self._stream.flush()
        self.length = self._stream.seek(0, os.SEEK_END)
        self._digest = _prefix_digest(self._stream, self.length, is_result=self._is_result)

    def reader(self) -> BinaryIO:
        """What it holds, from its start, for a pass of its own."""
        self._stream.flush()
        return self.path.open("rb", buffering=_BUFFER)

    def settle(self) -> None:
        """Bring all to disk."""
        self._stream.flush()
        os.fsync(self._stream.fileno())

    def close(self) -> None:
        """Let go of it; a disk that is full has said so before."""
        try:
            self._stream.close()
        except OSError:
            return


def lock(number: int, path: Path) -> None:
    """Hold a file until it is closed or the process ends; systems without such locks do without.

    Raises:
        InputError: another process holds it.
    """
    try:
        import fcntl
    except ImportError:
        return
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as held:
        raise InputError("another run is writing this result now", Location(str(path))) from held
    except OSError:
        return  # a network folder that knows no locks


def _new_digest(*, is_result: bool) -> Any:
    return hashlib.sha256() if is_result else hashlib.blake2b(digest_size=32)


def _prefix_digest(stream: BinaryIO, length: int, *, is_result: bool) -> Any:
    digest, left = _new_digest(is_result=is_result), length
    stream.seek(0)
    while left > 0 and (block := stream.read(min(_BLOCK, left))):
        digest.update(block)
        left -= len(block)
    return digest


@dataclass(frozen=True, slots=True)
class Waiting:
    """Rows that wait: what each is written as, in one column for each form, and what their shipments need."""

    shipment_ids: Sequence[str | None]
    outcomes: Sequence[Outcome]
    columns: Sequence[Sequence[bytes]]

    def __len__(self) -> int:
        return len(self.outcomes)

    def part(self, start: int, end: int) -> Waiting:
        """The rows from one place to another."""
        columns = [column[start:end] for column in self.columns]
        return Waiting(self.shipment_ids[start:end], self.outcomes[start:end], columns)


def framed(rows: Waiting) -> bytes:
    """Rows as bytes that know their lengths, so many in a frame that whoever reads them holds few."""
    return b"".join([_frame(part) for part in portions([rows], _FRAME)])


def _frame(rows: Waiting) -> bytes:
    names = [None if name is None else name.encode("utf-8", "surrogatepass") for name in rows.shipment_ids]
    parts = [
        struct.pack("<q", len(rows)),
        bytes(_PLACES[outcome] for outcome in rows.outcomes),
        _lengths(_NO_SHIPMENT if name is None else len(name) for name in names),
        b"".join(name or b"" for name in names),
    ]
    for column in rows.columns:
        parts += [_lengths(map(len, column)), *column]
    return b"".join(parts)


def unframed(stream: BinaryIO, columns: int) -> Iterator[Waiting]:
    """The rows of a stream as they were framed, in so many columns."""
    while head := stream.read(8):
        (count,) = struct.unpack("<q", head)
        outcomes = [_OUTCOMES[place] for place in stream.read(count)]
        marks = _read_lengths(stream, count)
        names = _cut(stream, [max(length, 0) for length in marks])
        shipment_ids = [
            None if mark == _NO_SHIPMENT else name.decode("utf-8", "surrogatepass")
            for mark, name in zip(marks, names, strict=True)
        ]
        yield Waiting(shipment_ids, outcomes, [_cut(stream, _read_lengths(stream, count)) for _ in range(columns)])


def portions(rows: Iterable[Waiting], size: int) -> Iterator[Waiting]:
    """Rows, so many at a time at most."""
    for held in rows:
        yield from (held.part(start, start + size) for start in range(0, len(held), size))


def _lengths(found: Iterable[int]) -> bytes:
    held = array("q", found)
    if sys.byteorder == "big":
        held.byteswap()
    return held.tobytes()


def _read_lengths(stream: BinaryIO, count: int) -> Sequence[int]:
    held = array("q")
    held.frombytes(stream.read(8 * count))
    if sys.byteorder == "big":
        held.byteswap()
    return held


def _cut(stream: BinaryIO, lengths: Sequence[int]) -> list[bytes]:
    text = stream.read(sum(lengths))
    ends = list(accumulate(lengths, initial=0))
    return [text[start:end] for start, end in pairwise(ends)]
