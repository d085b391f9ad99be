"""Words that say nothing of their own: parts of a legal form written in full, and slips in ordinary words."""

from __future__ import annotations

from functools import cache, lru_cache

from sanctionscreen.text import tables
from sanctionscreen.text.lexicon import said_of
from sanctionscreen.text.slips import Slips

_SHORTEST = 6
"""A slip in a shorter word makes another word too often."""


def form_words() -> frozenset[str]:
    """Words of the forms that are written in several: joint, stock, liability, obshchestvo.

    >>> "liability" in form_words(), "gmbh" in form_words()
    (True, False)
    """
    return _written_down("form")


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
    meanings = {said[1] for word in _near(text) if (said := said_of(word)) is not None}
    return min(meanings) if len(meanings) == 1 else ""


@lru_cache(maxsize=65_536)
def _near(text: str) -> frozenset[str]:
    """The ordinary words that are one slip away."""
    return frozenset(_ordinary().near(text)) if len(text) >= _SHORTEST else frozenset()


@cache
def _ordinary() -> Slips:
    return Slips(form_words() | _written_down("ordinary"))


@cache
def _written_down(use: str) -> frozenset[str]:
    """As `expansion` writes them down."""
    return frozenset(word for of, words in tables.rows("ordinary_words.tsv") if of == use for word in words.split("|"))
