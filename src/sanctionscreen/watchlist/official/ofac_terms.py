"""The words of OFAC: kinds of parties, labels of identifiers and features, countries; one meaning in every format.

The labels of remarks in the CSV files, of `idType` in SDN.XML, and of documents and features in the newer formats are
the same (ofac.treasury.gov, "Specially Designated Nationals List - Data Formats & Data Schemas").
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from sanctionscreen.countries import lookup
from sanctionscreen.model import Kind, ListedDate, Quality
from sanctionscreen.watchlist.official.reading import Draft, Report, read_date

KINDS: Mapping[str, Kind] = {"individual": "person", "entity": "company", "vessel": "vessel", "aircraft": "aircraft"}
ALIASES: Mapping[str, str] = {"aka": "alias", "fka": "former", "nka": "current", "name": ""}
"""How an alias came about, by its letters alone: a.k.a., F.K.A."""

IDENTIFIERS = frozenset(
    """Afghan Money Service Provider License Number|Aircraft Construction Number (also called L/N or S/N or F/N)
    |Aircraft Manufacturer's Serial Number (MSN)|Aircraft Mode S Transponder Code|Aircraft Serial Identification
    |Aircraft Tail Number|BIK (RU)|Birth Certificate Number|Bosnian Personal ID No.|Branch Unit Number
    |British National Overseas Passport|Business Number|Business Registration Document #
    |Business Registration Number|C.I.F.|C.R. No.|C.U.I.|C.U.I.P.|C.U.I.T.|C.U.R.P.
    |Cartilla de Servicio Militar Nacional|Cedula No.|Central Registration System Number
    |Certificate of Incorporation Number|Chamber of Commerce Number|Citizen's Card Number
    |CNP (Personal Numerical Code)|Commercial Registry Number|Company Number|Credencial electoral|D-U-N-S Number
    |D.N.I.|Diplomatic Passport|Driver's License No.|Dubai Chamber of Commerce Membership No.
    |Economic Register Number (CBLS)|Electoral Registry No.|Enterprise Number|Equity Ticker|File Number
    |Fiscal Code|Folio Mercantil No.|Government Gazette Number|I.F.E.|Identification Number|Immigration No.|ISIN
    |Istanbul Chamber of Comm. No.|Italian Fiscal Code|Kenyan ID No.|LE Number|Legal Entity Number|License
    |Matricula Mercantil No|MICEX Code|Military Registration Number|MMSI|Moroccan Personal ID No.
    |MSB Registration Number|N.I.E.|N.I.F.|National Foreign ID Number|National ID No.|NIT #|Numero de Identidad
    |Numero Unico de Identificacao Tributaria (NUIT)|Organization Code|Other Vessel Call Sign
    |Paraguayan tax identification number|Passport|Permit Number|Personal ID Card|Pilot License Number
    |Previous Aircraft Tail Number|Public Registration Number|Public Security and Immigration No.|R.F.C.
    |Refugee ID Card|Registered Charity No.|Registration ID|Registration Number|Residency Number|RFC|RIF #
    |Romanian C.R.|Romanian Permanent Resident|Romanian Tax Registration|RSIN|RTN|RUC #
    |Seafarer's Identification Document|Serial No.|SRE Permit No.|SSN|Stateless Person ID Card
    |Stateless Person Passport|SWIFT/BIC|Tarjeta Profesional|Tax ID No.|Tazkira National ID Card
    |Tourism License No.|Trade License No.|Travel Document Number|Turkish Identification Number
    |UAE Identification|UK Company Number|Unified Social Credit Code (USCC)
    |United Social Credit Code Certificate (USCCC)|US FEIN|V.A.T. Number|Vessel Call Sign
    |Vessel Registration Identification|VisaNumberID""".replace("\n    ", "").split("|")
)
"""Labels of numbers that identify; besides, `Digital Currency Address - ` with any currency."""

_TOLD = frozenset(
    """Additional Sanctions Information|Aircraft Model|Aircraft Operator|CAATSA Section 235 Information
    |Chinese Commercial Code|Email Address|Fax No.|Former Vessel Flag|Gender|Gross Registered Tonnage
    |IFCA Determination|Issuer Name|Linked To|Organization Type|Other Vessel Flag|Other Vessel Type
    |PEESA Information|Phone No.|Phone Number|Place of Birth|POB|Secondary sanctions risk|Target Type
    |Telephone No.|Title|Trademark number
    |Transactions Prohibited For Persons Owned or Controlled By U.S. Financial Institutions|UN/LOCODE
    |Vessel Gross Registered Tonnage|Vessel Owner|Vessel Tonnage|Vessel Type|Website""".replace("\n    ", "").split("|")
)
"""Labels that are kept as remarks: no identifier, or one that many share."""

_TOLD_TOO = re.compile(
    r"(?:Executive Order \d+ (?:Directive )?(?:Determination|Information)|Effective Date \(.+\)|Listing Date \(.+\)"
    r"|Purchase/Sales For Divestment Date \(.+\))",
    re.IGNORECASE,
)
_COUNTRIES = frozenset(
    {
        "nationality",
        "citizen",
        "Nationality Country",
        "Citizenship Country",
        "Nationality of Registration",
        "Registration Country",
        "Vessel Flag",
    }
)
_DATES: Mapping[str, str] = {
    "DOB": "birth",
    "Birthdate": "birth",
    "Organization Established Date": "incorporation",
    "Aircraft Manufacture Date": "build",
    "Vessel Year of Build": "build",
}

LABELS = sorted({*IDENTIFIERS, *_TOLD, *_COUNTRIES, *_DATES}, key=lambda label: (-len(label), label))
"""All that are known, the longest first."""
_SPELLED = {label.casefold(): label for label in reversed(LABELS)}

_NO_COUNTRY = frozenset({"", "undetermined", "none identified", "unknown"})
_PLACES: Mapping[str, str] = {
    "palestinian": "PS",
    "eritrean": "ER",
    "region: gaza": "PS",
    "region: west bank": "PS",
    "region: crimea": "UA",  # as the United Nations count it; the address keeps the name
    "region: northern mali": "ML",
    "cabo verde. previously cape verde.": "CV",
    # Without a code: dissolved, disputed, in doubt, or several states. The address or remark keeps the name.
    "netherlands antilles": "",
    "possibly palestinian": "",
    "region: kafia kingi": "",
    "region: commonwealth of independent states": "",
}
_ADDRESS = ("ADDRESS1", "ADDRESS2", "ADDRESS3", "CITY", "STATE/PROVINCE", "REGION", "POSTAL CODE", "UNKNOWN")
_LETTERS = frozenset(
    {
        "Aircraft Tail Number",
        "Equity Ticker",
        "MICEX Code",
        "Other Vessel Call Sign",
        "Previous Aircraft Tail Number",
        "SWIFT/BIC",
        "Vessel Call Sign",
    }
)
"""Identify by letters alone; other numbers without a digit are words such as "unknown"."""
_LATIN = "Latin"
WEAK = "weak alias, as OFAC marks it"
_IMO = re.compile(r"IMO[\s:]*(\d{7})\.?")
_IN_BRACKETS = re.compile(r"(.+?) \(([^()]+(?:\([^()]*\))?[^()]*)\)")
"""The country of a number, or the office that gave it: `22839 (Jalisco) (Mexico)`."""
_CURRENCY = "Digital Currency Address"


def kind_of(word: str, report: Report) -> Kind:
    """Person, company, vessel or aircraft; an unknown word is counted and narrows nothing."""
    clean = " ".join(word.split())
    if clean.casefold() not in KINDS:
        report.unknown[f"kind of party {clean[:80]!r}"] += 1
    return KINDS.get(clean.casefold(), "any")


def alias_kind(word: str, report: Report) -> str:
    """alias, former or current, from a.k.a., f.k.a., n.k.a.; an unknown word is counted and kept."""
    letters = "".join(c for c in word.casefold() if c.isalpha())
    if letters not in ALIASES:
        report.unknown[f"type of alias {word[:80]!r}"] += 1
    return ALIASES.get(letters, word)


def add_name(draft: Draft, text: str, *, is_primary: bool, is_weak: bool, kind: str, script: str) -> None:
    """Add a name of the newer formats, which say of each whether it is the main one, and in which script it is."""
    is_other = is_original(script)
    quality: Quality = "weak" if is_weak else "primary" if is_primary and not is_other else "strong"
    draft.name(
        text,
        quality,
        kind=kind or ("original script" if is_other else ""),
        script=script if is_other else "",
        note=WEAK if is_weak else "",
    )


def is_original(script: str) -> bool:
    """Whether a name is in the script of its own language, and not in OFAC's transcription."""
    return script not in ("", _LATIN)


