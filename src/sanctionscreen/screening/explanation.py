"""Why a line got its decision, and which rule came nearest among those that did not fire."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sanctionscreen.model import Assessment, Hit, ListedParty, NameComparison
from sanctionscreen.rules.conditions import Condition
from sanctionscreen.rules.record_evaluator import Facts, Truth, held_parts, obstacles
from sanctionscreen.rules.ruleset import Rule
from sanctionscreen.rules.words import in_words
from sanctionscreen.screening.derive import Derived
from sanctionscreen.screening.judge import Judge


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One condition that kept a rule from firing."""

    condition: str
    truth: str
    """`false` or `unknown`."""


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A rule that did not fire, and all that stood in its way."""

    rule: str
    title: str
    failing: tuple[Obstacle, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """One line explained: what was found, and what nearly was."""

    assessment: Assessment
    derived: Derived
    near_misses: tuple[NearMiss, ...]


@dataclass(frozen=True, slots=True)
class NameCheck:
    """A listed party that a single name resembles, with the comparison behind it."""

    hit: Hit
    party: ListedParty
    comparison: NameComparison


def near_misses(judge: Judge, derived: Derived, truths: Mapping[str, Truth], most: int = 3) -> tuple[NearMiss, ...]:
    """The rules with the fewest conditions in their way, at least one condition being true; heavier rules first."""
    facts = Facts.of(derived.line)
    found = []
    for rule in judge.rules.rules:
        compiled = judge.compiled[rule.id]
        if truths[rule.id] or not (held := held_parts(compiled, facts)):
            continue
        failing = list(obstacles(compiled, facts))
        found.append(((len(failing), -held, -rule.weight, rule.id), rule, failing))
    found.sort(key=lambda one: one[0])
    return tuple(_near_miss(rule, failing) for _, rule, failing in found[:most])


def _near_miss(rule: Rule, failing: Sequence[tuple[Condition, Truth]]) -> NearMiss:
    said = (Obstacle(in_words(condition), "unknown" if truth is None else "false") for condition, truth in failing)
    return NearMiss(rule.id, rule.title, tuple(said))
