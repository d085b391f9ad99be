"""Assessments as the reports get them: one that blocks, one that is clear, one that could not be read."""

from __future__ import annotations

from typing import Any

from builders import FINGERPRINTS, finding
from sanctionscreen.model import (
    Assessment,
    Contribution,
    Decision,
    Evidence,
    Outcome,
    PartyHit,
    Reference,
    UnknownRule,
)

HIT = PartyHit(
    role="consignee",
    name="VOSTOK SYNTETIC ELECTRONICS",
    entity_id="syn-1",
    entity_name="Vostok Synthetic Electronics LLC",
    list="syn-list",
    programme="SYN",
    measure="asset_freeze",
    status="official",
    score=0.97,
    evidence=0.9,
)
PARTY = finding(
    "SYN-PTY-001",
    weight=90,
    title="Party on an asset-freeze list",
    why="Dealing with it is prohibited.",
    level="critical",
    group="party",
    confidence=0.95,
    gate="block",
    evidence=(
        Evidence(
            "party_hits",
            "any",
            (),
            (
                {
                    "role": "consignee",
                    "name": HIT.name,
                    "entity_name": HIT.entity_name,
                    "list": "syn-list",
                    "measure": "asset_freeze",
                    "score": 0.97,
                    "programme": "SYN",
                },
            ),
        ),
    ),
    references=(Reference("Synthetic act", "https://example.org/act", "article 1"),),
)
GOODS = finding("SYN-GDS-001", title="Priority goods", evidence=(Evidence("goods.value", "gt", 250_000, 100_000),))
SHADOW = finding("SYN-TXT-001", title="Vague description", shadow=True)
SUPPRESSED = finding("SYN-RTE-001", title="Transit", suppressed_by="EX-1")

DECISION = Decision(
    Outcome.BLOCK,
    950,
    (
        Contribution("SYN-PTY-001", 700),
        Contribution("floor of SYN-PTY-001", 40),
        Contribution("SYN-GDS-001", 210),
        Contribution("SYN-GDS-002", 0, absorbed_by="SYN-GDS-001"),
    ),
    ("SYN-PTY-001 asks for block: Party on an asset-freeze list",),
)


def blocked(**changes: Any) -> Assessment:
    values: dict[str, Any] = {
        "row": 4,
        "decision": DECISION,
        "reasons": ("SYN-PTY-001 Party on an asset-freeze list",),
        "hits": (HIT,),
        "findings": (PARTY, GOODS, finding("SYN-GDS-002", title="Drone parts"), SHADOW, SUPPRESSED),
        "unknown": (UnknownRule("SYN-DOC-001", "End user missing", "high", ("end_user.name",)),),
        "warnings": ("shipment.date: '31.02.2024' is no day of the calendar",),
        "input": {"Consignee": "VOSTOK SYNTETIC ELECTRONICS", "Value": "2 500,00"},
        "fingerprints": FINGERPRINTS,
    }
    return Assessment(**(values | changes))


def clear(**changes: Any) -> Assessment:
    values: dict[str, Any] = {
        "row": 1,
        "decision": Decision(Outcome.CLEAR, 0),
        "input": {"Consignee": "Synthetic Appliances", "Value": "1"},
    }
    return Assessment(**(values | changes))


def rejected(**changes: Any) -> Assessment:
    reason = "the row has 3 cells, the header 2"
    values: dict[str, Any] = {
        "row": 2,
        "decision": Decision(Outcome.NOT_SCREENABLE, 0),
        "reasons": (reason,),
        "warnings": (reason,),
        "input": {"Consignee": "A", "Value": "1", "cell 3": "left over"},
    }
    return Assessment(**(values | changes))
