"""Lists in open formats: OpenSanctions, FollowTheMoney, Senzing, a firm's own table; all parties here are made up."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sanctionscreen.errors import Location, WatchlistError
from sanctionscreen.model import ListedDate, ListedName, ListedNumber, ListedParty, Measure
from sanctionscreen.watchlist.official.json_records import json_records
from sanctionscreen.watchlist.official.opensanctions import read_ftm, read_targets_simple
from sanctionscreen.watchlist.official.own_yaml import read_own_yaml
from sanctionscreen.watchlist.official.plain_csv import read_plain_csv
from sanctionscreen.watchlist.official.reading import Reader, Report
from sanctionscreen.watchlist.official.senzing import read_senzing
from sanctionscreen.watchlist.official.topics import TOPICS, measures_of

HEADER = (
    '"id","schema","name","aliases","birth_date","countries","addresses","identifiers","sanctions","phones","emails",'
    '"program_ids","dataset","first_seen","last_seen","last_change"\n'
)
SHIP = (
    '"syn-ship","Vessel","Severny Kvant","Kvant Star;""Old; Kvant""","","ru;ua-cri;suhh","","IMO9074729;UBXY7","Grey ships'
    ' - 2024-02-23","","","SYN-SHIPS","Synthetic","2026-03-01T00:00:00","2026-03-02T00:00:00","2026-03-01T00:00:00"\n'
)


def read(reader: Reader, path: Path, measure: Measure = "asset_freeze") -> tuple[list[ListedParty], Report]:
    report = Report("syn", measure)
    return list(reader({"main": path}, report)), report


def written(folder: Path, content: str | bytes, name: str = "list.txt") -> Path:
    path = folder / name
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return path


def entity(key: str, schema: str, target: bool | None = False, **properties: Any) -> dict[str, Any]:
    known = {"id": key, "caption": properties.get("name", [key])[0], "schema": schema, "properties": properties}
    return known if target is None else known | {"target": target}


def ftm(folder: Path, *entities: Mapping[str, Any]) -> Path:
    return written(folder, "\n".join(json.dumps(one, ensure_ascii=False) for one in entities))


def the_only(found: tuple[list[ListedParty], Report]) -> ListedParty:
    assert len(found[0]) == 1
    return found[0][0]


# --- targets.simple.csv


def test_a_simple_row_keeps_all_it_holds(tmp_path: Path) -> None:
    """Nested quoting, former states, parts of states, untyped numbers and the day in the sanction's text."""
    parties, report = read(read_targets_simple, written(tmp_path, HEADER + SHIP))
    party = parties[0]
    note = "may be a former name"
    assert party.id == "syn:syn-ship"
    assert party.kind == "vessel"
    assert party.names == (
        ListedName("Severny Kvant", "primary"),
        ListedName("Kvant Star", "strong", note, "alias"),
        ListedName("Old; Kvant", "strong", note, "alias"),
    )
    assert party.countries == ("RU", "UA")
    assert party.numbers == (ListedNumber("IMO", "IMO9074729"), ListedNumber("identifier", "UBXY7"))
    assert party.note == "country: ua-cri; country: Soviet Union; dataset: Synthetic; sanction: Grey ships - 2024-02-23"
    assert party.source == "list.txt line 2"
    listing = party.listings[0]
    assert (listing.programme, listing.measure, listing.listed_from) == ("SYN-SHIPS", "asset_freeze", date(2024, 2, 23))
    assert report.published == date(2026, 3, 2)
    assert not report.unknown


@pytest.mark.parametrize(
    ("programmes", "sanctions", "expected"),
    [
        ("US-BIS-EL", "x", [("US-BIS-EL", "export_licence")]),
        ("US-BIS-UVL;EU-UKR", "x", [("US-BIS-UVL", "unverified"), ("EU-UKR", "asset_freeze")]),
        ("US-BIS-DPL", "x", [("US-BIS-DPL", "denied")]),
        ("UA-WS-MARE", "x", [("UA-WS-MARE", "context")]),
        ("", "Some Programme - why - 2023-01-01", [("Some Programme", "asset_freeze")]),
        ("", "", [("", "asset_freeze")]),
        ("", '""', [("", "asset_freeze")]),  # a literal pair of quotes stands for an empty set
    ],
)
def test_the_programme_of_a_simple_row_decides_the_measure(
    tmp_path: Path, programmes: str, sanctions: str, expected: list[tuple[str, str]]
) -> None:
    """A licence requirement of the Entity List is no freeze, and a fact of a portal is no listing at all."""
    cells = [
        "k",
        "Company",
        "Kvantor Synthetic LLC",
        "",
        "",
        "ru",
        "",
        "",
        sanctions,
        "",
        "",
        programmes,
        "D",
        "",
        "",
        "",
    ]
    quoted = ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)
    party = the_only(read(read_targets_simple, written(tmp_path, HEADER + quoted + "\n")))
    assert [(one.programme, one.measure) for one in party.listings] == expected
    assert party.status == ("context" if expected[0][1] == "context" else "official")


