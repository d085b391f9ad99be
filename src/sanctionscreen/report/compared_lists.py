"""The lists of a run as people are told of them: each once, with what was compared of it and where that is from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sanctionscreen.report.writers import RunFacts

if TYPE_CHECKING:
    from sanctionscreen.watchlist.entities import ListInfo

_WHOLE = "the whole list, as published"
_EMBEDDED = "entries that come with the program"
_OWN = "entries of an own list"


@dataclass(frozen=True, slots=True)
class Part:
    """What was compared of a list, from one place."""

    what: str
    """The whole list, or only some entries, and where they are from."""
    info: ListInfo

    @property
    def state(self) -> str:
        """Version and days, as far as they are known."""
        info = self.info
        checked = f"checked on {info.retrieved}" if info.retrieved else "day of the check not known"
        return "; ".join(text for text in (info.as_of, checked) if text)


@dataclass(frozen=True, slots=True)
class ComparedList:
    """One list, with all that was compared of it, the most first."""

    id: str
    parts: tuple[Part, ...]

    @property
    def title(self) -> str:
        return self.parts[0].info.title

    @property
    def issuer(self) -> str:
        return self.parts[0].info.issuer


def compared_lists(facts: RunFacts) -> list[ComparedList]:
    """All lists, those with most entries first."""
    found: dict[str, list[Part]] = {}
    for part in sorted(_parts(facts), key=lambda part: -part.info.count):
        found.setdefault(part.info.id, []).append(part)
    return [ComparedList(list_id, tuple(parts)) for list_id, parts in found.items()]


def _parts(facts: RunFacts) -> Sequence[Part]:
    origin = dict.fromkeys(facts.embedded, _EMBEDDED) | dict.fromkeys(facts.official, _WHOLE)
    return [Part(origin.get(info, _OWN), info) for info in facts.lists]


def states(lists: Sequence[ComparedList]) -> Mapping[str, str]:
    """What to say of the list behind a hit: by its id for single entries, by its id and a colon for whole lists.

    The ids of entries of whole lists begin in that way.
    """
    found: dict[str, list[str]] = {}
    for one in lists:
        for part in one.parts:
            key = f"{one.id}:" if part.what == _WHOLE else one.id
            found.setdefault(key, [one.title]).append(f"{part.what}; {part.state}")
    return {key: "; ".join(said) for key, said in found.items()}
