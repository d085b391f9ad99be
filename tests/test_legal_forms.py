"""Legal forms: told apart from names in any language, order and spelling."""

from __future__ import annotations

import random

import pytest

from sanctionscreen.text import tables
from sanctionscreen.text.legal_forms import split
from sanctionscreen.text.names import take_apart


def classes(name: str) -> set[str]:
    return {word.meaning.removeprefix("form:") for word in take_apart(name).words if word.kind == "form"}


@pytest.mark.parametrize(
    ("name", "form_class"),
    [
        ("ООО Ромашка", "llc"),
        ("OOO Romashka", "llc"),
        ("Общество с ограниченной ответственностью «Ромашка»", "llc"),
        ("Obshchestvo s ogranichennoi otvetstvennostyu Romashka", "llc"),
        ("Romashka L.L.C.", "llc"),
        ("Romashka Limited Liability Company", "llc"),
        ("ЗАО Ромашка", "cjsc"),
        ("АО Ромашка", "jsc"),
        ("Romashka Joint Stock Company", "jsc"),
        ("ПАО Ромашка", "pjsc"),
        ("ОДО Ромашка", "alc"),
        ("ТОО Ромашка", "llc"),
        ("ТОВ Ромашка", "llc"),
        ("Romashka MChJ", "llc"),
        ("ИП Иванов", "sole"),
        ("ФГУП Ромашка", "state"),
        ("深圳市某某有限公司", "llc"),
        ("某某股份有限公司", "plc"),
        ("Papatya Ltd. Şti.", "llc"),
        ("Papatya A.Ş.", "jsc"),
        ("Daisy FZE", "freezone"),
        ("Daisy FZCO", "freezone"),
        ("Daisy DMCC", "freezone"),
        ("Gänseblümchen GmbH", "llc"),
        ("Gänseblümchen AG", "plc"),
        ("Marguerite S.A.R.L.", "llc"),
        ("Margherita S.p.A.", "plc"),
        ("Margarita S.L.", "llc"),
        ("Stokrotka Sp. z o.o.", "llc"),
        ("Daisy PLC", "plc"),
        ("Daisy Inc.", "corp"),
        ("Daisy Sdn. Bhd.", "llc"),
    ],
)
def test_forms_of_many_countries_have_a_class(name: str, form_class: str) -> None:
    """The same kind of company has one class, whatever its country and script call it."""
    assert form_class in classes(name)


@pytest.mark.parametrize("name", ["Romashka", "Oozora", "Agora", "Salina Vega", "Tower Sarlat", "Ooolong"])
def test_words_that_only_hold_the_letters_of_a_form_are_none(name: str) -> None:
    """A form is a word of its own."""
    assert classes(name) == set()


def test_order_of_words_does_not_matter() -> None:
    """A form is recognised wherever its words stand."""
    words = ["limited", "romashka", "company", "l", "liability", "l", "c"]
    expected = split(words)
    for seed in range(10):
        random.Random(seed).shuffle(words)
        assert split(words) == expected


def test_every_row_of_the_table_has_a_class_countries_and_a_source() -> None:
    """Data without a source does not go in."""
    for row in tables.rows("legal_forms.tsv"):
        assert len(row) == 4
        assert all(cell.strip() for cell in row), row
        assert all(len(code) == 2 for code in row[1].split()), row


def test_tables_of_words_hold_no_word_twice_in_a_line() -> None:
    """A slip of the hand in a table shows here."""
    for table in ("company_words.tsv", "place_words.tsv", "person_words.tsv"):
        for row in tables.rows(table):
            spellings = row[-1].split("|")
            assert len(spellings) == len(set(spellings)), row
            assert all(spelling == spelling.strip() and spelling for spelling in spellings), row
