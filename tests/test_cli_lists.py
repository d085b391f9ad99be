"""`lists`: lists fetched, added, shown, compared, carried and pruned; at the command line."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from publishers import NAMES, NOW, ofac_csv, un_xml
from sanctionscreen.cli import list_progress, lists_bundle, lists_folder, lists_update, run
from sanctionscreen.cli.exits import ExitCode
from sanctionscreen.watchlist.fetching import Fetcher

CATALOGUE = """list: {id: own, title: Own catalogue, issuer: A firm, retrieved: 2026-11-22}
expect: {lists: 3}
lists:
  - id: syn-list
    title: Synthetic List
    publisher: Synthetic Ministry
    legal_basis: a synthetic act
    measure: asset_freeze
    licence: none
    editions:
      - {format: un-xml, files: [{name: list.xml, address: "https://lists.example.org/list.xml"}]}
      - {format: ofac-csv}
    expect: {minimum: 5, maximum: 100, shrink_percent: 10, basis: "ours: a test"}
    max_age: {days: 7, basis: "ours: a test"}
  - id: syn-hand
    title: Own list of a firm
    publisher: A firm
    legal_basis: its own decision
    measure: denied
    licence: none
    editions: [{format: plain-csv}]
    expect: {minimum: 1, maximum: 100, shrink_percent: 50, basis: "ours: a test"}
    max_age: {days: 30, basis: "ours: a test"}
  - id: syn-part
    title: Part of it
    publisher: Synthetic Ministry
    legal_basis: a synthetic act
    measure: denied
    held_in: syn-list
"""


class Desk:
    """A folder, a catalogue, and a publisher that answers with what is set."""

    def __init__(self, folder: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.capture = capture
        self.answer: tuple[int, bytes] = (200, un_xml())
        self.catalogue = folder / "catalogue.yml"
        self.catalogue.write_text(CATALOGUE, encoding="utf-8")

    def file(self, name: str, content: bytes) -> str:
        path = self.folder / name
        path.write_bytes(content)
        return str(path)

    def run(self, *words: str, code: ExitCode = ExitCode.DONE, data: str = "data") -> str:
        """Run `lists ...` and give what it says, on both streams."""
        options = ["--data-dir", str(self.folder / data)]
        if words[0] not in ("prune",) and words[:2] != ("bundle", "export"):
            options += ["--catalogue", str(self.catalogue)]
        assert run(["lists", *words, *options]) == code
        captured = self.capture.readouterr()
        return captured.out + captured.err

    def json(self, *words: str, **more: Any) -> Any:
        return json.loads(self.run(*words, "--json", **more))


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Desk:
    desk = Desk(tmp_path, capsys)

    def respond(request: httpx.Request) -> httpx.Response:
        assert request.url.host == "lists.example.org"
        return httpx.Response(desk.answer[0], content=iter([desk.answer[1]]))

    monkeypatch.setattr(
        lists_update, "open_fetcher", lambda: Fetcher(transport=httpx.MockTransport(respond), sleep=lambda _: None)
    )
    for module in (lists_update, lists_folder, lists_bundle):
        monkeypatch.setattr(module, "now", lambda: NOW)
    monkeypatch.setenv("COLUMNS", "200")
    return desk


# --- update and add -------------------------------------------------------------------------------------------------


def test_a_list_is_fetched_by_name(desk: Desk) -> None:
    """What came of it, in a line; a second time, nothing has changed."""
    said = desk.run("update", "syn-list")
    assert "new version" in said
    assert "2026-11-20" in said
    found = desk.json("update", "syn-list")
    assert [(one["list"], one["result"], one["version"]["counts"]["entries"]) for one in found] == [
        ("syn-list", "unchanged", 20)
    ]
    assert found[0]["version"]["files"][0]["address"] == "https://lists.example.org/list.xml"


def test_a_list_that_is_refused_says_why_and_fails_the_command(desk: Desk) -> None:
    """The old version counts; the state of the list is suspect, and asking for it fails with 3."""
    desk.run("update", "syn-list")
    desk.answer = 200, un_xml(NAMES[:10])
    said = desk.run("update", "syn-list", code=ExitCode.UNUSABLE)
    assert "syn-list: shrank by 50.0 %" in said
    assert "say why with --accept" in said
    assert "1 list not updated" in said
    assert "suspect" in desk.run("status", "syn-list", code=ExitCode.LISTS)
    assert "taken in spite of doubts" in desk.run("update", "syn-list", "--accept", "halved by its publisher")
    desk.run("status", "syn-list")


def test_one_list_that_fails_does_not_stop_the_others(desk: Desk) -> None:
    """A list without an address is said, and the next is fetched."""
    said = desk.run("update", "syn-hand", "syn-list", code=ExitCode.UNUSABLE)
    assert "syn-hand: has no address; get it and use `lists add FILE --as syn-hand`" in said
    assert "new version" in said


def test_without_a_name_every_list_with_an_address_is_fetched(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that are live and may be fetched by themselves; closed ones and those added by hand are left alone."""
    asked: list[str] = []

    def refuse(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.host)
        return httpx.Response(404)

    monkeypatch.setattr(lists_update, "open_fetcher", lambda: Fetcher(transport=httpx.MockTransport(refuse)))
    said = desk.run("update", code=ExitCode.UNUSABLE)
    assert len(asked) == 10
    assert "lists.example.org" in asked
    assert not {"ofsistorage.blob.core.windows.net", "data.opensanctions.org"} & set(asked)
    assert "10 lists not updated" in said


