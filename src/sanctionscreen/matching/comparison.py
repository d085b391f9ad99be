"""Two names: which word meets which, how alike they are, how much there was to compare, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import fsum
from operator import itemgetter
from typing import NamedTuple, TypeAlias, get_args

from sanctionscreen.errors import InputError, suggestion
from sanctionscreen.matching.likeness import SAME_MEANING, SAME_SOUND, SHORTENED, VOWELLED, Likeness, likeness
from sanctionscreen.matching.weights import (
    CONFLICT,
    DEFAULT_THRESHOLD,
    FLOOR,
    LOW_CAP,
    OMITTED,
    ORDINARY_WORDS,
    WeightClass,
    Worth,
    class_of,
    worth,
)
from sanctionscreen.model import Kind, NameComparison, NamePart
from sanctionscreen.text.lexicon import Word
from sanctionscreen.text.names import Name, Reading, take_apart

UNITS = 1 << 16
"""Scores are counted in these parts of one: binary fractions add up exactly, in any order."""

READING: Mapping[WeightClass, Reading] = {"company": "name", "person": "person", "ship": "ship"}
"""How names of each class are taken apart."""

SHORTEST_WHOLE = 4
"""Letters of a word that may be two words written as one."""

MAY_SLIP = 3
"""Words that agree, from which on one that is not quite the same does not lessen what they say together."""

SHORTEST_CUT = 15
"""Letters of a name that the end of a field may have cut: with spaces, the shortest such fields hold twenty."""
FEWEST_BESIDE_CUT = 2
"""Telling words that must agree beside one that was cut off."""

MOST_JOINED = 8
"""Names of more words are not searched for words written together."""

POWER = 1.3
"""What agrees counts by this power: three rare words that agree outweigh one that does not, one rare word does not."""

SINGLE: Mapping[WeightClass, float] = {"company": 1.0, "person": 1.0, "ship": 0.9}
"""Weight of agreeing words that a pair needs when its one telling word holds a slip: Oberbank is not Sberbank.

