"""What rules do to a file, and what a change of rules or profile would have done to it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from builders import ROOT, finding
from sanctionscreen.cli import run
from sanctionscreen.cli.exits import ExitCode
from sanctionscreen.ingest import open_table
from sanctionscreen.model import Assessment, Contribution, Decision, Outcome
from sanctionscreen.resources import built_in_packs
from sanctionscreen.screening import Screener
from sanctionscreen.screening.backtest import BUILT_IN, Backtest, backtest, differences, load_side
from sanctionscreen.screening.rule_statistics import RuleStatistics, count_rules

DAY = date(2026, 11, 1)
SCREENER = Screener.build(as_of=DAY)
EXAMPLES = ROOT / "examples" / "shipments.csv"

SHIPMENTS = """Shipment ID,Consignee,Consignee country,End user,HS code,Description,Quantity,Destination country
S1,Synthetic Appliances,TH,Synthetic Appliances,8542.31,microcontrollers,10,RU
S2,Synthetic Appliances,TH,Synthetic Appliances,9401.71,garden chairs,10,RU
S3,Synthetic Trading,TH,,8542.31,microcontrollers,10,TH
S4,Synthetic Trading,TH,Synthetic Trading,9401.71,garden chairs,5000,TH
S5,Synthetic Trading,TH,Synthetic Trading,9401.71,garden chairs,,TH
S6,too,many,cells,8542.31,microcontrollers,10,RU,here,and,there
"""
PACK = """
pack: {{id: own, version: 1.0.0, extends: russia}}
features:
  consignee_lines: {{meaning: lines to this consignee, aggregate: count, by: [consignee.name]}}
{more}
rules:
  - id: OWN-VAL-001
    title: Chairs by the thousand
    status: {status}
    version: 1
    level: high
    group: value
    weight: {weight}
    why: Nobody sits on so many.
    references: [{{text: "Synthetic manual"}}]
    when: {{goods.hs6|prefix: ["940171"], goods.quantity|gte: {limit}}}
    tests:
      - {{name: many, record: {{goods.hs6: "940171", goods.quantity: 9000}}, expect: hit}}
      - {{name: few, record: {{goods.hs6: "940171", goods.quantity: 1}}, expect: no_hit}}
      - {{name: open, record: {{goods.hs6: "940171", goods.quantity: null}}, expect: unknown, missing: [goods.quantity]}}
  - id: OWN-VAL-002
    title: Three lines to one consignee
    status: stable
    version: 1
    level: low
    group: behaviour
    weight: 5
    why: A test of features.
    references: [{{text: "Synthetic manual"}}]
    when: {{feature.consignee_lines|gte: {lines}}}
    tests:
      - {{name: many, record: {{feature.consignee_lines: 9}}, expect: hit}}
      - {{name: few, record: {{feature.consignee_lines: 1}}, expect: no_hit}}
      - {{name: open, record: {{consignee.name: null}}, expect: unknown}}
"""
EXCEPTION = """
exceptions:
  - id: EX-1
    rules: [OWN-VAL-001]
    when: {consignee.name: Synthetic Trading}
    reason: a furniture shop
    approved_by: compliance board
    expires: 2027-06-30
