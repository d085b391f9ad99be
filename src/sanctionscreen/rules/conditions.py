"""The compiled form of a condition: a small tree that both evaluators and the explanation read.

Logic is three-valued (Kleene): a leaf over a missing value is unknown, never false.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sanctionscreen.errors import Location
from sanctionscreen.fields import FieldType
from sanctionscreen.rules.arithmetic import Value, canonical_value, refs
from sanctionscreen.strict_yaml import Node, Scalar, Sequence

Quantifier = Literal["any", "all", "none", "count_gte"]
ELEMENT = ""
"""Name of the element itself inside a list of plain values."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One comparison; the operand is typed and, for text and codes, in comparison form."""

    field: str
    type: FieldType
    operator: str
    operand: Any
    at: Location
    source: Node
    """The value as the rule's author wrote it."""
    lists: tuple[str, ...] = ()
    """Named lists that went into the operand."""

    @property
    def written(self) -> str:
        return written(self.source)


@dataclass(frozen=True, slots=True)
class Each:
    """A quantifier over a list field: all parts of `where` hold on the same element."""

    field: str
    quantifier: Quantifier
    where: Condition
    at: Location
    n: int = 1


@dataclass(frozen=True, slots=True)
class All:
    children: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    children: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    child: Condition


COMPARED = ("eq", "ne", "lt", "lte", "gt", "gte")


@dataclass(frozen=True, slots=True)
class Compare:
    """A comparison of two computed values: one part of an `expr`."""

    operator: str
    """One of `COMPARED`."""
    left: Value
    right: Value
    text: str
    """The whole `expr` as its author wrote it."""
    at: Location


Condition = Leaf | Each | Compare | All | AnyOf | Not


def written(node: Node) -> str:
    """A value as one line of text, as its author wrote it."""
    if isinstance(node, Scalar):
        return node.text
    items = node.items if isinstance(node, Sequence) else []
    return "[" + ", ".join(written(item) for item in items) + "]"


def leaves(condition: Condition, *, inside: bool = True) -> Iterator[Leaf]:
    """Every comparison of a condition; those on list elements only where `inside`."""
    if isinstance(condition, Leaf):
        yield condition
    elif isinstance(condition, (All, AnyOf)):
        for child in condition.children:
            yield from leaves(child, inside=inside)
    elif isinstance(condition, Not):
        yield from leaves(condition.child, inside=inside)
    elif inside and isinstance(condition, Each):
        yield from leaves(condition.where)


def list_tests(condition: Condition) -> Iterator[Each]:
    """Every quantifier of a condition."""
    if isinstance(condition, Each):
        yield condition
    elif isinstance(condition, (All, AnyOf)):
        for child in condition.children:
            yield from list_tests(child)
    elif isinstance(condition, Not):
        yield from list_tests(condition.child)


def comparisons(condition: Condition) -> Iterator[Compare]:
    """Every comparison of computed values."""
    if isinstance(condition, Compare):
        yield condition
    elif isinstance(condition, (All, AnyOf)):
        for child in condition.children:
            yield from comparisons(child)
    elif isinstance(condition, Not):
        yield from comparisons(condition.child)


def fields_of(condition: Condition) -> frozenset[str]:
    """Every field of the record that a condition looks at."""
    named = {leaf.field for leaf in leaves(condition, inside=False)}
    compared = {leaf.operand for leaf in leaves(condition, inside=False) if leaf.operator in ("field", "ne_field")}
    computed = {ref.field for one in comparisons(condition) for value in (one.left, one.right) for ref in refs(value)}
    return frozenset(named | compared | computed | {each.field for each in list_tests(condition)})


def canonical(condition: Condition) -> str:
    """One text per meaning: order of keys and of alternatives, comments and places do not show in it."""
    if isinstance(condition, Leaf):
        operand = sorted(condition.operand) if isinstance(condition.operand, frozenset) else condition.operand
        return json.dumps([condition.field, condition.operator, operand], default=_plain, ensure_ascii=False)
    if isinstance(condition, Each):
        return f"{condition.field}:{condition.quantifier}:{condition.n}({canonical(condition.where)})"
    if isinstance(condition, Compare):
        return f"{condition.operator}({canonical_value(condition.left)},{canonical_value(condition.right)})"
    if isinstance(condition, Not):
        return f"not({canonical(condition.child)})"
    word = "all" if isinstance(condition, All) else "any"
    return f"{word}({','.join(sorted(canonical(child) for child in condition.children))})"


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else str(value)


def depth(condition: Condition) -> int:
    """How deep a condition is nested."""
    if isinstance(condition, (All, AnyOf)):
        return 1 + max((depth(child) for child in condition.children), default=0)
    if isinstance(condition, Not):
        return 1 + depth(condition.child)
    return 1 + depth(condition.where) if isinstance(condition, Each) else 1
