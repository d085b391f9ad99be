"""Parties across lists: entries of one party put together, one alias of each held back, and how near two names are.

Its own folding throughout: what the product holds for equal is what is measured.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from anyascii import anyascii
from manipulations import seeded
from rapidfuzz import fuzz
from shared_lists import Entry

Likeness = Literal["variant", "doubtful", "unrelated"]

FORMS = frozenset(
    "llc ltd limited co inc corp corporation company jsc ojsc cjsc pjsc ooo oao zao pao ao sa gmbh".split()
)


@lru_cache(maxsize=400_000)
def words(text: str) -> tuple[str, ...]:
    """The words of a name without case, accents and punctuation, in alphabetical order."""
    plain = text.casefold()
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return tuple(sorted(re.sub(r"[\W_]", " ", re.sub(r"['’`]", "", plain)).split()))


@lru_cache(maxsize=400_000)
def same_text(text: str) -> frozenset[str]:
    """What two spellings share that differ only in case, accents, punctuation, spaces or order."""
    plain = words(text)
    glued = re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text).casefold())
    return frozenset({" ".join(plain), "".join(plain), glued})


@lru_cache(maxsize=400_000)
def script(text: str) -> str:
    """The script of most of its letters: Latin, Cyrillic, Arabic, Han …"""
    if text.isascii():
        return "Latin" if any(map(str.isalpha, text)) else "none"
    names = (unicodedata.name(c, "").split(" ")[0].split("-")[0] for c in text if c.isalpha())
    found = Counter("Han" if name == "CJK" else name.title() for name in names)
    return found.most_common(1)[0][0] if found else "none"


def likeness(left: str, right: str) -> Likeness:
    """How a pair of names is sorted in the shared alias pairs, from spelling alone.

    A variant has half its words in common, or the same letters without spaces, or the same consonants; a pair far from
    that is a translation or another name.
    """
    a, b = _latin(left), _latin(right)
    alike = fuzz.token_set_ratio(a, b)
    consonants = fuzz.token_set_ratio(_consonants(a), _consonants(b))
    glued = fuzz.ratio(a.replace(" ", ""), b.replace(" ", ""))
    if alike >= 70 or glued >= 80 or (alike >= 50 and consonants >= 70):
        return "variant"
    return "doubtful" if alike >= 50 or consonants >= 50 else "unrelated"


@lru_cache(maxsize=400_000)
def _latin(text: str) -> str:
    found = [word for word in words(anyascii(text)) if word not in FORMS]
    return " ".join(found) or " ".join(words(anyascii(text)))


def _consonants(text: str) -> str:
    return re.sub(r"(.)\1", r"\1", re.sub(r"[aeiouyhw']", "", text))


class Party(NamedTuple):
    """One party: its entries in all lists."""

    entries: tuple[Entry, ...]
    kind: str

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(entry.key for entry in self.entries)

    @property
    def names(self) -> list[tuple[str, str]]:
        """Each text once, with its best quality, in the order of the lists."""
        best: dict[str, str] = {}
        for text, quality in sorted(
            (name for entry in self.entries for name in entry.names),
            key=lambda name: ("primary", "strong", "weak").index(name[1]),
        ):
            best.setdefault(text, quality)
        return list(best.items())


def cluster(entries: Sequence[Entry]) -> list[Party]:
    """Entries of one kind put together that share a whole name of two words and no contrary year, or an identifier."""
    root = list(range(len(entries)))

    def top(at: int) -> int:
        while root[at] != at:
            root[at] = root[root[at]]
            at = root[at]
        return at

    by_key: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for at, entry in enumerate(entries):
        keys = {" ".join(words(text)) for text, quality in entry.names if quality != "weak" and len(words(text)) > 1}
        for key in sorted(keys | {f"#{number}" for number in entry.numbers}):
            by_key[entry.kind, key].append(at)
    born = [set(entry.born) for entry in entries]
    for (_, key), members in by_key.items():
        for other in members[1:]:
            a, b = top(members[0]), top(other)
            contrary = not key.startswith("#") and born[a] and born[b] and not born[a] & born[b]
            if a != b and not contrary:
                root[max(a, b)] = min(a, b)
                born[min(a, b)] |= born[max(a, b)]
    groups: defaultdict[int, list[Entry]] = defaultdict(list)
    for at, entry in enumerate(entries):
        groups[top(at)].append(entry)
    return [Party(tuple(group), group[0].kind) for group in groups.values()]


class HeldBack(NamedTuple):
    """An alias that was taken out of every entry of its party."""

    text: str
    party: Party
    nearest: str
    """The most alike of the names that remain."""
    likeness: Likeness
    scripts: str
    """Latin, another script where all is in it, or the pair that has to be bridged."""


def hold_back(parties: Iterable[Party]) -> list[HeldBack]:
    """One strong alias of every party that has another name besides, chosen by its names alone."""
    held = []
    for party in parties:
        strong = sorted(text for text, quality in party.names if quality == "strong" and words(text))
        seeded("hold back", *strong).shuffle(strong)
        for text in strong:
            rest = [
                other for other, quality in party.names if quality != "weak" and not same_text(text) & same_text(other)
            ]
            if rest:
                held.append(_held(text, party, rest))
                break
    return held


def _held(text: str, party: Party, rest: Sequence[str]) -> HeldBack:
    order = ("variant", "doubtful", "unrelated")
    kinds = {other: likeness(text, other) for other in rest}
    nearest = max(
        rest, key=lambda o: (-order.index(kinds[o]), script(o) == script(text), fuzz.WRatio(_latin(text), _latin(o)))
    )
    mine, theirs = script(text), {script(other) for other in rest}
    same = mine in theirs
    bridge = mine if same else " - ".join(sorted({mine, script(nearest)}, key=lambda s: (s != "Latin", s)))
    return HeldBack(text, party, nearest, kinds[nearest], bridge)


def without(entries: Iterable[Entry], held: Iterable[HeldBack]) -> list[Entry]:
    """The entries without the aliases held back; an entry that keeps no name is gone."""
    gone = {key: same_text(one.text) for one in held for key in one.party.keys}
    kept = [
        entry._replace(names=tuple(n for n in entry.names if not gone.get(entry.key, frozenset()) & same_text(n[0])))
        for entry in entries
    ]
    return [entry for entry in kept if entry.names]
