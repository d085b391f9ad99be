"""What the loaded lists, goods and rules cite, joined into one index."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from sanctionscreen.evidence.index import EvidenceIndex
from sanctionscreen.goods import GoodsLists
from sanctionscreen.rules import Rule
from sanctionscreen.rules.conditions import leaves, list_tests
from sanctionscreen.screening.sources import Sources
from sanctionscreen.strict_yaml import Scalar, Sequence

Cited = Mapping[str, tuple[str, tuple[str, ...]]]
"""Title and cited ids, by id."""

_CLAIM = re.compile(r"\bclaims? (\d{3}-\d+)")
_CHPL = "CHPL"


def index_of(sources: Sources) -> EvidenceIndex:
    """Everything that was loaded, joined by what cites what."""
    built_in, *own = sources.watchlists
    parties = tuple(party for watchlist in (built_in, *own) for party in watchlist.parties)
    watchlist = replace(built_in, parties=parties, lists=sources.lists)
    known = {*sources.seeds.documents, *sources.seeds.claims, *sources.goods.categories, *sources.geography.lists}
    rules = {rule.id: (rule.title, tuple(cited_by(rule, known))) for rule in sources.rules.rules}
    return EvidenceIndex.build(sources.seeds, watchlist, _goods(sources.goods), rules, sources.geography)


def _goods(lists: GoodsLists) -> Cited:
    """Categories rest on documents; codes on the categories that name them and on the priority list."""
    cited = {key: (one.label, (*one.named_in, *one.sources)) for key, one in lists.categories.items()}
    for code in sorted({*lists.uses, *lists.chpl}):
        uses = lists.uses.get(code, ())
        priority = lists.chpl.get(code)
        title = f"{priority.desc} (priority list, tier {priority.tier})" if priority else uses[0].desc
        cited[code] = (title, (*(use.category for use in uses), *((_CHPL,) if priority else ())))
    return cited


def cited_by(rule: Rule, known: set[str]) -> Iterator[str]:
    """What a rule rests on: documents and claims in the pins of its references, lists and categories it asks for."""
    named = [reference.pin.split(",")[0].split(" ")[0] for reference in rule.references]
    named += [claim for reference in rule.references for claim in _CLAIM.findall(reference.pin)]
    for leaf in leaves(rule.when):
        named += [name.removeprefix("goods.").removesuffix(".alone") for name in leaf.lists]
        named += [_CHPL for name in leaf.lists if name.startswith("chpl.")]
    for each in list_tests(rule.when):
        if each.field.endswith("categories"):
            named += [name for leaf in leaves(each.where) for name in _written(leaf.source)]
    yield from dict.fromkeys(name for name in named if name in known)


def _written(source: object) -> list[str]:
    if isinstance(source, Scalar):
        return [source.text]
    return [item.text for item in source.items if isinstance(item, Scalar)] if isinstance(source, Sequence) else []
