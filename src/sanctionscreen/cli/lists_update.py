"""`lists update` and `lists add`: a list that is not believed never replaces one that is held."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sanctionscreen.cli import options
from sanctionscreen.cli.exits import ExitCode, leaves, say
from sanctionscreen.cli.list_progress import ListProgress
from sanctionscreen.cli.lists_folder import DataDir, Names, OwnCatalogue, now, open_catalogue, open_store
from sanctionscreen.cli.output import print_json
from sanctionscreen.cli.progress import standard_error
from sanctionscreen.errors import InputError, SanctionScreenError

if TYPE_CHECKING:
    from sanctionscreen.watchlist.catalogue import CatalogueEntry
    from sanctionscreen.watchlist.fetching import Fetcher
    from sanctionscreen.watchlist.update import Outcome
    from sanctionscreen.watchlist.verification import Progress

FormatName = Annotated[
    str | None, typer.Option("--format", metavar="FORMAT", help="The format, where the list comes in several.")
]
Accept = Annotated[
    str | None,
    typer.Option(
        "--accept",
        metavar="REASON",
        help="Take counts and dates that are not expected, this once; the reason is kept with the version.",
    ),
]


def open_fetcher() -> Fetcher:
    """What asks the publishers."""
    from sanctionscreen.watchlist.fetching import Fetcher

    return Fetcher()


def update(
    names: Names = None,
    format_name: FormatName = None,
    accepted: Accept = None,
    data_dir: DataDir = None,
    catalogue: OwnCatalogue = None,
    as_json: options.AsJson = False,
) -> int:
    """Fetch lists from their publishers, verify them, and make them count.

    Without a name: every live list of the catalogue that has an address and may be fetched by itself.
    A list that fails leaves its last version in place, and the others go on; the exit code is then 2.
    """
    _only_one(names or [], format_name, accepted)
    known, store, fetcher, moment = open_catalogue(catalogue, data_dir), open_store(data_dir), open_fetcher(), now()
    entries = known.entries(names or ())
    if not names:
        entries = tuple(
            one for one in entries if one.is_automatic and one.can_be_fetched and not one.is_retired(moment.date())
        )
    from sanctionscreen.watchlist import update as updates

    def one(entry: CatalogueEntry, progress: Progress) -> Outcome:
        return updates.update(
            entry, store, fetcher, moment, format_name=format_name or "", accepted=accepted or "", on_progress=progress
        )

    return report(entries, one, as_json=as_json)


def add(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", help="The file or files of one list, as the publisher gives them."),
    ],
    name: Annotated[str, typer.Option("--as", metavar="NAME", help="The list that it is, by id.")],
    fetched_on: Annotated[
        date | None,
        typer.Option(
            "--fetched-on",
            metavar="DATE",
            parser=options.day,
            help="Day on which it was fetched; default: the day that it gives for itself, else that of the file.",
        ),
    ] = None,
    format_name: FormatName = None,
    accepted: Accept = None,
    data_dir: DataDir = None,
    catalogue: OwnCatalogue = None,
    as_json: options.AsJson = False,
) -> int:
    """Take a list from files that are at hand, verified as if they had been fetched.

    A version that is older than the one that counts is kept beside it, for `lists diff`.
    """
    paths = options.existing(files, "list")
    known, store, moment = open_catalogue(catalogue, data_dir), open_store(data_dir), now()
    from sanctionscreen.watchlist import update as updates

    def one(entry: CatalogueEntry, progress: Progress) -> Outcome:
        return updates.add(
            entry,
            store,
            paths,
            moment,
            fetched_on=fetched_on,
            format_name=format_name or "",
            accepted=accepted or "",
            on_progress=progress,
        )

    return report([known.entry(name)], one, as_json=as_json)


def _only_one(names: list[str], format_name: str | None, accepted: str | None) -> None:
    if len(names) != 1 and (format_name or accepted):
        raise InputError("--format and --accept speak of one list; name it")


def report(
    entries: Iterable[CatalogueEntry],
    one: Callable[[CatalogueEntry, Progress], Outcome],
    *,
    as_json: bool,
) -> int:
    """Do one thing with each list, say what failed as it fails, and show what became of the others."""
    outcomes, failed = [], 0
    for entry in entries:
        progress = ListProgress(standard_error(), entry.id)
        try:
            outcomes.append(one(entry, progress))
        except (SanctionScreenError, OSError, ExceptionGroup) as problem:
            progress.close()
            failed += 1
            _say(entry.id, problem)
        finally:
            progress.close()
    show(outcomes, as_json=as_json)
    if failed:
        say(f"{failed} list{'' if failed == 1 else 's'} not updated; nothing of it was replaced")
    return ExitCode.UNUSABLE if failed else ExitCode.DONE


def show(outcomes: list[Outcome], *, as_json: bool) -> None:
    """What became of lists, on standard output."""
    from sanctionscreen.report import console, list_sheet

    if as_json:
        print_json([list_sheet.outcome_object(one) for one in outcomes])
    elif outcomes:
        list_sheet.print_outcomes(console.console(sys.stdout), outcomes)


def _say(list_id: str, problem: Exception) -> None:
    """The problem of one list; a fault of the program is not one, and goes on to the edge."""
    for fault in leaves(problem):
        if not isinstance(fault, (SanctionScreenError, OSError)):
            raise problem
        said = str(fault)
        say(said if said.startswith(f"{list_id}:") else f"{list_id}: {said}")
