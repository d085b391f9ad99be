"""Why and why not: single facts that lower a decision, each tried, and what kept every other rule from firing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from builders import ROOT, shipment
from sanctionscreen.cli import run
from sanctionscreen.cli.exits import ExitCode
from sanctionscreen.ingest import read_line
from sanctionscreen.model import Outcome
from sanctionscreen.screening import Explanation, Screener
from sanctionscreen.screening.trade_words import subject
from sanctionscreen.screening.trials import MOST_TRIED, Change, Trial

SCREENER = Screener.build(as_of=date(2026, 11, 1))
FREEZE = "АО «ТЕХКРИМ»"
"""A party of the embedded list whose assets are frozen."""

ORDINARY = {
    "consignee.name": "Synthetic Appliances LLP",
    "consignee.country": "TH",
    "end_user.name": "Synthetic Appliances LLP",
    "end_user.country": "TH",
    "shipment.end_use": "own production",
    "contract.no_reexport_clause": True,
    "destination.country": "TH",
}
CHIPS = {"goods.description": "Microcontrollers 32-bit", "goods.hs_code": "8542.31"}
RUSSIA = {"destination.country": "RU"}
CHAIRS = {"goods.description": "Garden chairs", "goods.hs_code": "940171"}


def explained(record: Mapping[str, Any], screener: Screener = SCREENER) -> Explanation:
    return screener.explain(record)


def facts(record: Mapping[str, Any]) -> dict[str, Outcome]:
    return {change.fact: change.outcome for change in explained(record).changes}


def change_of(record: Mapping[str, Any], fact: str) -> Change:
    return next(change for change in explained(record).changes if change.fact == fact)


# --- what would lower the decision ------------------------------------------------------------------------------------


def test_a_line_that_is_clear_has_nothing_to_lower() -> None:
    assert explained(ORDINARY | CHAIRS).changes == ()


def test_a_frozen_party_that_were_not_listed_would_leave_the_line_clear() -> None:
    """Everything else stays as it is, the name too: only the lists say nothing of it."""
    found = change_of(ORDINARY | CHAIRS | {"consignee.name": FREEZE}, f"the consignee ('{FREEZE}') were not listed")
    assert found.outcome is Outcome.CLEAR
    assert found.fields == ("consignee.name",)
    assert found.sentence == f"would be clear if the consignee ('{FREEZE}') were not listed"


def test_a_party_in_two_roles_is_one_fact() -> None:
    """The same listed name as consignee and payer: neither role alone would clear the line, the party would."""
    record = ORDINARY | CHAIRS | {"consignee.name": FREEZE, "payer.name": FREEZE}
    assert facts(record) == {f"the consignee and the payer ('{FREEZE}') were not listed": Outcome.CLEAR}


def test_two_listed_parties_are_two_facts_and_neither_is_enough() -> None:
    """A block that two parties bring does not fall with one of them."""
    other = "Xiamen Limbach Aviation Engine Co., Ltd"
    record = ORDINARY | CHAIRS | {"consignee.name": FREEZE, "consignee.country": "RU", "consignor.name": other}
    assert SCREENER.screen(record).decision.outcome is Outcome.BLOCK
    assert facts(record) == {}


def test_a_listed_owner_is_a_fact_of_its_own() -> None:
    """The owner's share blocks; would it be on no list, the line would be clear."""
    record = ORDINARY | CHAIRS | {"consignee.owners": [{"name": FREEZE, "share": 60}]}
    assert facts(record) == {f"the owner of the consignee ('{FREEZE}') were not listed": Outcome.CLEAR}


def test_a_missing_end_user_would_have_to_be_known() -> None:
    """The fact is an end user who is known and not listed; another line without the rule has no such fact."""
    record = ORDINARY | CHIPS | {"end_user.name": "", "end_user.country": ""}
    assert "RU-DOC-001" in {finding.rule for finding in SCREENER.screen(record).findings}
    assert facts(record)["the end user were known, and not listed"] is Outcome.CLEAR
    assert not any("end user" in fact for fact in facts(ORDINARY | CHIPS | {"destination.country": "RU"}))


def test_a_destination_in_russia_would_have_to_be_elsewhere() -> None:
    """Chips must go neither there nor to a hub; microchips called toys only not there."""
    chips = next(one for one in explained(ORDINARY | CHIPS | RUSSIA).changes if one.fields == ("destination.country",))
    assert chips.fact == "the destination were a country on neither of the lists geo.embargo and geo.hubs"
    assert (chips.now, chips.outcome) == ("RU", Outcome.CLEAR)
    assert chips.tested_with not in ("RU", "BY", "KZ", "TR")
    radio = ORDINARY | RUSSIA | {"goods.description": "Микросхемы", "goods.hs_code": "950300"}
    assert "the destination were not BY or RU" in facts(radio)


