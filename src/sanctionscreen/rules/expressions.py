"""`expr` texts: a small part of Python's grammar, read into typed conditions and values; nothing is ever executed."""

from __future__ import annotations

import ast
import math
import re
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from sanctionscreen import values
from sanctionscreen.errors import Location, RuleError, SanctionScreenError, suggestion
from sanctionscreen.fields import Field, FieldType
from sanctionscreen.rules.arithmetic import Constant, Operation, Ref, Value, ValueType, refs
from sanctionscreen.rules.conditions import All, AnyOf, Compare, Condition, Not
from sanctionscreen.rules.operators import comparable

LONGEST = 500
_QUOTED = re.compile("'[^']*'|\"[^\"]*\"")
MOST_NODES = 200
DEEPEST = 20

_COMPARED: Mapping[type[ast.cmpop], str] = {
    ast.Eq: "eq", ast.NotEq: "ne", ast.Lt: "lt", ast.LtE: "lte", ast.Gt: "gt", ast.GtE: "gte",
}  # fmt: skip
_COMPUTED: Mapping[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
_FUNCTIONS: Mapping[str, tuple[int, int]] = {
    "days_between": (2, 2), "abs": (1, 1), "min": (2, 8), "max": (2, 8), "coalesce": (2, 8), "length": (1, 1),
}  # fmt: skip
"""Least and most arguments."""

Found = TypeVar("Found")


class _Refused(Exception):
    """Something that the language does not have, and where."""

    def __init__(self, problem: str, node: ast.expr | None = None) -> None:
        super().__init__(problem)
        self.problem, self.node = problem, node


def read_condition(
    text: str, at: Location, fields: Mapping[str, Field], faults: list[SanctionScreenError]
) -> Condition:
    """The condition of an `expr`; an empty one after a fault was noted."""
    found = _read(text, at, faults, lambda tree: _Reader(text, at, fields).condition(tree))
    return All(()) if found is None else found


def read_value(text: str, at: Location, fields: Mapping[str, Field], faults: list[SanctionScreenError]) -> Value | None:
    """What an `expr` computes; None after a fault was noted."""
    return _read(text, at, faults, lambda tree: _Reader(text, at, fields).number(tree))


def _read(
    text: str, at: Location, faults: list[SanctionScreenError], read: Callable[[ast.expr], Found]
) -> Found | None:
    try:
        return read(_tree(text))
    except _Refused as bad:
        column = None if at.column is None else at.column + (bad.node.col_offset if bad.node is not None else 0)
        faults.append(RuleError(f"expr: {bad.problem}", at._replace(column=column)))
        return None


def _tree(text: str) -> ast.expr:
    if len(text) > LONGEST:
        raise _Refused(f"is longer than {LONGEST} characters")
    if "#" in _QUOTED.sub("", text):
        raise _Refused("holds a #; remarks stand outside of it")  # Python would not read what follows
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a stray backslash is refused below, not warned of
            tree = ast.parse(" ".join(text.split()), mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError) as bad:
        raise _Refused(f"cannot be read: {bad.args[0] if bad.args else 'too deep'}") from bad
    if sum(1 for _ in ast.walk(tree)) > MOST_NODES:
        raise _Refused(f"has more than {MOST_NODES} parts")
    if _depth(tree) > DEEPEST:
        raise _Refused(f"is nested more than {DEEPEST} deep")
    return tree


def _depth(tree: ast.AST) -> int:
    deepest, level = 0, [tree]
    while level:
        deepest += 1
        level = [child for node in level for child in ast.iter_child_nodes(node)]
    return deepest


@dataclass(frozen=True, slots=True)
class _Reader:
    text: str
    at: Location
    fields: Mapping[str, Field]

    def condition(self, node: ast.expr) -> Condition:
        if isinstance(node, ast.BoolOp):
            parts = tuple(self.condition(part) for part in node.values)
            return All(parts) if isinstance(node.op, ast.And) else AnyOf(parts)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            return Not(self.condition(node.operand))
        if isinstance(node, ast.Compare):
            return self._comparisons(node)
        value = self.value(node)
        if isinstance(value, Ref) and value.type == "bool":
            return Compare("eq", value, Constant(True, "bool"), self.text, self.at)
        raise _Refused("is no condition; compare it with something", node)

    def number(self, node: ast.expr) -> Value:
        value = self.value(node)
        if value.type != "number":
            raise _Refused(f"comes to a {value.type}, not to a number", node)
        self._of_some_field(node, value)
        return value

    def value(self, node: ast.expr) -> Value:
        if isinstance(node, ast.Constant):
            return self._constant(node)
        if isinstance(node, (ast.Name, ast.Attribute)):
            return self._ref(node)
        if isinstance(node, ast.BinOp):
            return self._arithmetic(node)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            return Operation("-", (Constant(0.0, "number"), self._a_number(node.operand)), "number")
        if isinstance(node, ast.Call):
            return self._call(node)
        raise _Refused(f"{type(node).__name__} is not part of the language", node)

    def _comparisons(self, node: ast.Compare) -> Condition:
        """`1 < a < 3` is both comparisons."""
        sides = [node.left, *node.comparators]
        parts = tuple(
            self._comparison(operator, left, right)
            for operator, left, right in zip(node.ops, sides, sides[1:], strict=False)
        )
        return parts[0] if len(parts) == 1 else All(parts)

    def _comparison(self, operator: ast.cmpop, left: ast.expr, right: ast.expr) -> Condition:
        if isinstance(operator, (ast.In, ast.NotIn)):
            found = self._membership(left, right)
            return found if isinstance(operator, ast.In) else Not(found)
        if type(operator) not in _COMPARED:
            raise _Refused(f"{type(operator).__name__} is not part of the language", right)
        name = _COMPARED[type(operator)]
        one, other = self._alike(self.value(left), self.value(right), left, right)
        if name not in ("eq", "ne") and one.type not in ("number", "date"):
            raise _Refused(f"a {one.type} is not more or less than another", right)
        if one.type == "list":
            raise _Refused("lists are not compared; write length(…) or a condition on their elements", left)
        self._of_some_field(left, one, other)
        return Compare(name, one, other, self.text, self.at)

    def _membership(self, left: ast.expr, right: ast.expr) -> Condition:
        if not isinstance(right, (ast.List, ast.Tuple)) or not right.elts:
            raise _Refused("`in` takes a list such as [1, 2]", right)
        value = self.value(left)
        alike = [self._alike(value, self.value(one), left, one) for one in right.elts]
        self._of_some_field(left, *(part for couple in alike for part in couple))
        return AnyOf(tuple(Compare("eq", one, other, self.text, self.at) for one, other in alike))

    def _alike(self, one: Value, other: Value, left: ast.expr, right: ast.expr) -> tuple[Value, Value]:
        """Both values, of one type; a text beside a field is read as a value of that field."""
        if isinstance(one, Constant) and one.type == "text" and not isinstance(other, Constant):
            one = self._literal(one, other, left)
        if isinstance(other, Constant) and other.type == "text" and not isinstance(one, Constant):
            other = self._literal(other, one, right)
        kinds = {part.kind for part in (one, other) if isinstance(part, Ref) and part.type == "text"}
        if one.type != other.type or len(kinds) > 1:
            raise _Refused(f"cannot compare {self._named(one)} with {self._named(other)}", right)
        return one, other

    def _literal(self, constant: Constant, beside: Value, node: ast.expr) -> Constant:
        kinds = [ref.kind for ref in refs(beside)]
        kind = FieldType.DATE if beside.type == "date" else kinds[0] if kinds and beside.type == "text" else None
        if kind is None:
            return constant
        try:
            found = values.read(Field("", kind, ""), constant.value)
        except values.Unreadable as bad:
            raise _Refused(str(bad), node) from bad
        if found is None:
            raise _Refused("an empty value is never equal to anything", node)
        return Constant(comparable(kind, found) if isinstance(found, str) else found, beside.type)

    @staticmethod
    def _named(value: Value) -> str:
        return f"{value.field!r} ({value.kind})" if isinstance(value, Ref) else f"a {value.type}"

    @staticmethod
    def _of_some_field(node: ast.expr, *compared: Value) -> None:
        if not any(True for value in compared for _ in refs(value)):
            raise _Refused("looks at no field", node)

    def _constant(self, node: ast.Constant) -> Constant:
        value = node.value
        if isinstance(value, bool):
            return Constant(value, "bool")
        if isinstance(value, (int, float)):
            if abs(value) > 1e15:
                raise _Refused("numbers end at 1e15", node)
            return Constant(float(value), "number")
        if isinstance(value, str):
            return Constant(value, "text")
        raise _Refused(f"{value!r:.40} is no number, text or date", node)

    def _ref(self, node: ast.Name | ast.Attribute) -> Ref:
        name = _dotted(node)
        entry = self.fields.get(name)
        if entry is None:
            raise _Refused(f"unknown field {name!r}{suggestion(name, list(self.fields))}", node)
        return Ref(name, entry.type)

    def _arithmetic(self, node: ast.BinOp) -> Operation:
        name = _COMPUTED.get(type(node.op))
        if name is None:
            raise _Refused(f"{type(node.op).__name__} is not part of the language", node)
        left, right = self._a_number(node.left), self._a_number(node.right)
        if name == "/" and isinstance(right, Constant):
            if not right.value or not math.isfinite(1 / right.value):
                raise _Refused("divides by zero", node.right)
            return Operation("*", (left, Constant(1 / right.value, "number")), "number")
        return Operation(name, (left, right), "number")

    def _a_number(self, node: ast.expr) -> Value:
        value = self.value(node)
        if isinstance(value, Ref) and value.kind.is_list:
            raise _Refused(f"{value.field!r} is a list; write length({value.field})", node)
        if value.type != "number":
            raise _Refused(f"{self._named(value)} is no number", node)
        return value

    def _call(self, node: ast.Call) -> Operation:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name not in _FUNCTIONS or node.keywords or any(isinstance(part, ast.Starred) for part in node.args):
            what = name or type(node.func).__name__
            raise _Refused(f"{what!r} is not part of the language{suggestion(what, list(_FUNCTIONS))}", node)
        least, most = _FUNCTIONS[name]
        if not least <= len(node.args) <= most:
            raise _Refused(f"{name} takes {least if least == most else f'{least} to {most}'} values", node)
        return self._function(name, node)

    def _function(self, name: str, node: ast.Call) -> Operation:
        if name in ("abs", "min", "max"):
            return Operation(name, tuple(self._a_number(part) for part in node.args), "number")
        parts = tuple(self.value(part) for part in node.args)
        if name == "length":
            if not isinstance(parts[0], Ref) or (parts[0].type != "text" and not parts[0].kind.is_list):
                raise _Refused("length takes a text or a list field", node)
            return Operation(name, parts, "number")
        wanted: ValueType = "date" if name == "days_between" else parts[0].type
        alike = tuple(self._of_type(part, wanted, where) for part, where in zip(parts, node.args, strict=True))
        return Operation(name, alike, "number" if name == "days_between" else wanted)

    def _of_type(self, value: Value, wanted: ValueType, node: ast.expr) -> Value:
        if isinstance(value, Constant) and value.type == "text" and wanted == "date":
            value = self._literal(value, Ref("", FieldType.DATE), node)
        if value.type != wanted:
            raise _Refused(f"{self._named(value)} is no {wanted}", node)
        return value


def _dotted(node: ast.Name | ast.Attribute) -> str:
    """The dotted name of a field; attributes of anything else are refused."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node.value, (ast.Name, ast.Attribute)):
        return f"{_dotted(node.value)}.{node.attr}"
    raise _Refused("Attribute is not part of the language", node)
