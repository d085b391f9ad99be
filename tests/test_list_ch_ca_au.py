"""The Swiss, Canadian and Australian lists; all parties are made up."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from list_files import read_list, shown, workbook
from sanctionscreen.errors import WatchlistError
from sanctionscreen.model import ListedParty
from sanctionscreen.watchlist.official.au_dfat import read_dfat_xlsx
from sanctionscreen.watchlist.official.ca_sema import read_sema_xml
from sanctionscreen.watchlist.official.cell_names import listed_names, names_of
from sanctionscreen.watchlist.official.ch_seco import read_seco_xml
from sanctionscreen.watchlist.official.ch_seco_names import MOST_SPELLINGS
from sanctionscreen.watchlist.official.prose import bare_number, parts
from sanctionscreen.watchlist.official.reading import Report

FREEZE, CAPITAL = (
    "article 15, annex 8 -- Financial sanctions",
    "article 18 -- Restrictions on the money and capital market",
)
LISTED = '<modification modification-type="listed" effective-date="2022-03-04"/>'


def seco(folder: Path, *targets: str, place_first: bool = True) -> tuple[list[ListedParty], Report]:
    place = (
        '<place ssid="70"><location>Minsk</location><area>Region</area><country iso-code="BY">Belarus</country></place>'
    )
    held = [place, *targets] if place_first else [*targets, place]
    path = folder / "seco.xml"
    path.write_text(
        '<?xml version="1.0" encoding="UTF-8"?><swiss-sanctions-list list-type="whole-list" date="2026-08-27">'
        '<sanctions-program ssid="20"><program-key lang="eng">Example</program-key>'
        '<program-name lang="eng">Ordinance on examples</program-name>'
        f'<sanctions-set ssid="1" lang="eng">{FREEZE}</sanctions-set><sanctions-set ssid="1" lang="ger">Sanktionen</sanctions-set>'
        f'<sanctions-set ssid="2" lang="eng">{CAPITAL}</sanctions-set>'
        '<sanctions-set ssid="5" lang="eng">Travel ban, annex 1</sanctions-set>'
        f'<sanctions-set ssid="3" lang="eng">article 99</sanctions-set></sanctions-program>{"".join(held)}'
        "</swiss-sanctions-list>",
        encoding="utf-8",
    )
    return read_list(read_seco_xml, path)


def part(value: str, kind: str = "whole-name", order: int = 1, **spellings: str) -> str:
    variants = "".join(
        f'<spelling-variant script="{script}" lang="rus" spelling-variant-type="not-defined">{text}</spelling-variant>'
        for script, given in spellings.items()
        for text in given.split("|")
    )
    return f'<name-part order="{order}" name-part-type="{kind}"><value>{value}</value>{variants}</name-part>'


def named(*inside: str, kind: str = "primary-name", quality: str = "good") -> str:
    return f'<name ssid="5" name-type="{kind}" quality="{quality}" lang="eng">{"".join(inside)}</name>'


def target(inside: str, what: str = "entity", sets: str = "1", history: str = LISTED, more: str = "") -> str:
    ids = "".join(f"<sanctions-set-id>{ssid}</sanctions-set-id>" for ssid in sets.split())
    kind = f'{what} object-type="vessel"' if what == "object" else what
    return (
        f'<target ssid="9001">{ids}<{kind}><identity ssid="6" main="true">{inside}</identity>{more}</{what}>'
        f"{history}</target>"
    )


def test_a_swiss_name_has_a_spelling_for_each_combination_of_its_parts(tmp_path: Path) -> None:
    """Parts stand in their order; other scripts make names of their own, weak where a part is missing."""
    name = named(
        part("Anna", "given-name", 2, LATN="Hanna", CYRL="Анна"),
        part("Synthetica", "family-name", 1, LATN="Sintetica", CYRL="Синтетика"),
        part("Dr.", "title", 3),
    )
    short = named(
        part("Anya", "given-name", 1, CYRL="Аня"), part("Sint", "family-name", 2), kind="alias", quality="low"
    )
    (party,), report = seco(tmp_path, target(name + short, "individual"))
    assert shown(party.names) == [
        ("Synthetica Anna", "primary", ""),
        ("Synthetica Hanna", "strong", "spelling"),
        ("Sintetica Anna", "strong", "spelling"),
        ("Sintetica Hanna", "strong", "spelling"),
        ("Синтетика Анна", "strong", "original script"),
        ("Anya Sint", "weak", "alias"),
        ("Аня", "weak", "original script"),
    ]
    assert party.names[4].script == "Cyrillic"
    assert "Title: Dr." in party.note
    assert report.unknown == {}


def test_spellings_beyond_the_limit_are_counted_and_every_one_of_a_part_is_there(tmp_path: Path) -> None:
    """Five parts of four spellings would make 1,024 names."""
    spelled = [part(f"A{n}", "other", n, LATN=f"B{n}|C{n}|D{n}") for n in range(1, 6)]
    (party,), report = seco(tmp_path, target(named(*spelled)))
    assert len(party.names) == 16 <= MOST_SPELLINGS
    assert dict(report.unknown) == {"spellings beyond 64 of one name, not made": 1_008}
    words = {word for name in party.names for word in name.text.split()}
    assert words == {f"{letter}{n}" for letter in "ABCD" for n in range(1, 6)}


DELISTED = '<modification modification-type="de-listed" effective-date="2025-06-20"/>'


@pytest.mark.parametrize(
    ("history", "is_listed"),
    [
        (LISTED, True),
        ("", True),
        (DELISTED + LISTED, False),
        (LISTED + DELISTED, False),
        ('<modification modification-type="listed" effective-date="2025-07-01"/>' + DELISTED, True),
        (DELISTED + '<modification modification-type="amended" effective-date="2025-06-20"/>', False),
        ('<modification modification-type="amended" effective-date="2025-06-03"/>' + DELISTED, False),
    ],
)
def test_the_last_change_says_whether_a_swiss_target_is_listed(tmp_path: Path, history: str, is_listed: bool) -> None:
    """De-listed ones stay in the file: they are left out and counted. Of one day, the first that stands is the last."""
    other = target(named(part("Other"))).replace('ssid="9001"', 'ssid="9002"')
    parties, report = seco(tmp_path, target(named(part("Kvantor")), history=history), other)
    assert [party.id for party in parties] == (["test:9001"] if is_listed else []) + ["test:9002"]
    assert report.left_out["de-listed"] == (not is_listed)


@pytest.mark.parametrize(
    ("sets", "measures", "is_said"),
    [
        ("1", ["asset_freeze"], False),
        ("2", ["sectoral"], False),
        ("2 1", ["sectoral", "asset_freeze"], False),
        ("3", ["asset_freeze"], True),
        ("4", ["asset_freeze"], True),
        ("1 5", ["asset_freeze", "sectoral"], False),
        ("", ["asset_freeze"], True),
    ],
)
def test_each_set_of_measures_says_what_a_swiss_listing_means(
    tmp_path: Path, sets: str, measures: list[str], is_said: bool
) -> None:
    """A freeze and a travel ban are two listings; a title that says nothing known, or none, is said to be a freeze."""
    (party,), report = seco(tmp_path, target(named(part("Kvantor")), sets=sets))
    assert [listing.measure for listing in party.listings] == measures
    assert bool(report.unknown) == is_said
    assert {listing.listed_from for listing in party.listings} == {date(2022, 3, 4)}
    titles = [listing.programme for listing in party.listings]
    assert len(set(titles)) == len(titles)
    assert all(title.startswith("Ordinance on examples: ") for title in titles) == (sets not in ("4", ""))


@pytest.mark.parametrize("place_first", [True, False])
def test_a_swiss_address_is_put_together_from_the_place_it_refers_to(tmp_path: Path, place_first: bool) -> None:
    """Places may stand before or behind the targets; the history of changes is not read."""
    inside = named(part("Kvantor")) + (
        '<address ssid="8" place-id="70" quality="good"><address-details>ul. Primernaya, 4</address-details>'
        "<zip-code>220000</zip-code></address>"
        '<day-month-year ssid="7" day="23" month="3" year="1980" calendar="Gregorian" quality="good"/>'
    )
    history = LISTED.replace("/>", f"><added><identity>{named(part('Old Name'))}</identity></added></modification>")
    more = (
        '<justification ssid="1">Makes lenses.</justification><other-information ssid="2">Taxpayer identification number:'
        ' 7700000012</other-information><other-information ssid="3">Date of registration: 12.3.1999</other-information>'
        '<relation ssid="4" target-id="9002" relation-type="related-to"/>'
    )
    (party,), report = seco(tmp_path, target(inside, history=history, more=more), place_first=place_first)
    assert party.addresses == ("ul. Primernaya, 4, 220000, Minsk, Region, Belarus",)
    assert party.countries == ("BY",)
    assert [name.text for name in party.names] == ["Kvantor"]
    assert [(n.kind, n.number) for n in party.numbers] == [("INN", "7700000012")]
    assert [(d.what, d.first) for d in party.dates] == [
        ("incorporation", date(1980, 3, 23)),
        ("incorporation", date(1999, 3, 12)),
    ]
    assert "related-to: target 9002" in party.note
    assert report.unknown == {}


def test_a_swiss_ship_has_its_imo_number_from_the_remarks(tmp_path: Path) -> None:
    """It stands in other-information."""
    more = '<other-information ssid="3">IMO Number: 9000003</other-information>'
    old = named(part("Old Star"), kind="formerly-known-as")
    (party,), _ = seco(tmp_path, target(named(part("Kvantor Star")) + old, "object", more=more))
    assert (party.kind, party.identifiers) == ("vessel", ("9000003",))
    assert shown(party.names)[1:] == [("Old Star", "strong", "former")]


@pytest.mark.parametrize(
    ("inside", "history", "said"),
    [
        (named(part("A"), quality="fair"), LISTED, "the quality 'fair'"),
        (named(part("A"), kind="nickname"), LISTED, "the type 'nickname'"),
        (named(part("A")), LISTED.replace("listed", "paused"), "the change 'paused'"),
    ],
)
def test_a_swiss_quality_or_change_that_is_not_known_stops_the_reading(
    tmp_path: Path, inside: str, history: str, said: str
) -> None:
    """It could change what a hit means."""
    with pytest.raises(WatchlistError, match=said):
        seco(tmp_path, target(inside, history=history))


def test_a_swiss_element_or_attribute_that_is_not_known_is_counted_and_kept(tmp_path: Path) -> None:
    """Its text is a remark of the entry."""
    (party,), report = seco(
        tmp_path, target(named(part("A")), more='<mood level="3">calm</mood><justification tone="x"/>')
    )
    assert dict(report.unknown) == {"element 'entity/mood'": 1, "attribute 'entity/justification@tone'": 1}
    assert "entity/mood: calm" in party.note


def sema(folder: Path, *records: str) -> tuple[list[ListedParty], Report]:
    path = folder / "sema.xml"
    inside = "".join(f"<record>{record}</record>" for record in records)
    path.write_text(f'<?xml version="1.0" encoding="UTF-8"?><data-set>{inside}</data-set>', encoding="utf-8")
    return read_list(read_sema_xml, path)


def record(schedule: str = "1, Part 2", country: str = "Russia / Russie", **elements: str) -> str:
    held = {"Country": country, **elements, "Schedule": schedule, "Item": "7", "DateOfListing": "2023-02-23"}
    return "".join(f"<{tag}>{text}</{tag}>" for tag, text in held.items() if text)


def test_what_a_canadian_record_is_follows_from_its_elements(tmp_path: Path) -> None:
    """A ship has an IMO number, a person a last name; the id is regulation, schedule and item."""
    ship = {"ShipIMONumber": "9000003", "TitleOrShip": "Oil Tanker", "DateOfBirthOrShipBuildDate": "2004"}
    parties, report = sema(
        tmp_path,
        record(LastName="SYNTHETICA", GivenName="Anna", TitleOrShip="Dr.", DateOfBirthOrShipBuildDate="26299"),
        record(EntityOrShip="Kvantor Star", schedule="1.1", **ship),
        record(EntityOrShip="Kvantor Institute/Institut Kvantor"),
    )
    assert [(party.id, party.kind) for party in parties] == [
        ("test:Russia/1, Part 2/7", "person"),
        ("test:Russia/1.1/7", "vessel"),
        ("test:Russia/1, Part 2/7#2", "company"),
    ]
    assert shown(parties[2].names) == [
        ("Kvantor Institute", "primary", ""),
        ("Institut Kvantor", "strong", "translation"),
    ]
    assert [(d.what, d.text) for party in parties for d in party.dates] == [("birth", "1972-01-01"), ("build", "2004")]
    assert parties[1].identifiers == ("9000003",)
    assert parties[0].listings[0].listed_from == date(2023, 2, 23)
    assert report.unknown == {}


@pytest.mark.parametrize(
    ("country", "schedule", "measure"),
    [
        ("Russia / Russie", "1, Part 1", "asset_freeze"),
        ("Russia / Russie", "1.1", "asset_freeze"),
        ("Russia / Russie", "2", "sectoral"),
        ("Russia / Russie", "3", "sectoral"),
        ("Iran", "1, Part 2.1", "asset_freeze"),
        ("Guatemala", "", "asset_freeze"),
    ],
)
def test_the_schedule_says_what_a_canadian_listing_means(
    tmp_path: Path, country: str, schedule: str, measure: str
) -> None:
    """Schedules 2 and 3 of the Russia regulations forbid new financing only; one that is not known stops the reading."""
    (party,), _ = sema(tmp_path, record(schedule, country, EntityOrShip="Kvantor"))
    assert party.listings[0].measure == measure
    with pytest.raises(WatchlistError, match="the schedule '4'"):
        sema(tmp_path, record("4", country, EntityOrShip="Kvantor"))


@pytest.mark.parametrize(
    ("cell", "is_person", "names"),
    [
        ("Иван Пример; Iван Прыклад", True, ["Иван Пример", "Iван Прыклад"]),
        ("Ivan Primer, Belarusian: Іван, Russian: Иван", True, ["Ivan Primer", "Іван", "Иван"]),
        ("Иван ПРИМЕР / Iван ПРИКЛАД", True, ["Иван ПРИМЕР", "Iван ПРИКЛАД"]),
        ("Ivan One, Ivan Two, Ivan Three", True, ["Ivan One", "Ivan Two", "Ivan Three"]),
        ("Пример, Иван Иванович", True, ["Пример, Иван Иванович"]),
        ("Иван Пример and Iван Прыклад", True, ["Иван Пример", "Iван Прыклад"]),
        ("Ivan or Iwan Primer", True, ["Ivan or Iwan Primer"]),
        ("Квантор, АО", False, ["Квантор, АО"]),
        ("Квантор, САО or Общество Квантор", False, ["Квантор, САО", "Общество Квантор"]),
        ("Министерство науки, спорта и туризма", False, ["Министерство науки, спорта и туризма"]),
        ('"Завод "Квантор", АО; ПКФ Квант', False, ['"Завод "Квантор", АО', "ПКФ Квант"]),
        ('АО "Корпорация "Системы, Приборы" имени Пример"', False, ['АО "Корпорация "Системы, Приборы" имени Пример"']),
        ("Bank of Art and Trade, Example Bank", False, ["Bank of Art and Trade", "Example Bank"]),
        ("(Иван Пример / Iван Прыклад", True, ["Иван Пример", "Iван Прыклад"]),
    ],
)
def test_a_cell_of_canadian_aliases_is_taken_apart_where_names_end(
    cell: str, is_person: bool, names: list[str]
) -> None:
    """Commas and "and" stand within names too."""
    assert listed_names(cell, is_person=is_person) == names


def test_a_canadian_alias_of_one_word_is_weak(tmp_path: Path) -> None:
    """The list gives first names in other spellings as aliases, and abbreviations; a full name is strong."""
    parties, _ = sema(
        tmp_path,
        record(LastName="PRIMER", GivenName="Andrey", Aliases="Andrei; Andrei Primer"),
        record(EntityOrShip="Kvantor Works (also known as Kvantor Plant)", Aliases="KW; Kvant"),
    )
    assert shown(parties[0].names)[1:] == [("Andrei", "weak", "alias"), ("Andrei Primer", "strong", "alias")]
    assert shown(parties[1].names)[1:] == [
        ("KW", "weak", "alias"),
        ("Kvant", "strong", "alias"),
        ("Kvantor Works", "strong", "spelling"),
        ("Kvantor Plant", "strong", "spelling"),
    ]


DFAT = (
    "Reference|Name of Individual or Entity|Type|Name Type|Alias Strength|Date of Birth|Place of Birth|Citizenship|Address|"
    "Additional Information|Listing Information|IMO Number|Committees|Control Date|Instrument of Designation|"
    "Targeted Financial Sanction|Travel Ban|Arms Embargo|Maritime Restriction"
).split("|")
AUTONOMOUS = "Autonomous Sanctions (Designated Persons and Entities) Amendment (No. 2) Instrument 2023"


def dfat(folder: Path, *rows: dict[str, str | int], columns: list[str] = DFAT) -> tuple[list[ListedParty], Report]:
    plain = {"Type": "Individual", "Name Type": "Primary Name", "Committees": "Autonomous (Russia)"}
    measures = {"Targeted Financial Sanction": "True", "Travel Ban": "True", "Arms Embargo": "False"}
    measures["Maritime Restriction"] = "False"
    cells = [[({**plain, **measures} | row).get(column) for column in columns] for row in rows]
    return read_list(read_dfat_xlsx, workbook(folder / "dfat.xlsx", columns, *cells))


def test_the_australian_rows_of_a_reference_are_one_party(tmp_path: Path) -> None:
    """The number is a number cell, other names have a letter behind it, and need not be neighbours."""
    name = "Name of Individual or Entity"
    details: dict[str, str | int] = {"Date of Birth": "1968, 24 September 1969", "Citizenship": "Russia;Ukraine"}
    details |= {"Address": "a) Moscow, Russia b) Kyiv, Ukraine", "Listing Information": AUTONOMOUS}
    parties, report = dfat(
        tmp_path,
        {
            "Reference": 12,
            name: "Anna SYNTHETICA",
            **details,
            "Additional Information": "QDi.999. Passport no.: P0000001.",
        },
        {
            "Reference": 13,
            name: "Other PERSON",
            "Listing Information": "Listed on 25 January 2001 (amended on 3 Sep 2003)",
        },
        {"Reference": "12a", name: "Анна Синтетика", "Name Type": "Original Script", **details},
        {"Reference": "12b", name: "Anya", "Name Type": "Alias", "Alias Strength": "Weak", **details},
        {"Reference": "12c", name: "Ana_x000D_ Sint", "Name Type": "Alias", "Alias Strength": "Strong", **details},
    )
    assert [party.id for party in parties] == ["test:12", "test:13"]
    assert shown(parties[0].names) == [
        ("Anna SYNTHETICA", "primary", ""),
        ("Анна Синтетика", "strong", "original script"),
        ("Anya", "weak", "alias"),
        ("Ana Sint", "strong", "alias"),
    ]
    assert [d.text for d in parties[0].dates] == ["1968", "24 September 1969"]
    assert parties[0].countries == ("RU", "UA")
    assert parties[0].addresses == ("Moscow, Russia", "Kyiv, Ukraine")
    assert [(n.kind, n.number) for n in parties[0].numbers] == [("UN Ref", "QDi.999"), ("Passport", "P0000001")]
    assert (parties[0].listings[0].listed_from, parties[1].listings[0].listed_from) == (
        date(2023, 1, 1),
        date(2001, 1, 25),
    )
    assert "the day is not given" in parties[0].listings[0].date_basis
    assert report.unknown == {}


def test_an_australian_ship_keeps_its_former_names_and_freezes_nothing(tmp_path: Path) -> None:
    """A maritime restriction keeps it out of ports; the IMO number is a number cell."""
    (party,), _ = dfat(
        tmp_path,
        {
            "Reference": 20, "Name of Individual or Entity": "KVANTOR STAR", "Type": "Vessel", "IMO Number": 9000003,
            "Additional Information": "Previous names include OLD STAR, OLDER STAR", "Travel Ban": "False",
            "Targeted Financial Sanction": "False", "Maritime Restriction": "True",
        },
    )  # fmt: skip
    assert shown(party.names)[1:] == [("OLD STAR", "strong", "former"), ("OLDER STAR", "strong", "former")]
    assert (party.kind, party.identifiers, party.listings[0].measure) == ("vessel", ("9000003",), "sectoral")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"Alias Strength": "Medium"}, "Alias Strength 'Medium'"),
        ({"Name Type": "Nickname"}, "Name Type 'Nickname'"),
        ({"Type": "Aircraft"}, "Type 'Aircraft'"),
        ({"Targeted Financial Sanction": "Maybe"}, "'Maybe' under Targeted Financial Sanction"),
        ({"Reference": "x1"}, "Reference 'x1'"),
    ],
)
def test_an_australian_value_that_changes_what_an_entry_means_stops_the_reading(
    tmp_path: Path, change: dict[str, str | int], said: str
) -> None:
    """It says where, what, and what is known."""
    with pytest.raises(WatchlistError, match=rf"dfat.xlsx:2: .*{said}"):
        dfat(tmp_path, {"Reference": 1, "Name of Individual or Entity": "X", **change})


def test_an_older_australian_file_has_no_column_for_measures(tmp_path: Path) -> None:
    """The list's own measure is taken, and that is said."""
    older = [column for column in DFAT if column not in DFAT[15:]]
    (party,), report = dfat(tmp_path, {"Reference": 1, "Name of Individual or Entity": "X"}, columns=older)
    assert party.listings[0].measure == "asset_freeze"
    assert dict(report.unknown) == {"row without a measure: the list's own is taken": 1}


