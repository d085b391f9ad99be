"""Two orders of the same rows, laid beside each other: which stayed, changed, are gone, are new or stand elsewhere."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Hashable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple


class Step(StrEnum):
    """What became of a row."""

    KEPT = "kept"
    CHANGED = "changed"
    DELETED = "deleted"
    INSERTED = "inserted"
    MOVED = "moved"


class Pair(NamedTuple):
    """A row of the first order and one of the second; either may be missing."""

    step: Step
    before: int | None
    """Place in the first order, from 0."""
    after: int | None
    """Place in the second order, from 0."""


def align(before: Sequence[Hashable], after: Sequence[Hashable]) -> Iterator[Pair]:
    """Pairs of places, in the order of the second; every place of both orders is in exactly one.

    Equal rows are paired in their order; the longest run of pairs whose order agrees is kept, the other pairs have
    moved. Between two rows that are kept, what is left over on both sides is paired as changed.

    >>> [(str(pair.step), pair.before, pair.after) for pair in align("abcd", "axdc")]
    [('kept', 0, 0), ('changed', 1, 1), ('moved', 3, 2), ('kept', 2, 3)]
    """
    start = _common_start(before, after)
    end = _common_end(before, after, start)
    for at in range(start):
        yield Pair(Step.KEPT, at, at)
    last_before, last_after = len(before) - end, len(after) - end
    yield from _middle(before, after, start, last_before, last_after)
    for at in range(end):
        yield Pair(Step.KEPT, last_before + at, last_after + at)


def _common_start(before: Sequence[Hashable], after: Sequence[Hashable]) -> int:
    most = min(len(before), len(after))
    return next((at for at in range(most) if before[at] != after[at]), most)


def _common_end(before: Sequence[Hashable], after: Sequence[Hashable], start: int) -> int:
    most = min(len(before), len(after)) - start
    return next((at for at in range(most) if before[-1 - at] != after[-1 - at]), most)


def _middle(
    before: Sequence[Hashable], after: Sequence[Hashable], start: int, last_before: int, last_after: int
) -> Iterator[Pair]:
    equal = _equal_pairs(before, after, start, last_before, last_after)
    kept = _longest_rising(equal)
    moved = {one for one, _ in equal} - {one for one, _ in kept}
    taken = {two for _, two in equal} - {two for _, two in kept}
    from_before = {two: one for one, two in equal if one in moved}
    here, there = start, start
    for one, two in [*kept, (last_before, last_after)]:
        yield from _gap(
            [at for at in range(here, one) if at not in moved],
            [at for at in range(there, two) if at not in taken],
            [at for at in range(there, two) if at in taken],
            from_before,
        )
        if one < last_before:
            yield Pair(Step.KEPT, one, two)
        here, there = one + 1, two + 1


def _gap(gone: list[int], new: list[int], elsewhere: list[int], origin: dict[int, int]) -> Iterator[Pair]:
    """What stands between two rows that are kept."""
    paired = min(len(gone), len(new))
    found = [Pair(Step.CHANGED, one, two) for one, two in zip(gone[:paired], new[:paired], strict=True)]
    found += [Pair(Step.INSERTED, None, two) for two in new[paired:]]
    found += [Pair(Step.MOVED, origin[two], two) for two in elsewhere]
    yield from sorted(found, key=lambda pair: pair.after or 0)
    for one in gone[paired:]:
        yield Pair(Step.DELETED, one, None)


def _equal_pairs(
    before: Sequence[Hashable], after: Sequence[Hashable], start: int, last_before: int, last_after: int
) -> list[tuple[int, int]]:
    """Places of equal rows, the first with the first, in the order of the second."""
    places: dict[Hashable, deque[int]] = defaultdict(deque)
    for at in range(start, last_before):
        places[before[at]].append(at)
    found = []
    for at in range(start, last_after):
        if waiting := places.get(after[at]):
            found.append((waiting.popleft(), at))
    return found


def _longest_rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs in which both places rise (patience sorting)."""
    tops: list[int] = []
    ends: list[int] = []
    behind: list[int] = []
    for at, (one, _) in enumerate(pairs):
        pile = bisect_left(tops, one)
        behind.append(ends[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(one)
            ends.append(at)
        else:
            tops[pile], ends[pile] = one, at
    found = []
    at = ends[-1] if ends else -1
    while at >= 0:
        found.append(pairs[at])
        at = behind[at]
    return found[::-1]
