"""What sources put around the words of a header: numbers of boxes, remarks in brackets, signs of currencies."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sanctionscreen import countries
from sanctionscreen.fields import header_key
from sanctionscreen.values import CURRENCIES

# Forms number their boxes: `8. Consignee`, `Box 8: Consignee`, `графа 8 Получатель`.
_NUMBERED = re.compile(
    r"^\s*(?:(?:box|field|графа|гр\.?|поле|cuadro|case|feld)\s*№?\s*\d{1,2}|\d{1,2}\s*[.):])[\s.):-]*", re.I
)
# The data base of Russian declarations does it its own way: `G022 (Наименование отправителя)`, `022 Наименование …`.
_BOXED = re.compile(
    r"^\s*(ND|G[\dA-Z]{2,5}(?:_[A-Z\d]{1,3})?|\d{2,4}(?:_(?:\d{1,2}|[A-Z]{3}))?(?=\s+[\u0400-\u04ff]))\b\s*", re.I
)
# What a bracket says of the cells and not of the field: `HS code (6 digits)`, `Date (dd/mm/yyyy)`, `Buyer (required)`.
_REMARKS = (
    r"required|mandatory|optional|if any|if known|text|обязательно|при наличии|必填|选填|zorunlu|obligatorio",
    r"original format|normalized|normalised|standardized|standardised|english|russian|local language",
    r"(?:гр|графа|box|field)\.?\s*\d{1,2}[a-zа-я]?|\d{2}[a-z]?",  # of a form, of a message of SWIFT: (гр.31), (50K)
    r"\d{1,2}(?:\s?-\s?\d{1,2})?[\s-]*(?:digits?|знак\w*|цифр\w*|位)",
    r"iso(?:[\s-]*(?:alpha)?[\s-]*[23])?(?:\s*code)?",
    r"(?:[dmyдмгtja]{1,4}[./\s-]?){2}[dmyдмгtja]{1,4}",
)
_REMARK = re.compile(rf"[\[(（]\s*(?:{'|'.join(_REMARKS)})\s*[\])）]", re.I)
_US_DOLLAR = re.compile(r"\bU\$S|\bUSD?\s?\$|\$\s?USD?\b", re.I)
_SIGNS = (
    (_US_DOLLAR, " USD "),
    (re.compile(r"\$"), " USD "),
    (re.compile("€"), " EUR "),
    (re.compile("£"), " GBP "),
    (re.compile("₽|\\bруб(?:\\.|лей|лях)?(?=\\W|$)", re.I), " RUB "),
    (re.compile("₴|\\bгрн\\b\\.?", re.I), " UAH "),
    (re.compile("₸|\\bтенге\\b", re.I), " KZT "),
    (re.compile("₹"), " INR "),
    (re.compile("₺"), " TRY "),
    (re.compile(r"\bдолл?\.?(?:аров|арах)?\s*сша\b|\bдол\.?(?:арів|арах)?\s*сша\b", re.I), " USD "),
    (re.compile("(?<=[(（])美元(?=[)）])"), " USD "),
    (re.compile("(?<=[(（])(?:人民币|元)(?=[)）])"), " CNY "),
)
_SHORTEST_SENTENCE = 3
"""Words behind a point, up to which it may be that of an abbreviation: `Desc. of the goods`."""
_FIRST = ("USD", "EUR")
"""Currencies that stand in front of an amount: `US$ FOB`; ALL and TOP are currencies, too."""
_SAID_OF_CELLS = frozenset(
    """probable actual real declared raw clean cleaned
    std standard standardized standardised normalized normalised""".split()
)
"""What vendors say of how they came by a name or a number: `PROBABLE IMPORTADOR`, `Std. Quantity`."""
_WHOSE = frozenset(
    """foreign local domestic overseas indian chinese russian turkish ukrainian vietnamese egyptian us
    иностранныи іноземнии зарубежныи украинскии російськии""".split()
)
"""Words of nationality in front of a role: `INDIAN IMPORTER NAME`; й is compared as и."""


def box_of(header: str) -> tuple[str, str]:
    """The box of a declaration that a header names, or "", and the words beside it.

    >>> box_of("G022 (Наименование отправителя)"), box_of("022 Адрес"), box_of("Goods")
    (('g022', 'Наименование отправителя'), ('g022', 'Адрес'), ('', 'Goods'))
    """
    found = _BOXED.match(header)
    if found is None or not (found[1].upper() == "ND" or any(map(str.isdigit, found[1]))):
        return "", header
    code, rest = found[1].casefold(), header[found.end() :].strip()
    if rest.startswith("(") and rest.endswith(")"):
        rest = rest[1:-1].strip()
    return code if code.startswith(("g", "nd")) else f"g{code}", rest


def undressed(header: str) -> str:
    """A header without the number of its box and without remarks, with codes for signs of currencies.

    >>> undressed("8. Consignee (required)"), undressed("Стоимость, $")
    ('Consignee  ', 'Стоимость,  USD ')
    """
    bare = _REMARK.sub(" ", _NUMBERED.sub("", header))
    for sign, code in _SIGNS:
        bare = sign.sub(code, bare)
    return bare


def without_explanation(header: str) -> str:
    """The first sentence of a header, where a whole sentence explains it.

    >>> without_explanation("Код ТН ВЭД. Звёздочка, если указано менее десяти знаков"), without_explanation("Cust. No.")
    ('Код ТН ВЭД', 'Cust. No.')
    """
    first, _, rest = header.partition(". ")
    return first if len(rest.split()) > _SHORTEST_SENTENCE else header


def is_some_dollar(header: str) -> bool:
    """A sign of a dollar stands there, and nothing says whose."""
    return "$" in _US_DOLLAR.sub("", header)


def words_of(header: str) -> list[str]:
    """The words of a header as they are compared; the s of the buyer's name is none."""
    words = header_key(header).split()
    return [word for place, word in enumerate(words) if word != "s" or (place and len(words[place - 1]) == 1)]


def amount_and_currency(words: Sequence[str]) -> tuple[Sequence[str], str]:
    """The words of an amount without its currency, and that: `Value EUR`, `Unit price in CNY`, `US$ FOB`."""
    if len(words) < 2:
        return words, ""
    if words[-1].upper() in CURRENCIES:
        return (words[:-2] if words[-2] in ("in", "в", "en", "em", "w") else words[:-1]), words[-1].upper()
    return (words[1:], words[0].upper()) if words[0].upper() in _FIRST else (words, "")


def without_remarks(words: Sequence[str]) -> list[str]:
    """The words without what they say of the cells; the first of several columns is the column."""
    kept = [word for word in words if word not in _SAID_OF_CELLS]
    return kept[:-1] if len(kept) > 1 and kept[-1] == "1" else kept


def without_nation(words: Sequence[str]) -> Sequence[str]:
    """The words without that for a country in front: `VIETNAM IMPORTER NAME`."""
    if len(words) < 2 or (words[0] not in _WHOSE and (len(words[0]) <= 3 or countries.lookup(words[0]) is None)):
        return words
    return words[1:]
