"""What goods are, for a terminal and as JSON: a reading with its reasons and the lists behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.text import Text

from sanctionscreen.goods.quantities import quantities
from sanctionscreen.report.category_sheet import Documents, citation_lines, control_lines, priority_entry, summary
from sanctionscreen.report.console import add_row, new_table, shown, write, write_indented, write_section
from sanctionscreen.report.jsonl_report import plain
from sanctionscreen.report.printable import printable
from sanctionscreen.screening.wording import shortened

if TYPE_CHECKING:
    from sanctionscreen.goods import GoodsLists, HsCode
    from sanctionscreen.goods.chpl import ChplCode
    from sanctionscreen.model import GoodsReading, GoodsSpan

_LONGEST_TEXT = 600
_LONGEST_CELL = 60
_NEAREST = 3
"""Headings shown: the right one was among the first five for 85 of 100 descriptions in the style of invoices."""
_MOST_PLACES = 40
_MARKS = {"strong": "bold yellow", "kit": "bold yellow", "cancelled": "strike", "cancels": "green", "weak": "yellow"}
_SAID = {None: "not known", True: "yes", False: "no"}


@dataclass(frozen=True, slots=True)
class GoodsAnswer:
    """What was asked, and what the lists say to it."""

    description: str | None
    hs: str | None
    day: date | None
    reading: GoodsReading
    code: HsCode
    """How the code was read, with what was repaired."""
    lists: GoodsLists
    documents: Documents

    @property
    def priority(self) -> tuple[ChplCode, ...]:
        """The entries of the Common High Priority List behind the code, several where it is of HS2017."""
        hs6 = self.reading.hs6
        if hs6 is None:
            return ()
        listed = self.lists.chpl.get(hs6)
        if listed:
            return (listed,)
        return self.lists.chpl_2017.get(hs6, ()) if self.reading.hs_edition != "2022" else ()

    @property
    def categories(self) -> Iterator[tuple[str, str]]:
        """Each category, and whether the text raises it or it takes the code."""
        by_text = self.reading.text_categories or ()
        for name in self.reading.categories or ():
            yield name, "text" if name in by_text else "code"


def print_goods(out: Console, answer: GoodsAnswer) -> None:
    """A reading: the verdicts, the code with its repairs, the reasons, and the lists behind them."""
    write(out, _headline(answer), "bold")
    for what, said in _verdicts(answer):
        write_indented(out, Text(f"{what:14}").append(said))
    write_section(out, "Why", map(shown, answer.reading.evidence))
    _print_places(out, answer)
    write_section(out, "Priority list", _priority_lines(answer))
    write_section(out, "The nomenclature (HS2022)", map(shown, _nomenclature_lines(answer)))
    for name, by in answer.categories:
        _print_raised(out, name, by, answer)
    if answer.lists.packs:
        write(out)
        write(out, f"With own goods: {', '.join(f'{pack.id} {pack.version}' for pack in answer.lists.packs)}")


def _headline(answer: GoodsAnswer) -> str:
    asked = [f"'{shortened(answer.description.strip(), _LONGEST_CELL)}'"] if answer.description else []
    asked += [f"code {shortened(answer.hs.strip(), _LONGEST_CELL)}"] if answer.hs else []
    named = ", ".join(answer.reading.categories or ())
    return f"{' under '.join(asked)}: {named or 'no category of controlled goods'}"


def _verdicts(answer: GoodsAnswer) -> Iterator[tuple[str, Text]]:
    reading = answer.reading
    yield "controlled", _verdict(reading.controlled, "bold red")
    yield "contradiction", _verdict(reading.contradiction, "yellow")
    yield "vague", _verdict(reading.vague, "yellow")
    yield "HS code", shown(code_words(answer))
    yield "priority list", shown(tier_words(answer))
    if said := ", ".join(f"{one.value:,.12g} {one.unit}" for one in quantities(answer.description or "")):
        yield "quantity", shown(said)


def _verdict(said: bool | None, style: str) -> Text:
    return shown(_SAID[said], style if said else "")


def code_words(answer: GoodsAnswer) -> str:
    """How the code was read: six digits, edition, what was repaired."""
    code, reading = answer.code, answer.reading
    if code.quality == "missing":
        return "none given"
    note = f"; {code.note}" if code.note else ""
    if reading.hs6 is None:
        return f"not readable ({reading.hs_quality}){note}"
    edition = "edition not known" if reading.hs_edition == "edition_unknown" else f"HS{reading.hs_edition}"
    more = f", the first six digits of {code.digits}" if len(code.digits) > 6 and code.quality == "ok" else ""
    return f"{reading.hs6}, {edition}{more}{note}"


def tier_words(answer: GoodsAnswer) -> str:
    """The tier of the code, or why there is none."""
    tier = answer.reading.chpl_tier
    if tier is None:
        return f"tier {answer.priority[0].tier} is possible" if answer.priority else "not known"
    return "not listed" if tier == "none" else f"tier {tier}"


def _priority_lines(answer: GoodsAnswer) -> Iterator[Text]:
    for code in answer.priority:
        yield shown(f"{code.hs6} {code.desc}: tier {code.tier}, {code.since} (confidence {code.since.confidence})")
        yield shown(f"  related ECCN {', '.join(code.eccn)}: hints, no classification (from {code.basis})")
    if answer.priority:
        yield shown(answer.lists.named_lists["chpl.all"].citation)


def _nomenclature_lines(answer: GoodsAnswer) -> Iterator[str]:
    """What the code is called, and the headings that the words are like: a second reading, which decides nothing."""
    words, code = answer.lists.nomenclature, answer.reading.hs6 or answer.reading.hs4
    if code:
        yield f"{code} is {shortened(words.describe(code) or 'not in it', _LONGEST_CELL)}"
    near = words.nearest_headings(answer.description or "", _NEAREST)
    if near:
        yield "headings whose words are most like the description (English only; this decides nothing):"
    for one in near:
        yield f"  {one.rank}. {one.heading} {shortened(one.description, _LONGEST_CELL)}"
    if near and code:
        rank = words.rank_of(answer.description or "", code)
        yield f"  the declared heading {code[:4]} is " + (f"number {rank}" if rank else "not like it in any word")


def _print_places(out: Console, answer: GoodsAnswer) -> None:
    """Where in the text the evidence stands: the text with its marks, and a line for every mark."""
    spans, text = answer.reading.spans, answer.description
    if not spans or text is None:
        return
    write_section(out, "In the text", [marked(text, spans)] if len(text) <= _LONGEST_TEXT else [])
    table = new_table(("at", "right"), ("text", ""), ("says", ""), ("category", ""), ("term of the list", ""))
    for span in spans[:_MOST_PLACES]:
        written = shortened(text[span.start : span.end], _LONGEST_CELL)
        add_row(table, span.start, written, span.says, span.category, span.term)
    write(out, table)
    if len(spans) > _MOST_PLACES:
        write(out, f"  and {len(spans) - _MOST_PLACES:,} more (--json)")


def marked(text: str, spans: Iterable[GoodsSpan]) -> Text:
    """The text as written, with the style of the strongest span at each place."""
    styles = [""] * len(text)
    for span in sorted(spans, key=lambda one: list(_MARKS).index(one.says) if one.says in _MARKS else len(_MARKS)):
        for at in range(span.start, min(span.end, len(text))):
            styles[at] = styles[at] or _MARKS.get(span.says, "underline")
    found = Text()
    for letter, style in zip(text, styles, strict=True):
        found.append(printable(letter), style=style)
    return found


def _print_raised(out: Console, name: str, by: str, answer: GoodsAnswer) -> None:
    category = answer.lists.categories.get(name)
    if category is None:
        return
    lines = [f"by its {by}; confidence {category.confidence}"]
    lines += [f"too wide to make goods controlled: {category.broad_because}"] if category.is_broad else []
    lines += [category.note] if category.note else []
    lines += control_lines(category)
    lines += citation_lines(category, answer.documents)
    write_section(out, f"{name}: {category.label}", map(shown, lines))


def goods_object(answer: GoodsAnswer) -> dict[str, Any]:
    """The same for programs; `goods` holds the fields that rules ask for."""
    reading = {name: value for name, value in asdict(answer.reading).items() if name not in ("evidence", "spans")}
    return {
        "description": answer.description,
        "hs_code": answer.hs,
        "date": plain(answer.day),
        "goods": {f"goods.{name}": plain(value) for name, value in reading.items()},
        "evidence": list(answer.reading.evidence),
        "quantities": [one._asdict() for one in quantities(answer.description or "")],
        "spans": [plain(asdict(span)) for span in answer.reading.spans],
        "code": plain(asdict(answer.code)),
        "nomenclature": _nomenclature_object(answer),
        "priority": [priority_entry(code) for code in answer.priority],
        "categories": [
            {"by": by, **summary(answer.lists.categories[name])}
            for name, by in answer.categories
            if name in answer.lists.categories
        ],
        "fingerprint": answer.lists.fingerprint,
    }


def _nomenclature_object(answer: GoodsAnswer) -> dict[str, Any]:
    words, code = answer.lists.nomenclature, answer.reading.hs6 or answer.reading.hs4
    return {
        "described": words.describe(code) if code else None,
        "nearest_headings": [one._asdict() for one in words.nearest_headings(answer.description or "", _NEAREST)],
        "rank_of_declared": words.rank_of(answer.description or "", code) if code else None,
    }
