"""Registration and tax numbers as they are compared: exact, once labels and punctuation are gone."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sanctionscreen.text.folding import fold

FEWEST_CHARACTERS = 6
FEWEST_DIGITS = 5
"""Shorter numbers, such as a bare court register entry, are given to many firms."""

SHARED_UP_TO = 8
"""Numbers up to this length are given by several registers (IMO, companies houses): known countries must not differ."""

_LABEL = re.compile(
    r"\b(?:inn|инн|itn|ogrn|огрн|ogrnip|огрнип|okpo|окпо|imo|uscc|uscn|ussc|tin|tax|id|vat|eori|lei|bin|бин|iin|иин|унп|unp"
    r"|едрпоу|edrpou|yedrpou|reg|registration|register|company|no|nr|number|code|номер|рег|trn|crn|统一社会信用代码|税号)\b[\s.:#№/-]*"
)
# Tax office codes and banks' codes belong to thousands of firms.
_OF_AN_OFFICE = re.compile(r"\b(?:kpp|кпп|bik|бик|okved|оквэд)[\s.:№]*\d+")
_BREAK = re.compile(r"[\s;,|]+")


def comparable(identifiers: Iterable[str]) -> frozenset[str]:
    """The numbers in identifier cells.

    >>> sorted(comparable(["ИНН 3849055365 / КПП 384901001"])), sorted(comparable(["IMO 9074729", "12"]))
    (['3849055365'], ['9074729'])
    """
    found: set[str] = set()
    for cell in identifiers:
        text = _LABEL.sub(" ", _OF_AN_OFFICE.sub(" ", fold(cell[:400]).text))
        for piece in (text, *_BREAK.split(text), *text.split("/")):
            number = "".join(c for c in piece if c.isalnum())
            if len(number) >= FEWEST_CHARACTERS and sum(c.isdigit() for c in number) >= FEWEST_DIGITS:
                found.add(number.upper())
    return frozenset(found)
