"""HS codes: what documents write, what is repaired, and what is refused."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctionscreen.goods.editions import Editions, Link
from sanctionscreen.goods.hs import parse_hs

# Subheadings that decide between two readings of one number; the nomenclature gives them all.
KNOWN = frozenset({"854231", "854232", "847150", "851762", "851769", "010121", "090121", "090210", "901210", "902110"})


@pytest.mark.parametrize(
    "text",
    [
        "854231",
        "8542.31",
        "8542 31",
        "8542 31 00 00",
        "85 42 31 00 00",
        "8542310000",
        "85423190",  # EU, India, Brazil: eight
        "8542-31-00",
        "8542-31-00.00",
        "8542/31/00",
        "8542,31",
        "8542,31,00",
        "8542,3100",
        "8542.31/00",
        "8542.31.0000",
        "8542.31.0001",  # US HTS and Schedule B, ten
        "8542 31 900 9",  # Russia, ten
        "8542.31.000",  # Japan, nine
        "854231000",
        "8542310000000",  # China, thirteen
        "854231000000",  # Türkiye, twelve
        "85423100001",  # Taiwan, eleven
        " 8542.31 ",
        "'8542310000",
        '="8542310000"',
        "８５４２３１",
        "8542．31",
        "٨٥٤٢٣١",
        "८५४२३१",
        "\u202d8542.31\u202c",
        "8542\u200b.31",
        "\ufeff854231",
        "<td>8542.31&nbsp;00</td>",
        "HS 8542.31",
        "H.S. 8542.31",
        "HS code: 8542.31.00",
        "HS CODE NO. 8542.31",
        "HSN 85423100",
        "HTSUS 8542.31.0001",
        "Schedule B: 8542310000",
        "ITC-HS 85423100",
        "NCM 8542.31.90",
        "GTIP: 854231000000",
        "ex 8542.31",
        "tariff heading: 8542.31",
        "ТН ВЭД 8542319000",
        "ТН ВЭД 8542 31 900 9",
        "код ТН ВЭД ЕАЭС: 8542319000",
        "УКТ ЗЕД 8542319000",
        "8542319000 (ТН ВЭД)",
        "HS编码：8542310000",
        "商品编码 8542310000",
        "854231.0",
        "8542310000.00",
        "854231,00",
        "8,542,310,000",
        "8 542 310 000",
        "8,542.31",
        "8.54231E5",
        "8.54231E+05",
        "8,54231E+05",
        "8.542319E+09",  # seven digits shown: rounding reaches the seventh only
        "8542.31; 8542310000",
    ],
)
def test_reads_the_subheading(text):
    """Dots, spaces, national digits, labels and what spreadsheets do to numbers leave the six digits readable."""
    code = parse_hs(text)
    assert code.hs6 == "854231"
    assert code.quality == "ok"
    assert code.heading == "8542"
    assert code.others == ()


@pytest.mark.parametrize(
    ("text", "hs6"),
    [
        ("10121", "010121"),
        ("1012100", "010121"),
        ("101210000", "010121"),
        ("101210000.0", "010121"),
        ("101,210,000", "010121"),
        ("101.21", "010121"),
        ("101210", "010121"),  # the start of 0101210000, cut at six: no heading 1012
        ("10121000", "010121"),
        ("902.10.00", "090210"),  # the dots say where the heading ends
        ("902.10.000", "090210"),
        ("4090000", "040900"),
        ("84713000", "847130"),
        ("902100", "902100"),
        ("90210000", "902100"),
        ("0101210000", "010121"),
        ("1012.10", "101210"),  # no such heading, and the dot says that no zero is missing
    ],
)
def test_restores_a_leading_zero_where_nothing_else_is_possible(text, hs6):
    """A zero is put back where the number has no other heading, or its dots say so; each repair is told."""
    code = parse_hs(text, KNOWN | {"902100"})
    is_restored = code.hs6[0] == "0" and not text.startswith("0")
    assert code.hs6 == hs6
    assert code.quality == ("padded" if is_restored else "ok")
    assert bool(code.note) == is_restored


@pytest.mark.parametrize(
    ("text", "unaided", "known"),
    [
        ("902100000", ("090210", "902100"), ("090210",)),  # green tea; no subheading 9021.00
        ("9021100", ("090211", "902110"), ("902110",)),  # orthopaedic appliances, a digit short; no 0902.11
        ("901210000", ("090121", "901210"), ("090121", "901210")),  # roasted coffee, or electron microscopes
    ],
)
def test_a_zero_that_may_be_lost_gives_both_readings(text, unaided, known):
    """Where two headings are possible nothing is repaired: both stand, unless only one of them exists."""
    assert set(parse_hs(text).all_hs6) >= set(unaided)
    assert parse_hs(text).quality == "several"
    code = parse_hs(text, KNOWN)
    assert set(code.all_hs6) == set(known)
    assert (code.quality == "several") == (len(known) > 1)
    assert code.note


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("85", ""),
        ("854", ""),
        ("8542", "8542"),
        ("8542.", "8542"),
        ("85423", "8542"),
        ("8542.1", "8542"),
        ("8542,1", "8542"),
        ("heading 8542", "8542"),
        ("8542XX", "8542"),
        ("8542, 8541", "8542"),
        ("101", "0101"),
        ("101.2", "0101"),
        ("0101", "0101"),
        ("7701", ""),
        ("8.5423E+09", "8542"),
        ("9.0121E+08", ""),  # 0901 or 9012
        ("8.542E+09", ""),  # 8541.6 would show the same
        ("8.54E+09", ""),
    ],
)
def test_a_short_code_gives_no_subheading_but_its_heading(text, heading):
    """A heading, or a number whose end is lost, is not completed by guessing; the heading is kept where it is sure."""
    code = parse_hs(text)
    assert code.hs6 is None
    assert code.quality == "short"
    assert code.note
    assert code.heading == heading


@pytest.mark.parametrize("text", ["8542310", "8542.310"])
def test_seven_digits_that_cannot_have_lost_a_zero_keep_the_first_six(text):
    """There is no heading 0854: 8542310 lost a digit behind the sixth, and says so."""
    code = parse_hs(text)
    assert code.hs6 == "854231"
    assert code.quality == "short"
    assert "behind the sixth" in code.note


@pytest.mark.parametrize("text", [None, "", "  ", "n/a", "-", "NaN", "TBA", "нет", "\u200b"])
def test_nothing_written_is_missing(text):
    """An empty cell, or a word for one, is missing and not invalid."""
    assert parse_hs(text).quality == "missing"
    assert parse_hs(text).hs6 is None


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("8542.31, 8471.50", ("854231", "847150")),
        ("8542.31; 4202.12", ("854231", "420212")),
        ("85423100/84715000", ("854231", "847150")),
        ("8542.31 & 8471.50", ("854231", "847150")),
        ("8542.31 and 8471.50", ("854231", "847150")),
        ("8542.31 и 8471.50", ("854231", "847150")),
        ("8542.31\n8471.50", ("854231", "847150")),
        ("8542319000、8471500000", ("854231", "847150")),
        ("HS 8542.31 / HS 8471.50", ("854231", "847150")),
        ("8542.31 (8471.50)", ("854231", "847150")),
        ("854231 847150", ("854231", "847150")),
        ("8542 31 00 8471 50 00", ("854231", "847150")),
        ("8542.31.0000 8471.50.0150", ("854231", "847150")),
        ("8542 31 0000 8471 50 0150", ("854231", "847150")),
        ("8542.31 - 8542.39", ("854231", "854239")),
        ("8542.31-8542.39", ("854231", "854239")),
        ("854231/854232/854233", ("854231", "854232", "854233")),
        ("8517.62/69", ("851762", "851769")),
        ("8542.31, .32, .33", ("854231", "854232", "854233")),
        ("8542.31 .32", ("854231", "854232")),
        ("8542.31 chips, 8471.50 computers", ("854231", "847150")),
        ("4202; 8542.31", ("854231",)),  # the heading stands in the note
    ],
)
def test_codes_of_one_cell_are_all_kept(text, codes):
    """Different subheadings in one cell: the first is the code, the others follow, and the note has the cell."""
    code = parse_hs(text)
    assert code.all_hs6 == codes
    assert code.quality == "several"
    assert "codes in one cell" in code.note


def test_endings_that_no_subheading_has_are_national_digits():
    """8542.31/90 is one code of eight digits where 8542.90 does not exist."""
    assert parse_hs("8542.31/90", KNOWN).all_hs6 == ("854231",)
    assert parse_hs("854231 / 99", KNOWN).all_hs6 == ("854231",)
    assert parse_hs("8542.31/32", KNOWN).all_hs6 == ("854231", "854232")


@pytest.mark.parametrize(
    ("text", "known", "codes"),
    [
        ("8.54231E+09", KNOWN, ("854231",)),  # 8542.30 does not exist
        ("8.54231E+09", None, ("854231", "854230")),
        ("8.54232E+09", KNOWN, ("854232", "854231")),  # 8542319000 shows so
    ],
)
def test_a_rounded_number_gives_the_code_below_too(text, known, codes):
    """A spreadsheet shows six digits of ten, and rounds the last."""
    code = parse_hs(text, known)
    assert code.all_hs6 == codes
    assert "shows 6 digits" in code.note


@pytest.mark.parametrize(
    ("text", "hs6"),
    [
        ("8542O1", "854201"),
        ("85423l", "854231"),
        ("8542.З1", "854231"),  # Cyrillic Ze
        ("8542.31.ОО", "854231"),  # Cyrillic O
        ("8542.31.XX.XX", "854231"),
        ("854231xxxx", "854231"),
        ("8471.30.00 00A", "847130"),  # New Zealand, a letter of statistics
        ("8542.31 chips", "854231"),
        ("8542310000 МИКРОСХЕМЫ", "854231"),
        ("integrated circuits (8542.31)", "854231"),
    ],
)
def test_letters_and_words_in_a_code_are_told(text, hs6):
    """Look-alike letters, placeholders and words leave a code that says what it was read from."""
    code = parse_hs(text)
    assert code.hs6 == hs6
    assert code.quality == "repaired"
    assert code.note


@pytest.mark.parametrize(
    "text",
    [
        "chips",
        "Q2",
        "8542 lb",
        "123456 kg",
        "74HC595",
        "model 3055",
        "000000",
        "0000000000",
        "770100",
        "9901001000",
        "850000",
        "85423112345678901",
        "8542310084715000",
        "9.9E+99",
        "1e999999",
        "8542\x0031",
    ],
)
def test_what_is_no_code_is_invalid_and_says_why(text):
    """Words, quantities, headings that do not exist, national chapters: no code, and a reason."""
    code = parse_hs(text)
    assert code.hs6 is None
    assert code.quality == "invalid"
    assert code.note


def test_a_long_cell_is_read_to_its_limit_and_says_so():
    """A cell of many codes keeps the first thousand characters; a plain text of 100 kB is no code."""
    code = parse_hs("8542.31; " * 20_000 + "8471.50")
    assert code.hs6 == "854231"
    assert "1000 characters" in code.note
    assert parse_hs("circuit " * 12_500).quality == "invalid"


@given(st.text(max_size=60) | st.text(alphabet="0123456789.,;/- eExXоOhs()и&<", max_size=40))
def test_never_raises_and_never_gives_a_broken_code(text):
    """Whatever stands in the cell, the result is six ASCII digits or nothing, and always the same."""
    code = parse_hs(text, KNOWN)
    assert all(len(hs6) == 6 and hs6.isascii() and hs6.isdigit() for hs6 in code.all_hs6)
    assert len(set(code.all_hs6)) == len(code.all_hs6)
    assert (code.quality in ("missing", "invalid")) <= (code.hs6 is None)
    assert (code.hs6 is None) <= (not code.others)
    assert code.heading in ("", *(hs6[:4] for hs6 in code.all_hs6[:1])) or code.hs6 is None
    assert code.quality in ("ok", "missing") or code.note
    assert code == parse_hs(text, KNOWN)


EDITIONS = Editions.build(
    (Link("852589", ("852580",), "n:1"), Link("852583", ("852580",), "n:1"), Link("854151", (), "n:n", ("854150",))),
    frozenset({"852580", "854150"}),
    frozenset({"852583", "852589", "854151"}),
)


@pytest.mark.parametrize(
    ("hs6", "day", "edition", "has_note"),
    [
        ("854231", date(2021, 12, 31), "2017", False),
        ("854231", date(2022, 1, 1), "2022", False),
        ("854231", None, "edition_unknown", False),
        ("852580", None, "2017", False),
        ("852580", date(2021, 5, 1), "2017", False),
        ("852580", date(2023, 5, 1), "2017", True),  # customs that went on with HS2017
        ("852589", None, "2022", False),
        ("852589", date(2021, 5, 1), "2022", True),
    ],
)
def test_the_edition_is_the_dates_unless_the_code_is_of_one_only(hs6, day, edition, has_note):
    """The record's day chooses; a code that one edition alone has says which, and says when the day disagrees."""
    found, note = EDITIONS.edition_of(hs6, day)
    assert found == edition
    assert bool(note) == has_note


def test_one_old_code_leads_to_many_new_ones():
    """A code that was split stays many, and a practical reading is found beside the table's links."""
    assert [link.hs2022 for link in EDITIONS.successors("852580")] == ["852589", "852583"]
    assert [link.hs2022 for link in EDITIONS.successors("854150")] == ["854151"]
    assert EDITIONS.successors("854231") == ()
