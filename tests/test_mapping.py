"""Mapping files and proposals: what people confirm is what is read, and what is proposed says why."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanctionscreen.errors import InputError
from sanctionscreen.figures import Habit
from sanctionscreen.ingest import Table, open_table
from sanctionscreen.ingest.mapping import Column, ColumnMapping, read_mapping
from sanctionscreen.ingest.proposal import Proposal, ProposedColumn, doubts, propose
from sanctionscreen.ingest.value_fit import fields_like, fit
from sanctionscreen.report.mapping_sheet import mapping_text
from sanctionscreen.strict_yaml import Mapping, parse

FILE = "Firma,Code,Land,Day\nSynthetic Appliances,854231,KZ,03/04/2024\nSynthetic Trading,841821,DE,05/06/2024\n"
MAPPING = """\
columns:
  Firma: consignee.name
  Code: goods.hs_code
  Land: destination.country
  Day: shipment.date
constants: {export.country: DE}
formats: {shipment.date: day first}
"""


def opened(content: str = FILE, mapping: ColumnMapping | None = None) -> Table:
    return open_table(io.BytesIO(content.encode()), mapping=mapping)


def mapping_of(tmp_path: Path, text: str) -> ColumnMapping:
    path = tmp_path / "mapping.yml"
    path.write_text(text, encoding="utf-8")
    return read_mapping(path)


def faults_of(tmp_path: Path, text: str) -> list[str]:
    with pytest.raises((ExceptionGroup, InputError)) as caught:
        mapping_of(tmp_path, text)
    error = caught.value
    return [str(one) for one in error.exceptions] if isinstance(error, ExceptionGroup) else [str(error)]


def columns_of(table: Table) -> dict[str, list[str]]:
    return table.columns(table.first_rows(1000))


def proposed(content: str, header: str) -> ProposedColumn:
    with opened(content, ColumnMapping(must_screen=False)) as table:
        return next(column for column in propose(table).columns if column.header == header)


# --- mapping files --------------------------------------------------------------------------------------------------


def test_a_mapping_says_what_headers_cannot(tmp_path: Path) -> None:
    """Columns, a constant for what no column holds, and the order of dates come from the mapping."""
    with opened(mapping=mapping_of(tmp_path, MAPPING)) as table:
        assert columns_of(table) == {
            "consignee.name": ["Synthetic Appliances", "Synthetic Trading"],
            "goods.hs_code": ["854231", "841821"],
            "destination.country": ["KZ", "DE"],
            "shipment.date": ["03/04/2024", "05/06/2024"],
            "export.country": ["DE", "DE"],
        }
        assert table.habits == {"shipment.date": Habit.DAY_FIRST}
        assert "export.country" in table.header_map.collected
        assert not any("could be two days" in note for note in table.notes)


def test_columns_that_the_mapping_does_not_name_are_kept_and_said() -> None:
    """A column that is new since the mapping was made is no part of it, and does not vanish."""
    mapping = ColumnMapping((Column("Consignee", "consignee.name"),))
    with opened("Consignee,Buyer\nA,B\n", mapping) as table:
        assert columns_of(table) == {"consignee.name": ["A"]}
        assert table.notes == ["columns that the mapping does not name are kept but not read: 'Buyer'"]


def test_without_columns_headers_are_read_as_ever(tmp_path: Path) -> None:
    """A mapping may say no more than what no column holds."""
    mapping = mapping_of(tmp_path, "constants:\n  export.country: Germany\n")
    with opened("Consignee,HS code\nA,854231\n", mapping) as table:
        assert set(columns_of(table)) == {"consignee.name", "goods.hs_code", "export.country"}


def test_columns_are_found_however_their_header_is_written(tmp_path: Path) -> None:
    """Case, spaces and punctuation may change from month to month; two columns that differ only so may not be meant."""
    mapping = mapping_of(tmp_path, "columns:\n  Consignee Name: consignee.name\n")
    with opened("CONSIGNEE_NAME,x\nA,\n", mapping) as table:
        assert columns_of(table) == {"consignee.name": ["A"]}
    with pytest.raises(ExceptionGroup, match="1 fault in the mapping") as caught:
        opened("CONSIGNEE_NAME,consignee-name\nA,\n", mapping)
    assert "the file has no column 'Consignee Name'" in str(caught.value.exceptions[0])


def test_several_columns_of_one_field_come_together_in_the_order_of_the_mapping(tmp_path: Path) -> None:
    """Names are screened together, other cells fill what the first leaves, and parts of an address are joined."""
    text = """\
