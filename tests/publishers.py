"""Publishers played in tests: small lists of made-up parties, and a server on this machine that serves them well or badly."""

from __future__ import annotations

import gzip
import shutil
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from sanctionscreen.watchlist.catalogue import CatalogueEntry, Edition, Expectation, SourceFile

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
NAMES = [f"Synthetic Works {number}" for number in range(1, 21)]


def un_xml(names: list[str] = NAMES, day: str = "2026-11-20", root: str = "CONSOLIDATED_LIST") -> bytes:
    """A list in the form of the United Nations, of as many made-up entities as there are names."""
    entities = "".join(
        f"<ENTITY><DATAID>{number}</DATAID><VERSIONNUM>1</VERSIONNUM><FIRST_NAME>{name}</FIRST_NAME>"
        f"<UN_LIST_TYPE>Synthetic</UN_LIST_TYPE><REFERENCE_NUMBER>SYe.{number:03}</REFERENCE_NUMBER>"
        "<LISTED_ON>2020-01-31</LISTED_ON></ENTITY>"
        for number, name in enumerate(names, 1)
    )
    text = (
        f'<{root} dateGenerated="{day}T00:00:00Z"><INDIVIDUALS></INDIVIDUALS><ENTITIES>{entities}</ENTITIES></{root}>'
    )
    return f'<?xml version="1.0" encoding="utf-8"?>{text}'.encode()


def ofac_csv(names: list[str] = NAMES) -> dict[str, bytes]:
    """A list in the four files of OFAC, by part."""
    rows = enumerate(names, 1)
    main = "".join(f'{n},"{name}",-0- ,"SYN",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n' for n, name in rows)
    addresses = "".join(f'{n},{n},-0- ,"Synthetic City","Cuba",-0- \r\n' for n in range(1, len(names) + 1))
    return {
        "main": f"{main}\x1a".encode(),
        "aliases": f'1,1,"aka","{names[0]} Also",-0- \r\n\x1a'.encode(),
        "addresses": f"{addresses}\x1a".encode(),
        "comments": b'1,"and no more of it"\r\n\x1a',
    }


def entry(*editions: Edition, **changes: Any) -> CatalogueEntry:
    """A list of the catalogue, with sensible values."""
    values: dict[str, Any] = {
        "title": "Synthetic List",
        "publisher": "Synthetic Ministry",
        "legal_basis": "a synthetic act",
        "measure": "asset_freeze",
        "licence": "none",
        "editions": editions or (Edition("un-xml"),),
        "expect": Expectation(5, 100, 10, "ours: a test"),
        "max_age_days": 7,
        "max_age_basis": "ours: a test",
    }
    return CatalogueEntry(id="syn-list", **(values | changes))


Behaviour = Callable[["Handler"], None]


@dataclass
class Publisher:
    """What the server does at each path, and what it was asked."""

    behaviours: dict[str, Behaviour] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    base: str = ""

    def serve(self, path: str, behaviour: Behaviour) -> str:
        """Set what happens at a path; its address."""
        self.behaviours[path] = behaviour
        return self.base + path

    def edition(self, body: bytes | Behaviour, format_name: str = "un-xml", **more: Any) -> Edition:
        """An edition of one file that is served so."""
        address = self.serve("/list.xml", whole(body) if isinstance(body, bytes) else body)
        return Edition(format_name, (SourceFile("main", address, "list.xml"),), **more)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    publisher: Publisher

    def do_GET(self) -> None:
        self.publisher.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
        self.publisher.behaviours[self.path](self)

    def log_message(self, format: str, *args: Any) -> None:
        """Tests are silent."""

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        for name, value in ({"Content-Length": str(len(body))} | given).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


def whole(body: bytes, **headers: str) -> Behaviour:
    return lambda handler: handler.answer(200, body, **headers)


def status(code: int, **headers: str) -> Behaviour:
    return lambda handler: handler.answer(code, b"no", **headers)


def redirect(to: str, code: int = 302) -> Behaviour:
    return lambda handler: handler.answer(code, b"", Location=to)


def cut(body: bytes) -> Behaviour:
    """Announces the whole, sends half and hangs up."""

    def behave(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body[: len(body) // 2])
        handler.close_connection = True

    return behave


def half_unannounced(body: bytes) -> Behaviour:
    """Sends half and hangs up, and never said how much there would be."""

    def behave(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Connection", "close")
        handler.end_headers()
        handler.wfile.write(body[: len(body) // 2])
        handler.close_connection = True

    return behave


def dripping(body: bytes, pause_s: float) -> Behaviour:
    """Sends a byte now and then."""

    def behave(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        try:
            for place in range(len(body)):
                handler.wfile.write(body[place : place + 1])
                time.sleep(pause_s)
        except OSError:
            handler.close_connection = True

    return behave


def bomb(megabytes: int) -> Behaviour:
    """A few kilobytes that unpack to very many."""
    packed = gzip.compress(b"\0" * (megabytes << 20), 9)
    return whole(packed, Content_Encoding="gzip")


def in_turn(*behaviours: Behaviour) -> Behaviour:
    """One behaviour after the other, the last one for ever."""
    left = list(behaviours)

    def behave(handler: Handler) -> None:
        (left.pop(0) if len(left) > 1 else left[0])(handler)

    return behave


def tagged(body: bytes, etag: str) -> Behaviour:
    """Answers that nothing changed to whoever knows the tag."""

    def behave(handler: Handler) -> None:
        if handler.headers.get("If-None-Match") == etag:
            handler.answer(304)
        else:
            handler.answer(200, body, ETag=etag)

    return behave


@contextmanager
def serving(context: ssl.SSLContext | None = None, host: str = "127.0.0.1") -> Iterator[Publisher]:
    """A server on this machine, over TLS with a context."""
    publisher = Publisher()
    handler = type("_Handler", (Handler,), {"publisher": publisher})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    server.handle_error = lambda request, client: None  # type: ignore[method-assign]  # clients hang up on purpose
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    publisher.base = f"{'https' if context else 'http'}://{host}:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield publisher
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def certificate(folder: Path) -> tuple[Path, Path] | None:
    """A certificate of this machine and its key, signed by itself; None where there is no openssl."""
    openssl = shutil.which("openssl")
    if openssl is None:
        return None
    cert, key = folder / "cert.pem", folder / "key.pem"
    command = [openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    command += ["-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    done = subprocess.run([*command, "-keyout", str(key), "-out", str(cert)], capture_output=True, check=False)
    return (cert, key) if done.returncode == 0 else None
