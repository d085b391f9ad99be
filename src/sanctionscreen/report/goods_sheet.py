"""What goods are, for a terminal and as JSON: a reading with its reasons, the categories, one category in full."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from sanctionscreen.goods.quantities import quantities
from sanctionscreen.report.console import add_row, new_table, shown, write
from sanctionscreen.report.jsonl_report import plain
from sanctionscreen.report.printable import printable
from sanctionscreen.screening.wording import shortened

if TYPE_CHECKING:
    from sanctionscreen.goods import GoodsLists, HsCode
    from sanctionscreen.goods.categories import Category, FalseFriend
    from sanctionscreen.goods.chpl import ChplCode
    from sanctionscreen.model import GoodsReading, GoodsSpan
    from sanctionscreen.watchlist.seeds import Document

Documents = Mapping[str, "Document"]

PRIORITY = "chpl"
"""Under this name the Common High Priority List is shown beside the categories."""

_LONGEST_TEXT = 600
_LONGEST_CELL = 60
_NEAREST = 3
"""Headings shown: the right one was among the first five for 85 of 100 descriptions in the style of invoices."""
_MOST_PLACES = 40
_MARKS = {"strong": "bold yellow", "kit": "bold yellow", "cancelled": "strike", "cancels": "green", "weak": "yellow"}
_CONTROL = {"eccn": "ECCN", "eu_dual_use": "EU dual-use list", "wassenaar_ml": "munitions list"}
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
        _write_indented(out, Text(f"{what:14}").append(said))
    _print_section(out, "Why", map(shown, answer.reading.evidence))
    _print_places(out, answer)
    _print_section(out, "Priority list", _priority_lines(answer))
    _print_section(out, "The nomenclature (HS2022)", map(shown, _nomenclature_lines(answer)))
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
    _print_section(out, "In the text", [marked(text, spans)] if len(text) <= _LONGEST_TEXT else [])
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
    lines += _control_lines(category)
    lines += _citation_lines(category, answer.documents)
    _print_section(out, f"{name}: {category.label}", map(shown, lines))


def _control_lines(category: Category) -> list[str]:
    hints = [f"{_CONTROL.get(name, name)} {', '.join(codes)}" for name, codes in category.control.items()]
    return [f"control hints, no classification: {'; '.join(hints)}"] if hints else []


def _citation_lines(category: Category, documents: Documents) -> list[str]:
    return [f"named in {_citation(cited, documents)}" for cited in (*category.named_in, *category.sources)]


def _citation(cited: str, documents: Documents) -> str:
    document = documents.get(cited)
    if document is None:
        return cited
    published = f" ({document.date})" if document.date else ""
    return f"{cited} {document.title}{published}"


def _print_section(out: Console, heading: str, lines: Iterable[Text]) -> None:
    """A heading and its lines; nothing where there are no lines."""
    held = list(lines)
    if held:
        write(out)
        write(out, heading, "bold")
        for line in held:
            _write_indented(out, line)


def _write_indented(out: Console, line: Text) -> None:
    """A line whose every part stays behind the margin when it is folded."""
    out.print(Padding(line, (0, 0, 0, 2), expand=False))


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
        "priority": [_priority_object(code) for code in answer.priority],
        "categories": [
            {"by": by, **_summary(answer.lists.categories[name])}
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


def _priority_object(code: ChplCode) -> dict[str, Any]:
    return plain(asdict(code))  # type: ignore[no-any-return]  # a mapping stays one


def _summary(category: Category) -> dict[str, Any]:
    return {
        "id": category.id,
        "label": category.label,
        "confidence": category.confidence,
        "broad_because": category.broad_because or None,
        "named_in": list(category.named_in),
        "sources": list(category.sources),
        "control": {name: list(codes) for name, codes in category.control.items()},
        "fingerprint": category.fingerprint,
        "pack": category.pack or None,
        "changed_by": list(category.changed_by),
    }


def _counts(category: Category) -> dict[str, int]:
    return {
        "codes": len(category.codes),
        "codes_alone": sum(code not in category.shared for code in category.codes),
        "codes_hs2017": len(category.codes_hs2017),
        "strong": len(category.strong),
        "weak": len(category.weak),
        "false_friends": sum(len(friend.terms) for friend in category.false_friends),
    }


def print_categories(out: Console, lists: GoodsLists) -> None:
    """The categories, one line each, with how many codes and terms they have."""
    friends = "false\nfriends"
    table = new_table(("category", ""), ("codes", "right"), ("terms", "right"), (friends, "right"), ("goods", ""))
    table.columns[0].no_wrap = True
    for category in lists.categories.values():
        counts = _counts(category)
        by = f" (own: {category.pack})" if category.pack else " (changed)" if category.changed_by else ""
        codes, terms = counts["codes"] + counts["codes_hs2017"], counts["strong"] + counts["weak"]
        add_row(table, category.id, codes, terms, counts["false_friends"], category.label + by)
    write(out, table)
    kinds = [_counts(category) for category in lists.categories.values()]
    codes = sum(one["codes"] + one["codes_hs2017"] for one in kinds)
    terms = sum(one["strong"] + one["weak"] for one in kinds)
    write(
        out, f"{len(kinds)} categories, {codes:,} codes, {terms:,} terms; fingerprint {lists.fingerprint[:12]}", "bold"
    )
    write(out, f"{lists.named_lists['chpl.all'].citation}: {len(lists.chpl)} codes (goods list {PRIORITY}).")
    _print_section(out, "Changed by own goods files", map(shown, lists.changes))


def categories_object(lists: GoodsLists) -> dict[str, Any]:
    """The same for programs."""
    return {
        "categories": [{**_summary(one), "counts": _counts(one)} for one in lists.categories.values()],
        "priority": {"version": lists.version, "codes": len(lists.chpl)},
        "packs": [one._asdict() for one in lists.packs],
        "changes": list(lists.changes),
        "fingerprint": lists.fingerprint,
    }


def print_category(out: Console, category: Category, lists: GoodsLists, documents: Documents) -> None:
    """One category in full: codes, terms, false friends, citations, control hints."""
    write(out, f"{category.id}: {category.label}", "bold")
    for line in _about(category):
        _write_indented(out, shown(line))
    for heading, codes in (("Codes", category.codes), ("Codes of HS2017", category.codes_hs2017)):
        _print_section(out, heading, (shown(_code_line(code, desc, category)) for code, desc in codes.items()))
    for heading, terms in _term_sections(category):
        _print_section(out, heading, [shown(", ".join(terms))] if terms else [])
    _print_section(out, "False friends", (shown(_friend_line(one)) for one in category.false_friends))
    _print_section(out, "Such goods were declared as", (shown(line) for line in _disguise_lines(category)))
    _print_section(out, "Control hints, no classification", (
        shown(f"{_CONTROL.get(name, name)}: {', '.join(codes)}") for name, codes in category.control.items()
    ))  # fmt: skip
    cited = (*category.named_in, *category.sources)
    _print_section(out, "Named in", (shown(_citation(one, documents)) for one in cited))
    said = (change for change in lists.changes if category.id in change.replace(",", " ").split())
    _print_section(out, "Changed by own goods files", map(shown, said))


def _about(category: Category) -> Iterator[str]:
    yield f"confidence {category.confidence}; fingerprint {category.fingerprint}"
    if category.pack:
        yield f"brought by {category.pack}"
    if category.is_broad:
        yield f"too wide to make goods controlled: {category.broad_because}"
    for said in (category.note, category.context):
        if said:
            yield said


def _code_line(code: str, desc: str, category: Category) -> str:
    return f"{code} {desc}" + (" (shared: counts with the text only)" if code in category.shared else "")


def _term_sections(category: Category) -> Iterator[tuple[str, tuple[str, ...]]]:
    because = f", because {category.weak_because}" if category.weak_because else ""
    yield "Terms that name the goods", category.strong
    yield f"Terms that need support{because}", category.weak
    yield "Words that support them", category.confirmed_by
    yield "Names under which such goods have travelled", category.euphemisms
    if category.kit:
        yield f"Kit: at least {category.kit.at_least} of these families", tuple(category.kit.families)
        yield "Kit: names", category.kit.markers


def _friend_line(friend: FalseFriend) -> str:
    codes = f" ({', '.join(friend.codes)})" if friend.codes else ""
    return f"{friend.means}: {', '.join(friend.terms)}{codes}"


def _disguise_lines(category: Category) -> Iterator[str]:
    for prefix, how in category.disguises.items():
        needs = (
            "any of its words contradicts the code" if how == "any" else "a term that names the goods contradicts it"
        )
        yield f"{prefix}: {needs}"


def category_object(category: Category, lists: GoodsLists) -> dict[str, Any]:
    """The same for programs."""
    names = ("strong", "weak", "confirmed_by", "euphemisms")
    return {
        **_summary(category),
        "note": category.note or None,
        "context": category.context or None,
        "codes": [_code_object(code, desc, category) for code, desc in category.codes.items()],
        "codes_hs2017": [_code_object(code, desc, category) for code, desc in category.codes_hs2017.items()],
        **{name: list(getattr(category, name)) for name in names},
        "weak_because": category.weak_because or None,
        "word_and_code": category.word_and_code,
        "false_friends": [plain(asdict(one)) for one in category.false_friends],
        "disguises": dict(category.disguises),
        "lists_fingerprint": lists.fingerprint,
    }


def _code_object(code: str, desc: str, category: Category) -> dict[str, Any]:
    return {"hs6": code, "desc": desc, "alone": code not in category.shared}


def print_priority(out: Console, lists: GoodsLists) -> None:
    """The Common High Priority List: tiers, what is known of the dates, related classifications."""
    write(out, lists.named_lists["chpl.all"].citation, "bold")
    table = new_table(("code", ""), ("tier", ""), ("goods", ""), ("since", ""), ("ECCN hints", ""), ("confidence", ""))
    for code in lists.chpl.values():
        add_row(table, code.hs6, code.tier, code.desc, code.since, ", ".join(code.eccn), code.confidence)
    write(out, table)
    write(out, f"{len(lists.chpl)} codes; hints are no classification", "bold")


def priority_object(lists: GoodsLists) -> dict[str, Any]:
    """The same for programs."""
    return {
        "version": lists.version,
        "citation": lists.named_lists["chpl.all"].citation,
        "codes": [_priority_object(code) for code in lists.chpl.values()],
        "fingerprint": lists.fingerprint,
    }
