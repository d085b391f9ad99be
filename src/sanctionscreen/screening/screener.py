"""The one place where the stages meet: records, frames and files all take the same way to an assessment."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sanctionscreen.ingest import (
    Chunk,
    Record,
    Table,
    map_headers,
    read_frame_columns,
    read_line,
    read_lines,
)
from sanctionscreen.model import Assessment, Fingerprints, Kind, Line
from sanctionscreen.rules import RuleSet
from sanctionscreen.rules.conditions import fields_of
from sanctionscreen.rules.features import written_fields
from sanctionscreen.screening.crew import Recipe, undisturbed
from sanctionscreen.screening.derive import Derived, Deriver
from sanctionscreen.screening.file_way import FileWay
from sanctionscreen.screening.judge import Judge
from sanctionscreen.screening.listed import Listed, NameCheck
from sanctionscreen.screening.observe import Observer, Seen, SeenColumns
from sanctionscreen.screening.parties import PartyScreen
from sanctionscreen.screening.result_columns import given_names
from sanctionscreen.screening.run import Run, with_shipments
from sanctionscreen.screening.sources import Sources, code_fingerprint, load_sources
from sanctionscreen.screening.spool import SpoolReader

if TYPE_CHECKING:
    import polars as pl

    from sanctionscreen.screening.explanation import Explanation


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
        list_versions: Mapping[str, str] | None = None,
        as_of: date | None = None,
        check_lists: Callable[[Sequence[str]], Sequence[str]] = lambda required: (),
        on_list: Callable[[str], None] = lambda title: None,
    ) -> Screener:
        """The embedded lists and rules with a firm's own, and the official lists of a data folder, beside them.

        Args:
            data_dir: the folder that `sanctionscreen lists update` fills; without one, no official list is compared.
            list_versions: the lists of the folder and the version of each (its fingerprint); default: those that count.
            check_lists: asked with the lists that the profile requires; gives those that are used though stale or
                missing, and raises where this is not allowed.
            on_list: told the title of each official list that has to be compiled first.
            goods: own goods files, laid over the built-in categories in this order.
            as_of: the screening day, which decides what is in force; today when it is not given.
        """
        official = None
        if data_dir is not None:
            from sanctionscreen.screening.official import official_of

            official = official_of(data_dir, on_list, list_versions)
        with undisturbed():
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
        return list(with_shipments(found, has_shipments=any("shipment.id" in line.values for line in lines)))

    def screen_frame(self, frame: Any) -> pl.DataFrame:
        """A Polars, pandas or Arrow frame with the `screening_*` columns beside its own, as text.

        Raises:
            InputError: no column is known as a party, goods or vessel field.
        """
        import polars as pl

        frame = frame.collect() if isinstance(frame, pl.LazyFrame) else frame
        headers, columns = read_frame_columns(frame)
        mapped = map_headers(headers)
        way = FileWay(self.deriver, self._judge, self._recipe(), self._observer, 1)
        added = way.judged_frame(mapped.by_field(columns))
        given = pl.DataFrame(frame)
        return given.rename(dict(zip(given.columns, given_names(given.columns), strict=True))).with_columns(added)

    def screen_table(
        self,
        table: Table,
        on_progress: Callable[[int], None] | None = None,
        *,
        start_row: int = 1,
        workers: int | None = None,
    ) -> Run:
        """A file as a run: assessments in row order, rejected rows in their place, counts that close.

        Args:
            on_progress: told the number of the last row that was judged.
            start_row: the first row that is assessed; features see the rows before it all the same.
            workers: processes that share the work, which changes no result; 0: as many as there are processors, where
                the file is large enough to pay. By default this process works alone: others begin by importing the
                main program, which a script must allow (`if __name__ == "__main__"`).
        """
        fields = table.header_map.collected
        notes = [
            *table.notes,
            *self._official_notes(),
            *self._not_in_force(),
            *self.rules.warnings,
            *self.not_collected(fields),
        ]
        way = FileWay(self.deriver, self._judge, self._recipe(), self._observer, workers)
        parts = partial(way.judged_table, table, on_progress or (lambda rows: None), start_row)
        return Run(parts, notes, "shipment.id" in fields, self.read_back)

    @property
    def read_back(self) -> SpoolReader:
        """Reads assessments of this screener back from lines that `spool.to_line` made."""
        return SpoolReader(self.rules, self.profile.weights, self.fingerprints)

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
        compiled = self.sources.official.compiled if self.sources.official else None
        listed = Listed(self.parties.parties, self.parties.index, compiled)
        return listed.check(name, kind=kind, country=country, limit=limit)

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

    @property
    def out_of_date(self) -> tuple[str, ...]:
        """The official lists that are closed or too old on the screening day, each with why."""
        official = self.sources.official
        return official.out_of_date(self.as_of) if official else ()

    def _official_notes(self) -> list[str]:
        """Which official lists were compared, and which are not as the profile wants them."""
        official, stale = self.sources.official, self.fingerprints.stale_lists
        notes = []
        if official is not None:
            lists = ", ".join(f"{info.id} ({info.as_of})" for info in official.lists)
            notes.append(f"official lists compared: {lists}")
        if self.out_of_date:
            notes.append(f"not fresh on the screening day: {'; '.join(self.out_of_date)}")
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

    def _observed(self, table: Table) -> Seen | SeenColumns | None:
        """What features see of a whole file."""
        return self._observer.of_file(
            ((table.columns(chunk), len(chunk.cells)) for chunk in table.chunks()), table.habits
        )

    def derive(self, line: Line, features: Mapping[str, Any] | None = None) -> Derived:
        """A line with its derived fields, and with its features where these are known."""
        return self.deriver.derive_with(line, features)

    def _assess_line(
        self, row: int, line: Line, cells: Mapping[str, Any], features: Mapping[str, Any] | None = None
    ) -> Assessment:
        derived = self.derive(line, features)
        return self._judge.assess(row, derived, self._judge.truths(derived.line), cells)

    def _explain(self, row: int, derived: Derived, cells: Mapping[str, Any]) -> Explanation:
        from sanctionscreen.screening.explanation import explained

        return explained(self._judge, self.deriver, row, derived, cells)

    def _recipe(self) -> Recipe:
        """What another process needs to do the same."""
        official = self.sources.official
        return Recipe(
            self.sources.parties,
            official.compiled.folder if official else None,
            self.sources.goods,
            self.sources.geography,
            self.rules,
            self.profile,
            self.fingerprints,
            self.as_of,
        )


def _grouped(absent: Collection[str], held: Collection[str]) -> list[str]:
    """Field names in short: a section of which nothing is held is named once."""
    sections = {name.partition(".")[0] for name in held}
    short = (name if name.partition(".")[0] in sections else name.partition(".")[0] for name in absent)
    return sorted(set(short))


def _cells(record: Record) -> Mapping[str, Any]:
    return record if isinstance(record, Mapping) else record.flat()
