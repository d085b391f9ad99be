"""Dates of OFAC's advanced XML: a period from the earliest to the latest day that a date can mean."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from xml.etree.ElementTree import Element

from sanctionscreen.model import ListedDate
from sanctionscreen.watchlist.official.ofac_outline import text_in

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def day_of(element: Element | None, *, is_last: bool = False) -> date | None:
    """The day of `<Year/><Month/><Day/>`; where month or day are not given, the first or last of what is."""
    try:
        year = int(text_in(element, "Year"))
        month = int(text_in(element, "Month") or 0) or (12 if is_last else 1)
        day = int(text_in(element, "Day") or 0) or (monthrange(year, month)[1] if is_last else 1)
        return date(year, month, day)
    except (ValueError, IndexError):
        return None


def period_of(period: Element, what: str) -> ListedDate:
    """A date period: text with the precision that it has, first and last day."""
    start, end = period.find("Start"), period.find("End")
    first = day_of(_part(start, "From"))
    ends = (_part(end, "To"), _part(end, "From"), _part(start, "To"), _part(start, "From"))
    last = next((day for part in ends if (day := day_of(part, is_last=True)) is not None), None)
    is_about = any(part is not None and part.get("Approximate") == "true" for part in (start, end))
    return ListedDate(what, ("circa " if is_about else "") + _written(first, last), first, last)


def _part(element: Element | None, tag: str) -> Element | None:
    return None if element is None else element.find(tag)


def _written(first: date | None, last: date | None) -> str:
    if first is None or last is None:
        return ""
    if first == last:
        return _day(first)
    if last == date(first.year, 12, 31) and (first.month, first.day) == (1, 1):
        return str(first.year)
    if first.day == 1 and (first.year, first.month) == (last.year, last.month) and (last + timedelta(1)).day == 1:
        return f"{_MONTHS[first.month - 1]} {first.year}"
    return f"{_day(first)} to {_day(last)}"


def _day(day: date) -> str:
    return f"{day.day:02} {_MONTHS[day.month - 1]} {day.year}"
