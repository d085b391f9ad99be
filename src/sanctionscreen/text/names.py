"""A name as a bag of described words: what matching compares."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from sanctionscreen.text import compounds, designators, glued, hangul, hanzi, legal_forms, tables
from sanctionscreen.text.folding import fold
from sanctionscreen.text.lexicon import KINDS, Word, as_of_person, describe
from sanctionscreen.text.romanise import Language, language, latin
from sanctionscreen.text.ships import as_of_ship

LONGEST_NAME = 512
"""Characters of a folded name that are compared; the longest official name of a Russian institution has about 400."""
MOST_WORDS = 48
"""Words that are compared; customs cells that glue name and address have about 25."""

_FOREIGN = (
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
_LAST_NAMES = 8_192
"""Names that are remembered: a name that was looked up is soon taken apart again, to group the lines that name it."""


Reading = Literal["name", "person", "ship"]


class Name(NamedTuple):
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


class Pieces(NamedTuple):
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
    return _written_down().get((reading, text)) or described(pieces(text), reading)


@cache
def _written_down() -> Mapping[tuple[str, str], Name]:
    """Names on the embedded lists: a run that meets no other name in their scripts reads no table of these."""
    return {(reading, text): _name(flags, words) for reading, text, flags, *words in tables.rows("listed_names.tsv")}


def _name(flags: str, words: Iterable[str]) -> Name:
    return Name(tuple(map(_word, words)), *(flag in flags for flag in FLAGS))


FLAGS = ("mixed_scripts", "invisible", "cut")


def _word(written: str) -> Word:
    """A word by its fields, of which the last two hold several readings."""
    native, text, heard, kind, meaning, other, short = written.split("|")
    return Word(native, text, heard, KINDS[kind], meaning, _several(other), _several(short))


def _several(readings: str) -> tuple[str, ...]:
    return tuple(readings.split(",")) if readings else ()


@lru_cache(maxsize=_LAST_NAMES)
def pieces(text: str) -> Pieces:
    """A name folded and divided, as far as it is compared."""
    # Compatibility forms may grow under folding, so a longer piece is folded first.
    folded = fold(text[: 4 * LONGEST_NAME])
    comparable = folded.text
    is_ascii = comparable.isascii()
    if not is_ascii:
        comparable = _foreign().sub(lambda run: latin(run[0]), comparable).replace("\ufffd", "?")
    if "?" in comparable:
        comparable = _LOST.sub(LOST, comparable)
        is_ascii = comparable.isascii()
    if comparable.count(" ") + comparable.count(".") >= _FEWEST_SPACED:
        comparable = _SPACED.sub(lambda letters: re.sub(r"[\s.]+", "", letters[0]), comparable)
    if not is_ascii or "'" in comparable or "`" in comparable:
        found = (_ASCII_WORDS if is_ascii else _words()).findall(_APOSTROPHES.sub("", comparable[:LONGEST_NAME]))
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


@cache
def _foreign() -> re.Pattern[str]:
    return re.compile(_FOREIGN)  # ranges of so many letters take milliseconds to compile, and many runs meet none


@cache
def _words() -> re.Pattern[str]:
    return re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+|[^\W_\u3400-\u9fff\uf900-\ufaff]+")


@lru_cache(maxsize=2 * _LAST_NAMES)
def described(given: Pieces, reading: Reading) -> Name:
    """The words of a name in pieces: initials of a person or a ship may look like a legal form, and are none."""
    alone = reading == "person" or len(given.words) + len(given.han) == 1
    of_han = [word for run in given.han for word in hanzi.segment(run, alone=alone)] if given.han else []
    if reading == "person":
        words = _of_person(given)
        words += [as_of_person(word) for word in of_han]
    elif reading == "ship":
        words = as_of_ship([*[describe(word, given.language) for word in given.words], *of_han])
    else:
        split = legal_forms.split([part for word in given.words for part in glued.unglued(word)])
        told = [_told(word, given.language) for word in split.words]
        words = designators.put_together([*told, *map(designators.told, of_han)] if of_han else told)
        words += [_form(form.written, form.form_class) for form in split.forms]
    return Name(tuple(sorted(set(words))), given.mixed_scripts, given.invisible, given.cut)


@lru_cache(maxsize=65_536)
def _told(word: str, of: Language) -> designators.Told:
    return designators.told(describe(word, of))


def _of_person(given: Pieces) -> list[Word]:
    if any(map(compounds.is_told_by_others, given.words)):
        return [_word_of_person(word, given.language) for word in compounds.apart(given.words)]
    return [part for word in given.words for part in _words_of_person(word, given.language)]


@lru_cache(maxsize=65_536)
def _words_of_person(word: str, of: Language) -> tuple[Word, ...]:
    return tuple([_word_of_person(part, of) for part in compounds.split_compound(word)])


def _word_of_person(word: str, of: Language) -> Word:
    return as_of_person(describe(word, of))


@lru_cache(maxsize=4096)
def _form(written: str, form_class: str) -> Word:
    return Word(written, latin(written), written, "form", "form:" + form_class)
