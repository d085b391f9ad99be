"""The one place where the stages meet: records, frames and files all take the same way to an assessment."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sanctionscreen.frames import frame_of
from sanctionscreen.ingest import (
    Chunk,
    Record,
    Table,
    find_habits,
    map_headers,
    read_frame_columns,
    read_line,
    read_lines,
)
from sanctionscreen.matching import DEFAULT_THRESHOLD
from sanctionscreen.model import Assessment, Fingerprints, Kind, Line
from sanctionscreen.rules import RuleSet
from sanctionscreen.rules.conditions import fields_of
from sanctionscreen.rules.features import written_fields
from sanctionscreen.rules.frame_evaluator import evaluate_frame
from sanctionscreen.rules.record_evaluator import Truth
from sanctionscreen.screening.columns import FEW_ROWS, lines_of
from sanctionscreen.screening.derive import Derived, Deriver
from sanctionscreen.screening.explanation import Explanation, NameCheck, explained
from sanctionscreen.screening.judge import Judge
from sanctionscreen.screening.observe import Observer, Seen
from sanctionscreen.screening.parties import PartyScreen
from sanctionscreen.screening.result_columns import COLUMNS, SHIPMENT_COLUMN, given_names, result_columns
from sanctionscreen.screening.run import Run, with_shipments
from sanctionscreen.screening.sources import Sources, code_fingerprint, load_sources
from sanctionscreen.values import Habit

if TYPE_CHECKING:
    import polars as pl


class Screener:
    """Screens shipment lines as of one day against the lists, rules and profile it was built with."""

    def __init__(self, sources: Sources, as_of: date, stale_lists: Sequence[str] = ()) -> None:
        self.sources = sources
        self.as_of = as_of
        self.profile = sources.profile
        self.rules: RuleSet = sources.rules.in_force(as_of, sources.profile.jurisdictions)
        self.fingerprints = Fingerprints(
            sources.lists_fingerprint,
            self.rules.fingerprint,
            sources.profile.fingerprint,
            code_fingerprint(),
            as_of,
            tuple(stale_lists),
        )
        compiled = sources.official.compiled if sources.official else None
        self.parties = PartyScreen.build(sources.parties, as_of, compiled)
        self.deriver = Deriver(self.parties, sources.goods, sources.geography, as_of)
        self._judge = Judge(self.rules, self.profile, self.fingerprints)
        self._observer = Observer(self.rules, self.deriver)

    @classmethod
    def default(cls, *, as_of: date | None = None) -> Screener:
        """The embedded lists, the built-in pack and the default profile."""
        return cls.build(as_of=as_of)

    @classmethod
    def build(
        cls,
        *,
        watchlists: Sequence[Path] = (),
        packs: Sequence[Path] = (),
        profile: Path | None = None,
        goods: Sequence[Path] = (),
        data_dir: Path | None = None,
        as_of: date | None = None,
        check_lists: Callable[[Sequence[str]], Sequence[str]] = lambda required: (),
        on_list: Callable[[str], None] = lambda title: None,
    ) -> Screener:
        """The embedded lists and rules with a firm's own, and the official lists of a data folder, beside them.

        Args:
            data_dir: the folder that `sanctionscreen lists update` fills; without one, no official list is compared.
            check_lists: asked with the lists that the profile requires; gives those that are used though stale or
                missing, and raises where this is not allowed.
            on_list: told the title of each official list that has to be compiled first.
            goods: own goods files, laid over the built-in categories in this order.
            as_of: the screening day, which decides what is in force; today when it is not given.
        """
        official = None
        if data_dir is not None:
            from sanctionscreen.screening.official import load_official
            from sanctionscreen.watchlist.catalogue import catalogue_for
            from sanctionscreen.watchlist.store import Store

            official = load_official(Store(data_dir), catalogue_for(data_dir), on_list)
        sources = load_sources(watchlists, packs, profile, goods=goods, official=official, tests=False)
        stale = check_lists(sources.profile.required_lists)
        return cls(sources, as_of or date.today(), stale)  # noqa: DTZ011  # a calendar day, taken once

    def screen(self, record: Record, *, history: Iterable[Record] | None = None) -> Assessment:
        """The assessment of one shipment line.

        A key the record does not have is not collected; an empty value is absent. A cell that cannot be read costs
        only itself and is warned of.

        Args:
            history: Earlier lines, which the features of rules count; without them, such rules stay open.

        Raises:
            InputError: a key is no field.
        """
        line = read_line(record)
        lines = [*map(read_line, history or ()), line]
        features = self._observer.of_lines(lines)[-1] if history is not None else None
        return self._assess_line(1, line, _cells(record), features)

    def screen_records(self, records: Iterable[Record]) -> list[Assessment]:
        """The assessments of several lines, in their order; a key that one of them has is collected for all."""
        held = list(records)
        lines = read_lines(held)
        self.parties.prepare(line.values for line in lines)
        features = self._observer.of_lines(lines)
        found = [
            self._assess_line(row, line, _cells(one), seen)
            for row, (line, one, seen) in enumerate(zip(lines, held, features, strict=True), 1)
        ]
        return list(with_shipments(iter(found), has_shipments=any("shipment.id" in line.values for line in lines)))

    def screen_frame(self, frame: Any) -> pl.DataFrame:
        """A Polars, pandas or Arrow frame with the `screening_*` columns beside its own, as text.

        Raises:
            InputError: no column is known as a party, goods or vessel field.
        """
        import polars as pl

        frame = frame.collect() if isinstance(frame, pl.LazyFrame) else frame
        headers, columns = read_frame_columns(frame)
        mapped = map_headers(headers)
        cells = [dict(zip(headers, row, strict=True)) for row in zip(*columns, strict=True)]
        held = mapped.by_field(columns)
        habits = find_habits([held]).proved
        features = self._observer.of_file([(held, len(cells))], habits)
        assessed = self._assess_columns(1, held, habits, cells, features=features)
        found = list(with_shipments(assessed, has_shipments="shipment.id" in held))
        results = [result_columns(one) for one in found]
        added = [pl.Series(name, [result[name] for result in results], dtype=pl.String) for name in COLUMNS]
        if "shipment.id" in held:
            outcomes = ["" if one.shipment_outcome is None else str(one.shipment_outcome) for one in found]
            added.append(pl.Series(SHIPMENT_COLUMN, outcomes, dtype=pl.String))
        given = pl.DataFrame(frame)
        return given.rename(dict(zip(given.columns, given_names(given.columns), strict=True))).with_columns(added)

    def screen_table(self, table: Table, on_progress: Callable[[int], None] | None = None) -> Run:
        """A file as a run: assessments in row order, rejected rows in their place, counts that close."""
        fields = list(table.mapping.values())
        notes = [
            *table.notes,
            *self._official_notes(),
            *self._not_in_force(),
            *self.rules.warnings,
            *self.not_collected(fields),
        ]
        return Run(self._assess_table(table, on_progress or (lambda rows: None)), notes, "shipment.id" in fields)

    def explain(self, record: Record) -> Explanation:
        """One line with its assessment and the rules that came nearest to firing."""
        derived = self.deriver.derive(read_line(record))
        return self._explain(1, derived, _cells(record))

    def explain_row(self, table: Table, row: int) -> Explanation | None:
        """A row of a file, counted from 1; None when the file has no such row or it could not be aligned."""
        for chunk in table.chunks():
            at = row - chunk.first_row
            if not 0 <= at < len(chunk.cells):
                continue
            if at in chunk.rejects:
                return None
            cells = dict(zip(table.headers, chunk.cells[at], strict=True))
            columns = table.columns(Chunk(row, [chunk.cells[at]], {}))
            line = read_line({field: column[0] for field, column in columns.items()}, table.habits)
            seen = self._observed(table)
            return self._explain(row, self.derive(line, seen.of(row - 1, line) if seen else None), cells)
        return None

    def check(self, name: str, *, kind: Kind = "any", country: str | None = None, limit: int = 5) -> list[NameCheck]:
        """The listed parties that a single name resembles, best first, with the comparison behind each."""
        kinds = None if kind == "any" else (kind,)
        query = {"name": name, "country": country}
        hits = self.parties.index.match(query, kinds=kinds, limit=limit, threshold=DEFAULT_THRESHOLD)
        index = self.parties.index
        official = self.sources.official
        return [
            NameCheck(
                hit,
                self.parties.parties[hit.entity_id],
                index.explain(query, hit.entity_id),
                official.same_as(hit.entity_id) if official else (),
            )
            for hit in hits
        ]

    def not_collected(self, fields: Iterable[str]) -> list[str]:
        """Which fields an input never holds though rules ask for them, and which rules that leaves open."""
        held = set(self.deriver.derive(Line(dict.fromkeys(fields))).line.values)
        asked = {rule.id: written_fields(fields_of(rule.when), self.rules.features) for rule in self.rules.rules}
        absent = frozenset().union(*asked.values()) - held
        if not absent:
            return []
        open_rules = sum(bool(names & absent) for names in asked.values())
        return [
            f"not collected, so nothing was tested on it: {', '.join(_grouped(absent, held))};"
            f" {open_rules} of {len(asked)} rules may stay open because of that (sanctionscreen rules list)"
        ]

    def _official_notes(self) -> list[str]:
        """Which official lists were compared, and which are not as the profile wants them."""
        official, stale = self.sources.official, self.fingerprints.stale_lists
        notes = []
        if official is not None:
            lists = ", ".join(f"{info.id} ({info.as_of})" for info in official.lists)
            notes.append(f"official lists compared: {lists}")
        if stale:
            notes.append(f"screened although stale or missing: {', '.join(stale)} (--allow-stale)")
        return notes

    def _not_in_force(self) -> list[str]:
        """How much of what was loaded does not count on the screening day."""
        rules = len(self.rules.rules)
        parties = sum(key in self.parties.parties for key in self.sources.parties)
        loaded_rules, loaded_parties = len(self.sources.rules.rules), len(self.sources.parties)
        if (rules, parties) == (loaded_rules, loaded_parties):
            return []
        return [
            f"as of {self.as_of}, {rules} of {loaded_rules} rules and {parties} of {loaded_parties} listed parties"
            " are in force"
        ]

    def _observed(self, table: Table) -> Seen | None:
        """What features see of a whole file."""
        return self._observer.of_file(
            ((table.columns(chunk), len(chunk.cells)) for chunk in table.chunks()), table.habits
        )

    def derive(self, line: Line, features: Mapping[str, Any] | None = None) -> Derived:
        """A line with its derived fields, and with its features where these are known."""
        derived = self.deriver.derive(line)
        return replace(derived, line=derived.line.with_values(features)) if features else derived

    def _assess_line(
        self, row: int, line: Line, cells: Mapping[str, Any], features: Mapping[str, Any] | None = None
    ) -> Assessment:
        derived = self.derive(line, features)
        return self._judge.assess(row, derived, self._judge.truths(derived.line), cells)

    def _explain(self, row: int, derived: Derived, cells: Mapping[str, Any]) -> Explanation:
        return explained(self._judge, self.deriver, row, derived, cells)

    def _assess_table(self, table: Table, on_progress: Callable[[int], None]) -> Iterator[Assessment]:
        features = self._observed(table)
        for chunk in table.chunks():
            cells = [_by_header(table.headers, row) for row in chunk.cells]
            yield from self._assess_columns(
                chunk.first_row, table.columns(chunk), table.habits, cells, rejects=chunk.rejects, features=features
            )
            on_progress(chunk.first_row + len(cells) - 1)

    def _assess_columns(
        self,
        first_row: int,
        columns: Mapping[str, Sequence[Any]],
        habits: Mapping[str, Habit],
        cells: Sequence[Mapping[str, Any]],
        *,
        rejects: Mapping[int, str] | None = None,
        features: Seen | None = None,
    ) -> Iterator[Assessment]:
        """Lines of one file: read and judged as a frame, or one by one where they are too few for it to pay."""
        few = len(cells) <= FEW_ROWS
        lines = list(lines_of(columns, habits, len(cells)))
        self.parties.prepare(line.values for line in lines)
        if not few:
            self.deriver.prepare(lines)
        start = first_row - 1
        derived = [
            self.derive(line, features.of(start + at, line) if features else None) for at, line in enumerate(lines)
        ]
        truths = (self._judge.truths(one.line) for one in derived) if few else self._frame_truths(derived)
        for at, (one, said, row_cells) in enumerate(zip(derived, truths, cells, strict=True)):
            if rejects and at in rejects:
                yield self._judge.reject(first_row + at, rejects[at], row_cells)
            else:
                yield self._judge.assess(first_row + at, one, said, row_cells)

    def _frame_truths(self, derived: Sequence[Derived]) -> Iterator[Mapping[str, Truth]]:
        """What every rule says of every line, in one select."""
        frame = frame_of([one.line for one in derived], self._observer.fields)
        yield from evaluate_frame(self.rules.rules, frame).iter_rows(named=True)


def _grouped(absent: Collection[str], held: Collection[str]) -> list[str]:
    """Field names in short: a section of which nothing is held is named once."""
    sections = {name.partition(".")[0] for name in held}
    short = (name if name.partition(".")[0] in sections else name.partition(".")[0] for name in absent)
    return sorted(set(short))


def _cells(record: Record) -> Mapping[str, Any]:
    return record if isinstance(record, Mapping) else record.flat()


def _by_header(headers: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """The cells of a row by header; what a row holds beyond its header gets a number for a name."""
    names = [*headers, *(f"cell {i + 1}" for i in range(len(headers), len(cells)))]
    return dict(zip(names, cells, strict=False))
