"""Senzing entities as JSON or JSON lines: attributes flat, in named lists, or in one list FEATURES.

Format: Senzing Generic Entity Specification. OpenSanctions publishes its datasets in it (senzing.json), with topics
under RISKS. No alias has a quality there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sanctionscreen.errors import Location, WatchlistError
from sanctionscreen.model import Kind, ListedParty, Listing, Measure, Quality
from sanctionscreen.watchlist.official.ftm_tables import NUMBERS as FTM_NUMBERS
from sanctionscreen.watchlist.official.ftm_tables import add_country
from sanctionscreen.watchlist.official.json_records import json_records
from sanctionscreen.watchlist.official.reading import Draft, Report
from sanctionscreen.watchlist.official.topics import measures_of, with_listings

Feature = dict[str, str]

_KINDS: Mapping[str, Kind] = {
    "PERSON": "person",
    "ORGANIZATION": "company",
    "COMPANY": "company",
    "VESSEL": "vessel",
    "AIRCRAFT": "aircraft",
    "VEHICLE": "any",
    "": "any",  # not known: it may match any
}

# NAME_TYPE is free text in the specification; these are the words that it and its mappers use.
_NAME_TYPES: Mapping[str, tuple[Quality, str]] = {
    "PRIMARY": ("primary", ""),
    "ALIAS": ("strong", "alias"),
    "AKA": ("strong", "alias"),
    "DBA": ("strong", "trade name"),
    "TRADE": ("strong", "trade name"),
    "FORMER": ("strong", "former"),
    "FKA": ("strong", "former"),
    "MAIDEN": ("strong", "former"),
    "OTHER": ("strong", "alias"),
    "NATIVE": ("strong", "original script"),
    "WEAK": ("weak", "alias"),
    "WEAK_AKA": ("weak", "alias"),
    "NICKNAME": ("weak", "alias"),
}

# Number of an identifier -> what it is, and the attributes that say its type and its country.
_NUMBERS: Mapping[str, tuple[str, str, str]] = {
    "PASSPORT_NUMBER": ("Passport", "", "PASSPORT_COUNTRY"),
    "DRIVERS_LICENSE_NUMBER": ("driver's license", "", "DRIVERS_LICENSE_STATE"),
    "SSN_NUMBER": ("social security number", "", ""),
    "SSN": ("social security number", "", ""),
    "NATIONAL_ID_NUMBER": ("national ID", "NATIONAL_ID_TYPE", "NATIONAL_ID_COUNTRY"),
    "TAX_ID_NUMBER": ("tax ID", "TAX_ID_TYPE", "TAX_ID_COUNTRY"),
    "OTHER_ID_NUMBER": ("other ID", "OTHER_ID_TYPE", "OTHER_ID_COUNTRY"),
    "TRUSTED_ID_NUMBER": ("trusted ID", "TRUSTED_ID_TYPE", ""),
    "ACCOUNT_NUMBER": ("account", "ACCOUNT_DOMAIN", ""),
    "DUNS_NUMBER": ("D-U-N-S", "", ""),
    "NPI_NUMBER": ("NPI", "", ""),
    "LEI_NUMBER": ("LEI", "", ""),
    "IMO_NUMBER": ("IMO", "", ""),
    "MMSI_NUMBER": ("MMSI", "", ""),
    "CALL_SIGN": ("call sign", "", ""),
    "ISIN_NUMBER": ("ISIN", "", ""),
    "OFAC_ID": ("OFAC", "", ""),
}
_OWN_IDS = frozenset({"OPEN_SANCTIONS"})
"""The record's id again."""
_DATES: Mapping[str, str] = {
    "DATE_OF_BIRTH": "birth",
    "DATE_OF_DEATH": "death",
    "REGISTRATION_DATE": "incorporation",
}
_COUNTRIES = frozenset("NATIONALITY CITIZENSHIP REGISTRATION_COUNTRY COUNTRY_OF_ASSOCIATION".split())
_LINES = tuple(f"ADDR_LINE{n}" for n in range(1, 7))
_ADDRESS = (*_LINES, "ADDR_CITY", "ADDR_STATE", "ADDR_POSTAL_CODE", "ADDR_COUNTRY")
_NAMES = ("NAME_FULL", "NAME_ORG", "NAME_PREFIX", "NAME_FIRST", "NAME_MIDDLE", "NAME_LAST", "NAME_SUFFIX")
_REMARKS = frozenset(
    "GENDER PLACE_OF_BIRTH PHONE_NUMBER EMAIL_ADDRESS WEBSITE_ADDRESS URL EMPLOYER EMPLOYER_NAME"
    " GROUP_ASSOCIATION_TYPE GROUP_ASSOCIATION_ORG_NAME GROUP_ASSN_ID_TYPE GROUP_ASSN_ID_NUMBER LINKEDIN FACEBOOK"
    " TWITTER SKYPE ZOOMROOM INSTAGRAM WHATSAPP SIGNAL TELEGRAM TANGO VIBER WECHAT".split()
)
_UNSAID = frozenset(
    "DATA_SOURCE RECORD_ID RECORD_TYPE LAST_CHANGE ENTITY_TYPE SOURCE_URL TOPIC DSRC_ACTION NAME_TYPE ADDR_TYPE"
    " PHONE_TYPE EMAIL_TYPE WEBSITE_TYPE ADDR_FULL REL_ANCHOR_DOMAIN REL_ANCHOR_KEY REL_POINTER_DOMAIN"
    " REL_POINTER_KEY REL_POINTER_ROLE".split()
)
"""Read elsewhere, or about the record."""

