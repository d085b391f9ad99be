"""Everything a screening rests on, loaded together: evidence, lists, goods, places, rules, profile."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sanctionscreen.errors import SanctionScreenError, WatchlistError, raise_faults
from sanctionscreen.goods import GoodsLists, load_goods
from sanctionscreen.model import ListedParty
from sanctionscreen.profile import Profile, default_profile, load_profile
from sanctionscreen.rules import RuleSet, built_in_pack, load_rules
from sanctionscreen.watchlist.entities import ListInfo, Watchlist, load_entities
from sanctionscreen.watchlist.geography import Geography, load_geography
from sanctionscreen.watchlist.seeds import Seeds, load_seeds


@dataclass(frozen=True, slots=True)
class Sources:
    """What was loaded, checked and cross-checked."""

    seeds: Seeds
    watchlists: tuple[Watchlist, ...]
    parties: Mapping[str, ListedParty]
    geography: Geography
    goods: GoodsLists
    rules: RuleSet
    profile: Profile

    @property
    def lists(self) -> tuple[ListInfo, ...]:
        return tuple(info for watchlist in self.watchlists for info in watchlist.lists)

    @property
    def lists_fingerprint(self) -> str:
        parts = [self.seeds.fingerprint, self.geography.fingerprint, self.goods.fingerprint]
        parts += sorted(watchlist.fingerprint for watchlist in self.watchlists)
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def load_sources(watchlists: Sequence[Path] = (), packs: Sequence[Path] = (), profile: Path | None = None) -> Sources:
    """The embedded lists and rules, with a firm's own lists, packs and profile laid over them.

    Raises:
        ExceptionGroup: of every fault found in the lists, or in the rules, or in the profile; nothing is loaded.
    """
    seeds = load_seeds()
    held = (load_entities(None, seeds), *(load_entities(path, None) for path in watchlists))
    geography, goods = load_geography(None, seeds), load_goods(documents=seeds.documents)
    rules = load_rules([built_in_pack(), *packs], {**geography.lists, **goods.named_lists})
    chosen = load_profile(profile or default_profile(), {rule.id for rule in rules.rules})
    return Sources(seeds, held, _by_id(held), geography, goods, rules, chosen)


def _by_id(watchlists: Sequence[Watchlist]) -> dict[str, ListedParty]:
    parties: dict[str, ListedParty] = {}
    faults: list[SanctionScreenError] = []
    for watchlist in watchlists:
        for party in watchlist.parties:
            if party.id in parties:
                faults.append(WatchlistError(f"entry {party.id!r} stands in two lists; give it an id of its own"))
            parties[party.id] = party
    raise_faults(faults, "the lists")
    return parties
