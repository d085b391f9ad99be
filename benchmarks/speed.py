"""How fast matching is, and what it costs: ratios to brute force within one run, since machines are noisy.

    python benchmarks/speed.py [--names N] [--queries N] [--million] [--brief]

Listed names are those of the shared lists, topped up by recombining their words. Half of the queries are innocent
parties or recombined, half are manipulated listed names; all differ.
"""

from __future__ import annotations

import argparse
import gc
import itertools
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

import manipulations
from parties import cluster
from questions import Listed, of_clean
from rapidfuzz import fuzz, process, utils
from shared_lists import Entry, read_lists

from sanctionscreen.matching import NameIndex

BRUTE_QUERIES = 20
HOSTILE = {
    "10,000 characters": "abcdefghij " * 909,
    "10,000 characters, one word": "abcdefghij" * 1000,
    "500 words": " ".join(f"word{n}" for n in range(500)),
    "500 listed words": " ".join(["mohammed ali trading company bank"] * 100),
    "one word, 5,000 times": "ali " * 5000,
    "one letter, 10,000 times": "a" * 10_000,
    "Chinese, 5,000 signs": "中国石油" * 1250,
}


def main() -> None:
    options = _options()
    real = read_lists()
    queries = _queries(real, options.queries)
    index, entries = _measure(real, options.names, queries)
    if not options.brief:
        _against_brute_force(index, entries, queries)
        _one_by_one(index, queries)
        _kept(index)
        _hostile(index)
    if options.million:
        del index, entries
        gc.collect()
        _measure(real, 1_000_000, queries)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--names", type=int, default=120_000, help="listed names")
    parser.add_argument("--queries", type=int, default=20_000, help="distinct names looked up")
    parser.add_argument("--million", action="store_true", help="a second round with 1,000,000 listed names")
    parser.add_argument("--brief", action="store_true", help="throughput only")
    return parser.parse_args()


def _measure(real: Sequence[Entry], names: int, queries: Sequence[str]) -> tuple[NameIndex, list[Entry]]:
    entries = _topped_up(real, names)
    parties = [entry.party() for entry in entries]
    gc.collect()
    before = _resident()
    started = time.perf_counter()
    index = NameIndex.build(parties)
    taken = time.perf_counter() - started
    gc.collect()
    print(f"## {names:,} listed names, {len(entries):,} parties\n")
    print(
        f"- build {taken:.1f} s; {_resident() - before:,.0f} MB more than before it, at most {_peak():,.0f} MB in all"
    )
    index.match_many(queries[:200])
    for number in (len(queries) // 4, len(queries) // 2, len(queries)):
        started = time.perf_counter()
        index.match_many(queries[:number])
        taken = time.perf_counter() - started
        print(f"- {number:,} queries: {number / taken:,.0f} a second, {taken / number * 1e6:,.0f} us each")
    print(flush=True)
    return index, entries


def _against_brute_force(index: NameIndex, entries: Sequence[Entry], queries: Sequence[str]) -> None:
    listed = [utils.default_process(text) for entry in entries for text, _ in entry.names]
    asked = [utils.default_process(text) for text in Random(1).sample(list(queries), BRUTE_QUERIES)]
    started = time.perf_counter()
    process.cdist(asked, listed, scorer=fuzz.WRatio, workers=-1)
    brute = (time.perf_counter() - started) / BRUTE_QUERIES
    started = time.perf_counter()
    index.match_many(queries)
    ours = (time.perf_counter() - started) / len(queries)
    print(f"- rapidfuzz cdist WRatio on all cores: {brute * 1e6:,.0f} us a query, {brute / ours:,.0f} times ours\n")


def _one_by_one(index: NameIndex, queries: Sequence[str]) -> None:
    for name, ask in (("match", index.match), ("search", lambda query: index.search([query]))):
        some = Random(2).sample(list(queries), 500)
        for query in some[:20]:
            ask(query)
        taken = sorted(_milliseconds(lambda query=query, ask=ask: ask(query)) for query in some)  # type: ignore[misc]
        print(
            f"- one `{name}`: p50 {statistics.median(taken):.2f} ms, p95 {taken[474]:.2f} ms, most {taken[-1]:.1f} ms"
        )


def _kept(index: Any) -> None:
    """Saving and loading, where the index can."""
    if not hasattr(index, "save"):
        print("- no save and load yet")
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "names.index"
        saved = _milliseconds(lambda: index.save(path)) / 1000
        size = sum(file.stat().st_size for file in Path(folder).rglob("*") if file.is_file()) / 1e6
        loaded = [_milliseconds(lambda: type(index).load(path)) for _ in range(3)]
        asked = _milliseconds(lambda: type(index).load(path).match("Vostok Trading"))
    print(
        f"- saved in {saved:.2f} s, {size:,.0f} MB; loaded in {min(loaded):.0f} ms, with a first match {asked:.0f} ms"
    )


def _hostile(index: NameIndex) -> None:
    for what, name in HOSTILE.items():
        taken = [_milliseconds(lambda name=name: index.match(name)) for _ in range(3)]  # type: ignore[misc]
        print(f"- {what}: {max(taken):.1f} ms")


def _topped_up(real: Sequence[Entry], names: int) -> list[Entry]:
    """The real entries, then recombined ones, up to so many names; fewer real ones where that is enough."""
    entries, count = [], 0
    for entry in itertools.chain(real, _recombined(real)):
        if count >= names:
            break
        kept = entry._replace(names=entry.names[: names - count])
        entries.append(kept)
        count += len(kept.names)
    return entries


def _recombined(real: Sequence[Entry]) -> Iterator[Entry]:
    """Entries with one name: the first words of one listed name and the last of another of its kind."""
    random, seen, at = Random(3), set[str](), 0
    by_kind = {
        kind: [t for e in real if e.kind == kind for t, _ in e.names] for kind in ("person", "company", "vessel")
    }
    while True:
        kind = random.choices(("person", "company", "vessel"), (60, 35, 5))[0]
        first, second = (random.choice(by_kind[kind]).split() for _ in range(2))
        text = " ".join(first[: (len(first) + 1) // 2] + second[len(second) // 2 :])
        if text not in seen:
            seen.add(text)
            at += 1
            yield Entry("MADE", str(at), kind, ((text, "primary"),), frozenset(), frozenset())


def _queries(real: Sequence[Entry], number: int) -> list[str]:
    """Distinct names: half innocent or recombined, half manipulated listed ones, well mixed."""
    listed = Listed(cluster(real))
    innocent = sorted({question.text for question in of_clean(listed)})
    made = itertools.islice((e.names[0][0].title() for e in _recombined(real[::2])), number)
    half = list(dict.fromkeys(itertools.chain(innocent, made)))[: number // 2]
    found = dict.fromkeys(half)
    for text, party in itertools.cycle(Random(4).sample(listed.names, len(listed.names))):
        classes = manipulations.CLASSES.get(party.kind, {})
        for what in Random(len(found)).sample(sorted(classes), min(2, len(classes))):
            changed = manipulations.manipulated(text, party.kind, what)
            if changed:
                found[changed] = None
        if len(found) >= number:
            break
    queries = list(found)[:number]
    Random(5).shuffle(queries)
    return queries


def _milliseconds(run: Callable[[], object]) -> float:
    started = time.perf_counter()
    run()
    return (time.perf_counter() - started) * 1000


def _resident() -> float:
    """Megabytes of this process in memory."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


if __name__ == "__main__":
    main()
