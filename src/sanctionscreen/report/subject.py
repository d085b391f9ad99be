"""What an alert is about, in three short texts: which party, which goods, which way."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sanctionscreen.countries import lookup, names
from sanctionscreen.model import Assessment
from sanctionscreen.report.input_cells import cell_text
from sanctionscreen.report.printable import printable
from sanctionscreen.report.writers import Layout
from sanctionscreen.screening.wording import shortened

NOT_GIVEN = "not given"
_PARTIES = ("consignee", "end_user", "buyer", "notify_party", "intermediate_consignee", "consignor", "seller")
"""Where no party resembles a listed one, the first of these stands for the line: who gets the goods comes first."""
_FROM = ("export.country", "consignor.country", "seller.country", "goods.origin_country")
_TO = ("destination.country", "end_user.country", "consignee.country", "buyer.country")
_LONGEST = 120
_CODE = re.compile(r"(?<!\d)(\d{4})[.\s]?(\d{2})")


@dataclass(frozen=True, slots=True)
class Subject:
    """Who, what and where of a line, for people; each is `NOT_GIVEN` where the line does not say."""

    role: str
    party: str
    code: str
    """Goods code as it is usually written, to six digits; empty where none can be read."""
    goods: str
    """The description, shortened."""
    route: str


class Subjects:
    """Finds the subject of lines of one file."""

    def __init__(self, layout: Layout) -> None:
        self._names: dict[str, list[str]] = {}
        for name, field in layout.fields.items():
            self._names.setdefault(field, []).append(name)
        self._constants = layout.constants

    def of(self, assessment: Assessment) -> Subject:
        role, party = self._party(assessment)
        cells = assessment.input
        code = _CODE.search(self._first(cells, ["goods.hs_code"]))
        return Subject(
            role.replace("_", " "),
            party or NOT_GIVEN,
            f"{code[1]}.{code[2]}" if code else "",
            self._first(cells, ["goods.description"]) or NOT_GIVEN,
            f"{_country(self._first(cells, _FROM))} → {_country(self._first(cells, _TO))}",
        )

    def _party(self, assessment: Assessment) -> tuple[str, str]:
        """The party that resembles a listed one most, else the one that the goods go to."""
        hits = (*assessment.hits, *assessment.address_hits)
        if hits:
            best = max(hits, key=lambda hit: hit.score)
            return best.role, _short(best.name)
        for role in _PARTIES:
            if name := self._first(assessment.input, [f"{role}.name"]):
                return role, name
        return "", ""

    def _first(self, cells: Mapping[str, object], fields: Sequence[str]) -> str:
        for field in fields:
            written = (cell_text(cells.get(name)) for name in self._names.get(field, ()))
            for text in (*written, self._constants.get(field, "")):
                if said := _short(text):
                    return said
        return ""


def _short(text: str) -> str:
    return shortened(" ".join(printable(text).split()), _LONGEST)


def _country(cell: str) -> str:
    code = lookup(cell) if cell else None
    return names()[code] if code else shortened(cell, 30) or NOT_GIVEN
