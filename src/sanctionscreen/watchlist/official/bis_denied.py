"""The Denied Persons List of the US Bureau of Industry and Security, in both forms that it has had.

The older `dpl.txt` is separated by tabs, with a column for each part of the address. The newer export of
www.bis.gov/licensing/end-user-guidance/denied-persons-list-dpl has name and address in one cell; what stands before the
first comma is the name. Neither numbers its parties: one name with the same dates of its order is one party, however
many addresses it has. Orders whose end has passed stay on the list, and count as listed: BIS strikes them out itself.
What a listing means: no part in any transaction of items subject to the EAR (15 CFR 764.3(a)(2), 766.25).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sanctionscreen.countries import lookup
from sanctionscreen.model import ListedDate, ListedParty
from sanctionscreen.watchlist.official.free_text import known_as, mended
from sanctionscreen.watchlist.official.gathering import digest, gathered
from sanctionscreen.watchlist.official.layout import named_rows
from sanctionscreen.watchlist.official.reading import Draft, Report, known
from sanctionscreen.watchlist.official.safe_files import csv_rows, opened
from sanctionscreen.watchlist.official.safe_workbooks import workbook_rows

_TABBED = (
    "Name Street_Address City State Country Postal_Code Effective_Date Expiration_Date Standard_Order Last_Update"
    " Action FR_Citation"
).split()
_EXPORTED = (
    "Name and Address",
    "Effective Date",
    "Expiration Date",
    "Type of Denial",
    "Appropriate Federal Register Citations",
)
_RENAMED = {
    "Name_and_Address": "Name and Address",
    "Effective_Date": "Effective Date",
    "Effective/Beginning Date": "Effective Date",
    "Beginning Date": "Effective Date",
    "Expiration_Date": "Expiration Date",
    "Expiration/Ending Date": "Expiration Date",
    "Ending Date": "Expiration Date",
    "Type_of_Denial": "Type of Denial",
    "Appropriate_Federal_Register_Citations": "Appropriate Federal Register Citations",
}
_STATES = frozenset(
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR"
    " PA PR RI SC SD TN TX UT VT VA WA WV WI WY".split()
)
"""Of the United States, as in an address; several are codes of countries too, and then a ZIP code decides."""
_ZIP = re.compile(r"\d{4,5}(?:-?\d{4})?")
"""Spreadsheets take the zero off those of New England."""
_OF_NAME = re.compile(
    r"\s*(?:JR|SR|II|III|IV|INC|LTD|LLC|L\.L\.C|LLP|LP|PLC|CORP|CO|COMPANY|CORPORATION|LIMITED|GMBH|AG|S\.?A|N\.?V|B\.?V|PTE"
    r"|PTY|FZE|FZCO|OOO|OAO|ZAO|JSC)\b\.?(?:\s+(?:LTD|LIMITED|INC)\b\.?)?\s*(?=,|$)",
    re.IGNORECASE,
)
_STANDARD = {"Y": "standard order", "N": "not a standard order"}
_YEARS = range(1940, 2101)
"""Orders of the fifties are long over, and the longest run for fifty years; other years are slips of the keyboard."""
_AMERICAN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")


@dataclass(frozen=True, slots=True)
class _Order:
    """One row: a name at an address, under one order."""

    where: str
    name: str
    address: tuple[str, ...]
    country: str
    begins: str
    ends: str
    standard: str = ""
    updated: str = ""
    said: str = ""
    notice: str = ""


def read_bis_denied(files: Mapping[str, Path], report: Report) -> Iterator[ListedParty]:
    """The denied persons of either form (text or workbook), a party with all its addresses.

    A date whose year cannot be (2922, 3017) stays as written in a remark and is counted; it dates nothing.

    Raises:
        WatchlistError: the file is damaged, cut, or has neither of the two headers.
    """
    path = files["main"]
    for orders in gathered(_reader(path), lambda order: digest(order.name, order.begins, order.ends), report):
        report.counts["rows"] += len(orders)
        if party := _party(orders, report):
            yield party
    report.check(path.name)


def _reader(path: Path) -> Callable[[Report], Iterator[_Order]]:
    with opened(path) as stream:
        head = stream.read(2048)
    if head.startswith(b"PK"):
        return lambda report: _exported(workbook_rows(path), path, report, is_cut_short=True)
    if b"\t" in head.partition(b"\n")[0]:
        return lambda report: _tabbed(path, report)
    return lambda report: _exported(csv_rows(path, unknown=report.unknown), path, report)


def _tabbed(path: Path, report: Report) -> Iterator[_Order]:
    for line, row in named_rows(
        csv_rows(path, delimiter="\t", unknown=report.unknown), _TABBED, _TABBED[:8], path, report
    ):
        cells = {name: " ".join(mended(cell).split()) for name, cell in row.items()}
        cell = cells.get
        address = [cell(name, "") for name in ("Street_Address", "City", "State", "Postal_Code", "Country")]
        yield _Order(
            where=f"{path.name} line {line}",
            name=cell("Name", ""),
            address=tuple(address[:-1]),
            country=cell("Country", "") or _united_states(cell("State", ""), cell("Postal_Code", "")),
            begins=cell("Effective_Date", ""),
            ends=cell("Expiration_Date", ""),
            standard=cell("Standard_Order", "").upper(),
            updated=cell("Last_Update", ""),
            said=cell("Action", ""),
            notice=cell("FR_Citation", ""),
        )


def _exported(
    rows: Iterator[tuple[int, list[str]]], path: Path, report: Report, *, is_cut_short: bool = False
) -> Iterator[_Order]:
    table = named_rows(rows, _EXPORTED, _EXPORTED[:3], path, report, renamed=_RENAMED, is_cut_short=is_cut_short)
    for line, row in table:
        cells = {name: " ".join(mended(cell).split()) for name, cell in row.items()}
        name, address = split_name(cells.get("Name and Address", ""))
        yield _Order(
            where=f"{path.name} line {line}",
            name=name,
            address=tuple(part.strip() for part in address.split(",")),
            country=country_at_end([part.strip() for part in address.split(",")]),
            begins=cells.get("Effective Date", ""),
            ends=cells.get("Expiration Date", ""),
            said=cells.get("Type of Denial", ""),
            notice=cells.get("Appropriate Federal Register Citations", ""),
        )


def split_name(cell: str) -> tuple[str, str]:
    """Name and address of a cell that holds both: the name ends at the first comma, or behind JR., INC. and the like.

    >>> split_name("A EXAMPLE, JR., 1 MAIN STREET, EL PASO, TX 79905")
    ('A EXAMPLE, JR.', '1 MAIN STREET, EL PASO, TX 79905')
    """
    name, comma, rest = cell.partition(",")
    if comma and (suffix := _OF_NAME.match(rest)) is not None:
        name, rest = f"{name},{suffix.group().rstrip()}", rest[suffix.end() :].removeprefix(",")
    return name.strip(), rest.strip()


def country_at_end(parts: Sequence[str]) -> str:
    """The country that an address ends with; the United States where that is a state and a ZIP code; else blank.

    >>> country_at_end(["1 MAIN STREET", "EL PASO", "TX", "79905"]), country_at_end(["1 ROAD", "DUBAI", "AE"])
    ('US', 'AE')
    """
    last = parts[-1].strip(" .") if parts else ""
    state, _, code = last.rpartition(" ")
    if _ZIP.fullmatch(code):
        return _united_states(state or (parts[-2].strip() if len(parts) > 1 else ""), code)
    return "" if last in _STATES else last  # CA and DE are states as well as countries; alone they say nothing


def _united_states(state: str, code: str) -> str:
    """US where state and ZIP code say so; the older form leaves the country blank there."""
    return "US" if state.upper() in _STATES and _ZIP.fullmatch(code) else ""


def _party(orders: Sequence[_Order], report: Report) -> ListedParty | None:
    first = orders[0]
    draft = Draft(digest(first.name, first.begins, first.ends), source=first.where)
    for n, (name, kind) in enumerate(known_as(first.name)):
        draft.name(name, "strong" if n else "primary", kind=kind)
    draft.listed_from = _day("Effective date", first.begins, draft, report)
    draft.date_basis = "" if draft.listed_from else "not given" if not first.begins else f"not a day: {first.begins}"
    if (ends := _day("Expiration date", first.ends, draft, report)) is not None:
        draft.dates["end of the order", first.ends] = ListedDate("end of the order", first.ends, ends, ends)
    for order in orders:
        _country(draft, order.country, report)
        draft.address(*order.address, order.country)
        _day("Last update", order.updated, draft, report)
        draft.remark(known(_STANDARD, order.standard, "standard order", report))
        draft.remark(order.said)
        draft.remark(f"notice: {order.notice}" if order.notice != first.notice else "")
    draft.citation = first.notice
    return draft.done(report)


def _day(what: str, text: str, draft: Draft, report: Report) -> date | None:
    """The day of a date, month first as BIS writes it; one that cannot be is counted and kept as a remark."""
    found = _AMERICAN.fullmatch(text)
    order = (3, 1, 2)
    if found is None:
        found, order = _ISO.match(text), (1, 2, 3)
    if found is not None and int(found[order[0]]) in _YEARS:
        try:
            return date(*(int(found[n]) for n in order))
        except ValueError:
            pass
    if text:
        report.counts["dates that cannot be"] += 1
        draft.remark(f"{what}: {text} (as written; it cannot be)")
    return None


def _country(draft: Draft, text: str, report: Report) -> None:
    """PRC is understood; NM, for New Mexico in the wrong column, is not."""
    if not text:
        return
    code = lookup(text)
    if code is None:
        report.unknown[f"country {text[:80]!r}"] += 1
        draft.remark(f"country: {text}")
    draft.country(code)
