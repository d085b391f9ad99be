"""Values that `expr` computes from fields: a small typed tree, and its value for one record.

The frame evaluator gives the same numbers: a division by a literal is a product on both sides, because a batch is
computed so, and what is no finite number is missing.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, Protocol

from sanctionscreen.fields import FieldType

ValueType = Literal["number", "date", "bool", "text", "list"]
"""What an expression comes to; text, codes and countries are compared as their fields are."""

HUNDREDTH = 0.01
"""Money is kept in hundredths; an expression computes with units of the currency."""


@dataclass(frozen=True, slots=True)
class Constant:
    value: Any
    type: ValueType


@dataclass(frozen=True, slots=True)
class Ref:
    """The value of a field, in comparison form."""

    field: str
    kind: FieldType

    @property
    def type(self) -> ValueType:
        return TYPES[self.kind]


@dataclass(frozen=True, slots=True)
class Operation:
    name: str
    parts: tuple[Value, ...]
    type: ValueType


Value = Constant | Ref | Operation

TYPES: Mapping[FieldType, ValueType] = {
    FieldType.NUMBER: "number", FieldType.MONEY: "number", FieldType.DATE: "date", FieldType.BOOL: "bool",
    FieldType.TEXT: "text", FieldType.CODE: "text", FieldType.COUNTRY: "text", FieldType.COUNTRIES: "list",
    FieldType.CODES: "list", FieldType.ITEMS: "list",
}  # fmt: skip


class Keyed(Protocol):
    """What values are read from: the facts of a record."""

    def key(self, name: str, kind: FieldType) -> Any: ...


def refs(value: Value) -> Iterator[Ref]:
    """Every field that a value is computed from."""
    if isinstance(value, Ref):
        yield value
    elif isinstance(value, Operation):
        for part in value.parts:
            yield from refs(part)


def canonical_value(value: Value) -> str:
    """One text per meaning."""
    if isinstance(value, Constant):
        return json.dumps(value.value, default=lambda day: day.isoformat(), ensure_ascii=False)
    if isinstance(value, Ref):
        return value.field
    return f"{value.name}({','.join(map(canonical_value, value.parts))})"


def compile_value(value: Value) -> Callable[[Keyed], Any]:
    """A value as a function of a record; None where something it needs is missing."""
    if isinstance(value, Constant):
        constant = value.value
        return lambda facts: constant
    if isinstance(value, Ref):
        return _reader(value)
    parts = [compile_value(part) for part in value.parts]
    if value.name == "coalesce":
        return lambda facts: next((found for part in parts if (found := part(facts)) is not None), None)
    if value.name == "length":
        (only,) = parts
        return lambda facts: None if (found := only(facts)) is None else float(len(found))
    compute = _COMPUTED[value.name]

    def computed(facts: Keyed) -> Any:
        found = [part(facts) for part in parts]
        return None if None in found else finite(compute(*found))

    return computed


def _reader(ref: Ref) -> Callable[[Keyed], Any]:
    name, kind = ref.field, ref.kind
    if kind is FieldType.MONEY:
        return lambda facts: None if (found := facts.key(name, kind)) is None else found * HUNDREDTH
    if kind is FieldType.NUMBER:
        return lambda facts: None if (found := facts.key(name, kind)) is None else finite(float(found))
    return lambda facts: facts.key(name, kind)


def finite(number: float | None) -> float | None:
    """The number; None for what is none, or has no end."""
    return number if number is not None and math.isfinite(number) else None


def _divided(left: float, right: float) -> float | None:
    return left / right if right else None


def _days(first: date, second: date) -> float:
    return float((second - first).days)


_COMPUTED: Mapping[str, Callable[..., float | None]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": _divided,
    "abs": abs,
    "min": min,
    "max": max,
    "days_between": _days,
}
