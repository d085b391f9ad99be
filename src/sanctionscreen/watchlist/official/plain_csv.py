"""A firm's own list as a plain table: CSV of any delimiter, or the first sheet of a workbook; three languages.

Needed is a column of names. Several values stand in one cell apart by `;` or `|`, or in several columns of one name.
Rows of one id are one party.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from sanctionscreen import countries
from sanctionscreen.errors import Location, WatchlistError, suggestion
from sanctionscreen.model import ListedParty, Measure
from sanctionscreen.watchlist.official.plain_words import (
    DELIMITERS,
    KINDS,
    LEGACY_ENCODINGS,
    MEASURES,
    column_of,
    knows,
)
from sanctionscreen.watchlist.official.reading import Draft, Report, read_date
from sanctionscreen.watchlist.official.safe_files import csv_rows, opened
from sanctionscreen.watchlist.official.safe_workbooks import workbook_rows
from sanctionscreen.watchlist.official.topics import with_listings

Meaning = TypeVar("Meaning", bound=str)
Row = tuple[int, list[str]]

_SLASHED = re.compile(r"(0?[1-9]|1[0-2])/(0?[1-9]|1[0-2])/\d{4}")
_LABELLED = re.compile(r"([^\W\d][^:№#\d]{0,30}?)\s*[:№#]\s*(\S.*)")


def read_plain_csv(files: Mapping[str, Path], report: Report) -> Iterator[ListedParty]:
    """The parties of a firm's own list.

    A party without an id gets one from its kind, name and countries, so that the list can be compared with its next
    version.

    Raises:
        WatchlistError: there is no column of names; a kind, measure or date cannot be read; a row does not fit the
            header; the file is no UTF-8 and its header does not show what else it is.
    """
    path = files["main"]
    header, rows = open_plain(path)
    columns = _columns(header, path, report)
    drafts: dict[str, Draft] = {}
    unnamed: Counter[str] = Counter()
    for line, cells in rows:
        at = Location(path.name, line)
        if any(cell.strip() for cell in cells[len(header) :]):
            raise WatchlistError(f"has {len(cells)} cells and the header {len(header)}: is a comma not quoted?", at)
        row = {
            column: [value for place in places if place < len(cells) for value in _values(cells[place])]
            for column, places in columns.items()
        }
        key = next(iter(row.get("id", ())), "") or _key(row, unnamed)
        draft = drafts.setdefault(key, Draft(key, source=f"{path.name} line {line}"))
        _fill(draft, row, report, at)
        _labelled(draft, columns, header, cells)
    for draft in drafts.values():
        if party := draft.done(report):
            yield with_listings(party, party.listings)
    report.check(path.name)


def open_plain(path: Path) -> tuple[list[str], Iterator[Row]]:
    """Header and rows of a table, by the encoding and the delimiter under which most of its headers are known."""
    with opened(path) as stream:
        start = stream.read(1 << 16)
    if start.startswith(b"PK"):
        rows = workbook_rows(path)
        return next(rows, (0, []))[1], rows
    header = start.splitlines()[0] if start else b""
    encodings = ["utf-8"] if _is_utf8(path) else [one for one in LEGACY_ENCODINGS if knows(header, one)]
    if not encodings:
        problem = "is no UTF-8, and its header does not show what else it is; save it as UTF-8"
        raise WatchlistError(problem, Location(path.name))
    is_utf16 = start[:2] in (b"\xff\xfe", b"\xfe\xff")
    text = start.decode("utf-16", "replace").splitlines()[0] if is_utf16 else header.decode(encodings[0], "replace")
    delimiter = max(DELIMITERS, key=lambda one: (_known(text.split(one)), text.count(one)))
    rows = csv_rows(path, delimiter=delimiter, encoding=encodings[0])
    return next(rows, (0, []))[1], rows


def _is_utf8(path: Path) -> bool:
    with opened(path) as stream:
        data = stream.read()
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return True  # UTF-16 with a mark, which csv_rows reads
    try:
        data.rstrip(b"\x1a\x00").decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _known(cells: Sequence[str]) -> int:
    return sum(bool(column_of(cell.strip(' "'))) for cell in cells)


def _columns(header: Sequence[str], path: Path, report: Report) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for place, cell in enumerate(header):
        if column := column_of(cell):
            found.setdefault(column, []).append(place)
        elif cell.strip():
            report.unknown[f"column {cell.strip()[:80]!r}"] += 1
            found.setdefault("note", []).append(place)
    if "name" not in found:
        written = ", ".join(repr(cell.strip()) for cell in header[:12]) or "none"
        problem = f"has no column of names; its columns are {written}; call one of them name, наименование or 名称"
        raise WatchlistError(problem, Location(path.name, 1))
    return found


def _values(cell: str) -> list[str]:
    return [value.strip() for value in re.split(r"[;|]", cell) if value.strip()]


def _key(row: Mapping[str, Sequence[str]], taken: Counter[str]) -> str:
    """An id from what a party is; parties alike in all of it are numbered, for they need not be the same."""
    told = "\n".join(" ".join(row.get(column, ())) for column in ("kind", "name", "country")).casefold()
    key = hashlib.sha256(told.encode("utf-8")).hexdigest()[:12]
    taken[key] += 1
    return key if taken[key] == 1 else f"{key}-{taken[key]}"


def _fill(draft: Draft, row: Mapping[str, Sequence[str]], report: Report, at: Location) -> None:
    names = row.get("name", ())
    for number, name in enumerate(names):
        draft.name(name, "strong" if number or draft.names else "primary", kind="alias" if number else "")
    for column, quality, kind in (
        ("alias", "strong", "alias"),
        ("former", "strong", "former"),
        ("weak", "weak", "alias"),
    ):
        for name in row.get(column, ()):
            draft.name(name, quality, kind=kind)  # type: ignore[arg-type]  # the three are qualities
    for kind in row.get("kind", ()):
        draft.kind = _word(KINDS, kind, "kind", at)
    for measure in row.get("measure", ()):
        _set_measure(draft, _word(MEASURES, measure, "measure", at), at)
    for country in row.get("country", ()):
        _country(draft, country, report)
    for address in row.get("address", ()):
        draft.address(address)
    for born in row.get("birth", ()):
        draft.date("birth", born)
    for programme in row.get("programme", ()):
        draft.programmes[programme] = None
    for note in row.get("note", ()):
        draft.remark(note)
    for day in row.get("from", ()):
        _listed_from(draft, day, at)


def _labelled(draft: Draft, columns: Mapping[str, Sequence[int]], header: Sequence[str], cells: Sequence[str]) -> None:
    """Identifiers, each with what it is: as the cell says, else as the header of its column does."""
    for place in columns.get("identifier", ()):
        for value in _values(cells[place]) if place < len(cells) else ():
            said = _LABELLED.fullmatch(value)
            draft.number(said[1] if said else header[place].strip(), said[2] if said else value)


def _word(table: Mapping[str, Meaning], text: str, what: str, at: Location) -> Meaning:
    folded = re.sub(r"[\s_\-]+", " ", text.casefold()).replace("ё", "е").strip()
    if folded not in table:
        raise WatchlistError(f"the {what} {text!r} is not known{suggestion(folded, sorted(table))}", at)
    return table[folded]


def _set_measure(draft: Draft, measure: Measure, at: Location) -> None:
    if draft.measure not in (None, measure):
        raise WatchlistError(f"the measures {draft.measure} and {measure} for one party; give it two ids", at)
    draft.measure = measure


def _country(draft: Draft, text: str, report: Report) -> None:
    code = countries.lookup(text)
    draft.country(code)
    if code is None:
        report.unknown[f"country {text[:80]!r}"] += 1
        draft.remark(f"country: {text}")


def _listed_from(draft: Draft, text: str, at: Location) -> None:
    first, last = read_date(text)
    if first is None:
        raise WatchlistError(f"the date {text!r} cannot be read; write it as 2024-02-23", at)
    draft.listed_from = min(first, draft.listed_from or first)
    if first != last:
        draft.date_basis = f"the list says {text}"
    elif (slashed := _SLASHED.fullmatch(text)) and slashed[1] != slashed[2]:
        draft.date_basis = f"{text} read with the day first"
