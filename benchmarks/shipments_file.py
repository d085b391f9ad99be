"""A made-up file of shipments to measure with: as many rows, names and goods as asked for, the same ones each time.

Names are put together from syllables and words of trade in five scripts; three in a hundred are listed names as a
document may spell them (`manipulations`). No other party is real, and no row of the file is.
"""

# ruff: noqa: E501 - lists of words, one a line

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import polars as pl
from manipulations import CLASSES, manipulated
from shared_lists import Entry, read_lists

LISTED_SHARE = 0.03
"""Of the distinct names, those that are variants of listed ones."""
LINES_PER_SHIPMENT = 3
ROLES = ("Shipper", "Consignee", "Buyer", "End user", "Notify party")
_WITH_COUNTRY = ("Shipper", "Consignee", "End user")
_FIRST_DAY, _DAYS = date(2021, 6, 1), 1_600
_SKEW = 1.6
"""A few parties stand on many rows and most on few, as in customs data: a place is a random number to this power."""

_COUNTRIES = "DE CN TR KZ AE HK IN IT PL US KR JP UZ AM KG GE RS TH VN MY SG GB FR NL ES".split()
_LATIN = "ba bel bor cal dan del dor fal gar hol jas kel lam lor mar mel nor pal quin rav sal sol tam tor val ver wil xan yor zel".split()
_WORDS = "Textile Ceramics Furniture Foods Paper Glass Tiles Garments Hardware Packaging Lighting Machinery Tools Plastics".split()
_LATIN_FORMS = ("GmbH", "S.r.l.", "Ltd", "LLC", "S.A.", "A.Ş.", "Inc.", "Co., Ltd.", "B.V.", "LLP")
_GIVEN = (
    "Anna Boris Carla Daniyar Elif Farid Greta Hugo Irina Jonas Karin Lars Marta Nuri Olga Paulo Rosa Stefan".split()
)
_CYRILLIC = "бар вел гор дан жел зар кал лом мир нор пол рад сол тал ур фар хол чер шал яр бе до ви ко ле ма ни то ра су".split()
_CYRILLIC_WORDS = "Текстиль Мебель Керамика Стекло Продукты Бумага Инструмент Упаковка Свет Сервис".split()
_HAN = list("安宝昌达恩丰光海恒华嘉金凯丽龙美宁鹏千荣瑞盛泰天旺新雅亿永")
_HAN_WORDS = ("家具", "纺织", "陶瓷", "玻璃", "食品", "纸业", "五金", "包装", "灯饰", "塑料")
_ARABIC = "بر تل جم دار رم زه سل شم صب طر عم غد فر قم كر لم مر نس هد ور".split()
_ARABIC_WORDS = "للأثاث للنسيج للسيراميك للزجاج للأغذية للورق للتغليف".split()
_HANGUL = list("가나다라마바사아자차카타파하고노도로모보소오조초코토포호")
_HANGUL_WORDS = ("가구", "섬유", "도자기", "유리", "식품", "제지", "포장", "조명")

_ORDINARY = "office chairs|cotton shirts|ceramic tiles|glass bottles|steel screws|wooden doors|paper boxes|table lamps|plastic pipes|kitchen knives|bed linen|garden hoses|door handles|floor carpets|coffee cups|wall paint|bicycle tyres|toys for children|leather bags|washing machines|refrigerators for households|fresh apples|green tea|olive oil|rice in bags|hand tools|water taps|window frames|notebooks of paper|school desks".split(
    "|"
)
_ORDINARY_CODES = "940130 610910 690721 701090 731815 441829 481910 940521 391721 821192 630221 400911 830241 570330 691110 320910 401150 950300 420221 845011 841810 080810 090210 150920 100630 820559 848180 761010 482010 940330".split()
_TELLING = "microcontrollers|integrated circuits, processors|ball bearings|unmanned aerial vehicles|tantalum capacitors|network switches|CNC machining centre|optical sights|navigation receivers GNSS|carbon fibre fabric".split(
    "|"
)
_TELLING_CODES = "854231 854231 848210 880622 853221 851762 845710 901310 852691 681511".split()
_TELLING_SHARE = 0.05
_SIZES = "small large heavy light standard export quality grade type model series".split()
_UNITS, _CURRENCIES = ("pcs", "kg", "set"), ("USD", "EUR", "CNY")


def make(path: Path, rows: int, *, names: int, goods: int, seed: int = 7) -> None:
    """Write the file: a header and `rows` lines."""
    number = np.random.default_rng(seed)
    parties = distinct_names(names)
    shares = np.array_split(np.arange(names), len(ROLES))  # every role has names of its own, so that all are asked once
    columns: dict[str, Any] = {
        "Invoice No": pl.Series([f"TP-{at // LINES_PER_SHIPMENT:07d}" for at in range(rows)]),
        "Line": pl.Series([str(at % LINES_PER_SHIPMENT + 1) for at in range(rows)]),
        "Date": _days(number, rows),
    }
    known = pl.Series(parties)
    for role, share in zip(ROLES, shares, strict=True):
        place = share[_skewed(number, len(share), rows)]
        columns[role] = known.gather(place)
        if role in _WITH_COUNTRY:
            columns[f"{role} country"] = pl.Series(_COUNTRIES).gather(place % len(_COUNTRIES))
    place = _skewed(number, goods, rows)
    for header, cells in zip(("Goods description", "HS code"), _goods(goods), strict=True):
        columns[header] = pl.Series(cells).gather(place)
    columns |= _figures(number, rows)
    pl.DataFrame(columns).write_csv(path)


