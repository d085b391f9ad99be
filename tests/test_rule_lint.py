"""What is right by the language and probably not meant: each warning beside a look-alike that must not be warned of."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from sanctionscreen.fields import FIELDS
from sanctionscreen.model import NamedList, Reference
from sanctionscreen.rules import load_rules
from sanctionscreen.rules.conditions import canonical
from sanctionscreen.rules.contradictions import pushed
from sanctionscreen.rules.lint import Lint, is_named, lint, promotion_gaps
from sanctionscreen.rules.record_evaluator import Facts, compile_condition
from sanctionscreen.screening.sources import load_sources

DAY = date(2026, 11, 22)
LISTS = {
    "geo.a": NamedList("geo.a", "country", ("KZ", "KG"), "a published alert", "2022-06-28"),
    "geo.b": NamedList("geo.b", "country", ("DE", "FR"), "a published alert", "2022-06-28"),
}
RULE = """
  - id: {id}
    title: T
    status: {status}
    version: 1
    level: {level}
    group: goods
    weight: {weight}
    why: W
    references: [{{text: {source}}}]
    {more}
    when: {when}
    tests: [{tests}]
"""
HIT = "{name: h, record: {goods.vague: true}, expect: hit}"


def rule(when: str = "{goods.vague: true}", **changes: object) -> str:
    values = {
        "id": "SYN-GDS-001",
        "status": "experimental",
        "level": "medium",
        "weight": 15,
        "source": "an alert of 2023",
    }
    return RULE.format(**(values | {"more": "tags: [t]", "when": when, "tests": HIT} | changes))


def linted(folder: Path, rules: str, more: str = "", expiring: int = 30, as_of: date = DAY) -> list[Lint]:
    path = folder / "own.yml"
    path.write_text(f"pack: {{id: own, version: 1}}\n{more}\nrules:{rules}", encoding="utf-8")
    ruleset = load_rules([path], LISTS)
    return lint(ruleset, as_of, {"EU"}, expiring=timedelta(days=expiring))


def problems(folder: Path, when: str, **changes: object) -> list[tuple[str, str]]:
    return [(one.kind, one.problem) for one in linted(folder, rule(when, **changes))]


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("{destination.country: KZ, all: [{destination.country: DE}]}", "no value meets: destination.country is KZ and"),
        ("{all: [{destination.country: $geo.a}, {destination.country: $geo.b}]}", "no value meets:"),
        ("{destination.country: $geo.a, destination.country|not_in: [KZ, KG, AM]}", "no value meets:"),
        ("{destination.country: $geo.a, not: {destination.country: [KZ, KG]}}", "no value meets:"),
        ("{goods.quantity|gt: 10, goods.quantity|lt: 10}", "no value meets: goods.quantity is more than 10 and"),
        ("{goods.quantity|gt: 10, goods.quantity|lte: 10}", "no value meets:"),
        ("{goods.quantity: 5, goods.quantity|gt: 5}", "no value meets:"),
        ("{goods.value|gt: 10.00, goods.value|lt: 10.01}", "no value meets:"),  # no amount between two hundredths
        ("{shipment.date|gt: 2024-01-01, shipment.date|lt: 2024-01-02}", "no value meets:"),
        ("{shipment.date|gt: 2024-01-01, contract.date|gt: 2024-01-01, not: {shipment.date|gt: 2023-12-31}}", "no value"),
        ("{goods.quantity|lt: 0}", "no value that goods.quantity can take"),
        ("{party_hits|any: {score|gt: 1}}", "no element of party_hits can meet it"),
        ("{party_hits|any: {measure: denied, all: [{measure: sectoral}]}}", "no element of party_hits can meet it"),
        ("{goods.hs_code|prefix: '85', all: [{goods.hs_code|prefix: ['84', '901']}]}", "no value meets:"),
        ("{goods.hs_code: '854231', goods.hs_code|prefix: '84'}", "no value meets:"),
        ("{consignee.name|exists: false, consignee.name|contains: bank}", "consignee.name must be missing, and"),
        ("{transit.countries|exists: false, transit.countries|any: [RU]}", "transit.countries must be missing, and"),
        ("{goods.vague: true, not: {goods.vague: true}}", "goods.vague is true"),
        ("{consignee.country|field: buyer.country, consignee.country|ne_field: buyer.country}", "and for the opposite"),
        ("{party_hits|any: {measure: denied}, not: {party_hits|any: {measure: denied}}}", "and for the opposite"),
        ("{destination.country: KZ, any: [{destination.country: DE}, {destination.country: FR}]}", "every alternative"),
        ("{goods.quantity|gt: 5, not: {goods.quantity|between: [0, 1000000000000]}, goods.quantity|lt: 7}", "every alternative"),
    ],
)  # fmt: skip
def test_a_rule_that_can_never_hit_is_named_with_its_reason(tmp_path: Path, when: str, said: str) -> None:
    """Contradictions between fields' values, bounds, presence and opposites."""
    found = [problem for kind, problem in problems(tmp_path, when) if kind == "never"]
    assert len(found) == 1
    assert found[0].startswith("can never hit: ")
    assert said in found[0]


