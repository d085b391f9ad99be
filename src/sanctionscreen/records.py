"""Shipment lines as validated records: every field that can be given, in sections named as the fields are.

A value that was set is collected, and None there is an empty cell; a value that was not set is not collected.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Annotated, Any

import pydantic
from pydantic import BaseModel, BeforeValidator, ConfigDict

from sanctionscreen import values
from sanctionscreen.fields import FIELDS, OWNER_ITEM, PARTY_MEANINGS, Field, FieldType


def _reader(kind: FieldType) -> BeforeValidator:
    """Reads a value of any form as a cell of this type is read."""
    entry = Field("the value", kind, "")
    return BeforeValidator(lambda raw: values.read(entry, raw))


def _place(raw: object) -> object:
    # The country is checked and kept as written: Crimea reads as UA, and later stages look at the word itself.
    return None if values.read(Field("the value", FieldType.COUNTRY, ""), raw) is None else str(raw)


def _places(raw: object) -> object:
    if values.read(Field("the value", FieldType.COUNTRIES, ""), raw) is None:
        return None
    return values.country_parts(raw)


def _units(raw: object) -> Decimal | None:
    cents = values.read(Field("the value", FieldType.MONEY, ""), raw)
    return None if cents is None else Decimal(cents) / 100


def _owners(raw: object) -> object:
    if isinstance(raw, Iterable) and not isinstance(raw, (str, Mapping)):
        raw = [part.model_dump() if isinstance(part, Owner) else part for part in raw]
    return values.read(Field("owners", FieldType.ITEMS, "", item=OWNER_ITEM), raw)


Text = Annotated[str | None, _reader(FieldType.TEXT)]
Code = Annotated[str | None, _reader(FieldType.CODE)]
Country = Annotated[str | None, BeforeValidator(_place)]
Countries = Annotated[tuple[str, ...] | None, BeforeValidator(_places)]
Date = Annotated[datetime.date | None, _reader(FieldType.DATE)]
Number = Annotated[float | None, _reader(FieldType.NUMBER)]
Money = Annotated[Decimal | None, BeforeValidator(_units)]
Flag = Annotated[bool | None, _reader(FieldType.BOOL)]


def _of(name: str) -> Any:
    """An unset field, with the meaning that the registry gives it."""
    entry = FIELDS[name]
    return pydantic.Field(default=None, description=entry.meaning + (f"; unit: {entry.unit}" if entry.unit else ""))


def _party(attribute: str) -> Any:
    return pydantic.Field(default=None, description=PARTY_MEANINGS[attribute])


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Owner(_Section):
    """An owner of a party."""

    name: Text = None
    share: Number = pydantic.Field(default=None, description="share in percent")
    country: Country = None


class Carrier(_Section):
    """A party of which only name, seat and owners are asked for."""

    name: Text = _party("name")
    address: Text = _party("address")
    country: Country = _party("country")
    identifier: Code = _party("identifier")
    owners: Annotated[tuple[Owner, ...] | None, BeforeValidator(_owners)] = _party("owners")


class Party(Carrier):
    """A party to the trade."""

    incorporation_date: Date = _party("incorporation_date")
    website: Text = _party("website")
    email: Text = _party("email")
    phone: Text = _party("phone")


class Bank(Carrier):
    """The bank of the payment."""

    bic: Code = _of("bank.bic")


class ShipmentDetails(_Section):
    """The shipment that the line belongs to."""

    id: Text = _of("shipment.id")
    line: Text = _of("shipment.line")
    date: Date = _of("shipment.date")
    end_use: Text = _of("shipment.end_use")
    amended_on: Date = _of("shipment.amended_on")


class GoodsLine(_Section):
    """The goods of the line; money in units of its currency."""

    description: Text = _of("goods.description")
    hs_code: Code = _of("goods.hs_code")
    eccn: Code = _of("goods.eccn")
    un_number: Code = _of("goods.un_number")
    quantity: Number = _of("goods.quantity")
    unit: Text = _of("goods.unit")
    net_weight: Number = _of("goods.net_weight")
    unit_price: Money = _of("goods.unit_price")
    value: Money = _of("goods.value")
    currency: Text = _of("goods.currency")
    value_usd: Money = _of("goods.value_usd")
    origin_country: Country = _of("goods.origin_country")


class Export(_Section):
    """Where the goods leave."""

    country: Country = _of("export.country")


class Destination(_Section):
    """Where the goods finally go."""

    country: Country = _of("destination.country")


class OriginalDestination(_Section):
    """Where they were to go before a change."""

    country: Country = _of("original_destination.country")


class Transit(_Section):
    """What they pass on the way."""

    countries: Countries = _of("transit.countries")


class Route(_Section):
    """Ports or places of loading and discharge."""

    port_of_loading: Text = _of("route.port_of_loading")
    port_of_discharge: Text = _of("route.port_of_discharge")


class Vessel(_Section):
    """The ship."""

    name: Text = _of("vessel.name")
    imo: Code = _of("vessel.imo")
    flag: Country = _of("vessel.flag")


class Payment(_Section):
    """How it is paid."""

    currency: Text = _of("payment.currency")
    terms: Text = _of("payment.terms")


class Contract(_Section):
    """What the contract says."""

    date: Date = _of("contract.date")
    no_reexport_clause: Flag = _of("contract.no_reexport_clause")
    end_use_statement: Flag = _of("contract.end_use_statement")


class Shipment(_Section):
    """One shipment line.

    >>> Shipment(consignee=Party(name="Synthetic Appliances"), goods=GoodsLine(hs_code="8418.69")).flat()
    {'consignee.name': 'Synthetic Appliances', 'goods.hs_code': '8418.69'}
    """

    shipment: ShipmentDetails = ShipmentDetails()
    consignor: Party = Party()
    consignee: Party = Party()
    intermediate_consignee: Party = Party()
    notify_party: Party = Party()
    end_user: Party = Party()
    buyer: Party = Party()
    seller: Party = Party()
    forwarder: Party = Party()
    carrier: Carrier = Carrier()
    manufacturer: Party = Party()
    payer: Party = Party()
    payee: Party = Party()
    bank: Bank = Bank()
    goods: GoodsLine = GoodsLine()
    export: Export = Export()
    destination: Destination = Destination()
    original_destination: OriginalDestination = OriginalDestination()
    transit: Transit = Transit()
    route: Route = Route()
    vessel: Vessel = Vessel()
    payment: Payment = Payment()
    contract: Contract = Contract()

    def flat(self) -> dict[str, object]:
        """The values that were set, by the dotted names of their fields; money in units of its currency."""
        return {
            f"{section}.{name}": [owner.model_dump() for owner in value] if name == "owners" and value else value
            for section, part in self
            for name, value in part
            if name in part.model_fields_set
        }
