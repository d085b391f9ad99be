"""Numbers, addresses and second names in the cell of a name: compared, and said in the quality of the row."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from sanctionscreen import Screener
from sanctionscreen.ingest import open_table
from sanctionscreen.model import Assessment

CELLS = [
    "ИНН 7743001840 ООО Ромашка",
    "Romashka LLC, 8 Syntetika street, Izhevsk 426000",
    "Romashka LLC; Vektor Synthetic GmbH",
    "Romashka Trading Company",
    "TO ORDER",
    "",
]


@pytest.fixture(scope="module")
def screener() -> Screener:
    return Screener.build(as_of=date(2024, 6, 1))


def one(screener: Screener, cell: str, **more: str) -> Assessment:
    return screener.screen({"consignee.name": cell or None, "goods.hs_code": "841821"} | more)


def marks(assessment: Assessment) -> set[str]:
    return {name for name, said in assessment.quality.items() if said}


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (CELLS[0], {"number_in_name"}),
        (CELLS[1], {"address_in_name"}),
        (CELLS[2], {"several_parties"}),
        (CELLS[3], set()),
        (CELLS[4], {"to_order", "missing_consignee"}),
        (CELLS[5], {"missing_consignee"}),
    ],
)
def test_the_quality_of_a_row_says_what_its_cells_look_like(screener: Screener, cell: str, said: set[str]) -> None:
    """Every row carries the block, with a yes or no for each thing that could be looked at."""
    found = one(screener, cell)
    assert marks(found) == said
    assert "missing_description" not in found.quality  # no description is collected


def test_a_file_judges_glued_cells_as_single_records_are_judged(screener: Screener, tmp_path: Path) -> None:
    """The columns of a file and a record by itself come to the same, with and without a column for addresses."""
    path = tmp_path / "a.csv"
    for more in ({}, {"consignee.address": ""}):
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["consignee.name", "goods.hs_code", *more])
            writer.writerows([cell, "841821", *more.values()] for cell in CELLS * 300)
        with open_table(path) as table:
            found = list(screener.screen_table(table).assessments)
        for cell, row in zip(CELLS, found, strict=False):
            alone = one(screener, cell, **more)
            assert (row.quality, row.decision, row.unknown, row.address_hits, row.warnings) == (
                alone.quality, alone.decision, alone.unknown, alone.address_hits, alone.warnings,
            )  # fmt: skip


def test_a_number_in_the_name_finds_the_party_that_a_name_would_not(tmp_path: Path) -> None:
    """The number beside the name is compared where no column gives one; a column that gives one stands."""
    screener = Screener.build(watchlists=[_own_list(tmp_path)], as_of=date(2024, 6, 1))
    by_number = one(screener, "ИНН 7743001840 ООО Другая Ромашка")
    assert [hit.entity_id for hit in by_number.hits] == ["own-1"]
    other = one(screener, "ИНН 7743001840 ООО Другая Ромашка", **{"consignee.identifier": "7728168971"})
    assert other.hits == ()


def test_an_address_glued_to_a_name_is_compared(tmp_path: Path) -> None:
    """A listed address counts wherever it stands; an address column that is filled stands over it."""
    screener = Screener.build(watchlists=[_own_list(tmp_path)], as_of=date(2024, 6, 1))
    glued = one(screener, "Oduvanchik Trading LLC, 18 Synthetic Road, Flat 7, Hong Kong 999077")
    assert [hit.entity_id for hit in glued.address_hits] == ["own-1"]
    apart = one(
        screener, "Oduvanchik Trading LLC", **{"consignee.address": "18 Synthetic Road, Flat 7, Hong Kong 999077"}
    )
    assert [hit.entity_id for hit in apart.address_hits] == ["own-1"]
    other = one(screener, "Oduvanchik Trading LLC, 18 Synthetic Road, Flat 7, Hong Kong", **{"consignee.address": "5 Example street, Berlin"})  # fmt: skip
    assert other.address_hits == ()


def _own_list(folder: Path) -> Path:
    path = folder / "own.yml"
    path.write_text(_LIST, encoding="utf-8")
    return path


_LIST = """\
list: {id: own, title: Synthetic, issuer: s, source: s, retrieved: 2024-01-31, licence: CC0-1.0}
expect: {entities: 1}
lists: [{id: own-freeze, title: Frozen, issuer: s, measure: asset_freeze}]
entities:
  - id: own-1
    kind: company
    names: [Zarubezhprom Kvantor]
    identifiers: ["7743001840"]
    addresses: ["18 Synthetic Road, Flat 7, Hong Kong 999077"]
    listings: [{list: own-freeze, listed_from: 2022-02-24}]
"""


@pytest.mark.parametrize(
    ("cell", "is_occupied"),
    [
        ("ООО Вектор, г. Донецк, ул. Примерная, д. 1", True),
        ("Vektor LLC, 5 Lenin str., Simferopol, Crimea", True),
        ("Donetsk Metal LLC", False),
        ("ООО Вектор, Ростовская обл., г. Донецк, ул. Примерная, д. 1", False),
        ("ООО Вектор, г. Москва, ул. Донецкая, д. 1", False),
    ],
)
def test_an_address_glued_to_a_name_may_lie_in_occupied_territory(
    screener: Screener, tmp_path: Path, cell: str, is_occupied: bool
) -> None:
    """The address counts, never the name; in a file as in a single record, and the report says what would help."""
    rule = "RU-RTE-004"
    single = one(screener, cell)
    assert (rule in {finding.rule for finding in single.findings}) is is_occupied
    path = tmp_path / "a.csv"
    path.write_text(f'consignee,hs code\n"{cell}",841821\n', encoding="utf-8")
    with open_table(path) as table:
        (filed,) = screener.screen_table(table, workers=1).each_line
    assert [finding.rule for finding in filed.findings] == [finding.rule for finding in single.findings]
