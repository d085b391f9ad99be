"""Which field a column holds."""

from __future__ import annotations

import pytest

from sanctionscreen.errors import InputError
from sanctionscreen.fields import FIELDS, GIVEN, ROLE_WORDS, ROLES
from sanctionscreen.ingest.headers import field_of, known_columns, map_headers, near_fields, nearest


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
        # English forms and extracts
        ("Importer of record", "consignee.name"),
        ("Consignee name and address", "consignee.name"),
        ("CONSIGNEE_ADDRESS_1", "consignee.address"),
        ("Seller VAT no.", "seller.identifier"),
        ("Buyer's country code", "buyer.country"),
        ("Shipper Tel.", "consignor.phone"),
        ("CUSTOMS_DECLARANT_NAME", "intermediate_consignee.name"),
        ("VALUE_IN_FOREIGN_CURRENCY", "goods.value"),
        ("CUSTOMS_VALUE_USD", "goods.value_usd"),
        ("US$ FOB", "goods.value_usd"),
        ("HS code (6 digits)", "goods.hs_code"),
        ("Date (dd/mm/yyyy)", "shipment.date"),
        ("Consignee (required)", "consignee.name"),
        ("8. Consignee", "consignee.name"),
        ("Box 8: Consignee", "consignee.name"),
        ("ItemClassificationCode", "goods.hs_code"),
        ("Issue Date", "shipment.date"),
        # two languages in one header
        ("收货人 Consignee", "consignee.name"),
        ("发货人/Shipper", "consignor.name"),
        ("Consignee\nПолучатель", "consignee.name"),
        ("Importer/Consignee", "consignee.name"),
        ("Получатель (Consignee)", "consignee.name"),
        # Russian and Ukrainian
        ("Графа 8 Получатель", "consignee.name"),
        ("№ декларации", "shipment.id"),
        ("Наименование и адрес отправителя", "consignor.name"),
        ("Адрес декларанта", "intermediate_consignee.address"),
        ("Дата выпуска", "shipment.date"),
        ("Кол-во", "goods.quantity"),
        ("Чистый вес (кг)", "goods.net_weight"),
        ("Конечный потребитель", "end_user.name"),
        ("Одержувач", "consignee.name"),
        ("ЄДРПОУ одержувача", "consignee.identifier"),
        ("Країна відправлення", "export.country"),
        ("Код УКТЗЕД", "goods.hs_code"),
        ("Опис товару", "goods.description"),
        # Chinese
        ("境内发货人", "consignor.name"),
        ("境外收货人名称", "consignee.name"),
        ("消费使用单位", "end_user.name"),
        ("最终目的国（地区）", "destination.country"),
        ("原产国(地区)", "goods.origin_country"),
        ("商品编号", "goods.hs_code"),
        ("商品名称及规格型号", "goods.description"),
        ("净重(千克)", "goods.net_weight"),
        ("收货人统一社会信用代码", "consignee.identifier"),
        ("币制", "goods.currency"),
        # Turkish
        ("Gönderen Firma", "consignor.name"),
        ("Alıcı Ünvanı", "consignee.name"),
        ("İthalatçı Vergi No", "consignee.identifier"),
        ("Eşyanın Tanımı", "goods.description"),
        ("Gideceği Ülke", "destination.country"),
        ("Fatura Tutarı", "goods.value"),
        ("Nihai Kullanıcı", "end_user.name"),
        # Spanish and Portuguese
        ("Razón social del importador", "consignee.name"),
        ("Descripción comercial", "goods.description"),
        ("Subpartida arancelaria", "goods.hs_code"),
        ("País de procedencia", "export.country"),
        ("VALOR FOB (US$)", "goods.value_usd"),
        ("Agente de aduana", "intermediate_consignee.name"),
        ("Importador CNPJ", "consignee.identifier"),
        ("Descrição da mercadoria", "goods.description"),
        ("Peso líquido (kg)", "goods.net_weight"),
        ("País de destino", "destination.country"),
        ("Endereço do exportador", "consignor.address"),
        # French and German
        ("Adresse du destinataire", "consignee.address"),
        ("Désignation des marchandises", "goods.description"),
        ("Pays d'origine", "goods.origin_country"),
        ("Utilisateur final", "end_user.name"),
        ("Ausführer", "consignor.name"),
        ("Empfaenger", "consignee.name"),
        ("Name des Empfängers", "consignee.name"),
        ("Empfängerland", "consignee.country"),
        ("Warennummer", "goods.hs_code"),
        ("Bestimmungsland", "destination.country"),
    ],
)
def test_real_headers_name_their_field(header: str, field: str) -> None:
    """Headers of customs extracts, forms and schemas in nine languages are known by words, not by guessing."""
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
        # look-alikes: another thing beside a known word
        "Consignee type",
        "Consignee phone 2",
        "HS_CODE_SURE_LEVEL",
        "Buyer reference",
        "Bank account",
        "State bank",
        "Beneficiary account",
        "Guarantee reference",
        "Sales representative",
        "Purchase order number",
        "Amount in local currency",
        "Price per kg USD",
        "USD за КГ",
        "ALL VALUE",  # the code of a currency, too
        "CAD$ price",
        "№ п/п",
        "2024 год",
        "G011 (Направление перемещения)",
        "G35 (Вес брутто, кг)",
        "G222 (Общая фактурная стоимость по ГТД)",  # of all lines together
        "Invoice currency rate",
        "Unit price currency",
        "Product code",
        "CUSTOMS_CODE",  # of the office
        "CUSTOMS_INN_CODE",
        "IMPORT_PORT",  # Mundra in one row, Novorossiysk in the next
        "COUNTRY_ISO_CODE_2",  # of the origin here, of the destination there
        "WAREHOUSE_OF_IMPORTER",
        "Country of registration",
        "Country of sale",
        "Date of birth",
        "Payment date",
        "Manufacturer part number",
        "Net weight (lb)",
        "Net weight, t",
        "Вес брутто",
        "毛重(千克)",
        "Peso bruto",
        "Brüt Ağırlık",
        "Poids brut",
        "Rohmasse",
        "税号",  # of goods or of a taxpayer
        "贸易国(地区)",
        "MONTHYEAR",
        "%GTTOTALVALUE",
        "Data",  # the title of some extracts, and a date in Portuguese
        "Adres",
        "Код",
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
        "columns that name the same party and are screened, too:"
        " 'IMPORTER_NAME' with 'Importer', 'IMPORTER_NAME_EN' with 'Importer'",
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
    assert found.notes == (
        "columns that name the same party and are screened, too: 'Exporter' with 'Shipper'",
        "columns that fill what is empty in another: 'Country' for 'Destination country'",
    )
    assert found.by_field(columns) == {
        "consignor.name": ["Foo Ltd | Techkrim JSC", "Techkrim JSC", "Bar"],
        "destination.country": ["RU", "KZ", "RU"],
    }


