"""What is right by the language and probably not meant: the warnings of `rules check`, each with its place."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import get_args

from sanctionscreen.errors import Location, suggestion
from sanctionscreen.fields import FIELDS, HIT_ITEM, ROLES, FieldType
from sanctionscreen.model import HsQuality, Measure, Reference, Status
from sanctionscreen.rules.conditions import (
    All,
    AnyOf,
    Condition,
    Each,
    Leaf,
    Not,
    canonical,
    fields_of,
    leaves,
    list_tests,
)
from sanctionscreen.rules.contradictions import Domains, clash, dead_branches, place, pushed
from sanctionscreen.rules.operators import comparable
from sanctionscreen.rules.ruleset import LONGEST_EXCEPTION, Rule, RuleException, RuleSet
from sanctionscreen.rules.words import in_words

DAYS_TO_RENEW = 30
"""So many days before an exception lapses it is named: about what an approval takes."""

# The norms of the built-in pack (see the head of its pack.yml): what one finding of a level may add.
MOST_WEIGHT: Mapping[str, float] = {"low": 5, "medium": 15, "high": 40, "critical": 95}

_TIERS = ("1", "2", "3.A", "3.B", "4.A", "4.B", "none")
_WORDS: Mapping[str, tuple[FieldType, tuple[str, ...]]] = {
    "goods.chpl_tier": (FieldType.CODE, _TIERS),
    "goods.hs_quality": (FieldType.TEXT, get_args(HsQuality)),
    "goods.hs_edition": (FieldType.TEXT, ("2017", "2022", "edition_unknown")),
    "role": (FieldType.CODE, ROLES),
    "measure": (FieldType.CODE, get_args(Measure)),
    "status": (FieldType.CODE, get_args(Status)),
}
_UNLIMITED = float("inf")
_BOUNDS: Mapping[str, tuple[float, float]] = {
    # Amounts are read as what they count, and a negative one is no amount.
    **{
        name: (0, _UNLIMITED)
        for name, one in FIELDS.items()
        if one.type in (FieldType.NUMBER, FieldType.MONEY) and not one.derived
    },
    "score": (0, 1),
    "evidence": (0, 1),
    "share": (0, 100),
    "ownership.frozen_share": (0, 100),
    "ownership.licence_share": (0, 100),
}
_ALWAYS_GIVEN = frozenset(HIT_ITEM) - {"programme"}
"""Parts that every hit has."""

_NEGATIVE = ("ne", "not_in", "ne_field")
_UNNAMED = re.compile(
    r"\b(unnamed|anonymous|undisclosed|unverified|unconfirmed|hearsay|rumou?rs?|not named|ours)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Lint:
    """One thing that is probably not meant."""

    at: Location
    subject: str
    """The rule, exception, list or feature."""
    kind: str
    problem: str

    def __str__(self) -> str:
        return f"{self.at}: {self.subject}: {self.problem}"


def lint(
    ruleset: RuleSet,
    as_of: date,
    jurisdictions: Collection[str],
    *,
    expiring: timedelta = timedelta(days=DAYS_TO_RENEW),
    unverified: Collection[str] = (),
) -> list[Lint]:
    """What the last pack holds that is probably not meant, in the order of the files.

    Args:
        jurisdictions: those of the profile; a rule for none of them never applies.
        unverified: ids of documents whose content nobody could verify; a reference says its document first in `pin`.
    """
    domains = _domains(ruleset)
    below = {rule.id: rule for rule in ruleset.below.rules} if ruleset.below else {}
    touched = [rule for rule in ruleset.rules if rule.id not in below or below[rule.id].when != rule.when]
    own = [rule for rule in touched if rule.pack == ruleset.packs[-1]]
    found: list[Lint] = []
    categories = _categories(ruleset)
    for rule in touched:
        found += _reach(rule, domains)
        found += _strange_categories(rule, categories)
    for rule in own:
        found += _silences(rule)
        found += _standing(rule, ruleset.rules, as_of, jurisdictions)
        found += _weight(rule)
        found += _proof(rule, unverified)
    found += _twins(ruleset.rules, {rule.id for rule in touched})
    found += _features(ruleset, domains)
    inherited = set(ruleset.below.exceptions) if ruleset.below else set()
    for exception in ruleset.exceptions:
        if exception not in inherited:
            found += _exception(exception, ruleset, domains, as_of, jurisdictions, expiring)
    return sorted(found, key=lambda one: (one.at.file, one.at.line or 0, one.at.column or 0, one.kind, one.problem))


def _domains(ruleset: RuleSet) -> Domains:
    values = {name: frozenset(comparable(kind, word) for word in words) for name, (kind, words) in _WORDS.items()}
    features = {
        one.field.name: (0.0, 1.0 if one.aggregate == "share" else _UNLIMITED)
        for one in ruleset.features.values()
        if one.aggregate and one.field.type is FieldType.NUMBER
    }
    return Domains(values, {**_BOUNDS, **features})


def _features(ruleset: RuleSet, domains: Domains) -> Iterator[Lint]:
    """Features of the last pack that nothing looks at, or that no line can enter."""
    needed = {one.name for one in ruleset.needed_features()}
    below = ruleset.below.features if ruleset.below else {}
    for name, feature in ruleset.features.items():
        if name in below:
            continue
        if name not in needed:
            yield Lint(feature.at, f"feature {name}", "unused", "is used by no rule, exception or feature in use")
        never = clash(pushed(feature.where), domains) if feature.where else None
        if never:
            yield Lint(never.at, f"feature {name}", "never", f"takes no line: {never.reason}")


def _reach(rule: Rule, domains: Domains) -> Iterator[Lint]:
    """Rules that never hit or always do, alternatives that never hold, values that never occur."""
    condition = pushed(rule.when)
    strange = list(_strange_values(rule, domains))
    yield from strange
    never = clash(condition, domains)
    if never is not None:
        if not strange:
            yield Lint(never.at, rule.id, "never", f"can never hit: {never.reason}")
        return
    if clash(pushed(rule.when, negated=True), domains):
        problem = "hits every shipment whose fields are given; a condition must be able to fail"
        yield Lint(place(condition), rule.id, "always", problem)
        return
    if strange:
        return
    for dead in dict.fromkeys(dead_branches(condition, domains)):
        yield Lint(dead.at, rule.id, "never", f"has an alternative that can never hold: {dead.reason}")
    for leaf in leaves(condition):
        if leaf.operator != "exists" and clash(pushed(leaf, negated=True), domains):
            yield Lint(leaf.at, rule.id, "always", f"asks nothing with `{in_words(leaf)}`: every value is so")


def _strange_values(rule: Rule, domains: Domains) -> Iterator[Lint]:
    for leaf in leaves(rule.when):
        known = domains.values.get(leaf.field)
        if known is None or leaf.operator not in ("eq", "ne", "in", "not_in"):
            continue
        named = leaf.operand if leaf.operator in ("in", "not_in") else (leaf.operand,)
        words = list(_WORDS[leaf.field][1])
        for value in named:
            if value not in known:
                problem = f"{leaf.field} is never {value!r}{suggestion(str(value), words)}"
                yield Lint(leaf.at, rule.id, "value", problem)


def _categories(ruleset: RuleSet) -> list[str]:
    """The categories of goods there are: each has a list of its codes."""
    names = (name.partition(".") for name in ruleset.lists)
    return [rest for room, _, rest in names if room == "goods" and "." not in rest]


def _strange_categories(rule: Rule, categories: list[str]) -> Iterator[Lint]:
    """A category that no list knows: misspelt, or of an own goods file that was not given."""
    known = {comparable(FieldType.CODE, name) for name in categories}
    if not known:
        return
    for each in list_tests(rule.when):
        for leaf in leaves(each.where) if each.field in ("goods.categories", "goods.text_categories") else ():
            for value in (one for one in leaf.operand if one not in known):
                problem = f"{each.field} never holds {value!r}{suggestion(value, categories)}"
                yield Lint(each.at, rule.id, "value", problem)


def _silences(rule: Rule) -> Iterator[Lint]:
    """Negations that a missing value turns into silence, where neither the rule nor one of its tests says so.

    `not`, `none_of` and `none` read like "unless", and who writes them thinks of the value, not of its absence: a test
    must show that field missing. `not_in` and its like read as any comparison: one test with something missing will do.
    """
    answered = {leaf.field for leaf in leaves(rule.when) if leaf.operator == "exists"}
    shown = _shown_missing(rule)
    for name, said, at, is_unless in _negations(rule.when, frozenset(answered)):
        if name not in shown and (is_unless or not shown):
            problem = (
                f"is unknown, and so silent, where {name} is missing: `{said}`; if that should count too, add the "
                f"alternative `{name}|exists: false`; if not, a test with expect: unknown, missing: [{name}]"
            )
            yield Lint(at, rule.id, "negation", problem)
    yield from _passed_over(rule.id, pushed(rule.when))


def _shown_missing(rule: Rule) -> set[str]:
    """Fields whose absence one of the rule's tests shows to leave it unknown."""
    shown: set[str] = set()
    for test in rule.tests:
        if test.expect == "unknown":
            shown.update(test.missing or (name for name in fields_of(rule.when) if test.record.get(name) is None))
    return shown


