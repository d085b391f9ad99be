"""The words of FollowTheMoney and what they say of a party: schemata, properties, country codes.

Source: the schema files of followthemoney (followthemoney/schema/*.yaml), version 4.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sanctionscreen import countries
from sanctionscreen.errors import Location, WatchlistError
from sanctionscreen.model import Kind, Quality
from sanctionscreen.watchlist.official.reading import Draft, Report

PARTIES: Mapping[str, Kind] = {
    "Person": "person",
    "Company": "company",
    "Organization": "company",
    "PublicBody": "company",
    "LegalEntity": "any",  # used where the source does not say whether it is a person or a firm
    "Vessel": "vessel",
    "Airplane": "aircraft",
    "Vehicle": "any",
    "Asset": "any",
}

NO_PARTIES = frozenset(
    "Address Article Assessment Audio BankAccount Call CallForTenders Contract ContractAward CourtCase CryptoWallet"
    " Document Documentation Email Event Folder HyperText Image Message Note Package Pages Page PlainText Position"
    " Post Project RealEstate Risk Security Series Succession Table TaxRoll Territory Trip UserAccount Video Web"
    " Workbook".split()
)
"""Things that no shipment names as a party, and documents."""

DOCUMENTS = frozenset({"Identification", "Passport"})

# Two ends of an edge, each with the words for the other one: an end is told what the other is to it.
EDGES: Mapping[str, tuple[tuple[str, str], tuple[str, str]]] = {
    "Ownership": (("owner", "owned by"), ("asset", "owns")),
    "Directorship": (("director", "directed by"), ("organization", "directs")),
    "Control": (("controller", "controlled by"), ("subject", "controls")),
    "Membership": (("member", "has the member"), ("organization", "member of")),
    "Employment": (("employee", "employs"), ("employer", "employed by")),
    "Representation": (("agent", "represented by"), ("client", "represents")),
    "Family": (("person", "family of"), ("relative", "family of")),
    "Associate": (("person", "associate of"), ("associate", "associate of")),
    "UnknownLink": (("subject", "linked to"), ("object", "linked to")),
    "Similar": (("candidate", "perhaps the same as"), ("match", "perhaps the same as")),
    "Succession": (("predecessor", "preceded by"), ("successor", "succeeded by")),
    "Debt": (("debtor", "is owed by"), ("creditor", "owes to")),
    "Payment": (("payer", "paid by"), ("beneficiary", "paid to")),
    "ProjectParticipant": (("participant", "with the participant"), ("project", "takes part in")),
    "ContractAward": (("supplier", "supplied by"), ("contract", "supplies")),
    "Occupancy": (("holder", "held by"), ("post", "holds the post")),
}

# Weak: what the schema itself keeps out of matching; an abbreviation is as broad as a weak alias.
NAMES: Mapping[str, tuple[Quality, str]] = {
    "name": ("strong", ""),
    "alias": ("strong", "alias"),
    "previousName": ("strong", "former"),
    "weakAlias": ("weak", "alias"),
    "abbreviation": ("weak", "abbreviation"),
}
NAME_PARTS = frozenset("firstName secondName middleName fatherName motherName lastName nameSuffix".split())
"""Repeated whole in the names."""

NUMBERS: Mapping[str, str] = {
    "innCode": "INN",
    "ogrnCode": "OGRN",
    "okpoCode": "OKPO",
    "imoNumber": "IMO",
    "mmsi": "MMSI",
    "callSign": "call sign",
    "crsNumber": "CRS number",
    "leiCode": "LEI",
    "swiftBic": "SWIFT/BIC",
    "bikCode": "BIK",
    "passportNumber": "Passport",
    "idNumber": "ID number",
    "taxNumber": "tax number",
    "vatCode": "VAT number",
    "registrationNumber": "registration number",
    "licenseNumber": "license number",
    "socialSecurityNumber": "social security number",
    "uscCode": "USCC",
    "dunsCode": "D-U-N-S",
    "uniqueEntityId": "UEI",
    "npiCode": "NPI",
    "voenCode": "VOEN",
    "irsCode": "IRS number",
    "cikCode": "CIK",
    "jibCode": "JIB",
    "mbsCode": "MBS",
    "pfrNumber": "PFR number",
    "fssCode": "FSS",
    "bvdId": "BvD",
    "permId": "PermID",
    "isinCode": "ISIN",
    "isin": "ISIN",
    "serialNumber": "serial number",
    "wikidataId": "Wikidata",
}

DATES: Mapping[str, str] = {
    "birthDate": "birth",
    "deathDate": "death",
    "incorporationDate": "incorporation",
    "dissolutionDate": "dissolution",
    "buildDate": "build",
    "registrationDate": "registration",
    "deregistrationDate": "deregistration",
}

COUNTRIES = frozenset("country jurisdiction mainCountry nationality citizenship flag".split())

# KPP, OKVED, OKATO and tickers are shared by many firms, so they are said and not compared.
REMARKS: Mapping[str, str] = {
    name: name
    for name in (
        "notes summary description title position sector classification legalForm status taxStatus gender birthPlace"
        " birthCountry deathPlace pastFlags pastTypes pastNames type model tonnage grossRegisteredTonnage"
        " deadweightTonnage registrationPort navigationArea nameChangeDate dimensions category icaoCode kppCode"
        " okvedCode okopfCode coatoCode caemCode oksmCode fnsCode ipoCode ricCode ticker capital amount currency"
        " education ethnicity height weight eyeColor hairColor appearance religion political profession spokenLanguage"
        " keywords email phone website program wikipediaUrl opencorporatesUrl icijId giiNumber legalBasis"
        " birthCity militaryBranch"
    ).split()
}
UNSAID = frozenset(
    "topics programId address addressEntity sourceUrl publisher publisherUrl alephUrl proof indexText createdAt"
    " modifiedAt retrievedAt namesMentioned sanctions identification".split()
)
"""Read elsewhere, or about the record and not about the party."""

_NO_STATES = {  # followthemoney's codes for what has no ISO 3166-1 code
    "suhh": "Soviet Union",
    "cshh": "Czechoslovakia",
    "csxx": "Serbia and Montenegro",
    "yucs": "Yugoslavia",
    "ddde": "East Germany",
    "dd": "East Germany",
    "eu": "European Union",
    "zz": "the world",
    "xx": "no country",
}


def add_country(draft: Draft, code: str, report: Report) -> None:
    """A country by its code in FollowTheMoney, or by name; a part of a state (ua-cri) stands for the state.

    What is no state of ISO 3166-1, and what is not known, stays as a remark.
    """
    folded = code.strip().casefold()
    state, dash, _ = folded.partition("-")
    found = state.upper() if state.upper() in countries.names() else countries.lookup(code)
    if folded in _NO_STATES:
        draft.remark(f"country: {_NO_STATES[folded]}")
        return
    if found is None:
        if folded:
            report.unknown[f"country {code[:80]!r}"] += 1
            draft.remark(f"country: {code}")
        return
    draft.country(found)
    if dash:
        draft.remark(f"country: {code}")


def check_id(key: str, seen: set[str], at: Location) -> None:
    """Every entry has an id of its own."""
    if not key.strip():
        raise WatchlistError("has an entry without an id", at)
    if key in seen:
        raise WatchlistError(f"has the id {key!r} twice", at)
    seen.add(key)


def kind_of(schema: str, report: Report) -> Kind:
    """What a schema is; one that is not known may be anything, and is said."""
    if schema not in PARTIES:
        report.unknown[f"schema {schema[:80]!r}"] += 1
    return PARTIES.get(schema, "any")


def is_day(text: str) -> bool:
    """Whether a text is a day of the calendar, as 2024-02-29."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def see_day(report: Report, last_seen: str) -> None:
    """The file is as new as the newest entry that its maker still saw."""
    if is_day(last_seen[:10]):
        day = date.fromisoformat(last_seen[:10])
        report.published = max(report.published or day, day)
