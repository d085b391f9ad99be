"""The real files counted plainly, without the readers: what a reader gives is what stands there."""

from __future__ import annotations

import csv
import gzip
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest

from sanctionscreen.errors import WatchlistError
from sanctionscreen.model import ListedParty, Measure
from sanctionscreen.watchlist.difference import difference
from sanctionscreen.watchlist.official.formats import recognise
from sanctionscreen.watchlist.official.reading import Report

pytestmark = pytest.mark.data

SETS = ("us_ofac_sdn_csv_2024-01", "us_ofac_sdn_csv_2021-07", "us_ofac_cons_csv")

READ = [
    # folder or file; format; entries, names, weak names, addresses, identifiers; what of the file is not understood
    (SETS[0], "ofac-csv", (13_821, 34_300, 3_391, 12_941, 13_936), 10),
    (SETS[1], "ofac-csv", (8_976, 23_321, 2_441, 9_585, 7_205), 0),
    (SETS[2], "ofac-csv", (442, 1_585, 72, 518, 981), 0),
    ("us_ofac_sdn_xml_2021-03/sdn.xml.gz", "ofac-xml", (8_832, 22_920, 2_402, 9_449, 7_064), 0),
    ("us_ofac_cons_xml_2025-03/consolidated.xml", "ofac-xml", (443, 1_578, 70, 515, 963), 0),
    ("eu_fsf_xml_2021-03/2021-03-05.xml.gz", "eu-fsf-xml", (2_248, 9_419, 51, 903, 755), 0),
    ("un_xml_2026-02/UN_consolidated.xml", "un-xml", (1_003, 4_376, 700, 808, 1_503), 1),
    ("gb_ofsi_conlist/ConList_2023-06.xlsx", "ofsi-xlsx", (3_993, 13_950, 670, 2_688, 6_007), 10),
    ("au_dfat_2026-08/dfat.xlsx", "dfat-xlsx", (3_846, 11_305, 522, 1_808, 1_652), 0),
    ("ca_sema_2025/sema-lmes.xml", "sema-xml", (4_759, 8_671, 175, 0, 109), 0),
    ("us_bis_dpl/dpl_2022-09.txt", "bis-denied", (461, 464, 0, 579, 0), 1),
    ("samples_small/csl_consolidated_sample_recent.csv", "csl-csv", (13, 28, 0, 12, 7), 0),
    ("samples_small/csl_sample_old.csv", "csl-csv", (115, 276, 0, 119, 83), 0),
    ("samples_small/deriv_sample_eu.xml", "eu-fsf-xml", (6, 15, 0, 2, 4), 0),
    ("samples_small/deriv_sample_hmt.csv", "ofsi-csv", (6, 10, 0, 1, 4), 5),
    ("samples_small/deriv_sample_unsc.xml", "un-xml", (7, 40, 3, 4, 11), 0),
    ("samples_small/ofac_advanced_distinctparty_trimmed.xml", "ofac-advanced-xml", (1, 2, 0, 0, 0), 1),
    ("samples_small/ofac_cons_enhanced_trimmed_2026-07-27.xml", "ofac-enhanced-xml", (1, 2, 0, 0, 0), 1),
    ("samples_small/seco_trimmed_2026-08-27.xml", "seco-xml", (2, 3, 0, 0, 1), 0),
    ("samples_small/us_tel.json", "ftm-json", (10, 13, 0, 0, 0), 0),
    ("ch_seco_example/seco_sample.xml", "seco-xml", (3, 3, 0, 0, 0), 1),
]
REFUSED = {
    "samples_small/UK-Sanctions-List_header_sample.csv": "57 cells, 58 are right",  # its rows were written by hand
    "samples_small/deriv_sample_moha.xml": "like none of the",  # a list that no reader is for
    "samples_small/deriv_sample_ofac_consolidated.xml": "no programme of the consolidated lists",  # it is the next one
    "samples_small/deriv_sdn.xml": "says that it has 8,197 entries and has 8",  # trimmed
}
KINDS = ("entries", "names", "weak names", "addresses", "identifiers")


@cache
def parties_of(lists: Path, name: str) -> tuple[list[ListedParty], Report, str]:
    path = lists / name
    form, files = recognise(sorted(path.iterdir()) if path.is_dir() else [path])
    measure: Measure = "sectoral" if "cons" in name else "asset_freeze"
    report = Report("test", measure)
    return list(form.reader(files, report)), report, form.name


@pytest.mark.parametrize(("name", "form", "counts", "unknown"), READ, ids=lambda value: str(value)[:40])
def test_what_each_file_holds(test_data: Path, name: str, form: str, counts: tuple[int, ...], unknown: int) -> None:
    """Entries, names, weak names, addresses and identifiers, and how much of the file is not understood."""
    _, report, found = parties_of(test_data / "lists", name)
    assert found == form
    assert tuple(report.counts[kind] for kind in KINDS) == counts
    assert sum(report.unknown.values()) == unknown


@pytest.mark.parametrize(("name", "problem"), REFUSED.items())
def test_what_is_no_whole_list_is_refused(test_data: Path, name: str, problem: str) -> None:
    """Samples that somebody cut or wrote do not pass for a list."""
    with pytest.raises(WatchlistError, match=problem):
        parties_of(test_data / "lists", name)


