"""The Screener: one line through all stages, with the cases that must not go wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import ROOT, shipment
from sanctionscreen import InputError, Outcome, Screener, Shipment
from sanctionscreen.ingest import open_table
from sanctionscreen.model import Assessment
from sanctionscreen.screening import file_way

AS_OF = date(2026, 11, 22)
SCREENER = Screener.default(as_of=AS_OF)

OFFICIAL_PUTIN = """
list: {id: own, title: Synthetic official list, issuer: synthetic, source: made for this test, retrieved: 2026-11-22, licence: CC0-1.0}
expect: {entities: 1}
lists: [{id: syn-list, title: Synthetic official list, issuer: synthetic, measure: asset_freeze}]
entities:
  - id: syn-putin
    kind: person
    names: [Vladimir Putin]
    listings: [{list: syn-list, listed_from: 2022-02-25}]
"""


def screen(**changes: Any) -> Assessment:
    return SCREENER.screen(shipment(**changes))


def fired(assessment: Assessment) -> set[str]:
    return {finding.rule for finding in assessment.findings}


def test_an_ordinary_shipment_is_clear_and_says_nothing() -> None:
    assessment = screen()
    assert (assessment.decision.outcome, assessment.decision.score) == (Outcome.CLEAR, 0.0)
    assert (assessment.hits, assessment.findings, assessment.unknown, assessment.warnings) == ((), (), (), ())


def test_a_listed_consignee_blocks_and_every_part_can_be_followed() -> None:
    """The hit names list and measure, the finding its rule and reference, the contributions add up."""
    assessment = screen(consignee__name="JSC Tekhkrim", consignee__country="RU", destination__country="RU")
    assert assessment.decision.outcome is Outcome.BLOCK
    assert any(hit.list == "us-ofac-sdn" and hit.measure == "asset_freeze" for hit in assessment.hits)
    assert all(finding.references and finding.fingerprint for finding in assessment.findings)
    assert assessment.decision.tenths == sum(line.tenths for line in assessment.decision.contributions)
    assert assessment.fingerprints == SCREENER.fingerprints


@pytest.mark.parametrize("name", ["Vladimir Putin", "Путин Владимир", "Michael Raska", "Lance Luo"])
def test_a_context_name_is_explained_and_raises_nothing(name: str) -> None:
    """Politicians and commentators of the articles are shown with why they are there; the line stays clear."""
    assessment = screen(consignee__name=name)
    assert assessment.decision.outcome is Outcome.CLEAR
    assert {hit.measure for hit in assessment.hits} <= {"context"}


def test_a_context_entry_never_hides_an_official_one(tmp_path: Path) -> None:
    """The same name on an official list of the user's gates, and both entries are reported."""
    path = tmp_path / "official.yml"
    path.write_text(OFFICIAL_PUTIN, encoding="utf-8")
    with_list = Screener.build(watchlists=[path], as_of=AS_OF)
    assessment = with_list.screen(shipment(consignee__name="Vladimir Putin"))
    assert assessment.decision.outcome is Outcome.BLOCK
    assert {hit.measure for hit in assessment.hits} == {"asset_freeze", "context"}


def test_a_brand_in_the_makers_role_is_a_goods_signal_and_no_party_hit() -> None:
    """DJI as maker says drones; DJI as consignee is a party."""
    maker = screen(
        manufacturer__name="DJI", goods__description="spare parts", destination__country="RU", consignee__country="RU"
    )
    assert maker.hits == ()
    derived = SCREENER.explain(shipment(manufacturer__name="DJI", goods__description="spare parts")).derived
    assert "drones" in derived.line.values["goods.categories"]
    assert any(hit.entity_id for hit in screen(consignee__name="SZ DJI Technology Co., Ltd.").hits)


def test_a_name_that_hundreds_share_says_nothing_alone() -> None:
    """Pozitron needs a number or an address that agrees: by name alone it is shown and adds nothing."""
    assessment = screen(consignee__name="Pozitron GmbH", consignee__country="DE", destination__country="DE")
    assert assessment.decision.outcome is Outcome.CLEAR


