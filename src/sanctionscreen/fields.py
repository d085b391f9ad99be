"""The registry of shipment fields: name, type, unit, meaning and the headers that real files give them.

Ingest, rules, documentation and error messages all read this one table; `docs/fields.md` is generated from it.
Header words come from real customs extracts, invoice forms and schemas, in English, Russian, Ukrainian, Chinese, Turkish,
Spanish, Portuguese, French, German, Italian, Polish, Arabic and Vietnamese, and in part in Dutch, Czech, Indonesian,
Korean, Japanese, Romanian and Hungarian; accents do not matter.
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
    "payee",
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
    "payee": "who is paid, where that is not the seller",
    "bank": "the bank of the payment",
}

ROLE_WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        role: tuple(words.split("|"))
        for role, words in {
            "consignor": "consignor|shipper|exporter|usppi|sender|shiper|raw shipper|грузоотправитель|отправитель|экспортер|发货人|出口商|gonderici|ihracatci|exportador|remitente|embarcador|shipper exporter|exporter of record|ship from|foreign shipper|foreign exporter|отправитель груза|відправник|вантажовідправник|експортер|发货方|发货单位|境内发货人|境外发货人|托运人|出口方|出口企业|gonderen|yukleyen|exportadora|expedidor|cargador|remetente|expediteur|exportateur|chargeur|absender|versender|ausfuhrer|ausfuehrer|exporteur|отправитель товара|відправник товару|nguoi xuat khau|nha xuat khau|nguoi gui hang|nadawca|eksporter|wysylajacy|mittente|speditore|esportatore|المصدر|الشاحن|المرسل|境内收发货人|收发货人|经营单位|afzender|vyvozce|odesilatel|eksportir|pengirim|수출자|송하인|荷送人|輸出者|expeditor|exportator|felado|exportor",
            "consignee": "consignee|ultimate consignee|importer|receiver|recipient|ship to|deliver to|raw consignee|грузополучатель|получатель|импортер|收货人|进口商|alici|ithalatci|importador|consignatario|destinatario|importer of record|foreign importer|foreign consignee|final consignee|consigned to|delivery party|receiving party|получатель груза|одержувач|отримувач|вантажоодержувач|вантажоотримувач|імпортер|收货方|收货单位|境内收货人|境外收货人|进口方|进口企业|importadora|recebedor|destinataire|importateur|receptionnaire|empfanger|empfaenger|warenempfanger|warenempfaenger|einfuhrer|einfuehrer|importeur|получатель товара|отримувач товару|одержувач товару|nguoi nhap khau|nha nhap khau|nguoi nhan hang|odbiorca|importatore|destinatario merce|المستورد|المرسل إليه|境外收发货人|конечный получатель|окончательный получатель|endempfanger|endempfaenger|geadresseerde|ontvanger|prijemce|dovozce|importir|penerima|수입자|수하인|荷受人|輸入者|destinatar|importator|cimzett|importor",
            "intermediate_consignee": "intermediate consignee|intermediary|agent|broker|customs broker|промежуточный получатель|中间收货人|customs agent|clearing agent|declarant|customs declarant|customs representative|таможенный брокер|таможенный представитель|декларант|митний брокер|报关行|申报单位|gumruk musaviri|agente de aduana|agente de aduanas|agente aduanal|despachante|despachante aduaneiro|commissionnaire en douane|zollagent|representative|holder of the transit procedure|брокер|customs house agent|cha|delivery agent|destination agent|agente afianzado|agencia aduanera|declarante|przedstawiciel celny|agencja celna|spedizioniere doganale|المخلص الجمركي|agente aduanero|agente|agencia|agencia de aduana|agencia de aduanas|anmelder|vertreter|commissionnaire|araci|araci firma",
            "notify_party": "notify party|notify|уведомляемая сторона|通知人|通知方|notificar a|ihbar|notified party|first notify party|1st notify party|notify party 1|сторона для уведомления|被通知人|parte a notificar|notificado|partie a notifier|also notify|also notify party|second notify party|2nd notify party|notify party 2|уведомляемое лицо|جهة الإخطار",
            "end_user": "end user|enduser|final user|ultimate user|ultimate end user|конечный пользователь|最终用户|son kullanici|usuario final|end customer|final customer|конечный потребитель|кінцевий користувач|кінцевий споживач|终端用户|最终使用人|消费使用单位|nihai kullanici|utilizador final|utilisateur final|endverwender|endnutzer|endverbraucher|uzytkownik koncowy|odbiorca koncowy|utilizzatore finale|utente finale|المستخدم النهائي|endkunde|eindgebruiker|konecny uzivatel|最終需要者",
            "buyer": "buyer|customer|purchaser|bill to|sold to|client|покупатель|买方|购买方|musteri|comprador|bill to party|invoice to|покупець|购货方|购货单位|采购方|客户|satin alan|cliente|acheteur|kaufer|kaeufer|kunde|rechnungsempfanger|rechnungsempfaenger|采购商|sell to|sell to customer|nabywca|kupujacy|acquirente|compratore|المشتري|العميل|nguoi mua|auftraggeber|donneur d ordre|контрагент|counterparty|business partner|debitor|kontrahent|koper|klant|kupujici|odberatel|pembeli|구매자|買主|cumparator|vevo",
            "seller": "seller|supplier|vendor|продавец|поставщик|卖方|供应商|satici|tedarikci|vendedor|proveedor|sold by|продавець|постачальник|供货商|供货方|销货方|销售方|fornecedor|vendeur|fournisseur|verkaufer|verkaeufer|lieferant|іноземний контрактоутримувач|іноземний контрактоутримувач зворотний бік вмд|sprzedawca|dostawca|venditore|fornitore|البائع|المورد|nguoi ban|nha cung cap|kreditor|verkoper|leverancier|prodavajici|dodavatel|penjual|판매자|売主|vanzator|furnizor|elado",
            "forwarder": "forwarder|freight forwarder|forwarding agent|экспедитор|货运代理|nakliye komisyoncusu|transitario|freight agent|shipping agent|експедитор|货代|货运代理人|tasima isleri komisyoncusu|agente de carga|agente de cargas|transitaire|spediteur|spedition|authorized agent|authorised agent|spedytor|spedizioniere|وكيل الشحن",
            "carrier": "carrier|shipping line|transporter|перевозчик|承运人|tasiyici|transportista|ocean carrier|haulier|shipping company|перевізник|船公司|运输公司|nakliyeci|nakliye firmasi|naviera|transportadora|transportador|transporteur|compagnie maritime|frachtfuhrer|frachtfuehrer|reederei|shipping carrier|compania de transporte|empresa transportista|przewoznik|vettore|trasportatore|الناقل|شركة الشحن|beforderer|befoerderer|vervoerder|dopravce",
            "manufacturer": "manufacturer|maker|producer|brand|trademark|trade mark|производитель|изготовитель|товарный знак|制造商|生产商|品牌|uretici|fabricante|marca|manufactured by|mfr|торговая марка|виробник|торговельна марка|торгова марка|生产厂家|生产厂商|生产企业|制造厂|imalatci|marka|ticari marka|productor|produtor|marca comercial|fabricant|producteur|marque|hersteller|produzent|marke|фирма изготовитель|фирма производитель|товарный знак патент|manufacturing company|producent|produttore|fabbricante|nha san xuat|hang san xuat|الشركة المصنعة|المصنع|生产销售单位|торговий знак|vyrobce|fabrikant",
            "payer": "payer|remitter|paid by|плательщик|付款人|odeyen|pagador|payor|paying party|платник|付款方|付款单位|payeur|zahler|ordering customer|ordering party|originator|applicant|lc applicant|guarantor|guarantee|контрактодержатель|лицо ответственное за финансовое урегулирование|український контрактоутримувач|контрактоутримувач|contract holder|regulierer|platnik|ordinante|договірний контрагент|debtor|ultimate debtor|third party payer",
            "payee": "payee|beneficiary|paid to|payment recipient|получатель платежа|получатель средств|отримувач платежу|отримувач коштів|收款人|收款方|收款单位|odeme alicisi|beneficiario|beneficiaire|zahlungsempfanger|zahlungsempfaenger|beneficiary customer|odbiorca platnosci|beneficjent|المستفيد|creditor|ultimate creditor|lc beneficiary",
            "bank": "bank|remitting bank|банк|банк плательщика|银行|banka|banco|issuing bank|paying bank|банк эмитент|банк платника|付款行|开证行|banco emisor|banco pagador|banque|beneficiary bank|payee bank|correspondent bank|intermediary bank|advising bank|банк получателя|банк бенефициара|банк корреспондент|банк одержувача|банк отримувача|收款行|收款银行|banco beneficiario|banco del beneficiario|banco corresponsal|muhabir banka|banque du beneficiaire|exporter bank|importer bank|seller bank|buyer bank|supplier bank|customer bank|shipper bank|consignee bank|ordering bank|ordering institution|sender bank|receiver bank|sender correspondent|receiver correspondent|intermediary institution|account with institution|account with bank|beneficiary institution|remitter bank|payer bank|collecting bank|presenting bank|negotiating bank|confirming bank|nominated bank|reimbursing bank|lc issuing bank|lc opening bank|opening bank|bank beneficjenta|banca|banca del beneficiario|ngan hang|البنك|بنك المستفيد|банк получателя платежа|originator bank|applicant bank|debtor bank|creditor bank|debtor agent|creditor agent|intermediary agent|alicinin bankasi|odeme bankasi|araci banka|开户行|开户银行",
        }.items()
    }
)
"""What headers call a role, best first: alone for its name, in front of an attribute (`importer address`)."""

ROLE_WORDS_AFTER: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "consignor": (
            "грузоотправителя",
            "отправителя",
            "экспортера",
            "відправника",
            "вантажовідправника",
            "експортера",
            "des absenders",
            "des exporteurs",
            "nadawcy",
            "eksportera",
            "nguoi xuat khau",
            "отправителя товара",
            "відправника товару",
        ),
        "consignee": (
            "грузополучателя",
            "получателя",
            "импортера",
            "одержувача",
            "отримувача",
            "вантажоодержувача",
            "імпортера",
            "des empfangers",
            "des empfaengers",
            "des importeurs",
            "odbiorcy",
            "importera",
            "nguoi nhap khau",
            "получателя товара",
            "отримувача товару",
        ),
        "intermediate_consignee": (
            "промежуточного получателя",
            "таможенного представителя",
            "таможенного брокера",
            "декларанта",
            "брокера",
        ),
        "notify_party": ("уведомляемой стороны",),
        "end_user": ("конечного пользователя", "кінцевого користувача"),
        "buyer": (
            "покупателя",
            "покупця",
            "des kaufers",
            "des kaeufers",
            "nabywcy",
            "контрагента",
        ),
        "seller": (
            "продавца",
            "поставщика",
            "продавця",
            "постачальника",
            "des verkaufers",
            "des verkaeufers",
            "sprzedawcy",
        ),
        "forwarder": ("экспедитора",),
        "carrier": ("перевозчика", "перевізника", "przewoznika"),
        "manufacturer": (
            "производителя",
            "изготовителя",
            "фирмы изготовителя",
            "виробника",
            "producenta",
            "des herstellers",
        ),
        "payer": (
            "плательщика",
            "платника",
            "контрактодержателя",
            "українського контрактоутримувача",
            "лица ответственного за финансовое урегулирование",
        ),
        "payee": ("получателя платежа", "получателя средств", "отримувача платежу", "отримувача коштів"),
        "bank": ("банка",),
    }
)
"""Forms of the same words that follow an attribute (`адрес получателя`); `of` and `del` forms are made from `ROLE_WORDS`."""

ADDRESS_PARTS: tuple[str, ...] = tuple(
    "address 2|address line 2|address2|address 3|address line 3|address 4|address line 4|street|house|city|town|district|region|state|province|state province|county|zip|zip code|zipcode|postcode|postal code|post code|город|улица|дом|область|регион|район|индекс|почтовый индекс|місто|вулиця|область|індекс|城市|省|省份|邮编|邮政编码|il|ilce|sehir|semt|posta kodu|ciudad|localidad|provincia|departamento|codigo postal|calle|cidade|bairro|municipio|estado|cep|uf|logradouro|ville|code postal|rue|ort|stadt|plz|postleitzahl|strasse|pin|pin code|pincode|state region|street and number|ulica|miasto|kod pocztowy|citta|indirizzo 2|thanh pho|المدينة|suburb".split(
        "|"
    )
)
"""Header words beside a role's word for columns that hold one part of the address."""

