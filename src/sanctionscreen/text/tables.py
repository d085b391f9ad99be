"""Reading of the data files beside this module: tab-separated lines, `#` for remarks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path


def rows(name: str) -> Iterator[list[str]]:
    """The cells of each line of a table."""
    for line in Path(__file__).with_name(name).read_bytes().splitlines():
        if line and not line.startswith(b"#"):
            yield line.decode("utf-8").split("\t")
