"""Several indexes searched as one: lists that were compiled once, and a firm's own beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sanctionscreen.errors import InputError
from sanctionscreen.matching.index import NameIndex
from sanctionscreen.matching.weights import DEFAULT_THRESHOLD
from sanctionscreen.model import Hit, NameComparison


@dataclass(frozen=True, slots=True)
class Indexes:
    """Indexes of different parties; each party is in one of them."""

    parts: tuple[NameIndex, ...]
    counts: Callable[[str], bool] = lambda entity_id: True
    """Whether a party counts, by its id: one whose listing is not in force is found and left out."""

    def __len__(self) -> int:
        return sum(map(len, self.parts))

    def match(self, query: Any, *, limit: int = 5, **more: Any) -> list[Hit]:
        """As `NameIndex.match`, over all parts."""
        return self.match_many([query], limit=limit, **more)[0]

    def match_many(
        self,
        asked: Iterable[Any],
        *,
        kinds: str | Iterable[str] | None = None,
        countries: str | Iterable[str] | None = None,
        limit: int = 5,
        threshold: float = DEFAULT_THRESHOLD,
    ) -> list[list[Hit]]:
        """As `NameIndex.match_many`, over all parts; ties by id."""
        queries = list(asked)
        found = [
            part.match_many(
                queries, kinds=kinds, countries=countries, limit=max(limit, len(part), 1), threshold=threshold
            )
            for part in self.parts
        ]
        return [self._merged([hits for part in found for hits in part[at]], limit) for at in range(len(queries))]

    def explain(self, query: Any, entity_id: str) -> NameComparison:
        """As `NameIndex.explain`."""
        for part in self.parts:
            if part.knows(entity_id):
                return part.explain(query, entity_id)
        raise InputError(f"no listed party has the id {entity_id!r:.60}")

    def _merged(self, hits: Sequence[Hit], limit: int) -> list[Hit]:
        live = [hit for hit in hits if self.counts(hit.entity_id)]
        live.sort(key=lambda hit: (-hit.score, hit.basis != "identifier", hit.entity_id))
        return [replace(hit, rank=rank) for rank, hit in enumerate(live[:limit], 1)]
