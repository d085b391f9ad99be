"""One entity of the EU's financial sanctions list: its parts, from whichever format, as a party."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sanctionscreen.countries import lookup
from sanctionscreen.errors import Location, WatchlistError
from sanctionscreen.model import Kind, ListedDate, ListedParty, Listing, Quality
from sanctionscreen.watchlist.official.free_text import script_of
from sanctionscreen.watchlist.official.layout import one_day
from sanctionscreen.watchlist.official.prose import add_labelled_numbers
from sanctionscreen.watchlist.official.reading import Draft, Report, known, unknown_names

_PLACE = "zipcode city place region countryiso2code countrydescription regulationlanguage logicalid"
PARTS: Mapping[str, frozenset[str]] = {
    "entity": frozenset("logicalid eureferencenumber unitednationid designationdate designationdetails".split()),
    "subjecttype": frozenset("code classificationcode".split()),
    "regulation": frozenset(
        "regulationtype organisationtype publicationdate entryintoforcedate numbertitle programme logicalid"
        " publicationurl".split()
    ),
    "namealias": frozenset(
        "firstname middlename lastname wholename function gender title namelanguage strong regulationlanguage"
        " logicalid".split()
    ),
    "address": frozenset(f"street pobox asatlistingtime {_PLACE}".split()),
    "birthdate": frozenset(
        f"birthdate dayofmonth monthofyear year yearrangefrom yearrangeto circa calendartype {_PLACE}".split()
    ),
    "identification": frozenset(
        "identificationtypecode identificationtypedescription number latinnumber nameondocument issuedby issuedate"
        f" validfrom validto diplomatic knownexpired knownfalse reportedlost revokedbyissuer {_PLACE}".split()
    ),
    "citizenship": frozenset(_PLACE.split()),
}
"""What each part of an entity can hold: the attributes of the XML in small letters."""

_SUBJECTS: Mapping[str, str] = {"person": "person", "P": "person", "enterprise": "company", "E": "company"}
_ACTS = {name: name for name in ("regulation", "amendment", "repealing", "decision", "corrigendum")}
_IDENTIFICATIONS = {
    name: name
    for name in (
        "passport id other regnumber swiftbic fiscalcode drivinglicence ssn imo travelcardid nationcert tradelic"
        " birthcert electionid residentperm NRN"
    ).split()
}
_CONTACTS = {"PHONE": "phone", "FAX": "fax", "EMAIL": "e-mail", "WEB": "website", "contact": "contact"}

_QUALITY = re.compile(r"\b(\w+)\s+quality\s+(?:alias|a\.?\s?k\.?\s?a\b)", re.IGNORECASE)
_LOW = frozenset({"low", "lo", "poor"})
_GOOD = frozenset({"good", "qood", "ood", "god", "high", "strong"})
"""As spelled in the list."""
_FORMER = re.compile(r"^\(?\s*(?:formerly(?: known as)?|f\.?\s?k\.?\s?a\.?)\s*:?\s*", re.IGNORECASE)
_MAIDEN = re.compile(r"^maiden name\.?$", re.IGNORECASE)
_ORIGINAL = re.compile(r"^\(?\s*original script\s*(?::\s*(?P<name>[^()]+))?\)?\.?$", re.IGNORECASE)
_LONGEST_NAME = 120
"""A longer remark behind "formerly known as" is a story, not a name."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an entity: what it is, its values by the XML attributes in small letters, and what is said of it."""

    what: str
    values: Mapping[str, str]
    remarks: tuple[str, ...] = ()
    contacts: tuple[tuple[str, str], ...] = ()

    def get(self, name: str) -> str:
        """A value without the spaces around it; blank where there is none."""
        return " ".join(self.values.get(name, "").split())


@dataclass(frozen=True, slots=True)
class Entity:
    """A record of the list, or a row of it, with the parts it holds."""

    where: str
    parts: tuple[Part, ...]


def party_of(number: str, records: Sequence[Entity], report: Report) -> ListedParty | None:
    """The party of all records with one number; None, counted, where no name can be read.

    Raises:
        WatchlistError: a name is marked neither strong nor weak.
    """
    draft = Draft(number, source=records[0].where)
    for record in records:
        _listings(draft, record, report)
    for record in records:
        for part in record.parts:
            _take(draft, part, record.where, report)
    published = len(draft.names)
    for part in (part for record in records for part in record.parts if part.what == "namealias"):
        _names_of_remarks(draft, part)
    report.counts["names from remarks"] += len(draft.names) - published
    _choose_primary(draft)
    return draft.done(report)


