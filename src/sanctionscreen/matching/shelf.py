"""Listed names of one kind by their words, and a bound on the score of each with a query.

Nothing that the comparison would call a hit is left out; `tests/reference.py` holds this to a comparison of all pairs.

A name scores at most A / (A + O * L), where A is the weight of its words that agree, L that of the others and O what a
word costs that only one side has. So the words that agree must weigh a share of the whole, and the commonest words of a
query need not be looked up as long as they weigh less than this together. What the rarer ones find is bounded first by
what is known of it, then by all words of both names.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sanctionscreen.matching.alignment import FEWEST_BESIDE_CUT, SHORTEST_CUT
from sanctionscreen.matching.asked import Asked, MayMeet, Rows, WeighedAsked, per
from sanctionscreen.matching.columns import Array, Arrays
from sanctionscreen.matching.comparison import LIMITED, POWER
from sanctionscreen.matching.hashes import Ids, spread
from sanctionscreen.matching.likeness import SAME_MEANING
from sanctionscreen.matching.vocabulary import Flags, Vocabulary, Weights, sorted_once
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
        self._post_counts: Ids = np.diff(self._post_starts)
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

    def found(self, own: WeighedAsked, wanted: Flags, lowest: Weights, allowed: Flags) -> tuple[Ids, Ids]:
        """Pairs of query and name that share a word by which they are looked up, each once, sorted.

        Args:
            wanted: Queries that look on this shelf.
            lowest: The score that each of them must reach.
            allowed: Listed names that may be found.
        """
        met = own.asked.met
        counts = self._post_counts[met.listed]
        is_key = own.tells_row & (counts > 0)
        words = self._keys(own, counts, is_key, lowest)
        words &= wanted[own.asked.query]
        query, row = _rows_of_keys(own.asked, words, is_key)
        couples = own.is_telling_couple & (self._post_counts[own.asked.whole] > 0)
        couples &= wanted[own.asked.query[own.asked.first]]
        listed = np.concatenate([met.listed[row], own.asked.whole[couples]])
        query = np.concatenate([query, own.asked.query[own.asked.first[couples]]])
        counts = self._post_counts[listed]
        posted = self._posts[spread(self._post_starts[listed], counts)]
        pairs = query.repeat(counts) * max(1, len(self.names)) + posted
        if not allowed.all():
            pairs = pairs[allowed[self.names[posted]]]
        query, at = np.divmod(sorted_once(pairs), max(1, len(self.names)))
        return query, at

    def nearer(self, own: WeighedAsked, may_meet: MayMeet, met: tuple[Ids, Ids], lowest: Weights) -> tuple[Ids, Ids]:
        """Those of the pairs that share enough words, were all of them the same."""
        query, at = met
        sizes = self._starts[at + 1] - self._starts[at]
        listed = self._words[spread(self._starts[at], sizes)]
        word = may_meet(query, sizes, listed)
        pair, listed, number = sizes.cumsum().searchsorted(word, side="right"), listed[word], len(query)
        shared = per(pair, np.ones(len(pair)), number)
        cut = (shared >= FEWEST_BESIDE_CUT) & (np.minimum(own.letters[query], self._letters[at]) >= SHORTEST_CUT)
        initials = own.initials[query] + self._initials[at]
        most, is_joined = own.most[query], own.is_joined[query]
        agreeing = per(pair, np.minimum(self._listed.weight[listed], most[pair]), number)
        # Two words of the query may meet one; and what is written together weighs what the heavier side does.
        shared *= np.where(is_joined, 2.0, 1.0)
        agreeing = np.where(is_joined | own.is_parted[query], shared, agreeing) + _INITIAL * initials + cut
        left = own.total[query] - shared * most - self._initials[at] - cut
        right = self._total[at] - per(pair, self._listed.spare[listed], number) - own.initials[query] - cut
        near = _score(agreeing, agreeing, _cost(np.maximum(0, left), np.maximum(0, right))) >= lowest[query] - _SLACK
        return query[near], at[near]

    def candidates(self, own: WeighedAsked, rows: Rows, met: tuple[Ids, Ids], lowest: Weights) -> Candidates:
        """Those of the pairs that may reach the score of their query."""
        query, at = met
        if not len(query):
            return _NONE
        kept, bound = self._bound(own, rows, self._words_met(rows, query, at), lowest)
        return Candidates(kept.query, self.names[kept.at].astype(np.int64), bound)

    def _keys(self, own: WeighedAsked, counts: Ids, is_key: Flags, lowest: Weights) -> Flags:
        """Entries whose names are looked up: all but the commonest that are too light together."""
        asked = own.asked
        if self._has_initials:
            return np.ones(len(asked.word), dtype=np.bool_)
        posted = counts > 0
        common = _of_entries(asked, np.add, np.where(is_key, counts, 0))
        # What an entry adds to a name that is not found by it, and what it adds where it is not looked up.
        soft = _of_entries(asked, np.maximum, np.where(posted & ~is_key, own.agree, 0.0))
        full = np.maximum(soft, _of_entries(asked, np.maximum, np.where(is_key, own.agree, 0.0)))
        couple = ~own.is_telling_couple
        for entry in (asked.first[couple], asked.second[couple]):
            soft[entry] = full[entry] = own.weight[entry]
        initial = asked.words.is_initial[asked.word].nonzero()[0]
        soft[initial] = np.maximum(soft[initial], _INITIAL)
        full = np.maximum(full, soft)
        order = np.lexsort((asked.word, -common, asked.query))
        query = asked.query[order]
        begun = asked.sizes.cumsum() - asked.sizes
        number = len(asked)

        def running(now: Weights, more: Weights) -> Weights:
            """The sum of all entries now, and of more for those up to here in the order."""
            base = per(asked.query, now, number)
            sums = np.concatenate([np.zeros(1), more[order].cumsum()])
            total: Weights = base[query] + np.maximum(0, sums[1:] - sums[begun][query])
            return total

        agreeing = running(soft, full - soft)
        covered = running(np.where(soft > 0, own.spare, 0.0), np.where((full > 0) & (soft <= 0), own.spare, 0.0))
        # What agrees must outweigh what it leaves, whether or not a field cut off a word beside two that agree.
        skipped = running(np.zeros(len(common)), (common > 0).astype(np.float64))
        cut = (skipped >= FEWEST_BESIDE_CUT - 0.5) & (own.letters[query] >= SHORTEST_CUT)
        rest = np.maximum(0, own.total[query] - covered - cut)
        strength = (agreeing + cut) ** POWER
        chance = strength / np.maximum(strength + OMITTED * rest, 1e-9)
        keys = np.ones(len(order), dtype=np.bool_)
        keys[order] = chance >= lowest[query] - _SLACK
        keys &= common > 0
        return keys

    def _bound(self, own: WeighedAsked, rows: Rows, met: _Met, lowest: Weights) -> tuple[_Met, Weights]:
        """The pairs that may reach the lowest score of their query, and the highest score that each can have."""
        # First as if a word were cut off wherever one may be, which is looked into for few.
        parts = self._parts(own, rows, met)
        met = _kept(met, self._score(parts, parts.may_be_cut) >= lowest[met.query] - _SLACK)
        parts = self._parts(own, rows, met)
        cut = self._cut(own, met, parts.may_be_cut)
        material = parts.material + np.minimum(LOW_CAP, parts.quality - parts.material + (parts.chance + cut))
        bound = np.minimum(self._score(parts, cut), self._limit(own, rows, met, material))
        keep = bound >= lowest[met.query] - _SLACK
        return _kept(met, keep), bound[keep]

    def _parts(self, own: WeighedAsked, rows: Rows, met: _Met) -> _Parts:
        """The sums that the score of each pair is made of."""
        number = len(met.query)
        weights = self._listed.weight[met.listed]
        # Words written together weigh what the one word does.
        most, least = np.maximum(rows.weight[met.row], weights), np.minimum(rows.weight[met.row], weights)
        agreeing = np.where(rows.joined[met.row], most, least)
        quality = agreeing * rows.share[met.row]
        distinct = rows.distinct[met.row]
        long = np.minimum(own.letters[met.query], self._letters[met.at]) >= SHORTEST_CUT
        return _Parts(
            per(met.pair, np.where(distinct, quality, 0.0), number),
            per(met.pair, quality, number),
            per(met.pair, agreeing, number),
            _INITIAL * (self._initials[met.at] + own.initials[met.query]),
            own.total[met.query] - per(met.pair, rows.spare[met.row], number) - self._initials[met.at],
            self._total[met.at] - per(met.pair, self._listed.spare[met.listed], number) - own.initials[met.query],
            (long & (per(met.pair, distinct, number) >= FEWEST_BESIDE_CUT)).astype(np.float64),
        )

    @staticmethod
    def _score(parts: _Parts, cut: Weights) -> Weights:
        chance = parts.chance + cut
        cost = _cost(np.maximum(0, parts.left - cut), np.maximum(0, parts.right - cut))
        return _score(parts.quality + chance, parts.agreeing + chance, cost)

    def _cut(self, own: WeighedAsked, met: _Met, may_be: Weights) -> Weights:
        """1 where a word of one name may be the beginning of one of the other, cut off by the end of a field."""
        cut = np.zeros(len(may_be))
        some = _kept(met, may_be > 0)
        sizes = self._starts[some.at + 1] - self._starts[some.at]
        begun = sizes.cumsum() - sizes
        openings = self._vocabulary.openings[self._words[spread(self._starts[some.at], sizes)]]
        openings[begun[some.pair] + some.place] = 0
        if len(openings):
            left_over = np.bitwise_or.reduceat(openings, begun)
            cut[may_be > 0] = (left_over & own.openings[some.query]) > 0
        return cut

    def _words_met(self, rows: Rows, query: Ids, at: Ids) -> _Met:
        sizes = self._starts[at + 1] - self._starts[at]
        listed = self._words[spread(self._starts[at], sizes)]
        size = max(1, len(self._vocabulary))
        sought = (query * size).repeat(sizes) + listed
        known = rows.query * size + rows.listed
        row = known.searchsorted(sought)
        row[row == len(known)] = 0
        place = (known[row] == sought).nonzero()[0] if len(known) else row[:0]
        ends = sizes.cumsum()
        pair = ends.searchsorted(place, side="right")
        return _Met(query, at, pair, listed[place].astype(np.int64), row[place], place - (ends - sizes)[pair])

    def _limit(self, own: WeighedAsked, rows: Rows, met: _Met, material: Weights) -> Weights:
        """The highest score that the evidence allows, as the comparison has it, or more."""
        query, at, number = met.query, met.at, len(met.query)
        small = self._vocabulary.small[met.listed]
        telling = per(met.pair, ~small, number)
        complete = (telling >= ORDINARY_WORDS) & (telling >= self._telling[at])
        sure = per(met.pair, ~small & (rows.share[met.row] >= SAME_MEANING), number)
        complete |= (sure >= 1) & (sure >= self._telling[at]) & (sure >= own.telling[query])
        exact = per(met.pair, rows.share[met.row] == 1, number)
        complete |= (exact >= self._starts[at + 1] - self._starts[at]) & (exact >= own.sizes[query])
        joined = per(met.pair, rows.joined[met.row], number) > 0
        complete |= joined & (telling >= self._telling[at])
        limit = np.where((material < FLOOR) & ~complete, LIMITED * material / FLOOR, 1.0)
        distinct = per(met.pair, rows.distinct[met.row], number)
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
    """and its place in the name."""


def _kept(met: _Met, keep: Flags) -> _Met:
    """Some of the pairs."""
    number, words = keep.cumsum() - 1, keep[met.pair]
    pair, listed, row, place = (column[words] for column in met[2:])
    return _Met(met.query[keep], met.at[keep], number[pair], listed, row, place)


class _Parts(NamedTuple):
    """What the score of a pair is made of."""

    material: Weights
    quality: Weights
    agreeing: Weights
    chance: Weights
    """What initials may add,"""
    left: Weights
    """and what the words weigh that only the query has,"""
    right: Weights
    """or only the name."""
    may_be_cut: Weights
    """1 where a word may be cut off beside those that agree."""


def _rows_of_keys(asked: Asked, keys: Flags, is_key: Flags) -> tuple[Ids, Ids]:
    """Query and row for every row by which the names of these entries are looked up."""
    met, (_, used) = asked.met, asked.used
    entry = keys.nonzero()[0]
    words = used[entry]
    counts = met.counts[words]
    rows = spread(met.starts[words], counts)
    query = asked.query[entry].repeat(counts)
    wanted = is_key[rows]
    return query[wanted], rows[wanted]


def _of_entries(asked: Asked, reduce: np.ufunc, values: npt.NDArray[Any]) -> Weights:
    """For each entry, what the values of its word's rows come to."""
    met, (_, used) = asked.met, asked.used
    of_words = np.zeros(len(met.words))
    some = met.counts > 0
    if some.any():
        of_words[some] = reduce.reduceat(values, met.starts[some])
    return of_words[used]


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
