"""Features: numbers across lines, the same for a file in any order and for a record with its history."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import examples
from sanctionscreen import Screener
from sanctionscreen.errors import RuleError
from sanctionscreen.fields import FIELDS
from sanctionscreen.model import Line, NamedList
from sanctionscreen.rules import load_rules, run_tests
from sanctionscreen.rules.features import Feature, FeatureTable, needed, party_key, read_features
from sanctionscreen.rules.parse import ConditionParser
from sanctionscreen.strict_yaml import Mapping, parse

HUBS = {"geo.hubs": NamedList("geo.hubs", "country", ("KZ", "KG"), "an alert", "2022-06-28")}


def features(text: str) -> dict[str, Feature]:
    faults: list[Any] = []
    node = parse(text, "pack.yml", RuleError)
    assert isinstance(node, Mapping)
    found = read_features(node.entries, {}, ConditionParser(HUBS, faults), faults)
    assert not faults, [str(fault) for fault in faults]
    return found


def faults_of(text: str) -> list[str]:
    faults: list[Any] = []
    node = parse(text, "pack.yml", RuleError)
    assert isinstance(node, Mapping)
    read_features(node.entries, {}, ConditionParser(HUBS, faults), faults)
    return [str(fault) for fault in faults]


def values(text: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    table = FeatureTable(list(features(text).values()))
    lines = [Line(row) for row in rows]
    for line in lines:
        table.add(line)
    return [table.of(at, line) for at, line in enumerate(lines)]


def day(number: int) -> date:
    return date(2023, 1, 1) + timedelta(days=number)


WINDOW = "lines: {meaning: m, aggregate: count, by: [consignee.name], date: shipment.date, trailing_days: 90}"


def test_a_window_ends_on_the_day_of_the_line() -> None:
    """The day itself counts and the day before the window does not; later lines are not seen."""
    rows = [{"consignee.name": "Synthetix", "shipment.date": day(n)} for n in (0, 90, 89, 200)]
    assert [found["feature.lines"] for found in values(WINDOW, rows)] == [1.0, 2.0, 2.0, 1.0]


def test_a_lag_moves_the_window_back() -> None:
    """The baseline before the window, which the window itself is compared with."""
    text = "base: {meaning: m, aggregate: count, by: [consignee.name], date: shipment.date, trailing_days: 30, lag_days: 10}"
    rows = [{"consignee.name": "A", "shipment.date": day(n)} for n in (0, 29, 30, 39, 40)]
    assert [found["feature.base"] for found in values(text, rows)] == [0.0, 1.0, 1.0, 2.0, 2.0]


def test_one_party_is_one_group_however_its_form_is_written() -> None:
    """Legal form, case and punctuation do not divide a party's lines; another name does."""
    assert party_key("ООО «Синтетика»") == party_key("Синтетика, ООО")
    rows = [{"consignee.name": name, "shipment.date": day(0)} for name in ("Synthetix LLC", "SYNTHETIX", "Synthetikon")]
    assert [found["feature.lines"] for found in values(WINDOW, rows)] == [2.0, 2.0, 1.0]


def test_a_line_without_key_or_day_is_unknown_and_counts_nowhere() -> None:
    """Nothing is guessed; a field that no line has leaves the feature out."""
    rows = [
        {"consignee.name": None, "shipment.date": day(0)},
        {"consignee.name": "A", "shipment.date": None},
        {"consignee.name": "A", "shipment.date": day(0)},
    ]
    assert [found["feature.lines"] for found in values(WINDOW, rows)] == [None, None, 1.0]
    assert values(WINDOW, [{"consignee.name": "A"}]) == [{}]


