"""OFAC's lists as SDN_ENHANCED.XML and CONS_ENHANCED.XML: one `entity` a party, with scripts, lists and listing dates.

Schema: sanctionslistservice.ofac.treas.gov, ENHANCED_XML.xsd.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element

from sanctionscreen.errors import Location, WatchlistError
from sanctionscreen.model import ListedDate, ListedParty, Quality
from sanctionscreen.watchlist.official.ofac_measures import UMBRELLA, by_list, check_programmes
from sanctionscreen.watchlist.official.ofac_outline import (
    check_outline,
    check_parts,
    check_root,
    first_text,
    is_true,
    text_in,
    words,
)
from sanctionscreen.watchlist.official.ofac_terms import (
    WEAK,
    add_address,
    add_feature,
    add_period,
    alias_kind,
    full_name,
    in_order,
    kind_of,
    settle_listing_date,
)
from sanctionscreen.watchlist.official.reading import Draft, Report, read_date
from sanctionscreen.watchlist.official.safe_files import xml_records

_TOP = words("publicationInfo dataAsOf filters referenceValues referenceValue featureTypes featureType entities entity")
_RECORDS = words("publicationInfo entity")
_PUBLICATION = words("publicationInfo dataAsOf filters sanctionsLists sanctionsList sanctionsPrograms sanctionsProgram")
_ELEMENTS = words(
    """entity generalInfo identityId entityType livingStatus remarks title isUsCitizen isUsPerson sanctionsLists
    sanctionsList sanctionsPrograms sanctionsProgram sanctionsTypes sanctionsType legalAuthorities legalAuthority
    names name isPrimary aliasType isLowQuality translations translation script formattedFirstName formattedLastName
    formattedFullName nameParts namePart type value addresses address country addressParts addressPart features
    feature versionId valueRefId valueDate fromDateBegin fromDateEnd toDateBegin toDateEnd isApproximate isDateRange
    reliability comments identityDocuments identityDocument documentNumber isValid issuingAuthority issuingLocation
    issuingCountry issueDate expirationDate idFeatures idFeature relationships relationship relatedEntity quality
    dateRange"""
)
_ATTRIBUTES = words("id refId datePublished featureTypeId featureVersionId nameId nameTranslationId entityId")
_LATIN = "Latin"


def read_ofac_enhanced_xml(files: Mapping[str, Path], report: Report) -> Iterator[ListedParty]:
    """The parties of SDN_ENHANCED.XML or CONS_ENHANCED.XML (part main).

    Args:
        files: the part main.
        report: with the measure that stands where an entry names no list of its own.

    Raises:
        WatchlistError: another format, damaged or cut, or a list or name quality that is not known.
    """
    path = files["main"]
    check_root(path, "sanctionsData", report)
    check_outline(path, _TOP, 2, report)
    seen: set[str] = set()
    for record in xml_records(path, _RECORDS):
        if record.tag == "publicationInfo":
            check_parts(record, _PUBLICATION, _ATTRIBUTES, report)
            report.published = read_date(text_in(record, "dataAsOf")[:10])[0]
            continue
        check_parts(record, _ELEMENTS, _ATTRIBUTES, report)
        draft = _read_entity(record, f"{path.name} entity {len(seen) + 1}", report)
        if draft.id in seen:
            raise WatchlistError(f"has entity {draft.id} twice", Location(path.name))
        seen.add(draft.id)
        if (party := draft.done(report)) is not None:
            yield party
    check_programmes(report, path.name)
    report.check(path.name)


def _read_entity(record: Element, source: str, report: Report) -> Draft:
    draft = Draft(record.get("id", ""), source=source)
    if not draft.id:
        raise WatchlistError("has no id", Location(source))
    draft.kind = kind_of(text_in(record, "generalInfo/entityType"), report)
    for name in record.iterfind("names/name"):
        _read_name(draft, name, report)
    for address in record.iterfind("addresses/address"):
        _read_address(draft, address, report)
    for feature in record.iterfind("features/feature"):
        _read_feature(draft, feature, report)
    for paper in record.iterfind("identityDocuments/identityDocument"):
        _read_paper(draft, paper, report)
    _read_remarks(draft, record, report)
    _read_listing(draft, record, report)
    return draft


def _read_name(draft: Draft, name: Element, report: Report) -> None:
    is_primary = is_true(text_in(name, "isPrimary"), "isPrimary of a name", draft.source)
    low = text_in(name, "isLowQuality")
    if not low:
        report.unknown["names without isLowQuality, taken as strong"] += 1
    is_weak = is_true(low or "false", "isLowQuality", draft.source)
    kind = "" if is_primary else alias_kind(text_in(name, "aliasType") or "name", report)
    for translation in name.iterfind("translations/translation"):
        script = text_in(translation, "script")
        is_original = script not in ("", _LATIN)
        quality: Quality = "weak" if is_weak else "primary" if is_primary and not is_original else "strong"
        draft.name(
            _written(translation),
            quality,
            kind=kind or ("original script" if is_original else ""),
            script=script if is_original else "",
            note=WEAK if is_weak else "",
        )


def _written(translation: Element) -> str:
    parts = " ".join(text_in(part, "value") for part in translation.iterfind("nameParts/namePart"))
    last, first = text_in(translation, "formattedLastName"), text_in(translation, "formattedFirstName")
    return first_text((text_in(translation, "formattedFullName"), full_name(last, first), parts))


def _read_address(draft: Draft, address: Element, report: Report) -> None:
    country = first_text((text_in(address, "country"), text_in(address, "translations/country")))
    written = [
        {text_in(part, "type"): text_in(part, "value") for part in translation.iterfind("addressParts/addressPart")}
        for translation in address.iterfind("translations/translation")
    ]
    for parts in written or [{}]:
        add_address(draft, in_order(parts, report), country, report)


def _read_feature(draft: Draft, feature: Element, report: Report) -> None:
    label, value = text_in(feature, "type"), text_in(feature, "value")
    days = _days(feature.find("valueDate"))
    value = value or days
    if label == "Birthdate" and days:
        # The value keeps the precision, the days do not: a year is its first day there.
        first, last = read_date(value)
        end = _last_day(feature.find("valueDate"))
        is_range = text_in(feature, "valueDate/isDateRange") == "true" and end is not None
        add_period(draft, "birth", value, ListedDate("birth", value, first, end if is_range else last))
    else:
        add_feature(draft, label, value, report, note=text_in(feature, "comments"))


def _days(period: Element | None) -> str:
    """The days of a period as published, from its first to its last."""
    first, last = text_in(period, "fromDateBegin"), _last_day(period)
    return f"{first} to {last}" if first and last is not None and last.isoformat() != first else first


def _last_day(period: Element | None) -> date | None:
    text = first_text(text_in(period, tag) for tag in ("toDateEnd", "toDateBegin", "fromDateEnd"))
    return read_date(text)[1]


def _read_paper(draft: Draft, paper: Element, report: Report) -> None:
    issued, expires = _days(paper.find("issueDate")), _days(paper.find("expirationDate"))
    notes = (
        issued and f"issued {issued}",
        expires and f"expires {expires}",
        "not valid" if text_in(paper, "isValid") == "false" else "",
        *(text_in(paper, tag) for tag in ("issuingAuthority", "issuingLocation", "comments")),
    )
    add_feature(
        draft,
        text_in(paper, "type"),
        text_in(paper, "documentNumber"),
        report,
        country=text_in(paper, "issuingCountry"),
        note="; ".join(note for note in notes if note),
        number=True,
    )


def _read_remarks(draft: Draft, record: Element, report: Report) -> None:
    general = record.find("generalInfo")
    add_feature(draft, "Title", text_in(general, "title"), report)
    draft.remark(text_in(general, "remarks"))
    for tag, label in (("livingStatus", "Living status"), ("isUsCitizen", "US citizen"), ("isUsPerson", "US person")):
        if text := text_in(general, tag):
            draft.remark(f"{label}: {text}")
    for kind in ("sanctionsTypes/sanctionsType", "legalAuthorities/legalAuthority"):
        for element in record.iterfind(kind):
            draft.remark(text_in(element, ".") and f"{_NAMED[element.tag]}: {text_in(element, '.')}")
    for relation in record.iterfind("relationships/relationship"):
        related = relation.find("relatedEntity")
        entity = related.get("entityId", "") if related is not None else ""
        draft.remark(f"{text_in(relation, 'type')}: {text_in(relation, 'relatedEntity')} (entity {entity})")
        draft.remark(text_in(relation, "comments"))


_NAMED = {"sanctionsType": "Sanctions type", "legalAuthority": "Legal authority"}


def _read_listing(draft: Draft, record: Element, report: Report) -> None:
    for programme in record.iterfind("sanctionsPrograms/sanctionsProgram"):
        if name := text_in(programme, "."):
            draft.programmes[name] = None
    lists = {text_in(one, "."): one.get("datePublished", "") for one in record.iterfind("sanctionsLists/sanctionsList")}
    if not lists:
        report.unknown["entities that name no list"] += 1
    by_list(draft, lists, report)
    for name in lists:
        draft.remark(f"List: {name}")
    days = [day for name, text in lists.items() if name != UMBRELLA and (day := read_date(text)[0])]
    draft.listed_from = min(days, default=None)
    settle_listing_date(draft)
