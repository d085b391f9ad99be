"""What people see at a terminal: a run, a row, a name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from sanctionscreen.model import Assessment, Listing, Outcome
from sanctionscreen.report import sentences
from sanctionscreen.report.console import add_row, new_table, outcome_text, shown, write, write_lines
from sanctionscreen.report.summary import Tally, counts_line
from sanctionscreen.screening import wording

if TYPE_CHECKING:
    from sanctionscreen.screening import Explanation, NameCheck, NearMiss
    from sanctionscreen.screening.trials import Change

_LONGEST_REASON = 240
_LONGEST_VALUE = 60
_MOST_CHANGES = 6
_MOST_NEAR = 3


def print_run(out: Console, tally: Tally, where: str, notes: Sequence[str] = ()) -> None:
    """What a run over a file came to: notes, alerts, counts, causes, and where the result is."""
    for note in notes:
        write(out, f"Note: {note}")
    if notes:
        write(out)
    if tally.alert_count:
        write(out, _alerts(tally.alerts()))
        hidden = tally.alert_count - len(tally.alerts())
        if hidden > 0:
            write(out, f"… and {hidden:,} more in {where}")
        write(out)
    write(out, counts_line(tally), "bold")
    for reason, count in tally.why_unscreenable():
        write(out, f"  {count:,} not screenable: {reason}")
    if tally.warned_rows:
        write(out, f"  {tally.warned_rows:,} with a cell that could not be used as written (screening_warnings)")
    if tally.fired:
        write(out, "Most frequent findings:")
        for rule, title, count in tally.most_fired():
            write(out, f"  {count:,} × {rule} {title}")
    if tally.outcomes[Outcome.CLEAR]:
        write(out, f"Clear means: {sentences.NOTHING_FOUND}.")
    write(out, f"Result: {where}")


def _alerts(alerts: Iterable[Assessment]) -> Table:
    table = new_table(("row", "right"), ("decision", ""), ("score", "right"), ("first reason", ""))
    for alert in alerts:
        why = wording.shortened(alert.reasons[0] if alert.reasons else "", _LONGEST_REASON)
        add_row(table, alert.row, outcome_text(alert.decision.outcome), sentences.score(alert.decision.tenths), why)
    return table


def print_headline(out: Console, assessment: Assessment) -> None:
    """One row in one sentence."""
    write(out, sentences.headline(assessment), "bold")


def print_explanation(out: Console, explanation: Explanation) -> None:
    """One row in full: a sentence, the sum, the evidence, what would lower the decision, and what nearly fired."""
    assessment = explanation.assessment
    print_headline(out, assessment)
    write(out)
    write(out, _sum(assessment))
    for reason in assessment.decision.gates:
        write(out, f"Gate: {reason}")
    _print_findings(out, assessment)
    hits = (*assessment.hits, *assessment.address_hits)
    write_lines(out, "Hits", (wording.hit(found) for found in hits))
    write_lines(out, "Not known", (f"{sentences.unknown(rule)}: {rule.title}" for rule in assessment.unknown))
    write_lines(out, "Warnings", assessment.warnings)
    _print_changes(out, explanation)
    _print_near_misses(out, explanation)


def _sum(assessment: Assessment) -> Table:
    table = new_table(("points", "right"), ("rule", ""), ("finding", ""), ("", ""))
    for line in sentences.contributions(assessment):
        add_row(table, wording.points(line.tenths), line.rule, line.title, line.note)
    decision = assessment.decision
    table.add_section()
    add_row(table, shown(sentences.score(decision.tenths), "bold"), "score", outcome_text(decision.outcome), "")
    return table


def _print_findings(out: Console, assessment: Assessment) -> None:
    for finding in assessment.findings:
        write(out)
        write(out, f"{finding.rule} {finding.title}  [{finding.level}, version {finding.version}]", "bold")
        write(out, f"  why: {finding.why}")
        for part in finding.evidence:
            write(out, f"  because {wording.evidence(part)}")
        if finding.confidence < 1:
            write(out, f"  counted at {finding.confidence:.0%}: the party may be another of a similar name")
        for reference in finding.references:
            write(out, f"  source: {reference}" + (f" <{reference.url}>" if reference.url else ""))


def _print_changes(out: Console, explanation: Explanation) -> None:
    if explanation.assessment.decision.outcome.rank < Outcome.REVIEW.rank and not explanation.changes:
        return
    if not explanation.changes:
        write_lines(out, "What would lower the decision", ["no single fact of those that were tried"])
        return
    write_lines(out, "What would lower the decision, were it true", map(_change, explanation.changes[:_MOST_CHANGES]))
    more = len(explanation.changes) - _MOST_CHANGES
    if more > 0:
        write(out, f"  and {more} more (--json)")
    write(out, "  Each was tried by judging the row again. Only a fact that is true, and can be shown, counts.")


def _change(change: Change) -> str:
    now = wording.shortened(change.now, _LONGEST_VALUE)
    return f"{change.sentence} (now: {now}; tried with: {change.tested_with})"


def _print_near_misses(out: Console, explanation: Explanation) -> None:
    near = [miss for miss in explanation.near_misses if miss.is_near and miss.is_decided][:_MOST_NEAR]
    write_lines(out, "Why not, nearest first", map(_near_miss, near))
    more = len(explanation.near_misses) - len(near)
    if near and more:
        write(out, f"  {more} more rules did not fire; --json says why for each")
    elif more:
        write(out)
        write(out, f"No other rule came near; {more} did not fire (--json says why for each).")


def _near_miss(near: NearMiss) -> str:
    said = "; ".join(dict.fromkeys(obstacle.said or obstacle.condition for obstacle in near.failing))
    return f"{near.rule} {near.title}: {said}"


def print_name_checks(out: Console, name: str, found: Sequence[NameCheck]) -> None:
    """Whom a name resembles, and for each how the match score comes about."""
    if not found:
        write(out, f"'{name}': {sentences.NOTHING_FOUND}.", "bold")
        return
    count = "1 listed party" if len(found) == 1 else f"{len(found)} listed parties"
    write(out, f"'{name}' resembles {count}; a hit asks for a person to look, it proves nothing.", "bold")
    for check in found:
        write(out)
        _print_name_check(out, check)


def _listing(listing: Listing) -> str:
    measure = wording.MEASURES.get(listing.measure, listing.measure)
    programme = f", {listing.programme}" if listing.programme else ""
    number = f", entry {listing.entry_number}" if listing.entry_number else ""
    since = f", since {listing.listed_from}" if listing.listed_from else ""
    return f"{listing.list}: {measure}{programme}{number}{since}"


def _print_name_check(out: Console, check: NameCheck) -> None:
    hit, party = check.hit, check.party
    write(out, f"{hit.rank}. {party.name}  [{party.id}, {party.kind}]", "bold")
    how = "" if hit.name == party.name else f" with its name '{hit.name}'"
    write(out, f"   match score {hit.score:.2f}, evidence {hit.evidence:.2f}, by {hit.basis}{how}")
    for line in dict.fromkeys(_listing(listing) for listing in party.listings):
        write(out, f"   {line}")
    if check.same_as:
        write(out, f"   the same party, by number or by name and day: {', '.join(check.same_as)}")
    if party.role:
        write(out, f"   {party.role}")
    if check.comparison.explanation:
        table = new_table(("points", "right"), ("as asked", ""), ("as listed", ""), ("how", ""))
        for part in check.comparison.explanation:
            add_row(table, f"{part.points:+.3f}", part.left, part.right, part.how)
        write(out, table)
