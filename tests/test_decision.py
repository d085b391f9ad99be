"""Findings into score and outcome."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import finding, profile
from sanctionscreen.decision import decide
from sanctionscreen.model import Finding, Outcome, UnknownRule
from sanctionscreen.profile import ProfileGate

GROUPS = ("party", "goods", "route", "entity")


@st.composite
def findings(draw: st.DrawFn) -> list[Finding]:
    number = draw(st.integers(0, 12))
    return [
        finding(
            f"SYN-GDS-{i:03d}",
            weight=draw(st.integers(0, 95)),
            group=draw(st.sampled_from(GROUPS)),
            confidence=draw(st.floats(0, 1)),
            gate=draw(st.sampled_from(["", "", "", "review", "block"])),
            shadow=draw(st.booleans()),
        )
        for i in range(number)
    ]


def test_the_worked_example_adds_up() -> None:
    """The five hits of the design come to 75.5 points: 23.1 + 19.2 + 19.2 + 14.0, one absorbed."""
    hits = [
        finding("GDS-001", 35),
        finding("GDS-008", 15),
        finding("RTE-001", 30, group="route"),
        finding("DAT-001", 30, group="entity"),
        finding("PTY-003", 50, group="party", confidence=0.46),
    ]
    decision = decide(hits, profile())
    assert decision.score == 75.5
    assert decision.outcome is Outcome.REVIEW
    assert {line.rule: line.tenths for line in decision.contributions} == {
        "GDS-001": 231,
        "GDS-008": 0,
        "RTE-001": 192,
        "DAT-001": 192,
        "PTY-003": 140,
    }
    assert next(line for line in decision.contributions if line.rule == "GDS-008").absorbed_by == "GDS-001"


@given(findings())
def test_contributions_add_up_to_the_score(hits: list[Finding]) -> None:
    """Nothing is hidden: the parts are the score, to the tenth."""
    decision = decide(hits, profile())
    assert decision.tenths == sum(line.tenths for line in decision.contributions)
    assert 0 <= decision.tenths <= 1000


@given(findings(), st.integers(0, 95), st.sampled_from(GROUPS))
def test_evidence_never_lowers_risk(hits: list[Finding], weight: int, group: str) -> None:
    """One more live finding never lowers score or outcome."""
    before = decide(hits, profile())
    after = decide([*hits, finding("ZZZ-999", weight, group=group)], profile())
    assert after.tenths >= before.tenths
    assert after.outcome.rank >= before.outcome.rank


@given(findings(), st.randoms(use_true_random=False))
def test_the_order_of_findings_changes_nothing(hits: list[Finding], chance: random.Random) -> None:
    """The same findings in any order give the same decision."""
    shuffled = list(hits)
    chance.shuffle(shuffled)
    assert decide(shuffled, profile()) == decide(hits, profile())


def test_points_alone_never_block() -> None:
    """Ten heavy findings in ten groups stay at review."""
    hits = [finding(f"SYN-GDS-{i:03d}", 95, group=f"g{i}") for i in range(10)]
    decision = decide(hits, profile())
    assert decision.outcome is Outcome.REVIEW
    assert decision.score == 100.0


def test_a_gate_blocks_and_lifts_the_score_to_its_floor_on_a_line_of_its_own() -> None:
    """A block gate shows its floor as a contribution; the sum stays the score."""
    decision = decide([finding("PTY-001", 10, gate="block", group="party")], profile())
    assert decision.outcome is Outcome.BLOCK
    assert decision.score == 80.0
    assert [(line.rule, line.tenths) for line in decision.contributions] == [
        ("floor of PTY-001", 700),
        ("PTY-001", 100),
    ]


def test_a_suppressed_finding_stays_visible_elsewhere_but_adds_nothing() -> None:
    """With its strongest finding suppressed, a group still counts the next one."""
    hits = [finding("GDS-001", 35, suppressed_by="EX-1"), finding("GDS-008", 15)]
    assert decide(hits, profile()).score == 15.0


def test_an_experimental_finding_adds_nothing() -> None:
    assert decide([finding(weight=95, shadow=True, gate="block")], profile()).outcome is Outcome.CLEAR


@pytest.mark.parametrize(("weight", "outcome"), [(24.9, Outcome.CLEAR), (25, Outcome.REVIEW)])
def test_the_review_threshold_is_inclusive(weight: float, outcome: Outcome) -> None:
    assert decide([finding(weight=weight)], profile()).outcome is outcome


def test_what_could_not_be_compared_is_never_clear() -> None:
    """Not screenable stands above clear and below review."""
    assert decide([], profile(), unscreenable="nothing to compare").outcome is Outcome.NOT_SCREENABLE
    assert decide([finding(weight=40)], profile(), unscreenable="no name").outcome is Outcome.REVIEW


def test_a_critical_rule_left_open_asks_for_a_review() -> None:
    """The profile's gate on unknown critical rules raises a line without points to review, with its gaps named."""
    gate = ProfileGate("G-UNKNOWN", Outcome.REVIEW, "a critical rule is open", if_unknown_level="critical")
    open_rule = UnknownRule("PTY-001", "asset freeze", "critical", ("party_hits",))
    decision = decide([], profile(gates=(gate,)), unknown=[open_rule])
    assert decision.outcome is Outcome.REVIEW
    assert decision.gates == ("G-UNKNOWN: a critical rule is open (missing: party_hits)",)
    assert decide([], profile(gates=(gate,)), unknown=[UnknownRule("X-001", "", "high", ())]).outcome is Outcome.CLEAR


def test_the_curve_is_linear_between_its_points_and_zero_below() -> None:
    curve = profile()
    assert [round(curve.confidence(score), 4) for score in (0.5, 0.7, 0.85, 0.98, 1.0)] == [0.0, 0.0, 0.425, 0.95, 0.97]
