"""Rows that are alike in several columns: which combination each row has, and a row that stands for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Places = npt.NDArray[np.int64]
_MOST = 2**62


class Combinations(NamedTuple):
    """The distinct combinations of some columns."""

    which: Places
    """For each row the place of its combination, in ascending order of the codes."""
    rows: Places
    """For each combination its first row."""


def combinations(columns: Sequence[npt.NDArray[Any]], rows: int) -> Combinations:
    """The distinct combinations of columns of codes, which begin at -1.

    >>> found = combinations([np.array([0, 1, 0]), np.array([-1, 5, -1])], 3)
    >>> found.which.tolist(), found.rows.tolist()
    ([0, 1, 0], [0, 1])
    """
    if not columns or not rows:
        return Combinations(np.zeros(rows, dtype=np.int64), np.arange(min(rows, 1)))
    joined, most = np.zeros(rows, dtype=np.int64), 1
    for codes in columns:
        size = int(codes.max()) + 2
        if most * size >= _MOST:
            joined = np.unique(joined, return_inverse=True)[1]
            most = int(joined.max()) + 1
        joined, most = joined * size + (codes + 1), most * size
    _, first, which = np.unique(joined, return_index=True, return_inverse=True)
    return Combinations(which, first)
