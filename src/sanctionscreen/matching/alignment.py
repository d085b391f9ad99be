"""Which words of two names meet: the same, written together, slips, initials, and a word that a field cut off."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from math import fsum
from operator import itemgetter
from typing import NamedTuple

from sanctionscreen.matching.likeness import SHORTENED, VOWELLED, Likeness, likeness
from sanctionscreen.matching.weights import WeightClass, Worth, worth
from sanctionscreen.model import Kind
from sanctionscreen.text.lexicon import Word
from sanctionscreen.text.names import Name

SHORTEST_WHOLE = 4
"""Letters of a word that may be two words written as one."""

SHORTEST_CUT = 15
"""Letters of a name that the end of a field may have cut: with spaces, the shortest such fields hold twenty."""
FEWEST_BESIDE_CUT = 2
"""Telling words that must agree beside one that was cut off."""

MOST_JOINED = 8
"""Names of more words are not searched for words written together."""

SMALL = frozenset({"form", "particle", "title"})
"""Kinds of words that say nothing about whose name it is."""


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


def worded(name: Name, of: WeightClass) -> list[Worded]:
    """The words of a name with their worth."""
    return [Worded(word, worth(word, of)) for word in name.words]


class Possible(NamedTuple):
    """Two words that are alike, with their places in an order: those first by which most agrees."""

    order: float
    natives: tuple[str, str]
    left: Worded
    right: Worded
    pair: Pair


class Side:
    """A name that is compared with others: its words, and what listed words have in common with them."""

    def __init__(
        self,
        words: list[Worded],
        of: WeightClass,
        meets: Sequence[Container[int]] | None = None,
        joins: frozenset[int] | None = None,
    ) -> None:
        """A side that knows nothing of the others, or, for each of its words, which it may meet by their numbers.

        Args:
            joins: Numbers of words that may be two of the name written together, or one of two that a word of it joins.
        """
        self.words, self._of = words, of
        self._meets, self._joins = meets, joins
        self._known: dict[int, list[Possible]] = {}

    def possible(self, rights: Sequence[Worded], numbers: Sequence[int] | None) -> list[Possible]:
        """Every two words that are alike; of words with numbers it is found out once."""
        found: list[Possible] = []
        for at, right in enumerate(rights):
            number = at if numbers is None else numbers[at]
            alike = self._known.get(number) if numbers is not None else None
            if alike is None:
                alike = self._known[number] = self._alike(right, number)
            if alike:
                found += alike
        if len(found) > 1:
            found.sort(key=_order)
        return found

    def may_join(self, numbers: Iterable[int] | None) -> bool:
        """Two words of one name may be written together in the other."""
        joins = self._joins
        return joins is None or numbers is None or not joins.isdisjoint(numbers)

    def _alike(self, right: Worded, number: int) -> list[Possible]:
        other, others = right
        found: list[Possible] = []
        for at, left in enumerate(self.words):
            if self._meets is None or number in self._meets[at]:
                one, own = left
                alike = likeness(one, other, self._of)
                if alike is not None:
                    shared = min(own.weight, others.weight)
                    pair = Pair((one,), (other,), alike, shared, own.distinct and others.distinct and alike.tells)
                    natives = (one.native, other.native) if one.native < other.native else (other.native, one.native)
                    found.append(Possible(-shared * alike.share, natives, left, right, pair))
        return found


def align(
    side: Side, rights: list[Worded], kind: Kind, numbers: Sequence[int] | None
) -> tuple[tuple[Pair, ...], list[Worded], list[Worded]]:
    """Words that meet, the surest first, and what is left on either side.

    Words that are the same come before words written together, and these before slips.

    Args:
        numbers: Those of the words on the right, where they are listed words.
    """
    lefts = side.words
    possible = side.possible(rights, numbers)
    sure = [one for one in possible if one.pair.likeness.share >= VOWELLED]
    pairs, left_rest, right_rest = _taken(sure, lefts, rights)
    if left_rest and right_rest and max(len(lefts), len(rights)) <= MOST_JOINED and side.may_join(numbers):
        pairs += _joined(left_rest, right_rest)
        pairs += [_turned(pair) for pair in _joined(right_rest, left_rest)]
    if left_rest and right_rest and len(sure) < len(possible):
        more, left_rest, right_rest = _taken(possible, left_rest, right_rest)
        pairs += more
    distinct = sum([pair.distinct for pair in pairs])
    if left_rest and right_rest and distinct and _may_hold_initials(lefts, rights, kind):
        pairs += _initials(left_rest, right_rest)
        pairs += [_turned(pair) for pair in _initials(right_rest, left_rest)]
    if left_rest and right_rest and distinct >= FEWEST_BESIDE_CUT:
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


def _taken(
    possible: Sequence[Possible], lefts: Sequence[Worded], rights: Sequence[Worded]
) -> tuple[list[Pair], list[Worded], list[Worded]]:
    """Pairs of words that are both free, one after another, and the words that stay free."""
    left_free, right_free = set(map(id, lefts)), set(map(id, rights))
    pairs: list[Pair] = []
    for _, _, left, right, pair in possible:
        if id(left) in left_free and id(right) in right_free:
            left_free.remove(id(left))
            right_free.remove(id(right))
            pairs.append(pair)
    return pairs, [one for one in lefts if id(one) in left_free], [one for one in rights if id(one) in right_free]


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
    return whole.text.startswith(text) or (bool(whole.other) and any(o.startswith(text) for o in whole.other))


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
