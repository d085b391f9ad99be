"""Ownership: how much of a party belongs to listed owners, summed, directly and through owners the record names.

What blocked persons own to 50 percent or more together is blocked too, and an owner that is itself so owned counts in
full (OFAC, guidance on sham transactions, 2026-03-31). The same sum serves the EU, the UK and the affiliates rule of
BIS, whose lines differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sanctionscreen.fields import ROLES
from sanctionscreen.model import PartyHit
from sanctionscreen.rules.features import party_key
from sanctionscreen.screening.parties import OwnerFindings, PartyScreen

WHOLE = 100.0
CONTROL = 50.0
"""Percent from which an owner's owners count as owning what it owns."""
SURE_SCORE, SURE_EVIDENCE = 0.98, 0.5
"""An owner counts as listed from here on, as a party does for an asset freeze; below, it may be."""

MEASURES: Mapping[str, str] = {"ownership.frozen_share": "asset_freeze", "ownership.licence_share": "export_licence"}


OWNER_FIELDS = ("owner_hits", *MEASURES)


@dataclass(frozen=True, slots=True)
class Share:
    """Percent that listed owners hold: at least, and at most when missing shares and mere resemblances count."""

    least: float
    most: float

    @property
    def is_decided(self) -> bool:
        """Nothing that is missing moves it across the line of 50 percent."""
        return self.least == self.most or self.least > CONTROL or self.most < CONTROL


@dataclass(frozen=True, slots=True)
class Ownership:
    """What the owners of all parties of a line come to."""

    hits: tuple[PartyHit, ...]
    items: tuple[dict[str, Any], ...]
    """The hits with the owners' shares, as `owner_hits` holds them."""
    shares: Mapping[str, float | None]
    """Decided shares by field; None where a missing share decides."""
    warnings: tuple[str, ...]

    @property
    def undecided(self) -> frozenset[str]:
        return frozenset(name for name, share in self.shares.items() if share is None)


def of_line(values: Mapping[str, Any], parties: PartyScreen) -> Ownership | None:
    """The ownership of a line's parties; None where no owner is given."""
    found = parties.of_owners(values)
    if not found:
        return None
    keys = {party_key(values[f"{role}.name"]): role for role in reversed(ROLES) if values.get(f"{role}.name")}
    hits = [(hit, owner.share) for owners in found.values() for owner in owners for hit in owner.hits]
    shares: dict[str, float | None] = {}
    warnings: list[str] = []
    for name, measure in MEASURES.items():
        by_role = {role: _share(role, measure, found, keys, frozenset()) for role in found}
        largest = Share(max(one.least for one in by_role.values()), max(one.most for one in by_role.values()))
        shares[name] = largest.least if largest.is_decided else None
        warnings += _open(by_role, measure)
    items = tuple({**asdict(hit), "share": share} for hit, share in hits)
    return Ownership(tuple(hit for hit, _ in hits), items, shares, tuple(warnings))


def _share(
    role: str,
    measure: str,
    found: Mapping[str, tuple[OwnerFindings, ...]],
    keys: Mapping[str, str],
    seen: frozenset[str],
) -> Share:
    """What listed owners hold of the party in a role."""
    owners = found.get(role, ())
    given = sum(owner.share for owner in owners if owner.share is not None)
    least = most = 0.0
    open_share = False
    for owner in owners:
        surely, maybe = _listed(owner, measure, found, keys, seen | {role})
        if owner.share is None:
            open_share = open_share or maybe
        else:
            least += owner.share if surely else 0.0
            most += owner.share if maybe else 0.0
    most += max(0.0, WHOLE - given) if open_share else 0.0
    return Share(min(least, WHOLE), min(most, WHOLE))


def _listed(
    owner: OwnerFindings,
    measure: str,
    found: Mapping[str, tuple[OwnerFindings, ...]],
    keys: Mapping[str, str],
    seen: frozenset[str],
) -> tuple[bool, bool]:
    """Whether an owner surely is listed or so owned, and whether it may be."""
    hits = [hit for hit in owner.hits if hit.measure == measure]
    surely = any(hit.score >= SURE_SCORE and hit.evidence >= SURE_EVIDENCE for hit in hits)
    role = keys.get(party_key(owner.name))
    if role is None or role in seen:
        return surely, bool(hits)
    through = _share(role, measure, found, keys, seen)
    return surely or through.least >= CONTROL, bool(hits) or through.most >= CONTROL


def _open(by_role: Mapping[str, Share], measure: str) -> Iterator[str]:
    what = {"asset_freeze": "under an asset freeze", "export_licence": "on an export-licence list"}[measure]
    for role, share in by_role.items():
        if not share.is_decided:
            yield (
                f"{role}.owners: between {share.least:g} and {share.most:g} % belong to parties {what};"
                " a share is missing, or a name only resembles a listed one"
            )
