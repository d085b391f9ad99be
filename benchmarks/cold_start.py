"""Cold start: a fresh process that screens ten rows, one that imports the library, and one that does nothing.

    python benchmarks/cold_start.py

Prints the best and the median of several runs; machines are noisy, so compare within one run.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 7
ROWS = "Consignee,Country,HS code,Description\n" + "".join(
    f"Synthetic Appliances {n},KZ,8418.21,household refrigerators\n" for n in range(10)
)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "ten.csv"
        source.write_text(ROWS, encoding="utf-8")
        target = str(Path(folder) / "out.csv")
        measure("python alone", "-c", "pass")
        measure("import sanctionscreen", "-c", "import sanctionscreen")
        measure("import sanctionscreen.Screener", "-c", "from sanctionscreen import Screener")
        measure("screen ten rows", "-m", "sanctionscreen", "screen", str(source), "-o", target)
        measure("check one name", "-m", "sanctionscreen", "check", "Techkrim")


def measure(what: str, *arguments: str) -> None:
    taken = []
    for _ in range(RUNS):
        started = time.perf_counter()
        subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
        taken.append(time.perf_counter() - started)
    print(f"{what:32} best {min(taken):.2f} s, median {statistics.median(taken):.2f} s")


if __name__ == "__main__":
    main()
