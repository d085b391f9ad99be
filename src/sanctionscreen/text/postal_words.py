"""The words of an address with their roles: kinds of street, labels of houses and offices, numbers and names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from typing import NamedTuple

from sanctionscreen.text import tables
from sanctionscreen.text.folding import fold

_MOST_TOKENS = 96
_TOKEN = re.compile(r"\d{1,9}[^\W\d_]?(?:[/.-]\d{1,5}[^\W\d_]?){0,3}(?![^\W_])|\d+[^\W_]*|[^\W\d_]+|[,;()\n#-]")
ORDINAL = re.compile(
    r"(\d{1,4})-?(st|nd|rd|th|ya|aya|iya|oy|yy|iy|yi|go|oi|letiya|letya|letia|я|й|ая|ой|ый|го|летия|лет|ти)"
)
_GLUED_STREET = re.compile(r"([^\W\d_]{3,})(strasse|strabe|str|gasse|straat|gatan|vagen|allee)")


class Token(NamedTuple):
    text: str
    role: str
    """Of the table, or number, name, stop."""
    group: str = ""


@cache
def address_words() -> Mapping[str, tuple[str, str]]:
    """Role and group of every word of the table; the first line that has a word stands."""
    found: dict[str, tuple[str, str]] = {}
    for role, group, spellings in tables.rows("address_words.tsv"):
        for spelling in fold(spellings).text.split("|"):
            found.setdefault(spelling, (role, group))
    return MappingProxyType(found)


def tokens_of(folded: str) -> list[Token]:
    texts = _joined(_TOKEN.findall(folded)[:_MOST_TOKENS], address_words())
    return [token for text in texts for token in _tokens(text)]


@lru_cache(maxsize=65_536)
def _tokens(text: str) -> tuple[Token, ...]:
    if text in ",;()\n":
        return (Token(text, "stop"),)
    if text == "-":
        return ()
    if text == "#":
        return (Token(text, "house"),)
    if text[0].isdigit():
        return (Token(text, "number"),)
    known = address_words()
    glued = _GLUED_STREET.fullmatch(text) if text not in known else None
    return tuple(Token(word, *known.get(word, ("name", ""))) for word in (glued.groups() if glued else (text,)))


def _joined(texts: list[str], known: Mapping[str, tuple[str, str]]) -> list[str]:
    """Hyphens that tie a short word together: пр-кт, р-н; the others part words, and tie ordinals: 1-ya."""
    if "-" not in texts:
        return texts
    joined: list[str] = []
    at = 0
    while at < len(texts):
        if texts[at + 1 : at + 2] == ["-"] and at + 2 < len(texts):
            left, right = texts[at], texts[at + 2]
            if left.isalpha() and right.isalpha() and left + right in known:
                joined.append(left + right)
                at += 3
                continue
            if left.isdigit() and ORDINAL.fullmatch(left + right):
                joined.append(left + "-" + right)
                at += 3
                continue
        joined.append(texts[at])
        at += 1
    return joined
