"""The same table in every format gives the same cells; the same text cut fast and slowly gives the same rows."""

from __future__ import annotations

import csv
import gzip
import io
import json
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanctionscreen.ingest import delimited
from sanctionscreen.ingest.delimited import Record, RecordReader, large_cells
from sheet_files import read, sheet

HEADER = ["Consignee", "HS Code", "Value", "Remark"]

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), max_size=8)
NAME = TEXT.map(lambda text: f"Firm {text}")
CODE = st.from_regex(r"[0-9]{4,10}", fullmatch=True)
WHOLE = st.integers(0, 10**12).map(str)
FRACTION = st.tuples(st.integers(0, 10**7), st.integers(1, 999_999)).map(
    lambda two: f"{two[0]}.{two[1]:06}".rstrip("0")
)
ROW = st.tuples(NAME, CODE, st.one_of(WHOLE, FRACTION), TEXT)


def number(written: str) -> float | int:
    return int(written) if written.isdigit() else float(written)


def delimited_text(rows: list[tuple[str, ...]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows([HEADER, *rows])
    return text.getvalue().encode()


def parquet(rows: list[tuple[Any, ...]]) -> bytes:
    stream = io.BytesIO()
    columns = zip(HEADER, zip(*rows, strict=True), strict=True)
    pl.DataFrame({name: pl.Series(column, strict=False) for name, column in columns}).write_parquet(stream)
    return stream.getvalue()


@settings(max_examples=25, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=6), st.integers(1, 4))
def test_twins_give_the_same_cells(rows: list[tuple[str, ...]], chunk_rows: int) -> None:
    """A CSV, its XLSX, its Parquet, its JSON and JSON lines: texts to the letter, codes to the zero, numbers to the digit."""
    typed = [(name, code, number(value), remark) for name, code, value, remark in rows]
    objects = [dict(zip(HEADER, row, strict=True)) for row in typed]
    twins = {
        "csv": delimited_text(rows),
        "packed": gzip.compress(delimited_text(rows)),
        "xlsx": sheet([HEADER, *map(list, typed)]),
        "parquet": parquet(typed),
        "lines": "".join(f"{json.dumps(one, ensure_ascii=False)}\n" for one in objects).encode(),
        "json": json.dumps(objects).encode(),
    }
    for form, data in twins.items():
        found, rejects, table = read(data, chunk_rows=chunk_rows)
        assert (form, table.headers, found, rejects) == (form, tuple(HEADER), [list(row) for row in rows], {})


ODD_LINES = st.lists(
    st.sampled_from(
        [
            "A,TR,1",
            "B,DE,2",
            '"C, Ltd",TR,"3"',
            '"D\nStreet",TR,4',
            '"E ""quoted""",TR,5',
            '"open,TR,6',
            'half "quoted",TR,7',
            '"x"y,TR,8',
            "",
            "   ",
            "F,TR",
            "G,TR,9,10",
            "H,TR,11,",
            "I\x00,TR,12",
            ",,",
            '"""',
            "ООО Ромашка,RU,13",
        ]
    ),
    max_size=30,
)


@settings(max_examples=300, deadline=None)
@given(ODD_LINES, st.sampled_from(["\n", "\r\n", "\r"]), st.integers(1, 7))
def test_lines_cut_together_are_those_cut_one_by_one(lines: list[str], end: str, batch: int) -> None:
    """Wherever a batch ends and whatever is odd in it, records, line numbers and blank lines are the same."""
    text = io.StringIO(end.join(["Consignee,Country,HS Code", *lines]) + end, newline="").readlines()
    with large_cells(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(delimited, "_BATCH_LINES", batch)
        slow = RecordReader(text, ",", 3)
        one_by_one = list(slow)
        fast = RecordReader(text, ",", 3)
        together = [record for part in fast.together() for record in part]
    assert [record.cells for record in one_by_one] == [
        one.cells if isinstance(one, Record) else one for one in together
    ]
    assert (slow.blank_lines, slow.first_blank) == (fast.blank_lines, fast.first_blank)
    known = {at: one for at, one in enumerate(together) if isinstance(one, Record)}
    assert {at: one_by_one[at] for at in known} == known


def test_a_plain_file_is_never_cut_slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    """The fast way is the one that files take."""
    monkeypatch.setattr(RecordReader, "_until_read", lambda self: pytest.fail("cut one by one"))
    content = "Consignee,Country,HS Code\n" + '"A, Ltd",TR,0301\n' * 10_000
    assert read(content)[0] == [["A, Ltd", "TR", "0301"]] * 10_000
