"""JSON Schema (draft 2020-12) of packs and rule files, for editors: made from the registry and the operator table.

It helps while a rule is written: completion, help on each key, a mark under a slip. `rules check` decides what loads.
The built-in pack's files name the copy in `packs/pack.schema.json`, which `rules schema` writes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sanctionscreen.fields import FIELDS, Field, FieldType
from sanctionscreen.profile import JURISDICTIONS, LEVELS
from sanctionscreen.rules.definition import GATES, GROUPS, MAX_WEIGHT, RULE_ID, STATUSES
from sanctionscreen.rules.expressions import LONGEST
from sanctionscreen.rules.features import AGGREGATES, PREFIX
from sanctionscreen.rules.operators import OPERATORS
from sanctionscreen.rules.pack import SCHEMA
from sanctionscreen.rules.parse import LIST_KINDS

Schema = dict[str, Any]

_WORD: Schema = {"type": ["string", "number"]}
_DAY: Schema = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_FEATURE = rf"^{PREFIX.replace('.', chr(92) + '.')}[a-z_][a-z0-9_]*"
_JOINED = ("all", "any", "none_of")


def schema() -> Schema:
    """One schema for both: a file with the key `pack` is a pack, any other is a rule file."""
    definitions = {**_values(), **_conditions(), "rule": _rule(), "test": _test(), "pack": _pack()}
    definitions |= {"record": _record(), "feature": _feature(), "list": _list(), "override": _override()}
    definitions["exception"] = _exception()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "sanctionscreen rule pack or rule file",
        "if": {"type": "object", "required": ["pack"]},
        "then": {"$ref": "#/$defs/pack"},
        "else": {"$ref": "#/$defs/rule"},
        "$defs": definitions,
    }


def schema_text() -> str:
    """The schema as a file, one definition or condition key a line, so that a change reads well."""
    whole = schema()
    definitions = whole.pop("$defs")
    head = ",\n".join(f" {_line(key)}: {_line(part)}" for key, part in whole.items())
    parts = ",\n".join(_definition(name, definitions[name]) for name in definitions)
    return f'{{\n{head},\n "$defs": {{\n{parts}\n }}\n}}\n'


def _definition(name: str, value: Schema) -> str:
    keys = value.get("properties")
    if not keys:
        return f"  {_line(name)}: {_line(value)}"
    rest = _line({key: part for key, part in value.items() if key != "properties"})[:-1]
    lines = ",\n".join(f"   {_line(key)}: {_line(part)}" for key, part in keys.items())
    return f'  {_line(name)}: {rest}, "properties": {{\n{lines}\n  }}}}'


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _ref(name: str, description: str = "") -> Schema:
    return {"$ref": f"#/$defs/{name}"} | ({"description": description} if description else {})


def _object(properties: Mapping[str, Schema], required: Iterable[str] = (), description: str = "") -> Schema:
    found: Schema = {"type": "object", "additionalProperties": False}
    if description:
        found["description"] = description
    if held := list(required):
        found["required"] = held
    return found | {"properties": dict(properties)}


def _said(kind: Schema, description: str) -> Schema:
    return kind | {"description": description}


def _array(of: Schema, description: str = "", least: int = 0) -> Schema:
    found: Schema = {"type": "array", "items": of}
    if least:
        found["minItems"] = least
    return found | ({"description": description} if description else {})


def _values() -> dict[str, Schema]:
    """What stands behind a key of a condition, by the shape that its operator takes."""
    scalar: Schema = {"type": ["string", "number", "boolean"]}
    many: Schema = {"type": ["string", "number", "boolean", "array"], "items": scalar}
    two: Schema = {"type": ["string", "array"], "items": _WORD, "minItems": 2, "maxItems": 2, "pattern": r"^\$"}
    same: dict[str, Schema] = {
        _same_type(kind): {"enum": [name for name, entry in FIELDS.items() if entry.type is kind]}
        for kind in FieldType
        if not kind.is_list
    }
    return {
        "one": scalar,
        "many": many,
        "two": two,
        "bool": {"type": "boolean"},
        "pattern": {"type": "string", "maxLength": 500},
        **same,
    }


def _conditions() -> dict[str, Schema]:
    """The condition over a line, and one for the elements of each list of items."""
    items = {entry.name: entry for entry in FIELDS.values() if entry.item}
    shapes: dict[str, Mapping[str, FieldType]] = {_item_name(entry): entry.item for entry in items.values()}
    feature = {_FEATURE + _modifiers(FieldType.NUMBER, FieldType.DATE): {"description": "a feature of the pack"}}
    found = {"condition": _condition("condition", FIELDS.values()) | {"patternProperties": feature}}
    found["condition"]["properties"]["expr"] = {
        "type": "string",
        "maxLength": LONGEST,
        "description": "arithmetic over fields, as a condition: days_between(shipment.date, contract.date) < 30",
    }
    for name, parts in shapes.items():
        found[name] = _condition(name, (Field(part, kind, "") for part, kind in parts.items()))
    return found


def _modifiers(*kinds: FieldType) -> str:
    """Optional modifiers of features, as the end of a pattern."""
    names = [name for name, operator in OPERATORS.items() if any(kind in operator.types for kind in kinds)]
    return rf"(\|({'|'.join(names)}))?$"


def _same_type(kind: FieldType) -> str:
    return f"field.{kind}"


def _item_name(entry: Field) -> str:
    return ".".join(["element", *entry.item])


def _condition(own: str, fields: Iterable[Field]) -> Schema:
    keys: dict[str, Schema] = {}
    for entry in fields:
        if not entry.type.is_list:
            keys[entry.name] = _ref("many", _meaning(entry, "is, or is one of"))
        for name, operator in OPERATORS.items():
            if entry.type in operator.types:
                keys[f"{entry.name}|{name}"] = _operand(entry, name, _meaning(entry, operator.words))
    joined = {
        "all": "every one of these holds",
        "any": "at least one of these holds",
        "none_of": "none of these holds",
    }
    for name in _JOINED:
        keys[name] = _array(_ref(own), joined[name], least=1)
    keys["not"] = _ref(own, "this does not hold")
    title = "condition on a line" if own == "condition" else "condition on one element"
    return {"title": title, **_object(keys), "minProperties": 1}


def _meaning(entry: Field, words: str) -> str:
    """Help for a key: what its field is, and what the modifier asks."""
    unit = f", {entry.unit}" if entry.unit else ""
    return f"{entry.meaning} ({entry.type}{unit}): {words}".lstrip()


def _operand(entry: Field, modifier: str, description: str) -> Schema:
    shape = OPERATORS[modifier].shape
    if shape == "field":
        return _ref(_same_type(entry.type), description)
    if shape not in ("where", "counted"):
        held = "many" if shape == "terms" else shape
        return _ref("bool" if entry.type is FieldType.BOOL else held, description)
    element = _ref(_item_name(entry)) if entry.item else _ref("many")
    if shape == "where":
        return element | {"description": description}
    least = {"type": "integer", "minimum": 1, "description": "at least so many elements"}
    return _object({"n": least, "where": element}, ("n", "where"), description)


def _rule() -> Schema:
    reference = _object(
        {
            "text": _said(_WORD, "document with its date"),
            "pin": _said(_WORD, "where in it; the id of the document first: F22, flag 6 of 22: …"),
            "url": {"type": "string", "pattern": "^https?://"},
        },
        ("text",),
    )
    keys: dict[str, Schema] = {
        "id": {"type": "string", "pattern": RULE_ID.pattern, "description": "such as ACME-GDS-001; for ever"},
        "title": _said(_WORD, "what it looks for, in one line"),
        "status": {"enum": list(STATUSES), "description": "experimental rules are reported without points"},
        "version": {"type": "integer", "minimum": 1, "description": "one more with every change of meaning"},
        "level": {"enum": list(LEVELS)},
        "group": {"enum": list(GROUPS), "description": "only the strongest finding of a group counts"},
        "weight": {"type": "number", "minimum": 0, "maximum": MAX_WEIGHT, "description": "points it can add"},
        "why": _said(_WORD, "the reason, in words that a trader understands"),
        "references": _array(reference, "where the sign is published", least=1),
        "when": _ref("condition", "when the rule fires"),
        "tests": _array(_ref("test"), "what must be hit, what must not, what stays unknown"),
        "gate": {"enum": list(GATES), "description": "the decision is never lower; block needs a legal prohibition"},
        "applies": _object({"jurisdictions": _array({"enum": list(JURISDICTIONS)})}, ("jurisdictions",)),
        "effective": _object({"from": _DAY, "to": _DAY}, (), "in force on these days, by the day of the screening"),
        "tags": _array(_WORD, "RF-… names a published red flag"),
        "falsepositives": _array(_WORD, "when it fires and nothing is wrong"),
        "exceptions_allowed": {"type": "boolean", "description": "default: true, false for a rule with a gate"},
        "replaced_by": {"type": "string", "description": "the rule that replaces a deprecated one"},
        "reviewed": _object(
            {
                "rows": {"type": "integer"},
                "hits": {"type": "integer"},
                "true_hits": {"type": "integer"},
                "date": _DAY,
                "by": _WORD,
                "file": _WORD,
            },
            ("rows", "hits", "true_hits", "date", "by"),
            "hits that a person looked at, as `rules stats` counts them; an experiment needs it to become stable",
        ),
        "note": _said(_WORD, "what its keepers should know, such as why it is an experiment again"),
        **dict.fromkeys(("message", "author", "created", "modified"), _WORD),
    }
    return _object(keys, list(keys)[: list(keys).index("gate")])


def _test() -> Schema:
    return _object(
        {
            "name": _WORD,
            "record": _ref("record", "a field left out was not collected; null is an empty cell"),
            "expect": {"enum": ["hit", "no_hit", "unknown"]},
            "missing": _array(_WORD, "the fields that leave it unknown"),
            "history": _array(_ref("record"), "earlier lines, which features see"),
        },
        ("name", "record", "expect"),
    )


def _record() -> Schema:
    keys = {name: {"description": _meaning(entry, "value").removesuffix(": value")} for name, entry in FIELDS.items()}
    return _object(keys) | {"patternProperties": {_FEATURE + "$": {}}}


def _feature() -> Schema:
    scalars = [name for name, entry in FIELDS.items() if not entry.type.is_list]
    days = [name for name, entry in FIELDS.items() if entry.type is FieldType.DATE]
    return _object(
        {
            "meaning": _said(_WORD, "what the number says"),
            "aggregate": {"enum": list(AGGREGATES)},
            "expr": {"type": "string", "maxLength": LONGEST, "description": "computed from fields and other features"},
            "by": _array({"enum": scalars}, "lines that agree in these belong together"),
            "of": {"enum": scalars, "description": "what is counted up"},
            "where": _ref("condition", "which of the lines"),
            "date": {"enum": days, "description": "the day of a line; no later line is looked at"},
            "trailing_days": {"type": "integer", "minimum": 1},
            "lag_days": {
                "type": "integer",
                "minimum": 0,
                "description": "the window ends so many days before the line",
            },
            "at_least": {"type": "integer", "minimum": 1, "description": "fewer lines than this: unknown"},
            "q": {"type": "number", "minimum": 0, "maximum": 1, "description": "for quantile: 0.99"},
        },
        ("meaning",),
        "a number that looks across lines; conditions call it feature.NAME",
    )


def _list() -> Schema:
    return _object(
        {
            "kind": {"enum": list(LIST_KINDS)},
            "values": _array(_WORD),
            "citation": _said(_WORD, 'document and date; "ours: reason" where no source draws the line'),
            "as_of": _WORD,
            "add": _array(_WORD, "to a list that exists"),
            "remove": _array(_WORD, "from a list that exists"),
            "reason": _WORD,
            "approved_by": _WORD,
        },
        (),
        "values that rules use as $name",
    )


def _override() -> Schema:
    settings = _object(
        {
            "weight": {"type": "number", "minimum": 0, "maximum": MAX_WEIGHT},
            "level": {"enum": list(LEVELS)},
            "status": {"enum": list(STATUSES)},
            "tags": _array(_WORD),
        }
    )
    return _object(
        {
            "id": _said(_WORD, "the rule to change"),
            "reason": _WORD,
            "approved_by": _WORD,
            "expect_fingerprint": _said(_WORD, "of the rule that was reviewed; a warning when it has changed since"),
            "disable": {"type": "boolean"},
            "set": settings,
            "and_when": _ref("condition", "the rule fires only if this holds too"),
            "or_when": _ref("condition", "the rule fires also if this holds"),
            "replace_when": _ref("condition"),
        },
        ("id", "reason", "approved_by"),
    )


def _exception() -> Schema:
    keys: dict[str, Schema] = {
        "id": _WORD,
        "rules": _array(_WORD, "whose findings do not count", least=1),
        "when": _ref("condition"),
        "reason": _WORD,
        "approved_by": _WORD,
        "expires": _said(_DAY, "a year from now at most"),
    }
    return _object(keys, keys)


def _pack() -> Schema:
    head = _object(
        {
            "id": {"type": "string", "pattern": "^[a-z][a-z0-9-]{1,40}$"},
            "version": _WORD,
            "extends": _said(_WORD, "the pack below: russia is the built-in one"),
            "title": _WORD,
            "maintainer": _WORD,
            "schema": {"enum": [SCHEMA, int(SCHEMA)]},
            "requires_engine": _said(_WORD, ">=0.1,<1"),
        },
        ("id", "version"),
    )
    return _object(
        {
            "pack": head,
            "lists": {"type": "object", "additionalProperties": _ref("list")},
            "features": {"type": "object", "additionalProperties": _ref("feature")},
            "rules": _array(_ref("rule")),
            "overrides": _array(_ref("override"), "changes to rules of the packs below"),
            "exceptions": _array(_ref("exception"), "findings that do not count, until a day; they stay visible"),
        },
        ("pack",),
    )