@pytest.mark.parametrize("name", ["TO ORDER", "TO THE ORDER OF", "SAME AS CONSIGNEE"])
def test_words_in_place_of_a_party_are_no_name(name: str) -> None:
    assert screen(notify_party__name=name).decision.outcome is Outcome.CLEAR


@pytest.mark.parametrize("name", ["???", "---", "***", "\u200b\u200b.", "???? ????"])
def test_a_name_that_folds_to_nothing_is_never_clear(name: str) -> None:
    """Neither a hit nor an all-clear: the line says that it could not be compared."""
    assessment = screen(consignee__name=name)
    assert assessment.decision.outcome is Outcome.NOT_SCREENABLE
    assert assessment.hits == ()
    assert assessment.warnings


def test_a_line_without_party_and_goods_is_not_screenable() -> None:
    assert SCREENER.screen({"shipment.id": "X", "destination.country": "KZ"}).decision.outcome is Outcome.NOT_SCREENABLE


def test_a_bad_cell_costs_only_itself() -> None:
    """Wrong date, unknown country and negative quantity are warned of; the listed consignee is still found."""
    assessment = screen(
        consignee__name="Techkrim", shipment__date="2024-13-45", goods__origin_country="Atlantis", goods__quantity="-5"
    )
    assert {warning.partition(":")[0] for warning in assessment.warnings} == {
        "shipment.date",
        "goods.origin_country",
        "goods.quantity",
    }
    assert assessment.hits


def test_an_unknown_key_is_refused_with_what_was_meant() -> None:
    with pytest.raises(InputError, match=r"did you mean .consignee\.name."):
        SCREENER.screen({"consignee.nmae": "x"})


def test_records_take_models_and_nested_mappings_alike() -> None:
    """A Shipment, a dotted mapping and a nested mapping give one result."""
    dotted = {"consignee.name": "Techkrim", "goods.hs_code": "8542.31"}
    nested = {"consignee": {"name": "Techkrim"}, "goods": {"hs_code": "8542.31"}}
    model = Shipment.model_validate(nested)
    decisions = [SCREENER.screen(one).decision for one in (dotted, nested, model)]
    assert decisions[0] == decisions[1] == decisions[2]


def test_lines_of_a_shipment_share_the_highest_decision() -> None:
    """Wherever the lines stand, each carries its own decision and that of the shipment."""
    found = SCREENER.screen_records(
        [
            shipment(shipment__id="A"),
            shipment(shipment__id="B"),
            shipment(shipment__id="A", consignee__name="Techkrim", consignee__country="RU", destination__country="RU"),
            shipment(shipment__id=None),
        ]
    )
    assert [one.decision.outcome for one in found] == ["clear", "clear", "block", "clear"]
    assert [one.shipment_outcome for one in found] == ["block", "clear", "block", None]


def test_an_entry_counts_from_the_day_it_can_have_been_in_force() -> None:
    """As of 2020 nobody of the articles was listed."""
    early = Screener.build(as_of=date(2020, 1, 1))
    assessment = early.screen(shipment(consignee__name="Xiamen Limbach Aviation Engine Co., Ltd"))
    assert not [hit for hit in assessment.hits if hit.status == "official"]
    late = SCREENER.screen(shipment(consignee__name="Xiamen Limbach Aviation Engine Co., Ltd"))
    assert [hit for hit in late.hits if hit.status == "official"]


def test_what_was_not_collected_is_said_once_and_fires_no_absence_rule() -> None:
    """Priority goods to a hub in an extract without an end-user column: the missing end user is no finding."""
    line = shipment(goods__hs_code="8542.31", goods__description="microcontrollers", destination__country="KZ")
    assert "RU-DOC-001" not in fired(SCREENER.screen(line))
    assert "RU-DOC-001" in fired(SCREENER.screen(line | {"end_user.name": ""}))
    assert any("end_user" in note for note in SCREENER.not_collected(line))


