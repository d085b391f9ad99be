"""Labelled pairs: spellings of one party, and the most alike names of two. What `compare_names` makes of them."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from manipulations import seeded
from parties import Party, same_text, words
from questions import Question
from rapidfuzz import fuzz, process
from shared_lists import FOLDER


class Pair(NamedTuple):
    """Two names, and whether they are of one party."""

    left: str
    right: str
    kind: str
    is_same: bool


def pairs(parties: Sequence[Party], negatives: Sequence[Question], number: int) -> list[Pair]:
    """So many pairs of one party, and as many of two: half near misses on one list, half hard negatives."""
    same = _variants(FOLDER)
    seeded("variants").shuffle(same)
    near = _near_misses(parties, number // 2)
    hard = [
        Pair(one.text, one.like, "person" if "cross pair" in one.groups else "company", False)
        for one in negatives
        if {"cross pair", "token swap", "other ordinal"} & set(one.groups)
    ]
    seeded("hard").shuffle(hard)
    differ = near + hard[: number - len(near)]
    return same[: len(differ)] + differ


def _variants(folder: Path) -> list[Pair]:
    with (folder / "names" / "alias_pairs.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["pair_kind"] == "variant" and row["alias_quality"] != "weak"]
    differing = [row for row in rows if not same_text(row["name_a"]) & same_text(row["name_b"])]
    return [Pair(row["name_a"], row["name_b"], row["type"], True) for row in differing]


def _near_misses(parties: Sequence[Party], number: int) -> list[Pair]:
    """For names chosen from each list, the most alike name there of another party of the same kind."""
    groups: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for at, party in enumerate(parties):
        for entry in party.entries:
            for text, quality in entry.names:
                if quality != "weak" and len(words(text)) > 1:
                    groups.setdefault((entry.list, entry.kind), []).append((text, at))
    total = sum(map(len, groups.values()))
    found: list[Pair] = []
    for (source, kind), names in sorted(groups.items()):
        chosen = seeded("near", source, kind).sample(names, min(len(names), round(number * len(names) / total)))
        found += _most_alike(chosen, names, kind)
    return found


def _most_alike(chosen: Sequence[tuple[str, int]], names: Sequence[tuple[str, int]], kind: str) -> list[Pair]:
    if not chosen:
        return []
    listed = [" ".join(words(text)) for text, _ in names]
    owner = np.array([at for _, at in names])
    asked = [" ".join(words(text)) for text, _ in chosen]
    alike = process.cdist(asked, listed, scorer=fuzz.ratio, workers=-1, dtype=np.uint8)
    found = []
    for row, (text, at) in enumerate(chosen):
        scores = np.where(owner == at, 0, alike[row])
        other = names[int(np.argmax(scores))][0]
        if not same_text(text) & same_text(other):
            found.append(Pair(text, other, kind, False))
    return found
