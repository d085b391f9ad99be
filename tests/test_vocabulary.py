"""Names of fields, features and lists in the words of the registry and of the rule pack."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from sanctionscreen.fields import FIELDS
from sanctionscreen.model import Evidence
from sanctionscreen.report.vocabulary import Vocabulary
from sanctionscreen.rules.ruleset import RuleSet
from sanctionscreen.screening import Screener


@cache
def rules() -> RuleSet:
    return Screener.build().rules


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (Evidence("consignee.website", "exists", None), "consignee website is empty"),
        (Evidence("goods.value", "gt", 250_000, 100_000), "goods value = 2500, which is more than 1000"),
        (Evidence("goods.vague", "eq", True), "the description says nothing about the goods: yes"),
        (Evidence("contract.no_reexport_clause", "eq", False), "contract no reexport clause = no"),
        (Evidence("goods.hs_quality", "eq", "unknown_code"), "how well the code could be read = unknown code"),
        (
            Evidence("goods.text_categories", "any", ("armour_ceramics",), ("armour_ceramics",)),
            "categories of controlled goods, from the text alone: armour ceramics",
        ),
        (
            Evidence("feature.consignee_first_day", "gt", date(2024, 1, 17), date(2022, 2, 24)),
            "day of the first line to this consignee = 2024-01-17, which is more than 2022-02-24",
        ),
        (
            Evidence("feature.lot_to_usual", "lte", 1 / 3, 0.5),
            "this quantity over the usual one = 0.3333, which is at most 0.5",
        ),
        (
            Evidence("payer.country", "ne_field", "AT", "buyer.country"),
            "payer country = AT, which differs from buyer country",
        ),
        (Evidence("goods.description", "keywords", "a_b.c d", "a_b"), None),
    ],
)
def test_a_condition_is_said_in_words(part: Evidence, expected: str | None) -> None:
    """Given fields by their names, derived ones and features by what they mean; what a cell says stays as it is."""
    said = Vocabulary(rules()).condition(part)
    assert said == (expected or "goods description = a_b.c d, which has the words a_b")


@pytest.mark.parametrize(
    ("operator", "names", "beginning"),
    [
        ("gte", "ours.enough_evidence", "limit “enough evidence” 0.5, the rule pack's own: at least one rare word"),
        ("in", "geo.embargo", "on the list of countries “embargo”: FIN-2022-Alert003, 2022-06-28; Regulations"),
        ("not_in", "geo.coalition", "not on the list of countries “coalition”: FIN-2023-Alert004"),
        ("keywords", "text.civil_pretext", "on the list of words “civil pretext”, the rule pack's own, after the"),
        ("prefix", "ours.cooling_headings", "on the list of goods codes “cooling headings”, the rule pack's own: "),
        ("in", "", ""),
    ],
)
def test_a_source_is_said_in_words(operator: str, names: str, beginning: str) -> None:
    """What kind of list or limit, by its own name, and who draws the line, the day of a citation included."""
    said = Vocabulary(rules()).source(Evidence("goods.value", operator, 1, 1, names, ""))
    assert said.startswith(beginning)
    assert bool(said) == bool(names)


def test_no_name_of_the_pack_is_shown_raw() -> None:
    """Fields, features, lists and their citations: none of them brings a dotted name of the program to a reader."""
    held = rules()
    vocabulary = Vocabulary(held)
    names = [*FIELDS, *(f"feature.{name}" for name in held.features)]
    said = [vocabulary.condition(Evidence(name, "exists", "x")) for name in names]
    said += [
        vocabulary.source(Evidence("goods.value", "in", 1, 1, name, one.citation)) for name, one in held.lists.items()
    ]
    said += [vocabulary.said(" ".join([*names, *held.lists]))]
    raw = [name for name in (*names, *held.lists) if "." in name]
    assert not [(name, text) for text in said for name in raw if name in text.split()]
    assert not [text for text in said if "feature." in text or "ours." in text]


def test_without_rules_the_registry_speaks() -> None:
    """Names that nothing explains stay as they are."""
    vocabulary = Vocabulary()
    assert vocabulary.names(("end_user.name", "address_hits")) == "end user name, listed parties at the same address"
    assert vocabulary.said("see feature.unheard_of and own.list") == "see feature.unheard_of and own.list"
    part = Evidence("goods.hs6", "in", "854231", "854231", "own.codes", "customer, 2026-01-31")
    assert vocabulary.source(part) == "list own.codes: customer, 2026-01-31"


def test_names_without_a_dot_are_said_in_words() -> None:
    """Hits and roles, as notes of a run name them; words of cells with an underscore stay."""
    said = Vocabulary().said("not collected: address_hits, end_user, notify_party, my_column")
    assert said == "not collected: listed parties at the same address, end user, notify party, my_column"