@pytest.mark.parametrize(
    "when",
    [
        "{destination.country: $geo.a, destination.country|not_in: [KZ]}",
        "{goods.quantity|gte: 10, goods.quantity|lte: 10}",
        "{goods.quantity|gt: 10, goods.quantity|lt: 11}",  # 10.5 kilograms
        "{goods.value|gt: 10.00, goods.value|lt: 10.02}",
        "{shipment.date|gt: 2024-01-01, shipment.date|lt: 2024-01-03}",
        "{party_hits|any: {score|gte: 1}}",
        "{all: [{party_hits|any: {measure: denied}}, {party_hits|any: {measure: sectoral}}]}",  # two hits
        "{goods.hs_code|prefix: '85', all: [{goods.hs_code|prefix: ['84', '8542']}]}",
        "{goods.hs_code|prefix: '85', goods.hs_code|suffix: '0'}",
        "{transit.countries|any: [RU], all: [{transit.countries|any: [KZ]}]}",
        "{any: [{destination.country: KZ}, {destination.country: DE}]}",
        "{party_hits|all: {score|gt: 1}}",  # so are no hits at all
        "{consignee.name|exists: false, buyer.name|contains: bank}",
        "{shipment.date|gt: 9999-12-30}",
        "{expr: 'goods.value / goods.quantity > 5 and goods.value / goods.quantity < 4'}",  # not looked into
    ],
)
def test_a_rule_that_can_hit_is_left_alone(tmp_path: Path, when: str) -> None:
    assert [kind for kind, _ in problems(tmp_path, when) if kind in ("never", "always")] == []


@pytest.mark.parametrize(
    "when",
    [
        "{goods.quantity|gte: 0}",
        "{any: [{goods.vague: true}, {goods.vague: false}]}",
        "{any: [{consignee.name|exists: true}, {consignee.name|exists: false}]}",
        "{not: {goods.quantity|gt: 5, all: [{goods.quantity|lt: 4}]}}",
        "{any: [{goods.chpl_tier: ['1', '2', '3.A']}, {goods.chpl_tier: ['3.B', '4.A', '4.B', none]}]}",
    ],
)
def test_a_rule_that_always_hits_is_named(tmp_path: Path, when: str) -> None:
    """A condition that no value can fail says nothing about a shipment."""
    assert [kind for kind, _ in problems(tmp_path, when) if kind in ("always", "never")] == ["always"]


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (
            "{goods.vague: true, any: [{destination.country: KZ}, {goods.vague: false}]}",
            "alternative that can never hold",
        ),
        ("{goods.vague: true, goods.quantity|gte: 0}", "asks nothing with `goods.quantity is at least 0`"),
    ],
)
def test_a_part_without_effect_is_named(tmp_path: Path, when: str, said: str) -> None:
    assert any(said in problem for _, problem in problems(tmp_path, when))


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("{goods.chpl_tier: '5'}", "goods.chpl_tier is never '5'"),
        ("{goods.chpl_tier: [3a, 3c]}", "goods.chpl_tier is never '3c'"),
        ("{party_hits|any: {measure: asset_freze}}", "did you mean 'asset_freeze'?"),
        ("{party_hits|none: {role: exporter}}", "role is never 'exporter'"),
    ],
)
def test_a_value_that_never_occurs_is_named(tmp_path: Path, when: str, said: str) -> None:
    found = [problem for kind, problem in problems(tmp_path, when) if kind == "value"]
    assert len(found) == 1
    assert said in found[0]


