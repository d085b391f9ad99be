"""The lock of a pack: no meaning changes unseen, no rule vanishes, no id returns."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sanctionscreen.cli import run
from sanctionscreen.cli.exits import ExitCode
from sanctionscreen.errors import RuleError
from sanctionscreen.model import NamedList
from sanctionscreen.rules import RuleSet, built_in_pack, load_rules
from sanctionscreen.rules.lock import (
    FILE_NAME,
    aged,
    changes,
    lock_of,
    lock_text,
    read_lock,
    replacement_faults,
    where_it_went,
)
from sanctionscreen.screening.sources import load_sources

DATA = {"geo.a": NamedList("geo.a", "country", ("KZ", "KG"), "a published alert", "2022-06-28")}
NEWER = {"geo.a": NamedList("geo.a", "country", ("KZ", "KG", "AM"), "a newer alert", "2026-06-28")}
WHEN = "{goods.quantity|gt: 5, destination.country: $geo.a, goods.unit: $own.units}"
RULE = """
  - id: {id}
    title: T
    status: {status}
    version: {version}
    level: medium
    group: goods
    weight: {weight}
    why: W
    references: [{{text: an alert of 2023, pin: flag 1}}]
    {more}
    when: {when}
    tests:
      - {{name: h, record: {{goods.quantity: 6, destination.country: KZ, goods.unit: pcs}}, expect: hit}}
      - {{name: n, record: {{goods.quantity: 5, destination.country: KZ, goods.unit: pcs}}, expect: no_hit}}
      - {{name: u, record: {{destination.country: KZ, goods.unit: pcs}}, expect: unknown}}
