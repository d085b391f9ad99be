"""A run under way on disk: hidden files beside its results, and a note of how far they are valid.

    .OUT.part         the result so far              .OUT.chain.part   its chain so far
    .OUT.spool        rows that wait                 .OUT.resume       how far all of these are valid: the resume point

A process that dies anywhere leaves the old results, and these files or none. At the end everything is brought to disk,
the note says so, the manifests of an earlier run are taken away, and the files get their names, the new manifests last:
a result without a manifest is not finished.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from sanctionscreen.errors import InputError, Location
from sanctionscreen.runs.growing import Growing
from sanctionscreen.runs.manifest import hidden
from sanctionscreen.runs.plan import Plan

SCHEMA = "sanctionscreen.partial/1"
_MOST_BYTES = 256 << 20


class Partial:
    """The working files of one run."""

    def __init__(self, anchor: Path, *, is_noted: bool) -> None:
        """Args:
        anchor: the first result, beside which the note stands.
        is_noted: keep a note of how far the files are valid; without one, a run that dies cannot go on.
        """
        self.note_path = anchor.with_name(hidden(anchor.name, "resume"))
        self._is_noted = is_noted
        self._files: dict[str, Growing] = {}
        self._noted: list[str] = []
        self.rows = 0
        """Rows up to the last point from which a run can go on."""

    def found(self) -> Mapping[str, Any] | None:
        """What an earlier run has noted; None where it left nothing.

        Raises:
            InputError: the note is damaged.
        """
        at = Location(str(self.note_path))
        try:
            with self.note_path.open("rb") as file:
                held = json.loads(file.read(_MOST_BYTES))
        except FileNotFoundError:
            return None
        except OSError as bad:
            raise InputError(f"cannot be read: {bad.strerror or bad}", at) from bad
        except (ValueError, RecursionError) as bad:
            raise InputError("is damaged, so nothing can go on from it; run without --resume", at) from bad
        if not isinstance(held, dict) or held.get("schema") != SCHEMA:
            raise InputError("is of another version of the program; run without --resume", at)
        return held

    def begin(self, name: str, path: Path, *, is_result: bool = False, is_noted: bool = True) -> Growing:
        """A working file, anew.

        Args:
            is_result: its digest will stand in the manifest.
            is_noted: a run can go on with it; else it begins it anew.
        """
        self._files[name] = Growing(path, is_result=is_result)
        if is_noted:
            self._noted.append(name)
        return self._files[name]

    def go_on(self, name: str, path: Path, note: Mapping[str, Any], *, is_result: bool = False) -> Growing:
        """A working file where the note says."""
        self._files[name] = Growing.continued(path, note["files"][name], is_result=is_result)
        self._noted.append(name)
        return self._files[name]

    def note(self, content: Mapping[str, Any], rows: int) -> None:
        """From here the run can go on."""
        if not self._is_noted:
            return
        files = {name: self._files[name].note() for name in self._noted}
        _replace(self.note_path, {"schema": SCHEMA, **content, "rows": rows, "files": files})
        self.rows = rows

    def file(self, name: str) -> Growing:
        return self._files[name]

    def settle(self) -> None:
        """Bring all files to disk and let go of them, which a rename needs on some systems."""
        for file in self._files.values():
            file.settle()
        self.close()

    def close(self) -> None:
        for file in self._files.values():
            file.close()

    def keep(self) -> None:
        """Leave what a run can go on with, and nothing else."""
        self.close()
        for name, file in self._files.items():
            if name not in self._noted:
                with suppress(OSError):
                    file.path.unlink(missing_ok=True)

    def discard(self) -> None:
        """Leave nothing."""
        self.close()
        paths = [file.path for file in self._files.values()]
        for path in [*paths, self.note_path] if paths else []:
            with suppress(OSError):
                path.unlink(missing_ok=True)

    def publish(self, plan: Plan, content: Mapping[str, Any]) -> None:
        """Give the files their names; records of an earlier run go first, what is left over goes last."""
        if self._is_noted:
            _replace(self.note_path, {"schema": SCHEMA, **content, "is_complete": True})
        publish(plan)
        self.discard()

    def finish_publishing(self, plan: Plan) -> None:
        """Do what a run had left that died while its files got their names."""
        publish(plan)
        for path in plan.finals:
            if not path.exists():
                raise InputError("is gone since the run ended; run without --resume", Location(str(path)))
        for path in (plan.spool, self.note_path):
            path.unlink(missing_ok=True)


def publish(plan: Plan) -> None:
    """Give working files their names; those that have them already are passed over."""
    finals = plan.finals
    for path in plan.withdrawn:
        if path not in finals or plan.part(path).exists():
            path.unlink(missing_ok=True)
    for final in finals:
        part = plan.part(final)
        if not part.exists():
            continue
        if final.exists():
            part.chmod(final.stat().st_mode & 0o777)
        part.replace(final)
    for folder in dict.fromkeys(final.parent for final in finals):
        _to_disk(folder)


def _replace(path: Path, content: Mapping[str, Any]) -> None:
    part = path.with_name(path.name + "~")
    try:
        part.write_text(json.dumps(content, ensure_ascii=True, allow_nan=False), encoding="ascii")
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def _to_disk(folder: Path) -> None:
    """The names in a folder survive a power cut; Windows opens no folders."""
    try:
        number = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        with suppress(OSError):
            os.fsync(number)
    finally:
        os.close(number)
