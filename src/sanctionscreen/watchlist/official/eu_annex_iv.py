"""Annexes of EU sanctions acts as transcribed into CSV: Regulation (EU) 833/2014 Annex IV and its relatives.

The Official Journal is the only source of these lists; they are not in the financial sanctions file. OpenSanctions
transcribes them (datasets/eu/journal_sanctions, FORMAT.md): one row per entity and legal context, consolidated files
with `celex`, amendments with `amendedCelex` and `amendmentCelex` in front. Cells keep the printed words; several values
stand in one cell, parted by `; `, and a value that holds a semicolon or a quotation mark is quoted within the cell. An
entity that is in several annexes or under several measures has a row each: it is one party with several listings where
all that the rows say of it is the same.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sanctionscreen.countries import lookup
from sanctionscreen.errors import Location, WatchlistError
from sanctionscreen.model import Kind, ListedParty, Listing, Measure
from sanctionscreen.watchlist.official.free_text import script_of
from sanctionscreen.watchlist.official.gathering import digest, gathered
from sanctionscreen.watchlist.official.layout import named_rows
from sanctionscreen.watchlist.official.reading import Draft, Report, known, read_date
from sanctionscreen.watchlist.official.safe_files import csv_rows

_MEASURES: Mapping[str, Measure] = {
    # Funds and economic resources frozen, none made available: Article 2 of Regulation (EU) 269/2014 and its like.
    "Asset freeze": "asset_freeze",
    # Annex IV of Regulation (EU) 833/2014: licences for dual-use and advanced goods are refused but for narrow
    # exceptions (Articles 2(7), 2a(7) and 2b(1)).
    "Export control": "export_licence",
    # Articles 5, 5aa, 5ac, 5ad, 5h of 833/2014 (Annexes III, V, VI, XII to XIV, XIX, XLIV, XLV): capital markets,
    # payment messages, transactions with those named. Nothing is frozen.
    "Financial restrictions": "sectoral",
    # Articles 3s and 5ae of 833/2014 (Annexes XLII and XLVII): port calls and services for ships, ports and airports.
    "Transportation restrictions": "sectoral",
    "Services ban": "sectoral",  # Article 2f of 833/2014 (Annex XV): broadcasting
    "Investment ban": "sectoral",  # Annex LII of 833/2014
    "Sectoral sanctions": "sectoral",
    "Import restrictions": "sectoral",
    "Arms embargo": "sectoral",  # of arms alone; other goods are not touched
    "Arms restrictions": "sectoral",
    "Arms export restrictions": "sectoral",
    "Restrictions on goods": "sectoral",
    "Prohibition to satisfy claims": "sectoral",
    "Travel ban": "sectoral",  # forbids entry, not trade; a hit is to be looked at
}
"""By the words of the column `measure`, as FORMAT.md names them."""

_SCHEMAS: Mapping[str, str] = {
    "Person": "person",
    "LegalEntity": "company",
    "Organization": "company",
    "Company": "company",
    "Vessel": "vessel",
    "Asset": "any",
}
_CONTEXT = (
    "celex",
    "amendedCelex",
    "amendmentCelex",
    "recordId",
    "programKey",
    "annex",
    "measure",
    "startDate",
    "reason",
)
_NAMES = {"alias": "alias", "weakAlias": "alias", "previousName": "former"}
_COUNTRIES = ("country", "nationality", "jurisdiction", "flag")
_NUMBERS = {
    "passportNumber": "Passport",
    "registrationNumber": "Registration number",
    "taxNumber": "Tax number",
    "idNumber": "ID number",
    "innCode": "INN",
    "ogrnCode": "OGRN",
    "kppCode": "KPP",
    "okpoCode": "OKPO",
    "leiCode": "LEI",
    "swiftBic": "SWIFT/BIC",
    "imoNumber": "IMO",
    "mmsi": "MMSI",
}
_DATES = {"birthDate": "birth", "incorporationDate": "incorporation"}
_REMARKS = {
    "birthPlace": "birth place",
    "position": "position",
    "gender": "gender",
    "appearance": "appearance",
    "ethnicity": "ethnicity",
    "fatherName": "name of the father",
    "motherName": "name of the mother",
    "legalForm": "legal form",
    "sector": "sector",
    "ticker": "ticker",
    "phone": "phone",
    "email": "e-mail",
    "website": "website",
    "notes": "",
}
_ENTITY = ("schema", "name", *_NAMES, *_COUNTRIES, *_DATES, *_NUMBERS, "address", *_REMARKS)
_COLUMNS = frozenset({*_CONTEXT, *_ENTITY})
_NEEDED = ("recordId", "programKey", "annex", "measure", "startDate", "schema", "name", "alias", "address")

_CELEX = re.compile(r"3(\d{4})([A-Z])(\d{4})")
_ANNEX_ID = re.compile(r"eu-(\d+)-(\d+)-([ivxlc]+)")
_LABEL_BEHIND = re.compile(r"^(.*\d\S*)\s*\(([^()]*[A-Za-z][^()]*)\)$")
_BRACKETED = re.compile(r"^([^()]+?)\s*\(([^()]+)\)$")


@dataclass(frozen=True, slots=True)
class _Row:
    """One entity in one legal context."""

    where: str
    cells: Mapping[str, str]

    def get(self, column: str) -> str:
        return self.cells.get(column, "")

    def values(self, column: str) -> list[str]:
        """The values of a cell."""
        return values_of(self.get(column))

    def key(self) -> str:
        """Of all that says who it is."""
        return digest(self.act(), *(self.get(column) for column in _ENTITY))

    def act(self) -> str:
        """The act whose annex it is."""
        return self.get("celex") or self.get("amendedCelex")


def read_eu_annex_iv(files: Mapping[str, Path], report: Report) -> Iterator[ListedParty]:
    """The parties of a transcription; each listing has the measure of its row.

    A file holds all annexes of an act. A list whose id names one, as `eu-833-2014-iv`, takes the rows of that one, so
    that a file feeds several lists and no row is in two; a list of another id takes all.

    Raises:
        WatchlistError: the file is damaged or cut, lacks columns, has a measure or an act that is not known, or no row
            of the annex.
    """
    path = files["main"]
    taken: set[str] = set()
    for rows in gathered(lambda into: _rows(path, into), _Row.key, report):
        report.counts["rows"] += len(rows)
        if party := _party(rows, taken, report):
            yield party
    if report.left_out and not report.counts["entries"]:
        raise WatchlistError(
            f"holds nothing that {report.list} names; it has {', '.join(report.left_out)}", Location(path.name)
        )
    report.check(path.name)


def values_of(cell: str) -> list[str]:
    """The values of a cell that holds several, undone of the quoting within.

    >>> values_of('"Works; East" ; JSC Works')
    ['Works; East', 'JSC Works']
    """
    rows = csv.reader([" ".join(cell.split())], delimiter=";", skipinitialspace=True)
    return [clean for row in rows for value in row if (clean := value.strip())]


def _rows(path: Path, report: Report) -> Iterator[_Row]:
    is_checked, wanted = False, _annex_of(report.list)
    for line, cells in named_rows(csv_rows(path, unknown=report.unknown), _COLUMNS, _NEEDED, path, report):
        row = _Row(f"{path.name} line {line}", cells)
        if not is_checked and not row.act():
            raise WatchlistError("has neither celex nor amendedCelex; is it the right file?", Location(row.where))
        is_checked = True
        if wanted and (_act(row), row.get("annex").casefold()) != wanted:
            report.left_out[f"rows of {_act(row)}, annex {row.get('annex') or 'not named'}"] += 1
        else:
            yield row


def _annex_of(list_id: str) -> tuple[str, str] | None:
    """Act and annex that the id of a list names.

    >>> _annex_of("eu-833-2014-xlii"), _annex_of("our-eu-acts")
    (('833/2014', 'xlii'), None)
    """
    named = _ANNEX_ID.fullmatch(list_id)
    return (f"{named[1]}/{named[2]}", named[3]) if named else None


def _party(rows: Sequence[_Row], taken: set[str], report: Report) -> ListedParty | None:
    first = rows[0]
    draft = Draft(_number(first, taken), _kind(first, report), source=first.where)
    for row in rows:
        draft.listings.append(_listing(draft, row, report))
        draft.remark(f"reason: {reason}" if (reason := row.get("reason")) else "")
    _names(draft, first)
    for column, what in _NUMBERS.items():
        for value in first.values(column):
            _identifier(draft, what, value)
    for column, what in _DATES.items():
        for value in first.values(column):
            draft.date(what, value)
    for column in _COUNTRIES:
        for value in first.values(column):
            _country(draft, column, value, report)
    for address in first.values("address"):
        draft.address(address)
        draft.country(lookup(end) if len(end := address.rpartition(",")[2].strip(" .")) > 3 else None)
    for column, what in _REMARKS.items():
        for value in first.values(column):
            draft.remark(f"{what}: {value}" if what else value)
    return draft.done(report)


def _number(row: _Row, taken: set[str]) -> str:
    """Act, annex and the number that the annex prints; what has none, or one that is taken, has one of its words."""
    number = "-".join(part for part in (row.act(), row.get("annex"), row.get("recordId")) if part)
    if not row.get("recordId") or number in taken:
        number = f"{number}-{row.key()}"
    taken.add(number)
    return number


def _kind(row: _Row, report: Report) -> Kind:
    kinds: dict[str, Kind] = {"person": "person", "company": "company", "vessel": "vessel"}
    return kinds.get(known(_SCHEMAS, row.get("schema"), "schema", report), "any")


def _listing(draft: Draft, row: _Row, report: Report) -> Listing:
    measure = _MEASURES.get(row.get("measure"))
    if measure is None:
        raise WatchlistError(
            f"has the measure {row.get('measure')!r}, which is not known; known are {', '.join(_MEASURES)}",
            Location(row.where),
        )
    act, annex = _act(row), row.get("annex")
    first, basis = _listed_from(row.get("startDate"))
    amended = f", by CELEX {amendment}" if (amendment := row.get("amendmentCelex")) else ""
    return Listing(
        list=report.list,
        measure=measure,
        programme=" ".join(part for part in (row.get("programKey"), act, f"Annex {annex}" if annex else "") if part),
        entry_number=row.get("recordId") or draft.id,
        listed_from=first,
        date_basis=basis,
        citation=f"CELEX {row.act()}{amended}; {row.get('measure')}",
    )


def _act(row: _Row) -> str:
    """Number and year of an act as it is cited, from its CELEX number; regulations before 2015 have the number first.

    Raises:
        WatchlistError: it is no CELEX number of an act.
    """
    found = _CELEX.fullmatch(row.act())
    if found is None:
        raise WatchlistError(f"has {row.act()!r} where the CELEX number of an act must stand", Location(row.where))
    year, number = found[1], str(int(found[3]))
    return f"{number}/{year}" if int(year) < 2015 and found[2] == "R" else f"{year}/{number}"


def _listed_from(text: str) -> tuple[date | None, str]:
    first, last = read_date(text)
    if first is not None and first == last:
        return first, ""
    if first is not None:
        return first, f"first day of what the act prints: {text}"
    return None, f"not a date: {text}" if text else "not given"


def _names(draft: Draft, row: _Row) -> None:
    name = row.get("name")
    draft.name(name, "primary", script=script_of(name))
    _in_brackets(draft, name)
    for column, kind in _NAMES.items():
        for value in row.values(column):
            draft.name(value, "weak" if column == "weakAlias" else "strong", kind=kind, script=script_of(value))
            if column == "alias":
                _in_brackets(draft, value)


def _in_brackets(draft: Draft, name: str) -> None:
    """`Ivan EXAMPLE (Иван ПРИМЕР)`: what stands in another script in brackets is the name again."""
    found = _BRACKETED.match(" ".join(name.split()))
    if found is not None and script_of(found[1]) != script_of(found[2]):
        draft.name(
            found[1], kind="spelling", script=script_of(found[1]), note="before the brackets of the printed name"
        )
        draft.name(found[2], kind="spelling", script=script_of(found[2]), note="in brackets behind the printed name")


def _identifier(draft: Draft, what: str, value: str) -> None:
    """`7700000000 (Tax ID/INN)`: the act prints the label behind the number."""
    found = _LABEL_BEHIND.match(value)
    draft.number(found[2] if found else what, found[1] if found else value, note=what if found else "")


def _country(draft: Draft, column: str, value: str, report: Report) -> None:
    code = lookup(value)
    if code is None:
        report.unknown[f"{column} {value[:80]!r}"] += 1
    draft.remark(f"{column}: {value}" if code is None or column == "flag" else "")
    draft.country(code)
