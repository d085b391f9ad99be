"""Files packed with gzip, and encodings that must be found out."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import polars as pl
import pytest

from sanctionscreen.errors import InputError
from sanctionscreen.ingest import open_table
from sheet_files import read, sheet

CSV = "Consignee,Country,HS Code\nООО Ромашка,NO,0301\nB,DE,854231\n"


@pytest.mark.parametrize(
    ("content", "form"),
    [
        (CSV.encode(), "delimited text"),
        (CSV.encode("utf-16"), "delimited text"),
        (CSV.encode("cp1251"), "delimited text"),
        (b'{"consignee": "A"}\n{"consignee": "B"}\n', "json lines"),
        (b'[{"consignee": "A"}]', "json"),
    ],
)
def test_a_packed_file_reads_as_the_plain_one(content: bytes, form: str, tmp_path: Path) -> None:
    """By its first bytes, whatever its name; in one part or several; from a file and a stream."""
    plain = read(content)
    parts = gzip.compress(content[:30]) + gzip.compress(content[30:])
    for packed in (gzip.compress(content), parts):
        rows, rejects, table = read(packed)
        assert (rows, rejects, table.notes, table.form) == (plain[0], plain[1], plain[2].notes, plain[2].form)
        assert table.form["format"] == form
        path = tmp_path / "in.csv"
        path.write_bytes(packed)
        with open_table(path, chunk_rows=1) as filed:
            assert [row for chunk in filed.chunks() for row in chunk.cells] == plain[0]


def test_damage_in_a_packed_file_is_found_before_anything_is_screened() -> None:
    """A download that broke off must not look like a short file."""
    packed = gzip.compress(("Consignee\n" + "".join(f"Firm {n}\n" for n in range(5000))).encode())
    with pytest.raises(InputError, match="packed with gzip and damaged or cut"):
        read(packed[:-9])
    with pytest.raises(InputError, match="packed with gzip and damaged or cut"):
        read(packed[:-5] + b"12345")
    with pytest.raises(InputError, match="packed with gzip and damaged or cut"):
        read(packed[:400] + b"\xff\xff" + packed[402:])


def test_what_is_packed_otherwise_says_so() -> None:
    """Packed twice, a workbook or Parquet within gzip, other packers: the way out."""
    with pytest.raises(InputError, match="packed with gzip twice"):
        read(gzip.compress(gzip.compress(CSV.encode())))
    with pytest.raises(InputError, match="holds xlsx packed with gzip; unpack it first"):
        read(gzip.compress(sheet([["Consignee"], ["A"]])))
    stream = io.BytesIO()
    pl.DataFrame({"consignee": ["A"]}).write_parquet(stream)
    with pytest.raises(InputError, match="holds parquet packed with gzip"):
        read(gzip.compress(stream.getvalue()))
    for head, name in (
        (b"BZh91AY", "bzip2"),
        (b"\xfd7zXZ\x00", "xz"),
        (b"\x28\xb5\x2f\xfd", "Zstandard"),
        (b"Rar!", "RAR"),
    ):
        with pytest.raises(InputError, match=name):
            read(head + b"rest")


def test_a_packed_file_that_grows_without_bound_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A thousandfold is no table; a small one may grow as it likes."""
    bomb = gzip.compress(b"Consignee\n" + b"\n" * (4 << 20))
    assert read(bomb)[0] == []
    monkeypatch.setattr("sanctionscreen.ingest.sources._FREE_GROWTH", 1 << 20)
    with pytest.raises(InputError, match="grows without bound"):
        read(bomb)
    assert len(read(gzip.compress(CSV.encode() * 10))[0]) > 10


RUSSIAN = [
    "ООО Ромашка Электроникс",
    "ЗАКРЫТОЕ АКЦИОНЕРНОЕ ОБЩЕСТВО СИНТЕТИКА",
    "г. Москва, ул. Ленина, д. 5",
    "плитка керамическая",
    "ТОО Зерде",
    "Имя",
]


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp866"])
@pytest.mark.parametrize("text", RUSSIAN)
def test_cyrillic_pages_are_told_apart(encoding: str, text: str) -> None:
    """By how frequent its letters would be: also in capitals, and in few words."""
    rows, _, table = read(f"Consignee,HS Code\n{text},1\n".replace(f"\n{text},", f'\n"{text}",').encode(encoding))
    assert rows == [[text, "1"]]
    assert table.form["encoding"] == encoding
    assert "it is not UTF-8; read as" in table.notes[0]


@pytest.mark.parametrize("text", ["北京电子有限公司", "深圳市华强北", "上海,浦东新区", "中国电子科技集团公司"])
def test_chinese_is_no_cyrillic(text: str) -> None:
    """Pairs of bytes that use the whole range are Chinese."""
    assert read(f'Consignee,HS Code\n"{text}",1\n'.encode("gb18030"))[0] == [[text, "1"]]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_proved_by_its_nuls(encoding: str) -> None:
    """Separators and line ends have a NUL beside them, even where all names are Cyrillic or Chinese."""
    content = "Consignee,HS Code\r\n" + "".join(f"ООО Ромашка {n},030{n}\r\n北京电子,1\r\n" for n in range(9))
    rows, _, table = read(content.encode(encoding))
    assert rows[0] == ["ООО Ромашка 0", "0300"]
    assert table.form["encoding"] == encoding


def test_an_encoding_that_is_given_stands_for_json_too() -> None:
    """Who knows better says so."""
    text = json.dumps({"consignee": "Ромашка"}, ensure_ascii=False)
    assert read(f"{text}\n{text}\n".encode("koi8-r"), encoding="koi8-r")[0] == [["Ромашка"]] * 2
