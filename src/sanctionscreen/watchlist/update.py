"""Lists brought up to date: fetched or added, believed only when they can be read whole and look as expected, swapped.

Nothing that is half, empty, shrunken, of a wrong date, or not the list at all replaces a version that is held; what was
wrong with it is said, and kept as the reason of the refusal.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from sanctionscreen.errors import Location, WatchlistError, suggestion
from sanctionscreen.watchlist.catalogue import CatalogueEntry, Edition
from sanctionscreen.watchlist.official import formats
from sanctionscreen.watchlist.store import Store
from sanctionscreen.watchlist.verification import Progress, count_doubts, date_doubts, read_whole, silent
from sanctionscreen.watchlist.versions import Refusal, Validators, Version, described, fingerprint_of

if TYPE_CHECKING:
    from sanctionscreen.watchlist.fetching import Fetcher


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an update."""

    list: str
    what: Literal["new", "unchanged", "older"]
    """older: kept beside the version that counts, which is of a later date."""
    version: Version
    previous: Version | None = None
    """The version that counted before."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where files came from, and when that was."""

    what: Literal["fetched", "added", "imported"]
    checked_at: datetime
    validators: Mapping[str, Validators] = field(default_factory=dict)
    addresses: Mapping[str, str] = field(default_factory=dict)
    """By part."""


def update(
    entry: CatalogueEntry,
    store: Store,
    fetcher: Fetcher,
    now: datetime,
    *,
    format_name: str = "",
    accepted: str = "",
    on_progress: Progress = silent,
) -> Outcome:
    """Fetch a list and make it the version that counts.

    Args:
        format_name: the edition; without it that of the version held, else the first of the catalogue.
        accepted: why counts and dates that were not expected are right this once; kept with the version.

    Raises:
        WatchlistError: it was not fetched, or not believed; the version that counted still does.
    """
    edition = _edition_to_fetch(entry, store, format_name)
    with store.incoming(entry.id) as folder:
        try:
            fetched = _fetch(entry, edition, store, fetcher, folder, on_progress)
        except WatchlistError as failed:
            store.note_refusal(entry.id, Refusal(now, str(failed), is_suspect=False))
            raise
        if fetched is None:
            return _unchanged(entry, store, now)
        files = {file.part: folder / file.name for file in edition.files}
        addresses = {file.part: file.address for file in edition.files}
        origin = Origin("fetched", now, fetched, addresses)
        try:
            return take(entry, store, folder, files, edition.format, origin, now, accepted, on_progress)
        except WatchlistError as refused:
            store.note_refusal(entry.id, Refusal(now, str(refused), is_suspect=True))
            raise


def add(
    entry: CatalogueEntry,
    store: Store,
    paths: Sequence[Path],
    now: datetime,
    *,
    fetched_on: date | None = None,
    format_name: str = "",
    accepted: str = "",
    on_progress: Progress = silent,
) -> Outcome:
    """Take files that are at hand, as if they had been fetched.

    A version of an earlier date than the one that counts is kept beside it: differences can be asked for.

    Args:
        fetched_on: the day on which someone got them from the publisher; without it the day that the list gives for
            itself, else that of the oldest file.

    Raises:
        WatchlistError: they are not believed.
    """
    if fetched_on is not None and fetched_on > now.date():
        raise WatchlistError(f"cannot have been fetched on {fetched_on}, which is still to come", Location(entry.id))
    form, files = _recognised(entry, paths, format_name)
    oldest = datetime.fromtimestamp(min(path.stat().st_mtime for path in paths), UTC)
    with store.incoming(entry.id) as folder:
        copies: dict[str, Path] = {}
        for part, path in files.items():
            copies[part] = folder / _kept_name(part, path, copies)
            try:
                shutil.copyfile(path, copies[part])
            except OSError as bad:
                raise WatchlistError(f"cannot be read: {bad.strerror or bad}", Location(str(path))) from None
        checked = oldest if fetched_on is None else datetime.combine(fetched_on, time(12), UTC)
        origin = Origin("added", min(checked, now))
        return take(
            entry,
            store,
            folder,
            copies,
            form,
            origin,
            now,
            accepted,
            on_progress,
            is_age_of_list=fetched_on is None,
        )


def take(
    entry: CatalogueEntry,
    store: Store,
    folder: Path,
    files: Mapping[str, Path],
    format_name: str,
    origin: Origin,
    now: datetime,
    accepted: str = "",
    on_progress: Progress = silent,
    *,
    is_age_of_list: bool = False,
) -> Outcome:
    """Verify files that lie in an incoming folder, keep them as a version, and point to it.

    Args:
        is_age_of_list: nobody knows when the files were fetched, so they are as old as the list says it is.

    Raises:
        WatchlistError: what is wrong with them; nothing was changed.
    """
    stored = tuple(described(part, path, origin.addresses.get(part, "")) for part, path in files.items())
    fingerprint = fingerprint_of(stored)
    previous = _previous(entry.id, store)
    report = read_whole(entry, format_name, files, on_progress)
    is_older = bool(previous and report.published and previous.published and report.published < previous.published)
    stays_beside = is_older and origin.what != "fetched"
    doubts = [*count_doubts(entry, report, None if stays_beside else previous), *date_doubts(report, now)]
    if is_older and not stays_beside and previous:
        doubts.append(f"is of {report.published}, older than the version held, of {previous.published}")
    if doubts and not accepted:
        what = "; ".join(doubts)
        raise WatchlistError(f"{what}. Nothing was replaced; if it is right, say why with --accept", Location(entry.id))
    version = store.keep(
        folder,
        Version(
            list=entry.id,
            fingerprint=fingerprint,
            format=format_name,
            files=stored,
            stored_at=now,
            origin=origin.what,
            folder=folder,
            published=report.published,
            counts=dict(report.counts),
            unknown=dict(report.unknown),
            left_out=dict(report.left_out),
            accepted=f"{accepted} ({'; '.join(doubts)})" if doubts else "",
        ),
    )
    if stays_beside:
        return Outcome(entry.id, "older", version, previous)
    checked = origin.checked_at
    if is_age_of_list and report.published:
        checked = min(now, datetime.combine(report.published, time(12), UTC))
    store.make_current(version, checked, origin.validators)
    is_same = previous is not None and previous.fingerprint == version.fingerprint
    return Outcome(entry.id, "unchanged" if is_same else "new", version, previous)


