"""The way of a table or a frame through the stages: a few rows line by line, many of them as columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeVar

from sanctionscreen.ingest import Table, find_habits
from sanctionscreen.ingest.chunks import in_chunks
from sanctionscreen.model import Assessment
from sanctionscreen.screening.columns import FEW_ROWS, single_lines
from sanctionscreen.screening.crew import Alone, Crew, Recipe, Several, Station, cores
from sanctionscreen.screening.derive import Deriver
from sanctionscreen.screening.file_screening import LARGE_ROWS, PART_ROWS, FileScreening, Rows
from sanctionscreen.screening.judge import Judge
from sanctionscreen.screening.judged_rows import by_header
from sanctionscreen.screening.observe import Observer
from sanctionscreen.screening.result_columns import COLUMNS, SHIPMENT_COLUMN, result_columns
from sanctionscreen.screening.run import Highest
from sanctionscreen.screening.table_rows import as_columns, few_of
from sanctionscreen.values import Habit

if TYPE_CHECKING:
    import polars as pl

T = TypeVar("T")
Render = Callable[[Sequence[Assessment]], T]

AS_MANY_AS_PAY = 0
"""As many processes as there are processors, for a file that is large enough."""


@dataclass(frozen=True, slots=True)
class FileWay:
    """How a screener judges many rows."""

    deriver: Deriver
    judge: Judge
    recipe: Recipe
    observer: Observer
    workers: int | None
    """Processes that share the work; 0: as many as pay; None: this one alone."""

    def judged_table(
        self, table: Table, on_progress: Callable[[int], None], start_row: int, render: Render[T]
    ) -> Iterator[T]:
        """What a function makes of the assessments of a table, part by part, in order."""
        first, more = few_of(table.chunks(), FEW_ROWS)
        if len(first.cells) <= FEW_ROWS:
            cells = [by_header(table.headers, row) for row in first.cells]
            lines = self._single(table.columns(first), table.habits, cells, first.rejects)
            yield render(lines[start_row - 1 :])
            on_progress(len(lines))
            return
        chunks = in_chunks(chain([first], more), PART_ROWS)
        rows = (as_columns(chunk, table.header_map) for chunk in chunks)
        yield from self._many(rows, table.habits, table.headers, start_row, render, on_progress)

    def judged_frame(self, columns: Mapping[str, Sequence[Any]]) -> list[pl.Series]:
        """The columns that screening adds to a frame."""
        import polars as pl

        habits = find_habits([columns]).proved
        rows = len(next(iter(columns.values())))
        results: dict[str, list[str]] = {name: [] for name in COLUMNS}
        if rows <= FEW_ROWS:
            parts: Iterable[Sequence[Assessment]] = [self._single(columns, habits, [{}] * rows, {})]
        else:
            parts = self._many(_slices(columns, rows), habits, [], 1, _same, lambda row: None)
        held = list(chain.from_iterable(parts))
        for one in held:
            for name, text in result_columns(one).items():
                results[name].append(text)
        added = [pl.Series(name, texts, dtype=pl.String) for name, texts in results.items()]
        if "shipment.id" in columns:
            highest = Highest()
            for one in held:
                highest.add(one.shipment_id, one.decision.outcome)
            outcomes = [str(highest.of(one.shipment_id) or "") for one in held]
            added.append(pl.Series(SHIPMENT_COLUMN, outcomes, dtype=pl.String))
        return added

    def _single(
        self,
        columns: Mapping[str, Sequence[Any]],
        habits: Mapping[str, Habit],
        cells: Sequence[Mapping[str, Any]],
        rejects: Mapping[int, str],
    ) -> list[Assessment]:
        """Few lines, each read and judged by itself."""
        lines = list(single_lines(columns, habits, len(cells)))
        self.deriver.parties.prepare(line.values for line in lines)
        found = []
        for at, (line, seen, held) in enumerate(zip(lines, self.observer.of_lines(lines), cells, strict=True)):
            if at in rejects:
                found.append(self.judge.reject(at + 1, rejects[at], held))
                continue
            derived = self.deriver.derive_with(line, seen)
            found.append(self.judge.assess(at + 1, derived, self.judge.truths(derived.line), held))
        return found

    def _many(
        self,
        rows: Iterable[Rows],
        habits: Mapping[str, Habit],
        headers: Sequence[str],
        start_row: int,
        render: Render[T],
        on_progress: Callable[[int], None],
    ) -> Iterator[T]:
        hired: list[Crew] = [Alone(Station(self.deriver, self.judge))]
        screening = FileScreening(
            self.deriver, self.judge.rules, habits, headers, lambda so_far: self._crew(so_far, hired)
        )
        try:
            screening.gather(rows)
            screening.prepare()
            yield from screening.judged(render, start_row, on_progress)
        finally:
            for crew in hired:
                crew.close()
            screening.close()

    def _crew(self, rows: int, hired: list[Crew]) -> Crew:
        """Other processes as soon as they pay, or from the first row on where they are asked for."""
        wanted = 1 if self.workers is None else self.workers
        if wanted == AS_MANY_AS_PAY:
            wanted = cores() if rows >= LARGE_ROWS else 1
        if wanted > 1 and hired[-1].size == 1:
            hired.append(Several(self.recipe, wanted))
        return hired[-1]


def _same(assessments: Sequence[Assessment]) -> Sequence[Assessment]:
    return assessments


def _slices(columns: Mapping[str, Sequence[Any]], rows: int) -> Iterator[Rows]:
    for start in range(0, rows, PART_ROWS):
        yield Rows({name: cells[start : start + PART_ROWS] for name, cells in columns.items()})