def test_no_fact_leads_to_russia_or_belarus() -> None:
    """An order first meant for Russia that went elsewhere raises a flag; that it might go there is no advice."""
    record = ORDINARY | CHAIRS | {"original_destination.country": "RU"}
    found = facts(record)
    assert "the first destination of the order were not BY or RU" in found
    assert not any("geo.embargo" in fact and "neither" not in fact for fact in found)
    assert not any(fact.startswith("the destination") for fact in found)


def test_goods_are_one_fact_for_words_and_code() -> None:
    """Another code alone would contradict the words; the goods are what would have to be other ones."""
    found = change_of(
        ORDINARY | CHIPS | {"destination.country": "RU"},
        "the goods were ordinary ones, plainly described and on no list",
    )
    assert found.fields == ("goods.description", "goods.hs_code")
    assert found.now == "Microcontrollers 32-bit; 8542.31"


def test_an_unreadable_country_would_have_to_be_known() -> None:
    """A gate asks for a review because the destination cannot be read."""
    found = explained(ORDINARY | CHIPS | {"destination.country": "Freedonia"}).changes
    known = next(change for change in found if change.fields == ("destination.country",))
    assert known.fact.startswith("the destination were known")
    assert known.now == "cannot be read"


def test_an_unreadable_party_would_have_to_be_named() -> None:
    """A line that could not be screened becomes one that could."""
    found = explained(ORDINARY | CHAIRS | {"consignee.name": "???"})
    assert found.assessment.decision.outcome is Outcome.NOT_SCREENABLE
    assert [change.fact for change in found.changes] == ["the consignee were named readably, and not listed"]


def test_an_occupied_place_is_no_matter_of_the_country_beside_it() -> None:
    """An address in Kerch stays there, whatever country is written: only the address would have to be elsewhere."""
    record = ORDINARY | CHAIRS | {"consignee.address": "Республика Крым, г. Керчь, ул. Примерная, 2"}
    found = facts(record | {"consignee.country": "RU", "destination.country": "RU"})
    assert list(found) == ["the address of the consignee were not in occupied Ukraine"]


def test_an_occupied_place_beside_a_name_is_a_fact_of_its_own() -> None:
    """Where no column holds the address, the one that stands with the name would have to be elsewhere."""
    record = ORDINARY | CHAIRS | {"consignee.name": "ООО Вектор, г. Керчь, ул. Примерная, 2"}
    found = facts(record | {"consignee.country": "RU", "destination.country": "RU"})
    assert list(found) == ["the address with the name of the consignee were not in occupied Ukraine"]


def test_a_country_that_tells_namesakes_apart_is_not_offered() -> None:
    """Another country of a listed consignee would only make the name match less well."""
    record = ORDINARY | CHAIRS | {"consignee.name": FREEZE, "consignee.country": "RU", "destination.country": "RU"}
    assert not any("country of the consignee" in fact for fact in facts(record))


LINES = [
    ORDINARY | CHIPS | {"destination.country": "RU"},
    ORDINARY | CHIPS | {"destination.country": "KZ"},
    ORDINARY | CHIPS | {"end_user.name": "", "end_user.country": ""},
    ORDINARY | CHAIRS | {"consignee.name": FREEZE},
    ORDINARY | CHIPS | {"transit.countries": "PL, BY, RU"},
    ORDINARY | CHIPS | {"payer.country": "HK", "buyer.country": "TH"},
    shipment(goods__hs_code="8457.10", goods__description="CNC machine", destination__country="BY"),
]


@pytest.mark.parametrize("record", LINES)
def test_every_fact_lowers_the_decision_when_it_is_written(record: Mapping[str, Any]) -> None:
    """What is said was tried: the line, written so, comes to the decision that was promised."""
    explanation = explained(record)
    before = explanation.assessment.decision
    for change in explanation.changes:
        assert change.outcome.rank < before.outcome.rank
        if len(change.fields) == 1 and change.tested_with in ("DE", "BR", "AD", "TH", "Quillfeather Brass Works"):
            after = SCREENER.screen({**record, change.fields[0]: change.tested_with}).decision
            assert (after.outcome, after.tenths) == (change.outcome, change.tenths)


@pytest.mark.parametrize("record", LINES)
def test_no_fact_is_a_way_to_hide(record: Mapping[str, Any]) -> None:
    """A fact is said of the trade: no word to leave out, no cell to empty, no day to write."""
    for change in explained(record).changes:
        assert not any(word in change.sentence for word in ("leave out", "remove", "write", "omit", "shipment day"))
        assert "shipment.date" not in change.fields


def test_the_number_of_trials_is_bounded() -> None:
    """However many findings a line has, it is judged no more often than the bound says."""
    explanation = SCREENER.explain(LINES[0])
    trial = Trial(SCREENER._judge, SCREENER.deriver, explanation.derived, explanation.assessment)
    assert [trial.decide() is not None for _ in range(MOST_TRIED + 3)] == [True] * MOST_TRIED + [False] * 3


