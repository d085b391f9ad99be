"""Words: a sentence for whoever ships, and lines that add up for whoever checks."""

from __future__ import annotations

import pytest

from builders import finding
from report_samples import blocked, clear, rejected
from sanctionscreen.model import Assessment, Contribution, Decision, Outcome, UnknownRule
from sanctionscreen.report import sentences
from sanctionscreen.screening.wording import points

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
            "ELECTRONICS' ~ 'Vostok Synthetic Electronics LLC' on syn-list SYN (asset freeze), match score 0.97); "
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
    assert [(line.rule, points(line.tenths), line.note) for line in lines] == [
        ("SYN-PTY-001", "+70.0", ""),
        ("SYN-GDS-001", "+21.0", ""),
        ("SYN-PTY-001", "+4.0", ""),
        ("SYN-GDS-002", "+0.0", "already said by SYN-GDS-001"),
        ("SYN-TXT-001", "+0.0", "experimental, reported without points"),
        ("SYN-RTE-001", "+0.0", "suppressed by exception EX-1"),
    ]


def test_what_is_not_known_names_what_was_missing() -> None:
    """The rule, and the fields that were empty or unreadable."""
    assert sentences.unknown(UnknownRule("A-001", "t", "low", ("x", "y"))) == "A-001 (x, y)"