def distinct_names(count: int) -> list[str]:
    """Distinct names, those of listed parties spread evenly among the others."""
    listed = _listed(round(count * LISTED_SHARE))
    every = round(1 / LISTED_SHARE)
    made = (_made_up(at) for at in range(10 * count))
    seen = set(listed)
    found: list[str] = []
    while len(found) < count:
        if len(found) % every == every - 1 and listed:
            found.append(listed.pop())
        elif (name := next(made)) not in seen:
            seen.add(name)
            found.append(name)
    return found


def _listed(count: int) -> list[str]:
    """Names of persons and firms on the lists after one manipulation each."""
    random = Random(11)
    entries: list[Entry] = [entry for entry in read_lists() if entry.kind in ("person", "company")]
    found: dict[str, None] = {}
    while len(found) < count:
        entry = random.choice(entries)
        names = [text for text, quality in entry.names if quality != "weak" and len(text) <= 100]
        if names:
            spelled = manipulated(random.choice(names), entry.kind, random.choice(sorted(CLASSES[entry.kind])))
            if spelled and "\n" not in spelled:
                found[spelled] = None
    return list(found)


def _made_up(at: int) -> str:
    """The name with a number: of ten, six in Latin letters, and one each in Cyrillic, Chinese, Arabic and Korean."""
    random = Random(at)
    pick: Callable[[Sequence[str]], str] = random.choice

    def stem(parts: Sequence[str], least: int = 3) -> str:
        return "".join(pick(parts) for _ in range(random.randint(least, least + 1)))

    script = at % 10
    if script == 6:
        return f"{pick(('ООО', 'АО', 'ТОО'))} «{stem(_CYRILLIC).title()} {pick(_CYRILLIC_WORDS)}»"
    if script == 7:
        return f"{stem(_HAN)}{pick(_HAN_WORDS)}有限公司"
    if script == 8:
        return f"شركة {stem(_ARABIC, 2)} {stem(_ARABIC, 2)} {pick(_ARABIC_WORDS)}"
    if script == 9:
        return f"{pick(('주식회사 ', '(주)'))}{stem(_HANGUL)}{pick(_HANGUL_WORDS)}"
    if script == 5:
        return f"{pick(_GIVEN)} {stem(_LATIN).title()} {stem(_LATIN, 2).title()}"
    return f"{stem(_LATIN).title()} {stem(_LATIN, 2).title()} {pick(_WORDS)} {pick(_LATIN_FORMS)}"


def _goods(count: int) -> tuple[list[str], list[str]]:
    """Distinct descriptions with their codes."""
    random = Random(13)
    descriptions, codes = [], []
    for at in range(count):
        things, of = (_TELLING, _TELLING_CODES) if random.random() < _TELLING_SHARE else (_ORDINARY, _ORDINARY_CODES)
        which = random.randrange(len(things))
        size = random.choice(_SIZES)
        descriptions.append(f"{things[which].capitalize()}, {size} {random.choice(_SIZES)}, ref. {at:05d}")
        codes.append(of[which] + ("0000" if random.random() < 0.5 else ""))
    return descriptions, codes


def _skewed(number: np.random.Generator, count: int, rows: int) -> np.ndarray:
    """A place for each row; every place comes up as long as there are rows enough."""
    places = (number.random(rows) ** _SKEW * count).astype(np.int64)
    places[: min(rows, count)] = np.arange(count)[: min(rows, count)]
    return number.permutation(places)


def _days(number: np.random.Generator, rows: int) -> pl.Series:
    first = np.datetime64(_FIRST_DAY)
    return pl.Series(np.sort(first + number.integers(0, _DAYS, rows).astype("timedelta64[D]"))).cast(pl.String)


def _figures(number: np.random.Generator, rows: int) -> dict[str, pl.Series]:
    quantity, price = number.integers(1, 5_000, rows), number.integers(50, 90_000, rows)
    cents = quantity * price
    value = pl.Series(cents // 100).cast(pl.String) + "." + pl.Series(cents % 100).cast(pl.String).str.zfill(2)
    return {
        "Quantity": pl.Series(quantity).cast(pl.String),
        "Unit": pl.Series(_UNITS).gather(number.integers(0, len(_UNITS), rows)),
        "Net weight kg": pl.Series(number.integers(1, 20_000, rows)).cast(pl.String),
        "Value": value,
        "Currency": pl.Series(_CURRENCIES).gather(number.integers(0, len(_CURRENCIES), rows)),
        "Origin": pl.Series(_COUNTRIES).gather(number.integers(0, len(_COUNTRIES), rows)),
        "Country of dispatch": pl.Series(_COUNTRIES).gather(number.integers(0, len(_COUNTRIES), rows)),
        "Destination": pl.Series([*_COUNTRIES, "RU"]).gather(number.integers(0, len(_COUNTRIES) + 1, rows)),
    }
