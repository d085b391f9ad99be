"""HS codes as documents write them: the first six digits, how well they could be read, and what was repaired.

A repair is always reported, and made only where one reading is possible; where there are several, all are given.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, replace
from decimal import Decimal

from sanctionscreen.model import HsQuality

_LONGEST_CELL = 1000  # a hundred codes; more is no cell of codes
_LONGEST_LABEL = 40
_EMPTY = frozenset({"", "n/a", "na", "nan", "none", "null", "nil", "tba", "tbd", "-", "--", "—", "–", "?", ".", "нет"})
_LABEL_WORD = (
    "h\\.?s\\.?(?:n|k)?|hts(?:us|usa)?|harmoni[sz]ed(?: system)?|schedule b|sch(?:ed)?\\.?\\s?b|itc|ncm|gtip|taric|cn|"
    "tariff|customs|commodity|statistical|heading|subheading|item|code|codes|no|nos|nr|number|num|ex|"
    "тн\\s?вэд|еаэс|тс|укт\\s?зед|уктзед|код|коды|номер|товара|по|из|hs编码|税则号列|税则号|税号|商品编码|商品编号|海关编码|编码"
)
_LABEL = re.compile(rf"(?:(?:{_LABEL_WORD})[\s.:#№()/=\-：]*)+(?=\d)|[#№=:(\[]+\s*(?=\d)")
_TRAILING_LABEL = re.compile(rf"[\s(\[]+(?:(?:{_LABEL_WORD})[\s.:)\]]*)+$")
_PLAIN = re.compile(r"\d{4}[. ]\d\d(?:(?:[. ]?\d\d){0,3}|[. ]\d{3}[. ]?\d|[. ]\d{4})", re.ASCII)
_PARTS = re.compile(
    r"[;|/\\\n\r\t,&+()\[\]、，]+|\s{2,}|\s[\-–—]\s|(?<=\d)[\-–—](?=\d{4}\.\d\d)|\b(?:and|or|to|и|или)\b"
)
_SHORTENED = re.compile(r"(\d{4})[. ]?(\d\d)((?:(?:\s*[/,;&+]\s*\.?|\s+\.)\d\d(?!\d))+)")
_MARKS = re.compile(r"[\s.,\-–—_/\\'’`\"·:=]+")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,2})?")
_FLOAT = re.compile(r"(\d{5,14})[.,]0+")
_SCIENTIFIC = re.compile(r"(\d(?:[.,]\d{1,13})?)e\+?(\d{1,2})")
_PLACEHOLDERS = re.compile(r"(\d[\d.\s\-]*\d)[.\s\-]*[xх*_#…]+[.\s\-xх*_#]*")
_LAST_LETTER = re.compile(r"(\d[\d.\s\-]{8,}\d)\s?[a-z]")  # New Zealand, Argentina: a letter of statistics at the end
_IN_WORDS = re.compile(r"(?<![\w.,])\d{4}\.\d{2}(?:\.?\d{2,4}){0,3}(?![\w])")
_FIRST_WORD = re.compile(r"(\d{4}\.?\d{2}[\d.\-]{0,12})\s*[\s:\-–—(]\s*[^\W\d]")
_TAG = re.compile(r"<[^<>]{0,200}>")
_DIGIT_OF_LETTER = str.maketrans("oоіilзsbвбz", "00111358862")  # as eyes and scanners confuse them, Cyrillic too

_LENGTHS = frozenset({6, 8, 9, 10, 11, 12, 13})  # HS; CN, India; Japan; US, EAEU, EU; Taiwan; Türkiye; China
_LAST_HEADING = tuple(
    int(last)  # of each chapter 00 to 97 in HS2022; earlier editions went no further
    for last in (
        "0 6 10 9 10 11 4 14 14 10 8 9 14 2 4 22 5 4 6 5 9 6 9 9 4 30 21 16 53 42 6 5 15 7 7 7 6 7 27 26 17 15 6 4"
        " 21 4 2 7 23 11 7 13 12 11 8 16 9 5 11 11 6 17 17 10 6 7 3 4 15 14 20 18 29 26 19 8 16 0 6 7 7 13 15 11 87"
        " 49 9 16 7 8 33 14 9 7 6 8 20 6"
    ).split()
)


@dataclass(frozen=True, slots=True)
class HsCode:
    """What a cell says: `hs6` or None, the digits found, and a note wherever the cell is not a plain code."""

    hs6: str | None
    quality: HsQuality
    digits: str = ""
    note: str = ""
    others: tuple[str, ...] = ()
    """Further subheadings that the cell names, or that its digits can mean; the strictest should count."""
    heading: str = ""
    """Four digits, also where no subheading can be read; empty where not even these are sure."""

    @property
    def all_hs6(self) -> tuple[str, ...]:
        """Every subheading of the cell, in the order they stand."""
        return (() if self.hs6 is None else (self.hs6,)) + self.others


def parse_hs(text: str | None, known: Collection[str] | None = None) -> HsCode:
    """The HS code of a cell; never raises.

    Args:
        known: subheadings that exist (`Nomenclature.codes` and those of older editions): a number that can be read in
            two ways is then read as the one that exists. Without it, the last heading of each chapter decides.

    >>> parse_hs("8542.31.00 00").hs6, parse_hs("101210000").hs6, parse_hs("8542").heading
    ('854231', '010121', '8542')
    """
    if text is None:
        return HsCode(None, "missing")
    if text.isascii() and text.isdigit() and len(text) < 20:  # most cells of most files
        return _from_digits(text, text, "", known)
    if _PLAIN.fullmatch(text):
        return _checked(_MARKS.sub("", text), "ok", "")
    cell = _cleaned(text)
    if cell in _EMPTY:
        return HsCode(None, "missing")
    codes = [_of_one(code, known) for code in _shortened(cell, known) or _split(cell)]
    read = codes[0] if len(codes) == 1 else _several(codes, cell)
    if len(text) > _LONGEST_CELL:
        return replace(read, note=_joined(read.note, f"only the first {_LONGEST_CELL} characters of the cell are read"))
    return read


def heading_exists(digits: str) -> bool:
    """Whether the first four digits can be a heading: a chapter, and no further than its last heading.

    >>> heading_exists("8542"), heading_exists("8599"), heading_exists("7701")
    (True, False, False)
    """
    chapter = int(digits[:2])
    return chapter < len(_LAST_HEADING) and 1 <= int(digits[2:4]) <= _LAST_HEADING[chapter]


def _cleaned(text: str) -> str:
    """One width, one case, ASCII digits; without tags and what cannot be seen."""
    cell = text[:_LONGEST_CELL]
    if "<" in cell or "&" in cell:
        cell = _TAG.sub(" ", html.unescape(cell))
    cell = unicodedata.normalize("NFKC", cell).casefold()
    if not cell.isascii():
        cell = "".join(_plain(c) for c in cell)
    return cell.strip(" \t\r\n'’`\"=*«»“”")


def _plain(char: str) -> str:
    if unicodedata.category(char) == "Cf":
        return ""
    return str(unicodedata.digit(char, char))


def _split(cell: str) -> list[str]:
    """The codes that stand in a cell, one text each, labels gone."""
    bare = _unlabelled(cell)
    if _FLOAT.fullmatch(bare) or _SCIENTIFIC.fullmatch(bare) or _THOUSANDS.fullmatch(bare):
        return [bare]
    parts = [part for part in (_unlabelled(part.strip()) for part in _PARTS.split(cell)) if part]
    counts = [sum(c.isdecimal() for c in part) for part in parts]
    if not parts or min(counts) < 4 or (counts == [4, 4] and not _is_heading(parts[1])):
        parts = [bare]  # 8542,31 or 8542/31/00: marks inside one code
    return [code for part in parts for code in _spaced(part)]


def _shortened(cell: str, known: Collection[str] | None) -> list[str]:
    """8517.62/69 and 8542.31, .32, .33: subheadings of one heading, written once; national digits if none exists."""
    found = _SHORTENED.fullmatch(_unlabelled(cell))
    if not found:
        return []
    endings = [found[2], *re.findall(r"\d\d", found[3])]
    codes = [found[1] + ending for ending in endings]
    is_meant = all(code in known for code in codes) if known is not None else all(int(ending) for ending in endings)
    return codes if is_meant else []


def _unlabelled(part: str) -> str:
    label = _LABEL.match(part)
    bare = part[label.end() :].strip(" )]:") if label else part
    if bare[-1:].isdigit():
        return bare
    label = _TRAILING_LABEL.search(bare, max(0, len(bare) - _LONGEST_LABEL))
    return bare[: label.start()] if label else bare


def _spaced(part: str) -> list[str]:
    """Codes between which only spaces stand: `854231 847150`, `8542 31 00 8471 50 00`."""
    tokens = part.split()
    if len(tokens) < 2 or not all(_is_number(token) for token in tokens):
        return [part]
    plain = [_MARKS.sub("", token) for token in tokens]
    if all(len(token) >= 6 and heading_exists(token) for token in plain):
        return tokens
    starts = [0]
    for at in range(2, len(plain) - 1):
        is_whole = len("".join(plain[starts[-1] : at])) >= 6
        if is_whole and len(plain[at]) == 4 and len(plain[at + 1]) == 2 and heading_exists(plain[at]):
            starts.append(at)
    return [" ".join(tokens[a:b]) for a, b in zip(starts, [*starts[1:], None], strict=True)]


def _is_heading(part: str) -> bool:
    return part.isdecimal() and heading_exists(part)


def _is_number(token: str) -> bool:
    digits = _MARKS.sub("", token)
    return digits.isascii() and digits.isdigit()


def _several(codes: list[HsCode], cell: str) -> HsCode:
    found = list(dict.fromkeys(hs6 for code in codes for hs6 in code.all_hs6))
    first = next((code for code in codes if code.hs6), codes[0])
    note = f"{len(codes)} codes in one cell"
    notes = dict.fromkeys(code.note for code in codes if code.note)
    if len(found) == 1 and all(code.hs6 for code in codes):
        return replace(first, note=_joined(f"{note}, of one subheading", *notes))
    heading = first.heading or next((code.heading for code in codes if code.heading), "")
    said = _joined(f"{note}: {cell[:80]}", *notes)
    quality: HsQuality = "several" if found else _worst(codes)
    return HsCode(found[0] if found else None, quality, first.digits, said, tuple(found[1:]), heading)


def _worst(codes: list[HsCode]) -> HsQuality:
    return "short" if any(code.quality == "short" for code in codes) else "invalid"


def _joined(*notes: str) -> str:
    return "; ".join(note for note in notes if note)


def _of_one(cell: str, known: Collection[str] | None) -> HsCode:
    """The reading of a text that holds one code at most."""
    if whole := _FLOAT.fullmatch(cell):
        return _from_digits(whole[1], cell, "", known)
    if number := _SCIENTIFIC.fullmatch(cell):
        return _from_scientific(number[1].replace(",", "."), int(number[2]), cell, known)
    digits = _MARKS.sub("", cell)
    if digits.isascii() and digits.isdigit():
        return _lost_at_a_dot(cell, digits) or _from_digits(digits, cell, _shape(cell), known)
    return _repaired(cell, known)


def _repaired(cell: str, known: Collection[str] | None) -> HsCode:
    """A code among placeholders, look-alike letters or words, where one is to be found."""
    if filled := _PLACEHOLDERS.fullmatch(cell) or _LAST_LETTER.fullmatch(cell):
        return _as_repaired(_of_one(filled[1], known), f"read from {cell[:40]!r}")
    if all(any(c.isdecimal() for c in token) for token in cell.split()):
        digits = _MARKS.sub("", cell).translate(_DIGIT_OF_LETTER)
        letters = sum(c.isalpha() for c in cell)
        if digits.isascii() and digits.isdigit() and letters <= 2 and len(digits) in _LENGTHS - {9}:
            return _as_repaired(_from_digits(digits, cell, "", known), f"{cell[:40]!r} read as {digits}: letters in it")
    found = list(dict.fromkeys(_IN_WORDS.findall(cell)))
    if first := _FIRST_WORD.match(cell):
        found = list(dict.fromkeys([first[1], *found]))
    codes = [code for code in (_of_one(text, known) for text in found) if code.hs6 and heading_exists(code.hs6)]
    if codes:
        read = codes[0] if len(codes) == 1 else _several(codes, cell)
        return _as_repaired(read, f"read from the words {cell[:60]!r}")
    kept = "".join(c for c in cell if c in "0123456789")
    return HsCode(None, "invalid", kept, f"{cell[:40]!r} is no HS code")


def _as_repaired(code: HsCode, how: str) -> HsCode:
    quality: HsQuality = "repaired" if code.quality in ("ok", "padded") else code.quality
    return replace(code, quality=quality, note=_joined(how, code.note))


def _from_scientific(mantissa: str, exponent: int, cell: str, known: Collection[str] | None) -> HsCode:
    """A spreadsheet's 8.54231E+09: the digits that it still shows are read, the rest is lost."""
    number = Decimal(mantissa).scaleb(exponent)
    shown = sum(c.isdecimal() for c in mantissa)
    digits = str(int(number)) if exponent < 14 else "0"
    if shown > exponent:  # the whole number is there
        return _from_digits(digits, cell, "", known)
    code = _from_digits(digits, cell, "", known)
    sure = shown + (code.quality == "padded")
    note = _joined(f"{cell} shows {shown} digits of the code", code.note)
    if code.hs6 is None or sure < 6:
        quality: HsQuality = "invalid" if code.quality == "invalid" else "short"
        return HsCode(None, quality, digits, note, (), code.heading if sure > 4 and not code.others else "")
    if sure > 6:
        return replace(code, note=note)
    below = f"{int(code.hs6) - 1:06d}"  # spreadsheets round: ...305 and ...314 both show ...31
    read = _chosen([code.hs6, below], known)
    if len(read) == 1:
        return replace(code, hs6=read[0], heading=read[0][:4], note=note)
    note = _joined(note, f"the last of them may be rounded up from {below}")
    return replace(code, quality="several", note=note, others=tuple(read[1:]))


