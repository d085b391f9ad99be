"""A name as a bag of described words: what matching compares."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from sanctionscreen.text import compounds, designators, glued, hangul, hanzi, legal_forms
from sanctionscreen.text.folding import fold
from sanctionscreen.text.lexicon import Word, as_of_person, describe
from sanctionscreen.text.romanise import Language, language, latin
from sanctionscreen.text.ships import as_of_ship

LONGEST_NAME = 512
"""Characters of a folded name that are compared; the longest official name of a Russian institution has about 400."""
MOST_WORDS = 48
"""Words that are compared; customs cells that glue name and address have about 25."""

_FOREIGN = re.compile(
    r"[^\x00-\u03ff\u0400-\u06ff\u0750-\u077f\u10a0-\u10ff\u1c90-\u1cbf\u1e00-\u206f\u20a0-\u214f\u3041-\u30ff"
    r"\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]+"
)
"""Scripts without a table of ours, which are romanised before words are told apart: their vowels are marks."""
_APOSTROPHES = re.compile(r"(?<=[^\W\d_])['’ʼʹ`´‘ʻ](?=[^\W\d_])")
_SPACED = re.compile(r"(?<![\w.])(?:(?:[^\W\d_] ){4,}|(?:[^\W\d_]\.){4,})[^\W\d_](?!\w)")
"""T E C H C R I M: five letters apart and more are a word; four may be the initials of a person."""
_LOST = re.compile(r"(?<=[^\W\d_])\?(?=[^\W\d_])")
LOST = "\u0294"
"""Stands for a letter that an encoding has lost, within a word: IBR?HIM."""
_WORDS = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+|[^\W_\u3400-\u9fff\uf900-\ufaff]+")


Reading = Literal["name", "person", "ship"]


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart; order of words, case, spacing and punctuation are gone."""

    words: tuple[Word, ...]
    """Sorted, legal forms included; a word that is repeated says no more than once."""
    mixed_scripts: bool = False
    invisible: bool = False
    cut: bool = False

    @property
    def key(self) -> tuple[tuple[str, str], ...]:
        """Equal for names that are equal after folding."""
        return tuple([(word.native, word.kind) for word in self.words])


@dataclass(frozen=True, slots=True)
class Pieces:
    """A name in pieces, before they are described."""

    words: tuple[str, ...]
    han: tuple[str, ...]
    """Runs of Chinese characters, which no space divides."""
    language: Language
    mixed_scripts: bool
    invisible: bool
    cut: bool


def take_apart(text: str, reading: Reading = "name") -> Name:
    """The words of a name, romanised and described; none for text without letters and digits.

    Args:
        reading: Whose name it is: without a reading of its own, that of a firm or of anything.
    """
    return described(pieces(text), reading)


def pieces(text: str) -> Pieces:
    """A name folded and divided, as far as it is compared."""
    # Compatibility forms may grow under folding, so a longer piece is folded first.
    folded = fold(text[: 4 * LONGEST_NAME])
    comparable = folded.text
    is_ascii = comparable.isascii()
    if not is_ascii:
        comparable = _FOREIGN.sub(lambda run: latin(run[0]), comparable).replace("\ufffd", "?")
    if "?" in comparable:
        comparable = _LOST.sub(LOST, comparable)
        is_ascii = comparable.isascii()
    if comparable.count(" ") + comparable.count(".") >= _FEWEST_SPACED:
        comparable = _SPACED.sub(lambda letters: re.sub(r"[\s.]+", "", letters[0]), comparable)
    if not is_ascii or "'" in comparable or "`" in comparable:
        found = _WORDS.findall(_APOSTROPHES.sub("", comparable[:LONGEST_NAME]))
    else:
        found = _ASCII_WORDS.findall(comparable, 0, LONGEST_NAME)
    spoken: Language = ""
    if not is_ascii:
        found, spoken = hangul.apart(found), language(comparable)
    cut = len(text) > 4 * LONGEST_NAME or len(comparable) > LONGEST_NAME or len(found) > MOST_WORDS
    words = found[:MOST_WORDS]
    han = () if is_ascii else tuple(run for run in words if legal_forms.is_han(run))
    plain = [word for word in words if word not in han] if han else words
    return Pieces(tuple(plain), han, spoken, folded.mixed_scripts, folded.invisible, cut)


_FEWEST_SPACED = 4
_ASCII_WORDS = re.compile("[a-z0-9]+")


def described(given: Pieces, reading: Reading) -> Name:
    """The words of a name in pieces: initials of a person or a ship may look like a legal form, and are none."""
    alone = reading == "person" or len(given.words) + len(given.han) == 1
    of_han = [word for run in given.han for word in hanzi.segment(run, alone=alone)]
    if reading == "person":
        words = [as_of_person(describe(word, given.language)) for word in compounds.apart(given.words)]
        words += [as_of_person(word) for word in of_han]
    elif reading == "ship":
        words = as_of_ship([*[describe(word, given.language) for word in given.words], *of_han])
    else:
        split = legal_forms.split([part for word in given.words for part in glued.unglued(word)])
        words = designators.split([*[describe(word, given.language) for word in split.words], *of_han])
        words += [_form(form.written, form.form_class) for form in split.forms]
    return Name(tuple(sorted(set(words))), given.mixed_scripts, given.invisible, given.cut)


@lru_cache(maxsize=4096)
def _form(written: str, form_class: str) -> Word:
    return Word(written, latin(written), written, "form", "form:" + form_class)
