"""From cells to typed values."""

from __future__ import annotations

import datetime
import doctest
import math
from contextlib import suppress
from decimal import Decimal
from importlib import import_module
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctionscreen.fields import FIELDS, OWNER_ITEM, Field, FieldType
from sanctionscreen.figures import Habit, date_habit, decimal_habit
from sanctionscreen.values import Unreadable, day, decimal, is_blank, read


def field(kind: FieldType) -> Field:
    return Field("test.field", kind, "", item=OWNER_ITEM if kind is FieldType.ITEMS else {})


DAY = datetime.date(2024, 4, 23)


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        (FieldType.TEXT, "  Vostok\n Synthetic  ", "Vostok Synthetic"),
        (FieldType.TEXT, "A\x00B", "AB"),
        (FieldType.TEXT, 12, "12"),
        (FieldType.TEXT, "NULL", None),
        (FieldType.TEXT, "n/a", None),
        (FieldType.TEXT, "-", None),
        (FieldType.TEXT, "Nan", "Nan"),
        (FieldType.TEXT, "Na", "Na"),
        (FieldType.TEXT, "None Such Ltd", "None Such Ltd"),
        (FieldType.CODE, "0301", "0301"),
        (FieldType.CODE, 854231, "854231"),
        (FieldType.CODE, 854231.0, "854231"),
        (FieldType.CODE, "none", "none"),
        (FieldType.CODE, "8542 31", "8542 31"),
        (FieldType.COUNTRY, "Россия", "RU"),
        (FieldType.COUNTRY, "NA", "NA"),
        (FieldType.COUNTRY, "N/A", None),
        (FieldType.COUNTRY, "NULL", None),
        (FieldType.DATE, "2024-04-23", DAY),
        (FieldType.DATE, "2024-04-23T10:30:00Z", DAY),
        (FieldType.DATE, "2024-04-23 00:00:00", DAY),
        (FieldType.DATE, "2024/4/23", DAY),
        (FieldType.DATE, "23.04.2024", DAY),
        (FieldType.DATE, "23.04.2024 г.", DAY),
        (FieldType.DATE, "23/04/2024", DAY),
        (FieldType.DATE, "04/23/2024", DAY),
        (FieldType.DATE, "20240423", DAY),
        (FieldType.DATE, 20240423, DAY),
        (FieldType.DATE, "23 Apr 2024", DAY),
        (FieldType.DATE, "23-Apr-2024", DAY),
        (FieldType.DATE, "April 23, 2024", DAY),
        (FieldType.DATE, "23 апреля 2024", DAY),
        (FieldType.DATE, "23 Nisan 2024", DAY),
        (FieldType.DATE, "2024年4月23日", DAY),
        (FieldType.DATE, "04/04/2024", datetime.date(2024, 4, 4)),
        (FieldType.DATE, DAY, DAY),
        (FieldType.DATE, datetime.datetime(2024, 4, 23, 5, tzinfo=datetime.UTC), DAY),
        (FieldType.DATE, "null", None),
        (FieldType.NUMBER, "1,234.5", 1234.5),
        (FieldType.NUMBER, "1.234,5", 1234.5),
        (FieldType.NUMBER, "1 234,5", 1234.5),
        (FieldType.NUMBER, "1\u00a0234", 1234.0),
        (FieldType.NUMBER, "1'234'567", 1234567.0),
        (FieldType.NUMBER, "12,5", 12.5),
        (FieldType.NUMBER, "1,234,567", 1234567.0),
        (FieldType.NUMBER, "1,00,000.50", 100000.5),
        (FieldType.NUMBER, ".5", 0.5),
        (FieldType.NUMBER, "1234,5", 1234.5),
        (FieldType.NUMBER, "120 kg", 120.0),
        (FieldType.NUMBER, "51%", 51.0),
        (FieldType.NUMBER, "1e3", 1000.0),
        (FieldType.NUMBER, 0, 0.0),
        (FieldType.NUMBER, np.int64(7), 7.0),
        (FieldType.NUMBER, np.float64(7.5), 7.5),
        (FieldType.MONEY, "12.34", 1234),
        (FieldType.MONEY, "USD 1,000", 100000),
        (FieldType.MONEY, "1.000,50 EUR", 100050),
        (FieldType.MONEY, "€ 5", 500),
        (FieldType.MONEY, 0.1, 10),
        (FieldType.MONEY, Decimal("19.99"), 1999),
        (FieldType.BOOL, "Yes", True),
        (FieldType.BOOL, "нет", False),
        (FieldType.BOOL, "是", True),
        (FieldType.BOOL, 1, True),
        (FieldType.BOOL, False, False),
        (FieldType.BOOL, "n/a", None),
        (FieldType.COUNTRIES, "TR; AE", ("TR", "AE")),
        (FieldType.COUNTRIES, "Türkiye → Georgia", ("TR", "GE")),
        (FieldType.COUNTRIES, "TR,AE,TR", ("TR", "AE")),
        (FieldType.COUNTRIES, "Korea, Republic of", ("KR",)),
        (FieldType.COUNTRIES, "Korea, Republic of; Hong Kong, China", ("KR", "HK")),
        (FieldType.COUNTRIES, "direct", ()),
        (FieldType.COUNTRIES, [], ()),
        (FieldType.COUNTRIES, ["tr", "AE"], ("TR", "AE")),
        (FieldType.COUNTRIES, "N/A", None),
        (FieldType.CODES, "a; b", ("a", "b")),
        (FieldType.ITEMS, "Alpha (RU) 51%", ({"name": "Alpha", "share": 51.0, "country": "RU"},)),
        (FieldType.ITEMS, "Beta", ({"name": "Beta", "share": None, "country": None},)),
        (FieldType.ITEMS, '[{"name": "Alpha", "share": 10}]', ({"name": "Alpha", "share": 10.0, "country": None},)),
        (FieldType.ITEMS, {"name": "Alpha"}, ({"name": "Alpha", "share": None, "country": None},)),
    ],
)
def test_cells_are_read_by_the_type_of_their_field(kind: FieldType, raw: Any, value: Any) -> None:
    """Each form that documents use for a type gives the same value."""
    assert read(field(kind), raw) == value


