"""What each rule does to a file: how often it fires or stays open, in whose company, and what hangs on it alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from sanctionscreen.decision import decide
from sanctionscreen.ingest import Table
from sanctionscreen.model import Assessment, Finding, Fingerprints, Outcome
from sanctionscreen.profile import Profile
from sanctionscreen.rules import Rule
from sanctionscreen.rules.record_evaluator import Truth
from sanctionscreen.screening.derive import Derived
from sanctionscreen.screening.derived_rows import Bench, derived_rows
from sanctionscreen.screening.judge import Judge
from sanctionscreen.screening.screener import Screener


@dataclass(slots=True)
class RuleCount:
    """What one rule did to the rows of a file."""

    rule: Rule
    fired: int = 0
    unknown: int = 0
    """Rows on which it stayed open, because a field it asks for was not collected, is empty or cannot be read."""
    suppressed: int = 0
    """Rows on which it fired and an exception kept it from counting."""
    alone: int = 0
    """Rows that would have a lower decision without it."""
    would_raise: int = 0
    """Rows on which it fired without counting (experimental), and that would have a higher decision if it counted."""
    partners: Counter[str] = field(default_factory=Counter)
    """How often each other rule fired on the same row."""


@dataclass(slots=True)
class RuleStatistics:
    """The counts of all rules in force; memory grows with the rules, not with the rows."""

    profile: Profile
    fingerprints: Fingerprints
    rules: dict[str, RuleCount]
    rows: int = 0
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    notes: tuple[str, ...] = ()

    def add(self, assessment: Assessment, derived: Derived, truths: Mapping[str, Truth]) -> None:
        """Count one row."""
        self.rows += 1
        self.outcomes[assessment.decision.outcome] += 1
        for rule_id, truth in truths.items():
            if truth is None:
                self.rules[rule_id].unknown += 1
        fired = [finding.rule for finding in assessment.findings]
        for finding in assessment.findings:
            count = self.rules[finding.rule]
            count.fired += 1
            count.suppressed += bool(finding.suppressed_by)
            count.partners.update(other for other in fired if other != finding.rule)
            self._weigh(count, finding, assessment, derived)

    def add_reject(self) -> None:
        """Count a row that could not be aligned to the header."""
        self.rows += 1
        self.outcomes[Outcome.NOT_SCREENABLE] += 1

    def _weigh(self, count: RuleCount, finding: Finding, assessment: Assessment, derived: Derived) -> None:
        """Whether the decision hangs on one finding."""
        if finding.suppressed_by:
            return
        others = [other for other in assessment.findings if other.rule != finding.rule]
        held = assessment.decision.outcome.rank
        if finding.shadow:
            count.would_raise += self._rank([*others, replace(finding, shadow=False)], assessment, derived) > held
        elif held >= Outcome.REVIEW.rank:
            count.alone += self._rank(others, assessment, derived) < held

    def _rank(self, findings: list[Finding], assessment: Assessment, derived: Derived) -> int:
        unknown = assessment.unknown if derived.is_compared else ()
        decision = decide(findings, self.profile, unknown=unknown, unscreenable=derived.unscreenable)
        return decision.outcome.rank


def count_rules(screener: Screener, table: Table, on_progress: Callable[[int], None] | None = None) -> RuleStatistics:
    """Every rule in force on every row of a file."""
    bench = Bench(Judge(screener.rules, screener.profile, screener.fingerprints), screener, table)
    counts = RuleStatistics(
        screener.profile, screener.fingerprints, {rule.id: RuleCount(rule) for rule in screener.rules.rules}
    )
    for rows in derived_rows(screener, table, on_progress):
        for one in bench.verdicts(rows):
            if one.derived is None:
                counts.add_reject()
            else:
                counts.add(one.assessment, one.derived, one.truths)
    counts.notes = (*table.notes, *screener.not_collected(table.header_map.collected))
    return counts
