"""OFAC's lists as SDN_ENHANCED.XML and CONS_ENHANCED.XML: one `entity` a party, with scripts, lists and listing dates.

Schema: sanctionslistservice.ofac.treas.gov, ENHANCED_XML.xsd.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element

from sanctionscreen.errors import Location, WatchlistError
from sanctionscreen.model import ListedDate, ListedParty
from sanctionscreen.watchlist.official import ofac_terms as terms
from sanctionscreen.watchlist.official.ofac_measures import UMBRELLA, by_list
from sanctionscreen.watchlist.official.ofac_outline import (
    Known,
    finished,
    first_text,
    is_true,
    own_text,
    records,
    text_in,
    words,
)
from sanctionscreen.watchlist.official.reading import Draft, Report, read_date
from sanctionscreen.watchlist.official.safe_xml import parts_at

_RECORDS = words("publicationInfo entity")
_KNOWN = Known(
    elements=words(
        """publicationInfo dataAsOf filters entity generalInfo identityId entityType livingStatus remarks title
        isUsCitizen isUsPerson sanctionsLists sanctionsList sanctionsPrograms sanctionsProgram sanctionsTypes
        sanctionsType legalAuthorities legalAuthority names name isPrimary aliasType isLowQuality translations
        translation script formattedFirstName formattedLastName formattedFullName nameParts namePart type value
        addresses address country addressParts addressPart features feature versionId valueRefId valueDate
        fromDateBegin fromDateEnd toDateBegin toDateEnd isApproximate isDateRange reliability comments
        identityDocuments identityDocument documentNumber isValid issuingAuthority issuingLocation issuingCountry
        issueDate expirationDate idFeatures idFeature relationships relationship relatedEntity quality dateRange"""
    ),
    attributes=words("id refId datePublished featureTypeId featureVersionId nameId nameTranslationId entityId"),
    around=words("referenceValues referenceValue featureTypes featureType entities"),
    levels=2,
)


def read_ofac_enhanced_xml(files: Mapping[str, Path], report: Report) -> Iterator[ListedParty]:
    """The parties of SDN_ENHANCED.XML or CONS_ENHANCED.XML (part main).

    Args:
        files: the part main.
        report: with the measure that stands where an entry names no list of its own.

    Raises:
        WatchlistError: another format, damaged or cut, or a list or name quality that is not known.
    """
    path = files["main"]
    yield from finished(_drafts(path, report), "entity", path.name, report)


def _drafts(path: Path, report: Report) -> Iterator[Draft]:
    number = 0
    for record in records(path, "sanctionsData", _RECORDS, _KNOWN, report):
        if record.tag == "publicationInfo":
            report.published = read_date(text_in(record, "dataAsOf")[:10])[0]
        else:
            number += 1
            yield _read_entity(record, f"{path.name} entity {number}", report)


def _read_entity(record: Element, source: str, report: Report) -> Draft:
    draft = Draft(record.get("id", ""), source=source)
    if not draft.id:
        raise WatchlistError("has no id", Location(source))
    draft.kind = terms.kind_of(text_in(record, "generalInfo/entityType"), report)
    for name in parts_at(record, "names/name"):
        _read_name(draft, name, report)
    for address in parts_at(record, "addresses/address"):
        _read_address(draft, address, report)
    for feature in parts_at(record, "features/feature"):
        _read_feature(draft, feature, report)
    for paper in parts_at(record, "identityDocuments/identityDocument"):
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
    kind = "" if is_primary else terms.alias_kind(text_in(name, "aliasType") or "name", report)
    for translation in parts_at(name, "translations/translation"):
        terms.add_name(
            draft,
            _written(translation),
            is_primary=is_primary,
            is_weak=is_weak,
            kind=kind,
            script=text_in(translation, "script"),
        )


def _written(translation: Element) -> str:
    if whole := text_in(translation, "formattedFullName"):
        return whole
    last, first = text_in(translation, "formattedLastName"), text_in(translation, "formattedFirstName")
    parts = (text_in(part, "value") for part in parts_at(translation, "nameParts/namePart"))
    return terms.full_name(last, first) or " ".join(parts)


def _read_address(draft: Draft, address: Element, report: Report) -> None:
    country = first_text((text_in(address, "country"), text_in(address, "translations/country")))
    for translation in parts_at(address, "translations/translation") or [address]:
        parts: dict[str, str] = {}
        for part in parts_at(translation, "addressParts/addressPart"):
            kind = text_in(part, "type")
            parts[kind] = " ".join(filter(None, (parts.get(kind, ""), text_in(part, "value"))))
        terms.add_address(draft, terms.in_order(parts, report), country, report)


def _read_feature(draft: Draft, feature: Element, report: Report) -> None:
    label, value = text_in(feature, "type"), text_in(feature, "value")
    days = _days(feature.find("valueDate"))
    value = value or days
    if label == "Birthdate" and days:
        # The value keeps the precision, the days do not: a year is its first day there.
        first, last = read_date(value)
        end = _last_day(feature.find("valueDate"))
        is_range = text_in(feature, "valueDate/isDateRange") == "true" and end is not None
        terms.add_period(draft, "birth", value, ListedDate("birth", value, first, end if is_range else last))
    else:
        terms.add_feature(draft, label, value, report, note=text_in(feature, "comments"))


def _days(period: Element | None) -> str:
    """The days of a period as published, from its first to its last."""
    if period is None:
        return ""
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
    terms.add_feature(
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
    terms.add_feature(draft, "Title", text_in(general, "title"), report)
    draft.remark(text_in(general, "remarks"))
    for tag, label in (("livingStatus", "Living status"), ("isUsCitizen", "US citizen"), ("isUsPerson", "US person")):
        if text := text_in(general, tag):
            draft.remark(f"{label}: {text}")
    for kind in ("sanctionsTypes/sanctionsType", "legalAuthorities/legalAuthority"):
        for element in parts_at(record, kind):
            if said := own_text(element):
                draft.remark(f"{_NAMED[element.tag]}: {said}")
    for relation in parts_at(record, "relationships/relationship"):
        related = relation.find("relatedEntity")
        entity = related.get("entityId", "") if related is not None else ""
        draft.remark(f"{text_in(relation, 'type')}: {text_in(relation, 'relatedEntity')} (entity {entity})")
        draft.remark(text_in(relation, "comments"))


_NAMED = {"sanctionsType": "Sanctions type", "legalAuthority": "Legal authority"}


def _read_listing(draft: Draft, record: Element, report: Report) -> None:
    for programme in parts_at(record, "sanctionsPrograms/sanctionsProgram"):
        if name := own_text(programme):
            draft.programmes[name] = None
    lists = {own_text(one): one.get("datePublished", "") for one in parts_at(record, "sanctionsLists/sanctionsList")}
    if not lists:
        report.unknown["entities that name no list"] += 1
    by_list(draft, lists, report)
    for name in lists:
        draft.remark(f"List: {name}")
    days = [day for name, text in lists.items() if name != UMBRELLA and (day := read_date(text)[0])]
    draft.listed_from = min(days, default=None)
    terms.settle_listing_date(draft)
