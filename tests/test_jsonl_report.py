"""JSON lines: one schema, one order of keys, the input untouched, and a sum that closes."""

from __future__ import annotations

import io
import json
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from report_samples import blocked, clear, rejected
from sanctionscreen.model import Assessment, Outcome
from sanctionscreen.report.jsonl_report import SCHEMA, JsonlWriter, assessment_object, plain

KEYS = [
    "schema",
    "row",
    "input",
    "decision",
    "score",
    "reasons",
    "hits",
    "findings",
    "unknown",
    "warnings",
    "fingerprints",
]


def text_of(*assessments: Assessment) -> bytes:
    stream = io.BytesIO()
    writer = JsonlWriter(stream)
    writer.add(assessments)
    return stream.getvalue()


def written(*assessments: Assessment) -> list[dict[str, Any]]:
    lines = text_of(*assessments).split(b"\n")
    assert lines.pop() == b""
    assert len(lines) == len(assessments)
    return [json.loads(line) for line in lines]


def test_the_keys_of_the_contract_stand_in_its_order() -> None:
    """More keys may stand between them; these are always there."""
    for found in written(clear(), rejected(), blocked()):
        assert found["schema"] == SCHEMA == "sanctionscreen.assessment/1"
        assert [key for key in found if key in KEYS] == KEYS


def test_contributions_add_up_to_the_score() -> None:
    """Floors of gates and absorbed findings included, the points are the score, to the tenth."""
    (found,) = written(blocked())
    assert sum(Decimal(str(part["points"])) for part in found["contributions"]) == Decimal(str(found["score"])) == 95
    points = {finding["rule"]: finding["contribution"] for finding in found["findings"]}
    assert points == {
        "SYN-PTY-001": 70.0,
        "SYN-GDS-001": 21.0,
        "SYN-GDS-002": 0.0,
        "SYN-TXT-001": 0.0,
        "SYN-RTE-001": 0.0,
    }


def test_a_finding_carries_its_proof() -> None:
    """Rule, version, fingerprint, evidence and references are there, and why it does not count."""
    (found,) = written(blocked())
    party, goods, _, shadow, suppressed = found["findings"]
    assert party["references"] == [{"text": "Synthetic act", "url": "https://example.org/act", "pin": "article 1"}]
    assert party["evidence"][0]["matched"][0]["entity_name"] == "Vostok Synthetic Electronics LLC"
    assert (party["version"], party["confidence"], party["gate"]) == (1, 0.95, "block")
    assert goods["evidence"][0] == {
        "field": "goods.value",
        "operator": "gt",
        "value": 2500.0,
        "matched": 1000.0,
        "list": None,
        "citation": None,
    }
    assert (shadow["shadow"], suppressed["suppressed_by"]) == (True, "EX-1")
    assert found["unknown"] == [
        {"rule": "SYN-DOC-001", "title": "End user missing", "level": "high", "missing": ["end_user.name"]}
    ]


def test_a_rejected_row_is_there_with_its_reason() -> None:
    """It keeps its row number, its cells and says why it was not screened."""
    (found,) = written(rejected())
    assert (found["row"], found["decision"], found["input"]["cell 3"]) == (2, "not_screenable", "left over")
    assert found["reasons"] == ["the row has 3 cells, the header 2"]


def test_the_shipment_is_named_when_it_is_known() -> None:
    """A line without a shipment id has no such key."""
    (first, second) = written(clear(shipment_id="0042", shipment_outcome=Outcome.REVIEW), clear())
    assert first["shipment"] == {"id": "0042", "decision": "review"}
    assert "shipment" not in second


def test_text_is_written_as_it_is() -> None:
    """Cyrillic and Chinese stay readable, without escapes."""
    assert '{"имя": "深圳"}' in text_of(clear(input={"имя": "深圳"})).decode()


@given(st.dictionaries(st.text(max_size=5), st.text(max_size=20), max_size=4))
def test_input_cells_come_back_as_they_were(cells: dict[str, str]) -> None:
    """Whatever a cell holds (quotes, NUL, line separators, half a surrogate pair), reading the line gives it back."""
    assert json.loads(text_of(clear(input=cells)))["input"] == cells


def test_what_is_no_number_is_null() -> None:
    """JSON has neither NaN nor infinity; sets have an order."""
    assert plain({"a": float("nan"), "b": (float("inf"), 1.5)}) == {"a": None, "b": [None, 1.5]}
    assert plain(frozenset({"b", "a"})) == ["a", "b"]


def test_the_object_is_plain() -> None:
    """The same object serves `explain --json`."""
    assert json.loads(json.dumps(assessment_object(blocked()), allow_nan=False)) == assessment_object(blocked())