BIC_WORDS = ("bic", "bic code", "swift", "swift code", "swift bic", "swift address", "bic swift", "бик")
"""Header words beside a bank's word for its BIC."""

VAGUE_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "does not say whose country": "country",
        "does not say which date of the shipment": "date|дата|日期|tarih|fecha|datum|التاريخ|transaction date|posting date|buchungsdatum|belegdatum",
        "does not say whether net or gross": "weight|weight kg|重量",
        "does not say what it is the sum of": "total|amount|sum|金额|сумма|сума|toplam|tutar|monto|importe|montant|betrag|wert|valor|deger|kwota|importo|wartosc|valore|القيمة|المبلغ|net value|net amount|tri gia|thanh tien|nettowert|bedel|waarde|hodnota|nilai|금액|金額|valoare|transaction amount",
        "is often counted in the currency of the customs, not of the invoice": "customs value|таможенная стоимость|митна вартість|valeur en douane",
        "names a brand, which need not be a firm": "brand|trademark|trade mark|товарный знак|торговая марка|торгова марка|торговельна марка|品牌|marka|ticari marka|marca|marca comercial|marque|marke",
        "may be any agent; the nearest role is taken, so that it is screened": "agent|broker|intermediary|customs broker|customs agent|clearing agent|declarant|customs declarant|customs representative|таможенный брокер|таможенный представитель|декларант|митний брокер|报关行|申报单位|gumruk musaviri|agente de aduana|agente de aduanas|agente aduanal|despachante|despachante aduaneiro|commissionnaire en douane|zollagent|representative|holder of the transit procedure|брокер|брокера|cha|customs house agent|delivery agent|destination agent|agente afianzado|agencia aduanera|declarante|przedstawiciel celny|agencja celna|spedizioniere doganale|المخلص الجمركي|agente aduanero|agente|agencia|agencia de aduana|agencia de aduanas|anmelder|vertreter|commissionnaire|araci|araci firma",
        "may hold a number of goods instead of words": "item|product|products|goods|commodity|cargo|товар|товары|груз|商品|esya|urun|producto|produto|produit|ware|contents|номенклатура",
        "may be a number of the seller's own": "код товара|код товару|товарный код|kod towaru|nomenclature|nomenclature code",
        "may be an owner who profits as well as who is paid; screened as the latter": "beneficiary|beneficiario|beneficiaire|beneficjent|المستفيد|lc beneficiary",
        "may be a place and no country": "destination|final destination|ultimate destination|destino|destination finale|目的地|origin|origen|origem|origine|ursprung|原产地|产地|仕向地",
        "depends on the direction of the trade": "foreign port|us port|place of receipt|place of delivery|place of loading|место доставки|место погрузки|место разгрузки|境内收发货人|境外收发货人|lading port|іноземний контрактоутримувач|іноземний контрактоутримувач зворотний бік вмд|контрактоутримувач|收发货人|经营单位|договірний контрагент",
        "may hold a kind or a status, and no number": "shipment|invoice|declaration|инвойс|гтд|beyanname|factura|facture|declaracion|dua|document number|reference number|registration no|tescil no|entry number|faktura|fattura|despacho|conocimiento|регистрационный номер",
        "may be a count or a place": "line|position|позиция|units|adet",
        "may be a size": "measure",
        "may be an amount or a date": "payment",
        "may be a kind of route": "via|transit|transshipment|транзит|中转国",
        "may be the words of the tariff, which say nothing about these goods": "наименование товара по тн вэд|наименование товара по тн вэд тс|наименование товара по тн вэд еаэс|опис товару по уктзед|опис товару за уктзед",
        "is the number of an order, under which several shipments may go": "sales order|sales order number|sales order no|sales document|order number|order no|delivery number|outbound delivery",
        "does not say whether of one unit or of the line": "item price|unitario",
        "answers for the payment, and need not be who pays": "guarantor|guarantee|applicant|lc applicant|контрактодержатель|контрактодержателя|лицо ответственное за финансовое урегулирование|лица ответственного за финансовое урегулирование|український контрактоутримувач|українського контрактоутримувача|contract holder",
        "gives orders, and may be the buyer or who pays": "auftraggeber|donneur d ordre|ordinante",
        "makes or sells the goods": "生产销售单位",
        "holds the voyage, too": "ocean vessel voyage no|ocean vessel voy no|vessel voyage|vessel voyage no|vessel and voyage|vessel voy|船名航次",
        "holds the unit, too": "数量及单位",
        "does not say whether it buys or sells": "контрагент|контрагента|counterparty|business partner|kontrahent",
        "sends the goods, or organises their transport": "expeditor",
    }
)  # fmt: skip
"""Header words that documents use for other things as well, by what they leave open: read, and marked as less sure."""

