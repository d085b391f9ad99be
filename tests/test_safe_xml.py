"""XML of strangers: the same records whatever the blocks, and whatever would fill memory is refused."""

from __future__ import annotations

import tracemalloc
from collections.abc import Collection
from pathlib import Path
from typing import Any

import pytest

from sanctionscreen.errors import WatchlistError
from sanctionscreen.watchlist.official import safe_xml, xml_cut
from sanctionscreen.watchlist.official.safe_xml import Names, parts_at, root_attributes, xml_records, xml_root

LIST = """<?xml version="1.0" encoding="utf-8"?>
<list xmlns="urn:a" xmlns:b="urn:b" date="2026-01-02" b:kind="x">
  <head><made>today</made></head>
  <places><place id="1" note="a > b /> c">Tver</place><place id="2"/>
    <place id="3"><place id="inner">Тверь</place></place></places>
  <people><person id="7">Osip<name b:script="Latin">Brilkov</name> tail</person><b:person id="8"/><other/></people>
  <places/><placesetc><person id="9"/></placesetc>
</list>"""


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "list.xml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


Part = tuple[str, dict[str, str], str]


def read(folder: Path, text: str | bytes, tags: Collection[str] = ("person",), **how: Any) -> list[list[Part]]:
    """All parts of each record: name, attributes, text."""
    records = xml_records(written(folder, text), tags, **how)
    return [[(part.tag, dict(part.items()), part.text or "") for part in record.iter()] for record in records]


PERSONS = [
    [("person", {"id": "7"}, "Osip"), ("name", {"{urn:b}script": "Latin"}, "Brilkov")],
    [("person", {"id": "8"}, "")],
    [("person", {"id": "9"}, "")],
]


@pytest.mark.parametrize("block", [1, 7, 64, 1 << 16])
@pytest.mark.parametrize("without", [(), ("places",), ("places", "head")])
def test_records_are_the_same_in_blocks_of_any_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: int, without: Collection[str]
) -> None:
    """Names lose their namespaces; what another reading reads can be left out, and nothing else goes with it."""
    monkeypatch.setattr(xml_cut, "_BLOCK", block)
    told: list[tuple[str, int]] = []
    names = Names()
    found = read(tmp_path, LIST, without=without, outside=lambda name, level: told.append((name, level)), names=names)
    assert found == PERSONS
    kept = [("list", 0), ("head", 1), ("made", 2), ("people", 1), ("other", 2), ("placesetc", 1)]
    assert [one for one in told if one[0] not in ("places", "place")] == [
        one for one in kept if "head" not in without or one[0] not in ("head", "made")
    ]
    assert told.count(("places", 1)) == (0 if "places" in without else 2)
    assert names.attributes == {"id", "{urn:b}script"}


def test_a_record_within_a_record_is_a_part_of_it(tmp_path: Path) -> None:
    """Whole records are given, in the order of the file; a path leads to their parts."""
    (first, second, third) = xml_records(written(tmp_path, LIST), {"place"})
    assert [first.text, second.text, third.text] == ["Tver", None, None]
    assert [part.get("id") for part in parts_at(third, "place")] == ["inner"]
    (people,) = xml_records(written(tmp_path, LIST), {"people"})
    assert [part.text for part in parts_at(people, "person/name")] == ["Brilkov"]


@pytest.mark.parametrize(
    "text",
    [
        LIST.replace("<people>", "<!-- <places> --><people>"),
        LIST.replace("<people>", "<x><![CDATA[<places>]]></x><people>"),
        LIST.replace("<people>", "<?note <places> ?><people>"),
        LIST.replace("utf-8", "utf-16").encode("utf-16"),
        LIST.replace("utf-8", "koi8-r").encode("koi8-r"),
        LIST.replace("<place", "<b:place").replace("</place", "</b:place"),
        "\ufeff" + LIST,
    ],
)
def test_what_looks_like_a_section_hides_no_record(tmp_path: Path, text: str | bytes) -> None:
    """Comments, CDATA, instructions, prefixes and other encodings: where a section cannot be told safely, all is read."""
    assert read(tmp_path, text, without={"places"}) == PERSONS


