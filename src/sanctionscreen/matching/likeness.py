"""How alike two single words are, and in what way."""

from __future__ import annotations

import re
from typing import Any, NamedTuple, TypeAlias

from rapidfuzz.distance import OSA

from sanctionscreen.matching.weights import WeightClass
from sanctionscreen.text.abjads import consonants, is_unvowelled, reads_as, vowelled
from sanctionscreen.text.legal_forms import is_han
from sanctionscreen.text.lexicon import Word
from sanctionscreen.text.persons import are_different, are_kin
from sanctionscreen.text.romanise import sound

Number: TypeAlias = Any
"""A number, or an array of them."""

MOST_SLIPS = 2
LONGEST_EDITED = 40
"""Longer words are compared whole: no language writes them, and slips in them cost too much to look for."""

NUMERALS = {"i": "1", "v": "5", "x": "10"}
"""Roman numerals of one letter, which may as well be initials."""

_UNEDITED = frozenset({"form", "number", "initial", "particle", "title"})


SAME_MEANING, SAME_SOUND, OTHER_READING, WITHOUT_VOWELS, VOWELLED = 0.98, 0.97, 0.96, 0.95, 0.93
RELATED, SHORTENED = 0.85, 0.8
"""Below 1, in the order of how sure they are: only names that are equal after folding score 1.
Initials of two or three syllables are shared by unrelated firms."""


SLIP = 6.4
"""What a slip costs, against the square of the longer word: 0.4 of a word of four letters, 0.1 of one of eight.

The chance that an unrelated word lies one slip away falls with the length; typists slip in short words all the same.
"""

SHORTEST_EDITED = 4
"""Letters of the longer of two words between which a slip is looked for: Tony and Tny, but not Ali and Aly."""


class Likeness(NamedTuple):
    """How alike, in [0, 1], and how that came about."""

    share: float
    how: str
    tells: bool = True
    """The likeness can tell one party from another, if the words can."""
    is_slip: bool = False
    """The words differ by more than their romanisation."""


def edits_allowed(shorter: int, longer: int) -> int:
    """Slips that words of these lengths may hold: below four letters, one slip makes another word.

    >>> edits_allowed(3, 3), edits_allowed(3, 4), edits_allowed(5, 5), edits_allowed(8, 8)
    (0, 1, 1, 2)
    """
    if shorter < SHORTEST_EDITED - 1 or longer < SHORTEST_EDITED or shorter > LONGEST_EDITED:
        return 0
    return 1 if shorter < 8 else 2


def likeness(left: Word, right: Word, of: WeightClass) -> Likeness | None:
    """How alike two words are in names of a kind; None when they are different words."""
    if left.native == right.native:
        return _SAME if left.kind == right.kind else _same_letters(left, right)
    if left.text == right.text:
        return _same_letters(left, right)
    if left.meaning and left.meaning == right.meaning:
        return _MEANT
    if left.kind in _UNEDITED or right.kind in _UNEDITED:
        return _NUMERAL if _is_numeral(left, right) or _is_numeral(right, left) else None
    if of == "person" and left.meaning and right.meaning and are_different(left, right):
        return None
    if left.sound == right.sound:
        return _HEARD
    if (left.other or left.short or right.other or right.short) and (found := _other(left, right)) is not None:
        return found
    if not (left.native.isascii() and right.native.isascii()):
        if is_unvowelled(left.native) != is_unvowelled(right.native):
            return _unvowelled(left, right) if is_unvowelled(left.native) else _unvowelled(right, left)
        if is_han(left.native) or is_han(right.native):
            return None  # the reading of a character is one of few, and most syllables are one letter from another
    if of == "person":
        return _of_people(left, right)
    # Of two ordinary words or places, no slip turns one into the other.
    return None if left.kind in _TOLD and right.kind in _TOLD and of == "company" else _slips(left, right)


