"""The chain of a result: a digest of every row, and one link after another over them, so that no row changes unseen.

    opening = H(what the run rests on)      link 1 = H(opening + H(row 1))      link 2 = H(link 1 + H(row 2)) …

H is BLAKE2b of 32 bytes (RFC 7693): two hashes a row are most of what a record costs, and it takes a third of the time
of SHA-256. The last link stands in the manifest. The file beside the result holds the first half of each row's digest,
one a line: it proves nothing by itself and names the rows where the links no longer meet.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from sanctionscreen.errors import InputError, Location

SCHEMA = "sanctionscreen.chain/1"
_DIGEST = 32
"""Bytes of a digest."""
_SHOWN = 32
"""Hexadecimal digits of a row's digest in the file: 128 bits, so that no two rows of any file share them."""
_HEADING = f"{SCHEMA}\n".encode()
_LINE = _SHOWN + 1


def digest(line: bytes) -> bytes:
    """The digest of one row, its line end included."""
    return hashlib.blake2b(line, digest_size=_DIGEST).digest()


def digests_of(lines: Iterable[bytes]) -> bytes:
    """The digests of rows, one behind the other."""
    blake2b = hashlib.blake2b
    return b"".join([blake2b(line, digest_size=_DIGEST).digest() for line in lines])


def shown(found: bytes) -> str:
    """As much of a digest as the file holds.

    >>> shown(digest(b"a row"))
    '748447adc9e2ee50dfeb1f96425347b6'
    """
    return found.hex()[:_SHOWN]


def opening(basis: str, form: str) -> bytes:
    """The link before the first row: what the run rests on (its fingerprint), and the form of the result."""
    return digest(f"{SCHEMA}\n{form}\n{basis}\n".encode())


@dataclass(slots=True)
class Chain:
    """The links so far."""

    head: bytes
    rows: int = 0
    """Lines taken, the header of a table included."""
    most_lines: int = 1
    """Line ends in the row that has most: cells of CSV may hold some."""

    def add(self, digests: bytes) -> None:
        """Take the digests of the next rows."""
        head, blake2b = self.head, hashlib.blake2b
        for at in range(0, len(digests), _DIGEST):
            head = blake2b(head + digests[at : at + _DIGEST], digest_size=_DIGEST).digest()
        self.head = head
        self.rows += len(digests) // _DIGEST


def heading() -> bytes:
    """The first line of a chain file."""
    return _HEADING


def file_lines(digests: bytes) -> bytes:
    """The lines of a chain file for the digests of rows."""
    held = digests.hex()
    lines = [held[at : at + _SHOWN] for at in range(0, len(held), 2 * _DIGEST)]
    return ("\n".join(lines) + "\n").encode() if lines else b""


def expected(path: Path) -> Iterator[str]:
    """The digests that a chain file holds, in order; a damaged line gives what it holds, which no row has.

    Raises:
        InputError: it cannot be read, or is no chain.
    """
    try:
        file = path.open("rb")
    except OSError as bad:
        raise InputError(f"cannot be read: {bad.strerror or bad}", Location(str(path))) from bad
    if file.read(len(_HEADING)) != _HEADING:
        file.close()
        raise InputError(f"is no chain of a result: it does not begin with {SCHEMA}", Location(str(path)))
    return _lines(file)


def _lines(file: BinaryIO) -> Iterator[str]:
    with file:
        while line := file.readline(_LINE):
            yield line.rstrip(b"\n").decode("latin-1")
