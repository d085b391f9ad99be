"""The built-in pack: every rule proves itself, cites its source and hides no number."""

from __future__ import annotations

import pytest

from sanctionscreen.fields import FieldType
from sanctionscreen.rules import Rule, RuleSet, run_tests
from sanctionscreen.rules.conditions import leaves, list_tests
from sanctionscreen.screening.sources import load_sources

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
