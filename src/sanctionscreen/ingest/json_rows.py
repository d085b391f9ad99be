"""Objects of JSON as rows: which cells they have, what is wrong with them, and how they line up with the header."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sanctionscreen.errors import InputError, Location
from sanctionscreen.ingest.json_text import Decoded, flat
from sanctionscreen.ingest.rows import Batch

_BATCH_ROWS = 2048
_MOST_COLUMNS = 16_384
"""Keys of all objects together; as many columns as a sheet may have."""


def cells_of(entry: Decoded) -> dict[str, str]:
    return flat(entry.value if isinstance(entry.value, Mapping) else {"": entry.value})


def fault_of(entry: Decoded) -> str:
    if not isinstance(entry.value, Mapping):
        return "no object; a row is an object, its keys columns"
    return f"the key {entry.twice[:40]!r} stands twice" if entry.twice is not None else ""


def add_keys(keys: dict[str, None], record: Mapping[str, str], name: str) -> None:
    if not keys.keys() >= record.keys():
        keys.update(dict.fromkeys(key for key in record if key))
        if len(keys) > _MOST_COLUMNS:
            raise InputError(f"has more than {_MOST_COLUMNS:,} different keys; it is no table", Location(name))


def batches_of(rows: Iterator[tuple[dict[str, str], list[str], str]], keys: Sequence[str]) -> Iterator[Batch]:
    cells: list[list[str]] = []
    rejects: dict[int, str] = {}
    for record, facts, fault in rows:
        if fault:
            rejects[len(cells)] = fault
            cells.append(list(record.values()))
        else:
            cells.append([record.get(key, "") for key in keys] + facts)
        if len(cells) >= _BATCH_ROWS:
            yield Batch(cells, rejects)
            cells, rejects = [], {}
    if cells:
        yield Batch(cells, rejects)
