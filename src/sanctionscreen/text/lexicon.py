"""What a single word is: ordinary company word, place, person's name, particle, number, or a name of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Literal, NamedTuple, get_args

from sanctionscreen.text import persons, tables
from sanctionscreen.text.abjads import is_unvowelled
from sanctionscreen.text.compounds import respelled
from sanctionscreen.text.legal_forms import is_han
from sanctionscreen.text.romanise import Language, latin, other_readings, sound

WordKind = Literal[
    "own", "number", "generic", "city", "region", "country", "form", "particle", "title", "initial",
    "given", "family", "patronymic", "common",
]  # fmt: skip
KINDS: Mapping[str, WordKind] = {kind: kind for kind in get_args(WordKind)}
"""The kinds as the tables write them."""
PLACES = frozenset({"city", "region", "country"})
NAMING: frozenset[WordKind] = frozenset({"own", "common", "given", "family", "patronymic"})
"""Kinds of words that can tell one party from another in any name."""


class Word(NamedTuple):
    """One word of a name, described."""

    native: str
    """Folded, in its own script; Latin without accents."""
    text: str
    """In Latin letters."""
    sound: str
    kind: WordKind
    meaning: str = ""
    """What it has in common with spellings in other languages: the first spelling of its line in the tables."""
    other: tuple[str, ...] = ()
    """Other Latin readings of the same word, as sure as `text`: another language, another dialect."""
    short: tuple[str, ...] = ()
    """What it is shortened to, such as the initials of a Chinese brand."""


_ROMAN = {"ii": "2", "iii": "3", "iv": "4", "vii": "7", "viii": "8", "ix": "9", "xii": "12", "xiii": "13"}
"""Numerals that are no words or names themselves, as vi, xi and single letters are."""


@lru_cache(maxsize=65_536)
def describe(word: str, language: Language = "") -> Word:
    """The word, folded as by `fold`, with its kind and meaning.

    >>> describe("завод").kind, describe("завод").meaning == describe("plant").meaning, describe("техкрим").kind
    ('generic', True, 'own')
    """
    text = _latin_of(word, language)
    native = word if text != word and _keeps_script(word) else text
    if _MISREAD_NUMBER.fullmatch(text):
        text = native = text.replace("o", "0")
    if text.isdigit() or text in _ROMAN:
        number = _ROMAN.get(text) or text.lstrip("0") or "0"
        return Word(native, number, number, "number")
    if len(word) == 1 and (word.isascii() or not _syllabic().match(word)):
        return Word(native, text[:1], text[:1], "initial")
    # A word without vowels is not the Latin word of the same letters.
    known = said_of(word) or (None if is_unvowelled(native) else said_of(text))
    kind, meaning = known or persons.patronymic(text) or ("own", "")
    # Ordinary words and places are told by their meaning.
    other = () if kind in _TOLD_BY_MEANING else other_readings(word, text, language)
    if kind == "own" and len(text) > _SHORTEST_MISREAD and _DIGIT.search(text) is not None:
        other = (*other, *_misread(text))
    if kind == "own" and (spelt := respelled(text)):
        other = (*other, spelt)
    return Word(native, text, sound(text), kind, meaning, other)


_DIGIT = re.compile("[015682]")
_MISREAD_NUMBER = re.compile("[0-9]+[0-9o]*o[0-9o]*")
_SHORTEST_MISREAD = 3
_READ_AS = str.maketrans({"0": "o", "1": "i", "5": "s", "6": "g", "8": "b", "2": "z"})


def _misread(text: str) -> tuple[str, ...]:
    """What a word was before a scanner took a letter or two for digits: 5ivakov, c0smos.

    >>> _misread("5ivakov"), _misread("khal1l"), _misread("type65")
    (('sivakov',), ('khalil', 'khalll'), ())
    """
    digits = sum(map(str.isdecimal, text))
    if not 1 <= digits <= 2 or len(text) - digits < _SHORTEST_MISREAD or text[-2:].isdecimal():
        return ()
    read = text.translate(_READ_AS)
    if not read.isalpha():
        return ()
    return tuple(dict.fromkeys((read, text.replace("1", "l").translate(_READ_AS))))


@lru_cache(maxsize=65_536)
def as_of_person(word: Word) -> Word:
    """The word as it is read in the name of a person: Victoria is no city there, Alex a short form, General a title."""
    known = persons.read(word.native, word.text) if word.kind not in _SETTLED else None
    return word if known is None else word._replace(kind=known.kind, meaning=known.meaning)


_SETTLED = frozenset({"number", "initial", "form", "particle", "title"})


_TOLD_BY_MEANING = frozenset({"generic", "particle", "title", "number", *PLACES})


@cache
def _syllabic() -> re.Pattern[str]:
    """Scripts in which one character is a syllable, and may be a name."""
    return re.compile("[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]")


@cache
def _kept() -> re.Pattern[str]:
    return re.compile("[\u0370-\u03ff\u0400-\u06ff\u0750-\u077f\u10a0-\u10ff\u1c90-\u1cbf\u3041-\u30ff\uac00-\ud7a3]")


def _latin_of(word: str, language: Language) -> str:
    return latin(word, language or None).replace(" ", "")


def _keeps_script(word: str) -> bool:
    return _kept().search(word) is not None or is_han(word)


Said = tuple[WordKind, str]
"""Kind and meaning of a word."""


def said_of(word: str) -> Said | None:
    """What the tables say of a word, folded, in its own script or in Latin letters; None of a word they do not hold.

    >>> said_of("завод") == said_of("zavod") == said_of("plant"), said_of("tekhkrim")
    (True, None)
    """
    return (_latin().words if word.isascii() else of_other_scripts()).get(word)


def by_sound() -> Mapping[str, Said]:
    """Ordinary words and places of other scripts by the sound of their romanised spellings."""
    return _latin().sounds


class _Latin(NamedTuple):
    """The words of `expanded.tsv`."""

    words: dict[str, Said]
    sounds: dict[str, Said]


@cache
def _latin() -> _Latin:
    """As `expansion` writes them down: inflecting and romanising the tables takes a second."""
    latin = _Latin({}, {})
    for kind, meaning, forms, sounds in tables.rows("expanded.tsv"):
        said = KINDS[kind], meaning
        for form in forms.split("|") if forms else ():
            latin.words[form] = said
        for sounding in sounds.split("|") if sounds else ():
            latin.sounds[sounding] = said
    return latin


@cache
def of_other_scripts() -> Mapping[str, Said]:
    """The words that are not in Latin letters; a run that meets none reads no table of them."""
    found: dict[str, Said] = {}
    for kind, meaning, forms in tables.rows("expanded_scripts.tsv"):
        found.update(dict.fromkeys(forms.split("|"), (KINDS[kind], meaning)))
    return found
