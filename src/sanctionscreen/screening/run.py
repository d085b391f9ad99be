"""One run over a file: assessments in row order, a common decision per shipment, and counts that close."""

from __future__ import annotations

import pickle
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import IO

from sanctionscreen.errors import EngineError
from sanctionscreen.model import Assessment, Outcome


class Run:
    """A screening under way; iterate over `assessments` once, then read `counts`."""

    def __init__(self, assessments: Iterator[Assessment], notes: list[str], has_shipments: bool) -> None:
        self.notes = notes
        """What is said once per file: mapping, fields not collected, lapsed exceptions."""
        self.has_shipments = has_shipments
        self.read = 0
        self.counts: Counter[Outcome] = Counter()
        self.assessments = self._counted(with_shipments(assessments, has_shipments=has_shipments))

    def _counted(self, assessments: Iterator[Assessment]) -> Iterator[Assessment]:
        for assessment in assessments:
            self.read += 1
            self.counts[assessment.decision.outcome] += 1
            yield assessment
        if self.read != sum(self.counts.values()):
            raise EngineError(f"{self.read} rows read, {sum(self.counts.values())} decided")


def with_shipments(assessments: Iterator[Assessment], *, has_shipments: bool) -> Iterator[Assessment]:
    """The assessments with the highest outcome among the lines of their shipment.

    Lines of one shipment may stand anywhere in a file, so assessments wait in a temporary file until the last is known;
    memory grows with the number of shipments, not of lines.
    """
    if not has_shipments:
        yield from assessments
        return
    highest: dict[str, Outcome] = {}
    with tempfile.TemporaryFile() as spool:
        for assessment in assessments:
            pickle.dump(assessment, spool, protocol=pickle.HIGHEST_PROTOCOL)
            if assessment.shipment_id is not None:
                held = highest.get(assessment.shipment_id, Outcome.CLEAR)
                highest[assessment.shipment_id] = max(
                    held, assessment.decision.outcome, key=lambda outcome: outcome.rank
                )
        spool.seek(0)
        for assessment in _unspooled(spool):
            known = highest.get(assessment.shipment_id) if assessment.shipment_id is not None else None
            yield replace(assessment, shipment_outcome=known)


def _unspooled(spool: IO[bytes]) -> Iterator[Assessment]:
    while True:
        try:
            yield pickle.load(spool)  # noqa: S301  # written by this process a moment ago, never shared
        except EOFError:
            return
