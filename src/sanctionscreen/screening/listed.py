"""The listed parties of one day and the indexes that find them: all that a name by itself is compared with."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sanctionscreen.errors import SanctionScreenError, WatchlistError, gathered, raise_faults
from sanctionscreen.matching import DEFAULT_THRESHOLD, Indexes, NameIndex
from sanctionscreen.model import Hit, Kind, ListedParty, NameComparison
from sanctionscreen.watchlist.entities import Watchlist, load_entities

if TYPE_CHECKING:
    from sanctionscreen.screening.compiled import Compiled


@dataclass(frozen=True, slots=True)
class NameCheck:
    """A listed party that a single name resembles, with the comparison behind it."""

    hit: Hit
    party: ListedParty
    comparison: NameComparison
    same_as: tuple[str, ...] = ()
    """Other entries of the same party, by their ids; told by numbers, or by a name with a day."""


@dataclass(frozen=True, slots=True)
class Listed:
    """The parties with a listing in force on a day, and where they are found."""

    parties: Mapping[str, ListedParty]
    index: Indexes
    compiled: Compiled | None = None

    @classmethod
    def build(cls, parties: Mapping[str, ListedParty], as_of: date, compiled: Compiled | None = None) -> Listed:
        """An index of the parties, beside lists that were compiled before; those compiled with them are left there."""
        live = {key: party for key, party in parties.items() if _is_live(party, as_of)}
        if compiled is None:
            return cls(live, Indexes((NameIndex.build(list(live.values())),)))
        stored = compiled.parties
        live = {key: party for key, party in live.items() if stored.get(key) != party}

        def counts(entity_id: str) -> bool:
            return entity_id in live or _is_live(stored[entity_id], as_of)

        both = ChainMap(live, stored)  # type: ignore[arg-type]  # only read
        own = (NameIndex.build(list(live.values())),) if live else ()
        return cls(both, Indexes((*own, compiled.index), counts), compiled)

    def check(self, name: str, *, kind: Kind = "any", country: str | None = None, limit: int = 5) -> list[NameCheck]:
        """The listed parties that a single name resembles, best first, with the comparison behind each."""
        kinds = None if kind == "any" else (kind,)
        query = {"name": name, "country": country}
        hits = self.index.match(query, kinds=kinds, limit=limit, threshold=DEFAULT_THRESHOLD)
        return [
            NameCheck(
                hit,
                self.parties[hit.entity_id],
                self.index.explain(query, hit.entity_id),
                self.compiled.parties.same_as(hit.entity_id) if self.compiled else (),
            )
            for hit in hits
        ]


def load_listed(
    *,
    watchlists: Sequence[Path] = (),
    data_dir: Path | None = None,
    as_of: date | None = None,
    check_lists: Callable[[Sequence[str]], Sequence[str]] = lambda required: (),
    on_list: Callable[[str], None] = lambda title: None,
) -> Listed:
    """What `Screener.build` compares names with under the default profile, without goods, places and rules.

    Args:
        watchlists, data_dir, as_of, check_lists, on_list: as there.

    Raises:
        ExceptionGroup: of every fault found in the lists; nothing is loaded.
    """
    from sanctionscreen.profile import default_profile, required_lists

    compiled = None
    if data_dir is not None:
        from sanctionscreen.screening.official import official_of

        official = official_of(data_dir, on_list)
        compiled = official.compiled if official else None
    faults: list[SanctionScreenError] = []
    lists = [gathered(partial(load_entities, path), faults) for path in (None, *watchlists)]
    parties = by_id([watchlist for watchlist in lists if watchlist], faults)
    raise_faults(faults, "lists, rules and profile")
    check_lists(required_lists(default_profile()))
    return Listed.build(parties, as_of or date.today(), compiled)  # noqa: DTZ011  # a calendar day, taken once


def by_id(watchlists: Iterable[Watchlist], faults: list[SanctionScreenError]) -> dict[str, ListedParty]:
    """The parties of several lists; an id that two of them have is a fault."""
    parties: dict[str, ListedParty] = {}
    for watchlist in watchlists:
        for party in watchlist.parties:
            if party.id in parties:
                name = watchlist.heading.title or "a list"
                faults.append(
                    WatchlistError(f"{name}: entry {party.id!r} stands in another list; give it an id of its own")
                )
            parties[party.id] = party
    return parties


def _is_live(party: ListedParty, as_of: date) -> bool:
    return any(listing.in_force(as_of) for listing in party.listings)
