"""`expr`: what it computes is the same over frames and single records, and nothing beyond the language is read."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import examples
from sanctionscreen.errors import Location, RuleError
from sanctionscreen.fields import FIELDS
from sanctionscreen.frames import frame_of
from sanctionscreen.model import Line, Reference
from sanctionscreen.rules.conditions import Condition
from sanctionscreen.rules.expressions import read_condition
from sanctionscreen.rules.frame_evaluator import evaluate_frame
from sanctionscreen.rules.record_evaluator import Facts, compile_condition, evidence, missing
from sanctionscreen.rules.ruleset import Rule

AT = Location("pack.yml", 7, 11)


def read(text: str) -> Condition:
    faults: list[Any] = []
    found = read_condition(text, AT, FIELDS, faults)
    assert not faults, [str(fault) for fault in faults]
    return found


def faults_of(text: str) -> list[str]:
    faults: list[Any] = []
    read_condition(text, AT, FIELDS, faults)
    return [str(fault) for fault in faults]


def both(when: Condition, values: dict[str, Any]) -> set[bool | None]:
    """What the two evaluators say: one element when they agree."""
    line = Line(values)
    rule = Rule("SYN-GDS-001", "", "stable", 1, "high", "goods", 10, "", (Reference("x"),), when, (), "base", AT)
    return {compile_condition(when)(Facts.of(line)), evaluate_frame([rule], frame_of([line, line])).item(1, 0)}


SAID = [
    ("goods.value / goods.net_weight > 500", {"goods.value": 9_000_000, "goods.net_weight": 12.0}, True),
    ("goods.value / goods.net_weight > 500", {"goods.value": 9_000_000, "goods.net_weight": 0.0}, None),
    ("goods.value / goods.net_weight > 500", {"goods.value": None, "goods.net_weight": 12.0}, None),
    ("days_between(consignee.incorporation_date, shipment.date) < 730",
     {"consignee.incorporation_date": date(2022, 9, 1), "shipment.date": date(2023, 2, 1)}, True),
    ("days_between('2022-02-24', shipment.date) > 0", {"shipment.date": date(2022, 2, 24)}, False),
    ("shipment.date > '2022-02-24'", {"shipment.date": date(2022, 2, 25)}, True),
    ("destination.country == 'Russia'", {"destination.country": "RU"}, True),
    ("goods.hs_code in ['8542.31', '8471']", {"goods.hs_code": "854231"}, True),
    ("goods.hs_code not in ['8542.31', '8471']", {"goods.hs_code": None}, None),
    ("goods.description == 'Spare PARTS'", {"goods.description": "spare  parts"}, True),
    ("1 < goods.quantity < 3", {"goods.quantity": 2.0}, True),
    ("1 < goods.quantity < 3", {"goods.quantity": 3.0}, False),
    ("length(goods.description) < 4", {"goods.description": "абв"}, True),
    ("length(transit.countries) >= 2", {"transit.countries": ("KZ", "KG")}, True),
    ("coalesce(goods.value_usd, goods.value) > 10", {"goods.value_usd": None, "goods.value": 1100}, True),
    ("coalesce(goods.value_usd, goods.value) > 10", {"goods.value": 1100}, True),
    ("max(goods.quantity, goods.net_weight) > 5", {"goods.quantity": 9.0, "goods.net_weight": None}, None),
    ("-goods.quantity < -1 and not contract.no_reexport_clause",
     {"goods.quantity": 2.0, "contract.no_reexport_clause": False}, True),
    ("contract.no_reexport_clause or goods.quantity > 1", {"contract.no_reexport_clause": None, "goods.quantity": 2.0}, True),
    ("abs(goods.quantity - 10) <= 1", {"goods.quantity": 11.0}, True),
    ("goods.quantity * goods.quantity > 1", {"goods.quantity": 1e300}, None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "values", "truth"), SAID)
def test_an_expression_is_true_false_or_unknown(text: str, values: dict[str, Any], truth: bool | None) -> None:
    """Money counts in units, dates in days, texts as their fields compare them; what is missing leaves it open."""
    assert both(read(text), values) == {truth}


REFUSED = [
    "().__class__", "goods.__class__ == 1", "eval('1') == 1", "open('x') == 1", "__import__('os') == 1",
    "(lambda: 1)() == 1", "(x := 1) == 1", "goods.quantity ** 9 > 1", "f'{goods.quantity}' == 'x'",
    "goods.quantity if goods.value else 1", "[q for q in goods.quantity] == 1", "goods.quantity[0] == 1",
    "'a' * 9 == goods.description", "goods.quantity // 2 == 1", "goods.quantity % 2 == 0", "goods.quantity is None",
    "goods.quantity > 1e999", "goods.value_usd == None", "max(*transit.countries) > 1", "abs(x=1) > 1",
    "goods.quantity", "1 < 2 < 3", "True", "goods.quantity > '5'", "goods.description > 'a'", "goods.quantity / 0 > 1",
    "shipment.date > 5", "goods.quantity +", "", "goods.value > b'1'", "goods.quantity & 1 == 1", "transit.countries == 1",
    "days_between(shipment.date) > 1", "shipment.date == 'the day'", "destination.country == consignee.name",
    "(" * 300 + "goods.quantity" + ")" * 300 + " > 1", "not " * 30 + "goods.quantity > 1", "goods.quantity > 1 " * 60,
    " and ".join(["goods.value>1"] * 34), "goods.quantity > 1j", "await goods.quantity > 1", "goods.quantity == ...",
]  # fmt: skip


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_not_in_the_language_is_refused_where_it_stands(text: str) -> None:
    """Nothing is executed, nothing is guessed: one fault with file, line and column."""
    (fault,) = faults_of(text)
    assert fault.startswith("pack.yml:7:")
    assert ": expr: " in fault


def test_a_mistyped_field_gets_a_suggestion() -> None:
    """The column is that of the name."""
    (fault,) = faults_of("goods.quantity > 1 and goods.net_wight > 5")
    assert fault == "pack.yml:7:34: expr: unknown field 'goods.net_wight'; did you mean 'goods.net_weight'?"


def test_the_evidence_of_an_expression_shows_each_value_once() -> None:
    """Both fields of a quotient, with the expression; what is missing is named when it stays open."""
    compiled = compile_condition(read("goods.value / goods.net_weight > 500"))
    shown = list(evidence(compiled, Facts({"goods.value": 9_000_000, "goods.net_weight": 12.0}), {}))
    assert [(one.field, one.value) for one in shown] == [("goods.value", 9_000_000), ("goods.net_weight", 12.0)]
    assert missing(compiled, Facts({"goods.value": 9_000_000, "goods.net_weight": None})) == {"goods.net_weight"}


NUMBERS = ["goods.quantity", "goods.net_weight", "goods.value", "0.1", "3", "1000000", "-2.5"]
numbers = st.recursive(
    st.sampled_from(NUMBERS),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
        st.tuples(st.sampled_from(["min", "max", "coalesce"]), inner, inner).map(lambda t: f"{t[0]}({t[1]}, {t[2]})"),
        inner.map(lambda text: f"abs({text})"),
    ),
    max_leaves=6,
)
EXTREMES = [0.0, -0.0, 0.1, 3.0, 1e-300, 1e300, -7.25, 12345.678]
lines = st.fixed_dictionaries(
    {
        "goods.quantity": st.none() | st.sampled_from(EXTREMES) | st.floats(allow_nan=False, allow_infinity=False),
        "goods.net_weight": st.none() | st.sampled_from(EXTREMES) | st.floats(-1e6, 1e6),
        "goods.value": st.none() | st.integers(-(10**15), 10**15),
    }
)


@settings(max_examples=examples(400), deadline=None)
@given(numbers, st.sampled_from(["==", "!=", "<", "<=", ">", ">="]), numbers, st.lists(lines, min_size=1, max_size=6))
def test_both_evaluators_compute_the_same(left: str, sign: str, right: str, rows: list[dict[str, Any]]) -> None:
    """Random arithmetic over extremes, zeros and gaps, on one row and on several."""
    faults: list[Any] = []
    when = read_condition(f"{left} {sign} {right}", AT, FIELDS, faults)
    if faults:
        return  # a division by a literal zero, or no field at all
    held = [Line(row) for row in rows]
    rule = Rule("SYN-GDS-001", "", "stable", 1, "high", "goods", 10, "", (Reference("x"),), when, (), "base", AT)
    single = [compile_condition(when)(Facts.of(line)) for line in held]
    assert evaluate_frame([rule], frame_of(held)).to_series().to_list() == single
    assert [evaluate_frame([rule], frame_of([line])).item(0, 0) for line in held] == single


def test_a_rule_with_a_bad_expression_does_not_load() -> None:
    """The fault is a fault of the rules."""
    faults: list[Any] = []
    read_condition("goods.quantity >", AT, FIELDS, faults)
    assert [type(fault) for fault in faults] == [RuleError]
