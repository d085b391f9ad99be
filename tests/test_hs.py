"""HS codes: what documents write, what is repaired, and what is refused."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctionscreen.goods.editions import Editions, Link
from sanctionscreen.goods.hs import parse_hs


@pytest.mark.parametrize(
    "text",
    [
        "854231",
        "8542.31",
        "8542 31 00 00",
        "8542310000",
        "85423190",
        "8542-31-00",
        "8542.31.0000",
        "8542310000000",  # China, thirteen digits
        "854231000000",  # Türkiye, twelve
        "85423100001",  # Taiwan, eleven
        " 8542.31 ",
        "'8542310000",
        "８５４２３１",
        "HS 8542.31",
        "HS code: 8542.31.00",
        "ТН ВЭД 8542319000",
        "854231.0",
        "8,542,310,000",
        "8542,31",
        "8.54231E+09",
        "8542.31; 8542310000",
    ],
)
def test_reads_the_subheading(text):
    """Dots, spaces, national digits, labels and what spreadsheets do to numbers leave the six digits readable."""
    code = parse_hs(text)
    assert code.hs6 == "854231"
    assert code.quality == "ok"


@pytest.mark.parametrize(
    ("text", "hs6"),
    [("10121", "010121"), ("1012100", "010121"), ("101210000", "010121"), ("902100", "902100"), ("90210000", "902100")],
)
def test_restores_a_leading_zero_of_odd_codes_only(text, hs6):
    """Five, seven or nine digits lost their first zero; six and eight did not."""
    code = parse_hs(text)
    assert code.hs6 == hs6
    assert (code.quality == "padded") == (len(text) % 2 == 1)
    assert bool(code.note) == (code.quality == "padded")


@pytest.mark.parametrize("text", ["85", "8542", "8542.", "85423", "8542.1", "8.5423E+09"])
def test_a_short_code_gives_no_subheading(text):
    """A heading, or a number whose end is lost, is not completed by guessing."""
    code = parse_hs(text)
    assert code.hs6 is None
    assert code.quality == "short"
    assert code.note


def test_seven_digits_that_cannot_have_lost_a_zero_keep_the_first_six():
    """There is no heading 0854: 8542310 lost a digit behind the sixth, and says so."""
    code = parse_hs("8542310")
    assert code.hs6 == "854231"
    assert code.quality == "short"
    assert "0854" in code.note


@pytest.mark.parametrize("text", [None, "", "  ", "n/a", "-", "NaN"])
def test_nothing_written_is_missing(text):
    """An empty cell, or a word for one, is missing and not invalid."""
    assert parse_hs(text).quality == "missing"
    assert parse_hs(text).hs6 is None


@pytest.mark.parametrize(
    "text",
    [
        "8542.31 chips",
        "chips",
        "000000",
        "0000000000",
        "770100",
        "9901001000",
        "850000",
        "85423112345678901",
        "8542O1",
        "8542.31, 8471.50",
        "85423100/84715000",
        "854231 847150",
        "9.9E+99",
        "١٢٣٤٥٦",
        "8542\x0031",
    ],
)
def test_what_is_no_code_is_invalid_and_says_why(text):
    """Words, headings that do not exist, national chapters, two codes in a cell: no code, and a reason."""
    code = parse_hs(text)
    assert code.hs6 is None
    assert code.quality == "invalid"
    assert code.note


@given(st.text(max_size=60))
def test_never_raises_and_never_gives_a_broken_code(text):
    """Whatever stands in the cell, the result is six ASCII digits or nothing."""
    code = parse_hs(text)
    assert code.hs6 is None or (len(code.hs6) == 6 and code.hs6.isascii() and code.hs6.isdigit())
    assert (code.quality in ("missing", "invalid")) <= (code.hs6 is None)


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
