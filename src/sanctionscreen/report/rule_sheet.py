"""One rule in full, for a terminal and as JSON: what it looks for, in words, on which lists, and what proves it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from rich.console import Console

from sanctionscreen.model import NamedList, Reference
from sanctionscreen.report.console import write, write_lines
from sanctionscreen.report.facts import rule_object
from sanctionscreen.report.jsonl_report import plain
from sanctionscreen.rules import Rule, RuleSet
from sanctionscreen.rules.conditions import All, AnyOf, Condition, Each, Leaf, Not, fields_of, leaves
from sanctionscreen.rules.features import Feature, needed
from sanctionscreen.rules.red_flags import flag_tags
from sanctionscreen.rules.ruleset import RuleTest
from sanctionscreen.rules.words import in_words

_SHOWN_VALUES = 8


def named_lists(rule: Rule, lists: Mapping[str, NamedList]) -> list[NamedList]:
    """The named lists that a rule compares with, in the order of its condition."""
    names = dict.fromkeys(name for leaf in leaves(rule.when) for name in leaf.lists)
    return [lists[name] for name in names if name in lists]


def features_of(rule: Rule, ruleset: RuleSet) -> tuple[Feature, ...]:
    """The features that a rule looks at, and those that they are made from."""
    return needed(fields_of(rule.when), ruleset.features)


def list_line(named: NamedList) -> str:
    """A named list with its values and where they come from."""
    more = len(named.values) - _SHOWN_VALUES
    values = ", ".join(named.values[:_SHOWN_VALUES]) + (f" and {more:,} more" if more > 0 else "")
    as_of = f", as of {named.as_of}" if named.as_of else ""
    return f"{named.name} = {values} [{named.citation}{as_of}]"


def condition_lines(condition: Condition, deep: int = 0) -> Iterator[tuple[int, str]]:
    """A condition in words, a part a line, with how deep it stands."""
    if isinstance(condition, All) and len(condition.children) > 1:
        yield deep, "all of these:"
    elif isinstance(condition, AnyOf) and len(condition.children) > 1:
        yield deep, "at least one of these:"
    elif isinstance(condition, Not):
        yield deep, "not:"
    elif isinstance(condition, Each) and not isinstance(condition.where, Leaf):
        yield deep, _quantified(condition)
    else:
        yield deep, in_words(condition)
        return
    for part in _parts(condition):
        yield from condition_lines(part, deep + 1)


def _quantified(each: Each) -> str:
    words = {"any": "has one with", "all": "has only such with", "none": "has none with"}
    return f"{each.field} {words.get(each.quantifier, f'has at least {each.n} with')}"


def _parts(condition: Condition) -> tuple[Condition, ...]:
    if isinstance(condition, (All, AnyOf)):
        return condition.children
    if isinstance(condition, Not):
        return (condition.child,)
    where = condition.where if isinstance(condition, Each) else All(())
    return where.children if isinstance(where, All) else (where,)


def test_line(test: RuleTest) -> str:
    """A test: what it expects of what record."""
    missing = f" (missing: {', '.join(test.missing)})" if test.missing else ""
    history = f" (after {len(test.history)} earlier lines)" if test.history else ""
    return f"{test.expect}{missing}: {test.name}{history}"


def in_force_words(rule: Rule) -> str:
    """Since when, until when and for whom a rule applies."""
    since = f"from {rule.effective_from}" if rule.effective_from else ""
    until = f"until {rule.effective_to}" if rule.effective_to else ""
    whom = f"for exporters of {', '.join(sorted(rule.jurisdictions))}" if rule.jurisdictions else "for everybody"
    return " ".join(part for part in (since, until, whom) if part)


def worth_words(rule: Rule) -> str:
    """What a finding of a rule does to the decision."""
    adds = "reported without points" if rule.status == "experimental" else f"adds up to {rule.weight:g} points"
    gate = f"; a finding comes to {rule.gate} at least, whatever the score" if rule.gate else ""
    exceptions = "" if rule.exceptions_allowed else "; no exceptions"
    return f"{adds} in group {rule.group}{gate}{exceptions}"


def print_rule(out: Console, rule: Rule, ruleset: RuleSet, *, in_force: bool) -> None:
    """One rule in full."""
    write(out, f"{rule.id} {rule.title}  [{rule.level}, {rule.status}, version {rule.version}]", "bold")
    write(out, f"  {worth_words(rule)}")
    write(out, f"  {in_force_words(rule)}" + ("" if in_force else "; not in force on this day for this profile"))
    write(out, f"  pack {rule.pack}, {rule.at}; fingerprint {rule.fingerprint}")
    if rule.replaced_by:
        write(out, f"  replaced by {rule.replaced_by}")
    write_lines(out, "Why", [rule.why])
    write_lines(out, "It looks for", (f"{'  ' * deep}{said}" for deep, said in condition_lines(rule.when)))
    write_lines(out, "Lists and limits", (list_line(named) for named in named_lists(rule, ruleset.lists)))
    write_lines(out, "Features", (f"{one.field.name}: {one.meaning}" for one in features_of(rule, ruleset)))
    write_lines(out, "Published red flags", [", ".join(flag_tags(rule))] if flag_tags(rule) else ())
    write_lines(out, "References", map(_reference_line, rule.references))
    write_lines(out, "False positives", rule.falsepositives)
    write_lines(out, "Tests", map(test_line, rule.tests))
    write_lines(out, "Changed by own packs", (said for said in ruleset.changes if rule.id in said.split()))


def _reference_line(reference: Reference) -> str:
    return f"{reference}" + (f" <{reference.url}>" if reference.url else "")


def rule_sheet_object(rule: Rule, ruleset: RuleSet, *, in_force: bool) -> dict[str, Any]:
    """One rule in full as plain objects."""
    return {
        **rule_object(rule, in_force=in_force),
        "condition": in_words(rule.when),
        "lists": [plain(asdict(named)) for named in named_lists(rule, ruleset.lists)],
        "features": [{"name": one.name, "meaning": one.meaning} for one in features_of(rule, ruleset)],
        "tags": list(rule.tags),
        "falsepositives": list(rule.falsepositives),
        "exceptions_allowed": rule.exceptions_allowed,
        "replaced_by": rule.replaced_by or None,
        "at": str(rule.at),
        "tests": list(_tests(rule)),
    }


def _tests(rule: Rule) -> Iterator[dict[str, Any]]:
    for test in rule.tests:
        held = {name: value for name, value in asdict(test).items() if name != "at"}
        yield {**plain(held), "at": str(test.at)}
