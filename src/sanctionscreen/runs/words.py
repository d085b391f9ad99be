"""Records of runs, repetitions and comparisons in words and as JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from sanctionscreen.report.csv_report import is_formula
from sanctionscreen.runs.causes import SEVERAL, RowChange
from sanctionscreen.runs.manifest import Manifest

if TYPE_CHECKING:
    from sanctionscreen.runs.difference import Comparison
    from sanctionscreen.runs.replaying import Replay

COMPARISON_SCHEMA = "sanctionscreen.run-difference/1"


def manifest_lines(manifest: Manifest) -> Iterator[str]:
    """What a run rested on and came to, one fact a line."""
    basis, result, facts = manifest.basis, manifest.result, manifest.facts
    yield f"Run of {facts.get('started_at', 'an unknown time')}, as of {basis['as_of']}"
    yield f"input     {basis['input']['name']}  {_size(basis['input'])}"
    form = ", ".join(f"{key} {value!r}" for key, value in basis["reading"]["form"].items())
    yield f"read as   {form}"
    mapping = basis["reading"]["mapping"]
    yield from (f"  {header!r} is {mapping[header]}" for header in basis["reading"]["headers"] if header in mapping)
    yield f"lists     {basis['lists']['fingerprint'][:16]}"
    yield from (
        f"  {one['id']} version {one['version'][:12]} of {one['published']}" for one in basis["lists"]["official"]
    )
    yield from (f"  {one['name']} {one['fingerprint'][:12]}" for one in basis["lists"]["own"])
    yield from (f"  stale or missing: {name}" for name in basis["lists"]["stale"])
    yield f"rules     {basis['rules']['fingerprint'][:16]}  {len(basis['rules']['rules'])} in force"
    yield from (f"  {one['name']} {one['sha256'][:12]}" for one in basis["rules"]["files"])
    yield from (f"goods     {one['name']} {one['sha256'][:12]}" for one in basis["goods_files"])
    profile = basis["profile"]
    yield f"profile   {profile['id']} {profile['version']} {profile['fingerprint'][:16]}"
    yield f"program   {basis['code']['version']} {basis['code']['program'][:16]}"
    yield from (f"option    {name}: {value}" for name, value in basis["options"].items() if value)
    yield f"rows      {_counts(result['counts'])}"
    yield from (f"note      {note}" for note in result["notes"])
    for output in manifest.outputs:
        head = f"  chain {output.chain['head'][:16]}" if output.chain else ""
        yield f"result    {output.name}  {_size({'size': output.size, 'sha256': output.sha256})}{head}"
    yield from (f"resumed   after row {row:,}" for row in facts.get("resumed_after_rows", []))
    yield f"seal      {manifest.seal}" + ("" if manifest.is_sealed else "  NOT that of this record: it was edited")


def comparison_lines(found: Comparison, most: int) -> Iterator[str]:
    """Two runs in words: what they do not rest on alike, how many rows each cause has, and the first rows."""
    if found.differences:
        yield "The runs do not rest on the same:"
        yield from (f"  {one.said}" for one in found.differences[:most])
        if len(found.differences) > most:
            yield f"  … and {len(found.differences) - most:,} more"
    else:
        yield "The runs rest on the same input, lists, rules, profile and program."
    yield ""
    for change in found.changes[:most]:
        yield f"{change_row(change)}: {change_cause(change)}"
        yield from (f"    {text}" for text in change.what)
        yield from (f"    list entry: {text}" for text in change.entries)
    if len(found.changes) > most:
        yield f"… and {len(found.changes) - most:,} more rows (--json, or -o FILE.csv)"
    yield f"{len(found.changes):,} of {found.rows:,} rows differ"
    yield from (f"  {count:,} × {cause}" for cause, count in found.causes.items())


def change_row(change: RowChange) -> str:
    """Which row a change is of."""
    if change.before is None or change.after is None:
        return f"new row {change.after}" if change.before is None else f"row {change.before} of the first run"
    return f"row {change.before}" + (f", now row {change.after}" if change.after != change.before else "")


def change_cause(change: RowChange) -> str:
    """What did it, as one text."""
    named = ", ".join(change.because)
    if change.cause == SEVERAL:
        return f"several may have done it: {named}"
    return f"{change.cause} {named}".strip()


def comparison_object(found: Comparison) -> dict[str, Any]:
    """Two runs beside each other as JSON."""
    return {
        "schema": COMPARISON_SCHEMA,
        "before": {"record": str(found.before.path), "seal": found.before.seal},
        "after": {"record": str(found.after.path), "seal": found.after.seal},
        "differences": [
            {"kind": one.kind, "name": one.name, "before": one.before, "after": one.after} for one in found.differences
        ],
        "rows": found.rows,
        "causes": dict(found.causes),
        "changes": [
            {
                "before": change.before,
                "after": change.after,
                "cause": change.cause,
                "because": list(change.because),
                "what": list(change.what),
                "entries": list(change.entries),
            }
            for change in found.changes
        ],
    }


def comparison_table(found: Comparison) -> str:
    """The rows that differ as CSV; a cell that a spreadsheet would run gets an apostrophe."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["before", "after", "cause", "because", "what", "entries"])
    for change in found.changes:
        said = ("; ".join(texts) for texts in (change.because, change.what, change.entries))
        cells = [change.before, change.after, change.cause, *said]
        shown = ["" if cell is None else str(cell) for cell in cells]
        writer.writerow([f"'{cell}" if is_formula(cell) else cell for cell in shown])
    return stream.getvalue()


def replay_object(found: Replay) -> dict[str, Any]:
    """What came of repeating a run, as JSON."""
    return {
        "record": str(found.manifest.path),
        "same": found.is_same,
        "differences": [
            {"kind": one.kind, "name": one.name, "before": one.before, "after": one.after} for one in found.differences
        ],
        "results": [{"name": one.name, "same": one.is_same, "rows": list(one.rows)} for one in found.results],
        "not_compared": list(found.not_compared),
        "counts": dict(found.counts),
    }


def replay_lines(found: Replay, most: int) -> Iterator[str]:
    """What came of repeating a run, in words."""
    yield from (f"not as then: {one.said}" for one in found.differences)
    for one in found.results:
        if one.is_same:
            yield f"{one.name}: the same, row for row"
            continue
        rows = ", ".join(f"{row:,}" for row in one.rows[:most]) + (" …" if len(one.rows) > most else "")
        yield f"{one.name}: differs" + (f" in {len(one.rows):,} rows: {rows}" if one.rows else "; no chain says where")
    yield from (f"{name}: not compared, its bytes are not promised" for name in found.not_compared)
    yield _counts(found.counts)


def _size(one: Mapping[str, Any]) -> str:
    return f"{one['size']:,} bytes, SHA-256 {one['sha256'][:16]}"


def _counts(counts: Mapping[str, int]) -> str:
    parts = " + ".join(f"{count:,} {word.replace('_', ' ')}" for word, count in counts.items() if word != "read")
    return f"{counts['read']:,} = {parts}"