def test_explain_shows_the_nearest_rule_that_did_not_fire() -> None:
    """One condition away: the code is not on the list, or the destination is no hub."""
    explanation = SCREENER.explain(
        shipment(
            goods__hs_code="8542.31",
            goods__description="microcontrollers",
            destination__country="DE",
            consignee__country="DE",
        )
    )
    assert explanation.near_misses
    assert all(miss.failing for miss in explanation.near_misses)
    assert len(explanation.near_misses[0].failing) == 1


def test_check_explains_a_single_name_part_by_part() -> None:
    best = SCREENER.check("Tekhkrim")[0]
    assert best.party.id == "techkrim"
    assert sum(part.points for part in best.comparison.explanation) == pytest.approx(best.comparison.score)
    assert SCREENER.check("Synthetic Appliances") == []


NAMES = st.sampled_from(
    [
        "Techkrim",
        "АО «ТЕХКРИМ»",
        "DJI",
        "Synthetic Appliances",
        "TO ORDER",
        "???",
        "",
        None,
        "Vladimir Putin",
        "Pozitron",
        "上海",
    ]
)
LINES = st.lists(
    st.fixed_dictionaries(
        {
            "shipment.id": st.sampled_from(["A", "B", None]),
            "consignee.name": NAMES,
            "consignee.country": st.sampled_from(["RU", "KZ", "DE", "Atlantis", None]),
            "manufacturer.name": NAMES,
            "end_user.name": NAMES,
            "goods.description": st.sampled_from(["airsoft helmets", "FPV drone", "tiles", "", None, "x" * 5000]),
            "goods.hs_code": st.sampled_from(["8542.31", "854231", "85423", "6506.10", "abc", None]),
            "goods.quantity": st.sampled_from(["12000", "-1", "1.000,5", None]),
            "destination.country": st.sampled_from(["RU", "KZ", "DE", "Россия", None]),
            "shipment.date": st.sampled_from(["2024-04-23", "03/04/2024", "23.04.2024", None]),
            "consignee.address": st.sampled_from(["Yalta, Crimea", "1 Main Street, Berlin", None]),
        }
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=40, deadline=None)
@given(LINES)
def test_frame_and_records_give_equal_results(lines: list[dict[str, Any]]) -> None:
    """The same lines as records and as a frame: same decisions, scores, reasons, hits, unknowns and warnings."""
    import polars as pl

    from sanctionscreen.screening.result_columns import COLUMNS, result_columns

    names = list(lines[0])
    frame = pl.DataFrame(
        {name: [line[name] for line in lines] for name in names}, schema=dict.fromkeys(names, pl.String)
    )
    screened = SCREENER.screen_frame(frame)
    with mock.patch.object(file_way, "FEW_ROWS", 0):  # so few lines would be judged one by one
        assert SCREENER.screen_frame(frame).equals(screened)
    single = SCREENER.screen_records(lines)
    assert screened.columns == [*names, *COLUMNS, "screening_shipment_decision"]
    for row, one in zip(screened.iter_rows(named=True), single, strict=True):
        assert {name: row[name] for name in COLUMNS} == result_columns(one)
        assert (row["screening_shipment_decision"] or None) == one.shipment_outcome


@pytest.mark.parametrize("kind", ["polars", "pandas", "arrow"])
def test_any_arrow_compatible_frame_is_screened(kind: str) -> None:
    """Polars, pandas and Arrow tables give the same columns; codes that arrive as numbers keep their digits."""
    import pandas as pd
    import polars as pl
    import pyarrow as pa

    columns = {
        "Consignee": ["Techkrim", None],
        "HS Code": [854231, 841821],
        "Quantity": [1.5, None],
        "Country": ["RU", "DE"],
    }
    frame = {"polars": pl.DataFrame, "pandas": pd.DataFrame, "arrow": pa.table}[kind](columns)
    screened = SCREENER.screen_frame(frame)
    assert screened["screening_decision"].to_list()[0] == "block"
    assert "854231" in screened["screening_reasons"].to_list()[0] or screened.height == 2
    assert screened.columns[:4] == list(columns)


@pytest.mark.parametrize("chunk_rows", [1, 7, 100, 100_000])
@pytest.mark.parametrize("few", [0, 1_000])
def test_neither_chunks_nor_their_way_change_a_result(chunk_rows: int, few: int) -> None:
    """The example file in chunks of any size, judged as frames or line by line: the same assessments."""

    def run(rows: int) -> list[Assessment]:
        with open_table(ROOT / "examples" / "shipments.csv", chunk_rows=rows) as table:
            return list(SCREENER.screen_table(table).assessments)

    whole = run(100_000)
    with mock.patch.object(file_way, "FEW_ROWS", few):
        assert run(chunk_rows) == whole


@pytest.mark.data
def test_innocent_parties_raise_fewer_than_three_alerts_per_thousand(test_data: Path) -> None:
    """Real companies of a hundred countries and synthetic persons, as consignees."""
    import csv

    with (test_data / "names" / "clean_parties.csv").open(encoding="utf-8") as file:
        parties = [(row["name"], row["country"]) for row in csv.DictReader(file)][::5]
    found = SCREENER.screen_records({"consignee.name": name, "consignee.country": country} for name, country in parties)
    alerts = [one for one in found if one.decision.outcome in (Outcome.REVIEW, Outcome.BLOCK)]
    assert len(alerts) * 1000 < 3 * len(found)


def test_a_crowd_of_namesakes_never_hides_the_frozen_one(tmp_path: Path) -> None:
    """Thirty press entries and one frozen entry of one name: the frozen one gates."""
    press = "".join(
        f"  - {{id: press-{n:02}, kind: company, names: [Zarubezhprom Kvantor], listings: [{{list: own-press}}]}}\n"
        for n in range(30)
    )
    path = tmp_path / "crowd.yml"
    path.write_text(
        "list: {id: own, title: Synthetic, issuer: s, source: s, retrieved: 2026-11-22, licence: CC0-1.0}\n"
        "expect: {entities: 31}\n"
        "lists:\n"
        "  - {id: own-press, title: Press, issuer: s, measure: press}\n"
        "  - {id: own-freeze, title: Frozen, issuer: s, measure: asset_freeze}\n"
        f"entities:\n{press}"
        "  - {id: zz-frozen, kind: company, names: [Zarubezhprom Kvantor], listings: [{list: own-freeze}]}\n",
        encoding="utf-8",
    )
    with_list = Screener.build(watchlists=[path], as_of=AS_OF)
    assert with_list.screen(shipment(consignee__name="Zarubezhprom Kvantor")).decision.outcome is Outcome.BLOCK


def test_the_weaker_name_of_a_cell_never_hides_the_stronger_evidence(tmp_path: Path) -> None:
    """A short name that agrees in full and a long one with a slip: the long one has the evidence to gate."""
    path = tmp_path / "two.yml"
    path.write_text(
        "list: {id: own, title: Synthetic, issuer: s, source: s, retrieved: 2026-11-22, licence: CC0-1.0}\n"
        "expect: {entities: 1}\n"
        "lists: [{id: own-freeze, title: Frozen, issuer: s, measure: asset_freeze}]\n"
        "entities:\n"
        "  - {id: kvaz, kind: company, names: [Kvaz, Zarubezhprom Kvantor Kvaz Holding], listings: [{list: own-freeze}]}\n",
        encoding="utf-8",
    )
    with_list = Screener.build(watchlists=[path], as_of=AS_OF)
    cell = "Kvaz c/o Zarubezprom Kvantor Kvaz Holding"
    assert with_list.screen(shipment(consignee__name=cell)).decision.outcome is Outcome.BLOCK


def test_an_unreadable_name_never_lowers_an_outcome() -> None:
    """Chips without a destination ask for a review, whether the consignee can be read or not."""
    line = shipment(goods__hs_code="8542.31", goods__description="microcontrollers", destination__country=None)
    before = SCREENER.screen(line).decision
    after = SCREENER.screen(line | {"consignee.name": "..."}).decision
    assert after.outcome.rank >= before.outcome.rank
    assert before.outcome is Outcome.REVIEW


def test_a_code_that_is_only_partly_listed_asks_and_never_blocks() -> None:
    """8541.40 of HS2017 held solar panels too: to Russia a person looks."""
    assessment = screen(
        goods__hs_code="8541.40", goods__description="solar panels", destination__country="RU", consignee__country="RU"
    )
    assert assessment.decision.outcome is Outcome.REVIEW


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"consignee__address": "ul. Lenina 1, Simferopol", "consignee__country": "UA"}, True),
        ({"consignee__address": "Khreshchatyk 1, Kyiv", "consignee__country": "UA"}, False),
        ({"consignee__address": None, "consignee__country": "UA"}, None),
        ({"consignee__country": "Crimea"}, True),
    ],
)
def test_a_country_alone_never_says_that_no_place_is_occupied(changes: dict[str, Any], expected: bool | None) -> None:
    """Only an address or a port can say no."""
    values = SCREENER.explain(shipment(**changes)).derived.line.values
    assert values.get("place.occupied") is expected


