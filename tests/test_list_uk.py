"""The UK Sanctions List in CSV and XML, and the retired OFSI list; all parties are made up."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from list_files import read_list, shown, table, workbook
from sanctionscreen.errors import WatchlistError
from sanctionscreen.model import ListedParty
from sanctionscreen.watchlist.official.reading import Report
from sanctionscreen.watchlist.official.uk_ofsi import read_ofsi_csv, read_ofsi_xlsx
from sanctionscreen.watchlist.official.uk_sanctions_list import read_uk_csv, read_uk_xml

OFSI_COLUMNS = (
    "Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Title,Name Non-Latin Script,Non-Latin Script Type,"
    "Non-Latin Script Language,DOB,Town of Birth,Country of Birth,Nationality,Passport Number,Passport Details,"
    "National Identification Number,National Identification Details,Position,Address 1,Address 2,Address 3,Address 4,"
    "Address 5,Address 6,Post/Zip Code,Country,Other Information,Group Type,Alias Type,Alias Quality,Regime,Listed On,"
    "UK Sanctions List Date Designated,Last Updated,Group ID"
).split(",")
PERSON = {
    "Name 6": "KVANTOROV", "Name 1": "Semyon", "DOB": "00/00/1971", "Nationality": "(1) Russia. (2) Cyprus",
    "Passport Number": "(1) 715000001 (2) 640000002.", "Passport Details": "(1) Russian (2) Cypriot",
    "Group Type": "Individual", "Alias Type": "Primary name", "Regime": "Russia", "Listed On": "15/03/2022",
    "UK Sanctions List Date Designated": "15/03/2022", "Group ID": "90001",
}  # fmt: skip
COMPANY = {
    "Name 6": "SYNTHETIC OPTICS INSTITUTE (SOI)", "Group Type": "Entity", "Alias Type": "Primary name",
    "Regime": "Russia", "Listed On": "24/02/2023", "Group ID": "90002", "Country": "Russia", "Address 6": "Moscow",
    "Other Information": "(UK Sanctions List Ref):RUS9002. (Business Reg No):Tax Identification Number: INN: 7700000012 "
    "KPP: 770001001. 1027700000099 (Russia) (Phone number):+7 495 0000000 (Website):example.org",
}  # fmt: skip


def ofsi(path: Path, *rows: dict[str, str]) -> tuple[list[ListedParty], Report]:
    return read_list(read_ofsi_csv, table(path, OFSI_COLUMNS, *rows, before="Last Updated,05/06/2023\r\n"))


@pytest.fixture
def at(tmp_path: Path) -> Path:
    return tmp_path / "ConList.csv"


def test_the_rows_of_a_group_are_one_party_even_when_they_are_apart(at: Path) -> None:
    """One row is one name, one date and one address; another party may stand between them."""
    weak = PERSON | {
        "Name 6": "SENYA",
        "Name 1": "",
        "DOB": "03/1972",
        "Alias Type": "AKA",
        "Alias Quality": "Low quality",
    }
    former = PERSON | {"Name 1": "Simon", "Alias Type": "FKA", "Name Non-Latin Script": "Семён Кванторов"}
    parties, _ = ofsi(at, PERSON, COMPANY, weak, former | {"Non-Latin Script Type": "Cryillic"})
    person = parties[0]
    assert [party.id for party in parties] == ["test:90001", "test:90002"]
    assert shown(person.names) == [
        ("Semyon KVANTOROV", "primary", ""),
        ("SENYA", "weak", "alias"),
        ("Simon KVANTOROV", "strong", "former"),
        ("Семён Кванторов", "strong", "original script"),
    ]
    assert person.names[3].script == "Cyrillic"
    assert [(day.text, day.first, day.last) for day in person.dates] == [
        ("00/00/1971", date(1971, 1, 1), date(1971, 12, 31)),
        ("03/1972", date(1972, 3, 1), date(1972, 3, 31)),
    ]
    assert person.countries == ("RU", "CY")
    assert [(n.kind, n.number, n.note) for n in person.numbers] == [
        ("Passport Number", "715000001", "Russian"),
        ("Passport Number", "640000002", "Cypriot"),
    ]
    assert person.listings[0].listed_from == date(2022, 3, 15)
    assert person.source == "ConList.csv line 3"


def test_identifiers_in_other_information_are_read_under_their_labels(at: Path) -> None:
    """The office code of the tax service belongs to thousands of firms, and a telephone number is none."""
    (company,), _ = ofsi(at, COMPANY)
    assert {(n.kind, n.number) for n in company.numbers} == {
        ("UK Sanctions List Ref", "RUS9002"),
        ("INN", "7700000012"),
        ("Business Reg No", "1027700000099"),
    }
    assert company.addresses == ("Moscow, Russia",)


def test_a_name_with_its_abbreviation_is_found_with_and_without_it(at: Path) -> None:
    """An abbreviation alone is weak; a place in brackets is part of the name."""
    plant = COMPANY | {"Name 6": "MACHINE PLANT (KOLOMNA)", "Group ID": "90003"}
    (company, other), _ = ofsi(at, COMPANY, plant)
    assert shown(company.names) == [
        ("SYNTHETIC OPTICS INSTITUTE (SOI)", "primary", ""),
        ("SYNTHETIC OPTICS INSTITUTE", "strong", "spelling"),
        ("SOI", "weak", "spelling"),
    ]
    assert shown(other.names) == [("MACHINE PLANT (KOLOMNA)", "primary", "")]


def test_a_ship_has_its_imo_number_its_flag_and_the_year_it_was_built(at: Path) -> None:
    """They stand in Other Information, each under a label."""
    said = "(IMO number):9000003 (Current owners):Synthetic Shipping (Flag of ship):Comoros (Year built):1985"
    ship = COMPANY | {"Name 6": "KVANTOR STAR", "Group Type": "Ship", "Country": "", "Other Information": said}
    (party,), _ = ofsi(at, ship)
    assert (party.kind, party.identifiers, party.countries) == ("vessel", ("9000003",), ("KM",))
    assert [(day.what, day.text) for day in party.dates] == [("build", "1985")]


def test_the_workbook_gives_the_same_with_header_cells_cut_short(tmp_path: Path) -> None:
    """Some exports cut the header at thirty characters, and leave out empty cells at the end of a row."""
    cut = [name[:30] for name in OFSI_COLUMNS]
    path = workbook(
        tmp_path / "ConList.xlsx", ["Last Updated", "05/06/2023"], cut, [PERSON.get(c) for c in OFSI_COLUMNS]
    )
    (party,), report = read_list(read_ofsi_xlsx, path)
    assert (party.id, party.listings[0].listed_from) == ("test:90001", date(2022, 3, 15))
    assert (report.published, dict(report.unknown)) == (date(2023, 6, 5), {})


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"Alias Quality": "Doubtful"}, "Alias Quality 'Doubtful'"),
        ({"Alias Type": "Nickname"}, "Alias Type 'Nickname'"),
        ({"Group Type": "Aircraft"}, "Group Type 'Aircraft'"),
        ({"Group ID": ""}, "has no Group ID"),
    ],
)
def test_a_value_that_changes_what_an_entry_means_stops_the_reading(
    at: Path, change: dict[str, str], said: str
) -> None:
    """It says where, what, and what is known."""
    with pytest.raises(WatchlistError, match=rf"ConList.csv:3: .*{said}"):
        ofsi(at, PERSON | change)


def test_what_the_reader_does_not_know_is_counted_and_kept(at: Path) -> None:
    """A new column is a remark of the entry; a country that is none is one too."""
    columns = [*OFSI_COLUMNS, "Shoe Size"]
    path = table(at, columns, PERSON | {"Shoe Size": "44", "Nationality": "Belrus"}, before="Last Updated,05/06/2023\n")
    (party,), report = read_list(read_ofsi_csv, path)
    assert dict(report.unknown) == {"column 'Shoe Size'": 1, "nationality 'Belrus'": 1}
    assert "Shoe Size: 44" in party.note
    assert "nationality: Belrus" in party.note


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "has no header"),
        (b"<!DOCTYPE html><html><body>moved</body></html>", "has no header"),
        (b"a,b,c\n1,2,3\n", "has no header"),
        (b"Name 6,Name 1,Group Type,Alias Type,Regime\nX,Y,Entity,AKA,Russia\n", "has no column Group ID"),
        (b"Last Updated,05/06/2023\n" + ",".join(OFSI_COLUMNS).encode() + b"\n", "holds no entry"),
        (b"Last Updated,05/06/2023\n" + ",".join(OFSI_COLUMNS).encode() + b"\nKVANTOR,Se", "is the file cut?"),
    ],
)
def test_another_file_an_empty_one_and_a_cut_one_are_refused(at: Path, content: bytes, said: str) -> None:
    """Nothing is read from a file that is not the list, whole."""
    at.write_bytes(content)
    with pytest.raises(WatchlistError) as caught:
        read_list(read_ofsi_csv, at)
    assert said in str(caught.value)


UK_COLUMNS = (
    "Last Updated,Unique ID,OFSI Group ID,UN Reference Number,Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Name type,"
    "Alias strength,Title,Name non-latin script,Non-latin script type,Non-latin script language,Regime Name,"
    "Designation Type,Designation source,Sanctions Imposed,Other Information,UK Statement of Reasons,Address Line 1,"
    "Address Line 2,Address Line 3,Address Line 4,Address Line 5,Address Line 6,Address Postal Code,Address Country,"
    "Phone number,Website,Email address,Date Designated,D.O.B,Nationality(/ies),National Identifier number,"
    "National Identifier additional information,Passport number,Passport additional information,Position,Gender,"
    "Town of birth,Country of birth,Type of entity,Subsidiaries,Parent company,Business registration number (s),"
    "IMO number,Current owner/operator (s),Previous owner/operator (s),Current believed flag of ship,Previous flags,"
    "Type of ship,Tonnage of ship,Length of ship,Year Built,Hull identification number (HIN)"
).split(",")
RUSSIA = "The Russia (Sanctions) (EU Exit) Regulations 2019"
UK_COMPANY = {
    "Unique ID": "RUS9001", "Name 6": "KVANTOR LLC", "Name type": "Primary Name", "Regime Name": RUSSIA,
    "Designation Type": "Entity", "Designation source": "UK", "Sanctions Imposed": "Asset freeze|Trust Services Sanctions",
    "Date Designated": "24/02/2023", "UK Statement of Reasons": "Makes lenses &amp; mirrors.", "Address Line 6": "Moscow",
    "Address Country": "Russia", "Business registration number (s)": "INN: 7700000012; OGRN 1027700000099",
    "OFSI Group ID": "99001",
}  # fmt: skip
UK_SHIP = {
    "Unique ID": "RUS9002", "Name 6": "Kvantor Star", "Name type": "Primary Name", "Regime Name": RUSSIA,
    "Designation Type": "Ship", "Sanctions Imposed": "Prohibition of port entry", "Date Designated": "18/07/2024",
    "IMO number": "9000003", "Current believed flag of ship": "Gabon", "Year Built": "2004", "Type of ship": "Crude oil tanker",
}  # fmt: skip
UK_XML = f"""<?xml version="1.0" encoding="utf-8"?>
<Designations><DateGenerated>13/02/2026</DateGenerated>
<Designation><DateDesignated>24/02/2023</DateDesignated><UniqueID>RUS9001</UniqueID><OFSIGroupID>99001</OFSIGroupID>
 <Names><Name><Name6>KVANTOR LLC</Name6><NameType>Primary Name</NameType></Name>
 <Name><Name6>Kvant</Name6><NameType>ALias</NameType><AliasStrength>Low quality a.k.a</AliasStrength></Name></Names>
 <NonLatinNames><NonLatinName><NameNonLatinScript>ООО Квантор</NameNonLatinScript></NonLatinName></NonLatinNames>
 <RegimeName>{RUSSIA}</RegimeName><IndividualEntityShip>Entity</IndividualEntityShip>
 <DesignationSource>UK</DesignationSource><SanctionsImposed>Asset freeze|Trust Services Sanctions</SanctionsImposed>
 <SanctionsImposedIndicators><AssetFreeze>true</AssetFreeze><TravelBan>false</TravelBan></SanctionsImposedIndicators>
 <UKStatementofReasons>Makes lenses &amp;amp; mirrors.</UKStatementofReasons>
 <Addresses><Address><AddressLine6>Moscow</AddressLine6><AddressCountry>Russia</AddressCountry></Address></Addresses>
 <EntityDetails><Entity><BusinessRegistrationNumbers><BusinessRegistrationNumber>INN: 7700000012; OGRN 1027700000099
 </BusinessRegistrationNumber></BusinessRegistrationNumbers></Entity></EntityDetails></Designation>
