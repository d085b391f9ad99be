"""Workbooks: the right sheet, the right header, and every cell as a person sees it."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanctionscreen.errors import InputError
from sanctionscreen.ingest import open_table, read_columns
from sanctionscreen.ingest.number_formats import writer_of
from sanctionscreen.ingest.shared_strings import plain_string, shared_strings, string_of
from sanctionscreen.ingest.sheet_xml import cut_rows, parsed_rows, raw_rows
from sanctionscreen.ingest.sheets import column_name, column_of
from sanctionscreen.ingest.xml_elements import elements
from sheet_files import package, plain_sheet, read, sheet, workbook

HEADER = ["Consignee", "Country", "HS Code", "Value"]


def test_numbers_that_are_codes_keep_their_digits() -> None:
    """No 8542310.0 and no 8.5e+07; text keeps its zeros, and the digits are those that a sheet shows."""
    rows, rejects, table = read(
        sheet(
            [
                HEADER,
                ["A", "TR", 8542310, 85000000.0],
                ["B", "NO", "0301110000", 0.1 + 0.2],
                ["C", "DE", 3905601620, 1e-8],
            ]
        )
    )
    assert rows == [
        ["A", "TR", "8542310", "85000000"],
        ["B", "NO", "0301110000", "0.3"],
        ["C", "DE", "3905601620", "0.00000001"],
    ]
    assert rejects == {}
    assert table.form == {"format": "xlsx", "sheet": "Data"}
    assert table.notes == []


@pytest.mark.parametrize(
    ("code", "number", "shown"),
    [
        ("dd.mm.yyyy", "45405", "2024-04-23"),
        ("[$-419]d mmmm yyyy;@", "45405", "2024-04-23"),
        ("yyyy-mm-dd hh:mm", "45405.5", "2024-04-23T12:00:00"),
        ("hh:mm", "0.75", "18:00:00"),
        ("mmm yy", "1", "1900-01-01"),
        ("mmm yy", "59", "1900-02-28"),
        ("mmm yy", "61", "1900-03-01"),
        ("mmm yy", "-5", "-5"),
        ("mmm yy", "99999999", "99999999"),
        ("[h]:mm", "1.5", "1.5"),
        ("000000", "30100", "030100"),
        ("0000000000", "301110000", "0301110000"),
        (r"0000\.00\.00", "3011100", "03011100"),
        ("0000.00", "301.1", "0301.10"),
        ("0%", "0.51", "51%"),
        ("0.00%", "0.123456", "12.3456%"),
        ("0.00", "48691.78886", "48691.78886"),
        ('#,##0.00 "руб."', "1234.5", "1234.5"),
        ("General", "8.5E+07", "85000000"),
        ("@", "8542310", "8542310"),
        ("0.00E+00", "85000000", "85000000"),
        ('"d"0', "7", "7"),
    ],
)
def test_what_the_format_of_a_cell_adds_is_kept(code: str, number: str, shown: str) -> None:
    """Days are ISO, percents percents, zeros in front stay; rounding and grouping lose nothing."""
    writer = writer_of(code, 164, is_1904=False)
    rows, _, _ = read(
        package(
            plain_sheet(
                '<row r="1"><c r="A1" t="inlineStr"><is><t>Consignee</t></is></c></row>'
                f'<row r="2"><c r="A2" s="1"><v>{number}</v></c></row>'
            ),
            styles=f'<numFmts><numFmt numFmtId="164" formatCode="{code.replace(chr(34), "&quot;")}"/></numFmts>'
            '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs>',
        )
    )
    assert rows == [[shown]]
    assert writer is None or writer(number) == shown


@pytest.mark.parametrize("number", [1.234, 2.5])
def test_a_number_keeps_its_point_beside_texts_with_commas(number: float) -> None:
    """A number cell has a decimal point whatever people typed around it: 1.234 is not a thousand."""
    rows = [["Consignee", "Value", "Currency"], ["A LLC", "38500,00", "EUR"], ["B LLC", number, "EUR"]]
    with open_table(io.BytesIO(sheet(rows))) as table:
        chunk = next(table.chunks())
        values = read_columns(table.columns(chunk), table.habits).frame["goods.value"].to_list()
        assert values == [3_850_000, int(number * 100)]
        assert any("decimal commas and decimal points" in note for note in table.notes)
    texts = [rows[0], rows[1], ["B LLC", "1.234", "EUR"]]
    with open_table(io.BytesIO(sheet(texts))) as table:
        chunk = next(table.chunks())
        values = read_columns(table.columns(chunk), table.habits).frame["goods.value"].to_list()
        assert values == [3_850_000, 123_400]


def test_days_may_count_from_1904() -> None:
    """Workbooks of old Macs say so, and their days are four years off else."""

    def fill(book: Any) -> None:
        page = book.add_worksheet()
        page.write_row(0, 0, ["Consignee", "Date"])
        page.write_string(1, 0, "A")
        page.write_datetime(1, 1, date(2024, 4, 23), book.add_format({"num_format": "dd/mm/yyyy"}))

    assert read(workbook(fill, date_1904=True))[0] == [["A", "2024-04-23"]]
    assert read(workbook(fill))[0] == [["A", "2024-04-23"]]


def test_formulas_errors_and_truth_values() -> None:
    """A formula is its stored value; an error is empty and said; true and false are words."""

    def fill(book: Any) -> None:
        page = book.add_worksheet()
        page.write_row(0, 0, ["Consignee", "Value", "No re-export clause"])
        page.write_formula(1, 0, '=A1&"x"', None, "Synthetic & Co")
        page.write_formula(1, 1, "=1/0", None, "#DIV/0!")
        page.write_boolean(1, 2, True)
        page.write_formula(2, 0, "=A2", None, "Other")
        page.write_formula(2, 1, "=SUM(1,2)", None, "")
        page.write_boolean(2, 2, False)

    rows, _, table = read(workbook(fill))
    assert rows == [["Synthetic & Co", "", "true"], ["Other", "", "false"]]
    assert table.notes == [
        "1 cell has an error for a value, the first is #DIV/0! in B2: read as empty",
        "1 formula has no stored value, the first in B3: read as empty; open the file in a spreadsheet and save it",
    ]


def test_the_header_is_found_under_merged_titles() -> None:
    """A title over the table, an empty row, then the header: rows count from there, and empty rows are none."""

    def fill(book: Any) -> None:
        page = book.add_worksheet()
        page.merge_range(1, 0, 1, 3, "IMPORTS, APRIL")
        page.write_row(5, 0, HEADER)
        page.write_row(6, 0, ["A", "TR", "854231", "5"])
        page.write_row(9, 0, ["B", "DE", "0301", "6"])
        page.write_blank(12, 3, None, book.add_format({"bold": True}))

    rows, _, table = read(workbook(fill))
    assert table.headers == tuple(HEADER)
    assert rows == [["A", "TR", "854231", "5"], ["B", "DE", "0301", "6"]]
    assert table.notes == [
        "the header is row 6 of the sheet; what stands before it is no row",
        "2 empty rows are no row and not counted, the first is 8",
    ]


def test_parties_over_the_table_are_pointed_out() -> None:
    """The letterhead of an invoice is no row: who is named there and in no column must not go unscreened unsaid."""

    def fill(book: Any) -> None:
        page = book.add_worksheet()
        page.write_row(0, 0, ["COMMERCIAL INVOICE"])
        page.write_row(1, 0, ["Seller:", "Synthetic Appliances"])
        page.write_row(2, 0, ["Consignee: Example LLP"])
        page.write_row(4, 0, HEADER)
        page.write_row(5, 0, ["A", "TR", "854231", "5"])

    _, _, table = read(workbook(fill))
    assert "consignee.name" in table.mapping.values()
    assert table.notes[1] == (
        "over the table stands 'Seller' (seller.name): nobody there is screened;"
        " name them as constants of a mapping (constants: seller.name: …)"
    )


def test_a_merged_cell_stands_for_each_row_it_spans() -> None:
    """The consignee over three lines of goods is the consignee of each, and a header over two lines is one."""

    def fill(book: Any) -> None:
        page = book.add_worksheet()
        page.merge_range(0, 0, 1, 0, "Consignee")
        page.merge_range(0, 1, 0, 2, "Goods")
        page.write_row(1, 1, ["HS Code", "Description"])
        page.merge_range(2, 0, 4, 0, "Synthetic Appliances")
        for at, code in enumerate(["854231", "854232", "854233"]):
            page.write_row(2 + at, 1, [code, "parts"])
        page.write_row(5, 0, ["Other", "0301", "fish"])

    rows, _, table = read(workbook(fill))
    assert [row[0] for row in rows] == ["Synthetic Appliances"] * 3 + ["Other"]
    assert table.headers == ("Consignee", "HS Code", "Description")
    assert "3 rows have part of a merged cell: its value stands for each of its rows" in table.notes


def test_the_sheet_whose_header_is_known_best_is_read() -> None:
    """A cover sheet is passed over; by name or number any sheet can be had; a hidden one is the last choice."""

    def fill(book: Any) -> None:
        book.add_worksheet("Cover").write_row(0, 0, ["Report", "Country"])
        hidden = book.add_worksheet("Old")
        hidden.write_row(0, 0, [*HEADER, "Buyer"])
        hidden.hide()
        book.add_worksheet("Lines").write_row(0, 0, HEADER)
        other = book.add_worksheet("More")
        other.write_row(0, 0, HEADER)
        other.write_row(1, 0, ["A", "TR", "1", "2"])

    data = workbook(fill)
    _, _, table = read(data)
    assert table.form["sheet"] == "Lines"
    assert table.notes[0] == "sheet 'Lines' of 4 is read; 'Old', 'More' could be screened too (--sheet)"
    assert read(data, sheet="more")[0] == [["A", "TR", "1", "2"]]
    assert read(data, sheet=4)[0] == read(data, sheet="4")[0] == [["A", "TR", "1", "2"]]
    with pytest.raises(InputError, match=r"has no sheet 'Mroe', by name or number; did you mean 'More'\?"):
        read(data, sheet="Mroe")
    with pytest.raises(InputError, match="delimited text and has no sheets"):
        read("Consignee\nA\n", sheet="More")


def test_hidden_rows_are_read_and_said() -> None:
    """A filter that was left on hides rows from the eye, not from the screening."""

    def fill(book: Any) -> None:
        page = book.add_worksheet()
        page.write_row(0, 0, HEADER)
        page.write_row(1, 0, ["A", "TR", "1", "2"])
        page.write_row(2, 0, ["B", "TR", "1", "2"])
        page.set_row(2, None, None, {"hidden": True})

    rows, _, table = read(workbook(fill))
    assert [row[0] for row in rows] == ["A", "B"]
    assert table.notes == ["1 hidden row is read like the others"]


def test_a_cell_without_a_header_is_kept() -> None:
    """A remark right of the last header has a column of its own."""
    rows, rejects, table = read(sheet([["Consignee"], ["A", None, "see contract"], ["B"]]))
    assert table.headers == ("Consignee", "column 2", "column 3")
    assert rows == [["A", "", "see contract"], ["B", "", ""]]
    assert rejects == {}


def test_a_cell_far_right_and_far_down_is_said() -> None:
    """Behind a thousand rows the width is settled; what stands further right is named, not dropped in silence."""
    rows, _, table = read(sheet([["Consignee"], *([f"Firm {n}"] for n in range(1500)), ["Last", "remark"]]))
    assert rows[-1] == ["Last"]
    assert table.notes[-1].startswith("1 row has cells right of the last column, the first is B1502")


@pytest.mark.parametrize(
    "text",
    [
        "  A  ",
        "Müller & Söhne <GmbH>",
        "ООО Ромашка",
        "a\nb",
        "a\rb",
        "_x000D_",
        "北京",
        "=1+1",
        "#N/A",
        "\x01",
        "1e5",
        "TRUE",
    ],
)
def test_text_is_text(text: str) -> None:
    """What a cell holds as text comes through unchanged, whether it is shared or stands in the cell."""
    assert read(sheet([["Consignee"], [text]]))[0] == [[text]]

    def fill(book: Any) -> None:
        page = book.add_worksheet()
        page.write_string(0, 0, "Consignee")
        page.write_string(1, 0, text)

    assert read(workbook(fill, constant_memory=True, in_memory=False))[0] == [[text]]


def test_rich_text_is_its_text() -> None:
    """Runs of different fonts are one name; how it is pronounced is no part of it."""
    strings = "<si><t>Consignee</t></si><si><r><t>Al</t></r><r><rPr><b/></rPr><t xml:space='preserve'>pha </t></r><rPh sb='0' eb='1'><t>no</t></rPh></si>"
    rows, _, _ = read(
        package(
            plain_sheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2" t="s"><v>1</v></c></row>'),
            strings,
        )
    )
    assert rows == [["Alpha "]]


ODD = [
    '<row r="1"><c r="A1" t="inlineStr"><is><t>Consignee</t></is></c><c r="B1" t="inlineStr"><is><t>Country</t></is></c></row>'
    '<row r="2"><c r="A2" t="inlineStr"><is><t>A &amp; B</t></is></c><c r="B2" t="str"><v>TR</v></c></row>',
    "<row><c t='inlineStr'><is><t>Consignee</t></is></c><c t='inlineStr'><is><t>Country</t></is></c></row>"
    "<row><c t='inlineStr'><is><t>A &#38; B</t></is></c><c t='str'><v>TR</v></c></row>",
    '<!-- <row r="9"/> --><row r="1">\n <c r="A1" t="inlineStr"><is><r><t>Consi</t></r><r><t>gnee</t></r></is></c>\n <c r="B1" t="inlineStr"><is><t>Country</t></is></c></row>'
    '<row r="2"><c r="A2" t="inlineStr"><is><t><![CDATA[A & B]]></t></is></c><c r="B2" t="inlineStr"><is><t>TR</t></is></c></row>',
    '<row r="1"><c r="B1" t="inlineStr"><is><t>Country</t></is></c><c r="A1" t="inlineStr"><is><t>Consignee</t></is></c></row><row r="2"/>'
    '<row r="3"><c r="B3" cm="1" t="str"><v>TR</v></c><c r="A3" t="str"><f>B1&amp;"x"</f><v>A &amp; B</v></c></row>',
]


@pytest.mark.parametrize("rows", ODD)
@pytest.mark.parametrize("form", ["plain", "prefixed", "utf-16"])
def test_odd_xml_gives_the_same_rows(rows: str, form: str) -> None:
    """Comments, prefixes, cells without places, other encodings: what Excel opens is read."""
    xml = plain_sheet(rows)
    if form == "prefixed":
        xml = xml.replace("xmlns=", "xmlns:x=")
        for tag in ("worksheet", "sheetData", "row", "c", "v", "f", "is", "t", "r"):
            xml = (
                xml.replace(f"<{tag}>", f"<x:{tag}>")
                .replace(f"<{tag} ", f"<x:{tag} ")
                .replace(f"<{tag}/", f"<x:{tag}/")
                .replace(f"</{tag}>", f"</x:{tag}>")
            )
    data = package(xml)
    if form == "utf-16":
        data = _with_part(data, "xl/worksheets/sheet1.xml", xml.replace("UTF-8", "UTF-16").encode("utf-16"))
    found, _, table = read(data)
    assert table.headers == ("Consignee", "Country")
    assert found == [["A & B", "TR"]]


def _with_part(data: bytes, part: str, content: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
    return stream.getvalue()


STRINGS = st.sampled_from(
    [
        "<si><t>a</t></si>",
        '<si><t xml:space="preserve"> b &amp; &quot;c&quot; &lt;d&gt; </t></si>',
        "<si><t>e &amp;amp; f</t></si>",
        "<si><r><t>g</t></r><r><rPr><b/></rPr><t>h</t></r></si>",
        "<si><t>&#1056;</t></si>",
        "<si><t/></si>",
        "<si/>",
        "<si><t>_x000D_ _x005F_x000D_</t><phoneticPr fontId='1'/></si>",
        "<!-- <si><t>none</t></si> -->",
        "\n <si><t>\u0420\u043e\u043c\u0430\u0448\u043a\u0430</t></si>\r\n",
    ]
)


@settings(max_examples=100, deadline=None)
@given(st.lists(STRINGS, max_size=8))
def test_strings_cut_out_of_the_text_are_those_of_the_parser(pieces: list[str]) -> None:
    """Entities, runs, empty strings, comments: both ways give the same texts in the same places."""
    xml = f'<?xml version="1.0"?>\n<sst xmlns="x" count="9">{"".join(pieces)}</sst>'.encode()

    def opened() -> Any:
        return io.BytesIO(xml)

    parsed = [plain_string(string_of(entry)) for entry in elements(opened, "x", {"si"})]
    assert list(shared_strings(opened, "x")) == parsed


PIECES = st.sampled_from(
    [
        '<row r="3"><c r="A3"><v>5</v></c><c r="C3" s="1" t="s"><v>0</v></c></row>',
        '<row r="4" spans="1:2" hidden="1" ht="15.5"><c r="A4" t="str"><f>A1</f><v>x</v></c></row>',
        '<row r="5"/>',
        "<row/>",
        "<row></row>",
        "<row r='6' hidden='true'><c r='A6'><v>1</v></c></row>",
        '<row r="7"><c r="B7" t="inlineStr"><is><t xml:space="preserve"> a </t></is></c></row>',
        '<row r="8"><c r="B8" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c><c><v>2</v></c></row>',
        '<row r="9"><c r="A9" t="str"><v>a &lt; b</v></c></row>',
        '<row r="10"><c r="A10" t="e"><f t="shared" si="0"/><v>#N/A</v></c><c r="B10"><f>SUM(A1)</f></c></row>',
        '<row r="11">\r\n<c r="A11" t="str"><v>a\r\nb</v></c></row>',
        '<row r="12"><c r="A12"/><c r="B12" s="3"/><c r="C12"><v/></c></row>',
        "<!-- <row> -->",
        '<row r="13"><c r="A13" t="str"><v><![CDATA[</row>]]></v></c></row>',
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=12), st.integers(1, 40))
def test_rows_cut_out_of_the_text_are_those_of_the_parser(pieces: list[str], block: int) -> None:
    """Whatever the rows and wherever a block ends: both ways to read a sheet give the same."""
    xml = plain_sheet("".join(pieces)).encode()

    class Slow(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            return super().read(min(size or -1, block) if size and size > 0 else block)

    assert list(raw_rows(lambda: Slow(xml), "x")) == list(parsed_rows(lambda: io.BytesIO(xml), "x"))
    if "".join(pieces).isascii() and "<!" not in "".join(pieces):
        assert list(cut_rows(lambda: io.BytesIO(xml), "x")) == list(parsed_rows(lambda: io.BytesIO(xml), "x"))


@given(st.integers(0, 16_383))
def test_columns_have_letters(place: int) -> None:
    """A, Z, AA, XFD: both ways."""
    assert column_of(column_name(place)) == place


def bomb(part: str, size: int) -> bytes:
    data = package(plain_sheet('<row r="1"><c r="A1" t="inlineStr"><is><t>Consignee</t></is></c></row>'))
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
        with new.open(part, "w", force_zip64=True) as out:
            out.write(b'<?xml version="1.0"?><worksheet><sheetData>')
            for _ in range(size >> 20):
                out.write(b" " * (1 << 20))
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (lambda: package(plain_sheet("")), "the file is empty"),
        (lambda: package("<worksheet><sheetData><row"), "damaged or cut"),
        (lambda: package("no xml"), "is not XML"),
        (
            lambda: package('<!DOCTYPE x [<!ENTITY a "b">]><worksheet><sheetData/></worksheet>'),
            "declares a document type",
        ),
        (lambda: package(plain_sheet('<row r="1"><c r="A1" t="s"><v>7</v></c></row>')), "has no shared string '7'"),
        (lambda: package(plain_sheet('<row r="1"><c r="A1" t="s"><v>-1</v></c></row>')), "has no shared string '-1'"),
        (lambda: package(plain_sheet('<row r="1"><c r="ZZZ1"><v>1</v></c></row>')), "right of the last column"),
        (lambda: package(plain_sheet('<row r="1"><c r="A1" t="zz"><v>1</v></c></row>')), "has the type 'zz'"),
        (lambda: package("<x/>", parts={"xl/workbook.xml": "<workbook/>"}), "holds no sheet of cells"),
        (lambda: package("<x/>", parts={"xl/workbook.xml": "<zz/>"}), "holds no workbook"),
        (lambda: sheet([HEADER])[:-500], "damaged or cut"),
    ],
    ids=["empty", "cut", "text", "doctype", "string", "negative", "column", "type", "sheets", "workbook", "zip"],
)
def test_a_hostile_or_damaged_workbook_is_refused(data: Any, said: str) -> None:
    """A clear error, in little memory and time, whatever the package pretends to be."""
    with pytest.raises(InputError, match=said):
        read(data())


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
def test_a_workbook_that_grows_without_bound_is_refused(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A small file may not become a large one; what is small in any case may grow as it likes."""
    data = bomb(part, 8 << 20)
    monkeypatch.setattr("sanctionscreen.ingest.workbook_parts._FREE_GROWTH", 4 << 20)
    with pytest.raises(InputError, match="grows without bound"):
        read(data)


