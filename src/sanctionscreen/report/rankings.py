"""What stands out among the alerts: parties, goods and routes, each alert counted once in each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sanctionscreen.model import Outcome
from sanctionscreen.report.subject import NOT_GIVEN, Subject
from sanctionscreen.screening.wording import shortened

SHOWN = 8
"""Four charts of so many lines fit on the first printed page."""
_LONGEST_NOTE = 40


@dataclass(frozen=True, slots=True)
class Rank:
    """How many alerts have one thing in common."""

    label: str
    note: str
    block: int
    review: int
    is_rest: bool = False
    """All that came after the most frequent, together."""

    @property
    def count(self) -> int:
        return self.block + self.review


@dataclass(slots=True)
class Ranking:
    """Counts of alerts by one thing; memory grows with the number of different ones."""

    _counts: dict[str, list[int]] = field(default_factory=dict)
    _notes: dict[str, str] = field(default_factory=dict)

    def add(self, label: str, outcome: Outcome, note: str = "") -> None:
        """Count an alert. The note of a label is that of its first alert."""
        counts = self._counts.get(label)
        if counts is None:
            counts = self._counts[label] = [0, 0]
            self._notes[label] = shortened(note, _LONGEST_NOTE)
        counts[outcome is Outcome.BLOCK] += 1

    def top(self, most: int = SHOWN) -> tuple[Rank, ...]:
        """The most frequent, most blocks first among equals; the rest together as the last, so that all add up."""
        ranks = [Rank(label, self._notes[label], block, review) for label, (review, block) in self._counts.items()]
        ranks.sort(key=lambda rank: (-rank.count, -rank.block, rank.label))
        rest = ranks[most:]
        if len(rest) < 2:
            return tuple(ranks)
        block, review = sum(one.block for one in rest), sum(one.review for one in rest)
        others = Rank(f"{len(rest):,} others", "", block, review, is_rest=True)
        return (*ranks[:most], others)


@dataclass(slots=True)
class Rankings:
    """Parties, goods and routes of the alerts."""

    parties: Ranking = field(default_factory=Ranking)
    goods: Ranking = field(default_factory=Ranking)
    routes: Ranking = field(default_factory=Ranking)

    def add(self, subject: Subject, outcome: Outcome) -> None:
        """Count an alert."""
        self.parties.add(subject.party, outcome, subject.role)
        goods = subject.code or subject.goods
        self.goods.add(goods, outcome, subject.goods if subject.code and subject.goods != NOT_GIVEN else "")
        self.routes.add(subject.route, outcome)

    def by_name(self) -> Mapping[str, tuple[Rank, ...]]:
        return {"parties": self.parties.top(), "goods": self.goods.top(), "routes": self.routes.top()}
