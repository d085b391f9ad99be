"""The rows of the Consolidated Screening List from CSV and JSON in one shape."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from sanctionscreen.errors import Location, WatchlistError
from sanctionscreen.watchlist.official.bis_denied import country_at_end
from sanctionscreen.watchlist.official.free_text import mended
from sanctionscreen.watchlist.official.gathering import digest
from sanctionscreen.watchlist.official.json_records import json_records
from sanctionscreen.watchlist.official.layout import named_rows
from sanctionscreen.watchlist.official.ofac_terms import LABELS, is_identifier, is_told
from sanctionscreen.watchlist.official.reading import Report, unknown_names
from sanctionscreen.watchlist.official.safe_files import csv_rows

_TEXTS = (
    "_id source entity_number type name title federal_register_notice start_date end_date standard_order"
    " license_requirement license_policy call_sign vessel_type gross_tonnage gross_registered_tonnage vessel_flag"
    " vessel_owner remarks source_list_url source_information_url country"
).split()
_LISTS = "programs alt_names citizenships dates_of_birth nationalities places_of_birth".split()
_COLUMNS = frozenset({*_TEXTS, *_LISTS, "addresses", "ids"}) - {"country"}
_NEEDED = ("source", "name", "type", "programs", "addresses", "start_date", "alt_names", "ids")
_PLACE = ("address", "city", "state", "postal_code", "country")
_NUMBER = ("type", "number", "country", "issue_date", "expiration_date")
_AND = re.compile(r"^and\s+", re.IGNORECASE)
_CODE = re.compile(r"[A-Z]{2}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_KEYS = frozenset({"id", *_TEXTS, *_LISTS, "addresses", "ids"}) - {"_id"}


class Number(NamedTuple):
    """An identifier or another labelled value."""

    label: str
    number: str
    country: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: texts by the columns of the CSV, lists, addresses (the country last), labelled values."""

    where: str
    texts: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]]
    addresses: tuple[tuple[str, ...], ...]
    ids: tuple[Number, ...]

    def get(self, name: str) -> str:
        return self.texts.get(name, "")


class Row(NamedTuple):
    """A row as the file has it, before its cells are read."""

    where: str
    cells: Mapping[str, Any]


def csv_table(path: Path, report: Report) -> Iterator[Row]:
    """The rows of the CSV, with either header."""
    for line, row in named_rows(csv_rows(path, unknown=report.unknown), _COLUMNS, _NEEDED, path, report):
        yield Row(f"{path.name} line {line}", row)


def json_table(path: Path, report: Report) -> Iterator[Row]:
    """The objects of `results` in the JSON."""
    for line, record in json_records(path, "results"):
        yield Row(f"{path.name} line {line}", record)


def key(row: Row) -> str:
    """OFAC's number, else that of the file; the older CSV has none, and there the row is its own number."""
    for name in ("entity_number", "_id", "id"):
        if (number := row.cells.get(name)) not in (None, ""):
            return _text(number, name, row.where)
    return digest(*(str(row.cells.get(name) or "") for name in ("source", "name", "addresses")))


def csv_entry(row: Row, _: Report) -> Entry:
    """What a row says. The newer header opens with `_id` and has labels before numbers, the older one behind."""
    cells: Mapping[str, str] = row.cells
    source, is_newer = cells.get("source", ""), "_id" in cells
    return Entry(
        where=row.where,
        texts={name: _clean(cells[name]) for name in _TEXTS if name in cells},
        lists={name: tuple(_pieces(cells[name])) for name in _LISTS if name in cells},
        addresses=tuple(_address(text, source) for text in _pieces(cells.get("addresses", ""))),
        ids=tuple(_labelled(text, is_newer) for text in _pieces(cells.get("ids", ""))),
    )


def json_entry(row: Row, report: Report) -> Entry:
    """What an object says.

    Raises:
        WatchlistError: it holds other things where texts, lists and objects must be.
    """
    record, where = row.cells, row.where
    unknown_names(record, _KEYS, "key", report)
    return Entry(
        where=where,
        texts={name: _text(record[name], name, where) for name in _TEXTS if record.get(name)},
        lists={name: tuple(_texts(record[name], name, where)) for name in _LISTS if record.get(name)},
        addresses=tuple(
            tuple(_text(place.get(part), part, where) for part in _PLACE)
            for place in _objects(record.get("addresses"), _PLACE, "addresses", where, report)
        ),
        ids=tuple(
            _document({part: _text(number.get(part), part, where) for part in _NUMBER})
            for number in _objects(record.get("ids"), _NUMBER, "ids", where, report)
        ),
    )


def _clean(text: str) -> str:
    return " ".join(mended(text).split())


def _pieces(text: str) -> Iterator[str]:
    """The values of a cell; the last of those that the regulation enumerates opens with "and"."""
    for piece in _clean(text).split(";"):
        if clean := _AND.sub("", piece.strip()):
            yield clean


def _address(text: str, source: str) -> tuple[str, ...]:
    """The parts of an address with the country last: two letters at its end, blank where the list has none.

    Denied persons in the United States have none, but a state and a ZIP code.
    """
    parts = [part.strip() for part in text.split(",")]
    if _CODE.fullmatch(parts[-1]):
        return (", ".join(parts[:-1]), parts[-1])
    if "(DPL)" in source and country_at_end(parts) == "US":
        return (text, "US")
    return (text, "")


def _labelled(text: str, is_newer: bool) -> Number:
    """A labelled value: `Passport, A1, XX` in newer files, `XX, A1, Passport` in older ones; known labels settle it."""
    parts = [part.strip() for part in text.split(", ")]
    if len(parts) == 1:
        return Number("", text)
    first, last = _is_label(parts[0]), _is_label(parts[-1])
    is_before = is_newer if first == last else first
    label = parts.pop(0 if is_before else -1)
    country = ""
    for end in (-1, 0):
        if len(parts) > 1 and _CODE.fullmatch(parts[end]) and not country:
            country = parts.pop(end)
    days = [part for part in parts if _DAY.fullmatch(part)] if len(parts) > 1 else []
    return Number(label, ", ".join(part for part in parts if part not in days), country, " to ".join(days))


def _is_label(text: str) -> bool:
    plain = text.rstrip(" :-")
    return plain in LABELS or is_identifier(plain) or is_told(plain)


def _document(number: Mapping[str, str]) -> Number:
    says = [
        f"{what} {value}"
        for key, what in (("issue_date", "issued"), ("expiration_date", "until"))
        if (value := number[key])
    ]
    return Number(number["type"], number["number"], number["country"], "; ".join(says))


def _text(value: Any, name: str, where: str) -> str:
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return _clean("; ".join(value))
    if value is not None and (not isinstance(value, str | int | float) or isinstance(value, bool)):
        raise WatchlistError(f"has no text in {name!r}", Location(where))
    return _clean(str(value)) if value is not None else ""


def _texts(value: Any, name: str, where: str) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        yield from _pieces(_text(one, name, where))


def _objects(value: Any, known: tuple[str, ...], name: str, where: str, report: Report) -> Iterator[Mapping[str, Any]]:
    for one in value if isinstance(value, list) else [] if value in (None, "") else [value]:
        if not isinstance(one, dict):
            raise WatchlistError(f"has no object in {name!r}", Location(where))
        unknown_names(one, known, f"key of {name}", report)
        yield one