columns:
  B: consignee.name
  A: consignee.name
  Street: consignee.address
  City: added to consignee.address
  Other: ignore
"""
    with opened("A,B,City,Street,Other\na,b,c,s 1,o\n", mapping_of(tmp_path, text)) as table:
        assert columns_of(table) == {"consignee.name": ["b | a"], "consignee.address": ["s 1, c"]}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("columns: {A: consignee.nmae}", "'consignee.nmae' is no field; did you mean 'consignee.name'?"),
        ("columns: {A: goods.hs6}", "'goods.hs6' is derived by the program; a column cannot give it"),
        ("columns: {A: consignee.name, A: buyer.name}", "duplicate key 'A'"),
        ("columns: {A: [consignee.name]}", "'A' needs one text behind it: a field, or ignore"),
        ("columns: {A: }", "'A' needs one text behind it"),
        ("columns: {A: added to goods.value}", "only text can be added to; goods.value is a money"),
        ("columns: {A: goods.hs_code}\ncolumn: {}", "unknown key 'column' in the mapping; did you mean 'columns'?"),
        ("constants: {export.country: Narnia}", "constants: export.country: 'Narnia' is no country; write an ISO code"),
        ("formats: {shipment.date: day frist}", "'day frist'; did you mean 'day first'?"),
        ("formats: {shipment.date: decimal comma}", "is 'decimal comma'; use one of: day first, month first"),
        ("formats: {goods.hs_code: day first}", "only dates, numbers and money have a format"),
        ("header_row: 0", "'header_row' of the mapping is '0'; write a number from 1"),
        ("header_row: 1.5", "write a whole number"),
        ("delimiter: ab", "'delimiter' of the mapping is one character"),
        ("encoding: utf-9", "'utf-9' is no encoding; use utf-8, cp1251"),
        ("schema: sanctionscreen.mapping/9", "did you mean 'sanctionscreen.mapping/1'?"),
        ("- a", "the mapping must be a mapping of keys to values"),
        ("columns: &a {A: consignee.name}", "anchors and aliases are not allowed"),
        ("columns: {A: ignore", "is not YAML"),
    ],
)
def test_a_faulty_mapping_says_where_what_and_what_would_be_right(tmp_path: Path, text: str, said: str) -> None:
    """Nothing is guessed in a file that people edit."""
    faults = faults_of(tmp_path, text)
    assert any(said in fault for fault in faults), faults
    assert all("mapping.yml:" in fault for fault in faults)


def test_all_faults_of_a_mapping_come_at_once(tmp_path: Path) -> None:
    """Nobody mends a file fault by fault."""
    text = "columns: {A: x, B: y}\nconstants: {z: 1}\nformats: {w: day first}\n"
    assert len(faults_of(tmp_path, text)) == 4


def test_a_mapping_for_another_file_is_refused(tmp_path: Path) -> None:
    """Every column that is missing is named, with the header that it may have become."""
    text = "columns:\n  Consignee: consignee.name\n  HS code: goods.hs_code\n  Date: ignore\n"
    with pytest.raises(ExceptionGroup) as caught:
        opened("Consignees,Tariff\nA,B\n", mapping_of(tmp_path, text))
    said = [str(one) for one in caught.value.exceptions]
    assert "the file has no column 'Consignee'; did you mean 'Consignees'?" in said[0]
    assert "mapping.yml:2" in said[0]
    assert len(said) == 3


def test_a_mapping_that_leaves_nothing_to_screen_is_refused_with_what_comes_near(tmp_path: Path) -> None:
    """Dates and countries alone screen nobody; the error names the nearest fields."""
    with pytest.raises(InputError, match="with this mapping, no column holds a party") as caught:
        opened(
            "Consigne name,Day\nA,2024-04-23\n",
            mapping_of(tmp_path, "columns: {Consigne name: ignore, Day: shipment.date}"),
        )
    assert "'Consigne name' is near consignee.name" in str(caught.value)


def test_a_constant_for_a_field_that_a_column_gives_is_refused(tmp_path: Path) -> None:
    """Two answers to one question are none."""
    mapping = mapping_of(tmp_path, "constants: {destination.country: DE}")
    with pytest.raises(
        InputError, match=r"constants of the mapping give destination\.country, and so does column 'Country'"
    ):
        opened("Consignee,Country\nA,KZ\n", mapping)


def test_the_mapping_says_how_the_file_is_read(tmp_path: Path) -> None:
    """Row of the header, delimiter and encoding, where they cannot be found out."""
    content = "Bericht;April\nx;y\nName der Firma;Nr\nÖl GmbH;1\n".encode("cp1252")
    text = "columns: {Name der Firma: consignee.name, Nr: ignore}\nheader_row: 3\ndelimiter: ;\nencoding: cp1252\n"
    with open_table(io.BytesIO(content), mapping=mapping_of(tmp_path, text)) as table:
        assert columns_of(table) == {"consignee.name": ["Öl GmbH"]}
        assert table.header_row == 3
    with pytest.raises(
        InputError, match="the mapping says header_row: 9; headers are looked for in filled rows up to 4"
    ):
        open_table(io.BytesIO(content), mapping=mapping_of(tmp_path, "header_row: 9\nencoding: cp1252\n"))


def test_a_header_that_the_registry_does_not_know_is_found_by_the_mapping(tmp_path: Path) -> None:
    """Titles stand above headers that no word of the registry names: those of the mapping show the row."""
    text = "columns: {Foo: consignee.name, Bar: goods.hs_code, Baz: goods.value}"
    with opened("Report,,\nof April,,\nFoo,Bar,Baz\nA,854231,5\n", mapping_of(tmp_path, text)) as table:
        assert columns_of(table) == {"consignee.name": ["A"], "goods.hs_code": ["854231"], "goods.value": ["5"]}


def test_what_a_person_settles_stands_over_what_cells_prove(tmp_path: Path) -> None:
    """The mapping wins, and a cell that speaks against it is named."""
    mapping = mapping_of(tmp_path, "formats: {shipment.date: day first}")
    with opened("Consignee,Date\nA,03/04/2024\nB,04/25/2024\n", mapping) as table:
        assert table.habits == {"shipment.date": Habit.DAY_FIRST}
        assert table.notes == [
            "shipment.date is read day first, as the mapping says",
            "shipment.date: a cell proves month first, but the mapping says day first",
        ]


# --- proposals ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "values", "field", "confidence"),
    [
        ("HS code", ["854231", "8473.30", "0101210000"], "goods.hs_code", 0.95),
        ("HS code", ["Processors", "854231"], "goods.hs_code", 0.45),
        ("Country", ["KZ", "Türkiye", "Китай"], "destination.country", 0.8),
        ("Country", ["Synthetic GmbH", "Example Ltd"], "destination.country", 0.0),
        ("Date", ["2024-04-23", "23.04.2024", "45405"], "shipment.date", 0.8),
        ("Consignee", ["KZ", "CN", "Kazakhstan"], "consignee.name", 0.0),
        ("Consignee", ["4 Food and Drinks Lda", "A 1 Logistics"], "consignee.name", 0.9),
        ("Consignee", ["854231", "2024-04-23"], "consignee.name", 0.0),
        ("Currency", ["EUR", "usd"], "goods.currency", 0.95),
        ("Importer INN", ["7701234567"], "consignee.identifier", 0.95),
        ("Value", ["1.234,50", "12"], "goods.value", 0.9),
        ("Value", ["n/a", ""], "goods.value", 0.9),
    ],
)
def test_values_raise_or_lower_the_confidence(header: str, values: list[str], field: str, confidence: float) -> None:
    """Values that hardly anything else looks like confirm a header; values that are something else contradict it."""
    content = f"{header};goods.unit\n" + "".join(f"{value};kg\n" for value in values)
    column = proposed(content, header)
    assert (column.field, column.confidence) == (field, confidence)
    assert len(column.reasons) == 2


def test_a_contradiction_is_said() -> None:
    """The reason names how many values fit, and what they should be."""
    column = proposed("HS code;Unit\nProcessors;kg\n854231;kg\n", "HS code")
    assert column.reasons == ("a usual header for it", "but values: 1 of 2 are tariff numbers")
    assert column.samples == ("Processors", "854231")


@pytest.mark.parametrize(
    ("header", "values", "candidates"),
    [
        ("Consigne", ["A"], ["consignee.name"]),
        ("When", ["2024-04-23", "2024-05-01"], ["shipment.date"]),
        ("Numbers", ["854231", "8473301000"], ["goods.hs_code"]),
        ("Where", ["KZ", "CN"], ["destination.country", "export.country", "goods.origin_country"]),
        ("Numbers", ["12", "7"], []),
    ],
)
def test_a_column_that_is_not_read_shows_what_it_comes_near(
    header: str, values: list[str], candidates: list[str]
) -> None:
    """By the letters of the header, or by the kind of its values; nothing of that maps it."""
    column = proposed(f"{header},Unit\n" + "".join(f"{value},kg\n" for value in values), header)
    assert column.field == ""
    assert [candidate.field for candidate in column.candidates][: len(candidates) or 1] == candidates


def test_months_are_no_days() -> None:
    """`Jul 2025` dates no shipment; the reason says so, and a note once per file."""
    content = "Consignee,MONTHYEAR\nA,Jul 2025\nB,Jun 2025\n"
    assert proposed(content, "MONTHYEAR").reasons[-1] == "its values are months, and a date needs its day"
    with opened(content) as table:
        assert doubts(table) == ("no day of the shipment is known: 'MONTHYEAR' holds months without a day",)


def test_what_is_doubtful_is_said_once() -> None:
    """Headers that may mean something else, values that are something else, and parties that nobody screens."""
    content = "Consignee,Agent,HS code,Tax representative\nA LLC,B LLC,Processors,C LLC\n"
    with opened(content) as table:
        assert doubts(table) == (
            "columns read with little confidence:"
            " 'Agent' as intermediate_consignee.name (may be any agent; the nearest role is taken, so that it is screened);"
            " 'HS code' as goods.hs_code (values: 0 of 1 are tariff numbers)",
            "columns that may name a party and are not screened: 'Tax representative'",
        )
    with opened("Consignee,HS code,Agent\nA LLC,854231,\n") as table:
        assert doubts(table) == ()  # an empty column holds no doubt


def test_an_origin_that_is_no_single_country_is_said_once() -> None:
    """What a declaration rightly says of a union is no doubt of the column, and no warning of a row."""
    content = "Consignee,Country of origin\n" + "A LLC,EU\n" * 20 + "B LLC,DE\nC LLC,EUROPEAN UNION\n"
    with opened(content) as table:
        assert doubts(table) == (
            "'Country of origin': 'EU', 'EUROPEAN UNION' names no single country: such rows have no country of origin",
        )


def test_an_amount_keeps_the_doubt_beside_its_currency() -> None:
    """`Amount (EUR)` says the currency, and still not what it is the sum of."""
    column = proposed("Consignee,Amount (EUR)\nA,1\n", "Amount (EUR)")
    assert column.reasons[0] == "an amount in EUR; does not say what it is the sum of"


def test_a_file_in_which_nothing_can_be_screened_is_shown_all_the_same() -> None:
    """Such a file needs a mapping most."""
    with opened("Foo,Bar\n1,2\n", ColumnMapping(must_screen=False)) as table:
        proposal = propose(table)
    assert not proposal.can_be_screened
    assert [column.field for column in proposal.columns] == ["", ""]


def test_open_dates_are_pointed_out() -> None:
    """The proposal names date columns that a person has to settle."""
    with opened("Consignee,Date\nA,03/04/2024\n") as table:
        proposal = propose(table)
    assert proposal.open_dates == ("shipment.date",)
    assert "#   shipment.date: day first  # or month first" in mapping_text(proposal)


# --- round trip -----------------------------------------------------------------------------------------------------

CONTENT = """\
Importer_EN,Importer,Shipper,Consignee city,Consignee address,Value EUR,Brand,Notes,Date
A LLC,ООО А,"=cmd|' /C calc'!A0",Izhevsk,8 Syntetika street,"1.234,50",X,n,25/04/2024
B LLC,ООО Б,Example,,,"12,5",Y,m,03/04/2024
"""


def test_the_written_mapping_reads_the_file_as_the_headers_do(tmp_path: Path) -> None:
    """What is proposed and not edited changes nothing, in order and cells alike."""
    with opened(CONTENT) as table:
        by_headers, text = columns_of(table), mapping_text(propose(table))
    with opened(CONTENT, mapping_of(tmp_path, text)) as table:
        assert columns_of(table) == by_headers
        assert by_headers["consignee.name"] == ["ООО А | A LLC", "ООО Б | B LLC"]
        assert by_headers["consignee.address"][0] == "8 Syntetika street, Izhevsk"
        assert by_headers["goods.currency"] == ["EUR", "EUR"]
        assert table.header_map.constants == {"goods.currency": "EUR"}
    settled = text.replace("# formats:", "formats:").replace("#   shipment.date", "  shipment.date")
    assert mapping_of(tmp_path, settled).habits == {"shipment.date": Habit.DAY_FIRST}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=30), min_size=1, max_size=6, unique=True))
def test_any_header_can_be_written_and_read_back(headers: list[str]) -> None:
    """Quotation marks, line ends, colons and characters of control in a header do not break the file."""
    columns = tuple(ProposedColumn(header, "consignee.name", False, 0.9, ("x\n# y",), ("a\nb",)) for header in headers)
    text = mapping_text(Proposal("a\nb.csv", {}, 1, columns, {}, {}, (), 1))
    root = parse(text, "m.yml", InputError)
    assert isinstance(root, Mapping)
    held = root.entries["columns"]
    found = list(held.entries) if isinstance(held, Mapping) else []
    assert found == [header for header in headers if header and header != "<<" and not _has_surrogate(header)]


def _has_surrogate(text: str) -> bool:
    return any("\ud800" <= c <= "\udfff" for c in text)


@given(st.text(max_size=80))
def test_no_value_breaks_the_evidence(text: str) -> None:
    """Whatever stands in a cell, it fits a field or does not."""
    for field in ("goods.hs_code", "shipment.date", "destination.country", "consignee.name", "goods.value", "bank.bic"):
        assert fit(field, [text]).share in (0.0, 1.0)
    list(fields_like([text]))


def test_real_extracts_read_alike_with_and_without_their_mapping(test_data: Path, tmp_path: Path) -> None:
    """All eight customs extracts: the proposal, written and read back, changes no cell; no column is doubtful by value."""
    files = sorted((test_data / "shipments").glob("*.xlsx"))
    assert len(files) == 8
    for file in files:
        with open_table(file) as table:
            proposal, by_headers = propose(table), columns_of(table)
        with open_table(file, mapping=mapping_of(tmp_path, mapping_text(proposal))) as table:
            assert columns_of(table) == by_headers
        assert [
            column.header for column in proposal.columns if any(one.startswith("but ") for one in column.reasons)
        ] == []
