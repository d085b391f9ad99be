"""Names of ships as documents write them: prefixes, numerals and former names told apart from the name."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from sanctionscreen.text.folding import fold

_LONGEST = 512

# What stands before or behind a ship's name and says what she is. With strokes or dots any of the first line; bare only
# those that begin no name: MY WAY, SV NIKOLAY, NS CENTURY and TS HONG KONG are names. Sources: the ship prefixes of
# maritime English in common use, and of Russian ship lists (т/х motor ship, т/к tanker, п/х steamer, б/к tug,
# д/э diesel-electric ship).
_STROKED = (
    "m v|m t|s s|f v|m s|m y|s v|s y|r v|t b|t s|n s|m f|g t s|m f v|m s v|m t s|lpg c|lng c|l p g|l n g|d b"
    "|т х|т к|п х|б к|м б|д э"
)
_BARE = (
    "mv|mt|ss|fv|mfv|msv|mtug|lpgc|lngc|lpg carrier|lng carrier|gas carrier|motor vessel|motor tanker|motor ship"
    "|motor yacht|steam ship|steamship|oil tanker|crude oil tanker|chemical tanker|product tanker|bulk carrier"
    "|container ship|general cargo|fishing vessel|cargo ship|tug boat|tugboat|tanker|vessel|barge"
    "|теплоход|танкер|пароход|судно|баржа|буксир|сухогруз|газовоз|химовоз|балкер|контейнеровоз"
    "|нефтеналивной танкер|油轮|货轮|轮船"
)
_BETWEEN = re.compile(r"[;,|/]")
_EDGES = " \t,;:/()[]\"'«»“”-"

ROMAN = {n: str(at) for at, n in enumerate(
    "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx".split(), 1)}  # fmt: skip
_CYRILLIC_ROMAN = str.maketrans("хіѵ", "xiv")
NUMBER_WORDS = {word: str(at) for line in (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty",
    "один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать"
    " пятнадцать шестнадцать семнадцать восемнадцать девятнадцать двадцать",
    "один два три чотири п'ять шість сім вісім дев'ять десять одинадцять дванадцять",
    "一 二 三 四 五 六 七 八 九 十 十一 十二 十三 十四 十五 十六 十七 十八 十九 二十",
) for at, word in enumerate(line.split(), 1)}  # fmt: skip
_QUOTES = re.compile(r"[\"«»“”]+")
_NUMBERED = re.compile(r"(?:(?:no|nr)[.:-]?|#)?(\d{1,4})")
_GLUED = re.compile(r"(.*[^\W\d_])[-.](\d{1,4})|(.+)-([ivx]{1,5})")
NUMBER_SIGNS = frozenset({"no", "no.", "no:", "nr", "nr.", "number", "#", "номер"})
PREFIX_WORDS = frozenset({"vsl", *(word for word in _BARE.split("|") if " " not in word)})


class _Patterns(NamedTuple):
    """What is read in a vessel cell; compiled with the first, because most runs meet none."""

    prefix: re.Pattern[str]
    behind: re.Pattern[str]
    former: re.Pattern[str]
    also: re.Pattern[str]
    imo: re.Pattern[str]
    mmsi: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    return _Patterns(
        prefix=re.compile(
            rf"(?:(?:{_STROKED.replace(' ', '[./]')})[./]?(?![^\W_])"
            rf"|(?:{_BARE})(?![^\W_])[.:]?)[\s\"'«“-]*"
        ),
        behind=re.compile(
            r"[\s,(]{1,3}(?:m[./]?v|m[./]?t|s[./]s|f[./]?v|vessel|tanker|т/х)[.)]{0,2}$|(?<=[\u3400-\u9fff])(?:油轮|货轮|轮)$"
        ),
        former=re.compile(
            r"(?:^|[\s,;(\[/]{1,3})(?:ex(?:\s*[-.:]\s*|\s+)(?:name[ds]?\s*:?\s*)?|f[./]?\s?k[./]?\s?a[./]?(?![^\W_])[\s:]*"
            r"|formerly(?:\s+known)?(?:\s+as)?[\s:]+|former\s+names?[\s:]+|previously(?:\s+known)?(?:\s+as)?[\s:]+"
            r"|previous\s+names?[\s:]+|prev\.\s*|old\s+name[\s:]+|renamed\s+from[\s:]+|(?:бывш(?:ий|ая|ее)?|быв)(?:[.:\s]+)"
            r"|ранее[\s:]+|прежнее\s+название[\s:]+|прежние\s+названия[\s:]+|(?:原名|曾用名|旧名|前称)[\s:]*)"
        ),
        also=re.compile(
            r"[\s,;(\[/]{1,3}(?:a[./]?\s?k[./]?\s?a[./]?(?![^\W_])[\s:]*|n[./]?\s?k[./]?\s?a[./]?(?![^\W_])[\s:]*|now\s*[:=]\s*|also\s+known\s+as[\s:]+)"
        ),
        imo=re.compile(
            r"[\s,;(\[/-]{0,3}(?<![^\W_])(?:imo|имо)(?:\s+(?:no|number|номер))?[\s.:#№-]*(\d{7})(?!\d)[)\]]{0,2}"
        ),
        mmsi=re.compile(r"[\s,;(\[/-]{0,3}(?<![^\W_])mmsi[\s.:#№-]*\d{9}(?!\d)[)\]]{0,2}"),
    )


@cache
def _han_numeral() -> re.Pattern[str]:
    return re.compile(
        r"(?P<stem>.*[\u3400-\u9fff])(?P<n>[一二三四五六七八九十]{1,3}|\d{1,4})号?$|(?P<alone>.*[\u3400-\u9fff])号$"
    )


class ShipName(NamedTuple):
    """What a vessel cell says."""

    name: str
    """Without prefix, folded; a numeral at its end in digits."""
    former: tuple[str, ...] = ()
    """Names she bore before, or bears as well."""
    imo: str = ""
    """The number written beside the name, if there is one; not checked."""


def read_ship_name(text: str) -> ShipName:
    """The name in a vessel cell, her former names and the ship number beside it.

    >>> read_ship_name("M/V Sea Star V (ex: Sea Wind) IMO 9074729")
    ShipName(name='sea star 5', former=('sea wind',), imo='9074729')
    >>> bare_ship_name("т/х Морская Звезда №5"), bare_ship_name("SEA STAR FIVE"), bare_ship_name("Ex Libris")
    ('морская звезда 5', 'sea star 5', 'ex libris')
    """
    folded = fold(text[: 4 * _LONGEST]).text[:_LONGEST]
    number = _patterns().imo.search(folded)
    without = _patterns().mmsi.sub(" ", _patterns().imo.sub(" ", folded))
    first, *others = (part for part in _patterns().also.split(without) for part in _split_former(part))
    former = [bare_ship_name(one) for other in others for one in _BETWEEN.split(other)]
    name = bare_ship_name(first)
    return ShipName(
        name,
        tuple(dict.fromkeys(one for one in former if one and one != name)),
        number[1] if number is not None else "",
    )


def _split_former(part: str) -> list[str]:
    """The name and what follows "ex"; a name that opens with it is left whole: Ex Libris."""
    pieces = [piece.strip(_EDGES) for piece in _patterns().former.split(part)]
    if not pieces[0] and part[:2] == "ex":
        return [part]
    return [pieces[0], *(piece for piece in pieces[1:] if piece)]


def bare_ship_name(text: str) -> str:
    """A ship's name without what says that she is a ship, a numeral at its end in digits: 5, V, No. 5, five, пять."""
    name = fold(text[: 4 * _LONGEST]).text[:_LONGEST].strip(_EDGES)
    prefix = _patterns().prefix.match(name)
    rest = name[prefix.end() :] if prefix is not None else name
    rest = _patterns().behind.sub("", rest).strip(_EDGES)
    return _with_digits(rest if any(map(str.isalnum, rest)) else name)


