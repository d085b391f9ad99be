"""What the number formats of a workbook mean: days, percents, and codes whose zeros only the format gives."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from sanctionscreen.ingest.typed_cells import number_text

Written = Callable[[str], str]
"""From the digits that a cell holds to what a person sees, or would have written."""

_BUILT_IN_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
"""Formats that Excel does not write out and that show days or times (ECMA-376, part 1, 18.8.30)."""
_BUILT_IN_PERCENTS = (9, 10)
_FORMAT_TEXT = re.compile(r'"[^"]*"|\\.|[_*].|\[[^\]]*\]')
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_PADDED = re.compile(r"(?P<whole>0{2,})(?:\.(?P<cents>0+))?")
_LAST_DAY = 2_958_465  # 9999-12-31


def writer_of(code: str | None, number: int, *, is_1904: bool) -> Written | None:
    """How a number format writes its numbers; None where it only rounds or groups, which loses digits.

    Days and times are ISO, percents are written as such, and codes keep the zeros in front that only the format gives.
    """
    if code is None:
        if number in _BUILT_IN_DATES:
            return partial(_day, is_1904=is_1904)
        return _percent if number in _BUILT_IN_PERCENTS else None
    shown = code.split(";")[0]
    bare = _FORMAT_TEXT.sub("", shown)
    if "%" in bare:
        return _percent
    padded = _PADDED.fullmatch(bare)
    if padded:
        return partial(_padded, whole=len(padded["whole"]), cents=len(padded["cents"] or ""))
    is_time = re.search("[ymdhs]", bare, re.IGNORECASE) and not re.search("[0#?]", re.sub(r"s[.,]0+", "s", bare))
    if is_time and not _ELAPSED.search(shown):
        return partial(_day, is_1904=is_1904)
    return None


def plain_number(written: str) -> str:
    """The digits of a number as a sheet shows them: fifteen are all that Excel keeps.

    >>> plain_number("0.30000000000000004"), plain_number("8.5423100000000006E7"), plain_number("3905601620")
    ('0.3', '85423100', '3905601620')
    """
    if written.isdigit():
        return written
    try:
        return number_text(f"{float(written):.15g}")
    except ValueError:
        return written


def _percent(written: str) -> str:
    try:
        return f"{number_text(f'{float(written) * 100:.15g}')}%"
    except ValueError:
        return written


def _padded(written: str, *, whole: int, cents: int) -> str:
    digits, _, rest = plain_number(written).partition(".")
    if not digits.isdigit():
        return written
    return digits.zfill(whole) + (f".{rest.ljust(cents, '0')}" if rest or cents else "")


def _day(written: str, *, is_1904: bool) -> str:
    """A serial as a day, a time or both, in ISO form. Day 60 of the usual count is a 29 February that never was."""
    try:
        serial = float(written)
    except ValueError:
        return written
    if not 0 <= serial <= _LAST_DAY:
        return plain_number(written)
    days = int(serial)
    seconds = round((serial - days) * 86400)
    if seconds == 86400:
        days, seconds = days + 1, 0
    clock = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    if not days and seconds:
        return clock
    start = date(1904, 1, 1) if is_1904 else date(1899, 12, 30 if days >= 60 else 31)
    day = (start + timedelta(days)).isoformat() if days < _LAST_DAY - 1500 else ""
    if not day:
        return plain_number(written)
    return f"{day}T{clock}" if seconds else day
