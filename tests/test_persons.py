"""Names of persons: which spellings are one name, which are two, and how compounds and patronymics are read."""

from __future__ import annotations

import itertools
import random

import pytest

from sanctionscreen.text import tables
from sanctionscreen.text.compounds import apart, split_compound
from sanctionscreen.text.folding import fold
from sanctionscreen.text.lexicon import Word, as_of_person, describe
from sanctionscreen.text.person_forms import words
from sanctionscreen.text.persons import are_different, are_kin, known, patronymic

ONE_NAME = [
    "Николай Микола Мікалай Nikolai Mykola Nikolay Mikalai Nikolaj Nicolai",
    "Александр Олександр Аляксандр Aleksandr Oleksandr Aliaksandr Alexander Alexandre",
    "Сергей Сергій Сяргей Sergei Serhiy Serhii Siarhei Sergej Serguei",
    "Владимир Володимир Уладзімір Vladimir Volodymyr Uladzimir Wladimir",
    "Григорий Григорій Рыгор Grigory Hryhoriy Ryhor",
    "Евгений Євген Яўген Evgeny Yevhen Yauhen Eugene Jewgeni",
    "Дмитрий Дмитро Dmitri Dmytro Dzmitry",
    "Вячеслав Vyacheslav Viacheslav Wjatscheslaw Wiaczeslaw",
    "Геннадий Геннадій Gennady Hennadii Guennadi",
    "Елена Олена Elena Olena Yelena",
    "Магомед Magomed Muhammad Mohammed Mohamad Mohamed Muhammed محمد",
    "Ahmad Ahmed Ahmet Ахмат Ахмед أحمد احمد",
    "Hussein Husayn Hossein Huseyin Hussain Гусейн Хусейн حسین حسين",
    "Abdullah Abdallah Abdollah Abdulla Абдулла عبدالله",
    "Yusuf Yousef Youssef Юсуф يوسف",
    "Omar Umar Omer عمر",
    "Osman Usman Othman Uthman عثمان",
    "Sulayman Suleiman Soleiman Slimane سليمان",
    "Maryam Mariam Meryem مريم",
    "Hakob Akop Hagop Акоп Հակոբ",
    "Giorgi გიორგი",
]
TWO_NAMES = [
    ("Hasan", "Husayn"), ("Hassan", "Hossein"), ("Amin", "Amina"), ("Karim", "Karima"), ("Salim", "Salam"),
    ("Salim", "Sulayman"), ("Nasir", "Nasr"), ("Omar", "Amr"), ("Aleksandr", "Aleksandra"), ("Viktor", "Viktoria"),
    ("Ivan", "Ivana"), ("Daniel", "Daniela"), ("Jamal", "Jamil"), ("Khalid", "Khalil"), ("Mahmud", "Muhammad"),
    ("Mahmud", "Ahmad"), ("Valery", "Valeria"), ("Evgeny", "Evgenia"), ("Marina", "Maria"), ("Oleg", "Olga"),
    ("Juan", "John"), ("Hernandez", "Fernandez"), ("Rashid", "Rashida"), ("Tariq", "Tahir"), ("Yunus", "Yusuf"),
    ("Zahra", "Zahir"), ("Kamal", "Kamil"), ("Roman", "Ruslan"), ("Nikita", "Nikolai"), ("Fahd", "Fuad"),
    ("Ibrahimov", "Ismailov"), ("Magomedov", "Mamedov"), ("Osmanov", "Usmanov"), ("Johnson", "Johnston"),
]  # fmt: skip


def person(name: str) -> Word:
    return as_of_person(describe(fold(name).text))


@pytest.mark.parametrize("line", ONE_NAME)
def test_spellings_of_one_name_have_one_meaning(line: str) -> None:
    """Languages, schemes and scripts of one name meet."""
    assert len({person(name).meaning for name in line.split()}) == 1, [person(name) for name in line.split()]


