"""The manifest of a run: what it rests on, what came of it, and a seal over both; read strictly."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sanctionscreen.errors import InputError, Location

SCHEMA = "sanctionscreen.run/1"
ENDING = ".run.json"
CHAIN_ENDING = ".chain"
_MOST_BYTES = 64 << 20
"""A manifest names lists, rules and files; rows are in the chain."""
_PARTS = ("basis", "result", "seal", "facts")

_FILE = {"name": str, "size": int, "sha256": str}
_BASIS: Mapping[str, Any] = {
    "input": _FILE,
    "reading": {"form": {}, "headers": [str], "mapping": {}, "constants": {}, "habits": {}, "mapping_file": (_FILE,)},
    "as_of": str,
    "lists": {
        "fingerprint": str,
        "embedded": {"documents": str, "entities": str, "geography": str, "goods": str},
        "embedded_ids": [str],
        "own": [{**_FILE, "fingerprint": str, "ids": [str]}],
        "official": [{"id": str, "version": str}],
        "stale": [str],
    },
    "rules": {"fingerprint": str, "packs": [str], "files": [_FILE], "rules": {}, "exceptions": [str]},
    "goods_files": [_FILE],
    "profile": {"id": str, "version": str, "fingerprint": str, "file": (_FILE,)},
    "code": {"version": str, "fingerprint": str, "program": str},
    "options": {},
}
"""What later readings rely on; more may be there. A tuple says that nothing may stand in its place."""


@dataclass(frozen=True, slots=True)
class RecordedOutput:
    """A result file as its manifest describes it."""

    name: str
    """Its file name, without a folder."""
    format: str
    size: int
    sha256: str
    chain: Mapping[str, Any] | None
    """Of a text format: `file`, `head`, `lines`, `most_lines`; `of` says whose lines these are."""

    @property
    def chain_file(self) -> str:
        return str(self.chain["file"]) if self.chain else ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """One run as it was recorded."""

    basis: Mapping[str, Any]
    """What decided: inputs, reading, lists, rules, goods, profile, code, screening day, options."""
    result: Mapping[str, Any]
    """What came of it: counts, notes, outputs with their hashes and chains."""
    facts: Mapping[str, Any]
    """When and where it ran; no part of what must be the same when it is repeated."""
    seal: str
    path: Path

    @property
    def outputs(self) -> tuple[RecordedOutput, ...]:
        return tuple(
            RecordedOutput(one["name"], one["format"], one["size"], one["sha256"], one["chain"])
            for one in self.result["outputs"]
        )

    @property
    def is_sealed(self) -> bool:
        """What it says is what was sealed."""
        return self.seal == seal(self.basis, self.result)

    @property
    def input(self) -> Mapping[str, Any]:
        """The file that was screened."""
        found: Mapping[str, Any] = self.basis["input"]
        return found


def canonical(value: object) -> str:
    """JSON that is the same for equal values: sorted keys, no spaces, no NaN, ASCII."""
    return json.dumps(value, ensure_ascii=True, allow_nan=False, sort_keys=True, separators=(",", ":"))


def fingerprint(value: object) -> str:
    """SHA-256 of the canonical JSON of a value."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def seal(basis: Mapping[str, Any], result: Mapping[str, Any]) -> str:
    """The seal over what must be the same when a run is repeated."""
    return fingerprint({"schema": SCHEMA, "basis": basis, "result": result})


def manifest_text(basis: Mapping[str, Any], result: Mapping[str, Any], facts: Mapping[str, Any]) -> str:
    """A manifest as it lies beside a result: sorted keys, indented so that people can read it too."""
    content = {"schema": SCHEMA, "basis": basis, "result": result, "seal": seal(basis, result), "facts": facts}
    return json.dumps(content, ensure_ascii=False, allow_nan=False, indent=1, sort_keys=True) + "\n"


