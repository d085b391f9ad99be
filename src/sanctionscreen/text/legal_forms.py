"""Legal forms of companies, told apart from the words that name them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import compress
from typing import NamedTuple

from sanctionscreen.text import tables
from sanctionscreen.text.phrases import Found, Phrases
from sanctionscreen.text.romanise import latin, sound
from sanctionscreen.text.slips import Slips


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


class Spelling(NamedTuple):
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
    found = _forms().phrases.find([_key_of_part(word) for word in parts])
    found = [
        one for one in found if len(one.positions) > 1 or key_of(parts[one.positions[0]]) in _forms().phrases.words
    ]
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


def _written(words: Sequence[str], found: Found[Spelling]) -> str:
    return found.value.joined or " ".join(words[at] for at in found.positions)


@lru_cache(maxsize=65_536)
def _key_of_part(word: str) -> str:
    """The key of a word that occurs in a form, or that is one slip away from a long one; empty for other words.

    >>> _key_of_part("llc"), _key_of_part("lkability") == _key_of_part("liability"), _key_of_part("romashka")
    ('llc', True, '')
    """
    key = key_of(word)
    if key in _forms().phrases.words:
        return key
    meant = _slipped(key) if len(word) >= _SHORTEST_SOUND else ""
    # The lexicon of ordinary words is built on this module.
    from sanctionscreen.text.lexicon import describe

    return meant if meant and describe(word).kind == "own" else ""


def _slipped(key: str) -> str:
    """The one long word of forms of several words that is a slip away; empty where there is none, or two."""
    near = _long_words().near(key)
    return min(near) if len(near) == 1 else ""


@cache
def _long_words() -> Slips:
    """Long words of forms of several words."""
    return Slips(word for word in _forms().phrases.words_of_several if len(word) >= _SHORTEST_SLIPPED)


_SHORTEST_SLIPPED = 6
"""Letters of a word by its sound; one slip makes another word of a shorter one too often."""


@lru_cache(maxsize=65_536)
def key_of(word: str) -> str:
    """Long words by their sound, so that every romanisation of a form written in full is found."""
    return sound(latin(word).replace(" ", "")) if len(word) >= _SHORTEST_SOUND else word


_SHORTEST_SOUND = 7
"""Abbreviations and short words stay as they are written."""


class _Forms(NamedTuple):
    """The forms of `legal_form_keys.tsv`."""

    phrases: Phrases[Spelling]
    han: Mapping[str, str]


@cache
def _forms() -> _Forms:
    """As `form_keys` writes them down."""
    phrases: list[tuple[tuple[str, ...], Spelling]] = []
    han: dict[str, str] = {}
    for use, form_class, doubtful, joined, keys in tables.rows("legal_form_keys.tsv"):
        if use == "han":
            han.update(dict.fromkeys(keys.split("|"), form_class))
        else:
            value = Spelling(form_class, bool(doubtful), joined)
            phrases += [(tuple(of.split(" ")), value) for of in keys.split("|")]
    return _Forms(Phrases(phrases), han)


def han_forms() -> Mapping[str, str]:
    """Chinese and Japanese spellings and their classes."""
    return _forms().han


_FIRST_HAN = "\u3400"


@cache
def _han() -> re.Pattern[str]:
    return re.compile(r"[\u3400-\u9fff]")


def is_han(text: str) -> bool:
    return not text.isascii() and max(text) >= _FIRST_HAN and _han().search(text) is not None
