"""Polynomial hashes of many words at once, of words put together, and of words with letters left out.

A word's hash is the sum of its letters' codes times powers of one base, modulo 2**64: the hash of two words as one, or
of a word without a letter, is then a matter of arithmetic on arrays. Equal hashes only make candidates; what is
reported is always compared by its letters.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Hashes: TypeAlias = npt.NDArray[np.uint64]
Ids: TypeAlias = npt.NDArray[np.int64]

_BASE = 0x9E3779B97F4A7C15  # odd, so that it has an inverse modulo 2**64
_INVERSE = pow(_BASE, -1, 1 << 64)
LONGEST = 512
"""Letters of a word that are hashed; names are cut at as many."""


def _powers(base: int, number: int) -> Hashes:
    powers = np.full(number, base, dtype=np.uint64)
    powers[0] = 1
    return np.cumprod(powers, dtype=np.uint64)


_POWERS = _powers(_BASE, LONGEST + 1)
_INVERSES = _powers(_INVERSE, LONGEST + 1)


def _letter_codes() -> Hashes:
    """A large odd number a byte (splitmix64), so that hashes of different words rarely meet."""
    z = (np.arange(1, 257, dtype=np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return (z ^ (z >> np.uint64(31))) | np.uint64(1)


_CODES = _letter_codes()


class Hashed:
    """Words with their hashes and the hashes of their beginnings."""

    def __init__(self, words: Sequence[str]) -> None:
        encoded = [word.encode("utf-8", "replace")[:LONGEST] for word in words]
        self.lengths: Ids = np.fromiter(map(len, encoded), dtype=np.int64, count=len(encoded))
        self._starts = self.lengths.cumsum() - self.lengths
        self._letters = np.frombuffer(b"".join(encoded), dtype=np.uint8)
        within = np.arange(len(self._letters)) - self._starts.repeat(self.lengths)
        sums = np.zeros(len(self._letters) + 1, dtype=np.uint64)
        np.cumsum(_CODES[self._letters] * _POWERS[within], out=sums[1:])
        self._sums = sums
        self.whole: Hashes = sums[self._starts + self.lengths] - sums[self._starts]

    def matrix(self, at: Ids, length: int) -> npt.NDArray[np.uint8]:
        """The letters of words that all have this length, a row each."""
        letters: npt.NDArray[np.uint8] = self._letters[self._starts[at][:, None] + np.arange(length)]
        return letters

    def beginnings(self, at: Ids, lengths: Ids) -> Hashes:
        """Hashes of the first so many letters of some of the words."""
        start = self._starts[at]
        begun: Hashes = self._sums[start + lengths] - self._sums[start]
        return begun

    def ends(self, at: Ids, lengths: Ids) -> Hashes:
        """Hashes of what follows the first so many letters."""
        ended: Hashes = (self.whole[at] - self.beginnings(at, lengths)) * _INVERSES[lengths]
        return ended


def together(first: Hashes, length: Ids, second: Hashes) -> Hashes:
    """Hashes of words written as one; `length` is that of the first."""
    joined: Hashes = first + _POWERS[np.minimum(length, LONGEST)] * second
    return joined


def shortened(matrix: npt.NDArray[np.uint8], letters: int) -> Hashes:
    """Hashes of each row's word, and of its forms with up to so many letters (0, 1 or 2) left out."""
    rows, length = matrix.shape
    before = np.zeros((rows, length + 1), dtype=np.uint64)
    np.cumsum(_CODES[matrix] * _POWERS[:length], axis=1, out=before[:, 1:])
    whole = before[:, -1:]
    made = [whole]
    one, two = _INVERSES[1], _INVERSES[2]
    if letters >= 1:
        made.append(before[:, :-1] + (whole - before[:, 1:]) * one)
    if letters >= 2:
        i, j = _two_of(length)
        made.append(before[:, i] + (before[:, j] - before[:, i + 1]) * one + (whole - before[:, j + 1]) * two)
    return np.concatenate(made, axis=1)


@cache
def _two_of(length: int) -> tuple[Ids, Ids]:
    """Every two places of a word, the earlier one first."""
    first, second = np.triu_indices(length, k=1)
    return first, second


def spread(starts: npt.NDArray[np.integer], counts: npt.NDArray[np.integer]) -> Ids:
    """All positions of the ranges that begin at `starts`, one range after another.

    >>> spread(np.array([5, 9]), np.array([2, 1])).tolist()
    [5, 6, 9]
    """
    ends = counts.cumsum()
    total = int(ends[-1]) if len(ends) else 0
    positions: Ids = np.arange(total) + (starts - ends + counts).repeat(counts)
    return positions
