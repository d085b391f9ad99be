"""The command line: exit codes, output that is whole or not there, and messages that say what to do."""

from __future__ import annotations

import csv
import io
import json
import os
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from builders import ROOT
from sanctionscreen.cli import exits, run
from sanctionscreen.cli.exits import ExitCode, guarded
from sanctionscreen.cli.output import Format, Target, check_target, choose, opened
from sanctionscreen.cli.progress import Progress, about_rows, is_watched
from sanctionscreen.cli.reference import reference
from sanctionscreen.errors import EngineError, InputError, Location, RuleError, WatchlistError
from sanctionscreen.screening.result_columns import COLUMNS, SHIPMENT_COLUMN

SHIPMENTS = """Shipment ID,Consignee,HS code,Description,Destination country
0001,Synthetic Appliances,8418.21,household refrigerators,DE
0002,=Synthetic Trading,8542.31,processors,RU
0002,Synthetic Trading,8418.21,household refrigerators,RU
0003,too,many,cells,DE,here
"""
PROGRAM = [sys.executable, "-c", "from sanctionscreen.cli import main; main()"]


@pytest.fixture
def shipments(tmp_path: Path) -> Path:
    path = tmp_path / "shipments.csv"
    path.write_text(SHIPMENTS, encoding="utf-8")
    return path


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# --- screen ---------------------------------------------------------------------------------------------------------


def test_a_file_comes_back_whole(shipments: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every row, its own cells, our columns, the verdict of its shipment; the summary says where it all is."""
    out = tmp_path / "out.csv"
    assert run(["screen", str(shipments), "-o", str(out)]) == ExitCode.DONE
    rows = rows_of(out)
    assert list(rows[0]) == ["Shipment ID", "Consignee", "HS code", "Description", "Destination country", *COLUMNS, SHIPMENT_COLUMN]  # fmt: skip
    assert [row["Shipment ID"] for row in rows] == ["0001", "0002", "0002", "0003"]
    assert [row["screening_decision"] for row in rows] == ["clear", "block", "clear", "not_screenable"]
    assert [row[SHIPMENT_COLUMN] for row in rows] == ["clear", "block", "block", ""]
    assert rows[1]["Consignee"] == "'=Synthetic Trading"
    assert "here" in rows[3]["screening_warnings"]
    said = " ".join(capsys.readouterr().out.split())
    assert "4 rows read = 2 clear + 0 review + 1 block + 1 not screenable" in said
    assert "1 cell that a spreadsheet would run as a formula got an apostrophe in front" in said
    assert "nothing found on the lists loaded; not an all-clear" in said
    assert "approved" not in said
    assert said.endswith(f"Result: {out}")


def test_a_pipe_gets_the_result_and_standard_error_the_summary(
    shipments: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Standard output holds the result and nothing else; no progress is drawn where nobody watches."""
    assert run(["screen", str(shipments)]) == ExitCode.DONE
    captured = capfd.readouterr()
    assert [row["Shipment ID"] for row in csv.DictReader(io.StringIO(captured.out))] == ["0001", "0002", "0002", "0003"]
    assert "Result: standard output" in captured.err
    assert "\r" not in captured.err


def test_json_lines_keep_the_cells_as_they_are(shipments: Path, tmp_path: Path) -> None:
    """The ending of the file chooses the format; cells are not touched, cells beyond the header are there."""
    out = tmp_path / "out.jsonl"
    assert run(["screen", str(shipments), "-o", str(out)]) == ExitCode.DONE
    found = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert found[1]["input"]["Consignee"] == "=Synthetic Trading"
    assert found[1]["shipment"] == {"id": "0002", "decision": "block"}
    assert "here" in found[3]["input"].values()
    assert found[3]["decision"] == "not_screenable"


def test_standard_input_is_read(shipments: Path) -> None:
    """`-` reads standard input; the result goes to standard output."""
    done = subprocess.run([*PROGRAM, "screen", "-"], input=shipments.read_bytes(), capture_output=True, check=False)
    assert done.returncode == ExitCode.DONE
    assert done.stdout.count(b"\n") == 5


def test_raw_cells_are_left_alone(shipments: Path, tmp_path: Path) -> None:
    """With --raw-cells a formula stays one."""
    out = tmp_path / "out.csv"
    assert run(["screen", str(shipments), "-o", str(out), "--raw-cells"]) == ExitCode.DONE
    assert rows_of(out)[1]["Consignee"] == "=Synthetic Trading"


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--fail-on", "review"], ExitCode.FINDINGS),
        (["--fail-on", "block"], ExitCode.FINDINGS),
        (["--max-unscreenable", "1"], ExitCode.DONE),
        (["--max-unscreenable", "0"], ExitCode.UNSCREENABLE),
        (["--max-unscreenable", "0", "--fail-on", "block"], ExitCode.UNSCREENABLE),
        (["--fail-on", "clear"], ExitCode.UNUSABLE),
        (["--as-of", "31.02.2024"], ExitCode.UNUSABLE),
        (["--rules", "no/such/pack"], ExitCode.UNUSABLE),
        (["--profile", "no/such/profile.yml"], ExitCode.UNUSABLE),
        (["--list", "no/such/list.yml"], ExitCode.UNUSABLE),
    ],
)
def test_a_run_ends_with_the_code_of_the_table(
    shipments: Path, tmp_path: Path, options: list[str], code: ExitCode
) -> None:
    """Findings and unscreenable rows fail a run only when asked; what cannot be used always does."""
    assert run(["screen", str(shipments), "-o", str(tmp_path / "out.csv"), *options]) == code