def test_attributes_of_the_root_lose_their_namespaces(tmp_path: Path) -> None:
    """The date of a list stands there; the rest of the file may be broken, which is for the reader to say."""
    path = written(tmp_path, LIST[:-20])
    assert root_attributes(path) == {"date": "2026-01-02", "kind": "x"}
    assert xml_root(path) == ("urn:a", "list")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "holds no element"),
        ("no list", "is not XML"),
        ("<list><person>", "is not XML, or is cut: no element found"),
        (LIST[:-10], "is not XML, or is cut"),
        (LIST.replace("</people>", "</peple>"), "list.xml:6: is not XML, or is cut: mismatched tag"),
        (LIST + "<list/>", "junk after document element"),
        (LIST.replace("utf-8", "utf-00"), "is not XML: unknown encoding: utf-00"),
        (LIST.replace("utf-8", "shift_jis"), "is not XML: multi-byte encodings are not supported"),
        (LIST.replace("Osip", "Osip&who;"), "undefined entity"),
        (LIST.replace("</places>\n", "</places></places>\n"), "mismatched tag"),
        (LIST.replace("</placesetc>", "<places>"), "is not XML, or is cut"),
    ],
)
@pytest.mark.parametrize("without", [(), ("places",)])
def test_a_damaged_file_is_refused_with_the_line(
    tmp_path: Path, text: str, problem: str, without: Collection[str]
) -> None:
    """A section that is left out leaves its lines behind, so the line is that of the file."""
    with pytest.raises(WatchlistError) as raised:
        read(tmp_path, text, without=without)
    assert problem in str(raised.value)


BOMBS = [
    ("<!DOCTYPE list>", "document type"),
    ('<!DOCTYPE list [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>', "document type"),
    ('<!DOCTYPE list SYSTEM "file:///etc/passwd">', "document type"),
    ('<!DOCTYPE list [<!ENTITY % p SYSTEM "http://example.org/x.dtd">%p;]>', "document type"),
]


@pytest.mark.parametrize(("declared", "problem"), BOMBS)
def test_a_document_type_is_not_read(tmp_path: Path, declared: str, problem: str) -> None:
    """Entities that grow or fetch need one, and lists do not."""
    with pytest.raises(WatchlistError, match=problem):
        read(tmp_path, f"{declared}<list><person/></list>")


DEEP, WIDE, TAIL = "<a>" * 70, safe_xml.MAX_NAMES + 1, "</list>"
LARGE = safe_xml.MAX_RECORD + (1 << 17)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (f"<list><person>{DEEP}", "nests deeper than 60"),
        (f"<list><person>{DEEP}{'</a>' * 70}</person><person/></list>", "nests deeper than 60"),
        (f"<list>{DEEP}{'</a>' * 70}<person/></list>", "nests deeper than 60"),
        (f"<list><person>{'<a>' * 30_000}", "nests deeper than 60"),
        ("<list><person>" + "x" * LARGE, "record or a text of more than"),
        ("<list><person>" + ('<a b="' + "x" * 999 + '"/>') * (LARGE // 1000), "record or a text of more than"),
        ("<list>" + " " * LARGE, "record or a text of more than"),
        ("<list><person/>" + "\n" * LARGE, "record or a text of more than"),
        (f"<list><!--{'x' * LARGE}--></list>", "record or a text of more than"),
        ("<list><person " + "".join(f'a{n}="" ' for n in range(LARGE // 9)), "record or a text of more than"),
        ("<list>" + "".join(f"<person{n}/>" for n in range(WIDE)) + TAIL, "names of elements"),
        ("<list><person>" + "".join(f"<a{n}/>" for n in range(WIDE)) + "</person></list>", "names of elements"),
        ("<list>" + "".join(f'<person a{n}=""/>' for n in range(WIDE)) + TAIL, "names of elements"),
        ("<list>" + "".join(f'<other a{n}=""/>' for n in range(WIDE)) + TAIL, "names of elements"),
    ],
)
def test_what_would_fill_memory_is_refused(tmp_path: Path, text: str, problem: str) -> None:
    """Nested without end, records, texts and tags without end, and names without number."""
    with pytest.raises(WatchlistError, match=problem):
        read(tmp_path, text)


@pytest.mark.parametrize("text", ["<list><places a=" + "x" * (5 << 20), "<list><places>" + "<places " * 600_000])
def test_a_section_without_end_is_refused(tmp_path: Path, text: str) -> None:
    """Of what is left out, no more is held than of what is read."""
    with pytest.raises(WatchlistError, match=r"more than 4,194,304 bytes|is not XML, or is cut"):
        read(tmp_path, text, without={"places"})


@pytest.mark.parametrize("without", [(), ("people",)])
def test_memory_does_not_grow_with_the_file(tmp_path: Path, without: Collection[str]) -> None:
    """Four megabytes of records, of elements around them or of what is left out take less than two."""
    name = f'<name script="Latin">{"made up " * 30}</name>'
    person = f"<person>{name * 4}</person>\n"
    text = "<list>" + f"<people>{person * 20}</people><other><more/></other>\n" * 200 + "<people/></list>"
    path = written(tmp_path, text)
    assert path.stat().st_size > 4_000_000
    tracemalloc.start()
    try:
        assert sum(1 for _ in xml_records(path, {"person"}, without=without)) == (0 if without else 4_000)
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()
