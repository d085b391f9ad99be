"""`map`: what the columns of a file probably hold, and a mapping file to confirm or edit."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sanctionscreen.cli import options
from sanctionscreen.cli.exits import ExitCode
from sanctionscreen.cli.output import Format, Target, check_target, opened, print_json

if TYPE_CHECKING:
    from sanctionscreen.ingest.mapping import ColumnMapping
    from sanctionscreen.ingest.proposal import Proposal


def map_columns(
    file: options.InputFile,
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="OUT", help="Mapping file to write (YAML); - is standard output."),
    ] = None,
    mapping: options.Mapping = None,
    sheet: options.Sheet = None,
    as_json: options.AsJson = False,
) -> int:
    """Show what each column of a file is read as, how sure that is and why; write it as a mapping file (-o).

    The mapping file is for people to confirm or edit, and `screen --mapping` uses it. --mapping shows what an
    existing one makes of the file.
    """
    from sanctionscreen.ingest import open_table
    from sanctionscreen.ingest.proposal import propose

    if as_json and output == options.STANDARD:
        raise typer.BadParameter("standard output takes one of --json and -o -; name a file for the mapping")
    target = None if output is None else Target(None if output == options.STANDARD else Path(output), Format.CSV)
    if target is not None:
        check_target(target, [path for path in (None if file == options.STANDARD else Path(file), mapping) if path])
    with open_table(Path(file), sheet=sheet, mapping=_lenient(mapping)) as table:
        proposal = propose(table)
    if target is not None:
        _write(target, proposal)
    if as_json:
        from sanctionscreen.report.mapping_sheet import proposal_object

        print_json(proposal_object(proposal))
    elif target is None or target.path is not None:
        _print(proposal, f"Mapping: {target}; confirm it, then screen with --mapping" if target else "")
    return ExitCode.DONE


def _lenient(path: Path | None) -> ColumnMapping:
    """The mapping of a file, or that by headers; either is shown even where nothing could be screened with it."""
    from sanctionscreen.ingest.mapping import ColumnMapping, read_mapping

    return replace(ColumnMapping() if path is None else read_mapping(path), must_screen=False)


def _print(proposal: Proposal, last: str) -> None:
    from sanctionscreen.report import console, mapping_sheet

    out = console.console(sys.stdout)
    mapping_sheet.print_proposal(out, proposal)
    if last:
        console.write(out, last)


def _write(target: Target, proposal: Proposal) -> None:
    from sanctionscreen.report.mapping_sheet import mapping_text

    with opened(target) as stream:
        stream.write(mapping_text(proposal))
