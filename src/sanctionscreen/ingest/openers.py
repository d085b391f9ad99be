"""The reader of each format: delimited text, workbooks, Parquet, JSON and invoices."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sanctionscreen.errors import InputError, Location
from sanctionscreen.ingest.delimited import DelimitedRows
from sanctionscreen.ingest.encodings import Encoding, find_encoding
from sanctionscreen.ingest.formats import FileFormat, find_format, workbook_format
from sanctionscreen.ingest.rows import Rows
from sanctionscreen.ingest.sources import GZIP, Source, open_bytes, open_unpacked

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the caller knows about a file."""

    encoding: str | None
    delimiter: str | None
    sheet: str | int | None
    known: Callable[[Sequence[str]], int]
    """How many cells of a record name a field: the header is where it is most."""


def open_rows(source: Source, name: str, wanted: Wanted) -> Rows:
    """The rows of a file of any format; the reader of each loads on first use.

    Raises:
        InputError: its format is none that is read, or it is damaged.
    """
    found = _format(source, name)
    if wanted.sheet is not None and found not in (FileFormat.XLSX, FileFormat.OTHER_WORKBOOK, FileFormat.JSON):
        raise InputError(f"is {found.value} and has no sheets; leave --sheet out", Location(name))
    if found is FileFormat.XLSX:
        from sanctionscreen.ingest.workbooks import WorkbookRows

        return WorkbookRows(source, name, wanted.sheet, wanted.known)
    if found is FileFormat.OTHER_WORKBOOK:
        from sanctionscreen.ingest.other_workbooks import OtherWorkbookRows

        return OtherWorkbookRows(source, name, wanted.sheet, wanted.known)
    if found is FileFormat.PARQUET:
        from sanctionscreen.ingest.parquet_rows import ParquetRows

        return ParquetRows(source, name)
    if found is FileFormat.JSON:
        from sanctionscreen.ingest.json_documents import open_json

        return open_json(source, name, _encoding(source, name, wanted), wanted.sheet, wanted.known)
    if found is FileFormat.XML:
        from sanctionscreen.ingest.invoices import InvoiceRows

        return InvoiceRows(source, name)
    return DelimitedRows(source, name, _encoding(source, name, wanted), wanted.delimiter)


def _format(source: Source, name: str) -> FileFormat:
    with open_bytes(source) as stream:
        is_packed = stream.read(2) == GZIP
    with open_unpacked(source, name) as stream:
        found = find_format(stream, name, is_packed=is_packed)
    if found is FileFormat.XLSX:
        with open_bytes(source) as stream:
            return workbook_format(stream, name)
    return found


def _encoding(source: Source, name: str, wanted: Wanted) -> Encoding:
    if wanted.encoding is not None:
        return Encoding(wanted.encoding, "replace")

    def blocks() -> Iterator[bytes]:
        with open_unpacked(source, name) as stream:
            while block := stream.read(_BLOCK):
                yield block

    return find_encoding(blocks)
