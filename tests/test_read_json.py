"""JSON lines and JSON documents: objects are rows, keys are columns, and nothing is lost on the way."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanctionscreen.errors import InputError
from sheet_files import read


def lines(*records: Any) -> str:
    return "".join(f"{json.dumps(record, ensure_ascii=False)}\n" for record in records)


def test_each_line_is_a_row_and_each_key_a_column() -> None:
    """Keys of all lines are columns; one that a line lacks is empty there; nested keys have dots."""
    rows, rejects, table = read(
        lines(
            {"consignee": {"name": "A", "country": "NO"}, "hs code": "0301"},
            {"consignee": {"name": "B", "address": None}, "paid": True, "hs code": 301},
        )
    )
    assert table.headers == ("consignee.name", "consignee.country", "hs code", "consignee.address", "paid")
    assert rows == [["A", "NO", "0301", "", ""], ["B", "", "301", "", "true"]]
    assert rejects == {}
    assert table.form == {"format": "json lines", "encoding": "utf-8"}


@pytest.mark.parametrize(
    ("written", "cell"),
    [
        ("8542310.0", "8542310"),
        ("8.5e7", "85000000"),
        ("1.50", "1.50"),
        ("-0.0", "0"),
        ("12345678901234567890123", "12345678901234567890123"),
        ("1e999999999", "1e999999999"),
        ("NaN", ""),
        ("-Infinity", ""),
        ("null", ""),
        ("false", "false"),
        ('"NO"', "NO"),
        ('"0301"', "0301"),
        ('["KZ", "KG"]', "KZ | KG"),
        ("[]", "[]"),
        ('[{"name": "X", "share": 51.50}]', '[{"name": "X", "share": "51.50"}]'),
        ('["a | b", "c"]', '["a | b", "c"]'),
        ('"\\ud800"', "\ud800"),
    ],
)
def test_a_value_is_what_was_written(written: str, cell: str) -> None:
    """Digits of numbers, texts and lists: as a person would write them in a cell."""
    assert read(f'{{"consignee": "A", "x": {written}}}\n{{"consignee": "B"}}\n')[0] == [["A", cell], ["B", ""]]


def test_a_line_that_is_no_object_keeps_its_place() -> None:
    """Broken, a list, a number, a key twice: a reject with line and reason; blank lines are counted."""
    rows, rejects, table = read(
        '{"consignee": "A"}\n{"consignee": \n\n[1, 2]\n7\n{"consignee": "X", "consignee": "Y"}\n'
        + "[" * 100_000
        + '\n{"consignee": "B"}\n{"consignee": "C"}\n{"consignee": "D"}\n{"consignee": "E"}\n'
    )
    assert [row[0] for row in rows] == ["A", '{"consignee":', "1 | 2", "7", "X | Y", "[" * 100_000, "B", "C", "D", "E"]
    assert rejects == {
        2: "line 2: no JSON: Expecting value",
        3: "line 4: no object; a row is an object, its keys columns",
        4: "line 5: no object; a row is an object, its keys columns",
        5: "line 6: the key 'consignee' stands twice",
        6: "line 7: values nest too deep",
    }
    assert "1 blank line is no row and not counted, the first at line 3" in table.notes


DOCUMENT = {
    "invoice date": "2024-04-23",
    "buyer": {"name": "Synthetic Appliances", "country": "TR"},
    "lines": [{"hs code": "0301", "value": 5}, {"hs code": "854231", "buyer": {"country": "DE"}}],
}


@pytest.mark.parametrize("indent", [None, 2])
def test_a_list_in_an_object_is_the_table_and_what_stands_beside_it_is_on_each_row(indent: int | None) -> None:
    """The buyer of the invoice is the buyer of each of its lines, and a note says so."""
    rows, _, table = read(json.dumps(DOCUMENT, indent=indent))
    assert table.headers == ("hs code", "value", "buyer.country", "invoice date", "buyer.name", "buyer.country (2)")
    assert rows == [
        ["0301", "5", "", "2024-04-23", "Synthetic Appliances", "TR"],
        ["854231", "", "DE", "2024-04-23", "Synthetic Appliances", "TR"],
    ]
    assert (
        "what stands beside the list 'lines' is on each of its rows: 'invoice date', 'buyer.name', 'buyer.country'"
        in table.notes
    )


@pytest.mark.parametrize(
    "text",
    [
        '[{"consignee": "A"}, {"consignee": "B"}]',
        '{"data": {"rows": [{"consignee": "A"}, {"consignee": "B"}]}}',
        '{\n "consignee": "A"\n}\n{\n "consignee": "B"\n}',
        '{"consignee": "A"},\n{"consignee": "B"},\n',
        '\ufeff[\n{"consignee": "A"},\n{"consignee": "B"}\n]',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le"])
def test_objects_are_found_wherever_they_stand(text: str, encoding: str) -> None:
    """A list, a list within objects, objects one after the other; in the encodings that programs write."""
    assert read(text.encode(encoding))[0] == [["A"], ["B"]]


def test_of_several_lists_the_one_known_best_is_read() -> None:
    """The others are named, and can be asked for."""
    document = json.dumps(
        {"tags": [{"x": 1}], "rows": [{"consignee": "A", "country": "TR"}], "old": [{"consignee": "B"}]}
    )
    rows, _, table = read(document)
    assert rows == [["A", "TR"]]
    assert "the list 'rows' is read; not read: 'tags', 'old' (--sheet)" in table.notes
    assert read(document, sheet="old")[0] == read(document, sheet=3)[0] == [["B"]]
    with pytest.raises(InputError, match="has no list 'oldd', by name or number; did you mean 'old'"):
        read(document, sheet="oldd")


def test_owners_are_a_value_and_no_table() -> None:
    """The owners of a party are a list of objects within one record."""
    rows, _, table = read('{"consignee": {"name": "A", "owners": [{"name": "X", "share": 60}]}}')
    assert table.mapping == {"consignee.name": "consignee.name", "consignee.owners": "consignee.owners"}
    assert rows == [["A", '[{"name": "X", "share": "60"}]']]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[]", "JSON without an object"),
        ("[1, 2]", "no column holds a party"),
        ('[{"consignee": "A"}', "or is cut, at character 20: , or ] expected"),
        ('[{"consignee": "A"} {"consignee": "B"}]', "at character 21: , or ] expected"),
        ('{\n"rows": [{"consignee": "A"}], "rows": []}', "the key 'rows' stands twice in one object"),
        ('{"a": 1', "or is cut"),
        ('{"a"', "or is cut"),
        ('{\n"a": {"b": ' * 50 + "1" + "}" * 100, "deeper than 32"),
        ('{"rows": [{"consignee": ' + "[" * 200_000 + "\n", "nest too deep"),
        ('{"consignee": "A"}\n{"consignee": "B"', ""),
    ],
)
def test_broken_json_says_where(text: str, said: str) -> None:
    """An error with its place before anything is screened; broken lines at the end are only a reject."""
    if said:
        with pytest.raises(InputError, match=said):
            read(text)
    else:
        assert list(read(text)[1].values()) == ["line 2: no JSON: Expecting ',' delimiter"]


def test_an_entry_that_is_no_object_keeps_its_place() -> None:
    """A null between objects is a row that cannot be screened."""
    rows, rejects, _ = read('[{"consignee": "A"}, null, {"consignee": "B"}]')
    assert rows == [["A"], [""], ["B"]]
    assert rejects == {2: "entry 2: no object; a row is an object, its keys columns"}


def test_a_record_or_a_line_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """It would have to be held whole."""
    monkeypatch.setattr("sanctionscreen.ingest.json_text._LONGEST_VALUE", 1 << 19)
    with pytest.raises(InputError, match="one record of more than"):
        read('[{"consignee": "A"}, {"consignee": "' + "x" * (1 << 21))
    monkeypatch.setattr("sanctionscreen.ingest.sources._LONGEST_LINE", 1 << 19)
    with pytest.raises(InputError, match="has a line of more than"):
        read('{"consignee": "A"}\n{"consignee": "B"}\n' + '{"consignee": "' + "x" * (1 << 21))
    with pytest.raises(InputError, match="has a line of more than"):
        read("Consignee\nA\n" + "x" * (1 << 21))


def test_too_many_keys_are_no_table() -> None:
    """An object that is used as an index has as many keys as entries."""
    with pytest.raises(InputError, match="more than 16,384 different keys"):
        read(lines(*({f"k{n}": 1, "consignee": "A"} for n in range(17_000))))


VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.text(max_size=8), st.lists(st.text(max_size=3), max_size=3)
)
RECORDS = st.lists(
    st.dictionaries(st.sampled_from(["consignee", "b", "c.d", "e"]), VALUES, min_size=1), min_size=2, max_size=6
)


@settings(max_examples=80, deadline=None)
@given(RECORDS, st.integers(1, 3))
def test_lines_and_a_list_of_the_same_objects_are_the_same_table(
    records: list[dict[str, Any]], chunk_rows: int
) -> None:
    """How the objects are put into the file changes no cell."""
    records = [{"consignee": "A", **record} for record in records]
    by_line = read(lines(*records), chunk_rows=chunk_rows)
    for text in (json.dumps(records), json.dumps(records, indent=1), json.dumps({"rows": records})):
        rows, rejects, table = read(text, chunk_rows=chunk_rows)
        assert (rows, rejects, table.headers) == (by_line[0], by_line[1], by_line[2].headers)
