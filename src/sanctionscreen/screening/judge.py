"""From the truths of the rules on a line to its assessment: findings, unknowns, exceptions, decision, reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sanctionscreen.decision import decide
from sanctionscreen.errors import EngineError
from sanctionscreen.fields import QUALITY
from sanctionscreen.model import Assessment, Evidence, Finding, Fingerprints, Line, Outcome, UnknownRule
from sanctionscreen.profile import Profile
from sanctionscreen.rules.conditions import fields_of
from sanctionscreen.rules.features import PREFIX
from sanctionscreen.rules.record_evaluator import Compiled, Facts, Truth, compile_condition, evidence, missing
from sanctionscreen.rules.ruleset import Rule, RuleException, RuleSet
from sanctionscreen.screening.derive import Derived, Standing
from sanctionscreen.screening.wording import reasons

_HIT_FIELDS = ("party_hits", "address_hits", "owner_hits")
_QUALITY = tuple((name, name.partition(".")[2]) for name in QUALITY)


@dataclass(slots=True)
class Judge:
    """Turns rule verdicts into assessments; the rules and the profile stay the same for a whole run."""

    rules: RuleSet
    profile: Profile
    fingerprints: Fingerprints
    _tests: dict[str, Compiled] = field(default_factory=dict, repr=False)
    _fields: dict[str, frozenset[str]] = field(default_factory=dict, repr=False)
    _exceptions: list[tuple[RuleException, Compiled]] = field(default_factory=list, repr=False)

    def __post_init__(self) -> None:
        self._tests = {rule.id: compile_condition(rule.when) for rule in self.rules.rules}
        self._fields = {rule.id: fields_of(rule.when) for rule in self.rules.rules}
        self._exceptions = [(one, compile_condition(one.when)) for one in self.rules.exceptions]

    @property
    def compiled(self) -> Mapping[str, Compiled]:
        """The rules in force by id, ready to test."""
        return self._tests

    def truths(self, line: Line) -> dict[str, Truth]:
        """What every rule says of one line."""
        facts = Facts.of(line)
        return {rule_id: compiled.test(facts) for rule_id, compiled in self._tests.items()}

    def assess(self, row: int, derived: Derived, truths: Mapping[str, Truth], cells: Mapping[str, Any]) -> Assessment:
        """The assessment of a line; every finding is explained, which checks the frame's verdict on the way."""
        line = derived.line
        facts = Facts.of(line)
        stands = Standing(
            derived.hits, derived.address_hits, derived.warnings, derived.unscreenable, derived.is_compared
        )
        verdict = self.verdict(
            stands,
            tuple(self.finding(rule, facts, row) for rule in self.rules.rules if truths[rule.id]),
            tuple(self._unknown(facts, truths)),
            quality_of(line.values),
        )
        return placed(verdict, row, cells, line.values.get("shipment.id"))

    def verdict(
        self,
        stands: Standing,
        findings: tuple[Finding, ...],
        unknown: tuple[UnknownRule, ...],
        quality: Mapping[str, bool],
    ) -> Assessment:
        """What lines come to that are alike in all this; `placed` makes it the assessment of one of them."""
        open_rules = unknown if stands.is_compared else ()  # where nothing was compared, that says it all
        decision = decide(findings, self.profile, unknown=open_rules, unscreenable=stands.unscreenable)
        return Assessment(
            row=0,
            decision=decision,
            reasons=reasons(decision, findings, stands.unscreenable),
            hits=stands.hits,
            address_hits=stands.address_hits,
            findings=findings,
            unknown=unknown,
            warnings=stands.warnings,
            fingerprints=self.fingerprints,
            quality=quality,
        )

    def reject(self, row: int, reason: str, cells: Mapping[str, Any]) -> Assessment:
        """A row that could not be aligned keeps its place, and says why."""
        decision = decide((), self.profile, unscreenable=reason)
        return Assessment(row, decision, (reason,), warnings=(reason,), input=cells, fingerprints=self.fingerprints)

    def finding(self, rule: Rule, facts: Facts, row: int) -> Finding:
        """A rule that fired on a line, with the values that made it fire.

        Raises:
            EngineError: over the single line it does not.
        """
        single = self._tests[rule.id](facts)
        if single is not True:
            said = "no hit" if single is False else "unknown"
            raise EngineError(
                f"row {row}: rule {rule.id} ({rule.fingerprint}) is a hit over the frame and {said} on the single line;"
                " please report this row"
            )
        shown = tuple(evidence(self._tests[rule.id], facts, self.rules.lists))
        return Finding(
            rule=rule.id,
            version=rule.version,
            fingerprint=rule.fingerprint,
            title=rule.title,
            why=rule.why,
            level=rule.level,
            group=rule.group,
            weight=self.profile.weights.get(rule.id, rule.weight),
            confidence=self._confidence(shown),
            gate=rule.gate,
            shadow=rule.status == "experimental",
            suppressed_by=self._suppressed_by(rule, facts),
            evidence=shown,
            references=rule.references,
        )

    def _confidence(self, shown: tuple[Evidence, ...]) -> float:
        """1, unless the finding rests on a party match: then the curve of the best matching hit."""
        scores = [
            element["score"]
            for one in shown
            if one.field in _HIT_FIELDS and one.operator in ("any", "all", "count_gte")
            for element in one.matched or ()
            if element["score"] is not None
        ]
        return self.profile.confidence(max(scores)) if scores else 1.0

    def _suppressed_by(self, rule: Rule, facts: Facts) -> str:
        for exception, test in self._exceptions:
            if rule.id in exception.rules and test(facts) is True:
                return exception.id
        return ""

    def _unknown(self, facts: Facts, truths: Mapping[str, Truth]) -> list[UnknownRule]:
        """Rules left open by an empty or unreadable cell; what a file never holds is said once per file."""
        empty = {name for name, value in facts.values.items() if value is None and _is_said(name, facts)}
        found = (
            self.unknown_rule(rule, facts)
            for rule in self.rules.rules
            if truths[rule.id] is None and not self._fields[rule.id].isdisjoint(empty)
        )
        return [one for one in found if one is not None]

    def unknown_rule(self, rule: Rule, facts: Facts) -> UnknownRule | None:
        """A rule that an empty or unreadable cell of a line leaves open; None where another cause does."""
        if rule.status == "experimental":
            return None
        gaps = sorted(
            name
            for name in missing(self._tests[rule.id], facts)
            if name in facts.values and facts.values[name] is None and _is_said(name, facts)
        )
        return UnknownRule(rule.id, rule.title, rule.level, tuple(gaps)) if gaps else None

    def fields(self, rule: Rule) -> frozenset[str]:
        """The fields that a rule looks at."""
        return self._fields[rule.id]

    def shown_fields(self, rule: Rule) -> frozenset[str]:
        """The fields on which a finding of a rule depends: its own, and those of the exceptions to it."""
        excepted = (fields_of(one.when) for one, _ in self._exceptions if rule.id in one.rules)
        return self._fields[rule.id].union(*excepted)


def placed(
    verdict: Assessment, row: int, cells: Mapping[str, Any], shipment_id: str | None, outcome: Outcome | None = None
) -> Assessment:
    """The verdict as the assessment of one row."""
    return Assessment(
        row,
        verdict.decision,
        verdict.reasons,
        verdict.hits,
        verdict.address_hits,
        verdict.findings,
        verdict.unknown,
        verdict.warnings,
        shipment_id,
        outcome,
        cells,
        verdict.fingerprints,
        verdict.quality,
    )


def quality_of(values: Mapping[str, Any]) -> dict[str, bool]:
    """What was found of the quality of a line's cells, by the part of the field behind the dot."""
    return {short: values[name] for name, short in _QUALITY if name in values}


def _is_said(name: str, facts: Facts) -> bool:
    """Features and owners are missing on most lines of most files; only a share that cannot be decided is said."""
    return not name.startswith((PREFIX, "owner")) or name in facts.unreadable
