"""An index of listed parties: finds those that a name, an identifier or an address resembles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from sanctionscreen.errors import InputError
from sanctionscreen.matching import addresses, identifiers, queries
from sanctionscreen.matching.comparison import Comparison, compare, explained
from sanctionscreen.matching.parties import Given, IndexedName, IndexedParty, read_all
from sanctionscreen.matching.queries import Asked, Query
from sanctionscreen.matching.retrieval import Retrieval
from sanctionscreen.matching.weights import COUNTRY_AGREES, COUNTRY_DIFFERS, DEFAULT_THRESHOLD, OTHER_KIND
from sanctionscreen.model import Basis, Hit, Kind, NameComparison
from sanctionscreen.text.names import Name, take_apart

if TYPE_CHECKING:
    import polars as pl

_BATCH = 2048
"""Names looked up together: enough that array operations pay, few enough to stay in the processor's cache."""

_SHIPS = frozenset({"vessel", "aircraft"})


class _Found(NamedTuple):
    """One way in which a party was found."""

    party: int
    name: str
    score: float
    evidence: float
    basis: Basis


class NameIndex:
    """Listed parties, ready to be searched; made by `build`, never changed after."""

    def __init__(self, parties: Sequence[IndexedParty]) -> None:
        self._parties = list(parties)
        self._at = {party.id: at for at, party in enumerate(self._parties)}
        self._names: list[IndexedName] = [name for party in self._parties for name in party.names]
        self._owner = np.repeat(np.arange(len(self._parties)), [len(party.names) for party in self._parties]).astype(
            np.int64
        )
        self._retrieval = Retrieval([n.name for n in self._names], [self._parties[at].kind for at in self._owner])
        self._by_itself = np.array([not name.corroborates_only for name in self._names], dtype=bool)
        self._by_number = _lookup(
            (number, at) for at, party in enumerate(self._parties) for number in sorted(party.numbers)
        )
        self._by_address = _lookup(
            (key, at)
            for at, party in enumerate(self._parties)
            for key in sorted({k for a in party.addresses for k in a.keys})
        )

    @classmethod
    def build(cls, parties: Iterable[Given]) -> NameIndex:
        """An index of these parties; without any, one that finds nothing.

        Raises:
            WatchlistError: a party cannot be used, or two have one id.
        """
        return cls(read_all(parties))

    def __len__(self) -> int:
        return len(self._parties)

    def match(
        self,
        query: Asked,
        *,
        kinds: str | Iterable[str] | None = None,
        countries: str | Iterable[str] | None = None,
        limit: int = 5,
        threshold: float = DEFAULT_THRESHOLD,
    ) -> list[Hit]:
        """The listed parties that a name, or a party on a document, resembles; best first, ties by id.

        Args:
            query: A name, or a mapping with any of name, kind, country, identifiers, address. An empty or missing name,
                or one without letters and digits, finds nothing by name.
            kinds: Kinds of parties to look among; a party whose kind is `any` is always looked at.
            countries: Countries to look among; a party without countries is always looked at.
            limit: Most parties to return.
            threshold: Lowest score of a hit, in [0, 1].

        Raises:
            InputError: the query is no text and no mapping, or an argument is out of range.
        """
        return self.match_many([query], kinds=kinds, countries=countries, limit=limit, threshold=threshold)[0]

    def match_many(
        self,
        asked: Iterable[Asked],
        *,
        kinds: str | Iterable[str] | None = None,
        countries: str | Iterable[str] | None = None,
        limit: int = 5,
        threshold: float = DEFAULT_THRESHOLD,
    ) -> list[list[Hit]]:
        """`match` for many queries, each distinct one looked up once."""
        _check(limit, threshold)
        allowed = self._allowed(queries.kinds_of(kinds), queries.countries_of(countries))
        read = [queries.read(one) for one in asked]
        distinct = list(dict.fromkeys(read))
        found: dict[Query, list[Hit]] = {}
        for start in range(0, len(distinct), _BATCH):
            batch = distinct[start : start + _BATCH]
            for query, ways in zip(batch, self._find(batch, allowed, threshold), strict=True):
                found[query] = self._ranked(ways, limit)
        return [found[query] for query in read]

    def search(
        self,
        asked: Iterable[Asked],
        *,
        kinds: str | Iterable[str] | None = None,
        countries: str | Iterable[str] | None = None,
        limit: int = 5,
        threshold: float = DEFAULT_THRESHOLD,
    ) -> pl.DataFrame:
        """`match_many` as a frame: query (row number), entity_id, name, score, evidence, basis, rank."""
        import polars as pl

        hits = self.match_many(asked, kinds=kinds, countries=countries, limit=limit, threshold=threshold)
        rows = [
            (at, h.entity_id, h.name, h.score, h.evidence, h.basis, h.rank)
            for at, some in enumerate(hits)
            for h in some
        ]
        schema = {"query": pl.Int64, "entity_id": pl.String, "name": pl.String, "score": pl.Float64,
                  "evidence": pl.Float64, "basis": pl.String, "rank": pl.Int64}  # fmt: skip
        return pl.DataFrame(rows, schema=schema, orient="row")

    def explain(self, query: Asked, entity_id: str) -> NameComparison:
        """Why a party's name is as like the query as it is: its most similar name compared, weak names included.

        Raises:
            InputError: no party has this id.
        """
        at = self._at.get(entity_id)
        if at is None:
            raise InputError(f"no listed party has the id {entity_id!r:.60}")
        view = _View(queries.read(query))
        compared = [self._compared(view, name, self._parties[at]) for name in self._parties[at].names]
        if not compared:
            return NameComparison(0.0, 0.0)
        return explained(max(compared, key=lambda c: (c.score, c.unlimited, c.evidence)))

    def _allowed(self, kinds: frozenset[str] | None, countries: frozenset[str] | None) -> npt.NDArray[np.bool_]:
        """Parties that the filters leave; what a party does not say is no reason to leave it out."""
        return np.array(
            [
                (kinds is None or party.kind == "any" or party.kind in kinds)
                and (countries is None or not party.countries or bool(party.countries & countries))
                for party in self._parties
            ],
            dtype=bool,
        )

    def _find(self, batch: Sequence[Query], allowed: npt.NDArray[np.bool_], threshold: float) -> list[list[_Found]]:
        views = [_View(query) for query in batch]
        ways = [self._by_identifier(query, allowed) for query in batch]
        by_name = allowed[self._owner] & self._by_itself if len(self._owner) else np.zeros(0, dtype=bool)
        for at, found in self._retrieval.candidates([view.name for view in views], threshold, by_name):
            ways[at] += self._scored(views[at], found, threshold)
        # What reads as a legal form may be the initials or the name of a person.
        persons = [
            (at, view.as_kind("person")) for at, view in enumerate(views) if view.as_kind("person") is not view.name
        ]
        for at, found in self._retrieval.candidates([name for _, name in persons], threshold, by_name):
            ways[persons[at][0]] += self._scored(views[persons[at][0]], found, threshold)
        for at, query in enumerate(batch):
            if query.address:
                places = self._at_address(query, allowed, threshold)
                ways[at] += places + self._corroborated(views[at], {way.party for way in places}, threshold)
        return ways

    def _scored(self, view: _View, found: npt.NDArray[np.int64], threshold: float) -> list[_Found]:
        hits = []
        for at in found.tolist():
            party, name = int(self._owner[at]), self._names[at]
            if view.may_be(self._parties[party].kind):
                compared = self._compared(view, name, self._parties[party])
                if compared.score >= threshold and compared.pairs:
                    evidence = _with_country(compared.evidence, view.query.country, self._parties[party].countries)
                    hits.append(_Found(party, name.text, compared.score, evidence, "name"))
        return hits

    def _compared(self, view: _View, name: IndexedName, party: IndexedParty) -> Comparison:
        other_kind = {view.query.kind, party.kind} == {"person", "company"}
        kind = party.kind if party.kind != "any" else view.query.kind
        compared = compare(view.as_kind(kind), name.name, kind)
        return compared if not other_kind else compared.limited(OTHER_KIND)

    def _by_identifier(self, query: Query, allowed: npt.NDArray[np.bool_]) -> list[_Found]:
        hits = []
        for number in sorted(identifiers.comparable(query.identifiers)):
            for at in self._by_number.get(number, ()):
                party = self._parties[at]
                elsewhere = bool(query.country and party.countries and query.country not in party.countries)
                if allowed[at] and not (elsewhere and len(number) <= identifiers.SHARED_UP_TO):
                    hits.append(_Found(at, party.names[0].text if party.names else number, 1.0, 1.0, "identifier"))
        return hits

    def _at_address(self, query: Query, allowed: npt.NDArray[np.bool_], threshold: float) -> list[_Found]:
        asked = addresses.read(query.address)
        near = sorted({at for key in asked.keys for at in self._by_address.get(key, ())})
        hits = []
        for at in near:
            agrees = (
                max(addresses.agreement(asked, place) for place in self._parties[at].addresses) if allowed[at] else 0.0
            )
            if agrees >= threshold and agrees > 0:
                names = self._parties[at].names
                hits.append(
                    _Found(at, names[0].text if names else "", agrees, min(1.0, len(asked.words) / 4), "address")
                )
        return hits

    def _corroborated(self, view: _View, parties: set[int], threshold: float) -> list[_Found]:
        """Names that say nothing by themselves, of parties that the address points to."""
        spans = ((party, *np.searchsorted(self._owner, (party, party + 1)).tolist()) for party in sorted(parties))
        names = [at for _, first, last in spans for at in range(first, last) if not self._by_itself[at]]
        return self._scored(view, np.array(names, dtype=np.int64), threshold)

    def _ranked(self, ways: Sequence[_Found], limit: int) -> list[Hit]:
        """The best way for each party; identifiers decide over names, names over addresses of the same score."""
        bases = ("identifier", "name", "address")
        best: dict[int, _Found] = {}
        for way in sorted(ways, key=lambda w: (w.basis != "identifier", -w.score, bases.index(w.basis), -w.evidence)):
            best.setdefault(way.party, way)
        order = sorted(best.values(), key=lambda w: (-w.score, w.basis != "identifier", self._parties[w.party].id))
        return [
            Hit(self._parties[way.party].id, way.name, way.score, way.evidence, way.basis, rank)
            for rank, way in enumerate(order[:limit], 1)
        ]


