"""The EU's financial sanctions list in XML and CSV, and the transcribed annexes of Regulation (EU) 833/2014 and others."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest

from sanctionscreen.errors import WatchlistError
from sanctionscreen.model import ListedParty
from sanctionscreen.watchlist.official.eu_annex_iv import read_eu_annex_iv, values_of
from sanctionscreen.watchlist.official.eu_fsf import read_eu_fsf_csv, read_eu_fsf_xml
from sanctionscreen.watchlist.official.free_text import script_of
from sanctionscreen.watchlist.official.reading import Report

Read = Callable[[Mapping[str, Path], Report], Iterator[ListedParty]]

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="2026-08-01T10:00:00.000+02:00" globalFileId="1">'
PERSON = '<subjectType code="person" classificationCode="P"/>'
COMPANY = '<subjectType code="enterprise" classificationCode="E"/>'
LAW = (
    '<regulation regulationType="amendment" organisationType="council" publicationDate="2020-01-02"'
    ' entryIntoForceDate="2020-01-03" numberTitle="2020/1 (OJ L1)" programme="UKR" logicalId="9">'
    "<publicationUrl>https://example.org/law</publicationUrl></regulation>"
)


def read(reader: Read, path: Path) -> tuple[list[ListedParty], Report]:
    report = Report("eu-test", "asset_freeze")
    return list(reader({"main": path}, report)), report


def entity(*parts: str, number: str = "EU.1.1", logical: str = "1", **attributes: str) -> str:
    more = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f'<sanctionEntity euReferenceNumber="{number}" logicalId="{logical}"{more}>{"".join(parts)}</sanctionEntity>'


def name(whole: str, remark: str = "", **attributes: str) -> str:
    more = "".join(f' {key}="{value}"' for key, value in {"strong": "true", **attributes}.items())
    return f'<nameAlias wholeName="{whole}"{more}>{f"<remark>{remark}</remark>" if remark else ""}<regulationSummary/></nameAlias>'


def xml(tmp_path: Path, *entities: str) -> tuple[list[ListedParty], Report]:
    path = tmp_path / "eu.xml"
    path.write_text(f"{HEAD}{''.join(entities)}</export>", encoding="utf-8")
    return read(read_eu_fsf_xml, path)


def one(tmp_path: Path, *parts: str, **attributes: str) -> ListedParty:
    (party,), report = xml(tmp_path, entity(LAW, PERSON, *parts, **attributes))
    assert not report.unknown
    return party


# Names


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ([name("Ivan EXAMPLE"), name("Vanya")], [("Ivan EXAMPLE", "primary", ""), ("Vanya", "strong", "")]),
        ([name("Vanya", strong="false"), name("Ivan EXAMPLE")], [("Ivan EXAMPLE", "primary", ""), ("Vanya", "weak", "")]),
        ([name("A"), name("B", "low quality alias")], [("A", "primary", ""), ("B", "weak", "")]),
        ([name("A"), name("B", "Low quality a.k.a.")], [("A", "primary", ""), ("B", "weak", "")]),
        ([name("A"), name("B", "lo quality aka")], [("A", "primary", ""), ("B", "weak", "")]),
        ([name("A"), name("B", "qood quality alias")], [("A", "primary", ""), ("B", "strong", "")]),
        ([name("A"), name("B", "good quality alias; as previously listed")], [("A", "primary", ""), ("B", "strong", "")]),
        ([name("A"), name("B", "Makes low quality steel")], [("A", "primary", ""), ("B", "strong", "")]),
        ([name("A"), name("B", "formerly known as")], [("A", "primary", ""), ("B", "strong", "former")]),
        ([name("A", "formerly known as B; formerly known as C")], [("A", "primary", ""), ("B", "strong", "former"), ("C", "strong", "former")]),
        ([name("A", "Former Director of B")], [("A", "primary", "")]),
        ([name("A"), name("B", "maiden name")], [("A", "primary", ""), ("B", "strong", "maiden name")]),
        ([name("Sever", "(original script: Север)")], [("Sever", "primary", ""), ("Север", "strong", "original script")]),
        ([name("Sever"), name("Север", "(original script)")], [("Sever", "primary", ""), ("Север", "strong", "original script")]),
        ([name("Only", "low quality alias")], [("Only", "weak", "")]),
        ([name("", firstName="Ivan", middleName="I.", lastName="EXAMPLE")], [("Ivan I. EXAMPLE", "primary", "")]),
    ],
)  # fmt: skip
def test_names_and_their_quality(tmp_path: Path, names: list[str], expected: list[tuple[str, str, str]]) -> None:
    """The first name that is not weak is the primary one; what remarks say of a name counts, what they tell does not."""
    party = one(tmp_path, *names)
    assert [(found.text, found.quality, found.kind) for found in party.names] == expected


def test_languages_scripts_and_remarks_of_names(tmp_path: Path) -> None:
    """The language stands with the name, another script is named, a long remark goes to the party."""
    party = one(tmp_path, name("Exemple", nameLanguage="FR"), name("Пример"), name("B", "x" * 130))
    assert [(found.note, found.script) for found in party.names] == [("language FR", ""), ("", "Cyrillic"), ("", "")]
    assert "x" * 130 in party.note


def test_title_position_and_gender_are_kept(tmp_path: Path) -> None:
    """They are part of the party, not of the name."""
    party = one(tmp_path, name("A B", title="(a) Mullah, (b) Maulavi", function="Minister", gender="M"))
    assert party.note == "title: (a) Mullah, (b) Maulavi; position: Minister; gender: M"


def test_a_name_that_is_neither_strong_nor_weak_stops_the_reading(tmp_path: Path) -> None:
    """Whether a name is screened alone must not be guessed."""
    with pytest.raises(WatchlistError, match=r"eu\.xml record 1: marks a name as strong='maybe'"):
        xml(tmp_path, entity(LAW, PERSON, name("A", strong="maybe")))


def test_an_unknown_word_of_quality_is_said_and_screened(tmp_path: Path) -> None:
    """A slip in a remark must not silence a name."""
    (party,), report = xml(tmp_path, entity(LAW, PERSON, name("A"), name("B", "middling quality alias")))
    assert party.names[1].quality == "strong"
    assert report.unknown == {"quality of a name 'middling'": 1}


# Everything else about an entity


@pytest.mark.parametrize(
    ("attributes", "text", "first", "last"),
    [
        ('birthdate="1970-02-03" year="1970" monthOfYear="2" dayOfMonth="3" circa="false"', "1970-02-03", (1970, 2, 3), (1970, 2, 3)),
        ('birthdate="1970-02-03" year="1970" monthOfYear="2" dayOfMonth="3" circa="true"', "circa 1970-02-03", (1970, 1, 1), (1970, 12, 31)),
        ('year="1970" circa="false"', "1970", (1970, 1, 1), (1970, 12, 31)),
        ('year="1970" monthOfYear="2" circa="false"', "1970-02", (1970, 2, 1), (1970, 2, 28)),
        ('yearRangeFrom="1968" yearRangeTo="1972" circa="true"', "circa 1968 to 1972", (1968, 1, 1), (1972, 12, 31)),
        ('yearRangeTo="1972" circa="false"', "not after 1972", None, (1972, 12, 31)),
    ],
)  # fmt: skip
def test_birth_dates_keep_their_precision(
    tmp_path: Path, attributes: str, text: str, first: tuple[int, int, int] | None, last: tuple[int, int, int]
) -> None:
    """A year is a year, a range a range, and circa is not a day."""
    party = one(tmp_path, name("A"), f'<birthdate calendarType="GREGORIAN" {attributes}/>')
    (born,) = party.dates
    assert (born.what, born.text, born.last) == ("birth", text, date(*last))
    assert born.first == (date(*first) if first else None)


def test_a_date_of_another_calendar_is_a_remark(tmp_path: Path) -> None:
    """1370 of the Islamic calendar is not compared with years of ours."""
    party = one(tmp_path, name("A"), '<birthdate calendarType="ISLAMIC" year="1370" city="Town" countryIso2Code="00"/>')
    assert not party.dates
    assert party.note == "born 1370 (Islamic calendar); birth place: Town"


def test_addresses_citizenship_and_contacts(tmp_path: Path) -> None:
    """The unknown country is none; contacts and remarks are kept."""
    party = one(
        tmp_path,
        name("A"),
        '<address street="Road 1" poBox="PO 2" zipCode="3" city="Town" place="P" region="R" countryIso2Code="RU"'
        ' countryDescription="RUSSIAN FEDERATION" asAtListingTime="false">'
        '<remark>head office</remark><contactInfo key="EMAIL" value="a@example.org"/></address>',
        '<address street="" city="Elsewhere" countryIso2Code="00" countryDescription="UNKNOWN" asAtListingTime="true"/>',
        '<address countryIso2Code="SY" countryDescription="SYRIAN ARAB REPUBLIC"/>',
        '<citizenship countryIso2Code="CD" countryDescription="CONGO, Democratic Republic of (was Zaire)"/>',
    )
    assert party.addresses == ("Road 1, PO 2, 3, Town, P, R, RUSSIAN FEDERATION", "Elsewhere")
    assert party.countries == ("RU", "SY", "CD")
    assert party.note == "e-mail: a@example.org; address: head office; at the time of listing: Elsewhere"


def test_identifications(tmp_path: Path) -> None:
    """A number has its kind, country, and what is said against it; one in a remark with its label is one too."""
    party = one(
        tmp_path,
        "<remark>Registration number: 1021234567890</remark>",
        name("A"),
        '<identification identificationTypeCode="passport" identificationTypeDescription="National passport"'
        ' number="A1234567" latinNumber="" knownFalse="true" diplomatic="true" issueDate="2001-02-03" issuedBy="Town"'
        ' countryIso2Code="IQ" countryDescription="IRAQ"><remark>as seen</remark></identification>',
        unitedNationId="KPi.001",
    )
    assert [(number.kind, number.number, number.country) for number in party.numbers] == [
        ("UN reference", "KPi.001", ""),
        ("Registration number", "1021234567890", ""),
        ("National passport", "A1234567", "IQ"),
    ]
    assert party.numbers[2].note == "issued by Town; issued 2001-02-03; diplomatic; known to be false; as seen"


def test_a_company_with_a_ship_number_stays_a_company(tmp_path: Path) -> None:
    """Shipping companies have IMO numbers too."""
    imo = '<identification identificationTypeCode="imo" identificationTypeDescription="IMO" number="5342883"/>'
    (party,), report = xml(tmp_path, entity(LAW, COMPANY, name("Example Shipping"), imo))
    assert (party.kind, party.identifiers) == ("company", ("5342883",))
    assert not report.unknown


@pytest.mark.parametrize(
    ("attributes", "day", "basis"),
    [
        ({"designationDate": "2014-03-17"}, date(2014, 3, 17), ""),
        ({"designationDetails": "Date of listing: 25/06/2018"}, date(2018, 6, 25), "read from the designation details: Date of listing: 25/06/2018"),
        ({"designationDetails": "22.1.2018"}, date(2018, 1, 22), "read from the designation details: 22.1.2018"),
        ({"designationDetails": "date of listing: 21.01.201"}, None, "not given; the act cited is in force from 2020-01-03"),
        ({}, None, "not given; the act cited is in force from 2020-01-03"),
    ],
)  # fmt: skip
def test_the_day_of_listing(tmp_path: Path, attributes: dict[str, str], day: date | None, basis: str) -> None:
    """The act that is cited is the latest amendment: its day is not the day of listing."""
    (listing,) = one(tmp_path, name("A"), **attributes).listings
    assert (listing.listed_from, listing.date_basis) == (day, basis)
    assert (listing.programme, listing.entry_number) == ("UKR", "EU.1.1")
    assert listing.citation == "Regulation 2020/1 (OJ L1) https://example.org/law"


def test_an_entity_under_two_programmes_is_one_party(tmp_path: Path) -> None:
    """The list repeats the entity, not always at once; each listing keeps its own day."""
    first = entity(LAW, PERSON, name("A"), name("B"), designationDate="2001-01-31")
    second = entity(LAW.replace("UKR", "TAQA"), PERSON, name("B"), name("C"))
    other = entity(LAW, PERSON, name("Z"), number="EU.2.2", logical="2")
    parties, report = xml(tmp_path, first, other, second)
    assert [party.id for party in parties] == ["eu-test:EU.2.2", "eu-test:EU.1.1"]
    assert [found.text for found in parties[1].names] == ["A", "B", "C"]
    assert [(e.programme, e.listed_from) for e in parties[1].listings] == [("UKR", date(2001, 1, 31)), ("TAQA", None)]
    assert (report.counts["records"], report.counts["entries"], report.counts["name records"]) == (3, 2, 5)
    assert report.published == date(2026, 8, 1)


def test_an_entity_without_a_reference_has_the_number_of_the_database(tmp_path: Path) -> None:
    """Older entries have no EU reference number."""
    (party,), _ = xml(tmp_path, entity(LAW, PERSON, name("A"), number="", logical="77"))
    assert party.id == "eu-test:logical-77"


def test_what_is_not_known_is_said(tmp_path: Path) -> None:
    """Elements, attributes and values that no reader knows are counted; the party stays."""
    parties, report = xml(
        tmp_path,
        entity(
            LAW.replace("amendment", "rumour"),
            '<subjectType code="robot" classificationCode="R"/>',
            name("A", colour="red"),
            "<photo url='x'/>",
            '<address countryIso2Code="QX" countryDescription="ATLANTIS"><contactInfo key="FAX" value="1"/><map/></address>',
            '<identification identificationTypeCode="moon" number="12345"/>',
        ),
    )
    assert [party.kind for party in parties] == ["any"]
    assert "country: ATLANTIS" in parties[0].note
    assert report.unknown == {
        "type of regulation 'rumour'": 1,
        "subject type 'robot'": 1,
        "attribute of namealias 'colour'": 1,
        "element 'photo'": 1,
        "country QX ATLANTIS": 1,
        "element address/map": 1,
        "type of identification 'moon'": 1,
    }


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<html><body>moved</body></html>",
        "<!DOCTYPE html><html/>",
        '<!DOCTYPE export [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><export>&b;</export>',
        '<!DOCTYPE export [<!ENTITY a SYSTEM "file:///etc/passwd">]><export>&a;</export>',
        HEAD.replace("fsd/export", "fsd/export/2") + entity(LAW, PERSON, name("A")) + "</export>",
        HEAD + "</export>",
        HEAD + entity(LAW, PERSON, name("A")),
        HEAD + entity(LAW, PERSON, name("A"))[:-30],
        HEAD + "<sanctionEntity>" + name("A") + "</sanctionEntity></export>",
        HEAD + "<sanctionEntity euReferenceNumber='EU.1'>" + "<a>" * 5000,
    ],
)
def test_hostile_xml_is_refused(tmp_path: Path, text: str) -> None:
    """Empty, a web page, bombs, another namespace, cut, without a number, nested without end."""
    path = tmp_path / "eu.xml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(WatchlistError, match=r"eu\.xml"):
        read(read_eu_fsf_xml, path)


def test_a_packed_list_is_read_and_a_packed_bomb_is_not(tmp_path: Path) -> None:
    """Gzip is undone within bounds."""
    path = tmp_path / "eu.xml.gz"
    path.write_bytes(gzip.compress(f"{HEAD}{entity(LAW, PERSON, name('A'))}</export>".encode()))
    assert [party.name for party in read(read_eu_fsf_xml, path)[0]] == ["A"]
    path.write_bytes(gzip.compress((HEAD + entity(LAW, PERSON, name("A")) * 30_000).encode()))
    with pytest.raises(WatchlistError, match="without bound"):
        read(read_eu_fsf_xml, path)


# CSV

LAWS = (
    "Type",
    "OrganisationType",
    "PublicationDate",
    "EntryIntoForceDate",
    "NumberTitle",
    "Programme",
    "PublicationUrl",
)
HEADER = [
    "fileGenerationDate",
    *(f"Entity_{part}" for part in ("LogicalId", "EU_ReferenceNumber", "UnitedNationId", "DesignationDate")),
    *(f"Entity_{part}" for part in ("DesignationDetails", "Remark", "SubjectType", "SubjectType_ClassificationCode")),
    *(f"Entity_Regulation_{part}" for part in LAWS),
    *(f"NameAlias_{part}" for part in ("WholeName", "NameLanguage", "Title", "Remark")),
    *(f"NameAlias_Regulation_{part}" for part in LAWS),
    *(
        f"Address_{part}"
        for part in ("City", "Street", "ContactInfo", "CountryIso2Code", "CountryDescription", "Remark")
    ),
    *(f"BirthDate_{part}" for part in ("BirthDate", "Day", "Month", "Year", "Circa", "CalendarType")),
    *(f"Identification_{part}" for part in ("Number", "TypeCode", "TypeDescription", "IssuedDate", "CountryIso2Code")),
    *(f"Citizenship_{part}" for part in ("CountryIso2Code", "CountryDescription")),
]
ENTITY = {
    "fileGenerationDate": "01/08/2026",
    "Entity_LogicalId": "1",
    "Entity_EU_ReferenceNumber": "EU.1.1",
    "Entity_DesignationDate": "2014-03-17",
    "Entity_Remark": "a remark",
    "Entity_SubjectType": "person",
    "Entity_SubjectType_ClassificationCode": "P",
    "Entity_Regulation_Type": "amendment",
    "Entity_Regulation_EntryIntoForceDate": "2020-01-03",
    "Entity_Regulation_NumberTitle": "2020/1 (OJ L1)",
    "Entity_Regulation_Programme": "UKR",
    "Entity_Regulation_PublicationUrl": "https://example.org/law",
}


def table(path: Path, header: list[str], *rows: Mapping[str, str], delimiter: str = ";") -> Path:
    text = io.StringIO()
    writer = csv.DictWriter(text, header, restval="", delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8-sig")
    return path


def test_csv_gives_what_the_xml_gives(tmp_path: Path) -> None:
    """The rows of an entity are one party, wherever they stand; the party is the same as from the XML."""
    other = {**ENTITY, "Entity_LogicalId": "2", "Entity_EU_ReferenceNumber": "EU.2.2", "NameAlias_WholeName": "Z"}
    path = table(
        tmp_path / "eu.csv",
        HEADER,
        {**ENTITY, "NameAlias_WholeName": "Ivan EXAMPLE", "NameAlias_NameLanguage": "EN", "NameAlias_Title": "Dr."},
        {**ENTITY, "NameAlias_WholeName": "Vanya", "NameAlias_Remark": "Low quality a.k.a."},
        other,
        {**ENTITY, "Address_City": "Town", "Address_Street": "Road; 1", "Address_CountryIso2Code": "RU",
         "Address_CountryDescription": "RUSSIAN FEDERATION", "Address_Remark": "home"},
        {**ENTITY, "BirthDate_BirthDate": "1970-02-03", "BirthDate_Day": "3", "BirthDate_Month": "2",
         "BirthDate_Year": "1970", "BirthDate_Circa": "false", "BirthDate_CalendarType": "GREGORIAN"},
        {**ENTITY, "Identification_Number": "A1234567", "Identification_TypeCode": "passport",
         "Identification_TypeDescription": "National passport", "Identification_IssuedDate": "2001-02-03",
         "Identification_CountryIso2Code": "RU"},
        {**ENTITY, "Citizenship_CountryIso2Code": "RU", "Citizenship_CountryDescription": "RUSSIAN FEDERATION"},
    )  # fmt: skip
    parties, report = read(read_eu_fsf_csv, path)
    from_xml = one(
        tmp_path,
        "<remark>a remark</remark>",
        name("Ivan EXAMPLE", nameLanguage="EN", title="Dr."),
        name("Vanya", "Low quality a.k.a."),
        '<address city="Town" street="Road; 1" countryIso2Code="RU" countryDescription="RUSSIAN FEDERATION">'
        "<remark>home</remark></address>",
        '<birthdate birthdate="1970-02-03" year="1970" monthOfYear="2" dayOfMonth="3" calendarType="GREGORIAN"/>',
        '<identification number="A1234567" identificationTypeCode="passport"'
        ' identificationTypeDescription="National passport" issueDate="2001-02-03" countryIso2Code="RU"/>',
        '<citizenship countryIso2Code="RU" countryDescription="RUSSIAN FEDERATION"/>',
        designationDate="2014-03-17",
    )
    from_csv = parties[1]
    assert [party.id for party in parties] == ["eu-test:EU.2.2", "eu-test:EU.1.1"]
    for part in ("id", "kind", "names", "countries", "addresses", "numbers", "dates", "listings", "note"):
        assert getattr(from_csv, part) == getattr(from_xml, part)
    assert from_csv.source == "eu.csv line 2"
    assert report.published == date(2026, 8, 1)
    assert not report.unknown


def test_unknown_columns_of_the_csv_are_said(tmp_path: Path) -> None:
    """A new column is counted, also one of a part that is known."""
    row = {**ENTITY, "NameAlias_WholeName": "A", "NameAlias_Colour": "red", "Colour": "red"}
    parties, report = read(read_eu_fsf_csv, table(tmp_path / "eu.csv", [*HEADER, "NameAlias_Colour", "Colour"], row))
    assert len(parties) == 1
    assert report.unknown == {"column 'NameAlias_Colour'": 1, "column 'Colour'": 1}


def test_the_csv_may_mark_weak_names_one_day(tmp_path: Path) -> None:
    """The column that the XML has would be understood."""
    rows = [
        {**ENTITY, "NameAlias_WholeName": "A", "NameAlias_Strong": "true"},
        {**ENTITY, "NameAlias_WholeName": "B", "NameAlias_Strong": "false"},
    ]
    (party,), report = read(read_eu_fsf_csv, table(tmp_path / "eu.csv", [*HEADER, "NameAlias_Strong"], *rows))
    assert [found.quality for found in party.names] == ["primary", "weak"]
    assert not report.unknown


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<!DOCTYPE html><html></html>",
        b"a;b\n1;2\n",
        ";".join(HEADER).encode(),
        (";".join(HEADER) + "\n01/08/2026;1;EU.1").encode(),
        (";".join(HEADER) + "\n01/08/2026" + ";" * (len(HEADER) - 1)).encode(),
        (";".join(HEADER) + "\n" + ";" * 500 + "x").encode(),
        ("x" * 300_000).encode(),
    ],
)
def test_hostile_csv_is_refused(tmp_path: Path, content: bytes) -> None:
    """Empty, a web page, another table, a header alone, cut rows, rows without a number, endless cells."""
    path = tmp_path / "eu.csv"
    path.write_bytes(content)
    with pytest.raises(WatchlistError, match=r"eu\.csv"):
        read(read_eu_fsf_csv, path)


# The annexes

ANNEX = (
    "celex,recordId,programKey,annex,measure,startDate,reason,schema,name,alias,weakAlias,previousName,country,nationality,"
    "jurisdiction,birthDate,birthPlace,position,passportNumber,gender,appearance,ethnicity,fatherName,motherName,"
    "incorporationDate,legalForm,sector,registrationNumber,taxNumber,idNumber,innCode,ogrnCode,kppCode,okpoCode,leiCode,"
    "swiftBic,ticker,imoNumber,mmsi,flag,address,phone,email,website,notes"
).split(",")
ROW = {
    "celex": "32014R0833",
    "recordId": "1",
    "programKey": "EU-RUS",
    "annex": "IV",
    "measure": "Export control",
    "startDate": "12.9.2014",
    "schema": "LegalEntity",
    "name": "JSC Example",
}


def annex(tmp_path: Path, *rows: Mapping[str, str], header: list[str] = ANNEX) -> tuple[list[ListedParty], Report]:
    return read(read_eu_annex_iv, table(tmp_path / "32014R0833.csv", header, *rows, delimiter=","))


def listed(tmp_path: Path, **cells: str) -> ListedParty:
    (party,), report = annex(tmp_path, {**ROW, **cells})
    assert not report.unknown
    return party


@pytest.mark.parametrize(
    ("words", "measure"),
    [
        ("Asset freeze", "asset_freeze"),
        ("Export control", "export_licence"),
        ("Financial restrictions", "sectoral"),
        ("Transportation restrictions", "sectoral"),
        ("Services ban", "sectoral"),
        ("Investment ban", "sectoral"),
        ("Travel ban", "sectoral"),
    ],
)
def test_the_measure_of_a_row(tmp_path: Path, words: str, measure: str) -> None:
    """An annex of export control is not an asset freeze; the words stay with the citation."""
    (listing,) = listed(tmp_path, measure=words).listings
    assert (listing.measure, listing.programme) == (measure, "EU-RUS 833/2014 Annex IV")
    assert listing.citation == f"CELEX 32014R0833; {words}"


@pytest.mark.parametrize("cells", [{"measure": "Stern words"}, {"measure": ""}, {"celex": "833/2014"}])
def test_an_unknown_measure_or_act_stops_the_reading(tmp_path: Path, cells: dict[str, str]) -> None:
    """What a hit would mean is not known."""
    with pytest.raises(WatchlistError, match=r"32014R0833\.csv line 2: has "):
        annex(tmp_path, {**ROW, **cells})


@pytest.mark.parametrize(
    ("cell", "values"),
    [
        ("", []),
        ("Alpha", ["Alpha"]),
        ("Alpha; Beta", ["Alpha", "Beta"]),
        ("Alpha;Beta ;  Gamma", ["Alpha", "Beta", "Gamma"]),
        ('"Alpha; East"; Beta', ["Alpha; East", "Beta"]),
        ('"The ""Works"""; Beta', ['The "Works"', "Beta"]),
        ("АО «Концерн «Пример»; Beta", ["АО «Концерн «Пример»", "Beta"]),
    ],
)
def test_values_within_a_cell(cell: str, values: list[str]) -> None:
    """Values are parted by semicolons, with the quoting of CSV within the cell."""
    assert values_of(cell) == values