def test_columns_that_are_not_read_are_named() -> None:
    """A column outside the registry is kept in the output, and said."""
    found = map_headers(["Consignee", "Tax representative"])
    assert found.notes == ("columns that are kept but not read: 'Tax representative'",)


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("PAYEE_NAME", "payee.name"),
        ("Beneficiary", "payee.name"),
        ("Beneficiary country", "payee.country"),
        ("Адрес получателя платежа", "payee.address"),
        ("收款人", "payee.name"),
        ("Beneficiary bank", "bank.name"),
        ("收款行", "bank.name"),
        ("Получатель", "consignee.name"),
        ("адрес получателя", "consignee.address"),
    ],
)
def test_who_is_paid_is_told_from_who_gets_the_goods(header: str, field: str) -> None:
    """Payees and their banks are screened under roles of their own."""
    match = field_of(header)
    assert match is not None
    assert match.field == field


@pytest.mark.parametrize(
    ("header", "field"),
    [
        # the data base of Russian declarations, with and without its boxes
        ("ND (Номер декларации)", "shipment.id"),
        ("G072 (Дата регистрации)", "shipment.date"),
        ("G022 (Наименование отправителя)", "consignor.name"),
        ("G0231 (Код страны отправителя)", "consignor.country"),
        ("022 Наименование/ФИО отправителя", "consignor.name"),
        ("G082", "consignee.name"),
        ("G092 (Наименование контрактодержателя)", "payer.name"),
        ("541_INN ИНН брокера", "intermediate_consignee.identifier"),
        ("Код ТН ВЭД. Знак звёздочки (*) в конце, если указывается менее 10 знаков.", "goods.hs_code"),
        ("G141 (ИНН декларанта)", "intermediate_consignee.identifier"),
        ("G31_1 (Наименование и характеристики товаров)", "goods.description"),
        ("31_11 Наименование фирмы изготовителя", "manufacturer.name"),
        ("G31_12 (Товарный знак, патент)", "manufacturer.name"),
        ("G33 (Код товара по ТН ВЭД)", "goods.hs_code"),
        ("G46 (Статистическая стоимость, USD.)", "goods.value_usd"),
        ("G221 (Букв.код валюты контракта)", "goods.currency"),
        # declarations of other countries
        ("Код товара по ТН ВЭД ТС", "goods.hs_code"),
        ("Регистрационный №", "shipment.id"),
        ("Наименование отправителя/экспортера", "consignor.name"),
        ("БИН/ИИН получателя", "consignee.identifier"),
        ("Наименование товара (гр.31)", "goods.description"),
        ("Статистическая стоимость, долл. США", "goods.value_usd"),
        ("Іноземний відправник товару", "consignor.name"),
        ("№ ВМД", "shipment.id"),
        ("Фактурна вартість, USD", "goods.value_usd"),
        ("境外收发货人", "consignee.name"),
        ("境内收发货人统一社会信用代码", "consignor.identifier"),
        ("采购商所属国家", "buyer.country"),
        ("金额（美元）", "goods.value_usd"),
        ("Tên người nhập khẩu", "consignee.name"),
        ("Địa chỉ người xuất khẩu", "consignor.address"),
        ("Mã HS", "goods.hs_code"),
        ("Mô tả hàng hóa", "goods.description"),
        ("Country of Origin Code", "goods.origin_country"),
        ("Port of Lading Name", "route.port_of_loading"),
        ("Entry Summary Line Number", "shipment.line"),
        ("HTS Number - Full", "goods.hs_code"),
        ("Consignor - Identification number", "consignor.identifier"),
        ("Consignee - Address - Street and number", "consignee.address"),
        ("Consignee - Address - Country", "consignee.country"),
        ("Назва фірми відправника", "consignor.name"),
        ("收发货人", "consignor.name"),
        ("Country of routing", "transit.countries"),
        ("Country of Dispatch/Export", "export.country"),
        # vendors of trade data
        ("Consignee (Original Format)", "consignee.name"),
        ("Shipper State/Region", "consignor.address"),
        ("Consignee Email 1", "consignee.email"),
        ("Consignee D-U-N-S®", "consignee.identifier"),
        ("Consignee Ultimate Parent", "consignee.owners"),
        ("Value of Goods (USD)", "goods.value_usd"),
        ("Std. Quantity", "goods.quantity"),
        ("Buyer (Normalized)", "buyer.name"),
        ("INDIAN IMPORTER NAME", "consignee.name"),
        ("Vietnam Importer Address", "consignee.address"),
        ("RUT PROBABLE IMPORTADOR", "consignee.identifier"),
        ("U$S FOB", "goods.value_usd"),
        ("Kgs. Netos", "goods.net_weight"),
        ("Nº Factura", "shipment.id"),
        ("BE_NO", "shipment.id"),
        ("Actual Consignee", "consignee.name"),
        ("Shipper (raw)", "consignor.name"),
        # systems of firms
        ("Контрагент", "buyer.name"),
        ("ИНН контрагента", "buyer.identifier"),
        ("Name Warenempfänger", "consignee.name"),
        ("Land Warenempfänger", "consignee.country"),
        ("Regulierer", "payer.name"),
        ("Billed Quantity", "goods.quantity"),
        ("Extended Price", "goods.value"),
        ("Country/Region of Origin Code", "goods.origin_country"),
        ("NIF exportador", "consignor.identifier"),
        # manifests
        ("HAWB No.", "shipment.id"),
        ("Nature & Quantity of Goods", "goods.description"),
        ("Also Notify Name", "notify_party.name"),
        # Polish, Italian and Arabic
        ("Odbiorca", "consignee.name"),
        ("Adres odbiorcy", "consignee.address"),
        ("Kraj wysyłki", "export.country"),
        ("Użytkownik końcowy", "end_user.name"),
        ("Ilość", "goods.quantity"),
        ("Paese di destinazione", "destination.country"),
        ("Descrizione merce", "goods.description"),
        # others
        ("Země určení", "destination.country"),
        ("Land van oorsprong", "goods.origin_country"),
        ("Nama Importir", "consignee.name"),
        ("수하인", "consignee.name"),
        ("最終需要者", "end_user.name"),
        ("المرسل إليه", "consignee.name"),
        ("عنوان المستورد", "consignee.address"),
        ("بلد المنشأ", "goods.origin_country"),
    ],
)
def test_headers_of_well_known_exports_name_their_field(header: str, field: str) -> None:
    """Customs data bases, vendors, firms' systems and manifests dress the same words in ways of their own."""
    match = field_of(header)
    assert match is not None
    assert match.field == field


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Ordering Customer (50K)", "payer.name"),
        ("Beneficiary Customer (59)", "payee.name"),
        ("Account With Institution (57A)", "bank.name"),
        ("Sender's Correspondent (53A)", "bank.name"),
        ("Exporter bank", "bank.name"),
        ("Importer's Bank", "bank.name"),
        ("Beneficiary Bank SWIFT", "bank.bic"),
        ("Beneficiary Bank Country", "bank.country"),
        ("LC Issuing Bank", "bank.name"),
        ("Debtor Agent BIC", "bank.bic"),
        ("Ultimate Creditor", "payee.name"),
        ("Creditor Country", "payee.country"),
        ("Guarantor", "payer.name"),
        ("GUARANTEE_NAME", "payer.name"),
        ("GUARANTEE_ADDRESS_EN", "payer.address"),
        ("Лицо, ответственное за финансовое урегулирование", "payer.name"),
    ],
)
def test_those_who_pay_and_their_banks_have_roles(header: str, field: str) -> None:
    """Who orders a payment or answers for it is a payer; the bank of any party is a bank, not that party."""
    match = field_of(header)
    assert match is not None
    assert match.field == field