@pytest.mark.parametrize(
    ("kind", "raw", "said"),
    [
        (FieldType.TEXT, True, "is not text"),
        (FieldType.TEXT, b"x", "is not text"),
        (FieldType.COUNTRY, "Narnia", "is no country; write an ISO code such as KZ"),
        (FieldType.COUNTRY, "ZZ", "is no country"),
        (FieldType.DATE, "03/04/2024", "could be two days; write it as 2024-04-23"),
        (FieldType.DATE, "2024-02-30", "is no day of the calendar"),
        (FieldType.DATE, "23.04.24", "has no year in four digits"),
        (FieldType.DATE, "23 Apr 24", "has no year in four digits"),
        (FieldType.DATE, "yesterday", "is no date"),
        (FieldType.DATE, "Apr 2024", "is no date"),
        (FieldType.DATE, 45405, "is no date"),
        (FieldType.DATE, "2024-13-01", "is no day of the calendar"),
        (FieldType.DATE, "9" * 2_000_000, "is no date"),
        (FieldType.NUMBER, "-5", "is negative"),
        (FieldType.NUMBER, "−5", "is negative"),  # the minus of typesetters
        (FieldType.NUMBER, "ten", "is no number"),
        (FieldType.NUMBER, "100 lbs", "is no number"),
        (FieldType.NUMBER, "1-2", "is no number"),
        (FieldType.NUMBER, "=1+1", "is no number"),
        (FieldType.NUMBER, "1,234,5", "is no number"),
        (FieldType.NUMBER, "1.2.3", "is no number"),
        (FieldType.NUMBER, True, "is no number"),
        (FieldType.NUMBER, float("inf"), "is too large"),
        (FieldType.NUMBER, "1e300", "is too large"),
        (FieldType.NUMBER, "9" * 2_000_000, "is no number"),
        (FieldType.MONEY, "1,2,3.4.5", "is no number"),
        (FieldType.BOOL, "maybe", "is neither yes nor no"),
        (FieldType.COUNTRIES, "TR; Narnia", "'Narnia' is no country"),
        (FieldType.COUNTRIES, 5, "is no list"),
        (FieldType.ITEMS, [{"nom": "A"}], "has no part 'nom'; it has name, share, country"),
        (FieldType.ITEMS, "[{", "is no JSON"),
    ],
)
def test_what_cannot_be_read_says_what_would_be_right(kind: FieldType, raw: Any, said: str) -> None:
    """A filled cell that is no value of its type is refused with its own text and a remedy, never guessed."""
    with pytest.raises(Unreadable, match=said.replace("(", r"\(")) as caught:
        read(field(kind), raw)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("raw", [None, "", "  ", "\t\n", math.nan, np.float64("nan"), pd.NA, pd.NaT])
