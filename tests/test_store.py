"""The data folder: versions by fingerprint, one pointer, and never a mix, wherever the process dies."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from publishers import NAMES, NOW, entry, un_xml
from sanctionscreen.errors import WatchlistError
from sanctionscreen.watchlist.bundle import MANIFEST, export_bundle, import_bundle
from sanctionscreen.watchlist.catalogue import Catalogue
from sanctionscreen.watchlist.freshness import State, status
from sanctionscreen.watchlist.store import ENVIRONMENT, Store, data_folder
from sanctionscreen.watchlist.update import Outcome, add
from sanctionscreen.watchlist.versions import Refusal, Version, described, fingerprint_of

ROOT = Path(__file__).parents[1]
LIST = entry()
CATALOGUE = Catalogue({LIST.id: LIST, "syn-other": entry(title="Other")})
DAY = timedelta(days=1)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "data")


def put(store: Store, names: list[str] = NAMES, day: str = "2026-11-20", now: datetime = NOW, **more: Any) -> Outcome:
    """Add a list of as many parties as names."""
    path = store.root.parent / "list.xml"
    path.write_bytes(un_xml(names, day))
    return add(more.pop("entry", LIST), store, [path], now, fetched_on=more.pop("fetched_on", now.date()), **more)


def current(store: Store) -> Version:
    held = store.current(LIST.id)
    assert held is not None
    return held[0]


# --- versions -------------------------------------------------------------------------------------------------------


def test_a_version_is_kept_as_it_was_fetched(store: Store) -> None:
    """The files byte for byte, with size and checksum, what they hold, and when they came."""
    version = put(store).version
    assert version == current(store)
    assert version.paths["main"].read_bytes() == un_xml()
    assert version.fingerprint == fingerprint_of([described("main", version.paths["main"])])
    assert version.folder == store.root / "lists" / LIST.id / version.fingerprint
    assert version.counts["entries"] == len(NAMES)
    assert (version.format, version.origin, version.stored_at) == ("un-xml", "added", NOW)
    assert str(version.published) == "2026-11-20"
    told = json.loads((version.folder / "version.json").read_text(encoding="utf-8"))
    assert told["files"] == [
        {"part": "main", "name": "list.xml", "size": len(un_xml()), "sha256": version.files[0].sha256, "address": ""}
    ]


def test_the_fingerprint_is_that_of_the_content(store: Store) -> None:
    """The same bytes are the same version, under another name too; one byte more is another."""
    first = put(store).version
    again = put(store, now=NOW + DAY)
    assert again.what == "unchanged"
    assert again.version.fingerprint == first.fingerprint
    assert len(store.versions(LIST.id)) == 1
    assert put(store, [*NAMES, "Synthetic Works 21"]).version.fingerprint != first.fingerprint


def test_versions_stand_the_newest_first_and_are_found_by_their_beginning(store: Store) -> None:
    """Six letters of a fingerprint are enough; one that nobody has is answered with those that are held."""
    first = put(store).version
    second = put(store, [*NAMES, "Synthetic Works 21"], now=NOW + DAY).version
    assert [version.fingerprint for version in store.versions(LIST.id)] == [second.fingerprint, first.fingerprint]
    assert current(store) == second
    assert store.version(LIST.id, first.fingerprint[:6]) == first
    for wrong in ("000000", "", first.fingerprint[:5]):
        with pytest.raises(WatchlistError, match=r"no version|versions that begin with"):
            store.version(LIST.id, wrong)


def test_a_list_that_is_not_held_has_no_version(store: Store) -> None:
    """An empty folder is no error, nor is one that was never made."""
    assert store.current("un-sc") is None
    assert store.held() == ()
    assert store.versions("un-sc") == ()
    assert store.last_refusal("un-sc") is None


@pytest.mark.parametrize("name", ["../../etc", "", "a/b", "Ä", ".hidden", "x" * 65, "a\0b"])
def test_an_id_never_leads_out_of_the_folder(store: Store, name: str) -> None:
    """Ids name folders, so they are plain."""
    with pytest.raises(WatchlistError, match="no id of a list"):
        store.current(name)


def test_the_data_folder_is_chosen_named_or_the_users_own(tmp_path: Path) -> None:
    """The option stands above the environment, and that above the system's place for data."""
    assert data_folder(tmp_path, {ENVIRONMENT: "/elsewhere"}) == tmp_path
    assert data_folder(None, {ENVIRONMENT: str(tmp_path)}) == tmp_path
    assert "sanctionscreen" in str(data_folder(None, {}))