def _asked(condition: Condition) -> frozenset[str]:
    """Fields that a conjunction compares with something positive: where it matters, they are given."""
    if isinstance(condition, All):
        return frozenset(name for child in condition.children for name in _asked(child))
    if isinstance(condition, Leaf):
        return frozenset() if condition.operator in _NEGATIVE else frozenset({condition.field})
    return frozenset({condition.field} if isinstance(condition, Each) and condition.quantifier != "none" else ())


def _negations(
    condition: Condition, asked: frozenset[str], *, negated: bool = False
) -> Iterator[tuple[str, str, Location, bool]]:
    """Fields that only a negation looks at: its words and place, and whether it reads like "unless"."""
    if isinstance(condition, Not):
        yield from _negations(condition.child, asked, negated=not negated)
    elif isinstance(condition, (All, AnyOf)):
        if isinstance(condition, All) is not negated:
            asked |= _asked(pushed(condition, negated=negated))
        for child in condition.children:
            yield from _negations(child, asked, negated=negated)
    elif isinstance(condition, Leaf) and (condition.operator in _NEGATIVE) is not negated:
        compared = (condition.operand,) if condition.operator in ("field", "ne_field") else ()
        for name in (condition.field, *compared):
            if name not in asked:
                yield name, _short(pushed(condition, negated=negated)), condition.at, negated
    elif (
        isinstance(condition, Each) and (condition.quantifier == "none") is not negated and condition.field not in asked
    ):
        yield condition.field, _short(pushed(condition, negated=negated)), condition.at, True


