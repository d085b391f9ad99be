"""From YAML nodes to conditions: every name, type, operator and value is checked against the field registry."""

from __future__ import annotations

import re
from collections.abc import Collection
from collections.abc import Mapping as Map
from dataclasses import dataclass, field, replace
from typing import Any

from sanctionscreen import values
from sanctionscreen.errors import Location, RuleError, SanctionScreenError, suggestion
from sanctionscreen.fields import FIELDS, Field, FieldType
from sanctionscreen.model import NamedList
from sanctionscreen.rules.conditions import ELEMENT, All, AnyOf, Compare, Condition, Each, Leaf, Not, leaves
from sanctionscreen.rules.expressions import read_condition
from sanctionscreen.rules.operators import MEANT, OPERATORS, comparable, keyword_pattern, pattern_problem
from sanctionscreen.strict_yaml import LONGEST, Mapping, Node, Scalar, Sequence

MAX_DEPTH = 20
MOST_PARTS = 300
"""Comparisons of one condition: a thousand take the frame engine seconds to plan."""
MOST_WORDS = 50_000
"""Characters of all the words of one comparison: from four times as many the engines refuse to search for them."""
_COUNT = re.compile(r"[1-9][0-9]{0,5}$")
_GROUPS = ("all", "any", "none_of", "not")
_ELEMENT_TYPE = {FieldType.COUNTRIES: FieldType.COUNTRY, FieldType.CODES: FieldType.CODE}
_FITTING = {
    "country": {FieldType.COUNTRY},
    "hs": {FieldType.CODE},
    "code": {FieldType.CODE},
    "text": {FieldType.TEXT},
    "number": {FieldType.NUMBER, FieldType.MONEY},
}
LIST_KINDS = tuple(_FITTING)
_HS_FIELDS = ("goods.hs_code", "goods.hs6")


