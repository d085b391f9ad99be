"""What a change of rules or profile would have done to a file: every row derived once and judged twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sanctionscreen.errors import InputError, Location, RuleError
from sanctionscreen.ingest import Table
from sanctionscreen.model import Assessment, Finding, Fingerprints, Outcome
from sanctionscreen.profile import default_profile, load_profile
from sanctionscreen.rules import built_in_pack, load_rules
from sanctionscreen.screening.derived_rows import Bench, derived_rows
from sanctionscreen.screening.judge import Judge
from sanctionscreen.screening.screener import Screener
from sanctionscreen.screening.sources import Sources, code_fingerprint
from sanctionscreen.strict_yaml import Mapping as YamlMapping
from sanctionscreen.strict_yaml import read

BUILT_IN = "builtin"
"""The word for the rules and the profile that come with the program."""


@dataclass(frozen=True, slots=True)
class Side:
    """One way to judge: the built-in rules and profile, with one pack or one profile in their place."""

    name: str
    judge: Judge


@dataclass(frozen=True, slots=True)
class Difference:
    """What one rule, gate or threshold did otherwise on a row."""

    rule: str
    """Id of the rule or of the profile's gate; `profile` where only a threshold or the curve differs."""
    how: str


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """A row whose decision differs."""

    row: int
    shipment_id: str | None
    before: Outcome
    after: Outcome
    score_before: float
    score_after: float
    differences: tuple[Difference, ...]

    @property
    def newly_alerted(self) -> bool:
        return is_alert(self.after) and not is_alert(self.before)

    @property
    def newly_cleared(self) -> bool:
        return is_alert(self.before) and not is_alert(self.after)


@dataclass(slots=True)
class RuleChange:
    """What a rule did before and after, and in how many rows the decision turned on it."""

    fired_before: int = 0
    fired_after: int = 0
    newly_alerted: int = 0
    newly_cleared: int = 0
    changed: int = 0


