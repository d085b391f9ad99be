"""Updates against publishers that do well, badly, or harm; what is not believed never replaces what is held."""

from __future__ import annotations

import gzip
import os
import socket
import ssl
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from publishers import (
    NAMES,
    NOW,
    Behaviour,
    Publisher,
    bomb,
    certificate,
    cut,
    dripping,
    entry,
    half_unannounced,
    in_turn,
    ofac_csv,
    redirect,
    serving,
    status,
    tagged,
    un_xml,
    whole,
)
from sanctionscreen.errors import WatchlistError
from sanctionscreen.watchlist import freshness
from sanctionscreen.watchlist.catalogue import CatalogueEntry, Edition, Expectation, SourceFile, load_catalogue
from sanctionscreen.watchlist.fetching import Fetcher, Limits
from sanctionscreen.watchlist.store import Store
from sanctionscreen.watchlist.update import Outcome, add, update
from sanctionscreen.watchlist.versions import Version

DAY = timedelta(days=1)
QUICK = Limits(connect_s=2, silence_s=0.3, file_s=5)
LOCAL = frozenset({"127.0.0.1"})


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Here connections are opened, and to this machine only."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> Any:
        assert address[0] in ("127.0.0.1", "::1"), f"a test tried to reach {address}"
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def _only_this_machine(no_network: None) -> None:
    """The guard stands before the publisher is asked."""


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    with serving() as found:
        yield found


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "data")


class Waits(list[float]):
    """A sleep that does not sleep, and remembers for how long."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


def fetcher(waits: Waits | None = None, limits: Limits = QUICK, **more: Any) -> Fetcher:
    return Fetcher(is_local_allowed=True, limits=limits, sleep=Waits() if waits is None else waits, **more)


def fetch(listed: CatalogueEntry, store: Store, now: datetime = NOW, **more: Any) -> Outcome:
    return update(listed, store, more.pop("fetcher", None) or fetcher(), now, **more)


def current(store: Store) -> Version:
    held = store.current("syn-list")
    assert held is not None
    return held[0]


# --- what goes well -------------------------------------------------------------------------------------------------


def test_a_list_is_fetched_verified_and_counts(publisher: Publisher, store: Store) -> None:
    """The file as it came, its address and tag, its own date, and what it holds."""
    listed = entry(publisher.edition(tagged(un_xml(), '"one"')))
    outcome = fetch(listed, store)
    version = outcome.version
    assert (outcome.what, outcome.previous) == ("new", None)
    assert version == current(store)
    assert version.paths["main"].read_bytes() == un_xml()
    assert version.files[0].address == publisher.base + "/list.xml"
    assert (version.origin, version.published, version.entries) == ("fetched", date(2026, 11, 20), 20)
    held = store.current("syn-list")
    assert held is not None
    assert held[1].validators["main"].etag == '"one"'
    assert freshness.status(listed, store, NOW).state == "fresh"
    asked = publisher.asked[0][1]
    assert asked["user-agent"].startswith("sanctionscreen/")
    assert asked["accept-encoding"] == "gzip"


def test_an_unchanged_list_is_asked_for_and_not_sent_again(publisher: Publisher, store: Store) -> None:
    """The publisher says that nothing changed, and the list is fresh again."""
    listed = entry(publisher.edition(tagged(un_xml(), '"one"')))
    first = fetch(listed, store)
    again = fetch(listed, store, NOW + 5 * DAY)
    assert again.what == "unchanged"
    assert again.version == first.version
    assert publisher.asked[1][1]["if-none-match"] == '"one"'
    assert freshness.status(listed, store, NOW + 5 * DAY).age_days == 0
    assert len(store.versions("syn-list")) == 1


def test_a_changed_list_is_a_new_version_and_the_old_one_stays(publisher: Publisher, store: Store) -> None:
    """Differences can be asked for, and runs of before can be proved."""
    first = fetch(entry(publisher.edition(tagged(un_xml(), '"one"'))), store)
    body = un_xml([*NAMES, "Synthetic Works 21"], "2026-11-21")
    second = fetch(entry(publisher.edition(tagged(body, '"two"'))), store, NOW + DAY)
    assert (second.what, second.previous) == ("new", first.version)
    assert current(store).entries == 21
    assert store.version("syn-list", first.version.fingerprint) == first.version


def test_nothing_is_asked_conditionally_where_the_copy_is_damaged(publisher: Publisher, store: Store) -> None:
    """A tag of a file that is gone would leave it gone."""
    listed = entry(publisher.edition(tagged(un_xml(), '"one"')))
    fetch(listed, store)
    current(store).paths["main"].write_bytes(b"damaged")
    assert fetch(listed, store, NOW + DAY).version.entries == 20
    assert "if-none-match" not in publisher.asked[1][1]
    store.check(current(store))


def test_packed_answers_are_unpacked(publisher: Publisher, store: Store) -> None:
    """Packed for the way, in one piece or in several, and stored as it is."""
    halves = [un_xml()[:500], un_xml()[500:]]
    for body in (gzip.compress(un_xml()), b"".join(map(gzip.compress, halves))):
        fetch(entry(publisher.edition(whole(body, Content_Encoding="gzip"))), store)
        assert current(store).paths["main"].read_bytes() == un_xml()


def test_a_redirect_to_a_host_that_the_catalogue_names_is_followed(publisher: Publisher, store: Store) -> None:
    """As publishers do that keep their files with someone else; the address stays the publisher's."""
    edition = publisher.edition(redirect("/elsewhere/list.xml"))
    publisher.serve("/elsewhere/list.xml", whole(un_xml()))
    assert fetch(entry(edition), store).version.entries == 20
    assert current(store).files[0].address == publisher.base + "/list.xml"


