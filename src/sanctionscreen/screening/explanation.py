"""Why a line got its decision, why each other rule did not fire, and what one fact would have lowered the decision."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sanctionscreen.model import Assessment
from sanctionscreen.rules.conditions import All, Condition, Not, comparisons, leaves, list_tests
from sanctionscreen.rules.features import PREFIX, Feature
from sanctionscreen.rules.record_evaluator import Compiled, Facts, Truth
from sanctionscreen.rules.ruleset import Rule
from sanctionscreen.rules.words import in_words
from sanctionscreen.screening.changes import lowering_changes
from sanctionscreen.screening.derive import Derived, Deriver
from sanctionscreen.screening.judge import Judge
from sanctionscreen.screening.trade_words import why_not
from sanctionscreen.screening.trials import Change

_FEATURE = re.compile(re.escape(PREFIX) + r"(\w+)")
_OPEN = frozenset({"exists", "not_in", "ne", "ne_field"})
"""Comparisons that most lines meet: that one of them holds says little about a line."""
_SUBJECT = ("goods.", "party_hits", "address_hits", "owner_hits", "ownership.", "place.", "original_destination.")
_SUBJECTS_TOO = ("payment.currency", "payment.terms", ".phone", ".email", ".owners", ".incorporation_date")
_MEASURES = frozenset(
    f"goods.{name}" for name in ("quantity", "unit", "net_weight", "value", "value_usd", "unit_price", "currency")
)


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One condition that kept a rule from firing."""

    condition: str
    """As the rule asks it, by field names."""
    truth: str
    """`false` or `unknown`."""
    said: str = ""
    """Why it does not hold, in the words of trade and with what the line says."""


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A rule that did not fire, and all that stood in its way."""

    rule: str
    title: str
    failing: tuple[Obstacle, ...]
    is_near: bool = True
    """What it is about is there: the goods, the party, the place or the words that it looks for."""

    @property
    def is_decided(self) -> bool:
        """Something it asks for is not so; else it is only open."""
        return any(one.truth == "false" for one in self.failing)


@dataclass(frozen=True, slots=True)
class Explanation:
    """One line explained: what was found, what was not and why, and what would have lowered the decision."""

    assessment: Assessment
    derived: Derived
    near_misses: tuple[NearMiss, ...]
    """Every rule that did not fire, nearest first."""
    changes: tuple[Change, ...] = field(default=())
    """The single facts that would give the line a lower decision, each one tried."""


def explained(judge: Judge, deriver: Deriver, row: int, derived: Derived, cells: Mapping[str, Any]) -> Explanation:
    """A derived line judged and explained in full."""
    truths = judge.truths(derived.line)
    assessment = judge.assess(row, derived, truths, cells)
    misses = near_misses(judge, derived, truths)
    return Explanation(assessment, derived, misses, lowering_changes(judge, deriver, derived, assessment))


def near_misses(judge: Judge, derived: Derived, truths: Mapping[str, Truth]) -> tuple[NearMiss, ...]:
    """Every rule that did not fire, with what stood in its way; those that what they look for nearly met first."""
    facts = Facts.of(derived.line)
    found = []
    for rule in judge.rules.rules:
        if truths[rule.id]:
            continue
        parts = list(_parts(judge.compiled[rule.id]))
        found.append((_distance(rule, parts, facts), _near_miss(rule, parts, facts, judge.rules.features)))
    found.sort(key=lambda one: one[0])
    return tuple(miss for _, miss in found)


def _parts(compiled: Compiled) -> Iterator[Compiled]:
    """The conditions that must all hold."""
    if isinstance(compiled.condition, All):
        for part in compiled.parts:
            yield from _parts(part)
    else:
        yield compiled


def _distance(rule: Rule, parts: list[Compiled], facts: Facts) -> tuple[bool, bool, int, int, int, float, str]:
    """How far a rule was from firing: rules about something else last, open ones after decided ones.

    A rule about other goods or another party is no near miss, however few of its conditions are false; and what is only
    unknown is said of the line elsewhere.
    """
    told = [(part, part.test(facts)) for part in parts]
    false = sum(truth is False for _, truth in told)
    unknown = sum(truth is None for _, truth in told)
    held = sum(_telling(part.condition) for part, truth in told if truth)
    return not _is_near(parts, facts), not false, false, unknown, -held, -rule.weight, rule.id


def _is_near(parts: list[Compiled], facts: Facts) -> bool:
    """What the rule is about holds, as far as the line says, and nothing of it is false."""
    strength = {id(part): _telling(part.condition) for part in parts}
    most = max(strength.values(), default=0)
    about = [part for part in parts if strength[id(part)] == most]
    truths = [part.test(facts) for part in about]
    return most > 0 and True in truths and False not in truths


def _telling(condition: Condition) -> int:
    """2 for a condition on the subject of a rule, 1 for another that few lines meet, 0 for one that most lines meet."""
    if isinstance(condition, Not):
        return 0
    asked = [one for one in leaves(condition, inside=False) if one.operator not in _OPEN]
    fields = [*(one.field for one in asked), *(one.field for one in list_tests(condition) if one.quantifier != "none")]
    if any(_is_subject(name) for name in fields) or any(one.operator in ("keywords", "re") for one in asked):
        return 2
    return 1 if fields or any(comparisons(condition)) else 0


def _is_subject(name: str) -> bool:
    return name not in _MEASURES and (name.startswith(_SUBJECT) or name.endswith(_SUBJECTS_TOO))


def _near_miss(rule: Rule, parts: list[Compiled], facts: Facts, features: Mapping[str, Feature]) -> NearMiss:
    failing = tuple(
        Obstacle(
            in_words(part.condition), "unknown" if truth is None else "false", _meant(why_not(part, facts), features)
        )
        for part in parts
        if not (truth := part.test(facts))
    )
    return NearMiss(rule.id, rule.title, failing, _is_near(parts, facts))


def _meant(said: str, features: Mapping[str, Feature]) -> str:
    """A sentence with what features mean in place of their names."""
    return _FEATURE.sub(lambda name: f"“{features[name[1]].meaning}”" if name[1] in features else name[0], said)
