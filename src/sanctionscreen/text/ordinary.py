"""Words that say nothing of their own: parts of a legal form written in full, and slips in ordinary words."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from types import MappingProxyType

from sanctionscreen.text.expansion import entries
from sanctionscreen.text.legal_forms import is_one_slip, spellings, without_a_letter
from sanctionscreen.text.lexicon import PLACES, lexicon

_SHORTEST = 6
"""A slip in a shorter word makes another word too often."""
_SHORTEST_OF_FORM = 5


@cache
def form_words() -> frozenset[str]:
    """Words of the forms that are written in several: joint, stock, liability, obshchestvo.

    >>> "liability" in form_words(), "gmbh" in form_words()
    (True, False)
    """
    words = (word for spelling in spellings() if " " in spelling for word in spelling.split())
    return frozenset(word for word in words if word.isascii() and len(word) >= _SHORTEST_OF_FORM)


@lru_cache(maxsize=65_536)
def is_nearly_ordinary(text: str) -> bool:
    """The word is one slip from an ordinary word: "managemunt" sets nobody apart from anybody.

    >>> is_nearly_ordinary("managemunt"), is_nearly_ordinary("lkability"), is_nearly_ordinary("tekhkrim")
    (True, True, False)
    """
    return bool(_near(text))


@lru_cache(maxsize=65_536)
def meant_by(text: str) -> str:
    """The meaning of the ordinary words that are one slip from this one; empty where they mean different things.

    >>> meant_by("instituet"), meant_by("managemunt") == meant_by("managament"), meant_by("tekhkrim")
    ('generic:institute', True, '')
    """
    meanings = {lexicon()[word][1] for word in _near(text) if word in lexicon()}
    return min(meanings) if len(meanings) == 1 else ""


def _near(text: str) -> set[str]:
    """The ordinary words that are one slip away."""
    if len(text) < _SHORTEST:
        return set()
    known = _shortened()
    near = {word for form in without_a_letter(text) for word in known.get(form, ())}
    return {word for word in near if is_one_slip(text, word)}


@cache
def _shortened() -> Mapping[str, tuple[str, ...]]:
    """Ordinary words by their spellings with a letter left out."""
    told = (word for kind, line in entries() if kind == "generic" or kind in PLACES for word in line.split("|"))
    ordinary = {word for word in told if word.isascii() and word.isalpha() and len(word) >= _SHORTEST}
    found: dict[str, list[str]] = {}
    for word in sorted(form_words() | ordinary):
        for form in without_a_letter(word):
            found.setdefault(form, []).append(word)
    return MappingProxyType({form: tuple(words) for form, words in found.items()})
