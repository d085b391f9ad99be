"""The newest snapshot of each shared list, read just well enough to measure matching on: readers to throw away.

OFAC SDN and consolidated (CSV), EU, UN, UK (xlsx), Australia (xlsx), Canada, BIS denied persons: about 31,000 entries.
"""

from __future__ import annotations

import csv
import gzip
import io
import os
import pickle
import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

FOLDER = Path(os.environ.get("SANCTIONSCREEN_TEST_DATA", Path(__file__).parents[2] / "shared" / "data"))

_KINDS = {"individual": "person", "person": "person", "vessel": "vessel", "ship": "vessel", "aircraft": "aircraft"}


class Entry(NamedTuple):
    """One entry of one list."""

    list: str
    id: str
    kind: str
    names: tuple[tuple[str, str], ...]
    """Text and quality (primary, strong, weak), as published, each text once."""
    numbers: frozenset[str]
    """Identifiers of seven characters or more."""
    born: frozenset[int]
    """Years of birth; of a ship, none."""

    @property
    def key(self) -> str:
        return f"{self.list}:{self.id}"

    def party(self) -> dict[str, object]:
        """As the index takes it; without numbers, since names are measured."""
        names = [{"text": text, "quality": quality} for text, quality in self.names]
        return {"id": self.key, "kind": self.kind, "names": names}


def read_lists(folder: Path = FOLDER) -> list[Entry]:
    """Every entry with a name; parsed once, then kept in the machine's temporary folder."""
    if not (folder / "lists").is_dir():
        raise SystemExit(f"no shared test data at {folder} (set SANCTIONSCREEN_TEST_DATA)")
    files = sorted(p for p in (folder / "lists").rglob("*") if p.is_file())
    stamp = (Path(__file__).stat().st_mtime_ns, [(str(p), p.stat().st_mtime_ns) for p in files])
    cache = Path(tempfile.gettempdir()) / f"sanctionscreen-benchmark-lists-{os.getuid()}.pickle"
    if cache.exists():
        kept_stamp, kept = pickle.loads(cache.read_bytes())
        if kept_stamp == stamp:
            return [Entry(*entry) for entry in kept]
    entries = list(_apart(entry for entry in _all(folder / "lists") if entry.names))
    cache.write_bytes(pickle.dumps((stamp, [tuple(entry) for entry in entries])))
    return entries


def _apart(entries: Iterable[Entry]) -> Iterator[Entry]:
    """With an id of their own: the EU file of 2021 uses some twice."""
    seen: set[str] = set()
    for entry in entries:
        own = entry._replace(id=f"{entry.id}-{len(seen)}") if entry.key in seen else entry
        seen.add(own.key)
        yield own


def _all(lists: Path) -> Iterator[Entry]:
    yield from _ofac(lists / "us_ofac_sdn_csv_2024-01", "OFAC-SDN", ("sdn", "alt", "sdn_comments"))
    yield from _ofac(lists / "us_ofac_cons_csv", "OFAC-CONS", ("cons_prim", "cons_alt", "cons_comments"))
    yield from _eu(lists / "eu_fsf_xml_2021-03")
    yield from _un(lists / "un_xml_2026-02" / "UN_consolidated.xml")
    yield from _uk(next((lists / "gb_ofsi_conlist").glob("*.xlsx")))
    yield from _australia(lists / "au_dfat_2026-08" / "dfat.xlsx")
    yield from _canada(lists / "ca_sema_2025" / "sema-lmes.xml")
    yield from _denied(next((lists / "us_bis_dpl").glob("*.txt")))


def _entry(
    source: str, key: str, kind: str, names: list[tuple[str, str]], numbers: list[str], dates: list[str]
) -> Entry:
    seen: dict[str, str] = {}
    for text, quality in names:
        clean = " ".join(text.split())
        if any(character.isalnum() for character in clean):
            seen.setdefault(clean, quality)
    long = {re.sub(r"[^0-9A-Z]", "", number.upper()) for number in numbers}
    kept = {n for n in long if len(n) >= 7 and sum(c.isdigit() for c in n) >= 5 and len(set(n)) > 2}
    years = (
        {int(year) for date in dates for year in re.findall(r"\b(?:19|20)\d\d\b", date)} if kind == "person" else set()
    )
    return Entry(source, key, kind, tuple(seen.items()), frozenset(kept), frozenset(years))


