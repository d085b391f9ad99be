"""Datasets of OpenSanctions: targets.simple.csv here, and entities of FollowTheMoney (`read_ftm`).

Format: https://www.opensanctions.org/docs/bulk/csv/. Data of OpenSanctions is licensed CC BY-NC 4.0; who uses it
commercially needs a licence of theirs.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from sanctionscreen.errors import Location, WatchlistError
from sanctionscreen.model import ListedParty, Listing
from sanctionscreen.watchlist.official import ftm_tables as ftm
from sanctionscreen.watchlist.official.ftm import read_ftm
from sanctionscreen.watchlist.official.reading import Draft, Report, missing_columns, unknown_names
from sanctionscreen.watchlist.official.safe_files import csv_rows
from sanctionscreen.watchlist.official.topics import programme_measure, with_listings

__all__ = ["read_ftm", "read_targets_simple"]

SIMPLE_NEEDED = ("id", "schema", "name", "aliases", "countries", "identifiers", "sanctions")
SIMPLE_COLUMNS = (
    *SIMPLE_NEEDED,
    *("birth_date", "addresses", "phones", "emails", "program_ids", "dataset", "first_seen", "last_seen"),
    "last_change",
)
_DAY = re.compile(r"\b\d{4}-\d\d-\d\d\b")
_IMO = re.compile(r"IMO\s?\d{7}", re.IGNORECASE)


def read_targets_simple(files: Mapping[str, Path], report: Report) -> Iterator[ListedParty]:
    """The parties of a targets.simple.csv of any dataset.

    The file has no topics: every row is a listing of the measure of the list, unless its programme says otherwise.
    Aliases have no quality there, and those of ships are mostly former names.

    Raises:
        WatchlistError: a column that every such file has is missing, a row does not fit the header, or an id is twice.
    """
    path = files["main"]
    rows = csv_rows(path, encoding="utf-8")
    _, header = next(rows, (0, []))
    missing_columns(header, SIMPLE_NEEDED, path.name)
    unknown_names(header, SIMPLE_COLUMNS, "column", report)
    seen: set[str] = set()
    for line, cells in rows:
        at = Location(path.name, line)
        if len(cells) != len(header):
            raise WatchlistError(f"has {len(cells)} cells and the header {len(header)}: is it cut?", at)
        row = dict(zip(header, cells, strict=True))
        ftm.check_id(row["id"], seen, at)
        ftm.see_day(report, row.get("last_seen", ""))
        if row["schema"] in ftm.NO_PARTIES:
            report.left_out[f"{row['schema']}: no party"] += 1
        elif party := _simple(row, at, report):
            yield party
    report.check(path.name)


def _simple(row: Mapping[str, str], at: Location, report: Report) -> ListedParty | None:
    draft = Draft(row["id"].strip(), kind=ftm.kind_of(row["schema"], report), source=f"{at.file} line {at.line}")
    draft.name(row["name"], "primary")
    note = "may be a former name" if draft.kind == "vessel" else ""
    for alias in _values(row["aliases"]):
        draft.name(alias, kind="alias", note=note)
    for country in _values(row["countries"]):
        ftm.add_country(draft, country, report)
    for address in _values(row.get("addresses", "")):
        draft.address(address)
    for number in _values(row["identifiers"]):
        draft.number("IMO" if _IMO.fullmatch(number) else "identifier", number)
    for born in _values(row.get("birth_date", "")):
        draft.date("birth", born)
    for column in ("phones", "emails", "dataset", *sorted(set(row) - set(SIMPLE_COLUMNS))):
        for value in _values(row.get(column, "")):
            draft.remark(f"{column}: {value}")
    sanctions = _values(row["sanctions"])
    for sanction in sanctions:
        draft.remark(f"sanction: {sanction}")
    if not sanctions:
        report.counts["rows without a sanction"] += 1
    party = draft.done(report)
    return party and with_listings(party, _simple_listings(draft, row, sanctions, report))


def _simple_listings(
    draft: Draft, row: Mapping[str, str], sanctions: Sequence[str], report: Report
) -> Iterator[Listing]:
    """One listing for each programme; before 2025 programmes stand only as the first part of the sanction's text."""
    days = [date.fromisoformat(day) for text in sanctions for day in _DAY.findall(text) if ftm.is_day(day)]
    programmes = _values(row.get("program_ids", "")) or [text.split(" - ")[0][:120] for text in sanctions] or [""]
    for programme in programmes:
        yield Listing(
            list=report.list,
            measure=programme_measure(programme) or report.measure,
            programme="" if _DAY.fullmatch(programme) else programme,
            entry_number=draft.id,
            listed_from=min(days, default=None),
            date_basis="earliest date in the text of the sanction" if days else "",
            citation=draft.source,
        )


def _values(cell: str) -> list[str]:
    """The values of a cell that holds several, written as one row of CSV of its own."""
    row = next(csv.reader([" ".join(cell.split())], delimiter=";"), [])
    return [value.strip() for value in row if value.strip() and value.strip() != '""']
