"""`evidence`: from a document to its claims, entries, goods and rules, and back."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from sanctionscreen.cli import options
from sanctionscreen.cli.exits import ExitCode
from sanctionscreen.cli.output import print_json

if TYPE_CHECKING:
    from sanctionscreen.evidence import EvidenceIndex
    from sanctionscreen.goods import GoodsLists
    from sanctionscreen.rules import Rule
    from sanctionscreen.screening.sources import Sources

Cited = Mapping[str, tuple[str, tuple[str, ...]]]

_CLAIM = re.compile(r"\bclaims? (\d{3}-\d+)")
_CHPL = "CHPL"


def evidence(
    id_: Annotated[
        str, typer.Argument(metavar="ID", help="Id of a document, claim, list entry, goods category or rule.")
    ],
    packs: options.Packs = None,
    as_json: options.AsJson = False,
) -> int:
    """Walk the evidence: what a document says, what was made of it, and where a rule or an entry comes from."""
    from sanctionscreen.screening.sources import load_sources

    node = index_of(load_sources(packs=packs or ())).walk(id_)
    if as_json:
        from sanctionscreen.report.facts import evidence_object

        print_json(evidence_object(node))
    else:
        from sanctionscreen.report import catalogues, console

        catalogues.print_evidence(console.console(sys.stdout), node)
    return ExitCode.DONE


def index_of(sources: Sources) -> EvidenceIndex:
    """Everything that was loaded, joined by what cites what."""
    from dataclasses import replace

    from sanctionscreen.evidence import EvidenceIndex

    built_in, *own = sources.watchlists
    parties = tuple(party for watchlist in (built_in, *own) for party in watchlist.parties)
    watchlist = replace(built_in, parties=parties, lists=sources.lists)
    known = {*sources.seeds.documents, *sources.seeds.claims, *sources.goods.categories, *sources.geography.lists}
    rules = {rule.id: (rule.title, tuple(_cited_by(rule, known))) for rule in sources.rules.rules}
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


def _cited_by(rule: Rule, known: set[str]) -> Iterator[str]:
    """What a rule rests on: documents and claims in the pins of its references, lists and categories it asks for."""
    from sanctionscreen.rules.conditions import leaves

    named = [reference.pin.split(",")[0].split(" ")[0] for reference in rule.references]
    named += [claim for reference in rule.references for claim in _CLAIM.findall(reference.pin)]
    for leaf in leaves(rule.when):
        named += [name.removeprefix("goods.").removesuffix(".alone") for name in leaf.lists]
        named += [_CHPL for name in leaf.lists if name.startswith("chpl.")]
        if leaf.field.endswith("categories"):
            named += [leaf.operand] if isinstance(leaf.operand, str) else list(leaf.operand)
    yield from dict.fromkeys(name for name in named if name in known)
