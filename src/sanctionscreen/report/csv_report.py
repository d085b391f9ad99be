"""The result as CSV: the input's columns as they were, then the verdict in columns of our own.

A cell that a spreadsheet would run as a formula gets an apostrophe in front (OWASP, "CSV Injection"), and is counted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from sanctionscreen.model import Assessment
from sanctionscreen.report.input_cells import beyond_the_header, cell_text
from sanctionscreen.report.writers import Layout, RunFacts
from sanctionscreen.screening.judged_rows import JudgedRows
from sanctionscreen.screening.result_columns import COLUMNS, SHIPMENT_COLUMN, result_columns

# Full-width signs start a formula too where the spreadsheet runs in an East Asian language. White space, quotes and
# invisible characters in front are dropped by some importers. A leading apostrophe is already harmless.
_FORMULA = re.compile(r'[\t\r\n]|[\s"\0\u00ad\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠]')
_NUMBER = re.compile(r"\s*[-+]?\s?(?:\d[\d.,\u00a0\u202f ]*|[.,]\d+)(?:[eE][-+]?\d+)?\s?%?\s*|\s*-+\s*")
# Semicolon, tab and bar too: a spreadsheet set to another separator must not cut a cell in two and run the rest.
_QUOTED = re.compile(r'[",;|\t\r\n\0]|^\s|\s$')
_REASONS = "screening_reasons"
_WARNINGS = "screening_warnings"


@dataclass(slots=True)
class CsvCounts:
    """What writing did to the cells."""

    rows: int = 0
    neutralised: int = 0
    """Cells and headers that got an apostrophe."""


def csv_header(layout: Layout) -> tuple[str, CsvCounts]:
    """The first line, and what writing it did to the headers."""
    counts = CsvCounts()
    ours = (*COLUMNS, SHIPMENT_COLUMN) if layout.with_shipments else COLUMNS
    return _line([*map(_cleaner(layout, counts), layout.columns.values()), *ours]), counts


def csv_lines(assessments: Iterable[Assessment], layout: Layout) -> tuple[str, CsvCounts]:
    """One line per assessment, in order; depends on nothing else, so portions may be made in any process."""
    if isinstance(assessments, JudgedRows):
        return _columns_of(assessments, layout)
    counts = CsvCounts()
    clean = _cleaner(layout, counts)
    lines = [_row(assessment, layout, clean) for assessment in assessments]
    counts.rows = len(lines)
    return "".join(lines), counts


def _columns_of(rows: JudgedRows, layout: Layout) -> tuple[str, CsvCounts]:
    """The same lines, column by column; what rows came to is written once for all that came to the same."""
    from sanctionscreen.report import text_columns

    counts, clean = CsvCounts(len(rows)), _cleaner(layout, CsvCounts())

    def write(cell: str) -> str:
        return _quoted(clean(cell))

    pieces: list[Any] = []
    places = {header: place for place, header in enumerate(rows.headers)}
    for header in layout.columns:
        if header in places:
            cells, formulas = text_columns.csv_cells(rows.cells[places[header]], write, is_formula)
            counts.neutralised += 0 if layout.raw_cells else formulas
            pieces.append(cells)
        pieces.append(",")
    ours = [",".join(map(_quoted, _verdict(one, layout.columns))) for one in rows.verdicts]
    pieces.append(text_columns.of_verdicts(ours, rows))
    if layout.with_shipments:
        pieces += [",", text_columns.outcome_words(rows)]
    lines = text_columns.joined([*pieces, "\n"], len(rows))

    def odd_line(at: int) -> str:
        return _row(rows[at], layout, _cleaner(layout, counts))

    return text_columns.with_odd(lines, rows, odd_line), counts


class CsvWriter:
    """CSV on a binary stream, as UTF-8; half a surrogate pair is written as its escape."""

    def __init__(self, stream: BinaryIO, layout: Layout) -> None:
        self._stream = stream
        self._layout = layout
        self._counts = CsvCounts()
        self.add_text(*csv_header(layout))

    @property
    def neutralised(self) -> int:
        return self._counts.neutralised

    def add(self, assessments: Sequence[Assessment]) -> None:
        self.add_text(*csv_lines(assessments, self._layout))

    def add_text(self, text: str, counts: CsvCounts) -> None:
        """Lines that `csv_lines` made elsewhere."""
        self._stream.write(text.encode(errors="backslashreplace"))
        self._counts.rows += counts.rows
        self._counts.neutralised += counts.neutralised

    def finish(self, facts: RunFacts) -> None:
        """A table says nothing about its run."""

    def close(self) -> None:
        """Nothing is held."""


def _row(assessment: Assessment, layout: Layout, clean: Callable[[str], str]) -> str:
    cells = [*map(clean, _input_cells(layout.columns, assessment)), *_verdict(assessment, layout.columns)]
    if layout.with_shipments:
        outcome = assessment.shipment_outcome
        cells.append("" if outcome is None else outcome.value)
    return _line(cells)


def _verdict(assessment: Assessment, headers: Collection[str]) -> list[str]:
    results = result_columns(assessment)
    lost = beyond_the_header(assessment, headers)
    warnings = [text for text in (results[_WARNINGS], *lost) if text]
    results[_REASONS] = results[_REASONS].removeprefix("+")  # a sum may begin with a plus sign, a cell may not
    return [" ".join(text.split()) for text in {**results, _WARNINGS: "; ".join(warnings)}.values()]


def _input_cells(headers: Iterable[str], assessment: Assessment) -> list[str]:
    cells = assessment.input
    return [cell_text(cells.get(header)) for header in headers]


def is_formula(cell: str) -> bool:
    """A spreadsheet would run the cell instead of showing it.

    >>> [is_formula(cell) for cell in ("=1+1", "-5", "+7.3", "-", "@SUM(A1)", "A-1", "'=1+1")]
    [True, False, False, False, True, False, False]
    """
    return _FORMULA.match(cell) is not None and _NUMBER.fullmatch(cell) is None


def _cleaner(layout: Layout, counts: CsvCounts) -> Callable[[str], str]:
    return _as_is if layout.raw_cells else _neutraliser(counts)


def _neutraliser(counts: CsvCounts) -> Callable[[str], str]:
    def neutralise(cell: str) -> str:
        if not is_formula(cell):
            return cell
        counts.neutralised += 1
        return "'" + cell

    return neutralise


def _as_is(cell: str) -> str:
    return cell


def _line(cells: Sequence[str]) -> str:
    return ",".join(map(_quoted, cells)) + "\n"


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if _QUOTED.search(cell) else cell
