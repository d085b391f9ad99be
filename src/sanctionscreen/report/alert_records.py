"""Alerts as data for the page: the strongest only, each text once, so that ten thousand fit into a mail."""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sanctionscreen.model import Assessment, Finding, Outcome, PartyHit
from sanctionscreen.report import sentences
from sanctionscreen.report.input_cells import beyond_the_header, cell_text
from sanctionscreen.report.printable import printable
from sanctionscreen.report.subject import NOT_GIVEN, Subject
from sanctionscreen.report.vocabulary import Vocabulary
from sanctionscreen.report.writers import Layout
from sanctionscreen.screening import wording

MOST_ALERTS = 10_000
"""So many a browser opens within two seconds; nobody reads more on a page, and the other formats have them all."""
_LONGEST_CELL = 600
_LONGEST_WHY = 300


@dataclass(slots=True)
class AlertRecords:
    """The strongest alerts of a run: by decision, score, then order in the file."""

    layout: Layout
    most: int = MOST_ALERTS
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    _held: list[tuple[tuple[int, int, int], str]] = field(default_factory=list)

    def add(self, assessment: Assessment, subject: Subject) -> None:
        """Keep the alert, if it is among the strongest."""
        decision = assessment.decision
        strength = (decision.outcome.rank, decision.tenths, -assessment.row)
        if len(self._held) < self.most:
            heapq.heappush(self._held, (strength, self._packed(assessment, subject)))
        elif strength > self._held[0][0]:
            heapq.heapreplace(self._held, (strength, self._packed(assessment, subject)))

    def strongest(self) -> Iterator[tuple[list[Any], list[Any]]]:
        """Heads and proofs, strongest first."""
        for _, text in sorted(self._held, key=lambda held: held[0], reverse=True):
            head, proof = json.loads(text)
            yield head, proof

    def _packed(self, assessment: Assessment, subject: Subject) -> str:
        proof = alert_proof(assessment, self.layout, self.vocabulary)
        record = (_shown(alert_head(assessment, subject)), _shown(proof))
        return json.dumps(record, ensure_ascii=False)


def alert_head(assessment: Assessment, subject: Subject) -> list[Any]:
    """What the table of alerts shows, sorts and searches, in the order in which the script of the page reads it."""
    decision, shipment = assessment.decision, assessment.shipment_outcome
    return [
        assessment.row,
        int(decision.outcome is Outcome.BLOCK),
        decision.tenths,
        assessment.shipment_id or "",
        "" if shipment is None else shipment.value,
        subject.role,
        subject.party,
        _goods(subject),
        subject.route,
        wording.shortened(sentences.grounds(assessment), _LONGEST_WHY),
        [finding.rule for finding in assessment.findings],
    ]


def _goods(subject: Subject) -> str:
    if subject.code and subject.goods == NOT_GIVEN:
        return f"{subject.code} (no description)"
    return f"{subject.code} {subject.goods}".strip()


def alert_proof(assessment: Assessment, layout: Layout, vocabulary: Vocabulary) -> list[Any]:
    """What stands behind an alert, in the order in which the script reads it; pairs and fours stand one after another
    in one list, for a browser reads few long lists faster than many short ones.
    """
    sums = [(line.tenths, line.rule, line.title, line.note) for line in sentences.contributions(assessment)]
    hits = [_hit(one, by_address=False) for one in assessment.hits]
    return [
        [part for line in sums for part in line],
        [_finding(finding, vocabulary) for finding in assessment.findings],
        [*map(vocabulary.said, assessment.decision.gates)],
        hits + [_hit(one, by_address=True) for one in assessment.address_hits],
        [part for rule in assessment.unknown for part in (rule.rule, vocabulary.names(rule.missing))],
        [*map(vocabulary.said, assessment.warnings), *beyond_the_header(assessment, layout.columns)],
        [part for name, text in _cells(assessment, layout) for part in (layout.columns[name], text)],
    ]


def _finding(finding: Finding, vocabulary: Vocabulary) -> list[Any]:
    conditions = (text for part in finding.evidence for text in (vocabulary.condition(part), vocabulary.source(part)))
    return [finding.rule, round(finding.confidence * 100), *conditions]


def _hit(found: PartyHit, *, by_address: bool) -> list[Any]:
    measure = wording.MEASURES.get(found.measure, found.measure)
    how = "same address" if by_address else f"match score {found.score:.2f}"
    role = found.role.replace("_", " ")
    return [role, found.name, found.entity_name, found.entity_id, found.list, found.programme, measure, how]


def _cells(assessment: Assessment, layout: Layout) -> Iterator[tuple[str, str]]:
    """The cells that were read, those that are empty left out."""
    for name, value in assessment.input.items():
        text = cell_text(value).strip()
        if text and name in layout.fields:
            yield name, wording.shortened(text, _LONGEST_CELL)


def _shown(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    return [_shown(part) for part in value] if isinstance(value, list) else value


class Texts:
    """Every text once; records name them by their places."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}

    def placed(self, value: Any) -> Any:
        """The same nested lists with each text replaced by its place."""
        if isinstance(value, str):
            return self._places.setdefault(value, len(self._places))
        return [self.placed(part) for part in value] if isinstance(value, list) else value

    def all(self) -> Sequence[str]:
        return list(self._places)


def portion(records: Sequence[list[Any]]) -> dict[str, Any]:
    """Records with a table of their own texts, each text once."""
    texts = Texts()
    return {"alerts": [texts.placed(record) for record in records], "texts": texts.all()}


def script_json(value: Mapping[str, Any]) -> str:
    """JSON that may stand in a script element: no text in it can end the element or begin a comment.

    >>> script_json({"name": "</script><!--"})
    '{"name":"\\\\u003c/script\\\\u003e\\\\u003c!--"}'
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text
