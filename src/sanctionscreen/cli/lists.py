"""`lists`: what a screening compares with, from when, how much of it, and its fingerprints."""

from __future__ import annotations

import sys

from sanctionscreen.cli import options
from sanctionscreen.cli.exits import ExitCode
from sanctionscreen.cli.output import print_json


def lists(
    own_lists: options.Lists = None,
    goods: options.Goods = None,
    as_of: options.AsOf = None,
    as_json: options.AsJson = False,
) -> int:
    """Show which lists are loaded, with their dates, counts and fingerprints."""
    from sanctionscreen.screening import Screener

    screener = Screener.build(
        watchlists=options.existing(own_lists, "watchlist"), goods=options.existing(goods, "goods file"), as_of=as_of
    )
    named = {**screener.sources.geography.lists, **screener.sources.goods.named_lists}
    if as_json:
        from sanctionscreen.report.facts import lists_object

        day = screener.as_of.isoformat()
        print_json(lists_object(screener.sources.lists, named.values(), screener.fingerprints, day))
    else:
        from sanctionscreen.report import catalogues, console

        catalogues.print_lists(console.console(sys.stdout), screener, list(named.values()))
    return ExitCode.DONE
