"""The registry of fields and the page made from it."""

from __future__ import annotations

from pathlib import Path

from sanctionscreen.fields import FIELDS, GIVEN, ROLES, TRADE_ROLES, FieldType, header_key
from sanctionscreen.report.field_reference import field_reference

PAGE = Path(__file__).parents[1] / "docs" / "fields.md"


def test_the_page_is_generated_from_the_registry() -> None:
    """`docs/fields.md` is what the registry gives; write `field_reference()` to it after a change."""
    assert PAGE.read_text("utf-8") == field_reference()


def test_every_field_says_what_it_means() -> None:
    """A field without a meaning cannot be mapped or judged."""
    assert [name for name, entry in FIELDS.items() if not entry.meaning or entry.name != name] == []


def test_every_role_has_its_party_fields() -> None:
    """Name, address, country, identifier and owners belong to each role; contacts to the trade roles only."""
    for role in ROLES:
        attributes = {name.partition(".")[2] for name in GIVEN if name.startswith(f"{role}.")}
        wanted = {"name", "address", "country", "identifier", "owners"}
        wanted |= {"incorporation_date", "website", "email", "phone"} if role in TRADE_ROLES else set()
        wanted |= {"bic"} if role == "bank" else set()
        assert attributes == wanted


def test_list_fields_know_their_parts() -> None:
    """A list of items names the parts of an item, and nothing else does."""
    for entry in FIELDS.values():
        assert bool(entry.item) == (entry.type is FieldType.ITEMS)


def test_a_header_key_forgets_how_a_header_is_written() -> None:
    """Case, accents, punctuation and underscores are gone; the words stay."""
    assert header_key("  Consignee_Name: ") == "consignee name"
    assert header_key("ALICI ADI") == header_key("alıcı adı") == "alici adi"
    assert header_key("Получатель") == header_key("ПОЛУЧАТЕЛЬ")
    assert header_key("HS编码") == "hs编码"
