"""What sanctionscreen raises, grouped by who has to act.

    SanctionScreenError
    ├── InputError       whoever made the file or record that was handed in
    ├── RuleError        the analyst: a rule pack or a profile
    ├── WatchlistError   whoever keeps the lists and the evidence behind them
    │   └── StaleListError   a list that the profile requires is stale or missing
    └── EngineError      us: two parts of the program disagree

Rules, lists and profiles are checked whole: their faults come together in an `ExceptionGroup`, and nothing loads.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

Loaded = TypeVar("Loaded")


class Location(NamedTuple):  # one is built per YAML value: a frozen dataclass costs three times as much
    """A place in a file; line and column count from 1."""

    file: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)


class SanctionScreenError(Exception):
    """Base of everything raised on purpose: the problem in words, and where it is."""

    def __init__(self, problem: str, at: Location | None = None) -> None:
        super().__init__(problem, at)  # both in args, so the error survives pickling
        self.problem = problem
        self.at = at

    def __str__(self) -> str:
        return self.problem if self.at is None else f"{self.at}: {self.problem}"


class InputError(SanctionScreenError):
    """A file or record cannot be used as input."""


class RuleError(SanctionScreenError):
    """A rule pack or a profile cannot be used."""


class WatchlistError(SanctionScreenError):
    """A list, or the evidence behind it, cannot be used."""


class StaleListError(WatchlistError):
    """A list that the profile requires is stale, missing or damaged."""


class EngineError(SanctionScreenError):
    """Two parts of the program disagree; the result cannot be trusted."""


def raise_faults(faults: Sequence[SanctionScreenError], what: str) -> None:
    """Raise all faults together, in the order of their places; return when there are none."""
    if not faults:
        return

    def place(fault: SanctionScreenError) -> tuple[str, int, int]:
        at = fault.at or Location("")
        return at.file, at.line or 0, at.column or 0

    count = f"{len(faults)} fault" + ("s" if len(faults) > 1 else "")
    raise ExceptionGroup(f"{count} in {what}; nothing was loaded", sorted(faults, key=place))


def gathered(load: Callable[[], Loaded], faults: list[SanctionScreenError]) -> Loaded | None:
    """What a loader gives; None after its faults were added to the others, so that all are said at once."""
    try:
        return load()
    except SanctionScreenError as bad:
        faults.append(bad)
    except ExceptionGroup as several:
        known = several.subgroup(SanctionScreenError)
        if known is None or len(known.exceptions) < len(several.exceptions):
            raise
        faults.extend(one for one in several.exceptions if isinstance(one, SanctionScreenError))
    return None


def suggestion(wrong: str, known: Sequence[str]) -> str:
    """What would be right, as the end of an error message.

    >>> suggestion("dest_contry", ["dest_country", "weight"])
    "; did you mean 'dest_country'?"
    >>> suggestion("zzz", ["a", "b"])
    '; use one of: a, b'
    """
    if not known:
        return ""
    from difflib import get_close_matches

    close = get_close_matches(wrong, known, n=1, cutoff=0.6)
    if close:
        return f"; did you mean {close[0]!r}?"
    shown = ", ".join(sorted(known)[:12])
    return f"; use one of: {shown}" + (", …" if len(known) > 12 else "")
