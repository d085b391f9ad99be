"""What is asked of the index: a name, or a party with all that the document says about it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from sanctionscreen import countries as country_names
from sanctionscreen.errors import InputError, suggestion
from sanctionscreen.matching.comparison import check_kind
from sanctionscreen.model import Kind

Asked: TypeAlias = "str | Mapping[str, Any] | Query | None"

_KEYS = ("name", "kind", "country", "identifiers", "address")


class Query(NamedTuple):
    """One party to look for; what is not known is empty."""

    name: str = ""
    kind: Kind = "any"
    country: str = ""
    identifiers: tuple[str, ...] = ()
    address: str = ""


def read(asked: Asked) -> Query:
    """The query in its one form; a missing value (None, NaN) asks for nothing.

    Raises:
        InputError: not a name and not a mapping, an unknown key, or a value of the wrong type.
    """
    if isinstance(asked, Query):
        return asked
    if isinstance(asked, Mapping):
        return _from_mapping(asked)
    return Query(_text(asked, "a query"))


def _from_mapping(asked: Mapping[str, Any]) -> Query:
    unknown = sorted(str(key) for key in asked if key not in (*_KEYS, "identifier"))
    if unknown:
        raise InputError(f"a query has no key {unknown[0][:40]!r}{suggestion(unknown[0][:40], _KEYS)}")
    kind = check_kind(asked.get("kind") or "any")
    numbers = (*_texts(asked.get("identifiers"), "identifiers"), *_texts(asked.get("identifier"), "identifier"))
    country = _text(asked.get("country"), "country")
    return Query(
        _text(asked.get("name"), "name"),
        kind,
        country_names.lookup(country) or "" if country else "",
        numbers,
        _text(asked.get("address"), "address"),
    )


def _text(value: object, what: str) -> str:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if not isinstance(value, str):
        raise InputError(f"{what} is text, and this is {type(value).__name__}: {value!r:.40}")
    return value


def _texts(value: object, what: str) -> tuple[str, ...]:
    if value is None or isinstance(value, (str, float)):
        text = _text(value, what)
        return (text,) if text else ()
    if not isinstance(value, Sequence) or isinstance(value, bytes):
        raise InputError(f"{what} is a list of text, and this is {type(value).__name__}: {value!r:.40}")
    return tuple(text for text in (_text(part, what) for part in value) if text)


def kinds_of(kinds: str | Iterable[str] | None) -> frozenset[str] | None:
    """The kinds to look among; None for all. A party whose kind is not known is always looked at."""
    if kinds is None:
        return None
    wanted = [kinds] if isinstance(kinds, str) else list(kinds)
    for kind in wanted:
        check_kind(kind)
    return None if "any" in wanted else frozenset(wanted)


def countries_of(countries: str | Iterable[str] | None) -> frozenset[str] | None:
    """The countries to look among; None for all."""
    if countries is None:
        return None
    wanted = [countries] if isinstance(countries, str) else list(countries)
    found = {text: country_names.lookup(text) if isinstance(text, str) else None for text in wanted}
    for text, code in found.items():
        if code is None:
            raise InputError(f"{text!r:.40} is no country; write an ISO code such as KZ, or the country's name")
    return frozenset(code for code in found.values() if code)
