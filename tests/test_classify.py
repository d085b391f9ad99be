"""Reading goods: what raises a category, what must stay silent, and when text and code disagree."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctionscreen.goods import classify, load_goods
from sanctionscreen.goods.terms import MAX_CHARACTERS

GOODS = load_goods()


def read(description, hs=None, **more):
    return classify(description, hs, lists=GOODS, **more)


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("Integrated circuits, STM32 microcontrollers, LQFP64", "microelectronics"),
        ("микросхемы интегральные электронные", "microelectronics"),
        ("IC SMD SOIC-8", "microelectronics"),
        ("集成电路", "microelectronics"),
        ("MACHINING CENTRES, 5-AXIS", "machine_tools"),
        ("Станок токарный с ЧПУ", "machine_tools"),
        ("станки по металлу", "machine_tools"),
        ("数控机床", "machine_tools"),
        ("FPV drones 7 inch, 10 sets", "drones"),
        ("DJI Mavic3 Pro quadcopters", "drones"),
        ("FPV-дроны", "drones"),
        ("Беспилотные летательные аппараты", "drones"),
        ("植保无人机", "drones"),
        ("L550E engine", "drone_engines"),
        ("двигатели для БПЛА", "drone_engines"),
        ("piston engine for unmanned aircraft", "drone_engines"),
        ("无人机发动机", "drone_engines"),
        ("inertial measurement units", "missile_tank_aircraft_parts"),
        ("головка самонаведения", "missile_tank_aircraft_parts"),
        ("turret for battle tank", "missile_tank_aircraft_parts"),
        ("Refined cotton for paper", "nitrocellulose"),
        ("целлюлоза хлопковая", "nitrocellulose"),
        ("硝化棉", "nitrocellulose"),
        ("ammonium perchlorate 99%", "propellants"),
        ("пороха бездымные", "propellants"),
        ("SKD: processors, casings and LCD screens, unassembled", "skd_kits"),
        ("комплектующие: корпус, блок питания, материнская плата", "skd_kits"),
        ("套料: 处理器 机箱 屏幕", "skd_kits"),
        ("Bulletproof vests level IV", "body_armour"),
        ("Vests of aramid", "body_armour"),
        ("бронежилеты", "body_armour"),
        ("防弹背心", "body_armour"),
        ("3000 pcs airsoft helmets, aramid", "helmets"),
        ("polymer helmets for gaming use", "helmets"),
        ("шлемы для страйкбола", "helmets"),
        ("战术头盔", "helmets"),
        ("thermal imaging cameras", "thermal_imaging"),
        ("Night vision monocular Gen 2", "thermal_imaging"),
        ("тепловизионные прицелы", "thermal_imaging"),
        ("热成像仪", "thermal_imaging"),
        ("Boron carbide hexagons", "armour_ceramics"),
        ("ceramic insert, ballistic", "armour_ceramics"),
        ("бронекерамика", "armour_ceramics"),
        ("CQ-A semi-automatic", "rifles"),
        ("винтовок 20 штук", "rifles"),
        ("步枪", "rifles"),
        ("Rifle scopes 4-16x44", "optics"),
        ("линзы германиевые", "optics"),
        ("Satellite imagery subscription", "satellite_space"),
        ("ДЗЗ, спутниковые снимки", "satellite_space"),
        ("Ethernet switches 48 ports", "telecom"),
        ("радиостанции портативные", "telecom"),
        ("rack servers 2U", "servers"),
        ("серверы", "servers"),
        ("NdFeB magnets", "rare_earths"),
        ("квадроциклы", "cars"),
    ],
)
def test_the_text_raises_its_category(text, category):
    """A strong term, or a weak one with a word that confirms it, in three languages."""
    assert category in read(text).text_categories


@pytest.mark.parametrize(
    ("text", "hs"),
    [
        ("potato chips, salted", "2005.20"),
        ("wood chips", "440121"),
        ("PET chips bottle grade", "390761"),
        ("chocolate wafer biscuits", "190532"),
        ("ASICS running shoes", "640411"),
        ("storage tanks of steel", "730900"),
        ("танк-охладитель молока", "841869"),
        ("men's tank tops", "610910"),
        ("ракетки для бадминтона", "950651"),
        ("ракеты фейерверочные, салют", "360410"),
        ("sewing machines", "845210"),
        ("coffee grinding machine", "850940"),
        ("станки для бритья одноразовые", "821210"),
        ("CNC machined aluminium parts", "761699"),
        ("gunpowder tea", "090210"),
        ("порошок стиральный", "340250"),
        ("milk powder", "040210"),
        ("live drone bees, honey bees", "010641"),
        ("ceramic tiles 60x60", "690721"),
        ("плитка керамическая", "690721"),
        ("керамогранит", "690721"),
        ("陶瓷地砖", "690721"),
        ("motorcycle helmets", "650610"),
        ("Helmets, motorcycle", "650610"),
        ("шлем мотоциклетный", "650610"),
        ("каска строительная", "650610"),
        ("摩托车头盔", "650610"),
        ("oil-well casing", "730429"),
        ("sausage casings", "050400"),
        ("sunscreen lotion", "330499"),
        ("carpets", "570231"),
        ("cardigans in cartons", "611030"),
        ("патроны для ламп Е27", "853661"),
        ("патрон сверлильный", "846610"),
        ("карабин альпинистский", "732690"),
        ("затвор дисковый поворотный", "848180"),
        ("глушитель автомобильный", "870892"),
        ("hex bolts and nuts", "731815"),
        ("printer cartridges", "844399"),
        ("first-aid kits", "300650"),
        ("kit of screws in a case", "731815"),
        ("phone case and screen protector", "392690"),
        ("food processor", "850940"),
        ("life vests", "630720"),
        ("разгрузка товара", "731815"),
        ("插板", "853669"[:4]),
        ("trauma plate, orthopaedic", "902110"),
        ("baby monitor with night vision", "852872"),
        ("laptop thermal module, heat sink", "841490"),
        ("thermal paper rolls", "481190"),
        ("LED headlamp lens", "851220"),
        ("контактные линзы", "900130"),
        ("scope of supply: doors", "441820"),
        ("satellite TV dish", "732690"),
        ("вакцина Спутник V", "300241"),
        ("light switches", "853650"),
        ("wood router bits", "820770"),
        ("car radio antenna", "851829"),
        ("salad servers", "821599"),
        ("fridge magnets, souvenirs", "392640"),
        ("tyres for passenger cars and SUV", "401110"),
        ("whisky, one dram glasses", "701337"),
        ("nail polish with nitrocellulose", "330430"),
        ("drone bag", "420292"),
        ("чехол для дрона", "420292"),
        ("toy rifle", "950300"),
        ("玩具步枪", "950300"),
        ("vises, other than parts of machine tools", "820570"),
        ("Clamps, excluding accessories of drones", "820570"),
    ],
)
def test_ordinary_goods_stay_silent(text, hs):
    """False friends, accessories, exclusions and words that name many things raise nothing."""
    reading = read(text, hs)
    assert reading.categories == ()
    assert reading.text_categories == ()
    assert reading.contradiction is not True
    assert not reading.controlled


@pytest.mark.parametrize(
    "word",
    "IC NC NAS SAR case screen kit tank switch car radio lens memory housing display equipment components barrel bolt"
    " cartridge receiver helmet ESC BAS CNC EDM SSD GPU radar guidance tank satellite router antenna aramid kevlar"
    " керамика набор комплект корпус экран память станок патрон ствол затвор карабин глушитель шлем автомобиль"
    " линза спутник антенна 陶瓷 头盔 套件 外壳 镜头 卫星 汽车 机芯 插板".split(),
)
def test_one_general_word_raises_nothing(word):
    """A word that names many things is no evidence alone."""
    assert read(word).text_categories == ()
    assert read(word, "732690").categories == ()


@pytest.mark.parametrize(
    ("hs", "tier"),
    [
        ("8542.31", "1"),
        ("8517 62 00 00", "2"),
        ("85044030", "3.A"),
        ("848210", "3.B"),
        ("903020", "4.A"),
        ("8458.11", "4.B"),
        ("690721", "none"),
        ("8542", None),
        ("chips", None),
        (None, None),
    ],
)
def test_the_tier_is_the_codes(hs, tier):
    """A listed code has its tier, a known one that is not listed `none`, an unreadable one nothing."""
    reading = read(None, hs)
    assert reading.chpl_tier == tier
    assert reading.controlled is (None if tier is None else tier != "none")


def test_an_old_code_is_listed_only_in_part():
    """8525.80 of HS2017 held all cameras: the tier is possible, the reading says so, and controlled stays open."""
    reading = read("digital cameras", "8525.80", date=date(2021, 6, 1))
    assert reading.hs_edition == "2017"
    assert reading.chpl_tier is None
    assert reading.controlled is None
    assert any("only partly 852589" in sentence for sentence in reading.evidence)


def test_the_wider_scope_of_an_old_number_is_said():
    """9013.80 is in both editions and held display modules in 2017."""
    older = read("LCD modules", "901380", date=date(2020, 6, 1)).evidence
    newer = read("LCD modules", "901380", date=date(2024, 6, 1)).evidence
    assert any("display" in s or "LCD modules now" in s for s in older)
    assert not any("LCD modules now" in s for s in newer)


def test_a_code_does_not_count_before_it_was_listed():
    """As of January 2023 nothing was on the list; as of 2024 all is."""
    assert read(None, "854231", as_of=date(2023, 1, 1)).chpl_tier == "none"
    assert read(None, "854231", as_of=date(2023, 5, 19)).chpl_tier == "1"
    assert read(None, "845811", as_of=date(2023, 8, 1)).chpl_tier == "none"


@pytest.mark.parametrize(
    ("text", "hs", "is_controlled"),
    [
        ("FPV drones", "880622", True),
        ("cotton linters pulp", "470610", True),
        ("NC, alcohol-wetted", "391220", True),
        ("barrels", "930520", True),
        ("technical ceramics", "690919", True),
        ("plastic articles", "392690", False),
        ("helmets", "650610", False),
        ("lenses", "900211", False),
        ("cars, used", "870323", False),
        ("bearings, spare parts", "848280", False),
        ("rifles", "940360", False),
        (None, "880622", None),
        ("FPV drones", None, None),
    ],
)
def test_controlled_needs_code_and_text(text, hs, is_controlled):
    """Off the priority list, code and text must agree on a category that is narrow enough."""
    assert read(text, hs).controlled is is_controlled


@pytest.mark.parametrize(
    ("text", "hs"),
    [
        ("L550E engine, industrial refrigeration unit", "841869"),
        ("двигатели поршневые", "8418.69"),
        ("FPV drones, toy", "950300"),
        ("无人机", "950300"),
        ("Bulletproof vests", "611030"),
        ("бронежилеты", "610910"),
        ("hunting rifles", "940360"),
        ("nitrocellulose", "520100"),
    ],
)
def test_text_against_code(text, hs):
    """The text names controlled goods, the code stands where there are none of them, or is a known disguise."""
    reading = read(text, hs)
    assert reading.contradiction is True
    assert any("disagree" in sentence and reading.hs6 in sentence for sentence in reading.evidence)


@pytest.mark.parametrize(
    ("text", "hs"),
    [
        ("FPV drones", "880622"),
        ("drones with cameras", "852589"),
        ("refrigerators", "841869"),
        ("RC cars with brushless motor", "950300"),
        ("welding inverter, IGBT", "851539"),
        ("charger for drones", "420292"),  # what the goods are for
        ("pullovers", "611030"),
        ("drones", "8806"),
        ("drones", None),
        (None, "611030"),
    ],
)
def test_no_contradiction_without_both_sides(text, hs):
    """Agreement, a mention of the purpose, or a missing side is no contradiction."""
    assert read(text, hs).contradiction is not True


@pytest.mark.parametrize(
    ("text", "is_vague"),
    [
        ("spare parts", True),
        ("100pcs Spare Parts and accessories", True),
        ("запчасти", True),
        ("配件、样品", True),
        ("NO COMMERCIAL VALUE", True),
        ("12345", True),
        ("---", True),
        ("spare parts for Toyota", False),
        ("drone spare parts", False),
        ("ceramic tiles", False),
        (None, None),
        ("   ", None),
    ],
)
def test_vague_descriptions_say_nothing(text, is_vague):
    """Only vague words, fillers and numbers; one word of substance is enough to be not vague."""
    assert read(text, "854231").vague is is_vague


def test_a_kit_word_counts_with_a_high_tier_only():
    """SKD with a code of tier 3.A is a kit of components, with tier 4.A or an ordinary code it is not."""
    assert "skd_kits" in read("SKD", "850440").categories
    assert "skd_kits" not in read("SKD", "853400").categories
    assert "skd_kits" not in read("SKD", "940360").categories
    assert "skd_kits" not in read(None, "847330").categories


def test_a_bare_helmet_needs_its_code():
    """The word under its own code names the category, which quantity or price then make telling."""
    assert read("helmets", "650610").categories == ("helmets",)
    assert read("helmets", "392690").categories == ("helmets",)
    assert read("helmets", "950300").categories == ()


def test_a_brand_in_the_makers_role_adds_its_category():
    """The maker's brand stands in both lists, with the reason."""
    reading = read("camera", "852589", maker_category="drones")
    assert reading.categories == reading.text_categories == ("drones",)
    assert any("brand" in sentence for sentence in reading.evidence)
    assert read(None, None, maker_category="drones").categories == ("drones",)


