"""The country a cell means: codes and names of trade documents to ISO 3166-1 alpha-2, and XK for Kosovo.

The names stand in `countries.tsv`. Numbers are not read: customs statistics number countries in ways of their own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path

_TABLE = Path(__file__).with_name("countries.tsv")
_ACCENTS = re.compile(r"[\u0300-\u036fʼʻ]")  # and the apostrophes that Unicode counts as letters
_MARKS = re.compile(r"[^\w\s|]|_")
_SEPARATOR = re.compile(r"\s+[-–—]\s+|[()\[\]/:;,|]|(?<=^[A-Za-z]{2})\s*[-–—]|(?<=^[A-Za-z]{2})\s+")
_FILLING = frozenset({"the", "of", "and"})
_LONGEST = 120
"""The longest name of the table has 52 characters; a cell beyond this is no name of a country."""


_NO_SINGLE_COUNTRY = frozenset(
    """eu europeanunion ue unioneuropea unioneuropeenne unioneeuropea uniaoeuropeia europaischeunion uniaeuropejska
    avrupabirligi евросоюз европеискиисоюз ес євросоюз європеиськиисоюз єс 欧盟 欧洲联盟
    various several multiple mixed разные різні varios divers diverse cesitli 多国
    unknown неизвестна неизвестно невідома невідомо 不详 国别不详""".split()
)
"""What declarations write where goods come from a union, from several countries or from nobody knows where.

A declaration of the EAEU says ЕВРОСОЮЗ, РАЗНЫЕ or НЕИЗВЕСТНА in box 16, and EU in box 34; й is compared as и."""


def is_no_single(text: str) -> bool:
    """The cell says of an origin what it should, and names no country.

    >>> is_no_single("European Union"), is_no_single("ЕВРОСОЮЗ"), is_no_single("Kazakhstan")
    (True, True, False)
    """
    return len(text) <= _LONGEST and _joined(_folded(text)) in _NO_SINGLE_COUNTRY


@lru_cache(maxsize=4096)
def lookup(text: str) -> str | None:
    """The alpha-2 code of a country written as a code or a name; None when it is none, or could be two.

    Case, accents, punctuation and the order of words do not matter. A code beside its own name is understood.

    >>> lookup("UK"), lookup("Korea, Republic of"), lookup("РФ"), lookup("TR - Türkiye"), lookup("Atlanta, Georgia")
    ('GB', 'KR', 'RU', 'TR', None)
    """
    text = text.strip()
    if len(text) > _LONGEST:
        return None
    folded = _folded(text)
    whole = _by_key().get(_joined(folded)) or _by_words().get(_words(folded))
    if whole is not None:
        return whole
    parts = [_by_key().get(_joined(_folded(part))) for part in _SEPARATOR.split(text) if part and part.strip()]
    return parts[0] if len(parts) > 1 and len(set(parts)) == 1 else None


@cache
def names() -> Mapping[str, str]:
    """The English name of every country, by its code."""
    return {code: spellings[0] for code, spellings in rows(_TABLE.read_text("utf-8"))}


def rows(table: str) -> Iterator[tuple[str, list[str]]]:
    """Code and spellings of each line of the table, the English name first."""
    for line in table.splitlines():
        code, alpha3, *spelled, variants, own = line.split("\t") if "\t" in line else ("#", "", "", "", "")
        if len(code) == 2:
            yield code, [*spelled, code, *alpha3.split("|"), *variants.split("|"), *own.split("|")]


@cache
def _folded_rows() -> tuple[tuple[str, list[str]], ...]:
    # Folded as one text: folding name by name takes five times as long.
    return tuple((code.upper(), spellings) for code, spellings in rows(_folded(_TABLE.read_text("utf-8"))))


@cache
def _by_key() -> Mapping[str, str]:
    return {_joined(name): code for code, spellings in _folded_rows() for name in spellings if name}


@cache
def _by_words() -> Mapping[tuple[str, ...], str]:
    return {_words(name): code for code, spellings in _folded_rows() for name in spellings if " " in name.strip()}


def _folded(text: str) -> str:
    """Words apart by spaces, without case, accents and punctuation; tab, line end and | stay."""
    text = unicodedata.normalize("NFKD", text.casefold().replace("&", " and ").replace("ı", "i"))
    return _MARKS.sub(" ", _ACCENTS.sub("", text)).replace("saint", "st").strip(" ")


def _joined(folded: str) -> str:
    return folded.replace(" ", "")


def _words(folded: str) -> tuple[str, ...]:
    return tuple(sorted(word for word in folded.split() if word not in _FILLING))
