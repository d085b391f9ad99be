"""An assessment in words: one sentence for whoever ships, lines that add up for whoever checks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sanctionscreen.fields import FIELDS, FieldType
from sanctionscreen.model import Assessment, Contribution, Evidence, Finding, Outcome, PartyHit, UnknownRule

NOTHING_FOUND = "nothing found on the lists loaded; not an all-clear"

MEASURES = {
    "asset_freeze": "asset freeze",
    "export_licence": "export licence needed",
    "sectoral": "sectoral restrictions",
    "denied": "export privileges denied",
    "unverified": "end user not verified",
    "press": "press report",
    "context": "named in the articles, not accused",
}
_WHERE = {"press": "in press reports", "context": "in the articles"}
_SHOWN_REASONS = 3
_SHOWN_CHARACTERS = 80
_OPERATORS = {
    "eq": "is",
    "ne": "is not",
    "in": "is one of",
    "not_in": "is none of",
    "gt": "is over",
    "gte": "is at least",
    "lt": "is under",
    "lte": "is at most",
    "between": "lies between",
    "prefix": "begins with",
    "suffix": "ends with",
    "keywords": "mentions",
    "contains": "contains",
    "field": "equals",
    "ne_field": "differs from",
    "re": "matches",
}
_QUANTIFIERS = ("any", "all", "none", "count_gte")
_HIT_PARTS = frozenset({"role", "name", "entity_name", "list", "measure", "score"})
_FLOOR = "floor of "


@dataclass(frozen=True, slots=True)
class ContributionLine:
    """One line of the sum that makes the score."""

    tenths: int
    rule: str
    title: str
    note: str = ""
    """Why it adds nothing, where it does not."""


def points(tenths: int) -> str:
    """Tenths of a point as they are printed.

    >>> points(231), points(0)
    ('+23.1', '+0.0')
    """
    return f"+{tenths // 10}.{tenths % 10}"


def score(tenths: int) -> str:
    """A score as it is printed.

    >>> score(1000), score(755)
    ('100.0', '75.5')
    """
    return f"{tenths // 10}.{tenths % 10}"


def headline(assessment: Assessment) -> str:
    """The decision in one sentence, for someone who reads nothing else."""
    subject = f"Row {assessment.row}" if assessment.row else "This shipment"
    decision = assessment.decision
    if decision.outcome is Outcome.NOT_SCREENABLE:
        why = assessment.reasons[-1] if assessment.reasons else "there is nothing on it to compare"
        return f"{subject} could not be screened: {why}."
    if decision.outcome is Outcome.CLEAR and not assessment.findings:
        return f"{subject} is clear: {NOTHING_FOUND}."
    reached = f"score {score(decision.tenths)}"
    if decision.outcome is Outcome.CLEAR:
        return f"{subject} is clear with {reached}, too little for a review but not an all-clear: {_why(assessment)}."
    return f"{subject} comes to {decision.outcome.value} with {reached}: {_why(assessment)}."


def _why(assessment: Assessment) -> str:
    """What counted, in the words of the rules; gates where nothing else did; at last what was found and not counted."""
    findings = {finding.rule: finding for finding in assessment.findings}
    counted = [part.rule for part in assessment.decision.contributions if part.tenths and part.rule in findings]
    said = [_in_short(findings[rule]) for rule in counted] or list(assessment.decision.gates)
    said = said or [f"{finding.title} ({silence(finding) or 'adds nothing'})" for finding in assessment.findings]
    shown = [sentence.strip().rstrip(".") for sentence in said[:_SHOWN_REASONS]]
    more = len(said) - len(shown)
    return "; ".join(shown) + (f"; and {more} more" if more > 0 else "")


def _in_short(finding: Finding) -> str:
    """The finding's title, with the party behind it where there is one."""
    parties = (
        part.matched for part in finding.evidence if part.field in ("party_hits", "address_hits") and part.matched
    )
    first = next(parties, None)
    return f"{finding.title} ({_element(first[0])})" if first else finding.title