def _passed_over(rule_id: str, condition: Condition) -> Iterator[Lint]:
    """`all` and `none` count an element as right when the part they ask for is missing."""
    if isinstance(condition, (All, AnyOf)):
        for child in condition.children:
            yield from _passed_over(rule_id, child)
    each = condition.child if isinstance(condition, Not) else condition
    if not isinstance(each, Each) or each.quantifier not in ("all", "none") or isinstance(condition, Not):
        return
    held = list(leaves(each.where))
    known = {leaf.field for leaf in held if leaf.operator == "exists"} | _ALWAYS_GIVEN | {""}
    for leaf in held:
        if leaf.field not in known:
            problem = (
                f"`{each.field}|{each.quantifier}` counts an element without {leaf.field} as fitting; "
                f"add `{leaf.field}|exists` beside it to say what it should be"
            )
            yield Lint(leaf.at, rule_id, "negation", problem)


def _standing(rule: Rule, rules: Iterable[Rule], as_of: date, jurisdictions: Collection[str]) -> Iterator[Lint]:
    """Rules that do not run: by their dates, unless a later rule takes up the same, by the profile, by their status."""
    begins, ends = rule.effective_from, rule.effective_to
    if begins and ends and begins > ends:
        yield Lint(rule.at, rule.id, "never", f"is never in force: from {begins}, which is after {ends}")
    elif ends and ends < as_of and not any(_takes_up(other, rule, ends) for other in rules):
        yield Lint(rule.at, rule.id, "standing", f"is no longer in force: its last day was {ends}")
    if rule.jurisdictions and rule.jurisdictions.isdisjoint(jurisdictions):
        named, held = ", ".join(sorted(rule.jurisdictions)), ", ".join(sorted(jurisdictions)) or "none"
        yield Lint(rule.at, rule.id, "standing", f"never applies: it is for {named}, and the profile names {held}")
    if rule.status == "deprecated":
        yield Lint(rule.at, rule.id, "standing", f"is deprecated; {rule.replaced_by} replaces it")


def _takes_up(other: Rule, rule: Rule, ends: date) -> bool:
    return (
        other.effective_from is not None
        and other.effective_from > ends
        and canonical(other.when) == canonical(rule.when)
    )


def _weight(rule: Rule) -> Iterator[Lint]:
    """Points above the norm; a gate decides whatever they are, and parties have a norm of their own (pack.yml)."""
    most = MOST_WEIGHT[rule.level]
    is_of_party = any(name.endswith("_hits") or name.startswith("ownership.") for name in fields_of(rule.when))
    if rule.weight > most and not rule.gate and not is_of_party:
        problem = (
            f"adds {rule.weight:g} points, more than the {most:g} of level {rule.level}; raise the level or lower it"
        )
        yield Lint(rule.at, rule.id, "weight", problem)


