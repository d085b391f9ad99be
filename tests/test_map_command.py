"""`map` and `--mapping`: from the proposal on the screen to the confirmed file and the screening with it."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from sanctionscreen.cli import run
from sanctionscreen.cli.exits import ExitCode
from sanctionscreen.report.mapping_sheet import PROPOSAL_SCHEMA

CONTENT = """Firma,Zoll,Agent,Country,Date
Synthetic Appliances,854231,Example LLC,KZ,03/04/2024
Synthetic Trading,841821,<script>alert(1)</script>,DE,05/06/2024
"""
EDITED = "columns: {Firma: consignee.name, Zoll: goods.hs_code, Agent: ignore, Country: destination.country, Date: shipment.date}\n"


@pytest.fixture
def shipments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COLUMNS", "400")  # no cell of a table is folded
    path = tmp_path / "shipments.csv"
    path.write_text(CONTENT, encoding="utf-8")
    return path


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def said(capsys: pytest.CaptureFixture[str]) -> str:
    captured = capsys.readouterr()
    return " ".join((captured.out + captured.err).split())


def test_the_columns_are_shown_with_reasons_and_samples(shipments: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A trader sees what is read, how sure that is and why, what is not, and what to look at."""
    assert run(["map", str(shipments)]) == ExitCode.DONE
    text = said(capsys)
    assert "Agent intermediate_consignee.name 60% may be any agent" in text
    assert "Country destination.country 80% does not say whose country; values: 2 of 2 are countries KZ | DE" in text
    assert "Firma" in text
    assert "columns read with little confidence: 'Agent' as intermediate_consignee.name" in text
    assert "3 of 5 columns are read; 2 rows were looked at" in text
    assert "could be two days and no cell proves which; not read" in text


