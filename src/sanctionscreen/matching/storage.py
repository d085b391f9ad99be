"""The file of an index: a header, then arrays that are mapped into memory as they are."""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from sanctionscreen.errors import InputError
from sanctionscreen.matching.columns import Array, Arrays
from sanctionscreen.resources import tables_digest
from sanctionscreen.version import __version__

_MAGIC = b"sanctionscreen name index 1\n"
_ALIGNED = 64
"""Arrays begin at multiples of it, as processors like them."""
_LONGEST_HEADER = 1 << 20
_DTYPES = frozenset({"|b1", "|u1", "<i4", "<i8", "<u8", "<f8"})


def save(path: Path, arrays: Arrays) -> None:
    """Write the arrays; an existing file is replaced at once or not at all."""
    entries, at = {}, 0
    for name, array in sorted(arrays.items()):
        little = array.astype(array.dtype.newbyteorder("<"), copy=False)
        entries[name] = [little.dtype.str, len(array), at, zlib.crc32(np.ascontiguousarray(little).data)]
        at += -(-little.nbytes // _ALIGNED) * _ALIGNED
    header = json.dumps({"made_by": _made_by(), "bytes": at, "arrays": entries}, sort_keys=True).encode()
    front = _MAGIC + f"{len(header):08d} {zlib.crc32(header):08x}\n".encode() + header
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        with unfinished.open("wb") as file:
            file.write(front + b"\0" * (-len(front) % _ALIGNED))
            for _, array in sorted(arrays.items()):
                little = np.ascontiguousarray(array.astype(array.dtype.newbyteorder("<"), copy=False))
                file.write(little.data)
                file.write(b"\0" * (-little.nbytes % _ALIGNED))
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def load(path: Path) -> dict[str, Array]:
    """The arrays of a file, mapped into memory.

    Raises:
        InputError: no such file, not an index, damaged, or of another version.
    """
    try:
        # As a plain array: each slice of a memmap costs ten times as much.
        content = np.memmap(path, dtype=np.uint8, mode="r").view(np.ndarray)
    except (OSError, ValueError) as exc:
        raise InputError(f"{path}: cannot be read as an index of names: {exc}") from exc
    header, start = _header(path, content)
    if header.get("made_by") != _made_by():
        found, own = _shown(header.get("made_by")), _shown(_made_by())
        raise InputError(f"{path}: the index was made by {found}, and this is {own}; build it again")
    if len(content) != start + header["bytes"]:
        raise _damaged(path, f"{len(content):,} bytes instead of {start + header['bytes']:,}")
    return {name: _array(path, name, content[start:], entry) for name, entry in header["arrays"].items()}


def _header(path: Path, content: Array) -> tuple[dict[str, Any], int]:
    first = len(_MAGIC) + 18
    front = content[:first].tobytes()
    if not front.startswith(_MAGIC):
        raise InputError(f"{path}: not an index of names; NameIndex.save writes one")
    try:
        length, crc = int(front[len(_MAGIC) : len(_MAGIC) + 8]), int(front[len(_MAGIC) + 9 : first], 16)
        text = content[first : first + min(length, _LONGEST_HEADER)].tobytes()
        header = json.loads(text) if zlib.crc32(text) == crc else None
    except ValueError:
        header = None
    if not isinstance(header, dict):
        raise _damaged(path, "the header cannot be read")
    return header, -(-(first + length) // _ALIGNED) * _ALIGNED


def _array(path: Path, name: str, content: Array, entry: list[Any]) -> Array:
    dtype, length, at, crc = entry
    if dtype not in _DTYPES:
        raise _damaged(path, f"{name} is of unknown type")
    piece = content[at : at + length * np.dtype(dtype).itemsize]
    if zlib.crc32(piece.data) != crc:
        raise _damaged(path, f"{name} has changed since it was written")
    return piece.view(dtype)


def _made_by() -> dict[str, str]:
    """What an index depends on: the program, and the tables by which names are taken apart."""
    return {"version": __version__, "tables": tables_digest()}


def _shown(made_by: object) -> str:
    known: Mapping[str, object] = made_by if isinstance(made_by, dict) else {}
    return f"version {known.get('version', 'unknown')} with tables {str(known.get('tables', 'unknown'))[:12]}"


def _damaged(path: Path, what: str) -> InputError:
    return InputError(f"{path}: the index is damaged ({what}); build it again")
