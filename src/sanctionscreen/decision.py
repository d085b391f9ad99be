"""Findings into a score and an outcome: grouped noisy-OR in whole numbers, then gates. No other term exists.

The strongest finding of each group counts; groups are combined as independent causes. Sums are integers, so neither
the order of the findings nor the size of a batch can change a result.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from sanctionscreen.model import Contribution, Decision, Finding, Outcome, UnknownRule
from sanctionscreen.profile import Profile

MAX_EFFECTIVE = 97.0  # no sum of signs is certainty: a single finding never exceeds 97 points
_NATS = 1_000_000


def decide(
    findings: Sequence[Finding],
    profile: Profile,
    *,
    unknown: Sequence[UnknownRule] = (),
    unscreenable: str = "",
) -> Decision:
    """Strongest finding of each group, combined across groups, then gates.

    Args:
        unknown: rules that could not be decided on what the line holds; a gate of the profile may ask for a review.
        unscreenable: why nothing, or not enough, could be compared; such a line is never clear.
    """
    live = sorted((f for f in findings if not f.shadow and not f.suppressed_by), key=lambda finding: finding.rule)
    nats = {finding.rule: _nats(finding) for finding in live}
    strongest = _strongest(live, nats)
    total = sum(nats[rule] for rule in strongest.values())
    tenths = round(1000 * (1 - math.exp(-total / _NATS)))
    points = _apportion(tenths, {rule: nats[rule] for rule in strongest.values()})
    outcome = Outcome.REVIEW if tenths >= round(profile.review_at * 10) else Outcome.CLEAR
    gates = [*_rule_gates(live, profile), *_unknown_gates(unknown, profile)]
    lines = [_contribution(finding, strongest, points) for finding in live]
    for at_least, _, cause in gates:
        floor = round((profile.block_floor if at_least is Outcome.BLOCK else profile.review_at) * 10)
        if at_least.rank > outcome.rank:
            outcome = at_least
        if floor > tenths:
            lines.append(Contribution(f"floor of {cause}", floor - tenths))
            tenths = floor

    if outcome is Outcome.CLEAR and unscreenable:
        outcome = Outcome.NOT_SCREENABLE
    ordered = sorted(lines, key=lambda line: (-line.tenths, line.rule))
    return Decision(outcome, tenths, tuple(ordered), tuple(reason for _, reason, _ in gates))


def _nats(finding: Finding) -> int:
    effective = min(finding.weight * finding.confidence, MAX_EFFECTIVE)
    return round(-math.log(1 - effective / 100) * _NATS)


def _strongest(findings: Sequence[Finding], nats: dict[str, int]) -> dict[str, str]:
    """The rule that counts in each group; ties go to the first id."""
    best: dict[str, str] = {}
    for finding in findings:
        held = best.get(finding.group)
        if held is None or nats[finding.rule] > nats[held]:
            best[finding.group] = finding.rule
    return best


def _contribution(finding: Finding, strongest: dict[str, str], points: dict[str, int]) -> Contribution:
    counted = strongest[finding.group]
    if counted == finding.rule:
        return Contribution(finding.rule, points[finding.rule])
    return Contribution(finding.rule, 0, absorbed_by=counted)


def _apportion(tenths: int, shares: dict[str, int]) -> dict[str, int]:
    """Whole tenths in proportion to the shares, by largest remainder; they add up exactly."""
    total = sum(shares.values())
    if total == 0:
        return dict.fromkeys(shares, 0)
    given = {rule: tenths * share // total for rule, share in shares.items()}
    left = tenths - sum(given.values())
    by_remainder = sorted(shares, key=lambda rule: (-(tenths * shares[rule] % total), rule))
    for rule in by_remainder[:left]:
        given[rule] += 1
    return given


def _rule_gates(findings: Sequence[Finding], profile: Profile) -> list[tuple[Outcome, str, str]]:
    found = [(Outcome(f.gate), f"{f.rule} asks for {f.gate}: {f.title}", f.rule) for f in findings if f.gate]
    fired = {finding.rule for finding in findings}
    return found + [(g.at_least, f"{g.id}: {g.reason}", g.id) for g in profile.gates if g.if_rule in fired]


def _unknown_gates(unknown: Sequence[UnknownRule], profile: Profile) -> list[tuple[Outcome, str, str]]:
    found = []
    for gate in profile.gates:
        rules = [rule for rule in unknown if rule.level == gate.if_unknown_level]
        if rules:
            gaps = ", ".join(sorted({name for rule in rules for name in rule.missing}))
            found.append((gate.at_least, f"{gate.id}: {gate.reason} (missing: {gaps})", gate.id))
    return found
