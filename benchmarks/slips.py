"""Slips of letters, signs and spaces: one wrong letter, one lost space, one scanner's mistake. Part of `manipulations`.

Tables are this benchmark's own: a test that reads the product's tables proves nothing.
"""

from __future__ import annotations

import unicodedata
from random import Random

LETTERS = "abcdefghijklmnopqrstuvwxyz"
VOWELS = "aeiou"
CONSONANTS = "".join(letter for letter in LETTERS if letter not in "aeiouy")

_KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")

_SOUNDS = [
    *(("ph", "f"), ("f", "ph"), ("ck", "k"), ("kh", "h"), ("zh", "j"), ("x", "ks"), ("ks", "x"), ("sch", "sh")),
    *(("sh", "sch"), ("w", "v"), ("v", "w"), ("q", "k"), ("ca", "ka"), ("ka", "ca"), ("co", "ko"), ("ko", "co")),
    *(("oo", "u"), ("ou", "u"), ("ee", "i"), ("ei", "ai"), ("ya", "ia"), ("ia", "ya"), ("yu", "iu"), ("dh", "d")),
    *(("th", "t"), ("iy", "y"), ("y", "i"), ("ts", "tz"), ("tz", "ts"), ("z", "s"), ("dzh", "j"), ("ch", "tch")),
]

_SCAN = [
    *(("O", "0"), ("0", "O"), ("I", "1"), ("l", "1"), ("S", "5"), ("B", "8"), ("G", "6"), ("Z", "2"), ("rn", "m")),
    *(("m", "rn"), ("cl", "d"), ("d", "cl"), ("e", "c"), ("w", "vv"), ("h", "b"), ("RN", "M"), ("E", "F"), ("Q", "O")),
]

