"""The goods lists: what the built-in files hold, and what a faulty file is told."""

from __future__ import annotations

import shutil
from datetime import date

import pytest

from sanctionscreen import resources
from sanctionscreen.goods import load_goods
from sanctionscreen.goods.categories import TIERS
from sanctionscreen.goods.inflection import english_forms, russian_stems
from sanctionscreen.goods.terms import Role, Sense, TermIndex
from sanctionscreen.watchlist import load_seeds

NINE_OF_MAY_2023 = {"854231", "854232", "854233", "854239", "851762", "852691", "853221", "853224", "854800"}


@pytest.fixture(scope="module")
def goods():
    return load_goods()


@pytest.fixture
def folder(tmp_path):
    for name in ("goods.yml", "chpl.yml"):
        shutil.copy(resources.folder("watchlists") / name, tmp_path / name)
    return tmp_path


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def faults_of(folder, **more):
    with pytest.raises(ExceptionGroup) as caught:
        load_goods(folder, **more)
    return [str(fault) for fault in caught.value.exceptions]


def test_the_high_priority_list_is_whole(goods):
    """Fifty codes in six tiers, as the version of 2024-02-23 has them."""
    sizes = {tier: sum(code.tier == tier for code in goods.chpl.values()) for tier in TIERS}
    assert sizes == {"1": 4, "2": 5, "3.A": 16, "3.B": 9, "4.A": 11, "4.B": 5}
    assert goods.version == "2024-02-23"


def test_only_codes_whose_day_is_known_have_one(goods):
    """The nine of May 2023 are dated; the others carry a range between two versions."""
    dated = {code.hs6 for code in goods.chpl.values() if code.since.earliest == code.since.latest}
    assert dated == NINE_OF_MAY_2023
    assert {str(goods.chpl[code].since) for code in dated} == {"since 2023-05-19"}
    assert str(goods.chpl["845710"].since) == "added between 2023-09 and 2024-02-23"


def test_a_code_counts_from_the_first_day_it_can_have_been_listed(goods):
    """Days before the range are out, days inside it may be in."""
    lathe = goods.chpl["845811"].since
    assert not lathe.may_be_before(date(2023, 8, 31))
    assert lathe.may_be_before(date(2023, 9, 1))


def test_the_categories_of_the_articles_are_all_there(goods):
    """Twenty categories, each named by at least one article and with codes of six digits."""
    assert len(goods.categories) == 20
    for category in goods.categories.values():
        assert category.named_in
        assert category.codes
        assert category.strong or category.weak


def test_every_citation_is_a_document_of_the_evidence():
    """The built-in lists load against the built-in evidence."""
    assert load_goods(documents=load_seeds().documents.keys()).categories


def test_codes_of_one_edition_are_told_apart(goods):
    """Every HS2017 code of the priority list that HS2022 renumbered is known as one of 2017 only."""
    assert set(goods.chpl_2017) == {"854890", "852580", "854140", "854150", "880330"}
    assert set(goods.chpl_2017) <= goods.editions.hs2017_only
    assert not goods.editions.hs2017_only & goods.editions.hs2022_only


def test_rules_find_lists_by_tier_and_category(goods):
    """Named lists carry codes, a citation with its date, and the kind that rules expect."""
    lists = goods.named_lists
    assert len(lists["chpl.all"].values) == 50
    assert lists["chpl.tier_1"].values == ("854231", "854232", "854233", "854239")
    assert sum(len(lists[f"chpl.tier_{tier}"].values) for tier in ("1", "2", "3a", "3b", "4a", "4b")) == 50
    assert "391220" in lists["goods.nitrocellulose"].values
    assert {"goods." + name for name in goods.categories} <= set(lists)
    assert all(named.kind == "hs" and named.citation and named.as_of for named in lists.values())
    assert "392690" in lists["goods.body_armour"].values
    assert "goods.body_armour.alone" not in lists


def test_every_term_is_found_where_it_stands(goods):
    """Each term of each category is found in a text that is the term itself."""
    for category in goods.categories.values():
        for sense in category.senses():
            assert sense in {found.sense for found in goods.terms.find(sense.term).found}, sense


def test_the_fingerprint_follows_the_facts(goods, folder):
    """A comment changes nothing; a code does."""
    edit(folder / "chpl.yml", "# Common", "# The common")
    assert load_goods(folder).fingerprint == goods.fingerprint
    edit(folder / "chpl.yml", 'tier: "1"', 'tier: "2"')
    edit(folder / "chpl.yml", "tier_1: 4", "tier_1: 3")
    assert load_goods(folder).fingerprint != goods.fingerprint


