"""A mapping file: which column holds which field, as people confirmed or edited it, read strictly."""

from __future__ import annotations

import codecs
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from sanctionscreen.errors import InputError, Location, raise_faults, suggestion
from sanctionscreen.fields import FIELDS, GIVEN, FieldType
from sanctionscreen.figures import Habit
from sanctionscreen.ingest.habits import Habits
from sanctionscreen.ingest.header_words import compared, known_columns
from sanctionscreen.ingest.headers import HeaderMap, arranged, can_be_screened, map_headers, nothing_to_screen
from sanctionscreen.strict_yaml import Entry, Faults, Node, Scalar, read
from sanctionscreen.values import Unreadable
from sanctionscreen.values import read as read_value

SCHEMA = "sanctionscreen.mapping/1"
IGNORE = "ignore"
ADDED_TO = "added to "
"""In front of a field: the column's text is joined to the field's, as a city to an address."""
_MOST_COLUMNS = 16_384
"""Columns of a sheet of Excel."""
_LAST_ROW = 1_048_576
"""Rows of a sheet of Excel."""
_DATES = (Habit.DAY_FIRST, Habit.MONTH_FIRST)
_DECIMALS = (Habit.DECIMAL_COMMA, Habit.DECIMAL_POINT)
_HABITS: Mapping[FieldType, tuple[Habit, ...]] = {
    FieldType.DATE: _DATES,
    FieldType.NUMBER: _DECIMALS,
    FieldType.MONEY: _DECIMALS,
}


