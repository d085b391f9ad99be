"""Any script into Latin letters, and a sound key in which the usual schemes of romanisation meet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Literal

from sanctionscreen.text import tables
from sanctionscreen.text.folding import fold

Language = Literal["", "uk", "be"]

_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")
_KANA = re.compile(r"[\u3040-\u30ff]")
_APOSTROPHES = re.compile(r"(?<=\w)['’ʼʹ`´‘ʻ](?=\w)")


def romanise(text: str) -> str:
    """The text in small Latin letters: Russian, Ukrainian and Belarusian by BGN/PCGN, Chinese by pinyin, else anyascii.

    >>> romanise("Техкрим"), romanise("Сергій Гончарук"), romanise("大疆")
    ('tekhkrim', 'serhiy honcharuk', 'dajiang')
    """
    return latin(fold(text).text)


def latin(folded: str) -> str:
    """`romanise` for text that `fold` has been through."""
    if folded.isascii():
        return folded
    if _CYRILLIC.search(folded):
        letters = _letters(language(folded))
        folded = "".join(letters.get(c, c) for c in _APOSTROPHES.sub("", folded))
    if not _KANA.search(folded):
        folded = _HAN.sub(lambda run: " " + "".join(syllables(run[0])) + " ", folded)
    if not folded.isascii():
        folded = _with_anyascii(folded)
    return " ".join(folded.split())


def language(folded: str) -> Language:
    """The language of Cyrillic text by the letters only it has; Russian where nothing says otherwise."""
    if "ў" in folded:
        return "be"
    if any(c in folded for c in "ыэёъқғңөұүһәјљњ"):
        return ""
    return "uk" if any(c in folded for c in "іїєґ") else ""


@cache
def _letters(of: Language) -> Mapping[str, str]:
    read = [(row + [""] * 3)[:3] for row in tables.rows("cyrillic.tsv")]
    base = {letter: roman for letter, roman, languages in read if not languages}
    own = {letter: roman for letter, roman, languages in read if of and of in languages.split()}
    return MappingProxyType(base | own)


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


# What stands for what, in the order it is applied. Each line makes schemes meet that write the same letter differently.
_SOUNDS = (
    ("shch", "9"), ("shh", "9"), ("tsch", "4"), ("sch", "9"), ("sh", "9"),  # щ, ш: BGN shch, ISO 9 shh, German sch
    ("tch", "4"), ("ch", "4"),  # ч: French tch; apart from h, or Chan and Han would meet
    ("kh", "h"),  # х: BGN kh, ISO 9 h
    ("zh", "z"),  # ж: BGN zh, ISO 9 ž
    ("ph", "f"),
    ("ts", "3"), ("tz", "3"), ("ce", "3e"), ("ci", "3i"), ("cy", "3i"),  # ц: BGN ts, ISO 9 c
    ("ck", "k"), ("c", "k"), ("q", "k"),
    ("x", "ks"),  # кс: Alexei, Aleksei
    ("w", "v"),
    ("yo", "e"),  # ё is mostly written е: Vorobyov, Vorobev
    ("ji", "0"), ("y", "i"), ("j", "i"), ("0", "ji"),  # й, ы and the first part of ya, yu, ye; pinyin ji stays apart
    ("ie", "e"),  # Sergeyev, Sergeev
)  # fmt: skip
_DOUBLED = re.compile(r"(.)\1+")


@lru_cache(maxsize=65_536)
def sound(word: str) -> str:
    """The key of a Latin word under which romanisation variants meet; digits in it stand for sounds.

    >>> sound("tekhkrim") == sound("tehkrim"), sound("yuliya") == sound("iuliia"), sound("chan") == sound("han")
    (True, True, False)
    """
    if any(map(str.isdigit, word)):
        return word
    for letters, instead in _SOUNDS:
        word = word.replace(letters, instead)
    return _DOUBLED.sub(r"\1", word)
