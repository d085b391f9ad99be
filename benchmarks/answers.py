"""What a matcher answers, and what of it is right: found first, among five, at its threshold, or alerts."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from questions import Question
from shared_lists import Entry

from sanctionscreen.matching import DEFAULT_THRESHOLD, NameIndex
from sanctionscreen.text.party_cells import read_party_cell


class Found(NamedTuple):
    """An entry that a matcher holds for the one asked for."""

    key: str
    name: str
    score: float


class Matcher(Protocol):
    """Answers questions with entries, best first."""

    name: str
    threshold: float

    def answer(self, questions: Sequence[Question], floor: float) -> list[list[Found]]:
        """Twenty entries a question at most, none below the floor, given as a share of the threshold."""


class Ours:
    """The index of this project."""

    name = "sanctionscreen"
    threshold = DEFAULT_THRESHOLD

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.index = NameIndex.build(entry.party() for entry in entries)

    def answer(self, questions: Sequence[Question], floor: float) -> list[list[Found]]:
        asked, of = [], []
        for at, question in enumerate(questions):
            names = read_party_cell(question.text).names if question.is_cell else (question.text,)
            asked += [{"name": name, "kind": question.kind} for name in names]
            of += [at] * len(names)
        hits = self.index.match_many(asked, limit=20, threshold=floor * self.threshold)
        answers: list[list[Found]] = [[] for _ in questions]
        for at, some in zip(of, hits, strict=True):
            answers[at] += [Found(hit.entity_id, hit.name, hit.score) for hit in some]
        return [sorted(some, key=lambda found: -found.score) for some in answers]


class Outcome(NamedTuple):
    """One question answered."""

    question: Question
    found: list[Found]
    threshold: float

    @property
    def alerts(self) -> list[Found]:
        return [found for found in self.found if found.score >= self.threshold]

    @property
    def is_hit(self) -> bool:
        return any(found.key in self.question.targets for found in self.alerts)

    @property
    def is_first(self) -> bool:
        """A right entry has the highest score; several may share it."""
        best = self.found[0].score if self.found else 0.0
        return any(found.key in self.question.targets and found.score == best for found in self.found)

    @property
    def is_among_five(self) -> bool:
        return any(found.key in self.question.targets for found in self.found[:5])


def ask(matcher: Matcher, questions: Sequence[Question], floor: float = 1.0) -> tuple[list[Outcome], float]:
    """The outcomes, and the microseconds a question."""
    started = time.perf_counter()
    answers = matcher.answer(questions, floor)
    taken = (time.perf_counter() - started) / max(len(questions), 1) * 1e6
    return [Outcome(q, found, matcher.threshold) for q, found in zip(questions, answers, strict=True)], taken


def by_group(outcomes: Iterable[Outcome]) -> dict[str, list[Outcome]]:
    groups: defaultdict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        for group in outcome.question.groups:
            groups[group].append(outcome)
    return dict(groups)


def share(truths: Iterable[bool]) -> float:
    known = list(truths)
    return sum(known) / len(known) if known else float("nan")
