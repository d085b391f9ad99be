"""Fields and conditions in the words of trade: what a sentence calls a field, and why a condition does not hold."""

from __future__ import annotations

from types import MappingProxyType

from sanctionscreen.fields import FIELDS, ROLES, FieldType
from sanctionscreen.rules.conditions import ELEMENT, All, AnyOf, Each, Leaf, fields_of
from sanctionscreen.rules.features import PREFIX
from sanctionscreen.rules.operators import OPERATORS
from sanctionscreen.rules.record_evaluator import Compiled, Facts, Truth
from sanctionscreen.rules.words import in_words
from sanctionscreen.screening.wording import shortened, words

_SUBJECTS = MappingProxyType(
    {
        "destination.country": "the destination",
        "export.country": "the country of dispatch",
        "original_destination.country": "the first destination of the order",
        "transit.countries": "the route",
        "route.port_of_loading": "the port of loading",
        "route.port_of_discharge": "the port of discharge",
        "goods.description": "the description of the goods",
        "goods.hs_code": "the tariff code",
        "goods.hs6": "the tariff code",
        "goods.chpl_tier": "the tier on the Common High Priority List",
        "goods.categories": "the category of the goods",
        "goods.text_categories": "the category of the goods by their description",
        "goods.quantity": "the quantity",
        "goods.value": "the value of the goods",
        "goods.value_usd": "the value of the goods in US dollars",
        "goods.unit_price": "the unit price",
        "goods.net_weight": "the net weight",
        "goods.origin_country": "the country of origin",
        "shipment.end_use": "the declared use",
        "shipment.date": "the day of the shipment",
        "shipment.amended_on": "the day of the last change",
        "payment.currency": "the currency of payment",
        "payment.terms": "the terms of payment",
        "contract.date": "the day of the contract",
        "vessel.name": "the ship",
        "vessel.flag": "the flag of the ship",
        "bank.bic": "the BIC of the bank",
        "ownership.frozen_share": "the percentage held by owners whose assets are frozen",
        "ownership.licence_share": "the percentage held by owners who need an export licence",
        "place.occupied": "whether a place lies in occupied Ukraine",
        "party_hits": "whether a party is listed",
        "address_hits": "whether an address is that of a listed party",
        "owner_hits": "whether an owner is listed",
    }
)
_ATTRIBUTES = MappingProxyType(
    {
        "country": "the country of the {}",
        "address": "the address of the {}",
        "identifier": "the registration number of the {}",
        "owners": "who owns the {}",
        "incorporation_date": "the founding day of the {}",
        "website": "the website of the {}",
        "email": "the e-mail address of the {}",
        "phone": "the telephone number of the {}",
    }
)
_CLAIMS = MappingProxyType({"goods.controlled": "the goods are of a controlled kind"})
_HITS = MappingProxyType(
    {"party_hits": "no party", "address_hits": "no address", "owner_hits": "no owner"},
)
_MISSED = MappingProxyType(
    {
        "ne": "which is",
        "not_in": "which is on",
        "in": "not on",
        "eq": "not",
        "keywords": "without a word of",
        "contains": "without",
        "prefix": "which does not begin as on",
        "suffix": "which does not end as on",
    }
)
_SHOWN = 6
_SHOWN_CHARACTERS = 60
_SHOWN_BRANCHES = 3


def subject(field: str) -> str:
    """A field as a sentence calls it.

    >>> subject("end_user.name"), subject("payer.country"), subject("goods.quantity")
    ('the end user', 'the country of the payer', 'the quantity')
    """
    part, _, attribute = field.partition(".")
    if field in _SUBJECTS:
        return _SUBJECTS[field]
    if part in ROLES and attribute == "name":
        return f"the {part.replace('_', ' ')}"
    if part in ROLES and attribute in _ATTRIBUTES:
        return _ATTRIBUTES[attribute].format(part.replace("_", " "))
    return field


def claim(field: str) -> str:
    """What it means that a yes-or-no field is yes."""
    if field in _CLAIMS:
        return _CLAIMS[field]
    entry = FIELDS.get(field)
    return entry.meaning.partition(":")[0] if entry is not None else field


def why_not(compiled: Compiled, facts: Facts) -> str:
    """Why a condition that is false or unknown does not hold, from what the line says."""
    condition = compiled.condition
    if isinstance(condition, Leaf):
        return _leaf(condition, compiled.test(facts), facts)
    if isinstance(condition, Each):
        return _each(condition, compiled.test(facts), facts)
    if isinstance(condition, AnyOf):
        return _joined(dict.fromkeys(_first(part, facts) for part in _deciding(compiled, facts)))
    if isinstance(condition, All):
        return _first(compiled, facts)
    if compiled.test(facts) is None:
        return _unknown(sorted(fields_of(condition)), facts)
    child = compiled.parts[0].condition if compiled.parts else condition
    return f"it holds that {in_words(child)}" if compiled.parts else f"{in_words(condition)} does not hold"


def _deciding(compiled: Compiled, facts: Facts) -> list[Compiled]:
    """The branches that keep an alternative from holding; where one is open, those that are decided say nothing."""
    truth = compiled.test(facts)
    branches = [part for part in compiled.parts if part.test(facts) is truth]
    given = [part for part in branches if isinstance(part.condition, Leaf) and part.condition.operator == "exists"]
    others = {name for part in branches if part not in given for name in fields_of(part.condition)}
    return [part for part in branches if part not in given or not fields_of(part.condition) <= others]


