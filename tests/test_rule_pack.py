"""The built-in pack: every rule proves itself, cites its source and hides no number."""

from __future__ import annotations

import importlib.util
import sys
from datetime import date, timedelta
from pathlib import Path
from types import ModuleType

import pytest

from sanctionscreen.fields import FieldType
from sanctionscreen.rules import Rule, RuleSet, run_tests
from sanctionscreen.rules.conditions import leaves, list_tests
from sanctionscreen.screening.sources import load_sources

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
SOURCES = load_sources()
RULES: RuleSet = SOURCES.rules


def by_id(rule: Rule) -> str:
    return rule.id


def test_every_test_of_every_rule_passes_in_both_evaluators() -> None:
    failed = [result for result in run_tests(RULES) if not result.passed]
    assert failed == []


def test_the_pack_holds_at_least_twenty_stable_red_flags() -> None:
    assert sum(rule.status == "stable" for rule in RULES.rules) >= 20


@pytest.mark.parametrize("rule", RULES.rules, ids=by_id)
def test_a_rule_says_why_from_where_and_when_it_is_wrong(rule: Rule) -> None:
    """Reason in plain words, a published reference, and stated false positives."""
    assert len(rule.why) > 40
    assert all(reference.text for reference in rule.references)
    assert rule.falsepositives or rule.gate == "block"


@pytest.mark.parametrize("rule", [rule for rule in RULES.rules if rule.status == "stable"], ids=by_id)
def test_a_stable_rule_has_a_hit_a_near_miss_and_a_missing_case(rule: Rule) -> None:
    assert {test.expect for test in rule.tests} == {"hit", "no_hit", "unknown"}


@pytest.mark.parametrize("rule", RULES.rules, ids=by_id)
def test_no_threshold_stands_bare_in_a_condition(rule: Rule) -> None:
    """A number that decides is a named list with its citation, ours or a source's."""
    for leaf in leaves(rule.when):
        if leaf.type in (FieldType.NUMBER, FieldType.MONEY) and leaf.operator in ("gt", "gte", "lt", "lte", "between"):
            assert leaf.lists, f"{rule.id}: {leaf.field}|{leaf.operator} {leaf.written}"


@pytest.mark.parametrize("rule", [rule for rule in RULES.rules if rule.gate == "block"], ids=by_id)
def test_only_a_legal_prohibition_blocks(rule: Rule) -> None:
    """A block gate rests on an asset freeze, or on goods and an embargoed destination within jurisdictions."""
    if any(each.field == "party_hits" for each in list_tests(rule.when)):
        named = {(leaf.field, leaf.written) for leaf in leaves(rule.when)}
        assert ("measure", "asset_freeze") in named
        assert ("status", "official") in named
    else:
        assert rule.jurisdictions


def test_press_and_context_entries_never_gate() -> None:
    for rule in RULES.rules:
        measures = {leaf.written for leaf in leaves(rule.when) if leaf.field in ("measure", "status")}
        assert not (rule.gate and measures & {"press", "context"}), rule.id


def test_every_named_list_of_the_pack_carries_a_citation() -> None:
    assert [name for name, named in RULES.lists.items() if not named.citation] == []


def test_the_rules_load_without_warnings() -> None:
    """No list without a use, no rule without its missing-data test."""
    assert RULES.warnings == ()


# Dated law


def _in_force(rule_id: str, day: str) -> bool:
    rule = RULES.rule(rule_id)
    assert rule is not None
    return rule.applies(date.fromisoformat(day), rule.jurisdictions or {"EU"})


@pytest.mark.parametrize(
    ("day", "first_period", "second_period"),
    [
        ("2025-09-28", False, False),
        ("2025-09-29", True, False),
        ("2025-11-09", True, False),
        ("2025-11-10", False, False),
        ("2026-11-09", False, False),
        ("2026-11-10", False, True),
    ],
)
def test_the_affiliates_rule_follows_its_dates(day: str, first_period: bool, second_period: bool) -> None:
    """In force from 2025-09-29, suspended from 2025-11-10 to 2026-11-09, by its text in force again after that."""
    assert (_in_force("RU-PTY-011", day), _in_force("RU-PTY-012", day)) == (first_period, second_period)


@pytest.mark.parametrize(
    ("rule_id", "first_day"),
    [("RU-DOC-004", "2024-03-20"), ("RU-DOC-005", "2024-12-26"), ("RU-PAY-006", "2023-12-22")],
)
def test_a_duty_begins_on_its_day(rule_id: str, first_day: str) -> None:
    before = date.fromisoformat(first_day) - timedelta(days=1)
    assert not _in_force(rule_id, before.isoformat())
    assert _in_force(rule_id, first_day)


@pytest.mark.parametrize("rule_id", ["RU-PTY-009", "RU-PTY-010"])
def test_half_of_a_party_is_enough_in_the_eu_and_the_us_and_not_in_the_uk(rule_id: str) -> None:
    (leaf,) = leaves(RULES.rule(rule_id).when)  # type: ignore[union-attr]  # both are in the pack
    wanted = {"RU-PTY-009": ("gte", {"EU", "US"}), "RU-PTY-010": ("gt", {"UK"})}
    assert (leaf.operator, RULES.rule(rule_id).jurisdictions) == wanted[rule_id]  # type: ignore[union-attr]


# Proof that the tests inside the rules are worth something


@pytest.fixture(scope="module")
def mutants() -> ModuleType:
    spec = importlib.util.spec_from_file_location("mutants", BENCHMARKS / "mutants.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["mutants"] = module  # its dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def test_nearly_every_change_of_a_condition_makes_a_test_of_its_rule_fail(mutants: ModuleType) -> None:
    """A changed operator, bound, list, field, part or feature: 95 of 100 are noticed by the rule's own tests."""
    found = mutants.measured(RULES)
    assert len(found) > 2000
    assert mutants.share(found) >= 95
    weak = {rule for rule in {one.rule for one in found} if mutants.share([m for m in found if m.rule == rule]) < 80}
    assert weak == set()


def test_a_change_that_leaves_the_meaning_is_not_counted(mutants: ModuleType) -> None:
    rule = RULES.rule("RU-RTE-004")
    assert rule is not None
    changed = [one.change for one in mutants.measured(RULES, "RU-RTE-004")]
    assert len(changed) == len(set(changed)) > 0
