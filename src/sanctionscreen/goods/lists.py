"""The goods lists as one thing: categories, Common High Priority List, edition links, and the lists rules refer to."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from sanctionscreen import resources
from sanctionscreen.errors import raise_faults
from sanctionscreen.goods.categories import TIERS, Category, read_categories, read_codes, read_terms
from sanctionscreen.goods.chpl import (
    ChplCode,
    Version,
    read_codes_of_list,
    read_history,
    read_links,
    read_since,
)
from sanctionscreen.goods.editions import Editions
from sanctionscreen.goods.layers import Layered, Pack, lay_over
from sanctionscreen.goods.nomenclature import Nomenclature, load_nomenclature
from sanctionscreen.goods.terms import Role, Sense, TermIndex
from sanctionscreen.model import NamedList
from sanctionscreen.strict_yaml import Entry, Node
from sanctionscreen.watchlist.listfile import (
    EMPTY_HEADING,
    Faults,
    Heading,
    check_counts,
    fingerprint,
    open_file,
    read_heading,
)

_WORD_LISTS = (
    ("vague", Role.VAGUE),
    ("filler", Role.FILLER),
    ("accessories", Role.ACCESSORY),
    ("purpose", Role.PURPOSE),
    ("purpose_after", Role.PURPOSE_AFTER),
    ("holding", Role.HOLDING),
    ("exclusion", Role.EXCLUSION),
)
_SAY_NOTHING = (Role.VAGUE, Role.FILLER, Role.PURPOSE)


class CodeUse(NamedTuple):
    """A category that has a code, and whether the code stands alone for it."""

    category: str
    desc: str
    alone: bool


@dataclass(frozen=True, slots=True)
class GoodsLists:
    """Everything that is known about goods; made by `load_goods`, shared by all readings."""

    categories: Mapping[str, Category]
    chpl: Mapping[str, ChplCode]
    editions: Editions
    history: tuple[Version, ...]
    version: str
    """Date of the Common High Priority List."""
    headings: tuple[Heading, ...]
    named_lists: Mapping[str, NamedList]
    """`chpl.tier_1` … `chpl.tier_4b`, `chpl.all`, `goods.<category>` (all its HS2022 codes) and, where the category has
    codes that stand alone, `goods.<category>.alone`."""
    fingerprint: str
    terms: TermIndex
    order: Mapping[str, int]
    """Place of each category in the file."""
    uses: Mapping[str, tuple[CodeUse, ...]]
    """Categories by HS2022 code."""
    uses_2017: Mapping[str, tuple[CodeUse, ...]]
    """Categories by HS2017 code, where that differs."""
    chpl_2017: Mapping[str, tuple[ChplCode, ...]]
    """Listed codes by the differing HS2017 code that held their goods."""
    nomenclature: Nomenclature
    """HS2022; read from an installed package, so what of it decides is part of the fingerprint."""
    known_codes: frozenset[str]
    """Subheadings of HS2022, and those of HS2017 that we know of."""
    packs: tuple[Pack, ...] = ()
    """The own files laid over the built-in one."""
    changes: tuple[str, ...] = ()
    """One sentence for every override of an own file."""


def load_goods(
    folder: Path | None = None, *, documents: Collection[str] | None = None, own: Sequence[Path] = ()
) -> GoodsLists:
    """Read `goods.yml` and `chpl.yml` of a folder (the built-in one without it), and lay a firm's own files over them.

    Args:
        documents: ids that citations may name; None leaves them unchecked.
        own: goods files of the firm, in the order in which they are laid over each other.

    Raises:
        ExceptionGroup: of `WatchlistError`, all faults of both files, or of all own files, at once; nothing is loaded.
    """
    folder = folder or resources.folder("watchlists")
    faults: Faults = []
    nodes: dict[str, Node] = {}
    goods, chpl = _GoodsFile(), _ChplFile()
    if opened := open_file(folder / "goods.yml", faults):
        nodes["goods"], root = opened
        goods = _goods_file(root, documents)
    if opened := open_file(folder / "chpl.yml", faults):
        nodes["chpl"], root = opened
        chpl = _chpl_file(root, documents)
    raise_faults(faults, f"the goods lists in {folder.name}/")
    silent = {sense.term.casefold() for sense in goods.words if sense.role in _SAY_NOTHING}
    layered, faults = lay_over(own, goods.categories, empty_words=silent, documents=documents)
    raise_faults(faults, "the goods files")
    nomenclature = load_nomenclature()
    sha256 = hashlib.sha256(fingerprint({**nodes, **layered.nodes}).encode())
    sha256.update(" ".join(sorted(nomenclature.codes)).encode())
    return _joined(goods, chpl, layered, nomenclature, sha256.hexdigest())


class _GoodsFile(NamedTuple):
    heading: Heading = EMPTY_HEADING
    categories: Mapping[str, Category] = MappingProxyType({})
    words: tuple[Sense, ...] = ()


class _ChplFile(NamedTuple):
    heading: Heading = EMPTY_HEADING
    version: str = ""
    citation: str = ""
    codes: Mapping[str, ChplCode] = MappingProxyType({})
    history: tuple[Version, ...] = ()
    editions: Editions = Editions()


def _goods_file(root: Entry, documents: Collection[str] | None) -> _GoodsFile:
    heading = read_heading(root)
    words = tuple(Sense(role, "", term) for key, role in _WORD_LISTS for term in read_terms(root, key))
    categories = read_categories(root, documents)
    codes = sum(len(c.codes) + len(c.codes_hs2017) for c in categories.values())
    terms = sum(len(c.strong) + len(c.weak) for c in categories.values())
    check_counts(root, {"categories": len(categories), "codes": codes, "terms": terms})
    root.close()
    return _GoodsFile(heading, categories, words)


def _chpl_file(root: Entry, documents: Collection[str] | None) -> _ChplFile:
    heading = read_heading(root)
    version = root.optional_day("version", required=True)
    citation = root.text("citation")
    history = read_history(root, documents)
    codes = read_codes_of_list(root, read_since(root))
    links = read_links(root)
    only = {key: frozenset(read_codes(root, key, required=True)) for key in ("hs2017_only", "hs2022_only")}
    tiers = {f"tier_{_slug(tier)}": sum(c.tier == tier for c in codes.values()) for tier in TIERS}
    counts = {"codes": len(codes), **tiers, "links": len(links), "hs2017_only": len(only["hs2017_only"])}
    check_counts(root, counts)
    root.close()
    editions = Editions.build(links, only["hs2017_only"], only["hs2022_only"])
    return _ChplFile(heading, version.isoformat() if version else "", citation, codes, history, editions)


def _slug(tier: str) -> str:
    return tier.replace(".", "").lower()


def _joined(
    goods: _GoodsFile, chpl: _ChplFile, layered: Layered, nomenclature: Nomenclature, sha256: str
) -> GoodsLists:
    categories = layered.categories
    terms = TermIndex()
    terms.add_all(goods.words)
    for category in categories.values():
        terms.add_all(category.senses())
    named = [*_chpl_lists(chpl), *_category_lists(goods.heading, layered)]
    return GoodsLists(
        categories=MappingProxyType(dict(categories)),
        chpl=MappingProxyType(dict(chpl.codes)),
        editions=chpl.editions,
        history=chpl.history,
        version=chpl.version,
        headings=(goods.heading, chpl.heading),
        named_lists=MappingProxyType({one.name: one for one in named}),
        fingerprint=sha256,
        terms=terms,
        order=MappingProxyType({name: n for n, name in enumerate(categories)}),
        uses=_uses((c, c.codes) for c in categories.values()),
        uses_2017=_uses((c, c.codes_hs2017) for c in categories.values()),
        chpl_2017=_chpl_2017(chpl.codes.values()),
        nomenclature=nomenclature,
        known_codes=nomenclature.codes | chpl.editions.known_2017,
        packs=layered.packs,
        changes=layered.changes,
    )


def _uses(codes: Iterable[tuple[Category, Mapping[str, str]]]) -> Mapping[str, tuple[CodeUse, ...]]:
    uses: dict[str, tuple[CodeUse, ...]] = {}
    for category, described in codes:
        for code, desc in described.items():
            use = CodeUse(category.id, desc, code not in category.shared)
            uses[code] = (*uses.get(code, ()), use)
    return MappingProxyType(uses)


def _chpl_2017(codes: Iterable[ChplCode]) -> Mapping[str, tuple[ChplCode, ...]]:
    found: dict[str, tuple[ChplCode, ...]] = {}
    for code in codes:
        for older in code.hs2017:
            if older != code.hs6:
                found[older] = (*found.get(older, ()), code)
    return MappingProxyType(found)


def _chpl_lists(chpl: _ChplFile) -> Iterable[NamedList]:
    for tier in TIERS:
        codes = tuple(sorted(code.hs6 for code in chpl.codes.values() if code.tier == tier))
        yield NamedList(f"chpl.tier_{_slug(tier)}", "hs", codes, f"{chpl.citation}, tier {tier}", chpl.version)
    yield NamedList("chpl.all", "hs", tuple(sorted(chpl.codes)), chpl.citation, chpl.version)


def _category_lists(heading: Heading, layered: Layered) -> Iterable[NamedList]:
    built_in = heading.retrieved.isoformat() if heading.retrieved else ""
    days = {pack.id: pack.as_of for pack in layered.packs}
    for category in layered.categories.values():
        as_of = days.get(category.pack, built_in)
        citation = _citation(category, as_of)
        yield NamedList(f"goods.{category.id}", "hs", tuple(category.codes), citation, as_of)
        alone = tuple(code for code in category.codes if code not in category.shared)
        if alone:
            citation = f"{citation}; not shared with other goods"
            yield NamedList(f"goods.{category.id}.alone", "hs", alone, citation, as_of)
    for category in layered.disabled.values():  # rules that name it load, and find nothing
        said = f"{category.label}: disabled by {category.changed_by[-1]}"
        for name in (f"goods.{category.id}", f"goods.{category.id}.alone"):
            yield NamedList(name, "hs", (), said, days.get(category.changed_by[-1], ""))


def _citation(category: Category, as_of: str) -> str:
    cited = ", ".join(category.named_in + category.sources)
    file = ", ".join(part for part in (category.pack or "goods.yml", as_of) if part)
    changed = f"; changed by {', '.join(category.changed_by)}" if category.changed_by else ""
    return f"{category.label}: codes of HS2022 for goods named in {cited} ({file}){changed}"
