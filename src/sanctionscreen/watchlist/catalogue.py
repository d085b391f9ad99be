"""The catalogue: every list that can be held, who publishes it, where, and what a copy must be like to be believed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import cast, get_args
from urllib.parse import urlsplit

from sanctionscreen import resources
from sanctionscreen.errors import WatchlistError, raise_faults, suggestion
from sanctionscreen.model import Measure
from sanctionscreen.strict_yaml import Entry
from sanctionscreen.watchlist.listfile import (
    EMPTY_HEADING,
    Faults,
    Heading,
    check_counts,
    fingerprint,
    open_file,
    read_heading,
    read_unique,
)

LIST_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
"""Ids name folders too, so they hold nothing that a file system reads its own way."""
_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_PART = re.compile(r"[a-z][a-z0-9_-]{0,31}")
_HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")
_MEGABYTE = 1_000_000
_SIZE_LIMIT_MB = 500  # ours: three times the largest list known, OFAC's advanced XML of about 120 MB


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of an edition."""

    part: str
    """What the reader calls it; `main` where there is one only."""
    address: str
    name: str
    """The name it is kept under."""


@dataclass(frozen=True, slots=True)
class Edition:
    """A format in which a list comes."""

    format: str
    """A name of `official.formats`."""
    files: tuple[SourceFile, ...] = ()
    """Empty where nothing can be fetched, and files are added by hand."""
    size_limit: int = _SIZE_LIMIT_MB * _MEGABYTE
    """Bytes of one file, unpacked."""
    note: str = ""

    @property
    def names(self) -> frozenset[str]:
        return frozenset(file.name for file in self.files)


@dataclass(frozen=True, slots=True)
class Expectation:
    """How many entries a copy holds, and by how much it may shrink against the one before."""

    minimum: int
    maximum: int
    shrink_percent: float
    basis: str
    """Where the numbers come from."""


NOTHING_EXPECTED = Expectation(0, 0, 100.0, "")


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One list: what it is, where it comes from, and when a copy of it is to be believed."""

    id: str
    title: str
    publisher: str
    legal_basis: str
    measure: Measure
    """What a listing means, unless the reader says otherwise for an entry."""
    legal_source: str = ""
    """Where legal basis and measure were read, and how sure that makes them."""
    licence: str = ""
    page: str = ""
    """Where a person finds it."""
    editions: tuple[Edition, ...] = ()
    """The first that has addresses is the one fetched."""
    redirect_hosts: frozenset[str] = frozenset()
    expect: Expectation = NOTHING_EXPECTED
    max_age_days: int = 0
    max_age_basis: str = ""
    is_automatic: bool = True
    """Fetched by `lists update` without a name; else only by name."""
    held_in: str = ""
    """The list whose files hold these entries; then there are no files of its own."""
    retired_on: date | None = None
    successor: str = ""
    note: str = ""

    def is_retired(self, on: date) -> bool:
        return self.retired_on is not None and self.retired_on <= on

    @property
    def can_be_fetched(self) -> bool:
        return any(edition.files for edition in self.editions)

    def edition(self, format_name: str = "") -> Edition | None:
        """The edition of a format; without a name the one that is fetched."""
        if format_name:
            return next((edition for edition in self.editions if edition.format == format_name), None)
        return next((edition for edition in self.editions if edition.files), None)

    def hosts(self, edition: Edition) -> frozenset[str]:
        """The hosts that may serve an edition: those of its addresses, and those it is known to send on to."""
        return self.redirect_hosts | {(urlsplit(file.address).hostname or "") for file in edition.files}


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The lists by id, in the order of the file."""

    lists: Mapping[str, CatalogueEntry] = field(default_factory=dict)
    heading: Heading = EMPTY_HEADING
    fingerprint: str = ""

    def entry(self, name: str) -> CatalogueEntry:
        """The list of an id.

        Raises:
            WatchlistError: there is none, or its entries are held in the files of another list.
        """
        found = self.lists.get(name)
        if found is None:
            raise WatchlistError(f"the catalogue has no list {name!r:.80}{suggestion(name, self._with_files())}")
        if found.held_in:
            raise WatchlistError(f"{found.id} has no files of its own; its entries come with {found.held_in}")
        return found

    def entries(self, names: Iterable[str] = ()) -> tuple[CatalogueEntry, ...]:
        """The lists named, each once, or all that have files."""
        chosen = list(dict.fromkeys(names)) or self._with_files()
        return tuple(self.entry(name) for name in chosen)

    def with_own(self, own: Catalogue) -> Catalogue:
        """This catalogue with another laid over it: a list of the same id is replaced whole."""
        return replace(self, lists={**self.lists, **own.lists}, fingerprint=f"{self.fingerprint}+{own.fingerprint}")

    def _with_files(self) -> list[str]:
        return [entry.id for entry in self.lists.values() if not entry.held_in]


