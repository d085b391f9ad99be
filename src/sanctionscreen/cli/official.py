"""The official lists that a screening compares with: which folder, and whether they are fresh enough."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sanctionscreen.cli.exits import say
from sanctionscreen.errors import InputError, Location, StaleListError


def lists_of(data_dir: Path | None, *, allow_stale: bool = False) -> dict[str, Any]:
    """What `Screener.build` needs for the official lists of a data folder.

    Raises:
        InputError: a folder was named and is not there.
    """
    from sanctionscreen.watchlist.store import data_folder

    folder = data_folder(data_dir, os.environ)
    if data_dir is not None and not folder.is_dir():
        raise InputError("no such data folder; `lists update` or `lists add` makes one", Location(str(data_dir)))
    held = folder if (folder / "lists").is_dir() else None
    return {"data_dir": held, "check_lists": _checked(folder, allow_stale=allow_stale), "on_list": _told}


def _told(title: str) -> None:
    """A line for each list that is compiled, which happens once after a change."""
    if sys.stderr.isatty():
        say(f"preparing {title}")


def _checked(folder: Path, *, allow_stale: bool) -> Callable[[Sequence[str]], Sequence[str]]:
    def check(required: Sequence[str]) -> Sequence[str]:
        if not required:
            return ()
        from sanctionscreen.watchlist.catalogue import catalogue_for
        from sanctionscreen.watchlist.freshness import status
        from sanctionscreen.watchlist.store import Store

        catalogue, store, now = catalogue_for(folder), Store(folder), datetime.now(UTC)
        found = [status(catalogue.entry(name), store, now) for name in required]
        poor = [standing for standing in found if not standing.state.is_usable]
        if poor and not allow_stale:
            said = "; ".join(f"{one.list} is {one.state}: {one.reason}" for one in poor)
            raise StaleListError(f"the profile requires lists that cannot be relied on: {said}. See --allow-stale")
        return [f"{one.list} ({one.state})" for one in poor]

    return check
