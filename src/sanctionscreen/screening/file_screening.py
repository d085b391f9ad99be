"""A whole file screened as columns: gathered once, everything distinct looked up once, then judged part by part."""

from __future__ import annotations

import pickle
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import numpy as np

from sanctionscreen.model import Assessment
from sanctionscreen.rules import RuleSet
from sanctionscreen.screening.crew import Crew, Station, result_of, undisturbed
from sanctionscreen.screening.derive import Deriver
from sanctionscreen.screening.derived_columns import DerivedColumns, Known
from sanctionscreen.screening.gathering import Gathering
from sanctionscreen.screening.judge_columns import PartJudge
from sanctionscreen.screening.parties import PartyFindings, PartyQuery, sign_of
from sanctionscreen.screening.parts import Part
from sanctionscreen.screening.watching import Watching, keys_of_names
from sanctionscreen.values import Habit

if TYPE_CHECKING:
    import polars as pl

T = TypeVar("T")
Sign = tuple[PartyQuery, PartyFindings]
Render = Callable[[Sequence[Assessment]], T]

PART_ROWS = 50_000
"""Rows judged together: enough that what is done once for a part costs nothing, few enough to stay in memory."""
LARGE_ROWS = 30_000
"""Rows from which other processes pay: to start one takes as long as to screen some ten thousand rows."""
_TOGETHER = 4_096
"""Parties looked up in one piece of work."""
_AHEAD = 2
"""Parts that wait to be written, for each process."""


class Rows(NamedTuple):
    """Rows of a file as they are read."""

    columns: Mapping[str, Sequence[Any]]
    """The cells of the collected fields; empty where a row is rejected."""
    cells: Sequence[pl.Series] = ()
    """The cells of all columns, as text; empty where a row is odd."""
    odd: Mapping[int, Sequence[Any]] = {}
    """The cells of rows that columns of text cannot hold."""
    rejects: Mapping[int, str] = {}


class FileScreening:
    """One file on its way; its working files are gone when it is closed."""

    def __init__(
        self,
        deriver: Deriver,
        rules: RuleSet,
        habits: Mapping[str, Habit],
        headers: Sequence[str],
        crew_for: Callable[[int], Crew],
    ) -> None:
        """Args:
        crew_for: gives the crew for so many rows; asked anew as rows come in, until there are several.
        """
        self._gathering = Gathering(deriver, habits)
        self._features = rules.needed_features()
        self._watching = Watching(self._features)
        self._headers, self._crew_for = list(headers), crew_for
        self._crew = crew_for(0)
        self._folder = tempfile.TemporaryDirectory(prefix="sanctionscreen-", ignore_cleanup_errors=True)
        self._firsts: list[tuple[int, int]] = []
        """First row and number of rows of each part."""
        self._asked = 0
        self._found: list[Future[LookedUp]] = []

    def gather(self, rows: Iterable[Rows]) -> None:
        """Read the whole file; parties are looked up meanwhile where others can do it."""
        coming, first_row = iter(rows), 1
        while True:
            with undisturbed():
                if (one := next(coming, None)) is None:
                    break
                first_row += self._take(one, first_row)
            if self._crew.size == 1:
                self._crew = self._crew_for(first_row - 1)
            if self._crew.size > 1:
                self._look_up(_TOGETHER)
        self._look_up(1)

    def _take(self, one: Rows, first_row: int) -> int:
        """Lay the next rows down as a part; how many they are."""
        part = self._gathering.part(first_row, one.columns, one.cells, one.odd, one.rejects)
        if self._features:
            self._watching.add(part, self._gathering.goods())
        part.save(self._path(len(self._firsts)))
        self._firsts.append((first_row, part.rows))
        return part.rows

    def _look_up(self, least: int) -> None:
        """Have new parties looked up, as long as there are so many of them."""
        queries = self._gathering.queries.number
        while len(queries) - self._asked >= least:
            some = list(islice(queries, self._asked, self._asked + _TOGETHER))
            self._asked += len(some)
            self._found.append(self._crew.submit(look_up, some, bool(self._features)))

    def prepare(self) -> None:
        """Bring together what was found, and lay it where everybody can read it."""
        signs: dict[Sign, int] = {}
        of_query: list[int] = []
        keys: list[str] = []
        for future in self._found:
            found = result_of(future)
            numbers = [signs.setdefault(sign, len(signs)) for sign in found.signs]
            of_query += [numbers[place] for place in found.places]
            keys += found.keys
        self._found.clear()
        known = Known(
            list(signs), np.array(of_query, dtype=np.int32), self._gathering.goods(), self._gathering.collected
        )
        with self._known_path.open("wb") as file:
            pickle.dump(known, file, protocol=pickle.HIGHEST_PROTOCOL)
        if self._features:
            names = (query.name for query in self._gathering.queries.number)
            self._write_features(dict(zip(names, keys, strict=True)))

    def _write_features(self, keys: Mapping[str, str]) -> None:
        """Args:
        keys: what lines are grouped by, by the name of a party.
        """
        import polars as pl

        columns = self._watching.columns(lambda names: [keys[name] for name in names])
        if not columns:
            return
        whole = pl.DataFrame(list(columns.values()))
        for place, (first, rows) in enumerate(self._firsts):
            whole.slice(first - 1, rows).write_ipc(_features_path(self._path(place)), compression="uncompressed")

    def judged(
        self, render: Render[T], start_row: int = 1, on_progress: Callable[[int], None] = lambda row: None
    ) -> Iterator[T]:
        """What a function makes of the judged rows of each part, in order.

        Args:
            start_row: the first row that is judged; parts before it are left out.
            on_progress: told the last row of each part that was given out.
        """
        waiting: deque[tuple[Future[T], int]] = deque()
        ahead = _AHEAD * self._crew.size if self._crew.size > 1 else 1
        for place, (first, rows) in enumerate(self._firsts):
            if first + rows <= start_row:
                continue
            asked = Asked(self._path(place), first, self._known_path, self._headers, start_row)
            waiting.append((self._crew.submit(judge_part, asked, render), first + rows - 1))
            if len(waiting) >= ahead:
                yield from _next(waiting, on_progress)
        while waiting:
            yield from _next(waiting, on_progress)

    def close(self) -> None:
        """Remove the working files."""
        self._folder.cleanup()

    def _path(self, place: int) -> Path:
        return Path(self._folder.name) / f"part-{place:06d}.arrow"

    @property
    def _known_path(self) -> Path:
        return Path(self._folder.name) / "known.pickle"


