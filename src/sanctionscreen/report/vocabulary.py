"""What a report calls fields, features and lists of rules: in the words of the registry and of the rule pack itself."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sanctionscreen.fields import FIELDS, FieldType
from sanctionscreen.screening import wording

if TYPE_CHECKING:
    from sanctionscreen.model import Evidence, NamedList
    from sanctionscreen.rules import RuleSet
    from sanctionscreen.rules.features import Feature

_FEATURE = "feature."
_NAME = re.compile(r"\b[a-z]+(?:[._][a-z_0-9]+)+\b")
_OURS = "ours"
_OWN = re.compile(rf"{_OURS}\b")
_PACK = "the rule pack's own"
"""For `ours`, with which the citation of a list begins where no source draws its line."""
_SPOKEN = frozenset(
    {name for name in FIELDS if "." in name} | {name.partition(".")[0] for name in FIELDS if "." in name}
)
"""Fields that a text can call by their names, and what they are fields of."""
_VALUES = {"country": "countries", "hs": "goods codes", "code": "codes", "text": "words"}
"""What stands on a list, by its kind; a list of numbers is a limit."""


class Vocabulary:
    """Words for the names of one rule set; without one, for those of the field registry."""

    def __init__(self, rules: RuleSet | None = None) -> None:
        self._lists: Mapping[str, NamedList] = {} if rules is None else rules.lists
        self._features: Mapping[str, Feature] = {} if rules is None else rules.features
        self._names: dict[str, str] = {}
        self._sources: dict[tuple[str, bool], str] = {}

    def name(self, name: str) -> str:
        """What a value is: a given field by its name, a derived one or a feature by what it means.

        >>> Vocabulary().name("destination.country"), Vocabulary().name("goods.vague")
        ('destination country', 'the description says nothing about the goods')
        """
        if name not in self._names:
            self._names[name] = self._meant(name)
        return self._names[name]

    def _meant(self, name: str) -> str:
        if (entry := FIELDS.get(name)) is not None:
            return _shortly(entry.meaning) if entry.derived else _spoken(name)
        feature = self._features.get(name.removeprefix(_FEATURE)) if name.startswith(_FEATURE) else None
        return name if feature is None else _shortly(feature.meaning)

    def names(self, names: Sequence[str]) -> str:
        """What several values are."""
        return ", ".join(map(self.name, names))

    def said(self, text: str) -> str:
        """A text with words in place of the names in it.

        >>> Vocabulary().said("consignee.website is empty, place.occupied = yes, www.example.org")
        'consignee website is empty, place occupied = yes, www.example.org'
        """
        return _NAME.sub(self._found, text)

    def _found(self, found: re.Match[str]) -> str:
        name = found.group()
        if name in _SPOKEN:
            return _spoken(name)
        if name in self._lists:
            return _quoted(name)
        words = self.name(name)
        if name in FIELDS:
            return words
        return name if words == name else f"“{words}”"

    def condition(self, part: Evidence) -> str:
        """A condition that held, with the value that made it hold."""
        name, entry = self.name(part.field), FIELDS.get(part.field)
        if entry is None or entry.derived:
            if isinstance(part.value, bool):  # what it means is a whole sentence
                return f"{name}: {wording.words(part.field, part.value)}"
            part = replace(part, value=_plain(part.field, part.value), matched=_plain(part.field, part.matched))
        return self.said(wording.held(part, name))

    def source(self, part: Evidence) -> str:
        """The lists and limits that a condition stands on, each with who draws the line; empty where it needs none."""
        if not part.list_name:
            return self.said(part.citation)
        key = part.list_name, wording.is_off_list(part)
        if key not in self._sources:
            names = part.list_name.split(", ")
            if any(name not in self._lists for name in names):
                return self.said(wording.source(part))
            self._sources[key] = "; ".join(self._list(self._lists[name], is_off=key[1]) for name in names)
        return self._sources[key]

    def _list(self, one: NamedList, *, is_off: bool) -> str:
        if one.kind == "number":
            what = f"limit {_quoted(one.name)} {' to '.join(one.values)}"
        else:
            what = f"{'not ' if is_off else ''}on the list of {_VALUES.get(one.kind, 'values')} {_quoted(one.name)}"
        dated = f" ({one.as_of})" if one.as_of else ""
        before = ", " if _OWN.match(one.citation) else ": "
        return f"{what}{before}{self.said(owned(one.citation))}{dated}"


def owned(text: str) -> str:
    """A source as it is cited; where the pack cites itself, that is said.

    >>> owned("ours: a data-quality sign")
    "the rule pack's own: a data-quality sign"
    """
    return _PACK + text.removeprefix(_OURS) if _OWN.match(text) else text


def _shortly(meaning: str) -> str:
    """What a value is, without how it is written."""
    return re.split("[:;]", meaning, maxsplit=1)[0]


def _spoken(name: str) -> str:
    return name.replace(".", " ").replace("_", " ")


def _quoted(name: str) -> str:
    """A list by its own name, without the family that it belongs to."""
    return f"“{_spoken(name.partition('.')[2])}”"


def _plain(field: str, value: Any) -> Any:
    """Codes of the program as words; quotients, which have no end, with as many digits as limits have."""
    entry = FIELDS.get(field)
    if entry is not None and entry.derived and entry.type in (FieldType.TEXT, FieldType.CODE, FieldType.CODES):
        if isinstance(value, str):
            return value.replace("_", " ")
        if isinstance(value, (tuple, list)):
            return tuple(_plain(field, one) for one in value)
    if isinstance(value, float) and field.startswith(_FEATURE):
        return float(f"{value:.4g}")
    return value
