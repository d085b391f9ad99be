"""Published red flags of a pack: `red_flags.yml` read strictly, and which rules cover which flag."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from sanctionscreen.errors import Location, RuleError, SanctionScreenError, raise_faults, suggestion
from sanctionscreen.rules.ruleset import Rule
from sanctionscreen.strict_yaml import Entry, Node, Scalar, read
from sanctionscreen.strict_yaml import Mapping as YamlMapping

FILE = "red_flags.yml"
KINDS = ("transaction", "party", "history", "aggregate")
ASKS = ("record", "history", "lists")
FLAG_TAG = re.compile(r"^RF-[A-Z0-9]+(-[A-Z0-9]+)*$")
"""A tag of a rule that names a published red flag; other tags are a firm's own words."""
_PINNED = re.compile(r"^(\S+), flags? (\d+(?:(?:, | and |, and )\d+)*)\b")
_MOST_FLAGS = 500


class Cover(StrEnum):
    """How far the rules cover a red flag."""

    COVERED = "covered"
    IN_PART = "in part"
    NOT = "not covered"


@dataclass(frozen=True, slots=True)
class FlagSource:
    """Where a red flag is published: the document, and the numbers it has there, if any."""

    document: str
    flags: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class RedFlag:
    """One published warning sign in our own words."""

    id: str
    flag: str
    kind: str
    asks: tuple[str, ...]
    """What can answer it: the record, its history, lists; empty when none of them can."""
    sources: tuple[FlagSource, ...]
    gap: str
    """What of it no rule covers, and why; empty when nothing is left out on purpose."""
    at: Location


@dataclass(frozen=True, slots=True)
class RedFlags:
    """The red flags of all packs, and how many numbered flags each document holds."""

    flags: tuple[RedFlag, ...] = ()
    documents: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Covered:
    """A red flag and the rules that look for it."""

    red_flag: RedFlag
    rules: tuple[Rule, ...]

    @property
    def cover(self) -> Cover:
        if not self.rules:
            return Cover.NOT
        return Cover.IN_PART if self.red_flag.gap else Cover.COVERED


@dataclass(frozen=True, slots=True)
class NumberedFlag:
    """One numbered flag of a document: what it is taken for here, and who looks for it."""

    number: int
    parts: tuple[Covered, ...]
    rules: tuple[Rule, ...]
    """Those of the parts, and those that name the number of this flag in a reference."""

    @property
    def cover(self) -> Cover | None:
        """None where the flag could not be read."""
        if not self.rules:
            return Cover.NOT if self.parts else None
        return Cover.COVERED if all(one.cover is Cover.COVERED for one in self.parts) else Cover.IN_PART


def load_red_flags(packs: Iterable[Path]) -> RedFlags:
    """The red flags of every pack folder that has a `red_flags.yml`.

    Raises:
        ExceptionGroup: of every fault found.
    """
    faults: list[SanctionScreenError] = []
    flags: dict[str, RedFlag] = {}
    documents: dict[str, int] = {}
    for path in packs:
        file = path / FILE
        if not file.is_file():
            continue
        try:
            root = read(file, RuleError, shown_as=f"{path.name}/{FILE}", faults=faults)
        except SanctionScreenError as bad:
            faults.append(bad)
            continue
        _read_file(root, flags, documents, faults)
    raise_faults(faults, "the red flags")
    return RedFlags(tuple(flags.values()), documents)


def _read_file(
    root: Node, flags: dict[str, RedFlag], documents: dict[str, int], faults: list[SanctionScreenError]
) -> None:
    entry = Entry(root, "the red flags", faults, RuleError)
    counted = entry.node("documents")
    if counted is not None:
        counts = Entry(counted, "documents", faults, RuleError)
        for name in counted.entries if isinstance(counted, YamlMapping) else ():
            documents[name] = int(counts.number(name, low=1, high=_MOST_FLAGS))
    for item in entry.entries("red_flags", "red flag", required=True):
        one = _red_flag(item, documents)
        if one.id in flags:
            item.fault(f"red flag {one.id!r} stands at {flags[one.id].at} already")
        flags[one.id] = one
    entry.close()