def test_a_value_of_several_lines_is_one_value(tmp_path: Path) -> None:
    """The published file has line ends within cells."""
    row = (
        '"k","Person","Ivan\nKvantov","Vanya Kv;""A\nB""","1970-05","zz","Street 1\nTown","","p","","","","","","",""\n'
    )
    party = the_only(read(read_targets_simple, written(tmp_path, HEADER + row)))
    assert [name.text for name in party.names] == ["Ivan Kvantov", "Vanya Kv", "A B"]
    assert party.addresses == ("Street 1 Town",)
    assert party.dates == (ListedDate("birth", "1970-05", date(1970, 5, 1), date(1970, 5, 31)),)


def test_simple_files_of_before_2025_have_no_programmes(tmp_path: Path) -> None:
    """The column program_ids came later; a new column is said, and its values are kept."""
    header = HEADER.replace('"program_ids",', "").replace('"dataset"', '"dataset","colour"')
    row = '"k","Organization","Kvantor","","","","","","","","","D","blue","","",""\n'
    parties, report = read(read_targets_simple, written(tmp_path, header + row))
    assert "colour: blue" in parties[0].note
    assert report.unknown == {"column 'colour'": 1}


def test_things_that_are_no_party_are_left_out_with_the_reason(tmp_path: Path) -> None:
    """A wallet has a name, and no shipment names it."""
    wallet = '"w","CryptoWallet","Kvant wallet","","","","","","","","","","","","",""\n'
    parties, report = read(read_targets_simple, written(tmp_path, HEADER + wallet + SHIP))
    assert len(parties) == 1
    assert report.left_out == {"CryptoWallet: no party": 1}


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("id,schema,name\n1,Person,Kvant\n", "has no column aliases, countries, identifiers, sanctions"),
        (HEADER + SHIP + SHIP, "has the id 'syn-ship' twice"),
        (HEADER + SHIP[: len(SHIP) // 2], "is it cut"),
        (HEADER, "holds no entry"),
        ("", "has no column"),
        ("<html><body>sign in</body></html>", "has no column"),
        (HEADER.encode() + "Ё".encode("cp1251"), "is no text in utf-8"),
    ],
)
def test_a_simple_file_that_is_none_is_refused(tmp_path: Path, content: str | bytes, problem: str) -> None:
    """Cut, empty, another table, a web page: the error names the file and what is amiss."""
    with pytest.raises(WatchlistError, match=problem) as caught:
        read(read_targets_simple, written(tmp_path, content))
    assert caught.value.at is not None
    assert caught.value.at.file == "list.txt"


# --- FollowTheMoney

SANCTION = entity(
    "s1",
    "Sanction",
    entity=["p1"],
    programId=["SYN-RUS"],
    authorityId=["S-7"],
    startDate=["2023-12-06"],
    listingDate=["2024-01"],
    reason=["makes drones"],
    sourceUrl=["https://example.org/s"],
)


