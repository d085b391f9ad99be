"""The catalogue: each list with its address, its format, and what a copy must be like; faults are all said at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from sanctionscreen.errors import WatchlistError
from sanctionscreen.model import Measure
from sanctionscreen.watchlist.catalogue import Catalogue, CatalogueEntry, load_catalogue
from sanctionscreen.watchlist.entities import load_entities

ENTRY = """  - id: syn-list
    title: Synthetic List
    publisher: Synthetic Ministry
    legal_basis: a synthetic act
    legal_source: the act itself
    measure: asset_freeze
    licence: not stated
    editions:
      - format: un-xml
        files: [{name: list.xml, address: "https://lists.example.org/list.xml"}]
    redirect_hosts: [files.example.org]
    expect: {minimum: 2, maximum: 20, shrink_percent: 10, basis: "ours: a test"}
    max_age: {days: 7, basis: "ours: a test"}
"""
HEAD = """list: {id: own, title: Own catalogue, issuer: A firm, retrieved: 2026-11-22}
expect: {lists: 1}
lists:
"""
SUBLIST = """  - id: syn-part
    title: Part of it
    publisher: Synthetic Ministry
    legal_basis: a synthetic act
    measure: denied
    held_in: syn-list
"""


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def written(folder: Path, text: str) -> Path:
    path = folder / "catalogue.yml"
    path.write_text(text, encoding="utf-8")
    return path


def faults_of(folder: Path, text: str) -> str:
    with pytest.raises(ExceptionGroup) as raised:
        load_catalogue(written(folder, text))
    assert all(isinstance(fault, WatchlistError) for fault in raised.value.exceptions)
    return "\n".join(str(fault) for fault in raised.value.exceptions)


# --- the catalogue that comes with the program ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "us-ofac-sdn", "us-ofac-cons", "us-ofac-ns-cmic", "us-csl", "us-bis-entity-list", "us-bis-denied",
        "us-bis-unverified", "eu-fsf", "eu-833-2014-iv", "gb-uk-sanctions-list", "gb-ofsi-consolidated", "un-sc",
        "ch-seco", "ca-sema", "au-dfat", "ua-war-sanctions", "ua-nsdc", "jp-meti-eul",
    ],
)  # fmt: skip
def test_the_lists_are_there(catalogue: Catalogue, name: str) -> None:
    """Every list that rules and readers name has an entry that says what it means."""
    found = catalogue.lists[name]
    assert found.title
    assert found.publisher
    assert found.legal_basis
    assert found.measure in get_args(Measure)


def test_measures_agree_with_the_embedded_list(catalogue: Catalogue) -> None:
    """A list means the same in the catalogue and in the list of the articles."""
    embedded = {info.id: info.measure for info in load_entities().lists if info.id in catalogue.lists}
    assert len(embedded) == 6
    assert embedded == {name: catalogue.lists[name].measure for name in embedded}


def test_the_lists_within_the_screening_list_are_there(catalogue: Catalogue) -> None:
    """Each id that the readers of the American screening list can give is a list here, with the same measure and law."""
    from sanctionscreen.watchlist.official.csl_sources import SOURCES

    for source in SOURCES.values():
        entry = catalogue.lists[source.list]
        assert (entry.id, entry.measure) == (source.list, source.measure)
        assert entry.title
        assert entry.publisher
        assert entry.legal_basis.startswith(source.law), source.list
        assert entry.legal_source.endswith(f"confidence {source.sure}"), source.list
        assert not entry.held_in or catalogue.entry(entry.held_in).editions


def test_every_list_with_files_says_when_to_believe_it(catalogue: Catalogue) -> None:
    """Counts, shrink and age come with where they are from; what is ours says so."""
    for entry in catalogue.entries():
        assert 1 <= entry.expect.minimum < entry.expect.maximum
        assert 0 < entry.expect.shrink_percent <= 50
        assert entry.expect.basis.casefold().startswith("ours"), entry.id
        assert entry.max_age_days >= 1
        assert entry.max_age_basis.casefold().startswith("ours"), entry.id
        assert entry.licence


def test_formats_are_known(catalogue: Catalogue) -> None:
    """Each edition is of a format that a reader reads, with the parts that it wants."""
    from sanctionscreen.watchlist.official.formats import FORMATS

    for entry in catalogue.entries():
        assert entry.editions
        for edition in entry.editions:
            assert edition.format in FORMATS, f"{entry.id}: {edition.format}"
            if edition.files:
                assert {file.part for file in edition.files} <= set(FORMATS[edition.format].parts)


def test_the_british_list_that_was_closed_says_when_and_what_follows(catalogue: Catalogue) -> None:
    """The OFSI list ended on 28 January 2026; the UK Sanctions List stands alone since."""
    closed = catalogue.lists["gb-ofsi-consolidated"]
    assert closed.successor == "gb-uk-sanctions-list"
    assert not closed.is_retired(date(2026, 1, 27))
    assert closed.is_retired(date(2026, 1, 28))
    assert not closed.is_automatic
    assert not catalogue.lists[closed.successor].is_retired(date(2030, 1, 1))


def test_what_may_not_be_used_freely_is_fetched_by_name_only(catalogue: Catalogue) -> None:
    """Data under a non-commercial licence never comes by itself."""
    assert not catalogue.lists["ua-war-sanctions"].is_automatic
    fetched = [entry.id for entry in catalogue.entries() if entry.is_automatic and entry.can_be_fetched]
    assert fetched == [
        "us-ofac-sdn", "us-ofac-cons", "us-csl", "eu-fsf", "gb-uk-sanctions-list", "un-sc", "ch-seco", "ca-sema",
        "au-dfat",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "entries"),
    [
        ("us-ofac-sdn", (8832, 8976, 13821)),
        ("us-ofac-cons", (442, 443)),
        ("eu-fsf", (2269,)),
        ("un-sc", (1003,)),
        ("gb-ofsi-consolidated", (3993, 4688)),
        ("au-dfat", (3846,)),
        ("ca-sema", (4759,)),
        ("us-bis-denied", (581,)),
        ("eu-833-2014-iv", (921,)),
        ("eu-833-2014-xlii", (633, 673)),
        ("ua-war-sanctions", (5600,)),
    ],
)
def test_counts_seen_are_believed(catalogue: Catalogue, name: str, entries: tuple[int, ...]) -> None:
    """What real copies held lies within what is expected; a tenth of it, and ten times it, do not."""
    expect = catalogue.lists[name].expect
    assert all(expect.minimum <= count <= expect.maximum for count in entries)
    assert expect.minimum > min(entries) / 10
    assert expect.maximum < max(entries) * 10


def test_hosts_are_those_of_the_addresses_and_those_named(catalogue: Catalogue) -> None:
    """A list is fetched from its own hosts, and the one that OFAC hands downloads over to."""
    entry = catalogue.lists["us-ofac-sdn"]
    edition = entry.edition()
    assert edition is not None
    assert entry.hosts(edition) == {
        "sanctionslistservice.ofac.treas.gov",
        "wc2h-sls-prod-public-published.s3.us-gov-west-1.amazonaws.com",
    }
    assert entry.edition("ofac-csv") is not None
    assert entry.edition("un-xml") is None


def test_a_list_is_found_by_its_id(catalogue: Catalogue) -> None:
    """A slip of the pen is answered with what was meant; a part of a list with the list that holds it."""
    with pytest.raises(WatchlistError, match="did you mean 'us-ofac-sdn'"):
        catalogue.entry("us-ofac-snd")
    with pytest.raises(WatchlistError, match="its entries come with us-ofac-cons"):
        catalogue.entry("us-ofac-ns-cmic")
    assert [entry.id for entry in catalogue.entries(["un-sc", "un-sc"])] == ["un-sc"]


# --- catalogues of others -------------------------------------------------------------------------------------------


def test_an_own_catalogue_lies_over_the_built_in_one(tmp_path: Path, catalogue: Catalogue) -> None:
    """A firm adds lists, or gives one another address; the rest stays."""
    own = load_catalogue(written(tmp_path, HEAD + ENTRY + SUBLIST))
    both = catalogue.with_own(own)
    assert set(both.lists) == {*catalogue.lists, "syn-list", "syn-part"}
    assert both.fingerprint != catalogue.fingerprint
    mirror = load_catalogue(written(tmp_path, HEAD + ENTRY.replace("syn-list", "un-sc")))
    found = catalogue.with_own(mirror).entry("un-sc")
    assert [file.address for edition in found.editions for file in edition.files] == [
        "https://lists.example.org/list.xml"
    ]


def test_a_catalogue_reads_as_it_is_written(tmp_path: Path) -> None:
    """Each key comes to its field."""
    found = load_catalogue(written(tmp_path, HEAD + ENTRY)).entry("syn-list")
    assert isinstance(found, CatalogueEntry)
    assert found.expect.shrink_percent == 10
    assert found.max_age_days == 7
    assert found.redirect_hosts == {"files.example.org"}
    assert found.editions[0].files[0].part == "main"
    assert found.editions[0].size_limit == 500_000_000
    assert found.legal_source == "the act itself"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (("https://lists", "http://lists"), "begins with https://"),
        (("https://lists.example.org", "https://user@lists.example.org"), "begins with https://"),
        (("https://lists.example.org", "https://lists.example.org:8443"), "begins with https://"),
        (("https://lists.example.org/", "https://[lists/"), "begins with https://"),
        (("https://lists.example.org/", "file:///etc/"), "begins with https://"),
        (("name: list.xml", "name: ../list.xml"), "no plain file name"),
        (("name: list.xml", "part: MAIN, name: list.xml"), "one word of small letters"),
        (("id: syn-list", "id: Syn:List"), "names a folder too"),
        (("id: syn-list", "id: .."), "letters, digits"),
        (("measure: asset_freeze", "measure: freeze"), "'measure' of list 'syn-list' is 'freeze'"),
        (("minimum: 2", "minimum: 30"), "below their beginning"),
        (("minimum: 2", "minimum: none"), "write a number"),
        (("shrink_percent: 10", "shrink_percent: 110"), "write a number from 0 to 100"),
        (("days: 7", "days: 0"), "write a number from 1"),
        (("    licence: not stated\n", ""), "needs the key 'licence'"),
        (("    licence: not stated\n", "    licence: x\n    colour: red\n"), "unknown key 'colour'"),
        (("    licence: not stated\n", "    licence: x\n    status: retired\n"), "needs the key 'retired_on'"),
        (("    licence: not stated\n", "    licence: x\n    retired_on: 2026-01-01\n"), "say status: retired"),
        (("    licence: not stated\n", "    licence: x\n    status: retired\n    retired_on: 2026-01-01\n    successor: no-list\n"), "names no other list: 'no-list'"),
        (("[files.example.org]", '["*.example.org"]'), "no host in small letters"),
        (("      - format: un-xml\n", "      - {format: un-xml}\n      - format: un-xml\n"), "two editions"),
        (("lists: 1", "lists: 2"), "holds 1 lists, fewer than the 2"),
    ],
)  # fmt: skip
def test_a_fault_says_where_and_what_would_be_right(tmp_path: Path, wrong: tuple[str, str], said: str) -> None:
    """Nothing of a faulty catalogue is loaded; the line of the fault is named."""
    text = HEAD + ENTRY
    assert wrong[0] in text
    found = faults_of(tmp_path, text.replace(*wrong))
    assert said in found
    assert "catalogue.yml:" in found


def test_all_faults_are_said_at_once(tmp_path: Path) -> None:
    """Whoever mends a catalogue sees everything that is wrong with it."""
    text = (HEAD + ENTRY).replace("asset_freeze", "freeze").replace("days: 7", "days: 0").replace("https:", "ftp:")
    assert len(faults_of(tmp_path, text).splitlines()) == 3


def test_a_part_of_a_list_has_no_files_and_a_list_that_is_there(tmp_path: Path) -> None:
    """What is held in another list has neither addresses nor counts, and the other one exists and has files."""
    assert "names no other list" in faults_of(tmp_path, HEAD + SUBLIST)
    beside = SUBLIST + "    expect: {minimum: 1, maximum: 2, shrink_percent: 1, basis: x}\n"
    assert "'expect' stands there" in faults_of(tmp_path, HEAD + ENTRY + beside)
    chain = SUBLIST + SUBLIST.replace("syn-part", "syn-deep").replace("held_in: syn-list", "held_in: syn-part")
    assert "has no files of its own" in faults_of(tmp_path, HEAD + ENTRY + chain)


def test_a_list_twice_is_a_fault(tmp_path: Path) -> None:
    """An id stands for one list."""
    assert "given twice" in faults_of(tmp_path, HEAD + ENTRY + ENTRY)


def test_a_catalogue_that_is_not_there_is_said(tmp_path: Path) -> None:
    """A missing file is a fault of the file, not of the program."""
    with pytest.raises(ExceptionGroup) as raised:
        load_catalogue(tmp_path / "none.yml")
    assert "cannot be read" in str(raised.value.exceptions[0])
