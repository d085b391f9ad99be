"""What a run rests on, as its manifest names it: input, reading, lists, rules, goods, profile, code, day, options."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sanctionscreen.runs.files import FileFacts, described, program_digest
from sanctionscreen.version import __version__

if TYPE_CHECKING:
    from sanctionscreen.ingest import Table
    from sanctionscreen.screening import Screener

IN_FORCE = "rule in force"
"""A rule that a day or a profile puts into force or out of it, though it is written as it was."""


@dataclass(frozen=True, slots=True)
class Given:
    """The files that a user named beside the input, in their order, and the options that can change a result."""

    packs: Sequence[Path] = ()
    lists: Sequence[Path] = ()
    goods: Sequence[Path] = ()
    profile: Path | None = None
    mapping: Path | None = None
    options: Mapping[str, Any] = field(default_factory=dict)

    def files(self) -> Iterator[tuple[str, Path]]:
        """All of them, with what each is."""
        for what, paths in (("rule pack", self.packs), ("watchlist", self.lists), ("goods file", self.goods)):
            for path in paths:
                yield what, path
        for what, one in (("profile", self.profile), ("mapping", self.mapping)):
            if one is not None:
                yield what, one


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that two runs do not rest on alike."""

    kind: str
    """input, reading, list, rule, rule in force, goods, profile, engine, date or option."""
    name: str
    """Which one: a list, a rule, an option; empty where there is only one of its kind."""
    before: str
    after: str

    @property
    def said(self) -> str:
        """In words."""
        what = f"{self.kind} {self.name}".strip()
        if not self.before:
            return f"{what} was not there before"
        return f"{what} is gone" if not self.after else f"{what}: {self.before}, now {self.after}"


def basis_of(screener: Screener, table: Table, source: FileFacts, given: Given) -> dict[str, Any]:
    """What a run of a screener over a table rests on."""
    return {
        "input": source.as_object(),
        "reading": _reading(table, given),
        **_sources(screener, given),
        "options": dict(given.options),
    }


def _reading(table: Table, given: Given) -> dict[str, Any]:
    return {
        "form": dict(table.form),
        "headers": list(table.headers),
        "mapping": _columns(table),
        "constants": dict(table.header_map.constants),
        "mapping_file": described(given.mapping).as_object() if given.mapping else None,
        "habits": {name: str(habit) for name, habit in table.habits.items()},
    }


def _columns(table: Table) -> dict[str, str]:
    """What each column is read as, by its header."""
    held, headers = table.header_map, table.headers
    found = dict(table.mapping)
    for said, more in (("further", held.others), ("added to", held.parts)):
        found.update({headers[place]: f"{said} {name}" for name, places in more.items() for place in places})
    return found


