"""The objects of a JSON file one after the other: JSON lines, one array, or objects written over several lines.

Memory holds one object at a time, and no object may be larger than `MAX_RECORD` characters.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sanctionscreen.errors import Location, WatchlistError
from sanctionscreen.watchlist.official.safe_files import opened

MAX_RECORD = 16_000_000
"""Characters of one object; the largest nested entities of OpenSanctions have a few million."""
_BLOCK = 1 << 18
_NEAR_END = 16
"""An escape or a word such as `false` that is cut has its fault at most so far from the end."""


def json_records(path: Path, within: str = "") -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of a file with the line on which each begins.

    Args:
        within: the key of one large object that holds the array with the objects; what else it holds is not read.

    Raises:
        WatchlistError: it is no JSON or is cut, holds other things than objects, or an object is too large or too deep.
    """
    with opened(path) as stream:
        text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
        scanner = _Scanner(text, path.name)
        if within:
            scanner.enter(within)
        yield from scanner.records()


class _Scanner:
    """A window on the text that grows until the object at its start is whole."""

    def __init__(self, text: io.TextIOBase, file: str) -> None:
        self._text, self._file = text, file
        self._window, self._at, self._line, self._is_over = "", 0, 1, False
        self._decoder = json.JSONDecoder(parse_constant=self._refuse)
        self._inside = False

    def enter(self, key: str) -> None:
        """Go to the array under a key of the object that the file is."""
        if self._next() != "{":
            raise self._fault(f"is no object with {key!r}")
        opening = re.compile(rf'"{re.escape(key)}"\s*:\s*(?=\[)')
        while (found := opening.search(self._window, self._at)) is None:
            if len(self._window) - self._at > MAX_RECORD or not self._grow():
                raise self._fault(f"has no list {key!r}; is it the right file?")
        self._line += self._window.count("\n", self._at, found.end())
        self._at, self._inside = found.end(), True

    def records(self) -> Iterator[tuple[int, dict[str, Any]]]:
        is_array = self._next() == "["
        if is_array:
            self._at += 1
        while (sign := self._next()) and sign != "]":
            line = self._line
            yield line, self._object(line)
            sign = self._next()
            if is_array and sign not in ",]":
                raise self._fault(f"is no list of objects: {sign!r} stands where a comma must")
            if is_array and sign == ",":
                self._at += 1
        if is_array:
            if sign != "]":
                raise self._fault("is cut: the array is not closed")
            self._at += 1
        if self._inside:
            if self._next() not in (",", "}"):
                raise self._fault("is cut: the object is not closed")
        elif self._next():
            raise self._fault("goes on after its end")

    def _next(self) -> str:
        """The next sign that is no space, without passing it; empty at the end."""
        while True:
            while self._at < len(self._window) and self._window[self._at] in " \t\r\n":
                self._line += self._window[self._at] == "\n"
                self._at += 1
            if self._at < len(self._window):
                return self._window[self._at]
            if not self._grow():
                return ""

    def _grow(self) -> bool:
        """Read on; each time as much as the window holds, so that a large object is not tried too often."""
        rest = self._window[self._at :]
        if len(rest) > MAX_RECORD:
            raise self._fault(f"has an object of more than {MAX_RECORD:,} characters")
        try:
            more = "" if self._is_over else self._text.read(max(_BLOCK, len(rest)))
        except UnicodeDecodeError as error:
            raise self._fault(f"is no text in UTF-8: {error.reason}") from error
        self._window, self._at, self._is_over = rest + more, 0, not more
        return bool(more)

    def _object(self, line: int) -> dict[str, Any]:
        while True:
            try:
                value, end = self._decoder.raw_decode(self._window, self._at)
                break
            except json.JSONDecodeError as error:
                is_cut = error.msg.startswith("Unterminated") or error.pos >= len(self._window) - _NEAR_END
                if not (is_cut and self._grow()):
                    raise self._fault(f"is not JSON{', or is cut' if is_cut else ''}: {error.msg}", line) from error
            except RecursionError as error:
                raise self._fault("is nested too deep", line) from error
            except ValueError as error:  # a number of thousands of digits
                raise self._fault(f"is not JSON: {error}", line) from error
        written = self._window[self._at : end]
        if not isinstance(value, dict):
            raise self._fault(f"holds {written[:40]!r} where an object must stand", line)
        if "\\ud" in written or "\\uD" in written:
            self._check_surrogates(value, line)
        self._line += written.count("\n")
        self._at = end
        return value

    def _check_surrogates(self, value: dict[str, Any], line: int) -> None:
        try:
            json.dumps(value, ensure_ascii=False).encode("utf-8")
        except UnicodeEncodeError as error:
            raise self._fault("holds half a character (a lone surrogate)", line) from error

    def _refuse(self, constant: str) -> Any:
        raise self._fault(f"is not JSON: it holds {constant}")

    def _fault(self, problem: str, line: int | None = None) -> WatchlistError:
        return WatchlistError(problem, Location(self._file, line or self._line))
