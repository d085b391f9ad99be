"""OFAC's lists as SDN_ADVANCED.XML and CONS_ADVANCED.XML: parties, documents, places and entries, joined by numbers.

Schema: the Advanced Sanctions List Standard (ofac.treasury.gov, explanatory notes sdn_advanced_notes.pdf).
What parties refer to is read first and held; the parties are read in a second pass, one at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
from sanctionscreen.watchlist.official.ofac_periods import period_of
from sanctionscreen.watchlist.official.ofac_references import ATTRIBUTES, ELEMENTS, References, read_references
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
from sanctionscreen.watchlist.official.reading import Draft, Report
from sanctionscreen.watchlist.official.safe_files import xml_records

_SECTIONS = words(
    """DateOfIssue ReferenceValueSets Locations IDRegDocuments DistinctParties ProfileRelationships SanctionsEntries
    SanctionsEntryLinks Year Month Day Location IDRegDocument DistinctParty ProfileRelationship SanctionsEntry"""
)
_LATIN = "Latin"
_LAST = "Last Name"


def read_ofac_advanced_xml(files: Mapping[str, Path], report: Report) -> Iterator[ListedParty]:
    """The parties of SDN_ADVANCED.XML or CONS_ADVANCED.XML (part main), with their names in every script.

    Args:
        files: the part main.
        report: with the measure that stands where a party has no entry on a list of its own.

    Raises:
        WatchlistError: another format, damaged or cut, or a list or name quality that is not known.
    """
    path = files["main"]
    check_root(path, "Sanctions", report)
    check_outline(path, _SECTIONS, 2, report)
    references = read_references(path, report)
    seen: set[str] = set()
    for record in xml_records(path, words("DistinctParty")):
        check_parts(record, ELEMENTS, ATTRIBUTES, report)
        for profile in record.iterfind("Profile"):
            draft = _read_profile(profile, f"{path.name} party {len(seen) + 1}", references, report)
            draft.remark(text_in(record, "Comment"))
            if draft.id in seen:
                raise WatchlistError(f"has profile {draft.id} twice", Location(path.name))
            seen.add(draft.id)
            if (party := draft.done(report)) is not None:
                yield party
    report.unknown.update(references.missing)
    _say_strays(references, seen, report)
    check_programmes(report, path.name)
    report.check(path.name)


def _read_profile(profile: Element, source: str, found: References, report: Report) -> Draft:
    draft = Draft(profile.get("ID", ""), source=source)
    if not draft.id:
        raise WatchlistError("has a profile without ID", Location(source))
    kind = found.value("PartySubType", profile.get("PartySubTypeID"))
    draft.kind = kind_of(found.value("PartyType", kind[1:]) if kind.startswith("@") else kind, report)
    for identity in profile.iterfind("Identity"):
        parts = {
            group.get("ID", ""): found.value("NamePartType", group.get("NamePartTypeID"))
            for group in identity.iterfind("NamePartGroups/MasterNamePartGroup/NamePartGroup")
        }
        if identity.get("False") == "true":
            draft.remark("Has an identity that is marked as false")
        for alias in identity.iterfind("Alias"):
            _read_alias(draft, alias, parts, found, report)
        for label, number, country, note in found.papers.pop(identity.get("ID", ""), ()):
            add_feature(draft, label, number, report, country=country, note=note, number=True)
    for feature in profile.iterfind("Feature"):
        _read_feature(draft, feature, found, report)
    for relation in found.relations.pop(draft.id, ()):
        draft.remark(relation)
    _read_listing(draft, found, report)
    return draft


def _read_alias(draft: Draft, alias: Element, parts: Mapping[str, str], found: References, report: Report) -> None:
    is_weak = is_true(alias.get("LowQuality", ""), "LowQuality of an alias", draft.source)
    is_primary = is_true(alias.get("Primary", ""), "Primary of an alias", draft.source)
    kind = "" if is_primary else alias_kind(found.value("AliasType", alias.get("AliasTypeID")), report)
    for name in alias.iterfind("DocumentedName"):
        values = list(name.iterfind("DocumentedNamePart/NamePartValue"))
        script = first_text(found.value("Script", value.get("ScriptID")) for value in values)
        is_original = script not in ("", _LATIN)
        quality: Quality = "weak" if is_weak else "primary" if is_primary and not is_original else "strong"
        draft.name(
            _written(values, parts, is_original),
            quality,
            kind=kind or ("original script" if is_original else ""),
            script=script if is_original else "",
            note=WEAK if is_weak else "",
        )


def _written(values: list[Element], parts: Mapping[str, str], is_original: bool) -> str:
    """Surname, given names in Latin letters; other scripts as they stand, Han without a space."""
    texts = [(parts.get(value.get("NamePartGroupID", ""), ""), text_in(value, ".")) for value in values]
    if is_original:
        whole = "".join(text for _, text in texts)
        return whole if _is_han(whole) else " ".join(text for _, text in texts)
    last = " ".join(text for kind, text in texts if kind == _LAST)
    rest = " ".join(text for kind, text in texts if kind != _LAST)
    return full_name(last, rest)


def _is_han(text: str) -> bool:
    return bool(text) and all("\u3400" <= c <= "\u9fff" or c == "·" for c in text)


def _read_feature(draft: Draft, feature: Element, found: References, report: Report) -> None:
    label = found.value("FeatureType", feature.get("FeatureTypeID"))
    for version in feature.iterfind("FeatureVersion"):
        note = text_in(version, "Comment")
        period = version.find("DatePeriod")
        if period is not None:
            _add_period(draft, label, period, report)
        for place in version.iterfind("VersionLocation"):
            _add_place(draft, label, place.get("LocationID", ""), found, report)
        for detail in version.iterfind("VersionDetail"):
            reference = detail.get("DetailReferenceID")
            value = text_in(detail, ".") or (found.value("DetailReference", reference) if reference else "")
            add_feature(draft, label, value, report, note=note)


def _add_period(draft: Draft, label: str, period: Element, report: Report) -> None:
    when = period_of(period, "birth")
    if label == "Birthdate" and when.text:
        add_period(draft, "birth", when.text, ListedDate("birth", when.text, when.first, when.last))
    else:
        add_feature(draft, label, when.text, report)


def _add_place(draft: Draft, label: str, number: str, found: References, report: Report) -> None:
    place = found.places.get(number)
    if place is None:
        report.unknown["places that are not in the file"] += 1
    elif label != "Location":
        texts = [text for text in in_order(place.parts[0], report) if text]
        add_feature(draft, label, ", ".join(filter(None, (*texts, place.text or place.country))), report)
    else:
        for parts in place.parts:
            add_address(draft, in_order(parts, report), place.country or place.text, report)


def _read_listing(draft: Draft, found: References, report: Report) -> None:
    entries = found.entries.get(draft.id, [])
    if not entries:
        report.unknown["parties without a sanctions entry"] += 1
    for entry in entries:
        draft.programmes.update(dict.fromkeys(entry.programmes))
        for remark in entry.remarks:
            draft.remark(remark)
    by_list(draft, [entry.list for entry in entries], report)
    draft.listed_from = min(
        (entry.listed for entry in entries if entry.listed and entry.list != UMBRELLA), default=None
    )
    settle_listing_date(draft)


def _say_strays(references: References, seen: set[str], report: Report) -> None:
    for what, count in (
        ("documents of identities that are not in the file", len(references.papers)),
        ("relations of profiles that are not in the file", len(references.relations)),
        ("sanctions entries of profiles that are not in the file", len(references.entries.keys() - seen)),
    ):
        if count:
            report.unknown[what] += count