def test_a_finding_that_does_not_count_brings_no_fact(tmp_path: Path) -> None:
    """Only what moved the decision is worth changing: an exception takes the finding and its facts away."""
    pack = tmp_path / "pack.yml"
    pack.write_text(
        """
pack: {id: own, version: 1.0.0, extends: russia}
exceptions:
  - id: EX-1
    rules: [RU-DOC-001]
    when: {consignee.name: Synthetic Appliances LLP}
    reason: stock orders, reviewed
    approved_by: compliance board
    expires: 2027-06-30
""",
        encoding="utf-8",
    )
    own = Screener.build(packs=[pack], as_of=date(2026, 11, 1))
    record = ORDINARY | CHIPS | {"end_user.name": "", "end_user.country": ""}
    assert not any("end user" in change.fact for change in explained(record, own).changes)


# --- why not ----------------------------------------------------------------------------------------------------------


def test_every_rule_fired_or_says_why_not() -> None:
    """Nothing is left out: each rule in force is a finding or has what stood in its way."""
    explanation = SCREENER.explain(ORDINARY | CHIPS)
    fired = {finding.rule for finding in explanation.assessment.findings}
    silent = {miss.rule for miss in explanation.near_misses}
    assert fired | silent == {rule.id for rule in SCREENER.rules.rules}
    assert not fired & silent
    assert all(miss.failing and all(one.said for one in miss.failing) for miss in explanation.near_misses)


def test_the_nearest_miss_is_about_the_same_goods() -> None:
    """Chips to Thailand nearly met the rules on chips to Russia; the rule on nitrocellulose is far."""
    misses = SCREENER.explain(ORDINARY | CHIPS).near_misses
    nearest = [miss for miss in misses if miss.is_near and miss.is_decided]
    assert "RU-GDS-001" in [miss.rule for miss in nearest[:3]]
    assert not next(miss for miss in misses if miss.rule == "RU-GDS-008").is_near
    assert not any(miss.is_near for miss in SCREENER.explain(ORDINARY | CHAIRS).near_misses if "GDS" in miss.rule)


def test_an_obstacle_is_said_in_the_words_of_trade() -> None:
    """What the line says, what the rule wanted, and the list it stands on."""
    misses = {miss.rule: miss for miss in SCREENER.explain(ORDINARY | CHIPS).near_misses}
    (obstacle,) = misses["RU-GDS-001"].failing
    assert obstacle.said == "the destination is TH, not BY or RU (list geo.embargo)"
    assert obstacle.truth == "false"


def test_unknown_is_told_from_false() -> None:
    """An empty cell, an unreadable one and one that the file never has are three things."""
    for value, said in ((None, "is not known"), ("Freedonia", "cannot be read")):
        record = ORDINARY | CHIPS | {"destination.country": value}
        misses = {miss.rule: miss for miss in SCREENER.explain(record).near_misses}
        (obstacle,) = misses["RU-GDS-001"].failing
        assert (obstacle.truth, obstacle.said) == ("unknown", f"the destination {said}")
    without = {name: value for name, value in (ORDINARY | CHIPS).items() if name != "destination.country"}
    misses = {miss.rule: miss for miss in SCREENER.explain(without).near_misses}
    assert misses["RU-GDS-001"].failing[0].said == "the destination is not in this file"


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("consignee.name", "the consignee"),
        ("intermediate_consignee.country", "the country of the intermediate consignee"),
        ("goods.quantity", "the quantity"),
        ("feature.surge", "feature.surge"),
    ],
)
def test_a_field_has_a_name_in_trade(field: str, said: str) -> None:
    assert subject(field) == said


# --- what people and programs see -------------------------------------------------------------------------------------


def test_explain_shows_evidence_why_not_and_what_would_lower_it(capfd: pytest.CaptureFixture[str]) -> None:
    """All three in the terminal, and as JSON with every rule."""
    file = ROOT / "examples" / "shipments.csv"
    assert run(["explain", str(file), "--row", "150", "--as-of", "2026-11-01"]) == ExitCode.DONE
    said = capfd.readouterr().out
    for part in ("  because ", "would be clear if the end user were known, and not listed", "Why not, nearest first"):
        assert part in said
    assert run(["explain", str(file), "--row", "150", "--as-of", "2026-11-01", "--json"]) == ExitCode.DONE
    found = json.loads(capfd.readouterr().out)
    assert len(found["near_misses"]) + len(found["findings"]) == len(SCREENER.rules.rules)
    assert found["lower_if"][0]["sentence"].startswith("would be clear if ")
    assert {"decision", "score", "fact", "fields", "now", "tried_with"} <= found["lower_if"][0].keys()


def test_explain_of_a_clear_row_has_nothing_to_lower(capfd: pytest.CaptureFixture[str]) -> None:
    file = ROOT / "examples" / "shipments.csv"
    assert run(["explain", str(file), "--row", "41", "--as-of", "2026-11-01"]) == ExitCode.DONE
    said = capfd.readouterr().out
    assert "What would lower" not in said
    assert "did not fire" in said


def test_the_line_is_read_as_the_file_reads_it() -> None:
    """A record and its explanation rest on the same line."""
    record = ORDINARY | CHIPS
    assert read_line(record).values.items() <= SCREENER.explain(record).derived.line.values.items()
