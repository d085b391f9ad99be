"""What the parties of OFAC's advanced XML refer to by number: values, places, documents, relations and entries."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element

from sanctionscreen.watchlist.official.ofac_outline import check_parts, first_text, text_in, words
from sanctionscreen.watchlist.official.ofac_periods import day_of, period_of
from sanctionscreen.watchlist.official.reading import Report
from sanctionscreen.watchlist.official.safe_files import xml_records

_REFERRED = words("DateOfIssue ReferenceValueSets Location IDRegDocument ProfileRelationship SanctionsEntry")
ELEMENTS = words(
    """DateOfIssue Year Month Day Location LocationAreaCode LocationCountry LocationPart LocationPartValue Comment
    Value FeatureVersionReference IDRegDocument IDRegistrationNo IssuingAuthority DocumentDate DatePeriod Start End
    From To DocumentedNameReference IDRegDocumentReference DistinctParty Profile Identity Alias DocumentedName
    DocumentedNamePart NamePartValue NamePartGroups MasterNamePartGroup NamePartGroup Feature FeatureVersion
    VersionDetail VersionLocation IdentityReference ProfileRelationship SanctionsEntry EntryEvent Date
    SanctionsMeasure DocumentedNameCountry IDRegDocumentMention DetailReference DirectURL"""
)
ATTRIBUTES = words(
    """ID FixedRef DeltaAction CalendarTypeID AreaCodeID CountryID CountryRelevanceID LocPartTypeID Primary
    LocPartValueTypeID LocPartValueStatusID FeatureVersionID IDRegDocTypeID IdentityID IssuedBy-CountryID
    IssuedIn-LocationID ValidityID IDRegDocDateTypeID YearFixed MonthFixed DayFixed Approximate DocumentedNameID
    PartySubTypeID False AliasTypeID LowQuality DocNameStatusID NamePartGroupID ScriptID ScriptStatusID Acronym
    NamePartTypeID FeatureTypeID ReliabilityID DetailTypeID DetailReferenceID LocationID IdentityFeatureLinkTypeID
    From-ProfileID To-ProfileID RelationTypeID RelationQualityID Former SanctionsEntryID ProfileID ListID
    EntryEventTypeID LegalBasisID SanctionsTypeID IDRegDocumentID ReferenceType"""
)
# Numbers of values that a file may leave out of its sets; the notes of the data model give them.
_USUAL = {
    ("AliasType", "1400"): "A.K.A.",
    ("AliasType", "1401"): "F.K.A.",
    ("AliasType", "1402"): "N.K.A.",
    ("AliasType", "1403"): "Name",
    ("Script", "215"): "Latin",
    ("PartySubType", "1"): "Vessel",
    ("PartySubType", "2"): "Aircraft",
    ("PartySubType", "3"): "Entity",
    ("PartySubType", "4"): "Individual",
    ("List", "1550"): "SDN List",
    ("SanctionsType", "1"): "Program",
}


class Place(NamedTuple):
    """An address, or a country."""

    parts: tuple[dict[str, str], ...]
    """As written in Latin letters, then in others."""
    country: str
    text: str
    """Where the place is one text: a country, mostly."""


class Entry(NamedTuple):
    """What one list says about a party."""

    list: str
    listed: date | None
    programmes: tuple[str, ...]
    remarks: tuple[str, ...]


@dataclass(slots=True)
class References:
    """All that parties refer to by number."""

    file: str
    values: dict[tuple[str, str], str] = field(default_factory=dict)
    """By set and number: ("AliasType", "1400") is A.K.A."""
    places: dict[str, Place] = field(default_factory=dict)
    papers: dict[str, list[tuple[str, str, str, str]]] = field(default_factory=dict)
    """By identity: type, number, country, note."""
    relations: dict[str, list[str]] = field(default_factory=dict)
    entries: dict[str, list[Entry]] = field(default_factory=dict)
    missing: Counter[str] = field(default_factory=Counter)

    def value(self, kind: str, number: str | None) -> str:
        """The text of a number; one without is counted."""
        if number is None:
            return ""
        found = self.values.get((kind, number)) or _USUAL.get((kind, number))
        if found is None:
            self.missing[f"{kind}ID {number!r}, which no set explains"] += 1
        return found or ""


def read_references(path: Path, report: Report) -> References:
    """Read all but the parties."""
    found = References(path.name)
    later: list[Element] = []
    for record in xml_records(path, _REFERRED):
        if record.tag == "ReferenceValueSets":
            _read_values(record, found)
            continue
        check_parts(record, ELEMENTS, ATTRIBUTES, report)
        if not found.values and record.tag != "DateOfIssue":
            later.append(record)  # the sets stand first in every file seen; if not, what needs them waits
            continue
        _read_reference(record, found, report)
    for record in later:
        _read_reference(record, found, report)
    return found


def _read_reference(record: Element, found: References, report: Report) -> None:
    if record.tag == "DateOfIssue":
        report.published = day_of(record)
    elif record.tag == "Location":
        found.places[record.get("ID", "")] = _read_place(record, found)
    elif record.tag == "IDRegDocument":
        found.papers.setdefault(record.get("IdentityID", ""), []).append(_read_paper(record, found))
    elif record.tag == "ProfileRelationship":
        _read_relation(record, found)
    else:
        found.entries.setdefault(record.get("ProfileID", ""), []).append(_read_entry(record, found))


def _read_values(record: Element, found: References) -> None:
    for value in (value for values in record for value in values):
        text = first_text(((value.text or "").strip(), value.get("Description", ""), value.get("ISO2", "")))
        if value.tag == "AreaCode":
            text = value.get("Description", "") or text
        if value.tag == "PartySubType" and text == "Unknown":
            # A person or an entity has no subtype; its type says what it is.
            text = f"@{value.get('PartyTypeID', '')}"
        found.values[value.tag, value.get("ID", "")] = text


def _read_place(record: Element, found: References) -> Place:
    latin: dict[str, str] = {}
    other: dict[str, str] = {}
    for part in record.iterfind("LocationPart"):
        kind = found.value("LocPartType", part.get("LocPartTypeID"))
        for value in part.iterfind("LocationPartValue"):
            written = latin if value.get("Primary", "true") == "true" else other
            written[kind] = " ".join(filter(None, (written.get(kind, ""), text_in(value, "Value"))))
    area, country = record.find("LocationAreaCode"), record.find("LocationCountry")
    named = first_text(
        (
            found.value("AreaCode", area.get("AreaCodeID")) if area is not None else "",
            found.value("Country", country.get("CountryID")) if country is not None else "",
        )
    )
    text = latin.pop("Unknown", "")
    return Place((latin, other) if other else (latin,), named, text)


def _read_paper(record: Element, found: References) -> tuple[str, str, str, str]:
    notes = [text_in(record, tag) for tag in ("IssuingAuthority", "Comment")]
    validity = found.values.get(("Validity", record.get("ValidityID", "")), "")
    if validity not in ("", "Valid"):
        notes.append(validity)
    for dated in record.iterfind("DocumentDate"):
        kind = found.value("IDRegDocDateType", dated.get("IDRegDocDateTypeID"))
        period = dated.find("DatePeriod")
        if period is not None:
            notes.append(f"{kind or 'date'} {period_of(period, kind).text}")
    number = text_in(record, "IDRegistrationNo")
    return (
        found.value("IDRegDocType", record.get("IDRegDocTypeID")),
        number,
        found.value("Country", record.get("IssuedBy-CountryID")),
        "; ".join(note for note in notes if note and note != number),
    )


def _read_relation(record: Element, found: References) -> None:
    kind = found.value("RelationType", record.get("RelationTypeID"))
    former = "formerly " if record.get("Former") == "true" else ""
    comment = text_in(record, "Comment")
    text = f"{former}{kind}: entry {record.get('To-ProfileID', '')}" + (f" ({comment})" if comment else "")
    found.relations.setdefault(record.get("From-ProfileID", ""), []).append(text)


def _read_entry(record: Element, found: References) -> Entry:
    name = found.value("List", record.get("ListID")) or f"number {record.get('ListID')}"
    programmes, remarks, days = [], [f"List: {name}"], []
    for measure in record.iterfind("SanctionsMeasure"):
        kind, comment = found.value("SanctionsType", measure.get("SanctionsTypeID")), text_in(measure, "Comment")
        if comment and kind in ("Program", ""):
            programmes.append(comment)
        elif kind and kind != "Program":
            remarks.append(f"Sanctions type: {kind}" + (f" ({comment})" if comment else ""))
    for event in record.iterfind("EntryEvent"):
        if basis := found.value("LegalBasis", event.get("LegalBasisID")):
            remarks.append(f"Legal authority: {basis}")
        remarks.append(text_in(event, "Comment"))
        when = event.find("Date")
        if when is not None and (day := day_of(when)) is not None:
            days.append(day)
    return Entry(name, min(days, default=None), tuple(programmes), tuple(remarks))
