"""Goods of many lines at once: nothing that reading one by one finds may be missed, and spans stand where they say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanctionscreen.goods import Goods, classify, classify_many, load_goods
from sanctionscreen.goods.terms import Role, places_of_words, readable

GOODS = load_goods()
TERMS = sorted({sense.term for category in GOODS.categories.values() for sense in category.senses()})
VAGUE = ["spare parts", "samples", "запчасти", "配件", "of", "and", "для", "2 pcs", "goods"]
CODES = [None, "", "8542.31", "690721", "8471", "85423190", "854140", "9503.00", "abc", "8542.31; 8541.10"]
DAYS = [None, date(2021, 5, 1), date(2024, 5, 1)]

pieces = st.one_of(
    st.sampled_from(TERMS),
    st.sampled_from(TERMS).map(str.upper),
    st.sampled_from(VAGUE),
    st.sampled_from(
        [
            " ",
            ",",
            ";",
            "|",
            "-",
            "/",
            "x",
            "3",
            "100",
            "ё",
            "Й",
            "²",
            "ＣＮＣ",
            "<b>",
            "</b>",
            "&amp;",
            "&eacute;",
            "🙂",
        ]
    ),
    st.text(max_size=6),
)
descriptions = st.lists(st.tuples(pieces, st.sampled_from(["", " ", "-", "\u200b", "\n", "́"])), max_size=8).map(
    lambda parts: "".join(piece + glue for piece, glue in parts)
)
lines = st.builds(Goods, st.none() | descriptions, st.sampled_from(CODES), st.sampled_from(DAYS))


@settings(max_examples=150, deadline=None)
@given(st.lists(lines, max_size=12))
def test_many_at_once_read_as_one_by_one(goods: list[Goods]) -> None:
    """Whatever is glued, folded, marked up or written in another script: the reading is the same, spans aside."""
    alone = [replace(classify(one.description, one.hs, date=one.date, lists=GOODS), spans=()) for one in goods]
    assert classify_many(goods, lists=GOODS) == alone


def test_every_term_passes_the_sieve() -> None:
    """Each term in a sentence of its own, in both cases, between digits, and with HTML around it."""
    texts = [form for term in TERMS for form in (term, term.upper(), f"2{term}", f"<i>{term}</i>&nbsp;x", f"ф {term}7")]
    goods = [Goods(text) for text in texts]
    alone = [replace(classify(text, lists=GOODS), spans=()) for text in texts]
    assert classify_many(goods, lists=GOODS) == alone
    assert sum(bool(one.text_categories) for one in alone) > 1_000


@settings(max_examples=200, deadline=None)
@given(descriptions)
def test_each_word_has_its_place(text: str) -> None:
    """As many places as words, in order, each within the text."""
    places = places_of_words(text)
    assert len(places) == len(GOODS.terms.find(readable(text)).lemmas)
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("text", "says", "written"),
    [
        ("3000 pcs Airsoft HELMETS, aramid", "strong", "Airsoft HELMETS"),
        ("R&amp;D: <b>FPV&nbsp;drone</b>", "strong", "FPV&nbsp;drone"),
        ("комплект: дроны ФПВ, 5 шт.", "strong", "дроны"),
        ("产品：无人机，型号X", "strong", "无人机"),
        ("ＦＰＧＡ x 40", "strong", "ＦＰＧＡ"),
        ("motorcycle helmets 40 pcs", "cancels", "motorcycle"),
    ],
)
def test_a_span_is_the_text_as_written(text: str, says: str, written: str) -> None:
    """Markup, entities, case endings, full-width letters and Chinese: the words are found where they stand."""
    found = {text[span.start : span.end] for span in classify(text, lists=GOODS).spans if span.says == says}
    assert written in found


def test_spans_name_what_raised_and_what_was_cancelled() -> None:
    """A bag for a drone is a bag; a helmet beside it is still a helmet."""
    spans = classify("drone bag; ballistic helmet", lists=GOODS).spans
    assert ("cancelled", "drones") in {(span.says, span.category) for span in spans}
    assert ("strong", "helmets") in {(span.says, span.category) for span in spans}


def test_a_sieve_without_terms_lets_only_unknown_letters_through() -> None:
    """A list without terms of a role asks for nothing."""
    from sanctionscreen.goods.sieve import Sieve
    from sanctionscreen.goods.terms import TermIndex

    assert Sieve.of(TermIndex(), (Role.STRONG,)).may_hold(["drone", "ꭃ"]).to_list() == [False, True]
