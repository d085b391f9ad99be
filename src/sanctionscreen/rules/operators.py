"""The table of operators: which types each applies to, what its value looks like, and how text is compared."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from sanctionscreen.fields import FieldType as T
from sanctionscreen.text.folding import plain

_SCALARS = frozenset({T.TEXT, T.CODE, T.COUNTRY, T.NUMBER, T.MONEY, T.DATE, T.BOOL})
_WORDS = frozenset({T.TEXT, T.CODE})
_ORDERED = frozenset({T.NUMBER, T.MONEY, T.DATE})
_LISTS = frozenset({T.COUNTRIES, T.CODES, T.ITEMS})

Shape = Literal["one", "many", "two", "bool", "field", "terms", "pattern", "where", "counted"]


@dataclass(frozen=True, slots=True)
class Operator:
    """What an operator compares and the shape of its value."""

    types: frozenset[T]
    shape: Shape
    words: str
    """How a sentence says it."""


OPERATORS: dict[str, Operator] = {
    "eq": Operator(_SCALARS, "one", "is"),
    "ne": Operator(_SCALARS, "one", "is not"),
    "in": Operator(_SCALARS - {T.BOOL, T.DATE}, "many", "is one of"),
    "not_in": Operator(_SCALARS - {T.BOOL, T.DATE}, "many", "is none of"),
    "gt": Operator(_ORDERED, "one", "is more than"),
    "gte": Operator(_ORDERED, "one", "is at least"),
    "lt": Operator(_ORDERED, "one", "is less than"),
    "lte": Operator(_ORDERED, "one", "is at most"),
    "between": Operator(_ORDERED, "two", "is between"),
    "prefix": Operator(_WORDS, "many", "begins with"),
    "suffix": Operator(_WORDS, "many", "ends with"),
    "contains": Operator(frozenset({T.TEXT}), "many", "contains"),
    "keywords": Operator(frozenset({T.TEXT}), "terms", "has the words"),
    "re": Operator(frozenset({T.TEXT}), "pattern", "matches"),
    "exists": Operator(_SCALARS | _LISTS, "bool", "is given"),
    "field": Operator(_SCALARS, "field", "is the same as"),
    "ne_field": Operator(_SCALARS, "field", "differs from"),
    "any": Operator(_LISTS, "where", "has one that"),
    "all": Operator(_LISTS, "where", "has only such that"),
    "none": Operator(_LISTS, "where", "has none that"),
    "count_gte": Operator(_LISTS, "counted", "has several that"),
}

# What people write who know another rule language: Sigma, Elastic, SQL, Python.
MEANT = {
    "starts_with": "prefix", "startswith": "prefix", "ends_with": "suffix", "endswith": "suffix", "==": "eq",
    "!=": "ne", "is": "eq", "equals": "eq", "not": "ne", "one_of": "in", "isin": "in",
    ">": "gt", ">=": "gte", "<": "lt", "<=": "lte",
    "regex": "re", "matches": "re", "like": "contains", "words": "keywords", "missing": "exists", "null": "exists",
    "gteq": "gte", "greater_than": "gt", "less_than": "lt", "within": "in", "has": "any", "includes": "any",
}  # fmt: skip

_BARRED = re.compile(r"\\[dDwWsSbBAzZk]|\\\d|\(\?(?!:)")
_BEFORE = r"(?:^|[^\p{L}\p{N}\p{M}_])"
_AFTER = r"(?:$|[^\p{L}\p{N}\p{M}_])"


@lru_cache(maxsize=65_536)
def code_key(text: str) -> str:
    """A code without punctuation and case, as codes are compared; the frame evaluator does the same in Polars.

    >>> code_key("8542.31 00"), code_key("3.A")
    ('85423100', '3a')
    """
    return re.sub(r"[^a-z0-9]", "", text.lower())


def comparable(kind: T, value: str) -> str:
    """A text or code in comparison form; other types as they are."""
    if kind is T.TEXT:
        return plain(value)
    return code_key(value) if kind is T.CODE else value


def keyword_pattern(terms: Collection[str]) -> str:
    """A linear-time pattern that finds whole words; Chinese, which has no spaces, is found anywhere.

    The classes are spelled out because `\\b` means ASCII in one engine and Unicode in the other.
    """
    spaced = sorted(re.escape(term).replace(r"\ ", " ") for term in terms if not _is_han(term))
    dense = sorted(re.escape(term) for term in terms if _is_han(term))
    parts = [f"{_BEFORE}(?:{'|'.join(spaced)}){_AFTER}"] if spaced else []
    return "|".join(parts + dense)


def _is_han(text: str) -> bool:
    return any("\u3400" <= c <= "\u9fff" for c in text)


def pattern_problem(pattern: str) -> str | None:
    """Why a regular expression is refused; None when it runs in linear time and means the same in both engines."""
    import re2

    if len(pattern) > 500:
        return "is longer than 500 characters"
    barred = _BARRED.search(pattern)
    if barred:
        instead = "spell classes out ([0-9]), use `keywords` for whole words; no look-around"
        return f"{barred.group()!r} is not allowed: {instead}"
    if pattern != plain(pattern):
        folded = "text is compared in lower case, without accents and with single spaces"
        return f"has capitals, accents or double spaces; {folded}, so it never matches"
    quiet = re2.Options()
    quiet.log_errors = False
    quiet.max_mem = 1 << 20  # up to a tenth of what the frame engine takes: no pattern loads that it would refuse
    try:
        re2.compile(pattern, quiet)
    except re2.error as bad:
        return f"is no regular expression: {bad.args[0].decode() if isinstance(bad.args[0], bytes) else bad}"
    return None
