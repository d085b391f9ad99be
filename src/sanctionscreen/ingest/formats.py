"""Which format a file has, by its bytes and never by its name, and which it must not have."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import BinaryIO

from sanctionscreen.errors import InputError, Location
from sanctionscreen.ingest.encodings import marked
from sanctionscreen.ingest.sources import GZIP


class FileFormat(StrEnum):
    """A format that tables are read from."""

    DELIMITED = "delimited text"
    XLSX = "xlsx"
    OTHER_WORKBOOK = "workbook"  # xls, xlsb, ods
    PARQUET = "parquet"
    JSON = "json"
    XML = "xml"


_HEAD = 4096
_OLE = b"\xd0\xcf\x11\xe0"
_REFUSED = (
    (b"%PDF", "a PDF; give the table as CSV or XLSX"),
    (b"\x89PNG", "a picture; give the table as CSV or XLSX"),
    (b"\xff\xd8\xff", "a picture; give the table as CSV or XLSX"),
    (b"Rar!", "a RAR archive; unpack it first"),
    (b"7z\xbc\xaf", "a 7-Zip archive; unpack it first"),
    (b"BZh", "compressed with bzip2; unpack it first, or pack it with gzip"),
    (b"\xfd7zXZ", "compressed with xz; unpack it first, or pack it with gzip"),
    (b"\x28\xb5\x2f\xfd", "compressed with Zstandard; unpack it first, or pack it with gzip"),
)
_JSON = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[\[{\]])")
_XML = re.compile(r"\s*<(?:\?xml|!--|!DOCTYPE|[A-Za-z_][\w.-]*[\s:>/])")
_HTML = re.compile(r"\s*<(?:!doctype html|html|table|head|body)\b", re.IGNORECASE)


def find_format(stream: BinaryIO, name: str, *, is_packed: bool) -> FileFormat:
    """The format of a file, from its unpacked bytes.

    Raises:
        InputError: it is of a format that no table is read from; the message names it and the way out.
    """
    head = stream.read(_HEAD)
    at = Location(name)
    for signature, what in _REFUSED:
        if head.startswith(signature):
            raise InputError(f"is {what}", at)
    if head.startswith(GZIP):
        raise InputError("is packed with gzip twice; unpack it first", at)
    binary = _binary(head)
    if binary is not None and is_packed:
        raise InputError(f"holds {binary} packed with gzip; unpack it first", at)
    if binary is not None:
        return binary
    return _text_format(head, at)


def _binary(head: bytes) -> FileFormat | None:
    if head.startswith(b"PK\x03\x04"):
        return FileFormat.XLSX  # or another archive: `workbook_format` looks inside
    if head.startswith(_OLE):
        return FileFormat.OTHER_WORKBOOK
    return FileFormat.PARQUET if head.startswith(b"PAR1") else None


def _text_format(head: bytes, at: Location) -> FileFormat:
    text = head.decode(marked(head) or "utf-8", "replace").replace("\x00", "").removeprefix("\ufeff")
    if _HTML.match(text):
        raise InputError("is HTML, as web pages and some \u201cExcel\u201d exports are; save it as XLSX or CSV", at)
    if _XML.match(text):
        return FileFormat.XML
    return FileFormat.JSON if _JSON.match(text) else FileFormat.DELIMITED


def workbook_format(stream: BinaryIO, name: str) -> FileFormat:
    """The kind of workbook in a ZIP archive.

    Raises:
        InputError: the archive is damaged, or holds no workbook.
    """
    import zipfile

    at = Location(name)
    try:
        with zipfile.ZipFile(stream) as archive:
            names = {entry.filename for entry in archive.infolist()}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as bad:
        raise InputError(f"begins like an Excel workbook or ZIP file, but is damaged or cut: {bad}", at) from bad
    if "xl/workbook.bin" in names or "content.xml" in names:
        return FileFormat.OTHER_WORKBOOK
    if "[Content_Types].xml" in names and not any(name.startswith(("word/", "ppt/")) for name in names):
        return FileFormat.XLSX
    if "[Content_Types].xml" in names:
        raise InputError("is a Word or PowerPoint file; give the table as XLSX or CSV", at)
    raise InputError("is a ZIP archive and no workbook; unpack it first", at)
