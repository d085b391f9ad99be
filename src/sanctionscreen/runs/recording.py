"""A screening carried out: rows into results, results with their record, and nothing half done under a final name."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sanctionscreen.errors import InputError, Location
from sanctionscreen.model import Assessment
from sanctionscreen.report.summary import Tally
from sanctionscreen.report.writers import Layout, RunFacts, run_facts
from sanctionscreen.runs import chain
from sanctionscreen.runs.basis import differences
from sanctionscreen.runs.growing import Growing, Waiting, portions, unframed
from sanctionscreen.runs.manifest import fingerprint, manifest_text
from sanctionscreen.runs.partial import Partial
from sanctionscreen.runs.plan import Plan
from sanctionscreen.runs.rendering import Portion, Renderer, filled, most_line_ends
from sanctionscreen.runs.results import Results
from sanctionscreen.runs.tallies import counts, tally_object, tally_of
from sanctionscreen.screening.run import Highest

if TYPE_CHECKING:
    from sanctionscreen.ingest import Table
    from sanctionscreen.screening import Run, Screener

_PORTION = 1000
_NOTE_EVERY_S = 0.25  # a note costs two milliseconds, and what a kill loses is done again in as long


@dataclass(frozen=True, slots=True)
class Edge:
    """What only the outside knows: clocks, who watches, what is told, and where things lie."""

    clock: Callable[[], float]
    """Seconds, only ever compared with each other: when to note how far the run is."""
    now: Callable[[], datetime]
    on_progress: Callable[[int], None] = lambda row: None
    on_note: Callable[[str], None] = lambda text: None
    """Told what a person should know before the end, such as the row from which a run goes on."""
    facts: Mapping[str, Any] = field(default_factory=dict)
    """Where things were: a part of the manifest, not of what is repeated."""


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be done."""

    screener: Screener
    table: Table
    plan: Plan
    layout: Layout
    basis: Mapping[str, Any] | None
    """What the run rests on; None where nothing is recorded."""
    facts: Callable[[Tally, Run], RunFacts]
    """Asked for when all rows have been read."""
    workers: int | None = None
    """Processes that share the work; None: as many as pay."""


@dataclass(frozen=True, slots=True)
class Done:
    """What a run came to."""

    tally: Tally
    notes: Sequence[str]
    neutralised: int


def facts_of(screener: Screener, table: Table, run: Run, tally: Tally, results: Sequence[str]) -> RunFacts:
    """What a run over a table came to, with all that there is to note of it."""
    changes = [f"goods: {change}" for change in screener.sources.goods.changes]
    notes = dict.fromkeys([*changes, *run.notes, *table.notes])  # some are known only when all has been read
    return run_facts(screener, tally, inputs=[table.name], notes=list(notes), results=results)


def carry_out(work: Work, edge: Edge, *, resume: bool = False) -> Done:
    """Screen a table into its results; what is stopped leaves nothing, or what `resume` goes on from.

    Raises:
        InputError: a result cannot be written, or the run to go on with is not this one.
    """
    with ExitStack() as held:
        anchor = work.plan.anchor or Path(held.enter_context(tempfile.TemporaryDirectory())) / "rows"
        recording = _Recording(work, edge, anchor)
        held.callback(recording.close)
        try:
            return recording.run(resume=resume)
        except OSError as bad:
            kept = recording.give_up()
            if isinstance(bad, BrokenPipeError) or not work.plan.files:
                raise
            at = Location(str(bad.filename or work.plan.files[0].path))
            raise InputError(f"cannot be written: {bad.strerror or bad}; {kept}", at) from bad
        except BaseException as stopped:
            kept = recording.give_up()
            if recording.has_kept and not isinstance(stopped, InputError):
                edge.on_note(kept)
            raise


