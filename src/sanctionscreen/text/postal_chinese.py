"""Chinese addresses in Latin letters, with the words that the reader of addresses knows: road, no, floor."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sanctionscreen.text.lexicon import PLACES, said_of
from sanctionscreen.text.romanise import syllables

HAN_RUN = re.compile(r"[\u3400-\u9fff][\u3400-\u9fff\da-z—-]*")
"""Chinese with the numbers in it; an address is written without spaces."""

_HAN_PLACE = re.compile(
    r"(?P<region>[\u3400-\u9fff]{2,7}?(?:省|自治区|特别行政区))|(?P<city>[\u3400-\u9fff]{2,5}?市)"
    r"|(?P<no>[\d一二三四五六七八九十百]{1,6}(?:[-—之][\d一二三四五六七八九十百]{1,4})?号(?!楼|铺))"
    r"|(?P<part>[\da-z一二三四五六七八九十]{1,4}(?:号楼|栋|幢|座|期))|(?P<floor>[\d一二三四五六七八九十]{1,3}(?:楼|层|f))"
    r"|(?P<room>[\da-z-]{1,8}(?:室|房|单元|户|号铺|铺))"
    r"|(?P<district>[\u3400-\u9fff]{1,5}?(?:区|县|旗))|(?P<town>[\u3400-\u9fff]{1,8}?(?:镇|乡|街道|村|社区|工业园|科技园|园))"
    r"|(?P<street>[\u3400-\u9fff]{1,9}?(?:大道|大街|路|街|巷|弄|道|胡同))|(?P<name>[\u3400-\u9fff]+?(?=[\da-z]|$))"
)
_HAN_DIGITS = {c: n for n, c in enumerate("一二三四五六七八九", 1)}


def in_latin(run: str) -> str:
    """A Chinese address in Latin letters with the words that the reader knows: road, no, floor."""
    return " , ".join(_piece(found) for found in _HAN_PLACE.finditer(run))


def _piece(found: re.Match[str]) -> str:
    text, kind = found[0], found.lastgroup
    if kind == "no":
        return "no " + "-".join(_arabic(part) for part in re.split(r"[-—之]", text.rstrip("号")))
    if kind in ("part", "floor", "room"):
        label = {"part": "block", "floor": "floor", "room": "room"}[kind]
        return f"{label} {_arabic(re.sub('[号楼栋幢座期层室房单元户铺]', '', text))}"
    if kind == "street":
        return " , ".join(_street_name(text))
    stem = text[:-1] if kind in ("city", "district") or text.endswith("省") else text
    known = said_of(stem)
    name = stem if known is not None and known[0] in PLACES else "".join(syllables(stem))
    return name + {"district": " district", "region": " province"}.get(kind or "", "")


def _street_name(text: str) -> Iterable[str]:
    """The street as a translation writes it; a known city in front stands by itself."""
    stem = re.sub(r"(?:大道|大街|路|街|巷|弄|道|胡同)$", "", text)
    city = next((stem[:n] for n in (4, 3, 2) if len(stem) > n and (said_of(stem[:n]) or ("",))[0] == "city"), "")
    if city:
        yield city
        stem = stem[len(city) :]
    direction = stem[-1] if len(stem) > 1 and stem[-1] in "东南西北中" else ""
    name = stem[: len(stem) - len(direction)]
    yield " ".join(
        part for part in ("".join(syllables(name)), "".join(syllables(direction)) if direction else "", "road") if part
    )


def _arabic(text: str) -> str:
    """18 of 18 and of 十八, up to 999."""
    if not any(c in _HAN_DIGITS or c in "十百" for c in text):
        return text.lstrip("0") or text
    total, digit = 0, 0
    for c in text:
        if c in "十百":
            total += (digit or 1) * (10 if c == "十" else 100)
            digit = 0
        else:
            digit = _HAN_DIGITS.get(c, 0)
    return str(total + digit)
