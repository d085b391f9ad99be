"""The layout that a reader expects: columns of a table, elements of XML; what stands besides is counted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from xml.etree import ElementTree

from sanctionscreen.errors import Location, WatchlistError
from sanctionscreen.watchlist.official.reading import Draft, Report, missing_columns, read_date
from sanctionscreen.watchlist.official.safe_xml import parts_at, xml_root

_HEADER_WITHIN = 5
"""Rows before the header: lists open with a date or a title, and no more."""
_FEWEST_OF_A_CUT_HEADER = 20
"""Characters; spreadsheets that cut header cells cut them at thirty or so."""


def named_rows(
    rows: Iterable[tuple[int, Sequence[str]]],
    columns: Collection[str],
    needed: Collection[str],
    path: Path,
    report: Report,
    *,
    renamed: Mapping[str, str] | None = None,
    is_cut_short: bool = False,
) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows behind the header as texts by column, with the number of the row; a column without a cell gives nothing.

    Args:
        columns: all that the reader knows; others are counted in the report and given under their own names.
        needed: those without which the file is another list, or damaged.
        renamed: names of older files, each with the one in `columns`.
        is_cut_short: empty cells at the end of a row may be missing, as in workbooks.

    Raises:
        WatchlistError: no header, a needed column missing, or a row that does not fit the header.
    """
    source = iter(rows)
    header = _header(list(islice(source, 1)), source, columns, needed, path, renamed or {})
    unknown = [name for name in header if name and name not in columns]
    for name in unknown:
        report.unknown[f"column {name[:80]!r}"] += 1
    for number, cells in source:
        if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
            raise WatchlistError(f"has {len(cells)} cells and {len(header)} columns", Location(path.name, number))
        if len(cells) < len(header) and not is_cut_short:
            raise WatchlistError(
                f"has {len(cells)} cells, {len(header)} are right; is the file cut?", Location(path.name, number)
            )
        yield number, {name: clean for name, cell in zip(header, cells, strict=False) if (clean := cell.strip())}


def _header(
    first: list[tuple[int, Sequence[str]]],
    rest: Iterator[tuple[int, Sequence[str]]],
    columns: Collection[str],
    needed: Collection[str],
    path: Path,
    renamed: Mapping[str, str],
) -> list[str]:
    tried = first
    for _ in range(_HEADER_WITHIN):
        if not tried:
            break
        named = [_column(cell, columns, renamed) for cell in tried[0][1]]
        if sum(name in needed for name in named) * 2 >= len(needed):
            missing_columns(named, needed, path.name)
            return named
        tried = list(islice(rest, 1))
    raise WatchlistError(
        f"has no header with {', '.join(sorted(needed))} in its first rows; is it the right list?", Location(path.name)
    )


def _column(cell: str, columns: Collection[str], renamed: Mapping[str, str]) -> str:
    clean = " ".join(cell.split())
    name = renamed.get(clean, clean)
    if name in columns:
        return name
    alike = [known for known in columns if known.casefold() == name.casefold()]
    cut = [known for known in columns if len(name) >= _FEWEST_OF_A_CUT_HEADER and known.startswith(name)]
    return alike[0] if alike else cut[0] if len(cut) == 1 else name


def expect_root(path: Path, name: str) -> None:
    """Refuse XML with another root element.

    Raises:
        WatchlistError: it is another list, a web page, or no XML.
    """
    _, found = xml_root(path)
    if found != name:
        raise WatchlistError(f"is <{found}> where <{name}> is right; is it the right list?", Location(path.name))


def unknown_parts(element: ElementTree.Element, known: Collection[str], draft: Draft, report: Report) -> None:
    """Count elements and attributes that the reader does not know, and keep their text as remarks.

    Args:
        known: paths below the element, such as `NAMES/NAME` and `NAMES/NAME@type`; `HISTORY/*` stands for all below.
    """
    for attribute in element.attrib:
        _unless_known(f"@{attribute}", element.get(attribute), known, draft, report)
    _walk(element, "", known, draft, report)


def _walk(element: ElementTree.Element, above: str, known: Collection[str], draft: Draft, report: Report) -> None:
    for child in element:
        path = f"{above}{child.tag}"
        if path not in known:
            _unless_known(path, " ".join(child.itertext()), known, draft, report)
            continue
        for attribute, value in child.attrib.items():
            _unless_known(f"{path}@{attribute}", value, known, draft, report)
        if len(child) and f"{path}/*" not in known:
            _walk(child, f"{path}/", known, draft, report)


def _unless_known(path: str, value: str | None, known: Collection[str], draft: Draft, report: Report) -> None:
    if path in known:
        return
    report.unknown[f"{'attribute' if '@' in path else 'element'} {path[:80]!r}"] += 1
    if value and value.strip():
        draft.remark(f"{path}: {value}")


def texts(element: ElementTree.Element, path: str) -> list[str]:
    """The texts at a path, clean, without the empty ones."""
    found = (" ".join((child.text or "").split()) for child in parts_at(element, path))
    return [text for text in found if text]


def text(element: ElementTree.Element, path: str) -> str:
    """The first text at a path; empty where there is none."""
    return next(iter(texts(element, path)), "")


def one_day(written: str) -> date | None:
    """The day that a date names; None where it names none, or more than one."""
    first, last = read_date(written)
    return first if first == last else None
