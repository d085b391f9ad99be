"""The same party on several lists: proved by numbers, or by a name with a day, never by a name alone."""

from __future__ import annotations

from datetime import date

import pytest

from sanctionscreen.model import Kind, ListedDate, ListedName, ListedNumber, ListedParty
from sanctionscreen.screening.same_party import MOST_ENTRIES, groups_of


def party(
    name: str, kind: Kind = "company", *, number: str = "", imo: str = "", day: str = "", quality: str = "primary"
) -> ListedParty:
    first = date.fromisoformat(day) if len(day) == 10 else None
    what = "birth" if kind == "person" else "incorporation"
    return ListedParty(
        id=name,
        kind=kind,
        names=(ListedName(name, quality),),  # type: ignore[arg-type]
        identifiers=(number,) if number else (),
        numbers=(ListedNumber("Vessel IMO", imo),) if imo else (),
        dates=(ListedDate(what, day, first, first),) if day else (),
    )


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        (party("Ficta", number="INN 7707083893"), party("Фикта", number="7707083893"), True),
        (party("Ficta", number="12345"), party("Ficta", number="12345"), False),  # too short to prove anything
        (party("Ficta"), party("Ficta"), False),  # a name alone
        (party("Ficta", number="7707083893"), party("A Person", "person", number="7707083893"), False),
        (party("Ivan Vymysel", "person", day="1970-03-12"), party("VYMYSEL, Ivan", "person", day="1970-03-12"), True),
        (party("Ivan Vymysel", "person", day="1970-03-12"), party("Ivan Vymysel", "person", day="1970-03-13"), False),
        (party("Ivan Vymysel", "person", day="1970"), party("Ivan Vymysel", "person", day="1970"), False),
        (
            party("Ivan", "person", day="1970-03-12", quality="weak"),
            party("Ivan", "person", day="1970-03-12", quality="weak"),
            False,
        ),
        (party("Beispiel", "vessel", imo="IMO 9074729"), party("Primer", "vessel", imo="9074729"), True),
        (party("Beispiel", "vessel", imo="9074729"), party("Firm", number="9074729"), False),
    ],
)
def test_what_proves_that_two_entries_are_one_party(left: ListedParty, right: ListedParty, same: bool) -> None:
    """Numbers long enough, of one kind of party; names with the very day; ships by their IMO number."""
    assert groups_of([left, right]) == ([0, 0] if same else [0, 1])


def test_proofs_chain() -> None:
    """The first and the second by a number, the second and the third by another."""
    second = party("B", number="7707083893; 1027700132195")
    assert groups_of([party("A", number="7707083893"), second, party("C", number="1027700132195")]) == [0, 0, 0]


def test_what_many_share_proves_nothing() -> None:
    """A number of a registrar, given to more entries than a party has lists."""
    crowd = [party(f"Firm {n}", number="7707083893") for n in range(MOST_ENTRIES + 1)]
    assert groups_of(crowd) == list(range(len(crowd)))