class _View:
    """A query's name taken apart: as of a company or anything, and as of a person, whose initials are no legal form."""

    def __init__(self, query: Query) -> None:
        self.query = query
        self.name = take_apart(query.name)
        self._as_person: Name | None = None

    def may_be(self, kind: Kind) -> bool:
        """People and firms are never ships or aircraft, where both kinds are known."""
        if "any" in (kind, self.query.kind) or kind == self.query.kind:
            return True
        return not {kind, self.query.kind} & _SHIPS

    def as_kind(self, kind: Kind) -> Name:
        if kind != "person" or not any(word.kind == "form" for word in self.name.words):
            return self.name
        if self._as_person is None:
            self._as_person = take_apart(self.query.name, forms=False)
        return self._as_person


def _with_country(evidence: float, asked: str, listed: frozenset[str]) -> float:
    """The evidence of a name with what the countries say; a country that one side does not give says nothing."""
    if not asked or not listed:
        return round(evidence, 4)
    agrees = asked in listed
    return round(min(1.0, evidence + COUNTRY_AGREES) if agrees else evidence * COUNTRY_DIFFERS, 4)


def _check(limit: int, threshold: float) -> None:
    if isinstance(limit, bool) or not isinstance(limit, int) or limit < 1:
        raise InputError(f"limit is a whole number from 1, not {limit!r:.40}")
    if not isinstance(threshold, (int, float)) or not 0 <= threshold <= 1:
        raise InputError(f"threshold is a number from 0 to 1, not {threshold!r:.40}")


def _lookup(entries: Iterator[tuple[str, int]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for key, at in entries:
        found.setdefault(key, []).append(at)
    return found
