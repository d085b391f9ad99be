"""The cells of the input as a result repeats them: as text, none lost."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sanctionscreen.model import Assessment


def cell_text(value: Any) -> str:
    """A cell as text; one that is not there is empty."""
    return value if isinstance(value, str) else "" if value is None else str(value)


def beyond_the_header(assessment: Assessment, headers: Collection[str]) -> list[str]:
    """Cells of a row that is longer than the header: they have no column, and must not vanish."""
    if len(assessment.input) <= len(headers):
        return []
    return [f"{key}: {value}" for key, value in assessment.input.items() if key not in headers]


def as_utf8(text: str) -> str:
    """Text that can be written as UTF-8: half a surrogate pair becomes its escape.

    >>> as_utf8("a\\ud800b")
    'a\\\\ud800b'
    """
    return text if text.isascii() else text.encode(errors="backslashreplace").decode()