def test_an_entity_is_joined_with_all_that_names_it(tmp_path: Path) -> None:
    """Sanctions, addresses, documents and relations stand before and behind their party."""
    path = ftm(
        tmp_path,
        SANCTION,
        entity(
            "p1",
            "Company",
            True,
            name=["Kvantor LLC", "ООО Квантор"],
            alias=["Kvantor Aero"],
            weakAlias=["KVA"],
            abbreviation=["KV"],
            previousName=["Zavod 7"],
            topics=["sanction", "poi"],
            innCode=["7700000016"],
            kppCode=["770001001"],
            jurisdiction=["ru"],
            incorporationDate=["2001"],
            addressEntity=["a1"],
            address=["Lenina 1, Izhevsk"],
            email=["k@example.org"],
        ),
        entity("a1", "Address", full=["Lenina 2, Izhevsk"], country=["ru"]),
        entity("d1", "Passport", holder=["p1"], number=["77 12"], country=["ru"]),
        entity("o1", "Ownership", owner=["q1"], asset=["p1"], percentage=["51"], startDate=["2016"]),
        entity("q1", "Person", name=["Ivan Kvantov"]),
    )
    parties, report = read(read_ftm, path)
    party = parties[0]
    assert [(name.text, name.quality, name.kind) for name in party.names] == [
        ("Kvantor LLC", "primary", ""),
        ("ООО Квантор", "strong", ""),
        ("Kvantor Aero", "strong", "alias"),
        ("Zavod 7", "strong", "former"),
        ("KVA", "weak", "alias"),
        ("KV", "weak", "abbreviation"),
    ]
    assert party.kind == "company"
    assert party.countries == ("RU",)
    assert party.numbers == (ListedNumber("INN", "7700000016"), ListedNumber("Passport", "77 12", "RU"))
    assert party.addresses == ("Lenina 1, Izhevsk", "Lenina 2, Izhevsk")
    assert party.dates[0].first == date(2001, 1, 1)
    for remark in (
        "kppCode: 770001001",
        "email: k@example.org",
        "owned by Ivan Kvantov (51 %, from 2016)",
        "reason: makes",
    ):
        assert remark in party.note
    first, second = party.listings
    assert (first.programme, first.measure, first.entry_number) == ("SYN-RUS", "asset_freeze", "S-7")
    assert (first.listed_from, first.date_basis) == (date(2023, 12, 6), "earliest of several dates")
    assert first.citation == "https://example.org/s"
    assert (second.programme, second.measure) == ("poi", "context")
    assert report.left_out == {"named by another entry, not listed": 1}
    assert not report.unknown


def test_nested_targets_say_the_same_as_joined_ones(tmp_path: Path) -> None:
    """targets.nested.json writes the sanction, the address and the relation within the party."""
    other = entity("q1", "Person", name=["Ivan Kvantov"])
    address = entity("a1", "Address", full=["Lenina 2"])
    edge = entity("o1", "Ownership", asset=["p1"], percentage=["51"], owner=["q1"])
    own: dict[str, Any] = {"name": ["Kvantor LLC"], "topics": ["sanction"]}
    flat = ftm(tmp_path, SANCTION, address, edge, other, entity("p1", "Company", True, **own, addressEntity=["a1"]))
    joined = the_only(read(read_ftm, flat))
    within = {"sanctions": [SANCTION], "addressEntity": [address]}
    nested_edge = entity("o1", "Ownership", asset=["p1"], percentage=["51"], owner=[other])
    path = ftm(tmp_path, entity("p1", "Company", True, **own, **within, ownershipAsset=[nested_edge]))
    nested = the_only(read(read_ftm, path))
    assert nested.names == joined.names
    assert nested.addresses == joined.addresses == ("Lenina 2",)
    assert nested.listings == joined.listings
    assert "owned by Ivan Kvantov (51 %)" in nested.note
    assert "owned by Ivan Kvantov (51 %)" in joined.note


@pytest.mark.parametrize(
    ("topics", "expected", "status"),
    [
        (["sanction"], [("sanction", "asset_freeze")], "official"),
        (["export.control"], [("export.control", "export_licence")], "official"),
        (["poi", "export.control", "sanction"], [("sanction", "asset_freeze"), ("export.control", "export_licence"), ("poi", "context")], "official"),
        (["invest.ban"], [("invest.ban", "sectoral")], "official"),
        (["role.pep"], [("role.pep", "context")], "context"),
        (["role.pep.frmr"], [("role.pep.frmr", "context")], "context"),
        (["debarment"], [("debarment", "context")], "context"),
        (["sanction.linked"], [("sanction.linked", "context")], "context"),
        (["sanction.counter"], [("sanction.counter", "context")], "context"),
    ],
)  # fmt: skip
def test_topics_decide_what_a_listing_means(
    tmp_path: Path, topics: list[str], expected: list[tuple[str, str]], status: str
) -> None:
    """A politician is context, an export control is no freeze, and who belongs to a listed party is not listed for it."""
    party = the_only(read(read_ftm, ftm(tmp_path, entity("p", "Person", True, name=["Ivan Kvantov"], topics=topics))))
    assert [(one.programme, one.measure) for one in party.listings] == expected
    assert party.status == status