def test_every_aggregate_says_what_it_is_named_for() -> None:
    """Sums in units, shares of lines and of money, first days, medians that occur, and few lines left open."""
    text = """
    total: {meaning: m, aggregate: sum, of: goods.value, by: [consignee.name]}
    hub: {meaning: m, aggregate: share, by: [consignee.name], where: {destination.country: $geo.hubs}}
    money: {meaning: m, aggregate: share, of: goods.value, by: [consignee.name], where: {destination.country: $geo.hubs}}
    since: {meaning: m, aggregate: first, by: [consignee.name], date: shipment.date}
    middle: {meaning: m, aggregate: median, of: goods.quantity, by: [consignee.name]}
    top: {meaning: m, aggregate: quantile, q: 1, of: goods.quantity, by: [consignee.name]}
    places: {meaning: m, aggregate: distinct, of: destination.country, by: [consignee.name]}
    many: {meaning: m, aggregate: median, of: goods.quantity, by: [consignee.name], at_least: 5}
    ratio: {meaning: m, expr: "feature.total / feature.places"}
    """
    rows = [
        {"consignee.name": "A", "shipment.date": day(n), "goods.value": cents, "goods.quantity": amount,
         "destination.country": country}
        for n, cents, amount, country in ((3, 100, 5.0, "KZ"), (1, 250, 1.5, "DE"), (2, 650, 9.0, "KG"), (9, None, None, None))
    ]  # fmt: skip
    last = values(text, rows)[-1]
    assert last == {
        "feature.total": 10.0, "feature.hub": 0.5, "feature.money": 0.75, "feature.since": day(1),
        "feature.middle": 5.0, "feature.top": 9.0, "feature.places": 3.0, "feature.many": None,
        "feature.ratio": 10.0 / 3,
    }  # fmt: skip


BAD = [
    ("a: {meaning: m, aggregate: mean, of: goods.value}", "aggregate"),
    ("a: {meaning: m, aggregate: count, by: [consignee.nam]}", "did you mean 'consignee.name'"),
    ("a: {meaning: m, aggregate: sum, by: [consignee.name]}", "(`of`)"),
    ("a: {meaning: m, aggregate: sum, of: consignee.name}", "is of type text"),
    ("a: {meaning: m, aggregate: count, trailing_days: 30}", "needs `date`"),
    ("a: {meaning: m, aggregate: count, date: goods.value}", "is of type money"),
    ("a: {meaning: m, aggregate: quantile, of: goods.value}", "q, between 0 and 1"),
    ("a: {meaning: m, aggregate: share, by: [consignee.name]}", "needs `where`"),
    ("a: {meaning: m, aggregate: count, where: {party_hits|exists: true}}", "derived from lists"),
    ("a: {meaning: m, expr: 'feature.b > 1'}", "is not part of the language"),
    ("a: {meaning: m, expr: 'feature.b / 2'}", "unknown field 'feature.b'"),
    ("a: {meaning: m, expr: 'shipment.date'}", "not to a number"),
    ("a: {aggregate: count}", "meaning"),
    ("A-b: {meaning: m, aggregate: count}", "small letters"),
    ("a: {meaning: m, aggregate: count, days: 3}", "days"),
]


@pytest.mark.parametrize(("text", "said"), BAD)
def test_a_fault_in_a_feature_says_where_and_what(text: str, said: str) -> None:
    """With the place in the file, before anything is loaded."""
    found = faults_of(text)
    assert found
    assert any(said in fault for fault in found), found
    assert all(fault.startswith("pack.yml:1") for fault in found)


