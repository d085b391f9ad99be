"""The result as JSON lines: one object a shipment line, the same keys in the same order, input cells untouched."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from sanctionscreen.model import Assessment, Evidence, Finding, Fingerprints, PartyHit, Reference, UnknownRule
from sanctionscreen.report.writers import RunFacts
from sanctionscreen.screening import wording
from sanctionscreen.screening.judged_rows import JudgedRows

if TYPE_CHECKING:
    import polars as pl

SCHEMA = "sanctionscreen.assessment/1"
_SCHEMA_FILE = Path(__file__).with_name("assessment.schema.json")


def schema_text() -> str:
    """The JSON Schema of a line, as it is published."""
    return _SCHEMA_FILE.read_text("utf-8")


def jsonl_lines(assessments: Iterable[Assessment]) -> str:
    """One line per assessment, in order; depends on nothing else, so portions may be made in any process."""
    if isinstance(assessments, JudgedRows) and _is_utf8("".join(assessments.headers)):
        return _columns_of(assessments)
    return "".join([line(assessment_object(assessment)) + "\n" for assessment in assessments])


def _columns_of(rows: JudgedRows) -> str:
    """The same lines, column by column; what rows came to is written once for all that came to the same."""
    from sanctionscreen.report import text_columns

    pieces: list[Any] = [f'{{"schema": "{SCHEMA}", "row": ', text_columns.row_numbers(rows), ', "input": {']
    for place, (header, cells) in enumerate(zip(rows.headers, rows.cells, strict=True)):
        pieces.append(f'{", " if place else ""}{_text(header)}: "')
        pieces += [text_columns.written(cells, text_columns.PLAIN_JSON, lambda cell: _text(cell)[1:-1]), '"']
    pieces.append("}, ")
    if rows.shipment_ids is not None:
        pieces.append(_shipments(rows))
    rest = [line(_without_row(assessment_object(one)))[1:] for one in rows.verdicts]
    lines = text_columns.joined([*pieces, text_columns.of_verdicts(rest, rows), "\n"], len(rows))
    return text_columns.with_odd(lines, rows, lambda at: line(assessment_object(rows[at])) + "\n")


def _shipments(rows: JudgedRows) -> pl.Series:
    """What each line says of its shipment; nothing where it has no id."""
    import polars as pl

    from sanctionscreen.report import text_columns

    if rows.shipment_ids is None:
        raise TypeError("rows without shipments")
    ids = rows.shipment_ids.fill_null("")
    words = text_columns.outcome_words(rows)
    said = pl.select(pl.when(words == "").then(pl.lit("null")).otherwise('"' + words + '"')).to_series()
    texts = text_columns.written(ids, text_columns.PLAIN_JSON, lambda text: _text(text)[1:-1])
    found = text_columns.joined(['"shipment": {"id": "', texts, '", "decision": ', said, "}, "], len(rows))
    return pl.select(pl.when(rows.shipment_ids.is_null()).then(pl.lit("")).otherwise(found)).to_series()


def _without_row(value: dict[str, Any]) -> dict[str, Any]:
    return {key: held for key, held in value.items() if key not in ("schema", "row", "input")}


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


class JsonlWriter:
    """JSON lines on a binary stream, as UTF-8."""

    neutralised = 0

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def add(self, assessments: Sequence[Assessment]) -> None:
        self.add_text(jsonl_lines(assessments))

    def add_text(self, text: str) -> None:
        """Lines that `jsonl_lines` made elsewhere."""
        self._stream.write(text.encode())

    def finish(self, facts: RunFacts) -> None:
        """Each line carries its own fingerprints."""

    def close(self) -> None:
        """Nothing is held."""


def line(value: Mapping[str, Any]) -> str:
    """A JSON object on one line: UTF-8 text as it is, no NaN."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(", ", ": "))
    # Half a surrogate pair is no UTF-8; its escape is JSON and brings the cell back as it was.
    return text if text.isascii() or _is_utf8(text) else json.dumps(value, ensure_ascii=True, allow_nan=False)


