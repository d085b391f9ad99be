"""Listed names of one kind by their words, and a bound on the score of each with a query.

Nothing that the comparison would call a hit is left out; `tests/reference.py` holds this to a comparison of all pairs.

A name scores at most A / (A + O * L), where A is the weight of its words that agree, L that of the others and O what a
word costs that only one side has. So the words that agree must weigh a share of the whole, and the commonest words of a
query need not be looked up as long as they weigh less than this together. What the rarer ones find is bounded first by
what is known of it, then by all words of both names.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sanctionscreen.matching.alignment import FEWEST_BESIDE_CUT, SHORTEST_CUT
from sanctionscreen.matching.asked import Asked, Rows, WeighedAsked, per, starts_of
from sanctionscreen.matching.columns import Array, Arrays
from sanctionscreen.matching.comparison import LIMITED, POWER
from sanctionscreen.matching.hashes import Ids, spread
from sanctionscreen.matching.likeness import SAME_MEANING
from sanctionscreen.matching.vocabulary import Flags, Vocabulary, Weights
from sanctionscreen.matching.weights import CONFLICT, FLOOR, LOW_CAP, OMITTED, ORDINARY_WORDS, WeightClass

_SLACK = 1e-6  # sums in another order differ in the last digits
_INITIAL = 0.2
"""Most that an initial adds by meeting a word."""


class Candidates(NamedTuple):
    """Pairs of query and listed name that may reach the threshold."""

    query: Ids
    name: Ids
    bound: Weights


_NONE = Candidates(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0))


class Shelf:
    """Listed names whose words weigh the same."""

    def __init__(self, arrays: Arrays, vocabulary: Vocabulary, of: WeightClass) -> None:
        self._vocabulary = vocabulary
        self._class = of
        self.names, self._starts, self._words = arrays["names"], arrays["starts"], arrays["words"]
        self._post_starts, self._posts = arrays["post_starts"], arrays["posts"]
        self._listed = vocabulary.weighed[of]
        spans = self._starts[:-1]
        self._total = _sums(self._listed.spare[self._words], spans)
        self._telling = _sums(~vocabulary.small[self._words], spans)
        self._firm = _sums(self._listed.firm[self._words], spans)
        self._initials = _sums(vocabulary.initials[self._words], spans)
        self._letters = _sums(vocabulary.lengths[self._words], spans)
        self._has_initials = bool(self._initials.any())

    @staticmethod
    def build(names: Ids, starts: Ids, words: Ids, size: int) -> dict[str, Array]:
        """The arrays of a shelf with some of the names; `size` is that of the vocabulary."""
        counts = starts[names + 1] - starts[names]
        taken = words[spread(starts[names], counts)].astype(np.int32)
        owners = np.repeat(np.arange(len(names), dtype=np.int32), counts)
        order = taken.argsort(kind="stable")
        posts: dict[str, Array] = {
            "post_starts": taken[order].searchsorted(np.arange(size + 1)),
            "posts": owners[order],
        }
        ends = np.concatenate([np.zeros(1, dtype=np.int64), counts.cumsum()])
        return {"names": names.astype(np.int32), "starts": ends, "words": taken, **posts}

    def candidates(self, asked: Asked, wanted: Flags, threshold: float, allowed: Flags) -> Candidates:
        """Names that may reach the threshold.

        Args:
            wanted: Queries that look on this shelf.
            allowed: Listed names that may be found.
        """
        own = asked.weighed(self._class)
        if not self._holds(own.rows, wanted).any():
            return _NONE
        keys = self._keys(asked, own, threshold)
        query, at = self._met(asked, own, keys, wanted, threshold, allowed)
        if not len(query):
            return _NONE
        bound = self._bound(own, query, at)
        keep = bound >= threshold - _SLACK
        return Candidates(query[keep], self.names[at[keep]].astype(np.int64), bound[keep])

    def _holds(self, rows: Rows, wanted: Flags) -> Flags:
        """Rows by which names may be found here."""
        posted = self._post_starts[rows.listed + 1] > self._post_starts[rows.listed]
        holds: Flags = rows.distinct & wanted[rows.query] & posted
        return holds

    def _keys(self, asked: Asked, own: WeighedAsked, threshold: float) -> Flags:
        """Entries whose names are looked up: all but the commonest that are too light together."""
        if self._has_initials:
            return np.ones(len(asked.word), dtype=np.bool_)
        sizes = (self._post_starts[1:] - self._post_starts[:-1])[asked.listed]
        common = per(asked.entry, sizes, len(asked.word))
        firm = np.where(own.firm, own.reach, 0.0)
        soft = per(asked.query, own.reach - firm, len(asked))
        order = np.lexsort((asked.word, -common, asked.query))
        sums = np.concatenate([np.zeros(1), np.cumsum(per(asked.query, firm, len(asked)))])
        running = np.maximum(0, firm[order].cumsum() - sums[asked.query[order]] + soft[asked.query[order]])
        # What agrees must outweigh what it leaves, whether or not a field cut off a word beside two that agree.
        skipped = np.cumsum(np.where(firm[order] > 0, 1, 0))
        before = np.concatenate([[0], np.cumsum(per(asked.query, firm > 0, len(asked)))])[asked.query[order]]
        cut = (skipped - before >= FEWEST_BESIDE_CUT) & (own.letters[asked.query[order]] >= SHORTEST_CUT)
        running += cut
        rest = np.maximum(0, own.total[asked.query[order]] - running)
        chance = running**POWER / np.maximum(running**POWER + OMITTED * rest, 1e-9)
        keys = np.ones(len(order), dtype=np.bool_)
        keys[order] = chance >= threshold - _SLACK
        return keys | ~own.firm

    def _met(
        self, asked: Asked, own: WeighedAsked, keys: Flags, wanted: Flags, threshold: float, allowed: Flags
    ) -> tuple[Ids, Ids]:
        """Query and position of each name that what the keys find leaves a chance."""
        rows = own.rows
        by_key = keys[asked.entry] | (asked.other >= 0)
        looked_up = np.logical_or.reduceat(by_key, asked.groups) if len(asked.groups) else np.zeros(0, dtype=np.bool_)
        row = (looked_up & self._holds(rows, wanted)).nonzero()[0]
        starts = self._post_starts[rows.listed[row]]
        counts = self._post_starts[rows.listed[row] + 1] - starts
        posted = self._posts[spread(starts, counts)]
        pairs = rows.query[row].repeat(counts) * max(1, len(self.names)) + posted
        row = row.repeat(counts)
        if not allowed.all():
            free = allowed[self.names[posted]]
            pairs, row = pairs[free], row[free]
        order = pairs.argsort(kind="stable")
        pairs, row = pairs[order], row[order]
        groups = starts_of(pairs)
        query, at = np.divmod(pairs[groups], max(1, len(self.names)))
        if not len(query):
            return query, at
        keep = self._quick(asked, own, keys, (query, at, row, groups)) >= threshold - _SLACK
        return query[keep], at[keep]

    def _quick(self, asked: Asked, own: WeighedAsked, keys: Flags, met: tuple[Ids, Ids, Ids, Ids]) -> Weights:
        """A bound from the words that were looked up, and from all that the others can add."""
        query, at, row, groups = met
        rest = ~keys | ~own.firm
        reach = per(asked.query[rest], own.reach[rest], len(asked))[query]
        cover = per(asked.query[rest], own.cover[rest], len(asked))[query]
        agreeing = np.add.reduceat(own.rows.weight[row], groups) + reach
        covered = np.add.reduceat(self._listed.spare[own.rows.listed[row]], groups) + cover
        initials = self._initials[at] + own.initials[query]
        cut = (np.minimum(own.letters[query], self._letters[at]) >= SHORTEST_CUT).astype(np.float64)
        left = np.maximum(0, own.total[query] - agreeing - self._initials[at] - cut)
        right = np.maximum(0, self._total[at] - covered - own.initials[query] - cut)
        agreeing += _INITIAL * initials + cut
        return _score(agreeing, agreeing, _cost(left, right))

    def _bound(self, own: WeighedAsked, query: Ids, at: Ids) -> Weights:
        """The highest score each pair can have."""
        rows, number = own.rows, len(query)
        met = self._words_met(rows, query, at)
        weights = self._listed.weight[met.listed]
        # Words written together weigh what the one word does.
        most, least = np.maximum(rows.weight[met.row], weights), np.minimum(rows.weight[met.row], weights)
        agreeing = np.where(rows.joined[met.row], most, least)
        quality = agreeing * rows.share[met.row]
        distinct = rows.distinct[met.row]
        material = per(met.pair, np.where(distinct, quality, 0.0), number)
        quality, agreeing = per(met.pair, quality, number), per(met.pair, agreeing, number)
        cut = self._cut(own, met, per(met.pair, distinct, number) >= FEWEST_BESIDE_CUT)
        chance = _INITIAL * (self._initials[at] + own.initials[query]) + cut
        left = own.total[query] - per(met.pair, rows.spare[met.row], number) - self._initials[at] - cut
        right = self._total[at] - per(met.pair, self._listed.spare[met.listed], number) - own.initials[query] - cut
        material += np.minimum(LOW_CAP, quality - material + chance)
        bound = _score(quality + chance, agreeing + chance, _cost(np.maximum(0, left), np.maximum(0, right)))
        return np.minimum(bound, self._limit(own, met, material))

    def _cut(self, own: WeighedAsked, met: _Met, may_be: Flags) -> Weights:
        """1 where a word of one name may be the beginning of one of the other, cut off by the end of a field."""
        sizes = self._starts[met.at + 1] - self._starts[met.at]
        openings = self._vocabulary.openings[self._words[spread(self._starts[met.at], sizes)]]
        openings[met.place] = 0
        left_over = np.bitwise_or.reduceat(openings, sizes.cumsum() - sizes)
        long = np.minimum(own.letters[met.query], self._letters[met.at]) >= SHORTEST_CUT
        return (may_be & long & ((left_over & own.openings[met.query]) > 0)).astype(np.float64)

    def _words_met(self, rows: Rows, query: Ids, at: Ids) -> _Met:
        sizes = self._starts[at + 1] - self._starts[at]
        pair = np.repeat(np.arange(len(query)), sizes)
        listed = self._words[spread(self._starts[at], sizes)]
        size = max(1, len(self._vocabulary))
        sought, known = query[pair] * size + listed, rows.query * size + rows.listed
        # Most words meet nothing; a look into a table spares the search for them.
        bits = max(10, len(known).bit_length() + 3)
        table = np.zeros(1 << bits, dtype=np.bool_)
        table[_mixed(known, bits)] = True
        maybe = table[_mixed(sought, bits)].nonzero()[0]
        row = known.searchsorted(sought[maybe])
        row[row == len(known)] = 0
        met = known[row] == sought[maybe]
        return _Met(query, at, pair[maybe[met]], listed[maybe[met]], row[met], maybe[met])

    def _limit(self, own: WeighedAsked, met: _Met, material: Weights) -> Weights:
        """The highest score that the evidence allows, as the comparison has it, or more."""
        query, at, number = met.query, met.at, len(met.query)
        small = self._vocabulary.small[met.listed]
        telling = per(met.pair, ~small, number)
        complete = (telling >= ORDINARY_WORDS) & (telling >= self._telling[at])
        sure = per(met.pair, ~small & (own.rows.share[met.row] >= SAME_MEANING), number)
        complete |= (sure >= 1) & (sure >= self._telling[at]) & (sure >= own.telling[query])
        exact = per(met.pair, own.rows.share[met.row] == 1, number)
        complete |= (exact >= self._starts[at + 1] - self._starts[at]) & (exact >= own.sizes[query])
        joined = per(met.pair, own.rows.joined[met.row], number) > 0
        complete |= joined & (telling >= self._telling[at])
        limit = np.where((material < FLOOR) & ~complete, LIMITED * material / FLOOR, 1.0)
        distinct = per(met.pair, own.rows.distinct[met.row], number)
        found = per(met.pair, np.ones(len(met.pair)), number)
        others = (self._firm[at] > distinct) | (own.number_firm[query] > found)
        initials = (self._initials[at] + own.initials[query]) > 0
        alone = (distinct <= 1) & others & ~joined & ~initials & ~complete
        return np.where(alone, np.minimum(limit, LIMITED), limit)


class _Met(NamedTuple):
    """Pairs of a query and a name, and the words of the names that a word of the query may meet."""

    query: Ids
    at: Ids
    pair: Ids
    """Of which pair a word is,"""
    listed: Ids
    row: Ids
    """by which row it meets the query,"""
    place: Ids
    """and its place among all words of all the names."""


def _mixed(keys: Ids, bits: int) -> Ids:
    mixed: Ids = ((keys.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(64 - bits)).astype(np.int64)
    return mixed


def _cost(left: Weights, right: Weights) -> Weights:
    """What words cost that only one side has, and words that stand against each other."""
    cost: Weights = OMITTED * np.abs(left - right) + CONFLICT * np.minimum(left, right)
    return cost


def _score(quality: Weights, agreeing: Weights, cost: Weights) -> Weights:
    strength = quality**POWER
    score: Weights = strength / np.maximum(strength + agreeing - quality + cost, 1e-9)
    return score


def _sums(values: npt.NDArray[np.generic], starts: Ids) -> Weights:
    """Sums of the values that begin at each start."""
    return np.add.reduceat(values.astype(np.float64), starts) if len(starts) else np.zeros(0)
