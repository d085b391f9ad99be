"""The data folder: every version of every list as it was fetched, and a pointer to the one that counts.

    <data>/lists/<list id>/current                        which version counts, and when its publisher was last asked
    <data>/lists/<list id>/refused                        why the last attempt to update it came to nothing
    <data>/lists/<list id>/<fingerprint>/version.json     what the version is
    <data>/lists/<list id>/<fingerprint>/<files>          as fetched

A version is written beside, brought to disk, renamed into its place and never changed again; the pointer is replaced in
one step. A process that dies anywhere leaves the old version or the new one.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from sanctionscreen.errors import Location, WatchlistError, suggestion
from sanctionscreen.watchlist.catalogue import LIST_ID
from sanctionscreen.watchlist.versions import (
    FINGERPRINT,
    MOST_JSON,
    VERSION_FILE,
    Current,
    Refusal,
    Validators,
    Version,
    as_json,
    current_object,
    current_of,
    described,
    parsed,
    refusal_object,
    refusal_of,
    version_object,
    version_of,
)

T = TypeVar("T")

ENVIRONMENT = "SANCTIONSCREEN_DATA_DIR"
CURRENT_FILE = "current"
REFUSED_FILE = "refused"
_INCOMING = ".incoming-"
_LEFTOVER_AGE = timedelta(days=1)  # an update that still runs is younger


def data_folder(chosen: Path | None, environment: Mapping[str, str]) -> Path:
    """The data folder: the one chosen, the one of the environment, or the user's own of this system."""
    if chosen is not None:
        return chosen
    if named := environment.get(ENVIRONMENT, "").strip():
        return Path(named)
    from platformdirs import user_data_dir

    return Path(user_data_dir("sanctionscreen", appauthor=False))


