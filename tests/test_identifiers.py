"""Identifiers: one number in any notation meets itself, and nothing else does."""

from __future__ import annotations

import csv
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctionscreen.matching.check_digits import NumberKind, suggestions, verdict
from sanctionscreen.matching.identifiers import SHARED_UP_TO, comparable, near


@pytest.mark.parametrize(
    ("listed", "cell"),
    [
        ("Tax ID No. 7708004767 (Russia)", "ИНН/КПП 7708004767/770801001"),
        ("INN: 7708004767; OGRN 1027700092661", "7708004767"),
        ("TIN: 7708004767OGRN: 1027700092661", "ОГРН 1027700092661"),
        ("7708004767", "ИНН7708004767КПП770801001"),
        ("7708004767", "7708004767 / 770801001"),
        ("7708004767", "77 0800-4767"),
        ("7708004767", "7708004767.0"),
        ("7708004767", "7.708004767E+09"),
        ("7708004767", "7,708,004,767"),
        ("7708004767", "'7708004767"),
        ("7708004767", "７７０８００４７６７"),
        ("Vessel Registration Identification IMO 9074729", "IMO9074729"),
        ("9074729", "IMO No: 9074729, MMSI 273312345"),
        ("Identification Number IMO 5878589", "imo company number 5878589"),
        ("0274000006", "274000006"),
        ("UNP 101119568 (Belarus)", "УНП 101119568"),
        ("Registration ID 27134614 (Netherlands)", "KvK 27134614"),
        ("ЄДРПОУ 00123456", "EDRPOU 00123456"),
        ("ЄДРПОУ 00123456", "123456"),
        ("БИН 990140000483", "BIN: 990140000483"),
        ("CR No. 0012345", "HK company no 0012345"),
        ("12345678-000-12-23-A", "Business registration 12345678-000-12-24-3"),
        ("Legal Entity Number 529900T8BM49AURSDO55", "LEI: 5299 00T8 BM49 AURS DO55"),
        ("统一社会信用代码：91440300MA5HX80Y1Q", "USCC 91440300MA5HX80Y1Q"),
        ("914403007954257495", "组织机构代码 79542574-9"),
        ("914403007954257495", "tax registration 440300795425749"),
        ("VAT DE123456789", "123456789"),
        ("EORI: GB123456789000", "VAT GB 123 4567 89"),
        ("CHE-123.456.789 MWST", "CHE123456789"),
        ("CNPJ 11.222.333/0001-81", "11222333000181"),
        ("Tax ID No. AABA 670850 Y", "AABA670850Y"),
        ("US FEIN 55-2197267", "EIN 552197267"),
        ("Passport АВ 1234567", "AB1234567"),
        ("Паспорт 45 09 123456", "4509123456"),
    ],
)
def test_one_number_in_two_notations_meets(listed: str, cell: str) -> None:
    """Labels, spaces, strokes, spreadsheets, countries and codes around the number do not matter."""
    assert comparable([listed]) & comparable([cell])


@pytest.mark.parametrize(
    ("listed", "cell"),
    [
        ("ИНН 7708004767 КПП 770801001", "ИНН 7701234567 КПП 770801001"),
        ("7708004767 / 770801001", "7701234567/770801001"),
        ("ИНН/КПП 7708004767/770801001", "770801001"),
        ("7708004767", "7708004768"),
        ("7708000000", "7.708E+09"),
        ("1111111111", "1111111111"),
        ("0000000", "0000000"),
        ("12.03.2015", "12032015"),
        ("issued 2015-03-12", "20150312"),
        ("+7 495 123-45-67", "74951234567"),
        ("7701234567", "770123"),
        ("770123 4567", "770123"),
        ("БИК 044525225", "044525225"),
        ("1234", "1234"),
        ("Russia", "Russia"),
        ("passport", "passport"),
    ],
)
def test_other_numbers_do_not_meet(listed: str, cell: str) -> None:
    """Tax offices, dates, telephones, fillers, damaged and short numbers identify nobody."""
    assert not comparable([listed]) & comparable([cell])


