"""What a run came to: counts that close, the strongest alerts, what fired most, and what was not screened."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sanctionscreen.errors import EngineError
from sanctionscreen.model import Assessment, Outcome

SHOWN_ALERTS = 20
_SHOWN_CAUSES = 5


@dataclass(slots=True)
class Tally:
    """Counts of the assessments that passed through `watch`; it holds no more than the alerts it will show."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    fired: Counter[tuple[str, str]] = field(default_factory=Counter)
    """How many rows each rule (id, title) fired on, suppressed and experimental ones included."""
    unscreenable: Counter[str] = field(default_factory=Counter)
    """How many rows could not be screened, by reason."""
    warned_rows: int = 0
    _strongest: list[tuple[tuple[int, int, int], Assessment]] = field(default_factory=list)

    def watch(self, assessments: Iterable[Assessment]) -> Iterator[Assessment]:
        """Pass the assessments on, counting each."""
        for assessment in assessments:
            self._add(assessment)
            yield assessment

    def _add(self, assessment: Assessment) -> None:
        outcome = assessment.decision.outcome
        self.outcomes[outcome] += 1
        self.warned_rows += bool(assessment.warnings)
        if assessment.findings:
            self.fired.update((finding.rule, finding.title) for finding in assessment.findings)
        if outcome is Outcome.NOT_SCREENABLE:
            self.unscreenable[assessment.reasons[0] if assessment.reasons else "nothing could be compared"] += 1
        elif outcome is not Outcome.CLEAR:
            self._keep(assessment)

    def _keep(self, assessment: Assessment) -> None:
        strength = (assessment.decision.outcome.rank, assessment.decision.tenths, -assessment.row)
        if len(self._strongest) < SHOWN_ALERTS:
            heapq.heappush(self._strongest, (strength, assessment))
        elif strength > self._strongest[0][0]:
            heapq.heapreplace(self._strongest, (strength, assessment))

    @property
    def read(self) -> int:
        return sum(self.outcomes.values())

    @property
    def alert_count(self) -> int:
        return self.outcomes[Outcome.REVIEW] + self.outcomes[Outcome.BLOCK]

    def alerts(self) -> list[Assessment]:
        """The strongest rows that a person must see: by decision, score, then order in the file."""
        return [assessment for _, assessment in sorted(self._strongest, key=lambda held: held[0], reverse=True)]

    def most_fired(self) -> list[tuple[str, str, int]]:
        """Rule id, title and number of rows, most frequent first."""
        ordered = sorted(self.fired.items(), key=lambda item: (-item[1], item[0]))
        return [(rule, title, count) for (rule, title), count in ordered[:_SHOWN_CAUSES]]

    def why_unscreenable(self) -> list[tuple[str, int]]:
        ordered = sorted(self.unscreenable.items(), key=lambda item: (-item[1], item[0]))
        return ordered[:_SHOWN_CAUSES]

    def at_or_above(self, outcome: Outcome) -> int:
        return sum(count for held, count in self.outcomes.items() if held.rank >= outcome.rank)

    def close(self, read: int) -> None:
        """Check that every row that was read has come out with an outcome.

        Raises:
            EngineError: rows are missing, or more came out than went in.
        """
        if read != self.read:
            raise EngineError(f"{read} rows were read but {self.read} have a decision; the result is not complete")


def counts_line(tally: Tally) -> str:
    """The counts as a sum that closes.

    >>> counts_line(Tally(Counter({Outcome.CLEAR: 7, Outcome.BLOCK: 1})))
    '8 rows read = 7 clear + 0 review + 1 block + 0 not screenable'
    """
    order = (Outcome.CLEAR, Outcome.REVIEW, Outcome.BLOCK, Outcome.NOT_SCREENABLE)
    parts = " + ".join(f"{tally.outcomes[outcome]:,} {outcome.value.replace('_', ' ')}" for outcome in order)
    return f"{tally.read:,} row{'' if tally.read == 1 else 's'} read = {parts}"
