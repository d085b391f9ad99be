"""Which sheet of a workbook is read: the one that is asked for, else the first whose header is known best."""

from __future__ import annotations

from collections.abc import Sequence

from sanctionscreen.errors import InputError, Location, suggestion

SURELY_A_HEADER = 3
"""So many known headers in one record are no accident."""


def wanted_sheet(names: Sequence[str], wanted: str, file: str) -> int:
    """The place of a sheet by its name, in any case, or by its number from 1.

    Raises:
        InputError: there is no such sheet.
    """
    folded = [name.casefold() for name in names]
    if wanted.casefold() in folded:
        return folded.index(wanted.casefold())
    if wanted.isdecimal() and 1 <= int(wanted) <= len(names):
        return int(wanted) - 1
    raise InputError(f"has no sheet {wanted!r}, by name or number{suggestion(wanted, names)}", Location(file))


def best_sheet(counts: Sequence[int], visible: Sequence[bool]) -> int:
    """The place of the sheet to read, by the known headers of each; a hidden one only where no other has any."""
    return max(range(len(counts)), key=lambda at: (counts[at] > 0, visible[at], counts[at], -at))


def sheet_note(names: Sequence[str], counts: Sequence[int], best: int) -> str:
    """Which of several sheets is read, and which others could be."""
    also = [repr(name) for at, name in enumerate(names) if at != best and counts[at] >= SURELY_A_HEADER]
    others = f"; {', '.join(also)} could be screened too (--sheet)" if also else "; no other has such a header"
    return f"sheet {names[best]!r} of {len(names)} is read{others}"