UNLESS = "{goods.vague: true, not: {buyer.name|contains: university}}"
UNKNOWN = HIT + ", {name: u, record: {goods.vague: true}, expect: unknown, missing: [buyer.name]}"


@pytest.mark.parametrize(
    ("when", "tests", "warned"),
    [
        (UNLESS, HIT, "buyer.name"),
        (UNLESS, UNKNOWN, ""),  # the author has thought of it
        (UNLESS, UNKNOWN.replace(", missing: [buyer.name]", ""), ""),
        (UNLESS, UNKNOWN.replace("buyer.name", "goods.vague"), "buyer.name"),
        ("{goods.vague: true, any: [{buyer.name|exists: false}, {not: {buyer.name|contains: university}}]}", HIT, ""),
        ("{goods.vague: true, none_of: [{buyer.name: x}, {seller.name: y}]}", UNKNOWN, "seller.name"),
        ("{goods.vague: true, transit.countries|none: [RU]}", HIT, "transit.countries"),
        ("{goods.vague: true, destination.country|not_in: $geo.a}", HIT, "destination.country"),
        ("{goods.vague: true, destination.country|not_in: $geo.a}", UNKNOWN, ""),  # reads as any comparison
        ("{goods.vague: true, destination.country|ne: KZ}", HIT, "destination.country"),
        ("{payer.country: KZ, payer.country|ne_field: buyer.country}", HIT, "buyer.country"),
        ("{buyer.phone|prefix: '+7', not: {buyer.phone|prefix: '+77'}}", HIT, ""),  # given wherever it matters
        ("{not: {not: {goods.vague: true}}}", HIT, ""),
        ("{goods.vague: true}", HIT, ""),
    ],
)  # fmt: skip
def test_a_negation_that_a_missing_value_silences_is_named(tmp_path: Path, when: str, tests: str, warned: str) -> None:
    """Unless the condition asks whether the value exists, or a test shows what happens without it."""
    found = [problem for kind, problem in problems(tmp_path, when, tests=tests) if kind == "negation"]
    assert len(found) == bool(warned)
    assert all(f"where {warned} is missing" in problem and "expect: unknown" in problem for problem in found)


