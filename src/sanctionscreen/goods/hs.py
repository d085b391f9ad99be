"""HS codes as documents write them: the first six digits, how well they could be read, and what was repaired.

A repair is always reported, and made only where one reading is possible; otherwise there is no code.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Quality = Literal["ok", "short", "padded", "missing", "invalid"]

_EMPTY = frozenset({"", "n/a", "na", "nan", "none", "null", "-", "--", "—", "?"})
_LABEL = re.compile(
    r"^(?:h\.?s\.?|hts|hsn|htsus|taric|cn|тн\s*вэд|hs编码|税号)\s*(?:code|codes|no|nr|number|код)?\s*[.:#№]?\s*(?=\d)"
)
_PARTS = re.compile(r"[;|/\\\n,&+]+|\s{2,}|\band\b|\bи\b")
_MARKS = re.compile(r"[\s.,\-_/\\'’`\"]+")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3}){1,4}")
_FLOAT = re.compile(r"(\d{5,13})\.0+")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?e\+?\d{1,2}")
_TWO_LONG = re.compile(r"\d{6,13}(?:\s+\d{6,13})+")

# Last heading of chapters 01 to 09 in HS2022: a lost leading zero can only have stood before one of these.
_LAST_HEADING = {"1": 6, "2": 10, "3": 9, "4": 10, "5": 11, "6": 4, "7": 14, "8": 14, "9": 10}
_LENGTHS = frozenset({6, 8, 10, 11, 12, 13})  # HS; CN, India; US, EAEU, EU; Taiwan; Türkiye; China


@dataclass(frozen=True, slots=True)
class HsCode:
    """What a cell says: `hs6` or None, the digits found, and a note wherever the cell is not a plain code."""

    hs6: str | None
    quality: Quality
    digits: str = ""
    note: str = ""


def parse_hs(text: str | None) -> HsCode:
    """The HS code of a cell; never raises.

    >>> parse_hs("8542.31.00 00").hs6, parse_hs("101210000").hs6, parse_hs("8542").quality
    ('854231', '010121', 'short')
    """
    if text is None:
        return HsCode(None, "missing")
    if text.isascii() and text.isdigit():  # most cells of most files
        return _from_digits(text, text)
    cell = unicodedata.normalize("NFKC", text[:200]).strip().casefold().lstrip("'’`")
    return HsCode(None, "missing") if cell in _EMPTY else _from_text(_LABEL.sub("", cell))


def _from_text(cell: str) -> HsCode:
    if whole := _FLOAT.fullmatch(cell):
        return _from_digits(whole[1], cell)
    if _SCIENTIFIC.fullmatch(cell):
        return _from_scientific(cell)
    if _THOUSANDS.fullmatch(cell):
        return _from_digits(cell.replace(",", ""), cell)
    parts = cell.split() if _TWO_LONG.fullmatch(cell) else _PARTS.split(cell)
    codes = [_MARKS.sub("", part) for part in parts]
    if len(codes) > 1 and all(len(code) >= 4 for code in codes):
        return _from_several(codes)
    digits = _MARKS.sub("", cell)
    if not (digits.isascii() and digits.isdigit()):
        return HsCode(None, "invalid", "".join(c for c in digits if c in "0123456789"), f"{cell[:40]!r} is no HS code")
    if lost := _lost_at_a_dot(cell, digits):
        return lost
    return _from_digits(digits, cell)


def _from_several(codes: list[str]) -> HsCode:
    read = [parse_hs(code) for code in codes]
    found = sorted({code.hs6 or "?" for code in read})
    if len(found) == 1 and found != ["?"]:
        return HsCode(found[0], read[0].quality, read[0].digits, f"{len(read)} codes in one cell, of one subheading")
    return HsCode(None, "invalid", "", f"{len(read)} codes in one cell: {', '.join(codes)[:60]}")


def _from_scientific(cell: str) -> HsCode:
    """A spreadsheet's 8.54231E+09: the digits that it still shows are read, the rest is lost."""
    number = Decimal(cell)
    shown = len(number.as_tuple().digits)
    digits = str(int(number)) if number.adjusted() < 14 else "0"
    code = _from_digits(digits, cell)
    if code.hs6 is None:
        return code
    known = shown + (code.quality == "padded")
    note = f"{cell} shows {shown} digits of the code"
    return HsCode(code.hs6, code.quality, digits, note) if known >= 6 else HsCode(None, "short", digits, note)


def _lost_at_a_dot(cell: str, digits: str) -> HsCode | None:
    """8542.1 is a heading with one more digit: a zero may have gone at the end, or more than that."""
    head, _, tail = cell.partition(".")
    if len(head) == 4 and len(tail) == 1 and head.isdigit() and tail.isdigit():
        return HsCode(None, "short", digits, f"{cell} may be {cell}0 or the start of a longer code")
    return None


def _from_digits(digits: str, cell: str) -> HsCode:
    count = len(digits)
    if not digits or not digits.strip("0"):
        return HsCode(None, "invalid" if digits else "missing", digits, f"{cell!r} is no HS code" if digits else "")
    if count < 5:
        return HsCode(None, "short", digits, f"{digits} has {count} digits; a subheading has six")
    if count in (5, 7, 9):
        return _odd(digits)
    if count not in _LENGTHS:
        return HsCode(None, "invalid", digits, f"{count} digits: no tariff writes that many")
    return _checked(digits, "ok", "")


def _odd(digits: str) -> HsCode:
    """Five, seven or nine digits: a spreadsheet ate the leading zero, or the end is missing."""
    if 1 <= int(digits[1:3]) <= _LAST_HEADING.get(digits[0], 0):
        return _checked("0" + digits, "padded", f"{digits} read as 0{digits}: a leading zero was lost")
    if len(digits) == 5:
        return HsCode(None, "short", digits, f"{digits} has 5 digits, and no heading 0{digits[:3]} exists")
    note = f"{digits} has {len(digits)} digits: one is missing behind the sixth, for no heading 0{digits[:3]} exists"
    found = _checked(digits, "ok", note)
    return HsCode(found.hs6, "short", digits, note) if found.hs6 else found


def _checked(digits: str, quality: Quality, note: str) -> HsCode:
    chapter = digits[:2]
    if chapter in ("00", "77") or digits[2:4] == "00":
        return HsCode(None, "invalid", digits, f"there is no heading {digits[:4]}")
    if chapter in ("98", "99"):
        return HsCode(None, "invalid", digits, f"chapter {chapter} is for national use and names no goods")
    return HsCode(digits[:6], quality, digits, note)