"""


def own_pack(path: Path, **changes: Any) -> Path:
    values = {"status": "stable", "weight": 30, "limit": 1000, "lines": 3, "more": ""}
    path.write_text(PACK.format(**(values | changes)), encoding="utf-8")
    return path


@pytest.fixture
def shipments(tmp_path: Path) -> Path:
    path = tmp_path / "shipments.csv"
    path.write_text(SHIPMENTS, encoding="utf-8")
    return path


def counted(shipments: Path, *packs: Path, chunk_rows: int = 100) -> RuleStatistics:
    screener = Screener.build(packs=packs, as_of=DAY) if packs else SCREENER
    with open_table(shipments, chunk_rows=chunk_rows) as table:
        return count_rules(screener, table)


def compared(old: str, new: str, shipments: Path, **options: Any) -> Backtest:
    sides = [load_side(name, SCREENER.sources, DAY, **options) for name in (old, new)]
    with open_table(shipments, chunk_rows=2) as table:
        return backtest(SCREENER, sides[0], sides[1], table)


# --- statistics -------------------------------------------------------------------------------------------------------


def test_every_row_and_every_rule_in_force_is_counted(shipments: Path) -> None:
    """A row that cannot be aligned is a row too, and a rule that never fires stands there with its zero."""
    counts = counted(shipments)
    assert counts.rows == sum(counts.outcomes.values()) == 6
    assert counts.outcomes[Outcome.NOT_SCREENABLE] == 1
    assert counts.rules.keys() == {rule.id for rule in SCREENER.rules.rules}
    assert counts.rules["RU-PTY-001"].fired == 0


def test_fired_and_unknown_are_two_things(shipments: Path, tmp_path: Path) -> None:
    """Five thousand chairs fire, ten do not, and no quantity leaves the rule open."""
    count = counted(shipments, own_pack(tmp_path / "own.yml")).rules["OWN-VAL-001"]
    assert (count.fired, count.unknown, count.suppressed) == (1, 1, 0)


def test_alone_is_a_row_that_hangs_on_the_rule(shipments: Path, tmp_path: Path) -> None:
    """The chairs are reviewed for their number only; the chips for Russia would be blocked by no other rule either."""
    counts = counted(shipments, own_pack(tmp_path / "own.yml"))
    assert counts.rules["OWN-VAL-001"].alone == 1
    assert counts.rules["RU-GDS-001"].alone == 1
    assert counts.rules["RU-GDS-005"].fired == 1
    assert counts.rules["RU-GDS-005"].alone == 0


def test_a_suppressed_finding_hangs_nothing(shipments: Path, tmp_path: Path) -> None:
    """An exception keeps it from counting, so no decision rests on it; that it fired is still counted."""
    count = counted(shipments, own_pack(tmp_path / "own.yml", more=EXCEPTION)).rules["OWN-VAL-001"]
    assert (count.fired, count.suppressed, count.alone) == (1, 1, 0)


def test_an_experimental_rule_shows_what_it_would_do(shipments: Path, tmp_path: Path) -> None:
    """It raises nothing, and one row would be reviewed if it counted: what a promotion to stable rests on."""
    count = counted(shipments, own_pack(tmp_path / "own.yml", status="experimental")).rules["OWN-VAL-001"]
    assert (count.fired, count.alone, count.would_raise) == (1, 0, 1)


def test_rules_that_fire_together_are_named(shipments: Path) -> None:
    """Each of two rules on a row counts the other, and never itself."""
    counts = counted(shipments)
    assert counts.rules["RU-GDS-001"].partners["RU-GDS-005"] == 1
    assert counts.rules["RU-GDS-005"].partners["RU-GDS-001"] == 1
    assert all(rule not in count.partners for rule, count in counts.rules.items())


def test_features_see_the_whole_file_whatever_the_chunks(shipments: Path, tmp_path: Path) -> None:
    """Three lines to one consignee, in chunks of one row and in one chunk alike."""
    pack = own_pack(tmp_path / "own.yml")
    fired = [counted(shipments, pack, chunk_rows=rows).rules["OWN-VAL-002"].fired for rows in (1, 2, 100)]
    assert fired == [3, 3, 3]


def test_statistics_agree_with_a_screening() -> None:
    """The same file, screened: every count of findings is the same."""
    with open_table(EXAMPLES) as table:
        assessments = list(SCREENER.screen_table(table).assessments)
    with open_table(EXAMPLES) as table:
        counts = count_rules(SCREENER, table)
    for rule, count in counts.rules.items():
        assert count.fired == sum(rule in {one.rule for one in held.findings} for held in assessments)
    assert counts.outcomes == {
        outcome: sum(one.decision.outcome is outcome for one in assessments) for outcome in counts.outcomes
    }


def test_stats_as_json(shipments: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Every rule with its share, and the fingerprints of what was counted."""
    assert run(["rules", "stats", str(shipments), "--as-of", "2026-11-01", "--json"]) == ExitCode.DONE
    found = json.loads(capfd.readouterr().out)
    assert found["rows"] == 6
    chips = next(one for one in found["rules"] if one["rule"] == "RU-GDS-001")
    assert (chips["fired"], chips["share"], chips["alone"]) == (1, 0.166667, 1)
    assert {"rules", "lists", "profile", "code", "as_of", "stale_lists"} == found["fingerprints"].keys()


