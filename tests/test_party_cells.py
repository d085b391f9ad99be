"""Party cells: names are found in what trade documents write there."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctionscreen.text.party_cells import read_party_cell


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("TO ORDER", "to_order"),
        ("To the order", "to_order"),
        ("TO ORDER OF SHIPPER", "to_order"),
        ("по приказу", "to_order"),
        ("凭指示", "to_order"),
        ("SAME AS CONSIGNEE", "same_as"),
        ("Same as above.", "same_as"),
        ("同上", "same_as"),
        ("", "blank"),
        ("   ", "blank"),
        ("N/A", "blank"),
        ("-", "blank"),
        ("???", "unreadable"),
        ("- - -", "unreadable"),
        ("\ud800\x00", "unreadable"),
        ("Romashka LLC", "named"),
        ("Sameera Trading", "named"),
        ("Same Sky Ltd", "named"),
        ("Order Logistics Ltd", "named"),
        ("Tomorrow Trading", "named"),
    ],
)
def test_what_stands_in_the_cell(cell: str, kind: str) -> None:
    """Phrases of the trade are no names, and names that resemble them are no phrases."""
    assert read_party_cell(cell).kind == kind


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Romashka LLC", ("Romashka LLC",)),
        ("Romashka LLC C/O Vektor Logistics", ("Romashka LLC", "Vektor Logistics")),
        ("c/o Vektor Logistics", ("Vektor Logistics",)),
        ("INN 7701234567 Romashka OOO", ("Romashka OOO",)),
        ("7701234567, ООО Ромашка", ("ООО Ромашка",)),
        ("ООО Ромашка, ИНН 7701234567", ("ООО Ромашка",)),
        ("Romashka LLC\nVektor GmbH", ("Romashka LLC", "Vektor GmbH")),
        ("Romashka LLC; Vektor GmbH", ("Romashka LLC", "Vektor GmbH")),
        ("Romashka OOO / Vektor LLC", ("Romashka OOO", "Vektor LLC")),
        ("Romashka OOO on behalf of Vektor LLC", ("Romashka OOO", "Vektor LLC")),
        ("TO ORDER OF SYNTHETIC BANK", ("SYNTHETIC BANK",)),
        ("STOKROTKA SP Z O O UL POLNA 5 00 001 WARSZAWA", ("STOKROTKA SP Z O O",)),
        ("DAISY GENERAL TRADING LLC OFFICE 104 DEIRA", ("DAISY GENERAL TRADING LLC",)),
        ("Consignee: Romashka LLC", ("Romashka LLC",)),
        # and what must stay whole
        ("4 IN 1 CONSTRUCTIONS LIMITED", ("4 IN 1 CONSTRUCTIONS LIMITED",)),
        ("1000 Islands Trading", ("1000 Islands Trading",)),
        ("Johnson & Johnson", ("Johnson & Johnson",)),
        ("A/S Syntetisk", ("A/S Syntetisk",)),
        ("Daisy (Shipping) Ltd", ("Daisy (Shipping) Ltd",)),
    ],
)
def test_names_are_taken_out(cell: str, names: tuple[str, ...]) -> None:
    """Numbers, labels and addresses around a name go; several parties come apart; nothing else is cut."""
    assert read_party_cell(cell).names == names


@given(st.text(max_size=200))
def test_no_cell_breaks_it(cell: str) -> None:
    """Whatever stands there, the result is one of the five, and a named cell has names."""
    read = read_party_cell(cell)
    assert bool(read.names) == (read.kind == "named") or read.kind == "to_order"


@pytest.mark.parametrize("hostile", ["x" * 3_000_000, "ltd " * 500_000, ", " * 1_000_000, "\n" * 1_000_000])
def test_a_huge_cell_costs_little_and_is_reported_as_cut(hostile: str) -> None:
    """A cell of megabytes is compared in part, quickly."""
    started = time.perf_counter()
    assert read_party_cell(hostile).cut
    assert time.perf_counter() - started < 1


@pytest.mark.parametrize("cell", ["PLC S.p.A.", "SAS AB (publ)", "MBH Corporation PLC"])
def test_a_firm_named_like_legal_forms_is_a_name(cell: str) -> None:
    """Real companies: two different forms together are somebody."""
    assert read_party_cell(cell).kind == "named"
