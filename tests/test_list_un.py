"""The consolidated list of the United Nations Security Council; all parties are made up."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from list_files import read_list, shown
from sanctionscreen.errors import WatchlistError
from sanctionscreen.model import ListedParty
from sanctionscreen.watchlist.official.reading import Report
from sanctionscreen.watchlist.official.un import read_un_xml


def listed(folder: Path, *records: str) -> tuple[list[ListedParty], Report]:
    persons = "".join(f"<INDIVIDUAL>{record}</INDIVIDUAL>" for record in records if "ENTITY_" not in record)
    firms = "".join(f"<ENTITY>{record}</ENTITY>" for record in records if "ENTITY_" in record)
    path = folder / "consolidated.xml"
    path.write_text(
        '<?xml version="1.0" encoding="UTF-8"?><CONSOLIDATED_LIST dateGenerated="2026-02-27T00:00:09.554Z"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<INDIVIDUALS>{persons}</INDIVIDUALS><ENTITIES>{firms}</ENTITIES></CONSOLIDATED_LIST>",
        encoding="utf-8",
    )
    return read_list(read_un_xml, path)


def person(inside: str = "", reference: str = "XXi.001") -> str:
    return (
        f"<FIRST_NAME>ANNA\n   MARIA</FIRST_NAME><SECOND_NAME>SYNTHETICA</SECOND_NAME><UN_LIST_TYPE>Example</UN_LIST_TYPE>"
        f"<REFERENCE_NUMBER>{reference}</REFERENCE_NUMBER><LISTED_ON>2012-07-31</LISTED_ON>{inside}"
    )


def alias(name: str, quality: str, note: str = "", tag: str = "INDIVIDUAL") -> str:
    said = f"<NOTE>{note}</NOTE>" if note else ""
    return f"<{tag}_ALIAS><QUALITY>{quality}</QUALITY><ALIAS_NAME>{name}</ALIAS_NAME>{said}</{tag}_ALIAS>"


def test_a_person_has_the_reference_number_names_and_day_of_listing(tmp_path: Path) -> None:
    """Line ends within a name are spaces; the file says its date."""
    (party,), report = listed(tmp_path, person("<NAME_ORIGINAL_SCRIPT>Анна Синтетика</NAME_ORIGINAL_SCRIPT>"))
    assert (party.id, party.kind) == ("test:XXi.001", "person")
    assert shown(party.names) == [
        ("ANNA MARIA SYNTHETICA", "primary", ""),
        ("Анна Синтетика", "strong", "original script"),
    ]
    assert party.listings[0].programme == "Example"
    assert party.listings[0].listed_from == date(2012, 7, 31)
    assert report.published == date(2026, 2, 27)
    assert report.unknown == {}


@pytest.mark.parametrize(
    ("given", "names"),
    [
        (alias("Ana Sintetica", "Good"), [("Ana Sintetica", "strong", "alias")]),
        (alias("Anya", "Low"), [("Anya", "weak", "alias")]),
        (alias("", ""), []),
        (alias("Ana One; Ana Two", "Good"), [("Ana One", "strong", "alias"), ("Ana Two", "strong", "alias")]),
        (alias("Ana Old", "Good", "previously listed as"), [("Ana Old", "strong", "former")]),
        (alias("Ana Old (previously listed as)", "Low"), [("Ana Old", "weak", "former")]),
        (alias("Ana (Анна)", "Good"), [("Ana", "strong", "alias"), ("Анна", "strong", "original script")]),
        (
            alias("Ana (original script: Анна)", "Good"),
            [("Ana", "strong", "alias"), ("Анна", "strong", "original script")],
        ),
        (
            alias("آنا (Ana One; Ana Two)", "Low"),
            [("آنا", "weak", "original script"), ("Ana One", "weak", "alias"), ("Ana Two", "weak", "alias")],
        ),
        (
            alias("Ana", "Low", "Previously listed as. In Arabic: آنا"),
            [("Ana", "weak", "former"), ("آنا", "weak", "original script")],
        ),
        (alias("Ana Third (third)", "Good"), [("Ana Third (third)", "strong", "alias")]),
    ],
)
def test_an_alias_cell_gives_each_of_its_names_with_its_quality(
    tmp_path: Path, given: str, names: list[tuple[str, str, str]]
) -> None:
    """Several names in a cell, names in brackets in another script, former names; an empty alias is none."""
    (party,), report = listed(tmp_path, person(given))
    assert shown(party.names)[1:] == names
    assert report.unknown == {}


@pytest.mark.parametrize(
    ("given", "text", "first", "last"),
    [
        ("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1967-02-05</DATE>", "1967-02-05", date(1967, 2, 5), date(1967, 2, 5)),
        ("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><YEAR>1958</YEAR>", "1958", date(1958, 1, 1), date(1958, 12, 31)),
        (
            "<TYPE_OF_DATE>APPROXIMATELY</TYPE_OF_DATE><DATE>1963-02-01</DATE>",
            "circa 1963-02-01",
            date(1963, 1, 1),
            date(1963, 12, 31),
        ),
        (
            "<TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1973</FROM_YEAR><TO_YEAR>1975</TO_YEAR>",
            "between 1973 and 1975",
            date(1973, 1, 1),
            date(1975, 12, 31),
        ),
        (
            "<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><NOTE>Nov. 1973 </NOTE>",
            "Nov. 1973",
            date(1973, 11, 1),
            date(1973, 11, 30),
        ),
    ],
)
def test_a_date_of_birth_keeps_its_precision(tmp_path: Path, given: str, text: str, first: date, last: date) -> None:
    """Exact, about, between two years, or in words."""
    birth = f"<INDIVIDUAL_DATE_OF_BIRTH>{given}</INDIVIDUAL_DATE_OF_BIRTH>"
    (party,), _ = listed(tmp_path, person(birth))
    assert [(d.what, d.text, d.first, d.last) for d in party.dates] == [("birth", text, first, last)]


def test_documents_addresses_and_countries_are_read(tmp_path: Path) -> None:
    """A number cell may open with words; the country of the document is not the person's."""
    (party,), report = listed(
        tmp_path,
        person(
            "<NATIONALITY><VALUE>Iran (Islamic Republic of)</VALUE></NATIONALITY>"
            "<INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT>"
            "<NUMBER>Chad diplomatic passport no. D00000001</NUMBER><ISSUING_COUNTRY>Chad</ISSUING_COUNTRY>"
            "<DATE_OF_ISSUE>2013-06-11</DATE_OF_ISSUE><NOTE>expired</NOTE></INDIVIDUAL_DOCUMENT>"
            "<INDIVIDUAL_ADDRESS><STREET>1 Synthetic Road</STREET><CITY>Goma</CITY>"
            "<COUNTRY>Democratic Republic of the Congo</COUNTRY><NOTE>previous address</NOTE></INDIVIDUAL_ADDRESS>"
        ),
    )
    assert [(n.kind, n.number, n.country, n.note) for n in party.numbers[1:]] == [
        ("Passport", "D00000001", "TD", "issued 2013-06-11; Chad diplomatic passport; expired")
    ]
    assert party.addresses == ("1 Synthetic Road, Goma, Democratic Republic of the Congo",)
    assert party.countries == ("IR", "CD")
    assert "previous address" in party.note
    assert report.unknown == {}


