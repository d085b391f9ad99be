"""Features: numbers that look across lines, such as how often a consignee was shipped to; the only place that may.

A feature sees the lines it is given, each on its own day: those of a file, or the history of one record and the record
itself. A window ends on the day of the line, so the line with its history gives what it gives within the file. Sums are
of whole hundredths, and quantiles are values that occur, so no order of lines changes a number.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import accumulate
from typing import Any, NamedTuple

from sanctionscreen.errors import Location, RuleError, SanctionScreenError, suggestion
from sanctionscreen.fields import FIELDS, Field, FieldType
from sanctionscreen.model import Line
from sanctionscreen.rules.arithmetic import HUNDREDTH, Value, canonical_value, compile_value, refs
from sanctionscreen.rules.conditions import Condition, canonical, fields_of, leaves
from sanctionscreen.rules.expressions import read_value
from sanctionscreen.rules.parse import ConditionParser
from sanctionscreen.rules.record_evaluator import Facts, compile_condition
from sanctionscreen.strict_yaml import Entry, Node, Scalar
from sanctionscreen.text.folding import plain
from sanctionscreen.text.names import take_apart

PREFIX = "feature."
AGGREGATES = ("count", "sum", "distinct", "share", "first", "median", "quantile")
_OF: Mapping[str, frozenset[FieldType]] = {
    "count": frozenset(),
    "sum": frozenset({FieldType.NUMBER, FieldType.MONEY}),
    "distinct": frozenset({FieldType.TEXT, FieldType.CODE, FieldType.COUNTRY}),
    "share": frozenset({FieldType.NUMBER, FieldType.MONEY}),
    "first": frozenset(),
    "median": frozenset({FieldType.NUMBER, FieldType.MONEY}),
    "quantile": frozenset({FieldType.NUMBER, FieldType.MONEY}),
}
"""What each aggregate is taken of."""
_WITHOUT_OF = frozenset({"count", "first", "share"})
_KEYS = frozenset({FieldType.TEXT, FieldType.CODE, FieldType.COUNTRY})
_DERIVED_GOODS = frozenset(name for name, entry in FIELDS.items() if entry.derived and name.startswith("goods."))
MAX_FEATURES = 200
_LONGEST_WINDOW = 36_600  # a hundred years


@dataclass(frozen=True, slots=True)
class Feature:
    """One number or day for each line, computed before any rule."""

    name: str
    meaning: str
    at: Location
    aggregate: str = ""
    """One of `AGGREGATES`; empty where the value is computed from other features and fields."""
    by: tuple[str, ...] = ()
    of: str = ""
    where: Condition | None = None
    date: str = ""
    trailing_days: int | None = None
    lag_days: int = 0
    at_least: int = 0
    """Fewer lines than this, and the value is unknown."""
    q: float = 0.5
    value: Value | None = None

    @property
    def field(self) -> Field:
        kind = FieldType.DATE if self.aggregate == "first" else FieldType.NUMBER
        return Field(PREFIX + self.name, kind, self.meaning, derived=True)

    @property
    def needs(self) -> frozenset[str]:
        """The fields, and for a computed one the features, that it is made from."""
        if self.value is not None:
            return frozenset(ref.field for ref in refs(self.value))
        looked_at = {*self.by, *filter(None, (self.of, self.date))}
        return frozenset(looked_at | (fields_of(self.where) if self.where else frozenset()))

    @property
    def canonical(self) -> str:
        """One text per meaning."""
        if self.value is not None:
            return canonical_value(self.value)
        where = canonical(self.where) if self.where else ""
        window = f"{self.date}:{self.trailing_days}:{self.lag_days}:{self.at_least}:{self.q}"
        return f"{self.aggregate}({self.of};{','.join(sorted(self.by))};{where};{window})"


def read_features(
    nodes: Mapping[str, Node], below: Mapping[str, Feature], parser: ConditionParser, faults: list[SanctionScreenError]
) -> dict[str, Feature]:
    """The features of a pack on top of those below it; faults are collected.

    Args:
        parser: reads conditions over single lines; they see no features.
    """
    found = {name: _read_again(feature, parser) for name, feature in below.items()}
    for name, node in nodes.items():
        entry = Entry(node, f"feature {name!r}", faults, RuleError)
        if not name.isidentifier() or not name.isascii() or name != name.lower():
            entry.fault(f"feature {name!r} must be named with small letters, digits and _")
        if name in found:
            entry.fault(f"feature {name!r} exists already")
        if len(found) >= MAX_FEATURES:
            entry.fault(f"there are more than {MAX_FEATURES} features")
            break
        before = len(faults)
        feature = _feature(name, entry, {one.field.name: one.field for one in found.values()}, parser)
        if len(faults) == before:
            found[name] = feature
    return found


def _read_again(feature: Feature, parser: ConditionParser) -> Feature:
    """The feature over the lists in force: a later pack may have changed one."""
    if feature.where is None:
        return feature
    used = {name for leaf in leaves(feature.where) for name in leaf.lists}
    return replace(feature, where=parser.read_again(feature.where, used))


def _feature(name: str, entry: Entry, features: Mapping[str, Field], parser: ConditionParser) -> Feature:
    meaning = entry.text("meaning")
    written = entry.node("expr")
    if written is not None:
        start = written.at._replace(column=(written.at.column or 1) + (isinstance(written, Scalar) and written.quoted))
        text = written.text if isinstance(written, Scalar) else ""
        value = read_value(text, start, {**FIELDS, **features}, parser.faults)
        entry.close()
        return Feature(name, meaning, entry.at, value=value)
    aggregate = entry.choice("aggregate", AGGREGATES)
    by = tuple(_checked(scalar.text, _KEYS, entry, scalar.at) for scalar in entry.scalars("by"))
    of = entry.optional_text("of") or ""
    if of or aggregate not in _WITHOUT_OF:
        _checked(of, _OF.get(aggregate, frozenset()), entry, entry.location("of"))
    day = entry.optional_text("date") or ""
    if day or aggregate == "first":
        _checked(day, frozenset({FieldType.DATE}), entry, entry.location("date"))
    where = entry.node("where")
    if aggregate == "share" and where is None:
        entry.fault("share needs `where`: which of the lines")
    condition = None if where is None else parser.condition(where, entry.location("where"))
    for asked in sorted(fields_of(condition)) if condition else ():
        _checked(asked, frozenset(FieldType), entry, entry.location("where"))
    windows = [entry.optional_number(key, high=_LONGEST_WINDOW) for key in ("trailing_days", "lag_days", "at_least")]
    if not day and any(value is not None for value in windows[:2]):
        entry.fault("a window of days needs `date`: the field with the day of a line")
    q = entry.optional_number("q", high=1)
    if (q is None) is (aggregate == "quantile"):
        entry.fault("q, between 0 and 1, belongs to quantile and to nothing else")
    entry.close()
    trailing, lag, least = (None if value is None else int(value) for value in windows)
    return Feature(
        name,
        meaning,
        entry.at,
        aggregate,
        by,
        of,
        condition,
        day,
        trailing,
        lag or 0,
        least or 0,
        0.5 if q is None else q,
    )


def _checked(name: str, kinds: frozenset[FieldType], entry: Entry, at: Location) -> str:
    known = [one for one, held in FIELDS.items() if held.type in kinds and (not held.derived or one in _DERIVED_GOODS)]
    if name not in known:
        held = FIELDS.get(name)
        what = f"{name!r} is no field" if held is None else f"{name!r} is of type {held.type}"
        if held is not None and held.type in kinds:
            what = f"{name!r} is derived from lists, and features look at what is written"
        entry.fault((what if name else "a field is missing (`of`)") + suggestion(name, known), at)
    return name


def needed(names: Iterable[str], features: Mapping[str, Feature]) -> tuple[Feature, ...]:
    """The features behind some fields, with those these are computed from, in the order of their definition."""
    wanted: set[str] = set()
    open_names = [name.removeprefix(PREFIX) for name in names if name.startswith(PREFIX)]
    while open_names:
        name = open_names.pop()
        if name in features and name not in wanted:
            wanted.add(name)
            open_names += [one.removeprefix(PREFIX) for one in features[name].needs if one.startswith(PREFIX)]
    return tuple(feature for name, feature in features.items() if name in wanted)


def written_fields(names: Iterable[str], features: Mapping[str, Feature]) -> frozenset[str]:
    """The fields of a line behind some fields: a feature stands for what it is made from."""
    asked = set(names)
    behind = {name for feature in needed(asked, features) for name in feature.needs}
    return frozenset(name for name in asked | behind if not name.startswith(PREFIX))


class FeatureTable:
    """The features of many lines: all lines are added, then each can be asked for."""

    def __init__(self, features: Sequence[Feature]) -> None:
        aggregates = [one for one in features if one.value is None]
        groups = {(one.by, one.date): _Groups(one.by, one.date) for one in aggregates}
        self._groups = list(groups.values())
        self._keys = sorted({name for one in aggregates for name in _keys_of(one)})
        self._aggregates = [_Aggregate(one, groups[one.by, one.date]) for one in aggregates]
        self._computed = Computed(features)

    def add(self, line: Line) -> None:
        """A line, in any order."""
        facts = Facts.of(line)
        keys = {name: key_of(facts, name) for name in self._keys}
        for groups in self._groups:
            groups.add(facts, keys)
        for aggregate in self._aggregates:
            aggregate.add(facts, keys)

    def of(self, at: int, line: Line) -> dict[str, Any]:
        """The features of the line that was added as number `at`, by field.

        Those that need a field which was not collected are left out.
        """
        given = line.values.keys()
        return self._computed.with_those({one.name: one.of(at) for one in self._aggregates if one.needs <= given}, line)


class Computed:
    """The features that are computed from the fields of a line and from its other features."""

    def __init__(self, features: Sequence[Feature]) -> None:
        self._compute = [
            (one.field.name, one.needs, compile_value(one.value)) for one in features if one.value is not None
        ]

    def with_those(self, found: dict[str, Any], line: Line) -> dict[str, Any]:
        """The aggregated features of a line, by field, with the computed ones."""
        features = dict(found)
        values = {**line.values, **found}
        facts = Facts(values)
        for name, needs, compute in self._compute:
            if needs <= values.keys():
                features[name] = values[name] = compute(facts)
        return features


class _Groups:
    """The lines by what they are grouped by, each with its day."""

    def __init__(self, by: tuple[str, ...], day: str) -> None:
        self._by, self._date = by, day
        self.rows: list[tuple[Any, int] | None] = []
        """Key and day of each line; None where one of them is missing."""
        self._lines: dict[Any, list[tuple[int, int]]] = {}
        self._ordered: set[Any] = set()

    def add(self, facts: Facts, keys: Mapping[str, Any]) -> None:
        key = tuple([keys[name] for name in self._by])
        day = facts.values.get(self._date) if self._date else date.min
        if None in key or day is None:
            self.rows.append(None)
            return
        number = day.toordinal()
        self._lines.setdefault(key, []).append((number, len(self.rows)))
        self.rows.append((key, number))

    def by_day(self, key: Any) -> list[tuple[int, int]]:
        """Day and number of the lines of a group, by day."""
        if key not in self._ordered:
            self._lines[key].sort()
            self._ordered.add(key)
        return self._lines[key]


class _Series(NamedTuple):
    """The lines of one group by day, with running numbers of what one feature takes of them."""

    days: list[int]
    values: list[Any]
    """What is taken of each line; None where it takes nothing."""
    taken: list[int]
    """How many lines before each place something is taken of."""
    sums: list[int]
    wholes: list[int]
    """The sums with the lines for which `where` does not hold."""
    known: dict[tuple[int, int], Any]
    """Values by first and last place: lines of one day have the same."""


def _running(numbers: Iterable[int]) -> list[int]:
    return list(accumulate(numbers, initial=0))


class _Aggregate:
    def __init__(self, feature: Feature, groups: _Groups) -> None:
        self.feature, self.name, self.needs = feature, feature.field.name, feature.needs
        self._groups = groups
        self._test = compile_condition(feature.where).test if feature.where else None
        self._offered: list[Any] = []
        """What each line offers, whether or not `where` holds for it."""
        self._holds = bytearray()
        self._series: dict[Any, _Series] = {}

    def add(self, facts: Facts, keys: Mapping[str, Any]) -> None:
        grouped = self._groups.rows[-1] is not None
        self._offered.append(self._offer(facts, keys) if grouped else None)
        self._holds.append(grouped and (self._test is None or self._test(facts) is True))

    def _offer(self, facts: Facts, keys: Mapping[str, Any]) -> Any:
        feature = self.feature
        if not feature.of:
            return 1
        if feature.aggregate == "distinct":
            return keys[feature.of]
        value = facts.values.get(feature.of)
        if value is None or FIELDS[feature.of].type is FieldType.MONEY:
            return value
        return round(value / HUNDREDTH)

    def of(self, at: int) -> Any:
        row = self._groups.rows[at]
        if row is None:
            return None
        key, day = row
        series = self._series.get(key)
        if series is None:
            series = self._series[key] = self._of_group(key)
        place = self._window(series, day)
        if place not in series.known:
            series.known[place] = self._value(series, *place)
        return series.known[place]

    def _of_group(self, key: Any) -> _Series:
        lines = self._groups.by_day(key)
        offered = [self._offered[row] for _, row in lines]
        values = [one if self._holds[row] else None for one, (_, row) in zip(offered, lines, strict=True)]
        return _Series(
            [day for day, _ in lines],
            values,
            _running([value is not None for value in values]),
            _running([value or 0 for value in values]) if self.feature.aggregate in ("sum", "share") else [],
            _running([one or 0 for one in offered]) if self.feature.aggregate == "share" else [],
            {},
        )

    def _window(self, series: _Series, day: int) -> tuple[int, int]:
        """The lines that count on a day: from the first place up to and without the last."""
        feature = self.feature
        last = bisect_right(series.days, day - feature.lag_days) if feature.date else len(series.days)
        if feature.trailing_days is None:
            return 0, last
        return bisect_right(series.days, day - feature.lag_days - feature.trailing_days), last

    def _value(self, series: _Series, first: int, last: int) -> Any:
        taken = series.taken[last] - series.taken[first]
        if taken < self.feature.at_least:
            return None
        name = self.feature.aggregate
        if name == "count":
            return float(taken)
        if name == "sum":
            return (series.sums[last] - series.sums[first]) * HUNDREDTH
        if name == "share":
            whole = series.wholes[last] - series.wholes[first]
            return (series.sums[last] - series.sums[first]) / whole if whole else None
        places = (at for at in range(first, last) if series.values[at] is not None)
        if name == "first":
            return next((date.fromordinal(series.days[at]) for at in places), None)
        found = [series.values[at] for at in places]
        if name == "distinct":
            return float(len(set(found)))
        return sorted(found)[int(self.feature.q * (len(found) - 1))] * HUNDREDTH if found else None


def _keys_of(feature: Feature) -> tuple[str, ...]:
    """The fields whose comparison form a feature looks at."""
    return (*feature.by, feature.of) if feature.aggregate == "distinct" else feature.by


def key_of(facts: Facts, name: str) -> Any:
    """What lines are grouped by: a party by its name without legal form, other values as they are compared."""
    entry = FIELDS[name]
    value = facts.values.get(name)
    if value is None:
        return None
    if name.endswith(".name") and entry.type is FieldType.TEXT:
        return party_key(value)
    return facts.key(name, entry.type)


@lru_cache(maxsize=65_536)
def party_key(name: str) -> str:
    """A party's name without its legal form, case, order and punctuation.

    >>> party_key("ООО «Ромашка»") == party_key("Ромашка, ООО"), party_key("Romashka LLC")
    (True, 'romashka')
    """
    words = [word.text for word in take_apart(name).words if word.kind != "form"]
    return " ".join(words) or plain(name)
