"""Names of ships: prefixes say nothing, numerals tell sister ships apart, former names come out."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctionscreen.matching import DEFAULT_THRESHOLD, compare_names
from sanctionscreen.text.vessels import bare_ship_name, read_ship_name


@pytest.mark.parametrize(
    "written",
    ["SEA STAR 5", "Sea Star V", "M/V Sea Star No. 5", "MV. SEA STAR NO 5", "SEA STAR-5", "M.V. SEA STAR FIVE", "sea star #05",
     "T/H SEA STAR 5".replace("T/H", "т/х"), '"SEA STAR" №5', "SEA STAR 5, MV", "Motor vessel: SEA STAR 5", "LPG/C SEA STAR-V"],
)  # fmt: skip
def test_one_ship_in_any_notation(written: str) -> None:
    """The prefix goes, and the numeral is read in digits, Roman, words and behind a number sign."""
    assert bare_ship_name(written) == "sea star 5"


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("т/х Морская Звезда пять", "морская звезда 5"),
        ("танкер «МОРСКАЯ ЗВЕЗДА-5»", "морская звезда 5"),
        ("海星五号", "海星 5"),
        ("海星5号轮", "海星 5"),
        ("海星轮", "海星"),
        ("HAI XING 5 HAO", "hai xing 5"),
        ("HAI XING WU", "hai xing wu"),
        ("ZHENHUA-28", "zhenhua 28"),
        ("VICTORIA II", "victoria 2"),
        # what only looks like a prefix or a numeral
        ("SEA STAR 6", "sea star 6"),
        ("SEA STAR", "sea star"),
        ("SEVEN SEAS", "seven seas"),
        ("ONE HARMONY", "one harmony"),
        ("MY WAY", "my way"),
        ("SV NIKOLAY", "sv nikolay"),
        ("NS CENTURY", "ns century"),
        ("TANKER", "tanker"),
        ("SS", "ss"),
        ("V", "v"),
        ("A V", "a v"),
        ("", ""),
    ],
)
def test_what_is_name_and_what_is_not(written: str, name: str) -> None:
    """Real habits of ships' names; a word that is all there is stays."""
    assert bare_ship_name(written) == name


@pytest.mark.parametrize(
    ("written", "name", "former", "imo"),
    [
        ("M/T SEA STAR EX OCEAN PEARL EX BLUE MOON", "sea star", ("ocean pearl", "blue moon"), ""),
        ("SEA STAR (ex: OCEAN PEARL)", "sea star", ("ocean pearl",), ""),
        ("SEA STAR (f.k.a. OCEAN PEARL; BLUE MOON 2)", "sea star", ("ocean pearl", "blue moon 2"), ""),
        ("SEA STAR, formerly OCEAN PEARL, IMO 9074729", "sea star", ("ocean pearl",), "9074729"),
        ("т/х МОРСКАЯ ЗВЕЗДА бывш. ОКЕАН", "морская звезда", ("океан",), ""),
        ("海星轮 (原名 海月轮)", "海星", ("海月",), ""),
        ("SEA STAR (IMO: 9074729, MMSI 273312345)", "sea star", (), "9074729"),
        ("IMO9074729 SEA STAR", "sea star", (), "9074729"),
        ("SEA STAR a.k.a. OCEAN PEARL", "sea star", ("ocean pearl",), ""),
        # no former names
        ("EX LIBRIS", "ex libris", (), ""),
        ("APEX 5", "apex 5", (), ""),
        ("EXPRESS 3", "express 3", (), ""),
        ("SEA STAR 9074729", "sea star 9074729", (), ""),
    ],
)
def test_former_names_and_numbers_come_out(written: str, name: str, former: tuple[str, ...], imo: str) -> None:
    """A renamed ship is found under the name she bore, and by the number beside it."""
    assert read_ship_name(written) == (name, former, imo)


@given(st.text(max_size=100))
def test_no_text_breaks_it(text: str) -> None:
    """Reading a name that was read changes nothing."""
    name = bare_ship_name(text)
    assert isinstance(read_ship_name(text).name, str)
    assert len(name) <= 512


@pytest.mark.parametrize(
    "piece", ["m/v ", "ex ", "(", "i ", "5", "号", "a.k.a. ", " - ", "no.", "imo ", ", ", "f k a ", "'"]
)
def test_a_hostile_name_costs_little(piece: str) -> None:
    """A hundred thousand characters of anything are read in milliseconds."""
    started = time.process_time()
    read_ship_name(piece * (100_000 // len(piece)))
    assert time.process_time() - started < 1


@pytest.mark.parametrize(
    ("left", "right", "is_hit"),
    [
        ("M/V SEA STAR V", "Sea Star 5", True),
        ("S/S OPALINE", "Opaline", True),
        ("SEA STAR FIVE", "M.T. Sea Star 5", True),
        ("SEA STAR 5", "SEA STAR 6", False),
        ("SEA STAR V", "SEA STAR VI", False),
    ],
)
def test_a_prefix_is_no_numeral_and_a_numeral_no_prefix(left: str, right: str, is_hit: bool) -> None:
    """M/V SEA STAR V is Sea Star 5; another numeral is another ship."""
    assert (compare_names(left, right, kind="vessel").score >= DEFAULT_THRESHOLD) is is_hit
