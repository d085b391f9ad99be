"""The derived fields of a line: hits, goods, occupied places, quality. Rules see only these and what was written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any, NamedTuple

from sanctionscreen.fields import PARTY_NAMES, ROLES
from sanctionscreen.goods import Goods, GoodsLists, classify, classify_many
from sanctionscreen.goods.eccn import EAR99, Eccn, excludes_ear99, read_eccn
from sanctionscreen.model import GoodsReading, Line, PartyHit
from sanctionscreen.screening import ownership
from sanctionscreen.screening.ownership import Ownership
from sanctionscreen.screening.parties import PartiesOfLine, PartyScreen
from sanctionscreen.text.party_cells import read_party_cell
from sanctionscreen.watchlist.geography import Geography

_IDENTIFIERS = tuple(f"{role}.identifier" for role in ROLES)
ADDRESSES = tuple(f"{role}.address" for role in ROLES)
OWNERS = tuple(f"{role}.owners" for role in ROLES)
COUNTRIES = (
    *(f"{role}.country" for role in ROLES),
    "export.country",
    "destination.country",
    "original_destination.country",
)
PORTS = ("route.port_of_loading", "route.port_of_discharge")
_PARTY_SOURCES = (*PARTY_NAMES, *_IDENTIFIERS, "bank.bic", "vessel.name", "vessel.imo")
_GOODS_FIELDS = (
    "hs6",
    "hs4",
    "hs_edition",
    "hs_quality",
    "chpl_tier",
    "categories",
    "text_categories",
    "controlled",
    "contradiction",
    "neighbour_code",
    "vague",
)


@dataclass(frozen=True, slots=True)
class Derived:
    """A line with its derived fields, and what the report needs beside them."""

    line: Line
    hits: tuple[PartyHit, ...]
    address_hits: tuple[PartyHit, ...]
    goods: GoodsReading | None
    warnings: tuple[str, ...]
    unscreenable: str
    """Why nothing, or not enough, could be compared; empty when something was."""
    is_compared: bool
    """Something of the line was compared, be it not everything."""


class PartyPart(NamedTuple):
    """What the parties of a line add to it, beside their hits."""

    values: Mapping[str, Any]
    warnings: tuple[str, ...]


class GoodsPart(NamedTuple):
    """What the goods of a line add to it."""

    values: Mapping[str, Any]
    warnings: tuple[str, ...]
    is_described: bool
    """A description is given, or a code that can be read."""
    reading: GoodsReading | None


class Standing(NamedTuple):
    """What a line comes to before any rule."""

    hits: tuple[PartyHit, ...]
    address_hits: tuple[PartyHit, ...]
    warnings: tuple[str, ...]
    unscreenable: str
    is_compared: bool


def party_part(values: Mapping[str, Any], found: PartiesOfLine) -> PartyPart:
    """What the parties of a line add to it; of the values, only which were collected counts."""
    more: dict[str, Any] = {}
    warnings: list[str] = []
    if any(name in values for name in _PARTY_SOURCES):
        more["party_hits"] = _items(found.hits)
        more.update(_party_quality(values, found))
        warnings += _party_warnings(found)
    if more or any(name in values for name in ADDRESSES):  # an address may be glued to a name
        more["address_hits"] = _items(found.address_hits)
    return PartyPart(more, tuple(warnings))


def owner_values(values: Mapping[str, Any], owned: Ownership | None) -> dict[str, Any]:
    """What the owners of a line's parties add to it."""
    if owned is not None:
        return {"owner_hits": owned.items, **owned.shares}
    return dict.fromkeys(ownership.OWNER_FIELDS) if any(name in values for name in OWNERS) else {}


def standing(
    cell_warnings: Iterable[str], found: PartiesOfLine, named: PartyPart, goods: GoodsPart, owned: Ownership | None
) -> Standing:
    """What a line comes to before any rule, from its parts."""
    is_compared = found.is_identified or goods.is_described or any(one.is_compared for one in found.by_role.values())
    return Standing(
        (found.hits or ()) + (owned.hits if owned else ()),
        found.address_hits or (),
        (*cell_warnings, *named.warnings, *goods.warnings, *(owned.warnings if owned else ())),
        _unscreenable(found, is_compared),
        is_compared,
    )


