"""XML of strangers, element by element: no document type, no network, bounded depth, one element held at a time."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager
from typing import IO, Any, cast
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from xml.parsers import expat

from sanctionscreen.errors import InputError, Location

Opener = Callable[[], AbstractContextManager[IO[bytes]]]
"""Gives the bytes of a document from its start, as often as it is called."""

_MAX_DEPTH = 60
"""Elements within one another; invoices end at about ten."""
_MAX_KEPT = 1_000_000
"""Elements that are held together; an invoice without its lines has some hundred."""
_MAX_TEXT = 128 << 20
"""Bytes without the beginning or end of an element: invoices carry pictures of themselves, of some megabytes."""
_BLOCK = 1 << 16


def root_of(opened: Opener, name: str) -> tuple[str, str]:
    """Namespace and name of the root element.

    Raises:
        InputError: it is no XML, or declares a document type: tables and invoices need none, and bombs do.
    """
    found: list[str] = []
    parser = expat.ParserCreate(namespace_separator="}")

    def start(tag: str, _: Any) -> None:
        found.append(tag)

    def doctype(*_: Any) -> None:
        raise InputError("declares a document type, which no invoice needs; it is not read", Location(name))

    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = doctype
    with opened() as stream:
        try:
            while not found and (block := stream.read(_BLOCK)):
                parser.Parse(block, False)
        except (expat.ExpatError, LookupError) as bad:  # LookupError: an encoding that Python does not know
            if not found:
                raise InputError(f"is not XML: {bad}", Location(name)) from bad
    if not found:
        raise InputError("is not XML: it holds no element", Location(name))
    namespace, _, tag = found[0].rpartition("}")
    return namespace, tag


def elements(opened: Opener, name: str, tags: Collection[str], lifted: Collection[str] = ()) -> Iterator[Element]:
    """The elements of some names, whole, namespaces taken off, one after the other; no other element is kept.

    An element within another one of these names is given as a part of the outer one. What is lifted is given by
    itself, before the element in which it stands, and is no part of it: a document of a million lines is never held.

    Raises:
        InputError: as `root_of`, or the document ends or breaks within.
    """
    root_of(opened, name)
    at = Location(name)
    parser: ElementTree.XMLPullParser[Any] = ElementTree.XMLPullParser(
        events=("start", "end")
    )  # no document type, bounded
    keeper = _Keeper(frozenset(tags), frozenset(lifted), at)
    silent = 0
    with opened() as stream:
        try:
            while block := stream.read(_BLOCK):
                parser.feed(block)
                silent += len(block)
                for event, element in _events(parser):
                    silent = 0
                    if keeper.takes(event, element):
                        yield element
                        keeper.drop(element)
                if silent > _MAX_TEXT:
                    raise InputError(f"holds a text of more than {_MAX_TEXT >> 20} MB", at)
            parser.close()
            for event, element in _events(parser):
                if keeper.takes(event, element):
                    yield element
                    keeper.drop(element)
        except ElementTree.ParseError as bad:
            line = bad.position[0] if bad.position else None
            raise InputError(f"is not XML, or is cut: {bad}", Location(name, line)) from bad


def bare(element: Element) -> str:
    """The name of an element without its namespace: workbooks use two, and prefixes as they like."""
    return element.tag.rpartition("}")[2]


def _events(parser: ElementTree.XMLPullParser[Any]) -> Iterator[tuple[str, Element]]:
    return cast("Iterator[tuple[str, Element]]", parser.read_events())  # only these two kinds are asked for


class _Keeper:
    """Knows which elements are wanted, and lets go of all others."""

    def __init__(self, tags: frozenset[str], lifted: frozenset[str], at: Location) -> None:
        self._tags, self._lifted, self._at = tags, lifted, at
        self._stack: list[Element] = []
        self._inside = self._kept = 0
        self._kept_before: list[int] = []

    def takes(self, event: str, element: Element) -> bool:
        """The element is whole and wanted; whoever has used it drops it."""
        if event == "start":
            self._enter(element)
            return False
        self._stack.pop()
        if element.tag in self._lifted:
            self._kept = self._kept_before.pop()
        if element.tag in self._tags:
            self._inside -= 1
            if not self._inside:
                self._kept = 0
                return True
        if self._inside and element.tag in self._lifted:
            return True
        if not self._inside:
            self.drop(element)
        return False

    def drop(self, element: Element) -> None:
        """Let go of an element; what encloses it is still open."""
        if self._stack:
            self._stack[-1].remove(element)

    def _enter(self, element: Element) -> None:
        element.tag = element.tag.rpartition("}")[2]
        self._stack.append(element)
        self._inside += element.tag in self._tags
        self._kept += 1 if self._inside else 0
        if element.tag in self._lifted:
            self._kept_before.append(self._kept)
        if len(self._stack) > _MAX_DEPTH:
            raise InputError(f"nests elements deeper than {_MAX_DEPTH}", self._at)
        if self._kept > _MAX_KEPT:
            raise InputError(f"has a record of more than {_MAX_KEPT:,} elements", self._at)