<Designation><UniqueID>RUS9002</UniqueID><Names><Name><Name6>Kvantor Star</Name6><NameType>Primary name</NameType></Name>
 </Names><RegimeName>{RUSSIA}</RegimeName><IndividualEntityShip>Ship</IndividualEntityShip>
 <SanctionsImposed>Prohibition of port entry</SanctionsImposed><ShipDetails><Ship><IMONumbers><IMONumber>9000003</IMONumber>
 </IMONumbers><CurrentBelievedFlagOfShips><CurrentBelievedFlagOfShip>Gabon</CurrentBelievedFlagOfShip>
 </CurrentBelievedFlagOfShips><YearsBuilt><YearBuilt>2004</YearBuilt></YearsBuilt></Ship></ShipDetails></Designation>
<Designation><UniqueID>GHR9003</UniqueID><Names><Name><Name1>Anna</Name1><Name6>SYNTHETICA</Name6>
 <NameType>Primary Name</NameType></Name></Names><RegimeName>Global Human Rights</RegimeName>
 <IndividualEntityShip>Individual</IndividualEntityShip><SanctionsImposed>Asset freeze|Travel Ban</SanctionsImposed>
 <IndividualDetails><Individual><DOBs><DOB>dd/mm/1965</DOB></DOBs><Nationalities><Nationality>Belarus</Nationality>
 </Nationalities><PassportDetails><Passport><PassportNumber>P0000001</PassportNumber>
 <PassportAdditionalInformation>Belarusian passport</PassportAdditionalInformation></Passport></PassportDetails>
 <BirthDetails><Location><TownOfBirth>Minsk</TownOfBirth></Location></BirthDetails></Individual></IndividualDetails>
