"""The rows of a file, read and derived once, for those who judge each of them more than once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sanctionscreen.frames import frame_of
from sanctionscreen.ingest import Table, read_line
from sanctionscreen.rules.frame_evaluator import evaluate_frame
from sanctionscreen.rules.record_evaluator import Truth
from sanctionscreen.screening.derive import Derived
from sanctionscreen.screening.judge import Judge
from sanctionscreen.screening.screener import FEW_ROWS, Screener


@dataclass(frozen=True, slots=True)
class DerivedRow:
    """One row of a file with all that rules may ask of it."""

    row: int
    """Counted from 1; the header is not counted."""
    derived: Derived | None
    """None for a row that could not be aligned to the header."""
    reject: str = ""
    """Why it could not."""


def derived_rows(
    screener: Screener, table: Table, on_progress: Callable[[int], None] | None = None
) -> Iterator[list[DerivedRow]]:
    """The rows of a file in their order, chunk by chunk; no more than one chunk is held."""
    for chunk in table.chunks():
        columns = table.columns(chunk)
        lines = [
            read_line({name: cells[at] for name, cells in columns.items()}, table.habits)
            for at in range(len(chunk.cells))
        ]
        screener._parties.prepare(line.values for line in lines)
        yield [
            DerivedRow(chunk.first_row + at, None, chunk.rejects[at])
            if at in chunk.rejects
            else DerivedRow(chunk.first_row + at, screener._deriver.derive(line))
            for at, line in enumerate(lines)
        ]
        if on_progress is not None:
            on_progress(chunk.first_row + len(lines) - 1)


def truths_of(judge: Judge, derived: Sequence[Derived]) -> Iterator[Mapping[str, Truth]]:
    """What every rule says of every line: one by one where they are few, in one select where they are many."""
    if len(derived) <= FEW_ROWS:
        yield from (judge.truths(one.line) for one in derived)
    else:
        frame = frame_of([one.line for one in derived])
        yield from evaluate_frame(judge.rules.rules, frame).iter_rows(named=True)
