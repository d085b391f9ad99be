"""Progress of lists that are fetched, read or packed: one line on standard error, at a terminal only."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TextIO

from sanctionscreen.cli.progress import is_watched

_EVERY_S = 0.25
_WIDTH = 24
_MEGABYTE = 1_000_000


class ListProgress:
    """What is being done for which list, redrawn in place; silent where nobody watches."""

    def __init__(self, stream: TextIO, name: str = "", *, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream
        self._name = name
        self._clock = clock
        self._drawn: float | None = None
        self._watched = is_watched(stream)

    def __call__(self, doing: str, done: int, total: int | None) -> None:
        """Note that so much is done: bytes, or entries where a list is read."""
        now = self._clock()
        if not self._watched or (self._drawn is not None and now - self._drawn < _EVERY_S):
            return
        self._drawn = now
        self._stream.write("\r\x1b[K" + step_line(self._name, doing, done, total))
        self._stream.flush()

    def close(self) -> None:
        """Take the line away."""
        if self._drawn is not None:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
            self._drawn = None


def step_line(name: str, doing: str, done: int, total: int | None) -> str:
    """The line that is drawn.

    >>> step_line("un-sc", "fetching consolidated.xml", 1_000_000, 2_000_000)
    'un-sc: fetching consolidated.xml [############            ] 1.0 of 2.0 MB'
    >>> step_line("un-sc", "reading", 500, None)
    'un-sc: reading 500 entries'
    """
    head = f"{name}: {doing}" if name else doing
    is_count = doing == "reading"
    if not total:
        return f"{head} {done:,} entries" if is_count else f"{head} {done / _MEGABYTE:.1f} MB"
    filled = min(_WIDTH, _WIDTH * done // total)
    much = f"{done:,} of {total:,} entries" if is_count else f"{done / _MEGABYTE:.1f} of {total / _MEGABYTE:.1f} MB"
    return f"{head} [{'#' * filled}{' ' * (_WIDTH - filled)}] {much}"
