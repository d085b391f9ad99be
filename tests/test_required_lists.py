"""Lists that a profile requires: without them, or with stale ones, nothing is screened unless somebody says so."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from sanctionscreen.cli import run as command
from sanctionscreen.profile import default_profile

ROWS = "Consignee,Country,HS code,Description\nFicta Furniture LLP,KZ,940130,office chairs\n"

OWN_CATALOGUE = """list:
  id: acme
  title: Lists of a made-up firm
  issuer: Acme
  retrieved: 2026-11-01
expect: {lists: 1}
lists:
  - id: acme-own
    title: Parties that Acme does not deal with
    publisher: Acme
    legal_basis: its own decision
    measure: asset_freeze
    licence: none
    editions: [{format: plain-csv}]
    expect: {minimum: 1, maximum: 100, shrink_percent: 50, basis: "ours: a test"}
    max_age: {days: 30, basis: "ours: a test"}
"""


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    """The default profile, with one list that must be there."""
    text = default_profile().read_text(encoding="utf-8")
    head, mark, rest = text.partition("profile:\n")
    path = tmp_path / "profile.yml"
    path.write_text(f"{head}{mark}  lists: {{required: [us-ofac-sdn]}}\n{rest}", encoding="utf-8")
    return path


def run(*arguments: object) -> int:
    return int(command([str(argument) for argument in arguments]))


def screen(tmp_path: Path, *more: object) -> int:
    source = tmp_path / "rows.csv"
    source.write_text(ROWS, encoding="utf-8")
    return run("screen", source, "-o", tmp_path / "out.jsonl", "--no-progress", *more)


def test_a_missing_list_ends_the_run_with_its_own_code(
    tmp_path: Path, profile: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It names the list, its state and the way out; no result is written."""
    assert screen(tmp_path, "--profile", profile) == 3
    said = capsys.readouterr().err
    assert "us-ofac-sdn is missing" in said
    assert "--allow-stale" in said
    assert not (tmp_path / "out.jsonl").exists()


def test_allowed_it_is_recorded_in_every_row(tmp_path: Path, profile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The notes say so, and so does the result."""
    assert screen(tmp_path, "--profile", profile, "--allow-stale") == 0
    assert "us-ofac-sdn (missing)" in capsys.readouterr().out
    row = json.loads((tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert row["fingerprints"]["stale_lists"] == ["us-ofac-sdn (missing)"]


def test_without_such_a_wish_nothing_is_asked(tmp_path: Path) -> None:
    """The default profile requires no list, and its results say nothing of stale ones."""
    assert screen(tmp_path) == 0
    row = json.loads((tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert "stale_lists" not in row["fingerprints"]


def test_a_list_of_no_catalogue_is_an_error(tmp_path: Path, profile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A slip in the id must not pass for a list that is fresh."""
    profile.write_text(profile.read_text(encoding="utf-8").replace("us-ofac-sdn", "us-ofac-snd"), encoding="utf-8")
    assert screen(tmp_path, "--profile", profile) in (2, 3)
    assert "us-ofac-snd" in capsys.readouterr().err


def test_a_data_folder_that_is_not_there_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Named and missing is a mistake; not named and missing is a first day."""
    assert screen(tmp_path, "--data-dir", tmp_path / "nowhere") == 2
    assert "no such data folder" in capsys.readouterr().err


def test_an_own_list_of_the_data_folder_is_screened_with(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A catalogue in the data folder names a firm's list; added once, it is compared with, and its entries are found."""
    data = tmp_path / "data"
    data.mkdir()
    (data / "catalogue.yml").write_text(OWN_CATALOGUE, encoding="utf-8")
    listed = tmp_path / "own.csv"
    listed.write_text("name,kind,country\nFicta Furniture LLP,company,KZ\n", encoding="utf-8")
    assert run("lists", "add", listed, "--as", "acme-own", "--data-dir", data) == 0
    assert screen(tmp_path, "--data-dir", data, "--as-of", "2026-11-23") == 0
    row = json.loads((tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert row["decision"] == "block"
    assert "acme-own" in capsys.readouterr().out


def test_a_list_too_old_for_the_screening_day_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody requires it, so the run goes on; the terminal and the first page of the report say how old it is."""
    data = tmp_path / "data"
    data.mkdir()
    (data / "catalogue.yml").write_text(OWN_CATALOGUE, encoding="utf-8")
    listed = tmp_path / "own.csv"
    listed.write_text("name,kind,country\nFicta Furniture LLP,company,KZ\n", encoding="utf-8")
    assert run("lists", "add", listed, "--as", "acme-own", "--data-dir", data) == 0
    today = date.today()  # noqa: DTZ011  # the list is as of the day on which it was added
    page = tmp_path / "page.html"
    assert screen(tmp_path, "--data-dir", data, "--as-of", today + timedelta(days=20), "-o", page) == 0
    assert "ot fresh on the screening day" not in capsys.readouterr().out + page.read_text(encoding="utf-8")
    assert screen(tmp_path, "--data-dir", data, "--as-of", today + timedelta(days=40), "-o", page) == 0
    assert "not fresh on the screening day: acme-own" in capsys.readouterr().out
    assert "Not fresh on the screening day: Parties that Acme does not deal with" in page.read_text(encoding="utf-8")