@pytest.mark.parametrize(
    ("header", "field", "why"),
    [
        ("Consignee/Notify Party", "consignee.name", "names two roles, consignee.name and notify_party.name"),
        ("Buyer/Consignee Country", "buyer.country", "names two roles, buyer.country and consignee.country"),
        ("Shipper/Exporter Address", "consignor.address", ""),
        ("Адрес отправителя/экспортера", "consignor.address", ""),
    ],
)
def test_of_two_roles_in_a_header_the_first_is_read_with_what_is_said_of_them(
    header: str, field: str, why: str
) -> None:
    """An attribute behind two roles is one of the first, too; two words for one role are one role."""
    match = field_of(header)
    assert match is not None
    assert match.field == field
    assert match.why.startswith(why)


def test_the_box_of_the_line_goes_before_that_of_the_declaration() -> None:
    """Box 16 may say that the goods come from several countries; box 34 says where those of the line do."""
    found = map_headers(["G16 (Страна происхождения)", "G34 (Код страны происхождения)", "G33"])
    assert found.mapping["G34 (Код страны происхождения)"] == "goods.origin_country"


def test_a_dollar_of_nobody_is_read_with_little_confidence() -> None:
    """`US$` says whose dollar it is; `$` alone may be another's."""
    sure, some = field_of("Amount (US$)"), field_of("Amount ($)")
    assert sure is not None
    assert some is not None
    assert sure.field == some.field == "goods.value_usd"
    assert sure.confidence > some.confidence


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


