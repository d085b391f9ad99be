"""Export control numbers as documents write them: the entry, what its parts mean, and what was repaired.

The numbers of the US Commerce Control List (15 CFR part 774, supplement no. 1; structure in 15 CFR 738.2) and of the EU
dual-use list (Regulation (EU) 2021/821, Annex I) have one shape: category, group, three digits, paragraphs. A number
on a document is what its author claims; it is no classification of ours.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

EccnQuality = Literal["ok", "repaired", "several", "unknown_code", "other_list", "statement", "missing", "invalid"]
"""How well a cell could be read.

    ok            one number as the lists write it
    repaired      look-alike letters or digits stood in it
    several       different numbers: `code` is the first that is not EAR99, `others` has the rest
    unknown_code  the shape of a number, in a series that neither list has
    other_list    a munitions list is named (ITAR, USML, ML, PL): not dual-use goods, and mostly stricter
    statement     says that no licence is needed, and names no number
    missing       nothing is written
    invalid       something is, and it is no number
"""

EAR99 = "EAR99"

# 15 CFR 738.2(a) and the parts of Annex I; where the titles differ, both are told.
CATEGORIES = MappingProxyType(
    {
        "0": "Nuclear materials, facilities and equipment (in the US list also miscellaneous items)",
        "1": "Special materials and related equipment (in the US list also chemicals, microorganisms and toxins)",
        "2": "Materials processing",
        "3": "Electronics",
        "4": "Computers",
        "5": "Telecommunications and information security",
        "6": "Sensors and lasers",
        "7": "Navigation and avionics",
        "8": "Marine",
        "9": "Aerospace and propulsion",
    }
)
# 15 CFR 738.2(b); Annex I has the same letters.
GROUPS = MappingProxyType(
    {
        "A": "Systems, equipment and components",
        "B": "Test, inspection and production equipment",
        "C": "Materials",
        "D": "Software",
        "E": "Technology",
    }
)
# First of the three digits: 15 CFR 738.2(d)(1). The EU list takes 0 to 4 after the regimes that its entries come from.
CONTROLS = MappingProxyType(
    {
        "0": "national security (EU: Wassenaar Arrangement)",
        "1": "missile technology (EU: Missile Technology Control Regime)",
        "2": "nuclear non-proliferation (EU: Nuclear Suppliers Group)",
        "3": "chemical and biological weapons (EU: Australia Group)",
        "4": "EU only: Chemical Weapons Convention",
        "5": "national security or foreign policy, as the US Department of Commerce determines",
        "6": "600 series: munitions of the Wassenaar Arrangement, or formerly of the US Munitions List",
        "9": "anti-terrorism, crime control, regional stability, short supply, UN sanctions; national entries",
    }
)

_LONGEST_CELL = 1000
_EMPTY = frozenset(
    {"", "N/A", "NA", "N.A.", "NAN", "NONE", "NULL", "NIL", "-", "--", "—", "–", "?", "TBD", "TBA", "НЕТ", "无"}
)
_LATIN = str.maketrans("АВСЕОРХКМНТІЅΑΒΕΟΡ", "ABCEOPXKMHTISABEOP")  # capitals that are drawn alike
_DIGIT = str.maketrans("OILЗQ", "01130")
_D = "[0-9OIЗ]"
# .a.7, (a)(7), a7, .iv: possessive, so that no text of dots and letters is read in many ways.
_PARAGRAPH = r"(?:\.[IVX]{2,4}\b|[.(]\d{1,3}\)?|[.(][A-Z]\)?|(?<=[A-Z])\d{1,2}|(?<=\d)[A-Z])*+"
_NUMBER = re.compile(rf"(?<![\w.])({_D})([A-E])({_D}{{3}})(?!\d)({_PARAGRAPH})(?!\w)")
_SPACED = re.compile(rf"({_D})[\s.\-]?([A-E])[\s.\-]?({_D}{{3}})(?!\d)({_PARAGRAPH})\.?")
_EAR99 = re.compile(r"(?<!\w)EA[RP][\s\-.]{0,2}99(?![\w])")
_LABEL = re.compile(r"^(?:(?:E\.?C\.?C\.?N\.?|US|EU|AL|DUAL[ -]USE|CODE|NO|NR|NUMBER)[\s.:#№\-]*)+(?=\d|З)")
_NO_LICENCE = re.compile(
    r"\bN\.?L\.?R\b|\bNO LICEN[CS]E (?:IS )?(?:REQUIRED|NEEDED)|\b(?:NOT|UN)[ -]?(?:CONTROLLED|LISTED|RESTRICTED)\b"
    r"|\bNOT (?:SUBJECT|DUAL[ -]USE)\b|\bNO ECCN\b|ЛИЦЕНЗИЯ НЕ ТРЕБУЕТСЯ|НЕ ПОДЛЕЖИТ|无需许可|不受管制|非管制"
)
_OTHER_LIST = re.compile(r"\b(?:ITAR|USML|(?:IMA|UK|EU)?ML ?\d{1,2}|PL ?\d{4})\b|\bMUNITIONS? LIST\b")


@dataclass(frozen=True, slots=True)
class Eccn:
    """What a cell says; `code` is empty where it names no number, and `note` says why."""

    code: str
    """`3A001.a.7`, or `EAR99`."""
    quality: EccnQuality
    note: str = ""
    others: tuple[str, ...] = ()
    """Further numbers of the cell; EAR99 stands after all others."""

    @property
    def is_ear99(self) -> bool:
        """Whether the cell says EAR99 and names no controlled number beside it."""
        return self.code == EAR99

    @property
    def names_ear99(self) -> bool:
        """Whether EAR99 is written, alone or beside other numbers."""
        return self.is_ear99 or EAR99 in self.others

    @property
    def entry(self) -> str:
        """The five characters, as `3A001`; empty for EAR99."""
        return "" if self.is_ear99 else self.code[:5]

    @property
    def paragraph(self) -> str:
        """What follows the entry, as `a.7`."""
        return "" if self.is_ear99 else self.code[6:]

    @property
    def category(self) -> str:
        """The first character, 0 to 9."""
        return self.entry[:1]

    @property
    def category_title(self) -> str:
        """What the category is of."""
        return CATEGORIES.get(self.category, "")

    @property
    def group(self) -> str:
        """The second character, A to E."""
        return self.entry[1:2]

    @property
    def group_title(self) -> str:
        """What the group is of."""
        return GROUPS.get(self.group, "")

    @property
    def control(self) -> str:
        """Why the goods are controlled, by the first of the three digits."""
        return CONTROLS.get(self.entry[2:3], "")

    @property
    def series(self) -> str:
        """A series with rules of its own: `600`, `9x515` (spacecraft), `0Y521` (temporary), `0x5zz` (firearms)."""
        if self.entry[2:3] == "6":
            return "600"
        if self.category == "9" and self.entry[2:] == "515":
            return "9x515"
        if self.category == "0" and self.entry[2:3] == "5":
            return "0Y521" if self.entry[2:] == "521" else "0x5zz"
        return ""


def read_eccn(text: str | None) -> Eccn:
    """The export control number of a cell; never raises.

    >>> read_eccn("ECCN 3A991.b").code, read_eccn("3а001").quality, read_eccn("5A992.c / EAR99").others
    ('3A991.b', 'repaired', ('EAR99',))
    """
    written = unicodedata.normalize("NFKC", (text or "")[:_LONGEST_CELL])
    written = "".join(c for c in written if unicodedata.category(c) != "Cf").strip(" \t\r\n'\"*=")
    cell = "".join(_upper(c) for c in written)
    if cell in _EMPTY:
        return Eccn("", "missing")
    latin = cell.translate(_LATIN)
    found = list(_numbers(latin, cell))
    return _of_numbers(found, latin) if found else _without_number(latin, cell, written)


def excludes_ear99(hints: Collection[str]) -> bool:
    """Whether EAR99 on a document does not fit what is known of its HS code.

    The hints name the numbers that goods of the code have (`ChplCode.eccn`). Where they are given and EAR99 is not
    among them, EAR99 on the document is a weak signal: hints are no classification, and the code holds other goods too.

    >>> excludes_ear99(["3A001", "3A991"]), excludes_ear99(["3A991", "EAR99"]), excludes_ear99([])
    (True, False, False)
    """
    return bool(hints) and not any(read_eccn(hint).names_ear99 for hint in hints)


def _upper(char: str) -> str:
    upper = char.upper()
    return upper if len(upper) == 1 else char  # ß and the like: places must stay


def _numbers(latin: str, cell: str) -> list[tuple[str, str]]:
    """Each number of a cell with what was repaired in it, EAR99 last."""
    label = _LABEL.match(latin)
    spaced = _SPACED.fullmatch(latin, label.end() if label else 0)
    found: dict[str, str] = {}
    for match in [spaced] if spaced else _NUMBER.finditer(latin):
        first, group, digits = match[1].translate(_DIGIT), match[2], match[3].translate(_DIGIT)
        code = f"{first}{group}{digits}{_paragraphs(match[4])}"
        as_written = cell[match.start(1) : match.end()]
        is_repaired = not as_written.isascii() or first + digits != match[1] + match[3]
        found.setdefault(code, f"{as_written!r} read as {code}: look-alike characters in it" if is_repaired else "")
    ear99 = _EAR99.search(latin)
    as_written = cell[ear99.start() : ear99.end()] if ear99 else ""
    if "R" in as_written or not as_written.isascii():  # ЕАР99 is EAR99 in Cyrillic, EAP99 is nothing
        found[EAR99] = "" if as_written.isascii() else f"{as_written!r} read as EAR99: look-alike characters in it"
    return list(found.items())


def _paragraphs(written: str) -> str:
    """`.A(7)`, `A7` and `.A.7` as `.a.7`."""
    return "".join(f".{part.lower()}" for part in re.findall(r"\d+|[IVX]{2,4}|[A-Z]", written))


def _of_numbers(found: list[tuple[str, str]], latin: str) -> Eccn:
    codes = [code for code, _ in found]
    notes = [note for _, note in found if note]
    strange = [code for code in codes if code != EAR99 and code[2] not in CONTROLS]
    quality: EccnQuality = "repaired" if notes else "ok"
    if strange:
        quality = "unknown_code"
        notes.append(f"neither the US nor the EU list has a series {strange[0][2]}00 as in {strange[0]}")
    if len(codes) > 1:
        quality = "several"
        notes.insert(0, f"{len(codes)} numbers in one cell: {', '.join(codes[:12])}")
    if _NO_LICENCE.search(latin) and codes[0] != EAR99:
        notes.append("the cell also says that no licence is needed")
    if named := _OTHER_LIST.search(latin):
        notes.append(f"the cell also names a munitions list ({named[0]})")
    return Eccn(codes[0], quality, "; ".join(notes), tuple(codes[1:]))


def _without_number(latin: str, cell: str, written: str) -> Eccn:
    shown = repr(written[:40])
    if named := _OTHER_LIST.search(latin):
        return Eccn("", "other_list", f"{shown} names a munitions list ({named[0]}), no dual-use number")
    if _NO_LICENCE.search(latin) or _NO_LICENCE.search(cell):
        return Eccn("", "statement", f"{shown} says that no licence is needed, and names no number")
    return Eccn("", "invalid", f"{shown} is no export control number; one looks like 3A001.a.7 or EAR99")