@pytest.mark.parametrize(
    ("when", "warned"),
    [
        ("{consignee.owners|none: {country: RU}, consignee.owners|any: {share|gte: 50}}", 1),
        ("{consignee.owners|all: {share|gte: 50}}", 1),
        ("{consignee.owners|all: {share|exists: true, share|gte: 50}}", 0),
        ("{consignee.owners|any: {country: RU}}", 0),
        ("{party_hits|all: {measure: denied}}", 0),  # every hit has a measure
    ],
)
def test_an_element_without_the_part_asked_for_counts_and_that_is_said(tmp_path: Path, when: str, warned: int) -> None:
    """An owner without a country passes `none: {country: RU}`."""
    found = [problem for _, problem in problems(tmp_path, when, tests=HIT) if "counts an element without" in problem]
    assert len(found) == warned


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"more": "effective: {from: 2026-05-01, to: 2026-04-30}"}, "never in force"),
        ({"more": "effective: {to: 2026-11-21}"}, "no longer in force: its last day was 2026-11-21"),
        ({"more": "effective: {to: 2026-11-22}"}, ""),
        ({"more": "effective: {from: 2027-01-01}"}, ""),  # a law to come
        ({"more": "applies: {jurisdictions: [US, UK]}"}, "never applies: it is for UK, US, and the profile names EU"),
        ({"more": "applies: {jurisdictions: [EU, UK]}"}, ""),
        ({"status": "deprecated", "more": "replaced_by: SYN-GDS-002"}, "is deprecated; SYN-GDS-002 replaces it"),
        ({"weight": 15.5}, "adds 15.5 points, more than the 15 of level medium"),
        ({"weight": 40, "level": "high"}, ""),
        ({"weight": 60, "more": "gate: review"}, ""),  # a gate decides, whatever the points
        ({"tests": ""}, "no test that expects a hit"),
    ],
)
def test_a_rule_that_does_not_run_or_counts_too_much_is_named(
    tmp_path: Path, changes: dict[str, object], said: str
) -> None:
    found = [one.problem for one in linted(tmp_path, rule(**changes) + rule("{goods.vague: false}", id="SYN-GDS-002"))]
    assert len(found) == bool(said)
    assert all(said in problem for problem in found)


def test_a_law_that_was_suspended_and_returns_is_not_named(tmp_path: Path) -> None:
    """The rule of its first term stays for screenings as of those days."""
    first, second = "effective: {from: 2025-09-29, to: 2025-11-09}", "effective: {from: 2026-11-10}"
    text = rule(more=first) + rule(id="SYN-GDS-002", more=second)
    assert linted(tmp_path, text) == []


def test_points_for_a_party_may_stand_above_the_norm(tmp_path: Path) -> None:
    """They are multiplied by the probability that it is the same party."""
    assert problems(tmp_path, "{party_hits|any: {measure: denied}}", weight=80) == []


@pytest.mark.parametrize(
    ("reference", "named"),
    [
        (Reference("FinCEN and BIS, FIN-2023-Alert004 (2023-05-19)", pin="F23, flag 5"), True),
        (Reference("a bulletin", url="https://example.org/bulletin"), True),
        (Reference("an unnamed trader"), False),
        (Reference("two unnamed officials, 2024"), False),
        (Reference("ours: experience of 2024"), False),
        (Reference("general knowledge"), False),
        (Reference("a list", pin="LOW-1, page 3"), False),
    ],
)
def test_a_source_that_nobody_can_look_up_is_unnamed(reference: Reference, named: bool) -> None:
    assert is_named(reference, {"LOW-1"}) is named


def test_a_stable_rule_with_unnamed_sources_only_is_named(tmp_path: Path) -> None:
    tests = HIT + ", {name: n, record: {goods.vague: false}, expect: no_hit}, {name: u, record: {}, expect: unknown}"
    named, unnamed = (problems(tmp_path, "{goods.vague: true}", status="stable", tests=tests, source=source) for source in ("an alert of 2023", "an unnamed trader"))  # fmt: skip
    assert named == []
    assert [problem[:42] for _, problem in unnamed] == ["is stable and lacks a source that others c"]


def test_what_an_experiment_lacks_to_be_stable_is_told(tmp_path: Path) -> None:
    path = tmp_path / "own.yml"
    path.write_text(f"pack: {{id: own, version: 1}}\nrules:{rule()}", encoding="utf-8")
    gaps = promotion_gaps(load_rules([path], {}).rules[0])
    assert gaps[:2] == ["a test that expects no_hit", "a test that expects unknown"]
    assert "reviewed hit count" in gaps[-1]


