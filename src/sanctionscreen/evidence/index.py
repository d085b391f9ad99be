"""From any id to what it rests on and to what rests on it: documents, claims, list entries, goods, rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sanctionscreen.errors import EngineError, InputError, suggestion
from sanctionscreen.model import ListedParty, Listing
from sanctionscreen.watchlist import Claim, Document, Geography, ListInfo, Seeds, Watchlist

Cited = Mapping[str, tuple[str, tuple[str, ...]]]
"""What another room hands in: its ids, each with a title and the ids it cites."""

RESTS_ON = "rests on"
CITED_BY = "cited by"


@dataclass(frozen=True, slots=True)
class EvidenceNode:
    """One thing in the chain of evidence, and what hangs on it."""

    id: str
    kind: str
    """document, claim, list, entity, unnamed, country_list, statistic, place, goods, hs or rule."""
    title: str
    lines: tuple[str, ...] = ()
    """What there is to say about it, a fact a line."""
    relation: str = ""
    """How it stands to its parent, `rests on` or `cited by`; empty at the root."""
    children: tuple[EvidenceNode, ...] = ()


@dataclass(frozen=True, slots=True)
class _Item:
    kind: str
    title: str
    cites: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EvidenceIndex:
    """Everything that cites or can be cited, by id."""

    items: Mapping[str, _Item] = field(default_factory=dict)
    cites: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    cited_by: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    dangling: tuple[tuple[str, str], ...] = ()
    """Pairs of an id and an id it cites that nothing has; empty when every chain ends."""

    @classmethod
    def build(
        cls,
        seeds: Seeds,
        watchlist: Watchlist,
        goods: Cited | None = None,
        rules: Cited | None = None,
        geography: Geography | None = None,
    ) -> EvidenceIndex:
        """Join the rooms by their citations.

        Args:
            goods: Goods categories and six-digit HS codes by id; they may cite documents, claims and each other.
                Without it the goods that claims and brands name are not followed.
            rules: Rules by id; they may cite anything that has an id.

        Raises:
            EngineError: one id means two different things.
        """
        items: dict[str, _Item] = {}
        for key, item in _items(seeds, watchlist, goods, rules, geography):
            if key in items:
                raise EngineError(f"the id {key!r} stands for two things, {items[key].kind} and {item.kind}")
            items[key] = item
        edges = [(key, cited) for key, item in items.items() for cited in item.cites]
        if goods is not None:
            edges += _goods_edges(seeds, watchlist)
        dangling = [edge for edge in edges if edge[0] not in items or edge[1] not in items]
        sound = [edge for edge in edges if edge[0] in items and edge[1] in items]
        return cls(items, _grouped(sound), _grouped([(cited, key) for key, cited in sound]), tuple(dangling))

    def walk(self, key: str) -> EvidenceNode:
        """The tree of an id: what it rests on, down to the documents, then what rests on it.

        Raises:
            InputError: nothing has this id.
        """
        found = self.resolve(key)
        if found is None:
            raise InputError(f"nothing in the evidence has the id {key!r}{suggestion(key, list(self.items))}")
        return self._node(found, "", (*self._grounds(found, (found,)), *self._uses(found, (found,))))

    def resolve(self, key: str) -> str | None:
        """The id as the index writes it; case does not matter, nor do the dots of an HS code."""
        folded = {known.casefold(): known for known in self.items}
        text = key.strip()
        undotted = text.replace(".", "").replace(" ", "")
        return text if text in self.items else folded.get(text.casefold()) or folded.get(undotted.casefold())

    def _grounds(self, key: str, path: tuple[str, ...]) -> Iterator[EvidenceNode]:
        for cited in _nearest(key, self.cites):
            if cited not in path:
                yield self._node(cited, RESTS_ON, tuple(self._grounds(cited, (*path, cited))))

    def _uses(self, key: str, path: tuple[str, ...]) -> Iterator[EvidenceNode]:
        for user in _nearest(key, self.cited_by):
            # HS codes hang only on what was asked for: else every claim about chips would list them all.
            if user not in path and (len(path) == 1 or self.items[user].kind != "hs"):
                yield self._node(user, CITED_BY, tuple(self._uses(user, (*path, user))))

    def _node(self, key: str, relation: str, children: tuple[EvidenceNode, ...]) -> EvidenceNode:
        item = self.items[key]
        return EvidenceNode(key, item.kind, item.title, item.lines, relation, children)


def _nearest(key: str, edges: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """The neighbours of an id without those that a longer way through another neighbour shows anyway."""
    neighbours = edges.get(key, ())
    reach = {other: _reachable(other, edges) for other in neighbours}
    for other in neighbours:
        if not any(other in reach[third] and third not in reach[other] for third in neighbours if third != other):
            yield other


def _reachable(key: str, edges: Mapping[str, tuple[str, ...]]) -> set[str]:
    reached: set[str] = set()
    waiting = list(edges.get(key, ()))
    while waiting:
        found = waiting.pop()
        if found not in reached:
            reached.add(found)
            waiting += edges.get(found, ())
    return reached


def _grouped(edges: list[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    grouped: dict[str, dict[str, None]] = {}
    for key, other in edges:
        grouped.setdefault(key, {})[other] = None
    return {key: tuple(others) for key, others in grouped.items()}


def _goods_edges(seeds: Seeds, watchlist: Watchlist) -> Iterator[tuple[str, str]]:
    """A category rests on the claims that name it; a brand stands for its category."""
    for claim in seeds.claims.values():
        yield from ((category, claim.id) for category in claim.goods)
    for party in watchlist.parties:
        if party.brand_category:
            yield party.id, party.brand_category


def _items(
    seeds: Seeds, watchlist: Watchlist, goods: Cited | None, rules: Cited | None, geography: Geography | None
) -> Iterator[tuple[str, _Item]]:
    for document in seeds.documents.values():
        yield document.id, _Item("document", document.title, document.rests_on, _document_lines(document))
    for claim in seeds.claims.values():
        yield claim.id, _Item("claim", claim.text, (claim.document, *claim.see), _claim_lines(claim, seeds))
    for info in watchlist.lists:
        yield info.id, _Item("list", info.title, info.documents, _list_lines(info))
    for party in watchlist.parties:
        on_lists = (listing.list for listing in party.listings)
        yield party.id, _Item("entity", party.name, (*party.claims, *party.documents, *on_lists), _party_lines(party))
    for unnamed in watchlist.unnamed:
        lines = _said({"role": unnamed.role, "note": unnamed.note})
        yield unnamed.id, _Item("unnamed", unnamed.title, (*unnamed.claims, *unnamed.documents), lines)
    if geography is not None:
        yield from _geography_items(geography)
    for key, (title, cited) in (goods or {}).items():
        yield key, _Item("hs" if key.isdecimal() else "goods", title, cited)
    for key, (title, cited) in (rules or {}).items():
        yield key, _Item("rule", title, cited)


def _geography_items(geography: Geography) -> Iterator[tuple[str, _Item]]:
    for key, entry in geography.details.items():
        lines = (", ".join(entry.named.values), *_said({"citation": entry.named.citation, "note": entry.note}))
        yield key, _Item("country_list", entry.title, entry.documents, lines)
    for statistic in geography.statistics:
        counts = ", ".join(f"{code} {count}" for code, count in statistic.counts.items())
        yield (
            statistic.id,
            _Item("statistic", statistic.title, statistic.documents, (counts, *_said({"note": statistic.note}))),
        )
    for place in geography.places:
        lines = _said({"since": str(place.since or ""), "basis": place.since_basis, "confidence": place.confidence})
        yield f"place.{place.id}", _Item("place", place.name, place.documents, lines)


def _document_lines(document: Document) -> tuple[str, ...]:
    return _said(
        {
            "kind": document.kind,
            "publisher": document.publisher,
            "author": document.author,
            "date": " ".join(part for part in (str(document.date or ""), document.date_note) if part),
            "via": document.via,
            "url": document.url,
            "seen in": document.seen_in,
            "checked": document.checked,
            "confidence": document.confidence,
            "note": document.note,
        }
    )


def _claim_lines(claim: Claim, seeds: Seeds) -> tuple[str, ...]:
    figures = " to ".join(f"{figure:g}" for figure in claim.figures)
    route = " to ".join("/".join(codes) for codes in (claim.from_countries, claim.to_countries) if codes)
    lines = _said(
        {
            "figure": " ".join(part for part in (figures, claim.unit) if part),
            "period": claim.period,
            "attributed to": claim.attributed_to,
            "route": route,
            "goods": ", ".join(claim.goods),
            "check": claim.check,
            "note": claim.note,
        }
    )
    return (*lines, *_conflict_lines(claim, seeds))


def _conflict_lines(claim: Claim, seeds: Seeds) -> Iterator[str]:
    for conflict in seeds.conflicts:
        if claim.id in conflict.claims:
            others = ", ".join(other for other in conflict.claims if other != claim.id)
            yield f"conflict{' with ' + others if others else ''}: {conflict.topic}"


def _list_lines(info: ListInfo) -> tuple[str, ...]:
    return _said(
        {
            "issuer": info.issuer,
            "measure": info.measure,
            "source": info.source,
            "state": info.as_of,
            "checked": str(info.retrieved or ""),
        }
    )


def _party_lines(party: ListedParty) -> tuple[str, ...]:
    names = ", ".join(name.text + (" (weak)" if name.quality == "weak" else "") for name in party.names[1:])
    said = _said(
        {
            "status": party.status,
            "role": party.role,
            "also": names,
            "countries": ", ".join(party.countries),
            "identifiers": ", ".join(party.identifiers),
            "address": "; ".join(party.addresses),
            "note": party.note,
            "not to be mistaken for": "; ".join(party.hazards),
            "confidence": party.confidence,
        }
    )
    listings = (_listing_line(listing) for listing in party.listings if listing.measure != "context")
    return (*said, *listings)


def _listing_line(listing: Listing) -> str:
    entry = f" entry {listing.entry_number}" if listing.entry_number else ""
    since = f" from {listing.listed_from}" if listing.listed_from else ""
    until = f" until {listing.listed_until}" if listing.listed_until else ""
    basis = f" ({listing.date_basis})" if listing.date_basis else ""
    return f"listed on {listing.list}{entry}, {listing.measure}{since}{until}{basis}: {listing.citation}".rstrip(": ")


def _said(facts: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(f"{what}: {text}" for what, text in facts.items() if text)
