"""Export control numbers: what documents write, what the parts mean, and what is no number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctionscreen.goods import load_goods
from sanctionscreen.goods.eccn import CATEGORIES, GROUPS, Eccn, excludes_ear99, read_eccn


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("3A001", "3A001"),
        ("3a001", "3A001"),
        (" 3A001 ", "3A001"),
        ("３Ａ００１", "3A001"),
        ("3A001.a.7", "3A001.a.7"),
        ("3A001.A.7.", "3A001.a.7"),
        ("3A001(a)(7)", "3A001.a.7"),
        ("3A001a7", "3A001.a.7"),
        ("3A 001", "3A001"),
        ("3-A-001", "3A001"),
        ("ECCN 3A991.b", "3A991.b"),
        ("ECCN: 5A002.a.1", "5A002.a.1"),
        ("ECCN No. 5A002", "5A002"),
        ("E.C.C.N. 5A002", "5A002"),
        ("US ECCN:5A992.c", "5A992.c"),
        ("EU 6A003.b.4", "6A003.b.4"),
        ("6A003.b.4.b", "6A003.b.4.b"),
        ("3A001.b.12.a", "3A001.b.12.a"),
        ("1C350.12", "1C350.12"),
        ("1C450.a.4", "1C450.a.4"),
        ("0A501", "0A501"),
        ("9A610.x", "9A610.x"),
        ("9A515.d", "9A515.d"),
        ("3A001 (NS, AT)", "3A001"),
        ("5A002 ENC", "5A002"),
        ("integrated circuits 3A001.a.2", "3A001.a.2"),
        ("3A001.A.7 and 3A001.a.7", "3A001.a.7"),
        ("EAR99", "EAR99"),
        ("EAR 99", "EAR99"),
        ("ear-99", "EAR99"),
        ("ECCN:EAR99", "EAR99"),
        ("EAR99 / NLR", "EAR99"),
    ],
)
def test_reads_a_number(text, code):
    """Case, marks, brackets, labels and words around it leave one number, entry in capitals, paragraphs in small."""
    read = read_eccn(text)
    assert read.code == code
    assert read.quality == "ok"
    assert read.note == ""
    assert read.others == ()


def test_the_parts_of_a_number_have_titles():
    """Category, group, reason for control and paragraph of a number are told apart."""
    read = read_eccn("3A001.a.7")
    assert (read.entry, read.paragraph) == ("3A001", "a.7")
    assert (read.category, read.category_title) == ("3", "Electronics")
    assert (read.group, read.group_title) == ("A", "Systems, equipment and components")
    assert "national security" in read.control
    assert not read.is_ear99


def test_all_categories_and_groups_have_titles():
    """Ten categories and five groups."""
    assert "".join(CATEGORIES) == "0123456789"
    assert "".join(GROUPS) == "ABCDE"


@pytest.mark.parametrize(
    ("text", "series"),
    [
        ("9A610", "600"),
        ("1A613.d", "600"),
        ("9A515.a", "9x515"),
        ("9E515", "9x515"),
        ("0A501", "0x5zz"),
        ("0A521", "0Y521"),
        ("3A001", ""),
        ("3A991", ""),
        ("5A515", ""),
        ("9A016", ""),
        ("EAR99", ""),
    ],
)
def test_series_with_rules_of_their_own_are_named(text, series):
    """The 600 series, spacecraft, firearms and temporary entries; a number that only looks like one is of none."""
    assert read_eccn(text).series == series


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("3а001", "3A001"),  # Cyrillic a
        ("ЗА001", "3A001"),  # Cyrillic Ze and A
        ("5А992.с", "5A992.c"),
        ("5A992.с", "5A992.c"),  # in the paragraph only
        ("6В004", "6B004"),
        ("1С350", "1C350"),
        ("9Е003", "9E003"),
        ("3AOO1", "3A001"),  # letters O
        ("5A99I", "5A991"),
        ("ЕАR99", "EAR99"),
        ("ЕАР99", "EAR99"),  # as Russian spells it
    ],
)
def test_look_alike_characters_are_read_and_told(text, code):
    """Cyrillic letters and letters for digits are one reading only, and the note says what stood there."""
    read = read_eccn(text)
    assert read.code == code
    assert read.quality == "repaired"
    assert read.note


def test_all_numbers_of_a_cell_are_kept_and_ear99_stands_last():
    """A controlled number beside EAR99 is the one that counts."""
    for text in ("5A992.c / EAR99", "EAR99 / 5A992.c", "EAR99;5A992.c"):
        read = read_eccn(text)
        assert (read.code, read.others) == ("5A992.c", ("EAR99",))
        assert read.quality == "several"
        assert not read.is_ear99
        assert read.names_ear99
    assert read_eccn("3A001, 3A991; 5A002.a.1").others == ("3A991", "5A002.a.1")


@pytest.mark.parametrize("text", [None, "", "  ", "N/A", "n.a.", "-", "none", "TBD", "нет", "\u200b"])
def test_nothing_written_is_missing(text):
    """An empty cell, or a word for one."""
    assert read_eccn(text) == Eccn("", "missing")


@pytest.mark.parametrize(
    "text", ["NLR", "N.L.R.", "No License Required", "no licence needed", "Not controlled", "uncontrolled", "not subject to the EAR", "not dual-use", "no ECCN", "Лицензия не требуется", "无需许可证"],
)  # fmt: skip
def test_a_licence_statement_is_no_number(text):
    """That no licence is needed says nothing about the number."""
    read = read_eccn(text)
    assert (read.code, read.quality) == ("", "statement")
    assert "no licence is needed" in read.note


@pytest.mark.parametrize("text", ["ITAR", "USML XI(c)", "ML10.c", "ML 5", "PL9009", "Munitions List"])
def test_a_munitions_list_is_another_list(text):
    """Munitions are on lists of their own; the note names which."""
    read = read_eccn(text)
    assert (read.code, read.quality) == ("", "other_list")
    assert "munitions list" in read.note


@pytest.mark.parametrize(
    "text",
    [
        "junk",
        "3F001",
        "3A01",
        "3A0011",
        "13A001",
        "X3A001",
        "A001",
        "EAR999",
        "EAR9",
        "EAP99",
        "8542.31",
        "3A001ENC",
        "???",
    ],
)
def test_what_is_no_number_is_invalid_and_shows_one(text):
    """A wrong letter, too few or too many digits, an HS code: no number, and what one looks like."""
    read = read_eccn(text)
    assert (read.code, read.quality) == ("", "invalid")
    assert "3A001.a.7" in read.note


def test_a_series_that_no_list_has_is_told():
    """The shape alone makes no entry: there is no series 700 or 800."""
    read = read_eccn("3A801")
    assert (read.code, read.quality) == ("3A801", "unknown_code")
    assert "800" in read.note


def test_a_number_beside_a_statement_or_another_list_keeps_both():
    """What the cell says besides its number stands in the note."""
    assert "no licence" in read_eccn("5A992.c NLR").note
    assert "USML" in read_eccn("9A610.x, not USML").note


@pytest.mark.parametrize(
    ("hints", "excluded"),
    [
        (("3A001", "3A991", "4A994"), True),
        (("3A001.e", "3A991", "EAR99"), False),
        (("1C608", "EAR99 for industrial grades"), False),
        (("EAR99",), False),
        ((), False),
    ],
)
def test_ear99_does_not_fit_where_the_hints_leave_it_out(hints, excluded):
    """Only hints that are given, and name no EAR99, exclude it."""
    assert excludes_ear99(hints) == excluded


def test_the_hints_of_the_high_priority_list_are_numbers():
    """Every hint of the list reads as one number, and processors exclude EAR99 where capacitors do not."""
    chpl = load_goods().chpl
    assert {read_eccn(hint).quality for code in chpl.values() for hint in code.eccn} == {"ok"}
    assert excludes_ear99(chpl["854231"].eccn)
    assert not excludes_ear99(chpl["853224"].eccn)


@given(st.text(max_size=60) | st.text(alphabet="0123456789ABCEOIЗАВС.()/ -EAR9", max_size=40))
def test_never_raises_and_never_gives_a_broken_number(text):
    """Whatever stands in the cell, a number has its shape, or there is none and a reason."""
    read = read_eccn(text)
    for code in (read.code, *read.others):
        assert code in ("", "EAR99") or (code[0].isdigit() and code[1] in GROUPS and code[2:5].isdigit())
    assert bool(read.code) or not read.others
    assert read.quality in ("ok", "missing") or read.note


@pytest.mark.parametrize(
    "text", ["3A001" + ".a" * 500, "3A001" + "A" * 900, "US " * 333, "3A001" + "(a" * 400, "3A" * 50_000]
)
def test_long_cells_are_read_in_no_time(text):
    """No cell of letters, dots and brackets is read in many ways."""
    assert read_eccn(text).quality in ("ok", "invalid")
