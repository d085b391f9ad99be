"""Why a line got its decision, and which rule came nearest among those that did not fire."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sanctionscreen.model import Assessment, Hit, ListedParty, NameComparison
from sanctionscreen.rules.conditions import All, Condition
from sanctionscreen.rules.record_evaluator import Facts, Truth, compile_condition, obstacles
from sanctionscreen.rules.ruleset import Rule, RuleSet
from sanctionscreen.rules.words import in_words
from sanctionscreen.screening.derive import Derived


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


def near_misses(rules: RuleSet, derived: Derived, truths: Mapping[str, Truth], most: int = 3) -> tuple[NearMiss, ...]:
    """The rules with the fewest conditions in their way, at least one condition being true; heavier rules first.

    A condition that is plainly about something else (no part of it holds) is no near miss.
    """
    facts = Facts.of(derived.line)
    found = []
    for rule in rules.rules:
        if truths[rule.id]:
            continue
        failing = list(obstacles(rule.when, facts))
        held = _held(rule.when, facts)
        if held:
            found.append((len(failing), -held, -rule.weight, rule.id, rule, failing))
    found.sort(key=lambda one: one[:4])
    return tuple(_near_miss(rule, failing) for *_, rule, failing in found[:most])


def _near_miss(rule: Rule, failing: Sequence[tuple[Condition, Truth]]) -> NearMiss:
    return NearMiss(
        rule.id,
        rule.title,
        tuple(Obstacle(in_words(condition), "unknown" if truth is None else "false") for condition, truth in failing),
    )


def _held(condition: Condition, facts: Facts) -> int:
    """How many parts of a conjunction are true."""
    if isinstance(condition, All):
        return sum(_held(child, facts) for child in condition.children)
    return 1 if compile_condition(condition)(facts) else 0
