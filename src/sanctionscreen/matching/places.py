"""Addresses of listed parties, found by what two of one place have in common: a name, and a house or a box."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from sanctionscreen.matching import addresses
from sanctionscreen.matching.addresses import Address
from sanctionscreen.matching.columns import TextColumn
from sanctionscreen.matching.keys import Keys, key_of


class Place(NamedTuple):
    """An address of a party."""

    party: int
    address: Address


class Places:
    """The addresses of an index; each is taken apart when it is first looked at."""

    def __init__(self, texts: TextColumn, by_key: Keys) -> None:
        self._texts, self._by_key = texts, by_key
        self._of: dict[int, tuple[Place, ...]] = {}
        self._under: dict[str, Mapping[str, tuple[Place, ...]]] = {}

    def near(self, asked: Address) -> dict[int, list[Address]]:
        """Addresses that may agree with this one, by party: of parties with an address that shares a name with it."""
        doors = doors_of(asked)
        at_door = [
            place for key in sorted(asked.keys) if doors and (near := self._named(key)) for place in _at(near, doors)
        ]
        found: dict[int, list[Address]] = {}
        for place in sorted({id(place): place for place in at_door}.values(), key=lambda place: place.party):
            found.setdefault(place.party, []).append(place.address)
        return found

    def _named(self, key: str) -> Mapping[str, tuple[Place, ...]]:
        """All addresses of the parties that stand under a key, by their doors."""
        known = self._under.get(key)
        if known is None and (parties := self._by_key.under(key_of(key))):
            doors: defaultdict[str, list[Place]] = defaultdict(list)
            for place in (place for party in parties for place in self._places(party)):
                for door in doors_of(place.address):
                    doors[door].append(place)
            known = self._under[key] = {door: tuple(places) for door, places in doors.items()}
        return known or {}

    def _places(self, party: int) -> tuple[Place, ...]:
        known = self._of.get(party)
        if known is None:
            texts = self._texts.several(party)
            known = self._of[party] = tuple(Place(party, address_of(text)) for text in texts)
        return known


def doors_of(address: Address) -> frozenset[str]:
    """House numbers and boxes: two addresses without a common one do not agree."""
    numbers = {number for house in address.houses for number in (house.number, house.upto or house.number)}
    return frozenset(numbers | {f"box {number}" for number in address.boxes})


def _at(near: Mapping[str, tuple[Place, ...]], doors: Iterable[str]) -> Iterable[Place]:
    return (place for door in doors for place in near.get(door, ()))


@lru_cache(maxsize=16_384)
def address_of(text: str) -> Address:
    return addresses.read(text)
