"""The commands put together, in the order in which help shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Annotated

import typer

from sanctionscreen import __version__
from sanctionscreen.cli.exits import PROGRAM

_COMMANDS: Mapping[str, str] = {
    "screen": "screen.screen",
    "map": "map.map_columns",
    "check": "check.check",
    "explain": "explain.explain",
    "goods": "goods.app",
    "rules": "rules.app",
    "lists": "lists.app",
    "runs": "runs.app",
    "evidence": "evidence.evidence",
}
"""Module and function of each command, or of each group of commands."""
_GROUPS: Mapping[str, str] = {
    "goods": "Explain what goods are (goods TEXT), or list the categories.",
    "rules": "Check, test, show and study the rules.",
    "lists": "Show what is loaded (lists), fetch lists, keep them fresh.",
    "runs": "Verify, show, repeat and compare runs by their records.",
}


def application(arguments: Sequence[str] = ()) -> typer.Typer:
    """The program, plain text throughout: help must read well in a log too.

    Args:
        arguments: where they begin with a command, no other is loaded: to describe them all takes a tenth of a second.
    """
    app = typer.Typer(
        add_completion=False,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_program)
    named = arguments[0] if arguments and arguments[0] in _COMMANDS else None
    for name in _COMMANDS if named is None else (named,):
        _add(app, name)
    return app


def _add(app: typer.Typer, name: str) -> None:
    module, _, function = _COMMANDS[name].partition(".")
    found = getattr(import_module(f"sanctionscreen.cli.{module}"), function)
    if name in _GROUPS:
        app.add_typer(found(), name=name, help=_GROUPS[name])
    else:
        app.command(name)(found)


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
