"""Postal addresses taken apart: house, street, town, and what lies inside a building."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from sanctionscreen.text.folding import fold
from sanctionscreen.text.legal_forms import is_han
from sanctionscreen.text.lexicon import PLACES, Word, describe, said_of
from sanctionscreen.text.postal_words import ORDINAL, Token, tokens_of
from sanctionscreen.text.romanise import Language, language

LONGEST_ADDRESS = 512
"""Characters read; the longest address on the official lists has about 300."""
_LONGEST_RANGE = 40
"""Numbers that one building spans at most; in 5-304 the second is a flat."""
_LONGEST_STREET = 5
"""Words of a street name: 60-letiya Obrazovaniya SSSR has four."""


class House(NamedTuple):
    """A house number: 12, 12A, 12/14, 12-14, or house 12 with building 14."""

    number: str
    letter: str = ""
    rest: tuple[str, ...] = ()
    """Second house of a range or a corner, a building in the yard, a litera; documents write them alike."""
    upto: str = ""
    """Last house of a range: 14 of 12-14."""


@dataclass(frozen=True, slots=True)
class Address:
    """An address taken apart."""

    houses: tuple[House, ...] = ()
    inner: frozenset[str] = frozenset()
    """Floors, rooms, flats and offices."""
    boxes: frozenset[str] = frozenset()
    postcodes: frozenset[str] = frozenset()
    cities: frozenset[str] = frozenset()
    """Meanings of the cities known by name."""
    street: tuple[Word, ...] = ()
    """The name of the street, in its order, where its kind shows which words it is."""
    street_kind: str = ""
    others: tuple[Word, ...] = ()
    """Other names, sorted: districts, buildings, towns that no table knows; the street where nothing shows which."""

    @property
    def words(self) -> tuple[Word, ...]:
        """Street and other names."""
        return (*self.street, *self.others)

    @property
    def joined(self) -> str:
        """The street name as one word: Ke Ji Nan Lu, Kejinan Road and Keji South Road are one street."""
        return "".join(_PINYIN.get(word.text, word.text) for word in self.street)

    @property
    def keys(self) -> frozenset[str]:
        """Sounds by which a candidate is looked up, and house numbers with their postcodes."""
        at_code = {f"{house.number}@{code}" for house in self.houses for code in self.postcodes}
        return frozenset({word.sound for word in self.words if word.kind != "number"} | at_code | {self.joined} - {""})


# Directions and ordinals of Chinese street names, as translations write them.
_PINYIN = {"south": "nan", "north": "bei", "east": "dong", "west": "xi", "middle": "zhong", "central": "zhong",
           "1th": "yi", "2th": "er", "3th": "san", "4th": "si", "5th": "wu", "6th": "liu", "7th": "qi", "8th": "ba",
           "9th": "jiu", "first": "yi", "second": "er", "third": "san", "fourth": "si", "fifth": "wu", "ring": "huan",
           "nanlu": "nan", "beilu": "bei", "donglu": "dong", "xilu": "xi", "zhonglu": "zhong"}  # fmt: skip

_APOSTROPHES = re.compile(r"(?<=[^\W\d_])['’ʼ`´‘ʻ](?=[^\W\d_])")
_BOX = re.compile(
    r"(?<![^\W_])(?:p\.?\s?o\.?\s?b(?:ox)?|post\s?box|gpo\s?box|box|а[./]я|a/ya|postfach|apartado|apdo"
    r"|b\.?p|boite postale)"
    r"(?![^\W_])[\s.:#№]{0,3}(?:no[.:\s]{0,2})?(\d[\d-]{0,9})"
)
_CARE_OF = re.compile(r"(?<![^\W_])(?:c\s?/\s?o|care of)(?![^\W_])[^,;]{0,120}[,;]")
_FLOOR = re.compile(r"(?<![^\W_])([\dgl]{1,3}|\d{1,2}[-,&]\d{1,2})\s?/\s?f(?![^\W_])\.?")
_POSTCODES = tuple(
    (has_hyphen, re.compile(rf"(?<![^\W_]){code}(?![^\W_])"))
    for has_hyphen, code in (
        (False, r"[a-z]{1,2}\d[a-z\d]?\s{1,2}\d[a-z]{2}"),  # United Kingdom
        (False, r"\d{4}\s?[a-z]{2}(?=[\s,]{1,3}[a-z]{3})"),  # Netherlands
        # with the country in front
        (True, r"(?:[abdfil]|at|az|bg|ch|cz|de|ee|es|fi|fr|gr|hr|hu|it|lt|lv|md|pl|ro|rs|ru|se|si|sk|tr|ua)-\d{4,6}"),
        (True, r"\d{5}-\d{3,4}"),  # United States, Brazil
        (True, r"\d{2}-\d{3}"),  # Poland
        (True, r"\d{4}-\d{3}"),  # Portugal
        (False, r"\d{3}\s\d{2}(?=[\s,]{1,3}[^\W\d])"),  # Czechia, Slovakia, Sweden, Greece
    )
)
_NUMBER = re.compile(r"0*(\d+)([^\W\d_]?)((?:[/.-]\d+[^\W\d_]?)*)")
_POSTCODE = re.compile(r"\d{5,7}")
_LABELS = frozenset({"house", "building", "part", "letter", "inner", "floor"})
_BESIDE_CITY = re.compile(r"\d{4}")
_LETTERS = frozenset("abcefvабве")
_ROMAN = frozenset("i ii iii iv v vi vii viii ix x xi xii".split())
_MONTHS = frozenset(
    """марта мая октября ноября февраля января декабря августа июня июля апреля сентября года лет летия бакинских марта
    marta maya oktyabrya noyabrya fevralya yanvarya dekabrya avgusta iyunya iyulya aprelya sentyabrya goda let letiya
    march may october july august november september maggio settembre aprile giugno novembre mayo julio mai juillet
    temmuz mayis ekim agustos nisan kasim eylul березня травня жовтня листопада січня червня серпня maja listopada
    stycznia sierpnia de bakinskikh komissarov комиссаров гвардейской героев""".split()
)


def read_address(text: str) -> Address:
    """An address as written, in any order and script.

    >>> address = read_address("ul. Staroalekseevskaya d. 5, of. 12, Moscow 129626")
    >>> [house.number for house in address.houses], sorted(address.inner), [word.text for word in address.street]
    (['5'], ['12'], ['staroalekseevskaya'])
    """
    folded = fold(text[: 4 * LONGEST_ADDRESS].replace("\n", ", ")).text[:LONGEST_ADDRESS]
    folded = _APOSTROPHES.sub("", folded)
    if is_han(folded):
        from sanctionscreen.text import postal_chinese  # whose patterns take 30 ms to compile

        folded = postal_chinese.HAN_RUN.sub(lambda run: f" , {postal_chinese.in_latin(run[0])} , ", folded)
    parts = _Parts(spoken=language(folded) if not folded.isascii() else "")
    # Cheap looks first: a pattern that begins anywhere costs as much as all the rest.
    if "/" in folded or "care" in folded:
        folded = _CARE_OF.sub(" ", folded)
    folded = _BOX.sub(lambda box: _kept(parts.boxes, box[1].replace("-", "")), folded)
    if "/" in folded:
        folded = _FLOOR.sub(lambda floor: _kept(parts.inner, floor[1]), folded)
    for has_hyphen, code in _POSTCODES:
        if not has_hyphen or "-" in folded:
            folded = code.sub(lambda found: _kept(parts.postcodes, _code(found[0])), folded)
    return parts.read(tokens_of(folded))


def _kept(into: set[str], value: str) -> str:
    into.add(value)
    return " , "


def _code(written: str) -> str:
    """A postcode without spaces, hyphens and the country in front."""
    country, _, number = written.partition("-")
    return number if country.isalpha() else re.sub(r"[\s-]", "", written)


@dataclass(slots=True)
class _Parts:
    """What has been found of an address so far."""

    spoken: Language = ""
    inner: set[str] = field(default_factory=set)
    boxes: set[str] = field(default_factory=set)
    postcodes: set[str] = field(default_factory=set)
    cities: set[str] = field(default_factory=set)
    labelled: list[House] = field(default_factory=list)
    buildings: list[House] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    loose: list[tuple[int, House]] = field(default_factory=list)
    codes: list[tuple[int, str]] = field(default_factory=list)
    names: list[tuple[int, Token]] = field(default_factory=list)
    """Segment and word, a kind of street among them."""

    def read(self, tokens: list[Token]) -> Address:
        segment, at = 0, 0
        while at < len(tokens):
            token = tokens[at]
            if token.role == "stop":
                segment += 1
            elif token.role == "number":
                at = self._number(tokens, at, segment)
            elif token.role in _LABELS or self._is_yard(tokens, at):
                at = self._label(tokens, at)
                self.names.append((segment, Token("", "plain")))
            else:
                self.names.append((segment, token))
            at += 1
        return self._address()

    def _is_yard(self, tokens: list[Token], at: int) -> bool:
        """Str. 2 is building 2 of a house in Russia, and a street anywhere else."""
        return tokens[at].text == "str" and at + 1 < len(tokens) and tokens[at + 1].role == "number" and at > 0

    def _label(self, tokens: list[Token], at: int) -> int:
        """A word such as house, korpus or office, with the number behind it; without one it says nothing."""
        role = "part" if tokens[at].text == "str" else tokens[at].role
        if role == "house" and self.labelled:
            # House 11, building 1; in Türkiye No: 5, D: 7 is house 5, flat 7.
            role = "inner" if tokens[at].text in ("d", "д") else "part"
        value_at = at + 1
        # Room No. 5, Flat/Rm A, Office #104, pom. etazh 2
        while value_at < len(tokens) and value_at <= at + 2 and tokens[value_at].role in ("house", "inner", "floor"):
            if tokens[value_at].role != "house":
                role = tokens[value_at].role
            value_at += 1
        value = tokens[value_at] if value_at < len(tokens) else None
        if value is None:
            return at
        if value.role == "number":
            if role == "house" and ORDINAL.fullmatch(value.text) is not None:
                return at
            self._keep(role, tokens, value_at)
            return value_at + self._letter_behind(tokens, value_at)
        lone = len(value.text) == 1 or value.text in _ROMAN
        if role in ("part", "letter", "inner", "floor") and lone and value.role != "stop":
            self._keep(role, tokens, value_at)
            return value_at
        return at

    def _keep(self, role: str, tokens: list[Token], at: int) -> None:
        text, label = tokens[at].text, tokens[at - 1].text
        if role == "house" and label in ("d", "д") and _POSTCODE.fullmatch(text):
            self.postcodes.add(text)
        elif role in ("house", "building"):
            (self.labelled if role == "house" else self.buildings).append(self._house(tokens, at))
        elif role in ("part", "letter"):
            self.parts += [_letter(part.lstrip("0") or "0") for part in re.split(r"[/.-]", text)]
        else:
            self.inner.add(text.lstrip("0") or "0")

    def _number(self, tokens: list[Token], at: int, segment: int) -> int:
        text = tokens[at].text
        behind = tokens[at + 1] if at + 1 < len(tokens) else Token("", "stop")
        ordinal = ORDINAL.fullmatch(text)
        if behind.role == "floor" and len(text) <= 6:
            self.inner.add(ordinal[1] if ordinal is not None else text)
            return at + 1
        if ordinal is not None or (text.isdigit() and behind.text in _MONTHS):
            number = ordinal[1] if ordinal is not None else text
            self.names.append((segment, Token(f"{number}th", "ordinal")))
            return at
        if _NUMBER.fullmatch(text) is None:
            self.names.append((segment, Token(text, "name")))
            return at
        self.names.append((segment, Token("", "plain")))
        if _POSTCODE.fullmatch(text):
            self.codes.append((segment, text))
            return at
        if _BESIDE_CITY.fullmatch(text) and behind.role == "name" and describe(behind.text).kind == "city":
            self.postcodes.add(text)
            return at
        self.loose.append((segment, self._house(tokens, at)))
        return at + self._letter_behind(tokens, at)

    def _house(self, tokens: list[Token], at: int) -> House:
        found = _NUMBER.fullmatch(tokens[at].text)
        if found is None:
            return House(tokens[at].text)
        letter = found[2] or (tokens[at + 1].text if self._letter_behind(tokens, at) else "")
        rest = tuple(part.lstrip("0") or "0" for part in re.split(r"[/.-]", found[3]) if part)
        ranges = found[3][:1] == "-" and rest[0].isdigit() and 0 < int(rest[0]) - int(found[1]) <= _LONGEST_RANGE
        return House(found[1], _letter(letter), rest, rest[0] if ranges else "")

    def _letter_behind(self, tokens: list[Token], at: int) -> int:
        """1 where the letter of a house number stands apart: 18 A."""
        if at + 1 >= len(tokens) or tokens[at].text[-1:].isalpha():
            return 0
        last = at + 2 >= len(tokens) or tokens[at + 2].role in ("stop", "inner", "part", "floor", "before", "after")
        return int(tokens[at + 1].text in _LETTERS and last)

    def _address(self) -> Address:
        street, kind, segment, others = self._street()
        words = self._words(others)
        self.postcodes.update(code for _, code in self.codes)
        return Address(
            self._houses(segment),
            frozenset(self.inner),
            frozenset(self.boxes),
            frozenset(self.postcodes),
            frozenset(self.cities),
            street,
            kind,
            tuple(sorted(dict.fromkeys(words))),
        )

    def _houses(self, segment: int) -> tuple[House, ...]:
        """Numbers called house; else those beside the street; else any; else one called building, or a long one."""
        beside = [house for at, house in self.loose if at == segment] or [house for _, house in self.loose]
        houses = self.labelled or beside
        parts = [*self.parts, *(part for one in self.buildings for part in (one.number, *one.rest) if houses)]
        houses = houses or self.buildings
        if not houses and parts and segment < 0:
            houses, parts = [House(parts[0])], parts[1:]
        if not houses and segment >= 0:
            houses = [House(code) for at, code in self.codes if at == segment]
        if not houses:
            return ()
        first = houses[0]._replace(rest=(*houses[0].rest, *parts))
        return tuple(dict.fromkeys((first, *houses[1:])))

    def _street(self) -> tuple[tuple[Word, ...], str, int, list[Token]]:
        """The words that a kind of street names, their kind and segment, and the tokens that are left."""
        names = self.names
        for at, (segment, token) in enumerate(names):
            if token.role not in ("before", "after") or self._is_saint(at):
                continue
            behind = self._run(at, +1)
            ahead = self._run(at, -1)
            run = (behind or ahead) if token.role == "before" else (ahead or behind)
            if run:
                words = [self._word(names[i][1]) for i in sorted(run)]
                taken = set(run) | {i for i, (s, t) in enumerate(names) if t.role in ("before", "after")}
                left = [t for i, (_, t) in enumerate(names) if i not in taken]
                return tuple(words), token.group, segment, left
        return (), "", -1, [t for _, t in names if t.role not in ("before", "after")]

    def _is_saint(self, at: int) -> bool:
        """St. before a known city: St. Petersburg."""
        (segment, here), behind = self.names[at], self.names[at + 1 : at + 2]
        return (
            here.text == "st"
            and bool(behind)
            and behind[0][0] == segment
            and describe(behind[0][1].text).kind == "city"
        )

    def _run(self, at: int, step: int) -> list[int]:
        """Names on one side of the kind of street, nearest first, up to the next word that is no name."""
        segment = self.names[at][0]
        run: list[int] = []
        i = at + step
        while 0 <= i < len(self.names) and self.names[i][0] == segment and len(run) < _LONGEST_STREET:
            if self.names[i][1].role not in ("name", "ordinal", "title"):
                # "g. Moskva, ul. Lenina" without its comma: what a town's label names is the town.
                if self.names[i][1].role in ("town", "region") and step < 0 and run:
                    run = run[:-1] if len(run) > 1 else run
                break
            run.append(i)
            i += step
        # A city at the far end is where the street lies, not what it is called.
        while len(run) > 1 and describe(self.names[run[-1]][1].text, "").kind in PLACES:
            run.pop()
        return run

    def _word(self, token: Token) -> Word:
        if token.role == "ordinal":
            return Word(token.text, token.text, token.text, "number")
        word = describe(token.text, self.spoken)
        return word._replace(kind="title") if token.role == "title" else word

    def _words(self, tokens: Iterable[Token]) -> list[Word]:
        """Other names; cities, regions and countries go where they belong."""
        words: list[Word] = []
        listed = list(tokens)
        second = -1
        for at, token in enumerate(listed):
            if token.role not in ("name", "ordinal", "title"):
                continue
            pair = f"{token.text} {listed[at + 1].text}" if at + 1 < len(listed) else ""
            known = (said_of(pair) or said_of(pair.replace(" ", ""))) if pair else None
            if known is not None and known[0] == "city":
                self.cities.add(known[1])
                second = at + 1
                continue
            if at == second:
                continue
            word = self._word(token)
            beside = {listed[i].role for i in (at - 1, at + 1) if 0 <= i < len(listed)}
            if word.kind == "city" and not ("region" in beside and token.text[-1:] in "aяая"):
                self.cities.add(word.meaning)
            elif word.kind not in ("country", "region", "initial", "particle", "city", "title"):
                words.append(word)
        return words


def _letter(letter: str) -> str:
    """The letter of a house in Latin; a Russian в looks like b and is romanised v, so they count as one."""
    return {"а": "a", "б": "b", "в": "b", "v": "b", "е": "e", "г": "g", "д": "d", "ж": "zh"}.get(letter, letter)