def _first(compiled: Compiled, facts: Facts) -> str:
    """What stands in the way of a branch: the first of its parts that is false, else the first that is unknown."""
    parts = compiled.parts if isinstance(compiled.condition, All) else (compiled,)
    failing = [part for part in parts if not part.test(facts)]
    decided = [part for part in failing if part.test(facts) is False]
    return why_not((decided or failing)[0], facts) if failing else ""


def _joined(branches: dict[str, None]) -> str:
    shown = [one for one in branches if one]
    more = len(shown) - _SHOWN_BRANCHES
    return "; and ".join(shown[:_SHOWN_BRANCHES]) + (f"; and {more} more" if more > 0 else "")


def _leaf(leaf: Leaf, truth: Truth, facts: Facts) -> str:
    if truth is None:
        compared = (leaf.operand,) if leaf.operator in ("field", "ne_field") else ()
        return _unknown([leaf.field, *compared], facts)
    what, value = subject(leaf.field), _value(leaf.field, facts)
    if leaf.operator == "exists":
        if leaf.type is FieldType.BOOL and not leaf.operand:
            return f"it is known whether {claim(leaf.field)}"
        return f"{what} is not given" if leaf.operand else f"{what} is given ({value})"
    if leaf.type is FieldType.BOOL:
        return f"it is {'' if facts.values[leaf.field] else 'not '}so that {claim(leaf.field)}"
    if leaf.operator in ("field", "ne_field"):
        same = "is not the same as" if leaf.operator == "field" else "is the same as"
        return f"{what} ({value}) {same} {subject(leaf.operand)} ({_value(leaf.operand, facts)})"
    return f"{what} {_is(what)} {value}, {_missed(leaf)}"


def _is(what: str) -> str:
    return "are" if what.startswith("the terms ") else "is"


def _missed(leaf: Leaf) -> str:
    """What a value would have had to be, said as what it is not."""
    wanted = _wanted(leaf)
    if leaf.operator in _MISSED:
        said = _MISSED[leaf.operator]
        on_list = leaf.lists and not _is_short(leaf)
        return f"{said} {wanted}" if on_list else f"{said.removesuffix(' on').replace('as', 'with')} {wanted}"
    asked = OPERATORS[leaf.operator].words.removeprefix("is ")
    if leaf.type is FieldType.DATE:
        asked = {"gt": "after", "lt": "before"}.get(leaf.operator, asked)
    return f"not {asked} {wanted}"


def _wanted(leaf: Leaf) -> str:
    """The values of a comparison: the list they stand on, or the values themselves where they are few."""
    if leaf.operator in ("gt", "gte", "lt", "lte"):
        return words(leaf.field, leaf.operand)
    if leaf.lists and _is_short(leaf):
        return f"{_few(sorted(leaf.operand))} (list {' or '.join(leaf.lists)})"
    if leaf.lists:
        return f"list {' or '.join(leaf.lists)}"
    return _few(leaf.written.strip("[]").split(", "))


def _is_short(leaf: Leaf) -> bool:
    """So few values that a sentence can name them."""
    return leaf.operator in ("in", "not_in", "prefix") and len(leaf.operand) <= _SHOWN


def _few(values: list[str]) -> str:
    more = len(values) - _SHOWN
    return " or ".join([*values[:_SHOWN], *([f"{more} more"] if more > 0 else [])])


def _each(each: Each, truth: Truth, facts: Facts) -> str:
    if truth is None:
        return _unknown([each.field], facts)
    elements = facts.values.get(each.field) or ()
    if each.field in _HITS:
        kind = "" if not elements else f" in this way: {in_words(each.where)}"
        return f"{_HITS[each.field]} resembles a listed one{kind}"
    if isinstance(each.where, Leaf) and each.where.field == ELEMENT and each.quantifier == "any":
        return f"{subject(each.field)} is {words(each.field, tuple(elements))}, {_missed(each.where)}"
    if isinstance(each.where, Leaf) and each.where.field == ELEMENT and each.quantifier == "count_gte":
        held = words(each.field, tuple(elements))
        return f"{subject(each.field)} is {held}, not {each.n} or more {_missed(each.where).removeprefix('not ')}"
    if each.quantifier == "any":
        return f"{subject(each.field)}: {words(each.field, tuple(elements))}, and none with: {in_words(each.where)}"
    return f"it does not hold that {in_words(each)}"


def _unknown(names: list[str], facts: Facts) -> str:
    """Which of the fields are not known, and how come."""
    gaps = [name for name in names if facts.values.get(name) is None] or names
    return ", ".join(f"{subject(name)} {_gap(name, facts)}" for name in gaps)


def _gap(name: str, facts: Facts) -> str:
    if name in facts.unreadable:
        return "cannot be read"
    is_here = name in facts.values or name.startswith(PREFIX)  # a feature is worked out, no file carries it
    return f"{_is(subject(name))} not {'known' if is_here else 'in this file'}"


def _value(field: str, facts: Facts) -> str:
    value = facts.values.get(field)
    if isinstance(value, float) and field.startswith(PREFIX):
        return f"{value:.4g}"  # a quotient has no end, and the limits of rules have few digits
    return shortened(words(field, value), _SHOWN_CHARACTERS)