def test_two_rules_with_one_meaning_are_named(tmp_path: Path) -> None:
    """Whatever the order of their keys; not when their dates keep them apart."""
    one = "{goods.vague: true, destination.country: KZ}"
    other = "{all: [{destination.country: KZ}, {not: {goods.vague: false}}]}"
    twins = [x.problem for x in linted(tmp_path, rule(one) + rule(other, id="SYN-GDS-002")) if x.kind == "twin"]
    assert len(twins) == 1
    assert "the same as SYN-GDS-001" in twins[0]
    old = rule(one, more="effective: {to: 2027-01-01}")
    new = rule(other, id="SYN-GDS-002", more="effective: {from: 2027-01-02}")
    assert [x for x in linted(tmp_path, old + new) if x.kind == "twin"] == []


EXCEPTION = (
    "exceptions: [{{id: EX-1, rules: [SYN-GDS-001], when: {when}, reason: r, approved_by: b, expires: {expires}}}]"
)


@pytest.mark.parametrize(
    ("expires", "expiring", "said"),
    [
        ("2026-11-21", 30, "lapsed on 2026-11-21"),
        ("2026-11-22", 30, "lapses today"),
        ("2026-11-23", 30, "lapses in 1 day,"),
        ("2026-12-22", 30, "lapses in 30 days"),
        ("2026-12-23", 30, ""),
        ("2026-12-23", 60, "lapses in 31 days"),
        ("2027-11-23", 30, ""),
        ("2027-11-24", 30, "does not count: it runs until 2027-11-24, more than 366 days"),
    ],
)
def test_exceptions_that_lapse_are_named(tmp_path: Path, expires: str, expiring: int, said: str) -> None:
    tests = HIT + ", {name: n, record: {goods.vague: false}, expect: no_hit}, {name: u, record: {}, expect: unknown}"
    more = EXCEPTION.format(when="{consignee.name: x}", expires=expires)
    found = [one.problem for one in linted(tmp_path, rule(status="stable", tests=tests), more, expiring)]
    assert len(found) == bool(said)
    assert all(said in problem for problem in found)


@pytest.mark.parametrize(
    ("changes", "when", "said"),
    [
        ({"more": "effective: {to: 2026-01-01}"}, "{consignee.name: x}", "is for SYN-GDS-001, which is not in force"),
        (
            {"more": "applies: {jurisdictions: [US]}"},
            "{consignee.name: x}",
            "is for SYN-GDS-001, which is not in force",
        ),
        ({}, "{consignee.name: x}", "an experiment that adds no points anyway"),
        ({}, "{consignee.country: KZ, all: [{consignee.country: DE}]}", "can never apply"),
    ],
)
def test_an_exception_without_effect_is_named(tmp_path: Path, changes: dict[str, object], when: str, said: str) -> None:
    more = EXCEPTION.format(when=when, expires="2027-06-30")
    found = [one for one in linted(tmp_path, rule(**changes), more) if one.subject == "EX-1"]
    assert any(said in one.problem for one in found)


def test_unused_features_are_named_with_their_place(tmp_path: Path) -> None:
    """A feature that only another unused feature looks at is unused too."""
    more = (
        "features:\n"
        "  used: {meaning: m, aggregate: count, by: [consignee.name]}\n"
        "  idle: {meaning: m, aggregate: count, by: [buyer.name]}\n"
        '  idle_twice: {meaning: m, expr: "feature.idle * 2"}\n'
    )
    found = [str(one) for one in linted(tmp_path, rule("{feature.used|gt: 3}"), more)]
    assert [text.partition(": is used by no rule")[0].split("own.yml:")[1] for text in found] == [
        "4:9: feature idle",
        "5:15: feature idle_twice",
    ]


def test_warnings_come_with_their_places_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = rule("{goods.quantity|lt: 0}") + rule(id="SYN-GDS-002", weight=50)
    found = linted(tmp_path, text)
    assert [str(one).removeprefix(f"{tmp_path}/")[:14] for one in found] == ["own.yml:14:12:", "own.yml:17:5: "]


