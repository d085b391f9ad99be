"""The texts of a frame in comparison form: each distinct one is folded once, however many conditions look at it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sanctionscreen.text.folding import plain

if TYPE_CHECKING:
    import polars as pl

_USUAL = r"^[!-~]+(?: [!-~]+)*$"
"""ASCII without what cannot be seen, single spaces: of such a text only the case is folded."""


class Distinct(NamedTuple):
    """The distinct texts of a column."""

    values: pl.Series
    """Without null."""
    rows: pl.Series
    """For each row the place of its text; for null the one behind the last."""


class DistinctTexts:
    """The columns of text of one frame, each looked through when it is first asked for."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self._frame = frame
        self._distinct: dict[str, Distinct] = {}
        self._folded: dict[str, pl.Series] = {}

    def of(self, name: str) -> Distinct:
        """The distinct texts of a column as they are written."""
        import polars as pl

        known = self._distinct.get(name)
        if known is None:
            series = self._frame.get_column(name)
            values = series.unique().drop_nulls()
            rows = series.cast(pl.Enum(values)).to_physical().cast(pl.UInt32).fill_null(len(values))
            known = self._distinct[name] = Distinct(values, rows)
        return known

    def folded(self, name: str) -> pl.Series:
        """The comparison form of each distinct text; null behind the last."""
        import polars as pl

        known = self._folded.get(name)
        if known is None:
            forms = folded(self.of(name).values)
            known = self._folded[name] = pl.concat([forms, pl.Series([None], dtype=pl.String)])
        return known

    def column(self, name: str) -> pl.Series:
        """The comparison form of each row."""
        return self.folded(name).gather(self.of(name).rows)


def folded(texts: pl.Series) -> pl.Series:
    """Texts as `plain` gives them, those written as usual all at once."""
    import polars as pl

    places = (~texts.str.contains(_USUAL)).arg_true()
    forms = [plain(text) for text in texts.gather(places)]
    lowered = texts.str.to_lowercase()
    return lowered.scatter(places, pl.Series(forms, dtype=pl.String)) if forms else lowered