def test_stats_in_the_terminal(shipments: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """The rules that fired, how many did not, and the sum of the rows."""
    assert run(["rules", "stats", str(shipments), "--as-of", "2026-11-01"]) == ExitCode.DONE
    said = capfd.readouterr().out
    assert "RU-GDS-001" in said
    assert "rules never fired" in said
    assert "6 rows = " in said
    assert "RU-PTY-001" not in said
    assert run(["rules", "stats", str(shipments), "--as-of", "2026-11-01", "--all"]) == ExitCode.DONE
    assert "RU-PTY-001" in capfd.readouterr().out


def test_a_mapping_says_what_the_columns_are(
    shipments: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Headers that nobody knows are read as the mapping file says, for statistics and for a change of rules."""
    odd, mapping = tmp_path / "odd.csv", tmp_path / "mapping.yml"
    odd.write_text(shipments.read_text().replace("HS code,Description", "Nummer X,Was"))
    mapping.write_text("schema: sanctionscreen.mapping/1\ncolumns:\n  Consignee: consignee.name\n  Nummer X: goods.hs_code\n"
                       "  Destination country: destination.country\n")  # fmt: skip
    said = ["--mapping", str(mapping), "--as-of", "2026-11-01", "--json"]
    assert run(["rules", "stats", str(odd), *said]) == ExitCode.DONE
    fired = {one["rule"]: one["fired"] for one in json.loads(capfd.readouterr().out)["rules"]}
    assert fired["RU-GDS-001"] == 1
    assert run(["rules", "backtest", BUILT_IN, BUILT_IN, str(odd), *said]) == ExitCode.DONE
    assert json.loads(capfd.readouterr().out)["moves"] == []


# --- backtest ---------------------------------------------------------------------------------------------------------


def test_nothing_differs_between_a_side_and_itself(shipments: Path) -> None:
    result = compared(BUILT_IN, BUILT_IN, shipments)
    assert (result.rows, result.changed, result.rescored) == (6, 0, 0)


def test_a_new_rule_alerts_a_row_and_is_named(shipments: Path, tmp_path: Path) -> None:
    """The example says which row, of which shipment, what it was and is, and which rule made it so."""
    result = compared(BUILT_IN, str(own_pack(tmp_path / "own.yml")), shipments)
    assert (result.changed, result.newly_alerted, result.newly_cleared) == (1, 1, 0)
    (row,) = result.examples[Outcome.CLEAR, Outcome.REVIEW]
    assert (row.row, row.shipment_id) == (4, "S4")
    assert ("OWN-VAL-001", "fires now") in [(one.rule, one.how) for one in row.differences]
    assert result.rules["OWN-VAL-001"].newly_alerted == 1


def test_the_other_way_round_the_row_is_newly_cleared(shipments: Path, tmp_path: Path) -> None:
    result = compared(str(own_pack(tmp_path / "own.yml")), BUILT_IN, shipments)
    assert (result.newly_alerted, result.newly_cleared) == (0, 1)
    (row,) = result.examples[Outcome.REVIEW, Outcome.CLEAR]
    assert ("OWN-VAL-001", "fires no longer") in [(one.rule, one.how) for one in row.differences]


@pytest.mark.parametrize(
    ("change", "how"),
    [
        ({"weight": 10}, "weight 30 before, 10 now"),
        ({"limit": 6000}, "fires no longer"),
        ({"status": "experimental"}, "counts no longer (experimental)"),
        ({"more": EXCEPTION}, "counts no longer (suppressed by EX-1)"),
    ],
)
def test_how_a_rule_made_the_difference(change: dict[str, Any], how: str, shipments: Path, tmp_path: Path) -> None:
    """Weight, condition, status or exception: each is told from the others."""
    old, new = own_pack(tmp_path / "old.yml"), own_pack(tmp_path / "new.yml", **change)
    result = compared(str(old), str(new), shipments)
    (row,) = result.examples[Outcome.REVIEW, Outcome.CLEAR]
    assert [(one.rule, one.how) for one in row.differences] == [("OWN-VAL-001", how)]


def test_features_of_two_packs_may_differ(shipments: Path, tmp_path: Path) -> None:
    """One name, two packs: each side judges with its own."""
    old, new = own_pack(tmp_path / "old.yml", lines=3), own_pack(tmp_path / "new.yml", lines=2)
    result = compared(str(old), str(new), shipments)
    change = result.rules["OWN-VAL-002"]
    assert (change.fired_before, change.fired_after) == (3, 5)
    assert result.rescored > 0


def test_a_profile_is_known_by_its_key(shipments: Path, tmp_path: Path) -> None:
    """A lower threshold reviews more, and where no rule differs the profile is named."""
    text = (built_in_packs() / "default_profile.yml").read_text("utf-8")
    strict = tmp_path / "strict.yml"
    strict.write_text(text.replace("at: 25", "at: 2"), encoding="utf-8")
    pack = own_pack(tmp_path / "own.yml")
    result = compared(BUILT_IN, str(strict), shipments, packs=[pack])
    assert result.newly_alerted > 0
    assert {one.rule for rows in result.examples.values() for row in rows for one in row.differences} == {"profile"}


def test_lines_are_looked_up_once(shipments: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Parties and goods do not depend on the rules: two sides derive no more than one."""
    from sanctionscreen.screening.derive import Deriver

    calls = []
    derive = Deriver.derive
    monkeypatch.setattr(Deriver, "derive", lambda self, line: calls.append(1) or derive(self, line))
    result = compared(BUILT_IN, BUILT_IN, shipments)
    assert len(calls) <= result.rows + 1  # and once for what the file does not collect


def assessed(outcome: Outcome, tenths: int, *findings: Any, absorbed: dict[str, str] | None = None) -> Assessment:
    lines = tuple(Contribution(one.rule, 0, (absorbed or {}).get(one.rule, "")) for one in findings)
    return Assessment(1, Decision(outcome, tenths, lines), findings=findings)


def test_a_rule_that_another_one_already_says_made_no_difference() -> None:
    """Of two new findings of one group the weaker adds nothing; were it a gate, it would."""
    before = assessed(Outcome.CLEAR, 0)
    strong, weak = finding("SYN-GDS-001", 30), finding("SYN-GDS-002", 10)
    absorbed = {"SYN-GDS-002": "SYN-GDS-001"}
    after = assessed(Outcome.REVIEW, 300, strong, weak, absorbed=absorbed)
    assert [one.rule for one in differences(before, after)] == ["SYN-GDS-001"]
    gated = assessed(Outcome.REVIEW, 300, strong, finding("SYN-GDS-002", 10, gate="review"), absorbed=absorbed)
    assert [one.rule for one in differences(before, gated)] == ["SYN-GDS-001", "SYN-GDS-002"]


def test_examples_show_different_causes() -> None:
    """Five rows of one cause must not hide the sixth of another; the rows stay in their order."""
    side = load_side(BUILT_IN, SCREENER.sources, DAY)
    result = Backtest(side, side, examples_each=3)
    for row, rule in enumerate(["SYN-GDS-001"] * 5 + ["SYN-GDS-002"] + ["SYN-GDS-001"], 1):
        after = replace(assessed(Outcome.REVIEW, 300, finding(rule)), row=row)
        result.add(replace(assessed(Outcome.CLEAR, 0), row=row), after)
    assert [row.row for row in result.examples[Outcome.CLEAR, Outcome.REVIEW]] == [1, 2, 6]
    assert result.moves[Outcome.CLEAR, Outcome.REVIEW] == 7


def test_backtest_exits_with_1_only_when_asked(
    shipments: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """A pipeline may stop on a change; a look at one does not fail."""
    command = [
        "rules",
        "backtest",
        BUILT_IN,
        str(own_pack(tmp_path / "own.yml")),
        str(shipments),
        "--as-of",
        "2026-11-01",
    ]
    assert run(command) == ExitCode.DONE
    said = capfd.readouterr().out
    assert "1 row with another decision" in said
    assert "row 4 (S4)" in said
    assert run([*command, "--fail-on-change"]) == ExitCode.FINDINGS
    same = ["rules", "backtest", BUILT_IN, BUILT_IN, str(shipments), "--fail-on-change"]
    assert run(same) == ExitCode.DONE


def test_backtest_as_json(shipments: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Counts, moves, rules and examples; both sides with their fingerprints."""
    pack = own_pack(tmp_path / "own.yml")
    assert run(["rules", "backtest", BUILT_IN, str(pack), str(shipments), "--json", "--examples", "0"]) == ExitCode.DONE
    found = json.loads(capfd.readouterr().out)
    assert found["moves"] == [{"before": "clear", "after": "review", "rows": 1}]
    assert found["examples"] == []
    assert found["old"]["fingerprints"]["rules"] != found["new"]["fingerprints"]["rules"]


@pytest.mark.parametrize(
    ("name", "said"), [("nowhere.yml", "no such rule pack or profile"), ("broken.yml", "broken.yml")]
)
def test_a_side_that_cannot_be_used_is_a_clear_error(
    name: str, said: str, shipments: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Nothing is compared with what is not there, or does not load."""
    (tmp_path / "broken.yml").write_text("rules: [", encoding="utf-8")
    assert run(["rules", "backtest", BUILT_IN, str(tmp_path / name), str(shipments)]) == ExitCode.UNUSABLE
    assert said in capfd.readouterr().err