def test_names_of_an_annex(tmp_path: Path) -> None:
    """Weak and former names are marked; brackets in another script hold the name again, others belong to it."""
    party = listed(
        tmp_path,
        name="Sergei EXAMPLE (Сергей ПРИМЕР)",
        alias="JSC Works (Plant); ООО «Пример»",
        weakAlias="SE",
        previousName="Old",
    )
    assert [(found.text, found.quality, found.kind, found.script) for found in party.names] == [
        ("Sergei EXAMPLE (Сергей ПРИМЕР)", "primary", "", ""),
        ("Sergei EXAMPLE", "strong", "spelling", ""),
        ("Сергей ПРИМЕР", "strong", "spelling", "Cyrillic"),
        ("JSC Works (Plant)", "strong", "alias", ""),
        ("ООО «Пример»", "strong", "alias", "Cyrillic"),
        ("SE", "weak", "alias", ""),
        ("Old", "strong", "former", ""),
    ]


def test_identifiers_addresses_and_dates_of_an_annex(tmp_path: Path) -> None:
    """The label behind a number is its kind; the country stands at the end of the address."""
    party = listed(
        tmp_path,
        registrationNumber="7700000000 (Tax ID/INN); 1027700000000",
        innCode="7700000001",
        address='"119435, Moscow; M. Str., 18, Russian Federation"; Kerch, Tankers Str. 4',
        jurisdiction="Uzbekistan",
        incorporationDate="2 December 1985",
        phone="+7 000",
        notes="Makes things; Owns others",
    )
    assert [(number.kind, number.number) for number in party.numbers] == [
        ("Tax ID/INN", "7700000000"),
        ("Registration number", "1027700000000"),
        ("INN", "7700000001"),
    ]
    assert party.addresses == ("119435, Moscow; M. Str., 18, Russian Federation", "Kerch, Tankers Str. 4")
    assert party.countries == ("UZ", "RU")
    assert [(d.what, d.first) for d in party.dates] == [("incorporation", date(1985, 12, 2))]
    assert party.note == "phone: +7 000; Makes things; Owns others"