def contributions(assessment: Assessment) -> list[ContributionLine]:
    """Every finding and floor with what it added, largest first; the tenths add up to the score."""
    findings = {finding.rule: finding for finding in assessment.findings}
    counted = [_counted(part, findings.get(part.rule)) for part in assessment.decision.contributions]
    named = {line.rule for line in counted}
    silent = [
        ContributionLine(0, finding.rule, finding.title, silence(finding) or "adds nothing")
        for finding in assessment.findings
        if finding.rule not in named
    ]
    return sorted(counted + silent, key=lambda line: -line.tenths)


def _counted(part: Contribution, finding: Finding | None) -> ContributionLine:
    if finding is None:
        rule = part.rule.removeprefix(_FLOOR)
        return ContributionLine(part.tenths, rule, "lifts the score to the floor of its gate")
    note = f"already said by {part.absorbed_by}" if part.absorbed_by else ""
    if not note and not part.tenths:
        note = silence(finding)
    return ContributionLine(part.tenths, part.rule, finding.title, note)


def silence(finding: Finding) -> str:
    """Why a finding does not count; empty when it does."""
    if finding.suppressed_by:
        return f"suppressed by exception {finding.suppressed_by}"
    return "experimental rule, reported without points" if finding.shadow else ""


def hit(found: PartyHit) -> str:
    """A party hit in words: who on the shipment resembles whom, where, and how much."""
    return _resemblance(found.role, found.name, found.entity_name, found.list, found.measure, found.score)


def _resemblance(role: str, name: str, listed: str, list_id: str, measure: str, match_score: float) -> str:
    where = _WHERE.get(list_id, f"on {list_id}")
    meaning = "" if list_id in _WHERE else f" ({MEASURES.get(measure, measure)})"
    return f"{_role(role)} '{name}' ~ '{listed}' {where}{meaning}, match score {match_score:.2f}"


def _role(role: str) -> str:
    return role.replace("_", " ")


def unknown(rule: UnknownRule) -> str:
    """A rule that could not be decided, and for want of what."""
    return f"{rule.rule} ({', '.join(rule.missing)})" if rule.missing else rule.rule


def evidence(part: Evidence) -> str:
    """A condition that held, with the value that made it hold and the list it stands on."""
    return _held(part) + _source(part)


def _held(part: Evidence) -> str:
    if part.operator in _QUANTIFIERS:
        elements = part.matched if part.operator in ("any", "count_gte") else part.value
        return f"{part.field}: {words(part.field, elements)}"
    if part.operator in ("exists", "not exists") and part.value is None:
        return f"{part.field} is empty"
    value = f"{part.field} = {words(part.field, part.value)}"
    if part.matched is None:
        return value
    asked = _OPERATORS.get(part.operator, part.operator)
    return f"{value}, which {asked} {words(part.field, part.matched)}"


def _source(part: Evidence) -> str:
    on = "not on list" if part.operator in ("not_in", "ne") else "list"
    named = f"{on} {part.list_name}" if part.list_name else ""
    shown = ": ".join(text for text in (named, part.citation) if text)
    return f" [{shown}]" if shown else ""


def words(field: str, value: Any) -> str:
    """A value of a field as a person writes it: money in units of the currency, lists with commas."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return _element(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Iterable) and not isinstance(value, (str, bytes)):
        return ", ".join(words(field, held) for held in value) or "none"
    return _plain(in_units(field, value))


def _element(value: Mapping[str, Any]) -> str:
    if value.keys() >= _HIT_PARTS:
        parts = ("role", "name", "entity_name", "list", "measure", "score")
        return _resemblance(*(value[part] for part in parts))
    return " ".join(f"{key} {words('', held)}" for key, held in value.items() if held is not None)


def _plain(value: Any) -> str:
    return f"{value:.15g}" if isinstance(value, float) else shortened(str(value), _SHOWN_CHARACTERS)


def shortened(text: str, length: int) -> str:
    """The beginning of a long text, marked as such.

    >>> shortened("a long cell", 7)
    'a long…'
    """
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def in_units(field: str, value: Any) -> Any:
    """Money from hundredths to units of the currency; anything else as it is.

    >>> in_units("goods.value", 123450), in_units("goods.quantity", 5.0)
    (1234.5, 5.0)
    """
    entry = FIELDS.get(field)
    is_money = entry is not None and entry.type is FieldType.MONEY
    return value / 100 if is_money and isinstance(value, (int, float)) else value
