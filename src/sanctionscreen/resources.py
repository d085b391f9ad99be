"""Where the lists and the evidence are: beside `src/` in a checkout, inside the package once installed."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).parent


def folder(name: str) -> Path:
    """The folder `watchlists` or `seeds`, wherever this copy of the package keeps it."""
    installed = _PACKAGE / "data" / name
    return installed if installed.is_dir() else _PACKAGE.parents[1] / name


def tables() -> list[Path]:
    """The data tables beside the code that reads them: countries, words, legal forms, readings."""
    return sorted(_PACKAGE.rglob("*.tsv"))


@cache
def tables_digest() -> str:
    """SHA-256 of the data tables: what is read with other ones cannot be compared."""
    digest = hashlib.sha256()
    for path in tables():
        digest.update(path.name.encode() + b"\n" + path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()


def built_in_packs() -> Path:
    """The folder of the rule packs and profiles that come with the package."""
    return _PACKAGE / "packs"
