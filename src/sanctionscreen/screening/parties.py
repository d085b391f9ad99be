"""Parties of a line against the watchlists: names, identifiers, ships and addresses into hits."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain
from typing import Any

from sanctionscreen.fields import ROLES
from sanctionscreen.matching import Indexes, NameIndex
from sanctionscreen.model import Hit, ListedParty, Listing, Measure, PartyHit, Status
from sanctionscreen.screening.compiled import Compiled
from sanctionscreen.text.folding import fold
from sanctionscreen.text.party_cells import PartyCell, read_party_cell
from sanctionscreen.text.vessels import read_ship_name

_BRAND_MEASURES = frozenset({"sectoral", "export_licence", "press", "context"})
"""Measures that a brand in the maker's role does not raise; frozen assets and denied privileges it does."""
_PARTY_KINDS = ("person", "company")
_STATUS: dict[str, Status] = {"press": "press", "context": "context"}


@dataclass(frozen=True, slots=True)
class PartyQuery:
    """What one role of a line offers for comparison."""

    kind: str
    name: str = ""
    country: str = ""
    identifier: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class PartyFindings:
    """What the lists say of one party: hits by name or identifier, hits by address, and its quality as written."""

    hits: tuple[tuple[Hit, ListedParty], ...] = ()
    address_hits: tuple[tuple[Hit, ListedParty], ...] = ()
    cell: PartyCell | None = None
    mixed_scripts: bool = False
    invisible: bool = False

    @property
    def is_compared(self) -> bool:
        """A name was there to compare."""
        return self.cell is not None and bool(self.cell.names)


@dataclass(frozen=True, slots=True)
class PartiesOfLine:
    """All roles of a line together."""

    hits: tuple[PartyHit, ...] | None
    """None: no party was named."""
    address_hits: tuple[PartyHit, ...] | None
    """None: no address was given."""
    maker_category: str
    """Goods category that the maker's brand stands for."""
    by_role: Mapping[str, PartyFindings]


@dataclass(frozen=True, slots=True)
class OwnerFindings:
    """An owner of a party as written, and whom it resembles."""

    name: str
    share: float | None
    """Percent; None where it is not said."""
    hits: tuple[PartyHit, ...]


@dataclass(slots=True)
class PartyScreen:
    """Looks up each distinct party once; the same party in a million rows costs one search."""

    parties: Mapping[str, ListedParty]
    index: Indexes
    as_of: date
    _seen: dict[PartyQuery, PartyFindings] = field(default_factory=dict, repr=False)

    @classmethod
    def build(cls, parties: Mapping[str, ListedParty], as_of: date, compiled: Compiled | None = None) -> PartyScreen:
        """An index of the parties with a listing in force on a day, beside lists that were compiled before."""
        live = {key: party for key, party in parties.items() if any(_listings(party, as_of))}
        own = NameIndex.build(list(live.values()))
        if compiled is None:
            return cls(live, Indexes((own,)), as_of)
        stored = compiled.parties

        def counts(entity_id: str) -> bool:
            return entity_id in live or any(_listings(stored[entity_id], as_of))

        both = ChainMap(live, stored)  # type: ignore[arg-type]  # only read
        return cls(both, Indexes((own, compiled.index), counts), as_of)

    def prepare(self, lines: Iterable[Mapping[str, Any]]) -> None:
        """Look up all parties of several lines together: the index is at its best with many names at once."""
        queries = dict.fromkeys(
            query for values in lines for _, query in chain(queries_of(values), _owner_queries(values))
        )
        self._look_up([query for query in queries if query not in self._seen])

    def of_line(self, values: Mapping[str, Any]) -> PartiesOfLine:
        """The hits of every role that the line names."""
        asked = list(queries_of(values))
        self._look_up([query for _, query in asked if query not in self._seen])
        found = {role: self._seen[query] for role, query in asked}
        hits: list[PartyHit] = []
        address_hits: list[PartyHit] = []
        maker_category = ""
        for role, query in asked:
            for hit, party in found[role].hits:
                is_brand = role == "manufacturer" and bool(party.brand_category)
                maker_category = party.brand_category if is_brand else maker_category
                found_hits = self._party_hits(role, query, hit, party)
                hits.extend(one for one in found_hits if not (is_brand and one.measure in _BRAND_MEASURES))
            for hit, party in found[role].address_hits:
                address_hits.extend(self._party_hits(role, query, hit, party))
        named = any(found[role].is_compared or query.identifier for role, query in asked)
        placed = any(query.address for _, query in asked)
        return PartiesOfLine(
            tuple(hits) if named else None, tuple(address_hits) if placed else None, maker_category, found
        )

    @property
    def known(self) -> Mapping[PartyQuery, PartyFindings]:
        """What the lists say of every party that was looked up."""
        return self._seen

    def of_owners(self, values: Mapping[str, Any]) -> dict[str, tuple[OwnerFindings, ...]]:
        """The owners of each role that names any."""
        asked = list(_owner_queries(values))
        self._look_up([query for _, query in asked if query not in self._seen])
        return {
            role: tuple(self._owner(role, owner) for owner in values[f"{role}.owners"])
            for role in dict.fromkeys(role for role, _ in asked)
        }

    def _owner(self, role: str, owner: Mapping[str, Any]) -> OwnerFindings:
        query = _owner_query(owner)
        found = self._seen[query].hits if query.name else ()
        hits = (one for hit, party in found for one in self._party_hits(f"owner_of_{role}", query, hit, party))
        return OwnerFindings(query.name, owner.get("share"), tuple(hits))

    def _look_up(self, queries: Sequence[PartyQuery]) -> None:
        """Remember what the lists say of parties not seen before."""
        for is_vessel in (False, True):
            some = [query for query in queries if (query.kind == "vessel") is is_vessel]
            if some:
                self._seen.update(
                    zip(some, self._search(some, ("vessel",) if is_vessel else _PARTY_KINDS), strict=True)
                )

    def _search(self, queries: Sequence[PartyQuery], kinds: tuple[str, ...]) -> Iterator[PartyFindings]:
        cells = [_cell(query) for query in queries]
        asked = [_asked(query, cell) for query, cell in zip(queries, cells, strict=True)]
        # No listed party is left out: a crowd of namesakes must not hide the one whose assets are frozen.
        everyone = max(1, len(self.index))
        by_name = iter(self.index.match_many(chain.from_iterable(asked), kinds=kinds, limit=everyone))
        places = [{"address": query.address} for query in queries]
        near = self.index.match_many(places, limit=everyone)
        for query, cell, names, addresses in zip(queries, cells, asked, near, strict=True):
            ordered = _strongest(list(chain.from_iterable(next(by_name) for _ in names)))
            folded = fold(query.name)
            yield PartyFindings(
                tuple((hit, self.parties[hit.entity_id]) for hit in ordered),
                tuple((hit, self.parties[hit.entity_id]) for hit in addresses if hit.basis == "address"),
                cell,
                folded.mixed_scripts,
                folded.invisible,
            )

    def _party_hits(self, role: str, query: PartyQuery, hit: Hit, party: ListedParty) -> Iterator[PartyHit]:
        """One hit per list and measure in force: a party on three lists is three reasons, each with its programmes."""
        programmes: dict[tuple[str, Measure], dict[str, None]] = {}
        for listing in _listings(party, self.as_of):
            programmes.setdefault((listing.list, listing.measure), {})[listing.programme] = None
        for (of, measure), named in programmes.items():
            yield PartyHit(
                role=role,
                name=query.name or query.identifier or query.address,
                entity_id=party.id,
                entity_name=hit.name if hit.basis == "name" else party.name,
                list=of,
                programme="; ".join(filter(None, named)),
                measure=measure,
                status=_STATUS.get(measure, "official"),
                score=round(hit.score, 4),
                evidence=round(hit.evidence, 4),
            )


