"""Published red flags: what is read, which rules cover them, and the matrix that says so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from builders import ROOT
from sanctionscreen.cli import run
from sanctionscreen.cli.exits import ExitCode
from sanctionscreen.report.red_flags import coverage_page, gap_of, matrix, where_published
from sanctionscreen.rules import Rule, built_in_pack
from sanctionscreen.rules.red_flags import (
    Cover,
    Covered,
    RedFlags,
    coverage,
    load_red_flags,
    numbered,
    pinned_flags,
    unknown_tags,
)
from sanctionscreen.screening.sources import load_sources

SOURCES = load_sources()
RULES = SOURCES.rules.rules
PUBLISHED = load_red_flags([built_in_pack()])
MATRIX = matrix(PUBLISHED, RULES, SOURCES.seeds.documents)
WHOLLY_READ = ("F22", "F23", "TS23", "BIS732")
PAGE = ROOT / "docs" / "red-flags.md"

FLAGS = """
documents: {D1: 3}
red_flags:
  - id: RF-ONE
    flag: goods to a hub
    kind: transaction
    asks: [record]
    sources: [{document: D1, flags: [1]}]
  - {id: RF-TWO, flag: what nobody writes down, kind: party, asks: [], sources: [{document: D1, flags: [2]}], gap: no field holds it}