@dataclass(frozen=True, slots=True)
class ConditionParser:
    """Parses conditions against the named lists in force; faults are collected."""

    lists: Map[str, NamedList]
    faults: list[SanctionScreenError]
    fields: Map[str, Field] = field(default_factory=lambda: FIELDS)
    """What conditions may look at: the fields of a record, and the features of the packs."""
    used: set[str] = field(default_factory=set)
    """Names of the lists that some condition used."""
    _read: dict[tuple[str, FieldType], list[Any]] = field(default_factory=dict)
    """The values of named lists as values of a type: many conditions ask for the same."""

    def condition(self, node: Node | None, at: Location) -> Condition:
        """The condition of a mapping; an empty one after a fault was noted."""
        if node is None:
            return All(())
        if not isinstance(node, Mapping):
            return self._no_mapping(node, at)
        found = self._mapping(node, self.fields, 1)
        if (parts := sum(1 for _ in leaves(found))) > MOST_PARTS:
            self._fault(
                f"the condition has {parts:,} comparisons, the limit is {MOST_PARTS}; use a list of values", node.at
            )
        return found

    def read_again(self, condition: Condition, changed: Collection[str]) -> Condition:
        """A condition whose comparisons with changed lists are read anew against the lists of this parser."""
        if isinstance(condition, Leaf):
            if not set(condition.lists) & set(changed):
                return condition
            entry = self.fields.get(condition.field) or Field(condition.field, condition.type, "")
            return self._leaf(entry, condition.operator, condition.source, condition.at, self.fields) or condition
        if isinstance(condition, Compare):
            return condition
        if isinstance(condition, (All, AnyOf)):
            return type(condition)(tuple(self.read_again(child, changed) for child in condition.children))
        if isinstance(condition, Not):
            return Not(self.read_again(condition.child, changed))
        return replace(condition, where=self.read_again(condition.where, changed))

    def _no_mapping(self, node: Node, at: Location) -> Condition:
        self._fault(
            "a condition is a mapping such as `destination.country: [RU, BY]`; lists stand under all, any, none_of",
            node.at or at,
        )
        return All(())

    def _fault(self, problem: str, at: Location) -> None:
        self.faults.append(RuleError(problem if len(problem) <= LONGEST else problem[:LONGEST] + "…", at))

    def _mapping(self, node: Mapping, scope: Map[str, Field], deep: int) -> Condition:
        if deep > MAX_DEPTH:
            self._fault(f"conditions are nested more than {MAX_DEPTH} deep", node.at)
            return All(())
        if not node.entries:
            self._fault("the condition is empty", node.at)
        parts = [self._entry(key, value, node.keys[key], scope, deep) for key, value in node.entries.items()]
        found = tuple(part for part in parts if part is not None)
        return found[0] if len(found) == 1 else All(found)

    def _entry(self, key: str, node: Node, at: Location, scope: Map[str, Field], deep: int) -> Condition | None:
        if key in _GROUPS:
            return self._group(key, node, at, scope, deep)
        if key == "expr" and scope is self.fields:
            return self._expression(node, at)
        name, _, modifier = key.partition("|")
        entry = scope.get(name)
        if entry is None:
            known = list(scope) if scope is self.fields else [*scope, *_GROUPS]
            self._fault(f"unknown field {name!r}{suggestion(name, known)}", at)
            return None
        operator = modifier or self._implied(node)
        if operator not in OPERATORS:
            right = MEANT.get(operator)
            hint = f"; write {name}|{right}" if right else suggestion(operator, self._allowed(entry))
            self._fault(f"unknown modifier {operator!r} on field {name!r}{hint}", at)
            return None
        if entry.type not in OPERATORS[operator].types:
            allowed = ", ".join(self._allowed(entry))
            self._fault(
                f"modifier {operator!r} does not apply to field {name!r} (type {entry.type}); use one of: {allowed}", at
            )
            return None
        if OPERATORS[operator].shape in ("where", "counted"):
            return self._each(entry, operator, node, at, deep)
        return self._leaf(entry, operator, node, at, scope)

    def _expression(self, node: Node, at: Location) -> Condition | None:
        if not isinstance(node, Scalar):
            self._fault("'expr' takes one text, such as \"goods.value / goods.net_weight > 500\"", at)
            return None
        start = node.at._replace(column=node.at.column + node.quoted) if node.at.column is not None else node.at
        return read_condition(node.text, start, self.fields, self.faults)

    @staticmethod
    def _implied(node: Node) -> str:
        return "in" if isinstance(node, Sequence) or (isinstance(node, Scalar) and node.text.startswith("$")) else "eq"

    @staticmethod
    def _allowed(entry: Field) -> list[str]:
        return [name for name, operator in OPERATORS.items() if entry.type in operator.types]

    def _group(self, key: str, node: Node, at: Location, scope: Map[str, Field], deep: int) -> Condition | None:
        if key == "not":
            if isinstance(node, Mapping):
                return Not(self._mapping(node, scope, deep + 1))
            self._fault("'not' takes one mapping", at)
            return None
        if not isinstance(node, Sequence) or not node.items:
            self._fault(f"{key!r} takes a list of mappings", at)
            return None
        children = []
        for item in node.items:
            if isinstance(item, Mapping):
                children.append(self._mapping(item, scope, deep + 1))
            else:
                self._fault(f"{key!r} takes a list of mappings", item.at)
        group = All(tuple(children)) if key == "all" else AnyOf(tuple(children))
        return Not(group) if key == "none_of" else group

    def _each(self, entry: Field, operator: str, node: Node, at: Location, deep: int) -> Condition | None:
        n = 1
        if operator == "count_gte":
            counted = self._counted(node, at)
            if counted is None:
                return None
            n, node = counted
        element = _ELEMENT_TYPE.get(entry.type)
        if element is None:
            if not isinstance(node, Mapping):
                self._fault(f"{entry.name}|{operator} takes a mapping of conditions on one element", at)
                return None
            scope = {part: Field(part, kind, "") for part, kind in entry.item.items()}
            return Each(entry.name, operator, self._mapping(node, scope, deep + 1), at, n)  # type: ignore[arg-type]  # one of the quantifiers by the table
        if isinstance(node, Scalar) and not node.text.startswith("$"):
            node = Sequence(node.at, [node])
        where = self._leaf(Field(ELEMENT, element, ""), "in", node, at, {})
        return None if where is None else Each(entry.name, operator, where, at, n)  # type: ignore[arg-type]  # as above

    def _counted(self, node: Node, at: Location) -> tuple[int, Node] | None:
        parts = dict(node.entries) if isinstance(node, Mapping) else {}
        n, where = parts.pop("n", None), parts.pop("where", None)
        if parts or where is None or not isinstance(n, Scalar) or not _COUNT.match(n.text):
            self._fault("count_gte takes {n: a number from 1, where: a condition}", at)
            return None
        return int(n.text), where

    def _leaf(self, entry: Field, operator: str, node: Node, at: Location, scope: Map[str, Field]) -> Leaf | None:
        before = len(self.faults)
        names: list[str] = []
        operand = self._operand(entry, operator, node, at, names, scope)
        if len(self.faults) > before:
            return None
        return Leaf(entry.name, entry.type, operator, operand, at, node, tuple(names))

    def _operand(
        self, entry: Field, operator: str, node: Node, at: Location, names: list[str], scope: Map[str, Field]
    ) -> Any:
        shape = OPERATORS[operator].shape
        if shape == "bool" or (shape == "one" and entry.type is FieldType.BOOL):
            if isinstance(node, Scalar) and node.text in ("true", "false"):
                return node.text == "true"
            return self._fault(f"{entry.name}|{operator} takes true or false", node.at)
        if shape == "field":
            return self._other_field(entry, node, scope)
        before = len(self.faults)
        found = self._literals(entry, node, names)
        if len(self.faults) > before:
            return None
        if shape == "pattern":
            return self._pattern(entry, found, node)
        if shape == "many":
            return tuple(sorted(set(found), key=str))
        if shape == "terms":
            terms = tuple(sorted({term for term in found if term}))
            if (length := sum(map(len, terms)) + len(terms)) > MOST_WORDS:
                self._fault(
                    f"{entry.name}|{operator}: {length:,} characters of words; the limit is {MOST_WORDS:,}", node.at
                )
            return terms
        wanted = 2 if shape == "two" else 1
        if len(found) != wanted:
            self._fault(
                f"{entry.name}|{operator} takes {'two values' if wanted == 2 else 'one value'}, not {len(found)}",
                node.at,
            )
            return None
        if wanted == 2 and found[0] > found[1]:
            self._fault(f"{entry.name}|between: the lower value stands first", node.at)
        return tuple(found) if wanted == 2 else found[0]

    def _other_field(self, entry: Field, node: Node, scope: Map[str, Field]) -> str | None:
        name = node.text if isinstance(node, Scalar) else ""
        other = scope.get(name)
        if other is None:
            self._fault(f"unknown field {name!r}{suggestion(name, list(scope))}", node.at)
        elif other.type is not entry.type:
            self._fault(f"cannot compare {entry.name!r} ({entry.type}) with {name!r} ({other.type})", node.at)
        return name

    def _pattern(self, entry: Field, found: list[Any], node: Node) -> str | None:
        pattern = node.text if isinstance(node, Scalar) else ""
        problem = pattern_problem(pattern) if isinstance(node, Scalar) else "must be one text"
        if problem:
            self._fault(f"{entry.name}|re: {pattern!r}: {problem}", node.at)
        return pattern

    def _literals(self, entry: Field, node: Node, names: list[str]) -> list[Any]:
        """The typed values of a node, with `$lists` written out."""
        if isinstance(node, Mapping):
            self._fault(
                f"{entry.name or 'the element'} is compared with a value or a list of values, not with a mapping",
                node.at,
            )
            return []
        found: list[Any] = []
        for item in node.items if isinstance(node, Sequence) else [node]:
            if not isinstance(item, Scalar):
                self._fault("a list of values holds only plain values", item.at)
            elif item.text.startswith("$") and not item.quoted:
                found.extend(self._named(item.text[1:], entry, item, names))
            else:
                found.extend(self._literal(entry, item.text, item.at))
        return found

    def _named(self, name: str, entry: Field, item: Scalar, names: list[str]) -> list[Any]:
        named = self.lists.get(name)
        if named is None:
            self._fault(f"unknown list '${name}'{suggestion(name, list(self.lists))}", item.at)
            return []
        fits = entry.type in _FITTING[named.kind] and (named.kind != "hs" or entry.name in (*_HS_FIELDS, ELEMENT))
        if not fits:
            self._fault(f"list '${name}' holds {named.kind} values; {entry.name!r} is of type {entry.type}", item.at)
            return []
        names.append(name)
        self.used.add(name)
        known = self._read.get((name, entry.type))
        if known is None:
            known = [value for text in named.values for value in self._literal(entry, text, item.at)]
            if len(known) == len(named.values):  # every one was read, so there is no fault to say again
                self._read[name, entry.type] = known
        return known

    def _literal(self, entry: Field, text: str, at: Location) -> list[Any]:
        try:
            value = values.read(entry, text)
        except values.Unreadable as bad:
            self._fault(f"{entry.name or 'the list'}: {bad}", at)
            return []
        if value is None:
            self._fault(f"{entry.name}: an empty value is never equal to anything; use |exists: false", at)
            return []
        return [comparable(entry.type, value) if isinstance(value, str) else value]


def pattern_of(leaf: Leaf) -> str:
    """The regular expression of a `keywords` or `re` leaf."""
    return keyword_pattern(leaf.operand) if leaf.operator == "keywords" else str(leaf.operand)