def test_ships_persons_and_things_of_an_annex(tmp_path: Path) -> None:
    """The kind follows the schema; what a person is said to be is kept."""
    ship = listed(
        tmp_path, schema="Vessel", name="EXAMPLE I", imoNumber="9074729", flag="Cameroon", previousName="OLD I"
    )
    assert (ship.kind, ship.countries, ship.identifiers) == ("vessel", ("CM",), ("9074729",))
    person = listed(
        tmp_path, schema="Person", birthDate="7.2.1956; Approximately 1957", position="Minister", gender="male"
    )
    assert [(d.first, d.last) for d in person.dates] == [
        (date(1956, 2, 7), date(1956, 2, 7)),
        (date(1957, 1, 1), date(1957, 12, 31)),
    ]
    assert person.note == "position: Minister; gender: male"
    assert listed(tmp_path, schema="Asset", name="Example Port").kind == "any"


@pytest.mark.parametrize(
    ("text", "day", "basis"),
    [
        ("12.9.2014", date(2014, 9, 12), ""),
        ("25 February 2025", date(2025, 2, 25), ""),
        ("26 Feb. 2011", date(2011, 2, 26), ""),
        ("2026-08-07", date(2026, 8, 7), ""),
        ("2011-02", date(2011, 2, 1), "first day of what the act prints: 2011-02"),
        ("", None, "not given"),
    ],
)
def test_start_dates_of_an_annex(tmp_path: Path, text: str, day: date | None, basis: str) -> None:
    """Five ways to print a day; a month starts with its first day, and says so."""
    (listing,) = listed(tmp_path, startDate=text).listings
    assert (listing.listed_from, listing.date_basis) == (day, basis)


