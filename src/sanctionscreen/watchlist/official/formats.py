"""Every format that lists come in, and which of them a file is: told by what it holds, never by its name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from sanctionscreen.errors import Location, WatchlistError
from sanctionscreen.model import ListedParty
from sanctionscreen.watchlist.official.look import Look, header_words, look_at
from sanctionscreen.watchlist.official.plain_words import column_of
from sanctionscreen.watchlist.official.reading import Reader, Report


@dataclass(frozen=True, slots=True)
class Fit:
    """Whether a file is of a format, and where it is not, how near it comes and what is amiss."""

    part: str = ""
    """The part that the file plays; empty where it is not of the format."""
    near: float = 0.0
    """0 to 1: the share of what the format is known by that the file has. Only orders the formats in an error."""
    why: str = ""


Sniff = Callable[[Look], Fit]


@dataclass(frozen=True, slots=True)
class Format:
    """A form in which a list is published."""

    name: str
    title: str
    reader: Reader
    parts: tuple[str, ...]
    """The files of one list, each by the part it plays; the first is the one with the entries."""
    sniff: Sniff
    optional: frozenset[str] = frozenset()
    """Parts that a publisher leaves out where they would be empty."""


def detect(paths: Sequence[Path]) -> Format:
    """The format of the files of one list.

    Raises:
        WatchlistError: as `recognise`.
    """
    return recognise(paths)[0]


def recognise(paths: Sequence[Path]) -> tuple[Format, Mapping[str, Path]]:
    """The format of the files of one list, and the part that each file plays.

    Raises:
        WatchlistError: no format fits, with the nearest one and what is amiss; or a part is missing or there twice.
    """
    looks = [look_at(path) for path in paths]
    if not looks:
        raise WatchlistError("no file is given")
    for form in FORMATS.values():
        parts = [form.sniff(look).part for look in looks]
        if all(parts):
            return form, _assigned(form, parts, paths)
    raise _no_format(looks)


def _assigned(form: Format, parts: Sequence[str], paths: Sequence[Path]) -> Mapping[str, Path]:
    found: dict[str, Path] = {}
    for part, path in zip(parts, paths, strict=True):
        if part in found:
            raise WatchlistError(
                f"plays the same part ({part}) of {form.title} as {found[part].name}", Location(path.name)
            )
        found[part] = path
    missing = [part for part in form.parts if part not in found and part not in form.optional]
    if missing:
        raise WatchlistError(
            f"is one file of {form.title}; missing: {', '.join(missing)}; hand in the files together",
            Location(paths[0].name),
        )
    return found


def _no_format(looks: Sequence[Look]) -> WatchlistError:
    """Of the first file that the nearest format does not fit, what that format misses in it."""
    nearest = max(FORMATS.values(), key=lambda form: sum(form.sniff(look).near for look in looks))
    look = next(look for look in looks if not nearest.sniff(look).part)
    fit = nearest.sniff(look)
    at = Location(look.path.name)
    if other := next((one for one in looks if nearest.sniff(one).part), None):
        return WatchlistError(f"is not of {nearest.title}, as {other.path.name} is: {fit.why}", at)
    if not fit.near:
        return WatchlistError(f"is {look.kind}, and like none of the {len(FORMATS)} formats that can be read", at)
    return WatchlistError(f"is of no known format; the nearest is {nearest.title}, but {fit.why}", at)


def _reader(module: str, name: str) -> Reader:
    """A reader that is imported when it first reads: a list of one format needs no module of the others."""

    def read(files: Mapping[str, Path], report: Report) -> Iterator[ListedParty]:
        reader: Reader = getattr(import_module(f"sanctionscreen.watchlist.official.{module}"), name)
        return reader(files, report)

    return read


def _xml(root: str, *elements: str) -> Sniff:
    """XML with a root element, and one of some elements near its beginning; namespaces change too often to count."""

    def sniff(look: Look) -> Fit:
        if look.kind != "XML":
            return Fit(why=f"it is {look.kind} and not XML")
        has_one = bool(look.elements & set(elements))
        if look.root == root and has_one:
            return Fit("main", 1.0)
        if look.root == root:
            return Fit(near=0.8, why=f"it begins without the element {' or '.join(elements)}")
        problem = f"its root element is {look.root!r} and not {root!r}"
        is_alike = look.root.casefold() == root.casefold()
        return Fit(near=0.6 if is_alike else 0.5 if has_one else 0.0, why=problem)

    return sniff


def _table(*headers: str, kinds: Sequence[str] = ("text",)) -> Sniff:
    """A table with a header that has all of some columns (apart by `|`); one of several headers is enough."""
    expected = [[column.casefold() for column in header.split("|")] for header in headers]

    def sniff(look: Look) -> Fit:
        if look.kind not in kinds:
            return Fit(why=f"it is {look.kind} and not {' or '.join(kinds)}")
        rows = [header_words(row) for table in look.tables for row in table]
        near, missing = max(
            (
                (sum(one in row for one in columns) / len(columns), [one for one in columns if one not in row])
                for columns in expected
                for row in rows
            ),
            key=lambda found: found[0],
            default=(0.0, []),
        )
        return Fit("main", 1.0) if near == 1 else Fit(near=near, why=f"it has no column {', '.join(missing)}")

    return sniff


def _json(*keys: str) -> Sniff:
    """JSON with some keys near its beginning."""

    def sniff(look: Look) -> Fit:
        if look.kind != "JSON":
            return Fit(why=f"it is {look.kind} and not JSON")
        missing = [key for key in keys if key not in look.keys]
        near = 1 - len(missing) / len(keys)
        return Fit(near=near, why=f"it has no key {', '.join(missing)}") if missing else Fit("main", 1.0)

    return sniff


def _ofac_csv(look: Look) -> Fit:
    """OFAC's four files have no header: they are told by their number of columns and what stands in some of them."""
    rows = look.tables[0] if look.kind == "text" else ()
    first = [cell.strip() for cell in rows[0]] if rows else []
    if not first or not first[0].isdigit():
        return Fit(why="its first row does not begin with the number of an entry")
    if len(first) == 12 and first[2].casefold() in ("-0-", "individual", "vessel", "aircraft"):
        return Fit("main", 1.0)
    if len(first) == 5 and first[1].isdigit() and first[2].casefold() in ("aka", "fka", "nka"):
        return Fit("aliases", 1.0)
    if len(first) == 6 and first[1].isdigit():
        return Fit("addresses", 1.0)
    if len(first) == 2 and not first[1].isdigit():
        return Fit("comments", 1.0)
    return Fit(near=0.3, why=f"its first row has {len(first)} columns, and those of its files have 12, 5, 6 and 2")


