"""What a word of a name weighs: how much it says about whose name it is. Every number stands here with its reason."""

from __future__ import annotations

from collections.abc import Mapping

from sanctionscreen.model import Kind
from sanctionscreen.text.lexicon import Word, WordKind

DEFAULT_THRESHOLD = 0.8
"""A name pair from here on is a hit.

One of two rare words alone reaches 0.74 and must stay below; two of three reach 0.85, and one slip in a single word of
seven letters 0.84: both must be found. Between them lies no case we know of.
"""

FLOOR = 0.8
"""Weight of agreeing words that a pair needs to be a hit at all, unless the whole names are equal.

One rare word of five letters, or a short one with a place and a trade beside it. Asking for this took the alerts of
innocent listed companies from 86 to 4 per 1,000 in the measurements behind the design, at five points of recall.
"""

LOW_CAP = 0.5
"""Most that places, trades, forms and numbers together count as evidence: many companies share all of them."""

ORDINARY_WORDS = 3
"""So many ordinary words that all agree, with nothing left, are as telling as a rare one: Export Import Bank."""

OMITTED = 0.35
"""What a word that only one side has costs, against its weight: documents leave words out."""

CONFLICT = 1.5
"""What two words cost that stand against each other, against their weight: two parties, not one."""

OTHER_KIND = 0.9
"""A person compared with a company keeps this share: ships and firms are named after people."""

COUNTRY_AGREES = 0.25
"""Evidence that a shared country adds to a name: most namesakes sit in other countries, but not all."""

COUNTRY_DIFFERS = 0.5
"""Share of the evidence that is left when the countries differ: branches abroad are common, namesakes commoner."""

# A word no table knows is rare by its length: short ones are acronyms, shared by unrelated firms.
_BY_LENGTH: Mapping[int, float] = {1: 0.15, 2: 0.3, 3: 0.5, 4: 0.75}
_BY_KIND: Mapping[WordKind, float] = {
    "form": 0.04,  # two forms of one firm differ between documents; never nothing, so that ties break
    "particle": 0.02,
    "title": 0.02,
    "initial": 0.15,
    "generic": 0.2,  # five of them weigh as much as one rare word
    "country": 0.2,
    "region": 0.25,
    "city": 0.3,
    "given": 0.5,  # a given name of the tables is borne by millions
    "patronymic": 0.4,  # often left out, and said again by the father's name
    "family": 0.6,
    "number": 1.0,  # numbers are identity: Plant 5 is not Plant 7
}
_DISTINCT = frozenset({"own", "given", "family", "patronymic"})
_NAMED_FREELY = frozenset({"generic", "city", "region", "country"})
_SHIP_PREFIXES = frozenset({"mv", "mt", "ss", "fv", "mts", "msv", "vessel", "tanker", "ship"})


def is_distinct(word: Word, kind: Kind) -> bool:
    """The word can tell one party from another; people and ships bear places and ordinary words as names."""
    if word.kind in _NAMED_FREELY:
        return kind in ("person", "vessel", "aircraft") and word.text not in _SHIP_PREFIXES
    return word.kind in _DISTINCT and not (kind == "vessel" and word.text in _SHIP_PREFIXES)


def weight(word: Word, kind: Kind) -> float:
    """The weight of a word in a name of this kind, up to 1."""
    if word.kind == "own" or (word.kind in _NAMED_FREELY and is_distinct(word, kind)):
        if kind == "vessel" and word.text in _SHIP_PREFIXES:
            return _BY_KIND["title"]
        return _BY_LENGTH.get(len(word.text), 1.0)
    return _BY_KIND[word.kind]
