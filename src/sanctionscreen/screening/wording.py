"""Findings, evidence and hits in words: one wording for reasons, tables and files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sanctionscreen.fields import FIELDS, FieldType
from sanctionscreen.model import Decision, Evidence, Finding, PartyHit
from sanctionscreen.rules.operators import OPERATORS

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
_HIT_FIELDS = ("party_hits", "address_hits", "owner_hits")
_QUANTIFIERS = ("any", "all", "none", "count_gte")
_HIT_PARTS = ("role", "name", "entity_name", "list", "programme", "measure", "score")
_SHOWN_CHARACTERS = 80
_SHOWN_VALUES = 6


def reasons(decision: Decision, findings: tuple[Finding, ...], unscreenable: str = "") -> tuple[str, ...]:
    """The decision in sentences: why none could be made, contributions with their values, gates, what did not count."""
    by_rule = {finding.rule: finding for finding in findings}
    said = [unscreenable] if unscreenable else []
    asking = {gate.split()[0].rstrip(":"): gate for gate in decision.gates}
    for line in decision.contributions:
        found = by_rule.get(line.rule)
        if found is None:
            cause = line.rule.removeprefix("floor of ")
            said.append(f"{cause} ({points(line.tenths)} to its floor): {_without_name(asking.pop(cause, ''))}")
        elif line.absorbed_by:
            said.append(f"{line.rule} (+0.0, said by {line.absorbed_by}): {found.title}")
        else:
            said.append(f"{line.rule} ({points(line.tenths)}): {found.title}: {values_behind(found)}")
    said += asking.values()
    counted = {line.rule for line in decision.contributions}
    said += [f"{one.rule} ({silence(one)}): {one.title}" for one in findings if one.rule not in counted]
    return tuple(said)


def _without_name(gate: str) -> str:
    """The reason of a gate, without the id in front of it."""
    return gate.partition(" ")[2] or "a gate asks for it"


def points(tenths: int) -> str:
    """Tenths of a point as they are printed.

    >>> points(231), points(0)
    ('+23.1', '+0.0')
    """
    return f"+{tenths // 10}.{tenths % 10}"


def silence(finding: Finding) -> str:
    """Why a finding does not count; empty when it does."""
    if finding.suppressed_by:
        return f"suppressed by exception {finding.suppressed_by}"
    return "experimental, reported without points" if finding.shadow else ""


def values_behind(finding: Finding) -> str:
    """The values that made a rule fire, in one line."""
    shown = (held(one) for one in finding.evidence if not one.operator.startswith("not "))
    return ", ".join(dict.fromkeys(shown))


def evidence(part: Evidence) -> str:
    """A condition that held, with the value that made it hold and the list it stands on."""
    behind = source(part)
    return held(part) + (f" [{behind}]" if behind else "")


def source(part: Evidence) -> str:
    """The list that a condition stands on and the document behind it; empty where it needs none."""
    on = "not on list" if is_off_list(part) else "list"
    named = f"{on} {part.list_name}" if part.list_name else ""
    return ": ".join(text for text in (named, part.citation) if text)


def is_off_list(part: Evidence) -> bool:
    """The condition asks that a value is not on its list."""
    return part.operator == "not_in" or part.operator.startswith("not ")


def held(part: Evidence, called: str = "") -> str:
    """A condition that held, with the value that made it hold.

    Args:
        called: what to call the field; its name where nothing is given.
    """
    name = called or part.field
    if part.operator in _QUANTIFIERS:
        elements = part.matched if part.operator in ("any", "count_gte") else part.value
        shown = words(part.field, elements)
        return shown if part.field in _HIT_FIELDS and elements else f"{name}: {shown}"
    if part.value is None:
        return f"{name} is empty"
    value = f"{name} = {words(part.field, part.value)}"
    if part.operator.endswith("expr"):
        return f"{value}, in {part.matched}"
    if part.matched is None or part.operator in ("prefix", "in"):
        return value
    asked = OPERATORS[part.operator].words if part.operator in OPERATORS else part.operator
    return f"{value}, which {asked} {words(part.field, part.matched)}"


def hit(found: PartyHit) -> str:
    """A party hit: who on the shipment resembles whom, where, and how much."""
    return resemblance(*(getattr(found, part) for part in _HIT_PARTS))


def resemblance(role: str, name: str, listed: str, list_id: str, programme: str, measure: str, score: float) -> str:
    where = _WHERE.get(list_id, f"on {list_id}" + (f" {programme}" if programme else ""))
    meaning = "" if list_id in _WHERE else f" ({MEASURES.get(measure, measure)})"
    return f"{role.replace('_', ' ')} '{name}' ~ '{listed}' {where}{meaning}, match score {score:.2f}"


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
        return _several([words(field, one) for one in value])
    value = in_units(field, value)
    return f"{value:.15g}" if isinstance(value, float) else shortened(str(value), _SHOWN_CHARACTERS)


def _several(shown: list[str]) -> str:
    more = len(shown) - _SHOWN_VALUES
    return ", ".join(shown[:_SHOWN_VALUES]) + (f" and {more} more" if more > 0 else "") or "none"


def _element(value: Mapping[str, Any]) -> str:
    if value.keys() >= set(_HIT_PARTS):
        return resemblance(*(value[part] for part in _HIT_PARTS))
    return " ".join(f"{key} {words('', part)}" for key, part in value.items() if part is not None)


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
