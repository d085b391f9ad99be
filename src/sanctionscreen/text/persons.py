"""Words of names of persons: given and family names, patronymics, titles, and which of them are the same name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Literal, NamedTuple, Protocol, get_args

from sanctionscreen.text import tables
from sanctionscreen.text.romanise import sound

PersonKind = Literal["given", "family", "patronymic", "title", "particle", "own"]

_FATHERS = frozenset({"east", "caucasus", "islam", "turkic"})
"""Traditions in which names are made of the father's: not the Balkans, where -ić makes family names."""


class Known(NamedTuple):
    """What the tables say of a word."""

    kind: PersonKind
    meaning: str
    """The same for all spellings of one name."""


class _Names(NamedTuple):
    """The names of `person_forms.tsv`."""

    everywhere: dict[str, Known]
    """Given and family names by spelling, folded, in their own script and in Latin letters."""
    in_persons: dict[str, Known]
    """Words that are part of a person's name in names of persons, and ordinary words elsewhere."""
    by_sound: dict[str, Known]
    """Names by their sound key, where it is the key of one name alone."""


@cache
def _names() -> _Names:
    """As `person_forms` writes them down; particles and titles of all names are in the lexicon."""
    kinds: Mapping[str, PersonKind] = {kind: kind for kind in get_args(PersonKind)}
    names = _Names({}, {}, {})
    for use, kind, meaning, spellings, sounds in tables.rows("person_forms.tsv"):
        entry = Known(kinds[kind], meaning)
        among = names.in_persons if use else names.everywhere
        for spelling in spellings.split("|"):
            among[spelling] = entry
        for sounding in sounds.split("|") if sounds else ():
            names.by_sound[sounding] = entry
    return names


def known(spelling: str) -> Known | None:
    """The name, title or particle of the tables that is spelt so."""
    names = _names()
    return names.in_persons.get(spelling) or names.everywhere.get(spelling)


@lru_cache(maxsize=65_536)
def read(native: str, text: str) -> Known | None:
    """What a word is in the name of a person; None for a word that only the person bears, or that is no name.

    Args:
        native: The word, folded, in its own script.
        text: The word in Latin letters.

    >>> read("oleksandr", "oleksandr").meaning == read("александр", "aleksandr").meaning
    True
    >>> read("ivanivna", "ivanivna"), read("rabinovich", "rabinovich")
    (Known(kind='patronymic', meaning='daughter:ivan'), None)
    """
    if (found := known(native) or known(text)) is not None:
        return found
    if not text.isascii() or len(text) < 4:
        return None
    return _names().by_sound.get(sound(text)) or patronymic(text) or _family(text)


