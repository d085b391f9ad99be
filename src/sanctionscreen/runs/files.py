"""Files and folders that a run was given, by what they hold: size and SHA-256, for later comparison."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from sanctionscreen.errors import InputError, Location

_BLOCK = 1 << 20
STANDARD_INPUT = "standard input"


@dataclass(frozen=True, slots=True)
class FileFacts:
    """A file or folder as it was when it was looked at."""

    name: str
    """As it was given."""
    size: int
    sha256: str

    def as_object(self) -> dict[str, Any]:
        return {"name": self.name, "size": self.size, "sha256": self.sha256}


def described(path: Path) -> FileFacts:
    """What a file, or all files of a folder, hold.

    Raises:
        InputError: it cannot be read.
    """
    try:
        if path.is_dir():
            return _folder(path)
        digest, size = hashlib.sha256(), 0
        for block in blocks(path):
            digest.update(block)
            size += len(block)
        return FileFacts(str(path), size, digest.hexdigest())
    except OSError as bad:
        raise InputError(f"cannot be read: {bad.strerror or bad}", Location(str(path))) from bad


def _folder(path: Path) -> FileFacts:
    """Names and contents of all files; working files of editors and systems begin with a dot and do not count."""
    digest, size = hashlib.sha256(), 0
    for file in sorted(one for one in path.rglob("*") if one.is_file()):
        inside = file.relative_to(path)
        if any(part.startswith(".") for part in inside.parts):
            continue
        held = described(file)
        digest.update(f"{inside.as_posix()} {held.sha256}\n".encode(errors="surrogateescape"))
        size += held.size
    return FileFacts(str(path), size, digest.hexdigest())


def blocks(path: Path) -> Iterator[bytes]:
    """The bytes of a file."""
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            yield block


def program_digest() -> str:
    """SHA-256 over the code of this program and its tables: the version alone does not tell an edited copy."""
    from sanctionscreen import resources

    package = Path(resources.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(_sources(package)):
        digest.update(path.relative_to(package).as_posix().encode() + b"\n")
        digest.update(hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).digest())
    return digest.hexdigest()


def _sources(package: Path) -> Iterable[Path]:
    return (path for pattern in ("*.py", "*.tsv") for path in package.rglob(pattern))


class ReadThrough:
    """A stream that is described while it is read; it can be read once."""

    def __init__(self, stream: BinaryIO, name: str = STANDARD_INPUT) -> None:
        self.name = name
        self._stream, self._digest, self._size = stream, hashlib.sha256(), 0

    def read(self, size: int = -1) -> bytes:
        block = self._stream.read(size)
        self._digest.update(block)
        self._size += len(block)
        return block

    @property
    def facts(self) -> FileFacts:
        """What was read so far."""
        return FileFacts(self.name, self._size, self._digest.hexdigest())

    def check_unchanged(self) -> None:
        """What went by cannot change."""


class Watched:
    """A file that is read more than once during a run, and must be the same each time."""

    def __init__(self, path: Path) -> None:
        """Look at all of it.

        Raises:
            InputError: it cannot be read.
        """
        self._path = path
        self._before = self._state()
        self.facts = described(path)

    def check_unchanged(self) -> None:
        """Nobody wrote to it since.

        Raises:
            InputError: somebody did.
        """
        if self._state() != self._before:
            raise InputError("was changed while it was screened; screen it again", Location(str(self._path)))

    def _state(self) -> tuple[int, int, int]:
        try:
            found = self._path.stat()
        except OSError as bad:
            raise InputError(f"cannot be read: {bad.strerror or bad}", Location(str(self._path))) from bad
        return found.st_size, found.st_mtime_ns, found.st_ino
