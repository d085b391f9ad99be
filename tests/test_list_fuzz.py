"""Damaged list files of every format: whatever is in them, a reader reads on or refuses, and never breaks."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pytest

from sanctionscreen.errors import WatchlistError
from sanctionscreen.watchlist.official.formats import FORMATS
from sanctionscreen.watchlist.official.reading import Report
from test_list_eu import ANNEX, ROW
from test_list_formats import EXAMPLES
from test_list_ofac import advanced, enhanced, entry, legacy
from test_list_uk import UK_XML

WHOLE: dict[str, bytes] = {name: content for name, (content, *_) in EXAMPLES.items() if isinstance(content, bytes)}
WHOLE |= {name: content.encode() for name, (content, *_) in EXAMPLES.items() if isinstance(content, str)}
WHOLE |= {
    "ofac-xml": legacy([entry()]).encode(),
    "ofac-advanced-xml": advanced().encode(),
    "ofac-enhanced-xml": enhanced().encode(),
    "uk-xml": UK_XML.encode(),
    "eu-annex-iv-csv": f"{','.join(ANNEX)}\n{','.join(ROW.get(column, '') for column in ANNEX)}\n".encode(),
}
DAMAGE = (
    b"", b"\x00", b"\x1a", b'"', b"<", b">", b"&", b";", b",", b"\n", b"\xff", b"\x81", b"9" * 5000, b"-1", b"2024-13-45",
    b"31/02/2020", b"30 Feb 2020", b"0000-00-00", b"{", b"[", b"}", b"null", b"NaN", b"1e999", b"<a/>", "²٣".encode(),
    b'<?xml version="1.0" encoding="utf-00"?>', b"<!--", b"<!DOCTYPE a>",
)  # fmt: skip


def damaged(data: bytes, rng: random.Random) -> bytes:
    """A few bytes taken out, put in, doubled or exchanged; in a workbook, those of its parts."""
    if data.startswith(b"PK"):
        packed = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, "w") as new:
            for name in old.namelist():
                part = old.read(name)
                new.writestr(name, damaged(part, rng) if rng.random() < 0.3 or "sheet1" in name else part)
        return packed.getvalue()
    for _ in range(rng.randint(1, 4)):
        start, other = rng.randrange(len(data) + 1), rng.randrange(len(data) + 1)
        end = start + rng.choice((0, 0, 1, 4, 40))
        data = data[:start] + rng.choice((rng.choice(DAMAGE), data[other : other + 60], b"")) + data[end:]
    return data


def read(name: str, path: Path) -> list[BaseException]:
    """The faults a reader names, one or several; none when it reads the file to its end."""
    form = FORMATS[name]
    try:
        for party in form.reader(dict.fromkeys(form.parts, path), Report("test", "sectoral")):
            assert party.name
            assert party.listings
    except WatchlistError as fault:
        return [fault]
    except ExceptionGroup as faults:
        return list(faults.exceptions)
    return []


@pytest.mark.parametrize("name", FORMATS)
def test_a_damaged_file_never_breaks_a_reader(tmp_path: Path, name: str) -> None:
    """Twenty-five damaged copies of a small file of the format, the same ones each time."""
    path, rng = tmp_path / "list.bin", random.Random(name)
    for _ in range(25):
        path.write_bytes(damaged(WHOLE[name], rng))
        for fault in read(name, path):
            assert isinstance(fault, WatchlistError)
            assert str(fault)
