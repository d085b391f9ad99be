"""A folder in which tests run the program, stop it, and look at what it leaves."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from builders import ROOT
from sanctionscreen.cli import run
from sanctionscreen.cli.exits import ExitCode

DAY = "2026-11-20"
SMALL_STEPS = """
import sys
from sanctionscreen.cli import main, screening
from sanctionscreen.runs import recording
from sanctionscreen.screening import file_screening, file_way

screening._CHUNK_ROWS = 100
recording._NOTE_EVERY_S = 0.0
file_way.FEW_ROWS = 10
file_way.PART_ROWS = file_screening.PART_ROWS = 50
main()
"""
"""The program with parts so small that a short file has many points to go on from."""


def command(*words: str) -> list[str]:
    """The program in small steps, as a process of its own."""
    return [sys.executable, "-c", SMALL_STEPS, *words]


def shipments(path: Path, rows: int, *, has_ids: bool) -> Path:
    """A file of so many rows out of the example, some of them with line ends within cells."""
    with (ROOT / "examples" / "shipments.csv").open(encoding="utf-8", newline="") as file:
        known = list(csv.DictReader(file))
    columns = [name for name in known[0] if has_ids or name not in ("Invoice No", "Line")]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        for at in range(rows):
            row = dict(known[(at * 7) % len(known)])
            row["Invoice No"] = "" if at % 11 == 0 else f"INV-{(at * 13) % (rows // 3 + 1)}"
            if at % 5 == 0:
                row["Remarks"] = f'first "line"\nsecond, of {at}'
            writer.writerow([row[name] for name in columns])
    return path


def screen(*words: str, code: int = ExitCode.DONE) -> None:
    """Run `screen` here, as of one day."""
    assert run(["screen", *words, "--as-of", DAY, "--no-progress"]) == code


def record_of(path: Path) -> dict[str, Any]:
    """The record beside a result."""
    found: dict[str, Any] = json.loads(path.with_name(path.name + ".run.json").read_text(encoding="utf-8"))
    return found


def repeatable(path: Path) -> Mapping[str, Any]:
    """The part of a record that is the same in every repetition."""
    return {name: part for name, part in record_of(path).items() if name != "facts"}


def left_in(folder: Path, *known: str) -> list[str]:
    """The names in a folder beside those known."""
    return sorted(path.name for path in folder.iterdir() if path.name not in known)


def killed_at(words: Sequence[str], note: Path, rows: int) -> str:
    """Run the program and kill it as soon as it has noted so many rows; what it said. It may be done before."""
    with subprocess.Popen(command(*words), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        deadline = time.monotonic() + 120
        while process.poll() is None and time.monotonic() < deadline and noted_rows(note) < rows:
            time.sleep(0.002)
        process.kill()
        _, said = process.communicate()
        return said


def noted_rows(note: Path) -> int:
    """How many rows a run has noted; -1 where there is no note."""
    try:
        return int(json.loads(note.read_bytes())["rows"])
    except (OSError, ValueError, KeyError):
        return -1
