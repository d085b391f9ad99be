"""Addresses: one building in any notation, and the places beside it that are others."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctionscreen.matching.addresses import Address, agreement, read

HIT = 0.8

SAME = [
    # order, abbreviations, scripts
    ("ul. Syntetika d. 8, Izhevsk 426000, Russia", "8 Syntetika street, Izhevsk"),
    ("ul. Syntetika d. 8, Izhevsk 426000, Russia", "Ижевск, ул. Синтетика, д. 8"),
    ("ul. Syntetika d. 8, Izhevsk 426000, Russia", "426000, Izhevsk, Syntetika 8, office 12"),
    ("ul. Staroalekseevskaya d. 5, Moscow 129626", "129626, г. Москва, ул. Староалексеевская, д. 5, оф. 304, пом. II"),
    ("ul. Staroalekseevskaya d. 5, Moscow", "Staroalekseyevskaya str., 5, bld. 2, Moscow, Russia"),
    ("15/56 Rochdelskaya Street, Moscow 123022", "123022, Москва, ул. Рочдельская, д. 15, корп. 56"),
    ("Leninsky Prospekt, 128-1-125, Moscow", "Москва, Ленинский проспект, дом 128, корпус 1, квартира 125"),
    ("47A, Sevastopolskiy Ave., of. 304, Moscow 117186", "г Москва, пр-кт Севастопольский, д. 47 А"),
    ("nab. Petrogradskaya 18 A, Saint Petersburg", "Санкт-Петербург, Петроградская наб., 18, лит. А"),
    ("ul. Timura Frunze, d. 11, str. 1, Moscow", "Timura Frunze street, House 11, Building 1, floor 2, room 2, Moscow"),
    ("ul. Akademika Koroleva, d. 12, Moscow", "12 Koroleva street, Moscow"),
    # numbers in names of streets
    ("ul. 8 Marta, d. 12, Ekaterinburg", "12, 8 Marta street, Yekaterinburg"),
    ("ul. 1905 Goda 10, Moscow", "улица 1905 года, дом 10, Москва"),
    ("1-ya Tverskaya-Yamskaya ul., 21, Moscow", "Москва, 1-я Тверская-Ямская улица, д. 21"),
    # what stands inside the building, and in front of it
    ("c/o Romashka Ltd, Office 12, 8 Syntetika street, Izhevsk", "8 Syntetika street, Izhevsk"),
    ("Room 1102, 11/F, Golden Syntetika Tower, 18 Synthetic Road, Wan Chai, Hong Kong", "Flat/Rm B, 9/F, 18 Synthetic Road, Hong Kong"),
    ("Unit 5, 3rd Floor, 12-14 Synthetic Road, Kwun Tong, Kowloon, Hong Kong", "12 Synthetic Rd., Kwun Tong, Hong Kong"),
    ("RM 1707 17 F SYNTHETIC BUILDING 7 SHEUNG SYNTHETIC STREET KOWLOON HONG KONG", "Room 5, 7 Sheung Synthetic Street, Kowloon, Hong Kong"),
    # China
    ("广东省深圳市南山区科技南路18号3楼", "No. 18 Keji South Road, Nanshan District, Shenzhen"),
    ("深圳市南山区科技南路十八号", "18 Kejinan Road, Nanshan, Shenzhen, Guangdong"),
    ("深圳市南山区科技南路18号", "Ke Ji Nan Lu 18 Hao, Shenzhen"),
    ("北京市朝阳区建国路88号1号楼2001室", "Room 2001, Building 1, No. 88 Jianguo Road, Chaoyang District, Beijing"),
    # Türkiye, Emirates, Europe
    ("Sentetik Mah. Çiçek Sok. No: 5 Kat: 3 D: 7 Kadıköy İstanbul", "Cicek Sokak 5/7, Sentetik Mahallesi, Istanbul"),
    ("Building 5, Synthetic Street 12, Dubai", "Office 7, Bldg 5, 12 Synthetic Street, Dubai"),
    ("UL OFIAR SYNTETYKI 11 37-700 PRZEMYSL", "ul. Ofiar Syntetyki 11, 37-700 Przemyśl, Poland"),
    ("Via Sintetica 24 int. 4, 41042 Fiorano Modenese MO", "VIA SINTETICA N. 24, FIORANO MODENESE 41042, ITALY"),
    ("112 Synthetic Lane, London SW10 0RN", "Unit 3, 112 Synthetic Lane, London, SW10 0RN"),
    ("Synthetikstraße 19, 53489 Sinzig", "SYNTHETIKSTRASSE 19, D-53489 SINZIG, GERMANY"),
    ("вул. Синтетична, буд. 4, м. Київ, 01001", "4 Syntetychna St, Kyiv 01001"),
]  # fmt: skip

OTHER = [
    # another house
    ("8 Syntetika street, Izhevsk", "9 Syntetika street, Izhevsk"),
    ("8 Syntetika street, Izhevsk", "18 Syntetika street, Izhevsk"),
    ("8 Syntetika street, Izhevsk", "Office 8, 9 Syntetika street, Izhevsk"),
    ("12A Syntetika street, Izhevsk", "12B Syntetika street, Izhevsk"),
    ("12A Syntetika street, Izhevsk", "12 Syntetika street, Izhevsk"),
    ("ul. Syntetika 5 korp. 2, Moscow", "ul. Syntetika 5 korp. 3, Moscow"),
    ("14 Synthetic Square, Building 2, floor 3, Moscow", "14 Synthetic Square, Building 3, office 2, Moscow"),
    ("Tower 1, Synthetic Road, Dubai", "Synthetic Road, Al Barsha 1, Dubai"),
    ("12-14 Synthetic Road, Hong Kong", "16 Synthetic Road, Hong Kong"),
    ("科技南路18号, 深圳市", "科技南路28号, 深圳市"),
    # another street
    ("8 Syntetika street, Izhevsk", "8 Lenina street, Izhevsk"),
    ("ul. Bolshaya Polyanka 5, Moscow", "ul. Malaya Polyanka 5, Moscow"),
    ("ul. Bolshaya Polyanka 5, Moscow", "ul. Polyanka 5, Moscow"),
    ("1-ya Tverskaya-Yamskaya ul., 21, Moscow", "2-ya Tverskaya-Yamskaya ul., 21, Moscow"),
    ("1-ya Tverskaya-Yamskaya ul., 21, Moscow", "ul. Tverskaya 21, Moscow"),
    ("prospekt Mira 5, Moscow", "ulitsa Mira 5, Moscow"),
    ("ul. 8 Marta, d. 12, Ekaterinburg", "ul. 9 Maya, d. 12, Ekaterinburg"),
    ("No. 18 Keji South Road, Shenzhen", "No. 18 Keji North Road, Shenzhen"),
    ("深圳市南山区科技南路18号", "深圳市南山区科技中路18号"),
    ("5 Moskovskaya street, Kazan", "5 Kazanskaya street, Moscow"),
    # another town
    ("8 Syntetika street, Izhevsk", "8 Syntetika street, Omsk"),
    ("Lenina 8, Fryazino", "Lenina 8, Shchelkovo"),
    ("ul. Lenina 8, Tsentralny district, Fryazino", "ul. Lenina 8, Tsentralny district, Shchelkovo"),
    ("Golden Syntetika Tower, 18 Synthetic Road, Hong Kong", "Golden Syntetika Tower, 18 Synthetic Road, Shenzhen"),
    # another postal area
    ("8 Syntetika street, Moscow 129626", "8 Syntetika street, Moscow 115035"),
    ("Lenina 8, Fryazino 141190", "Lenina 8, Fryazino 602254"),
    # too little
    ("Izhevsk", "Izhevsk"),
    ("Moscow, Russia", "Moscow, Russia"),
    ("8", "8"),
    ("Syntetika 8", "Syntetika 8"),
    ("Syntetika street, Izhevsk", "Syntetika street, Izhevsk"),
    ("P.O. Box 17870, Dubai, UAE", "P.O. Box 17870, Jebel Ali Free Zone, Dubai, UAE"),
    ("Office 104, Syntetika Building, Dubai", "Office 104, Syntetika Building, Dubai"),
    ("", ""),
]  # fmt: skip


@pytest.mark.parametrize(("left", "right"), SAME)
def test_one_building_in_two_notations_is_a_hit(left: str, right: str) -> None:
    """Order, script, abbreviation, office, floor and what stands in front do not matter."""
    assert agreement(read(left), read(right)) >= HIT


@pytest.mark.parametrize(("left", "right"), OTHER)
def test_a_place_beside_it_is_no_hit(left: str, right: str) -> None:
    """Another number, street, town or postal area is another place, and a town alone is none."""
    assert agreement(read(left), read(right)) < HIT


@pytest.mark.parametrize(("left", "right"), SAME + OTHER)
def test_agreement_is_symmetric(left: str, right: str) -> None:
    """Which side is listed does not matter."""
    assert agreement(read(left), read(right)) == agreement(read(right), read(left))


@pytest.mark.parametrize(("left", "right"), SAME)
def test_one_building_is_found(left: str, right: str) -> None:
    """Both notations have a key in common, so an index looks at the pair."""
    assert read(left).keys & read(right).keys


def test_the_same_door_says_more_than_the_same_building() -> None:
    """Offices of one block belong to many firms: another office leaves a hit, the same one a stronger hit."""
    listed = read("Room 1102, 11/F, 18 Synthetic Road, Hong Kong")
    same, building, other = (
        agreement(listed, read(text))
        for text in ("Rm 1102, 11th floor, 18 Synthetic Road, Hong Kong", "18 Synthetic Road, Hong Kong",
                     "Rm 903, 9/F, 18 Synthetic Road, Hong Kong")
    )  # fmt: skip
    assert HIT <= other < building < same < 1


@pytest.mark.parametrize(
    ("text", "houses", "inner"),
    [
        ("ul. Lenina 12/14", {("12", "", ("14",))}, set()),
        ("ul. Lenina 012 A", {("12", "a", ())}, set()),
        ("ul. Lenina d. 5 korp. 2 kv. 17", {("5", "", ("2",))}, {"17"}),
        ("Flat A, 12/F, 300 Synthetic Rd", {("300", "", ())}, {"a", "12"}),
        ("2nd floor, 7 Synthetic Road", {("7", "", ())}, {"2"}),
        ("Shop No. 39, 7 Synthetic Road", {("7", "", ())}, {"39"}),
        ("东方路1217号16楼B座", {("1217", "", ("b",))}, {"16"}),
    ],
)
def test_house_and_office_are_told_apart(text: str, houses: set[object], inner: set[str]) -> None:
    """The number of the house decides; floors, rooms and flats do not."""
    address = read(text)
    assert {house[:3] for house in address.houses} == houses
    assert address.inner == inner


@given(st.text(max_size=300))
def test_no_text_breaks_it(text: str) -> None:
    """Whatever stands there is an address taken apart, and agrees with itself at most wholly."""
    address = read(text)
    assert isinstance(address, Address)
    assert 0 <= agreement(address, address) <= 1


@pytest.mark.parametrize(
    "piece", ["5 ", "ul. ", "a, ", "12/", "号", "深圳市", "1-", "office ", "a-", ", ", "c/o ", "box ", "st 5 "]
)
def test_a_hostile_address_costs_little(piece: str) -> None:
    """A hundred thousand characters of anything are cut and read in milliseconds."""
    read("warm up 深圳市")
    started = time.process_time()
    read(piece * (100_000 // len(piece)))
    assert time.process_time() - started < 1
