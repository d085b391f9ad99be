"""The rows of a workbook: which sheet, where it begins, cells that span rows, and what is worth a note."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice

from sanctionscreen.ingest.rows import MOST_TITLES, Batch
from sanctionscreen.ingest.sheet_choice import best_sheet, sheet_note, wanted_sheet
from sanctionscreen.ingest.sheets import Merged, Remarks, SheetReader, SheetRow, column_name, merged_down
from sanctionscreen.ingest.sources import Source
from sanctionscreen.ingest.workbook_parts import Sheet, open_package, read_workbook

_SAMPLE_ROWS = 1000
"""Rows that say how wide a sheet is: a cell without a header is kept under its column's place."""
_BATCH_ROWS = 4096


class WorkbookRows:
    """The rows of one sheet of an XLSX workbook."""

    def __init__(
        self, source: Source, name: str, sheet: str | int | None, known: Callable[[Sequence[str]], int]
    ) -> None:
        """Choose the sheet: the one that is wanted, else the first whose header is known best.

        Raises:
            InputError: the workbook cannot be read, or there is no such sheet.
        """
        self._source, self._name = source, name
        self._workbook = read_workbook(source, name)
        self.notes: list[str] = []
        self._sheet = self._chosen(sheet, known)
        with open_package(source, name) as archive:
            self._merged = merged_down(archive, self._sheet.part, name)
        self._sample = list(islice(self._rows(Remarks()), _SAMPLE_ROWS))
        self._width = max((len(row.cells) for row in self._sample), default=0)
        self._remarks = Remarks()
        self._stray = self._blank = 0
        self._first_stray = self._first_blank = ""

    @property
    def form(self) -> Mapping[str, str]:
        return {"format": "xlsx", "sheet": self._sheet.name}

    def head(self) -> list[list[str]]:
        return [self._widened(row.cells) for row in self._sample[: MOST_TITLES + 1]]

    def place(self, before: int) -> str:
        return f"row {self._sample[before].number} of the sheet"

    def batches(self, before: int, header: Sequence[str]) -> Iterator[Batch]:
        self._remarks = Remarks()
        self._stray = self._blank = 0
        rows = self._rows(self._remarks)
        last = next(islice(rows, before, None), SheetRow(0, [])).number
        while part := list(islice(rows, _BATCH_ROWS)):
            for row in part:
                if row.number > last + 1:
                    self._first_blank = self._first_blank or str(last + 1)
                    self._blank += row.number - last - 1
                last = row.number
                self._note_stray(row)
            yield Batch([self._widened(row.cells) for row in part], {})

    @property
    def fractions(self) -> frozenset[int]:
        return frozenset(self._remarks.fractions)

    def closing_notes(self) -> Sequence[str]:
        remarks = self._remarks
        counted = (
            (self._blank, f"{_are(self._blank, 'empty row')} no row and not counted, the first is {self._first_blank}"),
            (remarks.hidden, f"{_are(remarks.hidden, 'hidden row')} read like the others"),
            (
                len(remarks.merged),
                f"{_have(len(remarks.merged), 'row')} part of a merged cell: its value stands for each of its rows",
            ),
            (
                remarks.errors,
                f"{_have(remarks.errors, 'cell')} an error for a value, the first is {remarks.first_error}: "
                "read as empty",
            ),
            (
                remarks.uncounted,
                f"{_have(remarks.uncounted, 'formula')} no stored value, the first in {remarks.first_uncounted}: read "
                "as empty; open the file in a spreadsheet and save it",
            ),
            (
                self._stray,
                f"{_have(self._stray, 'row')} cells right of the last column, the first is {self._first_stray}: "
                "not kept; give the column a header",
            ),
        )
        return [said for count, said in counted if count]

    def _chosen(self, wanted: str | int | None, known: Callable[[Sequence[str]], int]) -> Sheet:
        sheets = self._workbook.sheets
        names = [sheet.name for sheet in sheets]
        if wanted is not None:
            return sheets[wanted_sheet(names, str(wanted), self._name)]
        if len(sheets) == 1:
            return sheets[0]
        counts = [self._most_known(sheet, known) for sheet in sheets]
        best = best_sheet(counts, [sheet.is_visible for sheet in sheets])
        self.notes.append(sheet_note(names, counts, best))
        return sheets[best]

    def _most_known(self, sheet: Sheet, known: Callable[[Sequence[str]], int]) -> int:
        with open_package(self._source, self._name) as archive:
            rows = SheetReader(archive, sheet.part, self._workbook, self._name).rows()
            return max((known(row.cells) for row in islice(rows, MOST_TITLES + 1)), default=0)

    def _rows(self, remarks: Remarks) -> Iterator[SheetRow]:
        with open_package(self._source, self._name) as archive:
            reader = SheetReader(archive, self._sheet.part, self._workbook, self._name)
            reader.remarks = remarks
            yield from _filled_down(reader.rows(), self._merged, remarks) if self._merged else reader.rows()

    def _widened(self, cells: list[str]) -> list[str]:
        missing = self._width - len(cells)
        return cells + [""] * missing if missing > 0 else cells[: self._width]

    def _note_stray(self, row: SheetRow) -> None:
        if len(row.cells) > self._width:
            place = next(at for at in range(self._width, len(row.cells)) if row.cells[at])
            self._first_stray = self._first_stray or f"{column_name(place)}{row.number}"
            self._stray += 1


def _filled_down(rows: Iterator[SheetRow], merged: Sequence[Merged], remarks: Remarks) -> Iterator[SheetRow]:
    """Rows in which the value of a merged cell stands in each row that it spans and that holds anything else."""
    waiting = iter([*merged, Merged(1 << 30, 1 << 30, 0)])
    coming = next(waiting)
    open_cells: dict[Merged, str] = {}
    for row in rows:
        while coming.first <= row.number:
            open_cells[coming] = ""
            coming = next(waiting)
        open_cells = {cell: value for cell, value in open_cells.items() if cell.last >= row.number}
        for cell, value in open_cells.items():
            own = row.cells[cell.column] if cell.column < len(row.cells) else ""
            if row.number == cell.first:
                open_cells[cell] = own
            elif value and not own:
                row.cells.extend([""] * (cell.column + 1 - len(row.cells)))
                row.cells[cell.column] = value
                remarks.merged.add(row.number)
        yield row


def _are(count: int, what: str) -> str:
    return f"1 {what} is" if count == 1 else f"{count:,} {what}s are"


def _have(count: int, what: str) -> str:
    return f"1 {what} has" if count == 1 else f"{count:,} {what}s have"
