"""Where a name ends in a line of a document: at its legal form, or where an address begins."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from types import MappingProxyType
from typing import NamedTuple

from sanctionscreen.text import tables
from sanctionscreen.text.folding import fold
from sanctionscreen.text.lexicon import NAMING, PLACES, describe
from sanctionscreen.text.postal_words import address_words

_ASCII_TOKEN = re.compile(r"[^\W_]+(?:'[^\W\d_]+)*")
_MOST_TOKENS = 160
"""Words looked at: the longest cells of customs data have about 30."""
_WITHIN = 8
"""Tokens from the word of an address to its number: Cicek Sokak Sentetik Mahallesi No 5 has five."""
_MOST_BEHIND = 8
_JOINED_FORMS = 4
"""Forms that follow each other: San. ve Tic. Ltd. Sti., Sp. z o.o. Sp. k."""
_CUES = frozenset({"before", "after", "inner", "floor", "box", "part", "building"})
_SHORT_CUES = frozenset(
    """ul ул вул via str rd av ave no rm fl of оф д г office ulica calle ctra crta pr пр unit shop plot flat room floor
    st""".split()
)
"""Words of one or two letters, and names of people among the table, that begin an address behind a legal form only."""
_GOES_ON = frozenset(
    "di de of divisione division div branch branche sucursal filiale filial филиал dept department".split()
)
_NEVER_ALONE = frozenset({"of", "no", "st", "д", "г"})
_NO_CUES = frozenset(
    # Ordinary words of company names, or of initials, that addresses use as well.
    """way drive close row path k к c s a d m g f n p plaza place square quay wharf gate tower wing block unit level
    line lot space store shop stall office part local section phase house building pl sh al per pros sec kat ap app et
    em k1 km lit cl jl sk tn tee mnt dao lu jie xiang weg allee platz corso plac bank emb praca desk door terrace
    crescent camino bypass""".split()
)


class Token(NamedTuple):
    """A word of a cell and where it stands."""

    text: str
    start: int
    end: int


def tokens_of(text: str) -> list[Token]:
    """The words of a text, folded, with their places; dotted initials are words of one letter."""
    words = (_ASCII_TOKEN if text.isascii() else _token()).finditer(text)
    return [Token(_folded(found[0]), found.start(), found.end()) for found in words][:_MOST_TOKENS]


@cache
def _token() -> re.Pattern[str]:
    return re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+|[^\W_\u3400-\u9fff\uf900-\ufaff]+(?:['’][^\W\d_]+)*")


@lru_cache(maxsize=16_384)
def _folded(word: str) -> str:
    return fold(word).text.replace("'", "").replace("’", "").replace(" ", "")


class _Form(NamedTuple):
    words: tuple[str, ...]
    is_certain: bool


@cache
def _forms() -> Mapping[str, tuple[_Form, ...]]:
    """Legal forms in the order they are written, by their first word, longest first; also as separate initials."""
    found: dict[tuple[str, ...], bool] = {}
    for row in tables.rows("legal_forms.tsv"):
        for written in fold(row[-1]).text.split("|"):
            spelling = written.lstrip("? ").replace(".", "").replace("'", "").replace("’", "")
            certain = not written.startswith("?") and len(spelling.replace(" ", "")) > 2
            words = tuple(spelling.split())
            initials = tuple(spelling) if spelling.isalpha() and 2 <= len(spelling) <= 4 else ()
            for form in filter(None, (words, initials)):
                found[form] = found.get(form, False) or certain
    by_first: dict[str, list[_Form]] = {}
    for words, certain in sorted(found.items(), key=lambda item: (-len(item[0]), item[0])):
        by_first.setdefault(words[0], []).append(_Form(words, certain))
    return MappingProxyType({first: tuple(forms) for first, forms in by_first.items()})


def form_at(tokens: Sequence[Token], at: int) -> tuple[int, bool]:
    """How many tokens from here are a legal form, and whether they are nothing else."""
    for form in _forms().get(tokens[at].text, ()):
        if tuple(token.text for token in tokens[at : at + len(form.words)]) == form.words:
            return len(form.words), form.is_certain
    return 0, False


def forms_from(tokens: Sequence[Token], at: int) -> tuple[int, bool]:
    """`form_at` with the forms that follow directly: Co., Ltd."""
    end, certain = at, False
    for _ in range(_JOINED_FORMS):
        if end >= len(tokens):
            break
        taken, sure = form_at(tokens, end)
        if not taken:
            break
        end, certain = end + taken, certain or sure
    return end - at, certain


def has_certain_form(tokens: Sequence[Token]) -> bool:
    return any(form_at(tokens, at)[1] for at in range(len(tokens)))


def ends_with_form(tokens: Sequence[Token]) -> bool:
    """A legal form that is nothing else closes these words."""
    return any(
        at + taken == len(tokens) and certain
        for at in range(max(0, len(tokens) - 8), len(tokens))
        for taken, certain in (forms_from(tokens, at),)
    )


def names_somebody(tokens: Sequence[Token], fewest: int = 1) -> bool:
    """Words that tell one party from another, not only forms, trades, places and numbers."""
    own = 0
    at = 0
    while at < len(tokens):
        taken, certain = form_at(tokens, at)
        if taken and (certain or taken > 1):
            at += taken
            continue
        own += _is_own(tokens[at].text)
        at += 1
    return own >= fewest


@lru_cache(maxsize=16_384)
def _is_own(word: str) -> bool:
    return len(word) > 1 and describe(word).kind in NAMING and not word.isdigit()


@lru_cache(maxsize=16_384)
def is_place(word: str) -> bool:
    return describe(word).kind in PLACES


def are_places(tokens: Sequence[Token]) -> bool:
    """Moscow; Russia Moscow; м. Київ; Московская обл.: places by name, or what a label says is one.

    Of a place that no table knows only labels of Russian and Ukrainian say so: city and town are words of names, too.
    """
    words = [token.text for token in tokens]
    labels = [at for at, word in enumerate(words) if address_words().get(word, ("",))[0] in ("town", "region")]
    if all(at in labels or is_place(word) for at, word in enumerate(words)):
        return len(labels) < len(words)
    if len(labels) != 1 or len(words) > _MOST_OF_A_PLACE or has_certain_form(tokens):
        return False
    return (labels[0] == 0 and words[0] in _TOWNS) or words[labels[0]] in _REGIONS


_TOWNS = frozenset("г гор город смт пгт пос поселок село деревня станица місто".split())
_REGIONS = frozenset("обл область край респ республика район рн округ".split())
_MOST_OF_A_PLACE = 3
"""Words of a place with its label: г. Нижний Новгород."""


def is_cue(word: str, *, behind_form: bool) -> bool:
    """A word with which addresses begin; names hold some too, so fewer count where no legal form stands before."""
    if address_words().get(word, ("",))[0] not in _CUES and word not in _SHORT_CUES:
        return False
    return behind_form or (word not in _NO_CUES and (len(word) > 2 or word in _SHORT_CUES) and word not in _NEVER_ALONE)


def is_street(word: str) -> bool:
    return address_words().get(word, ("",))[0] in ("before", "after")


def glued_form(tokens: Sequence[Token], at: int) -> int:
    """Letters of a token that close a legal form with an address glued to it: GMBH53489, L L COFFICE; else 0."""
    word = tokens[at].text
    if word.isdigit() or form_at(tokens, at)[0]:
        return 0
    for form in (
        "limited",
        "gmbh",
        "ltda",
        "ltd",
        "srl",
        "spa",
        "llc",
        "llp",
        "ooo",
        "ооо",
        "sarl",
        "inc",
        "slu",
        "sau",
        "zoo",
    ):
        rest = word[len(form) :] if word.startswith(form) else ""
        postcode = len(rest) == 1 and form != "ltd" and _is_postcode(tokens[at + 1 : at + 2])  # GMBHD 92521
        if postcode or _is_address_glued(rest, tokens, form in ("limited", "gmbh", "ltd")):
            return len(form)
    for initials in ("spa", "llc", "llp", "srl", "slu", "sau", "sa", "sl"):
        before = initials[:-1]
        if at >= len(before) and word.startswith(initials[-1]) and _spaced(tokens, at, before):
            rest = word[1:]
            if _is_address_glued(rest, tokens, False) and len(rest) > 2:
                return 1
    return 0


def _is_postcode(tokens: Sequence[Token]) -> bool:
    return bool(tokens) and tokens[0].text.isdigit() and len(tokens[0].text) > 3


def _spaced(tokens: Sequence[Token], at: int, letters: str) -> bool:
    """L L or LL before COFFICE."""
    apart = [token.text for token in tokens[at - len(letters) : at]]
    return apart == list(letters) or tokens[at - 1].text == letters


def _is_address_glued(rest: str, tokens: Sequence[Token], form_is_no_beginning: bool) -> bool:
    """What follows a form in one word is a number, a word of addresses, a place or the firm's first word again."""
    if not rest:
        return False
    if rest[0].isdigit():
        return True
    if len(rest) < 3 and rest not in ("rm", "ul", "av", "no", "pl", "po", "st"):
        return False
    known = (
        is_cue(rest, behind_form=True)
        or is_place(rest)
        or rest in ("near", "opp", "survey", "ciudad", "village", "partida")
    )
    # No word of any language opens with limited, gmbh or ltd and goes on with four letters more.
    return known or rest == tokens[0].text or (form_is_no_beginning and len(rest) > 3)


