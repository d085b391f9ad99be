"""The counts of a run as JSON, so that a run that goes on counts on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from sanctionscreen.model import Assessment, Decision, Outcome
from sanctionscreen.report.summary import SHOWN_ALERTS, Tally
from sanctionscreen.screening import spool
from sanctionscreen.screening.judged_rows import JudgedRows


def tallied(assessments: Sequence[Assessment]) -> Tally:
    """The counts of some rows; where many are equal, each kind is counted once."""
    tally = Tally()
    if not isinstance(assessments, JudgedRows):
        for _ in tally.watch(assessments):
            pass
        return tally
    counted = np.bincount(assessments.which, minlength=len(assessments.verdicts)).tolist()
    for verdict, rows in zip(assessments.verdicts, counted, strict=True):
        if rows:
            tally.add_equal(verdict, rows)
    tally.keep(assessments[at] for at in _strongest(assessments))
    return tally


def _strongest(rows: JudgedRows) -> list[int]:
    """The places of the strongest rows of which a person must see something, as many as are shown."""
    alerts = (Outcome.REVIEW, Outcome.BLOCK)
    strength = np.array([_strength(one.decision) if one.decision.outcome in alerts else 0 for one in rows.verdicts])
    if not len(rows) or not strength.any():
        return []
    held = strength[rows.which]
    order = np.argsort(-held, kind="stable")[:SHOWN_ALERTS]
    return [int(at) for at in order if held[at]]


def _strength(decision: Decision) -> int:
    """Greater for a higher outcome, and then for a higher score; never 0."""
    return decision.outcome.rank * 10_000 + decision.tenths + 1


def tally_object(tally: Tally) -> dict[str, Any]:
    """A tally as JSON."""
    return {
        "outcomes": {outcome.value: count for outcome, count in tally.outcomes.items()},
        "fired": [[rule, title, count] for (rule, title), count in tally.fired.items()],
        "unscreenable": dict(tally.unscreenable),
        "warned_rows": tally.warned_rows,
        "alerts": [spool.to_line(alert).decode("ascii") for alert in tally.alerts()],
    }


def tally_of(held: Mapping[str, Any], read_back: Callable[[bytes], Assessment]) -> Tally:
    """A tally from its JSON.

    Raises:
        ValueError, KeyError, TypeError, InputError: it says something else.
    """
    tally = Tally()
    tally.keep(read_back(line.encode("ascii")) for line in held["alerts"])
    tally.outcomes = Counter({Outcome(name): count for name, count in held["outcomes"].items()})
    tally.fired = Counter({(rule, title): count for rule, title, count in held["fired"]})
    tally.unscreenable = Counter(held["unscreenable"])
    tally.warned_rows = held["warned_rows"]
    return tally


def counts(tally: Tally) -> dict[str, int]:
    """Rows read, and how many of them came to each decision: a sum that closes."""
    return {"read": tally.read, **{outcome.value: tally.outcomes[outcome] for outcome in Outcome}}
