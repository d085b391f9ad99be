"""Listed parties from a YAML list: the built-in one, or a user's own in the same format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import cast, get_args

from sanctionscreen import resources
from sanctionscreen.errors import raise_faults
from sanctionscreen.model import Kind, ListedName, ListedParty, Listing, Measure, Quality, Status
from sanctionscreen.strict_yaml import Entry, Node, Scalar
from sanctionscreen.text.folding import plain
from sanctionscreen.watchlist.listfile import (
    EMPTY_HEADING,
    Faults,
    Heading,
    check_counts,
    fingerprint,
    open_file,
    read_citations,
    read_countries,
    read_heading,
    read_unique,
)
from sanctionscreen.watchlist.seeds import Seeds

KINDS = tuple(kind for kind in get_args(Kind) if kind != "any")
QUALITIES = get_args(Quality)
MEASURES = get_args(Measure)
STATUSES = get_args(Status)


@dataclass(frozen=True, slots=True)
class ListInfo:
    """A list that parties of a file stand on, and how many."""

    id: str
    title: str
    issuer: str
    measure: Measure
    source: str = ""
    retrieved: date | None = None
    """Day on which the entries were last checked against the source."""
    licence: str = ""
    as_of: str = ""
    """State of the copy that was read, in words."""
    documents: tuple[str, ...] = ()
    count: int = 0
    """Parties of the file that stand on the list; the official list is longer."""


@dataclass(frozen=True, slots=True)
class UnnamedParty:
    """Someone of whom a document speaks without a name: kept as evidence, compared with nothing."""

    id: str
    title: str
    role: str
    documents: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Watchlist:
    """The parties of one list file, in its order."""

    parties: tuple[ListedParty, ...] = ()
    lists: tuple[ListInfo, ...] = ()
    unnamed: tuple[UnnamedParty, ...] = ()
    heading: Heading = EMPTY_HEADING
    fingerprint: str = ""


def built_in_list() -> Path:
    """The list file that comes with the program."""
    return resources.folder("watchlists") / "entities.yml"


def load_entities(path: Path | None = None, seeds: Seeds | None = None) -> Watchlist:
    """The parties of a list file (the built-in one without `path`).

    Args:
        seeds: The evidence that claims and documents are looked up in; without it citations are not followed.

    Raises:
        ExceptionGroup: of `WatchlistError`, all faults of the file at once; nothing is loaded then.
    """
    path = path or built_in_list()
    faults: Faults = []
    watchlist = Watchlist()
    if opened := open_file(path, faults):
        node, root = opened
        watchlist = replace(_watchlist(root, seeds), fingerprint=fingerprint({path.stem: node}))
    raise_faults(faults, f"the list {path.name}")
    return watchlist


def _watchlist(root: Entry, seeds: Seeds | None) -> Watchlist:
    heading = read_heading(root)
    lists = read_unique(root, "lists", "list", lambda key, entry: _list(key, entry, heading, seeds))
    parties = read_unique(root, "entities", "entity", lambda key, entry: _party(key, entry, lists, seeds))
    unnamed = read_unique(
        root, "unnamed", "unnamed party", lambda key, entry: _unnamed(key, entry, seeds), required=False
    )
    listings = sum(len(party.listings) for party in parties.values())
    check_counts(root, {"entities": len(parties)}, {"listings": listings, "unnamed": len(unnamed)})
    root.close()
    return Watchlist(tuple(parties.values()), _counted(lists, parties), tuple(unnamed.values()), heading)


def _list(key: str, entry: Entry, heading: Heading, seeds: Seeds | None) -> ListInfo:
    return ListInfo(
        id=key,
        title=entry.text("title"),
        issuer=entry.text("issuer"),
        measure=cast(Measure, entry.choice("measure", MEASURES)),
        source=entry.optional_text("source") or heading.source,
        retrieved=entry.optional_day("retrieved") or heading.retrieved,
        licence=entry.optional_text("licence") or heading.licence,
        as_of=entry.optional_text("as_of") or "",
        documents=_documents(entry, seeds),
    )


def _counted(lists: Mapping[str, ListInfo], parties: Mapping[str, ListedParty]) -> tuple[ListInfo, ...]:
    on_lists = [{listing.list for listing in party.listings} for party in parties.values()]
    return tuple(replace(info, count=sum(key in held for held in on_lists)) for key, info in lists.items())


def _party(key: str, entry: Entry, lists: Mapping[str, ListInfo], seeds: Seeds | None) -> ListedParty:
    names = _names(entry)
    listings, sources = _listings(entry, lists, seeds)
    documents = _documents(entry, seeds)
    identifiers = entry.texts("identifiers")
    if not names:
        entry.fault(f"{entry.what} has no name to compare")
    return ListedParty(
        id=key,
        kind=cast(Kind, entry.choice("kind", KINDS)),
        names=names,
        status=_status(entry, listings),
        countries=read_countries(entry, "countries"),
        identifiers=identifiers,
        addresses=entry.texts("addresses"),
        listings=listings,
        role=entry.optional_text("role") or "",
        note=entry.optional_text("note") or "",
        claims=read_citations(entry, "claims", seeds.claims if seeds else None, "claim"),
        documents=tuple(dict.fromkeys((*documents, *sources))),
        brand_category=entry.optional_text("brand_category") or "",
        needs_identifier=entry.flag("needs_identifier"),
        hazards=entry.texts("hazards"),
        confidence=entry.optional_text("confidence") or "",
    )


def _names(entry: Entry) -> tuple[ListedName, ...]:
    """Names in their order; a bare text is the primary name when it comes first, a strong a.k.a. after that."""
    names: dict[str, ListedName] = {}
    for node in entry.nodes("names", required=True):
        name = _name(node, "strong" if names else "primary", entry)
        key = plain(name.text)
        if not any(sign.isalnum() for sign in key):
            entry.fault(f"a name of {entry.what} is {name.text!r}: no letter or digit to compare", node.at)
        elif key in names:
            entry.fault(f"{entry.what} has the name {name.text!r} twice, apart from case and accents", node.at)
        else:
            names[key] = name
    return tuple(names.values())


def _name(node: Node, default: Quality, entry: Entry) -> ListedName:
    if isinstance(node, Scalar):
        return ListedName(node.text.strip(), default)
    part = Entry(node, f"a name of {entry.what}", entry.faults, entry.error)
    quality = cast(Quality, part.choice("quality", QUALITIES, default=default))
    name = ListedName(part.text("text"), quality, part.optional_text("note") or "")
    part.close()
    return name


def _listings(
    entry: Entry, lists: Mapping[str, ListInfo], seeds: Seeds | None
) -> tuple[tuple[Listing, ...], tuple[str, ...]]:
    """Listings and the documents they cite; without any, the party stands on the one list that the file declares."""
    found: list[Listing] = []
    sources: list[str] = []
    for part in entry.entries("listings", f"a listing of {entry.what}"):
        found.append(_listing(part, lists))
        sources += _documents(part, seeds)
        part.close()
    if not found and len(lists) == 1:
        only = next(iter(lists.values()))
        found.append(Listing(only.id, only.measure))
    if not found:
        entry.fault(f"{entry.what} needs the key 'listings': the file declares more than one list")
    return tuple(found), tuple(sources)


def _listing(entry: Entry, lists: Mapping[str, ListInfo]) -> Listing:
    name = entry.choice("list", lists) if lists else entry.text("list")
    at = entry.location("listed_until")
    listing = Listing(
        list=name,
        measure=lists[name].measure if name in lists else "press",
        programme=entry.optional_text("programme") or "",
        entry_number=entry.optional_text("entry_number") or "",
        listed_from=entry.optional_day("listed_from"),
        listed_until=entry.optional_day("listed_until"),
        date_basis=entry.optional_text("date_basis") or "",
        citation=entry.optional_text("citation") or "",
        confidence=entry.optional_text("confidence") or "",
    )
    if listing.listed_from and listing.listed_until and listing.listed_until <= listing.listed_from:
        entry.fault(f"{entry.what} ends on {listing.listed_until}, not after it began ({listing.listed_from})", at)
    return listing


def _status(entry: Entry, listings: tuple[Listing, ...]) -> Status:
    """What the listings make of the party; a status that the file states must say the same."""
    measures = {listing.measure for listing in listings}
    follows: Status = "official" if measures - {"press", "context"} else "press" if "press" in measures else "context"
    at = entry.location("status")
    stated = entry.choice("status", STATUSES, default=follows)
    if listings and stated != follows:
        entry.fault(f"'status' of {entry.what} is {stated!r}, but its listings make it {follows!r}", at)
    return follows


def _unnamed(key: str, entry: Entry, seeds: Seeds | None) -> UnnamedParty:
    return UnnamedParty(
        id=key,
        title=entry.text("title"),
        role=entry.text("role"),
        documents=_documents(entry, seeds),
        claims=read_citations(entry, "claims", seeds.claims if seeds else None, "claim"),
        note=entry.optional_text("note") or "",
    )


def _documents(entry: Entry, seeds: Seeds | None) -> tuple[str, ...]:
    return read_citations(entry, "documents", seeds.documents if seeds else None, "document")
