"""The same party on several lists: told by identifiers, or by a name with a date, and never by a name alone.

Two entries are of one party where they share a registration, tax or ship's number and do not differ in kind, or where a
name is written alike and a full date of birth (of a firm: of registration) is the same day. What more than a
few entries share identifies nobody and joins nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from sanctionscreen.matching.identifiers import FEWEST_CHARACTERS, comparable
from sanctionscreen.model import ListedParty
from sanctionscreen.text.folding import plain

MOST_ENTRIES = 12
"""A party stands on about ten lists at most; a number or name that more entries share is a registrar's, or a dummy."""
_FEWEST = FEWEST_CHARACTERS + 2
"""Characters of a number that joins: shorter ones are given by several registers."""
_IMO = re.compile(r"\b(?:IMO\W{0,2})?(\d{7})\b")
_SHIP_OR_AIRCRAFT = ("vessel", "aircraft")


def groups_of(parties: Sequence[ListedParty]) -> list[int]:
    """For each party the place of the first one that is the same; its own place where it is alone."""
    first = list(range(len(parties)))

    def root(at: int) -> int:
        while first[at] != at:
            first[at] = first[first[at]]
            at = first[at]
        return at

    for members in _sharing(parties):
        for left, right in pairwise(members):
            one, other = sorted((root(left), root(right)))
            first[other] = one
    return [root(at) for at in range(len(parties))]


def _sharing(parties: Sequence[ListedParty]) -> Iterator[list[int]]:
    """Places of parties that share a proof, in order."""
    held: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, party in enumerate(parties):
        for proof in dict.fromkeys(_proofs(party)):
            held[proof].append(at)
    for proof in sorted(held):
        if 2 <= len(held[proof]) <= MOST_ENTRIES:
            yield held[proof]


def _proofs(party: ListedParty) -> Iterator[tuple[str, ...]]:
    """What joins an entry to others: kind with a number, or kind, name and day."""
    kind = party.kind
    if kind in _SHIP_OR_AIRCRAFT:
        yield from (("ship", number) for number in _ship_numbers(party))
    else:
        for number in comparable(party.identifiers):
            if len(number) >= _FEWEST and sum(map(str.isdigit, number)) >= FEWEST_CHARACTERS:
                yield ("number", kind, number)
    days = [
        one.first for one in party.dates if one.first and one.first == one.last and one.what in _OF_KIND.get(kind, ())
    ]
    for name in party.names if days else ():
        if name.quality != "weak":
            words = " ".join(sorted(re.findall(r"\w+", plain(name.text))))
            yield from (("day", kind, words, day.isoformat()) for day in days)


_OF_KIND = {"person": ("birth",), "company": ("incorporation", "registration")}


def _ship_numbers(party: ListedParty) -> Iterable[str]:
    """IMO numbers: seven digits, told by their label."""
    for one in party.numbers:
        if "imo" in one.kind.casefold() and (found := _IMO.search(one.number.upper())):
            yield found[1]
