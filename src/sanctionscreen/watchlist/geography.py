"""Countries and places that published lists name: embargoes, coalition, hubs, occupied places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from sanctionscreen import countries, resources
from sanctionscreen.errors import raise_faults
from sanctionscreen.model import NamedList
from sanctionscreen.strict_yaml import Entry, Scalar
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
from sanctionscreen.watchlist.places import ANY, UNKNOWN, Context, OccupiedPlace, PlaceFinder
from sanctionscreen.watchlist.seeds import Seeds

PLACE_KINDS = ("region", "city")
LANGUAGES = ("en", "ru", "uk")
_CONTEXT = (
    "street_before",
    "road_after",
    "street_after",
    "honour_before",
    "region_after",
    "other_after",
    "venue",
)


@dataclass(frozen=True, slots=True)
class CountryList:
    """A list of countries as one document names it."""

    named: NamedList
    title: str
    documents: tuple[str, ...]
    as_of: date
    confidence: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Statistic:
    """A count by country, for people; no rule takes it as a list."""

    id: str
    title: str
    counts: Mapping[str, int]
    total: int
    as_of: str
    citation: str
    documents: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Geography:
    """Lists of countries for rules, and the occupied places."""

    lists: Mapping[str, NamedList] = field(default_factory=dict)
    details: Mapping[str, CountryList] = field(default_factory=dict)
    """Title, documents, confidence and note of each list, by the same names."""
    places: tuple[OccupiedPlace, ...] = ()
    statistics: tuple[Statistic, ...] = ()
    heading: Heading = EMPTY_HEADING
    fingerprint: str = ""
    finder: PlaceFinder = field(default_factory=lambda: PlaceFinder((), Context()), repr=False, compare=False)

    def is_occupied(self, text: str, country: str | None, on: date | None = None) -> bool:
        """An address, port or place text names a place under occupation, as whole words.

        Args:
            text: The text as written, in Latin or Cyrillic.
            country: ISO alpha-2 code of the record, or None when it has none.
            on: With a day, places that cannot have been occupied yet do not count.
        """
        return bool(self.finder.find(text, country, on))

    def occupied_places(self, text: str, country: str | None, on: date | None = None) -> tuple[OccupiedPlace, ...]:
        """The places behind `is_occupied`, in the order of the text."""
        return self.finder.find(text, country, on)


def load_geography(path: Path | None = None, seeds: Seeds | None = None) -> Geography:
    """Countries and places of a list file (the built-in one without `path`).

    Raises:
        ExceptionGroup: of `WatchlistError`, all faults of the file at once; nothing is loaded then.
    """
    path = path or resources.folder("watchlists") / "geography.yml"
    faults: Faults = []
    geography = Geography()
    if opened := open_file(path, faults):
        node, root = opened
        geography = replace(_geography(root, seeds), fingerprint=fingerprint({path.stem: node}))
    raise_faults(faults, f"the list {path.name}")
    return geography


def _geography(root: Entry, seeds: Seeds | None) -> Geography:
    heading = read_heading(root)
    lists = read_unique(root, "lists", "list", lambda key, entry: _list(key, entry, seeds))
    derived = read_unique(root, "derived", "derived list", lambda key, entry: _derived(key, entry, lists))
    statistics = read_unique(root, "statistics", "statistic", lambda key, entry: _statistic(key, entry, seeds))
    context = _context(root)
    places = read_unique(root, "places", "place", lambda key, entry: _place(key, entry, seeds))
    counts = {"lists": len(lists), "derived": len(derived), "statistics": len(statistics), "places": len(places)}
    check_counts(root, counts)
    root.close()
    details = {**lists, **derived}
    return Geography(
        lists={key: entry.named for key, entry in details.items()},
        details=details,
        places=tuple(places.values()),
        statistics=tuple(statistics.values()),
        heading=heading,
        finder=PlaceFinder(places.values(), context),
    )


def _list(key: str, entry: Entry, seeds: Seeds | None) -> CountryList:
    values = read_countries(entry, "values", required=True)
    as_of = entry.optional_day("as_of", required=True) or date.min
    _check_count(entry, values)
    return CountryList(
        named=NamedList(key, "country", values, entry.text("citation"), as_of.isoformat()),
        title=entry.text("title"),
        documents=_documents(entry, seeds),
        as_of=as_of,
        confidence=entry.text("confidence"),
        note=entry.optional_text("note") or "",
    )


def _derived(key: str, entry: Entry, lists: Mapping[str, CountryList]) -> CountryList:
    """A union of lists without the countries that a newer list takes out of them."""
    names = read_citations(entry, "union", lists, "list")
    parts = [lists[name] for name in names if name in lists]
    newer = lists.get(entry.choice("unless_newer", lists))
    every = dict.fromkeys(code for part in parts for code in part.named.values)
    taken_out = tuple(code for code in every if newer and _is_newer(newer, code, parts))
    values = tuple(code for code in every if code not in taken_out)
    _check_count(entry, values)
    sources = [*parts, newer] if newer and taken_out else parts
    citation = "; ".join(part.named.citation for part in parts)
    if newer and taken_out:
        citation += f"; without {', '.join(taken_out)} by the newer {newer.named.citation}"
    as_of = max((source.as_of for source in sources), default=date.min)
    return CountryList(
        named=NamedList(key, "country", values, citation, as_of.isoformat()),
        title=entry.text("title"),
        documents=tuple(dict.fromkeys(document for source in sources for document in source.documents)),
        as_of=as_of,
        note=entry.optional_text("note") or "",
    )


def _is_newer(newer: CountryList, code: str, parts: list[CountryList]) -> bool:
    if code not in newer.named.values:
        return False
    return all(part.as_of < newer.as_of for part in parts if code in part.named.values)


def _check_count(entry: Entry, values: tuple[str, ...]) -> None:
    at = entry.location("count")
    count = entry.number("count", low=1, high=300)
    if count and len(values) != count:
        entry.fault(f"{entry.what} holds {len(values)} countries, its source {count:g}", at)


def _statistic(key: str, entry: Entry, seeds: Seeds | None) -> Statistic:
    at = entry.location("counts")
    counts = {}
    for code, node in entry.items("counts", required=True).items():
        if code not in countries.names():
            entry.fault(f"{code!r} in 'counts' of {entry.what} is no ISO country code such as KZ", node.at)
        elif isinstance(node, Scalar) and node.text.isdecimal():
            counts[code] = int(node.text)
        else:
            entry.fault(f"the count of {code} in {entry.what} is no whole number", node.at)
    total = int(entry.number("total"))
    if sum(counts.values()) > total:
        entry.fault(f"the counts of {entry.what} add up to {sum(counts.values())}, more than the total {total}", at)
    return Statistic(
        id=key,
        title=entry.text("title"),
        counts=counts,
        total=total,
        as_of=entry.text("as_of"),
        citation=entry.text("citation"),
        documents=_documents(entry, seeds),
        note=entry.optional_text("note") or "",
    )


def _context(root: Entry) -> Context:
    entry = root.entry("context", "the context words", required=True)
    words = root.entry("country_words", "the country words", required=True)
    if entry is None or words is None:
        return Context()
    sets = {name: _words(entry, name) for name in _CONTEXT}
    context = Context(**sets, country_words={code: _words(words, code) for code in ("RU", "UA")})
    entry.close()
    words.close()
    return context


def _words(entry: Entry, key: str) -> frozenset[str]:
    return frozenset(plain(word) for word in entry.texts(key, required=True))


def _place(key: str, entry: Entry, seeds: Seeds | None) -> OccupiedPlace:
    at = entry.location("with")
    counts_with = entry.texts("with", required=True)
    for wrong in sorted(set(counts_with) - {"UA", "RU", UNKNOWN, ANY}):
        entry.fault(f"'with' of {entry.what} holds {wrong!r}; use UA, RU, unknown or any", at)
    since = entry.optional_day("since")
    since_basis = entry.optional_text("since_basis") or ""
    return OccupiedPlace(
        id=key,
        name=entry.text("name"),
        kind=entry.choice("kind", PLACE_KINDS),
        names=_place_names(entry),
        counts_with=counts_with,
        region=entry.optional_text("region") or "",
        not_with=entry.texts("not_with"),
        since=since,
        since_basis=since_basis,
        confidence=entry.text("confidence"),
        documents=_documents(entry, seeds),
        note=entry.optional_text("note") or "",
    )


def _place_names(entry: Entry) -> tuple[str, ...]:
    part = entry.entry("names", f"the names of {entry.what}", required=True)
    if part is None:
        return ()
    found = [scalar for language in LANGUAGES for scalar in part.scalars(language)]
    part.close()
    names: dict[str, None] = {}
    for scalar in found:
        if any(sign.isalnum() for sign in scalar.text):
            names[scalar.text] = None
        else:
            entry.fault(f"a name of {entry.what} is {scalar.text!r}: no letter or digit to compare", scalar.at)
    if not names:
        entry.fault(f"{entry.what} has no name to compare")
    return tuple(names)


def _documents(entry: Entry, seeds: Seeds | None) -> tuple[str, ...]:
    return read_citations(entry, "documents", seeds.documents if seeds else None, "document")
