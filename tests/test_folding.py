"""Folding: what people see alike becomes alike, and tampering is reported."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctionscreen.text.folding import fold, plain


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Ромашка", "ромашка"),
        ("ＲＯＭＡＳＨＫＡ　ＬＬＣ", "romashka llc"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("ﬁne\u00a0 goods", "fine goods"),
        ("", ""),
        ("\t \n", ""),
    ],
)
def test_case_width_and_spaces_are_undone(written: str, folded: str) -> None:
    """Case, full-width letters, ligatures and spaces do not make a name another."""
    assert fold(written).text == folded
    assert not fold(written).mixed_scripts


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("ТEХКРИМ", "техкрим"),  # Latin E
        ("POZITRОN", "pozitron"),  # Cyrillic О
        ("Mykinеs", "mykines"),  # Cyrillic е
        ("ΑΤΗΙΝA", "ατηινα"),  # Latin A at the end
    ],
)
def test_look_alike_letters_are_put_back_and_reported(written: str, meant: str) -> None:
    """A word that mixes look-alike letters of two scripts is read in one, and says so."""
    folded = fold(written)
    assert folded.text == meant
    assert folded.mixed_scripts


@pytest.mark.parametrize("honest", ["ООО Siemens", "Яndex", "АО «Ромашка» (Romashka JSC)", "大疆 DJI", "Ёлка"])
def test_two_scripts_in_a_name_are_no_tampering(honest: str) -> None:
    """Words in different scripts side by side, and letters without a look-alike, raise no signal."""
    assert not fold(honest).mixed_scripts


@pytest.mark.parametrize(
    "hidden", ["Poz\u200bitron", "Po\u00adzitron", "Позит\u2060рон", "Pozi\ufe0ftron", "Pozi\u3164tron"]
)
def test_invisible_characters_within_words_are_removed_and_reported(hidden: str) -> None:
    """Nobody can see them, so nobody writes them within a word by accident."""
    folded = fold(hidden)
    assert folded.invisible
    assert fold(folded.text).text in ("pozitron", "позитрон")


@pytest.mark.parametrize("ordinary", ["\ufeffPozitron", "\u200ePozitron\u200f", "می‌خواهم", "a b"])
def test_marks_around_words_and_persian_joiners_are_no_tampering(ordinary: str) -> None:
    """A byte order mark, direction marks and the joiners of Persian spelling raise no signal."""
    assert not fold(ordinary).invisible


@pytest.mark.parametrize("broken", ["\ud800", "\x00\x07", "\udfff\ud800"])
def test_unreadable_characters_leave_nothing(broken: str) -> None:
    """Lone surrogates and control characters are no text."""
    assert fold(broken).text == ""


@given(st.text(max_size=60))
def test_folding_is_settled(text: str) -> None:
    """Folding a folded text changes nothing."""
    once = fold(text).text
    assert fold(once).text == once


@given(st.text(alphabet="abcxyzАБВгдеёжЯ őüß", max_size=30))
def test_case_never_matters(text: str) -> None:
    """Capitals and small letters fold alike."""
    assert fold(text.upper()).text == fold(text.upper().lower()).text


def test_plain_drops_accents() -> None:
    """Rules compare without accents."""
    assert plain("Océan") == plain("OCEAN")