def load_catalogue(path: Path | None = None) -> Catalogue:
    """The lists of a catalogue file (the built-in one without `path`).

    Raises:
        ExceptionGroup: of `WatchlistError`, all faults of the file at once; nothing is loaded then.
    """
    path = path or resources.folder("watchlists") / "catalogue.yml"
    faults: Faults = []
    catalogue = Catalogue()
    if opened := open_file(path, faults):
        node, root = opened
        catalogue = replace(_catalogue(root), fingerprint=fingerprint({path.stem: node}))
    raise_faults(faults, f"the catalogue {path.name}")
    return catalogue


def catalogue_for(data_folder: Path, *own: Path) -> Catalogue:
    """The built-in catalogue, with `catalogue.yml` of a data folder where there is one, and further ones, laid over it.

    Raises:
        ExceptionGroup: of `WatchlistError`, as `load_catalogue`.
    """
    catalogue = load_catalogue()
    beside = data_folder / "catalogue.yml"
    for path in (*([beside] if beside.is_file() else []), *own):
        catalogue = catalogue.with_own(load_catalogue(path))
    return catalogue


def _catalogue(root: Entry) -> Catalogue:
    heading = read_heading(root)
    places: dict[str, Entry] = {}

    def read(key: str, entry: Entry) -> CatalogueEntry:
        places.setdefault(key, entry)
        return _list(key, entry)

    lists = read_unique(root, "lists", "list", read)
    for found in lists.values():
        _check_links(found, lists, places[found.id])
    check_counts(root, {"lists": len(lists)})
    root.close()
    return Catalogue(lists, heading)


def _check_links(found: CatalogueEntry, lists: Mapping[str, CatalogueEntry], entry: Entry) -> None:
    """A list that another one names must be there, and must not lead further: no list is two steps away."""
    for key, name in (("held_in", found.held_in), ("successor", found.successor)):
        if not name:
            continue
        if name not in lists or name == found.id:
            known = [other for other in lists if other != found.id]
            entry.fault(f"{key!r} of {entry.what} names no other list: {name!r}{suggestion(name, known)}")
        elif key == "held_in" and lists[name].held_in:
            entry.fault(f"{entry.what} is held in {name!r}, which has no files of its own")


def _list(key: str, entry: Entry) -> CatalogueEntry:
    if key and not LIST_ID.fullmatch(key):
        entry.fault(f"the id {key!r} names a folder too; use small letters, digits and . _ - only, 64 at most")
    held_in = entry.optional_text("held_in") or ""
    has_files = not held_in
    status = entry.choice("status", ("live", "retired"), default="live")
    retired_on = entry.optional_day("retired_on", required=status == "retired")
    successor = entry.optional_text("successor") or ""
    if status == "live" and (retired_on or successor):
        entry.fault(f"{entry.what} is live, but has a day on which it was retired, or a successor; say status: retired")
    age = _max_age(entry, has_files=has_files)
    return CatalogueEntry(
        id=key,
        title=entry.text("title"),
        publisher=entry.text("publisher"),
        legal_basis=entry.text("legal_basis"),
        measure=cast(Measure, entry.choice("measure", get_args(Measure))),
        legal_source=entry.optional_text("legal_source") or "",
        licence=entry.optional_text("licence", required=has_files) or "",
        page=_web_address(entry, "page"),
        editions=_editions(entry, has_files=has_files),
        redirect_hosts=_hosts(entry),
        expect=_expectation(entry, has_files=has_files),
        max_age_days=age[0],
        max_age_basis=age[1],
        is_automatic=entry.flag("automatic", default=True),
        held_in=held_in,
        retired_on=retired_on,
        successor=successor,
        note=entry.optional_text("note") or "",
    )