def test_other_files_are_refused(tmp_path: Path) -> None:
    """A web page, a table of something else, an empty list, a cut file."""
    path = tmp_path / "file"
    path.write_bytes(b"PK\x03\x04 no workbook")
    with pytest.raises(WatchlistError, match="is no workbook"):
        read_list(read_dfat_xlsx, path)
    with pytest.raises(WatchlistError, match="has no header"):
        read_list(read_dfat_xlsx, workbook(tmp_path / "shoes.xlsx", ["Shoe", "Size"], ["X", 44]))
    for reader in (read_seco_xml, read_sema_xml):
        for text in (
            "<html><p/></html>",
            "<data-set><record>",
            "<swiss-sanctions-list><target",
            "<!DOCTYPE a><data-set/>",
        ):
            path.write_text(text)
            with pytest.raises(WatchlistError):
                read_list(reader, path)


def test_a_formula_gives_no_value_of_its_own(tmp_path: Path) -> None:
    """It is not run; the row that it makes is refused, for it has no number."""
    path = workbook(tmp_path / "dfat.xlsx", DFAT, ["1", "X", "Entity", "Primary Name"], formula='HYPERLINK("http://x")')
    parties, _ = read_list(read_dfat_xlsx, path)
    assert [party.id for party in parties] == ["test:1"]


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("(1) Chad (2) Mali", ["Chad", "Mali"]),
        ("a) Kabul; b) Herat", ["Kabul", "Herat"]),
        ("House 4 (2) of 5", ["House 4 (2) of 5"]),
        ("(2) Chad (1) Mali", ["(2) Chad (1) Mali"]),
        ("", []),
    ],
)
def test_a_cell_with_numbered_values_gives_each(cell: str, found: list[str]) -> None:
    """Numbers that do not count from one are part of the text."""
    assert parts(cell) == found


