"""What a file shows of itself at a glance: its kind, root element, header rows or first keys; never its name."""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Literal
from xml.parsers import expat

from sanctionscreen.errors import Location, WatchlistError
from sanctionscreen.watchlist.official.plain_words import DELIMITERS, LEGACY_ENCODINGS, knows
from sanctionscreen.watchlist.official.safe_files import opened
from sanctionscreen.watchlist.official.safe_workbooks import workbook_rows
from sanctionscreen.watchlist.official.safe_xml import xml_root

FileKind = Literal["XML", "JSON", "a workbook", "text"]

_GLANCE = 1 << 17
_ROWS = 5
"""Published tables have their header within the first rows, below a date or a title."""
_KEYS = 60
_KEY = re.compile(r'"([^"\\\n]{1,80})"\s*:')
_JSON = re.compile(r"\{\s*[\"}]|\[\s*[{\]]")


@dataclass(frozen=True, slots=True)
class Look:
    """A glance at a file."""

    path: Path
    kind: FileKind
    root: str = ""
    namespace: str = ""
    elements: frozenset[str] = frozenset()
    """Names of the elements at its beginning."""
    keys: tuple[str, ...] = ()
    """First keys of JSON, in their order."""
    tables: tuple[tuple[tuple[str, ...], ...], ...] = ()
    """The first rows, once for each delimiter, or once for the sheet."""
    text: str = ""
    """The beginning of a text."""


def look_at(path: Path) -> Look:
    """Tell what a file is.

    Raises:
        WatchlistError: it is not there, is empty, or is of a kind in which no list is published.
    """
    with opened(path) as stream:
        start = stream.read(_GLANCE)
    _refuse(start, path)
    if start.startswith(b"PK"):
        return _workbook(path)
    text = _text(start)
    begin = text.lstrip("\ufeff \t\r\n")
    if begin.startswith("<"):
        namespace, root = xml_root(path)
        return Look(path, "XML", root, namespace, _elements(start))
    if _JSON.match(begin):
        return Look(path, "JSON", keys=tuple(dict.fromkeys(islice(_KEY.findall(text), _KEYS))))
    return Look(path, "text", tables=tuple(_rows(text, one) for one in DELIMITERS), text=text)


def _refuse(start: bytes, path: Path) -> None:
    begin = start.lstrip(b"\xef\xbb\xbf \t\r\n\x00\x1a")[:200].lower()
    problem = ""
    if not begin:
        problem = "is empty"
    elif begin.startswith((b"<!doctype html", b"<html", b"<head")):
        problem = "is a web page and no list: the publisher's address may have moved, or wants a log-in"
    elif begin.startswith(b"%pdf"):
        problem = "is a PDF; lists are read from the publisher's data files"
    elif start.startswith(b"\xd0\xcf\x11\xe0"):
        problem = "is a workbook of the old kind (xls); save it as xlsx or CSV"
    if problem:
        raise WatchlistError(problem, Location(path.name))


def _text(start: bytes) -> str:
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return start.decode("utf-16", "replace")
    try:
        return start.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start > len(start) - 4:  # the glance ends within a letter
            return start[: error.start].decode("utf-8")
    return start.decode(
        next((one for one in LEGACY_ENCODINGS if knows(start.splitlines()[0], one)), "cp1252"), "replace"
    )


def _workbook(path: Path) -> Look:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (OSError, zipfile.BadZipFile) as error:
        raise WatchlistError(f"is a damaged archive: {error}", Location(path.name)) from error
    if "xl/workbook.xml" not in names:
        raise WatchlistError(
            "is an archive and no xlsx workbook; unpack it, and hand in what it holds", Location(path.name)
        )
    rows = tuple(tuple(cells) for _, cells in islice(workbook_rows(path), _ROWS))
    return Look(path, "a workbook", tables=(rows,))


def _elements(start: bytes) -> frozenset[str]:
    """Names of elements, as far as the glance goes; what follows may be broken, which is the reader's to say."""
    found: set[str] = set()
    parser = expat.ParserCreate(namespace_separator="}")
    parser.StartElementHandler = lambda name, _: found.add(name.rpartition("}")[2])
    with suppress(expat.ExpatError, LookupError, ValueError):
        parser.Parse(start, False)
    return frozenset(found)


def _rows(text: str, delimiter: str) -> tuple[tuple[str, ...], ...]:
    lines = text.lstrip("\ufeff").splitlines(keepends=True)[:200]
    try:
        return tuple(tuple(row) for row in islice(csv.reader(lines, delimiter=delimiter), _ROWS))
    except csv.Error:
        return ()


def header_words(row: Sequence[str]) -> set[str]:
    """The cells of a row as headers: without case and spaces around them."""
    return {" ".join(cell.split()).casefold() for cell in row if cell.strip()}
