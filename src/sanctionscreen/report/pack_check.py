"""What `rules check` has found in a pack that loads: for people, and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sanctionscreen.report.console import write, write_lines
from sanctionscreen.rules.lint import promotion_gaps

if TYPE_CHECKING:
    from rich.console import Console

    from sanctionscreen.errors import SanctionScreenError
    from sanctionscreen.rules import Rule, RuleException, RuleSet
    from sanctionscreen.rules.lint import Lint


@dataclass(frozen=True, slots=True)
class PackCheck:
    """A pack without faults of its own, what is doubtful in it, and how it stands to its lock."""

    pack: str
    ruleset: RuleSet
    as_of: date
    lints: tuple[Lint, ...]
    lock: str
    """The lock file; empty where there is none."""
    aged: tuple[str, ...]
    """What the lock does not know yet, and need not."""
    faults: tuple[SanctionScreenError, ...]
    """What must not have happened since the lock."""

    @property
    def own(self) -> tuple[Rule, ...]:
        return tuple(rule for rule in self.ruleset.rules if rule.pack == self.ruleset.packs[-1])


def print_pack_check(out: Console, checked: PackCheck) -> None:
    """What a pack adds and changes, which of its exceptions count on a day, and what is doubtful."""
    ruleset, own = checked.ruleset, checked.own
    write(out, f"{checked.pack}: no faults; it adds {len(own)} and changes {len(ruleset.changes)}", "bold")
    write_lines(out, "Rules", (f"{rule.id} {rule.title} ({len(rule.tests)} tests)" for rule in own))
    write_lines(out, "Changes", ruleset.changes)
    write_lines(out, "Exceptions", (_exception(one, checked.as_of) for one in ruleset.exceptions))
    write_lines(out, "Experiments, and what each lacks to be stable", _experiments(own))
    write_lines(out, f"Since {checked.lock}", checked.aged)
    write_lines(out, "Warnings", [*ruleset.warnings, *map(str, checked.lints)])
    packs = f" --rules {checked.pack}" if len(ruleset.packs) > 1 else ""
    write(out, f"Its tests run with: sanctionscreen rules test{packs}")


def _exception(one: RuleException, as_of: date) -> str:
    counted = "counts" if one.live(as_of) else "does NOT count: it has lapsed, or runs for more than 366 days"
    return f"{one.id} for {', '.join(sorted(one.rules))} until {one.expires}, which {counted} on {as_of}: {one.reason}"


def _experiments(rules: Iterable[Rule]) -> Iterator[str]:
    for rule in rules:
        if rule.status == "experimental":
            yield f"{rule.id}: {'; '.join(promotion_gaps(rule)) or 'nothing'}"


def pack_check_object(checked: PackCheck) -> dict[str, Any]:
    """The same facts for programs."""
    return {
        "pack": checked.pack,
        "loads": True,
        "fingerprint": checked.ruleset.fingerprint,
        "rules": [rule.id for rule in checked.own],
        "changes": list(checked.ruleset.changes),
        "experiments": {rule.id: promotion_gaps(rule) for rule in checked.own if rule.status == "experimental"},
        "warnings": [
            *map(_lint_object, checked.lints),
            *({"kind": "pack", "problem": text} for text in checked.ruleset.warnings),
        ],
        "lock": checked.lock or None,
        "lock_notes": list(checked.aged),
        "faults": faults_object(checked.faults),
    }


def _lint_object(one: Lint) -> dict[str, Any]:
    at = one.at
    place = {"file": at.file, "line": at.line, "column": at.column}
    return {**place, "subject": one.subject, "kind": one.kind, "problem": one.problem}


def faults_object(faults: Sequence[SanctionScreenError]) -> list[dict[str, Any]]:
    """Faults with their places."""
    return [
        {
            "file": fault.at.file if fault.at else None,
            "line": fault.at.line if fault.at else None,
            "column": fault.at.column if fault.at else None,
            "problem": fault.problem,
        }
        for fault in faults
    ]