@pytest.mark.parametrize("kind", FieldType)
def test_nothing_written_is_nothing_read(kind: FieldType, raw: Any) -> None:
    """The missing values of every kind of frame are empty cells for every type."""
    assert is_blank(raw)
    assert read(field(kind), raw) is None


@pytest.mark.parametrize("text", ["TOTAL", "Итого:", "Grand total", "合计", "Toplam", "Sub total."])
def test_a_sum_is_no_goods(text: str) -> None:
    """A line of totals in the column of the goods names none; a firm may bear the word as its name."""
    assert read(FIELDS["goods.description"], text) is None
    assert read(FIELDS["consignee.name"], text) == text
    assert read(FIELDS["goods.description"], f"{text} station") is not None


@pytest.mark.parametrize(
    "text", ["EU", "European Union", "ЕВРОСОЮЗ", "Євросоюз", "欧盟", "РАЗНЫЕ", "various", "Неизвестна"]
)
def test_an_origin_may_be_no_single_country(text: str) -> None:
    """Declarations rightly say that goods come from a union or from several countries; nobody lives in such a place."""
    assert read(FIELDS["goods.origin_country"], text) is None
    with pytest.raises(Unreadable, match="is no country"):
        read(FIELDS["destination.country"], text)


def test_the_habit_of_a_column_decides_what_a_cell_alone_cannot() -> None:
    """An open date, and a number with one mark before three digits, read as the column writes them."""
    assert day("03/04/2024", Habit.DAY_FIRST) == datetime.date(2024, 4, 3)
    assert day("03/04/2024", Habit.MONTH_FIRST) == datetime.date(2024, 3, 4)
    assert day("25/04/2024", Habit.MONTH_FIRST) == datetime.date(2024, 4, 25)
    assert decimal("1,234", Habit.DECIMAL_COMMA) == Decimal("1.234")
    assert decimal("1.234", Habit.DECIMAL_COMMA) == Decimal(1234)
    assert decimal("1,234", Habit.DECIMAL_POINT) == Decimal(1234)
    assert decimal("12.5", Habit.DECIMAL_COMMA) == Decimal("12.5")
    assert decimal("0,125") == Decimal("0.125")  # no thousands open with a zero
    assert decimal("48691.788", Habit.DECIMAL_COMMA) == Decimal("48691.788")


@pytest.mark.parametrize(
    ("text", "habit"),
    [
        ("25/04/2024", Habit.DAY_FIRST),
        ("04-25-2024 10:00", Habit.MONTH_FIRST),
        ("03/04/2024", None),
        ("2024-04-25", None),
        ("25.04.2024", None),
        ("33/45/2024", None),
        ("", None),
        ("25.04.24", Habit.DAY_FIRST),
        ("03.04.24", Habit.DAY_FIRST),  # dots are written day first wherever they are used
        ("25-Apr-24", Habit.DAY_FIRST),
        ("25-Xyz-24", None),
        ("04/25/24", Habit.MONTH_FIRST),
        ("25/04/24", None),  # 25 April 2024, or 24 April 2025 as it is written in China and Japan
        ("24/04/25", None),
    ],
)
def test_a_date_proves_its_order_or_nothing(text: str, habit: Habit | None) -> None:
    """Only a number above twelve proves which of two is the day."""
    assert date_habit(text) is habit


