"""Quantities that a description gives in its own words: "3000 pcs", "200 к-т", "一百件", "two dozen sets"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

# Units of trade as UN/CEFACT Recommendation 20 names them, with how they are written in three languages.
_UNITS: Mapping[str, str] = MappingProxyType(
    {
        "piece": "pcs pc pce pces piece pieces ea each unit units шт штук штука штуки ед единиц"
        " 件 个 個 只 支 块 片 枚 颗 粒 把 台 架 部 条 根 顶 张",
        "set": "set sets kit kits компл комплект комплекта комплектов к-т кт набор набора наборов 套 组",
        "pair": "pair pairs pr prs пара пары пар 双 对",
        "kg": "kg kgs kilo kilos kilogram kilograms кг килограмм килограммов 公斤 千克",
        "t": "mt ton tons tonne tonnes т тонн тонны тонна 吨",
        "m": "meter meters metre metres пог.м метр метра метров 米",
        "l": "liter liters litre litres л литр литра литров 升",
        "box": "box boxes ctn ctns carton cartons короб коробка коробок упак 箱 盒",
    }
)
_UNIT_OF = {spelling: unit for unit, spellings in _UNITS.items() for spelling in spellings.split()}
_MULTIPLES = MappingProxyType(
    {"dozen": 12, "hundred": 100, "thousand": 1_000, "тыс": 1_000, "тысяч": 1_000, "百": 100, "千": 1_000, "万": 10_000}
)
_WORDS = MappingProxyType(
    {word: n for n, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)}
    | {word: n for n, word in enumerate("один два три четыре пять шесть семь восемь девять десять".split(), 1)}
    | dict(zip("一二三四五六七八九十两", (*range(1, 11), 2), strict=True))
)


def _any_of(words: Mapping[str, object]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


_NUMBER = r"\d{1,3}(?:[ ,.\u00a0]\d{3})+(?!\d)|\d{1,9}(?:[.,]\d{1,3})?"
_QUANTITY = re.compile(
    rf"(?<![\w.,])(?P<number>{_NUMBER}|{_any_of(_WORDS)})\s{{0,2}}(?P<multiple>{_any_of(_MULTIPLES)})?\.?\s{{0,2}}"
    rf"(?P<unit>{_any_of(_UNIT_OF)})(?![^\W\d_\u3400-\u9fff])",
    re.IGNORECASE,
)


class Quantity(NamedTuple):
    """A quantity in a text: `value` of `unit`, written from character `start` up to, and not including, `end`."""

    value: float
    unit: str
    start: int
    end: int


def quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities of a description, in its order; what a number without a unit counts is not guessed.

    >>> [(one.value, one.unit) for one in quantities("3,000 pcs airsoft helmets; 12 т; two dozen sets")]
    [(3000.0, 'piece'), (12.0, 't'), (24.0, 'set')]
    """
    return tuple(_found(text[:4_000]))


def _found(text: str) -> Iterator[Quantity]:
    for match in _QUANTITY.finditer(text):
        value = _value(match["number"].casefold()) * _MULTIPLES.get((match["multiple"] or "").casefold(), 1)
        yield Quantity(value, _UNIT_OF[match["unit"].casefold()], match.start(), match.end())


def _value(written: str) -> float:
    if written in _WORDS:
        return float(_WORDS[written])
    if re.fullmatch(r"\d{1,3}(?:[ ,.\u00a0]\d{3})+", written):
        return float(re.sub(r"\D", "", written))  # thousands apart; a fraction of three digits is none of trade
    return float(written.replace(",", "."))