@dataclass(frozen=True, slots=True)
class Column:
    """What a mapping says of one column."""

    header: str
    field: str = ""
    """Empty: the column is not read."""
    is_part: bool = False
    at: Location | None = None


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Which column holds which field, and how the file is to be read."""

    columns: tuple[Column, ...] | None = None
    """None: every column is mapped by its header alone."""
    constants: Mapping[str, str] = field(default_factory=dict)
    """What every row says of a field for which there is no column."""
    habits: Mapping[str, Habit] = field(default_factory=dict)
    """Order of dates and mark of decimals, by field, where a person has settled it."""
    header_row: int | None = None
    """Number of the record, from 1, that names the columns."""
    sheet: str | None = None
    delimiter: str | None = None
    encoding: str | None = None
    must_screen: bool = True
    """Refuse a file of which no column holds a party, the goods or a vessel."""

    def header_map(self, headers: Sequence[str], at: Location | None = None) -> HeaderMap:
        """The columns of a file with these headers.

        Raises:
            InputError: a column of the mapping is not there, a constant has a column too, or nothing can be screened.
        """
        if self.columns is None:
            found = map_headers(headers, at, must_screen=self.must_screen)
        else:
            found = self._mapped(headers)
            if self.must_screen and not any(can_be_screened(name) for name in found.positions):
                raise InputError(f"with this mapping, {nothing_to_screen(headers)}", at)
        for name in self.constants:
            if name in found.positions:
                header = found.headers[found.positions[name]]
                raise InputError(
                    f"constants of the mapping give {name}, and so does column {header!r}: take one out", at
                )
        return replace(found, constants={**found.constants, **self.constants})

    def known(self, headers: Sequence[str]) -> int:
        """How many of these headers the mapping knows: the sign that a line is the header."""
        if self.columns is None:
            return known_columns(headers)
        places = _places_of([column.header for column in self.columns], headers)
        return sum(place is not None for place in places)

    def settle(self, proved: Habits) -> Habits:
        """What the cells of a table prove, with what the mapping says laid over it."""
        notes = [note for note in proved.notes if note.partition(" ")[0].rstrip(":") not in self.habits]
        said = [f"{name} is read {_in_words(habit)}, as the mapping says" for name, habit in self.habits.items()]
        against = [
            f"{name}: a cell proves {_in_words(proved.proved[name])}, but the mapping says {_in_words(habit)}"
            for name, habit in self.habits.items()
            if proved.proved.get(name, habit) is not habit
        ]
        return replace(proved, proved={**proved.proved, **self.habits}, notes=(*notes, *said, *against))

    def _mapped(self, headers: Sequence[str]) -> HeaderMap:
        offers: dict[int, tuple[str, tuple[int, ...], bool]] = {}
        faults: Faults = []
        places: set[int] = set()
        columns = self.columns or ()
        found_at = _places_of([column.header for column in columns], headers)
        for rank, (column, place) in enumerate(zip(columns, found_at, strict=True)):
            if place is None or place in places:
                why = f"the file has no column {column.header!r}" if place is None else "that column is mapped before"
                rest = [header for at, header in enumerate(headers) if at not in places]
                faults.append(InputError(f"{why}{suggestion(column.header, rest)}", column.at))
                continue
            places.add(place)
            if column.field:
                offers[place] = (column.field, (rank,), column.is_part)
        raise_faults(faults, "the mapping")
        found = arranged(headers, offers, {})
        unnamed = [header for at, header in enumerate(headers) if at not in places]
        shown = ", ".join(repr(header[:40]) for header in unnamed[:12]) + (" …" if len(unnamed) > 12 else "")
        note = (f"columns that the mapping does not name are kept but not read: {shown}",) if unnamed else ()
        return replace(found, notes=(*found.notes, *note))


def _in_words(habit: Habit) -> str:
    return habit.value if habit in _DATES else f"with a {habit.value}"


def _places_of(wanted: Sequence[str], headers: Sequence[str]) -> list[int | None]:
    """Where headers stand; written otherwise in case, spaces or punctuation only where one column alone is meant."""
    exact = {header: place for place, header in reversed(list(enumerate(headers)))}
    alike: dict[str, list[int]] = {}
    if any(header not in exact for header in wanted):
        for place, header in enumerate(headers):
            alike.setdefault(compared(header), []).append(place)
    keys = [compared(header) if header not in exact else "" for header in wanted]
    only = [alike.get(key, []) if key else [] for key in keys]
    return [
        exact.get(header, places[0] if len(places) == 1 else None) for header, places in zip(wanted, only, strict=True)
    ]


def read_mapping(path: Path) -> ColumnMapping:
    """The mapping of a YAML file, as `sanctionscreen map` writes it; all faults at once.

    Raises:
        ExceptionGroup: of `InputError`, each with its place and what would be right.
    """
    name = str(path)
    faults: Faults = []
    entry = Entry(read(path, InputError, shown_as=name, faults=faults), "the mapping", faults, InputError)
    entry.choice("schema", (SCHEMA,), default=SCHEMA)
    entry.optional_text("file")
    columns = _columns(entry) or None
    found = ColumnMapping(
        columns,
        _constants(entry),
        _habits(entry),
        _header_row(entry),
        entry.optional_text("sheet"),
        _delimiter(entry),
        _encoding(entry),
    )
    entry.close()
    raise_faults(faults, f"the mapping {path.name}")
    return found


def _columns(entry: Entry) -> tuple[Column, ...]:
    found = []
    for header, node in entry.items("columns").items():
        text = _text(entry, header, node)
        is_part = text.startswith(ADDED_TO)
        name = text.removeprefix(ADDED_TO).strip()
        if name == IGNORE:
            found.append(Column(header, at=node.at))
        elif _is_given(entry, name, node.at, f"column {header[:40]!r}"):
            if is_part and FIELDS[name].type is not FieldType.TEXT:
                entry.fault(f"only text can be added to; {name} is a {FIELDS[name].type}", node.at)
            found.append(Column(header, name, is_part, node.at))
    if len(found) > _MOST_COLUMNS:
        entry.fault(f"names more than {_MOST_COLUMNS:,} columns, which is the limit")
    return tuple(found)


def _text(entry: Entry, key: str, node: Node) -> str:
    if isinstance(node, Scalar) and not node.is_null:
        return " ".join(node.text.split())
    entry.fault(f"{key[:40]!r} needs one text behind it: a field, or {IGNORE}", node.at)
    return IGNORE


def _is_given(entry: Entry, name: str, at: Location, what: str) -> bool:
    """The name is a field that a file can carry; a fault is noted where it is none."""
    if name not in FIELDS:
        entry.fault(f"{what}: {name!r} is no field{suggestion(name, GIVEN)}; write {IGNORE} to leave it unread", at)
    elif FIELDS[name].derived:
        entry.fault(f"{what}: {name!r} is derived by the program; a column cannot give it", at)
    else:
        return True
    return False


def _constants(entry: Entry) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, node in entry.items("constants").items():
        text = _text(entry, name, node)
        if not _is_given(entry, name, node.at, "constants"):
            continue
        try:
            read_value(FIELDS[name], text)
        except Unreadable as bad:
            entry.fault(f"constants: {name}: {bad}", node.at)
        found[name] = text
    return found


def _habits(entry: Entry) -> dict[str, Habit]:
    found: dict[str, Habit] = {}
    for name, node in entry.items("formats").items():
        text = _text(entry, name, node)
        if not _is_given(entry, name, node.at, "formats"):
            continue
        allowed = [habit.value for habit in _HABITS.get(FIELDS[name].type, ())]
        if not allowed:
            entry.fault(
                f"formats: {name} is a {FIELDS[name].type}; only dates, numbers and money have a format", node.at
            )
        elif text not in allowed:
            entry.fault(f"formats: {name} is {text!r}{suggestion(text, allowed)}", node.at)
        else:
            found[name] = Habit(text)
    return found


def _header_row(entry: Entry) -> int | None:
    at = entry.location("header_row")
    number = entry.optional_number("header_row", low=1, high=_LAST_ROW)
    if number is not None and number != int(number):
        entry.fault(f"'header_row' of the mapping is {number:g}; write a whole number", at)
    return None if number is None else int(number)


def _delimiter(entry: Entry) -> str | None:
    at = entry.location("delimiter")
    node = entry.node("delimiter")
    if node is None:
        return None
    text = node.text if isinstance(node, Scalar) else ""
    if len(text) != 1 or text in '\r\n"':
        entry.fault('\'delimiter\' of the mapping is one character, such as ",", ";", "|" or "\\t"', at)
        return None
    return text


def _encoding(entry: Entry) -> str | None:
    at = entry.location("encoding")
    text = entry.optional_text("encoding")
    try:
        return None if text is None else codecs.lookup(text).name
    except LookupError:
        entry.fault(f"{text!r} is no encoding; use utf-8, cp1251, gb18030 or another codec of Python", at)
        return None