"""
UNITS = "lists: {own.units: {kind: text, values: [pcs, pieces], citation: ours}}"


def rule(rule_id: str = "SYN-GDS-001", **changes: object) -> str:
    values = {"id": rule_id, "status": "stable", "version": 2, "weight": 15, "when": WHEN, "more": "tags: [t]"}
    return RULE.format(**(values | changes))


def pack(folder: Path, rules: str, lists: str = UNITS) -> Path:
    path = folder / "own.yml"
    path.write_text(f"pack: {{id: own, version: 1}}\n{lists}\nrules:{rules or ' []'}\n", encoding="utf-8")
    return path


def loaded(folder: Path, rules: str, lists: str = UNITS, data: dict[str, NamedList] = DATA) -> RuleSet:
    return load_rules([pack(folder, rules, lists)], data)


BEFORE = rule() + rule("SYN-GDS-002", when="{goods.unit: $own.units, goods.quantity|gt: 1}")
SECOND = rule("SYN-GDS-002", when="{goods.unit: $own.units, goods.quantity|gt: 1}")


@pytest.mark.parametrize(
    ("after", "said"),
    [
        (BEFORE, ""),
        (rule(when="{goods.quantity|gt: 6, destination.country: $geo.a, goods.unit: $own.units}"), "raise it to 3"),
        (rule(when="{goods.quantity|gt: 6, destination.country: $geo.a, goods.unit: $own.units}", version=3), ""),
        (rule(weight=14), "its version is still 2; raise it to 3"),
        (rule(more="gate: review"), "raise it to 3"),
        (rule(more="effective: {from: 2026-01-01}"), "raise it to 3"),
        (rule(when="{goods.unit: $own.units, destination.country: $geo.a, goods.quantity|gt: 5}"), ""),  # key order
        (rule().replace("title: T", "title: Other words").replace("why: W", "why: Other"), ""),
        (rule(version=1), "is of version 1, and was of 2 already"),
        (rule(status="experimental", version=3), "was stable and is an experiment again"),
        (rule(status="deprecated", version=3, more="replaced_by: SYN-GDS-002"), ""),
        ("", "rule SYN-GDS-001 has vanished; put it back with status: deprecated"),
        (rule("SYN-GDS-003"), "rule SYN-GDS-001 has vanished"),
    ],
)
def test_what_must_not_happen_to_a_rule_is_a_fault(tmp_path: Path, after: str, said: str) -> None:
    """Titles, reasons and order of keys may change; a meaning only with its version."""
    before = lock_of(loaded(tmp_path, BEFORE), DATA)
    found = [str(one) for one in changes(before, loaded(tmp_path, after if after == BEFORE else after + SECOND), DATA)]
    assert len(found) == bool(said)
    assert all(said in one and "own.yml:" in one for one in found)


def test_a_list_of_the_pack_is_part_of_the_meaning(tmp_path: Path) -> None:
    """Who writes the list writes the rule: its version has to be raised."""
    before = lock_of(loaded(tmp_path, BEFORE), DATA)
    after = loaded(tmp_path, BEFORE, UNITS.replace("pieces", "sets"))
    assert [str(one).partition(" no longer")[0][-11:] for one in changes(before, after, DATA)] == [
        "SYN-GDS-001",
        "SYN-GDS-002",
    ]


def test_a_newer_list_of_the_watchlists_is_no_new_version(tmp_path: Path) -> None:
    """It has a date and a fingerprint of its own; that the lock has aged is said."""
    ruleset = loaded(tmp_path, BEFORE)
    before = lock_of(ruleset, DATA)
    after = loaded(tmp_path, BEFORE, data=NEWER)
    assert after.rules[0].fingerprint != ruleset.rules[0].fingerprint
    assert changes(before, after, NEWER) == []
    assert aged(before, after, NEWER) == [
        "SYN-GDS-001 reads lists that have changed since it was locked; lock it again"
    ]


def test_a_pack_that_changes_a_list_of_the_watchlists_changes_the_meaning(tmp_path: Path) -> None:
    before = lock_of(loaded(tmp_path, BEFORE), DATA)
    changed = UNITS.replace("lists: {", "lists: {geo.a: {add: [AM], reason: r}, ")
    assert "raise it to 3" in str(changes(before, loaded(tmp_path, BEFORE, changed), DATA)[0])


def test_a_removed_id_is_reserved_for_ever(tmp_path: Path) -> None:
    """Deprecated first, then removed, and never again, however often the lock is written."""
    old = rule(status="deprecated", more="replaced_by: SYN-GDS-002")
    lock = lock_of(loaded(tmp_path, old + SECOND), DATA)
    for _ in range(2):
        without = loaded(tmp_path, SECOND)
        assert changes(lock, without, DATA) == []
        lock = lock_of(without, DATA, lock)
        assert lock.removed == {"SYN-GDS-001": "SYN-GDS-002"}
    found = [str(one) for one in changes(lock, loaded(tmp_path, BEFORE), DATA)]
    assert len(found) == 1
    assert "SYN-GDS-001 was removed (SYN-GDS-002 replaced it); an id is never used" in found[0]


def test_the_file_is_the_same_for_the_same_rules_and_read_back(tmp_path: Path) -> None:
    """Sorted, one line a rule, whatever the order in the pack."""
    one = lock_of(loaded(tmp_path, BEFORE), DATA)
    other = lock_of(loaded(tmp_path, SECOND + rule()), DATA)
    assert lock_text(one) == lock_text(other)
    path = tmp_path / FILE_NAME
    path.write_text(lock_text(one), encoding="utf-8")
    assert read_lock(path) == one
    held = json.loads(lock_text(one))
    assert list(held["rules"]) == ["SYN-GDS-001", "SYN-GDS-002"]
    assert held["rules"]["SYN-GDS-001"]["version"] == 2


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", "is empty"),
        ("[" * 100_000, "nested more than"),
        ("{}", "needs the key 'schema'"),
        ('{"schema": "other/9", "pack": "own", "rules": {}}', "this program reads"),
        ('{"schema": "sanctionscreen.rules-lock/1", "pack": "own", "rules": {"A-001": 5}}', "must be a mapping"),
        ('{"schema": "sanctionscreen.rules-lock/1", "pack": "own", "rules": {}, "more": 1}', "unknown key 'more'"),
        ('{"schema": "sanctionscreen.rules-lock/1", "pack": "own", "rules": {"A-001": {"version": -1, "status": "stable", "fingerprint": "a", "meaning": "b"}}}', "from 1 to 9999"),
    ],
    ids=["empty", "deep", "no keys", "schema", "no mapping", "unknown key", "version"],
)  # fmt: skip
def test_a_faulty_lock_says_what_is_wrong(tmp_path: Path, content: str, problem: str) -> None:
    path = tmp_path / FILE_NAME
    path.write_text(content, encoding="utf-8")
    with pytest.raises((RuleError, ExceptionGroup)) as caught:
        read_lock(path)
    faults = caught.value.exceptions if isinstance(caught.value, ExceptionGroup) else [caught.value]
    assert any(problem in str(fault) for fault in faults)


def test_the_lock_of_another_pack_is_refused(tmp_path: Path) -> None:
    before = lock_of(loaded(tmp_path, BEFORE), DATA)
    path = tmp_path / "other.yml"
    path.write_text("pack: {id: other, version: 1}\n", encoding="utf-8")
    assert "is the lock of pack 'own'; this is 'other'" in str(changes(before, load_rules([path], DATA), DATA)[0])


@pytest.mark.parametrize(
    ("successor", "said"),
    [
        ("SYN-GDS-002", ""),
        ("SYN-GDS-009", "which does not exist"),
        ("SYN-GDS-001", "which is the rule itself"),
        ("SYN-GDS-003", "which is deprecated too; name SYN-GDS-002"),
    ],
)
def test_what_replaces_a_rule_must_be_there(tmp_path: Path, successor: str, said: str) -> None:
    text = rule(status="deprecated", more=f"replaced_by: {successor}")
    text += SECOND + rule("SYN-GDS-003", status="deprecated", more="replaced_by: SYN-GDS-002")
    path = pack(tmp_path, text)
    try:
        rules = {one.id: one for one in load_rules([path], DATA).rules}
        found = [str(one) for one in replacement_faults(rules, "own")]
    except ExceptionGroup as refused:  # the loader may say the same
        found = [str(one) for one in refused.exceptions]
    assert len(found) == bool(said)
    assert all(said in one for one in found)


def test_a_removed_rule_points_to_what_replaces_it(tmp_path: Path) -> None:
    """For exceptions and overrides that still name it."""
    old = rule(status="deprecated", more="replaced_by: SYN-GDS-002")
    lock = lock_of(loaded(tmp_path, SECOND), DATA, lock_of(loaded(tmp_path, old + SECOND), DATA))
    (tmp_path / FILE_NAME).write_text(lock_text(lock), encoding="utf-8")
    assert where_it_went("SYN-GDS-001", [tmp_path]) == "; it was removed, and SYN-GDS-002 replaces it"
    assert where_it_went("SYN-GDS-007", [tmp_path, tmp_path / "own.yml"]) == ""


OWN = """pack: {id: own, version: 1, extends: russia}
rules:
  - id: SYN-GDS-001
    title: T
    status: experimental
    version: 1
    level: medium
    group: goods
    weight: 15
    why: W
    references: [{text: an alert of 2023, pin: flag 1}]
    when: {goods.quantity|gt: 5, destination.country: $geo.hubs}
    tests: [{name: h, record: {goods.quantity: 6, destination.country: KZ}, expect: hit}]
