"""Legal forms: told apart from names in any language, order and spelling."""

from __future__ import annotations

import random
import re

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
        ("Daisy Pte. Ltd.", "llc"),
        ("Daisy Private Limited", "llc"),
        ("Công ty TNHH Hoa Cúc", "llc"),
        ("Công ty Cổ phần Hoa Cúc", "plc"),
        ("Красуљак д.о.о.", "llc"),
        ("Krasuljak d.o.o.", "llc"),
        ("Margriet B.V.", "llc"),
        ("UAB Ramunė", "llc"),
        ("SIA Margrietiņa", "llc"),
        ("Kirikakar OÜ", "llc"),
        ("Päivänkakkara Oy", "llc"),
        ("Prästkrage Aktiebolag", "llc"),
        ("Tusenfryd ApS", "llc"),
        ("Ромашка ЖШС", "llc"),
        ("Ромашка ОсОО", "llc"),
        ("გვირილა შპს", "llc"),
        ("Երիցուկ ՍՊԸ", "llc"),
        ("Çobanyastığı MMC", "llc"),
        ("УП Ромашка", "private"),
        ("سهامی خاص بابونه", "jsc"),
        ("雛菊貿易有限公司", "llc"),
        ("雛菊股份有限公司", "plc"),
    ],
)
def test_forms_of_many_countries_have_a_class(name: str, form_class: str) -> None:
    """The same kind of company has one class, whatever its country and script call it."""
    assert form_class in classes(name)


@pytest.mark.parametrize(
    ("name", "form_class"),
    [
        ("ROMASHKA OIL COMP", "company"),
        ("ROMASHKA CMPNY", "company"),
        ("ROMASHKA CORPN", "corp"),
        ("ROMASHKA INCORPORATED COMPANY", "corp"),
        ("ROMASHKA JOINT STOCK COMP", "jsc"),
        ("OPEN JOINT STOCK CO ROMASHKA", "jsc"),
        ("ROMASHKA P.J.S.C.", "pjsc"),
        ("ROMASHKA LTD LIABILITY CO", "llc"),
        ("LIABILITY LIMITED COMPANY ROMASHKA", "llc"),
        ("ROMASHKA LIMITED LKABILITY COMPANY", "llc"),
        ("ROMASHKA LIMITED LIABILITY COMAPNY", "llc"),
        ("AKTSIONERNOYE OPSHCHESTVO ROMASHKA", "jsc"),
        ("Акционерное обшество Ромашка", "jsc"),
        ("Papatya Anonim Sriketi", "jsc"),
    ],
)
def test_broken_and_misspelt_forms_are_forms(name: str, form_class: str) -> None:
    """A shortened form, or a slip in a long word of a form of several words, is no name of anybody."""
    assert classes(name) == {form_class} | ({"company"} & classes(name))
    assert [word.native for word in take_apart(name).words if word.kind not in ("form", "generic")] != []
    assert not [w for w in take_apart(name).words if w.kind == "own" and w.text not in ("romashka", "papatya")]


@pytest.mark.parametrize("name", ["Compana Verde", "Libility", "Pubblicis Stock", "Jointa Stocca", "Unlimitex Society"])
def test_a_slip_alone_is_no_form(name: str) -> None:
    """Without the other words of the form, a word like one of its words is a name."""
    assert not classes(name)


def test_forms_of_one_country_are_words_of_another() -> None:
    """Two letters beside a certain form are part of the name."""
    assert split(["as", "roma", "llc"]).words == ("as", "roma")
    assert split(["se", "trading", "ltd"]).words == ("se", "trading")


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
        assert re.search(r"ISO 20275|\d", row[2]), row


def test_the_countries_of_the_trade_are_covered() -> None:
    """Each country whose firms stand in the papers has forms of its own."""
    covered = {code for row in tables.rows("legal_forms.tsv") for code in row[1].split()}
    wanted = """RU BY KZ KG UZ AM GE UA CN HK TW TR AE IR IN MY SG VN RS DE FR IT ES NL PL LT LV EE SE NO DK FI IS GB US
        AZ TJ TM MD CY JP KR AT CH BE PT CZ HU BG"""
    assert not set(wanted.split()) - covered


def test_tables_of_words_hold_no_word_twice_in_a_line() -> None:
    """A slip of the hand in a table shows here."""
    for table in ("company_words.tsv", "place_words.tsv", "person_words.tsv"):
        for row in tables.rows(table):
            spellings = row[-1].split("|")
            assert len(spellings) == len(set(spellings)), row
            assert all(spelling == spelling.strip() and spelling for spelling in spellings), row