@pytest.mark.parametrize("topic", ["sanction.secondary", "export.ban", "frozen", "asset"])
def test_an_unknown_topic_that_may_be_a_measure_stops_the_reading(tmp_path: Path, topic: str) -> None:
    """What a hit means must never be guessed."""
    path = ftm(tmp_path, entity("p", "Person", True, name=["Ivan Kvantov"], topics=["sanction", topic]))
    with pytest.raises(WatchlistError, match=f"unknown topic '{topic}'"):
        read(read_ftm, path)


def test_an_unknown_topic_of_a_harmless_family_is_said_and_is_context() -> None:
    """A new kind of crime is no measure, but it is not nothing either."""
    report = Report("syn", "asset_freeze")
    assert measures_of(["crime.cyber.new", "gov.soe"], report, Location("f")) == {"context": "crime.cyber.new"}
    assert report.unknown == {"topic 'crime.cyber.new'": 1}


def test_a_designation_means_what_the_list_means() -> None:
    """On a sectoral list the topic sanction is sectoral; on a list of mere context it can only be a designation."""
    for measure, expected in (("sectoral", "sectoral"), ("context", "asset_freeze"), ("press", "asset_freeze")):
        assert list(measures_of(["sanction"], Report("syn", measure), Location("f"))) == [expected]  # type: ignore[arg-type]
    assert set(TOPICS.values()) <= {"listed", "", "asset_freeze", "export_licence", "sectoral", "context"}


def test_ended_sanctions_end(tmp_path: Path) -> None:
    """An end date closes the listing; an expired one without a date is context; other words are said."""
    path = ftm(
        tmp_path,
        entity("p", "Person", True, name=["Ivan Kvantov"]),
        entity("1", "Sanction", entity=["p"], programId=["A"], endDate=["2024-10-30"], status=["expired"]),
        entity("2", "Sanction", entity=["p"], programId=["B"], status=["Expired"]),
        entity("3", "Sanction", entity=["p"], programId=["C"], status=["under thought"]),
        entity("4", "Sanction", entity=["p"], programId=["US-BIS-EL"]),
    )
    parties, report = read(read_ftm, path)
    listings = {one.programme: one for one in parties[0].listings}
    assert listings["A"].listed_until == date(2024, 10, 30)
    assert listings["B"].measure == "context"
    assert listings["C"].measure == "asset_freeze"
    assert listings["US-BIS-EL"].measure == "export_licence"
    assert report.unknown == {"status of a sanction 'under thought'": 1}


def test_what_ftm_files_hold_besides_is_said(tmp_path: Path) -> None:
    """New properties, schemata and keys, a lost address and a sanction of nobody: each is counted."""
    party = entity("p", "Starship", None, name=["Kvant One"], hull=["blue"], country=["xy-new"], addressEntity=["lost"])
    path = ftm(tmp_path, party | {"colour": 1}, SANCTION)
    parties, report = read(read_ftm, path)
    assert parties[0].kind == "any"
    assert "hull: blue" in parties[0].note
    assert set(report.unknown) == {
        "schema 'Starship'",
        "property 'hull'",
        "country 'xy-new'",
        "key 'colour'",
        "address that the file does not hold",
        "sanctions of an entity that is no party of the file",
    }


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", "holds no entry"),
        ('{"id": "a", "schema": "Person"}', "without 'properties'"),
        ('{"id": "a", "schema": "Person", "properties": {"name": ["K', "is cut"),
        ('[{"id": "a", "schema": "Person", "properties": {"name": ["Kv"]}}', "is cut: the array is not closed"),
        ('{"id": "a", "schema": "Person", "properties": {"name": ["Kv"]}} trailing', "is not JSON"),
        ('"text"', "where an object must stand"),
        ("<html></html>", "is not JSON"),
        ('{"id": NaN}', "it holds NaN"),
        ('{"a":' * 100_000, "too deep"),
        ('{"id": "a", "schema": "Person", "properties": {"name": ["\\ud800"]}}', "lone surrogate"),
        ('{"id": ' + "9" * 5000 + "}", "is not JSON"),
        (b'{"id": "\xff"}', "is no text in UTF-8"),
    ],
)
def test_json_that_is_none_is_refused(tmp_path: Path, content: str | bytes, problem: str) -> None:
    """Cut, hostile or another thing: an error with the place, and nothing else."""
    with pytest.raises(WatchlistError, match=problem):
        read(read_ftm, written(tmp_path, content))


