"""One form for comparison: case, accents, width and invisible characters undone."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import Literal


def plain(text: str) -> str:
    """Text as rules compare it: compatibility forms, case, accents and invisible characters undone, spaces single.

    >>> plain("  Océan　ＴＲＡＤＩＮＧ\u200b ")
    'ocean trading'
    """
    if text.isascii():
        return " ".join(text.casefold().split())
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    kept = (c for c in folded if not unicodedata.combining(c) and unicodedata.category(c) != "Cf")
    return " ".join("".join(kept).split())


Script = Literal["latin", "cyrillic", "greek"]

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
    ("greek", "cyrillic"): _CYRILLIC_OF_GREEK,
    ("cyrillic", "greek"): {c: g for g, c in _CYRILLIC_OF_GREEK.items()},
}
_WORD = re.compile(r"[^\W\d_]+")
_COLOURS = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")  # what a terminal obeys and does not show
_SCRIPTS = tuple(
    re.compile(f"[{r}]") for r in ("a-z\u00c0-\u024f\u1e00-\u1eff", "\u0400-\u052f", "\u0370-\u03ff\u1f00-\u1fff")
)
_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\u2800") | {
    chr(c) for c in range(0xFE00, 0xFE10)
}  # letters and marks that show nothing


@dataclass(frozen=True, slots=True)
class Folded:
    """Text ready to compare, and what had to be undone for it: signs that somebody meant to be missed."""

    text: str
    mixed_scripts: bool = False
    """A word mixed look-alike letters of two scripts."""
    invisible: bool = False
    """A word held characters that nobody can see."""


def fold(text: str) -> Folded:
    """Compatibility forms, case, look-alike letters of a foreign script and invisible characters undone.

    Unreadable characters (control characters, lone surrogates, unassigned ones) become spaces.

    >>> fold("ТEХКРИМ")
    Folded(text='техкрим', mixed_scripts=True, invisible=False)
    >>> fold("Po\u200bzitron")
    Folded(text='pozitron', mixed_scripts=False, invisible=True)
    """
    if text.isascii() and text.isprintable():
        return Folded(" ".join(text.casefold().split()))
    bare = _COLOURS.sub("", text)
    seen, invisible = _without_invisible(unicodedata.normalize("NFKC", bare))
    invisible = invisible or bare != text
    folded = unicodedata.normalize("NFKC", seen.casefold())
    unmixed = _WORD.sub(lambda word: _unmixed(word[0]), folded) if _has_two_scripts(folded) else folded
    return Folded(" ".join(unmixed.split()), unmixed != folded, invisible)


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