def _take(draft: Draft, part: Part, where: str, report: Report) -> None:
    if part.what not in PARTS:
        report.unknown[f"element {part.what!r}"] += 1
        return
    unknown_names(part.values, PARTS[part.what], f"attribute of {part.what}", report)
    match part.what:
        case "entity":
            draft.number("UN reference", part.get("unitednationid"))
            _remarks(draft, part, "")
        case "subjecttype":
            draft.kind = _kind(part, report)
        case "namealias":
            _name(draft, part, where, report)
        case "address":
            _address(draft, part, report)
        case "birthdate":
            _birth(draft, part, report)
        case "identification":
            _identification(draft, part, report)
        case "citizenship":
            draft.country(_country(draft, part, report))
            _remarks(draft, part, "citizenship: ")


def _kind(part: Part, report: Report) -> Kind:
    kind = known(_SUBJECTS, part.get("code"), "subject type", report)
    return "person" if kind == "person" else "company" if kind == "company" else "any"


def _listings(draft: Draft, record: Entity, report: Report) -> None:
    """A listing for each regulation of a record; the CSV repeats them, the party keeps them once."""
    entity = next((part for part in record.parts if part.what == "entity"), Part("entity", {}))
    for part in record.parts:
        if part.what == "regulation":
            known(_ACTS, part.get("regulationtype"), "type of regulation", report)
            first, basis = _listed_from(entity, part)
            title, url = part.get("numbertitle"), part.get("publicationurl")
            law = " ".join(word for word in (f"Regulation {title}" if title[:1].isdigit() else title, url) if word)
            programme = part.get("programme")
            draft.listings.append(
                Listing(report.list, report.measure, programme, draft.id, first, None, basis, law or record.where)
            )


def _listed_from(entity: Part, regulation: Part) -> tuple[date | None, str]:
    """The designation date, else the day in the words beside it. The act cited is the latest, so its day is none."""
    if (day := one_day(entity.get("designationdate"))) is not None:
        return day, ""
    details = entity.get("designationdetails")
    if (day := one_day(details)) is not None:
        return day, f"read from the designation details: {details[:80]}"
    force = regulation.get("entryintoforcedate")
    return None, f"not given; the act cited is in force from {force}" if force else "not given"


def _name(draft: Draft, part: Part, where: str, report: Report) -> None:
    report.counts["name records"] += 1
    whole = part.get("wholename") or " ".join(filter(None, map(part.get, ("firstname", "middlename", "lastname"))))
    quality = _quality(part, where, report)
    kind, notes = "", []
    if language := part.get("namelanguage"):
        notes.append(f"language {language}")
    for remark in part.remarks:
        clean = " ".join(remark.split())
        what, names = _told(remark)
        kind = kind if names else what or kind
        if not what and len(clean) <= _LONGEST_NAME:
            notes.append(clean)
        elif not what or names:
            draft.remark(clean)
    draft.name(whole, quality, kind=kind, script=script_of(whole), note="; ".join(notes))
    draft.remark(f"title: {title}" if (title := part.get("title")) else "")
    draft.remark(f"position: {position}" if (position := part.get("function")) else "")
    draft.remark(f"gender: {gender}" if (gender := part.get("gender")) else "")


def _told(remark: str) -> tuple[str, list[str]]:
    """What a remark says of its name (former, maiden name, original script), and the names that it gives besides."""
    clean = " ".join(remark.split())
    if original := _ORIGINAL.match(clean):
        return "original script", [original["name"]] if original["name"] else []
    if _FORMER.match(clean):
        pieces = (_FORMER.sub("", piece).strip(" ()") for piece in remark.split(";"))
        return "former", [name for name in pieces if name]
    return ("maiden name" if _MAIDEN.match(clean) else ""), []


def _names_of_remarks(draft: Draft, part: Part) -> None:
    """The names that remarks give, behind those that the list gives as such."""
    quality: Quality = "weak" if _is_weak(part) else "strong"
    for what, names in map(_told, part.remarks):
        for name in names:
            if "\n" not in name and len(name) <= _LONGEST_NAME:
                draft.name(name, quality, kind=what, script=script_of(name), note="from a remark")


def _quality(part: Part, where: str, report: Report) -> Quality:
    """Weak where the mark or a remark says so; the remarks of 2021 carry it alone.

    Raises:
        WatchlistError: the mark is neither true nor false.
    """
    if part.get("strong") not in ("true", "false", ""):
        raise WatchlistError(f"marks a name as strong={part.get('strong')!r}; it can be true or false", Location(where))
    for word in _words_of_quality(part) - _LOW - _GOOD:
        report.unknown[f"quality of a name {word[:80]!r}"] += 1  # kept strong: it is then screened
    return "weak" if _is_weak(part) else "strong"


