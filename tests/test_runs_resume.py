"""A run that is stopped leaves nothing, or what `--resume` goes on from to the same bytes; no input is ever touched."""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from runs_desk import DAY, command, killed_at, left_in, noted_rows, repeatable, screen, shipments
from sanctionscreen.cli import run
from sanctionscreen.cli.exits import ExitCode
from sanctionscreen.errors import InputError
from sanctionscreen.runs import verify
from sanctionscreen.runs.partial import Partial

ROWS = 300
needs_posix = pytest.mark.skipif(os.name != "posix", reason="signals and limits of POSIX")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "results"
    path.mkdir()
    return path


def words_for(source: Path, folder: Path, outputs: Sequence[str], *more: str) -> list[str]:
    named = [word for name in outputs for word in ("-o", str(folder / name))]
    return ["screen", str(source), *named, "--as-of", DAY, "--no-progress", *more]


def same_results(folder: Path, other: Path, outputs: Sequence[str]) -> None:
    """Text results, chains and what is repeatable of the records are the same; everything verifies."""
    for name in outputs:
        if not name.endswith((".xlsx", ".html", ".parquet")):
            assert (folder / name).read_bytes() == (other / name).read_bytes()
            chain = name + ".chain"
            assert (folder / chain).read_bytes() == (other / chain).read_bytes()
        assert repeatable(folder / name)["basis"] == repeatable(other / name)["basis"]
        assert repeatable(folder / name)["result"]["counts"] == repeatable(other / name)["result"]["counts"]
        assert verify(folder / name).is_intact


@needs_posix
@pytest.mark.parametrize(
    ("has_ids", "outputs", "seed"),
    [(True, ["out.csv", "out.jsonl"], 2), (False, ["out.csv", "out.parquet"], 3)],
)
def test_a_killed_run_goes_on_to_the_same_bytes(
    tmp_path: Path, folder: Path, has_ids: bool, outputs: list[str], seed: int
) -> None:
    """Killed at several points, with shipments whose lines stand apart and without, then finished."""
    source = shipments(tmp_path / "in.csv", ROWS, has_ids=has_ids)
    held = source.read_bytes()
    whole = tmp_path / "whole"
    whole.mkdir()
    screen(*words_for(source, whole, outputs)[1:-3])
    note, at = folder / f".{outputs[0]}.resume", 0
    for _ in range(2):
        at = random.Random(seed).randint(at + 1, at + 150)
        said = killed_at(words_for(source, folder, outputs, "--resume"), note, at)
        assert "fault" not in said
        assert not any(name in outputs for name in left_in(folder)) or verify(folder / outputs[0]).is_intact
    last = subprocess.run(
        command(*words_for(source, folder, outputs, "--resume")), capture_output=True, text=True, check=False
    )
    assert last.returncode == ExitCode.DONE, last.stderr
    same_results(folder, whole, outputs)
    kept = [f"{name}{ending}" for name in outputs for ending in ("", ".chain", ".run.json")]
    assert not left_in(folder, *kept)
    if seed != 3:
        assert {**repeatable(folder / outputs[0])} == {**repeatable(whole / outputs[0])}
    assert source.read_bytes() == held


