"""What changed between two versions of a list: who was added, removed, renamed, or put under another programme."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from sanctionscreen.model import ListedParty

What = Literal[
    "added", "removed", "renamed", "programmes", "measure", "identifiers", "addresses", "countries", "dates", "kind"
]
"""In the order in which changes of one party are told."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one party; `before` and `after` hold what only that version has."""

    what: What
    id: str
    name: str
    """The first name, of the newer version where there is one."""
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The change as a sentence."""
        if self.what == "added":
            return f"{self.name} was added ({self.id})"
        if self.what == "removed":
            return f"{self.name} was removed ({self.id})"
        gone = f" no longer {'; '.join(self.before)}" if self.before else ""
        new = f" now {'; '.join(self.after)}" if self.after else ""
        return f"{self.name} ({self.id}), {_TOLD[self.what]}:{gone}{',' if gone and new else ''}{new}"


_TOLD: Mapping[What, str] = {
    "renamed": "names",
    "programmes": "programmes",
    "measure": "what the listing means",
    "identifiers": "identifiers",
    "addresses": "addresses",
    "countries": "countries",
    "dates": "dates",
    "kind": "kind of party",
}
_LOOKED_AT: Mapping[What, Callable[[ListedParty], Iterable[str]]] = {
    "renamed": lambda party: (f"{one.text} (weak)" if one.quality == "weak" else one.text for one in party.names),
    "programmes": lambda party: (one.programme for one in party.listings if one.programme),
    "measure": lambda party: (one.measure.replace("_", " ") for one in party.listings),
    "identifiers": lambda party: party.identifiers,
    "addresses": lambda party: party.addresses,
    "countries": lambda party: party.countries,
    "dates": lambda party: (f"{one.what} {one.text}" for one in party.dates),
    "kind": lambda party: (party.kind,),
}


def difference(old: Iterable[ListedParty], new: Iterable[ListedParty]) -> list[Change]:
    """The changes from one version to the next, by id of the party and in the order of `What`.

    A party is the same where its number on the list is; one that was numbered anew is removed and added.
    """
    before, after = ({party.id: party for party in parties} for parties in (old, new))
    return [change for key in sorted(before.keys() | after.keys()) for change in _of(before.get(key), after.get(key))]


def _of(old: ListedParty | None, new: ListedParty | None) -> Iterator[Change]:
    if old is None and new is not None:
        yield Change("added", new.id, new.name)
    elif new is None and old is not None:
        yield Change("removed", old.id, old.name)
    elif old is not None and new is not None:
        for what, looked_at in _LOOKED_AT.items():
            had, has = dict.fromkeys(looked_at(old)), dict.fromkeys(looked_at(new))
            gone, come = (tuple(one for one in mine if one not in theirs) for mine, theirs in ((had, has), (has, had)))
            if gone or come:
                yield Change(what, new.id, new.name, gone, come)
