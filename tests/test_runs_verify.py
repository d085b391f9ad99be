"""`runs verify` and `runs show`: whatever is done to a result or its record is named."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from runs_desk import record_of, screen, shipments
from sanctionscreen.cli import run
from sanctionscreen.cli.exits import ExitCode
from sanctionscreen.errors import InputError
from sanctionscreen.runs import verify
from sanctionscreen.runs.manifest import read_manifest
from sanctionscreen.runs.rendering import split

ROWS = 40


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished run of two text results and a workbook."""
    folder = tmp_path_factory.mktemp("done")
    source = shipments(folder / "in.csv", ROWS, has_ids=True)
    outputs = [word for name in ("out.csv", "out.jsonl", "out.xlsx") for word in ("-o", str(folder / name))]
    screen(str(source), *outputs)
    return folder


@pytest.fixture
def results(done: Path, tmp_path: Path) -> Path:
    """A copy that a test may spoil."""
    return shutil.copytree(done, tmp_path / "results")


def rows_of(path: Path) -> list[bytes]:
    """The rows of a result, the header of CSV among them."""
    return split(path.read_bytes(), ROWS + (path.suffix == ".csv"))


def named_rows(path: Path) -> list[int]:
    return sorted(row for fault in verify(path).faults for row in fault.rows)


def test_a_result_as_it_was_written_is_intact(results: Path) -> None:
    """A record stands for all its results, a result for itself."""
    assert verify(results / "out.csv.run.json").checked == ("out.csv", "out.jsonl", "out.xlsx")
    for name in ("out.csv.run.json", "out.csv", "out.jsonl", "out.xlsx"):
        assert verify(results / name).is_intact


def test_moved_together_they_are_still_intact(results: Path) -> None:
    """Folders are no part of what is proved."""
    moved = results.rename(results.with_name("elsewhere"))
    assert verify(moved / "out.csv.run.json").is_intact


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.sampled_from(["out.csv", "out.jsonl"]), st.integers(1, ROWS), st.integers(1, ROWS), st.data())
def test_whatever_is_done_to_a_row_is_named(
    results: Path, done: Path, name: str, row: int, other: int, data: st.DataObject
) -> None:
    """A row edited, deleted, doubled, invented or in another place."""
    path = results / name
    shutil.copy(done / name, path)
    rows = rows_of(path)
    first = 0 if name == "out.csv" else 1
    at, to = row - first, other - first
    deed = data.draw(st.sampled_from(["edit", "delete", "insert", "double", "move"]))
    same = [place for place, held in enumerate(rows) if held == rows[at]]
    if deed == "edit":
        place = data.draw(st.integers(0, len(rows[at]) - 2))
        rows[at] = rows[at][:place] + (b"#" if rows[at][place : place + 1] != b"#" else b"+") + rows[at][place + 1 :]
    elif deed == "delete":
        del rows[at]
    elif deed == "insert":
        rows.insert(at, b"an invented row\n")
    elif deed == "double":
        rows.insert(to, rows[at])
    else:
        rows.insert(to, rows.pop(at))
    text = b"".join(rows)
    path.write_bytes(text)
    found = verify(path)
    if text == (done / name).read_bytes():
        assert found.is_intact
        return
    assert not found.is_intact
    if deed in ("edit", "delete"):
        assert {place + first for place in same} & set(named_rows(path))
        assert len(named_rows(path)) == 1
    elif deed == "move":
        assert named_rows(path)
    else:
        assert [fault.kind for fault in found.faults] == ["inserted"]


def test_two_rows_that_change_places_are_named(results: Path) -> None:
    """Each of two rows far apart is said to stand elsewhere."""
    path = results / "out.jsonl"
    rows = rows_of(path)
    rows[4], rows[30] = rows[30], rows[4]
    path.write_bytes(b"".join(rows))
    assert named_rows(path) == [5, 31]


def test_a_quotation_mark_that_is_taken_away_costs_one_row(results: Path) -> None:
    """An edit that joins all lines behind it into one cell is told as what it is."""
    path = results / "out.csv"
    rows = rows_of(path)
    at = next(place for place, row in enumerate(rows) if row.count(b"\n") > 1)
    rows[at] = rows[at].replace(b'"', b"", 1)
    path.write_bytes(b"".join(rows))
    assert named_rows(path) == [at]


def test_the_header_is_row_0(results: Path) -> None:
    """A column that is renamed changes what every cell means."""
    path = results / "out.csv"
    path.write_bytes(path.read_bytes().replace(b"screening_decision", b"screening_Decision", 1))
    assert named_rows(path) == [0]
    assert "the header was changed" in verify(path).faults[0].said


def spoil(record: Path, change: Callable[[dict[str, Any]], None]) -> None:
    content = json.loads(record.read_text(encoding="utf-8"))
    change(content)
    record.write_text(json.dumps(content), encoding="utf-8")


