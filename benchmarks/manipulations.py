"""Names as a document may spell them: one manipulation of a listed name a class, the same for the same name always.

Written before the matcher was tuned and left alone since. A class that does not apply to a name gives None.
The letters are in `slips`, the words in `rewordings`; names that must not be found are in `hard_negatives`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from random import Random

import rewordings
import slips

Manipulation = Callable[[str, Random], "str | None"]

_ANY: dict[str, Manipulation] = {
    "typo": slips.typo,
    "transposition": slips.transposition,
    "keyboard slip": slips.keyboard,
    "insertion": slips.insertion,
    "deletion": slips.deletion,
    "doubled or collapsed letter": slips.doubled,
    "vowel swap": slips.vowel,
    "consonant swap": slips.consonant,
    "phonetic": slips.phonetic,
    "scanned": slips.scanned,
    "truncated to 35": slips.truncated_35,
    "truncated to 20": slips.truncated_20,
    "missing space": slips.missing_space,
    "extra space": slips.extra_space,
    "hyphen or apostrophe": slips.hyphen,
    "no-break spaces": slips.no_break_spaces,
    "diacritics": slips.diacritics,
    "mojibake": slips.mojibake,
    "lookalike or invisible": slips.lookalike,
    "case": rewordings.other_case,
    "token order": rewordings.token_order,
}

_OF_PERSONS: dict[str, Manipulation] = {
    "comma form": rewordings.comma_form,
    "middle name dropped": rewordings.drop_middle,
    "initials": rewordings.initials,
    "title": rewordings.title,
    "nickname": rewordings.nickname,
}

_OF_COMPANIES: dict[str, Manipulation] = {
    "form dropped": rewordings.form_drop,
    "form expanded": rewordings.form_expand,
    "form translated": rewordings.form_translate,
    "abbreviation": rewordings.abbreviation,
    "ampersand": rewordings.ampersand,
}

_NUMBERS: dict[str, Manipulation] = {"number and word": rewordings.number_word, "numeral": rewordings.numeral}

_CELLS: dict[str, Manipulation] = {"wrapped": rewordings.wrapped, "concatenated": rewordings.concatenated}

CLASSES: dict[str, dict[str, Manipulation]] = {
    "person": _ANY | _OF_PERSONS | _CELLS,
    "company": _ANY | _OF_COMPANIES | _NUMBERS | _CELLS,
    "vessel": _ANY | {"prefix": rewordings.vessel_prefix} | _NUMBERS,
}
"""Kind of party, then class of manipulation."""

OF_CELLS = frozenset(_CELLS)
"""Classes that make a cell of a document, which is read as one before any name is looked up."""


def seeded(*parts: str) -> Random:
    """A generator of random numbers that depends on these texts alone."""
    return Random(int.from_bytes(hashlib.blake2b("|".join(parts).encode("utf-8", "replace"), digest_size=8).digest()))


def manipulated(name: str, kind: str, manipulation: str) -> str | None:
    """The name after one manipulation; None where it does not apply or changes nothing."""
    changed = CLASSES[kind][manipulation](name, seeded(manipulation, name))
    return changed if changed and changed != name else None