def test_options_of_one_list_need_its_name(desk: Desk) -> None:
    """A reason that holds for one list must not wave the others through."""
    for words in (("--accept", "x"), ("--accept", "x", "syn-list", "syn-hand"), ("--format", "un-xml")):
        assert "name it" in desk.run("update", *words, code=ExitCode.UNUSABLE)


def test_files_at_hand_are_added(desk: Desk) -> None:
    """One file or several, in any order; their age can be said."""
    files = [desk.file(f"{part}.csv", body) for part, body in ofac_csv().items()]
    found = desk.json("add", *files, "--as", "syn-list", "--fetched-on", "2026-11-20")
    assert found[0]["version"]["format"] == "ofac-csv"
    assert desk.json("status", "syn-list")[0]["age_days"] == 2
    own = desk.file("own.csv", b"name,country\nSynthetic Trader,KZ\nSynthetic Carrier,AE\n")
    assert desk.json("add", own, "--as", "syn-hand")[0]["version"]["counts"]["entries"] == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "{file}", "--as", "syn-lst"), "did you mean 'syn-list'"),
        (("add", "{file}", "--as", "syn-part"), "its entries come with syn-list"),
        (("add", "{file}"), "--as"),
        (("add", "{file}", "--as", "syn-hand"), "is un-xml"),
        (("add", "no/such.xml", "--as", "syn-list"), "no such list"),
        (("add", "{file}", "--as", "syn-list", "--fetched-on", "2027-01-01"), "still to come"),
        (("add", "{file}", "--as", "syn-list", "--fetched-on", "soon"), "no day of the calendar"),
        (("update", "un-scc"), "did you mean 'un-sc'"),
        (("status", "nothing"), "the catalogue has no list"),
        (("show", "syn-list:1"), "syn-list: is not held"),
        (("show", "techkrimm"), "no entry 'techkrimm' in the embedded list"),
        (("show", "no-list:1"), "no list 'no-list'"),
        (("diff", "syn-list"), "is not held"),
        (("diff", "nowhere.xml", "{file}"), "is no list and no file"),
        (("diff", "{file}", "{file}", "--csv", "--json"), "choose one"),
        (("diff", "{file}", "{file}"), "several lists come as un-xml: un-sc, syn-list; say which with --as"),
        (("prune", "un-sc"), "no list 'un-sc' is held"),
        (("prune", "--keep", "0"), "greater than or equal to 1"),
        (("bundle", "export", "{folder}/lists.zip"), "no list is held"),
        (("bundle", "import", "{file}"), "no bundle of lists"),
        (("bundle", "import", "{folder}/none.zip"), "no such bundle"),
        (("bogus",), "bogus"),
    ],
)
def test_what_cannot_be_done_is_said(desk: Desk, words: tuple[str, ...], said: str) -> None:
    """With what would be right, and the code of a line that cannot be used."""
    file = desk.file("list.xml", un_xml())
    given = [word.format(file=file, folder=desk.folder) for word in words]
    assert said in " ".join(desk.run(*given, code=ExitCode.UNUSABLE).split())