def test_a_changed_namespace_is_the_same_list(publisher: Publisher, store: Store) -> None:
    """Publishers change namespaces; what the list holds does not depend on them."""
    body = un_xml().replace(b"<CONSOLIDATED_LIST ", b'<CONSOLIDATED_LIST xmlns="https://example.org/new" ')
    assert fetch(entry(publisher.edition(body)), store).version.entries == 20


# --- several files --------------------------------------------------------------------------------------------------


def ofac(publisher: Publisher, bodies: dict[str, bytes], tag: str) -> CatalogueEntry:
    files = tuple(
        SourceFile(part, publisher.serve(f"/{part}.csv", tagged(body, f'"{part}-{tag}-{hash(body)}"')), f"{part}.csv")
        for part, body in bodies.items()
    )
    return entry(Edition("ofac-csv", files))


def test_a_list_of_several_files_is_one_version(publisher: Publisher, store: Store) -> None:
    """Four files, joined by the reader, under one fingerprint."""
    version = fetch(ofac(publisher, ofac_csv(), "one"), store).version
    assert sorted(version.paths) == ["addresses", "aliases", "comments", "main"]
    assert (version.entries, version.counts["names"]) == (20, 21)


def test_files_of_two_editions_are_never_put_together(publisher: Publisher, store: Store) -> None:
    """When one file changed, all are fetched anew: those that did not may have changed in between."""
    fetch(ofac(publisher, ofac_csv(), "one"), store)
    fetch(ofac(publisher, ofac_csv(), "one"), store, NOW + DAY)
    assert [headers.get("if-none-match") is not None for _, headers in publisher.asked] == [False] * 4 + [True] * 4
    publisher.asked.clear()
    changed = ofac_csv() | {"addresses": ofac_csv()["addresses"].replace(b"City", b"Town")}
    assert fetch(ofac(publisher, changed, "one"), store, NOW + 2 * DAY).what == "new"
    paths = [path for path, headers in publisher.asked if "if-none-match" not in headers]
    assert sorted(paths) == ["/aliases.csv", "/comments.csv", "/main.csv"]  # addresses came when it was asked about
    assert b"Town" in current(store).paths["addresses"].read_bytes()


def test_a_list_without_one_of_its_files_is_not_half_a_list(publisher: Publisher, store: Store) -> None:
    """The fourth file fails, so none counts."""
    listed = ofac(publisher, ofac_csv(), "one")
    publisher.serve("/comments.csv", status(404))
    with pytest.raises(WatchlistError, match="status 404"):
        fetch(listed, store)
    assert store.current("syn-list") is None


