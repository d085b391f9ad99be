"""An index of listed parties: finds those that a name, an identifier or an address resembles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from sanctionscreen.errors import InputError
from sanctionscreen.matching import addresses, identifiers, queries, storage
from sanctionscreen.matching.columns import Arrays, part
from sanctionscreen.matching.comparison import Comparison, compare_worded, explained
from sanctionscreen.matching.parties import Given, read_all
from sanctionscreen.matching.queries import Asked, Query
from sanctionscreen.matching.register import KINDS, Listed, Register
from sanctionscreen.matching.retrieval import Retrieval, View
from sanctionscreen.matching.weights import COUNTRY_AGREES, COUNTRY_DIFFERS, DEFAULT_THRESHOLD, OTHER_KIND, class_of
from sanctionscreen.model import Basis, Hit, NameComparison, NamePart

if TYPE_CHECKING:
    import polars as pl

_BATCH = 4096
"""Names looked up together: enough that array operations pay, few enough to stay in memory."""


_NOTHING = NameComparison(0.0, 0.0)


class _Found(NamedTuple):
    """One way in which a party was found."""

    party: int
    name: str
    score: float
    evidence: float
    basis: Basis


class NameIndex:
    """Listed parties, ready to be searched; made by `build` or `load`, never changed after."""

    def __init__(self, arrays: Arrays) -> None:
        self._arrays = arrays
        self._register = Register(part(arrays, "register"))
        self._retrieval = Retrieval(part(arrays, "shelves"), self._register)

    @classmethod
    def build(cls, parties: Iterable[Given]) -> NameIndex:
        """An index of these parties; without any, one that finds nothing.

        Raises:
            WatchlistError: a party cannot be used, or two have one id.
        """
        register = Register.build(read_all(parties))
        shelves = Retrieval.build(register)
        arrays = {f"register.{name}": array for name, array in register.items()}
        return cls(arrays | {f"shelves.{name}": array for name, array in shelves.items()})

    def save(self, path: str | Path) -> None:
        """Write the index to a file that `load` maps into memory; an existing file is replaced at once or not at all.

        Raises:
            OSError: the file cannot be written.
        """
        storage.save(Path(path), self._arrays)

    @classmethod
    def load(cls, path: str | Path) -> NameIndex:
        """The index of a file, mapped into memory; the file must stay as it is while the index is in use.

        Raises:
            InputError: there is no such file, it is damaged, or another version of the program has written it.
        """
        return cls(storage.load(Path(path)))

    def __len__(self) -> int:
        return len(self._register)

    def knows(self, entity_id: str) -> bool:
        """Whether a party with this id is in the index."""
        return self._register.with_id(entity_id) is not None

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
        among = queries.kinds_of(kinds)
        allowed = self._allowed(among, queries.countries_of(countries))
        looked_at = frozenset(KINDS) if among is None else among | {"any"}
        read = [queries.read(one) for one in asked]
        distinct = list(dict.fromkeys(read))
        found: dict[Query, list[Hit]] = {}
        for start in range(0, len(distinct), _BATCH):
            batch = distinct[start : start + _BATCH]
            for query, ways in zip(batch, self._find(batch, allowed, looked_at, limit, threshold), strict=True):
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

        A number of the query whose check digit is wrong, and that is one slip from a number of the party, is said too.

        Raises:
            InputError: no party has this id.
        """
        party = self._register.with_id(entity_id)
        if party is None:
            raise InputError(f"no listed party has the id {entity_id!r:.60}")
        view = View(queries.read(query))
        compare = _Comparer(self._register, view, 0.0)
        compared = [compare(name)[1] for name in self._register.names_of(party)]
        best = explained(max(compared, key=lambda c: (c.score, c.unlimited, c.evidence))) if compared else _NOTHING
        return replace(best, explanation=(*best.explanation, *self._nearly(view.query, party)))

    def _nearly(self, query: Query, party: int) -> Iterator[NamePart]:
        """Numbers of the party that a wrong number of the query is one slip from: for people to look at, no hit."""
        listed = self._register.numbers(party)
        for text in query.identifiers:
            for near in identifiers.near(text):
                if near.suggestion in listed:
                    yield NamePart(text, near.suggestion, "wrong check digit, one slip from the listed number", 0.0)

    def _allowed(self, kinds: frozenset[str] | None, countries: frozenset[str] | None) -> npt.NDArray[np.bool_]:
        """Parties that the filters leave; what a party does not say is no reason to leave it out."""
        allowed = np.ones(len(self), dtype=np.bool_)
        if kinds is not None:
            allowed &= np.isin(self._register.kinds, [KINDS.index(kind) for kind in KINDS if kind in {*kinds, "any"}])
        if countries is not None:
            given = map(self._register.countries, range(len(self)))
            allowed &= np.fromiter((not some or not countries.isdisjoint(some) for some in given), dtype=np.bool_)
        return allowed

    def _find(
        self,
        batch: Sequence[Query],
        allowed: npt.NDArray[np.bool_],
        kinds: frozenset[str],
        limit: int,
        threshold: float,
    ) -> list[list[_Found]]:
        views = [View(query) for query in batch]
        ways = [self._by_identifier(query, allowed) for query in batch]
        by_name = self._register.by_itself
        if not allowed.all():
            by_name = allowed[self._register.owner] & by_name
        for at, names, bounds in self._retrieval.candidates(views, threshold, by_name, kinds):
            ways[at] += self._scored(views[at], names, bounds, limit, threshold)
            views[at].forget()
        for at, query in enumerate(batch):
            if query.address:
                places = self._at_address(query, allowed, threshold)
                ways[at] += places + self._corroborated(views[at], {way.party for way in places}, threshold)
        return ways

    def _scored(
        self, view: View, names: Sequence[int], bounds: Sequence[float], limit: int, threshold: float
    ) -> list[_Found]:
        """Names compared, those first that may score highest, as long as one may be among the best."""
        hits: dict[int, _Found] = {}
        lowest = threshold
        compare = _Comparer(self._register, view, threshold)
        parties: list[int] = self._register.owner[names].tolist()
        for at, party, bound in zip(names, parties, bounds, strict=True):
            if bound < lowest:
                break
            best = hits.get(party)
            if best is not None and bound < best.score:
                continue
            score, compared = compare(at)
            if score < threshold or not compared.pairs or (best is not None and score < best.score):
                continue
            hit = self._hit(view, at, party, score, compared.evidence)
            if best is None or (hit.score, hit.evidence) > (best.score, best.evidence):
                hits[party] = hit
            if len(hits) >= limit:
                lowest = max(threshold, sorted((way.score for way in hits.values()), reverse=True)[limit - 1])
        return list(hits.values())

    def _hit(self, view: View, at: int, party: int, score: float, evidence: float) -> _Found:
        evidence = _with_country(evidence, view.query.country, self._register.countries(party))
        return _Found(party, self._register.texts[at], score, evidence, "name")

    def _by_identifier(self, query: Query, allowed: npt.NDArray[np.bool_]) -> list[_Found]:
        hits = []
        for number in sorted(identifiers.comparable(query.identifiers)) if query.identifiers else ():
            for party in self._register.with_number(number):
                listed = self._register.countries(party)
                elsewhere = bool(query.country and listed and query.country not in listed)
                if allowed[party] and not (elsewhere and len(number) <= identifiers.SHARED_UP_TO):
                    hits.append(_Found(party, self._first_name(party) or number, 1.0, 1.0, "identifier"))
        return hits

    def _first_name(self, party: int) -> str:
        return next((self._register.texts[at] for at in self._register.names_of(party)), "")

    def _at_address(self, query: Query, allowed: npt.NDArray[np.bool_], threshold: float) -> list[_Found]:
        asked = addresses.read(query.address)
        hits = []
        for party, places in self._register.places.near(asked).items():
            if allowed[party]:
                agrees = max(addresses.agreement(asked, place) for place in places)
                if agrees >= threshold and agrees > 0:
                    evidence = min(1.0, len(asked.words) / 4)
                    hits.append(_Found(party, self._first_name(party), agrees, evidence, "address"))
        return hits

    def _corroborated(self, view: View, parties: set[int], threshold: float) -> list[_Found]:
        """Names that say nothing by themselves, of parties that the address points to."""
        spans = [at for party in sorted(parties) for at in self._register.names_of(party)]
        names = [at for at in spans if not self._register.by_itself[at]]
        return self._scored(view, names, [1.0] * len(names), len(names) + 1, threshold)

    def _ranked(self, ways: Sequence[_Found], limit: int) -> list[Hit]:
        """The best way for each party; identifiers decide over names, names over addresses of the same score."""
        if not ways:
            return []
        bases = ("identifier", "name", "address")
        best: dict[int, _Found] = {}
        for way in sorted(ways, key=lambda w: (w.basis != "identifier", -w.score, bases.index(w.basis), -w.evidence)):
            best.setdefault(way.party, way)
        order = sorted(best.values(), key=lambda w: (-w.score, w.basis != "identifier", w.party))
        return [
            Hit(self._register.ids[way.party], way.name, way.score, way.evidence, way.basis, rank)
            for rank, way in enumerate(order[:limit], 1)
        ]


class _Comparer:
    """Compares a query with listed names; lists repeat each other's, and what is the same is compared once."""

    def __init__(self, register: Register, view: View, least: float) -> None:
        self._register, self._view, self._least = register, view, least
        self._known: dict[Listed, tuple[float, Comparison]] = {}

    def __call__(self, name: int) -> tuple[float, Comparison]:
        """The score, and what it was made of."""
        listed = self._register.listed(name)
        known = self._known.get(listed)
        if known is None:
            compared = self._compared(listed)
            known = self._known[listed] = compared.score, compared
        return known

    def _compared(self, listed: Listed) -> Comparison:
        view, vocabulary = self._view, self._register.vocabulary
        kind = listed.kind if listed.kind != "any" else view.query.kind
        of = class_of(kind)
        words = [vocabulary.worded(number, of) for number in listed.words]
        cut = listed.is_cut or view.as_class(of).cut
        compared = compare_worded(view.side(of), words, kind, cut=cut, numbers=listed.words, least=self._least)
        return compared.limited(OTHER_KIND) if view.crosses(listed.kind) else compared


def _with_country(evidence: float, asked: str, listed: Sequence[str]) -> float:
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