DECLARATION_BOXES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        name: tuple(codes.split("|"))
        for name, codes in {
            "shipment.id": "nd",
            "shipment.line": "g32",
            "shipment.date": "g072|gd1",
            "consignor.identifier": "g021",
            "consignor.name": "g022",
            "consignor.address": "g023",
            "consignor.country": "g0231",
            "consignee.identifier": "g081",
            "consignee.name": "g082",
            "consignee.address": "g083",
            "consignee.country": "g0831",
            "payer.identifier": "g091",
            "payer.name": "g092",
            "payer.address": "g093",
            "payer.country": "g0931",
            "intermediate_consignee.identifier": "g141|g541_inn",
            "intermediate_consignee.name": "g142|g541_nam",
            "intermediate_consignee.address": "g143|g541_adr",
            "intermediate_consignee.country": "g1431",
            "manufacturer.name": "g31_11|g31_12",
            "goods.description": "g31_1",
            "goods.hs_code": "g33",
            "goods.origin_country": "g34|g31_13|g16",
            "goods.net_weight": "g38",
            "goods.quantity": "g31_7",
            "goods.unit": "g31_71",
            "goods.value": "g42",
            "goods.value_usd": "g46",
            "goods.currency": "g221",
            "export.country": "g15a|g15",
            "destination.country": "g17a|g17b|g17",
        }.items()
    }
)
"""Boxes of the Russian declaration by the names that its data base gives them, best first: `G34`, `G16 (Страна происхождения)`.

Box 16 says one country for all goods, or that there are several, and box 34 that of the line."""

PARTY_HINTS = frozenset(
    """beneficiar guarantee guarantor applicant owner party company firm partner
    representative subsidiary licensee counterparty бенефициар выгодоприобретатель владелец партнер
    контрагент декларант отправитель получатель компания фирма организация 受益人 公司 企业 单位 firma sirket empresa""".split()
)
"""Words of headers that name somebody for whom there is no role: such a column is pointed out, never mapped."""

