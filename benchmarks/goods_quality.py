"""How well goods are recognised: precision and recall by category on a labelled set, beside terms alone.

    python benchmarks/goods_quality.py                     tables of both halves
    python benchmarks/goods_quality.py --errors first      and what was wrong in the half that terms are made with
    python benchmarks/goods_quality.py --real FILE.csv ... categories raised on real files

The labelled lines (`goods/labelled_*.tsv`) were written without knowledge of the terms, from how documents look. A hash
of the line splits them: terms and rules are made looking at the first half only, and judged on the second.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from sanctionscreen.goods import GoodsLists, classify, load_goods
from sanctionscreen.ingest import open_table

FOLDER = Path(__file__).parent / "goods"
CHAPTER_SIGNALS = ("cars", "general_machinery_electrical")
"""Broad categories: chapter-level signals that make no goods controlled; they stand apart in the tables."""


class Labelled(NamedTuple):
    id: str
    language: str
    kind: str
    categories: frozenset[str]
    hs: str
    description: str

    @property
    def half(self) -> str:
        digest = hashlib.sha256(f"{self.id}\t{self.description}".encode()).digest()
        return ("first", "second")[digest[0] % 2]


def labelled() -> list[Labelled]:
    """All lines, in the order of their ids."""
    found = []
    for file in sorted(FOLDER.glob("labelled_*.tsv")):
        with file.open(encoding="utf-8", newline="") as opened:
            for row in csv.DictReader(opened, delimiter="\t", quoting=csv.QUOTE_NONE):
                named = frozenset(filter(None, row["categories"].split(";")))
                found.append(Labelled(row["id"], row["language"], row["kind"], named, row["hs"], row["description"]))
    return sorted(found)


Answer = Callable[[Labelled], frozenset[str]]


def ours(lists: GoodsLists) -> Answer:
    return lambda one: frozenset(classify(one.description, one.hs or None, lists=lists).categories or ())


def text_only(lists: GoodsLists) -> Answer:
    return lambda one: frozenset(classify(one.description, None, lists=lists).categories or ())


def terms_only(lists: GoodsLists) -> Answer:
    """What a user would write: every term of a category as a whole word, whatever stands beside it."""
    patterns = {name: pattern_of((*one.strong, *one.weak)) for name, one in lists.categories.items()}
    return lambda one: frozenset(name for name, pattern in patterns.items() if pattern.search(one.description))


def pattern_of(terms: Iterable[str]) -> re.Pattern[str]:
    spelled = (re.escape(term) if term[0] >= "\u2e80" else rf"\b{re.escape(term)}\b" for term in terms)
    return re.compile("|".join(spelled), re.IGNORECASE)


class Score(NamedTuple):
    right: int
    raised: int
    labelled: int

    @property
    def precision(self) -> float | None:
        return self.right / self.raised if self.raised else None

    @property
    def recall(self) -> float | None:
        return self.right / self.labelled if self.labelled else None


def scores(lines: Iterable[Labelled], answer: Answer) -> dict[str, Score]:
    right: Counter[str] = Counter()
    raised: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    for one in lines:
        said = answer(one)
        right.update(said & one.categories)
        raised.update(said)
        wanted.update(one.categories)
    return {name: Score(right[name], raised[name], wanted[name]) for name in {*raised, *wanted}}


def together(found: Mapping[str, Score]) -> Score:
    kept = [score for name, score in found.items() if name not in CHAPTER_SIGNALS]
    return Score(*(sum(column) for column in zip(*kept, strict=True))) if kept else Score(0, 0, 0)


def shown(score: Score) -> str:
    def share(value: float | None) -> str:
        return "  –  " if value is None else f"{value:.3f}"

    return f"{share(score.precision)} | {share(score.recall)} | {score.labelled}"


def print_tables(lines: list[Labelled], lists: GoodsLists) -> None:
    halves = {half: [one for one in lines if one.half == half] for half in ("first", "second")}
    found = {half: scores(part, ours(lists)) for half, part in halves.items()}
    print("| category | first: precision | recall | lines | second: precision | recall | lines |")
    print("|---|---|---|---|---|---|---|")
    for name in lists.categories:
        print(f"| {name} | {' | '.join(shown(found[half].get(name, Score(0, 0, 0))) for half in found)} |")
    print(f"| **all but the two broad ones** | {' | '.join(shown(together(one)) for one in found.values())} |\n")
    print("| second half | precision | recall | labels |\n|---|---|---|---|")
    for said, answer in (("code and text", ours), ("text alone", text_only), ("terms alone", terms_only)):
        print(f"| {said} | {shown(together(scores(halves['second'], answer(lists))))} |")
    for language in sorted({one.language for one in lines}):
        part = [one for one in halves["second"] if one.language == language]
        print(f"| code and text, {language}, {len(part)} lines | {shown(together(scores(part, ours(lists))))} |")


def print_errors(lines: Iterable[Labelled], lists: GoodsLists) -> None:
    answer = ours(lists)
    for one in lines:
        said = answer(one)
        missed, wrong = sorted(one.categories - said), sorted(said - one.categories)
        if missed or wrong:
            print(f"{one.id} {one.kind} [{one.hs}] {one.description}\n   missed {missed} wrong {wrong}")


def print_real(files: Iterable[Path], lists: GoodsLists) -> None:
    """Categories raised in real files, a distinct description and code at a time, with the lines to look at."""
    for file in files:
        lines: Counter[tuple[str | None, str | None]] = Counter()
        with open_table(file) as table:
            for chunk in table.chunks():
                columns = table.columns(chunk)
                none = [None] * len(chunk.cells)
                texts, codes = columns.get("goods.description", none), columns.get("goods.hs_code", none)
                lines.update(zip(texts, codes, strict=True))
        raised: dict[str, list[str]] = defaultdict(list)
        for (text, code), count in lines.items():
            for name in classify(text, code, lists=lists).categories or ():
                raised[name] += [f"{code} {text}"[:150]] * count
        total = sum(lines.values())
        print(f"\n{file.name}: {total} lines, {len(lines)} distinct")
        for name, found in raised.items():
            print(f"  {name}: {1000 * len(found) / total:.1f} per 1,000, such as {found[0]!r}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--errors", choices=("first", "second"))
    parser.add_argument("--real", nargs="+", type=Path, default=[])
    asked = parser.parse_args()
    lists, lines = load_goods(), labelled()
    if asked.real:
        print_real(asked.real, lists)
        return
    kinds = Counter(one.kind for one in lines)
    print(f"{len(lines)} lines: {', '.join(f'{count} {kind}' for kind, count in sorted(kinds.items()))}\n")
    print_tables(lines, lists)
    if asked.errors:
        print()
        print_errors((one for one in lines if one.half == asked.errors), lists)


if __name__ == "__main__":
    main()