def _numbers_in(text: str) -> list[str]:
    """Identifiers in running text: passports, tax and registration numbers, IMO numbers."""
    labels = r"(?:passport|tax id|registration|inn|ogrn|tin|kpp|imo|business reg|identification|national id|company)"
    return re.findall(
        rf"\b{labels}(?:\s*(?:no|number|num|id)?)[.:)\s]*([A-Z]{{0,3}}\d[\d -]{{5,16}}\d)", text, re.IGNORECASE
    )


def _ofac(folder: Path, source: str, files: tuple[str, str, str]) -> Iterator[Entry]:
    main, aliases, comments = (_csv_rows(folder / f"{name}.csv") for name in files)
    more: dict[str, str] = {}
    for row in comments:
        more[row[0]] = more.get(row[0], "") + row[1]
    others: dict[str, list[tuple[str, str]]] = {}
    for row in aliases:
        others.setdefault(row[0], []).append((row[3], "strong"))
    for row in main:
        remarks = ("" if row[11].strip() == "-0-" else row[11]) + more.get(row[0], "")
        parts = remarks.split("; ")
        weak = [(found[1], "weak") for p in parts if (found := re.fullmatch(r"[afn]\.k\.a\. '(.*)'\.?", p.strip()))]
        kind = _KINDS.get(row[2].strip(), "company")
        dates = [part for part in parts if "DOB" in part]
        names = [(row[1], "primary"), *others.get(row[0], []), *weak]
        yield _entry(source, row[0], kind, names, _numbers_in(remarks), dates)


def _csv_rows(path: Path) -> list[list[str]]:
    text = path.read_text("utf-8", errors="replace").rstrip("\x1a")
    return [row for row in csv.reader(io.StringIO(text)) if len(row) > 1]


def _eu(folder: Path) -> Iterator[Entry]:
    with gzip.open(next(folder.glob("*.gz"))) as file:
        root = ElementTree.parse(file).getroot()
    name = "{http://eu.europa.ec/fpi/fsd/export}"
    for entity in root.iter(f"{name}sanctionEntity"):
        subject = entity.find(f"{name}subjectType")
        ids = entity.findall(f"{name}identification")
        kind = "person" if subject is not None and subject.get("code") == "person" else "company"
        if any(found.get("identificationTypeCode") == "imo" for found in ids):
            kind = "vessel"
        names = []
        for at, alias in enumerate(entity.findall(f"{name}nameAlias")):
            remark = " ".join(found.text or "" for found in alias.findall(f"{name}remark")).lower()
            quality = "weak" if "low quality" in remark else "strong" if at else "primary"
            names.append((alias.get("wholeName") or "", quality))
        dates = [b.get("birthdate") or b.get("year") or "" for b in entity.findall(f"{name}birthdate")]
        numbers = [found.get("number") or "" for found in ids]
        yield _entry("EU", entity.get("logicalId") or "", kind, names, numbers, dates)


def _un(path: Path) -> Iterator[Entry]:
    for record in ElementTree.parse(path).getroot().iter():
        if record.tag not in ("INDIVIDUAL", "ENTITY"):
            continue
        parts = [record.findtext(f"{which}_NAME") or "" for which in ("FIRST", "SECOND", "THIRD", "FOURTH")]
        names = [(" ".join(parts), "primary"), (record.findtext("NAME_ORIGINAL_SCRIPT") or "", "strong")]
        for alias in record.findall(f"{record.tag}_ALIAS"):
            weak = (alias.findtext("QUALITY") or "") == "Low"
            texts = (alias.findtext("ALIAS_NAME") or "").split("; ")
            names += [(text, "weak" if weak else "strong") for text in texts]
        birth = record.find("INDIVIDUAL_DATE_OF_BIRTH/TYPE_OF_DATE")
        dates = [] if birth is None else [t for d in record.findall("INDIVIDUAL_DATE_OF_BIRTH") for t in d.itertext()]
        numbers = [found.text or "" for found in record.findall("INDIVIDUAL_DOCUMENT/NUMBER")]
        kind = "person" if record.tag == "INDIVIDUAL" else "company"
        yield _entry("UN", record.findtext("DATAID") or "", kind, names, numbers, dates)


