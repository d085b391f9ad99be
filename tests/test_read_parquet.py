"""Parquet: typed columns come as the text a person would have written."""

from __future__ import annotations

import io
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from sanctionscreen.errors import InputError
from sanctionscreen.ingest import open_table
from sheet_files import read


def parquet(columns: dict[str, Any], **options: Any) -> bytes:
    stream = io.BytesIO()
    pl.DataFrame(columns, strict=False).write_parquet(stream, **options)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("series", "cells"),
    [
        (
            pl.Series([8542310.0, 1.5, float("nan"), None, 85000000.0, 1e-8]),
            ["8542310", "1.5", "", "", "85000000", "0.00000001"],
        ),
        (pl.Series([8542310, None]), ["8542310", ""]),
        (pl.Series(["0301", "NO", "", None]), ["0301", "NO", "", ""]),
        (pl.Series([True, False, None]), ["true", "false", ""]),
        (pl.Series([date(2024, 4, 23), None]), ["2024-04-23", ""]),
        (
            pl.Series([datetime.fromisoformat("2024-04-23"), datetime.fromisoformat("2024-04-23T12:30:00")]),
            ["2024-04-23", "2024-04-23T12:30:00"],
        ),
        (pl.Series([Decimal("1.50"), Decimal("8542310.00")]), ["1.50", "8542310"]),
        (pl.Series([time(12, 30)]), ["12:30:00"]),
        (pl.Series([timedelta(days=1)]), ["1 day, 0:00:00"]),
        (pl.Series([["KZ", "KG"], [], None]), ["KZ | KG", "[]", ""]),
        (pl.Series([[{"name": "X", "share": 51.5}]]), ['[{"name": "X", "share": 51.5}]']),
        (pl.Series([b"A\xff"]), ["A\\xff"]),
        (pl.Series(["a", "b", "a"], dtype=pl.Categorical), ["a", "b", "a"]),
        (pl.Series([None, None], dtype=pl.Null), ["", ""]),
    ],
    ids=lambda value: str(value.dtype) if isinstance(value, pl.Series) else "",
)
def test_a_typed_column_is_text(series: pl.Series, cells: list[str]) -> None:
    """No 8542310.0, no 8.5e+07; nothing is the empty cell; days are ISO."""
    rows, _, table = read(parquet({"consignee": ["A"] * len(series), "x": series}))
    assert [row[1] for row in rows] == cells
    assert table.form == {"format": "parquet"}


def test_structs_become_columns() -> None:
    """A party as a struct is its name and country."""
    rows, _, table = read(
        parquet({"consignee": [{"name": "A", "seat": {"country": "TR"}}, None], "hs code": ["0301", "854231"]})
    )
    assert table.headers == ("consignee.name", "consignee.seat.country", "hs code")
    assert rows == [["A", "TR", "0301"], ["", "", "854231"]]


@pytest.mark.parametrize("row_group_size", [3, 1000])
def test_groups_and_chunks_do_not_matter(row_group_size: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """However the file is cut, rows come in their order; from a file and from a stream."""
    data = parquet({"consignee": [f"Firm {n}" for n in range(20)]}, row_group_size=row_group_size)
    monkeypatch.setattr("sanctionscreen.ingest.parquet_rows._BATCH_ROWS", 7)
    path = tmp_path / "x[1].csv"  # no pattern, and no delimited text
    path.write_bytes(data)
    for chunk_rows in (1, 6, 100):
        assert read(data, chunk_rows=chunk_rows)[0] == [[f"Firm {n}"] for n in range(20)]
        with open_table(path, chunk_rows=chunk_rows) as table:
            assert [row for chunk in table.chunks() for row in chunk.cells] == [[f"Firm {n}"] for n in range(20)]


@pytest.mark.parametrize("keep", [4, 20, -1, -30])
def test_a_cut_file_is_refused(keep: int) -> None:
    """The index stands at the end: without it there is nothing to read."""
    with pytest.raises(InputError, match="is a Parquet file that cannot be read"):
        read(parquet({"consignee": ["A", "B"]})[:keep])


def test_damage_within_is_an_error_and_no_crash() -> None:
    """Whatever byte is wrong, the file is read or refused."""
    data = parquet({"consignee": ["A", "B"] * 50})
    for place in range(4, len(data), 7):
        damaged = data[:place] + bytes([data[place] ^ 0x55]) + data[place + 1 :]
        with suppress(InputError):
            assert read(damaged)[0]