# --- damage ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is damaged"),
        (b"\xff\xfe", "is damaged"),
        (b"[]", "it is no object"),
        (b"{", "is damaged"),
        (b"[" * 100_000, "is damaged"),
        (b'{"schema": "sanctionscreen.list-current/1"}', "'fingerprint' is missing"),
        (b'{"schema": "other/1"}', "the schema is 'other/1'"),
        (b'{"schema": "sanctionscreen.list-current/1", "fingerprint": "../..", "checked_at": "2026-11-22T00:00:00+00:00", "validators": {}}', "fingerprint is none"),
        (b'{"schema": "sanctionscreen.list-current/1", "fingerprint": "' + b"0" * 64 + b'", "checked_at": "2026-11-22T00:00:00", "validators": {}}', "no time zone"),
        (b'{"schema": "sanctionscreen.list-current/1", "fingerprint": "' + b"0" * 64 + b'", "checked_at": "2026-11-22T00:00:00+00:00", "validators": {}}', "no version"),
        (b" " * 5_000_000, "more than"),
    ],
)  # fmt: skip
def test_a_damaged_pointer_is_said_and_mended_by_the_next_update(store: Store, content: bytes, said: str) -> None:
    """Nothing is screened with it; adding the list again makes it whole."""
    put(store)
    (store.root / "lists" / LIST.id / "current").write_bytes(content)
    with pytest.raises(WatchlistError, match=said):
        store.current(LIST.id)
    assert status(LIST, store, NOW).state == State.SUSPECT
    put(store)
    assert status(LIST, store, NOW).state == State.FRESH


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"list": "other"}, "another list"),
        ({"fingerprint": "0" * 64}, "fingerprint is not that of its files"),
        ({"files": []}, "no files"),
        ({"files": [{"part": "main", "name": "../current", "size": 1, "sha256": "0" * 64, "address": ""}]}, "cannot be a file"),
        ({"files": [{"part": "main", "name": "version.json", "size": 1, "sha256": "0" * 64, "address": ""}]}, "cannot be a file"),
        ({"files": "all of them"}, "is damaged"),
        ({"counts": {"entries": -1}}, "no count"),
        ({"counts": {"entries": True}}, "no count"),
        ({"published": "yesterday"}, "is damaged"),
        ({"stored_at": 5}, "no text"),
        ({"schema": "sanctionscreen.list-version/9"}, "the schema is"),
    ],
)  # fmt: skip
def test_a_damaged_version_is_said_and_replaced(store: Store, change: dict[str, Any], said: str) -> None:
    """What a version says of itself is not believed where it cannot be."""
    version = put(store).version
    path = version.folder / "version.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | change), encoding="utf-8")
    with pytest.raises(WatchlistError, match=said):
        store.current(LIST.id)
    assert store.versions(LIST.id) == ()
    put(store)
    assert current(store).entries == len(NAMES)


def test_a_changed_file_is_found(store: Store) -> None:
    """A name taken out of a stored list changes its checksum; the size alone may stay."""
    version = put(store).version
    path = version.paths["main"]
    path.write_bytes(path.read_bytes().replace(b"Synthetic Works 7<", b"Synthetic Works 8<"))
    store.check(version, is_thorough=False)
    with pytest.raises(WatchlistError, match=r"list\.xml: was changed after it was stored"):
        store.check(version)
    assert status(LIST, store, NOW, is_thorough=True).state == State.SUSPECT
    path.unlink()
    with pytest.raises(WatchlistError, match="is gone"):
        store.check(version, is_thorough=False)
    put(store)
    store.check(current(store))


