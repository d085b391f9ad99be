"""What the matchers are asked: held-back aliases, listed names, manipulated ones, and names of nobody listed."""

from __future__ import annotations

import bisect
import csv
import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import hard_negatives
import manipulations
from parties import FORMS, HeldBack, Party, same_text, script, words
from shared_lists import FOLDER, sheet

_PARTY_COLUMNS = ("SUPPLIER", "IMPORTER", "EXPORTER", "CONSIGNEE", "FORWARDER", "SHIPPER", "NOTIFY", "BUYER", "SELLER")


class Question(NamedTuple):
    """A name to look up, and who is right."""

    text: str
    kind: str
    """As the document tells: vessel, or any."""
    targets: frozenset[str]
    """Keys of the entries that are right; none where nobody is."""
    groups: tuple[str, ...]
    """The rows of the table it counts in."""
    like: str = ""
    """The listed name it was made of, or should meet."""
    is_cell: bool = False
    """The cell of a document: read as one before its names are looked up."""


class Listed:
    """Every listed name, to tell what is listed after all and what begins like several parties."""

    def __init__(self, parties: Sequence[Party]) -> None:
        self.parties = parties
        self.names = [
            (text, party) for party in parties for text, quality in party.names if quality != "weak" and words(text)
        ]

    @cached_property
    def _owners(self) -> dict[str, set[int]]:
        found: defaultdict[str, set[int]] = defaultdict(set)
        for text, party in self.names:
            for key in same_text(text):
                found[key].add(id(party))
        return found

    @cached_property
    def keys_of(self) -> dict[str, frozenset[str]]:
        """Entries that bear a name, by its words in any order and case."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for text, party in self.names:
            found[" ".join(words(text))] |= party.keys
        return {key: frozenset(keys) for key, keys in found.items()}

    @cached_property
    def _with_sound(self) -> dict[str, list[tuple[frozenset[str], str]]]:
        found: defaultdict[str, list[tuple[frozenset[str], str]]] = defaultdict(list)
        for text, party in self.names:
            parts = _sounds(text)
            for part in parts:
                found[part].append((parts, party.kind))
        return found

    def is_of_others(self, text: str, party: Party | None) -> bool:
        """Somebody else's listed name, whatever its case, order and punctuation."""
        return any(self._owners.get(key, set()) - {id(party)} for key in same_text(text))

    def begins_like_others(self, text: str, party: Party) -> bool:
        """Other parties' names begin with the same text."""
        start, (names, owners) = text.casefold(), self._in_order
        first = bisect.bisect_left(names, start)
        return any(
            owners[at] is not party
            for at in itertools.takewhile(lambda at: names[at].startswith(start), range(first, len(names)))
        )

    @cached_property
    def _in_order(self) -> tuple[list[str], list[Party]]:
        order = sorted(((text.casefold(), at) for at, (text, _) in enumerate(self.names)))
        return [text for text, _ in order], [self.names[at][1] for _, at in order]

    def holds(self, text: str, kinds: Iterable[str]) -> bool:
        """A listed name of these kinds has all its words, or it has all of a listed name's: who looks should see it.

        Legal forms aside, and whatever the vowels: Mohamad Karami is Mohammad Karami.
        """
        parts, wanted = _sounds(text), set(kinds)
        return any(
            kind in wanted and (parts <= others or (others <= parts and sum(map(len, others)) >= 4))
            for part in sorted(parts)
            for others, kind in self._with_sound.get(part, ())
        )


def _sounds(text: str) -> frozenset[str]:
    """The words without legal forms, vowels all alike and no letter doubled."""
    same = str.maketrans("eiouyqcw", "aaaaakkv")
    return frozenset(
        re.sub(r"(.)\1+", r"\1", word.replace("x", "ks").translate(same)) for word in words(text) if word not in FORMS
    )


def of_held_back(held: Iterable[HeldBack]) -> list[Question]:
    questions = []
    for one in held:
        kind = one.party.kind
        rows = ["all", kind, f"script {one.scripts}"]
        if one.likeness == "variant":
            rows += ["variant: all", f"variant: {kind}", f"variant: script {one.scripts}"]
        if " - " in one.scripts:
            rows += ["all cross-script"] + (["variant: all cross-script"] if one.likeness == "variant" else [])
        questions.append(Question(one.text, _asked(kind), one.party.keys, tuple(rows), one.nearest))
    return questions


def of_listed(listed: Listed) -> list[Question]:
    """Every listed name with its words in another order and in another case; single words in another case."""
    questions = []
    for text, party in listed.names:
        random = manipulations.seeded("exact", text)
        mixed = manipulations.CLASSES["person"]["token order"](text, random) or text
        asked = random.choice([mixed.upper(), mixed.lower(), mixed.title()])
        right = listed.keys_of[" ".join(words(text))] | party.keys
        questions.append(Question(asked, _asked(party.kind), right, ("all", party.kind), text))
    return questions


