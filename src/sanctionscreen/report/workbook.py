"""A workbook written row by row: every text stays a text, and what Excel cannot hold is marked and counted."""

from __future__ import annotations

import re
import shutil
import tempfile
import weakref
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import chain, repeat
from typing import TYPE_CHECKING, BinaryIO

from sanctionscreen.report.printable import printable

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384
LONGEST_CELL = 32_767
"""Limits of a worksheet (Microsoft, "Excel specifications and limits"); a cell's length counts in UTF-16 units."""
_NARROWEST, _WIDEST = 8, 60
_TEXT = 49
"""Number of the built-in format "@" (ECMA-376, part 1, 18.8.30)."""
_MEASURED_ROWS = 200
"""Rows whose cells decide how wide a column is."""
_LOOKS_ESCAPED = re.compile("_(x[0-9a-fA-F]{4}_)")
"""What Excel takes for a character written as its number (ECMA-376, part 1, 22.9.2.19)."""

Cell = str | int | float | None


@dataclass(slots=True)
class CellCounts:
    """What writing did to the cells."""

    cut: int = 0
    """Longer than Excel allows; the end says so."""
    marked: int = 0
    """With characters that Excel cannot show, written as their numbers."""


def excel_text(text: str, counts: CellCounts) -> str:
    """A text as a cell can hold it, with what was changed visible in it and counted.

    >>> excel_text("A\\x00B", CellCounts())
    'A<0>B'
    """
    if text.isprintable() and len(text) <= LONGEST_CELL // 2 and not text.startswith("<r>"):
        return text
    given = text.replace("\r\n", "\n")
    shown = printable(given, keep="\n\t")
    if shown.startswith("<r>") and shown.endswith("</r>"):
        shown = f" {shown}"  # a reader that is not strict takes such a text for markup
    counts.marked += shown != given
    if len(shown) <= LONGEST_CELL // 2 or _units(shown) <= LONGEST_CELL:
        return shown
    counts.cut += 1
    mark = f"… [cut; {len(shown):,} characters in all]"
    kept = shown[: LONGEST_CELL - len(mark)]
    while _units(kept) + len(mark) > LONGEST_CELL:
        kept = kept[: len(kept) - (_units(kept) + len(mark) - LONGEST_CELL + 1) // 2 - 1]
    return kept + mark


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _text_element(text: str) -> str:
    """A text in the markup of a cell."""
    if "&" in text or "<" in text or ">" in text:
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if "_x" in text:
        text = _LOOKS_ESCAPED.sub(r"_x005F_\1", text)
    if text != text.strip():
        return f'<t xml:space="preserve">{text}</t>'
    return f"<t>{text}</t>"


class _Stream:
    """A stream that fails once: the archive in it tries again when it is thrown away, which may be long closed then."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._has_failed = False

    def tell(self) -> int:
        return 0 if self._has_failed else self._stream.tell()

    def seek(self, place: int, whence: int = 0) -> int:
        return 0 if self._has_failed else self._stream.seek(place, whence)

    def flush(self) -> None:
        if not self._has_failed:
            self._stream.flush()

    def write(self, data: bytes) -> int:
        if self._has_failed:
            return len(data)
        try:
            return self._stream.write(data)
        except OSError:
            self._has_failed = True
            raise


class Book:
    """A workbook on a binary stream; rows wait in temporary files, and equal content gives equal bytes."""

    def __init__(self, stream: BinaryIO, created: date = date(2000, 1, 1)) -> None:
        from xlsxwriter import Workbook

        self._folder = tempfile.mkdtemp(prefix="sanctionscreen-")
        self._tidy = weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        options = {
            "constant_memory": True,
            "tmpdir": self._folder,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "use_zip64": True,
        }
        self._book: Workbook = Workbook(_Stream(stream), options)
        self.counts = CellCounts()
        self.date(created)
        text = {"num_format": _TEXT, "valign": "top"}  # text stays text when someone edits the cell: no lost zeros
        formats: dict[str, Format] = {
            "text": self._book.add_format(text),
            "wrapped": self._book.add_format({**text, "text_wrap": True}),
            "number": self._book.add_format({"num_format": "#,##0", "valign": "top"}),
            "points": self._book.add_format({"num_format": "0.0", "valign": "top"}),
            "header": self._book.add_format(
                {**text, "bold": True, "text_wrap": True, "bottom": 1, "bg_color": "#E8EDF3"}
            ),
            "title": self._book.add_format({**text, "bold": True, "font_size": 14}),
            "bold": self._book.add_format({**text, "bold": True}),
            "block": self._book.add_format({**text, "bold": True, "font_color": "#8B0000", "bg_color": "#FBE3E0"}),
            "review": self._book.add_format({**text, "bold": True, "font_color": "#6B4300", "bg_color": "#FFF1CC"}),
        }
        self.styles = {kind: f' s="{form._get_xf_index()}"' for kind, form in formats.items()}
        """How a cell names its format."""

    def date(self, created: date) -> None:
        """The day in the properties: that of the screening, for the clock would make every file another."""
        self._book.set_properties({"created": datetime(created.year, created.month, created.day)})  # noqa: DTZ001

    def sheet(self, name: str, headers: Sequence[str] = (), kinds: Sequence[str] = ()) -> Sheet:
        """A further sheet; with headers it is a table that can be filtered."""
        return Sheet(self, name, tuple(headers), tuple(kinds))

    def add_worksheet(self, name: str) -> Worksheet:
        return self._book.add_worksheet(name)

    def finish(self) -> None:
        """Write the workbook to its stream.

        Raises:
            OSError: the disk is full or the like.
        """
        from xlsxwriter.exceptions import FileCreateError

        try:
            self._book.close()
        except FileCreateError as bad:
            raise bad.args[0] from bad  # it wraps the OSError, which says what is wrong

    def close(self) -> None:
        for sheet in self._book.worksheets():  # a book that is not finished never closes them
            if sheet.row_data_fh is not None:
                sheet.row_data_fh.close()
        self._tidy()


@dataclass(slots=True)
class Sheet:
    """Rows of one sheet; where it is full they go on in another of the same name and a number."""

    book: Book
    name: str
    headers: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    """Format of each column; `wrapped` where a cell is a sentence."""
    most_rows: int = MOST_ROWS
    _sheet: Worksheet | None = None
    _next: int = 0
    parts: int = 0
    """Sheets that the rows fill."""
    _widths: list[int] = field(default_factory=list)
    _letters: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._open()

    def add(self, cells: Sequence[Cell], kinds: Sequence[str] | None = None) -> None:
        """The next row. Cells are texts or numbers; None and empty texts leave the cell empty."""
        if self._next == self.most_rows:
            self._close()
            self._open()
        self._write(cells, kinds or self.kinds)

    def finish(self) -> None:
        """Set the widths, and the filter over all rows."""
        self._close()

    def _open(self) -> None:
        self.parts += 1
        self._next = 0
        self._widths = []
        self._sheet = self.book.add_worksheet(self.name if self.parts == 1 else f"{self.name} {self.parts}")
        if self.headers:
            self._write(self.headers, ["header"] * len(self.headers))
            self._sheet.freeze_panes(1, 0)

    def _close(self) -> None:
        if self._sheet is None:
            return
        if self._next:  # where the cells end, which the library knows only of those that it writes
            self._sheet.dim_rowmin, self._sheet.dim_rowmax = 0, self._next - 1
            self._sheet.dim_colmin, self._sheet.dim_colmax = 0, len(self._letters) - 1
        for place, width in enumerate(self._widths):
            self._sheet.set_column(place, place, min(max(width + 2, _NARROWEST), _WIDEST))
        if self.headers:
            self._sheet.autofilter(0, 0, self._next - 1, len(self.headers) - 1)
            self._sheet.set_landscape()
            self._sheet.fit_to_pages(1, 0)
            self._sheet.repeat_rows(0)

    def _write(self, cells: Sequence[Cell], kinds: Sequence[str]) -> None:
        """A row in the markup of the file; the library would ask eight times of each cell what it is."""
        self._next += 1
        styles, counts, columns, number = self.book.styles, self.book.counts, self._columns(len(cells)), self._next
        row = []
        for column, kind, cell in zip(columns, chain(kinds, repeat("text")), cells, strict=False):
            if cell is None or cell == "":
                continue
            if isinstance(cell, str):
                text = _text_element(excel_text(cell, counts))
                row.append(f'<c r="{column}{number}"{styles[kind]} t="inlineStr"><is>{text}</is></c>')
            else:
                row.append(f'<c r="{column}{number}"{styles[kind]}><v>{cell:.16G}</v></c>')
        if self._sheet is not None:
            self._sheet.fh.write(f'<row r="{number}">{"".join(row)}</row>')
        if number <= _MEASURED_ROWS + 1:
            self._measure(cells)

    def _columns(self, count: int) -> Sequence[str]:
        """The letters of so many columns at least."""
        if count > len(self._letters):
            from xlsxwriter.utility import xl_col_to_name

            self._letters += [xl_col_to_name(place) for place in range(len(self._letters), count)]
        return self._letters

    def _measure(self, cells: Sequence[Cell]) -> None:
        self._widths.extend([0] * (len(cells) - len(self._widths)))
        for place, cell in enumerate(cells):
            if cell is not None and cell != "":
                longest = max(map(len, str(cell).split("\n")))
                self._widths[place] = max(self._widths[place], longest)
