"""What a single word is: ordinary company word, place, person's name, particle, number, or a name of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from types import MappingProxyType
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
    if len(word) == 1 and not _SYLLABIC.match(word):
        return Word(native, text[:1], text[:1], "initial")
    # A word without vowels is not the Latin word of the same letters.
    known = lexicon().get(word) or (None if is_unvowelled(native) else lexicon().get(text))
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
_SYLLABIC = re.compile("[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]")
"""Scripts in which one character is a syllable, and may be a name."""
_KEPT = re.compile("[\u0370-\u03ff\u0400-\u06ff\u0750-\u077f\u10a0-\u10ff\u1c90-\u1cbf\u3041-\u30ff\uac00-\ud7a3]")


def _latin_of(word: str, language: Language) -> str:
    return latin(word, language or None).replace(" ", "")


def _keeps_script(word: str) -> bool:
    return _KEPT.search(word) is not None or is_han(word)


@cache
def lexicon() -> Mapping[str, tuple[WordKind, str]]:
    """Kind and meaning of every word of the tables, folded, in its own script and in Latin letters."""
    return MappingProxyType({form: said for said, forms, _ in _expanded() for form in forms})


@cache
def by_sound() -> Mapping[str, tuple[WordKind, str]]:
    """Ordinary words and places of other scripts by the sound of their romanised spellings."""
    return MappingProxyType({heard: said for said, _, sounds in _expanded() for heard in sounds})


def _expanded() -> Iterator[tuple[tuple[WordKind, str], list[str], list[str]]]:
    """Every meaning with its forms, as `expansion` writes them down: inflecting and romanising them takes a second."""
    known: Mapping[str, WordKind] = {kind: kind for kind in get_args(WordKind)}
    for kind, meaning, forms, sounds in tables.rows("expanded.tsv"):
        yield (known[kind], meaning), forms.split("|"), sounds.split("|") if sounds else []
