"""Lists that were compiled once: names in an index, parties as records, both mapped into memory."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from sanctionscreen.errors import InputError
from sanctionscreen.matching import NameIndex, storage
from sanctionscreen.matching.columns import Array, TextColumn
from sanctionscreen.model import ListedParty
from sanctionscreen.screening.same_party import groups_of
from sanctionscreen.watchlist.party_records import from_record, to_record

_NAMES, _PARTIES = "names.index", "parties.index"


class StoredParties(Mapping[str, ListedParty]):
    """Parties on disk by id; each is read when it is asked for."""

    def __init__(self, ids: TextColumn, records: TextColumn, groups: Array) -> None:
        """Ids stand in their order."""
        self._ids, self._records, self._groups = ids, records, groups
        self._read: dict[str, ListedParty] = {}

    def __len__(self) -> int:
        return len(self._ids)

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids.all())

    def __contains__(self, party_id: object) -> bool:
        return isinstance(party_id, str) and self._place(party_id) is not None

    def same_as(self, party_id: str) -> tuple[str, ...]:
        """The other entries of the same party, on this list or another, by their ids; none for one that is not here."""
        place = self._place(party_id)
        if place is None:
            return ()
        group = self._groups[place]
        others = np.flatnonzero(self._groups == group).tolist()
        return tuple(self._ids[at] for at in others if at != place)

    def __getitem__(self, party_id: str) -> ListedParty:
        party = self._read.get(party_id)
        if party is None:
            place = self._place(party_id)
            if place is None:
                raise KeyError(party_id)
            party = self._read[party_id] = from_record(json.loads(self._records[place]))
        return party

    def _place(self, party_id: str) -> int | None:
        at = bisect_left(self._ids, party_id)
        return at if at < len(self._ids) and self._ids[at] == party_id else None


@dataclass(frozen=True, slots=True)
class Compiled:
    """A set of lists, ready to be searched."""

    index: NameIndex
    parties: StoredParties
    folder: Path = field(repr=False)


def compile_parties(parties: Iterable[ListedParty], folder: Path) -> None:
    """Write the index and the records of parties into a folder that is there; what stands there is replaced.

    Raises:
        WatchlistError: a party cannot be used, or two have one id.
        OSError: the folder cannot be written.
    """
    held = sorted(parties, key=lambda party: party.id)
    records = TextColumn.of(json.dumps(to_record(party), ensure_ascii=False, sort_keys=True) for party in held)
    ids = TextColumn.of(party.id for party in held)
    arrays = {
        f"{name}.{key}": array
        for name, of in (("ids", ids), ("records", records))
        for key, array in of.arrays().items()
    }
    arrays["groups"] = np.array(groups_of(held), dtype=np.int64)
    NameIndex.build(held).save(folder / _NAMES)
    storage.save(folder / _PARTIES, arrays)


def load_compiled(folder: Path) -> Compiled:
    """What `compile_parties` wrote, mapped into memory; its files must stay while it is in use.

    Raises:
        InputError: it is not there, is damaged, or another version of the program has written it.
    """
    arrays = storage.load(folder / _PARTIES)
    index = NameIndex.load(folder / _NAMES)
    parties = StoredParties(
        TextColumn.from_arrays(arrays, "ids"), TextColumn.from_arrays(arrays, "records"), arrays["groups"]
    )
    if len(parties) != len(index):
        raise InputError(
            f"{folder}: the index has {len(index):,} parties and the records {len(parties):,}; compile again"
        )
    return Compiled(index, parties, folder)
