"""The Consolidated Screening List in CSV and JSON, and the Denied Persons List in both its forms."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sanctionscreen.errors import WatchlistError
from sanctionscreen.model import ListedParty
from sanctionscreen.watchlist.official.bis_denied import country_at_end, read_bis_denied, split_name
from sanctionscreen.watchlist.official.csl import read_csl_csv, read_csl_json
from sanctionscreen.watchlist.official.csl_sources import SOURCES
from sanctionscreen.watchlist.official.free_text import known_as, mended
from sanctionscreen.watchlist.official.reading import Report

Read = Callable[[Mapping[str, Path], Report], Iterator[ListedParty]]

OLDER = (
    "source,entity_number,type,programs,name,title,addresses,federal_register_notice,start_date,end_date,standard_order,"
    "license_requirement,license_policy,call_sign,vessel_type,gross_tonnage,gross_registered_tonnage,vessel_flag,"
    "vessel_owner,remarks,source_list_url,alt_names,citizenships,dates_of_birth,nationalities,places_of_birth,"
    "source_information_url,ids"
).split(",")
NEWER = ["_id", *OLDER]
SDN = "Specially Designated Nationals (SDN) - Treasury Department"
EL = "Entity List (EL) - Bureau of Industry and Security"
DPL = "Denied Persons List (DPL) - Bureau of Industry and Security"


def read(reader: Read, path: Path, measure: Any = "denied") -> tuple[list[ListedParty], Report]:
    report = Report("us-test", measure)
    return list(reader({"main": path}, report)), report


def table(path: Path, header: list[str], *rows: Mapping[str, str], delimiter: str = ",") -> Path:
    text = io.StringIO()
    writer = csv.DictWriter(text, header, restval="", delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8")
    return path


def csl(tmp_path: Path, *rows: Mapping[str, str], header: list[str] = NEWER) -> tuple[list[ListedParty], Report]:
    return read(read_csl_csv, table(tmp_path / "consolidated.csv", header, *rows))


def one(tmp_path: Path, **cells: str) -> ListedParty:
    (party,), _ = csl(tmp_path, {"_id": "r1", "source": EL, "name": "Example Works", **cells})
    return party


# What the sources mean


@pytest.mark.parametrize(
    ("source", "expected_list", "measure"),
    [
        (SDN, "us-ofac-sdn", "asset_freeze"),
        ("Sectoral Sanctions Identifications List (SSI) - Treasury Department", "us-ofac-ssi", "sectoral"),
        ("Foreign Sanctions Evaders (FSE) - Treasury Department", "us-ofac-fse", "sectoral"),
        ("Palestinian Legislative Council List (PLC) - Treasury Department", "us-ofac-ns-plc", "sectoral"),
        ("Capta List (CAP) - Treasury Department", "us-ofac-capta", "sectoral"),
        ("Non-SDN Menu-Based Sanctions List (NS-MBS List) - Treasury Department", "us-ofac-ns-mbs", "sectoral"),
        ("Non-SDN Menu-Based Sanctions List (MBS) - Treasury Department", "us-ofac-ns-mbs", "sectoral"),
        (
            "Non-SDN Chinese Military-Industrial Complex Companies List (CMIC) - Treasury Department",
            "us-ofac-ns-cmic",
            "sectoral",
        ),
        (EL, "us-bis-entity-list", "export_licence"),
        ("Military End User (MEU) List - Bureau of Industry and Security", "us-bis-meu", "export_licence"),
        ("Unverified List (UVL) - Bureau of Industry and Security", "us-bis-unverified", "unverified"),
        (DPL, "us-bis-denied", "denied"),
        ("ITAR Debarred (DTC) - State Department", "us-ddtc-debarred", "denied"),
        ("Nonproliferation Sanctions (ISN) - State Department", "us-state-isn", "sectoral"),
    ],
)
def test_the_source_decides_list_and_measure(tmp_path: Path, source: str, expected_list: str, measure: str) -> None:
    """A row means what the list means that it is of, not what the file means as a whole."""
    (listing,) = one(tmp_path, source=source).listings
    assert (listing.list, listing.measure) == (expected_list, measure)


@pytest.mark.parametrize(
    "source",
    [
        "Entity List",
        "New List (NEW) - Treasury Department",
        "Entity List (EL) - Department of Nothing",
        "Specially Designated Nationals (SDN) - Bureau of Industry and Security",
        "",
    ],
)
def test_an_unknown_source_stops_the_reading(tmp_path: Path, source: str) -> None:
    """What a hit would mean is not known, so there must be none; the error names the line and what is known."""
    with pytest.raises(WatchlistError, match=r"consolidated\.csv line 2: has the source .*SDN, SSI"):
        csl(tmp_path, {"_id": "r1", "source": source, "name": "Example Works"})


def test_every_source_says_by_which_law() -> None:
    """The law stands beside each measure."""
    assert all(source.law and source.list.startswith("us-") for source in SOURCES.values())


def test_a_party_on_two_lists_is_one_with_two_listings(tmp_path: Path) -> None:
    """OFAC's number joins the rows, wherever they stand; programmes, names and addresses come together."""
    row = {"_id": "77", "entity_number": "77", "type": "Entity", "source": SDN, "name": "EXAMPLE BANK"}
    other = {"_id": "x", "source": EL, "name": "Another"}
    menu = "Non-SDN Menu-Based Sanctions List (NS-MBS List) - Treasury Department"
    parties, report = csl(
        tmp_path,
        {**row, "programs": "ALPHA; BETA", "addresses": "1 Road, Tehran, IR"},
        other,
        {**row, "source": menu, "programs": "GAMMA", "alt_names": "EB; EXAMPLE BANK LTD"},
    )
    bank = next(party for party in parties if party.id == "us-test:77")
    assert [(e.list, e.programme) for e in bank.listings] == [
        ("us-ofac-sdn", "ALPHA"),
        ("us-ofac-sdn", "BETA"),
        ("us-ofac-ns-mbs", "GAMMA"),
    ]
    assert [name.text for name in bank.names] == ["EXAMPLE BANK", "EB", "EXAMPLE BANK LTD"]
    assert [name.quality for name in bank.names] == ["primary", "strong", "strong"]
    assert (report.counts["rows"], report.counts["entries"]) == (3, 2)


