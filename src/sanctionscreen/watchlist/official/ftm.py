"""Entities of FollowTheMoney as JSON: entities.ftm.json and targets.nested.json of OpenSanctions, or anyone's own.

Format: https://followthemoney.tech/explorer/. Sanctions, addresses, documents and relations are entities of their own,
and are joined to the party that they name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from sanctionscreen.errors import Location, WatchlistError
from sanctionscreen.model import ListedParty, Listing, Measure
from sanctionscreen.watchlist.official import ftm_tables as ftm
from sanctionscreen.watchlist.official.json_records import json_records
from sanctionscreen.watchlist.official.reading import Draft, Report, read_date, unknown_names
from sanctionscreen.watchlist.official.topics import listed_measure, measures_of, programme_measure, with_listings

_ISO = re.compile(r"\b\d{4}(?:-\d\d){0,2}\b")
_ENDED = frozenset("expired inactive revoked lifted removed delisted terminated".split())
_IN_FORCE = frozenset("active sanctioned suspended in-force current listed".split())
"""A suspended listing can come back any day; it counts as in force."""
_MIXED = "the party has several topics, and the file does not say which is of this programme: the strongest is taken"
_SAID_ELSEWHERE = ftm.UNSAID | ftm.NAME_PARTS | ftm.NAMES.keys()
_EDGES = frozenset(ftm.EDGES)
_ENTITY_KEYS = frozenset(
    "id caption schema properties referents datasets origin first_seen last_seen last_change target".split()
)


@dataclass(slots=True)
class _Joined:
    """What the other entities of a file say of the parties, by the id of the party."""

    sanctions: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    documents: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    addresses: dict[str, dict[str, Any]] = field(default_factory=dict)
    edges: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    captions: dict[str, str] = field(default_factory=dict)


def read_ftm(files: Mapping[str, Path], report: Report) -> Iterator[ListedParty]:
    """The parties of entities.ftm.json or targets.nested.json, with what other entities of the file say of them.

    The file is read twice: sanctions, addresses, documents and relations stand before or after their party. Entities
    that are no target and have no topic are named by others, and left out. Memory holds what is joined, and captions.

    Raises:
        WatchlistError: as `json_records`; an entity without id, schema or properties, an id twice, or an unknown topic.
    """
    path = files["main"]
    joined = _join(path)
    seen: set[str] = set()
    for line, entity in json_records(path):
        at = Location(path.name, line)
        _check_entity(entity, at)
        ftm.see_day(report, str(entity.get("last_seen") or ""))
        unknown_names(entity, _ENTITY_KEYS, "key", report)
        schema = entity["schema"]
        if schema in ("Sanction", *ftm.DOCUMENTS) or schema in ftm.EDGES or schema == "Address":
            report.counts[f"{schema} entities"] += 1
            continue
        ftm.check_id(entity["id"], seen, at)
        if schema in ftm.NO_PARTIES:
            report.left_out[f"{schema}: no party"] += 1
        elif party := _Party(entity, joined, report, at).read():
            yield party
    lost = sum(len(found) for found in joined.sanctions.values()) - report.counts["sanctions joined"]
    if lost:
        report.unknown["sanctions of an entity that is no party of the file"] += lost
    report.check(path.name)


def _join(path: Path) -> _Joined:
    """First reading: everything that is joined to parties by an id."""
    joined = _Joined()
    for line, entity in json_records(path):
        _check_entity(entity, Location(path.name, line))
        schema, key = entity["schema"], entity["id"]
        if schema == "Sanction":
            for holder in _texts(entity, "entity"):
                joined.sanctions[holder].append(entity)
        elif schema in ftm.DOCUMENTS:
            for holder in _texts(entity, "holder"):
                joined.documents[holder].append(entity)
        elif schema == "Address":
            joined.addresses[key] = entity
        elif schema in ftm.EDGES:
            for end, _ in ftm.EDGES[schema]:
                for holder in _texts(entity, end):
                    joined.edges[holder].append(entity)
        else:
            joined.captions[key] = _caption(entity)
    return joined


class _Party:
    """One entity of FollowTheMoney on its way to a party."""

    def __init__(self, entity: dict[str, Any], joined: _Joined, report: Report, at: Location) -> None:
        self._entity, self._joined, self._report, self._at = entity, joined, report, at
        self._draft = Draft(
            entity["id"], kind=ftm.kind_of(entity["schema"], report), source=f"{at.file} line {at.line}"
        )
        key = entity["id"]
        listed = (values for values in entity["properties"].values() if isinstance(values, list))
        found = [value for values in listed for value in values if isinstance(value, dict)]
        self._within = [value for value in found if "schema" in value]
        if len(found) > len(self._within):
            report.unknown["value that is neither text nor entity"] += len(found) - len(self._within)
        for value in self._within:
            _check_entity(value, at)
        self._sanctions = [*joined.sanctions.get(key, ()), *self._nested({"Sanction"})]

    def read(self) -> ListedParty | None:
        topics = measures_of(_texts(self._entity, "topics"), self._report, self._at)
        if not topics and not self._sanctions and self._entity.get("target") is False:
            self._report.left_out["named by another entry, not listed"] += 1
            return None
        self._names()
        self._properties()
        self._join()
        party = self._draft.done(self._report)
        if party is None:
            return None
        self._report.counts["sanctions joined"] += len(self._joined.sanctions.get(self._entity["id"], ()))
        return with_listings(party, self._listings(topics))

    def _names(self) -> None:
        self._draft.name(_caption(self._entity), "primary")
        for name, (quality, kind) in ftm.NAMES.items():
            for text in _texts(self._entity, name):
                self._draft.name(text, quality, kind=kind)

    def _properties(self) -> None:
        draft, report = self._draft, self._report
        for name, values in self._entity["properties"].items():
            if not isinstance(values, list):
                report.unknown["property that is no list"] += 1
            for text in _texts(self._entity, name):
                if name in ftm.NUMBERS:
                    draft.number(ftm.NUMBERS[name], text)
                elif name in ftm.DATES:
                    draft.date(ftm.DATES[name], text)
                elif name in ftm.COUNTRIES:
                    ftm.add_country(draft, text, report)
                elif name == "address":
                    draft.address(text)
                elif name in ftm.REMARKS:
                    draft.remark(f"{name}: {text}")
                elif name not in _SAID_ELSEWHERE:
                    report.unknown[f"property {name[:80]!r}"] += 1
                    draft.remark(f"{name}: {text}")

    def _join(self) -> None:
        key, joined = self._entity["id"], self._joined
        for document in (*joined.documents.get(key, ()), *self._nested(ftm.DOCUMENTS)):
            self._document(document)
        referred = _texts(self._entity, "addressEntity")
        for address in (
            *(joined.addresses[one] for one in referred if one in joined.addresses),
            *self._nested({"Address"}),
        ):
            self._draft.address(_address(address))
        missing = sum(one not in joined.addresses for one in referred)
        if missing:
            self._report.unknown["address that the file does not hold"] += missing
        for edge in (*joined.edges.get(key, ()), *self._nested(_EDGES)):
            self._edge(edge)
        for sanction in self._sanctions:
            for name in ("reason", "provisions", "summary"):
                for text in _texts(sanction, name):
                    self._draft.remark(f"{name}: {text}")

    def _nested(self, schemata: Collection[str]) -> Iterator[dict[str, Any]]:
        """Entities that targets.nested.json writes within a property of the party."""
        return (value for value in self._within if value.get("schema") in schemata)

    def _document(self, document: dict[str, Any]) -> None:
        kind = next(iter(_texts(document, "type")), document["schema"])
        country = next(iter(_texts(document, "country")), "")
        numbers = _texts(document, "number") + _texts(document, "passportNumber")
        for number in numbers:
            self._draft.number(kind, number, country=country.upper() if len(country) == 2 else "")
        if not numbers:
            self._report.unknown["document without a number"] += 1

    def _edge(self, edge: dict[str, Any]) -> None:
        """Tell the party what the ends of an edge other than itself are to it."""
        ends = ftm.EDGES[edge["schema"]]
        for end, words in ends:
            for value in edge["properties"].get(end) or ():
                other = value.get("id", "") if isinstance(value, dict) else str(value)
                if other and other != self._entity["id"]:
                    caption = _caption(value) if isinstance(value, dict) else self._joined.captions.get(other, other)
                    self._draft.remark(f"{words} {caption}{_about(edge)}")

    def _listings(self, topics: Mapping[Measure, str]) -> list[Listing]:
        """A listing for each programme of each sanction, of the party, and for each topic that these do not explain."""
        default = next(iter(topics), None if not self._sanctions else listed_measure(self._report))
        found = [
            listing
            for sanction in self._sanctions
            for listing in self._of_sanction(sanction, default or self._report.measure, len(topics) > 1)
        ]
        held = {listing.programme for listing in found}
        for programme in _texts(self._entity, "programId"):
            if programme not in held:
                measure = programme_measure(programme) or default or self._report.measure
                found.append(self._listing(measure, programme, len(topics) > 1))
        given = {listing.measure for listing in found}
        found += [self._listing(measure, topic) for measure, topic in topics.items() if measure not in given]
        return found or [self._listing(self._report.measure, "")]

    def _of_sanction(self, sanction: dict[str, Any], default: Measure, is_mixed: bool) -> Iterator[Listing]:
        starts = _days(_texts(sanction, "startDate") + _texts(sanction, "listingDate"))
        ends = _days(_texts(sanction, "endDate"))
        has_ended = self._has_ended(sanction) and not ends
        programmes = _texts(sanction, "programId") or _texts(sanction, "program") or _texts(sanction, "authority")
        for programme in programmes or [""]:
            measure = programme_measure(programme)
            yield Listing(
                list=self._report.list,
                measure="context" if has_ended else measure or default,
                programme=programme,
                entry_number=next(iter(_texts(sanction, "authorityId")), sanction["id"]),
                listed_from=min(starts, default=None),
                listed_until=max(ends, default=None),
                date_basis="earliest of several dates" if len(set(starts)) > 1 else "",
                citation=next(iter(_texts(sanction, "sourceUrl")), self._draft.source),
                confidence=_MIXED if is_mixed and not measure else "",
            )

    def _has_ended(self, sanction: dict[str, Any]) -> bool:
        words = [text.casefold() for text in _texts(sanction, "status")]
        for word in words:
            if word not in _ENDED | _IN_FORCE:
                self._report.unknown[f"status of a sanction {word[:80]!r}"] += 1
        return bool(words) and all(word in _ENDED for word in words)

    def _listing(self, measure: Measure, programme: str, is_mixed: bool = False) -> Listing:
        return Listing(
            list=self._report.list,
            measure=measure,
            programme=programme,
            entry_number=self._entity["id"],
            citation=self._draft.source,
            confidence=_MIXED if is_mixed and not programme_measure(programme) else "",
        )


def _check_entity(entity: dict[str, Any], at: Location) -> None:
    for key, kind in (("id", str), ("schema", str), ("properties", dict)):
        if not isinstance(entity.get(key), kind) or (not entity[key] and key != "properties"):
            raise WatchlistError(f"holds an object without {key!r}: it is no entity of FollowTheMoney", at)


def _texts(entity: dict[str, Any], name: str) -> list[str]:
    """The values of a property that are text; a single value stands for a list of one."""
    values = entity["properties"].get(name)
    if values is None:
        return []
    listed = values if isinstance(values, list) else [values]
    return [text for value in listed if isinstance(value, str | int | float) and (text := str(value).strip())]


def _caption(entity: dict[str, Any]) -> str:
    names = _texts(entity, "name")
    parts = [" ".join(_texts(entity, part)[:1]) for part in ("firstName", "middleName", "lastName")]
    return str(entity.get("caption") or "") or next(iter(names), "") or " ".join(part for part in parts if part)


def _address(entity: dict[str, Any]) -> str:
    full = _texts(entity, "full")
    if full:
        return full[0]
    parts = ("remarks", "postOfficeBox", "street", "street2", "city", "postalCode", "region", "state", "country")
    return ", ".join(text for part in parts for text in _texts(entity, part)[:1])


def _about(edge: dict[str, Any]) -> str:
    share = [f"{text} %" for text in _texts(edge, "percentage")]
    said = [text for name in ("role", "relationship", "status", "summary") for text in _texts(edge, name)]
    span = [f"from {text}" for text in _texts(edge, "startDate")] + [f"to {text}" for text in _texts(edge, "endDate")]
    about = ", ".join(share + said + span)
    return f" ({about})" if about else ""


def _days(texts: Iterable[str]) -> list[date]:
    return [day for text in texts if _ISO.match(text) and (day := read_date(text[:10])[0])]
