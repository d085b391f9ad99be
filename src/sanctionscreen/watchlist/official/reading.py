"""What every reader of an official list gives: parties, and an account of all that the file held.

Nothing is dropped in silence. A column, element or value that a reader does not know is counted in the report; one that
could change what a hit means stops the reading.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from sanctionscreen.errors import Location, WatchlistError
from sanctionscreen.model import Kind, ListedDate, ListedName, ListedNumber, ListedParty, Listing, Measure, Quality

_MONTHS = {name: n for n, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}


@dataclass(slots=True)
class Report:
    """What a file held, and what of it was not understood."""

    list: str
    """Id of the list in the catalogue."""
    measure: Measure
    """What a listing means unless the entry says otherwise."""
    published: date | None = None
    """The day that the file gives for itself."""
    announced: int | None = None
    """The number of entries that the file gives for itself."""
    counts: Counter[str] = field(default_factory=Counter)
    """entries, names, weak names, addresses, identifiers, dates, and what a reader counts besides."""
    unknown: Counter[str] = field(default_factory=Counter)
    """Columns, elements and values that no reader knows: they were kept as remarks, or not read, and are said."""
    left_out: Counter[str] = field(default_factory=Counter)
    """What was left out on purpose, each with the reason: delisted entries, for one."""

    def count(self, party: ListedParty) -> ListedParty:
        """Take a finished party into the counts."""
        self.counts["entries"] += 1
        self.counts["names"] += len(party.names)
        self.counts["weak names"] += sum(name.quality == "weak" for name in party.names)
        self.counts["addresses"] += len(party.addresses)
        self.counts["identifiers"] += len(party.numbers)
        self.counts["dates"] += len(party.dates)
        return party

    def check(self, file: str) -> None:
        """After the last party.

        Raises:
            WatchlistError: the file announces another number of entries than it holds, or holds none.
        """
        found = self.counts["entries"] + sum(self.left_out.values())
        if self.announced is not None and self.announced != found:
            raise WatchlistError(f"says that it has {self.announced:,} entries and has {found:,}", Location(file))
        if not found:
            raise WatchlistError("holds no entry", Location(file))


class Reader(Protocol):
    """Reads the files of one list, each under the part it plays (`main` where there is one file only)."""

    def __call__(self, files: Mapping[str, Path], report: Report) -> Iterator[ListedParty]: ...


@dataclass(slots=True)
class Draft:
    """A party while it is read; `done` makes it one."""

    id: str
    """As the list numbers it; unique within the list."""
    kind: Kind = "any"
    names: dict[str, ListedName] = field(default_factory=dict)
    countries: dict[str, None] = field(default_factory=dict)
    addresses: dict[str, None] = field(default_factory=dict)
    numbers: dict[tuple[str, str], ListedNumber] = field(default_factory=dict)
    dates: dict[tuple[str, str], ListedDate] = field(default_factory=dict)
    programmes: dict[str, None] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    source: str = ""
    """Where in the file: `sdn.csv line 12`."""
    listed_from: date | None = None
    date_basis: str = ""
    measure: Measure | None = None
    citation: str = ""
    listings: list[Listing] = field(default_factory=list)
    """Where the entries of one party differ in list, measure, day or law; else one is made of each programme."""

    def name(self, text: str, quality: Quality = "strong", *, kind: str = "", script: str = "", note: str = "") -> None:
        """Add a name; blank ones are none, and of two alike the better quality stays."""
        clean = " ".join(text.split())
        if not any(c.isalnum() for c in clean):
            return
        ranks: tuple[Quality, ...] = ("primary", "strong", "weak")
        held = self.names.get(clean)
        if held is None or ranks.index(quality) < ranks.index(held.quality):
            self.names[clean] = ListedName(clean, quality, note, kind, script)

    def country(self, code: str | None) -> None:
        """Add a country by its two letters; the reader turns names into codes, and counts those it cannot."""
        if code:
            self.countries[code] = None

    def address(self, *parts: str | None) -> None:
        """Add an address from its parts, blank ones left out."""
        text = ", ".join(" ".join(part.split()) for part in parts if part and part.strip())
        if text:
            self.addresses[text] = None

    def number(self, kind: str, number: str | None, *, country: str = "", note: str = "") -> None:
        """Add an identifier: what it is, as the list names it, and the number as written."""
        clean = " ".join((number or "").split())
        if any(c.isalnum() for c in clean):
            self.numbers.setdefault((kind, clean), ListedNumber(kind, clean, country, note))

    def date(self, what: str, text: str | None) -> None:
        """Add a date as published, with the days that its precision leaves open."""
        clean = " ".join((text or "").split())
        if clean:
            self.dates.setdefault((what, clean), ListedDate(what, clean, *read_date(clean)))

    def remark(self, text: str | None) -> None:
        """Add a remark, as published."""
        clean = " ".join((text or "").split())
        if clean and clean not in self.remarks:
            self.remarks.append(clean)

    def done(self, report: Report) -> ListedParty | None:
        """The party, counted in the report; None, and counted, where it has no name that can be read."""
        if not self.names:
            report.left_out["entries without a name"] += 1
            return None
        names = sorted(self.names.values(), key=lambda name: name.quality != "primary")  # stable: as published
        listings = tuple(dict.fromkeys(self.listings)) or tuple(
            Listing(
                list=report.list,
                measure=self.measure or report.measure,
                programme=programme,
                entry_number=self.id,
                listed_from=self.listed_from,
                date_basis=self.date_basis,
                citation=self.citation or self.source,
            )
            for programme in (self.programmes or {"": None})
        )
        numbers = tuple(self.numbers.values())
        return report.count(
            ListedParty(
                id=f"{report.list}:{self.id}",
                kind=self.kind,
                names=tuple(names),
                countries=tuple(self.countries),
                identifiers=tuple(dict.fromkeys(number.number for number in numbers)),
                addresses=tuple(self.addresses),
                listings=listings,
                note="; ".join(self.remarks),
                numbers=numbers,
                dates=tuple(self.dates.values()),
                source=self.source,
            )
        )


@lru_cache(1 << 12)
def read_date(text: str) -> tuple[date | None, date | None]:
    """First and last day that a published date can mean; None for what is not known.

    Read are 1970, 03/1970, Mar 1970, 1970-03, 03 Mar 1970, 1970-03-12, 12/03/1970 with the day first (as the UK, the EU
    and Australia write it), 00/00/1970, dd/mm/1970, circa 1970, 1968 to 1972. Another order of the day is the reader's.

    >>> read_date("03/1970"), read_date("circa 1970")[0]
    ((datetime.date(1970, 3, 1), datetime.date(1970, 3, 31)), datetime.date(1970, 1, 1))
    """
    years = [int(year) for year in re.findall(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)", text)]
    if not years:
        return None, None
    if len(set(years)) > 1:
        return date(min(years), 1, 1), date(max(years), 12, 31)
    year, rest = years[0], re.sub(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)", " ", text, count=1).casefold()
    named = [_MONTHS[word[:3]] for word in re.findall(r"[a-z]{3,}", rest) if word[:3] in _MONTHS]
    numbers = [int(n) for n in re.findall(r"\d{1,2}", rest) if int(n)]
    if text[:4].isdigit():  # 1970-03-12
        numbers.reverse()
    month = named[0] if named else numbers[-1] if numbers and numbers[-1] <= 12 else 0
    days = numbers if named else numbers[:-1]
    if not month or "circa" in rest:
        return date(year, 1, 1), date(year, 12, 31)
    last = monthrange(year, month)[1]
    if days and 1 <= days[0] <= last:
        return date(year, month, days[0]), date(year, month, days[0])
    return date(year, month, 1), date(year, month, last)


def known(table: Mapping[str, str], value: str, what: str, report: Report) -> str:
    """The meaning of a value in a reader's table; unknown values are counted, and give nothing."""
    clean = " ".join(value.split())
    if clean and clean not in table:
        report.unknown[f"{what} {clean[:80]!r}"] += 1
    return table.get(clean, "")


def unknown_names(found: Iterable[str], expected: Iterable[str], what: str, report: Report) -> None:
    """Count columns or elements that the reader does not know."""
    for name in sorted(set(found) - set(expected)):
        report.unknown[f"{what} {name[:80]!r}"] += 1


def missing_columns(header: Iterable[str], needed: Iterable[str], file: str) -> None:
    """Refuse a table without the columns that a reader cannot do without.

    Raises:
        WatchlistError: with the missing columns.
    """
    absent = [name for name in needed if name not in set(header)]
    if absent:
        raise WatchlistError(
            f"has no column {', '.join(absent)}; is it the right list, or a new format?", Location(file)
        )
