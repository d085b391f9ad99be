"""Small list files for the readers of official lists, and how a test reads one."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from pathlib import Path

from sanctionscreen.model import ListedName, ListedParty
from sanctionscreen.watchlist.official.reading import Report

Read = Callable[[Mapping[str, Path], Report], Iterator[ListedParty]]

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPES = "http://schemas.openxmlformats.org/package/2006"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def read_list(reader: Read, path: Path) -> tuple[list[ListedParty], Report]:
    """All parties of a file, and the report."""
    report = Report("test", "asset_freeze")
    return list(reader({"main": path}, report)), report


def shown(names: Sequence[ListedName]) -> list[tuple[str, str, str]]:
    """Names as text, quality and kind."""
    return [(name.text, name.quality, name.kind) for name in names]


def table(path: Path, columns: Sequence[str], *rows: Mapping[str, str], before: str = "") -> Path:
    """A CSV file with a line in front of the header."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(before + text.getvalue(), encoding="utf-8")
    return path


def workbook(path: Path, *rows: Sequence[str | int | None], formula: str = "") -> Path:
    """A workbook of one sheet; numbers are number cells, None is no cell at all."""
    sheet = "".join(
        f'<row r="{y}">{"".join(_cell(x, y, value) for x, value in enumerate(row) if value is not None)}</row>'
        for y, row in enumerate(rows, 1)
    )
    if formula:
        sheet += f'<row r="{len(rows) + 1}"><c r="A{len(rows) + 1}"><f>{escape(formula)}</f></c></row>'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_TYPES}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_TYPES}/relationships">'
        f'<Relationship Id="a" Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}">'
        '<sheets><sheet name="Data" sheetId="1" r:id="a"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_TYPES}/relationships">'
        f'<Relationship Id="a" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}"><sheetData>{sheet}</sheetData></worksheet>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


def _cell(x: int, y: int, value: str | int | None) -> str:
    place = f"{chr(65 + x // 26 - 1) if x > 25 else ''}{chr(65 + x % 26)}{y}"
    if isinstance(value, int):
        return f'<c r="{place}"><v>{value}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'
