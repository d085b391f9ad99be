"""The reference of the rules as Markdown: one page a rule and an index; the same rules give the same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sanctionscreen.fields import FIELDS
from sanctionscreen.model import Assessment, Fingerprints, Line, Reference
from sanctionscreen.profile import Profile
from sanctionscreen.report import sentences
from sanctionscreen.report.markdown import block, code, escaped, link, table
from sanctionscreen.report.rule_sheet import condition_lines, features_of, in_force_words, named_lists, worth_words
from sanctionscreen.rules import Rule, RuleSet
from sanctionscreen.rules.red_flags import flag_tags
from sanctionscreen.rules.ruleset import RuleTest
from sanctionscreen.rules.selftest import tested_line
from sanctionscreen.screening import wording
from sanctionscreen.screening.derive import Derived
from sanctionscreen.screening.judge import Judge

INDEX = "index.md"
_NOT_SCREENED = Fingerprints("", "", "", "", date.min)
_LONGEST_LIST = 12
_NAMES = {"name": "the name given", "entity_name": "the name listed"}


def rule_pages(ruleset: RuleSet, profile: Profile) -> dict[str, str]:
    """The pages by file name: the index, then one page a rule."""
    pages = {f"{rule.id}.md": "\n".join(_page(rule, ruleset, profile)) for rule in ruleset.rules}
    return {INDEX: "\n".join(_index(ruleset, "{}.md")), **pages}


def rule_book(ruleset: RuleSet, profile: Profile) -> str:
    """All of it as one page."""
    parts = ["\n".join(_index(ruleset, "#{}"))]
    for rule in ruleset.rules:
        parts.append("\n".join([f'<a id="{rule.id}"></a>\n', *_page(rule, ruleset, profile, "##")]))
    return "\n".join(parts)


def _index(ruleset: RuleSet, target: str) -> Iterator[str]:
    yield "# Rules\n"
    yield "Each rule looks for one warning sign; its page says why, on which sources, and when it is wrong.\n"
    yield "The pages are generated: `sanctionscreen rules docs`.\n"
    stable = sum(rule.status == "stable" for rule in ruleset.rules)
    yield f"{len(ruleset.rules)} rules, {stable} of them stable; experimental rules are reported without points."
    for group in sorted({rule.group for rule in ruleset.rules}):
        yield f"\n## {group.capitalize()}\n"
        rows = (
            [
                f"[{escaped(rule.id)}]({target.format(rule.id)})",
                escaped(rule.title),
                rule.status,
                rule.level,
                f"{rule.weight:g}",
                rule.gate,
            ]
            for rule in ruleset.rules
            if rule.group == group
        )
        yield from table(("rule", "what it looks for", "status", "level", "weight", "gate"), rows)
    yield ""


def _page(rule: Rule, ruleset: RuleSet, profile: Profile, heading: str = "#") -> Iterator[str]:
    yield f"{heading} {rule.id}: {escaped(rule.title)}\n"
    yield f"{escaped(rule.why)}\n"
    yield from table(("", ""), _facts(rule))
    yield f"\n{heading}# What it looks for\n"
    yield from (f"{'  ' * deep}- {escaped(said)}" for deep, said in condition_lines(rule.when))
    yield ""
    yield from _lists(rule, ruleset, heading)
    features = features_of(rule, ruleset)
    if features:
        yield f"{heading}# Features\n"
        yield "What it reads from the lines of a file, or from the history of a record.\n"
        yield from table(("feature", "meaning"), ([code(one.field.name), escaped(one.meaning)] for one in features))
        yield ""
    yield f"{heading}# References\n"
    yield from (f"- {_reference(reference)}" for reference in rule.references)
    if rule.falsepositives:
        yield f"\n{heading}# When it is wrong\n"
        yield from (f"- {escaped(said)}" for said in rule.falsepositives)
    yield from _example(rule, ruleset, profile, heading)
    yield f"\n{heading}# Tests\n"
    yield from table(("test", "record", "expected"), map(_test, rule.tests))
    yield ""


def _facts(rule: Rule) -> Iterator[list[str]]:
    yield ["status", f"{rule.status}, version {rule.version}"]
    yield ["level", rule.level]
    yield ["worth", escaped(worth_words(rule))]
    yield ["in force", escaped(in_force_words(rule))]
    if flag_tags(rule):
        yield ["published red flags", ", ".join(map(code, flag_tags(rule)))]
    if rule.replaced_by:
        yield ["replaced by", escaped(rule.replaced_by)]
    yield ["pack", escaped(rule.pack)]
    yield ["fingerprint", code(rule.fingerprint)]


def _lists(rule: Rule, ruleset: RuleSet, heading: str) -> Iterator[str]:
    """Lists and limits; what this page does not write out, `rules show` and the pack do."""
    named = named_lists(rule, ruleset.lists)
    if not named:
        return
    yield f"{heading}# Lists and limits\n"
    rows = []
    for one in named:
        more = len(one.values) - _LONGEST_LIST
        values = ", ".join(escaped(value) for value in one.values[:_LONGEST_LIST])
        as_of = f" ({one.as_of})" if one.as_of else ""
        rows.append(
            [code(one.name), values + (f" and {more:,} more" if more > 0 else ""), escaped(one.citation + as_of)]
        )
    yield from table(("list", "values", "source"), rows)
    yield ""


def _reference(reference: Reference) -> str:
    pin = f": {escaped(reference.pin)}" if reference.pin else ""
    return link(reference.text, reference.url) + pin


def _example(rule: Rule, ruleset: RuleSet, profile: Profile, heading: str) -> Iterator[str]:
    test = next((test for test in rule.tests if test.expect == "hit"), None)
    found = None if test is None else example(rule, test, ruleset, profile)
    if test is None or found is None:
        return
    yield f"\n{heading}# Example\n"
    yield f"What a line says of it, here for the test {code(test.name)}:\n"
    yield from block(_explained(found))


def example(rule: Rule, test: RuleTest, ruleset: RuleSet, profile: Profile) -> Assessment | None:
    """The assessment of a test's record by its rule alone; None where the rule does not fire on it (any more)."""
    line = _named(tested_line(rule, test, ruleset.features))
    judge = Judge(replace(ruleset, rules=(rule,), exceptions=()), profile, _NOT_SCREENED)
    derived = Derived(line, (), (), None, (), "", is_compared=True)
    found = judge.assess(0, derived, judge.truths(line), {})
    return found if found.findings else None


