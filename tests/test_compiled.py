"""Compiled lists: what was written is what is read, whole, and searched together with a firm's own lists."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sanctionscreen.errors import InputError, WatchlistError
from sanctionscreen.matching import Indexes, NameIndex
from sanctionscreen.model import ListedDate, ListedName, ListedNumber, ListedParty, Listing
from sanctionscreen.screening.compiled import compile_parties, load_compiled
from sanctionscreen.screening.parties import PartyScreen
from sanctionscreen.watchlist.party_records import from_record, to_record

AS_OF = date(2026, 11, 22)


def party(key: str, name: str, **more: object) -> ListedParty:
    listing = Listing("made-up", "asset_freeze", "PROG", key, date(2024, 1, 1))
    given: dict[str, object] = {"listings": (listing,), **more}
    return ListedParty(id=key, kind="company", names=(ListedName(name),), **given)  # type: ignore[arg-type]


FULL = ListedParty(
    id="made-up:1",
    kind="person",
    names=(
        ListedName("Vymysel Primerov"),
        ListedName("Вымысел Примеров", "weak", "broad", "original script", "Cyrillic"),
    ),
    status="press",
    countries=("RU",),
    identifiers=("7707083893",),
    addresses=("1 Made-up Street",),
    listings=(
        Listing("made-up", "denied", "P", "1", date(2024, 2, 29), date(2025, 1, 1), "inferred", "cited", "high"),
    ),
    role="maker",
    note="a remark; another",
    claims=("003-1",),
    documents=("F22",),
    brand_category="drones",
    needs_identifier=True,
    hazards=("a common word",),
    confidence="medium",
    numbers=(ListedNumber("INN", "7707083893", "RU", "checked"),),
    dates=(ListedDate("birth", "circa 1970", date(1970, 1, 1), date(1970, 12, 31)), ListedDate("birth", "unknown")),
    source="file.csv line 3",
)


@pytest.mark.parametrize("one", [FULL, party("made-up:2", "Ficta Rotor")], ids=["full", "bare"])
def test_a_party_comes_back_whole(one: ListedParty) -> None:
    """Every field, with days and empty places."""
    assert from_record(to_record(one)) == one


def test_what_was_compiled_is_found_and_read(tmp_path: Path) -> None:
    """The index finds by name and number; the party has all that its list gave."""
    compile_parties([FULL, party("made-up:2", "Ficta Rotor Spares")], tmp_path)
    compiled = load_compiled(tmp_path)
    assert list(compiled.parties) == ["made-up:1", "made-up:2"]
    assert compiled.parties["made-up:1"] == FULL
    assert [hit.entity_id for hit in compiled.index.match("Ficta Rotor Spares LLC")] == ["made-up:2"]
    assert compiled.index.match({"identifiers": ["7707083893"]})[0].entity_id == "made-up:1"


def test_the_same_parties_give_the_same_bytes(tmp_path: Path) -> None:
    """In whatever order they come."""
    parties = [party(f"made-up:{n}", f"Ficta Rotor {n}") for n in range(20)]
    for folder, some in (("a", parties), ("b", parties[::-1])):
        (tmp_path / folder).mkdir()
        compile_parties(some, tmp_path / folder)
    for name in ("names.index", "parties.index"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_two_parties_of_one_id_are_refused(tmp_path: Path) -> None:
    with pytest.raises((WatchlistError, ExceptionGroup)):
        compile_parties([party("made-up:1", "Ficta"), party("made-up:1", "Other")], tmp_path)


@pytest.mark.parametrize("name", ["names.index", "parties.index"])
def test_a_damaged_file_is_refused(tmp_path: Path, name: str) -> None:
    """A changed byte, a cut file, no file: an error that names it, never a smaller list."""
    compile_parties([FULL], tmp_path)
    whole = (tmp_path / name).read_bytes()
    for damaged in (whole[:-70], whole[:200] + b"\xff" + whole[201:], b""):
        (tmp_path / name).write_bytes(damaged)
        with pytest.raises(InputError, match=name):
            load_compiled(tmp_path)
    (tmp_path / name).unlink()
    with pytest.raises(InputError, match=name):
        load_compiled(tmp_path)


def test_compiled_and_own_lists_are_searched_together(tmp_path: Path) -> None:
    """Hits of both, best first; the day decides what counts; each is explained by the index that holds it."""
    ended = Listing("made-up", "asset_freeze", listed_until=date(2025, 1, 1))
    compile_parties(
        [party("made-up:1", "Ficta Rotor Spares"), party("made-up:2", "Ficta Rotor Spares", listings=(ended,))],
        tmp_path,
    )
    own = {"own:1": party("own:1", "Ficta Rotor Spares FZE")}
    found = PartyScreen.build(own, AS_OF, load_compiled(tmp_path))
    assert [hit.entity_id for hit in found.index.match("Ficta Rotor Spares")] == ["made-up:1", "own:1"]
    assert [hit.rank for hit in found.index.match("Ficta Rotor Spares", limit=1)] == [1]
    earlier = PartyScreen.build(own, date(2024, 6, 1), load_compiled(tmp_path))
    assert len(earlier.index.match("Ficta Rotor Spares")) == 3
    line = {"consignee.name": "Ficta Rotor Spares"}
    assert {hit.entity_id for hit in found.of_line(line).hits or ()} == {"made-up:1", "own:1"}
    assert found.index.explain("Ficta Rotor Spares", "made-up:1").score > 0.9
    with pytest.raises(InputError):
        found.index.explain("Ficta", "nobody")


def test_one_index_among_several_is_as_it_was_alone() -> None:
    """A single part gives what it gives by itself."""
    index = NameIndex.build(
        [party(f"made-up:{n}", name) for n, name in enumerate(["Ficta Rotor", "Ficta Rotor Spares", "Alpha"])]
    )
    for query in ("Ficta Rotor Spares", "Ficta Rotor", "Alpha Ltd", "nobody at all"):
        assert Indexes((index,)).match(query) == index.match(query)