_T = FieldType
_PARTY_FIELDS: tuple[tuple[str, FieldType, str, str], ...] = (
    # attribute, type, meaning, header words beside the role's word
    ("name", _T.TEXT, "name as written", "|name|company|company name|full name|наименование|название|имя|名称|adi|unvani|nombre|razon social|legal name|entity name|business name|party|party name|name and address|name address|details|full details|организация|компания|фирма|полное наименование|наименование организации|наименование и адрес|фио|назва|найменування|компанія|公司名称|企业名称|单位名称|名称及地址|unvan|adi unvani|firma|firma adi|firma unvani|ismi|nombre o razon social|nombre y direccion|nome|razao social|nome e endereco|nom|raison sociale|nom et adresse|firmenname|name und anschrift|наименование фио|ragione sociale|denominazione|nazwa|nazwa firmy|ten|اسم|اسم الشركة|назва фірми|наименование фирмы|企业名称 外文|名称 外文|nama|nazev|naam"),
    ("address", _T.TEXT, "postal address as written", "address|full address|addr|street address|address 1|address line 1|адрес|地址|adres|adresi|direccion|postal address|registered address|legal address|mailing address|юридический адрес|фактический адрес|адреса|联系地址|公司地址|单位地址|详细地址|acik adres|domicilio|endereco|morada|adresse|anschrift|address line|full postal address|dia chi|indirizzo|عنوان|العنوان|alamat"),
    ("country", _T.COUNTRY, "country of the seat", "country|country code|country name|country iso|jurisdiction|jurisdiction country|страна|код страны|国家|国别|ulke|ulkesi|pais|country of residence|страна регистрации|країна|код країни|国家地区|国别地区|所在国|ulke kodu|ulke adi|codigo pais|codigo de pais|pays|code pays|land|landercode|laendercode|address country|address country code|kraj|kod kraju|paese|ma nuoc|بلد|دولة|所属国家|код страны нахождения"),
    ("identifier", _T.CODE, "INN, registration or tax number, as written", "identifier|id|inn|tax id|tax number|tax no|vat|vat number|registration number|reg no|code|eori|lei|инн|огрн|бин|унп|едрпоу|код|税号|vergi no|nit|rut|ruc|id no|id number|registration no|registration id|company number|company no|company registration number|crn|tax code|tax identification number|tax registration number|taxpayer id|tin|ein|duns|duns number|uscc|unified social credit code|bin|iin|unp|ogrn|edrpou|vat no|vat id|gstin|iec|иин|бин иин|иин бин|инн кпп|окпо|рег номер|регистрационный номер|идентификационный номер|налоговый номер|єдрпоу|код єдрпоу|код едрпоу|统一社会信用代码|社会信用代码|纳税人识别号|企业编码|vergi numarasi|vergi kimlik no|vergi kimlik numarasi|vkn|vkn tckn|codigo|cuit|rfc|rif|cnpj|cpf|nif|siren|siret|numero tva|ust idnr|ust id|steuernummer|handelsregisternummer|identification number|identification no|tax registration no|irs number|irs no|стир|инн пинфл|пинфл|код окпо|stir|pinfl|iec code|iec no|pan|pan no|gst|gst no|ma|ma so thue|mst|nip|regon|krs|partita iva|codice fiscale|p iva|الرقم الضريبي|رقم السجل التجاري|код фірми|海关代码|海关编码|代码|npwp"),
    ("owners", _T.ITEMS, "owners: name, share in percent (may be missing), country", "owners|owner|shareholders|beneficial owners|учредители|股东|beneficial owner|ubo|ubos|владельцы|собственники|акционеры|ortaklar|accionistas|propietarios|ultimate parent|ultimate parent company|parent company"),
)  # fmt: skip
_COMPANY_FIELDS: tuple[tuple[str, FieldType, str, str], ...] = (
    ("incorporation_date", _T.DATE, "day the company was registered", "incorporation date|incorporated|registration date|founded|date of incorporation|дата регистрации|成立日期|date of registration|established|founding date|reg date|kurulus tarihi|fecha de constitucion"),
    ("website", _T.TEXT, "website", "website|web|url|homepage|сайт|网站|веб сайт|вебсайт|网址|sitio web|webseite"),
    ("email", _T.TEXT, "e-mail address", "email|e mail|mail|эл почта|邮箱|电子邮件|email address|электронная почта|електронна пошта|电子邮箱|e posta|correo|correo electronico"),
    ("phone", _T.TEXT, "telephone number", "phone|telephone|tel|телефон|电话|phone number|phone no|telephone number|tel no|mobile|contact number|номер телефона|联系电话|电话号码|telefono|telefone|telefon|mobile number|mobile no"),
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


_BARRED = str.maketrans("ıłđ", "ild")
"""Letters with a bar or without their dot, which have no accent to take off."""


def header_key(header: str) -> str:
    """A header without case, accents, punctuation and underscores.

    >>> header_key("  Consignee_Name:")
    'consignee name'
    """
    text = unicodedata.normalize("NFKD", header).casefold()
    text = "".join(c for c in text if not unicodedata.combining(c)).translate(_BARRED)
    return " ".join(re.sub(r"[\W_]+", " ", text).split())


def _party_fields(role: str) -> Iterator[Field]:
    said, who = role.replace("_", " "), _ROLE_MEANING[role]
    for attribute, kind, meaning, words in _PARTY_FIELDS + (_COMPANY_FIELDS if role in TRADE_ROLES else ()):
        item = OWNER_ITEM if attribute == "owners" else MappingProxyType({})
        aliases = tuple(words.split("|"))
        yield Field(f"{role}.{attribute}", kind, f"{said}: {meaning} ({who})", aliases=aliases, item=item)
    if role == "bank":
        aliases = (*BIC_WORDS, "bank bic", "bank swift", "бик банка", "sender bic", "receiver bic", "beneficiary bic")
        yield Field("bank.bic", _T.CODE, "bank: BIC as written", aliases=aliases)


def _given(name: str, kind: FieldType, meaning: str, words: str, unit: str = "") -> Field:
    return Field(name, kind, meaning, unit, tuple(words.split("|")))


def _derived(name: str, kind: FieldType, meaning: str, item: Mapping[str, FieldType] | None = None) -> Field:
    return Field(name, kind, meaning, derived=True, item=item or MappingProxyType({}))


_SHIPMENT_FIELDS = (
    _given("shipment.id", _T.TEXT, "number that lines of one shipment share: bill of lading, declaration or invoice number", "shipment id|shipment|shipment number|shipment no|shipment reference number|bill of lading|bill of lading number|bill of lading no|master b l|b l number|bol|bl|bl no|bl number|awb|air waybill|declaration number|declaration no|declaration|customs declaration|srn|itn|document number|invoice|invoice number|invoice no|invoice id|registration no|номер декларации|номер инвойса|номер накладной|发票号|提单号|fatura no|beyanname no|numero de factura|dua|shipment reference|reference number|inv no|commercial invoice no|commercial invoice number|house bill of lading|house bl|hbl|hbl no|mbl|mbl no|master bill of lading|hawb|mawb|awb no|awb number|cmr|cmr no|waybill|waybill no|waybill number|customs declaration number|customs declaration no|entry number|mrn|номер дт|номер гтд|гтд|номер таможенной декларации|инвойс|номер счета|номер коносамента|коносамент|номер cmr|номер митної декларації|номер вмд|номер мд|报关单号|提运单号|运单号|beyanname|beyanname numarasi|tescil no|fatura numarasi|konsimento no|numero de declaracion|declaracion|numero de dua|conocimiento de embarque|numero de conocimiento|factura|numero da declaracao|numero da fatura|conhecimento de embarque|numero do conhecimento|numero de facture|facture|numero de declaration|connaissement|rechnungsnummer|rechnungsnr|frachtbriefnummer|master bill of lading number|master bill of lading no|house bill of lading number|house bill of lading no|hawb no|hawb number|mawb no|mawb number|bill no|be no|be number|bill of entry no|bill of entry number|sb no|shipping bill no|shipping bill number|billing document|entry summary number|transaction reference|регистрационный номер|регистрационный номер дт|регистрационный номер гтд|регистрационный номер декларации|номер авианакладной|nd|so to khai|so van don|so hoa don|numero de aceptacion|nro declaracion|numero doc transporte|despacho|conocimiento|nr faktury|numer faktury|nr zgloszenia|faktura|numero fattura|fattura|numero bolla|رقم الفاتورة|رقم البوليصة|رقم بوليصة الشحن|رقم البيان|رقم البيان الجمركي|发票编号|发票号码|海关编号|总运单号|分运单号|主单号|分单号|sales order|sales order number|sales order no|sales document|order number|order no|delivery number|outbound delivery|numero documento transporte|numero de documento de transporte|documento de transporte|factuurnummer|cislo faktury|nomor pib|nomor peb"),
    _given("shipment.line", _T.TEXT, "number of the line within the shipment", "line|shipment line|line number|line no|item no|item number|position|номер товара|项号|kalem no|line item|item nr|goods item number|номер позиции|номер строки|позиция|порядковый номер товара|номер товару|商品序号|商品项号|numero de item|positionsnummer|pos nr|entry summary line number|declaration goods item number|invoice line number|so thu tu dong hang|numero de linea"),
    _given("shipment.date", _T.DATE, "export or invoice date; decides the HS edition and what was known then", "date|shipment date|invoice date|export date|date of export|exp date|declaration date|date of issue|departure date|date of departure|shipped on|import date|imp date|arrival date|actual arrival date|registration date|дата|дата декларации|дата отгрузки|日期|出口日期|tarih|fecha|issue date|bl date|b l date|bill of lading date|date of shipment|date shipped|ship date|shipping date|shipped date|sailing date|entry date|release date|clearance date|customs clearance date|date of declaration|date of registration|document date|date of arrival|date of import|дата регистрации|дата инвойса|дата оформления|дата выпуска|дата отправки|дата экспорта|дата импорта|дата ввоза|дата вывоза|дата гтд|дата дт|дата оформлення|дата декларації|дата відвантаження|申报日期|进口日期|发票日期|开票日期|装运日期|发货日期|tescil tarihi|beyanname tarihi|fatura tarihi|ihracat tarihi|ithalat tarihi|yukleme tarihi|fecha de embarque|fecha de factura|fecha de la factura|fecha de importacion|fecha de exportacion|fecha de declaracion|fecha de numeracion|fecha de llegada|fecha de salida|fecha de registro|data de embarque|data da fatura|data de registro|data de exportacao|data de importacao|date de facture|date de la facture|date d expedition|date d exportation|date de declaration|date d embarquement|datum|rechnungsdatum|ausfuhrdatum|versanddatum|дата вмд|дата мд|дата регистрации дт|дата регистрации гтд|дата регистрации декларации|дата подачи статформы|дата статформы|be date|bill of entry date|sb date|shipping bill date|billing date|posting date|on board date|shipped on board date|laden on board date|transaction date|date facture|date de facturation|fecha factura|fecha embarque|fecha llegada|fecha oficializacion|fecha aceptacion|fecha de aceptacion|fecha importacion|fecha exportacion|ngay dang ky|ngay to khai|ngay khai bao|ngay hoa don|data wystawienia|data faktury|data wysylki|data zgloszenia|data fattura|data spedizione|data di spedizione|fakturadatum|buchungsdatum|belegdatum|التاريخ|تاريخ الفاتورة|تاريخ الشحن|تاريخ البيان|进境日期|出境日期|装船日期|date d enregistrement|factuurdatum|datum faktury"),
    _given("shipment.end_use", _T.TEXT, "use as declared", "end use|declared end use|purpose|intended use|назначение|цель использования|用途|最终用途|uso final|final use|use of goods|назначение товара|цель применения|кінцеве використання|nihai kullanim|son kullanim|kullanim amaci|uso previsto|utilisation finale|endverwendung"),
    _given("shipment.amended_on", _T.DATE, "day of the last change of party, destination or instruction", "amended on|amended|amendment date|last amended|дата изменения"),
)  # fmt: skip
_GOODS_FIELDS = (
    _given("goods.description", _T.TEXT, "goods as written", "description|goods description|description of goods|product description|goods described|goods|product|products|commodity|commodity description|item description|item|наименование товара|описание товара|описание|товар|货物描述|商品名称|货物名称|品名|esya tanimi|urun|mercancia|descripcion|descripcion de la mercancia|goods desc|product desc|product name|cargo description|cargo|commodity name|commodity desc|item name|item desc|goods name|name of goods|nature of goods|product details|detailed description|material description|article description|наименование товаров|наименование продукции|описание груза|груз|товары|опис товару|найменування товару|назва товару|опис|商品|商品描述|商品名称及规格型号|品名规格|品名及规格|货名|产品名称|esyanin tanimi|esya|mal tanimi|malin cinsi|mal cinsi|urun adi|urun tanimi|ticari tanim|ticari tanimi|descripcion comercial|descripcion del producto|descripcion de mercancias|descripcion de las mercancias|descripcion de la mercaderia|mercaderia|producto|descricao|descricao da mercadoria|descricao das mercadorias|descricao do produto|mercadoria|produto|designation|designation des marchandises|description des marchandises|marchandise|marchandises|produit|warenbezeichnung|warenbeschreibung|artikelbezeichnung|bezeichnung|ware|описание и характеристика товара|наименование и характеристики товаров|наименование и характеристика товара|наименование и характеристика товаров|описание и характеристика товаров|описание и характеристики товара|наименование товара по тн вэд|наименование товара по тн вэд тс|наименование товара по тн вэд еаэс|опис товару по уктзед|опис товару за уктзед|характеристика товара|goods shipped|nature and quantity of goods|nature quantity of goods|description of packages and goods|description of packages|description of merchandise|merchandise|merchandise description|product description local|产品描述|货物|物品名称|申报品名|英文品名|中文品名|品名描述|mo ta hang hoa|mo ta hang|ten hang|ten hang hoa|ten san pham|opis towaru|opis towarow|nazwa towaru|opis produktu|nazwa produktu|descrizione|descrizione merce|descrizione della merce|descrizione delle merci|descrizione prodotto|descrizione articolo|designation de la marchandise|designation du produit|libelle|libelle article|materialkurztext|materialbezeichnung|nombre del producto|وصف البضاعة|وصف السلعة|وصف البضائع|الوصف|البضاعة|اسم الصنف|description of contents|content description|contents|shipment description|номенклатура|esya cinsi|libelle marchandise|goods services description|omschrijving|goederenomschrijving|popis zbozi|nazev zbozi|uraian barang|nama barang|품명|descrierea marfurilor|descriere marfa|arumegnevezes"),
    _given("goods.hs_code", _T.CODE, "HS, tariff or statistical number as written", "hs|hs code|hscode|hs6|hs no|hts|hts code|hsn|hsn code|tariff|tariff code|tariff number|customs tariff number|commodity code|cn code|taric|schedule b|harmonized code|tnved|код тн вэд|тн вэд|код товара|hs编码|商品编码|税则号|gtip|gtip no|partida arancelaria|ncm|codigo arancelario|hs tariff code|hs classification|hs8|hs10|hts number|hts no|htsus|tariff no|tariff item|tariff heading|tariff classification|customs tariff|customs tariff code|cn8|combined nomenclature|taric code|schedule b number|schedule b code|schedule b no|harmonised code|harmonized system code|harmonised system code|harmonized tariff code|item classification code|commodity classification|itc hs|itc hs code|ritc|ritc code|тнвэд|код тнвэд|тн вэд еаэс|код тн вэд еаэс|товарный код|код уктзед|уктзед|укт зед|код укт зед|код товару|海关编码|hs码|商品编号|税则号列|商品税号|gtip kodu|gtip numarasi|gumruk tarife numarasi|tarife no|subpartida|subpartida arancelaria|posicion arancelaria|fraccion arancelaria|codigo hs|codigo sa|codigo ncm|ncm sh|codigo sh|code sh|code hs|code douanier|code douane|nomenclature douaniere|nomenclature combinee|warennummer|zolltarifnummer|warentarifnummer|statistische warennummer|hs nummer|код товара по тн вэд|код товара по тн вэд тс|код товара по тн вэд еаэс|код товара по тн вэд рф|код товара по тн вэд россии|код тн вэд тс|код товару уктзед|код товару за уктзед|nandina|codigo nandina|codigo sac|codigo sach|codigo taric|partida|partida nandina|partida estadistica|ncm sim|ma hs|ma so hs|ma so hang hoa|kod cn|kod taryfy celnej|kod hs|kod pcn|kod towaru|codice doganale|codice hs|codice nc|codice taric|voce doganale|nomenclatura combinata|nomenclature|nomenclature code|code nc|harmonised tariff code|hts number full|hts code full|schedule b hts number|hts schedule b number|schedule b hts|harmonized system sub heading code|harmonised system sub heading code|commodity code harmonised system sub heading code|commodity code harmonized system sub heading code|combined nomenclature code|tn ved|tn ved code|tnved code|رمز النظام المنسق|البند الجمركي|بند التعريفة|الرمز الجمركي|رمز التعريفة الجمركية|htsus no|htsus number|position tarifaire|code ngp|codenummer|sched b|goederencode|gn code|kod zbozi|celni kod|kode hs|pos tarif|hs부호|hs코드|cod tarifar|vamtarifaszam"),
    _given("goods.eccn", _T.CODE, "export control classification number as written", "eccn|export control classification|dual use code|eccn code|eccn no|eccn number|ausfuhrlistennummer|al nummer|ausfuhrlistenposition|al position|export control classification number|us eccn|eccn usml"),
    _given("goods.un_number", _T.CODE, "UN number of dangerous goods as written", "un number|un no|unno|номер оон|un编号|un nummer|numero onu|numero un|dangerous goods un number|undg number|undg no"),
    _given("goods.quantity", _T.NUMBER, "number of units", "quantity|qty|quantity shipped|total quantity|pieces|pcs|количество|数量|miktar|cantidad|qnty|qty shipped|invoiced quantity|item quantity|units|no of units|number of units|number of pieces|no of pieces|statistical quantity|кол во|количество товара|кількість|成交数量|法定数量|miktari|adet|cantidad comercial|cantidad fisica|quantidade|qtd|quantite|qte|menge|stuckzahl|stueckzahl|anzahl|no of pcs|billed quantity|billing quantity|invoiced qty|shipped quantity|shipped qty|ordered quantity|order quantity|delivered quantity|delivery quantity|line tariff quantity|supplementary units|supplementary quantity|количество в деи|количество в дополнительных единицах|количество в доп ед|количество в доп ед изм|кол во в доп ед|кол во в доп ед изм|кол во товара в доп ед|кол во товара в дополнительной единице измерения|кількість у додаткових одиницях виміру|кількість у додаткових одиницях|数量及单位|so luong|ilosc|ilosc sztuk|quantita|qta|الكمية|العدد|fakturierte menge|liefermenge|cant|cant comercial|net quantity in htsus units|第一数量|法定第一数量|申报数量|hoeveelheid|aantal|mnozstvi|jumlah|수량|cantitate|mennyiseg"),
    _given("goods.unit", _T.TEXT, "unit of the quantity", "unit|unit of measure|unit of quantity|uom|quantity unit|qty unit|measure|единица измерения|ед изм|单位|birim|unidad|units of measure|unit of measurement|measurement unit|qty uom|unit code|uom code|единица|единицы измерения|ед измерения|ед|одиниця виміру|од виміру|计量单位|成交单位|法定单位|olcu birimi|birimi|unidad de medida|unidade|unidade de medida|unite|unite de mesure|einheit|mengeneinheit|masseinheit|наименование деи|наименование доп ед|доп ед изм|дополнительная единица|дополнительная единица измерения|sales unit|base unit of measure|数量单位|don vi tinh|dvt|jednostka|jednostka miary|jm|unita di misura|um|الوحدة|وحدة القياس|me|unidad comercial|申报计量单位|satuan|단위|eenheid"),
    _given("goods.net_weight", _T.NUMBER, "net weight", "net weight|net weight kg|n weight|net kg|netto|net wt|weight|weight kg|вес нетто|масса нетто|вес нетто кг|净重|net agirlik|peso neto|nett weight|net wgt|net mass|n w|чистый вес|вага нетто|маса нетто|чиста вага|net agirligi|net kilo|kilos netos|peso liquido|poids net|nettogewicht|eigenmasse|nettomasse|kgs netos|masse nette|masa netto|waga netto|trong luong tinh|khoi luong tinh|trong luong net|الوزن الصافي|صافي الوزن|peso netto|重量|cista hmotnost|berat bersih|순중량", unit="kg"),
    _given("goods.unit_price", _T.MONEY, "price of one unit", "unit price|price|price per unit|цена|цена за единицу|单价|birim fiyat|precio unitario|unit value|unit cost|цена за ед|ціна|ціна за одиницю|birim fiyati|precio|preco unitario|preco|valor unitario|prix unitaire|prix|stuckpreis|einzelpreis|preis|item rate inv|item rate inv curr|item rate|unit rate|unitario|unitario fob|unitario cif|fob unitario|cif unitario|unit selling price|selling price|prix unitaire ht|pu ht|don gia|don gia hoa don|don gia nguyen te|cena jednostkowa|cena|prezzo unitario|prezzo|سعر الوحدة|申报单价|単価", unit="of goods.currency"),
    _given("goods.value", _T.MONEY, "value of the line", "value|goods value|invoice value|invoice amount|amount|total value|total|total amount|line value|customs value|fob|cif|fob value|cif value|стоимость|таможенная стоимость|фактурная стоимость|金额|总价|货值|deger|fatura bedeli|valor|total invoice value|invoice total|line total|line amount|cargo value|shipment value|declared value|statistical value|trade value|value in foreign currency|value in fc|fob amount|cif amount|value fob|value cif|total fob|total cif|total price|sum|стоимость товара|сумма|общая стоимость|сумма инвойса|стоимость по инвойсу|вартість|фактурна вартість|митна вартість|загальна вартість|сума|总金额|成交总价|总值|发票金额|toplam|toplam tutar|tutar|fatura tutari|toplam deger|kiymet|importe|importe total|valor total|valor factura|valor de la factura|valor fob|valor cif|monto|valor da fatura|montant|montant total|valeur|valeur totale|valeur en douane|wert|gesamtwert|warenwert|rechnungsbetrag|rechnungswert|betrag|value inv curr|total amount inv fc|total amount fc|value fc|invoice value fc|value of goods|item value|item amount|item price|net value|net amount|net invoice value|extended price|extended amount|extended value|ext price|line goods value amount|фактурная стоимость товара|инвойсная стоимость|стоимость инвойса|стоимость по счету|importe factura|valor facturado|valor estadistico|montant ht|montant total ht|valeur facturee|valeur facture|valeur statistique|nettowert|nettobetrag|statistischer wert|wartosc|wartosc netto|wartosc faktury|wartosc statystyczna|kwota|valore|valore fattura|valore totale|valore statistico|importo|tri gia|tri gia hoa don|tri gia nguyen te|thanh tien|القيمة|قيمة الفاتورة|القيمة الإجمالية|المبلغ|المبلغ الإجمالي|istatistiki kiymet|fob degeri|cif degeri|declared value for customs|entered value|货物价值|申报价值|valor fob total|valor cif total|fob divisa|申报总价|сумма без ндс|стоимость без ндс|toplam bedel|bedel|transaction amount|waarde|factuurbedrag|hodnota|nilai|금액|金額|valoare", unit="of goods.currency"),
    _given("goods.currency", _T.TEXT, "currency of price and value", "currency|currency code|invoice currency|currency unit|foreign currency|валюта|币种|para birimi|moneda|curr|ccy|currency of invoice|transaction currency|код валюты|валюта инвойса|валюта цены|валюта счета|код валюти|币别|货币|币制|doviz|doviz cinsi|doviz kodu|para birimi kodu|divisa|moneda de transaccion|moeda|devise|monnaie|wahrung|waehrung|rechnungswahrung|rechnungswaehrung|invoice currency code|document currency|document currency code|doc currency|transaction currency code|валюта контракта|код валюты контракта|букв код валюты контракта|валюта договора|код валюты цены договора|currency of contract price|код валюты фактурной стоимости|валюта фактурной стоимости|ma dong tien|ma dong tien cua hoa don|loai tien|dong tien thanh toan|waluta|waluta faktury|valuta|العملة|belegwahrung|belegwaehrung|moneda divisa|валюта контракту|devise facture|mena|mata uang|통화|通貨|penznem"),
    _given("goods.value_usd", _T.MONEY, "value in US dollars, by a dated rate file of the user; unknown without one", "value usd|shipment value usd|usd value|amount usd|total value usd|value in usd|invoice value usd|customs value usd|calculated total value usd|statistical value usd|sum of value in usd|fob usd|cif usd|стоимость usd|стоимость в долларах|value us|us value|value us dollars|dollar value|us fob|us cif|fob us|cif us|fob dolar|cif dolar|стоимость долл|стоимость в usd|статистическая стоимость usd|美元金额|金额美元|статистическая стоимость|статистическая стоимость товара|estimated f o b value usd|total usd|美元值|美元总价|美元价值", unit="USD"),
    _given("goods.origin_country", _T.COUNTRY, "country where the goods were made", "country of origin|origin country|origin country code|origin country name|origin|страна происхождения|原产国|原产地|mense ulke|pais de origen|country of manufacture|country of production|made in|страна изготовления|страна производства|страна происхождения товара|код страны происхождения|країна походження|код країни походження|原产国地区|产地|产地国|生产国|mensei|mense|mense ulkesi|pais origen|pais de fabricacion|origen|pais de origem|pais origem|origem|pays d origine|pays origine|origine|ursprungsland|ursprung|страна пр ва|страна производитель|country region of origin|country region of origin code|краткое наименование страны происхождения|原产国别|xuat xu|nuoc xuat xu|ma nuoc xuat xu|kraj pochodzenia|paese di origine|paese d origine|paese origine|بلد المنشأ|دولة المنشأ|coo|страна происх|страна происхожд|країна виробництва|land van oorsprong|zeme puvodu|negara asal|원산지|原産国|原産地|tara de origine|szarmazasi orszag"),
)  # fmt: skip
_ROUTE_FIELDS = (
    _given("export.country", _T.COUNTRY, "country from which the goods leave", "export country|exporting country|country of export|country of dispatch|departure country|country of departure|from country|from country name|loading country|страна отправления|страна экспорта|出口国|启运国|cikis ulkesi|pais de exportacion|country of shipment|dispatch country|shipping country|sending country|country from|страна отгрузки|страна вывоза|код страны отправления|країна відправлення|країна експорту|启运国地区|起运国|起运国地区|出口国地区|sevk ulkesi|ihracat ulkesi|pais exportador|pais de procedencia|pais procedencia|pais de embarque|pays d exportation|pays exportateur|pays de provenance|pays d expedition|ausfuhrland|versendungsland|versandland|exportland|country of dispatch export|country of dispatch or export|страна отпр|страна отправки|ma nuoc xuat khau|nuoc xuat khau|kraj wysylki|kraj wywozu|paese di esportazione|paese di spedizione|paese di provenienza|بلد التصدير|بلد الشحن|код країни відправлення|назва країни відправлення|land van verzending|zeme odeslani|tara de expediere"),
    _given("destination.country", _T.COUNTRY, "country to which they finally go", "destination country|country of destination|country of ultimate destination|destination country code|destination country name|destination|ultimate destination|final destination|importing country|import country|country of import|to country|to country name|country|страна назначения|страна импорта|目的国|目的地|进口国|varis ulkesi|pais de destino|country of final destination|final destination country|dest country|country to|country of delivery|delivery country|страна ввоза|страна прибытия|код страны назначения|країна призначення|країна імпорту|код країни призначення|最终目的国|最终目的国地区|运抵国|运抵国地区|目的国地区|gidecegi ulke|varis ulke|ithalat ulkesi|pais destino|pais importador|pais de destino final|destino|pays de destination|pays destination|pays importateur|destination finale|bestimmungsland|zielland|einfuhrland|importland|nuoc nhap khau|nuoc den|kraj przeznaczenia|kraj docelowy|paese di destinazione|paese destinazione|بلد المقصد|بلد الوصول|بلد الوجهة|دولة الوجهة|دولة المقصد|抵运国|抵运国地区|назва країни призначення|land van bestemming|zeme urceni|negara tujuan|목적국|仕向国|仕向地|tara de destinatie|rendeltetesi orszag"),
    _given("original_destination.country", _T.COUNTRY, "country first ordered for, before a change", "original destination|original destination country|first destination|первоначальная страна назначения|initial destination|previous destination"),
    _given("transit.countries", _T.COUNTRIES, "countries passed on the way; empty = known direct, missing = not known", "transit countries|transit country|transit|via|route via|transshipment country|transshipment countries|transshipment|страна транзита|транзит|中转国|transit ulke|pais de transito|countries of transit|transit country code|країна транзиту|paises de transito|pais de transbordo|pays de transit|transitland|transitlander|country of routing|countries of routing|countries of routing of consignment|country of routing of consignment|pais de trasbordo|kraj tranzytu|paese di transito|بلد العبور"),
    _given("route.port_of_loading", _T.TEXT, "port or place of loading: name or UN/LOCODE", "port of loading|loading port|load port|pol|port of lading|port of export|port of departure|foreign port|place of receipt|порт погрузки|装货港|yukleme limani|puerto de carga|puerto de embarque|place of loading|port of shipment|shipping port|departure port|origin port|port of origin|loading port name|pol name|pol code|airport of departure|порт отправления|порт отгрузки|место погрузки|порт завантаження|порт навантаження|起运港|装运港|启运港|yukleme yeri|cikis limani|puerto de origen|puerto de salida|puerto embarque|porto de embarque|porto de origem|porto de carregamento|port de chargement|port d embarquement|port de depart|ladehafen|verladehafen|abgangshafen|lading port|foreign port of lading|装运口岸|cang xep hang|dia diem xep hang|ten dia diem xep hang|port zaladunku|miejsce zaladunku|porto di imbarco|porto di carico|luogo di carico|ميناء الشحن|ميناء التحميل|ميناء المغادرة|place of loading un locode|port of loading un locode|pelabuhan muat"),
    _given("route.port_of_discharge", _T.TEXT, "port or place of discharge: name or UN/LOCODE", "port of discharge|discharge port|unloading port|port of unlading|unlading port|pod|destination port|us port|place of delivery|порт выгрузки|место доставки|卸货港|bosaltma limani|puerto de descarga|port of destination|port of arrival|arrival port|port of entry|port of unloading|discharge port name|pod name|pod code|unlading|airport of destination|порт разгрузки|порт назначения|порт прибытия|место разгрузки|порт вивантаження|порт призначення|目的港|指运港|varis limani|tahliye limani|bosaltma yeri|puerto de destino|puerto destino|puerto de desembarque|puerto de llegada|porto de descarga|porto de destino|porto de desembarque|port de dechargement|port de destination|port de debarquement|port d arrivee|entladehafen|loschhafen|loeschhafen|bestimmungshafen|zielhafen|us port of unlading|place of unloading|cang do hang|dia diem do hang|ten dia diem do hang|port wyladunku|miejsce wyladunku|porto di sbarco|porto di scarico|luogo di scarico|ميناء الوصول|ميناء التفريغ|place of unloading un locode|port of discharge un locode|puerto de entrada|pelabuhan bongkar"),
    _given("vessel.name", _T.TEXT, "ship as written", "vessel|vessel name|ship|ship name|судно|船名|gemi|gemi adi|buque|nave|name of vessel|ocean vessel|mother vessel|название судна|наименование судна|имя судна|назва судна|船舶名称|gemi ismi|nombre del buque|nombre de la nave|navio|nome do navio|navire|nom du navire|schiff|schiffsname|nombre buque|nombre nave|ocean vessel voyage no|ocean vessel voy no|vessel voyage|vessel voyage no|vessel and voyage|vessel voy|ten tau|statek|nazwa statku|nome nave|nome della nave|السفينة|اسم السفينة|船名航次"),
    _given("vessel.imo", _T.CODE, "IMO number as written", "imo|vessel imo|imo number|imo no|номер имо|ship imo|imo vessel number|imo nr|vessel imo number|vessel imo no|ship imo number|номер имо судна|imo судна|imo编号|imo numarasi|numero imo"),
    _given("vessel.flag", _T.COUNTRY, "flag state", "flag|vessel flag|ship registered in|флаг|船旗|bayrak|bandera|flag state|ship flag|flag of vessel|флаг судна|страна флага|прапор судна|船旗国|gemi bayragi|bandera del buque|bandeira|pavillon|flagge"),
)  # fmt: skip
_TERMS_FIELDS = (
    _given("payment.currency", _T.TEXT, "currency paid in", "payment currency|currency of payment|валюта платежа|付款币种|odeme para birimi|settlement currency|валюта расчетов|валюта оплати|结算币种|moneda de pago|moeda de pagamento"),
    _given("payment.terms", _T.TEXT, "payment terms as written", "payment terms|payment|terms of payment|payment method|условия оплаты|付款条件|付款方式|odeme sekli|condiciones de pago|mode of payment|payment mode|форма оплаты|способ оплаты|форма расчетов|умови оплати|结算方式|付款条款|odeme sarti|odeme kosulu|forma de pago|condicion de pago|condicoes de pagamento|forma de pagamento|conditions de paiement|mode de paiement|zahlungsbedingungen|zahlungsart|forma pago|zahlungsbedingung|warunki platnosci|sposob platnosci|forma platnosci|phuong thuc thanh toan|termini di pagamento|condizioni di pagamento|modalita di pagamento|شروط الدفع|طريقة الدفع"),
    _given("contract.date", _T.DATE, "day of the contract", "contract date|date of contract|дата контракта|дата договора|合同日期|agreement date|дата договору|дата контракту|签约日期|sozlesme tarihi|fecha del contrato|fecha de contrato|data do contrato|date du contrat|vertragsdatum"),
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
    _derived("quality.several_parties", _T.BOOL, "a party has more than one name: several parties in a cell, or a name and its translation"),
    _derived("quality.number_in_name", _T.BOOL, "a tax or registration number stands in the cell of a party's name"),
    _derived("quality.address_in_name", _T.BOOL, "an address stands in the cell of a party's name"),
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
QUALITY = tuple(name for name in FIELDS if name.startswith("quality."))
"""What the cells of a line look like, whatever they say."""
