"""Which of many descriptions hold a word of a term at all; the others need no reading.

Most descriptions of a customs file name ordinary goods. A text that holds no word which some term needs gives no
category, whatever else it says; one compiled search over all texts finds those that may. Nothing is decided here: a
text that passes is read as if it stood alone.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sanctionscreen.goods.terms import HAN, Role, TermIndex, folded, readable

if TYPE_CHECKING:
    import polars as pl

# Letters on which every edition of Unicode agrees; a text with any other is read as if it stood alone.
_KNOWN = rf"^[\x00-\x7fа-яѐ-џіїєґ{HAN}\x{{80}}-\x{{bf}}×÷\x{{2000}}-\x{{206f}}№、。《》「」【】ºøßþæœђ]*$"
_NO_LETTER = rf"[\P{{L}}{HAN}]+"
_NO_HAN = rf"[^{HAN}]+"


@dataclass(frozen=True, slots=True)
class Sieve:
    """What a text must hold for a term to be in it: words, beginnings of words, digits with letters, Chinese."""

    words: tuple[str, ...]
    """With a blank where a word begins, and where it ends."""
    coded: tuple[str, ...]
    """Words with digits in them, anywhere."""
    han: tuple[str, ...]

    @classmethod
    def of(cls, terms: TermIndex, roles: Collection[Role]) -> Sieve:
        """What the terms of some roles need: of each term, one word or the Chinese in it."""
        phrases = terms.phrases(roles)
        alone = {phrase[0] for phrase in phrases if len(phrase) == 1}
        is_han = re.compile(f"[{HAN}]").match
        han = {_longest_run(phrase) for phrase in phrases if is_han(max(phrase))}
        spelled = [phrase for phrase in phrases if not is_han(max(phrase))]
        chosen = {_rarest(phrase) for phrase in spelled if alone.isdisjoint(phrase)}
        chosen |= {phrase[0] for phrase in spelled if len(phrase) == 1}
        forms = terms.forms()
        whole = {form for lemma in chosen for form in forms[lemma][0]}
        words = {f" {form} " for form in whole if form.isalpha()}
        words |= {f" {start}" for lemma in chosen for start in forms[lemma][1]}
        coded = {form for form in whole if not form.isalpha()}
        return cls(tuple(sorted(words)), tuple(sorted(coded)), tuple(sorted(han)))

    def may_hold(self, texts: Sequence[str]) -> pl.Series:
        """For each text whether it must be read; false only where no term can be found in it."""
        import polars as pl

        given = pl.Series("text", [folded(readable(text)) for text in texts], dtype=pl.String)
        text = pl.col("text")
        letters = pl.concat_str(pl.lit(" "), text.str.replace_all(_NO_LETTER, " "), pl.lit(" "))
        searched = ((letters, self.words), (text, self.coded), (text.str.replace_all(_NO_HAN, ""), self.han))
        found = [where.str.contains_any(list(words)) for where, words in searched if words]
        return given.to_frame().select(pl.any_horizontal(*found, ~text.str.contains(_KNOWN))).to_series()


def _rarest(phrase: Sequence[str]) -> str:
    """The word of a term that other texts hold least: the longest without digits."""
    return max(phrase, key=lambda word: (word.isalpha(), len(word), word))


def _longest_run(phrase: Sequence[str]) -> str:
    """The longest run of Chinese in a term."""
    runs: list[str] = re.findall(f"[{HAN}]+", "".join(phrase))
    return max(runs, key=len)
