"""Invoices in XML: one row a line, every party that the invoice names, the tariff code and no other code."""

from __future__ import annotations

import gzip
from typing import Any

import pytest

from sanctionscreen.errors import InputError
from sheet_files import read

UBL_NAMES = (
    'xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" '
    'xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"'
)


def party(name: str, legal: str, country: str, number: str) -> str:
    return (
        f"<cac:Party><cac:PartyName><cbc:Name>{name}</cbc:Name></cac:PartyName>"
        f"<cac:PostalAddress><cbc:StreetName>Harbour Road 1</cbc:StreetName><cbc:CityName>Mersin</cbc:CityName>"
        f"<cbc:PostalZone>33000</cbc:PostalZone><cac:Country><cbc:IdentificationCode>{country}</cbc:IdentificationCode></cac:Country></cac:PostalAddress>"
        f"<cac:PartyTaxScheme><cbc:CompanyID>{number}</cbc:CompanyID></cac:PartyTaxScheme>"
        f"<cac:PartyLegalEntity><cbc:RegistrationName>{legal}</cbc:RegistrationName></cac:PartyLegalEntity>"
        "<cac:Contact><cbc:ElectronicMail>office@synthetic.example</cbc:ElectronicMail></cac:Contact></cac:Party>"
    )


def ubl_line(number: int, codes: str, kind: str = "Invoice", delivery: str = "") -> str:
    quantity = {"Invoice": "InvoicedQuantity", "CreditNote": "CreditedQuantity"}[kind]
    return (
        f"<cac:{kind}Line><cbc:ID>{number}</cbc:ID><cbc:{quantity} unitCode='H87'>7</cbc:{quantity}>"
        f"<cbc:LineExtensionAmount currencyID='EUR'>2800.50</cbc:LineExtensionAmount>{delivery}"
        f"<cac:Item><cbc:Description>with compressor</cbc:Description><cbc:Name>refrigerators</cbc:Name>"
        "<cac:OriginCountry><cbc:IdentificationCode>DE</cbc:IdentificationCode></cac:OriginCountry>"
        f"<cac:CommodityClassification>{codes}</cac:CommodityClassification></cac:Item>"
        "<cac:Price><cbc:PriceAmount currencyID='EUR'>400.07</cbc:PriceAmount></cac:Price>"
        f"</cac:{kind}Line>"
    )


HS = '<cbc:ItemClassificationCode listID="HS">0301.11</cbc:ItemClassificationCode>'
UNSPSC = '<cbc:ItemClassificationCode listID="TST">43211503</cbc:ItemClassificationCode>'


def ubl(*lines: str, kind: str = "Invoice", number: str = "INV-1") -> str:
    return (
        f'<{kind} xmlns="urn:oasis:names:specification:ubl:schema:xsd:{kind}-2" {UBL_NAMES}>'
        f"<cbc:ID>{number}</cbc:ID><cbc:IssueDate>2024-04-23</cbc:IssueDate><cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>"
        f"<cac:AccountingSupplierParty>{party('Seller Trading', 'Seller Legal GmbH', 'DE', 'DE123')}</cac:AccountingSupplierParty>"
        f"<cac:AccountingCustomerParty>{party('Buyer', 'Buyer', 'TR', '7730789101')}</cac:AccountingCustomerParty>"
        "<cac:PayeeParty><cac:PartyName><cbc:Name>Factoring House</cbc:Name></cac:PartyName></cac:PayeeParty>"
        "<cac:Delivery><cbc:ActualDeliveryDate>2024-05-01</cbc:ActualDeliveryDate><cac:DeliveryLocation><cac:Address>"
        "<cbc:StreetName>Dock 5</cbc:StreetName><cbc:CityName>Almaty</cbc:CityName><cac:Country><cbc:IdentificationCode>KZ</cbc:IdentificationCode></cac:Country>"
        "</cac:Address></cac:DeliveryLocation><cac:DeliveryParty><cac:PartyName><cbc:Name>Receiver LLP</cbc:Name></cac:PartyName></cac:DeliveryParty></cac:Delivery>"
        "<cac:PaymentMeans><cac:PayeeFinancialAccount><cbc:ID>DE00</cbc:ID><cac:FinancialInstitutionBranch><cbc:ID>SYNTDEFF</cbc:ID></cac:FinancialInstitutionBranch></cac:PayeeFinancialAccount></cac:PaymentMeans>"
        "<cac:PaymentTerms><cbc:Note>in advance</cbc:Note></cac:PaymentTerms>"
        f"{''.join(lines)}</{kind}>"
    )


def records(data: Any) -> list[dict[str, str]]:
    rows, rejects, table = read(data)
    assert rejects == {}
    return [dict(zip(table.headers, row, strict=True)) for row in rows]


