"""The proof of an assessment line by line: what was found, what each finding added, and who says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sanctionscreen.model import Assessment
from sanctionscreen.report import sentences
from sanctionscreen.report.vocabulary import Vocabulary, owned
from sanctionscreen.screening import wording


@dataclass(frozen=True, slots=True)
class ProofLine:
    """One line; what does not apply is empty."""

    what: str
    """finding, condition, source, gate, hit, not known or warning."""
    rule: str = ""
    tenths: int | None = None
    """What a finding added to the score; those of one assessment add up to it."""
    text: str = ""
    source: str = ""
    """List and citation, or the place in a published source."""
    link: str = ""


def proof_lines(assessment: Assessment, vocabulary: Vocabulary) -> Iterator[ProofLine]:
    """Findings by what they added, each with its conditions and sources; then gates, hits, and what is not known."""
    findings = {finding.rule: finding for finding in assessment.findings}
    shown: set[str] = set()
    for line in sentences.contributions(assessment):
        note = f" ({line.note})" if line.note else ""
        yield ProofLine("finding", line.rule, line.tenths, line.title + note)
        finding = findings.get(line.rule)
        if finding is None or line.rule in shown:  # the floor of a gate names the rule a second time
            continue
        shown.add(line.rule)
        for part in finding.evidence:
            yield ProofLine("condition", line.rule, None, vocabulary.condition(part), vocabulary.source(part))
        for reference in finding.references:
            yield ProofLine("source", line.rule, None, owned(reference.text), reference.pin, reference.url)
    for gate in assessment.decision.gates:
        yield ProofLine("gate", gate.split()[0].rstrip(":"), None, vocabulary.said(gate))
    for hit in (*assessment.hits, *assessment.address_hits):
        yield ProofLine("hit", "", None, wording.hit(hit), hit.entity_id)
    for rule in assessment.unknown:
        yield ProofLine("not known", rule.rule, None, rule.title, vocabulary.names(rule.missing))
    for warning in assessment.warnings:
        yield ProofLine("warning", "", None, vocabulary.said(warning))
