"""`screen`: files of shipments in, every row back with a decision, a score and its evidence."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sanctionscreen.cli import options
from sanctionscreen.cli.exits import ExitCode, say
from sanctionscreen.cli.output import Format, Target, opened
from sanctionscreen.cli.screening import Wanted, screen_all

if TYPE_CHECKING:
    from sanctionscreen.report.summary import Tally
    from sanctionscreen.runs.recording import Done


class FailOn(StrEnum):
    """Decision from which a run counts as one with findings."""

    REVIEW = "review"
    BLOCK = "block"


def _show_schema(wanted: bool) -> None:
    if wanted:
        from sanctionscreen.report.jsonl_report import schema_text

        with opened(Target(None, Format.JSONL)) as stream:
            stream.write(schema_text())
        raise typer.Exit


def screen(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE...",
            help="Files of shipments, one line each: CSV, Excel, Parquet, JSON, JSON lines, XML invoices; "
            "also folders and patterns. - reads standard input.",
        ),
    ],
    outputs: Annotated[
        list[str] | None,
        typer.Option(
            "--output",
            "-o",
            metavar="OUT",
            help="File for the result; - is standard output; may be repeated, for several formats of one run. "
            "Default: standard output when it is piped; at a terminal FILE.screened.csv beside the input. "
            "With several inputs, a folder.",
        ),
    ] = None,
    form: Annotated[
        Format | None,
        typer.Option("--format", metavar="|".join(Format), help="For one OUT; default: by its ending, else csv."),
    ] = None,
    mapping: options.Mapping = None,
    sheet: options.Sheet = None,
    packs: options.Packs = None,
    profile: options.Profile = None,
    lists: options.Lists = None,
    goods: options.Goods = None,
    data_dir: options.DataDir = None,
    allow_stale: options.AllowStale = False,
    as_of: options.AsOf = None,
    fail_on: Annotated[
        FailOn | None,
        typer.Option("--fail-on", metavar="review|block", help="Exit with 1 when a row reaches this decision."),
    ] = None,
    max_unscreenable: Annotated[
        int | None,
        typer.Option(
            "--max-unscreenable", metavar="N", min=0, help="Exit with 4 when more rows than this are not screenable."
        ),
    ] = None,
    raw_cells: Annotated[
        bool,
        typer.Option("--raw-cells", help="Leave cells that a spreadsheet would run as a formula as they are (CSV)."),
    ] = False,
    record: Annotated[
        Path | None,
        typer.Option(
            "--record",
            metavar="FILE",
            help="Write the record of the run here; default: OUT.run.json beside a result, none for standard output.",
        ),
    ] = None,
    no_record: Annotated[
        bool, typer.Option("--no-record", help="Write the result alone, without the record that proves it.")
    ] = False,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on where a run of the same command stopped; the result is the same.")
    ] = False,
    workers: Annotated[
        int | None,
        typer.Option(
            "--workers",
            metavar="N",
            min=1,
            help="Processes that share the work; no result depends on it.",
        ),
    ] = None,
    no_progress: Annotated[bool, typer.Option("--no-progress", help="Show no progress, even at a terminal.")] = False,
    schema: Annotated[
        bool,
        typer.Option(
            "--schema", is_eager=True, callback=_show_schema, help="Print the JSON Schema of JSON lines and exit."
        ),
    ] = False,
) -> int:
    """Screen files of shipments; every row comes back with a decision, a score and its evidence.

    The result goes to OUT, the summary to the terminal. Decisions are clear, review, block and not_screenable.
    Clear means: nothing found on the lists loaded; it is not an all-clear.
    """
    from sanctionscreen.runs.basis import Given

    if no_record and (record or resume):
        raise typer.BadParameter("--no-record leaves nothing to write down or to go on from")
    own_lists, own_goods = options.existing(lists, "watchlist"), options.existing(goods, "goods file")
    options.existing([mapping] if mapping else None, "mapping")
    given = Given(packs or (), own_lists, own_goods, profile, mapping, {"raw_cells": raw_cells, "sheet": sheet})
    wanted = Wanted(
        files=files,
        outputs=outputs,
        form=form,
        given=given,
        data_dir=data_dir,
        allow_stale=allow_stale,
        as_of=as_of,
        sheet=sheet,
        raw_cells=raw_cells,
        is_recorded=not no_record,
        record=record,
        resume=resume,
        has_progress=not no_progress,
        workers=workers,
    )
    return max((_code(done.tally, fail_on, max_unscreenable) for done in screen_all(wanted, _show)), default=0)


def _show(targets: Sequence[Target], done: Done) -> None:
    from sanctionscreen.report import console, terminal

    notes = list(done.notes)
    if done.neutralised:
        cells = "1 cell" if done.neutralised == 1 else f"{done.neutralised:,} cells"
        notes.append(f"{cells} that a spreadsheet would run as a formula got an apostrophe in front (see --raw-cells)")
    stream = sys.stderr if any(target.path is None for target in targets) else sys.stdout
    terminal.print_run(console.console(stream), done.tally, ", ".join(map(str, targets)), notes)


def _code(tally: Tally, fail_on: FailOn | None, max_unscreenable: int | None) -> int:
    """An incomplete screening is worse than one with findings, so 4 goes before 1."""
    from sanctionscreen.model import Outcome

    unscreenable = tally.outcomes[Outcome.NOT_SCREENABLE]
    if max_unscreenable is not None and unscreenable > max_unscreenable:
        say(f"{unscreenable:,} rows are not screenable; --max-unscreenable allows {max_unscreenable:,}")
        return ExitCode.UNSCREENABLE
    if fail_on is not None and tally.at_or_above(Outcome(fail_on.value)):
        return ExitCode.FINDINGS
    return ExitCode.DONE
