"""The result as a workbook: summary, alerts to filter, their evidence line by line, lists, rules, rows not screened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, BinaryIO

from sanctionscreen.model import Assessment, Outcome
from sanctionscreen.report import sentences
from sanctionscreen.report.compared_lists import Part, compared_lists
from sanctionscreen.report.input_cells import beyond_the_header, cell_text
from sanctionscreen.report.proof_lines import ProofLine, proof_lines
from sanctionscreen.report.summary import OUTCOMES, counts_line
from sanctionscreen.report.vocabulary import Vocabulary, owned
from sanctionscreen.report.workbook import MOST_COLUMNS, Book, Cell, Sheet
from sanctionscreen.report.writers import Layout, RunFacts
from sanctionscreen.screening import wording

if TYPE_CHECKING:
    from sanctionscreen.rules import RuleSet

_ALERTS = {
    "row": "number",
    "decision": "text",
    "score": "points",
    "shipment": "text",
    "shipment decision": "text",
    "reasons": "wrapped",
    "hits": "wrapped",
    "rules": "wrapped",
    "not known": "wrapped",
    "warnings": "wrapped",
}
_EVIDENCE = {
    "row": "number",
    "decision": "text",
    "line": "text",
    "rule": "text",
    "points": "points",
    "what": "wrapped",
    "list or place": "wrapped",
    "link": "text",
}
_LISTS = {
    "list": "text",
    "title": "wrapped",
    "issuer": "wrapped",
    "measure": "text",
    "compared": "wrapped",
    "entries": "number",
    "checked on": "text",
    "state": "wrapped",
    "source": "text",
    "licence": "wrapped",
}
_RULES = {
    "rule": "text",
    "title": "wrapped",
    "rows": "number",
    "status": "text",
    "version": "text",
    "level": "text",
    "group": "text",
    "weight": "points",
    "gate": "text",
    "in force from": "text",
    "until": "text",
    "why": "wrapped",
    "sources": "wrapped",
    "fingerprint": "text",
}
_UNSCREENED = {"row": "number", "reason": "wrapped", "warnings": "wrapped"}


class XlsxWriter:
    """A workbook on a binary stream; rows wait in temporary files, so memory does not grow with them."""

    neutralised = 0

    def __init__(self, stream: BinaryIO, layout: Layout, rules: RuleSet | None = None) -> None:
        self._layout = layout
        self._vocabulary = Vocabulary(rules)
        self._book = Book(stream)
        self._summary = self._book.sheet("summary")
        self._alerts = self._with_input("alerts", _ALERTS)
        self._evidence = self._table("evidence", _EVIDENCE)
        self._lists = self._table("lists", _LISTS)
        self._rules = self._table("rules", _RULES)
        self._unscreened = self._with_input("not screened", _UNSCREENED)

    def add(self, assessments: Sequence[Assessment]) -> None:
        for assessment in assessments:
            outcome = assessment.decision.outcome
            if outcome is Outcome.NOT_SCREENABLE:
                self._unscreened.add([*_unscreened(assessment, self._layout), *self._input(assessment, _UNSCREENED)])
            elif outcome is not Outcome.CLEAR:
                self._add_alert(assessment)

    def finish(self, facts: RunFacts) -> None:
        for one in compared_lists(facts):
            for part in one.parts:
                self._lists.add(_list(part))
        self._add_rules(facts)
        for sheet in (self._alerts, self._evidence, self._lists, self._rules, self._unscreened):
            sheet.finish()
        for cells, kind in self._summary_lines(facts):
            self._summary.add(cells, [kind, "number" if isinstance(cells[-1], int) else "wrapped"])
        self._summary.finish()
        self._book.date(facts.as_of)
        self._book.finish()

    def close(self) -> None:
        self._book.close()

    def _table(self, name: str, columns: dict[str, str]) -> Sheet:
        return self._book.sheet(name, tuple(columns), tuple(columns.values()))

    def _with_input(self, name: str, columns: dict[str, str]) -> Sheet:
        """A table with the columns of the input after ours."""
        given = list(self._layout.columns.values())[: MOST_COLUMNS - len(columns)]
        return self._book.sheet(name, (*columns, *given), (*columns.values(), *["text"] * len(given)))

    def _input(self, assessment: Assessment, columns: dict[str, str]) -> list[str]:
        kept = list(self._layout.columns)[: MOST_COLUMNS - len(columns)]
        return [cell_text(assessment.input.get(name)) for name in kept]

    def _add_alert(self, assessment: Assessment) -> None:
        decision = assessment.decision.outcome.value
        kinds = ["number", decision, *list(_ALERTS.values())[2:]]
        self._alerts.add([*self._alert(assessment), *self._input(assessment, _ALERTS)], kinds)
        for line in proof_lines(assessment, self._vocabulary):
            self._evidence.add(_proof(assessment.row, decision, line))

    def _add_rules(self, facts: RunFacts) -> None:
        fired = facts.tally.fired_rows()
        for rule in facts.rules.rules:
            sources = "\n".join(f"{owned(str(one))} {one.url}".strip() for one in rule.references)
            days = [day.isoformat() if day else None for day in (rule.effective_from, rule.effective_to)]
            cells: list[Cell] = [rule.id, rule.title, fired.get(rule.id, 0), rule.status, str(rule.version), rule.level]
            cells += [rule.group, rule.weight, rule.gate, *days, rule.why, sources, rule.fingerprint]
            self._rules.add(cells)

    def _alert(self, assessment: Assessment) -> list[Cell]:
        shipment, said = assessment.shipment_outcome, self._vocabulary.said
        hits = (*assessment.hits, *assessment.address_hits)
        unknown = (f"{one.rule} ({self._vocabulary.names(one.missing)})" for one in assessment.unknown)
        return [
            assessment.row,
            assessment.decision.outcome.value,
            assessment.decision.score,
            assessment.shipment_id,
            None if shipment is None else shipment.value,
            "\n".join(map(said, assessment.reasons)),
            "\n".join(wording.hit(found) for found in hits),
            " ".join(finding.rule for finding in assessment.findings),
            "\n".join(one.removesuffix(" ()") for one in unknown),
            said(_warnings(assessment, self._layout)),
        ]

    def _summary_lines(self, facts: RunFacts) -> Iterator[tuple[list[Cell], str]]:
        tally, held = facts.tally, facts.fingerprints
        yield ["Screening result", "sanctions and dual-use risk around Russia"], "title"
        yield ["screened as of", facts.as_of.isoformat()], "bold"
        yield ["input", "\n".join(facts.input_names)], "bold"
        yield ["result", counts_line(tally)], "bold"
        for outcome in OUTCOMES:
            yield [outcome.value.replace("_", " "), tally.outcomes[outcome]], "text"
        yield ["clear means", f"{sentences.NOTHING_FOUND}; clear rows are counted here and not listed"], "text"
        yield ["official lists", _official(facts)], "text"
        for reason, count in tally.why_unscreenable():
            yield [f"not screened: {reason}", count], "text"
        yield ["rows with a cell that could not be used as written", tally.warned_rows], "text"
        for rule, title, count in tally.most_fired():
            yield [f"most frequent: {rule} {title}", count], "text"
        for note in [*facts.notes, *self._limits()]:
            yield ["note", self._vocabulary.said(note)], "text"
        yield ["profile", f"{facts.profile}, exporter under the law of {', '.join(facts.jurisdictions)}"], "text"
        for what in ("lists", "rules", "profile", "code"):
            yield [f"fingerprint of {what}", getattr(held, what)], "text"

    def _limits(self) -> Iterator[str]:
        """What the limits of Excel did to this workbook."""
        counts, width = self._book.counts, len(self._layout.columns)
        if counts.marked:
            yield f"{counts.marked:,} cells hold characters that Excel cannot show; they stand as numbers, such as <1b>"
        if counts.cut:
            yield f"{counts.cut:,} cells are longer than Excel allows and are cut; JSON lines have them whole"
        if width > MOST_COLUMNS - len(_ALERTS):
            yield f"Excel allows {MOST_COLUMNS:,} columns; of the {width:,} of the input, the last are not here"
        for sheet in (self._alerts, self._evidence, self._unscreened):
            if sheet.parts > 1:
                yield f"'{sheet.name}' fills {sheet.parts} sheets: Excel allows {sheet.most_rows:,} rows on one"


def _official(facts: RunFacts) -> str:
    if facts.official:
        return "compared whole; dates on the sheet 'lists'"
    return "not compared: only the entries that come with the program were (see `lists update`)"


def _list(part: Part) -> list[Cell]:
    info, what = part.info, part.what
    measure = wording.MEASURES.get(info.measure, info.measure)
    checked = info.retrieved.isoformat() if info.retrieved else "not known"
    named = [info.id, info.title, info.issuer, measure, what]
    return [*named, info.count, checked, info.as_of, info.source, info.licence]


def _unscreened(assessment: Assessment, layout: Layout) -> list[Cell]:
    return [assessment.row, "\n".join(assessment.reasons), _warnings(assessment, layout)]


def _warnings(assessment: Assessment, layout: Layout) -> str:
    return "\n".join([*assessment.warnings, *beyond_the_header(assessment, layout.columns)])


def _proof(row: int, decision: str, line: ProofLine) -> list[Cell]:
    points = None if line.tenths is None else line.tenths / 10
    return [row, decision, line.what, line.rule, points, line.text, line.source, line.link]
