"""Whole names from the parts and spellings of the Swiss list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from xml.etree import ElementTree

from sanctionscreen.errors import Location, WatchlistError
from sanctionscreen.model import Quality
from sanctionscreen.watchlist.official.layout import text
from sanctionscreen.watchlist.official.reading import Draft, Report

MOST_SPELLINGS = 64
"""Of one name in one script. A name of four parts with three spellings each has 81; most have fewer than ten."""
_TYPES = {"primary-name": "", "alias": "alias", "formerly-known-as": "former"}
_QUALITIES = {"good": False, "low": True, "": False}
_PARTS = frozenset(
    (
        "family-name", "given-name", "further-given-name", "father-name", "grand-father-name", "maiden-name", "title",
        "suffix", "tribal-name", "whole-name", "other",
    )
)  # fmt: skip
_SCRIPTS = {
    "LATN": "Latin", "CYRL": "Cyrillic", "ARAB": "Arabic", "HANS": "Han", "HANT": "Han", "HANI": "Han",
    "HANG": "Hangul", "KORE": "Hangul", "HEBR": "Hebrew", "GREK": "Greek", "JPAN": "Japanese", "MYMR": "Myanmar",
    "ARMN": "Armenian", "GEOR": "Georgian", "ETHI": "Ethiopic", "DEVA": "Devanagari", "THAI": "Thai",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Part:
    """One part of a name: what it is, and its spellings by script, as published first."""

    kind: str
    spellings: dict[str, list[str]]


def add_name(draft: Draft, name: ElementTree.Element, is_main: bool, at: Location, report: Report) -> None:
    """Add a name with all its spellings to the draft.

    The published values make the name; every other spelling of a part makes another one. In another script only the
    parts that are given in it are used, and the name is weak where parts are missing.

    Raises:
        WatchlistError: a type or quality of names that is not known.
    """
    written, quality = name.get("name-type", ""), name.get("quality", "")
    if written not in _TYPES or quality not in _QUALITIES:
        raise WatchlistError(
            f"has a name of the type {written!r} and the quality {quality!r} (target {draft.id});"
            f" known are {', '.join(_TYPES)} and good, low",
            at,
        )
    first: Quality = "primary" if written == "primary-name" and is_main else "strong"
    base: Quality = "weak" if _QUALITIES[quality] else first
    kind = _TYPES[written] or ("" if is_main else "alias")
    _add(draft, _parts(name, draft, report), base, kind, report)


def _parts(name: ElementTree.Element, draft: Draft, report: Report) -> list[_Part]:
    parts = []
    for element in sorted(name.iterfind("name-part"), key=_order):
        what = element.get("name-part-type", "other")
        if what not in _PARTS:
            report.unknown[f"name-part-type {what!r}"] += 1
        spellings: dict[str, list[str]] = {"LATN": [value]} if (value := text(element, "value")) else {}
        for variant in element.iterfind("spelling-variant"):
            script = variant.get("script", "LATN").upper()
            if script not in _SCRIPTS:
                report.unknown[f"script {script!r}"] += 1
            spelled = " ".join((variant.text or "").split())
            if spelled and spelled not in spellings.setdefault(script, []):
                spellings[script].append(spelled)
        if what == "title":
            draft.remark(f"Title: {text(element, 'value')}")
        else:
            parts.append(_Part(what, spellings))
    return parts


def _order(element: ElementTree.Element) -> int:
    order = element.get("order", "")
    return int(order) if order.isdigit() else 0


def _add(draft: Draft, parts: Sequence[_Part], quality: Quality, kind: str, report: Report) -> None:
    maiden = [part for part in parts if part.kind == "maiden-name"]
    used = [part for part in parts if part.kind != "maiden-name"] or list(parts)
    _add_spelled(draft, used, quality, kind, report)
    if maiden and len(used) < len(parts):
        before = [part for part in used if part.kind != "family-name"]
        _add_spelled(draft, [*maiden, *before], "weak" if quality == "weak" else "strong", "former", report)


def _add_spelled(draft: Draft, parts: Sequence[_Part], quality: Quality, kind: str, report: Report) -> None:
    scripts = dict.fromkeys(script for part in parts for script in part.spellings)
    lower: Quality = "strong" if quality == "primary" else quality
    for script in sorted(scripts, key=lambda each: each != "LATN"):
        given = [part.spellings[script] for part in parts if script in part.spellings]
        is_whole = len(given) == len(parts)
        for place, words in enumerate(_spellings(given, report)):
            name = " ".join(words)
            is_published = not place and script == "LATN"
            shown = kind if is_published else "spelling" if script == "LATN" else "original script"
            best = quality if is_published else lower if is_whole else "weak"
            note = "" if is_whole else "not all parts are given in this script"
            draft.name(name, best, kind=shown, script=_SCRIPTS.get(script, script), note=note)


def _spellings(given: Sequence[Sequence[str]], report: Report) -> Iterator[tuple[str, ...]]:
    """All combinations, those nearest to the published name first; beyond the limit they are counted, not made."""
    whole = prod(len(words) for words in given)
    if whole <= MOST_SPELLINGS:
        yield from product(*given)
        return
    published = tuple(words[0] for words in given)
    yield published
    made = 1
    for place, words in enumerate(given):
        for word in words[1:]:
            if made < MOST_SPELLINGS:
                yield (*published[:place], word, *published[place + 1 :])
                made += 1
    report.unknown[f"spellings beyond {MOST_SPELLINGS} of one name, not made"] += whole - made
