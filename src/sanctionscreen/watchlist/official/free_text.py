"""Names that lists write into one cell, the script of a name, and text that lost its encoding on the way."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_ALSO = (
    r"(?:(?i:a\.\s?k\.\s?a\b\.?|f\.\s?k\.\s?a\b\.?|n\.\s?k\.\s?a\b\.?|d\.\s?b\.\s?a\b\.?|[afn]/k/a|d/b/a)"
    r"|(?<![\w.])(?:aka|fka|dba)(?=[\s,:]))"
)
_MARK = re.compile(rf"(?<![\w])({_ALSO})")
_BRACKETS = re.compile(rf"\(\s*({_ALSO}[^()]*)\)")
_FOLLOWING = re.compile(r"^[\s,:;]*(?:the\s+following\s+(?:[\w-]+\s+)?alias(?:es)?\s*:?)?", re.IGNORECASE)
_PIECES = re.compile(r"\s*;\s*(?:(?:and|or)\s*—\s*)?|\s*—\s*")
_JOINER = re.compile(r"^(?:and\s+|or\s+)?[\s—–-]*", re.IGNORECASE)
_WINDOWS = re.compile("[\x80-\x9f]")
_KINDS = {"a": "alias", "f": "former", "n": "alias", "d": "trading name"}


def known_as(text: str) -> Iterator[tuple[str, str]]:
    """The names in a name cell with their kind: the name itself first (kind blank), then those behind a.k.a. or f.k.a.

    >>> list(known_as("PEARL (A.K.A. NEI EXAMPLE) LI")), list(known_as("A WORKS F/K/A B WORKS"))
    ([('PEARL LI', ''), ('NEI EXAMPLE', 'alias')], [('A WORKS', ''), ('B WORKS', 'former')])
    """
    inner = [found.group(1) for found in _BRACKETS.finditer(text)]
    outer = _MARK.split(_BRACKETS.sub(" ", text))
    yield " ".join(outer[0].split()).rstrip(" ,;:("), ""
    marked = list(zip(outer[1::2], outer[2::2], strict=True))
    for group in inner:
        parts = _MARK.split(group)
        marked.extend(zip(parts[1::2], parts[2::2], strict=True))
    for mark, rest in marked:
        for piece in _PIECES.split(_FOLLOWING.sub("", rest)):
            if name := _JOINER.sub("", " ".join(piece.split())).rstrip(" ,;:"):
                yield name, _KINDS[mark[0].casefold()]


def script_of(text: str) -> str:
    """The script of the first letter where it is not Latin, in the words of Unicode: Cyrillic, Arabic, Han.

    >>> script_of("Пример"), script_of("Example"), script_of("示例")
    ('Cyrillic', '', 'Han')
    """
    for letter in filter(str.isalpha, text):
        word = unicodedata.name(letter, "").split(" ")[0].capitalize()
        return {"Cjk": "Han", "Latin": "", "Fullwidth": ""}.get(word, word)
    return ""


def mended(text: str) -> str:
    """Text in which bytes of Windows-1252 were taken for Unicode (a right quote as U+0092), put right.

    >>> mended("HA\\x92Example")
    'HA’Example'
    """
    return _WINDOWS.sub(lambda found: found.group().encode("latin-1").decode("cp1252", "ignore"), text)
