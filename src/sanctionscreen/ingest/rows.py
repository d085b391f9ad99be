"""What every format gives to a table: its first records, its rows in batches, and what a person should know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

MOST_TITLES = 20
"""Records before the header, at most, that name a report and not its columns."""


class Batch(NamedTuple):
    """Some rows of a table, in order."""

    cells: Sequence[list[str]]
    """A row without a reject has one cell for each column."""
    rejects: Mapping[int, str]
    """Why a row does not fit the header, by its place in `cells`; empty where all fit."""


class Rows(Protocol):
    """A table in some format, which can be read from its start as often as it is asked for."""

    @property
    def form(self) -> Mapping[str, str]:
        """How it is read, by words such as `format`, `encoding`, `delimiter`, `sheet`: for the record of a run."""

    @property
    def notes(self) -> Sequence[str]:
        """What a person should know about the choice of encoding, sheet or list."""

    def head(self) -> list[list[str]]:
        """The first records, `MOST_TITLES` and the header; only the header where the format names its columns."""

    def place(self, before: int) -> str:
        """Where the record with `before` records in front of it stands, in the words of the format."""

    def batches(self, before: int, header: Sequence[str]) -> Iterator[Batch]:
        """The rows behind the header, which has `before` records in front of it, in batches of any size."""

    def closing_notes(self) -> Sequence[str]:
        """What a person should know, once all batches have been read."""


def fractions_of(rows: Rows) -> frozenset[int]:
    """Columns in which a cell of the rows read so far is a number with a fraction; of formats that keep the two apart.

    Such a number has a decimal point, whatever the texts beside it have.
    """
    return getattr(rows, "fractions", frozenset())