# --- what passes ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "first",
    [status(500), status(503), status(429), cut(un_xml()), whole(b""), whole(gzip.compress(un_xml())[:-20], Content_Encoding="gzip"), whole(b"no gzip", Content_Encoding="gzip"), dripping(un_xml(), 1)],
    ids=["500", "503", "429", "cut", "empty", "packed and cut", "not packed", "silent"],
)  # fmt: skip
def test_what_may_pass_is_tried_again(publisher: Publisher, store: Store, first: Behaviour) -> None:
    """After a pause that grows; the second answer counts."""
    waits = Waits()
    listed = entry(publisher.edition(in_turn(first, whole(un_xml()))))
    assert fetch(listed, store, fetcher=fetcher(waits)).version.entries == 20
    assert waits == [1]


def test_a_publisher_that_stays_away_is_said(publisher: Publisher, store: Store) -> None:
    """After four attempts; what was held still counts, and the list only ages."""
    fetch(entry(publisher.edition(un_xml())), store)
    waits = Waits()
    listed = entry(publisher.edition(status(500)))
    with pytest.raises(WatchlistError, match="status 500 Internal Server Error, after 4 attempts"):
        fetch(listed, store, NOW + DAY, fetcher=fetcher(waits))
    assert waits == [1, 2, 4]
    assert current(store).entries == 20
    found = freshness.status(listed, store, NOW + DAY)
    assert found.state == "fresh"
    assert "the last update on 2026-11-23 failed" in found.reason


def test_a_publisher_may_say_how_long_to_wait(publisher: Publisher, store: Store) -> None:
    """Within reason: nobody waits for an hour."""
    waits = Waits()
    asks = in_turn(
        status(429, Retry_After="7"), status(503, Retry_After="3600"), status(503, Retry_After="soon"), whole(un_xml())
    )
    fetch(entry(publisher.edition(asks)), store, fetcher=fetcher(waits, replace(QUICK, file_s=500)))
    assert waits == [7, 60, 4]


