"""The distinct words of listed names, and which of them a word of a query may meet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from operator import ne
from typing import Literal, NamedTuple, get_args

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

from sanctionscreen.matching.alignment import SHORTEST_WHOLE, SMALL, Worded
from sanctionscreen.matching.columns import SEPARATOR, Array, Arrays, TextColumn
from sanctionscreen.matching.hashes import Hashed, Hashes, Ids, shortened, spread, together
from sanctionscreen.matching.keys import Keys, Seen
from sanctionscreen.matching.likeness import LONGEST_EDITED, MOST_SLIPS, NUMERALS, SAME_SOUND, edits_allowed, slip_share
from sanctionscreen.matching.weights import CLASSES, WeightClass, worth
from sanctionscreen.text.abjads import is_unvowelled, skeletons, vowelled
from sanctionscreen.text.lexicon import NAMING, PLACES, Word, WordKind
from sanctionscreen.text.persons import kin
from sanctionscreen.text.romanise import sound

Weights = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

_KINDS: tuple[WordKind, ...] = get_args(WordKind)
_FIELDS = ("native", "text", "sound", "meaning")
_OWN = np.uint64(0)
_NATIVE, _MEANING, _OTHER, _TEXT, _VOWELLED, _BARE, _CONSONANTS = (
    np.uint64(n * 0x5851F42D4C957F2D % 2**64) for n in (1, 3, 5, 7, 9, 11, 13)
)
"""Added to hashes, they keep spellings, meanings, sounds, other readings and letters apart."""


class Weighed(NamedTuple):
    """What words weigh in names of one class, and whether they tell one party from another there."""

    weight: Weights
    distinct: Flags
    spare: Weights

    @property
    def firm(self) -> Flags:
        """Words that tell two parties apart when only one has them."""
        firm: Flags = self.distinct & (self.spare == self.weight)
        return firm


class Meetings(NamedTuple):
    """Words that may meet, sorted by the word asked and the word listed; `share` is no less than their likeness."""

    asked: Ids
    listed: Ids
    share: Weights


class Letters(NamedTuple):
    """Words by the hashes and lengths of their spellings."""

    whole: Hashes
    lengths: Ids


class Words:
    """Distinct words with their hashes."""

    def __init__(self, words: Sequence[Word]) -> None:
        self.words = words
        self.texts = Hashed([word.text for word in words])
        self.sounds = Hashed([word.sound for word in words])
        self.is_form: Flags = np.fromiter((word.kind == "form" for word in words), dtype=np.bool_, count=len(words))
        self.is_small: Flags = np.fromiter((word.kind in SMALL for word in words), dtype=np.bool_, count=len(words))
        self.is_initial: Flags = np.fromiter(
            (word.kind == "initial" for word in words), dtype=np.bool_, count=len(words)
        )

    def weighed(self, of: WeightClass) -> Weighed:
        each = [worth(word, of) for word in self.words]
        return Weighed(
            np.array([one.weight for one in each], dtype=np.float64),
            np.array([one.distinct for one in each], dtype=np.bool_),
            np.array([one.spare for one in each], dtype=np.float64),
        )

    def hashed(self, *spellings: tuple[np.uint64, Callable[[Word], Iterable[str]]]) -> tuple[Hashes, Ids]:
        """Hashes of some spellings of each word, each kind of spelling salted with its number, and whose they are."""
        texts: list[str] = []
        owners: list[int] = []
        salts: list[np.uint64] = []
        for salt, spell in spellings:
            for at, word in enumerate(self.words):
                for text in spell(word):
                    texts.append(text)
                    owners.append(at)
            salts += [salt] * (len(texts) - len(salts))
        return Hashed(texts).whole + np.array(salts, dtype=np.uint64), np.array(owners, dtype=np.int64)

    def openings(self) -> Hashes:
        """One bit of 64 for the first two letters of each word: words that begin alike have the same."""
        bits = [
            1 << (ord(word.text[0]) * 31 + ord(word.text[1])) % 64 if len(word.text) > 1 else 0 for word in self.words
        ]
        return np.array(bits, dtype=np.uint64)

    def shapes(self) -> tuple[Hashes, Ids]:
        """Hashes of each word, of its sound, and of both with letters left out as far as slips are allowed; whose."""
        written, heard = _shapes(self.texts), _shapes(self.sounds)
        return np.concatenate([written[0] + _TEXT, heard[0]]), np.concatenate([written[1], heard[1]])


def _shapes(words: Hashed) -> tuple[Hashes, Ids]:
    hashes: list[Hashes] = [np.zeros(0, dtype=np.uint64)]
    owners: list[Ids] = [np.zeros(0, dtype=np.int64)]
    for length in sorted(set(words.lengths.tolist())):  # np.unique would load masked arrays
        if length:
            at = np.flatnonzero(words.lengths == length)
            # Of two neighbours, the longer may hold a slip more than the length of the shorter allows: never less.
            slips = edits_allowed(length, length) if length <= LONGEST_EDITED else 2 * (length <= LONGEST_EDITED + 2)
            made = shortened(words.matrix(at, length), slips)
            hashes.append(made.ravel())
            owners.append(at.repeat(made.shape[1]))
    return np.concatenate(hashes), np.concatenate(owners)


def _native(word: Word) -> tuple[str, ...]:
    return () if word.native.isascii() else (word.native,)


def _meanings(word: Word) -> tuple[str, ...]:
    """Meanings by which a word meets others; related names of people are found by any that they share."""
    if word.kind == "initial" and word.text in NUMERALS:
        return (f"number:{NUMERALS[word.text]}",)
    if not word.meaning:
        return (f"number:{word.text}",) if word.kind == "number" else ()
    return (word.meaning, *sorted(kin(word.meaning) - {word.meaning})) if word.kind in _OF_PEOPLE else (word.meaning,)


_OF_PEOPLE = frozenset({"given", "family", "patronymic"})


def _sound(word: Word) -> tuple[str, ...]:
    return (word.sound,)


def _other(word: Word) -> tuple[str, ...]:
    return tuple(sound(text) for text in (*word.other, *word.short)) if word.other or word.short else ()


def _vowelled(word: Word) -> tuple[str, ...]:
    return (vowelled(word.text),) if len(word.text) > 4 and word.kind in _NAMES else ()


def _bare(word: Word) -> tuple[str, ...]:
    """The consonants of a word in a script without vowels; one of them says nothing."""
    if word.native.isascii() or not is_unvowelled(word.native):
        return ()
    return tuple(bare for bare in skeletons(word.native) if len(bare) > 1)


def _consonants(word: Word) -> tuple[str, ...]:
    """Those of a word in another script."""
    return skeletons(word.text) if word.native.isascii() or not is_unvowelled(word.native) else ()


_NAMES = NAMING | PLACES | {"generic"}


class Vocabulary:
    """The distinct words of listed names, numbered in their order."""

    def __init__(self, arrays: Arrays) -> None:
        self._columns = {name: TextColumn.from_arrays(arrays, name) for name in (*_FIELDS, "other", "short")}
        self._kinds = arrays["kinds"]
        self._texts, self._has_unvowelled = arrays["texts"], bool(arrays["unvowelled"].any())
        self._exact, self._shapes, self._wholes = (Keys.of(arrays, name) for name in ("exact", "shapes", "wholes"))
        self.weighed: dict[WeightClass, Weighed] = {
            of: Weighed(arrays[f"{of}.weight"], arrays[f"{of}.distinct"], arrays[f"{of}.spare"]) for of in CLASSES
        }
        self.small: Flags = np.isin(self._kinds, [_KINDS.index(kind) for kind in SMALL])
        self.initials: Flags = self._kinds == _KINDS.index("initial")
        self.lengths, self._sound_lengths = arrays["lengths"], arrays["sound_lengths"]
        self.openings = arrays["openings"]
        self._beside = Seen(arrays["beside"])
        self._read: dict[int, Word] = {}
        self._worded: dict[WeightClass, dict[int, Worded]] = {of: {} for of in CLASSES}

    @staticmethod
    def build(words: Sequence[Word], beside: tuple[Ids, Ids]) -> dict[str, Array]:
        """The arrays of a vocabulary; `beside` are the couples of words that stand in one name."""
        hashed = Words(words)
        columns = {name: TextColumn.of(getattr(word, name) for word in words) for name in _FIELDS}
        columns |= {
            name: TextColumn.of(SEPARATOR.join(getattr(word, name)) for word in words) for name in ("other", "short")
        }
        spellings = ((_NATIVE, _native), (_MEANING, _meanings), (_OTHER, _other), (_VOWELLED, _vowelled),
                     (_BARE, _bare), (_CONSONANTS, _consonants))  # fmt: skip
        exact = [hashed.hashed(*spellings), (hashed.sounds.whole + _OWN, np.arange(len(words)))]
        whole, heard = np.flatnonzero(~hashed.is_form), np.flatnonzero(~hashed.is_form & (hashed.texts.lengths > 1))
        others, of_others = hashed.hashed((_TEXT, lambda word: word.other))
        wholes = np.concatenate([hashed.texts.whole[whole] + _TEXT, hashed.sounds.whole[heard], others])
        keys = {"exact": Keys.build(*(np.concatenate(parts) for parts in zip(*exact, strict=True))),
                "shapes": Keys.build(*hashed.shapes()),
                "wholes": Keys.build(wholes, np.concatenate([whole, heard, of_others]))}  # fmt: skip
        made: dict[str, Array] = {"kinds": np.array([_KINDS.index(word.kind) for word in words], dtype=np.uint8)}
        made["texts"], made["lengths"] = hashed.texts.whole, hashed.texts.lengths
        made["beside"] = Seen.build(*beside).table()
        made["openings"] = hashed.openings()
        made["sound_lengths"] = hashed.sounds.lengths
        made["unvowelled"] = np.array([bool(_bare(word)) for word in words], dtype=np.bool_)
        for of in CLASSES:
            made[f"{of}.weight"], made[f"{of}.distinct"], made[f"{of}.spare"] = hashed.weighed(of)
        made |= {f"{name}.{part}": array for name, column in columns.items() for part, array in column.arrays().items()}
        made |= {f"{name}.{part}": array for name, column in keys.items() for part, array in column.arrays().items()}
        return made

    def __len__(self) -> int:
        return len(self._kinds)

    def __getitem__(self, at: int) -> Word:
        word = self._read.get(at)
        if word is None:
            native, text, heard, meaning = (self._columns[name][at] for name in _FIELDS)
            other, short = self._columns["other"].several(at), self._columns["short"].several(at)
            word = self._read[at] = Word(native, text, heard, _KINDS[self._kinds[at]], meaning, other, short)
        return word

    def worded(self, at: int, of: WeightClass) -> Worded:
        """A word with its worth."""
        word = self._worded[of].get(at)
        if word is None:
            word = self._worded[of][at] = Worded(self[at], worth(self[at], of))
        return word

    def meet(self, words: Words) -> Meetings:
        """The listed words that each of these words may meet alone."""
        asked, listed, share = self._similar(words)
        spellings = [(_NATIVE, _native), (_MEANING, _meanings), (_OWN, _other), (_VOWELLED, _vowelled)]
        spellings += [(_CONSONANTS, _bare), (_OTHER, _sound), (_OTHER, _other)]
        spellings += [(_BARE, _consonants)] if self._has_unvowelled else []
        sought, owners = words.hashed(*spellings)
        position, equal = self._exact.find(sought)
        owners = owners[position]
        certain = np.ones(len(owners))
        return best(np.concatenate([asked, owners]), np.concatenate([listed, equal]), np.concatenate([share, certain]))

    def _similar(self, words: Words) -> Meetings:
        """Words of similar sound."""
        hashes, owners = words.shapes()
        position, listed = self._shapes.find(hashes)
        pairs = sorted_once(owners[position] * max(1, len(self)) + listed)
        asked, listed = np.divmod(pairs, max(1, len(self)))
        if not len(asked):
            return Meetings(asked, listed, np.zeros(0))
        share = self._slips("text", words, asked, listed)
        heard = self._heard_otherwise(words, asked, listed).nonzero()[0]
        share[heard] = np.maximum(share[heard], self._slips("sound", words, asked[heard], listed[heard]))
        same = (share == 1) & (self._texts[listed] != words.texts.whole[asked])
        near = share > 0
        return Meetings(asked[near], listed[near], np.where(same, SAME_SOUND, share)[near])

    def _slips(self, what: Literal["text", "sound"], words: Words, asked: Ids, listed: Ids) -> Weights:
        """How alike words are by their letters, or by those of their sounds."""
        spelt = [word.text if what == "text" else word.sound for word in words.words]
        left, right = [spelt[at] for at in asked.tolist()], self._columns[what].some(listed.tolist())
        slips = process.cpdist(left, right, scorer=OSA.distance, score_cutoff=MOST_SLIPS, dtype=np.int32)
        own, theirs = (words.texts, self.lengths) if what == "text" else (words.sounds, self._sound_lengths)
        return _share_of_slips(slips, own.lengths[asked], theirs[listed])

    def _heard_otherwise(self, words: Words, asked: Ids, listed: Ids) -> Flags:
        """Pairs of which a word sounds otherwise than it is written; any pair, where few are looked at."""
        if len(asked) < len(self):
            return np.ones(len(asked), dtype=np.bool_)
        own = np.array([word.text != word.sound for word in words.words], dtype=np.bool_)
        heard: Flags = own[asked] | self._sounds_otherwise[listed]
        return heard

    @cached_property
    def _sounds_otherwise(self) -> Flags:
        written, heard = self._columns["text"].all(), self._columns["sound"].all()
        return np.fromiter(map(ne, written, heard), dtype=np.bool_, count=len(self))

    def wholes(self, texts: Letters, sounds: Letters, first: Ids, second: Ids) -> tuple[Ids, Ids]:
        """Pairs (position of a couple of words, listed word that writes the two as one)."""
        written, listed = self._wholes.find(
            together(texts.whole[first], texts.lengths[first], texts.whole[second]) + _TEXT
        )
        long = np.flatnonzero((texts.lengths[first] > 1) & (texts.lengths[second] > 1))
        first, second = first[long], second[long]
        heard, alike = self._wholes.find(together(sounds.whole[first], sounds.lengths[first], sounds.whole[second]))
        return np.concatenate([written, long[heard]]), np.concatenate([listed, alike])

    def parts(self, words: Words) -> tuple[Ids, Ids]:
        """Pairs (word, listed word that is a part of it), where a listed name has both parts."""
        asked, listed = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
        others = [(at, text) for at, word in enumerate(words.words) for text in word.other]
        alone = np.arange(len(words.words))
        owners = np.array([at for at, _ in others], dtype=np.int64)
        spellings = (
            (words.texts, alone, _TEXT),
            (words.sounds, alone, _OWN),
            (Hashed([t for _, t in others]), owners, _TEXT),
        )
        for hashed, owner, salt in spellings:
            may_be = (words.texts.lengths >= SHORTEST_WHOLE) & ~words.is_form
            at = np.flatnonzero(may_be[owner] & (hashed.lengths > 1))
            cuts = hashed.lengths[at] - 1
            whose, length = at.repeat(cuts), spread(np.ones(len(at), dtype=np.int64), cuts)
            begun, beginning = self._wholes.find(hashed.beginnings(whose, length) + salt)
            ended, ending = self._wholes.find(hashed.ends(whose[begun], length[begun]) + salt)
            first, word = beginning[ended], owner[whose[begun[ended]]]
            together = self._beside.has(first, ending)
            asked.append(word[together].repeat(2))
            listed.append(np.stack([first[together], ending[together]], axis=1).ravel())
        return np.concatenate(asked), np.concatenate(listed)


def _share_of_slips(slips: npt.NDArray[np.int32], left: Ids, right: Ids) -> Weights:
    """How alike words of these lengths are that differ by slips; 0 for more than their lengths allow."""
    shorter, longer = np.minimum(left, right), np.maximum(left, right)
    near = (slips <= _ALLOWED[np.minimum(shorter, LONGEST_EDITED + 1), np.minimum(longer, LONGEST_EDITED + 1)]) & (
        longer > 0
    )
    return np.where(near, slip_share(slips, np.maximum(longer, 1)), 0.0)


_ALLOWED = np.array([[edits_allowed(a, b) for b in range(LONGEST_EDITED + 2)] for a in range(LONGEST_EDITED + 2)])


def sorted_once(keys: Ids) -> Ids:
    """Each key once, sorted."""
    keys = np.sort(keys)
    once: Ids = keys[np.concatenate([np.ones(min(1, len(keys)), dtype=np.bool_), keys[1:] != keys[:-1]])]
    return once


def best(asked: Ids, listed: Ids, share: Weights) -> Meetings:
    """Each pair once, with its highest share; sorted."""
    order = np.lexsort((-share, listed, asked))
    asked, listed, share = asked[order], listed[order], share[order]
    first = np.ones(len(asked), dtype=np.bool_)
    first[1:] = (asked[1:] != asked[:-1]) | (listed[1:] != listed[:-1])
    return Meetings(asked[first], listed[first], share[first])
