"""Records and columns as lines."""

from __future__ import annotations

import datetime
import subprocess
import sys
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanctionscreen.errors import InputError
from sanctionscreen.fields import FIELDS, GIVEN
from sanctionscreen.figures import Habit
from sanctionscreen.frames import UNREADABLE
from sanctionscreen.ingest import find_habits, read_columns, read_frame_columns, read_line, read_lines
from sanctionscreen.model import Line


def test_dotted_and_nested_keys_mean_the_same() -> None:
    """A record is flat, nested or both."""
    flat = {"consignee.name": "Synthetic", "goods.hs_code": "8542.31", "consignee.country": "Türkiye"}
    nested = {"consignee": {"name": "Synthetic", "country": "Türkiye"}, "goods": {"hs_code": "8542.31"}}
    mixed = {"consignee": {"name": "Synthetic"}, "consignee.country": "Türkiye", "goods.hs_code": "8542.31"}
    assert read_line(flat) == read_line(nested) == read_line(mixed)
    assert read_line(flat).values == {
        "consignee.name": "Synthetic",
        "consignee.country": "TR",
        "goods.hs_code": "8542.31",
    }


def test_presence_has_three_forms() -> None:
    """A missing key is not collected, an empty value is absent, a bad one is unreadable."""
    line = read_line({"consignee.name": "", "consignee.country": "Narnia"})
    assert line.values == {"consignee.name": None, "consignee.country": None}
    assert line.unreadable == {"consignee.country"}
    assert "seller.name" not in line.values


def test_a_bad_cell_costs_only_itself() -> None:
    """The rest of the row is read, and each bad cell is named."""
    line = read_line({"goods.quantity": -1, "shipment.date": "31.02.2024", "consignee.name": "Synthetic"})
    assert line.values["consignee.name"] == "Synthetic"
    assert [warning.field for warning in line.warnings] == ["shipment.date", "goods.quantity"]
    assert str(line.warnings[1]) == "goods.quantity: -1 is negative"


def test_a_section_without_a_value_says_nothing() -> None:
    """`consignee: null` collects no field."""
    assert read_line({"consignee": None}).values == {}


@pytest.mark.parametrize(
    ("record", "said"),
    [
        ({"consigne.name": "x"}, "'consigne.name' is no field; did you mean 'consignee.name'"),
        ({"goods": {"hs": "x"}}, "'goods.hs' is no field; did you mean 'goods.hs_code'"),
        ({"goods.hs6": "854231"}, "'goods.hs6' is derived by the program"),
        ({"party_hits": []}, "'party_hits' is derived"),
        ({"goods": "chips"}, "'goods' is a section, not a value; give goods.description"),
        ({"goods": {"unit": "kg"}, "goods.unit": "kg"}, "'goods.unit' is given twice"),
        ({5: "x"}, "'5' is no field"),
        ("text", "a record is a Shipment or a mapping of fields, not str"),
    ],
)
def test_a_wrong_key_is_an_error(record: Any, said: str) -> None:
    """A misspelt field would silently not be screened; it is refused with the nearest name."""
    with pytest.raises(InputError, match=said):
        read_line(record)


def test_a_key_of_one_record_is_collected_for_all() -> None:
    """In a list, a key that only some records have is an empty cell in the others."""
    first, second = read_lines([{"consignee.name": "A"}, {"goods": {"unit": "kg"}}])
    assert first.values == {"consignee.name": "A", "goods.unit": None}
    assert second.values == {"consignee.name": None, "goods.unit": "kg"}
    with pytest.raises(InputError, match="record 2: 'x' is no field"):
        read_lines([{}, {"x": 1}])