@pytest.mark.parametrize(
    ("header", "confidence", "why"),
    [
        ("consignee.name", 1.0, "is the name of the field"),
        ("Consignee", 0.9, ""),
        ("IMPORTER_NAME_EN", 0.9, "the vendor's translation"),
        ("Country", 0.6, "does not say whose country"),
        ("Weight", 0.6, "does not say whether net or gross"),
        ("BRAND", 0.6, "names a brand, which need not be a firm"),
        ("Agent name", 0.6, "may be any agent; the nearest role is taken, so that it is screened"),
        ("Buyer / Consignee", 0.6, "names two roles, buyer.name and consignee.name; it is read as the first"),
        ("Value EUR", 0.9, "an amount in EUR"),
    ],
)
def test_a_header_says_how_sure_it_makes(header: str, confidence: float, why: str) -> None:
    """A word that documents use for other things as well makes less sure, and says what it leaves open."""
    match = field_of(header)
    assert match is not None
    assert (match.confidence, match.why) == (confidence, why)


def test_an_amount_brings_its_currency_only_where_nothing_else_gives_one() -> None:
    """`Value EUR` is the invoice's value in euro; beside a currency column it may be an amount of the customs."""
    alone = map_headers(["Consignee", "Value EUR"])
    assert alone.mapping == {"Consignee": "consignee.name", "Value EUR": "goods.value"}
    assert alone.constants == {"goods.currency": "EUR"}
    assert alone.by_field([["A", "B"], ["1", "2"]])["goods.currency"] == ["EUR", "EUR"]
    assert "goods.currency is EUR in every row" in " ".join(alone.notes)
    for beside in ("Currency", "Invoice value", "Value RUB"):
        found = map_headers(["Consignee", "Value EUR", beside])
        assert "Value EUR" in found.unmapped
        assert found.constants == {}
        assert any("column 'Value EUR' is not read" in note for note in found.notes)


