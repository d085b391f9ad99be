"""A run as writers get it: rows, layout, and the facts at its end."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from builders import FINGERPRINTS
from report_samples import GOODS, blocked, clear, rejected
from sanctionscreen.errors import Location
from sanctionscreen.model import Assessment, Contribution, Decision, Outcome, Reference
from sanctionscreen.report.summary import Tally
from sanctionscreen.report.writers import Layout, RunFacts, Writer
from sanctionscreen.rules.conditions import All
from sanctionscreen.rules.ruleset import Rule, RuleSet
from sanctionscreen.watchlist.entities import ListInfo

LAYOUT = Layout({"Consignee": "Consignee", "Value": "Value"}, {"Consignee": "consignee.name", "Value": "goods.value"})
LIST = ListInfo("syn-list", "Synthetic list", "Synthetic issuer", "asset_freeze", retrieved=date(2026, 11, 1), count=3)
RULE = Rule(
    id="SYN-GDS-001",
    title="Priority goods",
    status="stable",
    version=2,
    level="high",
    group="goods",
    weight=30,
    why="They are found at the front.",
    references=(Reference("Synthetic alert", "https://example.org/alert", "flag 3"),),
    when=All(()),
    tests=(),
    pack="synthetic",
    at=Location("synthetic.yml"),
    effective_from=date(2023, 5, 19),
)


def reviewed(row: int, name: str = "ACME", **changes: Any) -> Assessment:
    """A row that a person must see, for its goods alone."""
    values: dict[str, Any] = {
        "row": row,
        "decision": Decision(Outcome.REVIEW, 300, (Contribution("SYN-GDS-001", 300),)),
        "reasons": ("SYN-GDS-001 (+30.0): Priority goods",),
        "findings": (GOODS,),
        "input": {"Consignee": name, "Value": "1"},
    }
    return Assessment(**(values | changes))


def rows() -> list[Assessment]:
    return [clear(), rejected(), reviewed(3), blocked(), reviewed(5, "ООО «Пример»")]


def facts(assessments: Iterable[Assessment], **changes: Any) -> RunFacts:
    tally = Tally()
    for _ in tally.watch(assessments):
        pass
    values: dict[str, Any] = {
        "tally": tally,
        "fingerprints": FINGERPRINTS,
        "inputs": ("in/shipments.csv",),
        "lists": (LIST,),
        "rules": RuleSet((RULE,), {}),
        "profile": "synthetic 1",
        "jurisdictions": ("EU",),
        "review_at": 25.0,
        "results": ("out/result.html", "out/result.csv"),
    }
    return RunFacts(**(values | changes))


def finished(writer: Writer, stream: io.BytesIO, assessments: Sequence[Assessment], at_a_time: int = 1000) -> bytes:
    """What a writer leaves on its stream, given so many rows at a time."""
    for start in range(0, len(assessments), at_a_time):
        writer.add(assessments[start : start + at_a_time])
    writer.finish(facts(assessments))
    writer.close()
    return stream.getvalue()
