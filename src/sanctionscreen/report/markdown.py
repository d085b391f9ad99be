"""Text from packs as Markdown that shows it and obeys nothing in it: no markup, no HTML, no links of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from sanctionscreen.report.printable import printable

_MARKS = re.compile(r"([\\`*\[\]~$]|(?<![^\W_])_|_(?![^\W_]))")
_AT_START = re.compile(r"^([#+\-=]|\d+(?=[.)](?:\s|$)))")
_HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_BAR = "\\|"
"""A bar inside a cell."""
_URL = re.compile(r"https?://[^\s<>()\[\]\"'`\\|]+")


def escaped(text: str) -> str:
    """Text on one line, as it reads, whatever Markdown or HTML it holds.

    >>> escaped("<b>*soft*</b>")
    '&lt;b&gt;\\\\*soft\\\\*&lt;/b&gt;'
    """
    line = " ".join(printable(text).split())
    line = "".join(_HTML.get(c, c) for c in _MARKS.sub(r"\\\1", line))
    return _AT_START.sub(lambda found: _unmarked(found[1]), line)


def _unmarked(start: str) -> str:
    """A character that would open a heading or a list, as itself; a number that would, by way of its first digit."""
    return f"&#{ord(start[0])};{start[1:]}" if start[0].isdigit() else f"\\{start}"


def code(text: str) -> str:
    """Text as code; its own backticks cannot end it.

    >>> code("a`b")
    '`` a`b ``'
    """
    line = " ".join(printable(text).split()) or " "
    longest = max((len(run) for run in re.findall(r"`+", line)), default=0)
    fence = "`" * (longest + 1)
    return f"{fence} {line} {fence}" if longest else f"{fence}{line}{fence}"


def block(lines: Iterable[str]) -> list[str]:
    """Lines as a block of code; no run of backticks in them can end it."""
    held = [printable(line) for line in lines]
    longest = max((len(run) for line in held for run in re.findall(r"`+", line)), default=0)
    fence = "`" * max(3, longest + 1)
    return [f"{fence}text", *held, fence]


def link(text: str, url: str) -> str:
    """Text that leads to a web address; the text alone, with what was given, where it is no plain one."""
    if not url:
        return escaped(text)
    return f"[{escaped(text)}]({url})" if _URL.fullmatch(url) else f"{escaped(text)} ({escaped(url)})"


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A table of cells that are Markdown already; their bars, in code too, are no borders of cells."""
    for cells in (header, ["---"] * len(header), *rows):
        yield f"| {' | '.join(cell.replace('|', _BAR) for cell in cells)} |"
