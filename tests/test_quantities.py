"""Quantities in the words of a description, in three languages, and numbers that are none."""

from __future__ import annotations

import time

import pytest

from sanctionscreen.goods.quantities import quantities


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("3000 pcs airsoft helmets", [(3000, "piece")]),
        ("3,000 PCS and 20 sets", [(3000, "piece"), (20, "set")]),
        ("1 200 шт. дронов, 2,5 кг", [(1200, "piece"), (2.5, "kg")]),
        ("3 тыс. штук", [(3000, "piece")]),
        ("800套 共计", [(800, "set")]),
        ("三千件", [(3000, "piece")]),
        ("5万个", [(50_000, "piece")]),
        ("two dozen sets", [(24, "set")]),
        ("двигатели, 12 компл", [(12, "set")]),
        ("0.5 kg", [(0.5, "kg")]),
        ("L550E engine, model 3000", []),  # a number without a unit
        ("HS 8542.31 rev 3", []),
        ("1200W motor", []),  # a rating
        ("M5 pcs", []),  # part of a word
        ("12 months", []),  # a unit that only begins alike
        ("", []),
    ],
)
def test_numbers_with_their_units(text: str, found: list[tuple[float, str]]) -> None:
    """Digits with their marks, number words, multiples; a number without a unit is not guessed at."""
    assert [(one.value, one.unit) for one in quantities(text)] == found


def test_a_quantity_is_where_it_says() -> None:
    text = "Lot: 3,000 pcs of helmets"
    (one,) = quantities(text)
    assert text[one.start : one.end] == "3,000 pcs"


def test_a_text_built_to_explode_is_read_at_once() -> None:
    """Runs of digits, blanks and units; a second is far too long."""
    started = time.perf_counter()
    for text in ("1 " * 50_000, "1," * 50_000, "1000000 " * 20_000, "一" * 100_000, "one " * 50_000):
        quantities(text)
    assert time.perf_counter() - started < 2
