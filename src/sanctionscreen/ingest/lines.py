"""Records to lines: mappings with dotted or nested keys, and validated shipments, one way for both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from sanctionscreen.errors import InputError, suggestion
from sanctionscreen.fields import FIELDS, GIVEN
from sanctionscreen.ingest.cells import COUNTRY_TYPES, EMPTY, read_cell, written
from sanctionscreen.model import Line
from sanctionscreen.values import Habit

_SECTIONS = frozenset(name.partition(".")[0] for name in GIVEN)


class Flat(Protocol):
    """A validated record, such as `Shipment`: pydantic loads only for those who use it."""

    def flat(self) -> dict[str, object]: ...


Record = Flat | Mapping[str, Any]


def read_line(record: Record, habits: Mapping[str, Habit] | None = None) -> Line:
    """One record as a line. A key that is there is collected; a value that cannot be read costs only itself.

    Args:
        record: a `Shipment`, or a mapping with dotted keys (`consignee.name`), nested ones (`consignee: {name: …}`) or
            both. A section that is None says nothing.
        habits: how the table of the record writes what could be read two ways, where it proves it.

    Raises:
        InputError: a key is no field, is a field that the program derives, or stands there twice.
    """
    return _line(_flat(record), habits or {})


def read_lines(records: Sequence[Record]) -> list[Line]:
    """Records as lines, in their order; a key that one of them has is collected for all.

    Raises:
        InputError: as `read_line`; the message says which record.
    """
    flat = [_flat(record, f"record {number}: ") for number, record in enumerate(records, 1)]
    collected = dict.fromkeys(name for cells in flat for name in cells)
    return [_line({**collected, **cells}, {}) for cells in flat]


def _line(cells: Mapping[str, object], habits: Mapping[str, Habit]) -> Line:
    named = [(FIELDS[name], cells[name]) for name in GIVEN if name in cells]
    read = {entry.name: EMPTY if raw is None else read_cell(entry, raw, habits.get(entry.name)) for entry, raw in named}
    warnings = tuple(cell.warning for cell in read.values() if cell.warning is not None)
    raw = {entry.name: text for entry, raw in named if entry.type in COUNTRY_TYPES and (text := written(raw))}
    unreadable = frozenset(warning.field for warning in warnings)
    return Line({name: cell.value for name, cell in read.items()}, unreadable, warnings, raw)


def _flat(record: Record, where: str = "") -> dict[str, object]:
    if not isinstance(record, Mapping):
        if hasattr(record, "flat"):
            return record.flat()
        raise InputError(f"{where}a record is a Shipment or a mapping of fields, not {type(record).__name__}")
    cells: dict[str, object] = {}
    for name, value in _pairs(record, where):
        if name in cells:
            raise InputError(f"{where}{name!r} is given twice, as a key of its own and within its section")
        if name not in FIELDS:
            raise InputError(f"{where}{name!r} is no field{suggestion(name, GIVEN)}")
        if FIELDS[name].derived:
            raise InputError(f"{where}{name!r} is derived by the program; a record cannot give it")
        cells[name] = value
    return cells


def _pairs(record: Mapping[Any, Any], where: str) -> Iterator[tuple[str, object]]:
    for key, value in record.items():
        if key not in _SECTIONS:
            yield str(key), value
        elif isinstance(value, Mapping):
            yield from ((f"{key}.{inner}", part) for inner, part in value.items())
        elif value is not None:
            inner = [name.removeprefix(f"{key}.") for name in GIVEN if name.startswith(f"{key}.")]
            raise InputError(f"{where}{key!r} is a section, not a value; give {key}.{inner[0]}, say")
