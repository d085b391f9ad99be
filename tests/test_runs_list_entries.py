"""`runs diff` and list versions: whether the entry behind a hit changed, and what is said where nobody can know."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from publishers import NAMES
from runs_desk import DAY
from sanctionscreen.runs.basis import Difference
from sanctionscreen.runs.causes import Causes
from sanctionscreen.runs.list_entries import ListEntries, entries_of
from sanctionscreen.runs.manifest import read_manifest
from sanctionscreen.runs.result_rows import ResultHit, ResultRow
from test_runs_replay import Firm

NEW = "Fresh Synthetic Foundry"
LIST = Difference("list", "syn-list", "1", "2")
ENGINE = Difference("engine", "", "1", "2")
EMBEDDED = Difference("list", "embedded entities", "1", "2")


@pytest.fixture
def firm(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Firm:
    """A firm with two versions of a list: NEW was added, and number 3 has another name."""
    monkeypatch.setenv("COLUMNS", "200")
    found = Firm(tmp_path, capsys)
    found.screen("before.jsonl")
    found.take_list([*NAMES[:2], "Renamed Synthetic Works", *NAMES[3:], NEW], "2026-11-15")
    found.screen("after.jsonl")
    return found


def bases(firm: Firm) -> list[dict[str, Any]]:
    return [dict(read_manifest(firm.folder / f"{name}.jsonl").basis) for name in ("before", "after")]


def entries(firm: Firm) -> ListEntries:
    return entries_of(*bases(firm), [firm.data])


def row(*hits: ResultHit, cells: str = "a") -> ResultRow:
    found = {f"{hit.name} {hit.entity_id}": hit for hit in hits}
    return ResultRow(1, {"name": cells}, "review", f"{10 * len(hits)}.0", "", found)


def number(at: int) -> str:
    return f"syn-list:SYe.{at:03}"


def hit(entity_id: str, name: str, list_id: str = "syn-list") -> ResultHit:
    return ResultHit(name, list_id, entity_id=entity_id, name=name)


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize(
    ("entity_id", "name", "differing", "cause", "because", "said"),
    [
        (number(21), NEW, [LIST, ENGINE], "list", ("syn-list",), f"{NEW} was added"),
        (number(3), "Synthetic Works 3", [LIST, ENGINE], "list", ("syn-list",), "no longer Synthetic Works 3"),
        (number(5), NAMES[4], [LIST, ENGINE], "engine", (), "is the same in both versions of syn-list"),
        (number(5), NAMES[4], [LIST], "list", ("syn-list",), "is the same in both versions of syn-list"),
        (number(99), "Nobody", [LIST, ENGINE], "several", ("list syn-list", "engine"), "neither version has it"),
        (number(99), "Nobody", [LIST], "list", ("syn-list",), "neither version has it"),
    ],
)
def test_a_list_caused_what_its_entry_did(
    firm: Firm,
    named: bool,
    entity_id: str,
    name: str,
    differing: list[Difference],
    cause: str,
    because: tuple[str, ...],
    said: str,
) -> None:
    """An entry that is as it was caused nothing where something else can have; by id, and by name where no id is said."""
    change = Causes(*bases(firm), differing, entries(firm)).of(row(), row(hit(entity_id if named else "", name)))
    assert change is not None
    assert (change.cause, change.because) == (cause, because)
    assert said in change.entries[0]
    assert ("other entries changed" in " ".join(change.entries)) == (cause == "list" and said.startswith("is the same"))


def test_an_entry_that_stayed_does_not_share_the_blame_for_an_edited_row(firm: Firm) -> None:
    """The cells changed, the entry did not: the input alone."""
    causes = Causes(*bases(firm), [LIST, Difference("input", "", "1", "2")], entries(firm))
    change = causes.of(row(), row(hit(number(5), NAMES[4]), cells="b"))
    assert change is not None
    assert (change.cause, change.because) == ("input", ())


def test_a_hit_of_another_list_is_not_of_the_changed_one(firm: Firm) -> None:
    """An entry of the program on a list of the same name has an id of its own."""
    held = bases(firm)
    for basis in held:
        basis["lists"] = {**basis["lists"], "embedded_ids": ["syn-list"]}
    asked = entries_of(*held, [firm.data])
    change = Causes(*held, [LIST, ENGINE], asked).of(row(), row(hit("works", "Works")))
    assert change is not None
    assert (change.cause, change.entries) == ("engine", ())
    change = Causes(*held, [EMBEDDED, ENGINE], asked).of(row(), row(hit("works", "Works")))
    assert change is not None
    assert (change.cause, change.because) == ("several", ("list embedded entities", "engine"))
    assert "no data folder keeps versions of it" in change.entries[0]


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_versions_that_are_gone_are_said(
    form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list is the cause where only lists differ; where the day differs too, nobody can know: several."""
    monkeypatch.setenv("COLUMNS", "200")
    firm = Firm(tmp_path, capsys)
    before = firm.screen(f"before.{form}")
    (older,) = (path for path in (firm.data / "lists" / "syn-list").iterdir() if path.is_dir())
    firm.take_list([*NAMES, NEW], "2026-11-15")
    shutil.rmtree(older)
    for name, day, cause in (("after", DAY, ("list", ["syn-list"])), ("later", "2026-11-21", ("several", None))):
        changes = firm.diff(before, firm.screen(f"{name}.{form}", day=day))["changes"]
        (change,) = [one for one in changes if one["before"] == 3]
        assert change["cause"] == cause[0]
        assert change["because"] == (cause[1] or ["list syn-list", "date"])
        (said,) = change["entries"]
        assert f"whether {NEW} changed on syn-list could not be looked up" in said
        assert f"version {older.name[:12]} is not in {firm.data}" in said


def test_the_entry_stands_in_words_and_table(firm: Firm) -> None:
    """What became of it is said below what changed in the row."""
    words = ("runs", "diff", str(firm.folder / "before.jsonl"), str(firm.folder / "after.jsonl"))
    assert f"list entry: {NEW} was added (syn-list:" in firm.run(*words)
    firm.run(*words, "-o", str(firm.folder / "diff.csv"), "--data-dir", str(firm.data))
    assert f"{NEW} was added" in (firm.folder / "diff.csv").read_text(encoding="utf-8")
