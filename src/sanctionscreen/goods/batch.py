"""The goods of many lines at once: the same readings as one by one, and most of them shared."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sanctionscreen.goods.classify import combined, read_text
from sanctionscreen.goods.codes import read_code
from sanctionscreen.goods.description import Description
from sanctionscreen.goods.lists import GoodsLists
from sanctionscreen.goods.sieve import Sieve
from sanctionscreen.goods.terms import MAX_CHARACTERS, Role
from sanctionscreen.model import GoodsReading

_SILENT = Description()
SPEAKING = (Role.STRONG, Role.WEAK, Role.KIT_FAMILY, Role.KIT_MARKER)
"""The roles without which a description names no category."""


class Goods(NamedTuple):
    """What a line says of its goods, as written; the day of the record chooses the HS edition."""

    description: str | None
    hs: str | None = None
    date: date | None = None


def classify_many(goods: Sequence[Goods], *, as_of: date | None = None, lists: GoodsLists) -> list[GoodsReading]:
    """The readings of many lines, in their order; equal to those of `classify` but for the spans, left out.

    A text without any word that a term needs says nothing but that it is not vague, so its reading is that of its code.
    """
    silent = _without(SPEAKING, goods, range(len(goods)), lists)
    codes = {key: read_code(*key, as_of, lists) for key in dict.fromkeys(one[1:] for one in goods)}
    of_category = [at for at in silent if codes[goods[at][1:]].uses]
    hiding = set(of_category).difference(_without((Role.EUPHEMISM,), goods, of_category, lists))
    by_code = {key: combined(code, _SILENT, "", lists) for key, code in codes.items()}
    shared = {at: by_code[goods[at][1:]] for at in silent if at not in hiding}

    def read(one: Goods) -> GoodsReading:
        text, code = read_text(one.description, lists), codes[one[1:]]
        if text is not None and text.adds_nothing(euphemisms_count=bool(code.uses)):
            return by_code[one[1:]]
        return combined(code, text, "", lists)

    return [shared.get(at) or read(one) for at, one in enumerate(goods)]


def _without(roles: Sequence[Role], goods: Sequence[Goods], places: Sequence[int], lists: GoodsLists) -> list[int]:
    """The places of those lines whose description holds no term of these roles and is not vague either."""
    texts = [goods[at].description or "" for at in places]
    found = Sieve.of(lists.terms, roles).may_hold(texts)
    return [
        at
        for at, text, may_hold in zip(places, texts, found, strict=True)
        if not may_hold and len(text) <= MAX_CHARACTERS and lists.terms.has_other_words(text)
    ]