@pytest.mark.parametrize("form", ["lines", "array", "pretty"])
def test_json_is_read_in_every_layout(tmp_path: Path, form: str) -> None:
    """Lines, one array, objects over several lines: the same objects, with the line on which each begins."""
    records = [{"n": n, "text": "ж" * 300_000} for n in range(3)]  # each larger than what is read at once
    text = {
        "lines": "\n".join(json.dumps(one, ensure_ascii=False) for one in records),
        "array": json.dumps(records, ensure_ascii=False),
        "pretty": "\n".join(json.dumps(one, indent=1) for one in records),
    }[form]
    found = list(json_records(written(tmp_path, text)))
    assert [record for _, record in found] == records
    assert [line for line, _ in found] == {"lines": [1, 2, 3], "array": [1, 1, 1], "pretty": [1, 5, 9]}[form]


# --- Senzing


@pytest.mark.parametrize(
    "record",
    [
        {"NAMES": [{"NAME_TYPE": "PRIMARY", "NAME_ORG": "Kvantor LLC"}, {"NAME_TYPE": "ALIAS", "NAME_FULL": "KVA Aero"}],
         "ADDRESSES": [{"ADDR_FULL": "Lenina 1, Izhevsk"}],
         "IDENTIFIERS": [{"TAX_ID_NUMBER": "7700000016", "TAX_ID_TYPE": "innCode", "TAX_ID_COUNTRY": "RU"}],
         "COUNTRIES": [{"REGISTRATION_COUNTRY": "ru"}], "DATES": [{"REGISTRATION_DATE": "2001-02-03"}]},
        {"FEATURES": [{"RECORD_TYPE": "ORGANIZATION"}, {"NAME_TYPE": "PRIMARY", "NAME_ORG": "Kvantor LLC"},
                      {"NAME_TYPE": "AKA", "NAME_ORG": "KVA Aero"}, {"ADDR_LINE1": "Lenina 1", "ADDR_CITY": "Izhevsk"},
                      {"TAX_ID_NUMBER": "7700000016", "TAX_ID_TYPE": "innCode", "TAX_ID_COUNTRY": "RU"},
                      {"REGISTRATION_COUNTRY": "RU", "REGISTRATION_DATE": "2001-02-03"}]},
        {"PRIMARY_NAME_ORG": "Kvantor LLC", "AKA_NAME_ORG": "KVA Aero", "BUSINESS_ADDR_LINE1": "Lenina 1",
         "BUSINESS_ADDR_CITY": "Izhevsk", "TAX_ID_NUMBER": "7700000016", "TAX_ID_TYPE": "innCode",
         "TAX_ID_COUNTRY": "RU", "REGISTRATION_COUNTRY": "Russia", "REGISTRATION_DATE": "2001-02-03"},
    ],
)  # fmt: skip
def test_the_three_forms_of_senzing_say_the_same(tmp_path: Path, record: dict[str, Any]) -> None:
    """Named lists, FEATURES, and flat attributes with the usage type in front."""
    whole = {"DATA_SOURCE": "SYN", "RECORD_ID": "1", "RECORD_TYPE": "ORGANIZATION"} | record
    parties, report = read(read_senzing, written(tmp_path, json.dumps(whole)), "denied")
    party = parties[0]
    assert [(name.text, name.quality, name.kind) for name in party.names] == [
        ("Kvantor LLC", "primary", ""),
        ("KVA Aero", "strong", "alias"),
    ]
    assert (party.kind, party.countries, party.addresses) == ("company", ("RU",), ("Lenina 1, Izhevsk",))
    assert party.numbers == (ListedNumber("INN", "7700000016", "RU"),)
    assert party.dates == (ListedDate("incorporation", "2001-02-03", date(2001, 2, 3), date(2001, 2, 3)),)
    assert [one.measure for one in party.listings] == ["denied"]
    assert not report.unknown


