"""The listed parties of an index as columns: what is kept on disk, and read when a party is looked at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, get_args

import numpy as np

from sanctionscreen.matching.alignment import MOST_JOINED
from sanctionscreen.matching.columns import SEPARATOR, Array, Arrays, TextColumn, part
from sanctionscreen.matching.hashes import Ids
from sanctionscreen.matching.keys import Keys, key_of
from sanctionscreen.matching.parties import IndexedParty
from sanctionscreen.matching.places import Places, address_of
from sanctionscreen.matching.vocabulary import Vocabulary
from sanctionscreen.model import Kind
from sanctionscreen.text.lexicon import Word
from sanctionscreen.text.names import Name

KINDS: tuple[Kind, ...] = get_args(Kind)


class Listed(NamedTuple):
    """What names of several parties may have in common: all by which they are compared."""

    kind: Kind
    is_cut: bool
    """The name is longer than is compared."""
    words: tuple[int, ...]
    """By their numbers in the vocabulary."""


class Register:
    """Listed parties and their names, numbered in the order of the parties' ids."""

    def __init__(self, arrays: Arrays) -> None:
        self.vocabulary = Vocabulary(part(arrays, "words"))
        self.ids, self.texts, self._countries, self._numbers = (
            TextColumn.from_arrays(arrays, name) for name in ("ids", "texts", "countries", "numbers")
        )
        self.kinds, self.spans, self.owner = arrays["kinds"], arrays["spans"], arrays["owner"]
        self.starts, self.words = arrays["starts"], arrays["name_words"]
        self._cut, self.by_itself = arrays["cut"], arrays["by_itself"]
        self._by_id, self._by_name, self._by_number = (
            Keys.of(arrays, name) for name in ("by_id", "by_name", "by_number")
        )
        self._listed: dict[int, Listed] = {}
        self.places = Places(TextColumn.from_arrays(arrays, "addresses"), Keys.of(arrays, "by_address"))

    @staticmethod
    def build(parties: Sequence[IndexedParty]) -> dict[str, Array]:
        """The arrays of a register."""
        names = [name for party in parties for name in party.names]
        number: dict[Word, int] = {}
        ids = [number.setdefault(word, len(number)) for name in names for word in name.name.words]
        spans = _ends(len(party.names) for party in parties)
        made: dict[str, Array] = {
            "kinds": np.array([KINDS.index(party.kind) for party in parties], dtype=np.uint8),
            "spans": spans,
            "owner": np.repeat(np.arange(len(parties), dtype=np.int32), np.diff(spans)),
            "starts": _ends(len(name.name.words) for name in names),
            "name_words": np.array(ids, dtype=np.int32),
            "cut": np.array([name.name.cut for name in names], dtype=np.bool_),
            "by_itself": np.array([not name.corroborates_only for name in names], dtype=np.bool_),
        }
        columns: dict[str, TextColumn | Keys] = {
            "ids": TextColumn.of(party.id for party in parties),
            "texts": TextColumn.of(name.text for name in names),
            "countries": TextColumn.of(SEPARATOR.join(sorted(party.countries)) for party in parties),
            "numbers": TextColumn.of(SEPARATOR.join(sorted(party.numbers)) for party in parties),
            "addresses": TextColumn.of(SEPARATOR.join(party.addresses) for party in parties),
            "by_id": _keys([party.id] for party in parties),
            "by_name": _keys({equal_key(name.name), meaning_key(name.name)} for name in names),
            "by_number": _keys(party.numbers for party in parties),
            "by_address": _keys({k for a in party.addresses for k in address_of(a).keys} for party in parties),
        }
        for name, column in columns.items():
            made |= {f"{name}.{piece}": array for piece, array in column.arrays().items()}
        return made | {
            f"words.{name}": array
            for name, array in Vocabulary.build(list(number), _beside(made["starts"], made["name_words"])).items()
        }

    def __len__(self) -> int:
        return len(self.kinds)

    def listed(self, at: int) -> Listed:
        """What a name is compared by."""
        known = self._listed.get(at)
        if known is None:
            numbers: list[int] = self.words[self.starts[at] : self.starts[at + 1]].tolist()
            kind = self.kind(int(self.owner[at]))
            known = self._listed[at] = Listed(kind, bool(self._cut[at]), tuple(numbers))
        return known

    def kind(self, party: int) -> Kind:
        return KINDS[int(self.kinds[party])]

    def countries(self, party: int) -> tuple[str, ...]:
        return self._countries.several(party)

    def numbers(self, party: int) -> tuple[str, ...]:
        return self._numbers.several(party)

    def names_of(self, party: int) -> range:
        return range(int(self.spans[party]), int(self.spans[party + 1]))

    def with_id(self, party_id: str) -> int | None:
        return next((at for at in self._by_id.under(key_of(party_id)) if self.ids[at] == party_id), None)

    def with_number(self, number: str) -> list[int]:
        return [at for at in self._by_number.under(key_of(number)) if number in self._numbers.several(at)]

    def named_alike(self, name: Name) -> list[int]:
        """Names that are equal to this one, or of the same ordinary words."""
        keys = {equal_key(name), meaning_key(name)} if name.words else set()
        return sorted({at for key in keys for at in self._by_name.under(key_of(key))})


def equal_key(name: Name) -> str:
    """Equal for equal names, however their letters are divided into words."""
    return "=" + "".join(sorted("".join(word.text for word in name.words).replace(" ", "")))


def meaning_key(name: Name) -> str:
    """What names of ordinary words alone have in common across languages."""
    telling = (w.meaning or w.sound for w in name.words if w.kind not in ("form", "particle", "title"))
    return " ".join(sorted(telling))


def _beside(starts: Array, words: Array) -> tuple[Ids, Ids]:
    """The couples of words in names that may be searched for words written together."""
    sizes = np.diff(starts)
    first, second = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for size in range(2, MOST_JOINED + 1):
        names = words[starts[:-1][sizes == size][:, None] + np.arange(size)]
        i, j = np.triu_indices(size, k=1)
        first.append(names[:, i].ravel())
        second.append(names[:, j].ravel())
    return np.concatenate(first), np.concatenate(second)


def _ends(sizes: Iterable[int]) -> Array:
    return np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(np.fromiter(sizes, dtype=np.int64))])


def _keys(spellings: Iterable[Iterable[str]]) -> Keys:
    pairs = [(key_of(text), at) for at, texts in enumerate(spellings) for text in sorted(texts)]
    return Keys.build(
        np.array([key for key, _ in pairs], dtype=np.uint64), np.array([at for _, at in pairs], dtype=np.int64)
    )
