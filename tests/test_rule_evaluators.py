"""Both evaluators read the same compiled form and must say the same of every line."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import examples
from sanctionscreen.errors import Location, RuleError
from sanctionscreen.fields import FIELDS, FieldType
from sanctionscreen.frames import frame_of
from sanctionscreen.model import Line, NamedList, Reference
from sanctionscreen.rules.conditions import All, AnyOf, Condition, Not
from sanctionscreen.rules.frame_evaluator import evaluate_frame
from sanctionscreen.rules.parse import ConditionParser
from sanctionscreen.rules.record_evaluator import Facts, compile_condition, evidence, missing, obstacles
from sanctionscreen.rules.ruleset import Rule
from sanctionscreen.strict_yaml import parse

LISTS = {"geo.hubs": NamedList("geo.hubs", "country", ("KZ", "KG"), "an alert", "2022-06-28")}

LEAVES = [
    "goods.description|keywords: [airsoft, spare parts, шлем, 头盔, é]",
    "goods.description|contains: [soft, ﬁ]",
    "goods.description|re: 'no[.] ?[0-9]+'",
    "goods.description|prefix: [air, 'ß']",
    "goods.description|suffix: [parts]",
    "goods.description: Airsoft Helmet",
    "goods.description|ne: Airsoft Helmet",
    "goods.hs_code|prefix: ['8542', 0301]",
    "goods.hs_code|in: ['8542.31', '030111']",
    "goods.hs_code|not_in: ['8542.31']",
    "destination.country: $geo.hubs",
    "destination.country|ne_field: consignee.country",
    "destination.country|field: consignee.country",
    "goods.description|field: consignee.name",
    "goods.quantity|gte: 1000",
    "goods.quantity|between: [0, 12.5]",
    "goods.value|lt: 10.5",
    "goods.value|gt: 0",
    "shipment.date|gt: 2022-02-24",
    "shipment.date|lte: 2022-02-24",
    "contract.no_reexport_clause: true",
    "contract.no_reexport_clause|ne: true",
    "end_user.name|exists: false",
    "transit.countries|exists: true",
    "goods.value|exists: true",
    "transit.countries|any: [RU, BY]",
    "transit.countries|none: RU",
    "transit.countries|all: $geo.hubs",
    "goods.text_categories|any: [drones, optics]",
    "party_hits|any: {measure: asset_freeze, score|gte: 0.9}",
    "party_hits|all: {status: official}",
    "party_hits|none: {name|contains: vostok}",
    "party_hits|count_gte: {n: 2, where: {any: [{list: [a, b]}, {score|lt: 0.5}]}}",
    "party_hits|any: {programme|exists: false}",
]


def condition(text: str) -> Condition:
    faults: list[Any] = []
    node = parse("{" + text + "}", "f.yml", RuleError)
    found = ConditionParser(LISTS, faults).condition(node, node.at)
    assert not faults, faults
    return found


def rule(when: Condition) -> Rule:
    return Rule(
        "SYN-GDS-001", "", "stable", 1, "high", "goods", 10, "", (Reference("x"),), when, (), "base", Location("f")
    )


ATOMS = [condition(text) for text in LEAVES]
conditions = st.recursive(
    st.sampled_from(ATOMS),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda found: All(tuple(found))),
        st.lists(inner, min_size=1, max_size=3).map(lambda found: AnyOf(tuple(found))),
        inner.map(Not),
    ),
    max_leaves=8,
)

WORDS = [
    "Airsoft Helmet",
    "AIRSOFT, spare  parts",
    "шлем",
    "шле́м",
    "头盔A",
    "xairsoft",
    "no. 7",
    "éclair",
    "E\u0301",
    "ﬁne",
    "ß",
    "İ",
    "\u200bairsoft",
    "a_airsoft",
    "",
    "'",
    "Vostok",
]
texts = st.sampled_from(WORDS) | st.text(max_size=12)
hits = st.lists(
    st.fixed_dictionaries(
        {
            "role": st.just("consignee"),
            "name": st.none() | texts,
            "entity_id": st.just("x"),
            "entity_name": st.just("X"),
            "list": st.sampled_from(["a", "B", "c", None]),
            "programme": st.none() | st.just("p"),
            "measure": st.sampled_from(["asset_freeze", "press", None]),
            "status": st.sampled_from(["official", "press", None]),
            "score": st.none() | st.floats(0, 1),
            "evidence": st.none() | st.floats(0, 1),
        }
    ),
    max_size=3,
).map(tuple)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "goods.description": texts,
    "consignee.name": texts,
    "end_user.name": texts,
    "goods.hs_code": st.sampled_from(["8542.31", "854231", "8542 31 00", "0301.11", "3A001", "Ａ", "85", ""]),
    "destination.country": st.sampled_from(["KZ", "KG", "RU", "DE"]),
    "consignee.country": st.sampled_from(["KZ", "DE"]),
    "goods.quantity": st.sampled_from([0.0, 12.5, 999.9, 1000.0, 1e12]),
    "goods.value": st.sampled_from([0, 1049, 1050, 10**15]),
    "shipment.date": st.sampled_from([date(2022, 2, 24), date(2022, 2, 25), date(1, 1, 1)]),
    "contract.no_reexport_clause": st.booleans(),
    "transit.countries": st.lists(st.sampled_from(["RU", "KZ", "KG"]), max_size=3).map(tuple),
    "goods.text_categories": st.lists(st.sampled_from(["drones", "optics", "cars"]), max_size=2).map(tuple),
    "party_hits": hits,
}


@st.composite
def batches(draw: st.DrawFn) -> list[Line]:
    """Lines of one file: the same fields are collected in all of them; any cell may be empty or unreadable."""
    collected = draw(st.lists(st.sampled_from(sorted(VALUES)), unique=True, min_size=1))
    lines = []
    for _ in range(draw(st.integers(1, 5))):
        values = {name: draw(st.none() | VALUES[name]) for name in collected}
        empty = [name for name in collected if values[name] is None and not FIELDS[name].derived]
        unreadable = frozenset(draw(st.lists(st.sampled_from(empty), unique=True))) if empty else frozenset()
        lines.append(Line(values, unreadable))
    return lines


@settings(max_examples=examples(400), deadline=None)
@given(conditions, batches())
def test_frame_and_record_agree_on_everything(when: Condition, lines: list[Line]) -> None:
    """True, false and unknown, on adversarial text, empty, unreadable and uncollected cells."""
    test = compile_condition(when)
    expected = [test(Facts.of(line)) for line in lines]
    assert evaluate_frame([rule(when)], frame_of(lines)).to_series().to_list() == expected


@settings(max_examples=examples(200), deadline=None)
@given(conditions, batches())
def test_slicing_never_matters(when: Condition, lines: list[Line]) -> None:
    """A line gets the same verdict alone and among others."""
    together = evaluate_frame([rule(when)], frame_of(lines)).to_series().to_list()
    alone = [evaluate_frame([rule(when)], frame_of([line])).item() for line in lines]
    assert alone == together


@settings(max_examples=examples(200), deadline=None)
@given(conditions, batches())
def test_what_is_missing_and_what_stands_in_the_way_can_be_said(when: Condition, lines: list[Line]) -> None:
    """An unknown verdict names its gaps; a decided one has none; a true one has no obstacles and an evidence for each part."""
    for line in lines:
        facts = Facts.of(line)
        compiled = compile_condition(when)
        truth = compiled(facts)
        assert bool(missing(compiled, facts)) is (truth is None)
        assert (not list(obstacles(compiled, facts))) is (truth is True)
        if truth:
            list(evidence(compiled, facts, LISTS))


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        ("not: {destination.country: [RU]}", {"destination.country": None}, None),
        ("destination.country: [RU]", {}, None),
        ("end_user.name|exists: false", {"end_user.name": None}, True),
        ("end_user.name|exists: false", {}, None),
        ("party_hits|any: {score|gte: 0.9}", {"party_hits": ()}, False),
        ("party_hits|any: {score|gte: 0.9}", {"party_hits": None}, None),
        ("transit.countries|any: RU", {"transit.countries": ()}, False),
        ("party_hits|any: {measure: press, score|gte: 0.9}", {"party_hits": ({"measure": "press", "score": 0.5}, {"measure": "context", "score": 1.0})}, False),
        ("goods.description|keywords: [airsoft]", {"goods.description": "airsofts"}, False),
        ("goods.description|keywords: [airsoft]", {"goods.description": "(AIRSOFT)"}, True),
        ("goods.description|keywords: [头盔]", {"goods.description": "防弹头盔100件"}, True),
        ("goods.hs_code|prefix: '8542'", {"goods.hs_code": "85.42 31"}, True),
    ],
)  # fmt: skip
def test_missing_is_unknown_and_never_clean(text: str, values: dict[str, Any], expected: bool | None) -> None:
    full = {
        name: value
        if FIELDS[name].type is not FieldType.ITEMS or value is None
        else tuple({**dict.fromkeys(FIELDS[name].item), **one} for one in value)
        for name, value in values.items()
    }
    when = condition(text)
    assert compile_condition(when)(Facts(full)) is expected
    assert evaluate_frame([rule(when)], frame_of([Line(full)])).item() is expected


def test_an_unreadable_cell_is_neither_there_nor_missing() -> None:
    when = condition("shipment.date|exists: false")
    line = Line({"shipment.date": None}, frozenset({"shipment.date"}))
    assert compile_condition(when)(Facts.of(line)) is None
    assert evaluate_frame([rule(when)], frame_of([line])).item() is None


def test_evidence_names_value_list_and_citation() -> None:
    """A named list is shown with its document and date; a keyword with the word that was found."""
    when = condition("destination.country: $geo.hubs, goods.description|keywords: [airsoft]")
    shown = list(
        evidence(
            compile_condition(when),
            Facts({"destination.country": "KZ", "goods.description": "100 Airsoft helmets"}),
            LISTS,
        )
    )
    assert [(one.field, one.value, one.matched, one.list_name, one.citation) for one in shown] == [
        ("destination.country", "KZ", None, "geo.hubs", "an alert (2022-06-28)"),
        ("goods.description", "100 Airsoft helmets", "airsoft", "", ""),
    ]
