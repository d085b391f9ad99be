"""Countries and places that published lists name: which stands where, and which texts name an occupied place."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sanctionscreen import resources
from sanctionscreen.errors import WatchlistError
from sanctionscreen.watchlist import Geography, load_geography, load_seeds


@pytest.fixture(scope="module")
def geography() -> Geography:
    return load_geography(None, load_seeds())


@pytest.mark.parametrize(
    ("name", "count", "as_of", "document"),
    [
        ("geo.embargo", 2, "2022-06-28", "F22"),
        ("geo.coalition", 39, "2023-05-19", "F23"),
        ("geo.hubs_fincen_2022", 18, "2022-06-28", "F22"),
        ("geo.hubs_tri_seal_2023", 6, "2023-03-02", "TS23"),
        ("geo.hubs_eu_12f", 1, "2026-04-23", "EU12F"),
        ("geo.eu", 27, "2020-02-01", "EU-TREATIES"),
        ("geo.art12g_partners", 11, "2023-12-18", "EU12G"),
        ("geo.hubs", 19, "2026-04-23", "F22"),
    ],
)
def test_lists_stand_under_document_and_day(
    geography: Geography, name: str, count: int, as_of: str, document: str
) -> None:
    """Each list has its size, kind, day and the document that names it."""
    listed = geography.lists[name]
    assert (listed.kind, len(listed.values), listed.as_of) == ("country", count, as_of)
    assert document in geography.details[name].documents
    assert listed.citation


def test_newer_list_stands(geography: Geography) -> None:
    """Taiwan, a hub in 2022 and a coalition member since, is no hub any more; both documents are cited."""
    assert "TW" in geography.lists["geo.hubs_fincen_2022"].values
    assert "TW" in geography.lists["geo.coalition"].values
    assert "TW" not in geography.lists["geo.hubs"].values
    assert {"F22", "F23"} <= set(geography.details["geo.hubs"].documents)
    assert "without TW" in geography.lists["geo.hubs"].citation


def test_hubs_are_the_union(geography: Geography) -> None:
    """Every country of a hub list is a hub, but for Taiwan; no hub is a coalition member."""
    parts = ("geo.hubs_fincen_2022", "geo.hubs_tri_seal_2023", "geo.hubs_eu_12f")
    every = {code for part in parts for code in geography.lists[part].values}
    assert set(geography.lists["geo.hubs"].values) == every - {"TW"}
    assert not set(geography.lists["geo.hubs"].values) & set(geography.lists["geo.coalition"].values)


def test_codes_that_yaml_would_spoil(geography: Geography) -> None:
    """Norway is a country, not a false."""
    assert "NO" in geography.lists["geo.coalition"].values
    assert "NO" in geography.lists["geo.art12g_partners"].values


def test_members_of_the_union_are_in_the_coalition(geography: Geography) -> None:
    """All 27 members are among the 39; none is a partner under Article 12g."""
    union = set(geography.lists["geo.eu"].values)
    assert union < set(geography.lists["geo.coalition"].values)
    assert not union & set(geography.lists["geo.art12g_partners"].values)


def test_annex_iv_is_a_statistic(geography: Geography) -> None:
    """The counted addresses of Annex IV are kept for people and are no list for rules."""
    (statistic,) = geography.statistics
    assert statistic.counts["HK"] == 61
    assert statistic.total == 921
    assert statistic.id not in geography.lists


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Simferopol, ul. Kirova 5", "RU"),
        ("Simferopol ul. Kirova 5", "RU"),
        ("295000, Республика Крым, г. Симферополь, ул. Ленина, д. 4", "RU"),
        ("г.Симферополь,ул.Кирова", "RU"),
        ("КЕРЧЬ", "UA"),
        ("port of Kerch", None),
        ("Sevastopol", None),
        ("SEVASTOPOL, CRIMEA", "UA"),
        ("ul. Pushkina 12, Yalta", "UA"),
        ("Pushkina ul. Yalta", "RU"),
        ("м. Ялта, вул. Московська 3", "UA"),
        ("Feodosiya, Kirova 8", "RU"),
        ("Donetsk", "UA"),
        ("Donetsk, Artema 50", None),
        ("Donetsk, Ukraine", "RU"),
        ("Донецк, ДНР", "RU"),
        ("Донецкая Народная Республика, Макеевка", "RU"),
        ("Lugansk People's Republic", "RU"),
        ("Lugansk People’s Republic", None),
        ("Lugansk\nOboronnaya 4", "RU"),
        ("Mariupol sea port", "UA"),
        ("Мелітополь, вул. Гетьманська", "UA"),
        ("St. Mikhail Grushevsky, Melitopol, Zaporizhzhia Oblast 272312, Ukraine", "UA"),
        ("Бердянск, Запорожская область", "RU"),
        ("Nova-Kakhovka", "UA"),
        ("Ｓｅｖａｓｔｏｐｏｌ", "UA"),
        ("Donetsk Oblast, Mariupol", "UA"),
    ],
)
def test_occupied(geography: Geography, text: str, country: str | None) -> None:
    """A text that names an occupied place is one, whether Ukraine or Russia stands in the country cell."""
    assert geography.is_occupied(text, country)


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("", "UA"),
        ("???", None),
        ("Khreshchatyk 1, Kyiv", "UA"),
        # streets of the name
        ("Simferopol highway 12, Moscow", "RU"),
        ("Симферопольское шоссе 12, Подольск", "RU"),
        ("Simferopolskoe shosse 12", "RU"),
        ("Yaltinskaya street 5, Moscow", "RU"),
        ("ул. Ялтинская 5, Москва", "RU"),
        ("Yalta street 5, Kaliningrad", "RU"),
        ("ул. Крым 3, Казань", "RU"),
        ("Sevastopol Avenue, Moscow", "RU"),
        ("Севастопольский проспект 10, Москва", "RU"),
        ("вулиця Героїв Маріуполя 3, Київ", "UA"),
        ("вул. Героїв Севастополя 48, Київ", "UA"),
        ("Heroes of Mariupol Street 3, Kyiv", "UA"),
        ("ул. Обороны Севастополя 4, Тула", "RU"),
        ("Donetske shosse 8, Dnipro", "UA"),
        # places of the same name, and what is named after a place
        ("Donetsk, Rostov region", "RU"),
        ("Донецк, Ростовская область", "RU"),
        ("Донецк Ростовской области", None),
        ("Donetsk", "RU"),
        ("Tokmak, Chuy", "KG"),
        ("Tokmak", None),
        ("Rovenky", "RU"),
        ("Hotel Yalta, Vaclavske namesti, Praha", "CZ"),
        ("Restaurant Yalta, Lenina 5, Tver", "RU"),
        ("Кафе «Ялта», Самара", "RU"),
        ("Sevastopol Caddesi 4, Istanbul", "TR"),
        ("Crimea Street, Sydney", "AU"),
        ("Boulevard de Sébastopol, Paris", "FR"),
        ("Kerch Strait", None),
        ("DNR office, Madison", "US"),
        ("Theodosia Ltd", None),
        ("Sudak, frozen", None),
        # regions that are only partly occupied, and cities that Ukraine holds
        ("Kramatorsk, Donetsk Oblast", "UA"),
        ("Краматорск, Донецкая область", "UA"),
        ("Donetsk region, Pokrovsk raion", "UA"),
        ("Kherson", "UA"),
        ("Zaporizhzhia", "UA"),
        ("Запоріжжя, пр. Соборний 1", "UA"),
        ("Krymsk, Krasnodar", "RU"),
        ("Crimean Trading LLC", "RU"),
    ],
)
def test_not_occupied(geography: Geography, text: str, country: str | None) -> None:
    """Streets, namesakes, partly occupied regions and cities under Ukrainian control are not occupied places."""
    assert geography.occupied_places(text, country) == ()


def test_places_say_which(geography: Geography) -> None:
    """The places behind an answer come in the order of the text, each once."""
    found = geography.occupied_places("Crimea, Yalta, Republic of Crimea", "UA")
    assert [place.id for place in found] == ["crimea", "yalta"]


def test_a_place_before_its_occupation(geography: Geography) -> None:
    """With a day given, a place that cannot have been occupied yet does not count."""
    assert not geography.is_occupied("Mariupol", "UA", date(2021, 5, 1))
    assert geography.is_occupied("Mariupol", "UA", date(2022, 6, 1))
    assert geography.is_occupied("Simferopol", "UA", date(2021, 5, 1))
    assert geography.is_occupied("Donetsk", "UA", date(2021, 5, 1))


def test_every_spelling_of_every_place_is_found(geography: Geography) -> None:
    """Each name of the file is found in a plain address of a country that it counts with."""
    for place in geography.places:
        country = next((code for code in place.counts_with if code in ("UA", "RU")), None)
        for name in place.names:
            assert place.id in [found.id for found in geography.occupied_places(f"Lenina 5, {name}", country)], name


def test_every_place_has_a_source_and_a_confidence(geography: Geography) -> None:
    """Each place cites the law on its region; what is general knowledge says so."""
    assert all(place.documents and place.confidence for place in geography.places)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("values: [RU, BY]", "values: [RU, BLR]", "'BLR' in 'values' of list 'geo.embargo' is no ISO country code"),
        ("values: [CN, HK, MO, AM, TR, UZ]", "values: [CN, HK, MO, AM, TR]", "holds 5 countries, its source 6"),
        ("count: 19", "count: 20", "holds 19 countries, its source 20"),
        ("documents: [TS23]", "documents: [TS32]", "cites the unknown document 'TS32'; did you mean 'TS24'?"),
        ("unless_newer: geo.coalition", "unless_newer: geo.coalitoin", "did you mean 'geo.coalition'?"),
        ("    with: [any]", "    with: [all]", "'with' of place 'dnr' holds 'all'"),
        ("total: 921", "total: 900", "add up to 912, more than the total 900"),
        ("places: 59", "places: 60", "holds 59 places, fewer than the 60"),
        ("      en: [Sevastopol]", "      fr: [Sevastopol]", "unknown key 'fr' in the names of place 'sevastopol'"),
        ("  venue: [", "  venues: [", "unknown key 'venues' in the context words; did you mean 'venue'?"),
        ("id: kerch", "id: yalta", "the id 'yalta' is given twice"),
    ],
)
def test_faults_name_their_place(tmp_path: Path, old: str, new: str, message: str) -> None:
    """A fault says the file and line, what is wrong and what would be right, and nothing loads."""
    text = (resources.folder("watchlists") / "geography.yml").read_text("utf-8")
    assert old in text
    path = tmp_path / "geography.yml"
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(ExceptionGroup) as caught:
        load_geography(path, load_seeds())
    found = [str(fault) for fault in caught.value.exceptions if isinstance(fault, WatchlistError)]
    assert any(message in fault and fault.startswith("geography.yml:") for fault in found), found
