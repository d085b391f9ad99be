"""Parties of a line against the watchlists: names, identifiers, ships and addresses into hits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

from sanctionscreen.fields import ROLES
from sanctionscreen.matching import Indexes
from sanctionscreen.model import Hit, ListedParty, Listing, Measure, PartyHit, Status
from sanctionscreen.screening.compiled import Compiled
from sanctionscreen.screening.listed import Listed
from sanctionscreen.text.folding import fold
from sanctionscreen.text.party_cells import CellKind, PartyCell, read_party_cell
from sanctionscreen.text.vessels import read_ship_name

_BRAND_MEASURES = frozenset({"sectoral", "export_licence", "press", "context"})
"""Measures that a brand in the maker's role does not raise; frozen assets and denied privileges it does."""
_PARTY_KINDS = ("person", "company")
_STATUS: dict[str, Status] = {"press": "press", "context": "context"}


class PartyQuery(NamedTuple):
    """What one role of a line offers for comparison."""

    kind: str
    name: str = ""
    country: str = ""
    identifier: str = ""
    address: str = ""


class PartyFindings(NamedTuple):
    """What the lists say of one party: hits by name or identifier, hits by address, and its quality as written."""

    hits: tuple[Hit, ...] = ()
    address_hits: tuple[Hit, ...] = ()
    cell: PartyCell | None = None
    mixed_scripts: bool = False
    invisible: bool = False

    @property
    def is_compared(self) -> bool:
        """A name was there to compare."""
        return self.cell is not None and bool(self.cell.names)


_SOMETHING = "·"


def sign_of(query: PartyQuery, found: PartyFindings) -> tuple[PartyQuery, PartyFindings]:
    """What a line takes from one of its parties; of a party without hits, that is not who it is."""
    if found.hits or found.address_hits:
        return query, found
    name, identifier, address = (_SOMETHING if text else "" for text in (query.name, query.identifier, query.address))
    cell = found.cell and _shape(
        found.cell.kind,
        min(len(found.cell.names), 2),
        found.cell.cut,
        found.cell.is_partly_unreadable,
        bool(found.cell.numbers),
        tuple(dict.fromkeys("1" if _has_digit(one) else _SOMETHING for one in found.cell.addresses)),
    )
    return PartyQuery(query.kind, name, "", identifier, address), PartyFindings(
        (), (), cell, found.mixed_scripts, found.invisible
    )


