"""How the bytes of a text file are to be read: byte order mark, NUL pattern, strict UTF-8, then older code pages."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

Blocks = Callable[[], Iterator[bytes]]
"""Gives the bytes of a file from its start, as often as it is called."""

_SAMPLE = 1 << 16
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_BELOW_CYRILLIC = bytes(byte for byte in range(0xA1, 0xC0) if byte not in (0xA8, 0xB8, 0xB9))
"""Bytes that Windows-1251 and KOI8-R do not use for Russian letters (io and the number sign aside)."""
_FREQUENT_HANZI = bytes((0xA1, 0xA3, *range(0xB0, 0xD8)))
"""First bytes of the 3,755 characters of level one in GB 2312, which are nearly all of any text, and of its marks."""
_BY_FREQUENCY = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъ"
"""Letters of Russian, the most frequent first: text that is read in the wrong code page is full of rare ones."""
_LETTER = rb"[A-Za-z\xc0-\xff]"
_POLISH = re.compile(rb"(?<=%b)[\xa3\xa5\xaf\xb3\xb9\xbf](?=%b)" % (_LETTER, _LETTER))
"""Letters of Windows-1250 that would be signs within a word in Windows-1252, such as the third power in `Spó³ka`."""
_OF_WORDS = 0.02
"""Two in a hundred are no slip of the pen: a fifth of the letters that Polish adds to the alphabet are among these."""
_TURKISH = frozenset("çğıöşüâîûÇĞİÖŞÜÂÎÛ".encode("cp1254"))
_TURKISH_ALONE = frozenset("ğışĞİŞ".encode("cp1254"))
"""In Windows-1252 these are letters of Icelandic, beside which other letters would stand, too."""
_NEARLY_ALL = 0.95
"""A name of another language stands in every list of partners."""
_CYRILLIC_PAGES = (
    ("cp1251", "Windows-1251 (Cyrillic)"),
    ("koi8-r", "KOI8-R (Cyrillic)"),
    ("cp866", "code page 866 (Cyrillic, DOS)"),
)


@dataclass(frozen=True, slots=True)
class Encoding:
    """A codec, how it treats bytes that it cannot read, and what a person should know about the choice."""

    codec: str
    errors: str = "strict"
    note: str = ""


def find_encoding(blocks: Blocks) -> Encoding:
    """The encoding of a text file, whose bytes are read through up to three times.

    A byte order mark decides; else NULs at every other byte mean UTF-16; else text that is strict UTF-8 throughout is
    UTF-8. Text in which more letters read as UTF-8 than fail is UTF-8 with damaged bytes. What is left is an older
    code page, decided by runs of bytes above 127 (`_code_page`), and a note says which was taken.
    """
    sample = next(blocks(), b"")[:_SAMPLE]
    codec = marked(sample)
    if codec is not None:
        return Encoding(codec, "replace")
    return _wide(sample) or _utf8(blocks()) or _code_page(blocks())


def marked(head: bytes) -> str | None:
    """The codec that a byte order mark names."""
    return next((codec for mark, codec in _MARKS if head.startswith(mark)), None)


def _wide(sample: bytes) -> Encoding | None:
    """UTF-16 without a mark: separators and digits have a NUL beside them, always on the same side."""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if not max(even, odd) or max(even, odd) < len(sample) / 20 or min(even, odd) * 10 > max(even, odd):
        return None
    codec = "utf-16-le" if odd > even else "utf-16-be"
    return Encoding(
        codec, "replace", f"read as {codec.upper()}: it has no byte order mark, but NULs at every other byte"
    )


def _utf8(blocks: Iterator[bytes]) -> Encoding | None:
    failed, letters = 0, 0
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    for block in blocks:
        if block.isascii() and not decoder.getstate()[0]:
            continue
        text = decoder.decode(block)
        failed += text.count("\ufffd")
        letters += sum(not c.isascii() for c in text) if failed else 0
    failed += len(decoder.decode(b"", final=True))
    if not failed:
        return Encoding("utf-8")
    if letters <= 2 * failed:  # the failed ones are counted among the letters
        return None
    return Encoding("utf-8", "replace", f"read as UTF-8; {failed} damaged bytes are shown as \ufffd")


def _code_page(blocks: Iterator[bytes]) -> Encoding:
    """A Latin page, a Cyrillic one or GB18030, by how bytes above 127 stand together.

    In Latin text an accented letter stands mostly alone between plain ones. Cyrillic words are runs of any length
    and leave a part of the bytes unused; Chinese characters are pairs, so that nearly every run is even, and use all.
    """
    runs: Counter[int] = Counter()
    bytes_of: Counter[int] = Counter()
    leads: Counter[int] = Counter()
    polish = 0
    for block in blocks:
        high = _HIGH_RUN.findall(block)
        runs.update(map(len, high))
        bytes_of.update(b"".join(high))
        leads.update(b"".join(run[::2] for run in high))
        polish += len(_POLISH.findall(block))
    total = bytes_of.total()
    if _is_latin(runs, total):
        return _latin_page(bytes_of, polish)
    even = sum(count for length, count in runs.items() if length % 2 == 0)
    below = sum(bytes_of[byte] for byte in _BELOW_CYRILLIC)
    frequent = sum(leads[byte] for byte in _FREQUENT_HANZI)
    # One Cyrillic word in two would be odd; a block's edge may cut a pair. A third of all second bytes lies below.
    if even >= 0.95 * runs.total() and below >= 0.02 * total and frequent >= 0.8 * leads.total():
        return _taken("gb18030", "GB18030 (Chinese)")
    return _taken(*max(_CYRILLIC_PAGES, key=lambda page: _likeness(bytes_of, page[0])))


def _is_latin(runs: Counter[int], total: int) -> bool:
    """Most accented letters stand alone; or two together as in `ção` and `ość`, and seldom three. Words are longer."""
    longer = total - runs[1] - 2 * runs[2]
    return 2 * runs[1] > total or (4 * runs[1] >= total and 3 * longer < total)


def _latin_page(bytes_of: Counter[int], polish: int) -> Encoding:
    """Windows-1252, unless letters of Polish stand within words, or all letters are those of Turkish."""
    total = bytes_of.total()
    letters = sum(count for byte, count in bytes_of.items() if byte >= 0xC0)
    if polish and polish >= _OF_WORDS * total:
        return _taken("cp1250", "Windows-1250 (Central Europe)")
    if _share(bytes_of, _TURKISH_ALONE, letters) and _share(bytes_of, _TURKISH, letters) >= _NEARLY_ALL:
        return _taken("cp1254", "Windows-1254 (Turkish)")
    return _taken("cp1252", "Windows-1252 (Latin letters)")


def _share(bytes_of: Counter[int], among: frozenset[int], total: int) -> float:
    return sum(bytes_of[byte] for byte in among) / total if total else 0.0


def _likeness(bytes_of: Counter[int], codec: str) -> int:
    """How much the bytes look like Russian in a code page: every letter counts the more, the more frequent it is."""
    places = {letter: len(_BY_FREQUENCY) - place for place, letter in enumerate(_BY_FREQUENCY)}
    read = ((bytes([byte]).decode(codec, "replace").casefold(), count) for byte, count in bytes_of.items())
    return sum(places.get(letter, 0) * count for letter, count in read)


def _taken(codec: str, name: str) -> Encoding:
    return Encoding(
        codec, "replace", f"it is not UTF-8; read as {name}, by the look of its letters. Save it as UTF-8 to be sure"
    )
