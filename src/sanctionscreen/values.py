"""From a cell to a typed value: one reader per field type, the same for files, frames, records and rule literals.

A value is text (text, code), an upper-case alpha-2 code (country), a `date`, a float (number), integer hundredths
(money), a bool, or a tuple of these. None stands for an empty cell. What cannot be read raises `Unreadable`.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from sanctionscreen import countries
from sanctionscreen.fields import Field, FieldType
from sanctionscreen.figures import LONGEST, PLAIN, Habit, Unreadable, day, decimal

__all__ = ["Habit", "Unreadable", "country_parts", "day", "decimal", "is_blank", "read", "read_all", "sound"]


Reader = Callable[[Any, Field, Habit | None], Any]
_EMPTY = frozenset({"", "n/a", "#n/a", "na", "nan", "none", "null", "<na>", "-", "--", "—"})
_EMPTY_TEXT = frozenset({"n/a", "#n/a", "null", "<na>", "-", "--", "—"})  # Nan and Na are names, "none" is a tier
_LONGEST_EMPTY = 4
DESCRIPTION = "goods.description"
SUMS = frozenset(
    """total|totals|total amount|grand total|sub total|subtotal|итого|всего|итого по документу|усього|разом|razem|suma
    |ogółem|gesamt|gesamtsumme|summe|toplam|genel toplam|total general|totale|somme
    |合计|总计|小计|المجموع|الإجمالي|tổng cộng|cộng""".replace("\n    ", "").split("|")
)
"""What stands in the column of the goods where a sheet sums up: no goods. A firm may be called so."""
SUM_MARKS = " :.：="
ORIGIN = "goods.origin_country"
"""Of goods one may rightly say that they come from a union or from several countries."""
_NO_COUNTRIES = frozenset({"direct", "none", "-", "—", "[]"})
_TRUE = frozenset({"true", "yes", "y", "1", "да", "так", "是", "evet", "si", "sí"})
_FALSE = frozenset({"false", "no", "n", "0", "нет", "ні", "否", "hayir", "hayır"})
_OWNER = re.compile(r"^(?P<name>.+?)(?:\s*\((?P<country>[A-Za-z]{2})\))?(?:[\s:=]+(?P<share>\d+(?:[.,]\d+)?)\s*%)?$")
_LIST_MARK = re.compile(r"\s*(?:[;|>→\n]|->)\s*")
_WEAK_LIST_MARK = re.compile(r"\s*[,/]\s*")
_CODES = (  # ISO 4217, and CNH, RMB and RUR as documents write them
    "AED|AFN|ALL|AMD|ANG|AOA|ARS|AUD|AWG|AZN|BAM|BBD|BDT|BGN|BHD|BIF|BMD|BND|BOB|BRL|BSD|BTN|BWP|BYN|BZD|CAD|CDF|CHF"
    "|CLP|CNH|CNY|COP|CRC|CUP|CVE|CZK|DJF|DKK|DOP|DZD|EGP|ERN|ETB|EUR|FJD|FKP|GBP|GEL|GHS|GIP|GMD|GNF|GTQ|GYD|HKD|HNL"
    "|HTG|HUF|IDR|ILS|INR|IQD|IRR|ISK|JMD|JOD|JPY|KES|KGS|KHR|KMF|KPW|KRW|KWD|KYD|KZT|LAK|LBP|LKR|LRD|LSL|LYD|MAD|MDL"
    "|MGA|MKD|MMK|MNT|MOP|MRU|MUR|MVR|MWK|MXN|MYR|MZN|NAD|NGN|NIO|NOK|NPR|NZD|OMR|PAB|PEN|PGK|PHP|PKR|PLN|PYG|QAR|RMB"
    "|RON|RSD|RUB|RUR|RWF|SAR|SBD|SCR|SDG|SEK|SGD|SHP|SLE|SOS|SRD|SSP|STN|SVC|SYP|SZL|THB|TJS|TMT|TND|TOP|TRY|TTD|TWD"
    "|TZS|UAH|UGX|USD|UYU|UZS|VES|VND|VUV|WST|XAF|XCD|XOF|XPF|YER|ZAR|ZMW|ZWL"
)
CURRENCIES = frozenset(_CODES.split("|"))


@cache
def _currency() -> re.Pattern[str]:
    """What stands beside an amount; so many codes take milliseconds to compile, and plain numbers need none."""
    codes, signs = f"(?:{_CODES})", "[$€£¥₽]"
    return re.compile(rf"^(?:{codes}(?![A-Z])|US\$|{signs})\s*|\s*(?:(?<![A-Z]){codes}|{signs})$", re.IGNORECASE)


_COUNTED = re.compile(r"\s*(?:kgs?|kgm|pcs|pce|%)\.?$", re.IGNORECASE)  # no pounds, no tonnes: the unit must be right
_LARGEST_EXPONENT = 15
"""Numbers from ten thousand million million on are slips, not amounts."""


def read(entry: Field, raw: object, habit: Habit | None = None) -> Any:
    """The value of a cell or a record's entry for a field; None when it is empty.

    Args:
        entry: the field, which says the type.
        raw: what is written; a number, date, list or mapping may come as such.
        habit: how the whole column writes dates or decimals, where that is known.

    Raises:
        Unreadable: it is filled, but is no value of the field.
    """
    return _value(_READERS[entry.type], raw, entry, habit)


def read_all(entry: Field, cells: Iterable[object], habit: Habit | None = None) -> tuple[list[Any], dict[int, str]]:
    """The values of many cells of a field as `read` gives them, and by place what is wrong with those it refuses."""
    reader = _READERS[entry.type]
    found: list[Any] = []
    problems: dict[int, str] = {}
    for place, raw in enumerate(cells):
        try:
            found.append(_value(reader, raw, entry, habit))
        except Unreadable as bad:
            found.append(None)
            problems[place] = str(bad)
    return found, problems


def _value(reader: Reader, raw: Any, entry: Field, habit: Habit | None) -> Any:
    if is_blank(raw):
        return None
    if not isinstance(raw, str) and hasattr(raw, "item"):  # a number of numpy or pandas
        raw = raw.item()
    return reader(raw, entry, habit)


def is_blank(raw: object) -> bool:
    """Nothing is written there: None, white space, or the missing value of a data frame."""
    if isinstance(raw, str):
        return not raw or raw.isspace()
    return raw is None or (isinstance(raw, float) and math.isnan(raw)) or type(raw).__name__ in ("NAType", "NaTType")


def is_empty(raw: object) -> bool:
    """Nothing is written there, or a word that stands for nothing, such as N/A."""
    return is_blank(raw) or (isinstance(raw, str) and raw.strip().casefold() in _EMPTY_TEXT)


def sound(text: str) -> str:
    """Text without NULs, and with ? for half of a surrogate pair, which no file or frame can hold.

    >>> sound("A\\x00B\\ud800")
    'AB?'
    """
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


def _plain(raw: object) -> str:
    if isinstance(raw, str):
        return (raw if raw.isascii() and "\x00" not in raw else sound(raw)).strip()
    if isinstance(raw, bool) or not isinstance(raw, (int, float, Decimal)):
        raise Unreadable(f"{raw!r:.40} is not text")
    return str(int(raw)) if isinstance(raw, float) and raw.is_integer() else str(raw)


def _text(raw: object, entry: Field, _: Habit | None) -> str | None:
    text = _plain(raw)
    if len(text) <= _LONGEST_EMPTY and text.casefold() in _EMPTY_TEXT:
        return None
    if entry.name == DESCRIPTION and text.casefold().strip(SUM_MARKS) in SUMS:
        return None
    return (" ".join(text.split()) if entry.type is FieldType.TEXT else text) or None


def _country(raw: object, entry: Field, _: Habit | None) -> str | None:
    text = _plain(raw)
    if text.casefold() in _EMPTY and text.upper() != "NA":  # NA is Namibia
        return None
    found = countries.lookup(text)
    if found is None and entry.name == ORIGIN and countries.is_no_single(text):
        return None
    if found is None:
        raise Unreadable(f"{text[:40]!r} is no country; write an ISO code such as KZ, or the country's name")
    return found


def _day(raw: object, _entry: Field, habit: Habit | None) -> date | None:
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    text = _plain(raw)
    return None if text.casefold() in _EMPTY else day(text, habit)


def _not_negative(raw: object, signs: re.Pattern[str], habit: Habit | None) -> Decimal | None:
    if isinstance(raw, str) and not PLAIN.fullmatch(raw):
        if raw.strip().casefold() in _EMPTY:
            return None
        bare = signs.sub("", signs.sub("", raw.strip())) if len(raw) <= LONGEST else raw
        try:
            number = decimal(bare, habit)
        except Unreadable:
            raise Unreadable(f"{raw.strip()[:40]!r} is no number") from None
    else:
        number = decimal(raw, habit)
    if not number.is_finite() or number.adjusted() > _LARGEST_EXPONENT:
        raise Unreadable(f"{raw!r:.40} is too large to be meant")
    if number < 0:
        raise Unreadable(f"{raw!r:.40} is negative")
    return number


def _number(raw: object, _entry: Field, habit: Habit | None) -> float | None:
    if isinstance(raw, str) and PLAIN.fullmatch(raw) and habit is not Habit.DECIMAL_COMMA:
        return float(raw)  # the usual case; the same as below
    number = _not_negative(raw, _COUNTED, habit)
    return None if number is None else float(number)


def _money(raw: object, _entry: Field, habit: Habit | None) -> int | None:
    if isinstance(raw, str) and PLAIN.fullmatch(raw) and habit is not Habit.DECIMAL_COMMA:
        whole, _, cents = raw.partition(".")  # the usual case; the same as below
        if len(cents) <= 2:
            return int(whole) * 100 + int(cents.ljust(2, "0"))
    number = _not_negative(raw, _currency(), habit)
    return None if number is None else int((number * 100).to_integral_value())


def _bool(raw: object, _entry: Field, _: Habit | None) -> bool | None:
    if isinstance(raw, bool):
        return raw
    word = _plain(raw).casefold()
    if word in _EMPTY:
        return None
    if word in _TRUE or word in _FALSE:
        return word in _TRUE
    raise Unreadable(f"{word[:40]!r} is neither yes nor no; write yes or no")


def _parts(raw: object) -> Iterable[object]:
    """Parts of a list as written; a list in a cell stands between ; | > or arrows, else between commas or slashes."""
    if isinstance(raw, str):
        text = raw.strip().strip("[]").strip()
        strong = [part for part in _LIST_MARK.split(text) if part]
        return strong if len(strong) > 1 else [part for part in _WEAK_LIST_MARK.split(text) if part]
    if isinstance(raw, Iterable) and not isinstance(raw, (bytes, Mapping)):
        return raw
    raise Unreadable(f"{raw!r:.40} is no list")


def country_parts(raw: object) -> tuple[object, ...] | None:
    """The countries of a list as written; () where it says that there are none, None where it says nothing.

    >>> country_parts("Türkiye; Korea, Republic of"), country_parts("Korea, Republic of"), country_parts("direct")
    (('Türkiye', 'Korea, Republic of'), ('Korea, Republic of',), ())
    """
    if isinstance(raw, str):
        text = raw.strip()
        if text.casefold() in _NO_COUNTRIES:
            return ()
        if text.casefold() in _EMPTY and text.upper() != "NA":
            return None
        if countries.lookup(text):
            return (text,)
    return tuple(part for part in _parts(raw) if not is_blank(part))


def _country_list(raw: object, entry: Field, _: Habit | None) -> tuple[str, ...] | None:
    parts = country_parts(raw)
    if parts is None:
        return None
    found = (_country(part, entry, None) for part in parts)
    return tuple(dict.fromkeys(code for code in found if code is not None))


def _codes(raw: object, _entry: Field, _: Habit | None) -> tuple[str, ...]:
    return tuple(_plain(part) for part in _parts(raw) if not is_blank(part))


def _items(raw: object, entry: Field, _: Habit | None) -> tuple[dict[str, Any], ...] | None:
    if isinstance(raw, str):
        if raw.strip().casefold() in _EMPTY:
            return None
        raw = _json(raw) if raw.lstrip().startswith(("[", "{")) else re.split(r"\s*[;\n]\s*", raw.strip())
    parts = [raw] if isinstance(raw, Mapping) else _parts(raw)
    return tuple(_item(part, entry) for part in parts if not is_blank(part))


def _json(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as bad:
        raise Unreadable(f"{text.strip()[:40]!r} is no JSON") from bad


def _item(part: object, entry: Field) -> dict[str, Any]:
    if isinstance(part, str):
        match = _OWNER.match(part.strip())
        part = match.groupdict() if match else {"name": part}
    if not isinstance(part, Mapping):
        raise Unreadable(f"{part!r:.40} is no entry of {entry.name}")
    unknown = sorted(str(key) for key in part if key not in entry.item)
    if unknown:
        raise Unreadable(f"{entry.name} has no part {unknown[0]!r}; it has {', '.join(entry.item)}")
    return {name: read(Field(name, kind, ""), part.get(name)) for name, kind in entry.item.items()}


_READERS: Mapping[FieldType, Reader] = {
    FieldType.TEXT: _text,
    FieldType.CODE: _text,
    FieldType.COUNTRY: _country,
    FieldType.DATE: _day,
    FieldType.NUMBER: _number,
    FieldType.MONEY: _money,
    FieldType.BOOL: _bool,
    FieldType.COUNTRIES: _country_list,
    FieldType.CODES: _codes,
    FieldType.ITEMS: _items,
}
