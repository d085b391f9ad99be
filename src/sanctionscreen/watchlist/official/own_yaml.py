"""The project's own YAML lists, read as an official list is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from sanctionscreen.errors import Location, WatchlistError
from sanctionscreen.model import ListedParty
from sanctionscreen.watchlist.entities import load_entities
from sanctionscreen.watchlist.official.reading import Report


def read_own_yaml(files: Mapping[str, Path], report: Report) -> Iterator[ListedParty]:
    """The parties of a YAML list; their listings name the lists that the file declares.

    Raises:
        WatchlistError: with the first faults of the file.
    """
    path = files["main"]
    try:
        watchlist = load_entities(path)
    except ExceptionGroup as faults:
        first = "; ".join(str(fault) for fault in faults.exceptions[:3])
        rest = f"; and {len(faults.exceptions) - 3} more" if len(faults.exceptions) > 3 else ""
        raise WatchlistError(first + rest, Location(path.name)) from faults
    report.published = watchlist.heading.retrieved
    for party in watchlist.parties:
        yield report.count(replace(party, id=f"{report.list}:{party.id}", source=f"{path.name} entity {party.id}"))
    report.left_out.update({"parties without a name": len(watchlist.unnamed)} if watchlist.unnamed else {})
    report.check(path.name)
