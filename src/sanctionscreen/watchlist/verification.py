"""Whether files are the list that they are said to be: read whole, and counts and dates held against expectations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from sanctionscreen.errors import Location, WatchlistError, suggestion
from sanctionscreen.model import ListedParty
from sanctionscreen.watchlist.catalogue import CatalogueEntry
from sanctionscreen.watchlist.official import formats
from sanctionscreen.watchlist.official.reading import Report
from sanctionscreen.watchlist.versions import Version

Progress = Callable[[str, int, int | None], None]
"""Is told what is being done, how much of it is done, and how much there is, where that is known."""
_EARLIEST = date(2000, 1, 1)  # ours: no list of the catalogue gave itself an earlier date; a clock reset does
_ZONES = timedelta(days=1)  # a publisher's day may have begun already
_HTML = (b"<!doctype html", b"<html", b"<head", b"<body")
_EVERY = 500


def silent(doing: str, done: int, total: int | None) -> None:
    """Progress that nobody asked for."""


def read_whole(
    entry: CatalogueEntry, format_name: str, files: Mapping[str, Path], on_progress: Progress = silent
) -> Report:
    """Read every entry of a list, and give the account.

    Raises:
        WatchlistError: it cannot be read to its end.
    """
    report = Report(entry.id, entry.measure)
    seen: set[str] = set()
    for party in parties_of(format_name, files, report):
        if party.id in seen:
            report.unknown["entry ids that stand twice"] += 1
        seen.add(party.id)
        if len(seen) % _EVERY == 0:
            on_progress("reading", len(seen), report.announced)
    if not report.counts["entries"]:
        raise WatchlistError("holds no entry", Location(entry.id))
    return report


def parties_of(format_name: str, files: Mapping[str, Path], report: Report) -> Iterator[ListedParty]:
    """The parties of a list, one after the other.

    Raises:
        WatchlistError: as far as it was read, it is not what the format says.
    """
    for path in files.values():
        _check_is_list(path)
    form = formats.FORMATS.get(format_name)
    if form is None:
        known = suggestion(format_name, list(formats.FORMATS))
        raise WatchlistError(f"is of the unknown format {format_name!r}{known}", Location(report.list))
    yield from form.reader(files, report)


def told_apart(parties: Iterable[ListedParty]) -> Iterator[ListedParty]:
    """The parties; an id that stands twice gets a number behind it, from the second on."""
    seen: Counter[str] = Counter()
    for party in parties:
        seen[party.id] += 1
        yield party if seen[party.id] == 1 else replace(party, id=f"{party.id}#{seen[party.id]}")


def _check_is_list(path: Path) -> None:
    at = Location(path.name)
    with path.open("rb") as file:
        start = file.read(1024).removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start:
        raise WatchlistError("is empty", at)
    if start[:20].lower().startswith(_HTML):
        raise WatchlistError("is a web page, not a list: a notice of the publisher, perhaps, or a log-in", at)


def count_doubts(entry: CatalogueEntry, report: Report, previous: Version | None) -> list[str]:
    """What speaks against the counts of a list."""
    entries, expect, found = report.counts["entries"], entry.expect, []
    if entries < expect.minimum:
        found.append(f"has {entries:,} entries, fewer than the {expect.minimum:,} that it must have")
    if entries > expect.maximum:
        found.append(f"has {entries:,} entries, more than the {expect.maximum:,} that it can have")
    if previous and entries < previous.entries * (1 - expect.shrink_percent / 100):
        lost = 100 * (previous.entries - entries) / previous.entries
        found.append(
            f"shrank by {lost:.1f} %, from {previous.entries:,} entries to {entries:,}; "
            f"more than {expect.shrink_percent:g} % at once is not believed"
        )
    return found


def date_doubts(report: Report, now: datetime) -> list[str]:
    """What speaks against the date that a list gives for itself."""
    published = report.published
    if published is None:
        return []
    if published > (now + _ZONES).date():
        return [f"gives itself the date {published}, which is still to come"]
    if published < _EARLIEST:
        return [f"gives itself the date {published}, before {_EARLIEST}"]
    return []
