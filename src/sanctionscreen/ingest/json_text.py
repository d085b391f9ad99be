"""JSON as it streams: values one after the other out of a text of any size, numbers as they are written."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sanctionscreen.errors import InputError, Location
from sanctionscreen.ingest.typed_cells import list_text, number_text, text_of

MAX_DEPTH = 32
"""Objects within one another whose keys are joined by dots; what is deeper stays JSON in its cell."""
_LONGEST_VALUE = 64 << 20
"""Characters of one record; it is held in memory whole."""
_BLOCK = 1 << 18
_PLAIN = {str, type(None)}
_SPACE = " \t\r\n\ufeff"


class Decoded(NamedTuple):
    """A value, and a key that an object in it has twice: of two values, neither can be trusted."""

    value: Any
    twice: str | None


class JsonReader:
    """Decodes values; numbers come as the text they are written in."""

    def __init__(self) -> None:
        self._twice: str | None = None
        self._decoder = json.JSONDecoder(
            object_pairs_hook=self._object, parse_float=number_text, parse_int=str, parse_constant=_nothing
        )

    def decode(self, text: str) -> Decoded:
        """The one value of a text; raises ValueError or RecursionError where there is none."""
        self._twice = None
        return Decoded(self._decoder.decode(text), self._twice)

    def decode_at(self, text: str, place: int) -> tuple[Decoded, int]:
        """The value that begins at a place, and the place behind it."""
        self._twice = None
        value, end = self._decoder.raw_decode(text, place)
        return Decoded(value, self._twice), end

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            found = {}
            for key, value in pairs:
                self._twice = key if key in found else self._twice
                found[key] = [found[key], value] if key in found else value  # the row is shown as it was written
        return found


class JsonText:
    """A window on a text that is read in blocks."""

    def __init__(self, blocks: Iterator[str], name: str) -> None:
        self._blocks, self._name = blocks, name
        self._reader = JsonReader()
        self._buffer, self._place, self._before = "", 0, 0
        self._is_all = False

    def peek(self) -> str:
        """The next character that is no white space, which stays; empty at the end."""
        while True:
            while self._place < len(self._buffer) and self._buffer[self._place] in _SPACE:
                self._place += 1
            if self._place < len(self._buffer):
                return self._buffer[self._place]
            if not self._more():
                return ""

    def take(self, wanted: str) -> str:
        """The next character, which must be one of these."""
        found = self.peek()
        if not found or found not in wanted:
            raise self.broken(f"{' or '.join(wanted)} expected")
        self._place += 1
        return found

    def value(self) -> Decoded:
        """The next value, whole."""
        self.peek()
        while True:
            try:
                found, end = self._reader.decode_at(self._buffer, self._place)
            except RecursionError as bad:
                raise self.broken("values nest too deep") from bad
            except ValueError as bad:
                if not self._more():
                    raise self.broken(str(bad).partition(":")[0]) from bad
                continue
            if end < len(self._buffer) or not self._more():  # a number may go on in the next block
                self._place = end
                return found

    def broken(self, why: str) -> InputError:
        place = self._before + self._place + 1
        return InputError(f"is no JSON, or is cut, at character {place:,}: {why}", Location(self._name))

    def _more(self) -> bool:
        """Read on; as much again as is waiting, so that a long value is not decoded over and over."""
        if self._is_all:
            return False
        kept = self._buffer[self._place :]
        if len(kept) > _LONGEST_VALUE:
            raise self.broken(f"one record of more than {_LONGEST_VALUE:,} characters")
        parts, wanted = [kept], max(len(kept), _BLOCK)
        while wanted > 0 and (block := next(self._blocks, "")):
            parts.append(block)
            wanted -= len(block)
        self._is_all = len(parts) == 1
        if self._is_all:
            return False
        self._before += self._place
        self._buffer, self._place = "".join(parts), 0
        return True


def flat(record: Mapping[str, Any]) -> dict[str, str]:
    """The cells of a record by dotted key. A key that stands there both nested and dotted keeps both values."""
    kinds = set(map(type, record.values()))
    if kinds <= _PLAIN:  # the usual case; the same as below
        return {key: value or "" for key, value in record.items()}
    cells: dict[str, str] = {}
    for key, value in _leaves(record, "", 1):
        cells[key] = f"{cells[key]} | {value}" if cells.get(key) and value else cells.get(key) or value
    return cells


def _leaves(record: Mapping[str, Any], prefix: str, depth: int) -> Iterator[tuple[str, str]]:
    for key, value in record.items():
        if isinstance(value, str):
            yield prefix + key, value
        elif isinstance(value, Mapping) and depth < MAX_DEPTH:
            yield from _leaves(value, f"{prefix}{key}.", depth + 1)
        else:
            yield prefix + key, list_text(value) if isinstance(value, list) else text_of(value)


def _nothing(_: str) -> None:
    """NaN and Infinity are no values of JSON; programs write them where nothing is known."""
