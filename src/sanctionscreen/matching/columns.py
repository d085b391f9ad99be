"""Columns of text as arrays: what an index keeps on disk and reads without unpacking."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Array: TypeAlias = npt.NDArray[Any]
Arrays: TypeAlias = Mapping[str, Array]

SEPARATOR = "\x1f"
"""Between the values of a cell that holds several; no folded text contains it."""


def part(arrays: Arrays, name: str) -> Arrays:
    """The arrays whose names begin with this one and a dot, without it."""
    return {key.removeprefix(name + "."): array for key, array in arrays.items() if key.startswith(name + ".")}


_ONE_COSTS = 5
"""A text read by itself takes so many times as long as one of all."""


class TextColumn:
    """Texts, each read when it is asked for."""

    def __init__(self, blob: npt.NDArray[np.uint8], starts: npt.NDArray[np.int64]) -> None:
        self._blob, self._starts = blob, starts
        self._all: list[str] | None = None
        self._asked = 0

    @classmethod
    def of(cls, texts: Iterable[str]) -> TextColumn:
        encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
        lengths = np.fromiter(map(len, encoded), dtype=np.int64, count=len(encoded))
        starts = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(lengths)])
        return cls(np.frombuffer(b"".join(encoded), dtype=np.uint8), starts)

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, at: int) -> str:
        return self._blob[self._starts[at] : self._starts[at + 1]].tobytes().decode("utf-8", "surrogatepass")

    def several(self, at: int) -> tuple[str, ...]:
        """The values of a cell that holds several."""
        text = self[at]
        return tuple(text.split(SEPARATOR)) if text else ()

    def some(self, places: Sequence[int]) -> list[str]:
        """The texts at these places; every text is read at once as soon as that is quicker."""
        self._asked += len(places)
        if self._all is None and self._asked * _ONE_COSTS < len(self):
            return [self[at] for at in places]
        if self._all is None:
            self._all = self.all()
        return [self._all[at] for at in places]

    def all(self) -> list[str]:
        """Every text, read at once."""
        blob = self._blob.tobytes()
        bounds = self._starts.tolist()
        return [blob[a:b].decode("utf-8", "surrogatepass") for a, b in pairwise(bounds)]

    @classmethod
    def from_arrays(cls, arrays: Arrays, name: str) -> TextColumn:
        blob, starts = arrays[f"{name}.blob"], arrays[f"{name}.starts"]
        return cls(blob.astype(np.uint8, copy=False), starts.astype(np.int64, copy=False))

    def arrays(self) -> dict[str, Array]:
        return {"blob": self._blob, "starts": self._starts}