@pytest.fixture(scope="module")
def half_done(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An input, and what a run over it left that was killed in the middle."""
    root = tmp_path_factory.mktemp("half")
    (root / "results").mkdir()
    words = words_for(shipments(root / "in.csv", ROWS, has_ids=False), root / "results", ["out.csv"])
    killed_at(words, root / "results" / ".out.csv.resume", 100)
    assert noted_rows(root / "results" / ".out.csv.resume") >= 100
    return root


@pytest.fixture
def stopped(half_done: Path, tmp_path: Path, folder: Path) -> list[str]:
    """The command of that run, over a copy of everything."""
    shutil.copy(half_done / "in.csv", tmp_path / "in.csv")
    shutil.copytree(half_done / "results", folder, dirs_exist_ok=True)
    return words_for(tmp_path / "in.csv", folder, ["out.csv"])


@needs_posix
@pytest.mark.parametrize(
    ("change", "said"),
    [
        (["input"], "input: "),
        (["--as-of", "2025-01-01"], "date: 2026-11-20, now 2025-01-01"),
        (["--raw-cells"], "option raw_cells: False, now True"),
        (["--rules"], "rule OWN-"),
        (["part"], "was changed since the run stopped"),
        (["note"], "is damaged"),
    ],
)
def test_only_the_same_run_goes_on(
    stopped: list[str], tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str], change: list[str], said: str
) -> None:
    """What differs is said, nothing is written, and what waited is still there."""
    more = change if change[0].startswith("--") else []
    if change == ["input"]:
        (tmp_path / "in.csv").write_bytes((tmp_path / "in.csv").read_bytes() + b"\n")
    elif change == ["part"]:
        part = folder / ".out.csv.part"
        part.write_bytes(part.read_bytes().replace(b"clear", b"CLEAR", 1))
    elif change == ["note"]:
        (folder / ".out.csv.resume").write_text("{", encoding="utf-8")
    elif change == ["--rules"]:
        more = ["--rules", str(own_pack(tmp_path))]
    assert run([*stopped, "--resume", *more]) == ExitCode.UNUSABLE
    assert said in capsys.readouterr().err
    assert left_in(folder) == [".out.csv.chain.part", ".out.csv.part", ".out.csv.resume"]


def own_pack(folder: Path) -> Path:
    path = folder / "own.yml"
    path.write_text(
        """
pack: {id: own, version: "1"}
rules:
  - id: OWN-TST-001
    title: Anything of weight
    status: experimental
    version: 1
    level: low
    group: goods
    weight: 5
    why: A test.
    references: [{text: own}]
    when: {goods.net_weight|gte: 1}
    tests:
      - {name: heavy, record: {goods.net_weight: "2"}, expect: hit}
""",
        encoding="utf-8",
    )
    return path


@needs_posix
def test_without_resume_a_run_begins_anew_and_says_so(
    stopped: list[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody is stopped by what an earlier run left."""
    assert run(stopped) == ExitCode.DONE
    assert "an unfinished result is thrown away" in capsys.readouterr().err
    assert left_in(folder) == ["out.csv", "out.csv.chain", "out.csv.run.json"]


@needs_posix
def test_a_result_that_is_not_finished_is_no_result(
    stopped: list[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`runs verify` says how to go on."""
    assert run(["runs", "verify", str(folder / "out.csv")]) == ExitCode.UNUSABLE
    assert "was not finished; run the same command with --resume" in capsys.readouterr().err


def test_there_may_be_nothing_to_go_on_with(tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Then the run begins with the first row: `--resume` may stand in a command that is simply repeated."""
    source = shipments(tmp_path / "in.csv", 5, has_ids=True)
    assert run(words_for(source, folder, ["out.csv"], "--resume")) == ExitCode.DONE
    assert "nothing to go on with" in capsys.readouterr().err
    assert verify(folder / "out.csv").is_intact


@pytest.mark.parametrize("step", range(4))
def test_a_run_that_dies_while_files_get_their_names_is_finished(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    """At each rename: nothing that is there verifies wrongly, and `--resume` does the rest."""
    source = shipments(tmp_path / "in.csv", 20, has_ids=True)
    words = words_for(source, folder, ["out.csv", "out.jsonl"])
    assert run(words) == ExitCode.DONE
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    renamed = []
    replace = Path.replace

    def failing(self: Path, target: Path) -> Path:
        if len(renamed) == step and self.name.endswith(".part"):
            os._exit(9)
        renamed.append(target)
        return replace(self, target)

    if not (child := os.fork()):
        monkeypatch.setattr(Path, "replace", failing)
        run(words)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    for name in ("out.csv", "out.jsonl"):
        with pytest.raises(InputError, match="was not finished"):
            verify(folder / name)
    assert run([*words, "--resume"]) == ExitCode.DONE
    after = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert after.keys() == before.keys()
    assert all(after[name] == before[name] for name in after if not name.endswith(".run.json"))
    assert verify(folder / "out.csv.run.json").is_intact


# --- what goes wrong --------------------------------------------------------------------------------------------------


@needs_posix
@pytest.mark.parametrize("has_ids", [False, True])
def test_a_full_disk_keeps_what_can_be_gone_on_from(tmp_path: Path, folder: Path, has_ids: bool) -> None:
    """A clear error, code 2, the input untouched; with room again, `--resume` comes to the same bytes."""
    source = shipments(tmp_path / "in.csv", ROWS, has_ids=has_ids)
    held = source.read_bytes()

    def small_disk() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (240_000, 240_000))

    full = subprocess.run(
        command(*words_for(source, folder, ["out.csv"])),
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=small_disk,
    )
    assert full.returncode == ExitCode.UNUSABLE
    assert "cannot be written: File too large" in full.stderr
    assert "--resume goes on after them" in full.stderr
    assert ".out.csv.resume" in left_in(folder)
    assert "out.csv" not in left_in(folder)
    assert source.read_bytes() == held
    assert run(words_for(source, folder, ["out.csv"], "--resume")) == ExitCode.DONE
    whole = tmp_path / "whole"
    whole.mkdir()
    assert run(words_for(source, whole, ["out.csv"])) == ExitCode.DONE
    same_results(folder, whole, ["out.csv"])


@needs_posix
def test_a_disk_that_is_full_from_the_start_leaves_nothing(tmp_path: Path, folder: Path) -> None:
    """Not even the note has room."""
    source = shipments(tmp_path / "in.csv", 20, has_ids=False)

    def no_disk() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))

    full = subprocess.run(
        command(*words_for(source, folder, ["out.csv"])),
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=no_disk,
    )
    assert full.returncode == ExitCode.UNUSABLE
    assert "cannot be written: File too large; no result was kept" in full.stderr
    assert left_in(folder) == []


@pytest.mark.skipif(sys.platform != "linux", reason="a folder that nobody may write to, root included")
def test_a_folder_that_cannot_be_written_to_is_a_clear_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The system's words, before any row is screened."""
    source = shipments(tmp_path / "in.csv", 3, has_ids=False)
    assert run(["screen", str(source), "-o", "/proc/out.csv"]) == ExitCode.UNUSABLE
    assert "cannot be written: No such file or directory; no result was kept" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("named", "said"),
    [
        (["-o", "in.csv"], "is an input of this run and would be overwritten"),
        (["-o", "out.csv", "--record", "in.csv"], "is an input of this run and would be overwritten"),
        (["-o", "out.csv", "-o", "out.csv.chain"], "would be written twice"),
        (["-o", "x" * 250 + ".csv"], "is too long a name"),
        (["-o", "out.csv", "--no-record", "--resume"], "--no-record leaves nothing"),
    ],
)
def test_an_input_is_never_the_result(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], named: list[str], said: str
) -> None:
    """Refused before any work; the input keeps its bytes."""
    monkeypatch.chdir(tmp_path)
    source = shipments(tmp_path / "in.csv", 3, has_ids=False)
    held = source.read_bytes()
    assert run(["screen", "in.csv", *named]) == ExitCode.UNUSABLE
    assert said in capsys.readouterr().err
    assert source.read_bytes() == held
    assert left_in(tmp_path) == ["in.csv"]


