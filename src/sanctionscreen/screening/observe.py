"""What rules see across the lines of a file: features, gathered in a pass of their own before any line is judged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

from sanctionscreen.fields import Field
from sanctionscreen.model import Line
from sanctionscreen.rules import RuleSet
from sanctionscreen.rules.features import Computed, Feature, FeatureTable, written_fields
from sanctionscreen.screening.columns import FEW_ROWS, single_lines
from sanctionscreen.screening.derive import Deriver
from sanctionscreen.screening.gathering import Gathering
from sanctionscreen.screening.watching import Watching, keys_of_names
from sanctionscreen.values import Habit

if TYPE_CHECKING:
    import polars as pl

_OF_GOODS = frozenset({"goods.description", "goods.hs_code", "shipment.date"})
"""What the goods of a line are read from."""


class Observer:
    """Gathers the features that the rules in force look at; without any, it costs nothing."""

    def __init__(self, rules: RuleSet, deriver: Deriver) -> None:
        self._features = rules.needed_features()
        self._deriver = deriver
        self._sources = _OF_GOODS | written_fields({one.field.name for one in self._features}, rules.features)

    @property
    def fields(self) -> list[Field]:
        return [one.field for one in self._features]

    def of_lines(self, lines: Sequence[Line]) -> list[Mapping[str, Any]]:
        """The features of lines that are all there is to see, in their order."""
        seen = Seen(FeatureTable(self._features), self._deriver)
        if not self._features:
            return [{}] * len(lines)
        for line in lines:
            seen.add(line)
        return [seen.of(at, line) for at, line in enumerate(lines)]

    def of_file(
        self, parts: Iterable[tuple[Mapping[str, Sequence[Any]], int]], habits: Mapping[str, Habit]
    ) -> Seen | SeenColumns | None:
        """The features of a file; None where no rule looks at one.

        Args:
            parts: Columns by field with the number of their rows, part after part.
        """
        if not self._features:
            return None
        coming = iter(parts)
        first = next(coming, ({}, 0))
        second = next(coming, None)
        if second is None and first[1] <= FEW_ROWS:
            return self._of_few(*first, habits)
        gathering, watching, first_row = Gathering(self._deriver, habits), Watching(self._features), 1
        for columns, rows in chain([first], [] if second is None else [second], coming):
            looked_at = {name: cells for name, cells in columns.items() if name in self._sources}
            if looked_at and rows:
                watching.add(gathering.part(first_row, looked_at), gathering.goods())
            first_row += rows
        return SeenColumns(self._features, watching.columns(keys_of_names), self._deriver)

    def _of_few(self, columns: Mapping[str, Sequence[Any]], rows: int, habits: Mapping[str, Habit]) -> Seen:
        seen = Seen(FeatureTable(self._features), self._deriver)
        for line in single_lines({name: columns[name] for name in columns if name in self._sources}, habits, rows):
            seen.add(line)
        return seen


class SeenColumns:
    """The lines of one file as features see them, once all are there."""

    def __init__(self, features: Sequence[Feature], columns: Mapping[str, pl.Series], deriver: Deriver) -> None:
        self._columns, self._deriver = columns, deriver
        self._computed = Computed(features)

    def of(self, at: int, line: Line) -> Mapping[str, Any]:
        """The features of the line with this number, counted from 0."""
        found = {name: column[at] for name, column in self._columns.items()}
        return self._computed.with_those(found, self._deriver.observed(line))


class Seen:
    """The lines of one file, or one history, as features see them."""

    def __init__(self, table: FeatureTable, deriver: Deriver) -> None:
        self._table, self._deriver = table, deriver

    def add(self, line: Line) -> None:
        self._table.add(self._deriver.observed(line))

    def of(self, at: int, line: Line) -> Mapping[str, Any]:
        """The features of the line that was added as number `at`."""
        return self._table.of(at, self._deriver.observed(line))
