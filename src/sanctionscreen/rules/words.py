"""Conditions in words a trader understands."""

from __future__ import annotations

from datetime import date
from typing import Any

from sanctionscreen.fields import FieldType
from sanctionscreen.rules.conditions import ELEMENT, All, AnyOf, Condition, Each, Leaf
from sanctionscreen.rules.operators import OPERATORS

_MANY = 4


def in_words(condition: Condition) -> str:
    """One sentence part for a condition, such as `destination.country is one of RU, BY`."""
    if isinstance(condition, Leaf):
        return _leaf(condition)
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


def value_in_words(value: Any, kind: FieldType | None = None) -> str:
    """A value as people read it; money in units of its currency.

    >>> value_in_words(("KZ", "KG")), value_in_words(None), value_in_words(123450, FieldType.MONEY)
    ('KZ, KG', 'missing', '1,234.50')
    """
    if value is None:
        return "missing"
    if kind is FieldType.MONEY:
        return f"{value / 100:,.2f}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (tuple, list)):
        shown = ", ".join(value_in_words(part) for part in value[:_MANY])
        return shown + (f" and {len(value) - _MANY} more" if len(value) > _MANY else "") if value else "none"
    if isinstance(value, dict):
        return " ".join(value_in_words(part) for part in value.values() if part not in (None, ""))
    if isinstance(value, float):
        return f"{value:,.6g}" if value < 1e6 else f"{value:,.0f}"
    return value.isoformat() if isinstance(value, date) else str(value)
