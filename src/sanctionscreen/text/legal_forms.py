"""Legal forms of companies, told apart from the words that name them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from sanctionscreen.text import tables
from sanctionscreen.text.folding import fold
from sanctionscreen.text.romanise import latin


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

    >>> split(["romashka", "l", "l", "c"])
    Split(words=('romashka',), forms=(Form(written='llc', form_class='llc'),))
    >>> split(["ооо", "ромашка"]).forms
    (Form(written='ооо', form_class='llc'),)
    """
    bag = list(words)
    phrases = _phrases()
    letters = [word for word in bag if len(word) == 1]
    known = [phrase for word in set(bag) for phrase in phrases.get(word, ())]
    if len(letters) < 2 and not known:
        return Split(tuple(sorted(bag)), ())
    left, forms = Counter(bag), []
    if len(letters) > 1:
        known += [phrase for phrase in _initials() if phrase.words[0] in letters]
    for phrase in sorted(known, key=_longest_first):
        while all(left[word] >= n for word, n in phrase.counts):
            left.subtract(dict(phrase.counts))
            forms.append(Form(phrase.written, phrase.form_class))
    return Split(tuple(sorted(left.elements())), tuple(sorted(forms)))


class _Phrase(NamedTuple):
    written: str
    words: tuple[str, ...]
    form_class: str
    counts: tuple[tuple[str, int], ...]


def _longest_first(phrase: _Phrase) -> tuple[int, int, str]:
    return -len(phrase.words), -len(phrase.written), phrase.written


def _phrase(written: str, words: tuple[str, ...], form_class: str) -> _Phrase:
    return _Phrase(written, words, form_class, tuple(sorted(Counter(words).items())))


@cache
def _spellings() -> Mapping[str, str]:
    """Class of every spelling, folded, in its own script and in Latin letters; the first row that has one stands."""
    found: dict[str, str] = {}
    for form_class, _, _, spellings in tables.rows("legal_forms.tsv"):
        for spelling in fold(spellings).text.replace(".", "").split("|"):
            for form in (spelling,) if spelling.isascii() or is_han(spelling) else (spelling, latin(spelling)):
                found.setdefault(form, form_class)
    return MappingProxyType(found)


@cache
def _phrases() -> Mapping[str, tuple[_Phrase, ...]]:
    """Forms by their longest word, without those written as separate initials."""
    by_word: dict[str, list[_Phrase]] = {}
    for spelling, form_class in _spellings().items():
        words = tuple(spelling.split())
        if not is_han(spelling) and any(len(word) > 1 for word in words):
            phrase = _phrase(spelling, words, form_class)
            by_word.setdefault(max(words, key=lambda w: (len(w), w)), []).append(phrase)
    return MappingProxyType({word: tuple(phrases) for word, phrases in by_word.items()})


@cache
def _initials() -> tuple[_Phrase, ...]:
    """Forms as separate initials: L L C."""
    joined = {
        spelling.replace(" ", ""): form_class
        for spelling, form_class in _spellings().items()
        if not is_han(spelling) and (spelling in _WRITTEN_APART or all(len(word) == 1 for word in spelling.split()))
    }
    return tuple(_phrase(written, tuple(written), form_class) for written, form_class in sorted(joined.items()))


_WRITTEN_APART = frozenset(
    "llc llp ltd plc jsc pjsc cjsc ojsc ooo oao zao pao ао оао ооо зао пао тов тоо fze fzco wll "
    "gmbh ag kg bv nv sa sl srl spa sas sarl doo zoo as ab oy inc".split()
)


@cache
def han_forms() -> Mapping[str, str]:
    """Chinese and Japanese spellings and their classes."""
    return MappingProxyType({spelling: c for spelling, c in _spellings().items() if is_han(spelling)})


_HAN = re.compile(r"[\u3400-\u9fff]")


def is_han(text: str) -> bool:
    return not text.isascii() and _HAN.search(text) is not None
