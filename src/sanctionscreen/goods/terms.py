"""Finding known terms in a description: one pass over its words, in English, Russian and Chinese.

A text is folded and cut into words; a Chinese character is a word of its own, so Chinese terms are found inside a
sentence. Words are reduced to the vocabulary's form (English plural, Russian case endings), and phrases are read off a
tree of words. No pattern is tried per term: the time depends on the text, hardly on the number of terms.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, NamedTuple

from sanctionscreen.goods.inflection import ENDINGS, english_forms, russian_stems
from sanctionscreen.text.folding import plain

MAX_CHARACTERS = 4_000
"""What is read of a description; the longest real ones seen (declarations with many items) stay below."""

_HAN = "㐀-䶿一-鿿豈-﫿"
_WORD = re.compile(rf"[{_HAN}]|[^\W_{_HAN}]+|[,;|]")
_ASCII_WORD = re.compile(r"[a-z0-9]+|[,;|]")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,300}>|<!--.{0,300}?-->", re.DOTALL)
_BREAK = "|"
_SIMPLE = re.compile(r"[\x00-\x7fА-Яа-яЁё一-鿿«»–—]*")
_CYRILLIC_FOLDED = str.maketrans("йё", "ие")


class Role(IntEnum):
    """What a term says about the category it belongs to."""

    STRONG = 1
    WEAK = 2
    CONFIRM = 3
    EUPHEMISM = 4
    FALSE_FRIEND = 5
    KIT_FAMILY = 6
    KIT_MARKER = 7
    VAGUE = 8
    FILLER = 9
    ACCESSORY = 10
    PURPOSE = 11
    EXCLUSION = 12


class Sense(NamedTuple):
    """One meaning of a term; `note` is the component family of a kit, or what a false friend means."""

    role: Role
    category: str
    term: str
    note: str = ""


class Found(NamedTuple):
    """A term in a text, from word `start` up to, not including, word `end`."""

    start: int
    end: int
    sense: Sense


class Words(NamedTuple):
    """A text cut into words, and the terms in it in the order they stand."""

    found: list[Found]
    lemmas: list[str | None]
    """Each word in the vocabulary's form; None for a word that no term holds."""
    unknown: int
    """Words that no term holds and that are no numbers."""
    commas: set[int]
    """Words with a comma before them."""
    breaks: set[int]
    """Places of `;` and `|`, which part the items of a list."""

    @property
    def named(self) -> set[int]:
        """Places of words that some term holds."""
        return {n for n, lemma in enumerate(self.lemmas) if lemma is not None and n not in self.breaks}

    @property
    def purposes(self) -> set[int]:
        """Places of words such as "for"."""
        return {found.start for found in self.found if found.sense.role is Role.PURPOSE}

    def follows_purpose(self, start: int) -> bool:
        """Whether "for" stands up to four words before a place: "for measuring or checking silicon wafers"."""
        return any(
            0 < start - purpose <= 4 and not self.parted(purpose, start, by_comma=True) for purpose in self.purposes
        )

    def parted(self, left: int, right: int, *, by_comma: bool) -> bool:
        """Whether a list mark stands between word `left` and word `right`."""
        if not self.breaks and not (by_comma and self.commas):
            return False
        between = range(left, right + 1)
        return any(n in self.breaks for n in between) or (by_comma and any(n in self.commas for n in between[1:]))


