"""Features of many lines as columns: the numbers that `FeatureTable` gives each line, for whole files at once.

Lines are sorted by group and day once for each way of grouping. A window is then a range of places, and what it holds
a difference of running sums, in whole hundredths. A property test holds the columns to the lines.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from sanctionscreen.fields import FIELDS, FieldType
from sanctionscreen.rules.arithmetic import HUNDREDTH
from sanctionscreen.rules.features import Feature
from sanctionscreen.rules.frame_evaluator import computed_column

if TYPE_CHECKING:
    import polars as pl

Codes = npt.NDArray[np.int64]
"""For each line the place of its value among the distinct ones; -1 where it has none."""
Numbers = npt.NDArray[Any]
Truths = npt.NDArray[np.bool_]

_EPOCH = 719_163
"""Ordinal of 1 January 1970, from which Polars counts days."""
_NO_DAY = np.iinfo(np.int32).min
_EXACT = 2**53
"""Whole numbers below this are exact as floats; above, sums are kept as Python's integers."""


@dataclass(slots=True)
class Observed:
    """What features look at, for all lines of a file."""

    rows: int
    keys: Mapping[str, Codes]
    """By field: equal codes for equal keys, as `key_of` has them."""
    days: Mapping[str, npt.NDArray[np.int32]]
    """By field: days since 1970; the least number where there is none."""
    values: Mapping[str, tuple[npt.NDArray[np.int64], Truths]]
    """By field: whole hundredths, and whether there is a number."""
    holds: Mapping[str, Truths]
    """By feature: the lines for which its `where` holds."""


@dataclass(slots=True)
class _Sorted:
    """The lines of one way of grouping that have a key and a day, by group, day and place in the file."""

    rows: Codes
    """Their places in the file."""
    marks: Codes
    """Group and day in one number, ascending."""
    span: int
    """What a group takes of such a number."""
    days: Codes
    """Days since the first, so that they never reach into the next group."""
    starts: Codes
    """For each line the place at which its group begins."""
    ends: Codes
    windows: dict[tuple[int | None, int], tuple[Codes, Codes]] = field(default_factory=dict)

    def window(self, feature: Feature) -> tuple[Codes, Codes]:
        """For each line the first place that counts, and the place behind the last."""
        key = (feature.trailing_days, feature.lag_days) if feature.date else (None, -1)
        if key not in self.windows:
            self.windows[key] = self._window(feature) if feature.date else (self.starts, self.ends)
        return self.windows[key]

    def _window(self, feature: Feature) -> tuple[Codes, Codes]:
        last = self._after(feature.lag_days)
        if feature.trailing_days is None:
            return self.starts, last
        return self._after(feature.lag_days + feature.trailing_days), last

    def _after(self, days: int) -> Codes:
        """The place behind the last line of the group that is at least so many days older."""
        wanted = np.where(self.days >= days, self.marks - days, self.marks - self.days - 1)
        found = np.searchsorted(self.marks, wanted, side="right")
        return np.maximum(found, self.starts)


def aggregate_columns(features: Sequence[Feature], seen: Observed) -> dict[str, pl.Series]:
    """The aggregated features of all lines, by field; a feature whose columns were not collected is left out."""
    held: dict[tuple[tuple[str, ...], str], _Sorted] = {}
    found: dict[str, pl.Series] = {}
    for feature in features:
        if not _is_collected(feature, seen):
            continue
        group = (feature.by, feature.date)
        if group not in held:
            held[group] = _sorted(feature, seen)
        found[feature.field.name] = _column(feature, held[group], seen)
    return found


def _is_collected(feature: Feature, seen: Observed) -> bool:
    keyed = (*feature.by, feature.of) if feature.aggregate == "distinct" else feature.by
    numbered = (feature.of,) if feature.of and feature.aggregate != "distinct" else ()
    return (
        all(name in seen.keys for name in keyed)
        and all(name in seen.values for name in numbered)
        and (not feature.date or feature.date in seen.days)
        and (feature.where is None or feature.name in seen.holds)
    )


