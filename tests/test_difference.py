"""Differences between two versions of a list, told in words."""

from __future__ import annotations

from sanctionscreen.model import ListedDate, ListedName, ListedParty, Listing
from sanctionscreen.watchlist.difference import difference


def party(key: str, *names: str, programme: str = "P1", **more: object) -> ListedParty:
    listed = tuple(ListedName(name.removeprefix("~"), "weak" if name.startswith("~") else "primary") for name in names)
    given: dict[str, object] = {"listings": (Listing("made-up", "asset_freeze", programme),), **more}
    return ListedParty(id=key, kind="company", names=listed, **given)  # type: ignore[arg-type]


def told(old: list[ListedParty], new: list[ListedParty]) -> list[str]:
    return [change.words for change in difference(old, new)]


def test_who_came_and_who_went() -> None:
    """In the order of the ids."""
    assert told([party("1", "Ficta")], [party("2", "Belletriste")]) == [
        "Ficta was removed (1)",
        "Belletriste was added (2)",
    ]


def test_nothing_changed() -> None:
    """The order of names, and where they stood in the file, are no change."""
    assert (
        told([party("1", "Ficta", "Rotor", source="a line 1")], [party("1", "Rotor", "Ficta", source="a line 9")]) == []
    )


def test_each_change_of_a_party_is_told() -> None:
    """Names with their weakness, programmes, identifiers, addresses, dates."""
    old = [party("1", "Ficta", "~Rotor", identifiers=("1",))]
    born = (ListedDate("birth", "1970"),)
    new = [party("1", "Ficta", "Rotor", programme="P2", addresses=("Street 1",), dates=born)]
    assert told(old, new) == [
        "Ficta (1), names: no longer Rotor (weak), now Rotor",
        "Ficta (1), programmes: no longer P1, now P2",
        "Ficta (1), identifiers: no longer 1",
        "Ficta (1), addresses: now Street 1",
        "Ficta (1), dates: now birth 1970",
    ]


def test_another_measure_is_a_change() -> None:
    """From an asset freeze to a licence duty."""
    licence = (Listing("made-up", "export_licence", "P1"),)
    assert told([party("1", "Ficta")], [party("1", "Ficta", listings=licence)]) == [
        "Ficta (1), what the listing means: no longer asset freeze, now export licence"
    ]
