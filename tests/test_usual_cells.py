"""Cells read together, column by column, against the same cells read one by one."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctionscreen.fields import FIELDS
from sanctionscreen.ingest import usual_cells
from sanctionscreen.ingest.usual_cells import read_distinct
from sanctionscreen.values import Habit, read_all

WRITTEN = st.one_of(
    st.text(max_size=12),
    st.from_regex(r"[0-9]{1,17}(\.[0-9]{0,17})?", fullmatch=True),
    st.from_regex(r"[A-Za-zА-я中]{1,6}[ \u00a0\u2003\t\x1c]{1,2}[a-zé\u200b]{0,6}[ ]?", fullmatch=True),
    st.sampled_from(
        [
            "",
            " ",
            "N/A",
            "null",
            " - ",
            "—",
            "1.",
            ".5",
            "01",
            "1e5",
            "-1",
            "1.234",
            "1,5",
            "½",
            "٣",
            "1\n",
            "TOTAL:",
            "Итого",
        ]
    ),
)
FIELDS_OF_KINDS = (
    "consignee.name",
    "goods.description",
    "goods.hs_code",
    "goods.quantity",
    "goods.value",
    "destination.country",
)


@given(
    cells=st.lists(WRITTEN, max_size=30), name=st.sampled_from(FIELDS_OF_KINDS), habit=st.sampled_from([None, *Habit])
)
def test_cells_read_together_are_the_same_as_one_by_one(cells: list[str], name: str, habit: Habit | None) -> None:
    """Whatever is written, each value and each problem is the one that the cell alone gives."""
    column = pl.Series(cells, dtype=pl.String)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(usual_cells, "_FEW", 0)
        together = read_distinct(FIELDS[name], column, habit)
    assert together == read_all(FIELDS[name], column.to_list(), habit)
    assert [type(value) for value in together[0]] == [
        type(value) for value in read_all(FIELDS[name], column.to_list(), habit)[0]
    ]
