"""`explain`: one row of a file in full, from the sentence down to the conditions, and what nearly fired."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sanctionscreen.cli import options
from sanctionscreen.cli.exits import ExitCode
from sanctionscreen.cli.official import lists_of
from sanctionscreen.cli.output import print_json
from sanctionscreen.errors import InputError, Location

if TYPE_CHECKING:
    from sanctionscreen.ingest import Table
    from sanctionscreen.model import Assessment
    from sanctionscreen.screening import Explanation, Screener


def explain(
    file: options.InputFile,
    row: Annotated[
        int, typer.Option("--row", metavar="N", min=1, help="Row to explain, counted from 1 without the header.")
    ],
    mapping: options.Mapping = None,
    sheet: options.Sheet = None,
    packs: options.Packs = None,
    profile: options.Profile = None,
    lists: options.Lists = None,
    goods: options.Goods = None,
    data_dir: options.DataDir = None,
    allow_stale: options.AllowStale = False,
    as_of: options.AsOf = None,
    as_json: options.AsJson = False,
) -> int:
    """Explain one row: contributions that add up to the score, the evidence, what would lower it, and why not more.

    The row stands alone here; the common decision of a shipment's lines is in the result of `screen`.
    """
    from sanctionscreen.ingest import open_table
    from sanctionscreen.ingest.mapping import read_mapping
    from sanctionscreen.screening import Screener

    own_lists, own_goods = options.existing(lists, "watchlist"), options.existing(goods, "goods file")
    columns = None if mapping is None else read_mapping(mapping)
    with open_table(Path(file), sheet=sheet, mapping=columns) as table:
        screener = Screener.build(
            watchlists=own_lists,
            packs=packs or (),
            profile=profile,
            goods=own_goods,
            as_of=as_of,
            **lists_of(data_dir, allow_stale=allow_stale),
        )
        explanation = screener.explain_row(table, row)
        rejected = _rejected(table, row, screener) if explanation is None else None
    if rejected is not None:
        _print_rejected(rejected, as_json=as_json)
    elif explanation is not None:
        _print(explanation, as_json=as_json)
    return ExitCode.DONE


def _print(explanation: Explanation, *, as_json: bool) -> None:
    if as_json:
        from sanctionscreen.report.facts import explanation_object

        print_json(explanation_object(explanation))
    else:
        from sanctionscreen.report import console, terminal

        terminal.print_explanation(console.console(sys.stdout), explanation)


def _rejected(table: Table, row: int, screener: Screener) -> Assessment:
    """The assessment of a row that could not be aligned to the header.

    Raises:
        InputError: there is no such row.
    """
    run = screener.screen_table(table)
    found = next((assessment for assessment in run.assessments if assessment.row == row), None)
    if found is None:
        raise InputError(f"has no row {row}; it has {run.read}", Location(table.name))
    return found


def _print_rejected(assessment: Assessment, *, as_json: bool) -> None:
    if as_json:
        from sanctionscreen.report.jsonl_report import assessment_object

        print_json({**assessment_object(assessment), "near_misses": [], "lower_if": []})
    else:
        from sanctionscreen.report import console, terminal

        terminal.print_headline(console.console(sys.stdout), assessment)
