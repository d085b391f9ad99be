"""Two names: which word meets which, how alike they are, how much there was to compare, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import fsum
from typing import get_args

from sanctionscreen.errors import InputError, suggestion
from sanctionscreen.matching.alignment import SMALL, Pair, Side, Worded, align, worded
from sanctionscreen.matching.likeness import SAME_MEANING, SAME_SOUND, SHORTENED, Likeness
from sanctionscreen.matching.weights import (
    CONFLICT,
    DEFAULT_THRESHOLD,
    FLOOR,
    LOW_CAP,
    OMITTED,
    ORDINARY_WORDS,
    WeightClass,
    class_of,
)
from sanctionscreen.model import Kind, NameComparison, NamePart
from sanctionscreen.text.lexicon import Word
from sanctionscreen.text.names import Name, Reading, take_apart

UNITS = 1 << 16
"""Scores are counted in these parts of one: binary fractions add up exactly, in any order."""

READING: Mapping[WeightClass, Reading] = {"company": "name", "person": "person", "ship": "ship"}
"""How names of each class are taken apart."""

MAY_SLIP = 3
"""Words that agree, from which on one that is not quite the same does not lessen what they say together."""

SHORTEST_ALONE = 4
"""Letters of a word that is a name by itself, whatever legal form stands beside it."""

POWER = 1.3
"""What agrees counts by this power: three rare words that agree outweigh one that does not, one rare word does not."""

SINGLE: Mapping[WeightClass, float] = {"company": 1.0, "person": 1.0, "ship": 0.9}
"""Weight of agreeing words that a pair needs when its one telling word holds a slip: Oberbank is not Sberbank.

A trade or a place that agrees beside it is enough. Ships mostly have one word, and are told by number and flag besides.
"""

LIMITED = DEFAULT_THRESHOLD * 0.99
"""The most a pair scores that has too little to tell one party from another."""


def compare_names(left: str, right: str, *, kind: Kind = "any") -> NameComparison:
    """How alike two names are, with the reasons; symmetric, and blind to order, case, spacing and punctuation.

    The score is 1 only for names that are equal after folding. It stays below `DEFAULT_THRESHOLD` when the names share
    no more than a legal form, ordinary words, a place or one short word. A name without letters compares as 0.
    Beyond 512 characters or 48 words the rest is not compared, and a part of the explanation says so.

    Raises:
        InputError: a name is not text, or the kind is unknown.
    """
    check_kind(kind)
    for name in (left, right):
        if not isinstance(name, str):
            raise InputError(f"a name is text, and this is {type(name).__name__}: {name!r:.40}")
    reading = READING[class_of(kind)]
    return explained(compare(take_apart(left, reading), take_apart(right, reading), kind))


def check_kind(kind: object) -> Kind:
    """The kind, if it is one."""
    known: dict[object, Kind] = {one: one for one in get_args(Kind)}
    if not isinstance(kind, str) or kind not in known:
        raise InputError(f"unknown kind {kind!r:.40}{suggestion(str(kind)[:40], get_args(Kind))}")
    return known[kind]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The result of comparing, before it is put into words."""

    pairs: tuple[Pair, ...]
    left_over: tuple[Worded, ...]
    right_over: tuple[Worded, ...]
    unlimited: float
    """Score before the limit for too little evidence."""
    limit: float
    evidence: float
    cut: bool

    @property
    def score(self) -> float:
        return min(self.units(self.unlimited), int(self.limit * UNITS)) / UNITS

    @staticmethod
    def units(score: float) -> int:
        return round(score * UNITS)

    def limited(self, share: float) -> Comparison:
        """The same, reaching no more than a share of its score."""
        return replace(self, limit=min(self.limit, self.unlimited) * share)


_NOTHING = Comparison((), (), (), 0.0, 0.0, 0.0, False)


def compare(left: Name, right: Name, kind: Kind) -> Comparison:
    """Compare two names taken apart."""
    of = class_of(kind)
    return compare_worded(Side(worded(left, of), of), worded(right, of), kind, cut=left.cut or right.cut)


def compare_worded(
    left: Side,
    rights: list[Worded],
    kind: Kind,
    *,
    cut: bool,
    numbers: Sequence[int] | None = None,
    least: float = 0.0,
) -> Comparison:
    """Compare two names by their words.

    Args:
        cut: One of the names is longer than is compared.
        numbers: Those of the words on the right, where they are listed words.
        least: What scores less is compared no further, and comes back as if nothing agreed.
    """
    lefts = left.words
    if not lefts or not rights:
        return _NOTHING
    if _are_equal(lefts, rights):
        return _equal(lefts, cut)
    pairs, left_over, right_over = align(left, rights, kind, numbers)
    agreeing = fsum([pair.weight for pair in pairs])
    if not agreeing:
        return _NOTHING
    quality = fsum([pair.weight * pair.likeness.share for pair in pairs])
    missing, conflicting = _leftover(left_over, right_over)
    strength = quality**POWER
    score = strength / (strength + agreeing - quality + OMITTED * missing + CONFLICT * conflicting)
    if Comparison.units(score) < least * UNITS:
        return _NOTHING
    material = _material(pairs)
    limit = _limit(pairs, left_over, right_over, material, class_of(kind))
    return Comparison(pairs, tuple(left_over), tuple(right_over), score, limit, min(1.0, material / 2), cut)


def _are_equal(lefts: Sequence[Worded], rights: Sequence[Worded]) -> bool:
    """Equal after folding; words of a name are sorted."""
    if len(lefts) != len(rights) or lefts[0].word.native != rights[0].word.native:
        return False
    couples = zip(lefts, rights, strict=True)
    return all(a.word.native == b.word.native and a.word.kind == b.word.kind for a, b in couples)


