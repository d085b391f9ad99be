"""A key of Latin words under which romanisations that write the same letter differently meet."""

from __future__ import annotations

import re
from functools import lru_cache

# What stands for what; the first that fits is read. Each line makes schemes meet that write one letter differently.
# Only what no language tells apart belongs here, because the key serves the words of all of them; what only Slavic
# names vary in is read by `habits`. Digits stand for sounds.
_SOUNDS = (
    ("szcz", "9"), ("shch", "9"), ("tsch", "4"), ("sch", "9"), ("shh", "9"), ("sz", "9"), ("sh", "9"),  # щ, ш
    ("tch", "4"), ("cz", "4"), ("ch", "4"),  # ч: French tch, Polish cz; apart from h, or Chan and Han would meet
    ("kh", "h"),  # х: BGN kh, ISO 9 h
    ("dzh", "dj"), ("dj", "dj"),  # дж: BGN dzh, French and Serbian dj
    ("zh", "z"),  # ж: BGN zh, ISO 9 ž
    ("gh", "g"),  # غ, ғ: BGN gh, others g
    ("gue", "ge"), ("gui", "gi"),  # French and Spanish write hard g so: Serguei, Miguel
    ("ph", "f"),
    ("ts", "3"), ("tz", "3"), ("ce", "3e"), ("ci", "3i"), ("cy", "3i"),  # ц: BGN ts, ISO 9 c
    ("oo", "u"),  # Mahmood, Mahmud; Moon, Mun
    ("ck", "k"), ("c", "k"), ("q", "k"),
    ("x", "ks"),  # кс: Alexei, Aleksei
    ("w", "v"),
    ("yo", "e"),  # ё is mostly written е: Vorobyov, Vorobev
    ("ji", "ji"), ("y", "i"), ("j", "i"),  # й, ы, the first part of ya, yu, ye; pinyin ji stays apart
)  # fmt: skip
_INSTEAD = dict(_SOUNDS)
_WRITTEN = re.compile("|".join(written for written, _ in _SOUNDS))
_SOFT = re.compile("i+e")
_DOUBLED = re.compile(r"(.)\1+")
_DIGIT = re.compile(r"\d")


@lru_cache(maxsize=65_536)
def sound(word: str) -> str:
    """The key of a Latin word under which romanisation variants meet; digits in it stand for sounds.

    >>> sound("tekhkrim") == sound("tehkrim"), sound("yuliya") == sound("iuliia"), sound("chan") == sound("han")
    (True, True, False)
    """
    if _DIGIT.search(word):
        return word
    heard = _WRITTEN.sub(_heard, word)
    if "ie" in heard:
        heard = _SOFT.sub("e", heard)  # Sergeyev, Sergeev; Kiriyenko, Kirienko
    return _DOUBLED.sub(r"\1", heard)


def _heard(written: re.Match[str]) -> str:
    return _INSTEAD[written[0]]
