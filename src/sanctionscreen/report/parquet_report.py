"""The result as Parquet: the input's cells as text, the verdict in typed columns, written part by part."""

from __future__ import annotations

import json
import shutil
import tempfile
import weakref
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from sanctionscreen.fields import QUALITY
from sanctionscreen.model import Assessment, Finding, PartyHit
from sanctionscreen.report.input_cells import as_utf8, beyond_the_header, cell_text
from sanctionscreen.report.writers import Layout, RunFacts
from sanctionscreen.screening import wording
from sanctionscreen.screening.result_columns import COLUMNS, SHIPMENT_COLUMN, given_names

if TYPE_CHECKING:
    import polars as pl

SCHEMA = "sanctionscreen.table/1"
"""Name of the columns' types, in the metadata of each file."""
_PART_ROWS = 10_000
"""Rows that wait in memory, and rows of a row group; fixed, so that no portion changes the file."""
_ROW_COLUMN = "screening_row"
_QUALITY_COLUMN = "screening_quality"


class ParquetWriter:
    """Parquet on a binary stream; parts wait in a temporary folder, so memory does not grow with rows."""

    neutralised = 0

    def __init__(self, stream: BinaryIO, layout: Layout) -> None:
        self._stream = stream
        self._layout = layout
        self._names = given_names([as_utf8(name) for name in layout.columns], (_ROW_COLUMN, _QUALITY_COLUMN))
        self._waiting: list[Assessment] = []
        self._parts: list[Path] = []
        self._folder = Path(tempfile.mkdtemp(prefix="sanctionscreen-"))
        self._tidy = weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)

    def add(self, assessments: Sequence[Assessment]) -> None:
        for assessment in assessments:
            self._waiting.append(assessment)
            if len(self._waiting) == _PART_ROWS:
                self._spool()

    def finish(self, facts: RunFacts) -> None:
        """Join the parts into one file, with what decided in its metadata."""
        import polars as pl

        if self._waiting or not self._parts:
            self._spool()
        held = pl.scan_parquet(self._parts, hive_partitioning=False)
        held.sink_parquet(self._stream, metadata=_metadata(facts), row_group_size=_PART_ROWS)

    def close(self) -> None:
        self._tidy()

    def _spool(self) -> None:
        part = self._folder / f"{len(self._parts):06}.parquet"
        self._frame(self._waiting).write_parquet(part, compression="lz4")
        self._parts.append(part)
        self._waiting = []

    def _frame(self, assessments: Sequence[Assessment]) -> pl.DataFrame:
        import polars as pl

        given = [
            pl.Series(name, [_cell(one.input.get(key)) for one in assessments], dtype=pl.String)
            for key, name in zip(self._layout.columns, self._names, strict=True)
        ]
        # Lists of structures go in as JSON: Polars reads that ten times as fast as objects of Python.
        rows = pl.Series([json.dumps(_verdict(one, self._layout)) for one in assessments], dtype=pl.String)
        ours = rows.str.json_decode(pl.Struct(_types(with_shipments=self._layout.with_shipments)))
        return pl.DataFrame([*given, *ours.struct.unnest().get_columns()])


def _types(*, with_shipments: bool) -> dict[str, pl.DataType]:
    """The types of our columns, in order."""
    import polars as pl

    texts = pl.List(pl.String())
    hit = pl.Struct(
        {
            "role": pl.String(),
            "name": pl.String(),
            "entity_id": pl.String(),
            "entity_name": pl.String(),
            "list": pl.String(),
            "programme": pl.String(),
            "measure": pl.String(),
            "status": pl.String(),
            "score": pl.Float64(),
            "evidence": pl.Float64(),
            "by_address": pl.Boolean(),
        }
    )
    finding = pl.Struct(
        {
            "rule": pl.String(),
            "version": pl.Int32(),
            "title": pl.String(),
            "level": pl.String(),
            "group": pl.String(),
            "points": pl.Float64(),
            "confidence": pl.Float64(),
            "gate": pl.String(),
            "suppressed_by": pl.String(),
            "absorbed_by": pl.String(),
            "experimental": pl.Boolean(),
            "evidence": texts,
        }
    )
    unknown = pl.Struct({"rule": pl.String(), "title": pl.String(), "level": pl.String(), "missing": texts})
    decision, score, reasons, hits, findings, unknowns, warnings = COLUMNS
    types: dict[str, pl.DataType] = {
        _ROW_COLUMN: pl.Int64(),
        decision: pl.String(),
        score: pl.Float64(),
        reasons: texts,
        hits: pl.List(hit),
        findings: pl.List(finding),
        unknowns: pl.List(unknown),
        warnings: texts,
        _QUALITY_COLUMN: pl.Struct({name.partition(".")[2]: pl.Boolean() for name in QUALITY}),
    }
    return types | ({SHIPMENT_COLUMN: pl.String()} if with_shipments else {})


def _verdict(assessment: Assessment, layout: Layout) -> dict[str, Any]:
    decision = assessment.decision
    added = {part.rule: (part.tenths, part.absorbed_by) for part in decision.contributions}
    lost = beyond_the_header(assessment, layout.columns)
    shipment = assessment.shipment_outcome
    hits = [_hit(one, by_address=False) for one in assessment.hits]
    values = (
        decision.outcome.value,
        decision.score,
        _texts(assessment.reasons),
        hits + [_hit(one, by_address=True) for one in assessment.address_hits],
        [_finding(one, *added.get(one.rule, (0, ""))) for one in assessment.findings],
        [
            {"rule": one.rule, "title": one.title, "level": one.level, "missing": list(one.missing)}
            for one in assessment.unknown
        ],
        _texts([*assessment.warnings, *lost]),
    )
    return {
        **dict(zip(COLUMNS, values, strict=True)),
        _ROW_COLUMN: assessment.row,
        _QUALITY_COLUMN: dict(assessment.quality),
        SHIPMENT_COLUMN: None if shipment is None else shipment.value,
    }


def _hit(found: PartyHit, *, by_address: bool) -> dict[str, Any]:
    return {
        "role": found.role,
        "name": as_utf8(found.name),
        "entity_id": found.entity_id,
        "entity_name": found.entity_name,
        "list": found.list,
        "programme": found.programme,
        "measure": found.measure,
        "status": found.status,
        "score": found.score,
        "evidence": found.evidence,
        "by_address": by_address,
    }


def _finding(finding: Finding, tenths: int, absorbed_by: str) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "version": finding.version,
        "title": finding.title,
        "level": finding.level,
        "group": finding.group,
        "points": tenths / 10,
        "confidence": float(finding.confidence),
        "gate": finding.gate or None,
        "suppressed_by": finding.suppressed_by or None,
        "absorbed_by": absorbed_by or None,
        "experimental": finding.shadow,
        "evidence": _texts([wording.evidence(part) for part in finding.evidence]),
    }


def _texts(texts: Sequence[str]) -> list[str]:
    return [as_utf8(text) for text in texts]


def _cell(value: Any) -> str | None:
    return None if value is None else as_utf8(cell_text(value))


def _metadata(facts: RunFacts) -> dict[str, str]:
    held = facts.fingerprints
    return {
        "schema": SCHEMA,
        "as_of": held.as_of.isoformat(),
        "lists": held.lists,
        "rules": held.rules,
        "profile": held.profile,
        "code": held.code,
        "stale_lists": "; ".join(held.stale_lists),
    }
