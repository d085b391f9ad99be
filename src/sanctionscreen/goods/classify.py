"""What the goods of a line are: code and description read together, with the reason for every statement."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator
from dataclasses import replace

from sanctionscreen.goods.codes import CodeReading, read_code
from sanctionscreen.goods.description import Description, read_description, spans_of
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
    text = read_text(description, lists)
    reading = combined(read_code(hs, date, as_of, lists), text, maker_category, lists)
    return replace(reading, spans=spans_of(description, text)) if text and description else reading


def read_text(description: str | None, lists: GoodsLists) -> Description | None:
    """The reading of a description; None where nothing is written."""
    return None if not description or description.isspace() else read_description(description, lists)


def combined(code: CodeReading, text: Description | None, maker: str, lists: GoodsLists) -> GoodsReading:
    """What the reading of a code and that of a description say together."""
    said = text or _SILENT
    aside = _beside_the_goods(code, said, lists)
    raised = {name: why for name, why in said.raised.items() if name not in aside}
    if maker in lists.categories:
        raised.setdefault(maker, f"the maker's brand stands for {maker}")
    by_code = dict(_by_code(code, said, lists))
    categories = _ordered({*raised, *by_code}, lists)
    agreed = _agreed(code, said, raised, lists)
    against = _against(code.hs6, said, lists)
    beside = _beside_listed(code, said, lists)
    evidence = [*said.notes, *code.notes, *raised.values(), *by_code.values()]
    if agreed:
        evidence.append(f"code and text agree on {agreed}")
    evidence += (
        f"text and code disagree: the text says {name}, code {code.hs6} is for other goods" for name in against
    )
    evidence += beside
    evidence += [*_asides(said, categories), *aside.values()]
    return GoodsReading(
        hs6=code.hs6,
        hs_edition=code.edition,
        hs_quality=code.quality,
        chpl_tier=None if code.is_partly else code.tier,
        categories=categories if code.hs6 or text or maker else None,
        text_categories=_ordered(raised, lists) if text or maker else None,
        controlled=_controlled(code, text, bool(agreed), lists),
        contradiction=bool(against) if code.hs6 and text else None,
        neighbour_code=bool(beside) if code.hs6 and text else None,
        hs4=code.heading,
        vague=text.vague if text else None,
        evidence=tuple(evidence),
    )


def _beside_the_goods(code: CodeReading, text: Description, lists: GoodsLists) -> dict[str, str]:
    """Categories that the goods are for, or hold, where text or code names the goods: a drone's engine is an engine."""
    by_code = {use.category for use in code.uses if use.alone and use.category in text.weak}
    goods = _narrow(text.is_the_goods | text.confirmed | by_code, lists)
    only_beside = {name: why for name, why in text.asides.items() if name not in goods}
    return only_beside if goods else {}


def _narrow(names: Collection[str], lists: GoodsLists) -> set[str]:
    return {name for name in names if not lists.categories[name].is_broad}


def _ordered(names: Collection[str], lists: GoodsLists) -> tuple[str, ...]:
    """Categories in the order of the file, whatever order they were found in."""
    if not names:
        return ()
    order = lists.order
    return tuple(sorted(names, key=lambda name: (order.get(name, len(order)), name)))


def _by_code(code: CodeReading, text: Description, lists: GoodsLists) -> Iterator[tuple[str, str]]:
    """Categories that the code raises, alone or with a weak word; where the text names one of them, that one."""
    named = _narrow((text.is_the_goods | text.confirmed) & {use.category for use in code.uses}, lists)
    for use in code.uses:
        if use.alone and not (named and use.category not in named):
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


def _beside_listed(code: CodeReading, text: Description, lists: GoodsLists) -> list[str]:
    """The code is not listed, another of its heading is, and the text names goods of a category that has that one."""
    if code.hs6 is None or code.tier != "none":
        return []
    listed = [hs6 for hs6 in lists.chpl if hs6[:4] == code.heading]
    return [
        f"the text says {name}, and code {code.hs6} is a neighbour of {', '.join(theirs)}"
        " on the Common High Priority List"
        for name in _ordered(text.is_the_goods, lists)
        if (theirs := [hs6 for hs6 in listed if hs6 in lists.categories[name].codes])
    ]


def _asides(text: Description, categories: tuple[str, ...]) -> Iterator[str]:
    for name, term in text.euphemisms.items():
        if name in categories:
            yield f"text {term!r}: goods of {name} have travelled under such a name"
    yield from text.cancelled.values()
    if text.vague:
        yield "the description does not say what the goods are"
