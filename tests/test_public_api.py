"""What a program that imports sanctionscreen can rely on."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import subprocess
import sys

import sanctionscreen

PUBLIC = [
    "DEFAULT_THRESHOLD",
    "Assessment",
    "Decision",
    "Finding",
    "GoodsLine",
    "Hit",
    "InputError",
    "ListedParty",
    "NameComparison",
    "NameIndex",
    "Outcome",
    "Party",
    "RuleError",
    "SanctionScreenError",
    "Screener",
    "Shipment",
    "WatchlistError",
    "compare_names",
]


def test_the_public_names_are_these() -> None:
    assert sanctionscreen.__all__ == PUBLIC
    assert all(getattr(sanctionscreen, name) is not None for name in PUBLIC)


def loaded_after(code: str) -> set[str]:
    script = f"{code}\nimport sys; print('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_importing_the_package_loads_no_framework() -> None:
    """Polars, pydantic, Typer, Rich and the readings of Chinese wait until they are used."""
    heavy = {"polars", "pydantic", "typer", "rich", "pypinyin", "numpy", "yaml", "pandas"}
    assert loaded_after("import sanctionscreen") & heavy == set()


def test_screening_one_record_never_loads_polars() -> None:
    code = "from sanctionscreen import Screener; Screener.default().screen({'consignee.name': 'Synthetic Appliances'})"
    assert loaded_after(code) & {"polars", "pandas", "pyarrow", "typer", "rich"} == set()


def test_the_examples_in_docstrings_hold() -> None:
    for module in pkgutil.walk_packages(sanctionscreen.__path__, "sanctionscreen."):
        if module.name.endswith("__main__"):
            continue
        results = doctest.testmod(importlib.import_module(module.name))
        assert results.failed == 0, module.name
    assert doctest.testmod(sanctionscreen).failed == 0
