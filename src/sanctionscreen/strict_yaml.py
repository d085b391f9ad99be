"""YAML read as text with positions: no types guessed, no aliases, no duplicate keys, bounded in size and depth.

YAML 1.1 turns `NO` into false and `0101` into 65; here every scalar stays the text that was written, and the reader
that knows the field decides what it means. Files are untrusted: the event stream is read without recursion.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import NamedTuple

import yaml

from sanctionscreen.errors import Location, SanctionScreenError, raise_faults, suggestion

MAX_BYTES = 8_000_000  # the largest real list file of ours is under 100 kB
MAX_DEPTH = 40
MAX_VALUES = 100_000  # keys count too; so many take half a second to read, and our largest file has 9,000
MAX_TEXT = 20_000  # characters of one value; the longest of ours has 1,500
MAX_KEY = 200
LONGEST = 500  # characters of a message: what was written is quoted in it, and may be a page

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_NUMBER = re.compile(r"[-+]?[0-9]{1,15}(\.[0-9]{1,15})?$")
_QUOTES = frozenset("'\"|>")


class Scalar(NamedTuple):
    """One value as written; `quoted` tells `"12"` from `12`."""

    text: str
    quoted: bool
    at: Location

    @property
    def is_null(self) -> bool:
        return not self.quoted and self.text in _NULLS


@dataclass(slots=True)
class Sequence:
    at: Location
    items: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Mapping:
    at: Location
    entries: dict[str, Node] = field(default_factory=dict)
    keys: dict[str, Location] = field(default_factory=dict)


Node = Scalar | Sequence | Mapping
Error = type[SanctionScreenError]
Faults = list[SanctionScreenError]


class FirstFaults(list[SanctionScreenError]):
    """Faults up to a number, and then all of them raised: nobody mends more at once, and a hostile file has no end."""

    def __init__(self, most: int, what: str) -> None:
        super().__init__()
        self.most = most
        self.what = what

    def append(self, fault: SanctionScreenError) -> None:
        super().append(fault)
        if len(self) >= self.most:
            raise_faults(self, f"the first part of {self.what}; mend these, more may follow")

    def extend(self, faults: Iterable[SanctionScreenError]) -> None:
        for fault in faults:
            self.append(fault)


def read(
    path: Path,
    error: Error,
    *,
    shown_as: str | None = None,
    faults: Faults | None = None,
    most_values: int = MAX_VALUES,
    without: str = "",
) -> Node:
    """The one document of a file, or an error that says where it stops making sense.

    Args:
        without: a key of the document that is left unread with all that stands under it.
        faults: takes duplicate keys, so that they are reported together with what else is wrong.
        most_values: values and keys that the file may hold.
    """
    name = shown_as or path.name
    try:
        with path.open("rb") as file:
            held = file.read(MAX_BYTES + 1)  # never by the size that is said: devices say 0
        if len(held) > MAX_BYTES:
            raise error(f"has more than {MAX_BYTES:,} bytes, which is the limit", Location(name))
        text = held.decode("utf-8-sig")
    except UnicodeDecodeError as bad:
        raise error(f"is not UTF-8 at byte {bad.start}; save it as UTF-8", Location(name)) from bad
    except OSError as bad:
        raise error(f"cannot be read: {bad.strerror or bad}", Location(name)) from bad
    return parse(_left_out(text, without) if without else text, name, error, faults, most_values)


def _left_out(text: str, key: str) -> str:
    """The text with the lines of one key of the document blank; every other line keeps its number."""
    kept, inside = [], False
    for line in text.split("\n"):
        inside = line.startswith(key + ":") or (inside and line[:1] in ("", " ", "#", "-", "\r"))
        kept.append("" if inside else line)
    return "\n".join(kept)


def parse(text: str, name: str, error: Error, faults: Faults | None = None, most_values: int = MAX_VALUES) -> Node:
    """The one document of a text; `name` stands for the file in messages."""
    duplicates: Faults = []
    try:
        root = _build(text, name, error, duplicates, most_values)
    except yaml.MarkedYAMLError as bad:
        mark = bad.problem_mark or bad.context_mark
        at = Location(name, mark.line + 1, mark.column + 1) if mark else Location(name)
        raise error(f"is not YAML: {bad.problem or bad.context}{_tab(text, mark)}", at) from bad
    except yaml.reader.ReaderError as bad:
        problem = f"is not YAML: it holds the control character U+{bad.character:04X}; take it out"
        raise error(problem, _at(name, text, text.index(chr(bad.character)))) from bad
    except yaml.YAMLError as bad:
        raise error(f"is not YAML: {bad}", Location(name)) from bad
    if duplicates and faults is None:
        raise duplicates[0]
    if faults is not None:
        faults.extend(duplicates)
    return root


def _at(name: str, text: str, position: int) -> Location:
    before = text[:position]
    return Location(name, before.count("\n") + 1, position - before.rfind("\n"))


def _tab(text: str, mark: yaml.Mark | None) -> str:
    """What to do about a tab, the usual reason of an indentation that cannot be read."""
    line = next(iter(text.splitlines()[mark.line :]), "") if mark else ""
    return "; indent with spaces, not with tabs" if "\t" in line[: len(line) - len(line.lstrip())] else ""


def _build(text: str, name: str, error: Error, duplicates: Faults, most_values: int) -> Node:
    root: Node | None = None
    values = 0
    parent: Sequence | Mapping | None = None
    key: Scalar | None = None
    outer: list[tuple[Sequence | Mapping | None, Scalar | None]] = []
    for event in iter(_LOADER(text).get_event, None):
        kind = type(event)
        if kind not in _VALUES:
            if kind in _ENDS:
                parent, key = outer.pop()
            elif kind is yaml.AliasEvent or (kind is yaml.DocumentStartEvent and root is not None):
                raise error(_NOT_ALLOWED[kind], _place(name, event))
            continue
        at = _place(name, event)
        if event.anchor:
            raise error(_NOT_ALLOWED[yaml.AliasEvent], at)
        if event.tag:
            raise error(f"the tag {event.tag!r:.80} is not allowed; write the value alone", at)
        values += 1
        if values > most_values:
            raise error(f"holds more than {most_values:,} values, which is the limit", at)
        node: Node
        if kind is yaml.ScalarEvent:
            if len(event.value) > MAX_TEXT:
                raise error(f"a value has more than {MAX_TEXT:,} characters, which is the limit", at)
            node = Scalar(event.value, event.style in _QUOTES, at)
        else:
            node = Sequence(at) if kind is yaml.SequenceStartEvent else Mapping(at)
        if root is None:
            root = node
        if type(parent) is Sequence:
            parent.items.append(node)
        elif type(parent) is Mapping and key is None:
            key = _key(node, parent, error, duplicates)
            continue
        elif type(parent) is Mapping and key is not None:
            parent.entries[key.text], parent.keys[key.text] = node, key.at
            key = None
        if not isinstance(node, Scalar):
            if len(outer) >= MAX_DEPTH:
                raise error(f"is nested more than {MAX_DEPTH} deep", at)
            outer.append((parent, key))
            parent, key = node, None
    if root is None:
        raise error("is empty", Location(name, 1, 1))
    return root


_VALUES = frozenset({yaml.ScalarEvent, yaml.SequenceStartEvent, yaml.MappingStartEvent})
_ENDS = frozenset({yaml.SequenceEndEvent, yaml.MappingEndEvent})
_NOT_ALLOWED = {
    yaml.AliasEvent: "anchors and aliases are not allowed; write the value out",
    yaml.DocumentStartEvent: "holds a second document; one file is one document",
}


def _place(name: str, event: yaml.Event) -> Location:
    mark = event.start_mark
    return Location(name, mark.line + 1, mark.column + 1) if mark else Location(name)


def _key(node: Node, parent: Mapping, error: Error, duplicates: Faults) -> Scalar:
    """The node as a key of a mapping."""
    if not isinstance(node, Scalar):
        raise error("a key must be plain text", node.at)
    if len(node.text) > MAX_KEY:
        raise error(f"a key has more than {MAX_KEY} characters, which is the limit", node.at)
    if node.text == "<<":
        raise error("merge keys (<<) are not allowed; write the keys out", node.at)
    if node.text in parent.entries:
        first = parent.keys[node.text].line
        duplicates.append(error(f"duplicate key {node.text!r}, first at line {first}; keep one of them", node.at))
    return node


class Entry:
    """A mapping whose keys are taken out one by one; `close` reports whatever nobody asked for.

    Faults are collected, not raised: a file is checked whole before it is refused.
    """

    def __init__(self, node: Node, what: str, faults: list[SanctionScreenError], error: Error) -> None:
        self.what = what
        self.at = node.at
        self.faults = faults
        self.error = error
        self._asked: list[str] = []
        self._left: dict[str, Node] = {}
        self._keys: dict[str, Location] = {}
        if isinstance(node, Mapping):
            self._left = dict(node.entries)
            self._keys = node.keys
        else:
            self.fault(f"{what} must be a mapping of keys to values", node.at)

    def fault(self, problem: str, at: Location | None = None) -> None:
        self.faults.append(self.error(problem if len(problem) <= LONGEST else problem[:LONGEST] + "…", at or self.at))

    def location(self, key: str) -> Location:
        """Where a key stands; the entry itself when it has no such key."""
        return self._keys.get(key, self.at)

    def node(self, key: str, *, required: bool = False) -> Node | None:
        """Take a key's node as it is; None when it is missing or null."""
        self._asked.append(key)
        found = self._left.pop(key, None)
        if isinstance(found, Scalar) and found.is_null:
            found = None
        if found is None and required:
            self.fault(f"{self.what} needs the key {key!r}")
        return found

    def optional_text(self, key: str, *, required: bool = False) -> str | None:
        found = self.node(key, required=required)
        if found is None:
            return None
        if not isinstance(found, Scalar):
            self.fault(f"{key!r} of {self.what} must be one text", found.at)
            return None
        return " ".join(found.text.split()) if not found.quoted else found.text.strip()

    def text(self, key: str) -> str:
        """A required text; empty after a fault was noted."""
        return self.optional_text(key, required=True) or ""

    def choice(self, key: str, allowed: Collection[str], *, default: str | None = None) -> str:
        at = self.location(key)
        found = self.optional_text(key, required=default is None)
        if found is None:
            return default or ""
        if found not in allowed:
            self.fault(f"{key!r} of {self.what} is {found!r}{suggestion(found, list(allowed))}", at)
            return default or ""
        return found

    def texts(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """A list of texts; a missing one is empty."""
        return tuple(scalar.text for scalar in self.scalars(key, required=required))

    def scalars(self, key: str, *, required: bool = False) -> tuple[Scalar, ...]:
        """A list of texts with their places."""
        good = []
        for item in self.nodes(key, required=required):
            if isinstance(item, Scalar) and not item.is_null:
                good.append(item)
            else:
                self.fault(f"{key!r} of {self.what} holds something that is not a text", item.at)
        return tuple(good)

    def nodes(self, key: str, *, required: bool = False) -> list[Node]:
        found = self.node(key, required=required)
        if found is None:
            return []
        if not isinstance(found, Sequence):
            self.fault(f"{key!r} of {self.what} must be a list", found.at)
            return []
        return found.items

    def entries(self, key: str, what: str, *, required: bool = False) -> Iterator[Entry]:
        """A list of mappings; the caller closes each."""
        for item in self.nodes(key, required=required):
            yield Entry(item, what, self.faults, self.error)

    def entry(self, key: str, what: str, *, required: bool = False) -> Entry | None:
        found = self.node(key, required=required)
        return None if found is None else Entry(found, what, self.faults, self.error)

    def items(self, key: str, *, required: bool = False) -> dict[str, Node]:
        """A mapping with free keys, as nodes."""
        found = self.node(key, required=required)
        if found is None:
            return {}
        if not isinstance(found, Mapping):
            self.fault(f"{key!r} of {self.what} must be a mapping", found.at)
            return {}
        return dict(found.entries)

    def flag(self, key: str, *, default: bool = False) -> bool:
        at = self.location(key)
        found = self.optional_text(key)
        if found is None:
            return default
        if found not in ("true", "false"):
            self.fault(f"{key!r} of {self.what} is {found!r}; write true or false", at)
        return found == "true"

    def optional_number(self, key: str, *, low: float = 0, high: float = 1e15, required: bool = False) -> float | None:
        at = self.location(key)
        found = self.optional_text(key, required=required)
        if found is None:
            return None
        number = float(found) if _NUMBER.match(found) else float("nan")  # `3_0` and `٣` are numbers to Python alone
        if not low <= number <= high:
            self.fault(f"{key!r} of {self.what} is {found!r}; write a number from {low:g} to {high:g}", at)
            return None
        return number

    def number(self, key: str, *, low: float = 0, high: float = 1e15) -> float:
        return self.optional_number(key, low=low, high=high, required=True) or 0.0

    def whole_number(self, key: str, *, low: int, high: int) -> int:
        """A required number without a fraction."""
        at = self.location(key)
        number = self.optional_number(key, low=low, high=high, required=True)
        if number is not None and number != int(number):
            self.fault(f"{key!r} of {self.what} is {number:g}; write a whole number", at)
        return int(number or 0)

    def optional_day(self, key: str, *, required: bool = False) -> date | None:
        at = self.location(key)
        found = self.optional_text(key, required=required)
        if found is None:
            return None
        try:
            return date.fromisoformat(found)
        except ValueError:
            self.fault(f"{key!r} of {self.what} is {found!r}; write a day as 2026-01-31", at)
            return None

    def close(self) -> None:
        """Report every key that was not asked for."""
        for key in self._left:
            self.fault(f"unknown key {key!r} in {self.what}{suggestion(key, self._asked)}", self._keys[key])
