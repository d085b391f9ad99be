"""Which field a column holds."""

from __future__ import annotations

import pytest

from sanctionscreen.errors import InputError
from sanctionscreen.fields import FIELDS, GIVEN, ROLE_WORDS, ROLES
from sanctionscreen.ingest.headers import field_of, known_columns, map_headers, nearest


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("consignee.name", "consignee.name"),
        ("Consignee", "consignee.name"),
        ("CONSIGNEE_NAME", "consignee.name"),
        ("consignee_country", "consignee.country"),
        ("Name of Consignee", "consignee.name"),
        ("Country of the End-User", "end_user.country"),
        ("Ship To", "consignee.name"),
        ("Buyer's name", "buyer.name"),
        ("USPPI", "consignor.name"),
        ("SHIPER", "consignor.name"),
        ("Notify Party Address", "notify_party.address"),
        ("Freight forwarder", "forwarder.name"),
        ("IMPORTER_NAME_EN", "consignee.name"),
        ("IMPORTER_CODE", "consignee.identifier"),
        ("SUPPLIER_NAME", "seller.name"),
        ("EXPORTER_NAME", "consignor.name"),
        ("HS_CODE", "goods.hs_code"),
        ("Schedule B", "goods.hs_code"),
        ("PRODUCT_DESCRIPTION", "goods.description"),
        ("goods_described", "goods.description"),
        ("TOTALVALUE", "goods.value"),
        ("SUMOFVALUE_IN_USD", "goods.value_usd"),
        ("N_WEIGHT", "goods.net_weight"),
        ("Net Weight (KG)", "goods.net_weight"),
        ("ORIGIN_COUNTRY_NAME", "goods.origin_country"),
        ("FROM_COUNTRY_NAME", "export.country"),
        ("TO_COUNTRY_NAME_EN", "destination.country"),
        ("country", "destination.country"),
        ("DESTINATION_PORT", "route.port_of_discharge"),
        ("LOADING_PORT", "route.port_of_loading"),
        ("bill_of_lading_number", "shipment.id"),
        ("B/L No.", "shipment.id"),
        ("DECLARATION_NUMBER", "shipment.id"),
        ("actual_arrival_date", "shipment.date"),
        ("IMP_DATE", "shipment.date"),
        ("shipment_value_usd", "goods.value_usd"),
        ("Bank SWIFT", "bank.bic"),
        ("Vessel", "vessel.name"),
        ("IMO number", "vessel.imo"),
        ("Получатель", "consignee.name"),
        ("Наименование грузополучателя", "consignee.name"),
        ("Страна получателя", "consignee.country"),
        ("ИНН импортёра", "consignee.identifier"),
        ("Код ТН ВЭД", "goods.hs_code"),
        ("Вес нетто, кг", "goods.net_weight"),
        ("收货人", "consignee.name"),
        ("收货人地址", "consignee.address"),
        ("最终用户名称", "end_user.name"),
        ("HS编码", "goods.hs_code"),
        ("Alıcı Adı", "consignee.name"),
        ("ALICI ÜLKESİ", "consignee.country"),
        ("GTİP No", "goods.hs_code"),
        ("Dirección del consignatario", "consignee.address"),
        ("País de origen", "goods.origin_country"),
    ],
)
def test_real_headers_name_their_field(header: str, field: str) -> None:
    """Headers of customs extracts, forms and schemas in five languages are known by words, not by guessing."""
    match = field_of(header)
    assert match is not None
    assert match.field == field


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Name",
        "Notes",
        "RECORDS_TAG",
        "CUSTOMS_OFFICE_NAME",
        "HS_CODE_DESCRIPTION",  # the words of the tariff say nothing about these goods
        "HS_CODE_2",
        "GROSS_WEIGHT_KG",
        "TRADING_COUNTRY_NAME",
        "Consigne",
        "goods.hs6",
        "party_hits",
        "x" * 500,
    ],
)
def test_other_headers_name_none(header: str) -> None:
    """A header outside the registry, or of a derived field, is not read as a field."""
    assert field_of(header) is None


