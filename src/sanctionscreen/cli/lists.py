"""`lists`: what a screening compares with, from when, how much of it; and the commands that keep it up to date."""

from __future__ import annotations

import sys
from typing import Any

import typer
from typer.core import TyperGroup

from sanctionscreen.cli import lists_bundle, lists_folder, lists_read, lists_update, options
from sanctionscreen.cli.exits import ExitCode
from sanctionscreen.cli.output import print_json

_DEFAULT = "loaded"


class _LoadedFirst(TyperGroup):
    """A group that shows what is loaded where no command is given."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        is_command = bool(args) and (not args[0].startswith("-") or args[0] in ctx.help_option_names)
        return super().parse_args(ctx, args if is_command else [_DEFAULT, *args])


def app() -> typer.Typer:
    """The commands of the group."""
    group = typer.Typer(cls=_LoadedFirst, rich_markup_mode=None, subcommand_metavar="[COMMAND]")
    group.command(_DEFAULT)(lists)
    group.command("update")(lists_update.update)
    group.command("add")(lists_update.add)
    group.command("status")(lists_folder.status)
    group.command("show")(lists_read.show)
    group.command("diff")(lists_read.diff)
    group.command("prune")(lists_folder.prune)
    group.add_typer(lists_bundle.app(), name="bundle", help="Carry a set of lists in one file, with checksums.")
    return group


def lists(
    own_lists: options.Lists = None,
    goods: options.Goods = None,
    as_of: options.AsOf = None,
    as_json: options.AsJson = False,
) -> int:
    """Show which lists are loaded, with their dates, counts and fingerprints.

    The word `loaded` may be left out.
    """
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
