"""From the truths of the rules on a line to its assessment: findings, unknowns, exceptions, decision, reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sanctionscreen.decision import decide
from sanctionscreen.errors import EngineError
from sanctionscreen.model import Assessment, Evidence, Finding, Fingerprints, Line, UnknownRule
from sanctionscreen.profile import Profile
from sanctionscreen.rules.conditions import fields_of
from sanctionscreen.rules.features import PREFIX
from sanctionscreen.rules.record_evaluator import Compiled, Facts, Truth, compile_condition, evidence, missing
from sanctionscreen.rules.ruleset import Rule, RuleException, RuleSet
from sanctionscreen.screening.derive import Derived
from sanctionscreen.screening.wording import reasons

_HIT_FIELDS = ("party_hits", "address_hits", "owner_hits")


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
        findings = tuple(self._finding(rule, facts, row) for rule in self.rules.rules if truths[rule.id])
        unknown = tuple(self._unknown(facts, truths))
        open_rules = unknown if derived.is_compared else ()  # where nothing was compared, that says it all
        decision = decide(findings, self.profile, unknown=open_rules, unscreenable=derived.unscreenable)
        return Assessment(
            row=row,
            decision=decision,
            reasons=reasons(decision, findings, derived.unscreenable),
            hits=derived.hits,
            address_hits=derived.address_hits,
            findings=findings,
            unknown=unknown,
            warnings=derived.warnings,
            shipment_id=line.values.get("shipment.id"),
            input=cells,
            fingerprints=self.fingerprints,
        )

    def reject(self, row: int, reason: str, cells: Mapping[str, Any]) -> Assessment:
        """A row that could not be aligned keeps its place, and says why."""
        decision = decide((), self.profile, unscreenable=reason)
        return Assessment(row, decision, (reason,), warnings=(reason,), input=cells, fingerprints=self.fingerprints)

    def _finding(self, rule: Rule, facts: Facts, row: int) -> Finding:
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
        found = []
        for rule in self.rules.rules:
            if truths[rule.id] is not None or rule.status == "experimental" or not (self._fields[rule.id] & empty):
                continue
            gaps = missing(self._tests[rule.id], facts) & empty
            if gaps:
                found.append(UnknownRule(rule.id, rule.title, rule.level, tuple(sorted(gaps))))
        return found


def _is_said(name: str, facts: Facts) -> bool:
    """Features and owners are missing on most lines of most files; only a share that cannot be decided is said."""
    return not name.startswith((PREFIX, "owner")) or name in facts.unreadable
