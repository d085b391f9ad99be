"""Tables that are worked out of others and written down."""

from __future__ import annotations

from pathlib import Path

import pytest

import listed_names
from sanctionscreen import text
from sanctionscreen.text.lexicon import by_sound, said_of
from sanctionscreen.text.written import TABLES


@pytest.mark.parametrize("name", TABLES)
def test_what_is_written_down_is_what_the_tables_say(name: str) -> None:
    """The table is current; `make docs` writes it again."""
    assert Path(text.__file__).with_name(name).read_text(encoding="utf-8") == TABLES[name]()


def test_the_names_on_the_lists_are_written_down() -> None:
    """Every name on an embedded list was taken apart before, and as it is now; `make docs` does it again."""
    assert Path(text.__file__).with_name("listed_names.tsv").read_text(encoding="utf-8") == listed_names.table()


def test_forms_and_sounds_are_found() -> None:
    """An inflected adjective, its romanisation and its sound have the meaning of the word."""
    assert said_of("машиностроительного") == said_of("mashinostroitelnogo")
    assert said_of("машиностроительного")[0] == "generic"
    assert by_sound()


def test_common_names_of_firms_are_not_one_name() -> None:
    """Mercury and Venus stand on one line of the table and mean two things."""
    assert said_of("mercury") != said_of("venus")
    assert said_of("mercury")[0] == said_of("venus")[0] == "common"
