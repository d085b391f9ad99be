"""What a single word is: ordinary company word, place, person's name, particle, number, or a name of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Literal, NamedTuple

from sanctionscreen.text import tables
from sanctionscreen.text.folding import fold
from sanctionscreen.text.legal_forms import is_han
from sanctionscreen.text.romanise import Language, latin, sound

WordKind = Literal[
    "own", "number", "generic", "city", "region", "country", "form", "particle", "title", "initial",
    "given", "family", "patronymic",
]  # fmt: skip
PLACES = frozenset({"city", "region", "country"})


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
    """Other Latin spellings of the same word, such as the initials of a Chinese brand."""


_ROMAN = {"ii": "2", "iii": "3", "iv": "4", "vii": "7", "viii": "8", "ix": "9", "xii": "12", "xiii": "13"}
"""Numerals that are no words or names themselves, as vi, xi and single letters are."""
_PATRONYMIC = re.compile(
    r"\w{3,}(?:ovich|evich|ovych|evych|yovych|ovitch|evitch|owitsch|ovic|evic|ovna|evna|ivna|ichna|oglu|ogly|kyzy|qizi)"
)


@lru_cache(maxsize=65_536)
def describe(word: str, language: Language = "") -> Word:
    """The word, folded as by `fold`, with its kind and meaning.

    >>> describe("завод").kind, describe("завод").meaning == describe("plant").meaning, describe("техкрим").kind
    ('generic', True, 'own')
    """
    text = _latin_of(word, language)
    native = word if text != word and _keeps_script(word) else text
    if text.isdigit() or text in _ROMAN:
        number = _ROMAN.get(text) or text.lstrip("0") or "0"
        return Word(native, number, number, "number")
    if len(text) == 1:
        return Word(native, text, text, "initial")
    known = lexicon().get(word) or lexicon().get(text)
    if known is not None:
        return Word(native, text, sound(text), known[0], known[1])
    return Word(native, text, sound(text), "patronymic" if _PATRONYMIC.fullmatch(text) else "own")


def _latin_of(word: str, language: Language) -> str:
    if language and not word.isascii():
        # The letters that show the language may stand in another word of the name.
        word = latin(word + {"uk": "ї", "be": "ў"}[language])[: -len({"uk": "yi", "be": "u"}[language])]
        return word.replace(" ", "")
    return latin(word).replace(" ", "")


def _keeps_script(word: str) -> bool:
    return any("\u0400" <= c <= "\u052f" for c in word) or is_han(word)


@cache
def lexicon() -> Mapping[str, tuple[WordKind, str]]:
    """Kind and meaning of every word of the tables, folded, in its own script and in Latin letters."""
    found: dict[str, tuple[WordKind, str]] = {}
    for kind, line in _entries():
        spellings = fold(line).text.split("|")
        for spelling in spellings:
            for form in (
                (spelling,) if spelling.isascii() or is_han(spelling) else (spelling, latin(spelling).replace(" ", ""))
            ):
                if len(form) > 1 or is_han(form):
                    found.setdefault(form, (kind, f"{kind}:{spellings[0]}"))
    return MappingProxyType(found)


@cache
def places_of_several_words() -> tuple[tuple[frozenset[str], WordKind], ...]:
    """Places written as several words, with their kind; the words in no order, as names are compared."""
    rows = [(_KINDS[row[0]], fold(row[1]).text.split("|")) for row in tables.rows("place_words.tsv")]
    return tuple(
        (frozenset(spelling.split()), kind) for kind, spellings in rows for spelling in spellings if " " in spelling
    )


def _entries() -> list[tuple[WordKind, str]]:
    """Particles and titles first, then company words, places and persons: the first that has a word stands."""
    persons = [(_KINDS[row[0]], row[1]) for row in tables.rows("person_words.tsv")]
    places = [(_KINDS[row[0]], row[1]) for row in tables.rows("place_words.tsv")]
    companies: list[tuple[WordKind, str]] = [("generic", row[0]) for row in tables.rows("company_words.tsv")]
    small = [entry for entry in persons if entry[0] in ("particle", "title")]
    return [*small, *companies, *places, *(entry for entry in persons if entry not in small)]


_KINDS: Mapping[str, WordKind] = {
    "particle": "particle", "title": "title", "given": "given", "family": "family",
    "city": "city", "region": "region", "country": "country",
}  # fmt: skip
