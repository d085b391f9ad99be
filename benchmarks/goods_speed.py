"""Distinct descriptions with their codes a second, beside a regular expression per category, in the same run.

    python benchmarks/goods_speed.py --rows 200000

The descriptions are those of the labelled set (`goods/labelled_*.tsv`), each made distinct by a running number. Two
mixes: one line in twenty names controlled goods or a false friend of them, and all lines as the set has them (half
controlled). Two processes share the rows, as two cores would; results stay in the process that made them.
"""

from __future__ import annotations

import argparse
import itertools
import re
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from goods_quality import labelled, pattern_of

from sanctionscreen.goods import Goods, GoodsLists, classify, classify_many, load_goods, parse_hs

NAIVE_ROWS = 5_000
CHUNK = 20_000


def goods_of(mix: str, rows: int, first: int) -> list[Goods]:
    """Distinct lines of a mix, numbered from `first`."""
    lines = labelled()
    ordinary = [one for one in lines if one.kind == "ordinary"]
    telling = [one for one in lines if one.kind != "ordinary"]
    pool = [*itertools.islice(itertools.cycle(ordinary), 19 * len(telling)), *telling] if mix == "ordinary" else lines
    return [
        Goods(f"{one.description} {n}", one.hs or None)
        for n, one in zip(range(first, first + rows), itertools.cycle(pool))
    ]


def run(mix: str, rows: int, first: int) -> float:
    """Seconds that one process takes."""
    lists = load_goods()
    goods = goods_of(mix, rows, first)
    classify_many(goods[:100], lists=lists)
    started = time.perf_counter()
    for at in range(0, rows, CHUNK):
        classify_many(goods[at : at + CHUNK], lists=lists)
    return time.perf_counter() - started


def naive(goods: list[Goods], lists: GoodsLists) -> float:
    """Seconds of a regular expression per category, with the code parsed and looked up."""
    patterns: dict[str, re.Pattern[str]] = {
        name: pattern_of((*one.strong, *one.weak, *(term for friend in one.false_friends for term in friend.terms)))
        for name, one in lists.categories.items()
    }
    started = time.perf_counter()
    for one in goods:
        code = parse_hs(one.hs)
        _ = (
            lists.uses.get(code.hs6 or ""),
            [name for name, found in patterns.items() if found.search(one.description or "")],
        )
    return time.perf_counter() - started


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rows", type=int, default=200_000)
    rows = parser.parse_args().rows
    lists = load_goods()
    print(
        "| mix | two processes | one process | one by one | a pattern per category | ratio to the last, one process |"
    )
    print("|---|---|---|---|---|---|")
    for mix in ("ordinary", "labelled"):
        with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
            both = rows / max(pool.map(run, [mix] * 2, [rows // 2] * 2, [0, rows // 2]))
        alone = rows / run(mix, rows, 0)
        few = goods_of(mix, NAIVE_ROWS, 0)
        started = time.perf_counter()
        for one in few:
            classify(one.description, one.hs, lists=lists)
        single = NAIVE_ROWS / (time.perf_counter() - started)
        pattern = NAIVE_ROWS / naive(few, lists)
        cells = [f"{speed:,.0f}/s" for speed in (both, alone, single, pattern)]
        print(f"| {mix} | {' | '.join(cells)} | {alone / pattern:.1f} |")


if __name__ == "__main__":
    main()