@pytest.mark.parametrize(("left", "right"), TWO_NAMES)
def test_names_that_look_alike_are_different_names(left: str, right: str) -> None:
    """A letter more or less makes another person, of the other sex or not."""
    assert are_different(person(left), person(right))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Nikolai", "Nicholas"), ("Mikhail", "Michael"), ("Ivan", "John"), ("Pyotr", "Peter"), ("William", "Bill"),
        ("Robert", "Bob"), ("Aleksandr", "Sasha"), ("Aleksandra", "Sasha"), ("Amir", "Amer"), ("Mehmet", "Muhammad"),
        ("Said", "Sayed"), ("Chan", "Chen"), ("Wong", "Huang"), ("Dima", "Dmytro"),
    ],
)  # fmt: skip
def test_kin_are_names_that_documents_use_for_one_person(left: str, right: str) -> None:
    """They are not the same, and do not stand against each other."""
    one, other = person(left), person(right)
    assert one.meaning != other.meaning
    assert are_kin(one.meaning, other.meaning)
    assert not are_different(one, other)


def test_names_do_not_become_kin_through_a_third() -> None:
    """Sasha may be either; Jack is John, and no Ivan; Juan and Giovanni are nobody's John."""
    assert are_different(person("Aleksandr"), person("Aleksandra"))
    assert are_different(person("Jack"), person("Ivan"))
    assert are_different(person("Juan"), person("Giovanni"))


def test_a_misspelt_name_is_not_another_name() -> None:
    """Only spellings of the tables stand against each other; a slip is compared letter by letter."""
    assert not are_different(person("Aleksadnr"), person("Aleksandr"))
    assert not are_different(person("Baasyir"), person("Bashir"))


@pytest.mark.parametrize(
    "line",
    [
        "Николаевич Миколайович Nikolaevich Nikolayevich Mykolayovych Mikalaevich Nikolajewitsch",
        "Александрович Олександрович Aleksandrovich Oleksandrovych Aliaksandravich Alexandrovitch",
        "Сергеевич Сергійович Sergeevich Sergeyevich Serhiyovych Siarheevich",
        "Яковлевич Yakovlevich Yakovych",
        "Львович Lvovich",
        "Ильич Ilyich Illich",
        "Григорьевич Григорович Grigorievich Hryhorovych",
        "Михайлович Mikhailovich Mykhaylovych",
        "Владимирович Володимирович Vladimirovich Volodymyrovych Uladzimiravich",
        "Магомедович Magomedovich Mukhammadovich",
    ],
)
def test_patronymics_of_one_father_meet(line: str) -> None:
    """A patronymic means the father, however his name is spelt."""
    read = [person(name) for name in line.split()]
    assert {word.kind for word in read} == {"patronymic"}
    assert len({word.meaning for word in read}) == 1, read


def test_daughters_have_another_patronymic_than_sons() -> None:
    """Petrovich and Petrovna are two people, and a daughter's forms meet."""
    assert person("Петровна").meaning == person("Петрівна").meaning == person("Petrivna").meaning
    assert person("Petrovna").meaning != person("Petrovich").meaning
    assert person("Николаевна").meaning == person("Mykolaivna").meaning
    assert are_different(person("Petrovna"), person("Petrovich"))


@pytest.mark.parametrize("name", "Rabinovich Abramovich Milosevic Djokovic Jovanovich Davutoglu Lukashevich".split())
def test_family_names_that_end_like_patronymics_are_none(name: str) -> None:
    """They weigh in full."""
    assert patronymic(name.lower()) is None
    assert describe(name.lower()).kind in ("own", "family")


@pytest.mark.parametrize(
    ("man", "woman"),
    [
        ("Ivanov", "Ivanova"), ("Zelenskyy", "Zelenska"), ("Zelensky", "Zelenskaya"), ("Ружинский", "Ружинская"),
        ("Voronov", "Voronova"), ("Sobchakov", "Sobchakova"), ("Khodorkovskii", "Khodorkovskaia"), ("Титов", "Titova"),
    ],
)  # fmt: skip
def test_both_forms_of_a_slavic_family_name_meet(man: str, woman: str) -> None:
    """A document may give either form to both; the given name tells a husband from a wife."""
    assert person(man).meaning == person(woman).meaning != ""


def test_words_of_firms_stay_words_of_firms() -> None:
    """Short forms, titles and gender forms are read in names of persons only."""
    for name in ("max", "penny", "general", "ing", "innova", "st"):
        assert describe(name).kind not in ("given", "family", "title", "particle"), name
        assert not describe(name).meaning.startswith(("given:", "slavic:"))
    assert person("Max").kind == "given"
    assert person("General").kind == "title"