def test_nobody_there_is_said(store: Store) -> None:
    """A port on which nothing listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}/list.xml"
    listed = entry(Edition("un-xml", (SourceFile("main", address, "list.xml"),)))
    with pytest.raises(WatchlistError, match=r"could not be fetched: .*refused.*, after 4 attempts"):
        fetch(listed, store)
    assert freshness.status(listed, store, NOW).state == "missing"


def test_a_publisher_that_drips_does_not_hold_an_update_for_ever(publisher: Publisher, store: Store) -> None:
    """A byte now and then is an answer, and yet there is an end."""
    listed = entry(publisher.edition(dripping(un_xml(), 0.05)))
    with pytest.raises(WatchlistError, match="came too slowly"):
        fetch(listed, store, fetcher=fetcher(limits=replace(QUICK, file_s=0.5)))


def test_the_time_for_a_file_covers_all_attempts(publisher: Publisher, store: Store) -> None:
    """No attempt is begun that could not end."""
    times = iter(range(0, 1000, 2))
    listed = entry(publisher.edition(status(500)))
    slow = Fetcher(is_local_allowed=True, limits=QUICK, sleep=Waits(), monotonic=lambda: float(next(times)))
    with pytest.raises(WatchlistError, match="after 2 attempts"):
        fetch(listed, store, fetcher=slow)


# --- what is not believed -------------------------------------------------------------------------------------------

FEWER = NAMES[:12]
BAD: dict[str, tuple[Behaviour | bytes, str]] = {
    "not found": (status(404), "status 404"),
    "forbidden": (status(403), "status 403"),
    "not asked": (status(304), "status 304"),
    "no content": (status(204), "status 204"),
    "part only": (lambda handler: handler.answer(206, un_xml()), "status 206"),
    "redirect elsewhere": (redirect("https://lists.example.org/list.xml"), "host 'lists.example.org', which the catalogue does not name"),
    "redirect to itself as someone": (redirect("http://someone@127.0.0.1/list.xml"), "which the catalogue does not name"),
    "redirect to a file": (redirect("file:///etc/passwd"), "over https only"),
    "redirect to no scheme": (redirect("//lists.example.org/x"), "over https only"),
    "redirect in circles": (redirect("/list.xml"), "redirected more than 5 times"),
    "redirect to nowhere": (status(302), "not said where to"),
    "redirect to nonsense": (redirect("http://[bad"), "could not be fetched|no address"),
    "gzip bomb": (bomb(300), "grows without bound|more than"),
    "other packing": (whole(un_xml(), Content_Encoding="br"), "packed as 'br'"),
    "announced as huge": (whole(b"x", Content_Length="9000000000"), "more than 5,000,000 bytes"),
    "too large": (whole(b" " * 5_000_001), "more than 5,000,000 bytes"),
    "web page": (b"\xef\xbb\xbf \r\n<!DOCTYPE html><html><body>Please log in</body></html>", "is a web page"),
    "web page in capitals": (b"<HTML><BODY>Down for maintenance", "is a web page"),
    "wrong type": (b'{"error": "not authorised"}', "not XML"),
    "another list": (un_xml(root="swiss-sanctions-list"), "swiss-sanctions-list"),
    "text": (b"Service unavailable", "not XML"),
    "binary": (bytes(range(256)) * 20, "not XML"),
    "blank": (b"  \n ", "is empty"),
    "half, and nobody said so": (half_unannounced(un_xml()), "cut|not XML"),
    "no entries": (un_xml([]), "holds no entry"),
    "too few": (un_xml(NAMES[:4]), "has 4 entries, fewer than the 5"),
    "too many": (un_xml([f"Works {n}" for n in range(101)]), "has 101 entries, more than the 100"),
    "shrunken": (un_xml(FEWER), r"shrank by 40.0 %, from 20 entries to 12; more than 10 % at once is not believed"),
    "from the future": (un_xml(day="2026-11-25"), "the date 2026-11-25, which is still to come"),
    "from long ago": (un_xml(day="1970-01-01"), "the date 1970-01-01"),
    "older than before": (un_xml([*NAMES, "Works 21"], "2026-11-01"), "is of 2026-11-01, older than the version held, of 2026-11-20"),
    "entity bomb": (b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><CONSOLIDATED_LIST>&a;</CONSOLIDATED_LIST>', "document type"),
    "external entity": (b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><CONSOLIDATED_LIST/>', "document type"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_what_is_not_the_list_never_replaces_it(publisher: Publisher, store: Store, case: str) -> None:
    """What was held counts, nothing lies about, and the error says what is wrong."""
    behaviour, said = BAD[case]
    held = fetch(entry(publisher.edition(un_xml())), store).version
    listed = entry(publisher.edition(behaviour, size_limit=5_000_000))
    with pytest.raises(WatchlistError, match=said):
        fetch(listed, store, NOW + DAY)
    assert current(store) == held
    store.check(held)
    names = {path.name for path in (store.root / "lists" / "syn-list").iterdir()}
    assert names == {held.fingerprint, "current", "refused"}
    refusal = store.last_refusal("syn-list")
    assert refusal is not None
    assert refusal.problem
    expected = "suspect" if refusal.is_suspect else "fresh"
    assert freshness.status(listed, store, NOW + DAY).state == expected


@pytest.mark.parametrize("case", ["web page", "shrunken", "half, and nobody said so", "older than before"])
def test_what_came_and_was_refused_makes_the_list_suspect(publisher: Publisher, store: Store, case: str) -> None:
    """Until an update succeeds."""
    fetch(entry(publisher.edition(un_xml())), store)
    with pytest.raises(WatchlistError):
        fetch(entry(publisher.edition(BAD[case][0])), store, NOW + DAY)
    listed = entry(publisher.edition(un_xml([*NAMES, "Works 21"], "2026-11-22")))
    assert freshness.status(listed, store, NOW + DAY).state == "suspect"
    fetch(listed, store, NOW + 2 * DAY)
    assert freshness.status(listed, store, NOW + 2 * DAY).state == "fresh"


def test_a_bomb_takes_no_memory(publisher: Publisher, store: Store) -> None:
    """A gigabyte of nothing is refused after its first megabytes."""
    listed = entry(publisher.edition(bomb(1024)))
    tracemalloc.start()
    try:
        publisher_size = tracemalloc.get_traced_memory()[0]
        with pytest.raises(WatchlistError, match="grows without bound"):
            fetch(listed, store)
        assert tracemalloc.get_traced_memory()[1] - publisher_size < 20_000_000
    finally:
        tracemalloc.stop()
    assert not list(store.root.rglob("*.xml"))


def test_a_shrunken_list_is_taken_when_someone_says_why(publisher: Publisher, store: Store) -> None:
    """The reason is kept with the version, and shown with its state; what cannot be read is never taken."""
    fetch(entry(publisher.edition(un_xml())), store)
    listed = entry(publisher.edition(un_xml(FEWER, "2026-11-21")))
    version = fetch(listed, store, NOW + DAY, accepted="a programme ended").version
    assert version.entries == 12
    assert version.accepted.startswith("a programme ended (shrank by 40.0 %")
    assert "a programme ended" in freshness.status(listed, store, NOW + DAY).reason
    with pytest.raises(WatchlistError, match="is a web page"):
        fetch(entry(publisher.edition(BAD["web page"][0])), store, NOW + DAY, accepted="I am sure")


def test_a_small_loss_is_no_doubt(publisher: Publisher, store: Store) -> None:
    """A tenth may go; with whole entries that is two of twenty."""
    fetch(entry(publisher.edition(un_xml())), store)
    assert fetch(entry(publisher.edition(un_xml(NAMES[:18], "2026-11-21"))), store, NOW + DAY).version.entries == 18


def test_the_host_of_the_catalogue_is_the_only_one_asked(publisher: Publisher) -> None:
    """An address on another host is refused before it is asked; so is plain HTTP from anywhere but this machine."""
    refused = fetcher()
    for address in ("https://lists.example.org/x", "http://lists.example.org/x", "ftp://127.0.0.1/x", publisher.base.replace("http://", "http://a@") + "/x"):  # fmt: skip
        with pytest.raises(WatchlistError):
            refused.fetch(address, Path("nowhere"), hosts=LOCAL, most_bytes=10)
    with pytest.raises(WatchlistError, match="over https only"):
        Fetcher(limits=QUICK).fetch(publisher.base + "/x", Path("nowhere"), hosts=LOCAL, most_bytes=10)
    assert publisher.asked == []


def test_a_secret_in_an_address_is_not_repeated(publisher: Publisher, store: Store) -> None:
    """Some addresses carry a token; messages go to logs."""
    address = publisher.serve("/list.xml?token=secret", status(404))
    listed = entry(Edition("un-xml", (SourceFile("main", address, "list.xml"),)))
    with pytest.raises(WatchlistError) as raised:
        fetch(listed, store)
    assert "secret" not in str(raised.value)


# --- editions -------------------------------------------------------------------------------------------------------


def test_the_edition_held_is_fetched_again(publisher: Publisher, store: Store) -> None:
    """Whoever chose a format once does not get another one by the next update."""
    xml = publisher.edition(un_xml())
    csv = ofac(publisher, ofac_csv(), "one").editions[0]
    listed = entry(xml, csv)
    assert fetch(listed, store).version.format == "un-xml"
    assert fetch(listed, store, format_name="ofac-csv").version.format == "ofac-csv"
    assert fetch(listed, store).version.format == "ofac-csv"
    with pytest.raises(WatchlistError, match="is not fetched as 'ofac-cvs'; did you mean 'ofac-csv'"):
        fetch(listed, store, format_name="ofac-cvs")


def test_a_list_without_an_address_says_how_to_get_it(store: Store) -> None:
    """By hand, from its page."""
    listed = entry(Edition("un-xml", note="a PDF; convert it"), page="https://lists.example.org/")
    with pytest.raises(
        WatchlistError, match=r"get it from https://lists\.example\.org/ and use `lists add FILE --as syn-list` \(a PDF"
    ):
        fetch(listed, store)


def test_a_format_that_nobody_reads_is_said(publisher: Publisher, store: Store) -> None:
    """A slip in an own catalogue."""
    with pytest.raises(WatchlistError, match="unknown format 'un-xlm'; did you mean 'un-xml'"):
        fetch(entry(publisher.edition(un_xml(), "un-xlm")), store)


# --- files at hand --------------------------------------------------------------------------------------------------


@pytest.fixture
def at_hand(tmp_path: Path) -> Callable[..., Path]:
    def write(body: bytes, name: str = "list.xml") -> Path:
        path = tmp_path / name
        path.write_bytes(body)
        return path

    return write


def test_a_file_at_hand_is_as_old_as_it_says(store: Store, at_hand: Callable[..., Path]) -> None:
    """Nobody knows when it was fetched, unless someone says so; without a date of its own, the file's counts."""
    path = at_hand(un_xml(day="2026-11-12"))
    add(entry(), store, [path], NOW)
    found = freshness.status(entry(), store, NOW)
    assert (found.age_days, found.state) == (10, "stale")
    add(entry(), store, [path], NOW, fetched_on=date(2026, 11, 21))
    assert freshness.status(entry(), store, NOW).age_days == 1
    undated = at_hand(un_xml().replace(b'dateGenerated="2026-11-20T00:00:00Z"', b""), "undated.xml")
    moment = datetime(2026, 11, 1, 12, tzinfo=UTC).timestamp()
    os.utime(undated, (moment, moment))
    add(entry(), store, [undated], NOW)
    assert freshness.status(entry(), store, NOW).age_days == 21
    with pytest.raises(WatchlistError, match="still to come"):
        add(entry(), store, [path], NOW, fetched_on=date(2026, 11, 23))


