"""Latin words spelt by the habits of one language, read as English spells them: Chruschtschow is Khrushchov."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

# Endings that make a family name or patronymic Slavic in any Latin spelling. Other words keep their letters: in them
# the same letters stand for other sounds.
_ENDINGS = (
    *"ov ev ow ew off eff ova eva owa ewa".split(),  # -ов, -ева: Ivanov, Iwanow, Smirnoff
    *"ovich evich ovych evych owicz ewicz owitsch ewitsch owytsch ewytsch ovitch evitch ovic evic".split(),  # -ович
    *"ovna evna owna ewna ivna iwna".split(),  # -овна
    *"sky ski skii skij skiy skyi skyy skyj skaya skaia skaja skoy skoi skoj cki cky cka tski tsky zki zky".split(),
    *"ovitj evitj avitj ivitj avich evich avitch avic tjuk tjenko sjenko tjev tjov".split(),  # Swedish, Belarusian
    *"enko chuk czuk schuk tchouk iuk juk yuk iouk nuk ruk luk cuk".split(),
)
_WEAK_ENDINGS = tuple("in ina ine yn".split())  # -ин, which other languages have as well: Putin, Poutine, Martin
_VOWEL = re.compile("[aeiouy]")

_Letters = Mapping[str, str]
# What the letters of one habit stand for; of two that fit, the longer is read.
_ANY: _Letters = {"off": "ov", "eff": "ev", "jo": "yo", "io": "yo"}
_GERMAN: _Letters = {
    "schtsch": "shch", "tsch": "ch", "sch": "sh", "ch": "kh", "tz": "ts", "z": "ts", "w": "v", "ss": "s",
    "jo": "yo", "j": "y",
}  # fmt: skip
_POLISH: _Letters = {
    "szcz": "shch", "cz": "ch", "sz": "sh", "rz": "zh", "ch": "kh", "c": "ts", "ck": "tsk", "w": "v",
    "jo": "yo", "j": "y",
}  # fmt: skip
_FRENCH: _Letters = {
    "chtch": "shch", "tch": "ch", "sch": "sh", "ch": "sh", "ou": "u", "gue": "ge", "gui": "gi", "dj": "dzh", "j": "zh",
    "off": "ov", "eff": "ev", "iou": "yu", "io": "yo", "ine": "in",
}  # fmt: skip
_NORDIC: _Letters = {
    "sjtsj": "shch", "sjtj": "shch", "stj": "shch", "tsj": "ch", "tj": "ch", "sj": "sh", "zj": "zh", "oe": "u",
    "jo": "yo", "j": "y",
}  # fmt: skip
_ZH: _Letters = {"dj": "dzh", "j": "zh"}  # ж of French, Romanian and Turkish: Jukov
_DZH: _Letters = {"dj": "dzh", "j": "dzh"}  # дж of English: Jabbarov
_BARE_CH: _Letters = {"sc": "shch", "ch": "ch", "ck": "ck", "cz": "cz", "c": "ch"}  # č without its hook: Hruscev
_BARE_TS: _Letters = {"ch": "ch", "ck": "ck", "cz": "cz", "c": "ts"}  # ц of ISO 9 and Croatian: Kuznecov

_GERMAN_MARK = re.compile(r"(?!.*(?:cz|sz|c[^hk]))(?:.*[oe]wa?$|.*[oe]w[niy]|.*wsk|.*skyj$)")
_POLISH_MARK = re.compile(r"cz|sz|[oe]wa?$|[oe]w[ni]|wsk|ck[iay]")
_NORDIC_MARK = re.compile(r"[tsz]j")  # and Dutch
_FRENCH_MARK = re.compile(r"tch|ou|gu[ei]")
_BARE_C = re.compile(r"c(?![hkz])")
_J = re.compile(r"j(?=[aeiou])")
_ZH_IN_GERMAN = re.compile(r"(?<!t)sch(?!tsch)")
_Z_IN_GERMAN = re.compile(r"(?<=[aeiouy])s(?=[aeioubdglmn])")


LATIN = re.compile("[a-z\u00df-\u024f\u0259\u1e00-\u1eff]")


def may_have_readings(word: str) -> bool:
    """A cheap look before `readings`: most words have none."""
    return (
        word.endswith((*_ENDINGS, *_WEAK_ENDINGS, *_NATIONAL_ENDINGS)) or "ue" in word or "oe" in word or "ae" in word
    )


def readings(word: str) -> Iterator[str]:
    """All readings of a word of plain Latin letters."""
    yield from slavic(word)
    yield from filter(None, (umlaut(word), national(word)))


def slavic(word: str) -> Iterator[str]:
    """Readings of a Slavic name that another language spelt, in English spelling; none for other words.

    >>> sorted(set(slavic("chruschtschow"))), list(slavic("jukov")), list(slavic("paris"))
    (['khrushchov'], ['zhukov', 'dzhukov'], [])
    """
    strong = word.endswith(_ENDINGS)
    if not (strong or word.endswith(_WEAK_ENDINGS)) or not _VOWEL.search(word, 0, len(word) - 2):
        return
    if "sch" in word or (strong and _GERMAN_MARK.match(word)):
        yield _read(word, _GERMAN)
        # German writes ш and ж alike, and с and з.
        yield _read(_Z_IN_GERMAN.sub("Z", _ZH_IN_GERMAN.sub("ZH", word)), _GERMAN)
    elif strong and _POLISH_MARK.search(word):
        yield _read(word, _POLISH)
    elif strong and _NORDIC_MARK.search(word):
        yield _read(word, _NORDIC)
    elif _FRENCH_MARK.search(word):
        yield _read(word, _FRENCH)
    elif strong and _BARE_C.search(word):
        yield _read(word, _BARE_CH)
        yield _read(word, _BARE_TS)
    elif strong and _J.search(word):
        yield _read(word, _ZH)
        yield _read(word, _DZH)
    elif strong:
        yield _read(word, _ANY)


def _read(word: str, letters: _Letters) -> str:
    return _pattern(tuple(letters)).sub(lambda found: letters[found[0]], word).lower()


@cache
def _pattern(spellings: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(spellings, key=lambda spelling: (-len(spelling), spelling))))


# Letters with a sign, and what stands for them where the sign cannot be written. Words without signs need nothing:
# their sign may have been left out, which `latin` does as well.
_HOOKED = {"č": "ch", "š": "sh", "ž": "zh", "ć": "ch", "đ": "dj", "ř": "rzh", "ě": "ye", "c": "ts"}
_TURKIC = {"ç": "ch", "ş": "sh", "ğ": "gh", "c": "j"}
_AZERBAIJANI = {"ə": "a", "ç": "ch", "ş": "sh", "ğ": "gh", "c": "j", "j": "zh", "x": "kh", "q": "g", "ö": "o", "ü": "u"}
_WRITTEN_OUT = {
    "ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "æ": "ae", "å": "aa", "œ": "oe", "þ": "th",
    "ţ": "ts", "ț": "ts", "ș": "sh", "ş": "sh", "ç": "ch", "ż": "zh", "ś": "sh", "ñ": "ny", "ð": "dh",
}  # fmt: skip
_SIGNS_OF = (
    (frozenset("čšžćřě"), _HOOKED),
    (frozenset("ə"), _AZERBAIJANI),
    (frozenset("şğı"), _TURKIC),
    (frozenset(_WRITTEN_OUT), _WRITTEN_OUT),
)
# German and Nordic ä, ö, ü, ø where a typewriter has none. Not in Samuel, Israel, Boeing, Daewoo; nor after q and g.
_UMLAUT = re.compile(r"(?:(?<=[bcdfhjklmnprstvwz])[aou]|^[ou])e(?=[bcdfghjkmnprstvwxz]|l(?!l?[ae]?$))")


def signs_written_out(word: str) -> Iterator[str]:
    """Readings of a word with accented letters as they are written out: Müller is Mueller, Şimşek is Shimshek.

    >>> list(signs_written_out("šljivić")), list(signs_written_out("əliyev")), list(signs_written_out("müller"))
    (['shljivich'], ['aliyev'], ['mueller'])
    """
    for signs, letters in _SIGNS_OF:
        if not signs.isdisjoint(word):
            yield "".join(letters.get(c, c) for c in word)


# Endings that a neighbouring language gives to a Slavic name: Belarusian -ау, -енка; Latvian, Lithuanian.
_NATIONAL = (
    ("enka", "enko"), ("ovs", "ov"), ("evs", "ev"), ("skis", "ski"), ("ovas", "ov"), ("evas", "ev"), ("skas", "ski"),
    ("au", "ov"), ("ou", "ov"), ("eu", "ev"),
)  # fmt: skip
_NATIONAL_ENDINGS = tuple(ending for ending, _ in _NATIONAL)
_SHORTEST_NATIONAL = 7


def national(word: str) -> str:
    """The word with the Russian ending for that of a neighbouring language, or nothing: Ivanovs, Ivanou are Ivanov.

    >>> national("lukashenka"), national("ivanovs"), national("charnyshou"), national("nassau")
    ('lukashenko', 'ivanov', 'charnyshov', '')
    """
    if len(word) < _SHORTEST_NATIONAL or not word.endswith(_NATIONAL_ENDINGS):
        return ""
    ending, russian = next(pair for pair in _NATIONAL if word.endswith(pair[0]))
    stem = word.removesuffix(ending)
    return stem + russian if stem[-1] not in "aeiouy" else ""


def umlaut(word: str) -> str:
    """The word without the e that stands for an umlaut, or nothing: Mueller is Muller.

    >>> umlaut("mueller"), umlaut("samuel"), umlaut("boeing")
    ('muller', '', '')
    """
    if len(word) < 5 or "e" not in word:
        return ""
    read = _UMLAUT.sub(lambda found: found[0][0], word)
    return read if read != word else ""
