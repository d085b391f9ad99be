"""What the HS code of a line says by itself: edition, tier on the Common High Priority List, categories."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sanctionscreen.goods.categories import TIERS
from sanctionscreen.goods.chpl import ChplCode
from sanctionscreen.goods.hs import HsCode, parse_hs
from sanctionscreen.goods.lists import CodeUse, GoodsLists
from sanctionscreen.model import HsQuality


@dataclass(frozen=True, slots=True)
class CodeReading:
    """The reading of a code; everything but the quality is empty where no code could be read."""

    hs6: str | None
    quality: HsQuality
    edition: str | None = None
    tier: str | None = None
    """`none` for a code that is known and not listed."""
    is_partly: bool = False
    """The code is of HS2017, and only part of its goods is in the tier now."""
    uses: tuple[CodeUse, ...] = ()
    notes: tuple[str, ...] = ()
    """One sentence for every repair, doubt and listing."""
    heading: str | None = None
    """Four digits, also where they are all that is given."""

    @property
    def strictness(self) -> tuple[int, bool]:
        """What comes first is looked at first: the highest tier, and certain before possible."""
        known = [*TIERS, "none"]
        return known.index(self.tier) if self.tier in known else len(known), self.is_partly


def read_code(text: str | None, day: date | None, as_of: date | None, lists: GoodsLists) -> CodeReading:
    """Read a code in the edition of the record's day, on the lists as they stood on the day of the screening.

    Of several codes in one cell the strictest counts; the note names them all.
    """
    code = parse_hs(text, lists.known_codes)
    if code.hs6 is None:
        notes = _said(code.note, _of_heading(code.heading, lists))
        return CodeReading(None, code.quality, notes=notes, heading=code.heading or None)
    readings = [_read_one(hs6, code, day, as_of, lists) for hs6 in code.all_hs6]
    strictest = min(readings, key=lambda reading: reading.strictness)
    if len(readings) == 1:
        return strictest
    note = f"of {', '.join(code.all_hs6)}, {strictest.hs6} counts, the strictest"
    return replace(strictest, notes=(strictest.notes[0], note, *strictest.notes[1:]))


def _read_one(hs6: str, code: HsCode, day: date | None, as_of: date | None, lists: GoodsLists) -> CodeReading:
    edition, note = lists.editions.edition_of(hs6, day)
    tier, is_partly, tier_note = _tier(hs6, edition, as_of, lists)
    quality, unknown = code.quality, ""
    if hs6 not in lists.known_codes:
        unknown = lists.nomenclature.unknown_note(hs6)
        quality = quality if edition == "2017" else "unknown_code"  # of that edition, only the codes of note are known
    notes = _said(code.note, unknown, note, tier_note)
    return CodeReading(hs6, quality, edition, tier, is_partly, _uses(hs6, edition, lists), notes, hs6[:4])


def _of_heading(heading: str, lists: GoodsLists) -> str:
    """What four digits leave open."""
    listed = [code for code in lists.chpl if code[:4] == heading]
    if not listed:
        return ""
    return f"heading {heading} holds {', '.join(listed)} of the Common High Priority List ({lists.version})"


def _said(*notes: str) -> tuple[str, ...]:
    return tuple(note for note in notes if note)


def _tier(hs6: str, edition: str, as_of: date | None, lists: GoodsLists) -> tuple[str, bool, str]:
    """The tier, whether only part of the code is in it, and the sentence that says so."""
    listed = lists.chpl.get(hs6)
    if listed is not None:
        if as_of is not None and not listed.since.may_be_before(as_of):
            return "none", False, f"code {hs6} came onto the Common High Priority List later ({listed.since})"
        return listed.tier, False, _listed(listed, edition, lists.version)
    if edition != "2022":
        parts = [c for c in lists.chpl_2017.get(hs6, ()) if as_of is None or c.since.may_be_before(as_of)]
        if parts:
            wider = {link.hs2022 for link in lists.editions.successors(hs6)} - lists.chpl.keys()
            said = _partly if wider else _wholly
            return parts[0].tier, bool(wider), said(hs6, parts, lists.version)
    return "none", False, ""


def _listed(code: ChplCode, edition: str, version: str) -> str:
    said = f"code {code.hs6} is on the Common High Priority List, tier {code.tier} ({version})"
    return f"{said}; {code.note}" if code.note and edition != "2022" else said


def _wholly(hs6: str, parts: list[ChplCode], version: str) -> str:
    codes = ", ".join(code.hs6 for code in parts)
    said = (
        f"code {hs6} of HS2017 is {codes} of HS2022: tier {parts[0].tier} of the Common High Priority List ({version})"
    )
    return f"{said}; {parts[0].note}" if parts[0].note else said


def _partly(hs6: str, parts: list[ChplCode], version: str) -> str:
    codes = ", ".join(code.hs6 for code in parts)
    said = f"code {hs6} of HS2017 is only partly {codes} of HS2022"
    possible = f"{said}: tier {parts[0].tier} of the Common High Priority List ({version}) is possible, not certain"
    return f"{possible}; {parts[0].note}" if parts[0].note else possible


def _uses(hs6: str, edition: str, lists: GoodsLists) -> tuple[CodeUse, ...]:
    current = lists.uses.get(hs6, ())
    older = lists.uses_2017.get(hs6, ()) if edition != "2022" else ()
    if not older:
        return current
    named = {use.category for use in current}
    return current + tuple(use for use in older if use.category not in named)
