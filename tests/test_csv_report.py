"""CSV: the input as it was, the verdict beside it, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report_samples import blocked, clear, rejected
from sanctionscreen.model import Assessment, Outcome
from sanctionscreen.report.csv_report import CsvCounts, CsvWriter, csv_lines, is_formula
from sanctionscreen.report.writers import Layout
from sanctionscreen.screening.result_columns import COLUMNS, SHIPMENT_COLUMN

HEADERS = ["Consignee", "Value"]


def text_of(columns: Mapping[str, str], *assessments: Assessment, **options: Any) -> tuple[str, CsvCounts]:
    stream = io.BytesIO()
    writer = CsvWriter(stream, Layout(columns, {}, **options))
    writer.add(assessments)
    return stream.getvalue().decode(), CsvCounts(len(assessments), writer.neutralised)


def written(headers: Sequence[str], *assessments: Assessment, **options: Any) -> tuple[list[list[str]], CsvCounts]:
    text, counts = text_of(dict(zip(headers, headers, strict=True)), *assessments, **options)
    return list(csv.reader(io.StringIO(text, newline=""))), counts


def test_the_input_comes_first_and_the_verdict_after_it() -> None:
    """The columns of the input keep their order and their cells; ours follow in the order of the contract."""
    (header, row), _ = written(HEADERS, blocked())
    assert header == [*HEADERS, *COLUMNS]
    assert row[:4] == ["VOSTOK SYNTETIC ELECTRONICS", "2 500,00", "block", "95.0"]
    text, counts = csv_lines([blocked()], Layout(dict(zip(HEADERS, HEADERS, strict=True)), {}))
    assert (text.count("\n"), counts.rows) == (1, 1)


def test_every_row_is_there_in_order() -> None:
    """Clear rows and rejects stand where they stood in the input."""
    rows, _ = written(HEADERS, clear(), rejected(), blocked())
    assert [row[2] for row in rows[1:]] == ["clear", "not_screenable", "block"]


def test_repeated_headers_stay_as_the_file_writes_them() -> None:
    """Two columns of one name keep both their cells and their common name."""
    columns = {"Name": "Name", "Name (2)": "Name", "column 3": ""}
    text, _ = text_of(columns, clear(input={"Name": "a", "Name (2)": "b", "column 3": "c"}))
    header, row = csv.reader(io.StringIO(text))
    assert (header[:3], row[:3]) == (["Name", "Name", ""], ["a", "b", "c"])


def test_cells_beyond_the_header_do_not_vanish() -> None:
    """A row that is longer than the header keeps its extra cells among the warnings."""
    (_, row), _ = written(HEADERS, rejected())
    assert row[:2] == ["A", "1"]
    assert "cell 3: left over" in row[-1]


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        '=HYPERLINK("http://example.org","x")',
        "+cmd|' /C calc'!A0",
        "-2+3+cmd|' /C calc'!A0",
        "@SUM(1,1)",
        "\t=1+1",
        "\r=1+1",
        " =1+1",
        '"=1+1',
        "\u00a0=1+1",
        "\ufeff=1+1",
        "＝1+1",
        "-ООО Пример",
        "+7 (999) 000-00-00",
        "=",
    ],
)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(cell: str) -> None:
    """The apostrophe stands in front, the cell stays whole behind it, and it is counted."""
    (_, row), counts = written(HEADERS, clear(input={"Consignee": cell, "Value": "1"}))
    assert row[0] == "'" + cell
    assert counts.neutralised == 1


@pytest.mark.parametrize(
    "cell",
    [
        "-5",
        "+7.3",
        "-1 234,50",
        "-1e-5",
        "-12.5 %",
        ".5",
        "-.5",
        "-",
        "--",
        "a=b",
        "ACME +1",
        "A@B.example",
        "'=1+1",
        "",
        " ",
        "«=»",
    ],
)
def test_what_is_no_formula_stays_as_it_is(cell: str) -> None:
    """Plain numbers, dashes for an empty cell, and signs inside a text are left alone."""
    (_, row), counts = written(HEADERS, clear(input={"Consignee": cell, "Value": "1"}))
    assert row[0] == cell
    assert counts.neutralised == 0


def test_headers_are_made_harmless_too() -> None:
    """A header is a cell like any other."""
    (header, _), counts = written(["=cmd()"], clear(input={"=cmd()": "x"}))
    assert header[0] == "'=cmd()"
    assert counts.neutralised == 1


def test_raw_cells_leaves_formulas_alone() -> None:
    """Whoever feeds another program may have the cells as they were."""
    (header, row), counts = written(["=h"], clear(input={"=h": "=1+1"}), raw_cells=True)
    assert (header[0], row[0], counts.neutralised) == ("=h", "=1+1", 0)


def test_a_cell_cannot_be_cut_at_another_separator() -> None:
    """A spreadsheet set to semicolons must not find a formula behind one: such cells are quoted."""
    text, _ = text_of(dict(zip(HEADERS, HEADERS, strict=True)), clear(input={"Consignee": "A;=1+1", "Value": "B\t=1"}))
    assert '"A;=1+1","B\t=1"' in text


def test_the_shipment_verdict_is_the_last_column() -> None:
    """It is there when the file has shipment ids, and empty for a line without one."""
    lines = [clear(shipment_id="S1", shipment_outcome=Outcome.BLOCK), clear()]
    (header, first, second), _ = written(HEADERS, *lines, with_shipments=True)
    assert header[-1] == SHIPMENT_COLUMN
    assert (first[-1], second[-1]) == ("block", "")


def test_our_columns_hold_no_formula() -> None:
    """What we write ourselves never needs an apostrophe, though the reasons are a sum."""
    (_, row), counts = written(HEADERS, blocked(reasons=("+95.0 SYN-PTY-001 a party", "+0.0 SYN-GDS-001 goods")))
    assert not any(is_formula(cell) or cell.startswith("'") for cell in row[2:])
    assert counts.neutralised == 0


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=20), min_size=2, max_size=2))
def test_any_cell_reads_back_as_it_was(cells: list[str]) -> None:
    """Quotes, line breaks, separators and control characters survive the way through CSV."""
    (_, row), _ = written(HEADERS, clear(input=dict(zip(HEADERS, cells, strict=True))), raw_cells=True)
    assert row[:2] == cells


def test_portions_do_not_matter() -> None:
    """Rows written one by one and all at once give the same bytes, and so do lines that were made elsewhere."""
    layout = Layout(dict(zip(HEADERS, HEADERS, strict=True)), {})
    rows = [clear(), rejected(), blocked()]
    streams = [io.BytesIO() for _ in range(3)]
    at_once, one_by_one, elsewhere = (CsvWriter(stream, layout) for stream in streams)
    at_once.add(rows)
    for row in rows:
        one_by_one.add([row])
    elsewhere.add_text(*csv_lines(rows, layout))
    assert len({stream.getvalue() for stream in streams}) == 1
