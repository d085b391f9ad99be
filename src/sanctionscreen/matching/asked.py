"""The names of a batch of queries by their words, and the listed words that these may meet."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sanctionscreen.matching.alignment import MOST_JOINED
from sanctionscreen.matching.hashes import Hashes, Ids, spread
from sanctionscreen.matching.vocabulary import Flags, Vocabulary, Weights
from sanctionscreen.matching.weights import WeightClass
from sanctionscreen.matching.wordbook import Wordbook, rows_of
from sanctionscreen.text.lexicon import Word


class Rows(NamedTuple):
    """Queries and the listed words that words of theirs may meet: each pair once, sorted by query and listed word."""

    query: Ids
    listed: Ids
    share: Weights
    weight: Weights
    """Of the query's word, or of two that are one."""
    spare: Weights
    distinct: Flags
    joined: Flags


class Met(NamedTuple):
    """The distinct words of a batch and the listed words that each may meet, one word after another."""

    words: Ids
    counts: Ids
    starts: Ids
    listed: Ids
    share: Weights
    is_part: Flags
    word: Ids
    """Of which of the words a row is."""


class Asked:
    """Queries, each with the words of its name; a word of a query is called an entry."""

    def __init__(self, names: Sequence[Sequence[Word]], book: Wordbook, vocabulary: Vocabulary) -> None:
        self.word, self.words = book.enter(names)
        """Of each entry, its number among the words."""
        self.sizes: Ids = np.fromiter(map(len, names), dtype=np.int64, count=len(names))
        self.query: Ids = np.repeat(np.arange(len(names)), self.sizes)
        self._vocabulary = vocabulary
        self._weighed: dict[WeightClass, WeighedAsked] = {}
        self.first, self.second, self.whole = self._couples()
        """Two entries of one query, and a listed word that writes them as one."""

    def __len__(self) -> int:
        return len(self.sizes)

    def meetings(self, at: int) -> tuple[list[frozenset[int]], frozenset[int]]:
        """For each word of a name, the listed words that it may meet; and those that may be written together."""
        start = int(self.starts[at])
        words: list[int] = self.word[start : start + int(self.sizes[at])].tolist()
        joined = self._joined.get(at, frozenset()).union(*(self.words.parts_of(word) for word in words))
        return [self.words.met_by(word) for word in words], joined

    @cached_property
    def starts(self) -> Ids:
        starts: Ids = self.sizes.cumsum() - self.sizes
        return starts

    @cached_property
    def _joined(self) -> dict[int, frozenset[int]]:
        """Listed words that write two words of a query as one."""
        found: dict[int, set[int]] = {}
        for query, whole in zip(self.query[self.first].tolist(), self.whole.tolist(), strict=True):
            found.setdefault(query, set()).add(whole)
        return {query: frozenset(wholes) for query, wholes in found.items()}

    def weighed(self, of: WeightClass) -> WeighedAsked:
        known = self._weighed.get(of)
        if known is None:
            known = self._weighed[of] = WeighedAsked(self, self._vocabulary, of)
        return known

    @cached_property
    def used(self) -> tuple[Ids, Ids]:
        """The distinct words, and for each entry which of them it is."""
        is_used = np.zeros(len(self.words.is_form), dtype=np.bool_)
        is_used[self.word] = True
        return is_used.nonzero()[0], is_used.cumsum()[self.word] - 1

    @cached_property
    def met(self) -> Met:
        words, _ = self.used
        counts, rows = rows_of(self.words, words)
        starts = counts.cumsum() - counts
        own = self.words
        whose = np.arange(len(words)).repeat(counts)
        return Met(words, counts, starts, own.listed[rows], own.share[rows], own.is_part[rows], whose)

    @cached_property
    def may_join(self) -> Flags:
        """Entries that may be two words in one, or one of two."""
        return (self.sizes <= MOST_JOINED)[self.query] & ~self.words.is_form[self.word]

    def _couples(self) -> tuple[Ids, Ids, Ids]:
        usable = self.may_join.nonzero()[0]
        counts = np.bincount(self.query[usable], minlength=len(self.sizes))
        starts = counts.cumsum() - counts
        partners = counts[self.query[usable]]
        first = usable.repeat(partners)
        second = usable[spread(starts[self.query[usable]], partners)]
        apart = first != second
        first, second = first[apart], second[apart]
        words = self.words
        couple, wholes = self._vocabulary.wholes(words.texts, words.sounds, self.word[first], self.word[second])
        return first[couple], second[couple], wholes


