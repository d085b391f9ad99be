"""Text for a terminal: what is written is shown and never obeyed; colour follows `NO_COLOR` and `TERM=dumb`."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TextIO

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from sanctionscreen.model import Outcome
from sanctionscreen.report.printable import printable

_STYLES = {
    Outcome.BLOCK: "bold red",
    Outcome.REVIEW: "yellow",
    Outcome.NOT_SCREENABLE: "magenta",
    Outcome.CLEAR: "",
}
_PIPED_WIDTH = 140  # nobody's window: wide enough that a sentence is not folded after every few words


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Leave it to the caller: Rich would end the process with 1, which means findings here."""
        raise BrokenPipeError


def console(stream: TextIO) -> Console:
    """A console on a stream that takes text as it is: no markup, no emoji codes, no guessed highlights."""
    width = None if stream.isatty() or "COLUMNS" in os.environ else _PIPED_WIDTH
    return _Console(file=stream, markup=False, emoji=False, highlight=False, width=width, soft_wrap=False)


def shown(value: object, style: str = "") -> Text:
    """A value as text to show."""
    return Text(printable(str(value)), style=style)


def new_table(*columns: tuple[str, str]) -> Table:
    """A table of (heading, "left" or "right") columns."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for heading, side in columns:
        table.add_column(heading, justify="right" if side == "right" else "left", overflow="fold")
    return table


def add_row(table: Table, *cells: object) -> None:
    """Add a row; what is no `Text` yet is shown as it is written."""
    table.add_row(*(cell if isinstance(cell, Text) else shown(cell) for cell in cells))


def outcome_text(outcome: Outcome) -> Text:
    """A decision in its colour."""
    return shown(outcome.value, _STYLES[outcome])


def write(out: Console, line: object = "", style: str = "") -> None:
    """A line, a table or a tree."""
    out.print(line if isinstance(line, (Table, Tree, Text)) else shown(line, style))


def write_lines(out: Console, heading: str, lines: Iterable[str]) -> None:
    """A heading and its lines; nothing where there are no lines."""
    held = list(lines)
    if held:
        write(out)
        write(out, heading, "bold")
        for line in held:
            write(out, f"  {line}")


def write_section(out: Console, heading: str, lines: Iterable[Text]) -> None:
    """The same for lines with styles, whose folded parts stay behind the margin."""
    held = list(lines)
    if held:
        write(out)
        write(out, heading, "bold")
        for line in held:
            write_indented(out, line)


def write_indented(out: Console, line: Text) -> None:
    """A line whose every part stays behind the margin when it is folded."""
    out.print(Padding(line, (0, 0, 0, 2), expand=False))
