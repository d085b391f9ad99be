"""From assessments to the lines of text formats, in portions; depends on nothing else, so any process may do it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sanctionscreen.errors import EngineError
from sanctionscreen.model import Assessment, Outcome
from sanctionscreen.report.csv_report import csv_header, csv_lines
from sanctionscreen.report.jsonl_report import jsonl_lines
from sanctionscreen.report.summary import Tally
from sanctionscreen.report.writers import Format, Layout
from sanctionscreen.runs.chain import digests_of
from sanctionscreen.runs.growing import Waiting, framed
from sanctionscreen.runs.tallies import tallied
from sanctionscreen.screening import spool
from sanctionscreen.screening.judged_rows import JudgedRows
from sanctionscreen.screening.result_columns import given_names
from sanctionscreen.screening.run import Highest

if TYPE_CHECKING:
    from sanctionscreen.ingest import Table

_OPEN_JSON = b'"decision": null}, "decision": "'
"""Where the decision of a shipment is filled in. Inside a text of JSON, a quotation mark has a backslash before it."""


@dataclass(frozen=True, slots=True)
class Portion:
    """Rows in order, as they are written."""

    tally: Tally
    texts: Mapping[Format, bytes] = field(default_factory=dict)
    """By text format; empty while rows wait."""
    digests: Mapping[Format, bytes] = field(default_factory=dict)
    """By text format, of each row; empty where no chain is made."""
    most_lines: Mapping[Format, int] = field(default_factory=dict)
    """By text format, the line ends of the row that has most."""
    neutralised: int = 0
    """Cells that got an apostrophe."""
    waiting: bytes = b""
    """The rows as they wait on disk, where they do."""
    highest: Highest = field(default_factory=Highest)
    """What the shipments of rows that wait have come to so far."""
    assessments: Sequence[Assessment] = ()
    """The rows themselves, where a format takes them."""


@dataclass(frozen=True, slots=True)
class Renderer:
    """Makes portions of assessments, all in the same way; it can be sent to another process."""

    layout: Layout
    forms: tuple[Format, ...]
    """Text formats wanted."""
    is_held: bool = False
    """Rows wait for the decision of their shipment."""
    is_chained: bool = False
    """A chain is made of them."""
    has_spooled: bool = False
    """The assessments wait too, as lines that can be read back."""
    has_assessments: bool = False
    """A format takes the assessments at once."""
    takes_clear: bool = True
    """It takes clear rows too; else none of them waits."""

    def __call__(self, assessments: Sequence[Assessment]) -> Portion:
        tally = tallied(assessments)
        texts, neutralised = {}, 0
        for form in self.forms:
            texts[form], changed = _TEXTS[form](assessments, self.layout)
            neutralised += changed
        spooled = [self._spooled(assessments)] if self.has_spooled else []
        needs_lines = self.is_held or self.is_chained
        lines = {form: split(text, len(assessments)) for form, text in texts.items()} if needs_lines else {}
        if self.is_held:
            rows = _waiting(assessments, [*lines.values(), *spooled])
            return Portion(tally, neutralised=neutralised, waiting=framed(rows), highest=_highest(rows))
        return Portion(
            tally,
            texts,
            {form: digests_of(held) for form, held in lines.items()},
            {form: most_line_ends(form, held) for form, held in lines.items()},
            neutralised,
            waiting=framed(_waiting(assessments, spooled)) if spooled else b"",
            assessments=assessments if self.has_assessments else (),
        )

    def _spooled(self, assessments: Sequence[Assessment]) -> list[bytes]:
        """Assessments as they wait; nothing for one that no format takes."""
        return [
            spool.to_line(one) if self.takes_clear or one.decision.outcome is not Outcome.CLEAR else b""
            for one in assessments
        ]


def _waiting(assessments: Sequence[Assessment], columns: Sequence[Sequence[bytes]]) -> Waiting:
    if isinstance(assessments, JudgedRows):  # without making each row an assessment once more
        return Waiting(assessments.shipments(), assessments.row_outcomes(), columns)
    return Waiting([one.shipment_id for one in assessments], [one.decision.outcome for one in assessments], columns)


def _highest(rows: Waiting) -> Highest:
    highest = Highest()
    for shipment_id, outcome in zip(rows.shipment_ids, rows.outcomes, strict=True):
        highest.add(shipment_id, outcome)
    return highest


def split(text: bytes, rows: int) -> list[bytes]:
    r"""The rows of a text that was written for so many, each with its end; cells of CSV may hold line ends.

    >>> split(b'a,b\n"c\nd",e\n', 2)
    [b'a,b\n', b'"c\nd",e\n']
    """
    lines, start = [], 0
    while end := text.find(b"\n", start) + 1:  # half of what `splitlines` takes, and only at our own line ends
        lines.append(text[start:end])
        start = end
    if len(lines) == rows:
        return lines
    found: list[bytes] = []
    held, quotes = b"", 0
    for line in lines:
        held += line
        quotes += line.count(b'"')
        if quotes % 2 == 0:
            found.append(held)
            held, quotes = b"", 0
    if len(found) != rows:
        raise EngineError(f"{rows} rows were written as {len(found)}")
    return found


def most_line_ends(form: Format, lines: Sequence[bytes]) -> int:
    """The line ends of the row that has most; JSON has none within a text."""
    return max((line.count(b"\n") for line in lines), default=1) if form is Format.CSV else 1


def layout_of(table: Table, *, raw_cells: bool = False) -> Layout:
    """How a result of a table is laid out."""
    columns = dict(zip(table.headers, given_names(table.header_cells), strict=True))
    held = table.header_map
    further = {
        held.headers[place]: name
        for more in (held.others, held.parts)
        for name, places in more.items()
        for place in places
        if held.headers[place] not in table.mapping
    }
    fields = {**table.mapping, **further}
    return Layout(columns, fields, "shipment.id" in held.collected, raw_cells, held.constants)


def head_of(form: Format, layout: Layout) -> tuple[bytes, int]:
    """What stands before the first row of a text format, and how many of its cells were changed."""
    if form is not Format.CSV:
        return b"", 0
    header, counts = csv_header(layout)
    return header.encode(errors="backslashreplace"), counts.neutralised


def filled(form: Format, lines: Sequence[bytes], outcomes: Sequence[Outcome | None]) -> list[bytes]:
    """Lines with the decisions of their shipments, which were open when they were written."""
    if form is Format.CSV:
        ends = {outcome: outcome.value.encode() + b"\n" for outcome in Outcome}
        return [
            line if outcome is None else line[:-1] + ends[outcome]
            for line, outcome in zip(lines, outcomes, strict=True)
        ]
    words = {outcome: b'"decision": "%s"}, "decision": "' % outcome.value.encode() for outcome in Outcome}
    return [
        line if outcome is None else line.replace(_OPEN_JSON, words[outcome], 1)
        for line, outcome in zip(lines, outcomes, strict=True)
    ]


def _csv(assessments: Sequence[Assessment], layout: Layout) -> tuple[bytes, int]:
    text, counts = csv_lines(assessments, layout)
    return text.encode(errors="backslashreplace"), counts.neutralised


def _jsonl(assessments: Sequence[Assessment], layout: Layout) -> tuple[bytes, int]:
    return jsonl_lines(assessments).encode(), 0


_TEXTS: Mapping[Format, Callable[[Sequence[Assessment], Layout], tuple[bytes, int]]] = {
    Format.CSV: _csv,
    Format.JSONL: _jsonl,
}
