"""The commands put together, in the order in which help shows them."""

from __future__ import annotations

from typing import Annotated

import typer

from sanctionscreen import __version__
from sanctionscreen.cli import check, evidence, explain, goods, lists, rules, screen
from sanctionscreen.cli.exits import PROGRAM


def application() -> typer.Typer:
    """The program, plain text throughout: help must read well in a log too."""
    app = typer.Typer(
        add_completion=False,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_program)
    app.command("screen")(screen.screen)
    app.command("check")(check.check)
    app.command("explain")(explain.explain)
    app.add_typer(goods.app(), name="goods", help="Explain what goods are (goods TEXT), or list the categories.")
    app.add_typer(rules.app(), name="rules", help="Check, test, show and study the rules.")
    app.add_typer(lists.app(), name="lists", help="Show what is loaded (lists), fetch lists, keep them fresh.")
    app.command("evidence")(evidence.evidence)
    return app


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"{PROGRAM} {__version__}")
        raise typer.Exit


def _program(
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_show_version, help="Show the version and exit.")
    ] = False,
    debug: Annotated[
        bool, typer.Option("--debug", help="Print the traceback of a failure; anywhere on the line.")
    ] = False,
) -> None:
    """Screen shipments for sanctions and dual-use risk around Russia, offline.

    A clear result means: nothing found on the lists loaded; it is not an all-clear.
    """
