"""The coverage matrix: published red flags, the rules that look for them, and the gaps with their reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from rich.console import Console

from sanctionscreen.report.console import add_row, new_table, write, write_lines
from sanctionscreen.report.markdown import code, escaped, link, table
from sanctionscreen.rules import Rule
from sanctionscreen.rules.red_flags import (
    Cover,
    Covered,
    NumberedFlag,
    RedFlag,
    RedFlags,
    coverage,
    flag_tags,
    numbered,
)
from sanctionscreen.watchlist.seeds import Document

NOT_YET = "no rule yet"
_NOT_READ = "could not be read"


@dataclass(frozen=True, slots=True)
class Matrix:
    """Everything a coverage report says."""

    covered: tuple[Covered, ...]
    documents: tuple[DocumentCover, ...]
    unpublished: tuple[Rule, ...]
    """Rules that name no published red flag: they rest on law, lists or reports."""


@dataclass(frozen=True, slots=True)
class DocumentCover:
    """A document with what it publishes."""

    id: str
    document: Document | None
    """None where the evidence does not know the document: a firm's own."""
    numbered: tuple[NumberedFlag, ...]
    """Its numbered flags; empty for a document without numbers."""
    red_flags: tuple[Covered, ...]
    """All red flags that it publishes."""

    @property
    def heading(self) -> str:
        if self.document is None:
            return self.id
        said = (self.document.title, self.document.publisher, str(self.document.date or self.document.date_note or ""))
        return ", ".join(part for part in said if part)

    def counts(self) -> Mapping[str, int]:
        """How many flags there are of each cover; numbered ones where the document numbers them."""
        every = (
            (one.cover or _NOT_READ for one in self.numbered) if self.numbered else (c.cover for c in self.red_flags)
        )
        return Counter(str(cover) for cover in every)


def matrix(red_flags: RedFlags, rules: Sequence[Rule], documents: Mapping[str, Document]) -> Matrix:
    """The red flags of the packs against their rules."""
    covered = coverage(red_flags, rules)
    published = dict.fromkeys(source.document for one in red_flags.flags for source in one.sources)
    order = [*red_flags.documents, *(key for key in published if key not in red_flags.documents)]
    found = tuple(
        DocumentCover(
            key,
            documents.get(key),
            tuple(numbered(key, red_flags, covered, rules)),
            tuple(one for one in covered if any(source.document == key for source in one.red_flag.sources)),
        )
        for key in order
    )
    return Matrix(covered, found, tuple(rule for rule in rules if not flag_tags(rule)))


def gap_of(one: Covered) -> str:
    """What of a red flag is not covered, in words."""
    return one.red_flag.gap or ("" if one.rules else NOT_YET)


def where_published(red_flag: RedFlag) -> str:
    """The documents of a red flag with its numbers there, such as `F22 1, TS23 13`."""
    return ", ".join(" ".join([source.document, "+".join(_runs(source.flags))]).strip() for source in red_flag.sources)


def _runs(numbers: Iterable[int]) -> Iterator[str]:
    """Numbers with those that follow each other drawn together: 1, 15-21."""
    for _, run in groupby(enumerate(sorted(numbers)), key=lambda pair: pair[1] - pair[0]):
        held = [number for _, number in run]
        yield f"{held[0]}-{held[-1]}" if len(held) > 2 else "+".join(map(str, held))


def coverage_object(found: Matrix) -> dict[str, Any]:
    """The matrix as plain objects."""
    return {
        "red_flags": [_red_flag_object(one) for one in found.covered],
        "documents": [_document_object(one) for one in found.documents],
        "other_rules": [{"id": rule.id, "title": rule.title} for rule in found.unpublished],
    }


def _red_flag_object(one: Covered) -> dict[str, Any]:
    flag = one.red_flag
    return {
        "id": flag.id,
        "flag": flag.flag,
        "kind": flag.kind,
        "asks": list(flag.asks),
        "sources": [{"document": source.document, "flags": list(source.flags)} for source in flag.sources],
        "cover": one.cover.value,
        "rules": [{"id": rule.id, "status": rule.status} for rule in one.rules],
        "gap": gap_of(one) or None,
    }


def _document_object(one: DocumentCover) -> dict[str, Any]:
    document = one.document
    return {
        "id": one.id,
        "title": document.title if document else None,
        "publisher": document.publisher if document else None,
        "date": document.date.isoformat() if document and document.date else None,
        "checked": document.checked if document else None,
        "counts": dict(one.counts()),
        "red_flags": [covered.red_flag.id for covered in one.red_flags],
        "numbered": [
            {
                "number": flag.number,
                "cover": flag.cover.value if flag.cover else None,
                "red_flags": [part.red_flag.id for part in flag.parts],
                "rules": [rule.id for rule in flag.rules],
            }
            for flag in one.numbered
        ],
    }


