"""`goods`: what a description and a code say the goods are, and the lists that say so."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from sanctionscreen.cli import options
from sanctionscreen.cli.exits import ExitCode
from sanctionscreen.cli.output import print_json
from sanctionscreen.errors import InputError, suggestion

if TYPE_CHECKING:
    from sanctionscreen.goods import GoodsLists
    from sanctionscreen.goods.categories import Category
    from sanctionscreen.watchlist.seeds import Seeds

_DEFAULT = "explain"


class _TextFirst(TyperGroup):
    """A group whose first word may be a description: what is no command is what to explain."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        is_command = not args or args[0] in (*self.commands, *ctx.help_option_names)
        return super().parse_args(ctx, args if is_command else [_DEFAULT, *args])


def app() -> typer.Typer:
    """The commands of the group."""
    group = typer.Typer(
        cls=_TextFirst, no_args_is_help=True, rich_markup_mode=None, subcommand_metavar="TEXT | list [CATEGORY]"
    )
    group.command(_DEFAULT)(explain)
    group.command("list")(list_goods)
    return group


def explain(
    text: Annotated[str | None, typer.Argument(metavar="TEXT", help="The description as written.")] = None,
    hs: Annotated[str | None, typer.Option("--hs", metavar="CODE", help="The HS code as written.")] = None,
    day: Annotated[
        date | None,
        typer.Option(
            "--date",
            metavar="DATE",
            parser=options.day,
            help="Day of the shipment (2024-04-23), which decides the edition of the code.",
        ),
    ] = None,
    goods: options.Goods = None,
    as_json: options.AsJson = False,
) -> int:
    """Explain what goods are: categories, priority list, whether text and code agree, and why.

    The word `explain` may be left out: `goods "TEXT" --hs CODE`. It is needed where TEXT is the word list.
    No category means: nothing found on the lists loaded; it is not an all-clear.
    """
    if not (text and text.strip()) and not (hs and hs.strip()):
        raise InputError("there is nothing to read; give a TEXT, a code (--hs), or both")
    lists, seeds = _load(goods)
    from sanctionscreen.goods import classify, parse_hs
    from sanctionscreen.report import goods_sheet

    reading = classify(text, hs, date=day, lists=lists)
    answer = goods_sheet.GoodsAnswer(text, hs, day, reading, parse_hs(hs), lists, seeds.documents)
    if as_json:
        print_json(goods_sheet.goods_object(answer))
    else:
        from sanctionscreen.report import console

        goods_sheet.print_goods(console.console(sys.stdout), answer)
    return ExitCode.DONE


def list_goods(
    name: Annotated[
        str | None,
        typer.Argument(metavar="[CATEGORY]", help="One category in full; chpl is the Common High Priority List."),
    ] = None,
    goods: options.Goods = None,
    as_json: options.AsJson = False,
) -> int:
    """List the categories of goods, or show one in full: codes, terms, false friends, citations, control hints."""
    lists, seeds = _load(goods)
    from sanctionscreen.report import category_sheet, console

    out = console.console(sys.stdout)
    if name is None:
        if as_json:
            print_json(category_sheet.categories_object(lists))
        else:
            category_sheet.print_categories(out, lists)
    elif name.strip().casefold() == category_sheet.PRIORITY:
        if as_json:
            print_json(category_sheet.priority_object(lists))
        else:
            category_sheet.print_priority(out, lists)
    else:
        category = _category(name, lists)
        if as_json:
            print_json(category_sheet.category_object(category, lists))
        else:
            category_sheet.print_category(out, category, lists, seeds.documents)
    return ExitCode.DONE


def _load(own: list[Path] | None) -> tuple[GoodsLists, Seeds]:
    from sanctionscreen.goods import load_goods
    from sanctionscreen.watchlist.seeds import load_seeds

    paths = options.existing(own, "goods file")
    seeds = load_seeds()
    return load_goods(documents=seeds.documents, own=paths), seeds


def _category(name: str, lists: GoodsLists) -> Category:
    from sanctionscreen.report.category_sheet import PRIORITY

    found = lists.categories.get(name.strip().casefold().replace("-", "_").replace(" ", "_"))
    if found is None:
        raise InputError(f"no category {name!r:.80}{suggestion(name, [*lists.categories, PRIORITY])}")
    return found
