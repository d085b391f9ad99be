"""Which files are meant: files, folders and patterns as a command line names them, and where the results go."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

from sanctionscreen.errors import InputError, Location

STANDARD = Path("-")
"""Standard input."""

_TEXT = (".csv", ".tsv", ".tab", ".psv", ".txt", ".json", ".jsonl", ".ndjson", ".xml")
_ENDINGS = (*_TEXT, *(f"{ending}.gz" for ending in _TEXT), ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".parquet", ".pq")
"""Endings of files that are taken out of a folder; a file that is named is read whatever it is called."""
_RESULT = ".screened."
"""Stands in the names of results: what an earlier run left in a folder is no input of the next."""
_RECORD = ".run.json"
"""Ending of the record beside a result."""
_UNTAKEN = (".", "~$")
"""Hidden files, and those that Excel lays beside a workbook that is open."""


def find_inputs(names: Sequence[str]) -> list[Path]:
    """The files that are meant, each once, in the order of the names; those of a folder or pattern by name.

    Args:
        names: files, `-` for standard input, folders (with all that lies below) and patterns such as `in/*.xlsx`.

    Raises:
        InputError: a name stands for no file.
    """
    found: dict[str, Path] = {}
    for name in names:
        for path in _paths(name):
            found.setdefault(os.path.realpath(path) if path != STANDARD else "-", path)
    return list(found.values())


def name_results(inputs: Sequence[Path], ending: str, folder: Path | None = None) -> list[Path]:
    """A file for the result of each input: beside it, or in a folder, no name twice.

    Args:
        inputs: as `find_inputs` gives them.
        ending: of the results, without a dot, such as `csv`.
        folder: where they go; None is the folder of each input, and of standard input the current one.

    >>> [str(path) for path in name_results([Path("a/x.csv"), Path("b/x.csv"), Path("a/x.xlsx")], "csv", Path("out"))]
    ['out/x.screened.csv', 'out/x.csv.screened.csv', 'out/x.xlsx.screened.csv']
    """
    taken: set[str] = set()
    results = []
    for path in inputs:
        place = folder if folder is not None else path.parent
        free = (name for name in _names(path, ending) if str(place / name).casefold() not in taken)
        name = next(free)  # file systems of two systems out of three fold case
        taken.add(str(place / name).casefold())
        results.append(place / name)
    return results


def _names(path: Path, ending: str) -> Iterator[str]:
    """Names for a result, the shortest first."""
    if path == STANDARD:
        yield f"standard-input{_RESULT}{ending}"
    else:
        yield f"{path.stem}{_RESULT}{ending}"
    yield f"{path.name}{_RESULT}{ending}"
    yield from (f"{path.name} ({number}){_RESULT}{ending}" for number in count(2))


def _paths(name: str) -> Iterator[Path]:
    path = Path(name)
    if path == STANDARD:
        yield path
    elif path.is_dir():
        yield from _in_folder(path)
    elif path.exists():
        yield path
    elif glob.has_magic(name):
        matches = sorted(glob.glob(name, recursive=True))
        files = [Path(match) for match in matches if os.path.isfile(match) and _is_taken(Path(match).name)]
        if not files:
            raise InputError("matches no file", Location(name))
        yield from files
    else:
        raise InputError("there is no such file", Location(name))


def _in_folder(folder: Path) -> Iterator[Path]:
    found = sorted(
        Path(place, file)
        for place, _, files in os.walk(folder)
        for file in files
        if file.casefold().endswith(_ENDINGS) and _is_taken(file)
    )
    if not found:
        raise InputError(
            f"is a folder without a table; tables end in {', '.join(_TEXT[:2])}, .xlsx …", Location(str(folder))
        )
    yield from found


def _is_taken(file: str) -> bool:
    return not file.startswith(_UNTAKEN) and _RESULT not in file and not file.endswith(_RECORD)
