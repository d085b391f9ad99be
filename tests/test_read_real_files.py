"""Real customs extracts: header found, rows counted as another reader counts them, every cell the same."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest

from sanctionscreen.ingest import open_table

FILES = {
    "Angola Import S.xlsx": (
        1,
        1000,
        {"consignee.name", "seller.name", "goods.hs_code", "goods.value", "destination.country"},
    ),
    "Brazil BL Export S.xlsx": (1, 1000, {"consignee.name", "forwarder.name", "goods.hs_code"}),
    "Kazakhstan Import F.xlsx": (
        6,
        2,
        {"consignee.name", "consignee.identifier", "seller.name", "goods.hs_code", "shipment.date"},
    ),
    "Russia Import Full.xlsx": (
        6,
        2,
        {"consignee.name", "seller.name", "goods.hs_code", "goods.currency", "shipment.date"},
    ),
    "Turkey Export F.xlsx": (
        6,
        4,
        {"consignor.name", "buyer.name", "goods.hs_code", "destination.country", "shipment.date"},
    ),
    "Ukraine Import Short.xlsx": (1, 1000, {"consignee.name", "seller.name", "goods.hs_code", "goods.origin_country"}),
    "Uzbekistan Export S.xlsx": (1, 881, {"consignor.name", "goods.hs_code", "destination.country"}),
    "Vietnam export s.xlsx": (1, 1000, {"consignor.name", "consignee.name", "goods.hs_code"}),
}


def test_all_extracts_are_listed(test_data: Path) -> None:
    """A file that is added is looked at by hand before it counts."""
    assert sorted(path.name for path in (test_data / "shipments").glob("*.xlsx")) == sorted(FILES)


@pytest.mark.data
@pytest.mark.parametrize("name", FILES)
def test_an_extract_is_read_as_another_reader_reads_it(test_data: Path, name: str) -> None:
    """Row for row and cell for cell what calamine finds below the header that a person found."""
    from python_calamine import CalamineWorkbook

    path = test_data / "shipments" / name
    header_row, count, fields = FILES[name]
    cells = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    with open_table(path, chunk_rows=300) as table:
        rows = [row for chunk in table.chunks() for row in chunk.cells]
        assert not any(chunk.rejects for chunk in table.chunks())
        assert len(rows) == count
        assert list(table.header_cells) == cells[header_row - 1]
        assert not [
            pair
            for row in zip(cells[header_row:], rows, strict=True)
            for pair in zip(*row, strict=True)
            if _differ(*pair)
        ]
        assert fields <= set(table.mapping.values())
        assert all(code.isdigit() for code in table.columns(next(table.chunks()))["goods.hs_code"])


def _differ(cell: Any, text: str) -> bool:
    """Numbers by their value, to the fifteen digits that a sheet shows; texts as they are."""
    if isinstance(cell, float):
        return "e" in text or not math.isclose(cell, float(text), rel_tol=1e-14)
    return str(cell) != text