</Designation></Designations>"""


def uk_csv(folder: Path, *rows: dict[str, str]) -> tuple[list[ListedParty], Report]:
    path = table(folder / "uk.csv", UK_COLUMNS, *rows, before="Report Date: 13-Feb-2026\n")
    return read_list(read_uk_csv, path)


def uk_xml(folder: Path, text: str) -> tuple[list[ListedParty], Report]:
    path = folder / "uk.xml"
    path.write_text(text, encoding="utf-8")
    return read_list(read_uk_xml, path)


def test_the_csv_and_the_xml_give_the_same_party(tmp_path: Path) -> None:
    """The rows of one Unique ID are one designation."""
    weak = UK_COMPANY | {"Name 6": "Kvant", "Name type": "Alias", "Alias strength": "Low quality a.k.a"}
    native = UK_COMPANY | {"Name 6": "", "Name type": "", "Name non-latin script": "ООО Квантор"}
    (from_csv, _), csv_report = uk_csv(tmp_path, UK_COMPANY, UK_SHIP, weak, native)
    (from_xml, ship, person), xml_report = uk_xml(tmp_path, UK_XML)
    for party in (from_csv, from_xml):
        assert shown(party.names) == [
            ("KVANTOR LLC", "primary", ""),
            ("Kvant", "weak", "alias"),
            ("ООО Квантор", "strong", "original script"),
        ]
        assert {(n.kind, n.number) for n in party.numbers} == {
            ("OFSI Group ID", "99001"), ("INN", "7700000012"), ("OGRN", "1027700000099"),
        }  # fmt: skip
        assert party.addresses == ("Moscow, Russia",)
        assert (party.listings[0].measure, party.listings[0].programme) == ("asset_freeze", RUSSIA)
        assert party.listings[0].listed_from == date(2023, 2, 24)
        assert "UK Statement of Reasons: Makes lenses & mirrors." in party.note
    assert csv_report.published == xml_report.published == date(2026, 2, 13)
    assert csv_report.unknown == xml_report.unknown == {}
    assert (ship.kind, ship.identifiers, ship.countries) == ("vessel", ("9000003",), ("GA",))
    assert person.dates[0].first == date(1965, 1, 1)
    assert (person.numbers[0].number, person.numbers[0].note) == ("P0000001", "Belarusian passport")


@pytest.mark.parametrize(
    ("imposed", "measure"),
    [
        ("Asset freeze", "asset_freeze"),
        ("Travel Ban|Asset freeze", "asset_freeze"),
        ("Asset freeze|A measure of tomorrow", "asset_freeze"),
        ("De-flag|Prohibition of port entry", "sectoral"),
        ("Travel Ban", "sectoral"),
        ("Director Disqualification Sanction", "sectoral"),
        ("", "asset_freeze"),
    ],
)
def test_sanctions_imposed_say_what_a_designation_means(tmp_path: Path, imposed: str, measure: str) -> None:
    """An asset freeze comes first; without any measure the list's own holds, and is said."""
    (party,), report = uk_csv(tmp_path, UK_SHIP | {"Sanctions Imposed": imposed})
    assert party.listings[0].measure == measure
    assert bool(report.unknown) == (imposed in ("", "Asset freeze|A measure of tomorrow"))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"Sanctions Imposed": "A measure of tomorrow"}, "imposes 'A measure of tomorrow' on RUS9002"),
        ({"Alias strength": "Medium quality a.k.a"}, "Alias strength 'Medium quality a.k.a'"),
        ({"Designation Type": "Aircraft"}, "Designation Type 'Aircraft'"),
        ({"Unique ID": ""}, "Unique ID ''"),
    ],
)
def test_a_measure_quality_or_kind_that_is_not_known_stops_the_reading(
    tmp_path: Path, change: dict[str, str], said: str
) -> None:
    """It could change what a hit means."""
    with pytest.raises(WatchlistError, match=said):
        uk_csv(tmp_path, UK_SHIP | change)