def _proof(rule: Rule, unverified: Collection[str]) -> Iterator[Lint]:
    """What a rule must bring and does not, whatever its status, and what only a stable one must."""
    if rule.status != "stable":
        if not any(test.expect == "hit" for test in rule.tests):
            yield Lint(rule.at, rule.id, "proof", "has no test that expects a hit, so nothing shows that it can")
        return
    for lacking in promotion_gaps(rule, unverified, reviewed=False):
        yield Lint(rule.at, rule.id, "proof", f"is stable and lacks {lacking}")


def promotion_gaps(rule: Rule, unverified: Collection[str] = (), *, reviewed: bool = True) -> list[str]:
    """What a rule lacks to be stable; with `reviewed`, the hits that a person looked at, too."""
    expected = {test.expect for test in rule.tests}
    gaps = [f"a test that expects {word}" for word in ("hit", "no_hit", "unknown") if word not in expected]
    if not any(is_named(reference, unverified) for reference in rule.references):
        gaps.append("a source that others can look up: every reference is unnamed or unverified")
    if reviewed and rule.reviewed is None:
        gaps.append("a reviewed hit count: run `rules stats`, look at the hits, and write them down under `reviewed`")
    return gaps


def is_named(reference: Reference, unverified: Collection[str] = ()) -> bool:
    """Somebody else can find the source: an address, a place in a document, or at least a number or a date."""
    said = f"{reference.text} {reference.pin}"
    document = re.split(r"[,;: ]", reference.pin, maxsplit=1)[0]
    findable = bool(reference.url or reference.pin or re.search(r"\d", reference.text))
    return findable and not _UNNAMED.search(said) and document not in unverified


def _twins(rules: Iterable[Rule], touched: Collection[str]) -> Iterator[Lint]:
    """Rules with one meaning: together they count what happened once as two findings, or hide which one is meant."""
    first: dict[str, list[Rule]] = {}
    for rule in rules:
        meaning = canonical(pushed(rule.when))
        for other in first.get(meaning, ()):
            if (rule.id in touched or other.id in touched) and _meet(rule, other):
                late, early = (rule, other) if rule.id in touched else (other, rule)
                problem = (
                    f"asks for the same as {early.id}; keep one of them, or set them apart by dates or jurisdictions"
                )
                yield Lint(late.at, late.id, "twin", problem)
        first.setdefault(meaning, []).append(rule)


def _meet(one: Rule, other: Rule) -> bool:
    """Both can be in force at once."""
    begins = max(one.effective_from or date.min, other.effective_from or date.min)
    ends = min(one.effective_to or date.max, other.effective_to or date.max)
    shared = not one.jurisdictions or not other.jurisdictions or bool(one.jurisdictions & other.jurisdictions)
    return begins <= ends and shared


def _exception(
    one: RuleException,
    ruleset: RuleSet,
    domains: Domains,
    as_of: date,
    jurisdictions: Collection[str],
    expiring: timedelta,
) -> Iterator[Lint]:
    left = one.expires - as_of
    if left < timedelta(0):
        yield Lint(one.at, one.id, "exception", f"lapsed on {one.expires} and does not count; renew it or take it out")
    elif left > LONGEST_EXCEPTION:
        problem = f"does not count: it runs until {one.expires}, more than {LONGEST_EXCEPTION.days} days after {as_of}"
        yield Lint(one.at, one.id, "exception", problem)
    elif left <= expiring:
        days = "today" if not left else f"in {left.days} day{'s' if left.days > 1 else ''}"
        yield Lint(one.at, one.id, "exception", f"lapses {days}, after {one.expires}; have it renewed")
    found = clash(pushed(one.when), domains)
    if found:
        yield Lint(found.at, one.id, "never", f"can never apply: {found.reason}")
    for rule in sorted((rule for rule in ruleset.rules if rule.id in one.rules), key=lambda rule: rule.id):
        if not rule.applies(as_of, jurisdictions):
            yield Lint(one.at, one.id, "exception", f"is for {rule.id}, which is not in force on {as_of}")
        elif rule.status == "experimental":
            yield Lint(one.at, one.id, "exception", f"is for {rule.id}, an experiment that adds no points anyway")


def _short(condition: Condition) -> str:
    text = in_words(condition)
    return text if len(text) <= 90 else text[:89] + "…"