def test_short_numbers_are_known_to_be_shared() -> None:
    """IMO numbers and those of most companies houses are short enough to be asked for their country."""
    assert max(map(len, comparable(["IMO 9074729", "Registration ID 27134614"]))) <= SHARED_UP_TO


@pytest.mark.parametrize(
    ("kind", "right", "wrong"),
    [
        ("inn", "7708004767", "7708004776"),
        ("inn", "500100732259", "500100732295"),
        ("ogrn", "1027700092661", "1027700092616"),
        ("ogrn", "304500116000157", "304500116000175"),
        ("lei", "529900T8BM49AURSDO55", "529900T8BM49AURSDO56"),
        ("uscc", "914403007954257495", "914403007954257459"),
        ("uscc", "91440300MA5HX80Y1Q", "91440300MA5HX80Y1P"),
        ("imo_ship", "9074729", "9074792"),
        ("imo_company", "5878589", "5878598"),
    ],
)
def test_check_digits(kind: NumberKind, right: str, wrong: str) -> None:
    """Numbers of public registers are right; with two digits swapped they are not, and the right one is suggested."""
    assert (verdict(kind, right), verdict(kind, wrong)) == ("valid", "invalid")
    assert right in suggestions(kind, wrong)
    assert suggestions(kind, right) == ()


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        ("inn", "770800476"),
        ("ogrn", "7708004767"),
        ("lei", "77"),
        ("uscc", "I" * 18),
        ("imo_ship", "90747290"),
        ("mmsi", "123456789"),
        ("inn", ""),
    ],
)
def test_a_number_of_another_form_is_unknown(kind: NumberKind, number: str) -> None:
    """Nothing is said, and nothing suggested, of what is no such number."""
    assert (verdict(kind, number), suggestions(kind, number)) == ("unknown", ())


@given(st.sampled_from(["inn", "ogrn", "lei", "uscc", "imo_ship", "imo_company", "mmsi"]), st.text(max_size=20))
def test_every_suggestion_is_right_and_of_one_length(kind: NumberKind, number: str) -> None:
    """A suggestion passes the check and differs in one or two places."""
    for other in suggestions(kind, number):
        assert verdict(kind, other) == "valid"
        assert 0 < sum(a != b for a, b in zip(number, other, strict=True)) <= 2


def test_a_wrong_number_is_named_with_what_it_may_have_been() -> None:
    """For people to look at: the kind is told by the label, or by the form of a ship's or a Chinese number."""
    assert ("imo_ship", "9074729") in near("IMO 9074792")
    assert ("imo_ship", "9074729") in near("9074792")
    assert ("inn", "7708004767") in near("ИНН 7708004776")
    assert ("inn", "0274000000") not in near("ИНН 0274000000")
    assert near("7708004776") == near("IMO 9074729") == near("IMO 5878589") == near("") == near("Romashka") == ()


@given(st.text(max_size=200))
def test_no_cell_breaks_it(cell: str) -> None:
    """Whatever stands there, the numbers hold letters and digits only, and the same number twice is one."""
    numbers = comparable([cell])
    assert all(number.isalnum() and number[0] != "0" for number in numbers)
    assert comparable([cell, cell]) == numbers
    near(cell)


@pytest.mark.parametrize(
    "piece", ["1", "1 ", "7708004767/", "инн ", "1,234,", "0.", "1e+", "+7 ", "(", "IMO", "a1-", "12-"]
)
def test_a_hostile_cell_costs_little(piece: str) -> None:
    """A hundred thousand characters of anything are read in milliseconds."""
    started = time.process_time()
    comparable([piece * (100_000 // len(piece))])
    near(piece * (100_000 // len(piece)))
    assert time.process_time() - started < 1


@pytest.mark.data
def test_real_ship_numbers_pass(test_data: Path) -> None:
    """All numbers of the 7,939 real ships have the right check digit, and none is ever corrected."""
    with (test_data / "lists/vessels_imo_unlisted/vessels.csv").open(encoding="utf-8") as file:
        numbers = [row["imo"] for row in csv.DictReader(file)]
    assert len(numbers) > 7000
    assert [number for number in numbers if verdict("imo_ship", number) != "valid" or near(number)] == []