# What the cells mean


@pytest.mark.parametrize(
    ("cells", "names"),
    [
        ({"name": "Plain Works"}, ["Plain Works"]),
        ({"name": "Works; and any successor, sub-unit, or subsidiary thereof"}, ["Works"]),
        ({"name": "Works, and any of its successors"}, ["Works"]),
        ({"name": "Works, a.k.a., the following two aliases: —Alpha Ltd.; and —Beta"}, ["Works", "Alpha Ltd.", "Beta"]),
        ({"name": "Works f.k.a. Old Works"}, ["Works", "Old Works"]),
        ({"name": "Works (a.k.a. Alpha; Beta) Moscow"}, ["Works Moscow", "Alpha", "Beta"]),
        ({"name": "Works (Moscow)", "alt_names": "A; and B"}, ["Works (Moscow)", "A", "B"]),
        ({"name": "People?s Works"}, ["People's Works"]),
        ({"name": "HA\x92Example"}, ["HA’Example"]),
        ({"name": "Akande Aka Works"}, ["Akande Aka Works"]),
        ({"name": "Works and any success"}, ["Works and any success"]),
    ],
)
def test_names_of_a_row(tmp_path: Path, cells: dict[str, str], names: list[str]) -> None:
    """Aliases within the name, clauses behind it and lost characters are undone; look-alikes stay whole."""
    assert [name.text for name in one(tmp_path, **cells).names] == names


def test_former_names_are_former(tmp_path: Path) -> None:
    """f.k.a. and a.k.a. say what a name is."""
    party = one(tmp_path, name="Works f.k.a. Old Works", alt_names="f.k.a. Older Works; Wks")
    assert [(name.text, name.kind) for name in party.names[1:]] == [
        ("Old Works", "former"),
        ("Older Works", "former"),
        ("Wks", "alias"),
    ]


