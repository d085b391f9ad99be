"""What a word of a name weighs: how much it says about whose name it is. Every number stands here with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from sanctionscreen.model import Kind
from sanctionscreen.text.lexicon import NAMING, Word, WordKind
from sanctionscreen.text.ordinary import form_words, is_nearly_ordinary

DEFAULT_THRESHOLD = 0.8
"""A name pair from here on is a hit.

One of two rare words alone reaches 0.74 and must stay below; two of three reach 0.88 and must be found. What this
finds and what it alerts on is measured in `docs/methodology.md`.
"""

FLOOR = 0.8
"""Weight of agreeing words that a pair needs to be a hit at all, unless the whole names are equal.

One rare word of five letters, or a short one with a place and a trade beside it. Asking for this took the alerts of
innocent listed companies from 86 to 4 per 1,000 in the measurements behind the design, at five points of recall.
"""

LOW_CAP = 0.5
"""Most that places, trades, forms and numbers together count as evidence: many companies share all of them."""

ORDINARY_WORDS = 2
"""So many words that all agree, with nothing left, are as telling as a rare one: Media Land, Business Centre."""

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
    "initial": 0.2,
    "generic": 0.2,  # five of them weigh as much as one rare word
    "country": 0.2,
    "region": 0.25,
    "city": 0.3,
    "given": 0.5,  # a given name of the tables is borne by millions
    "patronymic": 0.4,  # often left out, and said again by the father's name
    "family": 0.6,
    "common": 0.6,  # Mercury and Horizon name firms in every country
    "number": 1.0,  # numbers are identity: Plant 5 is not Plant 7
}
_NAMED_FREELY = frozenset({"generic", "city", "region", "country", "common"})


WeightClass = Literal["company", "person", "ship"]
"""Kinds of names whose words weigh the same."""

CLASSES: Mapping[WeightClass, Kind] = {"company": "company", "person": "person", "ship": "vessel"}
"""A kind of each class."""


def class_of(kind: Kind) -> WeightClass:
    return _CLASS_OF[kind]


_CLASS_OF: Mapping[Kind, WeightClass] = {
    "person": "person", "company": "company", "any": "company", "vessel": "ship", "aircraft": "ship",
}  # fmt: skip


class Worth(NamedTuple):
    """What a word is worth in a name of one kind."""

    weight: float
    """Up to 1: how much the word says about whose name it is."""
    distinct: bool
    """It can tell one party from another."""
    spare: float
    """Its weight when the other name has nothing like it: a slip in an ordinary word says no more than the word."""


def worth(word: Word, of: WeightClass) -> Worth:
    """The worth of a word; people and ships bear places and ordinary words as names.

    >>> from sanctionscreen.text.lexicon import describe
    >>> worth(describe("moscow"), "company"), worth(describe("moscow"), "ship")
    (Worth(weight=0.3, distinct=False, spare=0.3), Worth(weight=1.0, distinct=True, spare=1.0))
    """
    fixed = _FIXED[of].get(word.kind)
    if fixed is not None:
        return fixed
    own = _OWN[-1] if word.meaning.startswith("own:") else _OWN[min(len(word.text), len(_OWN) - 1)]
    if of != "company" or len(word.text) < _SHORTEST_ORDINARY:
        return own
    if word.text in form_words():
        return _FIXED[of]["generic"]
    return Worth(own.weight, True, _BY_KIND["generic"]) if is_nearly_ordinary(word.text) else own


_SHORTEST_ORDINARY = 5
_OWN = tuple(Worth(weight, True, weight) for weight in (_BY_LENGTH.get(length, 1.0) for length in range(6)))
_FIXED: Mapping[WeightClass, Mapping[WordKind, Worth]] = {
    of: {
        kind: Worth(value, kind in NAMING, value)
        for kind, value in _BY_KIND.items()
        if of == "company" or kind not in _NAMED_FREELY
    }
    for of in CLASSES
}
