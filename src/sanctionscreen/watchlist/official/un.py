"""The consolidated list of the United Nations Security Council (`consolidated.xml`).

Elements: https://www.un.org/sc/resources/sc-sanctions.xsd, and what the published file holds. The name of an entity is
its FIRST_NAME. Ships stand in remarks only. A cell of an alias can hold several names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.etree import ElementTree

from sanctionscreen.errors import Location, WatchlistError
from sanctionscreen.model import ListedParty, Quality
from sanctionscreen.watchlist.official.cell_names import add_bracketed, is_latin, names_of
from sanctionscreen.watchlist.official.layout import expect_root, one_day, text, texts, unknown_parts
from sanctionscreen.watchlist.official.prose import add_countries, add_labelled_numbers, bare_number
from sanctionscreen.watchlist.official.reading import Draft, Report
from sanctionscreen.watchlist.official.safe_xml import root_attributes, xml_records

_NAMES = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
_ADDRESS = ("STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY")
_PLACE = ("STREET", "CITY", "STATE_PROVINCE", "COUNTRY", "NOTE")
_QUALITIES: dict[str, tuple[Quality, str]] = {
    "Good": ("strong", "alias"),
    "Low": ("weak", "alias"),
    "a.k.a.": ("strong", "alias"),
    "f.k.a.": ("strong", "former"),
}
_FORMER = re.compile(r"^\W*(?:previously|formerly) listed as", re.IGNORECASE)
_NOTED_FORMER = re.compile(r"\s*\((?:previously|formerly) listed as\)", re.IGNORECASE)
_ARABIC = re.compile(r"[Ii]n Arabic(?: script)?:\s*([^\x00-\x7F].*)$")
_TRAVEL_BAN, _ASSET_FREEZE = re.compile(r"\(Travel\s+Ban\)"), re.compile(r"Asset\s+Freeze", re.IGNORECASE)
_REMARKS = {
    "COMMENTS1": "", "TITLE/VALUE": "Title", "DESIGNATION/VALUE": "Designation", "GENDER": "Gender",
    "SUBMITTED_BY": "Submitted by", "LAST_DAY_UPDATED/VALUE": "Updated",
}  # fmt: skip


def _paths(kind: str) -> frozenset[str]:
    groups = {
        "_ALIAS": ("QUALITY", "ALIAS_NAME", "NOTE", "DATE_OF_BIRTH", "CITY_OF_BIRTH", "COUNTRY_OF_BIRTH"),
        "_ADDRESS": (*_ADDRESS, "NOTE"),
        "_DATE_OF_BIRTH": ("TYPE_OF_DATE", "DATE", "YEAR", "FROM_YEAR", "TO_YEAR", "NOTE"),
        "_PLACE_OF_BIRTH": _PLACE,
        "_DOCUMENT": (
            "TYPE_OF_DOCUMENT", "TYPE_OF_DOCUMENT2", "NUMBER", "ISSUING_COUNTRY", "COUNTRY_OF_ISSUE", "CITY_OF_ISSUE",
            "DATE_OF_ISSUE", "NOTE",
        ),
    }  # fmt: skip
    plain = (
        "DATAID", "VERSIONNUM", "NAME_ORIGINAL_SCRIPT", "UN_LIST_TYPE", "REFERENCE_NUMBER", "LISTED_ON", "COMMENTS1",
        "GENDER", "SUBMITTED_BY", "SORT_KEY", "SORT_KEY_LAST_MOD", "NATIONALITY", "NATIONALITY/VALUE", "TITLE",
        "TITLE/VALUE", "DESIGNATION", "DESIGNATION/VALUE", "LIST_TYPE", "LIST_TYPE/VALUE", "LAST_DAY_UPDATED",
        "LAST_DAY_UPDATED/VALUE",
    )  # fmt: skip
    below = {f"{kind}{group}/{part}" for group, held in groups.items() for part in held}
    return frozenset({*plain, *_NAMES, *below, *(f"{kind}{group}" for group in groups)})


_KNOWN = {kind: _paths(kind) for kind in ("INDIVIDUAL", "ENTITY")}


def read_un_xml(files: Mapping[str, Path], report: Report) -> Iterator[ListedParty]:
    """The parties of the consolidated list (`main`), each under its permanent reference number.

    Raises:
        WatchlistError: another list, a damaged or cut file, or a quality of aliases that the reader does not know.
    """
    path = files["main"]
    expect_root(path, "CONSOLIDATED_LIST")
    report.published = one_day(root_attributes(path).get("dateGenerated", "")[:10])
    for place, record in enumerate(xml_records(path, ("INDIVIDUAL", "ENTITY")), 1):
        party = _party(record, Location(path.name), f"{path.name} record {place}", report)
        if party:
            yield party
    report.check(path.name)


def _party(record: ElementTree.Element, at: Location, source: str, report: Report) -> ListedParty | None:
    kind, reference = record.tag, text(record, "REFERENCE_NUMBER")
    draft = Draft(reference or text(record, "DATAID"), "person" if kind == "INDIVIDUAL" else "company", source=source)
    if not draft.id:
        raise WatchlistError(f"has no REFERENCE_NUMBER and no DATAID in {source}", at)
    unknown_parts(record, _KNOWN[kind], draft, report)
    draft.number("UN Ref", reference)
    draft.programmes.update(dict.fromkeys(texts(record, "UN_LIST_TYPE")))
    draft.listed_from = one_day(text(record, "LISTED_ON")[:10])
    _take_names(draft, record, at, report)
    _take_places(draft, record, report)
    _take_documents(draft, record, report)
    _take_remarks(draft, record)
    if kind == "ENTITY":
        add_bracketed(draft, report)
    return draft.done(report)


def _take_names(draft: Draft, record: ElementTree.Element, at: Location, report: Report) -> None:
    whole = " ".join(part for name in _NAMES if (part := text(record, name)))
    for place, name in enumerate(names_of(whole)):
        draft.name(name, "strong" if place else "primary")
    for name in texts(record, "NAME_ORIGINAL_SCRIPT"):
        draft.name(name, kind="original script")
    for alias in record.iterfind(f"{record.tag}_ALIAS"):
        _take_alias(draft, alias, at, report)


def _take_alias(draft: Draft, alias: ElementTree.Element, at: Location, report: Report) -> None:
    written, quality, note = text(alias, "ALIAS_NAME"), text(alias, "QUALITY"), text(alias, "NOTE")
    if written and quality not in _QUALITIES:
        raise WatchlistError(
            f"has the QUALITY {quality!r} for the alias {written[:40]!r}; known are {', '.join(_QUALITIES)}", at
        )
    strength, kind = _QUALITIES.get(quality, ("strong", "alias"))
    if _FORMER.match(note) or _NOTED_FORMER.search(written):
        kind = "former"
    for name in names_of(_NOTED_FORMER.sub("", written)):
        draft.name(name, strength, kind=kind if is_latin(name) else "original script")
    arabic = _ARABIC.search(note)
    draft.name(arabic[1] if arabic else "", strength, kind="original script", script="Arabic")
    _take_alias_details(draft, alias, written, note, report)


def _take_alias_details(draft: Draft, alias: ElementTree.Element, name: str, note: str, report: Report) -> None:
    """Birth dates and documents that go with one alias are the party's too."""
    draft.date("birth", text(alias, "DATE_OF_BIRTH"))
    born = ", ".join(part for tag in ("CITY_OF_BIRTH", "COUNTRY_OF_BIRTH") if (part := text(alias, tag)))
    if note or born:
        draft.remark(f"{name or 'Alias'}: {'; '.join(part for part in (born and f'born in {born}', note) if part)}")
        add_labelled_numbers(draft, note)


