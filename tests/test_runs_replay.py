"""`runs replay` and `runs diff`: the same bytes again, or what is gone; what caused each row that came out otherwise."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from publishers import NAMES, un_xml
from runs_desk import DAY
from sanctionscreen.cli import run
from sanctionscreen.cli.exits import ExitCode

CATALOGUE = """list: {id: own, title: Own catalogue, issuer: A firm, retrieved: 2026-11-22}
expect: {lists: 1}
lists:
  - id: syn-list
    title: Synthetic List
    publisher: Synthetic Ministry
    legal_basis: a synthetic act
    measure: asset_freeze
    licence: none
    editions: [{format: un-xml}]
    expect: {minimum: 5, maximum: 100, shrink_percent: 50, basis: "ours: a test"}
    max_age: {days: 7, basis: "ours: a test"}
"""
SHIPMENTS = """Invoice,Line,Consignee,Description,HS code,Destination
A1,1,Synthetic Works 7,household refrigerators,8418.21,DE
A1,2,Plain Garden Tools Oy,rakes,8201.30,DE
A2,1,Fresh Synthetic Foundry,rakes,8201.30,DE
A3,1,Plain Garden Tools Oy,processors,8542.31,RU
A4,1,,rakes,8201.30,KG
"""
PACK = """
pack: {id: own, version: "1"}
rules:
  - id: OWN-TST-001
    title: Rakes anywhere
    status: experimental
    version: 1
    level: low
    group: goods
    weight: WEIGHT
    why: A test.
    references: [{text: own}]
    when: {goods.description|keywords: [WORDS]}
    tests:
      - {name: one, record: {goods.description: WORD}, expect: hit}
"""


def pack(*words: str, weight: int = 5) -> str:
    return PACK.replace("WEIGHT", str(weight)).replace("WORDS", ", ".join(words)).replace("WORD", words[0])


class Firm:
    """A folder with an input, lists and a pack, where runs are made."""

    def __init__(self, folder: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capture = folder, capture
        self.data = folder / "data"
        self.data.mkdir()
        (self.data / "catalogue.yml").write_text(CATALOGUE, encoding="utf-8")
        self.write("in.csv", SHIPMENTS)
        self.write("pack.yml", pack("rakes"))
        self.take_list(NAMES, "2026-11-01")

    def write(self, name: str, content: str) -> Path:
        path = self.folder / name
        path.write_text(content, encoding="utf-8")
        return path

    def take_list(self, names: list[str], day: str) -> None:
        path = self.folder / "list.xml"
        path.write_bytes(un_xml(names, day))
        self.run("lists", "add", str(path), "--as", "syn-list", "--data-dir", str(self.data), "--fetched-on", day)

    def screen(self, name: str, *more: str, day: str = DAY, source: str = "in.csv") -> Path:
        out = self.folder / name
        words = ["screen", str(self.folder / source), "-o", str(out), "--as-of", day, "--data-dir", str(self.data)]
        self.run(*words, "--rules", str(self.folder / "pack.yml"), *more)
        return out

    def run(self, *words: str, code: ExitCode = ExitCode.DONE) -> str:
        """What a command says, on both streams."""
        found = run(list(words))
        captured = self._capture.readouterr()
        assert found == code, captured.err
        return captured.out + captured.err

    def replay(self, record: Path, *more: str, code: ExitCode = ExitCode.DONE) -> str:
        return self.run("runs", "replay", str(record), *more, code=code)

    def diff(self, before: Path, after: Path) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.run("runs", "diff", str(before), str(after), "--json"))
        return found


@pytest.fixture
def firm(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Firm:
    monkeypatch.setenv("COLUMNS", "200")
    return Firm(tmp_path, capsys)


# --- replay -----------------------------------------------------------------------------------------------------------


def test_a_run_is_repeated_to_the_same_bytes(firm: Firm) -> None:
    """Also when newer lists count by now: those that the record names are taken."""
    out = firm.screen("out.csv", "-o", str(firm.folder / "out.jsonl"), "-o", str(firm.folder / "out.xlsx"))
    firm.take_list([*NAMES, "Fresh Synthetic Foundry"], "2026-11-15")
    said = firm.replay(out)
    assert "out.csv: the same, row for row" in said
    assert "out.jsonl: the same, row for row" in said
    assert "out.xlsx: not compared" in said
    assert json.loads(firm.replay(out, "--json"))["same"]


def test_what_is_gone_is_named(firm: Firm) -> None:
    """All of it at once: the input, the pack, the list version, each with what would bring it back."""
    out = firm.screen("out.csv")
    firm.take_list([*NAMES, "Fresh Synthetic Foundry"], "2026-11-15")
    firm.run("lists", "prune", "--keep", "1", "--data-dir", str(firm.data))
    (firm.folder / "in.csv").rename(firm.folder / "moved.csv")
    firm.write("pack.yml", pack("rakes", weight=6))
    said = firm.replay(out, code=ExitCode.LISTS)
    assert "in.csv: the input is not there any more" in said
    assert "the rule pack is not what it was" in said
    assert "syn-list: version" in said
    assert "is not in" in said


def test_what_was_moved_is_found_where_it_is_said_to_be(firm: Firm) -> None:
    """By its bytes, not by its name."""
    out = firm.screen("out.csv")
    elsewhere = firm.folder / "elsewhere"
    elsewhere.mkdir()
    (firm.folder / "in.csv").rename(elsewhere / "shipments of march.csv")
    (firm.folder / "pack.yml").rename(elsewhere / "pack.yml")
    firm.replay(out, code=ExitCode.UNUSABLE)
    source = str(elsewhere / "shipments of march.csv")
    assert "the same" in firm.replay(out, "--input", source, "--from", str(elsewhere))
    firm.write("other.csv", SHIPMENTS + "A5,1,Another,rakes,8201.30,DE\n")
    other = str(firm.folder / "other.csv")
    said = firm.replay(out, "--input", other, "--from", str(elsewhere), code=ExitCode.UNUSABLE)
    assert "the input is not what it was" in said


def test_another_program_is_named_and_what_it_does_otherwise(firm: Firm, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same bytes prove the run all the same; other bytes are told by row, with code 1."""
    from sanctionscreen.runs import basis
    from sanctionscreen.screening import judge

    out = firm.screen("out.jsonl")
    monkeypatch.setattr(basis, "program_digest", lambda: "0" * 64)
    said = firm.replay(out)
    assert "not as then: engine" in said
    assert "the same, row for row" in said
    known = judge.decide

    def severe(findings: Any, *args: Any, **more: Any) -> Any:
        decision = known(findings, *args, **more)
        return decision if not findings else known((), *args, **more)

    monkeypatch.setattr(judge, "decide", severe)
    said = firm.replay(out, code=ExitCode.FINDINGS)
    assert "out.jsonl: differs in" in said
    assert "rows: 1, " in said


