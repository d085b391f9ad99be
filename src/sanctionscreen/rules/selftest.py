"""Every rule's own tests, through both evaluators; inherited tests run on the definition they were written for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sanctionscreen import values
from sanctionscreen.fields import FIELDS, Field
from sanctionscreen.frames import frame_of
from sanctionscreen.model import CellWarning, Line
from sanctionscreen.rules.conditions import fields_of
from sanctionscreen.rules.features import Feature, FeatureTable, needed
from sanctionscreen.rules.frame_evaluator import evaluate_frame
from sanctionscreen.rules.record_evaluator import Compiled, Facts, Truth, compile_condition, missing
from sanctionscreen.rules.ruleset import Rule, RuleSet, RuleTest


@dataclass(frozen=True, slots=True)
class RuleTestResult:
    """What both evaluators said of one test, in the words of `expect`."""

    rule: str
    test: str
    expected: str
    batch: str
    single: str
    note: str
    """Why it failed; empty when it passed."""

    @property
    def passed(self) -> bool:
        return not self.note


def run_tests(ruleset: RuleSet, only: str | None = None) -> list[RuleTestResult]:
    """The results of all tests, in the order of packs, rules and tests; `only` names a single rule."""
    inherited = run_tests(ruleset.below, only) if ruleset.below else []
    own = [rule for rule in ruleset.rules if rule.pack == ruleset.packs[-1] and only in (None, rule.id)]
    return inherited + [result for rule in own for result in _of_rule(rule, ruleset.features)]


def line_of(record: Mapping[str, Any], fields: Mapping[str, Field] = FIELDS) -> Line:
    """The line of a test's record, which may give derived fields and features too."""
    found: dict[str, Any] = {}
    warnings: list[CellWarning] = []
    for name, raw in record.items():
        try:
            found[name] = values.read(fields[name], raw)
        except values.Unreadable as bad:
            found[name] = None
            warnings.append(CellWarning(name, str(bad)))
    return Line(found, frozenset(warning.field for warning in warnings), tuple(warnings))


def tested_line(rule: Rule, test: RuleTest, features: Mapping[str, Feature]) -> Line:
    """The line of a test with the features that its rule looks at, as its history gives them; what it states stands."""
    used = needed(fields_of(rule.when), features)
    line = line_of(test.record, {**FIELDS, **{one.field.name: one.field for one in features.values()}})
    if not used:
        return line
    table = FeatureTable(used)
    for earlier in test.history:
        table.add(line_of(earlier))
    table.add(line)
    return line.with_values({**table.of(len(test.history), line), **line.values})


def _of_rule(rule: Rule, features: Mapping[str, Feature]) -> Iterable[RuleTestResult]:
    single = compile_condition(rule.when)
    held = [one.field for one in features.values()]
    for test in rule.tests:
        line = tested_line(rule, test, features)
        facts = Facts.of(line)
        record_says = single(facts)
        frame_says = evaluate_frame([rule], frame_of([line], held)).item(0, 0)
        yield RuleTestResult(
            rule.id,
            test.name,
            test.expect,
            _word(frame_says),
            _word(record_says),
            _problem(single, test, line, facts, record_says, frame_says),
        )


def _problem(compiled: Compiled, test: RuleTest, line: Line, facts: Facts, single: Truth, batch: Truth) -> str:
    if line.unreadable and test.expect != "unknown":
        return f"cannot read {', '.join(str(warning) for warning in line.warnings)}"
    if single is not batch:
        return f"the evaluators disagree: one record says {_word(single)}, the frame says {_word(batch)}"
    if _word(single) != test.expect:
        gaps = f" (missing: {', '.join(sorted(missing(compiled, facts)))})" if single is None else ""
        return f"expected {test.expect}, got {_word(single)}{gaps}"
    gaps_found = missing(compiled, facts)
    if test.missing and gaps_found != frozenset(test.missing):
        return f"expected missing {sorted(test.missing)}, got {sorted(gaps_found)}"
    return ""


def _word(truth: Truth) -> str:
    return {True: "hit", False: "no_hit", None: "unknown"}[truth]
