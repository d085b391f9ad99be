"""Texts folded all at once against texts folded one by one."""

from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from sanctionscreen.rules.distinct_texts import DistinctTexts, folded
from sanctionscreen.text.folding import plain

TEXTS = st.one_of(
    st.text(max_size=20),
    st.text("AbÉı ßſ\u200b\u00a0\t\x00\x1cЯ中Ⅷ", max_size=12),
    st.sampled_from(["", " ", "A  B", " A", "Ocean TRADING Ltd.", "~!", "STRASSE", "\x7f", "İ"]),
)


@given(st.lists(TEXTS, unique=True, max_size=20))
def test_texts_folded_together_are_as_one_by_one(texts: list[str]) -> None:
    """Whatever is written, the comparison form is that of `plain`."""
    assert folded(pl.Series(texts, dtype=pl.String)).to_list() == [plain(text) for text in texts]


@given(st.lists(st.none() | TEXTS, max_size=20))
def test_a_column_has_the_form_of_each_row(texts: list[str | None]) -> None:
    """Repeated and missing texts included."""
    found = DistinctTexts(pl.DataFrame({"a": pl.Series(texts, dtype=pl.String)}))
    assert found.column("a").to_list() == [None if text is None else plain(text) for text in texts]
