"""Prints `text/listed_names.tsv`: the names on the embedded lists taken apart, as the index of these lists needs them."""

from __future__ import annotations

import sys
from unittest import mock

from sanctionscreen.matching import NameIndex, parties
from sanctionscreen.text import names
from sanctionscreen.text.lexicon import Word
from sanctionscreen.watchlist.entities import load_entities

HEADING = """\
# Names on the embedded lists taken apart: how it is read, the name, what was undone, its words (native, Latin, sound, kind,
# meaning, other readings, short forms). Generated; `make docs` writes it again. With it a run that meets no other name in
# their scripts reads no table of these.
"""


def table() -> str:
    """The table as it should be."""
    taken: dict[tuple[str, str], names.Name] = {}

    def record(text: str, reading: names.Reading = "name") -> names.Name:
        taken[reading, text] = names.described(names.pieces(text), reading)
        return taken[reading, text]

    with mock.patch.object(parties, "take_apart", record):
        NameIndex.build(load_entities().parties)
    return HEADING + "".join(_line(*said, taken[said]) for said in sorted(taken))


def _line(reading: str, text: str, name: names.Name) -> str:
    flags = ",".join(flag for flag in names.FLAGS if getattr(name, flag))
    return "\t".join((reading, text, flags, *map(_word, name.words))) + "\n"


def _word(word: Word) -> str:
    return "|".join((*word[:5], ",".join(word.other), ",".join(word.short)))


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.write(table())
