"""Two names: which word meets which, how alike they are, how much there was to compare, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, get_args

from sanctionscreen.errors import InputError, suggestion
from sanctionscreen.matching.likeness import Likeness, likeness
from sanctionscreen.matching.weights import (
    CONFLICT,
    DEFAULT_THRESHOLD,
    FLOOR,
    LOW_CAP,
    OMITTED,
    ORDINARY_WORDS,
    is_distinct,
    weight,
)
from sanctionscreen.model import Kind, NameComparison, NamePart
from sanctionscreen.text.lexicon import Word
from sanctionscreen.text.names import Name, take_apart

UNITS = 1 << 16
"""Scores are counted in these parts of one: binary fractions add up exactly, in any order."""

MOST_JOINED = 8
"""Names of more words are not searched for words written together."""

_SMALL = frozenset({"form", "particle", "title"})


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
    forms = kind != "person"
    return explained(compare(take_apart(left, forms=forms), take_apart(right, forms=forms), kind))


def check_kind(kind: object) -> Kind:
    """The kind, if it is one."""
    known: dict[object, Kind] = {one: one for one in get_args(Kind)}
    if not isinstance(kind, str) or kind not in known:
        raise InputError(f"unknown kind {kind!r:.40}{suggestion(str(kind)[:40], get_args(Kind))}")
    return known[kind]


class Pair(NamedTuple):
    """Words of the two names that met; two words of one side may meet one of the other that joins them."""

    left: tuple[Word, ...]
    right: tuple[Word, ...]
    likeness: Likeness
    weight: float
    distinct: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """The result of comparing, before it is put into words."""

    pairs: tuple[Pair, ...]
    left_over: tuple[tuple[Word, float], ...]
    right_over: tuple[tuple[Word, float], ...]
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
    if not left.words or not right.words:
        return _NOTHING
    cut = left.cut or right.cut
    if left.key == right.key:
        return _equal(left, kind, cut)
    pairs, left_rest, right_rest = _align(left, right, kind)
    agreeing = _total(pair.weight for pair in pairs)
    if not agreeing:
        return _NOTHING
    left_over = tuple((word, weight(word, kind)) for word in left_rest)
    right_over = tuple((word, weight(word, kind)) for word in right_rest)
    quality = _total(pair.weight * pair.likeness.share for pair in pairs)
    missing, conflicting = _leftover([w for _, w in left_over], [w for _, w in right_over])
    score = quality / (agreeing + OMITTED * missing + CONFLICT * conflicting)
    material = _material(pairs)
    limit = _limit(pairs, [*left_rest, *right_rest], material, kind)
    return Comparison(pairs, left_over, right_over, score, limit, min(1.0, material / 2), cut)


def _equal(name: Name, kind: Kind, cut: bool) -> Comparison:
    same = Likeness(1.0, "same")
    pairs = tuple(Pair((w,), (w,), same, weight(w, kind), is_distinct(w, kind)) for w in name.words)
    material = _material(pairs)
    telling = [word for word in name.words if word.kind not in _SMALL and word.kind != "initial"]
    names_someone = any(is_distinct(word, kind) for word in telling) or len(telling) > 1
    limit = 1.0 if names_someone else DEFAULT_THRESHOLD * min(0.99, material / FLOOR)
    return Comparison(pairs, (), (), 1.0, limit, min(1.0, material / 2), cut)


def _material(pairs: Sequence[Pair]) -> float:
    """Weight of what agrees; 2, two rare words in full, is all one can ask."""
    distinct = _total(pair.weight * pair.likeness.share for pair in pairs if pair.distinct)
    return distinct + min(LOW_CAP, _total(pair.weight * pair.likeness.share for pair in pairs if not pair.distinct))


def _limit(pairs: Sequence[Pair], rest: Sequence[Word], material: float, kind: Kind) -> float:
    """The highest score that the evidence allows; 1 where it allows any."""
    if _all_words_agree(pairs, rest):
        return 1.0
    if material < FLOOR:
        return DEFAULT_THRESHOLD * 0.99 * material / FLOOR
    alone = (
        sum(pair.distinct for pair in pairs) == 1 and max(len(p.left) + len(p.right) for p in pairs if p.distinct) == 2
    )
    if alone and any(is_distinct(word, kind) for word in rest):
        # A family name alone against a full name, a brand against another brand that holds the word.
        return DEFAULT_THRESHOLD * 0.99
    return 1.0


def _all_words_agree(pairs: Sequence[Pair], rest: Sequence[Word]) -> bool:
    telling = [pair for pair in pairs if pair.left[0].kind not in _SMALL]
    nothing_left = all(word.kind in _SMALL for word in rest)
    return nothing_left and len(telling) >= ORDINARY_WORDS and all(pair.likeness.share >= 0.95 for pair in telling)


def _leftover(left: Sequence[float], right: Sequence[float]) -> tuple[float, float]:
    """Weight that one side has more, and weight that stands against weight of the other side."""
    on_left, on_right = _total(left), _total(right)
    return abs(on_left - on_right), min(on_left, on_right)


def _total(values: Iterable[float]) -> float:
    return sum(sorted(values))  # the same to the last bit from either side


def _align(left: Name, right: Name, kind: Kind) -> tuple[tuple[Pair, ...], list[Word], list[Word]]:
    """Words that meet, best first, and what is left on either side."""
    lefts, rights = list(left.words), list(right.words)
    pairs: list[Pair] = []
    possible: list[tuple[float, tuple[str, ...], int, int, Pair]] = []
    taken_left: set[int] = set()
    taken_right: set[int] = set()
    for i, one in enumerate(lefts):
        for j, other in enumerate(rights):
            alike = likeness(one, other)
            if alike is not None:
                pair = _pair((one,), (other,), alike, kind)
                order = tuple(sorted((one.native, other.native)))
                possible.append((-pair.weight * alike.share, order, i, j, pair))
    for _, _, i, j, pair in sorted(possible, key=lambda item: item[:2]):
        if i not in taken_left and j not in taken_right:
            taken_left.add(i)
            taken_right.add(j)
            pairs.append(pair)
    left_rest = [word for i, word in enumerate(lefts) if i not in taken_left]
    right_rest = [word for j, word in enumerate(rights) if j not in taken_right]
    if left_rest and right_rest:
        if max(len(lefts), len(rights)) <= MOST_JOINED:
            pairs += _joined(left_rest, right_rest, kind)
            pairs += [_turned(pair) for pair in _joined(right_rest, left_rest, kind)]
        if _may_hold_initials(left, right, kind) and any(pair.distinct for pair in pairs):
            pairs += _initials(left_rest, right_rest, kind)
            pairs += [_turned(pair) for pair in _initials(right_rest, left_rest, kind)]
    return tuple(pairs), left_rest, right_rest


def _pair(left: tuple[Word, ...], right: tuple[Word, ...], alike: Likeness, kind: Kind) -> Pair:
    """The pair weighs what its less telling side weighs: a misspelt ordinary word is an ordinary word."""
    weights = [sum(weight(word, kind) for word in side) for side in (left, right)]
    distinct = all(any(is_distinct(word, kind) for word in side) for side in (left, right))
    return Pair(left, right, alike, min(weights), distinct)


def _turned(pair: Pair) -> Pair:
    return pair._replace(left=pair.right, right=pair.left)


def _joined(parts: list[Word], wholes: list[Word], kind: Kind) -> list[Pair]:
    """Two words of one side that the other side writes as one; both lists lose what was found."""
    found: list[Pair] = []
    for whole in list(wholes):
        if whole.kind == "form" or len(whole.text) < 4:
            continue
        couple = next((c for c in _couples(parts) if _written_together(c, whole)), None)
        if couple is not None:
            found.append(_pair(couple, (whole,), Likeness(0.95, "written together"), kind))
            wholes.remove(whole)
            for word in couple:
                parts.remove(word)
    return found


def _couples(words: Sequence[Word]) -> list[tuple[Word, Word]]:
    usable = [word for word in words if word.kind != "form"]
    return [(a, b) for i, a in enumerate(usable) for j, b in enumerate(usable) if i != j]


def _written_together(couple: tuple[Word, Word], whole: Word) -> bool:
    first, second = couple
    return first.text + second.text == whole.text or first.sound + second.sound == whole.sound


def _may_hold_initials(left: Name, right: Name, kind: Kind) -> bool:
    """Initials stand for words in names of people only; those of companies match almost anything."""
    if kind == "any":
        return not any(word.kind == "form" for word in (*left.words, *right.words))
    return kind == "person"


def _initials(shorts: list[Word], longs: list[Word], kind: Kind) -> list[Pair]:
    found: list[Pair] = []
    for short in [word for word in shorts if word.kind == "initial"]:
        full = next((w for w in longs if len(w.text) > 1 and w.text[0] == short.text and is_distinct(w, kind)), None)
        if full is not None:
            # Half sure: one letter in twenty agrees by chance, and few letters begin most names.
            found.append(_pair((short,), (full,), Likeness(0.5, "initial"), kind)._replace(distinct=False))
            shorts.remove(short)
            longs.remove(full)
    return found


def explained(comparison: Comparison) -> NameComparison:
    """The comparison in parts whose points add up to the score exactly."""
    score = Comparison.units(comparison.unlimited)
    agreeing = _total(pair.weight for pair in comparison.pairs)
    gains = [pair.weight * pair.likeness.share / agreeing for pair in comparison.pairs]
    before = Comparison.units(_total(gains))
    rest = (*comparison.left_over, *comparison.right_over)
    parts = [
        NamePart(_written(pair.left), _written(pair.right), pair.likeness.how, points / UNITS)
        for pair, points in zip(comparison.pairs, _shared_out(gains, before), strict=True)
    ]
    losses = _shared_out([w for _, w in rest], before - score) if rest else []
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
