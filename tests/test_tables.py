"""Tables out of files of every make and in every state."""

from __future__ import annotations

import csv
import io
import os
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanctionscreen.errors import InputError
from sanctionscreen.figures import Habit
from sanctionscreen.ingest import Chunk, open_table

HEADER = "Consignee,Country,HS Code\n"


def read(content: bytes | str, **options: Any) -> tuple[list[list[str]], dict[int, str], list[str]]:
    """All rows, the rejects by row number, and the notes of a table held in memory."""
    data = content.encode() if isinstance(content, str) else content
    with open_table(io.BytesIO(data), **options) as table:
        chunks = list(table.chunks())
        rejects = {chunk.first_row + at: why for chunk in chunks for at, why in chunk.rejects.items()}
        return [row for chunk in chunks for row in chunk.cells], rejects, table.notes


@pytest.mark.parametrize(
    ("encoding", "name", "noted"),
    [
        ("utf-8", "Océane Ромашка 北京", False),
        ("utf-8-sig", "Océane Ромашка 北京", False),
        ("utf-16", "Océane Ромашка 北京", False),
        ("utf-32", "Océane Ромашка 北京", False),
        ("utf-16-le", "Synthetic Ромашка", True),
        ("utf-16-be", "Synthetic Ромашка", True),
        ("latin-1", "Société Générale de Café", True),
        ("cp1252", "Müller & Söhne GmbH – Zürich", True),
        ("cp1252", "Compañía Ñandú ¿España? 5 m³", True),
        ("cp1252", "EXPORTAÇÃO E IMPORTAÇÃO SÃO JOÃO", True),
        ("cp1252", "Þór Ísafjörður móttakandi", True),
        ("cp1254", "Alıcı Gıda Dış Ticaret Ltd. Şti. ÇİĞLİ", True),
        ("cp1250", "Spółka Użytkownik z ograniczoną odpowiedzialnością Łódź", True),
        ("cp1251", "ООО Ромашка Электроникс", True),
        ("gb18030", "北京电子有限公司", True),
    ],
)
def test_the_encoding_is_found_out(encoding: str, name: str, noted: bool) -> None:
    """Mark, NUL pattern, strict UTF-8 and old code pages; whatever is inferred is said."""
    rows, rejects, notes = read((HEADER + f"{name},TR,854231\r\n" * 3).encode(encoding))
    assert rows == [[name, "TR", "854231"]] * 3
    assert rejects == {}
    assert bool(notes) is noted


def test_a_damaged_byte_loses_no_row() -> None:
    """A UTF-8 file with a byte of another encoding stays UTF-8; the damage is counted."""
    rows, _, notes = read((HEADER + "ООО Ромашка,RU,1\n").encode() + b"Caf\xe9,FR,2\n" + "Москва,RU,3\n".encode())
    assert [row[0] for row in rows] == ["ООО Ромашка", "Caf\ufffd", "Москва"]
    assert notes == ["read as UTF-8; 1 damaged bytes are shown as \ufffd"]


def test_an_encoding_can_be_given() -> None:
    """Who knows the encoding says so; one that does not exist is an error."""
    assert read((HEADER + "Ромашка,RU,1\n").encode("koi8-r"), encoding="koi8-r")[0] == [["Ромашка", "RU", "1"]]
    with pytest.raises(InputError, match="'klingon' is no encoding"):
        read(HEADER, encoding="klingon")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_delimiter_and_line_end_are_found_out(delimiter: str, line_end: str) -> None:
    """Four delimiters, three line ends, quotes with either inside."""
    lines = [["Consignee", "Country", "Value"], [f'A{delimiter} "B" Ltd', "TR", "1,5"], ["C\nD", "DE", "2"]]
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=line_end, quoting=csv.QUOTE_ALL).writerows(lines)
    assert read(text.getvalue())[0] == lines[1:]


def test_known_headers_decide_between_delimiters() -> None:
    """Commas in every cell do not make a semicolon file a comma file."""
    rows, _, _ = read("Consignee;Address;Value\nAlpha;Street 1, Town, Land;1,5\nBeta;Street 2, Town, Land;2,5\n")
    assert rows[0] == ["Alpha", "Street 1, Town, Land", "1,5"]
    assert read("sep=|\nConsignee|HS\nAlpha|1\n")[0] == [["Alpha", "1"]]
    assert read("Consignee\nAlpha\nBeta\n")[0] == [["Alpha"], ["Beta"]]


