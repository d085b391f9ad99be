"""The terminal: what was found is shown, and nothing that stands in a cell is obeyed."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import replace

import pytest

from builders import finding, listed_party
from report_samples import blocked, clear, rejected
from sanctionscreen.errors import EngineError
from sanctionscreen.model import Assessment, Decision, Hit, NameComparison, NamePart, Outcome
from sanctionscreen.report import catalogues, terminal
from sanctionscreen.report.console import console, printable
from sanctionscreen.report.summary import SHOWN_ALERTS, Tally, counts_line
from sanctionscreen.rules.selftest import RuleTestResult
from sanctionscreen.screening.listed import NameCheck


def tally_of(assessments: Iterable[Assessment]) -> Tally:
    tally = Tally()
    assert all(tally.watch(assessments))
    return tally


def shown_run(tally: Tally, *notes: str) -> str:
    stream = io.StringIO()
    terminal.print_run(console(stream), tally, "out.csv", notes)
    return stream.getvalue()


def said_on_one_line(said: str) -> str:
    return " ".join(said.split())


def test_the_counts_close() -> None:
    """Every row read is clear, review, block or not screenable; a run that lost one is an error of ours."""
    tally = tally_of([clear(), rejected(), blocked()])
    assert counts_line(tally) == "3 rows read = 1 clear + 0 review + 1 block + 1 not screenable"
    tally.close(3)
    with pytest.raises(EngineError, match="4 rows were read but 3 have a decision"):
        tally.close(4)


def test_a_run_says_what_was_found_and_where_it_is() -> None:
    """Alerts, counts, causes of rejects, frequent findings, notes, the meaning of clear, the result."""
    said = shown_run(tally_of([clear(), rejected(), blocked()]), "2 columns were not understood")
    for expected in (
        "4 block 95.0",
        "3 rows read",
        "1 not screenable: the row has 3 cells, the header 2",
        "1 × SYN-PTY-001 Party on an asset-freeze list",
        "Note: 2 columns were not understood",
        "Clear means: nothing found on the lists loaded; not an all-clear.",
        "Result: out.csv",
    ):
        assert expected in said_on_one_line(said)


def test_the_strongest_alerts_are_shown_and_the_rest_counted() -> None:
    """The table is bounded: blocks first, then by score, then by row."""
    weak = [
        clear(row=row, decision=Decision(Outcome.REVIEW, 300 + row % 7), reasons=(f"reason {row}",))
        for row in range(1, 31)
    ]
    tally = tally_of([*weak, blocked(row=99)])
    alerts = tally.alerts()
    assert len(alerts) == SHOWN_ALERTS
    assert [alert.row for alert in alerts[:4]] == [99, 6, 13, 20]
    assert "… and 11 more in out.csv" in shown_run(tally)


def test_an_empty_run_says_so() -> None:
    """Without rows there is nothing that could be called clear."""
    said = shown_run(tally_of([]))
    assert "0 rows read = 0 clear + 0 review + 0 block + 0 not screenable" in said
    assert "Clear means" not in said


@pytest.mark.parametrize(
    "text",
    ["\x1b[2J", "\x1b]8;;http://example.org\x07", "\x9b2J", "\u202egnp.exe", "\u200b", "\x00", "\ud800"],
)
def test_a_name_cannot_repaint_the_screen(text: str) -> None:
    """Control characters, marks of direction and invisible ones are shown as their numbers."""
    assert printable(f"A{text}B").isprintable()
    assert printable("ООО «Пример» 深圳 é") == "ООО «Пример» 深圳 é"


def test_a_name_is_no_markup() -> None:
    """Square brackets and colons are text."""
    said = shown_run(tally_of([blocked(reasons=("[red]A[/red] :smiley: [/]",))]))
    assert "[red]A[/red] :smiley: [/]" in said


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_colour_can_be_turned_off(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """NO_COLOR and a dumb terminal get no colour; another terminal does."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    stream = Terminal()
    terminal.print_run(console(stream), tally_of([blocked()]), "out.csv")
    assert "\x1b[1;31mblock" in stream.getvalue()
    monkeypatch.setenv(name, value)
    stream = Terminal()
    terminal.print_run(console(stream), tally_of([blocked()]), "out.csv")
    assert "\x1b[1;31m" not in stream.getvalue()
    assert "\x1b[3" not in stream.getvalue()


def test_a_name_check_shows_how_its_score_adds_up() -> None:
    """The parts of the comparison stand in a table; without a hit the sentence promises nothing."""
    comparison = NameComparison(0.9, 0.8, (NamePart("vostok", "vostok", "equal", 0.5), NamePart("x", "y", "edit", 0.4)))
    found = NameCheck(Hit("syn-1", "Vostok Synthetic", 0.9, 0.8), listed_party(), comparison)
    stream = io.StringIO()
    terminal.print_name_checks(console(stream), "Wostok", [found])
    terminal.print_name_checks(console(stream), "Nobody", [])
    said = stream.getvalue()
    assert "'Wostok' resembles 1 listed party" in said
    assert "+0.500 vostok vostok equal" in said_on_one_line(said)
    assert "'Nobody': nothing found on the lists loaded; not an all-clear." in said


def test_a_failing_rule_test_says_what_both_evaluators_said() -> None:
    """The rule, the test, what was expected, what came, and the count."""
    good = RuleTestResult("SYN-GDS-001", "a hit", "hit", "hit", "hit", "")
    bad = replace(good, test="a near miss", expected="no_hit", note="both say hit")
    stream = io.StringIO()
    catalogues.print_rule_tests(console(stream), [good, bad])
    assert (
        "SYN-GDS-001 'a near miss': expected no_hit; frames say hit, records say hit. both say hit" in stream.getvalue()
    )
    assert "1 of 2 tests of 1 rules passed" in stream.getvalue()


def test_findings_that_did_not_count_are_counted_as_fired() -> None:
    """Experimental and suppressed findings stay visible in the summary."""
    tally = tally_of([clear(findings=(finding(shadow=True),))])
    assert tally.most_fired() == [("SYN-GDS-001", "SYN-GDS-001", 1)]
