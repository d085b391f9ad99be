"""The Consolidated Screening List of the US government (trade.gov): CSV with the older and the newer header, and JSON.

One file holds thirteen lists of three departments; the column `source` says which, and so what a hit means. Rows of
OFAC have the entity number of OFAC, and may stand there once per list; the others have no number but that of the file.
The list marks no weak names. Names of BIS hold aliases, and question marks where characters were lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from sanctionscreen.errors import Location, WatchlistError
from sanctionscreen.model import Kind, ListedDate, ListedParty, Listing
from sanctionscreen.watchlist.official.csl_records import Entry, Row, csv_entry, csv_table, json_entry, json_table, key
from sanctionscreen.watchlist.official.csl_sources import SOURCES, Source
from sanctionscreen.watchlist.official.free_text import known_as
from sanctionscreen.watchlist.official.gathering import gathered
from sanctionscreen.watchlist.official.layout import one_day
from sanctionscreen.watchlist.official.ofac_terms import add_address, add_country, add_date, add_feature
from sanctionscreen.watchlist.official.reading import Draft, Report, known

_KINDS: Mapping[str, str] = {"Individual": "person", "Entity": "company", "Vessel": "vessel", "Aircraft": "aircraft"}
_OF_SOURCE = re.compile(r"\(([A-Z][A-Z0-9-]*)(?: List)?\)(?: List)? [-–] (.+)$")
_SUCCESSORS = re.compile(r"[;,]?\s+and any\s+(?:of (?:its|their) )?successors?\b.*$", re.IGNORECASE)
_LOST_APOSTROPHE = re.compile(r"(?<=\w)\?s\b")
_ADDRESS_ONLY = re.compile(r"^Address \d+$")
_YEARS = range(1940, 2101)
"""As for the denied persons: other years are slips of the keyboard."""


def read_csl_csv(files: Mapping[str, Path], report: Report) -> Iterator[ListedParty]:
    """The parties of the CSV, each with a listing for every source that names it.

    Raises:
        WatchlistError: the file is damaged, cut, lacks columns, or has a source that is not known.
    """
    path = files["main"]
    yield from _parties(gathered(lambda into: csv_table(path, into), key, report), csv_entry, report, path.name)


def read_csl_json(files: Mapping[str, Path], report: Report) -> Iterator[ListedParty]:
    """The parties of the JSON, as `read_csl_csv`.

    Raises:
        WatchlistError: as there, or a text, list or object is none.
    """
    path = files["main"]
    yield from _parties(gathered(lambda into: json_table(path, into), key, report), json_entry, report, path.name)


def _parties(
    groups: Iterator[list[Row]], entry_of: Callable[[Row, Report], Entry], report: Report, file: str
) -> Iterator[ListedParty]:
    for rows in groups:
        report.counts["rows"] += len(rows)
        entries = [entry_of(row, report) for row in rows]
        if not any(entry.get("name") or entry.get("source") for entry in entries):
            report.left_out["rows without name and source"] += len(entries)
        elif party := _party(key(rows[0]), entries, report):
            yield party
    report.check(file)


def _party(number: str, entries: Sequence[Entry], report: Report) -> ListedParty | None:
    draft = Draft(number, _kind(entries, report), source=entries[0].where)
    for entry in entries:
        source = _source(entry)
        report.counts[f"rows of {source.list}"] += 1
        _listings(draft, entry, source, report)
        _names(draft, entry, source, report)
        _details(draft, entry, report)
    party = draft.done(report)
    if party is not None and _ADDRESS_ONLY.match(party.name):
        # BIS lists addresses too: whoever is there needs the licence. The words "Address 01" name nobody.
        report.counts["addresses without a party"] += 1
        return replace(party, needs_identifier=True)
    return party


def _kind(entries: Sequence[Entry], report: Report) -> Kind:
    kinds: dict[str, Kind] = {"person": "person", "company": "company", "vessel": "vessel", "aircraft": "aircraft"}
    found = [known(_KINDS, entry.get("type"), "type", report) for entry in entries]
    return next((kinds[kind] for kind in found if kind), "any")


def _source(entry: Entry) -> Source:
    """The list that a row is of.

    Raises:
        WatchlistError: it is not known, so what a hit means is not.
    """
    text = entry.get("source")
    found = _OF_SOURCE.search(text)
    source = SOURCES.get(found.group(1)) if found else None
    if found is None or source is None or source.publisher != found.group(2):
        raise WatchlistError(
            f"has the source {text!r}, which is not known; known are {', '.join(SOURCES)} of their departments",
            Location(entry.where),
        )
    return source


def _listings(draft: Draft, entry: Entry, source: Source, report: Report) -> None:
    first, basis = _day(draft, entry, "start_date", report)
    notice = entry.get("federal_register_notice")
    for programme in entry.lists.get("programs") or ("",):
        draft.listings.append(
            Listing(
                list=source.list,
                measure=source.measure,
                programme=programme,
                entry_number=draft.id,
                listed_from=first,
                date_basis=basis,
                citation="; ".join(part for part in (notice, source.law, entry.get("source_information_url")) if part),
            )
        )
    ends, _ = _day(draft, entry, "end_date", report)
    if ends is not None:
        # Orders whose end has passed stay until the department strikes them out, and may have been renewed.
        draft.dates["end", entry.get("end_date")] = ListedDate("end", entry.get("end_date"), ends, ends)


def _day(draft: Draft, entry: Entry, column: str, report: Report) -> tuple[date | None, str]:
    text = entry.get(column)
    day = one_day(text) if text[:4].isdigit() and int(text[:4]) in _YEARS else None
    if day is None and text:
        report.counts["dates that cannot be"] += 1
        draft.remark(f"{column}: {text} (as written; it cannot be)")
    return day, "" if day else f"not a day: {text}" if text else "not given"


def _names(draft: Draft, entry: Entry, source: Source, report: Report) -> None:
    whole = entry.get("name")
    if source.publisher == "Bureau of Industry and Security" and "?" in whole:
        report.counts["names with lost characters"] += 1
        draft.remark(f"name as published: {whole}")
        whole = _LOST_APOSTROPHE.sub("'s", whole)
    if (more := _SUCCESSORS.search(whole)) is not None:
        draft.remark(more.group().strip(" ;,"))
        whole = whole[: more.start()]
    if _ADDRESS_ONLY.match(whole):
        draft.name(whole, "weak", note="stands for an address that is listed itself")
        return
    for n, (name, kind) in enumerate(known_as(whole)):
        draft.name(name, "strong" if n or draft.names else "primary", kind=kind)
    for alias in entry.lists.get("alt_names", ()):
        for name, kind in known_as(alias):
            draft.name(name, kind=kind or "alias")


def _details(draft: Draft, entry: Entry, report: Report) -> None:
    for *place, country in entry.addresses:
        add_address(draft, place, country, report)
    for column in ("nationalities", "citizenships"):
        for country in entry.lists.get(column, ()):
            add_country(draft, country, report)
    for column in ("country", "vessel_flag"):
        if country := entry.get(column):
            add_country(draft, country, report)
            draft.remark(f"{column}: {country}")
    for born in entry.lists.get("dates_of_birth", ()):
        add_date(draft, "birth", born)
    draft.number("Call sign", entry.get("call_sign"))
    for label, number, country, note in entry.ids:
        if label:
            add_feature(draft, label, number, report, country=country, note=note, number=True)
        else:
            report.unknown["identifiers without a label"] += 1
            draft.remark(number)
    for column in _REMARKS:
        draft.remark(f"{column}: {value}" if (value := entry.get(column)) else "")
    for place_of_birth in entry.lists.get("places_of_birth", ()):
        draft.remark(f"place of birth: {place_of_birth}")
    draft.remark(entry.get("remarks"))


_REMARKS = (
    "title",
    "license_requirement",
    "license_policy",
    "standard_order",
    "vessel_type",
    "gross_tonnage",
    "gross_registered_tonnage",
    "vessel_owner",
)
