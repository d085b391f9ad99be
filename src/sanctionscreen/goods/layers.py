"""A firm's own goods files, laid over the built-in categories: new ones, changed ones and disabled ones.

The words are those of rule packs: `pack` says whose the file is, `categories` adds, `overrides` changes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from sanctionscreen import strict_yaml
from sanctionscreen.errors import Location, WatchlistError, suggestion
from sanctionscreen.goods.categories import (
    Category,
    FalseFriend,
    chapters_of,
    check_size,
    described_codes,
    placed_codes,
    placed_friends,
    placed_terms,
    read_category,
)
from sanctionscreen.strict_yaml import Entry, FirstFaults, Node, Scalar
from sanctionscreen.watchlist.listfile import Faults, read_unique

BUILT_IN = "goods"
"""What an own file extends, unless it extends another own file."""
MAX_CATEGORIES = 500
MOST_FAULTS = 500

_PACK_ID = re.compile(r"[a-z][a-z0-9-]{1,40}", re.ASCII)
_SCHEMA = "1"
_CODES = ("codes", "codes_hs2017")
_TERMS = ("strong", "weak", "confirmed_by", "euphemisms")
_TIERS = ("strong", "weak", "false_friends")
"""A term stands in one of these only: it names the goods, may name them, or does not."""


class Pack(NamedTuple):
    """The head of an own file."""

    id: str
    version: str
    title: str = ""
    as_of: str = ""
    """Day on which the firm last checked it."""


@dataclass(frozen=True, slots=True)
class Layered:
    """Categories after the layers so far."""

    categories: Mapping[str, Category]
    packs: tuple[Pack, ...] = ()
    disabled: Mapping[str, Category] = field(default_factory=dict)
    """Categories that a layer switched off; rules may still name their lists."""
    changes: tuple[str, ...] = ()
    """One sentence for every override: who changed what, who approved it, and why."""
    nodes: Mapping[str, Node] = field(default_factory=dict)
    """The files as read, for the fingerprint."""


def lay_over(
    paths: Sequence[Path],
    categories: Mapping[str, Category],
    *,
    empty_words: Collection[str] = (),
    documents: Collection[str] | None = None,
) -> tuple[Layered, Faults]:
    """The categories with own files laid over them in the given order, and every fault of the files.

    Args:
        empty_words: words that say nothing about the goods, folded; no strong term.
        documents: ids that `named_in` may name; None leaves them unchecked.

    Raises:
        ExceptionGroup: of `WatchlistError`, when there are so many faults that reading stops.
    """
    faults: Faults = FirstFaults(MOST_FAULTS, "the goods files")
    layered = Layered(categories)
    for path in paths:
        try:
            node = strict_yaml.read(path, WatchlistError, shown_as=str(path), faults=faults)
        except WatchlistError as bad:  # without its cause: a file of the firm's is none that came with the program
            faults.append(WatchlistError(bad.problem, bad.at))
            continue
        layered = _Layer(layered, frozenset(empty_words), documents).over(node, faults)
    return layered, faults


class _Additions(NamedTuple):
    """What an override adds, or removes, by key; with places."""

    codes: Mapping[str, tuple[tuple[Scalar, str], ...]]
    shared: tuple[Scalar, ...]
    terms: Mapping[str, tuple[Scalar, ...]]
    friends: tuple[tuple[FalseFriend, tuple[Scalar, ...]], ...] = ()
    friend_terms: tuple[Scalar, ...] = ()

    def __bool__(self) -> bool:
        held = (*self.codes.values(), *self.terms.values(), self.shared, self.friends, self.friend_terms)
        return any(held)

    def words(self) -> str:
        """Codes and terms as a sentence lists them."""
        parts = [f"{key} {', '.join(code.text for code, _ in held)}" for key, held in self.codes.items() if held]
        friends = (*(term for _, terms in self.friends for term in terms), *self.friend_terms)
        named = {"shared": self.shared, **self.terms, "false_friends": friends}
        parts += [f"{key} {', '.join(repr(term.text) for term in held)}" for key, held in named.items() if held]
        return "; ".join(parts)


@dataclass(slots=True)
class _Layer:
    """One own file, while it is laid over what is below it."""

    below: Layered
    empty_words: frozenset[str]
    documents: Collection[str] | None
    changes: list[str] = field(default_factory=list)
    read_as: dict[str, str] = field(default_factory=dict)
    """Ids by what rules compare: punctuation does not count there."""

    def over(self, node: Node, faults: Faults) -> Layered:
        root = Entry(node, "the goods file", faults, WatchlistError)
        pack = self._pack(root)
        self.read_as = {key.replace("_", ""): key for key in self.below.categories}
        added = read_unique(
            root, "categories", "category", lambda key, entry: self._new(key, entry, pack), required=False
        )
        categories = {**self.below.categories, **added}
        disabled = dict(self.below.disabled)
        for entry in root.entries("overrides", "an override"):
            self._override(entry, categories, disabled, pack)
        root.close()
        if len(categories) > MAX_CATEGORIES:
            root.fault(f"makes {len(categories):,} categories; the limit is {MAX_CATEGORIES:,}")
        return Layered(
            categories,
            (*self.below.packs, pack),
            {key: one for key, one in disabled.items() if key not in categories},
            (*self.below.changes, *self.changes),
            {**self.below.nodes, f"own {len(self.below.packs) + 1}": node},
        )

    def _pack(self, root: Entry) -> Pack:
        head = root.entry("pack", "the head of the goods file", required=True)
        if head is None:
            return Pack("", "")
        at, extends_at = head.location("id"), head.location("extends")
        as_of, extends = head.optional_day("as_of"), head.optional_text("extends")
        pack = Pack(
            head.text("id"), head.text("version"), head.optional_text("title") or "", as_of.isoformat() if as_of else ""
        )
        head.optional_text("maintainer")
        head.choice("schema", (_SCHEMA,), default=_SCHEMA)
        head.close()
        known = [BUILT_IN, *(one.id for one in self.below.packs)]
        if extends and extends not in known:
            head.fault(f"extends {extends!r}, which is not loaded{suggestion(extends, known)}", extends_at)
        if pack.id and not _PACK_ID.fullmatch(pack.id):
            head.fault(f"pack id {pack.id!r} must be lower-case letters, digits and hyphens", at)
        if pack.id in known:
            head.fault(f"a pack {pack.id!r} is loaded already", at)
        return pack

    def _new(self, key: str, entry: Entry, pack: Pack) -> Category:
        if key in self.below.categories:
            entry.fault(f"category {key!r} exists; use overrides to change it", entry.location("id"))
        same = self.read_as.setdefault(key.replace("_", ""), key)
        if same != key:
            problem = f"rules cannot tell {key!r} from the category {same!r}; choose another id"
            entry.fault(problem, entry.location("id"))
        category = read_category(key, entry, self.documents, pack.id or "own")
        for tier in ("strong", "weak"):
            for term in getattr(category, tier):
                self._check_telling(term, tier, entry, entry.location(tier))
        return category

    def _check_telling(self, term: str, tier: str, entry: Entry, at: Location) -> None:
        """A term that most descriptions hold would raise the category everywhere."""
        if len(term) == 1 and term < "\u2e80":
            entry.fault(f"the {tier} term {term!r} of {entry.what} is one letter; write a word", at)
        elif tier == "strong" and term.casefold() in self.empty_words:
            entry.fault(f"the strong term {term!r} of {entry.what} says nothing about the goods; make it weak", at)

    def _override(
        self, entry: Entry, categories: dict[str, Category], disabled: dict[str, Category], pack: Pack
    ) -> None:
        id_at, expected_at, disable_at = (entry.location(key) for key in ("id", "expect_fingerprint", "disable"))
        before = len(entry.faults)
        key = entry.text("id")
        entry.what = f"the override of {key!r}" if key else entry.what
        reason, approved_by = entry.text("reason"), entry.text("approved_by")
        expected = entry.optional_text("expect_fingerprint")
        is_off = entry.flag("disable")
        add, remove = _additions(entry), _removals(entry)
        entry.close()
        category = categories.get(key)
        if category is None:
            if key:
                entry.fault(f"no category {key!r} to override{suggestion(key, list(categories))}", id_at)
            return
        if expected and expected != category.fingerprint:
            problem = f"category {key!r} has changed since the review: {expected} is now {category.fingerprint}"
            entry.fault(f"{problem}; look at it again (goods list {key}), then write the new one", expected_at)
        if is_off and (add or remove):
            entry.fault(f"{entry.what} disables the category; there is nothing to add or remove", disable_at)
        elif not (is_off or add or remove) and len(entry.faults) == before:
            entry.fault(f"{entry.what} changes nothing; write add, remove or disable: true")
        if is_off:
            disabled[key] = replace(categories.pop(key), changed_by=(*category.changed_by, pack.id))
            self.changes.append(f"{pack.id} disables {key} ({approved_by}): {reason}")
            return
        categories[key] = self._changed(category, add, remove, entry, pack, reason)
        said = [f"{verb} {parts.words()}" for verb, parts in (("removes", remove), ("adds", add)) if parts]
        self.changes.append(f"{pack.id} changes {key}, {'; '.join(said)} ({approved_by}): {reason}")

    def _changed(
        self, category: Category, add: _Additions, remove: _Additions, entry: Entry, pack: Pack, reason: str
    ) -> Category:
        found = _without(category, remove, entry)
        for tier in ("strong", "weak"):
            for term in add.terms[tier]:
                self._check_telling(term.text, tier, entry, term.at)
        found = _with(found, add, entry)
        found = replace(
            found,
            weak_because=found.weak_because or (reason if found.weak else ""),
            chapters=chapters_of({*found.codes, *found.codes_hs2017}, found.disguises),
            changed_by=(*found.changed_by, pack.id),
        )
        check_size(found, entry)
        return found


def _additions(entry: Entry) -> _Additions:
    inner = entry.entry("add", f"'add' in {entry.what}")
    if inner is None:
        return _Additions(dict.fromkeys(_CODES, ()), (), dict.fromkeys(_TERMS, ()))
    add = _Additions(
        {key: described_codes(inner, key) for key in _CODES},
        placed_codes(inner, "shared"),
        {key: placed_terms(inner, key) for key in _TERMS},
        friends=tuple(placed_friends(inner)),
    )
    inner.close()
    return add


def _removals(entry: Entry) -> _Additions:
    inner = entry.entry("remove", f"'remove' in {entry.what}")
    if inner is None:
        return _Additions(dict.fromkeys(_CODES, ()), (), dict.fromkeys(_TERMS, ()))
    remove = _Additions(
        {key: tuple((code, "") for code in placed_codes(inner, key)) for key in _CODES},
        placed_codes(inner, "shared"),
        {key: placed_terms(inner, key) for key in _TERMS},
        friend_terms=placed_terms(inner, "false_friends"),
    )
    inner.close()
    return remove


def _without(category: Category, remove: _Additions, entry: Entry) -> Category:
    """The category without codes and terms, each of which must be there."""
    kept: dict[str, Any] = {}
    for key in _CODES:
        gone = [code for code, _ in remove.codes[key]]
        kept[key] = _less(key, dict(getattr(category, key)), gone, category, entry)
    for key in _TERMS:
        held = {term.casefold(): term for term in getattr(category, key)}
        kept[key] = tuple(_less(key, held, remove.terms[key], category, entry).values())
    shared = _less("shared", {code: code for code in category.shared}, remove.shared, category, entry)
    kept["shared"] = frozenset(shared) & {*kept["codes"], *kept["codes_hs2017"]}
    kept["false_friends"] = tuple(_fewer_friends(category, remove.friend_terms, entry))
    return replace(category, **kept)


def _less(key: str, held: dict[str, str], gone: Sequence[Scalar], category: Category, entry: Entry) -> dict[str, str]:
    for scalar in gone:
        if held.pop(scalar.text.casefold(), None) is None:
            known = "" if key in (*_CODES, "shared") else suggestion(scalar.text, list(held.values()))
            entry.fault(f"category {category.id!r} has no {scalar.text!r} in {key!r} to remove{known}", scalar.at)
    return held


def _fewer_friends(category: Category, gone: Sequence[Scalar], entry: Entry) -> list[FalseFriend]:
    held = {term.casefold(): term for friend in category.false_friends for term in friend.terms}
    left = _less("false_friends", held, gone, category, entry)
    kept = [
        replace(friend, terms=tuple(term for term in friend.terms if term.casefold() in left))
        for friend in category.false_friends
    ]
    return [friend for friend in kept if friend.terms]


def _with(category: Category, add: _Additions, entry: Entry) -> Category:
    """The category with more codes and terms, none of which may be there."""
    more: dict[str, Any] = {}
    standing = {code: key for key in _CODES for code in getattr(category, key)}
    for key in _CODES:
        new = {code.text: desc for code, desc in add.codes[key] if _is_new(code, key, standing, category, entry)}
        more[key] = MappingProxyType({**getattr(category, key), **new})
    for code in add.shared:
        if code.text not in standing:
            entry.fault(f"the shared code {code.text!r} is no code of category {category.id!r}", code.at)
        elif code.text in category.shared:
            entry.fault(f"the code {code.text!r} of category {category.id!r} is shared already", code.at)
    more["shared"] = category.shared | {code.text for code in add.shared}
    tiers = _tiers(category)
    for key in _TERMS:
        held = tiers if key in _TIERS else {term.casefold(): key for term in getattr(category, key)}
        terms = [term.text for term in add.terms[key] if _is_new(term, key, held, category, entry)]
        more[key] = (*getattr(category, key), *terms)
    for _, phrases in add.friends:
        for term in phrases:
            _is_new(term, "false_friends", tiers, category, entry)
    more["false_friends"] = (*category.false_friends, *(friend for friend, _ in add.friends))
    return replace(category, **more)


def _tiers(category: Category) -> dict[str, str]:
    """Where each term of the three tiers stands."""
    held = {term.casefold(): "false_friends" for friend in category.false_friends for term in friend.terms}
    return {**held, **{term.casefold(): key for key in ("weak", "strong") for term in getattr(category, key)}}


def _is_new(scalar: Scalar, key: str, standing: dict[str, str], category: Category, entry: Entry) -> bool:
    """Whether a code or term stands nowhere yet; from now on it does."""
    folded = scalar.text.casefold()
    there = standing.get(folded)
    standing.setdefault(folded, key)
    if there is None:
        return True
    instead = "" if there == key else f"; remove it there to have it in {key!r}"
    entry.fault(f"category {category.id!r} has {scalar.text!r} in {there!r} already{instead}", scalar.at)
    return False