@pytest.mark.parametrize("kind", ["Invoice", "CreditNote"])
def test_each_line_of_an_invoice_is_a_row_with_its_parties_and_goods(kind: str) -> None:
    """Trading and legal name, both; addresses, countries, numbers; delivery, bank, terms; goods, amounts, origin."""
    first, second = records(
        '<?xml version="1.0"?>\n' + ubl(ubl_line(1, HS, kind), ubl_line(2, UNSPSC, kind), kind=kind)
    )
    assert first == {
        "shipment.id": "INV-1",
        "shipment.date": "2024-04-23",
        "shipment.line": "1",
        "invoice.type": kind,
        "seller.name": "Seller Legal GmbH | Seller Trading",
        "seller.address": "Harbour Road 1, 33000, Mersin",
        "seller.country": "DE",
        "seller.identifier": "DE123",
        "seller.email": "office@synthetic.example",
        "buyer.name": "Buyer",
        "buyer.address": "Harbour Road 1, 33000, Mersin",
        "buyer.country": "TR",
        "buyer.identifier": "7730789101",
        "buyer.email": "office@synthetic.example",
        "consignee.name": "Receiver LLP",
        "consignee.address": "Dock 5, Almaty",
        "payee.name": "Factoring House",
        "destination.country": "KZ",
        "delivery.date": "2024-05-01",
        "bank.bic": "SYNTDEFF",
        "payee.account": "DE00",
        "payment.currency": "EUR",
        "payment.terms": "in advance",
        "goods.description": "refrigerators; with compressor",
        "goods.hs_code": "0301.11",
        "goods.origin_country": "DE",
        "goods.quantity": "7",
        "goods.unit": "H87",
        "goods.value": "2800.50",
        "goods.currency": "EUR",
        "goods.unit_price": "400.07",
        "item.codes": "",
    }
    assert (second["shipment.line"], second["goods.hs_code"], second["item.codes"]) == ("2", "", "TST:43211503")


def test_a_tariff_code_is_told_from_other_codes() -> None:
    """Of several codes that of the Harmonised System is taken; one of no named list is taken where there is no other."""
    bare = "<cbc:ItemClassificationCode>854231</cbc:ItemClassificationCode>"
    codes = [
        record["goods.hs_code"]
        for record in records(ubl(ubl_line(1, UNSPSC + HS), ubl_line(2, bare), ubl_line(3, bare + HS)))
    ]
    assert codes == ["0301.11", "854231", "0301.11"]


def test_what_a_line_says_of_its_delivery_goes_before_the_invoice() -> None:
    """A line that goes elsewhere has its own consignee."""
    delivery = "<cac:Delivery><cac:DeliveryParty><cac:PartyName><cbc:Name>Other Receiver</cbc:Name></cac:PartyName></cac:DeliveryParty></cac:Delivery>"
    assert [
        record["consignee.name"] for record in records(ubl(ubl_line(1, HS), ubl_line(2, HS, delivery=delivery)))
    ] == ["Receiver LLP", "Other Receiver"]


def test_a_field_that_no_invoice_has_is_no_column() -> None:
    """What no invoice of the file says was not collected, which is not the same as empty."""
    _, _, table = read(ubl(ubl_line(1, HS)))
    assert "end_user.name" not in table.headers
    assert "goods.net_weight" not in table.headers
    assert not any(note for note in table.notes if "seller" in note)


def test_an_invoice_without_lines_is_a_row() -> None:
    """Its parties are screened all the same."""
    assert [record["buyer.name"] for record in records(ubl())] == ["Buyer"]


def test_invoices_in_an_envelope_and_packed_are_read() -> None:
    """A business envelope, many invoices in one file, gzip, UTF-16."""
    many = f"<Envelope xmlns='urn:x'><Header><Sender>S</Sender></Header>{ubl(ubl_line(1, HS))}{ubl(ubl_line(1, HS), ubl_line(2, HS), number='INV-2')}</Envelope>"
    for data in (
        many.encode(),
        gzip.compress(many.encode()),
        ('<?xml version="1.0" encoding="UTF-16"?>' + many).encode("utf-16"),
    ):
        assert [record["shipment.id"] for record in records(data)] == ["INV-1", "INV-2", "INV-2"]