def _with_digits(name: str) -> str:
    han = None if name.isascii() else _han_numeral().fullmatch(name)
    if han is not None:
        end = han["n"]
        return f"{han['stem']} {NUMBER_WORDS.get(end, end)}" if end else han["alone"]
    words = _QUOTES.sub(" ", name).split()
    if len(words) > 2 and words[-1] in ("hao", "lun") and words[-2].isdecimal():
        words.pop()
    if not words:
        return name
    before, number = _numeral(words)
    return " ".join([*before, number]) if before else name


def _numeral(words: list[str]) -> tuple[list[str], str]:
    """The words before a numeral at the end, and the numeral in digits; no words where there is no such numeral."""
    *before, end = words
    numbered, glued = _NUMBERED.fullmatch(end), _GLUED.fullmatch(end)
    if numbered is not None:
        number = str(int(numbered[1]))
    elif glued is not None and (glued[2] or ROMAN.get(glued[4])):
        before, number = [*before, glued[1] or glued[3]], str(int(glued[2])) if glued[2] else ROMAN[glued[4]]
    else:
        number = NUMBER_WORDS.get(end) or (_roman(end, before[-1]) if before else "")
    if before and before[-1] in NUMBER_SIGNS:
        before.pop()
    return (before, number) if number else ([], "")


def _roman(end: str, before: str) -> str:
    # A single letter behind a single letter is an initial.
    return ROMAN.get(end.translate(_CYRILLIC_ROMAN), "") if len(end) > 1 or len(before) > 1 else ""
