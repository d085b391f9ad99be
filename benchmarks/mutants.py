"""How much the tests inside the built-in rules would notice: every condition changed in one place at a time.

    python benchmarks/mutants.py [--rule RU-GDS-001] [--survivors] [--every-value] [--json]

A change is noticed ("killed") when one of the rule's own tests comes to another verdict: hit, no hit or unknown.
Changes that leave the meaning as it was are not counted. A list of up to ten values loses each of them in turn; a
longer one is data with a citation and a fingerprint, so it loses one half, then the other. `--every-value` takes each
value of every list away instead. No chance is involved: the same pack gives the same numbers.
"""

from __future__ import annotations

import argparse
import itertools
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from sanctionscreen.fields import FIELDS, ROLES, Field, FieldType
from sanctionscreen.model import Measure, NamedList, Status
from sanctionscreen.rules import Rule, RuleSet
from sanctionscreen.rules.arithmetic import Constant, Operation, Ref, Value
from sanctionscreen.rules.conditions import All, AnyOf, Compare, Condition, Each, Leaf, Not, canonical, fields_of
from sanctionscreen.rules.features import Feature, needed
from sanctionscreen.rules.operators import comparable
from sanctionscreen.rules.record_evaluator import Facts, compile_condition
from sanctionscreen.rules.selftest import tested_line
from sanctionscreen.screening.sources import load_sources
from sanctionscreen.values import read

SHORT_LIST = 10
COUNTRY_CLASSES = ("geo.embargo", "geo.hubs", "geo.coalition")
"""What a country can be to a rule; a list is widened by each class that it does not hold."""
CONFUSED = ("consignee", "buyer", "end_user", "payer", "seller")
"""Roles that a slip of the pen exchanges."""

Operators = Mapping[str, tuple[str, ...]]
SWAPPED: Operators = {
    "eq": ("ne",),
    "ne": ("eq",),
    "in": ("not_in",),
    "not_in": ("in",),
    "gt": ("gte", "lte"),
    "gte": ("gt", "lt"),
    "lt": ("lte", "gte"),
    "lte": ("lt", "gt"),
    "field": ("ne_field",),
    "ne_field": ("field",),
    "prefix": ("in", "suffix"),
    "suffix": ("in", "prefix"),
    "keywords": ("contains",),
    "contains": ("keywords",),
    "any": ("all", "none"),
    "all": ("any",),
    "none": ("any",),
    "count_gte": ("all",),
}
AGGREGATED: Operators = {
    "sum": ("median",),
    "median": ("sum",),
    "quantile": ("median",),
    "distinct": ("count",),
    "first": (),
}


@dataclass(frozen=True, slots=True)
class Mutant:
    """A condition with one change, and what was changed."""

    rule: str
    kind: str
    change: str
    killed: bool


Change = tuple[str, str, Condition]
"""Kind, description, condition."""


def measured(rules: RuleSet, only: str | None = None, *, every_value: bool = False) -> list[Mutant]:
    """Every mutant of every rule, in the order of the rules, each with its fate."""
    mutator = Mutator(rules, every_value)
    chosen = [rule for rule in rules.rules if only in (None, rule.id)]
    return [mutant for rule in chosen for mutant in _tried(rule, mutator)]


def _tried(rule: Rule, mutator: Mutator) -> Iterator[Mutant]:
    features = mutator.rules.features
    tests = Tests(rule, features)
    verdicts = tests.verdicts(rule.when)
    seen = {_meaning(rule.when)}
    for kind, change, condition in mutator.changes(rule.when, {**FIELDS, **_as_fields(features)}):
        meaning = _meaning(condition)
        if meaning not in seen:
            seen.add(meaning)
            yield Mutant(rule.id, kind, change, tests.verdicts(condition) != verdicts)
    for name, change, feature in mutator.feature_changes(needed(fields_of(rule.when), features)):
        if feature.canonical not in seen and feature.canonical != features[name].canonical:
            seen.add(feature.canonical)
            changed = Tests(rule, {**features, name: feature})
            yield Mutant(rule.id, "feature", f"{name}: {change}", changed.verdicts(rule.when) != verdicts)


