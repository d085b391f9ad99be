"""`rules stats` and `rules backtest`: what rules do to a file, and what a change of rules would do."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from sanctionscreen.cli import options
from sanctionscreen.cli.exits import ExitCode
from sanctionscreen.cli.official import lists_of
from sanctionscreen.cli.output import print_json
from sanctionscreen.cli.progress import Progress, about_rows

_CHUNK_ROWS = 10_000  # as for `screen`

SideName = Annotated[
    str, typer.Argument(help="Rule pack (file or folder), profile (a file with the key profile:), or builtin.")
]


def stats(
    file: options.InputFile,
    mapping: options.Mapping = None,
    sheet: options.Sheet = None,
    packs: options.Packs = None,
    profile: options.Profile = None,
    lists: options.Lists = None,
    goods: options.Goods = None,
    data_dir: options.DataDir = None,
    allow_stale: options.AllowStale = False,
    as_of: options.AsOf = None,
    every: Annotated[bool, typer.Option("--all", help="Show the rules that never fired too.")] = False,
    as_json: options.AsJson = False,
) -> int:
    """Count what every rule in force does to a file: how often it fires, stays open, and decides alone.

    Alone counts the rows that would have a lower decision without the rule. An experimental rule adds no points;
    for it, "would raise" counts the rows that would have a higher decision if it did.
    """
    from sanctionscreen.ingest import open_table
    from sanctionscreen.ingest.mapping import read_mapping
    from sanctionscreen.screening import Screener
    from sanctionscreen.screening.rule_statistics import count_rules

    own_lists, own_goods = options.existing(lists, "watchlist"), options.existing(goods, "goods file")
    columns = None if mapping is None else read_mapping(mapping)
    known = lists_of(data_dir, allow_stale=allow_stale)
    with open_table(Path(file), chunk_rows=_CHUNK_ROWS, sheet=sheet, mapping=columns) as table:
        screener = Screener.build(
            watchlists=own_lists, packs=packs or (), profile=profile, goods=own_goods, as_of=as_of, **known
        )
        with _progress(file) as progress:
            counts = count_rules(screener, table, progress)
    from sanctionscreen.report import console, rule_study

    if as_json:
        print_json(rule_study.statistics_object(counts))
    else:
        rule_study.print_statistics(console.console(sys.stdout), counts, every=every)
    return ExitCode.DONE


def backtest(
    old: SideName,
    new: SideName,
    file: options.InputFile,
    mapping: options.Mapping = None,
    sheet: options.Sheet = None,
    packs: options.Packs = None,
    profile: options.Profile = None,
    lists: options.Lists = None,
    goods: options.Goods = None,
    data_dir: options.DataDir = None,
    allow_stale: options.AllowStale = False,
    as_of: options.AsOf = None,
    examples: Annotated[
        int, typer.Option("--examples", metavar="N", min=0, help="Rows to show for each kind of change.")
    ] = 5,
    fail_on_change: Annotated[
        bool, typer.Option("--fail-on-change", help="Exit with 1 when a decision differs.")
    ] = False,
    as_json: options.AsJson = False,
) -> int:
    """Say what a change of rules or profile would have done to a file: OLD against NEW, row by row.

    Each side is the built-in rules and profile with one pack laid over them, or one profile in place of the default.
    Packs given with --rules lie under both sides; --profile is the profile of a side that names a pack.
    """
    from sanctionscreen.ingest import open_table
    from sanctionscreen.ingest.mapping import read_mapping
    from sanctionscreen.screening import Screener
    from sanctionscreen.screening.backtest import backtest as compare
    from sanctionscreen.screening.backtest import load_side

    own_lists, own_goods = options.existing(lists, "watchlist"), options.existing(goods, "goods file")
    columns = None if mapping is None else read_mapping(mapping)
    known = lists_of(data_dir, allow_stale=allow_stale)
    with open_table(Path(file), chunk_rows=_CHUNK_ROWS, sheet=sheet, mapping=columns) as table:
        screener = Screener.build(watchlists=own_lists, goods=own_goods, as_of=as_of, **known)
        before, after = (
            load_side(name, screener.sources, screener.as_of, packs=packs or (), profile=profile) for name in (old, new)
        )
        with _progress(file) as progress:
            result = compare(screener, before, after, table, examples_each=examples, on_progress=progress)
    from sanctionscreen.report import console, rule_study

    if as_json:
        print_json(rule_study.backtest_object(result))
    else:
        rule_study.print_backtest(console.console(sys.stdout), result)
    return ExitCode.FINDINGS if fail_on_change and result.changed else ExitCode.DONE


@contextmanager
def _progress(file: str) -> Iterator[Progress]:
    progress = Progress(sys.stderr, lambda: about_rows(Path(file)))
    try:
        yield progress
    finally:
        progress.close()
