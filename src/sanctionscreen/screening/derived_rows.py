"""The rows of a file, read and derived once, for those who judge each of them more than once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sanctionscreen.frames import frame_of
from sanctionscreen.ingest import Table
from sanctionscreen.model import Assessment
from sanctionscreen.rules.frame_evaluator import evaluate_frame
from sanctionscreen.rules.record_evaluator import Truth
from sanctionscreen.screening.columns import FEW_ROWS, lines_of
from sanctionscreen.screening.derive import Derived
from sanctionscreen.screening.judge import Judge
from sanctionscreen.screening.observe import Observer, Seen, SeenColumns
from sanctionscreen.screening.screener import Screener


@dataclass(frozen=True, slots=True)
class DerivedRow:
    """One row of a file with all that rules may ask of it, but for the features, which are a pack's own."""

    row: int
    """Counted from 1; the header is not counted."""
    derived: Derived | None
    """None for a row that could not be aligned to the header."""
    reject: str = ""
    """Why it could not."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a judge says of one row."""

    assessment: Assessment
    derived: Derived | None
    """With the features of the judge's rules; None for a row that could not be aligned."""
    truths: Mapping[str, Truth]


def derived_rows(
    screener: Screener, table: Table, on_progress: Callable[[int], None] | None = None
) -> Iterator[list[DerivedRow]]:
    """The rows of a file in their order, chunk by chunk; no more than one chunk is held."""
    for chunk in table.chunks():
        lines = list(lines_of(table.columns(chunk), table.habits, len(chunk.cells)))
        screener.parties.prepare(line.values for line in lines)
        yield [
            DerivedRow(chunk.first_row + at, None, chunk.rejects[at])
            if at in chunk.rejects
            else DerivedRow(chunk.first_row + at, screener.derive(line))
            for at, line in enumerate(lines)
        ]
        if on_progress is not None:
            on_progress(chunk.first_row + len(lines) - 1)


class Bench:
    """One set of rules with its profile, before which the rows of a file pass."""

    def __init__(self, judge: Judge, screener: Screener, table: Table) -> None:
        self.judge = judge
        observer = Observer(judge.rules, screener.deriver)
        self._fields = observer.fields
        parts = ((table.columns(chunk), len(chunk.cells)) for chunk in table.chunks())
        self._seen: Seen | SeenColumns | None = observer.of_file(parts, table.habits)

    def verdicts(self, rows: Sequence[DerivedRow]) -> Iterator[Verdict]:
        """What the judge says of each row."""
        held = [self._featured(row.row, row.derived) for row in rows if row.derived is not None]
        judged = zip(held, self._truths(held), strict=True)
        for row in rows:
            if row.derived is None:
                yield Verdict(self.judge.reject(row.row, row.reject, {}), None, {})
            else:
                derived, truths = next(judged)
                yield Verdict(self.judge.assess(row.row, derived, truths, {}), derived, truths)

    def _featured(self, row: int, derived: Derived) -> Derived:
        if self._seen is None:
            return derived
        return replace(derived, line=derived.line.with_values(self._seen.of(row - 1, derived.line)))

    def _truths(self, held: Sequence[Derived]) -> Iterator[Mapping[str, Truth]]:
        """What every rule says: line by line where they are few, in one select where they are many."""
        if len(held) <= FEW_ROWS:
            yield from (self.judge.truths(one.line) for one in held)
        else:
            frame = frame_of([one.line for one in held], self._fields)
            yield from evaluate_frame(self.judge.rules.rules, frame).iter_rows(named=True)
