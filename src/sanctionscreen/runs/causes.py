"""Why a row came out otherwise: what changed in it, against what the two runs do not rest on alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sanctionscreen.runs.basis import IN_FORCE, Difference
from sanctionscreen.runs.list_entries import EntryFate, Fate, ListEntries
from sanctionscreen.runs.result_rows import ResultHit, ResultRow

SEVERAL = "several"
SHIPMENT = "another line of its shipment"
_BESIDE_LISTS = ("reading", "date", "engine")
"""What can change a hit though its list entry is as it was."""
_WEIGHTS = "other entries changed, and with them what a word is worth as evidence"
_SHOWN_CELLS = 4
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row that is not what it was."""

    before: int | None
    """Number of the row in the first run; None where it is new."""
    after: int | None
    cause: str
    """input, list, rule, goods, profile, engine, date, option, reading; `several` where it cannot be decided."""
    because: tuple[str, ...]
    """What of it: the list, the rule; with `several`, all that may have done it."""
    what: tuple[str, ...]
    """What changed in the row, in words."""
    entries: tuple[str, ...] = ()
    """What became of the list entries behind hits that changed, in words; why it is not known, where it is not."""


class Causes:
    """Decides for the rows of two runs; what is the same in both can have caused nothing."""

    def __init__(
        self,
        before: Mapping[str, Any],
        after: Mapping[str, Any],
        differing: Sequence[Difference],
        entries: ListEntries,
    ) -> None:
        self._differing = [one for one in differing if one.kind != IN_FORCE]  # that follows from day and profile
        self._kinds = {one.kind for one in self._differing}
        self._entries = entries
        self._lists = frozenset(one.name for one in self._differing if one.kind == "list")
        self._unstored = dict(self._unstored_lists(before, after))
        self._rules = frozenset(one.name for one in self._differing if one.kind == "rule")

    def of(self, before: ResultRow, after: ResultRow) -> RowChange | None:
        """What changed in a row and why; None where nothing did."""
        what = list(_told(before, after))
        if not what:
            return None
        entries: dict[str, None] = {}
        found = dict.fromkeys(self._found(before, after, entries))
        if not found and before.shipment != after.shipment and before.decision == after.decision and len(what) == 1:
            return RowChange(before.row, after.row, SHIPMENT, (), tuple(what))
        cause, because = self._decided(list(found))
        return RowChange(before.row, after.row, cause, because, tuple(what), tuple(entries))

    def _decided(self, found: Sequence[tuple[str, str]]) -> tuple[str, tuple[str, ...]]:
        """The one cause; or several, with all that may be it."""
        kinds = {kind for kind, _ in found}
        if len(kinds) == 1:
            return found[0][0], tuple(name for _, name in found if name)
        if not found and len(self._kinds) == 1:
            return self._differing[0].kind, tuple(one.name for one in self._differing if one.name)
        may = found or [(one.kind, one.name) for one in self._differing]
        return SEVERAL, tuple(f"{kind} {name}".strip() for kind, name in may) or ("nothing that was recorded",)

    def _found(self, before: ResultRow, after: ResultRow, entries: dict[str, None]) -> Iterator[tuple[str, str]]:
        """Causes that something in the row speaks for; what became of list entries is noted."""
        if before.cells != after.cells:
            yield "input", ""
        changed_hits = [key for key in {**before.hits, **after.hits} if before.hits.get(key) != after.hits.get(key)]
        for key in changed_hits:
            hit = before.hits.get(key) or after.hits[key]
            yield from self._of_hit(hit, entries, is_same_input=before.cells == after.cells)
        for rule in _changed(before.findings, after.findings):
            yield from self._of_rule(rule, before, after, has_hits=bool(changed_hits))
        for rule in _changed(before.unknown, after.unknown):
            if rule in self._rules:
                yield "rule", rule
        if before.findings == after.findings and not changed_hits and before.cells == after.cells:
            yield from self._of_score(before, after)

    def _of_hit(self, hit: ResultHit, entries: dict[str, None], *, is_same_input: bool) -> Iterator[tuple[str, str]]:
        """The list of a hit, where its entry changed; else what else can change a hit."""
        name = self._list_behind(hit)
        others = list(self._only(*_BESIDE_LISTS)) if is_same_input else []
        if not name:
            yield from others
            return
        entry = self._fate(name, hit)
        entries[entry.said] = None
        if entry.fate is not Fate.SAME:
            yield "list", name
        if entry.fate is not Fate.CHANGED:
            yield from others
        if entry.fate is Fate.SAME and is_same_input and not others:
            entries[_WEIGHTS] = None
            yield from (("list", one) for one in sorted(self._lists))

    def _list_behind(self, hit: ResultHit) -> str:
        """The changed list that a hit is from; empty where it is from none."""
        published = hit.entity_id.partition(":")[0] if hit.entity_id else hit.list
        if hit.entity_id and published in self._entries.lists:
            return published if published in self._lists else ""
        unstored = self._unstored.get(hit.list, "")
        if published in self._entries.lists and published in self._lists and not hit.entity_id:
            return published if not unstored or self._entries.has_name(published, hit.name) else unstored
        return unstored

    def _fate(self, name: str, hit: ResultHit) -> EntryFate:
        if name in self._entries.lists:
            return self._entries.of(name, hit.entity_id, hit.name)
        said = f"whether {hit.name} changed in {name} could not be looked up: no data folder keeps versions of it"
        return EntryFate(Fate.OPEN, said)

    def _of_rule(self, rule: str, before: ResultRow, after: ResultRow, *, has_hits: bool) -> Iterator[tuple[str, str]]:
        if rule in self._rules:
            yield "rule", rule
        elif (has_hits and (rule in before.on_hits | after.on_hits or not _says_evidence(before, after))) or (
            before.cells != after.cells
        ):
            return  # it follows the hits, or the cells
        else:
            yield from self._only("goods", "profile", "date", "reading", "engine")

    def _of_score(self, before: ResultRow, after: ResultRow) -> Iterator[tuple[str, str]]:
        """The same findings, valued otherwise: by the weight of a rule, or by the profile."""
        if (before.score, before.decision) == (after.score, after.decision):
            return
        weighed = [rule for rule in after.findings if rule in self._rules]
        yield from (("rule", rule) for rule in weighed)
        yield from self._only("profile", *(() if weighed else ("engine",)))

    def _only(self, *kinds: str) -> Iterator[tuple[str, str]]:
        """Those of the kinds that differ at all."""
        for one in self._differing:
            if one.kind in kinds:
                yield one.kind, one.name

    def _unstored_lists(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """The changed file behind each list that hits name, of those that no data folder keeps; own files last."""
        for held in (before, after):
            lists = held["lists"]
            if "embedded entities" in self._lists:
                yield from ((name, "embedded entities") for name in lists["embedded_ids"])
            for own in lists["own"]:
                if own["name"] in self._lists:
                    yield from ((name, own["name"]) for name in own["ids"])


def _says_evidence(before: ResultRow, after: ResultRow) -> bool:
    """The results are of a format that says on what a finding rests."""
    return "contributions" in before.others and "contributions" in after.others


def _changed(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    return sorted(key for key in {**before, **after} if before.get(key) != after.get(key))


def _told(before: ResultRow, after: ResultRow) -> Iterator[str]:
    """What changed in a row, in words; what follows from something named is not named again."""
    yield from _cells_told(before.cells, after.cells)
    for name in ("decision", "score", "shipment"):
        one, other = getattr(before, name), getattr(after, name)
        if one != other:
            yield f"{'shipment decision' if name == 'shipment' else name} {one or 'none'}, now {other or 'none'}"
    yield from _keyed("hit", before.hits, after.hits, lambda hit: f"{hit.said} on {hit.list}" if hit.list else hit.said)
    yield from _keyed("finding", dict.fromkeys(before.findings), dict.fromkeys(after.findings), str)
    for rule in _changed(before.findings, after.findings):
        if rule in before.findings and rule in after.findings:
            yield f"finding {rule} rests on other values"
    yield from _keyed("not known", dict.fromkeys(before.unknown), dict.fromkeys(after.unknown), str)
    for name in _changed(before.others, after.others):
        if name in ("warnings", "quality", "gates"):
            yield f"{name} changed"
    if before.others.get("reasons") != after.others.get("reasons") and before.findings == after.findings:
        yield "reasons changed"


def _keyed(what: str, before: Mapping[str, Any], after: Mapping[str, Any], said: Callable[[Any], str]) -> Iterator[str]:
    for key in sorted({**before, **after}):
        if key not in after:
            yield f"{what} gone: {said(before[key] or key)}"
        elif key not in before:
            yield f"{what} new: {said(after[key] or key)}"
        elif before[key] != after[key]:
            yield f"{what} changed: {said(after[key])}"


def _cells_told(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    changed = _changed(before, after)
    for name in changed[:_SHOWN_CELLS]:
        yield f"cell {name!r}: {_cut(before.get(name))}, now {_cut(after.get(name))}"
    if len(changed) > _SHOWN_CELLS:
        yield f"{len(changed) - _SHOWN_CELLS} more cells"


def _cut(cell: str | None) -> str:
    if cell is None:
        return "no column"
    return repr(cell if len(cell) <= _SHOWN else cell[: _SHOWN - 1] + "…")