def print_coverage(out: Console, found: Matrix, *, missing: bool) -> None:
    """The matrix at a terminal; `missing` leaves out what is covered whole."""
    shown = [one for one in found.covered if not (missing and one.cover is Cover.COVERED)]
    flags = new_table(("red flag", ""), ("what it is", ""), ("published in", ""), ("cover", ""), ("rules", ""))
    for one in shown:
        flag, rules = one.red_flag, ", ".join(rule.id for rule in one.rules)
        add_row(flags, flag.id, flag.flag, where_published(flag), one.cover.value, rules)
    write(out, flags)
    write_lines(out, "Gaps", (f"{one.red_flag.id}: {gap_of(one)}" for one in shown if gap_of(one)))
    write(out)
    documents = new_table(
        ("document", ""), ("covered", "right"), ("in part", "right"), ("not", "right"), ("not read", "right"), ("", "")
    )
    for cited in found.documents:
        counts = cited.counts()
        numbers = (counts.get(key, 0) or "" for key in (*(cover.value for cover in Cover), _NOT_READ))
        add_row(documents, cited.id, *numbers, cited.heading)
    write(out, documents)
    write(out, summary(found), "bold")


def summary(found: Matrix) -> str:
    """The counts in one sentence."""
    counts = Counter(one.cover for one in found.covered)
    beyond = sum(one.cover is Cover.NOT and not one.red_flag.asks for one in found.covered)
    return (
        f"{len(found.covered)} published red flags: {counts[Cover.COVERED]} covered, {counts[Cover.IN_PART]} in part, "
        f"{counts[Cover.NOT]} not covered, {beyond} of them because no record, history or list can answer"
    )


_OPENING = """\
# Red flags and the rules that look for them

Each published red flag of diversion to Russia and Belarus stands here with its documents, its rules and its gaps.

The page is generated: `sanctionscreen rules coverage --markdown > docs/red-flags.md`.
The flags are in our own words in `packs/russia/red_flags.yml`; a rule covers a flag by naming it in its `tags`.
"In part" means that rules look for the flag and something of it stays out of reach; the gap says what, and why.
No flag proves anything alone; every document that publishes them says so.
"""


def coverage_page(found: Matrix) -> str:
    """The matrix as a Markdown page."""
    return "\n".join(
        [
            _OPENING,
            f"{summary(found)}.\n",
            "## By document\n",
            "Numbered flags where a document numbers them, else the flags that it describes.\n",
            *table(("document", "covered", "in part", "not covered", "not read"), map(_count_cells, found.documents)),
            "\n## By red flag\n",
            *table(
                ("red flag", "what it is", "published in", "answered from", "rules", "cover", "gap"),
                map(_flag_cells, found.covered),
            ),
            *(line for one in found.documents if one.numbered for line in _document_part(one)),
            *_others(found.unpublished),
            "",
        ]
    )


def _count_cells(one: DocumentCover) -> list[str]:
    counts = one.counts()
    numbers = (str(counts.get(key, 0) or "") for key in (*(cover.value for cover in Cover), _NOT_READ))
    return [_named(one), *numbers]


def _named(one: DocumentCover) -> str:
    url = one.document.url if one.document else ""
    return f"{code(one.id)} {link(one.heading, url or '')}"


def _flag_cells(one: Covered) -> list[str]:
    flag = one.red_flag
    asks = ", ".join(flag.asks) or "nothing"
    return [
        code(flag.id),
        escaped(flag.flag),
        escaped(where_published(flag)),
        asks,
        _rules(one.rules),
        one.cover.value,
        escaped(gap_of(one)),
    ]


def _rules(rules: Iterable[Rule]) -> str:
    """Rules with links to their pages in the reference beside this page."""
    return ", ".join(
        f"[{escaped(rule.id)}](rules/{rule.id}.md)" + (" (experimental)" if rule.status == "experimental" else "")
        for rule in rules
    )


def _document_part(one: DocumentCover) -> Iterator[str]:
    yield f"\n## {escaped(one.id)}: flag by flag\n"
    yield f"{escaped(one.heading)}.\n"
    if one.document and one.document.checked:
        yield f"Read: {escaped(one.document.checked)}.\n"
    rows = (
        [
            str(flag.number),
            "; ".join(escaped(part.red_flag.flag) for part in flag.parts) or _NOT_READ,
            _rules(flag.rules),
            flag.cover.value if flag.cover else "",
        ]
        for flag in one.numbered
    )
    yield from table(("flag", "what it is", "rules", "cover"), rows)


def _others(rules: Iterable[Rule]) -> Iterator[str]:
    """Rules that rest on law, lists or reports rather than on a published flag."""
    rows = [
        [_rules([rule]), escaped(rule.title), "; ".join(escaped(one.text) for one in rule.references)] for rule in rules
    ]
    if rows:
        yield "\n## Rules without a published red flag\n"
        yield "They rest on law, on lists, or on what the articles report.\n"
        yield from table(("rule", "what it looks for", "rests on"), rows)