def test_a_euphemism_is_said_only_beside_a_signal():
    """ "Hunting scope" alone raises nothing; under a listed code it is part of the evidence."""
    assert read("hunting scope", "420292").evidence == ()
    assert any("hunting scope" in s for s in read("hunting scope", "901310").evidence)


def test_evidence_is_for_people():
    """Every statement has a sentence that a person can check."""
    reading = read("FPV drone with microchips", "854231")
    assert "code 854231 is on the Common High Priority List, tier 1 (2024-02-23)" in reading.evidence
    assert "text 'FPV drone' says drones" in reading.evidence


def test_nothing_given_is_unknown_and_not_clean():
    """Without code and text every field is None but the quality of the code."""
    reading = read(None, None)
    assert (reading.categories, reading.text_categories, reading.controlled) == (None, None, None)
    assert (reading.contradiction, reading.vague, reading.chpl_tier) == (None, None, None)
    assert reading.hs_quality == "missing"


def test_html_is_undone():
    """Tags part words and entities are characters."""
    assert "drones" in read("<p>FPV</p><b>drone</b> &amp; parts").text_categories
    assert "armour_ceramics" in read("boron&nbsp;carbide").text_categories


def test_a_long_description_is_cut_and_says_so():
    """What lies behind the limit is not read; the reading says how much was."""
    reading = read("tiles " * 20_000 + "FPV drone")
    assert reading.text_categories == ()
    assert any(f"{MAX_CHARACTERS:,}" in sentence for sentence in reading.evidence)


