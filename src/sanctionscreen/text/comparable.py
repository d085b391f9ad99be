"""Whether a party cell holds anything that can be compared with a list."""

from __future__ import annotations

import re
from typing import Literal

from sanctionscreen.text.folding import fold, plain
from sanctionscreen.text.names import LONGEST_NAME, take_apart

MOST_TEXT = 4096
"""Characters of a cell that are looked at."""
PARTIES = re.compile(r"[|\r\n]+")
"""What stands between parties that were several cells or lines."""
_EMPTY = frozenset(
    "n/a|na|nan|none|null|nil|-|--|—|нет|无|absent|unknown|not available|not applicable|not specified|sin marca"
    "|sem marca|no brand|отсутствует|не указан|не указана|не указано|не обозначен|не определен|нет данных|неизвестно"
    "|відсутній|не вказано|不详|未知|无品牌|yok".split("|")
)
"""What customs declarations write where nobody is named; brands are mostly absent."""
_LONGEST_FORM = 12
"""Characters of a short legal form; a cell that is longer is taken for a name, at the least for its initials."""
SPACES = re.compile(r"[^\S\r\n]+")


def spaced(text: str) -> str:
    """The text as far as it is looked at, with single spaces, its lines as they are."""
    return SPACES.sub(" ", text[:MOST_TEXT]).strip()


def lacking(text: str) -> Literal["blank", "unreadable", ""]:
    """Why there is nothing to compare in a text; empty where there is something.

    LLC alone names nobody, PLC S.p.A. does.

    >>> lacking("n/a"), lacking("???"), lacking("LLC"), lacking("PLC S.p.A.")
    ('blank', 'unreadable', 'unreadable', '')
    """
    if not any(map(is_filled, PARTIES.split(text))):
        return "blank"
    return "" if _names_somebody(text) else "unreadable"


def is_filled(part: str) -> bool:
    """It says something else than that nobody is named."""
    return bool(part.strip()) and plain(part) not in _EMPTY


def _names_somebody(text: str) -> bool:
    if not any(c.isalnum() for c in (text if text.isascii() else fold(text[: 4 * LONGEST_NAME]).text)):
        return False
    if len(text) > _LONGEST_FORM:
        return True
    words = take_apart(text).words
    return len(words) > 1 or any(word.kind not in ("form", "particle") for word in words)
