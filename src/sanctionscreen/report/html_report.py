"""The result as one page that needs nothing else: an overview to decide by, then every alert with its proof."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from sanctionscreen.model import Assessment, Outcome, Reference
from sanctionscreen.report import sentences
from sanctionscreen.report.alert_records import MOST_ALERTS, AlertRecords, portion, script_json
from sanctionscreen.report.compared_lists import Part, compared_lists, states
from sanctionscreen.report.input_cells import cell_text
from sanctionscreen.report.overview import overview
from sanctionscreen.report.printable import printable
from sanctionscreen.report.rankings import Rankings
from sanctionscreen.report.subject import Subjects
from sanctionscreen.report.vocabulary import Vocabulary, owned
from sanctionscreen.report.writers import Layout, RunFacts
from sanctionscreen.screening import wording

if TYPE_CHECKING:
    from sanctionscreen.rules import Rule, RuleSet

_PAGE = Path(__file__).with_name("page")
_STATIC_ALERTS = 50
"""Shown with their reasons where a viewer runs no scripts, as the preview of a mail does."""
_PORTION = 250
"""Alerts whose proofs stand in one script element, read when one of them is opened: a page opens before it is read."""
_SHOWN_UNSCREENED = 200
_LONGEST_SAID = 200


class HtmlWriter:
    """The page on a binary stream; it holds the strongest alerts and counts, and nothing of the other rows."""

    neutralised = 0

    def __init__(
        self, stream: BinaryIO, layout: Layout, rules: RuleSet | None = None, most_alerts: int = MOST_ALERTS
    ) -> None:
        self._stream = stream
        self._layout = layout
        self._subjects = Subjects(layout)
        self._vocabulary = Vocabulary(rules)
        self._alerts = AlertRecords(layout, most_alerts, self._vocabulary)
        self._rankings = Rankings()
        self._unscreened: list[tuple[int, str, str]] = []

    def add(self, assessments: Sequence[Assessment]) -> None:
        for assessment in assessments:
            outcome = assessment.decision.outcome
            if outcome is Outcome.NOT_SCREENABLE:
                if len(self._unscreened) < _SHOWN_UNSCREENED:
                    self._unscreened.append(_unscreened(assessment))
            elif outcome is not Outcome.CLEAR:
                subject = self._subjects.of(assessment)
                self._rankings.add(subject, outcome)
                self._alerts.add(assessment, subject)

    def finish(self, facts: RunFacts) -> None:
        """Write the page."""
        values = {
            **_head(facts),
            "in_words": self._vocabulary.said,
            **overview(facts, self._rankings, self._layout),
            **self._coverage(facts),
            **_alerts(facts, self._alerts),
            **_sources(facts),
        }
        for part in _template().generate(values):
            self._stream.write(part.encode())

    def close(self) -> None:
        """Nothing is held."""

    def _coverage(self, facts: RunFacts) -> dict[str, Any]:
        columns, fields = self._layout.columns, self._layout.fields
        return {
            "columns": [(columns[name], field) for name, field in fields.items()],
            "constants": self._layout.constants,
            "unread": [columns[name] for name in columns if name not in fields],
            "unscreened": self._unscreened,
            "unscreened_count": facts.tally.outcomes[Outcome.NOT_SCREENABLE],
            "reasons": facts.tally.why_unscreenable(),
        }


def _template() -> Any:
    """The template; every value is escaped, apart from style and script, which are ours, and data, which is escaped."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_PAGE), autoescape=True, undefined=StrictUndefined, finalize=_fit_to_be_shown
    )
    return environment.get_template("report.html.j2")


def _fit_to_be_shown(value: Any) -> Any:
    """Texts without signs that turn the writing or that no UTF-8 holds; what is marked as safe stays as it is."""
    return printable(value, keep="\n") if type(value) is str else value