def read_manifest(path: Path) -> Manifest:
    """The manifest at a path, or the one beside the result at it.

    Raises:
        InputError: there is none, it is damaged, or it is of another make.
    """
    found = manifest_of(path)
    at = Location(str(found))
    try:
        with found.open("rb") as file:
            held = file.read(_MOST_BYTES + 1)
    except OSError as bad:
        raise InputError(f"cannot be read: {bad.strerror or bad}", at) from bad
    if len(held) > _MOST_BYTES:
        raise InputError(f"is no manifest of a run: it has more than {_MOST_BYTES >> 20} MB", at)
    try:
        content = json.loads(held)
        if not isinstance(content, dict) or content.get("schema") != SCHEMA:
            raise ValueError(f"its schema is not {SCHEMA}")
        return _manifest(content, found)
    except (ValueError, KeyError, TypeError, RecursionError) as bad:
        said = f"{bad} is missing" if isinstance(bad, KeyError) else str(bad)
        raise InputError(f"is no manifest of a run: {said:.200}", at) from bad


def manifest_of(path: Path) -> Path:
    """Where the manifest of a path is: the path itself, or beside it.

    Raises:
        InputError: neither is there.
    """
    beside = path.with_name(path.name + ENDING)
    if path.name.endswith(ENDING) or (path.suffix == ".json" and path.is_file() and not beside.exists()):
        return path
    if beside.is_file():
        return beside
    unfinished = hidden(path.name, "resume"), hidden(path.name, "part"), hidden(beside.name, "part")
    if any(path.with_name(name).is_file() for name in unfinished):
        raise InputError("its run was not finished; run the same command with --resume", Location(str(path)))
    if not path.exists():
        raise InputError("there is no such file", Location(str(path)))
    raise InputError(f"has no record beside it ({beside.name}): moved, or made with --no-record", Location(str(path)))


def hidden(name: str, ending: str) -> str:
    """The name of a working file beside a result; long names are shortened and told apart by a digest.

    >>> hidden("result.csv", "part")
    '.result.csv.part'
    """
    encoded = name.encode(errors="surrogateescape")
    if len(encoded) > 180:
        name = encoded[:160].decode(errors="ignore") + "." + hashlib.sha256(encoded).hexdigest()[:16]
    return f".{name}.{ending}"


def _manifest(content: Mapping[str, Any], path: Path) -> Manifest:
    basis, result, sealed, facts = (content[part] for part in _PARTS)
    if not (isinstance(basis, dict) and isinstance(result, dict) and isinstance(facts, dict)):
        raise TypeError("basis, result and facts are not objects")
    if not isinstance(sealed, str) or not isinstance(result["counts"]["read"], int):
        raise TypeError("the seal is no text, or the rows are no number")
    if not _has_shape(basis, _BASIS):
        raise TypeError("the basis is not described as it should be")
    outputs = result["outputs"]
    if not isinstance(outputs, list) or not outputs:
        raise TypeError("it names no output")
    for one in outputs:
        _check_output(one)
    return Manifest(basis, result, facts, sealed, path)


def _has_shape(value: object, shape: Any) -> bool:
    if isinstance(shape, dict):
        return isinstance(value, dict) and all(name in value and _has_shape(value[name], shape[name]) for name in shape)
    if isinstance(shape, list):
        return isinstance(value, list) and all(_has_shape(one, shape[0]) for one in value)
    if isinstance(shape, tuple):
        return value is None or _has_shape(value, shape[0])
    return isinstance(value, shape)


def _check_output(one: Mapping[str, Any]) -> None:
    texts: Sequence[str] = (one["name"], one["format"], one["sha256"])
    if not all(isinstance(text, str) for text in texts) or not isinstance(one["size"], int):
        raise TypeError("an output is not described")
    names = [one["name"]]
    if (chain := one["chain"]) is not None:
        names.append(chain["file"])
        if not isinstance(chain["head"], str) or not isinstance(chain["lines"], int):
            raise TypeError("a chain is not described")
        if not isinstance(chain["most_lines"], int) or not 1 <= chain["most_lines"] <= 1 << 20:
            raise TypeError("a chain has rows of impossible length")
    for name in names:
        if not isinstance(name, str) or Path(name).name != name:
            raise ValueError(f"{name!r:.80} is no name of a file beside it")
