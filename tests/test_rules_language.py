"""The rule language: what is read, what is refused, and how packs lie over each other."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sanctionscreen.model import NamedList
from sanctionscreen.rules import RuleSet, load_rules
from sanctionscreen.rules.words import in_words

LISTS = {
    "geo.hubs": NamedList("geo.hubs", "country", ("KZ", "KG", "NO"), "a published alert", "2022-06-28"),
    "chpl.tier_1": NamedList("chpl.tier_1", "hs", ("854231", "854232"), "Common High Priority List", "2024-02-23"),
    "ours.quantity": NamedList("ours.quantity", "number", ("1000",), "ours: reason"),
}

RULE = """
  - id: {id}
    title: Chips to a hub
    status: {status}
    version: 1
    level: high
    group: goods
    weight: 35
    why: Chips reach Russia through hubs.
    references: [{{text: a published alert, pin: flag 1}}]
    when: {when}
    tests:
      - {{name: to a hub, record: {{destination.country: KZ, goods.hs_code: "8542.31"}}, expect: hit}}
      - {{name: elsewhere, record: {{destination.country: DE, goods.hs_code: "8542.31"}}, expect: no_hit}}
      - {{name: no destination, record: {{goods.hs_code: "8542.31"}}, expect: unknown, missing: [destination.country]}}