def _uk(path: Path) -> Iterator[Entry]:
    rows = sheet(path)
    header = rows[1]
    groups: dict[str, list[dict[str, str]]] = {}
    for row in rows[2:]:
        record = dict(zip(header, row, strict=False))
        groups.setdefault(record["Group ID"], []).append(record)
    for key, records in groups.items():
        names, numbers, dates = [], [], []
        for record in records:
            whole = " ".join(record.get(f"Name {n}", "") for n in (1, 2, 3, 4, 5, 6))
            quality = "primary" if record["Alias Type"] == "Primary name" else "strong"
            names.append((whole, "weak" if record["Alias Quality"] == "Low quality" else quality))
            names.append((record["Name Non-Latin Script"], "strong"))
            ids = [record["Passport Number"], record["National Identification Number"]]
            numbers += [*ids, *_numbers_in(record["Other Information"])]
            dates.append(record["DOB"])
        kind = _KINDS.get(records[0]["Group Type"].lower(), "company")
        yield _entry("UK", key, kind, names, numbers, dates)


def _australia(path: Path) -> Iterator[Entry]:
    rows = sheet(path)
    groups: dict[str, list[dict[str, str]]] = {}
    for row in rows[1:]:
        record = dict(zip(rows[0], row, strict=False))
        groups.setdefault(re.sub(r"\D.*", "", record["Reference"]), []).append(record)
    for key, records in groups.items():
        first = records[0]
        names = []
        for record in records:
            quality = "primary" if record["Name Type"] == "Primary Name" else "strong"
            text = record["Name of Individual or Entity"].replace("_x000D_", " ")
            names.append((text, "weak" if record["Alias Strength"] == "Weak" else quality))
        numbers = [first["IMO Number"], *_numbers_in(first["Additional Information"])]
        yield _entry("AU", key, _KINDS.get(first["Type"].lower(), "company"), names, numbers, [first["Date of Birth"]])


def _canada(path: Path) -> Iterator[Entry]:
    for at, record in enumerate(ElementTree.parse(path).getroot().iter("record")):
        imo = record.findtext("ShipIMONumber") or ""
        family, given = record.findtext("LastName") or "", record.findtext("GivenName") or ""
        kind = "vessel" if imo else "person" if family or given else "company"
        name = record.findtext("EntityOrShip") or f"{given} {family}"
        names = [(name, "primary"), *((text, "strong") for text in _free(record.findtext("Aliases") or ""))]
        yield _entry("CA", str(at), kind, names, [imo], [record.findtext("DateOfBirthOrShipBuildDate") or ""])


def _free(aliases: str) -> Iterator[str]:
    """The clear names of a cell of free text: parted by semicolons, slashes and languages; the rest is left out."""
    for text in re.split(r";| / |,?\s*\b(?:Russian|Belarusian|Ukrainian|Arabic|Persian|Burmese|Chinese)\s*:", aliases):
        clean = text.strip(" ,.")
        if (
            clean
            and len(clean) < 120
            and not re.search(r",(?! (?:LLC|Ltd|JSC|Inc|АО|ООО|ПАО)\b)|also known| and ", clean)
        ):
            yield clean


def _denied(path: Path) -> Iterator[Entry]:
    firm = re.compile(r"\b(?:inc|llc|ltd|limited|co|corp|company|gmbh|corporation|trading|international|group)\b", re.I)
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        for at, row in enumerate(csv.DictReader(file, delimiter="\t")):
            name = " ".join(row["Name"].split())
            yield _entry("DPL", str(at), "company" if firm.search(name) else "person", [(name, "primary")], [], [])


def sheet(path: Path) -> list[list[str]]:
    """Every row of a workbook's first sheet as text; empty cells are empty."""
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    with zipfile.ZipFile(path) as book:
        shared: list[str] = []
        if "xl/sharedStrings.xml" in book.namelist():
            strings = ElementTree.parse(book.open("xl/sharedStrings.xml")).getroot()
            shared = ["".join(t.text or "" for t in item.iter(f"{space}t")) for item in strings]
        rows = []
        for _, row in ElementTree.iterparse(book.open("xl/worksheets/sheet1.xml")):
            if row.tag == f"{space}row":
                rows.append(_cells(row, space, shared))
                row.clear()
    return rows


def _cells(row: ElementTree.Element, space: str, shared: list[str]) -> list[str]:
    cells: list[str] = []
    for cell in row.iter(f"{space}c"):
        letters = re.sub(r"\d", "", cell.get("r") or "")
        column = 0
        for letter in letters:
            column = column * 26 + ord(letter) - 64
        cells += [""] * (column - 1 - len(cells))
        value = cell.findtext(f"{space}v") or ""
        kind = cell.get("t")
        text = shared[int(value)] if kind == "s" else value
        cells.append("".join(t.text or "" for t in cell.iter(f"{space}t")) if kind == "inlineStr" else text)
    return cells