@pytest.mark.parametrize(
    ("source", "cell", "addresses", "countries"),
    [
        (EL, "Road 1, Moscow, RU", ("Road 1, Moscow, RU",), ("RU",)),
        (EL, "Road 1, Haifa, IL; and Road 2, Dubai, AE", ("Road 1, Haifa, IL", "Road 2, Dubai, AE"), ("IL", "AE")),
        (EL, "CN", (), ("CN",)),
        (EL, "Road 1, Somewhere", ("Road 1, Somewhere",), ()),
        (DPL, "1 MAIN STREET, EL PASO, TX, 79905", ("1 MAIN STREET, EL PASO, TX, 79905, US",), ("US",)),
        (DPL, "1 ROAD, MUNICH, DE", ("1 ROAD, MUNICH, DE",), ("DE",)),
        (EL, "1 Road, Town, TX, 79905", ("1 Road, Town, TX, 79905",), ()),
    ],
)
def test_addresses_and_countries(
    tmp_path: Path, source: str, cell: str, addresses: tuple[str, ...], countries: tuple[str, ...]
) -> None:
    """The country is the two letters at the end; a country alone is no address."""
    party = one(tmp_path, source=source, addresses=cell)
    assert (party.addresses, party.countries) == (addresses, countries)


@pytest.mark.parametrize(
    ("cell", "header", "numbers"),
    [
        ("Passport, A1234567, KP; Tax ID No., 7700000000", NEWER, [("Passport", "A1234567", "KP"), ("Tax ID No.", "7700000000", "")]),
        ("US, 80-0000000, Tax ID No.; 1027700000000, Registration ID", OLDER, [("Tax ID No.", "80-0000000", "US"), ("Registration ID", "1027700000000", "")]),
        ("IMO 9074729, Vessel Registration Identification", OLDER, [("IMO", "9074729", "")]),
        ("Vessel Registration Identification, IMO 9074729", NEWER, [("IMO", "9074729", "")]),
        ("Registration ID, 1027700000000, RU", OLDER, [("Registration ID", "1027700000000", "RU")]),
        ("Gender, Male; Website, example.org", NEWER, []),
        ("Subject to Directive 1, Executive Order 13662 Directive Determination -", OLDER, []),
    ],
)  # fmt: skip
def test_identifiers_in_either_order(
    tmp_path: Path, cell: str, header: list[str], numbers: list[tuple[str, str, str]]
) -> None:
    """Older files have the label behind the number, newer ones before it; what is no number is a remark."""
    (party,), report = csl(tmp_path, {"source": SDN, "entity_number": "5", "name": "WORKS", "ids": cell}, header=header)
    assert [(number.kind, number.number, number.country) for number in party.numbers] == numbers
    assert party.note or party.numbers
    assert not report.unknown


def test_unknown_labels_are_kept_and_said(tmp_path: Path) -> None:
    """A new kind of identifier is an identifier, and is counted as unknown; so is one without a label."""
    parties, report = csl(tmp_path, {"_id": "1", "source": SDN, "name": "WORKS", "ids": "Moon Register, 123456; stray"})
    assert [(number.kind, number.number) for number in parties[0].numbers] == [("Moon Register", "123456")]
    assert report.unknown == {"label 'Moon Register'": 1, "identifiers without a label": 1}
    assert "stray" in parties[0].note


def test_ships_persons_and_dates(tmp_path: Path) -> None:
    """Flag, call sign and what is known of a ship or a person is kept."""
    parties, report = csl(
        tmp_path,
        {"_id": "1", "source": SDN, "type": "Vessel", "name": "EXAMPLE 1", "vessel_flag": "Iran", "call_sign": "EPAB1",
         "vessel_type": "Crude Oil Tanker", "gross_tonnage": "1", "vessel_owner": "Owner Ltd"},
        {"_id": "2", "source": SDN, "type": "Individual", "name": "EXAMPLE, Ivan", "title": "Director",
         "nationalities": "RU; CY", "citizenships": "AM", "dates_of_birth": "1970-02-03; circa 1971; 1968 to 1972",
         "places_of_birth": "Town, Region", "remarks": "(Linked To: WORKS)"},
    )  # fmt: skip
    ship, person = parties
    assert (ship.kind, ship.countries) == ("vessel", ("IR",))
    assert ("Call sign", "EPAB1") in [(number.kind, number.number) for number in ship.numbers]
    assert "vessel_type: Crude Oil Tanker" in ship.note
    assert (person.kind, person.countries) == ("person", ("RU", "CY", "AM"))
    assert [(d.first, d.last) for d in person.dates] == [
        (date(1970, 2, 3), date(1970, 2, 3)),
        (date(1971, 1, 1), date(1971, 12, 31)),
        (date(1968, 1, 1), date(1972, 12, 31)),
    ]
    assert all(words in person.note for words in ("title: Director", "Town, Region", "(Linked To: WORKS)"))
    assert not report.unknown


