"""Several names in one cell: joined by marks and words, taken apart at brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sanctionscreen.watchlist.official.reading import Draft, Report

_BRACKETED = re.compile(r"^(.*\S)\s*\(([^()]+)\)\s*$")
_ALSO = re.compile(r"^(?:also known as|a\.?k\.?a\.?:?|or)\s+", re.IGNORECASE)
_FORMERLY = re.compile(r"^(?:previously|formerly)\s+(?:listed|known)?(?:\s+as)?:?\s*", re.IGNORECASE)
_NESTED = re.compile(r"^(.*\S)\s*\((.+)\)\s*$")
_LETTERED = re.compile(r"\s[b-z]\)\s")
_SCRIPT_WORDS = re.compile(r"\s*\(original script\)", re.IGNORECASE)
_SCRIPT_NOTE = re.compile(r"\s*\(?(?:original script|in [a-z]+(?: script)?:):?\)?\s*", re.IGNORECASE)
_LANGUAGE = re.compile(
    r"[\s,;(]*\b(?:Russian|Belarus+ian|Ukrainian|Arabic|Persian|Farsi|Hebrew|Chinese|Korean|Spanish|French)\s*:\s*"
)
_JOINED = re.compile(r"^(?:or|and) ")
_LEGAL_FORM = re.compile(
    r"(?:[ПНОЗСА]?[АО]О|ООО|АК|ФГУП|ФГБУ|ФГАОУ|НПО|НКО|[OPCZ]?JSC|[OPZ]?AO|OOO|FSUE|LLC|LLP|PLC|PJS|Ltd|Limited|Inc|Corp|Co|SA|S\.A|AG|GmbH"
    r"|(?:\w+ )?Joint[- ]Stock Company|Limited Liability Company|Некоммерческое Партнерство)\.?(?: (?:Ltd|Inc)\.?)?",
    re.IGNORECASE,
)


def names_of(text: str, ends: str = ";") -> list[str]:
    """The names of a cell that holds several; ends within brackets and quotation marks end none.

    >>> names_of("Azim Adhajani; Azim Agha-Jani")
    ['Azim Adhajani', 'Azim Agha-Jani']
    >>> names_of("حسن غول (Hassan Ghul; Hasan Gul)")
    ['حسن غول', 'Hassan Ghul', 'Hasan Gul']
    """
    found: list[str] = []
    for piece in _LETTERED.split(_SCRIPT_WORDS.sub(" ", text)):
        found += _names_within(piece, ends)
    return [clean for name in found if (clean := _unbracketed(name.strip(" ;,")))]


def _names_within(text: str, ends: str) -> list[str]:
    found: list[str] = []
    for piece in split_outside(text, ends):
        match = _BRACKETED.match(piece) or _NESTED.match(piece)
        inner = _SCRIPT_NOTE.sub(" ", match[2]) if match else ""
        if match and any(end in inner for end in ends):
            found += [match[1], *inner.split(ends[0])]
        elif match and is_latin(match[1]) != is_latin(inner):
            found += [match[1], inner]
        else:
            found.append(piece)
    return found


def listed_names(text: str, *, is_person: bool) -> list[str]:
    """The names of a cell of free text: marked by language, joined by marks, "or" and "and".

    A comma stands in names too: before a legal form, behind a surname, within a quoted or described name.

    >>> listed_names("Anna LEE; Анна ЛИ, Belarusian: Ганна ЛІ", is_person=True)
    ['Anna LEE', 'Анна ЛИ', 'Ганна ЛІ']
    >>> listed_names('Заря, АО; "Заря, завод"', is_person=False), listed_names("Ли, Анна Петровна", is_person=True)
    (['Заря, АО', '"Заря, завод"'], ['Ли, Анна Петровна'])
    """
    marked = [piece for part in _LANGUAGE.split(text) for piece in split_outside(part, ";/", quotes="")]
    apart = [name for piece in marked for name in _at_words(piece, is_person=is_person)]
    names = [name for piece in apart for name in _at_commas(piece, is_person=is_person)]
    clean = (_unbracketed(name.strip(" ,;")) for name in names)
    return [name for name in clean if name and not _LEGAL_FORM.fullmatch(name)]


def _at_commas(text: str, *, is_person: bool) -> list[str]:
    pieces = [piece.strip() for piece in split_outside(text, ",") if piece.strip()]
    is_pair = len(pieces) == 2 and len(pieces[0].split()) == 1 < len(pieces[1].split())
    if is_person and is_pair and not _JOINED.match(pieces[1]):
        return [", ".join(pieces)]  # a surname, and the names that go with it
    names: list[str] = []
    for piece in pieces:
        goes_on = piece[:1].islower() or _LEGAL_FORM.fullmatch(piece) or (names and _LEGAL_FORM.fullmatch(names[-1]))
        if names and goes_on and not _JOINED.match(piece):
            names[-1] = f"{names[-1]}, {piece}"
        else:
            names.append(_JOINED.sub("", piece))
    return names


def _at_words(text: str, *, is_person: bool) -> list[str]:
    """Cut at "or" and "and" where whole names stand on both sides; "and" is a word of company names in Latin script."""
    pieces = [text]
    for word in (" or ", " and "):
        if word in text and not (word == " and " and is_latin(text) and not is_person):
            cut = text.split(word)
            pieces = cut if all(len(piece.split()) > 1 or not is_person for piece in cut) else [text]
            break
    return [name for piece in pieces for name in (_joined(piece) if not is_person else [piece])]


def _unbracketed(name: str) -> str:
    """Without a bracket that has no other half."""
    if name.count("(") != name.count(")"):
        name = name.strip(" ()")
    return re.sub(r"\s+(?:AKA|a\.k\.a\.)$", "", name)


def split_outside(text: str, ends: str, *, quotes: str = '"') -> Iterator[str]:
    """Cut at any of the characters, except within brackets and quotation marks."""
    depth, quoted, start = 0, 0, 0
    opening = "«“" if text.count("(") > text.count(")") else "(«“"
    for place, character in enumerate(text):
        if character in quotes:  # within one another they open behind a space, and close before one
            opens = not text[:place].strip() or text[place - 1] in " («“"
            quoted = max(quoted + (1 if opens else -1), 0)
        depth = max(depth + (character in opening) - (character in ")»”"), 0)
        if character in ends and not depth and not quoted:
            yield text[start:place]
            start = place + 1
    yield text[start:]


def is_latin(text: str) -> bool:
    """Whether most letters of a text are Latin ones."""
    letters = [c for c in text if c.isalpha()]
    return sum(ord(c) < 0x250 for c in letters) * 2 > len(letters)


def add_bracketed(draft: Draft, report: Report) -> None:
    """Add what published names hold in brackets at their ends, and the names without them; last of all names.

    An abbreviation is weak. A place or an addition in brackets is part of the name, and gives nothing.
    """
    before = len(draft.names)
    for name in list(draft.names.values()):
        closed = name.text + ")" * (name.text.count("(") - name.text.count(")"))  # some cells are cut as published
        match = _BRACKETED.match(closed) if name.quality != "weak" else None
        if match:
            _take_apart(draft, match[1], match[2])
    report.counts["names from brackets"] += len(draft.names) - before


def _take_apart(draft: Draft, outer: str, inner: str) -> None:
    if _ALSO.match(inner):
        _spelled(draft, outer)
        for piece in _at_commas(_ALSO.sub("", inner), is_person=False):
            for other in _joined(piece):
                _spelled(draft, other)
    elif _FORMERLY.match(inner):
        _spelled(draft, outer, kind="former")
    elif is_latin(outer) != is_latin(inner):
        _spelled(draft, outer)
        _spelled(draft, inner)
    elif _abbreviates(inner, outer):
        _spelled(draft, outer)
        draft.name(inner, "weak", kind="spelling", note="an abbreviation, from the brackets of the published name")


def _spelled(draft: Draft, text: str, kind: str = "spelling") -> None:
    draft.name(text.strip(" ,;"), kind=kind, note="taken apart at the brackets of the published name")


def _abbreviates(inner: str, outer: str) -> bool:
    """Whether the letters of the abbreviation stand at the heads of words, in their order."""
    letters = [c for c in inner.casefold() if c.isalnum()]
    heads = iter(word[0] for word in re.findall(r"\w+", outer.casefold()))
    is_short = 2 <= len(letters) <= 8 and " " not in inner.strip() and sum(c.isupper() for c in inner) >= 2
    return is_short and len(outer.split()) > 1 and sum(letter in heads for letter in letters) * 2 >= len(letters)


def _joined(text: str) -> list[str]:
    """Names joined by "and" are two where both open with the same word, as with a legal form written out."""
    left, middle, right = text.rpartition(" and ")
    is_list = bool(middle) and left.split()[:1] == right.split()[:1]
    return [left, right] if is_list else [text]
