"""`lists status` and `lists prune`, and what all commands on the data folder share: the folder, the catalogue, now."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sanctionscreen.cli import options
from sanctionscreen.cli.exits import ExitCode
from sanctionscreen.cli.output import print_json

if TYPE_CHECKING:
    from sanctionscreen.watchlist.catalogue import Catalogue
    from sanctionscreen.watchlist.store import Store

DataDir = Annotated[
    Path | None,
    typer.Option(
        "--data-dir",
        metavar="FOLDER",
        help="Where lists are kept; else $SANCTIONSCREEN_DATA_DIR, else the user's data folder.",
    ),
]
OwnCatalogue = Annotated[
    Path | None,
    typer.Option(
        "--catalogue",
        metavar="FILE",
        help="Own catalogue of lists, laid over the built-in one; catalogue.yml in the data folder is always read.",
    ),
]
Names = Annotated[
    list[str] | None,
    typer.Argument(metavar="[NAME]...", help="Lists by id, such as us-ofac-sdn; without one, all."),
]


def now() -> datetime:
    """The moment of the run, taken once."""
    return datetime.now(UTC)


def open_store(chosen: Path | None) -> Store:
    from sanctionscreen.watchlist.store import Store, data_folder

    return Store(data_folder(chosen, os.environ))


def open_catalogue(own: Path | None, data_dir: Path | None) -> Catalogue:
    from sanctionscreen.watchlist.catalogue import catalogue_for
    from sanctionscreen.watchlist.store import data_folder

    paths = options.existing([own] if own else None, "catalogue")
    return catalogue_for(data_folder(data_dir, os.environ), *paths)


def status(
    names: Names = None,
    data_dir: DataDir = None,
    catalogue: OwnCatalogue = None,
    as_json: options.AsJson = False,
) -> int:
    """Say how every list stands: fresh, ageing, stale, retired, missing or suspect.

    Every file held is compared with its checksum.
    Lists that are named must be fresh or ageing; else the exit code is 3.
    """
    from sanctionscreen.watchlist.freshness import status as standing

    store, moment = open_store(data_dir), now()
    entries = open_catalogue(catalogue, data_dir).entries(names or ())
    standings = [standing(entry, store, moment, is_thorough=True) for entry in entries]
    from sanctionscreen.report import console, list_sheet

    if as_json:
        print_json([list_sheet.status_object(one) for one in standings])
    else:
        list_sheet.print_status(console.console(sys.stdout), standings, str(store.root))
    failed = bool(names) and not all(one.state.is_usable for one in standings)
    return ExitCode.LISTS if failed else ExitCode.DONE


def prune(
    names: Names = None,
    keep: Annotated[
        int, typer.Option("--keep", metavar="N", min=1, help="Keep the newest N versions of each list.")
    ] = 3,
    needed: Annotated[
        list[str] | None,
        typer.Option("--need", metavar="VERSION", help="Keep this version (its fingerprint) too; may be repeated."),
    ] = None,
    runs: Annotated[
        list[Path] | None,
        typer.Option(
            "--runs", metavar="FOLDER", help="Keep the versions that records of runs in it need; may be repeated."
        ),
    ] = None,
    is_rehearsal: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be removed, and remove nothing.")
    ] = False,
    data_dir: DataDir = None,
    as_json: options.AsJson = False,
) -> int:
    """Remove old versions of lists, and what updates that died left behind.

    The version that counts is never removed, nor one that is newer.
    """
    from sanctionscreen.report import console, list_sheet

    store, moment = open_store(data_dir), now()
    held = [name for name in store.held() if not names or name in names]
    _all_held(names or [], held)
    wanted = _fingerprints(store, held, needed or []) | _of_runs(runs or [])
    pruned = {name: store.prune(name, moment, newest=keep, needed=wanted, is_rehearsal=is_rehearsal) for name in held}
    if as_json:
        print_json({name: [list_sheet.version_facts(one) for one in versions] for name, versions in pruned.items()})
    else:
        list_sheet.print_pruned(console.console(sys.stdout), pruned, is_rehearsal=is_rehearsal)
    return ExitCode.DONE


def _of_runs(folders: list[Path]) -> set[str]:
    """The versions that records of runs name; one that is gone already cannot be kept."""
    from sanctionscreen.runs.needed import needed_versions

    return {one for folder in folders for versions in needed_versions(folder).values() for one in versions}


def _all_held(names: list[str], held: list[str]) -> None:
    from sanctionscreen.errors import InputError, suggestion

    for name in names:
        if name not in held:
            raise InputError(f"no list {name!r:.80} is held{suggestion(name, held)}")


def _fingerprints(store: Store, held: list[str], needed: list[str]) -> set[str]:
    """The versions that are needed, in full; each must be there, or a slip of the pen would remove it."""
    from sanctionscreen.errors import InputError

    every = [version.fingerprint for name in held for version in store.versions(name)]
    found = set()
    for wanted in needed:
        matching = [one for one in every if one.startswith(wanted)]
        if len(matching) != 1 or len(wanted) < 6:
            raise InputError(f"no one version {wanted!r:.80} is held; nothing was removed")
        found.add(matching[0])
    return found