def _chosen(readings: list[str], known: Collection[str] | None) -> list[str]:
    """The readings that exist, or all of them where that does not tell."""
    if known is None:
        return readings
    return [code for code in readings if code in known] or readings


def _lost_at_a_dot(cell: str, digits: str) -> HsCode | None:
    """8542.1 is a heading with one more digit: a zero may have gone at the end, or more than that."""
    head, _, tail = cell.replace(",", ".").partition(".")
    if len(head) in (3, 4) and len(tail) == 1 and head.isdigit() and tail.isdigit():
        heading = _heading(head)[0]
        note = f"{cell} may be {heading or head}.{tail}0, or the start of a longer code"
        return HsCode(None, "short", digits, note, (), heading)
    return None


def _heading(digits: str) -> tuple[str, str]:
    """The heading of a number of three or four digits, and a note where it needs the zero that it may have lost."""
    if len(digits) == 4 and heading_exists(digits):
        return digits, ""
    padded = "0" + digits[:3]
    if len(digits) > 2 and heading_exists(padded):
        return padded, f"read as heading {padded}: a leading zero was lost"
    return "", ""


def _shape(cell: str) -> str:
    """Where the marks stand: `four` as in 8542.31, `three` as in 902.10 that was 0902.10, else nothing."""
    groups = [group for group in _MARKS.split(cell) if group]
    if len(groups) < 2 or len(groups[1]) == 1:
        return ""
    if len(groups[0]) == 3:
        return "three" if len(groups[1]) == 2 else ""
    return "four" if len(groups[0]) == 4 else ""


