"""OFAC's lists as SDN_ADVANCED.XML and CONS_ADVANCED.XML: parties, documents, places and entries, joined by numbers.

Schema: the Advanced Sanctions List Standard (ofac.treasury.gov, explanatory notes sdn_advanced_notes.pdf).
What parties refer to is read first and held; the parties are read in a second pass, one at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.etree.ElementTree import Element

from sanctionscreen.errors import Location, WatchlistError
from sanctionscreen.model import ListedDate, ListedParty
from sanctionscreen.watchlist.official import ofac_terms as terms
from sanctionscreen.watchlist.official.ofac_measures import UMBRELLA, by_list
from sanctionscreen.watchlist.official.ofac_outline import (
    finished,
    first_text,
    is_true,
    own_text,
    records,
    text_in,
)
from sanctionscreen.watchlist.official.ofac_periods import period_of
from sanctionscreen.watchlist.official.ofac_references import (
    KNOWN,
    PARTY,
    ROOT,
    SECTIONS,
    References,
    read_references,
)
from sanctionscreen.watchlist.official.reading import Draft, Report
from sanctionscreen.watchlist.official.safe_xml import parts_at

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
    yield from finished(_drafts(path, report), "profile", path.name, report)


def _drafts(path: Path, report: Report) -> Iterator[Draft]:
    references, number = read_references(path, report), 0
    for record in records(path, ROOT, {PARTY}, KNOWN, report, without=SECTIONS):
        for profile in parts_at(record, "Profile"):
            number += 1
            draft = _read_profile(profile, f"{path.name} party {number}", references, report)
            draft.remark(text_in(record, "Comment"))
            yield draft
    report.unknown.update(references.missing)
    report.unknown.update(references.strays())


def _read_profile(profile: Element, source: str, found: References, report: Report) -> Draft:
    draft = Draft(profile.get("ID", ""), source=source)
    if not draft.id:
        raise WatchlistError("has a profile without ID", Location(source))
    kind = found.value("PartySubType", profile.get("PartySubTypeID"))
    draft.kind = terms.kind_of(found.value("PartyType", kind[1:]) if kind.startswith("@") else kind, report)
    for identity in parts_at(profile, "Identity"):
        parts = {
            group.get("ID", ""): found.value("NamePartType", group.get("NamePartTypeID"))
            for group in parts_at(identity, "NamePartGroups/MasterNamePartGroup/NamePartGroup")
        }
        if identity.get("False") == "true":
            draft.remark("Has an identity that is marked as false")
        for alias in parts_at(identity, "Alias"):
            _read_alias(draft, alias, parts, found, report)
        for label, number, country, note in found.papers.pop(identity.get("ID", ""), ()):
            terms.add_feature(draft, label, number, report, country=country, note=note, number=True)
    for feature in parts_at(profile, "Feature"):
        _read_feature(draft, feature, found, report)
    for relation in found.relations.pop(draft.id, ()):
        draft.remark(relation)
    _read_listing(draft, found, report)
    return draft


def _read_alias(draft: Draft, alias: Element, parts: Mapping[str, str], found: References, report: Report) -> None:
    is_weak = is_true(alias.get("LowQuality", ""), "LowQuality of an alias", draft.source)
    is_primary = is_true(alias.get("Primary", ""), "Primary of an alias", draft.source)
    kind = "" if is_primary else terms.alias_kind(found.value("AliasType", alias.get("AliasTypeID")), report)
    for name in parts_at(alias, "DocumentedName"):
        values = parts_at(name, "DocumentedNamePart/NamePartValue")
        script = first_text(found.value("Script", value.get("ScriptID")) for value in values)
        text = _written(values, parts, is_original=terms.is_original(script))
        terms.add_name(draft, text, is_primary=is_primary, is_weak=is_weak, kind=kind, script=script)


def _written(values: list[Element], parts: Mapping[str, str], *, is_original: bool) -> str:
    """Surname, given names in Latin letters; other scripts as they stand, Han without a space."""
    texts = [(parts.get(value.get("NamePartGroupID", ""), ""), own_text(value)) for value in values]
    if is_original:
        whole = "".join(text for _, text in texts)
        return whole if _is_han(whole) else " ".join(text for _, text in texts)
    last = " ".join(text for kind, text in texts if kind == _LAST)
    rest = " ".join(text for kind, text in texts if kind != _LAST)
    return terms.full_name(last, rest)


def _is_han(text: str) -> bool:
    return bool(text) and all("\u3400" <= c <= "\u9fff" or c == "·" for c in text)


def _read_feature(draft: Draft, feature: Element, found: References, report: Report) -> None:
    label = found.value("FeatureType", feature.get("FeatureTypeID"))
    for version in parts_at(feature, "FeatureVersion"):
        note = text_in(version, "Comment")
        period = version.find("DatePeriod")
        if period is not None:
            _add_period(draft, label, period, report)
        for place in parts_at(version, "VersionLocation"):
            _add_place(draft, label, place.get("LocationID", ""), found, report)
        for detail in parts_at(version, "VersionDetail"):
            reference = detail.get("DetailReferenceID")
            value = own_text(detail) or (found.value("DetailReference", reference) if reference else "")
            terms.add_feature(draft, label, value, report, note=note)


def _add_period(draft: Draft, label: str, period: Element, report: Report) -> None:
    when = period_of(period, "birth")
    if label == "Birthdate" and when.text:
        terms.add_period(draft, "birth", when.text, ListedDate("birth", when.text, when.first, when.last))
    else:
        terms.add_feature(draft, label, when.text, report)


def _add_place(draft: Draft, label: str, number: str, found: References, report: Report) -> None:
    place = found.places.get(number)
    if place is None:
        report.unknown["places that are not in the file"] += 1
    elif label != "Location":
        texts = [text for text in terms.in_order(place.parts[0], report) if text]
        terms.add_feature(draft, label, ", ".join(filter(None, (*texts, place.text or place.country))), report)
    else:
        for parts in place.parts:
            terms.add_address(draft, terms.in_order(parts, report), place.country or place.text, report)


def _read_listing(draft: Draft, found: References, report: Report) -> None:
    entries = found.entries.pop(draft.id, [])
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
    terms.settle_listing_date(draft)
