"""What lists write in running text: numbered parts, labelled identifiers, countries in words."""

from __future__ import annotations

import re

from sanctionscreen import countries
from sanctionscreen.watchlist.official.reading import Draft, Report

_MARK = re.compile(r"(?<![\w(])(?:\((\d{1,2})\)|([a-z])\))\s*")
_COUNTRY_ENDS = re.compile(r"\s*[.,;/]\s*|\s+and\s+")

_NUMBER = r"[A-Z0-9](?:[A-Z0-9]|[/.-](?=[A-Z0-9]))*[0-9](?:[A-Z0-9]|[/-](?=[A-Z0-9]))*"
_SPACED = r"\d(?: ?\d){8,19}"
_SEPARATOR = r"(?:\s*\([^()]{2,40}\))?[\s:.#№–-]{0,4}(?:\s*(?:[a-z]\)|\(\d\))\s*)?"
_ORIGIN = r"(?:[A-Z][A-Za-z’' ()]{2,60}?\s(?:number|no\.?|card)\s+)?"

_NO = r"(?i:\s?(?:numbers?|nos?|id)\b\.?)"
_INN = r"INN|ИНН|(?i:tax(?:payer)?(?: personal)? (?:identification|registration) number)(?:s?:? ?–?-? ?INN)?"
_OGRN = r"(?:(?i:registration id)\s*\()?(?:OGRN|PSRN|ОГРН)(?:IP|ИП)?(?:\s?(?i:no|number)\b\.?)?\)?"
_TAX = r"(?i:tax (?:id|identification|payer)? ?(?:no|number)\b|national tax number|tax id\b)\.?"
_REGISTERED = rf"(?i:(?:company |business |state |commercial |trade |main |primary |unique )*registration){_NO}"
_PASSPORT = rf"(?i:passport)(?:\s*(?i:booklet))?(?:{_NO})?[\s:.]*{_ORIGIN}"
_NATIONAL = rf"(?i:national (?:identification|identity|id)(?: card)?)(?:{_NO})?[\s:.]*{_ORIGIN}"

