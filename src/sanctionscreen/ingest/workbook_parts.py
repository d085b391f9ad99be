"""The parts of an XLSX package: which sheets there are, and what they share; bounded in what they may grow to."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import IO, NamedTuple
from xml.etree.ElementTree import Element

from sanctionscreen.errors import InputError, Location
from sanctionscreen.ingest.number_formats import Written, writer_of
from sanctionscreen.ingest.shared_strings import shared_strings
from sanctionscreen.ingest.sources import Source, open_bytes
from sanctionscreen.ingest.xml_elements import elements

_MOST_GROWTH = 200
"""Times that a part may grow when it is unpacked; sheets of real files grow ten times, of equal rows forty."""
_FREE_GROWTH = 1 << 28
"""Bytes that any part may have; growth counts beyond."""
_BOUNDLESS = "grows without bound when it is unpacked; save it again as XLSX or CSV"
_MOST_STRINGS = 1 << 30
"""Bytes of shared strings, which are held in memory."""
_MOST_SHEETS = 255
"""Sheets that are looked at for a header; Excel itself creates no more."""


class Sheet(NamedTuple):
    """A sheet of a workbook: its name, its part in the package, and whether it is shown."""

    name: str
    part: str
    is_visible: bool


@dataclass(frozen=True, slots=True)
class Workbook:
    """What all sheets of a workbook share."""

    sheets: Sequence[Sheet]
    strings: Sequence[str]
    written: Sequence[Written | None]
    """By style: how its numbers are written; None where they are plain."""


def read_workbook(source: Source, name: str) -> Workbook:
    """Sheets, shared strings and number formats of a workbook.

    Raises:
        InputError: it is damaged, protected, or grows without bound when it is unpacked.
    """
    with open_package(source, name) as archive:
        main = _target(archive, "", "/officeDocument", name) or "xl/workbook.xml"
        top = next(_parts(archive, main, {"workbook"}, name), None)
        if top is None:
            raise InputError("holds no workbook", Location(name))
        strings = _target(archive, main, "/sharedStrings", name)
        styles = _target(archive, main, "/styles", name)
        properties = top.find("workbookPr")
        is_1904 = properties is not None and properties.get("date1904", "0") in ("1", "true")
        return Workbook(
            _sheets(archive, top, main, name),
            list(shared_strings(partial(open_part, archive, strings, name), f"{name}:{strings}")) if strings else [],
            _styles(archive, styles, name, is_1904=is_1904) if styles else [],
        )


@contextmanager
def open_package(source: Source, name: str) -> Iterator[zipfile.ZipFile]:
    """The archive of a workbook; whatever is wrong with it is an `InputError`."""
    at = Location(name)
    with open_bytes(source) as stream:
        try:
            with zipfile.ZipFile(stream) as archive:
                yield archive
        except (zipfile.BadZipFile, zlib.error, EOFError) as bad:
            raise InputError(f"is damaged or cut: {bad}", at) from bad
        except (RuntimeError, NotImplementedError) as bad:  # a password, or a compression that nobody uses
            raise InputError(f"cannot be unpacked: {bad}", at) from bad


@contextmanager
def open_part(archive: zipfile.ZipFile, part: str, name: str) -> Iterator[IO[bytes]]:
    """A part of a package, which gives no more bytes than the package says it has.

    Raises:
        InputError: there is no such part, or it grows without bound.
    """
    try:
        entry = archive.getinfo(part)
    except KeyError as bad:
        raise InputError(f"is damaged: it has no part {part!r}", Location(name)) from bad
    if entry.file_size > max(_FREE_GROWTH, entry.compress_size * _MOST_GROWTH):
        raise InputError(_BOUNDLESS, Location(name))
    if part.endswith("sharedStrings.xml") and entry.file_size > _MOST_STRINGS:
        raise InputError("holds more than a gigabyte of strings; save the sheet as CSV", Location(name))
    with archive.open(entry) as stream:
        yield stream


def check_growth(source: Source, name: str) -> None:
    """Refuse a packed workbook that grows without bound; what is not packed has the size it has.

    Raises:
        InputError: it grows without bound, or is damaged.
    """
    with open_bytes(source) as stream:
        is_packed = stream.read(2) == b"PK"
    if is_packed:
        with open_package(source, name) as archive:
            sizes = [(entry.file_size, entry.compress_size) for entry in archive.infolist()]
        if sum(size for size, _ in sizes) > max(_FREE_GROWTH, sum(packed for _, packed in sizes) * _MOST_GROWTH):
            raise InputError(_BOUNDLESS, Location(name))


def _parts(archive: zipfile.ZipFile, part: str, tags: set[str], name: str) -> Iterator[Element]:
    return elements(partial(open_part, archive, part, name), f"{name}:{part}", tags)


def _relations(archive: zipfile.ZipFile, part: str, name: str) -> Iterator[Element]:
    folder, file = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{file}.rels")
    return _parts(archive, path, {"Relationship"}, name) if path in archive.NameToInfo else iter(())


def _resolved(part: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")


def _target(archive: zipfile.ZipFile, part: str, kind: str, name: str) -> str | None:
    """The part that another one refers to as its workbook, styles or strings."""
    relations = _relations(archive, part, name)
    found = (entry.get("Target", "") for entry in relations if entry.get("Type", "").endswith(kind))
    return next((_resolved(part, target) for target in found), None)


def _sheets(archive: zipfile.ZipFile, top: Element, main: str, name: str) -> list[Sheet]:
    targets = {
        entry.get("Id"): _resolved(main, entry.get("Target", ""))
        for entry in _relations(archive, main, name)
        if entry.get("Type", "").endswith("/worksheet")
    }
    found = []
    for entry in list(top.iter("sheet"))[:_MOST_SHEETS]:
        identifier = next((value for key, value in entry.items() if key.endswith("}id")), None)
        if identifier in targets:
            visible = entry.get("state", "visible") == "visible"
            found.append(Sheet(entry.get("name", ""), targets[identifier], visible))
    if not found:
        raise InputError("holds no sheet of cells", Location(name))
    return found


def _styles(archive: zipfile.ZipFile, part: str, name: str, *, is_1904: bool) -> list[Written | None]:
    top = next(_parts(archive, part, {"styleSheet"}, name), None)
    if top is None:
        return []
    codes = {entry.get("numFmtId"): entry.get("formatCode", "") for entry in top.iter("numFmt")}
    formats = top.find("cellXfs")
    used = [] if formats is None else [entry.get("numFmtId", "0") for entry in formats]
    return [writer_of(codes.get(number), int(number) if number.isdigit() else 0, is_1904=is_1904) for number in used]