_ATTRIBUTES = (
    {*_NUMBERS, *(name for _, *others in _NUMBERS.values() for name in others if name)}
    | {*_DATES, *_COUNTRIES, *_ADDRESS, *_NAMES}
    | _REMARKS
    | _UNSAID
)
_USAGE = re.compile(r"([A-Z0-9]+)_((?:NAME|ADDR|PHONE|EMAIL|WEBSITE)_[A-Z0-9_]+)")
"""PRIMARY_NAME_FULL, HOME_ADDR_CITY: in the flat form the type of a feature stands in front of its attributes."""


def read_senzing(files: Mapping[str, Path], report: Report) -> Iterator[ListedParty]:
    """The parties of a Senzing file.

    RISKS decide whether a party is listed, as topics of OpenSanctions do; where a record of OpenSanctions has none, it
    is context: the file holds those whom listed parties name, too. Others are listings of the list's measure.

    Raises:
        WatchlistError: as `json_records`; a record without an id, an id twice, or an unknown topic.
    """
    path = files["main"]
    seen: set[str] = set()
    for line, record in json_records(path):
        at = Location(path.name, line)
        features = list(_features(record, report))
        top = _first(features)
        key = top.get("RECORD_ID", "")
        if not key or "DATA_SOURCE" not in top:
            raise WatchlistError("holds an object without DATA_SOURCE and RECORD_ID: it is no Senzing record", at)
        unique = key if key not in seen else f"{top['DATA_SOURCE']}:{key}"
        if unique in seen:
            raise WatchlistError(f"has the record {key!r} of {top['DATA_SOURCE']!r} twice", at)
        seen.add(unique)
        if top.get("RECORD_TYPE", "").upper() == "ADDRESS":
            report.left_out["ADDRESS: no party"] += 1
        elif top.get("DSRC_ACTION", "").upper() in ("D", "X"):
            report.left_out["deleted records"] += 1
        elif party := _party(unique, top, features, report, at):
            yield party
    report.check(path.name)


def _party(key: str, top: Feature, features: list[Feature], report: Report, at: Location) -> ListedParty | None:
    kind = top.get("RECORD_TYPE", "").upper()
    if kind not in _KINDS:
        report.unknown[f"RECORD_TYPE {kind[:80]!r}"] += 1
    draft = Draft(key, kind=_KINDS.get(kind, "any"), source=f"{at.file} line {at.line}")
    for feature in features:
        _name(feature, draft, report)
        draft.address(feature.get("ADDR_FULL") or None, *(feature.get(part) for part in _ADDRESS))
        if "ADDR_COUNTRY" in feature:
            add_country(draft, feature["ADDR_COUNTRY"], report)
        _numbers(feature, draft)
        _rest(feature, draft, report)
    if draft.names and not any(name.quality == "primary" for name in draft.names.values()):
        first = next(name.text for name in draft.names.values())
        draft.name(first, "primary")
    party = draft.done(report)
    return party and with_listings(party, _listings(draft, top, features, report, at))


