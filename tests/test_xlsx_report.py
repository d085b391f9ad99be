"""The workbook: texts stay texts, nothing is run or linked, and what Excel cannot hold is marked."""

from __future__ import annotations

import gc
import io
import re
import time
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from python_calamine import CalamineWorkbook

from report_samples import blocked, clear, rejected
from result_samples import LAYOUT, facts, finished, reviewed, rows
from sanctionscreen.model import Assessment
from sanctionscreen.report import workbook
from sanctionscreen.report.workbook import LONGEST_CELL, Book, CellCounts, excel_text
from sanctionscreen.report.writers import Layout
from sanctionscreen.report.xlsx_report import XlsxWriter

SHEETS = ["summary", "alerts", "evidence", "lists", "rules", "not screened"]


def written(*assessments: Assessment, layout: Layout = LAYOUT) -> bytes:
    stream = io.BytesIO()
    return finished(XlsxWriter(stream, layout), stream, assessments)


def read(book: bytes) -> dict[str, list[list[Any]]]:
    held = CalamineWorkbook.from_filelike(io.BytesIO(book))
    return {name: held.get_sheet_by_name(name).to_python() for name in held.sheet_names}


def parts(book: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(book)) as held:
        return {name: held.read(name).decode() for name in held.namelist()}


def with_cell(text: str, row: int = 1) -> Assessment:
    return reviewed(row, input={"Consignee": text, "Value": "1"})


def test_the_sheets_hold_what_the_run_came_to() -> None:
    """Alerts, their evidence, lists, rules and rows not screened each have a sheet, after a summary that closes."""
    sheets = read(written(*rows()))
    assert list(sheets) == SHEETS
    assert [row[:3] for row in sheets["alerts"]] == [
        ["row", "decision", "score"],
        [3, "review", 30],
        [4, "block", 95],
        [5, "review", 30],
    ]
    assert sheets["alerts"][0][-2:] == ["Consignee", "Value"]
    assert sheets["alerts"][2][-2:] == ["VOSTOK SYNTETIC ELECTRONICS", "2 500,00"]
    assert [row[0] for row in sheets["not screened"]] == ["row", 2]
    assert "cell 3: left over" in sheets["not screened"][1][2]
    assert ["result", "5 rows read = 1 clear + 2 review + 1 block + 1 not screenable"] in sheets["summary"]
    assert ["clear", 1] in sheets["summary"]
    assert sheets["lists"][1][0] == "syn-list"
    assert sheets["lists"][1][4:6] == ["entries of an own list", 3]
    assert sheets["rules"][1][:3] == ["SYN-GDS-001", "Priority goods", 3]
    assert "Synthetic alert, flag 3 https://example.org/alert" in sheets["rules"][1]


def test_the_evidence_adds_up() -> None:
    """One line per finding, condition, source, gate, hit and open rule; the points of a row are its score."""
    lines = read(written(blocked()))["evidence"][1:]
    assert sum(round(10 * line[4]) for line in lines if line[2] == "finding") == 950
    assert {line[2] for line in lines} == {"finding", "condition", "source", "gate", "hit", "not known", "warning"}
    (source,) = [line for line in lines if line[2] == "source"]
    assert source[5:8] == ["Synthetic act", "article 1", "https://example.org/act"]
    said = {line[5] for line in lines if line[2] in ("condition", "warning")}
    assert {
        "goods value = 2500, which is more than 1000",
        "shipment date: '31.02.2024' is no day of the calendar",
    } <= said


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+7 999 000-00-00",
        "@SUM(1)",
        "{=1}",
        "007",
        "8542.10",
        "1e5",
        "TRUE",
        "2024-01-02",
        "https://example.org",
        "mailto:a@b.example",
        "internal:Sheet1!A1",
        "_x0041_",
        "  spaced  ",
        "a\nb",
        "<b>&amp;</b>",
        "深圳 «Пример»",
        "😀",
    ],
)
def test_a_cell_stays_the_text_it_was(text: str) -> None:
    """Formulas, codes, numbers, links and Excel's own escapes come back as they were written."""
    assert read(written(with_cell(text)))["alerts"][1][-2] == text


