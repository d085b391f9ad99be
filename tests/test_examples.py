"""The example files: what each row must give and why, a plain extract, own rules, an own list, the library script."""

from __future__ import annotations

import csv
import runpy
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from sanctionscreen import Screener
from sanctionscreen.ingest import open_table
from sanctionscreen.model import Assessment, Finding, Outcome
from sanctionscreen.rules import Rule, run_tests
from sanctionscreen.screening.run import Run
from sanctionscreen.watchlist.entities import load_entities

EXAMPLES = Path(__file__).parents[1] / "examples"
AS_OF = date(2026, 11, 22)
OWN_LISTS = {"": (), "my_list.yml": (EXAMPLES / "my_list.yml",)}
EXTRACT_ALERTS = {
    14: Outcome.BLOCK,  # the listed maker of ammunition as consignee
    26: Outcome.BLOCK,  # microcontrollers to Russia
    37: Outcome.REVIEW,  # rifles to Russia
}
"""The rows of the customs extract that must alert; all others are ordinary trade."""


@dataclass(frozen=True, slots=True)
class Expected:
    """A line of expected.csv, or of deliveries_expected.csv."""

    row: int
    invoice: str
    decision: Outcome
    must_find: frozenset[str]
    must_not_find: frozenset[str]
    lists: str
    """The own list that the row is screened with, beside the built-in ones."""
    why: str


def _expected(file: str) -> list[Expected]:
    with (EXAMPLES / file).open(encoding="utf-8", newline="") as opened:
        return [
            Expected(
                int(line["row"]),
                line["invoice"],
                Outcome(line["decision"]),
                frozenset(line["must_find"].split()),
                frozenset(line["must_not_find"].split()),
                line["lists"],
                line["why"],
            )
            for line in csv.DictReader(opened)
        ]


EXPECTED = _expected("expected.csv")
DELIVERIES = _expected("deliveries_expected.csv")


def _screener(own_list: str = "", packs: tuple[Path, ...] = (), as_of: date = AS_OF) -> Screener:
    return Screener.build(watchlists=OWN_LISTS[own_list], packs=packs, as_of=as_of)


def _screened(screener: Screener, file: str) -> tuple[Run, list[Assessment]]:
    with open_table(EXAMPLES / file) as table:
        run = screener.screen_table(table)
        return run, list(run.assessments)


@pytest.fixture(scope="module")
def built_in() -> Screener:
    return _screener()


@pytest.fixture(scope="module")
def own_rules() -> Screener:
    return _screener(packs=(EXAMPLES / "my_rules.yml",))


@pytest.fixture(scope="module")
def assessed(built_in: Screener) -> dict[str, list[Assessment]]:
    """The assessments of shipments.csv by the own list they were screened with."""
    with_own = {name: _screener(name) for name in OWN_LISTS if name}
    return {name: _screened(one, "shipments.csv")[1] for name, one in {"": built_in, **with_own}.items()}


@pytest.fixture(scope="module")
def deliveries(built_in: Screener) -> list[Assessment]:
    return _screened(built_in, "deliveries.csv")[1]


@pytest.fixture(scope="module")
def extract(built_in: Screener) -> tuple[Run, list[Assessment]]:
    return _screened(built_in, "customs_extract.csv")


def _found(assessment: Assessment) -> set[str]:
    return {finding.rule for finding in assessment.findings}


def _finding(assessment: Assessment, rule: str) -> Finding:
    return next(finding for finding in assessment.findings if finding.rule == rule)


# shipments.csv


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda one: f"row{one.row}")
def test_a_row_gives_what_it_must(expected: Expected, assessed: dict[str, list[Assessment]]) -> None:
    """Decision, rules that fire and rules that stay silent, as expected.csv says and explains."""
    assessment = assessed[expected.lists][expected.row - 1]
    assert expected.must_find - _found(assessment) == set(), expected.why
    assert expected.must_not_find & _found(assessment) == set(), expected.why
    assert assessment.decision.outcome == expected.decision, expected.why


def test_every_row_has_its_expectation_in_its_place(assessed: dict[str, list[Assessment]]) -> None:
    rows = [(one.row, one.input["Invoice No"]) for one in assessed[""]]
    assert [(expected.row, expected.invoice) for expected in EXPECTED] == rows
    assert len(rows) >= 80


def test_every_expectation_names_rules_that_exist_and_says_why(built_in: Screener) -> None:
    known = {rule.id for rule in built_in.rules.rules}
    both = EXPECTED + DELIVERIES
    named = {rule for expected in both for rule in expected.must_find | expected.must_not_find}
    assert named - known == set()
    assert all(expected.why and not expected.must_find & expected.must_not_find for expected in both)


