"""What a run is to write and where: results, chains, manifests, and the hidden files that they are until the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

from sanctionscreen.errors import InputError, Location
from sanctionscreen.report.writers import Format
from sanctionscreen.runs.manifest import CHAIN_ENDING, ENDING, hidden

_LONGEST_NAME = 255
"""Bytes of a file name on the usual file systems."""


@dataclass(frozen=True, slots=True)
class Output:
    """One result: a file that appears when it is whole, or a stream."""

    format: Format
    path: Path | None = None
    """Where links lead; None for a stream."""
    stream: BinaryIO | None = None
    name: str = "-"


@dataclass(frozen=True)
class Plan:
    """The results of one run and what is kept beside them."""

    outputs: tuple[Output, ...]
    is_recorded: bool = True
    record: Path | None = None
    """Where the manifest goes; without it, beside each result file."""

    @cached_property
    def files(self) -> tuple[Output, ...]:
        return tuple(output for output in self.outputs if output.path is not None)

    @cached_property
    def anchor(self) -> Path | None:
        """The file beside which the working files stand; None where everything goes to streams."""
        first = self.files[0].path if self.files else None
        return first or (self.record if self.is_recorded else None)

    @property
    def is_kept(self) -> bool:
        """Something is recorded."""
        return self.is_recorded and self.anchor is not None

    @cached_property
    def forms(self) -> tuple[Format, ...]:
        """The text formats that rows are written in; where there is none, a record chains what JSON lines would be."""
        named = tuple(dict.fromkeys(output.format for output in self.outputs if output.format.is_text))
        return named or ((Format.JSONL,) if self.is_kept else ())

    @property
    def has_binary(self) -> bool:
        return any(not output.format.is_text for output in self.outputs)

    @property
    def takes_clear(self) -> bool:
        """A format that takes assessments lists clear rows too."""
        return any(output.format.lists_clear and not output.format.is_text for output in self.outputs)

    def chain(self, output: Output) -> Path | None:
        """The chain file of a result; where no result is text, the first has that of the JSON lines."""
        if not self.is_kept or not (output.format.is_text or (output == self.outputs[0] and not self._has_text)):
            return None
        beside = output.path or self.record
        return None if beside is None else beside.with_name(beside.name + CHAIN_ENDING)

    def chained(self, output: Output) -> Format:
        """The text format whose rows the chain of a result is made of."""
        return output.format if output.format.is_text else Format.JSONL

    @property
    def _has_text(self) -> bool:
        return any(output.format.is_text for output in self.outputs)

    @cached_property
    def manifests(self) -> tuple[Path, ...]:
        """Where the manifest is written."""
        if not self.is_kept:
            return ()
        if self.record is not None:
            return (self.record,)
        return tuple(_beside(output, ENDING) for output in self.files)

    @cached_property
    def chains(self) -> tuple[Path, ...]:
        return tuple(path for output in self.outputs if (path := self.chain(output)) is not None)

    @cached_property
    def finals(self) -> tuple[Path, ...]:
        """Every file that the run leaves, in the order in which they get their names: manifests last."""
        results = tuple(output.path for output in self.files if output.path is not None)
        return (*self.chains, *results, *self.manifests)

    @cached_property
    def withdrawn(self) -> tuple[Path, ...]:
        """Records of an earlier run, which would belie the new result."""
        beside = (_beside(output, ending) for output in self.files for ending in (ENDING, CHAIN_ENDING))
        return tuple(dict.fromkeys((*self.manifests, *beside)))

    def part(self, final: Path) -> Path:
        """The hidden file that becomes a final one."""
        return final.with_name(hidden(final.name, "part"))

    @property
    def spool(self) -> Path:
        """Where rows wait."""
        if self.anchor is None:
            raise InputError("rows wait beside a file, and there is none")
        return self.anchor.with_name(hidden(self.anchor.name, "spool"))

    def check(self, inputs: Sequence[Path] = ()) -> None:
        """Refuse, before any work, names that the files beside a result cannot have.

        Raises:
            InputError: says what to do instead.
        """
        taken: dict[Path, Path] = {}
        for path in self.finals:
            at = Location(str(path))
            if len(path.name.encode(errors="surrogateescape")) > _LONGEST_NAME:
                raise InputError("is too long a name for the record beside the result; shorten it, or --no-record", at)
            if path in taken:
                raise InputError("would be written twice by this run; give its results other names", at)
            if path.is_dir():
                raise InputError("is a folder, where a record of the run belongs; --no-record does without", at)
            if any(path == source.resolve() for source in inputs):
                raise InputError("is an input of this run and would be overwritten; name another file", at)
            taken[path] = path


def _beside(output: Output, ending: str) -> Path:
    if output.path is None:
        raise InputError("nothing stands beside a stream")
    return output.path.with_name(output.path.name + ending)
