"""JSON lines: one object a line, whose keys are the columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sanctionscreen.ingest.encodings import Encoding
from sanctionscreen.ingest.json_rows import add_keys, batches_of, cells_of, fault_of
from sanctionscreen.ingest.json_text import JsonReader
from sanctionscreen.ingest.rows import Batch
from sanctionscreen.ingest.sources import Source, open_lines


class JsonLines:
    """One object a line; a line that is none keeps its place."""

    def __init__(self, source: Source, name: str, encoding: Encoding) -> None:
        """Read the file through for its keys."""
        self._source, self._name, self._encoding = source, name, encoding
        self._blank = self._first_blank = 0
        keys: dict[str, None] = {}
        for _, record, _ in self._records():
            add_keys(keys, record, name)
        self._keys = list(keys)

    @property
    def form(self) -> Mapping[str, str]:
        return {"format": "json lines", "encoding": self._encoding.codec}

    @property
    def notes(self) -> Sequence[str]:
        return [self._encoding.note] if self._encoding.note else []

    def head(self) -> list[list[str]]:
        return [self._keys] if self._keys else []

    def place(self, before: int) -> str:
        return f"record {before + 1}"

    def batches(self, before: int, header: Sequence[str]) -> Iterator[Batch]:
        return batches_of(self._cells(), self._keys)

    def closing_notes(self) -> Sequence[str]:
        if not self._blank:
            return []
        said = "1 blank line is" if self._blank == 1 else f"{self._blank} blank lines are"
        return [f"{said} no row and not counted, the first at line {self._first_blank}"]

    def _cells(self) -> Iterator[tuple[dict[str, str], list[str], str]]:
        for number, record, fault in self._records():
            yield record, [], f"line {number}: {fault}" if fault else ""

    def _records(self) -> Iterator[tuple[int, dict[str, str], str]]:
        reader = JsonReader()
        self._blank = self._first_blank = 0
        with open_lines(self._source, self._encoding, self._name) as lines:
            for number, line in enumerate(lines, 1):
                if not line.strip(" \t\r\n\x00\x1a\ufeff"):
                    self._blank += 1
                    self._first_blank = self._first_blank or number
                    continue
                yield number, *_record(reader, line)


def _record(reader: JsonReader, line: str) -> tuple[dict[str, str], str]:
    try:
        entry = reader.decode(line)
    except RecursionError:
        return {"": line.strip()}, "values nest too deep"
    except ValueError as bad:
        return {"": line.strip()}, f"no JSON: {str(bad).partition(':')[0]}"
    return cells_of(entry), fault_of(entry)
