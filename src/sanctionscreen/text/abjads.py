"""Arabic and Hebrew names, which are written without most of their vowels, beside Latin spellings of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from itertools import combinations
from types import MappingProxyType
from typing import TYPE_CHECKING

from sanctionscreen.text import tables

if TYPE_CHECKING:
    import re2

_UNVOWELLED = re.compile("[\u05d0-\u05ea\u0621-\u064a\u066e-\u06d3\u0750-\u077f]")
_ARTICLE = re.compile("^ال(?=..)|(?<=^عبد)ال(?=..)|(?<=..)ال(?=(?:دين|له)$)")  # also within names written as one word


def is_unvowelled(native: str) -> bool:
    """The word is in Arabic or Hebrew letters, which leave short vowels out.

    >>> is_unvowelled("محمد"), is_unvowelled("דוד"), is_unvowelled("muhammad")
    (True, True, False)
    """
    return _UNVOWELLED.search(native) is not None


# Consonants that romanisations of Arabic, Persian and Hebrew do not keep apart, in classes; vowels, w and y fall away.
# Hebrew writes p and f alike.
_CLASSES = {
    "tsch": "s", "tch": "s", "sch": "s", "sh": "s", "ch": "s", "th": "s", "s": "s", "ts": "s", "tz": "s", "c": "k",
    "dzh": "k", "dj": "k", "j": "k", "zh": "k", "g": "k", "gh": "k", "q": "k", "k": "k", "x": "ks",
    "dh": "d", "d": "d", "z": "d", "kh": "h", "h": "h", "p": "b", "b": "b", "ph": "b", "f": "b",
    "a": "", "e": "", "i": "", "o": "", "u": "", "y": "", "w": "", "v": "",
}  # fmt: skip
_GROUPS = re.compile("tsch|tch|sch|dzh|[dgkstczp]h|dj|ts|tz|[a-z]")
_LATIN_ARTICLE = re.compile(
    "^[aeu]l(?=[^aeiouy]..)"  # Alrahman
    "|(?<=^abd)[aeiou]?l(?=..)"  # Abdulrahman
    "|(?<=..)[aeiou]l?(?=dd?[ie]+ne?$)"  # Nureddin, Nuraldin
)
_DOUBLED = re.compile(r"(.)\1+")


@lru_cache(maxsize=65_536)
def consonants(word: str) -> str:
    """The consonants of a word in Arabic, Hebrew or Latin letters, in classes in which all romanisations of it meet.

    A key to look candidates up by, and far too coarse to tell names apart: Hassan and Hussein share it.
    `reads_as` says whether a candidate is meant.

    >>> consonants("mohammed") == consonants("محمد"), consonants("dhafer") == consonants("zafir"), consonants("qasim")
    (True, True, 'ksm')
    """
    if is_unvowelled(word):
        found = [_letters().get(c, "").split("|")[0] for c in _ARTICLE.sub("", word)]
    else:
        found = _GROUPS.findall(_LATIN_ARTICLE.sub("", word) if _may_have_article(word) else word)
    return _DOUBLED.sub(r"\1", "".join(_CLASSES.get(group, group) for group in found).rstrip("h"))


def _may_have_article(word: str) -> bool:
    """A cheap look before the pattern: most words have none."""
    return word[1:2] == "l" or word.startswith("abd") or word.endswith(("in", "en", "ine", "ene"))


@lru_cache(maxsize=65_536)
def skeletons(word: str) -> tuple[str, ...]:
    """All keys of a word, the one of `consonants` first.

    Two Latin letters may be one sound, as in Azhari, or two, as in Azhar. An Arabic or Hebrew letter may be heard in
    another class: of one word, two letters at most.

    >>> skeletons("azhar"), skeletons("omar"), skeletons("ظافر")
    (('kr', 'dhr'), ('mr',), ('dbr', 'sbr'))
    """
    if not is_unvowelled(word):
        if "h" not in word:
            return (consonants(word),)
        return tuple(dict.fromkeys((consonants(word), consonants(_TWO_SOUNDS.sub(r"\1'\2", word)))))
    heard = [_heard(c) for c in _ARTICLE.sub("", word)]
    first = [classes[0] for classes in heard]
    others = [(at, other) for at, classes in enumerate(heard) for other in classes[1:]]
    keys = [first]
    for changed in (1, 2):
        for some in combinations(others, changed):
            key = list(first)
            for at, other in some:
                key[at] = other
            keys.append(key)
    return tuple(dict.fromkeys(_DOUBLED.sub(r"\1", "".join(key).rstrip("h")) for key in keys))


_TWO_SOUNDS = re.compile("([dgkstz])(h)")


@cache
def _heard(letter: str) -> tuple[str, ...]:
    """The classes of a letter, the commonest first; a vowel is none, and what may be silent at an end is no class."""
    spellings = _letters().get(letter, "").split("|")
    classes = ["".join(_CLASSES.get(group, group) for group in _GROUPS.findall(text)) for text in spellings]
    return tuple(dict.fromkeys([classes[0], *(one for one in classes[1:] if one not in ("", "h"))]))


# What romanisations of Arabic and Persian by one reader or another write for one sound, in the order it is applied.
_VOWELLED = (
    ("ch", "9"), ("sh", "9"), ("dj", "j"), ("dh", "z"), ("th", "s"), ("kh", "h"), ("gh", "k"), ("ph", "f"),
    ("q", "k"), ("c", "k"), ("v", "w"), ("ou", "u"), ("oo", "u"), ("o", "u"), ("ee", "i"),
    ("aw", "au"), ("ay", "4"), ("ai", "4"), ("ey", "4"), ("ei", "4"), ("y", "i"), ("e", "i"),
)  # fmt: skip
_SILENT_H = re.compile("(?<=[ai])h$")


@lru_cache(maxsize=65_536)
def vowelled(latin: str) -> str:
    """The key of a Latin word under which romanisations of Arabic and Persian meet: Kassem and Qasim.

    It keeps the vowels apart that tell names apart, and merges more than `sound` does: for names of people only.

    >>> vowelled("kassem") == vowelled("qasim") == vowelled("ghasem"), vowelled("hassan") == vowelled("hussein")
    (True, False)
    """
    word = latin
    for letters, instead in _VOWELLED:
        word = word.replace(letters, instead)
    return _DOUBLED.sub(r"\1", _SILENT_H.sub("", word) if word.endswith("h") else word)


def may_be_compound(word: str) -> bool:
    """A cheap look before `compounds`."""
    return word.startswith("abd") or word.endswith(("din", "deen", "dine", "dyn"))


def compounds(word: str) -> Iterator[str]:
    """A Latin name of two with the article in between, without and with it: Abdurrahman is abdrahman.

    >>> list(compounds("abdurrahman")), list(compounds("noureddine")), list(compounds("abdi"))
    (['abdrahman', 'abdalrahman'], ['nurdin', 'nuraldin'], [])
    """
    found = _ABD.fullmatch(word) or _DIN.fullmatch(word)
    if found is not None:
        first = found["first"].replace("ou", "u")
        second = _DOUBLED.sub(r"\1", found["second"]).removesuffix("e")
        yield first + second
        yield first + "al" + second


_ABD = re.compile("(?P<first>abd)(?:[aeiou]?l(?=[^aeiou]|a)|[aeou](?=([rnsztd])(?:h?\\2)))(?P<second>[a-z]{3,})")
_DIN = re.compile("(?P<first>[a-z]{2,}?[^aeiou])[aeiou](?:l-?)?(?P<second>dd?(?:in|een|ine|yn))")


_SHORT = "[aeiouy]?"
_SHORT_FIRST = "(?:ou|[aeiouy])?"  # Moustafa, Boutros: French writes a short u so, mostly in the first syllable
_NO_VOWEL_BEFORE = frozenset("اآأإٱءؤئعةى")
_AL = "(?:[aeiou]l)?"  # al-, el-, ul-, also left out
_AL_WITHIN = "(?:[aeiou]l?|l)?"  # Abdulrahman, Abdurrahman
_SUN_LETTER = re.compile("^[aeu](sh|dh|th|[rnsztd])(?=\\1)")  # al- before these takes their sound: Arrahman
_LONGEST = 24


def reads_as(native: str, latin: str) -> bool:
    """A Latin word may be a spelling of a word in Arabic or Hebrew letters: short vowels are free, all else is not.

    >>> reads_as("حسين", "hussein"), reads_as("حسين", "hosseyn"), reads_as("حسين", "hassan"), reads_as("حسن", "hassan")
    (True, True, False, True)
    """
    if not latin.isascii() or len(latin) > _LONGEST or len(native) > _LONGEST:
        return False
    if native.startswith("ال"):
        latin = _SUN_LETTER.sub("", latin)
    return _pattern(native).fullmatch(_DOUBLED_CONSONANT.sub(r"\1", latin)) is not None


_DOUBLED_CONSONANT = re.compile(r"([^aeiou])\1")


@lru_cache(maxsize=16_384)
def _pattern(native: str) -> re2.Pattern[str]:
    import re2  # linear in time: vowels divide among many letters in many ways

    stem = _ARTICLE.sub("-", native)
    first = next((at for at, c in enumerate(stem) if c not in _NO_VOWEL_BEFORE and c != "-"), 0)
    parts: list[str] = []
    for at, c in enumerate(stem):
        if c == "-":
            parts.append(_AL_WITHIN if at else _AL)
            continue
        if at and c not in _NO_VOWEL_BEFORE and stem[at - 1] != "-":
            parts.append(_SHORT_FIRST if at == first + 1 else _SHORT)
        parts.append(_spellings(c, at - stem.startswith("-"), len(stem)))
    return re2.compile("".join(parts) + ("e?" if stem.endswith("ن") else ""))  # French: Noureddine


def _spellings(c: str, at: int, length: int) -> str:
    table = _letters()
    spellings = (
        (table.get("^" + c) if at == 0 else None) or (table.get(c + "$") if at == length - 1 else None) or table.get(c)
    )
    return f"(?:{spellings})" if spellings is not None else re.escape(c)


@cache
def _letters() -> Mapping[str, str]:
    return MappingProxyType({row[0]: row[1] for row in tables.rows("abjads.tsv")})