"""


def test_a_lock_is_written_and_compared_with(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Beside a pack folder it is found by itself; a faulty change is not written over it."""
    (tmp_path / "pack.yml").write_text(OWN, encoding="utf-8")
    lock = tmp_path / FILE_NAME
    assert run(["rules", "lock", "--rules", str(tmp_path), "-o", str(lock)]) == ExitCode.DONE
    first = lock.read_bytes()
    assert run(["rules", "check", str(tmp_path)]) == ExitCode.DONE
    (tmp_path / "pack.yml").write_text(OWN.replace("gt: 5", "gt: 4"), encoding="utf-8")
    capfd.readouterr()
    assert run(["rules", "check", str(tmp_path), "--lock", str(lock)]) == ExitCode.FINDINGS
    assert "pack.yml:3:5: rule SYN-GDS-001 no longer means what it did" in capfd.readouterr().err
    assert run(["rules", "check", str(tmp_path), "--json"]) == ExitCode.FINDINGS
    assert "raise it to 2" in json.loads(capfd.readouterr().out)["faults"][0]["problem"]
    assert run(["rules", "lock", "--rules", str(tmp_path), "-o", str(lock)]) == ExitCode.FINDINGS
    assert lock.read_bytes() == first
    (tmp_path / "pack.yml").write_text(OWN.replace("gt: 5", "gt: 4").replace("version: 1\n    l", "version: 2\n    l"), encoding="utf-8")  # fmt: skip
    assert run(["rules", "check", str(tmp_path)]) == ExitCode.DONE
    assert run(["rules", "lock", "--rules", str(tmp_path), "-o", str(lock)]) == ExitCode.DONE
    assert json.loads(lock.read_text(encoding="utf-8"))["rules"]["SYN-GDS-001"]["version"] == 2


