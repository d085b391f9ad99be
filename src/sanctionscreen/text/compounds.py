"""Words glued of several: Arabic names such as Abdurrahman and Shamsuddin, and stems of trade such as Aviatreyd."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from typing import NamedTuple

from sanctionscreen.text import tables
from sanctionscreen.text.persons import known
from sanctionscreen.text.romanise import latin, sound

_SERVANT = re.compile(r"(a[bp]d(?:[aeiou]|ou|oo)?)(l|r|s|sh|z|d|dh|t|n)?")
_RELIGION = re.compile(r"(?:[aeiouy]|ou|iy|ue|ee)?(?:l|ll)?[dt]{1,2}(?:i|ee|ie)ne?")
_GOD = re.compile(r"(?:[aeou]|ou|oo)?ll?[ao]h?")
_ARTICLE = re.compile(r"[ae]l(.{5,})|[ae](?:(?:r(?=r)|s(?=s)|z(?=z)|d(?=d)|t(?=t)|n(?=n))|(?:sh(?=sh)))(.{5,})")
_MAY_BE_COMPOUND = re.compile(
    r"a[bp]d|[ae]l|a(?:rr|ss|zz|dd|tt|nn|shsh)|абд|[аэ]ль?|.*(?:[dt](?:i|ee|ie)ne?|l[ao]h?|[дт]ин|л[аоя]х?)$"
)

_ARTICLES = {"ar": "r", "as": "s", "ash": "sh", "az": "z", "ad": "d", "adh": "dh", "at": "t", "ath": "th", "an": "n"}
"""Forms of the article before a sun letter, when they stand apart; most are other words elsewhere."""
_GOD_WORDS = frozenset("allah ullah ollah ulla olla oullah الله".split())
_SERVANT_WORDS = frozenset("abd abdul abdel abdal abdol abdool abdoul abdoel abdil عبد".split())


@lru_cache(maxsize=65_536)
def split_compound(word: str) -> tuple[str, ...]:
    """The words of a compound name that is written as one word; the word alone where it is none.

    Only names of the tables are split off, so that Aleppo, Alexander and Abdulov stay whole.

    >>> split_compound("abdurrahman"), split_compound("shamsuddin"), split_compound("aleppo")
    (('abdul', 'rahman'), ('shams', 'din'), ('aleppo',))
    """
    if "\u0600" <= word[:1] <= "\u06ff":
        return _split_arabic(word)
    if len(word) < 6 or not _MAY_BE_COMPOUND.match(word):
        return (word,)
    text = latin(word).replace(" ", "")
    if _name(text):
        return (word,)
    parts = _parts()
    return (
        _of_servant(text)
        or _before(text, "din", _RELIGION, parts["religion"])
        or _before(text, "ullah", _GOD, parts["god"])
        or _with_article(text)
        or (word,)
    )


def _of_servant(text: str) -> tuple[str, ...]:
    parts = _parts()
    for end in range(min(9, len(text) - 2), 2, -1):
        opening = _SERVANT.fullmatch(text, 0, end)
        rest = text[end:]
        if (
            opening
            and (opening[2] in (None, "l") or rest.startswith(opening[2]))
            and _name(rest) in parts["servant"] | parts["follower"]
        ):
            return ("abdul", rest)
    return ()


def _before(text: str, ending: str, pattern: re.Pattern[str], stems: frozenset[str]) -> tuple[str, ...]:
    """The longest name before the ending, as the ending may begin with letters of the name."""
    for end in range(len(text) - 2, 1, -1):
        stem = text[:end]
        if pattern.fullmatch(text, end) and _name(stem) in stems:
            return (stem, ending)
    return ()


_ARABIC = re.compile(r"(?:(عبد)(?:ال)?(.{2,}))|(?:ال(.{3,}))|(?:(.{2,}?)(?:ال|الـ)(د[يی]ن))|(?:(.{2,}?)(الله|اله))")


def _split_arabic(word: str) -> tuple[str, ...]:
    """The same for a word in Arabic letters, whose article is always al."""
    found = _ARABIC.fullmatch(word)
    if not found or known(word):
        return (word,)
    servant_of, with_article, of_religion, of_god = found[2], found[3], found[4], found[6]
    if servant_of:
        return ("abdul", servant_of) if known(servant_of) else (word,)
    if with_article:
        return ("al", with_article) if known(with_article) else (word,)
    stem, ending = (of_religion, "din") if of_religion else (of_god, "ullah")
    return (stem, ending) if known(stem) else (word,)


def _with_article(text: str) -> tuple[str, ...]:
    found = _ARTICLE.fullmatch(text)
    rest = (found[1] or found[2]) if found else ""
    return ("al", rest) if rest and _name(rest) else ()


def _name(text: str) -> str:
    """The name a Latin word is in the tables, if Arabic writing has it."""
    names, by_sound = _names()
    return names.get(text) or (by_sound.get(sound(text), "") if len(text) > 3 else "")


@cache
def _parts() -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for use, names in tables.rows("compound_names.tsv"):
        found[use] = found.get(use, frozenset()) | frozenset(names.split())
    return MappingProxyType(found)


@cache
def _names() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Names with an Arabic spelling, by their Latin spellings and by sound."""
    names: dict[str, str] = {}
    by_sound: dict[str, str] = {}
    lines = [row[2] for row in tables.rows("given_names.tsv")] + [row[1] for row in tables.rows("family_names.tsv")]
    for line in lines:
        spellings = line.split("|")
        if any("\u0600" <= spelling[0] <= "\u06ff" for spelling in spellings):
            for spelling in spellings:
                if spelling.isascii():
                    names.setdefault(spelling, spellings[0])
                    by_sound.setdefault(sound(spelling), spellings[0])
    return MappingProxyType(names), MappingProxyType(by_sound)


