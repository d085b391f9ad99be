"""A report's first page: the result in a sentence, in numbers and charts, and what to know before relying on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sanctionscreen.model import Outcome
from sanctionscreen.report.rankings import SHOWN, Rank, Rankings
from sanctionscreen.report.summary import counts_line
from sanctionscreen.report.writers import Layout, RunFacts

_WORDS = {
    Outcome.BLOCK: (
        "Block",
        "f-block",
        "Do not ship before compliance has decided: a prohibition seems to apply.",
    ),
    Outcome.REVIEW: ("Review", "f-review", "A person must look before this ships."),
    Outcome.NOT_SCREENABLE: ("Not screened", "f-open", "Nothing could be compared. Open, not clear."),
    Outcome.CLEAR: ("Clear", "f-clear", "Nothing found on the lists loaded; not an all-clear."),
}
"""Name, fill and meaning of each decision, worst first."""

_ASKED = {
    "who gets the goods": ("consignee.name", "buyer.name"),
    "who finally uses the goods": ("end_user.name",),
    "what the goods are, in words": ("goods.description",),
    "which code the goods have": ("goods.hs_code",),
    "where the goods go": ("destination.country", "consignee.country"),
    "when the goods were shipped": ("shipment.date",),
}
"""What every screening of a shipment lives on; where a file is silent about it, the first page says so."""


@dataclass(frozen=True, slots=True)
class Card:
    """One decision: how many rows, and its part of the strip."""

    outcome: str
    word: str
    meaning: str
    fill: str
    count: int
    start: str
    width: str


def overview(facts: RunFacts, rankings: Rankings, layout: Layout) -> dict[str, Any]:
    """What the template asks of the first page."""
    tally = facts.tally
    fired = [Rank(title, rule, 0, count) for rule, title, count in tally.most_fired(SHOWN)]
    return {
        "headline": _headline(facts),
        "counts_line": counts_line(tally),
        "cards": list(_cards(facts)),
        "cautions": list(_cautions(facts, layout)),
        "alert_count": tally.alert_count,
        "ranks": rankings.by_name(),
        "fired": fired,
        "share": lambda part, ranks: _percent(part, max(rank.count for rank in ranks if not rank.is_rest)),
    }


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.3f}%"


def _headline(facts: RunFacts) -> str:
    """The result in one sentence."""
    counts, read = facts.tally.outcomes, facts.tally.read
    said = [
        (counts[Outcome.BLOCK], "must not ship before compliance has decided"),
        (counts[Outcome.REVIEW], "{need} a person to look"),
        (counts[Outcome.NOT_SCREENABLE], "could not be screened"),
    ]
    parts = [f"{count:,} {words.format(need='needs' if count == 1 else 'need')}" for count, words in said if count]
    rows = f"{read:,} shipment line" + ("" if read == 1 else "s")
    if not parts:
        return f"Of {rows}, none needs a person to look, on the lists and rules of this run."
    return f"Of {rows}, " + ", ".join(parts[:-1]) + (" and " if parts[:-1] else "") + parts[-1] + "."


def _cards(facts: RunFacts) -> Iterator[Card]:
    """The decisions, worst first, with their places on the strip."""
    read, start = facts.tally.read or 1, 0
    for outcome, (word, fill, meaning) in _WORDS.items():
        count = facts.tally.outcomes[outcome]
        yield Card(outcome.value, word, meaning, fill, count, _percent(start, read), _percent(count, read))
        start += count


def _cautions(facts: RunFacts, layout: Layout) -> Iterator[str]:
    """What a reader must know before relying on the page."""
    if not facts.official:
        yield (
            "No official sanctions list was compared as a whole, only the entries that come with the program. "
            "`sanctionscreen lists update` fetches the official lists."
        )
    if facts.out_of_date:
        titles = {info.id: info.title for info in facts.official}
        named = (text.partition(" ") for text in facts.out_of_date)
        lists = "; ".join(f"{titles.get(list_id, list_id)} {why}".strip() for list_id, _, why in named)
        yield f"Not fresh on the screening day: {lists}. What was listed since was not looked for."
    for name in facts.fingerprints.stale_lists:
        yield f"The list {name} is required and was not fresh; the run went on because it was told to."
    unscreened = facts.tally.outcomes[Outcome.NOT_SCREENABLE]
    if unscreened:
        yield f"{unscreened:,} " + ("row was" if unscreened == 1 else "rows were") + " not screened."
    held = {*layout.fields.values(), *layout.constants}
    silent = [words for words, fields in _ASKED.items() if held.isdisjoint(fields)]
    if silent:
        yield f"The file has no column that says {'; '.join(silent)}. Nothing was tested on that."
    for note in facts.notes:
        if note.startswith("not collected"):
            left_open = note.rpartition("; ")[2].partition(" (")[0]
            yield f"The file has no column for some of what the rules ask: {left_open}. See the notes of the run."
