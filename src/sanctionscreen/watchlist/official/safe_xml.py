"""XML lists read safely and in one go: no document type, bounded in depth, size and names, one record in memory.

A list file is untrusted: it may try to fill memory, or to make the reader fetch something. The tree is built by
compiled code; after each block of the file, what is whole is taken off it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser
from xml.parsers import expat

from sanctionscreen.errors import Location, WatchlistError
from sanctionscreen.watchlist.official.safe_files import opened
from sanctionscreen.watchlist.official.xml_cut import blocks

MAX_DEPTH = 60
"""Ours: the deepest list, OFAC's advanced XML, has twelve levels."""
MAX_RECORD = 1 << 22
"""Bytes of a record, or of a text between records. Ours: entries of real lists have some thousand."""
MAX_NAMES = 10_000
"""Names of elements and attributes, each in the whole file. Ours: the richest list has about a hundred."""
_BLOCK = 1 << 16

_NO_ENCODING = (LookupError, ValueError)
"""What the parser raises for an encoding that does not exist, or that it cannot read."""

Outside = Callable[[str, int], None]
"""Is told each element that is no record and within none: its name, and how far below the root it stands."""


@dataclass(slots=True)
class Names:
    """The names that the records of a file have had so far."""

    elements: set[str] = field(default_factory=set)
    attributes: set[str] = field(default_factory=set)
    """With their namespaces, where they have one."""


def xml_root(path: Path) -> tuple[str, str]:
    """Namespace and name of the root element.

    Raises:
        WatchlistError: it is no XML, or declares a document type: lists need none, and bombs do.
    """
    name, _ = _root(path)
    return name.rpartition("}")[0], _bare(name)


def root_attributes(path: Path) -> dict[str, str]:
    """The attributes of the root element, namespaces taken off; lists give their date there.

    Raises:
        WatchlistError: as `xml_root`.
    """
    return {_bare(name): value for name, value in _root(path)[1].items()}


def _root(path: Path) -> tuple[str, dict[str, str]]:
    found: list[tuple[str, dict[str, str]]] = []
    parser = expat.ParserCreate(namespace_separator="}")

    def start(name: str, attributes: dict[str, str]) -> None:
        if not found:
            found.append((name, attributes))

    def doctype(*_: Any) -> None:
        raise WatchlistError("declares a document type; a list has none, and it is not read", Location(path.name))

    parser.StartElementHandler, parser.StartDoctypeDeclHandler = start, doctype
    with opened(path) as stream:
        try:
            while not found and (block := stream.read(_BLOCK)):
                parser.Parse(block, False)
        except (expat.ExpatError, *_NO_ENCODING) as error:
            if not found:
                raise WatchlistError(f"is not XML: {error}", Location(path.name)) from error
    if not found:
        raise WatchlistError("is not XML: it holds no element", Location(path.name))
    return found[0]


def xml_records(
    path: Path,
    tags: Collection[str],
    *,
    without: Collection[str] = (),
    outside: Outside | None = None,
    names: Names | None = None,
) -> Iterator[Element]:
    """The elements of some names, whole, one after the other, namespaces taken off their names.

    Elements of these names within one another are given as parts of the outer one.

    Args:
        without: sections that this reading may leave out, because another one reads them.
        outside: is told what stands outside of the records.
        names: takes the names in the records, those of each before it is given.

    Raises:
        WatchlistError: as `xml_root`; the file ends or breaks within, nests deeper than `MAX_DEPTH`, has a record or
            text beyond `MAX_RECORD`, or more than `MAX_NAMES` names.
    """
    xml_root(path)
    builder = TreeBuilder()
    # What is open hangs under an element of our own, and so can be looked at before it is whole.
    harvest = _Harvest(builder.start("", {}), frozenset(tags), outside, names or Names(), path.name)
    parser = XMLParser(target=builder)  # noqa: S314  # no document type, bounded
    try:
        for block in blocks(path, without):
            parser.feed(block)
            yield from harvest.records(len(block))
        parser.close()
    except (ParseError, *_NO_ENCODING) as error:
        line = error.position[0] if isinstance(error, ParseError) and error.position else None
        raise WatchlistError(f"is not XML, or is cut: {error}", Location(path.name, line)) from error
    yield from harvest.records(0, is_whole=True)