def _own_yaml(look: Look) -> Fit:
    keys = {line.partition(":")[0] for line in look.text.splitlines() if line[:1].isalpha() and ":" in line}
    missing = [key for key in ("list", "entities") if key not in keys]
    if look.kind != "text" or not keys & {"list", "lists", "entities", "expect"}:
        return Fit(why="it has none of the keys list, lists, entities")
    return Fit(near=0.5, why=f"it has no key {', '.join(missing)} near its beginning") if missing else Fit("main", 1.0)


_PUBLISHED = frozenset(
    "schema|sanctions|program_ids|first_seen|last_seen|alt_names|source_list_url|federal_register_notice|entity_number"
    "|name 6|name type|group type|alias type|unique id|group id|ofsi group id|name of individual or entity"
    "|entity_logicalid|namealias_wholename|programkey|recordid|street_address|standard_order".split("|")
)
"""Columns that only publishers have: a list that lost another of its columns must not pass for a firm's own."""


def _plain(look: Look) -> Fit:
    """A column of names, at least half of the columns known, and none of a publisher's."""
    if look.kind not in ("text", "a workbook"):
        return Fit(why=f"it is {look.kind} and no table")
    best = Fit(why="its first row has no column of names")
    for table in look.tables:
        header = [cell for cell in (table[0] if table else ()) if cell.strip()]
        known = [column for cell in header if (column := column_of(cell))]
        if foreign := header_words(header) & _PUBLISHED:
            return Fit(why=f"it has the column {min(foreign)} of a published list")
        if "name" in known and 2 * len(known) >= len(header):
            return Fit("main", 1.0)
        share = len(known) / len(header) if header else 0.0
        lack = "no column of names" if "name" not in known else "few columns that are known"
        if known and share / 2 > best.near:
            best = Fit(near=share / 2, why=f"its first row has {lack}")
    return best


