"""The published JSON Schema: every line that is written fits it, and it leaves nothing undescribed."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from builders import ROOT
from report_samples import blocked, clear, rejected
from sanctionscreen import Screener
from sanctionscreen.cli import run
from sanctionscreen.model import Outcome
from sanctionscreen.report.jsonl_report import SCHEMA, JsonlWriter, assessment_object, schema_text

HELD = json.loads(schema_text())
TYPES: dict[str, Any] = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}
KNOWN = frozenset(
    "$schema $id $ref $defs title description type required properties additionalProperties items enum const anyOf"
    " minimum maximum minLength maxLength format".split()
)


def is_of(value: Any, name: str) -> bool:
    """Of a type of JSON; a truth value is no number."""
    if name in ("integer", "number"):
        return not isinstance(value, bool) and isinstance(value, int if name == "integer" else (int, float))
    return isinstance(value, TYPES[name])


def faults(value: Any, schema: dict[str, Any], at: str = "$") -> Iterator[str]:
    """What of a value does not fit a schema: the keywords that ours uses, and no others."""
    assert set(schema) <= KNOWN, f"a keyword that is not checked: {set(schema) - KNOWN}"
    if "$ref" in schema:
        yield from faults(value, HELD["$defs"][schema["$ref"].removeprefix("#/$defs/")], at)
    types = schema.get("type", [])
    if types and not any(is_of(value, name) for name in ([types] if isinstance(types, str) else types)):
        yield f"{at}: {value!r} is no {types}"
        return
    if "const" in schema and value != schema["const"]:
        yield f"{at}: {value!r}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{at}: {value!r}"
    if "anyOf" in schema and all(list(faults(value, one, at)) for one in schema["anyOf"]):
        yield f"{at}: fits none"
    if isinstance(value, (int, float)) and not schema.get("minimum", value) <= value <= schema.get("maximum", value):
        yield f"{at}: {value} is out of bounds"
    if isinstance(value, str):
        yield from _text_faults(value, schema, at)
    if isinstance(value, dict):
        yield from _object_faults(value, schema, at)
    if isinstance(value, list) and "items" in schema:
        for place, part in enumerate(value):
            yield from faults(part, schema["items"], f"{at}[{place}]")


def _text_faults(value: str, schema: dict[str, Any], at: str) -> Iterator[str]:
    if not schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", len(value)):
        yield f"{at}: {len(value)} characters"
    if schema.get("format") == "date" and not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        yield f"{at}: {value!r} is no day"


def _object_faults(value: dict[str, Any], schema: dict[str, Any], at: str) -> Iterator[str]:
    yield from (f"{at}: {key} is missing" for key in schema.get("required", ()) if key not in value)
    described, others = schema.get("properties", {}), schema.get("additionalProperties")
    for key, part in value.items():
        if key in described or others:
            yield from faults(part, described.get(key, others), f"{at}.{key}")
        elif described:
            yield f"{at}.{key}: is not described"


@pytest.fixture(scope="module")
def lines() -> list[dict[str, Any]]:
    """Lines of a real run over the examples, and those that no example has."""
    from sanctionscreen.ingest import open_table

    stream = io.BytesIO()
    writer = JsonlWriter(stream)
    with open_table(ROOT / "examples" / "shipments.csv") as table:
        writer.add(list(Screener.default().screen_table(table).assessments))
    writer.add([clear(), rejected(), blocked(), clear(shipment_id="1", shipment_outcome=Outcome.REVIEW)])
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_every_line_fits_and_no_key_is_undescribed(lines: list[dict[str, Any]]) -> None:
    """The examples and the samples, rejects and rows without a screener among them."""
    assert len(lines) > 100
    assert [fault for line in lines for fault in faults(line, HELD)] == []


def test_the_order_of_keys_is_that_of_the_schema(lines: list[dict[str, Any]]) -> None:
    """Readers of the text find the keys where the schema has them."""
    order = list(HELD["properties"])
    for line in lines:
        assert list(line) == [key for key in order if key in line]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["schema"], "sanctionscreen.assessment/2"),
        (["row"], "1"),
        (["decision"], "approved"),
        (["score"], 100.1),
        (["score"], True),
        (["findings", 0, "level"], "urgent"),
        (["findings", 0, "gate"], "clear"),
        (["hits", 0, "score"], 1.2),
        (["hits", 0, "measure"], "none"),
        (["fingerprints", "as_of"], "22.11.2026"),
        (["fingerprints", "lists"], "short"),
        (["unknown", 0, "missing"], "end_user.name"),
        (["quality"], {"to_order": "no"}),
        (["more"], 1),
    ],
)
def test_a_line_that_differs_does_not_fit(path: list[Any], value: Any) -> None:
    """The schema says more than that a line is an object."""
    changed = deepcopy(assessment_object(blocked()))
    assert list(faults(changed, HELD)) == []
    held: Any = changed
    for key in path[:-1]:
        held = held[key]
    held[path[-1]] = value
    assert list(faults(changed, HELD))


def test_a_key_that_is_missing_is_a_fault() -> None:
    """All keys but the shipment are always there."""
    whole = assessment_object(blocked())
    for key in whole:
        assert list(faults({name: part for name, part in whole.items() if name != key}, HELD)), key


def test_the_schema_names_the_version_of_the_lines() -> None:
    """Its id and its constant are those that each line carries."""
    assert HELD["properties"]["schema"]["const"] == SCHEMA
    assert HELD["$id"] == f"urn:{SCHEMA.replace('.', ':').replace('/', ':')}"


def test_the_command_line_prints_it_and_the_docs_have_it(capfd: pytest.CaptureFixture[str]) -> None:
    """`screen --schema` needs no file; `docs/assessment.schema.json` is the same text (`make docs`)."""
    assert run(["screen", "--schema"]) == 0
    published = (ROOT / "docs" / "assessment.schema.json").read_text("utf-8")
    assert capfd.readouterr().out == schema_text() == published
