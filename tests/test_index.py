"""The index: finds what a plain comparison of all pairs finds, and decides by identifiers and addresses."""

from __future__ import annotations

import csv
import random
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reference
from sanctionscreen.errors import InputError, WatchlistError
from sanctionscreen.matching import NameIndex
from sanctionscreen.model import ListedName, ListedParty


def party(party_id: str, *names: str, **more: Any) -> dict[str, Any]:
    return {"id": party_id, "kind": "company", "names": [{"text": name} for name in names], **more}


LISTED = [
    party("techkrim", "Techkrim", "Техкрим", identifiers=["INN 7700000001"], countries=["RU"],
          addresses=["ul. Syntetika d. 8, Izhevsk 426000, Russia"]),
    party("hwin", "Shanghai H Win", countries=["CN"]),
    party("vektor", "OOO TSK Vektor", "ООО ТСК ВЕКТОР", identifiers=["7700000002"]),
    party("kimyo", "Fargona Kimyo Zavodi LLC", countries=["UZ"]),
    party("dji", "深圳市大疆创新科技有限公司", kind="company"),
    party("ship", "Synthetic Star", kind="vessel", identifiers=["IMO 9074729"]),
    party("person", "Mykola Petrenko", kind="person"),
    party("caribbean", "Aerocaribbean Airlines"),
]  # fmt: skip


@pytest.fixture(scope="module")
def index() -> NameIndex:
    return NameIndex.build(LISTED)


def ids(index: NameIndex, query: Any, **more: Any) -> list[str]:
    return [hit.entity_id for hit in index.match(query, **more)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("TEKHKRIM JSC", ["techkrim"]),
        ("Win H, Shanghai", ["hwin"]),
        ("TSK VECTOR OOO", ["vektor"]),
        ("Fergana Chemical Plant", ["kimyo"]),
        ("Shenzhen DJI Innovation Technology Co Ltd", ["dji"]),
        ("MV SYNTHETIC STAR", ["ship"]),
        ("Петренко Николай", ["person"]),
        ("Aero-Caribbean Airlines SA", ["caribbean"]),
        ("Techcrimes", []),
        ("H Win", []),
        ("Shanghai Trading Co", []),
        ("OOO", []),
        ("", []),
        (None, []),
        (float("nan"), []),
        ("???", []),
        ("\x00\x01", []),
        ("\ud800", []),
    ],
)
def test_names_are_found(index: NameIndex, query: Any, found: list[str]) -> None:
    """Spellings of a listed name find it; look-alikes and empty names find nothing."""
    assert ids(index, query) == found


@pytest.mark.parametrize("name", [name["text"] for listed in LISTED for name in listed["names"]])
def test_exact_names_are_found_first_in_any_order_and_case(index: NameIndex, name: str) -> None:
    """A listed name as published is found first, with score 1."""
    words = name.split()
    random.Random(1).shuffle(words)
    hit = index.match(" ".join(words).upper())[0]
    assert name in {n["text"] for listed in LISTED if listed["id"] == hit.entity_id for n in listed["names"]}
    assert hit.score == 1


def test_an_identifier_decides_over_the_name(index: NameIndex) -> None:
    """A number that agrees finds the party under any name, whatever punctuation and label it has."""
    hits = index.match({"name": "Romashka LLC", "identifiers": ["ИНН: 77 0000-0001 / КПП 770101001"]})
    assert [(hit.entity_id, hit.basis, hit.score) for hit in hits] == [("techkrim", "identifier", 1.0)]
    assert ids(index, {"name": "Romashka", "identifiers": ["7700000003"]}) == []
    assert ids(index, {"identifiers": ["770"]}) == []


def test_an_identifier_comes_before_an_equal_name(index: NameIndex) -> None:
    """Two parties at score 1: the one with the number stands first."""
    hits = index.match({"name": "Shanghai H Win", "identifiers": ["7700000002"]})
    assert [(hit.entity_id, hit.basis) for hit in hits] == [("vektor", "identifier"), ("hwin", "name")]


def test_an_imo_number_stands_over_a_new_name(index: NameIndex) -> None:
    """Ships are renamed; the number stays. A firm of a known other country may bear the same short number."""
    assert ids(index, {"name": "Renamed", "kind": "vessel", "identifiers": ["9074729"]}) == ["ship"]


def test_a_wrong_number_is_shown_beside_the_listed_one_it_nearly_is(index: NameIndex) -> None:
    """Two digits changed places: no hit, but the explanation names the listed number."""
    query = {"name": "Renamed", "kind": "vessel", "identifiers": ["IMO 9074792"]}
    assert ids(index, query) == []
    said = [part for part in index.explain(query, "ship").explanation if part.right == "9074729"]
    assert [(part.left, part.points) for part in said] == [("IMO 9074792", 0.0)]


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("8 Syntetika street, Izhevsk", True),
        ("Ижевск, ул. Синтетика, д. 8", True),
        ("426000, Izhevsk, Syntetika 8, office 12", True),
        ("9 Syntetika street, Izhevsk", False),
        ("8 Syntetika street, Omsk", False),
        ("8 Lenina street, Izhevsk", False),
        ("Izhevsk", False),
        ("8", False),
        ("Syntetika 8", False),
    ],
)
def test_an_address_needs_number_street_and_city(index: NameIndex, address: str, found: bool) -> None:
    """Address-only hits are hits of their own; any of the three that differs or is missing makes none."""
    hits = index.match({"name": "Romashka LLC", "address": address})
    assert [(hit.entity_id, hit.basis) for hit in hits] == ([("techkrim", "address")] if found else [])