def test_one_entity_under_several_measures_is_one_party(tmp_path: Path) -> None:
    """Rows that say the same of an entity are one party with a listing each; another entity with the same name is not."""
    transport = {
        **ROW,
        "annex": "V",
        "measure": "Transportation restrictions",
        "imoNumber": "9074729",
        "schema": "Vessel",
    }
    parties, report = annex(
        tmp_path,
        transport,
        {**transport, "measure": "Asset freeze", "reason": "Because"},
        {**transport, "imoNumber": "9074730"},
        {**ROW, "recordId": ""},
    )
    assert [[e.measure for e in party.listings] for party in parties] == [
        ["sectoral", "asset_freeze"],
        ["sectoral"],
        ["export_licence"],
    ]
    assert parties[0].note == "reason: Because"
    assert [party.id.startswith("eu-test:32014R0833-") for party in parties] == [True] * 3
    assert len({party.id for party in parties}) == 3
    assert report.counts["rows"] == 4


def test_one_file_feeds_two_lists_and_no_row_is_in_both(tmp_path: Path) -> None:
    """Each list takes the rows of the annex that its id names, whatever the case; the others are counted, and said."""
    ship = {**ROW, "annex": "xlii", "measure": "Transportation restrictions", "imoNumber": "9074729"}
    second = {**ROW, "recordId": "2", "name": "JSC Second"}
    other = {**ROW, "annex": "", "recordId": "5", "name": "JSC Third"}
    path = table(tmp_path / "32014R0833.csv", ANNEX, ROW, ship, second, other, delimiter=",")
    found: dict[str, list[str]] = {}
    for name in ("eu-833-2014-iv", "eu-833-2014-xlii", "our-acts"):
        report = Report(name, "sectoral")
        found[name] = [party.id for party in read_eu_annex_iv({"main": path}, report)]
        left_out = sum(report.left_out.values())
        assert report.counts["rows"] + left_out == 4
    assert found["eu-833-2014-iv"] == ["eu-833-2014-iv:32014R0833-IV-1", "eu-833-2014-iv:32014R0833-IV-2"]
    assert found["eu-833-2014-xlii"] == ["eu-833-2014-xlii:32014R0833-xlii-1"]
    assert len(found["our-acts"]) == 4
    report = Report("eu-833-2014-xix", "sectoral")
    with pytest.raises(WatchlistError, match=r"nothing that eu-833-2014-xix names; it has rows of 833/2014, annex IV"):
        list(read_eu_annex_iv({"main": path}, report))
    with pytest.raises(WatchlistError, match="it has rows of 833/2014"):
        list(read_eu_annex_iv({"main": path}, Report("eu-269-2014-iv", "asset_freeze")))


