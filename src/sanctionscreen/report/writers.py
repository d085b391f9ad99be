"""How a result is written in any format: rows are pushed in as they are decided, at the end what the run came to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import islice
from pathlib import PurePath
from typing import TYPE_CHECKING, BinaryIO, Protocol

if TYPE_CHECKING:
    from sanctionscreen.model import Assessment, Fingerprints
    from sanctionscreen.report.summary import Tally
    from sanctionscreen.rules import RuleSet
    from sanctionscreen.screening import Screener
    from sanctionscreen.watchlist.entities import ListInfo

_PORTION = 1000


class Format(StrEnum):
    """How a result is written; also the ending of its file."""

    CSV = "csv"
    JSONL = "jsonl"
    PARQUET = "parquet"
    XLSX = "xlsx"
    HTML = "html"

    @property
    def is_text(self) -> bool:
        """Lines of text that stand alone: written chunk by chunk, cut off and continued anywhere between two."""
        return self in (Format.CSV, Format.JSONL)

    @property
    def lists_clear(self) -> bool:
        """Every row of the input stands in it; elsewhere clear rows are counted and not listed."""
        return self not in (Format.XLSX, Format.HTML)


@dataclass(frozen=True, slots=True)
class Layout:
    """What is known of a result before its first row."""

    columns: Mapping[str, str]
    """From the names under which `Assessment.input` has the cells to the headers as the file writes them, which may be
    empty or repeated; in order."""
    fields: Mapping[str, str]
    """The field that a column holds, by its name in `Assessment.input`; columns that are not read are left out."""
    with_shipments: bool = False
    """The file has shipment ids, so the common decision of their lines is written too."""
    raw_cells: bool = False
    """CSV: leave cells that a spreadsheet would run as a formula as they are."""
    constants: Mapping[str, str] = field(default_factory=dict)
    """What the mapping says of a field for every row, where no column holds it."""


@dataclass(frozen=True, slots=True)
class RunFacts:
    """What is known of a run at its end."""

    tally: Tally
    fingerprints: Fingerprints
    inputs: tuple[str, ...]
    """Names of the files that were read, as they were given."""
    lists: tuple[ListInfo, ...]
    """All lists that parties were compared with."""
    rules: RuleSet
    """The rules in force."""
    profile: str
    """Id and version."""
    jurisdictions: tuple[str, ...]
    review_at: float
    """Score from which a person must look."""
    notes: tuple[str, ...] = ()
    """What is said once per run."""
    results: tuple[str, ...] = ()
    """Names of all files that the run writes."""
    embedded: tuple[ListInfo, ...] = ()
    """Those of the lists of which the program brings some entries."""
    official: tuple[ListInfo, ...] = ()
    """Those of the lists that a data folder holds whole. A list can be there twice: once of each kind."""
    out_of_date: tuple[str, ...] = ()
    """Official lists that are closed or too old on the screening day, each with why."""

    @property
    def as_of(self) -> date:
        return self.fingerprints.as_of

    @property
    def input_names(self) -> list[str]:
        """The inputs without their folders: what is sent around does not say where its maker keeps things."""
        return [PurePath(name).name for name in self.inputs]

    @property
    def result_names(self) -> list[str]:
        """The results without their folders."""
        return [PurePath(name).name for name in self.results]


class Writer(Protocol):
    """One format under way; rows come in order, in portions of any size, and no portion changes the result."""

    @property
    def neutralised(self) -> int:
        """Cells and headers that were changed so far so that no spreadsheet runs them as a formula."""

    def add(self, assessments: Sequence[Assessment]) -> None:
        """Take the next rows."""

    def finish(self, facts: RunFacts) -> None:
        """Complete the result; nothing is added after it. The stream stays open."""

    def close(self) -> None:
        """Give back what it holds, temporary files too; a result that was not finished is lost."""


def run_facts(
    screener: Screener,
    tally: Tally,
    *,
    inputs: Sequence[str],
    notes: Sequence[str] = (),
    results: Sequence[str] = (),
) -> RunFacts:
    """The facts of a run of a screener."""
    return RunFacts(
        tally=tally,
        fingerprints=screener.fingerprints,
        inputs=tuple(inputs),
        lists=screener.sources.lists,
        rules=screener.rules,
        profile=f"{screener.profile.id} {screener.profile.version}",
        jurisdictions=tuple(sorted(screener.profile.jurisdictions)),
        review_at=screener.profile.review_at,
        notes=tuple(notes),
        results=tuple(results),
        embedded=screener.sources.watchlists[0].lists,
        official=screener.sources.official.lists if screener.sources.official else (),
        out_of_date=screener.out_of_date,
    )


def in_portions(assessments: Iterable[Assessment]) -> Iterator[list[Assessment]]:
    """Assessments as writers take them, so many at a time that the way to each writer costs nothing."""
    rest = iter(assessments)
    while portion := list(islice(rest, _PORTION)):
        yield portion


def new_writer(form: Format, stream: BinaryIO, layout: Layout, rules: RuleSet | None = None) -> Writer:
    """The writer of a format on a binary stream; what it needs is imported only now.

    Args:
        rules: those of the run, in whose words formats for people call what the rules name.
    """
    return _WRITERS[form](stream, layout, rules)


def _csv(stream: BinaryIO, layout: Layout, _: RuleSet | None) -> Writer:
    from sanctionscreen.report.csv_report import CsvWriter

    return CsvWriter(stream, layout)


def _jsonl(stream: BinaryIO, layout: Layout, _: RuleSet | None) -> Writer:
    from sanctionscreen.report.jsonl_report import JsonlWriter

    return JsonlWriter(stream)


def _parquet(stream: BinaryIO, layout: Layout, _: RuleSet | None) -> Writer:
    from sanctionscreen.report.parquet_report import ParquetWriter

    return ParquetWriter(stream, layout)


def _xlsx(stream: BinaryIO, layout: Layout, rules: RuleSet | None) -> Writer:
    from sanctionscreen.report.xlsx_report import XlsxWriter

    return XlsxWriter(stream, layout, rules)


def _html(stream: BinaryIO, layout: Layout, rules: RuleSet | None) -> Writer:
    from sanctionscreen.report.html_report import HtmlWriter

    return HtmlWriter(stream, layout, rules)


_WRITERS: Mapping[Format, Callable[[BinaryIO, Layout, RuleSet | None], Writer]] = {
    Format.CSV: _csv,
    Format.JSONL: _jsonl,
    Format.PARQUET: _parquet,
    Format.XLSX: _xlsx,
    Format.HTML: _html,
}