@pytest.mark.parametrize(
    "text",
    [
        "\x00\x00",
        "مسيرة بدون طيار",
        "d\u0301r\u0301one",
        "\u202edrone\u202c",
        "🛩️",
        "<" * 5000,
        "&" * 5000,
        "ǅ",
        "\ud800",
    ],
)
def test_odd_text_is_read_without_a_crash(text):
    """Right-to-left, combining characters, unpaired surrogates and broken markup are text like any other."""
    assert read(text, text).text_categories is not None


@given(st.text(max_size=200), st.none() | st.text(max_size=20))
def test_any_text_gives_a_reading(text, hs):
    """Nothing raises, categories are known ones, and text categories are among the categories."""
    reading = read(text, hs)
    assert set(reading.text_categories or ()) <= set(reading.categories or ()) <= set(GOODS.categories)


def test_built_in_lists_are_the_default():
    """Without lists the built-in ones are read."""
    assert classify("FPV drone", "880622").categories == ("drones",)


# Several codes, headings, neighbours, purposes


@pytest.mark.parametrize(
    ("cell", "hs6", "tier"),
    [
        ("690721; 8542.31", "854231", "1"),
        ("8542.31 / 690721", "854231", "1"),
        ("690721 + 853400 + 854121", "854121", "3.A"),
        ("690721; 690722", "690721", "none"),
    ],
)
def test_of_several_codes_the_strictest_counts(cell: str, hs6: str, tier: str) -> None:
    """Wherever it stands in the cell; the note names them all."""
    reading = read("goods", cell)
    assert (reading.hs6, reading.chpl_tier, reading.hs_quality) == (hs6, tier, "several")
    assert any(f"{hs6} counts, the strictest" in said for said in reading.evidence)


