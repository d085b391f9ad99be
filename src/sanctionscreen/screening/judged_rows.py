"""Rows that were judged: what is equal among them is held once, and each can be had as the assessment it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, overload

import numpy as np
import numpy.typing as npt

from sanctionscreen.model import Assessment, Outcome
from sanctionscreen.screening.judge import placed

if TYPE_CHECKING:
    import polars as pl


@dataclass(slots=True)
class JudgedRows(Sequence[Assessment]):
    """Assessments in row order, made one by one when they are asked for."""

    first_row: int
    headers: Sequence[str]
    verdicts: Sequence[Assessment]
    """What rows come to, each once; without row, input and shipment."""
    which: npt.NDArray[np.int64]
    """The place of each row's verdict."""
    cells: Sequence[pl.Series]
    """The input by column, as text."""
    shipment_ids: pl.Series | None = None
    """None where the file has none."""
    odd: Mapping[int, Sequence[Any]] = field(default_factory=dict)
    """The cells of rows that do not fit the columns; there, these are empty."""
    outcomes: Sequence[Outcome | None] | None = None
    """What the shipment of each row came to, where that is known."""

    def outcome_counts(self) -> Counter[Outcome]:
        """How many rows came to what."""
        rows = np.bincount(self.which, minlength=len(self.verdicts))
        counts: Counter[Outcome] = Counter()
        for verdict, count in zip(self.verdicts, rows.tolist(), strict=True):
            if count:
                counts[verdict.decision.outcome] += count
        return counts

    def row_outcomes(self) -> list[Outcome]:
        """What each row came to."""
        outcomes = [verdict.decision.outcome for verdict in self.verdicts]
        return [outcomes[place] for place in self.which.tolist()]

    def shipments(self) -> list[str | None]:
        """The shipment of each row."""
        return [None] * len(self) if self.shipment_ids is None else self.shipment_ids.to_list()

    def __len__(self) -> int:
        return len(self.which)

    @overload
    def __getitem__(self, at: int) -> Assessment: ...
    @overload
    def __getitem__(self, at: slice) -> JudgedRows: ...
    def __getitem__(self, at: int | slice) -> Assessment | JudgedRows:
        if isinstance(at, slice):
            return self._slice(at)
        place = range(len(self))[at]
        return next(iter(self._slice(slice(place, place + 1))))

    def __iter__(self) -> Iterator[Assessment]:
        ids = self.shipments()
        outcomes = [None] * len(self) if self.outcomes is None else self.outcomes
        columns = [series.to_list() for series in self.cells]
        rows = zip(*columns, strict=True) if columns else iter([()] * len(self))
        for at, (verdict, cells, shipment, outcome) in enumerate(
            zip(self.which.tolist(), rows, ids, outcomes, strict=True)
        ):
            held = (
                by_header(self.headers, self.odd[at]) if at in self.odd else dict(zip(self.headers, cells, strict=True))
            )
            yield placed(self.verdicts[verdict], self.first_row + at, held, shipment, outcome)

    def _slice(self, at: slice) -> JudgedRows:
        places = range(len(self))[at]
        if places.step != 1:
            raise ValueError("judged rows are cut without gaps")
        return JudgedRows(
            self.first_row + places.start,
            self.headers,
            self.verdicts,
            self.which[at],
            [series[at] for series in self.cells],
            None if self.shipment_ids is None else self.shipment_ids[at],
            {place - places.start: cells for place, cells in self.odd.items() if place in places},
            None if self.outcomes is None else self.outcomes[at],
        )


def by_header(headers: Sequence[str], cells: Sequence[Any]) -> dict[str, Any]:
    """The cells of a row by header; what a row holds beyond its header gets a number for a name."""
    names = [*headers, *(f"cell {i + 1}" for i in range(len(headers), len(cells)))]
    return dict(zip(names, cells, strict=False))