def _next(waiting: deque[tuple[Future[T], int]], on_progress: Callable[[int], None]) -> Iterator[T]:
    future, last = waiting.popleft()
    yield result_of(future)
    on_progress(last)


class LookedUp(NamedTuple):
    """What was found of some parties."""

    signs: list[Sign]
    """The distinct ones,"""
    places: list[int]
    """the place there of each party's,"""
    keys: list[str]
    """and what lines are grouped by that name the party; empty where nothing is grouped."""


def look_up(station: Station, queries: Sequence[PartyQuery], is_grouped: bool) -> LookedUp:
    """What the lists say of parties; their names are taken apart once, for this and for what they are grouped by."""
    signs: dict[Sign, int] = {}
    parties = station.deriver.parties
    found = zip(queries, parties.findings(queries), strict=True)
    places = [signs.setdefault(sign_of(query, one), len(signs)) for query, one in found]
    parties.forget()
    return LookedUp(list(signs), places, keys_of_names([query.name for query in queries]) if is_grouped else [])


class Asked(NamedTuple):
    """A part to judge."""

    path: Path
    first_row: int
    known_path: Path
    headers: Sequence[str]
    start_row: int


def judge_part(station: Station, asked: Asked, render: Render[T]) -> T:
    """What a function makes of the judged rows of one part."""
    part = Part.load(asked.path, asked.first_row)
    derived = DerivedColumns(station.deriver, _known(station, asked.known_path), part)
    judged = PartJudge(station.judge, derived, _features_of(asked.path)).judged(asked.headers)
    return render(judged[max(asked.start_row - asked.first_row, 0) :])


def _known(station: Station, path: Path) -> Known:
    """What was found of everything distinct; read once by each process."""
    if str(path) not in station.held:
        station.held.clear()
        station.held[str(path)] = pickle.loads(path.read_bytes())  # noqa: S301  # written by this run, for itself
    held: Known = station.held[str(path)]
    return held


def _features_path(part: Path) -> Path:
    return part.with_suffix(".features")


def _features_of(part: Path) -> pl.DataFrame | None:
    import polars as pl

    path = _features_path(part)
    return pl.read_ipc(path.read_bytes()) if path.exists() else None
