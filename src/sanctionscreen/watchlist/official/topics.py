"""What topics and programmes of OpenSanctions mean: whether a party is listed, and under what measure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Literal

from sanctionscreen.errors import Location, WatchlistError
from sanctionscreen.model import ListedParty, Listing, Measure, Status
from sanctionscreen.watchlist.official.reading import Report

Meaning = Measure | Literal["listed", ""]
"""`listed`: as the list as a whole; empty: says what someone is, and nothing against them."""

# The vocabulary is that of followthemoney/types/topic.py; what it means in law is said here.
TOPICS: Mapping[str, Meaning] = {
    "sanction": "listed",  # designated by a government: mostly an asset freeze
    "asset.frozen": "asset_freeze",
    "export.control": "export_licence",  # such as 15 CFR 744.11 and 744.21: a licence, not a freeze
    "invest.ban": "sectoral",  # such as E.O. 14032: securities, not goods
    # Owned or controlled: OFAC's 50 percent rule and its like need the share, which the topic does not give.
    "sanction.linked": "context",
    "sanction.control": "context",
    "export.control.linked": "context",
    "sanction.counter": "context",  # by states against which these lists are made: binds no exporter of ours
    "export.risk": "context",
    "invest.risk": "context",
    "debarment": "context",  # from public contracts (2 CFR 180; World Bank); forbids no sale to the party
    "poi": "context",
    "wanted": "context",
    "forced.labor": "context",  # bans imports (19 U.S.C. 1307), not exports
    "mare.detained": "context",
    "mare.shadow": "context",
    "mare.sts": "context",
    "reg.action": "context",
    "reg.warn": "context",
    "corp.disqual": "context",
    "corp.offshore": "context",
    "corp.shell": "context",
    "corp.public": "",
    "crime": "context",
    "role.pep": "context",  # 31 CFR 1010.605 and its like ask for diligence; nothing is forbidden
    "role.rca": "context",
    "role.oligarch": "context",
    "role.spy": "context",
    "mil": "context",  # 15 CFR 744.21 asks of the army as an end user
    **dict.fromkeys("crime.fraud crime.cyber crime.fin crime.env crime.theft crime.war crime.boss".split(), "context"),
    **dict.fromkeys("crime.terror crime.traffick crime.traffick.drug crime.traffick.human".split(), "context"),
    **dict.fromkeys("role.pep.frmr role.pep.intl role.pep.natl".split(), "context"),
    **dict.fromkeys("role.pol role.judge role.civil role.diplo role.lawyer role.acct role.journo".split(), ""),
    **dict.fromkeys("role.act role.lobby pol.party pol.union rel fin fin.bank fin.fund fin.adivsor".split(), ""),
    **dict.fromkeys("gov gov.national gov.state gov.muni gov.soe gov.igo gov.head gov.admin".split(), ""),
    **dict.fromkeys("gov.executive gov.legislative gov.judicial gov.security gov.financial gov.religion".split(), ""),
}

# A new topic below these is context at most. Below sanction, export, invest and asset it may mean anything.
_FAMILIES = frozenset({"crime", "role", "gov", "fin", "pol", "rel", "mil", "mare", "reg", "corp"})

# Programmes of OpenSanctions (programs/*.yml there) whose listings are no asset freeze, with the source of the measure.
PROGRAMMES: Mapping[str, Measure] = {
    "US-BIS-EL": "export_licence",  # Entity List, 15 CFR 744 Supplement 4
    "US-BIS-MEU": "export_licence",  # Military End-User List, 15 CFR 744 Supplement 7
    "US-BIS-UVL": "unverified",  # Unverified List, 15 CFR 744 Supplement 6
    "US-BIS-DPL": "denied",  # Denied Persons List, 15 CFR 764.3(a)(2)
}
_NO_LAW = ("UA-WS-",)
"""War & Sanctions portal of Ukraine's military intelligence: published facts, no designation."""

_STRENGTH: tuple[Measure, ...] = (
    "asset_freeze",
    "denied",
    "export_licence",
    "sectoral",
    "unverified",
    "press",
    "context",
)


def measures_of(topics: Iterable[str], report: Report, at: Location) -> dict[Measure, str]:
    """The measures that topics stand for, strongest first, each with the topic that says so.

    Raises:
        WatchlistError: a topic that could be a measure is not known.
    """
    found: dict[Measure, str] = {}
    for topic in topics:
        if measure := _measure(topic, report, at):
            found.setdefault(measure, topic)
    return {measure: found[measure] for measure in _STRENGTH if measure in found}


def programme_measure(programme: str) -> Measure | None:
    """The measure of a programme; None where it is no other than that of the party's topics."""
    return "context" if programme.startswith(_NO_LAW) else PROGRAMMES.get(programme)


def listed_measure(report: Report) -> Measure:
    """What a designation on the list means: as the list says; a freeze, should the list be one of mere context."""
    return "asset_freeze" if report.measure in ("context", "press") else report.measure


def with_listings(party: ListedParty, listings: Iterable[Listing]) -> ListedParty:
    """The party with other listings; official where any of them is."""
    listings = tuple(dict.fromkeys(listings))
    measures = {listing.measure for listing in listings}
    status: Status = "official" if measures - {"press", "context"} else "press" if "press" in measures else "context"
    return replace(party, listings=listings, status=status)


def _measure(topic: str, report: Report, at: Location) -> Measure | None:
    meaning = TOPICS.get(topic)
    if meaning is None:
        report.unknown[f"topic {topic[:80]!r}"] += 1
        if topic.partition(".")[0] not in _FAMILIES:
            raise WatchlistError(f"has the unknown topic {topic!r}: is it a listing, and what does it forbid?", at)
        meaning = "context"
    if meaning == "listed":
        return listed_measure(report)
    return meaning or None
