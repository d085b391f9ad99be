"""Comparison of two names: real spellings that must meet, and for each a look-alike that must not."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sanctionscreen.errors import InputError
from sanctionscreen.matching import DEFAULT_THRESHOLD, compare_names

SAME = [
    ("АО «ТЕХКРИМ»", "Tehkrim", "any"),
    ("TECHCRIM JOINT STOCK COMPANY", "Техкрим", "any"),
    ("TEKHKRIM JSC", "Techkrim", "any"),
    ("Shanghai H-Win", "Shanghai H Win", "any"),
    ("HWin Shanghai", "Shanghai H Win", "any"),
    ("上海H Win新材料科技有限公司", "Shanghai H Win", "any"),
    ("深圳市大疆创新科技有限公司", "Shenzhen DJI Innovation Technology Co., Ltd.", "company"),
    ("大疆", "Da-Jiang Innovations", "company"),
    ("GUANGZHOU HAIGE COMM GRP", "Guangzhou Haige Communications Group Incorporated Company", "company"),
    ("HAIGE GUANGZHOU", "Guangzhou Haige Communications Group", "company"),
    ("CNOOC ENERGY TECH & SRVCES LTD", "CNOOC Energy Technology and Services Limited", "company"),
    ("LUKOIL OIL COMP", "Lukoil", "company"),
    ("NPK FOTONIKA LIMITED LIABILITY COMP", "ООО НПК Фотоника", "company"),
    ("Almaz Antey Telecom", "Almaz Antey", "company"),
    ("VOSTOK SYNTETIC ELECTRONICS, L.L.C.", "Vostok Synthetic Electronics LLC", "company"),
    ("OOO TSK Vektor", "ООО ТСК ВЕКТОР", "company"),
    ("Fergana Chemical Plant", "Fargona Kimyo Zavodi LLC", "company"),
    ("RAW MATERIALS CELLULOSE", "Raw Materials Cellulose LLC", "company"),
    ("Mykines Corporation LLP", "MYKINES CORPORATION", "company"),
    ("Romashka ТОО", "Ромашка LLC", "company"),
    ("Авиатрейд ООО", "Aviatrade LLC", "company"),
    ("VOSTOKCOMPANY", "Vostok Company", "company"),
    (
        "Scientific Research Instituet of Applied Acoustics",
        "Scientific Research Institute of Applied Acoustics",
        "company",
    ),
    ("Mykola Petrenko", "Николай Петренко", "person"),
    ("Syntetenko, M.", "Mykola Syntetenko", "person"),
    ("Воробьев Андрей Викторович", "Andrey Viktorovich VOROBYOV", "person"),
    ("习近平", "Xi Jinping", "person"),
    ("MV Synthetic Star", "SYNTHETIC STAR", "vessel"),
]
DIFFERENT = [
    ("Techcrimes", "Techkrim", "any"),
    ("H Win", "Shanghai H Win", "any"),
    ("H Win Ltd", "H Win", "any"),
    ("Shenzhen H Win", "Shanghai H Win", "any"),
    ("Shanghai Trading Co", "Shanghai H Win", "any"),
    ("Shenzhen Innovation Technology Co., Ltd.", "Shenzhen DJI Innovation Technology Co., Ltd.", "company"),
    ("DJI LLC", "DJI", "company"),
    ("BELLETECH CORP", "11420 CORP.", "company"),
    ("emma daniels", "EMMA LLC", "any"),
    ("George Bush", "George Habbash", "person"),
    ("Pavel Sudoplatov", "Sudoplatov", "any"),
    ("Plant No 5", "Plant No 7", "company"),
    ("Synthetic Fund 12", "Synthetic Fund 14", "company"),
    ("ООО", "LLC", "company"),
    ("Trading LLC", "ООО Трейдинг", "company"),
    ("International Trading Company", "International Electronics Company", "company"),
    ("Ivan Petrov", "Ivan Sidorov", "person"),
    ("Chen Wang", "Chen Yang", "person"),
    ("Daiyang Metal Co., Ltd.", "大疆", "any"),
    ("SYNTHETIC STAR II", "SYNTHETIC STAR III", "vessel"),
    ("A B C Trading", "A B D Trading", "company"),
    ("Raw Materials Trading LLC", "Raw Materials Cellulose LLC", "company"),
    ("Vektor Synthetic Electronics LLC", "Vostok Sintez Electronics LLC", "company"),
]


@pytest.mark.parametrize(("left", "right", "kind"), SAME)
def test_spellings_of_one_name_meet(left: str, right: str, kind: str) -> None:
    """Scripts, schemes, legal forms, abbreviations and slips do not hide a party."""
    assert compare_names(left, right, kind=kind).score >= DEFAULT_THRESHOLD  # type: ignore[arg-type]


@pytest.mark.parametrize(("left", "right", "kind"), DIFFERENT)
def test_names_of_two_parties_stay_apart(left: str, right: str, kind: str) -> None:
    """Forms, ordinary words, places, numbers, short words and family names alone make no match."""
    assert compare_names(left, right, kind=kind).score < DEFAULT_THRESHOLD  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "nothing", ["", "  ", "?!", "\x00", "\ud800", "ООО", "Ltd", "Shanghai", "H", "5", "the", "The Ltd"]
)
def test_what_names_nobody_matches_nothing_not_even_itself(nothing: str) -> None:
    """A legal form, a place, a letter, a number or no text at all is never a match."""
    assert compare_names(nothing, nothing).score < DEFAULT_THRESHOLD


@pytest.mark.parametrize(
    ("left", "right"), [("Trading LLC", "Trading Ltd"), ("Trading", "Handel"), ("Trading LLC", "The Trading LLC")]
)
def test_an_ordinary_word_alone_is_nobody_unless_the_names_are_equal(left: str, right: str) -> None:
    """A list may name a firm by an ordinary word; only the same name finds it."""
    assert compare_names(left, left).score == 1
    assert compare_names(left, right).score < DEFAULT_THRESHOLD


@pytest.mark.parametrize("name", ["Romashka", "DJI", "Export Import Bank", "Ромашка ООО", "深圳市大疆创新科技有限公司"])
def test_only_equal_names_score_one(name: str) -> None:
    """The score does not saturate: anything but equality after folding is below 1."""
    assert compare_names(name, name.upper()).score == 1
    assert compare_names(name, name + " LLP").score < 1


def test_another_script_is_not_quite_equal() -> None:
    """Romanised equality is a step below equality."""
    assert DEFAULT_THRESHOLD < compare_names("Ромашка", "Romashka").score < 1


def test_evidence_says_how_much_there_was_to_compare() -> None:
    """A short word is little, one rare word more, two rare words all one can ask."""
    short, one, two = (compare_names(n, n).evidence for n in ("DJI", "Romashka", "Romashka Vasilkova"))
    assert short < one < two == 1


words = st.sampled_from(
    "romashka vektor ромашка ООО llc l c trading технологии shanghai 深圳市大疆创新 tehkrim techkrim 5 7 ii j. smith "
    "ivan іван petrovich da jiang dajiang aero caribbean aerocaribbean the co ltd ag s a xi emma 12b".split()
)
names = st.lists(words, max_size=6).map(" ".join)
kinds = st.sampled_from(["any", "person", "company", "vessel", "aircraft"])


@settings(max_examples=300, deadline=None)
@given(names, names, kinds)
def test_comparison_is_symmetric(left: str, right: str, kind: str) -> None:
    """Which name is the listed one does not matter."""
    one, other = compare_names(left, right, kind=kind), compare_names(right, left, kind=kind)  # type: ignore[arg-type]
    assert (one.score, one.evidence) == (other.score, other.evidence)


@settings(max_examples=300, deadline=None)
@given(names, names, kinds, st.randoms(use_true_random=False))
def test_order_case_spacing_and_punctuation_do_not_matter(
    left: str, right: str, kind: str, order: random.Random
) -> None:
    """Verdicts are blind to all four; five letters apart are a word, and have an order."""
    shuffled = left.split()
    assume(sum(len(word) == 1 for word in shuffled) < 5)
    order.shuffle(shuffled)
    written = order.choice([" ", ", ", " - ", "  ", ". "]).join(shuffled)
    other = order.choice([str.upper, str.lower, str.title])(f" «{written}». ")
    expected = compare_names(left, right, kind=kind)  # type: ignore[arg-type]
    assert compare_names(other, right, kind=kind).score == expected.score  # type: ignore[arg-type]


@settings(max_examples=300, deadline=None)
@given(names, names, kinds)
def test_the_explanation_adds_up(left: str, right: str, kind: str) -> None:
    """The points of the parts are the score, to the last digit, and the score is within bounds."""
    comparison = compare_names(left, right, kind=kind)  # type: ignore[arg-type]
    assert sum(part.points for part in comparison.explanation) == comparison.score
    assert 0 <= comparison.score <= 1
    assert 0 <= comparison.evidence <= 1


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_can_be_compared(left: str, right: str) -> None:
    """No text breaks it, and it stays symmetric."""
    assert compare_names(left, right).score == compare_names(right, left).score


def test_the_explanation_says_what_met_what() -> None:
    """A reader sees the pairs, how they agree, and what stands alone."""
    parts = compare_names("Tehkrim Izhevsk OOO", "АО Техкрим").explanation
    assert ("tehkrim", "техкрим") in {(part.left, part.right) for part in parts}
    assert any(part.left == "izhevsk" and part.points < 0 for part in parts)


@pytest.mark.parametrize("wrong", [b"Romashka", None, 12, 1.5, ["Romashka"]])
def test_what_is_no_text_is_refused(wrong: object) -> None:
    """The error names the type."""
    with pytest.raises(InputError, match="name is text"):
        compare_names(wrong, "Romashka")  # type: ignore[arg-type]


def test_an_unknown_kind_is_refused_with_the_known_ones() -> None:
    """A typing error gets the right word."""
    with pytest.raises(InputError, match="did you mean 'vessel'"):
        compare_names("a", "b", kind="vesel")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "hostile",
    [
        "a" * 10_000,
        "romashka " * 500,
        " ".join(f"word{i}" for i in range(500)),
        "ooo " * 3000,
        "大疆" * 3000,
        "a b " * 500,
    ],
)
def test_a_hostile_name_is_cheap_and_reported_as_cut(hostile: str) -> None:
    """Length cannot stall a run."""
    compare_names("warm", "up")
    started = time.perf_counter()
    comparison = compare_names(hostile, hostile + " x")
    assert time.perf_counter() - started < 0.5
    assert not comparison.explanation or comparison.explanation[-1].how.startswith("too long")
