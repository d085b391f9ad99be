"""Where a result goes: standard output, or a file that is whole or not there at all."""

from __future__ import annotations

import io
import json
import os
import secrets
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TextIO

from sanctionscreen.cli.options import STANDARD
from sanctionscreen.errors import InputError, Location


class Format(StrEnum):
    """How a result is written."""

    CSV = "csv"
    JSONL = "jsonl"


@dataclass(frozen=True, slots=True)
class Target:
    """Where and how a result is written."""

    path: Path | None
    """None is standard output."""
    format: Format

    def __str__(self) -> str:
        return "standard output" if self.path is None else str(self.path)


def choose(file: str, output: str | None, wanted: Format | None, *, at_terminal: bool) -> Target:
    """The target of a run.

    Without `output`: standard output when it is piped or the input is; at a terminal, a file beside the input.
    """
    form = wanted or (Format.JSONL if output and output.endswith((".jsonl", ".ndjson")) else Format.CSV)
    if output is not None:
        return Target(None if output == STANDARD else Path(output), form)
    if file == STANDARD or not at_terminal:
        return Target(None, form)
    source = Path(file)
    return Target(source.with_name(f"{source.stem}.screened.{form.value}"), form)


def check_target(target: Target, inputs: Iterable[Path]) -> None:
    """Refuse, before any work, a target that cannot be written or would destroy an input.

    Raises:
        InputError: says what to do instead.
    """
    path = target.path
    if path is None:
        if sys.__stdout__ is None:
            raise InputError("standard output is closed; name a file for the result (-o)")
        return
    at = Location(str(path))
    try:
        path.resolve()
    except (OSError, RuntimeError) as bad:  # RuntimeError: a loop of links, before Python 3.13
        raise InputError("cannot be written: it is a link that leads nowhere", at) from bad
    if path.is_dir():
        raise InputError("is a folder; name a file for the result", at)
    if not path.parent.is_dir():
        raise InputError(f"there is no folder {str(path.parent)!r}; make it first, or name another file", at)
    for source in inputs:
        if path.resolve() == source.resolve() or (path.exists() and source.exists() and path.samefile(source)):
            raise InputError("is an input of this run and would be overwritten; name another file", at)


@contextmanager
def opened(target: Target) -> Iterator[TextIO]:
    """A text stream to write the result to; a file appears under its name only when all of it is there.

    Raises:
        InputError: the disk is full, the folder may not be written to, or the like.
    """
    try:
        with _stream(target.path) as stream:
            yield stream
    except BrokenPipeError:
        raise
    except OSError as bad:
        at = Location(str(bad.filename or target))
        raise InputError(f"cannot be written: {bad.strerror or bad}; no result was kept", at) from bad


@contextmanager
def _stream(path: Path | None) -> Iterator[TextIO]:
    if path is None:
        with _standard_output() as stream:
            yield stream
    elif path.exists() and not path.is_file():  # a device or a pipe: there is nothing to put in its place
        with path.open("w", encoding="utf-8", errors="backslashreplace", newline="") as stream:
            yield stream
    else:
        with _whole_file(path.resolve()) as stream:
            yield stream


@contextmanager
def _standard_output() -> Iterator[TextIO]:
    """Standard output as UTF-8, whatever the locale: the result is a file that happens to have no name."""
    sys.stdout.flush()
    stream = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", errors="backslashreplace", newline="")
    try:
        yield stream
        stream.flush()
    finally:
        _detach(stream)


def _detach(stream: io.TextIOWrapper) -> None:
    try:
        stream.detach()
    except OSError:
        return  # what could not be flushed has been said already


@contextmanager
def _whole_file(path: Path) -> Iterator[TextIO]:
    start = path.name.encode()[:200].decode(errors="ignore")  # names are limited in bytes
    part = path.with_name(f".{start}.{secrets.token_hex(4)}.part")
    try:
        with part.open("x", encoding="utf-8", errors="backslashreplace", newline="") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        if path.exists():
            part.chmod(path.stat().st_mode & 0o777)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def print_json(value: object) -> None:
    """Facts on standard output, as JSON for programs and people."""
    with opened(Target(None, Format.JSONL)) as stream:
        stream.write(json.dumps(value, ensure_ascii=False, allow_nan=False, indent=2) + "\n")
