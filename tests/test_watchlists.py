"""Every list file that ships: it says what it is, loads whole, and holds what it should."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from sanctionscreen import resources, strict_yaml
from sanctionscreen.errors import WatchlistError
from sanctionscreen.watchlist import load_entities, load_geography, load_seeds

FILES = sorted([*resources.folder("seeds").glob("*"), *resources.folder("watchlists").glob("*")])


def names() -> list[str]:
    return [path.name for path in FILES]


def test_the_files_are_these() -> None:
    """Nothing else lies in the two folders."""
    seeds, watchlists = ["claims.yml", "documents.yml"], ["catalogue.yml", "chpl.yml", "entities.yml", "geography.yml"]
    assert names() == [*seeds, *watchlists, "goods.yml"]


@pytest.mark.parametrize("path", FILES, ids=names())
def test_a_file_opens_with_what_it_is(path: Path) -> None:
    """Issuer, source, day of the last check and licence come first, then the counts that the loader checks."""
    root = strict_yaml.read(path, WatchlistError)
    assert isinstance(root, strict_yaml.Mapping)
    assert next(iter(root.entries)) == "list"
    assert "expect" in root.entries
    heading = root.entries["list"]
    assert isinstance(heading, strict_yaml.Mapping)
    assert {"id", "title", "issuer", "source", "retrieved", "licence"} <= heading.entries.keys()


@pytest.mark.parametrize("path", FILES, ids=names())
def test_a_file_is_plain_to_edit(path: Path) -> None:
    """Text files without tabs, trailing spaces, anchors or paths of the machine they were made on."""
    text = path.read_text("utf-8")
    assert text.endswith("\n")
    assert not re.search(r"\t|[ ]$|\r", text, re.MULTILINE)
    assert not re.search(r"/(?:home|tmp|work|Users)/", text)


def test_counts() -> None:
    """What ships is pinned: a list that grows or shrinks is a change to be explained."""
    seeds = load_seeds()
    watchlist = load_entities(None, seeds)
    geography = load_geography(None, seeds)
    assert (len(seeds.documents), len(seeds.claims), len(seeds.conflicts)) == (67, 33, 3)
    assert Counter(party.status for party in watchlist.parties) == {"official": 12, "press": 7, "context": 38}
    assert len(watchlist.unnamed) == 4
    assert (len(geography.lists), len(geography.places)) == (8, 59)


def test_all_citations_are_followed() -> None:
    """The shipped lists load with the evidence at hand, so each claim and document they cite exists."""
    seeds = load_seeds()
    watchlist = load_entities(None, seeds)
    cited = {key for party in watchlist.parties for key in (*party.claims, *party.documents)}
    assert cited <= seeds.claims.keys() | seeds.documents.keys()


def test_fingerprints_differ_and_hold() -> None:
    """Each set of files has its own SHA-256, the same at every load."""
    prints = [load_seeds().fingerprint, load_entities().fingerprint, load_geography().fingerprint]
    assert prints == [load_seeds().fingerprint, load_entities().fingerprint, load_geography().fingerprint]
    assert len(set(prints)) == 3
    assert all(re.fullmatch("[0-9a-f]{64}", fingerprint) for fingerprint in prints)
