"""Reading `goods.yml`: the categories of controlled goods with their codes, terms and false friends."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from types import MappingProxyType
from typing import Any

from sanctionscreen import strict_yaml
from sanctionscreen.goods.terms import Role, Sense
from sanctionscreen.strict_yaml import Entry, Scalar
from sanctionscreen.watchlist.listfile import read_citations, read_unique

TIERS = ("1", "2", "3.A", "3.B", "4.A", "4.B")

MAX_CODES = 6_000  # the nomenclature has fewer subheadings
MAX_TERMS = 5_000  # of one category; the largest of ours has 70
MAX_TERM = 100  # characters; the longest of ours has 41

_ID = re.compile(r"[a-z][a-z0-9_]{1,40}", re.ASCII)
_HS6 = re.compile(r"\d{6}", re.ASCII)
_PREFIX = re.compile(r"\d{2}|\d{4}|\d{6}", re.ASCII)


@dataclass(frozen=True, slots=True)
class FalseFriend:
    """Phrases that look like a term and mean something else."""

    means: str
    terms: tuple[str, ...]
    codes: tuple[str, ...] = ()
    """Where goods of that kind are classified."""


@dataclass(frozen=True, slots=True)
class Kit:
    """Component families of which several must meet, or a kit's name with a code of these tiers."""

    families: Mapping[str, tuple[str, ...]]
    at_least: int
    markers: tuple[str, ...]
    tiers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Category:
    """One kind of controlled goods; the keys are explained at the top of `goods.yml`."""

    id: str
    label: str
    named_in: tuple[str, ...]
    sources: tuple[str, ...]
    confidence: str
    note: str
    context: str
    broad_because: str
    """Why the category is too wide to make goods controlled; empty where it is not."""
    codes: Mapping[str, str]
    codes_hs2017: Mapping[str, str]
    shared: frozenset[str]
    disguises: Mapping[str, str]
    control: Mapping[str, tuple[str, ...]]
    strong: tuple[str, ...]
    weak: tuple[str, ...]
    weak_because: str
    confirmed_by: tuple[str, ...]
    word_and_code: bool
    kit: Kit | None
    euphemisms: tuple[str, ...]
    false_friends: tuple[FalseFriend, ...]
    chapters: frozenset[str] = field(default_factory=frozenset)
    """Chapters in which the category has a code, of either edition, that is no disguise."""
    pack: str = ""
    """The own file that brought it; empty for a built-in category."""
    changed_by: tuple[str, ...] = ()
    """The own files that changed it."""

    @property
    def fingerprint(self) -> str:
        """Twelve digits of what decides: codes and terms, not the label, the citations or the notes."""
        held = {one.name: _decisive(getattr(self, one.name)) for one in fields(self) if one.name not in _DESCRIPTIVE}
        said = json.dumps({**held, "is_broad": self.is_broad}, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(said.encode("utf-8")).hexdigest()[:12]

    @property
    def is_broad(self) -> bool:
        return bool(self.broad_because)

    def disguise(self, hs6: str) -> str:
        """How text must speak for the code to be a disguise: `strong`, `any`, or not at all."""
        for length in (2, 4, 6):
            if how := self.disguises.get(hs6[:length]):
                return how
        return ""

    def senses(self) -> Iterator[Sense]:
        """Every term of the category with what it says."""
        roles = (
            (Role.STRONG, self.strong),
            (Role.WEAK, self.weak),
            (Role.CONFIRM, self.confirmed_by),
            (Role.EUPHEMISM, self.euphemisms),
        )
        yield from (Sense(role, self.id, term) for role, terms in roles for term in terms)
        for friend in self.false_friends:
            yield from (Sense(Role.FALSE_FRIEND, self.id, term, friend.means) for term in friend.terms)
        if self.kit:
            for family, terms in self.kit.families.items():
                yield from (Sense(Role.KIT_FAMILY, self.id, term, family) for term in terms)
            yield from (Sense(Role.KIT_MARKER, self.id, term) for term in self.kit.markers)

    @property
    def number_of_terms(self) -> int:
        """How many senses there are."""
        groups = [self.strong, self.weak, self.confirmed_by, self.euphemisms]
        groups += [friend.terms for friend in self.false_friends]
        groups += [*self.kit.families.values(), self.kit.markers] if self.kit else []
        return sum(map(len, groups))


_DESCRIPTIVE = frozenset(
    "label named_in sources confidence note context broad_because control weak_because chapters pack changed_by".split()
)
"""Fields that explain a category, or follow from the others."""


def _decisive(value: Any) -> Any:
    """What decides of a part: the order of terms, and what stands beside a code or a false friend, does not."""
    if isinstance(value, Mapping):
        return {key: None if _HS6.fullmatch(key) else _decisive(held) for key, held in value.items()}
    if is_dataclass(value):
        parts = (one.name for one in fields(value) if one.name not in ("means", "codes"))
        return {name: _decisive(getattr(value, name)) for name in parts}
    if isinstance(value, (tuple, frozenset)):
        return sorted((_decisive(held) for held in value), key=str)
    return value


def read_categories(root: Entry, documents: Collection[str] | None) -> dict[str, Category]:
    """Take the key `categories`; every fault is noted in the entry."""
    return read_unique(root, "categories", "category", lambda key, entry: read_category(key, entry, documents))


def read_category(key: str, entry: Entry, documents: Collection[str] | None, pack: str = "") -> Category:
    """One category.

    Args:
        documents: ids that citations may name; None leaves them unchecked.
        pack: the own file that the category stands in; its `sources` are the firm's, in words.
    """
    if key and not _ID.fullmatch(key):
        problem = f"the id {key!r} must be small letters, digits and _, such as drone_engines"
        entry.fault(problem, entry.location("id"))
    codes = _codes(entry, "codes", required=True)
    codes_hs2017 = _codes(entry, "codes_hs2017")
    disguises = _disguises(entry)
    category = Category(
        id=key,
        label=entry.text("label"),
        named_in=read_citations(entry, "named_in", documents, "document"),
        sources=read_citations(entry, "sources", None if pack else documents, "document"),
        confidence=entry.text("confidence"),
        note=entry.optional_text("note") or "",
        context=entry.optional_text("context") or "",
        broad_because=entry.optional_text("broad_because") or "",
        codes=codes,
        codes_hs2017=codes_hs2017,
        shared=_shared(entry, codes.keys() | codes_hs2017.keys()),
        disguises=disguises,
        control=_control(entry),
        strong=read_terms(entry, "strong"),
        weak=read_terms(entry, "weak"),
        weak_because=entry.optional_text("weak_because") or "",
        confirmed_by=read_terms(entry, "confirmed_by"),
        word_and_code=entry.flag("word_and_code"),
        kit=_kit(entry),
        euphemisms=read_terms(entry, "euphemisms"),
        false_friends=tuple(_false_friends(entry)),
        chapters=chapters_of({*codes, *codes_hs2017}, disguises),
        pack=pack,
    )
    _check(category, entry)
    return category


def _check(category: Category, entry: Entry) -> None:
    check_size(category, entry)
    if not category.named_in and not category.sources:
        entry.fault(f"{entry.what} needs a document that names it, under 'named_in' or 'sources'")
    if category.weak and not category.weak_because:
        entry.fault(f"{entry.what} has weak terms; 'weak_because' must say why they are")
    both = {term.casefold() for term in category.strong} & {term.casefold() for term in category.weak}
    for term in sorted(both):
        entry.fault(f"the term {term!r} of {entry.what} is both strong and weak", entry.location("weak"))
    friends = {term.casefold() for friend in category.false_friends for term in friend.terms}
    for term in (*category.strong, *category.weak):
        if term.casefold() in friends:
            problem = f"the term {term!r} of {entry.what} is a false friend too, and would cancel itself"
            entry.fault(problem, entry.location("false_friends"))


def check_size(category: Category, entry: Entry) -> None:
    """Note a fault where a category has no code, or more of anything than can be meant."""
    codes, terms = len(category.codes) + len(category.codes_hs2017), category.number_of_terms
    if not codes:
        problem = f"{entry.what} needs at least one code: without one, its text would contradict every code"
        entry.fault(problem, entry.location("codes"))
    for what, count, most in (("codes", codes, MAX_CODES), ("terms", terms, MAX_TERMS)):
        if count > most:
            entry.fault(f"{entry.what} has {count:,} {what}; the limit is {most:,}")


def chapters_of(codes: Collection[str], disguises: Mapping[str, str]) -> frozenset[str]:
    """The chapters of codes that are no disguises."""
    return frozenset(code[:2] for code in codes if not any(code.startswith(prefix) for prefix in disguises))


def check_hs6(entry: Entry, scalar: Scalar, key: str) -> bool:
    """Note a fault unless a text is six digits."""
    if _HS6.fullmatch(scalar.text):
        return True
    entry.fault(f"{scalar.text!r} in {key!r} of {entry.what} is not a code of six digits", scalar.at)
    return False


def read_codes(entry: Entry, key: str, *, required: bool = False) -> tuple[str, ...]:
    """Take a list of six-digit codes, each once."""
    return tuple(scalar.text for scalar in placed_codes(entry, key, required=required))


def placed_codes(entry: Entry, key: str, *, required: bool = False) -> tuple[Scalar, ...]:
    """The same, with their places."""
    good: dict[str, Scalar] = {}
    for scalar in entry.scalars(key, required=required):
        if scalar.text in good:
            entry.fault(f"{scalar.text!r} stands twice in {key!r} of {entry.what}", scalar.at)
        elif check_hs6(entry, scalar, key):
            good[scalar.text] = scalar
    return tuple(good.values())


def read_terms(entry: Entry, key: str) -> tuple[str, ...]:
    """Take a list of terms, each once, each with a letter or digit in it."""
    return tuple(scalar.text for scalar in placed_terms(entry, key))


def placed_terms(entry: Entry, key: str) -> tuple[Scalar, ...]:
    """The same, with their places."""
    good: dict[str, Scalar] = {}
    for scalar in entry.scalars(key):
        term = " ".join(scalar.text.split())
        folded = term.casefold()
        if not any(map(str.isalnum, folded)):
            entry.fault(f"{scalar.text!r} in {key!r} of {entry.what} holds no word", scalar.at)
        elif len(term) > MAX_TERM:
            problem = f"a term in {key!r} of {entry.what} has {len(term):,} characters; the limit is {MAX_TERM}"
            entry.fault(problem, scalar.at)
        elif folded in good:
            entry.fault(f"the term {scalar.text!r} stands twice in {key!r} of {entry.what}", scalar.at)
        else:
            good[folded] = scalar if scalar.text == term else scalar._replace(text=term)
    return tuple(good.values())


def _pairs(entry: Entry, key: str, *, required: bool = False) -> Iterator[tuple[str, Scalar]]:
    for name, node in entry.items(key, required=required).items():
        if isinstance(node, Scalar):
            yield name, node
        else:
            entry.fault(f"{name!r} in {key!r} of {entry.what} must be one text", node.at)


def _codes(entry: Entry, key: str, *, required: bool = False) -> Mapping[str, str]:
    described = described_codes(entry, key, required=required)
    return MappingProxyType({code.text: desc for code, desc in described})


def described_codes(entry: Entry, key: str, *, required: bool = False) -> tuple[tuple[Scalar, str], ...]:
    """Take a mapping of six-digit codes, with their places, to what they are."""
    good = []
    for name, node in _pairs(entry, key, required=required):
        code = Scalar(name, True, node.at)
        if check_hs6(entry, code, key):
            good.append((code, " ".join(node.text.split())))
    return tuple(good)


def _shared(entry: Entry, known: Collection[str]) -> frozenset[str]:
    at = entry.location("shared")
    shared = read_codes(entry, "shared")
    for code in shared:
        if code not in known:
            entry.fault(f"the shared code {code!r} is no code of {entry.what}", at)
    return frozenset(shared)


def _disguises(entry: Entry) -> Mapping[str, str]:
    good = {}
    for prefix, node in _pairs(entry, "disguises"):
        if not _PREFIX.fullmatch(prefix):
            entry.fault(f"{prefix!r} in 'disguises' of {entry.what} is no chapter, heading or subheading", node.at)
        elif node.text not in ("strong", "any"):
            entry.fault(f"{prefix!r} in 'disguises' of {entry.what} is {node.text!r}; write strong or any", node.at)
        else:
            good[prefix] = node.text
    return MappingProxyType(good)


def _control(entry: Entry) -> Mapping[str, tuple[str, ...]]:
    inner = entry.entry("control", f"'control' of {entry.what}")
    if inner is None:
        return MappingProxyType({})
    lists = {name: inner.texts(name) for name in ("eccn", "eu_dual_use", "wassenaar_ml")}
    inner.close()
    return MappingProxyType({name: values for name, values in lists.items() if values})


def _kit(entry: Entry) -> Kit | None:
    inner = entry.entry("kit", f"'kit' of {entry.what}")
    if inner is None:
        return None
    families = _families(inner)
    at_least = int(inner.number("at_least", low=1, high=max(1, len(families))))
    tiers = inner.texts("tiers")
    for tier in sorted(set(tiers) - set(TIERS)):
        inner.fault(f"{tier!r} in {inner.what} is no tier; use one of {', '.join(TIERS)}")
    kit = Kit(families, at_least, read_terms(inner, "markers"), tiers)
    inner.close()
    return kit


def _families(kit: Entry) -> Mapping[str, tuple[str, ...]]:
    node = kit.node("families", required=True)
    if node is None:
        return MappingProxyType({})
    inner = Entry(node, f"'families' in {kit.what}", kit.faults, kit.error)
    names = tuple(node.entries) if isinstance(node, strict_yaml.Mapping) else ()
    return MappingProxyType({name: read_terms(inner, name) for name in names})


def _false_friends(entry: Entry) -> Iterator[FalseFriend]:
    for friend, _ in placed_friends(entry):
        yield friend


def placed_friends(entry: Entry) -> Iterator[tuple[FalseFriend, tuple[Scalar, ...]]]:
    """Take the key `false_friends`: each with the places of its terms."""
    for friend in entry.entries("false_friends", f"a false friend of {entry.what}"):
        means, terms = friend.text("means"), placed_terms(friend, "terms")
        yield FalseFriend(means, tuple(term.text for term in terms), read_codes(friend, "codes")), terms
        friend.close()
