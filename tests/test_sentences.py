"""Words: a sentence for whoever ships, and lines that add up for whoever checks."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from builders import finding
from report_samples import HIT, blocked, clear, rejected
from sanctionscreen.model import Assessment, Contribution, Decision, Evidence, Outcome, UnknownRule
from sanctionscreen.report import sentences

WEAK = clear(
    decision=Decision(Outcome.CLEAR, 150, (Contribution("SYN-GDS-001", 150),)),
    findings=(finding(title="Priority goods"),),
)
GATED = clear(
    decision=Decision(Outcome.REVIEW, 250, (Contribution("floor of G-1", 250),), ("G-1: a critical rule is open",)),
)


@pytest.mark.parametrize(
    ("assessment", "expected"),
    [
        (clear(), "Row 1 is clear: nothing found on the lists loaded; not an all-clear."),
        (rejected(), "Row 2 could not be screened: the row has 3 cells, the header 2."),
        (WEAK, "Row 1 is clear with score 15.0, too little for a review but not an all-clear: Priority goods."),
        (GATED, "Row 1 comes to review with score 25.0: G-1: a critical rule is open."),
        (
            blocked(),
            "Row 4 comes to block with score 95.0: Party on an asset-freeze list (consignee 'VOSTOK SYNTETIC "
            "ELECTRONICS' ~ 'Vostok Synthetic Electronics LLC' on syn-list (asset freeze), match score 0.97); "
            "Priority goods.",
        ),
    ],
)
def test_the_decision_in_one_sentence(assessment: Assessment, expected: str) -> None:
    """The outcome, the score where there is one, and what counted."""
    assert sentences.headline(assessment) == expected


def test_no_sentence_approves_anything() -> None:
    """A clean result is never called more than it is."""
    said = " ".join(sentences.headline(one) for one in (clear(), WEAK, GATED, rejected(), blocked())).casefold()
    assert not any(word in said for word in ("approved", "safe", "cleared", "no risk"))


def test_the_lines_add_up_to_the_score() -> None:
    """Findings, floors, absorbed, suppressed and experimental ones: all are shown, and their sum is the score."""
    lines = sentences.contributions(blocked())
    assert sum(line.tenths for line in lines) == blocked().decision.tenths
    assert [(line.rule, sentences.points(line.tenths), line.note) for line in lines] == [
        ("SYN-PTY-001", "+70.0", ""),
        ("SYN-GDS-001", "+21.0", ""),
        ("SYN-PTY-001", "+4.0", ""),
        ("SYN-GDS-002", "+0.0", "already said by SYN-GDS-001"),
        ("SYN-TXT-001", "+0.0", "experimental rule, reported without points"),
        ("SYN-RTE-001", "+0.0", "suppressed by exception EX-1"),
    ]


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (Evidence("goods.chpl_tier", "in", "1"), "goods.chpl_tier = 1"),
        (Evidence("goods.value", "gt", 250_000, 100_000), "goods.value = 2500, which is over 1000"),
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
            "goods.description = airsoft helmets, which mentions helmets",
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
            "consignee.incorporation_date = 2023-01-09, which is over 2022-02-24",
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
    assert sentences.evidence(part) == expected


def test_a_hit_in_words() -> None:
    """Who resembles whom, on which list, what that means, and how much."""
    assert sentences.hit(HIT) == (
        "consignee 'VOSTOK SYNTETIC ELECTRONICS' ~ 'Vostok Synthetic Electronics LLC' "
        "on syn-list (asset freeze), match score 0.97"
    )


@pytest.mark.parametrize(("list_id", "where"), [("press", "in press reports"), ("context", "in the articles")])
def test_press_and_context_are_no_lists(list_id: str, where: str) -> None:
    """A name from the articles is never said to stand on a list."""
    from dataclasses import replace

    said = sentences.hit(replace(HIT, list=list_id, measure=list_id))
    assert f" {where}, match score" in said
    assert " on " not in said


def test_what_is_not_known_names_what_was_missing() -> None:
    """The rule, and the fields that were empty or unreadable."""
    assert sentences.unknown(UnknownRule("A-001", "t", "low", ("x", "y"))) == "A-001 (x, y)"


@pytest.mark.parametrize(
    ("value", "expected"),
    [("x" * 200, "x" * 79 + "…"), (None, "nothing"), (1e6, "1000000"), ((), "none"), (True, "yes")],
)
def test_values_in_words(value: Any, expected: str) -> None:
    """Long cells are cut, numbers are written out."""
    assert sentences.words("goods.description", value) == expected