def test_an_address_in_several_columns_is_one_address() -> None:
    """Street, city and postcode join; what is there already is not repeated, and what is empty leaves no comma."""
    found = map_headers(["Consignee", "Consignee address 1", "Consignee address 2", "CONSIGNEE_CITY", "Consignee zip"])
    assert found.mapping == {"Consignee": "consignee.name", "Consignee address 1": "consignee.address"}
    assert found.unmapped == ()
    columns = [
        ["A", "B"],
        ["8 Syntetika street", "5 Syntetika street, Izhevsk"],
        ["", "N/A"],
        ["Izhevsk"] * 2,
        ["426000", ""],
    ]
    assert found.by_field(columns)["consignee.address"] == [
        "8 Syntetika street, Izhevsk, 426000",
        "5 Syntetika street, Izhevsk",
    ]
    assert map_headers(["Consignee", "Consignee city"]).mapping["Consignee city"] == "consignee.address"


def test_rows_that_are_alike_are_merged_once_and_columns_that_are_not_read_may_be_empty() -> None:
    """A table passes only the columns that are read; lists of records come together like text."""
    found = map_headers(["Consignee", "Consignee", "Colour"])
    assert found.by_field([["A", "A"], ["B", "B"], []])["consignee.name"] == ["A | B", "A | B"]
    transit = map_headers(["Consignee", "Transit countries", "Via"])
    assert transit.by_field([["A"], [["KZ"]], [["TR"]]])["transit.countries"] == [["KZ"]]


def test_fields_that_a_header_comes_near_are_ranked() -> None:
    """A slip of the pen comes before a role's word among others; nothing is near to nothing."""
    assert near_fields("Consigne name")[0][0] == "consignee.name"
    assert near_fields("foreign buyer group") == [("buyer.name", 0.6)]
    assert near_fields("") == near_fields("x" * 5000) == []