def test_a_number_and_names_lose_the_words_around_them() -> None:
    """A number that stands alone stays as it is; semicolons within brackets are read too."""
    assert bare_number("OR 1961825") == ("OR 1961825", "")
    assert names_of("A One b) B Two; C Three") == ["A One", "B Two", "C Three"]


@pytest.mark.data
def test_the_real_australian_list_is_read_in_full(test_data: Path) -> None:
    """3,846 parties, 262 ships (one is a class of them), 11,033 names as published; former names from remarks."""
    parties, report = read_list(read_dfat_xlsx, test_data / "lists" / "au_dfat_2026-08" / "dfat.xlsx")
    assert len(parties) == 3_846
    ships = [party for party in parties if party.kind == "vessel"]
    assert [party.name for party in ships if not party.numbers] == ["DPRK Vessel Class"]
    assert len(ships) == 262
    names = [name for party in parties for name in party.names]
    assert sum(name.kind not in ("former", "spelling") for name in names) == 11_033
    assert sum(name.kind == "former" for name in names) == 118
    assert sum(name.quality == "weak" and name.kind != "spelling" for name in names) == 448
    assert sum(party.listings[0].measure == "sectoral" for party in parties) == 273
    assert report.published == date(2026, 7, 21)
    assert report.unknown == {}


