"""Listed parties: what the built-in list holds, and the reader that serves a user's own list too."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sanctionscreen.errors import WatchlistError
from sanctionscreen.model import ListedParty
from sanctionscreen.watchlist import Seeds, Watchlist, load_entities, load_seeds

OWN_LIST = """list: {id: our-customers, title: Customers we left, issuer: Synthetic Firm, retrieved: 2026-01-31}
expect: {entities: 2}
lists:
  - {id: own, title: Left customers, issuer: Synthetic Firm, measure: denied}
entities:
  - {id: vostok, kind: company, names: [Vostok Synthetic Electronics LLC, ООО Восток Синтетик], countries: [RU]}
  - id: ivanov
    kind: person
    names: [Petr Synteev, {text: Synteev, quality: weak, note: a surname}]
    listings: [{list: own, listed_from: 2025-01-01, listed_until: 2026-01-01}]
"""


@pytest.fixture(scope="module")
def seeds() -> Seeds:
    return load_seeds()


@pytest.fixture(scope="module")
def watchlist(seeds: Seeds) -> Watchlist:
    return load_entities(None, seeds)


@pytest.fixture(scope="module")
def parties(watchlist: Watchlist) -> dict[str, ListedParty]:
    return {party.id: party for party in watchlist.parties}


def own_list(folder: Path, *changes: tuple[str, str]) -> Path:
    text = OWN_LIST
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = folder / "own.yml"
    path.write_text(text, "utf-8")
    return path


def faults(path: Path, seeds: Seeds | None = None) -> list[str]:
    with pytest.raises(ExceptionGroup) as caught:
        load_entities(path, seeds)
    assert all(isinstance(fault, WatchlistError) for fault in caught.value.exceptions)
    return [str(fault) for fault in caught.value.exceptions]


@pytest.mark.parametrize(
    ("party", "lists"),
    [
        ("techkrim", {"us-ofac-sdn": "asset_freeze"}),
        ("sudoplatov-battalion", {"us-ofac-sdn": "asset_freeze"}),
        ("dji", {"us-dod-1260h": "sectoral", "us-ofac-ns-cmic": "sectoral", "us-bis-entity-list": "export_licence"}),
        ("tsk-vektor", {"eu-269-2014": "asset_freeze", "eu-833-2014-iv": "export_licence"}),
        ("xiamen-limbach", {"eu-269-2014": "asset_freeze"}),
        ("pozitron", {"press": "press"}),
        ("mykines-corporation", {"press": "press"}),
        ("vladimir-putin", {"context": "context"}),
    ],
)
def test_listings_say_what_they_mean(parties: dict[str, ListedParty], party: str, lists: dict[str, str]) -> None:
    """Each entry stands on its lists, with the measure of the list."""
    assert {listing.list: listing.measure for listing in parties[party].listings} == lists


@pytest.mark.parametrize(
    ("status", "members"),
    [
        (
            "official",
            {
                "techkrim",
                "sudoplatov-battalion",
                "dji",
                "dji-baiwang",
                "xiamen-limbach",
                "redlepus-vektor",
                "juhang-aviation",
                "tsk-vektor",
                "beijing-xichao",
                "china-head-aerospace",
                "fargona-kimyo-zavodi",
                "raw-materials-cellulose",
            },
        ),
        (
            "press",
            {
                "pozitron",
                "shanghai-h-win",
                "mykines-corporation",
                "silva-buryatia",
                "legittelekom",
                "rika",
                "deekon-shanghai",
            },
        ),
    ],
)
def test_who_is_listed_and_who_is_reported(parties: dict[str, ListedParty], status: str, members: set[str]) -> None:
    """Official and press-reported entries are these; everyone else is context."""
    assert {party.id for party in parties.values() if party.status == status} == members


@pytest.mark.parametrize(
    "name",
    [
        "Michael Raska",
        "Emily Kilcrease",
        "Helena Legarda",
        "Lance Luo",
        "Henrik Rothen",
        "Kate Tsurkan",
        "Antony Blinken",
        "Joe Biden",
        "Vladimir Putin",
        "Xi Jinping",
        "Alexander Lukashenko",
        "UAWIRE",
        "RBC news agency",
        "Bloomberg",
        "CNN",
        "Politico",
        "Financial Times",
        "Kyiv Independent",
        "Reuters",
        "AP",
        "European Pravda",
        "Wirtualna Polska Media S.A.",
        "Institute for the Study of War",
        "Getty Images",
        "NurPhoto",
        "Costfoto",
        "Shutterstock",
        "Wiki Commons",
        "IMF",
        "OSCE",
        "NATO",
        "European Union",
        "White House",
        "Kremlin",
        "中国海关总署",
        "Ukrainian customs",
        "Mercator Institute for China Studies",
        "S. Rajaratnam School of International Studies",
    ],
)
def test_sources_and_speakers_are_context(watchlist: Watchlist, name: str) -> None:
    """Whoever writes, speaks or is cited is context, with a reason and a document."""
    (party,) = (party for party in watchlist.parties if any(held.text == name for held in party.names))
    assert party.status == "context"
    assert party.role
    assert party.documents


@pytest.mark.parametrize("unnamed", ["three-russian-buyers", "russian-milblogger", "two-us-officials", "chinese-banks"])
def test_unnamed_groups_are_kept_as_evidence(watchlist: Watchlist, unnamed: str) -> None:
    """Whoever the documents leave unnamed is kept with citations, and nothing is compared with them."""
    (found,) = (party for party in watchlist.unnamed if party.id == unnamed)
    assert found.documents
    assert found.claims
    assert unnamed not in {party.id for party in watchlist.parties}


@pytest.mark.parametrize(
    ("party", "weak"),
    [
        ("xi-jinping", "Xi"),
        ("european-union", "EU"),
        ("financial-times", "FT"),
        ("ap", "AP"),
        ("shanghai-h-win", "H Win"),
        ("sudoplatov-battalion", "Sudoplatov"),
        ("pozitron", "Positron"),
        ("rbc", "RBC"),
    ],
)
def test_common_words_are_weak_names(parties: dict[str, ListedParty], party: str, weak: str) -> None:
    """A name that is a common word, a surname or an abbreviation only corroborates."""
    assert {name.text: name.quality for name in parties[party].names}[weak] == "weak"


@pytest.mark.parametrize("party", ["pozitron", "silva-buryatia", "rika", "legittelekom", "deekon-shanghai"])
def test_very_common_or_unconfirmed_names_need_an_identifier(parties: dict[str, ListedParty], party: str) -> None:
    """A name shared by hundreds of firms, or known from a re-report only, says nothing alone."""
    assert parties[party].needs_identifier


def test_inferred_dates_say_so(parties: dict[str, ListedParty]) -> None:
    """A date that no source gives is marked, and a range starts on its first possible day."""
    techkrim, sudoplatov = parties["techkrim"].listings[0], parties["sudoplatov-battalion"].listings[0]
    assert "inferred" in techkrim.date_basis
    assert "range" in sudoplatov.date_basis
    assert sudoplatov.listed_from == date(2024, 10, 7)
    assert not sudoplatov.in_force(date(2024, 10, 6))


def test_press_designations_are_no_official_listing(watchlist: Watchlist) -> None:
    """A US designation that only the press reports stays a note."""
    on_sdn = {
        party.id for party in watchlist.parties if any(listing.list == "us-ofac-sdn" for listing in party.listings)
    }
    assert on_sdn == {"techkrim", "sudoplatov-battalion"}


def test_identifiers_are_those_of_the_sources(parties: dict[str, ListedParty]) -> None:
    """What no source gives is empty, what one gives is there."""
    for empty in ("techkrim", "pozitron", "shanghai-h-win", "mykines-corporation", "legittelekom"):
        assert parties[empty].identifiers == ()
    assert parties["dji"].identifiers == ("914403007954257495",)
    assert parties["tsk-vektor"].identifiers == ("3849055365",)


def test_brand_is_a_goods_signal(parties: dict[str, ListedParty]) -> None:
    """Only DJI is a brand, for drones."""
    assert {party.id: party.brand_category for party in parties.values() if party.brand_category} == {"dji": "drones"}


def test_official_listings_carry_proof(watchlist: Watchlist) -> None:
    """Every official listing has a citation, a confidence and a first day; every entry cites a document."""
    for party in watchlist.parties:
        assert party.documents, party.id
        for listing in party.listings:
            if listing.measure not in ("press", "context"):
                assert listing.citation, party.id
                assert listing.confidence, party.id
                assert listing.listed_from, party.id


def test_lists_are_counted(watchlist: Watchlist) -> None:
    """Each list tells how many entries of the file stand on it."""
    counts = {info.id: info.count for info in watchlist.lists}
    assert counts["eu-269-2014"] == 8
    assert counts["us-ofac-sdn"] == 2
    assert counts["press"] == 7
    assert sum(counts.values()) == sum(len(party.listings) for party in watchlist.parties)


def test_own_list(tmp_path: Path) -> None:
    """A user's own list loads without evidence; an entry without listings stands on the one list of the file."""
    watchlist = load_entities(own_list(tmp_path), None)
    vostok, ivanov = watchlist.parties
    assert [(listing.list, listing.measure) for listing in vostok.listings] == [("own", "denied")]
    assert vostok.status == "official"
    assert [name.quality for name in vostok.names] == ["primary", "strong"]
    assert [name.quality for name in ivanov.names] == ["primary", "weak"]
    assert ivanov.listings[0].in_force(date(2025, 6, 1))
    assert not ivanov.listings[0].in_force(date(2026, 1, 1))


