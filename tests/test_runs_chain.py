"""The chain of a result, the laying of two orders beside each other, and rows that wait on disk."""

from __future__ import annotations

import io
import random
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctionscreen.errors import InputError
from sanctionscreen.model import Outcome
from sanctionscreen.report.writers import Format
from sanctionscreen.runs import chain
from sanctionscreen.runs.alignment import Step, align
from sanctionscreen.runs.growing import Growing, Waiting, framed, portions, unframed
from sanctionscreen.runs.rendering import filled, split

ROWS = st.lists(st.sampled_from("abcdefgh"), max_size=12)


@given(ROWS, ROWS)
def test_every_row_of_both_orders_is_in_one_pair(before: list[str], after: list[str]) -> None:
    """Nothing is lost or said twice; pairs that are called equal are."""
    pairs = list(align(before, after))
    assert sorted(pair.before for pair in pairs if pair.before is not None) == list(range(len(before)))
    assert sorted(pair.after for pair in pairs if pair.after is not None) == list(range(len(after)))
    for pair in pairs:
        if pair.step in (Step.KEPT, Step.MOVED):
            assert before[pair.before or 0] == after[pair.after or 0]


@given(ROWS)
def test_equal_orders_are_kept(rows: list[str]) -> None:
    """Without a change, nothing is said, however many rows are equal."""
    assert {pair.step for pair in align(rows, rows)} <= {Step.KEPT}


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ("abXde", [("changed", 2, 2)]),
        ("abde", [("deleted", 2, None)]),
        ("abcXde", [("inserted", None, 3)]),
        ("abced", [("moved", 4, 3)]),
        ("eabcd", [("moved", 4, 0)]),
        ("", [("deleted", at, None) for at in range(5)]),
        ("aXYde", [("changed", 1, 1), ("changed", 2, 2)]),
    ],
)
def test_each_change_is_told_by_its_name(after: str, expected: list[tuple[str, int | None, int | None]]) -> None:
    """One row changed, gone, new or in another place."""
    found = [(str(pair.step), pair.before, pair.after) for pair in align("abcde", after) if pair.step is not Step.KEPT]
    assert found == expected


def test_links_depend_on_every_row_before_and_on_what_the_run_rests_on() -> None:
    """Another basis, another row or another order gives another head."""
    lines = [b"one\n", b"two\n", b"three\n"]

    def head(basis: str, rows: list[bytes]) -> str:
        known = chain.Chain(chain.opening(basis, "csv"))
        known.add(chain.digests_of(rows))
        return known.head.hex()

    heads = {head("a", lines), head("b", lines), head("a", lines[::-1]), head("a", lines[:2])}
    assert len(heads) == 4


def test_portions_do_not_change_a_chain() -> None:
    """Rows taken one by one and all at once have the same links and the same file."""
    digests = chain.digests_of([b"a\n", b"b\n", b"c\n"])
    whole, parts = chain.Chain(b""), chain.Chain(b"")
    whole.add(digests)
    for at in range(0, len(digests), 32):
        parts.add(digests[at : at + 32])
    assert whole == parts
    assert chain.file_lines(digests) == b"".join(chain.file_lines(digests[at : at + 32]) for at in range(0, 96, 32))


def test_a_file_that_is_no_chain_is_refused(tmp_path: Path) -> None:
    """The first line says what a chain file is."""
    path = tmp_path / "x.chain"
    path.write_bytes(b"0123\n")
    with pytest.raises(InputError, match="is no chain"):
        chain.expected(path)


CELLS = st.text(st.sampled_from('ab"\n\r,;\x85\u2028 null}decision:'), max_size=8)


@given(st.lists(st.lists(CELLS, min_size=1, max_size=3), min_size=1, max_size=5))
def test_rows_of_csv_are_found_again_whatever_their_cells_hold(rows: list[list[str]]) -> None:
    """Line ends and quotation marks within cells cut no row in two."""
    lines = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) + "\n" for row in rows]
    assert split("".join(lines).encode(), len(rows)) == [line.encode() for line in lines]


@given(
    st.lists(
        st.lists(st.tuples(st.none() | st.text(max_size=4), st.sampled_from(list(Outcome)), st.binary(max_size=9))),
        max_size=3,
    ),
    st.integers(1, 4),
)
def test_rows_that_wait_come_back(parts: list[list[tuple[str | None, Outcome, bytes]]], size: int) -> None:
    """Shipment, outcome and every byte, an empty id and none at all told apart, in portions of any size."""
    held = [
        Waiting([one for one, _, _ in rows], [o for _, o, _ in rows], [[p for _, _, p in rows], [b"2"] * len(rows)])
        for rows in parts
    ]
    stream = io.BytesIO(b"".join(map(framed, held)))
    found = [
        (shipment, outcome, first)
        for rows in portions(unframed(stream, 2), size)
        for shipment, outcome, first in zip(rows.shipment_ids, rows.outcomes, rows.columns[0], strict=True)
    ]
    assert found == [row for rows in parts for row in rows]


def test_what_goes_on_cuts_off_what_was_not_noted(tmp_path: Path) -> None:
    """Bytes behind the last note are gone, those before it are checked."""
    path = tmp_path / "part"
    first = Growing(path)
    first.write(b"rows")
    noted = first.note()
    first.write(b"half a ro")
    first.close()
    again = Growing.continued(path, noted)
    again.write(b" and more")
    assert again.note()["length"] == 13
    again.close()
    assert path.read_bytes() == b"rows and more"
    path.write_bytes(b"ROWS")
    with pytest.raises(InputError, match="was changed since the run stopped"):
        Growing.continued(path, noted)


def test_one_run_at_a_time_writes_a_result(tmp_path: Path) -> None:
    """A second one is told, and destroys nothing."""
    first = Growing(tmp_path / "part")
    first.write(b"rows")
    first.note()
    with pytest.raises(InputError, match="another run"):
        Growing(tmp_path / "part")
    first.close()
    assert (tmp_path / "part").read_bytes() == b"rows"


def test_the_decision_of_a_shipment_is_filled_in_where_it_belongs() -> None:
    """Cells that look like the place are left alone: quotation marks within JSON have a backslash."""
    line = (
        b'{"row": 1, "input": {"decision": "x", "a": "\\"decision\\": null}, \\"decision\\": \\""}, '
        b'"shipment": {"id": "7", "decision": null}, "decision": "clear"}\n'
    )
    expected = line.replace(b'"id": "7", "decision": null', b'"id": "7", "decision": "block"')
    assert filled(Format.JSONL, [line, line], [Outcome.BLOCK, None]) == [expected, line]
    assert filled(Format.CSV, [b"a,clear,\n"], [Outcome.REVIEW]) == [b"a,clear,review\n"]


def test_values_that_wait_keep_their_types() -> None:
    """Days, decimals, sets and half a surrogate pair come back as they were."""
    from sanctionscreen.screening import spool

    value = {"day": date(2024, 2, 29), "sum": Decimal("1.50"), "set": frozenset("ab"), "text": "\udc80", "none": None}
    assert spool._DECODER.decode(spool._ENCODER.encode(value)) == value


def test_order_of_a_large_shuffle_is_told_without_delay() -> None:
    """A hundred thousand rows in any order are laid beside each other in seconds, not hours."""
    rows = list(range(100_000))
    mixed = rows[:]
    random.Random(1).shuffle(mixed)
    assert sum(1 for _ in align(rows, mixed)) == len(rows)
