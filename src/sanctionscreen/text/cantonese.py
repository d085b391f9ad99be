"""Cantonese readings of Chinese names, as Hong Kong spells them, and the Mandarin spellings of Taiwan."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import islice, product
from types import MappingProxyType

from sanctionscreen.text import tables

MOST = 4
"""Spellings of one name: each is looked for in the index."""
_LONGEST = 6
_INITIAL = re.compile("gw|kw|ng(?=.)|[bpmfdtnlgkhwjzcs](?=.)|")


@lru_cache(maxsize=16_384)
def cantonese(han: str) -> tuple[str, ...]:
    """The name as Hong Kong would spell it, the usual spelling first; none where a character has no reading.

    >>> cantonese("華興"), cantonese("陳"), cantonese("国荣")
    (('wahhing', 'wahing'), ('chan', 'chun'), ('kwokwing',))
    """
    read = [_readings().get(c) for c in han[: _LONGEST + 1]]
    if not read or len(read) > _LONGEST or None in read:
        return ()
    spellings = [_spellings(syllable) for syllable in read if syllable is not None]
    return tuple(islice(_joined(spellings), MOST))


def _joined(spellings: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """All spellings of the whole, those with the fewest unusual syllables first."""
    unusual = product(*(range(len(of_one)) for of_one in spellings))
    for choice in sorted(unusual, key=lambda at: (sum(map(bool, at)), sum(at), at)):
        yield "".join(of_one[at] for of_one, at in zip(spellings, choice, strict=True))


@cache
def _readings() -> Mapping[str, str]:
    return MappingProxyType({c: syllable for syllable, characters in tables.rows("cantonese.tsv") for c in characters})


@cache
def _spellings(syllable: str) -> tuple[str, ...]:
    rules = _rules()
    if syllable in rules["syllable"]:
        return rules["syllable"][syllable]
    initial = next(iter(_INITIAL.findall(syllable)), "")
    final = syllable.removeprefix(initial)
    begun = rules["initial"].get(f"{initial} {final}") or rules["initial"].get(initial, (initial,))
    ended = rules["final"].get(final, (final,))
    return tuple(dict.fromkeys(_joined([begun, ended])))


@cache
def _rules() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    found: dict[str, dict[str, tuple[str, ...]]] = {"initial": {}, "final": {}, "syllable": {}}
    for kind, jyutping, spellings, before in tables.rows("hong_kong.tsv"):
        for final in before.split() or ("",):
            found[kind][f"{jyutping} {final}".strip() if jyutping else ""] = tuple(spellings.split()) or ("",)
    return MappingProxyType(found)


# Wade-Giles without its apostrophes and hyphens, as passports and firms of Taiwan write it: pinyin, then Wade-Giles.
_WHOLE = {
    "zhi": "chih", "chi": "chih", "shi": "shih", "ri": "jih", "zi": "tzu", "ci": "tzu", "si": "szu", "you": "yu",
    "er": "erh",
    "yan": "yen", "ye": "yeh", "ge": "ko", "ke": "ko", "he": "ho", "e": "o", "gui": "kuei", "kui": "kuei", "yi": "i",
}  # fmt: skip
_INITIALS = {
    "zh": "ch", "ch": "ch", "sh": "sh", "b": "p", "d": "t", "g": "k", "z": "ts", "c": "ts", "j": "ch", "q": "ch",
    "x": "hs", "r": "j",
}  # fmt: skip
_FINALS = {"ian": "ien", "ie": "ieh", "ue": "ueh", "ve": "ueh", "ong": "ung", "iong": "iung", "v": "u"}
_UO_TO_O = frozenset("d t n l r z c zh ch s".split())
_PINYIN = re.compile("([zcs]h|[bpmfdtnlgkhjqxrzcsyw]?)([a-z]+)")


def wade_giles(syllables: Iterable[str]) -> str:
    """Pinyin syllables as one word in Wade-Giles.

    >>> wade_giles(["xin", "zhu"]), wade_giles(["zhang"]), wade_giles(["guo"]), wade_giles(["luo", "dong"])
    ('hsinchu', 'chang', 'kuo', 'lotung')
    """
    return "".join(_wade_giles(syllable) for syllable in syllables)


@cache
def _wade_giles(syllable: str) -> str:
    if syllable in _WHOLE:
        return _WHOLE[syllable]
    parts = _PINYIN.fullmatch(syllable)
    if parts is None:
        return syllable
    initial, final = parts[1], parts[2]
    if final == "uo" and initial in _UO_TO_O:
        final = "o"
    return _INITIALS.get(initial, initial) + _FINALS.get(final, final)


# Characters that Mandarin reads lü or nü: pinyin without signs writes lu, passports of China LYU (2012), keyboards lv.
_UMLAUT = frozenset("吕呂旅律绿綠率驴驢屡屢履虑慮滤濾氯铝鋁缕縷捋女")


def han_readings(han: str, mandarin: Sequence[str]) -> tuple[str, ...]:
    """Other Latin spellings of a Chinese name than its pinyin syllables: Hong Kong, Taiwan, and ü as it is typed.

    >>> han_readings("張", ["zhang"]), han_readings("吕", ["lu"])
    (('cheung', 'cheong', 'chang'), ('lui', 'lyu', 'lv'))
    """
    typed = ["".join(_with_umlaut(han, mandarin, spelling)) for spelling in ("yu", "v")]
    found = dict.fromkeys((*cantonese(han), wade_giles(mandarin), *typed))
    return tuple(spelling for spelling in found if spelling != "".join(mandarin))


def _with_umlaut(han: str, mandarin: Sequence[str], spelling: str) -> Iterator[str]:
    """The syllables, if there is one for each character, with the u that is ü so spelt."""
    for at, syllable in enumerate(mandarin):
        is_umlaut = len(han) == len(mandarin) and han[at] in _UMLAUT and syllable in ("lu", "nu")
        yield syllable[0] + spelling if is_umlaut else syllable
