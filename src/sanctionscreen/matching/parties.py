"""The listed parties an index is built from: checked, their names taken apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias, get_args

from sanctionscreen import countries as country_names
from sanctionscreen.errors import WatchlistError, suggestion
from sanctionscreen.matching import identifiers
from sanctionscreen.matching.comparison import READING
from sanctionscreen.matching.weights import class_of
from sanctionscreen.model import Kind, ListedName, ListedParty, Quality
from sanctionscreen.text.names import Name, take_apart
from sanctionscreen.text.vessels import read_ship_name

Given: TypeAlias = "ListedParty | Mapping[str, Any]"

_KINDS: Mapping[str, Kind] = {kind: kind for kind in get_args(Kind)}
_QUALITIES: Mapping[str, Quality] = {quality: quality for quality in get_args(Quality)}
_KEYS = ("id", "kind", "names", "countries", "identifiers", "addresses", "needs_identifier")


class IndexedName(NamedTuple):
    """A listed name, ready to compare."""

    text: str
    name: Name
    corroborates_only: bool
    """A weak name, or one too common to say anything by itself."""


class IndexedParty(NamedTuple):
    """A listed party, ready to compare."""

    id: str
    kind: Kind
    names: tuple[IndexedName, ...]
    countries: frozenset[str]
    numbers: frozenset[str]
    addresses: tuple[str, ...]


def read_all(parties: Iterable[Given]) -> list[IndexedParty]:
    """Every party, in the order of their ids.

    Raises:
        WatchlistError: a party without id or comparable name, of unknown kind, or given twice.
    """
    read = [_indexed(_party(given, at)) for at, given in enumerate(parties, 1)]
    seen: set[str] = set()
    for party in read:
        if party.id in seen:
            raise WatchlistError(f"two parties have the id {party.id!r}; every party needs its own")
        seen.add(party.id)
    return sorted(read, key=lambda party: party.id)


def _indexed(party: ListedParty) -> IndexedParty:
    names = tuple(
        IndexedName(name.text, taken, name.quality == "weak" or party.needs_identifier)
        for name in party.names
        for taken in _taken_apart(name.text, party.kind)
        if taken.words
    )
    ships = [read_ship_name(name.text) for name in party.names] if party.kind == "vessel" else []
    numbers = identifiers.comparable((*party.identifiers, *(ship.imo for ship in ships if ship.imo)))
    if not names and not numbers:
        shown = ", ".join(repr(name.text[:40]) for name in party.names[:3]) or "none"
        raise WatchlistError(f"party {party.id!r} has no name that can be compared ({shown}) and no identifier")
    countries = frozenset(country_names.lookup(code) or code.upper() for code in party.countries)
    return IndexedParty(party.id, party.kind, names, countries, numbers, party.addresses)


def _taken_apart(text: str, kind: Kind) -> list[Name]:
    """A name as it is compared; a ship's former names in one text are names of their own."""
    if kind != "vessel":
        return [take_apart(text, READING[class_of(kind)])]
    ship = read_ship_name(text)
    return [take_apart(name, "ship") for name in (ship.name, *ship.former) if name] or [take_apart(text, "ship")]


def _party(given: Given, at: int) -> ListedParty:
    if isinstance(given, ListedParty):
        return given
    if not isinstance(given, Mapping):
        raise WatchlistError(
            f"party {at} is {type(given).__name__}; give a ListedParty or a mapping with id, kind, names"
        )
    unknown = sorted(str(key) for key in given if key not in _KEYS)
    if unknown:
        raise WatchlistError(f"party {at} has an unknown key {unknown[0]!r}{suggestion(unknown[0], _KEYS)}")
    party_id = given.get("id")
    if not isinstance(party_id, str) or not party_id.strip():
        raise WatchlistError(f"party {at} has no id; an id is text that is not empty")
    shown = str(given.get("kind"))[:40]
    kind = _KINDS.get(shown)
    if kind is None:
        raise WatchlistError(f"party {party_id!r} has unknown kind {shown!r}{suggestion(shown, get_args(Kind))}")
    names = tuple(_name(name, party_id) for name in _listed(given.get("names"), "names", party_id))
    return ListedParty(
        party_id,
        kind,
        names,
        countries=_texts(given.get("countries"), "countries", party_id),
        identifiers=_texts(given.get("identifiers"), "identifiers", party_id),
        addresses=_texts(given.get("addresses"), "addresses", party_id),
        needs_identifier=bool(given.get("needs_identifier", False)),
    )


def _name(given: object, party_id: str) -> ListedName:
    if isinstance(given, ListedName):
        return given
    entry: Mapping[str, object] = given if isinstance(given, Mapping) else {"text": given}
    text, shown = entry.get("text"), str(entry.get("quality", "primary"))[:40]
    if not isinstance(text, str):
        raise WatchlistError(f"a name of party {party_id!r} has no text; write {{text: …, quality: primary}}")
    quality = _QUALITIES.get(shown)
    if quality is None:
        raise WatchlistError(
            f"a name of party {party_id!r} has quality {shown!r}{suggestion(shown, get_args(Quality))}"
        )
    return ListedName(text, quality)


def _listed(value: object, what: str, party_id: str) -> Sequence[object]:
    if value is None:
        return ()
    if isinstance(value, (str, bytes)) or not isinstance(value, Sequence):
        raise WatchlistError(f"{what} of party {party_id!r} is no list")
    return value


def _texts(value: object, what: str, party_id: str) -> tuple[str, ...]:
    texts = _listed(value, what, party_id)
    for text in texts:
        if not isinstance(text, str):
            raise WatchlistError(f"{what} of party {party_id!r} holds {text!r:.40}, which is no text")
    return tuple(str(text) for text in texts)