def _sorted(feature: Feature, seen: Observed) -> _Sorted:
    group, is_in = np.zeros(seen.rows, dtype=np.int64), np.ones(seen.rows, dtype=np.bool_)
    for name in feature.by:
        codes = seen.keys[name]
        is_in &= codes >= 0
        _, group = np.unique(group * (int(codes.max(initial=0)) + 1) + np.maximum(codes, 0), return_inverse=True)
    days = np.zeros(seen.rows, dtype=np.int64)
    if feature.date:
        days = seen.days[feature.date].astype(np.int64)
        is_in &= days != _NO_DAY
    rows = np.flatnonzero(is_in)
    days = days[rows] - days[rows].min(initial=0) if len(rows) else days[rows]
    span = int(days.max(initial=0)) + 1
    marks = group[rows] * span + days
    order = np.argsort(marks, kind="stable")
    rows, marks, days = rows[order], marks[order], days[order]
    groups = marks // span
    starts = np.searchsorted(groups, groups, side="left")
    return _Sorted(rows, marks, span, days, starts, np.searchsorted(groups, groups, side="right"))


def _column(feature: Feature, lines: _Sorted, seen: Observed) -> pl.Series:
    import polars as pl

    values, is_taken, whole = _taken(feature, lines, seen)
    first, last = lines.window(feature)
    taken = _running(is_taken)
    count = taken[last] - taken[first]
    window = _Window(first, last, count, values, is_taken, whole, count >= feature.at_least)
    numbers, has_value = _AGGREGATES[feature.aggregate](feature, window)
    is_day = feature.aggregate == "first"
    if is_day and len(numbers):
        numbers = seen.days[feature.date][lines.rows][numbers]
    out, known = np.zeros(seen.rows, dtype=np.int32 if is_day else np.float64), np.zeros(seen.rows, dtype=np.bool_)
    out[lines.rows], known[lines.rows] = np.where(has_value, numbers, 0), has_value
    column = pl.select(pl.when(pl.Series(known)).then(pl.Series(out)).alias(feature.field.name)).to_series()
    return column.cast(pl.Date) if is_day else column


@dataclass(slots=True)
class _Window:
    """For each line, in sorted order, its window and what the feature takes of the lines."""

    first: Codes
    last: Codes
    count: Codes
    """Lines in the window of which something is taken."""
    values: Codes
    is_taken: Truths
    whole: Codes
    """What every line offers, whether or not `where` holds for it."""
    is_enough: Truths
    """As many lines are taken as the feature needs."""


_Result = tuple[Numbers, Truths]
"""A number for each line, and whether it has one."""


def _taken(feature: Feature, lines: _Sorted, seen: Observed) -> tuple[Codes, Truths, Codes]:
    """What is taken of each line in sorted order, whether anything is, and what is offered."""
    holds = seen.holds[feature.name][lines.rows] if feature.where is not None else np.ones(len(lines.rows), np.bool_)
    if feature.aggregate == "distinct":
        offered = seen.keys[feature.of][lines.rows]
        return offered, holds & (offered >= 0), offered
    if not feature.of:
        ones = np.ones(len(lines.rows), dtype=np.int64)
        return holds.astype(np.int64), holds, ones
    numbers, is_number = seen.values[feature.of]
    is_there = is_number[lines.rows]
    offered = np.where(is_there, numbers[lines.rows], 0)
    return np.where(holds, offered, 0), holds & is_there, offered


def _running(numbers: Numbers) -> Numbers:
    """Running sums from 0; as Python's integers where floats or 64 bits would not hold them."""
    if numbers.dtype != np.bool_ and float(np.abs(numbers).sum(dtype=np.float64)) >= _EXACT:
        numbers = numbers.astype(object)
    kind = object if numbers.dtype == object else np.int64
    sums = np.zeros(len(numbers) + 1, dtype=kind)
    np.cumsum(numbers, dtype=kind, out=sums[1:])
    return sums


