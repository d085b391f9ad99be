"""The records of one party brought together, wherever in a file they stand, without holding the file in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import TypeVar

from sanctionscreen.watchlist.official.reading import Report

Record = TypeVar("Record")


def gathered(
    records: Callable[[Report], Iterator[Record]], key: Callable[[Record], str], report: Report
) -> Iterator[list[Record]]:
    """The records of each party, as soon as its last one is read; the order is that of the last records.

    The file is read twice: once to learn how many records each party has, with a report of its own, and once for what
    they hold. Lists repeat a party rarely, so next to nothing waits.
    """
    left = Counter(key(record) for record in records(Report(report.list, report.measure)))
    waiting: dict[str, list[Record]] = {}
    for record in records(report):
        party = key(record)
        left[party] -= 1
        waiting.setdefault(party, []).append(record)
        if left[party] <= 0:
            yield waiting.pop(party)


def digest(*parts: str) -> str:
    """A short number for a party that its list does not number: the same for the same words, in any spacing and case.

    >>> digest("Example  Works") == digest("EXAMPLE WORKS"), len(digest("a"))
    (True, 16)
    """
    plain = "\x1f".join(" ".join(part.casefold().split()) for part in parts)
    return sha256(plain.encode()).hexdigest()[:16]
