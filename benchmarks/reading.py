"""How fast shipments are read from each format: 100,000 rows of 30 columns, each in a process of its own.

    python benchmarks/reading.py [rows [file ...]]

For each format: seconds to open (encoding, header, habits), seconds for all rows as cells, seconds for the mapped
columns of all chunks, rows a second over all three, and the peak of the process. Beside it, what a bare reader of the
same bytes takes without looking for anything: `csv.reader`, calamine, Polars, `json.loads`. Times are of the processor.
"""

# ruff: noqa: E501 - rows and elements are written as they would stand in a file

from __future__ import annotations

import csv
import gzip
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

HEADER = (
    "Shipment ID|Date|Shipper|Shipper address|Shipper country|Consignee|Consignee address|Consignee country"
    "|Consignee tax number|Notify party|End user|Buyer|Seller|HS code|Description|Quantity|Unit|Net weight|Value|Currency"
    "|Origin country|Destination country|Port of loading|Port of discharge|Vessel|IMO|Remark 1|Remark 2|Remark 3|Remark 4"
).split("|")
NUMBERS = (15, 17, 18)
"""Places of columns that hold numbers where the format has any."""
CHUNK_ROWS = 10_000


def rows(count: int) -> Iterator[list[str]]:
    """Rows of synthetic shipments: quoted cells, Cyrillic, zeros in front, empty cells; the same in every run."""
    for n in range(count):
        k = n % 20_000
        yield [
            f"INV-{n // 5}", f"2024-04-{1 + n % 28:02}", f"Shipper {k} Trading, Ltd", f"{k} Harbour Road, Istanbul", "TR",
            f"ООО Ромашка {k}", f"ул. Ленина {k}, Алматы", "KZ", f"0{k:09}", f"Notify {k}", f"End user {k}", f"Buyer {k}",
            f"Seller {k}", f"0{k * 7919 % 10**9:09}", f"refrigerators and parts, model {k % 4000}", str(n % 100), "pcs",
            f"{k / 8}", f"{k * 1.5}", "USD", "DE", "KZ", "Hamburg", "Mersin", f"Star {k % 500}", "9074729", "x", "", "note", "y",
        ]  # fmt: skip


def write_csv(path: Path, count: int) -> None:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "wt", newline="", encoding="utf-16" if "utf16" in path.name else "utf-8") as stream:
        writer = csv.writer(stream, delimiter="\t" if ".tsv" in path.name else ",")
        writer.writerow(HEADER)
        writer.writerows(rows(count))


def write_xlsx(path: Path, count: int) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"strings_to_numbers": False}) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, HEADER)
        for at, row in enumerate(rows(count), 1):
            for place, cell in enumerate(row):
                if place in NUMBERS:
                    page.write_number(at, place, float(cell))
                elif cell:
                    page.write_string(at, place, cell)


def objects(count: int) -> Iterator[dict[str, object]]:
    for row in rows(count):
        yield {
            name: float(cell) if at in NUMBERS else cell
            for at, (name, cell) in enumerate(zip(HEADER, row, strict=True))
        }


def write_lines(path: Path, count: int) -> None:
    with path.open("w", encoding="utf-8") as stream:
        stream.writelines(f"{json.dumps(one, ensure_ascii=False)}\n" for one in objects(count))


def write_json(path: Path, count: int) -> None:
    path.write_text(json.dumps(list(objects(count)), ensure_ascii=False), encoding="utf-8")


def write_parquet(path: Path, count: int) -> None:
    import polars as pl

    pl.DataFrame(list(objects(count))).write_parquet(path)