"""


def by_id(one: Covered | Rule) -> str:
    return one.red_flag.id if isinstance(one, Covered) else one.id


def loaded(folder: Path, text: str) -> RedFlags:
    (folder / "red_flags.yml").write_text(text, encoding="utf-8")
    return load_red_flags([folder])


def faults_of(folder: Path, text: str) -> list[str]:
    with pytest.raises(ExceptionGroup) as caught:
        loaded(folder, text)
    return [str(fault) for fault in caught.value.exceptions]


# --- the built-in pack ----------------------------------------------------------------------------------------------


def test_every_red_flag_that_a_rule_names_is_published() -> None:
    """A tag RF-… of a rule stands in red_flags.yml."""
    assert unknown_tags(PUBLISHED, RULES) == ()


@pytest.mark.parametrize("one", MATRIX.covered, ids=by_id)
def test_every_red_flag_is_covered_or_says_why_not(one: Covered) -> None:
    assert one.rules or one.red_flag.gap


@pytest.mark.parametrize("one", MATRIX.covered, ids=by_id)
def test_every_red_flag_cites_a_document_of_the_evidence(one: Covered) -> None:
    assert [source.document for source in one.red_flag.sources if source.document not in SOURCES.seeds.documents] == []


@pytest.mark.parametrize("document", WHOLLY_READ)
def test_every_numbered_flag_of_a_document_that_was_read_whole_has_its_entry(document: str) -> None:
    assert [flag.number for flag in numbered(document, PUBLISHED, MATRIX.covered, RULES) if not flag.parts] == []


@pytest.mark.parametrize("rule", RULES, ids=by_id)
def test_a_rule_cites_only_flag_numbers_that_its_document_has(rule: Rule) -> None:
    wrong = [(key, n) for key, n in pinned_flags(rule) if n > PUBLISHED.documents.get(key, 0)]
    assert wrong == []


def test_the_page_is_generated() -> None:
    """`docs/red-flags.md` is what `rules coverage --markdown` prints; run `make docs` after a change."""
    assert PAGE.read_text("utf-8") == coverage_page(MATRIX)


# --- reading --------------------------------------------------------------------------------------------------------


def test_a_pack_without_red_flags_has_none(tmp_path: Path) -> None:
    assert load_red_flags([tmp_path, tmp_path / "one-file.yml"]) == RedFlags()


@pytest.mark.parametrize(
    ("wrong", "right", "problem"),
    [
        ("RF-ONE", "rf-one", "must look like RF-HUB-CHPL"),
        ("RF-ONE", "RF-TWO", "stands at"),
        ("kind: transaction", "kind: transactions", "did you mean 'transaction'?"),
        ("asks: [record]", "asks: [records]", "did you mean 'record'?"),
        ("asks: [record]", "asks: []", "can be answered by nothing; say why (gap)"),
        ("flags: [1]", "flags: [4]", "D1 has 3 numbered flags"),
        ("flags: [1]", "flags: [0]", "D1 has 3 numbered flags"),
        ("flags: [1]", "flags: [one]", "D1 has 3 numbered flags"),
        ("flags: [1]", "flags: [" + "9" * 5000 + "]", "flag '999"),
        ("D1: 3", "D2: 3", "documents does not say how many flags D1 has"),
        ("D1: 3", "D1: many", "write a number"),
        ("flag: goods", "flags: goods", "unknown key 'flags'"),
    ],
)
def test_a_fault_is_said_where_it_stands(tmp_path: Path, wrong: str, right: str, problem: str) -> None:
    """Every fault names the file, the line, and what would be right."""
    found = faults_of(tmp_path, FLAGS.replace(wrong, right, 1))
    assert any(problem in fault for fault in found)
    assert all(f"{tmp_path.name}/red_flags.yml:" in fault for fault in found)


def test_all_faults_are_said_at_once(tmp_path: Path) -> None:
    text = FLAGS.replace("kind: party", "kind: parties").replace("[record]", "[records]")
    assert len(faults_of(tmp_path, text)) == 2


# --- coverage -------------------------------------------------------------------------------------------------------


def tagged(*tags: str, pin: str = "") -> Rule:
    from dataclasses import replace

    from sanctionscreen.model import Reference

    references = (Reference("a document", "", pin),) if pin else ()
    return replace(RULES[0], id="SYN-GDS-001", tags=tags, references=references)


def test_a_rule_covers_a_flag_by_its_tag(tmp_path: Path) -> None:
    """Covered without a gap, in part with one, not covered without a rule."""
    published = loaded(tmp_path, FLAGS)
    one, two = coverage(published, [tagged("RF-ONE", "RF-TWO", "own")])
    assert (one.cover, two.cover) == (Cover.COVERED, Cover.IN_PART)
    assert [found.cover for found in coverage(published, [])] == [Cover.NOT, Cover.NOT]


def test_a_flag_without_rule_and_reason_is_a_gap_that_shows(tmp_path: Path) -> None:
    assert gap_of(coverage(loaded(tmp_path, FLAGS), [])[0]) == "no rule yet"


def test_a_rule_reaches_a_numbered_flag_by_tag_or_by_reference(tmp_path: Path) -> None:
    """What could not be read stays open unless a rule cites it."""
    published = loaded(tmp_path, FLAGS)
    rules = [tagged("RF-ONE", pin="D1, flags 2 and 3 of 3: what they say")]
    found = list(numbered("D1", published, coverage(published, rules), rules))
    assert [bool(flag.rules) for flag in found] == [True, True, True]
    assert [flag.cover for flag in found] == [Cover.COVERED, Cover.IN_PART, Cover.COVERED]
    alone = list(numbered("D1", published, coverage(published, []), []))
    assert [flag.cover for flag in alone] == [Cover.NOT, Cover.NOT, None]


@pytest.mark.parametrize(
    ("pin", "flags"),
    [
        ("F22, flag 6 of 22: shipments", [("F22", 6)]),
        ("F22, flags 16, 19 and 20 of 22: owners", [("F22", 16), ("F22", 19), ("F22", 20)]),
        ("F22, flag 14 of 22 and note 23: projects", [("F22", 14)]),
        ("NCA, flag 2: refuses", [("NCA", 2)]),
        ("F22, note 21: transshipment points", []),
        ("BIS732, freight forwarding firm", []),
        ("", []),
    ],
)
def test_flag_numbers_are_read_from_pins(pin: str, flags: list[tuple[str, int]]) -> None:
    assert list(pinned_flags(tagged(pin=pin))) == flags


def test_numbers_that_follow_each_other_are_drawn_together() -> None:
    flag = next(one for one in PUBLISHED.flags if one.id == "RF-ADVANCED-CHIPS")
    assert where_published(flag) == "BIS732 15-21+26-28"


# --- the command ----------------------------------------------------------------------------------------------------


def test_the_matrix_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "coverage"]) == ExitCode.DONE
    shown = capsys.readouterr().out
    assert "RF-HUB-CHPL" in shown
    assert "RU-GDS-003" in shown
    assert f"{len(PUBLISHED.flags)} published red flags" in shown


def test_missing_shows_only_what_is_not_covered_whole(capsys: pytest.CaptureFixture[str]) -> None:
    run(["rules", "coverage", "--missing"])
    shown = capsys.readouterr().out
    assert "RF-HUB-CHPL" not in shown
    assert "RF-LOB-MISMATCH: No field of a record" in shown


def test_the_matrix_as_json_says_the_same(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    run(["rules", "coverage", "--json"])
    found = json.loads(capsysbinary.readouterr().out)
    hub = next(one for one in found["red_flags"] if one["id"] == "RF-HUB-CHPL")
    assert hub["cover"] == "covered"
    assert {"id": "RU-GDS-003", "status": "stable"} in hub["rules"]
    f23 = next(one for one in found["documents"] if one["id"] == "F23")
    assert (f23["date"], len(f23["numbered"])) == ("2023-05-19", 9)
    assert sum(f23["counts"].values()) == 9


def test_a_pack_of_ones_own_brings_its_own_red_flags(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """They stand beside the published ones, with rules of either pack."""
    run(["rules", "new", "--pack", "acme", "-o", str(tmp_path / "pack.yml")])
    loaded(tmp_path, FLAGS)
    assert run(["rules", "coverage", "--json", "--rules", str(tmp_path)]) == ExitCode.DONE
    found = json.loads(capsysbinary.readouterr().out)
    assert found["red_flags"][-1]["id"] == "RF-TWO"
    own = next(one for one in found["documents"] if one["id"] == "D1")
    assert (own["title"], own["counts"]) == (None, {"not covered": 2, "could not be read": 1})
