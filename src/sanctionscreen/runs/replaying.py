"""A run repeated from its inputs, lists and packs, named by fingerprint: the same bytes, or what differs."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sanctionscreen.errors import InputError, Location, SanctionScreenError, StaleListError, WatchlistError
from sanctionscreen.report.writers import Format
from sanctionscreen.runs import chain
from sanctionscreen.runs.alignment import Step, align
from sanctionscreen.runs.basis import Difference, Given, basis_of, differences
from sanctionscreen.runs.files import Watched, described
from sanctionscreen.runs.manifest import Manifest, RecordedOutput, read_manifest
from sanctionscreen.runs.plan import Output, Plan
from sanctionscreen.runs.recording import Edge, Work, carry_out, facts_of
from sanctionscreen.runs.rendering import layout_of
from sanctionscreen.watchlist.store import Store

if TYPE_CHECKING:
    from sanctionscreen.report.summary import Tally
    from sanctionscreen.report.writers import RunFacts
    from sanctionscreen.screening import Run, Screener

_CHUNK_ROWS = 10_000


@dataclass(frozen=True, slots=True)
class Where:
    """Where to look for what a record names."""

    folders: Sequence[Path] = ()
    """Beside where everything was, and beside the record."""
    input: Path | None = None
    data_dir: Path | None = None


@dataclass(frozen=True, slots=True)
class Repeated:
    """One text result of the repetition beside what the run wrote."""

    name: str
    is_same: bool
    rows: tuple[int, ...]
    """Rows that came out otherwise; empty where the chain that would name them is gone."""


@dataclass(frozen=True, slots=True)
class Replay:
    """What came of a repetition."""

    manifest: Manifest
    differences: tuple[Difference, ...]
    """What the repetition did not rest on alike; the program at most."""
    results: tuple[Repeated, ...]
    counts: Mapping[str, int]
    not_compared: tuple[str, ...]
    """Results of formats whose bytes are not promised."""

    @property
    def is_same(self) -> bool:
        return all(one.is_same for one in self.results)


def replay(path: Path, where: Where, edge: Edge) -> Replay:
    """Repeat a run and compare what it writes with what its record says.

    Args:
        path: a manifest, or a result beside one.

    Raises:
        InputError: it has no record, or the record was edited.
        ExceptionGroup: of what is not there any more or is not what it was: files, packs, list versions.
    """
    manifest = read_manifest(path)
    if not manifest.is_sealed:
        raise InputError("was edited: its seal is not that of what it says", Location(str(manifest.path)))
    found = _Finder(manifest, where)
    with tempfile.TemporaryDirectory(prefix="sanctionscreen-") as folder:
        return _repeated(manifest, found, Path(folder), edge)


def _repeated(manifest: Manifest, found: _Finder, folder: Path, edge: Edge) -> Replay:
    from sanctionscreen.ingest import open_table
    from sanctionscreen.ingest.mapping import read_mapping

    source, given = found.all()
    screener = _screener(manifest, given, found.data_dir)
    wanted = _chained(manifest.outputs)
    plan = Plan(tuple(Output(form, folder / f"result.{form.value}") for form in wanted))
    mapping = read_mapping(given.mapping) if given.mapping else None
    watched = Watched(source)
    options = manifest.basis["options"]
    with open_table(source, chunk_rows=_CHUNK_ROWS, sheet=options.get("sheet"), mapping=mapping) as table:

        def facts(tally: Tally, run: Run) -> RunFacts:
            watched.check_unchanged()
            return facts_of(screener, table, run, tally, ())

        now = basis_of(screener, table, watched.facts, given)
        layout = layout_of(table, raw_cells=bool(options.get("raw_cells")))
        carry_out(Work(screener, table, plan, layout, manifest.basis, facts), edge)
    again = read_manifest(plan.manifests[0])
    results = [_compared(manifest, one, again, folder) for one in wanted.values()]
    not_compared = [one.name for one in manifest.outputs if one not in wanted.values()]
    differing = tuple(differences(manifest.basis, now))
    return Replay(manifest, differing, tuple(results), again.result["counts"], tuple(not_compared))


def _chained(outputs: Sequence[RecordedOutput]) -> dict[Format, RecordedOutput]:
    """The results that have a chain, by the text format of its rows."""
    return {Format(one.chain["of"]): one for one in reversed(outputs) if one.chain is not None}


def _screener(manifest: Manifest, given: Given, data_dir: Path | None) -> Screener:
    from sanctionscreen.screening import Screener

    lists = manifest.basis["lists"]
    return Screener.build(
        watchlists=given.lists,
        packs=given.packs,
        profile=given.profile,
        goods=given.goods,
        data_dir=data_dir,
        list_versions={one["id"]: one["version"] for one in lists["official"]},
        as_of=date.fromisoformat(manifest.basis["as_of"]),
        check_lists=lambda required: lists["stale"],
    )


def _compared(manifest: Manifest, output: RecordedOutput, again: Manifest, folder: Path) -> Repeated:
    form = (output.chain or {})["of"]
    repeated = next(one for one in again.outputs if one.format == form)
    is_text = output.format == form
    before, now = (one.chain["head"] if one.chain else "" for one in (output, repeated))
    if before == now and (not is_text or repeated.sha256 == output.sha256):
        return Repeated(output.name, True, ())
    held = manifest.path.with_name(output.chain_file)
    rows: tuple[int, ...] = ()
    if held.is_file():
        first = 0 if form == "csv" else 1
        pairs = align(list(chain.expected(held)), list(chain.expected(folder / repeated.chain_file)))
        rows = tuple(first + pair.before for pair in pairs if pair.step is not Step.KEPT and pair.before is not None)
    return Repeated(output.name, False, rows)


class _Finder:
    """Finds what a record names, and sees that it is what it was."""

    def __init__(self, manifest: Manifest, where: Where) -> None:
        self._manifest, self._where = manifest, where
        held = manifest.facts.get("paths", {})
        self._paths: Mapping[str, Any] = held if isinstance(held, dict) else {}
        self._faults: list[SanctionScreenError] = []

    def all(self) -> tuple[Path, Given]:
        """The input and all files that were named beside it.

        Raises:
            ExceptionGroup: of everything that is not there, or is not what it was.
        """
        basis = self._manifest.basis
        source = self._where.input or Path()
        if self._where.input is not None:
            self._check(self._where.input, basis["input"], "input")
        else:
            source = self._find("input", basis["input"], self._paths.get("input")) or source
        given = Given(
            packs=self._several("rule pack", basis["rules"]["files"], "packs"),
            lists=self._several("watchlist", basis["lists"]["own"], "lists"),
            goods=self._several("goods file", basis["goods_files"], "goods"),
            profile=self._one("profile", basis["profile"]["file"]),
            mapping=self._one("mapping", basis["reading"]["mapping_file"]),
            options=basis["options"],
        )
        self._faults += self._list_faults()
        if self._faults:
            raise ExceptionGroup("the run cannot be repeated as it was", self._faults)
        return source, given

    @property
    def data_dir(self) -> Path | None:
        """The data folder, where the run compared official lists."""
        if not self._manifest.basis["lists"]["official"]:
            return None
        recorded = self._paths.get("data_dir")
        return self._where.data_dir or (Path(recorded) if isinstance(recorded, str) else None)

    def _several(self, what: str, named: Sequence[Mapping[str, Any]], key: str) -> list[Path]:
        paths = self._paths.get(key) or []
        recorded = [*paths, *[None] * len(named)]
        found = (self._find(what, one, path) for one, path in zip(named, recorded, strict=False))
        return [path for path in found if path is not None]

    def _one(self, what: str, named: Mapping[str, Any] | None) -> Path | None:
        return None if named is None else self._find(what, named, self._paths.get(what))

    def _find(self, what: str, named: Mapping[str, Any], recorded: object) -> Path | None:
        there = [path for path in self._candidates(str(named["name"]), recorded) if path.exists()]
        for path in there:
            if described(path).sha256 == named["sha256"]:
                return path
        if there:
            self._check(there[0], named, what)
        else:
            self._faults.append(
                InputError(
                    f"the {what} is not there any more (SHA-256 {named['sha256'][:16]})", Location(named["name"])
                )
            )
        return None

    def _candidates(self, name: str, recorded: object) -> Iterator[Path]:
        if isinstance(recorded, str):
            yield Path(recorded)
        for folder in (self._manifest.path.parent, *self._where.folders):
            yield folder / Path(name).name

    def _check(self, path: Path, named: Mapping[str, Any], what: str) -> None:
        found = described(path).sha256
        if found != named["sha256"]:
            said = f"the {what} is not what it was: SHA-256 {found[:16]}, then {named['sha256'][:16]}"
            self._faults.append(InputError(said, Location(str(path))))

    def _list_faults(self) -> Iterator[SanctionScreenError]:
        folder = self.data_dir
        for one in self._manifest.basis["lists"]["official"]:
            at = Location(one["id"])
            if folder is None or not folder.is_dir():
                yield StaleListError("no data folder has it; name one (--data-dir)", at)
                continue
            try:
                store = Store(folder)
                store.check(store.version(one["id"], one["version"]), is_thorough=False)
            except WatchlistError:
                said = (
                    f"version {one['version'][:12]} is not in {folder} any more; `lists add` or `bundle` brings it back"
                )
                yield StaleListError(said, at)
