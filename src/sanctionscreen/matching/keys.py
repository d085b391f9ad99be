"""Sorted keys and what stands under them: the look-up that every part of the index is made of."""

from __future__ import annotations

import hashlib

import numpy as np
import numpy.typing as npt

from sanctionscreen.matching.columns import Array, Arrays
from sanctionscreen.matching.hashes import Hashes, Ids, spread

_TABLE_PAYS = 20
"""One look into a table of the keys spares nine of ten searches; to make it takes as long as a search for each 20th."""


class Keys:
    """Numbers under 64-bit keys; several may stand under one."""

    def __init__(self, keys: Hashes, ids: npt.NDArray[np.int32]) -> None:
        self._keys, self._ids = keys, ids
        self._bits = max(8, len(keys).bit_length() + 3)
        self._shift = np.uint64(64 - self._bits)
        self._known: npt.NDArray[np.bool_] | None = None
        self._searched = 0

    @classmethod
    def build(cls, keys: Hashes, ids: npt.NDArray[np.integer]) -> Keys:
        order = np.lexsort((ids, keys))
        return cls(keys[order], ids[order].astype(np.int32))

    def arrays(self) -> dict[str, Array]:
        return {"keys": self._keys, "ids": self._ids}

    @classmethod
    def of(cls, arrays: Arrays, name: str) -> Keys:
        keys, ids = arrays[f"{name}.keys"], arrays[f"{name}.ids"]
        return cls(keys.astype(np.uint64, copy=False), ids.astype(np.int32, copy=False))

    def find(self, asked: Hashes) -> tuple[Ids, Ids]:
        """Pairs (position among the asked, number under its key)."""
        known = self._table(len(asked))
        maybe: Ids = np.arange(len(asked)) if known is None else known[asked >> self._shift].nonzero()[0]
        order = maybe[asked[maybe].argsort(kind="stable")]  # in order, the searches stay in the processor's cache
        sought = asked[order]
        first = self._keys.searchsorted(sought, side="left")
        counts = self._keys.searchsorted(sought, side="right") - first
        return order.repeat(counts), self._ids[spread(first, counts)].astype(np.int64)

    def _table(self, asked: int) -> npt.NDArray[np.bool_] | None:
        """A table of the keys, made as soon as so many were asked for that it pays."""
        self._searched += asked
        if self._known is None and self._searched >= len(self._keys) // _TABLE_PAYS:
            self._known = np.zeros(1 << self._bits, dtype=np.bool_)
            self._known[self._keys >> self._shift] = True
        return self._known

    def under(self, key: int) -> list[int]:
        """The numbers under one key."""
        known = self._table(1)
        if known is not None and not known[key >> int(self._shift)]:
            return []
        first, last = (int(self._keys.searchsorted(np.uint64(key), side=side)) for side in ("left", "right"))
        return [int(at) for at in self._ids[first:last]]


class Seen:
    """Pairs of numbers, to ask whether one may be among them: the answer is yes too often, never too seldom."""

    def __init__(self, table: npt.NDArray[np.bool_]) -> None:
        self._table = table
        self._shift = np.uint64(64 - max(1, len(table).bit_length() - 1))

    @classmethod
    def build(cls, first: npt.NDArray[np.integer], second: npt.NDArray[np.integer]) -> Seen:
        bits = min(27, max(10, len(first).bit_length() + 3))
        seen = cls(np.zeros(1 << bits, dtype=np.bool_))
        seen._table[seen._at(first, second)] = True
        return seen

    def table(self) -> npt.NDArray[np.bool_]:
        return self._table

    def has(self, first: npt.NDArray[np.integer], second: npt.NDArray[np.integer]) -> npt.NDArray[np.bool_]:
        return self._table[self._at(first, second)]

    def _at(self, first: npt.NDArray[np.integer], second: npt.NDArray[np.integer]) -> npt.NDArray[np.int64]:
        low, high = np.minimum(first, second).astype(np.uint64), np.maximum(first, second).astype(np.uint64)
        mixed = (low * np.uint64(0x9E3779B97F4A7C15)) ^ (high * np.uint64(0xBF58476D1CE4E5B9))
        mixed = (mixed ^ (mixed >> np.uint64(29))) * np.uint64(0x94D049BB133111EB)
        places: npt.NDArray[np.int64] = (mixed >> self._shift).astype(np.int64)
        return places


def key_of(text: str) -> int:
    """A 64-bit key of a text, the same on every machine."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "little")