def test_an_edited_record_is_not_repeated(firm: Firm) -> None:
    """Nobody can say what it should come to."""
    out = firm.screen("out.csv")
    record = out.with_name("out.csv.run.json")
    record.write_text(record.read_text(encoding="utf-8").replace(DAY, "2026-11-21"), encoding="utf-8")
    assert "was edited" in firm.replay(out, code=ExitCode.UNUSABLE)


def test_versions_that_records_need_are_not_pruned(firm: Firm) -> None:
    """`lists prune --runs FOLDER` reads the records in it."""
    out = firm.screen("out.csv")
    firm.take_list([*NAMES, "Fresh Synthetic Foundry"], "2026-11-15")
    words = ["lists", "prune", "--keep", "1", "--data-dir", str(firm.data)]
    firm.run(*words, "--runs", str(firm.folder))
    assert "the same" in firm.replay(out)
    assert "there is no such folder" in firm.run(*words, "--runs", str(firm.folder / "x"), code=ExitCode.UNUSABLE)
    firm.write("bad.run.json", "{}")
    assert "is no manifest" in firm.run(*words, "--runs", str(firm.folder), code=ExitCode.UNUSABLE)


# --- diff -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["out.jsonl", "out.csv"])
def test_nothing_differs_where_nothing_changed(firm: Firm, name: str) -> None:
    """Two runs of the same."""
    found = firm.diff(firm.screen(name), firm.screen(f"again.{name}"))
    assert (found["differences"], found["changes"], found["rows"]) == ([], [], 5)


def causes(found: dict[str, Any]) -> dict[int, tuple[str, list[str]]]:
    return {one["before"]: (one["cause"], one["because"]) for one in found["changes"]}


@pytest.mark.parametrize("name", ["out.jsonl", "out.csv"])
def test_each_cause_is_told(firm: Firm, name: str) -> None:
    """List entry, rule, profile, day and input, each alone."""
    before = firm.screen(name)
    firm.take_list([*NAMES, "Fresh Synthetic Foundry"], "2026-11-15")
    found = firm.diff(before, firm.screen(f"list.{name}"))
    assert causes(found) == {3: ("list", ["syn-list"])}
    assert any("Fresh Synthetic Foundry" in what for what in found["changes"][0]["what"])
    listed = firm.folder / f"list.{name}"
    firm.write("pack.yml", pack("refrigerators"))
    assert causes(firm.diff(listed, firm.screen(f"rule.{name}"))) == {
        1: ("rule", ["OWN-TST-001"]),
        2: ("rule", ["OWN-TST-001"]),
        3: ("rule", ["OWN-TST-001"]),
        5: ("rule", ["OWN-TST-001"]),
    }
    ruled = firm.folder / f"rule.{name}"
    early = firm.diff(ruled, firm.screen(f"early.{name}", day="2019-01-01"))
    found = {cause for cause, _ in causes(early).values()}
    assert found == {"date", "another line of its shipment"}