def test_an_older_file_stands_beside_the_newer_version(store: Store, at_hand: Callable[..., Path]) -> None:
    """It can be compared with, and never counts; its counts are not held against the newer one's."""
    add(entry(), store, [at_hand(un_xml())], NOW)
    outcome = add(entry(), store, [at_hand(un_xml(FEWER, "2025-01-01"))], NOW + DAY)
    assert outcome.what == "older"
    assert current(store).entries == 20
    assert store.version("syn-list", outcome.version.fingerprint).entries == 12


def test_files_of_several_parts_are_told_by_what_they_hold(store: Store, at_hand: Callable[..., Path]) -> None:
    """In any order, under any names, even alike ones in several folders."""
    paths = []
    for part, body in reversed(ofac_csv().items()):
        folder = store.root.parent / part
        folder.mkdir()
        (folder / "download (1).csv").write_bytes(body)
        paths.append(folder / "download (1).csv")
    version = add(entry(Edition("ofac-csv")), store, paths, NOW).version
    assert version.counts["names"] == 21
    assert version.paths["main"].read_bytes() == ofac_csv()["main"]
    assert len({file.name for file in version.files}) == 4


@pytest.mark.parametrize(
    "name", ["-rf.xml", "..xml", "список.xml", "version.json", "a" * 200 + ".xml", "con\ntrol.xml", "current"]
)
def test_any_file_name_is_kept_as_a_plain_one(store: Store, at_hand: Callable[..., Path], name: str) -> None:
    """Names come from people and from the web."""
    version = add(entry(), store, [at_hand(un_xml(), name)], NOW).version
    assert version.paths["main"].read_bytes() == un_xml()
    assert current(store) == version


