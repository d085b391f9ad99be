"""OFAC's lists as CSV: entities, aliases, addresses and the ends of long remarks in four files without headers.

SDN.CSV, ALT.CSV, ADD.CSV, SDN_COMMENTS.CSV and CONS_PRIM.CSV, CONS_ALT.CSV, CONS_ADD.CSV, CONS_COMMENTS.CSV
(ofac.treasury.gov, "SDN List - Data Formats & Data Schemas", dat_spec.txt). Null is `-0-`; weak aliases and identifiers
stand in the remarks alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from sanctionscreen.errors import Location, WatchlistError
from sanctionscreen.model import ListedParty
from sanctionscreen.watchlist.official.ofac_measures import by_programme, check_programmes
from sanctionscreen.watchlist.official.ofac_terms import (
    LABELS,
    WEAK,
    add_address,
    add_feature,
    alias_kind,
    is_identifier,
    kind_of,
    settle_listing_date,
)
from sanctionscreen.watchlist.official.reading import Draft, Report
from sanctionscreen.watchlist.official.safe_files import csv_rows

_COLUMNS = {"main": 12, "aliases": 5, "addresses": 6, "comments": 2}
_OFFICIAL = {"main": "sdn.csv", "aliases": "alt.csv", "addresses": "add.csv", "comments": "sdn_comments.csv"}
_CUT_AT = 1000
"""Characters of remarks in the main file; the rest stands in the comments, and goes on in the middle of a word."""
_STRAY = 100
"""One row in so many may have no counterpart: sets fetched around an update differ by the few entries of the day.
The three sets that were looked at join wholly; a cut file, or one of another list, leaves far more."""

_ALIAS = re.compile(r"(?:alt\. )?([afn]\.k\.a\.) ['\"](.+?)['\"]?\.?")
_LABELLED = re.compile(
    r"(?:alt\. )?(Digital Currency Address - \w+|Executive Order \d+ (?:Directive )?(?:Determination|[Ii]nformation)"
    r"|(?:Effective|Listing|Purchase/Sales For Divestment) Date \([^)]*\)"
    rf"|{'|'.join(re.escape(label) for label in LABELS)})(?:\s*[:-])*\s+(.+)"
)
_COMPANY_IMO = re.compile(r"International Maritime Organization No\. \((\d{7})\)\.?")
_DATED = re.compile(r"(.+?)(?: issued (.+?))?(?: expires (.+?))?")
_LOOKS_LABELLED = re.compile(
    r"(?:alt\. )?((?:[A-Z][\w.'/&-]* ){0,6}?[\w.'/&-]*(?:No\.|Number|#|Code|Card|Identification|Certificate|Passport))"
    r":? [A-Z]{0,4}[-./ ]?\d[\w./-]{3,}"
)


def read_ofac_csv(files: Mapping[str, Path], report: Report) -> Iterator[ListedParty]:
    """The parties of an OFAC list from its CSV files.

    Args:
        files: parts main (sdn.csv or cons_prim.csv), aliases (alt.csv), addresses (add.csv), comments
            (sdn_comments.csv), the last only where no remark is cut.
        report: with the measure asset_freeze for the SDN list, sectoral for the consolidated lists.

    Raises:
        WatchlistError: a part is missing, is no such table, or does not belong to the others.
    """
    for part in ("main", "aliases", "addresses"):
        if part not in files:
            raise WatchlistError(f"has no part {part!r}, such as {_OFFICIAL[part]}", Location(report.list))
    aliases, addresses, comments = (_by_entity(files, part, report) for part in ("aliases", "addresses", "comments"))
    seen: set[str] = set()
    for line, row in _rows(files["main"], "main", report):
        if row[0] in seen:
            raise WatchlistError(f"has entity {row[0]} twice", Location(files["main"].name, line))
        seen.add(row[0])
        draft = Draft(row[0], source=f"{files['main'].name} line {line}")
        _read_entity(draft, row, report)
        for alias in aliases.get(row[0], ()):
            draft.name(alias[3], "strong", kind=alias_kind(alias[2], report), note=alias[4])
        for address in addresses.get(row[0], ()):
            add_address(draft, address[2:4], address[4], report)
            draft.remark(address[5] and f"Address: {address[5]}")
        ends = comments.get(row[0], ())
        remarks = row[11] + "".join(end[1] for end in ends)
        if len(row[11]) >= _CUT_AT and not ends:
            remarks = _without_end(draft, remarks, "comments" in files, report)
        read_remarks(draft, remarks, report)
        by_programme(draft, report)
        settle_listing_date(draft)
        if (party := draft.done(report)) is not None:
            yield party
    check_programmes(report, files["main"].name)
    for part, held in (("aliases", aliases), ("addresses", addresses)):
        _check_joins(files[part].name, held, seen, report)
    _check_addresses(files["addresses"].name, seen - addresses.keys(), seen, report)
    if stray := len(comments.keys() - seen):
        report.unknown["comments of entities that are not in the list"] += stray
    report.check(files["main"].name)


def _rows(path: Path, part: str, report: Report) -> Iterator[tuple[int, list[str]]]:
    # The remarks keep their spaces: they may be cut beside one.
    for line, row in csv_rows(path, unknown=report.unknown):
        if row == ["\x1a"]:
            continue
        if len(row) != _COLUMNS[part] or not row[0].strip().isdigit():
            raise WatchlistError(
                f"has {len(row)} columns where {_OFFICIAL[part]} has {_COLUMNS[part]}, or no number in the first; "
                "is it the file, and whole?",
                Location(path.name, line),
            )
        yield line, ["" if cell.strip() == "-0-" else cell for cell in (row[0].strip(), *row[1:])]


def _by_entity(files: Mapping[str, Path], part: str, report: Report) -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = {}
    if part in files:
        for _, row in _rows(files[part], part, report):
            found.setdefault(row[0], []).append(row)
    return found


def _read_entity(draft: Draft, row: list[str], report: Report) -> None:
    _, name, kind, programmes, title, call_sign, vessel_type, tonnage, gross, flag, owner, _ = row
    draft.kind = kind_of(kind or "entity", report)
    draft.name(name, "primary")
    for programme in programmes.split("] ["):
        if programme.strip():
            draft.programmes[" ".join(programme.split())] = None
    for label, value in (
        ("Title", title),
        ("Vessel Call Sign", call_sign),
        ("Vessel Type", vessel_type),
        ("Vessel Tonnage", tonnage),
        ("Gross Registered Tonnage", gross),
        ("Vessel Flag", flag),
        ("Vessel Owner", owner),
    ):
        add_feature(draft, label, value, report)


def read_remarks(draft: Draft, remarks: str, report: Report) -> None:
    """Take the remarks of an entity apart: `a.k.a. 'NAME'; DOB 1 Jan 1970; Passport 123 (Egypt) expires 2 May 2015`."""
    clauses = [" ".join(clause.split()) for clause in remarks.split(";")]
    for clause in clauses:
        alias, labelled = _ALIAS.fullmatch(clause), _LABELLED.fullmatch(clause)
        if alias is not None:
            draft.name(alias[2], "weak", kind=alias_kind(alias[1], report), note=WEAK)
        elif labelled is not None:
            _read_labelled(draft, labelled[1], labelled[2], report)
        else:
            if (unknown := _LOOKS_LABELLED.match(clause)) is not None:
                report.unknown[f"label {unknown[1]!r} in remarks"] += 1
            if (imo := _COMPANY_IMO.fullmatch(clause)) is not None:
                draft.number("IMO", imo[1], note="International Maritime Organization No.")
            draft.remark(clause)


def _read_labelled(draft: Draft, label: str, value: str, report: Report) -> None:
    value = value.removesuffix(".").strip() if label not in ("Linked To", "Title") else value
    dated = _DATED.fullmatch(value)
    if not is_identifier(label) or dated is None:
        add_feature(draft, label, value, report)
        return
    number, issued, expires = dated.groups()
    notes = (issued and f"issued {issued}", expires and f"expires {expires}")
    add_feature(draft, label, number, report, note="; ".join(note for note in notes if note))


def _without_end(draft: Draft, remarks: str, has_comments: bool, report: Report) -> str:
    # What is left of the last clause may be half a number or half a name, and is not taken for one.
    if not has_comments:
        raise WatchlistError(
            f"the remarks of entity {draft.id} go on in {_OFFICIAL['comments']}, which is not there",
            Location(draft.source),
        )
    report.unknown[f"ends of remarks cut at {_CUT_AT:,} characters, which are not in the comments"] += 1
    whole, _, rest = remarks.rpartition("; ")
    draft.remark(f"{rest} (cut by the publisher)")
    return whole


def _check_joins(file: str, held: Mapping[str, list[list[str]]], entities: set[str], report: Report) -> None:
    stray = sum(len(rows) for entity, rows in held.items() if entity not in entities)
    if stray * _STRAY > sum(map(len, held.values())):
        raise WatchlistError(
            f"{stray:,} of {sum(map(len, held.values())):,} rows are of entities that are not in the list; "
            "are the files of one set, and whole?",
            Location(file),
        )
    if stray:
        report.unknown[f"rows of {file} whose entity is not in the list"] += stray


def _check_addresses(file: str, without: set[str], entities: set[str], report: Report) -> None:
    # OFAC writes an address row for every entity, a blank one where it has none.
    if len(without) * _STRAY > len(entities):
        raise WatchlistError(
            f"has no row for {len(without):,} of {len(entities):,} entities; is it of the same set, and whole?",
            Location(file),
        )
    if without:
        report.unknown[f"entities without a row in {file}"] += len(without)
