"""Which edition of the nomenclature a code is read in, and what an HS2017 code became in HS2022."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Literal

Edition = Literal["2017", "2022", "edition_unknown"]

HS2022_FROM = date(2022, 1, 1)  # HS2022 entered into force; some customs went on with HS2017 for a while


@dataclass(frozen=True, slots=True)
class Link:
    """An HS2022 code and the HS2017 codes that held the same goods."""

    hs2022: str
    hs2017: tuple[str, ...]
    relation: str
    """Of the 2022 code to the 2017 code, as the UN table puts it: 1:1, n:1, 1:n, n:n."""
    practical: tuple[str, ...] = ()
    """Our reading where the table gives a wide block and no clean answer; confidence medium."""


@dataclass(frozen=True, slots=True)
class Editions:
    """The links we know, and the codes that exist in one edition only."""

    links: tuple[Link, ...] = ()
    hs2017_only: frozenset[str] = frozenset()
    hs2022_only: frozenset[str] = frozenset()
    _by_2017: Mapping[str, tuple[Link, ...]] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def build(cls, links: tuple[Link, ...], hs2017_only: frozenset[str], hs2022_only: frozenset[str]) -> Editions:
        by_2017: dict[str, tuple[Link, ...]] = {}
        for link in links:
            for code in dict.fromkeys(link.hs2017 + link.practical):
                by_2017[code] = (*by_2017.get(code, ()), link)
        return cls(links, hs2017_only, hs2022_only, MappingProxyType(by_2017))

    @property
    def known_2017(self) -> frozenset[str]:
        """The codes of HS2017 that are told from mistyped ones: those by a link, or as of 2017 only."""
        return self.hs2017_only | self._by_2017.keys()

    def edition_of(self, hs6: str, day: date | None) -> tuple[Edition, str]:
        """The edition a code is read in, and a note where code and date disagree."""
        by_date: Edition = "edition_unknown"
        if day is not None:
            by_date = "2017" if day < HS2022_FROM else "2022"
        if hs6 in self.hs2017_only:
            return "2017", f"code {hs6} is of HS2017 only, though the date is {day}" if by_date == "2022" else ""
        if hs6 in self.hs2022_only:
            return "2022", f"code {hs6} is of HS2022 only, though the date is {day}" if by_date == "2017" else ""
        return by_date, ""

    def successors(self, hs2017: str) -> tuple[Link, ...]:
        """The links that lead from an HS2017 code to HS2022 codes, many where it was split."""
        return self._by_2017.get(hs2017, ())
