"""How alike two single words are, and in what way."""

from __future__ import annotations

from typing import NamedTuple

from rapidfuzz.distance import OSA

from sanctionscreen.text.lexicon import Word

LONGEST_EDITED = 40
"""Longer words are compared whole: no language writes them, and slips in them cost too much to look for."""

_UNEDITED = frozenset({"form", "number", "initial", "particle", "title"})


class Likeness(NamedTuple):
    """How alike, in [0, 1], and how that came about."""

    share: float
    how: str


def edits_allowed(shorter: int) -> int:
    """Slips that a word of this length may hold: below five letters, one slip makes another word.

    >>> edits_allowed(4), edits_allowed(5), edits_allowed(8)
    (0, 1, 2)
    """
    if shorter < 5 or shorter > LONGEST_EDITED:
        return 0
    return 1 if shorter < 8 else 2


def likeness(left: Word, right: Word) -> Likeness | None:
    """How alike two words are; None when they are different words."""
    if left.native == right.native and left.kind == right.kind:
        return Likeness(1.0, "same")
    if "form" in (left.kind, right.kind) and left.kind != right.kind:
        return None
    # Below 1: only names that are equal after folding score 1.
    if left.text == right.text:
        return Likeness(0.99, "same, romanised")
    if left.meaning and left.meaning == right.meaning:
        return Likeness(0.98, "same meaning")
    if left.kind in _UNEDITED or right.kind in _UNEDITED:
        return None
    if left.sound == right.sound:
        return Likeness(0.97, "same sound, other romanisation")
    if left.text in right.other or right.text in left.other:
        # Initials of two or three syllables are shared by unrelated firms.
        return Likeness(0.8, "initials")
    return _slips(left.sound, right.sound)


def _slips(left: str, right: str) -> Likeness | None:
    allowed = edits_allowed(min(len(left), len(right)))
    if not allowed or abs(len(left) - len(right)) > allowed or _has_digit(left) != _has_digit(right):
        return None
    slips = OSA.distance(left, right, score_cutoff=allowed)
    if slips > allowed:
        return None
    # The chance that an unrelated word lies so near falls with the square of the length.
    length = max(len(left), len(right))
    return Likeness(1 - 8 * slips / length**2, "one letter differs" if slips == 1 else f"{slips} letters differ")


def _has_digit(sound: str) -> bool:
    # In sound keys 3, 4 and 9 stand for consonants.
    return any(c in "0125678" for c in sound)
