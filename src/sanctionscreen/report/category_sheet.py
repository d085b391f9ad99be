"""The lists of goods, for a terminal and as JSON: the categories, one in full, the Common High Priority List."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rich.console import Console

from sanctionscreen.report.console import add_row, new_table, shown, write, write_indented, write_section
from sanctionscreen.report.jsonl_report import plain

if TYPE_CHECKING:
    from sanctionscreen.goods import GoodsLists
    from sanctionscreen.goods.categories import Category, FalseFriend
    from sanctionscreen.goods.chpl import ChplCode
    from sanctionscreen.watchlist.seeds import Document

Documents = Mapping[str, "Document"]

PRIORITY = "chpl"
"""Under this name the Common High Priority List is shown beside the categories."""

_CONTROL = {"eccn": "ECCN", "eu_dual_use": "EU dual-use list", "wassenaar_ml": "munitions list"}


def control_lines(category: Category) -> list[str]:
    """Under which numbers of control lists such goods may fall; nothing where none is known."""
    hints = [f"{_CONTROL.get(name, name)} {', '.join(codes)}" for name, codes in category.control.items()]
    return [f"control hints, no classification: {'; '.join(hints)}"] if hints else []


def citation_lines(category: Category, documents: Documents) -> list[str]:
    """The documents that name the goods, and those that their codes and terms are from."""
    return [f"named in {_citation(cited, documents)}" for cited in (*category.named_in, *category.sources)]


def _citation(cited: str, documents: Documents) -> str:
    document = documents.get(cited)
    if document is None:
        return cited
    published = f" ({document.date})" if document.date else ""
    return f"{cited} {document.title}{published}"


def priority_entry(code: ChplCode) -> dict[str, Any]:
    """An entry of the Common High Priority List as JSON."""
    return plain(asdict(code))  # type: ignore[no-any-return]  # a mapping stays one


def summary(category: Category) -> dict[str, Any]:
    """A category without its codes and terms, as JSON."""
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
    write_section(out, "Changed by own goods files", map(shown, lists.changes))


def categories_object(lists: GoodsLists) -> dict[str, Any]:
    """The same for programs."""
    return {
        "categories": [{**summary(one), "counts": _counts(one)} for one in lists.categories.values()],
        "priority": {"version": lists.version, "codes": len(lists.chpl)},
        "packs": [one._asdict() for one in lists.packs],
        "changes": list(lists.changes),
        "fingerprint": lists.fingerprint,
    }


def print_category(out: Console, category: Category, lists: GoodsLists, documents: Documents) -> None:
    """One category in full: codes, terms, false friends, citations, control hints."""
    write(out, f"{category.id}: {category.label}", "bold")
    for line in _about(category):
        write_indented(out, shown(line))
    for heading, codes in (("Codes", category.codes), ("Codes of HS2017", category.codes_hs2017)):
        write_section(out, heading, (shown(_code_line(code, desc, category)) for code, desc in codes.items()))
    for heading, terms in _term_sections(category):
        write_section(out, heading, [shown(", ".join(terms))] if terms else [])
    write_section(out, "False friends", (shown(_friend_line(one)) for one in category.false_friends))
    write_section(out, "Such goods were declared as", (shown(line) for line in _disguise_lines(category)))
    write_section(out, "Control hints, no classification", (
        shown(f"{_CONTROL.get(name, name)}: {', '.join(codes)}") for name, codes in category.control.items()
    ))  # fmt: skip
    cited = (*category.named_in, *category.sources)
    write_section(out, "Named in", (shown(_citation(one, documents)) for one in cited))
    said = (change for change in lists.changes if category.id in change.replace(",", " ").split())
    write_section(out, "Changed by own goods files", map(shown, said))


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
        **summary(category),
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
        "codes": [priority_entry(code) for code in lists.chpl.values()],
        "fingerprint": lists.fingerprint,
    }
