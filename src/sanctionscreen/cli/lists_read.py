"""`lists show` and `lists diff`: one entry with all that its list holds, and what changed between two versions."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sanctionscreen.cli import options
from sanctionscreen.cli.exits import ExitCode
from sanctionscreen.cli.list_sides import PREVIOUS, list_of, parties, side_of
from sanctionscreen.cli.lists_folder import DataDir, OwnCatalogue, open_catalogue, open_store
from sanctionscreen.cli.output import Format, Target, opened, print_json
from sanctionscreen.errors import InputError, suggestion

if TYPE_CHECKING:
    from sanctionscreen.model import ListedParty


def show(
    entry_id: Annotated[
        str, typer.Argument(metavar="ID", help="An entry as hits name it: us-ofac-sdn:36, or one of the embedded list.")
    ],
    data_dir: DataDir = None,
    catalogue: OwnCatalogue = None,
    as_json: options.AsJson = False,
) -> int:
    """Show one entry with all that its list holds of it, and where that is from."""
    from sanctionscreen.report import console, list_sheet

    party, source = _embedded(entry_id) or _held(entry_id, data_dir, catalogue)
    if as_json:
        from sanctionscreen.watchlist.party_records import to_record

        print_json({**to_record(party), "from": source})
    else:
        list_sheet.print_entry(console.console(sys.stdout), party, source)
    return ExitCode.DONE


def _embedded(entry_id: str) -> tuple[ListedParty, list[str]] | None:
    from sanctionscreen.watchlist.entities import load_entities

    watchlist = load_entities()
    party = next((one for one in watchlist.parties if one.id == entry_id), None)
    heading = watchlist.heading
    checked = [f"checked {heading.retrieved}"] if heading.retrieved else []
    source = [f"{heading.title}; {heading.issuer}", *checked, f"version {watchlist.fingerprint}"]
    return None if party is None else (party, source)


def _held(entry_id: str, data_dir: Path | None, own: Path | None) -> tuple[ListedParty, list[str]]:
    from sanctionscreen.report.list_sheet import source_lines

    list_id, colon, _ = entry_id.partition(":")
    if not colon:
        problem = f"no entry {entry_id!r:.80} in the embedded list; those of official lists are written LIST:NUMBER"
        raise InputError(problem)
    store, catalogue = open_store(data_dir), open_catalogue(own, data_dir)
    if list_id not in catalogue.lists:
        raise InputError(f"no list {list_id!r:.80}{suggestion(list_id, [one.id for one in catalogue.entries()])}")
    side = side_of(list_id, store, catalogue)
    close = []
    for party in parties(side, list_id, catalogue):
        if party.id == entry_id and side.version is not None:
            held = store.current(list_id)
            return party, source_lines(party, catalogue.entry(list_id), side.version, held[1] if held else None)
        if party.id.startswith(entry_id):
            close.append(party.id)
    raise InputError(f"no entry {entry_id!r:.80} in {side.title}{suggestion(entry_id, close)}")


def diff(
    old: Annotated[str, typer.Argument(metavar="A", help="The older side.")],
    new: Annotated[
        str | None,
        typer.Argument(metavar="[B]", help="The newer side; without it, the last two versions of the list A."),
    ] = None,
    name: Annotated[
        str | None,
        typer.Option("--as", metavar="NAME", help="The list that the files are, where several come in their format."),
    ] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print the changes as CSV.")] = False,
    data_dir: DataDir = None,
    catalogue: OwnCatalogue = None,
    as_json: options.AsJson = False,
) -> int:
    """Say who was added, removed, renamed or put under another programme between two versions of a list.

    A side is a list that is held (us-ofac-sdn), a version of it (us-ofac-sdn@FINGERPRINT, us-ofac-sdn@previous),
    a file, or a folder with the files of one list.
    """
    from sanctionscreen.report import console, list_sheet
    from sanctionscreen.watchlist.difference import difference

    if as_csv and as_json:
        raise InputError("--csv and --json are two ways to print one answer; choose one")
    store, known = open_store(data_dir), open_catalogue(catalogue, data_dir)
    sides = [side_of(text, store, known) for text in ((old, new) if new else (f"{old}@{PREVIOUS}", old))]
    list_id = name or next((side.list_id for side in sides if side.list_id), "") or list_of(sides[0].format, known)
    changes = difference(*(list(parties(side, list_id, known)) for side in sides))
    if as_json:
        print_json([list_sheet.change_object(change) for change in changes])
    elif as_csv:
        with opened(Target(None, Format.CSV)) as stream:
            stream.write(list_sheet.changes_csv(changes))
    else:
        list_sheet.print_changes(console.console(sys.stdout), changes, sides[0].title, sides[1].title)
    return ExitCode.DONE