def write_ubl(path: Path, count: int) -> None:
    names = "xmlns:cac='urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2' xmlns:cbc='urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2'"
    with path.open("w", encoding="utf-8") as stream:
        stream.write(f"<Invoices {names}>")
        for n in range(count // 10):
            stream.write(
                f"<Invoice xmlns='urn:oasis:names:specification:ubl:schema:xsd:Invoice-2'><cbc:ID>INV-{n}</cbc:ID><cbc:IssueDate>2024-04-23</cbc:IssueDate>"
            )
            for role in ("Supplier", "Customer"):
                stream.write(
                    f"<cac:Accounting{role}Party><cac:Party><cac:PartyName><cbc:Name>{role} {n}</cbc:Name></cac:PartyName><cac:PostalAddress>"
                    f"<cbc:StreetName>Road {n}</cbc:StreetName><cac:Country><cbc:IdentificationCode>TR</cbc:IdentificationCode></cac:Country>"
                    f"</cac:PostalAddress></cac:Party></cac:Accounting{role}Party>"
                )
            for line in range(10):
                stream.write(
                    f"<cac:InvoiceLine><cbc:ID>{line}</cbc:ID><cbc:InvoicedQuantity unitCode='H87'>5</cbc:InvoicedQuantity>"
                    "<cbc:LineExtensionAmount currencyID='EUR'>100</cbc:LineExtensionAmount><cac:Item><cbc:Name>refrigerators</cbc:Name>"
                    "<cac:CommodityClassification><cbc:ItemClassificationCode listID='HS'>841821</cbc:ItemClassificationCode></cac:CommodityClassification>"
                    "</cac:Item></cac:InvoiceLine>"
                )
            stream.write("</Invoice>")
        stream.write("</Invoices>")


def bare_csv(path: Path) -> None:
    with path.open(newline="", encoding="utf-8") as stream:
        for _ in csv.reader(stream):
            pass


def bare_xlsx(path: Path) -> None:
    from python_calamine import CalamineWorkbook

    CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()


def bare_parquet(path: Path) -> None:
    import polars as pl

    pl.read_parquet(path).rows()


def bare_lines(path: Path) -> None:
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            json.loads(line)


def bare_json(path: Path) -> None:
    json.loads(path.read_text(encoding="utf-8"))


FORMATS: dict[str, tuple[Callable[[Path, int], None], Callable[[Path], None] | None]] = {
    "in.csv": (write_csv, bare_csv),
    "in.tsv": (write_csv, None),
    "utf16.csv": (write_csv, None),
    "in.csv.gz": (write_csv, None),
    "in.xlsx": (write_xlsx, bare_xlsx),
    "in.parquet": (write_parquet, bare_parquet),
    "in.jsonl": (write_lines, bare_lines),
    "in.json": (write_json, bare_json),
    "in.xml": (write_ubl, None),
}


def measure(path: Path) -> None:
    """Print seconds to open, for all cells and for all columns, and megabytes at the peak."""
    from sanctionscreen.ingest import open_table
    from sanctionscreen.ingest.headers import known_columns

    known_columns(HEADER)  # tables of words load once, whatever the file
    clock = time.process_time
    started = clock()
    with open_table(path, chunk_rows=CHUNK_ROWS) as table:
        opened = clock()
        count = sum(len(chunk.cells) for chunk in table.chunks())
        cut = clock()
        for chunk in table.chunks():
            table.columns(chunk)
        done = clock()
    peak = megabytes()
    print(json.dumps([count, opened - started, cut - opened, max(0.0, (done - cut) - (cut - opened)), peak]))


def bare(path: Path) -> None:
    """Print the seconds of a bare reader and its peak."""
    started = time.process_time()
    reader = FORMATS[path.name][1]
    if reader is not None:
        reader(path)
    print(json.dumps([time.process_time() - started, megabytes()]))


def megabytes() -> float:
    """The most that this process has held; Linux counts anew after a program was started, others with their parent."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    held = next((float(line.split()[1]) for line in lines if line.startswith("VmHWM:")), 0.0)
    return (held or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) / 1024


def alone(what: str, path: Path) -> list[float]:
    """The numbers that a process of its own prints."""
    done = subprocess.run([sys.executable, __file__, what, str(path)], check=True, capture_output=True, text=True)
    found: list[float] = json.loads(done.stdout)
    return found


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    print(
        f"{'file':12} {'MB':>6} {'open s':>7} {'cells s':>8} {'columns s':>10} {'rows/s':>9} {'peak MB':>8} {'bare s':>7} {'bare MB':>8}"
    )
    with tempfile.TemporaryDirectory() as folder:
        for name, (write, reader) in ((name, FORMATS[name]) for name in sys.argv[2:] or FORMATS):
            path = Path(folder, name)
            write(path, count)
            read, opened, cut, columns, peak = alone("--measure", path)
            plain, most = alone("--bare", path) if reader is not None else (0.0, 0.0)
            size = path.stat().st_size / 1e6
            speed = read / (opened + cut + columns)
            print(
                f"{name:12} {size:6.1f} {opened:7.2f} {cut:8.2f} {columns:10.2f} {speed:9,.0f} {peak:8.0f} "
                + (f"{plain:7.2f} {most:8.0f}" if reader is not None else f"{'-':>7} {'-':>8}"),
                flush=True,
            )
            path.unlink()


if __name__ == "__main__":
    if "--measure" in sys.argv:
        measure(Path(sys.argv[2]))
    elif "--bare" in sys.argv:
        bare(Path(sys.argv[2]))
    else:
        main()