def test_a_row_without_an_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """It would have to be held whole."""
    monkeypatch.setattr("sanctionscreen.ingest.sheet_xml._LARGEST_ROW", 4 << 20)
    with pytest.raises(InputError, match="row of more than 4 MB"):
        read(bomb("xl/worksheets/sheet1.xml", 8 << 20))


def test_a_zip_that_is_no_workbook_says_what_it_is() -> None:
    """A ZIP of CSV files, a Word document: the way out."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.csv", "Consignee\nA\n")
    with pytest.raises(InputError, match="is a ZIP archive and no workbook; unpack it first"):
        read(stream.getvalue())
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", "")
        archive.writestr("word/document.xml", "")
    with pytest.raises(InputError, match="is a Word or PowerPoint file"):
        read(stream.getvalue())


def ods(rows: list[list[tuple[str, str]]]) -> bytes:
    """A small OpenDocument sheet; a cell is its type and its value."""
    names = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'

    def cell(kind: str, value: str) -> str:
        attribute = {"float": "value", "date": "date-value", "boolean": "boolean-value"}.get(kind)
        held = f' office:{attribute}="{value}"' if attribute else ""
        return f'<table:table-cell office:value-type="{kind}"{held}><text:p>{value}</text:p></table:table-cell>'

    body = "".join(f"<table:table-row>{''.join(cell(*one) for one in row)}</table:table-row>" for row in rows)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0"?><office:document-content {names}><office:body><office:spreadsheet>'
            f'<table:table table:name="Data">{body}</table:table></office:spreadsheet></office:body></office:document-content>',
        )
    return stream.getvalue()


def test_open_document_sheets_are_read() -> None:
    """Another make of workbook, the same cells."""
    rows, _, table = read(
        ods(
            [
                [("string", "Consignee"), ("string", "HS Code"), ("string", "Date")],
                [("string", "A"), ("float", "8542310"), ("date", "2024-04-23")],
            ]
        )
    )
    assert rows == [["A", "8542310", "2024-04-23"]]
    assert table.form == {"format": "workbook", "sheet": "Data"}


def test_open_document_numbers_keep_their_points() -> None:
    """A number has a decimal point beside texts with commas there too."""
    header = [("string", title) for title in ("Consignee", "HS Code", "Value")]
    commas = [("string", "A"), ("string", "010121"), ("string", "38500,00")]
    number = [("string", "B"), ("string", "010129"), ("float", "1.234")]
    with open_table(io.BytesIO(ods([header, commas, number]))) as table:
        frame = read_columns(table.columns(next(table.chunks())), table.habits).frame
    assert frame["goods.hs_code"].to_list() == ["010121", "010129"]
    assert frame["goods.value"].to_list() == [3_850_000, 123]


def test_a_workbook_is_read_from_a_stream_and_a_file_alike(tmp_path: Path) -> None:
    """The same table twice, and again from the start."""
    data = sheet([HEADER, ["A", "TR", "1", 2], ["B", "DE", "2", date(2024, 4, 23).isoformat()]])
    path = tmp_path / "anything.csv"  # the bytes say what it is, not the name
    path.write_bytes(data)
    for chunk_rows in (1, 2, 1000):
        with (
            open_table(path, chunk_rows=chunk_rows) as filed,
            open_table(io.BytesIO(data), chunk_rows=chunk_rows) as held,
        ):
            assert list(filed.chunks()) == list(held.chunks()) == list(filed.chunks())
