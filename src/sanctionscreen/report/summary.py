"""What a run came to: counts that close, the strongest alerts, what fired most, and what was not screened."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sanctionscreen.errors import EngineError
from sanctionscreen.model import Assessment, Outcome

SHOWN_ALERTS = 20
OUTCOMES = (Outcome.CLEAR, Outcome.REVIEW, Outcome.BLOCK, Outcome.NOT_SCREENABLE)
"""In the order in which they are counted up."""
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
        self.add_equal(assessment, 1)
        if assessment.decision.outcome in (Outcome.REVIEW, Outcome.BLOCK):
            self._keep(assessment)

    def add_equal(self, assessment: Assessment, rows: int) -> None:
        """Count so many rows that came to the same; which of them are the strongest is `keep`'s to say."""
        outcome = assessment.decision.outcome
        self.outcomes[outcome] += rows
        self.warned_rows += rows if assessment.warnings else 0
        for finding in assessment.findings:
            self.fired[finding.rule, finding.title] += rows
        if outcome is Outcome.NOT_SCREENABLE:
            reason = assessment.reasons[0] if assessment.reasons else "nothing could be compared"
            self.unscreenable[reason] += rows

    def _keep(self, assessment: Assessment) -> None:
        strength = (assessment.decision.outcome.rank, assessment.decision.tenths, -assessment.row)
        if len(self._strongest) < SHOWN_ALERTS:
            heapq.heappush(self._strongest, (strength, assessment))
        elif strength > self._strongest[0][0]:
            heapq.heapreplace(self._strongest, (strength, assessment))

    def keep(self, alerts: Iterable[Assessment]) -> None:
        """Keep those of these that are among the strongest, and count none."""
        for alert in alerts:
            self._keep(alert)

    def merge(self, other: Tally) -> None:
        """Take what was counted of other rows."""
        self.outcomes.update(other.outcomes)
        self.fired.update(other.fired)
        self.unscreenable.update(other.unscreenable)
        self.warned_rows += other.warned_rows
        self.keep(other.alerts())

    @property
    def read(self) -> int:
        return sum(self.outcomes.values())

    @property
    def alert_count(self) -> int:
        return self.outcomes[Outcome.REVIEW] + self.outcomes[Outcome.BLOCK]

    def alerts(self) -> list[Assessment]:
        """The strongest rows that a person must see: by decision, score, then order in the file."""
        return [assessment for _, assessment in sorted(self._strongest, key=lambda held: held[0], reverse=True)]

    def most_fired(self, most: int = _SHOWN_CAUSES) -> list[tuple[str, str, int]]:
        """Rule id, title and number of rows, most frequent first."""
        ordered = sorted(self.fired.items(), key=lambda item: (-item[1], item[0]))
        return [(rule, title, count) for (rule, title), count in ordered[:most]]

    def fired_rows(self) -> dict[str, int]:
        """On how many rows each rule fired; rules that never did are not in it."""
        return {rule: count for (rule, _), count in self.fired.items()}

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
    parts = " + ".join(f"{tally.outcomes[outcome]:,} {outcome.value.replace('_', ' ')}" for outcome in OUTCOMES)
    return f"{tally.read:,} row{'' if tally.read == 1 else 's'} read = {parts}"
