"""Similar words of a vocabulary, found for many words at once.

Two words within k slips have a form in common once up to k letters are deleted from each. All such forms are made as
polynomial hashes over a matrix of letters, in a few array operations a word length; what meets is then measured.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

from sanctionscreen.matching.likeness import LONGEST_EDITED, edits_allowed

Ids = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]

_BASE = 0x9E3779B97F4A7C15 | 1  # odd, so that it has an inverse modulo 2**64
_INVERSE = pow(_BASE, -1, 1 << 64)
_POWERS = np.array([pow(_BASE, i, 1 << 64) for i in range(512)], dtype=np.uint64)


def _letter_codes() -> Hashes:
    """A large odd number a byte (splitmix64), so that hashes of different words rarely meet."""
    z = (np.arange(1, 257, dtype=np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return (z ^ (z >> np.uint64(31))) | np.uint64(1)


_CODES = _letter_codes()


class Neighbours:
    """The words of a vocabulary by the hashes of their shortened forms."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = list(words)
        hashes, owners = _shortened(self._words)
        order = np.argsort(hashes, kind="stable")
        self._hashes, self._owners = hashes[order], owners[order]

    def find(self, queries: Sequence[str]) -> tuple[Ids, Ids]:
        """Pairs (query, word of the vocabulary) that are equal or within the slips allowed; sorted."""
        hashes, owners = _shortened(queries)
        first = np.searchsorted(self._hashes, hashes, side="left")
        counts = np.searchsorted(self._hashes, hashes, side="right") - first
        asked = np.repeat(owners, counts)
        met = self._owners[spread(first, counts)]
        pairs = np.unique(asked * max(1, len(self._words)) + met)
        asked, met = np.divmod(pairs, max(1, len(self._words)))
        near = self._within_slips(queries, asked, met)
        return asked[near], met[near]

    def _within_slips(self, queries: Sequence[str], asked: Ids, met: Ids) -> npt.NDArray[np.bool_]:
        if not len(asked):
            return np.zeros(0, dtype=bool)
        left = [queries[at] for at in asked]
        right = [self._words[at] for at in met]
        distances = process.cpdist(left, right, scorer=OSA.distance, score_cutoff=2, dtype=np.int32)
        shorter = np.minimum([len(w) for w in left], [len(w) for w in right])
        allowed = np.array([edits_allowed(n) for n in range(int(shorter.max()) + 1)])[shorter]
        near: npt.NDArray[np.bool_] = distances <= allowed
        return near


def spread(starts: Ids, counts: Ids) -> Ids:
    """All positions of the ranges that begin at `starts`, one range after another.

    >>> spread(np.array([5, 9]), np.array([2, 1])).tolist()
    [5, 6, 9]
    """
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    return np.arange(total) - np.repeat(ends - counts, counts) + np.repeat(starts, counts)


def _shortened(words: Sequence[str]) -> tuple[Hashes, Ids]:
    """Hashes of each word and of its forms with letters left out, as far as slips are allowed; and whose they are."""
    hashes: list[Hashes] = [np.zeros(0, dtype=np.uint64)]
    owners: list[Ids] = [np.zeros(0, dtype=np.int64)]
    by_length: dict[int, list[int]] = {}
    for at, word in enumerate(words):
        by_length.setdefault(min(len(word), len(_POWERS)), []).append(at)
    for length, ids in sorted(by_length.items()):
        if not length:
            continue
        letters = b"".join(words[at].encode("ascii", "replace")[:length] for at in ids)
        matrix = np.frombuffer(letters, dtype=np.uint8).reshape(len(ids), length)
        made = _forms(matrix)
        hashes.append(made.ravel())
        owners.append(np.repeat(np.array(ids, dtype=np.int64), made.shape[1]))
    return np.concatenate(hashes), np.concatenate(owners)


def _forms(matrix: npt.NDArray[np.uint8]) -> Hashes:
    rows, length = matrix.shape
    before = np.zeros((rows, length + 1), dtype=np.uint64)
    np.cumsum(_CODES[matrix] * _POWERS[:length], axis=1, out=before[:, 1:])
    whole = before[:, -1:]
    # A word one letter longer than its neighbour may hold one slip more than its own length allows: never less.
    allowed = edits_allowed(length) if length <= LONGEST_EDITED else (2 if length <= LONGEST_EDITED + 2 else 0)
    made = [whole]
    one, two = np.uint64(_INVERSE), np.uint64(pow(_INVERSE, 2, 1 << 64))
    if allowed >= 1:
        made.append(before[:, :-1] + (whole - before[:, 1:]) * one)
    if allowed >= 2:
        i, j = np.triu_indices(length, k=1)
        made.append(before[:, i] + (before[:, j] - before[:, i + 1]) * one + (whole - before[:, j + 1]) * two)
    return np.concatenate(made, axis=1)
