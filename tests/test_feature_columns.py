"""Features as columns: the numbers that single lines get, exactly."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from builders import examples
from sanctionscreen import Screener
from sanctionscreen.ingest import read_line
from sanctionscreen.rules.features import Feature, FeatureTable
from sanctionscreen.screening.gathering import Gathering
from sanctionscreen.screening.watching import Watching, keys_of_names
from test_features import features

SCREENER = Screener.default(as_of=date(2026, 11, 22))
MANY = """
    lines: {meaning: m, aggregate: count, by: [consignee.name], date: shipment.date, trailing_days: 5, lag_days: 2}
    all: {meaning: m, aggregate: count}
    enough: {meaning: m, aggregate: count, by: [consignee.name], at_least: 2, where: {goods.value|gt: 1}}
    total: {meaning: m, aggregate: sum, of: goods.quantity, by: [consignee.name, goods.unit], date: shipment.date}
    money: {meaning: m, aggregate: sum, of: goods.value, by: [goods.unit], date: shipment.date, trailing_days: 4}
    hub: {meaning: m, aggregate: share, of: goods.value, by: [goods.unit], where: {destination.country: $geo.hubs}}
    part: {meaning: m, aggregate: share, where: {goods.hs6: ["854231"]}}
    top: {meaning: m, aggregate: quantile, q: 0.9, of: goods.value, by: [goods.unit], date: shipment.date, trailing_days: 9}
    usual: {meaning: m, aggregate: median, of: goods.quantity, by: [goods.hs6], date: shipment.date, lag_days: 1, at_least: 2}
    kinds: {meaning: m, aggregate: distinct, of: goods.unit, date: shipment.date, trailing_days: 3}
    sellers: {meaning: m, aggregate: distinct, of: seller.name, by: [consignee.name], where: {goods.unit: kg}}
    since: {meaning: m, aggregate: first, by: [consignee.name], date: shipment.date, where: {goods.value|gt: 1}}
    age: {meaning: m, expr: "days_between(feature.since, shipment.date)"}
    ratio: {meaning: m, expr: "feature.money / (feature.total - 1) + length(goods.description)"}
"""
rows = st.lists(
    st.fixed_dictionaries(
        {
            "consignee.name": st.sampled_from(["A", "a", "B LLC", "ООО «B»", None]),
            "seller.name": st.sampled_from(["S1", "S2 Ltd", None]),
            "goods.description": st.sampled_from(["Chairs  of wood", "", "Ünal çelik"]),
            "goods.hs_code": st.sampled_from(["854231", "940130", None]),
            "goods.unit": st.sampled_from(["kg", "KG", "pcs", None]),
            "goods.quantity": st.none() | st.sampled_from([0.0, 0.1, 0.2, 0.3, 7.25, 9e14]),
            "goods.value": st.none() | st.sampled_from([0, 1, 33, 10**13, 10**15 - 1]),
            "destination.country": st.sampled_from(["KZ", "DE", None]),
            "shipment.date": st.none() | st.integers(0, 15).map(lambda n: date(2024, 2, 25) + timedelta(days=n)),
        }
    ),
    min_size=1,
    max_size=14,
)


def line_by_line(held: list[Feature], lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    table = FeatureTable(held)
    seen = [SCREENER.deriver.observed(read_line(line)) for line in lines]
    for one in seen:
        table.add(one)
    return [table.of(at, one) for at, one in enumerate(seen)]


def as_columns(held: list[Feature], lines: list[dict[str, Any]], cut: int) -> list[dict[str, Any]]:
    """As columns, in two parts."""
    gathering, watching = Gathering(SCREENER.deriver, {}), Watching(held)
    for part in (lines[:cut], lines[cut:]):
        if part:
            watching.add(
                gathering.part(1, {name: [line[name] for line in part] for name in part[0]}), gathering.goods()
            )
    columns = watching.columns(keys_of_names)
    return [{name: column[at] for name, column in columns.items()} for at in range(len(lines))]


@settings(max_examples=examples(100), deadline=None)
@given(rows, st.integers(0, 14), st.frozensets(st.sampled_from(["goods.value", "shipment.date", "seller.name"])))
def test_columns_hold_the_numbers_of_lines(lines: list[dict[str, Any]], cut: int, left_out: frozenset[str]) -> None:
    """Every aggregate, over sums that no float holds too, in parts of any size, with columns that are not there."""
    held = [one for one in features(MANY).values() if one.value is None]
    lines = [{name: value for name, value in line.items() if name not in left_out} for line in lines]
    assert as_columns(held, lines, cut) == line_by_line(held, lines)


@settings(max_examples=examples(25), deadline=None)
@given(rows)
def test_computed_columns_hold_the_numbers_of_lines(lines: list[dict[str, Any]]) -> None:
    """What is computed from features and fields is the same over a frame."""
    from sanctionscreen.rules.feature_columns import with_computed
    from sanctionscreen.screening.watching import with_goods

    held = list(features(MANY).values())
    gathering, watching = Gathering(SCREENER.deriver, {}), Watching(held)
    part = gathering.part(1, {name: [line[name] for line in lines] for name in lines[0]})
    watching.add(part, gathering.goods())
    columns = watching.columns(keys_of_names)
    frame = with_goods(part.frame(), part, gathering.goods()).with_columns(list(columns.values()))
    found = with_computed(held, frame)
    assert [
        {one.field.name: row[one.field.name] for one in held if one.field.name in row}
        for row in found.iter_rows(named=True)
    ] == line_by_line(held, lines)


def test_a_large_group_takes_no_longer_a_line_than_a_small_one() -> None:
    """Ten times the lines of one group: windows are found by place, not by looking at every line again."""
    import time

    held = [features(MANY)[name] for name in ("lines", "money", "kinds", "since")]

    def taken(count: int) -> float:
        draw = random.Random(3)
        lines = [
            {"consignee.name": "A", "goods.unit": draw.choice("xyz"), "goods.value": draw.randrange(99),
             "shipment.date": date(2020, 1, 1) + timedelta(days=draw.randrange(900))}
            for _ in range(count)
        ]  # fmt: skip
        gathering, watching = Gathering(SCREENER.deriver, {}), Watching(held)
        watching.add(gathering.part(1, {name: [line[name] for line in lines] for name in lines[0]}), [])
        started = time.process_time()
        watching.columns(keys_of_names)
        return time.process_time() - started

    taken(100)
    assert taken(40_000) < 30 * taken(4_000) + 1
