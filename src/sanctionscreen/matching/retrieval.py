"""Which listed names are worth comparing with a name: those that may reach the threshold."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sanctionscreen.matching.alignment import Side, worded
from sanctionscreen.matching.asked import Asked, MayMeet, WeighedAsked
from sanctionscreen.matching.columns import Array, Arrays, part
from sanctionscreen.matching.comparison import READING
from sanctionscreen.matching.hashes import Ids
from sanctionscreen.matching.queries import Query
from sanctionscreen.matching.register import KINDS, Register
from sanctionscreen.matching.shelf import Candidates, Shelf
from sanctionscreen.matching.vocabulary import Weights
from sanctionscreen.matching.weights import CLASSES, OTHER_KIND, WeightClass, class_of
from sanctionscreen.matching.wordbook import Wordbook
from sanctionscreen.model import Kind
from sanctionscreen.text.names import Name, Reading, described, pieces
from sanctionscreen.text.vessels import read_ship_name

_SHIPS: frozenset[Kind] = frozenset({"vessel", "aircraft"})
_OF_FIRMS = frozenset(f"form:{name}" for name in ("llc", "alc", "jsc", "cjsc", "pjsc", "plc", "corp", "freezone"))
_OF_PEOPLE: frozenset[Kind] = frozenset({"person", "any"})


class View:
    """A query's name taken apart: as of a firm or anything, as of a person, as of a ship."""

    def __init__(self, query: Query) -> None:
        self.query = query
        self._pieces = pieces((read_ship_name(query.name).name or query.name) if query.kind == "vessel" else query.name)
        self.name = described(self._pieces, "name")
        forms = [word for word in self.name.words if word.meaning in _OF_FIRMS and len(word.native) > 2]
        self.has_form = query.kind == "any" and bool(forms)
        """A legal form says that the name is a firm's, where nothing else says what it is."""
        self._as: dict[Reading, Name] = {"name": self.name}
        self._sides: dict[WeightClass, Side] = {}
        self.asked: Asked | None = None
        """The batch in which the name was looked up,"""
        self.places: Mapping[WeightClass, int] = {}
        """and where its readings stand there."""

    def forget(self) -> None:
        """Let go of what was found of single words: thousands of views at once are held."""
        self._sides.clear()
        self.asked = None

    def crosses(self, kind: Kind) -> bool:
        """A name of another kind: a person's for a firm's, or a firm's by its legal form for anything but a firm's."""
        return _crosses(self.query.kind, kind) or (self.has_form and kind not in _MAY_HAVE_FORM)

    def side(self, of: WeightClass) -> Side:
        """The name as it is read in a class, ready to be compared."""
        known = self._sides.get(of)
        if known is None:
            words = worded(self.as_class(of), of)
            met = self.asked.meetings(self.places[of]) if self.asked is not None else (None, None)
            known = self._sides[of] = Side(words, of, *met)
        return known

    def as_class(self, of: WeightClass) -> Name:
        """The name as it is read in a class; readings of the same words are one."""
        reading = READING[of]
        known = self._as.get(reading)
        if known is None:
            read = described(self._pieces, reading)
            others = [self.name] if of == "person" else [self.name, self.as_class("person")]
            known = self._as[reading] = next((other for other in others if other.words == read.words), read)
        return known


def _crosses(asked: Kind, listed: Kind) -> bool:
    return {asked, listed} == {"person", "company"}


_MAY_HAVE_FORM = frozenset({"company", "any"})


def _may_be(asked: Kind, listed: Kind) -> bool:
    """People and firms are never ships or aircraft, where both kinds are known."""
    return "any" in (listed, asked) or listed == asked or not {listed, asked} & _SHIPS


class _Pairs(NamedTuple):
    """Queries and names of a shelf that share a word."""

    shelf: Shelf
    of: WeightClass
    whose: Ids
    """The view that each query is of,"""
    keeps: Weights
    """and the share of a score that it keeps on this shelf."""
    query: Ids
    at: Ids

    def within(self, start: int, end: int) -> _Pairs:
        """Those of the queries from one number to another."""
        some = slice(*self.query.searchsorted([start, end]))
        return self._replace(query=self.query[some], at=self.at[some])

    def nearer(self, own: WeighedAsked, may_meet: MayMeet, threshold: float) -> _Pairs:
        """Those that share enough words."""
        query, at = self.shelf.nearer(own, may_meet, (self.query, self.at), threshold / self.keeps)
        return self._replace(query=query, at=at)


