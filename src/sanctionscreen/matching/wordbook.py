"""The words of queries, numbered as they come: what each weighs and which listed words it may meet, found out once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from threading import Lock
from typing import Any, NamedTuple

import numpy as np

from sanctionscreen.matching.columns import Array
from sanctionscreen.matching.hashes import Hashes, Ids, spread
from sanctionscreen.matching.vocabulary import Flags, Letters, Vocabulary, Weighed, Weights, Words
from sanctionscreen.matching.weights import CLASSES, WeightClass
from sanctionscreen.text.lexicon import Word

MOST_WORDS = 1 << 16
"""Words that are kept: the names of a million rows have more, and most of those stand in one row only."""


class Entered(NamedTuple):
    """The words of a book, by their numbers."""

    texts: Letters
    sounds: Letters
    is_form: Flags
    is_small: Flags
    is_initial: Flags
    openings: Hashes
    weighed: Mapping[WeightClass, Weighed]
    starts: Ids
    """Where the rows of each word begin; one more than there are words."""
    listed: Ids
    """A row for each listed word that a word may meet,"""
    share: Weights
    """how alike the two are at most,"""
    is_part: Flags
    """and whether the listed word is one of two that the word writes as one."""
    met: dict[int, frozenset[int]]
    parts: dict[int, frozenset[int]]
    """What `met_by` and `parts_of` were asked for before."""

    def met_by(self, word: int) -> frozenset[int]:
        """Listed words that a word may meet by itself."""
        known = self.met.get(word)
        if known is None:
            known = self.met[word] = frozenset(self.listed[self.starts[word] : self.starts[word + 1]].tolist())
        return known

    def parts_of(self, word: int) -> frozenset[int]:
        """Listed words of which two are the word, written together."""
        known = self.parts.get(word)
        if known is None:
            rows = slice(self.starts[word], self.starts[word + 1])
            known = self.parts[word] = frozenset(self.listed[rows][self.is_part[rows]].tolist())
        return known


class Wordbook:
    """Words that were asked for, with what the vocabulary says of them; forgotten when they have become too many."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._lock = Lock()
        self._begin()

    def __reduce__(self) -> tuple[type[Wordbook], tuple[Vocabulary]]:
        return Wordbook, (self._vocabulary,)

    def _begin(self) -> None:
        self._number: dict[Word, int] = {}
        self._columns: dict[str, _Column] = {}
        self._met: dict[int, frozenset[int]] = {}
        self._parts: dict[int, frozenset[int]] = {}
        self._append(Words([]))

    def enter(self, names: Sequence[Sequence[Word]]) -> tuple[Ids, Entered]:
        """The numbers of the words of names, one name after another, and the words."""
        with self._lock:
            if len(self._number) > MOST_WORDS:
                self._begin()
            number, before = self._number, len(self._number)
            ids = [number.setdefault(word, len(number)) for words in names for word in words]
            if len(number) > before:
                self._append(Words(list(number)[before:]))
            return np.array(ids, dtype=np.int64), self._entered()

    def _append(self, words: Words) -> None:
        met = self._vocabulary.meet(words)
        whole, part = self._vocabulary.parts(words)
        asked = np.concatenate([met.asked, whole])
        order = asked.argsort(kind="stable")
        number, rows = len(words.words), self._columns["listed"].size if self._columns else 0
        ends = asked[order].searchsorted(np.arange(number), side="right") + rows
        made: dict[str, Array] = {
            "texts": words.texts.whole, "lengths": words.texts.lengths,
            "sounds": words.sounds.whole, "sound_lengths": words.sounds.lengths,
            "form": words.is_form, "small": words.is_small, "initial": words.is_initial, "openings": words.openings(),
            "starts": ends if self._columns else np.zeros(1, dtype=np.int64),
            "listed": np.concatenate([met.listed, part])[order],
            "share": np.concatenate([met.share, np.ones(len(part))])[order],
            "part": np.repeat([False, True], [len(met.asked), len(part)])[order],
        }  # fmt: skip
        for of in CLASSES:
            made[f"{of}.weight"], made[f"{of}.distinct"], made[f"{of}.spare"] = words.weighed(of)
        for name, values in made.items():
            self._columns.setdefault(name, _Column(values.dtype)).extend(values)

    def _entered(self) -> Entered:
        held = {name: column.values for name, column in self._columns.items()}
        weighed = {of: Weighed(held[f"{of}.weight"], held[f"{of}.distinct"], held[f"{of}.spare"]) for of in CLASSES}
        return Entered(
            Letters(held["texts"], held["lengths"]), Letters(held["sounds"], held["sound_lengths"]),
            held["form"], held["small"], held["initial"], held["openings"], weighed,
            held["starts"], held["listed"], held["share"], held["part"], self._met, self._parts,
        )  # fmt: skip


class _Column:
    """An array that grows at its end; what was handed out stays as it is."""

    def __init__(self, dtype: np.dtype[Any]) -> None:
        self._held: Array = np.zeros(1024, dtype=dtype)
        self.size = 0

    def extend(self, values: Array) -> None:
        size = self.size + len(values)
        if size > len(self._held):
            grown = np.zeros(max(size, 2 * len(self._held)), dtype=self._held.dtype)
            grown[: self.size] = self.values
            self._held = grown
        self._held[self.size : size] = values
        self.size = size

    @property
    def values(self) -> Array:
        return self._held[: self.size]


def rows_of(entered: Entered, words: Ids) -> tuple[Ids, Ids]:
    """How many rows each of these words has, and all their rows, one word after another."""
    counts = entered.starts[words + 1] - entered.starts[words]
    return counts, spread(entered.starts[words], counts)
