"""A ship's name in words: what says that she is a ship tells nothing, and a numeral is a number in any form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sanctionscreen.text.lexicon import Word
from sanctionscreen.text.vessels import NUMBER_SIGNS, NUMBER_WORDS, PREFIX_WORDS, ROMAN

_LETTERS_APART = (("m", "v"), ("m", "t"), ("f", "v"), ("s", "s"))
"""M/V, M/T, F/V, S/S, as they are when their strokes are gone."""


def as_of_ship(words: Sequence[Word]) -> list[Word]:
    """The words, in any order, as they are read in the name of a ship.

    >>> from sanctionscreen.text.lexicon import describe
    >>> [(word.text, word.kind) for word in as_of_ship([describe(w) for w in ("m", "v", "star", "ii")])]
    [('m', 'particle'), ('v', 'particle'), ('star', 'generic'), ('2', 'number')]
    """
    texts = {word.text for word in words}
    if texts.isdisjoint(_TELLING) and all(word.kind != "number" and word.native.isascii() for word in words):
        return list(words)
    letters = Counter(word.text for word in words)
    apart = next((Counter(pair) for pair in _LETTERS_APART if Counter(pair) <= letters), Counter[str]())
    read: list[Word] = []
    for word in words:
        is_prefix = apart[word.text] > 0
        apart[word.text] -= is_prefix
        read.append(word._replace(kind="particle", meaning="") if is_prefix else _read(word, len(words)))
    return read


_TELLING = frozenset({*PREFIX_WORDS, *NUMBER_WORDS, *NUMBER_SIGNS, *ROMAN, "m", "f", "s"})


def _read(word: Word, number_of_words: int) -> Word:
    if word.native in PREFIX_WORDS or (number_of_words > 1 and word.native in NUMBER_SIGNS):
        return word._replace(kind="particle", meaning="")
    number = NUMBER_WORDS.get(word.native) or ROMAN.get(word.text) if number_of_words > 1 else None
    if number is None and not (word.kind == "number" and word.text.isdecimal()):
        return word
    number = number or word.text
    return Word(number, number, number, "number", f"number:{number}")
