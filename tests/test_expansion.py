"""The words of the tables in all their forms."""

from __future__ import annotations

from pathlib import Path

from sanctionscreen import text
from sanctionscreen.text import expansion
from sanctionscreen.text.lexicon import by_sound, lexicon


def test_the_forms_that_are_written_down_are_those_of_the_tables() -> None:
    """`expanded.tsv` is current; `make docs` writes it again."""
    assert Path(text.__file__).with_name("expanded.tsv").read_text(encoding="utf-8") == expansion.table()


def test_forms_and_sounds_are_found() -> None:
    """An inflected adjective, its romanisation and its sound have the meaning of the word."""
    assert lexicon()["машиностроительного"] == lexicon()["mashinostroitelnogo"]
    assert lexicon()["машиностроительного"][0] == "generic"
    assert by_sound()


def test_common_names_of_firms_are_not_one_name() -> None:
    """Mercury and Venus stand on one line of the table and mean two things."""
    assert lexicon()["mercury"] != lexicon()["venus"]
    assert lexicon()["mercury"][0] == lexicon()["venus"][0] == "common"
