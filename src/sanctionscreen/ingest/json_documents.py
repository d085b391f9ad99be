"""JSON documents: the list of objects that holds the rows, wherever it stands, and what stands beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from typing import Any, NamedTuple

from sanctionscreen.errors import InputError, Location, suggestion
from sanctionscreen.fields import FIELDS, FieldType
from sanctionscreen.ingest.encodings import Encoding
from sanctionscreen.ingest.headers import field_of
from sanctionscreen.ingest.json_lines import JsonLines
from sanctionscreen.ingest.json_rows import add_keys, batches_of, cells_of, fault_of
from sanctionscreen.ingest.json_text import MAX_DEPTH, Decoded, JsonReader, JsonText, flat
from sanctionscreen.ingest.rows import Batch, Rows
from sanctionscreen.ingest.sources import Source, open_unpacked

_HEAD = 1 << 20
_BLOCK = 1 << 18
_SAMPLE_LINES = 20


class Found(NamedTuple):
    """An entry of a list of objects, or a value that stands outside of one."""

    path: tuple[str, ...]
    entry: Decoded
    is_row: bool


def open_json(
    source: Source, name: str, encoding: Encoding, sheet: str | int | None, known: Callable[[Sequence[str]], int]
) -> Rows:
    """The rows of JSON lines, or of the list of objects in a JSON document.

    Raises:
        InputError: it is no JSON, or holds no objects.
    """
    if sheet is None and _is_lines(source, name, encoding):
        return JsonLines(source, name, encoding)
    return JsonDocument(source, name, encoding, sheet, known)


def _is_lines(source: Source, name: str, encoding: Encoding) -> bool:
    """Most of the first lines are an object each, and it is not one object with the list of rows in it."""
    with open_unpacked(source, name) as stream:
        text = TextIOWrapper(stream, encoding.codec, encoding.errors, newline="")
        head = text.read(_HEAD)
        is_all = not text.read(1)
        text.detach()
    lines = head.split("\n")
    lines = [line for line in (lines if is_all else lines[:-1]) if line.strip()][:_SAMPLE_LINES]
    objects = [value for value in (_object(line) for line in lines) if value is not None]
    if len(lines) == 1:
        return bool(objects) and not any(_is_table(key, value) for key, value in objects[0].items())
    is_first = bool(lines) and _object(lines[0]) is not None  # and no comma behind it
    return 2 * len(objects) > len(lines) or (is_first and 2 * len(objects) == len(lines))


def _object(line: str) -> Mapping[str, Any] | None:
    try:
        value = JsonReader().decode(line).value
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, Mapping) else None


def _is_table(key: str, value: Any) -> bool:
    is_list = isinstance(value, list) and bool(value) and isinstance(value[0], Mapping)
    return (is_list and not is_item(key)) or (
        isinstance(value, Mapping) and any(_is_table(f"{key}.{inner}", part) for inner, part in value.items())
    )


def is_item(path: str) -> bool:
    """The list is the value of one field, such as the owners of a party."""
    match = field_of(path)
    return match is not None and FIELDS[match.field].type is FieldType.ITEMS


class JsonDocument:
    """The list of objects in a document, or its objects one after the other, or its one object."""

    def __init__(
        self,
        source: Source,
        name: str,
        encoding: Encoding,
        sheet: str | int | None,
        known: Callable[[Sequence[str]], int],
    ) -> None:
        """Read the document through for its lists, their keys, and what stands beside them."""
        self._source, self._name, self._encoding = source, name, encoding
        self.notes = [encoding.note] if encoding.note else []
        tables: dict[tuple[str, ...], dict[str, None]] = {}
        facts: dict[str, str] = {}
        with self._text() as text:
            for found in self._walked(text):
                if found.is_row:
                    keys = tables.setdefault(found.path, {})
                    add_keys(keys, cells_of(found.entry), name)
                else:
                    facts.update(flat({".".join(found.path): found.entry.value}))
            self._is_sequence = bool(text.peek())
        if self._is_sequence:  # objects one after the other, each over several lines
            tables, facts = {(): self._keys_of_sequence()}, {}
        elif not tables and facts:
            tables, facts = {(): dict.fromkeys(facts)}, {}
            self._is_sequence = True  # of one
        self._path = self._chosen(tables, sheet, known)
        self._facts = facts
        self._keys = list(tables[self._path])
        if facts:
            shown = ", ".join(repr(key) for key in list(facts)[:12])
            self.notes.append(f"what stands beside the list {'.'.join(self._path)!r} is on each of its rows: {shown}")

    @property
    def form(self) -> Mapping[str, str]:
        path = {"sheet": ".".join(self._path)} if self._path else {}
        return {"format": "json", "encoding": self._encoding.codec, **path}

    def head(self) -> list[list[str]]:
        header = [*self._keys, *self._facts]
        return [header] if header else []

    def place(self, before: int) -> str:
        return f"record {before + 1}"

    def batches(self, before: int, header: Sequence[str]) -> Iterator[Batch]:
        facts = list(self._facts.values())
        rows = ((cells, facts, fault) for cells, fault in self._records())
        return batches_of(rows, self._keys)

    def closing_notes(self) -> Sequence[str]:
        return ()

    def _records(self) -> Iterator[tuple[dict[str, str], str]]:
        with self._text() as text:
            entries = self._sequence(text) if self._is_sequence else self._entries(text)
            for number, entry in enumerate(entries, 1):
                fault = fault_of(entry)
                yield cells_of(entry), f"entry {number}: {fault}" if fault else ""

    def _entries(self, text: JsonText) -> Iterator[Decoded]:
        return (found.entry for found in self._walked(text) if found.is_row and found.path == self._path)

    def _sequence(self, text: JsonText) -> Iterator[Decoded]:
        while text.peek():
            if text.peek() == ",":  # some programs write a comma behind each object
                text.take(",")
            else:
                yield text.value()

    def _keys_of_sequence(self) -> dict[str, None]:
        keys: dict[str, None] = {}
        with self._text() as text:
            for entry in self._sequence(text):
                add_keys(keys, cells_of(entry), self._name)
        return keys

    def _walked(self, text: JsonText) -> Iterator[Found]:
        """The entries and values of the first value of a text."""
        return _walk(text, (), self._name)

    @contextmanager
    def _text(self) -> Iterator[JsonText]:
        with open_unpacked(self._source, self._name) as stream:
            text = TextIOWrapper(stream, self._encoding.codec, self._encoding.errors, newline="")
            yield JsonText(iter(lambda: text.read(_BLOCK), ""), self._name)
            text.detach()

    def _chosen(
        self,
        tables: Mapping[tuple[str, ...], Mapping[str, None]],
        sheet: str | int | None,
        known: Callable[[Sequence[str]], int],
    ) -> tuple[str, ...]:
        at = Location(self._name)
        if not tables:
            raise InputError("is JSON without an object or a list of objects; a row is an object, its keys columns", at)
        paths = list(tables)
        names = [".".join(path) for path in paths]
        if sheet is not None:
            number = int(sheet) if str(sheet).isdigit() else 0
            if str(sheet) in names:
                return paths[names.index(str(sheet))]
            if 1 <= number <= len(paths):
                return paths[number - 1]
            raise InputError(f"has no list {str(sheet)!r}, by name or number{suggestion(str(sheet), names)}", at)
        counts = [known(list(tables[path])) for path in paths]
        best = max(range(len(paths)), key=lambda place: (counts[place], -place))
        also = [repr(names[place]) for place, count in enumerate(counts) if place != best]
        if also:
            self.notes.append(f"the list {names[best]!r} is read; not read: {', '.join(also)} (--sheet)")
        return paths[best]


def _walk(text: JsonText, path: tuple[str, ...], name: str) -> Iterator[Found]:
    if len(path) > MAX_DEPTH:
        raise InputError(f"nests objects deeper than {MAX_DEPTH} around its rows", Location(name))
    first = text.peek()
    if first == "{":
        yield from _walk_object(text, path, name)
    elif first == "[" and not is_item(".".join(path)):
        yield from _walk_list(text, path)
    else:
        yield Found(path, text.value(), is_row=False)


def _walk_object(text: JsonText, path: tuple[str, ...], name: str) -> Iterator[Found]:
    text.take("{")
    if text.peek() == "}":
        text.take("}")
        return
    seen: set[str] = set()
    while True:
        if text.peek() != '"':
            raise text.broken("a key in quotation marks expected")
        key = str(text.value().value)
        if key in seen:
            raise text.broken(f"the key {key[:40]!r} stands twice in one object")
        seen.add(key)
        text.take(":")
        yield from _walk(text, (*path, key), name)
        if text.take(",}") == "}":
            return


def _walk_list(text: JsonText, path: tuple[str, ...]) -> Iterator[Found]:
    """The entries of a list that begins with an object, or the list as one value."""
    text.take("[")
    if text.peek() == "]":
        text.take("]")
        return
    is_table = text.peek() == "{"
    values: list[Any] = []
    twice = None
    while True:
        entry = text.value()
        if is_table:
            yield Found(path, entry, is_row=True)
        else:
            values.append(entry.value)
            twice = twice or entry.twice
        if text.take(",]") == "]":
            break
    if not is_table and path:
        yield Found(path, Decoded(values, twice), is_row=False)