# --- status, show, diff ---------------------------------------------------------------------------------------------


def test_status_tells_every_list(desk: Desk) -> None:
    """Held or not, with the way to get it; without a name it never fails."""
    desk.run("update", "syn-list")
    found = {one["list"]: one for one in desk.json("status")}
    assert found["syn-list"]["state"] == "fresh"
    assert found["un-sc"]["state"] == "missing"
    assert found["gb-ofsi-consolidated"]["state"] == "retired"
    assert "syn-part" not in found
    assert "lists update un-sc" in desk.run("status")
    assert desk.run("status", "un-sc", code=ExitCode.LISTS)


def test_an_entry_is_shown_with_all_it_holds_and_where_from(desk: Desk) -> None:
    """Names, listing, file and line, publisher, day and version."""
    desk.run("update", "syn-list")
    said = desk.run("show", "syn-list:SYe.007")
    for part in ("Synthetic Works 7", "syn-list: asset freeze", "from 2020-01-31", "Synthetic Ministry", "https://lists.example.org/list.xml", "published 2026-11-20"):  # fmt: skip
        assert part in said
    found = desk.json("show", "syn-list:SYe.007")
    assert found["names"][0][0] == "Synthetic Works 7"
    assert any("version" in line for line in found["from"])
    assert "did you mean 'syn-list:SYe.00" in desk.run("show", "syn-list:SYe.00", code=ExitCode.UNUSABLE)


def test_an_entry_of_the_embedded_list_is_shown(desk: Desk) -> None:
    """With its evidence."""
    said = desk.run("show", "techkrim")
    assert "us-ofac-sdn: asset freeze" in said
    assert "Parties of the five articles" in said


