"""Where invoices in XML say what: the paths of UBL 2.1 and of the Cross Industry Invoice, the two forms of EN 16931."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from types import MappingProxyType
from typing import NamedTuple
from xml.etree.ElementTree import Element

Cells = dict[str, str]

_HS_LISTS = frozenset({"HS", "HSN", "CV", "PTC", "TARIC", "CN"})
"""What `listID` calls codes that begin with those of the Harmonised System.

HS (Harmonised System) and CV (customs article number) are of UNTDID 7143, the code list of EN 16931; HSN is written in
India, PTC (product tariff code) in Malaysia, TARIC and CN in the European Union. A code of another list, such as the
eight digits of UNSPSC, looks like a tariff code and is none.
"""


class Paths(NamedTuple):
    """How one syntax names what a party has."""

    names: tuple[str, ...]
    identifiers: tuple[str, ...]
    address: str
    lines: tuple[str, ...]
    """Parts of the address, in the order in which they are written."""
    country: tuple[str, ...]
    email: str
    phone: str


_UBL_PARTY = Paths(
    ("PartyLegalEntity/RegistrationName", "PartyName/Name"),
    ("PartyLegalEntity/CompanyID", "PartyTaxScheme/CompanyID", "PartyIdentification/ID"),
    "PostalAddress",
    (
        "Postbox",
        "StreetName",
        "BuildingNumber",
        "AdditionalStreetName",
        "BuildingName",
        "AddressLine/Line",
        "PostalZone",
        "CityName",
        "CountrySubentity",
    ),
    ("Country/IdentificationCode", "Country/Name"),
    "Contact/ElectronicMail",
    "Contact/Telephone",
)
_CII_PARTY = Paths(
    ("Name", "SpecifiedLegalOrganization/TradingBusinessName"),
    ("SpecifiedLegalOrganization/ID", "SpecifiedTaxRegistration/ID", "GlobalID", "ID"),
    "PostalTradeAddress",
    ("LineOne", "LineTwo", "LineThree", "PostcodeCode", "CityName", "CountrySubDivisionName"),
    ("CountryID",),
    "DefinedTradeContact/EmailURIUniversalCommunication/URIID",
    "DefinedTradeContact/TelephoneUniversalCommunication/CompleteNumber",
)
_CONTACTED = frozenset({"seller", "buyer"})
_UBL_PARTIES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "seller": ("AccountingSupplierParty/Party", "SellerSupplierParty/Party"),
        "buyer": ("AccountingCustomerParty/Party", "BuyerCustomerParty/Party"),
        "payee": ("PayeeParty",),
        "tax_representative": ("TaxRepresentativeParty",),
    }
)
_UBL_DELIVERY: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "consignee": ("DeliveryParty", "Shipment/Consignment/ConsigneeParty"),
        "consignor": ("Despatch/DespatchParty", "Shipment/Consignment/ConsignorParty"),
        "end_user": ("Shipment/Consignment/FinalDeliveryParty",),
        "notify_party": ("NotifyParty", "Shipment/Consignment/NotifyParty"),
        "carrier": ("CarrierParty", "Shipment/Consignment/CarrierParty"),
        "forwarder": ("Shipment/Consignment/FreightForwarderParty",),
    }
)
_CII_PARTIES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "seller": ("ApplicableHeaderTradeAgreement/SellerTradeParty",),
        "buyer": ("ApplicableHeaderTradeAgreement/BuyerTradeParty",),
        "end_user": ("ApplicableHeaderTradeAgreement/ProductEndUserTradeParty",),
        "payee": ("ApplicableHeaderTradeSettlement/PayeeTradeParty",),
        "payer": (
            "ApplicableHeaderTradeSettlement/PayerTradeParty",
            "ApplicableHeaderTradeSettlement/InvoiceeTradeParty",
        ),
        "tax_representative": ("ApplicableHeaderTradeAgreement/SellerTaxRepresentativeTradeParty",),
    }
)
_CII_DELIVERY: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "consignee": ("ShipToTradeParty", "UltimateShipToTradeParty"),
        "consignor": ("ShipFromTradeParty",),
    }
)


class Syntax(NamedTuple):
    """How one syntax is read: its documents, its lines, and what each of the two says."""

    title: str
    documents: frozenset[str]
    lines: frozenset[str]
    document_cells: Callable[[Element], Cells]
    line_cells: Callable[[Element], Cells]


def _texts(element: Element, paths: tuple[str, ...]) -> list[str]:
    """What stands at some paths, each text once, without white space around it."""
    found = (part.text.strip() for path in paths for part in element.iterfind(path) if part.text)
    return list(dict.fromkeys(text for text in found if text))


def _first(element: Element, *paths: str) -> str:
    return next(iter(_texts(element, paths)), "")


def _party_cells(role: str, parties: list[Element], paths: Paths) -> Iterator[tuple[str, str]]:
    """Of several parties of one role all names are given; the rest is of the first that says it."""
    yield f"{role}.name", " | ".join(dict.fromkeys(chain.from_iterable(_texts(one, paths.names) for one in parties)))
    addresses = [address for one in parties for address in one.iterfind(paths.address)]
    yield f"{role}.address", next(filter(None, (_address(address, paths) for address in addresses)), "")
    yield f"{role}.country", next(filter(None, (_first(address, *paths.country) for address in addresses)), "")
    yield f"{role}.identifier", next(filter(None, ("; ".join(_texts(one, paths.identifiers)) for one in parties)), "")
    if role in _CONTACTED:
        yield f"{role}.email", next(filter(None, (_first(one, paths.email) for one in parties)), "")
        yield f"{role}.phone", next(filter(None, (_first(one, paths.phone) for one in parties)), "")


def _address(element: Element, paths: Paths) -> str:
    return ", ".join(_texts(element, paths.lines))


def _parties(element: Element, roles: Mapping[str, tuple[str, ...]], paths: Paths) -> Iterator[tuple[str, str]]:
    for role, places in roles.items():
        found = [party for place in places for party in element.iterfind(place)]
        if found:
            yield from _party_cells(role, found, paths)


def _codes(codes: list[Element]) -> Iterator[tuple[str, str]]:
    """Tariff codes, and others with the name of their list in front; a code of no named list may be either."""
    written = [(code.get("listID", "").strip().upper(), (code.text or "").strip()) for code in codes]
    tariff = [code for kind, code in written if kind in _HS_LISTS]
    tariff = tariff or [code for kind, code in written if not kind]
    yield "goods.hs_code", next(iter(tariff), "")
    others = [f"{kind}:{code}" if kind else code for kind, code in written if code and code not in tariff[:1]]
    yield "item.codes", "; ".join(others)


def _filled(cells: Iterator[tuple[str, str]]) -> Cells:
    return {name: text for name, text in cells if text}


def _ubl_document(invoice: Element) -> Cells:
    def cells() -> Iterator[tuple[str, str]]:
        yield "shipment.id", _first(invoice, "ID")
        yield "shipment.date", _first(invoice, "IssueDate")
        yield "invoice.type", _first(invoice, "InvoiceTypeCode", "CreditNoteTypeCode") or invoice.tag
        yield from _parties(invoice, _UBL_PARTIES, _UBL_PARTY)
        for delivery in invoice.iterfind("Delivery"):
            yield from _ubl_delivery(delivery)
        branch = "PaymentMeans/PayeeFinancialAccount/FinancialInstitutionBranch"
        yield "bank.name", " | ".join(_texts(invoice, (f"{branch}/FinancialInstitution/Name", f"{branch}/Name")))
        yield "bank.bic", _first(invoice, f"{branch}/FinancialInstitution/ID", f"{branch}/ID")
        yield "payee.account", "; ".join(_texts(invoice, ("PaymentMeans/PayeeFinancialAccount/ID",)))
        yield "payee.account_name", " | ".join(_texts(invoice, ("PaymentMeans/PayeeFinancialAccount/Name",)))
        yield "payment.currency", _first(invoice, "PaymentCurrencyCode", "DocumentCurrencyCode")
        yield "payment.terms", " ".join(_texts(invoice, ("PaymentTerms/Note",)))
        yield "incoterms", _first(invoice, "DeliveryTerms/ID")
        yield "invoice.note", " ".join(_texts(invoice, ("Note",)))

    return _filled(cells())


def _ubl_delivery(delivery: Element) -> Iterator[tuple[str, str]]:
    yield from _parties(delivery, _UBL_DELIVERY, _UBL_PARTY)
    places = [*delivery.iterfind("DeliveryLocation/Address"), *delivery.iterfind("DeliveryAddress")]
    for place in places[:1]:
        country = _first(place, *_UBL_PARTY.country)
        yield "consignee.address", _address(place, _UBL_PARTY)
        yield "destination.country", country
    yield "route.port_of_discharge", _first(delivery, "DeliveryLocation/Name")
    yield "export.country", _first(delivery, "Shipment/ExportAddress/Country/IdentificationCode")
    transport = "Shipment/ShipmentStage/TransportMeans/MaritimeTransport"
    yield "vessel.name", _first(delivery, f"{transport}/VesselName")
    yield "vessel.imo", _first(delivery, f"{transport}/VesselID")
    yield "delivery.date", _first(delivery, "ActualDeliveryDate")


def _ubl_line(line: Element) -> Cells:
    def cells() -> Iterator[tuple[str, str]]:
        yield "shipment.line", _first(line, "ID")
        yield "goods.description", "; ".join(_texts(line, ("Item/Name", "Item/Description")))
        yield from _codes([*line.iterfind("Item/CommodityClassification/ItemClassificationCode")])
        yield "goods.origin_country", _first(line, "Item/OriginCountry/IdentificationCode", "Item/OriginCountry/Name")
        quantities = ("InvoicedQuantity", "CreditedQuantity", "DebitedQuantity")
        yield from _measured(line, quantities, "LineExtensionAmount", "Price/PriceAmount", "Price/BaseQuantity")
        manufacturers = [*line.iterfind("Item/ManufacturerParty")]
        if manufacturers:
            yield from _party_cells("manufacturer", manufacturers, _UBL_PARTY)
        for delivery in line.iterfind("Delivery"):
            yield from _ubl_delivery(delivery)
        properties = line.iterfind("Item/AdditionalItemProperty")
        yield "item.properties", "; ".join(" ".join(_texts(one, ("Name", "Value"))) for one in properties)
        yield "line.note", " ".join(_texts(line, ("Note",)))

    return _filled(cells())


def _measured(
    line: Element, quantities: tuple[str, ...], amount: str, price: str, base: str
) -> Iterator[tuple[str, str]]:
    quantity = next((found for path in quantities for found in line.iterfind(path)), None)
    if quantity is not None:
        yield "goods.quantity", (quantity.text or "").strip()
        yield "goods.unit", quantity.get("unitCode", "")
    value = line.find(amount)
    if value is not None:
        yield "goods.value", (value.text or "").strip()
        yield "goods.currency", value.get("currencyID", "")
    if _first(line, base) in ("", "1", "1.0", "1.00"):  # a price for a hundred is no price for one
        yield "goods.unit_price", _first(line, price)


def _cii_document(invoice: Element) -> Cells:
    def cells() -> Iterator[tuple[str, str]]:
        yield "shipment.id", _first(invoice, "ExchangedDocument/ID")
        yield "shipment.date", _first(invoice, "ExchangedDocument/IssueDateTime/DateTimeString")
        yield "invoice.type", _first(invoice, "ExchangedDocument/TypeCode")
        yield "invoice.note", " ".join(_texts(invoice, ("ExchangedDocument/IncludedNote/Content",)))
        trade = invoice.find("SupplyChainTradeTransaction")
        if trade is None:
            return
        yield from _parties(trade, _CII_PARTIES, _CII_PARTY)
        for delivery in trade.iterfind("ApplicableHeaderTradeDelivery"):
            yield from _cii_delivery(delivery)
        settlement = "ApplicableHeaderTradeSettlement"
        means = f"{settlement}/SpecifiedTradeSettlementPaymentMeans"
        yield "bank.name", _first(trade, f"{means}/PayeeSpecifiedCreditorFinancialInstitution/Name")
        yield "bank.bic", _first(trade, f"{means}/PayeeSpecifiedCreditorFinancialInstitution/BICID")
        account = f"{means}/PayeePartyCreditorFinancialAccount"
        yield "payee.account", _first(trade, f"{account}/IBANID", f"{account}/ProprietaryID")
        yield "payee.account_name", _first(trade, f"{account}/AccountName")
        currency = _first(trade, f"{settlement}/InvoiceCurrencyCode")
        yield "payment.currency", currency
        yield "goods.currency", currency
        terms = (f"{settlement}/SpecifiedTradePaymentTerms/Description",)
        yield "payment.terms", " ".join(_texts(trade, terms))
        incoterms = "ApplicableHeaderTradeAgreement/ApplicableTradeDeliveryTerms/DeliveryTypeCode"
        yield "incoterms", _first(trade, incoterms)

    return _filled(cells())


def _cii_delivery(delivery: Element) -> Iterator[tuple[str, str]]:
    yield from _parties(delivery, _CII_DELIVERY, _CII_PARTY)
    countries = (
        "UltimateShipToTradeParty/PostalTradeAddress/CountryID",
        "ShipToTradeParty/PostalTradeAddress/CountryID",
    )
    yield "destination.country", _first(delivery, *countries)
    yield "delivery.date", _first(delivery, "ActualDeliverySupplyChainEvent/OccurrenceDateTime/DateTimeString")


def _cii_line(line: Element) -> Cells:
    def cells() -> Iterator[tuple[str, str]]:
        product = "SpecifiedTradeProduct"
        yield "shipment.line", _first(line, "AssociatedDocumentLineDocument/LineID")
        yield "goods.description", "; ".join(_texts(line, (f"{product}/Name", f"{product}/Description")))
        yield from _codes([*line.iterfind(f"{product}/DesignatedProductClassification/ClassCode")])
        yield "goods.origin_country", _first(line, f"{product}/OriginTradeCountry/ID")
        price = "SpecifiedLineTradeAgreement/NetPriceProductTradePrice"
        amount = "SpecifiedLineTradeSettlement/SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount"
        quantities = ("SpecifiedLineTradeDelivery/BilledQuantity",)
        yield from _measured(line, quantities, amount, f"{price}/ChargeAmount", f"{price}/BasisQuantity")
        manufacturers = [*line.iterfind(f"{product}/ManufacturerTradeParty")]
        if manufacturers:
            yield from _party_cells("manufacturer", manufacturers, _CII_PARTY)
        for delivery in line.iterfind("SpecifiedLineTradeDelivery"):
            yield from _cii_delivery(delivery)
        properties = line.iterfind(f"{product}/ApplicableProductCharacteristic")
        yield "item.properties", "; ".join(" ".join(_texts(one, ("Description", "Value"))) for one in properties)
        yield "line.note", " ".join(_texts(line, ("AssociatedDocumentLineDocument/IncludedNote/Content",)))

    return _filled(cells())


SYNTAXES = (
    Syntax(
        "ubl",
        frozenset({"Invoice", "CreditNote", "DebitNote", "SelfBilledInvoice", "SelfBilledCreditNote"}),
        frozenset({"InvoiceLine", "CreditNoteLine", "DebitNoteLine", "SubInvoiceLine", "SubCreditNoteLine"}),
        _ubl_document,
        _ubl_line,
    ),
    Syntax(
        "cii",
        frozenset({"CrossIndustryInvoice"}),
        frozenset({"IncludedSupplyChainTradeLineItem"}),
        _cii_document,
        _cii_line,
    ),
)
