"""Dates and numbers as documents write them, and what a column proves about its way of writing."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum


class Unreadable(ValueError):
    """A cell that is filled but is no value of its type; says what would be right."""


class Habit(StrEnum):
    """How a column writes what could be read two ways; proved by its other cells, never guessed."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"
    DAY_NUMBER = "spreadsheet day number"
    DECIMAL_COMMA = "decimal comma"
    DECIMAL_POINT = "decimal point"


_MONTHS = {
    name: number
    for number, names in enumerate(  # English, Turkish, Spanish, Portuguese, French, German, Russian, Ukrainian
        (
            "jan oca ene янв січ",
            "feb şub sub fev fév feb фев лют",
            "mar mär mae mrz мар бер",
            "apr nis abr avr апр кві",
            "may mai май тра",
            "jun haz juin июн чер",
            "jul tem juil июл лип",
            "aug ağu agu ago aoû aou авг сер",
            "sep eyl set сен вер",
            "oct eki out okt окт жов",
            "nov kas ноя лис",
            "dec ara dic dez déc дек гру",
        ),
        1,
    )
    for name in names.split()
}
_FILLING = frozenset(("de", "del", "of", "the", "г", "год", "года", "р", "року", "рік"))
"""Words between the parts of a date: 23 de abril de 2024, 23 квітня 2024 року."""
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th|er|º|°|ª|-?(?:го|е|й))(?![^\W\d_])", re.IGNORECASE)
_WEEKDAY = re.compile(r"^\s*(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},?\s+(?=\d|[a-z]{3})", re.IGNORECASE)
_DAY_NUMBER = re.compile(r"\s*([2-6]\d{4})(?:\.\d+)?\s*")
"""Days since 1899-12-30, as spreadsheets count them: five digits from 1954 to 2091."""
_EPOCH = date(1899, 12, 30)
_SHORT_YEAR = re.compile(r"\s*(\d{1,2})(?P<mark>[-/.\s])(\d{1,2})(?P=mark)(\d{2})(?:\s*[гр]\.?)?(?:\s+\d{1,2}:.*)?\s*")
_SHORT_NAMED = re.compile(r"\s*\d{1,2}[-/.\s]([^\W\d_]{3,9})\.?[-/.\s]+\d{2}\s*")
_LAST_OF_2000 = 68
"""Years in two digits: 69 to 99 are of the last century (POSIX, strptime %y)."""
PLAIN = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,15})?")
"""A number that reads one way only, unless its column has decimal commas."""
_NUMBER = re.compile(r"[-+]?\d[\d.,]*(?:[eE][-+]?\d{1,3})?|[-+]?[.,]\d+")
_GROUPED = re.compile(r"[-+]?(?:\d*|\d{1,3}(?:([.,])\d{2,3}(?:\1\d{2,3})*\1\d{3}|[.,]\d{3}))")
"""Thousands in threes, or in twos before the last three as in India: 1,00,000."""
LONGEST = 60
"""A longer cell is no date and no number."""


def day(text: str, habit: Habit | None = None) -> date:
    """A calendar day as documents write it; one that could be two is refused, unless the habit of its column is known.

    So are years in two digits, and the day numbers of spreadsheets.

    >>> day("2024-04-23"), day("23.04.2024"), day("20240423"), day("23 Apr 2024")
    (datetime.date(2024, 4, 23), datetime.date(2024, 4, 23), datetime.date(2024, 4, 23), datetime.date(2024, 4, 23))
    >>> day("03/04/2024", Habit.MONTH_FIRST), day("23.04.24", Habit.DAY_FIRST), day("45405", Habit.DAY_NUMBER)
    (datetime.date(2024, 3, 4), datetime.date(2024, 4, 23), datetime.date(2024, 4, 23))
    """
    if len(text) > LONGEST:
        raise Unreadable(f"{text[:40]!r} is no date; write it as 2024-04-23")
    head = re.split(r"[T ](?=\d{1,2}:)", text.strip(), maxsplit=1)[0]
    head = head.strip(" ,").removesuffix(".").removesuffix("г").strip()
    parts = [part for part in re.split(r"[-/.\s,年月日]+", head) if part]
    if len(parts) > 3 or not head.isascii() or _ORDINAL.search(head):
        parts = _bare_parts(head)
    try:
        if len(parts) == 1 and re.fullmatch(r"[12]\d{7}", head):
            return date(int(head[:4]), int(head[4:6]), int(head[6:]))
        if len(parts) == 3:
            return _three_parts(parts, head, habit)
        if number := _DAY_NUMBER.fullmatch(text):
            return _numbered(number[1], habit)
    except ValueError as bad:
        if isinstance(bad, Unreadable):
            raise
        raise Unreadable(f"{text[:40]!r} is no day of the calendar; write it as 2024-04-23") from bad
    raise Unreadable(f"{text[:40]!r} is no date; write it as 2024-04-23")


