"""Names that resemble listed ones and belong to nobody listed: what a matcher must leave alone, one class a function.

Written before the matcher was tuned and left alone since. Numbers, given names and distinctive words are exchanged
between listed parties; ships are asked for as persons; places and common names come from the short tables here.
Made of the listed names given, so one that is listed after all, whole or as a part, is the caller's to drop.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from manipulations import seeded


class HardNegative(NamedTuple):
    """A name that must not be found."""

    text: str
    kind: str
    like: str
    """The listed name it was made of; empty where it was made of none."""


_GENERIC = frozenset(
    "bank company group trading international limited industries industrial general national holding holdings services"
    " shipping co ltd llc inc corp corporation sa gmbh joint stock liability of the and for import export center centre"
    " institute research organization organisation ministry state university foundation association enterprise".split()
)

_COMMON = {
    "English": ("John Michael David James Mary Linda", "Smith Johnson Brown Miller Wilson Taylor"),
    "Spanish": ("José Juan Luis Carlos María Ana", "García Hernández López Martínez Pérez Sánchez"),
    "Russian": ("Ivan Sergey Aleksandr Dmitry Elena Olga", "Ivanov Smirnov Kuznetsov Popov Vasiliev Novikov"),
    "Chinese": ("Wei Ming Jun Li Yan Hui", "Wang Li Zhang Liu Chen Yang"),
    "Arabic": ("Mohammed Ahmed Ali Hassan Fatima Omar", "Khan Hussein Ibrahim Mahmoud Saleh Abdullah"),
    "Turkish": ("Mehmet Mustafa Ahmet Ayşe Murat Emre", "Yılmaz Kaya Demir Çelik Şahin Öztürk"),
    "Korean": ("Min-jun Seo-yeon Ji-hoon Ye-jin", "Kim Lee Park Choi Jung"),
}

_PLACES = (
    "MIAMI FLORIDA; MOSCOW IDAHO; ST PETERSBURG FLORIDA; ODESSA TEXAS; LEBANON OHIO; CUBA MISSOURI; DAMASCUS MARYLAND;"
    " TRIPOLI WISCONSIN; PARIS TEXAS; BERLIN NEW HAMPSHIRE; PANAMA CITY FLORIDA; GEORGIA USA; VOLGA SOUTH DAKOTA;"
    " HAVANA ILLINOIS; BAGHDAD ARIZONA; BELGRADE MONTANA; SEVASTOPOL CALIFORNIA; TEHERAN VIRGINIA; PERSIA IOWA"
)
_CITIES = "Moscow Dubai Istanbul Tehran Shenzhen Minsk Almaty Bishkek Havana Damascus Caracas Yangon Tashkent".split()
_TRADES = ("General Trading", "Import Export", "International Logistics", "Shipping Services", "Industrial Supplies")
_CLOSINGS = ("LLC", "Ltd", "Co., Ltd", "Company Limited", "Group")

_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_ROMAN = "I II III IV V VI VII VIII IX X".split()


def cross_pair(names: Mapping[str, Sequence[str]]) -> Iterator[HardNegative]:
    """The given names of one listed person and the family name of another."""
    persons = [name for name in names.get("person", ()) if name.count(", ") == 1]
    for name, other in _paired(persons, "cross pair"):
        family, given = name.partition(", ")[0], other.partition(", ")[2]
        yield HardNegative(f"{given} {family}", "person", name)


def token_swap(names: Mapping[str, Sequence[str]]) -> Iterator[HardNegative]:
    """A listed company of two or three telling words with the rarest word of another in place of its own rarest."""
    rarity = Counter(word.lower() for name in names.get("company", ()) for word in _telling(name))
    firms = [name for name in names.get("company", ()) if 2 <= len(_telling(name)) <= 3 and len(name.split()) <= 5]
    for name, other in _paired(firms, "token swap"):
        mine, theirs = (min(_telling(n), key=lambda word: (rarity[word.lower()], word)) for n in (name, other))
        if mine.lower() != theirs.lower():
            yield HardNegative(name.replace(mine, theirs), "company", name)


def other_number(names: Mapping[str, Sequence[str]]) -> Iterator[HardNegative]:
    """A listed company or ship with another number: sibling funds, numbered plants, ships of one owner."""
    for kind in ("company", "vessel"):
        for name in names.get(kind, ()):
            words, random = name.split(" "), seeded("number", name)
            roman = [
                place for place, word in enumerate(words) if word in _ROMAN and (len(word) > 1 or word == words[-1])
            ]
            at = roman + [place for place, word in enumerate(words) if re.fullmatch(r"\d{1,5}", word)]
            if not at or len(words) < 2:
                continue
            old = words[at[-1]]
            same_kind = _ROMAN if old in _ROMAN else [str(n) for n in range(10 ** (len(old) - 1), 10 ** len(old))]
            words[at[-1]] = random.choice([number for number in same_kind if number != old])
            yield HardNegative(" ".join(words), kind, name)


def other_ordinal(names: Mapping[str, Sequence[str]]) -> Iterator[HardNegative]:
    """A listed company or ship with another ordinal."""
    for kind in ("company", "vessel"):
        for name in names.get(kind, ()):
            words, random = name.split(" "), seeded("ordinal", name)
            for at, word in enumerate(words):
                if word.lower() in _ORDINALS and len(words) > 1:
                    new = random.choice([o for o in _ORDINALS[:5] if o != word.lower()])
                    changed = [*words[:at], new.upper() if word.isupper() else new.title(), *words[at + 1 :]]
                    yield HardNegative(" ".join(changed), kind, name)
                    break


def common_name(names: Mapping[str, Sequence[str]]) -> Iterator[HardNegative]:
    """The most common given and family names of seven languages."""
    for given, family in _COMMON.values():
        for first, last in itertools.product(given.split(), family.split()):
            yield HardNegative(f"{first} {last}", "person", "")


def ship_as_person(names: Mapping[str, Sequence[str]]) -> Iterator[HardNegative]:
    """The name of a listed ship, asked for as a person's."""
    for name in names.get("vessel", ()):
        if 2 <= len(name.split()) <= 3 and name.replace(" ", "").isalpha():
            yield HardNegative(name, "person", name)


