"""Progress of a long run: one line on standard error, at a terminal only."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

_QUIET_S = 2.0  # a run that ends sooner needs no progress
_EVERY_S = 0.5
_BLOCK = 1 << 20


class Progress:
    """Rows done, rate and remaining time, redrawn in place; silent for short runs and where nobody watches."""

    def __init__(
        self,
        stream: TextIO,
        total: Callable[[], int | None],
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Args:
        total: about how many rows there are, asked once and only when the run is long; None when not known.
        """
        self._stream = stream
        self._total = total
        self._clock = clock
        self._started = clock()
        self._drawn: float | None = None
        self._expected: int | None = None
        self._watched = is_watched(stream)

    def __call__(self, rows: int) -> None:
        """Note that so many rows are done."""
        now = self._clock()
        elapsed = now - self._started
        if not self._watched or elapsed < _QUIET_S or (self._drawn is not None and now - self._drawn < _EVERY_S):
            return
        if self._drawn is None:
            self._expected = self._total()
        self._drawn = now
        self._stream.write("\r\x1b[K" + progress_line(rows, elapsed, self._expected))
        self._stream.flush()

    def close(self) -> None:
        """Take the line away."""
        if self._drawn is not None:
            self._stream.write("\r\x1b[K")
            self._stream.flush()


def silent(rows: int) -> None:
    """Progress that nobody asked for."""


def is_watched(stream: TextIO) -> bool:
    """Someone sees the stream, on a terminal that can redraw a line."""
    return stream.isatty() and os.environ.get("TERM", "") not in ("dumb", "unknown")


def progress_line(rows: int, elapsed_s: float, expected: int | None) -> str:
    """The line that is drawn.

    >>> progress_line(50_000, 10.0, 80_000)
    '50,000 rows, 5,000 a second, about 0:06 left'
    """
    rate = rows / elapsed_s if elapsed_s > 0 else 0.0
    line = f"{rows:,} rows, {rate:,.0f} a second"
    if not expected or not rate or rows >= expected:
        return line
    left = round((expected - rows) / rate)
    return f"{line}, about {left // 60}:{left % 60:02} left"


def about_rows(path: Path | None) -> int | None:
    """About how many rows a file has: its line ends, so one with line breaks in cells has fewer."""
    if path is None or not path.is_file():
        return None
    lines = 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            lines += block.count(b"\n")
    return max(lines - 1, 0)


def standard_error() -> TextIO:
    return sys.stderr