_SAME, _WRITTEN = Likeness(1.0, "same"), Likeness(0.99, "same, romanised")
_MEANT = Likeness(SAME_MEANING, "same meaning")
_HEARD = Likeness(SAME_SOUND, "same sound, other romanisation")
_READ, _INITIALS = Likeness(OTHER_READING, "same, other reading"), Likeness(SHORTENED, "initials")
_BARE = Likeness(WITHOUT_VOWELS, "same, without vowels")
_BARE_SHORT = Likeness(SHORTENED, "same, without vowels", tells=False)
_ARABIC = Likeness(VOWELLED, "same sound, other romanisation of Arabic")
_NUMERAL = Likeness(SHORTENED, "numeral")
_KIN = Likeness(RELATED, "related name")


def _same_letters(left: Word, right: Word) -> Likeness | None:
    """A legal form is never a word of a name, however it is written."""
    return None if "form" in (left.kind, right.kind) and left.kind != right.kind else _WRITTEN


_TOLD = frozenset({"generic", "city", "region", "country", "common"})


def _is_numeral(letter: Word, number: Word) -> bool:
    return letter.kind == "initial" and number.kind == "number" and NUMERALS.get(letter.text) == number.text


def _other(left: Word, right: Word) -> Likeness | None:
    if _CYRILLIC.search(left.native) and _CYRILLIC.search(right.native):
        return None  # letters of one script say themselves whether they are the same
    lefts, rights = {left.sound, *map(sound, left.other)}, {right.sound, *map(sound, right.other)}
    if not lefts.isdisjoint(rights):
        return _READ
    return _INITIALS if left.text in right.short or right.text in left.short else None


def _unvowelled(native: Word, latin: Word) -> Likeness | None:
    """A word in Arabic or Hebrew letters beside one in Latin letters; two consonants stand for many names."""
    number = len(consonants(native.native))
    if number < _FEWEST_CONSONANTS - 1 or not reads_as(native.native, latin.text):
        return None
    return _BARE if number >= _FEWEST_CONSONANTS else _BARE_SHORT


_FEWEST_CONSONANTS = 3


def _of_people(left: Word, right: Word) -> Likeness | None:
    if min(len(left.text), len(right.text)) >= _SHORTEST_VOWELLED and vowelled(left.text) == vowelled(right.text):
        return _ARABIC
    found = _slips(left, right)
    related = left.meaning and right.meaning and (found is None or found.share < RELATED)
    return _KIN if related and are_kin(left.meaning, right.meaning) else found


_SHORTEST_VOWELLED = 5


def _slips(left: Word, right: Word) -> Likeness | None:
    """Slips of the pen are made in letters; what is heard less differently than it is written is another scheme."""
    if _has_digit(left.text) != _has_digit(right.text):
        return None
    found = _near(left.text, right.text, "letter")
    if left.sound != left.text or right.sound != right.text:
        heard = _near(left.sound, right.sound, "sound")
        found = heard if found is None or (heard is not None and heard.share > found.share) else found
    return found if found is None or not _sound_alike(left.text, right.text) else found._replace(is_slip=False)


def _sound_alike(left: str, right: str) -> bool:
    """The words differ by letters only that one writer or another puts for one sound."""
    return len(left) == len(right) and all(
        a == b or frozenset(a + b) in _ALIKE for a, b in zip(left, right, strict=True)
    )


_ALIKE = frozenset(map(frozenset, ("ck", "kq", "cs", "sz", "iy", "ij", "jy", "vw", "gj", "ou", "ei")))


def _near(left: str, right: str, what: str) -> Likeness | None:
    shorter, longer = (len(left), len(right)) if len(left) < len(right) else (len(right), len(left))
    if longer - shorter > MOST_SLIPS:
        return None
    allowed = edits_allowed(shorter, longer)
    if longer - shorter > allowed or not allowed:
        return None
    slips = OSA.distance(left, right, score_cutoff=allowed)
    if slips > allowed:
        return None
    how = f"one {what} differs" if slips == 1 else f"{slips} {what}s differ"
    return Likeness(slip_share(slips, longer), how, is_slip=True)


def slip_share(slips: Number, longer: Number) -> Number:
    """How alike words are that differ by slips; `longer` is the length of the longer one.

    The chance that an unrelated word lies so near falls with the square of the length.
    """
    return 1 - SLIP * slips / longer**2


def _has_digit(text: str) -> bool:
    return not text.isalpha() and any(map(str.isdigit, text))


_CYRILLIC = re.compile("[\u0400-\u052f]")
