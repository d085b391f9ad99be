"""Which list versions the records of runs need, so that nobody prunes what a replay would ask for."""

from __future__ import annotations

from pathlib import Path

from sanctionscreen.errors import InputError, Location
from sanctionscreen.runs.manifest import ENDING, read_manifest


def needed_versions(folder: Path) -> dict[str, set[str]]:
    """The list versions that the records in a folder, and below it, name: fingerprints by list.

    Raises:
        InputError: there is no such folder; or a record cannot be read, so that nobody knows what it needs.
    """
    if not folder.is_dir():
        raise InputError("there is no such folder", Location(str(folder)))
    found: dict[str, set[str]] = {}
    for path in sorted(folder.rglob(f"*{ENDING}")):
        for one in read_manifest(path).basis["lists"]["official"]:
            found.setdefault(one["id"], set()).add(one["version"])
    return found