def test_listing_dates_and_law(tmp_path: Path) -> None:
    """The start is the day of listing, an order whose end has passed is still listed, and a year that cannot be dates nothing."""
    party = one(
        tmp_path, source=DPL, start_date="2017-10-16", end_date="2020-10-13", federal_register_notice="82 F.R. 1"
    )
    (listing,) = party.listings
    assert (listing.listed_from, listing.listed_until) == (date(2017, 10, 16), None)
    assert listing.citation.startswith("82 F.R. 1; 15 CFR 764.3(a)(2)")
    assert [(d.what, d.first) for d in party.dates] == [("end", date(2020, 10, 13))]
    odd = one(tmp_path, start_date="3033-01-17")
    assert (odd.listings[0].listed_from, odd.listings[0].date_basis) == (None, "not a day: 3033-01-17")
    assert "3033-01-17" in odd.note


def test_an_address_that_is_listed_itself_hits_by_the_address_alone(tmp_path: Path) -> None:
    """BIS lists addresses under names such as "Address 01"; that name is nobody's."""
    (party,), report = csl(tmp_path, {"_id": "1", "source": EL, "name": "Address 01", "addresses": "Room 1, Town, HK"})
    assert (party.needs_identifier, party.names[0].quality, party.addresses) == (True, "weak", ("Room 1, Town, HK",))
    assert report.counts["addresses without a party"] == 1
    assert not one(tmp_path, name="Address 01 Trading").needs_identifier


def test_rows_of_the_older_file_have_lasting_numbers(tmp_path: Path) -> None:
    """Without a number in the file, the same row has the same number in every version; other addresses, another one."""
    rows = [
        {"source": EL, "name": "Example", "addresses": "Road 1, Town, NO"},
        {"source": EL, "name": "Example", "addresses": "Road 2, Town, NO"},
    ]
    before = [party.id for party in csl(tmp_path, *rows, header=OLDER)[0]]
    after = [party.id for party in csl(tmp_path, *reversed(rows), header=OLDER)[0]]
    assert len(set(before)) == 2
    assert before == after[::-1]


def test_unknown_columns_types_and_blank_rows_are_said(tmp_path: Path) -> None:
    """Nothing disappears in silence."""
    parties, report = csl(
        tmp_path,
        {"_id": "1", "source": EL, "name": "Works", "type": "Robot", "colour": "red"},
        {"_id": "2"},
        header=[*NEWER, "colour"],
    )
    assert [party.kind for party in parties] == ["any"]
    assert report.unknown == {"column 'colour'": 1, "type 'Robot'": 1}
    assert report.left_out == {"rows without name and source": 1}


# JSON


def results(*records: Mapping[str, Any], **more: Any) -> str:
    return json.dumps({"total": len(records), **more, "results": records, "end": True}, indent=1)


def test_json_gives_what_the_csv_gives(tmp_path: Path) -> None:
    """Both formats make the same party."""
    row = {
        "_id": "77", "entity_number": "77", "type": "Entity", "source": SDN, "name": "EXAMPLE BANK",
        "programs": "ALPHA; BETA", "addresses": "1 Road, Tehran, IR", "alt_names": "EB; EXAMPLE BANK LTD",
        "ids": "Tax ID No., 7700000000, RU", "start_date": "2020-01-02", "nationalities": "IR", "remarks": "All offices",
    }  # fmt: skip
    record = {
        **{key: row[key] for key in ("entity_number", "type", "source", "name", "start_date", "remarks")},
        "id": "77",
        "programs": ["ALPHA", "BETA"],
        "addresses": [{"address": "1 Road", "city": "Tehran", "state": None, "postal_code": None, "country": "IR"}],
        "alt_names": ["EB", "EXAMPLE BANK LTD"],
        "ids": [{"type": "Tax ID No.", "number": "7700000000", "country": "RU", "issue_date": None, "expiration_date": None}],
        "nationalities": ["IR"],
        "citizenships": None,
    }  # fmt: skip
    path = tmp_path / "consolidated.json"
    path.write_text(results(record), encoding="utf-8")
    (from_json,), report = read(read_csl_json, path)
    (from_csv,), _ = csl(tmp_path, row)
    assert not report.unknown
    assert from_json.source == "consolidated.json line 4"
    assert [
        getattr(from_json, f) for f in ("id", "names", "countries", "addresses", "numbers", "listings", "note")
    ] == [getattr(from_csv, f) for f in ("id", "names", "countries", "addresses", "numbers", "listings", "note")]