def test_clear_rows_do_not_fail_a_run(tmp_path: Path) -> None:
    """A file without alerts passes both gates."""
    path = tmp_path / "in.csv"
    path.write_text("Consignee,Description\nSynthetic Appliances,carpets\n", encoding="utf-8")
    options = ["--fail-on", "review", "--max-unscreenable", "0"]
    assert run(["screen", str(path), "-o", str(tmp_path / "out.csv"), *options]) == ExitCode.DONE


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda path: None, "missing.csv"),
        (lambda path: path.mkdir(), "missing.csv"),
        (lambda path: path.write_bytes(b""), "missing.csv"),
    ],
)
def test_a_file_that_cannot_be_used_is_named(
    make: Callable[[Path], Any], expected: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Missing, a folder, empty: one clear line, code 2, no result file."""
    path = tmp_path / "missing.csv"
    make(path)
    assert run(["screen", str(path), "-o", str(tmp_path / "out.csv")]) == ExitCode.UNUSABLE
    said = capsys.readouterr().err
    assert said.startswith("sanctionscreen: ")
    assert expected in said
    assert "Traceback" not in said
    assert not (tmp_path / "out.csv").exists()


def test_every_fault_of_a_pack_is_said_with_its_place(
    shipments: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """file:line:col for each fault of an own pack, and code 2; nothing is screened."""
    pack = tmp_path / "pack.yml"
    pack.write_text("pack: {id: syn, version: 1, title: T, extends: russia}\nrulez: []\nlistz: {}\n", encoding="utf-8")
    assert run(["screen", str(shipments), "-o", str(tmp_path / "o.csv"), "--rules", str(pack)]) == ExitCode.UNUSABLE
    said = capsys.readouterr().err
    assert f"{pack}:2:1: " in said
    assert f"{pack}:3:1: " in said
    assert not (tmp_path / "o.csv").exists()


# --- where the result goes --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "output", "wanted", "at_terminal", "expected"),
    [
        ("d/in.csv", None, None, True, Target(Path("d/in.screened.csv"), Format.CSV)),
        ("d/in.txt", None, Format.JSONL, True, Target(Path("d/in.screened.jsonl"), Format.JSONL)),
        ("d/in.csv", None, None, False, Target(None, Format.CSV)),
        ("-", None, None, True, Target(None, Format.CSV)),
        ("in.csv", "-", None, True, Target(None, Format.CSV)),
        ("in.csv", "o.jsonl", None, False, Target(Path("o.jsonl"), Format.JSONL)),
        ("in.csv", "o.jsonl", Format.CSV, False, Target(Path("o.jsonl"), Format.CSV)),
    ],
)
def test_the_target_follows_from_the_command(
    file: str, output: str | None, wanted: Format | None, at_terminal: bool, expected: Target
) -> None:
    """-o decides; without it a pipe gets the result, and a terminal a file beside the input."""
    assert choose(file, output, wanted, at_terminal=at_terminal) == expected


def test_an_input_is_never_overwritten(shipments: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither under its own name, nor by another way to the same file, nor a file of rules."""
    (tmp_path / "link.csv").symlink_to(shipments)
    for out in (shipments, tmp_path / "." / "shipments.csv", tmp_path / "link.csv"):
        assert run(["screen", str(shipments), "-o", str(out)]) == ExitCode.UNUSABLE
        assert "would be overwritten" in capsys.readouterr().err
    assert run(["screen", str(shipments), "-o", "p.yml", "--rules", "p.yml"]) == ExitCode.UNUSABLE
    assert shipments.read_text(encoding="utf-8") == SHIPMENTS


def test_a_folder_that_is_not_there_is_an_error_before_any_work(tmp_path: Path) -> None:
    """The message names the folder."""
    with pytest.raises(InputError, match="there is no folder"):
        check_target(Target(tmp_path / "no" / "out.csv", Format.CSV), [])
    with pytest.raises(InputError, match="is a folder"):
        check_target(Target(tmp_path, Format.CSV), [])


def break_off(out: Path) -> None:
    with opened(Target(out, Format.CSV)) as stream:
        stream.write("new")
        raise RuntimeError


def test_a_result_is_whole_or_not_there(tmp_path: Path) -> None:
    """A run that breaks leaves the old result, and nothing half written beside it."""
    out = tmp_path / "out.csv"
    out.write_text("old", encoding="utf-8")
    with pytest.raises(RuntimeError):
        break_off(out)
    assert out.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [out]
    with opened(Target(out, Format.CSV)) as stream:
        stream.write("new")
    assert out.read_text(encoding="utf-8") == "new"
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.skipif(os.name != "posix", reason="modes of files")
def test_a_replaced_file_keeps_its_mode_and_its_link(tmp_path: Path) -> None:
    """Who could read the result before can read it after; a link still points to it."""
    out, link = tmp_path / "out.csv", tmp_path / "link.csv"
    out.write_text("old", encoding="utf-8")
    out.chmod(0o640)
    link.symlink_to(out)
    with opened(Target(link, Format.CSV)) as stream:
        stream.write("new")
    assert link.is_symlink()
    assert out.read_text(encoding="utf-8") == "new"
    assert stat.S_IMODE(out.stat().st_mode) == 0o640


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_a_clear_error(shipments: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The system's words, the name of the file, code 2; a device is written to and never replaced."""
    assert run(["screen", str(shipments), "-o", "/dev/full"]) == ExitCode.UNUSABLE
    assert "/dev/full: cannot be written: No space left on device" in capsys.readouterr().err
    assert Path("/dev/full").is_char_device()


@pytest.mark.skipif(os.name != "posix", reason="pipes of a shell")
def test_a_reader_that_goes_away_ends_the_run_quietly(shipments: Path) -> None:
    """`| head -1` gets its line; no traceback, and no code that means findings."""
    lines = SHIPMENTS + "0001,Synthetic Appliances,8418.21,household refrigerators,DE\n" * 3000
    shipments.write_text(lines, encoding="utf-8")
    with subprocess.Popen(
        [*PROGRAM, "screen", str(shipments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        assert child.stdout.readline().startswith(b"Shipment ID,")
        child.stdout.close()
        assert child.stderr.read() == b""
        assert child.wait() == ExitCode.READER_GONE


# --- the table of exit codes ------------------------------------------------------------------------------------------


def raising(error: BaseException) -> Callable[[], int]:
    def action() -> int:
        raise error

    return action


def missing_list() -> WatchlistError:
    error = WatchlistError("cannot be read: No such file or directory", Location("entities.yml"))
    error.__cause__ = FileNotFoundError()
    return error


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (InputError("is empty", Location("in.csv")), 2, "in.csv: is empty"),
        (RuleError("no such key", Location("p.yml", 3, 5)), 2, "p.yml:3:5: no such key"),
        (ExceptionGroup("2 faults", [RuleError("a", Location("p", 1, 2)), RuleError("b")]), 2, "p:1:2: a"),
        (WatchlistError("stands twice", Location("l.yml", 3)), 2, "l.yml:3: stands twice"),
        (ExceptionGroup("1 fault", [missing_list()]), 3, "entities.yml: cannot be read"),
        (EngineError("rows are lost"), 70, "this is a fault of sanctionscreen"),
        (ExceptionGroup("mixed", [RuleError("a"), ValueError("b")]), 70, "this is a fault of sanctionscreen"),
        (ZeroDivisionError("x"), 70, "ZeroDivisionError: x"),
        (KeyboardInterrupt(), 130, "stopped"),
    ],
)
def test_each_failure_has_its_code(
    error: BaseException, code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ours by who must act; anything unexpected is 70, never 1, and says that it is our fault."""
    assert guarded(raising(error)) == code
    printed = capsys.readouterr().err
    assert said in printed
    assert "Traceback" not in printed


def test_debug_shows_the_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    """Anywhere on the line."""
    assert run(["screen", "no/such/file.csv", "--debug"]) == ExitCode.UNUSABLE
    assert "Traceback" in capsys.readouterr().err
    assert run(["check", "--", "--debug"]) == ExitCode.DONE
    assert "'--debug'" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments", [["screen"], ["scren"], ["screen", "--no-such"], ["explain", "f.csv", "--row", "0"], []]
)
def test_wrong_usage_says_how(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Code 2 and the usage on standard error."""
    assert run(arguments) == ExitCode.UNUSABLE
    captured = capsys.readouterr()
    assert "Usage: sanctionscreen" in captured.err + captured.out


def test_every_code_has_a_meaning() -> None:
    """The table is complete."""
    assert set(exits.MEANINGS) == set(ExitCode)


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """Name and version, nothing else."""
    from sanctionscreen import __version__

    assert run(["--version"]) == ExitCode.DONE
    assert capsys.readouterr().out == f"sanctionscreen {__version__}\n"


# --- the other commands -----------------------------------------------------------------------------------------------


def json_of(arguments: list[str], capfd: pytest.CaptureFixture[str]) -> Any:
    assert run(arguments) == ExitCode.DONE
    return json.loads(capfd.readouterr().out)


def test_explain_adds_up(shipments: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """The sentence, the sum, the evidence; the same as JSON with the nearest misses."""
    assert run(["explain", str(shipments), "--row", "2"]) == ExitCode.DONE
    said = capfd.readouterr().out
    assert said.startswith("Row 2 comes to block with score ")
    assert "source: " in said
    found = json_of(["explain", str(shipments), "--row", "2", "--json"], capfd)
    assert round(sum(part["points"] for part in found["contributions"]), 1) == found["score"]
    assert "near_misses" in found


def test_explain_says_why_a_row_was_not_screened(shipments: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A row that does not fit the header has a reason, not an error."""
    assert run(["explain", str(shipments), "--row", "4"]) == ExitCode.DONE
    assert capfd.readouterr().out.startswith("Row 4 could not be screened: ")
    assert json_of(["explain", str(shipments), "--row", "4", "--json"], capfd)["decision"] == "not_screenable"


def test_explain_knows_how_many_rows_there_are(shipments: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A row that is not there is an error of the caller."""
    assert run(["explain", str(shipments), "--row", "9"]) == ExitCode.UNUSABLE
    assert "has no row 9; it has 4" in capsys.readouterr().err


def test_check_finds_a_listed_party(capfd: pytest.CaptureFixture[str]) -> None:
    """A name of the lists resembles itself, and --fail-on makes a gate of it."""
    from sanctionscreen.watchlist.entities import load_entities

    listed = next(party for party in load_entities().parties if party.status == "official" and party.kind == "company")
    found = json_of(["check", listed.name, "--json"], capfd)
    assert found["hits"][0]["entity_id"] == listed.id
    assert run(["check", listed.name, "--fail-on", "official"]) == ExitCode.FINDINGS


def test_check_promises_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    """Without a hit: nothing found, not an all-clear; a name that holds nothing is refused, not passed."""
    assert run(["check", "Lindqvist Kylteknik", "--fail-on", "context"]) == ExitCode.DONE
    assert "nothing found on the lists loaded; not an all-clear" in capfd.readouterr().out
    for name in ("???", " ", "---"):
        assert run(["check", "--", name]) == ExitCode.UNUSABLE
    assert run(["check", "Lindqvist", "--country", "Atlantis"]) == ExitCode.UNUSABLE


def test_the_rules_prove_themselves(capfd: pytest.CaptureFixture[str]) -> None:
    """All tests pass, one rule can be tested alone, and an unknown id gets a suggestion."""
    assert run(["rules", "test", "--id", "RU-GDS-001"]) == ExitCode.DONE
    assert "tests of 1 rules passed" in capfd.readouterr().out
    assert run(["rules", "test", "--id", "RU-GDS-0001"]) == ExitCode.UNUSABLE
    assert "did you mean 'RU-GDS-001'" in capfd.readouterr().err


def test_the_rules_are_listed(capfd: pytest.CaptureFixture[str]) -> None:
    """Each with its references, fingerprint, and whether it is in force."""
    found = json_of(["rules", "list", "--json"], capfd)
    assert all(rule["references"] and rule["fingerprint"] for rule in found)
    assert any(rule["in_force"] for rule in found)
    assert run(["rules", "list"]) == ExitCode.DONE
    assert f"{len(found)} rules" in capfd.readouterr().out


def test_a_pack_is_checked(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Faults are code 1 with their places; a pack that is not there is code 2."""
    pack = tmp_path / "pack.yml"
    pack.write_text("pack: {id: syn, version: 1, title: T, extends: russia}\nrulez: []\n", encoding="utf-8")
    assert run(["rules", "check", str(pack)]) == ExitCode.FINDINGS
    assert f"{pack}:2:1: " in capfd.readouterr().err
    pack.write_text("pack: {id: syn, version: 1, title: T, extends: russia}\n", encoding="utf-8")
    assert run(["rules", "check", str(pack)]) == ExitCode.DONE
    assert run(["rules", "check", str(tmp_path / "no.yml")]) == ExitCode.UNUSABLE


def test_the_lists_say_what_they_are(capfd: pytest.CaptureFixture[str]) -> None:
    """Dates, counts, four fingerprints and the screening day."""
    found = json_of(["lists", "--json", "--as-of", "2024-04-23"], capfd)
    assert found["as_of"] == "2024-04-23"
    assert all(info["count"] >= 0 and info["retrieved"] for info in found["lists"])
    assert {"lists", "rules", "profile", "code", "as_of", "stale_lists"} == set(found["fingerprints"])
    assert run(["lists"]) == ExitCode.DONE


def test_evidence_walks_from_a_document_and_back(capfd: pytest.CaptureFixture[str]) -> None:
    """A claim leads to its document, a rule to the document that names its red flag."""
    claim = json_of(["evidence", "003-1", "--json"], capfd)
    assert "003" in [child["id"] for child in claim["children"]]
    rule = json_of(["evidence", "RU-GDS-001", "--json"], capfd)
    assert "document" in {child["kind"] for child in rule["children"]}
    assert run(["evidence", "003"]) == ExitCode.DONE
    assert "003-1" in capfd.readouterr().out
    assert run(["evidence", "no-such-id"]) == ExitCode.UNUSABLE


# --- progress, help, cold start ---------------------------------------------------------------------------------------


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def drawn(stream: io.StringIO, seconds: list[float], total: int | None = 80_000) -> str:
    ticks = iter(seconds)
    progress = Progress(stream, lambda: total, clock=lambda: next(ticks))
    for rows in range(10_000, 10_000 * len(seconds), 10_000):
        progress(rows)
    progress.close()
    return stream.getvalue()


def test_progress_shows_rate_and_remaining_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """One line, redrawn, and taken away at the end."""
    monkeypatch.setenv("TERM", "xterm")
    said = drawn(Terminal(), [0.0, 1.0, 4.0])
    assert said == "\r\x1b[K20,000 rows, 5,000 a second, about 0:12 left\r\x1b[K"
    assert "left" not in drawn(Terminal(), [0.0, 4.0], total=None)


def test_progress_is_silent_where_nobody_watches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Short runs, pipes and dumb terminals get none."""
    monkeypatch.setenv("TERM", "xterm")
    assert drawn(Terminal(), [0.0, 0.5, 1.9]) == ""
    assert drawn(io.StringIO(), [0.0, 5.0]) == ""
    monkeypatch.setenv("TERM", "dumb")
    assert not is_watched(Terminal())


def test_rows_are_estimated_by_line_ends(shipments: Path) -> None:
    """The header is not counted; what is no file has no estimate."""
    assert about_rows(shipments) == 4
    assert about_rows(Path("-")) is None


def test_the_page_on_the_command_line_is_current() -> None:
    """`docs/cli.md` is what the program says of itself."""
    page = ROOT / "docs" / "cli.md"
    assert page.read_text(encoding="utf-8") == reference() + "\n", (
        "run: python -m sanctionscreen.cli.reference > docs/cli.md"
    )


def test_the_start_loads_nothing_that_is_not_needed() -> None:
    """`--version` and help load neither Polars nor Rich nor the rooms below; help is Typer's plain text."""
    code = (
        "import sys; from sanctionscreen.cli import run; run(['screen', '--help'])\n"
        "print('LOADED', *sorted({'polars', 'rich', 'numpy', 'rapidfuzz', 'yaml', 'pypinyin', "
        "'sanctionscreen.screening', 'sanctionscreen.rules', 'sanctionscreen.ingest'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1].strip() == "LOADED"


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "Synthetic Appliances"],
        ["explain", "{file}", "--row", "1"],
    ],
)
def test_a_single_record_never_loads_polars(arguments: list[str], shipments: Path) -> None:
    """`check` and `explain` take the way of the single record."""
    line = [part.format(file=shipments) for part in arguments]
    code = f"import sys; from sanctionscreen.cli import run; run({line!r}); print('LOADED', 'polars' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "LOADED False"


def test_a_few_rows_load_neither_polars_nor_other_processes(shipments: Path, tmp_path: Path) -> None:
    """Ten rows are judged one by one: what serves large files, explanations and the checks of packs waits."""
    few = tmp_path / "ten.csv"
    few.write_text("".join(shipments.read_text(encoding="utf-8").splitlines(keepends=True)[:11]), encoding="utf-8")
    line = ["screen", str(few), "-o", str(tmp_path / "out.csv")]
    code = (
        f"import sys; from sanctionscreen.cli import run; run({line!r})\n"
        "print('LOADED', *sorted({'polars', 'concurrent.futures.process', 'multiprocessing', 'jinja2', 'xlsxwriter', "
        "'sanctionscreen.screening.explanation', 'sanctionscreen.rules.lint'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1].strip() == "LOADED"


@pytest.mark.parametrize("arguments", [["lists"], ["rules", "list"], ["check", "Techkrim"]])
def test_a_reader_that_goes_away_is_no_finding(arguments: list[str]) -> None:
    """`… | head -1` ends with 141, as other programs do, and never with 1."""
    command = [sys.executable, "-m", "sanctionscreen", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.wait(timeout=60) in (0, ExitCode.READER_GONE)


def test_a_stopped_run_leaves_no_half_of_a_file(tmp_path: Path) -> None:
    """SIGTERM ends a run as Ctrl-C does: the old result stays, and nothing else."""
    source = tmp_path / "in.csv"
    source.write_text("Consignee\n" + "".join(f"Synthetic Appliances {n}\n" for n in range(200_000)), encoding="utf-8")
    target = tmp_path / "out.csv"
    target.write_text("old", encoding="utf-8")
    command = [sys.executable, "-m", "sanctionscreen", "screen", str(source), "-o", str(target)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        deadline = time.monotonic() + 60
        while len(list(tmp_path.iterdir())) < 3 and time.monotonic() < deadline:
            time.sleep(0.05)
        process.terminate()
        assert process.wait(timeout=60) == 128 + 15
    assert target.read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "out.csv"]
