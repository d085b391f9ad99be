"""Text of strangers as people may see it: nothing in it moves the cursor, turns the writing or breaks a file."""

from __future__ import annotations

import re

# Control characters (a name must not move the cursor or repaint the screen), marks that turn the writing direction,
# half surrogate pairs (which no UTF-8 holds), and the two that XML 1.0 refuses.
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")


def printable(text: str, keep: str = "") -> str:
    """Text that shows every invisible or controlling character as its number instead of obeying it.

    Args:
        keep: line ends and tabs that stay; the others become spaces.

    >>> printable("ACME\\x1b[2J")
    'ACME<1b>[2J'
    """
    if text.isprintable():
        return text

    def shown(found: re.Match[str]) -> str:
        letter = found.group()
        return letter if letter in keep else " " if letter in "\n\t\r" else f"<{ord(letter):x}>"

    return _UNPRINTABLE.sub(shown, text)
