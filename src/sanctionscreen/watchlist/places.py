"""Occupied places in the text of an address or a port: whole words, minus streets, regions and hotels of the name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from sanctionscreen.text.folding import plain

UNKNOWN = "unknown"
ANY = "any"

_WORD = re.compile(r"\w+")
_NEAR = re.compile(r"[\s.\-'’ʼ`\"«»“”]*")  # what may stand between two words of one name
_LINE_END = re.compile(r"[\r\n]+")


@dataclass(frozen=True, slots=True)
class OccupiedPlace:
    """A place of Ukraine under Russian occupation, with its spellings."""

    id: str
    name: str
    kind: str
    names: tuple[str, ...]
    counts_with: tuple[str, ...]
    """Countries with which the name counts: UA, RU, `unknown` (none is known), `any`."""
    region: str = ""
    not_with: tuple[str, ...] = ()
    """Words that show that another place of the name is meant."""
    since: date | None = None
    """First day on which it can have been occupied; None when not known (then it counts as always)."""
    since_basis: str = ""
    confidence: str = ""
    documents: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """Words beside a name that show that no place is meant, and words that name a country."""

    street_before: frozenset[str] = frozenset()
    road_after: frozenset[str] = frozenset()
    street_after: frozenset[str] = frozenset()
    honour_before: frozenset[str] = frozenset()
    region_after: frozenset[str] = frozenset()
    other_after: frozenset[str] = frozenset()
    venue: frozenset[str] = frozenset()
    country_words: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a text, and for each whether it stands right beside the next one."""

    words: tuple[str, ...]
    joined: tuple[bool, ...]

    def before(self, at: int) -> str:
        """The word right before a position; empty where a comma or the start stands between."""
        return self.words[at - 1] if at > 0 and self.joined[at - 1] else ""

    def after(self, at: int) -> str:
        return self.words[at + 1] if at + 1 < len(self.words) and self.joined[at] else ""


class PlaceFinder:
    """Finds occupied places in texts; built once from the list."""

    def __init__(self, places: Iterable[OccupiedPlace], context: Context) -> None:
        self._context = context
        self._by_first: dict[str, list[tuple[tuple[str, ...], OccupiedPlace]]] = {}
        self._not_with: dict[str, frozenset[str]] = {}
        for place in places:
            self._not_with[place.id] = frozenset(plain(word) for word in place.not_with)
            for name in place.names:
                words = tuple(_WORD.findall(plain(name)))
                self._by_first.setdefault(words[0], []).append((words, place))

    def may_find(self, text: str) -> bool:
        """Whether a text has the first word of a place at all; quick, for the names of a whole file."""
        return not self._by_first.keys().isdisjoint(_WORD.findall(plain(text)))

    def find(self, text: str, country: str | None, on: date | None = None) -> tuple[OccupiedPlace, ...]:
        """The occupied places that a text names, given the country of the record (ISO alpha-2, or None)."""
        folded = plain(_LINE_END.sub(", ", text))
        spans = list(_WORD.finditer(folded))
        if not any(span.group() in self._by_first for span in spans):
            return ()
        gaps = (_NEAR.fullmatch(folded, a.end(), b.start()) for a, b in pairwise(spans))
        joined = (*(gap is not None for gap in gaps), False)
        words = _Words(tuple(span.group() for span in spans), joined)
        known = self._countries(words.words, country)
        found = (place for place in self._named(words) if self._counts(place, words.words, known, on))
        return tuple({place.id: place for place in found}.values())

    def _countries(self, words: Iterable[str], country: str | None) -> set[str]:
        held = set(words)
        named = {code for code, spellings in self._context.country_words.items() if held & spellings}
        return named | {country} if country else named

    def _named(self, text: _Words) -> Iterator[OccupiedPlace]:
        for at, word in enumerate(text.words):
            for name, place in self._by_first.get(word, ()):
                end = at + len(name) - 1
                together = text.words[at : end + 1] == name and all(text.joined[at:end])
                if together and not self._is_something_else(text, at, end, place):
                    yield place

    def _is_something_else(self, text: _Words, first: int, last: int, place: OccupiedPlace) -> bool:
        """A street, a region, a hotel or a memory that bears the name of the place."""
        context, before, after = self._context, text.before(first), text.after(last)
        if before == "of":
            before = text.before(first - 1)
        if before in context.honour_before or before in context.venue or after in context.venue:
            return True
        if after in context.other_after or (place.kind == "city" and after in context.region_after):
            return True
        # "ul. Yalta" is a street; in "Pushkina ul. Yalta" the street has its own name already.
        if before in context.street_before and not _is_word(text.before(first - 1)):
            return True
        return after in context.road_after or (after in context.street_after and not _is_word(text.after(last + 1)))

    def _counts(self, place: OccupiedPlace, words: Iterable[str], known: set[str], on: date | None) -> bool:
        if on is not None and place.since is not None and on < place.since:
            return False
        if self._not_with[place.id].intersection(words):
            return False
        if ANY in place.counts_with:
            return True
        return bool(known.intersection(place.counts_with)) or (not known and UNKNOWN in place.counts_with)


def _is_word(text: str) -> bool:
    return len(text) > 1 and not any(sign.isdigit() for sign in text)
