"""Chinese names in their parts: place, brand, trade, legal form. Their English form translates all but the brand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from operator import itemgetter
from types import MappingProxyType

from sanctionscreen.text.cantonese import han_readings
from sanctionscreen.text.legal_forms import han_forms, is_han
from sanctionscreen.text.lexicon import PLACES, Word, describe, of_other_scripts, said_of
from sanctionscreen.text.romanise import sound, syllables

_PLACE_SUFFIXES = frozenset("市省区縣县區州")
_ORDINARY_ALONE = frozenset("新")
"""Ordinary words of one character, where known words stand on both sides: 新材料 is new material."""
_WHOLE_ALONE = frozenset("厂廠店")
"""Trades of one character; others of one character are mostly parts of brands."""
_COMPOUND_SURNAMES = frozenset("欧阳 歐陽 司马 司馬 上官 诸葛 諸葛 东方 夏侯 皇甫 尉迟 公孙 慕容 令狐 司徒".split())
_DIGITS = {c: at for at, characters in enumerate(("〇零", *"一二三四五六七八九")) for c in characters} | {"两": 2}
_NUMERALS = "〇零一二三四五六七八九十百两"
_NUMBER = re.compile(f"第[{_NUMERALS}]{{1,6}}号?|[{_NUMERALS}]{{1,3}}(?=研究所|研究院|厂|廠|局|所)|第$")
"""第五 is No. 5; without 第 a number is read only where one is usual: 一汽 is a brand."""
_MOST_READ = 8
"""Characters of a brand that are read in other dialects; what is longer is no brand, but a phrase no table knows."""


def segment(run: str, *, alone: bool = True) -> tuple[Word, ...]:
    """The words of an unbroken run of Chinese characters.

    Args:
        run: Characters without a space or a bracket between them.
        alone: Nothing else stands in the name, so that a run that begins like a person's name is one.

    >>> [(word.native, word.kind) for word in segment("深圳市大疆创新科技有限公司")]
    [('深圳', 'city'), ('大疆', 'own'), ('创新', 'generic'), ('科技', 'generic'), ('有限公司', 'form')]
    >>> [word.text for word in segment("第五十四研究所")]
    ['54', 'yanjiusuo']
    """
    return _segment(run, alone)


@lru_cache(maxsize=4096)
def _segment(run: str, alone: bool) -> tuple[Word, ...]:
    pieces = _pieces(run)
    if alone and len(pieces) == 1 and not _is_known(run) and 2 <= len(run) <= 4 and (family := _family(run)):
        return (_read(family), _read(run[len(family) :]))
    return tuple([_word(pieces, at) for at in range(len(pieces))])


def _pieces(run: str) -> list[str]:
    """Known words, and the brands between them; of several ways to divide, the one that leaves fewest characters over.

    Read from the left alone, 国光电气 would be 光电 between two characters; it is 国光 and 电气.
    """
    steps = _steps(run)
    pieces: list[str] = []
    at, unknown = 0, 0
    while at < len(run):
        size, skipped = steps[at][unknown]
        if size:
            pieces.append(run[at : at + size])
        elif unknown:
            pieces[-1] += run[at]
        else:
            pieces.append(run[at])
        at, unknown = at + (size + skipped or 1), 0 if size else min(unknown + 1, 2)
    return pieces


_KNOWN_COSTS = 0.5
_CHARACTER_COSTS = (2.2, -0.2, 1.0)
"""The first, second and every other character that no table knows: a brand of one is rarer than one of two.