@dataclass(slots=True)
class Deriver:
    """Computes derived fields; distinct parties, goods and places are looked at once."""

    parties: PartyScreen
    goods: GoodsLists
    geography: Geography
    as_of: date
    _readings: dict[tuple[str | None, str | None, date | None, str], GoodsReading] = field(
        default_factory=dict, repr=False
    )
    _places: dict[tuple[str, str], bool] = field(default_factory=dict, repr=False)

    def prepare(self, lines: Iterable[Line]) -> None:
        """Read the goods of many lines together: most descriptions need no reading of their own."""
        asked = dict.fromkeys(goods for line in lines if (goods := _goods_of(line.values)) is not None)
        new = [goods for goods in asked if (*goods, "") not in self._readings]
        for goods, reading in zip(new, classify_many(new, as_of=self.as_of, lists=self.goods), strict=True):
            self._readings[*goods, ""] = reading

    def derive(self, line: Line) -> Derived:
        values = line.values
        found = self.parties.of_line(values)
        named, goods = party_part(values, found), self.goods_part(values, found.maker_category)
        owned = ownership.of_line(values, self.parties)
        more = {**named.values, **goods.values, **owner_values(values, owned)}
        if more.get("address_hits", ()) is None and not any(name in values for name in ADDRESSES):
            del more["address_hits"]  # nothing collects addresses, and none is glued to a name
        occupied = self._occupied(line)
        if occupied is not None:
            more["place.occupied"] = occupied[0]
        stands = standing([*map(str, line.warnings)], found, named, goods, owned)
        return Derived(
            line.with_values(more, owned.undecided if owned else frozenset()),
            stands.hits,
            stands.address_hits,
            goods.reading,
            stands.warnings,
            stands.unscreenable,
            stands.is_compared,
        )

    def derive_with(self, line: Line, features: Mapping[str, Any] | None) -> Derived:
        """A line with its derived fields, and with its features where these are known."""
        derived = self.derive(line)
        return replace(derived, line=derived.line.with_values(features)) if features else derived

    def goods_part(self, values: Mapping[str, Any], maker_category: str) -> GoodsPart:
        """What the goods of a line add to it."""
        more: dict[str, Any] = {}
        warnings: list[str] = []
        reading = self._goods(values, maker_category)
        if reading is not None:
            more.update(_goods_values(values, reading))
            warnings += _code_warnings(values.get("goods.hs_code"), reading)
        if "goods.eccn" in values:
            eccn = read_eccn(values["goods.eccn"])
            more.update(_eccn_values(eccn, reading, self.goods))
            warnings += _eccn_warnings(eccn, values["goods.eccn"])
        is_described = bool(values.get("goods.description")) or (reading is not None and reading.hs6 is not None)
        return GoodsPart(more, tuple(warnings), is_described, reading)

    def observed(self, line: Line) -> Line:
        """The line as features see it: what is written, and what the goods are; no list of parties is asked."""
        reading = self._goods(line.values, "")
        return line if reading is None else line.with_values(_goods_values(line.values, reading))

    def _goods(self, values: Mapping[str, Any], maker_category: str) -> GoodsReading | None:
        goods = _goods_of(values)
        if goods is None:
            return None
        known = self._readings.get((*goods, maker_category))
        if known is None:
            text, code, day = goods
            known = classify(text, code, date=day, as_of=self.as_of, lists=self.goods, maker_category=maker_category)
            self._readings[*goods, maker_category] = known
        return known

    def _occupied(self, line: Line) -> tuple[bool | None] | None:
        """None: no place is collected. (None,): collected, and none is given. Else whether one is occupied.

        A country can say that a place is occupied ("Crimea"), and so can an address that stands with a name; neither
        says that none is.
        """
        values = line.values
        countries = (line.raw.get(name) for name in COUNTRIES if name in values)
        if any(self.is_occupied(text, "") for text in countries if text):
            return (True,)
        named = ((values[name], values.get(country_beside(name)) or "") for name in PARTY_NAMES if values.get(name))
        if any(self.is_beside_occupied(text, country) for text, country in named):
            return (True,)
        places = [name for name in (*ADDRESSES, *PORTS) if name in values]
        given = [(values[name], values.get(country_beside(name)) or "") for name in places if values[name]]
        if given:
            return (any(self.is_occupied(text, country) for text, country in given),)
        return (None,) if places else None

    def is_occupied(self, text: str, country: str) -> bool:
        """Whether an address, port or place of a country lies in occupied territory."""
        key = (text, country)
        if key not in self._places:
            # Never on the day of the shipment: it is a cell, and a false one must not hide a place.
            self._places[key] = self.geography.is_occupied(text, country or None, on=self.as_of)
        return self._places[key]

    def is_beside_occupied(self, text: str, country: str) -> bool:
        """Whether an address that stands in the cell of a party's name lies in occupied territory."""
        return self.geography.finder.may_find(text) and any(
            self.is_occupied(address, country) for address in read_party_cell(text).addresses
        )


def _goods_of(values: Mapping[str, Any]) -> Goods | None:
    """What is written of the goods; None where neither description nor code is collected."""
    if "goods.description" not in values and "goods.hs_code" not in values:
        return None
    return Goods(values.get("goods.description"), values.get("goods.hs_code"), values.get("shipment.date"))


_BESIDE = {"route.port_of_loading": "export.country", "route.port_of_discharge": "destination.country"}


def country_beside(name: str) -> str:
    """The field with the country of a party's name or address, or of a port."""
    part, _, attribute = name.partition(".")
    return f"{part}.country" if attribute in ("name", "address") else _BESIDE.get(name, "")


_OF_HIT = tuple(one.name for one in fields(PartyHit))


def _items(hits: tuple[PartyHit, ...] | None) -> tuple[dict[str, Any], ...] | None:
    return None if hits is None else tuple([{name: getattr(hit, name) for name in _OF_HIT} for hit in hits])