@pytest.mark.parametrize(
    ("text", "habit", "one"),
    [
        ("23.04.24", Habit.DAY_FIRST, datetime.date(2024, 4, 23)),
        ("23-Apr-24", Habit.DAY_FIRST, datetime.date(2024, 4, 23)),
        ("04/23/24", Habit.MONTH_FIRST, datetime.date(2024, 4, 23)),
        ("23/04/24", Habit.DAY_FIRST, datetime.date(2024, 4, 23)),
        ("23.04.98", Habit.DAY_FIRST, datetime.date(1998, 4, 23)),
        ("45405", Habit.DAY_NUMBER, datetime.date(2024, 4, 23)),
        ("45405.75", Habit.DAY_NUMBER, datetime.date(2024, 4, 23)),
    ],
)
def test_short_years_and_day_numbers_are_read_where_the_column_is_known(
    text: str, habit: Habit, one: datetime.date
) -> None:
    """A cell alone is refused; the habit of its column says what it means."""
    assert day(text, habit) == one
    with pytest.raises(Unreadable):
        day(text)


def test_a_short_year_that_is_against_the_habit_is_refused() -> None:
    """24/13/05 has no month in the middle, whatever stands first."""
    for text, habit in (("24/13/05", Habit.DAY_FIRST), ("13/04/24", Habit.MONTH_FIRST), ("24-04-2", Habit.DAY_FIRST)):
        with pytest.raises(Unreadable):
            day(text, habit)


@pytest.mark.parametrize(
    "text",
    [
        "23 de abril de 2024",
        "23 апреля 2024 г.",
        "23 квітня 2024 року",
        "23 Nisan 2024",
        "23 avril 2024",
        "23. April 2024",
        "April 23rd, 2024",
        "Tuesday, 23 April 2024",
        "Tue, 23 Apr 2024 10:00:00 +0000",
        "2024年4月23日",
    ],
)
def test_days_are_read_in_words(text: str) -> None:
    """Months by name in nine languages, with what stands between day, month and year."""
    assert day(text) == datetime.date(2024, 4, 23)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("1 juin 2024", 6),
        ("1 juillet 2024", 7),
        ("1er août 2024", 8),
        ("1 março 2024", 3),
        ("1 outubro 2024", 10),
        ("1 Mai 2024", 5),
        ("1. Dezember 2024", 12),
        ("1. März 2024", 3),
        ("1 Ağustos 2024", 8),
        ("1 липня 2024", 7),
        ("1 de enero de 2024", 1),
    ],
)
def test_months_that_begin_alike_are_told_apart(text: str, month: int) -> None:
    """French June and July share three letters; accents and cases are no hindrance."""
    assert day(text) == day(text.upper()) == datetime.date(2024, month, 1)


@pytest.mark.parametrize(
    ("text", "habit"),
    [
        ("12,5", Habit.DECIMAL_COMMA),
        ("1.234,56", Habit.DECIMAL_COMMA),
        ("1.234.567", Habit.DECIMAL_COMMA),
        ("12.5", Habit.DECIMAL_POINT),
        ("1,234,567", Habit.DECIMAL_POINT),
        ("48691.788", Habit.DECIMAL_POINT),  # no thousands stand in fives
        ("0,125", Habit.DECIMAL_COMMA),
        (",125", Habit.DECIMAL_COMMA),
        ("1,234", None),
        ("1.234", None),
        ("1234", None),
        ("", None),
    ],
)
def test_a_number_proves_its_decimal_mark_or_nothing(text: str, habit: Habit | None) -> None:
    """One mark before exactly three digits proves nothing."""
    assert decimal_habit(text) is habit


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 12, 31)))
def test_every_day_reads_back_in_every_clear_form(one: datetime.date) -> None:
    """A day written without doubt is read as that day."""
    for form in ("%Y-%m-%d", "%d.%m.%Y", "%Y%m%d", "%d %b %Y", "%Y/%m/%d"):
        assert day(one.strftime(form)) == one


@given(st.one_of(st.text(max_size=60), st.integers(), st.floats(), st.booleans(), st.none(), st.binary(max_size=5)))
def test_no_cell_crashes_a_reader(raw: Any) -> None:
    """Whatever stands in a cell is read, or refused in words."""
    for entry in FIELDS.values():
        with suppress(Unreadable):
            read(entry, raw)


@pytest.mark.parametrize(
    "name", ["values", "figures", "countries", "fields", "records", "ingest.headers", "ingest.tables"]
)
def test_examples_in_docstrings_hold(name: str) -> None:
    """What a docstring shows is what happens."""
    module = import_module(f"sanctionscreen.{name}")
    assert doctest.testmod(module).failed == 0