def test_json_that_is_packed_and_holds_more(tmp_path: Path) -> None:
    """Unknown keys are counted at every depth, and documents keep their days."""
    document = {"type": "Passport", "number": "A1", "country": "XX", "issue_date": "2001-01-01", "colour": "red"}
    record = {"id": "1", "source": SDN, "name": "WORKS", "country": "TH", "new": 1, "ids": [document],
              "addresses": [{"address": "Road", "planet": "Mars"}]}  # fmt: skip
    path = tmp_path / "c.json.gz"
    path.write_bytes(gzip.compress(results(record).encode()))
    (party,), report = read(read_csl_json, path)
    assert party.countries == ("TH",)
    assert party.numbers[0].note == "issued 2001-01-01; XX"
    assert report.unknown == {
        "key 'new'": 1,
        "key of ids 'colour'": 1,
        "key of addresses 'planet'": 1,
        "country 'XX'": 1,
    }


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<html><body>moved</body></html>",
        "[1, 2]",
        '{"error": "no"}',
        '{"results": [',
        results({"source": EL, "name": "Works"})[:-40],
        '{"results": [{"source": "x", "name": "y"}, 7]}',
        '{"results": []}',
        '{"results": [' + '{"a":' * 200_000,
        '{"results": [{"source": ' + "[" * 200_000,
        results({"source": EL, "name": {"first": "Works"}}),
        results({"source": EL, "name": "Works", "addresses": ["Road"]}),
        '{"results": [{"source": NaN}]}',
    ],
)
def test_hostile_json_is_refused(tmp_path: Path, text: str) -> None:
    """Cut, wrong, nested without end: a clear error, nothing else."""
    path = tmp_path / "c.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(WatchlistError, match=r"c\.json"):
        read(read_csl_json, path)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<!DOCTYPE html><html><body>moved</body></html>",
        b"name,source\nWorks,EL\n",
        ",".join(NEWER).encode(),
        (",".join(NEWER) + "\n1,only three,cells\n").encode(),
        b"\x1f\x8b\x08cut",
    ],
)
def test_hostile_csv_is_refused(tmp_path: Path, content: bytes) -> None:
    """No header, no row, a web page, a row that is cut, a damaged archive."""
    path = tmp_path / "c.csv"
    path.write_bytes(content)
    with pytest.raises(WatchlistError, match=r"c\.csv"):
        read(read_csl_csv, path)


# The denied persons

TABBED = (
    "Name Street_Address City State Country Postal_Code Effective_Date Expiration_Date Standard_Order Last_Update Action"
    " FR_Citation"
).split()
EXPORTED = [
    "Name and Address",
    "Effective/Beginning Date",
    "Expiration/Ending Date",
    "Type of Denial",
    "Appropriate Federal Register Citations",
]
ORDER = {
    "Effective_Date": "06/19/2003",
    "Expiration_Date": "06/29/2056",
    "Standard_Order": "Y",
    "FR_Citation": "68 F.R. 1",
}


def denied(tmp_path: Path, *rows: Mapping[str, str]) -> tuple[list[ListedParty], Report]:
    return read(read_bis_denied, table(tmp_path / "dpl.txt", TABBED, *rows, delimiter="\t"))