COMPOUNDS = [
    ("Abd al-Rahman", "Abdurrahman", "Abdel Rahman", "Abdulrahman", "Abd ur Rahman", "Abd ar Rahman", "Абдурахман"),
    ("عبد الرحمن", "عبدالرحمن", "Abdul Rahman"),
    ("Shams al-Din", "Shamsuddin", "Chamseddine", "Shams ud Din", "Шамсуддин", "Şemsettin"),
    ("Nur al-Din", "Nuriddin", "Noureddine", "Nurettin"),
    ("Habib Allah", "Habibullah", "Habib Ullah", "Хабибулла", "Habibollah"),
    ("Abd Allah", "Abdullah", "Abdallah", "عبد الله"),
    ("Abdul Aziz", "Abdelaziz", "عبدالعزیز"),
    ("Al Mansour", "Almansour"),
]


@pytest.mark.parametrize("spellings", COMPOUNDS)
def test_compounds_joined_and_apart_are_one_name(spellings: tuple[str, ...]) -> None:
    """The telling words are the same, whatever stands between them and in whatever order."""
    read = {told(spelling) for spelling in spellings}
    assert len(read) == 1, read


def told(name: str) -> frozenset[str]:
    found = [as_of_person(describe(word)) for word in apart(fold(name.replace("-", " ")).text.split())]
    return frozenset(word.meaning or word.text for word in found if word.kind not in ("particle", "title"))


@pytest.mark.parametrize(
    "word",
    "aleppo alexander alimov alison abdulov abdullayev abdullah alabama constantine martin valentin medine augustin "
    "villa priscilla gorilla umbrella valhalla kamilla ursula eldorado electric elbrus alliance algeria alpina".split(),
)
def test_words_that_only_begin_or_end_like_compounds_stay_whole(word: str) -> None:
    """Nothing but names of the table is split off."""
    assert split_compound(word) == (word,)


def test_other_compounds_are_other_names() -> None:
    """Servants of different names, religion and God."""
    names = ["Abdulrahman", "Abdulkarim", "Shamsuddin", "Salahuddin", "Habibullah", "Hamidullah", "Abdullah"]
    for left, right in itertools.combinations(names, 2):
        assert told(left).isdisjoint(told(right))


def test_the_order_of_words_plays_no_part_in_compounds() -> None:
    """Bags of words with the same words are read the same."""
    for name in ("Abd Allah Karim Hasan", "Nasr Allah Abd al Rahman", "Abd ar Rahman an Nasser", "Habib Ullah Khan"):
        parts = name.lower().split()
        expected = sorted(apart(parts))
        for seed in range(6):
            random.Random(seed).shuffle(parts)
            assert sorted(apart(parts)) == expected


def test_an_article_before_a_sun_letter_needs_its_name() -> None:
    """An is a family name of China, As a legal form, where no Arabic name follows."""
    assert apart(["an", "nasser"]) == ["al", "nasser"]
    assert apart(["an", "li"]) == ["an", "li"]


def test_no_spelling_stands_in_two_lines() -> None:
    """A spelling that two lines claim would be read by the first alone."""
    seen: dict[str, str] = {}
    for table, column in (("given_names.tsv", 2), ("short_names.tsv", 1), ("family_names.tsv", 1)):
        for row in tables.rows(table):
            spellings = row[column].split("|")
            for spelling in spellings:
                assert not spelling.isascii() or spelling == fold(spelling).text, (table, spelling)
                assert spelling not in seen, (spelling, row)
                seen[spelling] = table
    assert len(words()) > 9_000


def test_kin_and_parts_of_compounds_are_lines_of_the_tables() -> None:
    """A slip of the hand in a table shows here."""
    lines = {row[2].split("|")[0] for row in tables.rows("given_names.tsv")}
    families = {row[1].split("|")[0] for row in tables.rows("family_names.tsv")}
    for row in tables.rows("given_names.tsv"):
        assert row[0] in {"east", "balkan", "caucasus", "islam", "turkic", "west"}, row
        assert row[1] in {"m", "f"}, row
        assert not row[3:] or set(row[3].split()) <= lines, row
    assert all(set(row[2].split()) <= lines for row in tables.rows("short_names.tsv"))
    assert all(set(row[2].split()) <= families for row in tables.rows("family_names.tsv") if row[2:])
    for _, names in tables.rows("compound_names.tsv"):
        for name in names.split():
            found = known(name)
            assert found is not None, name
            assert found.meaning == f"given:{name}"
