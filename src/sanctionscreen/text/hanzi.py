"""Chinese names in their parts: place, brand, trade, legal form. Their English form translates all but the brand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType

from sanctionscreen.text.legal_forms import han_forms, is_han
from sanctionscreen.text.lexicon import PLACES, Word, describe, lexicon
from sanctionscreen.text.romanise import sound, syllables

_PLACE_SUFFIXES = "市省区縣县區"
_ORDINARY_ALONE = frozenset("新")
"""Ordinary words of one character, where known words stand on both sides: 新材料 is new material."""
_COMPOUND_SURNAMES = frozenset("欧阳 歐陽 司马 司馬 上官 诸葛 諸葛 东方 夏侯 皇甫 尉迟 公孙 慕容 令狐 司徒".split())


def segment(run: str) -> list[Word]:
    """The words of an unbroken run of Chinese characters.

    >>> [(word.native, word.kind) for word in segment("深圳市大疆创新科技有限公司")]
    [('深圳', 'city'), ('大疆', 'own'), ('创新', 'generic'), ('科技', 'generic'), ('有限公司', 'form')]
    """
    pieces = list(_pieces(run))
    if len(pieces) == 1 and not _is_known(run) and 2 <= len(run) <= 4 and _family(run):
        family = _family(run)
        return [_read(family), _read(run[len(family) :])]
    return [_word(pieces, at) for at in range(len(pieces))]


def _pieces(run: str) -> Iterator[str]:
    """Known words by longest match from the left; what lies between them is a brand."""
    at, brand = 0, ""
    while at < len(run):
        known = next((run[at : at + n] for n in range(_longest(), 0, -1) if _is_known(run[at : at + n])), "")
        if not known:
            brand, at = brand + run[at], at + 1
            continue
        if brand:
            yield brand
        yield known
        brand, at = "", at + len(known)
        if describe(known).kind in PLACES and run[at : at + 1] in tuple(_PLACE_SUFFIXES):
            at += 1
    if brand:
        yield brand


def _word(pieces: list[str], at: int) -> Word:
    piece = pieces[at]
    if piece in _known() and _known()[piece] != "word":
        return Word(piece, "".join(syllables(piece)), piece, "form", "form:" + _known()[piece])
    if piece in _known() or piece in _ORDINARY_ALONE:
        return describe(piece)
    return _read(piece, "".join(_english_initial(p) for p in pieces[at + 1 :]))


def _read(brand: str, after: str = "") -> Word:
    """A brand by its reading; English names often shorten it to initials, with those of the words behind it."""
    read = syllables(brand)
    text, initials = "".join(read), "".join(part[0] for part in read)
    shortened = tuple(initials + after[:n] for n in range(len(after) + 1) if 3 <= len(initials) + n <= 5)
    word = describe(text)
    return Word(brand, text, sound(text), "family" if word.kind == "family" else "own", word.meaning, shortened)


def _english_initial(piece: str) -> str:
    known = lexicon().get(piece)
    return known[1].partition(":")[2][0] if known is not None and known[0] == "generic" else ""


def _family(run: str) -> str:
    if len(run) > 2 and run[:2] in _COMPOUND_SURNAMES:
        return run[:2]
    known = lexicon().get(run[0])
    return run[0] if known is not None and known[0] == "family" else ""


def _is_known(piece: str) -> bool:
    return piece in _known()


@cache
def _known() -> Mapping[str, str]:
    """Class of a legal form, or `word`; single characters are mostly parts of brands, except the one for a factory."""
    words = {w: "word" for w, (kind, _) in lexicon().items()
             if is_han(w) and (len(w) > 1 or w in "厂廠") and (kind == "generic" or kind in PLACES)}  # fmt: skip
    return MappingProxyType(words | dict(han_forms()))


@cache
def _longest() -> int:
    return max(map(len, _known()))