"""
WHEN = '{destination.country: $geo.hubs, goods.hs_code|prefix: "8542"}'


def pack(folder: Path, rules: str, name: str = "base", more: str = "") -> Path:
    path = folder / f"{name}.yml"
    path.write_text(f"pack: {{id: {name}, version: 1.0.0}}\n{more}\nrules:{rules}", encoding="utf-8")
    return path


def rule(when: str = WHEN, rule_id: str = "SYN-GDS-001", status: str = "experimental") -> str:
    return RULE.format(when=when, id=rule_id, status=status)


def faults_of(folder: Path, text: str) -> list[str]:
    path = pack(folder, text)
    with pytest.raises(ExceptionGroup) as caught:
        load_rules([path], LISTS)
    return [str(fault).removeprefix(str(folder) + "/") for fault in caught.value.exceptions]


def over(folder: Path, text: str) -> RuleSet:
    base = pack(folder, rule(status="stable"))
    path = folder / "acme.yml"
    path.write_text("pack: {id: acme, version: 1.0.0, extends: base}\n" + text, encoding="utf-8")
    return load_rules([base, path], LISTS)


@pytest.mark.parametrize(
    ("when", "problem"),
    [
        ("{dest.country: KZ}", "unknown field 'dest.country'"),
        ("{destination.contry: KZ}", "did you mean 'destination.country'?"),
        ("{goods.hs_code|starts_with: '85'}", "write goods.hs_code|prefix"),
        ("{goods.hs_code|prefx: '85'}", "did you mean 'prefix'?"),
        ("{goods.value|prefix: 1}", "does not apply to field 'goods.value' (type money)"),
        ("{goods.value|gt: many}", "goods.value: 'many' is no number"),
        ("{goods.value|gt: [1, 2]}", "takes one value, not 2"),
        ("{goods.value|between: [5, 1]}", "the lower value stands first"),
        ("{shipment.date|gt: 03/04/2024}", "could be two days"),
        ("{destination.country: [KZ, XX]}", "'XX' is no country"),
        ("{destination.country: $geo.hub}", "unknown list '$geo.hub'; did you mean 'geo.hubs'?"),
        ("{destination.country: $chpl.tier_1}", "holds hs values; 'destination.country' is of type country"),
        ("{goods.eccn|prefix: $chpl.tier_1}", "holds hs values"),
        ("{place.occupied: maybe}", "takes true or false"),
        ("{destination.country|field: goods.quantity}", "cannot compare 'destination.country' (country) with"),
        ("{destination.country|field: consignee.contry}", "unknown field 'consignee.contry'"),
        ("{transit.countries: RU}", "does not apply to field 'transit.countries'"),
        ("{party_hits|any: [RU]}", "takes a mapping of conditions on one element"),
        ("{party_hits|any: {scor: 1}}", "did you mean 'score'?"),
        ("{party_hits|count_gte: {n: 0, where: {score: 1}}}", "count_gte takes"),
        ("{any: {destination.country: KZ}}", "'any' takes a list of mappings"),
        ("[{destination.country: KZ}]", "a condition is a mapping"),
        ("{}", "the condition is empty"),
        ("{goods.description|re: '(?=foo)bar'}", "'(?' is not allowed"),
        ("{goods.description|re: '\\bfoo'}", "is not allowed: spell classes out"),
        ("{goods.description|re: '(foo'}", "is no regular expression"),
        ("{goods.description|re: Foo}", "it never matches"),
        ("{goods.description: ''}", "use |exists: false"),
        ("{not: " * 25 + "{destination.country: KZ}" + "}" * 25, "nested more than 20 deep"),
    ],
)
def test_a_mistake_in_a_condition_says_where_what_and_what_would_be_right(
    tmp_path: Path, when: str, problem: str
) -> None:
    """One fault, with file, line and column."""
    found = faults_of(tmp_path, rule(when))
    assert len(found) == 1
    assert found[0].startswith("base.yml:13:")
    assert problem in found[0]


def test_all_faults_of_a_pack_come_at_once(tmp_path: Path) -> None:
    """Metadata, conditions, tests and duplicate keys are reported together, and nothing loads."""
    text = rule("{dest: X}").replace("weight: 35", "wieght: 35\n    level: low").replace("expect: hit", "expect: maybe")
    found = faults_of(tmp_path, text)
    for part in (
        "duplicate key 'level'",
        "unknown key 'wieght'",
        "needs the key 'weight'",
        "unknown field 'dest'",
        "'expect' of test",
    ):
        assert any(part in fault for fault in found), (part, found)


@pytest.mark.parametrize("rule_id", ["lower-001", "X-001", "SYN-GDS-1", "SYN_GDS_001"])
def test_a_rule_id_has_one_form(tmp_path: Path, rule_id: str) -> None:
    assert "must look like RU-GDS-001" in faults_of(tmp_path, rule(rule_id=rule_id))[0]


def test_a_stable_rule_needs_a_hit_and_a_near_miss(tmp_path: Path) -> None:
    text = "\n".join(line for line in rule(status="stable").splitlines() if "expect: no_hit" not in line)
    assert "needs a test that expects no_hit" in faults_of(tmp_path, text)[0]


def test_a_rule_cannot_be_defined_twice(tmp_path: Path) -> None:
    assert "exists" in faults_of(tmp_path, rule() + rule())[0]


def test_country_codes_and_hs_codes_survive_unquoted(tmp_path: Path) -> None:
    """`NO` is Norway and `0301` keeps its zero."""
    loaded = load_rules([pack(tmp_path, rule("{destination.country: NO, goods.hs_code|prefix: 0301}"))], LISTS)
    assert in_words(loaded.rules[0].when) == "destination.country is NO and goods.hs_code begins with 0301"


def test_the_fingerprint_follows_the_meaning_only(tmp_path: Path) -> None:
    """Key order and titles do not change it; a list's content, a weight and a gate do."""

    def fingerprint(text: str, lists: dict[str, NamedList] = LISTS) -> str:
        return load_rules([pack(tmp_path, text)], lists).rules[0].fingerprint

    base = fingerprint(rule())
    assert fingerprint(rule('{goods.hs_code|prefix: "8542", destination.country: $geo.hubs}')) == base
    assert fingerprint(rule().replace("Chips to a hub", "Other words")) == base
    assert fingerprint(rule().replace("weight: 35", "weight: 36")) != base
    assert fingerprint(rule().replace("weight: 35", "weight: 35\n    gate: review")) != base
    wider = LISTS | {"geo.hubs": NamedList("geo.hubs", "country", ("KZ", "KG", "NO", "VN"), "", "")}
    assert fingerprint(rule(), wider) != base


