"""Greek, Georgian, Armenian, Hebrew and Arabic letters into Latin ones, by `letters.tsv`."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from sanctionscreen.text import tables

_BLOCKS = {
    "greek": "\u0370-\u03ff\u1f00-\u1fff",
    "georgian": "\u10a0-\u10ff\u1c90-\u1cbf",
    "armenian": "\u0530-\u058f",
    "hebrew": "\u0590-\u05ff",
    "arabic": "\u0600-\u06ff\u0750-\u077f",
}
_ACCENTS = re.compile("[\u0300-\u0307\u0309-\u0345]")  # all but the diaeresis, which parts a Greek digraph
ALPHABETS = re.compile(f"[{''.join(_BLOCKS.values())}]")


class _Alphabet(NamedTuple):
    letters: re.Pattern[str]
    readings: tuple[tuple[str, ...], tuple[str, ...]]
    """Latin and other reading, by number of the group of `letters` that was found, from 1."""


def romanised(text: str) -> str:
    """The text with the letters of these alphabets in Latin ones; other letters stay.

    >>> romanised("λούξεμπουργκ"), romanised("თბილისი"), romanised("երեւան")
    ('louxempourgk', 'tbilisi', 'yerevan')
    """
    return _read(text, 0)


def other_reading(word: str) -> str:
    """The word by the other readings of its letters: Greek as it sounds, Armenian of the diaspora; may be the same.

    >>> other_reading("χάρης"), other_reading("պետրոս")
    ('haris', 'bedros')
    """
    return _read(word, 1)


def _read(text: str, which: int) -> str:
    for name in [name for name, block in _BLOCKS.items() if _block(block).search(text)]:
        if name == "greek":
            text = unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFD", text)))
        alphabet = _alphabet(name)
        readings = alphabet.readings[which]
        text = alphabet.letters.sub(lambda found, by=readings: by[found.lastindex or 0], text)  # type: ignore[misc]
    return text


@cache
def _block(letters: str) -> re.Pattern[str]:
    return re.compile(f"[{letters}]")


@cache
def _alphabet(name: str) -> _Alphabet:
    read = [[*row, ""][1:4] for row in tables.rows("letters.tsv") if row[0] == name]
    read.sort(key=lambda row: (-len(row[0].strip("^$")), row[0][0] != "^" and row[0][-1] != "$"))
    latin = ("", *(roman for _, roman, _ in read))
    other = ("", *(another or roman for _, roman, another in read))
    return _Alphabet(re.compile("|".join(_group(letters) for letters, _, _ in read)), (latin, other))


def _group(letters: str) -> str:
    before = r"(?<!\w)" if letters.startswith("^") else ""
    behind = r"(?!\w)" if letters.endswith("$") else ""
    return f"{before}({re.escape(letters.strip('^$'))}){behind}"