@dataclass(slots=True)
class Backtest:
    """The counts of both sides; of the rows it keeps some examples for each kind of change."""

    old: Side
    new: Side
    examples_each: int = 5
    rows: int = 0
    before: Counter[Outcome] = field(default_factory=Counter)
    after: Counter[Outcome] = field(default_factory=Counter)
    moves: Counter[tuple[Outcome, Outcome]] = field(default_factory=Counter)
    """How many rows went from one decision to another."""
    rescored: int = 0
    """Rows with the same decision and another score."""
    rules: dict[str, RuleChange] = field(default_factory=dict)
    examples: dict[tuple[Outcome, Outcome], list[ChangedRow]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @property
    def changed(self) -> int:
        return sum(self.moves.values())

    @property
    def newly_alerted(self) -> int:
        return sum(rows for (before, after), rows in self.moves.items() if is_alert(after) and not is_alert(before))

    @property
    def newly_cleared(self) -> int:
        return sum(rows for (before, after), rows in self.moves.items() if is_alert(before) and not is_alert(after))

    def add(self, before: Assessment, after: Assessment) -> None:
        """Compare the two assessments of one row."""
        self.rows += 1
        old, new = before.decision, after.decision
        self.before[old.outcome] += 1
        self.after[new.outcome] += 1
        for finding in before.findings:
            self._rule(finding.rule).fired_before += 1
        for finding in after.findings:
            self._rule(finding.rule).fired_after += 1
        if old.outcome is not new.outcome:
            self._move(before, after)
        elif old.tenths != new.tenths:
            self.rescored += 1

    def _move(self, before: Assessment, after: Assessment) -> None:
        old, new = before.decision, after.decision
        row = ChangedRow(
            before.row, before.shipment_id, old.outcome, new.outcome, old.score, new.score, differences(before, after)
        )
        self.moves[old.outcome, new.outcome] += 1
        for name in dict.fromkeys(one.rule for one in row.differences):
            rule = self._rule(name)
            rule.changed += 1
            rule.newly_alerted += row.newly_alerted
            rule.newly_cleared += row.newly_cleared
        self._keep(self.examples.setdefault((old.outcome, new.outcome), []), row)

    def _keep(self, kept: list[ChangedRow], row: ChangedRow) -> None:
        """Keep the first examples, and in place of one more of the same kind the first of another kind."""
        if len(kept) < self.examples_each:
            kept.append(row)
            return
        kinds = [one.differences for one in kept]
        repeated = [at for at, kind in enumerate(kinds) if kind in kinds[:at]]
        if repeated and row.differences not in kinds:
            kept.pop(repeated[-1])
            kept.append(row)

    def _rule(self, rule_id: str) -> RuleChange:
        return self.rules.setdefault(rule_id, RuleChange())


def is_alert(outcome: Outcome) -> bool:
    """A person must look."""
    return outcome.rank >= Outcome.REVIEW.rank


def differences(before: Assessment, after: Assessment) -> tuple[Difference, ...]:
    """What moved a decision: what differs and points its way; the profile's numbers where nothing else does."""
    raised = after.decision.outcome.rank > before.decision.outcome.rank
    old = {finding.rule: finding for finding in before.findings}
    new = {finding.rule: finding for finding in after.findings}
    idle = _idle(after if raised else before)
    found = [
        Difference(rule, how)
        for rule in sorted((old.keys() | new.keys()) - idle)
        for step, how in _steps(old.get(rule), new.get(rule))
        if (step > 0) is raised
    ]
    found += _gates(before, after, raised=raised)
    return tuple(found) or (Difference("profile", "its thresholds differ"),)


def _idle(assessment: Assessment) -> set[str]:
    """The rules that said nothing new: another one of their group counts, and they bring no gate."""
    gated = {finding.rule for finding in assessment.findings if finding.gate}
    return {part.rule for part in assessment.decision.contributions if part.absorbed_by} - gated


def _steps(old: Finding | None, new: Finding | None) -> Iterator[tuple[float, str]]:
    """How a finding weighs more or less than before, as a signed number and in words."""
    if old is None or new is None:
        one = new or old
        if one is not None and _counts(one):
            yield (1, "fires now") if new else (-1, "fires no longer")
        return
    if _counts(old) != _counts(new):
        yield (
            (1, f"counts now ({_why_silent(old)} before)")
            if _counts(new)
            else (
                -1,
                f"counts no longer ({_why_silent(new)})",
            )
        )
    elif _counts(new):
        for what, was, now in (("weight", old.weight, new.weight), ("confidence", old.confidence, new.confidence)):
            if was != now:
                yield now - was, f"{what} {was:g} before, {now:g} now"
        if old.gate != new.gate:
            strength = ("", "review", "block")
            step = strength.index(new.gate) - strength.index(old.gate)
            yield step, f"gate {old.gate or 'none'} before, {new.gate or 'none'} now"


def _counts(finding: Finding) -> bool:
    return not finding.shadow and not finding.suppressed_by


def _why_silent(finding: Finding) -> str:
    return f"suppressed by {finding.suppressed_by}" if finding.suppressed_by else "experimental"


def _gates(before: Assessment, after: Assessment, *, raised: bool) -> list[Difference]:
    """Gates of the profile that ask on one side only."""
    old, new = _gate_ids(before), _gate_ids(after)
    asking = new.keys() - old.keys() if raised else old.keys() - new.keys()
    said = new if raised else old
    how = "asks now" if raised else "asks no longer"
    return [Difference(gate, f"{how}: {said[gate]}") for gate in sorted(asking)]


def _gate_ids(assessment: Assessment) -> dict[str, str]:
    """The profile's gates that asked, by id; those of rules are told by the rules."""
    fired = {finding.rule for finding in assessment.findings}
    split = (gate.partition(": ") for gate in assessment.decision.gates)
    return {head: said for head, _, said in split if head.split()[0] not in fired}


def load_side(
    name: str, sources: Sources, as_of: date, *, packs: Sequence[Path] = (), profile: Path | None = None
) -> Side:
    """A rule pack, a profile or the word `builtin` as a way to judge.

    Args:
        name: pack (file or folder), profile (a file with the key `profile:`), or `builtin`.
        sources: the lists to judge with.
        packs: packs that lie under the side's own, on both sides.
        profile: the profile of a side that names a pack.

    Raises:
        InputError: there is no such file.
        ExceptionGroup: of every fault in the pack or the profile.
    """
    path = None if name == BUILT_IN else Path(name)
    if path is not None and not path.exists():
        raise InputError(f"no such rule pack or profile; or write {BUILT_IN}", Location(name))
    is_profile = path is not None and path.is_file() and _is_profile(path)
    own_pack = [path] if path is not None and not is_profile else []
    own_profile = path if is_profile else profile
    lists = {**sources.geography.lists, **sources.goods.named_lists}
    rules = load_rules([built_in_pack(), *packs, *own_pack], lists)
    chosen = load_profile(own_profile or default_profile(), {rule.id for rule in rules.rules})
    live = rules.in_force(as_of, chosen.jurisdictions)
    fingerprints = Fingerprints(
        sources.lists_fingerprint, live.fingerprint, chosen.fingerprint, code_fingerprint(), as_of
    )
    return Side(name, Judge(live, chosen, fingerprints))


def _is_profile(path: Path) -> bool:
    node = read(path, RuleError, shown_as=str(path))
    return isinstance(node, YamlMapping) and "profile" in node.entries


def backtest(
    screener: Screener,
    old: Side,
    new: Side,
    table: Table,
    *,
    examples_each: int = 5,
    on_progress: Callable[[int], None] | None = None,
) -> Backtest:
    """Judge every row of a file by both sides; the parties, goods and places of a row are looked up once."""
    result = Backtest(old, new, examples_each)
    benches = [Bench(side.judge, screener, table) for side in (old, new)]
    for rows in derived_rows(screener, table, on_progress):
        for before, after in zip(*(bench.verdicts(rows) for bench in benches), strict=True):
            result.add(before.assessment, after.assessment)
    ids = {rule.id for side in (old, new) for rule in side.judge.rules.rules}
    result.rules = {rule: result.rules[rule] for rule in sorted(result.rules, key=lambda one: (one not in ids, one))}
    result.notes = (*table.notes, *screener.not_collected(table.header_map.collected))
    return result