LONG = """
    lines: {meaning: m, aggregate: count, by: [consignee.name], date: shipment.date, trailing_days: 5, lag_days: 2}
    total: {meaning: m, aggregate: sum, of: goods.quantity, by: [consignee.name, goods.unit], date: shipment.date}
    hub: {meaning: m, aggregate: share, of: goods.value, by: [goods.unit], where: {destination.country: $geo.hubs}}
    top: {meaning: m, aggregate: quantile, q: 0.9, of: goods.value, by: [goods.unit], date: shipment.date, trailing_days: 9}
    kinds: {meaning: m, aggregate: distinct, of: goods.unit, date: shipment.date, trailing_days: 3}
    since: {meaning: m, aggregate: first, by: [consignee.name], date: shipment.date, where: {goods.value|gt: 1}}
"""
rows_of_file = st.lists(
    st.fixed_dictionaries(
        {
            "consignee.name": st.sampled_from(["A", "a", "B LLC", None]),
            "goods.unit": st.sampled_from(["kg", "pcs", None]),
            "goods.quantity": st.none() | st.sampled_from([0.0, 0.1, 0.2, 0.3, 7.25]),
            "goods.value": st.none() | st.integers(0, 500),
            "destination.country": st.sampled_from(["KZ", "DE", None]),
            "shipment.date": st.none() | st.integers(0, 15).map(day),
        }
    ),
    min_size=1,
    max_size=12,
)


def naive(feature: Feature, rows: list[dict[str, Any]], row: dict[str, Any]) -> Any:
    """The feature as its definition reads, line by line."""

    def key(one: dict[str, Any]) -> tuple[Any, ...]:
        return tuple(
            None if one[n] is None else party_key(one[n]) if n.endswith(".name") else one[n] for n in feature.by
        )

    own, today = key(row), row[feature.date] if feature.date else day(0)
    if None in own or today is None:
        return None
    inside = []
    for one in rows:
        then = one[feature.date] if feature.date else day(0)
        if key(one) == own and then is not None:
            age = (today - then).days - feature.lag_days
            if age >= 0 and (feature.trailing_days is None or age < feature.trailing_days):
                inside.append(one)
    hub = {"hub": lambda one: one["destination.country"] == "KZ", "since": lambda one: (one["goods.value"] or 0) > 100}
    holds = hub.get(feature.name, lambda one: True)
    if feature.name == "lines":
        return len(inside)
    if feature.name == "since":
        return min((one["shipment.date"] for one in inside if holds(one)), default=None)
    found = [one[feature.of] for one in inside if one[feature.of] is not None]
    if feature.name == "kinds":
        return len(set(found))
    if feature.name == "top":
        return sorted(found)[int(0.9 * (len(found) - 1))] / 100 if found else None
    if feature.name == "total":
        return sum(found)
    part = sum(one["goods.value"] for one in inside if one["goods.value"] is not None and holds(one))
    return part / sum(found) if sum(found) else None


@settings(max_examples=examples(300), deadline=None)
@given(rows_of_file, st.randoms(use_true_random=False))
def test_features_are_what_their_definition_reads(rows: list[dict[str, Any]], order: random.Random) -> None:
    """Against a plain reading of every line against every other, and in any order of the lines."""
    found = values(LONG, rows)
    for feature in features(LONG).values():
        for row, one in zip(rows, found, strict=True):
            assert one[feature.field.name] == pytest.approx(naive(feature, rows, row))
    places = list(range(len(rows)))
    order.shuffle(places)
    shuffled = values(LONG, [rows[at] for at in places])
    assert [shuffled[places.index(at)] for at in range(len(rows))] == found