@pytest.mark.parametrize(
    ("comment", "numbers"),
    [
        ("Owner of the tanker STAR. IMO number: 5000001.", ["5000001"]),
        ("Company Number IMO 5000001.", ["5000001"]),
        ("Owner of the tanker STAR (IMO number 9000003).", []),
        ("SWIFT/BIC: KVANKPPY. Listed under resolution 1718 (2006).", ["KVANKPPY"]),
        ("Hong Kong company registration number 1177000.", ["1177000"]),
        ("Telephone: 0093 790 222222. Since 2012.", []),
    ],
)
def test_an_identifier_in_the_comments_is_read_where_its_label_says_it_is_the_partys(
    tmp_path: Path, comment: str, numbers: list[str]
) -> None:
    """The number of a ship that a company owns is not the company's."""
    firm = (
        "<FIRST_NAME>KVANTOR SHIPPING</FIRST_NAME><REFERENCE_NUMBER>XXe.001</REFERENCE_NUMBER>"
        f"<COMMENTS1>{comment}</COMMENTS1><ENTITY_ALIAS><QUALITY/><ALIAS_NAME/></ENTITY_ALIAS>"
    )
    (party,), _ = listed(tmp_path, firm)
    assert [n.number for n in party.numbers if n.kind != "UN Ref"] == numbers
    assert comment in party.note