def test_all_faults_come_at_once_with_file_and_line(folder):
    """Faults of both files stand together, each at its place, and nothing loads."""
    edit(folder / "goods.yml", '"854231": processors', '"85423": processors')
    edit(folder / "goods.yml", "label:", "lable:")
    edit(folder / "chpl.yml", 'tier: "1"', 'tier: "5"')
    faults = faults_of(folder)
    assert any(f.startswith("goods.yml:") and "'85423'" in f and "six digits" in f for f in faults)
    assert any("unknown key 'lable'" in f and "did you mean 'label'" in f for f in faults)
    assert any("needs the key 'label'" in f for f in faults)
    assert any(f.startswith("chpl.yml:") and "'tier'" in f and "'5'" in f for f in faults)


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("goods.yml", "expect: {categories: 20", "expect: {categories: 21", "fewer than the 21"),
        ("goods.yml", "- id: machine_tools", "- id: microelectronics", "given twice"),
        ("goods.yml", "weak: [IC,", "weak: [MOSFET,", "both strong and weak"),
        ("goods.yml", "strong: [\n      microchip,", "strong: [\n      microchip, Microchip,", "stands twice"),
        ("goods.yml", 'shared: ["853321"', 'shared: ["853322"', "no code of category"),
        ("goods.yml", 'disguises: {"9503": strong}', 'disguises: {"9503": loud}', "write strong or any"),
        ("goods.yml", 'tiers: ["1", "2", "3.A"]', 'tiers: ["1", "2", "3"]', "is no tier"),
        ("goods.yml", "at_least: 3", "at_least: 30", "a number from 1 to 6"),
        ("goods.yml", "weak_because:", "weak_reason:", "unknown key 'weak_reason'"),
        ("chpl.yml", 'hs6: "854232"', 'hs6: "854231"', "stands twice"),
        ("chpl.yml", 'hs6: "851762"', 'hs6: "854231"', "in two tiers, 1 and 2"),
        ("chpl.yml", 'hs6: "854232"', 'hs6: "8542.32"', "six digits"),
        ("chpl.yml", "    since: first", "    since: frist", "did you mean 'first'?"),
        ("chpl.yml", "earliest: 2023-09", "earliest: autumn", "a month as 2026-01"),
        ("chpl.yml", 'relation: "n:1"', 'relation: "n:2"', "'relation'"),
        ("chpl.yml", "basis: general knowledge", "basis: hearsay", "'basis'"),
        ("chpl.yml", "version: 2024-02-23", "version: February", "write a day"),
    ],
)
def test_a_fault_says_what_is_wrong(folder, file, old, new, said):
    """Each kind of mistake is named at its line."""
    edit(folder / file, old, new)
    faults = faults_of(folder)
    assert any(said in fault and fault.startswith(f"{file}:") for fault in faults), faults


def test_a_citation_must_exist_where_documents_are_known(folder):
    """A document that the evidence does not hold is a fault; without known documents it is not looked at."""
    edit(folder / "goods.yml", 'named_in: ["001", "002", "004"]', 'named_in: ["001", "002", "009"]')
    assert load_goods(folder).categories
    assert any("unknown document '009'" in fault for fault in faults_of(folder, documents=load_seeds().documents))


def test_a_missing_file_is_named(tmp_path):
    """An empty folder names both files that it lacks."""
    faults = faults_of(tmp_path)
    assert [fault.split(":")[0] for fault in faults] == ["chpl.yml", "goods.yml"]


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("drone", {"drone", "drones"}),
        ("battery", {"battery", "batteries"}),
        ("lens", {"lens", "lenses"}),
        ("samples", {"samples", "sampleses", "sample"}),
        ("armour", {"armour", "armours", "armor", "armors"}),
    ],
)
def test_english_words_have_their_plural(word, forms):
    """Plural and singular, in both spellings."""
    assert set(english_forms(word)) == forms


@pytest.mark.parametrize(
    ("term", "text", "is_found"),
    [
        ("ракета", "поставка ракетами", True),
        ("ракета", "ракетки теннисные", False),
        ("порох", "порохов бездымных", True),
        ("порох", "порошок стиральный", False),
        ("танк", "танков", True),
        ("танк", "танкер", False),
        ("станок", "станков", True),
        ("винтовка", "100 винтовок", True),
        ("беспилотный летательный аппарат", "беспилотных летательных аппаратов", True),
        ("токарный станок", "станки токарные", True),
        ("БАС", "басы", False),
        ("car", "carpet cardigan carton cargo", False),
        ("car", "2 cars", True),
        ("drone", "DRONES", True),
        ("walkie-talkie", "walkie talkies", True),
        ("bullet-proof vest", "bulletproof vests", True),
        ("Mavic", "mavic3", True),
        ("body armour", "body armor", True),
        ("optical sight", "sight, optical", True),
        ("optical sight", "sight; optical", False),
        ("无人机", "大疆无人机配件", True),
        ("无人机", "无线耳机", False),
        ("полётный контроллер", "полетный контроллер", True),
    ],
)
def test_terms_are_whole_words_with_their_endings(term, text, is_found):
    """A term is found in its forms, in either order of two words, and never inside another word."""
    index = TermIndex()
    index.add(Sense(Role.STRONG, "any", term))
    assert bool(index.find(text).found) == is_found


def test_a_russian_stem_keeps_the_fleeting_vowel():
    """станок becomes станка, винтовка becomes винтовок."""
    assert russian_stems("станок") == ("станок", "станк")
    assert "винтовок" in russian_stems("винтовка")
