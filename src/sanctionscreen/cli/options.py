"""Options that several commands share, and how their values are read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from sanctionscreen.errors import InputError, Location

STANDARD = "-"


def day(text: str) -> date:
    """A day as it is typed."""
    try:
        return date.fromisoformat(text)
    except ValueError as bad:
        raise typer.BadParameter(f"{text!r} is no day of the calendar; write it as 2024-04-23") from bad


InputFile = Annotated[
    str, typer.Argument(metavar="FILE", help="CSV file of shipments, one line each; - reads standard input.")
]
Packs = Annotated[
    list[Path] | None,
    typer.Option(
        "--rules", metavar="PACK", help="Own rule pack (file or folder) over the built-in one; may be repeated."
    ),
]
Profile = Annotated[
    Path | None,
    typer.Option("--profile", metavar="FILE", help="Own profile: jurisdictions, thresholds, gates, weights."),
]
Lists = Annotated[
    list[Path] | None,
    typer.Option("--list", metavar="FILE", help="Own watchlist beside the built-in ones; may be repeated."),
]
Goods = Annotated[
    list[Path] | None,
    typer.Option("--goods", metavar="FILE", help="Own goods categories laid over the built-in ones; may be repeated."),
]
AsOf = Annotated[
    date | None,
    typer.Option(
        "--as-of",
        metavar="DATE",
        parser=day,
        help="Screen with the lists and rules in force on this day (2024-04-23); default: today.",
    ),
]
DataDir = Annotated[
    Path | None,
    typer.Option(
        "--data-dir",
        metavar="DIR",
        help="Folder of official lists, as `lists update` fills it; default: the user's data folder.",
    ),
]
AllowStale = Annotated[
    bool,
    typer.Option(
        "--allow-stale", help="Screen although a list that the profile requires is stale; the result says so."
    ),
]
Mapping = Annotated[
    Path | None,
    typer.Option("--mapping", metavar="FILE", help="Which column holds which field, as `map` writes it."),
]
Sheet = Annotated[
    str | None, typer.Option("--sheet", metavar="NAME|N", help="Sheet of a workbook; default: the likeliest one.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print facts as JSON.")]


def existing(paths: Sequence[Path] | None, what: str) -> list[Path]:
    """The paths, each of which is there.

    Raises:
        InputError: one of them is not.
    """
    for path in paths or ():
        if not path.exists():
            raise InputError(f"no such {what}", Location(str(path)))
        if not path.is_file() and (what != "rule pack" or not path.is_dir()):
            raise InputError(f"is no file that can hold a {what}", Location(str(path)))
    return list(paths or ())