# Labels that say by themselves what the number is: kind, words without which it is not looked for, label and number.
# Numbers without a label are left alone: years, resolutions and telephone numbers stand in the same remarks. Tax office
# codes (KPP) are left in the text: thousands of firms share one.
_LABELLED = tuple(
    (kind, hints.split("|"), re.compile(rf"(?<![\w-])(?:{label}){_SEPARATOR}({value})(?![\w])"))
    for kind, hints, label, value in (
        ("INN", "INN|ИНН|tax", _INN, r"\d{10}|\d{12}"),
        ("OGRN", "OGRN|PSRN|ОГРН", _OGRN, rf"\d{{13}}|\d{{15}}|{_SPACED}"),
        ("OKPO", "OKPO|ОКПО|gazette", r"OKPO|ОКПО|(?i:government gazette number)", r"\d{8,10}"),
        ("TIN", "TIN", "TIN", r"\d[\d/-]{6,14}"),
        ("Tax ID No.", "tax", _TAX, _NUMBER),
        ("Fiscal Code", "fiscal", "(?i:fiscal code)", r"[A-Z0-9]{16}|[A-Z]{3} [A-Z]{3} \w{5} [A-Z]\w{3}[A-Z]"),
        ("SWIFT/BIC", "swift|BIC", "(?:SWIFT|Swift)(?:/BIC)?(?: codes?)?|BIC", r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?"),
        ("LEI", "LEI|legal entity", "LEI|(?i:legal entity (?:identifier|number))", r"[A-Z0-9]{18}\d\d"),
        ("Unified Social Credit Code", "USC|credit code", r"USCC?|(?i:unified social credit code)", "[0-9A-Z]{18}"),
        ("MMSI", "MMSI", "MMSI", r"\d{9}"),
        ("Registration number", "registration", _REGISTERED, rf"{_SPACED}|{_NUMBER}"),
        ("Company identification number", "identification",
            rf"(?i:(?:company|business|employer) identification){_NO}", _NUMBER),
        ("Passport", "passport", _PASSPORT, _NUMBER),
        ("National identification number", "national i", _NATIONAL, _NUMBER),
    )
)  # fmt: skip
# The IMO number of a ship that a company owns stands in the company's remarks too, behind the ship's name. A number is
# the party's own where its label opens a sentence.
_IMO = re.compile(
    r"(?:^|[.;)\]:]\s*|\n\s*)(?:Company Number |International Maritime Organization \(|Company )?"
    r"IMO\)?(?: Identification)?(?: Ship)?(?:\s?(?:[Nn]umber|[Nn]o)\b\.?)?[\s:]*(\d{7})(?!\d)"
)
_TAX_OFFICE = re.compile(r"(?:KPP|КПП)[\s:–-]*\d{9}")
_PLAIN_NUMBER = re.compile(r"(?<![\w.])([A-Z0-9][A-Z0-9/-]*\d{4}[A-Z0-9/-]*)(?![\w.]*\w)")
_FEWEST_DIGITS = 4
_DAY = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|(?:19|20)\d\d-\d\d-\d\d|(?:19|20)\d\d")


def parts(text: str) -> list[str]:
    """The parts of a cell that numbers or letters its values, in their order; else the cell itself.

    >>> parts("(1) Chad (2) Mali"), parts("a) Kabul b) Herat"), parts("Unit (2) West")
    (['Chad', 'Mali'], ['Kabul', 'Herat'], ['Unit (2) West'])
    """
    marks, expected = [], 1
    for mark in _MARK.finditer(text):
        value = int(mark[1]) if mark[1] else ord(mark[2]) - ord("a") + 1
        if value == expected:
            marks.append(mark)
            expected += 1
    if len(marks) < 2:
        clean = text.strip()
        return [clean] if clean else []
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    cut = [text[: marks[0].start()], *(text[mark.end() : end] for mark, end in zip(marks, ends, strict=True))]
    return [clean for part in cut if (clean := part.strip(" ;,.\n\t\xa0"))]


def add_labelled_numbers(draft: Draft, text: str) -> None:
    """Take identifiers out of running text into the draft, where a label says what they are."""
    held = {number for _, number in draft.numbers}
    found = [("IMO number", match.start(1), match[1]) for match in _IMO.finditer(text)]
    lower = text.casefold()
    for kind, hints, pattern in _LABELLED:
        if not any(hint in text or hint in lower for hint in hints):
            continue
        found += [(kind, match.start(1), match[1]) for match in pattern.finditer(text)]
    taken: set[int] = set()
    for kind, start, number in found:
        digits = sum(c.isdigit() for c in number)
        if start in taken or number in held or _DAY.fullmatch(number):
            continue
        if digits >= _FEWEST_DIGITS or kind == "SWIFT/BIC":
            taken.add(start)
            held.add(number)
            draft.number(kind, number)


def add_registration_numbers(draft: Draft, text: str, kind: str) -> None:
    """Read the numbers of a registration cell: those with a label under it, the others under the name of the cell."""
    text = _TAX_OFFICE.sub("", text)
    add_labelled_numbers(draft, text)
    held = {number for _, number in draft.numbers}
    for match in _PLAIN_NUMBER.finditer(text):
        number = match[1].rstrip("/-")
        if not any(number in other or other in number for other in held):
            draft.number(kind, number)


def add_countries(draft: Draft, text: str, what: str, report: Report) -> str:
    """Add the countries that a cell names; those that no one knows are counted and kept as a remark.

    Returns:
        The first of them as a code, empty where there is none.
    """
    codes = []
    for part in parts(text):
        found = _codes(part)
        if not found:
            report.unknown[f"{what} {part[:80]!r}"] += 1
            draft.remark(f"{what}: {part}")
        codes += found
    for code in codes:
        draft.country(code)
    return codes[0] if codes else ""


def _codes(text: str) -> list[str]:
    whole = countries.lookup(text.strip(" .,;"))
    if whole:
        return [whole]
    plain = re.sub(r"\s*\([^()]*\)", "", text).strip(" .,;")
    pieces = [plain] if countries.lookup(plain) else [piece for piece in _COUNTRY_ENDS.split(plain) if piece]
    found = [countries.lookup(piece) for piece in pieces]
    return [code for code in found if code] if all(found) else []


def bare_number(text: str) -> tuple[str, str]:
    """A document number without the words in front of it, and those words.

    >>> bare_number("Chad diplomatic passport no. D00000898")
    ('D00000898', 'Chad diplomatic passport')
    """
    match = re.match(r"^(.*[a-z].*?)[\s,]+(?:no\b\.?|number\b)[\s:]*(\S*\d.*)$", text, re.IGNORECASE)
    return (match[2], match[1]) if match else (text, "")