class Store:
    """The lists of one data folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    # Reading.

    def held(self) -> tuple[str, ...]:
        """The lists of which something lies in the folder, by id."""
        folder = self.root / "lists"
        found = folder.iterdir() if folder.is_dir() else ()
        return tuple(sorted(path.name for path in found if path.is_dir() and LIST_ID.fullmatch(path.name)))

    def current(self, list_id: str) -> tuple[Version, Current] | None:
        """The version of a list that counts; None where none is held.

        Raises:
            WatchlistError: the pointer, or the version it points to, is damaged.
        """
        path = self._list(list_id) / CURRENT_FILE
        if not path.exists():
            return None
        held = _read_current(path, list_id)
        return self.version(list_id, held.fingerprint), held

    def version(self, list_id: str, fingerprint: str) -> Version:
        """The version of a fingerprint, given whole or by at least six of its first letters.

        Raises:
            WatchlistError: there is none, there are several, or it is damaged.
        """
        found = [known for known in self._fingerprints(list_id) if known.startswith(fingerprint)]
        at = Location(list_id)
        if len(found) > 1:
            raise WatchlistError(f"has {len(found)} versions that begin with {fingerprint!r}; give more of it", at)
        if not found or len(fingerprint) < 6:
            known = [name[:12] for name in self._fingerprints(list_id)]
            raise WatchlistError(f"no version {fingerprint[:64]!r} is held{suggestion(fingerprint[:12], known)}", at)
        return _read_version(self._list(list_id) / found[0], list_id)

    def versions(self, list_id: str) -> tuple[Version, ...]:
        """Every version of a list, the newest first; damaged ones are left out."""
        found = []
        for name in self._fingerprints(list_id):
            with suppress(WatchlistError):
                found.append(_read_version(self._list(list_id) / name, list_id))
        return tuple(sorted(found, key=lambda version: (version.stored_at, version.fingerprint), reverse=True))

    def check(self, version: Version, *, is_thorough: bool = True) -> None:
        """Compare the files of a version with what was stored; their sizes only unless it is to be thorough.

        Raises:
            WatchlistError: one is missing or was changed.
        """
        for file in version.files:
            at = Location(f"{version.list}: {file.name}")
            path = version.folder / file.name
            if not path.is_file():
                raise WatchlistError("is gone from the data folder; update or add the list again", at)
            size = path.stat().st_size
            if size != file.size or (is_thorough and described(file.part, path).sha256 != file.sha256):
                raise WatchlistError(
                    f"was changed after it was stored: {size:,} bytes, stored {file.size:,}; "
                    "update or add the list again",
                    at,
                )

    # Writing.

    @contextmanager
    def incoming(self, list_id: str) -> Iterator[Path]:
        """An empty folder beside the versions of a list; what is left in it at the end is thrown away."""
        parent = self._list(list_id)
        parent.mkdir(parents=True, exist_ok=True)
        folder = parent / f"{_INCOMING}{secrets.token_hex(8)}"
        folder.mkdir()
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def keep(self, folder: Path, version: Version) -> Version:
        """Make the files of an incoming folder a version of the list; the pointer stays where it is."""
        target = self._list(version.list) / version.fingerprint
        held = replace(version, folder=target)
        if target.exists():
            try:
                known = _read_version(target, version.list)
                self.check(known)
            except WatchlistError:
                target.rename(target.with_name(f"{_INCOMING}damaged-{secrets.token_hex(8)}"))
            else:
                return known
        (folder / VERSION_FILE).write_text(as_json(version_object(held)), encoding="utf-8")
        for path in sorted(folder.iterdir()):
            _to_disk(path)
        _to_disk(folder)
        folder.rename(target)
        _to_disk(target.parent)
        return held

    def make_current(self, version: Version, checked_at: datetime, validators: Mapping[str, Validators]) -> None:
        """Point to a version, in one step."""
        content = current_object(Current(version.fingerprint, checked_at, validators))
        _replace(self._list(version.list) / CURRENT_FILE, as_json(content))
        (self._list(version.list) / REFUSED_FILE).unlink(missing_ok=True)

    def note_refusal(self, list_id: str, refusal: Refusal) -> None:
        """Keep why the last attempt to update a list came to nothing."""
        folder = self._list(list_id)
        folder.mkdir(parents=True, exist_ok=True)
        _replace(folder / REFUSED_FILE, as_json(refusal_object(refusal)))

    def last_refusal(self, list_id: str) -> Refusal | None:
        """Why the last attempt to update a list came to nothing; None when it came to something."""
        path = self._list(list_id) / REFUSED_FILE
        return _read(path, Location(f"{list_id}: {REFUSED_FILE}"), refusal_of) if path.exists() else None

    def prune(
        self, list_id: str, now: datetime, *, newest: int = 3, needed: Collection[str] = (), is_rehearsal: bool = False
    ) -> tuple[Version, ...]:
        """Remove old versions and what updates that died left behind; give the versions removed.

        Kept are the version that counts, those stored after it, the `newest`, and those `needed` (fingerprints).

        Raises:
            WatchlistError: the pointer is damaged: then nothing says what may go.
        """
        held = self.current(list_id)
        versions = self.versions(list_id)
        kept = {version.fingerprint for version in versions[:newest]} | set(needed)
        if held is not None:
            kept |= {version.fingerprint for version in versions if version.stored_at >= held[0].stored_at}
        gone = tuple(version for version in versions if held is not None and version.fingerprint not in kept)
        if not is_rehearsal:
            for version in gone:  # renamed first: half a version must not look like one
                aside = version.folder.with_name(f"{_INCOMING}pruned-{secrets.token_hex(8)}")
                version.folder.rename(aside)
                shutil.rmtree(aside, ignore_errors=True)
            self._sweep(list_id, now)
        return gone

    def _sweep(self, list_id: str, now: datetime) -> None:
        folder = self._list(list_id)
        for path in folder.glob(f"{_INCOMING}*") if folder.is_dir() else ():
            with suppress(OSError):
                if now.timestamp() - path.stat().st_mtime < _LEFTOVER_AGE.total_seconds():
                    continue
                path.unlink() if path.is_file() else shutil.rmtree(path)

    def _list(self, list_id: str) -> Path:
        if not LIST_ID.fullmatch(list_id):
            raise WatchlistError(f"{list_id!r:.80} is no id of a list")
        return self.root / "lists" / list_id

    def _fingerprints(self, list_id: str) -> list[str]:
        folder = self._list(list_id)
        found = folder.iterdir() if folder.is_dir() else ()
        return sorted(path.name for path in found if FINGERPRINT.fullmatch(path.name))


def _replace(path: Path, content: str) -> None:
    """Put a small file in the place of another, in one step."""
    part = path.with_name(f"{_INCOMING}{secrets.token_hex(8)}.{path.name}")
    try:
        with part.open("x", encoding="utf-8") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
    _to_disk(path.parent)


def _to_disk(path: Path) -> None:
    """Wait until a file, or the names in a folder, survive a power cut; Windows opens no folders."""
    try:
        number = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    except PermissionError:
        if path.is_dir():
            return
        raise
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _read_version(folder: Path, list_id: str) -> Version:
    at = Location(f"{list_id}: {folder.name[:12]}/{VERSION_FILE}")
    version = _read(folder / VERSION_FILE, at, lambda content: version_of(content, folder))
    if version.list != list_id or version.fingerprint != folder.name:
        raise WatchlistError("belongs to another list or version; remove the folder, and update or add the list", at)
    return version


def _read_current(path: Path, list_id: str) -> Current:
    return _read(path, Location(f"{list_id}: {CURRENT_FILE}"), current_of)


def _read(path: Path, at: Location, make: Callable[[Mapping[str, Any]], T]) -> T:
    try:
        with path.open("rb") as file:
            held = file.read(MOST_JSON + 1)
    except OSError as bad:
        raise WatchlistError(f"cannot be read: {bad.strerror or bad}; update or add the list again", at) from None
    return parsed(held, at, make)
