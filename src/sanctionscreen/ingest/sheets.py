"""The rows of one sheet, as they stream out of its package: positions, types and formats of its cells."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from sanctionscreen.errors import InputError, Location
from sanctionscreen.ingest.number_formats import plain_number
from sanctionscreen.ingest.shared_strings import plain_string
from sanctionscreen.ingest.sheet_xml import RawCell, RawRow, raw_rows
from sanctionscreen.ingest.workbook_parts import Workbook, open_part

_MOST_COLUMNS = 16_384
_IN_ORDER = list(range(_MOST_COLUMNS))
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s+ref="([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)"')
_MOST_MERGED = 500_000
_BLOCK = 1 << 20


class SheetRow(NamedTuple):
    """A row that holds something: its number in the sheet, and its cells up to the last that is filled."""

    number: int
    cells: list[str]


class Merged(NamedTuple):
    """Cells that are one over several rows: the value of the first stands for all."""

    first: int
    last: int
    column: int


@dataclass(slots=True)
class Remarks:
    """What a person should know about the cells of a sheet: how many, and the first of each."""

    errors: int = 0
    first_error: str = ""
    uncounted: int = 0
    """Formulas whose result was never stored."""
    first_uncounted: str = ""
    hidden: int = 0
    merged: set[int] = field(default_factory=set)
    fractions: set[int] = field(default_factory=set)
    """Columns in which a cell is a number, and no text, with a fraction."""


def column_of(letters: str) -> int:
    """The place of a column, from 0; of letters that are none, one that no sheet has.

    >>> column_of("A"), column_of("AB")
    (0, 27)
    """
    if not letters.isascii() or not letters.isupper() or not letters.isalpha() or len(letters) > 3:
        return _MOST_COLUMNS
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - 64
    return place - 1


def column_name(place: int) -> str:
    """The letters of a column, by its place from 0.

    >>> column_name(0), column_name(27)
    ('A', 'AB')
    """
    letters, place = "", place + 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def merged_down(archive: zipfile.ZipFile, part: str, name: str) -> list[Merged]:
    """Cells of a sheet that are merged over several rows, in the order of their first rows."""
    found = []
    rest = b""
    with open_part(archive, part, name) as stream:
        while block := stream.read(_BLOCK):
            block = rest + block
            if b"mergeCell" in block:
                for left, top, _, bottom in _MERGED.findall(block):
                    if int(bottom) > int(top):
                        found.append(Merged(int(top), int(bottom), column_of(left.decode())))
                cut = block.rfind(b">") + 1
                rest = block[cut:]
            else:
                rest = block[-64:]
            if len(found) > _MOST_MERGED:
                raise InputError(f"merges more than {_MOST_MERGED:,} cells; save the sheet as CSV", Location(name))
    return sorted(set(found))


class _Places(dict[str, int]):
    """By the letters of a column, its place from 0."""

    def __missing__(self, letters: str) -> int:
        place = self[letters] = column_of(letters)
        return place


class _Shared(dict[str, str]):
    """By the number of a shared string as a cell writes it, its text."""

    def __init__(self, strings: Sequence[str], name: str) -> None:
        super().__init__({"": ""})
        self._strings, self._name = strings, name

    def __missing__(self, number: str) -> str:
        place = int(number) if number.isascii() and number.isdigit() else len(self._strings)
        if place >= len(self._strings):
            raise InputError(f"is damaged: it has no shared string {number[:20]!r}", Location(self._name))
        text = self[number] = self._strings[place]
        return text


_NUMBER = ("", "n")
"""Types of cells that hold a number."""


class SheetReader:
    """Reads the rows of a sheet; what is worth a remark is counted."""

    def __init__(self, archive: zipfile.ZipFile, part: str, workbook: Workbook, name: str) -> None:
        self.remarks = Remarks()
        self._opened = partial(open_part, archive, part, name)
        self._name = name
        self._shared = _Shared(workbook.strings, name)
        self._written = workbook.written
        self._place_of = _Places({"": 0})
        self._last = 0

    def rows(self) -> Iterator[SheetRow]:
        """The rows that hold something, in the order of the sheet.

        Raises:
            InputError: the sheet is damaged.
        """
        for raw in raw_rows(self._opened, self._name):
            self._last = self._last + 1 if raw.number is None else raw.number
            cells = self._cells(raw)
            if any(map(str.strip, cells)):
                self.remarks.hidden += raw.is_hidden
                yield SheetRow(self._last, cells)

    def _cells(self, raw: RawRow) -> list[str]:
        """The texts of a row, each in its place, up to the last that is filled."""
        if not raw.cells:
            return []
        columns, styles, kinds, formulas, values, inlines, _ = zip(*raw.cells, strict=True)
        shared = self._shared
        texts = [
            shared[value] if kind == "s" else value and self._text(value, kind, style)
            for value, kind, style in zip(values, kinds, styles, strict=True)
        ]
        if any(inlines):
            texts = [text or plain_string(inline) for text, inline in zip(texts, inlines, strict=True)]
        if "e" in kinds or any(formulas):
            self._remark(raw.cells)
        while texts and not texts[-1]:
            texts.pop()
        places = self._places(columns[: len(texts)])
        if any("." in value for value in values):
            numbers = zip(places, kinds, values, strict=False)
            self.remarks.fractions.update(place for place, kind, value in numbers if kind in _NUMBER and "." in value)
        if places == _IN_ORDER[: len(places)]:
            return texts
        cells = [""] * (max(places) + 1)
        for place, text in zip(places, texts, strict=True):
            cells[place] = text or cells[place]
        return cells

    def _places(self, columns: Sequence[str]) -> list[int]:
        """The places of cells from 0; one that does not say its column stands behind the one before."""
        places = list(map(self._place_of.__getitem__, columns))
        if "" in columns:
            for at, column in enumerate(columns):
                places[at] = places[at] if column else (places[at - 1] if at else -1) + 1
        if places and max(places) >= _MOST_COLUMNS:
            raise InputError("is damaged: a cell stands right of the last column there is", Location(self._name))
        return places

    def _text(self, value: str, kind: str, style: str) -> str:
        """What a cell says, from what it holds, its type and its style."""
        if kind in _NUMBER:
            number = int(style) if style.isdecimal() else 0
            writer = self._written[number] if number < len(self._written) else None
            return plain_number(value) if writer is None else writer(value)
        if kind in ("str", "inlineStr"):
            return plain_string(value)
        if kind == "b":
            return "true" if value.strip() in ("1", "true") else "false"
        if kind == "e":
            return ""
        if kind == "d":
            return value.removesuffix("T00:00:00")
        raise InputError(f"is damaged: a cell has the type {kind[:20]!r}", Location(self._name))

    def _remark(self, cells: Sequence[RawCell]) -> None:
        """Count the errors of a row, and the formulas whose result was never stored."""
        places = self._places([cell[0] for cell in cells])
        for place, (_, _, kind, formula, value, inline, _) in zip(places, cells, strict=True):
            where = f"{column_name(place)}{self._last}"
            if kind == "e" and value:
                self.remarks.errors += 1
                self.remarks.first_error = self.remarks.first_error or f"{value} in {where}"
            elif formula and not value and not inline and kind != "str":
                self.remarks.uncounted += 1
                self.remarks.first_uncounted = self.remarks.first_uncounted or where
