"""What a description says: categories its terms raise, what supports or cancels them, and whether it says anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sanctionscreen.goods.categories import Category
from sanctionscreen.goods.lists import GoodsLists
from sanctionscreen.goods.terms import MAX_CHARACTERS, Found, Role, Words, places_of_words, readable
from sanctionscreen.model import GoodsSpan

BESIDE = 2
"""Words that may stand between a term and a false friend beside it: "helmet for a motorcycle"."""

EXCLUDED = 6
"""Words after "other than" that it reaches: "other than accessories or parts of machine tools"."""

_OWN = (Role.STRONG, Role.WEAK, Role.KIT_FAMILY, Role.KIT_MARKER)
_CANCEL = (Role.FALSE_FRIEND, Role.ACCESSORY, Role.EXCLUSION)


@dataclass(slots=True)
class Description:
    """The reading of a text, by category id; terms are quoted as the lists spell them."""

    raised: dict[str, str] = field(default_factory=dict)
    """Categories that the text alone raises, each with the sentence that says why."""
    is_the_goods: set[str] = field(default_factory=set)
    """Categories of `raised` that the text names as the goods themselves, not as what they are for or hold."""
    confirmed: set[str] = field(default_factory=set)
    """Categories of `raised` that a weak term, with another word, names as the goods."""
    asides: dict[str, str] = field(default_factory=dict)
    """Categories that the goods are for, or hold, each with the sentence that says so; some are the goods as well."""
    weak: dict[str, str] = field(default_factory=dict)
    """Weak terms by category; they count with a code."""
    kit_markers: dict[str, str] = field(default_factory=dict)
    euphemisms: dict[str, str] = field(default_factory=dict)
    cancelled: dict[str, str] = field(default_factory=dict)
    """Categories that a false friend kept silent, each with the sentence that says why."""
    vague: bool = False
    notes: tuple[str, ...] = ()
    marks: dict[Found, str] = field(default_factory=dict)
    """What each term found says of its category: the `says` of a span."""

    def adds_nothing(self, *, euphemisms_count: bool) -> bool:
        """Whether a reading of the code alone says the same; euphemisms count where a code names a category."""
        says = self.raised or self.weak or self.kit_markers or self.cancelled or self.vague or self.notes
        return not says and not (euphemisms_count and self.euphemisms)


def read_description(text: str, lists: GoodsLists) -> Description:
    """Read a text of any length; what lies behind `MAX_CHARACTERS` is not read, and said so."""
    words = lists.terms.find(readable(text))
    reading = Description(vague=_is_vague(words))
    if len(text) > MAX_CHARACTERS:
        reading.notes = (f"only the first {MAX_CHARACTERS:,} of {len(text):,} characters of the description were read",)
    own = [found for found in words.found if found.sense.role in _OWN]
    if own:
        kept = _without_false_friends(own, words, reading)
        _raise(_without_shorter(kept), words, lists.categories, reading)
    hidden = [found for found in words.found if found.sense.role is Role.EUPHEMISM]
    reading.euphemisms = {found.sense.category: found.sense.term for found in hidden}
    reading.marks.update((found, "euphemism") for found in hidden if found.sense.category in reading.raised)
    return reading


def spans_of(text: str, reading: Description) -> tuple[GoodsSpan, ...]:
    """Where the terms that say something stand in the text as written, in its order."""
    places = places_of_words(text) if reading.marks else []
    found = {
        GoodsSpan(places[f.start][0], places[f.end - 1][1], says, f.sense.category, f.sense.term)
        for f, says in reading.marks.items()
    }
    return tuple(sorted(found, key=lambda span: (span.start, span.end, span.category, span.says, span.term)))


def _is_vague(words: Words) -> bool:
    """Nothing but vague words, fillers and numbers."""
    if words.unknown:
        return False
    said = {n for f in words.found if f.sense.role in (Role.VAGUE, Role.FILLER) for n in range(f.start, f.end)}
    named = {n for f in words.found if f.sense.role in _OWN for n in range(f.start, f.end)}
    return not (named - said) and words.named <= said


def _without_false_friends(own: list[Found], words: Words, reading: Description) -> list[Found]:
    cancelling = [f for f in words.found if f.sense.role in _CANCEL]
    if not cancelling:
        return own
    kept = []
    for found in own:
        friend = next((f for f in cancelling if _cancels(f, found, own, words)), None)
        if friend is None:
            kept.append(found)
        else:
            reading.cancelled.setdefault(found.sense.category, _why_cancelled(found, friend))
            reading.marks[found] = "cancelled"
            reading.marks[friend] = "cancels"
    return kept


def _why_cancelled(found: Found, friend: Found) -> str:
    if friend.sense.role is not Role.FALSE_FRIEND:
        return f"text {found.sense.term!r} with {friend.sense.term!r} is not the goods"
    return f"text {found.sense.term!r} beside {friend.sense.term!r} is read as {friend.sense.note}"


def _cancels(friend: Found, found: Found, own: list[Found], words: Words) -> bool:
    if friend.sense.role is Role.ACCESSORY:
        return found.sense.role in (Role.STRONG, Role.WEAK) and _is_accessory_of(friend, found, words)
    if friend.sense.role is Role.EXCLUSION:
        return _excludes(friend, found, words)
    if friend.sense.category != found.sense.category:
        return False
    if friend.start < found.end and found.start < friend.end:
        return friend.end - friend.start >= found.end - found.start
    if any(f.sense.category == friend.sense.category and _overlap(f, friend) for f in own):
        return False  # it speaks of the term it contains
    left, right = (friend, found) if friend.start < found.start else (found, friend)
    is_strong = found.sense.role is Role.STRONG
    return right.start - left.end <= BESIDE and not words.parted(left.end, right.start, by_comma=is_strong)


def _excludes(exclusion: Found, found: Found, words: Words) -> bool:
    is_near = 0 <= found.start - exclusion.end <= EXCLUDED
    return is_near and not words.parted(exclusion.end, found.start, by_comma=False)


def _overlap(left: Found, right: Found) -> bool:
    return left.start < right.end and right.start < left.end


def _is_accessory_of(accessory: Found, found: Found, words: Words) -> bool:
    """Whether an accessory follows the term, or precedes it by a word of purpose: drone bag, bag for a drone."""
    if accessory.start == found.end:
        return not words.parted(found.end, accessory.start, by_comma=True) and accessory.start not in words.commas
    between = range(accessory.end, found.start)
    return 1 <= len(between) <= 2 and any(n in words.purposes for n in between)


def _without_shorter(own: list[Found]) -> list[Found]:
    """Drop a term that is part of a longer strong one of another category: "rifle scope" is no rifle."""
    strong = [f for f in own if f.sense.role is Role.STRONG and f.end - f.start > 1]
    if not strong:
        return own
    return [f for f in own if not any(_swallows(longer, f) for longer in strong)]


def _swallows(longer: Found, found: Found) -> bool:
    inside = longer.start <= found.start and found.end <= longer.end
    shorter = found.end - found.start < longer.end - longer.start
    return inside and shorter and longer.sense.category != found.sense.category


def _raise(own: list[Found], words: Words, categories: Mapping[str, Category], reading: Description) -> None:
    for found in sorted(own, key=lambda f: (f.start - f.end, f.start)):  # the longest term speaks
        category, term = found.sense.category, found.sense.term
        if found.sense.role is Role.STRONG:
            reading.marks[found] = "strong"
            reading.raised.setdefault(category, f"text {term!r} says {category}")
            aside = words.is_aside(found)
            if not aside:
                reading.is_the_goods.add(category)
            else:
                reading.marks[found] = aside
                said = "are for" if aside == "for" else "hold"
                reading.asides.setdefault(category, f"text {term!r} says what the goods {said}")
        elif found.sense.role is Role.WEAK:
            reading.marks[found] = "weak"
            reading.weak.setdefault(category, term)
            if confirming := _confirmed(found, words):
                reading.marks[confirming] = "confirms"
                said = f"text {term!r} with {confirming.sense.term!r} says {category}"
                reading.raised.setdefault(category, said)
                if not words.is_aside(found):
                    reading.confirmed.add(category)
        elif found.sense.role is Role.KIT_MARKER:
            reading.marks[found] = "kit"
            reading.kit_markers.setdefault(category, term)
    _raise_kits(own, categories, reading)


def _confirmed(weak: Found, words: Words) -> Found | None:
    """A word elsewhere in the text that makes the weak term count, and is not itself excluded."""
    exclusions = [f for f in words.found if f.sense.role is Role.EXCLUSION]
    for other in words.found:
        if other.sense.role is not Role.CONFIRM or other.sense.category != weak.sense.category or _overlap(other, weak):
            continue
        if not any(_excludes(exclusion, other, words) for exclusion in exclusions):
            return other
    return None


def _raise_kits(own: list[Found], categories: Mapping[str, Category], reading: Description) -> None:
    families: dict[str, dict[str, str]] = {}
    for found in own:
        if found.sense.role is Role.KIT_FAMILY:
            reading.marks[found] = "kit"
            families.setdefault(found.sense.category, {}).setdefault(found.sense.note, found.sense.term)
    for category, terms in families.items():
        kit = categories[category].kit
        if kit and len(terms) >= kit.at_least:
            named = ", ".join(repr(term) for term in terms.values())
            reading.raised.setdefault(category, f"text names {len(terms)} families of components ({named}): {category}")
            reading.is_the_goods.add(category)
