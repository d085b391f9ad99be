"""Text and workbooks of strangers: read as they are meant, or refused; nothing in them fills memory or runs."""

from __future__ import annotations

import gzip
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from list_files import workbook
from sanctionscreen.errors import WatchlistError
from sanctionscreen.watchlist.official import safe_files, safe_workbooks
from sanctionscreen.watchlist.official.safe_files import csv_rows, text_lines
from sanctionscreen.watchlist.official.safe_workbooks import workbook_rows

SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("data", "text", "lost"),
    [
        ("Müller; Мюллер".encode(), "Müller; Мюллер", 0),
        ("\ufeffMüller; Мюллер".encode(), "Müller; Мюллер", 0),
        ("Müller; Мюллер".encode("utf-16"), "Müller; Мюллер", 0),
        ("M\xfcller – “Works”".encode("cp1252"), "Müller – “Works”", 4),
        ("Мюллер; ".encode() + "M\xfcller".encode("cp1252") + "; 米勒".encode(), "Мюллер; Müller; 米勒", 1),
        ("\ufeffМюллер; ".encode() + b"M\xfcller", "Мюллер; Müller", 1),
        (b"Iv\x00an,Tver\r\n\x1a", "Ivan,Tver", 0),
        (b"\x00\x00Ivan\x1a\x00\x00", "Ivan", 0),
        (gzip.compress(b"Ivan", mtime=0), "Ivan", 0),
        (b"a,b\r\n\r\n\x1a\r\nc,d\n\n\n", "a,b\r\n\r\n\x1a\r\nc,d", 0),
        (b"\r\n" * 3000 + b"a", "\r\n" * 3000 + "a", 0),
        (b"", "", 0),
    ],
)
def test_text_of_mixed_encodings_is_read_and_what_was_guessed_is_counted(
    tmp_path: Path, data: bytes, text: str, lost: int
) -> None:
    """One byte of Windows-1252 does not turn the Cyrillic of the other lines into nonsense."""
    path, unknown = tmp_path / "list.csv", Counter[str]()
    path.write_bytes(data)
    assert "".join(text_lines(path, unknown=unknown)) == text
    assert sum(unknown.values()) == lost


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"Ivan\x81", "is no text in utf-8 or cp1252"),
        (b"\xff\xfeI\x00v", "is no text in utf-16"),
        (gzip.compress(b"Ivan" * 9, mtime=0)[:-9], "is damaged or cut"),
        (gzip.compress(b"0" * 30_000_000, mtime=0), "without bound"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path: Path, data: bytes, problem: str) -> None:
    """A byte without a meaning, half a letter, a cut or growing archive."""
    path = tmp_path / "list.csv"
    path.write_bytes(data)
    with pytest.raises(WatchlistError, match=problem):
        list(text_lines(path))


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    """A missing file is a fault of the list, not of the program."""
    with pytest.raises(WatchlistError, match=r"list\.csv: cannot be read: No such file"):
        list(text_lines(tmp_path / "list.csv"))