def _red_flag(item: Entry, documents: Mapping[str, int]) -> RedFlag:
    flag_id = item.text("id")
    item.what = f"red flag {flag_id!r}"
    if flag_id and not FLAG_TAG.match(flag_id):
        item.fault(f"red flag id {flag_id!r} must look like RF-HUB-CHPL", item.location("id"))
    asks = item.scalars("asks")
    for scalar in asks:
        if scalar.text not in ASKS:
            item.fault(f"unknown source {scalar.text!r}{suggestion(scalar.text, ASKS)}", scalar.at)
    found = RedFlag(
        flag_id,
        item.text("flag"),
        item.choice("kind", KINDS),
        tuple(scalar.text for scalar in asks),
        tuple(_sources(item, documents)),
        item.optional_text("gap") or "",
        item.at,
    )
    if not found.asks and not found.gap:
        item.fault(f"{item.what} can be answered by nothing; say why (gap)")
    item.close()
    return found


def _sources(item: Entry, documents: Mapping[str, int]) -> Iterator[FlagSource]:
    for source in item.entries("sources", "source", required=True):
        document = source.text("document")
        numbers = tuple(_number(scalar, document, documents, source) for scalar in source.scalars("flags"))
        source.close()
        yield FlagSource(document, numbers)


def _number(scalar: Scalar, document: str, documents: Mapping[str, int], source: Entry) -> int:
    most = documents.get(document, 0)
    if scalar.text in {str(number) for number in range(1, most + 1)}:
        return int(scalar.text)
    known = f"{document} has {most} numbered flags" if most else f"documents does not say how many flags {document} has"
    source.fault(f"flag {scalar.text!r}: {known}", scalar.at)
    return 0


def flag_tags(rule: Rule) -> tuple[str, ...]:
    """The published red flags that a rule says it looks for."""
    return tuple(tag for tag in rule.tags if FLAG_TAG.match(tag))


def pinned_flags(rule: Rule) -> Iterator[tuple[str, int]]:
    """Documents and flag numbers in the pins of a rule's references: `F22, flags 16 and 19 of 22: …`."""
    for reference in rule.references:
        found = _PINNED.match(reference.pin)
        if found:
            yield from ((found[1], int(number)) for number in re.findall(r"\d+", found[2]))


def coverage(red_flags: RedFlags, rules: Sequence[Rule]) -> tuple[Covered, ...]:
    """Every red flag with the rules whose tags name it."""
    return tuple(Covered(one, tuple(rule for rule in rules if one.id in rule.tags)) for one in red_flags.flags)


def unknown_tags(red_flags: RedFlags, rules: Iterable[Rule]) -> tuple[tuple[str, str], ...]:
    """Rules, each with a tag that names no red flag of the packs."""
    known = {one.id for one in red_flags.flags}
    return tuple((rule.id, tag) for rule in rules for tag in flag_tags(rule) if tag not in known)


def numbered(
    document: str, red_flags: RedFlags, covered: Collection[Covered], rules: Sequence[Rule]
) -> Iterator[NumberedFlag]:
    """The flags of a document in its own order, with the rules that name the flag by tag or by number."""
    for number in range(1, red_flags.documents.get(document, 0) + 1):
        here = [one for one in covered if _publishes(one.red_flag, document, number)]
        named = {rule.id for one in here for rule in one.rules}
        pinned = (rule for rule in rules if rule.id in named or (document, number) in set(pinned_flags(rule)))
        yield NumberedFlag(number, tuple(here), tuple(pinned))


def _publishes(red_flag: RedFlag, document: str, number: int) -> bool:
    return any(source.document == document and number in source.flags for source in red_flag.sources)