def test_every_stable_rule_has_a_row_that_alerts_and_a_near_miss(built_in: Screener) -> None:
    stable = {rule.id for rule in built_in.rules.rules if rule.status == "stable"}
    assert stable - {rule for expected in EXPECTED + DELIVERIES for rule in expected.must_find} == set()
    assert stable - {rule for expected in EXPECTED + DELIVERIES for rule in expected.must_not_find} == set()


def test_every_column_but_the_remarks_is_a_field() -> None:
    with open_table(EXAMPLES / "shipments.csv") as table:
        assert table.unmapped == ("Remarks",)


def test_the_counts_close(built_in: Screener) -> None:
    """Read = clear + review + block + not screenable, and every kind of decision occurs."""
    run, assessments = _screened(built_in, "shipments.csv")
    assert run.read == len(assessments) == sum(run.counts.values())
    assert set(run.counts) == set(Outcome)


def test_lines_of_one_shipment_share_the_highest_decision(assessed: dict[str, list[Assessment]]) -> None:
    lines = [one for one in assessed[""] if one.shipment_id == "EX-2001"]
    assert [one.decision.outcome for one in lines] == [Outcome.BLOCK, Outcome.CLEAR]
    assert {one.shipment_outcome for one in lines} == {Outcome.BLOCK}


@pytest.mark.parametrize(
    ("column", "cell", "warning"),
    [
        ("Consignee", "АО «Тeхкpим»", "mixes look-alike letters"),
        ("Consignee", "TECH\u200bCRIM JOINT STOCK COMPANY", "invisible characters"),
        ("Consignee", "???", "nothing is left to compare"),
        ("Destination", "Freedonia", "is no country"),
        ("Quantity", "-40", "is negative"),
        ("Date", "31.02.2026", "is no day of the calendar"),
    ],
)
def test_a_bad_cell_is_warned_of_and_costs_only_itself(
    column: str, cell: str, warning: str, assessed: dict[str, list[Assessment]]
) -> None:
    said = [" ".join(one.warnings) for one in assessed[""] if one.input[column] == cell]
    assert said
    assert all(warning in words for words in said)


def test_countries_are_read_in_the_languages_of_the_file(assessed: dict[str, list[Assessment]]) -> None:
    """A country in German, Chinese or Russian is a country."""
    written = {"Österreich", "日本", "Польша", "Russia"}
    rows = [one for one in assessed[""] if written & {str(cell) for cell in one.input.values()}]
    assert len(rows) == len(written)
    assert [warning for one in rows for warning in one.warnings if "is no country" in warning] == []


# deliveries.csv: five years of one customer file, in which earlier lines say something of later ones


@pytest.mark.parametrize("expected", DELIVERIES, ids=lambda one: f"row{one.row}")
def test_a_delivery_gives_what_it_must(expected: Expected, deliveries: list[Assessment]) -> None:
    """Decision, rules that fire and rules that stay silent, as deliveries_expected.csv says and explains."""
    assessment = deliveries[expected.row - 1]
    assert assessment.input["Invoice No"] == expected.invoice
    assert expected.must_find - _found(assessment) == set(), expected.why
    assert expected.must_not_find & _found(assessment) == set(), expected.why
    assert assessment.decision.outcome == expected.decision, expected.why


def test_every_delivery_has_its_expectation_and_every_column_is_a_field(deliveries: list[Assessment]) -> None:
    assert [one.row for one in deliveries] == [expected.row for expected in DELIVERIES]
    with open_table(EXAMPLES / "deliveries.csv") as table:
        assert table.unmapped == ()


# customs_extract.csv


def test_the_plain_extract_alerts_only_where_it_must(extract: tuple[Run, list[Assessment]]) -> None:
    alerts = {one.row: one.decision.outcome for one in extract[1] if one.decision.outcome is not Outcome.CLEAR}
    assert alerts == EXTRACT_ALERTS
    assert len(extract[1]) >= 40


def test_what_the_extract_does_not_hold_is_said_once_and_never_counted(extract: tuple[Run, list[Assessment]]) -> None:
    """No rule on papers, payments or who the party is fires on a file without such columns."""
    run, assessments = extract
    assert any("not collected" in note for note in run.notes)
    groups = {finding.group for one in assessments for finding in one.findings}
    assert groups & {"documents", "payment", "entity"} == set()


