"""Values that a format gives with a type, as the text a person would have written: no 8542310.0, no 8.5e+07."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

_LONGEST_PLAIN = 40
"""Digits that are written out; a number of more is a slip, and a hostile 1e999999999 would fill the memory."""
_LIST_MARK = re.compile(r"[|\n]")


def text_of(value: Any) -> str:
    """A value of Python as a cell. Nothing is the empty cell, days are ISO, lists of texts stand between bars.

    >>> [text_of(value) for value in (8542310.0, 85000000.0, True, None, float("nan"), ["KZ", "KG"], [{"share": 51}])]
    ['8542310', '85000000', 'true', '', '', 'KZ | KG', '[{"share": 51}]']
    """
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value) if value.bit_length() < 10_000 else f"{value:#x}"  # Python limits what it writes in tens
    if isinstance(value, float):
        return _float_text(value)
    if isinstance(value, Decimal):
        return number_text(str(value))
    if isinstance(value, datetime):
        is_day = value.tzinfo is None and value.time() == time()
        return value.date().isoformat() if is_day else value.isoformat()
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, (bytes, bytearray)):
        return bytes(value).decode("utf-8", "backslashreplace")
    if isinstance(value, (list, tuple)):
        return list_text(value)
    return _json(value) if isinstance(value, Mapping) else str(value)


def number_text(written: str) -> str:
    """A number as its digits: whole ones without a fraction, none with an exponent, others as written.

    >>> [number_text(text) for text in ("8542310.0", "8.5e7", "1.50", "2.8E-08", "-0.0", "1e400", "nan")]
    ['8542310', '85000000', '1.50', '0.000000028', '0', '1e400', '']
    """
    if written.isdigit():
        return written
    number = Decimal(written)
    if not number.is_finite():
        return ""
    if abs(number.adjusted()) > _LONGEST_PLAIN:
        return "0" if not number else written
    if number == number.to_integral_value():
        return str(int(number))
    return format(number, "f")


def _float_text(value: float) -> str:
    written = repr(value)
    if written.endswith(".0") and value:
        return written[:-2]
    return number_text(written) if "e" in written or not math.isfinite(value) or not value else written


def list_text(parts: list[Any] | tuple[Any, ...]) -> str:
    """A list as one cell: texts and numbers between bars, as cells with several parties hold them; else JSON."""
    if not parts or any(isinstance(part, (list, tuple, Mapping)) for part in parts):
        return _json(parts)
    texts = [text_of(part) for part in parts]
    return _json(parts) if len(texts) > 1 and any(map(_LIST_MARK.search, texts)) else " | ".join(texts)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=text_of)
