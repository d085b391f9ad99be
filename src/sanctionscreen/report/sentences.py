"""An assessment in words: one sentence for whoever ships, lines that add up for whoever checks."""

from __future__ import annotations

from dataclasses import dataclass

from sanctionscreen.model import Assessment, Contribution, Finding, Outcome, UnknownRule
from sanctionscreen.screening.wording import silence, words

NOTHING_FOUND = "nothing found on the lists loaded; not an all-clear"

_SHOWN_REASONS = 3
_FLOOR = "floor of "


@dataclass(frozen=True, slots=True)
class ContributionLine:
    """One line of the sum that makes the score."""

    tenths: int
    rule: str
    title: str
    note: str = ""
    """Why it adds nothing, where it does not."""


def score(tenths: int) -> str:
    """A score as it is printed.

    >>> score(1000), score(755)
    ('100.0', '75.5')
    """
    return f"{tenths // 10}.{tenths % 10}"


def headline(assessment: Assessment) -> str:
    """The decision in one sentence, for someone who reads nothing else."""
    subject = f"Row {assessment.row}" if assessment.row else "This shipment"
    decision = assessment.decision
    if decision.outcome is Outcome.NOT_SCREENABLE:
        why = assessment.reasons[-1] if assessment.reasons else "there is nothing on it to compare"
        return f"{subject} could not be screened: {why}."
    if decision.outcome is Outcome.CLEAR and not assessment.findings:
        return f"{subject} is clear: {NOTHING_FOUND}."
    reached = f"score {score(decision.tenths)}"
    if decision.outcome is Outcome.CLEAR:
        said = f"{subject} is clear with {reached}, too little for a review but not an all-clear"
        return f"{said}: {grounds(assessment)}."
    return f"{subject} comes to {decision.outcome.value} with {reached}: {grounds(assessment)}."


def grounds(assessment: Assessment) -> str:
    """What counted, in the words of the rules; gates where nothing else did; at last what was found and not counted."""
    findings = {finding.rule: finding for finding in assessment.findings}
    counted = [part.rule for part in assessment.decision.contributions if part.tenths and part.rule in findings]
    said = [_in_short(findings[rule]) for rule in counted] or list(assessment.decision.gates)
    said = said or [f"{finding.title} ({silence(finding) or 'adds nothing'})" for finding in assessment.findings]
    shown = [sentence.strip().rstrip(".") for sentence in said[:_SHOWN_REASONS]]
    more = len(said) - len(shown)
    return "; ".join(shown) + (f"; and {more} more" if more > 0 else "")


def _in_short(finding: Finding) -> str:
    """The finding's title, with the party behind it where there is one."""
    hits = ("party_hits", "address_hits", "owner_hits")
    parties = (part.matched for part in finding.evidence if part.field in hits and part.matched)
    first = next(parties, None)
    return f"{finding.title} ({words('', first[:1])})" if first else finding.title


def contributions(assessment: Assessment) -> list[ContributionLine]:
    """Every finding and floor with what it added, largest first; the tenths add up to the score."""
    findings = {finding.rule: finding for finding in assessment.findings}
    counted = [_counted(part, findings.get(part.rule)) for part in assessment.decision.contributions]
    named = {line.rule for line in counted}
    silent = [
        ContributionLine(0, finding.rule, finding.title, silence(finding) or "adds nothing")
        for finding in assessment.findings
        if finding.rule not in named
    ]
    return sorted(counted + silent, key=lambda line: -line.tenths)


def _counted(part: Contribution, finding: Finding | None) -> ContributionLine:
    if finding is None:
        rule = part.rule.removeprefix(_FLOOR)
        return ContributionLine(part.tenths, rule, "lifts the score to the floor of its gate")
    note = f"already said by {part.absorbed_by}" if part.absorbed_by else ""
    if not note and not part.tenths:
        note = silence(finding)
    return ContributionLine(part.tenths, part.rule, finding.title, note)


def unknown(rule: UnknownRule) -> str:
    """A rule that could not be decided, and for want of what."""
    return f"{rule.rule} ({', '.join(rule.missing)})" if rule.missing else rule.rule