def _listings(party: ListedParty, as_of: date) -> Iterator[Listing]:
    return (listing for listing in party.listings if listing.in_force(as_of))


def _strongest(hits: Sequence[Hit]) -> list[Hit]:
    """The hits of the names in one cell: of each listed party those that no other beats in score and evidence alike."""
    by_party: dict[str, list[Hit]] = {}
    for hit in hits:
        by_party.setdefault(hit.entity_id, []).append(hit)
    kept: dict[tuple[str, float, float], Hit] = {}
    for rivals in by_party.values():
        for hit in rivals:
            if not any(_beats(one, hit) for one in rivals):
                kept.setdefault((hit.entity_id, hit.score, hit.evidence), hit)
    return sorted(kept.values(), key=lambda hit: (-hit.score, -hit.evidence, hit.entity_id))


def _beats(one: Hit, other: Hit) -> bool:
    return (
        one.score >= other.score
        and one.evidence >= other.evidence
        and (one.score, one.evidence) != (other.score, other.evidence)
    )


def _cell(query: PartyQuery) -> PartyCell | None:
    """The names in a cell; a ship's also by her former ones, without what says that she is a ship."""
    if not query.name:
        return None
    cell = read_party_cell(query.name)
    if query.kind != "vessel" or not cell.names:
        return cell
    ship = read_ship_name(query.name)
    return replace(cell, names=tuple(dict.fromkeys(name for name in (ship.name, *ship.former) if name)) or cell.names)


def _asked(query: PartyQuery, cell: PartyCell | None) -> list[dict[str, Any]]:
    """What to ask the index: each name of the cell with country and number, or the number alone."""
    imo = read_ship_name(query.name).imo if query.kind == "vessel" and query.name else ""
    numbers = [number for number in (query.identifier, imo) if number]
    base = {"country": query.country or None, "identifiers": numbers}
    names = cell.names if cell is not None else ()
    return [{"name": name, **base} for name in names] or ([base] if numbers else [])


def queries_of(values: Mapping[str, Any]) -> Iterator[tuple[str, PartyQuery]]:
    """The roles of a line that hold anything to compare; a bank's BIC and a ship's IMO number are identifiers."""
    for role in ROLES:
        identifier = values.get(f"{role}.identifier") or (values.get("bank.bic") if role == "bank" else None)
        query = PartyQuery(
            "party",
            values.get(f"{role}.name") or "",
            values.get(f"{role}.country") or "",
            identifier or "",
            values.get(f"{role}.address") or "",
        )
        if query.name or query.identifier or query.address:
            yield role, query
    ship = PartyQuery("vessel", values.get("vessel.name") or "", "", values.get("vessel.imo") or "")
    if ship.name or ship.identifier:
        yield "vessel", ship


def _owner_queries(values: Mapping[str, Any]) -> Iterator[tuple[str, PartyQuery]]:
    """The owners that are named, with the role of what they own."""
    for role in ROLES:
        for owner in values.get(f"{role}.owners") or ():
            query = _owner_query(owner)
            if query.name:
                yield role, query


def _owner_query(owner: Mapping[str, Any]) -> PartyQuery:
    return PartyQuery("party", owner.get("name") or "", owner.get("country") or "")
