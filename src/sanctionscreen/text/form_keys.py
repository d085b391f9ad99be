"""Legal forms by the keys of their words, as `legal_forms` finds them; written down in legal_form_keys.tsv."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from sanctionscreen.text import tables
from sanctionscreen.text.folding import fold
from sanctionscreen.text.legal_forms import Spelling, is_han, key_of
from sanctionscreen.text.phrases import distinct
from sanctionscreen.text.romanise import latin

HEADING = """\
# What is compared (phrase: the keys of its words; han: the spelling), class, whether it is doubtful, what initials
# are together, and the forms. Generated from legal_forms.tsv; `make docs` writes it again. With it no run folds and
# romanises that table, which takes 0.1 seconds.
"""


def table() -> str:
    """The table as it should be."""
    forms: dict[tuple[str, ...], list[str]] = {}
    for words, (form_class, is_doubtful, joined) in distinct(_phrases()):
        forms.setdefault(("phrase", form_class, "?" * is_doubtful, joined), []).append(" ".join(words))
    for spelling, (form_class, _) in spellings().items():
        if is_han(spelling):
            forms.setdefault(("han", form_class, "", ""), []).append(spelling)
    return HEADING + "".join("\t".join((*said, "|".join(forms[said]))) + "\n" for said in sorted(forms))


@cache
def spellings() -> Mapping[str, tuple[str, bool]]:
    """Class of every spelling, folded, in its own script and in Latin letters, and whether it is doubtful.

    The first row that has a spelling stands; one that is written so stands over one that is only romanised so.
    """
    found: dict[str, tuple[str, bool]] = {}
    for form_class, _, _, spellings in tables.rows("legal_forms.tsv"):
        for marked in fold(spellings).text.replace(".", "").replace("'", "").replace("-", " ").split("|"):
            spelling = marked.removeprefix("?")
            found.setdefault(spelling, (form_class, marked != spelling or _is_short(spelling)))
    for spelling, (form_class, is_doubtful) in list(found.items()):
        if not spelling.isascii() and not is_han(spelling) and not _UNVOWELLED.search(spelling):
            romanised = latin(spelling)
            if len(romanised) > _SHORTEST_ROMANISED:
                is_short = len(romanised) <= _SHORTEST_ROMANISED + 1
                found.setdefault(romanised, (form_class, is_doubtful or is_short))
    return found


_UNVOWELLED = re.compile("[\u0590-\u07ff]")
_SHORTEST_ROMANISED = 3
"""What is shorter in Latin letters is a form only where people write it so, and then it stands in the table."""


def _is_short(spelling: str) -> bool:
    """Two letters are not certain in any alphabet, nor are three in Latin, but those that are nothing else."""
    length = len(spelling.replace(" ", ""))
    return length <= (3 if spelling.isascii() else 2) and spelling.replace(" ", "") not in _CERTAIN


_CERTAIN = frozenset(
    """co ао ип гп чп ақ llc llp ltd inc jsc ooo oao pjs fze fzc wll pty pte pvt bhd sdn mbh gbr ohg srl sro doo ood kft
    zrt uab lda oyj ehf ulc tbk pcl mmc mbh fgu оү""".split()
)


def _phrases() -> Iterator[tuple[tuple[str, ...], Spelling]]:
    for spelling, (form_class, is_doubtful) in spellings().items():
        if is_han(spelling):
            continue
        words = tuple(spelling.split())
        apart = all(len(word) == 1 for word in words)
        if not apart or len(words) > 1:
            joined = "".join(words)
            yield tuple(map(key_of, words)), Spelling(form_class, is_doubtful, joined if apart else "")
            if apart:
                yield (key_of(joined),), Spelling(form_class, is_doubtful)
        if spelling in _WRITTEN_APART:
            yield tuple(spelling), Spelling(form_class, is_doubtful, spelling)


_WRITTEN_APART = frozenset(
    """llc llp lp ltd plc jsc pjsc cjsc ojsc ooo oao zao pao ао оао ооо зао пао тов тоо ип фгуп fze fzco wll gmbh ag
    kg ohg bv nv sa sl srl spa sas sarl sae sal doo ad as aş ab oy aps asa kft zrt rt inc lda lc jv pty bhd
    аж доо ад оод еоод осоо жшс""".split()
)
"""Forms that are also written as initials, with or without dots."""
