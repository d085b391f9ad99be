"""Nouns with sensible values: a test names only what it is about."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any

from sanctionscreen.model import Finding, Fingerprints, ListedName, ListedParty, Listing
from sanctionscreen.profile import Profile

ROOT = Path(__file__).parents[1]


def shipment(**changes: Any) -> dict[str, Any]:
    """A harmless line; dots in field names are written as two underscores."""
    line: dict[str, Any] = {
        "consignor.name": "Lindqvist Kylteknik AB",
        "consignee.name": "Synthetic Appliances LLP",
        "consignee.country": "KZ",
        "goods.description": "household refrigerators",
        "goods.hs_code": "8418.21",
        "destination.country": "KZ",
    }
    return line | {name.replace("__", "."): value for name, value in changes.items()}


def listed_party(
    party_id: str = "syn-1", name: str = "Vostok Synthetic Electronics LLC", **changes: Any
) -> ListedParty:
    values: dict[str, Any] = {
        "kind": "company",
        "names": (ListedName(name),),
        "listings": (Listing("syn-list", "asset_freeze"),),
    }
    return ListedParty(party_id, **(values | changes))


def finding(rule: str = "SYN-GDS-001", weight: float = 30, **changes: Any) -> Finding:
    values: dict[str, Any] = {
        "version": 1,
        "fingerprint": "0" * 12,
        "title": rule,
        "why": "",
        "level": "high",
        "group": "goods",
    }
    return Finding(rule, weight=weight, **(values | changes))


def profile(**changes: Any) -> Profile:
    values: dict[str, Any] = {
        "id": "synthetic",
        "version": "1",
        "jurisdictions": frozenset({"EU", "US"}),
        "review_at": 25.0,
        "block_floor": 80.0,
        "curve": ((0.7, 0.0), (0.8, 0.25), (0.9, 0.6), (0.98, 0.95), (1.0, 0.97)),
        "gates": (),
        "weights": {},
        "fingerprint": "0" * 64,
    }
    return Profile(**(values | changes))


FINGERPRINTS = Fingerprints("l" * 64, "r" * 64, "p" * 64, "sanctionscreen test", date(2026, 11, 22))


def examples(number: int) -> int:
    """How many cases a property is tried on; `make fuzz` asks for fifty times as many."""
    return number * int(os.environ.get("SANCTIONSCREEN_FUZZ", "1"))
