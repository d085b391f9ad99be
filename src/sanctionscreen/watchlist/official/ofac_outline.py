"""The outline of OFAC's XML files: the root and its namespaces, and elements that no reader knows."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element
from xml.parsers import expat

from sanctionscreen.errors import Location, WatchlistError
from sanctionscreen.watchlist.official.reading import Report
from sanctionscreen.watchlist.official.safe_files import opened, xml_root

_ROOTS = {
    "sdnList": "SDN.XML or CONSOLIDATED.XML",
    "Sanctions": "SDN_ADVANCED.XML or CONS_ADVANCED.XML",
    "sanctionsData": "SDN_ENHANCED.XML or CONS_ENHANCED.XML",
    "html": "a web page",
}
_NAMESPACES = ("tempuri.org/sdnList.xsd", "www.un.org/sanctions/1.0", "sanctionslistservice.ofac.treas.gov/api/")
"""Parts of the namespaces seen since 2021; the name of the root says more than they do."""


def check_root(path: Path, root: str, report: Report) -> None:
    """Refuse a file whose root is another; a new namespace is counted, and read.

    Raises:
        WatchlistError: it is no XML, or another format.
    """
    namespace, name = xml_root(path)
    if name != root:
        what = _ROOTS.get(name, f"of <{name[:80]}>")
        raise WatchlistError(f"is {what}; it should be {_ROOTS[root]}", Location(path.name))
    if namespace and not any(part in namespace for part in _NAMESPACES):
        report.unknown[f"namespace {namespace[:120]!r}"] += 1


def check_outline(path: Path, known: Collection[str], depth: int, report: Report) -> None:
    """Count the elements at the top of a file that no reader knows, whole sections for one.

    Args:
        depth: how many levels below the root are looked at.
    """
    level, unknown = 0, report.unknown
    parser = expat.ParserCreate(namespace_separator="}")

    def start(name: str, _: Any) -> None:
        nonlocal level
        level += 1
        tag = name.rpartition("}")[2]
        # A set of reference values is known by its ending; what refers to it says which is needed.
        if 1 < level <= depth + 1 and tag not in known and not tag.endswith("Values"):
            unknown[f"element {tag[:80]!r}"] += 1

    def end(_: str) -> None:
        nonlocal level
        level -= 1

    parser.StartElementHandler, parser.EndElementHandler = start, end
    with opened(path) as stream:
        try:
            while block := stream.read(1 << 16):
                parser.Parse(block, False)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise WatchlistError(f"is not XML, or is cut: {error}", Location(path.name, error.lineno)) from error


def check_parts(record: Element, elements: Collection[str], attributes: Collection[str], report: Report) -> None:
    """Count the elements and attributes of a record that its reader does not know."""
    for element in record.iter():
        if element.tag not in elements:
            report.unknown[f"element {element.tag[:80]!r}"] += 1
        for name in element.attrib:
            if name.rpartition("}")[2] not in attributes:
                report.unknown[f"attribute {name[:80]!r}"] += 1


def text_in(element: Element | None, path: str) -> str:
    """The text of a part, its spaces made one; empty where there is none."""
    return "" if element is None else " ".join((element.findtext(path) or "").split())


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def is_true(text: str, what: str, source: str) -> bool:
    """Of "true" and "false".

    Raises:
        WatchlistError: it is neither; guessing would make a weak name strong.
    """
    if text not in ("true", "false"):
        raise WatchlistError(f"{what} is {text[:80]!r}; it should be true or false", Location(source))
    return text == "true"


def first_text(texts: Iterable[str]) -> str:
    """The first that is not blank."""
    return next((text for text in texts if text), "")