def test_without_addresses_and_ports_nothing_is_said_of_places() -> None:
    assert "place.occupied" not in SCREENER.explain(shipment()).derived.line.values


def test_a_party_nobody_names_is_said_and_not_compared() -> None:
    """TO ORDER beside a named shipper: the shipper is screened, and the row says that nobody else was."""
    assessment = screen(consignee__name="TO ORDER")
    assert "consignee.name: names nobody, so nobody was compared in this role" in assessment.warnings


def test_a_file_that_was_screened_before_keeps_its_old_verdict_under_another_name() -> None:
    import polars as pl

    frame = pl.DataFrame({"Consignee": ["Techkrim"], "screening_decision": ["clear"]})
    screened = SCREENER.screen_frame(frame)
    assert screened.columns[:3] == ["Consignee", "screening_decision (input)", "screening_decision"]
    assert screened["screening_decision"].to_list() == ["block"]


@pytest.mark.parametrize(
    "name",
    [
        "TECHCRIM" + " LLC" * 25,
        "T E C H C R I M",
        "T.E.C.H.C.R.I.M.",
        "\x1b[31mTECHCRIM\x1b[0m",
        "TECHCRIM TECHCRIM TECHCRIM",
    ],
)
def test_padding_and_spacing_hide_no_listed_name(name: str) -> None:
    """Repeated words and legal forms weigh once, letters apart are a word, terminal colours are invisible."""
    assert any(hit.entity_id == "techkrim" for hit in screen(consignee__name=name).hits)