@dataclass(slots=True)
class Tests:
    """The records of a rule's tests, with the features that a condition looks at."""

    rule: Rule
    features: Mapping[str, Feature]
    known: dict[tuple[str, ...], list[Facts]] = field(default_factory=dict)

    def verdicts(self, condition: Condition) -> list[bool | None]:
        used = tuple(one.name for one in needed(fields_of(condition), self.features))
        if used not in self.known:
            rule = replace(self.rule, when=condition)
            self.known[used] = [Facts.of(tested_line(rule, test, self.features)) for test in rule.tests]
        compiled = compile_condition(condition)
        return [compiled(facts) for facts in self.known[used]]


def _as_fields(features: Mapping[str, Feature]) -> dict[str, Field]:
    return {one.field.name: one.field for one in features.values()}


def _meaning(condition: Condition) -> str:
    return canonical(_flat(condition))


def _flat(condition: Condition) -> Condition:
    """The condition without groups of one and groups inside their like."""
    if isinstance(condition, Not):
        inner = _flat(condition.child)
        return inner.child if isinstance(inner, Not) else Not(inner)
    if isinstance(condition, Each):
        return replace(condition, where=_flat(condition.where))
    if not isinstance(condition, (All, AnyOf)):
        return condition
    kind, parts = type(condition), [_flat(child) for child in condition.children]
    flat = tuple(itertools.chain(*(part.children if isinstance(part, kind) else (part,) for part in parts)))
    return flat[0] if len(flat) == 1 else kind(flat)


