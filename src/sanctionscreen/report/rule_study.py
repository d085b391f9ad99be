"""What rules do to a file, as tables for people and as objects for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rich.console import Console

from sanctionscreen.model import Outcome
from sanctionscreen.report.console import add_row, new_table, write, write_lines
from sanctionscreen.report.jsonl_report import plain

if TYPE_CHECKING:
    from sanctionscreen.screening.backtest import Backtest, ChangedRow, Side
    from sanctionscreen.screening.rule_statistics import RuleCount, RuleStatistics

STATISTICS_SCHEMA = "sanctionscreen.rule-statistics/1"
BACKTEST_SCHEMA = "sanctionscreen.backtest/1"
_ORDER = (Outcome.CLEAR, Outcome.REVIEW, Outcome.BLOCK, Outcome.NOT_SCREENABLE)


def print_statistics(out: Console, counts: RuleStatistics, *, every: bool = False) -> None:
    """One line a rule that did anything; the others in one sentence, unless all are asked for."""
    write_lines(out, "Notes", counts.notes)
    table = new_table(
        ("rule", ""),
        ("fired", "right"),
        ("share", "right"),
        ("unknown", "right"),
        ("suppressed", "right"),
        ("alone", "right"),
        ("would raise", "right"),
        ("mostly with", ""),
        ("title", ""),
    )
    ordered = sorted(counts.rules.values(), key=lambda one: (-one.fired, -one.unknown, one.rule.id))
    for one in ordered:
        if one.fired or every:
            add_row(
                table,
                one.rule.id,
                f"{one.fired:,}",
                _percent(one.fired, counts.rows),
                f"{one.unknown:,}",
                f"{one.suppressed:,}",
                f"{one.alone:,}",
                f"{one.would_raise:,}" if one.rule.status == "experimental" else "",
                ", ".join(f"{rule} {rows:,}" for rule, rows in _partners(one)[:1]),
                one.rule.title + (f" ({one.rule.status})" if one.rule.status != "stable" else ""),
            )
    write(out)
    write(out, table)
    silent = [one for one in ordered if not one.fired]
    if silent and not every:
        never = sum(one.unknown == counts.rows for one in silent)
        write(out, f"{len(silent)} rules never fired, {never} of them because no row could tell (--all shows them)")
    write(out, f"{counts.rows:,} rows = {_outcomes(counts.outcomes)}", "bold")
    write(out, "alone: rows that would have a lower decision without the rule.")
    if any(one.rule.status == "experimental" for one in ordered):
        write(out, "would raise: rows that would have a higher decision if the experimental rule counted.")


def statistics_object(counts: RuleStatistics) -> dict[str, Any]:
    """Every rule in force with its counts, most frequent first."""
    ordered = sorted(counts.rules.values(), key=lambda one: (-one.fired, one.rule.id))
    return {
        "schema": STATISTICS_SCHEMA,
        "rows": counts.rows,
        "decisions": _by_name(counts.outcomes),
        "rules": [_count_object(one, counts.rows) for one in ordered],
        "notes": list(counts.notes),
        "fingerprints": plain(asdict(counts.fingerprints)),
    }


def _count_object(one: RuleCount, rows: int) -> dict[str, Any]:
    return {
        "rule": one.rule.id,
        "title": one.rule.title,
        "status": one.rule.status,
        "version": one.rule.version,
        "fingerprint": one.rule.fingerprint,
        "fired": one.fired,
        "share": round(one.fired / rows, 6) if rows else None,
        "unknown": one.unknown,
        "suppressed": one.suppressed,
        "alone": one.alone,
        "would_raise": one.would_raise,
        "fires_with": [{"rule": rule, "rows": count} for rule, count in _partners(one)],
    }


def _partners(one: RuleCount) -> list[tuple[str, int]]:
    return sorted(one.partners.items(), key=lambda item: (-item[1], item[0]))


def _percent(part: int, whole: int) -> str:
    """A share in percent; never 0.0 % for what is there.

    >>> _percent(1, 179), _percent(1, 1_000_000), _percent(0, 10)
    ('0.6%', '<0.1%', '0.0%')
    """
    share = 100 * part / whole if whole else 0.0
    return "<0.1%" if 0 < share < 0.05 else f"{share:.1f}%"


def _outcomes(counts: Mapping[Outcome, int]) -> str:
    return " + ".join(f"{counts.get(outcome, 0):,} {outcome.value.replace('_', ' ')}" for outcome in _ORDER)


def _by_name(counts: Counter[Outcome]) -> dict[str, int]:
    return {outcome.value: counts[outcome] for outcome in _ORDER}


def print_backtest(out: Console, result: Backtest) -> None:
    """What would have come out otherwise, by rule and by example."""
    write_lines(out, "Notes", result.notes)
    write(out)
    write(out, f"Before ({result.old.name}): {result.rows:,} rows = {_outcomes(result.before)}")
    write(out, f"After  ({result.new.name}): {result.rows:,} rows = {_outcomes(result.after)}")
    if not result.changed:
        write(out, f"No decision differs{_rescored(result)}.", "bold")
        return
    write(out, f"{_rows(result.changed)} with another decision{_rescored(result)}:", "bold")
    write(out, f"  {result.newly_alerted:,} newly alerted, {result.newly_cleared:,} newly cleared")
    for (before, after), rows in _moves(result):
        write(out, f"  {rows:,} from {before} to {after}")
    write(out)
    write(out, _by_rule(result))
    for (before, after), _ in _moves(result):
        write_lines(out, f"From {before} to {after}", map(_example, result.examples[before, after]))


def _rescored(result: Backtest) -> str:
    return f", {_rows(result.rescored)} with another score only" if result.rescored else ""


def _rows(count: int) -> str:
    return f"{count:,} row{'' if count == 1 else 's'}"


def _moves(result: Backtest) -> list[tuple[tuple[Outcome, Outcome], int]]:
    """Kinds of change, alerts that went away first: they are what a reviewer fears most."""
    return sorted(result.moves.items(), key=lambda item: (item[0][1].rank - item[0][0].rank, -item[1]))


def _by_rule(result: Backtest) -> Any:
    table = new_table(
        ("rule", ""),
        ("fired before", "right"),
        ("fired after", "right"),
        ("newly alerted", "right"),
        ("newly cleared", "right"),
        ("decisions changed", "right"),
    )
    for rule, one in result.rules.items():
        if one.changed or one.fired_before != one.fired_after:
            numbers = (one.fired_before, one.fired_after, one.newly_alerted, one.newly_cleared, one.changed)
            add_row(table, rule, *(f"{number:,}" for number in numbers))
    return table


def _example(row: ChangedRow) -> str:
    shipment = f" ({row.shipment_id})" if row.shipment_id else ""
    why = "; ".join(f"{one.rule} {one.how}" for one in row.differences)
    return f"row {row.row}{shipment}: {row.score_before:.1f} to {row.score_after:.1f}: {why}"


def backtest_object(result: Backtest) -> dict[str, Any]:
    """The counts of both sides, what differs by rule, and examples."""
    return {
        "schema": BACKTEST_SCHEMA,
        "rows": result.rows,
        "old": _side_object(result.old, result.before),
        "new": _side_object(result.new, result.after),
        "changed": result.changed,
        "newly_alerted": result.newly_alerted,
        "newly_cleared": result.newly_cleared,
        "rescored": result.rescored,
        "moves": [
            {"before": before.value, "after": after.value, "rows": rows} for (before, after), rows in _moves(result)
        ],
        "rules": [{"rule": rule, **asdict(one)} for rule, one in result.rules.items()],
        "examples": [_row_object(row) for move, _ in _moves(result) for row in result.examples[move]],
        "notes": list(result.notes),
    }


def _side_object(side: Side, outcomes: Counter[Outcome]) -> dict[str, Any]:
    fingerprints = plain(asdict(side.judge.fingerprints))
    return {"name": side.name, "decisions": _by_name(outcomes), "fingerprints": fingerprints}


def _row_object(row: ChangedRow) -> dict[str, Any]:
    return {
        "row": row.row,
        "shipment_id": row.shipment_id,
        "before": {"decision": row.before.value, "score": row.score_before},
        "after": {"decision": row.after.value, "score": row.score_after},
        "differences": [asdict(one) for one in row.differences],
    }