def test_risks_of_senzing_decide_as_topics_do(tmp_path: Path) -> None:
    """Of a record of OpenSanctions without a risk only the mention is known."""
    base = {"DATA_SOURCE": "OS_SYN", "RECORD_TYPE": "PERSON"}
    records = [
        base | {"RECORD_ID": "1", "NAME_FIRST": "Ivan", "NAME_LAST": "Kvantov", "RISKS": [{"TOPIC": "role.pep"}]},
        base | {"RECORD_ID": "2", "NAME_FULL": "Oleg Kvantov", "RISKS": [{"TOPIC": "sanction"}, {"TOPIC": "export.control"}]},
        base | {"RECORD_ID": "3", "NAME_FULL": "Olga Kvantova", "RELATIONSHIPS": [{"REL_POINTER_ROLE": "Family", "REL_POINTER_KEY": "2"}]},
    ]  # fmt: skip
    parties, _ = read(read_senzing, written(tmp_path, json.dumps(records)))
    assert [[one.measure for one in party.listings] for party in parties] == [
        ["context"],
        ["asset_freeze", "export_licence"],
        ["context"],
    ]
    assert [party.status for party in parties] == ["context", "official", "context"]
    assert parties[0].name == "Ivan Kvantov"
    assert "Family: 2" in parties[2].note


def test_what_senzing_files_hold_besides_is_said(tmp_path: Path) -> None:
    """Attributes, name types and record types of one's own are kept as remarks and counted; deletions are no entries."""
    record = {"DATA_SOURCE": "SYN", "RECORD_ID": "1", "RECORD_TYPE": "ROBOT", "SHOE_SIZE": "44"}
    names = [{"NAME_FULL": "Kvant", "NAME_TYPE": "STAGE"}, {"NAME_FULL": "K", "NAME_TYPE": "NICKNAME"}]
    gone = {"DATA_SOURCE": "SYN", "RECORD_ID": "2", "NAME_FULL": "Gone", "DSRC_ACTION": "D"}
    lines = [record | {"NAMES": names, "TAGS": ["a"], "MORE": {"x": 1}}, gone]
    parties, report = read(read_senzing, written(tmp_path, "\n".join(map(json.dumps, lines))))
    assert [(name.text, name.quality) for name in parties[0].names] == [("Kvant", "primary"), ("K", "weak")]
    assert "SHOE_SIZE: 44" in parties[0].note
    assert len(report.unknown) == 5
    assert report.left_out == {"deleted records": 1}


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ('{"RECORD_ID": "1", "NAME_FULL": "Kvant"}', "no Senzing record"),
        ('{"DATA_SOURCE": "S", "RECORD_ID": "1", "NAME_FULL": "K"}\n' * 3, "twice"),
        ("[]", "holds no entry"),
    ],
)
def test_a_senzing_file_that_is_none_is_refused(tmp_path: Path, content: str, problem: str) -> None:
    with pytest.raises(WatchlistError, match=problem):
        read(read_senzing, written(tmp_path, content))


# --- a firm's own list

PLAIN = {
    "English": (
        "id,name,kind,country,alias,alias 2,weak alias,former name,identifier,address,measure,programme,listed from,note\n"
        'A1,Kvantor LLC,company,Russia,"Kvantor Aero; KVA Aero|OOO Kvantor",Kvant,KV,Zavod 7,"INN: 7700000016; 1027700000016",'
        '"Lenina 1, Izhevsk",asset freeze,own,2024-02-23,bad payer\n'
    ),
    "Russian": (
        "№;Наименование;Тип;Страна;Псевдоним;Псевдоним 2;Прозвище;Прежнее название;Идентификатор;Адрес;Мера;Программа;"
        "Дата включения;Примечание\n"
        'A1;Kvantor LLC;компания;РФ;"Kvantor Aero|KVA Aero|OOO Kvantor";Kvant;KV;Zavod 7;"INN: 7700000016|1027700000016";'
        "Lenina 1, Izhevsk;заморозка активов;own;23.02.2024;bad payer\n"
    ),
    "Chinese": (
        "编号\t名称\t类型\t国家\t别名\t别名 2\t昵称\t曾用名\t证件号码\t地址\t措施\t项目\t列入日期\t备注\n"
        "A1\tKvantor LLC\t公司\t俄罗斯\tKvantor Aero;KVA Aero;OOO Kvantor\tKvant\tKV\tZavod 7\tINN: 7700000016|1027700000016\t"
        "Lenina 1, Izhevsk\t资产冻结\town\t2024-02-23\tbad payer\n"
    ),
}


