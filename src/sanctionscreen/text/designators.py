"""Phrases that count as one word, in full, translated or as an acronym: НПО is a scientific production association."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from sanctionscreen.text import tables
from sanctionscreen.text.lexicon import KINDS, Word, WordKind, by_sound
from sanctionscreen.text.ordinary import meant_by
from sanctionscreen.text.phrases import Found, Phrases
from sanctionscreen.text.romanise import sound

_ORDINAL = re.compile(r"(?:no|nr|n)?0*(\d{1,6})(?:st|nd|rd|th|ой|ый|ий|й|го|ая|я|ое|е)?")
"""22nd, 22й, №22 (which folds to no22)."""
_ORDINAL_ENDINGS = frozenset("st nd rd th ой ый ий й го ая я ое е".split())
"""What is left of 22-й, divided at its hyphen."""
_ROMAN = {
    "vi": "6", "xi": "", "xiv": "14", "xv": "15", "xvi": "16", "xvii": "17", "xviii": "18", "xix": "19", "xx": "20",
    "xxi": "21", "xxii": "22", "xxiii": "23", "xxiv": "24", "xxv": "25", "xxvi": "26", "xxvii": "27", "xxviii": "28",
    "xxix": "29", "xxx": "30",
}  # fmt: skip
"""Numerals in names of firms, beside those that `describe` reads in any name; Xi is a family name and half of Xi An."""


class Meant(NamedTuple):
    """What a phrase means, and the word it becomes."""

    kind: WordKind
    meaning: str
    text: str


NOT_TRANSLATED = frozenset({"san"})
"""Words of one language that are abbreviations in another: hai san is seafood in Vietnam, san. industry in Türkiye."""


def split(words: Sequence[Word]) -> list[Word]:
    """The words; those that are a designator, a place or a number together are put together. In no order.

    Ordinary words in unusual romanisations become known here, too: машиностроительный is mashinostroitel'nyj to some.
    What is said twice, in full and as an acronym, becomes one word.

    >>> from sanctionscreen.text.lexicon import describe
    >>> [word.meaning for word in split([describe("konstruktorskoye"), describe("byuro")])]
    ['generic:bureau']
    >>> sorted(word.text for word in split([describe("22nd"), describe("research"), describe("institute")]))
    ['22', 'institute']
    >>> [word.meaning for word in split([describe("окб"), describe("design"), describe("bureau")])]
    ['generic:bureau']
    """
    return put_together([told(word) for word in words])


class Told(NamedTuple):
    """A word as it is read among others."""

    word: Word
    key: str
    """By which phrases hold it,"""
    slip: str
    """and by which they may, if it is one slip from an ordinary word."""
    is_usual: bool
    """It says the same whatever stands beside it."""


def put_together(words: Sequence[Told]) -> list[Word]:
    """`split` for words that `told` has been through."""
    known, keys = [one.word for one in words], [one.key for one in words]
    slips, are_usual = [one.slip for one in words], [one.is_usual for one in words]
    if any(slips):
        keys = _with_slips(words, keys)
    if all(are_usual) and len(set(keys)) == len(keys) and sum(map(_phrases().words.__contains__, keys)) < 2:
        return known
    return _put_together(known, _found(known, keys))


@lru_cache(maxsize=65_536)
def told(word: Word) -> Told:
    """The word as it is read among others: as the number it says, or the ordinary word it sounds like."""
    meant, kind, is_usual = word, word.kind, True
    if kind == "generic":
        is_usual = word.native not in NOT_TRANSLATED
    elif kind == "number" or (
        kind == "own" and (word.sound in by_sound() or word.native in _ROMAN or not word.native.isalpha())
    ):
        meant = _known(word)
        is_usual = meant.kind != "number"
    key = meant.native if kind == "particle" else meant.meaning or meant.sound
    return Told(meant, key, meant_by(meant.text) if meant.kind == "own" else "", is_usual)


def _with_slips(words: Sequence[Told], keys: list[str]) -> list[str]:
    """The keys, where a word one slip from an ordinary one completes a phrase: scientific research instituet."""
    meant = {at for at, word in enumerate(words) if word.slip}
    read = [word.slip or word.key for word in words]
    slips = [[at for at in positions if at in meant] for _, positions in _phrases().find(read) if len(positions) > 1]
    completed = {at for those in slips if len(those) == 1 for at in those}
    return [read[at] if at in completed else key for at, key in enumerate(keys)]


def _found(words: Sequence[Word], keys: list[str]) -> list[Found[Meant]]:
    """The phrases; those that hold a word as it is written before those that hold what it is short for."""
    as_written = [word.native if word.native in NOT_TRANSLATED else key for word, key in zip(words, keys, strict=True)]
    if as_written != keys:
        found = _phrases().find(as_written)
        if any(as_written[at] in NOT_TRANSLATED for _, positions in found for at in positions):
            return found
    return _phrases().find(keys)


def _put_together(known: list[Word], found: list[Found[Meant]]) -> list[Word]:
    if "number" in [word.kind for word in known]:
        known = [_ending(word) if word.native in _ORDINAL_ENDINGS else word for word in known]
        found = [*found, *_compounds(known)]
    if found:
        taken = {at for _, positions in found for at in positions}
        together = [_together(value, tuple([known[at] for at in positions])) for value, positions in found]
        known = [*together, *(word for at, word in enumerate(known) if at not in taken)]
    said = [word.meaning for word in known if word.kind in _SAID_ONCE]
    return known if len(set(said)) == len(said) else _once(known)


_SAID_ONCE = frozenset({"generic", "number"})


def _once(words: Sequence[Word]) -> list[Word]:
    """The words, those that mean the same as one word."""
    alike: dict[str, list[Word]] = {}
    for at, word in enumerate(words):
        alike.setdefault(word.meaning if word.kind in _SAID_ONCE and word.meaning else str(at), []).append(word)
    return [same[0] if len(same) == 1 else _merged(tuple(sorted(set(same)))) for same in alike.values()]


@lru_cache(maxsize=16_384)
def _merged(words: tuple[Word, ...]) -> Word:
    return words[0]._replace(native=" ".join(word.native for word in words))


@lru_cache(maxsize=256)
def _ending(word: Word) -> Word:
    return Word(word.native, word.text, word.sound, "particle")


@lru_cache(maxsize=65_536)
def _known(word: Word) -> Word:
    """The word as a number, if it says one; or as the ordinary word it sounds like."""
    if word.meaning.startswith("number:"):
        number = word.meaning.removeprefix("number:")
        return word._replace(text=number, sound=number) if word.kind == "number" else word
    number = word.text if word.kind == "number" else _ordinal(word.native)
    if number:
        return Word(word.native, number, number, "number", f"number:{number}")
    if not word.meaning and word.sound in by_sound():
        kind, meaning = by_sound()[word.sound]
        return word._replace(kind=kind, meaning=meaning, other=())
    return word


def _ordinal(native: str) -> str:
    """The number that a word says in figures with an ending, or in Roman numerals; empty where it says none."""
    ordinal = _ORDINAL.fullmatch(native)
    return ordinal[1] if ordinal is not None else _ROMAN.get(native, "")


def _compounds(words: Sequence[Word]) -> list[Found[Meant]]:
    """Twenty and second are 22; where there are two tens or two units, nobody knows which belong together."""
    values = [
        (int(word.meaning.removeprefix("number:")), at)
        for at, word in enumerate(words)
        if word.meaning.startswith("number:") and not word.native.isdigit()
    ]
    tens = [(value, at) for value, at in values if 20 <= value < 100 and value % 10 == 0]
    units = [(value, at) for value, at in values if 0 < value < 10]
    if len(tens) != 1 or len(units) != 1:
        return []
    number = str(tens[0][0] + units[0][0])
    return [Found(Meant("number", f"number:{number}", number), (tens[0][1], units[0][1]))]


@lru_cache(maxsize=16_384)
def _together(meant: Meant, words: tuple[Word, ...]) -> Word:
    native = " ".join(word.native for word in words)
    return Word(native, meant.text, sound(meant.text), meant.kind, meant.meaning)


@cache
def _phrases() -> Phrases[Meant]:
    """Spellings of several words of all tables, by the meanings of their words, as `phrase_keys` writes them down."""
    return Phrases(
        (tuple(keys.split(" ")), Meant(KINDS[kind], meaning, text))
        for kind, meaning, text, phrases in tables.rows("phrase_keys.tsv")
        for keys in phrases.split("|")
    )