def _goods_values(values: Mapping[str, Any], reading: GoodsReading) -> dict[str, Any]:
    """Goods fields as far as their sources were collected: without a code column, nothing is known of the code."""
    by_code = ("hs6", "hs4", "hs_edition", "hs_quality", "chpl_tier") if "goods.hs_code" not in values else ()
    by_text = ("text_categories", "vague") if "goods.description" not in values else ()
    left_out = (*by_code, *by_text, *(("contradiction", "neighbour_code") if by_code or by_text else ()))
    more = {f"goods.{name}": getattr(reading, name) for name in _GOODS_FIELDS if name not in left_out}
    if "goods.hs_code" in values:
        more["quality.missing_hs_code"] = reading.hs6 is None
    if "goods.description" in values:
        more["quality.missing_description"] = values["goods.description"] is None
    return more


def _code_warnings(code: str | None, reading: GoodsReading) -> list[str]:
    """A code that is given and gives no six digits, or not those that were written."""
    if not code or reading.hs_quality in ("ok", "missing", None):
        return []
    if reading.hs_quality == "unknown_code":
        return [f"goods.hs_code: {code[:40]!r} is not in HS2022: mistyped, or of an older edition"]
    if reading.hs_quality == "several":
        return [f"goods.hs_code: {code[:40]!r} holds several codes; {reading.hs6} counts, the strictest"]
    if reading.hs6 is None:
        return [f"goods.hs_code: {code[:40]!r} gives no six digits of an HS code"]
    return [f"goods.hs_code: {code[:40]!r} was read as {reading.hs6}"]


def _eccn_values(eccn: Eccn, reading: GoodsReading | None, goods: GoodsLists) -> dict[str, Any]:
    """The entries that the document names, and whether EAR99 fits the code: unknown without a code or a number."""
    entries = tuple(dict.fromkeys(EAR99 if code == EAR99 else code[:5] for code in (eccn.code, *eccn.others) if code))
    more: dict[str, Any] = {"goods.eccn_entries": entries or None}
    if reading is not None and reading.hs6 is not None and entries:
        listed = goods.chpl.get(reading.hs6)
        more["goods.ear99_against_code"] = eccn.is_ear99 and listed is not None and excludes_ear99(listed.eccn)
    else:
        more["goods.ear99_against_code"] = None
    return more


def _eccn_warnings(eccn: Eccn, text: str | None) -> list[str]:
    """A number that was repaired, or a cell that names none."""
    if eccn.quality in ("ok", "missing", "statement") or not text:
        return []
    return [f"goods.eccn: {text[:40]!r}: {eccn.note}" if eccn.note else f"goods.eccn: {text[:40]!r} is {eccn.quality}"]


def _party_quality(values: Mapping[str, Any], found: PartiesOfLine) -> dict[str, Any]:
    cells = [one.cell for one in found.by_role.values() if one.cell is not None]
    quality: dict[str, Any] = {
        "quality.to_order": any(cell.kind == "to_order" for cell in cells),
        "quality.same_as_consignee": any(cell.kind == "same_as" for cell in cells),
        "quality.mixed_scripts": any(one.mixed_scripts for one in found.by_role.values()),
        "quality.invisible_characters": any(one.invisible for one in found.by_role.values()),
        "quality.cut_name": any(cell.cut for cell in cells),
        "quality.several_parties": any(len(cell.names) > 1 for cell in cells),
        "quality.number_in_name": any(cell.numbers for cell in cells),
        "quality.address_in_name": any(cell.addresses for cell in cells),
    }
    if "consignee.name" in values:
        consignee = found.by_role.get("consignee")
        quality["quality.missing_consignee"] = (
            consignee is None or consignee.cell is None or consignee.cell.kind != "named"
        )
    return quality


def _party_warnings(found: PartiesOfLine) -> list[str]:
    warnings = []
    for role, one in found.by_role.items():
        if one.mixed_scripts:
            warnings.append(f"{role}.name: mixes look-alike letters of two scripts")
        if one.invisible:
            warnings.append(f"{role}.name: holds invisible characters")
        if one.cell is not None and one.cell.kind == "unreadable":
            warnings.append(f"{role}.name: nothing is left to compare")
        if one.cell is not None and one.cell.kind in ("to_order", "same_as") and not one.is_compared:
            warnings.append(f"{role}.name: names nobody, so nobody was compared in this role")
        if one.cell is not None and one.cell.cut:
            warnings.append(f"{role}.name: was too long and compared only in part")
    return warnings


def _unscreenable(found: PartiesOfLine, is_compared: bool) -> str:
    """A name that folds to nothing was not screened, whatever else the line holds; nor was a line without anything."""
    for role, one in found.by_role.items():
        who = f"the name of the {role.replace('_', ' ')}"
        if one.cell is not None and (one.cell.kind == "unreadable" or one.cell.is_partly_unreadable):
            return f"{who} holds nothing that can be compared"
        if one.cell is not None and one.cell.cut:
            return f"{who} was too long and compared only in part"
    return "" if is_compared else "it names no party and no goods that can be compared"
