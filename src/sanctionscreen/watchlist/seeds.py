"""The evidence behind the lists: documents, the claims they make, and the claims that must not be merged."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sanctionscreen import resources
from sanctionscreen.errors import raise_faults, suggestion
from sanctionscreen.strict_yaml import Entry, Node
from sanctionscreen.watchlist.listfile import (
    Faults,
    check_counts,
    declared_ids,
    fingerprint,
    open_file,
    read_citations,
    read_countries,
    read_heading,
    read_unique,
)

DOCUMENT_KINDS = ("article", "press", "alert", "guidance", "law", "ruling", "list", "dataset", "collection")
CLAIM_KINDS = ("trade", "policy", "payment", "quality", "macro", "entity", "context")


@dataclass(frozen=True, slots=True)
class Document:
    """Something published that can be cited: an article, an alert, a law, a list."""

    id: str
    kind: str
    title: str
    publisher: str
    date: date | None = None
    date_note: str = ""
    """How the date is known, or the range where no day is."""
    author: str = ""
    via: str = ""
    url: str = ""
    seen_in: str = ""
    """The copies in which it was read, where not at its publisher."""
    checked: str = ""
    """How far the document itself was read."""
    confidence: str = ""
    note: str = ""
    rests_on: tuple[str, ...] = ()
    """Ids of the documents that it repeats."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing a document says, in our own words: evidence of a report, never a listing."""

    id: str
    document: str
    kind: str
    text: str
    figures: tuple[float, ...] = ()
    unit: str = ""
    period: str = ""
    attributed_to: str = ""
    goods: tuple[str, ...] = ()
    """Ids of goods categories."""
    from_countries: tuple[str, ...] = ()
    to_countries: tuple[str, ...] = ()
    check: str = ""
    """What a look at the source behind the article gave."""
    see: tuple[str, ...] = ()
    """Ids of the documents of that look."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Claims that look alike and do not say the same; neither may be merged into the other."""

    id: str
    topic: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Seeds:
    """All evidence, by id, in the order of the files."""

    documents: Mapping[str, Document] = field(default_factory=dict)
    claims: Mapping[str, Claim] = field(default_factory=dict)
    conflicts: tuple[Conflict, ...] = ()
    fingerprint: str = ""


def load_seeds(folder: Path | None = None) -> Seeds:
    """Documents and claims of a folder (the built-in one without it).

    Raises:
        ExceptionGroup: of `WatchlistError`, all faults of both files at once; nothing is loaded then.
    """
    folder = folder or resources.folder("seeds")
    faults: Faults = []
    nodes: dict[str, Node] = {}
    documents: dict[str, Document] = {}
    claims: dict[str, Claim] = {}
    conflicts: dict[str, Conflict] = {}
    if opened := open_file(folder / "documents.yml", faults):
        nodes["documents"], root = opened
        documents = _documents(nodes["documents"], root)
    if opened := open_file(folder / "claims.yml", faults):
        nodes["claims"], root = opened
        claims, conflicts = _claims(root, documents)
    raise_faults(faults, f"the evidence in {folder.name}/")
    return Seeds(documents, claims, tuple(conflicts.values()), fingerprint(nodes))


def _documents(node: Node, root: Entry) -> dict[str, Document]:
    known = declared_ids(node, "documents")
    read_heading(root)
    documents = read_unique(root, "documents", "document", lambda key, entry: _document(key, entry, known))
    check_counts(root, {"documents": len(documents)})
    root.close()
    return documents


def _document(key: str, entry: Entry, known: Collection[str]) -> Document:
    document = Document(
        id=key,
        kind=entry.choice("kind", DOCUMENT_KINDS),
        title=entry.text("title"),
        publisher=entry.text("publisher"),
        date=entry.optional_day("date"),
        date_note=entry.optional_text("date_note") or "",
        author=entry.optional_text("author") or "",
        via=entry.optional_text("via") or "",
        url=entry.optional_text("url") or "",
        seen_in=entry.optional_text("seen_in") or "",
        checked=entry.text("checked"),
        confidence=entry.text("confidence"),
        note=entry.optional_text("note") or "",
        rests_on=read_citations(entry, "rests_on", known, "document"),
    )
    if document.date is None and not document.date_note:
        entry.fault(f"{entry.what} needs a date, or a date_note that says what is known of it")
    return document


def _claims(root: Entry, documents: Mapping[str, Document]) -> tuple[dict[str, Claim], dict[str, Conflict]]:
    read_heading(root)
    claims = read_unique(root, "claims", "claim", lambda key, entry: _claim(key, entry, documents))
    conflicts = read_unique(root, "conflicts", "conflict", lambda key, entry: _conflict(key, entry, claims))
    check_counts(root, {"claims": len(claims), "conflicts": len(conflicts)})
    root.close()
    return claims, conflicts


def _claim(key: str, entry: Entry, documents: Mapping[str, Document]) -> Claim:
    at = entry.location("document")
    document = entry.text("document")
    if document and document not in documents:
        problem = f"{entry.what} is of the unknown document {document!r}"
        entry.fault(problem + suggestion(document, sorted(documents)), at)
    return Claim(
        id=key,
        document=document,
        kind=entry.choice("kind", CLAIM_KINDS),
        text=entry.text("claim"),
        figures=_figures(entry),
        unit=entry.optional_text("unit") or "",
        period=entry.optional_text("period") or "",
        attributed_to=entry.text("attributed_to"),
        goods=entry.texts("goods"),
        from_countries=read_countries(entry, "from"),
        to_countries=read_countries(entry, "to"),
        check=entry.text("check"),
        see=read_citations(entry, "see", documents, "document"),
        note=entry.optional_text("note") or "",
    )


def _figures(entry: Entry) -> tuple[float, ...]:
    figures = []
    for scalar in entry.scalars("figures"):
        try:
            figures.append(float(scalar.text))
        except ValueError:
            entry.fault(f"{scalar.text!r} in 'figures' of {entry.what} is no number", scalar.at)
    return tuple(figures)


def _conflict(key: str, entry: Entry, claims: Mapping[str, Claim]) -> Conflict:
    return Conflict(key, entry.text("topic"), read_citations(entry, "claims", claims, "claim"))
