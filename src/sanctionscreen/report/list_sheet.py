"""Lists as held: what became of an update, how each list stands, one entry in full, and what changed; text and JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console

from sanctionscreen.model import ListedParty, Listing
from sanctionscreen.report.console import add_row, new_table, shown, write, write_lines
from sanctionscreen.report.csv_report import is_formula
from sanctionscreen.watchlist.catalogue import CatalogueEntry
from sanctionscreen.watchlist.difference import Change
from sanctionscreen.watchlist.freshness import Standing, State
from sanctionscreen.watchlist.update import Outcome
from sanctionscreen.watchlist.versions import Current, Version

_STYLES = {
    State.FRESH: "green",
    State.AGEING: "yellow",
    State.STALE: "bold red",
    State.RETIRED: "magenta",
    State.MISSING: "bold red",
    State.SUSPECT: "bold red",
}
_WORDS = {
    "new": "new version",
    "unchanged": "unchanged",
    "older": "kept beside the newer version",
}
_MOST_UNKNOWN = 8


def print_outcomes(out: Console, outcomes: Sequence[Outcome]) -> None:
    """What became of each list."""
    table = new_table(
        ("list", ""), ("result", ""), ("entries", "right"), ("before", "right"), ("published", ""), ("version", "")
    )
    for one in outcomes:
        before = f"{one.previous.entries:,}" if one.previous else ""
        entries = f"{one.version.entries:,}"
        add_row(
            table, one.list, _WORDS[one.what], entries, before, one.version.published or "not said", one.version.short
        )
    write(out, table)
    for one in outcomes:
        if one.what != "unchanged":
            _print_account(out, one.version)


def _print_account(out: Console, version: Version) -> None:
    unknown = sorted(version.unknown.items(), key=lambda item: (-item[1], item[0]))
    lines = [f"{what}: {count:,}" for what, count in unknown[:_MOST_UNKNOWN]]
    if len(unknown) > _MOST_UNKNOWN:
        lines.append(f"and {len(unknown) - _MOST_UNKNOWN:,} more; --json has them all")
    write_lines(out, f"{version.list}: not understood", lines)
    write_lines(out, f"{version.list}: left out", [f"{what}: {count:,}" for what, count in version.left_out.items()])
    write_lines(out, f"{version.list}: taken in spite of doubts", [version.accepted] if version.accepted else [])


def outcome_object(outcome: Outcome) -> dict[str, Any]:
    return {
        "list": outcome.list,
        "result": outcome.what,
        "version": version_facts(outcome.version),
        "previous": outcome.previous.fingerprint if outcome.previous else None,
    }


def version_facts(version: Version) -> dict[str, Any]:
    """A version as facts, without where it lies."""
    return {
        "fingerprint": version.fingerprint,
        "format": version.format,
        "published": version.published.isoformat() if version.published else None,
        "stored_at": version.stored_at.isoformat(),
        "origin": version.origin,
        "counts": dict(version.counts),
        "not_understood": dict(version.unknown),
        "left_out": dict(version.left_out),
        "accepted": version.accepted,
        "files": [
            {"part": file.part, "name": file.name, "size": file.size, "sha256": file.sha256, "address": file.address}
            for file in version.files
        ],
    }


def print_status(out: Console, standings: Sequence[Standing], folder: str) -> None:
    """How every list stands."""
    table = new_table(
        ("list", ""), ("state", ""), ("entries", "right"), ("published", ""), ("version", ""), ("why", "")
    )
    for one in standings:
        version = one.version
        entries = f"{version.entries:,}" if version else ""
        published = (version.published or "not said") if version else ""
        state = shown(one.state.value, _STYLES[one.state])
        add_row(table, one.list, state, entries, published, version.short if version else "", one.reason)
    write(out, table)
    usable = sum(one.state.is_usable for one in standings)
    write(out, f"{usable} of {len(standings)} lists can be used; data folder {folder}", "bold")


def status_object(standing: Standing) -> dict[str, Any]:
    return {
        "list": standing.list,
        "state": standing.state.value,
        "reason": standing.reason,
        "checked_at": standing.checked_at.isoformat() if standing.checked_at else None,
        "age_days": standing.age_days,
        "version": version_facts(standing.version) if standing.version else None,
    }


def print_pruned(out: Console, pruned: Mapping[str, Sequence[Version]], *, is_rehearsal: bool) -> None:
    """Which versions went, or would."""
    gone = [version for versions in pruned.values() for version in versions]
    size = sum(file.size for version in gone for file in version.files) / 1_000_000
    for version in gone:
        write(out, f"{version.list}  {version.short}  stored {version.stored_at.date()}  {version.entries:,} entries")
    said = "would be removed" if is_rehearsal else "removed"
    write(out, f"{len(gone)} version{'' if len(gone) == 1 else 's'} {said}, {size:.1f} MB", "bold")


def print_entry(out: Console, party: ListedParty, source: Sequence[str]) -> None:
    """Everything that a list holds of one party, and where it is from."""
    write(out, party.name, "bold")
    write(out, f"{party.id}, {party.kind}, {party.status}")
    names = [
        f"{name.text}  ({', '.join(filter(None, (name.quality, name.kind, name.script, name.note)))})"
        for name in party.names
    ]
    write_lines(out, "Names", names)
    write_lines(out, "Listed", [_listing(listing) for listing in party.listings])
    write_lines(out, "Countries", [", ".join(party.countries)] if party.countries else [])
    write_lines(out, "Identifiers", _numbers(party))
    write_lines(out, "Dates", [f"{one.what}: {one.text}" for one in party.dates])
    write_lines(out, "Addresses", party.addresses)
    write_lines(out, "Remarks", [party.note] if party.note else [])
    more = [f"role: {party.role}"] if party.role else []
    more += [f"confidence: {party.confidence}"] if party.confidence else []
    more += [f"easily mistaken for: {hazard}" for hazard in party.hazards]
    more += [f"claim {claim}" for claim in party.claims] + [f"document {one}" for one in party.documents]
    write_lines(out, "Evidence", more)
    write_lines(out, "From", source)


def _listing(listing: Listing) -> str:
    measure = listing.measure.replace("_", " ")
    parts = [f"{listing.list}: {measure}"]
    parts += [f"programme {listing.programme}"] if listing.programme else []
    parts += [f"entry {listing.entry_number}"] if listing.entry_number else []
    parts += [f"from {listing.listed_from}"] if listing.listed_from else []
    parts += [f"until {listing.listed_until}"] if listing.listed_until else []
    parts += [part for part in (listing.date_basis, listing.citation, listing.confidence) if part]
    return ", ".join(parts)


def _numbers(party: ListedParty) -> list[str]:
    known = {number.number for number in party.numbers}
    lines = [
        f"{one.kind}: {one.number}" + "".join(f" ({part})" for part in (one.country, one.note) if part)
        for one in party.numbers
    ]
    return lines + [number for number in party.identifiers if number not in known]


def source_lines(party: ListedParty, entry: CatalogueEntry, version: Version, current: Current | None) -> list[str]:
    """Where an entry of a list that is held is from."""
    addresses = [file.address or f"{file.name} (added by hand)" for file in version.files]
    lines = [f"{entry.title}; {entry.publisher}", party.source, *addresses]
    lines.append(f"published {version.published or 'on a day that it does not say'}")
    if current is not None:
        lines.append(f"as of {current.checked_at.date()}")
    lines.append(f"version {version.fingerprint}")
    return [line for line in lines if line]


def print_changes(out: Console, changes: Sequence[Change], old: str, new: str) -> None:
    """What changed, in sentences; the counts last."""
    for change in changes:
        write(out, change.words)
    counts: dict[str, int] = {}
    for change in changes:
        counts[change.what] = counts.get(change.what, 0) + 1
    said = ", ".join(f"{count:,} {what}" for what, count in counts.items()) or "no change"
    write(out, f"{old} to {new}: {said}", "bold")


def change_object(change: Change) -> dict[str, Any]:
    return {
        "change": change.what,
        "id": change.id,
        "name": change.name,
        "before": list(change.before),
        "after": list(change.after),
        "words": change.words,
    }


def changes_csv(changes: Sequence[Change]) -> str:
    """The changes as CSV; a cell that a spreadsheet would run gets an apostrophe in front."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(("change", "id", "name", "before", "after", "words"))
    for change in changes:
        cells = (change.what, change.id, change.name, "; ".join(change.before), "; ".join(change.after), change.words)
        writer.writerow([f"'{cell}" if is_formula(cell) else cell for cell in cells])
    return stream.getvalue()