@pytest.mark.parametrize(("cell", "is_said"), [("8542", True), ("85.42", True), ("6907", False)])
def test_four_digits_give_no_tier_but_say_what_they_may_hide(cell: str, is_said: bool) -> None:
    """A heading that holds listed codes is named with them; nothing is inferred."""
    reading = read("parts", cell)
    assert (reading.hs6, reading.chpl_tier, reading.hs4) == (None, None, cell.replace(".", ""))
    assert any("holds 854231" in said for said in reading.evidence) is is_said


@pytest.mark.parametrize(
    ("text", "code", "is_neighbour"),
    [
        ("integrated circuits, FPGA", "854290", True),  # parts, beside four listed codes
        ("integrated circuits, FPGA", "854239", False),  # listed itself
        ("integrated circuits, FPGA", "690721", False),  # another heading: a contradiction, no neighbour
        ("LED lamps", "854141", False),  # the text names no listed goods
        ("carrier boards for FPGA", "854290", False),  # what they are for
    ],
)
def test_a_neighbour_of_a_listed_code_with_its_words(text: str, code: str, is_neighbour: bool) -> None:
    """Both sides are shown: what the text says, and which listed codes stand beside the declared one."""
    reading = read(text, code)
    assert reading.neighbour_code is is_neighbour
    assert any(f"code {code} is a neighbour of 8542" in said for said in reading.evidence) is is_neighbour


@pytest.mark.parametrize(
    ("text", "categories"),
    [
        ("two-stroke engine for UAV", ("drone_engines",)),
        ("thermal imaging camera for installation on FPV drones", ("thermal_imaging",)),
        ("двухтактный двигатель для беспилотников", ("drone_engines",)),
        ("无人机用二冲程发动机", ("drone_engines",)),
        ("carrying frame for FPV drones", ("drones",)),  # nothing else is named: the drones remain
        ("FPV drones with thermal imaging camera", ("drones",)),
        ("FPV drones, thermal imaging cameras", ("drones", "thermal_imaging")),
        ("optical switch with microprocessor and thermal imager", ("microelectronics", "thermal_imaging")),
    ],
)
def test_what_goods_are_for_or_hold_is_no_goods_beside_them(text: str, categories: tuple[str, ...]) -> None:
    """An engine for drones is an engine; a frame for drones is said to be of drones, for want of more."""
    assert read(text).text_categories == categories