_EXPANDED = {
    **{"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "å": "aa", "ø": "oe", "æ": "ae", "œ": "oe", "đ": "dj", "ð": "d"},
    **{"č": "ch", "š": "sh", "ž": "zh", "ş": "sh", "ğ": "gh", "ł": "l", "ı": "i", "þ": "th", "ç": "c", "ñ": "n"},
}

_ACCENTED = {"a": "á", "e": "é", "i": "í", "o": "ö", "u": "ü", "c": "ç", "s": "š", "z": "ž", "n": "ñ"}

_LOOKALIKE = dict(zip("aceopxyABCEHKMOPTX", "асеорхуАВСЕНКМОРТХ", strict=True))

_INVISIBLE = "\u200b\u200d\u00ad\u2060"

_TELLS = 8
"""Fewest letters of a name that stays recognisable after a slip: in fewer, one wrong letter makes another name."""


def _like(letter: str, model: str) -> str:
    return letter.upper() if model.isupper() else letter


def _places(name: str, wanted: str = LETTERS) -> list[int]:
    """Where wanted letters stand in words of four letters or more; nowhere in a name too short to bear a slip."""
    if sum(character.isalpha() for character in name) < _TELLS:
        return []
    places, start = [], 0
    for word in name.split(" "):
        if sum(character.isalpha() for character in word) >= 4:
            places += [start + at for at, letter in enumerate(word) if letter.lower() in wanted]
        start += len(word) + 1
    return places


def _replaced(name: str, random: Random, wanted: str, by: str) -> str | None:
    places = _places(name, wanted)
    if not places:
        return None
    at = random.choice(places)
    new = random.choice([letter for letter in by if letter != name[at].lower()])
    return name[:at] + _like(new, name[at]) + name[at + 1 :]


def typo(name: str, random: Random) -> str | None:
    return _replaced(name, random, LETTERS, LETTERS)


def vowel(name: str, random: Random) -> str | None:
    return _replaced(name, random, VOWELS, VOWELS)


def consonant(name: str, random: Random) -> str | None:
    return _replaced(name, random, CONSONANTS, CONSONANTS)


def keyboard(name: str, random: Random) -> str | None:
    places = _places(name)
    if not places:
        return None
    at = random.choice(places)
    row, column = next(
        (r, line.index(name[at].lower())) for r, line in enumerate(_KEYBOARD) if name[at].lower() in line
    )
    near = [(row, column - 1), (row, column + 1), (row - 1, column), (row + 1, column)]
    keys = [_KEYBOARD[r][c] for r, c in near if 0 <= r < 3 and 0 <= c < len(_KEYBOARD[r])]
    return name[:at] + _like(random.choice(keys), name[at]) + name[at + 1 :]


def transposition(name: str, random: Random) -> str | None:
    places = set(_places(name))
    pairs = [at for at in sorted(places) if at + 1 in places and name[at].lower() != name[at + 1].lower()]
    if not pairs:
        return None
    at = random.choice(pairs)
    return name[:at] + _like(name[at + 1], name[at]) + _like(name[at].lower(), name[at + 1]) + name[at + 2 :]


def insertion(name: str, random: Random) -> str | None:
    places = _places(name)
    if not places:
        return None
    at = random.choice(places)
    return name[:at] + _like(random.choice(LETTERS), name[at]) + name[at:]


def deletion(name: str, random: Random) -> str | None:
    places = _places(name)
    if not places:
        return None
    at = random.choice(places)
    return name[:at] + name[at + 1 :]


def doubled(name: str, random: Random) -> str | None:
    """A doubled letter is written once, or a single one twice."""
    places = _places(name)
    twice = [at for at in places if at and name[at].lower() == name[at - 1].lower()]
    if twice and random.random() < 0.5:
        at = random.choice(twice)
        return name[:at] + name[at + 1 :]
    if not places:
        return None
    at = random.choice(places)
    return name[:at] + name[at] + name[at:]


def _spelt(new: str, old: str) -> str:
    return new.upper() if old.isupper() else new.capitalize() if old[:1].isupper() else new


def _rewritten(name: str, random: Random, table: list[tuple[str, str]], *, any_case: bool) -> str | None:
    text = name.lower() if any_case else name
    places = _places(name, LETTERS + "0") if any_case else list(range(len(name)))
    found = [(at, old, new) for old, new in table for at in places if text.startswith(old, at)]
    if not found or not _places(name):
        return None
    at, old, new = random.choice(found)
    return name[:at] + (_spelt(new, name[at : at + 2]) if any_case else new) + name[at + len(old) :]


def phonetic(name: str, random: Random) -> str | None:
    return _rewritten(name, random, _SOUNDS, any_case=True)


def scanned(name: str, random: Random) -> str | None:
    return _rewritten(name, random, _SCAN, any_case=False)


def _cut(name: str, length: int) -> str | None:
    """The first characters of a name that loses more than the end of a word, and keeps two words whole."""
    if len(name) < length + 3:
        return None
    whole = [word for word in name[:length].split(" ")[:-1] if len(word) >= 3]
    return name[:length].strip() if len(whole) >= 2 else None


def truncated_35(name: str, random: Random) -> str | None:
    return _cut(name, 35)


def truncated_20(name: str, random: Random) -> str | None:
    return _cut(name, 20)


def missing_space(name: str, random: Random) -> str | None:
    spaces = [at for at, character in enumerate(name) if character == " "]
    if not spaces or sum(map(str.isalpha, name)) < _TELLS:
        return None
    at = random.choice(spaces)
    return name[:at] + name[at + 1 :]


def extra_space(name: str, random: Random) -> str | None:
    """A word falls apart, with two letters or more on either side."""
    places = [at for at in _places(name) if at >= 2 and len(pair := name[at - 2 : at + 2]) == 4 and pair.isalpha()]
    if not places:
        return None
    at = random.choice(places)
    return name[:at] + " " + name[at:]


def hyphen(name: str, random: Random) -> str | None:
    """A hyphen or apostrophe goes, changes, or comes where a space was."""
    at = [place for place, character in enumerate(name) if character in "-'’`"]
    if at:
        place = random.choice(at)
        others = ["", " "] if name[place] == "-" else ["", "’", "`"]
        return name[:place] + random.choice(others) + name[place + 1 :]
    spaces = [place for place in range(1, len(name) - 1) if name[place] == " " and name[place - 1].isalpha()]
    if not spaces:
        return None
    place = random.choice(spaces)
    return name[:place] + "-" + name[place + 1 :]


def no_break_spaces(name: str, random: Random) -> str | None:
    """Punctuation turns to no-break spaces, as in text copied from a web page."""
    return "".join("\u00a0" if character in " .,-'\"()/" else character for character in name)


def diacritics(name: str, random: Random) -> str | None:
    """Accents are dropped or written out; a name without gets one."""
    if any(unicodedata.combining(c) for c in unicodedata.normalize("NFD", name)) or set(name.lower()) & set(_EXPANDED):
        if random.random() < 0.5:
            out = "".join(_like(_EXPANDED.get(c.lower(), c), c) for c in name)
            if out != name:
                return out
        return "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    return _accent(name, random)


def _accent(name: str, random: Random) -> str | None:
    places = _places(name, "".join(_ACCENTED))
    if not places:
        return None
    at = random.choice(places)
    return name[:at] + _like(_ACCENTED[name[at].lower()], name[at]) + name[at + 1 :]


def mojibake(name: str, random: Random) -> str | None:
    """What the sender's encoding lacks arrives as a question mark: letters with accents, curly apostrophes."""
    given = name if any(ord(c) > 127 for c in name) else _accent(name, random)
    if not given or sum(ord(c) > 127 for c in given) * 4 > len(given):
        return None
    return given.encode("ascii", "replace").decode("ascii")


def lookalike(name: str, random: Random) -> str | None:
    """One to three Latin letters are Cyrillic ones, or a character nobody sees stands inside a word."""
    places = _places(name, "".join(_LOOKALIKE).lower())
    places = [at for at in places if name[at] in _LOOKALIKE]
    if not places or random.random() < 0.4:
        inside = [at for at in _places(name) if at and name[at - 1].isalpha()]
        at = random.choice(inside) if inside else 0
        return name[:at] + random.choice(_INVISIBLE) + name[at:] if at else None
    chosen = set(random.sample(places, min(len(places), random.randint(1, 3))))
    return "".join(_LOOKALIKE[c] if at in chosen else c for at, c in enumerate(name))
