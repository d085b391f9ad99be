"""The result as JSON lines: one object a shipment line, the same keys in the same order, input cells untouched."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TextIO

from sanctionscreen.model import Assessment, Evidence, Finding, Fingerprints, PartyHit, Reference, UnknownRule
from sanctionscreen.screening import wording

SCHEMA = "sanctionscreen.assessment/1"


def write_jsonl(stream: TextIO, assessments: Iterable[Assessment]) -> int:
    """Write one line per assessment, in order; the number of lines written."""
    count = 0
    for assessment in assessments:
        stream.write(line(assessment_object(assessment)) + "\n")
        count += 1
    return count


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
