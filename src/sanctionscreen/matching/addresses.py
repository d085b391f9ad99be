"""Postal addresses: the same place when number, street and city agree."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sanctionscreen.matching.likeness import likeness
from sanctionscreen.text.lexicon import Word
from sanctionscreen.text.names import take_apart

# Words that addresses share, and that documents write, shorten or leave out at will.
_FURNITURE = frozenset(
    """street str st road rd avenue ave av lane ln drive dr boulevard blvd square sq highway hwy way building bldg
    block blk tower house floor fl flr level room rm unit suite ste apartment apt flat office of off
    district dist county city town village state province region oblast obl raion rayon area zone industrial
    park center centre plaza mansion near opp ul ulitsa ulica vul vulytsia prospekt pr prosp per pereulok
    naberezhnaya nab shosse sh ploshchad pl proezd bulvar d dom bud korp korpus k stroenie ofis kv pom
    pomeshchenie litera lit kom komnata etazh g gor gorod der selo pos poselok posyolok mkr mikrorayon resp
    respublika kray mah mahallesi mahalle cad cadde caddesi sok sokak sokagi bulvari blok kat daire no nr
    num number ap ic kapi strasse strasze platz weg allee via viale corso piazza calle avenida carretera rue
    place boite bp po box pob lu hao shi qu sheng xian zhen jie dao dong lou ceng shiqu cun haolou the and""".split()
)
_FEWEST_WORDS = 2
"""Street and city."""


@dataclass(frozen=True, slots=True)
class Address:
    """An address taken apart."""

    numbers: frozenset[str]
    postcodes: frozenset[str]
    cities: frozenset[str]
    """Meanings of the cities known by name."""
    words: tuple[Word, ...]
    """Street and other names, cities that no table knows among them; sorted."""

    @property
    def keys(self) -> frozenset[str]:
        """Sounds by which a candidate is looked up."""
        return frozenset(word.sound for word in self.words)


def read(text: str) -> Address:
    """An address as written, in any order and script."""
    numbers: set[str] = set()
    postcodes: set[str] = set()
    cities: set[str] = set()
    words: dict[str, Word] = {}
    for word in take_apart(text, forms=False).words:
        if re.fullmatch(r"\d{5,7}", word.text):
            postcodes.add(word.text)
        elif any(c.isdigit() for c in word.text):
            numbers.add(word.text.lstrip("0") or "0")
        elif word.kind == "city":
            cities.add(word.meaning)
        elif word.kind in ("country", "region", "initial", "particle") or word.text in _FURNITURE:
            continue
        else:
            words[word.sound] = word
    return Address(frozenset(numbers), frozenset(postcodes), frozenset(cities), tuple(sorted(words.values())))


def agreement(left: Address, right: Address) -> float:
    """How well two addresses agree, in [0, 1]; 0 unless number, street and city all do."""
    if not left.numbers or not right.numbers or not left.words or not right.words:
        return 0.0
    if left.postcodes and right.postcodes and not left.postcodes & right.postcodes:
        return 0.0
    fewer, more = sorted((left.numbers, right.numbers), key=lambda n: (len(n), sorted(n)))
    if not fewer <= more or not _same_city(left, right):
        return 0.0
    met = _met(left.words, right.words)
    # Names that only one side has are a building or a district; on both sides they are two streets.
    if not met or (len(left.words) > len(met) and len(right.words) > len(met)):
        return 0.0
    share = 2 * sum(met) / (len(left.words) + len(right.words))
    numbers = 2 * len(fewer) / (len(fewer) + len(more))
    # Half for the names, a quarter each for numbers and for the city, which has agreed.
    return 0.5 * share + 0.25 * numbers + 0.25


def _same_city(left: Address, right: Address) -> bool:
    if left.cities and right.cities:
        return bool(left.cities & right.cities)
    if left.cities or right.cities:
        return bool(left.postcodes & right.postcodes)
    return len(_met(left.words, right.words)) >= _FEWEST_WORDS


def _met(left: Sequence[Word], right: Sequence[Word]) -> list[float]:
    free = list(right)
    met: list[float] = []
    for word in left:
        found = [(alike.share, other) for other in free if (alike := likeness(word, other)) is not None]
        if found:
            share, other = max(found, key=lambda item: (item[0], item[1].native))
            free.remove(other)
            met.append(share)
    return met