def _bare_parts(head: str) -> list[str]:
    """Day, month and year without the words between them: Tuesday, 23rd of April 2024."""
    head = _ORDINAL.sub("", _WEEKDAY.sub("", head))
    return [part for part in re.split(r"[-/.\s,年月日]+", head) if part and part.casefold() not in _FILLING]


def _numbered(digits: str, habit: Habit | None) -> date:
    if habit is not Habit.DAY_NUMBER:
        raise Unreadable(f"{digits!r} is no date, or the day number of a spreadsheet; write it as 2024-04-23")
    return _EPOCH + timedelta(days=int(digits))


def _month(word: str) -> int | None:
    word = word.casefold()
    return _MONTHS.get(word[:4]) or _MONTHS.get(word[:3])


def _three_parts(parts: list[str], head: str, habit: Habit | None) -> date:
    months = [_month(part) for part in parts]
    years = sum(len(part) == 4 and part.isdigit() for part in parts)
    if years == 0 and habit in (Habit.DAY_FIRST, Habit.MONTH_FIRST) and len(parts[2]) == 2 and parts[2].isdigit():
        year = int(parts[2])
        parts = [*parts[:2], str(year + (2000 if year <= _LAST_OF_2000 else 1900))]
        if not any(months) and "." not in head and int(parts[0 if habit is Habit.MONTH_FIRST else 1]) > 12:
            raise Unreadable(f"{head!r} is not written {habit}; write it as 2024-04-23")
    elif years != 1:
        raise Unreadable(f"{head!r} has no year in four digits; write it as 2024-04-23")
    if any(months):
        at = next(i for i, month in enumerate(months) if month)
        first, second = (int(part) for i, part in enumerate(parts) if i != at)
        year, number = (first, second) if first > 31 else (second, first)
        return date(year, months[at] or 0, number)
    a, b, c = (int(part) for part in parts)
    if len(parts[0]) == 4:
        return date(a, b, c)
    if len(parts[1]) == 4:
        raise Unreadable(f"{head!r} is no date; write it as 2024-04-23")
    if "." in head or a > 12:  # dots are written day first wherever they are used
        return date(c, b, a)
    if b > 12 or a == b or habit is Habit.MONTH_FIRST:
        return date(c, a, b)
    if habit is Habit.DAY_FIRST:
        return date(c, b, a)
    raise Unreadable(f"{head!r} could be two days; write it as 2024-04-23")


def date_habit(text: str) -> Habit | None:
    """Which order of day and month a date proves by itself, where its form leaves both open.

    A year in two digits closes a date with dots or with the name of a month; between strokes it may stand first too
    (24/04/23), and only a number above twelve in the middle proves that it does not.

    >>> date_habit("23/04/2024"), date_habit("04/23/2024"), date_habit("03/04/2024"), date_habit("2024-04-23")
    (<Habit.DAY_FIRST: 'day first'>, <Habit.MONTH_FIRST: 'month first'>, None, None)
    >>> date_habit("23.04.24"), date_habit("23-Apr-24"), date_habit("04/23/24"), date_habit("23/04/24")
    (<Habit.DAY_FIRST: 'day first'>, <Habit.DAY_FIRST: 'day first'>, <Habit.MONTH_FIRST: 'month first'>, None)
    """
    short = _SHORT_YEAR.fullmatch(text)
    if short is not None:
        first, second = int(short[1]), int(short[3])
        if short["mark"] == ".":
            return Habit.DAY_FIRST if second <= 12 else None
        return Habit.MONTH_FIRST if second > 12 >= first else None
    named = _SHORT_NAMED.fullmatch(text)
    if named is not None:
        return Habit.DAY_FIRST if _month(named[1]) else None
    match = re.match(r"\s*(\d{1,2})[-/\s](\d{1,2})[-/\s]\d{4}\b", text)
    first, second = (int(part) for part in match.groups()) if match else (0, 0)
    if first > 12 >= second:
        return Habit.DAY_FIRST
    return Habit.MONTH_FIRST if second > 12 >= first else None


