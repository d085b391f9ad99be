"""Where a result goes: standard output, or a file that is whole or not there at all."""

from __future__ import annotations

import io
import json
import os
import secrets
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TextIO

from sanctionscreen.cli.options import STANDARD
from sanctionscreen.errors import InputError, Location
from sanctionscreen.report.writers import Format

__all__ = ["Format", "Target", "check_target", "choose", "choose_all", "opened", "opened_bytes", "print_json"]

_ENDINGS = {f".{form.value}": form for form in Format} | {".ndjson": Format.JSONL, ".htm": Format.HTML}


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
    form = wanted or _by_ending(output or "") or Format.CSV
    if output is not None:
        return Target(None if output == STANDARD else Path(output), form)
    if file == STANDARD or not at_terminal:
        return Target(None, form)
    source = Path(file)
    return Target(source.with_name(f"{source.stem}.screened.{form.value}"), form)


def choose_all(file: str, outputs: Sequence[str] | None, wanted: Format | None, *, at_terminal: bool) -> list[Target]:
    """The targets of a run, one for each output; formats by their endings.

    Raises:
        InputError: several outputs and one format for them, two that are the same, or a workbook at a terminal.
    """
    if wanted is not None and outputs and len(outputs) > 1:
        raise InputError("--format goes with one result; with several, the ending of each file says its format")
    named: Sequence[str | None] = outputs or (None,)
    targets = [choose(file, output, wanted, at_terminal=at_terminal) for output in named]
    for target in targets:
        if targets.count(target) > 1 or sum(_is_same(target, other) for other in targets) > 1:
            raise InputError("is named twice as a result; name two files", Location(str(target)))
        if target.path is None and at_terminal and not target.format.is_text:
            raise InputError(f"a terminal cannot show {target.format.value}; name a file for the result (-o)")
    return targets


def _is_same(one: Target, other: Target) -> bool:
    return one.path == other.path or (
        one.path is not None and other.path is not None and one.path.resolve() == other.path.resolve()
    )


def _by_ending(output: str) -> Format | None:
    return _ENDINGS.get(Path(output).suffix.lower())


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
    """`opened_bytes` for text: UTF-8, whatever the locale, lines as they are written.

    Raises:
        InputError: as `opened_bytes`.
    """
    with opened_bytes(target) as raw:
        stream = io.TextIOWrapper(raw, encoding="utf-8", errors="backslashreplace", newline="")
        try:
            yield stream
            stream.flush()
        finally:
            _detach(stream)


@contextmanager
def opened_bytes(target: Target) -> Iterator[BinaryIO]:
    """A stream to write the result to; a file appears under its name only when all of it is there.

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
def _stream(path: Path | None) -> Iterator[BinaryIO]:
    if path is None:
        sys.stdout.flush()
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    elif path.exists() and not path.is_file():  # a device or a pipe: there is nothing to put in its place
        with path.open("wb") as stream:
            yield stream
    else:
        with _whole_file(path.resolve()) as stream:
            yield stream


def _detach(stream: io.TextIOWrapper) -> None:
    try:
        stream.detach()
    except OSError:
        return  # what could not be flushed has been said already


@contextmanager
def _whole_file(path: Path) -> Iterator[BinaryIO]:
    start = path.name.encode()[:200].decode(errors="ignore")  # names are limited in bytes
    part = path.with_name(f".{start}.{secrets.token_hex(4)}.part")
    try:
        with part.open("xb") as stream:
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
