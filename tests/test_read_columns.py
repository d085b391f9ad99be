"""Plain lines are cut as columns to the same cells as `csv` gives, and rows held so are the rows that they were."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanctionscreen.ingest import Chunk, delimited, map_headers, open_table, plain_lines
from sanctionscreen.ingest.chunks import in_chunks
from sanctionscreen.ingest.delimited import Record, RecordReader, large_cells
from sanctionscreen.ingest.plain_lines import can_be_plain, plain_rows
from sanctionscreen.ingest.row_cells import RowCells, joined, parts_of
from sanctionscreen.ingest.rows import Batch
from sanctionscreen.screening.table_rows import as_columns

DELIMITERS = [",", ";", "\t", "|", " ", "^", "]", "-", "\\", ".", "x"]
PIECES = ["", " ", "A", "é", "北京", "'", "#", "\\", "\t", ".5", "NA", "null", "\u2028", "\x0b", "\x1a"]
ODD = ['"', '""', "\n", "\r", "\r\n", "\x00", "\ufeff", "\ud800"]
ENDS = ["\n", "\r\n", "\r", ""]


def lines_of(text: str) -> list[str]:
    return io.StringIO(text, newline="").readlines()


@st.composite
def texts(draw: st.DrawFn) -> tuple[str, str, int]:
    """Delimited text with everything that can be wrong with it, its delimiter and its width."""
    delimiter = draw(st.sampled_from(DELIMITERS))
    width = draw(st.integers(1, 4))
    cell = st.lists(st.sampled_from([*PIECES, delimiter, *draw(st.sampled_from([[], [], ODD]))]), max_size=3)
    forms = st.sampled_from(["plain", "plain", "quoted", "bare", "open"])

    def written(pieces: list[str], form: str) -> str:
        text = "".join(pieces)
        if form == "plain":
            return text.replace(delimiter, "").replace('"', "")
        return {"quoted": '"' + text.replace('"', '""') + '"', "bare": text, "open": f'"{text}'}[form]

    rows = draw(
        st.lists(
            st.one_of(
                st.lists(st.builds(written, cell, forms), min_size=width, max_size=width),
                st.lists(st.builds(written, cell, forms), max_size=5),
            ),
            max_size=25,
        )
    )
    end = draw(st.sampled_from(ENDS[:3]))
    return end.join(delimiter.join(row) for row in rows) + draw(st.sampled_from(["", end, end * 3])), delimiter, width


@settings(max_examples=500, deadline=None)
@given(texts(), st.integers(1, 5))
def test_any_text_is_read_the_same_together_and_one_by_one(given_text: tuple[str, str, int], batch: int) -> None:
    """Cells, faults, numbers of lines and blank lines do not depend on what was cut as columns."""
    text, delimiter, width = given_text
    with large_cells(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(delimited, "_BATCH_LINES", batch)
        slow = RecordReader(lines_of(text), delimiter, width)
        one_by_one = list(slow)
        fast = RecordReader(lines_of(text), delimiter, width)
        together = [record for part in fast.together() for record in part]
    assert [one.cells for one in one_by_one] == [one.cells if isinstance(one, Record) else one for one in together]
    assert (slow.blank_lines, slow.first_blank) == (fast.blank_lines, fast.first_blank)
    known = {at: one for at, one in enumerate(together) if isinstance(one, Record)}
    assert {at: one_by_one[at] for at in known} == known


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(DELIMITERS),
    st.integers(2, 4).flatmap(
        lambda width: st.lists(
            st.lists(
                st.lists(st.sampled_from([*PIECES, '"', ",", ";"]), max_size=4).map("".join),
                min_size=width,
                max_size=width,
            ),
            min_size=1,
            max_size=20,
        )
    ),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
)
def test_what_a_program_writes_is_plain(delimiter: str, rows: list[list[str]], end: str, quoting: int) -> None:
    """Lines as `csv` and Excel write them are all cut as columns, cell for cell."""
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows(rows)  # type: ignore[arg-type]
    frame = plain_rows(lines_of(stream.getvalue()), delimiter, len(rows[0]))
    assert frame is not None
    assert [list(row) for row in frame.rows()] == rows


@pytest.mark.parametrize(
    "odd",
    [
        "A\n", "A,B,C\n", "\n", 'A,"B\n', 'A,B"\n', 'A, "B"\n', 'A,"B"x\n', 'A,"B" \n', "A,B", "A,B\r", "A\r,B\n",
        "A\x00,B\n", "\ufeffA,B\n", 'A,"B"""\n"\n',
    ],
)  # fmt: skip
def test_columns_end_before_what_is_not_sure(odd: str) -> None:
    """Too few or too many cells, stray quotation marks, NUL, a lone carriage return, no end: `csv` decides on them."""
    frame = plain_rows(["a,b\n", '"c, d",\r\n', odd, "e,f\n"], ",", 2)
    assert frame is not None
    assert frame.rows() == [("a", "b"), ("c, d", "")]
    assert plain_rows([odd, "e,f\n"], ",", 2) is None


def test_half_a_pair_is_left_to_csv() -> None:
    """Arrow has no place for it, wherever in the block it stands."""
    assert plain_rows(["a,b\n", "\ud800,b\n"], ",", 2) is None


@pytest.mark.parametrize(
    ("delimiter", "width", "fits"),
    [(",", 2, True), (",", 1, False), (",", 5_000, False), ("§", 3, False), ('"', 3, False), ("\t", 3, True)],
)
def test_some_tables_are_left_to_csv(delimiter: str, width: int, fits: bool) -> None:
    """One column, thousands of them, and delimiters that Polars does not take."""
    assert can_be_plain(delimiter, width) is fits