def test_columns_are_typed_by_the_registry() -> None:
    """A column has the type of its field, whatever its cells look like; bad cells are marked beside it."""
    read = read_columns(
        {
            "goods.hs_code": ["0301", "854231"],
            "goods.value": ["1.50", "x"],
            "shipment.date": ["2024-04-23", ""],
            "destination.country": ["Crimea", None],
            "transit.countries": [["TR"], "direct"],
        }
    )
    assert read.frame.schema == pl.Schema(
        {
            "shipment.date": pl.Date,
            "goods.hs_code": pl.String,
            "goods.value": pl.Int64,
            "goods.value" + UNREADABLE: pl.Boolean,
            "destination.country": pl.String,
            "transit.countries": pl.List(pl.String),
        }
    )
    assert read.frame["goods.value"].to_list() == [150, None]
    assert read.frame["goods.value" + UNREADABLE].to_list() == [False, True]
    assert {row: [w.field for w in found] for row, found in read.warnings.items()} == {1: ["goods.value"]}
    assert read.raw["destination.country"] == ["Crimea", ""]


def test_equal_values_of_different_types_are_read_apart() -> None:
    """1, True and 1.0 are equal to Python, and not the same cell."""
    read = read_columns({"goods.quantity": [1, True, 1.0, "1"]})
    assert read.frame["goods.quantity"].to_list() == [1.0, None, 1.0, 1.0]
    assert list(read.warnings) == [1]


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"consigne.name": []}, "is no field; did you mean"),
        ({"goods.hs6": []}, "is derived by the program"),
        ({"goods.unit": ["a"], "consignee.name": ["a", "b"]}, "differ in length: 'goods.unit' has 1 cells"),
    ],
)
def test_wrong_columns_are_an_error(columns: dict[str, list[str]], said: str) -> None:
    """Columns that are no table of fields are refused."""
    with pytest.raises(InputError, match=said):
        read_columns(columns)


def test_no_rows_are_a_frame_without_rows() -> None:
    """A header alone is a table."""
    assert read_columns({"consignee.name": [], "goods.value": []}).frame.shape == (0, 2)


def lines_of(columns: dict[str, list[Any]]) -> list[Line]:
    """The frame path's lines, rebuilt cell by cell."""
    read = read_columns(columns)
    found = []
    for row in range(len(next(iter(columns.values())))):
        values = {name: read.frame[name].to_list()[row] for name in GIVEN if name in columns}
        values = {
            name: tuple(value) if value is not None and FIELDS[name].type.is_list else value
            for name, value in values.items()
        }
        bad = {n for n in columns if n + UNREADABLE in read.frame.columns and read.frame[n + UNREADABLE][row]}
        raw = {name: texts[row] for name, texts in read.raw.items() if texts[row]}
        found.append(Line(values, frozenset(bad), read.warnings.get(row, ()), raw))
    return found


CELLS = st.one_of(
    st.none(),
    st.text(st.characters(), max_size=8),
    st.sampled_from(
        ["TR", "Narnia", "Crimea", "1,234", "1.5", "-3", "NULL", "2024-04-23", "03/04/2024", "yes", "A 51%", "TR; AE"]
    ),
    st.integers(-5, 10**9),
    st.floats(allow_nan=True, width=32),
    st.booleans(),
    st.dates(),
    st.lists(st.sampled_from(["TR", "AE", "x"]), max_size=3),
)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_columns_and_records_read_alike(data: st.DataObject) -> None:
    """A row of a table and the record with the same cells give the same line, for every field and any cell."""
    names = data.draw(st.lists(st.sampled_from(GIVEN), min_size=1, max_size=6, unique=True))
    rows = data.draw(st.integers(1, 4))
    columns = {name: data.draw(st.lists(CELLS, min_size=rows, max_size=rows)) for name in names}
    records = [{name: columns[name][row] for name in names} for row in range(rows)]
    assert lines_of(columns) == [read_line(record) for record in records]


def test_the_habit_of_a_column_is_proved_or_left_open() -> None:
    """One clear date decides for its column; two that disagree decide nothing, and a note says so."""
    columns = {
        "shipment.date": ["03/04/2024", "25/04/2024"],
        "contract.date": ["25/04/2024", "04/25/2024"],
        "goods.value": ["1,234", "12,5"],
        "goods.quantity": ["1,234", "7"],
    }
    habits = find_habits([columns])
    assert habits.proved == {"shipment.date": Habit.DAY_FIRST, "goods.value": Habit.DECIMAL_COMMA}
    assert len(habits.notes) == 3
    frame = read_columns(columns, habits.proved).frame
    assert frame["shipment.date"].to_list() == [datetime.date(2024, 4, 3), datetime.date(2024, 4, 25)]
    assert frame["goods.value"].to_list() == [123, 1250]
    assert frame["goods.quantity"].to_list() == [1234.0, 7.0]
    assert read_columns(columns).frame["shipment.date"].to_list()[0] is None