def test_the_rows_of_one_order_are_one_party(tmp_path: Path) -> None:
    """The same name under the same order is one party with several addresses; under another order it is another."""
    row = {"Name": "I. EXAMPLE", "City": "EL PASO", "State": "TX", "Postal_Code": "79905", **ORDER}
    parties, report = denied(
        tmp_path,
        {**row, "Street_Address": "1 MAIN STREET"},
        {"Name": "OTHER", "Street_Address": "X", "Country": "AE", **ORDER},
        {**row, "Name": "I.  Example", "Street_Address": "2 MAIN STREET", "Country": "US"},
        {**row, "Street_Address": "3 MAIN STREET", "Expiration_Date": ""},
    )
    assert [(party.name, len(party.addresses), party.countries) for party in parties] == [
        ("OTHER", 1, ("AE",)),
        ("I. EXAMPLE", 2, ("US",)),
        ("I. EXAMPLE", 1, ("US",)),
    ]
    (listing,) = parties[1].listings
    assert (listing.measure, listing.listed_from, listing.listed_until) == ("denied", date(2003, 6, 19), None)
    assert listing.citation == "68 F.R. 1"
    assert (report.counts["rows"], report.counts["entries"]) == (4, 3)


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("Effective_Date", "08/29/2922"),
        ("Expiration_Date", "02/30/2020"),
        ("Last_Update", "2922-09-01"),
        ("Last_Update", "3017-08-22"),
        ("Last_Update", "0222-05-18"),
        ("Effective_Date", "soon"),
    ],
)
def test_a_date_that_cannot_be_is_kept_as_text(tmp_path: Path, column: str, text: str) -> None:
    """The typed year is a slip: it dates nothing, stands in a remark, and is counted."""
    (party,), report = denied(tmp_path, {"Name": "I. EXAMPLE", **ORDER, column: text})
    assert f"{text} (as written; it cannot be)" in party.note
    assert report.counts["dates that cannot be"] == 1
    if column == "Effective_Date":
        assert party.listings[0].listed_from is None
        assert party.listings[0].date_basis == f"not a day: {text}"


@pytest.mark.parametrize(
    ("cells", "countries", "unknown"),
    [
        ({"Country": "PRC"}, ("CN",), 0),
        ({"Country": "NM"}, (), 1),
        ({"State": "NH", "Postal_Code": "3801"}, ("US",), 0),
        ({"State": "RS", "Postal_Code": "357020"}, (), 0),
        ({"State": "CA"}, (), 0),
        ({"Country": "CA"}, ("CA",), 0),
    ],
)
def test_countries_of_denied_persons(
    tmp_path: Path, cells: dict[str, str], countries: tuple[str, ...], unknown: int
) -> None:
    """A blank country is the United States only where a state and a ZIP code say so."""
    (party,), report = denied(tmp_path, {"Name": "I. EXAMPLE", **ORDER, **cells})
    assert (party.countries, report.unknown.total()) == (countries, unknown)


def test_aliases_of_denied_persons(tmp_path: Path) -> None:
    """A/K/A and D/B/A part names; brackets without them do not."""
    names = {
        "F. EXAMPLE A/K/A FRANK EXAMPLE": [("F. EXAMPLE", ""), ("FRANK EXAMPLE", "alias")],
        "EAST AIRLINES D/B/A E7": [("EAST AIRLINES", ""), ("E7", "trading name")],
        "PEARL (A.K.A. NEI EXAMPLE) LI": [("PEARL LI", ""), ("NEI EXAMPLE", "alias")],
        "ZONE (GROUP INTERNATIONAL, INC.)": [("ZONE (GROUP INTERNATIONAL, INC.)", "")],
        "MEHMET HAKAN EXAMPLE": [("MEHMET HAKAN EXAMPLE", "")],
        "MAKASAR II": [("MAKASAR II", "")],
    }
    for text, expected in names.items():
        (party,), _ = denied(tmp_path, {"Name": text, **ORDER})
        assert [(name.text, name.kind) for name in party.names] == expected


@pytest.mark.parametrize(
    ("cell", "name", "address"),
    [
        ("A EXAMPLE, 1 MAIN STREET, EL PASO, TX 79905", "A EXAMPLE", "1 MAIN STREET, EL PASO, TX 79905"),
        ("A EXAMPLE, JR., 1 MAIN STREET", "A EXAMPLE, JR.", "1 MAIN STREET"),
        ("WORKS, INC., 1 ROAD, DUBAI, AE", "WORKS, INC.", "1 ROAD, DUBAI, AE"),
        ("LONG CO, LTD., 1 ROAD", "LONG CO, LTD.", "1 ROAD"),
        ("WORKS, COLLEGE ROAD 1", "WORKS", "COLLEGE ROAD 1"),
        ("WORKS, SR STREET 4", "WORKS", "SR STREET 4"),
        ("WORKS", "WORKS", ""),
    ],
)
def test_name_and_address_of_one_cell(cell: str, name: str, address: str) -> None:
    """The name ends at the first comma, unless JR. or INC. stands behind it."""
    assert split_name(cell) == (name, address)


