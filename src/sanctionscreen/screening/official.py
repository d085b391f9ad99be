"""The official lists of a data folder as one compiled set, with the embedded list: built once after a change.

Afterwards it is mapped into memory. The embedded list is in it because two indexes are searched in twice the time.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from sanctionscreen.model import ListedParty
from sanctionscreen.resources import tables_digest
from sanctionscreen.screening.compiled import Compiled, compile_parties, load_compiled
from sanctionscreen.version import __version__
from sanctionscreen.watchlist.catalogue import Catalogue, CatalogueEntry, catalogue_for
from sanctionscreen.watchlist.entities import ListInfo, built_in_list, load_entities
from sanctionscreen.watchlist.freshness import out_of_date
from sanctionscreen.watchlist.store import Store
from sanctionscreen.watchlist.versions import Version

_FOLDER = "compiled"
_DONE = "compiled.json"


@dataclass(frozen=True, slots=True)
class HeldList:
    """A list of the data folder in the version that counts."""

    entry: CatalogueEntry
    version: Version
    checked_at: datetime | None = None
    """When the publisher was last asked; None for a version that was named."""


@dataclass(frozen=True, slots=True)
class Official:
    """The lists of a data folder, ready to be searched."""

    compiled: Compiled
    lists: tuple[ListInfo, ...]
    fingerprint: str
    """SHA-256 over the versions of the lists and the program that compiled them."""
    held: tuple[HeldList, ...]

    def out_of_date(self, on: date) -> tuple[str, ...]:
        """The lists that are closed, or older than the catalogue allows on a day, each with why."""
        now = datetime(on.year, on.month, on.day, tzinfo=UTC)
        found = ((one.entry, one.checked_at) for one in self.held if one.checked_at is not None)
        reasons = ((entry.id, out_of_date(entry, checked_at, now)) for entry, checked_at in found)
        return tuple(f"{list_id} ({reason})" for list_id, reason in reasons if reason)

    def same_as(self, entity_id: str) -> tuple[str, ...]:
        """Other entries of the same party; none for a party that is on no official list."""
        return self.compiled.parties.same_as(entity_id)


def held_lists(store: Store, catalogue: Catalogue, versions: Mapping[str, str] | None = None) -> tuple[HeldList, ...]:
    """The lists that have a version which counts, by id; or those named, each in the version of a fingerprint."""
    if versions is not None:
        return tuple(HeldList(catalogue.entry(one), store.version(one, versions[one])) for one in sorted(versions))
    found = ((list_id, store.current(list_id)) for list_id in store.held())
    return tuple(
        HeldList(catalogue.entry(list_id), held[0], held[1].checked_at) for list_id, held in found if held is not None
    )


def load_official(
    store: Store,
    catalogue: Catalogue,
    on_list: Callable[[str], None] = lambda title: None,
    versions: Mapping[str, str] | None = None,
) -> Official | None:
    """The compiled set of all lists in a data folder; None where it holds none.

    It is compiled first where this set of versions never was.

    Args:
        versions: the lists wanted and the version of each, by fingerprint; default: every list as it counts now.
        on_list: told the title of each list before it is read, and once more, with "names", before they are indexed.

    Raises:
        WatchlistError: a list is damaged or cannot be read.
    """
    held = held_lists(store, catalogue, versions)
    if not held:
        return None
    fingerprint = set_fingerprint(held)
    folder = store.root / _FOLDER / fingerprint[:32]
    if not (folder / _DONE).exists():
        _compile(store, held, folder, on_list)
    infos = tuple(_info(one) for one in held)
    return Official(load_compiled(folder), infos, fingerprint, held)


def official_of(
    data_dir: Path,
    on_list: Callable[[str], None] = lambda title: None,
    versions: Mapping[str, str] | None = None,
) -> Official | None:
    """`load_official` for a data folder with its own catalogue, and the built-in one."""
    return load_official(Store(data_dir), catalogue_for(data_dir), on_list, versions)


def set_fingerprint(held: Sequence[HeldList]) -> str:
    """SHA-256 of what a compiled set depends on: list versions, embedded list, program, tables of words."""
    digest = hashlib.sha256(f"sanctionscreen {__version__} {tables_digest()}\n".encode())
    digest.update(built_in_list().read_bytes().replace(b"\r\n", b"\n"))
    for one in sorted(held, key=lambda one: one.entry.id):
        digest.update(f"{one.entry.id} {one.version.fingerprint} {one.version.format} {one.entry.measure}\n".encode())
    return digest.hexdigest()


def parties_of(one: HeldList, store: Store) -> Iterator[ListedParty]:
    """The parties of a list, read from the files of its version, each with an id of its own.

    Raises:
        WatchlistError: its files are not those that were stored, or cannot be read.
    """
    from sanctionscreen.watchlist import verification  # with the readers of all formats, which a compiled set spares
    from sanctionscreen.watchlist.official.reading import Report

    store.check(one.version)
    report = Report(one.entry.id, one.entry.measure)
    yield from verification.told_apart(verification.parties_of(one.version.format, one.version.paths, report))


def _compile(store: Store, held: Sequence[HeldList], folder: Path, on_list: Callable[[str], None]) -> None:
    """Written beside and renamed into its place, so that no half of it is ever loaded."""
    parties = list(load_entities().parties)
    for one in held:
        on_list(one.entry.title)
        parties += parties_of(one, store)
    on_list("names")
    folder.parent.mkdir(parents=True, exist_ok=True)
    unfinished = folder.with_name(f".incoming-{secrets.token_hex(8)}")
    unfinished.mkdir()
    try:
        compile_parties(parties, unfinished)
        lists = {one.entry.id: one.version.fingerprint for one in held}
        (unfinished / _DONE).write_text(json.dumps({"lists": lists, "parties": len(parties)}, indent=2) + "\n")
        with suppress(FileExistsError, OSError):  # another process was faster, with the same content
            unfinished.rename(folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _info(one: HeldList) -> ListInfo:
    day: date = one.version.published or one.version.stored_at.date()
    return ListInfo(
        id=one.entry.id,
        title=one.entry.title,
        issuer=one.entry.publisher,
        measure=one.entry.measure,
        source=one.entry.page,
        retrieved=one.version.stored_at.date(),
        licence=one.entry.licence,
        as_of=f"version {one.version.short} of {day}",
        count=one.version.entries,
    )
