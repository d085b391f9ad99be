"""The registry of shipment fields: name, type, unit, meaning and the headers that real files give them.

Ingest, rules, documentation and error messages all read this one table; `docs/fields.md` is generated from it.
Header words come from real customs extracts, invoice forms and schemas, in English, Russian, Chinese, Turkish and Spanish.
"""

# ruff: noqa: E501 - one field, one line: the tables below are read and edited as tables

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class FieldType(StrEnum):
    """How a cell is read and what a rule may ask of it."""

    TEXT = "text"
    CODE = "code"  # text that is never a number: leading zeros matter
    COUNTRY = "country"  # ISO 3166-1 alpha-2
    DATE = "date"
    NUMBER = "number"
    MONEY = "money"  # written in units of the currency, kept as integer hundredths
    BOOL = "bool"
    COUNTRIES = "list of country"
    CODES = "list of code"
    ITEMS = "list of items"  # each with the parts in `Field.item`

    @property
    def is_list(self) -> bool:
        return self in (FieldType.COUNTRIES, FieldType.CODES, FieldType.ITEMS)


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a shipment line."""

    name: str
    type: FieldType
    meaning: str
    unit: str = ""
    aliases: tuple[str, ...] = ()
    """Header words of real files, best first; for a field of a party, the words that stand beside `ROLE_WORDS`."""
    derived: bool = False
    """Computed by the program; a file cannot carry it."""
    item: Mapping[str, FieldType] = field(default_factory=lambda: MappingProxyType({}))


ROLES = (
    "consignor",
    "consignee",
    "intermediate_consignee",
    "notify_party",
    "end_user",
    "buyer",
    "seller",
    "forwarder",
    "carrier",
    "manufacturer",
    "payer",
    "bank",
)

_ROLE_MEANING = {
    "consignor": "who sends the goods: shipper, exporter",
    "consignee": "to whom the goods are sent: importer, receiver",
    "intermediate_consignee": "who takes the goods on the way to the consignee",
    "notify_party": "whom the carrier tells of the arrival",
    "end_user": "who finally uses the goods",
    "buyer": "who buys them",
    "seller": "who sells them",
    "forwarder": "who organises the transport",
    "carrier": "who carries the goods",
    "manufacturer": "who made the goods, or whose brand they bear",
    "payer": "who pays",
    "bank": "the bank of the payment",
}

ROLE_WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        role: tuple(words.split("|"))
        for role, words in {
            "consignor": "consignor|shipper|exporter|usppi|sender|shiper|raw shipper|грузоотправитель|отправитель|экспортер|发货人|出口商|gonderici|ihracatci|exportador|remitente|embarcador",
            "consignee": "consignee|ultimate consignee|importer|receiver|recipient|ship to|deliver to|raw consignee|грузополучатель|получатель|импортер|收货人|进口商|alici|ithalatci|importador|consignatario|destinatario",
            "intermediate_consignee": "intermediate consignee|intermediary|agent|broker|customs broker|промежуточный получатель|中间收货人",
            "notify_party": "notify party|notify|уведомляемая сторона|通知人|通知方|notificar a|ihbar",
            "end_user": "end user|enduser|final user|ultimate user|ultimate end user|конечный пользователь|最终用户|son kullanici|usuario final",
            "buyer": "buyer|customer|purchaser|bill to|sold to|client|покупатель|买方|购买方|musteri|comprador",
            "seller": "seller|supplier|vendor|продавец|поставщик|卖方|供应商|satici|tedarikci|vendedor|proveedor",
            "forwarder": "forwarder|freight forwarder|forwarding agent|экспедитор|货运代理|nakliye komisyoncusu|transitario",
            "carrier": "carrier|shipping line|transporter|перевозчик|承运人|tasiyici|transportista",
            "manufacturer": "manufacturer|maker|producer|brand|trademark|trade mark|производитель|изготовитель|товарный знак|制造商|生产商|品牌|uretici|fabricante|marca",
            "payer": "payer|remitter|paid by|плательщик|付款人|odeyen|pagador",
            "bank": "bank|remitting bank|банк|банк плательщика|银行|banka|banco",
        }.items()
    }
)
"""What headers call a role, best first: alone for its name, in front of an attribute (`importer address`)."""

ROLE_WORDS_AFTER: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "consignor": ("грузоотправителя", "отправителя", "экспортера"),
        "consignee": ("грузополучателя", "получателя", "импортера"),
        "intermediate_consignee": ("промежуточного получателя",),
        "notify_party": ("уведомляемой стороны",),
        "end_user": ("конечного пользователя",),
        "buyer": ("покупателя",),
        "seller": ("продавца", "поставщика"),
        "forwarder": ("экспедитора",),
        "carrier": ("перевозчика",),
        "manufacturer": ("производителя", "изготовителя"),
        "payer": ("плательщика",),
        "bank": ("банка",),
    }
)
"""Forms of the same words that follow an attribute (`адрес получателя`); `of` and `del` forms are made from `ROLE_WORDS`."""

_T = FieldType
_PARTY_FIELDS: tuple[tuple[str, FieldType, str, str], ...] = (
    # attribute, type, meaning, header words beside the role's word
    ("name", _T.TEXT, "name as written", "|name|company|company name|full name|наименование|название|имя|名称|adi|unvani|nombre|razon social"),
    ("address", _T.TEXT, "postal address as written", "address|full address|addr|street address|address 1|address line 1|адрес|地址|adres|adresi|direccion"),
    ("country", _T.COUNTRY, "country of the seat", "country|country code|country name|country iso|jurisdiction|jurisdiction country|страна|код страны|国家|国别|ulke|ulkesi|pais"),
    ("identifier", _T.CODE, "INN, registration or tax number, as written", "identifier|id|inn|tax id|tax number|tax no|vat|vat number|registration number|reg no|code|eori|lei|инн|огрн|бин|унп|едрпоу|код|税号|vergi no|nit|rut|ruc"),
    ("owners", _T.ITEMS, "owners: name, share in percent (may be missing), country", "owners|owner|shareholders|beneficial owners|учредители|股东"),
)  # fmt: skip
_COMPANY_FIELDS: tuple[tuple[str, FieldType, str, str], ...] = (
    ("incorporation_date", _T.DATE, "day the company was registered", "incorporation date|incorporated|registration date|founded|date of incorporation|дата регистрации|成立日期"),
    ("website", _T.TEXT, "website", "website|web|url|homepage|сайт|网站"),
    ("email", _T.TEXT, "e-mail address", "email|e mail|mail|эл почта|邮箱|电子邮件"),
    ("phone", _T.TEXT, "telephone number", "phone|telephone|tel|телефон|电话"),
)  # fmt: skip
PARTY_MEANINGS: Mapping[str, str] = MappingProxyType({row[0]: row[2] for row in (*_PARTY_FIELDS, *_COMPANY_FIELDS)})
"""What each attribute of a party means, whatever its role."""
TRADE_ROLES = tuple(role for role in ROLES if role not in ("carrier", "bank"))
"""Roles whose website, contact and registration date are asked for."""

OWNER_ITEM = MappingProxyType({"name": _T.TEXT, "share": _T.NUMBER, "country": _T.COUNTRY})
HIT_ITEM = MappingProxyType(
    {
        "role": _T.CODE,
        "name": _T.TEXT,
        "entity_id": _T.CODE,
        "entity_name": _T.TEXT,
        "list": _T.CODE,
        "programme": _T.TEXT,
        "measure": _T.CODE,
        "status": _T.CODE,
        "score": _T.NUMBER,
        "evidence": _T.NUMBER,
    }
)
OWNER_HIT_ITEM = MappingProxyType({**HIT_ITEM, "share": _T.NUMBER})


def header_key(header: str) -> str:
    """A header without case, accents, punctuation and underscores.

    >>> header_key("  Consignee_Name:")
    'consignee name'
    """
    text = unicodedata.normalize("NFKD", header).casefold().replace("ı", "i")
    text = "".join(c for c in text if not unicodedata.combining(c))
    return " ".join(re.sub(r"[\W_]+", " ", text).split())


def _party_fields(role: str) -> Iterator[Field]:
    said, who = role.replace("_", " "), _ROLE_MEANING[role]
    for attribute, kind, meaning, words in _PARTY_FIELDS + (_COMPANY_FIELDS if role in TRADE_ROLES else ()):
        item = OWNER_ITEM if attribute == "owners" else MappingProxyType({})
        aliases = tuple(words.split("|"))
        yield Field(f"{role}.{attribute}", kind, f"{said}: {meaning} ({who})", aliases=aliases, item=item)
    if role == "bank":
        aliases = ("bank bic", "bic", "swift", "swift code", "bic swift", "bank swift", "бик", "бик банка")
        yield Field("bank.bic", _T.CODE, "bank: BIC as written", aliases=aliases)


def _given(name: str, kind: FieldType, meaning: str, words: str, unit: str = "") -> Field:
    return Field(name, kind, meaning, unit, tuple(words.split("|")))


def _derived(name: str, kind: FieldType, meaning: str, item: Mapping[str, FieldType] | None = None) -> Field:
    return Field(name, kind, meaning, derived=True, item=item or MappingProxyType({}))


_SHIPMENT_FIELDS = (
    _given("shipment.id", _T.TEXT, "number that lines of one shipment share: bill of lading, declaration or invoice number", "shipment id|shipment|shipment number|shipment no|shipment reference number|bill of lading|bill of lading number|bill of lading no|master b l|b l number|bol|bl|bl no|bl number|awb|air waybill|declaration number|declaration no|declaration|customs declaration|srn|itn|document number|invoice|invoice number|invoice no|invoice id|registration no|номер декларации|номер инвойса|номер накладной|发票号|提单号|fatura no|beyanname no|numero de factura|dua"),
    _given("shipment.line", _T.TEXT, "number of the line within the shipment", "line|shipment line|line number|line no|item no|item number|position|номер товара|项号|kalem no"),
    _given("shipment.date", _T.DATE, "export or invoice date; decides the HS edition and what was known then", "date|shipment date|invoice date|export date|date of export|exp date|declaration date|date of issue|departure date|date of departure|shipped on|import date|imp date|arrival date|actual arrival date|registration date|дата|дата декларации|дата отгрузки|日期|出口日期|tarih|fecha"),
    _given("shipment.end_use", _T.TEXT, "use as declared", "end use|declared end use|purpose|intended use|назначение|цель использования|用途|最终用途|uso final"),
    _given("shipment.amended_on", _T.DATE, "day of the last change of party, destination or instruction", "amended on|amended|amendment date|last amended|дата изменения"),
)  # fmt: skip
_GOODS_FIELDS = (
    _given("goods.description", _T.TEXT, "goods as written", "description|goods description|description of goods|product description|goods described|goods|product|products|commodity|commodity description|item description|item|наименование товара|описание товара|описание|товар|货物描述|商品名称|货物名称|品名|esya tanimi|urun|mercancia|descripcion|descripcion de la mercancia"),
    _given("goods.hs_code", _T.CODE, "HS, tariff or statistical number as written", "hs|hs code|hscode|hs6|hs no|hts|hts code|hsn|hsn code|tariff|tariff code|tariff number|customs tariff number|commodity code|cn code|taric|schedule b|harmonized code|tnved|код тн вэд|тн вэд|код товара|hs编码|商品编码|税则号|gtip|gtip no|partida arancelaria|ncm|codigo arancelario"),
    _given("goods.eccn", _T.CODE, "export control classification number as written", "eccn|export control classification|dual use code"),
    _given("goods.un_number", _T.CODE, "UN number of dangerous goods as written", "un number|un no|unno|номер оон|un编号"),
    _given("goods.quantity", _T.NUMBER, "number of units", "quantity|qty|quantity shipped|total quantity|pieces|pcs|количество|数量|miktar|cantidad"),
    _given("goods.unit", _T.TEXT, "unit of the quantity", "unit|unit of measure|unit of quantity|uom|quantity unit|qty unit|measure|единица измерения|ед изм|单位|birim|unidad"),
    _given("goods.net_weight", _T.NUMBER, "net weight", "net weight|net weight kg|n weight|net kg|netto|net wt|weight|weight kg|вес нетто|масса нетто|вес нетто кг|净重|net agirlik|peso neto", unit="kg"),
    _given("goods.unit_price", _T.MONEY, "price of one unit", "unit price|price|price per unit|цена|цена за единицу|单价|birim fiyat|precio unitario", unit="of goods.currency"),
    _given("goods.value", _T.MONEY, "value of the line", "value|goods value|invoice value|invoice amount|amount|total value|total|total amount|line value|customs value|fob|cif|fob value|cif value|стоимость|таможенная стоимость|фактурная стоимость|金额|总价|货值|deger|fatura bedeli|valor", unit="of goods.currency"),
    _given("goods.currency", _T.TEXT, "currency of price and value", "currency|currency code|invoice currency|currency unit|foreign currency|валюта|币种|para birimi|moneda"),
    _given("goods.value_usd", _T.MONEY, "value in US dollars, by a dated rate file of the user; unknown without one", "value usd|shipment value usd|usd value|amount usd|total value usd|value in usd|invoice value usd|customs value usd|calculated total value usd|statistical value usd|sum of value in usd|fob usd|cif usd|стоимость usd|стоимость в долларах", unit="USD"),
    _given("goods.origin_country", _T.COUNTRY, "country where the goods were made", "country of origin|origin country|origin country code|origin country name|origin|страна происхождения|原产国|原产地|mense ulke|pais de origen"),
)  # fmt: skip
_ROUTE_FIELDS = (
    _given("export.country", _T.COUNTRY, "country from which the goods leave", "export country|exporting country|country of export|country of dispatch|departure country|country of departure|from country|from country name|loading country|страна отправления|страна экспорта|出口国|启运国|cikis ulkesi|pais de exportacion"),
    _given("destination.country", _T.COUNTRY, "country to which they finally go", "destination country|country of destination|country of ultimate destination|destination country code|destination country name|destination|ultimate destination|final destination|importing country|import country|country of import|to country|to country name|country|страна назначения|страна импорта|目的国|目的地|进口国|varis ulkesi|pais de destino"),
    _given("original_destination.country", _T.COUNTRY, "country first ordered for, before a change", "original destination|original destination country|first destination|первоначальная страна назначения"),
    _given("transit.countries", _T.COUNTRIES, "countries passed on the way; empty = known direct, missing = not known", "transit countries|transit country|transit|via|route via|transshipment country|transshipment countries|transshipment|страна транзита|транзит|中转国|transit ulke|pais de transito"),
    _given("route.port_of_loading", _T.TEXT, "port or place of loading: name or UN/LOCODE", "port of loading|loading port|load port|pol|port of lading|port of export|port of departure|foreign port|place of receipt|порт погрузки|装货港|yukleme limani|puerto de carga|puerto de embarque"),
    _given("route.port_of_discharge", _T.TEXT, "port or place of discharge: name or UN/LOCODE", "port of discharge|discharge port|unloading port|port of unlading|unlading port|pod|destination port|us port|place of delivery|порт выгрузки|место доставки|卸货港|bosaltma limani|puerto de descarga"),
    _given("vessel.name", _T.TEXT, "ship as written", "vessel|vessel name|ship|ship name|судно|船名|gemi|gemi adi|buque|nave"),
    _given("vessel.imo", _T.CODE, "IMO number as written", "imo|vessel imo|imo number|imo no|номер имо"),
    _given("vessel.flag", _T.COUNTRY, "flag state", "flag|vessel flag|ship registered in|флаг|船旗|bayrak|bandera"),
)  # fmt: skip
_TERMS_FIELDS = (
    _given("payment.currency", _T.TEXT, "currency paid in", "payment currency|currency of payment|валюта платежа|付款币种|odeme para birimi"),
    _given("payment.terms", _T.TEXT, "payment terms as written", "payment terms|payment|terms of payment|payment method|условия оплаты|付款条件|付款方式|odeme sekli|condiciones de pago"),
    _given("contract.date", _T.DATE, "day of the contract", "contract date|date of contract|дата контракта|дата договора|合同日期"),
    _given("contract.no_reexport_clause", _T.BOOL, "the contract forbids re-export to Russia (Article 12g, Regulation (EU) No 833/2014)", "no reexport clause|no re export clause|no russia clause|re export clause|reexport clause"),
    _given("contract.end_use_statement", _T.BOOL, "an end-use statement is on file", "end use statement|end user statement|euc|end use certificate|end user certificate"),
)  # fmt: skip
_DERIVED_FIELDS = (
    _derived("goods.hs6", _T.CODE, "first six digits of the code"),
    _derived("goods.hs4", _T.CODE, "first four digits of the code, also where no more are given"),
    _derived("goods.hs_edition", _T.TEXT, "edition of the nomenclature the code is read in: 2017, 2022 or edition_unknown"),
    _derived("goods.hs_quality", _T.TEXT, "how well the code could be read: ok, short (digits are missing), padded (a lost zero put back), repaired, several (codes in one cell), unknown_code (in no edition that is known), missing, invalid"),
    _derived("goods.eccn_entries", _T.CODES, "export control entries on the document, five characters as 3A001, and EAR99"),
    _derived("goods.ear99_against_code", _T.BOOL, "the document says EAR99, and the entries that goods of the priority code have exclude it"),
    _derived("goods.chpl_tier", _T.CODE, 'tier on the Common High Priority List: "1", "2", "3.A", "3.B", "4.A", "4.B"; "none" when the code is known and not on it; missing when only part of an HS 2017 code is on it'),
    _derived("goods.categories", _T.CODES, "categories of controlled goods, from code or text"),
    _derived("goods.text_categories", _T.CODES, "categories of controlled goods, from the text alone"),
    _derived("goods.controlled", _T.BOOL, "on the Common High Priority List, or in a category by code and text alike"),
    _derived("goods.contradiction", _T.BOOL, "text and code say different things"),
    _derived("goods.neighbour_code", _T.BOOL, "the code is not on the Common High Priority List, another of its heading is, and the text names goods of that one's category"),
    _derived("goods.vague", _T.BOOL, "the description says nothing about the goods"),
    _derived("party_hits", _T.ITEMS, "listed parties that a name resembles; empty = screened and none, missing = not screened", HIT_ITEM),
    _derived("address_hits", _T.ITEMS, "listed parties at the same address; empty = screened and none, missing = not screened", HIT_ITEM),
    _derived("owner_hits", _T.ITEMS, "listed parties that an owner of a party resembles, with the owner's share in percent; empty = screened and none, missing = no owner given", OWNER_HIT_ITEM),
    _derived("ownership.frozen_share", _T.NUMBER, "percent of a party that belongs to owners under an asset freeze, together, directly and through owners on the record; the largest of all parties; unknown when a missing share decides"),
    _derived("ownership.licence_share", _T.NUMBER, "the same for owners on an export-licence list, such as the Entity List"),
    _derived("place.occupied", _T.BOOL, "an address, port or place lies in occupied Ukraine: Crimea, Sevastopol, occupied Donetsk, Luhansk, Zaporizhzhia, Kherson"),
    _derived("quality.missing_consignee", _T.BOOL, "no consignee is named"),
    _derived("quality.to_order", _T.BOOL, "a party is only TO ORDER"),
    _derived("quality.same_as_consignee", _T.BOOL, "a party only refers to another one"),
    _derived("quality.mixed_scripts", _T.BOOL, "a party name mixes look-alike letters of two scripts within a word"),
    _derived("quality.invisible_characters", _T.BOOL, "a party name holds invisible characters"),
    _derived("quality.cut_name", _T.BOOL, "a party name was too long and compared only in part"),
    _derived("quality.missing_hs_code", _T.BOOL, "no HS code is given, or none that can be read"),
    _derived("quality.missing_description", _T.BOOL, "no description of the goods is given"),
)  # fmt: skip

FIELDS: Mapping[str, Field] = MappingProxyType(
    {
        entry.name: entry
        for entry in (
            *_SHIPMENT_FIELDS,
            *(entry for role in ROLES for entry in _party_fields(role)),
            *_GOODS_FIELDS,
            *_ROUTE_FIELDS,
            *_TERMS_FIELDS,
            *_DERIVED_FIELDS,
        )
    }
)
"""Every field by its dotted name, in the order of the documentation."""

GIVEN = tuple(name for name, entry in FIELDS.items() if not entry.derived)
PARTY_NAMES = tuple(f"{role}.name" for role in ROLES)
