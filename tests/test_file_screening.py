"""Files screened as columns: whatever stands in them, every row gets what it gets alone, whoever does the work."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import ROOT, examples
from sanctionscreen import Screener
from sanctionscreen.errors import EngineError
from sanctionscreen.ingest import open_table
from sanctionscreen.model import Assessment
from sanctionscreen.report.csv_report import csv_lines
from sanctionscreen.report.jsonl_report import jsonl_lines
from sanctionscreen.report.writers import Layout
from sanctionscreen.screening import crew, file_screening, file_way

AS_OF = date(2026, 11, 22)
SCREENER = Screener.default(as_of=AS_OF)
ALL = 10**9


@contextmanager
def way(*, few: int, part: int = 50_000) -> Iterator[None]:
    """Files of so many rows are judged line by line, others as columns in parts of so many."""
    with mock.patch.object(file_way, "FEW_ROWS", few), mock.patch.object(file_way, "PART_ROWS", part):
        yield


def assessed(source: Path | str, *, few: int, part: int = 50_000, **more: Any) -> list[Assessment]:
    stream = io.BytesIO(source.encode()) if isinstance(source, str) else source
    with way(few=few, part=part), open_table(stream, chunk_rows=more.pop("chunk_rows", 1_000)) as table:
        return list(SCREENER.screen_table(table, **more).assessments)


HEADERS = (
    "invoice no", "date", "shipper", "shipper country", "consignee", "consignee address", "consignee country",
    "consignee tax id", "consignee owners", "notify party", "end user", "manufacturer", "bank", "bic",
    "description", "hs code", "eccn", "quantity", "unit", "value", "currency", "destination", "transit", "origin",
    "port of loading", "vessel", "imo", "remarks",
)  # fmt: skip
CELLS: dict[str, list[str]] = {
    "invoice no": ["A", "B", " ", "=A"],
    "date": ["2023-05-01", "2021-05-01", "31.12.2021", "no day", "", "03/04/2024"],
    "shipper": ["Reiji Shoji K.K.", "TO ORDER", "???", "", "Techkrim"],
    "shipper country": ["JP", "Crimea", "Atlantis", ""],
    "consignee": ["Techkrim", "ООО «Ромашка»", "Romashka OOO", "TO ORDER OF SHIPPER", "same as consignee", "", "Vеktor", "a\u200bb", "ООО Вектор, г. Севастополь, ул. Ленина, 1"],
    "consignee address": ["", "Sevastopol, Lenina 1", "ul. Golyanski Poselok d. 8, Izhevsk 426063, Russia", "12 Misal Street"],
    "consignee country": ["RU", "UA", "KZ", "", "Nowhere"],
    "consignee tax id": ["", "7701234567", "1835003010"],
    "consignee owners": ["", "Techkrim (RU) 60%", "Somebody 10%; Techkrim", "[]", "{bad"],
    "notify party": ["", "Techkrim", "SAME AS CONSIGNEE"],
    "end user": ["", "Example Farm"],
    "manufacturer": ["", "DJI", "Texas Instruments"],
    "bank": ["", "Example Bank"],
    "bic": ["", "DEUTDEFF"],
    "description": ["", "spare parts", "quadcopter drone", "Office chairs, wood", "EX-32 microcontrollers", "-"],
    "hs code": ["", "854231", "8542.31.0000", "9403", "880622", "99", "853890; 854231", "853222"],
    "eccn": ["", "EAR99", "3A001", "nonsense"],
    "quantity": ["", "5", "1.5", "-2", "1,5"],
    "unit": ["", "pcs", "kg"],
    "value": ["", "100", "100.55", "1.000,5", "USD 7"],
    "currency": ["USD", ""],
    "destination": ["RU", "KZ", "DE", "", "Atlantis"],
    "transit": ["", "direct", "TR; KZ", "AE"],
    "origin": ["US", "", "CN"],
    "port of loading": ["", "Sevastopol", "Mersin"],
    "vessel": ["", "MV Example", "???"],
    "imo": ["", "9074729"],
    "remarks": ["", '="x"', "a;b", '"quoted"', "tab\there", "line\nbreak", "@cmd", "-5"],
}  # fmt: skip
rows = st.lists(
    st.tuples(*(st.sampled_from(CELLS[name]) for name in HEADERS), st.sampled_from([0, 0, 0, 0, 1, -2])),
    min_size=1,
    max_size=14,
)


def as_text(lines: list[Any], left_out: frozenset[int] = frozenset()) -> str:
    """A file of these lines; a last number says how many cells a line has too many or too few."""
    held = io.StringIO()
    writer = csv.writer(held)
    kept = [at for at in range(len(HEADERS)) if at not in left_out]
    writer.writerow(HEADERS[at] for at in kept)
    for *cells, beyond in lines:
        line = [cells[at] for at in kept]
        writer.writerow([*line, *["more"] * beyond] if beyond >= 0 else line[:beyond])
    return held.getvalue()


@settings(max_examples=examples(20), deadline=None)
@given(rows, st.integers(1, 5), st.frozensets(st.integers(0, len(HEADERS) - 1), max_size=12))
def test_columns_say_what_single_lines_say(lines: list[Any], part: int, left_out: frozenset[int]) -> None:
    """Any cells, any columns left out, parts of any size: the assessments are those of the lines one by one."""
    text = as_text(lines, left_out - {HEADERS.index("consignee")})
    assert assessed(text, few=0, part=part) == assessed(text, few=ALL)


@pytest.mark.parametrize("name", ["shipments.csv", "customs_extract.csv", "deliveries.csv"])
@pytest.mark.parametrize("part", [7, 50_000])
def test_the_examples_come_out_the_same_as_columns(name: str, part: int) -> None:
    path = ROOT / "examples" / name
    assert assessed(path, few=0, part=part) == assessed(path, few=ALL)


def test_workers_change_no_result() -> None:
    """Two processes, small parts, and one process with one part: the same assessments in the same order."""
    path = ROOT / "examples" / "shipments.csv"
    assert assessed(path, few=0, part=40, workers=2) == assessed(path, few=ALL)


def test_a_run_can_begin_at_any_row() -> None:
    """Features and everything else see the rows before it: what comes is what a whole run gives from that row on."""
    path = ROOT / "examples" / "deliveries.csv"
    whole = assessed(path, few=ALL)
    for few, start in ((ALL, 9), (0, 9), (0, len(whole)), (0, len(whole) + 1), (ALL, len(whole) + 1)):
        with way(few=few, part=4), open_table(path) as table:
            rest = list(SCREENER.screen_table(table, start_row=start).each_line)
        assert [one.row for one in rest] == list(range(start, len(whole) + 1))
        assert [one.decision for one in rest] == [one.decision for one in whole[start - 1 :]]


def end_the_process(*_: object) -> None:
    import os

    os._exit(9)


def test_a_worker_that_dies_is_an_error_and_never_a_lost_part() -> None:
    path = ROOT / "examples" / "deliveries.csv"
    with way(few=0, part=5), open_table(path) as table:
        run = SCREENER.screen_table(table, workers=2)
        with pytest.raises(EngineError, match="worker process ended"):
            list(run.rendered(end_the_process))


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Working files go when all rows were taken, and when nobody takes them to the end."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    path = ROOT / "examples" / "deliveries.csv"
    for taken in (1, 10**6):
        with way(few=0, part=5), open_table(path) as table:
            lines = SCREENER.screen_table(table).each_line
            for _, _ in zip(lines, range(taken), strict=False):
                pass
            lines.close()  # type: ignore[attr-defined]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("workers", "rows", "size"),
    [
        (None, 10**9, 1),  # a script that others would import again must ask for them
        (0, file_screening.LARGE_ROWS - 1, 1),
        (0, file_screening.LARGE_ROWS, 3),
        (2, 0, 2),
        (1, 10**9, 1),
    ],
)
def test_others_are_begun_where_they_pay_or_are_asked_for(workers: int | None, rows: int, size: int) -> None:
    asked = file_way.FileWay(SCREENER.deriver, SCREENER._judge, SCREENER._recipe(), SCREENER._observer, workers)
    hired: list[crew.Crew] = [crew.Alone(crew.Station(SCREENER.deriver, SCREENER._judge))]
    several = mock.Mock(side_effect=lambda recipe, size: mock.Mock(size=size))
    with mock.patch.object(file_way, "Several", several), mock.patch.object(file_way, "cores", return_value=3):
        assert asked._crew(rows, hired).size == size


def rendered(source: Path | str, layout: Any, *, few: int, part: int = 50_000, **more: Any) -> tuple[str, str, int]:
    """The lines of CSV and JSON lines, and how many cells were changed."""
    stream = io.BytesIO(source.encode()) if isinstance(source, str) else source
    with way(few=few, part=part), open_table(stream) as table:
        portions = list(SCREENER.screen_table(table, **more).rendered(same))
    tables = [csv_lines(rows, layout) for rows in portions]
    return (
        "".join(text for text, _ in tables),
        "".join(map(jsonl_lines, portions)),
        sum(counts.neutralised for _, counts in tables),
    )


def same(rows: Any) -> Any:
    return rows


@settings(max_examples=examples(10), deadline=None)
@given(rows, st.integers(1, 5), st.booleans())
def test_lines_made_of_columns_are_those_of_single_rows(lines: list[Any], part: int, raw: bool) -> None:
    """Byte for byte, with cells that need quotes, that a spreadsheet would run, or that are one too many."""
    layout = Layout({name: name for name in HEADERS}, {}, with_shipments=True, raw_cells=raw)
    text = as_text(lines)
    assert rendered(text, layout, few=0, part=part) == rendered(text, layout, few=ALL)


def test_a_cell_with_half_a_surrogate_pair_comes_out_as_it_came() -> None:
    """A column of text cannot hold it; its row is written by itself."""
    layout = Layout({"consignee": "consignee", "goods": "goods"}, {})
    found = []
    for few in (0, ALL):
        frame = [["A\ud800", "chairs"], ["B", "tables"]]
        stream = io.BytesIO(json.dumps([dict(zip(("consignee", "goods"), row, strict=True)) for row in frame]).encode())
        with way(few=few), open_table(stream) as table:
            portions = list(SCREENER.screen_table(table).rendered(same))
        found.append([(csv_lines(rows, layout)[0], jsonl_lines(rows)) for rows in portions])
    assert found[0] == found[1]
    assert "\\ud800" in found[0][0][1]
