"""The rows of workbooks of other programs and times: XLS, XLSB and ODS, as calamine reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sanctionscreen.errors import InputError, Location
from sanctionscreen.ingest.rows import MOST_TITLES, Batch
from sanctionscreen.ingest.sheet_choice import best_sheet, sheet_note, wanted_sheet
from sanctionscreen.ingest.sources import Source
from sanctionscreen.ingest.typed_cells import text_of
from sanctionscreen.ingest.workbook_parts import check_growth

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

_BATCH_ROWS = 4096


class OtherWorkbookRows:
    """The rows of one sheet, which calamine holds in memory: XLS ends at 65,536 rows, the others at a million."""

    def __init__(
        self, source: Source, name: str, sheet: str | int | None, known: Callable[[Sequence[str]], int]
    ) -> None:
        """Choose the sheet: the one that is wanted, else the first whose header is known best.

        Raises:
            InputError: the workbook cannot be read, is protected, or has no such sheet.
        """
        self._name = name
        self.notes: list[str] = []
        check_growth(source, name)
        workbook = _opened(source, name)
        self._sheet = self._chosen(workbook, sheet, known)
        cells = _cells(workbook, self._sheet)
        self._rows = _rows(cells)
        self.fractions = frozenset(
            place for row in cells for place, cell in enumerate(row) if isinstance(cell, float) and cell % 1
        )

    @property
    def form(self) -> Mapping[str, str]:
        return {"format": "workbook", "sheet": self._sheet}

    def head(self) -> list[list[str]]:
        return self._rows[: MOST_TITLES + 1]

    def place(self, before: int) -> str:
        return f"record {before + 1}"

    def batches(self, before: int, header: Sequence[str]) -> Iterator[Batch]:
        for first in range(before + 1, len(self._rows), _BATCH_ROWS):
            yield Batch(self._rows[first : first + _BATCH_ROWS], {})

    def closing_notes(self) -> Sequence[str]:
        return ()

    def _chosen(
        self, workbook: CalamineWorkbook, wanted: str | int | None, known: Callable[[Sequence[str]], int]
    ) -> str:
        names = list(workbook.sheet_names)
        if wanted is not None:
            return names[wanted_sheet(names, str(wanted), self._name)]
        if not names:
            raise InputError("holds no sheet of cells", Location(self._name))
        counts = [max(map(known, _rows(_cells(workbook, sheet, MOST_TITLES + 1))), default=0) for sheet in names]
        best = best_sheet(counts, [True] * len(names))
        if len(names) > 1:
            self.notes.append(sheet_note(names, counts, best))
        return names[best]


def _opened(source: Source, name: str) -> CalamineWorkbook:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        if isinstance(source, Path):
            return CalamineWorkbook.from_path(str(source))
        source.seek(0)
        return CalamineWorkbook.from_filelike(source)
    except PasswordError as bad:
        raise InputError("is protected by a password; save it without one", Location(name)) from bad
    except (CalamineError, OSError, ValueError) as bad:
        raise InputError(f"is an old Excel file or other workbook that cannot be read: {bad}", Location(name)) from bad


def _cells(workbook: CalamineWorkbook, sheet: str, most: int | None = None) -> list[list[Any]]:
    found: list[list[Any]] = workbook.get_sheet_by_name(sheet).to_python(nrows=most)
    return found


def _rows(cells: list[list[Any]]) -> list[list[str]]:
    """The rows that hold something, all of one width."""
    texts = ([text_of(cell) for cell in row] for row in cells)
    return [row for row in texts if any(row)]
