"""The words of the tables in all their forms: inflected, romanised, and by their sound; written down in expanded.tsv.

python -m sanctionscreen.text.expansion > expanded.tsv
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping

from sanctionscreen.text import persons, tables
from sanctionscreen.text.folding import fold
from sanctionscreen.text.inflection import inflected
from sanctionscreen.text.legal_forms import is_han
from sanctionscreen.text.lexicon import PLACES, WordKind
from sanctionscreen.text.romanise import latin, sound

HEADING = """\
# Kind, meaning, forms and sounds of the words of the tables. Generated from the others; `make docs` writes it again.
# With it no run inflects and romanises the tables, which takes a second.
"""
_SHORTEST_SOUND = 6
"""Shorter words of other languages may sound like an ordinary Russian one by chance."""


def table() -> str:
    """The table as it should be."""
    words = expanded()
    forms: dict[tuple[WordKind, str], list[str]] = {}
    for form, said in words.items():
        forms.setdefault(said, []).append(form)
    sounds: dict[tuple[WordKind, str], list[str]] = {}
    for heard, said in _sounds(words).items():
        sounds.setdefault(said, []).append(heard)
    lines = ("\t".join((*said, "|".join(forms[said]), "|".join(sounds.get(said, ())))) for said in sorted(forms))
    return HEADING + "".join(line + "\n" for line in lines)


def expanded() -> Mapping[str, tuple[WordKind, str]]:
    """Kind and meaning of every word of the tables, folded, in its own script and in Latin letters.

    A word with a star stands for its inflected forms; a word as written in one line stands over a form of another.
    """
    found: dict[str, tuple[WordKind, str]] = {}
    starred: list[tuple[str, tuple[WordKind, str]]] = []
    for kind, line in entries():
        spellings = fold(line).text.replace("'", "").split("|")
        meaning = (kind, f"{'number' if spellings[0].isdigit() else kind}:{spellings[0].replace(' ', '')}")
        for spelling in spellings:
            if " " in spelling:
                continue
            if spelling.endswith("*"):
                starred += [(form, meaning) for form in inflected(spelling[:-1])]
            _enter(found, spelling.removesuffix("*"), meaning)
    for form, meaning in starred:
        _enter(found, form, meaning)
    return {**persons.words(), **found}


def _enter(found: dict[str, tuple[WordKind, str]], spelling: str, meaning: tuple[WordKind, str]) -> None:
    if len(spelling) > 1 or is_han(spelling):
        found.setdefault(spelling, meaning)
    if spelling.isascii() or is_han(spelling) or _UNVOWELLED.search(spelling):
        return
    romanised = latin(spelling).replace(" ", "")
    if len(romanised) >= (2 if meaning[0] in ("particle", "title") else _SHORTEST_ROMANISED):
        found.setdefault(romanised, meaning)
    if "ё" in spelling:
        _enter(found, spelling.replace("ё", "е"), meaning)


_SHORTEST_ROMANISED = 4
"""Shorter words of other scripts are words in Latin letters only where people write them so: кб is KB, ит is not it."""
_UNVOWELLED = re.compile("[\u0590-\u07ff]")


def _sounds(words: Mapping[str, tuple[WordKind, str]]) -> Mapping[str, tuple[WordKind, str]]:
    found: dict[str, tuple[WordKind, str]] = {}
    for word, (kind, meaning) in words.items():
        if not word.isascii() and not is_han(word) and (kind == "generic" or kind in PLACES):
            key = sound(latin(word).replace(" ", ""))
            if len(key) >= _SHORTEST_SOUND:
                found.setdefault(key, (kind, meaning))
    return found


def entries() -> list[tuple[WordKind, str]]:
    """Kind and spellings of every line: particles and titles, designators, trades, brands, places; the first stands."""
    names = ("person_words.tsv", "designators.tsv", "brand_words.tsv")
    told = [(_KINDS[kind], line) for name in names for kind, line in tables.rows(name)]
    ordinary: list[tuple[WordKind, str]] = [("generic", line) for (line,) in tables.rows("company_words.tsv")]
    places = [(_KINDS[kind], line) for kind, line in tables.rows("place_words.tsv")]
    common: list[tuple[WordKind, str]] = [
        ("common", word) for _, line in tables.rows("common_words.tsv") for word in line.split("|")
    ]
    return [*told, *ordinary, *places, *common]


_KINDS: Mapping[str, WordKind] = {
    "particle": "particle", "title": "title", "given": "given", "family": "family",
    "city": "city", "region": "region", "country": "country",
    "generic": "generic", "brand": "own", "ordinal": "number", "cardinal": "own",
}  # fmt: skip


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.write(table())
