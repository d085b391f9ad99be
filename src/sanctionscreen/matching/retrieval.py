"""Which listed names are worth comparing with a name: those that share a telling word, as far as a bound allows a hit.

Nothing that the comparison would call a hit is left out; `tests/reference.py` holds this to a comparison of all pairs.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sanctionscreen.matching.comparison import MOST_JOINED
from sanctionscreen.matching.neighbours import Ids, Neighbours, spread
from sanctionscreen.matching.weights import CONFLICT, OMITTED, is_distinct, weight
from sanctionscreen.model import Kind
from sanctionscreen.text.lexicon import Word, lexicon
from sanctionscreen.text.names import Name
from sanctionscreen.text.romanise import sound

Weights = npt.NDArray[np.float64]

_LOW = frozenset({"generic", "city", "region", "country", "particle", "title"})
_JOINED, _WHOLE, _AS_IS = "joined:", "whole:", "as-is:"
"""Marks of tokens: two listed words as one; a listed word by its letters; a token asked for without slips."""

_SLACK = 1e-6  # sums in another order differ in the last digits


class _Measures(NamedTuple):
    """Sums over the words of a name that bound its score."""

    distinct: float
    low: float
    initials: int


class Retrieval:
    """Listed names by their telling words."""

    def __init__(self, names: Sequence[Name], kinds: Sequence[Kind]) -> None:
        self._vocabulary: dict[str, int] = {}
        self._neighbours = Neighbours([])
        self._ordinary = Neighbours(
            sorted({sound(word) for word, (kind, _) in lexicon().items() if kind in _LOW and word.isascii()})
        )
        self._equal: dict[tuple[str, ...], list[int]] = {}
        self._build(names, kinds)

    def _build(self, names: Sequence[Name], kinds: Sequence[Kind]) -> None:
        entries: list[tuple[int, int, float]] = []
        for at, (name, kind) in enumerate(zip(names, kinds, strict=True)):
            for key in {_key(name), _meaning_key(name)}:
                self._equal.setdefault(key, []).append(at)
            for token, w in _tokens(name, kind):
                entries.append((self._vocabulary.setdefault(token, len(self._vocabulary)), at, w))
        self._words = [token for token in self._vocabulary if _is_sound(token)]
        self._word_ids = np.array([self._vocabulary[word] for word in self._words], dtype=np.int64)
        self._neighbours = Neighbours(self._words)
        entries.sort()
        tokens = np.array([token for token, _, _ in entries], dtype=np.int64)
        self._names = np.array([at for _, at, _ in entries], dtype=np.int64)
        self._weights = np.array([w for _, _, w in entries], dtype=np.float64)
        self._starts = np.searchsorted(tokens, np.arange(len(self._vocabulary) + 1))
        soft = self._misspelt_ordinary([word for name in names for word in name.words])
        measures = [_measures(name, kind, soft) for name, kind in zip(names, kinds, strict=True)]
        self._distinct = np.array([m.distinct for m in measures])
        self._low = np.array([m.low for m in measures])
        self._initials = np.array([m.initials for m in measures])

    def _misspelt_ordinary(self, words: Sequence[Word]) -> frozenset[str]:
        """Sounds that may be a slip in an ordinary word, and then weigh as little."""
        sounds = sorted({word.sound for word in words if word.kind not in _LOW})
        near, _ = self._ordinary.find(sounds)
        return frozenset(sounds[at] for at in np.unique(near))

    def candidates(
        self, queries: Sequence[Name], threshold: float, allowed: npt.NDArray[np.bool_]
    ) -> Iterator[tuple[int, Ids]]:
        """For each query (by position) the listed names (by position) that may reach the threshold.

        Args:
            allowed: A row for all queries, or one row a query; which names may be found.
        """
        rows, met, agreeing = self._agreements(queries)
        soft = self._misspelt_ordinary([word for name in queries for word in name.words])
        own = [_measures(name, "any", soft) for name in queries]
        keep = self._bound(own, rows, met, agreeing) >= threshold - _SLACK if len(rows) else np.zeros(0, dtype=bool)
        rows, met = rows[keep], met[keep]
        ends = np.searchsorted(rows, np.arange(len(queries) + 1))
        for at, name in enumerate(queries):
            found = met[ends[at] : ends[at + 1]]
            equal = [*self._equal.get(_key(name), ()), *self._equal.get(_meaning_key(name), ())] if name.words else []
            found = np.union1d(found, np.array(equal, dtype=np.int64))
            mask = allowed[at] if allowed.ndim == 2 else allowed
            yield at, found[mask[found]]

    def _agreements(self, queries: Sequence[Name]) -> tuple[Ids, Ids, Weights]:
        """Query, listed name, and at most how much weight of theirs agrees; sorted."""
        asked: list[tuple[int, str, float]] = [
            (at, token, w) for at, name in enumerate(queries) for token, w in _asked(name, self._vocabulary)
        ]
        distinct_tokens = sorted({token for _, token, _ in asked})
        number = {token: at for at, token in enumerate(distinct_tokens)}
        sounds = [token for token in distinct_tokens if _is_sound(token)]
        near_query, near_word = self._neighbours.find(sounds)
        pairs_query = [np.array([number[word] for word in sounds], dtype=np.int64)[near_query]]
        pairs_token = [self._word_ids[near_word]] if len(self._word_ids) else [np.zeros(0, dtype=np.int64)]
        exact = [(number[t], at) for t in distinct_tokens if (at := self._exactly(t)) is not None]
        pairs_query.append(np.array([q for q, _ in exact], dtype=np.int64))
        pairs_token.append(np.array([t for _, t in exact], dtype=np.int64))
        return self._summed(asked, number, np.concatenate(pairs_query), np.concatenate(pairs_token))

    def _exactly(self, token: str) -> int | None:
        """The one token of the vocabulary that a meaning or a joined word asks for."""
        return None if _is_sound(token) else self._vocabulary.get(token.removeprefix(_AS_IS))

    def _summed(
        self, asked: Sequence[tuple[int, str, float]], number: dict[str, int], by_query: Ids, by_token: Ids
    ) -> tuple[Ids, Ids, Weights]:
        order = np.argsort(by_query, kind="stable")
        by_query, by_token = by_query[order], by_token[order]
        bounds = np.searchsorted(by_query, np.arange(len(number) + 1))
        tokens = np.array([number[token] for _, token, _ in asked], dtype=np.int64)
        counts = bounds[tokens + 1] - bounds[tokens] if len(tokens) else np.zeros(0, dtype=np.int64)
        which = np.repeat(np.arange(len(asked)), counts)
        listed = by_token[spread(bounds[tokens], counts)] if len(tokens) else np.zeros(0, dtype=np.int64)
        postings = self._starts[listed + 1] - self._starts[listed]
        at = spread(self._starts[listed], postings)
        which = np.repeat(which, postings)
        queries = np.array([q for q, _, _ in asked], dtype=np.int64)[which]
        weights = np.maximum(np.array([w for _, _, w in asked], dtype=np.float64)[which], self._weights[at])
        size = max(1, len(self._distinct))
        pairs, inverse = np.unique(queries * size + self._names[at], return_inverse=True)
        rows, met = np.divmod(pairs, size)
        agreeing: Weights = np.bincount(inverse, weights=weights, minlength=len(pairs)).astype(np.float64)
        return rows, met, agreeing

    def _bound(self, own: Sequence[_Measures], rows: Ids, met: Ids, agreeing: Weights) -> Weights:
        """The highest score a pair can have: its agreement counted in full, its leftovers as small as can be."""
        distinct = np.array([m.distinct for m in own])[rows]
        low = np.minimum(np.array([m.low for m in own])[rows], self._low[met])
        initials = np.array([m.initials for m in own])[rows]
        left = np.maximum(0, distinct - agreeing - self._initials[met])
        right = np.maximum(0, self._distinct[met] - agreeing - initials)
        leftover = OMITTED * np.abs(left - right) + CONFLICT * np.minimum(left, right)
        bound: Weights = (agreeing + low) / (agreeing + low + leftover)
        return bound


def _key(name: Name) -> tuple[str, ...]:
    """Equal for equal names, whether initials in them were read as a legal form or not."""
    return ("=", "".join(sorted("".join(name.key).replace(" ", ""))))


def _meaning_key(name: Name) -> tuple[str, ...]:
    """What names of ordinary words alone have in common across languages."""
    return tuple(
        sorted(word.meaning or word.sound for word in name.words if word.kind not in ("form", "particle", "title"))
    )


def _is_sound(token: str) -> bool:
    return ":" not in token


def _tokens(name: Name, kind: Kind) -> Iterator[tuple[str, float]]:
    """What a listed name is found by: its telling words, their meanings, and two words as one."""
    for word in name.words:
        if is_distinct(word, kind):
            w = weight(word, kind)
            yield from ((token, w) for token in _tokens_of(word))
    for joined, w in _couples(name, kind):
        yield _JOINED + joined, w


def _tokens_of(word: Word) -> set[str]:
    tokens = {word.sound, *(sound(other) for other in word.other)}
    return {token for token in tokens if token} | {_WHOLE + word.text} | ({word.meaning} if word.meaning else set())


def _asked(name: Name, known: Container[str]) -> Iterator[tuple[str, float]]:
    """What a query's name asks for; tokens that are matched exactly only if the vocabulary knows them."""
    for word in name.words:
        if word.kind not in ("form", "particle", "title", "number", "initial"):
            # Weighed as an own name, the most it can be in any kind of name.
            w = max(weight(word, "any"), weight(word, "person"))
            yield word.sound, w
            yield from ((sound(other), w) for other in word.other)
            exact = {word.meaning, _JOINED + word.sound, _JOINED + word.text}
            yield from ((token, w) for token in sorted(exact) if token in known)
    for joined, w in _couples(name, "person"):
        for token in (_WHOLE + joined, joined):
            if token in known:
                yield _AS_IS + token, w


def _couples(name: Name, kind: Kind) -> Iterator[tuple[str, float]]:
    """Two words of a name as one, in either order, by letters and by sounds, with their weight together."""
    words = [(word.text, word.sound, weight(word, kind)) for word in name.words if word.kind != "form"]
    if len(words) < 2 or len(name.words) > MOST_JOINED:
        return
    for i, (text, heard, w) in enumerate(words):
        for j, (other_text, other_heard, other_w) in enumerate(words):
            if i != j and len(text) + len(other_text) >= 4:
                yield text + other_text, w + other_w
                if text + other_text != heard + other_heard:
                    yield heard + other_heard, w + other_w


def _measures(name: Name, kind: Kind, soft: frozenset[str]) -> _Measures:
    distinct = [word for word in name.words if is_distinct(word, kind)]
    telling = sum(weight(word, kind) for word in distinct if word.sound not in soft)
    low = sum(weight(word, kind) for word in name.words) - sum(weight(word, kind) for word in distinct)
    low += sum(weight(word, kind) for word in distinct if word.sound in soft)
    return _Measures(telling, low, sum(word.kind == "initial" for word in name.words))
