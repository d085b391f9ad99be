"""`runs`: verify what a run left, show its record, repeat it, and say why two runs differ."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sanctionscreen.cli import options
from sanctionscreen.cli.exits import ExitCode
from sanctionscreen.cli.output import Format, Target, check_target, opened, print_json
from sanctionscreen.cli.progress import Progress

if TYPE_CHECKING:
    from sanctionscreen.runs.difference import Comparison
    from sanctionscreen.runs.verifying import Verification

_SHOWN = 40
"""Faults or rows that are printed; --json has all."""

Record = Annotated[
    Path, typer.Argument(metavar="RECORD", help="The record of a run (OUT.run.json), or a result beside it.")
]


def app() -> typer.Typer:
    """The commands on records of runs."""
    group = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
    group.command("verify")(verify)
    group.command("show")(show)
    group.command("replay")(replay)
    group.command("diff")(diff)
    return group


def verify(
    record: Record,
    result: Annotated[
        Path | None,
        typer.Option("--result", metavar="FILE", help="Where the result lies, if it was renamed or saved elsewhere."),
    ] = None,
    as_json: options.AsJson = False,
) -> int:
    """Compare results with their record; name every row that was changed, deleted, inserted or moved.

    A record stands for all results of its run, a result for itself. Exit code 1: something is not as it was written.
    """
    from sanctionscreen.runs.verifying import verify as verified

    found = verified(record, result=result)
    if as_json:
        print_json(_verification_object(found))
    else:
        _print_verification(found)
    return ExitCode.DONE if found.is_intact else ExitCode.FINDINGS


def _verification_object(found: Verification) -> dict[str, object]:
    return {
        "record": str(found.manifest.path),
        "intact": found.is_intact,
        "checked": list(found.checked),
        "seal": found.manifest.seal,
        "faults": [
            {"file": fault.file, "kind": str(fault.kind), "rows": list(fault.rows), "said": fault.said}
            for fault in found.faults
        ],
    }


def _print_verification(found: Verification) -> None:
    from sanctionscreen.report.console import console, write

    out = console(sys.stdout)
    for fault in found.faults[:_SHOWN]:
        write(out, f"{fault.file}: {fault.said}")
    if len(found.faults) > _SHOWN:
        write(out, f"… and {len(found.faults) - _SHOWN:,} more (--json)")
    counts = found.manifest.result["counts"]
    named = ", ".join(found.checked)
    if found.is_intact:
        write(out, f"{named}: as written, {counts['read']:,} rows; seal {found.manifest.seal}", "bold")
        write(out, "Who holds the record can rewrite all of it: compare the seal with one deposited elsewhere.")
    else:
        write(out, f"{named}: not as written", "bold")


def show(record: Record, as_json: options.AsJson = False) -> int:
    """Show what a run rested on and what it came to."""
    from sanctionscreen.runs.manifest import read_manifest

    manifest = read_manifest(record)
    if as_json:
        print_json({"basis": manifest.basis, "result": manifest.result, "seal": manifest.seal, "facts": manifest.facts})
    else:
        from sanctionscreen.runs.words import manifest_lines

        _print(manifest_lines(manifest))
    return ExitCode.DONE


def replay(
    record: Record,
    source: Annotated[
        Path | None,
        typer.Option("--input", metavar="FILE", help="The file that was screened, if it lies elsewhere now."),
    ] = None,
    folders: Annotated[
        list[Path] | None,
        typer.Option("--from", metavar="FOLDER", help="Look here for files that were moved; may be repeated."),
    ] = None,
    data_dir: options.DataDir = None,
    no_progress: Annotated[bool, typer.Option("--no-progress", help="Show no progress, even at a terminal.")] = False,
    as_json: options.AsJson = False,
) -> int:
    """Repeat a run from its input, lists and packs, and compare: CSV and JSON lines must be the same, byte for byte.

    Exit code 1: something came out otherwise. 2: a file is not there any more, or not what it was. 3: a list version is
    not there any more.
    """
    from sanctionscreen.runs.recording import Edge
    from sanctionscreen.runs.replaying import Where
    from sanctionscreen.runs.replaying import replay as repeated
    from sanctionscreen.runs.words import replay_lines, replay_object

    progress = Progress(sys.stderr, lambda: None)
    try:
        where = Where(tuple(folders or ()), source, data_dir)
        edge = Edge(time.monotonic, lambda: datetime.now(UTC), (lambda row: None) if no_progress else progress)
        found = repeated(record, where, edge)
    finally:
        progress.close()
    if as_json:
        print_json(replay_object(found))
    else:
        _print(replay_lines(found, _SHOWN))
    return ExitCode.DONE if found.is_same else ExitCode.FINDINGS


def diff(
    before: Annotated[Path, typer.Argument(metavar="BEFORE", help="Record or result of the first run.")],
    after: Annotated[Path, typer.Argument(metavar="AFTER", help="Record or result of the second run.")],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write the rows to a file, FILE.csv or FILE.json."),
    ] = None,
    data_dir: options.DataDir = None,
    as_json: options.AsJson = False,
) -> int:
    """Say for every row that came out otherwise whether list, rule, profile, input or program caused it.

    Rows are paired by their number, or, where the inputs differ, by shipment and line or by what their cells say.
    For hits of a list in two versions, the data folder says whether the entry changed. `several` stands where it cannot
    be decided.
    """
    from sanctionscreen.runs.difference import compare
    from sanctionscreen.runs.words import comparison_lines, comparison_object

    found = compare(before, after, data_dir)
    if output is not None:
        _write(output, found)
    if as_json:
        print_json(comparison_object(found))
    else:
        _print(comparison_lines(found, _SHOWN))
    return ExitCode.DONE


def _write(path: Path, found: Comparison) -> None:
    from sanctionscreen.runs.words import comparison_object, comparison_table

    form = Format.CSV if path.suffix.lower() == ".csv" else Format.JSONL
    target = Target(path, form)
    check_target(target, [found.before.path, found.after.path])
    with opened(target) as stream:
        if form is Format.CSV:
            stream.write(comparison_table(found))
        else:
            stream.write(json.dumps(comparison_object(found), ensure_ascii=False, allow_nan=False, indent=1) + "\n")


def _print(lines: Iterable[str]) -> None:
    from sanctionscreen.report.console import console, write

    out = console(sys.stdout)
    for line in lines:
        write(out, line)