def _count(feature: Feature, window: _Window) -> _Result:
    return window.count.astype(np.float64), window.is_enough


def _sum(feature: Feature, window: _Window) -> _Result:
    sums = _running(window.values)
    return ((sums[window.last] - sums[window.first]) * HUNDREDTH).astype(np.float64), window.is_enough


def _share(feature: Feature, window: _Window) -> _Result:
    sums, wholes = _running(window.values), _running(window.whole)
    part, whole = sums[window.last] - sums[window.first], wholes[window.last] - wholes[window.first]
    return (part / np.where(whole == 0, 1, whole)).astype(np.float64), window.is_enough & (whole != 0)


def _first(feature: Feature, window: _Window) -> _Result:
    """The place of the first line that is taken."""
    places = np.arange(len(window.values), dtype=np.int64)
    following = np.where(window.is_taken, places, len(places))
    following = np.append(np.minimum.accumulate(following[::-1])[::-1], len(places))[window.first]
    is_inside = following < window.last
    return np.where(is_inside, following, 0), window.is_enough & is_inside


def _distinct(feature: Feature, window: _Window) -> _Result:
    found = np.minimum(window.count, 1).astype(np.float64)
    return _each_window(window, window.count > 1, lambda kinds: float(len(np.unique(kinds))), found), window.is_enough


def _quantile(feature: Feature, window: _Window) -> _Result:
    def quantile(values: Codes) -> float:
        place = int(feature.q * (len(values) - 1))
        return int(np.partition(values, place)[place]) * HUNDREDTH

    has_value = window.is_enough & (window.count > 0)
    return _each_window(window, has_value, quantile, np.zeros(len(window.first))), has_value


def _each_window(window: _Window, wanted: Truths, compute: Callable[[Codes], float], otherwise: Numbers) -> Numbers:
    """A number for each wanted line; lines of one window, which are those of one day, have the same."""
    taken, before, places = window.values[window.is_taken], _running(window.is_taken), np.flatnonzero(wanted)
    ranges = before[window.first[places]] * (len(taken) + 1) + before[window.last[places]]
    distinct, which = np.unique(ranges, return_inverse=True)
    found = [compute(taken[at // (len(taken) + 1) : at % (len(taken) + 1)]) for at in distinct.tolist()]
    numbers = otherwise.copy()
    numbers[places] = np.array(found, dtype=np.float64)[which]
    return numbers


_AGGREGATES: Mapping[str, Callable[[Feature, _Window], _Result]] = {
    "count": _count,
    "sum": _sum,
    "share": _share,
    "first": _first,
    "distinct": _distinct,
    "median": _quantile,
    "quantile": _quantile,
}


def with_computed(features: Sequence[Feature], frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with the features that are computed from its fields and from other features."""
    for feature in features:
        if feature.value is not None and feature.needs <= set(frame.columns):
            frame = frame.with_columns(computed_column(feature.value, frame).alias(feature.field.name))
    return frame


def hundredths(series: pl.Series) -> tuple[npt.NDArray[np.int64], Truths]:
    """A column of amounts or numbers as whole hundredths, and where it holds one."""
    is_there = series.is_not_null().to_numpy()
    filled = series.fill_null(0)
    if FIELDS[series.name].type is FieldType.MONEY:
        return filled.to_numpy().astype(np.int64), is_there
    return np.rint(filled.to_numpy() / HUNDREDTH).astype(np.int64), is_there


def days_of(series: pl.Series) -> npt.NDArray[np.int32]:
    """A column of dates as days since 1970; the least number where there is none."""
    import polars as pl

    return series.cast(pl.Int32).fill_null(int(_NO_DAY)).to_numpy()
