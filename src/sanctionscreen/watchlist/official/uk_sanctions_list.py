"""The UK Sanctions List of the Foreign Office, since 28 January 2026 the only list of UK designations.

Columns and elements: the published CSV, whose first line is the date of the report, and the published XML. A row of the
CSV is one name with one address and one of everything else that a party can have several of: rows of one Unique ID are
one party. The XML says the same in elements, and is read as rows with a few cells each.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.etree import ElementTree

from sanctionscreen.errors import Location, WatchlistError
from sanctionscreen.model import Kind, ListedParty, Measure, Quality
from sanctionscreen.watchlist.official.cell_names import add_bracketed
from sanctionscreen.watchlist.official.layout import expect_root, named_rows, one_day, text, texts, unknown_parts
from sanctionscreen.watchlist.official.prose import (
    add_countries,
    add_labelled_numbers,
    add_registration_numbers,
    parts,
)
from sanctionscreen.watchlist.official.reading import Draft, Report
from sanctionscreen.watchlist.official.safe_files import csv_rows
from sanctionscreen.watchlist.official.safe_xml import xml_records

# What a designation forbids, under the Sanctions and Anti-Money Laundering Act 2018: section 3 (asset freezes and other
# financial sanctions), 3A (directors), 4 (immigration), 5 (trade), 6 (aircraft), 7 (shipping). Only the asset freeze
# forbids to deal with the party as such; a party with several has the freeze. The names are those of the XML flags.
_MEASURES: dict[str, Measure] = {
    "assetfreeze": "asset_freeze",
    "armsembargo": "sectoral",
    "targetedarmsembargo": "sectoral",
    "charteringofships": "sectoral",
    "closureofrepresentativeoffices": "sectoral",
    "crewservicingofshipsandaircraft": "sectoral",
    "deflag": "sectoral",
    "directordisqualificationsanction": "sectoral",
    "preventionofbusinessarrangements": "sectoral",
    "preventionofcharteringofships": "sectoral",
    "preventionofcharteringofshipsandaircraft": "sectoral",
    "prohibitionofportentry": "sectoral",
    "technicalassistancerelatedtoaircraft": "sectoral",
    "travelban": "sectoral",
    "trustservicessanctions": "sectoral",
}
_NAMES = ("Name 1", "Name 2", "Name 3", "Name 4", "Name 5", "Name 6")
_ADDRESS = (*(f"Address Line {n}" for n in range(1, 7)), "Address Postal Code", "Address Country")
_NEEDED = ("Unique ID", "Name 6", "Name type", "Regime Name", "Designation Type", "Sanctions Imposed")
_REMARKS = (
    "Title", "Position", "Gender", "Other Information", "UK Statement of Reasons", "Designation source",
    "Non-latin script language", "Phone number", "Website", "Email address", "Type of entity", "Subsidiaries",
    "Parent company", "Current owner/operator (s)", "Previous owner/operator (s)", "Previous flags", "Type of ship",
    "Tonnage of ship", "Length of ship", "Last Updated", "Sanctions Imposed",
)  # fmt: skip
_COLUMNS = frozenset((*_NAMES, *_ADDRESS, *_NEEDED, *_REMARKS)) | {
    "OFSI Group ID", "UN Reference Number", "Alias strength", "Name non-latin script", "Non-latin script type",
    "Date Designated", "D.O.B", "Nationality(/ies)", "National Identifier number",
    "National Identifier additional information", "Passport number", "Passport additional information",
    "Town of birth", "Country of birth", "Business registration number (s)", "IMO number",
    "Current believed flag of ship", "Year Built", "Hull identification number (HIN)",
}  # fmt: skip
_KINDS: dict[str, Kind] = {"individual": "person", "entity": "company", "ship": "vessel"}
_NAME_TYPES: dict[str, tuple[Quality, str]] = {
    "primary name": ("primary", ""),
    "primary name variation": ("strong", "variation"),
    "alias": ("strong", "alias"),
    "": ("strong", "alias"),
}
_STRENGTHS = {"": False, "good quality a.k.a": False, "low quality a.k.a": True}

_PERSON, _ENTITY, _SHIP = "IndividualDetails/Individual", "EntityDetails/Entity", "ShipDetails/Ship"
_ELEMENT_ROWS = {
    "Names/Name": {f"Name{n}": f"Name {n}" for n in range(1, 7)}
    | {"NameType": "Name type", "AliasStrength": "Alias strength"},
    "NonLatinNames/NonLatinName": {
        "NameNonLatinScript": "Name non-latin script",
        "NonLatinScriptType": "Non-latin script type",
        "NonLatinScriptLanguage": "Non-latin script language",
    },
    "Addresses/Address": {f"AddressLine{n}": f"Address Line {n}" for n in range(1, 7)}
    | {"AddressPostalCode": "Address Postal Code", "AddressCountry": "Address Country"},
    f"{_PERSON}/BirthDetails/Location": {"TownOfBirth": "Town of birth", "CountryOfBirth": "Country of birth"},
    f"{_PERSON}/PassportDetails/Passport": {
        "PassportNumber": "Passport number",
        "PassportAdditionalInformation": "Passport additional information",
    },
    f"{_PERSON}/NationalIdentifierDetails/NationalIdentifier": {
        "NationalIdentifierNumber": "National Identifier number",
        "NationalIdentifierAdditionalInformation": "National Identifier additional information",
    },
}
_ELEMENT_CELLS = {
    "LastUpdated": "Last Updated", "DateDesignated": "Date Designated", "UniqueID": "Unique ID",
    "OFSIGroupID": "OFSI Group ID", "UNReferenceNumber": "UN Reference Number", "RegimeName": "Regime Name",
    "IndividualEntityShip": "Designation Type", "DesignationSource": "Designation source",
    "SanctionsImposed": "Sanctions Imposed", "OtherInformation": "Other Information",
    "UKStatementofReasons": "UK Statement of Reasons", "Titles/Title": "Title",
    "PhoneNumbers/PhoneNumber": "Phone number",
    "EmailAddresses/EmailAddress": "Email address", "Websites/Website": "Website",
    f"{_PERSON}/DOBs/DOB": "D.O.B", f"{_PERSON}/Nationalities/Nationality": "Nationality(/ies)",
    f"{_PERSON}/Positions/Position": "Position", f"{_PERSON}/Genders/Gender": "Gender",
    f"{_ENTITY}/TypeOfEntities/TypeOfEntity": "Type of entity", f"{_ENTITY}/Subsidiaries/Subsidiary": "Subsidiaries",
    f"{_ENTITY}/ParentCompanies/ParentCompany": "Parent company",
    f"{_ENTITY}/BusinessRegistrationNumbers/BusinessRegistrationNumber": "Business registration number (s)",
    f"{_SHIP}/IMONumbers/IMONumber": "IMO number", f"{_SHIP}/YearsBuilt/YearBuilt": "Year Built",
    f"{_SHIP}/CurrentOwnerOperators/CurrentOwnerOperator": "Current owner/operator (s)",
    f"{_SHIP}/PreviousOwnerOperators/PreviousOwnerOperator": "Previous owner/operator (s)",
    f"{_SHIP}/CurrentBelievedFlagOfShips/CurrentBelievedFlagOfShip": "Current believed flag of ship",
    f"{_SHIP}/PreviousFlags/PreviousFlag": "Previous flags", f"{_SHIP}/TypeOfShipDetails/TypeOfShip": "Type of ship",
    f"{_SHIP}/TonnageOfShipDetails/TonnageOfShip": "Tonnage of ship",
    f"{_SHIP}/LengthOfShipDetails/LengthOfShip": "Length of ship",
    f"{_SHIP}/HullIdentificationNumbers/HullIdentificationNumber": "Hull identification number (HIN)",
}  # fmt: skip
_FLAGS = "SanctionsImposedIndicators"


def _known_paths() -> frozenset[str]:
    leaves = [*_ELEMENT_CELLS, *(f"{path}/{tag}" for path, cells in _ELEMENT_ROWS.items() for tag in cells)]
    above = {"/".join(path.split("/")[:depth]) for path in leaves for depth in range(1, path.count("/") + 1)}
    return frozenset({*leaves, *above, _FLAGS, f"{_FLAGS}/*"})


_KNOWN = _known_paths()


def read_uk_csv(files: Mapping[str, Path], report: Report) -> Iterator[ListedParty]:
    """The parties of `UK-Sanctions-List.csv` (`main`), one a Unique ID.

    Raises:
        WatchlistError: another list, a damaged or cut file, a quality of names or a measure that is not known.
    """
    path = files["main"]
    drafts: dict[str, Draft] = {}
    for number, row in named_rows(_dated(path, report), _COLUMNS, _NEEDED, path, report):
        at = Location(path.name, number)
        draft = _draft(drafts, row, f"{path.name} line {number}", at)
        _take_row(draft, {column: html.unescape(cell) for column, cell in row.items()}, report, at)
    yield from _done(drafts, path, report)


def read_uk_xml(files: Mapping[str, Path], report: Report) -> Iterator[ListedParty]:
    """The parties of `UK-Sanctions-List.xml` (`main`), one a Unique ID.

    Raises:
        WatchlistError: as `read_uk_csv`.
    """
    path, at = files["main"], Location(files["main"].name)
    expect_root(path, "Designations")
    drafts: dict[str, Draft] = {}
    for place, record in enumerate(xml_records(path, ("Designation", "DateGenerated"))):
        if record.tag == "DateGenerated":
            report.published = one_day((record.text or "").strip()[:10])
            continue
        rows = list(_rows(record))
        whole = {column: cell for row in reversed(rows) for column, cell in row.items()}
        draft = _draft(drafts, whole, f"{path.name} record {place}", at)
        unknown_parts(record, _KNOWN, draft, report)
        for row in rows:
            _take_row(draft, row, report, at)
    yield from _done(drafts, path, report)


def _dated(path: Path, report: Report) -> Iterator[tuple[int, list[str]]]:
    for number, cells in csv_rows(path, unknown=report.unknown):
        if cells[0].strip().startswith("Report Date"):
            report.published = one_day(" ".join(cells).partition(":")[2])
            continue
        yield number, cells


def _rows(record: ElementTree.Element) -> Iterator[dict[str, str]]:
    """The designation as rows of the CSV with a few cells each."""
    flags = [flag.tag for flag in record.iterfind(f"{_FLAGS}/*") if (flag.text or "").strip().casefold() == "true"]
    imposed = [said for cell in texts(record, "SanctionsImposed") for said in cell.split("|")]
    yield {"Sanctions Imposed": "|".join(dict.fromkeys((*imposed, *flags)))}
    for path, column in _ELEMENT_CELLS.items():
        for said in texts(record, path) if path != "SanctionsImposed" else ():
            yield {column: html.unescape(said)}
    for path, cells in _ELEMENT_ROWS.items():
        for element in record.iterfind(path):
            yield {column: html.unescape(said) for tag, column in cells.items() if (said := text(element, tag))}


def _draft(drafts: dict[str, Draft], row: Mapping[str, str], source: str, at: Location) -> Draft:
    unique, written = row.get("Unique ID", ""), row.get("Designation Type", "")
    kind = _KINDS.get(written.casefold())
    if not unique or kind is None:
        raise WatchlistError(
            f"has the Unique ID {unique!r} and the Designation Type {written!r} ({source});"
            " right are an id and Individual, Entity or Ship",
            at,
        )
    return drafts.setdefault(unique, Draft(unique, kind, source=source))


def _done(drafts: Mapping[str, Draft], path: Path, report: Report) -> Iterator[ListedParty]:
    for draft in drafts.values():
        if draft.kind == "company":
            add_bracketed(draft, report)
        if draft.measure is None:
            report.unknown["entry without Sanctions Imposed: the list's own measure is taken"] += 1
        party = draft.done(report)
        if party:
            yield party
    report.check(path.name)


def _take_row(draft: Draft, row: Mapping[str, str], report: Report, at: Location) -> None:
    _take_name(draft, row, at)
    imposed = _measure(row.get("Sanctions Imposed", ""), draft, report, at)
    draft.measure = "asset_freeze" if "asset_freeze" in (imposed, draft.measure) else imposed or draft.measure
    if row.get("Regime Name"):
        draft.programmes[row["Regime Name"]] = None
    _take_places(draft, row, report)
    _take_numbers(draft, row)
    for what, column in (("birth", "D.O.B"), ("build", "Year Built")):
        for written in parts(row.get(column, "")):
            draft.date(what, written)
    designated = row.get("Date Designated", "")
    day = one_day(designated)
    if day:
        draft.listed_from = min(day, draft.listed_from or day)
    elif designated:
        report.unknown[f"Date Designated {designated[:40]!r}"] += 1
    for column in (*_REMARKS, *sorted(row.keys() - _COLUMNS)):
        draft.remark(f"{column}: {row[column]}" if row.get(column) else "")


def _take_name(draft: Draft, row: Mapping[str, str], at: Location) -> None:
    written, strength = row.get("Name type", "").casefold(), row.get("Alias strength", "").casefold().rstrip(".")
    if written not in _NAME_TYPES or strength not in _STRENGTHS:
        raise WatchlistError(
            f"has the Name type {row.get('Name type', '')!r} and the Alias strength {row.get('Alias strength', '')!r}"
            f" ({draft.id}); known are {', '.join(filter(None, (*_NAME_TYPES, *_STRENGTHS)))}",
            at,
        )
    quality, kind = _NAME_TYPES[written]
    name = " ".join(row[part] for part in _NAMES if row.get(part))
    draft.name(name, "weak" if _STRENGTHS[strength] else quality, kind=kind)
    script = row.get("Non-latin script type", "")
    draft.name(row.get("Name non-latin script", ""), kind="original script", script=script)


def _measure(imposed: str, draft: Draft, report: Report, at: Location) -> Measure | None:
    """The strictest measure of a list of them; one that is not known may stand beside an asset freeze only."""
    named = {
        said.strip(): _MEASURES.get("".join(c for c in said.casefold() if c.isalpha())) for said in imposed.split("|")
    }
    unknown = [said for said, measure in named.items() if said and measure is None]
    is_freeze = "asset_freeze" in named.values()
    if unknown and not is_freeze:
        raise WatchlistError(f"imposes {unknown[0]!r} on {draft.id}; what it forbids is not known here", at)
    for said in unknown:
        report.unknown[f"Sanctions Imposed {said[:80]!r}, beside an asset freeze"] += 1
    return "asset_freeze" if is_freeze else next((measure for measure in named.values() if measure), None)


def _take_places(draft: Draft, row: Mapping[str, str], report: Report) -> None:
    draft.address(*(row.get(line) for line in _ADDRESS))
    for column in ("Address Country", "Nationality(/ies)", "Current believed flag of ship"):
        add_countries(draft, row.get(column, ""), column, report)
    born = ", ".join(row[column] for column in ("Town of birth", "Country of birth") if row.get(column))
    draft.remark(f"Born in {born}" if born else "")


def _take_numbers(draft: Draft, row: Mapping[str, str]) -> None:
    for column, label in (("UN Reference Number", "UN Ref"), ("OFSI Group ID", "OFSI Group ID")):
        draft.number(label, row.get(column))
    for kind, details in (
        ("Passport number", "Passport additional information"),
        ("National Identifier number", "National Identifier additional information"),
    ):
        for number in parts(row.get(kind, "")):
            draft.number(kind, number.rstrip("."), note=row.get(details, ""))
    for column in ("IMO number", "Hull identification number (HIN)"):
        for number in parts(row.get(column, "")):
            draft.number(column.removesuffix(" (HIN)"), number)
    add_registration_numbers(draft, row.get("Business registration number (s)", ""), "Business registration number")
    add_labelled_numbers(draft, row.get("Other Information", ""))
