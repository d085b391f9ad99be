"""Parties of a line against the watchlists: names, identifiers, ships and addresses into hits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sanctionscreen.fields import ROLES
from sanctionscreen.matching import NameIndex
from sanctionscreen.model import Hit, ListedParty, Listing, PartyHit, Status
from sanctionscreen.text.folding import fold
from sanctionscreen.text.party_cells import PartyCell, read_party_cell

MOST_ENTRIES = 25
"""Listed parties reported for one name; a name that resembles more is too common to tell anyone apart."""
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


@dataclass(slots=True)
class PartyScreen:
    """Looks up each distinct party once; the same party in a million rows costs one search."""

    parties: Mapping[str, ListedParty]
    index: NameIndex
    as_of: date
    _seen: dict[PartyQuery, PartyFindings] = field(default_factory=dict, repr=False)

    @classmethod
    def build(cls, parties: Mapping[str, ListedParty], as_of: date) -> PartyScreen:
        """An index of the parties with a listing in force on a day."""
        live = {key: party for key, party in parties.items() if any(_listings(party, as_of))}
        return cls(live, NameIndex.build(list(live.values())), as_of)

    def of_line(self, values: Mapping[str, Any]) -> PartiesOfLine:
        """The hits of every role that the line names."""
        found: dict[str, PartyFindings] = {}
        hits: list[PartyHit] = []
        address_hits: list[PartyHit] = []
        maker_category = ""
        for role, query in _queries(values):
            found[role] = findings = self.look_up(query)
            for hit, party in findings.hits:
                if role == "manufacturer" and party.brand_category:
                    maker_category = party.brand_category
                    continue
                hits.extend(self._party_hits(role, query, hit, party))
            for hit, party in findings.address_hits:
                address_hits.extend(self._party_hits(role, query, hit, party))
        named = any(query.name or query.identifier for _, query in _queries(values))
        placed = any(query.address for _, query in _queries(values))
        return PartiesOfLine(
            tuple(hits) if named else None, tuple(address_hits) if placed else None, maker_category, found
        )

    def look_up(self, query: PartyQuery) -> PartyFindings:
        known = self._seen.get(query)
        if known is None:
            known = self._seen[query] = self._search(query)
        return known

    def _search(self, query: PartyQuery) -> PartyFindings:
        kinds = ("vessel",) if query.kind == "vessel" else _PARTY_KINDS
        cell = read_party_cell(query.name) if query.name else None
        folded = fold(query.name)
        names = cell.names if cell is not None else ()
        base = {"country": query.country or None, "identifiers": [query.identifier] if query.identifier else []}
        asked = [{"name": name, **base} for name in names] or ([base] if query.identifier else [])
        best: dict[str, Hit] = {}
        for one in asked:
            for hit in self.index.match(one, kinds=kinds, limit=MOST_ENTRIES):
                if hit.entity_id not in best or hit.score > best[hit.entity_id].score:
                    best[hit.entity_id] = hit
        near = self.index.match({"address": query.address}, limit=MOST_ENTRIES) if query.address else []
        ordered = sorted(best.values(), key=lambda hit: (-hit.score, hit.entity_id))
        return PartyFindings(
            tuple((hit, self.parties[hit.entity_id]) for hit in ordered),
            tuple((hit, self.parties[hit.entity_id]) for hit in near if hit.basis == "address"),
            cell,
            folded.mixed_scripts,
            folded.invisible,
        )

    def _party_hits(self, role: str, query: PartyQuery, hit: Hit, party: ListedParty) -> Iterator[PartyHit]:
        """One hit per listing in force: a party on three lists is three reasons, each with its own measure."""
        for listing in _listings(party, self.as_of):
            yield PartyHit(
                role=role,
                name=query.name or query.identifier or query.address,
                entity_id=party.id,
                entity_name=hit.name if hit.basis == "name" else party.name,
                list=listing.list,
                programme=listing.programme,
                measure=listing.measure,
                status=_STATUS.get(listing.measure, "official"),
                score=round(hit.score, 4),
                evidence=round(hit.evidence, 4),
            )


def _listings(party: ListedParty, as_of: date) -> Iterator[Listing]:
    return (listing for listing in party.listings if listing.in_force(as_of))


def _queries(values: Mapping[str, Any]) -> Iterator[tuple[str, PartyQuery]]:
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
