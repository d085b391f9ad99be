"""What became of single list entries between two runs: asked of the list versions that both name by fingerprint."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sanctionscreen.errors import SanctionScreenError

if TYPE_CHECKING:
    from sanctionscreen.model import ListedParty


class Fate(StrEnum):
    """What became of an entry."""

    CHANGED = "changed"  # added and removed too
    SAME = "same"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class EntryFate:
    """What became of the entry behind a hit."""

    fate: Fate
    said: str
    """In words; why it is not known, where it is not."""


@dataclass(frozen=True, slots=True)
class _TwoVersions:
    """What differs between two versions of a list."""

    changes: Mapping[str, str]
    """In words, by the id of the entry."""
    names: Mapping[str, Sequence[str]]
    """The ids of the entries that bear a name, in either version."""
    ids: frozenset[str]


@dataclass(slots=True)
class ListEntries:
    """The entries of official lists in the versions of two runs; a list is read when it is first asked for."""

    before: Mapping[str, str]
    """Fingerprint of the version of each list in the first run."""
    after: Mapping[str, str]
    folders: Sequence[Path]
    """Data folders to look in, the first that has a version counts."""
    _read: dict[str, _TwoVersions | str] = field(default_factory=dict)

    @property
    def lists(self) -> frozenset[str]:
        """The official lists of either run, by id."""
        return frozenset({*self.before, *self.after})

    def of(self, list_id: str, entity_id: str, name: str) -> EntryFate:
        """What became of an entry.

        Args:
            entity_id: empty where a result does not say it; then every entry of the name is looked at.
        """
        if list_id not in self.before or list_id not in self.after:
            word = "before" if list_id in self.after else "any more"
            return EntryFate(Fate.CHANGED, f"{name} ({entity_id or list_id}): the whole list was not compared {word}")
        if list_id not in self._read:
            self._read[list_id] = self._versions(list_id)
        held = self._read[list_id]
        if isinstance(held, str):
            return _open(list_id, name, held)
        ids = [entity_id] if entity_id else held.names.get(name, ())
        ids = [one for one in ids if one in held.ids]
        if not ids:
            return _open(list_id, name, "neither version has it")
        changed = [held.changes[one] for one in ids if one in held.changes]
        if changed:
            return EntryFate(Fate.CHANGED, "; ".join(changed))
        return EntryFate(Fate.SAME, f"{name} ({', '.join(ids)}) is the same in both versions of {list_id}")

    def has_name(self, list_id: str, name: str) -> bool:
        """Whether an entry of a list bears a name, as far as that can be looked up."""
        return self.of(list_id, "", name).fate is not Fate.OPEN

    def _versions(self, list_id: str) -> _TwoVersions | str:
        """Both versions beside each other, or why they cannot be read."""
        try:
            old, new = (self._parties(list_id, held[list_id]) for held in (self.before, self.after))
        except SanctionScreenError as gone:
            return str(gone)
        return _beside(old, new)

    def _parties(self, list_id: str, fingerprint: str) -> dict[str, ListedParty]:
        from sanctionscreen.errors import Location, WatchlistError
        from sanctionscreen.screening.official import held_lists, parties_of
        from sanctionscreen.watchlist.catalogue import catalogue_for
        from sanctionscreen.watchlist.store import Store

        for folder in self.folders:
            store = Store(folder)
            if any(version.fingerprint == fingerprint for version in store.versions(list_id)):
                (held,) = held_lists(store, catalogue_for(folder), {list_id: fingerprint})
                return {party.id: replace(party, source="") for party in parties_of(held, store)}
        where = ", ".join(map(str, self.folders)) or "any data folder (--data-dir)"
        raise WatchlistError(f"version {fingerprint[:12]} is not in {where}", Location(list_id))


def entries_of(before: Mapping[str, Any], after: Mapping[str, Any], folders: Iterable[Path]) -> ListEntries:
    """The entries behind the hits of two runs.

    Args:
        before, after: what the runs rest on.
    """
    one, other = ({held["id"]: held["version"] for held in basis["lists"]["official"]} for basis in (before, after))
    return ListEntries(one, other, tuple(folder for folder in dict.fromkeys(folders) if folder.is_dir()))


def _open(list_id: str, name: str, why: str) -> EntryFate:
    return EntryFate(Fate.OPEN, f"whether {name} changed on {list_id} could not be looked up: {why}")


def _beside(old: Mapping[str, ListedParty], new: Mapping[str, ListedParty]) -> _TwoVersions:
    from sanctionscreen.watchlist.difference import difference

    said: dict[str, list[str]] = {}
    for change in difference(old.values(), new.values()):
        said.setdefault(change.id, []).append(change.words)
    for key in (old.keys() & new.keys()) - said.keys():
        if old[key] != new[key]:
            said[key] = [f"{new[key].name} ({key}): other details changed"]
    names: dict[str, dict[str, None]] = {}
    for party in (*old.values(), *new.values()):
        for name in party.names:
            names.setdefault(name.text, {})[party.id] = None
    changes = {key: "; ".join(one) for key, one in said.items()}
    return _TwoVersions(changes, {name: tuple(ids) for name, ids in names.items()}, frozenset({*old, *new}))