def of_clean(listed: Listed, folder: Path = FOLDER) -> list[Question]:
    """Innocent parties: listed companies, made-up persons, and the parties of real customs extracts."""
    with (folder / "names" / "clean_parties.csv").open(encoding="utf-8") as file:
        names = [(row["name"], f"clean {row['type']}", False) for row in csv.DictReader(file)]
    names += [(cell, "trade party", True) for cell in sorted(_trade_cells(folder / "shipments"))]
    return [
        Question(
            text,
            "any",
            frozenset(),
            (f"{group}, listed by name" if listed.is_of_others(text, None) else group,),
            "",
            cell,
        )
        for text, group, cell in names
    ]


def _trade_cells(folder: Path) -> set[str]:
    cells: set[str] = set()
    for path in sorted(folder.glob("*.xlsx")):
        rows = sheet(path)
        at = next((n for n, row in enumerate(rows[:12]) if sum(bool(_is_party(cell)) for cell in row)), None)
        if at is not None:
            columns = [column for column, cell in enumerate(rows[at]) if _is_party(cell)]
            cells |= {row[c].strip() for row in rows[at + 1 :] for c in columns if c < len(row) and row[c].strip()}
    return cells


def _is_party(header: str) -> bool:
    name = header.upper()
    other = ("COUNTRY", "ADDRESS", "CODE", "CITY", "TAX", "PHONE", "EMAIL", "ID", "INN", "VALUE", "REGION")
    return any(word in name for word in _PARTY_COLUMNS) and not any(word in name for word in other)


def of_manipulated(listed: Listed, number: int) -> list[Question]:
    """Every class for so many listed Latin names of persons, companies and ships each, or for all it applies to.

    Left out: what is somebody else's listed name after the manipulation, and a cut name that several begin with.
    """
    questions: list[Question] = []
    for kind, classes in manipulations.CLASSES.items():
        names = _fit(listed, kind)
        for what in classes:
            made = (_manipulated(listed, kind, what, text, party) for text, party in names)
            questions += itertools.islice(filter(None, made), number)
    return questions


def _manipulated(listed: Listed, kind: str, what: str, text: str, party: Party) -> Question | None:
    changed = manipulations.manipulated(text, kind, what)
    if changed is None or listed.is_of_others(changed, party):
        return None
    if what.startswith("truncated") and listed.begins_like_others(changed, party):
        return None
    right = party.keys | listed.keys_of[" ".join(words(text))]
    rows = ("all", kind, what, f"{kind}: {what}")
    return Question(changed, _asked(kind), right, rows, text, what in manipulations.OF_CELLS)


def _fit(listed: Listed, kind: str) -> list[tuple[str, Party]]:
    """Latin names, by chance and always in the same order; of persons and companies, two words or more."""
    least = 1 if kind == "vessel" else 2
    fit = {
        text: party
        for text, party in listed.names
        if party.kind == kind and len(words(text)) >= least and script(text) == "Latin" and len(text) <= 120
    }
    names = sorted(fit)
    manipulations.seeded("chosen", kind).shuffle(names)
    return [(text, fit[text]) for text in names]


def of_negatives(listed: Listed, number: int) -> list[Question]:
    """So many hard negatives of each class; left out is what a listed name holds, or what holds one."""
    names: defaultdict[str, list[str]] = defaultdict(list)
    for text, party in listed.names:
        if script(text) == "Latin":
            names[party.kind].append(text)
    pool = {kind: sorted(set(texts)) for kind, texts in names.items()}
    questions = []
    for what, made in hard_negatives.CLASSES.items():
        found = sorted({negative.text: negative for negative in made(pool)}.values())
        manipulations.seeded("negatives", what).shuffle(found)
        apart = what in ("ship as person", "person as ship")
        free = (one for one in found if not listed.holds(one.text, _comparable(one.kind, apart=apart)))
        for negative in itertools.islice(free, number):
            rows = ("all", what)
            asked = negative.kind if apart else _asked(negative.kind)
            questions.append(Question(negative.text, asked, frozenset(), rows, negative.like))
    return questions


def _comparable(kind: str, *, apart: bool) -> tuple[str, ...]:
    """Kinds of listed names that a negative must not be held by; ships asked for as persons may be ships."""
    if apart:
        return ("vessel",) if kind == "vessel" else ("person", "company")
    return ("person", "company", "vessel", "aircraft")


def _asked(kind: str) -> str:
    """Documents say which name is a ship's, and seldom more."""
    return kind if kind in ("vessel", "aircraft") else "any"