@pytest.mark.parametrize(
    ("comment", "measure"),
    [
        ("Listed pursuant to paragraph 15 of resolution 1970 (Travel Ban).", "sectoral"),
        ("Listed pursuant to paragraphs 15 and 17 of resolution 1970 (Travel Ban, Asset Freeze).", "asset_freeze"),
        (
            "Listed pursuant to paragraph 15 of resolution 1970 (Travel Ban). Listed on 17 March 2011 pursuant to"
            " paragraph 17 of resolution 1970 (Asset\nFreeze).",
            "asset_freeze",
        ),
        ("", "asset_freeze"),
    ],
)
def test_a_travel_ban_alone_freezes_nothing(tmp_path: Path, comment: str, measure: str) -> None:
    """The comments say under which paragraph of resolution 1970 a person is listed."""
    (party,), _ = listed(tmp_path, person(f"<COMMENTS1>{comment}</COMMENTS1>"))
    assert party.listings[0].measure == measure


def test_a_quality_that_is_not_known_stops_the_reading_and_an_element_does_not(tmp_path: Path) -> None:
    """One could change what a hit means; the other is counted, and kept as a remark."""
    with pytest.raises(WatchlistError, match="QUALITY 'Fair' for the alias 'Ana'; known are Good, Low"):
        listed(tmp_path, person(alias("Ana", "Fair")))
    (party,), report = listed(tmp_path, person("<MOOD>calm</MOOD>"))
    assert dict(report.unknown) == {"element 'MOOD'": 1}
    assert "MOOD: calm" in party.note


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("<CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL><FIRST_NAME>A", "is not XML, or is cut"),
        ("<html><head/></html>", "is <html> where <CONSOLIDATED_LIST> is right"),
        ("<CONSOLIDATED_LIST><INDIVIDUALS/></CONSOLIDATED_LIST>", "holds no entry"),
        ('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><CONSOLIDATED_LIST/>', "declares a document type"),
        (
            "<CONSOLIDATED_LIST><INDIVIDUAL><FIRST_NAME>A</FIRST_NAME></INDIVIDUAL></CONSOLIDATED_LIST>",
            "has no REFERENCE",
        ),
    ],
)
def test_a_file_that_is_not_the_whole_list_is_refused(tmp_path: Path, content: str, said: str) -> None:
    """Cut, another document, empty, with an outer entity, or without its numbers."""
    path = tmp_path / "consolidated.xml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(WatchlistError, match=said):
        read_list(read_un_xml, path)


@pytest.mark.data
def test_the_real_list_is_read_in_full(test_data: Path) -> None:
    """1,003 parties; more names than cells, for some cells hold several. One country no longer is."""
    parties, report = read_list(read_un_xml, test_data / "lists" / "un_xml_2026-02" / "UN_consolidated.xml")
    assert len(parties) == len({party.id for party in parties}) == 1_003
    assert report.counts["names"] - report.counts["names from brackets"] == 4_226
    assert report.counts["names"] > 4_121
    weak = sum(name.quality == "weak" and name.kind != "spelling" for party in parties for name in party.names)
    assert weak == 629
    assert sum(party.listings[0].measure == "sectoral" for party in parties) == 5
    assert dict(report.unknown) == {"nationality 'former Soviet Union'": 1}
    assert report.published == date(2026, 2, 27)