def test_a_flag_of_the_xml_that_is_not_known_stops_the_reading(tmp_path: Path) -> None:
    """The flags say the same as the text; a new one beside no asset freeze is a new measure."""
    text = UK_XML.replace(
        "<SanctionsImposed>Prohibition of port entry</SanctionsImposed>",
        "<SanctionsImposedIndicators><Detention>true</Detention></SanctionsImposedIndicators>",
    )
    with pytest.raises(WatchlistError, match="imposes 'Detention'"):
        uk_xml(tmp_path, text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (UK_XML[: len(UK_XML) // 2], "is not XML, or is cut"),
        ("<html><body>moved</body></html>", "is <html> where <Designations> is right"),
        ("<Designations/>", "holds no entry"),
        ('<!DOCTYPE d [<!ENTITY a "aaaa">]><Designations>&a;</Designations>', "declares a document type"),
        ("not xml", "is not XML"),
    ],
)
def test_xml_that_is_not_the_whole_list_is_refused(tmp_path: Path, text: str, said: str) -> None:
    """Cut, another document, empty, or a bomb."""
    with pytest.raises(WatchlistError, match=said):
        uk_xml(tmp_path, text)


def test_an_element_that_is_not_known_is_counted_and_kept(tmp_path: Path) -> None:
    """Its text is a remark of the entry."""
    text = UK_XML.replace("<UniqueID>GHR9003</UniqueID>", "<UniqueID>GHR9003</UniqueID><Mood>calm</Mood>")
    parties, report = uk_xml(tmp_path, text)
    assert dict(report.unknown) == {"element 'Mood'": 1}
    assert "Mood: calm" in parties[2].note


@pytest.mark.data
def test_the_real_ofsi_list_is_read_in_full(test_data: Path) -> None:
    """Groups and names as counted in the facts; the countries not known are misspelt, or cities."""
    path = test_data / "lists" / "gb_ofsi_conlist" / "ConList_2023-06.xlsx"
    parties, report = read_list(read_ofsi_xlsx, path)
    assert len(parties) == 3_993
    assert report.counts["names"] - report.counts["names from brackets"] == 13_768
    published_weak = sum(n.quality == "weak" and n.kind != "spelling" for party in parties for n in party.names)
    assert (published_weak, report.counts["addresses"]) == (589, 2_688)
    assert all(party.names[0].quality == "primary" and party.listings[0].listed_from for party in parties)
    assert set(report.unknown) == {
        "country 'Moscow'", "nationality 'Russian'", "nationality 'Palestinian'", "nationality 'Repubic of Moldova'",
        "nationality 'Belrus'", "nationality 'German'",
    }  # fmt: skip


@pytest.mark.data
def test_the_real_header_of_the_uk_sanctions_list_has_no_unknown_column(test_data: Path) -> None:
    """The rows of that sample were written by hand, and do not fit its header: they are refused."""
    path = test_data / "lists" / "samples_small" / "UK-Sanctions-List_header_sample.csv"
    report = Report("test", "asset_freeze")
    with pytest.raises(WatchlistError, match="has 57 cells, 58 are right"):
        list(read_uk_csv({"main": path}, report))
    assert not report.unknown
    assert report.published == date(2026, 2, 13)
