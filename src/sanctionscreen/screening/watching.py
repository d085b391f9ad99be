"""What features look at in a file, gathered part by part as columns, and the features of its lines made of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from sanctionscreen.fields import FIELDS, FieldType
from sanctionscreen.frames import column
from sanctionscreen.rules.feature_columns import Observed, aggregate_columns, days_of, hundredths
from sanctionscreen.rules.features import Feature, party_key
from sanctionscreen.rules.frame_evaluator import truths_of
from sanctionscreen.rules.record_evaluator import Facts
from sanctionscreen.screening.derive import GoodsPart
from sanctionscreen.screening.gathering import Distinct
from sanctionscreen.screening.parts import GOODS, Part

if TYPE_CHECKING:
    import polars as pl

Arrays = list[npt.NDArray[Any]]
_NOT_OBSERVED = frozenset({"goods.eccn_entries", "goods.ear99_against_code"})
"""Fields of goods that features do not see: they come with numbers on the document, not with the goods."""


class Watching:
    """The lines of a file as features see them: what is written, and what the goods are."""

    def __init__(self, features: Sequence[Feature]) -> None:
        self._aggregates = [one for one in features if one.value is None]
        self.names = Distinct()
        """Names of parties that lines are grouped by, as written."""
        self._rows = 0
        self._keys: dict[str, Arrays] = {}
        self._known: dict[str, Distinct] = {}
        self._days: dict[str, Arrays] = {}
        self._values: dict[str, list[tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]]] = {}
        self._holds: dict[str, Arrays] = {}

    def add(self, part: Part, goods: Sequence[GoodsPart]) -> None:
        """The next part of the file.

        Args:
            goods: what goods add to a line, by number.
        """
        frame = with_goods(part.frame(), part, goods)
        asked = [one for one in self._aggregates if one.needs <= set(frame.columns)]
        for name in sorted({name for one in asked for name in _keys_of(one)}):
            self._keys.setdefault(name, []).append(self._codes(frame.get_column(name)))
        for name in sorted({one.date for one in asked if one.date}):
            self._days.setdefault(name, []).append(days_of(frame.get_column(name)))
        for name in sorted({one.of for one in asked if one.of and one.aggregate != "distinct"}):
            self._values.setdefault(name, []).append(hundredths(frame.get_column(name)))
        where = {one.name: one.where for one in asked if one.where is not None}
        if where:
            for truths in truths_of(where, frame).iter_columns():
                self._holds.setdefault(truths.name, []).append(truths.fill_null(False).to_numpy())
        self._rows += part.rows

    def _codes(self, series: pl.Series) -> npt.NDArray[np.int64]:
        """The number of the key of each row, -1 where it has none."""
        name, kind = series.name, FIELDS[series.name].type
        distinct = series.unique(maintain_order=True).drop_nulls()
        places = series.replace_strict(distinct, np.arange(len(distinct)), default=-1, return_dtype=_int64())
        if _is_party_name(name):
            numbers = [self.names.code(text) for text in distinct.to_list()]
        else:
            known = self._known.setdefault(name, Distinct())
            numbers = [known.code(Facts({name: value}).key(name, kind)) for value in distinct.to_list()]
        codes: npt.NDArray[np.int64] = np.array([*numbers, -1], dtype=np.int64)[places.to_numpy()]
        return codes

    def columns(self, party_keys: Callable[[Sequence[str]], Sequence[str]]) -> dict[str, pl.Series]:
        """The aggregated features of all lines, by field.

        Args:
            party_keys: the keys of names, `party_key` of each.
        """
        named = Distinct()
        keys = np.array([*map(named.code, party_keys(list(self.names.number))), -1], dtype=np.int64)
        joined = {name: np.concatenate(arrays) for name, arrays in self._keys.items()}
        seen = Observed(
            self._rows,
            {name: keys[codes] if _is_party_name(name) else codes for name, codes in joined.items()},
            {name: np.concatenate(arrays) for name, arrays in self._days.items()},
            {
                name: (np.concatenate([v for v, _ in arrays]), np.concatenate([there for _, there in arrays]))
                for name, arrays in self._values.items()
            },
            {name: np.concatenate(arrays) for name, arrays in self._holds.items()},
        )
        return aggregate_columns(self._aggregates, seen)


def _int64() -> Any:
    import polars as pl

    return pl.Int64


def _is_party_name(name: str) -> bool:
    return name.endswith(".name") and FIELDS[name].type is FieldType.TEXT


def _keys_of(feature: Feature) -> tuple[str, ...]:
    return (*feature.by, feature.of) if feature.aggregate == "distinct" else feature.by


def keys_of_names(names: Sequence[str]) -> list[str]:
    """What parties are grouped by, name by name."""
    return [party_key(name) for name in names]


def with_goods(frame: pl.DataFrame, part: Part, goods: Sequence[GoodsPart]) -> pl.DataFrame:
    """The frame with what the goods of each line add to it, as features see it."""
    if GOODS not in part.codes:
        return frame
    codes = part.codes[GOODS]
    names = [name for name in goods[0].values if name not in _NOT_OBSERVED]
    return frame.with_columns(column(FIELDS[name], [one.values[name] for one in goods]).gather(codes) for name in names)