def address_begins(tokens: Sequence[Token], text: str) -> int:
    """Where in the text the name is over and an address begins; the length of the text where none does."""
    numbers = [at for at, token in enumerate(tokens) if any(map(str.isdigit, token.text))]
    if not numbers:
        return len(text)
    last_form = max((at for at in range(len(tokens)) if form_at(tokens, at)[1]), default=-1)
    at = _first_own(tokens) + 1
    while at < len(tokens):
        glued = glued_form(tokens, at)
        if glued:
            return tokens[at].start + glued
        taken, _ = forms_from(tokens, at)
        behind = at + taken
        if taken and behind < len(tokens) and glued_form(tokens, behind):
            return tokens[behind].start + glued_form(tokens, behind)
        if taken and behind < len(tokens) and _is_address(tokens, behind, numbers):
            behind = _past_owner(tokens, behind)
            end = tokens[behind - 1].end
            return end + (text[end : end + 1] == ".")
        if not taken and last_form < at:
            if "," in text[tokens[at - 1].end : tokens[at].start] and _opens_part(tokens, at):
                return tokens[at - 1].end
            if _opens_address(tokens, at, numbers):
                return tokens[_with_number_before(tokens, at)].start
        at += max(taken, 1)
    return tokens[numbers[-1]].start if _is_closing_postcode(tokens, numbers[-1]) else len(text)


