"""Where the lists and the evidence are: beside `src/` in a checkout, inside the package once installed."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def folder(name: str) -> Path:
    """The folder `watchlists` or `seeds`, wherever this copy of the package keeps it."""
    installed = _PACKAGE / "data" / name
    return installed if installed.is_dir() else _PACKAGE.parents[1] / name


def tables() -> list[Path]:
    """The data tables beside the code that reads them: countries, words, legal forms, readings."""
    return sorted(_PACKAGE.rglob("*.tsv"))


def built_in_packs() -> Path:
    """The folder of the rule packs and profiles that come with the package."""
    return _PACKAGE / "packs"
