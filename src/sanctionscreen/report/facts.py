"""What the other commands print with `--json`: plain objects with the same words as the tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from sanctionscreen.model import Fingerprints, Listing, NamedList
from sanctionscreen.report.jsonl_report import assessment_object, plain

if TYPE_CHECKING:
    from sanctionscreen.evidence import EvidenceNode
    from sanctionscreen.rules import Rule, RuleTestResult
    from sanctionscreen.screening import Explanation, NameCheck, NearMiss
    from sanctionscreen.screening.trials import Change
    from sanctionscreen.watchlist.entities import ListInfo


def explanation_object(explanation: Explanation) -> dict[str, Any]:
    """An assessment with why each other rule did not fire, and the single facts that would lower the decision."""
    return {
        **assessment_object(explanation.assessment),
        "near_misses": [_near_miss(near) for near in explanation.near_misses],
        "lower_if": [_change(change) for change in explanation.changes],
    }


def _near_miss(near: NearMiss) -> dict[str, Any]:
    return {
        "rule": near.rule,
        "title": near.title,
        "near": near.is_near,
        "failing": [{"condition": one.condition, "truth": one.truth, "words": one.said} for one in near.failing],
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "decision": change.outcome.value,
        "score": change.tenths / 10,
        "sentence": change.sentence,
        "fact": change.fact,
        "fields": list(change.fields),
        "now": change.now,
        "tried_with": change.tested_with,
    }


def name_check_object(name: str, found: Sequence[NameCheck], fingerprints: Fingerprints) -> dict[str, Any]:
    """Whom a name resembles, with the parts of each match score."""
    return {"name": name, "hits": [_name_hit(check) for check in found], "fingerprints": plain(asdict(fingerprints))}


def _name_hit(check: NameCheck) -> dict[str, Any]:
    hit, party = check.hit, check.party
    return {
        "rank": hit.rank,
        "entity_id": party.id,
        "entity_name": party.name,
        "matched_name": hit.name,
        "kind": party.kind,
        "status": party.status,
        "score": plain(hit.score),
        "evidence": plain(hit.evidence),
        "basis": hit.basis,
        "role": party.role,
        "listings": [_listing(listing) for listing in party.listings],
        "same_as": list(check.same_as),
        "claims": list(party.claims),
        "documents": list(party.documents),
        "comparison": [plain(asdict(part)) for part in check.comparison.explanation],
    }


def _listing(listing: Listing) -> dict[str, Any]:
    return {name: value if value != "" else None for name, value in plain(asdict(listing)).items()}


def lists_object(
    lists: Iterable[ListInfo], named: Iterable[NamedList], fingerprints: Fingerprints, as_of: str
) -> dict[str, Any]:
    """What is loaded, with dates, counts and fingerprints."""
    return {
        "as_of": as_of,
        "lists": [plain(asdict(info)) for info in lists],
        "values": [
            {"name": one.name, "kind": one.kind, "count": len(one.values), "citation": one.citation, "as_of": one.as_of}
            for one in named
        ],
        "fingerprints": plain(asdict(fingerprints)),
    }


def rule_object(rule: Rule, *, in_force: bool) -> dict[str, Any]:
    """A rule without its condition and tests, for catalogues."""
    return {
        "id": rule.id,
        "title": rule.title,
        "status": rule.status,
        "version": rule.version,
        "fingerprint": rule.fingerprint,
        "level": rule.level,
        "group": rule.group,
        "weight": plain(rule.weight),
        "gate": rule.gate or None,
        "why": rule.why,
        "jurisdictions": sorted(rule.jurisdictions),
        "effective": {"from": plain(rule.effective_from), "to": plain(rule.effective_to)},
        "in_force": in_force,
        "pack": rule.pack,
        "tests": len(rule.tests),
        "references": [plain(asdict(reference)) for reference in rule.references],
    }


def rule_test_object(result: RuleTestResult) -> Mapping[str, Any]:
    """One test of a rule, and what both evaluators said."""
    return {**asdict(result), "passed": result.passed}


def evidence_object(node: EvidenceNode) -> dict[str, Any]:
    """A piece of evidence with all that hangs on it."""
    return {
        "id": node.id,
        "kind": node.kind,
        "title": node.title,
        "lines": list(node.lines),
        "children": [evidence_object(child) for child in node.children],
    }