def _is_weak(part: Part) -> bool:
    return part.get("strong") == "false" or not _LOW.isdisjoint(_words_of_quality(part))


def _words_of_quality(part: Part) -> set[str]:
    return {word.casefold() for remark in part.remarks for word in _QUALITY.findall(remark)}


def _choose_primary(draft: Draft) -> None:
    """The first name that is not weak, as published."""
    first = next((name for name in draft.names.values() if name.quality != "weak"), None)
    if first is not None:
        draft.name(first.text, "primary", kind=first.kind, script=first.script, note=first.note)


def _address(draft: Draft, part: Part, report: Report) -> None:
    code = _country(draft, part, report)
    draft.country(code)
    place = [part.get(name) for name in ("street", "pobox", "zipcode", "city", "place", "region")]
    if any(place):
        country = part.get("countrydescription")
        draft.address(*place, "" if country == "UNKNOWN" else country)
    for key, value in part.contacts:
        draft.remark(f"{known(_CONTACTS, key, 'contact', report) or key}: {value}")
    draft.remark(
        f"at the time of listing: {', '.join(filter(None, place))}" if _is_true(part, "asatlistingtime") else ""
    )
    _remarks(draft, part, "address: ")


def _birth(draft: Draft, part: Part, report: Report) -> None:
    text = " ".join(_born(part))
    calendar = part.get("calendartype")
    if calendar not in ("", "GREGORIAN"):
        draft.remark(f"born {text} ({calendar.capitalize()} calendar)")  # not a date that can be compared
    elif (end := part.get("yearrangeto")).isdigit() and text.endswith(f"not after {end}"):
        draft.dates.setdefault(("birth", text), ListedDate("birth", text, None, date(int(end), 12, 31)))
    else:
        draft.date("birth", text)
    place = [part.get(name) for name in ("city", "place", "region", "zipcode")]
    country = part.get("countrydescription")
    where = ", ".join(filter(None, (*place, "" if country == "UNKNOWN" else country)))
    draft.remark(f"birth place: {where}" if where else "")
    _remarks(draft, part, "birth: ")


def _born(part: Part) -> Iterator[str]:
    if _is_true(part, "circa"):
        yield "circa"
    begin, end = part.get("yearrangefrom"), part.get("yearrangeto")
    year, month, day = part.get("year"), part.get("monthofyear"), part.get("dayofmonth")
    if year and month and day:
        yield f"{year}-{int(month):02}-{int(day):02}" if month.isdigit() and day.isdigit() else part.get("birthdate")
    elif year:
        yield f"{year}-{int(month):02}" if month.isdigit() else year
    elif begin or end:
        yield f"{begin} to {end}" if begin and end else f"not before {begin}" if begin else f"not after {end}"
    elif whole := part.get("birthdate"):
        yield whole


def _identification(draft: Draft, part: Part, report: Report) -> None:
    code = part.get("identificationtypecode")
    known(_IDENTIFICATIONS, code, "type of identification", report)
    kind = part.get("identificationtypedescription") or code
    says = [
        f"{what} {value}"
        for name, what in (
            ("issuedby", "issued by"),
            ("issuedate", "issued"),
            ("validfrom", "valid from"),
            ("validto", "valid to"),
        )
        if (value := part.get(name))
    ]
    flags = ("diplomatic", "diplomatic"), ("knownexpired", "known to have expired"), ("knownfalse", "known to be false")
    lost = ("reportedlost", "reported lost"), ("revokedbyissuer", "revoked by the issuer")
    says += [what for name, what in (*flags, *lost) if _is_true(part, name)]
    says += filter(None, (part.get("nameondocument"), *(" ".join(remark.split()) for remark in part.remarks)))
    country, note = _country(draft, part, report), "; ".join(says)
    numbers = {number for name in ("number", "latinnumber") if (number := part.get(name))}
    for number in sorted(numbers):
        draft.number(kind, number, country=country, note=note)
    for remark in part.remarks:
        add_labelled_numbers(draft, remark)
    draft.remark(f"{kind}: {note}" if note and not numbers else "")


def _country(draft: Draft, part: Part, report: Report) -> str:
    code, name = part.get("countryiso2code"), part.get("countrydescription")
    if code in ("", "00") and name in ("", "UNKNOWN"):
        return ""
    found = lookup(code) or lookup(name)
    if found is None:
        report.unknown[f"country {code} {name}"] += 1
        draft.remark(f"country: {name or code}")
    return found or ""


def _remarks(draft: Draft, part: Part, before: str) -> None:
    for remark in part.remarks:
        draft.remark(before + remark)
        add_labelled_numbers(draft, remark)


def _is_true(part: Part, name: str) -> bool:
    return part.get(name) == "true"