def test_cells_stay_as_written() -> None:
    """Spaces, zeros, NULs and two megabytes of text come through unchanged."""
    long = "x" * 2_000_000
    rows, rejects, _ = read(HEADER + f'"  A ",TR,0301\nB\x00C,,"{long}"\n')
    assert rows == [["  A ", "TR", "0301"], ["B\x00C", "", long]]
    assert rejects == {}


def test_reading_large_cells_leaves_the_limit_of_the_process_alone() -> None:
    """csv has one limit for everybody; it is what it was, even between two chunks."""
    before = csv.field_size_limit()
    with open_table(io.BytesIO((HEADER + "A,TR,1\n" * 3).encode()), chunk_rows=1) as table:
        for _ in table.chunks():
            assert csv.field_size_limit() == before


def test_a_row_that_does_not_fit_stays_in_its_place() -> None:
    """Too many or too few cells: the row keeps its place and its cells, with line and reason."""
    rows, rejects, _ = read(HEADER + "A,TR,1\nB,TR\nC,TR,1,2\nD,TR,3\n")
    assert rows == [["A", "TR", "1"], ["B", "TR"], ["C", "TR", "1", "2"], ["D", "TR", "3"]]
    assert rejects == {2: "line 3: 2 cells, but the header has 3", 3: "line 4: 4 cells, but the header has 3"}


def test_empty_cells_at_the_end_do_no_harm() -> None:
    """Delimiters behind the last column, and missing cells of columns without a name, leave a row aligned."""
    assert read(HEADER + "A,TR,1,,\n")[0] == [["A", "TR", "1"]]
    assert read("Consignee,Country,,\nA,TR\nB,TR,,\n")[0] == [["A", "TR", "", ""], ["B", "TR", "", ""]]


def test_a_forgotten_quotation_mark_costs_only_its_line() -> None:
    """A quote that never closes does not swallow the rows behind it."""
    tail = "".join(f"Firm {n},TR,{n}\n" for n in range(200))
    rows, rejects, _ = read(HEADER + '"ACME 12 inch,TR,1\n' + tail + 'Last,TR,"9\n')
    assert len(rows) == 202
    assert rows[0] == ['"ACME 12 inch', "TR", "1"]
    assert rows[-1] == ["Last", "TR", '"9']
    assert rejects == {}
    rows, rejects, _ = read(HEADER + '"ACME, 12 inch,TR,1\n' + tail)
    assert len(rows) == 201
    assert list(rejects) == [1]
    assert "quotation mark" in rejects[1]


def test_a_forgotten_quotation_mark_before_a_quoted_row_swallows_nothing() -> None:
    """The next quote in the file does not close the forgotten one."""
    rows, _, _ = read(HEADER + '"ACME 12 inch,TR,1\n"Beta, Ltd",DE,2\nGamma,FR,3\n')
    assert [row[-1] for row in rows] == ["1", "2", "3"]
    assert rows[1][0] == "Beta, Ltd"


def test_line_ends_within_quotes_stay_in_their_cell() -> None:
    """An address over three lines is one cell, and rows are counted as rows."""
    rows, rejects, _ = read(HEADER + '"A\r\nStreet\r\nTown",TR,1\nB,TR\n')
    assert rows[0] == ["A\r\nStreet\r\nTown", "TR", "1"]
    assert rejects == {2: "line 5: 2 cells, but the header has 3"}


def test_blank_lines_are_counted_and_said() -> None:
    """A line on which nothing stands is no row; the note says how many there were. Empty cells are a row."""
    rows, rejects, notes = read(HEADER + "A,TR,1\n\n   \nB,TR,2\n,,\n\n")
    assert rows == [["A", "TR", "1"], ["B", "TR", "2"], ["", "", ""]]
    assert rejects == {}
    assert notes == ["3 blank lines are no row and not counted, the first at line 3"]


def test_headers_are_unique_as_keys_and_kept_as_written() -> None:
    """No cell is lost behind a header that repeats or is empty."""
    with open_table(io.BytesIO(b"Consignee,,Consignee,\nA,x,B,y\n")) as table:
        assert table.headers == ("Consignee", "column 2", "Consignee (2)", "column 4")
        assert table.header_cells == ("Consignee", "", "Consignee", "")
        assert table.mapping == {"Consignee": "consignee.name"}
        assert table.unmapped == ("column 2", "Consignee (2)", "column 4")
        assert table.columns(next(table.chunks())) == {"consignee.name": ["A"]}