def test_the_proposal_is_written_edited_and_used(
    shipments: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The file that is written can be read at once; edited, it screens columns that no word of the registry names."""
    mapping, out = tmp_path / "mapping.yml", tmp_path / "out.csv"
    assert run(["map", str(shipments), "-o", str(mapping)]) == ExitCode.DONE
    assert "confirm it, then screen with --mapping" in said(capsys)
    assert run(["screen", str(shipments), "--mapping", str(mapping), "-o", str(out), "--no-record"]) == ExitCode.DONE
    text = mapping.read_text("utf-8")
    edited = text.replace('"Firma": ignore', '"Firma": consignee.name').replace(
        '"Zoll": ignore', '"Zoll": goods.hs_code'
    )
    mapping.write_text(edited.replace("# formats:", "formats:").replace("#   shipment", "  shipment"), encoding="utf-8")
    assert run(["screen", str(shipments), "--mapping", str(mapping), "-o", str(out), "--no-record"]) == ExitCode.DONE
    assert [row["Firma"] for row in rows_of(out)] == ["Synthetic Appliances", "Synthetic Trading"]
    assert "shipment.date is read day first, as the mapping says" in said(capsys)


def test_doubtful_columns_are_said_once_when_nobody_confirmed_them(
    shipments: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A run by headers alone says what may be misread; one with a mapping says only what the mapping leaves out."""
    out, mapping = tmp_path / "out.csv", tmp_path / "mapping.yml"
    mapping.write_text(EDITED, encoding="utf-8")
    assert run(["screen", str(shipments), "-o", str(out), "--no-record"]) == ExitCode.DONE
    assert said(capsys).count("columns read with little confidence: 'Agent'") == 1
    assert run(["screen", str(shipments), "-o", str(out), "--no-record", "--mapping", str(mapping)]) == ExitCode.DONE
    assert "little confidence" not in said(capsys)


def test_facts_come_as_json(shipments: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One object with every column, for programs."""
    assert run(["map", str(shipments), "--json"]) == ExitCode.DONE
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert found["schema"] == PROPOSAL_SCHEMA
    assert [column["header"] for column in found["columns"]] == ["Firma", "Zoll", "Agent", "Country", "Date"]
    assert found["columns"][3] == {
        "header": "Country",
        "field": "destination.country",
        "added": False,
        "confidence": 0.8,
        "reasons": ["does not say whose country", "values: 2 of 2 are countries"],
        "samples": ["KZ", "DE"],
        "candidates": [],
    }
    assert found["can_be_screened"] is True


def test_a_file_that_cannot_be_screened_can_be_mapped(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`screen` refuses it and names what comes near; `map` shows it, and its file refuses until somebody edits it."""
    path, mapping = tmp_path / "a.csv", tmp_path / "m.yml"
    path.write_text("Consigne name,Hs kode\nSynthetic,854231\n", encoding="utf-8")
    assert run(["screen", str(path)]) == ExitCode.UNUSABLE
    assert "'Consigne name' is near consignee.name" in said(capsys)
    assert run(["map", str(path), "-o", str(mapping)]) == ExitCode.DONE
    text = said(capsys)
    assert "nothing can be screened before a mapping names one" in text
    assert "consignee.name 92%" in text
    assert run(["screen", str(path), "--mapping", str(mapping)]) == ExitCode.UNUSABLE
    assert "with this mapping, no column holds a party" in said(capsys)


def test_a_faulty_mapping_stops_the_run_before_any_row(
    shipments: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every fault has its line; no result is written."""
    mapping, out = tmp_path / "mapping.yml", tmp_path / "out.csv"
    mapping.write_text("columns:\n  Firma: consignee.nam\n  Gone: buyer.name\n", encoding="utf-8")
    assert run(["screen", str(shipments), "--mapping", str(mapping), "-o", str(out)]) == ExitCode.UNUSABLE
    assert "mapping.yml:2:10: column 'Firma': 'consignee.nam' is no field; did you mean 'consignee.name'?" in said(
        capsys
    )
    mapping.write_text("columns:\n  Firma: consignee.name\n  Gone: buyer.name\n", encoding="utf-8")
    assert run(["screen", str(shipments), "--mapping", str(mapping), "-o", str(out)]) == ExitCode.UNUSABLE
    assert "mapping.yml:3:9: the file has no column 'Gone'" in said(capsys)
    assert not out.exists()


@pytest.mark.parametrize(
    "words", [["-o", "shipments.csv"], ["-o", "-", "--json"], ["-o", "no/folder/m.yml"], ["--mapping", "gone.yml"]]
)
def test_what_cannot_be_done_is_refused_and_the_input_untouched(
    shipments: Path, words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mapping never lands on the input, and standard output holds one thing."""
    monkeypatch.chdir(shipments.parent)
    assert run(["map", "shipments.csv", *words]) == ExitCode.UNUSABLE
    assert shipments.read_text("utf-8") == CONTENT


def test_the_mapping_alone_goes_to_standard_output(shipments: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """What is piped is the file and nothing else."""
    assert run(["map", str(shipments), "-o", "-"]) == ExitCode.DONE
    captured = capfd.readouterr()
    assert captured.out.startswith("# Which column holds which field.")
    assert captured.out.endswith("\n")
    assert captured.err == ""


def test_an_existing_mapping_is_shown_on_a_new_file(
    shipments: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What it makes of the file, with the values as evidence: a contradiction shows here, before anything is screened."""
    mapping = tmp_path / "mapping.yml"
    mapping.write_text(EDITED.replace("Zoll: goods.hs_code", "Zoll: destination.country").replace("Country: destination.country", "Country: ignore"), encoding="utf-8")  # fmt: skip
    assert run(["map", str(shipments), "--mapping", str(mapping)]) == ExitCode.DONE
    assert "Zoll destination.country 0% as the mapping says; but values: 0 of 2 are countries" in said(capsys)


def test_explain_reads_the_row_by_the_mapping(
    shipments: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same mapping gives the same row."""
    mapping = tmp_path / "mapping.yml"
    mapping.write_text(EDITED, encoding="utf-8")
    assert run(["explain", str(shipments), "--row", "1", "--mapping", str(mapping), "--json"]) == ExitCode.DONE
    assert json.loads(capsys.readouterr().out)["quality"]["missing_hs_code"] is False
    assert run(["explain", str(shipments), "--row", "1", "--json"]) == ExitCode.DONE
    assert "missing_hs_code" not in json.loads(capsys.readouterr().out)["quality"]
