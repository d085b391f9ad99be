"""Words of firms that lost the space between them: Megacomlimited, Jscshipyard, Federalstate."""

from __future__ import annotations

import re
from functools import lru_cache

from sanctionscreen.text.lexicon import said_of

_FORM = re.compile(
    "(?P<first>ооо|оао|oao|jsc|pjsc|ojsc|cjsc|llc|company|limited|общество|obshchestvo|aktsionernoe|aktsionernoye|anonim)"
    "(?P<rest>.{4,})"
    "|(?P<name>.{3,}?)(?P<last>company|corporation|incorporated|limited|liability|ltd|gmbh|llc|jsc|sdn|bhd|sarl|"
    "şirketi|sirketi|общество|obshchestvo)"
)
"""Legal forms that open or close a word only where a space is lost; Russian kompaniya closes words of its own."""
_WHOLE = frozenset({"accompany", "intercompany", "multicompany", "reliability"})
_SHORTEST = 6
_ADJECTIVE = re.compile("(?P<first>.*?(?:ical|trial|cial|ional|ific|federal))(?P<last>.{4,})")
"""Full adjectives, which open few names: Industrialbank is Industrial Bank, but Metalbank and Aviatrade are names."""
_LINKED = re.compile("(?P<first>.{5,}[^aio])(?P<last>of|for)")
"""Not and, with which names end (Capitaland); nor after a stem with its vowel (Technofor) or a short one (Interfor)."""


@lru_cache(maxsize=65_536)
def unglued(word: str) -> tuple[str, ...]:
    """The words of a firm's name that lost a space; the word alone where it may be a name of its own.

    A legal form, a full adjective or a little word parts from what it is glued to. Two nouns stay: of them names are
    made.

    >>> unglued("metalcompany"), unglued("limitedliabilitycompany"), unglued("jscshipyard"), unglued("unlimited")
    (('metal', 'company'), ('limited', 'liability', 'company'), ('jsc', 'shipyard'), ('unlimited',))
    >>> unglued("federalstate"), unglued("centerfor"), unglued("metaltrade")
    (('federal', 'state'), ('center', 'for'), ('metaltrade',))
    """
    if len(word) < _SHORTEST or word in _WHOLE or said_of(word) is not None:
        return (word,)
    form = _FORM.fullmatch(word)
    if form is not None:
        first, last = form["first"], form["last"]
        return (first, *unglued(form["rest"])) if first else (*unglued(form["name"]), last)
    adjective = _ADJECTIVE.fullmatch(word)
    if adjective is not None and _is_ordinary(adjective["first"]) and _is_ordinary(adjective["last"]):
        return (adjective["first"], adjective["last"])
    linked = _LINKED.fullmatch(word)
    if linked is not None and _is_ordinary(linked["first"]):
        return (linked["first"], linked["last"])
    return (word,)


def _is_ordinary(word: str) -> bool:
    return (said := said_of(word)) is not None and said[0] == "generic"
