"""Reading `chpl.yml`: the Common High Priority List with its tiers and dates, and the links between HS editions."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sanctionscreen.errors import suggestion
from sanctionscreen.goods.categories import TIERS, check_hs6, read_codes
from sanctionscreen.goods.editions import Link
from sanctionscreen.strict_yaml import Entry, Scalar
from sanctionscreen.watchlist.listfile import read_citations

BASES = ("table", "table and general knowledge", "general knowledge")

_DAY_OR_MONTH = re.compile(r"\d{4}-\d{2}(?:-\d{2})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Since:
    """When a code came onto the list: two dates (day, or month where no day is known), equal where the day is known."""

    earliest: str
    latest: str
    confidence: str

    def may_be_before(self, day: date) -> bool:
        """Whether the code can have been on the list on a day."""
        return day.isoformat()[: len(self.earliest)] >= self.earliest

    def __str__(self) -> str:
        if self.earliest == self.latest:
            return f"since {self.earliest}"
        return f"added between {self.earliest} and {self.latest}"


@dataclass(frozen=True, slots=True)
class ChplCode:
    """A code of the Common High Priority List."""

    hs6: str
    tier: str
    since: Since
    desc: str
    hs2017: tuple[str, ...]
    """The HS2017 codes that held these goods."""
    eccn: tuple[str, ...]
    """Related export control classifications: hints, no classification."""
    basis: str
    """Where the related classifications come from."""
    confidence: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the list that a source dates."""

    date: str
    codes: int
    sources: tuple[str, ...]
    confidence: str
    note: str = ""


_UNDATED = Since("", "", "")


def read_history(root: Entry, documents: Collection[str] | None) -> tuple[Version, ...]:
    """Take the key `history`."""
    return tuple(_version(entry, documents) for entry in root.entries("history", "version of the list", required=True))


def _version(entry: Entry, documents: Collection[str] | None) -> Version:
    version = Version(
        date=_dated(entry, "date"),
        codes=int(entry.number("codes", high=10_000)),
        sources=read_citations(entry, "sources", documents, "document"),
        confidence=entry.text("confidence"),
        note=entry.optional_text("note") or "",
    )
    entry.close()
    return version


def read_since(root: Entry) -> dict[str, Since]:
    """Take the key `since`: the ranges that codes refer to by name."""
    ranges = {}
    for name, node in root.items("since", required=True).items():
        entry = Entry(node, f"the range {name!r}", root.faults, root.error)
        ranges[name] = Since(_dated(entry, "earliest"), _dated(entry, "latest"), entry.text("confidence"))
        if ranges[name].latest[:7] < ranges[name].earliest[:7]:
            entry.fault(f"{entry.what} ends before it begins")
        entry.close()
    return ranges


def _dated(entry: Entry, key: str) -> str:
    at = entry.location(key)
    found = entry.text(key)
    if found and not _DAY_OR_MONTH.fullmatch(found):
        entry.fault(f"{key!r} of {entry.what} is {found!r}; write a day as 2026-01-31, or a month as 2026-01", at)
        return ""
    return found


def read_codes_of_list(root: Entry, ranges: Mapping[str, Since]) -> dict[str, ChplCode]:
    """Take the key `codes`: each code once, in one tier."""
    codes: dict[str, ChplCode] = {}
    for entry in root.entries("codes", "code", required=True):
        at = entry.location("hs6")
        hs6 = entry.text("hs6")
        entry.what = f"code {hs6!r}"
        code = _code(hs6, entry, ranges)
        entry.close()
        if hs6 and not check_hs6(entry, Scalar(hs6, True, at), "codes"):
            continue
        if first := codes.get(hs6):
            again = "twice" if first.tier == code.tier else f"in two tiers, {first.tier} and {code.tier}"
            entry.fault(f"the code {hs6} stands {again}", at)
        elif hs6:
            codes[hs6] = code
    return codes


def _code(hs6: str, entry: Entry, ranges: Mapping[str, Since]) -> ChplCode:
    at = entry.location("since")
    since = entry.text("since")
    if since and since not in ranges:
        entry.fault(f"'since' of {entry.what} is {since!r}{suggestion(since, sorted(ranges))}", at)
    return ChplCode(
        hs6=hs6,
        tier=entry.choice("tier", TIERS),
        since=ranges.get(since, _UNDATED),
        desc=entry.text("desc"),
        hs2017=read_codes(entry, "hs2017", required=True),
        eccn=entry.texts("eccn", required=True),
        basis=entry.choice("basis", BASES),
        confidence=entry.text("confidence"),
        note=entry.optional_text("note") or "",
    )


def read_links(root: Entry) -> tuple[Link, ...]:
    """Take the key `links`: HS2022 codes and their HS2017 codes, each HS2022 code once."""
    links: dict[str, Link] = {}
    for entry in root.entries("links", "link", required=True):
        at = entry.location("hs2022")
        hs2022 = entry.text("hs2022")
        entry.what = f"link of {hs2022!r}"
        relation = entry.choice("relation", ("1:1", "n:1", "1:n", "n:n"))
        link = Link(hs2022, read_codes(entry, "hs2017", required=True), relation, read_codes(entry, "practical"))
        entry.close()
        if hs2022 in links:
            entry.fault(f"the code {hs2022} is linked twice", at)
        elif hs2022 and check_hs6(entry, Scalar(hs2022, True, at), "links"):
            links[hs2022] = link
    return tuple(links.values())