@pytest.mark.parametrize(
    ("cells", "proved", "note"),
    [
        (
            ["03/04/2024", "03/04/2024", "04/05/2024"],
            None,
            "shipment.date: 3 dates, the first '03/04/2024', could be two days and no cell proves which; not read."
            " A mapping file can settle it (formats: shipment.date: day first)",
        ),
        (
            ["03/04/2024", "25/04/2024"],
            Habit.DAY_FIRST,
            "shipment.date is read day first, as '25/04/2024' proves;"
            " 1 date that could be two days is read so, '03/04/2024' as 2024-04-03",
        ),
        (["03.04.24", "", "N/A"], Habit.DAY_FIRST, "shipment.date is read day first, as '03.04.24' proves"),
        (
            ["45405", "45406"],
            Habit.DAY_NUMBER,
            "shipment.date holds day numbers of a spreadsheet: '45405' is read as 2024-04-23",
        ),
        (
            ["45405", "2024-04-23"],
            None,
            "shipment.date: 1 cell such as '45405' may be a day number of a spreadsheet; other cells hold dates,"
            " so it is not read",
        ),
        (["2024-04-23", "23.04.2024", ""], None, None),
    ],
)
def test_how_dates_of_a_column_are_read_is_said(cells: list[str], proved: Habit | None, note: str | None) -> None:
    """Dates that could be two days are read as the column proves, or not at all; either is said once."""
    habits = find_habits([{"shipment.date": cells}])
    assert habits.proved.get("shipment.date") is proved
    assert habits.notes == ((note,) if note else ())


FRAME = {
    "Consignee": ["Synthetic", None, "x"],
    "HS Code": [854231, 847330, 30110],
    "Date": [datetime.date(2024, 4, 23), None, datetime.date(2024, 4, 24)],
    "Qty": [1.5, None, 3.0],
}


@pytest.mark.parametrize("make", [pl.DataFrame, pd.DataFrame, pa.table, lambda d: pl.DataFrame(d).lazy()])
def test_frames_of_any_make_come_through_unharmed(make: Any) -> None:
    """Integers stay digits, dates dates, and missing values empty cells."""
    headers, columns = read_frame_columns(make(FRAME))
    assert headers == list(FRAME)
    names = ["consignee.name", "goods.hs_code", "shipment.date", "goods.quantity"]
    frame = read_columns(dict(zip(names, columns, strict=True))).frame
    assert frame["consignee.name"].to_list() == ["Synthetic", None, "x"]
    assert frame["goods.hs_code"].to_list() == ["854231", "847330", "30110"]
    assert frame["shipment.date"].to_list() == FRAME["Date"]
    assert frame["goods.quantity"].to_list() == FRAME["Qty"]


def test_pandas_columns_may_be_mixed_or_twice() -> None:
    """A float HS code with gaps, mixed cells and repeated names are usual in pandas."""
    frame = pd.DataFrame([[854231.0, 1, "a"], [float("nan"), "x", "b"]], columns=["HS", "Qty", "Qty"])
    headers, columns = read_frame_columns(frame)
    assert headers == ["HS", "Qty", "Qty (2)"]
    assert read_columns({"goods.hs_code": columns[0]}).frame["goods.hs_code"].to_list() == ["854231", None]
    assert columns[1] == [1, "x"]


def test_what_is_no_frame_is_refused() -> None:
    """A list is not a frame."""
    with pytest.raises(InputError, match="a frame is one of Polars, pandas or Arrow, not list"):
        read_frame_columns([1])


def test_the_record_path_loads_no_frame_library() -> None:
    """Reading one record imports neither Polars nor pydantic."""
    code = (
        "import sys; from sanctionscreen.ingest import read_line, map_headers, open_table; "
        "read_line({'consignee.country': 'Russia'}); "
        "print([m for m in ('polars', 'numpy', 'pydantic', 'pandas') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
