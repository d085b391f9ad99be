"""One rule from its YAML: metadata checked, condition parsed, tests read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping as Map
from collections.abc import Sequence as Seq
from dataclasses import dataclass, field, replace
from pathlib import Path

from sanctionscreen.errors import RuleError, SanctionScreenError, suggestion
from sanctionscreen.fields import FIELDS, Field
from sanctionscreen.model import Reference
from sanctionscreen.profile import JURISDICTIONS, LEVELS
from sanctionscreen.rules.features import Feature
from sanctionscreen.rules.parse import ConditionParser
from sanctionscreen.rules.ruleset import Review, Rule, RuleTest
from sanctionscreen.strict_yaml import Entry, Mapping, Node, Scalar, Sequence

RULE_ID = re.compile(r"^[A-Z]{2,8}(-[A-Z]{2,8})?-\d{3,4}$")
GROUPS = ("party", "goods", "route", "entity", "text", "value", "behaviour", "payment", "documents")
STATUSES = ("experimental", "stable", "deprecated")
GATES = ("review", "block")
MAX_WEIGHT = 95


@dataclass(slots=True)
class Layer:
    """What the rules of one pack are read with."""

    pack: str
    parser: ConditionParser
    faults: list[SanctionScreenError]
    features: Map[str, Feature] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    has_tests: bool = True
    """The tests of its rules were read."""
    paths: Seq[Path] = ()
    """The packs that are loaded together; locks beside them know of removed rules."""

    def reset(self, rule: Rule, settings: Entry) -> Rule:
        """A rule with the settings an override may change: weight, level, status, tags."""
        weight = settings.optional_number("weight", high=MAX_WEIGHT)
        level = settings.choice("level", LEVELS, default=rule.level)
        status = settings.choice("status", STATUSES, default=rule.status)
        tags = settings.texts("tags")
        settings.close()
        return replace(
            rule,
            weight=rule.weight if weight is None else weight,
            level=level,  # type: ignore[arg-type]  # one of LEVELS
            status=status,  # type: ignore[arg-type]  # one of STATUSES
            tags=tags or rule.tags,
        )


def define(node: Node, layer: Layer) -> Rule | None:
    """The rule of a node; None when it has no usable id. Faults are collected in the layer."""
    entry = Entry(node, "rule", layer.faults, RuleError)
    rule_id = entry.text("id")
    if rule_id:
        entry.what = f"rule {rule_id!r}"
    if rule_id and not RULE_ID.match(rule_id):
        entry.fault(f"rule id {rule_id!r} must look like RU-GDS-001", entry.location("id"))
    before = len(layer.faults)
    applies = entry.entry("applies", "applies")
    effective = entry.entry("effective", "effective")
    jurisdictions = _jurisdictions(applies) if applies else frozenset()
    effective_from = effective.optional_day("from") if effective else None
    effective_to = effective.optional_day("to") if effective else None
    for part in (applies, effective):
        if part:
            part.close()
    rule = Rule(
        id=rule_id,
        title=entry.text("title"),
        status=entry.choice("status", STATUSES),  # type: ignore[arg-type]  # one of STATUSES
        version=entry.whole_number("version", low=1, high=9999),
        level=entry.choice("level", LEVELS),  # type: ignore[arg-type]  # one of LEVELS
        group=entry.choice("group", GROUPS),
        weight=entry.number("weight", high=MAX_WEIGHT),
        why=entry.text("why"),
        references=_references(entry),
        when=layer.parser.condition(entry.node("when", required=True), entry.at),
        tests=tuple(_tests(entry, layer.parser.fields)) if layer.has_tests else (),
        pack=layer.pack,
        at=entry.at,
        gate=entry.choice("gate", GATES, default=""),
        jurisdictions=jurisdictions,
        effective_from=effective_from,
        effective_to=effective_to,
        falsepositives=entry.texts("falsepositives"),
        tags=entry.texts("tags"),
        exceptions_allowed=entry.flag("exceptions_allowed", default="gate" not in _keys(node)),
        replaced_by=entry.optional_text("replaced_by") or "",
        reviewed=_review(entry),
        note=entry.optional_text("note") or "",
    )
    for key in ("message", "author", "created", "modified"):
        entry.optional_text(key)
    entry.close()
    if len(layer.faults) == before:
        _check(rule, entry, layer)
    return rule if rule_id else None


def _review(entry: Entry) -> Review | None:
    review = entry.entry("reviewed", "reviewed")
    if review is None:
        return None
    rows, hits, true_hits = (review.whole_number(key, low=0, high=10**12) for key in ("rows", "hits", "true_hits"))
    on, by, file = review.optional_day("date", required=True), review.text("by"), review.optional_text("file") or ""
    if not true_hits <= hits <= rows:
        review.fault(f"of {rows} rows {hits} were hits and {true_hits} true ones; none can be more than the one before")
    review.close()
    return None if on is None else Review(rows, hits, true_hits, on, by, file)


def _jurisdictions(applies: Entry) -> frozenset[str]:
    named = applies.scalars("jurisdictions", required=True)
    for scalar in named:
        if scalar.text not in JURISDICTIONS:
            applies.fault(f"unknown jurisdiction {scalar.text!r}{suggestion(scalar.text, JURISDICTIONS)}", scalar.at)
    return frozenset(scalar.text for scalar in named)


def _keys(node: Node) -> set[str]:
    return set(node.entries) if isinstance(node, Mapping) else set()


def _references(entry: Entry) -> tuple[Reference, ...]:
    found = []
    for item in entry.entries("references", "reference", required=True):
        found.append(Reference(item.text("text"), item.optional_text("url") or "", item.optional_text("pin") or ""))
        item.close()
    if not found:
        entry.fault(f"{entry.what} needs at least one reference")
    return tuple(found)


def _tests(entry: Entry, fields: Map[str, Field]) -> list[RuleTest]:
    found = []
    for item in entry.entries("tests", "test", required=True):
        name, expect = item.text("name"), item.choice("expect", ("hit", "no_hit", "unknown"))
        item.what = f"test {name!r}"
        record = _record(item.items("record", required=True), item, fields)
        history = tuple(
            _record(earlier.entries, item, FIELDS) if isinstance(earlier, Mapping) else _no_record(earlier, item)
            for earlier in item.nodes("history")
        )
        missing = item.texts("missing")
        for field_name in missing:
            if field_name not in fields:
                item.fault(
                    f"unknown field {field_name!r}{suggestion(field_name, list(fields))}", item.location("missing")
                )
        item.close()
        found.append(RuleTest(name, record, expect, item.at, missing, history))  # type: ignore[arg-type]  # one of the three
    return found


def _record(cells: Map[str, Node], test: Entry, fields: Map[str, Field]) -> dict[str, object]:
    return {key: _value(key, value, test, fields) for key, value in cells.items()}


def _no_record(node: Node, test: Entry) -> dict[str, object]:
    test.fault("history is a list of records, each a mapping of fields", node.at)
    return {}


def _value(key: str, node: Node, test: Entry, fields: Map[str, Field]) -> object:
    """A field's value in a test, as a record would bring it: text, a list of texts, or a list of mappings."""
    if key not in fields:
        test.fault(f"unknown field {key!r}{suggestion(key, list(fields))}", node.at)
        return None
    if isinstance(node, Scalar):
        return None if node.is_null else node.text
    if isinstance(node, Sequence):
        if not fields[key].type.is_list:
            test.fault(f"{key!r} is of type {fields[key].type}; it takes one value", node.at)
        return [_value_part(item) for item in node.items]
    test.fault(f"{key!r} is of type {fields[key].type}; it takes no mapping", node.at)
    return None


def _value_part(node: Node) -> object:
    if isinstance(node, Mapping):
        return {key: _value_part(value) for key, value in node.entries.items()}
    if isinstance(node, Scalar):
        return None if node.is_null else node.text
    return [_value_part(item) for item in node.items]


def _check(rule: Rule, entry: Entry, layer: Layer) -> None:
    """What a stable rule must bring, and what no rule may do."""
    expected = {test.expect for test in rule.tests}
    if rule.status == "stable" and layer.has_tests:
        for lacking in sorted({"hit", "no_hit"} - expected):
            entry.fault(f"{entry.what} is stable and needs a test that expects {lacking}", entry.location("tests"))
        if "unknown" not in expected:
            layer.warnings.append(f"{rule.at}: {entry.what} has no test with a missing field (expect: unknown)")
    if rule.status == "deprecated" and not rule.replaced_by:
        entry.fault(f"{entry.what} is deprecated; say which rule replaces it (replaced_by)")
    names = Counter(test.name for test in rule.tests)
    for name in sorted(name for name, times in names.items() if times > 1):
        entry.fault(f"{entry.what} has two tests called {name!r}", entry.location("tests"))