class _Bare(dict[str, str]):
    """By a name with its namespace, the one without."""

    def __missing__(self, name: str) -> str:
        bare = self[name] = _bare(name)
        return bare


class _Harvest:
    """What is whole is taken off a tree while it grows."""

    def __init__(self, top: Element, tags: frozenset[str], outside: Outside | None, names: Names, file: str) -> None:
        self._top, self._tags, self._outside, self._names, self._file = top, tags, outside, names, file
        self._bare, self._around = _Bare(), set[str]()
        self._open: list[Element] = []
        """From the root on, the elements that may not have ended; the last one may be a record."""
        self._held = 0
        """Bytes since the last of them changed."""

    def records(self, size: int, *, is_whole: bool = False) -> list[Element]:
        """The records that have ended within the last `size` bytes.

        Args:
            is_whole: the file has ended, and everything with it.
        """
        before, self._open = self._open, []
        found = self._below(self._top, 0, {id(element) for element in before}, is_whole=is_whole)
        self._check_depth()
        self._held = self._held + size if before[-1:] == self._open[-1:] else 0
        if self._held > MAX_RECORD:
            raise self._refusal(f"has a record or a text of more than {MAX_RECORD:,} bytes")
        if max(map(len, (self._bare, self._around, self._names.attributes))) > MAX_NAMES:
            raise self._refusal(f"has more than {MAX_NAMES:,} names of elements or of attributes")
        return found

    def _below(self, above: Element, level: int, told: set[int], *, is_whole: bool) -> list[Element]:
        """Take the records off an element; where it is not whole, its last part may not be whole either."""
        if level > MAX_DEPTH:
            raise self._too_deep()
        parts, found = list(above), list[Element]()
        for element in parts:
            name, has_ended = self._bare[element.tag], is_whole or element is not parts[-1]
            if not has_ended:
                self._open.append(element)
            if name not in self._tags:
                if id(element) not in told:
                    self._tell(element, name, level)
                found += self._below(element, level + 1, told, is_whole=has_ended)
            elif has_ended:
                self._take(element, level)
                found.append(element)
        del above[: len(parts) if is_whole else -1]
        return found

    def _tell(self, element: Element, name: str, level: int) -> None:
        self._around.update(element.keys())
        if self._outside is not None:
            self._outside(name, level)

    def _take(self, record: Element, level: int) -> None:
        """Check a record level by level, and take the namespaces off its names."""
        bare, names, below = self._bare, self._names, [record]
        while below:
            level += 1
            if level > MAX_DEPTH:
                raise self._too_deep()
            names.attributes.update(*map(Element.keys, below))
            for part in below:
                part.tag = bare[part.tag]
            below = list(chain.from_iterable(below))
        names.elements.update(bare.values())

    def _check_depth(self) -> None:
        """Of what is open, and therefore not taken off yet."""
        element, level = self._top, 0
        while len(element):
            element, level = element[-1], level + 1
            if level > MAX_DEPTH:
                raise self._too_deep()

    def _too_deep(self) -> WatchlistError:
        return self._refusal(f"nests deeper than {MAX_DEPTH}")

    def _refusal(self, problem: str) -> WatchlistError:
        return WatchlistError(problem, Location(self._file))


def parts_at(element: Element, path: str) -> list[Element]:
    """The elements at a path of plain names; much faster than the path language of ElementTree."""
    first, *rest = path.split("/")
    found = element.findall(first)
    for tag in rest:
        found = [part for above in found for part in above.findall(tag)]
    return found


def _bare(name: str) -> str:
    return name.rpartition("}")[2]
