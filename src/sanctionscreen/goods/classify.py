"""What the goods of a line are: code and description read together, with the reason for every statement."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator

from sanctionscreen.goods.codes import CodeReading, read_code
from sanctionscreen.goods.description import Description, read_description
from sanctionscreen.goods.lists import GoodsLists, load_goods
from sanctionscreen.model import GoodsReading

_SILENT = Description()


def classify(
    description: str | None,
    hs: str | None = None,
    *,
    date: datetime.date | None = None,
    as_of: datetime.date | None = None,
    lists: GoodsLists | None = None,
    maker_category: str = "",
) -> GoodsReading:
    """Read the goods of a line; no text and no code makes it fail.

    Args:
        description: the goods as written; None where nothing is.
        hs: the code as written, with dots, spaces and national digits.
        date: day of the record, which chooses the HS edition; None leaves it open.
        as_of: day of the screening: codes that came onto the list only later do not count.
        lists: from `load_goods`; None reads the built-in ones anew, so pass them for more than one line.
        maker_category: category that the maker's brand stands for, such as `drones`.

    Returns:
        A reading whose fields are None where neither code nor text can answer. A code of HS2017 that is a listed one
        only in part gives the tier that is possible, with a note, and leaves `controlled` open.
    """
    lists = lists or load_goods()
    is_blank = not description or description.isspace()
    text = None if is_blank or description is None else read_description(description, lists)
    return _combined(read_code(hs, date, as_of, lists), text, maker_category, lists)


def _combined(code: CodeReading, text: Description | None, maker: str, lists: GoodsLists) -> GoodsReading:
    said = text or _SILENT
    raised = dict(said.raised)
    if maker:
        raised.setdefault(maker, f"the maker's brand stands for {maker}")
    by_code = dict(_by_code(code, said, lists))
    categories = _ordered({*raised, *by_code}, lists)
    agreed = _agreed(code, said, raised, lists)
    against = _against(code.hs6, said, lists)
    evidence = [*said.notes, *code.notes, *raised.values(), *by_code.values()]
    if agreed:
        evidence.append(f"code and text agree on {agreed}")
    evidence += (
        f"text and code disagree: the text says {name}, code {code.hs6} is for other goods" for name in against
    )
    evidence += _asides(said, categories)
    return GoodsReading(
        hs6=code.hs6,
        hs_edition=code.edition,
        hs_quality=code.quality,
        chpl_tier=None if code.is_partly else code.tier,
        categories=categories if code.hs6 or text or maker else None,
        text_categories=_ordered(raised, lists) if text or maker else None,
        controlled=_controlled(code, text, bool(agreed), lists),
        contradiction=bool(against) if code.hs6 and text else None,
        vague=text.vague if text else None,
        evidence=tuple(evidence),
    )


def _ordered(names: Collection[str], lists: GoodsLists) -> tuple[str, ...]:
    """Categories in the order of the file, whatever order they were found in."""
    if not names:
        return ()
    order = lists.order
    return tuple(sorted(names, key=lambda name: (order.get(name, len(order)), name)))


def _by_code(code: CodeReading, text: Description, lists: GoodsLists) -> Iterator[tuple[str, str]]:
    """Categories that the code raises, alone or together with a weak word of the text."""
    for use in code.uses:
        if use.alone:
            yield use.category, f"code {code.hs6} ({use.desc}) is of {use.category}"
        elif use.category in text.weak and lists.categories[use.category].word_and_code:
            term = text.weak[use.category]
            yield use.category, f"text {term!r} under code {code.hs6} ({use.desc}) is of {use.category}"
    for name, term in text.kit_markers.items():
        kit = lists.categories[name].kit
        if kit and code.tier in kit.tiers:
            yield name, f"text {term!r} under a code of tier {code.tier}: {name}"


def _agreed(code: CodeReading, text: Description, raised: Collection[str], lists: GoodsLists) -> str:
    """The first category on which code and text agree and that is narrow enough to be controlled."""
    for use in code.uses:
        category = lists.categories[use.category]
        spoken = use.category in raised or (use.alone and use.category in text.weak)
        if spoken and not category.is_broad and not category.disguise(code.hs6 or ""):
            return use.category
    return ""


def _controlled(code: CodeReading, text: Description | None, is_agreed: bool, lists: GoodsLists) -> bool | None:
    """On the Common High Priority List, or agreed; None where what is missing could still make it so."""
    if code.tier is None:
        return None
    if is_agreed or (code.tier != "none" and not code.is_partly):
        return True
    could_agree = any(not lists.categories[use.category].is_broad for use in code.uses)
    return None if code.is_partly or (text is None and could_agree) else False


def _against(hs6: str | None, text: Description, lists: GoodsLists) -> list[str]:
    """Categories that the text names as the goods, while the code stands where they have none; or it is a disguise."""
    against: list[str] = []
    if hs6 is None:
        return against
    for name in _ordered({*text.is_the_goods, *text.weak}, lists):
        category = lists.categories[name]
        disguise = category.disguise(hs6)
        is_said = name in text.is_the_goods or disguise == "any"
        if not is_said or category.is_broad:
            continue
        if not disguise and hs6[:2] in category.chapters:
            return []  # the code fits one of the things that the text names
        against.append(name)
    return against


def _asides(text: Description, categories: tuple[str, ...]) -> Iterator[str]:
    for name, term in text.euphemisms.items():
        if name in categories:
            yield f"text {term!r}: goods of {name} have travelled under such a name"
    yield from text.cancelled.values()
    if text.vague:
        yield "the description does not say what the goods are"
