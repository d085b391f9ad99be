"""The sanctions list of the Swiss State Secretariat for Economic Affairs (SECO), whole list in XML.

Elements: the published export. De-listed targets stay in the file, and every change repeats what it changed: only the
target as it stands is read. A name is made of parts, and each part has spellings of its own in several scripts. Places
are referred to by number; the file is read twice, for they may stand anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

from sanctionscreen.errors import Location, WatchlistError
from sanctionscreen.model import Kind, ListedParty, Listing, Measure
from sanctionscreen.watchlist.official.cell_names import add_bracketed
from sanctionscreen.watchlist.official.ch_seco_names import add_name
from sanctionscreen.watchlist.official.layout import expect_root, one_day, text, texts, unknown_parts
from sanctionscreen.watchlist.official.prose import add_countries, add_labelled_numbers
from sanctionscreen.watchlist.official.reading import Draft, Report
from sanctionscreen.watchlist.official.safe_xml import root_attributes, xml_records

# By the English title of the set of measures, which names article and annex of the ordinance under the Embargo Act
# (SR 946.231): what the title says it restricts. A title that says none of this is taken as the list's own measure, and
# of a title that says several the first that stands here. Seen in files are the titles with financial measures, named
# individuals, money and capital market, travel and vessels; the others are words that such titles may have.
_MEASURES: tuple[tuple[re.Pattern[str], Measure], ...] = (
    (re.compile(r"financial (?:measures|sanctions)|asset|named (?:individuals|persons)|freez", re.I), "asset_freeze"),
    (re.compile(r"money and capital market|capital market|securities", re.I), "sectoral"),
    (re.compile(r"travel|entry into|transit", re.I), "sectoral"),
    (re.compile(r"vessel|ship", re.I), "sectoral"),
    (re.compile(r"dual-use|military (?:end|goods)|export", re.I), "export_licence"),
)
_KINDS: dict[str, Kind] = {"individual": "person", "entity": "company"}
_OBJECTS: dict[str, Kind] = {"vessel": "vessel", "aircraft": "aircraft", "other": "any"}
_LISTED, _AMENDED, _DELISTED = "listed", "amended", "de-listed"
_DATES = ("effective-date", "enactment-date", "publication-date")
_ADDRESS = ("c-o", "address-details", "p-o-box", "zip-code", "location", "area")
_PLACE = ("location", "area")
_OF_DATES: dict[Kind, str] = {"person": "birth", "vessel": "build", "aircraft": "build"}
_REGISTERED = re.compile(r"Date of registration\s*:\s*(.+)$")
_FORMER = re.compile(r"(?:Former|Previous) names?\s*:\s*(.+)$", re.I)


def _known_paths() -> frozenset[str]:
    held = {
        "": "@ssid @sanctions-set-id sanctions-set-id foreign-identifier generic-attribute generic-attribute@name "
        "generic-attribute@ssid modification",
        "/": "@ssid @sex @object-type identity justification other-information relation generic-attribute "
        "generic-attribute@name generic-attribute@ssid",
        "/identity": "@ssid @main name day-month-year nationality place-of-birth address identification-document",
    }
    plain = set(held[""].split()) | {f"modification{rest}" for rest in ("/*", *_ATTRIBUTES_OF_CHANGE)}
    below = set()
    for kind in ("individual", "entity", "object"):
        below |= {kind, *(_joined(kind, name) for name in held["/"].split())}
        below |= {_joined(f"{kind}/identity", name) for name in held["/identity"].split()}
        below |= {f"{kind}/{part}{rest}" for part, rests in _BELOW.items() for rest in rests}
    return frozenset(plain | below)


def _joined(above: str, name: str) -> str:
    return f"{above}{name}" if name.startswith("@") else f"{above}/{name}"


_ATTRIBUTES_OF_CHANGE = ("@ssid", "@modification-type", *(f"@{name}" for name in _DATES))
_DAY = ("@ssid", "@day", "@month", "@year", "@quality", "@calendar")
_BELOW = {
    "justification": ("@ssid", "@lang"),
    "other-information": ("@ssid", "@lang"),
    "relation": ("@ssid", "@target-id", "@relation-type", "/remark"),
    "identity/name": ("@ssid", "@name-type", "@quality", "@lang", "/*"),
    "identity/day-month-year": _DAY,
    "identity/nationality": ("@ssid", "/country", "/country@iso-code"),
    "identity/place-of-birth": (
        "@ssid", "@place-id", "@quality", "/location", "/area", "/country", "/country@iso-code",
    ),
    "identity/address": (
        "@ssid", "@place-id", "@quality", "@main", "/remarks", "/country", "/country@iso-code",
        *(f"/{name}" for name in _ADDRESS),
    ),
    "identity/identification-document": (
        "@ssid", "@document-type", "/number", "/issuer", "/issuer@code", "/remark", "/place-of-issue",
        "/date-of-issue", "/date-of-issue/*", "/expiry-date", "/expiry-date/*",
    ),
}  # fmt: skip
_KNOWN = _known_paths()


@dataclass(slots=True)
class _References:
    """What targets refer to by number."""

    programmes: dict[str, str] = field(default_factory=dict)
    sets: dict[str, str] = field(default_factory=dict)
    """English titles."""
    places: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    """Words, name of the country, its code."""


def read_seco_xml(files: Mapping[str, Path], report: Report) -> Iterator[ListedParty]:
    """The targets in force of the list (`main`); those de-listed are counted as left out.

    Raises:
        WatchlistError: another list, a damaged or cut file, a quality of names or a kind of change that is not known.
    """
    path = files["main"]
    expect_root(path, "swiss-sanctions-list")
    root = root_attributes(path)
    report.published = one_day(root.get("date", ""))
    if root.get("list-type") != "whole-list":
        report.unknown[f"list-type {root.get('list-type', '')!r}: changes only, not the whole list"] += 1
    references = _references(path)
    for record in xml_records(path, ("target", "place", "sanctions-program")):
        if record.tag == "target":
            party = _party(record, references, path, report)
            if party:
                yield party
    report.check(path.name)


def _references(path: Path) -> _References:
    found = _References()
    for record in xml_records(path, ("target", "place", "sanctions-program")):
        if record.tag == "place":
            country = record.find("country")
            words = ", ".join(part for tag in _PLACE if (part := text(record, tag)))
            code = country.get("iso-code", "") if country is not None else ""
            found.places[record.get("ssid", "")] = (words, text(record, "country"), code)
        elif record.tag == "sanctions-program":
            name = _in_english(record, "program-name") or _in_english(record, "program-key")
            for each in record.iterfind("sanctions-set"):
                ssid = each.get("ssid", "")
                found.programmes[ssid] = name
                if each.get("lang", "eng") == "eng" or ssid not in found.sets:
                    found.sets[ssid] = " ".join((each.text or "").split())
    return found


def _in_english(record: ElementTree.Element, tag: str) -> str:
    named = {each.get("lang", ""): " ".join((each.text or "").split()) for each in record.iterfind(tag)}
    return named.get("eng") or next(iter(named.values()), "")


def _party(record: ElementTree.Element, references: _References, path: Path, report: Report) -> ListedParty | None:
    ssid, at = record.get("ssid", ""), Location(path.name)
    body = next((part for part in record if part.tag in ("individual", "entity", "object")), None)
    if body is None or not ssid:
        raise WatchlistError(f"has a target {ssid!r} that is neither an individual, an entity nor an object", at)
    if not _is_listed(record, ssid, at):
        report.left_out["de-listed"] += 1
        return None
    draft = Draft(ssid, _kind(body, report), source=f"{path.name} target {ssid}")
    unknown_parts(record, _KNOWN, draft, report)
    _take_listing(draft, record, references, report)
    for identity in body.iterfind("identity"):
        _take_identity(draft, identity, references, at, report)
    _take_remarks(draft, record, body)
    if draft.kind == "company":
        add_bracketed(draft, report)
    return draft.done(report)


def _kind(body: ElementTree.Element, report: Report) -> Kind:
    if body.tag != "object":
        return _KINDS[body.tag]
    written = body.get("object-type", "")
    if written not in _OBJECTS:
        report.unknown[f"object-type {written!r}"] += 1
    return _OBJECTS.get(written, "any")


def _is_listed(record: ElementTree.Element, ssid: str, at: Location) -> bool:
    """By the last change: the latest day, and of one day the one that stands first, for the newest stand on top."""
    changes = [(_when(change), change.get("modification-type", "")) for change in record.iterfind("modification")]
    if not changes:
        return True
    last = max(when for when, _ in changes)
    kind = next(kind for when, kind in changes if when == last)
    if kind not in (_LISTED, _AMENDED, _DELISTED):
        raise WatchlistError(
            f"has a target {ssid} with the change {kind!r}; known are {_LISTED}, {_AMENDED}, {_DELISTED}", at
        )
    return kind != _DELISTED


def _when(change: ElementTree.Element) -> str:
    return next((day for name in _DATES if (day := change.get(name, ""))), "")


def _take_listing(draft: Draft, record: ElementTree.Element, references: _References, report: Report) -> None:
    """A listing for each set of measures that names the target: a freeze and a travel ban are two."""
    first, basis = _listed_from(record)
    ids = [*texts(record, "sanctions-set-id"), *(record.get("sanctions-set-id", "").split())]
    if not ids:
        report.unknown["targets without a sanctions-set: the list's own measure is taken"] += 1
        draft.listed_from, draft.date_basis = first, basis
    for ssid in ids:
        title = references.sets.get(ssid, "")
        name = ": ".join(part for part in (references.programmes.get(ssid, ""), title) if part)
        draft.listings.append(
            Listing(
                list=report.list,
                measure=_measure(title, report),
                programme=name or f"sanctions set {ssid}",
                entry_number=draft.id,
                listed_from=first,
                date_basis=basis,
                citation=draft.source,
            )
        )


def _listed_from(record: ElementTree.Element) -> tuple[date | None, str]:
    """The last day on which the target was listed; else that of its first change, and what it is."""
    changes = [(when, change) for change in record.iterfind("modification") if (when := one_day(_when(change)))]
    listed = [when for when, change in changes if change.get("modification-type") == _LISTED]
    if listed or not changes:
        return max(listed, default=None), ""
    return min(when for when, _ in changes), "the first change that the list holds"


def _measure(title: str, report: Report) -> Measure:
    for pattern, measure in _MEASURES:
        if pattern.search(title):
            return measure
    report.unknown[f"sanctions-set {title[:80]!r}: the list's own measure is taken"] += 1
    return report.measure


def _take_identity(
    draft: Draft, identity: ElementTree.Element, references: _References, at: Location, report: Report
) -> None:
    is_main = identity.get("main", "true") == "true"
    for name in identity.iterfind("name"):
        add_name(draft, name, is_main, at, report)
    for day in identity.iterfind("day-month-year"):
        draft.date(_OF_DATES.get(draft.kind, "incorporation"), _day(day))
    for country in identity.iterfind("nationality/country"):
        add_countries(draft, country.get("iso-code") or country.text or "", "nationality", report)
    for place in identity.iterfind("place-of-birth"):
        born = ", ".join(part for part in _place(place, references)[:2] if part)
        draft.remark(f"Born in {born}" if born else "")
    for address in identity.iterfind("address"):
        _take_address(draft, address, references, report)
    for document in identity.iterfind("identification-document"):
        _take_document(draft, document, report)


def _day(element: ElementTree.Element) -> str:
    year, month, day = (element.get(part, "") for part in ("year", "month", "day"))
    written = "-".join(part.zfill(2) for part in (year, month, day if month else "") if part)
    calendar = element.get("calendar", "Gregorian")
    return written if calendar == "Gregorian" else f"{written} ({calendar})"


def _place(element: ElementTree.Element, references: _References) -> tuple[str, str, str]:
    """Words, country and its code: of the place referred to, else what stands in the element."""
    referred = references.places.get(element.get("place-id", ""))
    if referred:
        return referred
    country = element.find("country")
    words = ", ".join(part for tag in _PLACE if (part := text(element, tag)))
    return words, text(element, "country"), country.get("iso-code", "") if country is not None else ""


def _take_address(draft: Draft, address: ElementTree.Element, references: _References, report: Report) -> None:
    words, country, code = _place(address, references)
    lines = [text(address, tag) for tag in ("c-o", "address-details", "p-o-box", "zip-code")]
    draft.address(*lines, words, country)
    add_countries(draft, code or country, "country", report)
    for remark in texts(address, "remarks"):
        draft.remark(f"Address: {remark}")


def _take_document(draft: Draft, document: ElementTree.Element, report: Report) -> None:
    issuer = document.find("issuer")
    named = issuer.get("code") or issuer.text or "" if issuer is not None else ""
    country = add_countries(Draft(draft.id), named, "issuer", report)
    days = [
        f"{label} {_day(element)}"
        for tag, label in (("date-of-issue", "issued"), ("expiry-date", "expires"))
        for element in document.iterfind(f"{tag}/day-month-year")
    ]
    note = "; ".join([*days, *texts(document, "place-of-issue"), *texts(document, "remark")])
    draft.number(document.get("document-type", "document"), text(document, "number"), country=country, note=note)


def _take_remarks(draft: Draft, record: ElementTree.Element, body: ElementTree.Element) -> None:
    for said in texts(record, "foreign-identifier"):
        draft.number("Foreign identifier", said)
    for said in [*texts(body, "justification"), *texts(record, "generic-attribute"), *texts(body, "generic-attribute")]:
        draft.remark(said)
    for said in texts(body, "other-information"):
        draft.remark(said)
        add_labelled_numbers(draft, said)
        registered, former = _REGISTERED.match(said), _FORMER.match(said)
        draft.date("incorporation", registered[1] if registered else "")
        for name in former[1].split(";") if former else []:
            draft.name(name, kind="former")
    for relation in body.iterfind("relation"):
        draft.remark(f"{relation.get('relation-type', 'related-to')}: target {relation.get('target-id', '')}")
    draft.remark(f"Sex: {body.get('sex')}" if body.get("sex") else "")
