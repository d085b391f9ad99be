"""The outline of OFAC's XML files: the root and its namespaces, and elements that no reader knows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element

from sanctionscreen.errors import Location, WatchlistError
from sanctionscreen.model import ListedParty
from sanctionscreen.watchlist.official.ofac_measures import check_programmes
from sanctionscreen.watchlist.official.reading import Draft, Report
from sanctionscreen.watchlist.official.safe_xml import Names, xml_records, xml_root

_ROOTS = {
    "sdnList": "SDN.XML or CONSOLIDATED.XML",
    "Sanctions": "SDN_ADVANCED.XML or CONS_ADVANCED.XML",
    "sanctionsData": "SDN_ENHANCED.XML or CONS_ENHANCED.XML",
    "html": "a web page",
}
_NAMESPACES = ("tempuri.org/sdnList.xsd", "www.un.org/sanctions/1.0", "sanctionslistservice.ofac.treas.gov/api/")
"""Parts of the namespaces seen since 2021; the name of the root says more than they do."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a reader knows of the records of a file, and of what stands around them."""

    elements: frozenset[str]
    attributes: frozenset[str] = frozenset()
    around: frozenset[str] = frozenset()
    levels: int = 0
    """How far below the root unknown elements around the records are looked for; whole sections count as one."""


def records(
    path: Path, root: str, tags: Collection[str], known: Known, report: Report, *, without: Collection[str] = ()
) -> Iterator[Element]:
    """The records of one of OFAC's files, one after the other; what is not known of them is counted.

    Args:
        root: the name of its root element; a new namespace is counted, and read.
        tags: the records.
        without: sections that another reading of the file reads.

    Raises:
        WatchlistError: it is another format, or as `xml_records`.
    """
    namespace, name = xml_root(path)
    if name != root:
        what = _ROOTS.get(name, f"of <{name[:80]}>")
        raise WatchlistError(f"is {what}; it should be {_ROOTS[root]}", Location(path.name))
    if known.levels and namespace and not any(part in namespace for part in _NAMESPACES):
        report.unknown[f"namespace {namespace[:120]!r}"] += 1

    def outside(tag: str, level: int) -> None:
        # A set of reference values is known by its ending; what refers to it says which is needed.
        if 0 < level <= known.levels and tag not in known.around and not tag.endswith("Values"):
            report.unknown[f"element {tag[:80]!r}"] += 1

    names, elements = Names(), known.elements | known.around | {root}
    for record in xml_records(path, tags, without=without, outside=outside, names=names):
        if not (names.elements <= elements and names.attributes <= known.attributes):
            _count_unknown(record, known, report)
        yield record


def _count_unknown(record: Element, known: Known, report: Report) -> None:
    for part in record.iter():
        if part.tag not in known.elements:
            report.unknown[f"element {part.tag[:80]!r}"] += 1
        for name in part.keys():  # noqa: SIM118  # an element is no mapping
            if name.rpartition("}")[2] not in known.attributes:
                report.unknown[f"attribute {name[:80]!r}"] += 1


def finished(drafts: Iterator[Draft], what: str, file: str, report: Report) -> Iterator[ListedParty]:
    """The parties of a file, each under a number of its own; behind the last one, the file as a whole is checked.

    Raises:
        WatchlistError: a number stands twice, or as `check_programmes` and `Report.check`.
    """
    seen: set[str] = set()
    for draft in drafts:
        if draft.id in seen:
            raise WatchlistError(f"has {what} {draft.id} twice", Location(file))
        seen.add(draft.id)
        if (party := draft.done(report)) is not None:
            yield party
    check_programmes(report, file)
    report.check(file)


def text_in(element: Element | None, path: str) -> str:
    """The text of a part, its spaces made one; empty where there is none."""
    text = None if element is None else element.findtext(path)
    return " ".join(text.split()) if text else ""


def own_text(element: Element) -> str:
    """The text of an element itself, as `text_in`."""
    return " ".join((element.text or "").split())


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
