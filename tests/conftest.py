"""What all tests share: the shared test data, when there is any, and no network."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def test_data() -> Path:
    """The folder of real lists, names and shipments; tests that need it are skipped where there is none."""
    folder = Path(os.environ.get("SANCTIONSCREEN_TEST_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"no shared test data at {folder} (set SANCTIONSCREEN_TEST_DATA)")
    return folder


@pytest.fixture(autouse=True)
def no_lists_of_this_machine(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """What somebody keeps in a data folder changes no test."""
    monkeypatch.setenv("SANCTIONSCREEN_DATA_DIR", str(tmp_path_factory.getbasetemp() / "no-data"))


@pytest.fixture(autouse=True)
def no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Results are as wide as for a file, whatever started the tests."""
    monkeypatch.delenv("COLUMNS", raising=False)


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Screening is offline; a test that opens a connection fails."""

    def refuse(*args: Any, **kwargs: Any) -> None:
        raise AssertionError("a test tried to open a network connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
