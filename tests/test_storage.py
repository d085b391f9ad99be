"""The file of an index: what is saved is loaded, and what is damaged or of another version is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from sanctionscreen.errors import InputError
from sanctionscreen.matching import NameIndex, storage

PARTIES: list[dict[str, Any]] = [
    {
        "id": "techkrim",
        "kind": "company",
        "names": [{"text": "ООО Техкрим"}, {"text": "TK", "quality": "weak"}],
        "countries": ["RU"],
        "identifiers": ["7700000001"],
        "addresses": ["8 Syntetika street, Izhevsk"],
    },
    {"id": "мир", "kind": "person", "names": [{"text": "Petrenko, Mykola"}, {"text": "مازن"}]},
    {"id": "star", "kind": "vessel", "names": [{"text": "M/V Sea Star V (ex: Sea Wind) IMO 9074729"}]},
    {"id": "any", "kind": "any", "names": [{"text": "大疆"}]},
]
ASKED: list[dict[str, Any] | str] = [
    "TECHKRIM LLC", "Nikolai Petrenko", "SEA STAR 5", "Sea Wind", "Dajiang", "Mazen", "nobody at all", "",
    {"name": "Romashka", "identifiers": ["INN 7700000001"]},
    {"name": "Renamed", "kind": "vessel", "identifiers": ["IMO 9074729"]},
    {"name": "Romashka", "address": "Izhevsk, Syntetika 8"},
]  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    saved = tmp_path / "lists.index"
    NameIndex.build(PARTIES).save(saved)
    return saved


def test_what_is_loaded_finds_what_was_saved(path: Path) -> None:
    """Names in all scripts, identifiers, addresses: the same hits and the same reasons."""
    built, loaded = NameIndex.build(PARTIES), NameIndex.load(path)
    assert len(loaded) == len(built) == len(PARTIES)
    assert loaded.match_many(ASKED) == built.match_many(ASKED)
    assert any(loaded.match_many(ASKED))
    for query in ASKED:
        assert loaded.explain(query, "techkrim") == built.explain(query, "techkrim")


def test_saving_twice_gives_the_same_bytes(path: Path, tmp_path: Path) -> None:
    """Whatever the order of the parties; and an index that was loaded is saved as it was."""
    again, copied = tmp_path / "again.index", tmp_path / "copied.index"
    NameIndex.build(PARTIES[::-1]).save(again)
    NameIndex.load(path).save(copied)
    assert path.read_bytes() == again.read_bytes() == copied.read_bytes()
    assert sorted(file.name for file in tmp_path.iterdir()) == ["again.index", "copied.index", "lists.index"]


def test_an_empty_index_is_saved_and_loaded(tmp_path: Path) -> None:
    """An index without parties finds nothing, loaded as built."""
    NameIndex.build([]).save(tmp_path / "none.index")
    loaded = NameIndex.load(tmp_path / "none.index")
    assert len(loaded) == 0
    assert loaded.match("Romashka") == []


def _flipped(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 0x40]) + content[middle + 1 :]


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda content: b"", "cannot be read"),
        (lambda content: b"PK" + content, "not an index of names"),
        (lambda content: content[:20], "damaged"),
        (lambda content: content[: len(content) // 2], "damaged"),
        (lambda content: content + b"x", "damaged"),
        (lambda content: content[:60] + b"!" + content[61:], "damaged"),
        (_flipped, "damaged"),
        (lambda content: content[:-1] + bytes([content[-1] ^ 1]), ""),
    ],
)
def test_a_damaged_file_is_refused(path: Path, damage: Callable[[bytes], bytes], said: str) -> None:
    """Cut, longer, overwritten in the header or in the middle: the message says which file and what to do."""
    path.write_bytes(damage(path.read_bytes()))
    if not said:  # what fills the last array up to its boundary belongs to nobody
        assert len(NameIndex.load(path)) == len(PARTIES)
        return
    with pytest.raises(InputError, match=said) as caught:
        NameIndex.load(path)
    assert "lists.index" in str(caught.value)


def test_every_byte_of_the_arrays_counts(path: Path) -> None:
    """One bit anywhere in any array is noticed."""
    content = path.read_bytes()
    for at in range(2048, len(content), max(1, len(content) // 200)):
        changed = content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]
        path.write_bytes(changed)
        try:
            loaded = NameIndex.load(path)
        except InputError:
            continue
        assert loaded.match_many(ASKED) == NameIndex.build(PARTIES).match_many(ASKED)


@pytest.mark.parametrize("made_by", [{"version": "0.0.1", "tables": "x"}, {"version": "9", "tables": "y"}])
def test_an_index_of_another_version_is_refused(path: Path, made_by: dict[str, str]) -> None:
    """Names taken apart by other tables cannot be compared; both versions are named."""
    with (
        mock.patch.object(storage, "_made_by", return_value=made_by),
        pytest.raises(InputError, match="build it again") as caught,
    ):
        NameIndex.load(path)
    assert made_by["version"] in str(caught.value)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """The path is in the message."""
    with pytest.raises(InputError, match=r"missing\.index"):
        NameIndex.load(tmp_path / "missing.index")
    with pytest.raises(InputError):
        NameIndex.load(tmp_path)


def test_a_failed_save_leaves_the_old_file(path: Path) -> None:
    """A disk that fills up costs neither the old index nor a file of rubbish."""
    before = path.read_bytes()
    with (
        mock.patch.object(Path, "replace", side_effect=OSError("disk full")),
        pytest.raises(OSError, match="disk full"),
    ):
        NameIndex.build(PARTIES[:1]).save(path)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == ["lists.index"]