@pytest.mark.parametrize(
    ("address", "country"),
    [
        ("1 ROAD, DUBAI, AE", "AE"),
        ("1 ROAD, EL PASO, TX 79905", "US"),
        ("1 ROAD, EL PASO, TX, 79905-1234", "US"),
        ("1 ROAD, LOS ANGELES, CA", ""),
        ("1 ROAD, BERLIN, GERMANY", "GERMANY"),
        ("1 ROAD, STAVROPOL, RS, 35702", ""),
    ],
)
def test_the_country_at_the_end_of_an_address(address: str, country: str) -> None:
    """Letters that are a state as well as a country say nothing alone."""
    assert country_at_end(address.split(", ")) == country


@pytest.mark.parametrize("header", [EXPORTED, ["Name_and_Address", "Effective_Date", "Expiration_Date", *EXPORTED[3:]]])
def test_the_newer_form(tmp_path: Path, header: list[str]) -> None:
    """Name and address in one cell, a mark at the head of the file, columns under either name."""
    row = dict(
        zip(
            header, ["WORKS, INC., 1 ROAD, DUBAI, AE", "08/24/2022", "01/14/2026", "Standard", "87 F.R. 5"], strict=True
        )
    )
    path = table(tmp_path / "dpl.csv", header, row)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes() + b"\x1a\x00")
    (party,), report = read(read_bis_denied, path)
    assert (party.name, party.addresses, party.countries) == ("WORKS, INC.", ("1 ROAD, DUBAI, AE, AE",), ("AE",))
    assert party.listings[0].listed_from == date(2022, 8, 24)
    assert not report.unknown


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html>moved</html>",
        b"Name\tCity\nA\tB\n",
        "\t".join(TABBED).encode(),
        ("\t".join(TABBED) + "\nA\tcut").encode(),
        b"PK\x03\x04 no workbook",
        b"\x1f\x8b\x08\x00cut",
    ],
)
def test_hostile_denied_persons_are_refused(tmp_path: Path, content: bytes) -> None:
    """Empty, a web page, another table, a header alone, a row that is cut, damaged archives."""
    path = tmp_path / "dpl.txt"
    path.write_bytes(content)
    with pytest.raises(WatchlistError, match=r"dpl\.txt"):
        read(read_bis_denied, path)


def test_a_workbook_that_is_a_bomb_is_refused(tmp_path: Path) -> None:
    """The export may be a workbook; it is measured before it is opened."""
    path = tmp_path / "dpl.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 40_000_000)
    with pytest.raises(WatchlistError, match="without bound"):
        read(read_bis_denied, path)


def test_words_in_the_text_of_cells() -> None:
    """Marks of aliases count only as such; text of Windows is put right, other text is left."""
    assert list(known_as("Karaka Works")) == [("Karaka Works", "")]
    assert list(known_as("Works aka Wks, a.k.a. WK")) == [("Works", ""), ("Wks", "alias"), ("WK", "alias")]
    assert (mended("a\x96b"), mended("Größe"), mended("\x81")) == ("a–b", "Größe", "")


# The real files


@pytest.mark.data
def test_the_real_denied_persons(test_data: Path) -> None:
    """All 581 rows, 461 orders; the country NM (a state in the wrong column) is the only thing that is not understood."""
    parties, report = read(read_bis_denied, test_data / "lists/us_bis_dpl/dpl_2022-09.txt")
    assert report.counts["rows"] == 581
    assert len(parties) == len({party.id for party in parties}) == 461
    assert report.counts["names"] == 464
    assert report.counts["dates that cannot be"] == 3
    assert report.unknown == {"country 'NM'": 1}
    assert not report.left_out


@pytest.mark.data
@pytest.mark.parametrize(("file", "rows"), [("csl_consolidated_sample_recent.csv", 13), ("csl_sample_old.csv", 115)])
def test_the_real_samples_of_the_screening_list(test_data: Path, file: str, rows: int) -> None:
    """Every row of the older and the newer sample is read, and everything in it is understood."""
    parties, report = read(read_csl_csv, test_data / "lists/samples_small" / file)
    assert report.counts["rows"] == rows
    assert len(parties) == rows
    assert not report.unknown
    assert not report.left_out
    assert all(party.source and party.listings for party in parties)