@pytest.mark.parametrize("name", ["ООО", "LLC", "Co., Ltd.", "有限公司"])
def test_a_legal_form_alone_names_nobody(name: str) -> None:
    """It is compared with nobody, and never clear."""
    assert screen(consignee__name=name).decision.outcome is Outcome.NOT_SCREENABLE


@pytest.mark.parametrize(
    ("code", "warned"),
    [
        ("abc", True),
        ("8542", True),
        ("854231;854232", True),
        ("85423", True),
        ("101210", True),  # no heading 1012: 0101.21.0 without its zero
        ("854299", True),  # no such subheading in any edition
        ("8542.31 00 00", False),
    ],
)
def test_a_code_that_could_not_be_used_as_written_is_warned_of(code: str, warned: bool) -> None:
    found = [warning for warning in screen(goods__hs_code=code).warnings if warning.startswith("goods.hs_code")]
    assert bool(found) is warned


def test_a_run_in_the_past_says_how_much_was_in_force() -> None:
    """As of 2020 no tier, few rules and hardly anybody was listed."""
    early = Screener.build(as_of=date(2020, 1, 1))
    with open_table(ROOT / "examples" / "customs_extract.csv") as table:
        run = early.screen_table(table)
    assert any(note.startswith("as of 2020-01-01, ") for note in run.notes)


