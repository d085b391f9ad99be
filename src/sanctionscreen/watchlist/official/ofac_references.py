"""What the parties of OFAC's advanced XML refer to by number: values, places, documents, relations and entries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element

from sanctionscreen.errors import Location, WatchlistError
from sanctionscreen.watchlist.official.ofac_outline import Known, first_text, records, text_in, words
from sanctionscreen.watchlist.official.ofac_periods import day_of, period_of
from sanctionscreen.watchlist.official.reading import Report
from sanctionscreen.watchlist.official.safe_xml import parts_at, xml_records

ROOT, PARTIES, PARTY = "Sanctions", "DistinctParties", "DistinctParty"
_SETS = "ReferenceValueSets"
_TABLES = words("Locations IDRegDocuments ProfileRelationships SanctionsEntries SanctionsEntryLinks")
SECTIONS = _TABLES | {_SETS}
"""Those with all that parties refer to."""
_REFERRED = words("DateOfIssue Location IDRegDocument ProfileRelationship SanctionsEntry")
KNOWN = Known(
    elements=words(
        """DateOfIssue Year Month Day Location LocationAreaCode LocationCountry LocationPart LocationPartValue Comment
        Value FeatureVersionReference IDRegDocument IDRegistrationNo IssuingAuthority DocumentDate DatePeriod Start End
        From To DocumentedNameReference IDRegDocumentReference DistinctParty Profile Identity Alias DocumentedName
        DocumentedNamePart NamePartValue NamePartGroups MasterNamePartGroup NamePartGroup Feature FeatureVersion
        VersionDetail VersionLocation IdentityReference ProfileRelationship SanctionsEntry EntryEvent Date
        SanctionsMeasure DocumentedNameCountry IDRegDocumentMention DetailReference DirectURL"""
    ),
    attributes=words(
        """ID FixedRef DeltaAction CalendarTypeID AreaCodeID CountryID CountryRelevanceID LocPartTypeID Primary
        LocPartValueTypeID LocPartValueStatusID FeatureVersionID IDRegDocTypeID IdentityID IssuedBy-CountryID
        IssuedIn-LocationID ValidityID IDRegDocDateTypeID YearFixed MonthFixed DayFixed Approximate DocumentedNameID
        PartySubTypeID False AliasTypeID LowQuality DocNameStatusID NamePartGroupID ScriptID ScriptStatusID Acronym
        NamePartTypeID FeatureTypeID ReliabilityID DetailTypeID DetailReferenceID LocationID IdentityFeatureLinkTypeID
        From-ProfileID To-ProfileID RelationTypeID RelationQualityID Former SanctionsEntryID ProfileID ListID
        EntryEventTypeID LegalBasisID SanctionsTypeID IDRegDocumentID ReferenceType"""
    ),
    around=SECTIONS | {PARTIES},
)
_MOST = 500_000
"""Places, documents, relations and entries together, which are all held in memory. Ours: at their usual size of five
hundred bytes, twice as many as a file of 120 MB has room for."""
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

    def strays(self) -> Mapping[str, int]:
        """What is left when all parties have taken theirs, counted."""
        found = {
            "documents of identities that are not in the file": len(self.papers),
            "relations of profiles that are not in the file": len(self.relations),
            "sanctions entries of profiles that are not in the file": len(self.entries),
        }
        return {what: count for what, count in found.items() if count}


def read_references(path: Path, report: Report) -> References:
    """Read all but the parties.

    Raises:
        WatchlistError: it is another format, damaged or cut, or has more of them than can be held.
    """
    found = References(path.name)
    for sets in xml_records(path, {_SETS}, without=_TABLES | {PARTIES}):
        _read_values(sets, found)
    known = replace(KNOWN, around=KNOWN.around | KNOWN.elements, levels=2)
    for held, record in enumerate(records(path, ROOT, _REFERRED, known, report, without={PARTIES, _SETS})):
        if held >= _MOST:
            raise WatchlistError(f"has over {_MOST:,} places, documents, relations and entries", Location(path.name))
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
    for part in parts_at(record, "LocationPart"):
        kind = found.value("LocPartType", part.get("LocPartTypeID"))
        for value in parts_at(part, "LocationPartValue"):
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
    for dated in parts_at(record, "DocumentDate"):
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
    for measure in parts_at(record, "SanctionsMeasure"):
        kind, comment = found.value("SanctionsType", measure.get("SanctionsTypeID")), text_in(measure, "Comment")
        if comment and kind in ("Program", ""):
            programmes.append(comment)
        elif kind and kind != "Program":
            remarks.append(f"Sanctions type: {kind}" + (f" ({comment})" if comment else ""))
    for event in parts_at(record, "EntryEvent"):
        if basis := found.value("LegalBasis", event.get("LegalBasisID")):
            remarks.append(f"Legal authority: {basis}")
        remarks.append(text_in(event, "Comment"))
        when = event.find("Date")
        if when is not None and (day := day_of(when)) is not None:
            days.append(day)
    return Entry(name, min(days, default=None), tuple(programmes), tuple(remarks))
