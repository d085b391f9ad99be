"""A version of a list and the pointer to the one that counts: what they say, and how that is written down."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

from sanctionscreen.errors import Location, WatchlistError

T = TypeVar("T")

VERSION_SCHEMA = "sanctionscreen.list-version/1"
CURRENT_SCHEMA = "sanctionscreen.list-current/1"
REFUSAL_SCHEMA = "sanctionscreen.list-refusal/1"
VERSION_FILE = "version.json"
FINGERPRINT = re.compile(r"[0-9a-f]{64}")
MOST_JSON = 4_000_000
"""Bytes of what a version says of itself: counts, and values not understood."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._ ()-]{0,119}")
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file of a version."""

    part: str
    name: str
    size: int
    sha256: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Validators:
    """What a publisher gave to be asked whether a file changed."""

    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """One state of a list, as it lies in the data folder."""

    list: str
    fingerprint: str
    """SHA-256 over the parts and the SHA-256 of their files."""
    format: str
    files: tuple[StoredFile, ...]
    stored_at: datetime
    origin: str
    """fetched, added, or imported."""
    folder: Path
    published: date | None = None
    """The day that the list gives for itself."""
    counts: Mapping[str, int] = field(default_factory=dict)
    unknown: Mapping[str, int] = field(default_factory=dict)
    """What the reader did not understand, and how often."""
    left_out: Mapping[str, int] = field(default_factory=dict)
    accepted: str = ""
    """Why someone took it although it did not meet what was expected."""

    @property
    def entries(self) -> int:
        return self.counts.get("entries", 0)

    @property
    def paths(self) -> dict[str, Path]:
        """The files by part, as readers take them."""
        return {file.part: self.folder / file.name for file in self.files}

    @property
    def short(self) -> str:
        """Enough of the fingerprint for people."""
        return self.fingerprint[:12]


@dataclass(frozen=True, slots=True)
class Current:
    """The version that counts."""

    fingerprint: str
    checked_at: datetime
    """When its publisher was last asked, or its file was added."""
    validators: Mapping[str, Validators] = field(default_factory=dict)
    """By part."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """An attempt to update that came to nothing."""

    at: datetime
    problem: str
    is_suspect: bool
    """Something came and was not believed; else nothing came."""


def fingerprint_of(files: Collection[StoredFile]) -> str:
    """SHA-256 of a version: of its parts and what they hold, not of names or dates."""
    lines = sorted(f"{file.part} {file.sha256}\n" for file in files)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def described(part: str, path: Path, address: str = "") -> StoredFile:
    """A file with its size and SHA-256."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
            size += len(block)
    return StoredFile(part, path.name, size, digest.hexdigest(), address)


def as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, indent=2, sort_keys=True) + "\n"


def version_object(version: Version) -> dict[str, object]:
    return {
        "schema": VERSION_SCHEMA,
        "list": version.list,
        "fingerprint": version.fingerprint,
        "format": version.format,
        "files": [
            {"part": file.part, "name": file.name, "size": file.size, "sha256": file.sha256, "address": file.address}
            for file in version.files
        ],
        "stored_at": version.stored_at.isoformat(),
        "origin": version.origin,
        "published": version.published.isoformat() if version.published else None,
        "counts": dict(version.counts),
        "unknown": dict(version.unknown),
        "left_out": dict(version.left_out),
        "accepted": version.accepted,
    }


def current_object(current: Current) -> dict[str, object]:
    return {
        "schema": CURRENT_SCHEMA,
        "fingerprint": current.fingerprint,
        "checked_at": current.checked_at.isoformat(),
        "validators": {
            part: {"etag": held.etag, "last_modified": held.last_modified} for part, held in current.validators.items()
        },
    }


def version_of(content: Mapping[str, Any], folder: Path) -> Version:
    """A version from what its `version.json` says.

    Raises:
        ValueError, KeyError, TypeError: it says something else.
    """
    if content["schema"] != VERSION_SCHEMA:
        raise ValueError(f"the schema is {content['schema']!r:.80}, not {VERSION_SCHEMA}")
    files = tuple(
        StoredFile(
            _text(file["part"]),
            _text(file["name"]),
            _whole(file["size"]),
            _text(file["sha256"]),
            _text(file["address"]),
        )
        for file in content["files"]
    )
    for file in files:
        if not _NAME.fullmatch(file.name) or file.name == VERSION_FILE or not FINGERPRINT.fullmatch(file.sha256):
            raise ValueError(f"{file.name!r:.80} cannot be a file of a version")
    if not files or len({file.part for file in files}) < len(files) or len({file.name for file in files}) < len(files):
        raise ValueError("it has no files, or one twice")
    if fingerprint_of(files) != content["fingerprint"]:
        raise ValueError("the fingerprint is not that of its files")
    return Version(
        list=_text(content["list"]),
        fingerprint=_text(content["fingerprint"]),
        format=_text(content["format"]),
        files=files,
        stored_at=_moment(content["stored_at"]),
        origin=_text(content["origin"]),
        folder=folder,
        published=None if content["published"] is None else date.fromisoformat(content["published"]),
        counts=_counts(content["counts"]),
        unknown=_counts(content["unknown"]),
        left_out=_counts(content["left_out"]),
        accepted=_text(content["accepted"]),
    )


def current_of(content: Mapping[str, Any]) -> Current:
    """The pointer from what it says; errors as `version_of`."""
    if content["schema"] != CURRENT_SCHEMA:
        raise ValueError(f"the schema is {content['schema']!r:.80}, not {CURRENT_SCHEMA}")
    fingerprint = _text(content["fingerprint"])
    if not FINGERPRINT.fullmatch(fingerprint):
        raise ValueError("the fingerprint is none")
    validators = {
        _text(part): Validators(_text(held["etag"]), _text(held["last_modified"]))
        for part, held in content["validators"].items()
    }
    return Current(fingerprint, _moment(content["checked_at"]), validators)


def refusal_object(refusal: Refusal) -> dict[str, object]:
    return {
        "schema": REFUSAL_SCHEMA,
        "at": refusal.at.isoformat(),
        "problem": refusal.problem,
        "is_suspect": refusal.is_suspect,
    }


def refusal_of(content: Mapping[str, Any]) -> Refusal:
    """A refusal from what it says; errors as `version_of`."""
    if content["schema"] != REFUSAL_SCHEMA:
        raise ValueError(f"the schema is {content['schema']!r:.80}, not {REFUSAL_SCHEMA}")
    return Refusal(_moment(content["at"]), _text(content["problem"]), content["is_suspect"] is True)


def parsed(held: bytes, at: Location, make: Callable[[Mapping[str, Any]], T]) -> T:
    """What `make` makes of a JSON object.

    Raises:
        WatchlistError: it is too large, no JSON object, or `make` cannot read it.
    """
    try:
        if len(held) > MOST_JSON:
            raise ValueError(f"it has more than {MOST_JSON:,} bytes")
        content = json.loads(held)
        if not isinstance(content, dict):
            raise TypeError("it is no object")
        return make(content)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as bad:
        said = f"{bad} is missing" if isinstance(bad, KeyError) else str(bad)
        raise WatchlistError(f"is damaged: {said:.200}; update or add the list again", at) from bad


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r:.80} is no text")
    return value


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise TypeError(f"{value!r:.80} is no count")
    return value


def _counts(value: Any) -> dict[str, int]:
    return {_text(key): _whole(count) for key, count in value.items()}


def _moment(value: object) -> datetime:
    found = datetime.fromisoformat(_text(value))
    if found.tzinfo is None:
        raise ValueError(f"{value!r} has no time zone")
    return found
