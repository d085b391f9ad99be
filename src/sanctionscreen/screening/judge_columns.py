"""A part of a file judged as columns: rules over the frame, and everything that follows once for rows that are alike.

Two rows are alike for a finding when the fields of its rule are equal; for what a rule leaves open, when the same parts
of its condition are. A row that stands for others is judged as a single line would be, by the same `Judge`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import repeat
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from sanctionscreen.fields import FIELDS
from sanctionscreen.frames import UNREADABLE
from sanctionscreen.model import Assessment
from sanctionscreen.rules.distinct_texts import DistinctTexts
from sanctionscreen.rules.feature_columns import with_computed
from sanctionscreen.rules.features import PREFIX
from sanctionscreen.rules.frame_evaluator import truths_of
from sanctionscreen.rules.record_evaluator import Compiled, Facts
from sanctionscreen.rules.ruleset import Rule
from sanctionscreen.screening.combinations import combinations
from sanctionscreen.screening.derived_columns import DerivedColumns
from sanctionscreen.screening.gathering import OCCUPIED, Distinct
from sanctionscreen.screening.judge import Judge, quality_of
from sanctionscreen.screening.judged_rows import JudgedRows

if TYPE_CHECKING:
    import polars as pl

ADDRESS_HITS = "address_hits"
Places = npt.NDArray[np.int64]
Truths = npt.NDArray[np.bool_]


class PartJudge:
    """Judges one part of a file."""

    def __init__(self, judge: Judge, derived: DerivedColumns, features: pl.DataFrame | None) -> None:
        self._judge, self._derived, self.part = judge, derived, derived.part
        frame = derived.frame()
        if features is not None:
            frame = frame.hstack(features)
        self._frame = with_computed(judge.rules.needed_features(), frame)
        self._sources = {name: source for source in derived.sources for name in source.names}
        self._texts = DistinctTexts(self._frame)
        self._lists: dict[str, list[Any]] = {}
        self._nulls: dict[str, Truths] = {}

    def judged(self, headers: Sequence[str]) -> JudgedRows:
        """The rows with their verdicts."""
        judge, rows = self._judge, self.part.rows
        truths = truths_of({rule.id: rule.when for rule in judge.rules.rules}, self._frame, self._texts)
        findings, which_findings = _sequences(self._findings(truths), rows)
        unknown, which_unknown = _sequences(self._unknown(truths), rows)
        stands, which_stands = self._derived.standings()
        rejects = Distinct()
        rejected = np.full(rows, -1, dtype=np.int64)
        for at, why in self.part.rejects.items():
            rejected[at] = rejects.code(why)
        alike = combinations([which_findings, which_unknown, which_stands, rejected], rows)
        reasons = list(rejects.number)
        verdicts: list[Assessment] = []
        quality = self._quality(alike.rows.tolist())
        for at, found in zip(alike.rows.tolist(), quality, strict=True):
            if rejected[at] >= 0:
                verdicts.append(judge.reject(0, reasons[rejected[at]], {}))
                continue
            verdicts.append(
                judge.verdict(stands[which_stands[at]], findings[which_findings[at]], unknown[which_unknown[at]], found)
            )
        ids = self.part.fields["shipment.id"] if "shipment.id" in self.part.fields.columns else None
        return JudgedRows(self.part.first_row, headers, verdicts, alike.which, self.part.cells, ids, self.part.odd)

    def _quality(self, rows: list[int]) -> Iterator[Mapping[str, bool]]:
        names = [name for name in self._frame.columns if name.startswith("quality.")]
        columns = [self._column(name, rows) for name in names]
        for values in zip(*columns, strict=True) if columns else repeat((), len(rows)):
            yield quality_of(dict(zip(names, values, strict=True)))

    def _findings(self, truths: pl.DataFrame) -> Iterator[tuple[Places, Places, list[Any]]]:
        """For each rule that fired the rows, the place of the finding of each, and the findings."""
        for rule in self._judge.rules.rules:
            rows = truths.get_column(rule.id).fill_null(False).arg_true().to_numpy().astype(np.int64)
            rows = rows[~np.isin(rows, list(self.part.rejects))] if self.part.rejects else rows
            if not len(rows):
                continue
            names = self._held(self._judge.shown_fields(rule))
            alike = combinations([self._codes_of(name, rows) for name in names] + self._marks(names, rows), len(rows))
            first = rows[alike.rows]
            facts = self._facts(first, names)
            made = [
                self._judge.finding(rule, one, self.part.first_row + at)
                for one, at in zip(facts, first.tolist(), strict=True)
            ]
            yield rows, alike.which, made

    def _unknown(self, truths: pl.DataFrame) -> Iterator[tuple[Places, Places, list[Any]]]:
        """For each rule that an empty cell leaves open the rows, the place of what is said of each, and that."""
        candidates = list(self._open_rules(truths))
        if not candidates:
            return
        nodes = {
            f"{rule.id} {place}": node.condition
            for rule, _ in candidates
            for place, node in enumerate(_nodes(self._judge.compiled[rule.id]))
        }
        parts = truths_of(nodes, self._frame, self._texts)
        for rule, rows in candidates:
            names = self._held(self._judge.fields(rule))
            count = sum(1 for _ in _nodes(self._judge.compiled[rule.id]))
            said = [_as_codes(parts.get_column(f"{rule.id} {place}"))[rows] for place in range(count)]
            empty = [self._is_null(name)[rows].astype(np.int64) for name in names]
            alike = combinations([*said, *empty, *self._marks(names, rows)], len(rows))
            facts = self._facts(rows[alike.rows], names)
            yield rows, alike.which, [self._judge.unknown_rule(rule, one) for one in facts]

    def _open_rules(self, truths: pl.DataFrame) -> Iterator[tuple[Rule, Places]]:
        """Rules that are unknown in rows where one of their fields is empty, with those rows."""
        is_kept = np.ones(self.part.rows, dtype=np.bool_)
        is_kept[list(self.part.rejects)] = False
        empty: dict[str, Truths] = {}
        for rule in self._judge.rules.rules:
            said = truths.get_column(rule.id)
            if rule.status == "experimental" or not said.null_count():
                continue
            is_empty = np.zeros(self.part.rows, dtype=np.bool_)
            for name in self._held(self._judge.fields(rule)):
                if name not in empty:
                    empty[name] = self._is_empty(name)
                is_empty |= empty[name]
            rows = np.flatnonzero(said.is_null().to_numpy() & is_empty & is_kept)
            if len(rows):
                yield rule, rows

    def _is_empty(self, name: str) -> Truths:
        """The rows in which a field is empty and that is worth saying."""
        empty = self._is_null(name)
        if name.startswith((PREFIX, "owner")):
            mark = name + UNREADABLE
            return empty & (self._frame.get_column(mark).to_numpy() if mark in self._frame.columns else False)
        return empty & (name not in self._not_collected())

    def _held(self, names: frozenset[str]) -> list[str]:
        return sorted(name for name in names if name in self._frame.columns)

    def _marks(self, names: Sequence[str], rows: Places) -> list[Places]:
        marks = [name + UNREADABLE for name in names if name + UNREADABLE in self._frame.columns]
        return [np.array(self._list(mark), dtype=np.int64)[rows] for mark in marks]

    def _codes_of(self, name: str, rows: Places) -> Places:
        """Equal numbers for rows in which a field is equal."""
        if name in self._sources:
            return self._sources[name].which[rows]
        if name in FIELDS and FIELDS[name].type.is_list:
            return self.part.codes[name][rows].astype(np.int64)
        known: dict[Any, int] = {}
        values = self._list(name)
        return np.array([known.setdefault(values[at], len(known)) for at in rows.tolist()], dtype=np.int64)

    def _list(self, name: str) -> list[Any]:
        """The values of a column."""
        if name not in self._lists:
            self._lists[name] = self._frame.get_column(name).to_list()
        return self._lists[name]

    def _is_null(self, name: str) -> Truths:
        if name not in self._nulls:
            self._nulls[name] = self._frame.get_column(name).is_null().to_numpy()
        return self._nulls[name]

    def _facts(self, rows: Places, names: Sequence[str]) -> list[Facts]:
        """What rows say in some fields, as a single line has it."""
        marks = {name: name + UNREADABLE for name in names if name + UNREADABLE in self._frame.columns}
        places = rows.tolist()
        marked = {name: self._list(mark) for name, mark in marks.items()}
        return [
            Facts(line, frozenset(name for name, said in marked.items() if said[at]))
            for at, line in zip(places, self._values(places, names), strict=True)
        ]

    def _values(self, rows: list[int], names: Sequence[str]) -> list[dict[str, Any]]:
        columns = {name: self._column(name, rows) for name in names}
        found = [{name: column[at] for name, column in columns.items()} for at in range(len(rows))]
        for name in self._not_collected() & set(names):
            for line in found:
                if line[name] is None:
                    del line[name]
        return found

    def _not_collected(self) -> frozenset[str]:
        """Derived fields that some lines have though no column of the file is meant for them."""
        collected = {OCCUPIED: self._derived.is_place_collected, ADDRESS_HITS: self._derived.is_address_collected}
        return frozenset(name for name, is_so in collected.items() if not is_so)

    def _column(self, name: str, rows: list[int]) -> list[Any]:
        if name in self._sources:
            source = self._sources[name]
            return [source.values[source.which[at]][name] for at in rows]
        held = self._list(name)
        values = [held[at] for at in rows]
        is_list = name in FIELDS and FIELDS[name].type.is_list
        return [None if value is None else tuple(value) for value in values] if is_list else values


def _nodes(compiled: Compiled) -> Iterator[Compiled]:
    """A condition with the parts that decide it; what is said of the elements of a list is one of them."""
    yield compiled
    if not hasattr(compiled.condition, "quantifier"):
        for part in compiled.parts:
            yield from _nodes(part)


def _as_codes(truths: pl.Series) -> Places:
    import polars as pl

    return truths.cast(pl.Int8).fill_null(-1).to_numpy().astype(np.int64)


def _sequences(parts: Iterator[tuple[Places, Places, list[Any]]], rows: int) -> tuple[list[tuple[Any, ...]], Places]:
    """What several rules say of each row, in their order: the distinct sequences, and the place of each row's."""
    held = [(at, which, made) for at, which, made in parts]
    things = [thing for _, _, made in held for thing in made]
    starts = np.cumsum([0, *(len(made) for _, _, made in held)])
    said: dict[int, list[int]] = {}
    for start, (at, which, _) in zip(starts.tolist(), held, strict=False):
        for row, place in zip(at.tolist(), (which + start).tolist(), strict=True):
            if things[place] is not None:
                said.setdefault(row, []).append(place)
    known = Distinct()
    known.code(())
    places = np.zeros(rows, dtype=np.int64)
    for row, sequence in said.items():
        places[row] = known.code(tuple(sequence))
    return [tuple(things[place] for place in sequence) for sequence in known.number], places
