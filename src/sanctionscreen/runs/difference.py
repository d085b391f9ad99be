"""Two runs beside each other: every row that came out otherwise, and what did it."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from sanctionscreen.errors import InputError, Location
from sanctionscreen.runs import chain
from sanctionscreen.runs.alignment import Step, align
from sanctionscreen.runs.basis import Difference, differences
from sanctionscreen.runs.causes import Causes, RowChange
from sanctionscreen.runs.files import described
from sanctionscreen.runs.list_entries import entries_of
from sanctionscreen.runs.manifest import Manifest, read_manifest
from sanctionscreen.runs.result_rows import ResultRow, core, reader, records
from sanctionscreen.runs.verifying import found_beside

_Rows = tuple[ResultRow | None, ResultRow | None]
_KEYS = ("shipment.id", "shipment.line")


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two runs have and have not alike."""

    before: Manifest
    after: Manifest
    differences: tuple[Difference, ...]
    """What they do not rest on alike."""
    rows: int
    """Rows that both have."""
    changes: tuple[RowChange, ...]

    @property
    def causes(self) -> Mapping[str, int]:
        """How many changed rows each cause has, the most frequent first."""
        return dict(Counter(change.cause for change in self.changes).most_common())


def compare(before: Path, after: Path, data_dir: Path | None = None) -> Comparison:
    """Lay two runs beside each other.

    Args:
        before, after: records of runs, or results beside them.
        data_dir: where to ask what became of list entries; default: the data folders that the records name.

    Raises:
        InputError: one has no record, its result was changed, or they have no text format in common.
    """
    manifests = read_manifest(before), read_manifest(after)
    form = _common_form(*manifests)
    first, second = (_result(manifest, form) for manifest in manifests)
    found = differences(manifests[0].basis, manifests[1].basis)
    bases = manifests[0].basis, manifests[1].basis
    causes = Causes(*bases, found, entries_of(*bases, _data_folders(manifests, data_dir)))
    is_same_input = not any(one.kind == "input" or one.name in ("headers", "format", "sheet") for one in found)
    pairs = _by_number(first, second, form) if is_same_input else _by_content(manifests, first, second, form)
    rows, changes = 0, []
    for one, other in pairs:
        rows += (one is None) == (other is None)
        if (change := _change(causes, one, other)) is not None:
            changes.append(change)
    return Comparison(*manifests, tuple(found), rows, tuple(changes))


def _data_folders(manifests: Iterable[Manifest], data_dir: Path | None) -> Iterator[Path]:
    if data_dir is not None:
        yield data_dir
        return
    for manifest in manifests:
        paths = manifest.facts.get("paths")
        recorded = paths.get("data_dir") if isinstance(paths, dict) else None
        if isinstance(recorded, str):
            yield Path(recorded)


def _change(causes: Causes, one: ResultRow | None, other: ResultRow | None) -> RowChange | None:
    if one is None:
        if other is None:
            return None
        return RowChange(None, other.row, "input", (), (f"new row: {other.decision} {other.score}",))
    if other is None:
        return RowChange(one.row, None, "input", (), (f"row gone: it was {one.decision} {one.score}",))
    return causes.of(one, other)


def _common_form(before: Manifest, after: Manifest) -> str:
    held = [{output.format for output in manifest.outputs} for manifest in (before, after)]
    for form in ("jsonl", "csv"):
        if all(form in forms for forms in held):
            return form
    said = "both runs must have a result as CSV, or both as JSON lines; screen again with -o FILE.jsonl"
    raise InputError(said, Location(str(before.path)))


def _result(manifest: Manifest, form: str) -> Path:
    output = next(output for output in manifest.outputs if output.format == form)
    path = found_beside(manifest, output)
    if not path.is_file():
        raise InputError("is not there", Location(str(path)))
    if described(path).sha256 != output.sha256:
        raise InputError("is not what its run wrote; `runs verify` names the rows", Location(str(path)))
    return path


def _by_number(first: Path, second: Path, form: str) -> Iterator[_Rows]:
    """Rows of the same input: the number says which is which. For rows that are equal, nothing is read."""
    read, read_other = reader(first, form), reader(second, form)
    for row, (one, other) in enumerate(zip_longest(records(first, form), records(second, form)), 1):
        if one is None or other is None:
            yield (read(row, one[1]), None) if one else (None, read_other(row, other[1]))
        elif core(one[1], form) == core(other[1], form):
            yield None, None
        else:
            yield read(row, one[1]), read_other(row, other[1])


class _Side:
    """One result, whose rows are found by their place."""

    def __init__(self, manifest: Manifest, path: Path, form: str, *, has_keys: bool) -> None:
        self._path, self._form, self._read = path, form, reader(path, form)
        self._columns = _columns(manifest)
        self._places = array("Q")
        self._lengths = array("Q")
        self.keys: list[bytes] = []
        for row, (place, record) in enumerate(records(path, form), 1):
            self._places.append(place)
            self._lengths.append(len(record))
            self.keys.append(self._key(row, record, has_keys=has_keys))
        self._file = path.open("rb")

    def _key(self, row: int, record: bytes, *, has_keys: bool) -> bytes:
        cells = self._read(row, record).cells
        held = [cells.get(name, "") for name in self._columns] if has_keys else [f"{k}={v}" for k, v in cells.items()]
        return chain.digest("\0".join(held).encode(errors="surrogatepass"))[:16]

    def row(self, at: int) -> ResultRow:
        self._file.seek(self._places[at])
        return self._read(at + 1, self._file.read(self._lengths[at]))

    def close(self) -> None:
        self._file.close()


def _columns(manifest: Manifest) -> list[str]:
    """The columns that say which shipment and which line of it a row is."""
    mapping = manifest.basis["reading"]["mapping"]
    by_field = {name: header for header, name in mapping.items()}
    return [by_field[name] for name in _KEYS if name in by_field]


def _by_content(manifests: tuple[Manifest, Manifest], first: Path, second: Path, form: str) -> Iterator[_Rows]:
    """Rows of different inputs: by shipment and line where both have them, else by what their cells say."""
    has_keys = all(len(_columns(manifest)) == len(_KEYS) for manifest in manifests)
    one = _Side(manifests[0], first, form, has_keys=has_keys)
    other = _Side(manifests[1], second, form, has_keys=has_keys)
    try:
        for pair in align(one.keys, other.keys):
            here = None if pair.before is None else one.row(pair.before)
            there = None if pair.after is None else other.row(pair.after)
            if pair.step is Step.CHANGED and has_keys:  # another shipment in its place
                yield here, None
                yield None, there
            else:
                yield here, there
    finally:
        one.close()
        other.close()