@dataclass(frozen=True, slots=True)
class Mutator:
    """Makes the changes, with the lists that the pack knows."""

    rules: RuleSet
    every_value: bool = False

    def changes(self, condition: Condition, scope: Mapping[str, Field]) -> Iterator[Change]:
        """Each change of one place, as a whole condition."""
        if isinstance(condition, Leaf):
            yield from self._leaf(condition, scope)
        elif isinstance(condition, Each):
            yield from self._each(condition, scope)
        elif isinstance(condition, Compare):
            yield from _comparison(condition, scope)
        elif isinstance(condition, Not):
            yield "logic", f"`not` removed from {_said(condition.child)}", condition.child
            for kind, change, child in self.changes(condition.child, scope):
                yield kind, change, Not(child)
        else:
            yield from self._group(condition, scope)

    def feature_changes(self, features: Sequence[Feature]) -> Iterator[tuple[str, str, Feature]]:
        """Each change of one place of a feature: its name, what was changed, the feature."""
        scope = {**FIELDS, **_as_fields(self.rules.features)}
        for one in features:
            if one.value is not None:
                for _, change, value in _computed(one.value, scope):
                    yield one.name, change, replace(one, value=value)
                continue
            for other in AGGREGATED.get(one.aggregate, ()):
                of = "" if other == "count" else one.of
                yield one.name, f"{one.aggregate} → {other}", replace(one, aggregate=other, of=of)
            yield from self._grouping(one)
            if one.where is not None:
                if one.aggregate != "share":
                    yield one.name, "`where` dropped", replace(one, where=None)
                for _, change, where in self.changes(one.where, FIELDS):
                    yield one.name, f"where {change}", replace(one, where=where)
            yield from _windows(one)

    @staticmethod
    def _grouping(one: Feature) -> Iterator[tuple[str, str, Feature]]:
        for name in one.by:
            kept = tuple(other for other in one.by if other != name)
            yield one.name, f"not by {name}", replace(one, by=kept)
            for other in _neighbours(name, FIELDS)[:1]:
                yield one.name, f"by {other} for {name}", replace(one, by=(*kept, other))
        for other in _neighbours(one.of, FIELDS)[:1]:
            yield one.name, f"of {other} for {one.of}", replace(one, of=other)

    def _group(self, group: All | AnyOf, scope: Mapping[str, Field]) -> Iterator[Change]:
        kind, parts = type(group), group.children
        if len(parts) > 1:
            other: type[All | AnyOf] = AnyOf if kind is All else All
            yield "logic", f"{_word(group)} → {'any' if kind is All else 'all'}: {_said(group)}", other(parts)
            for place, part in enumerate(parts):
                yield "part", f"dropped {_said(part)}", kind((*parts[:place], *parts[place + 1 :]))
        for place, part in enumerate(parts):
            for what, change, changed in self.changes(part, scope):
                yield what, change, kind((*parts[:place], changed, *parts[place + 1 :]))

    def _each(self, each: Each, fields: Mapping[str, Field]) -> Iterator[Change]:
        for quantifier in SWAPPED[each.quantifier]:
            change = f"{each.field}|{each.quantifier} → {quantifier}"
            yield "operator", change, replace(each, quantifier=quantifier)  # type: ignore[arg-type]  # by the table
        if each.quantifier == "count_gte":
            for n in (each.n - 1, each.n + 1):
                if n > 0:
                    yield "bound", f"{each.field}|count_gte {each.n} → {n}", replace(each, n=n)
        for name in _neighbours(each.field, fields):
            yield "field", f"{each.field} → {name}", replace(each, field=name)
        scope = {part: Field(part, kind, "") for part, kind in FIELDS[each.field].item.items()}
        for what, change, where in self.changes(each.where, scope):
            yield what, f"{each.field}: {change}", replace(each, where=where)

    def _leaf(self, leaf: Leaf, scope: Mapping[str, Field]) -> Iterator[Change]:
        said = _said(leaf)
        if leaf.operator == "exists":
            yield "operator", f"{said} negated", replace(leaf, operand=not leaf.operand)
        for operator in SWAPPED.get(leaf.operator, ()):
            if operator != "contains" or leaf.type is FieldType.TEXT:
                yield "operator", f"{said} → {operator}", replace(leaf, operator=operator)
        if leaf.operator in ("prefix", "suffix", "keywords", "contains", "re", "between"):
            yield "operator", f"{said} negated", Not(leaf)
        for name in _neighbours(leaf.field, scope):
            yield "field", f"{said}: field → {name}", replace(leaf, field=name)
        if leaf.operator in ("field", "ne_field"):
            for name in _neighbours(leaf.operand, scope):
                if name != leaf.field:
                    yield "field", f"{said}: compared with {name}", replace(leaf, operand=name)
        for bound in _bounds(leaf):
            yield "bound", f"{said} → {_shown(bound)}", replace(leaf, operand=bound)
        yield from self._lists(leaf, said)

    def _lists(self, leaf: Leaf, said: str) -> Iterator[Change]:
        if leaf.operator in ("eq", "ne") and leaf.type is FieldType.CODE:
            for value in self._domain(leaf):
                if value != leaf.operand:
                    yield "list", f"{said} → {value}", replace(leaf, operand=value)
        if not isinstance(leaf.operand, tuple) or leaf.operator == "between":
            return
        for values, change in itertools.chain(self._shorter(leaf), self._wider(leaf), self._other(leaf)):
            if values:
                yield "list", f"{said}: {change}", replace(leaf, operand=tuple(sorted(set(values))))

    def _shorter(self, leaf: Leaf) -> Iterator[tuple[tuple[Any, ...], str]]:
        held = leaf.operand
        if len(held) <= SHORT_LIST or self.every_value:
            for value in held:
                yield tuple(one for one in held if one != value), f"without {value}"
        else:
            half = len(held) // 2
            yield held[half:], f"without the first half, up to {held[half - 1]}"
            yield held[:half], f"without the second half, from {held[half]}"
        for name in leaf.lists:
            gone = set(self._values(leaf, self.rules.lists[name]))
            yield tuple(one for one in held if one not in gone), f"without ${name}"

    def _wider(self, leaf: Leaf) -> Iterator[tuple[tuple[Any, ...], str]]:
        if leaf.type is FieldType.COUNTRY:
            for name in COUNTRY_CLASSES:
                yield (*leaf.operand, *self._values(leaf, self.rules.lists[name])), f"widened by ${name}"
        for value in self._domain(leaf):
            yield (*leaf.operand, value), f"widened by {value}"
        if leaf.operator == "prefix" and leaf.type is FieldType.CODE:
            for value in leaf.operand:
                yield (*leaf.operand, value[:-1]), f"{value} cut to {value[:-1]}"

    def _other(self, leaf: Leaf) -> Iterator[tuple[tuple[Any, ...], str]]:
        """Another list of the same kind: the next and the one before it, by name."""
        for name in leaf.lists:
            kind = self.rules.lists[name].kind
            ring = sorted(other for other, named in self.rules.lists.items() if named.kind == kind)
            kept = set(leaf.operand) - set(self._values(leaf, self.rules.lists[name]))
            for step in (1, -1):
                other = ring[(ring.index(name) + step) % len(ring)]
                yield (*kept, *self._values(leaf, self.rules.lists[other])), f"${other} for ${name}"

    @staticmethod
    def _values(leaf: Leaf, named: NamedList) -> tuple[Any, ...]:
        entry = Field(leaf.field, leaf.type, "")
        found = (read(entry, text) for text in named.values)
        return tuple(comparable(leaf.type, one) if isinstance(one, str) else one for one in found)

    def _domain(self, leaf: Leaf) -> tuple[str, ...]:
        """Every value a code can have, where they are few; of the categories the two that come next."""
        if leaf.field == "goods.chpl_tier":
            return ("1", "2", "3a", "3b", "4a", "4b", "none")
        if leaf.field == "measure":
            return tuple(comparable(FieldType.CODE, one) for one in Measure.__args__)  # type: ignore[attr-defined]  # a Literal
        if leaf.field == "status":
            return tuple(Status.__args__)  # type: ignore[attr-defined]  # a Literal
        if isinstance(leaf.operand, tuple) and any(f"goods.{one}" in self._categories() for one in leaf.operand):
            others = [one for one in self._categories() if one not in leaf.operand]
            return tuple(others[:2])
        return ()

    def _categories(self) -> dict[str, str]:
        named = sorted(name.removeprefix("goods.") for name in self.rules.lists if name.startswith("goods."))
        return {comparable(FieldType.CODE, one): one for one in named}


