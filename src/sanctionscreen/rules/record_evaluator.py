"""Conditions over one record: closures compiled once, and the evidence, gaps and obstacles behind a verdict.

The frame evaluator gives the same answers from the same compiled form; a property test holds them together.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import re2

from sanctionscreen.fields import FieldType
from sanctionscreen.model import Evidence, Line, NamedList
from sanctionscreen.rules.arithmetic import compile_value, refs
from sanctionscreen.rules.conditions import (
    COMPARED,
    ELEMENT,
    All,
    Compare,
    Condition,
    Each,
    Leaf,
    Not,
    comparisons,
    leaves,
    list_tests,
)
from sanctionscreen.rules.operators import code_key
from sanctionscreen.rules.parse import pattern_of
from sanctionscreen.text.folding import plain

Truth = bool | None
"""True, false, or None for unknown."""


class Facts:
    """The values of one line, or of one element of a list, with their comparison forms kept."""

    __slots__ = ("_keys", "unreadable", "values")

    def __init__(self, values: Mapping[str, Any], unreadable: frozenset[str] = frozenset()) -> None:
        self.values = values
        self.unreadable = unreadable
        self._keys: dict[str, Any] = {}

    @classmethod
    def of(cls, line: Line) -> Facts:
        return cls(line.values, line.unreadable)

    def key(self, name: str, kind: FieldType) -> Any:
        """The value in comparison form; None when it is missing."""
        if name in self._keys:
            return self._keys[name]
        value = self.values.get(name)
        if value is not None and kind is FieldType.TEXT:
            value = plain(value)
        elif value is not None and kind is FieldType.CODE:
            value = code_key(value)
        self._keys[name] = value
        return value

    def given(self, name: str) -> Truth:
        """Whether a value is there; unknown for what was not collected or could not be read."""
        if name not in self.values or name in self.unreadable:
            return None
        return self.values[name] is not None


Test = Callable[[Facts], Truth]


@dataclass(frozen=True, slots=True)
class Compiled:
    """A condition with its test; so are its parts, for whoever explains."""

    condition: Condition
    test: Test
    parts: tuple[Compiled, ...] = ()

    def __call__(self, facts: Facts) -> Truth:
        return self.test(facts)


def compile_condition(condition: Condition) -> Compiled:
    """A condition as a function from facts to true, false or unknown."""
    if isinstance(condition, Leaf):
        return Compiled(condition, _leaf(condition))
    if isinstance(condition, Compare):
        return Compiled(condition, _compare(condition))
    if isinstance(condition, Each):
        where = compile_condition(condition.where)
        return Compiled(condition, _each(condition, where.test), (where,))
    if isinstance(condition, Not):
        child = compile_condition(condition.child)
        return Compiled(condition, _negation(child.test), (child,))
    parts = tuple(compile_condition(child) for child in condition.children)
    tests = [part.test for part in parts]
    return Compiled(condition, _conjunction(tests) if isinstance(condition, All) else _alternative(tests), parts)


def _negation(test: Test) -> Test:
    return lambda facts: None if (truth := test(facts)) is None else not truth


def _conjunction(tests: list[Test]) -> Test:
    def holds(facts: Facts) -> Truth:
        unknown = False
        for test in tests:
            truth = test(facts)
            if truth is False:
                return False
            unknown = unknown or truth is None
        return None if unknown else True

    return holds


def _alternative(tests: list[Test]) -> Test:
    def holds(facts: Facts) -> Truth:
        unknown = False
        for test in tests:
            truth = test(facts)
            if truth:
                return True
            unknown = unknown or truth is None
        return None if unknown else False

    return holds


def _leaf(leaf: Leaf) -> Test:
    name, kind, operand = leaf.field, leaf.type, leaf.operand
    if leaf.operator == "exists":
        return lambda facts: None if (there := facts.given(name)) is None else there is operand
    if leaf.operator in ("field", "ne_field"):
        same = leaf.operator == "field"

        def compare(facts: Facts) -> Truth:
            left, right = facts.key(name, kind), facts.key(operand, kind)
            return None if left is None or right is None else (left == right) is same

        return compare
    compared = comparison(leaf)

    def holds(facts: Facts) -> Truth:
        value = facts.key(name, kind)
        return None if value is None else compared(value)

    return holds


def _compare(condition: Compare) -> Test:
    left, right = compile_value(condition.left), compile_value(condition.right)
    compare = _COMPARED[condition.operator]

    def holds(facts: Facts) -> Truth:
        one, other = left(facts), right(facts)
        return None if one is None or other is None else bool(compare(one, other))

    return holds


_COMPARED = {name: getattr(operator, {"lte": "le", "gte": "ge"}.get(name, name)) for name in COMPARED}


def comparison(leaf: Leaf) -> Callable[[Any], bool]:
    """The test of one value that is there, in comparison form."""
    operand = leaf.operand
    if leaf.operator in ("keywords", "re"):
        pattern = _on_first_use(leaf)
        if leaf.operator == "keywords":  # a word that is no part of the text needs no pattern
            return lambda value: any(word in value for word in operand) and pattern().search(value) is not None
        return lambda value: pattern().search(value) is not None
    if leaf.operator in ("in", "not_in"):
        members, wanted = frozenset(operand), leaf.operator == "in"
        return lambda value: (value in members) is wanted
    simple: dict[str, Callable[[Any], bool]] = {
        "eq": lambda value: bool(value == operand),
        "ne": lambda value: bool(value != operand),
        "gt": lambda value: bool(value > operand),
        "gte": lambda value: bool(value >= operand),
        "lt": lambda value: bool(value < operand),
        "lte": lambda value: bool(value <= operand),
        "between": lambda value: bool(operand[0] <= value <= operand[1]),
        "prefix": lambda value: value.startswith(operand),
        "suffix": lambda value: value.endswith(operand),
        "contains": lambda value: any(part in value for part in operand),
    }
    return simple[leaf.operator]


def _on_first_use(leaf: Leaf) -> Callable[[], re2.Pattern[str]]:
    """The pattern of a leaf; one takes milliseconds to compile, and a few lines meet few of them."""
    return cache(lambda: re2.compile(pattern_of(leaf)))


def _each(each: Each, inner: Test) -> Test:
    def holds(facts: Facts) -> Truth:
        elements = facts.values.get(each.field)
        if elements is None:
            return None
        truths = [inner(element_facts(element)) for element in elements]
        if each.quantifier == "any":
            return True in truths
        if each.quantifier == "none":
            return True not in truths
        if each.quantifier == "all":
            return False not in truths
        return truths.count(True) >= each.n

    return holds


def element_facts(element: Any) -> Facts:
    """An element of a list as facts: its parts, or itself under the empty name."""
    return Facts(element if isinstance(element, Mapping) else {ELEMENT: element})


def evidence(compiled: Compiled, facts: Facts, lists: Mapping[str, NamedList]) -> Iterator[Evidence]:
    """What made a true condition true: every part of an `all`, the true parts of an `any`."""
    condition = compiled.condition
    if isinstance(condition, Leaf):
        yield _leaf_evidence(condition, facts, lists)
    elif isinstance(condition, Compare):
        yield from _computed_evidence(condition, facts)
    elif isinstance(condition, Each):
        yield _each_evidence(condition, compiled.parts[0].test, facts, lists)
    elif isinstance(condition, Not):
        yield from _negated_evidence(condition.child, facts)
    else:
        for part in compiled.parts:
            if isinstance(condition, All) or part.test(facts):
                yield from evidence(part, facts, lists)


def _leaf_evidence(leaf: Leaf, facts: Facts, lists: Mapping[str, NamedList]) -> Evidence:
    value = facts.values.get(leaf.field)
    return Evidence(leaf.field, leaf.operator, value, matched_value(leaf, facts), *_cited(leaf.lists, lists))


def _computed_evidence(condition: Compare, facts: Facts) -> Iterator[Evidence]:
    """The values that went into a computed comparison, each field once."""
    names = dict.fromkeys(ref.field for value in (condition.left, condition.right) for ref in refs(value))
    for name in names:
        yield Evidence(name, "expr", facts.values.get(name), condition.text)


def _cited(names: Iterable[str], lists: Mapping[str, NamedList]) -> tuple[str, str]:
    """The named lists behind a comparison, and the documents that name their values."""
    named = [lists[name] for name in names if name in lists]
    citations = (one.citation + (f" ({one.as_of})" if one.as_of else "") for one in named)
    return ", ".join(one.name for one in named), "; ".join(citations)


def matched_value(leaf: Leaf, facts: Facts) -> Any:
    """What of the rule's values the field met: the keyword, the prefix, the limit."""
    value = facts.key(leaf.field, leaf.type)
    if value is None or leaf.operator == "exists":
        return None
    if leaf.operator in ("keywords", "re"):
        found = re2.search(pattern_of(leaf), value)
        return re.sub(r"^\W+|\W+$", "", found.group()) if found else None
    if leaf.operator in ("prefix", "suffix", "contains"):
        test = {"prefix": value.startswith, "suffix": value.endswith, "contains": value.__contains__}[leaf.operator]
        return max((part for part in leaf.operand if test(part)), key=len, default=None)
    return leaf.operand if leaf.operator in ("gt", "gte", "lt", "lte", "between", "field", "ne_field") else None


