"""The README is run: its Python prints what it promises, its commands exist, its mistakes are answered as shown."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from builders import ROOT

TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w*)\n(.*?)```", TEXT, re.DOTALL)


def test_it_opens_with_the_two_commands() -> None:
    kind, first = BLOCKS[0]
    assert kind == "sh"
    assert [line.partition("#")[0].strip() for line in first.splitlines()] == ["make demo", "make test"]


@pytest.mark.parametrize("code", [code for kind, code in BLOCKS if kind == "python"])
def test_its_python_runs(code: str) -> None:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    assert "review" in done.stdout


def test_every_command_it_names_exists() -> None:
    """Each `sanctionscreen …` line of the README is one that the program knows."""
    lines = [
        line for kind, code in BLOCKS if kind == "sh" for line in code.splitlines() if line.startswith("sanctionscreen")
    ]
    verbs = {tuple(word for word in line.split()[1:3] if re.fullmatch(r"[a-z]+", word)) for line in lines}
    assert len(lines) >= 8
    for verb in sorted(verbs):
        words = verb[:2] if verb[0] in ("rules", "runs") else verb[:1]
        done = subprocess.run(
            [sys.executable, "-m", "sanctionscreen", *words, "--help"], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, (words, done.stderr)


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\(([^)#:]+)\)", TEXT))))
def test_every_link_leads_somewhere(link: str) -> None:
    assert (ROOT / link).exists()
