"""What people install: wheel and sdist, in an empty environment outside the checkout, work on their embedded lists."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from builders import ROOT

pytestmark = pytest.mark.package

CSV = "Consignee,Country,HS code,Description\nTechkrim,RU,8542.31,microcontrollers\nSynthetic Appliances,KZ,8418.21,refrigerators\n"


@pytest.fixture(scope="session")
def distributions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The sdist, and the wheel built from it."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run([sys.executable, "-m", "build", "--outdir", str(folder), str(ROOT)], check=True, capture_output=True)
    return {"sdist": next(folder.glob("*.tar.gz")), "wheel": next(folder.glob("*.whl"))}


@pytest.mark.parametrize("kind", ["wheel", "sdist"])
def test_an_installed_distribution_screens_outside_the_checkout(
    kind: str, distributions: dict[str, Path], tmp_path: Path
) -> None:
    """Only wheels of dependencies are taken, the lists and the evidence come along, and the verdicts are the same."""
    subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "env")], check=True)
    python = tmp_path / "env" / "bin" / "python"
    install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--only-binary", ":all:"]
    if kind == "sdist":
        install += ["--no-binary", "sanctionscreen"]
    subprocess.run([*install, str(distributions[kind])], check=True, cwd=tmp_path)
    (tmp_path / "in.csv").write_text(CSV, encoding="utf-8")
    program, results = str(python.with_name("sanctionscreen")), ("out.jsonl", "out.html", "out.xlsx", "out.parquet")
    outputs = [part for name in results for part in ("-o", name)]
    command = [program, "screen", "in.csv", *outputs, "--as-of", "2026-11-22"]
    subprocess.run(command, check=True, cwd=tmp_path, capture_output=True)
    assert all((tmp_path / name).stat().st_size for name in results)
    for more in (["screen", "--schema"], ["runs", "verify", "out.jsonl"], ["runs", "replay", "out.jsonl"]):
        subprocess.run([program, *more], check=True, cwd=tmp_path, capture_output=True)
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["decision"] for line in lines] == ["block", "clear"]
    evidence = [str(python.with_name("sanctionscreen")), "evidence", "003-12"]
    assert b"Techkrim" in subprocess.run(evidence, check=True, cwd=tmp_path, capture_output=True).stdout


def test_the_wheel_carries_lists_evidence_and_rules_and_no_tests(distributions: dict[str, Path]) -> None:
    import zipfile

    names = zipfile.ZipFile(distributions["wheel"]).namelist()
    for part in (
        "data/watchlists/entities.yml",
        "data/seeds/claims.yml",
        "packs/russia/pack.yml",
        "py.typed",
        "countries.tsv",
        "report/page/report.html.j2",
        "report/page/report.css",
        "report/page/report.js",
        "report/assessment.schema.json",
    ):
        assert f"sanctionscreen/{part}" in names
    assert not [name for name in names if name.startswith("tests") or "/tests/" in name]