def test_a_brand_in_the_makers_role_still_shows_frozen_assets(tmp_path: Path) -> None:
    """Only measures that do not gate give way to the goods signal."""
    path = tmp_path / "brand.yml"
    path.write_text(
        "list: {id: own, title: Synthetic, issuer: s, source: s, retrieved: 2026-11-22, licence: CC0-1.0}\n"
        "expect: {entities: 1}\n"
        "lists: [{id: own-freeze, title: Frozen, issuer: s, measure: asset_freeze}]\n"
        "entities: [{id: brand, kind: company, brand_category: drones, names: [Zarubezhprom Kvantor], listings: [{list: own-freeze}]}]\n",
        encoding="utf-8",
    )
    with_list = Screener.build(watchlists=[path], as_of=AS_OF)
    assert with_list.screen(shipment(manufacturer__name="Zarubezhprom Kvantor")).decision.outcome is Outcome.BLOCK


@pytest.mark.parametrize(
    "name", ["China Head Aerospace Technology Company", "Fargona Kimyo Zavodi LLC", "Raw Materials Cellulose LLC"]
)
@pytest.mark.parametrize("country", ["AE", "KZ", "DE"])
def test_the_name_of_a_frozen_party_is_looked_at_in_any_country(name: str, country: str) -> None:
    """Ordinary words and a country that differs keep it from blocking, never from a review."""
    assert screen(consignee__name=name, consignee__country=country).decision.outcome is Outcome.REVIEW


def test_a_false_date_hides_no_occupied_place() -> None:
    assessment = screen(consignee__address="Lenina 1, Sevastopol", consignee__country="UA", shipment__date="1924-05-01")
    assert assessment.decision.outcome is Outcome.REVIEW


@pytest.mark.parametrize(
    ("first", "second"),
    [("???", "Acme GmbH"), ("LLC", "Acme GmbH"), ("; ".join(f"Acme {n} GmbH" for n in range(40)), "x")],
)
def test_a_second_name_never_makes_up_for_one_that_was_not_compared(first: str, second: str) -> None:
    """Of two columns for one party one is unreadable, or there are more names than are compared: never clear."""
    import polars as pl

    screened = SCREENER.screen_frame(pl.DataFrame({"consignee": [first], "importer": [second]}))
    assert screened["screening_decision"].to_list() == ["not_screenable"]


def test_the_second_column_of_a_party_is_screened_however_long_the_first() -> None:
    import polars as pl

    names = "; ".join(
        f"Acme {word} GmbH" for word in ("Birch", "Cedar", "Elm", "Fir", "Hazel", "Larch", "Maple", "Pine")
    )
    screened = SCREENER.screen_frame(pl.DataFrame({"consignee": [names], "importer": ["Techkrim JSC"]}))
    assert screened["screening_decision"].to_list() == ["block"]


def test_a_frame_can_be_screened_again_and_again() -> None:
    import polars as pl

    frame = pl.DataFrame({"Consignee": ["Techkrim"]})
    for _ in range(4):
        frame = SCREENER.screen_frame(frame)
    assert frame["screening_decision"].to_list() == ["block"]
    assert len(set(frame.columns)) == len(frame.columns)


def test_faults_of_several_sources_come_at_once(tmp_path: Path) -> None:
    """A wrong list, a wrong pack and a wrong profile are said in one go."""
    for name in ("list.yml", "pack.yml", "profile.yml"):
        (tmp_path / name).write_text("wrong: 1\n", encoding="utf-8")
    with pytest.raises(ExceptionGroup) as caught:
        Screener.build(watchlists=[tmp_path / "list.yml"], packs=[tmp_path / "pack.yml"])
    files = {str(fault).partition(":")[0].rpartition("/")[2] for fault in caught.value.exceptions}
    assert files == {"list.yml", "pack.yml"}
    with pytest.raises(ExceptionGroup):
        Screener.build(profile=tmp_path / "profile.yml")
