"""The consolidated Canadian autonomous sanctions list (`sema-lmes.xml`): Special Economic Measures Act, Magnitsky law.

Elements: as in the published file, flat and without ids; a record is known by its regulation, schedule and item. The
aliases are one cell of free text. What a party is follows from the elements that are there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree

from sanctionscreen.errors import Location, WatchlistError
from sanctionscreen.model import ListedParty, Measure
from sanctionscreen.watchlist.official.cell_names import add_bracketed, is_latin, listed_names, split_outside
from sanctionscreen.watchlist.official.layout import expect_root, one_day, text, unknown_parts
from sanctionscreen.watchlist.official.reading import Draft, Report
from sanctionscreen.watchlist.official.safe_xml import xml_records

_KNOWN = frozenset(
    (
        "Country", "LastName", "GivenName", "EntityOrShip", "TitleOrShip", "DateOfBirthOrShipBuildDate",
        "ShipIMONumber", "Aliases", "Schedule", "Item", "DateOfListing",
    )
)  # fmt: skip
# Schedule 1 of each regulation, in parts, and the only schedule of others, names those whose property no one in Canada
# may deal in. Schedules 2 and 3 of the Special Economic Measures (Russia) Regulations (SOR/2014-58) forbid new
# financing of those they name, and freeze nothing.
_SCHEDULES: dict[tuple[str, str], Measure] = {("Russia", "2"): "sectoral", ("Russia", "3"): "sectoral"}
_FREEZES = re.compile(r"(?:1(?:\.\d)?|(?:1,\s*)?Part \d(?:\.\d)?)?")
_SERIAL = re.compile(r"\d{5}")
_SERIAL_ZERO = date(1899, 12, 30)
_FEWEST_LETTERS = 3
_LONGEST_ABBREVIATION = 4
"""Letters; shorter ones stand for many firms, and for words."""


def read_sema_xml(files: Mapping[str, Path], report: Report) -> Iterator[ListedParty]:
    """The parties of the list (`main`), one a record; the file gives no date of its own.

    Raises:
        WatchlistError: another list, a damaged or cut file, or a schedule whose meaning the reader does not know.
    """
    path = files["main"]
    expect_root(path, "data-set")
    seen: dict[str, int] = {}
    for place, record in enumerate(xml_records(path, ("record",)), 1):
        draft = Draft(_id(record, seen), source=f"{path.name} record {place}")
        unknown_parts(record, _KNOWN, draft, report)
        _take(draft, record, Location(path.name), report)
        party = draft.done(report)
        if party:
            yield party
    report.check(path.name)


def _id(record: ElementTree.Element, seen: dict[str, int]) -> str:
    """Regulation, schedule and item; a second record of the same three gets a number."""
    country = text(record, "Country").split(" / ")[0]
    key = "/".join(part for part in (country[:60], text(record, "Schedule"), text(record, "Item")) if part)
    seen[key] = seen.get(key, 0) + 1
    return key if seen[key] == 1 else f"{key}#{seen[key]}"


def _take(draft: Draft, record: ElementTree.Element, at: Location, report: Report) -> None:
    programme, schedule = text(record, "Country"), text(record, "Schedule")
    if programme:
        draft.programmes[programme] = None
    draft.measure = _measure(programme, schedule, draft.source, at)
    draft.listed_from = one_day(text(record, "DateOfListing"))
    if not draft.listed_from and text(record, "DateOfListing"):
        report.unknown[f"DateOfListing {text(record, 'DateOfListing')[:40]!r}"] += 1
    imo = text(record, "ShipIMONumber")
    draft.number("IMO number", imo)
    is_person = bool(text(record, "LastName") or text(record, "GivenName"))
    draft.kind = "vessel" if imo else "person" if is_person else "company"
    draft.date("build" if imo else "birth" if is_person else "date", _day(text(record, "DateOfBirthOrShipBuildDate")))
    title = text(record, "TitleOrShip")
    draft.remark(f"{'Type of ship' if imo else 'Title'}: {title}" if title else "")
    draft.remark(f"Schedule {schedule}, item {text(record, 'Item')}" if schedule else f"Item {text(record, 'Item')}")
    _take_names(draft, record, report)


def _measure(programme: str, schedule: str, source: str, at: Location) -> Measure | None:
    measure = _SCHEDULES.get((programme.split(" / ", maxsplit=1)[0], schedule))
    if measure is None and not _FREEZES.fullmatch(schedule):
        raise WatchlistError(
            f"has the schedule {schedule!r} of {programme!r} in {source}; what it forbids is not known here", at
        )
    return measure


def _day(written: str) -> str:
    """A date as published; days that a spreadsheet made into a serial number are counted back (day 1 is 1900-01-01)."""
    if _SERIAL.fullmatch(written):
        return (_SERIAL_ZERO + timedelta(days=int(written))).isoformat()
    return written


def _take_names(draft: Draft, record: ElementTree.Element, report: Report) -> None:
    person = " ".join(part for tag in ("GivenName", "LastName") if (part := text(record, tag)))
    named = [person] if person else _in_both_languages(text(record, "EntityOrShip"))
    for place, name in enumerate(named):
        draft.name(name, "strong" if place else "primary", kind="translation" if place else "")
    aliases = text(record, "Aliases")
    for name in listed_names(aliases, is_person=draft.kind == "person"):
        kind = "alias" if is_latin(name) else "original script"
        note = _weakness(name, draft)
        draft.name(name, "weak" if note else "strong", kind=kind, note=note)
    draft.remark(f"Aliases: {aliases}" if aliases else "")
    if draft.kind == "company":
        add_bracketed(draft, report)


def _weakness(name: str, draft: Draft) -> str:
    """Why an alias is not one to look for by itself; the list gives no strength."""
    is_word = len(name.split()) == 1
    if is_word and draft.kind == "person":
        return "one word, as a first name in another spelling"
    return "a short abbreviation" if is_word and len(name) <= _LONGEST_ABBREVIATION else ""


def _in_both_languages(name: str) -> list[str]:
    """English and French names, joined by a stroke; a stroke within a name has few letters at one side."""
    pieces = [piece.strip() for piece in split_outside(name, "/")]
    whole = all(sum(c.isalpha() for c in piece) > _FEWEST_LETTERS for piece in pieces)
    return pieces if whole else [name]