def test_an_input_that_changes_meanwhile_is_told(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The result would be of no file that ever was."""
    from sanctionscreen.runs import recording

    source = shipments(tmp_path / "in.csv", 3, has_ids=False)
    known = recording.facts_of
    monkeypatch.setattr(recording._Recording, "_note", lambda self: source.write_text("gone", encoding="utf-8"))
    assert known
    assert run(words_for(source, folder, ["out.csv"])) == ExitCode.UNUSABLE
    assert "was changed while it was screened" in capsys.readouterr().err
    assert left_in(folder) == []


# --- what is recorded, and where --------------------------------------------------------------------------------------


def test_without_a_record_there_is_the_result_alone(tmp_path: Path, folder: Path) -> None:
    """An older record, which would belie the new result, goes."""
    source = shipments(tmp_path / "in.csv", 3, has_ids=True)
    assert run(words_for(source, folder, ["out.csv"])) == ExitCode.DONE
    assert run(words_for(source, folder, ["out.csv"], "--no-record")) == ExitCode.DONE
    assert left_in(folder) == ["out.csv"]


def test_standard_output_is_recorded_where_a_file_is_named(tmp_path: Path, folder: Path) -> None:
    """What was saved from it can be compared with the record later."""
    source = shipments(tmp_path / "in.csv", 30, has_ids=True)
    words = ["screen", "-", "-o", "-", "--format", "jsonl", "--as-of", DAY]
    alone = subprocess.run(command(*words), input=source.read_bytes(), capture_output=True, check=True, cwd=folder)
    assert left_in(folder) == []
    words += ["--record", str(folder / "run.json")]
    done = subprocess.run(command(*words), input=source.read_bytes(), capture_output=True, check=True, cwd=folder)
    assert done.stdout == alone.stdout
    assert left_in(folder) == ["run.json", "run.json.chain"]
    saved = folder / "saved.jsonl"
    saved.write_bytes(done.stdout)
    assert verify(folder / "run.json", result=saved).is_intact
    saved.write_bytes(done.stdout.replace(b'"row": 7,', b'"row": 70,'))
    assert [fault.rows for fault in verify(folder / "run.json", result=saved).faults] == [(7,)]


def test_several_inputs_have_a_result_and_a_record_each(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One that cannot be read keeps none of the others back; the records are no inputs of a later run."""
    inputs = tmp_path / "inputs"
    inputs.mkdir()
    shipments(inputs / "a.csv", 3, has_ids=True)
    shipments(inputs / "c.csv", 4, has_ids=False)
    (inputs / "b.csv").write_text("no,column,is,known\n1,2,3,4\n", encoding="utf-8")
    assert run(["screen", str(inputs), "-o", str(folder), "--as-of", DAY]) == ExitCode.UNUSABLE
    assert "1 of 3 files could not be screened" in capsys.readouterr().err
    for name in ("a.screened.csv", "c.screened.csv"):
        assert verify(folder / name).is_intact
    assert len(left_in(folder)) == 6


def test_a_report_alone_has_a_chain_of_what_its_rows_are(tmp_path: Path, folder: Path) -> None:
    """Its bytes are compared as a whole; its rows can be proved by a replay."""
    source = shipments(tmp_path / "in.csv", 5, has_ids=True)
    assert run(words_for(source, folder, ["out.xlsx"])) == ExitCode.DONE
    assert left_in(folder) == ["out.xlsx", "out.xlsx.chain", "out.xlsx.run.json"]
    assert verify(folder / "out.xlsx").is_intact
    assert repeatable(folder / "out.xlsx")["result"]["outputs"][0]["chain"]["of"] == "jsonl"


def test_a_note_of_another_make_is_refused(tmp_path: Path) -> None:
    """What another version noted is not guessed at."""
    partial = Partial(tmp_path / "out.csv", is_noted=True)
    partial.note_path.write_text(json.dumps({"schema": "sanctionscreen.partial/9"}), encoding="utf-8")
    with pytest.raises(InputError, match="another version"):
        partial.found()
