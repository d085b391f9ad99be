"""Assessments as lines of text that can be read back: what waits on disk until a later pass takes it up again."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from sanctionscreen.errors import EngineError, InputError
from sanctionscreen.model import (
    Assessment,
    Contribution,
    Decision,
    Evidence,
    Finding,
    Fingerprints,
    Outcome,
    PartyHit,
    UnknownRule,
)
from sanctionscreen.rules import Rule, RuleSet

_MARK = "\0"
"""Begins the key of a value that JSON has no type for; no field of ours has such a name."""
_PARTY_HIT = tuple(PartyHit.__dataclass_fields__)


class _Held(NamedTuple):
    """An assessment as one JSON array; what the rules say of a finding is not repeated."""

    row: int
    outcome: str
    tenths: int
    contributions: Sequence[Sequence[Any]]
    gates: Sequence[str]
    reasons: Sequence[str]
    hits: Sequence[Sequence[Any]]
    address_hits: Sequence[Sequence[Any]]
    findings: Sequence[Sequence[Any]]
    unknown: Sequence[Sequence[Any]]
    warnings: Sequence[str]
    shipment_id: str | None
    shipment_outcome: str | None
    headers: Sequence[str]
    cells: Sequence[Any]
    quality: Mapping[str, bool]


def to_line(assessment: Assessment) -> bytes:
    """An assessment as one line of ASCII, with its end."""
    decision = assessment.decision
    held = _Held(
        assessment.row,
        decision.outcome,
        decision.tenths,
        [(one.rule, one.tenths, one.absorbed_by) for one in decision.contributions],
        decision.gates,
        assessment.reasons,
        [_values(hit) for hit in assessment.hits],
        [_values(hit) for hit in assessment.address_hits],
        [
            (one.rule, one.confidence, one.suppressed_by, [_proof(p) for p in one.evidence])
            for one in assessment.findings
        ],
        [(one.rule, one.title, one.level, one.missing) for one in assessment.unknown],
        assessment.warnings,
        assessment.shipment_id,
        assessment.shipment_outcome,
        list(assessment.input.keys()),
        list(assessment.input.values()),
        dict(assessment.quality),
    )
    return _ENCODER.encode(held).encode("ascii") + b"\n"


class SpoolReader:
    """Reads the lines of a screening back; the rules and the profile must be those that it was written with."""

    def __init__(self, rules: RuleSet, weights: Mapping[str, float], fingerprints: Fingerprints) -> None:
        self._findings = {rule.id: _template(rule, weights.get(rule.id, rule.weight)) for rule in rules.rules}
        self._fingerprints = fingerprints

    def __call__(self, line: bytes) -> Assessment:
        """The assessment of a line.

        Raises:
            InputError: the line is damaged, or speaks of a rule that is not in force.
        """
        try:
            held = _Held(*_DECODER.decode(line.decode("ascii")))
            return self._assessment(held)
        except (ValueError, TypeError, KeyError, RecursionError) as bad:
            raise InputError(f"a line that waited on disk is damaged: {line[:60]!r}") from bad

    def _assessment(self, held: _Held) -> Assessment:
        contributions = tuple(Contribution(*one) for one in held.contributions)
        decision = Decision(Outcome(held.outcome), held.tenths, contributions, tuple(held.gates))
        return Assessment(
            row=held.row,
            decision=decision,
            reasons=tuple(held.reasons),
            hits=tuple(PartyHit(*one) for one in held.hits),
            address_hits=tuple(PartyHit(*one) for one in held.address_hits),
            findings=tuple(self._finding(*one) for one in held.findings),
            unknown=tuple(UnknownRule(rule, title, level, tuple(gaps)) for rule, title, level, gaps in held.unknown),
            warnings=tuple(held.warnings),
            shipment_id=held.shipment_id,
            shipment_outcome=None if held.shipment_outcome is None else Outcome(held.shipment_outcome),
            input=dict(zip(held.headers, held.cells, strict=True)),
            fingerprints=self._fingerprints,
            quality=held.quality,
        )

    def _finding(self, rule: str, confidence: float, suppressed_by: str, proofs: Sequence[Sequence[Any]]) -> Finding:
        shown = tuple(Evidence(p[0], p[1], _frozen(p[2]), _frozen(p[3]), p[4], p[5]) for p in proofs)
        return replace(self._findings[rule], confidence=confidence, suppressed_by=suppressed_by, evidence=shown)


def _template(rule: Rule, weight: float) -> Finding:
    return Finding(
        rule=rule.id,
        version=rule.version,
        fingerprint=rule.fingerprint,
        title=rule.title,
        why=rule.why,
        level=rule.level,
        group=rule.group,
        weight=weight,
        gate=rule.gate,
        shadow=rule.status == "experimental",
        references=rule.references,
    )


def _values(hit: PartyHit) -> list[Any]:
    return [getattr(hit, name) for name in _PARTY_HIT]


def _found(one: Finding) -> tuple[Any, ...]:
    return one.rule, one.confidence, one.suppressed_by, [_proof(part) for part in one.evidence]


def _proof(part: Evidence) -> tuple[Any, ...]:
    return part.field, part.operator, part.value, part.matched, part.list_name, part.citation


def _marked(value: object) -> dict[str, Any]:
    """What JSON has no type for, as an object with one key."""
    if isinstance(value, date):
        return {f"{_MARK}day": value.isoformat()}
    if isinstance(value, Decimal):
        return {f"{_MARK}decimal": str(value)}
    if isinstance(value, (frozenset, set)):
        return {f"{_MARK}set": sorted(value, key=repr)}
    if isinstance(value, Mapping):
        return dict(value)
    raise EngineError(f"a value of type {type(value).__name__} cannot wait on disk")


def _unmarked(found: dict[str, Any]) -> Any:
    if len(found) != 1 or not (key := next(iter(found))).startswith(_MARK):
        return found
    value = found[key]
    if key == f"{_MARK}day":
        return date.fromisoformat(value)
    return Decimal(value) if key == f"{_MARK}decimal" else frozenset(_frozen(value))


def _frozen(value: Any) -> Any:
    """Evidence holds its sequences as tuples; JSON has them as arrays."""
    if isinstance(value, list):
        return tuple(_frozen(one) for one in value)
    if isinstance(value, dict):
        return {key: _frozen(one) for key, one in value.items()}
    return value


_ENCODER = json.JSONEncoder(check_circular=False, separators=(",", ":"), default=_marked)
_DECODER = json.JSONDecoder(object_hook=_unmarked)
