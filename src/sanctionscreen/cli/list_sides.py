"""What a person names as a list: one that is held, a version of it, a file, or a folder with the files of one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sanctionscreen.cli.list_progress import ListProgress
from sanctionscreen.cli.progress import standard_error
from sanctionscreen.errors import InputError, Location, suggestion

if TYPE_CHECKING:
    from sanctionscreen.model import ListedParty, Measure
    from sanctionscreen.watchlist.catalogue import Catalogue
    from sanctionscreen.watchlist.store import Store
    from sanctionscreen.watchlist.versions import Version

PREVIOUS = "previous"


@dataclass(frozen=True, slots=True)
class Side:
    """Files of one list, and what they are."""

    title: str
    list_id: str
    """Empty for files that nobody gave a name."""
    format: str
    files: Mapping[str, Path]
    version: Version | None = None


def side_of(text: str, store: Store, catalogue: Catalogue) -> Side:
    """The list that a text names.

    Raises:
        InputError: it names none.
        WatchlistError: the version is not held, or damaged.
    """
    name, at, wanted = text.partition("@")
    if name in catalogue.lists or name in store.held():
        version = _version(name, wanted if at else "", store)
        store.check(version)
        return Side(f"{name}@{version.short}", name, version.format, version.paths, version)
    path = Path(text)
    if not path.exists():
        known = [entry.id for entry in catalogue.entries()]
        raise InputError(f"is no list and no file{suggestion(name, known)}", Location(text[:200]))
    from sanctionscreen.watchlist.official.formats import recognise

    paths = sorted(one for one in path.iterdir() if one.is_file()) if path.is_dir() else [path]
    if not paths:
        raise InputError("is a folder without files", Location(text))
    form, files = recognise(paths)
    return Side(text, "", form.name, files)


def list_of(format_name: str, catalogue: Catalogue) -> str:
    """The list that files of a format are; a name of no list where the catalogue has none of that format.

    Raises:
        InputError: several lists come in that format.
    """
    found = [entry.id for entry in catalogue.entries() if entry.edition(format_name) is not None]
    if format_name == "plain-csv" or not found:
        return "list"
    if len(found) > 1:
        raise InputError(f"several lists come as {format_name}: {', '.join(found)}; say which with --as")
    return found[0]


def parties(side: Side, list_id: str, catalogue: Catalogue) -> Iterator[ListedParty]:
    """The parties of a side, with a line of progress while they are read."""
    from sanctionscreen.watchlist.official.reading import Report
    from sanctionscreen.watchlist.verification import parties_of, told_apart

    measure: Measure = catalogue.lists[list_id].measure if list_id in catalogue.lists else "context"
    report = Report(list_id, measure)
    progress = ListProgress(standard_error(), side.title)
    try:
        for number, party in enumerate(told_apart(parties_of(side.format, side.files, report)), 1):
            progress("reading", number, report.announced)
            yield party
    finally:
        progress.close()


def _version(name: str, wanted: str, store: Store) -> Version:
    held = store.current(name)
    if held is None and wanted in ("", PREVIOUS):
        raise InputError("is not held; update or add it first", Location(name))
    if wanted == PREVIOUS and held is not None:
        older = [one for one in store.versions(name) if one.stored_at < held[0].stored_at]
        beside = [one for one in store.versions(name) if one.fingerprint != held[0].fingerprint]
        if not beside:
            raise InputError("is held in one version only", Location(name))
        return (older or beside)[0]
    return store.version(name, wanted) if wanted or held is None else held[0]