# my_list.yml


def test_the_own_list_raises_what_the_built_in_lists_do_not_hold(assessed: dict[str, list[Assessment]]) -> None:
    """Rows that need the own list are clear without it; all other rows are the same with it."""
    own = {expected.row for expected in EXPECTED if expected.lists and expected.must_find}
    changed = {
        before.row
        for before, after in zip(assessed[""], assessed["my_list.yml"], strict=True)
        if before.decision != after.decision
    }
    assert changed == own
    assert {assessed[""][row - 1].decision.outcome for row in own} == {Outcome.CLEAR}


def test_the_own_list_is_a_list_file_like_the_built_in_one() -> None:
    watchlist = load_entities(EXAMPLES / "my_list.yml")
    assert {info.measure for info in watchlist.lists} == {"denied", "unverified", "asset_freeze"}


# my_rules.yml

CHIPS = {"goods.description": "Memory chips", "goods.hs_code": "8542.32"}
BEARINGS = {"goods.description": "Ball bearings", "goods.hs_code": "8482.10"}
YEREVAN = {**CHIPS, "consignee.name": "Example Instruments Yerevan LLC", "destination.country": "AM"}


def test_the_own_rules_prove_themselves(own_rules: Screener) -> None:
    assert [result for result in run_tests(own_rules.rules) if not result.passed] == []


def test_the_own_rules_widen_the_hubs_by_viet_nam(built_in: Screener, own_rules: Screener) -> None:
    record = {**CHIPS, "destination.country": "VN"}
    assert "RU-GDS-003" not in _found(built_in.screen(record))
    assert "RU-GDS-003" in _found(own_rules.screen(record))
    assert "RU-GDS-003" not in _found(own_rules.screen({**CHIPS, "destination.country": "TH"}))


def test_the_own_rules_lower_one_weight_and_no_other(built_in: Screener, own_rules: Screener) -> None:
    def weights(rules: tuple[Rule, ...]) -> dict[str, float]:
        return {rule.id: rule.weight for rule in rules}

    before, after = weights(built_in.rules.rules), weights(own_rules.rules.rules)
    assert {rule: after[rule] for rule in before if after[rule] != before[rule]} == {"RU-TXT-003": 8}


def test_the_own_rules_grant_an_exception_that_stays_visible(built_in: Screener, own_rules: Screener) -> None:
    """The finding on the subsidiary is shown and adds nothing; on another firm it counts."""
    assert built_in.screen(YEREVAN).decision.outcome is Outcome.REVIEW
    excepted = own_rules.screen(YEREVAN)
    assert _finding(excepted, "RU-GDS-003").suppressed_by == "EX-2026-001"
    assert excepted.decision.outcome is Outcome.CLEAR
    other = own_rules.screen({**YEREVAN, "consignee.name": "Orinak Workshop LLC"})
    assert _finding(other, "RU-GDS-003").suppressed_by == ""


def test_the_exception_lapses_by_itself() -> None:
    later = _screener(packs=(EXAMPLES / "my_rules.yml",), as_of=date(2027, 7, 1))
    assert later.screen(YEREVAN).decision.outcome is Outcome.REVIEW


@pytest.mark.parametrize(
    ("quantity", "country", "fires"), [(5000, "VN", True), (4999, "VN", False), (5000, "AT", False)]
)
def test_the_own_rules_add_one_on_bearings_in_bulk(
    quantity: int, country: str, fires: bool, own_rules: Screener
) -> None:
    record = {**BEARINGS, "goods.quantity": quantity, "destination.country": country}
    assert ("ACME-GDS-001" in _found(own_rules.screen(record))) is fires


def test_the_own_rules_change_nothing_else(own_rules: Screener, assessed: dict[str, list[Assessment]]) -> None:
    """Rows without Viet Nam, without bulk bearings and without the lighter rule keep their score."""
    touched = {"RU-TXT-003", "ACME-GDS-001"}
    for before, after in zip(assessed[""], _screened(own_rules, "shipments.csv")[1], strict=True):
        if not touched & _found(after) and after.input["Destination"] != "VN":
            assert after.decision == before.decision, before.row


# library.py


def test_the_library_example_runs(capsys: pytest.CaptureFixture[str]) -> None:
    """It prints the verdict on the record with its reasons, and the three rows of the extract that alert."""
    runpy.run_path(str(EXAMPLES / "library.py"))
    said = capsys.readouterr().out
    assert said.startswith("block")
    assert "RU-PTY-001" in said
    assert "shape: (3, 2)" in said
