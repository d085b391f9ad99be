"""Any script into Latin letters, and the other Latin spellings that the same word may have."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from types import MappingProxyType

from sanctionscreen.text import abjads, alphabets, cyrillic, habits, hangul, kana, tables
from sanctionscreen.text.cyrillic import Language, language
from sanctionscreen.text.folding import fold
from sanctionscreen.text.sounds import sound

__all__ = ["Language", "from_dictionary", "language", "latin", "other_readings", "romanise", "sound", "syllables"]

MOST_READINGS = 4
"""Readings of one word beside its own: each is looked for in the index."""


def romanise(text: str) -> str:
    """The text in small Latin letters: Cyrillic by BGN/PCGN, Chinese by pinyin, the rest by the system of its country.

    >>> romanise("Техкрим"), romanise("Сергій Гончарук"), romanise("大疆"), romanise("Αθήνα"), romanise("서울")
    ('tekhkrim', 'serhiy honcharuk', 'dajiang', 'athina', 'seoul')
    """
    return latin(fold(text).text)


def latin(folded: str, of: Language | None = None) -> str:
    """`romanise` for text that `fold` has been through; `of` is the language of its Cyrillic, if it is known."""
    if folded.isascii():
        return folded
    if cyrillic.CYRILLIC.search(folded):
        folded = cyrillic.romanised(folded, of)
    if alphabets.ALPHABETS.search(folded):
        folded = alphabets.romanised(folded)
    folded = hangul.romanised(folded)
    if kana.KANA.search(folded):
        # Chinese characters beside kana are Japanese: read by neither pinyin nor, without a dictionary, at all.
        folded = kana.romanised(folded)
    else:
        folded = _han().sub(lambda run: " " + "".join(syllables(run[0])) + " ", folded)
    if not folded.isascii():
        folded = _with_anyascii(folded)
    return " ".join(folded.split())


@cache
def _han() -> re.Pattern[str]:
    return re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")


def other_readings(word: str, text: str, of: Language = "") -> tuple[str, ...]:
    """Latin spellings of a word beside `text`, its own: of other languages and other habits, as sure as this one.

    Left out are those that `sound` merges with another. Chinese has `cantonese.han_readings`.

    >>> other_readings("гусев", "gusev"), other_readings("schukow", "schukow"), other_readings("müller", "muller")
    (('husev',), ('zhukov',), ('mueller',))
    >>> other_readings("siemens", "siemens")
    ()
    """
    if word.isascii() and not habits.may_have_readings(word) and not abjads.may_be_compound(word):
        return ()
    found = {sound(text): ""}
    for reading in _readings(word, text, of):
        found.setdefault(sound(reading), reading)
    return tuple(reading for reading in found.values() if reading)[:MOST_READINGS]


def _readings(word: str, text: str, of: Language) -> Iterator[str]:
    if word.isascii():
        yield from habits.readings(word)
        yield from abjads.compounds(word)
    elif cyrillic.CYRILLIC.search(word):
        yield from cyrillic.readings(word, of)
    elif hangul.HANGUL.search(word):
        yield from hangul.readings(word)
    elif alphabets.ALPHABETS.search(word) and not abjads.is_unvowelled(word):
        yield _with_anyascii(alphabets.other_reading(word))
    elif kana.KANA.search(word):
        yield _with_anyascii(kana.with_long_vowels(word))
    elif habits.LATIN.search(word):
        yield from (_with_anyascii(reading) for reading in habits.signs_written_out(word))
        yield from habits.readings(text)


@lru_cache(maxsize=16_384)
def syllables(han: str) -> tuple[str, ...]:
    """Mandarin readings of Chinese characters, without tones."""
    return _written_down().get(han) or from_dictionary(han)


@cache
def _written_down() -> Mapping[str, tuple[str, ...]]:
    """Readings of the Chinese on the embedded lists: without other Chinese, a run needs no dictionary."""
    return MappingProxyType({han: tuple(reading.split()) for han, reading in tables.rows("readings.tsv")})


def from_dictionary(han: str) -> tuple[str, ...]:
    """The readings of pypinyin, which takes half a second to import."""
    from pypinyin import lazy_pinyin

    return tuple(part.replace("ü", "u") for part in lazy_pinyin(han))


def _with_anyascii(text: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    if bare.isascii():
        return bare
    from anyascii import anyascii

    return str(anyascii(bare)).casefold()