def test_a_pack_over_another_changes_it_visibly(tmp_path: Path) -> None:
    """A widened list reaches inherited rules; every change is said with its reason."""
    loaded = over(
        tmp_path,
        "lists: {geo.hubs: {add: [VN], remove: [NO], reason: our desk}}\n"
        "overrides: [{id: SYN-GDS-001, set: {weight: 8}, and_when: {goods.value|gte: 1000}, reason: samples, approved_by: j.doe}]\n",
    )
    assert loaded.lists["geo.hubs"].values == ("KZ", "KG", "VN")
    assert loaded.rules[0].weight == 8
    assert loaded.changes == (
        "acme adds VN to and removes NO from geo.hubs: our desk",
        "acme changes SYN-GDS-001 weight 35.0 → 8.0, condition (j.doe): samples",
    )
    assert loaded.below is not None
    assert loaded.below.rules[0].weight == 35


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("lists: {geo.hub: {add: [VN], reason: x}}", "does not exist; did you mean 'geo.hubs'?"),
        ("lists: {geo.hubs: {remove: [VN], reason: x}}", "has no 'VN' to remove"),
        ("lists: {geo.hubs: {values: [VN], kind: country, citation: x}}", "change it with add and remove"),
        ("overrides: [{id: SYN-GDS-002, set: {weight: 8}, reason: x, approved_by: y}]", "did you mean 'SYN-GDS-001'?"),
        ("overrides: [{id: SYN-GDS-001, set: {weight: 8}}]", "needs the key 'reason'"),
        ("overrides: [{id: SYN-GDS-001, set: {title: x}, reason: x, approved_by: y}]", "unknown key 'title'"),
        ("exceptions: [{id: EX-1, rules: [SYN-GDS-009], when: {consignee.name: x}, reason: r, approved_by: b, expires: 2027-01-01}]", "no rule 'SYN-GDS-009'"),
        ("exceptions: [{id: EX-1, rules: [SYN-GDS-001], when: {consignee.name: x}, reason: r, approved_by: b}]", "needs the key 'expires'"),
        ("rules:" + rule(), "use overrides to change it"),
    ],
)  # fmt: skip
def test_a_mistake_in_an_own_pack_is_a_clear_fault(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(ExceptionGroup) as caught:
        over(tmp_path, text)
    assert any(problem in str(fault) for fault in caught.value.exceptions), caught.value.exceptions


def test_a_pack_that_extends_what_is_not_loaded_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "acme.yml"
    path.write_text("pack: {id: acme, version: 1, extends: rusia}\n", encoding="utf-8")
    with pytest.raises(ExceptionGroup, match="fault") as caught:
        load_rules([pack(tmp_path, rule(), "russia"), path], LISTS)
    assert "did you mean 'russia'?" in str(caught.value.exceptions[0])


def test_an_exception_lives_until_its_day_and_for_a_year_at_most(tmp_path: Path) -> None:
    """A lapsed or overlong exception is ignored, and said."""
    loaded = over(
        tmp_path,
        "exceptions: [{id: EX-1, rules: [SYN-GDS-001], when: {consignee.name: x}, reason: r, approved_by: b, expires: 2026-06-30}]\n",
    )
    assert len(loaded.in_force(date(2026, 6, 30), ()).exceptions) == 1
    late = loaded.in_force(date(2026, 7, 1), ())
    assert (late.exceptions, late.warnings[-1]) == ((), "exception EX-1 is ignored: it expired on 2026-06-30")
    early = loaded.in_force(date(2025, 1, 1), ())
    assert "more than 366 days after 2025-01-01" in early.warnings[-1]


def test_a_dated_rule_switches_by_itself_and_binds_only_its_jurisdictions(tmp_path: Path) -> None:
    text = rule().replace(
        "group: goods",
        "group: goods\n    effective: {from: 2024-03-20, to: 2026-11-09}\n    applies: {jurisdictions: [EU]}",
    )
    loaded = load_rules([pack(tmp_path, text)], LISTS)
    live = {
        day: len(loaded.in_force(day, {"EU"}).rules)
        for day in (date(2024, 3, 19), date(2024, 3, 20), date(2026, 11, 9), date(2026, 11, 10))
    }
    assert list(live.values()) == [0, 1, 1, 0]
    assert loaded.in_force(date(2025, 1, 1), {"US"}).rules == ()


def test_a_gated_rule_takes_no_exception_and_cannot_be_narrowed_away(tmp_path: Path) -> None:
    base = pack(tmp_path, rule(status="stable").replace("weight: 35", "weight: 35\n    gate: block"))
    acme = tmp_path / "acme.yml"
    acme.write_text(
        "pack: {id: acme, version: 1, extends: base}\n"
        "overrides:\n"
        "  - {id: SYN-GDS-001, and_when: {goods.value|gte: 5}, reason: x, approved_by: y}\n"
        "exceptions: [{id: EX-1, rules: [SYN-GDS-001], when: {consignee.name: x}, reason: r, approved_by: b, expires: 2027-01-01}]\n",
        encoding="utf-8",
    )
    with pytest.raises(ExceptionGroup) as caught:
        load_rules([base, acme], LISTS)
    said = " ".join(str(fault) for fault in caught.value.exceptions)
    assert "can only be widened" in said
    assert "does not allow exceptions" in said


@pytest.mark.parametrize(
    "content", ["", "pack: [", "rules: []", "a: &x [1]\nb: *x", "pack: {id: x, version: 1}\nfeatures: {}"]
)
def test_a_file_that_is_no_pack_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "x.yml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ExceptionGroup):
        load_rules([path], LISTS)


def test_a_missing_pack_and_a_folder_without_a_pack_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.yml", tmp_path):
        with pytest.raises(ExceptionGroup):
            load_rules([path], LISTS)


def test_what_is_not_read_in_a_pack_folder_is_a_fault(tmp_path: Path) -> None:
    """Links that lead out, folders and other endings: a rule that is never read would never hit."""
    folder = tmp_path / "linked"
    (folder / "rules" / "sub").mkdir(parents=True)
    (folder / "pack.yml").write_text("pack: {id: linked, version: 1}\n", encoding="utf-8")
    outside = tmp_path / "outside.yml"
    outside.write_text("secret: 1\n", encoding="utf-8")
    (folder / "rules" / "a.yml").symlink_to(outside)
    (folder / "rules" / "b.YML").write_text("id: X\n", encoding="utf-8")
    with pytest.raises(ExceptionGroup) as caught:
        load_rules([folder], LISTS)
    assert [str(fault).partition(":")[0] for fault in caught.value.exceptions] == [
        "linked/rules/a.yml",
        "linked/rules/b.YML",
        "linked/rules/sub",
    ]
    assert "secret" not in str(caught.value.exceptions)


def test_a_loop_of_links_is_no_pack(tmp_path: Path) -> None:
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    with pytest.raises(ExceptionGroup) as caught:
        load_rules([loop], LISTS)
    assert "no such rule pack" in str(caught.value.exceptions[0])


def test_the_gate_of_a_rule_cannot_be_silenced(tmp_path: Path) -> None:
    """A gated rule is neither disabled nor turned into an experiment by a pack over it."""
    base = pack(tmp_path, rule(status="stable").replace("weight: 35", "weight: 35\n    gate: block"))
    for change in ("disable: true", "set: {status: experimental}"):
        acme = tmp_path / "acme.yml"
        text = f"pack: {{id: acme, version: 1, extends: base}}\noverrides: [{{id: SYN-GDS-001, {change}, reason: x, approved_by: y}}]\n"
        acme.write_text(text, encoding="utf-8")
        with pytest.raises(ExceptionGroup) as caught:
            load_rules([base, acme], LISTS)
        assert "has a gate" in str(caught.value.exceptions[0])


@pytest.mark.parametrize(
    ("text", "where", "problem"),
    [
        ("lists: {geo.hubs: {add: [XX], reason: x}}", "acme.yml:2:26", "'XX' is no country"),
        ("lists: {own.q: {kind: number, values: [many], citation: x}}", "acme.yml:2:40", "'many' is no number"),
    ],
)
def test_a_wrong_value_of_a_list_is_said_where_it_stands(tmp_path: Path, text: str, where: str, problem: str) -> None:
    """Once, at the list, and not at every rule that uses it."""
    with pytest.raises(ExceptionGroup) as caught:
        over(tmp_path, text + "\n")
    assert len(caught.value.exceptions) == 1
    said = str(caught.value.exceptions[0])
    assert where in said
    assert problem in said


def test_an_unknown_jurisdiction_is_a_fault(tmp_path: Path) -> None:
    """A rule for `eu` would never be live."""
    text = rule().replace("group: goods", "group: goods\n    applies: {jurisdictions: [eu]}")
    assert (
        "did you mean 'EU'?" in faults_of(tmp_path, text)[0]
        or "unknown jurisdiction 'eu'" in faults_of(tmp_path, text)[0]
    )


@pytest.mark.parametrize(
    ("wanted", "problem"),
    [
        (">=0.1,<1", ""),
        (">=9", "requires sanctionscreen >=9"),
        ("<0.1", "requires sanctionscreen <0.1"),
        ("newest", "is not understood"),
    ],
)
def test_a_pack_for_another_version_of_the_program_does_not_load(tmp_path: Path, wanted: str, problem: str) -> None:
    """The versions a pack was written for are checked, not only written down."""
    path = tmp_path / "own.yml"
    path.write_text(
        f'pack: {{id: own, version: 1, schema: 1, requires_engine: "{wanted}"}}\nrules:{rule()}', encoding="utf-8"
    )
    if not problem:
        assert len(load_rules([path], LISTS).rules) == 1
        return
    with pytest.raises(ExceptionGroup) as caught:
        load_rules([path], LISTS)
    assert problem in str(caught.value.exceptions[0])
