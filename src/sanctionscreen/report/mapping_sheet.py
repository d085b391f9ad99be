"""What columns probably hold: as a table for people, as a mapping file to confirm, and as an object for programs."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Any

from rich.console import Console

from sanctionscreen.fields import FIELDS, FieldType
from sanctionscreen.figures import Habit
from sanctionscreen.ingest.mapping import ADDED_TO, IGNORE, SCHEMA
from sanctionscreen.ingest.proposal import LITTLE, Candidate, Proposal, ProposedColumn
from sanctionscreen.report.console import add_row, new_table, shown, write, write_lines
from sanctionscreen.strict_yaml import MAX_KEY

PROPOSAL_SCHEMA = "sanctionscreen.mapping-proposal/1"
_STEP = "  "


def print_proposal(out: Console, proposal: Proposal) -> None:
    """One line a column: what it is read as, how sure that is and why, and what stands in it."""
    how = ", ".join(f"{what} {_visible(said)}" for what, said in proposal.form.items())
    write(out, f"{proposal.name}: {how}; columns named in row {proposal.header_row}", "bold")
    read = [column for column in proposal.columns if column.field]
    table = new_table(("column", ""), ("is read as", ""), ("sure", "right"), ("why", ""), ("for example", ""))
    for one in read:
        add_row(
            table,
            one.header,
            _target(one),
            shown(f"{one.confidence:.0%}", "yellow" if one.confidence <= LITTLE else ""),
            "; ".join(one.reasons),
            " | ".join(one.samples),
        )
    for name, value in proposal.constants.items():
        add_row(table, "(every row)", name, "", "said by a header or the mapping", value)
    write(out)
    write(out, table)
    unread = [column for column in proposal.columns if not column.field]
    if unread:
        rest = new_table(("kept, not read", ""), ("comes near", ""), ("why not", ""), ("for example", ""))
        for one in unread:
            add_row(
                rest, one.header, ", ".join(map(_near, one.candidates)), "; ".join(one.reasons), " | ".join(one.samples)
            )
        write(out)
        write(out, rest)
    write_lines(out, "Look at", proposal.warnings)
    write_lines(out, "Notes", (note for note in proposal.notes if not note.startswith("columns that are kept")))
    write(out)
    rows = "1 row was" if proposal.rows == 1 else f"{proposal.rows:,} rows were"
    write(out, f"{len(read)} of {len(proposal.columns)} columns are read; {rows} looked at", "bold")
    if not proposal.can_be_screened:
        said = "No column holds a party, the goods or a vessel: nothing can be screened before a mapping names one."
        write(out, said, "bold red")


def _near(candidate: Candidate) -> str:
    return f"{candidate.field} {candidate.confidence:.0%}"


def _target(column: ProposedColumn) -> str:
    return f"{ADDED_TO if column.is_part else ''}{column.field}" if column.field else IGNORE


def proposal_object(proposal: Proposal) -> dict[str, Any]:
    """A proposal as the JSON object of `PROPOSAL_SCHEMA`."""
    return {
        "schema": PROPOSAL_SCHEMA,
        "file": proposal.name,
        "form": dict(proposal.form),
        "header_row": proposal.header_row,
        "rows_looked_at": proposal.rows,
        "can_be_screened": proposal.can_be_screened,
        "columns": [_column_object(column) for column in proposal.columns],
        "constants": dict(proposal.constants),
        "formats": {name: habit.value for name, habit in proposal.habits.items()},
        "warnings": list(proposal.warnings),
        "notes": list(proposal.notes),
    }


def _column_object(column: ProposedColumn) -> dict[str, Any]:
    return {
        "header": column.header,
        "field": column.field or None,
        "added": column.is_part,
        "confidence": column.confidence,
        "reasons": list(column.reasons),
        "samples": list(column.samples),
        "candidates": [candidate._asdict() for candidate in column.candidates],
    }


def mapping_text(proposal: Proposal) -> str:
    """The proposal as a mapping file in YAML, with the reasons beside each column."""
    return "\n".join([*_head(proposal), *_columns(proposal), *_constants(proposal), *_formats(proposal), ""])


def _head(proposal: Proposal) -> Iterator[str]:
    file = PurePath(proposal.name).name
    yield "# Which column holds which field. Proposed by `sanctionscreen map`; confirm it or edit it, then:"
    yield f"#   sanctionscreen screen {_comment(shlex.quote(file))} --mapping THIS-FILE"
    yield f"# Behind a column stands a field (docs/fields.md), `{ADDED_TO}FIELD` for text joined to it, or `{IGNORE}`."
    yield "# Of several columns for one field, the first in this file counts first."
    yield from (f"# Look at: {_comment(warning)}" for warning in proposal.warnings)
    yield f"schema: {SCHEMA}"
    yield f"file: {_quoted(file)}"
    yield "# Found out for each file anew; take the # away to settle it."
    yield f"# header_row: {proposal.header_row}"
    for key in ("sheet", "encoding", "delimiter"):
        if key in proposal.form:
            yield f"# {key}: {_quoted(proposal.form[key])}"


def _columns(proposal: Proposal) -> Iterator[str]:
    yield ""
    yield "columns:"
    for column in _ordered(proposal.columns):
        key = _quoted(column.header)
        if not _can_be_key(column.header):
            yield f"{_STEP}# a column whose header is too long or no text cannot be named here: {_comment(key[:80])}"
            continue
        said = f"{column.confidence:.0%} sure: {'; '.join(column.reasons)}" if column.field else _unread(column)
        samples = f"; for example {' | '.join(column.samples)}" if column.samples else ""
        yield f"{_STEP}{key}: {_target(column)}  # {_comment(said + samples)}"


def _ordered(columns: Sequence[ProposedColumn]) -> list[ProposedColumn]:
    """The columns as in the file, but those of one field in the order in which they count."""
    ordered = list(columns)
    several: dict[str, list[int]] = {}
    for place, column in enumerate(columns):
        if column.field and not column.is_part:
            several.setdefault(column.field, []).append(place)
    for places in several.values():
        for place, column in zip(
            places, sorted((columns[one] for one in places), key=lambda one: one.nth), strict=True
        ):
            ordered[place] = column
    return ordered


def _unread(column: ProposedColumn) -> str:
    near = f"; comes near {', '.join(map(_near, column.candidates))}" if column.candidates else ""
    return "; ".join(column.reasons) + near


def _constants(proposal: Proposal) -> Iterator[str]:
    yield ""
    if proposal.constants:
        yield "constants:"
        yield from (f"{_STEP}{name}: {_quoted(value)}" for name, value in proposal.constants.items())
    else:
        yield "# What every row says of a field for which there is no column:"
        yield "# constants:"
        yield f"# {_STEP}export.country: DE"


def _formats(proposal: Proposal) -> Iterator[str]:
    yield ""
    yield "# How a column writes days and decimals, where its cells do not prove it."
    yield "# formats:"
    for name in proposal.open_dates:
        yield f"# {_STEP}{name}: {Habit.DAY_FIRST.value}  # or {Habit.MONTH_FIRST.value}: cells could be two days"
    fields = [column.field for column in proposal.columns if column.field and not column.is_part]
    for name in dict.fromkeys(fields):
        if name in proposal.habits:
            yield f"# {_STEP}{name}: {proposal.habits[name].value}  # as its cells prove"
        elif FIELDS[name].type is FieldType.MONEY:
            yield f"# {_STEP}{name}: {Habit.DECIMAL_POINT.value}  # or {Habit.DECIMAL_COMMA.value}"


def _can_be_key(header: str) -> bool:
    return 0 < len(header) <= MAX_KEY and header != "<<" and not any("\ud800" <= c <= "\udfff" for c in header)


def _quoted(text: str) -> str:
    """A text as YAML in double quotes, whatever it holds."""
    return '"' + "".join(_escaped(c) for c in text) + '"'


def _escaped(c: str) -> str:
    if c in '"\\':
        return "\\" + c
    if c == " " or (c.isprintable() and c != "\ufeff"):
        return c
    return f"\\U{ord(c):08X}"


def _comment(text: str) -> str:
    """Text that ends no line and shows nothing that is not printable."""
    return "".join(c if c.isprintable() else " " for c in text)


def _visible(text: str) -> str:
    return repr(text) if not text.isprintable() or not text.strip() else text
