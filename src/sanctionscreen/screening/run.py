"""One run over a file: assessments in row order, a common decision per shipment, and counts that close."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from sanctionscreen.errors import EngineError
from sanctionscreen.model import Assessment, Outcome
from sanctionscreen.screening import spool
from sanctionscreen.screening.judged_rows import JudgedRows

T = TypeVar("T")


class Run:
    """A screening under way; iterate once over `assessments`, `each_line` or `rendered`, then read `counts`."""

    def __init__(
        self,
        parts: Callable[[Callable[[Sequence[Assessment]], Any]], Iterator[Any]],
        notes: list[str],
        has_shipments: bool,
        read_back: Callable[[bytes], Assessment],
    ) -> None:
        self.notes = notes
        """What is said once per file: mapping, fields not collected, lapsed exceptions."""
        self.has_shipments = has_shipments
        self.read = 0
        self.counts: Counter[Outcome] = Counter()
        self.read_back = read_back
        """An assessment from the line that `spool.to_line` made of it."""
        self._parts = parts
        self.each_line = self._each_line()
        """The assessments as each line is decided; none says yet what the other lines of its shipment came to."""
        self.assessments = self._with_shipments() if has_shipments else self.each_line

    def rendered(self, render: Callable[[Sequence[Assessment]], T]) -> Iterator[T]:
        """What a function makes of the assessments, many lines at a time, in order; other processes may call it.

        Args:
            render: a function that a module names, or one that can be pickled. The assessments do not say yet what the
                other lines of their shipment came to.
        """
        for made, rows, outcomes in self._parts(Counted(render)):
            self.read += rows
            self.counts.update(outcomes)
            yield made
        if self.read != sum(self.counts.values()):
            raise EngineError(f"{self.read} rows read, {sum(self.counts.values())} decided")

    def _each_line(self) -> Iterator[Assessment]:
        for assessments in self.rendered(_same):
            yield from assessments

    def _with_shipments(self) -> Iterator[Assessment]:
        """Lines of one shipment may stand anywhere in a file, so assessments wait on disk until the last is known.

        Memory grows with the number of shipments, not of lines.
        """
        highest = Highest()
        with tempfile.TemporaryFile() as waiting:
            for assessment in self.each_line:
                waiting.write(spool.to_line(assessment))
                highest.add(assessment.shipment_id, assessment.decision.outcome)
            waiting.seek(0)
            for line in waiting:
                yield highest.told(self.read_back(line))


@dataclass(frozen=True, slots=True)
class Counted(Generic[T]):
    """Renders assessments, and counts them."""

    render: Callable[[Sequence[Assessment]], T]

    def __call__(self, assessments: Sequence[Assessment]) -> tuple[T, int, Counter[Outcome]]:
        if isinstance(assessments, JudgedRows):
            return self.render(assessments), len(assessments), assessments.outcome_counts()
        outcomes = Counter(one.decision.outcome for one in assessments)
        return self.render(assessments), len(assessments), outcomes


def _same(assessments: Sequence[Assessment]) -> Sequence[Assessment]:
    return assessments


class Highest:
    """The highest outcome among the lines of each shipment."""

    def __init__(self) -> None:
        self._held: dict[str, Outcome] = {}

    def add(self, shipment_id: str | None, outcome: Outcome) -> None:
        """Note the outcome of a line; one without a shipment id belongs to none."""
        if shipment_id is None:
            return
        held = self._held.get(shipment_id)
        if held is None or outcome.rank > held.rank:
            self._held[shipment_id] = outcome

    def merge(self, other: Highest) -> None:
        """Take what other lines came to."""
        for shipment_id, outcome in other._held.items():
            self.add(shipment_id, outcome)

    def of(self, shipment_id: str | None) -> Outcome | None:
        return None if shipment_id is None else self._held.get(shipment_id)

    def told(self, assessment: Assessment) -> Assessment:
        """The assessment with what its shipment came to."""
        return replace(assessment, shipment_outcome=self.of(assessment.shipment_id))


def with_shipments(assessments: Iterable[Assessment], *, has_shipments: bool) -> Sequence[Assessment]:
    """Assessments that are all in memory, with the highest outcome among the lines of their shipment."""
    held = list(assessments)
    if not has_shipments:
        return held
    highest = Highest()
    for assessment in held:
        highest.add(assessment.shipment_id, assessment.decision.outcome)
    return [highest.told(assessment) for assessment in held]
