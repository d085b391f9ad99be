"""One wording of findings, evidence and hits for reasons, tables and files."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from builders import finding
from report_samples import HIT
from sanctionscreen.model import Contribution, Decision, Evidence, Outcome
from sanctionscreen.screening import wording


def test_reasons_say_what_counted_what_was_absorbed_and_what_did_not_count() -> None:
    """Each contribution with its points and values, then gates, then suppressed and experimental findings."""
    shown = (Evidence("goods.chpl_tier", "in", "1"), Evidence("destination.country", "in", "KZ"))
    found = (
        finding("SYN-GDS-001", evidence=shown, title="Priority goods to a hub"),
        finding("SYN-GDS-002", title="The same again"),
        finding("SYN-RTE-001", title="Rerouted", suppressed_by="EX-1"),
    )
    lines = (
        Contribution("floor of G-1", 50),
        Contribution("SYN-GDS-001", 300),
        Contribution("SYN-GDS-002", 0, "SYN-GDS-001"),
    )
    assert wording.reasons(Decision(Outcome.REVIEW, 350, lines, ("G-1: a reason",)), found) == (
        "G-1 (+5.0 to its floor): a reason",
        "SYN-GDS-001 (+30.0): Priority goods to a hub: goods.chpl_tier = 1, destination.country = KZ",
        "SYN-GDS-002 (+0.0, said by SYN-GDS-001): The same again",
        "SYN-RTE-001 (suppressed by exception EX-1): Rerouted",
    )


def test_a_line_that_could_not_be_screened_says_why_first() -> None:
    assert wording.reasons(Decision(Outcome.NOT_SCREENABLE, 0), (), "nothing to compare") == ("nothing to compare",)


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (Evidence("goods.chpl_tier", "in", "1"), "goods.chpl_tier = 1"),
        (Evidence("goods.value", "gt", 250_000, 100_000), "goods.value = 2500, which is more than 1000"),
        (
            Evidence("goods.quantity", "gte", 5000.0, 1000.0, "ours.many", "ours: a reason"),
            "goods.quantity = 5000, which is at least 1000 [list ours.many: ours: a reason]",
        ),
        (
            Evidence("destination.country", "not_in", "KZ", None, "geo.coalition", "act"),
            "destination.country = KZ [not on list geo.coalition: act]",
        ),
        (Evidence("end_user.name", "exists", None), "end_user.name is empty"),
        (Evidence("end_user.name", "exists", "A"), "end_user.name = A"),
        (
            Evidence("goods.description", "keywords", "airsoft helmets", "helmets"),
            "goods.description = airsoft helmets, which has the words helmets",
        ),
        (
            Evidence("payer.country", "ne_field", "AE", "buyer.country"),
            "payer.country = AE, which differs from buyer.country",
        ),
        (
            Evidence("transit.countries", "any", ("KZ", "RU"), ("RU",), "geo.embargo", "act"),
            "transit.countries: RU [list geo.embargo: act]",
        ),
        (Evidence("party_hits", "none", ()), "party_hits: none"),
        (
            Evidence("consignee.incorporation_date", "gt", date(2023, 1, 9), date(2022, 2, 24)),
            "consignee.incorporation_date = 2023-01-09, which is more than 2022-02-24",
        ),
        (Evidence("contract.no_reexport_clause", "eq", False), "contract.no_reexport_clause = no"),
        (
            Evidence("consignee.owners", "any", (), ({"name": "A", "share": 51.0, "country": None},)),
            "consignee.owners: name A share 51",
        ),
    ],
)
def test_evidence_in_words(part: Evidence, expected: str) -> None:
    """The field, what stood there, what of the rule it met, and the list behind it; money in units."""
    assert wording.evidence(part) == expected


def test_a_hit_in_words() -> None:
    """Who resembles whom, on which list, what that means, and how much."""
    assert wording.hit(HIT) == (
        "consignee 'VOSTOK SYNTETIC ELECTRONICS' ~ 'Vostok Synthetic Electronics LLC' "
        "on syn-list SYN (asset freeze), match score 0.97"
    )


@pytest.mark.parametrize(("list_id", "where"), [("press", "in press reports"), ("context", "in the articles")])
def test_press_and_context_are_no_lists(list_id: str, where: str) -> None:
    """A name from the articles is never said to stand on a list."""
    said = wording.hit(replace(HIT, list=list_id, measure=list_id))
    assert f" {where}, match score" in said
    assert " on " not in said


@pytest.mark.parametrize(
    ("value", "expected"),
    [("x" * 200, "x" * 79 + "…"), (None, "nothing"), (1e6, "1000000"), ((), "none"), (True, "yes")],
)
def test_values_in_words(value: Any, expected: str) -> None:
    """Long cells are cut, numbers are written out."""
    assert wording.words("goods.description", value) == expected
