"""The words of the tables in all their forms: inflected, romanised, and by their sound.

Written down in expanded.tsv, those of other scripts in expanded_scripts.tsv, and those that slips are looked for in in
ordinary_words.tsv.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from sanctionscreen.text import form_keys, person_forms, tables
from sanctionscreen.text.folding import fold
from sanctionscreen.text.inflection import inflected
from sanctionscreen.text.legal_forms import is_han
from sanctionscreen.text.lexicon import PLACES, Said, WordKind
from sanctionscreen.text.romanise import latin, sound

HEADING = """\
# Kind, meaning, forms{columns} of the words of the tables. Generated from the others; `make docs` writes it again.
# With it no run inflects and romanises the tables, which takes a second.
"""
_SHORTEST_SOUND = 6
"""Shorter words of other languages may sound like an ordinary Russian one by chance."""


def table() -> str:
    """The table of the words in Latin letters and of the sounds as it should be."""
    words = expanded()
    forms = _by_meaning({word: said for word, said in words.items() if word.isascii()})
    sounds = _by_meaning(_sounds(words))
    lines = (
        "\t".join((*said, "|".join(forms.get(said, ())), "|".join(sounds.get(said, ()))))
        for said in sorted({*forms, *sounds})
    )
    return HEADING.format(columns=" in Latin letters and sounds") + "".join(line + "\n" for line in lines)


def table_of_scripts() -> str:
    """The table of the words in other scripts as it should be."""
    forms = _by_meaning({word: said for word, said in expanded().items() if not word.isascii()})
    lines = ("\t".join((*said, "|".join(forms[said]))) for said in sorted(forms))
    return HEADING.format(columns=" in other scripts") + "".join(line + "\n" for line in lines)


def table_of_ordinary_words() -> str:
    """The table of the words that slips are looked for in as it should be."""
    told = (word for kind, line in entries() if kind == "generic" or kind in PLACES for word in line.split("|"))
    ordinary = {word for word in told if word.isascii() and word.isalpha() and len(word) >= _SHORTEST_ORDINARY}
    of_forms = (word for spelling in form_keys.spellings() if " " in spelling for word in spelling.split())
    forms = {word for word in of_forms if word.isascii() and len(word) >= _SHORTEST_OF_FORM}
    return f"""{HEADING_OF_ORDINARY}form\t{"|".join(sorted(forms))}\nordinary\t{"|".join(sorted(ordinary))}\n"""


HEADING_OF_ORDINARY = """\
# Words of legal forms written in full, and ordinary words of firms and places, in which slips are looked for. Generated
# from the others; `make docs` writes it again.
"""
_SHORTEST_ORDINARY = 6
"""A slip in a shorter word makes another word too often."""
_SHORTEST_OF_FORM = 5


def _by_meaning(words: Mapping[str, Said]) -> Mapping[Said, list[str]]:
    found: dict[Said, list[str]] = {}
    for word, said in words.items():
        found.setdefault(said, []).append(word)
    return found


def expanded() -> Mapping[str, Said]:
    """Kind and meaning of every word of the tables, folded, in its own script and in Latin letters.

    A word with a star stands for its inflected forms; a word as written in one line stands over a form of another.
    """
    found: dict[str, Said] = {}
    starred: list[tuple[str, Said]] = []
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
    return {**person_forms.words(), **found}


def _enter(found: dict[str, Said], spelling: str, meaning: Said) -> None:
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


def _sounds(words: Mapping[str, Said]) -> Mapping[str, Said]:
    found: dict[str, Said] = {}
    for word, (kind, meaning) in words.items():
        if not word.isascii() and not is_han(word) and (kind == "generic" or kind in PLACES):
            key = sound(latin(word).replace(" ", ""))
            if len(key) >= _SHORTEST_SOUND:
                found.setdefault(key, (kind, meaning))
    return found


def entries() -> list[Said]:
    """Kind and spellings of every line: particles and titles, designators, trades, brands, places; the first stands."""
    names = ("person_words.tsv", "designators.tsv", "brand_words.tsv")
    told = [(_KINDS[kind], line) for name in names for kind, line in tables.rows(name)]
    ordinary: list[Said] = [("generic", line) for (line,) in tables.rows("company_words.tsv")]
    places = [(_KINDS[kind], line) for kind, line in tables.rows("place_words.tsv")]
    common: list[Said] = [("common", word) for _, line in tables.rows("common_words.tsv") for word in line.split("|")]
    return [*told, *ordinary, *places, *common]


_KINDS: Mapping[str, WordKind] = {
    "particle": "particle", "title": "title", "given": "given", "family": "family",
    "city": "city", "region": "region", "country": "country",
    "generic": "generic", "brand": "own", "ordinal": "number", "cardinal": "own",
}  # fmt: skip