def test_a_file_of_another_format_is_not_taken_for_the_list(store: Store, at_hand: Callable[..., Path]) -> None:
    """Unless someone says that it is; and then it must be of that format."""
    path = at_hand(un_xml())
    listed = entry(Edition("seco-xml"))
    with pytest.raises(WatchlistError, match=r"is un-xml .*, and syn-list comes as seco-xml; .* say --format un-xml"):
        add(listed, store, [path], NOW)
    with pytest.raises(WatchlistError, match=r"is un-xml .*, not seco-xml"):
        add(listed, store, [path], NOW, format_name="seco-xml")
    assert add(listed, store, [path], NOW, format_name="un-xml").version.format == "un-xml"


@pytest.mark.parametrize("case", [case for case, (body, _) in BAD.items() if isinstance(body, bytes)])
def test_a_file_at_hand_is_believed_as_little_as_a_fetched_one(
    store: Store, at_hand: Callable[..., Path], case: str
) -> None:
    """Everything that is refused from a publisher is refused from a folder, but for an older date."""
    add(entry(), store, [at_hand(un_xml())], NOW, fetched_on=NOW.date())
    path = at_hand(BAD[case][0], "bad.xml")
    if case in ("older than before",):
        assert add(entry(), store, [path], NOW + DAY).what == "older"
    else:
        with pytest.raises(WatchlistError):
            add(entry(), store, [path], NOW + DAY)
    assert current(store).entries == 20