def test_amendments_cite_both_acts(tmp_path: Path) -> None:
    """An amendment has the act that is amended, and the one that amends, in front."""
    header = ["amendedCelex", "amendmentCelex", *ANNEX[1:]]
    row = {
        **{key: value for key, value in ROW.items() if key != "celex"},
        "amendedCelex": "32016R0044",
        "amendmentCelex": "32026R1941",
    }
    (party,), report = annex(tmp_path, row, header=header)
    assert party.listings[0].citation == "CELEX 32016R0044, by CELEX 32026R1941; Export control"
    assert party.listings[0].programme == "EU-RUS 2016/44 Annex IV"
    assert not report.unknown


def test_what_an_annex_holds_besides_is_said(tmp_path: Path) -> None:
    """Columns, schemas and countries that are not known are counted; countries stay as remarks."""
    row = {**ROW, "schema": "Ghost", "country": "Atlantis", "colour": "red"}
    (party,), report = annex(tmp_path, row, header=[*ANNEX, "colour"])
    assert (party.kind, party.note) == ("any", "country: Atlantis")
    assert report.unknown == {"column 'colour'": 1, "schema 'Ghost'": 1, "country 'Atlantis'": 1}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html></html>",
        b"name,alias\nA,B\n",
        ",".join(ANNEX).encode(),
        (",".join(ANNEX) + "\n32014R0833,1,EU-RUS").encode(),
        (",".join(ANNEX[1:]) + "\n1" + ",x" * (len(ANNEX) - 2)).encode(),
    ],
)
def test_hostile_annexes_are_refused(tmp_path: Path, content: bytes) -> None:
    """Empty, a web page, another table, a header alone, a row that is cut, no act."""
    path = tmp_path / "annex.csv"
    path.write_bytes(content)
    with pytest.raises(WatchlistError, match=r"annex\.csv"):
        read(read_eu_annex_iv, path)