@lru_cache(maxsize=4096)
def _shape(
    kind: CellKind, names: int, cut: bool, is_partly_unreadable: bool, is_numbered: bool, addresses: tuple[str, ...]
) -> PartyCell:
    """A cell without what it says."""
    return PartyCell(
        kind, (_SOMETHING,) * names, cut, is_partly_unreadable, (_SOMETHING,) if is_numbered else (), addresses
    )


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
    is_identified: bool = False
    """A number of a party or a ship is given."""


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
        listed = Listed.build(parties, as_of, compiled)
        return cls(listed.parties, listed.index, as_of)

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
        return self.of_roles([(role, query, self._seen[query]) for role, query in asked])

    def of_roles(self, asked: Sequence[tuple[str, PartyQuery, PartyFindings]]) -> PartiesOfLine:
        """The hits of the roles of a line, from what the lists say of each."""
        hits: list[PartyHit] = []
        address_hits: list[PartyHit] = []
        maker_category = ""
        for role, query, found in asked:
            for hit in found.hits:
                party = self.parties[hit.entity_id]
                is_brand = role == "manufacturer" and bool(party.brand_category)
                maker_category = party.brand_category if is_brand else maker_category
                found_hits = self._party_hits(role, query, hit, party)
                hits.extend(one for one in found_hits if not (is_brand and one.measure in _BRAND_MEASURES))
            for hit in found.address_hits:
                address_hits.extend(self._party_hits(role, query, hit, self.parties[hit.entity_id]))
        is_identified = any(query.identifier or (found.cell and found.cell.numbers) for _, query, found in asked)
        is_named = is_identified or any(found.is_compared for _, _, found in asked)
        is_placed = any(_places(query, found.cell) for _, query, found in asked)
        return PartiesOfLine(
            tuple(hits) if is_named else None,
            tuple(address_hits) if is_placed else None,
            maker_category,
            {role: found for role, _, found in asked},
            is_identified,
        )

    def findings(self, queries: Sequence[PartyQuery]) -> list[PartyFindings]:
        """What the lists say of parties, in their order; those asked before are not looked up again."""
        self._look_up([query for query in dict.fromkeys(queries) if query not in self._seen])
        return [self._seen[query] for query in queries]

    def forget(self) -> None:
        """Let go of what is known of parties."""
        self._seen.clear()

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
        listed = ((hit, self.parties[hit.entity_id]) for hit in found)
        hits = (one for hit, party in listed for one in self._party_hits(f"owner_of_{role}", query, hit, party))
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
        places = [_places(query, cell) for query, cell in zip(queries, cells, strict=True)]
        near = iter(
            self.index.match_many(({"address": place} for place in chain.from_iterable(places)), limit=everyone)
        )
        for query, cell, names, at in zip(queries, cells, asked, places, strict=True):
            ordered = _strongest(list(chain.from_iterable(next(by_name) for _ in names)))
            addresses = list(chain.from_iterable(next(near) for _ in at))
            folded = fold(query.name)
            yield PartyFindings(
                tuple(ordered),
                tuple(dict.fromkeys(hit for hit in addresses if hit.basis == "address")),
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


def _places(query: PartyQuery, cell: PartyCell | None) -> tuple[str, ...]:
    """The address of the party, or those that are glued to its name where no column gives it."""
    if query.address:
        return (query.address,)
    return () if cell is None else tuple(filter(_has_digit, cell.addresses))


def _has_digit(address: str) -> bool:
    """Without a number, what follows a name is a city at best."""
    return any(map(str.isdigit, address))


def _asked(query: PartyQuery, cell: PartyCell | None) -> list[dict[str, Any]]:
    """What to ask the index: each name of the cell with country and number, or the number alone."""
    imo = read_ship_name(query.name).imo if query.kind == "vessel" and query.name else ""
    beside = cell.numbers if cell is not None and not query.identifier else ()
    numbers = [number for number in (query.identifier, imo, *beside) if number]
    base = {"country": query.country or None, "identifiers": numbers}
    names = cell.names if cell is not None else ()
    return [{"name": name, **base} for name in names] or ([base] if numbers else [])


ROLE_FIELDS: Mapping[str, tuple[str, ...]] = {
    **{role: tuple(f"{role}.{part}" for part in ("name", "country", "identifier", "address")) for role in ROLES},
    "bank": ("bank.name", "bank.country", "bank.identifier", "bank.address", "bank.bic"),
    "vessel": ("vessel.name", "vessel.imo"),
}
"""The fields of a line from which the query of a role is made, in the order in which roles are asked."""


def query_of(role: str, values: Mapping[str, Any]) -> PartyQuery | None:
    """What a role of a line holds to compare, if anything; a bank's BIC and a ship's IMO number are identifiers."""
    if role == "vessel":
        query = PartyQuery("vessel", values.get("vessel.name") or "", "", values.get("vessel.imo") or "")
    else:
        identifier = values.get(f"{role}.identifier") or (values.get("bank.bic") if role == "bank" else None)
        query = PartyQuery(
            "party",
            values.get(f"{role}.name") or "",
            values.get(f"{role}.country") or "",
            identifier or "",
            values.get(f"{role}.address") or "",
        )
    return query if query.name or query.identifier or query.address else None


def queries_of(values: Mapping[str, Any]) -> Iterator[tuple[str, PartyQuery]]:
    """The roles of a line that hold anything to compare."""
    return ((role, query) for role in ROLE_FIELDS if (query := query_of(role, values)) is not None)


def _owner_queries(values: Mapping[str, Any]) -> Iterator[tuple[str, PartyQuery]]:
    """The owners that are named, with the role of what they own."""
    for role in ROLES:
        for owner in values.get(f"{role}.owners") or ():
            query = _owner_query(owner)
            if query.name:
                yield role, query


def _owner_query(owner: Mapping[str, Any]) -> PartyQuery:
    return PartyQuery("party", owner.get("name") or "", owner.get("country") or "")
