"""Is a result what its run wrote? Which rows are not, and what else was touched."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from sanctionscreen.errors import InputError, Location
from sanctionscreen.runs import chain
from sanctionscreen.runs.alignment import Pair, Step, align
from sanctionscreen.runs.chain import Chain
from sanctionscreen.runs.files import described
from sanctionscreen.runs.manifest import Manifest, RecordedOutput, fingerprint, manifest_of, read_manifest

_LONGEST_LINE = 256 << 20
"""Bytes between two line ends; no result has a longer one, and a file without line ends must not fill memory."""

_MOST_ROWS = 50_000_000
"""Rows behind the first that differs which are laid beside each other; a hundred bytes each."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is not as the run left it."""

    file: str
    kind: str
    """changed, deleted, inserted or moved: of a row; missing, file, chain, manifest: of what is named."""
    rows: tuple[int, ...]
    """Rows of the run, counted from 1; 0 is the header of a table. Empty where no row is meant or can be named."""
    said: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What a record says of its results."""

    manifest: Manifest
    checked: tuple[str, ...]
    """Results that were compared."""
    faults: tuple[Fault, ...]

    @property
    def is_intact(self) -> bool:
        return not self.faults


def verify(path: Path, *, result: Path | None = None) -> Verification:
    """Compare results with the record of their run.

    Args:
        path: a manifest, which stands for all its results, or one result.
        result: where the only result of the record lies, if it was moved, renamed, or saved from standard output.

    Raises:
        InputError: there is no record, or it cannot be read.
    """
    manifest = read_manifest(path)
    outputs = manifest.outputs
    if manifest_of(path) != path:
        outputs = tuple(output for output in outputs if output.name == path.name)
        if not outputs:
            raise InputError(f"is not named by the record beside it, {manifest.path.name}", Location(str(path)))
    if result is not None and len(outputs) != 1:
        raise InputError(f"the record names {len(outputs)} results; give the record of one", Location(str(path)))
    faults = list(_manifest_faults(manifest))
    for output in outputs:
        faults += output_faults(manifest, output, result or found_beside(manifest, output))
    return Verification(manifest, tuple(output.name for output in outputs), tuple(faults))


def found_beside(manifest: Manifest, output: RecordedOutput) -> Path:
    """Where a result should be: beside its manifest, or where it was written, as long as nothing was moved."""
    beside = manifest.path.with_name(output.name)
    paths = manifest.facts.get("paths")
    written = paths.get("outputs") if isinstance(paths, dict) else None
    known = [Path(name) for name in written if isinstance(name, str)] if isinstance(written, list) else []
    if beside.exists() or manifest.path.parent.resolve() not in {path.parent for path in known}:
        return beside
    return next((path for path in known if path.name == output.name), beside)


def _manifest_faults(manifest: Manifest) -> Iterator[Fault]:
    name = manifest.path.name
    if not manifest.is_sealed:
        yield Fault(name, "manifest", (), "what the manifest says is not what was sealed: it was edited")
    counts = manifest.result.get("counts", {})
    if counts.get("read") != sum(count for word, count in counts.items() if word != "read"):
        yield Fault(name, "manifest", (), "the counts of the manifest do not close")


def output_faults(manifest: Manifest, output: RecordedOutput, path: Path) -> Iterator[Fault]:
    """What is not as it was in one result."""
    if not path.is_file():
        yield Fault(output.name, "missing", (), "the result is not there")
        return
    if output.chain is None or output.chain.get("of") != output.format:
        if described(path).sha256 != output.sha256:
            yield Fault(output.name, "file", (), f"the file was changed ({output.format} has no chain of rows)")
        return
    yield from _ChainCheck(manifest, output, path).faults()


class _ChainCheck:
    """One text result against its chain."""

    def __init__(self, manifest: Manifest, output: RecordedOutput, path: Path) -> None:
        self._output, self._path = output, path
        chained = output.chain or {}
        self._head = str(chained["head"])
        self._lines = int(chained["lines"])
        self._most_lines = int(chained["most_lines"])
        self._chain_path = path.with_name(output.chain_file)
        if not self._chain_path.exists():
            self._chain_path = manifest.path.with_name(output.chain_file)
        self._links = Chain(chain.opening(fingerprint(manifest.basis), output.format))
        self._header = 0 if output.format == "csv" else 1
        """What the first line of the file is counted as: row 0 is the header."""

    def faults(self) -> Iterator[Fault]:
        expected = self._expected()
        if expected is None:
            yield self._fault("chain", (), f"the chain {self._output.chain_file} is not there, or is none")
            if described(self._path).sha256 != self._output.sha256:
                yield self._fault("file", (), "the file was changed; without its chain, nothing says which rows")
            return
        with self._path.open("rb") as stream:
            agreed, rest = self._agreeing(stream, expected)
        if rest is not None:
            yield from self._row_faults(agreed, *rest)
        elif self._links.head.hex() != self._head or self._links.rows != self._lines:
            yield self._fault(
                "manifest",
                (),
                "every row agrees with the chain file, but not with the manifest: chain file and rows were rewritten,"
                " or the manifest was edited",
            )

    def _expected(self) -> Iterator[str] | None:
        try:
            return chain.expected(self._chain_path)
        except InputError:
            return None

    def _agreeing(
        self, stream: BinaryIO, expected: Iterator[str]
    ) -> tuple[int, tuple[Sequence[str], Sequence[str]] | None]:
        """How many rows agree from the start, and the rest of both sides; None where all do."""
        pending: list[bytes] = []
        for wanted in expected:
            found = _take(stream, pending, wanted, self._most_lines)
            if found is None:
                rest = [wanted, *islice(expected, _MOST_ROWS)]
                left = _segmented(stream, pending, frozenset(rest), self._most_lines)
                return self._links.rows, (rest, list(islice(left, _MOST_ROWS)))
            self._links.add(found)
        extra = list(islice(_segmented(stream, pending, frozenset(), self._most_lines), _MOST_ROWS))
        return self._links.rows, ([], extra) if extra else None

    def _row_faults(self, agreed: int, expected: Sequence[str], found: Sequence[str]) -> Iterator[Fault]:
        if self._is_as_written():
            yield self._fault(
                "chain", (), f"the chain {self._output.chain_file} was changed; the result is as it was written"
            )
            return
        for pairs in _runs(pair for pair in align(expected, found) if pair.step is not Step.KEPT):
            yield self._told(pairs, agreed)

    def _is_as_written(self) -> bool:
        return described(self._path).sha256 == self._output.sha256

    def _told(self, pairs: Sequence[Pair], agreed: int) -> Fault:
        step = pairs[0].step
        first = agreed + self._header
        rows = tuple(first + pair.before for pair in pairs if pair.before is not None)
        place = first + (pairs[0].after or 0)
        if step is Step.INSERTED:
            count = "1 line" if len(pairs) == 1 else f"{len(pairs)} lines"
            return self._fault(step, (), f"{count} inserted in place {place}, of no row of the run")
        named = _rows(rows)
        if step is Step.CHANGED:
            return self._fault(step, rows, f"{named} changed")
        if step is Step.DELETED:
            return self._fault(step, rows, f"{named} deleted")
        return self._fault(step, rows, f"{named} moved: found in place {place}")

    def _fault(self, kind: str, rows: tuple[int, ...], said: str) -> Fault:
        return Fault(self._output.name, kind, rows, said)


def _take(stream: BinaryIO, pending: list[bytes], wanted: str, most_lines: int) -> bytes | None:
    """The digest of the next row, where it is the one wanted; its lines else stay pending."""
    held = b""
    for count in range(most_lines):
        if count >= len(pending):
            line = stream.readline(_LONGEST_LINE)
            if not line:
                return None
            pending.append(line)
        held += pending[count]
        found = chain.digest(held)
        if chain.shown(found) == wanted:
            del pending[: count + 1]
            return found
    return None


def _segmented(stream: BinaryIO, pending: list[bytes], known: Collection[str], most_lines: int) -> Iterator[str]:
    """The rest of a file as rows: lines that together are a row that is known, else each line alone."""
    waiting = list(pending)
    while True:
        while len(waiting) < most_lines and (line := stream.readline(_LONGEST_LINE)):
            waiting.append(line)
        if not waiting:
            return
        taken, shown = _known_row(waiting, known)
        del waiting[:taken]
        yield shown


def _known_row(waiting: Sequence[bytes], known: Collection[str]) -> tuple[int, str]:
    held, first = b"", ""
    for count, line in enumerate(waiting, 1):
        held += line
        shown = chain.shown(chain.digest(held))
        first = first or shown
        if shown in known:
            return count, shown
    return 1, first


def _runs(pairs: Iterator[Pair]) -> Iterator[list[Pair]]:
    """Neighbouring rows that have met the same fate, together."""
    held: list[Pair] = []
    for pair in pairs:
        if held and not _continues(held[-1], pair):
            yield held
            held = []
        held.append(pair)
    if held:
        yield held


def _continues(one: Pair, other: Pair) -> bool:
    def follows(first: int | None, second: int | None) -> bool:
        return first == second if first is None or second is None else second == first + 1

    return one.step is other.step and follows(one.before, other.before) and follows(one.after, other.after)


def _rows(rows: Sequence[int]) -> str:
    """Rows in words.

    >>> _rows([0]), _rows([4]), _rows([4, 5, 6])
    ('the header was', 'row 4 was', 'rows 4 to 6 were')
    """
    if len(rows) == 1:
        return "the header was" if rows[0] == 0 else f"row {rows[0]:,} was"
    return f"rows {rows[0]:,} to {rows[-1]:,} were"