@pytest.mark.parametrize(
    ("language", "encoding"),
    [
        ("English", "utf-8"),
        ("English", "utf-8-sig"),
        ("English", "utf-16"),
        ("Russian", "utf-8"),
        ("Russian", "cp1251"),
        ("Chinese", "utf-8-sig"),
        ("Chinese", "gb18030"),
        ("Chinese", "utf-16"),
    ],
)
def test_a_firms_own_list_is_read_in_three_languages(tmp_path: Path, language: str, encoding: str) -> None:
    """Whatever language, delimiter and encoding, the party is the same."""
    parties, report = read(read_plain_csv, written(tmp_path, PLAIN[language].encode(encoding)), "context")
    party = parties[0]
    assert party.id == "syn:A1"
    assert [(name.text, name.quality, name.kind) for name in party.names] == [
        ("Kvantor LLC", "primary", ""),
        ("Kvantor Aero", "strong", "alias"),
        ("KVA Aero", "strong", "alias"),
        ("OOO Kvantor", "strong", "alias"),
        ("Kvant", "strong", "alias"),
        ("Zavod 7", "strong", "former"),
        ("KV", "weak", "alias"),
    ]
    assert (party.kind, party.countries, party.addresses) == ("company", ("RU",), ("Lenina 1, Izhevsk",))
    assert party.numbers[0] == ListedNumber("INN", "7700000016")
    assert party.identifiers == ("7700000016", "1027700000016")
    listing = party.listings[0]
    assert (listing.measure, listing.programme, listing.listed_from) == ("asset_freeze", "own", date(2024, 2, 23))
    assert party.note == "bad payer"
    assert party.status == "official"
    assert not report.unknown


def test_rows_of_one_id_are_one_party_and_rows_without_are_not(tmp_path: Path) -> None:
    """Namesakes without an id are never merged on the name alone; their ids stay when other rows come."""
    merged, _ = read(read_plain_csv, written(tmp_path, "id,name\n7,Kvantor\n8,Other\n7,Kvantor Aero\n"))
    assert [[name.text for name in party.names] for party in merged] == [["Kvantor", "Kvantor Aero"], ["Other"]]
    apart, _ = read(read_plain_csv, written(tmp_path, "name\nKvantor\nKvantor\n"))
    assert [party.id for party in apart] == [apart[0].id, f"{apart[0].id}-2"]
    later, _ = read(read_plain_csv, written(tmp_path, "name\nNew\nKvantor\n"))
    assert later[1].id == apart[0].id


def test_unknown_columns_and_countries_of_an_own_list_are_kept_and_said(tmp_path: Path) -> None:
    """Nothing that a firm wrote is lost."""
    parties, report = read(read_plain_csv, written(tmp_path, "name,country,colour\nKvantor,Atlantis,blue\n"))
    assert parties[0].note == "country: Atlantis; blue"
    assert report.unknown == {"column 'colour'": 1, "country 'Atlantis'": 1}


@pytest.mark.parametrize(
    ("day", "first", "basis"),
    [
        ("2024-02-23", date(2024, 2, 23), ""),
        ("03/04/2024", date(2024, 4, 3), "03/04/2024 read with the day first"),
        ("2024", date(2024, 1, 1), "the list says 2024"),
    ],
)
def test_the_day_of_listing_says_how_it_is_known(tmp_path: Path, day: str, first: date, basis: str) -> None:
    party = the_only(read(read_plain_csv, written(tmp_path, f"name,listed from\nKvantor,{day}\n")))
    assert (party.listings[0].listed_from, party.listings[0].date_basis) == (first, basis)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("firma;land\nKvantor;RU\n", "has no column of names; its columns are 'firma', 'land'; call one of them name"),
        ("name,measure\nKvantor,shun\n", "2: the measure 'shun' is not known"),
        ("name,kind\nKvantor,compny\n", "the kind 'compny' is not known; did you mean 'company'"),
        ("name,listed from\nKvantor,soon\n", "the date 'soon' cannot be read; write it as 2024-02-23"),
        ("name,country\nKvantor, Ltd,RU\n", "has 3 cells and the header 2: is a comma not quoted"),
        ("id,name,measure\n1,A1,denied\n1,A2,sectoral\n", "the measures denied and sectoral for one party"),
        (b"name,country\n" + "Квантор,RU\n".encode("cp1251"), "save it as UTF-8"),
        ("name\n", "holds no entry"),
        ("", "has no column of names; its columns are none"),
    ],
)
def test_an_own_list_that_cannot_be_read_says_what_would_be_right(
    tmp_path: Path, content: str | bytes, problem: str
) -> None:
    with pytest.raises(WatchlistError, match=problem):
        read(read_plain_csv, written(tmp_path, content))


