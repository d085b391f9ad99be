"""Ownership: what listed owners hold together, and what a missing share leaves open."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sanctionscreen.ingest import read_line
from sanctionscreen.model import ListedName, ListedParty, Listing
from sanctionscreen.screening import ownership
from sanctionscreen.screening.parties import PartyScreen

FROZEN = ListedParty(
    "SYN-1", "person", (ListedName("Synteta Synthetikova"),), listings=(Listing("syn-list", "asset_freeze"),)
)
OTHER = ListedParty(
    "SYN-2", "company", (ListedName("Obsidianka Holding"),), listings=(Listing("syn-list", "asset_freeze"),)
)
LICENCE = ListedParty(
    "SYN-3", "company", (ListedName("Quillon Avionics"),), listings=(Listing("syn-list", "export_licence"),)
)


@pytest.fixture(scope="module")
def parties() -> PartyScreen:
    return PartyScreen.build({one.id: one for one in (FROZEN, OTHER, LICENCE)}, date(2026, 11, 22))


def owned(parties: PartyScreen, **cells: Any) -> ownership.Ownership | None:
    record = {name.replace("__", "."): value for name, value in cells.items()}
    return ownership.of_line(read_line(record).values, parties)


SUMMED = [
    ([("Synteta Synthetikova", 50)], 50.0),
    ([("Synteta Synthetikova", 49.9)], 49.9),
    ([("Synteta Synthetikova", 25), ("Obsidianka Holding", 25), ("Somebody Else", 50)], 50.0),
    ([("Somebody Else", 100)], 0.0),
    ([("Synteta Synthetikova", 20), ("Obsidianka Holding", None)], None),
    ([("Synteta Synthetikova", 60), ("Obsidianka Holding", None)], 60.0),
    ([("Obsidianka Holding", None), ("Somebody Else", 60)], 0.0),
    ([("Somebody Else", None), ("Synteta Synthetikova", 10)], 10.0),
    ([("Quillon Avionics", 80)], 0.0),
]


@pytest.mark.parametrize(("owners", "share"), SUMMED)
def test_listed_shares_are_summed_and_a_missing_one_decides_or_not(
    parties: PartyScreen, owners: list[tuple[str, float | None]], share: float | None
) -> None:
    """Two of 25 are 50; an unknown share matters only where it could reach half."""
    found = owned(parties, consignee__owners=[{"name": name, "share": part} for name, part in owners])
    assert found is not None
    assert found.shares["ownership.frozen_share"] == share
    assert ("ownership.frozen_share" in found.undecided) is (share is None)


def test_an_open_share_is_said_with_its_range(parties: PartyScreen) -> None:
    """At least what is known, at most what is left of the whole."""
    found = owned(
        parties,
        consignee__owners=[
            {"name": "Synteta Synthetikova", "share": 20}, {"name": "Obsidianka Holding"}, {"name": "Else", "share": 15}
        ],
    )  # fmt: skip
    assert found is not None
    (said,) = found.warnings
    assert "consignee.owners: between 20 and 85 %" in said


def test_an_owner_that_listed_owners_hold_counts_in_full(parties: PartyScreen) -> None:
    """Through the buyer, half of which is frozen; not where it is less than half."""
    layers = {
        "buyer__name": "Middleway LLC",
        "consignee__owners": [{"name": "OOO Middleway", "share": 70}],
    }
    half = owned(parties, **layers, buyer__owners=[{"name": "Synteta Synthetikova", "share": 50}])
    less = owned(parties, **layers, buyer__owners=[{"name": "Synteta Synthetikova", "share": 40}])
    assert half is not None
    assert less is not None
    assert half.shares["ownership.frozen_share"] == 70.0
    assert less.shares["ownership.frozen_share"] == 40.0


def test_owners_that_own_each_other_come_to_an_end(parties: PartyScreen) -> None:
    """A circle is followed once."""
    found = owned(
        parties,
        consignee__name="Ringlet One", buyer__name="Ringlet Two",
        consignee__owners=[{"name": "Ringlet Two", "share": 100}],
        buyer__owners=[{"name": "Ringlet One", "share": 60}, {"name": "Synteta Synthetikova", "share": 40}],
    )  # fmt: skip
    assert found is not None
    assert found.shares["ownership.frozen_share"] == 40.0


def test_a_mere_resemblance_never_counts_as_a_listed_owner(parties: PartyScreen) -> None:
    """A name that is only near leaves the share open and is shown as a hit."""
    found = owned(parties, consignee__owners=[{"name": "Sinteta Sintetikowa", "share": 80}])
    assert found is not None
    assert found.hits
    assert found.hits[0].score < ownership.SURE_SCORE
    assert found.shares["ownership.frozen_share"] is None


def test_licence_lists_are_another_sum(parties: PartyScreen) -> None:
    """Each kind of listing has its own share; the hits carry the owner's."""
    found = owned(parties, end_user__owners=[{"name": "Quillon Avionics Ltd", "share": 51}])
    assert found is not None
    assert found.shares == {"ownership.frozen_share": 0.0, "ownership.licence_share": 51.0}
    assert [(one["role"], one["share"]) for one in found.items] == [("owner_of_end_user", 51.0)]


def test_without_owners_nothing_is_said(parties: PartyScreen) -> None:
    """No column, an empty cell, an owner without a name."""
    assert owned(parties, consignee__name="Synthetix") is None
    assert owned(parties, consignee__owners=None) is None