def test_a_file_that_is_gone_is_said(store: Store, tmp_path: Path) -> None:
    """Before anything is made."""
    with pytest.raises(WatchlistError, match=r"none\.xml"):
        add(entry(), store, [tmp_path / "none.xml"], NOW)
    with pytest.raises(WatchlistError, match="no file is given"):
        add(entry(), store, [], NOW)


# --- over TLS -------------------------------------------------------------------------------------------------------


@pytest.fixture
def tls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Publisher, Path]]:
    made = certificate(tmp_path)
    if made is None:
        pytest.skip("no openssl to make a certificate with")
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*made)
    with serving(context, "localhost") as publisher:
        yield publisher, made[0]


def test_a_publisher_is_asked_over_tls(
    tls: tuple[Publisher, Path], store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a certificate that the machine trusts, and with no other."""
    publisher, trusted = tls
    listed = entry(publisher.edition(un_xml()))
    strict = Fetcher(limits=QUICK, sleep=Waits())
    with pytest.raises(WatchlistError, match="certificate verify failed"):
        update(listed, store, strict, NOW)
    assert publisher.asked == []
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    assert update(listed, store, strict, NOW).version.entries == 20
    publisher.serve("/list.xml", redirect(publisher.base.replace("https", "http") + "/other.xml"))
    with pytest.raises(WatchlistError, match="over https only"):
        update(listed, store, strict, NOW + DAY)


# --- a transport of one's own, and the real files -------------------------------------------------------------------


def test_a_transport_can_be_given(store: Store) -> None:
    """A firm's own way to the publisher, or a test's."""
    transport = httpx.MockTransport(lambda request: httpx.Response(200, content=iter([un_xml()])))
    edition = Edition("un-xml", (SourceFile("main", "https://lists.example.org/list.xml", "list.xml"),))
    assert update(entry(edition), store, Fetcher(transport=transport), NOW).version.entries == 20


def test_progress_is_told(publisher: Publisher, store: Store) -> None:
    """What is done, how much of it, and of how much."""
    told: list[tuple[str, int, int | None]] = []
    names = [f"Synthetic Works {number}" for number in range(1200)]
    listed = entry(publisher.edition(un_xml(names)), expect=Expectation(1, 2000, 10, "ours"))
    fetch(listed, store, on_progress=lambda *step: told.append(step))
    fetching = [step for step in told if step[0] == "fetching list.xml"]
    assert fetching[-1][1:] == (len(un_xml(names)), len(un_xml(names)))
    assert [step[1] for step in told if step[0] == "reading"] == [500, 1000]


REAL = [
    ("us-ofac-sdn", "us_ofac_sdn_csv_2021-07/*.csv", 8976),
    ("us-ofac-sdn", "us_ofac_sdn_csv_2024-01/*.csv", 13821),
    ("us-ofac-sdn", "us_ofac_sdn_xml_2021-03/*", 8832),
    ("us-ofac-cons", "us_ofac_cons_xml_2025-03/*", 443),
    ("eu-fsf", "eu_fsf_xml_2021-03/*", 2248),
    ("un-sc", "un_xml_2026-02/*", 1003),
    ("gb-ofsi-consolidated", "gb_ofsi_conlist/*.xlsx", 3993),
    ("au-dfat", "au_dfat_2026-08/*", 3846),
    ("ca-sema", "ca_sema_2025/*", 4759),
    ("us-bis-denied", "us_bis_dpl/*", 461),
]


@pytest.mark.data
@pytest.mark.parametrize(
    ("name", "pattern", "entries"), REAL, ids=[pattern.partition("/")[0] for _, pattern, _ in REAL]
)
def test_real_lists_are_told_by_what_they_hold_and_believed(
    test_data: Path, store: Store, name: str, pattern: str, entries: int
) -> None:
    """Format, parts, dates and counts of every real list are what the catalogue expects."""
    paths = sorted((test_data / "lists").glob(pattern))
    assert paths
    assert add(load_catalogue().entry(name), store, paths, datetime.now(UTC)).version.entries == entries
