"""Postal addresses: the same place when number, street and city agree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sanctionscreen.matching.likeness import likeness
from sanctionscreen.text.lexicon import Word
from sanctionscreen.text.postal import Address, House, read_address

__all__ = ["Address", "agreement", "read"]

_AGREED = 0.9
"""Number, street and city agree: the same building, which is no proof of the same firm."""
_CONFIRMED = 0.05
"""What the postcode adds, and an office that agrees: the same door."""
_ELSEWHERE = 0.05
"""What another office costs, and names of quarters or buildings that differ on both sides: a neighbour, or a slip."""
_DOUBT = 0.75
"""Most that is left, below the threshold of a hit, where the place is probably another: house 12A for house 12,
prospekt for ulitsa of one name, another postal area, or only a post-office box, which a whole free zone may share."""
_OMITTED = 0.35
"""What a word of the street costs that only one side has, against its length, as in names."""
_TITLE = 0.3
"""Share of its length that an honour or a given name in a street name counts: Akademika Koroleva is Koroleva."""
_SAME_AREA = 3
"""First digits of a postcode that are the town or the region in most countries; the rest is the post office."""


def read(text: str) -> Address:
    """An address as written, in any order and script."""
    return read_address(text)


def agreement(left: Address, right: Address) -> float:
    """How well two addresses agree, in [0, 1]; 0 unless number, street and city all do, symmetric.

    From 0.8 on it is the same building; above 0.9 postcode or office agree as well.
    """
    number = _same_house(left, right)
    street, used = _same_street(left, right) if number else (0.0, 0)
    if not street:
        return _same_box(left, right)
    others = _met(left.others, right.others)
    if not _same_city(left, right, len(others) - used):
        return 0.0
    score = _AGREED * street + _names_beside(left, right, len(others))
    area, inside = _postcodes(left, right), _inside(left, right)
    confirmed = area > 0 or inside > 0
    doubtful = number < 1 or area < 0 or (_other_kind(left, right) and not confirmed)
    score += inside + _CONFIRMED * max(area, 0)
    return round(min(score, _DOUBT if doubtful else 1.0), 4)


def _same_house(left: Address, right: Address) -> float:
    return max((_alike(a, b) for a in left.houses for b in right.houses), default=0.0)


def _alike(a: House, b: House) -> float:
    """1 for one house number; half where only one side has a letter; 12-14 holds 12 and 14."""
    if a.number != b.number and not (a.number == b.upto and not a.upto) and not (b.number == a.upto and not b.upto):
        return 0.0
    if a.letter and b.letter and a.letter != b.letter:
        return 0.0
    for is_kind in (str.isdigit, str.isalpha):
        ours, theirs = (set(filter(is_kind, house.rest)) for house in (a, b))
        # Two buildings in one yard; which of them is often left out.
        if ours and theirs and not ours & theirs:
            return 0.0
    # 18, litera A is 18A; without it the litera is left out more often than not.
    same = a.letter == b.letter or (a.letter or b.letter) in (*a.rest, *b.rest)
    return 1.0 if same else 0.5


def _same_street(left: Address, right: Address) -> tuple[float, int]:
    """How well the streets agree, and how many of the other names both have were needed for it."""
    if left.street and right.street:
        if left.joined == right.joined:
            return 1.0, 0
        met = _met(left.street, right.street)
        if met and not _is_named_otherwise(left.street, right.street, met):
            return _share(left.street, right.street, met), 0
        return _within(left, right)
    if left.street or right.street:
        return _within(left, right)
    met = _met(left.others, right.others)
    # Nothing shows which word is the street: names left on both sides may be two streets.
    if not met or (len(left.others) > len(met) and len(right.others) > len(met)):
        return 0.0, 0
    return sum(share for _, _, share in met) / len(met), 1


def _within(left: Address, right: Address) -> tuple[float, int]:
    """One side shows the street, the other has it among its other names."""
    for one, other in ((left, right), (right, left)):
        if one.street and not other.street:
            met = _met(one.street, other.others)
            if len(met) == len(one.street):
                return min(share for _, _, share in met), 0
            joined = [word for word in other.others if word.text == one.joined]
            if joined:
                return 1.0, 0
    return 0.0, 0


def _is_named_otherwise(left: Sequence[Word], right: Sequence[Word], met: Sequence[tuple[Word, Word, float]]) -> bool:
    """Words left on both sides, or an ordinal on one: Bolshaya and Malaya Polyanka, 1st and 2nd Tverskaya."""
    ours = [word for word in left if all(word is not a for a, _, _ in met)]
    theirs = [word for word in right if all(word is not b for _, b, _ in met)]
    return (bool(ours) and bool(theirs)) or any(word.kind == "number" for word in (*ours, *theirs))


def _share(left: Sequence[Word], right: Sequence[Word], met: Sequence[tuple[Word, Word, float]]) -> float:
    agreed = sum((_length(a) + _length(b)) * share for a, b, share in met)
    both = sum(_length(a) + _length(b) for a, b, _ in met)
    alone = sum(map(_length, (*left, *right))) - both
    if not both:
        return 0.0
    # A word that one side leaves out stands against the longer of the two names.
    return (agreed / both) * (1 - _OMITTED * 2 * alone / (both + 2 * alone))


def _length(word: Word) -> float:
    return len(word.text) * (_TITLE if word.kind in ("title", "given", "initial") else 1.0)


def _same_city(left: Address, right: Address, others: int) -> bool:
    if left.cities and right.cities:
        return bool(left.cities & right.cities)
    if left.postcodes & right.postcodes:
        return True
    # A quarter may bear one name in two towns that no table knows.
    return others > 0 and not (len(left.others) > others and len(right.others) > others)


def _postcodes(left: Address, right: Address) -> int:
    """1: one code agrees; 0: nothing is known, or the same area; -1: another area."""
    if not left.postcodes or not right.postcodes:
        return 0
    if left.postcodes & right.postcodes:
        return 1
    areas = ({code[:_SAME_AREA] for code in side.postcodes} for side in (left, right))
    return 0 if set.intersection(*areas) else -1


def _inside(left: Address, right: Address) -> float:
    if not left.inner or not right.inner:
        return 0.0
    # A floor that agrees is no door: all that the side with fewer numbers gives must be there.
    fewer, more = sorted((left.inner, right.inner), key=len)
    return _CONFIRMED if fewer <= more else -_ELSEWHERE


def _names_beside(left: Address, right: Address, met: int) -> float:
    differ = len(left.others) > met and len(right.others) > met
    return -_ELSEWHERE if differ else 0.0


def _other_kind(left: Address, right: Address) -> bool:
    return bool(left.street_kind and right.street_kind and left.street_kind != right.street_kind)


def _same_box(left: Address, right: Address) -> float:
    """A box at the post office, in one city; another house or street says otherwise."""
    if not left.boxes & right.boxes or not left.cities & right.cities or (left.houses and right.houses):
        return 0.0
    return _DOUBT


def _met(left: Iterable[Word], right: Iterable[Word]) -> list[tuple[Word, Word, float]]:
    """Words of both sides that are alike, each used once."""
    free = list(right)
    met: list[tuple[Word, Word, float]] = []
    for word in left:
        found = [(alike.share, other) for other in free if (alike := likeness(word, other, "company")) is not None]
        if found:
            share, other = max(found, key=lambda item: (item[0], item[1].native))
            free.remove(other)
            met.append((word, other, share))
    return met