def _queries_of(own: WeighedAsked, met: Iterable[_Pairs]) -> npt.NDArray[np.bool_]:
    found = np.zeros(len(own.asked), dtype=np.bool_)
    for pairs in met:
        found[pairs.query] = True
    return found


_PIECE = 1024
"""Queries whose names are bounded together: their arrays stay in the processor's cache."""


_FEW = 1024
"""Pairs that are bounded at once: to look first which share enough words pays for more."""


class Retrieval:
    """Listed names on shelves: by kind, and names with initials apart, because these may stand for any word."""

    def __init__(self, arrays: Arrays, register: Register) -> None:
        self._register = register
        self._arrays = {name: part(arrays, name) for name in sorted({key.partition(".")[0] for key in arrays})}
        self._shelves: dict[tuple[str, WeightClass], Shelf] = {}
        self._book = Wordbook(register.vocabulary)

    @staticmethod
    def build(arrays: Arrays) -> dict[str, Array]:
        """The arrays of the shelves for those of a register."""
        register = Register(arrays)
        kinds = register.kinds[register.owner]
        words = register.vocabulary.initials[register.words]
        initials = np.zeros(len(kinds), dtype=np.bool_)
        initials[np.repeat(np.arange(len(kinds)), np.diff(register.starts))[words]] = True
        made: dict[str, Array] = {}
        for kind in KINDS:
            for with_initials in (False, True) if kind in _OF_PEOPLE else (None,):
                on_shelf = kinds == KINDS.index(kind)
                if with_initials is not None:
                    on_shelf &= initials == with_initials
                shelf = Shelf.build(on_shelf.nonzero()[0], register.starts, register.words, len(register.vocabulary))
                name = kind + ("_initials" if with_initials else "")
                made |= {f"{name}.{piece}": array for piece, array in shelf.items()} if on_shelf.any() else {}
        return made

    def _shelf(self, name: str, of: WeightClass) -> Shelf:
        shelf = self._shelves.get((name, of))
        if shelf is None:
            shelf = self._shelves[name, of] = Shelf(self._arrays[name], self._register.vocabulary, of)
        return shelf

    def candidates(
        self, views: Sequence[View], threshold: float, allowed: npt.NDArray[np.bool_], kinds: Container[str]
    ) -> Iterator[tuple[int, list[int], list[float]]]:
        """For each view (by position) with any: the listed names that may reach the threshold, with bounds; best first.

        Args:
            allowed: Listed names that may be found.
            kinds: Their kinds, or more.
        """
        shelves = [name for name in self._arrays if name.removesuffix("_initials") in kinds]
        classes = self._classes(views, shelves)
        names = [view.name for view in views]
        rows: dict[WeightClass, list[int]] = {}
        places: dict[tuple[int, int], int] = {}
        for of in classes:
            rows[of] = list(range(len(views)))
            for at, view in enumerate(views if of != "company" else ()):
                name = view.as_class(of)
                if name is not view.name:
                    rows[of][at] = places.setdefault((at, id(name)), len(names))
                    if rows[of][at] == len(names):
                        names.append(name)
        asked = Asked([name.words for name in names], self._book, self._register.vocabulary)
        found = [
            *self._by_words(views, asked, rows, shelves, threshold, allowed),
            *self._by_key(views, asked, rows, allowed),
        ]
        query, found_names, bound = (np.concatenate(column) for column in zip(*found, strict=True))
        order = np.lexsort((found_names, -bound, query))
        query, listed, bounds = query[order], found_names[order], bound[order]
        starts = np.flatnonzero(np.diff(query, prepend=-1))
        for at in query[starts].tolist():
            views[at].asked, views[at].places = asked, {of: rows[of][at] for of in classes}
        for start, end in zip(starts.tolist(), [*starts[1:].tolist(), len(query)], strict=False):
            yield int(query[start]), listed[start:end].tolist(), bounds[start:end].tolist()

    def _classes(self, views: Sequence[View], shelves: Iterable[str]) -> list[WeightClass]:
        """The classes as which names are read for these queries, always in one order."""
        kinds = {_KINDS[name.removesuffix("_initials")] for name in shelves}
        asked = {view.query.kind for view in views}
        wanted = {self._class(one, kind) for one in asked for kind in kinds if _may_be(one, kind)}
        return [of for of in CLASSES if of in wanted]

    def _by_words(
        self,
        views: Sequence[View],
        asked: Asked,
        rows: Mapping[WeightClass, Sequence[int]],
        shelves: Iterable[str],
        threshold: float,
        allowed: npt.NDArray[np.bool_],
    ) -> Iterator[Candidates]:
        met: list[_Pairs] = []
        kinds = np.array([KINDS.index(view.query.kind) for view in views], dtype=np.int64)
        has_form = np.array([view.has_form for view in views], dtype=np.bool_)
        for name in shelves:
            kind = _KINDS[name.removesuffix("_initials")]
            crossing = np.array([_crosses(one, kind) for one in KINDS])[kinds]
            crossing |= has_form & (kind not in _MAY_HAVE_FORM)
            for of in rows:
                looking = np.array([_may_be(one, kind) and self._class(one, kind) == of for one in KINDS])
                some = looking[kinds].nonzero()[0]
                if not len(some):
                    continue
                whose = np.full(len(asked), -1)
                whose[np.array(rows[of], dtype=np.int64)[some]] = some
                keeps = np.where(crossing[whose], OTHER_KIND, 1.0)
                shelf = self._shelf(name, of)
                pairs = shelf.found(asked.weighed(of), whose >= 0, threshold / keeps, allowed)
                met.append(_Pairs(shelf, of, whose, keeps, *pairs))
        for of in rows:
            for start in range(0, len(asked), _PIECE):
                piece = [pairs.within(start, start + _PIECE) for pairs in met if pairs.of == of]
                yield from self._bounded(asked.weighed(of), piece, threshold)

    @staticmethod
    def _bounded(own: WeighedAsked, met: Sequence[_Pairs], threshold: float) -> Iterator[Candidates]:
        if sum(len(pairs.query) for pairs in met) > _FEW:
            may_meet = own.may_meet(_queries_of(own, met))
            met = [pairs.nearer(own, may_meet, threshold) for pairs in met]
        rows = own.rows(_queries_of(own, met))
        for pairs in met:
            found = pairs.shelf.candidates(own, rows, (pairs.query, pairs.at), threshold / pairs.keeps)
            yield Candidates(pairs.whose[found.query], found.name, found.bound * pairs.keeps[found.query])

    @staticmethod
    def _class(asked: Kind, listed: Kind) -> WeightClass:
        return class_of(listed if listed != "any" else asked)

    def _by_key(
        self,
        views: Sequence[View],
        asked: Asked,
        rows: Mapping[WeightClass, Sequence[int]],
        allowed: npt.NDArray[np.bool_],
    ) -> Iterator[Candidates]:
        """Names without a telling word, by their words together."""
        query: list[int] = []
        names: list[int] = []
        for of, those in rows.items():
            for at in (~asked.weighed(of).tells[those]).nonzero()[0].tolist():
                equal = self._register.named_alike(views[at].as_class(of))
                names += [name for name in equal if allowed[name] and self._may_be(views[at], name, of)]
                query += [at] * (len(names) - len(query))
        yield Candidates(np.array(query, dtype=np.int64), np.array(names, dtype=np.int64), np.ones(len(names)))

    def _may_be(self, view: View, name: int, of: WeightClass) -> bool:
        kind = self._register.kind(int(self._register.owner[name]))
        return _may_be(view.query.kind, kind) and self._class(view.query.kind, kind) == of


_KINDS: Mapping[str, Kind] = {kind: kind for kind in KINDS}