def _head(facts: RunFacts) -> dict[str, Any]:
    """What stands before the page: title, and a policy that lets nothing run or load but our own style and script."""
    style, script = ((_PAGE / name).read_text("utf-8") for name in ("report.css", "report.js"))
    policy = (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    return {
        "facts": facts,
        "tally": facts.tally,
        "subject": ", ".join(facts.input_names),
        "results": facts.result_names,
        "policy": policy,
        "style": _markup(style),
        "script": _markup(script),
        "number": "{:,}".format,
    }


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _alerts(facts: RunFacts, alerts: AlertRecords) -> dict[str, Any]:
    heads, proofs = [], []
    for head, proof in alerts.strongest():
        heads.append(head)
        proofs.append(proof)
    data = {
        **portion(heads),
        "size": _PORTION,
        "rules": {rule.id: _rule(rule) for rule in facts.rules.rules},
        "lists": states(compared_lists(facts)),
        "reviewAt": facts.review_at,
    }
    return {
        "data": _markup(script_json(data)),
        "proofs": (_markup(script_json(portion(part))) for part in _portions(proofs)),
        "static": list(map(_static, heads[:_STATIC_ALERTS], proofs)),
        "shown_line": _shown_line(facts, len(heads)),
    }


def _portions(proofs: Sequence[list[Any]]) -> Iterator[Sequence[list[Any]]]:
    return (proofs[start : start + _PORTION] for start in range(0, len(proofs), _PORTION))


def _markup(text: str) -> Any:
    """Text that needs no escape: a file of this package, or JSON without any sign that HTML would read."""
    from markupsafe import Markup

    return Markup(text)  # noqa: S704


def _shown_line(facts: RunFacts, shown: int) -> str:
    count = facts.tally.alert_count
    said = f"{count:,} " + ("row needs" if count == 1 else "rows need") + " a person to look, the strongest first."
    if shown == count:
        return said
    others = [name for name in facts.result_names if not name.endswith((".html", ".htm"))]
    where = f"in {', '.join(others)}" if others else "in the other formats of a result (-o result.csv)"
    return f"{said} The strongest {shown:,} are here; the other {count - shown:,} are {where}."


def _static(head: list[Any], proof: list[Any]) -> dict[str, Any]:
    """An alert as a viewer without scripts shows it: what each finding added, the gates, and whom it resembles."""
    row, is_block, tenths, _, _, role, party, goods, route, *_ = head
    sums, _, gates, hits, *_ = proof
    parts = (sums[start : start + 4] for start in range(0, len(sums), 4))
    lines = [
        f"{wording.points(added)} {rule} {title}" + (f" ({note})" if note else "") for added, rule, title, note in parts
    ]
    resembled = [
        f"{role} “{name}” resembles “{listed}” ({entity_id}) on {list_id}, {how}"
        for role, name, listed, entity_id, list_id, _, _, how in hits
    ]
    return {
        "word": "block" if is_block else "review",
        "score": sentences.score(tenths),
        "row": row,
        "role": role,
        "party": party,
        "goods": goods,
        "route": route,
        "lines": [*lines, *gates, *resembled],
    }


def _sources(facts: RunFacts) -> dict[str, Any]:
    counts = facts.tally.fired_rows()
    fired = sorted((rule for rule in facts.rules.rules if rule.id in counts), key=lambda rule: -counts[rule.id])
    return {
        "lists": [
            {"id": one.id, "title": one.title, "issuer": one.issuer, "parts": [_part(part) for part in one.parts]}
            for one in compared_lists(facts)
        ],
        "fired_rules": [{"id": rule.id, "count": counts[rule.id], **_rule(rule)} for rule in fired],
    }


def _part(part: Part) -> dict[str, Any]:
    info = part.info
    return {
        "what": part.what,
        "state": part.state,
        "count": info.count,
        "measure": wording.MEASURES.get(info.measure, info.measure),
        "source": "; ".join(filter(None, (info.source, info.licence and f"licence: {info.licence}"))),
    }


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "title": rule.title,
        "why": rule.why,
        "about": f"{rule.level}, {rule.status}, version {rule.version}, {_dates(rule)}",
        "sources": [_reference(reference) for reference in rule.references],
    }


def _dates(rule: Rule) -> str:
    since = f"in force since {rule.effective_from}" if rule.effective_from else ""
    until = f"in force until {rule.effective_to}" if rule.effective_to else ""
    return ", ".join(text for text in (since, until) if text) or "in force without dates"


def _reference(reference: Reference) -> str:
    said = owned(str(reference))
    return f"{said} <{reference.url}>" if reference.url else said


def _unscreened(assessment: Assessment) -> tuple[int, str, str]:
    said = " | ".join(text for text in (cell_text(cell).strip() for cell in assessment.input.values()) if text)
    reason = assessment.reasons[0] if assessment.reasons else "nothing could be compared"
    return assessment.row, reason, wording.shortened(said, _LONGEST_SAID)
