"""The names of a batch of queries by their words, and the listed words that these may meet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import chain
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sanctionscreen.matching.alignment import MOST_JOINED
from sanctionscreen.matching.hashes import Ids, spread
from sanctionscreen.matching.vocabulary import Flags, Vocabulary, Weights, Words
from sanctionscreen.matching.weights import WeightClass
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


class Asked:
    """Queries, each with the words of its name; a word of a query is called an entry."""

    def __init__(self, names: Sequence[Sequence[Word]], vocabulary: Vocabulary) -> None:
        number: dict[Word, int] = {}
        ids = [number.setdefault(word, len(number)) for words in names for word in words]
        self.words = Words(list(number))
        self.word: Ids = np.array(ids, dtype=np.int64)
        self.sizes: Ids = np.fromiter(map(len, names), dtype=np.int64, count=len(names))
        self.query: Ids = np.repeat(np.arange(len(names)), self.sizes)
        self._vocabulary = vocabulary
        self._collect()
        self._weighed: dict[WeightClass, WeighedAsked] = {}

    def __len__(self) -> int:
        return len(self.sizes)

    def met(self, names: Iterable[int]) -> frozenset[int]:
        """The listed words that words of some of the names may meet."""
        spans = self._spans
        return frozenset(chain.from_iterable(self.row_listed[spans[at] : spans[at + 1]].tolist() for at in names))

    @cached_property
    def _spans(self) -> Ids:
        spans: Ids = self.row_query.searchsorted(np.arange(len(self) + 1))
        return spans

    def weighed(self, of: WeightClass) -> WeighedAsked:
        known = self._weighed.get(of)
        if known is None:
            known = self._weighed[of] = WeighedAsked(self, self._vocabulary, of)
        return known

    def _collect(self) -> None:
        """What each entry meets by itself, as a couple with another entry, and as a whole of two listed words."""
        met = self._vocabulary.meet(self.words)
        spans = met.asked.searchsorted(np.arange(len(self.words.words) + 1))
        counts = (spans[1:] - spans[:-1])[self.word]
        alone = np.repeat(np.arange(len(self.word)), counts)
        at = spread(spans[:-1][self.word], counts)
        first, second, wholes = self._couples()
        of_part, part = self._parts()
        entry = np.concatenate([alone, of_part, first])
        listed = np.concatenate([met.listed[at], part, wholes])
        share = np.concatenate([met.share[at], np.ones(len(part) + len(wholes))])
        other = np.concatenate([np.full(len(alone) + len(part), -1), second])
        joined = np.repeat([False, True], [len(alone), len(part) + len(wholes)])
        is_part = np.repeat([False, True, False], [len(alone), len(part), len(wholes)])
        order = np.argsort(self.query[entry] * max(1, len(self._vocabulary)) + listed, kind="stable")
        self.entry, self.other, self.listed = entry[order], other[order], listed[order]
        """A row for each meeting; `other` is the second entry of a couple, else -1."""
        self.is_part: Flags = is_part[order]
        query = self.query[self.entry]
        self.groups = starts_of(query, self.listed)
        """Where in the rows each pair of query and listed word begins."""
        self.share, self.joined = _most(share[order], self.groups), _any(joined[order], self.groups)
        self.row_query, self.row_listed = query[self.groups], self.listed[self.groups]

    @cached_property
    def _may_join(self) -> Flags:
        return (self.sizes <= MOST_JOINED)[self.query] & ~self.words.is_form[self.word]

    def _couples(self) -> tuple[Ids, Ids, Ids]:
        """Two entries of one query, and a listed word that writes them as one."""
        usable = self._may_join.nonzero()[0]
        counts = np.bincount(self.query[usable], minlength=len(self.sizes))
        starts = counts.cumsum() - counts
        partners = counts[self.query[usable]]
        first = usable.repeat(partners)
        second = usable[spread(starts[self.query[usable]], partners)]
        apart = first != second
        first, second = first[apart], second[apart]
        couple, wholes = self._vocabulary.wholes(self.words, self.word[first], self.word[second])
        return first[couple], second[couple], wholes

    def _parts(self) -> tuple[Ids, Ids]:
        """Entries that are two listed words written as one, and each of these."""
        whole, part = self._vocabulary.parts(self.words)
        if not len(part):
            return part, part
        order = whole.argsort(kind="stable")
        whole, part = whole[order], part[order]
        entry = self._may_join.nonzero()[0]
        first = whole.searchsorted(self.word[entry], side="left")
        counts = whole.searchsorted(self.word[entry], side="right") - first
        return entry.repeat(counts), part[spread(first, counts)]


class WeighedAsked:
    """What the words of queries weigh in names of one class."""

    def __init__(self, asked: Asked, vocabulary: Vocabulary, of: WeightClass) -> None:
        weighed, listed = asked.words.weighed(of), vocabulary.weighed[of]
        number = len(asked)
        self.weight, self.distinct = weighed.weight[asked.word], weighed.distinct[asked.word]
        self.total = per(asked.query, weighed.spare[asked.word], number)
        """What the words of each query weigh when nothing meets them."""
        self.sizes = asked.sizes
        self.tells: Flags = per(asked.query, weighed.distinct[asked.word], number) > 0
        """Queries of which a word tells one party from another."""
        self.telling = per(asked.query, ~asked.words.is_small[asked.word], number)
        self.letters = per(asked.query, asked.words.texts.lengths[asked.word], number)
        self.openings = np.zeros(number, dtype=np.uint64)
        np.bitwise_or.at(self.openings, asked.query, asked.words.openings()[asked.word])
        self.number_firm = per(asked.query, weighed.firm[asked.word], number)
        self.initials = per(asked.query, asked.words.is_initial[asked.word], number)
        couple = asked.other >= 0
        weight = self.weight[asked.entry]
        weight[couple] = np.maximum(1.0, weight[couple] + self.weight[asked.other[couple]])
        spare = weighed.spare[asked.word][asked.entry]
        spare[couple] += weighed.spare[asked.word][asked.other[couple]]
        distinct = self.distinct[asked.entry]
        distinct[couple] |= self.distinct[asked.other[couple]]
        telling = listed.distinct[asked.row_listed]
        weights, spares = _most(weight, asked.groups), _most(spare, asked.groups)
        tells = _any(distinct, asked.groups) & telling
        self.rows = Rows(asked.row_query, asked.row_listed, asked.share, weights, spares, tells, asked.joined)
        # Entries that may agree with listed words by which nothing is looked up.
        lenient = ~self.distinct
        ordinary = ~listed.distinct[asked.listed]
        lenient[asked.entry[ordinary]] = True
        lenient[asked.other[ordinary & couple]] = True
        self.firm: Flags = ~lenient
        # How much of a listed name an entry can agree with: its own weight, or two words that it writes as one.
        met = np.bincount(asked.entry, minlength=len(asked.word)) > 0
        met[asked.other[couple]] = True
        self.reach = np.where(met, self.weight, 0.0)
        self.cover = met.astype(np.float64)
        self.cover[asked.entry[asked.is_part]] = 2.0


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
