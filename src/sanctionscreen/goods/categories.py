"""Reading `goods.yml`: the categories of controlled goods with their codes, terms and false friends."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from sanctionscreen import strict_yaml
from sanctionscreen.goods.terms import Role, Sense
from sanctionscreen.strict_yaml import Entry, Scalar
from sanctionscreen.watchlist.listfile import read_citations, read_unique

TIERS = ("1", "2", "3.A", "3.B", "4.A", "4.B")

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


def read_categories(root: Entry, documents: Collection[str] | None) -> dict[str, Category]:
    """Take the key `categories`; every fault is noted in the entry."""
    return read_unique(root, "categories", "category", lambda key, entry: _category(key, entry, documents))


def _category(key: str, entry: Entry, documents: Collection[str] | None) -> Category:
    codes = _codes(entry, "codes", required=True)
    codes_hs2017 = _codes(entry, "codes_hs2017")
    disguises = _disguises(entry)
    category = Category(
        id=key,
        label=entry.text("label"),
        named_in=read_citations(entry, "named_in", documents, "document"),
        sources=read_citations(entry, "sources", documents, "document"),
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
        chapters=_chapters({*codes, *codes_hs2017}, disguises),
    )
    _check(category, entry)
    return category


def _check(category: Category, entry: Entry) -> None:
    if not category.named_in and not category.sources:
        entry.fault(f"{entry.what} needs a document that names it, under 'named_in' or 'sources'")
    if category.weak and not category.weak_because:
        entry.fault(f"{entry.what} has weak terms; 'weak_because' must say why they are")
    both = {term.casefold() for term in category.strong} & {term.casefold() for term in category.weak}
    for term in sorted(both):
        entry.fault(f"the term {term!r} of {entry.what} is both strong and weak", entry.location("weak"))


def _chapters(codes: Collection[str], disguises: Mapping[str, str]) -> frozenset[str]:
    return frozenset(code[:2] for code in codes if not any(code.startswith(prefix) for prefix in disguises))


def check_hs6(entry: Entry, scalar: Scalar, key: str) -> bool:
    """Note a fault unless a text is six digits."""
    if _HS6.fullmatch(scalar.text):
        return True
    entry.fault(f"{scalar.text!r} in {key!r} of {entry.what} is not a code of six digits", scalar.at)
    return False


def read_codes(entry: Entry, key: str, *, required: bool = False) -> tuple[str, ...]:
    """Take a list of six-digit codes, each once."""
    good: dict[str, None] = {}
    for scalar in entry.scalars(key, required=required):
        if scalar.text in good:
            entry.fault(f"{scalar.text!r} stands twice in {key!r} of {entry.what}", scalar.at)
        elif check_hs6(entry, scalar, key):
            good[scalar.text] = None
    return tuple(good)


def read_terms(entry: Entry, key: str) -> tuple[str, ...]:
    """Take a list of terms, each once, each with a letter or digit in it."""
    good: dict[str, str] = {}
    for scalar in entry.scalars(key):
        folded = scalar.text.casefold()
        if not any(c.isalnum() for c in folded):
            entry.fault(f"{scalar.text!r} in {key!r} of {entry.what} holds no word", scalar.at)
        elif folded in good:
            entry.fault(f"the term {scalar.text!r} stands twice in {key!r} of {entry.what}", scalar.at)
        else:
            good[folded] = " ".join(scalar.text.split())
    return tuple(good.values())


def _pairs(entry: Entry, key: str, *, required: bool = False) -> Iterator[tuple[str, Scalar]]:
    for name, node in entry.items(key, required=required).items():
        if isinstance(node, Scalar):
            yield name, node
        else:
            entry.fault(f"{name!r} in {key!r} of {entry.what} must be one text", node.at)


def _codes(entry: Entry, key: str, *, required: bool = False) -> Mapping[str, str]:
    good = {}
    for code, node in _pairs(entry, key, required=required):
        if check_hs6(entry, Scalar(code, True, node.at), key):
            good[code] = " ".join(node.text.split())
    return MappingProxyType(good)


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
    for friend in entry.entries("false_friends", f"a false friend of {entry.what}"):
        yield FalseFriend(friend.text("means"), read_terms(friend, "terms"), read_codes(friend, "codes"))
        friend.close()
