"""Conditions in words a trader understands."""

from __future__ import annotations

from sanctionscreen.fields import FieldType
from sanctionscreen.rules.conditions import ELEMENT, All, AnyOf, Compare, Condition, Each, Leaf
from sanctionscreen.rules.operators import OPERATORS


def in_words(condition: Condition) -> str:
    """One sentence part for a condition, such as `destination.country is one of RU, BY`."""
    if isinstance(condition, Leaf):
        return _leaf(condition)
    if isinstance(condition, Compare):
        return condition.text
    if isinstance(condition, Each):
        count = f" at least {condition.n}" if condition.quantifier == "count_gte" else ""
        return f"{condition.field} {OPERATORS[condition.quantifier].words}{count}: {in_words(condition.where)}"
    if isinstance(condition, All):
        return " and ".join(_bracketed(child) for child in condition.children)
    if isinstance(condition, AnyOf):
        return " or ".join(_bracketed(child) for child in condition.children)
    return f"not ({in_words(condition.child)})"


def _bracketed(condition: Condition) -> str:
    words = in_words(condition)
    return f"({words})" if isinstance(condition, (All, AnyOf)) and len(condition.children) > 1 else words


def _leaf(leaf: Leaf) -> str:
    if leaf.operator == "exists":
        return f"{leaf.field} is {'given' if leaf.operand else 'missing'}"
    name = "it" if leaf.field == ELEMENT else leaf.field
    if leaf.type is FieldType.BOOL:
        return f"{name} is {'true' if leaf.operand is (leaf.operator == 'eq') else 'false'}"
    wanted = " and ".join(leaf.written.strip("[]").split(", ")) if leaf.operator == "between" else leaf.written
    return f"{name} {OPERATORS[leaf.operator].words} {wanted}"