# --- how a list stands ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "state"),
    [(0, "fresh"), (3, "fresh"), (4, "ageing"), (7, "ageing"), (8, "stale"), (400, "stale"), (-1, "suspect")],
)
def test_a_list_ages(store: Store, days: int, state: str) -> None:
    """Half of its greatest age on, it is ageing; beyond it, stale; from the future, suspect."""
    put(store)
    found = status(LIST, store, NOW + days * DAY)
    assert found.state == state
    assert found.age_days == days
    assert found.state.is_usable == (state in ("fresh", "ageing"))


def test_a_list_that_is_not_there_says_how_to_get_it(store: Store) -> None:
    """Missing is a state, with the command that ends it and why the last attempt failed."""
    assert "lists add FILE --as syn-list" in status(LIST, store, NOW).reason
    store.note_refusal(LIST.id, Refusal(NOW, "no answer", is_suspect=False))
    found = status(LIST, store, NOW)
    assert found.state == State.MISSING
    assert "no answer" in found.reason


def test_a_closed_list_is_retired_however_fresh_it_is(store: Store) -> None:
    """From the day on which it was closed, with its successor."""
    closed = entry(retired_on=NOW.date(), successor="syn-new")
    put(store, entry=closed)
    assert status(closed, store, NOW - DAY).state == State.SUSPECT  # it was added on a day that is then still to come
    found = status(closed, store, NOW)
    assert (found.state, found.version is not None) == (State.RETIRED, True)
    assert "syn-new" in found.reason
    assert status(closed, Store(store.root / "empty"), NOW).state == State.RETIRED


def test_what_came_and_was_not_believed_makes_a_list_suspect(store: Store) -> None:
    """The copy held may be right and may not; a publisher who does not answer says nothing, until the list is old."""
    put(store)
    store.note_refusal(LIST.id, Refusal(NOW + DAY, "could not be fetched", is_suspect=False))
    assert status(LIST, store, NOW + DAY).state == State.FRESH
    store.note_refusal(LIST.id, Refusal(NOW + DAY, "shrank by 90 %", is_suspect=True))
    found = status(LIST, store, NOW + DAY)
    assert found.state == State.SUSPECT
    assert "shrank by 90 %" in found.reason
    put(store, now=NOW + 2 * DAY)
    assert status(LIST, store, NOW + 2 * DAY).state == State.FRESH


# --- old versions ---------------------------------------------------------------------------------------------------


def versions(store: Store, count: int) -> list[str]:
    """Versions one day apart; their fingerprints, the oldest first."""
    made = [put(store, [*NAMES, f"Works of day {n}"], now=NOW + n * DAY).version for n in range(count)]
    return [version.fingerprint for version in made]


def test_pruning_keeps_the_newest_and_those_that_are_needed(store: Store) -> None:
    """What a run refers to stays; the rest goes, whole."""
    made = versions(store, 6)
    rehearsed = store.prune(LIST.id, NOW + 9 * DAY, newest=2, needed={made[1]}, is_rehearsal=True)
    assert len(store.versions(LIST.id)) == 6
    gone = store.prune(LIST.id, NOW + 9 * DAY, newest=2, needed={made[1]})
    assert gone == rehearsed
    assert {version.fingerprint for version in gone} == {made[0], made[2], made[3]}
    assert {version.fingerprint for version in store.versions(LIST.id)} == {made[1], made[4], made[5]}
    assert sorted(path.name for path in (store.root / "lists" / LIST.id).iterdir()) == sorted(
        [*made[4:], made[1], "current"]
    )


def test_pruning_never_removes_the_version_that_counts(store: Store) -> None:
    """Nor one that is newer: its update may be about to point to it."""
    made = versions(store, 3)
    store.make_current(store.version(LIST.id, made[0]), NOW, {})
    assert store.prune(LIST.id, NOW, newest=1) == ()
    store.make_current(store.version(LIST.id, made[1]), NOW, {})
    assert [version.fingerprint for version in store.prune(LIST.id, NOW, newest=1)] == [made[0]]
    assert current(store).fingerprint == made[1]