class Described(Protocol):
    """A word with its meaning."""

    @property
    def native(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def meaning(self) -> str: ...


def are_kin(left: str, right: str) -> bool:
    """The meanings are those of one name, or of two that documents may use for one person.

    >>> are_kin("given:nikolai", "given:nicholas"), are_kin("given:viktor", "given:viktoria")
    (True, False)
    """
    return not kin(left).isdisjoint(kin(right))


def are_different(left: Described, right: Described) -> bool:
    """Two names of the tables that no slip of the pen turns into each other, however alike: Hasan, Husayn."""
    return (
        left.meaning != right.meaning
        and _is_sure(left)
        and _is_sure(right)
        and not are_kin(left.meaning, right.meaning)
    )


def _is_sure(word: Described) -> bool:
    """The word is spelt as the tables spell it; one that only sounds so may be another name."""
    if not word.meaning.startswith(_OF_TABLES):
        return False
    found = known(word.native) or known(word.text) or patronymic(word.text)
    return found is not None and found.meaning == word.meaning


_OF_TABLES = ("given:", "family:", "patronymic:", "daughter:")


def kin(meaning: str) -> frozenset[str]:
    """The meaning, and those that documents may use for the same person; two names are kin when they share one."""
    return _kin().get(meaning) or frozenset({meaning})


@cache
def _kin() -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for table, kind in (("given_names.tsv", "given"), ("short_names.tsv", "given"), ("family_names.tsv", "family")):
        for *_, line, names in (row for row in tables.rows(table) if len(row) == _COLUMNS[table]):
            own = f"{kind}:{line.split('|')[0]}"
            found[own] = frozenset({own, *(f"{kind}:{name}" for name in names.split())})
    return MappingProxyType(found)


_COLUMNS = {"given_names.tsv": 4, "short_names.tsv": 3, "family_names.tsv": 3}
"""Columns of the lines that name kin."""


# Serbian and Croatian -ović and Polish -owicz make family names and are none; so do Turkish -oğlu.
_SON = re.compile(r"(.{2,}?)(?:[iyj]{0,2})(?:[oea]|yo|io)[vw][iy](?:ch|tch|tsch)")
_DAUGHTER = re.compile(r"(.{2,}?)(?:[iyj]{0,2})(?:[oea]|yo|io|[iy])[vwu]na")
_TURKIC = re.compile(r"(.{3,}?)(?:(uly|uulu|ogly|oghlu)|kyzy|qyzy|qizi|gizi)")
_ENDINGS = ("ch", "na", "ly", "lu", "zy", "zi")
"""Of all these: few words have one."""
_SHORTENED = {
    "ilyich": "ilya", "ilich": "ilya", "illich": "ilya", "kuzmich": "kuzma", "kuzmych": "kuzma", "lukich": "luka",
    "lukych": "luka", "fomich": "foma", "khomych": "foma", "nikitich": "nikita", "savvich": "savva", "savych": "savva",
}  # fmt: skip
_SHORTENED_OF_WOMEN = {
    "ilinichna": "ilya", "ilyinichna": "ilya", "illivna": "ilya", "kuzminichna": "kuzma", "lukinichna": "luka",
    "fominichna": "foma", "nikitichna": "nikita", "savvichna": "savva",
}  # fmt: skip
_STEMS = {
    "yakovl": "yakov",
    "iakovl": "yakov",
    "yakaul": "yakov",
    "yak": "yakov",
    "lv": "lev",
    "l": "lev",
    "paul": "pavel",
}
"""Stems that lose or gain a letter: Yakov, Yakovlevich; in Ukrainian Yakovych."""
_CUT_OFF = ("", "i", "o", "a", "y", "ey")
"""What a name loses before the ending of a patronymic: Sergei, Mykhailo, Nikita."""


@lru_cache(maxsize=16_384)
def patronymic(text: str) -> Known | None:
    """A Latin word as a name made of the father's, if it is that of a father the tables know.

    >>> patronymic("mykolayovych") == patronymic("nikolaevich"), patronymic("milosevich")
    (True, None)
    """
    if text in _SHORTENED:
        return Known("patronymic", f"patronymic:{_SHORTENED[text]}")
    if text in _SHORTENED_OF_WOMEN:
        return Known("patronymic", f"daughter:{_SHORTENED_OF_WOMEN[text]}")
    if not text.endswith(_ENDINGS):
        return None
    for pattern, son in ((_SON, True), (_DAUGHTER, False), (_TURKIC, None)):
        made = pattern.fullmatch(text)
        father = _father(made[1]) if made else ""
        if made and father:
            of_son = bool(made[2]) if son is None else son
            return Known("patronymic", f"{'patronymic' if of_son else 'daughter'}:{father}")
    return None


def _father(stem: str) -> str:
    if stem in _STEMS:
        return _STEMS[stem]
    fathers = _fathers()
    return next((fathers[key] for ending in _CUT_OFF if (key := sound(stem + ending)) in fathers), "")


@cache
def _fathers() -> Mapping[str, str]:
    """Names of men, by sound, from which patronymics are made."""
    found: dict[str, str] = {}
    for tradition, gender, line, *_ in tables.rows("given_names.tsv"):
        if tradition in _FATHERS and gender == "m":
            spellings = line.split("|")
            for spelling in spellings:
                if spelling.isascii():
                    found.setdefault(sound(spelling), spellings[0])
    return MappingProxyType(found)


_ADJECTIVE = re.compile(r"(.{2,}(?:s|ts|c|z)k)(?:yy|yi|yj|iy|ii|ij|y|i|j|oy|oi|oj|aya|aia|aja|a)")
_POSSESSIVE = re.compile(r"(.{3,}[oe]v)a?")


def _family(text: str) -> Known | None:
    """A Slavic family name, the same for men and women: a document may give either form to both."""
    if len(text) > 5 and (form := _ADJECTIVE.fullmatch(text) or _POSSESSIVE.fullmatch(text)):
        return Known("own", f"slavic:{sound(form[1])}")
    return None
