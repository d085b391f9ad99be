"""The profile of one firm: its jurisdictions, thresholds, gates and weights, each number with its reason."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from sanctionscreen.errors import RuleError, SanctionScreenError, raise_faults, suggestion
from sanctionscreen.model import Outcome
from sanctionscreen.resources import built_in_packs
from sanctionscreen.strict_yaml import Entry, Scalar, Sequence, read

_GATE_ID = re.compile(r"^[A-Z][A-Z0-9]*(-[A-Z0-9]+)+$")
LEVELS = ("low", "medium", "high", "critical")
JURISDICTIONS = ("EU", "US", "UK", "CH", "JP", "CA", "AU", "UA", "NZ", "KR", "TW", "SG", "NO", "UN")


@dataclass(frozen=True, slots=True)
class ProfileGate:
    """Raises the outcome when a rule fired, or when a rule of a level could not be decided; never lowers it."""

    id: str
    at_least: Outcome
    reason: str
    if_rule: str = ""
    if_unknown_level: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """What a firm decides: everything that turns findings into an outcome."""

    id: str
    version: str
    jurisdictions: frozenset[str]
    review_at: float
    """Score from which a person must look; also the floor of a review gate."""
    block_floor: float
    """Score to which a block gate lifts; points alone never block."""
    curve: tuple[tuple[float, float], ...]
    """From match score to the probability that it is the same party; steps between are linear."""
    gates: tuple[ProfileGate, ...]
    weights: Mapping[str, float]
    fingerprint: str
    required_lists: tuple[str, ...] = ()
    """Official lists, by their id in the catalogue, without which nothing may be screened."""

    def confidence(self, match_score: float) -> float:
        """The probability that a match of this score is the same party; 0 below the curve."""
        scores = [point[0] for point in self.curve]
        at = bisect_right(scores, match_score)
        if at == 0:
            return 0.0
        if at == len(scores):
            return self.curve[-1][1]
        (x0, y0), (x1, y1) = self.curve[at - 1], self.curve[at]
        return y0 + (y1 - y0) * (match_score - x0) / (x1 - x0)


def default_profile() -> Path:
    return built_in_packs() / "default_profile.yml"


def load_profile(path: Path, rule_ids: Collection[str], digest: str = "") -> Profile:
    """The profile of a file; all faults at once.

    Args:
        rule_ids: gates and weights may only name these.
        digest: stands for the file's content where the caller has it already.
    """
    faults: list[SanctionScreenError] = []
    root = Entry(read(path, RuleError, shown_as=str(path), faults=faults), "the profile file", faults, RuleError)
    entry = root.entry("profile", "profile", required=True)
    root.close()
    profile = _profile(entry, rule_ids, digest or _content(path)) if entry else None
    raise_faults(faults, f"profile {path.name}")
    assert profile is not None  # noqa: S101  # a missing one is a fault raised above
    return profile


def required_lists(path: Path) -> tuple[str, ...]:
    """The official lists that a profile requires, for a use that asks it for nothing else.

    Raises:
        ExceptionGroup: of its faults as far as it was read.
    """
    faults: list[SanctionScreenError] = []
    root = Entry(read(path, RuleError, shown_as=str(path)), "the profile file", faults, RuleError)
    entry = root.entry("profile", "profile", required=True)
    required = _required_lists(entry) if entry else ()
    raise_faults(faults, f"profile {path.name}")
    return required


def _content(path: Path) -> str:
    import hashlib

    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def _profile(entry: Entry, rule_ids: Collection[str], fingerprint: str) -> Profile:
    name, version = entry.text("id"), entry.text("version")
    for key in ("title", "reason"):
        entry.optional_text(key)
    jurisdictions = _jurisdictions(entry)
    _only(entry, "combine", {"method": "grouped_noisy_or", "within_group": "max", "corroboration": "0.0"})
    entry.choice("experimental", ("shadow",), default="shadow")
    review_at, block_floor = _thresholds(entry)
    curve = _curve(entry)
    gates = tuple(gate for gate in (_gate(item, rule_ids) for item in entry.entries("gates", "gate")) if gate)
    ids = [gate.id for gate in gates]
    for twice in sorted({name for name in ids if ids.count(name) > 1}):
        entry.fault(f"two gates are called {twice!r}", entry.location("gates"))
    weights = _weights(entry, rule_ids)
    required = _required_lists(entry)
    entry.close()
    return Profile(name, version, jurisdictions, review_at, block_floor, curve, gates, weights, fingerprint, required)


def _required_lists(entry: Entry) -> tuple[str, ...]:
    part = entry.entry("lists", "lists")
    if part is None:
        return ()
    named = part.texts("required")
    part.close()
    return tuple(dict.fromkeys(named))


def _jurisdictions(entry: Entry) -> frozenset[str]:
    part = entry.entry("jurisdictions", "jurisdictions", required=True)
    if part is None:
        return frozenset()
    values = part.scalars("values", required=True)
    part.text("reason")
    part.close()
    for value in values:
        if value.text not in JURISDICTIONS:
            part.fault(f"unknown jurisdiction {value.text!r}{suggestion(value.text, JURISDICTIONS)}", value.at)
    if not values:
        part.fault("name at least one jurisdiction; without one no dated duty and no goods prohibition applies")
    return frozenset(value.text for value in values)


def _only(entry: Entry, key: str, allowed: Mapping[str, str]) -> None:
    """A part whose keys have one supported value; it is written down so that the file says how it works."""
    part = entry.entry(key, key)
    if part is None:
        return
    for name, value in allowed.items():
        found = part.optional_text(name)
        if found is not None and found != value and not (value == "0.0" and found == "0"):
            part.fault(f"{name!r} of {key} is {found!r}; supported is {value!r}", part.location(name))
    part.optional_text("reason")
    part.close()


def _thresholds(entry: Entry) -> tuple[float, float]:
    part = entry.entry("thresholds", "thresholds", required=True)
    if part is None:
        return 0.0, 0.0
    found = {}
    for key in ("review", "block"):
        threshold = part.entry(key, f"threshold {key!r}", required=True)
        if threshold is not None:
            found[key] = threshold.number("at", low=1, high=100)
            threshold.text("reason")
            threshold.close()
    part.close()
    review_at, block_floor = found.get("review", 1.0), found.get("block", 100.0)
    if review_at >= block_floor:
        part.fault("thresholds must increase: review below block")
    return review_at, block_floor


def _curve(entry: Entry) -> tuple[tuple[float, float], ...]:
    part = entry.entry("confidence", "confidence", required=True)
    if part is None:
        return ()
    points: list[tuple[float, float]] = []
    for node in part.nodes("curve", required=True):
        texts = [item.text for item in node.items if isinstance(item, Scalar)] if isinstance(node, Sequence) else []
        try:
            score, probability = (float(text) for text in texts)
        except ValueError:
            part.fault("a point of the curve is [match score, probability]", node.at)
            continue
        if not (0 <= score <= 1 and 0 <= probability <= 1):
            part.fault("match score and probability lie between 0 and 1", node.at)
        if points and (score <= points[-1][0] or probability < points[-1][1]):
            part.fault("the curve must not fall: scores increase, probabilities never decrease", node.at)
        points.append((score, probability))
    part.text("reason")
    part.close()
    if not points:
        part.fault("the curve needs at least one point; without it no party match adds anything")
    return tuple(points)


def _gate(entry: Entry, rule_ids: Collection[str]) -> ProfileGate | None:
    gate_id, reason = entry.text("id"), entry.text("reason")
    if_rule = entry.optional_text("if_rule") or ""
    if_unknown_level = entry.choice("if_unknown_level", LEVELS, default="")
    at_least = entry.choice("at_least", ("review", "block"))
    if gate_id and not _GATE_ID.match(gate_id):
        entry.fault(f"gate id {gate_id!r} must look like G-UNKNOWN", entry.location("id"))
    if bool(if_rule) == bool(if_unknown_level):
        entry.fault("a gate has either if_rule or if_unknown_level")
    if if_rule and if_rule not in rule_ids:
        entry.fault(f"no rule {if_rule!r}{suggestion(if_rule, sorted(rule_ids))}", entry.location("if_rule"))
    if if_unknown_level and at_least == "block":
        entry.fault("what is not known can ask for a review, never block", entry.location("at_least"))
    entry.close()
    return ProfileGate(gate_id, Outcome(at_least), reason, if_rule, if_unknown_level) if at_least else None


def _weights(entry: Entry, rule_ids: Collection[str]) -> dict[str, float]:
    weights: dict[str, float] = {}
    for rule_id, node in entry.items("weights").items():
        part = Entry(node, f"weight of {rule_id}", entry.faults, RuleError)
        if rule_id not in rule_ids:
            part.fault(f"no rule {rule_id!r}{suggestion(rule_id, sorted(rule_ids))}")
        weights[rule_id] = part.number("weight", high=95)
        part.text("reason")
        part.close()
    return weights
