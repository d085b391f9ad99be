"""Everything a screening rests on, loaded together: evidence, lists, goods, places, rules, profile."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sanctionscreen.errors import EngineError, SanctionScreenError, gathered, raise_faults
from sanctionscreen.goods import GoodsLists, load_goods
from sanctionscreen.model import ListedParty
from sanctionscreen.profile import Profile, default_profile, load_profile
from sanctionscreen.resources import tables_digest
from sanctionscreen.rules import RuleSet, built_in_pack, load_rules
from sanctionscreen.screening.listed import by_id
from sanctionscreen.version import __version__
from sanctionscreen.watchlist.entities import ListInfo, Watchlist, load_entities
from sanctionscreen.watchlist.geography import Geography, load_geography
from sanctionscreen.watchlist.seeds import Seeds, load_seeds

if TYPE_CHECKING:
    from sanctionscreen.screening.official import Official


def code_fingerprint() -> str:
    """The version of the program, and a digest of the word and country tables that come with it."""
    return f"sanctionscreen {__version__} {tables_digest()[:12]}"


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
    official: Official | None = None
    """The official lists of a data folder."""

    @property
    def lists(self) -> tuple[ListInfo, ...]:
        own = tuple(info for watchlist in self.watchlists for info in watchlist.lists)
        return (*own, *self.official.lists) if self.official else own

    @property
    def lists_fingerprint(self) -> str:
        parts = [self.seeds.fingerprint, self.geography.fingerprint, self.goods.fingerprint]
        parts += sorted(watchlist.fingerprint for watchlist in self.watchlists)
        parts += [self.official.fingerprint] if self.official else []
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def load_sources(
    watchlists: Sequence[Path] = (),
    packs: Sequence[Path] = (),
    profile: Path | None = None,
    *,
    goods: Sequence[Path] = (),
    official: Official | None = None,
    tests: bool = True,
) -> Sources:
    """The embedded lists and rules, with a firm's own lists, goods, packs and profile laid over them.

    Args:
        goods: own goods files, laid over the built-in categories in this order.
        official: compiled official lists, from `load_official`.
        tests: read the tests of the built-in rules too; screening does without. Those of own packs are always read.

    Raises:
        ExceptionGroup: of every fault found in the lists, or in the rules, or in the profile; nothing is loaded.
    """
    faults: list[SanctionScreenError] = []
    seeds = gathered(load_seeds, faults)
    documents = seeds.documents if seeds else None
    embedded = gathered(lambda: load_entities(None, seeds), faults)
    own = [gathered(partial(load_entities, path, None), faults) for path in watchlists]
    geography = gathered(lambda: load_geography(None, seeds), faults)
    known = gathered(lambda: load_goods(documents=documents, own=goods), faults)
    lists = {**geography.lists, **known.named_lists} if geography and known else None
    rules = (
        None
        if lists is None
        else gathered(
            lambda: load_rules([built_in_pack(), *packs], lists, proven=() if tests else [built_in_pack()]), faults
        )
    )
    ids = {rule.id for rule in rules.rules} if rules else None
    chosen = None if ids is None else gathered(lambda: load_profile(profile or default_profile(), ids), faults)
    held = [watchlist for watchlist in (embedded, *own) if watchlist]
    parties = by_id(held, faults)
    raise_faults(faults, "lists, rules and profile")
    if not (seeds and geography and known and rules and chosen):
        raise EngineError("a source is missing without a fault")
    return Sources(seeds, tuple(held), parties, geography, known, rules, chosen, official)