def test_a_large_file_is_cut_as_columns_and_odd_rows_stay_what_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of 60,000 rows a ragged one, one over two lines and a blank line; most rows are never lists, and none is lost."""
    lines = [f'"Firm {n}, Ltd",KZ,{n:06}\n' for n in range(60_000)]
    lines[30_000], lines[40_000], lines[50_000] = "A,B\n", '"C\nD",TR,1\n', "\n" + lines[50_000]
    content = "Consignee,Country,HS Code\n" + "".join(lines)
    expected = [row for row in csv.reader(lines_of(content)) if row][1:]
    for chunk_rows in (7_000, 100_000):
        with open_table(io.BytesIO(content.encode()), chunk_rows=chunk_rows) as table:
            chunks = list(table.chunks())
            columns = [table.columns(chunk) for chunk in chunks]
        assert [row for chunk in chunks for row in chunk.cells] == expected
        rejects = {chunk.first_row + at: why for chunk in chunks for at, why in chunk.rejects.items()}
        assert rejects == {30_001: "line 30002: 2 cells, but the header has 3"}
        assert "1 blank line is no row and not counted, the first at line 50003" in table.notes
        names = [name for one in columns for name in one["consignee.name"]]
        assert names == ["" if len(row) < 3 else row[0] for row in expected]
        held = [part for chunk in chunks for part in parts_of(chunk.cells)]
        assert sum(len(part) for part in held if isinstance(part, pl.DataFrame)) > 30_000


def test_long_lines_are_read_in_small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory grows with the characters of a block and not with its lines alone."""
    blocks: list[int] = []

    def seen(lines: list[str], delimiter: str, width: int) -> pl.DataFrame | None:
        blocks.append(len(lines))
        return plain_lines.plain_rows(lines, delimiter, width)

    monkeypatch.setattr(delimited, "plain_rows", seen)
    monkeypatch.setattr(delimited, "_BATCH_LINES", 10)
    monkeypatch.setattr(delimited, "_BLOCK_CHARACTERS", 1_000)
    lines = ["short,line\n"] * 50 + ["x" * 2_000 + ",long\n"] * 50
    rows = [row for part in RecordReader(lines, ",", 2).together() for row in part]
    assert rows == list(csv.reader(lines))
    assert blocks == [40, 10, 10, 10, 10, 10]


def test_a_table_of_one_batch_loads_no_polars(tmp_path: Path) -> None:
    """What is read line by line needs no columns."""
    path = tmp_path / "some.csv"
    path.write_text("Consignee,Country\n" + "A,TR\n" * 4_000, encoding="utf-8")
    code = (
        "import sys; from pathlib import Path; from sanctionscreen.ingest import open_table\n"
        f"print(sum(len(chunk.cells) for chunk in open_table(Path({str(path)!r})).chunks()), 'polars' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["4000", "False"]


ROWS = [[f"Firm {n}", "KZ" if n % 2 else "", f"{n:04}"] for n in range(12)]


def held(cuts: list[tuple[int, bool]]) -> RowCells:
    """The rows in parts of such lengths, as frames or lists."""
    parts: list[list[list[str]] | pl.DataFrame] = []
    start = 0
    for length, as_frame in [*cuts, (len(ROWS), False)]:
        rows = ROWS[start : start + length]
        frame = pl.DataFrame(rows, schema={"a": pl.String, "b": pl.String, "c": pl.String}, orient="row")
        parts.append(frame if as_frame else rows)
        start += length
    return RowCells(parts)


CUTS = st.lists(st.tuples(st.integers(0, 5), st.booleans()), max_size=4)


@settings(max_examples=100, deadline=None)
@given(CUTS, st.integers(-13, 13), st.integers(-13, 13))
def test_rows_are_the_same_however_they_are_held(cuts: list[tuple[int, bool]], start: int, stop: int) -> None:
    """Length, rows, cuts and joins are those of a list."""
    cells = held(cuts)
    assert (len(cells), list(cells), cells) == (12, ROWS, ROWS)
    assert cells[start:stop] == ROWS[start:stop]
    assert list(joined([ROWS[:2], cells[2:7], ROWS[7:]])) == ROWS
    if -12 <= start < 12:
        assert cells[start] == ROWS[start]
    else:
        with pytest.raises(IndexError):
            cells[start]
    with pytest.raises(ValueError, match="follow each other"):
        cells[::2]


@settings(max_examples=100, deadline=None)
@given(CUTS, st.sets(st.integers(0, 11), max_size=3), st.booleans(), st.integers(1, 13))
def test_columns_are_the_same_however_rows_are_held(
    cuts: list[tuple[int, bool]], rejected: set[int], odd: bool, size: int
) -> None:
    """Rejects, half pairs and fields of two columns come out as from lists, in chunks of any size."""
    header_map = map_headers(["Consignee", "Country", "Consignee"])
    behind = [["\ud800", "TR", "x"]] if odd else []
    shown = [
        (Batch(cells, {}), Batch([["too", "few"], *behind], {0: "why"}), Batch(cells, dict.fromkeys(rejected, "no")))
        for cells in (ROWS, held(cuts))
    ]
    plain, mixed = ([as_columns(chunk, header_map) for chunk in in_chunks(batches, size)] for batches in shown)
    for one, two in zip(plain, mixed, strict=True):
        assert {name: list(cells) for name, cells in one.columns.items()} == {
            name: list(cells) for name, cells in two.columns.items()
        }
        assert [series.to_list() for series in one.cells] == [series.to_list() for series in two.cells]
        assert (one.odd, one.rejects) == (two.odd, two.rejects)
    assert [chunk.first_row for chunk in in_chunks(shown[1], size)] == list(range(1, 26 + odd, size))
    assert Chunk(1, ROWS, {}) == Chunk(1, held(cuts), {})