PACK = """
pack: {id: own, version: 1.0.0, extends: russia}
features:
  lines_30d: {meaning: "lines to this consignee in 30 days", aggregate: count, by: [consignee.name], date: shipment.date, trailing_days: 30}
  base: {meaning: "lines in the year before", aggregate: count, by: [consignee.name], date: shipment.date, trailing_days: 365, lag_days: 30}
  surge: {meaning: "how much more often than in the year before", expr: "(feature.lines_30d / 30) / ((feature.base + 1) / 365)"}
rules:
  - id: OWN-001
    title: Many lines at once
    status: stable
    version: 1
    level: medium
    group: behaviour
    weight: 15
    why: A consignee that suddenly orders much more than before.
    references: [{text: own}]
    when: {feature.surge|gt: 12, feature.lines_30d|gte: 3}
    tests:
      - name: three in a month after one a year ago
        history:
          - {consignee.name: Synthetix, shipment.date: 2023-01-10}
          - {consignee.name: Synthetix LLC, shipment.date: 2023-12-01}
          - {consignee.name: Synthetix, shipment.date: 2023-12-05}
        record: {consignee.name: Synthetix, shipment.date: 2023-12-20}
        expect: hit
      - name: the others' lines do not count
        history: [{consignee.name: B, shipment.date: 2023-12-01}, {consignee.name: B, shipment.date: 2023-12-02}]
        record: {consignee.name: Synthetix, shipment.date: 2023-12-20}
        expect: no_hit
      - name: as stated
        record: {feature.surge: 13, feature.lines_30d: 3}
        expect: hit
      - {name: no day, record: {consignee.name: A, shipment.date: null}, expect: unknown}
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    path = tmp_path / "own.yml"
    path.write_text(PACK, encoding="utf-8")
    return path


ROWS = [
    {"consignee.name": name, "shipment.date": when, "goods.description": "furniture"}
    for name, when in (
        ("Synthetix", "2023-01-10"), ("Synthetix LLC", "2023-12-01"), ("Synthetix", "2023-12-05"),
        ("Synthetix", "2023-12-20"), ("Other Trade", "2023-12-20"),
    )
]  # fmt: skip


def test_a_rule_over_features_is_tested_and_fires_on_records_frames_and_files(pack: Path, tmp_path: Path) -> None:
    """Records, a file of few rows, one of many, and one record with its history all agree."""
    from sanctionscreen.ingest import open_table
    from sanctionscreen.screening import columns

    screener = Screener.build(packs=[pack], as_of=date(2026, 11, 22))
    results = run_tests(screener.sources.rules, "OWN-001")
    assert [one.note for one in results] == [""] * 4
    fired = [any(f.rule == "OWN-001" for f in one.findings) for one in screener.screen_records(ROWS)]
    assert fired == [False, False, False, True, False]
    alone = screener.screen(ROWS[3], history=ROWS[:3])
    assert any(f.rule == "OWN-001" for f in alone.findings)
    assert not any(f.rule == "OWN-001" for f in screener.screen(ROWS[3]).findings)
    file = tmp_path / "rows.csv"
    head = "consignee,shipment date,description\n"
    file.write_text(head + "".join(",".join(row.values()) + "\n" for row in ROWS), encoding="utf-8")
    many = tmp_path / "many.csv"
    rest = "".join(f"Firm {n},2023-12-20,furniture\n" for n in range(columns.FEW_ROWS + 5))
    many.write_text(file.read_text(encoding="utf-8") + rest, encoding="utf-8")
    for path, rows in ((file, 5), (file, 2), (many, 100_000), (many, 300)):
        with open_table(path, chunk_rows=rows) as table:
            said = [any(f.rule == "OWN-001" for f in one.findings) for one in screener.screen_table(table).assessments]
        assert said[:5] == fired
        assert not any(said[5:])


def test_a_changed_feature_changes_the_fingerprint_of_its_rules(pack: Path) -> None:
    """A rule means what its features mean; its own text alone does not say it all."""
    text = PACK.replace(", extends: russia", "")
    pack.write_text(text, encoding="utf-8")
    before = load_rules([pack], {}).rule("OWN-001")
    pack.write_text(text.replace("trailing_days: 30}", "trailing_days: 31}"), encoding="utf-8")
    after = load_rules([pack], {}).rule("OWN-001")
    assert before is not None
    assert after is not None
    assert before.fingerprint != after.fingerprint


def test_only_what_rules_ask_for_is_computed() -> None:
    """A feature with those it is computed from; nothing else."""
    held = features(
        "a: {meaning: m, aggregate: count}\nb: {meaning: m, expr: 'feature.a * 2'}\nc: {meaning: m, aggregate: count}"
    )
    assert [one.name for one in needed(["feature.b"], held)] == ["a", "b"]
    assert needed(["goods.value"], held) == ()
    assert set(FIELDS) & {one.field.name for one in held.values()} == set()