CII = """<?xml version="1.0" encoding="UTF-8"?>
<rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
 xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
 xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100">
 <rsm:ExchangedDocument><ram:ID>INV-7</ram:ID><ram:TypeCode>380</ram:TypeCode>
  <ram:IssueDateTime><udt:DateTimeString format="102">20240423</udt:DateTimeString></ram:IssueDateTime></rsm:ExchangedDocument>
 <rsm:SupplyChainTradeTransaction>
  <ram:IncludedSupplyChainTradeLineItem>
   <ram:AssociatedDocumentLineDocument><ram:LineID>1</ram:LineID></ram:AssociatedDocumentLineDocument>
   <ram:SpecifiedTradeProduct><ram:Name>refrigerators</ram:Name>
    <ram:DesignatedProductClassification><ram:ClassCode listID="HS">841821</ram:ClassCode></ram:DesignatedProductClassification>
    <ram:OriginTradeCountry><ram:ID>CN</ram:ID></ram:OriginTradeCountry></ram:SpecifiedTradeProduct>
   <ram:SpecifiedLineTradeAgreement><ram:NetPriceProductTradePrice><ram:ChargeAmount>4000</ram:ChargeAmount>
    <ram:BasisQuantity unitCode="H87">100</ram:BasisQuantity></ram:NetPriceProductTradePrice></ram:SpecifiedLineTradeAgreement>
   <ram:SpecifiedLineTradeDelivery><ram:BilledQuantity unitCode="H87">5</ram:BilledQuantity></ram:SpecifiedLineTradeDelivery>
   <ram:SpecifiedLineTradeSettlement><ram:SpecifiedTradeSettlementLineMonetarySummation><ram:LineTotalAmount>200</ram:LineTotalAmount></ram:SpecifiedTradeSettlementLineMonetarySummation></ram:SpecifiedLineTradeSettlement>
  </ram:IncludedSupplyChainTradeLineItem>
  <ram:ApplicableHeaderTradeAgreement>
   <ram:SellerTradeParty><ram:Name>Seller</ram:Name><ram:SpecifiedLegalOrganization><ram:TradingBusinessName>Seller Shop</ram:TradingBusinessName></ram:SpecifiedLegalOrganization>
    <ram:PostalTradeAddress><ram:PostcodeCode>10115</ram:PostcodeCode><ram:LineOne>Street 1</ram:LineOne><ram:CityName>Berlin</ram:CityName><ram:CountryID>DE</ram:CountryID></ram:PostalTradeAddress>
    <ram:SpecifiedTaxRegistration><ram:ID schemeID="VA">DE1</ram:ID></ram:SpecifiedTaxRegistration></ram:SellerTradeParty>
   <ram:BuyerTradeParty><ram:Name>Buyer</ram:Name></ram:BuyerTradeParty>
   <ram:ProductEndUserTradeParty><ram:Name>Final User</ram:Name></ram:ProductEndUserTradeParty>
  </ram:ApplicableHeaderTradeAgreement>
  <ram:ApplicableHeaderTradeDelivery><ram:ShipToTradeParty><ram:Name>Receiver</ram:Name>
   <ram:PostalTradeAddress><ram:CityName>Bishkek</ram:CityName><ram:CountryID>KG</ram:CountryID></ram:PostalTradeAddress></ram:ShipToTradeParty></ram:ApplicableHeaderTradeDelivery>
  <ram:ApplicableHeaderTradeSettlement><ram:InvoiceCurrencyCode>USD</ram:InvoiceCurrencyCode></ram:ApplicableHeaderTradeSettlement>
 </rsm:SupplyChainTradeTransaction>
</rsm:CrossIndustryInvoice>"""


def test_a_cross_industry_invoice_is_read() -> None:
    """The other form of EN 16931, whose parties stand behind the lines; a price for a hundred is no price for one."""
    (record,) = records(CII)
    assert record == {
        "shipment.id": "INV-7",
        "shipment.date": "20240423",
        "shipment.line": "1",
        "invoice.type": "380",
        "seller.name": "Seller | Seller Shop",
        "seller.address": "Street 1, 10115, Berlin",
        "seller.country": "DE",
        "seller.identifier": "DE1",
        "buyer.name": "Buyer",
        "consignee.name": "Receiver",
        "consignee.address": "Bishkek",
        "consignee.country": "KG",
        "end_user.name": "Final User",
        "destination.country": "KG",
        "payment.currency": "USD",
        "goods.currency": "USD",
        "goods.description": "refrigerators",
        "goods.hs_code": "841821",
        "goods.origin_country": "CN",
        "goods.quantity": "5",
        "goods.unit": "H87",
        "goods.value": "200",
    }


BOMB = '<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>' + ubl().replace("INV-1", "&b;")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (BOMB, "declares a document type"),
        ('<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>', "declares a document type"),
        (ubl(ubl_line(1, HS))[:-30], "is not XML, or is cut"),
        (ubl("<cac:X>" * 100 + "</cac:X>" * 100), "deeper than 60"),
        ("<a><b/></a>", "XML with the root 'a'; read are invoices"),
        ("<Invoice>&nbsp;</Invoice>", "is not XML"),
        ('<?xml version="1.0" encoding="klingon"?><Invoice/>', "is not XML"),
        ("<a " + " ".join(f"x{n}='1'" for n in range(2000)), "is not XML"),
    ],
)
def test_hostile_and_broken_xml_is_refused(data: str, said: str) -> None:
    """No entity is ever expanded and no file fetched; damage is an error before anything is screened."""
    with pytest.raises(InputError, match=said):
        read(data)


def test_a_record_without_bounds_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """What would have to be held whole has a bound: elements and text alike."""
    monkeypatch.setattr("sanctionscreen.ingest.xml_elements._MAX_KEPT", 5000)
    assert len(records(ubl(*(ubl_line(n, HS) for n in range(1000))))) == 1000  # lines are let go of, one by one
    with pytest.raises(InputError, match="record of more than 5,000 elements"):
        read(ubl("<cbc:X/>" * 6000))
    monkeypatch.setattr("sanctionscreen.ingest.xml_elements._MAX_TEXT", 1 << 20)
    with pytest.raises(InputError, match="text of more than 1 MB"):
        read(ubl(f"<cbc:X>{'x' * (2 << 20)}</cbc:X>"))
