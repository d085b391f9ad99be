"""Official lists: what every reader finds in the shared files, how long it takes, and how much memory.

    python benchmarks/official_lists.py           a line for each list, the set compiled and loaded, one name checked
    python benchmarks/official_lists.py --large   time and memory on XML lists of 120 MB, made here

Readers run one after the other in a process of their own, so that the peak of each is its own.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

import large_xml

from sanctionscreen.screening.compiled import load_compiled
from sanctionscreen.watchlist import verification
from sanctionscreen.watchlist.catalogue import load_catalogue
from sanctionscreen.watchlist.difference import difference
from sanctionscreen.watchlist.official.formats import recognise
from sanctionscreen.watchlist.official.reading import Report
from sanctionscreen.watchlist.store import Store
from sanctionscreen.watchlist.update import add

FOLDER = Path(os.environ.get("SANCTIONSCREEN_TEST_DATA", Path(__file__).parents[2] / "shared" / "data")) / "lists"
LISTS = {
    "us-ofac-sdn": "us_ofac_sdn_csv_2024-01",
    "us-ofac-cons": "us_ofac_cons_csv",
    "eu-fsf": "eu_fsf_xml_2021-03",
    "un-sc": "un_xml_2026-02",
    "gb-ofsi-consolidated": "gb_ofsi_conlist",
    "au-dfat": "au_dfat_2026-08",
    "ca-sema": "ca_sema_2025",
    "us-bis-denied": "us_bis_dpl",
}
"""The newest snapshot of each list together: what is meant by all shared lists."""
OLDER = {"us-ofac-sdn": "us_ofac_sdn_csv_2021-07"}
ALSO = {"us-ofac-sdn": "us_ofac_sdn_xml_2021-03", "us-ofac-cons": "us_ofac_cons_xml_2025-03"}


def files_of(folder: str) -> list[Path]:
    return sorted(path for path in (FOLDER / folder).iterdir() if path.is_file())


def read(list_id: str, folder: str) -> tuple[Report, str, float, float]:
    """The account of a list, its format, seconds, and the peak of the process in MB."""
    entry = load_catalogue().entry(list_id)
    started = time.perf_counter()
    form, parts = recognise(files_of(folder))
    report = Report(list_id, entry.measure)
    for _ in verification.parties_of(form.name, parts, report):
        pass
    return report, form.name, time.perf_counter() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def alone(work: Callable[..., tuple[Report, str, float, float]], *given: str) -> tuple[Report, str, float, float]:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *given).result()


def print_lists() -> None:
    print("| list | files | format | entries | names | weak | addresses | identifiers | not understood | s | peak MB |")
    print("|---|---|---|---|---|---|---|---|---|---|---|")
    for list_id, folder in [*LISTS.items(), *OLDER.items(), *ALSO.items()]:
        report, form, seconds, peak = alone(read, list_id, folder)
        counts = [f"{report.counts[what]:,}" for what in ("entries", "names", "weak names", "addresses", "identifiers")]
        unknown = sum(report.unknown.values())
        print(f"| {list_id} | {folder} | {form} | {' | '.join(counts)} | {unknown} | {seconds:.1f} | {peak:.0f} |")


def print_set(root: Path) -> None:
    """All lists into a data folder, compiled, loaded; one name checked by a process of its own."""
    store, catalogue, now = Store(root), load_catalogue(), datetime.now(UTC)
    started = time.perf_counter()
    for list_id, folder in LISTS.items():
        add(catalogue.entry(list_id), store, files_of(folder), now, accepted="files of past days, to measure with")
    added = time.perf_counter() - started
    command = [sys.executable, "-m", "sanctionscreen", "check", "Rosoboronexport", "--data-dir", str(root)]
    times = []
    for _ in range(4):
        started = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        times.append(time.perf_counter() - started)
    compiled = next((root / "compiled").iterdir())
    started = time.perf_counter()
    parties = len(load_compiled(compiled).parties)
    loaded = time.perf_counter() - started
    print(f"\nread, verified and kept: {added:.1f} s; first check, which compiles the set: {times[0]:.1f} s;")
    print(f"check afterwards, cold: {min(times[1:]):.2f} s; {parties:,} parties loaded in {loaded:.2f} s")


def print_difference() -> None:
    sides = []
    for folder in (OLDER["us-ofac-sdn"], LISTS["us-ofac-sdn"]):
        form, parts = recognise(files_of(folder))
        sides.append(list(verification.parties_of(form.name, parts, Report("us-ofac-sdn", "asset_freeze"))))
    counts: dict[str, int] = {}
    for change in difference(*sides):
        counts[change.what] = counts.get(change.what, 0) + 1
    print(f"OFAC SDN, 2021-07 to 2024-01: {', '.join(f'{count:,} {what}' for what, count in counts.items())}")


def large(form: str, path: str) -> tuple[Report, str, float, float]:
    report = Report("made-up", "asset_freeze")
    started = time.perf_counter()
    for _ in verification.parties_of(form, {"main": Path(path)}, report):
        pass
    return report, form, time.perf_counter() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def print_large() -> None:
    """XML lists of 120 MB, with made-up entries."""
    with tempfile.TemporaryDirectory() as folder:
        for form in large_xml.FORMATS:
            path = Path(folder) / f"{form}.xml"
            parties = large_xml.write(path, form, 120_000_000)
            report, _, seconds, peak = alone(large, form, str(path))
            assert report.counts["entries"] == parties
            assert not report.unknown
            print(f"{form} of {path.stat().st_size / 1e6:.0f} MB: {parties:,} entries, {seconds:.0f} s, {peak:.0f} MB")
            path.unlink()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--large", action="store_true")
    if parser.parse_args().large:
        print_large()
        return
    print_lists()
    with tempfile.TemporaryDirectory() as folder:
        print_set(Path(folder))
    print_difference()


if __name__ == "__main__":
    main()
