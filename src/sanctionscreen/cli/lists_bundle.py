"""`lists bundle`: lists carried to where there is no network."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sanctionscreen.cli import options
from sanctionscreen.cli.exits import ExitCode, say
from sanctionscreen.cli.list_progress import ListProgress
from sanctionscreen.cli.lists_folder import DataDir, OwnCatalogue, now, open_catalogue, open_store
from sanctionscreen.cli.lists_update import Accept, show
from sanctionscreen.cli.output import Format, Target, check_target, print_json
from sanctionscreen.cli.progress import standard_error


def app() -> typer.Typer:
    """The commands of the group."""
    group = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
    group.command("export")(export)
    group.command("import")(import_lists)
    return group


def export(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write, a zip.")],
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME]...", help="Lists by id; without one, all that are held.")
    ] = None,
    data_dir: DataDir = None,
    as_json: options.AsJson = False,
) -> int:
    """Write the lists that count to one file, with a checksum for each; the same lists give the same file."""
    from sanctionscreen.watchlist.bundle import export_bundle

    check_target(Target(file, Format.JSONL), [])
    store = open_store(data_dir)
    chosen = names or [name for name in store.held() if store.current(name) is not None]
    progress = ListProgress(standard_error())
    try:
        packed = export_bundle(store, chosen, file, progress)
    finally:
        progress.close()
    if as_json:
        from sanctionscreen.report.list_sheet import version_facts

        print_json([{"list": version.list, **version_facts(version)} for version in packed])
    else:
        typer.echo(f"{len(packed)} list{'' if len(packed) == 1 else 's'} written to {file}")
    return ExitCode.DONE


def import_lists(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file of `lists bundle export`.")],
    accepted: Accept = None,
    data_dir: DataDir = None,
    catalogue: OwnCatalogue = None,
    as_json: options.AsJson = False,
) -> int:
    """Take every list of a bundle, verified as if it had been fetched; it stays as old as it was when it was packed.

    Checksums say that a bundle is whole, not who made it.
    """
    from sanctionscreen.watchlist.bundle import import_bundle

    path = options.existing([file], "bundle")[0]
    progress = ListProgress(standard_error())
    try:
        imported = import_bundle(
            open_catalogue(catalogue, data_dir),
            open_store(data_dir),
            path,
            now(),
            accepted=accepted or "",
            on_progress=progress,
        )
    finally:
        progress.close()
    show(list(imported.outcomes), as_json=as_json)
    for problem in imported.refused:
        say(str(problem))
    return ExitCode.UNUSABLE if imported.refused else ExitCode.DONE