A trade or a place that agrees beside it is enough. Ships mostly have one word, and are told by number and flag besides.
"""

LIMITED = DEFAULT_THRESHOLD * 0.99
"""The most a pair scores that has too little to tell one party from another."""

SMALL = frozenset({"form", "particle", "title"})


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


class Pair(NamedTuple):
    """Words of the two names that met; two words of one side may meet one of the other that joins them."""

    left: tuple[Word, ...]
    right: tuple[Word, ...]
    likeness: Likeness
    weight: float
    distinct: bool


class Worded(NamedTuple):
    """A word of a name with its worth there."""

    word: Word
    worth: Worth


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
    return compare_worded(worded(left, of), worded(right, of), kind, cut=left.cut or right.cut)


def compare_worded(
    lefts: list[Worded], rights: list[Worded], kind: Kind, *, cut: bool, known: Alike | None = None
) -> Comparison:
    """Compare two names by their words.

    Args:
        cut: One of the names is longer than is compared.
        known: What was found of these words before: a party's names share most of theirs.
    """
    if not lefts or not rights:
        return _NOTHING
    if _are_equal(lefts, rights):
        return _equal(lefts, cut)
    pairs, left_over, right_over = _align(lefts, rights, kind, {} if known is None else known)
    agreeing = fsum([pair.weight for pair in pairs])
    if not agreeing:
        return _NOTHING
    quality = fsum([pair.weight * pair.likeness.share for pair in pairs])
    missing, conflicting = _leftover(left_over, right_over)
    strength = quality**POWER
    score = strength / (strength + agreeing - quality + OMITTED * missing + CONFLICT * conflicting)
    material = _material(pairs)
    limit = _limit(pairs, left_over, right_over, material, class_of(kind))
    return Comparison(pairs, tuple(left_over), tuple(right_over), score, limit, min(1.0, material / 2), cut)


def worded(name: Name, of: WeightClass) -> list[Worded]:
    """The words of a name with their worth."""
    return [Worded(word, worth(word, of)) for word in name.words]


def _are_equal(lefts: Sequence[Worded], rights: Sequence[Worded]) -> bool:
    """Equal after folding; words of a name are sorted."""
    if len(lefts) != len(rights):
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
    """Nothing telling is left on either side; where a word tells one party from another, one of the others may slip."""
    telling = [pair for pair in pairs if pair.left[0].kind not in SMALL and pair.left[0].kind != "initial"]
    if not all(one.word.kind in SMALL for one in rest):
        return False
    if len(telling) < ORDINARY_WORDS:
        same = all(pair.likeness.share >= SAME_MEANING for pair in pairs)
        return same and not rest and any(pair.distinct for pair in telling)
    lowest = min(pair.likeness.share for pair in telling)
    surest = max((pair.likeness.share for pair in telling if pair.distinct), default=0.0)
    return lowest >= (SHORTENED if len(telling) >= MAY_SLIP else SAME_SOUND if surest >= SAME_SOUND else SAME_MEANING)


def _leftover(left: Sequence[Worded], right: Sequence[Worded]) -> tuple[float, float]:
    """Weight that one side has more, and weight that stands against weight of the other side."""
    on_left, on_right = fsum([one.worth.spare for one in left]), fsum([one.worth.spare for one in right])
    return abs(on_left - on_right), min(on_left, on_right)


def _align(
    lefts: list[Worded], rights: list[Worded], kind: Kind, known: Alike
) -> tuple[tuple[Pair, ...], list[Worded], list[Worded]]:
    """Words that meet, the surest first, and what is left on either side.

    Words that are the same come before words written together, and these before slips.
    """
    possible = _possible(lefts, rights, class_of(kind), known)
    sure = [one for one in possible if one[4].likeness.share >= VOWELLED]
    pairs, left_rest, right_rest = _taken(sure, lefts, rights)
    if left_rest and right_rest and max(len(lefts), len(rights)) <= MOST_JOINED:
        pairs += _joined(left_rest, right_rest)
        pairs += [_turned(pair) for pair in _joined(right_rest, left_rest)]
    if left_rest and right_rest and len(sure) < len(possible):
        more, left_rest, right_rest = _taken(possible, lefts, rights, left_rest, right_rest)
        pairs += more
    if left_rest and right_rest and _may_hold_initials(lefts, rights, kind) and any(pair.distinct for pair in pairs):
        pairs += _initials(left_rest, right_rest)
        pairs += [_turned(pair) for pair in _initials(right_rest, left_rest)]
    if left_rest and right_rest and sum(pair.distinct for pair in pairs) >= FEWEST_BESIDE_CUT:
        if _may_be_cut(lefts, rights):
            pairs += _cut_off(left_rest, right_rest)
        elif _may_be_cut(rights, lefts):
            pairs += [_turned(pair) for pair in _cut_off(right_rest, left_rest)]
    return tuple(pairs), left_rest, right_rest


def _may_be_cut(shorter: Sequence[Worded], longer: Sequence[Worded]) -> bool:
    own = sum(len(one.word.text) for one in shorter)
    return own >= SHORTEST_CUT and own < sum(len(one.word.text) for one in longer)


def _cut_off(shorts: list[Worded], longs: list[Worded]) -> list[Pair]:
    """The one word that the end of a field cut off."""
    for short in shorts:
        text = short.word.text
        whole = next((one for one in longs if len(text) > 1 and one.word.text.startswith(text)), None)
        if whole is not None and short.word.kind not in SMALL and whole.word.kind not in SMALL:
            shorts.remove(short)
            longs.remove(whole)
            return [_pair((short,), (whole,), Likeness(SHORTENED, "cut off"))._replace(distinct=False)]
    return []


Alike: TypeAlias = dict[tuple[int, int], Likeness | None]
"""Likenesses by the identities of two words that are kept elsewhere as long as this."""

_UNSEEN = Likeness(0.0, "not compared")
_Possible = tuple[float, tuple[str, str], Worded, Worded, Pair]


def _possible(lefts: list[Worded], rights: list[Worded], of: WeightClass, known: Alike) -> list[_Possible]:
    """Every two words that are alike, those first by which most agrees."""
    possible: list[_Possible] = []
    for left in lefts:
        one, own = left
        for right in rights:
            other, others = right
            key = (id(one), id(other))
            alike = known.get(key, _UNSEEN)
            if alike is _UNSEEN:
                alike = known[key] = likeness(one, other, of)
            if alike is not None:
                shared = min(own.weight, others.weight)
                pair = Pair((one,), (other,), alike, shared, own.distinct and others.distinct and alike.tells)
                order = (one.native, other.native) if one.native < other.native else (other.native, one.native)
                possible.append((-shared * alike.share, order, left, right, pair))
    if len(possible) > 1:
        possible.sort(key=_order)
    return possible


def _taken(
    possible: Sequence[_Possible],
    lefts: list[Worded],
    rights: list[Worded],
    left_free: list[Worded] | None = None,
    right_free: list[Worded] | None = None,
) -> tuple[list[Pair], list[Worded], list[Worded]]:
    """Pairs of words that are both free, one after another; words of a name are all different."""
    left_rest = list(lefts if left_free is None else left_free)
    right_rest = list(rights if right_free is None else right_free)
    pairs: list[Pair] = []
    for _, _, left, right, pair in possible:
        if left in left_rest and right in right_rest:
            left_rest.remove(left)
            right_rest.remove(right)
            pairs.append(pair)
    return pairs, left_rest, right_rest


_order = itemgetter(0, 1)


def _pair(left: Sequence[Worded], right: Sequence[Worded], alike: Likeness) -> Pair:
    """The pair weighs what its less telling side weighs: a misspelt ordinary word is an ordinary word."""
    weights = [fsum([one.worth.weight for one in side]) for side in (left, right)]
    distinct = all(any(one.worth.distinct for one in side) for side in (left, right))
    return Pair(tuple(word for word, _ in left), tuple(word for word, _ in right), alike, min(weights), distinct)


def _together(parts: Sequence[Worded], whole: Worded) -> Pair:
    """Two words that are one weigh what the one does, unless they are both ordinary: Da Jiang is Dajiang."""
    pair = _pair(parts, (whole,), Likeness(0.95, "written together"))
    return pair._replace(weight=whole.worth.weight) if pair.distinct else pair


def _turned(pair: Pair) -> Pair:
    return pair._replace(left=pair.right, right=pair.left)


def _joined(parts: list[Worded], wholes: list[Worded]) -> list[Pair]:
    """Two words of one side that the other side writes as one; both lists lose what was found."""
    found: list[Pair] = []
    for whole in list(wholes) if len(parts) > 1 else ():
        if whole.word.kind == "form" or len(whole.word.text) < SHORTEST_WHOLE:
            continue
        couple = _couple(parts, whole.word)
        if couple is not None:
            found.append(_together(couple, whole))
            wholes.remove(whole)
            for word in couple:
                parts.remove(word)
    return found


def _couple(parts: Sequence[Worded], whole: Word) -> tuple[Worded, Worded] | None:
    """The first two words that make the whole."""
    for first in parts:
        one = first.word
        if one.kind != "form" and (whole.sound.startswith(one.sound) or _begins(one.text, whole)):
            for second in parts:
                if second is not first and second.word.kind != "form" and _written_together(one, second.word, whole):
                    return first, second
    return None


def _begins(text: str, whole: Word) -> bool:
    return whole.text.startswith(text) or any(other.startswith(text) for other in whole.other)


def _written_together(first: Word, second: Word, whole: Word) -> bool:
    if first.text + second.text == whole.text or first.text + second.text in whole.other:
        return True
    by_sound = len(first.sound) > 1 and len(second.sound) > 1
    return by_sound and first.sound + second.sound == whole.sound


def _may_hold_initials(lefts: Sequence[Worded], rights: Sequence[Worded], kind: Kind) -> bool:
    """Initials stand for words in names of people only; those of companies match almost anything."""
    if kind == "any":
        return not any(word.kind == "form" for word, _ in (*lefts, *rights))
    return kind == "person"


def _initials(shorts: list[Worded], longs: list[Worded]) -> list[Pair]:
    found: list[Pair] = []
    for short in [one for one in shorts if one.word.kind == "initial"]:
        letter = short.word.text
        full = next((f for f in longs if len(f.word.text) > 1 and f.word.text[0] == letter and f.worth.distinct), None)
        if full is not None:
            # One letter in twenty agrees by chance, and few letters begin most names.
            found.append(_pair((short,), (full,), Likeness(SHORTENED, "initial"))._replace(distinct=False))
            shorts.remove(short)
            longs.remove(full)
    return found


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
