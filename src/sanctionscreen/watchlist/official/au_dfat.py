"""The consolidated list of the Australian Department of Foreign Affairs and Trade (workbook).

Columns: the header of the published sheet, since 2024 with one column a measure. A party is a number in Reference; its
other names are rows of their own, with a letter behind the number, and are not always neighbours. All rows of a party
repeat its details, with small differences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from sanctionscreen.errors import Location, WatchlistError
from sanctionscreen.model import Kind, ListedParty, Measure, Quality
from sanctionscreen.watchlist.official.cell_names import add_bracketed
from sanctionscreen.watchlist.official.layout import named_rows, one_day
from sanctionscreen.watchlist.official.prose import add_countries, add_labelled_numbers, parts
from sanctionscreen.watchlist.official.reading import Draft, Report
from sanctionscreen.watchlist.official.safe_workbooks import workbook_rows

# Autonomous Sanctions Regulations 2011, regulations 14 and 15, and Charter of the United Nations Act 1945: assets are
# frozen. Regulations 8 and 16: a sanctioned vessel may be directed out of ports. Regulation 6 (1) (b): a person may not
# travel. The list has one column for each; what freezes assets comes first.
_MEASURES: tuple[tuple[str, Measure], ...] = (
    ("Targeted Financial Sanction", "asset_freeze"),
    ("Maritime Restriction", "sectoral"),
    ("Arms Embargo", "sectoral"),
    ("Travel Ban", "sectoral"),
)
_NEEDED = ("Reference", "Name of Individual or Entity", "Type", "Name Type", "Committees")
_OF_THE_NAME = frozenset({"Reference", "Name of Individual or Entity", "Name Type", "Alias Strength"})
_COLUMNS = frozenset((*_NEEDED, *(column for column, _ in _MEASURES))) | {
    "Alias Strength", "Date of Birth", "Place of Birth", "Citizenship", "Address", "Additional Information",
    "Listing Information", "IMO Number", "Control Date", "Instrument of Designation",
}  # fmt: skip
_KINDS: dict[str, Kind] = {"individual": "person", "entity": "company", "vessel": "vessel"}
_NAME_TYPES = {"primary name": "", "alias": "alias", "aka": "alias", "original script": "original script"}
_STRENGTHS = {"": False, "strong": False, "weak": True}
_YES_NO = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False, "": False}
_REFERENCE = re.compile(r"(\d+)([a-z]*)")
_UN_REFERENCE = re.compile(r"^\W*([A-Z]{2}[ie]\.\d{3})\b")
_FORMER = re.compile(r"Previous names? include[s:]?\s+([^\n;]+)", re.IGNORECASE)
_LISTED = re.compile(
    r"(?:[Ll]isted|[Dd]esignated)\b[^()\d]{0,60}(?:\d{4} (?:[Cc]ommittee )?|[^()]{0,60}?)on:?\s+"
    r"(\d{1,2} [A-Z][a-z]+\.? \d{4})"
)
_INSTRUMENT = re.compile(r"(?:Instrument|Designation|List) ((?:19|20)\d\d)\b")
_DATE_ENDS = re.compile(r"\s*[,;\n]\s*")
_REMARKS = (
    "Place of Birth",
    "Additional Information",
    "Listing Information",
    "Instrument of Designation",
    "Control Date",
)
_DEBRIS = re.compile(r"_x000[DA]_")


def read_dfat_xlsx(files: Mapping[str, Path], report: Report) -> Iterator[ListedParty]:
    """The parties of the workbook (`main`), one a Reference.

    Raises:
        WatchlistError: another list, a damaged file, or a type, alias strength or measure that is not known.
    """
    path = files["main"]
    drafts: dict[str, Draft] = {}
    details: dict[str, dict[str, str]] = {}
    latest: list[date] = []
    for number, row in named_rows(workbook_rows(path), _COLUMNS, _NEEDED, path, report, is_cut_short=True):
        clean = {column: _DEBRIS.sub("\n", cell) for column, cell in row.items()}
        at = Location(path.name, number)
        reference = _REFERENCE.fullmatch(clean.get("Reference", "").lower())
        if not reference:
            raise WatchlistError(f"has the Reference {clean.get('Reference', '')!r}; a number is right, or 12a", at)
        if reference[1] not in drafts:
            drafts[reference[1]] = Draft(reference[1], _kind(clean, at), source=f"{path.name} row {number}")
        _take_name(drafts[reference[1]], clean, at)
        repeated = {column: cell for column, cell in clean.items() if column not in _OF_THE_NAME}
        if details.get(reference[1]) != repeated:
            _take_details(drafts[reference[1]], clean, at, report)
            details[reference[1]] = repeated
        latest += [day] if (day := one_day(clean.get("Control Date", "")[:10])) else []
    report.published = max(latest, default=None)
    yield from _done(drafts, report)
    report.check(path.name)


def _done(drafts: Mapping[str, Draft], report: Report) -> Iterator[ListedParty]:
    for draft in drafts.values():
        if draft.kind == "company":
            add_bracketed(draft, report)
        party = draft.done(report)
        if party:
            yield party


def _kind(row: Mapping[str, str], at: Location) -> Kind:
    kind = _KINDS.get(row.get("Type", "").casefold())
    if kind is None:
        raise WatchlistError(f"has the Type {row.get('Type', '')!r}; known are Individual, Entity, Vessel", at)
    return kind


def _take_details(draft: Draft, row: Mapping[str, str], at: Location, report: Report) -> None:
    draft.measure = _stricter(draft.measure, _measure(row, at, report))
    if row.get("Committees"):
        draft.programmes[row["Committees"]] = None
    for written in _DATE_ENDS.split(row.get("Date of Birth", "")):
        for part in parts(written):
            draft.date("birth", part)
    for country in row.get("Citizenship", "").split(";"):
        add_countries(draft, country, "citizenship", report)
    for part in parts(row.get("Address", "")):
        for address in part.split(";"):
            draft.address(address)
    draft.number("IMO number", row.get("IMO Number"))
    for column in (*_REMARKS, *sorted(row.keys() - _COLUMNS)):
        draft.remark(f"{column}: {row[column]}" if row.get(column) else "")
    _take_information(draft, row.get("Additional Information", ""))
    _take_listing(draft, f"{row.get('Listing Information', '')}\n{row.get('Instrument of Designation', '')}")


def _take_name(draft: Draft, row: Mapping[str, str], at: Location) -> None:
    written, strength = row.get("Name Type", "").casefold(), row.get("Alias Strength", "").casefold()
    if written not in _NAME_TYPES or strength not in _STRENGTHS:
        raise WatchlistError(
            f"has the Name Type {row.get('Name Type', '')!r} and the Alias Strength {row.get('Alias Strength', '')!r};"
            " known are Primary Name, Alias, Original Script, and Strong, Weak",
            at,
        )
    quality: Quality = "weak" if _STRENGTHS[strength] else "strong" if _NAME_TYPES[written] else "primary"
    draft.name(row.get("Name of Individual or Entity", ""), quality, kind=_NAME_TYPES[written])


def _measure(row: Mapping[str, str], at: Location, report: Report) -> Measure | None:
    """What the columns say; None, and the list's own measure holds, where the file has none or says no to all."""
    for column, measure in _MEASURES:
        value = row.get(column, "").casefold()
        if value not in _YES_NO:
            raise WatchlistError(f"has {row[column]!r} under {column}; True or False is right", at)
        if _YES_NO[value]:
            return measure
    report.unknown["row without a measure: the list's own is taken"] += 1
    return None


def _stricter(one: Measure | None, other: Measure | None) -> Measure | None:
    return "asset_freeze" if "asset_freeze" in (one, other) else one or other


def _take_information(draft: Draft, text: str) -> None:
    reference = _UN_REFERENCE.match(text)
    draft.number("UN Ref", reference[1] if reference else None)
    former = _FORMER.search(text)
    for name in re.split(r",| and ", former[1]) if former else []:
        draft.name(name, kind="former")
    add_labelled_numbers(draft, text)


def _take_listing(draft: Draft, text: str) -> None:
    """The day of listing; where only the year of the instrument is known, the first day that it can have been."""
    days = [day for match in _LISTED.finditer(text) if (day := one_day(match[1]))]
    year = _INSTRUMENT.search(text)
    if days and (draft.listed_from is None or draft.date_basis or days[0] < draft.listed_from):
        draft.listed_from, draft.date_basis = days[0], ""
    elif year and draft.listed_from is None:
        draft.listed_from = date(int(year[1]), 1, 1)
        draft.date_basis = "the first day of the year of its instrument; the day is not given"
