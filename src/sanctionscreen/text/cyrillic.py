"""Cyrillic into Latin letters: which language writes so, and how the other languages would read it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Literal

from sanctionscreen.text import tables

Language = Literal["", "uk", "be", "bg", "sr", "mk", "kk", "ky", "uz", "tg"]

CYRILLIC = re.compile(r"[\u0400-\u052f]")
_APOSTROPHES = re.compile(r"(?<=\w)['’ʼʹ`´‘ʻ](?=\w)")  # for the hard sign, in Ukrainian and Belarusian
# Letters that only one of the languages has, in the order in which they are looked for: a language further down shares
# letters with one above it.
_TELLING: tuple[tuple[Language, re.Pattern[str]], ...] = (
    ("tg", re.compile("[ӣӯҷ]")),
    ("kk", re.compile("[ұә]|қ.*і|і.*қ|ғ.*і|і.*ғ")),
    ("uz", re.compile("ҳ|ў.*[иқғ]|[иқғ].*ў")),
    ("be", re.compile("ў")),
    ("kk", re.compile("[қғ]")),
    ("ky", re.compile("[ңөү]")),
    ("", re.compile("і.*[ыэё]|[ыэё].*і")),  # Belarusian or Kazakh
    ("sr", re.compile("[ђћ]")),
    ("mk", re.compile("[ѓќѕ]")),
    ("sr", re.compile("[јљњџ]")),
    ("", re.compile("[ыэёһ]")),
    ("uk", re.compile("[іїєґ]")),
    ("bg", re.compile("ъ[бвгджзйклмнпрстфхцчшщ]")),  # Russian and Ukrainian have no vowel ъ
)
_H_FOR_G: frozenset[Language] = frozenset({"uk", "be"})
_J_FOR_ZH: frozenset[Language] = frozenset({"ky", "uz"})
_GAJ: frozenset[Language] = frozenset({"sr", "mk"})


_RUSSIAN_ENDINGS = {"аў": "ов", "оў": "ов", "еў": "ев", "ёў": "ев", "энка": "енко", "енка": "енко"}
_BELARUSIAN = re.compile(f"(?:{'|'.join(_RUSSIAN_ENDINGS)})$")


def language(folded: str) -> Language:
    """The language of Cyrillic text by the letters only it has; "" (read as Russian) where nothing says.

    >>> language("сергій гончарук"), language("каўняр"), language("ђорђевић"), language("иванов")
    ('uk', 'be', 'sr', '')
    """
    return next((of for of, letters in _TELLING if letters.search(folded)), "")


def romanised(folded: str, of: Language | None = None) -> str:
    """The text with its Cyrillic letters in Latin ones, as the language reads them; other letters stay."""
    letters = _letters(language(folded) if of is None else of)
    return "".join(letters.get(c, c) for c in _APOSTROPHES.sub("", folded))


def readings(word: str, of: Language) -> Iterator[str]:
    """How other languages read the word, and how it is written without hooks: Гусев is Husev, Чавез is Cavez.

    Bearers of one name move between these languages, and a word alone seldom tells which it is from. What differs only
    in letters that `sound` merges is left out.

    >>> list(readings("чагин", "")), list(readings("щит", "")), list(readings("живковић", "sr"))
    (['chahyn', 'cagin'], ['shtit', 'scit'], ['zhivkovich'])
    """
    russian = romanised(word, "")
    if of in _GAJ:
        yield romanised(word.replace("ћ", "ч"), "")  # as English respells it
        return
    if of in ("be", "") and (ending := _BELARUSIAN.search(word)):
        yield romanised(word[: ending.start()] + _RUSSIAN_ENDINGS[ending[0]], "be")
    if "г" in word:
        yield russian if of in _H_FOR_G else romanised(word, "uk")
    if of == "" and re.search("щ|ъ[бвгджзйклмнпрстфхцчшщ]", word):
        yield romanised(word, "bg")
    if "ж" in word:
        yield russian if of in _J_FOR_ZH else russian.replace("dzh", "j").replace("zh", "j")
    if of == "" and re.search("[чшщ]", word):
        yield romanised(word.replace("щ", "шч"), "sr")


@cache
def _letters(of: Language) -> Mapping[str, str]:
    read = [(row + [""] * 3)[:3] for row in tables.rows("cyrillic.tsv")]
    base = {letter: roman for letter, roman, languages in read if not languages}
    own = {letter: roman for letter, roman, languages in read if of and of in languages.split()}
    return MappingProxyType(base | own)
