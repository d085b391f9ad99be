"""Bad input, end to end: nothing crashes, nothing vanishes, every row stays in its place, a bad cell costs only itself."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sanctionscreen import Screener
from sanctionscreen.cli import run
from sanctionscreen.cli.exits import ExitCode
from sanctionscreen.ingest import open_table
from sanctionscreen.model import Outcome

SCREENER = Screener.default(as_of=date(2026, 11, 22))
HEADER = "Date,Consignee,Country,HS code,Description,Quantity,Value"
GOOD = "2024-04-23,Synthetic Appliances,DE,8418.21,refrigerators,5,1000.00"
LISTED = "2024-04-23,Techkrim,RU,8418.21,refrigerators,5,1000.00"


def with_cell(place: int, cell: str) -> str:
    """The listed row with one cell changed."""
    cells = LISTED.split(",")
    cells[place] = cell
    return ",".join(cells)


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (with_cell(0, "2024-13-45"), "shipment.date"),
        (with_cell(0, "03/04/2024"), "shipment.date"),
        (with_cell(2, "Atlantis"), "destination.country"),
        (with_cell(3, "85423"), "goods.hs_code"),
        (with_cell(3, "eight"), "goods.hs_code"),
        (with_cell(5, "-5"), "goods.quantity"),
        (with_cell(5, "many"), "goods.quantity"),
        (with_cell(6, "1e999"), "goods.value"),
        (with_cell(4, "x" * 2_000_000), ""),
        (with_cell(4, "re\x00frigerators"), ""),
        (with_cell(3, "8418.21.00 00"), ""),
        (with_cell(3, "8418 21"), ""),
    ],
    ids=lambda value: value[:40],
)
def test_a_bad_cell_costs_only_itself(tmp_path: Path, row: str, field: str) -> None:
    """The row before and after it are as they were, the listed party beside it is found, and the cell is warned of."""
    path = tmp_path / "in.csv"
    path.write_text("\n".join([HEADER, GOOD, row, GOOD]) + "\n", encoding="utf-8")
    with open_table(path) as table:
        run_ = SCREENER.screen_table(table)
        found = list(run_.assessments)
    assert [one.row for one in found] == [1, 2, 3]
    assert [one.decision.outcome for one in found] == [Outcome.CLEAR, Outcome.BLOCK, Outcome.CLEAR]
    assert (field in {warning.partition(":")[0] for warning in found[1].warnings}) is bool(field)
    assert run_.read == sum(run_.counts.values()) == 3


@pytest.mark.parametrize("row", [GOOD + ",one,two", "2024-04-23,Techkrim", '"open,Techkrim,RU'])
def test_a_row_that_does_not_fit_keeps_its_place_and_its_cells(tmp_path: Path, row: str) -> None:
    path = tmp_path / "in.csv"
    path.write_text("\n".join([HEADER, GOOD, row, LISTED]) + "\n", encoding="utf-8")
    with open_table(path) as table:
        found = list(SCREENER.screen_table(table).assessments)
    assert [one.decision.outcome for one in found] == [Outcome.CLEAR, Outcome.NOT_SCREENABLE, Outcome.BLOCK]
    assert found[1].reasons
    assert ",".join(found[1].input.values()).replace('"', "") == row.replace('"', "")


@pytest.mark.parametrize(
    "content",
    [
        "\n".join([HEADER, GOOD, LISTED]).encode("utf-8-sig"),
        "\n".join([HEADER, GOOD, LISTED]).encode("utf-16"),
        "\n".join([HEADER, GOOD.replace("Synthetic", "Kältetechnik Müller"), LISTED]).encode("latin-1"),
        "\n".join([HEADER, GOOD, LISTED.replace("Techkrim", "Техкрим")]).encode("cp1251"),
        "\n".join([HEADER, GOOD, LISTED]).replace(",", ";").encode(),
        "\r\n".join([HEADER, GOOD, LISTED]).replace(",", "\t").encode(),
    ],
    ids=["BOM", "UTF-16", "Latin-1", "Windows-1251", "semicolons", "tabs"],
)
def test_any_usual_make_of_file_is_read(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "in.csv"
    path.write_bytes(content)
    with open_table(path) as table:
        outcomes = [one.decision.outcome for one in SCREENER.screen_table(table).assessments]
    assert outcomes == [Outcome.CLEAR, Outcome.BLOCK]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, ExitCode.UNUSABLE),  # no such file
        (b"", ExitCode.UNUSABLE),
        (b"PK\x03\x04 a spreadsheet", ExitCode.UNUSABLE),
        (b"colour,size\nred,5\n", ExitCode.UNUSABLE),
        (HEADER.encode() + b"\n", ExitCode.DONE),  # a header without rows is a file without rows
    ],
    ids=["missing", "empty", "spreadsheet", "unknown headers", "header only"],
)
def test_a_file_that_cannot_be_used_is_exit_2_with_its_name(
    tmp_path: Path, content: bytes | None, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "in.csv"
    if content is not None:
        path.write_bytes(content)
    assert run(["screen", str(path), "-o", str(tmp_path / "out.csv")]) == code
    assert ("in.csv" in capsys.readouterr().err) is (code == ExitCode.UNUSABLE)


def test_a_folder_is_no_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["screen", str(tmp_path), "-o", str(tmp_path / "out.csv")]) == ExitCode.UNUSABLE
    assert str(tmp_path) in capsys.readouterr().err


def test_json_lines_give_the_cells_back_byte_for_byte(tmp_path: Path) -> None:
    """Spaces, quotes, invisible characters and formulas come back as they were."""
    cells: list[Any] = ["2024-04-23", ' Techkrim\u200b "JSC" ', "RU", "=1+1", "a\tb", "+5", "1.000,50"]
    path = tmp_path / "in.csv"
    quoted = ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)
    path.write_text(f"{HEADER}\n{quoted}\n", encoding="utf-8")
    out = tmp_path / "out.jsonl"
    assert run(["screen", str(path), "-o", str(out), "--format", "jsonl"]) == ExitCode.DONE
    line = json.loads(out.read_text(encoding="utf-8"))
    assert list(line["input"].values()) == cells
    assert list(line["input"]) == HEADER.split(",")