def _is_closing_postcode(tokens: Sequence[Token], at: int) -> bool:
    """ROMASHKA PLUS 79067 UKRAINE: a postcode, and nothing but places behind it."""
    behind = tokens[at + 1 :]
    is_code = at >= 2 and len(tokens[at].text) >= 5 and tokens[at].text.isdigit()
    return is_code and bool(behind) and all(is_place(token.text) for token in behind)


def _first_own(tokens: Sequence[Token]) -> int:
    """The first word that tells one party from another; before it a form opens the name and does not close it."""
    at = 0
    while at < len(tokens):
        taken, certain = form_at(tokens, at)
        if taken and (certain or taken > 1):
            at += taken
        elif at and glued_form(tokens, at):
            return at - 1  # A B C SRLVIA
        elif _is_own(tokens[at].text) or (tokens[at].text[0].isdigit() and at + 1 < len(tokens)):
            return at
        elif len(tokens[at].text) == 1 and at + 1 < len(tokens) and len(tokens[at + 1].text) == 1:
            return at  # A B C S.r.l. is called by initials
        else:
            at += 1
    return at


def _is_address(tokens: Sequence[Token], at: int, numbers: Sequence[int]) -> bool:
    """Behind a legal form: a number, and with it a word of addresses, a place or a postcode."""
    behind = [n for n in numbers[-_MOST_BEHIND:] if n >= at]
    if not behind:
        return False
    first = tokens[at].text
    if any(map(str.isdigit, first)) or is_cue(first, behind_form=True) or is_place(first):
        return True
    cues = any(is_cue(token.text, behind_form=False) for token in tokens[at : at + 3 * _WITHIN])
    return cues or len(behind) > 1 or len(tokens[behind[0]].text) >= 5


def _past_owner(tokens: Sequence[Token], at: int) -> int:
    """S.a.s. di Rossi Mario, S.p.A. divisione Keope: the name goes on behind the form, up to the address."""
    if tokens[at].text not in _GOES_ON:
        return at
    while (
        at < len(tokens)
        and not any(map(str.isdigit, tokens[at].text))
        and not is_cue(tokens[at].text, behind_form=False)
    ):
        at += 1
    return at


def _opens_part(tokens: Sequence[Token], at: int) -> bool:
    """Behind a comma: Office 5, or 8 Syntetika street."""
    near = tokens[at + 1 : at + 4]
    if is_cue(tokens[at].text, behind_form=True):
        return any(token.text[0].isdigit() for token in near[:2])
    return tokens[at].text[0].isdigit() and any(is_cue(token.text, behind_form=False) for token in near)


def _opens_address(tokens: Sequence[Token], at: int, numbers: Sequence[int]) -> bool:
    """Without a legal form: a word of addresses with a number beside it."""
    if at < 2 or not is_cue(tokens[at].text, behind_form=False):
        return False
    return any(at - 2 <= n <= at + _WITHIN for n in numbers)


def _with_number_before(tokens: Sequence[Token], at: int) -> int:
    """8 Syntetika street begins at 8; ul. Syntetika 8 at ul."""
    for back in range(at - 1, max(at - 5, 0), -1):
        if tokens[back].text[0].isdigit():
            return back
    return at