@dataclass(slots=True)
class TermIndex:
    """All terms of all categories, ready to be found; filled by `add`, then only read."""

    _words: dict[str, str] = field(default_factory=dict)
    _stems: dict[str, str] = field(default_factory=dict)
    _tree: dict[str, Any] = field(default_factory=dict)
    _learned: dict[str, str] = field(default_factory=dict)
    """Words of terms as written, with the form that stands for them."""

    def add_all(self, entries: Iterable[Sense]) -> None:
        for sense in entries:
            self.add(sense)

    def add(self, sense: Sense) -> None:
        spelled = (sense.term, sense.term.replace("-", "")) if "-" in sense.term else (sense.term,)
        for term in spelled:
            lemmas = self._lemmas(term)
            self._insert(lemmas, sense)
            if len(lemmas) == 2 and " " in term and lemmas[0] != lemmas[1]:
                self._insert(lemmas[::-1], sense)  # nomenclatures invert: "sight, optical", "станок токарный"

    def _insert(self, lemmas: list[str], sense: Sense) -> None:
        node = self._tree
        for lemma in lemmas:
            node = node.setdefault(lemma, {})
        senses = node.setdefault("", [])
        if sense not in senses:
            senses.append(sense)

    def _lemmas(self, term: str) -> list[str]:
        return [self._learned.get(word) or self._learn(word) for word in _WORD.findall(term) if word not in ",;|"]

    def _learn(self, written: str) -> str:
        """Take a word into the vocabulary; the form that stands for all its forms."""
        lemma = self._learned[written] = self._lemma(written)
        return lemma

    def _lemma(self, written: str) -> str:
        if written >= "\u2e80":
            return self._words.setdefault(written, written)
        word = _folded(written)
        if "а" <= word[0] <= "ӿ":
            is_abbreviation = len(word) < 4 or (written.isupper() and len(word) < 6)
            return self._words.setdefault(word, word) if is_abbreviation else self._learn_stems(word)
        forms = english_forms(word)
        lemma = next((self._words[form] for form in forms if form in self._words), word)
        for form in forms:
            self._words.setdefault(form, lemma)
        return lemma

    def _learn_stems(self, word: str) -> str:
        stems = russian_stems(word)
        lemma = next((self._stems[stem] for stem in stems if stem in self._stems), stems[0])
        for stem in stems:
            self._stems.setdefault(stem, lemma)
        return self._stems[stems[0]]

    def find(self, text: str) -> Words:
        """The terms of a text, longest and shortest alike."""
        lemmas: list[str | None] = []
        commas: set[int] = set()
        breaks: set[int] = set()
        unknown = 0
        words, lemma_of = self._words, self._lemma_of
        folded = _folded(text)
        for word in (_ASCII_WORD if folded.isascii() else _WORD).findall(folded):
            lemma = words.get(word)
            if lemma is not None:
                lemmas.append(lemma)
            elif word == ",":
                commas.add(len(lemmas))
            elif word in ";|":
                breaks.add(len(lemmas))
                lemmas.append(_BREAK)
            else:
                lemma = lemma_of(word)
                unknown += lemma is None and not word.isdigit()
                lemmas.append(lemma)
        return Words(list(self._phrases(lemmas)), lemmas, unknown, commas, breaks)

    def _lemma_of(self, word: str) -> str | None:
        """The vocabulary's form of a word that is not in it as written."""
        if "а" <= word[0] <= "ӿ":
            for cut in range(len(word), max(2, len(word) - 5), -1):
                lemma = self._stems.get(word[:cut])
                if lemma is not None and word[cut:] in ENDINGS:
                    return lemma
        letters = word.strip("0123456789")  # a quantity or a model number that is glued on: 100pcs, mavic3
        least = 2 if word[0].isdigit() else 4
        return self._words.get(letters) if least <= len(letters) < len(word) else None

    def _phrases(self, lemmas: list[str | None]) -> Iterable[Found]:
        tree, count = self._tree, len(lemmas)
        for start, lemma in enumerate(lemmas):
            if lemma is None:
                continue
            node = tree.get(lemma)
            end = start + 1
            while node is not None:
                for sense in node.get("", ()):
                    yield Found(start, end, sense)
                following = lemmas[end] if end < count else None
                node = node.get(following) if following is not None else None
                end += 1


def _folded(text: str) -> str:
    """As `plain`, white space aside; plain Cyrillic and Chinese text goes a shorter way to the same end."""
    if text.isascii():
        return text.lower()
    if _SIMPLE.fullmatch(text):
        return text.lower().translate(_CYRILLIC_FOLDED)
    return plain(text)


def readable(text: str) -> str:
    """A description without HTML, no longer than `MAX_CHARACTERS`."""
    text = text[:MAX_CHARACTERS]
    if "<" in text:
        text = _TAG.sub(" ", text)
    return html.unescape(text) if "&" in text else text