def _features(record: Mapping[str, Any], report: Report) -> Iterator[Feature]:
    """The groups of attributes of a record: its own, those of each usage type, and each element of its lists."""
    groups: dict[str, Feature] = {"": {}}
    nested: list[Feature] = []
    for key, value in record.items():
        if isinstance(value, list):
            for element in value:
                if isinstance(element, dict):
                    nested.extend(_features(element, report))
                else:
                    report.unknown[f"list {key[:80]!r} of other things than objects"] += 1
        elif isinstance(value, dict):
            report.unknown[f"object {key[:80]!r}"] += 1
        elif value is not None and (text := str(value).strip()):
            usage = _USAGE.fullmatch(key)
            if usage and key not in _ATTRIBUTES and usage[2] in _ATTRIBUTES:
                feature = usage[2].split("_")[0]
                groups.setdefault(f"{usage[1]} {feature}", {f"{feature}_TYPE": usage[1]})[usage[2]] = text
            else:
                groups[""][key] = text
    yield from (group for group in groups.values() if group)
    yield from nested


def _first(features: list[Feature]) -> Feature:
    """The record's own attributes; RECORD_TYPE may stand among FEATURES."""
    top: Feature = {}
    for feature in features:
        for key in ("DATA_SOURCE", "RECORD_ID", "RECORD_TYPE", "DSRC_ACTION", "URL"):
            if key in feature:
                top.setdefault(key, feature[key])
    return top


def _name(feature: Feature, draft: Draft, report: Report) -> None:
    said = feature.get("NAME_TYPE", "").upper().replace(" ", "_")
    if said and said not in _NAME_TYPES and any(part in feature for part in _NAMES):
        report.unknown[f"NAME_TYPE {said[:80]!r}"] += 1
    quality, kind = _NAME_TYPES.get(said, ("strong", ""))
    parts = [feature.get(part, "") for part in _NAMES[2:]]
    for text in (feature.get("NAME_FULL", ""), feature.get("NAME_ORG", ""), " ".join(part for part in parts if part)):
        draft.name(text, quality, kind=kind)


def _numbers(feature: Feature, draft: Draft) -> None:
    for attribute, (what, typed, placed) in _NUMBERS.items():
        if attribute not in feature or feature.get(typed) in _OWN_IDS:
            continue
        said = feature.get(typed, "")
        country = feature.get(placed, "")
        is_code = len(country) == 2 and country.isalpha() and placed.endswith("COUNTRY")
        draft.number(
            FTM_NUMBERS.get(said, said) or what,
            feature[attribute],
            country=country.upper() if is_code else "",
            note="" if is_code or not country else f"issued by {country}",
        )


def _rest(feature: Feature, draft: Draft, report: Report) -> None:
    for key, text in feature.items():
        if key in _DATES:
            draft.date(_DATES[key], text)
        elif key in _COUNTRIES:
            add_country(draft, text, report)
        elif key in _REMARKS:
            draft.remark(f"{key.lower().replace('_', ' ')}: {text}")
        elif key not in _ATTRIBUTES:
            report.unknown[f"attribute {key[:80]!r}"] += 1
            draft.remark(f"{key}: {text}")
    if "REL_POINTER_KEY" in feature:
        draft.remark(f"{feature.get('REL_POINTER_ROLE', 'related')}: {feature['REL_POINTER_KEY']}")


def _listings(draft: Draft, top: Feature, features: list[Feature], report: Report, at: Location) -> Iterator[Listing]:
    topics = measures_of((feature["TOPIC"] for feature in features if "TOPIC" in feature), report, at)
    is_open = top["DATA_SOURCE"].startswith(("OS_", "OPEN_SANCTIONS"))
    listed: Mapping[Measure, str] = topics or {"context" if is_open else report.measure: ""}
    for measure, topic in listed.items():
        yield Listing(report.list, measure, topic, draft.id, citation=top.get("URL", draft.source))
