"""The rows of a text result, read back from CSV or JSON lines for comparison."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sanctionscreen.ingest.delimited import large_cells
from sanctionscreen.screening.result_columns import COLUMNS, SHIPMENT_COLUMN

_BETWEEN = "; "
_FINGERPRINTS = b', "fingerprints": '
_LIST = re.compile(r" ~ '(?P<name>.*)' (?:on (?P<list>\S+)|in (?P<where>press reports|the articles))")
_WHERE = {"press reports": "press", "the articles": "context"}
_ASIDE = ("fingerprint", "version")
"""Of a finding: which rule it is of is compared once for the run, not in every row."""


@dataclass(frozen=True, slots=True)
class ResultHit:
    """A hit as a result has it."""

    said: str
    list: str
    """Empty where the result does not say it."""
    detail: str = ""
    """All that is said of it: what is compared."""
    entity_id: str = ""
    """Empty where the result does not say it."""
    name: str = ""
    """The listed name that it resembles."""


@dataclass(frozen=True, slots=True)
class ResultRow:
    """What a result says of one row."""

    row: int
    cells: Mapping[str, str]
    decision: str
    score: str
    shipment: str
    hits: Mapping[str, ResultHit] = field(default_factory=dict)
    """By what makes a hit the same hit."""
    findings: Mapping[str, str] = field(default_factory=dict)
    """By rule: all that is said of it."""
    on_hits: frozenset[str] = frozenset()
    """Rules whose evidence is hits."""
    unknown: Mapping[str, str] = field(default_factory=dict)
    """By rule: what was missing."""
    others: Mapping[str, str] = field(default_factory=dict)
    """Everything else that is said, by name."""


def records(path: Path, form: str) -> Iterator[tuple[int, bytes]]:
    """The rows of a result as they stand in the file, each with its place; the header of a table is left out."""
    with path.open("rb") as file:
        offset, held, start, quotes = 0, [], 0, 0
        is_header = form == "csv"
        for line in file:
            held.append(line)
            quotes += line.count(b'"') if form == "csv" else 0
            offset += len(line)
            if quotes % 2:
                continue  # a line end within a cell
            if not is_header:
                yield start, b"".join(held)
            is_header, held, start, quotes = False, [], offset, 0


def reader(path: Path, form: str) -> Callable[[int, bytes], ResultRow]:
    """Reads the rows of a result, given their number and what stands in the file."""
    if form != "csv":
        return _from_json
    with path.open("rb") as file:
        held, quotes = b"", 0
        while line := file.readline():
            held += line
            quotes += line.count(b'"')
            if quotes % 2 == 0:
                break
    header = _cells(held)
    ours = len(COLUMNS) + (header[-1:] == [SHIPMENT_COLUMN])
    return lambda row, record: _from_csv(row, _cells(record), header[: len(header) - ours], ours)


def core(record: bytes, form: str) -> bytes:
    """The part of a record that a change of lists or rules alone leaves as it is; equal cores are equal rows."""
    if form == "csv":
        return record
    at = record.rfind(_FINGERPRINTS)
    return record if at < 0 else record[:at]


def _cells(record: bytes) -> list[str]:
    with large_cells():
        return next(csv.reader([record.decode()], strict=False), [])


def _from_csv(row: int, cells: Sequence[str], headers: Sequence[str], ours: int) -> ResultRow:
    width = len(cells) - ours
    said = dict(zip((*COLUMNS, SHIPMENT_COLUMN), cells[width:], strict=False))
    hits = {}
    for text in filter(None, said["screening_hits"].split(_BETWEEN)):
        name, _, detail = text.rpartition(", match score ")
        found = _LIST.search(text)
        where = (found["list"] or _WHERE[found["where"]]) if found else ""
        hits[name or text] = ResultHit(text, where, detail, name=found["name"] if found else "")
    findings = {text.split()[0]: text for text in filter(None, said["screening_findings"].split(_BETWEEN))}
    unknown = {text.split()[0]: text for text in filter(None, said["screening_unknown"].split(_BETWEEN))}
    return ResultRow(
        row,
        dict(zip(_numbered(headers), cells[:width], strict=False)),
        said["screening_decision"],
        said["screening_score"],
        said.get(SHIPMENT_COLUMN, ""),
        hits,
        findings,
        unknown=unknown,
        others={"reasons": said["screening_reasons"], "warnings": said["screening_warnings"]},
    )


def _numbered(headers: Sequence[str]) -> list[str]:
    """Headers that are keys: one that is repeated gets its place."""
    return [
        header if headers.index(header) == place else f"{header} ({place + 1})" for place, header in enumerate(headers)
    ]


def _from_json(row: int, record: bytes) -> ResultRow:
    held = json.loads(record)
    return ResultRow(
        row,
        {name: _text(cell) for name, cell in held["input"].items()},
        held["decision"],
        f"{held['score']:.1f}",
        str((held.get("shipment") or {}).get("decision") or ""),
        {
            _text([hit["role"], hit["name"], hit["entity_id"], hit["list"]]): ResultHit(
                f"{hit['role'].replace('_', ' ')} {hit['name']!r} ~ {hit['entity_name']!r} ({hit['entity_id']})",
                hit["list"],
                _text(hit),
                hit["entity_id"],
                hit["entity_name"],
            )
            for hit in (*held["hits"], *held["address_hits"])
        },
        {one["rule"]: _text({k: v for k, v in one.items() if k not in _ASIDE}) for one in held["findings"]},
        frozenset(one["rule"] for one in held["findings"] if any(_is_of_hits(part) for part in one["evidence"])),
        {one["rule"]: _text(one) for one in held["unknown"]},
        {name: _text(held.get(name)) for name in ("reasons", "gates", "contributions", "warnings", "quality")},
    )


def _is_of_hits(part: Mapping[str, Any]) -> bool:
    return str(part["field"]).endswith("_hits")


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
