"""In which other countries a line would have a lower decision: one of each kind that the rules tell apart is tried."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sanctionscreen.countries import names as country_names
from sanctionscreen.fields import FIELDS, GIVEN, FieldType
from sanctionscreen.model import Decision
from sanctionscreen.rules.conditions import leaves
from sanctionscreen.screening.judge import Judge
from sanctionscreen.screening.trade_words import subject
from sanctionscreen.screening.trials import Candidate, Change, Trial, evidence_behind, is_lower, missed_fields

_MOST_NAMED = 6
"""Countries that a sentence names one by one."""
_EMBARGO = "geo.embargo"
"""Where a line would be better off in Russia or Belarus, that is no advice to give."""
_USUAL = ("BR", "DE")
"""Countries to try first, where it is all the same to the rules."""
_COUNTRIES = tuple(name for name in GIVEN if FIELDS[name].type is FieldType.COUNTRY)


def countries_asked(trial: Trial) -> list[str]:
    """The country cells that the findings rest on, or that a gate misses."""
    asked = [part.field for _, part in evidence_behind(trial)] + missed_fields(trial)
    if "place.occupied" in asked:
        asked += [name for name, text in trial.derived.line.raw.items() if trial.is_occupied(text)]
    # A country also tells namesakes apart: for a listed party, another one would test the name and not the place.
    named = {f"{hit.role}.country" for hit in trial.derived.hits}
    return [name for name in dict.fromkeys(asked) if name in _COUNTRIES and trial.collected(name) and name not in named]


def country_changes(trial: Trial, name: str) -> Iterator[Change]:
    """In which other countries the line would have a lower decision; one of each kind that the rules tell apart."""
    kinds = _kinds_of_country(trial.judge, name)
    embargo = trial.judge.rules.lists.get(_EMBARGO)
    barred = frozenset(embargo.values) if embargo else frozenset()
    tried: list[tuple[frozenset[str], str, Decision]] = []
    for members in (kind for kind in kinds if not kind & barred):
        tested = next((code for code in (*_USUAL, *sorted(members)) if code in members), "")
        decision = trial.decide(Candidate((name,), "", tested, {name: tested}))
        if decision is not None and is_lower(decision, trial.assessment.decision):
            tried.append((members, tested, decision))
    if not tried:
        return
    best = min(decision.outcome.rank for _, _, decision in tried)
    falls = [(members, tested, decision) for members, tested, decision in tried if decision.outcome.rank == best]
    _, tested, decision = max(falls, key=lambda one: len(one[0]))
    now = trial.values.get(name)
    elsewhere = frozenset().union(*(members for members, _, _ in falls)) - {now}
    said = _where(trial.judge, elsewhere, tested, "another country, " if now is not None else "")
    known = "known" if now is None else ""
    fact = f"{subject(name)} were {', and '.join(one for one in (known, said) if one)}"
    yield Change((name,), fact, trial.said(name), tested, decision.outcome, decision.tenths)


def _kinds_of_country(judge: Judge, name: str) -> list[frozenset[str]]:
    """Countries that every comparison of this cell treats alike."""
    sets = [
        frozenset({leaf.operand} if isinstance(leaf.operand, str) else leaf.operand)
        for rule in judge.rules.rules
        for leaf in leaves(rule.when, inside=False)
        if leaf.field == name and leaf.operator in ("eq", "ne", "in", "not_in")
    ]
    kinds: dict[tuple[bool, ...], set[str]] = {}
    for code in sorted(country_names()):
        kinds.setdefault(tuple(code in held for held in sets), set()).add(code)
    return [frozenset(members) for members in kinds.values()]


def _where(judge: Judge, falls: frozenset[str], tested: str, another: str) -> str:
    """The countries in few words: those it must not be, a list, or an example; empty where it is all one."""
    not_falls = frozenset(country_names()) - falls
    if not not_falls:
        return ""
    if len(not_falls) <= _MOST_NAMED:
        return f"not {_either(sorted(not_falls))}"
    lists = {key: frozenset(one.values) for key, one in judge.rules.lists.items() if one.kind == "country"}
    for key, members in sorted(lists.items()):
        if members == not_falls:
            return f"a country that is not on list {key}"
        if members == falls:
            return f"a country on list {key}"
    for pair in _pairs(sorted(lists)):
        if lists[pair[0]] | lists[pair[1]] == not_falls:
            return f"a country on neither of the lists {pair[0]} and {pair[1]}"
    if len(falls) <= _MOST_NAMED:
        return _either(sorted(falls))
    return f"{another}{tested} for example"


def _either(codes: Iterable[str]) -> str:
    *others, last = codes
    return f"{', '.join(others)} or {last}" if others else last


def _pairs(keys: list[str]) -> Iterator[tuple[str, str]]:
    return ((one, other) for at, one in enumerate(keys) for other in keys[at + 1 :])