def test_filters_keep_what_is_not_known(index: NameIndex) -> None:
    """A missing country is no mismatch; a known other one is."""
    assert ids(index, "OOO TSK Vektor", countries=["CN"]) == ["vektor"]
    assert ids(index, "Techkrim", countries=["CN"]) == []
    assert ids(index, "Techkrim", countries="RU") == ["techkrim"]
    assert ids(index, "Techkrim", kinds="vessel") == []
    assert ids(index, "Techkrim", kinds=["company", "person"]) == ["techkrim"]


def test_ships_are_no_firms_and_no_people(index: NameIndex) -> None:
    """Where both kinds are known, a firm is not found for a ship of the same name."""
    assert ids(index, {"name": "Synthetic Star", "kind": "company"}) == []
    assert ids(index, {"name": "Synthetic Star", "kind": "vessel"}) == ["ship"]


def test_a_person_and_a_firm_of_one_name_score_less() -> None:
    """Crossing kinds needs strong evidence and never reaches 1."""
    index = NameIndex.build([party("p", "Arkady Romashkin", kind="person")])
    same, crossed = (index.match({"name": "Arkady Romashkin", "kind": k})[0].score for k in ("person", "company"))
    assert crossed < same == 1


def test_weak_names_only_corroborate() -> None:
    """A weak name, or one that needs an identifier, is no hit alone; with an address that agrees it is one."""
    address = "8 Syntetika street, Izhevsk"
    weak = {**party("weak", "Romashka LLC", addresses=[address]), "names": [{"text": "Romashka", "quality": "weak"}]}
    common = ListedParty(
        "z-common", "company", (ListedName("Pozitron"),), identifiers=("7700000009",), needs_identifier=True
    )
    index = NameIndex.build([weak, common])
    assert ids(index, "Romashka") == []
    assert ids(index, "Pozitron") == []
    hit = index.match({"name": "Romashka", "address": address})[0]
    assert (hit.entity_id, hit.basis, hit.score) == ("weak", "name", 1)
    assert ids(index, {"name": "Pozitron", "identifiers": ["7700000009"]}) == ["z-common"]
    assert index.explain("Pozitron", "z-common").score == 1


@pytest.mark.parametrize(
    "more",
    [
        {"country": "RU"},
        {"country": "KZ"},
        {"address": "somewhere 5"},
        {"identifiers": ["123456789"]},
        {"kind": "company"},
        {"address": "", "country": None, "identifiers": None},
    ],
)
def test_more_data_never_loses_a_hit(index: NameIndex, more: dict[str, Any]) -> None:
    """Everything else a document says about a party can only add."""
    assert "techkrim" in ids(index, {"name": "Tehkrim", **more})


def test_ties_are_broken_by_id_and_limited() -> None:
    """The same names in another order of the list give the same hits."""
    parties = [party(party_id, "Romashka Vasilkova") for party_id in "dbcaef"]
    hits = NameIndex.build(parties).match("romashka vasilkova", limit=4)
    assert [(hit.entity_id, hit.rank) for hit in hits] == [("a", 1), ("b", 2), ("c", 3), ("d", 4)]
    assert hits == NameIndex.build(parties[::-1]).match("romashka vasilkova", limit=4)


def test_search_is_match_in_a_frame(index: NameIndex) -> None:
    """Rows name the query by its number; queries without a hit have none."""
    queries = ["Tehkrim", None, {"name": "x", "identifiers": ["7700000002"]}, "Tehkrim"]
    frame = index.search(queries)
    assert frame.columns == ["query", "entity_id", "name", "score", "evidence", "basis", "rank"]
    assert frame.rows() == [
        (at, h.entity_id, h.name, h.score, h.evidence, h.basis, h.rank)
        for at, query in enumerate(queries)
        for h in index.match(query)
    ]
    assert index.search([]).columns == frame.columns


def test_explain_says_why_and_why_not(index: NameIndex) -> None:
    """The best name of a party is compared, hit or not."""
    assert index.explain("Tehkrim", "techkrim").score > 0.9
    near_miss = index.explain("Shanghai Trading", "hwin")
    assert 0 < near_miss.score < 0.8
    assert sum(part.points for part in near_miss.explanation) == near_miss.score
    with pytest.raises(InputError, match="no listed party has the id 'nobody'"):
        index.explain("Tehkrim", "nobody")


