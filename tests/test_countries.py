"""Countries as trade documents write them."""

from __future__ import annotations

import time

import pytest

from sanctionscreen import countries


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("RU", "RU"),
        ("ru", "RU"),
        ("RUS", "RU"),
        ("UK", "GB"),
        ("EL", "GR"),
        ("XK", "XK"),
        ("NA", "NA"),
        ("Russia", "RU"),
        ("RUSSIAN FEDERATION", "RU"),
        ("Federation, Russian", "RU"),
        ("Россия", "RU"),
        ("РФ", "RU"),
        ("Российская Федерация", "RU"),
        ("俄罗斯", "RU"),
        ("俄羅斯聯邦", "RU"),
        ("Rusya", "RU"),
        ("Rusia", "RU"),
        ("RUSSIE", "RU"),
        ("Rosja", "RU"),
        ("Rússia", "RU"),
        ("روسيا", "RU"),
        ("Kasachstan", "KZ"),
        ("Chiny", "CN"),
        ("Cina", "CN"),
        ("Emirats arabes unis", "AE"),
        ("Trung Quốc", "CN"),
        ("Türkiye", "TR"),
        ("TÜRKİYE", "TR"),
        ("Turkey", "TR"),
        ("U.A.E.", "AE"),
        ("United  Arab Emirates", "AE"),
        ("阿联酋", "AE"),
        ("Hong Kong SAR", "HK"),
        ("Hong Kong, China", "HK"),
        ("香港", "HK"),
        ("South Korea", "KR"),
        ("Korea, Republic of", "KR"),
        ("KOREA (REPUBLIC OF)", "KR"),
        ("Korea, Democratic People's Republic of", "KP"),
        ("Czechia", "CZ"),
        ("Czech Republic", "CZ"),
        ("Viet Nam", "VN"),
        ("Kyrgyz Republic", "KG"),
        ("Киргизия", "KG"),
        ("Кыргызстан", "KG"),
        ("Republic of Moldova", "MD"),
        ("Iran (Islamic Republic of)", "IR"),
        ("Côte d’Ivoire", "CI"),
        ("COTE D'IVOIRE", "CI"),
        ("Bosnia and Herzegovina", "BA"),
        ("Saint Lucia", "LC"),
        ("St. Lucia", "LC"),
        ("Netherlands, The", "NL"),
        ("Об'єднані Арабські Емірати", "AE"),
        ("O‘zbekiston", "UZ"),
        ("Taiwan, Province of China", "TW"),
        ("Congo", "CG"),
        ("Democratic Republic of the Congo", "CD"),
        ("RU - Russia", "RU"),
        ("Kazakhstan (KZ)", "KZ"),
        ("CN China", "CN"),
        ("TR/Türkiye", "TR"),
    ],
)
def test_codes_and_names_are_understood(written: str, code: str) -> None:
    """Codes, names in six languages, inverted forms and trade variants give the alpha-2 code."""
    assert countries.lookup(written) == code


@pytest.mark.parametrize(
    "written", ["Crimea", "Крым", "Республика Крым", "Sevastopol", "DNR", "ДНР", "LNR", "Донецкая Народная Республика"]
)
def test_occupied_parts_of_ukraine_are_in_ukraine(written: str) -> None:
    """What the occupier calls a state is read as Ukraine."""
    assert countries.lookup(written) == "UA"


@pytest.mark.parametrize(
    "written",
    [
        "",
        "  ",
        "Q",
        "ZZ",
        "643",
        "Narnia",
        "Atlanta, Georgia",
        "Georgia, USA",
        "RU/BY",
        "European Union",
        "Russia House Ltd",
        "New Mexico",
        "Lebanon, Ohio",
        "Moscow",
        "x" * 2_000_000,
    ],
)
def test_what_is_no_country_or_could_be_two_is_refused(written: str) -> None:
    """A city, a code of nobody, or two countries in one cell are not guessed at."""
    assert countries.lookup(written) is None


def test_no_spelling_stands_for_two_countries() -> None:
    """Every spelling of the table, folded, belongs to one country."""
    owners: dict[object, set[str]] = {}
    for code, spellings in countries._folded_rows():
        for spelling in filter(None, spellings):
            owners.setdefault(countries._joined(spelling), set()).add(code)
            owners.setdefault(countries._words(spelling), set()).add(code)
    assert {key: codes for key, codes in owners.items() if len(codes) > 1} == {}


def test_the_table_is_the_standard() -> None:
    """249 codes of ISO 3166-1 and Kosovo, each with an English name that reads back."""
    assert len(countries.names()) == 250
    assert {code: countries.lookup(name) for code, name in countries.names().items()} == {
        code: code for code in countries.names()
    }


def test_every_spelling_of_the_table_reads_back() -> None:
    """No name of the table is lost to another one."""
    table = countries._TABLE.read_text("utf-8")
    wrong = [
        (code, spelling)
        for code, spellings in countries.rows(table)
        for spelling in spellings
        if spelling and countries.lookup(spelling) != code
    ]
    assert wrong == []


def test_the_table_loads_quickly() -> None:
    """The first look-up takes milliseconds of processor time: a cold start has no second to give away."""
    countries._by_key.cache_clear()
    countries._folded_rows.cache_clear()
    started = time.process_time()
    countries._by_key()
    assert time.process_time() - started < 0.1