def _each_evidence(each: Each, inner: Test, facts: Facts, lists: Mapping[str, NamedList]) -> Evidence:
    elements = facts.values.get(each.field) or ()
    matched = tuple(element for element in elements if inner(element_facts(element)))
    names = sorted({name for leaf in leaves(each.where) for name in leaf.lists})
    return Evidence(each.field, each.quantifier, tuple(elements), matched, *_cited(names, lists))


def _negated_evidence(condition: Condition, facts: Facts) -> Iterator[Evidence]:
    for leaf in leaves(condition, inside=False):
        yield Evidence(leaf.field, f"not {leaf.operator}", facts.values.get(leaf.field))
    for one in comparisons(condition):
        for shown in _computed_evidence(one, facts):
            yield replace(shown, operator="not expr")
    for each in list_tests(condition):
        yield Evidence(each.field, f"not {each.quantifier}", facts.values.get(each.field))


def missing(compiled: Compiled, facts: Facts) -> frozenset[str]:
    """The fields whose absence leaves a condition unknown; empty when it is decided."""
    if compiled.test(facts) is not None:
        return frozenset()
    condition = compiled.condition
    if isinstance(condition, Leaf):
        compared = (condition.operand,) if condition.operator in ("field", "ne_field") else ()
        return frozenset(name for name in (condition.field, *compared) if facts.values.get(name) is None)
    if isinstance(condition, Each):
        return frozenset({condition.field})
    if isinstance(condition, Compare):
        named = frozenset(ref.field for value in (condition.left, condition.right) for ref in refs(value))
        return frozenset(name for name in named if facts.values.get(name) is None) or named  # a division by zero
    return frozenset().union(*(missing(part, facts) for part in compiled.parts))


def obstacles(compiled: Compiled, facts: Facts) -> Iterator[tuple[Condition, Truth]]:
    """The parts that kept a condition from being true, with their own truth (false or unknown)."""
    if isinstance(compiled.condition, All):
        for part in compiled.parts:
            yield from obstacles(part, facts)
    elif not (truth := compiled.test(facts)):
        yield compiled.condition, truth


def held_parts(compiled: Compiled, facts: Facts) -> int:
    """How many parts of a conjunction are true."""
    if isinstance(compiled.condition, All):
        return sum(held_parts(part, facts) for part in compiled.parts)
    return 1 if compiled.test(facts) else 0
