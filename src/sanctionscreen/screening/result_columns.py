"""The result of a line as text columns: what a CSV row or a data frame carries beside the input."""

from __future__ import annotations

from collections.abc import Sequence

from sanctionscreen.model import Assessment
from sanctionscreen.screening import wording

COLUMNS = (
    "screening_decision",
    "screening_score",
    "screening_reasons",
    "screening_hits",
    "screening_findings",
    "screening_unknown",
    "screening_warnings",
)
SHIPMENT_COLUMN = "screening_shipment_decision"
"""Highest decision of the lines of one shipment; there only when the input has shipment ids."""

_BETWEEN = "; "


def given_names(headers: Sequence[str], more: Sequence[str] = ()) -> list[str]:
    """The names of input columns beside ours; a file that was screened before keeps its old verdicts under others.

    Args:
        more: further names of ours, where a format has more columns.

    >>> given_names(["Consignee", "screening_score", "screening_score (input)"])
    ['Consignee', 'screening_score (input 2)', 'screening_score (input)']
    """
    ours, taken = {*COLUMNS, SHIPMENT_COLUMN, *more}, set(headers)
    found = []
    for header in headers:
        name, count = header, 1
        while name in ours or (name != header and name in taken):
            name, count = f"{header} (input)" if count == 1 else f"{header} (input {count})", count + 1
        taken.add(name)
        found.append(name)
    return found


def result_columns(assessment: Assessment) -> dict[str, str]:
    """The columns of one line, all as text; several values are joined with `; `."""
    unknown = [f"{one.rule} (missing: {', '.join(one.missing)})" for one in assessment.unknown]
    findings = [
        f.rule + (" (suppressed)" if f.suppressed_by else " (experimental)" if f.shadow else "")
        for f in assessment.findings
    ]
    hits = [wording.hit(found) for found in (*assessment.hits, *assessment.address_hits)]
    values = (
        str(assessment.decision.outcome),
        f"{assessment.decision.score:.1f}",
        _BETWEEN.join(assessment.reasons),
        _BETWEEN.join(hits),
        _BETWEEN.join(findings),
        _BETWEEN.join(unknown),
        _BETWEEN.join(assessment.warnings),
    )
    return dict(zip(COLUMNS, values, strict=True))
