"""Places in names: spellings of many languages meet, and what only looks like a place does not."""

from __future__ import annotations

import pytest

from sanctionscreen.text import tables
from sanctionscreen.text.lexicon import PLACES
from sanctionscreen.text.names import take_apart


def places(name: str) -> list[str]:
    """The places in a name, each as its line of the table calls it."""
    return sorted(word.meaning.partition(":")[2] for word in take_apart(name).words if word.kind in PLACES)


@pytest.mark.parametrize(
    ("spellings", "place"),
    [
        (
            ("Russia", "Россия", "России", "Российской Федерации", "of the Russian Federation", "俄罗斯", "Rusya"),
            "russia",
        ),
        (("Belarus", "Беларусь", "Republic of Belarus", "Республики Беларусь", "白俄罗斯"), "belarus"),
        (("Kazakhstan", "Казахстана", "Қазақстан", "Republic of Kazakhstan", "哈萨克斯坦"), "kazakhstan"),
        (("Uzbekistan", "O'zbekiston", "Ўзбекистон", "Узбекский"), "uzbekistan"),
        (("Kyrgyz Republic", "Кыргызстан", "Киргизия"), "kyrgyzstan"),
        (("Islamic Republic of Iran", "Iranian", "Иран", "ایران", "伊朗"), "iran"),
        (("United Arab Emirates", "UAE", "ОАЭ", "阿联酋"), "emirates"),
        (("Türkiye", "Turkey", "Турция", "土耳其"), "turkey"),
        (("P.R. China", "People's Republic of China", "中国", "Китай", "Chinese"), "china"),
        (("Republic of Korea", "South Korea", "韩国"), "korea"),
        (("DPRK", "North Korea", "Democratic People's Republic of Korea"), "northkorea"),
        (("Chelyabinsk", "Челябинский", "Chelyabinskiy", "Chelyabinsky"), "chelyabinsk"),
        (("Nizhny Novgorod", "Нижний Новгород", "Нижегородский", "Nizhegorodsky"), "nizhnynovgorod"),
        (("St. Petersburg", "Санкт-Петербург", "Saint Petersburg", "圣彼得堡"), "petersburg"),
        (("Rostov-on-Don", "Ростов-на-Дону", "Ростовский"), "rostov"),
        (("Tatarstan", "Татарстан", "Republic of Tatarstan"), "tatarstan"),
        (("Yakutia", "Якутская"), "yakutia"),
        (("Vladivostok", "Владивосток", "海参崴"), "vladivostok"),
        (("Almaty", "Алматинский", "Alma-Ata"), "almaty"),
        (("Tashkent", "Toshkent", "Ташкентский"), "tashkent"),
        (("Inner Mongolia", "内蒙古", "內蒙古"), "innermongolia"),
        (("Suzhou", "苏州", "蘇州"), "suzhou"),
        (("Hong Kong", "香港", "Гонконг", "HK"), "hongkong"),
        (("Tsim Sha Tsui", "尖沙咀"), "tsimshatsui"),
        (("Istanbul", "İstanbul", "Стамбул"), "istanbul"),
        (("Ras Al Khaimah", "Рас-эль-Хайма", "رأس الخيمة"), "rasalkhaimah"),
        (("New Delhi", "Нью-Дели"), "newdelhi"),
    ],
)
def test_spellings_of_a_place_meet(spellings: tuple[str, ...], place: str) -> None:
    """A place is the same in any language, in full and in short, and counts once."""
    for spelling in spellings:
        assert places(f"{spelling} Romashka Ltd") == [place], spelling


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("North Korea", "South Korea"),
        ("Inner Mongolia", "Mongolia"),
        ("New Delhi", "Delhi"),
        ("Nizhny Novgorod", "Veliky Novgorod"),
        ("South Sudan", "Sudan"),
        ("山西", "陕西"),
        ("河南", "河北"),
        ("Henan", "Hunan"),
        ("Papua New Guinea", "Guinea"),
        ("Sverdlovsk", "Yekaterinburg"),
        ("Guangdong", "Guangxi"),
        ("中华", "中国"),
    ],
)
def test_places_that_look_alike_stay_apart(one: str, other: str) -> None:
    """A part of a place is another place."""
    assert places(one) != places(other)


@pytest.mark.parametrize(
    "name",
    [
        "Saint Gobain", "Van Daal BV", "Batman Ltd", "Vladimir Ivanov", "Telefonica S.A.U.", "Slutsky", "Korolev",
        "Zhukovsky", "Sydney Carter", "Washington",
    ],
)  # fmt: skip
def test_names_of_people_and_brands_are_no_places(name: str) -> None:
    """A word that is as often a person's or a brand's name is no place."""
    assert places(name) == []


def test_every_line_has_a_type_and_no_spelling_twice() -> None:
    """Each spelling belongs to one place."""
    seen: dict[str, str] = {}
    for kind, line in tables.rows("place_words.tsv"):
        assert kind in PLACES
        for spelling in line.split("|"):
            assert spelling == spelling.strip() != ""
            assert seen.setdefault(spelling.removesuffix("*").casefold(), line) == line, spelling