def code_of(country: str, report: Report) -> str:
    """Two letters of a country as OFAC writes it; nothing for those without, and counted where it is not known."""
    code = _code(country)
    if code is None:
        report.unknown[f"country {country.strip()[:80]!r}"] += 1
    return code or ""


def is_place(text: str) -> bool:
    """Whether OFAC writes a country, or what it takes for one, so."""
    return _code(text) is not None


def _code(country: str) -> str | None:
    clean = " ".join(country.split()).casefold()
    if clean in _NO_COUNTRY:
        return ""
    return _PLACES[clean] if clean in _PLACES else lookup(clean)


def add_country(draft: Draft, country: str, report: Report) -> None:
    """Add the country of an address or nationality to the party."""
    draft.country(code_of(country, report))


def add_address(draft: Draft, parts: list[str], country: str, report: Report) -> None:
    """Add an address; a country alone is the party's country, and no address."""
    code = code_of(country, report)
    draft.country(code)
    named = country if country.casefold().strip() not in _NO_COUNTRY else ""
    if any(part.strip() for part in parts):
        draft.address(*parts, named)
    elif named:
        report.counts["addresses of a country alone"] += 1
        if not code or not lookup(named):
            draft.remark(f"Address: {named}")


def add_date(draft: Draft, what: str, text: str) -> None:
    """Add a date; of a range, the first day of its beginning and the last of its end."""
    clean = " ".join(text.split())
    begin, between, end = clean.partition(" to ")
    if between:
        add_period(draft, what, clean, ListedDate(what, clean, read_date(begin)[0], read_date(end)[1]))
    else:
        draft.date(what, clean)


