"""Workbooks and packages made on the fly, and tables read from them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import xlsxwriter

from sanctionscreen.ingest import Table, open_table

_NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def workbook(fill: Callable[[Any], None], **options: Any) -> bytes:
    """The bytes of a workbook that a function fills."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, **options})
    fill(book)
    book.close()
    return stream.getvalue()


def sheet(rows: list[list[Any]]) -> bytes:
    """A workbook of one sheet, cells as they are: texts as text, numbers as numbers."""

    def fill(book: Any) -> None:
        page = book.add_worksheet("Data")
        for at, row in enumerate(rows):
            for place, cell in enumerate(row):
                if isinstance(cell, str):
                    page.write_string(at, place, cell)
                elif cell is not None:
                    page.write(at, place, cell)

    return workbook(fill)


def package(sheet_xml: str, strings: str = "", styles: str = "", parts: dict[str, str] | None = None) -> bytes:
    """An XLSX package around the XML of one sheet, as a program writes it that is not Excel."""
    content = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships><Relationship Id="r" Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {_NAMESPACE} xmlns:r="{_RELATIONS}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships><Relationship Id="rId1" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="rId2" Type="{_RELATIONS}/sharedStrings" Target="/xl/sharedStrings.xml"/>'
            f'<Relationship Id="rId3" Type="{_RELATIONS}/styles" Target="styles.xml"/></Relationships>'
        ),
        "xl/worksheets/sheet1.xml": sheet_xml,
        "xl/sharedStrings.xml": f"<sst {_NAMESPACE}>{strings}</sst>",
        "xl/styles.xml": f"<styleSheet {_NAMESPACE}>{styles}</styleSheet>",
        **(parts or {}),
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in content.items():
            archive.writestr(name, text)
    return stream.getvalue()


def plain_sheet(rows: str) -> str:
    """The XML of a sheet as Excel writes it, around the XML of its rows."""
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet {_NAMESPACE}><sheetData>{rows}</sheetData></worksheet>'


def read(data: bytes | str, **options: Any) -> tuple[list[list[str]], dict[int, str], Table]:
    """All rows of a table, its rejects by row number, and the table, read and closed."""
    with open_table(io.BytesIO(data.encode() if isinstance(data, str) else data), **options) as table:
        chunks = list(table.chunks())
        rejects = {chunk.first_row + at: why for chunk in chunks for at, why in chunk.rejects.items()}
        return [row for chunk in chunks for row in chunk.cells], rejects, table
