"""Validated shipment records."""

from __future__ import annotations

import datetime
import json
from decimal import Decimal

import pytest
from pydantic import BaseModel, ValidationError

from sanctionscreen.fields import FIELDS, GIVEN
from sanctionscreen.ingest import read_line
from sanctionscreen.records import Bank, Contract, Destination, GoodsLine, Owner, Party, Shipment, Transit


def reachable() -> dict[str, str | None]:
    """The dotted names that the models offer, with their descriptions."""
    found: dict[str, str | None] = {}
    for section, info in Shipment.model_fields.items():
        kind = info.annotation
        assert isinstance(kind, type)
        assert issubclass(kind, BaseModel)
        found |= {f"{section}.{name}": part.description for name, part in kind.model_fields.items()}
    return found


def test_records_have_exactly_the_fields_of_the_registry() -> None:
    """Every field that can be given is reachable by its dotted name, and no other is."""
    assert set(reachable()) == set(GIVEN)


def test_descriptions_come_from_the_registry() -> None:
    """The model says of a field what the registry says."""
    for name, description in reachable().items():
        assert description
        assert description.partition(";")[0].partition(":")[0] in FIELDS[name].meaning


def test_flat_gives_what_was_set_and_nothing_else() -> None:
    """A field set to None is an empty cell; a field that was not set was not collected."""
    line = Shipment(
        consignee=Party(name="Synthetic Appliances", address=None),
        goods=GoodsLine(value="1,234.50 USD"),
        bank=Bank(bic="SYNTHXX1"),
    )
    assert line.flat() == {
        "consignee.name": "Synthetic Appliances",
        "consignee.address": None,
        "bank.bic": "SYNTHXX1",
        "goods.value": Decimal("1234.5"),
    }


def test_values_are_read_as_cells_are() -> None:
    """A record takes the forms that a file may hold, and typed values."""
    line = Shipment.model_validate(
        {
            "shipment": {"date": "23.04.2024"},
            "contract": {"no_reexport_clause": "yes"},
            "goods": {"hs_code": 854231, "quantity": "1,000"},
            "transit": {"countries": "TR; Korea, Republic of"},
            "consignee": {"owners": "Alpha (RU) 51%"},
        }
    )
    assert line.shipment.date == datetime.date(2024, 4, 23)
    assert line.contract == Contract(no_reexport_clause=True)
    assert line.goods == GoodsLine(hs_code="854231", quantity=1000)
    assert line.transit.countries == ("TR", "Korea, Republic of")
    assert line.consignee.owners == (Owner(name="Alpha", share=51, country="RU"),)
    assert Shipment(consignee=Party(owners=(Owner(name="Alpha"),))).consignee.owners == (Owner(name="Alpha"),)


def test_a_place_is_kept_as_written() -> None:
    """Crimea is read as UA, and the word stays for the stages that look at places."""
    line = read_line(Shipment(destination=Destination(country="Crimea")))
    assert line.values == {"destination.country": "UA"}
    assert line.raw == {"destination.country": "Crimea"}


def test_an_empty_transit_list_is_known_direct() -> None:
    """No country on the way is a fact; nothing said about it is none."""
    assert read_line(Shipment(transit=Transit(countries=()))).values == {"transit.countries": ()}
    assert read_line(Shipment(transit=Transit(countries=None))).values == {"transit.countries": None}
    assert read_line(Shipment()).values == {}


def test_money_is_given_in_units_and_counted_in_hundredths() -> None:
    """19.99 is 1999 hundredths on the line."""
    assert read_line(Shipment(goods=GoodsLine(value=Decimal("19.99")))).values == {"goods.value": 1999}


@pytest.mark.parametrize(
    ("record", "said"),
    [
        ({"destination": {"country": "Narnia"}}, "destination.country\n.*'Narnia' is no country"),
        ({"shipment": {"date": "03/04/2024"}}, "shipment.date\n.*could be two days"),
        ({"goods": {"quantity": -1}}, "goods.quantity\n.*is negative"),
        ({"goods": {"hs": "1"}}, "goods.hs\n.*not permitted"),
        ({"goods": {"hs6": "854231"}}, "goods.hs6\n.*not permitted"),
        ({"consigne": {}}, "consigne\n.*not permitted"),
        ({"carrier": {"website": "synthetic.example"}}, "carrier.website\n.*not permitted"),
        ({"consignee": None}, "consignee\n"),
    ],
)
def test_a_wrong_value_is_refused_with_its_place(record: dict[str, object], said: str) -> None:
    """A record is validated where it is made: the error names field and remedy."""
    with pytest.raises(ValidationError, match=said):
        Shipment.model_validate(record)


def test_records_survive_json() -> None:
    """A record written as JSON reads back as the same line."""
    line = Shipment(
        consignee=Party(name="Synthetic Appliances", incorporation_date="2023-01-01", owners="Alpha 51%"),
        goods=GoodsLine(value="12.34"),
    )
    again = Shipment.model_validate(json.loads(line.model_dump_json(exclude_unset=True)))
    assert again == line
    assert again.flat() == line.flat()
