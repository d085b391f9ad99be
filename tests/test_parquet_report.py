"""Parquet: the input's cells as text, the verdict in types, in order and in one file."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from report_samples import blocked, clear, rejected
from result_samples import LAYOUT, finished, reviewed, rows
from sanctionscreen.model import Assessment, Outcome
from sanctionscreen.report import parquet_report
from sanctionscreen.report.parquet_report import SCHEMA, ParquetWriter
from sanctionscreen.report.writers import Layout
from sanctionscreen.screening.result_columns import COLUMNS


def written(*assessments: Assessment, layout: Layout = LAYOUT, at_a_time: int = 1000) -> bytes:
    stream = io.BytesIO()
    return finished(ParquetWriter(stream, layout), stream, assessments, at_a_time)


def read(data: bytes) -> pl.DataFrame:
    return pl.read_parquet(io.BytesIO(data))


def test_the_input_is_text_and_the_verdict_has_types() -> None:
    """Every cell of the input is text; score, hits and findings are numbers and lists that a program can ask."""
    frame = read(written(*rows()))
    assert frame.columns == ["Consignee", "Value", "screening_row", *COLUMNS, "screening_quality"]
    assert [frame.schema[name] for name in ("Consignee", "Value")] == [pl.String, pl.String]
    assert frame.schema["screening_score"] == pl.Float64
    assert frame["screening_row"].to_list() == [1, 2, 3, 4, 5]
    assert frame["screening_decision"].to_list() == ["clear", "not_screenable", "review", "block", "review"]
    block = frame.row(3, named=True)
    assert block["screening_score"] == 95
    assert block["screening_hits"][0]["score"] == 0.97
    assert [(one["rule"], one["points"]) for one in block["screening_findings"]][:2] == [
        ("SYN-PTY-001", 70),
        ("SYN-GDS-001", 21),
    ]
    assert block["screening_unknown"][0]["missing"] == ["end_user.name"]


def test_codes_keep_their_zeros() -> None:
    """Text that looks like a number, a truth value or a formula stays as it was."""
    cells = ["007", "8542.10", "=1+1", "NO", "  x ", ""]
    frame = read(written(*(reviewed(row, cell) for row, cell in enumerate(cells, 1))))
    assert frame["Consignee"].to_list() == cells


def test_nothing_of_a_rejected_row_is_lost() -> None:
    """Cells beyond the header stand among its warnings; a cell that is not there is null."""
    frame = read(written(rejected(), clear(input={"Consignee": "A"})))
    assert "cell 3: left over" in frame["screening_warnings"][0].to_list()
    assert frame["Value"].to_list() == ["1", None]


@pytest.mark.parametrize("at_a_time", [1, 2, 1000])
def test_neither_portions_nor_parts_show(at_a_time: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows of several parts stand in their order, and the size of portions changes no byte."""
    monkeypatch.setattr(parquet_report, "_PART_ROWS", 4)
    held = [reviewed(row, f"Synthetic {row}") for row in range(1, 12)]
    data = written(*held, at_a_time=at_a_time)
    assert read(data)["screening_row"].to_list() == list(range(1, 12))
    assert data == written(*held)


def test_a_file_without_rows_has_its_columns() -> None:
    """An input of nothing but a header gives a file of nothing but columns."""
    frame = read(written())
    assert (frame.height, frame.columns[0], frame.schema["screening_score"]) == (0, "Consignee", pl.Float64)


def test_a_file_that_was_screened_before_keeps_its_old_verdict() -> None:
    """Input columns of our names, the further ones of this format too, stand under others."""
    names = ["screening_score", "screening_row", "screening_quality", "Name", "Name (2)"]
    layout = Layout(
        dict(zip(names, ["screening_score", "screening_row", "screening_quality", "Name", "Name"], strict=True)), {}
    )
    frame = read(written(clear(input=dict.fromkeys(names, "x")), layout=layout))
    assert frame.columns[:5] == [
        "screening_score (input)",
        "screening_row (input)",
        "screening_quality (input)",
        "Name",
        "Name (2)",
    ]
    assert frame.row(0)[:5] == ("x",) * 5


def test_the_file_says_what_decided() -> None:
    """Schema, screening day and fingerprints stand in the metadata."""
    held = pl.read_parquet_metadata(io.BytesIO(written(*rows())))
    expected = {"schema": SCHEMA, "as_of": "2026-11-22", "lists": "l" * 64, "rules": "r" * 64, "profile": "p" * 64}
    assert {name: held[name] for name in expected} == expected


def test_the_shipment_has_its_column() -> None:
    """It is there when the file has shipment ids, and null for a line without one."""
    layout = Layout(LAYOUT.columns, LAYOUT.fields, with_shipments=True)
    frame = read(written(clear(shipment_id="1", shipment_outcome=Outcome.BLOCK), clear(), layout=layout))
    assert frame["screening_shipment_decision"].to_list() == ["block", None]


@pytest.mark.parametrize("text", ["a\ud800b", "\x00", "😀\u202e", "深圳"])
def test_any_text_can_be_written(text: str) -> None:
    """Half a surrogate pair, which no UTF-8 holds, stands as its escape; all else as it was."""
    layout = Layout({text: text}, {text: "consignee.name"})
    frame = read(written(blocked(input={text: text}, warnings=(text,)), layout=layout))
    assert frame.row(0)[0] == text.encode(errors="backslashreplace").decode() == frame.columns[0]


def test_other_values_than_text_become_text() -> None:
    """Inputs with types of their own bring numbers and lists; here they are text, nothing is null."""
    values: dict[str, Any] = {"Consignee": 12.5, "Value": None}
    assert read(written(clear(input=values))).row(0)[:2] == ("12.5", None)


def test_a_run_that_stops_leaves_no_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts wait in a temporary folder, which goes whether the file was finished or not."""
    monkeypatch.setattr(parquet_report.tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(parquet_report, "_PART_ROWS", 2)
    writer = ParquetWriter(io.BytesIO(), LAYOUT)
    writer.add(rows())
    assert list(tmp_path.rglob("*.parquet"))
    writer.close()
    assert list(tmp_path.iterdir()) == []
    written(*rows())
    assert list(tmp_path.iterdir()) == []
