"""The rows of invoices in XML: one a line, with what the whole invoice says on each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from sanctionscreen.errors import InputError, Location
from sanctionscreen.ingest.invoice_parts import SYNTAXES, Cells, Syntax
from sanctionscreen.ingest.rows import Batch
from sanctionscreen.ingest.sources import Source, open_unpacked
from sanctionscreen.ingest.xml_elements import elements, root_of

_BATCH_ROWS = 2048
_ORDER = ("shipment", "invoice", "seller", "buyer", "consignor", "consignee", "end_user")
"""Columns that stand in front, by their first word; the others follow in the order in which they come up."""


class InvoiceRows:
    """The lines of UBL 2.1 and Cross Industry invoices, one document or many in a file."""

    def __init__(self, source: Source, name: str) -> None:
        """Read the document through for what it says.

        Raises:
            InputError: it is no XML, or holds no invoice.
        """
        self._name = name
        self._opened = partial(open_unpacked, source, name)
        root = root_of(self._opened, name)[1]
        self._syntax = next((one for one in SYNTAXES if root in one.documents), None) or self._wrapped()
        self.notes: Sequence[str] = ()
        columns: dict[str, None] = {}
        self._count = 0
        for cells in self._rows():
            columns.update(dict.fromkeys(cells))
        if not self._count:
            what = f"is XML with the root {root[:40]!r}"
            raise InputError(
                f"{what}; read are invoices: UBL 2.1 and Cross Industry Invoice (EN 16931)", Location(name)
            )
        self._columns = sorted(columns, key=_place)

    @property
    def form(self) -> Mapping[str, str]:
        return {"format": f"{self._syntax.title} invoice"}

    def head(self) -> list[list[str]]:
        return [self._columns]

    def place(self, before: int) -> str:
        return f"record {before + 1}"

    def batches(self, before: int, header: Sequence[str]) -> Iterator[Batch]:
        part: list[list[str]] = []
        for cells in self._rows():
            part.append([cells.get(name, "") for name in self._columns])
            if len(part) >= _BATCH_ROWS:
                yield Batch(part, {})
                part = []
        if part:
            yield Batch(part, {})

    def closing_notes(self) -> Sequence[str]:
        return ()

    def _wrapped(self) -> Syntax:
        """The syntax of what lies in an envelope, such as the header of a business document."""
        for syntax in SYNTAXES:
            if next(elements(self._opened, self._name, syntax.documents, syntax.lines), None) is not None:
                return syntax
        return SYNTAXES[0]

    def _rows(self) -> Iterator[Cells]:
        """A row a line, and one for an invoice without lines: its parties are screened all the same."""
        syntax = self._syntax
        lines: list[Cells] = []
        self._count = 0
        for element in elements(self._opened, self._name, syntax.documents, syntax.lines):
            if element.tag in syntax.lines:
                lines.append(syntax.line_cells(element))
                continue
            said = syntax.document_cells(element)
            self._count += 1
            for cells in lines or [{}]:
                yield {**said, **cells}
            lines = []


def _place(column: str) -> int:
    first = column.partition(".")[0]
    return _ORDER.index(first) if first in _ORDER else len(_ORDER)
