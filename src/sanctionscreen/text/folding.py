"""One form for comparison: case, accents, width and invisible characters undone."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal


@lru_cache(maxsize=65_536)
def plain(text: str) -> str:
    """Text as rules compare it: compatibility forms, case, accents and invisible characters undone, spaces single.

    >>> plain("  Océan　ＴＲＡＤＩＮＧ\u200b ")
    'ocean trading'
    """
    if text.isascii():
        return " ".join(text.casefold().split())
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return " ".join(folded.translate(_KEPT).split())


class _Kept(dict[int, int | None]):
    """Letters as they are, and nothing for accents and what cannot be seen; each is looked at once."""

    def __missing__(self, code: int) -> int | None:
        letter = chr(code)
        is_kept = not unicodedata.combining(letter) and unicodedata.category(letter) != "Cf"
        found = self[code] = code if is_kept else None
        return found


_KEPT = _Kept()


Script = Literal["latin", "cyrillic", "greek", "armenian"]

# Letters that look alike in capitals or small letters, as Unicode TR39 (confusables) pairs them. After case folding a
# Latin h stands for a capital H as well, so it pairs with Cyrillic en.
_CYRILLIC_OF_LATIN = dict(zip("abcehikmopstxyjdqw", "авсенікморѕтхујԁԛԝ", strict=True))
_GREEK_OF_LATIN = dict(zip("abehikmnoprtuvxyz", "αβεηικμνορρτυνχυζ", strict=True))
_CYRILLIC_OF_GREEK = dict(zip("αβεηικμορτχυ", "авенікмортху", strict=True))
_LOOKALIKES: dict[tuple[Script, Script], dict[str, str]] = {
    ("latin", "cyrillic"): {**_CYRILLIC_OF_LATIN, "p": "р"},
    ("cyrillic", "latin"): {**{c: a for a, c in _CYRILLIC_OF_LATIN.items()}, "р": "p", "ё": "e", "һ": "h"},
    ("latin", "greek"): _GREEK_OF_LATIN,
    ("greek", "latin"): {"α": "a", "β": "b", "ε": "e", "η": "h", "ι": "i", "κ": "k", "μ": "m", "ν": "n", "ο": "o"}
    | {"ρ": "p", "τ": "t", "υ": "y", "χ": "x", "ζ": "z", "ϲ": "c"},
    ("armenian", "latin"): dict(zip("հոսօցզգ", "hnuogqq", strict=True)),
    ("latin", "armenian"): dict(zip("hnuogq", "հոսօցզ", strict=True)),
    ("greek", "cyrillic"): _CYRILLIC_OF_GREEK,
    ("cyrillic", "greek"): {c: g for g, c in _CYRILLIC_OF_GREEK.items()},
}
# Letters of phonetics and of scripts that no trade document is written in, drawn like Latin ones; pairs of TR39.
_DISGUISES = {
    ord(c): latin
    for latin, drawn in (
        ("a", "ɑᴀᎪꓮ"), ("b", "ʙᏴᏏꓐƄ"), ("c", "ᴄᏟꓚⲥⲤ"), ("d", "ᴅᎠᏧꓓꓒ"), ("e", "ᴇᎬꓰꬲ℮"), ("f", "ꜰꓝꬵ"), ("g", "ɡɢᏀᏳꓖ"),
        ("h", "ʜᎻᏂꓧⲎ"), ("i", "ɪɩᎥⲒ"), ("j", "ᴊᎫꓙ"), ("k", "ᴋᏦꓗⲔ"), ("l", "ʟᏞꓡⳐǀ"), ("m", "ᴍᎷꓟⲘ"), ("n", "ɴꓠⲚ"),
        ("o", "ᴏꓳⲟⲞ"), ("p", "ᴘᏢꓑⲣⲢ"), ("r", "ʀƦᎡᏒꓣ"), ("s", "ꜱᏚᏕꓢ"), ("t", "ᴛᎢꓔⲦ"), ("u", "ᴜꓴ"), ("v", "ᴠᏙꓦ"),
        ("w", "ᴡᎳᏔꓪ"), ("x", "ꓫⲬ"), ("y", "ʏᎩᎽꓬⲨ"), ("z", "ᴢᏃꓜ"),
    )
    for c in drawn
}  # fmt: skip
_DISGUISED = re.compile(f"[{''.join(map(chr, _DISGUISES))}]")
# Zero for o between letters, one for i between consonants: P0ZITRON, S1BIR; not R2D2, H2O, Pier1Imports, 3D.
_DIGIT_FOR_LETTER = re.compile(r"(?<![^\W_])[^\W\d_]+(?:[01][^\W\d_]+)+(?![^\W_])")
_LONG_ENOUGH = 6
_ZERO = re.compile(r"(?<=[^\W\d_])0(?=[^\W\d_])")
_ONE = re.compile(r"(?<=[bcdfghjkmnpqrstvwxz])1(?=[bcdfghjkmnpqrstvwxz])")
_MARKS = re.compile("[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")
_STRIKES = re.compile("[\u0332-\u0338\u20d0-\u20ff]")  # lines through and around letters
_MOST_MARKS = 2  # the most that a letter bears in any spelling, as in Vietnamese; more is no language
# Vowel signs and lengthened strokes, which ordinary spelling leaves out, and letters that keyboards encode apart.
_GREEK = re.compile("[\u0370-\u03ff\u1f00-\u1fff]")
_GREEK_ACCENTS = re.compile(r"(?<=[\u0370-\u03ff\u0308])[\u0300-\u0307\u0309-\u0345]+")  # Greek capitals bear none
_SEMITIC = re.compile("[\u0591-\u06ff]")
_SEMITIC_SIGNS = re.compile(
    "[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]"
)
_ONE_KEYBOARD = str.maketrans("کیہھەۀۂأإٱآ", "كيهههههاااا")
_WORD = re.compile(r"[^\W\d_]+")
_REVERSED = re.compile("\u202e([^\u202a-\u202e\n]*)\u202c?")  # shown from right to left, whatever the letters
_COLOURS = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")  # what a terminal obeys and does not show
_SCRIPTS = tuple(
    re.compile(f"[{r}]")
    for r in ("a-z\u00c0-\u024f\u1e00-\u1eff", "\u0400-\u052f", "\u0370-\u03ff\u1f00-\u1fff", "\u0531-\u0587")
)
_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\u2800") | {
    chr(c) for c in range(0xFE00, 0xFE10)
}  # letters and marks that show nothing


@dataclass(frozen=True, slots=True)
class Folded:
    """Text ready to compare, and what had to be undone for it: signs that somebody meant to be missed."""

    text: str
    mixed_scripts: bool = False
    """A word mixed look-alike letters of two scripts, or digits for letters."""
    invisible: bool = False
    """A word held characters that nobody can see, or more marks on a letter than any spelling has."""


@lru_cache(maxsize=8192)
def fold(text: str) -> Folded:
    """Compatibility forms, case, look-alike letters of a foreign script and invisible characters undone.

    Unreadable characters (control characters, lone surrogates, unassigned ones) become spaces.

    >>> fold("ТEХКРИМ")
    Folded(text='техкрим', mixed_scripts=True, invisible=False)
    >>> fold("Po\u200bzitron")
    Folded(text='pozitron', mixed_scripts=False, invisible=True)
    """
    if text.isascii() and text.isprintable():
        plain_text = " ".join(text.casefold().split())
        read = _without_digits(plain_text)
        return Folded(read, read is not plain_text)
    bare = _REVERSED.sub(lambda run: run[1][::-1], _COLOURS.sub("", text))
    seen, invisible = _without_invisible(unicodedata.normalize("NFKC", bare))
    folded = unicodedata.normalize("NFKC", seen.casefold())
    folded, overloaded = _without_marks(folded)
    undisguised = folded.translate(_DISGUISES) if _DISGUISED.search(folded) else folded
    unmixed = _WORD.sub(lambda word: _unmixed(word[0]), undisguised) if _has_two_scripts(undisguised) else undisguised
    unmixed = _without_digits(unmixed)
    return Folded(" ".join(unmixed.split()), unmixed != folded, invisible or overloaded or bare != text)


def _without_marks(text: str) -> tuple[str, bool]:
    """Marks that do not belong to a letter are dropped; Arabic and Hebrew without vowel signs, as mostly written."""
    overloaded = False
    if _MARKS.search(text):
        overloaded = any(len(run) > _MOST_MARKS or _STRIKES.search(run) for run in _MARKS.findall(text))
        text = _MARKS.sub("", text)
    if _GREEK.search(text):
        text = unicodedata.normalize("NFC", _GREEK_ACCENTS.sub("", unicodedata.normalize("NFD", text)))
    if _SEMITIC.search(text):
        text = unicodedata.normalize("NFC", _SEMITIC_SIGNS.sub("", text).translate(_ONE_KEYBOARD))
    return text, overloaded


def _without_digits(text: str) -> str:
    """Zero and one read as the letters they stand for; the very text where there are none."""
    if "0" not in text and "1" not in text:
        return text
    read = _DIGIT_FOR_LETTER.sub(lambda word: _letters_for_digits(word[0]), text)
    return read if read != text else text


def _letters_for_digits(word: str) -> str:
    if len(word) < _LONG_ENOUGH:
        return word
    o = "о" if "\u0400" <= word[0] <= "\u052f" else "o"
    return _ONE.sub("i", _ZERO.sub(o, word))


def _without_invisible(text: str) -> tuple[str, bool]:
    if text.isprintable() and not _FILLERS.intersection(text):
        return text, False
    kept: list[str] = []
    hidden_within = False
    for at, c in enumerate(text):
        category = unicodedata.category(c)
        if category == "Cf" or c in _FILLERS:
            hidden_within = hidden_within or _is_within_word(text, at)
        elif category in ("Cc", "Cs", "Cn", "Co"):
            kept.append(" ")
        else:
            kept.append(c)
    return "".join(kept), hidden_within


def _is_within_word(text: str, at: int) -> bool:
    # Joiners between Arabic or Indic letters are ordinary spelling, and so are direction marks around words.
    before = next((c for c in reversed(text[max(0, at - 8) : at]) if unicodedata.category(c) != "Cf"), " ")
    after = next((c for c in text[at + 1 : at + 9] if unicodedata.category(c) != "Cf"), " ")
    return all(c.isdigit() or _script(c) is not None for c in (before, after))


def _script(c: str) -> Script | None:
    if "a" <= c <= "z" or "A" <= c <= "Z" or "\u00c0" <= c <= "\u024f" or "\u1e00" <= c <= "\u1eff":
        return "latin"
    if "\u0400" <= c <= "\u052f":
        return "cyrillic"
    if "\u0531" <= c <= "\u0587":
        return "armenian"
    return "greek" if "\u0370" <= c <= "\u03ff" or "\u1f00" <= c <= "\u1fff" else None


def _has_two_scripts(text: str) -> bool:
    return not text.isascii() and sum(script.search(text) is not None for script in _SCRIPTS) > 1


def _unmixed(word: str) -> str:
    """The word in one script, if its letters of the other scripts are look-alikes; else as it was."""
    if not _has_two_scripts(word):
        return word
    counts = Counter(script for c in word if (script := _script(c)) is not None)
    for target in sorted(counts, key=lambda script: (-counts[script], script)):
        letters = [_in_script(c, target) for c in word]
        if None not in letters:
            return "".join(c for c in letters if c)
    return word


def _in_script(c: str, target: Script) -> str | None:
    script = _script(c)
    return c if script is None or script == target else _LOOKALIKES.get((script, target), {}).get(c)