A known word between two lone characters costs more than the three as part of another division; beside one, it stands.
"""


def _steps(run: str) -> list[tuple[_Step, _Step, _Step]]:
    """The step of least cost at each place, behind no, one or more characters that no table knows."""
    costs: list[tuple[float, float, float]] = [(0.0, 0.0, 0.0)]
    steps: list[tuple[_Step, _Step, _Step]] = []
    for at in range(len(run) - 1, -1, -1):
        # Counted from the end: the costs of the rest after `size` characters stand at -size.
        options = [(_KNOWN_COSTS + costs[-sum(step)][0], step) for step in _known_steps(run, at)]
        found = [
            min([*options, (_CHARACTER_COSTS[before] + costs[-1][min(before + 1, 2)], _UNKNOWN)], key=_cost)
            for before in range(3)
        ]
        costs.append((found[0][0], found[1][0], found[2][0]))
        steps.append((found[0][1], found[1][1], found[2][1]))
    return steps[::-1]


_Step = tuple[int, int]
"""Characters of a known word, none for a character that no table knows; and those of the suffix behind a place."""
_UNKNOWN: _Step = (0, 0)
_cost = itemgetter(0)


def _known_steps(run: str, at: int) -> Iterator[_Step]:
    """The known words that begin here, the longest first."""
    number = _NUMBER.match(run, at)
    if number is not None:
        yield len(number[0]), 0
    known = _known()
    for size in range(min(_longest(), len(run) - at), 0, -1):
        piece = run[at : at + size]
        if piece in known:
            has_suffix = run[at + size : at + size + 1] in _PLACE_SUFFIXES and describe(piece).kind in PLACES
            yield size, int(has_suffix)


def _word(pieces: Sequence[str], at: int) -> Word:
    piece = pieces[at]
    numeral = piece.removeprefix("第").removesuffix("号")
    if piece not in _known() and numeral and not numeral.strip(_NUMERALS) and _is_number(pieces, at):
        return _numbered(piece, _value(numeral))
    if piece in _known() and _known()[piece] != "word":
        return Word(piece, "".join(syllables(piece)), piece, "form", "form:" + _known()[piece])
    if piece in _known() or piece in _ORDINARY_ALONE or piece == "第":
        return describe(piece)
    return _read(piece, "".join(_english_initial(p) for p in pieces[at + 1 :]))


def _is_number(pieces: Sequence[str], at: int) -> bool:
    return pieces[at][0] == "第" or _NUMBER.match(pieces[at] + "".join(pieces[at + 1 : at + 2])) is not None


def _numbered(piece: str, value: int) -> Word:
    return Word(piece, str(value), str(value), "number", f"number:{value}")


def _value(numeral: str) -> int:
    """The number a numeral below a thousand says, or the figures that stand one after the other.

    >>> _value("五十四"), _value("一百零三"), _value("一〇三"), _value("十")
    (54, 103, 103, 10)
    """
    if "十" not in numeral and "百" not in numeral:
        return int("".join(str(_DIGITS[c]) for c in numeral))
    hundreds, _, rest = numeral.rpartition("百")
    tens, ten, ones = rest.rpartition("十")
    value = 100 * _digit(hundreds, 1) if "百" in numeral else 0
    return value + (10 * _digit(tens, 1) if ten else 0) + _digit(ones, 0)


def _digit(written: str, if_none: int) -> int:
    figures = [_DIGITS[c] for c in written if c in _DIGITS]
    return figures[-1] if figures else if_none


def _read(brand: str, after: str = "") -> Word:
    """A brand by its reading; English names often shorten it to initials, with those of the words behind it."""
    read = syllables(brand)
    text, initials = "".join(read), "".join(part[0] for part in read)
    shortened = tuple(initials + after[:n] for n in range(len(after) + 1) if 3 <= len(initials) + n <= 5)
    word = describe(text)
    other = han_readings(brand, read) if len(brand) <= _MOST_READ else ()
    return Word(brand, text, sound(text), "family" if word.kind == "family" else "own", word.meaning, other, shortened)


def _english_initial(piece: str) -> str:
    known = said_of(piece)
    return known[1].partition(":")[2][0] if known is not None and known[0] == "generic" else ""


def _family(run: str) -> str:
    if len(run) > 2 and run[:2] in _COMPOUND_SURNAMES:
        return run[:2]
    known = said_of(run[0])
    return run[0] if known is not None and known[0] == "family" else ""


def _is_known(piece: str) -> bool:
    return piece in _known()


@cache
def _known() -> Mapping[str, str]:
    """Class of a legal form, or `word`."""
    words = {w: "word" for w, (kind, meaning) in of_other_scripts().items()
             if is_han(w) and (len(w) > 1 or w in _WHOLE_ALONE)
             and (kind == "generic" or kind in PLACES or meaning.startswith("own:"))}  # fmt: skip
    return MappingProxyType(words | dict(han_forms()))


@cache
def _longest() -> int:
    return max(map(len, _known()))
