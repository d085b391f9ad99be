"""OFAC's lists as SDN.XML and CONSOLIDATED.XML, the older XML format: one `sdnEntry` a party.

Schema: ofac.treasury.gov, sdn.xsd; the namespace changed with the Sanctions List Service in 2024. `Record_Count` is the
number of entries.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Literal
from xml.etree.ElementTree import Element

from sanctionscreen.errors import Location, WatchlistError
from sanctionscreen.model import ListedParty
from sanctionscreen.watchlist.official.ofac_measures import by_programme
from sanctionscreen.watchlist.official.ofac_outline import Known, finished, own_text, records, text_in, words
from sanctionscreen.watchlist.official.ofac_terms import (
    WEAK,
    add_address,
    add_date,
    add_feature,
    alias_kind,
    full_name,
    kind_of,
    settle_listing_date,
)
from sanctionscreen.watchlist.official.reading import Draft, Report
from sanctionscreen.watchlist.official.safe_xml import parts_at

_QUALITIES: Mapping[str, Literal["strong", "weak"]] = {"strong": "strong", "weak": "weak"}
_TOP = words("publshInformation sdnEntry")
_ELEMENTS = _TOP | words(
    """Publish_Date Record_Count uid firstName lastName title sdnType remarks programList program idList id idType
    idNumber idCountry issueDate expirationDate akaList aka type category addressList address address1 address2
    address3 city stateOrProvince postalCode country nationalityList nationality citizenshipList citizenship
    mainEntry dateOfBirthList dateOfBirthItem dateOfBirth placeOfBirthList placeOfBirthItem placeOfBirth vesselInfo
    callSign vesselType vesselFlag vesselOwner tonnage grossRegisteredTonnage"""
)
_KNOWN = Known(_ELEMENTS, levels=1)
_ADDRESS = ("address1", "address2", "address3", "city", "stateOrProvince", "postalCode")
_VESSEL = {
    "callSign": "Vessel Call Sign",
    "vesselType": "Vessel Type",
    "tonnage": "Vessel Tonnage",
    "grossRegisteredTonnage": "Gross Registered Tonnage",
    "vesselFlag": "Vessel Flag",
    "vesselOwner": "Vessel Owner",
}


def read_ofac_xml(files: Mapping[str, Path], report: Report) -> Iterator[ListedParty]:
    """The parties of SDN.XML or CONSOLIDATED.XML (part main).

    Args:
        files: the part main.
        report: with the measure asset_freeze for the SDN list, sectoral for the consolidated lists.

    Raises:
        WatchlistError: another format, damaged or cut, or not as many entries as it says.
    """
    path = files["main"]
    yield from finished(_drafts(path, report), "entry", path.name, report)


def _drafts(path: Path, report: Report) -> Iterator[Draft]:
    number = 0
    for record in records(path, "sdnList", _TOP, _KNOWN, report):
        if record.tag == "publshInformation":
            _read_publication(record, path.name, report)
        else:
            number += 1
            yield _read_entry(record, path.name, number, report)
    if report.announced is None:
        raise WatchlistError("does not say how many entries it has; is it whole?", Location(path.name))


def _read_publication(record: Element, file: str, report: Report) -> None:
    published, count = text_in(record, "Publish_Date"), text_in(record, "Record_Count")
    try:
        month, day, year = published.split("/")
        report.published, report.announced = date(int(year), int(month), int(day)), int(count)
    except ValueError:
        raise WatchlistError(
            f"has Publish_Date {published!r} and Record_Count {count!r}; they should be MM/DD/YYYY and a number",
            Location(file),
        ) from None


def _read_entry(record: Element, file: str, number: int, report: Report) -> Draft:
    draft = Draft(text_in(record, "uid"), source=f"{file} entry {number}")
    if not draft.id:
        raise WatchlistError("has no uid", Location(draft.source))
    draft.kind = kind_of(text_in(record, "sdnType"), report)
    draft.name(full_name(text_in(record, "lastName"), text_in(record, "firstName")), "primary")
    for alias in parts_at(record, "akaList/aka"):
        _read_alias(draft, alias, report)
    for programme in parts_at(record, "programList/program"):
        if name := own_text(programme):
            draft.programmes[name] = None
    _read_places(draft, record, report)
    for paper in parts_at(record, "idList/id"):
        _read_paper(draft, paper, report)
    for tag, label in _VESSEL.items():
        add_feature(draft, label, text_in(record, f"vesselInfo/{tag}"), report)
    add_feature(draft, "Title", text_in(record, "title"), report)
    draft.remark(text_in(record, "remarks"))
    by_programme(draft, report)
    settle_listing_date(draft)
    return draft


def _read_alias(draft: Draft, alias: Element, report: Report) -> None:
    category = text_in(alias, "category")
    if category not in _QUALITIES:
        raise WatchlistError(
            f"entry {draft.id} has an alias of category {category!r}; known are strong and weak", Location(draft.source)
        )
    draft.name(
        full_name(text_in(alias, "lastName"), text_in(alias, "firstName")),
        _QUALITIES[category],
        kind=alias_kind(text_in(alias, "type"), report),
        note=WEAK if category == "weak" else "",
    )


def _read_places(draft: Draft, record: Element, report: Report) -> None:
    for address in parts_at(record, "addressList/address"):
        add_address(draft, [text_in(address, tag) for tag in _ADDRESS], text_in(address, "country"), report)
    for what in ("nationality", "citizenship"):
        for country in parts_at(record, f"{what}List/{what}"):
            add_feature(draft, "citizen" if what == "citizenship" else what, text_in(country, "country"), report)
    for born in parts_at(record, "dateOfBirthList/dateOfBirthItem"):
        add_date(draft, "birth", text_in(born, "dateOfBirth"))
    for place in parts_at(record, "placeOfBirthList/placeOfBirthItem"):
        add_feature(draft, "POB", text_in(place, "placeOfBirth"), report)


def _read_paper(draft: Draft, paper: Element, report: Report) -> None:
    issued, expires = text_in(paper, "issueDate"), text_in(paper, "expirationDate")
    notes = (issued and f"issued {issued}", expires and f"expires {expires}")
    add_feature(
        draft,
        text_in(paper, "idType"),
        text_in(paper, "idNumber"),
        report,
        country=text_in(paper, "idCountry"),
        note="; ".join(note for note in notes if note),
        number=True,
    )