def test_no_file_is_left_out(test_data: Path) -> None:
    """Every file of lists is read or refused here; those of open formats have tests of their own."""
    lists = test_data / "lists"
    seen = {name for name, *_ in READ} | set(REFUSED)
    rest = {
        name
        for path in lists.rglob("*")
        if path.is_file() and (name := str(path.relative_to(lists))) not in seen and path.parent.name not in SETS
    }
    assert {name.partition("/")[0] for name in rest} == {"opensanctions", "vessels_imo_unlisted"}


def ofac_rows(path: Path, columns: int) -> Iterator[list[str]]:
    """Without the line of 0x1A at the end."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from (row for row in csv.reader(file) if len(row) == columns)


@pytest.mark.parametrize(
    ("folder", "names"),
    [
        (SETS[0], ("sdn", "alt", "add", "sdn_comments")),
        (SETS[1], ("sdn", "alt", "add", "sdn_comments")),
        (SETS[2], ("cons_prim", "cons_alt", "cons_add", "cons_comments")),
    ],
)
def test_the_csv_sets_of_ofac_counted_plainly(test_data: Path, folder: str, names: tuple[str, ...]) -> None:
    """Every join resolves; strong names, marks of weak names and addresses are as many as the reader gives."""
    main, aliases, places, comments = (test_data / "lists" / folder / f"{name}.csv" for name in names)
    entries = {row[0]: row for row in ofac_rows(main, 12)}
    alt, add = list(ofac_rows(aliases, 5)), list(ofac_rows(places, 6))
    assert {row[0] for row in [*alt, *add]} <= entries.keys()
    strong = {(row[0], row[1]) for row in entries.values()} | {(row[0], row[3]) for row in alt}
    remarks = [row[11] for row in entries.values()] + [row[1] for row in ofac_rows(comments, 2)]
    weak = sum(len(re.findall(r"[afn]\.k\.a\. '", text)) for text in remarks)
    written = sum(any(cell.strip() != "-0-" for cell in row[2:4]) for row in add)
    parties, report, _ = parties_of(test_data / "lists", folder)
    assert len(parties) == len(entries)
    assert (report.counts["names"], report.counts["weak names"]) == (len(strong) + weak, weak)
    assert report.counts["addresses"] == written


@pytest.mark.parametrize("file", ["us_ofac_sdn_xml_2021-03/sdn.xml.gz", "us_ofac_cons_xml_2025-03/consolidated.xml"])
def test_the_xml_of_ofac_counted_plainly(test_data: Path, file: str) -> None:
    """As many entries as `Record_Count`, and each name and address of every one."""
    path = test_data / "lists" / file
    root = ElementTree.fromstring(gzip.decompress(path.read_bytes()) if file.endswith("gz") else path.read_bytes())
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    records = list(root.iter("sdnEntry"))
    names, addresses = 0, 0
    for record in records:
        named = [record, *record.iter("aka")]
        names += len({(one.findtext("lastName"), one.findtext("firstName")) for one in named})
        addresses += sum(
            any(address.findtext(tag) for tag in ("address1", "address2", "address3", "city", "stateOrProvince"))
            or bool(address.findtext("postalCode"))
            for address in record.iter("address")
        )
    parties, report, _ = parties_of(test_data / "lists", file)
    assert len(parties) == len(records) == int(root.findtext("publshInformation/Record_Count") or 0)
    assert (report.counts["names"], report.counts["addresses"]) == (names, addresses)


def test_the_list_of_the_united_nations_counted_plainly(test_data: Path) -> None:
    """4,121 names; each that no other name stands within is one of its party."""
    path = test_data / "lists/un_xml_2026-02/UN_consolidated.xml"
    plain: dict[str, set[str]] = {}
    for record in ElementTree.parse(path).getroot().iter():
        if record.tag in ("INDIVIDUAL", "ENTITY"):
            whole = [record.findtext(f"{place}_NAME") or "" for place in ("FIRST", "SECOND", "THIRD", "FOURTH")]
            others = [name.text or "" for name in [*record.iter("NAME_ORIGINAL_SCRIPT"), *record.iter("ALIAS_NAME")]]
            names = {" ".join(name.split()) for name in [" ".join(whole), *others]} - {""}
            plain[(record.findtext("REFERENCE_NUMBER") or "").strip()] = names
    assert (len(plain), sum(map(len, plain.values()))) == (1_003, 4_121)
    parties, _, _ = parties_of(test_data / "lists", "un_xml_2026-02/UN_consolidated.xml")
    read = {party.id.removeprefix("test:"): {name.text for name in party.names} for party in parties}
    assert read.keys() == plain.keys()
    missing = {name for key, names in plain.items() for name in names - read[key]}
    assert all(re.search(r"[;()]|listed as|\b[a-z]\)", name) for name in missing), missing
    assert len(missing) < 100


def test_the_snapshots_of_ofac_differ_by_what_came_and_went(test_data: Path) -> None:
    """From July 2021 to January 2024, 5,637 entries came and 792 went."""
    older, newer = (parties_of(test_data / "lists", folder)[0] for folder in (SETS[1], SETS[0]))
    changes = Counter(change.what for change in difference(older, newer))
    assert (changes["added"], changes["removed"]) == (5_637, 792)