def apart(words: Iterable[str]) -> list[str]:
    """The words of a person's name with compounds taken apart, the same whether they were written together or not.

    The order of words plays no part. Abdullah stays one name: its parts alone would tell nobody from anybody.

    >>> apart(["abdurrahman"]), apart(["abd", "ar", "rahman"]), apart(["abd", "allah"])
    (['abdul', 'rahman'], ['abd', 'al', 'rahman'], ['abdullah'])
    """
    whole = list(words)
    if not _GOD_WORDS.isdisjoint(whole) and not _SERVANT_WORDS.isdisjoint(whole) and _belong_together(whole):
        whole = ["abdullah", *(word for word in whole if word not in _GOD_WORDS and word not in _SERVANT_WORDS)]
    parts = [part for word in whole for part in split_compound(word)]
    bag = set(parts)
    if not bag.isdisjoint(_ARTICLES):
        parts = [_article_or(part, parts) for part in parts]
    return parts


@lru_cache(maxsize=65_536)
def is_told_by_others(word: str) -> bool:
    """What a word of a person's name is may depend on the others: an article, or part of Abdullah written apart."""
    return word in _GOD_WORDS or not _ARTICLES.keys().isdisjoint(split_compound(word))


def _belong_together(words: list[str]) -> bool:
    """No other words of the name claim them both: Abd al-Rahman and Nasr Allah."""
    names = {_name(word) for word in words}
    servants, of_god = names & _parts()["servant"], names & _parts()["god"]
    return not servants or not of_god or len(servants | of_god) == 1


def _article_or(part: str, parts: list[str]) -> str:
    letter = _ARTICLES.get(part)
    named = letter and any(other != part and other.startswith(letter) and _name(other) for other in parts)
    return "al" if named else part


_SHORTEST_REST = 3
"""Letters that a stem leaves of a word: Russian Evropa is no compound of Evro."""
_SHORTEST_GLUED = 7


@lru_cache(maxsize=65_536)
def respelled(text: str) -> str:
    """A Latin word with the stems it is glued from in their first spelling; nothing where it sounds the same.

    >>> respelled("aviatreyd"), respelled("evromikrotekh"), respelled("belbizneslizing"), respelled("severstal")
    ('aviatrade', 'euromicrotech', 'belbusinessleasing', '')
    """
    if len(text) < _SHORTEST_GLUED or not text.isascii() or not text.isalpha():
        return ""
    stems = _stems()
    rest, begun, ended = text, "", ""
    while (found := stems.first.match(rest)) and len(rest) - found.end() >= _SHORTEST_REST:
        begun, rest = begun + stems.spelt["first"][found[1]], rest[found.end() :]
    while (found := stems.ending(rest)) and (found.start() >= _SHORTEST_REST or (begun and not found.start())):
        ended, rest = stems.spelt["last"][found[1]] + ended, rest[: found.start()]
    read = begun + stems.any.sub(lambda part: stems.spelt["any"][part[0]], rest) + ended
    return read if read != text and sound(read) != sound(text) else ""


class _Stems(NamedTuple):
    first: re.Pattern[str]
    last: re.Pattern[str]
    any: re.Pattern[str]
    spelt: Mapping[str, Mapping[str, str]]
    endings: tuple[str, ...]

    def ending(self, rest: str) -> re.Match[str] | None:
        """The longest last stem of what is left; most words have none."""
        return self.last.search(rest) if rest.endswith(self.endings) else None


@cache
def _stems() -> _Stems:
    spelt: dict[str, dict[str, str]] = {"first": {}, "last": {}, "any": {}}
    for place, line in tables.rows("compound_words.tsv"):
        spellings = line.split("|")
        spelt[place].update(dict.fromkeys(spellings, spellings[0]))
    one_of = {place: "|".join(sorted(of, key=lambda stem: (-len(stem), stem))) for place, of in spelt.items()}
    first, last = re.compile(f"({one_of['first']})"), re.compile(f"({one_of['last']})$")
    return _Stems(first, last, re.compile(one_of["any"]), MappingProxyType(spelt), tuple(spelt["last"]))
