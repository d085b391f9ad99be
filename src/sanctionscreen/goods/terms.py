"""Finding known terms in a description: one pass over its words, in English, Russian and Chinese.

A text is folded and cut into words; a Chinese character is a word of its own, so Chinese terms are found inside a
sentence. Words are reduced to the vocabulary's form (English plural, Russian case endings), and phrases are read off a
tree of words. No pattern is tried per term: the time depends on the text, hardly on the number of terms.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cache
from typing import Any, NamedTuple

from sanctionscreen.goods.inflection import ENDINGS, english_forms, russian_stems
from sanctionscreen.text.folding import plain

MAX_CHARACTERS = 4_000
"""What is read of a description; the longest real ones seen (declarations with many items) stay below."""

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
"""Chinese characters, as a class of a regular expression."""
_ASCII_WORD = re.compile(r"[a-z0-9]+|[,;|]")
_ASCII_TERM = re.compile(r"[A-Za-z0-9]+")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,300}>|<!--.{0,300}?-->", re.DOTALL)
_BREAK = "|"
_MOST_REMEMBERED = 200_000
_FIRST_HAN = "\u2e80"
_REACH = 6
"""Words after "for" or "with" that it still governs: for measuring or checking wafers."""
_REACH_HAN = 12  # a Chinese character is half a word
_SIMPLE = re.compile(r"[\x00-\x7fА-Яа-яЁё一-鿿«»–—]*")
_ENTITY = re.compile(r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};?)")  # what html.unescape looks for


@cache
def _word() -> re.Pattern[str]:
    return re.compile(rf"[{HAN}]|[^\W_{HAN}]+|[,;|]")  # takes milliseconds to compile: ranges of so many letters


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
    PURPOSE_AFTER = 13
    HOLDING = 14


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

    def is_aside(self, found: Found) -> str:
        """Whether a term names what the goods are for, or hold: "for wafers", "FPV用", "with microprocessor"."""
        purposes = self.purposes
        if found.end in {f.start for f in self.found if f.sense.role is Role.PURPOSE_AFTER} - purposes:
            return "for"
        if any(self._reaches(at, found) for at in purposes):
            return "for"
        held = (f.start for f in self.found if f.sense.role is Role.HOLDING)
        return "with" if any(self._reaches(at, found) for at in held) else ""

    def _reaches(self, at: int, found: Found) -> bool:
        lemma = self.lemmas[found.start]
        reach = _REACH_HAN if lemma is not None and lemma >= _FIRST_HAN else _REACH
        return 0 < found.start - at <= reach and not self.parted(at, found.start, by_comma=True)

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
    _remembered: dict[str, str | None] = field(default_factory=dict)
    """Words of texts, with the form that stands for them; None for words of no term."""

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

    def phrases(self, roles: Collection[Role]) -> set[tuple[str, ...]]:
        """The terms of some roles, each as the forms that stand for its words."""
        return {tuple(words) for words, senses in _branches(self._tree) if any(one.role in roles for one in senses)}

    def forms(self) -> dict[str, tuple[list[str], list[str]]]:
        """For each form that stands for a word: the whole words it stands for, and the beginnings of words."""
        found: dict[str, tuple[list[str], list[str]]] = {}
        for at, held in enumerate((self._words, self._stems)):
            for written, lemma in held.items():
                found.setdefault(lemma, ([], []))[at].append(written)
        return found

    def _insert(self, lemmas: list[str], sense: Sense) -> None:
        node = self._tree
        for lemma in lemmas:
            below = node.get(lemma)
            if below is None:
                below = node[lemma] = {}
            node = below
        senses = node.get("")
        if senses is None:
            node[""] = [sense]
        elif sense not in senses:
            senses.append(sense)

    def _lemmas(self, term: str) -> list[str]:
        known = self._learned
        if term.isascii():
            return [known.get(word) or self._learn(word) for word in _ASCII_TERM.findall(term)]
        return [known.get(word) or self._learn(word) for word in _word().findall(term) if word not in ",;|"]

    def _learn(self, written: str) -> str:
        """Take a word into the vocabulary; the form that stands for all its forms."""
        lemma = self._learned[written] = self._lemma(written)
        return lemma

    def _lemma(self, written: str) -> str:
        if written >= _FIRST_HAN:
            return self._words.setdefault(written, written)
        word = folded(written)
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
        plain_text = folded(text)
        for word in (_ASCII_WORD if plain_text.isascii() else _word()).findall(plain_text):
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

    def has_other_words(self, text: str) -> bool:
        """Whether a text holds a word that is in no term, so that it cannot be vague."""
        found = _word().finditer(folded(readable(text)))
        return any(not word[0].isdigit() and word[0] not in ",;|" and self._is_other(word[0]) for word in found)

    def _is_other(self, word: str) -> bool:
        return word not in self._words and self._lemma_of(word) is None

    def _lemma_of(self, word: str) -> str | None:
        """The vocabulary's form of a word that is not in it as written; looked for once while it is remembered."""
        if word not in self._remembered:
            if len(self._remembered) >= _MOST_REMEMBERED:
                self._remembered.clear()
            self._remembered[word] = self._inflected(word)
        return self._remembered[word]

    def _inflected(self, word: str) -> str | None:
        if "а" <= word[0] <= "ӿ":
            for cut in range(len(word), max(2, len(word) - 5), -1):
                lemma = self._stems.get(word[:cut])
                if lemma is not None and word[cut:] in ENDINGS:
                    return lemma
        letters = word.strip("0123456789")  # a quantity or a model number that is glued on: 100pcs, mavic3
        least = 2 if word[0].isdigit() else 4
        return self._words.get(letters) if least <= len(letters) < len(word) else None

    def _phrases(self, lemmas: list[str | None]) -> Iterable[Found]:
        tree = self._tree
        for start, lemma in enumerate(lemmas):
            if lemma is None:
                continue
            node, end = tree.get(lemma), start + 1
            while node is not None:
                for sense in node.get("", ()):
                    yield Found(start, end, sense)
                node, end = _next(node, lemmas, end)