# --- the project's own YAML

YAML = (
    "list: {id: own, title: Own, issuer: s, source: s, retrieved: 2026-11-22, licence: CC0-1.0}\n"
    "expect: {entities: 1}\n"
    "lists: [{id: own-freeze, title: Frozen, issuer: s, measure: asset_freeze}]\n"
    "entities:\n  - {id: kvaz, kind: company, names: [Kvantor LLC], listings: [{list: own-freeze}]}\n"
)


def test_own_yaml_is_read_as_a_list(tmp_path: Path) -> None:
    """Its parties keep the lists that the file declares; its faults come as one error."""
    parties, report = read(read_own_yaml, written(tmp_path, YAML))
    assert parties[0].id == "syn:kvaz"
    assert parties[0].listings[0].list == "own-freeze"
    assert (report.published, report.counts["entries"]) == (date(2026, 11, 22), 1)
    with pytest.raises(WatchlistError, match="unknown key"):
        read(read_own_yaml, written(tmp_path, YAML.replace("kind:", "knd: x, kind:")))


# --- real files


@pytest.mark.data
@pytest.mark.parametrize(
    ("file", "reader", "measure", "counts", "unknown"),
    [
        ("format_samples_pep/targets.simple.csv", read_targets_simple, "context", (5, 11, 0, 0, 5), 0),
        ("format_samples_pep/targets.nested.json", read_ftm, "context", (5, 11, 0, 0, 5), 0),
        # property names that are not of FollowTheMoney, and damage: keys outside of `properties`, bare values, objects
        ("format_samples_pep/entities.ftm.json", read_ftm, "context", (423, 2630, 7, 0, 422), 99),
        ("yente_fixtures/parteispenden.entities.ftm.json", read_ftm, "context", (96, 96, 0, 103, 0), 0),
        # the fixture lacks 16 addresses and the number of a passport
        ("yente_fixtures/zala.entities.ftm.json", read_ftm, "asset_freeze", (14, 242, 7, 111, 76), 2),
        ("senzing/us_congress_senzing.json", read_senzing, "context", (1319, 1352, 0, 0, 1103), 0),
        ("senzing/organizations.json", read_senzing, "context", (2, 2, 0, 2, 2), 0),
        ("senzing/persons.jsonl", read_senzing, "context", (3, 3, 0, 2, 3), 0),
        ("senzing/features_format.jsonl", read_senzing, "context", (2, 2, 0, 2, 0), 0),
        ("format_samples_pep/senzing.json", read_senzing, "context", (14, 23, 0, 0, 28), 0),
    ],
)
def test_the_open_files_are_read_in_full(
    test_data: Path, file: str, reader: Reader, measure: Measure, counts: tuple[int, ...], unknown: int
) -> None:
    """Entries, names, weak names, addresses, identifiers; and no word of the file that is not known, but those explained."""
    _, report = read(reader, test_data / "lists" / "opensanctions" / file, measure)
    kinds = ("entries", "names", "weak names", "addresses", "identifiers")
    assert tuple(report.counts[kind] for kind in kinds) == counts
    assert len(report.unknown) == unknown


@pytest.mark.data
def test_every_sanction_of_the_joined_file_finds_its_party(test_data: Path) -> None:
    """41 sanctions, of which one is the Entity List's: a licence, no freeze."""
    parties, report = read(
        read_ftm, test_data / "lists" / "opensanctions" / "yente_fixtures" / "zala.entities.ftm.json"
    )
    assert report.counts["sanctions joined"] == report.counts["Sanction entities"] == 41
    listings = [one for party in parties for one in party.listings]
    assert {one.measure for one in listings if one.programme == "US-BIS-EL"} == {"export_licence"}
    assert {one.measure for one in listings if one.programme.startswith("UA-WS")} == {"context"}
    assert {one.measure for one in listings if one.programme == "GB-RUS"} == {"asset_freeze"}
