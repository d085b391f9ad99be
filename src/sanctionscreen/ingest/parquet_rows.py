"""The rows of a Parquet file, typed columns as text. Polars loads on first use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sanctionscreen.errors import InputError, Location
from sanctionscreen.ingest.row_cells import RowCells
from sanctionscreen.ingest.rows import Batch
from sanctionscreen.ingest.sources import Source
from sanctionscreen.ingest.typed_cells import text_of

if TYPE_CHECKING:
    import polars as pl

_BATCH_ROWS = 50_000
"""Rows that are decoded together: memory is theirs, whatever the size of the file's groups."""
_MAX_DEPTH = 32
"""Structs within one another whose names are joined by dots."""


class ParquetRows:
    """The rows of a Parquet file; structs become columns with dotted names."""

    def __init__(self, source: Source, name: str) -> None:
        """Read the schema.

        Raises:
            InputError: it is no Parquet file, or is cut.
        """
        self._source, self._name = source, name
        self._scan = self._opened()
        try:
            schema = self._scan.collect_schema()
        except _faults() as bad:
            raise self._damaged(bad) from bad
        self._columns = list(_flat(schema))
        self.notes: Sequence[str] = ()

    @property
    def form(self) -> Mapping[str, str]:
        return {"format": "parquet"}

    def head(self) -> list[list[str]]:
        return [[".".join(path) for path in self._columns]] if self._columns else []

    def place(self, before: int) -> str:
        return f"record {before + 1}"

    def batches(self, before: int, header: Sequence[str]) -> Iterator[Batch]:
        import polars as pl

        at = 0
        while True:
            try:
                frame = self._scan.slice(at, _BATCH_ROWS).collect()
            except _faults() as bad:
                raise self._damaged(bad) from bad
            if not frame.height:
                return
            texts = [_texts(_inner(frame, path)).alias(f"{place}") for place, path in enumerate(self._columns)]
            yield Batch(RowCells([pl.DataFrame(texts)]), {})
            at += frame.height

    def closing_notes(self) -> Sequence[str]:
        return ()

    def _opened(self) -> pl.LazyFrame:
        import polars as pl

        source: Path | bytes
        if isinstance(self._source, Path):
            source = self._source
        else:  # the index of the file stands at its end: a stream is held whole
            self._source.seek(0)
            source = self._source.read()
        try:
            return pl.scan_parquet(source, glob=False, hive_partitioning=False)
        except _faults() as bad:
            raise self._damaged(bad) from bad

    def _damaged(self, bad: BaseException) -> InputError:
        why = str(bad).strip().splitlines() or ["damaged"]
        return InputError(f"is a Parquet file that cannot be read: {why[0][:200]}", Location(self._name))


def _faults() -> tuple[type[BaseException], ...]:
    """What Polars raises for damaged files: its own, those of the system, and a panic of its engine."""
    from polars.exceptions import PanicException

    return (Exception, PanicException)


def _flat(schema: Mapping[str, pl.DataType], before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    import polars as pl

    for name, kind in schema.items():
        path = (*before, name)
        if isinstance(kind, pl.Struct) and len(path) < _MAX_DEPTH and kind.fields:
            yield from _flat({part.name: _instance(part.dtype) for part in kind.fields}, path)
        else:
            yield path


def _instance(kind: Any) -> pl.DataType:
    return kind() if isinstance(kind, type) else kind  # type: ignore[no-any-return]  # a class stands for its plain form


def _inner(frame: pl.DataFrame, path: tuple[str, ...]) -> pl.Series:
    column = frame[path[0]]
    for name in path[1:]:
        column = column.struct.field(name)
    return column


def _texts(column: pl.Series) -> pl.Series:
    import polars as pl

    kind = column.dtype
    if kind == pl.String or kind.is_integer() or kind in (pl.Boolean, pl.Date, pl.Categorical, pl.Enum):
        return column.cast(pl.String).fill_null("")
    return pl.Series([text_of(value) for value in column.to_list()], dtype=pl.String)
