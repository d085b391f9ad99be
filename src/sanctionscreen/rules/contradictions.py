"""Conditions that no value can meet: found by looking at what they ask of each field, never by trying values.

What is reported is certain; what is not reported may still be impossible (regular expressions are not looked into).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from sanctionscreen.errors import Location
from sanctionscreen.fields import FieldType
from sanctionscreen.rules.conditions import All, AnyOf, Compare, Condition, Each, Leaf, Not, canonical
from sanctionscreen.rules.words import in_words

MOST_PARTS = 400
"""A conjunction of more parts is not looked at: nobody wrote it by hand, and every pair would be compared."""

_OPPOSITE = {
    "eq": "ne", "ne": "eq", "in": "not_in", "not_in": "in", "gt": "lte", "lte": "gt", "lt": "gte", "gte": "lt",
    "field": "ne_field", "ne_field": "field", "any": "none", "none": "any",
}  # fmt: skip
_TESTS: Mapping[str, Callable[[str, tuple[str, ...]], bool]] = {
    "prefix": str.startswith,
    "suffix": str.endswith,
    "contains": lambda value, parts: any(part in value for part in parts),
}


class Clash(NamedTuple):
    """Why a condition can never hold, and where it says so."""

    reason: str
    at: Location


@dataclass(frozen=True, slots=True)
class Domains:
    """What a field can come to at all, beyond its type; both by the name of the field or of the element's part."""

    values: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Closed vocabularies, in comparison form."""
    bounds: Mapping[str, tuple[float, float]] = field(default_factory=dict)


def pushed(condition: Condition, *, negated: bool = False) -> Condition:
    """The same meaning with every `not` moved down to single comparisons; with `negated`, the opposite."""
    if isinstance(condition, Not):
        return pushed(condition.child, negated=not negated)
    if isinstance(condition, (All, AnyOf)):
        kind = type(condition) if not negated else AnyOf if isinstance(condition, All) else All
        return kind(tuple(pushed(child, negated=negated) for child in condition.children))
    if isinstance(condition, Each):
        within = replace(condition, where=pushed(condition.where))
        return _opposite(within) if negated else within
    return _opposite(condition) if negated else condition


def _opposite(one: Leaf | Each | Compare) -> Condition:
    if isinstance(one, Each):
        turned = _OPPOSITE.get(one.quantifier)
        return Not(one) if turned is None else replace(one, quantifier=turned)  # type: ignore[arg-type]  # any or none
    if isinstance(one, Leaf) and (one.operator == "exists" or (one.type is FieldType.BOOL and one.operator == "eq")):
        return replace(one, operand=not one.operand)
    if isinstance(one, Leaf) and one.operator == "between":
        low, high = one.operand
        return AnyOf((replace(one, operator="lt", operand=low), replace(one, operator="gt", operand=high)))
    opposite = _OPPOSITE.get(one.operator)
    return Not(one) if opposite is None else replace(one, operator=opposite)


def clash(condition: Condition, domains: Domains) -> Clash | None:
    """Why a condition, its negations pushed down, can never hold; None when nothing speaks against it."""
    return _clash(list(_conjuncts(condition)), domains)


def dead_branches(condition: Condition, domains: Domains) -> Iterator[Clash]:
    """Alternatives that can never hold beside what must hold with them, in a condition that as a whole can."""
    parts = list(_conjuncts(condition))
    if len(parts) > MOST_PARTS:
        return
    fixed = [part for part in parts if not isinstance(part, AnyOf)]
    for part in parts:
        for branch in part.children if isinstance(part, AnyOf) else ():
            found = _clash([*fixed, *_conjuncts(branch)], domains)
            if found:
                yield found
            else:
                yield from dead_branches(All((*fixed, branch)), domains)


def _conjuncts(condition: Condition) -> Iterator[Condition]:
    if isinstance(condition, All):
        for child in condition.children:
            yield from _conjuncts(child)
    else:
        yield condition


def _clash(parts: Sequence[Condition], domains: Domains) -> Clash | None:
    if len(parts) > MOST_PARTS:
        return None
    found = _of_fields(parts, domains) or _opposites(parts) or _inside(parts, domains)
    if found:
        return found
    fixed = [part for part in parts if not isinstance(part, AnyOf)]
    for part in parts:
        if isinstance(part, AnyOf):
            clashes = [_clash([*fixed, *_conjuncts(branch)], domains) for branch in part.children]
            dead = [one for one in clashes if one]
            if len(dead) == len(clashes):
                reason = dead[0].reason if len(dead) == 1 else f"every alternative is impossible: {dead[0].reason}"
                return Clash(reason, dead[0].at) if dead else None
    return None


def _opposites(parts: Sequence[Condition]) -> Clash | None:
    """The same thing asked and refused."""
    asked = {canonical(part) for part in parts}
    for part in parts:
        if canonical(pushed(part, negated=True)) in asked:
            return Clash(f"it asks that {_short(part)}, and for the opposite", place(part))
    return None


def _inside(parts: Sequence[Condition], domains: Domains) -> Clash | None:
    for part in parts:
        if isinstance(part, Each) and part.quantifier in ("any", "count_gte"):
            found = clash(part.where, domains)
            if found:
                return Clash(f"no element of {part.field} can meet it: {found.reason}", found.at)
    return None


def _of_fields(parts: Sequence[Condition], domains: Domains) -> Clash | None:
    by_field: dict[str, list[Leaf]] = {}
    refused: dict[str, list[Leaf]] = {}
    given = {part.field: part for part in parts if isinstance(part, Each)}
    for part in parts:
        if isinstance(part, Leaf):
            by_field.setdefault(part.field, []).append(part)
        elif isinstance(part, Not) and isinstance(part.child, Leaf):
            refused.setdefault(part.child.field, []).append(part.child)
    for name, leaves in by_field.items():
        absent = next((leaf for leaf in leaves if leaf.operator == "exists" and not leaf.operand), None)
        other = next(
            (leaf for leaf in leaves if leaf is not absent and (leaf.operator != "exists" or leaf.operand)), None
        )
        needs: Condition | None = other or next(iter(refused.get(name, ())), None) or given.get(name)
        if absent is not None and needs is not None:
            return Clash(f"{name} must be missing, and {_short(needs)}, which needs a value", absent.at)
        found = _of_one_field(name, leaves, refused.get(name, []), domains)
        if found:
            return found
    return None


def _of_one_field(name: str, leaves: list[Leaf], refused: list[Leaf], domains: Domains) -> Clash | None:
    said = [leaf for leaf in leaves if leaf.operator != "exists"]
    if not said:
        return None
    span = _span(said, domains.bounds.get(name))
    if span is not None and span.is_empty:
        return Clash(_why(name, said, span.limited), said[-1].at)
    allowed = _allowed(said, domains.values.get(name))
    if allowed is None:
        return _unlike_prefixes(name, said)
    left = [value for value in allowed if _passes(value, said, refused) and (span is None or span.holds(value))]
    return None if left else Clash(_why(name, [*said, *refused], name in domains.values), said[-1].at)


def _why(name: str, leaves: Iterable[Leaf], limited: bool) -> str:
    asked = " and ".join(dict.fromkeys(_short(leaf) for leaf in leaves))
    return f"no value that {name} can take meets: {asked}" if limited else f"no value meets: {asked}"


def _allowed(leaves: Iterable[Leaf], known: frozenset[str] | None) -> set[Any] | None:
    """The values that are left when every comparison with a list has spoken; None when any value may be."""
    allowed: set[Any] | None = None if known is None else set(known)
    for leaf in leaves:
        if leaf.operator in ("eq", "in"):
            named = set(leaf.operand) if leaf.operator == "in" else {leaf.operand}
            allowed = named if allowed is None else allowed & named
    return allowed


def _passes(value: Any, leaves: Iterable[Leaf], refused: Iterable[Leaf]) -> bool:
    return not any(_refuses(leaf, value) for leaf in leaves) and not any(
        leaf.operator in _TESTS and not _refuses(leaf, value) for leaf in refused
    )


def _refuses(leaf: Leaf, value: Any) -> bool:
    if leaf.operator in _TESTS:
        return not _TESTS[leaf.operator](value, leaf.operand)
    return (leaf.operator == "ne" and value == leaf.operand) or (leaf.operator == "not_in" and value in leaf.operand)


def _unlike_prefixes(name: str, leaves: Iterable[Leaf]) -> Clash | None:
    """Two sets of beginnings of which none continues another."""
    held = [leaf for leaf in leaves if leaf.operator == "prefix"]
    for place_, one in enumerate(held):
        for other in held[place_ + 1 :]:
            shorter, longer = sorted((set(one.operand), set(other.operand)), key=len)
            starts = {value[:end] for value in longer for end in range(len(value) + 1)}
            if not any(value in starts or any(value[:end] in longer for end in range(len(value))) for value in shorter):
                return Clash(_why(name, (one, other), False), other.at)
    return None


@dataclass(slots=True)
class _Span:
    """The numbers or days that are left."""

    low: Any = None
    high: Any = None
    step: Any = None
    """Least difference of two values, where there is one: a day, a hundredth of the currency."""
    low_open: bool = False
    high_open: bool = False
    limited: bool = False

    def above(self, limit: Any, *, is_open: bool) -> None:
        if is_open and self.step is not None and limit != date.max:
            limit, is_open = limit + self.step, False
        if self.low is None or limit > self.low or (limit == self.low and is_open):
            self.low, self.low_open = limit, is_open

    def below(self, limit: Any, *, is_open: bool) -> None:
        if is_open and self.step is not None and limit != date.min:
            limit, is_open = limit - self.step, False
        if self.high is None or limit < self.high or (limit == self.high and is_open):
            self.high, self.high_open = limit, is_open

    @property
    def is_empty(self) -> bool:
        if self.low is None or self.high is None:
            return False
        return bool(self.low > self.high or (self.low == self.high and (self.low_open or self.high_open)))

    def holds(self, value: Any) -> bool:
        above = self.low is None or value > self.low or (value == self.low and not self.low_open)
        return above and (self.high is None or value < self.high or (value == self.high and not self.high_open))


def _span(leaves: Sequence[Leaf], known: tuple[float, float] | None) -> _Span | None:
    kind = leaves[0].type
    if kind not in (FieldType.NUMBER, FieldType.MONEY, FieldType.DATE):
        return None
    span = _Span(step=timedelta(days=1) if kind is FieldType.DATE else 1 if kind is FieldType.MONEY else None)
    for leaf in leaves:
        _narrow(span, leaf.operator, leaf.operand)
    if known is not None and kind is not FieldType.DATE:
        was_empty = span.is_empty
        span.above(known[0], is_open=False)
        span.below(known[1], is_open=False)
        span.limited = not was_empty
    return span


def _narrow(span: _Span, operator: str, operand: Any) -> None:
    low, high = operand if operator == "between" else (operand, operand)
    if operator in ("eq", "between", "gt", "gte"):
        span.above(low, is_open=operator == "gt")
    if operator in ("eq", "between", "lt", "lte"):
        span.below(high, is_open=operator == "lt")


def place(condition: Condition) -> Location:
    """Where a condition stands: the place of its first comparison."""
    if isinstance(condition, (All, AnyOf)):
        return place(condition.children[0]) if condition.children else Location("")
    return place(condition.child) if isinstance(condition, Not) else condition.at


def _short(condition: Condition) -> str:
    text = in_words(condition)
    return text if len(text) <= 90 else text[:89] + "…"
