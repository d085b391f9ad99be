"""Tests of the ordinary words of company names: what they mean in every language, and what they do not."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from sanctionscreen.matching import DEFAULT_THRESHOLD, compare_names
from sanctionscreen.text import tables
from sanctionscreen.text.folding import fold
from sanctionscreen.text.lexicon import describe

COLUMNS = {"company_words.tsv": 1, "designators.tsv": 2}

MEET = (
    # Designators of Russian state industry: acronym, full form, romanised and translated.
    ("НПО Молнияр", "Scientific and Production Association Molniyar"),
    ("SPA Molniyar", "НПО Молнияр"),
    ("ГНПП Сплавтек", "State Scientific Production Enterprise Splavtek"),
    ("OKB Novatex", "Novatex Experimental Design Bureau"),
    ("ЦКБ Лазурин", "Central Design Bureau Lazurin JSC"),
    ("JSC NII Vektoron", "АО Научно-исследовательский институт Векторон"),
    ("ФГУП ВНИИ Тестмаш", "All-Russian Research Institute Testmash"),
    ("FRI Tekhkrimet", "Federal Research Institute Tekhkrimet"),
    ("Горно-обогатительный комбинат Билимба", "Bilimba Mining and Processing Plant"),
    ("ТД Северин", "Torgovy Dom Severin"),
    # Russian adjectives in other genders and cases.
    ("Механический завод Сельтех", "Seltekh Mechanical Plant"),
    ("Khimicheskaya kompaniya Polimiron", "Химическая компания Полимирон"),
    ("Mashinostroitelny zavod Zvezdan", "Машиностроительный завод Звездан"),
    ("Завод автоматики Рубинов", "Rubinov Automation Plant"),
    ("Управляющая компания Ромекс", "Romex Management Company LLC"),
    ("ЧОО Сибвест", "Sibvest Security Company"),
    ("Судоходная компания Волготанк", "Volgotank Shipping Company"),
    ("Науково-виробниче підприємство Зоранит", "Zoranit Scientific and Production Enterprise"),
    # Abbreviations of truncated fields.
    ("Orbiten TRDG & SHPG CO", "Orbiten Trading and Shipping Company"),
    ("Orbiten MFG & ENGG SVCS", "Orbiten Manufacturing and Engineering Services"),
    ("Orbiten PWR EQPT CORPN", "Orbiten Power Equipment Corporation"),
    ("Orbiten WHSE DISTR CTR", "Orbiten Warehouse Distribution Center"),
    # Other languages of trade.
    ("Kuzeytek Savunma Sanayi", "Kuzeytek Defence Industry"),
    ("Yıldırhan Makina San. ve Tic. Ltd. Şti.", "Yildirhan Machinery Industry and Trade Limited Company"),
    ("Bazargani Pars Tirdad", "Pars Tirdad Trading"),
    ("Tirdad Tolidi Sanati Co", "Tirdad Manufacturing Industrial Co"),
    ("Al Zahidiya Exchange Company", "شركة الزاهدية للصرافة"),
    ("Công ty TNHH Xuất nhập khẩu Minhvong", "Minhvong Import Export Co Ltd"),
    ("Grzybex Przedsiębiorstwo Handlowe", "Grzybex Trading Enterprise"),
    ("Brandhuber Maschinenbau", "Brandhuber Machine Building"),
    ("Shenzhen Kaixinda Electronic Component Trading", "深圳市凯鑫达电子元件贸易有限公司"),
)
APART = (
    ("Romashka Bank", "Romashka Trading"),
    ("Химический завод Орел", "Механический завод Орел"),
    ("Moscow Machine Building Plant", "Moscow Instrument Making Plant"),
    ("Moscow Chemical Institute", "Moscow Physics Institute"),
    ("Ministry of Defence of Belarus", "Ministry of Health of Belarus"),
    ("Ministry of Defence of Myanmar", "Ministry of Defence of Russia"),
    ("Liberation Army", "Liberation Front"),
    ("General Trading Company", "General Transport Company"),
    ("Security Service", "Cleaning Service"),
    ("Global Shipping", "Global Logistics"),
    ("Tomsk Television", "Tomsk Radio"),
    ("Electrical Equipment Company", "Electronic Equipment Company"),
    ("International Trading House", "International Trading Center"),
    ("Gold Mining Company", "Coal Mining Company"),
    ("НИИ Гранатов", "НИИ Вулканов"),
    ("НПО Автоматика", "НПО Энергетика"),
)
MEAN_THE_SAME = (
    ("охранного", "security"), ("производственная", "manufacturing"), ("proizvodstvennoe", "manufacturing"),
    ("торговый", "trading"), ("строительного", "construction"), ("авиационная", "aviation"),
    ("радиотехнический", "radiotechnical"), ("металлургического", "metallurgical"), ("страховая", "insurance"),
    ("логистической", "logistics"), ("управляющая", "management"), ("электротехнического", "electrical"),
    ("виробничий", "manufacturing"), ("предузеће", "enterprise"), ("grp", "group"), ("intl", "international"),
    ("svcs", "services"), ("mach", "machinery"), ("govt", "government"), ("assn", "association"), ("fdn", "foundation"),
    ("avn", "aviation"), ("mgt", "management"), ("acad", "academy"), ("univ", "university"), ("instr", "instrument"),
    ("refg", "refrigeration"), ("whse", "warehouse"), ("sanaye", "industry"), ("tijariya", "trading"),
    ("mohandesi", "engineering"), ("tolidi", "production"), ("tersanesi", "shipyard"),
    ("ins", "construction"), ("comm", "communication"), ("hawala", "remittance"), ("التأمين", "insurance"),
    ("保险", "insurance"), ("судостроительного", "shipbuilding"),
    # English trade words by way of Cyrillic, and words that only an alphabet of another language spells so.
    ("трейдер", "trading"), ("treid", "trading"), ("электроникс", "electronics"), ("elektroniks", "electronics"),
    ("авиэйшн", "aviation"), ("avieyshn", "aviation"), ("солюшнс", "solution"), ("solyushns", "solution"),
    ("текнолоджис", "technology"), ("teknolodzhi", "technology"), ("логистикс", "logistics"), ("didzhital", "digital"),
    ("энтерпрайз", "enterprise"), ("эквипмент", "equipment"), ("индастри", "industry"), ("продакшн", "manufacturing"),
    ("hrupa", "group"), ("torhova", "trading"), ("enerho", "energy"), ("oto", "auto"), ("taahhüt", "construction"),
    ("handasiya", "engineering"), ("istithmar", "investment"), ("tanmiya", "development"), ("modiriyat", "management"),
    ("keshavarzi", "agriculture"), ("sakhteman", "construction"), ("dianlan", "cable"), ("jiaju", "furniture"),
    ("yibiao", "instrument"), ("huodai", "forwarding"), ("impt", "import"), ("expt", "export"), ("const", "construction"),
    ("mfrs", "manufacturer"), ("prodn", "production"), ("distn", "distribution"), ("rsrch", "research"),
)  # fmt: skip
DIFFER = (
    ("insurance", "instrument"), ("security", "securities"), ("metal", "metallurgy"), ("federal", "federation"),
    ("machinery", "machinebuilding"), ("electric", "electronic"), ("radio", "television"), ("ministry", "mining"),
    ("ship", "shipping"), ("foundation", "society"), ("committee", "commission"), ("tool", "machinery"),
)  # fmt: skip


def spellings() -> Iterator[tuple[str, str, str]]:
    """Table, line and spelling."""
    for table in COLUMNS:
        for row in tables.rows(table):
            yield from ((table, row[-1].split("|")[0], spelling) for spelling in row[-1].split("|"))


@pytest.mark.parametrize(("one", "other"), MEET)
def test_ordinary_words_meet_their_translations(one: str, other: str) -> None:
    """A firm is found whatever language and abbreviation its ordinary words are written in."""
    assert compare_names(one, other, kind="company").score >= DEFAULT_THRESHOLD


@pytest.mark.parametrize(("one", "other"), APART)
def test_firms_that_share_ordinary_words_stay_apart(one: str, other: str) -> None:
    """Ordinary words of two meanings tell two firms apart, and shared ones make nobody the same."""
    assert compare_names(one, other, kind="company").score < DEFAULT_THRESHOLD


@pytest.mark.parametrize(("word", "meaning"), MEAN_THE_SAME)
def test_inflected_and_shortened_words_are_known(word: str, meaning: str) -> None:
    """Case, gender, abbreviation and language do not change what an ordinary word means."""
    found = describe(fold(word).text)
    assert found.kind == "generic"
    assert found.meaning == describe(meaning).meaning


@pytest.mark.parametrize(("one", "other"), DIFFER)
def test_ordinary_words_of_two_trades_are_two_words(one: str, other: str) -> None:
    """Words that look or sound related name two trades."""
    assert describe(one).meaning != describe(other).meaning


@pytest.mark.parametrize(
    "word",
    ["ri", "min", "bursa", "deniz", "demir", "gul", "roketsan", "lukoil", "vniiem", "polk", "saderat", "stil", "wujin"],
)
def test_names_are_no_ordinary_words(word: str) -> None:
    """What is mostly a brand, a place or the name of a person says whose name it is."""
    assert describe(word).kind != "generic"


@pytest.mark.parametrize(("table", "columns"), COLUMNS.items())
def test_lines_are_well_formed(table: str, columns: int) -> None:
    """Each line has its columns, and its spellings are small, trimmed, and there once."""
    for row in tables.rows(table):
        assert len(row) == columns, row
        listed = row[-1].split("|")
        assert len(listed) == len(set(listed)), row[-1][:80]
        for spelling in listed:
            assert spelling, row[-1][:80]
            assert spelling == " ".join(spelling.split()), spelling
            assert spelling == spelling.casefold() or "ß" in spelling or "İ" in spelling, spelling


def test_stars_stand_after_cyrillic_words_of_one_word() -> None:
    """Only Cyrillic words are inflected, and a star ends them."""
    starred = [spelling for _, _, spelling in spellings() if "*" in spelling]
    assert starred
    assert [s for s in starred if not re.fullmatch(r"[\u0400-\u052f\-ʼ']+( [\u0400-\u052f\-]+\*?)*\*?", s)] == []


def test_no_spelling_stands_under_two_meanings() -> None:
    """A spelling of two lines would mean what the earlier one says, and the later one would be dead."""
    lines: dict[tuple[str, ...], set[tuple[str, str]]] = {}
    for table, line, spelling in spellings():
        if line.isdigit():
            continue  # an ordinal and a cardinal name one number
        key = tuple(sorted(fold(spelling).text.replace("'", "").rstrip("*").replace("-", " ").split()))
        lines.setdefault(key, set()).add((table, line))
    assert {key: found for key, found in lines.items() if len(found) > 1} == {}
