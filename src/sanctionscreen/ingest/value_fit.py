"""Whether the values of a column are what its header says, and which fields values of their kind would fit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from sanctionscreen import countries
from sanctionscreen.fields import FIELDS, FieldType
from sanctionscreen.figures import Habit, day, is_day_number
from sanctionscreen.values import CURRENCIES, Unreadable, read

_HS = re.compile(r"\s*(?:hs\s*)?(?:0[1-9]|[1-8]\d|9[0-7])[\d.\s-]{2,12}\s*", re.IGNORECASE)
_WHOLE_HS = re.compile(r"(?:0[1-9]|[1-8]\d|9[0-7])(?:\d{4}|\d{6}|\d{8})|\d{4}\.\d{2}(?:\.\d{2,4}){0,2}")
_ECCN = re.compile(r"\s*(?:EAR\s?99|\d\s?[A-E]\s?\d{3}.*)", re.IGNORECASE | re.DOTALL)
_UN = re.compile(r"\s*(?:UN\s*)?\d{4}\s*", re.IGNORECASE)
_IMO = re.compile(r"\s*(?:IMO[\s:.#]*)?\d{7}\s*", re.IGNORECASE)
_BIC = re.compile(r"\s*[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?\s*", re.IGNORECASE)
_MONTH = re.compile(r"\s*(?:[^\W\d_]{3,9}[\s.-]*\d{4}|\d{4}[-/.]\d{1,2}|\d{1,2}[-/.]\d{4})\s*")
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_LETTER = re.compile(r"[^\W\d_]")
_LONGEST_UNIT = 24
_ENOUGH = 0.9
"""Of ten values, one may be damaged, or a remark."""


class Kind(NamedTuple):
    """What the values of some fields look like."""

    what: str
    fits: Callable[[str], bool]
    is_telling: bool = False
    """So few other values look like this that they confirm the header."""


class Fit(NamedTuple):
    """How many of the values that were looked at are what their field holds."""

    fitting: int
    seen: int
    kind: Kind

    @property
    def share(self) -> float:
        return self.fitting / self.seen if self.seen else 1.0

    @property
    def confirms(self) -> bool:
        return self.seen > 0 and self.kind.is_telling and self.share >= _ENOUGH

    @property
    def contradicts(self) -> bool:
        return self.share < _ENOUGH


def _digits(text: str) -> int:
    return sum(map(str.isdigit, text))


def _is_readable(kind: FieldType) -> Callable[[str], bool]:
    entry = next(one for one in FIELDS.values() if one.type is kind and not one.derived)

    def fits(text: str) -> bool:
        try:
            return read(entry, text) is not None
        except Unreadable:
            return False

    return fits


def _is_date(text: str) -> bool:
    """The day is clear, or would be in a column whose order is known."""
    for habit in (Habit.DAY_FIRST, Habit.MONTH_FIRST):
        try:
            return bool(_FIRST_YEAR <= day(text, habit).year <= _LAST_YEAR)
        except Unreadable:
            continue
    return False


def _is_name(text: str) -> bool:
    if not _LETTER.search(text) or _is_date(text) or "@" in text.split(" ", maxsplit=1)[0]:
        return False
    return countries.lookup(text.strip()) is None


def _is_description(text: str) -> bool:
    return _LETTER.search(text) is not None and countries.lookup(text.strip()) is None


def _is_address(text: str) -> bool:
    return _LETTER.search(text) is not None and not _is_date(text) and "@" not in text.split(" ", maxsplit=1)[0]


def _is_currency(text: str) -> bool:
    return text.strip().upper() in CURRENCIES or text.strip() in "$€£¥₽₺₴₸"


def _is_hs(text: str) -> bool:
    return any(_HS.fullmatch(part) for part in re.split(r"[;,/|]", text)) and _digits(text) >= 4


DATES = Kind("dates", lambda text: _is_date(text) or is_day_number(text), is_telling=True)
MONTHS = Kind("months without a day", lambda text: _MONTH.fullmatch(text) is not None, is_telling=True)
COUNTRIES = Kind("countries", lambda text: countries.lookup(text.strip()) is not None, is_telling=True)
HS_CODES = Kind("tariff numbers", _is_hs, is_telling=True)
CURRENCY = Kind("currencies", _is_currency, is_telling=True)
BICS = Kind("bank codes (BIC)", lambda text: _BIC.fullmatch(text) is not None, is_telling=True)
EMAILS = Kind("e-mail addresses", lambda text: "@" in text, is_telling=True)
_WORDS = Kind("words", lambda text: _LETTER.search(text) is not None)
_ANYTHING = Kind("filled", lambda text: True)

_BY_NAME: Mapping[str, Kind] = {
    "goods.hs_code": HS_CODES,
    "goods.eccn": Kind("export control numbers", lambda text: _ECCN.fullmatch(text) is not None, is_telling=True),
    "goods.un_number": Kind("UN numbers", lambda text: _UN.fullmatch(text) is not None, is_telling=True),
    "goods.description": Kind("words", _is_description),
    "goods.currency": CURRENCY,
    "payment.currency": CURRENCY,
    "goods.unit": Kind("short words", lambda text: _LETTER.search(text) is not None and len(text) <= _LONGEST_UNIT),
    "goods.origin_country": Kind(
        "countries", lambda text: COUNTRIES.fits(text) or countries.is_no_single(text), is_telling=True
    ),
    "vessel.imo": Kind("IMO numbers", lambda text: _IMO.fullmatch(text) is not None, is_telling=True),
    "vessel.name": Kind("names", _is_name),
    "bank.bic": BICS,
    "shipment.id": Kind("numbers of documents", lambda text: _digits(text) > 0 and not _is_date(text)),
    "shipment.line": Kind("numbers", lambda text: _digits(text) > 0 and len(text) <= _LONGEST_UNIT),
}
_BY_ATTRIBUTE: Mapping[str, Kind] = {
    "name": Kind("names", _is_name),
    "address": Kind("addresses", _is_address),
    "identifier": Kind("numbers of a register", lambda text: _digits(text) >= 5, is_telling=True),
    "email": EMAILS,
    "phone": Kind("telephone numbers", lambda text: _digits(text) >= 5),
    "website": Kind("web addresses", lambda text: "." in text and " " not in text.strip()),
}
_BY_TYPE: Mapping[FieldType, Kind] = {
    FieldType.DATE: DATES,
    FieldType.COUNTRY: COUNTRIES,
    FieldType.COUNTRIES: Kind("countries", _is_readable(FieldType.COUNTRIES), is_telling=True),
    FieldType.NUMBER: Kind("numbers", _is_readable(FieldType.NUMBER)),
    FieldType.MONEY: Kind("amounts", _is_readable(FieldType.MONEY)),
    FieldType.BOOL: Kind("yes or no", _is_readable(FieldType.BOOL), is_telling=True),
    FieldType.TEXT: _WORDS,
}
_FIELDS_OF: Sequence[tuple[Kind, tuple[str, ...]]] = (
    (Kind("dates", _is_date, is_telling=True), ("shipment.date",)),
    (
        Kind("tariff numbers", lambda text: _WHOLE_HS.fullmatch(text.strip()) is not None, is_telling=True),
        ("goods.hs_code",),
    ),
    (CURRENCY, ("goods.currency",)),
    (COUNTRIES, ("destination.country", "export.country", "goods.origin_country")),
    (BICS, ("bank.bic",)),
)
"""Kinds of values that tell a field without any header, most telling first."""


def kind_of(field: str) -> Kind:
    """What the values of a field look like."""
    attribute = field.partition(".")[2]
    return _BY_NAME.get(field) or _BY_ATTRIBUTE.get(attribute) or _BY_TYPE.get(FIELDS[field].type, _ANYTHING)


def fit(field: str, values: Sequence[str]) -> Fit:
    """How many of the values, each a filled cell, are what the field holds.

    >>> fit("goods.hs_code", ["854231", "Processors"]).share, fit("destination.country", ["KZ", "Китай"]).confirms
    (0.5, True)
    """
    kind = kind_of(field)
    return Fit(sum(kind.fits(value) for value in values), len(values), kind)


def fields_like(values: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Fields that values of this kind would fit, with what the values look like."""
    for kind, fields in _FIELDS_OF:
        found = Fit(sum(kind.fits(value) for value in values), len(values), kind)
        if found.confirms:
            yield from ((field, kind.what) for field in fields)
            return
