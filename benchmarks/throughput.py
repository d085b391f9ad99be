"""The whole command on a large file: time, memory, the share of each stage, how it grows, and what a plain loop takes.

    python benchmarks/throughput.py [--rows N] [--names N] [--goods N] [--data-dir FOLDER] [--grow] [--naive-rows N]

The file is made by `shipments_file`, the same one each time; lists are the newest snapshots of the shared test data, in
a data folder that is built first unless one is given. The command runs as a user would run it, in a process of its own,
and its result is written. Shares of stages are processor time of a second run of a tenth of the rows in one process.
"""

from __future__ import annotations

import argparse
import csv
import functools
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import shipments_file
from official_lists import LISTS, files_of
from rapidfuzz import fuzz, process, utils
from shared_lists import read_lists

from sanctionscreen.watchlist.catalogue import load_catalogue
from sanctionscreen.watchlist.store import Store
from sanctionscreen.watchlist.update import add

AS_OF = "2026-11-22"
CUTOFF = 85
"""Score of rapidfuzz from which the plain loop takes two names for the same: what its users usually choose."""


class Taken(NamedTuple):
    """What a run of the command took."""

    wall_s: float
    cpu_s: float
    """Of all its processes."""
    peak_mb: float
    """Of all its processes together; memory that they share is counted once."""


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data_dir = options.data_dir or _store(folder / "data")
        _warm(data_dir)
        print("| rows | distinct names | wall | processor | peak MB | rows a second |\n|---|---|---|---|---|---|")
        taken = _measured(folder, options.rows, options.names, options.goods, data_dir, options.workers)
        if options.grow:
            tenth = options.rows // 10
            small = _measured(folder, tenth, options.names // 10, options.goods // 10, data_dir, options.workers)
            same = _measured(folder, options.rows, options.names // 10, options.goods // 10, data_dir, options.workers)
            print(f"\n- a tenth of everything: {small.wall_s / taken.wall_s:.0%} of the time")
            print(
                f"- ten times the rows with the same names and goods: {same.wall_s / small.wall_s:.1f} times the time"
            )
        _stages(folder, options.rows // 10, options.names // 10, options.goods // 10, data_dir)
        if options.naive_rows:
            _naive(folder, options, taken)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--names", type=int, default=200_000, help="distinct names of parties")
    parser.add_argument("--goods", type=int, default=40_000, help="distinct lines of goods")
    parser.add_argument("--data-dir", type=Path, help="data folder with the lists; default: one is built")
    parser.add_argument("--workers", type=int, help="as the option of the command")
    parser.add_argument("--grow", action="store_true", help="a tenth of the file, and ten times the rows of that, too")
    parser.add_argument("--naive-rows", type=int, default=1_000, help="rows that the plain loop takes; 0: none")
    return parser.parse_args()


def _store(folder: Path) -> Path:
    store, catalogue, now = Store(folder), load_catalogue(), datetime.now(UTC)
    for list_id, files in LISTS.items():
        add(catalogue.entry(list_id), store, files_of(files), now, accepted="files of past days, to measure with")
    return folder


def _warm(data_dir: Path) -> None:
    """The lists are compiled once after an update, not by each run."""
    command = [sys.executable, "-m", "sanctionscreen", "check", "Techkrim", "--data-dir", str(data_dir)]
    subprocess.run(command, check=True, capture_output=True)


def _made(folder: Path, rows: int, names: int, goods: int) -> Path:
    path = folder / f"{rows}-{names}.csv"
    if not path.exists():
        shipments_file.make(path, rows, names=names, goods=goods)
    return path


def _measured(folder: Path, rows: int, names: int, goods: int, data_dir: Path, workers: int | None) -> Taken:
    source, target = _made(folder, rows, names, goods), folder / "result.csv"
    command = [
        sys.executable, "-m", "sanctionscreen", "screen", str(source), "-o", str(target), "--data-dir", str(data_dir),
        "--as-of", AS_OF, "--no-progress", *(["--workers", str(workers)] if workers else []),
    ]  # fmt: skip
    taken = _run(command)
    with target.open("rb") as file:
        lines = sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))
    assert lines >= rows + 1, "rows are missing from the result"
    print(
        f"| {rows:,} | {names:,} | {taken.wall_s:.1f} s | {taken.cpu_s:.1f} s | {taken.peak_mb:,.0f} |"
        f" {rows / taken.wall_s:,.0f} |",
        flush=True,
    )
    return taken


def _run(command: list[str]) -> Taken:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    peaks = [0.0]
    watcher = threading.Thread(target=_watch, args=(running, peaks), daemon=True)
    watcher.start()
    _, said = running.communicate()
    wall = time.perf_counter() - started
    watcher.join()
    if running.returncode:
        raise SystemExit(said.decode())
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Taken(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, peaks[0])


def _watch(running: subprocess.Popen[bytes], peaks: list[float]) -> None:
    while running.poll() is None:
        peaks[0] = max(peaks[0], sum(map(_megabytes, _tree(running.pid))))
        time.sleep(0.25)


def _tree(pid: int) -> Iterator[int]:
    """A process and those it has begun."""
    yield pid
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from _tree(int(child))
    except OSError:
        return


def _megabytes(pid: int) -> float:
    """Resident memory; of what several processes share, each has its part."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def _stages(folder: Path, rows: int, names: int, goods: int, data_dir: Path) -> None:
    """Shares of the stages, measured around the functions that do them, each without those within it."""
    from sanctionscreen.ingest import open_table
    from sanctionscreen.report.writers import Format
    from sanctionscreen.runs import rendering
    from sanctionscreen.screening import (
        Screener,
        derived_columns,
        file_screening,
        file_way,
        gathering,
        judge_columns,
        parts,
        watching,
    )

    screener = Screener.build(data_dir=data_dir, as_of=date.fromisoformat(AS_OF))
    clock = _Clock()
    for what, owner, name in (
        ("columns, and who and what is distinct", gathering.Gathering, "part"),
        ("reading goods", gathering.Gathering, "_goods_codes"),
        ("matching", file_screening, "look_up"),
        ("features", watching.Watching, "add"),
        ("features", watching.Watching, "columns"),
        ("features", file_screening, "keys_of_names"),
        ("working files", parts.Part, "save"),
        ("deriving", derived_columns.DerivedColumns, "__init__"),
        ("deriving", derived_columns.DerivedColumns, "frame"),
        ("rules", judge_columns, "truths_of"),
        ("findings and decisions", judge_columns.PartJudge, "judged"),
        ("writing", rendering.Renderer, "__call__"),
        ("reading the file", file_way, "as_columns"),
    ):
        setattr(owner, name, clock.around(what, getattr(owner, name)))
    started = time.process_time()
    with open_table(_made(folder, rows, names, goods)) as table:
        layout = rendering.layout_of(table)
        renderer = rendering.Renderer(layout, (Format.CSV,), is_held=layout.with_shipments)
        for _ in screener.screen_table(table, workers=1).rendered(renderer):
            pass
    whole = time.process_time() - started
    print(f"\n| stage ({rows:,} rows, one process) | s | share |\n|---|---|---|")
    held = {**clock.seconds, "the rest: reading lines, moving what was made": whole - sum(clock.seconds.values())}
    for what, seconds in sorted(held.items(), key=lambda item: -item[1]):
        print(f"| {what} | {seconds:.2f} | {seconds / whole:.0%} |")


class _Clock:
    """Processor time by stage; a stage within another counts for itself alone."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._open: list[float] = []

    def around(self, what: str, work: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(work)
        def timed(*args: Any, **more: Any) -> Any:
            started = time.process_time()
            self._open.append(0.0)
            try:
                return work(*args, **more)
            finally:
                taken, within = time.process_time() - started, self._open.pop()
                self.seconds[what] += taken - within
                if self._open:
                    self._open[-1] += taken

        return timed


def _naive(folder: Path, options: argparse.Namespace, taken: Taken) -> None:
    """What a user would write instead: every name against every listed one, and an `if` chain."""
    listed = [utils.default_process(text) for entry in read_lists() for text, _ in entry.names]
    with _made(folder, options.rows, options.names, options.goods).open(encoding="utf-8", newline="") as file:
        rows = [row for _, row in zip(range(options.naive_rows), csv.DictReader(file), strict=False)]
    started = time.perf_counter()
    flagged = sum(bool(_flags(row, listed)) for row in rows)
    a_row = (time.perf_counter() - started) / len(rows)
    whole = a_row * options.rows
    print(
        f"\nplain loop, {len(listed):,} listed names: {a_row * 1e3:,.0f} ms a row, measured on {len(rows):,} rows"
        f" ({flagged} flagged); {whole / 3600:,.1f} hours for all rows, extrapolated: {whole / taken.wall_s:,.0f} times"
        " as long as the command"
    )


def _flags(row: dict[str, str], listed: list[str]) -> list[str]:
    found = []
    for role in shipments_file.ROLES:
        asked = utils.default_process(row[role])
        if process.extract(asked, listed, scorer=fuzz.WRatio, score_cutoff=CUTOFF, limit=5):
            found.append(f"{role} may be listed")
    code, text, value = row["HS code"][:6], row["Goods description"].lower(), float(row["Value"])
    tiers = {"854231", "854232", "854233", "854239", "851762", "852691", "853221", "853224", "854800"}
    if code in tiers and row["Destination"] in ("RU", "BY"):
        found.append("priority goods to Russia")
    elif code in tiers and row["Destination"] in ("KZ", "KG", "AM", "GE", "TR", "AE", "UZ", "RS", "CN", "HK"):
        found.append("priority goods by way of a third country")
    if any(word in text for word in ("drone", "unmanned", "microcontroller", "processor", "optical sight", "gnss")):
        found.append("dual-use words")
    if row["Destination"] == "RU" and row["Origin"] in ("US", "DE", "JP", "GB"):
        found.append("goods of the coalition to Russia")
    if row["Country of dispatch"] == row["Destination"]:
        found.append("circular route")
    if value > 1_000_000 and row["Unit"] == "pcs" and float(row["Quantity"]) < 10:
        found.append("very dear")
    if row["Consignee"].upper().startswith("TO ORDER"):
        found.append("consignee not named")
    return found


if __name__ == "__main__":
    main()
