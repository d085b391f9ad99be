"""Several results of one run: formats by ending, each with the same rows and the same decisions."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
from python_calamine import CalamineWorkbook

from builders import ROOT
from sanctionscreen.cli import run
from sanctionscreen.cli.exits import ExitCode
from sanctionscreen.cli.output import Format, Target, choose_all
from sanctionscreen.errors import InputError

ENDINGS = ("csv", "jsonl", "parquet", "xlsx", "html")
PROGRAM = [sys.executable, "-c", "from sanctionscreen.cli import main; main()"]


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The results of one run over the examples, by ending."""
    folder = tmp_path_factory.mktemp("results")
    files = {ending: folder / f"result.{ending}" for ending in ENDINGS}
    outputs = [part for file in files.values() for part in ("-o", str(file))]
    assert run(["screen", str(ROOT / "examples" / "shipments.csv"), *outputs, "--as-of", "2026-11-22"]) == ExitCode.DONE
    return files


def test_all_formats_say_the_same(results: dict[str, Path]) -> None:
    """Row by row: decision and score of the text formats and Parquet; alerts and rejects of workbook and page."""
    with results["csv"].open(encoding="utf-8", newline="") as file:
        rows = [(one["screening_decision"], float(one["screening_score"])) for one in csv.DictReader(file)]
    lines = [json.loads(line) for line in results["jsonl"].read_text("utf-8").splitlines()]
    assert [(line["decision"], line["score"]) for line in lines] == rows
    frame = pl.read_parquet(results["parquet"])
    assert frame.select("screening_decision", "screening_score").rows() == rows
    book = CalamineWorkbook.from_path(str(results["xlsx"]))
    alerts = {int(row[0]): (row[1], row[2]) for row in book.get_sheet_by_name("alerts").to_python()[1:]}
    assert alerts == {place: row for place, row in enumerate(rows, 1) if row[0] in ("review", "block")}
    rejects = book.get_sheet_by_name("not screened").to_python()[1:]
    assert [int(row[0]) for row in rejects] == [
        place for place, row in enumerate(rows, 1) if row[0] == "not_screenable"
    ]
    page = results["html"].read_text("utf-8")
    data = json.loads(page.partition('id="data">')[2].partition("</script>")[0])
    shown = {row: ("block" if block else "review", tenths / 10) for row, block, tenths, *_ in data["alerts"]}
    assert shown == alerts
    counted = re.findall(r'<li class="(\w+)">.*?<div class="count">([\d,]+)</div>', page)
    assert {name: int(count) for name, count in counted} == {
        name: sum(row[0] == name for row in rows) for name in ("block", "review", "not_screenable", "clear")
    }


@pytest.mark.parametrize(
    ("outputs", "wanted", "expected"),
    [
        (["a.csv", "a.html"], None, [Target(Path("a.csv"), Format.CSV), Target(Path("a.html"), Format.HTML)]),
        (
            ["A.XLSX", "a.parquet"],
            None,
            [Target(Path("A.XLSX"), Format.XLSX), Target(Path("a.parquet"), Format.PARQUET)],
        ),
        (["a.htm"], None, [Target(Path("a.htm"), Format.HTML)]),
        (["a.ndjson", "-"], None, [Target(Path("a.ndjson"), Format.JSONL), Target(None, Format.CSV)]),
        (["a.txt"], Format.XLSX, [Target(Path("a.txt"), Format.XLSX)]),
        (None, Format.HTML, [Target(Path("in.screened.html"), Format.HTML)]),
    ],
)
def test_the_formats_follow_from_the_endings(
    outputs: list[str] | None, wanted: Format | None, expected: list[Target]
) -> None:
    """An ending says the format; `--format` says it for one result, whatever its ending."""
    assert choose_all("in.csv", outputs, wanted, at_terminal=True) == expected


@pytest.mark.parametrize(
    ("outputs", "wanted", "said"),
    [
        (["a.csv", "b.csv"], Format.CSV, "--format goes with one result"),
        (["a.csv", "./x/../a.csv"], None, "named twice"),
        (["-", "-"], None, "named twice"),
        (["-"], Format.XLSX, "a terminal cannot show xlsx"),
    ],
)
def test_results_that_cannot_be_are_refused(outputs: list[str], wanted: Format | None, said: str) -> None:
    """Before any work, and with what would be right."""
    with pytest.raises(InputError, match=said):
        choose_all("in.csv", outputs, wanted, at_terminal=True)


@pytest.mark.parametrize("form", ["xlsx", "parquet", "html"])
def test_every_format_goes_through_a_pipe(form: str, tmp_path: Path) -> None:
    """Standard output takes each; it is the same file that -o writes."""
    source, out = tmp_path / "in.csv", tmp_path / f"out.{form}"
    source.write_text("Consignee,HS code\nSynthetic Appliances LLP,8418.21\n", "utf-8")
    command = [*PROGRAM, "screen", str(source), "--as-of", "2026-11-22"]
    piped = subprocess.run([*command, "--format", form], capture_output=True, timeout=60, check=True).stdout
    subprocess.run([*command, "-o", str(out)], capture_output=True, timeout=60, check=True)
    if form == "xlsx":  # a pipe cannot be gone back in, so the archive has other marks of length
        names = [CalamineWorkbook.from_filelike(io.BytesIO(one)).sheet_names for one in (piped, out.read_bytes())]
        assert names[0] == names[1]
    else:
        assert piped.replace(b"standard output", b"") == out.read_bytes().replace(b"standard output", b"")
