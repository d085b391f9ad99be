"""A line derived and judged again with one fact changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sanctionscreen.fields import GIVEN
from sanctionscreen.model import Assessment, Decision, Evidence, Finding, Line, Outcome
from sanctionscreen.rules.features import PREFIX
from sanctionscreen.screening.derive import Derived, Deriver
from sanctionscreen.screening.judge import Judge
from sanctionscreen.screening.parties import PartyQuery, PartyScreen, queries_of
from sanctionscreen.screening.wording import words

MOST_TRIED = 120
"""Candidates that are judged for one line, at most: a line with many findings must not take a minute to explain."""


@dataclass(frozen=True, slots=True)
class Change:
    """One fact that, were it so, would give the line a lower decision."""

    fields: tuple[str, ...]
    """Where the line says otherwise."""
    fact: str
    """Such as `the end user were known, and not listed`."""
    now: str
    """What the line says."""
    tested_with: str
    """The value that the line was judged with."""
    outcome: Outcome
    tenths: int

    @property
    def sentence(self) -> str:
        """The change as a sentence without its full stop."""
        to = "clear" if self.outcome is Outcome.CLEAR else f"only a {self.outcome.value}"
        return f"would be {to} if {self.fact}"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A fact to try."""

    fields: tuple[str, ...]
    fact: str
    tested_with: str
    values: Mapping[str, Any]
    unlisted: str = ""
    """A party as written that is to be on no list."""
    unplaced: str = ""
    """A party as written whose address is to be nobody's on a list."""


class Trial:
    """A line that can be derived and judged again with one fact changed."""

    def __init__(self, judge: Judge, deriver: Deriver, derived: Derived, assessment: Assessment) -> None:
        self.judge, self._deriver, self.derived, self.assessment = judge, deriver, derived, assessment
        line = derived.line
        given = {name: value for name, value in line.values.items() if name in GIVEN}
        # What other lines say does not change with this one, so the features stay.
        self._features = {name: value for name, value in line.values.items() if name.startswith(PREFIX)}
        self._line = Line(given, line.unreadable, line.warnings, line.raw)
        self._left = MOST_TRIED

    @property
    def values(self) -> Mapping[str, Any]:
        """What the line says, and what follows from it."""
        return self.derived.line.values

    def collected(self, name: str) -> bool:
        """The line has such a cell."""
        return name in self._line.values

    def is_occupied(self, text: str) -> bool:
        """A country cell that names occupied territory."""
        return self._deriver.geography.is_occupied(text, None, on=self._deriver.as_of)

    def decide(self, candidate: Candidate | None = None) -> Decision | None:
        """The decision with a fact changed; None when enough was tried."""
        if self._left <= 0:
            return None
        self._left -= 1
        line, deriver = self._line, self._deriver
        if candidate is not None:
            line = _with(line, candidate.values)
            if candidate.unlisted or candidate.unplaced:
                deriver = replace(deriver, parties=_without(deriver.parties, line, candidate))
        derived = deriver.derive(line)
        derived = replace(derived, line=derived.line.with_values(self._features))
        truths = self.judge.truths(derived.line)
        return self.judge.assess(self.assessment.row, derived, truths, {}).decision

    def said(self, name: str) -> str:
        """What the line says in a cell."""
        if name in self.derived.line.unreadable:
            return "cannot be read"
        value = self.values.get(name)
        return "not given" if value is None else words(name, value)

    def lowered(self, candidate: Candidate) -> Change | None:
        """The candidate as a change; None when the decision does not fall with it."""
        found = self.decide(candidate)
        if found is None or not is_lower(found, self.assessment.decision):
            return None
        now = dict.fromkeys(self.said(name) for name in candidate.fields)
        return Change(
            candidate.fields, candidate.fact, "; ".join(now), candidate.tested_with, found.outcome, found.tenths
        )


def evidence_behind(trial: Trial) -> Iterator[tuple[Finding, Evidence]]:
    """The evidence of the findings that count."""
    for finding in trial.assessment.findings:
        if not finding.shadow and not finding.suppressed_by:
            yield from ((finding, part) for part in finding.evidence)


def missed_fields(trial: Trial) -> list[str]:
    """The fields for want of which a gate of the profile asks."""
    levels = {gate.if_unknown_level for gate in trial.judge.profile.gates if gate.if_unknown_level}
    found = (name for rule in trial.assessment.unknown if rule.level in levels for name in rule.missing)
    return list(dict.fromkeys(found))


def is_lower(found: Decision, now: Decision) -> bool:
    """The decision fell, and the line can still be compared."""
    return found.outcome is not Outcome.NOT_SCREENABLE and found.outcome.rank < now.outcome.rank


def _with(line: Line, values: Mapping[str, Any]) -> Line:
    """The line with other cells, as if they had been written so."""
    raw = {name: text for name, text in line.raw.items() if name not in values}
    raw |= {name: value for name, value in values.items() if name in line.raw and isinstance(value, str)}
    warnings = tuple(one for one in line.warnings if one.field not in values)
    return Line({**line.values, **values}, line.unreadable - values.keys(), warnings, raw)


def _without(parties: PartyScreen, line: Line, candidate: Candidate) -> PartyScreen:
    """The same lists, on which one party as written is nobody's, or its address is not."""
    queries = [*dict(queries_of(line.values)).values(), *parties.known]
    seen = {}
    for query in queries:
        written = _written(query)
        if written in (candidate.unlisted, candidate.unplaced) and query in parties.known:
            found = parties.known[query]
            seen[query] = found._replace(
                hits=() if written == candidate.unlisted else found.hits,
                address_hits=() if written == candidate.unplaced else found.address_hits,
            )
    return PartyScreen(parties.parties, parties.index, parties.as_of, seen)


def _written(query: PartyQuery) -> str:
    return query.name or query.identifier or query.address
