"""The strings that the cells of a workbook share, and how a workbook writes any text."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from itertools import islice
from xml.etree.ElementTree import Element
from xml.sax.saxutils import unescape

from sanctionscreen.ingest.xml_elements import Opener, bare, elements, root_of

_BLOCK = 1 << 18
_STRINGS_START = re.compile(r"\ufeff?\s*(?:<\?xml[^<>?]*\?>)?\s*<sst(?:\s[^<>]*)?>")
_STRING = re.compile(r'\s*<si><t(?: xml:space="preserve")?>([^<]*)</t>')
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_QUOTES = {"&quot;": '"', "&apos;": "'"}


def shared_strings(opened: Opener, name: str) -> Iterator[str]:
    """The shared strings of a workbook in their order: cut out of the text where they are plain, else parsed.

    Raises:
        InputError: they are no XML, declare a document type, or are cut.
    """
    root_of(opened, name)  # refuses a document type
    given = 0
    try:
        for text in cut_strings(opened):
            given += 1
            yield plain_string(text)
    except (_OddStringsError, UnicodeDecodeError):
        for entry in islice(elements(opened, name, {"si"}), given, None):
            yield plain_string(string_of(entry))


class _OddStringsError(Exception):
    """From here on the text is not of the usual form."""


def cut_strings(opened: Opener) -> Iterator[str]:
    """The strings as far as the text is of the usual form; it ends with an error of its own where not."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_open, text = False, ""
    with opened() as stream:
        while block := stream.read(_BLOCK):
            text += decoder.decode(block)
            start = None if is_open else _STRINGS_START.match(text)
            if start is not None:
                is_open, text = True, text[start.end() :]
            if not is_open or "<!" in text or "<?" in text or "\r" in text:
                raise _OddStringsError
            *entries, text = text.split("</si>")
            for entry in entries:
                found = _STRING.fullmatch(entry)
                if found is None or "&#" in entry:
                    raise _OddStringsError
                yield unescape(found[1], _QUOTES) if "&" in found[1] else found[1]
    if not is_open or text.strip() != "</sst>":
        raise _OddStringsError


def string_of(entry: Element) -> str:
    """The text of a shared or inline string; how it is pronounced (`rPh`) is no part of it."""
    parts = (entry, *(run for run in entry if bare(run) == "r"))
    return "".join(text.text or "" for part in parts for text in part if bare(text) == "t")


def plain_string(text: str) -> str:
    """Text with the characters back that a workbook cannot hold as they are.

    >>> plain_string("a_x000D_b_x005F_x000D_")
    'a\\rb_x000D_'
    """
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
