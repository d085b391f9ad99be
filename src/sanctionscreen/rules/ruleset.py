"""The nouns of the rule language: a rule, an exception, and the set that a screening runs."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, Literal

from sanctionscreen.errors import Location
from sanctionscreen.model import Level, NamedList, Reference
from sanctionscreen.rules.conditions import Condition, canonical, fields_of
from sanctionscreen.rules.features import Feature, needed

RuleStatus = Literal["experimental", "stable", "deprecated"]
Expectation = Literal["hit", "no_hit", "unknown"]

LONGEST_EXCEPTION = timedelta(days=366)  # an approval that nobody renews within a year is nobody's approval


@dataclass(frozen=True, slots=True)
class RuleTest:
    """A record inside a rule, and what the rule must say of it."""

    name: str
    record: Mapping[str, Any]
    expect: Expectation
    at: Location
    missing: tuple[str, ...] = ()
    history: tuple[Mapping[str, Any], ...] = ()
    """Earlier lines, which features see."""


@dataclass(frozen=True, slots=True)
class Review:
    """Hits of a rule on real rows that a person looked at, as `rules stats` counts them: what makes it stable."""

    rows: int
    """Rows of the file."""
    hits: int
    true_hits: int
    """Hits that were worth the look."""
    on: date
    by: str
    file: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One red flag: its condition, what it can add, and the proof that comes with it."""

    id: str
    title: str
    status: RuleStatus
    version: int
    level: Level
    group: str
    weight: float
    why: str
    references: tuple[Reference, ...]
    when: Condition
    tests: tuple[RuleTest, ...]
    pack: str
    at: Location
    gate: str = ""
    jurisdictions: frozenset[str] = frozenset()
    """The rule is live only for exporters of one of these; empty = for everybody."""
    effective_from: date | None = None
    effective_to: date | None = None
    """Last day on which the rule applies."""
    falsepositives: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    exceptions_allowed: bool = True
    replaced_by: str = ""
    reviewed: Review | None = None
    note: str = ""
    """What its keepers should know, such as why it is an experiment again."""
    fingerprint: str = ""

    def applies(self, as_of: date, jurisdictions: Collection[str]) -> bool:
        """In force on a screening day for an exporter of these jurisdictions."""
        started = self.effective_from is None or self.effective_from <= as_of
        ended = self.effective_to is not None and as_of > self.effective_to
        return started and not ended and (not self.jurisdictions or not self.jurisdictions.isdisjoint(jurisdictions))


def fingerprinted(rule: Rule, features: Mapping[str, Feature]) -> Rule:
    """The rule with the SHA-256 (12 digits) of its meaning: condition with lists and features, weight, gate, dates."""
    meaning = "\n".join(
        [
            canonical(rule.when),
            f"{rule.weight:g} {rule.gate} {rule.level} {rule.group} {rule.status}",
            ",".join(sorted(rule.jurisdictions)),
            f"{rule.effective_from}..{rule.effective_to}",
            *(f"{one.name}={one.canonical}" for one in needed(fields_of(rule.when), features)),
        ]
    )
    return replace(rule, fingerprint=digest(meaning)[:12])


def digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


@dataclass(frozen=True, slots=True)
class RuleException:
    """An approved reason not to count a finding, until a day; the finding stays visible."""

    id: str
    rules: frozenset[str]
    when: Condition
    reason: str
    approved_by: str
    expires: date
    at: Location

    def live(self, as_of: date) -> bool:
        return as_of <= self.expires <= as_of + LONGEST_EXCEPTION


@dataclass(frozen=True, slots=True)
class RuleSet:
    """All rules that were loaded, in the order of their ids, with what later packs changed."""

    rules: tuple[Rule, ...]
    lists: Mapping[str, NamedList]
    features: Mapping[str, Feature] = field(default_factory=dict)
    exceptions: tuple[RuleException, ...] = ()
    changes: tuple[str, ...] = ()
    """Overrides, list changes and removals, one sentence each, with their reasons."""
    warnings: tuple[str, ...] = ()
    packs: tuple[str, ...] = ()
    below: RuleSet | None = field(default=None, repr=False)
    """The set before the last pack changed it; the tests of inherited rules run there."""
    fingerprint: str = ""

    def needed_features(self) -> tuple[Feature, ...]:
        """The features that its rules and exceptions look at."""
        conditions = [*(rule.when for rule in self.rules), *(one.when for one in self.exceptions)]
        return needed({name for condition in conditions for name in fields_of(condition)}, self.features)

    def rule(self, rule_id: str) -> Rule | None:
        return next((rule for rule in self.rules if rule.id == rule_id), None)

    def in_force(self, as_of: date, jurisdictions: Collection[str]) -> RuleSet:
        """The rules and exceptions of one day; what lapsed is said in the warnings."""
        rules = tuple(rule for rule in self.rules if rule.applies(as_of, jurisdictions))
        exceptions = tuple(one for one in self.exceptions if one.live(as_of))
        lapsed = [
            f"exception {one.id} is ignored: it "
            + (
                f"expired on {one.expires}"
                if one.expires < as_of
                else f"would run until {one.expires}, more than 366 days after {as_of}"
            )
            for one in self.exceptions
            if not one.live(as_of)
        ]
        old = [
            f"rule {rule.id} is deprecated; {rule.replaced_by} replaces it"
            for rule in rules
            if rule.status == "deprecated"
        ]
        return replace(self, rules=rules, exceptions=exceptions, warnings=(*self.warnings, *lapsed, *old))
