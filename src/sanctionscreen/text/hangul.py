"""Korean syllables into Latin letters: the Revised Romanisation, and the habits of names in South and North."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType

from sanctionscreen.text import tables

HANGUL = re.compile("[가-힣]+")
_FIRST = ord("가")
_INITIALS = "g kk n d tt r m b pp s ss - j jj ch k t p h".split()
_VOWELS = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split()
# Final consonants as they are spoken at the end, and what moves to a following vowel.
_FINALS = ("- k k k n n n t l k m l l l p l m p p t t ng t t k t p t").split()
_MOVED = ("- g kk gs n nj n d r lg lm lb ls lt lp r m b ps s ss ng j ch k t p -").split()
# How final and initial consonants change each other in speech (Revised Romanisation 2000, chapter 3, section 1).
_MET = {
    ("k", "n"): "ngn", ("k", "m"): "ngm", ("k", "r"): "ngn", ("t", "n"): "nn", ("t", "m"): "nm", ("t", "r"): "nn",
    ("p", "n"): "mn", ("p", "m"): "mm", ("p", "r"): "mn", ("n", "r"): "ll", ("l", "n"): "ll", ("l", "r"): "ll",
    ("m", "r"): "mn", ("ng", "r"): "ngn",
}  # fmt: skip


@cache
def family_names() -> Mapping[str, tuple[str, ...]]:
    """Frequent family names and how their bearers spell them."""
    return MappingProxyType({name: tuple(spellings.split()) for name, spellings in tables.rows("korean_families.tsv")})


def romanised(word: str) -> str:
    """The syllables by the Revised Romanisation; other letters stay.

    >>> romanised("신라"), romanised("한국"), romanised("백마"), romanised("금오")
    ('silla', 'hanguk', 'baengma', 'geumo')
    """
    return HANGUL.sub(lambda run: _run(run[0]), word)


def apart(words: Iterable[str]) -> list[str]:
    """The words with Korean names of people, which are written as one, divided into family and given name.

    >>> apart(["김민수", "삼성전자"])
    ['김', '민수', '삼성전자']
    """
    return [part for word in words for part in _divided(word)]


def _divided(word: str) -> tuple[str, ...]:
    # Nearly all names have a family name of one syllable and a given name of two.
    is_name = len(word) == 3 and HANGUL.fullmatch(word) and word[0] in family_names()
    return (word[0], word[1:]) if is_name else (word,)


def readings(word: str) -> Iterator[str]:
    """How the word is written besides: family names by custom, the rest by McCune-Reischauer without signs.

    >>> list(readings("박")), list(readings("정은")), list(readings("평양"))
    (['park', 'pak', 'bak'], ['chongun', 'jungeun', 'jongun'], ['pyongyang', 'pyungyang'])
    """
    if word in family_names():
        yield from family_names()[word]
        return
    revised = romanised(word)
    plain = revised.replace("eo", "o").replace("eu", "u")
    hard = {"g": "k", "d": "t", "b": "p", "j": "ch"}
    older = hard.get(plain[0], plain[0]) + plain[1:] if HANGUL.match(word) else plain
    yield from dict.fromkeys(spelling for spelling in (older, revised.replace("eo", "u"), plain) if spelling != revised)


def _run(run: str) -> str:
    parts = [divmod(ord(c) - _FIRST, 28) for c in run]
    spelt: list[str] = []
    final = 0
    for head, tail in parts:
        initial = _INITIALS[head // 21]
        spelt += [_between(final, initial) if spelt else initial.replace("-", ""), _VOWELS[head % 21]]
        final = tail
    return "".join(spelt) + _FINALS[final].replace("-", "")


def _between(final: int, initial: str) -> str:
    if initial == "-":
        return _MOVED[final].replace("-", "")
    spoken = _FINALS[final].replace("-", "")
    return _MET.get((spoken, initial), spoken + initial)
