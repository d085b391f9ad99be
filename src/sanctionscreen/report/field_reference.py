"""The reference page of the shipment fields, out of the registry: `docs/fields.md`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

from sanctionscreen.fields import FIELDS, PARTY_MEANINGS, ROLE_WORDS, ROLE_WORDS_AFTER, ROLES, TRADE_ROLES, Field

_OPENING = """\
# Fields

A shipment line is described by the fields on this page; rules, records, files, results and messages use the same names.

The page is generated from the registry in `fields.py`.

A field is **not collected** when the file has no column for it, or no record its key: every question about it is open.
An empty cell in a collected column is **absent**.
A cell that is filled and cannot be read is **unreadable**: the question stays open, and a warning names row and field.

A column is recognised by the field's own name (`consignee.name`) or by one of the headers below.
Case, accents, punctuation, spaces and underscores do not matter.
Nor do a box number in front and a remark such as `(required)`.
A header with `_EN` at its end names the same field, and comes after the one without.
Where two columns name one field, the header that stands first in the list counts first, and the other is reported.
Columns for a part of an address (`consignee city`, `consignee zip`) are joined to it.
An amount whose header names a currency (`Value EUR`) gives the currency too, where no column does.
In a column of five-digit numbers alone, these are day numbers of a spreadsheet (`45405` is 2024-04-23).
`sanctionscreen map FILE` shows what each column is read as, how sure that is and why, and writes it as a mapping file.

| type | how a cell is read |
|---|---|
| text | as written; runs of white space become one space; `NULL`, `N/A`, `-` are empty |
| code | text that is never a number: leading zeros stay |
| country | a code of two or three letters, or a name in English, Russian, Ukrainian, Chinese, Turkish or Spanish |
| date | `2024-04-23`, `23.04.2024`, `20240423`, `23 Apr 2024`; `03/04/2024`, `23.04.24` if its column proves it |
| number | a point or a comma for decimals, any usual mark for thousands; never negative |
| money | as number, with or without a currency beside it; kept in hundredths |
| bool | yes or no, true or false, 1 or 0, in five languages |
| list of country | between `;`, `,`, `/`, `>` or arrows; `direct` is an empty list |
| list of items | `name (country) share%` between `;`, or JSON |
"""


def field_reference() -> str:
    """The page as Markdown."""
    given = [entry for entry in FIELDS.values() if not entry.derived]
    party = [entry for entry in given if entry.name.startswith("consignee.")]
    plain = [entry for entry in given if entry.name.partition(".")[0] not in ROLES or entry.name == "bank.bic"]
    derived = [entry for entry in FIELDS.values() if entry.derived]
    return "\n".join(
        [
            _OPENING,
            "## Shipment, goods, route and terms\n",
            *_table(("field", "type", "meaning", "headers"), ([*_about(entry), _headers(entry)] for entry in plain)),
            "\n## Parties\n",
            "Each role has the same fields. "
            f"`{'`, `'.join(role for role in ROLES if role not in TRADE_ROLES)}` have only name, address, country, "
            "identifier and owners.\n",
            *_table(("role", "meaning", "what headers call it"), (_role(role) for role in ROLES)),
            "",
            *_table(("field", "type", "meaning", "headers, beside the role's word"), map(_party_row, party)),
            "\n## Derived by the program\n",
            "A file or record cannot give these.\n",
            *_table(("field", "type", "meaning", "parts"), ([*_about(entry), _parts(entry)] for entry in derived)),
            "",
        ]
    )


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    lines = [header, ["---"] * len(header), *rows]
    return ["| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines]


def _about(entry: Field) -> list[str]:
    return [f"`{entry.name}`", str(entry.type) + (f" ({entry.unit})" if entry.unit else ""), entry.meaning]


def _headers(entry: Field) -> str:
    return ", ".join(entry.aliases)


def _parts(entry: Field) -> str:
    return ", ".join(f"{name}: {kind}" for name, kind in entry.item.items())


def _role(role: str) -> list[str]:
    meaning = FIELDS[f"{role}.name"].meaning.partition("(")[2].removesuffix(")")
    after = ROLE_WORDS_AFTER[role]
    words = ", ".join(ROLE_WORDS[role]) + (f"; behind an attribute: {', '.join(after)}" if after else "")
    return [f"`{role}`", meaning, words]


def _party_row(entry: Field) -> list[str]:
    attribute = entry.name.partition(".")[2]
    words = ", ".join(word or "the role's word alone" for word in entry.aliases)
    parts = f"; each with {_parts(entry)}" if entry.item else ""
    return [f"`R.{attribute}`", str(entry.type), PARTY_MEANINGS[attribute] + parts, words]


if __name__ == "__main__":
    sys.stdout.buffer.write(field_reference().encode())