def test_pruning_sweeps_what_dead_updates_left(store: Store) -> None:
    """Only what is a day old: an update may be under way."""
    put(store)
    folder = store.root / "lists" / LIST.id
    for name in (".incoming-old", ".incoming-new"):
        (folder / name).mkdir()
        (folder / name / "half.xml").write_text("<half")
    before = time.time() - 2 * DAY.total_seconds()
    os.utime(folder / ".incoming-old", (before, before))
    store.prune(LIST.id, datetime.now(UTC))
    assert not (folder / ".incoming-old").exists()
    assert (folder / ".incoming-new").exists()


def test_pruning_removes_nothing_where_nothing_says_what_counts(store: Store) -> None:
    """With a damaged pointer every version may be the one."""
    versions(store, 3)
    (store.root / "lists" / LIST.id / "current").write_text("")
    with pytest.raises(WatchlistError, match="is damaged"):
        store.prune(LIST.id, NOW, newest=1)
    assert len(store.versions(LIST.id)) == 3


# --- killed ---------------------------------------------------------------------------------------------------------

KILLED = """
import json, os, shutil, signal, sys
from collections import Counter
from datetime import timedelta
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from publishers import NAMES, NOW, entry, un_xml
from sanctionscreen.watchlist import freshness, store as stores, update, verification, versions
from sanctionscreen.watchlist.official import formats, un

work = Path(sys.argv[1])
traced = {module.__file__ for module in (stores, update, versions, shutil)}
old, new = work / "old.xml", work / "new.xml"
old.write_bytes(un_xml())
new.write_bytes(un_xml([*NAMES, "Synthetic Works 21"], "2026-11-21"))
base = work / "base"
first = update.add(entry(), stores.Store(base), [old], NOW, fetched_on=NOW.date()).version.fingerprint


def updated(folder, on_line):
    def line(frame, event, value):
        if event == "line":
            on_line(frame)
        return line
    sys.settrace(lambda frame, event, value: line if frame.f_code.co_filename in traced else None)
    outcome = update.add(entry(), stores.Store(folder), [new], NOW + timedelta(days=1), fetched_on=NOW.date())
    sys.settrace(None)
    return outcome


visits, places = Counter(), []
def note(frame):  # where a line comes again, it is a loop
    visits["all"] += 1
    place = frame.f_code.co_filename, frame.f_lineno
    visits[place] += 1
    if visits[place] == 1:
        places.append(visits["all"])
shutil.copytree(base, work / "whole")
updated(work / "whole", note)

found = {"old": 0, "new": 0}
for at in places:
    folder = work / str(at)
    shutil.copytree(base, folder)
    pid = os.fork()
    if pid == 0:
        left = iter(range(at - 1, -1, -1))
        updated(folder, lambda frame: next(left) or os.kill(os.getpid(), signal.SIGKILL))
        os._exit(0)
    _, code = os.waitpid(pid, 0)
    assert os.WIFSIGNALED(code), (at, code)
    store = stores.Store(folder)
    version, _ = store.current("syn-list")
    store.check(version)
    entries = verification.read_whole(entry(), version.format, version.paths).counts["entries"]
    is_old = version.fingerprint == first
    assert entries == version.entries == (20 if is_old else 21), (at, entries)
    assert freshness.status(entry(), store, NOW + timedelta(days=1), is_thorough=True).state == "fresh", at
    found["old" if is_old else "new"] += 1
    if sum(found.values()) % 4 == 0:
        again = update.add(entry(), store, [new], NOW + timedelta(days=2), fetched_on=NOW.date())
        assert again.version.entries == 21
        store.check(store.current("syn-list")[0])
    shutil.rmtree(folder)
print(json.dumps(found))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_process_killed_at_any_line_leaves_the_old_version_or_the_new(tmp_path: Path) -> None:
    """At every line of an update: one version counts, it is whole, and the next update succeeds."""
    script = tmp_path / "killed.py"
    script.write_text(KILLED, encoding="utf-8")
    work = tmp_path / "work"
    work.mkdir()
    done = subprocess.run(
        [sys.executable, str(script), str(work), str(ROOT / "tests")],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["old"] > 100
    assert found["new"] > 5


# --- bundles --------------------------------------------------------------------------------------------------------


@pytest.fixture
def bundle(store: Store, tmp_path: Path) -> Path:
    """One list, checked two days ago."""
    put(store, now=NOW - 2 * DAY)
    path = tmp_path / "lists.zip"
    export_bundle(store, [LIST.id], path)
    return path


def repacked(bundle: Path, change: Callable[[dict[str, bytes]], Any]) -> Path:
    """The bundle with other members."""
    with zipfile.ZipFile(bundle) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    path = bundle.with_name("changed.zip")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def with_manifest(members: dict[str, bytes], change: Callable[[dict[str, Any]], Any]) -> None:
    manifest = json.loads(members[MANIFEST])
    change(manifest)
    members[MANIFEST] = json.dumps(manifest).encode()


def file_of(members: dict[str, bytes]) -> str:
    return next(name for name in members if name.endswith("list.xml"))


def test_a_bundle_carries_lists_with_their_age(store: Store, bundle: Path, tmp_path: Path) -> None:
    """What was packed two days ago is two days old where it arrives; the files are the same."""
    there = Store(tmp_path / "there")
    imported = import_bundle(CATALOGUE, there, bundle, NOW)
    assert [outcome.what for outcome in imported.outcomes] == ["new"]
    version = current(there)
    assert version.fingerprint == current(store).fingerprint
    assert version.origin == "imported"
    assert version.paths["main"].read_bytes() == un_xml()
    assert status(LIST, there, NOW).age_days == 2
    assert [outcome.what for outcome in import_bundle(CATALOGUE, there, bundle, NOW).outcomes] == ["unchanged"]


def test_the_same_lists_give_the_same_bundle(store: Store, bundle: Path, tmp_path: Path) -> None:
    """So that two people can compare what they carry."""
    export_bundle(store, [LIST.id], tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == bundle.read_bytes()


def test_nothing_held_is_nothing_to_pack(store: Store, tmp_path: Path) -> None:
    """A bundle without lists would look like one with all of them."""
    with pytest.raises(WatchlistError, match="no list is held"):
        export_bundle(store, [], tmp_path / "lists.zip")
    with pytest.raises(WatchlistError, match="un-sc: is not held"):
        export_bundle(store, ["un-sc"], tmp_path / "lists.zip")
    put(store)
    current(store).paths["main"].write_text("changed")
    with pytest.raises(WatchlistError, match="was changed"):
        export_bundle(store, [LIST.id], tmp_path / "lists.zip")
    assert not list(tmp_path.glob("*lists.zip*"))


def test_a_list_of_a_bundle_is_believed_as_little_as_a_fetched_one(store: Store, bundle: Path, tmp_path: Path) -> None:
    """A shrunken list is refused, the others are taken; older than the one held, it stays beside it."""
    there = Store(tmp_path / "there")
    put(there, [f"Works {n}" for n in range(60)], day="2026-11-19", now=NOW - 3 * DAY)
    imported = import_bundle(CATALOGUE, there, bundle, NOW)
    assert imported.outcomes == ()
    assert "shrank by 66.7 %" in str(imported.refused[0])
    assert current(there).entries == 60
    put(there, [*NAMES, "One more"], day="2026-11-21", now=NOW, accepted="a test")
    assert [outcome.what for outcome in import_bundle(CATALOGUE, there, bundle, NOW).outcomes] == ["older"]
    assert current(there).entries == 21


def break_list(members: dict[str, bytes]) -> None:
    name = file_of(members)
    members[name] = members[name].replace(b"Works 7<", b"Works 8<")


def rename_outside(members: dict[str, bytes]) -> None:
    members["../../outside.xml"] = members.pop(file_of(members))


def escape(members: dict[str, bytes]) -> None:
    with_manifest(
        members, lambda manifest: manifest["lists"][0]["version"]["files"][0].update(name="../../outside.xml")
    )
    members["lists/../../outside.xml"] = members.pop(file_of(members))


def escape_by_list(members: dict[str, bytes]) -> None:
    with_manifest(members, lambda manifest: manifest["lists"][0]["version"].update(list="../../outside"))


def explode(members: dict[str, bytes]) -> None:
    name = file_of(members)
    members[name] = b" " * (64 << 20)
    with_manifest(members, lambda manifest: manifest["lists"][0]["version"]["files"][0].update(size=64 << 20))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (break_list, "was changed"),
        (rename_outside, "does not hold what it says"),
        (escape, "cannot be a file"),
        (escape_by_list, "no list"),
        (explode, "grows without bound"),
        (lambda members: members.update({file_of(members): b" " * (64 << 20)}), "was changed"),
        (lambda members: members.update({"more.txt": b"x"}), "'more.txt' is too much"),
        (lambda members: members.update({"/etc/cron.d/x": b"x"}), "is too much"),
        (lambda members: members.pop(file_of(members)), "missing"),
        (lambda members: members.pop(MANIFEST), "has no bundle.json"),
        (lambda members: members.update({MANIFEST: b"{"}), "is damaged"),
        (lambda members: members.update({MANIFEST: b" " * 5_000_000}), "more than"),
        (lambda members: with_manifest(members, lambda one: one.update(lists=[])), "no lists"),
        (lambda members: with_manifest(members, lambda one: one.update(schema="x")), "the schema is 'x'"),
        (lambda members: with_manifest(members, lambda one: one["lists"].append(one["lists"][0])), "one twice"),
        (lambda members: with_manifest(members, lambda one: one["lists"][0]["current"].update(fingerprint="0" * 64)), "not the version that counts"),
        (lambda members: with_manifest(members, lambda one: one["lists"][0]["current"].update(checked_at="2027-01-01T00:00:00+00:00")), "still to come"),
    ],
)  # fmt: skip
def test_a_bundle_that_was_changed_touches_nothing(
    bundle: Path, tmp_path: Path, change: Callable[[dict[str, bytes]], Any], said: str
) -> None:
    """Wrong checksums, paths that lead out, bombs and what it does not announce: refused before any list is taken."""
    there = Store(tmp_path / "deep" / "er" / "there")
    with pytest.raises(WatchlistError, match=said):
        import_bundle(CATALOGUE, there, repacked(bundle, change), NOW)
    assert there.current(LIST.id) is None
    assert not [path for path in tmp_path.rglob("outside*") if path.exists()]
    assert not list(there.root.rglob(".incoming-*"))


def test_a_list_that_the_catalogue_does_not_have_is_not_taken(bundle: Path, tmp_path: Path) -> None:
    """Nobody could say what it means or when to believe it."""
    with pytest.raises(WatchlistError, match="cannot be taken: the catalogue has no list 'syn-list'"):
        import_bundle(Catalogue(), Store(tmp_path / "there"), bundle, NOW)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"<html>", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_bundle_is_said(tmp_path: Path, content: bytes) -> None:
    """Another file, an empty one, an empty archive."""
    path = tmp_path / "lists.zip"
    path.write_bytes(content)
    with pytest.raises(WatchlistError, match="no bundle of lists"):
        import_bundle(CATALOGUE, Store(tmp_path / "there"), path, NOW)
    with pytest.raises(WatchlistError, match="no bundle of lists"):
        import_bundle(CATALOGUE, Store(tmp_path / "there"), tmp_path, NOW)


def test_a_bundle_cut_anywhere_touches_nothing(bundle: Path, tmp_path: Path) -> None:
    """A copy that broke off is refused at every length."""
    content = bundle.read_bytes()
    there = Store(tmp_path / "there")
    for length in range(0, len(content), 97):
        (tmp_path / "cut.zip").write_bytes(content[:length])
        with pytest.raises(WatchlistError):
            import_bundle(CATALOGUE, there, tmp_path / "cut.zip", NOW)
    assert there.current(LIST.id) is None


def test_a_bundle_with_a_flipped_byte_is_refused_or_the_same(bundle: Path, tmp_path: Path) -> None:
    """No damage gets a list in that is not the one packed."""
    content = bundle.read_bytes()
    for place in range(0, len(content), 53):
        there = Store(tmp_path / "there")
        (tmp_path / "flipped.zip").write_bytes(content[:place] + bytes([content[place] ^ 0x20]) + content[place + 1 :])
        try:
            import_bundle(CATALOGUE, there, tmp_path / "flipped.zip", NOW)
        except WatchlistError:
            assert there.current(LIST.id) is None
        else:
            assert current(there).paths["main"].read_bytes() == un_xml()
        shutil.rmtree(there.root, ignore_errors=True)
