"""The profile of a firm: checked whole, every number with its reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from sanctionscreen.errors import RuleError
from sanctionscreen.model import Outcome
from sanctionscreen.profile import default_profile, load_profile
from sanctionscreen.strict_yaml import Mapping, Node, Scalar, Sequence, read

GOOD = """
profile:
  id: acme
  version: 1
  jurisdictions: {values: [EU, UK], reason: we export from both}
  combine: {method: grouped_noisy_or}
  experimental: shadow
  thresholds:
    review: {at: 25, reason: ours}
    block: {at: 80, reason: ours}
  confidence: {curve: [[0.7, 0.0], [0.9, 0.6], [1.0, 0.97]], reason: ours}
  gates:
    - {id: G-ONE, if_rule: RU-PTY-001, at_least: review, reason: ours}
  weights:
    RU-PTY-001: {weight: 50, reason: ours}
"""


def load(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "profile.yml"
    path.write_text(text, encoding="utf-8")
    try:
        load_profile(path, {"RU-PTY-001"})
    except ExceptionGroup as faults:
        return [str(fault).removeprefix(str(path)) for fault in faults.exceptions]
    return []


def test_a_profile_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "profile.yml"
    path.write_text(GOOD, encoding="utf-8")
    profile = load_profile(path, {"RU-PTY-001"})
    assert profile.jurisdictions == {"EU", "UK"}
    assert (profile.review_at, profile.block_floor) == (25, 80)
    assert profile.gates[0].at_least is Outcome.REVIEW
    assert profile.weights == {"RU-PTY-001": 50}


@pytest.mark.parametrize(
    ("wrong", "right", "problem"),
    [
        ("RU-PTY-009, at_least", "RU-PTY-001, at_least", "no rule 'RU-PTY-009'; did you mean 'RU-PTY-001'?"),
        ("at: 90", "at: 25", "thresholds must increase"),
        ("[0.9, 0.6], [1.0, 0.5]", "[0.9, 0.6], [1.0, 0.97]", "the curve must not fall"),
        ("[0.9]", "[0.9, 0.6]", "a point of the curve is [match score, probability]"),
        ("additive", "grouped_noisy_or", "supported is 'grouped_noisy_or'"),
        ("[EU, XY]", "[EU, UK]", "unknown jurisdiction 'XY'"),
        ("weight: -5", "weight: 50", "write a number from 0 to 95"),
        ("wieghts:", "weights:", "did you mean 'weights'?"),
        ("id: G one,", "id: G-ONE,", "must look like G-UNKNOWN"),
        ("curve: []", "curve: [[0.7, 0.0], [0.9, 0.6], [1.0, 0.97]]", "the curve needs at least one point"),
        ("values: []", "values: [EU, UK]", "name at least one jurisdiction"),
        ("reason: we export from both, x: 1", "reason: we export from both", "unknown key 'x'"),
    ],
)
def test_a_mistake_says_where_and_what_would_be_right(tmp_path: Path, wrong: str, right: str, problem: str) -> None:
    faults = load(tmp_path, GOOD.replace(right, wrong))
    assert any(problem in fault for fault in faults), faults
    assert all(fault.startswith(":") for fault in faults)


def test_a_gate_on_what_is_unknown_never_blocks(tmp_path: Path) -> None:
    text = GOOD.replace("if_rule: RU-PTY-001, at_least: review", "if_unknown_level: critical, at_least: block")
    assert any("never block" in fault for fault in load(tmp_path, text))


def test_every_number_of_the_default_profile_has_its_reason() -> None:
    """Wherever the built-in profile holds a number, a reason stands beside it."""

    def lacking(node: Node, where: str) -> list[str]:
        if isinstance(node, Sequence):
            return []
        if isinstance(node, Scalar):
            return []
        numbers = [
            key
            for key, value in node.entries.items()
            if isinstance(value, Scalar) and value.text.replace(".", "").isdigit()
        ]
        own = (
            [where] if numbers and "reason" not in node.entries and set(numbers) - {"version", "corroboration"} else []
        )
        return own + [found for key, value in node.entries.items() for found in lacking(value, f"{where}.{key}")]

    root = read(default_profile(), RuleError)
    assert isinstance(root, Mapping)
    assert lacking(root, "") == []
