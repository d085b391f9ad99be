"""Which listed names are worth comparing with a name: those that may reach the threshold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

from sanctionscreen.matching.alignment import Alike, Worded, worded
from sanctionscreen.matching.asked import Asked
from sanctionscreen.matching.columns import Array, Arrays, part
from sanctionscreen.matching.queries import Query
from sanctionscreen.matching.register import KINDS, Register
from sanctionscreen.matching.shelf import Candidates, Shelf
from sanctionscreen.matching.weights import CLASSES, OTHER_KIND, WeightClass, class_of
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
        self._worded: dict[WeightClass, list[Worded]] = {}
        self.alike: dict[WeightClass, Alike] = {of: {} for of in CLASSES}
        self.met: frozenset[int] | None = None
        """Listed words that a word of the name may meet, however it is read; unknown before retrieval."""

    def forget(self) -> None:
        """Let go of what was found of single words: thousands of views at once are held."""
        for alike in self.alike.values():
            alike.clear()

    def may_be(self, kind: Kind) -> bool:
        """People and firms are never ships or aircraft, where both kinds are known."""
        if "any" in (kind, self.query.kind) or kind == self.query.kind:
            return True
        return not {kind, self.query.kind} & _SHIPS

    def crosses(self, kind: Kind) -> bool:
        """A name of another kind: a person's for a firm's, or a firm's by its legal form for anything but a firm's."""
        if {kind, self.query.kind} == {"person", "company"}:
            return True
        return self._has_form and kind not in ("company", "any")

    @cached_property
    def _has_form(self) -> bool:
        return self.query.kind == "any" and any(w.meaning in _OF_FIRMS and len(w.native) > 2 for w in self.name.words)

    @cached_property
    def as_person(self) -> Name:
        return self._as("person")

    @cached_property
    def as_ship(self) -> Name:
        return self._as("ship")

    def worded(self, of: WeightClass) -> list[Worded]:
        """The words of the name as it is read in a class, with their worth there."""
        known = self._worded.get(of)
        if known is None:
            known = self._worded[of] = worded(self.as_class(of), of)
        return known

    def _as(self, reading: Reading) -> Name:
        read = described(self._pieces, reading)
        if read.words == self.name.words:
            return self.name
        return self.as_person if reading == "ship" and read.words == self.as_person.words else read

    def as_class(self, of: WeightClass) -> Name:
        return self.name if of == "company" else self.as_person if of == "person" else self.as_ship


class Retrieval:
    """Listed names on shelves: by kind, and names with initials apart, because these may stand for any word."""

    def __init__(self, arrays: Arrays, register: Register) -> None:
        self._register = register
        self._arrays = {name: part(arrays, name) for name in sorted({key.partition(".")[0] for key in arrays})}
        self._shelves: dict[tuple[str, WeightClass], Shelf] = {}

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
        self, views: Sequence[View], threshold: float, allowed: npt.NDArray[np.bool_]
    ) -> Iterator[tuple[int, list[int], list[float]]]:
        """For each view (by position) with any: the listed names that may reach the threshold, with bounds; best first.

        Args:
            allowed: Listed names that may be found.
        """
        classes = self._classes(views)
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
        asked = Asked([name.words for name in names], self._register.vocabulary)
        found = [*self._by_words(views, asked, rows, threshold, allowed), *self._by_key(views, asked, rows, allowed)]
        query, found_names, bound = (np.concatenate(column) for column in zip(*found, strict=True))
        order = np.lexsort((found_names, -bound, query))
        query, listed, bounds = query[order], found_names[order], bound[order]
        starts = np.flatnonzero(np.diff(query, prepend=-1))
        for at in query[starts].tolist():
            views[at].met = asked.met({rows[of][at] for of in classes})
        for start, end in zip(starts.tolist(), [*starts[1:].tolist(), len(query)], strict=False):
            yield int(query[start]), listed[start:end].tolist(), bounds[start:end].tolist()

    def _classes(self, views: Sequence[View]) -> list[WeightClass]:
        """The classes as which names are read for these queries, always in one order."""
        kinds = {_KINDS[name.removesuffix("_initials")] for name in self._arrays}
        wanted = {self._class(view.query.kind, kind) for view in views for kind in kinds if view.may_be(kind)}
        return [of for of in CLASSES if of in wanted]

    def _by_words(
        self,
        views: Sequence[View],
        asked: Asked,
        rows: Mapping[WeightClass, Sequence[int]],
        threshold: float,
        allowed: npt.NDArray[np.bool_],
    ) -> Iterator[Candidates]:
        for name in self._arrays:
            kind = _KINDS[name.removesuffix("_initials")]
            wanted: dict[WeightClass, list[int]] = {}
            for at, view in enumerate(views):
                if view.may_be(kind):
                    wanted.setdefault(self._class(view.query.kind, kind), []).append(at)
            crossing = np.array([view.crosses(kind) for view in views], dtype=np.bool_)
            for of, some in wanted.items():
                whose = np.full(len(asked), -1)
                whose[np.array(rows[of], dtype=np.int64)[some]] = some
                found = self._shelf(name, of).candidates(asked, whose >= 0, threshold, allowed)
                query = whose[found.query]
                yield Candidates(query, found.name, np.where(crossing[query], found.bound * OTHER_KIND, found.bound))

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
        return view.may_be(kind) and self._class(view.query.kind, kind) == of


_KINDS: Mapping[str, Kind] = {kind: kind for kind in KINDS}
