"""Party cells: names are found in what trade documents write there."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctionscreen.text import party_cells
from sanctionscreen.text.party_cells import read_party_cell
from sanctionscreen.text.plain_cells import is_plain_name


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("TO ORDER", "to_order"),
        ("To the order", "to_order"),
        ("TO ORDER OF SHIPPER", "to_order"),
        ("по приказу", "to_order"),
        ("凭指示", "to_order"),
        ("SAME AS CONSIGNEE", "same_as"),
        ("Same as above.", "same_as"),
        ("同上", "same_as"),
        ("", "blank"),
        ("   ", "blank"),
        ("N/A", "blank"),
        ("-", "blank"),
        ("???", "unreadable"),
        ("- - -", "unreadable"),
        ("ОТСУТСТВУЕТ", "blank"),
        ("ОТСУТСТВУЕТ | ABSENT", "blank"),
        ("not applicable", "blank"),
        ("无品牌", "blank"),
        ("Absent Minded Trading", "named"),
        ("\ud800\x00", "unreadable"),
        ("Romashka LLC", "named"),
        ("Sameera Trading", "named"),
        ("Same Sky Ltd", "named"),
        ("Order Logistics Ltd", "named"),
        ("Tomorrow Trading", "named"),
    ],
)
def test_what_stands_in_the_cell(cell: str, kind: str) -> None:
    """Phrases of the trade are no names, and names that resemble them are no phrases."""
    assert read_party_cell(cell).kind == kind


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Romashka LLC", ("Romashka LLC",)),
        ("Romashka LLC C/O Vektor Logistics", ("Romashka LLC", "Vektor Logistics")),
        ("c/o Vektor Logistics", ("Vektor Logistics",)),
        ("INN 7701234567 Romashka OOO", ("Romashka OOO",)),
        ("7701234567, ООО Ромашка", ("ООО Ромашка",)),
        ("ООО Ромашка, ИНН 7701234567", ("ООО Ромашка",)),
        ("Romashka LLC\nVektor GmbH", ("Romashka LLC", "Vektor GmbH")),
        ("Romashka LLC; Vektor GmbH", ("Romashka LLC", "Vektor GmbH")),
        ("Romashka OOO / Vektor LLC", ("Romashka OOO", "Vektor LLC")),
        ("Romashka OOO on behalf of Vektor LLC", ("Romashka OOO", "Vektor LLC")),
        ("TO ORDER OF SYNTHETIC BANK", ("SYNTHETIC BANK",)),
        ("STOKROTKA SP Z O O UL POLNA 5 00 001 WARSZAWA", ("STOKROTKA SP Z O O",)),
        ("DAISY GENERAL TRADING LLC OFFICE 104 DEIRA", ("DAISY GENERAL TRADING LLC",)),
        ("Consignee: Romashka LLC", ("Romashka LLC",)),
        # addresses and contacts, glued or not
        ("SYNTETIK SRLVIA ROMA 152 33170 PORDENONE", ("SYNTETIK SRL",)),
        ("SYNTETIK GMBH53489 SINZIG RHEINALLE 19", ("SYNTETIK GMBH",)),
        ("DAISY GENERAL TRADING L L COFFICE 104 DEIRA", ("DAISY GENERAL TRADING L L C",)),
        ("SYNTETIK CERAMICHE S P AVIA ROMA 24 A 41034 FINALE", ("SYNTETIK CERAMICHE S P A",)),
        ("DAISY GROUP LIMITEDRM 1707 17 F YIP BUILDING HONG KONG", ("DAISY GROUP LIMITED",)),
        ("STOKROTKA BIS UL POLNA 11 37 700 PRZEMYSL", ("STOKROTKA BIS",)),
        ("Daisy Trading, 8 Syntetika street, Izhevsk 426000", ("Daisy Trading",)),
        ("Vektor-M, Unit 7, Golden Tower, 18 Synthetic Road, Hong Kong", ("Vektor-M",)),
        ("ООО Ромашка, ул. Синтетика, д. 8, г. Ижевск, ИНН 7701234567", ("ООО Ромашка",)),
        ("Romashka LLC, Moscow, Russia", ("Romashka LLC",)),
        ("Romashka LLC\n8 Syntetika street\nIzhevsk, Russia\nTel +7 495 1234567", ("Romashka LLC",)),
        ("Romashka LLC tel. +7 495 1234567 info@romashka.example", ("Romashka LLC",)),
        ("ИНН/КПП 7701234567/770101001 ООО Ромашка", ("ООО Ромашка",)),
        # several parties
        ("1) Romashka LLC 2) Vektor GmbH", ("Romashka LLC", "Vektor GmbH")),
        ("1. Romashka LLC, 2. Vektor GmbH", ("Romashka LLC", "Vektor GmbH")),
        ("ROMASHKA LLC & VEKTOR GMBH", ("ROMASHKA LLC", "VEKTOR GMBH")),
        ("ROMASHKA LLC AND VEKTOR LLC", ("ROMASHKA LLC", "VEKTOR LLC")),
        ("ROMASHKA LLC, VEKTOR LLC", ("ROMASHKA LLC", "VEKTOR LLC")),
        ("ROMASHKA LLC NOTIFY PARTY: VEKTOR LLC", ("ROMASHKA LLC", "VEKTOR LLC")),
        ("TO ORDER OF SYNTHETIC BANK, NOTIFY: ROMASHKA LLC", ("SYNTHETIC BANK", "ROMASHKA LLC")),
        ("ROMASHKA LLC C/O VEKTOR LOGISTICS, OFFICE 5, 8 SYNTETIKA STR", ("ROMASHKA LLC", "VEKTOR LOGISTICS")),
        ("Romashka LLC; attn: Mr Ivan Petrov", ("Romashka LLC", "Mr Ivan Petrov")),
        ("DAISY TRADING LLC OFFICE 901 OWNED BY IVAN PETROV", ("DAISY TRADING LLC", "IVAN PETROV")),
        ("Romashka LLC d/b/a Vektor Supplies", ("Romashka LLC", "Vektor Supplies")),
        # two names of one party
        ("Sergei AKSENOV (Сергей АКСЁНОВ)", ("Sergei AKSENOV", "Сергей АКСЁНОВ")),
        ("ООО Ромашка/Romashka LLC", ("ООО Ромашка", "Romashka LLC")),
        ("ООО «Ромашка» (Romashka LLC)", ("ООО «Ромашка»", "Romashka LLC")),
        ("ПАО «Ромашка» - Romashka PJSC", ("ПАО «Ромашка»", "Romashka PJSC")),
        ("Novaya Romashka (New Daisy Company)", ("Novaya Romashka", "New Daisy Company")),
        ("Romashka LLC (formerly Vektor Trading)", ("Romashka LLC", "Vektor Trading")),
        (
            "深圳市合成科技有限公司 Shenzhen Hecheng Technology Co Ltd",
            ("Shenzhen Hecheng Technology Co Ltd", "深圳市合成科技有限公司"),
        ),
        # and what must stay whole
        ("A PEREIRA AND SONS LIMITED", ("A PEREIRA AND SONS LIMITED",)),
        ("Smith Ltd & Co KG", ("Smith Ltd & Co KG",)),
        ("Foo Co., Ltd", ("Foo Co., Ltd",)),
        ("24/7 Service GmbH", ("24/7 Service GmbH",)),
        ("Plant 12 LLC", ("Plant 12 LLC",)),
        ("Завод № 5", ("Завод № 5",)),
        ("Street 24 Fashion Ltd", ("Street 24 Fashion Ltd",)),
        ("Office Depot Ltd", ("Office Depot Ltd",)),
        ("Tel Aviv Trading Ltd", ("Tel Aviv Trading Ltd",)),
        ("Mobile Systems 2000", ("Mobile Systems 2000",)),
        (
            "ФИЛИАЛ ООО SYNTETIK RAILWAY CO.,LTD В РЕСПУБЛИКЕ КАЗАХСТАН",
            ("ФИЛИАЛ ООО SYNTETIK RAILWAY CO.,LTD В РЕСПУБЛИКЕ КАЗАХСТАН",),
        ),
        ("Huawei Technologies (Hong Kong) Co., Ltd", ("Huawei Technologies (Hong Kong) Co., Ltd",)),
        ("Special Technology Center (STC) LLC", ("Special Technology Center (STC) LLC",)),
        ("JSC Romashka (Moscow branch)", ("JSC Romashka (Moscow branch)",)),
        ("4 IN 1 CONSTRUCTIONS LIMITED", ("4 IN 1 CONSTRUCTIONS LIMITED",)),
        ("1000 Islands Trading", ("1000 Islands Trading",)),
        ("Johnson & Johnson", ("Johnson & Johnson",)),
        ("A/S Syntetisk", ("A/S Syntetisk",)),
        ("Daisy (Shipping) Ltd", ("Daisy (Shipping) Ltd",)),
    ],
)
def test_names_are_taken_out(cell: str, names: tuple[str, ...]) -> None:
    """Numbers, labels and addresses around a name go; several parties come apart; nothing else is cut."""
    assert read_party_cell(cell).names == names


@given(st.text(max_size=200))
def test_no_cell_breaks_it(cell: str) -> None:
    """Whatever stands there, the result is one of the five, and a named cell has names."""
    read = read_party_cell(cell)
    assert bool(read.names) == (read.kind == "named") or read.kind == "to_order"


@pytest.mark.parametrize(
    "piece",
    ["llc ", "ltd & ", "(a", "1) ", "2) 1) ", "ул. 5 ", "s p a 5 ", "c/o ", "notify: ", "a, ", "/ ", "gmbh5 ", "深圳市", "a@", "+7 ",
     "www.", "tel ", "inn 7", "an and ", "limitedx ", "- ", "a (b) ", "street 5 ", "office "],
)  # fmt: skip
def test_a_hostile_cell_costs_little(piece: str) -> None:
    """A hundred thousand characters of any piece are read in milliseconds, and reported as cut."""
    read_party_cell("warm up LLC, 深圳市合成科技有限公司")
    started = time.process_time()
    assert read_party_cell(piece * (100_000 // len(piece))).cut
    assert time.process_time() - started < 1


@pytest.mark.parametrize("hostile", ["x" * 3_000_000, "ltd " * 500_000, ", " * 1_000_000, "\n" * 1_000_000])
def test_a_huge_cell_costs_little_and_is_reported_as_cut(hostile: str) -> None:
    """A cell of megabytes is compared in part, quickly."""
    started = time.process_time()
    assert read_party_cell(hostile).cut
    assert time.process_time() - started < 1


@pytest.mark.parametrize("cell", ["PLC S.p.A.", "SAS AB (publ)", "MBH Corporation PLC"])
def test_a_firm_named_like_legal_forms_is_a_name(cell: str) -> None:
    """Real companies: two different forms together are somebody."""
    assert read_party_cell(cell).kind == "named"


@pytest.mark.parametrize(
    ("cell", "names", "numbers"),
    [
        ("ИНН 7701234567 ООО Ромашка", ("ООО Ромашка",), ("ИНН 7701234567",)),
        ("ООО Ромашка (ИНН 7701234567)", ("ООО Ромашка",), ("ИНН 7701234567",)),
        ("ООО Ромашка ОГРН 1027700132195", ("ООО Ромашка",), ("ОГРН 1027700132195",)),
        ("7701234567, ООО Ромашка", ("ООО Ромашка",), ("7701234567",)),
        ("ИНН/КПП 7701234567/770101001 ООО Ромашка", ("ООО Ромашка",), ("ИНН/КПП 7701234567/770101001",)),
        ("БИН 160640000489 ТОО Синтетика", ("ТОО Синтетика",), ("БИН 160640000489",)),
        ("ТОВ «Ромашка», код ЄДРПОУ 12345678", ("ТОВ «Ромашка»",), ("код ЄДРПОУ 12345678",)),
        ("VKN 1234567890 Sentetik Sanayi A.Ş.", ("Sentetik Sanayi A.Ş.",), ("VKN 1234567890",)),
        ("Vergi Kimlik No: 1234567890 Sentetik Ltd. Şti.", ("Sentetik Ltd. Şti.",), ("Vergi Kimlik No: 1234567890",)),
        ("USCC 91440300MA5ABCDEF1 Hecheng Co Ltd", ("Hecheng Co Ltd",), ("USCC 91440300MA5ABCDEF1",)),
        ("91440300MA5ABCDEF1深圳市合成科技有限公司", ("深圳市合成科技有限公司",), ("91440300MA5ABCDEF1",)),
        (
            "深圳市合成科技有限公司 统一社会信用代码：91440300MA5ABCDEF1",
            ("深圳市合成科技有限公司",),
            ("统一社会信用代码：91440300MA5ABCDEF1",),
        ),
        ("CNPJ 12.345.678/0001-95 SINTETICA LTDA", ("SINTETICA LTDA",), ("CNPJ 12.345.678/0001-95",)),
        ("SYNTETIK SDN BHD 37437 T", ("SYNTETIK SDN BHD",), ("37437 T",)),
        ("NIT 900123456-1 SINTETICA SAS", ("SINTETICA SAS",), ("NIT 900123456-1",)),
        ("Romashka LLC\nTel +7 495 1234567\nINN 7701234567", ("Romashka LLC",), ("INN 7701234567",)),
        # labels that are words of names, and numbers that are no numbers of a register
        ("Tin Can Ltd", ("Tin Can Ltd",), ()),
        ("Pan 7 Logistics", ("Pan 7 Logistics",), ()),
        ("Code 12 LLC", ("Code 12 LLC",), ()),
        ("Reg Synthetic Ltd", ("Reg Synthetic Ltd",), ()),
        ("Romashka LLC tel. +7 495 1234567", ("Romashka LLC",), ()),
        ("1000 Islands Trading", ("1000 Islands Trading",), ()),
    ],
)
def test_numbers_beside_a_name_are_kept(cell: str, names: tuple[str, ...], numbers: tuple[str, ...]) -> None:
    """A tax or registration number goes from the name to the numbers, with its label."""
    read = read_party_cell(cell)
    assert (read.names, read.numbers) == (names, numbers)


@pytest.mark.parametrize(
    ("cell", "names", "addresses"),
    [
        ("SYNTETIK SRLVIA ROMA 152 33170 PORDENONE", ("SYNTETIK SRL",), ("VIA ROMA 152 33170 PORDENONE",)),
        ("A B C SRLVIA NUOVA 238 41042 FIORANO", ("A B C SRL",), ("VIA NUOVA 238 41042 FIORANO",)),
        ("ROMASHKA PLUS 79067 UKRAINE", ("ROMASHKA PLUS",), ("79067 UKRAINE",)),
        ("Romashka LLC, Moscow, Russia", ("Romashka LLC",), ("Moscow, Russia",)),
        (
            "ООО Ромашка, ИНН 7701234567, КПП 770101001, г. Москва, ул. Тверская, д. 8",
            ("ООО Ромашка",),
            ("г. Москва, ул. Тверская, д. 8",),
        ),
        ("Romashka LLC (INN 7701234567), Moscow", ("Romashka LLC",), ("Moscow",)),
        (
            "Daisy Ltd ADD: ROOM 5, 8 SYNTHETIC ROAD, HONG KONG",
            ("Daisy Ltd",),
            ("ROOM 5, 8 SYNTHETIC ROAD, HONG KONG",),
        ),
        (
            "深圳市合成科技有限公司，地址：深圳市南山区科技园路8号",
            ("深圳市合成科技有限公司",),
            ("深圳市南山区科技园路8号",),
        ),
        (
            "Romashka LLC\n8 Syntetika street\nIzhevsk, Russia\nTel +7 495 1234567",
            ("Romashka LLC",),
            ("8 Syntetika street, Izhevsk, Russia",),
        ),
        (
            "1) Romashka LLC, 8 Lenina street, Moscow 2) Vektor GmbH, Hauptstr. 5, 10115 Berlin",
            ("Romashka LLC", "Vektor GmbH"),
            ("8 Lenina street, Moscow", "Hauptstr. 5, 10115 Berlin"),
        ),
        ("ООО Ромашка, 125009, г. Москва", ("ООО Ромашка",), ("125009, г. Москва",)),
        (
            "ООО Вектор, РФ, Московская обл., г. Химки, ул. Ленина, д. 5",
            ("ООО Вектор",),
            ("РФ, Московская обл., г. Химки, ул. Ленина, д. 5",),
        ),
        (
            "ИП Иванов И.И., Республика Крым, г. Симферополь",
            ("ИП Иванов И.И.",),
            ("Республика Крым, г. Симферополь",),
        ),
        ("ТОВ Вектор, м. Київ, вул. Хрещатик 1", ("ТОВ Вектор",), ("м. Київ, вул. Хрещатик 1",)),
        ("Vektor Trading, Moscow region, g. Khimki", ("Vektor Trading",), ("Moscow region, g. Khimki",)),
        ("Vektor Trading, City Logistics", ("Vektor Trading, City Logistics",), ()),
        ("АО Завод, Край", ("АО Завод, Край",), ()),
        ("Plant 12 LLC", ("Plant 12 LLC",), ()),
        ("Moscow Synthetic Plant", ("Moscow Synthetic Plant",), ()),
        ("JSC Romashka (Moscow branch)", ("JSC Romashka (Moscow branch)",), ()),
    ],
)
def test_an_address_glued_to_a_name_is_kept(cell: str, names: tuple[str, ...], addresses: tuple[str, ...]) -> None:
    """What is cut from a name as its address is the address of that party."""
    read = read_party_cell(cell)
    assert (read.names, read.addresses) == (names, addresses)


PIECES = st.sampled_from(
    """Romashka Vektor Синтетика Завод ООО LLC Ltd GmbH Trading Company and of the и order same as notify C/O care tel inn
    to account Moscow Street Œuvre Şti. S.A. O'Hara "Daisy" - , . & / ( ) 5 street Handel-und ООО-Торг k a.k.a. dba
    formerly agent for behalf messrs seller: name 深圳市合成 科技 有限公司 (上海) 同上 凭指示 不详 주식회사 가나다 (주) شركة رسم""".split()
)


@given(st.lists(PIECES, min_size=1, max_size=8), st.sampled_from(["", " "]))
def test_a_plain_name_is_what_taking_it_apart_would_give(pieces: list[str], between: str) -> None:
    """The short way is taken only where the long one comes to the same: one name, nothing beside it."""
    cell = between.join(pieces)
    if is_plain_name(cell):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(party_cells, "is_plain_name", lambda text: False)
            taken_apart = read_party_cell(cell)
        assert taken_apart == read_party_cell(cell)
