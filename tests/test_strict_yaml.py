"""YAML as positioned text."""

from __future__ import annotations

from pathlib import Path

import pytest

from sanctionscreen.errors import RuleError, SanctionScreenError
from sanctionscreen.strict_yaml import MAX_BYTES, Entry, Mapping, Scalar, Sequence, parse, read


def texts(source: str) -> list[str]:
    root = parse(source, "f.yml", RuleError)
    assert isinstance(root, Sequence)
    return [item.text for item in root.items if isinstance(item, Scalar)]


def test_no_scalar_becomes_anything_but_text() -> None:
    """What YAML 1.1 would turn into false, 65, 8542.1 and true stays as written."""
    assert texts("[NO, 0101, 8542.10, on, 2024-01-01, ~]") == ["NO", "0101", "8542.10", "on", "2024-01-01", "~"]


@pytest.mark.parametrize(
    ("source", "where", "problem"),
    [
        ("a: 1\na: 2\n", "f.yml:2:1", "duplicate key 'a'"),
        ("a: &x 1\nb: *x\n", "f.yml:1:4", "anchors and aliases"),
        ("a: *x\n", "f.yml:1:4", "anchors and aliases"),
        ("a: [1, 2\n", "f.yml:2:1", "not YAML"),
        ("", "f.yml:1:1", "empty"),
        ("? [a]\n: 1\n", "f.yml:1:3", "a key must be plain text"),
        ("a: 1\n---\nb: 2\n", "f.yml:2:1", "second document"),
        ("a: \x00\n", "f.yml", "not YAML"),
        ("not: " * 1 + "{not: " * 3000, "f.yml:1:", "nested more than"),
        ("[" * 100_000, "f.yml:1:", "nested more than"),
    ],
)
def test_what_is_refused_says_where_and_what(source: str, where: str, problem: str) -> None:
    """Bombs, duplicates and broken files are refused with their place."""
    with pytest.raises(RuleError) as caught:
        parse(source, "f.yml", RuleError)
    assert str(caught.value).startswith(where)
    assert problem in str(caught.value)


def test_a_file_over_the_limit_is_not_read_whole(tmp_path: Path) -> None:
    big = tmp_path / "big.yml"
    with big.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(RuleError, match="which is the limit"):
        read(big, RuleError)


@pytest.mark.parametrize("content", [b"\xff\xfea\x00", b"a: \xe9\n"])
def test_a_file_that_is_not_utf8_says_so(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "latin.yml"
    path.write_bytes(content)
    with pytest.raises(RuleError, match=r"latin.yml: is not UTF-8 at byte"):
        read(path, RuleError)


def test_a_missing_file_is_an_error_of_the_reader(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="cannot be read: No such file"):
        read(tmp_path / "none.yml", RuleError)


def test_an_entry_collects_every_fault_with_its_place() -> None:
    """Missing, unknown, mistyped and out-of-range keys are reported together."""
    faults: list[SanctionScreenError] = []
    node = parse("id: x\nwieght: 3\nday: 2024-13-01\nflag: maybe\nlevel: hig\nmany: one\n", "f.yml", RuleError)
    entry = Entry(node, "rule", faults, RuleError)
    entry.text("id")
    entry.text("title")
    entry.optional_number("weight")
    entry.optional_day("day")
    entry.flag("flag")
    entry.choice("level", ("low", "high"))
    entry.texts("many")
    entry.close()
    assert [str(fault) for fault in faults] == [
        "f.yml:1:1: rule needs the key 'title'",
        "f.yml:3:1: 'day' of rule is '2024-13-01'; write a day as 2026-01-31",
        "f.yml:4:1: 'flag' of rule is 'maybe'; write true or false",
        "f.yml:5:1: 'level' of rule is 'hig'; did you mean 'high'?",
        "f.yml:6:7: 'many' of rule must be a list",
        "f.yml:2:1: unknown key 'wieght' in rule; did you mean 'weight'?",
    ]


def test_a_value_that_is_no_mapping_is_one_fault() -> None:
    faults: list[SanctionScreenError] = []
    Entry(Scalar("x", False, parse("{}", "f.yml", RuleError).at), "rule", faults, RuleError).close()
    assert [fault.problem for fault in faults] == ["rule must be a mapping of keys to values"]


def test_positions_survive_for_every_key() -> None:
    root = parse("a: 1\nb:\n  c: 2\n", "f.yml", RuleError)
    assert isinstance(root, Mapping)
    inner = root.entries["b"]
    assert isinstance(inner, Mapping)
    assert (inner.keys["c"].line, inner.keys["c"].column) == (3, 3)


def test_a_device_is_read_no_further_than_the_limit() -> None:
    """A device says that it is empty and never ends."""
    endless = Path("/dev/zero")
    if not endless.exists():
        pytest.skip("no /dev/zero on this system")
    with pytest.raises(RuleError, match="which is the limit"):
        read(endless, RuleError)