def test_nothing_is_run_and_nothing_is_linked() -> None:
    """No part of the file holds a formula, a link to elsewhere or a connection, whatever stands in the cells."""
    hostile = ['=HYPERLINK("http://example.org")', "http://example.org", "<r><t>x</t></r>", "\\\\host\\share"]
    held = parts(written(*(with_cell(text, row) for row, text in enumerate(hostile, 1))))
    sheets = "".join(text for name, text in held.items() if "worksheets/" in name)
    assert not re.search(r"<f[ >]|<hyperlink|<oleObject|<externalReference", sheets + held["xl/workbook.xml"])
    assert not [name for name in held if "external" in name.lower() or "connections" in name]
    assert 'TargetMode="External"' not in "".join(text for name, text in held.items() if name.endswith(".rels"))
    for name, text in held.items():
        ElementTree.fromstring(text)
        assert name.endswith((".xml", ".rels"))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("A\x00B\x1b[2J", "A<0>B<1b>[2J"),
        ("a\ud800", "a<d800>"),
        ("\ufffe", "<fffe>"),
        ("abc\u202egpj", "abc<202e>gpj"),
        ("a\r\nb", "a\nb"),
        ("<r>x</r>", " <r>x</r>"),
    ],
)
def test_what_excel_cannot_show_stands_as_its_number(text: str, shown: str) -> None:
    """Control characters, halves of surrogate pairs and marks of direction are visible, and counted."""
    counts = CellCounts()
    assert excel_text(text, counts) == shown
    assert (counts.marked, counts.cut) == (shown != text.replace("\r\n", "\n"), 0)
    assert read(written(with_cell(text)))["alerts"][1][-2] == shown


@pytest.mark.parametrize("letter", ["a", "Ж", "😀"])
def test_a_cell_beyond_the_limit_is_cut_and_says_so(letter: str) -> None:
    """Excel counts UTF-16 units; the end of the cell says how long the text was, and the summary how many were cut."""
    sheets = read(written(with_cell(letter * 40_000)))
    cell = sheets["alerts"][1][-2]
    assert len(cell.encode("utf-16-le")) // 2 in range(LONGEST_CELL - 3, LONGEST_CELL + 1)
    assert cell.endswith("… [cut; 40,000 characters in all]")
    assert ["note", "1 cells are longer than Excel allows and are cut; JSON lines have them whole"] in sheets["summary"]
    assert excel_text(letter * (LONGEST_CELL // 2), counts := CellCounts()) == letter * (LONGEST_CELL // 2)
    assert counts.cut == 0


def test_rows_beyond_the_limit_go_on_in_another_sheet() -> None:
    """A full sheet is followed by one of the same name and a number, with the same header; none is lost."""
    stream = io.BytesIO()
    book = Book(stream)
    sheet = book.sheet("rows", ["n"])
    sheet.most_rows = 3
    for number in range(5):
        sheet.add([str(number)])
    sheet.finish()
    book.finish()
    book.close()
    held = read(stream.getvalue())
    assert held == {"rows": [["n"], ["0"], ["1"]], "rows 2": [["n"], ["2"], ["3"]], "rows 3": [["n"], ["4"]]}


def test_columns_beyond_the_limit_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """What does not fit is left out, and the summary says so."""
    monkeypatch.setattr("sanctionscreen.report.xlsx_report.MOST_COLUMNS", 11)
    sheets = read(written(*rows()))
    assert sheets["alerts"][0][-1] == "Consignee"
    assert ["note", "Excel allows 11 columns; of the 2 of the input, the last are not here"] in sheets["summary"]


def test_tables_can_be_filtered_and_keep_their_header() -> None:
    """Each table has a filter over all its rows, a frozen header and widths; cells are formatted as text."""
    held = parts(written(*rows()))
    for place, rows_held in ((2, 4), (3, None), (4, 2), (5, 2), (6, 2)):
        sheet = held[f"xl/worksheets/sheet{place}.xml"]
        found = re.search(r'<autoFilter ref="A1:[A-Z]+(\d+)"', sheet)
        assert found
        assert rows_held is None or int(found[1]) == rows_held
        assert 'state="frozen"' in sheet
        assert "<cols>" in sheet
    assert '<xf numFmtId="49"' in held["xl/styles.xml"]  # 49 is the built-in format "@", text


def test_the_same_run_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the hour nor the size of portions shows in the file."""
    first = written(*rows())
    monkeypatch.setattr(time, "time", lambda: 2_000_000_000.0)
    stream = io.BytesIO()
    assert finished(XlsxWriter(stream, LAYOUT), stream, rows(), at_a_time=1) == first


def test_a_run_that_stops_leaves_no_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows wait in temporary files, which go whether the workbook was finished or not."""
    monkeypatch.setattr(workbook.tempfile, "tempdir", str(tmp_path))
    writer = XlsxWriter(io.BytesIO(), LAYOUT)
    writer.add([*rows(), clear(), rejected(row=7)])
    assert list(tmp_path.iterdir())
    writer.close()
    assert list(tmp_path.iterdir()) == []
    written(*rows())
    assert list(tmp_path.iterdir()) == []


class Full(io.BytesIO):
    def write(self, data: Any) -> int:
        raise OSError(28, "No space left on device")


def test_a_full_disk_is_an_error_of_the_disk() -> None:
    """The error says what the system said, so that the edge can name the file."""
    stream = Full()
    writer = XlsxWriter(stream, LAYOUT)
    writer.add(rows())
    with pytest.raises(OSError, match="No space left"):
        writer.finish(facts(rows()))
    writer.close()
    stream.close()  # before the archive in it is thrown away
    del writer
    gc.collect()