class WeighedAsked:
    """What the words of queries weigh in names of one class."""

    def __init__(self, asked: Asked, vocabulary: Vocabulary, of: WeightClass) -> None:
        self.asked, self.sizes, self._size = asked, asked.sizes, max(1, len(vocabulary))
        weighed, self._listed = asked.words.weighed[of], vocabulary.weighed[of]
        word, query, number = asked.word, asked.query, len(asked)
        self.weight, self.distinct, self.spare = weighed.weight[word], weighed.distinct[word], weighed.spare[word]
        self.total = per(query, self.spare, number)
        """What the words of each query weigh when nothing meets them."""
        self.tells: Flags = per(query, self.distinct, number) > 0
        """Queries of which a word tells one party from another."""
        self.telling = per(query, ~asked.words.is_small[word], number)
        self.letters = per(query, asked.words.texts.lengths[word], number)
        self.openings = np.zeros(number, dtype=np.uint64)
        np.bitwise_or.at(self.openings, query, asked.words.openings[word])
        self.number_firm = per(query, weighed.firm[word], number)
        self.initials = per(query, asked.words.is_initial[word], number)
        self.is_telling_couple: Flags = (self.distinct[asked.first] | self.distinct[asked.second]) & (
            self._listed.distinct[asked.whole]
        )
        self.most = np.zeros(number)
        """The heaviest word of each query."""
        self.most[asked.sizes > 0] = _most(self.weight, asked.starts[asked.sizes > 0])
        met = asked.met
        self.is_joined, self.is_parted = np.zeros((2, number), dtype=np.bool_)
        """Queries of which two words may be one in a listed name, or one may be two."""
        self.is_joined[query[asked.first]] = True
        self.is_parted[query[_any_part(met)[asked.used[1]]]] = True
        own = weighed.weight[met.words][met.word]
        self.agree: Weights = np.where(met.is_part, own, met.share * np.minimum(own, self._listed.weight[met.listed]))
        """The most that each row of the words adds to what agrees, likeness counted."""
        self.tells_row: Flags = weighed.distinct[met.words][met.word] & self._listed.distinct[met.listed]
        """Rows by which names are looked up."""

    def rows(self, wanted: Flags) -> Rows:
        """What words of some of the queries meet: by themselves, as a couple, and as a whole of two listed words."""
        asked = self.asked
        alone, at, couple = self._rows(wanted)
        first, second = asked.first[couple], asked.second[couple]
        query = asked.query[np.concatenate([alone, first])]
        listed = np.concatenate([asked.words.listed[at], asked.whole[couple]])
        order = np.argsort(query * self._size + listed, kind="stable")
        query, listed = query[order], listed[order]
        groups = starts_of(query, listed)
        weights = np.concatenate([self.weight[alone], np.maximum(1.0, self.weight[first] + self.weight[second])])
        spares = np.concatenate([self.spare[alone], self.spare[first] + self.spare[second]])
        distinct = np.concatenate([self.distinct[alone], self.distinct[first] | self.distinct[second]])
        share = np.concatenate([asked.words.share[at], np.ones(len(couple))])
        joined = np.concatenate([asked.words.is_part[at], np.ones(len(couple), dtype=np.bool_)])
        query, listed = query[groups], listed[groups]
        share, weights, spares = (_most(values[order], groups) for values in (share, weights, spares))
        tells = _any(distinct[order], groups) & self._listed.distinct[listed]
        return Rows(query, listed, share, weights, spares, tells, _any(joined[order], groups))

    def _rows(self, wanted: Flags) -> tuple[Ids, Ids, Ids]:
        """Entries with the rows of their words, and couples, of some of the queries."""
        asked = self.asked
        entry = wanted[asked.query].nonzero()[0]
        counts, at = rows_of(asked.words, asked.word[entry])
        alone = entry.repeat(counts)
        usable = ~asked.words.is_part[at] | asked.may_join[alone]
        return alone[usable], at[usable], wanted[asked.query[asked.first]].nonzero()[0]

    def may_meet(self, wanted: Flags) -> MayMeet:
        """A quick look whether a word of a query and a listed word meet, for some of the queries."""
        asked = self.asked
        alone, at, couple = self._rows(wanted)
        query = asked.query[np.concatenate([alone, asked.first[couple]])]
        listed = np.concatenate([asked.words.listed[at], asked.whole[couple]])
        return MayMeet(query * self._size + listed, self._size)


class MayMeet:
    """Pairs of a query and a listed word, to ask whether one is among them: yes too often, never too seldom."""

    def __init__(self, pairs: Ids, size: int) -> None:
        self._size, self._bits = size, max(10, len(pairs).bit_length() + 2)
        self._table = np.zeros(1 << self._bits, dtype=np.bool_)
        self._table[self._places(pairs)] = True

    def __call__(self, query: Ids, counts: Ids, listed: Ids) -> Ids:
        """Which of the listed words may be met; as many of them as the counts say are asked of each query."""
        found: Ids = self._table[self._places((query * self._size).repeat(counts) + listed)].nonzero()[0]
        return found

    def _places(self, pairs: Ids) -> Hashes:
        mixed: Hashes = (pairs.view(np.uint64) * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(64 - self._bits)
        return mixed


def _any_part(met: Met) -> Flags:
    """Words that are two listed ones."""
    parts = np.zeros(len(met.words), dtype=np.bool_)
    parts[met.word[met.is_part]] = True
    return parts


def starts_of(*sorted_columns: Ids) -> Ids:
    """Where a new combination begins."""
    if not len(sorted_columns[0]):
        return np.zeros(0, dtype=np.int64)
    new = np.ones(len(sorted_columns[0]), dtype=np.bool_)
    new[1:] = np.logical_or.reduce([column[1:] != column[:-1] for column in sorted_columns])
    return new.nonzero()[0]


def per(group: Ids, values: npt.NDArray[np.generic], number: int) -> Weights:
    """Sums of the values of each group."""
    return np.bincount(group, weights=values.astype(np.float64, copy=False), minlength=number).astype(np.float64)


def _most(values: Weights, starts: Ids) -> Weights:
    return np.maximum.reduceat(values, starts) if len(starts) else np.zeros(0)


def _any(values: Flags, starts: Ids) -> Flags:
    return np.logical_or.reduceat(values, starts) if len(starts) else np.zeros(0, dtype=np.bool_)