def add_period(draft: Draft, what: str, text: str, period: ListedDate) -> None:
    """Add a date whose days the list gives itself."""
    draft.dates.setdefault((what, text), period)


def in_order(parts: Mapping[str, str], report: Report) -> list[str]:
    """The parts of an address in the order of an envelope, from their types; unknown types stand at the end."""
    known = {kind.upper(): text for kind, text in parts.items()}
    for kind in sorted(known.keys() - set(_ADDRESS)):
        report.unknown[f"part of address {kind[:80]!r}"] += 1
    return [known.get(kind, "") for kind in _ADDRESS] + [known[kind] for kind in sorted(known.keys() - set(_ADDRESS))]


def full_name(last: str, first: str) -> str:
    """A name as OFAC prints it: SURNAME, Given; entities and ships have the last name alone."""
    return f"{last}, {first}" if first.strip() and last.strip() else last or first


def _spelled(label: str) -> str:
    # The newer formats write VESSEL TYPE, and a typographic apostrophe.
    clean = " ".join(label.replace("\u2019", "'").split()).rstrip(" :-")
    return _SPELLED.get(clean.casefold(), clean)


def is_identifier(label: str) -> bool:
    """Whether the label is of a number that identifies."""
    return label in IDENTIFIERS or label.startswith(_CURRENCY)


def is_told(label: str) -> bool:
    """Whether what the label says is kept as a remark."""
    return label in _TOLD or _TOLD_TOO.fullmatch(label) is not None


def add_feature(
    draft: Draft, label: str, value: str, report: Report, *, country: str = "", note: str = "", number: bool = False
) -> None:
    """Take one labelled value into a party: identifier, date, country or remark, by what the label says.

    Args:
        number: the file gives it as a document or registration; then an unknown label is an identifier too.
    """
    label, value = _spelled(label), " ".join(value.split())
    if not value:
        return
    if label in _DATES:
        add_date(draft, _DATES[label], value)
    elif label in _COUNTRIES:
        add_country(draft, value.rstrip("."), report)
        draft.remark(f"{label}: {value}")
    elif is_told(label):
        _add_told(draft, label, value, note)
    elif is_identifier(label):
        _add_number(draft, label, value, report, country, note)
    else:
        report.unknown[f"label {label[:80]!r}"] += 1
        if number and any(c.isdigit() for c in value):
            _add_number(draft, label, value, report, country, note)
        else:
            draft.remark(f"{label}: {value}")


def _add_told(draft: Draft, label: str, value: str, note: str) -> None:
    draft.remark(f"{label}: {value}" + (f" ({note})" if note else ""))
    if label.startswith("Listing Date ("):
        draft.date("listing", value)


def _add_number(draft: Draft, label: str, value: str, report: Report, country: str, note: str) -> None:
    while (bracketed := _IN_BRACKETS.fullmatch(value)) is not None:
        value, place = bracketed.groups()
        country, note = (place, note) if is_place(place) and not country else (country, _joined(place, note))
    code = code_of(country, report) if country else ""
    if country and not code:
        note = _joined(note, country)
    imo = _IMO.fullmatch(value)
    if imo is not None:
        # Companies have IMO numbers too; what it is of stays with it.
        draft.number("IMO", imo[1], country=code, note=_joined(label, note))
    elif any(c.isdigit() for c in value) or label in _LETTERS or label.startswith(_CURRENCY):
        draft.number(label, value, country=code, note=note)
    else:
        draft.remark(f"{label}: {value}" + (f" ({note})" if note else ""))


def _joined(*parts: str) -> str:
    return "; ".join(part for part in parts if part)


def settle_listing_date(draft: Draft) -> None:
    """Give the listing the date of its directive, where the party has one programme and no older directive undated.

    Directive 1a of Executive Order 14024 replaced directive 1; when the party came under that is not in the list.
    """
    dates = [when.first for (what, _), when in draft.dates.items() if what == "listing" and when.first]
    labels = [remark for remark in draft.remarks if remark.startswith("Listing Date (")]
    if draft.listed_from is None and dates and len(draft.programmes) == 1 and not any("1a)" in one for one in labels):
        draft.listed_from = min(dates)
        draft.date_basis = "listing date that the list gives for its directive"
