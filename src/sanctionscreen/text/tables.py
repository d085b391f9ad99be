"""Reading of the data files beside this module: tab-separated lines, `#` for remarks."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path


def rows(name: str) -> Iterator[list[str]]:
    """The cells of each line of a table."""
    for line in Path(__file__).with_name(name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


@cache
def fingerprint() -> str:
    """SHA-256 of all tables: names taken apart by other tables cannot be compared with each other."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.tsv")):
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