def test_a_lock_that_is_not_there_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "pack.yml").write_text(OWN, encoding="utf-8")
    assert run(["rules", "check", str(tmp_path), "--lock", str(tmp_path / "no.json")]) == ExitCode.UNUSABLE


def test_warnings_are_said_and_do_not_fail(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """In words with their places, and as JSON with their kind; `--expiring` widens the look ahead."""
    text = (
        OWN
        + "exceptions: [{id: EX-1, rules: [SYN-GDS-001], when: {consignee.name: x}, reason: r, approved_by: b, expires: 2027-01-31}]\n"
    )
    path = tmp_path / "own.yml"
    path.write_text(text.replace("weight: 15", "weight: 25"), encoding="utf-8")
    assert run(["rules", "check", str(path), "--as-of", "2026-11-22"]) == ExitCode.DONE
    out = " ".join(capfd.readouterr().out.split())
    assert "own.yml:3:5: SYN-GDS-001: adds 25 points, more than the 15 of level medium" in out
    assert "lapses in" not in out
    assert run(["rules", "check", str(path), "--as-of", "2026-11-22", "--expiring", "90d", "--json"]) == ExitCode.DONE
    found = [one for one in json.loads(capfd.readouterr().out)["warnings"] if one["kind"] != "pack"]
    assert [one["kind"] for one in found] == ["weight", "exception", "exception"]
    assert (found[0]["line"], found[0]["column"], found[0]["subject"]) == (3, 5, "SYN-GDS-001")
    assert "lapses in 70 days" in " ".join(one["problem"] for one in found)
    assert run(["rules", "check", str(path), "--expiring", "soon"]) == ExitCode.UNUSABLE


def test_faults_are_said_as_json_too(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "own.yml"
    path.write_text(OWN.replace("goods.quantity|gt", "goods.quantty|gt"), encoding="utf-8")
    assert run(["rules", "check", str(path), "--json"]) == ExitCode.FINDINGS
    found = json.loads(capfd.readouterr().out)
    assert found["loads"] is False
    assert (found["faults"][0]["line"], found["faults"][0]["column"]) == (12, 12)
    assert "did you mean 'goods.quantity'?" in found["faults"][0]["problem"]


def test_the_built_in_pack_is_locked() -> None:
    """Its lock is beside it and current; write it with `sanctionscreen rules lock -o <the file>` after each change."""
    sources = load_sources()
    path = built_in_pack() / FILE_NAME
    data = {**sources.geography.lists, **sources.goods.named_lists}
    before = read_lock(path)
    assert [str(one) for one in changes(before, sources.rules, data)] == []
    assert lock_text(lock_of(sources.rules, data, before)) == path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "naming",
    [
        "overrides: [{id: SYN-GDS-001, set: {weight: 8}, reason: r, approved_by: b}]",
        "exceptions: [{id: EX-1, rules: [SYN-GDS-001], when: {goods.vague: true}, reason: r, approved_by: b, expires: 2027-01-31}]",
    ],
)
def test_an_override_or_exception_for_a_removed_rule_names_its_successor(tmp_path: Path, naming: str) -> None:
    """The lock beside the pack below remembers it."""
    folder = tmp_path / "base"
    folder.mkdir()
    old = rule(status="deprecated", more="replaced_by: SYN-GDS-002")
    first = lock_of(loaded(tmp_path, old + SECOND), DATA)
    (folder / "pack.yml").write_text(pack(tmp_path, SECOND).read_text(encoding="utf-8"), encoding="utf-8")
    ruleset = load_rules([folder], DATA)
    (folder / FILE_NAME).write_text(lock_text(lock_of(ruleset, DATA, first)), encoding="utf-8")
    acme = tmp_path / "acme.yml"
    acme.write_text(f"pack: {{id: acme, version: 1, extends: own}}\n{naming}\n", encoding="utf-8")
    with pytest.raises(ExceptionGroup) as caught:
        load_rules([folder, acme], DATA)
    assert "it was removed, and SYN-GDS-002 replaces it" in str(caught.value.exceptions[0])