def _max_age(entry: Entry, *, has_files: bool) -> tuple[int, str]:
    part = _part(entry, "max_age", "the greatest age", has_files=has_files)
    if part is None:
        return 0, ""
    found = part.whole_number("days", low=1, high=10_000), part.text("basis")
    part.close()
    return found


def _expectation(entry: Entry, *, has_files: bool) -> Expectation:
    part = _part(entry, "expect", "the expected counts", has_files=has_files)
    if part is None:
        return NOTHING_EXPECTED
    found = Expectation(
        minimum=part.whole_number("minimum", low=1, high=10_000_000),
        maximum=part.whole_number("maximum", low=1, high=10_000_000),
        shrink_percent=part.number("shrink_percent", high=100),
        basis=part.text("basis"),
    )
    if found.maximum < found.minimum:
        part.fault(f"{part.what} end at {found.maximum:,}, below their beginning {found.minimum:,}")
    part.close()
    return found


def _part(entry: Entry, key: str, what: str, *, has_files: bool) -> Entry | None:
    at = entry.location(key)
    part = entry.entry(key, f"{what} of {entry.what}", required=has_files)
    if part is not None and not has_files:
        entry.fault(f"{entry.what} is held in another list, and {key!r} stands there", at)
        return None
    return part


def _editions(entry: Entry, *, has_files: bool) -> tuple[Edition, ...]:
    at = entry.location("editions")
    found: dict[str, Edition] = {}
    for part in entry.entries("editions", f"an edition of {entry.what}", required=has_files):
        edition = _edition(part)
        if edition.format in found:
            part.fault(f"{entry.what} has two editions of the format {edition.format!r}")
        found[edition.format] = edition
        part.close()
    if found and not has_files:
        entry.fault(f"{entry.what} is held in another list, and 'editions' stands there", at)
    return tuple(found.values())


def _edition(entry: Entry) -> Edition:
    format_name = entry.text("format")
    limit = entry.optional_number("size_limit_mb", low=1, high=2_000) or _SIZE_LIMIT_MB
    note = entry.optional_text("note") or ""
    files: dict[str, SourceFile] = {}
    for part in entry.entries("files", f"a file of {entry.what}"):
        file = _file(part)
        if file.part in files or file.name in {held.name for held in files.values()}:
            part.fault(f"{entry.what} has the part {file.part!r} or the file name {file.name!r} twice")
        files[file.part] = file
        part.close()
    return Edition(format_name, tuple(files.values()), int(limit * _MEGABYTE), note)


def _file(entry: Entry) -> SourceFile:
    part = entry.optional_text("part") or "main"
    if not _PART.fullmatch(part):
        entry.fault(f"the part {part!r} of {entry.what} must be one word of small letters")
    name = entry.text("name")
    if name and not _FILE_NAME.fullmatch(name):
        entry.fault(f"the name {name!r} of {entry.what} is no plain file name")
    return SourceFile(part, _web_address(entry, "address", required=True), name)


def _web_address(entry: Entry, key: str, *, required: bool = False) -> str:
    """Take an address; anything but https with a plain host is a fault."""
    at = entry.location(key)
    found = entry.optional_text(key, required=required) or ""
    if not found:
        return ""
    try:
        parts = urlsplit(found)
        fine = parts.scheme == "https" and _HOST.fullmatch(parts.hostname or "") and not parts.username
        fine = fine and parts.port in (None, 443) and found.isprintable() and " " not in found
    except ValueError:
        fine = False
    if not fine:
        entry.fault(f"{key!r} of {entry.what} is {found!r}; write an address that begins with https:// and a host", at)
    return found


def _hosts(entry: Entry) -> frozenset[str]:
    found = entry.scalars("redirect_hosts")
    for scalar in found:
        if not _HOST.fullmatch(scalar.text):
            entry.fault(f"{scalar.text!r} in 'redirect_hosts' of {entry.what} is no host in small letters", scalar.at)
    return frozenset(scalar.text for scalar in found)