def _equal(words: Sequence[Worded], cut: bool) -> Comparison:
    same = Likeness(1.0, "same")
    pairs = tuple(Pair((one.word,), (one.word,), same, *one.worth[:2]) for one in words)
    material = _material(pairs)
    telling = [pair for pair in pairs if pair.left[0].kind not in ("form", "particle")]
    limit = 1.0 if len(telling) > 1 or _names_someone(telling) else DEFAULT_THRESHOLD * min(0.99, material / FLOOR)
    return Comparison(pairs, (), (), 1.0, limit, min(1.0, material / 2), cut)


def _names_someone(pairs: Sequence[Pair]) -> bool:
    """A word tells one party from another, or is at least the word of a trade: a place or a number is nobody."""
    return any(pair.distinct or pair.left[0].kind == "generic" for pair in pairs)


def _material(pairs: Sequence[Pair]) -> float:
    """Weight of what agrees; 2, two rare words in full, is all one can ask."""
    distinct = fsum([pair.weight * pair.likeness.share for pair in pairs if pair.distinct])
    return distinct + min(LOW_CAP, fsum([pair.weight * pair.likeness.share for pair in pairs if not pair.distinct]))


def _limit(
    pairs: Sequence[Pair], left: Sequence[Worded], right: Sequence[Worded], material: float, of: WeightClass
) -> float:
    """The highest score that the evidence allows; 1 where it allows any."""
    if _all_words_agree(pairs, [*left, *right]):
        return 1.0
    if material < FLOOR:
        return LIMITED * material / FLOOR
    distinct = [pair for pair in pairs if pair.distinct]
    if len(distinct) == 1 and material < SINGLE[of] and distinct[0].likeness.is_slip:
        return LIMITED
    alone = len(distinct) == 1 and len(distinct[0].left) + len(distinct[0].right) == 2
    told_apart = any(one.worth.distinct and one.worth.spare == one.worth.weight for one in (*left, *right))
    # A family name alone against a full name, a brand against another brand that holds the word.
    return LIMITED if alone and told_apart else 1.0


def _all_words_agree(pairs: Sequence[Pair], rest: Sequence[Worded]) -> bool:
    """Nothing telling is left on either side; where a word tells one party from another, one of the others may slip.

    Two words that the other side writes as one are two words that agree.
    """
    if not all(one.word.kind in SMALL for one in rest):
        return False
    telling = [pair for pair in pairs if pair.left[0].kind not in SMALL and pair.left[0].kind != "initial"]
    if sum(max(len(pair.left), len(pair.right)) for pair in telling) < ORDINARY_WORDS:
        same = all(pair.likeness.share >= SAME_MEANING for pair in pairs)
        long = all(len(pair.left[0].text) >= SHORTEST_ALONE for pair in telling)
        return same and (long or not rest) and any(pair.distinct for pair in telling)
    lowest = min(1.0 if len(pair.left) + len(pair.right) > 2 else pair.likeness.share for pair in telling)
    surest = max((pair.likeness.share for pair in telling if pair.distinct), default=0.0)
    return lowest >= (SHORTENED if len(telling) >= MAY_SLIP else SAME_SOUND if surest >= SAME_SOUND else SAME_MEANING)


def _leftover(left: Sequence[Worded], right: Sequence[Worded]) -> tuple[float, float]:
    """Weight that one side has more, and weight that stands against weight of the other side."""
    on_left, on_right = fsum([one.worth.spare for one in left]), fsum([one.worth.spare for one in right])
    return abs(on_left - on_right), min(on_left, on_right)


def explained(comparison: Comparison) -> NameComparison:
    """The comparison in parts whose points add up to the score exactly."""
    score = Comparison.units(comparison.unlimited)
    agreeing = fsum(pair.weight for pair in comparison.pairs)
    gains = [pair.weight * pair.likeness.share / agreeing for pair in comparison.pairs]
    rest = (*comparison.left_over, *comparison.right_over)
    # Without anything left over, the words that agree share the score; else what they would reach, less what is left.
    before = max(score, Comparison.units(fsum(gains))) if rest else score
    parts = [
        NamePart(_written(pair.left), _written(pair.right), pair.likeness.how, points / UNITS)
        for pair, points in zip(comparison.pairs, _shared_out(gains, before), strict=True)
    ]
    losses = _shared_out([one.worth.spare for one in rest], before - score) if rest else []
    for at, ((word, _), loss) in enumerate(zip(rest, losses, strict=True)):
        on_left = at < len(comparison.left_over)
        parts.append(
            NamePart(word.native if on_left else "", "" if on_left else word.native, "only on one side", -loss / UNITS)
        )
    limited = round(comparison.score * UNITS)
    if limited < score:
        parts.append(NamePart("", "", "too little that tells one party from another", (limited - score) / UNITS))
    if comparison.cut:
        parts.append(NamePart("", "", "too long: compared only in part", 0.0))
    return NameComparison(comparison.score, round(comparison.evidence, 4), tuple(parts))


def _written(words: Iterable[Word]) -> str:
    return " + ".join(word.native for word in words)


def _shared_out(values: Sequence[float], total: int) -> list[int]:
    """Whole units in proportion to the values, by largest remainder; they add up to the total."""
    whole = sum(values)
    if not values or not whole:
        return [0] * len(values)
    exact = [value * total / whole for value in values]
    units = [int(value) for value in exact]
    behind = sorted(range(len(values)), key=lambda at: (units[at] - exact[at], at))
    for at in behind[: total - sum(units)]:
        units[at] += 1
    return units