def _from_digits(digits: str, cell: str, shape: str, known: Collection[str] | None) -> HsCode:
    count = len(digits)
    if not digits or not digits.strip("0"):
        return HsCode(None, "invalid" if digits else "missing", digits, f"{cell!r} is no HS code" if digits else "")
    if count < 5:
        heading, lost = _heading(digits)
        return HsCode(
            None, "short", digits, _joined(f"{digits} has {count} digits; a subheading has six", lost), (), heading
        )
    if count > 13:
        return HsCode(None, "invalid", digits[:40], f"{count} digits: no tariff writes that many")
    may_lack_zero = shape == "three" or count in (5, 7, 9) or not heading_exists(digits)
    if may_lack_zero and shape != "four" and (restored := _zero_lost(digits, shape, known)):
        return restored
    if count == 5:
        heading = digits[:4] if heading_exists(digits) else ""
        return HsCode(None, "short", digits, f"{digits} has 5 digits, and no heading 0{digits[:3]} exists", (), heading)
    if count == 7:
        why = "as the dots show" if shape == "four" else f"for no heading 0{digits[:3]} exists"
        return _checked(digits, "short", f"{digits} has 7 digits: one is missing behind the sixth, {why}")
    return _checked(digits, "ok", "")


def _zero_lost(digits: str, shape: str, known: Collection[str] | None) -> HsCode | None:
    """The reading with the leading zero that a spreadsheet ate; None where none can have been there.

    No tariff has five or seven digits, and few have nine: those lost one. Of the others, which tariffs do have, only
    a number whose own heading cannot be has lost it, or one whose dots say so.
    """
    padded = "0" + digits
    if not heading_exists(padded):
        return None
    note = f"{digits} read as {padded}: a leading zero was lost"
    if shape == "three" or len(digits) == 5 or not heading_exists(digits):
        return _checked(padded, "padded", note)
    read = _chosen([padded[:6], digits[:6]], known)
    if len(read) == 2:
        note = f"{digits} is {padded} without its leading zero, or {digits[:6]} with a digit lost behind"
        return HsCode(read[0], "several", digits, note, (read[1],), read[0][:4])
    return _checked(padded, "padded", note) if read[0] == padded[:6] else None


def _checked(digits: str, quality: HsQuality, note: str) -> HsCode:
    chapter = digits[:2]
    if chapter in ("00", "77") or digits[2:4] == "00":
        return HsCode(None, "invalid", digits, f"there is no heading {digits[:4]}")
    if chapter in ("98", "99"):
        return HsCode(None, "invalid", digits, f"chapter {chapter} is for national use and names no goods")
    return HsCode(digits[:6], quality, digits, note, (), digits[:4])