def is_open_date(text: str) -> bool:
    """The date could be two days: only its column can say which.

    >>> is_open_date("03/04/2024"), is_open_date("04/04/2024"), is_open_date("23/04/2024"), is_open_date("23/04/24")
    (True, False, False, True)
    """
    short = _SHORT_YEAR.fullmatch(text)
    if short is not None:
        return short["mark"] != "." and not int(short[3]) > 12 >= int(short[1])
    match = re.match(r"\s*(\d{1,2})[-/\s](\d{1,2})[-/\s]\d{4}\b", text)
    first, second = (int(part) for part in match.groups()) if match else (0, 0)
    return first <= 12 >= second and first != second


def is_day_number(text: str) -> bool:
    """Five digits that a spreadsheet shows instead of a date."""
    return _DAY_NUMBER.fullmatch(text) is not None


def decimal(raw: object, habit: Habit | None = None) -> Decimal:
    """A number as documents write it, exactly.

    A single comma before three digits separates thousands, and a single point decimals, unless the habit of the
    column is known.

    >>> [str(decimal(text)) for text in ("1,234.50", "1.234,50", "1 234,5", "12,5", "1,234", "1.234")]
    ['1234.50', '1234.50', '1234.5', '12.5', '1234', '1.234']
    >>> [str(decimal(text, Habit.DECIMAL_COMMA)) for text in ("1,234", "1.234")]
    ['1.234', '1234']
    """
    if isinstance(raw, bool):
        raise Unreadable(f"{raw!r} is no number")
    if isinstance(raw, (int, Decimal)):
        return Decimal(raw)
    if isinstance(raw, float):
        return Decimal(repr(raw))
    if not isinstance(raw, str):
        raise Unreadable(f"{raw!r:.40} is no number")
    if PLAIN.fullmatch(raw) and habit is not Habit.DECIMAL_COMMA:
        return Decimal(raw)
    text = re.sub(r"[\s\u00a0\u202f'’\x00]", "", raw[: LONGEST + 1]).replace("\u2212", "-")
    if len(raw) > LONGEST or not _NUMBER.fullmatch(text):
        raise Unreadable(f"{raw.strip()[:40]!r} is no number")
    try:
        return Decimal(_with_point(text, habit))
    except InvalidOperation as bad:
        raise Unreadable(f"{raw.strip()[:40]!r} is no number") from bad


def _with_point(text: str, habit: Habit | None) -> str:
    """The same number with a point for decimals and nothing between thousands."""
    last = max(text.rfind("."), text.rfind(","))
    if last < 0:
        return text
    mark = text[last]
    whole = text.count(mark) > 1
    if not whole and len(text) - last == 4 and _may_be_thousands(text[:last].lstrip("+-")):
        whole = mark == ("." if habit is Habit.DECIMAL_COMMA else ",")
    head, tail = (text, "") if whole else (text[:last], text[last + 1 :])
    if not _GROUPED.fullmatch(head):
        raise InvalidOperation
    return head.replace(".", "").replace(",", "") + (f".{tail}" if tail else "")


def _may_be_thousands(head: str) -> bool:
    """What stands before three digits may be thousands: one to three digits, and no zero in front."""
    return head.isdigit() and len(head) <= 3 and head[0] != "0"


def decimal_habit(text: str) -> Habit | None:
    """Which decimal mark a number proves by itself.

    >>> [str(decimal_habit(text)) for text in ("12,5", "1,234.5", "1,234", "1.234.567", "48691.788")]
    ['decimal comma', 'decimal point', 'None', 'decimal comma', 'decimal point']
    """
    text = re.sub(r"[^\d.,]", "", text[:LONGEST])
    last = max(text.rfind("."), text.rfind(","))
    mark = text[last] if last >= 0 else ""
    if not mark or (text.count(mark) == 1 and len(text) - last == 4 and _may_be_thousands(text[:last])):
        return None
    is_comma = (mark == ",") != (text.count(mark) > 1)
    return Habit.DECIMAL_COMMA if is_comma else Habit.DECIMAL_POINT
