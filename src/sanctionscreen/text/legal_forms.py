"""Legal forms of companies, told apart from the words that name them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import compress
from types import MappingProxyType
from typing import NamedTuple

from sanctionscreen.text import tables
from sanctionscreen.text.folding import fold
from sanctionscreen.text.phrases import Found, Phrases
from sanctionscreen.text.romanise import latin, sound


class Form(NamedTuple):
    """A legal form as written, and the class it has in common with forms of other countries."""

    written: str
    form_class: str


class Split(NamedTuple):
    """The words of a name without its legal forms, and these."""

    words: tuple[str, ...]
    forms: tuple[Form, ...]


def split(words: Iterable[str]) -> Split:
    """Take the legal forms out of folded words, in any order and with their initials joined or apart.

    Two or three letters that are a form in one country are a word or somebody's initials in most others (AS Roma, SE
    Trading LLC). They are a form only where no certain form stands beside them and something else names the firm.

    >>> split(["romashka", "l", "l", "c"])
    Split(words=('romashka',), forms=(Form(written='llc', form_class='llc'),))
    >>> split(["ооо", "ромашка"]).forms
    (Form(written='ооо', form_class='llc'),)
    >>> split(["sa", "trading", "llc"]).words, split(["sa", "trading"]).words, split(["daisy", "sa"]).words
    (('sa', 'trading'), ('sa', 'trading'), ('daisy',))
    """
    bag = sorted(words)
    keys = list(map(_key_of_part, bag))
    parts = tuple(compress(bag, keys))
    if not parts:
        return Split(tuple(bag), ())
    rest = [word for word, key in zip(bag, keys, strict=True) if not key]
    read = _read(parts)
    if read.is_doubtful and len(rest) + len(read.left) < 2 and not any(map(_names_someone, (*rest, *read.left))):
        read = _read(parts, True)
    return Split(tuple(sorted((*rest, *read.left)) if read.left else rest), read.forms)


class _Spelling(NamedTuple):
    form_class: str
    is_doubtful: bool
    joined: str = ""
    """For initials written apart, what they are together."""


class _Read(NamedTuple):
    """What was found among the words that forms are made of; the same few in most names."""

    forms: tuple[Form, ...]
    left: tuple[str, ...]
    """Words that are part of no form here."""
    is_doubtful: bool = False
    """Some of the forms are words, if nothing else names the firm."""


@lru_cache(maxsize=16_384)
def _read(parts: tuple[str, ...], certain: bool = False) -> _Read:
    found = _phrases().find([_key_of_part(word) for word in parts])
    found = [one for one in found if len(one.positions) > 1 or _key(parts[one.positions[0]]) in _phrases().words]
    sure = [one for one in found if not one.value.is_doubtful]
    if certain or any(one.value.form_class not in _BESIDE_OTHERS for one in sure):
        found = sure
    taken = {at for one in found for at in one.positions}
    left = tuple(word for at, word in enumerate(parts) if at not in taken)
    forms = sorted(Form(_written(parts, one), one.value.form_class) for one in found)
    return _Read(tuple(forms), left, len(sure) < len(found))


@lru_cache(maxsize=16_384)
def _names_someone(word: str) -> bool:
    # The lexicon of ordinary words is built on this module.
    from sanctionscreen.text.lexicon import NAMING, describe

    return (kind := describe(word).kind) in NAMING or kind == "number"


_BESIDE_OTHERS = frozenset({"company", "branch", "sole"})
"""Classes of words that stand beside a form: Compagnie ... S.A."""


def _written(words: Sequence[str], found: Found[_Spelling]) -> str:
    return found.value.joined or " ".join(words[at] for at in found.positions)


@lru_cache(maxsize=65_536)
def _key_of_part(word: str) -> str:
    """The key of a word that occurs in a form, or that is one slip away from a long one; empty for other words.

    >>> _key_of_part("llc"), _key_of_part("lkability") == _key_of_part("liability"), _key_of_part("romashka")
    ('llc', True, '')
    """
    key = _key(word)
    if key in _phrases().words:
        return key
    meant = _slipped(key) if len(word) >= _SHORTEST_SOUND else ""
    # The lexicon of ordinary words is built on this module.
    from sanctionscreen.text.lexicon import describe

    return meant if meant and describe(word).kind == "own" else ""


def _slipped(key: str) -> str:
    """The one long word of forms of several words that is a slip away; empty where there is none, or two."""
    near = {of for bare in without_a_letter(key) for of in _long_words().get(bare, ()) if is_one_slip(key, of)}
    return min(near) if len(near) == 1 else ""


@cache
def _long_words() -> Mapping[str, tuple[str, ...]]:
    """Long words of forms of several words, by their spellings with a letter left out."""
    found: dict[str, list[str]] = {}
    for word in sorted({word for words, _ in _entries() if len(words) > 1 for word in words}):
        for bare in without_a_letter(word) if len(word) >= _SHORTEST_SLIPPED else ():
            found.setdefault(bare, []).append(word)
    return MappingProxyType({bare: tuple(words) for bare, words in found.items()})


_SHORTEST_SLIPPED = 6
"""Letters of a word by its sound; one slip makes another word of a shorter one too often."""


def is_one_slip(one: str, other: str) -> bool:
    """One letter more, less or another, or two that changed places."""
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    a, b = one[at:], other[at:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


def without_a_letter(word: str) -> list[str]:
    """The word, and the word without any one of its letters."""
    return [word, *(word[:at] + word[at + 1 :] for at in range(len(word)))]


@lru_cache(maxsize=65_536)
def _key(word: str) -> str:
    """Long words by their sound, so that every romanisation of a form written in full is found."""
    return sound(latin(word).replace(" ", "")) if len(word) >= _SHORTEST_SOUND else word


_SHORTEST_SOUND = 7
"""Abbreviations and short words stay as they are written."""


@cache
def spellings() -> Mapping[str, tuple[str, bool]]:
    """Class of every spelling, folded, in its own script and in Latin letters, and whether it is doubtful.

    The first row that has a spelling stands; one that is written so stands over one that is only romanised so.
    """
    found: dict[str, tuple[str, bool]] = {}
    for form_class, _, _, spellings in tables.rows("legal_forms.tsv"):
        for marked in fold(spellings).text.replace(".", "").replace("'", "").replace("-", " ").split("|"):
            spelling = marked.removeprefix("?")
            found.setdefault(spelling, (form_class, marked != spelling or _is_short(spelling)))
    for spelling, (form_class, is_doubtful) in list(found.items()):
        if not spelling.isascii() and not is_han(spelling) and not _UNVOWELLED.search(spelling):
            romanised = latin(spelling)
            if len(romanised) > _SHORTEST_ROMANISED:
                is_short = len(romanised) <= _SHORTEST_ROMANISED + 1
                found.setdefault(romanised, (form_class, is_doubtful or is_short))
    return MappingProxyType(found)


_UNVOWELLED = re.compile("[\u0590-\u07ff]")
_SHORTEST_ROMANISED = 3
"""What is shorter in Latin letters is a form only where people write it so, and then it stands in the table."""


def _is_short(spelling: str) -> bool:
    """Two letters are not certain in any alphabet, nor are three in Latin, but those that are nothing else."""
    length = len(spelling.replace(" ", ""))
    return length <= (3 if spelling.isascii() else 2) and spelling.replace(" ", "") not in _CERTAIN


_CERTAIN = frozenset(
    """co ао ип гп чп ақ llc llp ltd inc jsc ooo oao pjs fze fzc wll pty pte pvt bhd sdn mbh gbr ohg srl sro doo ood kft
    zrt uab lda oyj ehf ulc tbk pcl mmc mbh fgu оү""".split()
)


@cache
def _phrases() -> Phrases[_Spelling]:
    return Phrases(_entries())


def _entries() -> Iterator[tuple[tuple[str, ...], _Spelling]]:
    for spelling, (form_class, is_doubtful) in spellings().items():
        if is_han(spelling):
            continue
        words = tuple(spelling.split())
        apart = all(len(word) == 1 for word in words)
        if not apart or len(words) > 1:
            joined = "".join(words)
            yield tuple(map(_key, words)), _Spelling(form_class, is_doubtful, joined if apart else "")
            if apart:
                yield (_key(joined),), _Spelling(form_class, is_doubtful)
        if spelling in _WRITTEN_APART:
            yield tuple(spelling), _Spelling(form_class, is_doubtful, spelling)


_WRITTEN_APART = frozenset(
    """llc llp lp ltd plc jsc pjsc cjsc ojsc ooo oao zao pao ао оао ооо зао пао тов тоо ип фгуп fze fzco wll gmbh ag
    kg ohg bv nv sa sl srl spa sas sarl sae sal doo ad as aş ab oy aps asa kft zrt rt inc lda lc jv pty bhd
    аж доо ад оод еоод осоо жшс""".split()
)
"""Forms that are also written as initials, with or without dots."""


@cache
def han_forms() -> Mapping[str, str]:
    """Chinese and Japanese spellings and their classes."""
    return MappingProxyType({spelling: c for spelling, (c, _) in spellings().items() if is_han(spelling)})


_HAN = re.compile(r"[\u3400-\u9fff]")


def is_han(text: str) -> bool:
    return not text.isascii() and _HAN.search(text) is not None