def _named(line: Line) -> Line:
    """The line with a word where a hit of a test leaves the names out: a test says only what it is about."""
    named: dict[str, Any] = {}
    for field, value in line.values.items():
        if value and field in FIELDS and FIELDS[field].item.keys() >= _NAMES.keys():
            kept = ({part: held for part, held in one.items() if held is not None} for one in value)
            named[field] = [dict(one) | _NAMES | held for one, held in zip(value, kept, strict=True)]
    return line.with_values(named)


def _explained(found: Assessment) -> Iterator[str]:
    yield sentences.headline(found)
    for line in sentences.contributions(found):
        note = f" ({line.note})" if line.note else ""
        yield f"  {wording.points(line.tenths):>6}  {line.rule} {line.title}{note}"
    for reason in found.decision.gates:
        yield f"  gate: {reason}"
    for finding in found.findings:
        for part in finding.evidence:
            yield f"  because {wording.evidence(part)}"
        if finding.confidence < 1:
            yield f"  counted at {finding.confidence:.0%}: the party may be another of a similar name"


def _test(test: RuleTest) -> list[str]:
    missing = f"; missing: {', '.join(map(code, test.missing))}" if test.missing else ""
    return [escaped(test.name), "<br>".join(_record(test)), test.expect.replace("_", " ") + missing]


def _record(test: RuleTest) -> Iterator[str]:
    for name, value in test.record.items():
        yield code(f"{name}: {_value(value)}")
    if test.history:
        yield f"after {len(test.history)} earlier lines"


def _value(value: Any) -> str:
    """A value as a rule file writes it."""
    if value is None:
        return "null"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name}: {_value(part)}" for name, part in value.items()) + "}"
    if isinstance(value, Iterable) and not isinstance(value, str):
        return "[" + ", ".join(_value(part) for part in value) + "]"
    return str(value)