@pytest.mark.parametrize(
    "wrong", [b"Tehkrim", 12, 1.5, ["Tehkrim"], {"nmae": "x"}, {"name": b"x"}, {"identifiers": [3]}]
)
def test_a_query_that_is_none_is_refused(index: NameIndex, wrong: Any) -> None:
    """Bytes, numbers and unknown keys get a clear error, never a hit."""
    with pytest.raises(InputError):
        index.match(wrong)


@pytest.mark.parametrize(
    "arguments",
    [
        {"kinds": "vesel"},
        {"kinds": [1]},
        {"countries": "Atlantis"},
        {"limit": 0},
        {"threshold": 1.1},
        {"threshold": "x"},
    ],
)
def test_arguments_out_of_range_are_refused(index: NameIndex, arguments: dict[str, Any]) -> None:
    """Each argument says what it takes."""
    with pytest.raises(InputError):
        index.match("Tehkrim", **arguments)


@pytest.mark.parametrize(
    ("parties", "problem"),
    [
        ([party("a", "Romashka"), party("a", "Vasilek")], "two parties have the id 'a'"),
        ([party("a", "???")], "no name that can be compared"),
        ([party("a")], "no name that can be compared"),
        ([party("", "Romashka")], "has no id"),
        ([party("a", "Romashka", kind="firm")], "unknown kind 'firm'"),
        ([{"id": "a", "kind": "company", "names": [{"text": b"x"}]}], "has no text"),
        ([{"id": "a", "kind": "company", "names": [{"text": "x", "quality": "poor"}]}], "quality 'poor'"),
        ([{"id": "a", "kind": "company", "names": "Romashka"}], "is no list"),
        ([{"id": "a", "kind": "company", "nmaes": []}], "did you mean 'names'"),
        (["Romashka"], "give a ListedParty or a mapping"),
    ],
)
def test_a_party_that_cannot_be_used_is_refused(parties: list[Any], problem: str) -> None:
    """A list with a fault makes no index: the fault is named."""
    with pytest.raises(WatchlistError, match=problem):
        NameIndex.build(parties)


def test_an_index_without_parties_finds_nothing() -> None:
    """An empty list is an index, and says its size."""
    index = NameIndex.build([])
    assert len(index) == 0
    assert index.match({"name": "Romashka", "identifiers": ["7700000001"], "address": "8 Foo, Omsk"}) == []
    assert index.search(["Romashka"]).is_empty()


@pytest.mark.parametrize("huge", ["a" * 10_000_000, "romashka " * 1_000_000, "大" * 100_000, "ООО" * 300_000])
def test_a_huge_query_is_cut_and_finds_nothing_by_accident(index: NameIndex, huge: str) -> None:
    """Megabytes in a cell are cut before they are compared, and cost little."""
    started = time.process_time()
    assert index.match(huge) == []
    assert time.process_time() - started < 1


WORDS = (
    "romashka vasilkova vektor tehkrim techkrim shanghai trading technologies ооо llc ромашка завод plant aero "
    "caribbean petrenko mykola николай h win 5 7 xi ag dajiang 大疆 深圳 ivan limbach electronics "
    "synthetic syntetic star moscow"
).split()
some_names = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(some_names, st.sampled_from(["person", "company", "vessel", "any"])), min_size=1, max_size=8),
    some_names,
    st.integers(0, 30),
    st.sampled_from("abe "),
)
def test_the_index_finds_what_comparing_all_pairs_finds(
    listed: list[tuple[str, str]], name: str, at: int, slip: str
) -> None:
    """Retrieval loses nothing: same parties, same scores."""
    query = name[:at] + slip + name[at + 1 :]
    parties = [party(str(n), text, kind=kind) for n, (text, kind) in enumerate(listed)]
    found = {hit.entity_id: hit.score for hit in NameIndex.build(parties).match(query, limit=100)}
    assert found == reference.hits(query, parties)


@settings(max_examples=20, deadline=None)
@given(st.lists(some_names, max_size=8))
def test_results_do_not_depend_on_the_batch(names: list[str]) -> None:
    """One by one and together, the same hits."""
    index = NameIndex.build(LISTED)
    assert index.match_many(names) == [index.match(name) for name in names]


@pytest.mark.data
def test_the_index_misses_nothing_on_real_names(test_data: Path) -> None:
    """The same on real listed names and slips in them."""
    with (test_data / "names" / "alias_pairs.csv").open(encoding="utf-8") as file:
        rows = random.Random(7).sample(list(csv.DictReader(file)), 300)
    kinds = {"person", "company", "vessel"}
    parties = [party(str(n), r["name_a"], kind=r["type"] if r["type"] in kinds else "any") for n, r in enumerate(rows)]
    index = NameIndex.build(parties)
    for row in rows[:80]:
        found = {hit.entity_id: hit.score for hit in index.match(row["name_b"], limit=1000)}
        assert found == reference.hits(row["name_b"], parties), row["name_b"]
