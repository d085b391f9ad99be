"""Several words that mean one thing, found in a bag of words in any order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar

Value = TypeVar("Value")


class Found(NamedTuple, Generic[Value]):
    """A phrase that was found, and where its words stand, in its own order."""

    value: Value
    positions: tuple[int, ...]


class _Phrase(NamedTuple, Generic[Value]):
    rank: int
    words: tuple[str, ...]
    need: frozenset[str]
    value: Value


class Phrases(Generic[Value]):
    """Phrases by the keys of their words; a longer phrase is found before a shorter one within it."""

    def __init__(self, phrases: Iterable[tuple[tuple[str, ...], Value]]) -> None:
        """The first of two phrases of the same words stands."""
        ordered = sorted(distinct(phrases), key=lambda p: (-len(p[0]), -sum(map(len, p[0])), p[0]))
        uses = Counter(word for words, _ in ordered for word in set(words))
        self.words = frozenset(uses)
        self.words_of_several = frozenset(word for words, _ in ordered if len(words) > 1 for word in words)
        by_word: dict[str, list[_Phrase[Value]]] = {}
        for rank, (words, value) in enumerate(ordered):
            rarest = min(words, key=lambda word: (uses[word], -len(word), word))
            by_word.setdefault(rarest, []).append(_Phrase(rank, words, frozenset(words), value))
        self._by_word: Mapping[str, tuple[_Phrase[Value], ...]] = {word: tuple(of) for word, of in by_word.items()}

    def find(self, keys: Sequence[str]) -> list[Found[Value]]:
        """The phrases among the words with these keys; no word belongs to two of them."""
        by_word = self._by_word
        possible = [by_word[key] for key in keys if key in by_word]
        if not possible:
            return []
        have = set(keys)
        fitting = {phrase.rank: phrase for phrases in possible for phrase in phrases if phrase.need <= have}
        if not fitting:
            return []
        if len(fitting) == 1 and len(have) == len(keys):
            ((_, words, need, value),) = fitting.values()
            return [Found(value, tuple(map(keys.index, words)))] if len(need) == len(words) else []
        return _in_order([fitting[rank] for rank in sorted(fitting)], keys)


def distinct(phrases: Iterable[tuple[tuple[str, ...], Value]]) -> list[tuple[tuple[str, ...], Value]]:
    """The phrases without those of the same words, of which the first stands."""
    known: dict[tuple[str, ...], tuple[tuple[str, ...], Value]] = {}
    for words, value in phrases:
        known.setdefault(tuple(sorted(words)), (words, value))
    return list(known.values())


def _in_order(fitting: Iterable[_Phrase[Value]], keys: Sequence[str]) -> list[Found[Value]]:
    """Each phrase as often as its words are there, in this order; no word is used twice."""
    free: dict[str, list[int]] = {}
    for at in range(len(keys) - 1, -1, -1):
        free.setdefault(keys[at], []).append(at)
    found: list[Found[Value]] = []
    for phrase in fitting:
        while positions := _taken(phrase.words, free):
            found.append(Found(phrase.value, positions))
    return found


def _taken(words: Sequence[str], free: Mapping[str, list[int]]) -> tuple[int, ...]:
    """The places of all the words, which are free no more; none, where one of them is not there."""
    taken: list[int] = []
    for word in words:
        if not free[word]:
            for given_back, at in zip(words, taken, strict=False):
                free[given_back].append(at)
            return ()
        taken.append(free[word].pop())
    return tuple(taken)