def test_own_list_may_cite_what_is_not_known_here(tmp_path: Path, seeds: Seeds) -> None:
    """Citations are followed only where the evidence is at hand."""
    path = own_list(tmp_path, ("countries: [RU]}", "countries: [RU], documents: [memo-7], claims: [c-1]}"))
    assert load_entities(path, None).parties[0].documents == ("memo-7",)
    assert len(faults(path, seeds)) == 2


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("kind: person", "kind: persn", "own.yml:8:5: 'kind' of entity 'ivanov' is 'persn'; did you mean 'person'?"),
        ("kind: person", "kind: any", "'kind' of entity 'ivanov' is 'any'"),
        ("    kind: person\n", "", "entity 'ivanov' needs the key 'kind'"),
        ("countries: [RU]", "countries: [Russia]", "'Russia' in 'countries' of entity 'vostok' is no ISO country code"),
        ("countries: [RU]", "countries: [RU, RU]", "'RU' stands twice"),
        ("countries: [RU]", "county: [RU]", "unknown key 'county' in entity 'vostok'; did you mean 'countries'?"),
        ("quality: weak", "quality: week", "is 'week'; did you mean 'weak'?"),
        ("{list: own, ", "{list: oen, ", "is 'oen'; did you mean 'own'?"),
        ("listed_from: 2025-01-01", "listed_from: 2025-13-01", "write a day as 2026-01-31"),
        ("listed_until: 2026-01-01", "listed_until: 2024-01-01", "not after it began"),
        ("measure: denied", "measure: deny", "is 'deny'; did you mean 'denied'?"),
        ("entities: 2", "entities: 3", "holds 2 entities, fewer than the 3 that the file expects"),
        ("id: ivanov", "id: vostok", "the id 'vostok' is given twice, first at line 6"),
        ("id: ivanov", "id: 'ivan ov'", "may hold letters, digits"),
        ("names: [Petr Synteev,", "names: ['---',", "no letter or digit to compare"),
        ("ООО Восток Синтетик]", "VOSTOK Synthetic Electronics LLC]", "twice, apart from case and accents"),
        ("countries: [RU]}", "countries: [RU], status: press}", "but its listings make it 'official'"),
        ("countries: [RU]}", "countries: [RU], needs_identifier: yes}", "write true or false"),
        ("expect: {entities: 2}\n", "", "needs the key 'expect'"),
        ("retrieved: 2026-01-31", "retrieved: yesterday", "write a day as 2026-01-31"),
    ],
)
def test_faults_name_their_place(tmp_path: Path, old: str, new: str, message: str) -> None:
    """A fault says the file and line, what is wrong and what would be right, and nothing loads."""
    found = faults(own_list(tmp_path, (old, new)))
    assert any(message in fault and fault.startswith("own.yml:") for fault in found), found


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    """One load reports every fault, in the order of the lines."""
    path = own_list(tmp_path, ("measure: denied", "measure: deny"), ("kind: person", "kind: persn"), ("[RU]", "[XX]"))
    lines = [int(fault.split(":")[1]) for fault in faults(path)]
    assert lines == [4, 6, 8]


def test_entry_needs_a_list_when_there_are_two(tmp_path: Path) -> None:
    """With two lists in the file, an entry must say on which it stands."""
    second = "  - {id: other, title: Others, issuer: Synthetic Firm, measure: press}\nentities:\n"
    assert "more than one list" in faults(own_list(tmp_path, ("entities:\n", second)))[0]


@pytest.mark.parametrize(
    ("text", "message"), [("", "is empty"), ("[]", "must be a mapping"), ("list: [", "is not YAML")]
)
def test_a_file_that_is_no_list(tmp_path: Path, text: str, message: str) -> None:
    """An empty file, a bare list and broken YAML are faults, never an empty watchlist."""
    path = tmp_path / "own.yml"
    path.write_text(text, "utf-8")
    assert any(message in fault for fault in faults(path))


def test_fingerprint_is_of_the_content(tmp_path: Path) -> None:
    """Comments do not change the fingerprint; a name does."""
    before = load_entities(own_list(tmp_path)).fingerprint
    assert load_entities(own_list(tmp_path, ("entities:\n", "# ours\nentities:\n"))).fingerprint == before
    assert load_entities(own_list(tmp_path, ("Petr Synteev", "Pjotr Synteev"))).fingerprint != before
