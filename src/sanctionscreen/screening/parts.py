"""A part of a file while it is screened: its cells, what they were read as, who and what stands in each row."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from sanctionscreen.frames import UNREADABLE
from sanctionscreen.model import CellWarning

if TYPE_CHECKING:
    import polars as pl

_CELL, _FIELD, _PROBLEM, _CODE = "c:", "f:", "w:", "n:"
_ODD, _REJECT = "odd", "reject"
GOODS = "goods"
"""Name of the codes of what a row says of its goods; the codes of parties are named as their roles."""


@dataclass(slots=True)
class Part:
    """Some rows of a file, in order, as columns."""

    first_row: int
    """Number of the first row, counted from 1."""
    rows: int
    cells: list[pl.Series]
    """The cells by column, as text; empty where a row is odd."""
    fields: pl.DataFrame
    """What was read, by field."""
    problems: Mapping[str, pl.Series]
    """By field why a cell could not be read; null where it could."""
    codes: Mapping[str, npt.NDArray[np.int32]]
    """What stands in each row, by its place among the distinct ones of the file; -1 for nothing."""
    odd: Mapping[int, Sequence[Any]] = field(default_factory=dict)
    """The cells of rows that columns of text cannot hold: too many of them, or of other types."""
    rejects: Mapping[int, str] = field(default_factory=dict)
    """Why a row does not fit the header."""

    def frame(self) -> pl.DataFrame:
        """The fields with the marks of unreadable cells, as rules see them."""
        marks = [why.is_not_null().alias(name + UNREADABLE) for name, why in self.problems.items()]
        return self.fields.with_columns(marks)

    def warnings(self, at: int) -> tuple[str, ...]:
        """The warnings of the cells of a row."""
        found = ((name, why[at]) for name, why in self.problems.items())
        return tuple(str(CellWarning(name, why)) for name, why in found if why is not None)

    def save(self, path: Path) -> None:
        """Write the part to a file.

        Raises:
            OSError: the disk is full, or the like.
        """
        import polars as pl

        columns = [cells.alias(f"{_CELL}{place}") for place, cells in enumerate(self.cells)]
        columns += [values.alias(_FIELD + values.name) for values in self.fields.iter_columns()]
        columns += [why.alias(_PROBLEM + name) for name, why in self.problems.items()]
        columns += [pl.Series(_CODE + name, codes) for name, codes in self.codes.items()]
        for name, held in ((_ODD, {at: json.dumps(cells) for at, cells in self.odd.items()}), (_REJECT, self.rejects)):
            if held:
                columns.append(pl.Series(name, [held.get(at) for at in range(self.rows)], dtype=pl.String))
        pl.DataFrame(columns).write_ipc(path, compression="uncompressed")

    @classmethod
    def load(cls, path: Path, first_row: int) -> Part:
        """The part of a file that `save` wrote."""
        import polars as pl

        held = pl.read_ipc(path.read_bytes())

        def named(start: str) -> dict[str, pl.Series]:
            return {name[len(start) :]: held[name] for name in held.columns if name.startswith(start)}

        odd, rejects = (_filled(held[name]) if name in held.columns else {} for name in (_ODD, _REJECT))
        return cls(
            first_row,
            held.height,
            list(named(_CELL).values()),
            pl.DataFrame([values.alias(name) for name, values in named(_FIELD).items()]),
            named(_PROBLEM),
            {name: codes.to_numpy() for name, codes in named(_CODE).items()},
            {at: json.loads(cells) for at, cells in odd.items()},
            rejects,
        )


def _filled(texts: pl.Series) -> dict[int, str]:
    return {at: texts[at] for at in texts.is_not_null().arg_true()}
