"""A name as a bag of described words: what matching compares."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from sanctionscreen.text import hanzi, legal_forms, lexicon
from sanctionscreen.text.folding import fold
from sanctionscreen.text.lexicon import Word, WordKind, describe
from sanctionscreen.text.romanise import language, latin

LONGEST_NAME = 512
"""Characters of a folded name that are compared; the longest official name of a Russian institution has about 400."""
MOST_WORDS = 48
"""Words that are compared; customs cells that glue name and address have about 25."""

_OWN_SCRIPTS = re.compile(
    r"[\x00-\u024f\u0400-\u052f\u1e00-\u1eff\u2000-\u206f\u20a0-\u214f\u3400-\u9fff\uf900-\ufaff]*"
)
_APOSTROPHES = re.compile(r"(?<=[^\W\d_])['’ʼʹ`´‘ʻ](?=[^\W\d_])")
_SPACED = re.compile(r"(?<![\w.])(?:(?:[^\W\d_] ){4,}|(?:[^\W\d_]\.){4,})[^\W\d_](?!\w)")
"""T E C H C R I M: five letters apart and more are a word; four may be the initials of a person."""
_WORDS = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+|[^\W_\u3400-\u9fff\uf900-\ufaff]+")


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart; order of words, case, spacing and punctuation are gone."""

    words: tuple[Word, ...]
    """Sorted, legal forms included; a word that is repeated says no more than once."""
    mixed_scripts: bool = False
    invisible: bool = False
    cut: bool = False

    @property
    def key(self) -> tuple[str, ...]:
        """Equal for names that are equal after folding."""
        return tuple(word.native for word in self.words)


def take_apart(text: str, *, forms: bool = True) -> Name:
    """The words of a name, romanised and described; none for text without letters and digits.

    Args:
        forms: Look for legal forms; initials of a person may look like one.
    """
    # Compatibility forms may grow under folding, so a longer piece is folded first.
    folded = fold(text[: 4 * LONGEST_NAME])
    comparable = folded.text if _OWN_SCRIPTS.fullmatch(folded.text) else latin(folded.text)
    comparable = _SPACED.sub(lambda letters: re.sub(r"[\s.]+", "", letters[0]), comparable)
    found = _WORDS.findall(_APOSTROPHES.sub("", comparable[:LONGEST_NAME]))
    cut = len(text) > 4 * LONGEST_NAME or len(comparable) > LONGEST_NAME or len(found) > MOST_WORDS
    found = found[:MOST_WORDS]
    spoken = language(comparable) if not comparable.isascii() else ""
    parts = legal_forms.split(word for word in found if not legal_forms.is_han(word)) if forms else None
    plain = parts.words if parts is not None else [word for word in found if not legal_forms.is_han(word)]
    words = [describe(word, spoken) for word in plain]
    words += [word for run in found if legal_forms.is_han(run) for word in hanzi.segment(run)]
    words += [_form(form.written, form.form_class) for form in parts.forms] if parts is not None else []
    return Name(tuple(sorted(set(_with_places(words)))), folded.mixed_scripts, folded.invisible, cut)


def _with_places(words: list[Word]) -> list[Word]:
    """The words with those that are a place together, Hong and Kong, weighing as one place."""
    texts = {word.text for word in words}
    for parts, kind in lexicon.places_of_several_words():
        if parts <= texts:
            first = min(parts)
            words = [_part_of_place(word, kind if word.text == first else "particle", parts) for word in words]
    return words


def _part_of_place(word: Word, kind: WordKind, parts: frozenset[str]) -> Word:
    return word._replace(kind=kind) if word.text in parts and word.kind == "own" else word


@lru_cache(maxsize=4096)
def _form(written: str, form_class: str) -> Word:
    return Word(written, latin(written), written, "form", "form:" + form_class)