@pytest.mark.data
def test_the_real_canadian_list_is_read_in_full(test_data: Path) -> None:
    """4,759 records, of them 109 ships; every name has a day of listing."""
    parties, report = read_list(read_sema_xml, test_data / "lists" / "ca_sema_2025" / "sema-lmes.xml")
    assert len(parties) == len({party.id for party in parties}) == 4_759
    assert sum(party.kind == "vessel" for party in parties) == 109
    assert report.counts["names"] - report.counts["names from brackets"] > 7_913
    assert all(party.listings[0].listed_from for party in parties)
    assert sum(party.listings[0].measure == "sectoral" for party in parties) == 4
    assert report.unknown == {}


@pytest.mark.data
@pytest.mark.parametrize(
    ("file", "listed", "left_out", "unknown"),
    [
        ("samples_small/seco_trimmed_2026-08-27.xml", 2, 1, []),
        ("ch_seco_example/seco_sample.xml", 3, 0, ["list-type 'amendment': changes only, not the whole list"]),
    ],
)
def test_the_real_swiss_samples_are_read(
    test_data: Path, file: str, listed: int, left_out: int, unknown: list[str]
) -> None:
    """One target is de-listed; the other file holds changes only, and says so."""
    parties, report = read_list(read_seco_xml, test_data / "lists" / file)
    assert (len(parties), report.left_out["de-listed"]) == (listed, left_out)
    assert list(report.unknown) == unknown
    both = [[listing.measure for listing in party.listings] for party in parties if len(party.listings) > 1]
    assert both == ([["asset_freeze", "sectoral"]] if "example" in file else [])