def test_a_header_without_rows_is_a_table() -> None:
    """No rows is a result, not an error."""
    assert read(HEADER) == ([], {}, [])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"\n\r\n  \n", "is empty"),
        (b"PK\x03\x04\x00", "like an Excel workbook or ZIP file, but is damaged"),
        (b"\xd0\xcf\x11\xe0\xa1", "old Excel"),
        (b"%PDF-1.7", "PDF"),
        (b"\x1f\x8b\x08", "packed with gzip and damaged"),
        (b"PAR1", "Parquet"),
        (b'{"colour": "x"}', "no column holds a party"),
        (b"[]", "JSON without an object"),
        (b'[{"consignee": "x"', "is no JSON, or is cut"),
        (b"<?xml version='1.0'?>", "is not XML"),
        (b"<?xml version='1.0'?><Order/>", "XML with the root 'Order'; read are invoices"),
        (b"<html><table>", "is HTML"),
        (b"Colour,Taste\nred,sweet\n", "no column holds a party"),
        (random.Random(7).randbytes(5000), "no column holds a party"),
    ],
)
def test_what_is_no_table_says_so(content: bytes, said: str) -> None:
    """Another format, nothing at all, or nothing to screen: an error with the way out."""
    with pytest.raises(InputError, match=said):
        read(content)


def test_a_file_that_cannot_be_opened_says_why(tmp_path: Path) -> None:
    """No such file, a folder: the message names the file."""
    with pytest.raises(InputError, match=r"absent\.csv: there is no such file"):
        open_table(tmp_path / "absent.csv")
    with pytest.raises(InputError, match="is a folder; give one file"):
        open_table(tmp_path)


def test_files_pipes_and_streams_read_alike(tmp_path: Path) -> None:
    """A stream that can be read once only gives the same table as the file."""
    content = (HEADER + "A,TR,1\nB,DE,2\n").encode()
    path = tmp_path / "shipments.csv"
    path.write_bytes(content)
    receiver, sender = os.pipe()
    os.write(sender, content)
    os.close(sender)
    with os.fdopen(receiver, "rb") as pipe, open_table(pipe) as piped, open_table(path) as filed:
        assert list(piped.chunks()) == list(filed.chunks()) == list(filed.chunks())
        assert list(filed.chunks()) == [Chunk(1, [["A", "TR", "1"], ["B", "DE", "2"]], {})]


def test_open_dates_are_decided_by_the_whole_file() -> None:
    """A proof in the last row decides for the first, whatever the chunks."""
    content = "Consignee,Date\n" + "A,03/04/2024\n" * 50 + "B,25/04/2024\n"
    for chunk_rows in (1, 7, 1000):
        with open_table(io.BytesIO(content.encode()), chunk_rows=chunk_rows) as table:
            assert table.habits == {"shipment.date": Habit.DAY_FIRST}
            assert table.notes == [
                "shipment.date is read day first, as '25/04/2024' proves;"
                " 50 dates that could be two days are read so, '03/04/2024' as 2024-04-03"
            ]


CELL = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=6)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(CELL, CELL, CELL), max_size=8), st.integers(1, 5), st.sampled_from([",", ";", "\t", "|"]))
def test_what_was_written_is_read_whatever_the_chunks(
    rows: list[tuple[str, str, str]], chunk_rows: int, delimiter: str
) -> None:
    """Rows that csv wrote come back cell by cell, in order, in chunks of any size."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerows([("Consignee", "Country", "HS Code"), *rows])
    found, rejects, _ = read(text.getvalue(), chunk_rows=chunk_rows)
    assert found == [list(row) for row in rows]
    assert rejects == {}


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200), st.booleans())
def test_no_bytes_crash_the_reader_and_no_line_vanishes(noise: bytes, is_known: bool) -> None:
    """Any bytes behind a header give rows; a plain last line is still there, as a row of its own or a rejected one."""
    content = HEADER.encode() + noise + b"\n" + b"Last Firm,TR,1\n"
    rows, _, _ = read(content, encoding="utf-8" if is_known else None)
    assert any("Last Firm" in cell for row in rows for cell in row) or not is_known


def test_titles_before_the_header_are_no_rows(tmp_path: Path) -> None:
    """An extract that opens with its title: the header is found, and a note says where."""
    path = tmp_path / "in.csv"
    path.write_text("DATA,,\n,,\nExtract of April,,\nConsignee,HS code,Country\nAcme,8418.21,KZ\n", encoding="utf-8")
    with open_table(path) as table:
        assert table.headers == ("Consignee", "HS code", "Country")
        assert [row for chunk in table.chunks() for row in chunk.cells] == [["Acme", "8418.21", "KZ"]]
        assert any(note.startswith("the header is record 4") for note in table.notes)
