"""Alerts on innocent trade parties: every name of the shared clean parties against the built-in watchlist.

    python benchmarks/clean_parties.py [folder of the shared test data]

Prints alerts per 1,000 at the default threshold, the highest scores below it, and the time a name.
"""

from __future__ import annotations

import csv
import os
import sys
import time
from pathlib import Path

from sanctionscreen.matching import DEFAULT_THRESHOLD, NameIndex
from sanctionscreen.watchlist.entities import load_entities

NEARLY = 0.7
"""Lowest score that is shown."""


def main() -> None:
    default = os.environ.get("SANCTIONSCREEN_TEST_DATA", Path(__file__).parents[2] / "shared" / "data")
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else default)
    with (folder / "names" / "clean_parties.csv").open(encoding="utf-8") as file:
        parties = list(csv.DictReader(file))
    started = time.perf_counter()
    listed = load_entities().parties
    index = NameIndex.build(listed)
    print(f"{len(listed)} listed parties, index built in {time.perf_counter() - started:.2f} s")
    started = time.perf_counter()
    found = index.match_many([party["name"] for party in parties], threshold=NEARLY)
    taken = time.perf_counter() - started
    print(f"{len(parties)} names in {taken:.2f} s, {taken / len(parties) * 1e6:.0f} us a name")
    for kind in ("company", "person"):
        best = [(hits[0], p["name"]) for hits, p in zip(found, parties, strict=True) if hits and p["type"] == kind]
        number = sum(party["type"] == kind for party in parties)
        alerts = sum(hit.score >= DEFAULT_THRESHOLD for hit, _ in best)
        print(f"{kind}: {alerts} alerts on {number}, {alerts / number * 1000:.2f} per 1,000")
        for hit, name in sorted(best, key=lambda pair: -pair[0].score)[:10]:
            print(f"  {hit.score:.3f} {hit.evidence:.2f}  {name}  ~  {hit.name} ({hit.entity_id})")


if __name__ == "__main__":
    main()