def _take_places(draft: Draft, record: ElementTree.Element, report: Report) -> None:
    for country in texts(record, "NATIONALITY/VALUE"):
        add_countries(draft, country, "nationality", report)
    for address in record.iterfind(f"{record.tag}_ADDRESS"):
        lines, note = [text(address, tag) for tag in _ADDRESS], text(address, "NOTE")
        # A few addresses stand in the note alone; else it says how old the address is.
        draft.address(*lines) if any(lines) else draft.address(note)
        draft.remark(f"Address {', '.join(filter(None, lines))}: {note}" if note and any(lines) else "")
        add_countries(draft, lines[-1], "country", report)
    for place in record.iterfind(f"{record.tag}_PLACE_OF_BIRTH"):
        born = ", ".join(part for tag in _PLACE if (part := text(place, tag)))
        draft.remark(f"Born in {born}" if born else "")
    for birth in record.iterfind(f"{record.tag}_DATE_OF_BIRTH"):
        draft.date("birth", _birth(birth))


def _birth(birth: ElementTree.Element) -> str:
    """A date of birth in words that keep its precision."""
    start, end = text(birth, "FROM_YEAR"), text(birth, "TO_YEAR")
    if start or end:
        return f"between {start or end} and {end or start}"
    note, day = text(birth, "NOTE"), text(birth, "DATE") or text(birth, "YEAR")
    if text(birth, "TYPE_OF_DATE") == "APPROXIMATELY" and day:
        return f"circa {day}"
    return f"{note} {day}" if day and len(day) == 4 and note else day or note


def _take_documents(draft: Draft, record: ElementTree.Element, report: Report) -> None:
    for document in record.iterfind(f"{record.tag}_DOCUMENT"):
        number, said = bare_number(text(document, "NUMBER"))
        note = "; ".join(part for part in (said, text(document, "NOTE")) if part)
        kind = text(document, "TYPE_OF_DOCUMENT2") or text(document, "TYPE_OF_DOCUMENT") or "Document"
        issuer = text(document, "ISSUING_COUNTRY") or text(document, "COUNTRY_OF_ISSUE")
        issued = " ".join(part for tag in ("DATE_OF_ISSUE", "CITY_OF_ISSUE") if (part := text(document, tag)))
        held = "; ".join(part for part in (issued and f"issued {issued}", note) if part)
        country = add_countries(Draft(draft.id), issuer, "issuing country", report)
        draft.number(kind.rstrip(" :"), number, country=country, note=held)
        if not number and (held or issuer):
            draft.remark(f"{kind}: {'; '.join(filter(None, (issuer, held)))}")
            add_labelled_numbers(draft, note)


def _take_remarks(draft: Draft, record: ElementTree.Element) -> None:
    for path, label in _REMARKS.items():
        for said in texts(record, path):
            draft.remark(f"{label}: {said}" if label else said)
    comments = " ".join(texts(record, "COMMENTS1"))
    add_labelled_numbers(draft, comments)
    # Resolution 1970 (2011) has a travel ban in paragraph 15 and the asset freeze in paragraph 17; the comments say
    # under which of the two a party is listed. All other regimes of this list freeze assets.
    if _TRAVEL_BAN.search(comments) and not _ASSET_FREEZE.search(comments):
        draft.measure = "sectoral"
