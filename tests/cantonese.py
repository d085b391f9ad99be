"""Prints `text/cantonese.tsv`: Cantonese readings of Chinese characters, out of the Unihan database.

    python tests/cantonese.py Unihan_Readings.txt

Unihan is part of the Unicode Character Database; its licence allows this use: https://www.unicode.org/license.txt.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

HEADING = """\
# Cantonese readings of Chinese characters: a syllable in Jyutping without its tone, then the characters that are mostly read so.
# Source: kCantonese of Unihan 14.0.0 (Unicode Character Database), © 2021 Unicode, Inc., https://www.unicode.org/license.txt;
# the characters of GB 2312 and of Big5 with the Hong Kong supplement. Generated: `python tests/cantonese.py Unihan_Readings.txt` writes it again.
"""


def table(lines: Iterable[str]) -> str:
    """The table as it should be."""
    read: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        code, field, value = [*line.rstrip("\n").split("\t"), "", ""][:3]
        if not code.startswith("#") and field == "kCantonese" and _is_common(c := chr(int(code[2:], 16))):
            read[value.split()[0].rstrip("123456")].append(c)
    return HEADING + "".join(f"{syllable}\t{''.join(sorted(read[syllable]))}\n" for syllable in sorted(read))


def _is_common(c: str) -> bool:
    return any(_is_in(c, charset) for charset in ("gb2312", "big5hkscs"))


def _is_in(c: str, charset: str) -> bool:
    try:
        return bool(c.encode(charset))
    except UnicodeEncodeError:
        return False


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    with Path(sys.argv[1]).open(encoding="utf-8") as readings:
        sys.stdout.write(table(readings))