@pytest.mark.parametrize(
    ("text", "script"),
    [("Example", ""), ("«Пример»", "Cyrillic"), ("示例", "Han"), ("مثال", "Arabic"), ("123", ""), ("", "")],
)
def test_scripts(text: str, script: str) -> None:
    """The first letter says it."""
    assert script_of(text) == script


# The real file


@pytest.mark.data
def test_the_real_list_of_2021(test_data: Path) -> None:
    """2,269 records of 2,248 entities, 21 of them under two programmes; all names, 51 of low quality; nothing unknown."""
    path = test_data / "lists/eu_fsf_xml_2021-03/2021-03-05.xml.gz"
    parties, report = read(read_eu_fsf_xml, path)
    assert report.counts["records"] == 2269
    assert len(parties) == len({party.id for party in parties}) == 2248
    assert sum(len({listing.programme for listing in party.listings}) > 1 for party in parties) == 21
    assert report.counts["name records"] == 9544
    # 9,459 within their records; 43 of them stand in both records of an entity, and remarks give three more
    assert report.counts["names"] - report.counts["names from remarks"] == 9416
    assert report.counts["names from remarks"] == 3
    assert report.counts["weak names"] == 51
    assert report.published == date(2021, 3, 2)
    assert not report.unknown
    assert not report.left_out
    assert all(party.kind in ("person", "company") for party in parties)


@pytest.mark.data
def test_the_real_sample_of_2020(test_data: Path) -> None:
    """A trimmed list of another day is read as well."""
    parties, report = read(read_eu_fsf_xml, test_data / "lists/samples_small/deriv_sample_eu.xml")
    assert parties
    assert not report.unknown