@pytest.mark.parametrize("name", ["out.jsonl", "out.csv"])
def test_lists_and_rules_that_change_together_are_told_apart(firm: Firm, name: str) -> None:
    """A hit of a list whose version changed, a finding of a rule whose fingerprint changed; both are `several`."""
    before = firm.screen(name)
    firm.take_list([*NAMES[:6], *NAMES[7:], "Fresh Synthetic Foundry"], "2026-11-15")
    firm.write("pack.yml", pack("rakes", "refrigerators"))
    found = causes(firm.diff(before, firm.screen(f"after.{name}")))
    assert found[1] == ("several", ["list syn-list", "rule OWN-TST-001"])
    assert found[3] == ("list", ["syn-list"])
    assert found.keys() == {1, 2, 3}
    assert found[2][0] == "another line of its shipment"


@pytest.mark.parametrize("name", ["out.jsonl", "out.csv"])
def test_rows_of_another_input_are_paired_by_shipment_and_line(firm: Firm, name: str) -> None:
    """A row edited, one gone, one new and two in other places."""
    before = firm.screen(name)
    rows = SHIPMENTS.splitlines()
    edited = [rows[0], rows[3], rows[1].replace(",DE", ",RU"), rows[4], rows[5], "A9,1,Somebody New,rakes,8201.30,DE"]
    firm.write("later.csv", "\n".join(edited) + "\n")
    found = firm.diff(before, firm.screen(f"later.{name}", source="later.csv"))
    told = {(one["before"], one["after"]): one["cause"] for one in found["changes"]}
    assert told[1, 2] == "input"
    assert told[2, None] == "input"
    assert told[None, 5] == "input"
    assert not {(3, 1), (4, 3)} & told.keys()


def test_rows_without_a_shipment_are_paired_by_what_they_say(firm: Firm) -> None:
    """An inserted line shifts no other; an edited one is told as edited."""
    plain = "\n".join(row.split(",", 2)[2] for row in SHIPMENTS.splitlines()) + "\n"
    firm.write("in.csv", plain)
    before = firm.screen("out.csv")
    rows = plain.splitlines()
    rows[2:2] = ["Newcomer GmbH,rakes,8201.30,DE"]
    rows[4] = rows[4].replace("Foundry", "Foundries").replace(",DE", ",BY")
    firm.write("later.csv", "\n".join(rows) + "\n")
    found = firm.diff(before, firm.screen("later.out.csv", source="later.csv"))
    told = {(one["before"], one["after"]): one["cause"] for one in found["changes"]}
    assert told == {(None, 2): "input", (3, 4): "input"}


def test_a_difference_can_be_had_as_words_and_files(firm: Firm) -> None:
    """Words for people, CSV for spreadsheets, JSON for programs."""
    before = firm.screen("out.csv")
    firm.write("in.csv", SHIPMENTS.replace("Plain Garden Tools Oy,processors", "=Plain Tools,processors"))
    after = firm.screen("after.csv")
    words = ("runs", "diff", str(before), str(after))
    said = firm.run(*words, "-o", str(firm.folder / "diff.csv"))
    assert "row 4: input" in said
    assert "cell 'Consignee': 'Plain Garden Tools Oy', now " in said
    assert "1 of 5 rows differ" in said
    table = list(csv.DictReader(io.StringIO((firm.folder / "diff.csv").read_text(encoding="utf-8"))))
    assert [(row["before"], row["after"], row["cause"]) for row in table] == [("4", "4", "input")]
    firm.run(*words, "-o", str(firm.folder / "diff.json"))
    assert json.loads((firm.folder / "diff.json").read_text(encoding="utf-8"))["causes"] == {"input": 1}


def test_a_result_that_was_changed_is_not_compared(firm: Firm) -> None:
    """What it says is not what its run said."""
    before, after = firm.screen("out.csv"), firm.screen("after.csv")
    after.write_bytes(after.read_bytes().replace(b"clear", b"block", 1))
    said = firm.run("runs", "diff", str(before), str(after), code=ExitCode.UNUSABLE)
    assert "is not what its run wrote" in said
