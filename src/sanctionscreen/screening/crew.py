"""Who does the work on the parts of a file: this process alone, or several beside it with the same lists and rules.

Work is a function of what it is given and of lists and rules that never change, so who does it changes no result.
"""

from __future__ import annotations

import gc
import io
import os
import pickle
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Protocol, TypeVar

from sanctionscreen.errors import EngineError
from sanctionscreen.goods import GoodsLists
from sanctionscreen.model import Fingerprints, ListedParty
from sanctionscreen.profile import Profile
from sanctionscreen.rules import RuleSet
from sanctionscreen.screening.compiled import load_compiled
from sanctionscreen.screening.derive import Deriver
from sanctionscreen.screening.judge import Judge
from sanctionscreen.screening.parties import PartyScreen
from sanctionscreen.watchlist.geography import Geography

if TYPE_CHECKING:
    from concurrent.futures import Future

T = TypeVar("T")
P = ParamSpec("P")


class Station:
    """Lists and rules, ready to work with."""

    def __init__(self, deriver: Deriver, judge: Judge) -> None:
        self.deriver, self.judge = deriver, judge
        self.held: dict[str, Any] = {}
        """What several pieces of work share, by the file that it was read from."""


Work = Callable[Concatenate[Station, P], T]


class Crew(Protocol):
    """Does work, in any order."""

    size: int

    def submit(self, work: Work[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Have a piece of work done; the function must be one that a module names."""

    def close(self) -> None:
        """Let everybody go; what was not begun is left."""


class Alone:
    """This process, which does each piece of work at once."""

    size = 1

    def __init__(self, station: Station) -> None:
        self._station = station

    def submit(self, work: Work[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        from concurrent.futures import Future

        done: Future[T] = Future()
        with undisturbed():
            done.set_result(work(self._station, *args, **kwargs))
        return done

    def close(self) -> None:
        """Nobody was hired."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a station is made from; it travels to other processes, but for the compiled lists, which lie on disk."""

    parties: Mapping[str, ListedParty]
    compiled: Path | None
    goods: GoodsLists
    geography: Geography
    rules: RuleSet
    profile: Profile
    fingerprints: Fingerprints
    as_of: date

    def station(self) -> Station:
        """Ready to work.

        Raises:
            InputError: the compiled lists are not there any more.
        """
        compiled = None if self.compiled is None else load_compiled(self.compiled)
        parties = PartyScreen.build(self.parties, self.as_of, compiled)
        judge = Judge(self.rules, self.profile, self.fingerprints)
        return Station(Deriver(parties, self.goods, self.geography, self.as_of), judge)


class Several:
    """Processes beside this one, begun anew on every system, so that none inherits a lock or a thread."""

    def __init__(self, recipe: Recipe, size: int) -> None:
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import get_context

        self.size = size
        self._pool = ProcessPoolExecutor(
            size, mp_context=get_context("spawn"), initializer=_begin, initargs=(_packed(recipe),)
        )

    def submit(self, work: Work[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        from concurrent.futures import BrokenExecutor

        try:
            return self._pool.submit(_do, work, args, kwargs)
        except BrokenExecutor as gone:
            raise lost() from gone

    def close(self) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)


def result_of(future: Future[T]) -> T:
    """What came of a piece of work.

    Raises:
        EngineError: whoever did it is gone.
    """
    from concurrent.futures import BrokenExecutor

    try:
        return future.result()
    except BrokenExecutor as gone:
        raise lost() from gone


def lost() -> EngineError:
    """A process has ended without a word: killed, or out of memory."""
    return EngineError(
        "a worker process ended before its work was done (killed, or out of memory); no row is lost, because no result"
        " is kept: run again, with --workers 1 where memory is short"
    )


@contextmanager
def undisturbed() -> Iterator[None]:
    """A stretch of work that makes many objects and no cycles: looking for these takes a fifth of its time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def cores() -> int:
    """The processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _packed(recipe: Recipe) -> bytes:
    held = io.BytesIO()
    pickler = pickle.Pickler(held, protocol=pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = {MappingProxyType: lambda view: (_view, (dict(view),))}
    pickler.dump(recipe)
    return held.getvalue()


def _view(held: dict[Any, Any]) -> Mapping[Any, Any]:
    return MappingProxyType(held)


class _Here:
    """The station of this process, where it is one of several."""

    station: Station


def _begin(packed: bytes) -> None:
    os.environ["POLARS_MAX_THREADS"] = "1"  # read when Polars loads; as many processes as cores are at work
    recipe: Recipe = pickle.loads(packed)  # noqa: S301  # written by the process that started this one
    _Here.station = recipe.station()
    gc.freeze()  # lists and rules stay as long as the process


def _do(work: Callable[..., T], args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> T:
    with undisturbed():
        return work(_Here.station, *args, **kwargs)
