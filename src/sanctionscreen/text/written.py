"""Tables that are worked out of others and written down beside them, so that no run has to do it again.

python -m sanctionscreen.text.written NAME prints the table NAME as it should be; `make docs` does so with all of them,
in this order, because a later one reads an earlier one.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping

from sanctionscreen.text import expansion, form_keys, person_forms, phrase_keys

TABLES: Mapping[str, Callable[[], str]] = {
    "person_forms.tsv": person_forms.table,
    "legal_form_keys.tsv": form_keys.table,
    "expanded.tsv": expansion.table,
    "expanded_scripts.tsv": expansion.table_of_scripts,
    "ordinary_words.tsv": expansion.table_of_ordinary_words,
    "phrase_keys.tsv": phrase_keys.table,
}


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.write(TABLES[sys.argv[1]]())