def _branches(tree: dict[str, Any]) -> Iterator[tuple[list[str], list[Sense]]]:
    """The ways through a tree of words that end a term, and what it means."""
    for word, below in tree.items():
        if word == "":
            yield [], below
        else:
            yield from (([word, *rest], senses) for rest, senses in _branches(below))


def _next(node: dict[str, Any], lemmas: list[str | None], at: int) -> tuple[dict[str, Any] | None, int]:
    """The next word of a term; one word that no term holds may stand before it: "CNC horizontal lathe"."""
    lemma = lemmas[at] if at < len(lemmas) else None
    if lemma is not None:
        return node.get(lemma), at + 1
    lemma = lemmas[at + 1] if at + 1 < len(lemmas) else None
    return (node.get(lemma) if lemma is not None and lemma < _FIRST_HAN else None), at + 2


def folded(text: str) -> str:
    """As `plain`, white space aside; plain Cyrillic and Chinese text goes a shorter way to the same end."""
    if text.isascii():
        return text.lower()
    if _SIMPLE.fullmatch(text):
        return text.lower().replace("й", "и").replace("ё", "е")
    return plain(text)


def readable(text: str) -> str:
    """A description without HTML, no longer than `MAX_CHARACTERS`."""
    text = text[:MAX_CHARACTERS]
    if "<" in text:
        text = _TAG.sub(" ", text)
    return html.unescape(text) if "&" in text else text


def places_of_words(text: str) -> list[tuple[int, int]]:
    """Where each word that `TermIndex.find` sees stands in a description as written: from, up to and not including."""
    letters: list[str] = []
    places: list[tuple[int, int]] = []
    for start, end, piece in _pieces(_TAG.sub(lambda tag: " " * len(tag[0]), text[:MAX_CHARACTERS])):
        for at, letter in enumerate(piece):
            drawn = letter.lower() if letter.isascii() else plain(f"x{letter}x")[1:-1]  # blanks within stay
            letters.append(drawn)
            place = (start + at, start + at + 1) if end - start == len(piece) else (start, end)
            places += [place] * len(drawn)
    found = _word().finditer("".join(letters))
    return [(places[word.start()][0], places[word.end() - 1][1]) for word in found if word[0] != ","]


def _pieces(text: str) -> Iterable[tuple[int, int, str]]:
    """A text in pieces that are read as they stand, and characters that HTML writes in many."""
    last = 0
    for entity in _ENTITY.finditer(text):
        yield last, entity.start(), text[last : entity.start()]
        yield entity.start(), entity.end(), html.unescape(entity[0])
        last = entity.end()
    yield last, len(text), text[last:]
