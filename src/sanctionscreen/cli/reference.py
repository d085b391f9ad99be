"""Prints `docs/cli.md`: every command with its arguments, options and help, and the exit codes."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from typer.main import get_command

from sanctionscreen.cli.exits import MEANINGS, PROGRAM
from sanctionscreen.cli.program import application

_HEAD = f"""# Command line

Every command of `{PROGRAM}`, with its options and exit codes, as the program itself describes them.

This page is generated: `python -m sanctionscreen.cli.reference > docs/cli.md`.
`--debug`, anywhere on the line, prints the traceback of a failure.
Results and `--json` are UTF-8 whatever the locale; `NO_COLOR` and `TERM=dumb` are honoured.
"""


def reference() -> str:
    """The page as markdown."""
    blocks = [_HEAD, *_commands(get_command(application()), PROGRAM), _exit_codes()]
    return "\n".join(blocks)


def _commands(command: Any, name: str) -> Iterator[str]:
    """Click's own classes are not public in Typer, hence Any."""
    held = getattr(command, "commands", None)
    if held is None:
        yield _command(command, name)
        return
    for part, child in held.items():
        yield from _commands(child, f"{name} {part}")


def _command(command: Any, name: str) -> str:
    arguments = [param for param in command.params if param.param_type_name == "argument"]
    options = [param for param in command.params if param.param_type_name == "option"]
    words = " ".join([name, *(str(param.metavar) for param in arguments), *(["[OPTIONS]"] if options else [])])
    lines = [f"- `{param.metavar}`: {param.help}" for param in arguments] + [_option(param) for param in options]
    return "\n".join([f"## {name}", "", f"`{words}`", "", _help(command), "", *lines, ""])


def _help(command: Any) -> str:
    return "\n".join(line.strip() for line in (command.help or "").splitlines()).strip()


def _option(param: Any) -> str:
    spelling = ", ".join(param.opts) + (f" {param.metavar}" if param.metavar else "")
    needed = " Required." if param.required else ""
    default = getattr(param.default, "value", param.default)
    shown = f" Default: {default}." if isinstance(default, (str, int)) and not isinstance(default, bool) else ""
    return f"- `{spelling}`: {param.help}{needed}{shown}"


def _exit_codes() -> str:
    rows = [f"| {code.value} | {meaning} |" for code, meaning in MEANINGS.items()]
    return "\n".join(["## Exit codes", "", "| code | meaning |", "|---|---|", *rows])


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # a text stream, when run as a program
    print(reference())  # noqa: T201  # the page is the output
