"""The list of financial sanctions targets of the UK Treasury (OFSI ConList, 2022 format), retired on 28 January 2026.

Columns: the header of the published CSV and workbook. One row is one name with one date of birth and one address: rows
of one Group ID are one party, and are not always neighbours. Further identifiers stand in Other Information, labelled
`(Business Reg No):`. The list froze assets; investment bans and other measures stood in lists of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from sanctionscreen.errors import Location, WatchlistError
from sanctionscreen.model import Kind, ListedParty, Quality
from sanctionscreen.watchlist.official.cell_names import add_bracketed
from sanctionscreen.watchlist.official.layout import named_rows, one_day
from sanctionscreen.watchlist.official.prose import (
    add_countries,
    add_labelled_numbers,
    add_registration_numbers,
    parts,
)
from sanctionscreen.watchlist.official.reading import Draft, Report, known
from sanctionscreen.watchlist.official.safe_files import csv_rows
from sanctionscreen.watchlist.official.safe_workbooks import workbook_rows

_NAMES = ("Name 1", "Name 2", "Name 3", "Name 4", "Name 5", "Name 6")
_ADDRESS = ("Address 1", "Address 2", "Address 3", "Address 4", "Address 5", "Address 6", "Post/Zip Code", "Country")
_NEEDED = ("Name 6", "Name 1", "Group Type", "Alias Type", "Regime", "Group ID")
_COLUMNS = frozenset(_NAMES + _ADDRESS + _NEEDED) | {
    "Title", "Name Non-Latin Script", "Non-Latin Script Type", "Non-Latin Script Language", "DOB", "Town of Birth",
    "Country of Birth", "Nationality", "Passport Number", "Passport Details", "National Identification Number",
    "National Identification Details", "Position", "Other Information", "Alias Quality", "Listed On",
    "UK Sanctions List Date Designated", "Last Updated",
}  # fmt: skip
_RENAMED = {"NI Number": "National Identification Number", "NI Details": "National Identification Details"}
_KINDS: dict[str, Kind] = {"individual": "person", "entity": "company", "ship": "vessel"}
_TYPES: dict[str, tuple[Quality, str]] = {
    "primary name": ("primary", ""),
    "prime alias": ("primary", ""),  # until 2022
    "primary name variation": ("strong", "variation"),
    "aka": ("strong", "alias"),
    "fka": ("strong", "former"),
}
_QUALITIES = {"": False, "good quality": False, "low quality": True}
_SCRIPTS = {
    "Cyrillic": "Cyrillic", "Cryillic": "Cyrillic", "Cyrilic": "Cyrillic", "Russian": "Cyrillic", "Arabic": "Arabic",
    "Persian": "Arabic", "Greek": "Greek", "Chinese": "Han", "Korean": "Hangul", "Hebrew": "Hebrew", "Latin": "Latin",
}  # fmt: skip
_REMARKS = {"Title": "Title", "Position": "Position", "Non-Latin Script Language": "Language of the original name"}
_LABEL = re.compile(r"\(([A-Z][A-Za-z ]{2,40})\):")
_NUMBERS = {
    "UK Sanctions List Ref": re.compile(r"^\s*([A-Z]{3}\d{3,5})"),
    "UN Ref": re.compile(r"^\s*([A-Za-z]{2,4}\.\d{3})"),
    "IMO number": re.compile(r"^\s*(?:IMO\s?)?(\d{7})(?!\d)"),
}
_TELEPHONES = frozenset({"Phone number", "Fax", "Tel"})
_REGISTRATION = "Business Reg No"
_LABELS = frozenset(_NUMBERS) | {
    _REGISTRATION, "Gender", "UK Statement of Reasons", "Phone number", "Type of entity", "Parent company", "Website",
    "Email address", "Subsidiaries", "Current owners", "Previous owners", "Flag of ship", "Previous flags",
    "Type of ship", "Tonnage of ship", "Length of ship", "Year built", "Hull identification number", "Fax", "Tel",
    "United States of America",
}  # fmt: skip


def read_ofsi_csv(files: Mapping[str, Path], report: Report) -> Iterator[ListedParty]:
    """The parties of `ConList.csv` (`main`); one a Group ID.

    Raises:
        WatchlistError: another list, a damaged or cut file, or a quality of names that the reader does not know.
    """
    path = files["main"]
    yield from _parties(csv_rows(path, unknown=report.unknown), path, report, is_cut_short=False)


def read_ofsi_xlsx(files: Mapping[str, Path], report: Report) -> Iterator[ListedParty]:
    """The parties of `ConList.xlsx` (`main`); one a Group ID.

    Raises:
        WatchlistError: as `read_ofsi_csv`.
    """
    path = files["main"]
    yield from _parties(workbook_rows(path), path, report, is_cut_short=True)


def _parties(
    rows: Iterable[tuple[int, list[str]]], path: Path, report: Report, *, is_cut_short: bool
) -> Iterator[ListedParty]:
    drafts: dict[str, Draft] = {}
    dated = _dated(rows, report)
    for number, row in named_rows(dated, _COLUMNS, _NEEDED, path, report, renamed=_RENAMED, is_cut_short=is_cut_short):
        at = Location(path.name, number)
        group = row.get("Group ID", "")
        if not group:
            raise WatchlistError("has no Group ID", at)
        if group not in drafts:
            drafts[group] = Draft(group, source=f"{path.name} line {number}")
            _take_group(drafts[group], row, report, at)
        _take_row(drafts[group], row, report, at)
    for draft in drafts.values():
        if draft.kind == "company":
            add_bracketed(draft, report)
        party = draft.done(report)
        if party:
            yield party
    report.check(path.name)


def _dated(rows: Iterable[tuple[int, list[str]]], report: Report) -> Iterator[tuple[int, Sequence[str]]]:
    """The rows; the date in front of the header is taken into the report."""
    for place, (number, cells) in enumerate(rows):
        if not place and cells[0].strip() == "Last Updated" and len(cells) > 1 and one_day(cells[1]):
            report.published = one_day(cells[1])
        yield number, cells


def _take_group(draft: Draft, row: Mapping[str, str], report: Report, at: Location) -> None:
    """What is the same in all rows of a group."""
    draft.kind = _kind(row, at)
    _take_passports(draft, row)
    add_countries(draft, row.get("Nationality", ""), "nationality", report)
    birth = ", ".join(row[name] for name in ("Town of Birth", "Country of Birth") if row.get(name))
    draft.remark(f"Born in {birth}" if birth else "")
    _take_information(draft, row.get("Other Information", ""), report)


def _kind(row: Mapping[str, str], at: Location) -> Kind:
    written = row.get("Group Type", "")
    kind = _KINDS.get(written.casefold())
    if kind is None:
        raise WatchlistError(f"has the Group Type {written!r}; known are Individual, Entity, Ship", at)
    return kind


def _take_row(draft: Draft, row: Mapping[str, str], report: Report, at: Location) -> None:
    _take_name(draft, row, report, at)
    for number in parts(row.get("DOB", "")):
        draft.date("birth", number)
    draft.address(*(row.get(name) for name in _ADDRESS))
    add_countries(draft, row.get("Country", ""), "country", report)
    if row.get("Regime"):
        draft.programmes[row["Regime"]] = None
    for column, label in _REMARKS.items():
        draft.remark(f"{label}: {row[column]}" if row.get(column) else "")
    _take_dates(draft, row, report)
    for column in row.keys() - _COLUMNS:
        draft.remark(f"{column}: {row[column]}")


def _take_name(draft: Draft, row: Mapping[str, str], report: Report, at: Location) -> None:
    written = row.get("Alias Type", "").casefold()
    strength = row.get("Alias Quality", "").casefold()
    if written not in _TYPES or strength not in _QUALITIES:
        raise WatchlistError(
            f"has the Alias Type {row.get('Alias Type', '')!r} and the Alias Quality {row.get('Alias Quality', '')!r};"
            f" known are {', '.join(_TYPES)} and {', '.join(filter(None, _QUALITIES))}",
            at,
        )
    quality, kind = _TYPES[written]
    name = " ".join(row[part] for part in _NAMES if row.get(part))
    draft.name(name, "weak" if _QUALITIES[strength] else quality, kind=kind)
    script = known(_SCRIPTS, row.get("Non-Latin Script Type", ""), "script", report)
    draft.name(row.get("Name Non-Latin Script", ""), kind="original script", script=script)


def _take_dates(draft: Draft, row: Mapping[str, str], report: Report) -> None:
    """The first day of listing over all rows: Listed On, else the day of designation."""
    for column in ("Listed On", "UK Sanctions List Date Designated"):
        written = row.get(column, "")
        day = one_day(written)
        if written and not day:
            report.unknown[f"{column} {written[:40]!r}"] += 1
        if day and column == "Listed On":
            draft.listed_from = min(day, draft.listed_from or day)
        elif day:
            draft.remark(f"UK Sanctions List date designated: {written}")
            if draft.listed_from is None and not row.get("Listed On"):
                draft.listed_from, draft.date_basis = day, "the day of designation; no day of listing is given"


def _take_passports(draft: Draft, row: Mapping[str, str]) -> None:
    for kind, details in (
        ("Passport Number", "Passport Details"),
        ("National Identification Number", "National Identification Details"),
    ):
        notes = parts(row.get(details, ""))
        for place, number in enumerate(parts(row.get(kind, ""))):
            draft.number(kind, number.rstrip("."), note=notes[place] if place < len(notes) else "")


def _take_information(draft: Draft, text: str, report: Report) -> None:
    """Read the labelled parts of Other Information, `(Label): …`; all of it stays a remark."""
    draft.remark(text)
    marks = list(_LABEL.finditer(text))
    add_labelled_numbers(draft, text[: marks[0].start()] if marks else text)
    for mark, end in zip(marks, [mark.start() for mark in marks[1:]] + [len(text)], strict=False):
        label, said = mark[1], text[mark.end() : end]
        if label not in _LABELS:
            report.unknown[f"label {label!r} in Other Information"] += 1
        _take_labelled(draft, label, said, report)


def _take_labelled(draft: Draft, label: str, said: str, report: Report) -> None:
    if label in _NUMBERS:
        match = _NUMBERS[label].match(said)
        draft.number(label, match[1] if match else None)
    elif label == _REGISTRATION:
        add_registration_numbers(draft, said, _REGISTRATION)
        return
    elif label == "Flag of ship":
        add_countries(draft, said, "flag", report)
    elif label == "Year built":
        draft.date("build", said.strip(" ."))
    if label not in _TELEPHONES:
        add_labelled_numbers(draft, said)