def _comparison(compare: Compare, scope: Mapping[str, Field]) -> Iterator[Change]:
    """Changes of an `expr`: its operator, its numbers by one, its fields."""
    said = f"expr {compare.text!r}"
    for operator in SWAPPED[compare.operator]:
        yield "operator", f"{said}: {compare.operator} → {operator}", replace(compare, operator=operator)
    for what, change, left in _computed(compare.left, scope):
        yield what, f"{said}: {change}", replace(compare, left=left)
    for what, change, right in _computed(compare.right, scope):
        yield what, f"{said}: {change}", replace(compare, right=right)


def _computed(value: Value, scope: Mapping[str, Field]) -> Iterator[tuple[str, str, Value]]:
    if isinstance(value, Constant) and value.type == "number":
        for changed in (value.value + 1, value.value - 1):
            yield "bound", f"{value.value:g} → {changed:g}", Constant(changed, value.type)
    elif isinstance(value, Ref):
        for name in _neighbours(value.field, scope):
            yield "field", f"{value.field} → {name}", Ref(name, value.kind)
    elif isinstance(value, Operation):
        for other in {"+": "-", "-": "+", "*": "/", "/": "*", "min": "max", "max": "min"}.get(value.name, ""):
            yield "operator", f"{value.name} → {other}", replace(value, name=other)
        for place, part in enumerate(value.parts):
            for what, change, changed_part in _computed(part, scope):
                parts = (*value.parts[:place], changed_part, *value.parts[place + 1 :])
                yield what, change, replace(value, parts=parts)


def _windows(one: Feature) -> Iterator[tuple[str, str, Feature]]:
    for sign in (-1, 1):
        if one.trailing_days is not None:
            days = one.trailing_days + sign
            yield one.name, f"trailing_days {one.trailing_days} → {days}", replace(one, trailing_days=days)
        lag = one.lag_days + sign
        if one.date and lag >= 0:
            yield one.name, f"lag_days {one.lag_days} → {lag}", replace(one, lag_days=lag)
        if one.at_least:
            least = one.at_least + sign
            yield one.name, f"at_least {one.at_least} → {least}", replace(one, at_least=least)
    if one.trailing_days is not None:
        yield one.name, "without trailing_days", replace(one, trailing_days=None)


