"""The derived fields of a part of a file, as columns: each distinct party, line of goods and owner is derived once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from sanctionscreen.fields import FIELDS
from sanctionscreen.frames import UNREADABLE, column
from sanctionscreen.screening import ownership
from sanctionscreen.screening.combinations import combinations
from sanctionscreen.screening.derive import (
    ADDRESSES,
    OWNERS,
    PORTS,
    Deriver,
    GoodsPart,
    PartyPart,
    Standing,
    owner_values,
    party_part,
    standing,
)
from sanctionscreen.screening.gathering import Distinct
from sanctionscreen.screening.ownership import Ownership
from sanctionscreen.screening.parties import ROLE_FIELDS, PartiesOfLine, PartyFindings, PartyQuery
from sanctionscreen.screening.parts import GOODS, Part

if TYPE_CHECKING:
    import polars as pl

Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Known:
    """What was found of everything distinct in a file."""

    signs: Sequence[tuple[PartyQuery, PartyFindings]]
    """Parties that say different things of a line, as `sign_of` has them."""
    sign_of_query: npt.NDArray[np.int32]
    """The sign of each party, by its number in the codes of the roles."""
    goods: Sequence[GoodsPart]
    """By number."""
    collected: frozenset[str]
    """The fields of the file."""


@dataclass(slots=True)
class Source:
    """Derived fields of one origin: for each row the place of its values."""

    which: Places
    values: Sequence[Mapping[str, Any]]

    @property
    def names(self) -> list[str]:
        return list(self.values[0]) if self.values else []

    def columns(self) -> Iterable[pl.Series]:
        for name in self.names:
            yield column(FIELDS[name], [one[name] for one in self.values]).gather(self.which)


class DerivedColumns:
    """What `Deriver.derive` says of each row of a part."""

    def __init__(self, deriver: Deriver, known: Known, part: Part) -> None:
        self._deriver, self._known, self.part = deriver, known, part
        self._collected = dict.fromkeys(known.collected)
        self.found, self.named, which_party = self._parties()
        self.goods, which_goods = self._goods(which_party)
        self.owned, which_owner = self._owners()
        of_owners = [owner_values(self._collected, one) for one in (*self.owned, None)]
        self.sources = [
            Source(which_party, [one.values for one in self.named]),
            Source(which_goods, [one.values for one in self.goods]),
            Source(np.where(which_owner < 0, len(self.owned), which_owner), of_owners),
        ]

    @property
    def is_place_collected(self) -> bool:
        """The file has an address or a port: then a line says of places that none is given, too."""
        return not self._known.collected.isdisjoint((*ADDRESSES, *PORTS))

    @property
    def is_address_collected(self) -> bool:
        """The file has an address of a party: then a line says, too, that none is given."""
        return not self._known.collected.isdisjoint(ADDRESSES)

    def frame(self) -> pl.DataFrame:
        """The fields of the rows, read and derived, with the marks of those that are open."""
        import polars as pl

        frame = self.part.frame().with_columns(series for source in self.sources for series in source.columns())
        which = self.sources[2].which
        for name in ownership.MEASURES:
            undecided = np.array([*(name in one.undecided for one in self.owned), False], dtype=np.bool_)
            if undecided.any():
                frame = frame.with_columns(pl.Series(name + UNREADABLE, undecided[which]))
        return frame

    def standings(self) -> tuple[list[Standing], Places]:
        """What rows come to before any rule, and the place of each row's."""
        of_goods = Distinct()
        goods = np.array([of_goods.code(_beside_hits(one)) for one in self.goods], dtype=np.int64)
        warned, which_warned = self._cell_warnings()
        party, line_goods, owner = (source.which for source in self.sources)
        found = combinations([party, goods[line_goods], owner, which_warned], self.part.rows)
        stands = []
        for at in found.rows.tolist():
            owned = self.owned[owner[at]] if owner[at] < len(self.owned) else None
            which = party[at]
            one = self.goods[line_goods[at]]
            stands.append(standing(warned[which_warned[at]], self.found[which], self.named[which], one, owned))
        return stands, found.which

    def _parties(self) -> tuple[list[PartiesOfLine], list[PartyPart], Places]:
        codes, signs = self.part.codes, self._known.signs
        of_query = np.append(self._known.sign_of_query, np.int32(-1))
        roles = {role: of_query[codes[role]] for role in ROLE_FIELDS if role in codes}
        alike = combinations(list(roles.values()), self.part.rows)
        found, named = [], []
        for at in alike.rows.tolist():
            asked = [(role, *signs[held[at]]) for role, held in roles.items() if held[at] >= 0]
            found.append(self._deriver.parties.of_roles(asked))
            named.append(party_part(self._collected, found[-1]))
        return found, named, alike.which

    def _goods(self, which_party: Places) -> tuple[list[GoodsPart], Places]:
        """What the goods of each row add; a maker's brand says more of the goods of its rows."""
        goods = list(self._known.goods)
        if GOODS not in self.part.codes:
            return [self._deriver.goods_part(self._collected, "")], np.zeros(self.part.rows, dtype=np.int64)
        which = self.part.codes[GOODS].astype(np.int64)
        is_branded = np.array([bool(one.maker_category) for one in self.found], dtype=np.bool_)[which_party]
        names = [
            name
            for name in ("goods.description", "goods.hs_code", "goods.eccn", "shipment.date")
            if name in self._known.collected
        ]
        rows = np.flatnonzero(is_branded)
        made: dict[tuple[Any, ...], int] = {}
        for at, cells in zip(rows.tolist(), self.part.fields.select(names)[rows].iter_rows(), strict=True):
            maker = self.found[which_party[at]].maker_category
            if (*cells, maker) not in made:
                made[*cells, maker] = len(goods)
                goods.append(self._deriver.goods_part(dict(zip(names, cells, strict=True)), maker))
            which[at] = made[*cells, maker]
        return goods, which

    def _owners(self) -> tuple[list[Ownership], Places]:
        which = np.full(self.part.rows, -1, dtype=np.int64)
        fields = self.part.fields
        columns = [name for name in OWNERS if name in self._known.collected]
        is_owned = np.zeros(self.part.rows, dtype=np.bool_)
        for name in columns:
            is_owned |= (fields[name].list.len().fill_null(0) > 0).to_numpy()
        rows = np.flatnonzero(is_owned)
        if not len(rows):
            return [], which
        roles = [role for role in ROLE_FIELDS if role in self.part.codes]
        alike = combinations([self.part.codes[name][rows] for name in (*columns, *roles)], len(rows))
        names = [name for role in roles for name in ROLE_FIELDS[role] if name in fields.columns]
        owned: list[Ownership] = []
        places: list[int] = []
        for line in fields.select([*columns, *names])[rows[alike.rows]].iter_rows(named=True):
            values = line | {name: None if line[name] is None else tuple(line[name]) for name in columns}
            one = ownership.of_line(values, self._deriver.parties)
            places.append(len(owned) if one is not None else -1)
            owned += [one] if one is not None else []
        which[rows] = np.array(places, dtype=np.int64)[alike.which]
        return owned, which

    def _cell_warnings(self) -> tuple[list[tuple[str, ...]], Places]:
        which = np.zeros(self.part.rows, dtype=np.int64)
        if not self.part.problems:
            return [()], which
        is_warned = np.zeros(self.part.rows, dtype=np.bool_)
        for why in self.part.problems.values():
            is_warned |= why.is_not_null().to_numpy()
        known = Distinct()
        known.code(())
        for at in np.flatnonzero(is_warned).tolist():
            which[at] = known.code(self.part.warnings(at))
        return list(known.number), which


def _beside_hits(goods: GoodsPart) -> tuple[Any, ...]:
    """What of the goods counts for the standing and the quality of a line."""
    quality = tuple((name, value) for name, value in goods.values.items() if name.startswith("quality."))
    return goods.warnings, goods.is_described, quality
