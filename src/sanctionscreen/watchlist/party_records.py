"""Listed parties as JSON records and back: what a compiled list keeps on disk, whole and readable by people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sanctionscreen.model import ListedDate, ListedName, ListedNumber, ListedParty, Listing

_PLAIN = ("id", "kind", "status", "role", "note", "brand_category", "needs_identifier", "confidence", "source")
_TEXTS = ("countries", "identifiers", "addresses", "claims", "documents", "hazards")


def to_record(party: ListedParty) -> dict[str, Any]:
    """A party as JSON values; what is empty is left out."""
    record = {name: getattr(party, name) for name in _PLAIN}
    record |= {name: list(getattr(party, name)) for name in _TEXTS}
    record["names"] = [[one.text, one.quality, one.note, one.kind, one.script] for one in party.names]
    record["numbers"] = [[one.kind, one.number, one.country, one.note] for one in party.numbers]
    record["dates"] = [[one.what, one.text, _day(one.first), _day(one.last)] for one in party.dates]
    record["listings"] = [
        [
            one.list,
            one.measure,
            one.programme,
            one.entry_number,
            _day(one.listed_from),
            _day(one.listed_until),
            one.date_basis,
            one.citation,
            one.confidence,
        ]
        for one in party.listings
    ]
    return {name: value for name, value in record.items() if value not in ("", [], False)}


def from_record(record: Mapping[str, Any]) -> ListedParty:
    """The party of a record that `to_record` made."""
    given: dict[str, Any] = {name: record[name] for name in _PLAIN if name in record}
    given |= {name: tuple(record.get(name, ())) for name in _TEXTS}
    return ListedParty(
        **given,
        names=tuple(ListedName(*one) for one in record.get("names", ())),
        numbers=tuple(ListedNumber(*one) for one in record.get("numbers", ())),
        dates=tuple(
            ListedDate(what, text, _read(first), _read(last)) for what, text, first, last in record.get("dates", ())
        ),
        listings=tuple(_listing(one) for one in record.get("listings", ())),
    )


def _listing(one: list[Any]) -> Listing:
    of, measure, programme, number, start, end, *rest = one
    return Listing(of, measure, programme, number, _read(start), _read(end), *rest)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _read(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