def test_every_word_of_the_registry_names_its_own_field() -> None:
    """No header word of one field is taken by another."""
    wrong = []
    for name in GIVEN:
        role, _, attribute = name.partition(".")
        is_party = role in ROLES and attribute != "bic"
        words = (
            [f"{who} {word}" for who in ROLE_WORDS[role] for word in FIELDS[name].aliases]
            if is_party
            else FIELDS[name].aliases
        )
        for word in (name, *words):
            match = field_of(word)
            if match is None or match.field != name:
                wrong.append((word, name, match))
    assert wrong == []


def test_of_two_columns_for_one_field_the_better_name_wins() -> None:
    """The original goes before its translation, the exact name before all; what becomes of the others is said."""
    found = map_headers(["IMPORTER_NAME_EN", "IMPORTER_NAME", "Importer"])
    assert found.mapping == {"Importer": "consignee.name"}
    assert found.unmapped == ()
    assert found.notes == (
        "column 'IMPORTER_NAME' gives consignee.name too, as 'Importer' does: both are screened",
        "column 'IMPORTER_NAME_EN' gives consignee.name too, as 'Importer' does: both are screened",
    )
    assert map_headers(["Consignee", "consignee.name"]).mapping == {"consignee.name": "consignee.name"}
    assert map_headers(["Consignee", "consignee"]).positions == {"consignee.name": 0}


def test_no_name_of_a_second_column_is_lost_and_other_cells_fill_what_is_empty() -> None:
    """Shipper and exporter are both screened; a country stands in where the first column leaves it open."""
    found = map_headers(["Shipper", "Exporter", "Destination country", "Country"])
    columns = [
        ["Foo Ltd", "NULL", "Bar"],
        ["Techkrim JSC", "Techkrim JSC", "Bar"],
        ["", "KZ", "N/A"],
        ["RU", "RU", "RU"],
    ]
    assert found.by_field(columns) == {
        "consignor.name": ["Foo Ltd | Techkrim JSC", "Techkrim JSC", "Bar"],
        "destination.country": ["RU", "KZ", "RU"],
    }


def test_columns_that_are_not_read_are_named() -> None:
    """A column outside the registry is kept in the output, and said."""
    assert map_headers(["Consignee", "Beneficiary"]).notes == ("columns that are kept but not read: 'Beneficiary'",)


def test_the_columns_of_a_plain_customs_extract_are_all_known() -> None:
    """Date, shipper, consignee, HS code, description, country and value map without a word from the user."""
    headers = ["Date", "Shipper", "Consignee", "HS Code", "Description", "Country", "Value"]
    assert map_headers(headers).unmapped == ()
    assert known_columns(headers) == 7


def test_a_table_without_party_goods_or_vessel_is_refused() -> None:
    """There is nothing to screen: the error shows the headers and what they come near."""
    with pytest.raises(InputError, match="no column holds a party") as caught:
        map_headers(["Consigne name", "Hs kode", "Date", "Country"])
    assert "'Consigne name' is near consignee.name" in str(caught.value)
    assert "'Hs kode' is near goods.hs_code" in str(caught.value)


def test_a_single_useful_column_is_enough() -> None:
    """A list of consignees can be screened."""
    assert map_headers(["Consignee", "Colour"]).mapping == {"Consignee": "consignee.name"}
    assert map_headers(["IMO"]).mapping == {"IMO": "vessel.imo"}


def test_a_near_header_is_only_a_hint() -> None:
    """What resembles a field is named to the user, and not mapped."""
    assert nearest("consignee nmae") == "consignee.name"
    assert nearest("qwertz") is None
    assert map_headers(["Consignee", "goods descripton"]).unmapped == ("goods descripton",)
