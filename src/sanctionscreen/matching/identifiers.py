"""Registration and tax numbers as they are compared: exact, without labels, punctuation and marks of spreadsheets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sanctionscreen.matching.check_digits import NumberKind, suggestions, verdict
from sanctionscreen.text.folding import fold

FEWEST_CHARACTERS = 6
FEWEST_DIGITS = 5
"""Shorter numbers, such as a bare court register entry, are given to many firms."""

SHARED_UP_TO = 8
"""Numbers up to this length are given by several registers (IMO, companies houses): known countries must not differ."""

_LONGEST_CELL = 2048
"""Characters read: a remark of an official list has 1,000."""
_LONGEST_NUMBER = 34
"""An account number (ISO 13616); a longer run is no number."""
_FEWEST_BESIDE_OTHERS = 7
"""A piece of a spaced run is a number of its own from here on, where all pieces are; shorter ones are its groups."""
_FEWEST_ALONE = 9
"""From here on a piece is a number of its own, whatever stands beside it."""

_LABELS = (
    # Russia and its neighbours
    "инн|inn|itn|огрн|ogrn|огрнип|ogrnip|psrn|окпо|okpo|окато|октмо|снилс|бин|bin|иин|iin|унп|unp|укнп|едрпоу|єдрпоу|edrpou"
    "|yedrpou|ипн|іпн|рнокпп|стир|stir|пинфл|pinfl"
    # China, Hong Kong, Taiwan
    "|uscc|usci|uscn|ussc|cr|crn|br|brn|ubi|ubn|cin|统一社会信用代码|統一社會信用代碼|社会信用代码|组织机构代码|税号|纳税人识别号|注册号"
    "|公司编号|公司編號|商业登记"
    # Europe, Middle East, Asia, the Americas
    "|vat|vatin|ust|ustid|ustidnr|mwst|tva|iva|ptu|eori|lei|euid|hrb|hra|siren|siret|rcs|kvk|kbo|bce|cvr|nip|krs|regon|ico|dic|ič|dič"
    "|cui|cif|nif|nie|pib|mb|mbs|oib|eik|bulstat|afm|vkn|tckn|mersis|vergi|trn|trade|licence|license|cnic|ntn|pan|gstin|gst|acn"
    "|abn|uen|ssm|ruc|rut|nit|cuit|rfc|cnpj|cpf|ein|fein|duns|swift|iban"
    # ships, persons and plain words
    "|imo|mmsi|паспорт|passport|серия|series|cedula|dni|tin|tax|id|ids|no|nos|nr|num|n|number|code|reg|registration|register"
    "|registered|registry|company|business|national|identification|номер|код|рег|регистрационный|свидетельство|алт|alt"
)
_LABEL = re.compile(rf"(?<![^\W_])(?:{_LABELS})(?![^\W_])")
_GLUED_BEFORE = re.compile(
    r"(?<![^\W_])(?:imo|mmsi|inn|инн|ogrn|огрн|ogrnip|огрнип|okpo|окпо|унп|unp|бин|иин|hrb)(?=\d{5})"
)
_GLUED_BEHIND = re.compile(r"(?<=\d)(?:огрнип|огрн|инн|кпп|окпо|(?:ogrnip|ogrn|inn|kpp)(?=[\s.:№#]))")
# Tax office codes and banks' codes belong to thousands of firms. In "INN/KPP 77…/77…" the second number is the
# office's, and without labels too; its fifth and sixth digits say why it was given: mostly 01, 43, 45 or 50.
_WITH_OFFICE = re.compile(
    r"(?<![^\W_])(?:инн|inn|тин|tin)\s?[/\\,;-]?\s?(?:кпп|kpp)[\s.:№#]*(\d{10})\s?[/\\,;\s-]\s?\d{4}[\da-z]{2}\d{3}(?![^\W_])"
)
_OFFICE_BEHIND = re.compile(
    r"(?<!\d)(\d{10})(?:\s?[/\\]\s?\d{4}[\da-z]{2}\d{3}|[\s,;-]{1,3}\d{4}(?:01|43|45|50)\d{3})(?![^\W_])"
)
_OF_AN_OFFICE = re.compile(r"(?<![^\W_])(?:кпп|kpp|бик|bik|оквэд|okved|окфс|окопф|индекс|zip)[\s.:№#/-]{0,4}\d[\d.]*")
_DATE = re.compile(r"(?<!\d)(?:\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d{2}|(?:19|20)\d{2}-\d{2}-\d{2})(?!\d)")
_PHONE = re.compile(r"(?<![\w.])\+\d[\d ()-]{6,18}")
# What spreadsheets make of long numbers. 7.70800476e+09 may have ended in any digit; 7.708004767e+09 is whole.
_SCIENTIFIC = re.compile(r"(?<![\w.,])(\d)[.,](\d{1,20})e\+?(\d{1,2})(?![\w.])|(?<![\w.,])\de\+\d{1,2}(?![\w.])")
_POINT_ZERO = re.compile(r"(?<![\d.])(\d{5,20})\.0{1,2}(?![\d.])")
_GROUPED = re.compile(r"(?<![\d,])\d{1,3}(?:,\d{3}){2,6}(?![\d,])")
_RUN = re.compile(r"[^\W_]+(?:[ ./\\_·–—'’-]{1,3}[^\W_]+)*")
_PIECE = re.compile(r"[^\W_]+")

_LOOKALIKES = str.maketrans("АВЕКМНОРСТХУІЅЈ", "ABEKMHOPCTXYISJ")
"""Cyrillic capitals that stand for Latin ones in series and codes."""

_EUROPEAN = frozenset(
    """AT BE BG CY CZ DE DK EE EL GR ES FI FR GB HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK XI CHE NO RS RU BY KZ UA
    TR""".split()
)
"""What VAT and EORI numbers open with: Directive 2006/112/EC, art. 215, Regulation (EU) 952/2013, and neighbours."""
_PREFIXED = re.compile(r"([A-Z]{2,3})([A-Z]?\d{8,14}[A-Z0-9]{0,3})")
_HONG_KONG = re.compile(r"(\d{8})000\d{4}[0-9A-Z]")
"""Business registration number, branch, month and year, and check: one firm has a new end every year."""
_BRAZIL = re.compile(r"(\d{8})\d{6}")


def comparable(identifiers: Iterable[str]) -> frozenset[str]:
    """The numbers in identifier cells, leading zeros gone; several numbers may stand in a cell, in any notation.

    >>> sorted(comparable(["ИНН/КПП 3849055365/384901001"])), sorted(comparable(["IMO9074729", "12", "7.7E+09"]))
    (['3849055365'], ['9074729'])
    """
    return frozenset(number for cell in identifiers for number in _numbers(cell))


class Near(NamedTuple):
    """A number that cannot be right, and a right one a slip away."""

    kind: NumberKind
    suggestion: str


def near(identifier: str) -> tuple[Near, ...]:
    """Right numbers one slip away from a wrong one, for people to look at: none for right numbers and unknown kinds.

    Kinds are told by the label (INN, ОГРН, LEI, IMO) and, without one, by the form of ships' and Chinese numbers. A
    number of seven digits that is right for a shipping company is right.

    >>> [one.suggestion for one in near("IMO 9074792")]
    ['6074792', '9074092', '9074729', '9074793']
    """
    text = fold(identifier[:_LONGEST_CELL]).text
    told = [kind for kind, label in _KINDS if label.search(text)]
    found: dict[Near, None] = {}
    for number in sorted(comparable([identifier])):
        for kind in told or _kinds_of(number):
            whole = number.zfill(10 if len(number) < 11 else 12) if kind == "inn" else number
            if not (kind == "imo_ship" and verdict("imo_company", number) == "valid"):
                found.update(dict.fromkeys(Near(kind, other) for other in suggestions(kind, whole)))
    return tuple(found)


_KINDS: tuple[tuple[NumberKind, re.Pattern[str]], ...] = (
    ("inn", re.compile(r"(?<![^\W_])(?:инн|inn)(?![^\W\d_])")),
    ("ogrn", re.compile(r"(?<![^\W_])(?:огрн|огрнип|ogrn|ogrnip)(?![^\W\d_])")),
    ("lei", re.compile(r"(?<![^\W_])(?:lei|legal entity identifier)(?![^\W\d_])")),
    ("imo_ship", re.compile(r"(?<![^\W_])imo(?![^\W\d_])")),
)


def _kinds_of(number: str) -> tuple[NumberKind, ...]:
    if len(number) == 18 and verdict("uscc", number) != "unknown":
        return ("uscc",)
    return ("imo_ship",) if len(number) == 7 and number.isdigit() else ()


def _numbers(cell: str) -> Iterator[str]:
    text = fold(cell[:_LONGEST_CELL]).text
    if text.isascii() and text.isdigit():
        yield from _forms(text)
        return
    text = _POINT_ZERO.sub(r"\1", _SCIENTIFIC.sub(_whole, text))
    text = _GROUPED.sub(lambda number: number[0].replace(",", ""), text)
    text = _GLUED_BEFORE.sub(" ; ", _GLUED_BEHIND.sub(lambda label: f" ; {label[0]} ", text))
    text = _OFFICE_BEHIND.sub(r"\1 ; ", _WITH_OFFICE.sub(r"; \1 ; ", text))
    text = _PHONE.sub(" ; ", _DATE.sub(" ; ", _OF_AN_OFFICE.sub(" ; ", text)))
    for run in _RUN.findall(_LABEL.sub(" ; ", text)):
        yield from _of_run(run)


def _whole(scientific: re.Match[str]) -> str:
    digits = scientific[2] or ""
    return (scientific[1] or "") + digits if digits and len(digits) == int(scientific[3]) else " ; "


def _of_run(run: str) -> Iterator[str]:
    """The numbers in words joined by spaces and strokes: the whole run, and pieces that are numbers of their own."""
    pieces = [piece for piece in _PIECE.findall(run) if _has_digit(piece) or len(piece) <= 4]
    whole = "".join(pieces)
    yield from _forms(whole)
    if len(pieces) < 2:
        return
    digits = [piece for piece in pieces if _has_digit(piece)]
    if len(digits) == 1 and len(digits[0]) >= _FEWEST_BESIDE_OTHERS:
        yield from _forms(digits[0])
    elif len(digits) > 1:
        apart = all(len(piece) >= _FEWEST_BESIDE_OTHERS for piece in digits)
        for piece in digits:
            if apart or len(piece) >= _FEWEST_ALONE:
                yield from _forms(piece)


def _forms(number: str) -> Iterator[str]:
    """The number as it is compared, and the numbers of the same firm that it contains."""
    number = number.upper().translate(_LOOKALIKES)
    if not _is_telling(number):
        return
    yield number.lstrip("0")
    if len(number) == 18 and verdict("uscc", number) == "valid":
        # The organisation code (GB 11714) and the tax number in use until 2015: area and organisation code.
        yield from (number[8:17].lstrip("0"), number[2:17])
    prefixed = _PREFIXED.fullmatch(number)
    if prefixed is not None and prefixed[1] in _EUROPEAN:
        yield prefixed[2].lstrip("0")
        if prefixed[1] in ("GB", "XI") and len(prefixed[2]) == 12 and prefixed[2].endswith("000"):
            yield prefixed[2][:9].lstrip("0")
    for firm in (_HONG_KONG.fullmatch(number), _BRAZIL.fullmatch(number) if _is_brazilian(number) else None):
        if firm is not None:
            yield firm[1].lstrip("0")


def _is_telling(number: str) -> bool:
    if not FEWEST_CHARACTERS <= len(number) <= _LONGEST_NUMBER:
        return False
    # One digit all over stands in a field that must be filled.
    return sum(map(str.isdigit, number.lstrip("0"))) >= FEWEST_DIGITS and len(set(number)) > 1


def _is_brazilian(number: str) -> bool:
    """Fourteen digits whose last two are the check digits of a CNPJ (Brazilian Normative Instruction RFB 2119/2022)."""
    if len(number) != 14 or not number.isdigit():
        return False
    for length in (12, 13):
        total = sum(int(c) * (2 + at % 8) for at, c in enumerate(reversed(number[:length])))
        if int(number[length]) != (-total % 11 if total % 11 > 1 else 0):
            return False
    return True


def _has_digit(piece: str) -> bool:
    return any(map(str.isdigit, piece))