def test_two_versions_are_compared(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """In sentences, CSV and JSON; by name, by version, and as files."""
    desk.run("update", "syn-list")
    body = un_xml(["=Synthetic Works 1", *NAMES[1:], "Synthetic Works 21"], "2026-11-21")
    desk.answer = 200, body
    later = NOW + timedelta(days=1)
    monkeypatch.setattr(lists_update, "now", lambda: later)
    desk.run("update", "syn-list")
    said = desk.run("diff", "syn-list")
    assert "Synthetic Works 21 was added (syn-list:SYe.021)" in said
    assert "1 renamed, 1 added" in said
    assert desk.json("diff", "syn-list@previous", "syn-list") == desk.json("diff", "syn-list")
    old, new = desk.file("old.xml", un_xml()), desk.file("new.xml", body)
    changes = desk.json("diff", old, new, "--as", "syn-list")
    assert [(one["change"], one["after"]) for one in changes] == [("renamed", ["=Synthetic Works 1"]), ("added", [])]
    assert len(desk.json("diff", old, "syn-list")) == 2
    rows = list(csv.DictReader(io.StringIO(desk.run("diff", old, new, "--csv", "--as", "un-sc"))))
    assert [row["after"] for row in rows] == ["'=Synthetic Works 1", ""]
    folder = desk.folder / "set"
    folder.mkdir()
    for part, content in ofac_csv().items():
        (folder / f"{part}.csv").write_bytes(content)
    assert "no change" in desk.run("diff", str(folder), str(folder), "--as", "us-ofac-sdn")


# --- prune and bundle -----------------------------------------------------------------------------------------------


def test_old_versions_are_pruned(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Said first, then done; a version that a run needs is kept."""
    prints = []
    for day in range(4):
        monkeypatch.setattr(lists_update, "now", lambda day=day: NOW + timedelta(days=day))
        desk.answer = 200, un_xml([*NAMES, f"Works of day {day}"])
        prints.append(desk.json("update", "syn-list")[0]["version"]["fingerprint"])
    assert "3 versions would be removed" in desk.run("prune", "--keep", "1", "--dry-run")
    assert "no one version 'abc'" in desk.run("prune", "--keep", "1", "--need", "abc", code=ExitCode.UNUSABLE)
    gone = desk.json("prune", "--keep", "1", "--need", prints[0][:8])
    assert [one["fingerprint"] for one in gone["syn-list"]] == [prints[2], prints[1]]
    assert "0 versions removed" in desk.run("prune")


def test_a_bundle_carries_lists_to_another_folder(desk: Desk) -> None:
    """Everything that is held, in one file; a bundle that was changed is refused."""
    desk.run("update", "syn-list")
    bundle = desk.folder / "lists.zip"
    assert "1 list written" in desk.run("bundle", "export", str(bundle))
    assert "new version" in desk.run("bundle", "import", str(bundle), data="there")
    assert desk.json("status", "syn-list", data="there")[0]["state"] == "fresh"
    assert desk.json("bundle", "export", str(bundle), "syn-list")[0]["list"] == "syn-list"
    bundle.write_bytes(bundle.read_bytes()[:-40])
    assert "no bundle" in desk.run("bundle", "import", str(bundle), data="elsewhere", code=ExitCode.UNUSABLE)


def test_a_list_of_a_bundle_that_is_not_believed_fails_the_command(desk: Desk) -> None:
    """And says which."""
    desk.run("update", "syn-list")
    bundle = desk.folder / "lists.zip"
    desk.run("bundle", "export", str(bundle))
    desk.answer = 200, un_xml([*NAMES, *(f"Works {n}" for n in range(40))])
    desk.run("update", "syn-list", data="there")
    said = desk.run("bundle", "import", str(bundle), data="there", code=ExitCode.UNUSABLE)
    assert "syn-list: shrank by 66.7 %" in said


# --- the group ------------------------------------------------------------------------------------------------------


def test_without_a_command_what_is_loaded_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    """As before there were commands; with its options too."""
    assert run(["lists"]) == ExitCode.DONE
    shown = capsys.readouterr().out
    assert "Lists of parties" in shown
    assert run(["lists", "loaded"]) == ExitCode.DONE
    assert capsys.readouterr().out == shown
    assert run(["lists", "--json", "--as-of", "2024-04-23"]) == ExitCode.DONE
    assert json.loads(capsys.readouterr().out)["lists"]
    assert run(["lists", "--help"]) == ExitCode.DONE
    assert "bundle" in capsys.readouterr().out


class Watched(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_drawn_where_someone_watches(monkeypatch: pytest.MonkeyPatch) -> None:
    """In one line, now and then, and taken away at the end."""
    monkeypatch.setenv("TERM", "xterm")
    times = iter([0.0, 0.1, 0.5])
    stream = Watched()
    progress = list_progress.ListProgress(stream, "un-sc", clock=lambda: next(times))
    progress("fetching list.xml", 500_000, 2_000_000)
    progress("fetching list.xml", 600_000, 2_000_000)
    progress("reading", 500, 1000)
    progress.close()
    drawn = stream.getvalue().split("\r\x1b[K")
    assert drawn == ["", "un-sc: fetching list.xml [######                  ] 0.5 of 2.0 MB", "un-sc: reading [############            ] 500 of 1,000 entries", ""]  # fmt: skip
    unwatched = io.StringIO()
    list_progress.ListProgress(unwatched, "un-sc")("reading", 500, None)
    assert unwatched.getvalue() == ""
    assert list_progress.step_line("", "packing un-sc", 1_500_000, None) == "packing un-sc 1.5 MB"
