"""The rows of a sheet out of its XML, as they stream: cut out of the text where it is usual, else parsed.

The cells of spreadsheets are of one form, and cutting them out of the text takes a fifth of the time of a parser. What
is of another form goes to the parser, one row or the whole sheet, and both give the same.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from itertools import islice
from operator import itemgetter
from typing import NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

from sanctionscreen.errors import InputError, Location
from sanctionscreen.ingest.shared_strings import string_of
from sanctionscreen.ingest.xml_elements import Opener, bare, root_of

_BLOCK = 1 << 18
_LARGEST_ROW = 64 << 20
"""Bytes of one row, which is held in memory; also of what stands before the first."""
_PROLOG = re.compile(r"\ufeff?\s*(?:<\?xml[^<>?]*\?>)?\s*")
_START = re.compile(r"(?P<sheet><worksheet(?:\s[^<>]*)?>).*?<sheetData>", re.DOTALL)
_ROW = re.compile(r"\s*(?P<empty>(?:<row(?:\s[^<>]*)?/>\s*)*)<row(?P<attributes>(?:\s[^<>]*)?)(?<!/)>")
_END = re.compile(r"\s*(?P<empty>(?:<row(?:\s[^<>]*)?/>\s*)*)</sheetData>")
_CELL = re.compile(
    r'<c r="([A-Z]{1,3})[0-9]{1,7}"(?: s="([0-9]+)")?(?: t="([a-zA-Z]+)")?(?:/>|>'
    r"(?:(<f)[^<>]*(?:/>|>[^<]*</f>))?"
    r'(?:<v>([^<]*)</v>|<is><t(?: xml:space="preserve")?>([^<]*)</t></is>|<v/>)?</c>)'
    r"|(.)",
    re.DOTALL,
)
_NUMBER = re.compile(r'\sr="([0-9]{1,7})"')
_HIDDEN = re.compile(r'\shidden="(?:1|true)"')
_ODD_IN_CELLS = re.compile(r"[&\r]")
"""A parser reads the one as part of a character, and the other as a line feed."""

_ODD = itemgetter(6)

RawCell = tuple[str, str, str, str, str, str, str]
"""Letters of the column, style, type, a mark for a formula, value, text that stands in the cell itself; nothing."""


class RawRow(NamedTuple):
    """A row of a sheet; its number, where it says it."""

    number: int | None
    is_hidden: bool
    cells: list[RawCell]


class _OddSheetError(Exception):
    """From here on the text is not of the usual form."""


def raw_rows(opened: Opener, name: str) -> Iterator[RawRow]:
    """Each row of a sheet, the empty ones too.

    Raises:
        InputError: it is no XML, declares a document type, is cut, or has a row without end.
    """
    root_of(opened, name)  # refuses a document type
    given = 0
    try:
        for row in cut_rows(opened, name):
            given += 1
            yield row
    except _OddSheetError:
        yield from islice(parsed_rows(opened, name), given, None)


def cut_rows(opened: Opener, name: str) -> Iterator[RawRow]:
    """The rows of a sheet as far as its text is of the usual form; it ends with an error of its own where not."""
    sheet, text = "", ""
    for block in _texts(opened):
        text += block
        if not sheet:
            text = text[_prolog(text) :]
        if "<!" in text or "<?" in text or len(text) > _LARGEST_ROW:
            raise _OddSheetError
        if not sheet:
            start = _START.match(text)
            if start is None:
                continue
            sheet, text = start["sheet"], text[start.end() :]
        *rows, text = text.split("</row>")
        for row in rows:
            yield from _cut(row, sheet, name)
        end = _END.match(text)
        if end is not None:
            yield from _empty(end["empty"])
            return
    raise _OddSheetError


def parsed_rows(opened: Opener, name: str) -> Iterator[RawRow]:
    """The rows of a sheet by a parser. The tree is built by compiled code; whole rows are taken off it."""
    builder = TreeBuilder()
    top = builder.start("", {})  # the sheet hangs under an element of ours, and so can be looked at while it grows
    parser = XMLParser(target=builder)  # noqa: S314  # no document type, bounded
    held = 0
    with opened() as stream:
        try:
            while block := stream.read(_BLOCK):
                parser.feed(block)
                held += len(block)
                data, is_over = _data_of(top)
                whole = data[:] if is_over else data[:-1]
                if whole:
                    held = len(block)
                    yield from map(_raw_row, whole)
                    del data[: len(whole)]
                if is_over:
                    return
                if held > _LARGEST_ROW:
                    raise InputError(f"has a row of more than {_LARGEST_ROW >> 20} MB", Location(name))
            parser.close()
        except ParseError as bad:
            raise InputError(f"is damaged or cut: {bad}", Location(name)) from bad
    yield from map(_raw_row, _data_of(top)[0])


def _texts(opened: Opener) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with opened() as stream:
        try:
            while block := stream.read(_BLOCK):
                yield decoder.decode(block)
        except UnicodeDecodeError as bad:
            raise _OddSheetError from bad


def _prolog(text: str) -> int:
    found = _PROLOG.match(text)
    return found.end() if found else 0


def _cut(row: str, sheet: str, name: str) -> Iterator[RawRow]:
    start = _ROW.match(row)
    if start is None:
        raise _OddSheetError
    yield from _empty(start["empty"])
    attributes, body = start["attributes"], row[start.end() :]
    cells = [] if _ODD_IN_CELLS.search(body) else _CELL.findall(body)
    if not body or (cells and "'" not in attributes and not max(map(_ODD, cells))):
        yield _row_of(attributes, cells)
        return
    try:
        element = ElementTree.fromstring(f"{sheet}<row{attributes}>{body}</row></worksheet>")  # noqa: S314  # as above
    except ParseError as bad:
        raise InputError(f"is damaged or cut: {bad}", Location(name)) from bad
    yield _raw_row(element[0])


def _empty(text: str) -> Iterator[RawRow]:
    return (_row_of(attributes, []) for attributes in text.split("/>")[:-1])


def _row_of(attributes: str, cells: list[RawCell]) -> RawRow:
    number = _NUMBER.search(attributes)
    return RawRow(int(number[1]) if number else None, _HIDDEN.search(attributes) is not None, cells)


def _data_of(top: Element) -> tuple[Element, bool]:
    """The element that holds the rows, and whether it is whole."""
    sheet = top[0] if len(top) else top
    for place, part in enumerate(sheet):
        if bare(part) == "sheetData":
            return part, place + 1 < len(sheet)
    return Element(""), False


def _raw_row(element: Element) -> RawRow:
    number = element.get("r", "")
    is_number = number.isascii() and number.isdigit() and len(number) < 8
    cells = [_raw_cell(cell) for cell in element if bare(cell) == "c"]
    return RawRow(int(number) if is_number else None, element.get("hidden", "0") in ("1", "true"), cells)


def _raw_cell(cell: Element) -> RawCell:
    value, inline, formula = "", "", ""
    for part in cell:
        tag = bare(part)
        if tag == "v":
            value = part.text or ""
        elif tag == "is":
            inline = string_of(part)
        elif tag == "f":
            formula = "<f"
    column = cell.get("r", "").rstrip("0123456789")
    return column, cell.get("s", ""), cell.get("t", ""), formula, value, inline, ""