def test_only_the_last_pack_and_what_it_changes_is_looked_at(tmp_path: Path) -> None:
    """An inherited rule that an override makes impossible is named; one that was always odd is not."""
    base = tmp_path / "base.yml"
    odd = rule("{goods.quantity|lt: 0}", id="SYN-GDS-009")
    base.write_text(f"pack: {{id: base, version: 1}}\nrules:{rule()}{odd}", encoding="utf-8")
    own = tmp_path / "own.yml"
    own.write_text(
        "pack: {id: own, version: 1, extends: base}\n"
        "overrides: [{id: SYN-GDS-001, and_when: {goods.vague: false}, reason: r, approved_by: b}]\n",
        encoding="utf-8",
    )
    found = lint(load_rules([base, own], LISTS), DAY, {"EU"})
    assert [(one.subject, one.kind) for one in found] == [("SYN-GDS-001", "never")]


SOURCES = load_sources()


def test_the_built_in_pack_has_nothing_doubtful() -> None:
    """Under the default profile, on the day of its release."""
    assert [str(one) for one in lint(SOURCES.rules, DAY, SOURCES.profile.jurisdictions)] == []


@pytest.mark.parametrize("rule_", SOURCES.rules.rules, ids=lambda one: one.id)
def test_moving_negations_down_changes_no_meaning(rule_: object) -> None:
    """The form that contradictions are looked for in gives what the rule gives, and its opposite the opposite."""
    when = rule_.when  # type: ignore[attr-defined]
    plain, moved, opposite = (compile_condition(one) for one in (when, pushed(when), pushed(when, negated=True)))
    for other in SOURCES.rules.rules:
        for test in other.tests:
            facts = facts_of(test.record)
            truth = plain(facts)
            assert moved(facts) is truth
            assert opposite(facts) is (None if truth is None else not truth)
    assert canonical(pushed(pushed(when))) == canonical(pushed(when))


def facts_of(record: object) -> Facts:
    from sanctionscreen.rules.selftest import line_of

    return Facts.of(line_of({key: value for key, value in record.items() if key in FIELDS}))  # type: ignore[attr-defined]


REVIEWED = "reviewed: {rows: 1000, hits: 12, true_hits: 5, date: 2026-11-22, by: a. analyst, file: shipments of May}"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (REVIEWED, ""),
        (REVIEWED.replace("hits: 12", "hits: 3"), "none can be more than the one before"),
        (REVIEWED.replace("rows: 1000", "rows: 3"), "none can be more than the one before"),
        (REVIEWED.replace("by: a. analyst, ", ""), "'by'"),
        (REVIEWED.replace("2026-11-22", "yesterday"), "write a day as"),
        (REVIEWED.replace("rows: 1000", "rows: 1.5"), "write a whole number"),
    ],
)
def test_a_review_of_hits_is_what_an_experiment_lacks(written: str, said: str, tmp_path: Path) -> None:
    """Rows, hits, true hits, day and person stand in the rule; a review that cannot be is a fault."""
    path = tmp_path / "own.yml"
    path.write_text(
        "pack: {id: own, version: 1.0.0}\nrules:\n  - id: OWN-001\n    title: t\n    status: experimental\n    version: 1\n"
        "    level: low\n    group: goods\n    weight: 5\n    why: w\n    references: [{text: FIN-2022-Alert003}]\n"
        "    when: {destination.country: RU}\n    tests: [{name: a, record: {destination.country: RU}, expect: hit},"
        " {name: b, record: {destination.country: DE}, expect: no_hit}, {name: c, record: {}, expect: unknown}]\n"
        f"    {written}\n",
        encoding="utf-8",
    )
    if said:
        with pytest.raises(ExceptionGroup) as caught:
            load_rules([path], {})
        assert any(said in str(fault) for fault in caught.value.exceptions)
        return
    (rule,) = load_rules([path], {}).rules
    assert rule.reviewed is not None
    assert (rule.reviewed.hits, rule.reviewed.true_hits) == (12, 5)
    assert promotion_gaps(rule) == []
