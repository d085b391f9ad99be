"""The result as CSV: the input's columns as they were, then the verdict in columns of our own.

A cell that a spreadsheet would run as a formula gets an apostrophe in front (OWASP, "CSV Injection"), and is counted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TextIO

from sanctionscreen.model import Assessment
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


def write_csv(
    stream: TextIO,
    columns: Mapping[str, str],
    assessments: Iterable[Assessment],
    *,
    with_shipments: bool = False,
    raw_cells: bool = False,
) -> CsvCounts:
    """Write one line per assessment, in order.

    Args:
        stream: text stream opened with newline="".
        columns: from the names under which `Assessment.input` has the cells to the headers as the file writes them,
            which may be empty or repeated; in order.
        with_shipments: the file has shipment ids, so the common verdict of their lines stands in a last column.
        raw_cells: leave cells that a spreadsheet would run as they are.
    """
    counts = CsvCounts()
    clean = _as_is if raw_cells else _neutraliser(counts)
    ours = (*COLUMNS, SHIPMENT_COLUMN) if with_shipments else COLUMNS
    stream.write(_line([*map(clean, columns.values()), *ours]))
    for assessment in assessments:
        cells = [*map(clean, _input_cells(columns, assessment)), *_verdict(assessment, columns)]
        if with_shipments:
            outcome = assessment.shipment_outcome
            cells.append("" if outcome is None else outcome.value)
        stream.write(_line(cells))
        counts.rows += 1
    return counts


def _verdict(assessment: Assessment, headers: Collection[str]) -> list[str]:
    results = result_columns(assessment)
    lost = _beyond_the_header(assessment, headers)
    warnings = [text for text in (results[_WARNINGS], *lost) if text]
    results[_REASONS] = results[_REASONS].removeprefix("+")  # a sum may begin with a plus sign, a cell may not
    return [" ".join(text.split()) for text in {**results, _WARNINGS: "; ".join(warnings)}.values()]


def _input_cells(headers: Iterable[str], assessment: Assessment) -> list[str]:
    cells = assessment.input
    return [_cell(cells.get(header)) for header in headers]


def _cell(value: object) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)


def _beyond_the_header(assessment: Assessment, headers: Collection[str]) -> list[str]:
    """Cells of a row that is longer than the header: they have no column, and must not vanish."""
    if len(assessment.input) <= len(headers):
        return []
    return [f"{key}: {value}" for key, value in assessment.input.items() if key not in headers]


def is_formula(cell: str) -> bool:
    """A spreadsheet would run the cell instead of showing it.

    >>> [is_formula(cell) for cell in ("=1+1", "-5", "+7.3", "-", "@SUM(A1)", "A-1", "'=1+1")]
    [True, False, False, False, True, False, False]
    """
    return _FORMULA.match(cell) is not None and _NUMBER.fullmatch(cell) is None


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
