"""Phrases by the keys of their words, as `designators` finds them; written down in phrase_keys.tsv."""

from __future__ import annotations

from collections.abc import Iterator

from sanctionscreen.text.designators import NOT_TRANSLATED, Meant
from sanctionscreen.text.expansion import entries
from sanctionscreen.text.folding import fold
from sanctionscreen.text.lexicon import Word, describe
from sanctionscreen.text.phrases import distinct

HEADING = """\
# Kind, meaning and word of the phrases of the tables, and the keys of their words: one phrase serves every language.
# Generated from the others; `make docs` writes it again. With it no run describes them all, which takes 0.2 seconds.
"""


def table() -> str:
    """The table as it should be."""
    phrases: dict[Meant, list[str]] = {}
    for keys, meant in distinct(_phrases()):
        phrases.setdefault(meant, []).append(" ".join(keys))
    return HEADING + "".join("\t".join((*meant, "|".join(phrases[meant]))) + "\n" for meant in sorted(phrases))


def _phrases() -> Iterator[tuple[tuple[str, ...], Meant]]:
    for kind, line in entries():
        spellings = fold(line).text.replace("*", "").replace("-", " ").replace("'", "").split("|")
        name = spellings[0].replace(" ", "")
        for spelling in spellings:
            if " " in spelling:
                words = [describe(word) for word in spelling.split()]
                yield tuple(map(_key, _telling(words))), Meant(kind, f"{kind}:{name}", name)


def _telling(words: list[Word]) -> list[Word]:
    """The words of a phrase without of, the, and; unless no two are left."""
    telling = [word for word in words if word.kind != "particle"]
    return telling if len(telling) > 1 else words


def _key(word: Word) -> str:
    """Small words are those of one language: los is none of van and de, nor the Vietnamese van."""
    as_written = word.kind == "particle" or word.native in NOT_TRANSLATED
    return word.native if as_written else word.meaning or word.sound
