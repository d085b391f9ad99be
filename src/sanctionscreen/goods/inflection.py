"""The forms that a word of a term takes in a text: English plurals and spellings, Russian endings.

Words are folded: й stands as и, ё as е.
"""

from __future__ import annotations

import re

# Endings of nouns and adjectives.
ENDINGS = frozenset(
    " а я о е и ы у ю ь ам ям ах ях ом ем ои еи ов ев ия ие ии ию ью ья ье ее ее ами ями иям иях ием иеи иями"
    " ыи ая яя ое ые ую юю ою ею ым им ых их ого его ому ему ыми ими".split(" ")
)
_LEMMA_ENDINGS = frozenset("ью ыи ии ои еи ая яя ое ее ые ие ия ья ье а я о е и ы у ю ь".split())
_KEEPS_S = frozenset({"lens", "gas", "bus", "series", "news", "chess", "kvass"})
_AMERICAN = {"armour": "armor", "centre": "center", "fibre": "fiber", "calibre": "caliber", "paedic": "pedic"}
_BRITISH = re.compile("|".join(_AMERICAN))


def english_forms(word: str) -> tuple[str, ...]:
    """A word, its plural, its singular where it looks like a plural, and American spellings of these.

    >>> english_forms("battery"), english_forms("lens")
    (('battery', 'batteries'), ('lens', 'lenses'))
    """
    if len(word) < 2 or word[-1].isdigit():
        return (word,)
    forms = [word, _plural(word)]
    if len(word) > 4 and word[-1] == "s" and word[-2] not in "sui" and word not in _KEEPS_S:
        forms.append(word[:-3] + "y" if word.endswith("ies") else word[:-1])
    if british := _BRITISH.search(word):
        forms += [form.replace(british[0], _AMERICAN[british[0]]) for form in forms]
    return tuple(forms)


def _plural(word: str) -> str:
    if word[-1] == "y" and word[-2] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "z", "ch", "sh")) else "s")


def russian_stems(word: str) -> tuple[str, ...]:
    """What stays of a folded Russian word when endings change.

    >>> russian_stems("ракета"), russian_stems("станок")
    (('ракет',), ('станок', 'станк'))
    """
    cut = 2 if word[-2:] in _LEMMA_ENDINGS and len(word) > 4 else int(word[-1] in _LEMMA_ENDINGS and len(word) > 3)
    stem, ending = word[: len(word) - cut], word[len(word) - cut :]
    if not ending and word.endswith(("ок", "ек", "ец")) and len(word) > 4:
        return stem, word[:-2] + word[-1]  # станок, станка
    if ending == "а" and word[-2] == "к" and word[-3] not in "аеиоуыюя":
        return stem, word[:-2] + "ок", word[:-2] + "ек"  # винтовка, винтовок
    return (stem,)
