"""Names of people as the tables spell them: folded, romanised, and by their sound; written down in person_forms.tsv."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sanctionscreen.text import tables
from sanctionscreen.text.folding import fold
from sanctionscreen.text.legal_forms import is_han
from sanctionscreen.text.persons import Known
from sanctionscreen.text.romanise import latin, sound

HEADING = """\
# Where a word is a name (empty: in names of all kinds), kind, meaning, spellings and sounds. Generated from the tables
# of names; `make docs` writes it again. With it no run folds and romanises them, which takes 0.2 seconds.
"""
_SHORTEST_SOUND = 4
"""Shorter keys are those of too many words."""


def table() -> str:
    """The table as it should be."""
    heard: dict[Known, list[str]] = {}
    for key, entry in _by_sound(words()).items():
        heard.setdefault(entry, []).append(key)
    return HEADING + _lines("", words(), heard) + _lines("person", _only_in_persons(), {})


def _lines(use: str, names: Mapping[str, Known], heard: Mapping[Known, list[str]]) -> str:
    spellings: dict[Known, list[str]] = {}
    for spelling, entry in names.items():
        spellings.setdefault(entry, []).append(spelling)
    cells = ((use, *one, "|".join(spellings[one]), "|".join(heard.get(one, ()))) for one in sorted(spellings))
    return "".join("\t".join(line) + "\n" for line in cells)


def words() -> Mapping[str, Known]:
    """Given and family names by spelling, folded, in their own script and in Latin letters; for names of all kinds."""
    found: dict[str, Known] = {}
    for _, _, line, *_ in tables.rows("given_names.tsv"):
        spellings = line.split("|")
        _enter(found, spellings, Known("given", f"given:{spellings[0]}"))
    for forms, line, *_ in tables.rows("family_names.tsv"):
        spellings = line.split("|")
        of_women = [form for spelling in spellings for form in _of_woman(spelling)] if forms == "slav" else []
        _enter(found, [*spellings, *of_women], Known("family", f"family:{spellings[0]}"))
    return _with_romanised(found)


def _only_in_persons() -> Mapping[str, Known]:
    """Words that are part of a person's name in names of persons, and ordinary words elsewhere."""
    found: dict[str, Known] = {}
    for kind, line in tables.rows("person_only_words.tsv"):
        spellings = line.split("|")
        _enter(found, spellings, Known("title" if kind == "title" else "particle", f"{kind}:{spellings[0]}"))
    for _, line, _ in tables.rows("short_names.tsv"):
        spellings = line.split("|")
        _enter(found, spellings, Known("given", f"given:{spellings[0]}"))
    return _with_romanised(found)


def _enter(found: dict[str, Known], spellings: Iterable[str], entry: Known) -> None:
    for spelling in spellings:
        folded = spelling if spelling.isascii() else fold(spelling).text
        # Arabic names that end in these letters are written without the dots or with them.
        for form in (folded, folded.replace("ة", "ه"), folded.replace("ى", "ي")):
            found.setdefault(form, entry)


def _with_romanised(found: dict[str, Known]) -> Mapping[str, Known]:
    for spelling, entry in list(found.items()):
        # Arabic and Hebrew write no short vowels: their Latin letters alone are no name.
        if not spelling.isascii() and not is_han(spelling) and not "\u0590" <= spelling[0] <= "\u06ff":
            romanised = latin(spelling).replace(" ", "")
            if len(romanised) > 2 and romanised.isascii():
                found.setdefault(romanised, entry)
    return found


_OF_WOMEN = (("ov", "ova"), ("ev", "eva"), ("in", "ina"), ("yn", "yna"), ("ов", "ова"), ("ев", "ева"), ("ин", "ина"),
             ("sky", "skaya"), ("ski", "ska"), ("ский", "ская"))  # fmt: skip


def _of_woman(spelling: str) -> list[str]:
    return [spelling.removesuffix(man) + woman for man, woman in _OF_WOMEN if spelling.endswith(man)]


def _by_sound(names: Mapping[str, Known]) -> Mapping[str, Known]:
    """Names by their sound key, where it is the key of one name alone."""
    found: dict[str, Known] = {}
    meant: dict[str, set[str]] = {}
    for spelling, entry in names.items():
        if len(spelling) >= _SHORTEST_SOUND and spelling.isascii():
            key = sound(spelling)
            found.setdefault(key, entry)
            meant.setdefault(key, set()).add(entry.meaning)
    return {key: entry for key, entry in found.items() if len(key) >= _SHORTEST_SOUND and len(meant[key]) == 1}
