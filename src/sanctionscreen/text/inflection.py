"""The endings that Russian, Ukrainian and Belarusian words of company names take."""

from __future__ import annotations

from functools import lru_cache

# Nominative, genitive and dative of both numbers, and the forms in which adjectives join others (научно-): what names
# of companies use. Endings of the three languages together; a form that none of them has meets no real name.
_ENDINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("ный", tuple("ный ная ное ные ного ной ных ному ным ном ную но".split())),
    ("ый", tuple("ый ая ое ые ого ой ых ому ым ом ую о".split())),
    ("ной", tuple("ной ная ное ные ного ных ному ном ную но".split())),
    ("ской", tuple("ской ская ское ские ского ских скому ском скую ско".split())),
    ("вой", tuple("вой вая вое вые вого вых вому вом вую во".split())),
    ("ний", tuple("ний няя нее ние него ней них нему нюю не на ні ного ної них но".split())),
    ("ий", tuple("ий ая ое ие ого ой их ому им ом ую о а е і ої".split())),
    ("нае", tuple("нае ны ная ныя нага най ных на".split())),  # Belarusian, named by the neuter
    ("скае", tuple("скае скі ская скія скага скай скіх ска".split())),
    ("вае", tuple("вае вы вая выя вага вай вых ва".split())),
    ("ство", tuple("ство ства ству ств".split())),
    ("ие", tuple("ие ия ию ий".split())),
    ("ння", tuple("ння нню нь".split())),
    ("ье", tuple("ье ья ью ий".split())),
    ("ия", tuple("ия ии ию ий".split())),
    ("ія", tuple("ія ії ію ій".split())),
    ("о", (*tuple("о а у".split()), "")),
    ("ка", tuple("ка ки ке ку".split())),
    ("га", tuple("га ги ге гу".split())),
    ("а", (*tuple("а ы и і е у".split()), "")),
    ("я", tuple("я и і ю е".split())),
    ("ь", tuple("ь и і ю я ей".split())),
    ("й", tuple("й я ю и ев їв".split())),
    ("ок", tuple("ок ка ку ки ков".split())),
    ("ец", tuple("ец ца цы цев".split())),
    ("", ("", "а", "у", "ы", "и", "і", "ов", "ів", "ам", "е")),
)


@lru_cache(maxsize=8192)
def inflected(word: str) -> tuple[str, ...]:
    """The word, named by its nominative, and the other forms that names of companies use.

    >>> inflected("научный")[:4], "технологий" in inflected("технология")
    (('научный', 'научная', 'научное', 'научные'), True)
    """
    ending, others = next((e, others) for e, others in _ENDINGS if word.endswith(e))
    stem = word[: len(word) - len(ending)]
    return tuple(dict.fromkeys([word, *(stem + other for other in others)]))
