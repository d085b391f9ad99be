"""What every list file shares: an opening that says what it is, expected counts, citations, a fingerprint."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from sanctionscreen import countries, strict_yaml
from sanctionscreen.errors import SanctionScreenError, WatchlistError, suggestion
from sanctionscreen.strict_yaml import Entry, Node

Faults = list[SanctionScreenError]
T = TypeVar("T")

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]*")

MAX_VALUES = 1_000_000  # the largest official list has under 20,000 parties, each of about 20 values


@dataclass(frozen=True, slots=True)
class Heading:
    """What a list file says about itself."""

    id: str
    title: str
    issuer: str
    retrieved: date | None
    """Day on which the facts of the file were last checked."""
    source: str = ""
    licence: str = ""
    note: str = ""


EMPTY_HEADING = Heading("", "", "", None)


def open_file(path: Path, faults: Faults) -> tuple[Node, Entry] | None:
    """The root of a list file as node and as entry; None, with a fault noted, when it cannot be read."""
    try:
        node = strict_yaml.read(path, WatchlistError, most_values=MAX_VALUES)
    except WatchlistError as fault:
        faults.append(fault)
        return None
    return node, Entry(node, "the list file", faults, WatchlistError)


def read_heading(root: Entry) -> Heading:
    """Take the key `list` of a file."""
    entry = root.entry("list", "the opening of the list file", required=True)
    if entry is None:
        return EMPTY_HEADING
    heading = Heading(
        id=read_id(entry),
        title=entry.text("title"),
        issuer=entry.text("issuer"),
        retrieved=entry.optional_day("retrieved", required=True),
        source=entry.optional_text("source") or "",
        licence=entry.optional_text("licence") or "",
        note=entry.optional_text("note") or "",
    )
    entry.close()
    return heading


def check_counts(root: Entry, required: Mapping[str, int], optional: Mapping[str, int] = MappingProxyType({})) -> None:
    """Take the key `expect`, the least count of each kind of entry.

    A list that lost entries must fail here, not clear a shipment.
    """
    entry = root.entry("expect", "the expected counts", required=True)
    if entry is None:
        return
    for what, count in {**required, **optional}.items():
        at = entry.location(what)
        least = entry.optional_number(what, high=10_000_000, required=what in required) or 0
        if count < least:
            entry.fault(f"holds {count} {what}, fewer than the {least:g} that the file expects", at)
    entry.close()


def read_id(entry: Entry) -> str:
    """Take the key `id`: letters, digits and . _ : -"""
    at = entry.location("id")
    found = entry.text("id")
    if found and not _ID.fullmatch(found):
        entry.fault(f"the id {found!r} may hold letters, digits and . _ : - only", at)
    return found


def read_unique(
    root: Entry, key: str, what: str, read: Callable[[str, Entry], T], *, required: bool = True
) -> dict[str, T]:
    """Read each entry of a list with `read`, by its id; an id given twice is a fault, and the first one stands."""
    lines: dict[str, int | None] = {}
    values: dict[str, T] = {}
    for entry in root.entries(key, what, required=required):
        at = entry.location("id")
        entry_id = read_id(entry)
        entry.what = f"{what} {entry_id!r}" if entry_id else what
        value = read(entry_id, entry)
        entry.close()
        if entry_id in values:
            entry.fault(f"the id {entry_id!r} is given twice, first at line {lines[entry_id]}", at)
        elif entry_id:
            lines[entry_id], values[entry_id] = at.line, value
    return values


def declared_ids(root: Node, key: str) -> frozenset[str]:
    """The ids that the entries under `key` declare, before they are read: entries of one file may cite later ones."""
    listed = root.entries.get(key) if isinstance(root, strict_yaml.Mapping) else None
    items = listed.items if isinstance(listed, strict_yaml.Sequence) else []
    ids = (item.entries.get("id") for item in items if isinstance(item, strict_yaml.Mapping))
    return frozenset(found.text for found in ids if isinstance(found, strict_yaml.Scalar))


def read_citations(entry: Entry, key: str, known: Collection[str] | None, what: str) -> tuple[str, ...]:
    """Take a list of ids; each must be known, unless nothing is known here (None)."""
    cited = entry.scalars(key)
    for scalar in cited:
        if known is not None and scalar.text not in known:
            problem = f"{key!r} of {entry.what} cites the unknown {what} {scalar.text!r}"
            entry.fault(problem + suggestion(scalar.text, sorted(known)), scalar.at)
    return tuple(scalar.text for scalar in cited)


def read_countries(entry: Entry, key: str, *, required: bool = False) -> tuple[str, ...]:
    """Take a list of ISO 3166-1 alpha-2 codes, each once."""
    found = entry.scalars(key, required=required)
    known = countries.names()
    good: dict[str, None] = {}
    for scalar in found:
        if scalar.text not in known:
            entry.fault(f"{scalar.text!r} in {key!r} of {entry.what} is no ISO country code such as KZ", scalar.at)
        elif scalar.text in good:
            entry.fault(f"{scalar.text!r} stands twice in {key!r} of {entry.what}", scalar.at)
        else:
            good[scalar.text] = None
    return tuple(good)


def fingerprint(files: Mapping[str, Node]) -> str:
    """SHA-256 of what the files say, by name; comments, layout and the order of keys do not count."""
    content = {name: _content(node) for name, node in files.items()}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _content(node: Node) -> Any:
    if isinstance(node, strict_yaml.Scalar):
        return None if node.is_null else node.text.strip()
    if isinstance(node, strict_yaml.Sequence):
        return [_content(item) for item in node.items]
    return {key: _content(value) for key, value in node.entries.items()}
