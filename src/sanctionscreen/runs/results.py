"""The results of a run while rows come in: text with its chain, and the formats that take assessments."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from sanctionscreen.errors import EngineError
from sanctionscreen.model import Assessment
from sanctionscreen.report.writers import Format, Layout, RunFacts, Writer, new_writer
from sanctionscreen.runs import chain
from sanctionscreen.runs.chain import Chain
from sanctionscreen.runs.growing import Growing
from sanctionscreen.runs.partial import Partial
from sanctionscreen.runs.plan import Output, Plan
from sanctionscreen.runs.rendering import Portion, head_of

if TYPE_CHECKING:
    from sanctionscreen.rules import RuleSet

_RESULT = "result"


class Streamed:
    """A stream to write to, with the digest of what went there."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream
        self.length = 0
        self._digest = hashlib.sha256()

    def write(self, data: bytes) -> None:
        self.stream.write(data)
        self._digest.update(data)
        self.length += len(data)

    @property
    def digest(self) -> str:
        return self._digest.hexdigest()


class Results:
    """Everything that a run writes; rows come in order."""

    def __init__(
        self, plan: Plan, layout: Layout, partial: Partial, openings: Mapping[Format, bytes], rules: RuleSet
    ) -> None:
        """Args:
        openings: the link before the first row of each text format; none where nothing is recorded.
        rules: those of the run.
        """
        self._plan, self._layout, self._partial, self._rules = plan, layout, partial, rules
        self._text: list[tuple[Format, Growing | Streamed]] = []
        self._held: dict[int, Growing | Streamed] = {}
        self._chain_files: list[tuple[Format, Growing]] = []
        self._binary: list[tuple[Writer, Growing | Streamed]] = []
        self._chains = {form: Chain(link) for form, link in openings.items()}
        self._is_noted = True
        self._heads = {form: head_of(form, layout) for form in plan.forms}

    @property
    def takes_assessments(self) -> bool:
        """Some format wants the assessments themselves."""
        return bool(self._binary)

    def begin(self, *, is_noted: bool) -> None:
        """Open everything anew and write what stands before the first row.

        Args:
            is_noted: a run that stops can go on with what was written.
        """
        self._is_noted = is_noted
        for place, output in enumerate(self._plan.outputs):
            self._open_output(place, output, None)
            if (path := self._plan.chain(output)) is not None:
                self._chain_files.append((self._plan.chained(output), self._file(f"chain {place}", path, None)))
        for _, file in self._chain_files:
            file.write(chain.heading())
        for form, (head, _) in self._heads.items():
            if head:
                self._write(form, head, chain.digest(head))
                if (known := self._chains.get(form)) is not None:
                    known.most_lines = max(known.most_lines, head.count(b"\n"))

    def go_on(self, note: Mapping[str, Any]) -> None:
        """Open everything where a run stopped; the formats that take assessments begin anew and are given all of them.

        Raises:
            InputError: a file is not there any more, or not what it was.
        """
        for place, output in enumerate(self._plan.outputs):
            self._open_output(place, output, note)
            if (path := self._plan.chain(output)) is not None:
                self._chain_files.append((self._plan.chained(output), self._file(f"chain {place}", path, note)))
        for form, held in note["chains"].items():
            known = self._chains[Format(form)]
            known.head, known.rows = bytes.fromhex(held["head"]), held["lines"]
            known.most_lines = held["most_lines"]

    def _open_output(self, place: int, output: Output, note: Mapping[str, Any] | None) -> None:
        is_text = output.format.is_text
        if output.path is not None:
            held = note if is_text else None
            file: Growing | Streamed = self._file(f"{_RESULT} {place}", output.path, held, is_noted=is_text)
        elif output.stream is not None:
            file = Streamed(output.stream)
        else:
            raise EngineError("a result goes neither to a file nor to a stream")
        self._held[place] = file
        if is_text:
            self._text.append((output.format, file))
        else:
            self._binary.append((new_writer(output.format, file.stream, self._layout, self._rules), file))

    def _file(self, name: str, final: Path, note: Mapping[str, Any] | None, *, is_noted: bool = True) -> Growing:
        part = self._plan.part(final)
        if note is not None:
            return self._partial.go_on(name, part, note, is_result=name.startswith(_RESULT))
        is_noted = is_noted and self._is_noted
        return self._partial.begin(name, part, is_result=name.startswith(_RESULT), is_noted=is_noted)

    def take(self, portion: Portion) -> None:
        """The next rows."""
        for form, text in portion.texts.items():
            self._write(form, text, portion.digests.get(form, b""))
            if (known := self._chains.get(form)) is not None:
                known.most_lines = max(known.most_lines, portion.most_lines[form])
        if self._binary:
            self.take_assessments(portion.assessments)

    def take_assessments(self, assessments: Sequence[Assessment]) -> None:
        """The next rows for the formats that take assessments."""
        for writer, _ in self._binary:
            writer.add(assessments)

    def _write(self, form: Format, text: bytes, digests: bytes) -> None:
        for wanted, file in self._text:
            if wanted is form:
                file.write(text)
        if (known := self._chains.get(form)) is None:
            return
        known.add(digests)
        held = chain.file_lines(digests)
        for wanted, file in self._chain_files:
            if wanted is form:
                file.write(held)

    def note(self) -> dict[str, Any]:
        """How far it is, beside its files."""
        return {"chains": {form.value: _chain_object(known) for form, known in self._chains.items()}}

    def finish(self, facts: RunFacts) -> None:
        """Complete what has an end, and hand everything to the system."""
        for writer, file in self._binary:
            writer.finish(facts)
            if isinstance(file, Growing):
                file.rehash()
        for file in self._held.values():
            file.stream.flush()

    def neutralised(self, in_rows: int) -> int:
        """Cells and headers that were changed, where so many were in rows of text formats."""
        in_text = in_rows + sum(changed for _, changed in self._heads.values())
        return max([in_text, *(writer.neutralised for writer, _ in self._binary)])

    def close(self) -> None:
        """Let go of what writers hold; their files are closed elsewhere."""
        for writer, _ in self._binary:
            close = getattr(writer, "close", None)
            if close is not None:
                close()

    def described(self) -> list[dict[str, Any]]:
        """The results as a manifest names them, once all is written."""
        found = []
        for place, output in enumerate(self._plan.outputs):
            file = self._held[place]
            if isinstance(file, Streamed) and not output.format.is_text:
                continue  # its writer goes back and forth in the stream: what it left there is not known
            found.append(
                {
                    "name": output.path.name if output.path else output.name,
                    "format": output.format.value,
                    "size": file.length,
                    "sha256": file.digest,
                    "chain": self._chain_of(output),
                }
            )
        return found

    def _chain_of(self, output: Output) -> dict[str, Any] | None:
        path = self._plan.chain(output)
        if path is None:
            return None
        form = self._plan.chained(output)
        return {"file": path.name, "of": form.value, **_chain_object(self._chains[form])}


def _chain_object(known: Chain) -> dict[str, Any]:
    return {"head": known.head.hex(), "lines": known.rows, "most_lines": known.most_lines}