def test_a_line_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file without a line end is no table, and is not held in memory whole."""
    monkeypatch.setattr(safe_files, "MAX_LINE", 1000)
    path = tmp_path / "list.csv"
    path.write_text("a,b\n" + "x" * 1000)
    with pytest.raises(WatchlistError, match="has a line of 1,000 characters and more"):
        list(csv_rows(path))


def test_cells_keep_the_line_ends_within_them(tmp_path: Path) -> None:
    """Blank lines within quotation marks are part of the cell, blank rows are none, and each row has its line."""
    path = tmp_path / "list.csv"
    path.write_bytes(b'a,"one\r\n\r\ntwo"\r\n\r\n,\r\nb,c\r\n\x1a')
    assert list(csv_rows(path)) == [(3, ["a", "one\r\n\r\ntwo"]), (6, ["b", "c"])]


def test_a_cell_without_end_is_refused(tmp_path: Path) -> None:
    """A quotation mark that is never closed would make one cell of the whole file."""
    path = tmp_path / "list.csv"
    path.write_text('a,b\n1,"' + "x" * (safe_files.MAX_CELL + 1))
    with pytest.raises(WatchlistError, match="is not CSV: field larger than field limit"):
        list(csv_rows(path))


def changed(path: Path, **parts: bytes | str) -> Path:
    """A small workbook with some of its parts replaced, or added."""
    base = workbook(path.with_name("base.xlsx"), ["Name", "Kind"], ["Kvantor", "Entity"])
    with zipfile.ZipFile(base) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in [*old.namelist(), *(name for name in parts if name not in old.namelist())]:
            new.writestr(name, parts.get(name, old.read(name) if name in old.namelist() else b""))
    return path


def sheet(rows: str, before: str = "") -> str:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'{before}<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>'


FAR = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
ENTITY = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("parts", "problem"),
    [
        ({SHEET: sheet('<row r="1"><c r="A1"><v>1</v></c></row>' + FAR)}, "reaches to row 1,048,576 and column 16,384"),
        ({SHEET: sheet(FAR.replace('r="XFD1048576"', "r = 'xfd1048576'"))}, "reaches to row 1,048,576"),
        ({SHEET: sheet(FAR.replace("XFD1048576", "&#88;FD1048576"))}, "reaches to row 1,048,576"),
        ({SHEET: sheet('<row r="9"><c r="A' + "9" * 5000 + '"/></row>')}, "has a sheet that reaches to row"),
        ({SHEET: sheet('<row r="1"><c r="' + "Z" * 5000 + '1000"/></row>')}, "has a sheet that reaches to row"),
        ({SHEET: sheet('<row r="60000">' + "<c/>" * 60 + "</row>")}, "has a sheet that reaches to row"),
        ({SHEET: sheet('<row r="1"><c r="A1"/></row>', ENTITY)}, "declares a document type"),
        ({SHEET: sheet("", '<!DOCTYPE w SYSTEM "file:///etc/passwd">')}, "declares a document type"),
        ({SHEET: sheet("<row>")[:-30]}, "is no workbook: a part of it is not XML"),
        ({"xl/hidden.bin": sheet(FAR)}, "a sheet under a name that is none of a sheet"),
        ({SHEET: sheet(" " * 40_000_000)}, "grows without bound"),
    ],
)
def test_a_hostile_workbook_is_refused(tmp_path: Path, parts: dict[str, str | bytes], problem: str) -> None:
    """Grids without end, however the last cell is written; entities; sheets in hiding; growth."""
    with pytest.raises(WatchlistError, match=problem):
        list(workbook_rows(changed(tmp_path / "list.xlsx", **parts)))


def test_a_workbook_is_bounded_however_well_it_is_packed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A large file that hardly grows is large all the same."""
    monkeypatch.setattr(safe_workbooks, "MAX_UNPACKED", 1000)
    with pytest.raises(WatchlistError, match="grows without bound"):
        list(workbook_rows(changed(tmp_path / "list.xlsx")))


def test_a_workbook_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    """What comes out is counted, whatever the archive says that it holds."""
    path, large = changed(tmp_path / "list.xlsx", **{SHEET: sheet(" " * 20_000_000)}), len(sheet(" " * 20_000_000))
    data = path.read_bytes().replace(large.to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    path.write_bytes(data)
    with pytest.raises(WatchlistError, match="is no workbook"):
        list(workbook_rows(path))


@pytest.mark.parametrize(
    "rows",
    [
        '<row><c t="inlineStr"><is><t>Kvantor</t></is></c><c><v>7</v></c></row>',
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Kvantor</t></is></c><c r="B1"><v>7.0</v></c></row>',
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Kvantor</t></is></c><c><f>WEBSERVICE("http://x")</f><v>7</v></c></row>',
    ],
)
def test_cells_are_read_with_and_without_their_places_and_formulas_as_stored(tmp_path: Path, rows: str) -> None:
    """Some programs write no place; a formula gives the value that its own program stored, and is not run."""
    path = changed(tmp_path / "list.xlsx", **{SHEET: sheet(rows)})
    assert list(workbook_rows(path)) == [(1, ["Kvantor", "7"])]