def _bounds(leaf: Leaf) -> tuple[Any, ...]:
    """The smallest steps beside a bound: a day, a hundredth of money or score, one of a count."""
    if leaf.operator == "between":
        low, high = leaf.operand
        moved = [(_step(low, sign), high) for sign in (-1, 1)] + [(low, _step(high, sign)) for sign in (-1, 1)]
        return tuple(one for one in moved if one[0] <= one[1])
    if leaf.operator not in ("gt", "gte", "lt", "lte") and not (
        leaf.operator == "eq" and leaf.type in (FieldType.NUMBER, FieldType.MONEY, FieldType.DATE)
    ):
        return ()
    return (_step(leaf.operand, -1), _step(leaf.operand, 1))


def _step(value: Any, sign: int) -> Any:
    if isinstance(value, date):
        return value + timedelta(days=sign)
    if isinstance(value, int) or value == int(value):
        return value + sign if abs(value) > 1 else round(value + sign * 0.01, 4)
    return round(value + sign * 0.01, 4)


def _neighbours(name: str, scope: Mapping[str, Field]) -> tuple[str, ...]:
    """Fields of the same type that a slip could name: the same part of another party, else what stands together."""
    if name not in scope:
        return ()
    alike = [one for one, entry in scope.items() if entry.type is scope[name].type and one != name]
    room, _, part = name.partition(".")
    if room in ROLES and part:
        return tuple(f"{role}.{part}" for role in CONFUSED if f"{role}.{part}" in alike)[:2]
    together = [one for one in alike if one.startswith(f"{room}.")]
    return tuple((together or alike)[:2])


def _said(condition: Condition) -> str:
    """A condition in a few words."""
    if isinstance(condition, Leaf):
        return f"{condition.field}|{condition.operator} {condition.written}"[:90]
    if isinstance(condition, Each):
        return f"{condition.field}|{condition.quantifier} ({_said(condition.where)})"[:90]
    if isinstance(condition, Compare):
        return f"expr {condition.text!r}"[:90]
    if isinstance(condition, Not):
        return f"not ({_said(condition.child)})"[:90]
    return f"{_word(condition)} of {', '.join(_said(child) for child in condition.children)}"[:90]


def _word(group: All | AnyOf) -> str:
    return "all" if isinstance(group, All) else "any"


def _shown(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


# The report


def share(mutants: Sequence[Mutant]) -> float:
    """The part that was noticed, in percent."""
    return 100 * sum(one.killed for one in mutants) / len(mutants) if mutants else 100.0


def _table(title: str, mutants: Sequence[Mutant], by: Callable[[Mutant], str]) -> None:
    print(f"\n| {title} | mutants | killed | share |\n|---|---|---|---|")
    for name in sorted({by(one) for one in mutants}):
        of_name = [one for one in mutants if by(one) == name]
        print(f"| {name} | {len(of_name)} | {sum(one.killed for one in of_name)} | {share(of_name):.1f} % |")


def main() -> None:
    options = _options()
    mutants = measured(load_sources().rules, options.rule, every_value=options.every_value)
    killed = sum(one.killed for one in mutants)
    if options.json:
        rows = [{"rule": one.rule, "kind": one.kind, "change": one.change, "killed": one.killed} for one in mutants]
        print(json.dumps({"mutants": len(mutants), "killed": killed, "share": share(mutants), "all": rows}))
        return
    print(f"{len(mutants):,} mutants, {killed:,} killed: {share(mutants):.1f} %")
    _table("kind", mutants, lambda one: one.kind)
    _table("rule", mutants, lambda one: one.rule)
    if options.survivors:
        print("\n## Survivors\n")
        for one in mutants:
            if not one.killed:
                print(f"- {one.rule} {one.kind}: {one.change}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rule", help="only this rule")
    parser.add_argument("--survivors", action="store_true", help="list the changes that no test notices")
    parser.add_argument("--every-value", action="store_true", help="take away each value of long lists too")
    parser.add_argument("--json", action="store_true", help="every mutant with its fate, as JSON")
    return parser.parse_args()


if __name__ == "__main__":
    main()
