"""One file fetched from its publisher: over HTTPS, from hosts that are known, within limits, whole or not at all."""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpx

from sanctionscreen.errors import Location, WatchlistError
from sanctionscreen.version import __version__
from sanctionscreen.watchlist.versions import Validators

_BLOCK = 1 << 16
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Answers after which a publisher may have a better one in a moment."""
_LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})

Received = Callable[[int, int | None], None]
"""Is told the bytes that have come, and how many there are to come where the publisher says."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long and how often a publisher is asked; ours, for lists of up to 120 MB over slow lines."""

    connect_s: float = 20
    silence_s: float = 60
    """Without a byte."""
    file_s: float = 1800
    """For one file, all attempts: a server that drips would hold an update for ever."""
    attempts: int = 4
    first_wait_s: float = 1
    longest_wait_s: float = 60
    redirects: int = 5
    growth: int = 200
    """Times that an answer may grow when unpacked; lists pack to a tenth or less."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file that came whole."""

    path: Path
    validators: Validators


class _Interrupted(Exception):
    """What may pass: another attempt is worth it."""

    def __init__(self, problem: str, wait_s: float | None = None) -> None:
        super().__init__(problem)
        self.wait_s = wait_s


class Fetcher:
    """Fetches files; the parameters are for tests, which must not wait and bring their own publisher."""

    def __init__(
        self,
        *,
        transport: httpx.BaseTransport | None = None,
        is_local_allowed: bool = False,
        limits: Limits = Limits(),
        sleep: Callable[[float], None] = time.sleep,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Args:
        is_local_allowed: plain HTTP from this machine, and nothing else, beside HTTPS.
        """
        self._transport = transport
        self._is_local_allowed = is_local_allowed
        self._limits = limits
        self._sleep = sleep
        self._monotonic = monotonic

    def fetch(
        self,
        address: str,
        target: Path,
        *,
        hosts: frozenset[str],
        most_bytes: int,
        known: Validators | None = None,
        on_bytes: Received = lambda done, total: None,
    ) -> Fetched | None:
        """Write what an address holds to a file; None when it has not changed since the publisher gave `known`.

        Args:
            hosts: may be asked; a redirect to any other is refused.
            most_bytes: of the file, unpacked.

        Raises:
            WatchlistError: says what came instead, and after how many attempts.
        """
        started = self._monotonic()
        for attempt in range(1, self._limits.attempts + 1):
            try:
                with self._client() as client:
                    left = started + self._limits.file_s
                    return self._attempt(client, address, target, hosts, most_bytes, known, on_bytes, left)
            except _Interrupted as passing:
                wait = self._wait(attempt, passing.wait_s)
                late = self._monotonic() + wait > started + self._limits.file_s
                if attempt == self._limits.attempts or late:
                    tried = f"after {attempt} attempt" + ("s" if attempt > 1 else "")
                    raise WatchlistError(f"could not be fetched: {passing}, {tried}", _place(address)) from passing
                self._sleep(wait)
        raise AssertionError("the last attempt returns or raises")

    def _wait(self, attempt: int, asked_s: float | None) -> float:
        own: float = self._limits.first_wait_s * 2 ** (attempt - 1)
        return min(max(own, asked_s or 0.0), self._limits.longest_wait_s)

    def _client(self) -> httpx.Client:
        timeout = httpx.Timeout(self._limits.silence_s, connect=self._limits.connect_s)
        return httpx.Client(
            transport=self._transport,
            timeout=timeout,
            follow_redirects=False,
            trust_env=not self._is_local_allowed,  # proxies and certificates of the firm; none for this machine
            headers={
                "User-Agent": f"sanctionscreen/{__version__}",  # some publishers refuse programs without a name
                "Accept": "*/*",
                "Accept-Encoding": "gzip",
            },
        )

    def _attempt(
        self,
        client: httpx.Client,
        address: str,
        target: Path,
        hosts: frozenset[str],
        most_bytes: int,
        known: Validators | None,
        on_bytes: Received,
        deadline: float,
    ) -> Fetched | None:
        asked = address
        for _ in range(self._limits.redirects + 1):
            self._check_address(asked, hosts, address)
            try:
                with client.stream("GET", asked, headers=_conditions(known)) as answer:
                    if answer.status_code in _REDIRECTS:
                        asked = _next_address(answer, asked, address)
                        continue
                    if answer.status_code == 304 and known is not None:
                        return None
                    _check_status(answer, address)
                    self._write(answer, target, most_bytes, on_bytes, deadline, address)
                    headers = answer.headers
                    return Fetched(
                        target, Validators(headers.get("etag", "")[:1000], headers.get("last-modified", "")[:100])
                    )
            except httpx.TransportError as failed:
                raise _Interrupted(_transport_problem(failed)) from failed
            except (httpx.InvalidURL, httpx.StreamError, UnicodeError) as failed:
                raise WatchlistError(f"could not be fetched: {failed}", _place(address)) from failed
        raise WatchlistError(f"is redirected more than {self._limits.redirects} times", _place(address))

    def _check_address(self, asked: str, hosts: frozenset[str], address: str) -> None:
        parts = urlsplit(asked)
        host = parts.hostname or ""
        is_local = self._is_local_allowed and parts.scheme == "http" and host in _LOCAL
        if parts.scheme != "https" and not is_local:
            raise WatchlistError(
                f"leads to {parts.scheme or 'no scheme'}://{host}; lists are fetched over https only", _place(address)
            )
        if host not in hosts or parts.username:
            allowed = ", ".join(sorted(hosts))
            raise WatchlistError(
                f"leads to the host {host!r:.100}, which the catalogue does not name for this list ({allowed})",
                _place(address),
            )

    def _write(
        self,
        answer: httpx.Response,
        target: Path,
        most_bytes: int,
        on_bytes: Received,
        deadline: float,
        address: str,
    ) -> None:
        encoding = answer.headers.get("content-encoding", "").strip().lower()
        said = answer.headers.get("content-length", "")
        total = int(said) if said.isascii() and said.isdigit() and len(said) < 16 else None
        if total is not None and total > most_bytes:
            raise _too_large(most_bytes, address)
        received, written = 0, 0

        def counted() -> Iterator[bytes]:
            nonlocal received
            for block in answer.iter_raw():  # as it comes: to fill a block would wait for a server that drips
                received += len(block)
                if self._monotonic() > deadline:
                    raise WatchlistError(
                        f"came too slowly: {received:,} bytes in {self._limits.file_s:g} s", _place(address)
                    )
                on_bytes(received, total)
                yield block

        with target.open("wb") as file:
            for block in _unpacked(counted(), encoding, address):
                written += len(block)
                if written > most_bytes:
                    raise _too_large(most_bytes, address)
                if encoding and written > max(received * self._limits.growth, 1 << 20):
                    raise WatchlistError("grows without bound when it is unpacked", _place(address))
                file.write(block)
        if not written:
            raise _Interrupted("an empty answer")
        if total is not None and received != total:
            raise _Interrupted(f"only {received:,} of {total:,} bytes")


def _unpacked(blocks: Iterator[bytes], encoding: str, address: str) -> Iterator[bytes]:
    """The blocks as they were before the transfer, never more than one block at a time."""
    if encoding in ("", "identity"):
        yield from blocks
        return
    if encoding not in ("gzip", "x-gzip"):
        raise WatchlistError(f"came packed as {encoding!r:.40}, which was not asked for", _place(address))
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        for block in blocks:
            rest = block
            while rest:
                if unpacker.eof:  # a gzip file may have several members
                    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
                yield unpacker.decompress(rest, _BLOCK)
                rest = unpacker.unconsumed_tail or unpacker.unused_data
    except zlib.error as damaged:
        raise _Interrupted(f"damaged packing ({damaged})") from damaged
    while not unpacker.eof and (more := unpacker.decompress(unpacker.unconsumed_tail, _BLOCK)):
        yield more
    if not unpacker.eof:
        raise _Interrupted("the end of the packing is missing")


def _conditions(known: Validators | None) -> dict[str, str]:
    if known is None:
        return {}
    held = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in held.items() if value}


def _next_address(answer: httpx.Response, asked: str, address: str) -> str:
    where: str = answer.headers.get("location", "")
    if not where:
        raise WatchlistError(f"is redirected (status {answer.status_code}), but not said where to", _place(address))
    try:
        return urljoin(asked, where)
    except ValueError as bad:
        raise WatchlistError(f"is redirected to {where!r:.200}, which is no address", _place(address)) from bad


def _check_status(answer: httpx.Response, address: str) -> None:
    code = answer.status_code
    if code in _PASSING:
        said = answer.headers.get("retry-after", "")
        wait = float(said) if said.isascii() and said.isdigit() and len(said) < 6 else None
        raise _Interrupted(f"status {code} {answer.reason_phrase}", wait)
    if code != 200:
        raise WatchlistError(f"could not be fetched: status {code} {answer.reason_phrase}", _place(address))


def _transport_problem(failed: httpx.TransportError) -> str:
    if isinstance(failed, httpx.ConnectTimeout):
        return "no connection in time"
    if isinstance(failed, httpx.TimeoutException):
        return "no answer in time"
    if isinstance(failed, httpx.RemoteProtocolError):
        return f"the answer broke off ({failed})"
    return str(failed) or type(failed).__name__


def _too_large(most_bytes: int, address: str) -> WatchlistError:
    return WatchlistError(f"has more than {most_bytes:,} bytes, which is the limit of this list", _place(address))


def _place(address: str) -> Location:
    """The address without what may be a secret in its query."""
    parts = urlsplit(address)
    return Location(f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}")
