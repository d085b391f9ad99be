"""Japanese kana into Latin letters, by the Hepburn romanisation."""

from __future__ import annotations

import re

KANA = re.compile("[\u3041-\u30ff]+")
_ROWS = {
    "": "アイウエオ", "k": "カキクケコ", "s": "サシスセソ", "t": "タチツテト", "n": "ナニヌネノ",
    "h": "ハヒフヘホ", "m": "マミムメモ",
    "y": "ヤ ユ ヨ", "r": "ラリルレロ", "w": "ワヰ ヱヲ", "g": "ガギグゲゴ", "z": "ザジズゼゾ",
    "d": "ダヂヅデド", "b": "バビブベボ",
    "p": "パピプペポ", "small": "ァィゥェォ",
}  # fmt: skip
_OWN = {
    "シ": "shi", "チ": "chi", "ツ": "tsu", "フ": "fu", "ジ": "ji", "ヂ": "ji",
    "ヅ": "zu", "ヲ": "o", "ヰ": "i", "ヱ": "e", "ン": "n",
    "ヴ": "vu", "ー": "", "・": " ", "ヵ": "ka", "ヶ": "ke", "ヮ": "wa",
}  # fmt: skip
_ONE = {
    kana: row.replace("small", "") + vowel
    for row, kanas in _ROWS.items()
    for kana, vowel in zip(kanas, "aiueo", strict=False)
} | _OWN
_GLIDES = {"ャ": "ya", "ュ": "yu", "ョ": "yo"}
_SYLLABLE = re.compile("ッ?.[ャュョァィゥェォ]?")
_LONG = re.compile("o[uo]|uu")


def romanised(text: str) -> str:
    """The kana in Latin letters without marks of long vowels; other letters stay.

    >>> romanised("トヨタ"), romanised("とうきょう"), romanised("ジャパン"), romanised("サッポロ")
    ('toyota', 'tokyo', 'japan', 'sapporo')
    """
    return KANA.sub(lambda run: _LONG.sub(lambda long: long[0][0], _spelt(run[0])), text)


def with_long_vowels(word: str) -> str:
    """The kana letter by letter, as names without macrons may write them: とうきょう is toukyou."""
    return KANA.sub(lambda run: _spelt(run[0]), word)


def _spelt(run: str) -> str:
    katakana = "".join(chr(ord(c) + 0x60) if "\u3041" <= c <= "\u3096" else c for c in run)
    return "".join(_syllable(part) for part in _SYLLABLE.findall(katakana))


def _syllable(kana: str) -> str:
    doubled, kana = (True, kana[1:]) if kana.startswith("ッ") and len(kana) > 1 else (False, kana)
    read = _ONE.get(kana[0], _GLIDES.get(kana[0], ""))
    if len(kana) > 1 and kana[1] in _GLIDES and read.endswith("i"):
        glide = _GLIDES[kana[1]]
        read = read[:-1] + (glide[1:] if read in ("shi", "chi", "ji") else glide)
    elif len(kana) > 1:
        read = read[:-1] + _ONE.get(kana[1], "")
    return ("t" if read.startswith("ch") else read[:1]) + read if doubled else read
