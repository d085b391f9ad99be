"""A plain, slow matcher: every name against every listed name. What it finds, the index must find."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sanctionscreen.matching import DEFAULT_THRESHOLD
from sanctionscreen.matching.comparison import READING, compare
from sanctionscreen.matching.queries import Query
from sanctionscreen.matching.retrieval import View
from sanctionscreen.matching.weights import OTHER_KIND, class_of
from sanctionscreen.text.names import take_apart


def hits(query: str, parties: Sequence[Mapping[str, Any]], threshold: float = DEFAULT_THRESHOLD) -> dict[str, float]:
    """Id and best score of every party whose name reaches the threshold; weak names apart."""
    found: dict[str, float] = {}
    for party in parties:
        reading = READING[class_of(party["kind"])]
        for name in party["names"]:
            if name.get("quality") != "weak":
                left, right = take_apart(query, reading), take_apart(name["text"], reading)
                compared = compare(left, right, party["kind"])
                score = (compared.limited(OTHER_KIND) if View(Query(query)).crosses(party["kind"]) else compared).score
                if score >= threshold:
                    found[party["id"]] = max(found.get(party["id"], 0.0), score)
    return found
