"""`screen`: a file of shipments in, every row back with a decision, a score and its evidence."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sanctionscreen.cli import options
from sanctionscreen.cli.exits import ExitCode, say
from sanctionscreen.cli.official import lists_of
from sanctionscreen.cli.output import Format, Target, check_target, choose, opened
from sanctionscreen.cli.progress import Progress, about_rows, silent

if TYPE_CHECKING:
    from sanctionscreen.ingest import Table
    from sanctionscreen.report.summary import Tally
    from sanctionscreen.screening import Run

_CHUNK_ROWS = 10_000  # a few seconds of work: progress moves, and memory stays small


class FailOn(StrEnum):
    """Decision from which a run counts as one with findings."""

    REVIEW = "review"
    BLOCK = "block"


def screen(
    file: options.InputFile,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="OUT",
            help="File for the result; - is standard output. Default: standard output when it is piped; "
            "at a terminal FILE.screened.csv beside the input.",
        ),
    ] = None,
    form: Annotated[
        Format | None,
        typer.Option("--format", metavar="csv|jsonl", help="Default: by the ending of OUT, else csv."),
    ] = None,
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
    no_progress: Annotated[bool, typer.Option("--no-progress", help="Show no progress, even at a terminal.")] = False,
) -> int:
    """Screen a file of shipments; every row comes back with a decision, a score and its evidence.

    The result goes to OUT, the summary to the terminal. Decisions are clear, review, block and not_screenable.
    Clear means: nothing found on the lists loaded; it is not an all-clear.
    """
    from sanctionscreen.ingest import open_table
    from sanctionscreen.report.summary import Tally
    from sanctionscreen.screening import Screener

    target = choose(file, output, form, at_terminal=sys.stdout.isatty())
    own_lists = options.existing(lists, "watchlist")
    own_goods = options.existing(goods, "goods file")
    named = [*(packs or ()), *own_lists, *own_goods, *([profile] if profile else ())]
    check_target(target, [*named, *([] if file == options.STANDARD else [Path(file)])])
    with open_table(Path(file), chunk_rows=_CHUNK_ROWS) as table:
        screener = Screener.build(
            watchlists=own_lists,
            packs=packs or (),
            profile=profile,
            goods=own_goods,
            as_of=as_of,
            **lists_of(data_dir, allow_stale=allow_stale),
        )
        progress = None if no_progress else Progress(sys.stderr, lambda: about_rows(Path(file)))
        run = screener.screen_table(table, progress or silent)
        tally = Tally()
        try:
            neutralised = _write(target, table, run, tally, raw_cells=raw_cells)
        finally:
            if progress is not None:
                progress.close()
        tally.close(run.read)
        changes = [f"goods: {change}" for change in screener.sources.goods.changes]
        notes = list(dict.fromkeys([*changes, *run.notes, *table.notes]))  # some are known only when all has been read
    _show(target, tally, notes, neutralised)
    return _code(tally, fail_on, max_unscreenable)


def _write(target: Target, table: Table, run: Run, tally: Tally, *, raw_cells: bool) -> int:
    """Write the result; how many cells were made harmless."""
    assessments = tally.watch(run.assessments)
    with opened(target) as stream:
        if target.format is Format.CSV:
            from sanctionscreen.report.csv_report import write_csv
            from sanctionscreen.screening.result_columns import given_names

            columns = dict(zip(table.headers, given_names(table.header_cells), strict=True))
            counts = write_csv(stream, columns, assessments, with_shipments=run.has_shipments, raw_cells=raw_cells)
            return counts.neutralised
        from sanctionscreen.report.jsonl_report import write_jsonl

        write_jsonl(stream, assessments)
        return 0


def _show(target: Target, tally: Tally, notes: list[str], neutralised: int) -> None:
    from sanctionscreen.report import console, terminal

    if neutralised:
        cells = "1 cell" if neutralised == 1 else f"{neutralised:,} cells"
        said = f"{cells} that a spreadsheet would run as a formula got an apostrophe in front (see --raw-cells)"
        notes = [*notes, said]
    stream = sys.stderr if target.path is None else sys.stdout
    terminal.print_run(console.console(stream), tally, str(target), notes)


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
