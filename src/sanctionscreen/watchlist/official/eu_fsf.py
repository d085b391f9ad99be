"""The consolidated list of EU financial sanctions (FSF): XML 1.1 and CSV 1.1.

Both are published by the European Commission at webgate.ec.europa.eu/fsd/fsf (`xmlFullSanctionsList_1_1`,
`csvFullSanctionsList_1_1`). In the XML all data are attributes; the CSV has one row per part of an entity. The list has
no primary name: the first that is not of low quality is taken. What the readers do not keep: the regulation that
brought each single name or address, and the numbers of those parts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

from sanctionscreen.errors import Location, WatchlistError
from sanctionscreen.model import ListedParty
from sanctionscreen.watchlist.official.eu_entity import PARTS, Entity, Part, party_of
from sanctionscreen.watchlist.official.gathering import gathered
from sanctionscreen.watchlist.official.layout import named_rows, one_day
from sanctionscreen.watchlist.official.reading import Report, read_date, unknown_names
from sanctionscreen.watchlist.official.safe_files import csv_rows
from sanctionscreen.watchlist.official.safe_xml import root_attributes, xml_records, xml_root

NAMESPACE = "http://eu.europa.ec/fpi/fsd/export"
_SKIPPED = frozenset({"regulationSummary"})
"""The law behind one name or address; the laws behind the listing stand in `regulation`."""


class _Record(NamedTuple):
    """A record or row as the file has it, with the two numbers of its entity."""

    where: str
    reference: str
    logical: str
    content: Any


def read_eu_fsf_xml(files: Mapping[str, Path], report: Report) -> Iterator[ListedParty]:
    """The parties of the XML 1.1; entities that stand there once per programme are one party with several listings.

    Raises:
        WatchlistError: the file is damaged, is another format, or marks a name as neither strong nor weak.
    """
    path = files["main"]
    namespace, name = xml_root(path)
    if (namespace, name) != (NAMESPACE, "export"):
        raise WatchlistError(
            f"opens with <{name}> of {namespace or 'no namespace'!r} where <export> of {NAMESPACE!r} is right; "
            "is it the right list, or a new format?",
            Location(path.name),
        )
    report.published = one_day(root_attributes(path).get("generationDate", "")[:10])
    yield from _parties(gathered(lambda _: _xml_records(path), _key, report), _xml_entity, report, path.name)


def _xml_records(path: Path) -> Iterator[_Record]:
    for number, element in enumerate(xml_records(path, {"sanctionEntity"}), 1):
        identity = element.get("euReferenceNumber", ""), element.get("logicalId", "")
        yield _Record(f"{path.name} record {number}", *identity, element)


def _xml_entity(record: _Record, report: Report) -> Entity:
    element: Element = record.content
    children = [_xml_part(child, report) for child in element if child.tag != "remark"]
    return Entity(record.where, (Part("entity", _attributes(element), tuple(_remarks(element))), *children))


def _xml_part(element: Element, report: Report) -> Part:
    values = _attributes(element)
    contacts = []
    for child in element:
        if child.tag == "contactInfo":
            contacts.append((child.get("key", ""), child.get("value", "")))
            unknown_names(child.attrib, ("key", "value"), "attribute of contactInfo", report)
        elif child.tag == "publicationUrl":
            values["publicationurl"] = child.text or ""
        elif child.tag not in _SKIPPED and child.tag != "remark":
            report.unknown[f"element {element.tag}/{child.tag}"] += 1
    return Part(element.tag.lower(), values, tuple(_remarks(element)), tuple(contacts))


def _attributes(element: Element) -> dict[str, str]:
    return {name.rpartition("}")[2].lower(): value for name, value in element.attrib.items()}


def _remarks(element: Element) -> Iterator[str]:
    return (child.text for child in element if child.tag == "remark" and child.text)


class _Place(NamedTuple):
    part: str
    value: str


_PREFIXES = {
    "NameAlias": "namealias",
    "Address": "address",
    "BirthDate": "birthdate",
    "Identification": "identification",
    "Citizenship": "citizenship",
}
_ENTITY = {
    "Entity_LogicalId": _Place("entity", "logicalid"),
    "Entity_EU_ReferenceNumber": _Place("entity", "eureferencenumber"),
    "Entity_UnitedNationId": _Place("entity", "unitednationid"),
    "Entity_DesignationDate": _Place("entity", "designationdate"),
    "Entity_DesignationDetails": _Place("entity", "designationdetails"),
    "Entity_Remark": _Place("entity", "remark"),
    "Entity_SubjectType": _Place("subjecttype", "code"),
    "Entity_SubjectType_ClassificationCode": _Place("subjecttype", "classificationcode"),
    "Entity_Regulation_Type": _Place("regulation", "regulationtype"),
    "Entity_Regulation_OrganisationType": _Place("regulation", "organisationtype"),
    "Entity_Regulation_PublicationDate": _Place("regulation", "publicationdate"),
    "Entity_Regulation_EntryIntoForceDate": _Place("regulation", "entryintoforcedate"),
    "Entity_Regulation_NumberTitle": _Place("regulation", "numbertitle"),
    "Entity_Regulation_Programme": _Place("regulation", "programme"),
    "Entity_Regulation_PublicationUrl": _Place("regulation", "publicationurl"),
}
_OTHER_WORDS = {
    "day": "dayofmonth",
    "month": "monthofyear",
    "issueddate": "issuedate",
    "typecode": "identificationtypecode",
    "typedescription": "identificationtypedescription",
}
_LAW = "Type OrganisationType PublicationDate EntryIntoForceDate NumberTitle Programme PublicationUrl".split()
_OF_PARTS = {
    "NameAlias": "LastName FirstName MiddleName WholeName NameLanguage Gender Title Function LogicalId"
    " RegulationLanguage Remark Strong",
    "Address": "City Street PoBox ZipCode Region Place AsAtListingTime ContactInfo CountryIso2Code CountryDescription"
    " LogicalId RegulationLanguage Remark",
    "BirthDate": "BirthDate Day Month Year YearRangeFrom YearRangeTo Circa CalendarType ZipCode Region Place City"
    " CountryIso2Code CountryDescription LogicalId RegulationLanguage Remark",
    "Identification": "Number Diplomatic KnownExpired KnownFalse ReportedLost RevokedByIssuer IssuedBy IssuedDate"
    " ValidFrom ValidTo LatinNumber NameOnDocument TypeCode TypeDescription Region CountryIso2Code CountryDescription"
    " LogicalId RegulationLanguage Remark",
    "Citizenship": "Region CountryIso2Code CountryDescription LogicalId RegulationLanguage Remark",
}
_COLUMNS = frozenset(
    {"fileGenerationDate", *_ENTITY}
    | {f"{part}_{name}" for part, names in _OF_PARTS.items() for name in names.split()}
    | {f"{part}_Regulation_{name}" for part in _OF_PARTS for name in _LAW}
)
"""The columns of the CSV 1.1; the law behind each single part is known, and not read."""
_NEEDED = (
    "fileGenerationDate",
    "Entity_LogicalId",
    "Entity_SubjectType",
    "Entity_Regulation_Programme",
    "NameAlias_WholeName",
)


def read_eu_fsf_csv(files: Mapping[str, Path], report: Report) -> Iterator[ListedParty]:
    """The parties of the CSV 1.1, each gathered from its rows. The CSV has no mark of weak names besides the remarks.

    Raises:
        WatchlistError: the file is damaged or cut, or lacks the columns that matter.
    """
    path = files["main"]
    yield from _parties(gathered(lambda into: _csv_records(path, into), _key, report), _csv_entity, report, path.name)


def _csv_records(path: Path, report: Report) -> Iterator[_Record]:
    for line, row in named_rows(csv_rows(path, delimiter=";", unknown=report.unknown), _COLUMNS, _NEEDED, path, report):
        identity = row.get("Entity_EU_ReferenceNumber", ""), row.get("Entity_LogicalId", "")
        yield _Record(f"{path.name} line {line}", *identity, row)


def _csv_entity(record: _Record, report: Report) -> Entity:
    row: Mapping[str, str] = record.content
    report.published = read_date(row.get("fileGenerationDate", ""))[0] or report.published
    parts: dict[str, dict[str, str]] = {}
    for name, value in row.items():
        if (place := _place(name)) is not None:
            parts.setdefault(place.part, {})[place.value] = value
    return Entity(record.where, tuple(_csv_part(part, values) for part, values in parts.items()))


@cache
def _place(name: str) -> _Place | None:
    """Where a column belongs; None for those that are not read."""
    if name in _ENTITY:
        return _ENTITY[name]
    before, _, after = name.partition("_")
    part, value = _PREFIXES.get(before, ""), after.lower()
    value = _OTHER_WORDS.get(value, value)
    return _Place(part, value) if part and (value in PARTS[part] or value in ("remark", "contactinfo")) else None


def _csv_part(part: str, values: dict[str, str]) -> Part:
    remark, contact = values.pop("remark", ""), values.pop("contactinfo", "")
    return Part(part, values, (remark,) if remark else (), (("contact", contact),) if contact else ())


def _parties(
    groups: Iterator[list[_Record]], entity_of: Callable[[_Record, Report], Entity], report: Report, file: str
) -> Iterator[ListedParty]:
    for records in groups:
        report.counts["records"] += len(records)
        entities = [entity_of(record, report) for record in records]
        if party := party_of(_key(records[0]), entities, report):
            yield party
    report.check(file)


def _key(record: _Record) -> str:
    """The EU reference number, which newer acts cite too; without one, the number in the Commission's database."""
    reference, logical = record.reference.strip(), record.logical.strip()
    if not reference and not logical:
        raise WatchlistError("has an entity without a number", Location(record.where))
    return reference or f"logical-{logical}"