def _edition_to_fetch(entry: CatalogueEntry, store: Store, format_name: str) -> Edition:
    if not entry.can_be_fetched:
        how = "; ".join(dict.fromkeys(edition.note for edition in entry.editions if edition.note))
        page = f" from {entry.page}" if entry.page else ""
        problem = f"has no address; get it{page} and use `lists add FILE --as {entry.id}`"
        raise WatchlistError(problem + (f" ({how})" if how else ""), Location(entry.id))
    if not format_name:
        previous = _previous(entry.id, store)
        held = entry.edition(previous.format) if previous else None
        return held if held and held.files else entry.edition() or Edition("")
    chosen = entry.edition(format_name)
    if chosen is None or not chosen.files:
        known = [edition.format for edition in entry.editions if edition.files]
        raise WatchlistError(f"is not fetched as {format_name!r}{suggestion(format_name, known)}", Location(entry.id))
    return chosen


def _fetch(
    entry: CatalogueEntry, edition: Edition, store: Store, fetcher: Fetcher, folder: Path, on_progress: Progress
) -> dict[str, Validators] | None:
    """Every file of an edition; None when none has changed. Files of two editions are never put together."""
    known = _validators(entry.id, edition, store)
    hosts = entry.hosts(edition)
    found: dict[str, Validators] = {}
    is_changed = not known
    for file in edition.files:
        fetched = None
        if not is_changed:
            fetched = fetcher.fetch(
                file.address,
                folder / file.name,
                hosts=hosts,
                most_bytes=edition.size_limit,
                known=known[file.part],
                on_bytes=_said(on_progress, file.name),
            )
            if fetched is None:
                continue
            is_changed = True
            found[file.part] = fetched.validators
    if not is_changed:
        return None
    for file in edition.files:
        if file.part in found:
            continue
        fetched = fetcher.fetch(
            file.address,
            folder / file.name,
            hosts=hosts,
            most_bytes=edition.size_limit,
            on_bytes=_said(on_progress, file.name),
        )
        if fetched is None:
            raise WatchlistError("was answered as unchanged, which was not asked", Location(entry.id))
        found[file.part] = fetched.validators
    return found


def _said(on_progress: Progress, name: str) -> Callable[[int, int | None], None]:
    return lambda done, total: on_progress(f"fetching {name}", done, total)


def _validators(list_id: str, edition: Edition, store: Store) -> Mapping[str, Validators]:
    """What to ask with whether files changed; empty unless an intact version of the same addresses is held."""
    try:
        held = store.current(list_id)
        if held is None:
            return {}
        version, current = held
        store.check(version)
    except WatchlistError:
        return {}
    is_same = {file.part: file.address for file in version.files} == {file.part: file.address for file in edition.files}
    known = current.validators
    if version.format != edition.format or not is_same or not all(file.part in known for file in edition.files):
        return {}
    return known if all(held.etag or held.last_modified for held in known.values()) else {}


def _unchanged(entry: CatalogueEntry, store: Store, now: datetime) -> Outcome:
    held = store.current(entry.id)
    if held is None:
        raise WatchlistError("was answered as unchanged, but is not held", Location(entry.id))
    version, current = held
    store.make_current(version, now, current.validators)
    return Outcome(entry.id, "unchanged", version, version)


def _previous(list_id: str, store: Store) -> Version | None:
    """The version that counts, or the newest where the pointer is damaged: an update mends it."""
    try:
        held = store.current(list_id)
    except WatchlistError:
        return next(iter(store.versions(list_id)), None)
    return held[0] if held else None


def _recognised(entry: CatalogueEntry, paths: Sequence[Path], format_name: str) -> tuple[str, Mapping[str, Path]]:
    """The format of files, and which file plays which part; it must be one that the list comes in, or the one named."""
    form, files = formats.recognise(paths)
    at = Location(paths[0].name)
    if format_name and form.name != format_name:
        known = "" if format_name in formats.FORMATS else suggestion(format_name, list(formats.FORMATS))
        raise WatchlistError(f"is {form.name} ({form.title}), not {format_name}{known}", at)
    if not format_name and entry.edition(form.name) is None:
        comes = ", ".join(edition.format for edition in entry.editions)
        raise WatchlistError(
            f"is {form.name} ({form.title}), and {entry.id} comes as {comes}; "
            f"if it is that list all the same, say --format {form.name}",
            at,
        )
    return form.name, files


def _kept_name(part: str, path: Path, taken: Mapping[str, Path]) -> str:
    """The name of a file, plain, and another than those taken."""
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "_" for c in path.name)[-100:].lstrip("._-")
    name = plain or part
    is_taken = name in {held.name for held in taken.values()} or name in ("version.json",)
    return f"{part}-{name}" if is_taken else name
