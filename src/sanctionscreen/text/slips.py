"""Slips of the pen: one letter more, less or another, or two that changed places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping


def is_one_slip(one: str, other: str) -> bool:
    """One letter more, less or another, or two that changed places."""
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    a, b = one[at:], other[at:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


class Slips:
    """Words of three letters and more, to be found from a word that is one slip away.

    Two words are one slip apart where they are the same with a letter left out of one, of both, or of neither. Such
    spellings are made when one that begins alike is looked for: of all of them a run of few names needs very few.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._by_beginning: defaultdict[str, list[str]] = defaultdict(list)
        """By two of the first three letters: what is left with one of them out begins with the other two."""
        for word in words:
            for beginning in (word[:2], word[1:3], word[0] + word[2]):
                self._by_beginning[beginning].append(word)
        self._made: dict[tuple[str, int], Mapping[str, list[str]]] = {}

    def near(self, word: str) -> set[str]:
        """The words that are one slip from this one, of three letters and more, or the same.

        >>> sorted(Slips(["liability", "limited"]).near("lkability")), Slips(["limited"]).near("unlimited")
        (['liability'], set())
        """
        shorter, beginning = len(word) - 1, word[:2]
        found = set(self._spelt(beginning, len(word)).get(word, ()))
        found.update(self._spelt(word[1:3], shorter).get(word[1:], ()))
        found.update(self._spelt(word[:1] + word[2:3], shorter).get(word[:1] + word[2:], ()))
        if made := self._spelt(beginning, shorter):
            spellings = [word[:at] + word[at + 1 :] for at in range(2, len(word))]
            for spelling in spellings:
                if spelling in made:
                    found.update(made[spelling])
        return {one for one in found if is_one_slip(word, one)} if found else found

    def _spelt(self, beginning: str, length: int) -> Mapping[str, list[str]]:
        """The spellings that begin so and are so long."""
        made = self._made.get((beginning, length))
        if made is None and beginning in self._by_beginning:
            made = self._made[beginning, length] = self._make(beginning, length)
        return made or {}

    def _make(self, beginning: str, length: int) -> Mapping[str, list[str]]:
        """The spellings that begin so and are so long, with the words they are spellings of."""
        made: defaultdict[str, list[str]] = defaultdict(list)
        for word in self._by_beginning[beginning]:
            if len(word) == length and word.startswith(beginning):
                made[word].append(word)
            elif len(word) == length + 1:
                for at in _places(word, beginning):
                    made[word[:at] + word[at + 1 :]].append(word)
        return made


def _places(word: str, beginning: str) -> Iterator[int]:
    """The letters without which the word begins so."""
    if word[1:3] == beginning:
        yield 0
    if word[0] + word[2] == beginning:
        yield 1
    if word[:2] == beginning:
        yield from range(2, len(word))