class _Recording:
    """One run from its first row, or from where an earlier one stopped, to its results."""

    def __init__(self, work: Work, edge: Edge, anchor: Path) -> None:
        self._work, self._edge, self._plan = work, edge, work.plan
        self._basis = work.basis
        self._partial = Partial(anchor, is_noted=self._is_noted)
        self._is_held = work.layout.with_shipments
        is_chained = work.basis is not None and not self._is_held
        self._read_back = work.screener.read_back
        self._renderer = Renderer(
            replace(work.layout, columns=dict(work.layout.columns), fields=dict(work.layout.fields)),
            work.plan.forms,
            self._is_held,
            is_chained,
            self._has_spooled,
            work.plan.has_binary and not self._is_held,
            work.plan.takes_clear,
        )
        self._spool: Growing | None = None
        self._spool_path = anchor.with_name(work.plan.spool.name if work.plan.anchor else "spool")
        self._highest = Highest()
        self._tally = Tally()
        self._neutralised = 0
        self._started = edge.now()
        self._noted = edge.clock()
        self._resumed: list[int] = []
        self._results = Results(work.plan, work.layout, self._partial, self._openings(), work.screener.rules)

    @property
    def has_kept(self) -> bool:
        """There is something to go on from."""
        return self._partial.rows > 0

    @property
    def _is_noted(self) -> bool:
        return self._basis is not None and bool(self._plan.files) and len(self._plan.files) == len(self._plan.outputs)

    @property
    def _has_spooled(self) -> bool:
        """Assessments wait on disk: for their shipments, or so that what takes them can be begun anew."""
        return self._plan.has_binary and (self._work.layout.with_shipments or self._is_noted)

    def _openings(self) -> dict[Any, bytes]:
        if self._basis is None:
            return {}
        return {form: chain.opening(fingerprint(self._basis), form.value) for form in self._plan.forms}

    # The way of a run.

    def run(self, *, resume: bool) -> Done:
        note = self._earlier(resume=resume)
        if note is not None and note.get("is_complete"):
            return self._published(note)
        if note is None:
            self._begin()
        else:
            self._go_on(note)
        before = self._tally.read
        run = self._work.screener.screen_table(
            self._work.table, self._edge.on_progress, start_row=before + 1, workers=self._work.workers
        )
        for portion in run.rendered(self._renderer):
            self._take(portion)
        self._tally.close(before + run.read)
        if self._is_held:
            self._note()
            self._results.begin(is_noted=False)
            for portion in self._filled():
                self._results.take(portion)
        return self._finish(run)

    def _take(self, portion: Portion) -> None:
        self._neutralised += portion.neutralised
        self._tally.merge(portion.tally)
        self._highest.merge(portion.highest)
        if self._spool is not None:
            self._spool.write(portion.waiting)
        if not self._is_held:
            self._results.take(portion)
        if self._edge.clock() - self._noted >= _NOTE_EVERY_S:
            self._note()

    def _filled(self) -> Iterator[Portion]:
        """The rows that waited for their shipments, as they are written."""
        if self._spool is None:
            return
        with self._spool.reader() as stream:
            for rows in portions(unframed(stream, self._columns), _PORTION):
                yield self._final(rows)

    def _final(self, rows: Waiting) -> Portion:
        outcomes = [self._highest.of(shipment_id) for shipment_id in rows.shipment_ids]
        lines = {form: filled(form, rows.columns[place], outcomes) for place, form in enumerate(self._plan.forms)}
        texts = {form: b"".join(found) for form, found in lines.items()}
        return Portion(
            Tally(),
            texts,
            {form: chain.digests_of(found) for form, found in lines.items()} if self._basis is not None else {},
            {form: most_line_ends(form, found) for form, found in lines.items()},
            assessments=[self._highest.told(one) for one in self._read(rows)] if self._has_spooled else (),
        )

    def _read(self, rows: Waiting) -> Iterator[Assessment]:
        return map(self._read_back, filter(None, rows.columns[-1]))

    @property
    def _columns(self) -> int:
        return (len(self._plan.forms) if self._is_held else 0) + self._has_spooled

    # Beginning, going on, noting how far it is.

    def _earlier(self, *, resume: bool) -> Mapping[str, Any] | None:
        """What a run before this one has noted, where this one goes on with it.

        Raises:
            InputError: it was another run.
        """
        if not self._is_noted:
            if resume:
                raise InputError("only a recorded run into files can go on; leave out --resume, or name a file (-o)")
            return None
        if not resume:
            if self._partial.note_path.exists():
                self._edge.on_note("an unfinished result is thrown away (--resume would have gone on with it)")
            return None
        note = self._partial.found()
        if note is None:
            self._edge.on_note("there is nothing to go on with; beginning with the first row")
            return None
        self._check_same(note)
        return note

    def _check_same(self, note: Mapping[str, Any]) -> None:
        at = Location(str(self._partial.note_path))
        try:
            if note["outputs"] != self._outputs():
                named = ", ".join(name for name, _ in note["outputs"])
                raise InputError(f"the run that stopped wrote other results ({named}); name them again", at)
            found = differences(note["basis"], self._basis or {})
        except (KeyError, TypeError, ValueError, AttributeError) as bad:
            raise InputError("is damaged, so nothing can go on from it; run without --resume", at) from bad
        if found:
            said = "; ".join(one.said for one in found[:8]) + (f" and {len(found) - 8} more" if len(found) > 8 else "")
            raise InputError(f"the run that stopped rested on something else: {said}. Run without --resume", at)

    def _outputs(self) -> list[list[str]]:
        return [[output.path.name if output.path else "-", output.format.value] for output in self._plan.files]

    def _begin(self) -> None:
        if self._is_held or self._has_spooled:
            self._spool = self._partial.begin("spool", self._spool_path)
        if not self._is_held:
            self._results.begin(is_noted=True)
        self._note()

    def _go_on(self, note: Mapping[str, Any]) -> None:
        self._basis = note["basis"]
        self._tally = tally_of(note["tally"], self._read_back)
        self._neutralised, self._partial.rows = note["neutralised"], note["rows"]
        self._resumed = [*note["resumed"], note["rows"]]
        if self._is_held or self._has_spooled:
            self._spool = self._partial.go_on("spool", self._spool_path, note)
        if not self._is_held:
            self._results.go_on(note)
        self._read_spool()
        self._edge.on_note(f"going on after row {note['rows']:,}" if note["rows"] else "beginning with the first row")

    def _read_spool(self) -> None:
        """What rows that wait have said before the run stopped."""
        if self._spool is None:
            return
        with self._spool.reader() as stream:
            for rows in portions(unframed(stream, self._columns), _PORTION):
                if not self._is_held:
                    self._results.take_assessments(list(self._read(rows)))
                    continue
                for shipment_id, outcome in zip(rows.shipment_ids, rows.outcomes, strict=True):
                    self._highest.add(shipment_id, outcome)

    def _note(self) -> None:
        self._partial.note(self._content(), self._tally.read)
        self._noted = self._edge.clock()

    def _content(self) -> dict[str, Any]:
        return {
            "basis": self._basis,
            "outputs": self._outputs(),
            "tally": tally_object(self._tally),
            "neutralised": self._neutralised,
            "resumed": self._resumed,
            **self._results.note(),
        }

    # The end.

    def _finish(self, run: Run) -> Done:
        facts = self._work.facts(self._tally, run)
        self._results.finish(facts)
        neutralised = self._results.neutralised(self._neutralised)
        if self._basis is not None and self._plan.is_kept:
            self._write_manifests(facts, neutralised)
        self._partial.settle()
        self._results.close()
        if self._plan.anchor is not None:
            done = {"notes": list(facts.notes), "neutralised": neutralised}
            self._partial.publish(self._plan, {**self._content(), **done})
        return Done(self._tally, facts.notes, neutralised)

    def _write_manifests(self, facts: RunFacts, neutralised: int) -> None:
        result = {
            "counts": counts(self._tally),
            "unscreenable": dict(self._tally.unscreenable),
            "rows_with_warnings": self._tally.warned_rows,
            "fired": self._tally.fired_rows(),
            "neutralised": neutralised,
            "notes": list(facts.notes),
            "outputs": self._results.described(),
        }
        times = {
            "started_at": self._started.isoformat(),
            "ended_at": self._edge.now().isoformat(),
            "resumed_after_rows": self._resumed,
        }
        text = manifest_text(self._basis or {}, result, {**self._edge.facts, **times}).encode()
        for place, path in enumerate(self._plan.manifests):
            self._partial.begin(f"manifest {place}", self._plan.part(path), is_noted=False).write(text)

    def _published(self, note: Mapping[str, Any]) -> Done:
        """The end of a run that died while its files got their names."""
        self._partial.finish_publishing(self._plan)
        self._edge.on_note("the result was complete; its files have their names now")
        tally = tally_of(note["tally"], self._read_back)
        return Done(tally, note["notes"], note["neutralised"])

    def give_up(self) -> str:
        """Leave what can be gone on from, or nothing; which of the two, in words."""
        self._results.close()
        if self.has_kept:
            self._partial.keep()
            return f"rows 1 to {self._partial.rows:,} are kept; the same command with --resume goes on after them"
        self._partial.discard()
        return "no result was kept"

    def close(self) -> None:
        self._partial.close()