@pytest.mark.parametrize(
    "change",
    [
        lambda held: held["basis"].update(as_of="2020-01-01"),
        lambda held: held["basis"]["rules"]["rules"].popitem(),
        lambda held: held["result"]["counts"].update(clear=held["result"]["counts"]["clear"] + 1),
        lambda held: held["result"]["notes"].append("all is well"),
    ],
)
def test_an_edited_record_is_told(results: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """What decided, what was counted and what was noted are sealed."""
    spoil(results / "out.csv.run.json", change)
    assert "manifest" in {fault.kind for fault in verify(results / "out.csv").faults}


def test_a_record_that_is_sealed_again_no_longer_fits_the_rows(results: Path) -> None:
    """What a run rests on is the first link: rows and basis cannot be had apart."""
    from sanctionscreen.runs.manifest import seal

    def forge(held: dict[str, Any]) -> None:
        held["basis"]["as_of"] = "2020-01-01"
        held["seal"] = seal(held["basis"], held["result"])

    spoil(results / "out.csv.run.json", forge)
    assert read_manifest(results / "out.csv").is_sealed
    assert not verify(results / "out.csv").is_intact


def test_rows_rewritten_with_their_chain_file_are_told(results: Path) -> None:
    """The chain file names rows and proves nothing: the head is in the record."""
    from sanctionscreen.runs import chain

    path = results / "out.jsonl"
    rows = rows_of(path)
    rows[3] = rows[3].replace(b'"decision": "', b'"decision": "c', 1)
    path.write_bytes(b"".join(rows))
    path.with_name("out.jsonl.chain").write_bytes(chain.heading() + chain.file_lines(chain.digests_of(rows)))
    assert [fault.kind for fault in verify(path).faults] == ["manifest"]


@pytest.mark.parametrize("spoilt", [b"", b"sanctionscreen.chain/1\nffff\n"])
def test_a_spoilt_chain_file_is_not_blamed_on_the_result(results: Path, spoilt: bytes) -> None:
    """The result is as it was written; the file that would name its rows is not."""
    (results / "out.csv.chain").write_bytes(spoilt)
    assert [fault.kind for fault in verify(results / "out.csv").faults] == ["chain"]


def test_a_result_that_is_gone_or_without_rows_to_name_is_told(results: Path) -> None:
    """A record misses its results; a workbook is compared as a whole."""
    (results / "out.csv").unlink()
    with (results / "out.xlsx").open("ab") as file:
        file.write(b"x")
    faults = verify(results / "out.jsonl.run.json").faults
    assert [(fault.file, fault.kind) for fault in faults] == [("out.csv", "missing"), ("out.xlsx", "file")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "is no manifest"),
        ("[" * 100_000, "is no manifest"),
        ('{"schema": "sanctionscreen.run/9"}', "its schema is not"),
        ('{"schema": "sanctionscreen.run/1"}', "is missing"),
    ],
)
def test_a_damaged_record_is_a_clear_error(tmp_path: Path, content: str, said: str) -> None:
    """Whatever stands in the file, the program does not break."""
    record = tmp_path / "x.csv.run.json"
    record.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        verify(record)


def test_a_record_names_no_file_elsewhere(results: Path) -> None:
    """A record that comes from others leads to no file but those beside it."""
    spoil(results / "out.csv.run.json", lambda held: held["result"]["outputs"][0].update(name="../in.csv"))
    with pytest.raises(InputError, match="no name of a file beside it"):
        verify(results / "out.csv.run.json")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["verify", "out.csv"], ExitCode.DONE, "as written, 40 rows"),
        (["verify", "in.csv"], ExitCode.UNUSABLE, "has no record beside it"),
        (["verify", "nothing.csv"], ExitCode.UNUSABLE, "there is no such file"),
        (["show", "out.jsonl"], ExitCode.DONE, "'Consignee' is consignee.name"),
    ],
)
def test_the_commands_say_what_they_find(
    results: Path, capsys: pytest.CaptureFixture[str], words: Sequence[str], code: ExitCode, said: str
) -> None:
    """Exit codes as in the table; words that a person can use."""
    assert run(["runs", words[0], str(results / words[1])]) == code
    captured = capsys.readouterr()
    assert said in captured.out + captured.err


def test_a_broken_chain_ends_with_code_1(results: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The rows are named, also for programs."""
    rows = rows_of(results / "out.jsonl")
    (results / "out.jsonl").write_bytes(b"".join(rows[:9] + rows[12:]))
    assert run(["runs", "verify", str(results / "out.jsonl")]) == ExitCode.FINDINGS
    assert "rows 10 to 12 were deleted" in capsys.readouterr().out
    run(["runs", "verify", str(results / "out.jsonl"), "--json"])
    found = json.loads(capsys.readouterr().out)
    assert not found["intact"]
    assert found["faults"][0]["rows"] == [10, 11, 12]


def test_a_record_closes(done: Path) -> None:
    """Read is clear, review, block and not screenable together; every result is named with what it holds."""
    counts = record_of(done / "out.csv")["result"]["counts"]
    assert counts["read"] == ROWS == sum(count for word, count in counts.items() if word != "read")
    assert [one["name"] for one in record_of(done / "out.csv")["result"]["outputs"]] == [
        "out.csv",
        "out.jsonl",
        "out.xlsx",
    ]


def test_one_row_has_one_short_line_in_the_chain(done: Path) -> None:
    """A million rows have a chain of 33 MB."""
    assert (done / "out.jsonl.chain").stat().st_size == len(b"sanctionscreen.chain/1\n") + 33 * ROWS
