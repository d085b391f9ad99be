"""Tests of words of firms that are glued of several: stems in two spellings, and spaces that got lost."""

from __future__ import annotations

import pytest

from sanctionscreen.text import tables
from sanctionscreen.text.compounds import respelled
from sanctionscreen.text.glued import unglued
from sanctionscreen.text.romanise import romanise, sound


def heard(word: str) -> str:
    text = romanise(word)
    return sound(respelled(text) or text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Авиатрейд", "Aviatrade"), ("Ростгидро", "Rosthydro"), ("Европолилайн", "Europoliline"),
        ("Evrokhim", "Eurochem"), ("Белмикролизинг", "Belmicroleasing"), ("Квантоформ", "Quantoform"),
        ("Seversiti", "Severcity"), ("Termotekh", "Thermotech"), ("Spetsservis", "Spetsservice"),
        ("Turkmensement", "Turkmencement"), ("Avtolayn", "Autoline"), ("Okeanpribor", "Oceanpribor"),
    ],
)  # fmt: skip
def test_stems_meet_their_other_spelling(one: str, other: str) -> None:
    """One word in the spelling of two languages is read as one."""
    assert heard(one) == heard(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Aviatrade", "Aviatrans"), ("Aviatrade", "Aviatorg"), ("Eurochem", "Europharm"), ("Evromash", "Evrotekh"),
        ("Rosgidro", "Rosneft"), ("Metalltrade", "Metallinvest"), ("Gasimov", "Gazimov"), ("Hydrostroy", "Thermostroy"),
    ],
)  # fmt: skip
def test_other_stems_stay_other_words(one: str, other: str) -> None:
    """A stem is read in another spelling, never translated, and never left out."""
    assert heard(one) != heard(other)


@pytest.mark.parametrize("word", ["Европа", "evropa", "severstal", "gazprom", "siemens", "hydro", "turgenev", "tekken"])
def test_words_that_are_no_compounds_are_read_as_they_stand(word: str) -> None:
    """A stem needs a word to be glued to."""
    assert respelled(romanise(word)) == ""


def test_the_stems_are_well_formed() -> None:
    """Each stem has its place, and no spelling of one place stands for two stems."""
    seen: set[tuple[str, str]] = set()
    for place, line in tables.rows("compound_words.tsv"):
        assert place in ("first", "last", "any")
        for spelling in line.split("|"):
            assert spelling.isascii()
            assert spelling.isalpha()
            assert spelling.islower()
            assert (place, spelling) not in seen
            seen.add((place, spelling))


@pytest.mark.parametrize(
    ("word", "words"),
    [
        ("lantekcompany", ["lantek", "company"]), ("companylantek", ["company", "lantek"]),
        ("lanteklimitedliabilitycompany", ["lantek", "limited", "liability", "company"]),
        ("lantekgmbh", ["lantek", "gmbh"]), ("ооолантек", ["ооо", "лантек"]), ("anonimsirketi", ["anonim", "sirketi"]),
        ("industrialbank", ["industrial", "bank"]), ("scientificcenter", ["scientific", "center"]),
        ("instituteof", ["institute", "of"]), ("centerfor", ["center", "for"]),
    ],
)  # fmt: skip
def test_a_lost_space_is_found(word: str, words: list[str]) -> None:
    """Legal forms, full adjectives and little words part from what they are glued to."""
    assert list(unglued(word)) == words


@pytest.mark.parametrize(
    "word",
    [
        "unlimited", "accompany", "intercompany", "reliability", "сообщество", "aviakompaniya", "metalinvest", "aviatrade",
        "capitaland", "interfor", "technofor", "radiotekhnika", "highland", "company", "limited", "medicalexa", "ltd",
    ],
)  # fmt: skip
def test_names_and_words_stay_whole(word: str) -> None:
    """Of two nouns names are made, and they tell more than the nouns."""
    assert unglued(word) == (word,)
