"""A set of lists in one file, to carry where there is no network: packed with checksums, taken only when all hold."""

from __future__ import annotations

import hashlib
import os
import secrets
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from sanctionscreen.errors import Location, WatchlistError
from sanctionscreen.watchlist.catalogue import LIST_ID, Catalogue, CatalogueEntry
from sanctionscreen.watchlist.store import Store
from sanctionscreen.watchlist.update import Origin, Outcome, take
from sanctionscreen.watchlist.verification import Progress, silent
from sanctionscreen.watchlist.versions import (
    MOST_JSON,
    Current,
    StoredFile,
    Version,
    as_json,
    current_object,
    current_of,
    parsed,
    version_object,
    version_of,
)

SCHEMA = "sanctionscreen.lists-bundle/1"
MANIFEST = "bundle.json"
_MOST_BYTES = 4_000_000_000  # ours: all lists of the catalogue in their largest editions have under 1 GB
_MOST_FILES = 2_000
_GROWTH = 200  # lists pack to a tenth or less
_BLOCK = 1 << 20
_DAY_OF_ZIP = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class _Packed:
    version: Version
    current: Current


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of the lists of a bundle."""

    outcomes: tuple[Outcome, ...]
    refused: tuple[WatchlistError, ...]
    """Lists that were not believed; the others were taken."""


def export_bundle(store: Store, list_ids: Sequence[str], target: Path, on_progress: Progress = silent) -> list[Version]:
    """Write the versions that count of some lists to a file; the same versions always give the same file.

    Raises:
        WatchlistError: a list is not held, or its files are not as they were stored.
    """
    packed = [_held(store, list_id) for list_id in dict.fromkeys(list_ids)]
    if not packed:
        raise WatchlistError("no list is held, so there is nothing to export")
    manifest = {
        "schema": SCHEMA,
        "lists": [{"version": version_object(one.version), "current": current_object(one.current)} for one in packed],
    }
    part = target.with_name(f".{target.name[:100]}.{secrets.token_hex(4)}.part")
    try:
        with part.open("xb") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(_member(MANIFEST), as_json(manifest))
            for one in packed:
                for held in one.version.files:
                    _pack(archive, one.version, held)
                    on_progress(f"packing {one.version.list}", held.size, held.size)
        with part.open("r+b") as written:
            os.fsync(written.fileno())
        os.replace(part, target)
    finally:
        part.unlink(missing_ok=True)
    return [one.version for one in packed]


def _held(store: Store, list_id: str) -> _Packed:
    held = store.current(list_id)
    if held is None:
        raise WatchlistError("is not held, so it cannot be exported", Location(list_id))
    store.check(held[0])
    return _Packed(*held)


def _pack(archive: zipfile.ZipFile, version: Version, held: StoredFile) -> None:
    with (version.folder / held.name).open("rb") as source, archive.open(_member(_path(version, held)), "w") as packed:
        while block := source.read(_BLOCK):
            packed.write(block)


def _member(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _DAY_OF_ZIP)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    return info


def _path(version: Version, held: StoredFile) -> str:
    return f"lists/{version.list}/{version.fingerprint}/{held.name}"


def import_bundle(
    catalogue: Catalogue,
    store: Store,
    path: Path,
    now: datetime,
    *,
    accepted: str = "",
    on_progress: Progress = silent,
) -> Imported:
    """Take every list of a bundle; each is read and verified as if it had been fetched, and keeps its age.

    Checksums say that the file is whole, not who made it: take bundles from people you know.

    Raises:
        WatchlistError: the file is no bundle, was changed, reaches outside its folder or grows without bound; then no
            list was touched.
    """
    at = Location(path.name)
    refused: list[WatchlistError] = []
    taken: list[Outcome] = []
    with ExitStack() as stack:
        archive = _opened(path, stack)
        packed = _checked_manifest(archive, at)
        entries = [_known(catalogue, one.version, at) for one in packed]
        for one in packed:
            if one.current.checked_at > now:
                raise WatchlistError(f"{one.version.list} was packed on a day that is still to come", at)
        folders = [_unpacked(archive, one.version, store, stack, at, on_progress) for one in packed]
        for one, entry, folder in zip(packed, entries, folders, strict=True):
            try:
                taken.append(_taken(entry, store, folder, one, now, accepted, on_progress))
            except WatchlistError as problem:
                refused.append(problem)
    return Imported(tuple(taken), tuple(refused))


def _taken(
    entry: CatalogueEntry,
    store: Store,
    folder: Path,
    one: _Packed,
    now: datetime,
    accepted: str,
    on_progress: Progress,
) -> Outcome:
    files = {file.part: folder / file.name for file in one.version.files}
    addresses = {file.part: file.address for file in one.version.files}
    origin = Origin("imported", one.current.checked_at, one.current.validators, addresses)
    reason = accepted or one.version.accepted  # whoever packed it has said why
    return take(entry, store, folder, files, one.version.format, origin, now, reason, on_progress)


def _opened(path: Path, stack: ExitStack) -> zipfile.ZipFile:
    try:
        return stack.enter_context(zipfile.ZipFile(path))
    except (OSError, zipfile.BadZipFile, NotImplementedError, ValueError) as bad:
        said = bad.strerror or str(bad) if isinstance(bad, OSError) else str(bad)
        raise WatchlistError(f"is no bundle of lists: {said}", Location(path.name)) from None


def _known(catalogue: Catalogue, version: Version, at: Location) -> CatalogueEntry:
    try:
        return catalogue.entry(version.list)
    except WatchlistError as unknown:
        raise WatchlistError(f"holds a list that cannot be taken: {unknown}", at) from None


def _checked_manifest(archive: zipfile.ZipFile, at: Location) -> list[_Packed]:
    """What a bundle says that it holds; it must hold exactly that."""
    members = archive.infolist()
    if len(members) > _MOST_FILES:
        raise WatchlistError(f"holds {len(members):,} files, more than a bundle has", at)
    names = [member.filename for member in members]
    if MANIFEST not in names:
        raise WatchlistError(f"is no bundle of lists: it has no {MANIFEST}", at)
    if archive.getinfo(MANIFEST).file_size > MOST_JSON:
        raise WatchlistError(f"has a {MANIFEST} of more than {MOST_JSON:,} bytes", at)
    with _member_opened(archive, MANIFEST, at) as stream:
        packed = parsed(_read(stream, MOST_JSON + 1, at), Location(f"{at}: {MANIFEST}"), _manifest_of)
    expected = {MANIFEST, *(_path(one.version, file) for one in packed for file in one.version.files)}
    if sorted(names) != sorted(expected):
        odd = sorted(set(names) ^ expected) or sorted(name for name in names if names.count(name) > 1)
        raise WatchlistError(f"does not hold what it says: {odd[0]!r:.120} is too much, or missing", at)
    unpacked = sum(file.size for one in packed for file in one.version.files)
    compressed = sum(member.compress_size for member in members)
    if unpacked > _MOST_BYTES or unpacked > max(compressed * _GROWTH, 1 << 24):
        raise WatchlistError("grows without bound when it is unpacked", at)
    return packed


def _manifest_of(content: Mapping[str, Any]) -> list[_Packed]:
    if content["schema"] != SCHEMA:
        raise ValueError(f"the schema is {content['schema']!r:.80}, not {SCHEMA}")
    packed = []
    for held in content["lists"]:
        version, current = version_of(held["version"], Path()), current_of(held["current"])
        if not LIST_ID.fullmatch(version.list) or current.fingerprint != version.fingerprint:
            raise ValueError(f"{version.list!r:.80} is no list, or not the version that counts")
        packed.append(_Packed(version, current))
    if not packed or len({one.version.list for one in packed}) < len(packed):
        raise ValueError("it has no lists, or one twice")
    return packed


def _unpacked(
    archive: zipfile.ZipFile,
    version: Version,
    store: Store,
    stack: ExitStack,
    at: Location,
    on_progress: Progress,
) -> Path:
    """The files of a version in an incoming folder, each with the size and the SHA-256 that the bundle says."""
    folder = stack.enter_context(store.incoming(version.list))
    for file in version.files:
        digest, size = hashlib.sha256(), 0
        with _member_opened(archive, _path(version, file), at) as stream, (folder / file.name).open("xb") as copy:
            for block in _blocks(stream, at):
                size += len(block)
                if size > file.size:
                    break
                digest.update(block)
                copy.write(block)
        if size != file.size or digest.hexdigest() != file.sha256:
            raise WatchlistError(f"was changed: {_path(version, file)} is not as its checksum says", at)
        on_progress(f"unpacking {version.list}", size, file.size)
    return folder


def _member_opened(archive: zipfile.ZipFile, name: str, at: Location) -> IO[bytes]:
    try:
        return archive.open(name)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, ValueError) as bad:
        raise WatchlistError(f"is damaged at {name!r:.120}: {bad}", at) from bad


def _blocks(stream: IO[bytes], at: Location) -> Iterator[bytes]:
    while block := _read(stream, _BLOCK, at):
        yield block


def _read(stream: IO[bytes], most: int, at: Location) -> bytes:
    try:
        return stream.read(most)
    except Exception as bad:  # zlib, lzma and bz2 each fail in their own way
        raise WatchlistError(f"is damaged: {bad}", at) from bad