def _sources(screener: Screener, given: Given) -> dict[str, Any]:
    sources, held = screener.sources, screener.fingerprints
    official = sources.official
    own = sources.watchlists[len(sources.watchlists) - len(given.lists) :] if given.lists else ()
    return {
        "as_of": held.as_of.isoformat(),
        "lists": {
            "fingerprint": held.lists,
            "embedded": {
                "documents": sources.seeds.fingerprint,
                "entities": sources.watchlists[0].fingerprint,
                "geography": sources.geography.fingerprint,
                "goods": sources.goods.fingerprint,
            },
            "embedded_ids": sorted(info.id for info in sources.watchlists[0].lists),
            "own": [
                {**described(path).as_object(), "fingerprint": one.fingerprint, "ids": sorted(i.id for i in one.lists)}
                for path, one in zip(given.lists, own, strict=True)
            ],
            "official": [
                {
                    "id": one.entry.id,
                    "title": one.entry.title,
                    "version": one.version.fingerprint,
                    "format": one.version.format,
                    "published": one.version.published.isoformat() if one.version.published else None,
                    "stored_at": one.version.stored_at.isoformat(),
                    "entries": one.version.entries,
                }
                for one in (official.held if official else ())
            ],
            "official_set": official.fingerprint if official else None,
            "stale": list(held.stale_lists),
        },
        "rules": {
            "fingerprint": held.rules,
            "packs": list(screener.rules.packs),
            "files": [described(path).as_object() for path in given.packs],
            "rules": {rule.id: rule.fingerprint for rule in screener.rules.rules},
            "exceptions": sorted(one.id for one in screener.rules.exceptions),
        },
        "goods_files": [described(path).as_object() for path in given.goods],
        "profile": {
            "id": screener.profile.id,
            "version": screener.profile.version,
            "fingerprint": held.profile,
            "file": described(given.profile).as_object() if given.profile else None,
        },
        "code": {"version": __version__, "fingerprint": held.code, "program": program_digest()},
    }


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """All that two bases do not have alike, in the order in which a run takes them up.

    Raises:
        KeyError, TypeError, AttributeError: one of them is none.
    """
    is_same_set = before["rules"]["fingerprint"] == after["rules"]["fingerprint"]
    rule = IN_FORCE if is_same_set else "rule"
    found = [
        *_told("input", "", _file(before["input"]), _file(after["input"])),
        *_reading_differences(before["reading"], after["reading"]),
        *_list_differences(before["lists"], after["lists"]),
        *_each(rule, before["rules"]["rules"], after["rules"]["rules"]),
        *_told(rule, "exceptions", _joined(before["rules"]["exceptions"]), _joined(after["rules"]["exceptions"])),
        *_told("goods", "lists", *(one["lists"]["embedded"]["goods"] for one in (before, after))),
        *_told("profile", "", *(_profile(one["profile"]) for one in (before, after))),
        *_told("engine", "", *(_engine(one["code"]) for one in (before, after))),
        *_told("date", "", before["as_of"], after["as_of"]),
        *_each("option", before["options"], after["options"]),
    ]
    if not is_same_set and not any(one.kind == "rule" for one in found):  # such as the wording of an exception
        found += _told("rule", "set", before["rules"]["fingerprint"], after["rules"]["fingerprint"])
    return found


def _reading_differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Difference]:
    yield from _told("reading", "headers", _joined(before["headers"]), _joined(after["headers"]))
    for name in ("form", "mapping", "constants", "habits"):
        yield from _each("reading", before[name], after[name])


def _list_differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Difference]:
    for name in ("documents", "entities", "geography"):
        yield from _told("list", f"embedded {name}", before["embedded"][name], after["embedded"][name])
    own_before = {one["name"]: one["fingerprint"] for one in before["own"]}
    yield from _each("list", own_before, {one["name"]: one["fingerprint"] for one in after["own"]})
    versions = {one["id"]: one["version"] for one in before["official"]}
    yield from _each("list", versions, {one["id"]: one["version"] for one in after["official"]})
    yield from _told("list", "standing", _joined(before["stale"]) or "fresh", _joined(after["stale"]) or "fresh")


def _each(kind: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Difference]:
    for name in sorted({*before, *after}):
        yield from _told(kind, name, str(before.get(name, "")), str(after.get(name, "")))


def _told(kind: str, name: str, before: str, after: str) -> Iterator[Difference]:
    if before != after:
        yield Difference(kind, name, _short(before), _short(after))


def _file(one: Mapping[str, Any]) -> str:
    return f"{one['sha256'][:16]} ({one['size']:,} bytes)"


def _profile(one: Mapping[str, Any]) -> str:
    return f"{one['id']} {one['version']} {one['fingerprint'][:16]}"


def _engine(code: Mapping[str, Any]) -> str:
    return f"{code['version']} {code['program'][:16]}"


def _joined(texts: Sequence[str]) -> str:
    return ", ".join(texts)


def _short(text: str) -> str:
    """Enough of a fingerprint or a list of headers for people."""
    is_digest = len(text) == 64 and not set(text) - set("0123456789abcdef")
    return text[:16] if is_digest else text if len(text) <= 120 else text[:119] + "…"