_LISTS = (
    Format(
        "ofac-csv",
        "OFAC's CSV set (sdn, alt, add, comments)",
        _reader("ofac_csv", "read_ofac_csv"),
        ("main", "aliases", "addresses", "comments"),
        _ofac_csv,
        optional=frozenset({"comments"}),
    ),
    *(
        Format(name, title, _reader(module, reader), ("main",), sniff)
        for name, title, module, reader, sniff in (
            ("ofac-xml", "OFAC's XML", "ofac_xml", "read_ofac_xml", _xml("sdnList", "sdnEntry", "publshInformation")),
            (
                "ofac-advanced-xml",
                "OFAC's advanced XML",
                "ofac_advanced_xml",
                "read_ofac_advanced_xml",
                _xml("Sanctions", "ReferenceValueSets", "DistinctParties", "DateOfIssue"),
            ),
            (
                "ofac-enhanced-xml",
                "OFAC's enhanced XML",
                "ofac_enhanced_xml",
                "read_ofac_enhanced_xml",
                _xml("sanctionsData", "publicationInfo", "entities"),
            ),
            (
                "csl-csv",
                "US Consolidated Screening List, CSV",
                "csl",
                "read_csl_csv",
                _table("source|name|alt_names|source_list_url"),
            ),
            (
                "csl-json",
                "US Consolidated Screening List, JSON",
                "csl",
                "read_csl_json",
                _json("results", "source", "name", "source_list_url"),
            ),
            (
                "bis-denied",
                "BIS denied persons",
                "bis_denied",
                "read_bis_denied",
                _table(
                    "Name|Street_Address|Effective_Date|Expiration_Date|Standard_Order",
                    "Name and Address|Effective/Beginning Date|Expiration/Ending Date",
                    kinds=("text", "a workbook"),
                ),
            ),
            (
                "eu-fsf-xml",
                "EU financial sanctions, XML",
                "eu_fsf",
                "read_eu_fsf_xml",
                _xml("export", "sanctionEntity"),
            ),
            (
                "eu-fsf-csv",
                "EU financial sanctions, CSV",
                "eu_fsf",
                "read_eu_fsf_csv",
                _table("Entity_LogicalId|Entity_SubjectType|NameAlias_WholeName"),
            ),
            (
                "eu-annex-iv-csv",
                "Annexes of EU regulations, CSV of OpenSanctions",
                "eu_annex_iv",
                "read_eu_annex_iv",
                _table("recordId|programKey|annex|measure|schema|name|alias"),
            ),
            (
                "uk-csv",
                "UK Sanctions List, CSV",
                "uk_sanctions_list",
                "read_uk_csv",
                _table("Unique ID|Name 6|Name type|Regime Name|Designation Type"),
            ),
            (
                "uk-xml",
                "UK Sanctions List, XML",
                "uk_sanctions_list",
                "read_uk_xml",
                _xml("Designations", "Designation"),
            ),
            (
                "ofsi-csv",
                "OFSI consolidated list, CSV",
                "uk_ofsi",
                "read_ofsi_csv",
                _table("Name 6|Group Type|Alias Type|Regime|Group ID"),
            ),
            (
                "ofsi-xlsx",
                "OFSI consolidated list, workbook",
                "uk_ofsi",
                "read_ofsi_xlsx",
                _table("Name 6|Group Type|Alias Type|Regime|Group ID", kinds=("a workbook",)),
            ),
            (
                "un-xml",
                "UN Security Council list, XML",
                "un",
                "read_un_xml",
                _xml("CONSOLIDATED_LIST", "INDIVIDUALS", "ENTITIES"),
            ),
            (
                "seco-xml",
                "Swiss SECO list, XML",
                "ch_seco",
                "read_seco_xml",
                _xml("swiss-sanctions-list", "sanctions-program", "target"),
            ),
            ("sema-xml", "Canada's SEMA list, XML", "ca_sema", "read_sema_xml", _xml("data-set", "record")),
            (
                "dfat-xlsx",
                "Australia's consolidated list, workbook",
                "au_dfat",
                "read_dfat_xlsx",
                _table("Reference|Name of Individual or Entity|Type|Name Type", kinds=("a workbook",)),
            ),
            (
                "opensanctions-csv",
                "OpenSanctions targets.simple.csv",
                "opensanctions",
                "read_targets_simple",
                _table("id|schema|name|aliases|countries|identifiers|sanctions"),
            ),
            (
                "ftm-json",
                "FollowTheMoney entities, JSON",
                "opensanctions",
                "read_ftm",
                _json("id", "schema", "properties"),
            ),
            ("senzing-json", "Senzing records, JSON", "senzing", "read_senzing", _json("DATA_SOURCE", "RECORD_ID")),
            ("own-yaml", "a list of sanctionscreen, YAML", "own_yaml", "read_own_yaml", _own_yaml),
            ("plain-csv", "a firm's own list, CSV or workbook", "plain_csv", "read_plain_csv", _plain),
        )
    ),
)

FORMATS: Mapping[str, Format] = {form.name: form for form in _LISTS}
"""All formats by name. The first that fits is taken, so the one that asks least, a firm's own list, stands last."""
