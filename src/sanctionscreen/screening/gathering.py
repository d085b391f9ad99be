"""The pass over a file in which everything distinct in it is found: parties, goods, places, and what features look at.

Each part of the file waits on disk as columns. What is held in memory grows with the distinct parties and goods.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from sanctionscreen.goods.editions import HS2022_FROM
from sanctionscreen.ingest.columns import CodedColumn, read_coded
from sanctionscreen.model import Line
from sanctionscreen.screening.combinations import combinations
from sanctionscreen.screening.derive import ADDRESSES, COUNTRIES, PORTS, Deriver, GoodsPart, country_beside
from sanctionscreen.screening.parties import ROLE_FIELDS, query_of
from sanctionscreen.screening.parts import GOODS, Part
from sanctionscreen.values import Habit

if TYPE_CHECKING:
    import polars as pl

Codes = npt.NDArray[np.int32]
_OF_GOODS = ("goods.description", "goods.hs_code", "goods.eccn")
_BEFORE_HS2022 = HS2022_FROM - timedelta(days=1)
OCCUPIED = "place.occupied"


@dataclass(slots=True)
class Distinct:
    """Distinct things in the order in which they came, each with its number."""

    number: dict[Any, int] = field(default_factory=dict)

    def code(self, thing: Any) -> int:
        """The number of a thing; -1 for None."""
        return -1 if thing is None else self.number.setdefault(thing, len(self.number))

    def __len__(self) -> int:
        return len(self.number)


class Gathering:
    """What is distinct in a file, found part by part."""

    def __init__(self, deriver: Deriver, habits: Mapping[str, Habit]) -> None:
        self._deriver, self._habits = deriver, habits
        self.queries = Distinct()
        """Parties to look up, as `PartyQuery`."""
        self._asked: dict[str, dict[tuple[Any, ...], int]] = {}
        self._goods_lines: dict[tuple[Any, ...], int] = {}
        self._goods = Distinct()
        self._beside_occupied: list[bool] = []
        """Of each party whether an address that stands with its name lies in occupied territory."""
        self.collected: frozenset[str] = frozenset()
        """The fields of the file."""

    def part(
        self,
        first_row: int,
        columns: Mapping[str, Sequence[Any]],
        cells: Sequence[pl.Series] = (),
        odd: Mapping[int, Sequence[Any]] | None = None,
        rejects: Mapping[int, str] | None = None,
    ) -> Part:
        """The next rows of the file.

        Args:
            columns: the cells of the collected fields.
            cells: the cells of all columns as text, as a result repeats them.
            odd: the cells of rows that columns of text cannot hold.
            rejects: why rows do not fit the header; in `columns` and `cells` they are empty.
        """
        import polars as pl

        coded = {one.field.name: one for one in read_coded(columns, self._habits)}
        self.collected = frozenset(coded)
        rows = len(next(iter(coded.values())).codes)
        fields = pl.DataFrame([one.series() for one in coded.values()])
        parties = self._parties(coded, rows)
        if (occupied := self._occupied(coded, parties, rows)) is not None:
            fields = fields.with_columns(occupied)
        return Part(
            first_row,
            rows,
            list(cells),
            fields,
            {name: _problems(one) for name, one in coded.items() if one.problems},
            {
                **parties,
                **({GOODS: goods} if (goods := self._goods_codes(coded, rows)) is not None else {}),
                **{
                    name: one.codes.to_numpy().astype(np.int32) for name, one in coded.items() if one.field.type.is_list
                },
            },
            odd or {},
            rejects or {},
        )

    def _parties(self, coded: Mapping[str, CodedColumn], rows: int) -> dict[str, Codes]:
        """For each role that is collected, the number of the party in each row."""
        found = {}
        for role, names in ROLE_FIELDS.items():
            held = [coded[name] for name in names if name in coded]
            if held:
                found[role] = self._parties_of(role, held, rows)
        return found

    def _parties_of(self, role: str, held: Sequence[CodedColumn], rows: int) -> Codes:
        names = [one.field.name for one in held]
        known = self._asked.setdefault(role, {})
        found = combinations([one.codes.to_numpy() for one in held], rows)
        numbers = []
        for cells in _rows(held, found.rows):
            number = known.get(cells)
            if number is None:
                number = known[cells] = self.queries.code(query_of(role, dict(zip(names, cells, strict=True))))
            numbers.append(number)
        return np.array(numbers, dtype=np.int32)[found.which]

    def _goods_codes(self, coded: Mapping[str, CodedColumn], rows: int) -> Codes | None:
        """The number of what each row says of its goods; None where nothing of them is collected."""
        held = [coded[name] for name in _OF_GOODS if name in coded]
        if not held:
            return None
        eras, days = _eras(coded.get("shipment.date"), rows)
        found = combinations([*(one.codes.to_numpy() for one in held), eras], rows)
        names = [*(one.field.name for one in held), *([] if days is None else ["shipment.date"])]
        keys = [
            cells if days is None else (*cells, days[era])
            for cells, era in zip(_rows(held, found.rows), eras[found.rows].tolist(), strict=True)
        ]
        new = [dict(zip(names, key, strict=True)) for key in keys if key not in self._goods_lines]
        self._deriver.prepare([Line(line) for line in new])
        for line in new:
            part = self._deriver.goods_part(line, "")
            sign = (tuple(part.values.items()), part.warnings, part.is_described)
            self._goods_lines[tuple(line.values())] = self._goods.code(sign)
        return np.array([self._goods_lines[key] for key in keys], dtype=np.int32)[found.which]

    def goods(self) -> list[GoodsPart]:
        """What goods add to a line, by number."""
        return [GoodsPart(dict(values), warnings, said, None) for values, warnings, said in self._goods.number]

    def _occupied(self, coded: Mapping[str, CodedColumn], parties: Mapping[str, Codes], rows: int) -> pl.Series | None:
        """Whether a place of each row is occupied, as `Deriver.derive` says it; None where none is collected."""
        is_in = np.zeros(rows, dtype=np.bool_)
        for name in (name for name in COUNTRIES if name in coded):
            occupied = [bool(text) and self._deriver.is_occupied(text, "") for text in coded[name].written()]
            is_in |= np.array(occupied, dtype=np.bool_)[coded[name].codes.to_numpy()]
        new = islice(self.queries.number, len(self._beside_occupied), None)
        self._beside_occupied += [
            one.kind != "vessel" and self._deriver.is_beside_occupied(one.name, one.country) for one in new
        ]
        beside = np.array([*self._beside_occupied, False], dtype=np.bool_)
        for codes in parties.values():
            is_in |= beside[codes]
        is_known = is_in
        places = [name for name in (*ADDRESSES, *PORTS) if name in coded]
        for name in places:
            held = [coded[one] for one in (name, country_beside(name)) if one in coded]
            found = combinations([one.codes.to_numpy() for one in held], rows)
            texts = [(text or "", country[0] or "" if country else "") for text, *country in _rows(held, found.rows)]
            is_known = is_known | np.array([bool(text) for text, _ in texts], dtype=np.bool_)[found.which]
            said = [bool(text) and self._deriver.is_occupied(text, country) for text, country in texts]
            is_in = is_in | np.array(said, dtype=np.bool_)[found.which]
        return _said(is_in, is_known) if places or is_known.any() else None


def _said(truths: npt.NDArray[np.bool_], is_known: npt.NDArray[np.bool_]) -> pl.Series:
    import polars as pl

    return pl.select(pl.when(pl.Series(is_known)).then(pl.Series(truths)).alias(OCCUPIED)).to_series()


def _rows(held: Sequence[CodedColumn], rows: npt.NDArray[np.int64]) -> list[tuple[Any, ...]]:
    """The values of some rows, in the order of the columns."""
    columns = ([one.values[code] for code in one.codes.to_numpy()[rows].tolist()] for one in held)
    return list(zip(*columns, strict=True))


def _numbers(one: CodedColumn) -> Codes:
    return one.codes.to_numpy().astype(np.int32)


def _eras(days: CodedColumn | None, rows: int) -> tuple[npt.NDArray[np.int64], list[date | None] | None]:
    """For each row which edition of the nomenclature its day asks for, and a day that stands for each."""
    if days is None:
        return np.zeros(rows, dtype=np.int64), None
    eras = [0 if day is None else 1 if day < HS2022_FROM else 2 for day in days.values]
    return np.array(eras, dtype=np.int64)[days.codes.to_numpy()], [None, _BEFORE_HS2022, HS2022_FROM]


def _problems(one: CodedColumn) -> pl.Series:
    """Why the cell of each row could not be read; null where it could."""
    import polars as pl

    said = pl.Series(one.field.name, [one.problems.get(at) for at in range(len(one.values))], dtype=pl.String)
    return said.gather(one.codes)
