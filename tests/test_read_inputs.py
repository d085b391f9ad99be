"""Which files are meant, and where their results go."""

from __future__ import annotations

from pathlib import Path

import pytest

from sanctionscreen.errors import InputError
from sanctionscreen.ingest.inputs import find_inputs, name_results


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    names = [
        "b.csv",
        "a.CSV",
        "c.xlsx",
        "d.json.gz",
        "deep/e.xml",
        "deep/f.parquet",
        "notes.md",
        ".hidden.csv",
        "~$c.xlsx",
        "b.screened.csv",
        "odd[1].csv",
    ]
    for name in names:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("Consignee\nA\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def names(*given: str) -> list[str]:
    return [path.as_posix() for path in find_inputs(given)]


def test_a_folder_is_all_tables_below_it_in_order(folder: Path) -> None:
    """By name; not what is hidden, no table, open in Excel, or a result of an earlier run."""
    assert names(".") == ["a.CSV", "b.csv", "c.xlsx", "d.json.gz", "deep/e.xml", "deep/f.parquet", "odd[1].csv"]


def test_patterns_and_files_come_in_the_order_given_each_once(folder: Path) -> None:
    """A pattern is sorted; a file that is named is taken whatever it is called; standard input is a dash."""
    assert names("c.xlsx", "*.csv", "./c.xlsx", "-", "-") == ["c.xlsx", "b.csv", "odd[1].csv", "-"]
    assert names("**/*.xml") == ["deep/e.xml"]
    assert names("notes.md", "b.screened.csv", "odd[1].csv") == ["notes.md", "b.screened.csv", "odd[1].csv"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("absent.csv", "there is no such file"),
        ("*.dbf", "matches no file"),
        ("empty", "folder without a table"),
        ("empty/*", "matches no file"),
    ],
)
def test_a_name_that_stands_for_no_file_is_an_error(folder: Path, name: str, said: str) -> None:
    """A slip of the pen must not look like a screening without findings."""
    (folder / "empty").mkdir()
    with pytest.raises(InputError, match=said):
        find_inputs(["b.csv", name])


def test_each_input_has_a_result_of_its_own(tmp_path: Path) -> None:
    """Beside it, or in a folder; names that would meet are told apart, also where case does not count."""
    inputs = [Path("a/x.csv"), Path("b/X.csv"), Path("a/x.xlsx"), Path("a/x.csv.gz"), Path("c/x.csv"), Path("-")]
    assert [path.as_posix() for path in name_results(inputs, "html", Path("out"))] == [
        "out/x.screened.html",
        "out/X.csv.screened.html",
        "out/x.xlsx.screened.html",
        "out/x.csv.gz.screened.html",
        "out/x.csv (2).screened.html",
        "out/standard-input.screened.html",
    ]
    assert [path.as_posix() for path in name_results(inputs[:3], "csv")] == [
        "a/x.screened.csv",
        "b/X.screened.csv",
        "a/x.xlsx.screened.csv",
    ]
