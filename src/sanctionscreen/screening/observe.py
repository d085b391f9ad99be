"""What rules see across the lines of a file: features, gathered in a pass of their own before any line is judged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sanctionscreen.fields import Field
from sanctionscreen.model import Line
from sanctionscreen.rules import RuleSet
from sanctionscreen.rules.features import FeatureTable, written_fields
from sanctionscreen.screening.columns import FEW_ROWS, lines_of
from sanctionscreen.screening.derive import Deriver
from sanctionscreen.values import Habit

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
    ) -> Seen | None:
        """The features of a file; None where no rule looks at one.

        Args:
            parts: Columns by field with the number of their rows, part after part.
        """
        if not self._features:
            return None
        seen = Seen(FeatureTable(self._features), self._deriver)
        for columns, rows in parts:
            looked_at = {name: cells for name, cells in columns.items() if name in self._sources}
            lines = list(lines_of(looked_at, habits, rows))
            if rows > FEW_ROWS:
                self._deriver.prepare(lines)
            for line in lines:
                seen.add(line)
        return seen


class Seen:
    """The lines of one file, or one history, as features see them."""

    def __init__(self, table: FeatureTable, deriver: Deriver) -> None:
        self._table, self._deriver = table, deriver

    def add(self, line: Line) -> None:
        self._table.add(self._deriver.observed(line))

    def of(self, at: int, line: Line) -> Mapping[str, Any]:
        """The features of the line that was added as number `at`."""
        return self._table.of(at, self._deriver.observed(line))