def _is_utf8(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def assessment_object(assessment: Assessment) -> dict[str, Any]:
    """An assessment as the JSON object of `SCHEMA`."""
    decision = assessment.decision
    added = {part.rule: part.tenths for part in decision.contributions}
    parts: dict[str, Any] = {"schema": SCHEMA, "row": assessment.row, "input": plain(assessment.input)}
    if assessment.shipment_id is not None:
        outcome = assessment.shipment_outcome
        parts["shipment"] = {"id": assessment.shipment_id, "decision": outcome.value if outcome else None}
    return parts | {
        "decision": decision.outcome.value,
        "score": decision.score,
        "reasons": list(assessment.reasons),
        "gates": list(decision.gates),
        "contributions": [
            {"rule": part.rule, "points": part.tenths / 10, "absorbed_by": part.absorbed_by or None}
            for part in decision.contributions
        ],
        "hits": [_hit(found) for found in assessment.hits],
        "address_hits": [_hit(found) for found in assessment.address_hits],
        "findings": [_finding(finding, added.get(finding.rule, 0)) for finding in assessment.findings],
        "unknown": [_unknown(rule) for rule in assessment.unknown],
        "warnings": list(assessment.warnings),
        "quality": dict(assessment.quality),
        "fingerprints": _fingerprints(assessment.fingerprints),
    }


def _hit(found: PartyHit) -> dict[str, Any]:
    return {
        "role": found.role,
        "name": found.name,
        "entity_id": found.entity_id,
        "entity_name": found.entity_name,
        "list": found.list,
        "programme": found.programme,
        "measure": found.measure,
        "status": found.status,
        "score": plain(found.score),
        "evidence": plain(found.evidence),
    }


def _finding(finding: Finding, tenths: int) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "version": finding.version,
        "fingerprint": finding.fingerprint,
        "title": finding.title,
        "why": finding.why,
        "level": finding.level,
        "group": finding.group,
        "weight": plain(finding.weight),
        "contribution": tenths / 10,
        "confidence": plain(finding.confidence),
        "gate": finding.gate or None,
        "suppressed_by": finding.suppressed_by or None,
        "shadow": finding.shadow,
        "evidence": [_evidence(part) for part in finding.evidence],
        "references": [_reference(reference) for reference in finding.references],
    }


def _evidence(part: Evidence) -> dict[str, Any]:
    return {
        "field": part.field,
        "operator": part.operator,
        "value": plain(part.value, part.field),
        "matched": plain(part.matched, part.field),
        "list": part.list_name or None,
        "citation": part.citation or None,
    }


def _reference(reference: Reference) -> dict[str, Any]:
    return {"text": reference.text, "url": reference.url or None, "pin": reference.pin or None}


def _unknown(rule: UnknownRule) -> dict[str, Any]:
    return {"rule": rule.rule, "title": rule.title, "level": rule.level, "missing": list(rule.missing)}


def _fingerprints(held: Fingerprints | None) -> dict[str, Any] | None:
    if held is None:
        return None
    return {
        "lists": held.lists,
        "rules": held.rules,
        "profile": held.profile,
        "code": held.code,
        "as_of": held.as_of.isoformat(),
        **({"stale_lists": list(held.stale_lists)} if held.stale_lists else {}),
    }


def plain(value: Any, field: str = "") -> Any:
    """A value as JSON has it: money in units of the currency, days as text, what is no number as null."""
    if value is None or isinstance(value, (str, bool)):
        return value
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, (int, float)):
        return wording.in_units(field, value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(held) for key, held in value.items()}
    if isinstance(value, (frozenset, set)):
        return sorted(plain(held, field) for held in value)
    return [plain(held, field) for held in value] if isinstance(value, Iterable) else str(value)