def person_as_ship(names: Mapping[str, Sequence[str]]) -> Iterator[HardNegative]:
    """The name of a listed person, asked for as a ship's."""
    for name in names.get("person", ()):
        family, comma, given = name.partition(", ")
        if comma and "," not in given:
            yield HardNegative(f"{given} {family}".upper(), "vessel", name)


def place_only(names: Mapping[str, Sequence[str]]) -> Iterator[HardNegative]:
    """A city and its state, or a city with nothing but generic words."""
    for text in _PLACES.split(";"):
        yield HardNegative(text.strip(), "any", "")
    for city, trade, closing in itertools.product(_CITIES, _TRADES, _CLOSINGS):
        yield HardNegative(f"{city} {trade} {closing}", "company", "")


CLASSES = {
    "cross pair": cross_pair,
    "token swap": token_swap,
    "other number": other_number,
    "other ordinal": other_ordinal,
    "common name": common_name,
    "ship as person": ship_as_person,
    "person as ship": person_as_ship,
    "place only": place_only,
}


def _paired(names: Sequence[str], what: str) -> Iterator[tuple[str, str]]:
    """Every name with another one, by chance and always the same."""
    others = list(names)
    seeded(what).shuffle(others)
    return ((name, other) for name, other in zip(names, others, strict=True) if name != other)


def _telling(name: str) -> list[str]:
    """The words of four letters or more that are not generic."""
    words = [word.strip("(),.\"'") for word in name.split()]
    return [word for word in words if word.isalpha() and len(word) >= 4 and word.lower() not in _GENERIC]
